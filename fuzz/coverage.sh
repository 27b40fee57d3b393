#!/bin/sh
# SPDX-License-Identifier: MIT
# coverage.sh BUILD_DIR TARGET...: lines and branches of medsgd.h that the corpus and the regressions reach, over all targets and both precisions.
# Prints the lines that are never reached, and the branches never taken that fuzz/branches.txt does not explain; fails if there are any.
out=$1
shift
rm -rf "$out" && mkdir -p "$out" || exit 1
suffix=
for s in '' -14 -15 -16 -19; do command -v llvm-cov$s >/dev/null 2>&1 && command -v llvm-profdata$s >/dev/null 2>&1 && { suffix=$s; break; }; done
if ! command -v llvm-cov$suffix >/dev/null 2>&1; then echo 'llvm-cov is missing: make fuzz-tools installs it'; exit 1; fi
objects=
for target; do
  set --
  for dir in fuzz/corpus/$target fuzz/regressions/$target; do [ -d $dir ] && set -- "$@" $dir; done
  [ $# -gt 0 ] || continue
  for precision in f32 f64; do
    define=; [ $precision = f64 ] && define=-DMEDSGD_DOUBLE
    program=$out/$target-$precision
    # shellcheck disable=SC2086
    clang -std=c99 -g -O0 -fprofile-instr-generate -fcoverage-mapping $define -I. -Itests -Iexamples/common -Ifuzz fuzz/fuzz_$target.c fuzz/driver_replay.c \
      tests/oracle_*.c examples/common/idx.c -o "$program" -lm || exit 1
    LLVM_PROFILE_FILE=$program.profraw "$program" "$@" >/dev/null 2>"$out/log" || { tail -n 3 "$out/log"; exit 1; }
    objects="$objects -object $program"
  done
done
llvm-profdata$suffix merge -o "$out/all.profdata" "$out"/*.profraw || exit 1
# shellcheck disable=SC2086
set -- ${objects#* -object } 
first=$1; shift
llvm-cov$suffix report "$first" "$@" -instr-profile="$out/all.profdata" medsgd.h | awk 'NR == 1 || /medsgd.h/'
llvm-cov$suffix show "$first" "$@" -instr-profile="$out/all.profdata" -show-branches=count -show-expansions=0 medsgd.h >"$out/show"
# A line that no instantiation reaches; a side of a branch that is never taken.
awk -F '|' '/^ *[0-9]+\| +0\|/ { print "never reached: " $1 ":" $3; n++ } END { exit n > 0 }' "$out/show" | sort -u
lines=$?
awk '/Branch \(/ && (/True: 0,/ || /False: 0\]/) { print }' "$out/show" | sort -u >"$out/branches"
printf '%d branch sides never taken (explained in fuzz/branches.txt)\n' "$(grep -c . "$out/branches")"
exit $lines
