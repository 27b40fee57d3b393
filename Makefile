# SPDX-License-Identifier: MIT
# `make help` lists the targets. Only cc and make are needed for demo and test; other targets name what they miss.

CC ?= cc
CXX ?= c++
CFLAGS ?= -O2
LDLIBS = -lm
PREFIX ?= /usr/local
B = build

WARNINGS = -Wall -Wextra -Wpedantic -Wconversion -Wsign-conversion -Wshadow -Wcast-qual -Wdouble-promotion -Wstrict-prototypes
STRICT = -std=c99 $(WARNINGS) -I. -Itests -Iexamples/common

# The version stands in one place, the header.
VERSION := $(shell awk '/^\#define MEDSGD_VERSION "/ { gsub(/"/, "", $$3); print $$3 }' medsgd.h)

COMMON = $(wildcard examples/common/*.c)
COMMON_H = $(wildcard examples/common/*.h)
TESTS = $(patsubst tests/test_%.c,%,$(wildcard tests/test_*.c))
ORACLES = $(wildcard tests/oracle_*.c)
TEST_DEPS = medsgd.h tests/test.h $(wildcard tests/oracle_*.h) $(COMMON_H) Makefile

.DEFAULT_GOAL = help
.PHONY: help demo test test-sanitize test-compile check clean
.DELETE_ON_ERROR:

help: ## list the targets
	@echo "medsgd $(VERSION): targets"
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  %-16s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

# ---- the main job ----

demo: $(B)/examples/demo ## train a digit classifier with every method, clean and attacked (ARGS="--data DIR" for MNIST files)
	$(B)/examples/demo $(ARGS)

# ---- tests ----

# Each test program is built for float and for double; SAN selects the plain or the sanitized build.
define test_program
$(B)/tests$(3)/$(1)-$(2): tests/test_$(1).c $(ORACLES) $(TEST_DEPS) $(if $(filter examples,$(1)),$(COMMON))
	@mkdir -p $$(@D)
	$(CC) $(CFLAGS) $(4) $(STRICT) $(if $(filter f64,$(2)),-DMEDSGD_DOUBLE) $$< $(ORACLES) $(if $(filter examples,$(1)),$(COMMON)) -o $$@ $(LDLIBS)
endef
SANITIZE = -O1 -g -fsanitize=address,undefined -fno-sanitize-recover=all -fno-omit-frame-pointer -DTEST_SANITIZED
PROGRAMS = $(foreach t,$(TESTS),$(foreach p,f32 f64,$(t)-$(p)))
$(foreach t,$(TESTS),$(foreach p,f32 f64,$(eval $(call test_program,$(t),$(p),,))))
$(foreach t,$(TESTS),$(foreach p,f32 f64,$(eval $(call test_program,$(t),$(p),-sanitize,$(SANITIZE)))))

test: $(addprefix $(B)/tests/,$(PROGRAMS)) $(B)/fuzz-replay/replay ## run the tests in both precisions and replay the fuzzing corpus (ARGS="--seed N" or a name filter)
	@sh tests/run.sh $(ARGS) -- $^

test-sanitize: $(addprefix $(B)/tests-sanitize/,$(PROGRAMS)) ## the same under AddressSanitizer and UndefinedBehaviorSanitizer
	@sh tests/run.sh $(ARGS) -- $^

test-compile: ## compile the header in every way it may be included, with every compiler that is installed
	@sh tests/compile/run.sh $(B)/compile

# ---- examples ----

.SECONDEXPANSION:
$(B)/examples/%: $$(wildcard examples/$$*/$$*.c) medsgd.h $(COMMON) $(COMMON_H) Makefile
	@mkdir -p $(@D)
	$(CC) $(CFLAGS) $(STRICT) $< $(COMMON) -o $@ $(LDLIBS)

include $(wildcard proofs/*.mk fuzz/*.mk tests/*/*.mk examples/*.mk)

# ---- installation: one header, a pkg-config file and a CMake package; copying the header does as well ----

.PHONY: install uninstall test-install
INCLUDEDIR = $(PREFIX)/include
PKGCONFIGDIR = $(PREFIX)/share/pkgconfig
CMAKEDIR = $(PREFIX)/share/cmake/medsgd

install: ## copy the header, its pkg-config file and its CMake package below DESTDIR and PREFIX
	install -d "$(DESTDIR)$(INCLUDEDIR)" "$(DESTDIR)$(PKGCONFIGDIR)" "$(DESTDIR)$(CMAKEDIR)"
	install -m 644 medsgd.h "$(DESTDIR)$(INCLUDEDIR)/medsgd.h"
	@printf 'prefix=%s\nincludedir=$${prefix}/include\n\nName: medsgd\nDescription: sign- and median-based distributed SGD in one C99 header\nVersion: %s\nCflags: -I$${includedir}\nLibs: -lm\n' \
	  "$(PREFIX)" "$(VERSION)" >"$(DESTDIR)$(PKGCONFIGDIR)/medsgd.pc"
	sed 's/@VERSION@/$(VERSION)/' tests/packaging/medsgd-config.cmake.in >"$(DESTDIR)$(CMAKEDIR)/medsgd-config.cmake"
	sed 's/@VERSION@/$(VERSION)/' tests/packaging/medsgd-config-version.cmake.in >"$(DESTDIR)$(CMAKEDIR)/medsgd-config-version.cmake"

uninstall: ## remove what install copied
	rm -f "$(DESTDIR)$(INCLUDEDIR)/medsgd.h" "$(DESTDIR)$(PKGCONFIGDIR)/medsgd.pc"
	rm -f "$(DESTDIR)$(CMAKEDIR)/medsgd-config.cmake" "$(DESTDIR)$(CMAKEDIR)/medsgd-config-version.cmake"
	-rmdir "$(DESTDIR)$(CMAKEDIR)" 2>/dev/null

test-install: ## install into a scratch folder and use the header from there by -I, pkg-config and CMake
	@sh tests/packaging/run.sh $(B)/packaging

# ---- everything ----

# What CI runs beside these needs tools that take long to install or to run: make verify, make fuzz-smoke.
CHECKS = test-compile test-docs test-install digests test-object demo examples-quick portability test-sanitize test

check: ## every test and example in turn; what is not installed is skipped by name
	@for target in $(CHECKS); do echo "==== make $$target ($$(date -u +%H:%M:%S))"; $(MAKE) -s $$target || exit 1; done

clean: ## remove what was built
	rm -rf $(B)
