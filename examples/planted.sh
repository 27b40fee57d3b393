#!/bin/sh
# SPDX-License-Identifier: MIT
# planted.sh BUILD_DIR [NAME]: can the findings fail? In a copy of each example what makes its finding true is taken away (an edit by sed);
# run with --quick it has to exit with status 1 and a line "FAIL" that holds the given words.
build=${1:-build/planted} only=$2
mkdir -p "$build"
# The library and what the examples share are compiled once.
printf '#define MEDSGD_IMPLEMENTATION\n#include "medsgd.h"\n' >"$build/medsgd.c"
compile="${CC:-cc} -std=c99 -O2 -I. -Iexamples/common"
objects=
for c in "$build/medsgd.c" examples/common/*.c; do
  o=$build/$(basename "$c" .c).o objects="$objects $o"
  $compile -c "$c" -o "$o" || exit 1
done
planted=0 missed=0
while IFS='|' read -r name words edit; do
  case $name in '' | '#'* | *[!a-z_]*) continue ;; esac
  [ -z "$only" ] || [ "$name" = "$only" ] || continue
  planted=$((planted + 1))
  sed "/^#define MEDSGD_IMPLEMENTATION/d" "examples/$name/$name.c" >"$build/whole.c"
  sed "$edit" "$build/whole.c" >"$build/$name.c"
  if cmp -s "$build/whole.c" "$build/$name.c"; then echo "$name: nothing to edit: $edit"; missed=$((missed + 1)); continue; fi
  $compile "$build/$name.c" $objects -o "$build/$name" -lm || exit 1
  "$build/$name" --quick --out "$build/$name.svg" >"$build/$name.txt" 2>/dev/null </dev/null
  status=$?
  if [ $status = 1 ] && grep "FAIL  .*$words" "$build/$name.txt" >/dev/null; then echo "$name: seen: $(grep -m 1 "FAIL  .*$words" "$build/$name.txt" | cut -c 9-)"
  else echo "$name: NOT SEEN (status $status): $edit"; missed=$((missed + 1)); fi
done <<'END'
# the noise is left out; the median becomes the mean
quadratics|noise closes the gap|s/if (b > 0) medsgd_perturb/if (0) medsgd_perturb/
quadratics|the median vanishes|s/medsgd_median(&median, rows, M, 1, .*);/medsgd_mean(\&median, rows, M, 1), (void)tile;/
median_bias|samples and quadrature|s/medsgd_median(out, read, M, D, .*);/medsgd_mean(out, read, M, D), (void)tile;/
median_bias|the theorem's bounds|s/mean_of_sets = 1/mean_of_sets = 0.5/
noisy_signsgd|noise drives the gradient|s/i < M && b > 0/i < M \&\& b > 9/
noisy_signsgd|without heterogeneity|s/partition_uniform(&parts\[1\], &train, M, a.seed)/partition_classes(\&parts[1], \&train, M, CLASSES_EACH)/
# one voter is heard of all; every step is as long; the minibatch is always one term
rosenbrock|more voters|s/(size_t)how->m, D); /1, D); /
rosenbrock|sets the neighbourhood|s/: how->gamma); /: 0.05f); /
rosenbrock|higher success probabilities|s/b < (size_t)batch; b++/b < 1; b++/
# a start off the line; SSDM with plain signs; no norm is sent; a step that does not shrink with K
counterexample|never leaves the line|s/line\[D\] = {1.7f, 0.3f}/line[D] = {1.7f, 0.5f}/
counterexample|gets to the minimiser|s/if (how < SSDM) {/if (how <= SSDM) {/
counterexample|norms sent along|s/-(float)norm); /-1.0f); /
counterexample|fitted slope|s/(float)pow(K\[n\], -0.75)/0.02f/
# a sign counts as four bytes; batches of one half are batches of all
equal_bytes|early on signSGD is ahead|s/(double)(any ? 2 \* plane : plane)/(double)(any, d * sizeof *g)/
equal_bytes|two modes|s/split ? HALVES : 1;/1;/; s/!split || data/1 || data/
geomedian_toy|the geometric median is not|s/medsgd_geomedian(estimate\[GEOMEDIAN\], rows, M, 2,.*);/medsgd_mean(estimate[GEOMEDIAN], rows, M, 2), (void)work;/
block_geomedian|the end of SGD, not of GMD|s/medsgd_geomedian(update, rows, M, d,.*);/medsgd_mean(update, rows, M, d);/
block_residual|memory makes small blocks learn|s/if (!how->memory) memset/if (1) memset/
block_residual|Lemma 1|s/kept += /kept += 0 * /
block_residual|smallest blocks cost loss|s/{"k = 0.01 d", 0.01, 1, 0}/{"k = 0.01 d", 1, 1, 0}/
block_speedup|the block reads|s/\.k = d \/ 10/.k = d/
adaptive_rate|the adaptive rate ends lower|s/if (how >= ADAPTIVE) /if (0) /
adaptive_rate|follows the noise-free curve|s/read, m, D, D)/read, m, D, how == IDEAL ? D : 8 * D)/
adaptive_digits|without tuning|s/if (how == ADAPTIVE) /if (0) /
adaptive_digits|need their tuning|s/1e-5, 1e-4, 1e-3, 1e-2, 1e-1}/1e-2, 1e-2, 1e-2, 1e-2, 1e-2}/
adaptive_digits|the rate shrinks|s/if (how == ADAPTIVE) /if (how == ADAPTIVE \&\& step == 0) /
# nobody is killed; the liars among the processes tell the truth; a worker is counted twice
parameter_server|worker 4 killed|s/kill(victim, SIGKILL)/(void)SIGKILL/
parameter_server|three of nine lie|s/steps, seed, liars);$/steps, seed, 0);/
parameter_server|all well|s/if (receive_all(down\[i\], bytes, BYTES)) count(&t, bytes);/if (receive_all(down[i], bytes, BYTES)) { if (i) count(\&t, bytes); }/
demo|noise repairs it|s/medsgd_perturb(r->g\[i\], r->d, r->how->b,/medsgd_perturb(r->g[i], r->d, 0 * r->how->b,/
END
echo "$planted planted, $missed not seen"
[ $planted -gt 0 ] && [ $missed = 0 ]
