/* SPDX-License-Identifier: MIT
 * Three quadratics on which signSGD and medianSGD stop at the wrong place, and the noise that mends it (Chen, Fig. 1.1 and Theorem 3;
 * Algorithms 1 to 4). README.md beside this file says what comes out and why.
 */
#define MEDSGD_IMPLEMENTATION
#include "medsgd.h"

#include "args.h"
#include "finding.h"
#include "progress.h"
#include "room.h"
#include "svg.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

enum { M = 3, POINTS = 200 };
static const float delta = 0.001f; /* step size and start of Fig. 1.1 */
static const float start = 0.0005f;

typedef struct trace {
  double step[POINTS], mean[POINTS], median[POINTS]; /* |true gradient| and |median of the gradients| */
  double final_mean, final_median;                   /* of the average iterate of the last half        */
} trace;

/* f_i(x) = (x - a_i)^2 / 2. Algorithm 1 or 2, or with b > 0 Algorithm 3 or 4. */
static void descend(trace *t, const float a[M], int sign, float b, size_t steps, uint64_t seed, float *tile) {
  float x = start;
  double sum = 0;
  size_t point = 0;
  for (size_t step = 0; step < steps; step++) {
    float g[M];
    const float *rows[M] = {&g[0], &g[1], &g[2]};
    for (uint32_t i = 0; i < M; i++) {
      const medsgd_stream stream = {seed, i, (uint32_t)step};
      g[i] = x - a[i];
      if (b > 0) medsgd_perturb(&g[i], 1, b, MEDSGD_GAUSSIAN, stream, 0); /* line 2 of Algorithms 3 and 4 */
    }
    if (sign) { /* line 3 of Algorithms 1 and 3 */
      uint64_t neg[M], vote;
      const uint64_t *votes[M] = {&neg[0], &neg[1], &neg[2]};
      for (size_t i = 0; i < M; i++) medsgd_sign_pack(&neg[i], &g[i], 1);
      medsgd_vote(&vote, NULL, votes, NULL, M, 1);
      medsgd_sign_step(&x, &vote, NULL, 1, delta);
    } else { /* line 3 of Algorithms 2 and 4 */
      float median;
      medsgd_median(&median, rows, M, 1, MEDSGD_MEDIAN_MIDPOINT, tile);
      x -= delta * median;
    }
    if (2 * step >= steps) sum += (double)x;
    if (point < POINTS && step * POINTS >= point * steps) {
      t->step[point] = (double)(step + 1);
      t->mean[point] = fabs((double)x - (double)(a[0] + a[1] + a[2]) / M);
      t->median[point++] = fabs((double)x - (double)a[1]); /* the noise-free gradients' median: a is ascending */
    }
  }
  const double average = sum / (double)(steps - steps / 2);
  t->final_mean = fabs(average - (double)(a[0] + a[1] + a[2]) / M);
  t->final_median = fabs(average - (double)a[1]);
}

int main(int argc, char **argv) {
  static const float instances[2][M] = {{1, 2, 10}, {0, 1, 5}};
  static const double stuck[2] = {7.0 / 3, 1}; /* what Chen says is left of the true gradient */
  static const float noises[3] = {0, 5, 20};
  static const char *const names[3] = {"no noise", "noise b = 5", "noise b = 20"};
  static trace traces[2][2][3];
  const args a = args_start(argc, argv, "quadratics", "signSGD and medianSGD on three quadratics, without and with noise", 200000, 400000, 2000000);
  const size_t steps = a.steps;
  float *const tile = room(medsgd_median_work(M), sizeof *tile);
  findings f = {stdout, 0, 0};
  progress bar;

  progress_start(&bar, "quadratics", 2 * 2 * 3);
  for (size_t n = 0; n < 2; n++)
    for (size_t sign = 0; sign < 2; sign++)
      for (size_t k = 0; k < 3; k++) {
        descend(&traces[n][sign][k], instances[n], (int)sign, noises[k], steps, a.seed, tile);
        progress_update(&bar, (n * 2 + sign) * 3 + k + 1, names[k]);
      }
  progress_finish(&bar);
  printf("gradient at the average iterate of the last half of %zu steps\n%-10s %-11s %-13s %14s %14s\n", steps, "a", "method", "", "|median|", "|true|");
  for (int n = 0; n < 2; n++)
    for (int sign = 1; sign >= 0; sign--)
      for (int k = 0; k < 3; k++)
        printf("%g,%g,%-6g %-11s %-13s %14.4f %14.4f\n", (double)instances[n][0], (double)instances[n][1], (double)instances[n][2], sign ? "signSGD" : "medianSGD", names[k],
               traces[n][sign][k].final_median, traces[n][sign][k].final_mean);
  for (int n = 0; n < 2; n++)
    for (int sign = 1; sign >= 0; sign--) {
      const trace *const t = traces[n][sign];
      const char *const method = sign ? n ? "signSGD, a = 0, 1, 5" : "signSGD, a = 1, 2, 10" : n ? "medianSGD, a = 0, 1, 5" : "medianSGD, a = 1, 2, 10";
      finding(&f, t[0].final_median < 0.01 && fabs(t[0].final_mean - stuck[n]) < 0.01, "%s: the median vanishes, %.4f, the gradient stays at %.4f", method, t[0].final_median,
              t[0].final_mean);
      finding(&f, t[2].final_mean < 0.25 * stuck[n], "%s: noise closes the gap to less than a quarter: %.4f", method, t[2].final_mean);
    }

  svg s;
  if (!svg_open(&s, a.out, 860, 670, "Three quadratics (Chen, Fig. 1.1)")) return 1;
  for (int n = 0; n < 2; n++)
    for (int sign = 1; sign >= 0; sign--) {
      const svg_axis x = {"step", 0, (double)steps, 0}, y = {"|gradient|", n ? -0.1 : -0.2, n ? 2.5 : 5, 0};
      char title[80];
      snprintf(title, sizeof title, "%s, a = %g, %g, %g", sign ? "signSGD" : "medianSGD", (double)instances[n][0], (double)instances[n][1], (double)instances[n][2]);
      const svg_panel p = svg_axes(&s, sign ? 70 : 490, 50 + 300 * n, 340, 220, title, x, y);
      for (unsigned k = 0; k < 3; k++) svg_curve(&s, &p, traces[n][sign][k].step, traces[n][sign][k].mean, POINTS, svg_style_of(k));
      svg_curve(&s, &p, traces[n][sign][0].step, traces[n][sign][0].median, POINTS, svg_style_of(3));
    }
  const char *const legend[4] = {"mean of the gradients, no noise", "mean, noise b = 5", "mean, noise b = 20", "median of the gradients, no noise"};
  const svg_style styles[4] = {svg_style_of(0), svg_style_of(1), svg_style_of(2), svg_style_of(3)};
  svg_legend(&s, 70, 630, 560, 2, legend, styles, 4);
  if (!svg_close(&s)) return 1;
  free(tile);
  return findings_end(&f);
}
