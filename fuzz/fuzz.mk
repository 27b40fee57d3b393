# Fuzzing. The targets are plain functions; afl-clang-fast drives them, and any compiler replays their corpus.
.PHONY: fuzz fuzz-smoke fuzz-replay fuzz-tools
FUZZ = $(patsubst fuzz/fuzz_%.c,%,$(wildcard fuzz/fuzz_*.c))
FUZZ_SECONDS ?= 300
FUZZ_FLAGS = -std=c99 -g -O1 -I. -Itests -Iexamples/common -Ifuzz
FUZZ_SOURCES = $(ORACLES) examples/common/idx.c
FUZZ_DEPS = fuzz/fuzz.h fuzz/fuzz.mk medsgd.h $(FUZZ_SOURCES) $(wildcard tests/oracle_*.h)
FUZZ_REPLAY = $(foreach p,f32 f64,$(addprefix $(B)/fuzz-replay/,$(addsuffix -$(p),$(FUZZ))))

define fuzz_program
$(B)/fuzz-replay/$(1)-$(2): fuzz/fuzz_$(1).c fuzz/driver_replay.c $(FUZZ_DEPS)
	@mkdir -p $$(@D)
	$(CC) $(FUZZ_FLAGS) -fsanitize=address,undefined -fno-sanitize-recover=all $(if $(filter f64,$(2)),-DMEDSGD_DOUBLE) $$< fuzz/driver_replay.c $(FUZZ_SOURCES) -o $$@ $(LDLIBS)
$(B)/fuzz/$(1)-$(2): fuzz/fuzz_$(1).c fuzz/driver_afl.c $(FUZZ_DEPS)
	@mkdir -p $$(@D)
	AFL_QUIET=1 AFL_USE_ASAN=1 AFL_USE_UBSAN=1 afl-clang-fast $(FUZZ_FLAGS) $(if $(filter f64,$(2)),-DMEDSGD_DOUBLE) $$< fuzz/driver_afl.c $(FUZZ_SOURCES) -o $$@ $(LDLIBS)
endef
$(foreach t,$(FUZZ),$(foreach p,f32 f64,$(eval $(call fuzz_program,$(t),$(p)))))

fuzz: ## run AFL++ on every target, FUZZ_SECONDS each (default 300; TARGETS="signs vote" for some), in both precisions
	@sh fuzz/run.sh $(B)/fuzz $(FUZZ_SECONDS) $(or $(TARGETS),$(FUZZ))

fuzz-smoke: ## the same with 20 seconds for each target
	@sh fuzz/run.sh $(B)/fuzz 20 $(or $(TARGETS),$(FUZZ))

fuzz-replay: $(FUZZ_REPLAY) ## run the corpus and the regressions through every target, under sanitizers (needs only cc)
	@for p in $(FUZZ_REPLAY); do t=$${p##*/}; t=$${t%-f??}; set --; for dir in fuzz/corpus/$$t fuzz/regressions/$$t; do [ -d $$dir ] && set -- "$$@" $$dir; done; \
	  [ $$# -eq 0 ] || $$p "$$@" 2>$(B)/fuzz-replay/log || { cat $(B)/fuzz-replay/log; exit 1; }; done

fuzz-tools: ## install what fuzzing needs on Debian 12 (as root)
	apt-get install -y --no-install-recommends afl++ clang libclang-rt-14-dev llvm
