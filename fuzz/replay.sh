#!/bin/sh
# SPDX-License-Identifier: MIT
# replay.sh [--seed N] [FILTER] -- PROGRAM...: run each target whose name contains FILTER on all files of fuzz/corpus and fuzz/regressions
# that are its own. The arguments are those of the test programs, the last line sums up like theirs.
filter=
while [ $# -gt 0 ] && [ "$1" != -- ]; do
  case $1 in --seed) shift ;; *) filter=$1 ;; esac
  shift
done
shift
log=${TMPDIR:-/tmp}/medsgd-replay.$$
trap 'rm -f "$log"' EXIT INT TERM
ASAN_OPTIONS=abort_on_error=1 UBSAN_OPTIONS=abort_on_error=1:print_stacktrace=1
export ASAN_OPTIONS UBSAN_OPTIONS
passed=0 failed=0
for program; do
  target=${program##*/}
  case $target in *"$filter"*) ;; *) continue ;; esac
  target=${target%-f??}
  set --
  for dir in "fuzz/corpus/$target" "fuzz/regressions/$target"; do [ -d "$dir" ] && set -- "$@" "$dir"; done
  if [ $# -gt 0 ] && "$program" "$@" >"$log" 2>&1; then passed=$((passed + 1)); else
    failed=$((failed + 1)); echo "$program $*:"; cat "$log"
  fi
done
echo "$passed passed, $failed failed, 0 skipped"
[ $failed -eq 0 ]
