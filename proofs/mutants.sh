#!/bin/sh
# SPDX-License-Identifier: MIT
# mutants.sh HEADER BUILD_DIR [FUNCTION...]: plant the mistakes of proofs/mutants.txt, one at a time, in a copy of the header and prove
# the function concerned, in float, with two seconds a goal for each of three provers. A mistake is caught when a goal fails that these
# prove without it: so each function is first proved as it is, once. Fails when a mistake is not caught or cannot be planted.
header=$1 out=$2
shift 2
only=" $* "
sh proofs/tools.sh >/dev/null || { sh proofs/tools.sh; exit 1; }
rm -rf "$out" && mkdir -p "$out" || exit 1
sed "s|@HERE@|$PWD/proofs/why3|" proofs/why3/why3.conf.in >"$out/why3.conf"
WHY3CONFIG=$PWD/$out/why3.conf
WHY3LOADPATH=$PWD/$out/share/why3
export WHY3CONFIG WHY3LOADPATH
sh proofs/share.sh "$out/share" || exit 1

# mutants.txt: function: sed command, which must change exactly one line of the function's code (not of its annotations).
number=0
grep -v '^#' proofs/mutants.txt | while IFS= read -r line; do
  function=${line%%: *} edit=${line#*: }
  if [ "$only" != "  " ]; then case $only in *" $function "*) ;; *) continue ;; esac; fi
  number=$((number + 1))
  folder=$out/$number
  mkdir -p "$folder"
  echo "$line" >"$folder/mutant"
  range=$(awk -v name="$function" '
    /^(MEDSGD_API|MEDSGD__INLINE|static) / && index($0, " " name "(") + index($0, "*" name "(") { first = NR; open = 1 }
    open && /;$/ { open = 0 }
    open && /[{]$/ { open = 0; body = first }
    body && /^}/ { print body "," NR; exit }
    open && /}$/ { print first "," NR; exit }' "$header")
  options=$(awk -v name="$function" '$1 == name { print $6 == "" ? "-" : $6; exit }' proofs/goals.txt)
  if [ -z "$range" ] || [ -z "$options" ]; then echo "no such function, or not in goals.txt" >"$folder/problem"; continue; fi
  sed "$range{
$edit
}" "$header" >"$folder/medsgd.h"
  changed=$(awk 'NR == FNR { old[NR] = $0; next }
    /\/\*@/ { note = 1 } { if ($0 != old[FNR]) { n++; if (note || /\/\/@/) n += 100 } } /\*\// { note = 0 } END { print n + 0 }' "$header" "$folder/medsgd.h")
  if [ "$changed" -ne 1 ]; then echo "changes $changed lines" >"$folder/problem"; continue; fi
  printf '%s\n' "$folder" "$folder/wp" mutant first 2 "$function" "$options"
  if [ ! -d "$out/$function" ]; then
    mkdir "$out/$function" && cp "$header" "$out/$function/medsgd.h"
    printf '%s\n' "$out/$function" "$out/$function/wp" f32 first 2 "$function" "$options" >>"$out/base"
  fi
done >"$out/runs"
xargs -P "$(nproc 2>/dev/null || echo 2)" -d '\n' -n 7 sh proofs/wp.sh <"$out/base"
for folder in "$out"/medsgd*; do # goals that these provers do not prove in the header as it is
  sed -n 's/^\[wp\] \[[A-Z][a-z]*\] Goal \(typed_[A-Za-z0-9_]*\)$/\1/p' "$folder/wp.log" >"$folder/open"
done
xargs -P "$(nproc 2>/dev/null || echo 2)" -d '\n' -n 7 sh proofs/wp.sh <"$out/runs"

for folder in "$out"/[0-9]*; do
  [ -d "$folder" ] || continue
  if [ -f "$folder/problem" ]; then verdict="CANNOT BE PLANTED ($(cat "$folder/problem"))"
  elif grep -q 'frama-c failed' "$folder/wp.log"; then verdict="CANNOT BE PLANTED (Frama-C fails)"
  elif grep -q '^stopped' "$folder/wp.log"; then verdict=caught
  else verdict="NOT CAUGHT"
  fi
  printf '%s\t%s\n' "$verdict" "$(cat "$folder/mutant")"
done | sort -k 1,1 -s >"$out/report"
cat "$out/report"
awk -F '\t' '{ n++ } $1 == "caught" { caught++ } END { printf "%d of %d planted mistakes caught\n", caught, n; exit !n || caught != n }' "$out/report"
