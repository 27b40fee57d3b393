#!/bin/sh
# SPDX-License-Identifier: MIT
# verify.sh HEADER BUILD_DIR [FUNCTION...]: prove the header's contracts with Frama-C's WP and RTE plug-ins in both precisions and
# print a report, function by function. Fails on any goal that is not proved, any smoke test that finds dead or contradictory code,
# any user error or warning of WP, any function of the header that stands in neither proofs/goals.txt nor proofs/unproven.txt, and
# any function that has fewer goals than the floor goals.txt gives it. No proof cache is read.
header=$1 out=$2
shift 2
only=" $* "
sh proofs/tools.sh >/dev/null || { sh proofs/tools.sh; exit 1; }
mkdir -p "$out/include" || exit 1
rm -rf "$out/log" && mkdir "$out/log" || exit 1
cp "$header" "$out/include/medsgd.h" || exit 1
sed "s|@HERE@|$PWD/proofs/why3|" proofs/why3/why3.conf.in >"$out/why3.conf"
WHY3CONFIG=$PWD/$out/why3.conf
WHY3LOADPATH=$PWD/$out/share/why3
export WHY3CONFIG WHY3LOADPATH
sh proofs/share.sh "$out/share" || exit 1

# The header as Frama-C reads it, in both precisions: its functions, each with "same" where its proof is the same text in both.
for kind in f32 f64; do
  flags=''
  if [ $kind = f64 ]; then flags=-DMEDSGD_DOUBLE; fi
  frama-c -cpp-extra-args="-iquote $out/include -Iproofs $flags" -warn-special-float none -print -ocode "$out/$kind.c" proofs/medsgd.c >"$out/$kind.log" 2>&1 &
done
wait
awk -f proofs/same.awk "$out/f32.c" "$out/f64.c" >"$out/functions"

# The runs, one line each: log name, precision, provers, seconds a goal, functions, options of WP. Reading the header costs Frama-C
# seconds, so functions with the same provers and options share a run, up to 12 of them or 400 goals; smoke tests have runs of
# their own, with one prover, in float (the code is the same in both precisions, and so are the contracts but for the type). The longest runs
# come first, so that no processor waits for another at the end.
awk -v only="$only" '
  function flush(key,   part) {
    split(key, part, " ")
    if (names[key] != "") print weight[key], sprintf("%s-%03d", part[1], ++run), part[1], part[2], part[3], names[key], part[4]
    names[key] = "" }
  function add(precision, f, goals, with, time, opts, most,   key) {
    key = precision " " with " " time " " opts
    if (names[key] == "") size[key] = weight[key] = 0
    names[key] = names[key] (size[key] ? "," : "") f; weight[key] += goals
    if (++size[key] == most || weight[key] >= 400) flush(key) }
  /^#/ || !NF || (only != "  " && !index(only, " " $1 " ")) { next }
  { opts = NF > 5 ? $6 : "-" }
  $2 != "-" { add("f32", $1, $2, $4, $5, opts, 12); if ($1 != "lemmas") add("smoke", $1, 10, "z3smoke", 1, "-", 40) }
  $3 != "-" && $3 != "=" { add("f64", $1, $3, $4, $5, opts, 12) }
  END { for (key in names) flush(key) }' proofs/goals.txt | sort -k 1,1rn -k 2 | cut -d ' ' -f 2- >"$out/runs"

# The proofs of proofs/casts.c and the smoke tests of proofs/smoke.c, whose results are known.
known() {
  frama-c -wp-share "$out/share/wp" -warn-special-float none -wp -wp-model Typed+float -wp-cache none -wp-par 1 -wp-timeout 40 "$@"
}
check_known() {
  known -wp-prover z3first,cvc5first,cvc4first,z3 proofs/casts.c >"$out/casts.log" 2>&1
  awk '/Goal typed_(true|false)_.*_ensures/ { seen++; valid = / : Valid/; if (valid == (/typed_false_/ > 0)) print "BAD casts.c: " $0 }
    END { if (seen != 7) print "BAD casts.c: " seen + 0 " of 7 goals tried" }' "$out/casts.log"
  known -wp-prover z3smoke -wp-smoke-tests -wp-prop=-@assigns proofs/smoke.c >"$out/smoke.log" 2>&1
  awk '/\[(Failed|Doomed)\] Smoke-test typed_(precondition_.*_requires|branch_.*_dead_code)/ { found++ } /\] Smoke-test / { seen++ }
    END { if (found != 2 || seen != 4) print "BAD smoke.c: " seen + 0 " of 4 tests, which found " found + 0 " of 2 mistakes" }' "$out/smoke.log"
}

# One run of Frama-C for each line of standard input, one more at once than there are processors: WP waits a twentieth of a second a goal.
run_all() {
  while read -r log kind provers seconds functions options; do
    printf '%s\n' "$out/include" "$out/log/$log" "$kind" "$provers" "$seconds" "$functions" "$options"
  done | xargs -r -P "$(($(nproc 2>/dev/null || echo 2) + 1))" -d '\n' -n 7 sh proofs/wp.sh
}

