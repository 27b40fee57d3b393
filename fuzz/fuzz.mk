# Fuzzing. The targets are plain functions; afl-clang-fast drives them, and any compiler replays their corpus.
.PHONY: fuzz fuzz-smoke fuzz-replay fuzz-coverage fuzz-selftest fuzz-minimize fuzz-tools
FUZZ = $(patsubst fuzz/fuzz_%.c,%,$(wildcard fuzz/fuzz_*.c))
FUZZ_SECONDS ?= 300
# Each target in both precisions; the reader of IDX files has none.
FUZZ_PROGRAMS = $(foreach t,$(FUZZ),$(t)-f32 $(if $(filter idx,$(t)),,$(t)-f64))
FUZZ_DEPS = fuzz/fuzz.h fuzz/fuzz.mk medsgd.h $(wildcard tests/oracle_*.h) examples/common/idx.h
FUZZ_FLAGS = -std=c99 -O1 -I. -Itests -Iexamples/common -Ifuzz
# For AFL++, AddressSanitizer and the checks of UndefinedBehaviorSanitizer that the first does not cover: those of each
# pointer (null, alignment, overflow) double the time of everything. The replay has all.
FUZZ_SANITIZE = -fsanitize=integer-divide-by-zero,shift,signed-integer-overflow,float-cast-overflow,bounds,bool,enum,vla-bound,unreachable -fno-sanitize-recover=all
FUZZ_REPLAY_SANITIZE = -fsanitize=address,undefined,float-cast-overflow -fno-sanitize-recover=all

# The oracles are compiled apart, without instrumentation: the fuzzer is after paths of the header.
define fuzz_precision
$(B)/fuzz/oracle_%-$(1).o: tests/oracle_%.c $(wildcard tests/oracle_*.h) medsgd.h fuzz/fuzz.mk
	@mkdir -p $$(@D)
	$(CC) -std=c99 -O2 -I. $(2) -c $$< -o $$@
$(B)/fuzz/%-$(1): fuzz/fuzz_%.c fuzz/driver_afl.c examples/common/idx.c $(FUZZ_DEPS) $(B)/fuzz/oracle_discrete-$(1).o $(B)/fuzz/oracle_real-$(1).o
	@mkdir -p $$(@D)
	AFL_QUIET=1 AFL_DONT_OPTIMIZE=1 AFL_USE_ASAN=1 AFL_LLVM_DENYLIST=fuzz/afl_denylist.txt afl-clang-fast $(FUZZ_FLAGS) -g1 $(FUZZ_SANITIZE) $(2) $$(filter %.c %.o,$$^) -o $$@ $(LDLIBS)
$(B)/fuzz-replay/%-$(1): fuzz/fuzz_%.c fuzz/driver_replay.c examples/common/idx.c $(FUZZ_DEPS) $(B)/fuzz/oracle_discrete-$(1).o $(B)/fuzz/oracle_real-$(1).o
	@mkdir -p $$(@D)
	$(CC) $(FUZZ_FLAGS) -g $(FUZZ_REPLAY_SANITIZE) $(2) $$(filter %.c %.o,$$^) -o $$@ $(LDLIBS)
endef
$(eval $(call fuzz_precision,f32,))
$(eval $(call fuzz_precision,f64,-DMEDSGD_DOUBLE))
.SECONDARY: $(foreach p,f32 f64,$(B)/fuzz/oracle_discrete-$(p).o $(B)/fuzz/oracle_real-$(p).o)

fuzz: ## run AFL++ on every target, FUZZ_SECONDS each (default 300; TARGETS="signs vote" for some), in both precisions
	@sh fuzz/run.sh $(B)/fuzz $(FUZZ_SECONDS) $(or $(TARGETS),$(FUZZ))

fuzz-smoke: ## the same with 20 seconds for each target
	@sh fuzz/run.sh $(B)/fuzz 20 $(or $(TARGETS),$(FUZZ))

# The replay as one more program of `make test`.
$(B)/fuzz-replay/replay: $(addprefix $(B)/fuzz-replay/,$(FUZZ_PROGRAMS)) fuzz/replay.sh
	@printf '#!/bin/sh\nexec sh fuzz/replay.sh "$$@" -- %s\n' '$(filter-out %.sh,$^)' >$@ && chmod +x $@

fuzz-replay: $(B)/fuzz-replay/replay ## run the corpus and the regressions through every target, under sanitizers (needs only cc)
	@$< $(ARGS)

fuzz-coverage: ## lines and branches of the header that the corpus reaches; what it does not must be explained in fuzz/branches.txt
	@sh fuzz/coverage.sh $(B)/fuzz-coverage $(FUZZ)

fuzz-selftest: ## plant the bugs of fuzz/bugs.txt one at a time: AFL++ has to find each within a minute
	@sh fuzz/selftest.sh $(B)/fuzz-selftest

fuzz-tools: ## install what fuzzing needs on Debian 12 (as root)
	apt-get install -y --no-install-recommends afl++ clang llvm libclang-rt-14-dev
