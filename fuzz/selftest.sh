#!/bin/sh
# SPDX-License-Identifier: MIT
# selftest.sh BUILD_DIR: plants the bugs of fuzz/bugs.txt one at a time in a copy of the header; AFL++ has to find each within a minute.
# A line of bugs.txt is: target | sed expression that plants the bug.
out=$1
mkdir -p "$out" || exit 1
if ! command -v afl-fuzz >/dev/null 2>&1; then echo 'afl-fuzz is missing: make fuzz-tools installs it'; exit 1; fi
AFL_SKIP_CPUFREQ=1 AFL_NO_UI=1 AFL_I_DONT_CARE_ABOUT_MISSING_CRASHES=1 AFL_NO_AFFINITY=1 AFL_BENCH_UNTIL_CRASH=1 AFL_QUIET=1
ASAN_OPTIONS=abort_on_error=1:symbolize=0:detect_leaks=0 UBSAN_OPTIONS=abort_on_error=1:symbolize=0:halt_on_error=1
export AFL_SKIP_CPUFREQ AFL_NO_UI AFL_I_DONT_CARE_ABOUT_MISSING_CRASHES AFL_NO_AFFINITY AFL_BENCH_UNTIL_CRASH AFL_QUIET ASAN_OPTIONS UBSAN_OPTIONS
found=0 missed=0 number=0
grep -v '^#' fuzz/bugs.txt >"$out/list"
while IFS='|' read -r target bug; do
  target=$(echo $target) number=$((number + 1))
  dir=$out/$number
  rm -rf "$dir" && mkdir -p "$dir/include" "$dir/seeds"
  sed "$bug" medsgd.h >"$dir/include/medsgd.h"
  if cmp -s medsgd.h "$dir/include/medsgd.h"; then echo "bug $number was not planted: $bug"; missed=$((missed + 1)); continue; fi
  AFL_USE_ASAN=1 AFL_USE_UBSAN=1 afl-clang-fast -std=c99 -g -O1 -I"$dir/include" -Itests -Iexamples/common -Ifuzz fuzz/fuzz_$target.c fuzz/driver_afl.c tests/oracle_*.c \
    examples/common/idx.c -o "$dir/program" -lm >"$dir/log" 2>&1 || { echo "bug $number does not compile"; missed=$((missed + 1)); continue; }
  cp fuzz/corpus/$target/* "$dir/seeds/" 2>/dev/null
  start=$(date +%s)
  # Seeds of the corpus that already show the bug stop AFL++ before it starts: that is found, too.
  if ! AFL_CRASH_EXITCODE=-1 afl-fuzz -m none -t 5000 -V 60 -i "$dir/seeds" -o "$dir/out" -- "$dir/program" </dev/null >"$dir/log" 2>&1 && grep -q 'results in a crash\|crash' "$dir/log" ||
     [ -n "$(find "$dir/out/default/crashes" "$dir/out/default/hangs" -type f ! -name README.txt 2>/dev/null)" ]; then
    found=$((found + 1)); echo "found after $(($(date +%s) - start)) s: $target: $bug"
  else missed=$((missed + 1)); echo "MISSED: $target: $bug"; fi
done <"$out/list"
echo "$found passed, $missed failed, 0 skipped"
[ $missed -eq 0 ] && [ $found -ge 10 ]
