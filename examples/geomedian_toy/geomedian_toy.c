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

static void mark(svg *s, const svg_panel *p, const float at[2], double size, svg_style style) {
  for (int q = -1; q <= 1; q += 2) {
    const double x[2] = {(double)at[0] - size, (double)at[0] + size}, y[2] = {(double)at[1] - q * size, (double)at[1] + q * size};
    svg_curve(s, p, x, y, 2, style);
  }
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
  svg s;
  if (!svg_open(&s, a.out, 900, 720, "Estimates of a mean in the plane (Acharya, Fig. 5)")) return 1;
  const svg_style styles[WAYS] = {{SVG_RED, NULL, 2.2}, {SVG_BLUE, NULL, 2.2}, {SVG_BLACK, NULL, 2.2}}, good = {SVG_GREY, NULL, 1.2}, bad = {SVG_ORANGE, NULL, 1.2};
  printf("%d points N((2,1), 1), some with N(0,100) on top: root mean square distance to (2,1) in %zu trials\n%9s %10s %24s %18s\n", M, trials, "corrupt", names[0], names[1], names[2]);
  for (size_t q = 0; q < SHARES; q++) {
    char title[40];
    for (size_t t = trials; t-- > 0;) { /* the last one, number 0, is drawn */
      const int status = trial(points, estimate, percent[q], a.seed, t, tile, work);
      require(!status, medsgd_strerror(status));
      progress_update(&bar, (q + 1) * trials - t, "trials");
      for (way how = MEAN; how < WAYS; how++)
        for (size_t j = 0; j < 2; j++) error[q][how] += pow((double)(estimate[how][j] - truth[j]), 2) / (double)trials;
    }
    for (way how = MEAN; how < WAYS; how++) error[q][how] = sqrt(error[q][how]);
    printf("%8zu%% %10.3f %24.3f %18.3f\n", percent[q], error[q][MEAN], error[q][MEDIAN], error[q][GEOMEDIAN]);
    snprintf(title, sizeof title, "%zu%% corrupt", percent[q]);
    const svg_axis x = {"first coordinate", -10, 14, 0}, y = {"second coordinate", -9, 11, 0};
    const svg_panel p = svg_axes(&s, q % 2 ? 500 : 70, q < 2 ? 50 : 370, 350, 240, title, x, y);
    for (size_t i = 0; i < M; i++) mark(&s, &p, points[i], 0.15, 100 * i < percent[q] * M ? bad : good);
    for (way how = MEAN; how < WAYS; how++) mark(&s, &p, estimate[how], 0.5, styles[how]);
  }
  progress_finish(&bar);
  const char *const entries[5] = {names[0], names[1], names[2], "good points", "corrupt points"};
  const svg_style drawn[5] = {styles[0], styles[1], styles[2], good, bad};
  svg_legend(&s, 70, 672, 800, 3, entries, drawn, 5);
  if (!svg_close(&s)) return 1;
  free(tile), free(work);

  findings f = {stdout, 0, 0};
  finding(&f, error[0][GEOMEDIAN] < 1.2 * error[0][MEAN], "on clean points the geometric median is nearly as good as the mean: %.3f, %.3f", error[0][GEOMEDIAN], error[0][MEAN]);
  for (size_t q = 1; q < SHARES; q++)
    finding(&f, error[q][GEOMEDIAN] < 0.5 * error[q][MEAN], "at %zu%% the mean is carried away, the geometric median is not: %.3f, %.3f", percent[q], error[q][MEAN], error[q][GEOMEDIAN]);
  return findings_end(&f);
}
