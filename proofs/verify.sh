#!/bin/sh
# SPDX-License-Identifier: MIT
# verify.sh HEADER BUILD_DIR [FUNCTION...]: prove the header's contracts with Frama-C's WP and RTE plug-ins, function by function, in both
# precisions, and print the report. Fails on any goal that is not proved, any smoke test that finds dead or contradictory code, any
# user error or memory-model warning, any function of the header that stands in neither proofs/goals.txt nor proofs/unproven.txt,
# and any function that has fewer goals than the floor goals.txt gives it. No proof cache is read.
header=$1 out=$2
shift 2
only=" $* "
sh proofs/tools.sh >/dev/null || { sh proofs/tools.sh; exit 1; }
mkdir -p "$out/include" "$out/f32" "$out/f64" || exit 1
rm -f "$out"/f32/*.log "$out"/f64/*.log
cp "$header" "$out/include/medsgd.h" || exit 1
sed "s|@HERE@|$PWD/proofs/why3|" proofs/why3/why3.conf.in >"$out/why3.conf"
WHY3CONFIG=$PWD/$out/why3.conf
export WHY3CONFIG

# prove PRECISION FUNCTION PROVERS TIMEOUT: one run of Frama-C, its messages in a log.
cat >"$out/prove.sh" <<SCRIPT
flags=
[ "\$1" = f64 ] && flags=-DMEDSGD_DOUBLE
frama-c -cpp-extra-args="-I$PWD/$out/include -Iproofs \$flags" -warn-special-float none -wp -wp-rte -wp-model Typed+float -wp-cache none -wp-par 1 \\
  -wp-smoke-tests -wp-smoke-timeout 1 -wp-prover "\$3" -wp-timeout "\$4" -wp-fct "\$2" proofs/medsgd.c >"$out/\$1/\$2.log" 2>&1 || echo "frama-c failed" >>"$out/\$1/\$2.log"
SCRIPT

# goals.txt: function, floor of goals in float, floor in double, provers, time-out
awk -v only="$only" '!/^#/ && NF { if (only == "  " || index(only, " " $1 " ")) for (i = 1; i <= 2; i++)
    if ($(i + 1) != "-") print (i == 1 ? "f32" : "f64"), $1, $4, $5 }' proofs/goals.txt >"$out/runs"
xargs -P "$(nproc 2>/dev/null || echo 2)" -n 4 sh "$out/prove.sh" <"$out/runs"

# the report
for precision in f32 f64; do
  awk -v precision=$precision '
    FNR == 1 { function_name = FILENAME; sub(/.*\//, "", function_name); sub(/\.log$/, "", function_name); order[++count] = function_name }
    /\[wp\] Proved goals: / { proved[function_name] = $4; total[function_name] = $6 }
    /\[Passed\] Smoke-test/ { smoke[function_name]++ }
    /\[(Doomed|Failed)\] Smoke-test|User Error|frama-c failed|emory model hypotheses|Missing assigns/ { bad[function_name] = bad[function_name] "\n    " $0 }
    /\[wp\] .*Goal .*: (Timeout|Unknown|Failed|Stepout|not tried)/ { bad[function_name] = bad[function_name] "\n    " $0 }
    match($0, /^ +(Qed|CVC4 1.8|CVC5 1.0.3|Z3 4.8.12|Z3 4.8.12 \(noBV\)|Gappa 1.4.1): +[0-9]+/) {
      line = substr($0, RSTART, RLENGTH); split(line, part, /: +/); sub(/^ +/, "", part[1])
      if (part[2] + 0) provers[function_name] = provers[function_name] " " part[1] ":" part[2] }
    END { for (i = 1; i <= count; i++) { f = order[i]
      printf "%s %s %d %d %d%s\n", f, precision, proved[f], total[f], smoke[f], provers[f]
      if (bad[f] != "") printf "BAD %s %s%s\n", f, precision, bad[f] } }' "$out/$precision"/*.log 2>/dev/null
done >"$out/results"
frama-c -cpp-extra-args="-I$PWD/$out/include -Iproofs" -metrics -metrics-cover '' proofs/medsgd.c 2>/dev/null |
  awk '/Defined functions/ { on = 1; next } /Undefined functions|Specified-only/ { on = 0 } on { gsub(/[;()]/, " "); for (i = 1; i <= NF; i++) if ($i ~ /^medsgd/) print $i }' >"$out/functions"
awk -v only="$only" '
  FILENAME ~ /goals.txt$/ { if (!/^#/ && NF) { floor[$1 " f32"] = $2; floor[$1 " f64"] = $3; listed[$1] = 1 } next }
  FILENAME ~ /unproven.txt$/ { if (!/^#/ && NF) { listed[$1] = 1; unproven[++u] = $0 } next }
  FILENAME ~ /functions$/ { if (!($1 in listed) && only == "  ") { print "MISSING " $1 ": neither in goals.txt nor in unproven.txt"; failed = 1 } names++; next }
  $1 == "BAD" { print; failed = 1; next }
  /^    / { print; next }
  { if (!head++) printf "%-40s %-4s %8s %6s  %s\n", "function", "real", "goals", "smoke", "provers"
    name = $1 " " $2; rest = ""; for (i = 6; i <= NF; i++) rest = rest " " $i
    verdict = ""
    if ($3 != $4 || !$4) { verdict = "  UNPROVED"; failed = 1 }
    if ($4 < floor[name] + 0) { verdict = verdict "  BELOW ITS FLOOR OF " floor[name]; failed = 1 }
    printf "%-40s %-4s %8s %6d %s%s\n", $1, $2, $3 "/" $4, $5, rest, verdict
    proved += $3; total += $4; smoke += $5; runs++ }
  END {
    print ""
    if (u) { print "Not proven here, and which test covers it instead:"; for (i = 1; i <= u; i++) print "  " unproven[i]; print "" }
    printf "%d of %d goals proved, %d smoke tests passed, %d runs; the header has %d functions, %d of them without a complete proof\n", proved, total, smoke, runs, names, u
    print "Assumptions: proofs/SOUNDNESS.md"
    exit failed || proved != total || !total }' proofs/goals.txt proofs/unproven.txt "$out/functions" "$out/results"
