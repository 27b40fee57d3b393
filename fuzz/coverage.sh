#!/bin/sh
# SPDX-License-Identifier: MIT
# coverage.sh BUILD_DIR TARGET...: the lines and branches of medsgd.h that the corpus and the regressions reach, over all targets and both
# precisions. Prints the lines that are never reached and the branches never taken; fails where fuzz/branches.txt does not
# explain them, or explains what is reached.
# fuzz/branches.txt says how its lines look.
out=$1
shift
rm -rf "$out" && mkdir -p "$out" || exit 1
suffix=
for s in '' -14 -15 -16 -19; do command -v llvm-cov$s >/dev/null 2>&1 && command -v llvm-profdata$s >/dev/null 2>&1 && { suffix=$s; break; }; done
if ! command -v clang >/dev/null 2>&1 || ! command -v llvm-cov$suffix >/dev/null 2>&1; then echo 'clang or llvm-cov is missing: make fuzz-tools installs them'; exit 1; fi

# one.sh TARGET PRECISION: build the target for coverage, run it on its files, write what it reached.
cat >"$out/one.sh" <<ONE
target=\$1 program=$out/\$1-\$2 define=
[ "\$2" = f64 ] && define=-DMEDSGD_DOUBLE
set --
for dir in fuzz/corpus/\$target fuzz/regressions/\$target; do [ -d \$dir ] && set -- "\$@" \$dir; done
clang -std=c99 -O0 -fprofile-instr-generate -fcoverage-mapping \$define -I. -Itests -Iexamples/common -Ifuzz fuzz/fuzz_\$target.c fuzz/driver_replay.c \
  tests/oracle_discrete.c tests/oracle_real.c examples/common/idx.c -o "\$program" -lm || exit 255
LLVM_PROFILE_FILE=\$program.profraw "\$program" "\$@" >"\$program.log" 2>&1 || { cat "\$program.log"; exit 255; }
llvm-profdata$suffix merge -o "\$program.profdata" "\$program.profraw" || exit 255
[ "\$target" = idx ] || llvm-cov$suffix show "\$program" -instr-profile="\$program.profdata" -show-branches=count -show-expansions=0 medsgd.h >"\$program.show"
rm -f "\$program" "\$program.profraw"
ONE
for target; do for precision in f32 f64; do echo "$target $precision"; done; done |
  xargs -P "${FUZZ_JOBS:-$(nproc 2>/dev/null || echo 2)}" -L 1 sh "$out/one.sh" || exit 1

# All of them together: a line is reached when one program reaches it, a side of a branch taken likewise.
cat "$out"/*.show | awk -v explained=fuzz/branches.txt '
  function trim(s) { gsub(/^[ \t]+|[ \t]+$/, "", s); return s }
  BEGIN {
    while ((getline line <explained) > 0) if (line !~ /^#/ && split(line, part, "|") >= 3) {
      side[++entries] = trim(part[1]); text[entries] = trim(substr(line, index(line, "|") + 1))
      sub(/ \|[^|]*$/, "", text[entries]); text[entries] = trim(text[entries])
    }
    while ((getline line <"medsgd.h") > 0) {
      source[++lines] = line
      while (line != "") { # what is left without comments is code
        if (comment) { at = index(line, "*/"); line = at ? substr(line, at + 2) : ""; if (at) comment = 0; continue }
        at = index(line, "/*"); before = at ? substr(line, 1, at - 1) : line
        sub(/\/\/.*/, "", before); sub(/^[ \t]*#.*/, "", before)
        if (before ~ /[^ \t{}]/) code[lines] = 1
        line = at ? substr(line, at + 2) : ""; comment = at > 0
      }
    }
  }
  /^ *[0-9]+\| *[0-9.]+[kMGTPE]?\|/ {
    split($0, part, "|"); number = part[1] + 0; seen[number] = 1
    if (trim(part[2]) != "0") reached[number] = 1
  }
  /Branch \([0-9]+:[0-9]+\): \[True: / {
    match($0, /\([0-9]+:[0-9]+\)/); at = substr($0, RSTART + 1, RLENGTH - 2)
    branch[at] = 1
    if ($0 !~ /True: 0,/) taken[at, "True"] = 1
    if ($0 !~ /False: 0\]/) taken[at, "False"] = 1
  }
  END {
    for (n = 1; n <= lines; n++) if ((n in seen) && (n in code)) {
      total++
      if (n in reached) { good++; continue }
      known = 0
      for (e = 1; e <= entries && !known; e++) if (side[e] == "Line" && index(trim(source[n]), text[e]) == 1) { known = 1; used[e] = 1 }
      if (known) excused++; else print "never reached: medsgd.h:" n ": " trim(source[n])
    }
    for (at in branch) {
      split(at, place, ":")
      for (s = 1; s <= 2; s++) {
        which = s == 1 ? "True" : "False"; sides++
        if ((at, which) in taken) { covered++; continue }
        condition = substr(source[place[1]], place[2]); known = 0
        for (e = 1; e <= entries && !known; e++) if (side[e] == which && index(condition, text[e]) == 1) { known = 1; used[e] = 1 }
        if (known) told++; else { open++; printf "never %s, not explained: medsgd.h:%s: %s\n", which, at, condition | "sort -t: -k3n" }
      }
    }
    close("sort -t: -k3n")
    for (e = 1; e <= entries; e++) if (!(e in used)) { stale++; print "explained, but not needed: " side[e] " | " text[e] }
    printf "lines %d of %d (%d explained), sides of branches %d of %d, %d explained, %d not\n", good, total, excused, covered, sides, told, open
    exit good + excused < total || open || stale
  }'