# WP's reports as lines: "GOALS precision function total valid prover:goals...", "OPEN precision function goal".
results_of() {
  for json; do
    name=${json##*/}
    awk -v precision="${name%%-*}" '
    { text = text $0 }
    END {
      while (match(text, /[{}]|"[^"]*"|[0-9]+/)) {
        token = substr(text, RSTART, RLENGTH); text = substr(text, RSTART + RLENGTH)
        if (token == "{") { depth++; continue }
        if (token == "}") { depth--; continue }
        if (token ~ /^"/) { gsub(/"/, "", token); path[depth] = token; continue }
        if ((path[1] != "wp:functions" && path[1] != "wp:axiomatics") || depth != 5 || path[3] ~ /^wp:/) continue
        f = path[1] == "wp:functions" ? path[2] : "lemmas"; goal = f SUBSEP path[3]
        if (path[4] == "wp:main") {
          if (path[5] == "total") { total[f] += token; want[goal] = token }
          if (path[5] == "valid") { valid[f] += token; have[goal] = token }
        } else if (path[5] == "valid") { used[f, path[4]] += token; if (!(path[4] in seen)) { seen[path[4]]; order[++provers] = path[4] } } }
      for (f in total) {
        line = "GOALS " precision " " f " " total[f] " " valid[f] + 0
        for (i = 1; i <= provers; i++) if (used[f, order[i]]) { p = order[i]; gsub(/ /, "", p); line = line " " p "=" used[f, order[i]] }
        print line }
      for (goal in want) if (have[goal] + 0 < want[goal]) { split(goal, part, SUBSEP); print "OPEN " precision " " part[1] " " part[2] } }' "$json"
  done
}

check_known >"$out/known" &
run_all <"$out/runs"
wait
results_of "$out"/log/*.json >"$out/first"
# What is not proved is tried once more with four times the time: a processor may be slower than the one that the limits were chosen on.
awk 'NR == FNR { if ($1 == "OPEN" && $2 != "smoke") again[$3 " " $2]; next }
  /^#/ || !NF { next }
  { for (p = 0; p < 2; p++) { kind = p ? "f64" : "f32"; if (($1 " " kind) in again)
      print sprintf("%s-again-%03d", kind, ++run), kind, $4, 4 * $5, $1, (NF > 5 ? $6 : "-") } }' "$out/first" proofs/goals.txt >"$out/again"
run_all <"$out/again"
awk 'FILENAME ~ /again$/ { again[$2 " " $5]; next } !(($2 " " $3) in again)' "$out/again" "$out/first" >"$out/results"
if [ -s "$out/again" ]; then results_of "$out"/log/*-again-*.json >>"$out/results"; fi
grep -E '\[(Doomed|Failed)\] Smoke-test|User Error|frama-c failed|\[wp[^]]*\] .*Warning:|emory model hypotheses|Neither code nor|Plug-in wp aborted' "$out"/log/*.log |
  sed 's|^.*/||; s|^|BAD |' | cat "$out/known" - >>"$out/results"

awk -v only="$only" '
  FILENAME ~ /goals.txt$/ { if (!/^#/ && NF) { floor[$1 " f32"] = $2; floor[$1 " f64"] = $3; listed[$1] = 1
      if (only == "  " || index(only, " " $1 " ")) for (i = 2; i <= 3; i++) if ($i != "-" && $i != "=") expected[++e] = $1 (i == 2 ? " f32" : " f64")
      if ($3 == "=") once[$1]; else if ($3 == "-") single++ } next }
  FILENAME ~ /unproven.txt$/ { if (!/^#/ && NF) { name = $1; sub(/:$/, "", name); listed[name] = 1; unproven[++u] = $0 } next }
  FILENAME ~ /functions$/ { if (!($1 in listed) && only == "  ") { print "MISSING " $1 ": neither in goals.txt nor in unproven.txt"; failed = 1 }
    if ($1 in once) { if ($2 == "same") shared += only == "  " || index(only, " " $1 " ") > 0; else { bad = bad "BAD " $1 ": said to be the same text in both precisions, and is not\n"; failed = 1 } }
    names++; next }
  $1 == "BAD" { bad = bad $0 "\n"; failed = 1; next }
  $1 == "OPEN" { if ($2 != "smoke") { bad = bad $0 "\n"; failed = 1 } next }
  $2 == "smoke" { smoke[$3] = $4; smokes += $5; next }
  { name = $3 " " $2; total[name] = $4; proved[name] = $5; rest = ""; for (i = 6; i <= NF; i++) rest = rest "  " $i; provers[name] = rest }
  END {
    printf "%-36s %-4s %11s %6s  %s\n", "function", "real", "goals", "smoke", "goals by prover"
    for (i = 1; i <= e; i++) {
      name = expected[i]; split(name, part, " "); verdict = ""; runs++
      if (proved[name] != total[name] || !total[name]) { verdict = "  UNPROVED"; failed = 1 }
      if (total[name] < floor[name] + 0) { verdict = verdict "  BELOW ITS FLOOR OF " floor[name]; failed = 1 }
      printf "%-36s %-4s %5d/%5d %6s%s%s\n", part[1], part[1] in once ? "both" : part[2], proved[name], total[name], part[2] == "f32" ? smoke[part[1]] + 0 : "", provers[name], verdict
      all += total[name]; done += proved[name] }
    printf "\n%s", bad
    if (u && only == "  ") { print "\nNot proven here, and which test covers it instead:"; for (i = 1; i <= u; i++) print "  " unproven[i]; print "" }
    printf "%d of %d goals proved and %d smoke tests passed, in %d proofs of functions, %d of them for both precisions at once (the same text)\n", done, all, smokes, runs, shared
    printf "the header has %d functions: %d are without a complete proof, %d proven in float only\n", names, u, single
    print "Assumptions: proofs/SOUNDNESS.md"
    exit failed || done != all || !all }' proofs/goals.txt proofs/unproven.txt "$out/functions" "$out/results"
