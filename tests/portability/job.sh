#!/bin/sh
# SPDX-License-Identifier: MIT
# job.sh JOB: one job of run.sh. JOB holds three lines: a name; the kind, and for digests the emulator if any; the compiler with its options.
# Prints one line, and what went wrong below it.
job=$1
{ read -r name; read -r kind emulator; read -r compile; } <"$job"
here=tests/portability
log=$job.log

finish() { # ok|FAIL|skip [FILE]: the first lines of FILE say why
  printf '%s\n' "$1" >"$job.result"
  printf '%-5s %s\n' "$1" "$name" >"$job.line"
  [ -n "$2" ] && sed -n 's/^/      /; 1,10p' "$2" >>"$job.line"
  cat "$job.line"
  rm -f "$job".f32 "$job".f64 "$job".log
  exit
}
# output EXPECTED ARGUMENTS...: the program prints EXPECTED.
output() {
  expected=$1; shift
  # shellcheck disable=SC2086 # the emulator is a word or nothing
  $emulator "$program" "$@" >"$job.out" 2>"$log" || { echo "does not run: $*" >>"$log"; finish FAIL "$log"; }
  diff "$job.out" "$expected" >"$log" || { echo "differs: $*" >>"$log"; finish FAIL "$log"; }
}

case $kind in
  digests | threads | links)
    for precision in f32 f64; do
      program=$job.$precision
      double=; [ $precision = f64 ] && double=-DMEDSGD_DOUBLE
      # shellcheck disable=SC2086 # options are words
      $compile $double -I. $here/digests.c -o "$program" -lm >"$log" 2>&1 || finish FAIL "$log"
      known=$(dirname "$job")/known.$precision
      case $kind in
        threads) for n in 1 2 8; do output "$known" $n; done ;;
        digests)
          output "$known"
          # Slices change no operation on a coordinate, whatever the machine: not repeated under slow emulation.
          [ -n "$emulator" ] || output "$known" slices ;;
      esac
    done
    finish ok ;;
esac
