#!/bin/sh
# SPDX-License-Identifier: MIT
# docs.sh lines|counts|fill|check: what README.md and docs/ say about medsgd.h, against the header itself and proofs/.

# Every public function: name, line of its declaration, line of its body.
public() {
  awk '/^MEDSGD_API/ && match($0, /medsgd_[a-z0-9_]+\(/) { name = substr($0, RSTART, RLENGTH - 1)
      if (name in line) print name, line[name], NR; else line[name] = NR }' medsgd.h
}

# The rows of docs/algorithms.md, one line a function.
lines() {
  public >"$tmp/public"
  awk -F '|' -v public="$tmp/public" '
    BEGIN { while ((getline row < public) > 0) { split(row, part, " "); declared[part[1]] = part[2]; body[part[1]] = part[3] } }
    function trim(s) { gsub(/\\\|/, "|", s); gsub(/^ +| +$/, "", s); return s }
    /^## Functions/ { on = 1 }
    on && /^\| `medsgd_/ {
      gsub(/\\\|/, "\001"); $0 = $0; formula = trim($3); source = trim($4); gsub(/\001/, "|", formula); gsub(/\001/, "|", source)
      n = split($2, name, "`")
      for (i = 2; i <= n; i += 2) {
        if (!(name[i] in body)) { print "medsgd.h has no " name[i]; failed = 1; continue }
        printf "%-27s declared medsgd.h:%d, body medsgd.h:%d   %s   [%s]\n", name[i], declared[name[i]], body[name[i]], formula, source == "" ? "-" : source } }
    END { exit failed }' docs/algorithms.md
}

# Per topic of the header: functions proved in float, in double, all functions; helpers included.
counts() {
  awk '
    FILENAME ~ /goals.txt$/ { if (!/^#/ && NF >= 3) { float[$1] = $2 != "-"; twice[$1] = $3 != "-" } next }
    FILENAME ~ /unproven.txt$/ { if (!/^#/ && NF) { sub(/:.*/, ""); open[$1] = 1 } next }
    /define MEDSGD__IMPLEMENTED/ { on = 1; topic = "general"; topics[n = 1] = topic }
    on && /^\/\* ======== / { topic = $0; sub(/^\/\* ======== /, "", topic); sub(/ *[=:(].*/, "", topic); sub(/ and momentum/, "", topic); topics[++n] = topic }
    on && /^(MEDSGD_API|MEDSGD__[A-Z]+|static) / && !/;$/ && match($0, /medsgd_[a-z0-9_]+\(/) {
      name = substr($0, RSTART, RLENGTH - 1)
      if (name in seen) next
      seen[name] = 1; all[topic]++
      if (!(name in open)) { f[topic] += float[name]; d[topic] += twice[name] } }
    END { for (i = 1; i <= n; i++) { t = topics[i]; printf "%s|%d|%d|%d\n", t, f[t], d[t], all[t]; F += f[t]; D += d[t]; A += all[t] }
      printf "all|%d|%d|%d\n", F, D, A }' proofs/goals.txt proofs/unproven.txt medsgd.h
}

# fill: the last cell of each row `| topic | ... | f / d of n |` in the tables that have such cells.
fill() {
  counts >"$tmp/counts"
  for file in README.md docs/verification.md; do
    awk -F '|' -v counts="$tmp/counts" '
      BEGIN { while ((getline row < counts) > 0) { split(row, part, "|"); cell[part[1]] = part[2] " / " part[3] " of " part[4] } }
      function topic(s) { gsub(/^ +| +$/, "", s); return s }
      /^\|/ && (topic($2) in cell) && match($0, /\| [0-9]+ \/ [0-9]+ of [0-9]+ \|$/) { $0 = substr($0, 1, RSTART) " " cell[topic($2)] " |" }
      { print }' "$file" >"$tmp/new" && { cmp -s "$tmp/new" "$file" || cp "$tmp/new" "$file"; }
  done
}

check() {
  lines >"$tmp/lines" || { cat "$tmp/lines"; bad 'docs/algorithms.md'; }
  # No more is called proved than proofs/goals.txt says: less is honest too, until `make docs`.
  counts >"$tmp/counts"
  for file in README.md docs/verification.md; do
    awk -F '|' -v counts="$tmp/counts" -v file="$file" '
      BEGIN { while ((getline row < counts) > 0) { split(row, part, "|"); f[part[1]] = part[2]; d[part[1]] = part[3]; n[part[1]] = part[4]; topics++ } }
      function topic(s) { gsub(/^ +| +$/, "", s); return s }
      /^\|/ && (topic($2) in n) && match($0, /\| [0-9]+ \/ [0-9]+ of [0-9]+ \|$/) {
        t = topic($2); rows++; split(substr($0, RSTART + 2), number, /[^0-9]+/)
        # (a few helpers more or less are no false claim)
        if (number[1] > f[t] || number[2] > d[t] || number[3] < 0.9 * n[t]) { print file ": " t " is " f[t] " / " d[t] " of " n[t] ", not" substr($0, RSTART + 1); failed = 1 } }
      END { if (rows < topics - 1) { print file ": " rows " rows of proof counts, " topics " topics"; failed = 1 } exit failed }' "$file" || bad 'proof counts: run make docs'
  done
  # Links between files, and the make targets that are named.
  for file in README.md docs/*.md proofs/*.md fuzz/*.md examples/*/README.md; do
    [ -f "$file" ] || continue
    for link in $(grep -o '](\([^):#]*\)' "$file" | sed 's/^](//'); do
      [ -e "$(dirname "$file")/$link" ] || bad "$file links to $link, which does not exist"
    done
    for target in $(grep -o '`make [a-z][a-z-]*' "$file" | sed 's/.* //' | sort -u); do
      grep -qx "$target" "$tmp/targets" || bad "$file names make $target, which does not exist"
    done
  done
  # The example of the wire format is what the header does.
  awk '/^```text wire$/ { on = 1; next } /^```$/ { if (on) exit } on' docs/wire-format.md >"$tmp/wire.expected"
  ${CC:-cc} -std=c99 -I. tests/docs/wire.c -o "$tmp/wire" -lm && "$tmp/wire" >"$tmp/wire.actual" && diff "$tmp/wire.actual" "$tmp/wire.expected" ||
    bad 'docs/wire-format.md: the example differs'
  # The version in every place that names it.
  version=$(awk '/^#define MEDSGD_VERSION "/ { gsub(/"/, "", $3); print $3 }' medsgd.h)
  parts=$(awk '/^#define MEDSGD_VERSION_(MAJOR|MINOR|PATCH) / { printf "%s%s", dot, $3; dot = "." }' medsgd.h)
  [ "$version" = "$parts" ] || bad "medsgd.h: MEDSGD_VERSION is $version, its parts say $parts"
  [ $failed -eq 0 ] && echo 'documentation: functions, proof counts, links and targets are right'
}

failed=0
bad() { echo "FAIL $*"; failed=1; }
tmp=$(mktemp -d) || exit 1
trap 'rm -rf "$tmp"' EXIT
sed -n 's/^\([a-z][a-z-]*\):.*/\1/p' Makefile proofs/*.mk fuzz/*.mk tests/*/*.mk examples/*.mk >"$tmp/targets"
case $1 in
  lines | counts | fill | check) "$1" || failed=1 ;;
  *) echo 'usage: docs.sh lines|counts|fill|check' >&2; failed=2 ;;
esac
exit $failed
