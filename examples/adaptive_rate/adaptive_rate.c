/* SPDX-License-Identifier: MIT
 * Majority vote with a learning rate from the votes themselves (Yang, eq. (1), Remark 4, Fig. 1): f(x) = ||x||^2/2, noise N(0, 100^2) on the
 * first component of the gradient, batches of 256. README.md beside this file says what comes out and why.
 */
#define MEDSGD_IMPLEMENTATION
#include "medsgd.h"

#include "args.h"
#include "finding.h"
#include "progress.h"
#include "rng.h"
#include "svg.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

enum { D = 100, M = 256, POINTS = 120, METHODS = 5, WORDS = MEDSGD_WORDS(D) };
typedef enum method { SGD, SIGNSGD, FIXED, ADAPTIVE, IDEAL } method;
static const char *const names[METHODS] = {"SGD, rate 0.05", "signSGD, rate 0.05", "majority vote, rate 0.05", "majority vote, adaptive", "adaptive, no noise"};
static float rows[M][D];
static uint64_t neg[M][WORDS];

/* Adds f at POINTS steps, evenly spaced on a logarithmic axis, and to *last the mean of f over the last tenth of the steps. */
static void descend(double *step_at, double *loss_at, double *last, method how, size_t steps, uint64_t seed) {
  const size_t m = how == IDEAL ? 1 : M; /* without noise all gradients of the batch are the same */
  const float *read[M];
  const uint64_t *votes[M];
  float x[D], mean[D];
  size_t point = 0;
  for (size_t i = 0; i < M; i++) read[i] = rows[i], votes[i] = neg[i];
  rng r = rng_make(seed, 4);
  for (size_t j = 0; j < D; j++) x[j] = 10 * (float)rng_normal(&r);
  for (size_t k = 0; k < steps; k++) {
    double loss = 0;
    for (size_t j = 0; j < D; j++) loss += (double)x[j] * (double)x[j] / 2;
    for (; point < POINTS && (double)(k + 1) >= pow((double)steps, (double)point / (POINTS - 1)) - 1e-6; point++) step_at[point] = (double)(k + 1), loss_at[point] += loss;
    if (10 * k >= 9 * steps) *last += loss / (double)(steps - (9 * steps + 9) / 10);
    for (size_t i = 0; i < m; i++) { /* the stochastic gradients of the batch */
      const medsgd_stream stream = {seed, (uint32_t)i, (uint32_t)k};
      for (size_t j = 0; j < D; j++) rows[i][j] = x[j];
      if (how != IDEAL) medsgd_perturb(rows[i], 1, 100, MEDSGD_GAUSSIAN, stream, 0);
    }
    if (how <= SIGNSGD) medsgd_mean(mean, read, m, D);
    if (how == SGD) {
      for (size_t j = 0; j < D; j++) x[j] -= 0.05f * mean[j];
      continue;
    }
    uint64_t sign[WORDS], zero[WORDS];
    double rate = 0.05;
    if (how == SIGNSGD) {
      medsgd_sign_pack_ternary(sign, zero, mean, D);
    } else { /* Algorithm 2: the sign of the sum of the signs */
      for (size_t i = 0; i < m; i++) medsgd_sign_pack(neg[i], rows[i], D);
      medsgd_vote(sign, zero, votes, NULL, m, D);
    }
    /* A step of rate r along d signs has the squared length d r^2: the constant of f along it is d, not 1. */
    if (how >= ADAPTIVE) medsgd_adaptive_rate(&rate, read, m, D, D);
    medsgd_sign_step(x, sign, zero, D, (float)rate);
  }
}

int main(int argc, char **argv) {
  static double step_at[POINTS], loss[METHODS][POINTS], last[METHODS];
  const args a = args_start(argc, argv, "adaptive_rate", "majority vote with the rate of Yang, eq. (1)", 4000, 10000, 10000);
  const size_t steps = a.steps, trials = a.quick ? 1 : 10;
  progress p;
  progress_start(&p, "adaptive_rate", METHODS * trials);
  for (int how = 0; how < METHODS; how++) {
    for (size_t trial = 0; trial < trials; trial++) {
      descend(step_at, loss[how], &last[how], (method)how, steps, a.seed + trial);
      progress_update(&p, (size_t)how * trials + trial + 1, names[how]);
    }
    for (int n = 0; n < POINTS; n++) loss[how][n] /= (double)trials;
    last[how] /= (double)trials;
  }
  progress_finish(&p);
  printf("f over the last tenth of %zu steps of batches of %d, mean of %zu trials\n", steps, M, trials);
  for (int how = 0; how < METHODS; how++) printf("%-26s %12.5g\n", names[how], last[how]);
  findings f = {stdout, 0, 0};
  finding(&f, last[ADAPTIVE] < 0.5 * last[FIXED] && last[ADAPTIVE] < 0.5 * last[SIGNSGD] && last[ADAPTIVE] < 0.5 * last[SGD],
          "the adaptive rate ends lower: %.2g times lower than the vote at the fixed one, %.2g than signSGD, %.2g than SGD", last[FIXED] / last[ADAPTIVE],
          last[SIGNSGD] / last[ADAPTIVE], last[SGD] / last[ADAPTIVE]);
  int first = 0; /* the initial stage: until the ideal curve is down to a tenth of the start */
  double apart = 1;
  for (; first < POINTS && loss[IDEAL][first] > 0.1 * loss[IDEAL][0]; first++) apart = fmax(apart, loss[ADAPTIVE][first] / loss[IDEAL][first]);
  finding(&f, first > 0 && apart < 2, "and follows the noise-free curve at first: at most %.2g times above it until step %.0f", apart, step_at[first < POINTS ? first : POINTS - 1]);

  svg s;
  if (!svg_open(&s, a.out, 560, 400, "Adaptive rate (Yang, Fig. 1)")) return 1;
  const svg_axis x = {"step", 1, pow(10, ceil(log10((double)steps) - 1e-9)), 1};
  svg_axis y = {"f", 1, 0, 1};
  svg_style styles[METHODS];
  for (int how = 0; how < IDEAL; how++) svg_fit(&y, loss[how], POINTS);
  if (y.lo > 1e-3) y.lo = 1e-3;
  const svg_panel panel = svg_axes(&s, 75, 50, 450, 240, "f = x'x/2, N(0, 100^2) on one component", x, y);
  for (unsigned how = 0; how < METHODS; how++) svg_curve(&s, &panel, step_at, loss[how], POINTS, styles[how] = svg_style_of(how));
  svg_legend(&s, 75, 335, 460, 2, names, styles, METHODS);
  if (!svg_close(&s)) return 1;
  return findings_end(&f);
}
