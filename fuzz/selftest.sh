#!/bin/sh
# SPDX-License-Identifier: MIT
# selftest.sh BUILD_DIR: plants the bugs of fuzz/bugs.txt one at a time in a copy of the sources; AFL++ has to find each within a minute,
# starting from the corpus. It counts how many inputs of the corpus alone show the bug, too.
out=$1
rm -rf "$out" && mkdir -p "$out" || exit 1
if ! command -v afl-fuzz >/dev/null 2>&1; then echo 'afl-fuzz is missing: make fuzz-tools installs it'; exit 1; fi
. fuzz/afl.sh
AFL_BENCH_UNTIL_CRASH=1 AFL_FAST_CAL=1 # the seeds are run three times before the fuzzing starts, not eight times
export AFL_BENCH_UNTIL_CRASH AFL_FAST_CAL

# one.sh NUMBER: plant bug NUMBER, build its program, fuzz it; the last word of the line printed says how it went.
cat >"$out/one.sh" <<ONE
number=\$1 dir=$out/\$1
line=\$(grep -v '^#' fuzz/bugs.txt | sed -n "\${number}p")
name=\$(echo "\$line" | cut -d'|' -f1 | tr -d ' ') file=\$(echo "\$line" | cut -d'|' -f2 | tr -d ' ')
bug=\$(echo "\$line" | cut -d'|' -f3- | sed 's/^ *//')
mkdir -p "\$dir" && cp -r Makefile medsgd.h examples tests fuzz "\$dir"/ || exit 1
sed "\$bug" "\$file" >"\$dir/\$file"
if cmp -s "\$file" "\$dir/\$file"; then echo "\$name: not planted (the sed expression does not apply): \$bug: missed"; exit; fi
make -s -C "\$dir" "build/fuzz/\$name" >"\$dir/log" 2>&1 || { echo "\$name: does not compile, see \$dir/log: \$bug: missed"; exit; }
cd "\$dir" && mkdir seeds
cp fuzz/corpus/\${name%-f??}/* fuzz/regressions/\${name%-f??}/* seeds/ 2>/dev/null
total=\$(ls seeds | wc -l) shown=0
for seed in seeds/*; do # those that show it already would stop AFL++: it starts from the others
  if ! timeout 20 build/fuzz/\$name <"\$seed" >/dev/null 2>&1; then rm "\$seed"; shown=\$((shown + 1)); fi
done
[ -n "\$(ls seeds)" ] || { echo "\$name: \$bug: by all \$total files of the corpus: found"; exit; }
start=\$(date +%s)
afl-fuzz -m none -t 5000 -V 60 -i seeds -o out -- build/fuzz/\$name </dev/null >log 2>&1
seconds=\$((\$(date +%s) - start))
if [ -n "\$(find out/default/crashes out/default/hangs -type f ! -name README.txt 2>/dev/null)" ]; then
  echo "\$name: \$bug: after \$seconds s, and by \$shown of \$total files of the corpus: found"
else echo "\$name: \$bug: not in \$seconds s, by \$shown of \$total files of the corpus: missed"; fi
ONE
seq "$(grep -vc '^#' fuzz/bugs.txt)" | xargs -P "${FUZZ_JOBS:-$(nproc 2>/dev/null || echo 2)}" -I{} sh "$out/one.sh" {} | tee "$out/results"
found=$(grep -c ': found$' "$out/results") missed=$(grep -c ': missed$' "$out/results")
echo "$found passed, $missed failed, 0 skipped"
[ "$missed" -eq 0 ] && [ "$found" -ge 10 ]
