/* SPDX-License-Identifier: MIT
 * Estimates of the mean of points in the plane while more and more of them are corrupt: mean, coordinate-wise median, geometric median
 * (Acharya, Fig. 5). README.md says what comes out and why.
 */
#define MEDSGD_IMPLEMENTATION
#include "medsgd.h"

#include "args.h"
#include "finding.h"
#include "progress.h"
#include "rng.h"
#include "room.h"
#include "svg.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

enum { M = 40, SHARES = 4 };
static const size_t percent[SHARES] = {0, 10, 30, 45};
typedef enum way { MEAN, MEDIAN, GEOMEDIAN, WAYS } way;
static const char *const names[WAYS] = {"mean", "coordinate-wise median", "geometric median"};
static const float truth[2] = {2, 1}; /* where the good points gather, with deviation 1 */

/* Points of one trial, and the three estimates. The first percent% get noise N(0, 100) on top, as in sec. 7.2. */
static int trial(float points[M][2], float estimate[WAYS][2], size_t share, uint64_t seed, uint64_t number, float *tile, double *work) {
  const float *rows[M];
  rng r = rng_make(seed, number);
  for (size_t i = 0; i < M; i++) {
    rows[i] = points[i];
    for (size_t j = 0; j < 2; j++) points[i][j] = truth[j] + (float)rng_normal(&r);
    for (size_t j = 0; j < 2; j++) points[i][j] += 100 * i < share * M ? 10 * (float)rng_normal(&r) : 0;
  }
  int status = medsgd_mean(estimate[MEAN], rows, M, 2);
  if (!status) status = medsgd_median(estimate[MEDIAN], rows, M, 2, MEDSGD_MEDIAN_MIDPOINT, tile);
  if (!status) status = medsgd_geomedian(estimate[GEOMEDIAN], rows, M, 2, NULL, NULL, NULL, tile, work);
  return status;
}

int main(int argc, char **argv) {
  const args a = args_start(argc, argv, "geomedian_toy", "mean, median and geometric median of points in the plane", 0, 0, 0);
  const size_t trials = a.quick ? 200 : a.full ? 20000 : 2000;
  static float points[M][2];
  float estimate[WAYS][2];
  double error[SHARES][WAYS] = {{0}};
  float *const tile = room(medsgd_median_work(M), sizeof *tile);
  double *const work = room(medsgd_geomedian_work(M), sizeof *work);
  progress bar;
  progress_start(&bar, "geomedian_toy", SHARES * trials);
  printf("%d points N((2,1), 1), some with N(0,100) on top: root mean square distance to (2,1) in %zu trials\n%9s %10s %24s %18s\n", M, trials, "corrupt", names[0], names[1], names[2]);
  for (size_t q = 0; q < SHARES; q++) {
    for (size_t t = 0; t < trials; t++) {
      const int status = trial(points, estimate, percent[q], a.seed, t, tile, work);
      require(!status, medsgd_strerror(status));
      progress_update(&bar, q * trials + t, "trials");
      for (way how = MEAN; how < WAYS; how++)
        for (size_t j = 0; j < 2; j++) error[q][how] += pow((double)(estimate[how][j] - truth[j]), 2) / (double)trials;
    }
    for (way how = MEAN; how < WAYS; how++) error[q][how] = sqrt(error[q][how]);
    printf("%8zu%% %10.3f %24.3f %18.3f\n", percent[q], error[q][MEAN], error[q][MEDIAN], error[q][GEOMEDIAN]);
  }
  progress_finish(&bar);

  /* The first trial is drawn, as far as it is near the good points. */
  svg s;
  if (!svg_open(&s, a.out, 900, 720, "Estimates of a mean in the plane (Acharya, Fig. 5)")) return 1;
  const svg_style styles[WAYS + 2] = {{SVG_RED, NULL, 2.4, '+'}, {SVG_BLUE, NULL, 2.4, 'd'}, {SVG_BLACK, NULL, 2.4, 'x'}, {SVG_GREY, NULL, 1, 'o'}, {SVG_ORANGE, NULL, 1.4, '+'}};
  const svg_axis x = {"first coordinate", -4, 9, 0}, y = {"second coordinate", -3.5, 5.5, 0};
  for (size_t q = 0; q < SHARES; q++) {
    char title[64];
    size_t outside = 0;
    double at[2][M + WAYS];
    require(!trial(points, estimate, percent[q], a.seed, 0, tile, work), "the trial does not repeat");
    for (size_t i = 0; i < M + WAYS; i++) {
      for (size_t j = 0; j < 2; j++) at[j][i] = (double)(i < M ? points[i][j] : estimate[i - M][j]);
      outside += at[0][i] < x.lo || at[0][i] > x.hi || at[1][i] < y.lo || at[1][i] > y.hi;
    }
    if (outside) snprintf(title, sizeof title, "%zu%% corrupt; %zu of %d points are farther out", percent[q], outside, M);
    else snprintf(title, sizeof title, "%zu%% corrupt", percent[q]);
    const svg_panel p = svg_axes(&s, q % 2 ? 500 : 70, q < 2 ? 50 : 370, 350, 240, title, x, y);
    const size_t bad = (percent[q] * M + 99) / 100;
    svg_points(&s, &p, at[0] + bad, at[1] + bad, M - bad, styles[WAYS]);
    svg_points(&s, &p, at[0], at[1], bad, styles[WAYS + 1]);
    for (way how = MEAN; how < WAYS; how++) svg_points(&s, &p, at[0] + M + how, at[1] + M + how, 1, styles[how]);
  }
  const char *const entries[WAYS + 2] = {names[MEAN], names[MEDIAN], names[GEOMEDIAN], "good points", "corrupt points"};
  svg_legend(&s, 70, 672, 800, 3, entries, styles, WAYS + 2);
  if (!svg_close(&s)) return 1;
  free(tile), free(work);

  findings f = {stdout, 0, 0};
  finding(&f, error[0][GEOMEDIAN] < 1.2 * error[0][MEAN], "on clean points the geometric median is nearly as good as the mean: %.3f, %.3f", error[0][GEOMEDIAN], error[0][MEAN]);
  for (size_t q = 1; q < SHARES; q++)
    finding(&f, error[q][GEOMEDIAN] < 0.5 * error[q][MEAN], "at %zu%% the mean is carried away, the geometric median is not: %.3f, %.3f", percent[q], error[q][MEAN], error[q][GEOMEDIAN]);
  return findings_end(&f);
}
