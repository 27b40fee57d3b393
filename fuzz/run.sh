#!/bin/sh
# SPDX-License-Identifier: MIT
# run.sh BUILD_DIR SECONDS TARGET...: AFL++ on each target in both precisions, half of the seconds each, as many at once as there are
# cores. New inputs stay below BUILD_DIR; a crash or a hang is printed with the file to replay, and makes the run fail.
out=$1 seconds=$2
shift 2
if ! command -v afl-fuzz >/dev/null 2>&1; then echo 'afl-fuzz is missing: make fuzz-tools installs it'; exit 1; fi
AFL_SKIP_CPUFREQ=1 AFL_NO_UI=1 AFL_I_DONT_CARE_ABOUT_MISSING_CRASHES=1 AFL_NO_AFFINITY=1 AFL_FORKSRV_INIT_TMOUT=20000
ASAN_OPTIONS=abort_on_error=1:symbolize=0:detect_leaks=0 UBSAN_OPTIONS=abort_on_error=1:symbolize=0:halt_on_error=1
export AFL_SKIP_CPUFREQ AFL_NO_UI AFL_I_DONT_CARE_ABOUT_MISSING_CRASHES AFL_NO_AFFINITY AFL_FORKSRV_INIT_TMOUT ASAN_OPTIONS UBSAN_OPTIONS

programs=
for target; do programs="$programs $out/$target-f32"; [ "$target" = idx ] || programs="$programs $out/$target-f64"; done
# shellcheck disable=SC2086 # a list of words
make -s $programs || exit 1

# one PROGRAM: fuzz it from the corpus of its target.
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
printf '%s\n' $programs | xargs -P "$(nproc 2>/dev/null || echo 2)" -I{} sh "$out/one.sh" {} "$seconds"

failed=0
printf '%-18s %12s %9s %8s %8s %8s %7s\n' target executions 'per s' corpus coverage stable found
for program in $programs; do
  stats=$program.out/default/fuzzer_stats
  if ! [ -f "$stats" ]; then echo "${program##*/}: did not run"; tail -n 5 "$program.log"; failed=1; continue; fi
  found=$(find "$program.out/default/crashes" "$program.out/default/hangs" -type f ! -name README.txt | wc -l)
  awk -F ' *: *' -v name="${program##*/}" -v found="$found" '{ v[$1] = $2 } END { printf "%-18s %12d %9.0f %8d %8s %8s %7d\n",
    name, v["execs_done"], v["execs_per_sec"], v["corpus_count"], v["bitmap_cvg"], v["stability"], found }' "$stats"
  if [ "$found" -gt 0 ]; then failed=1; find "$program.out/default/crashes" "$program.out/default/hangs" -type f ! -name README.txt | head -5; fi
done
exit $failed
