#!/bin/sh
# SPDX-License-Identifier: MIT
# run.sh BUILD_DIR SECONDS TARGET...: AFL++ on each target in both precisions, half of the seconds each, FUZZ_JOBS at once (default: the
# cores). It starts from the corpus and the regressions; new inputs stay below BUILD_DIR. A crash or a hang is printed with the file to
# replay, and makes the run fail.
out=$1 seconds=$2
shift 2
if ! command -v afl-fuzz >/dev/null 2>&1; then echo 'afl-fuzz is missing: make fuzz-tools installs it'; exit 1; fi
. fuzz/afl.sh

programs=
for target; do programs="$programs $out/$target-f32"; [ "$target" = idx ] || programs="$programs $out/$target-f64"; done
jobs=${FUZZ_JOBS:-$(nproc 2>/dev/null || echo 2)}
# shellcheck disable=SC2086 # a list of words
make -s -j"$jobs" $programs || exit 1

# one.sh PROGRAM SECONDS: fuzz it from the corpus of its target.
cat >"$out/one.sh" <<'ONE'
program=$1 seconds=$2
name=${program##*/}
target=${name%-f??}
seeds=$program.seeds
rm -rf "$seeds" "$program.out" && mkdir -p "$seeds"
for dir in fuzz/corpus/$target fuzz/regressions/$target; do [ -d $dir ] && cp $dir/* "$seeds/" 2>/dev/null; done
[ -n "$(ls "$seeds")" ] || head -c 64 fuzz/fuzz.h >"$seeds/start"
[ "$target" = idx ] || seconds=$(((seconds + 1) / 2))
afl-fuzz -m none -t 5000 -V "$seconds" -i "$seeds" -o "$program.out" -- "$program" >"$program.log" 2>&1
ONE
# shellcheck disable=SC2086
printf '%s\n' $programs | xargs -P "$jobs" -I{} sh "$out/one.sh" {} "$seconds"

failed=0
for program in $programs; do [ -f "$program.out/default/fuzzer_stats" ] || { echo "${program##*/} did not run:"; tail -n 8 "$program.log"; failed=1; }; done
# shellcheck disable=SC2086
for program in $programs; do
  stats=$program.out/default/fuzzer_stats
  [ -f "$stats" ] || continue
  found=$(find "$program.out/default/crashes" "$program.out/default/hangs" -type f ! -name README.txt | wc -l)
  awk -F ' *: *' -v name="${program##*/}" -v found="$found" '{ v[$1] = $2 } END {
    printf "%s %d %d %d %s %s %d\n", name, v["last_update"] - v["start_time"], v["execs_done"], v["corpus_count"], v["bitmap_cvg"],
      v["stability"], found }' "$stats"
done | awk 'BEGIN { printf "%-16s %8s %12s %8s %8s %9s %9s %6s\n", "target", "seconds", "executions", "per s", "corpus", "edges", "stability", "found" }
  { printf "%-16s %8d %12d %8.0f %8d %9s %9s %6d\n", $1, $2, $3, $3 / ($2 ? $2 : 1), $4, $5, $6, $7; s += $2; e += $3; f += $7 }
  END { printf "%-16s %8d %12d %8.0f %8s %9s %9s %6d\n", "all", s, e, e / (s ? s : 1), "", "", "", f; exit f > 0 }' || failed=1
# shellcheck disable=SC2086
for program in $programs; do
  find "$program.out/default/crashes" "$program.out/default/hangs" -type f ! -name README.txt 2>/dev/null | head -n 5 |
    while read -r file; do echo "replay: make $out-replay/${program##*/} && $out-replay/${program##*/} $file"; done
done
exit $failed
