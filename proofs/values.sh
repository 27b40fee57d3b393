#!/bin/sh
# SPDX-License-Identifier: MIT
# values.sh HEADER BUILD_DIR [CASE...]: Frama-C's value analysis (Eva) of the cases of proofs/values.c at the sizes of proofs/values.txt.
# Fails on any alarm, and where the analysis does not come to the end of a case.
# Two things are changed in the copy of the header that it reads: there are no contracts, so that nothing is taken from them; and the
# address of scratch memory modulo 64, of which the analysis knows nothing, is any number from 0 to 63.
header=$1 out=$2
shift 2
only=" $* "
sh proofs/tools.sh >/dev/null || { sh proofs/tools.sh; exit 1; }
rm -rf "$out" && mkdir -p "$out" || exit 1
sed 's|/\*@|/*|; s|//@|//|; s|(uintptr_t)work % MEDSGD__ALIGN|Frama_C_interval(0, MEDSGD__ALIGN - 1)|' "$header" >"$out/medsgd.h"

if [ "$out" != "${out#/}" ]; then here=$out; else here=$PWD/$out; fi
awk -v only="$only" -v out="$here" '!/^#/ && NF && (only == "  " || index(only, " " $1 " ")) {
  print $1; print "-iquote " out " -DM=" $2 " -DD=" $3 " -DK=" $4 ($5 == "f64" ? " -DMEDSGD_DOUBLE" : ""); print out "/" $1 "-" $2 "-" $3 "-" $4 "-" $5 ".log" }' proofs/values.txt |
  xargs -P "$(nproc 2>/dev/null || echo 2)" -d '\n' -n 3 sh -c 'frama-c -cpp-extra-args="$1" -warn-special-float none -eva -main "$0" -eva-precision 0 \
    -eva-auto-loop-unroll 520 -eva-min-loop-unroll 12 -eva-no-alloc-returns-null proofs/values.c >"$2" 2>&1 || echo "frama-c failed" >>"$2"'

awk -v only="$only" -v out="$here" '
  /^#/ || !NF || (only != "  " && !index(only, " " $1 " ")) { next }
  !heading++ { printf "%-16s %4s %4s %4s  %-4s %9s %10s %6s\n", "case", "m", "d", "k", "real", "functions", "statements", "alarms" }
  {
    log_ = out "/" $1 "-" $2 "-" $3 "-" $4 "-" $5 ".log"; functions = statements = "?"; alarms = ""; bad = 0
    while ((getline line < log_) > 0) {
      if (match(line, /[0-9]+ functions analyzed/)) functions = substr(line, RSTART) + 0
      if (match(line, /[0-9]+ statements reached/)) statements = substr(line, RSTART) + 0
      if (match(line, /[0-9]+ alarms? generated/)) alarms = substr(line, RSTART) + 0
      if (line ~ /NON TERMINATING|frama-c failed|User Error|Non-termination/) bad = 1
      if (line ~ /precondition .*got status (unknown|invalid)/) bad = 1 }
    close(log_)
    if (alarms != "0") bad = 1
    printf "%-16s %4d %4d %4d  %-4s %9s %10s %6s%s\n", $1, $2, $3, $4, $5, functions, statements, alarms == "" ? "?" : alarms, bad ? "  see " log_ : ""
    cases++; failed += bad }
  END { printf "%d of %d cases have no alarm\n", cases - failed, cases; exit failed || !cases }' proofs/values.txt
