#!/bin/sh
# SPDX-License-Identifier: MIT
# run.sh [arguments] -- PROGRAM...: run every test program with the arguments, print what failed, and sum up in the last line.
args=
while [ $# -gt 0 ] && [ "$1" != -- ]; do args="$args $1"; shift; done
shift
log=${TMPDIR:-/tmp}/medsgd-test.$$
trap 'rm -f "$log"' EXIT INT TERM
passed=0 failed=0 skipped=0 broken=0
for program; do
  # shellcheck disable=SC2086 # the arguments are words
  "$program" $args >"$log" 2>&1
  status=$?
  last=$(tail -n 1 "$log")
  case $last in
    *" passed, "*" failed, "*" skipped")
      set -- $last
      passed=$((passed + $1)) failed=$((failed + $3)) skipped=$((skipped + $5))
      # A filter may leave a program without a case: that is no failure.
      if [ "$3" -gt 0 ] || { [ $status -ne 0 ] && [ $(($1 + $5)) -gt 0 ]; }; then broken=1; cat "$log"; else
        printf '%-34s %s\n' "$program" "$last"; grep '^skip ' "$log"; fi ;;
    *) echo "$program ended with status $status before its summary:"; cat "$log"; failed=$((failed + 1)) broken=1 ;;
  esac
done
echo "$passed passed, $failed failed, $skipped skipped"
[ $broken -eq 0 ] && [ $failed -eq 0 ] && [ $((passed + skipped)) -gt 0 ]
