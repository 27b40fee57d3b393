/* SPDX-License-Identifier: MIT
 * Majority vote on digits with the learning rate of Yang, eq. (1), which nobody tunes, against SGD and majority vote whose rates are tuned
 * (Yang, Fig. 2). README.md beside this file says what comes out and why.
 */
#define MEDSGD_IMPLEMENTATION
#include "medsgd.h"

#include "args.h"
#include "conv.h"
#include "dataset.h"
#include "finding.h"
#include "net.h"
#include "partition.h"
#include "progress.h"
#include "room.h"
#include "svg.h"

#include <stdio.h>
#include <stdlib.h>

enum { M = 4, BATCH = 64, POINTS = 25, RATES = 5, TRAIN = 9000, TEST = 1000 };
typedef enum method { SGD, VOTE, ADAPTIVE } method;
static const char *const names[3] = {"SGD, best of five rates", "majority vote, best of five rates", "majority vote, adaptive rate"};
static const double rates[RATES] = {1e-5, 1e-4, 1e-3, 1e-2, 1e-1};

typedef struct task {
  net net;
  dataset train, test;
  partition part;
  size_t steps;
  uint64_t seed;
  float *x, *mean, *work, *g[M];
  uint64_t *neg[M], *zero[M], *vote, *tie;
  progress bar;
  size_t done; /* steps of all runs */
} task;
typedef struct result { double step[POINTS + 1], accuracy[POINTS + 1], rate[POINTS + 1], last; } result; /* last: mean of the last five points */

static void descend(result *r, task *t, method how, double rate) {
  const size_t d = t->net.size;
  size_t point = 0;
  r->last = 0;
  net_init(&t->net, t->x, t->seed);
  for (size_t step = 0;; step++) {
    for (size_t i = 0; i < M; i++) { /* Algorithm 1, line 3 */
      size_t batch[BATCH];
      partition_batch(&t->part, i, batch, BATCH, t->seed, step);
      net_gradient(&t->net, t->g[i], t->x, &t->train, batch, BATCH, t->work);
    }
    /* Eq. (1), remark 4: from the gradients of this step alone. L is taken to be the number of parameters, as in sec. III. */
    if (how == ADAPTIVE) medsgd_adaptive_rate(&rate, (const float *const *)t->g, M, d, (double)d);
    for (; point <= POINTS && step * POINTS >= point * t->steps; point++) {
      r->step[point] = (double)step, r->rate[point] = rate;
      r->accuracy[point] = 100 * net_evaluate(&t->net, t->x, &t->test, t->work).accuracy;
      if (point + 5 > POINTS) r->last += r->accuracy[point] / 5;
    }
    if (step == t->steps) return;
    progress_update(&t->bar, ++t->done, names[how]);
    if (how == SGD) {
      medsgd_mean(t->mean, (const float *const *)t->g, M, d);
      for (size_t j = 0; j < d; j++) t->x[j] -= (float)rate * t->mean[j];
    } else { /* lines 3 to 5; a pixel without ink has gradient 0, and sign 0 */
      for (size_t i = 0; i < M; i++) medsgd_sign_pack_ternary(t->neg[i], t->zero[i], t->g[i], d);
      medsgd_vote(t->vote, t->tie, (const uint64_t *const *)t->neg, (const uint64_t *const *)t->zero, M, d);
      medsgd_sign_step(t->x, t->vote, t->tie, d, (float)rate);
    }
  }
}

int main(int argc, char **argv) {
  static result tuned[2][RATES], adaptive;
  const args a = args_start(argc, argv, "adaptive_digits", "majority vote on digits, its rate adaptive or tuned", 150, 400, 1500);
  task t = {.steps = a.steps, .seed = a.seed};
  dataset all = dataset_load(&t.train, &t.test, &a, TRAIN, TEST);
  t.net = a.full ? net_conv(8, 16, 512, DATASET_CLASSES) : net_two_layer(all.pixels, a.quick ? 32 : 64, DATASET_CLASSES);
  const size_t d = t.net.size, words = MEDSGD_WORDS(d);
  require(partition_uniform(&t.part, &t.train, M, a.seed), "out of memory");
  t.x = room(d, sizeof *t.x), t.mean = room(d, sizeof *t.mean), t.work = room(t.net.work, sizeof *t.work);
  t.vote = room(words, sizeof *t.vote), t.tie = room(words, sizeof *t.tie);
  for (size_t i = 0; i < M; i++) t.g[i] = room(d, sizeof *t.g[i]), t.neg[i] = room(words, sizeof *t.neg[i]), t.zero[i] = room(words, sizeof *t.zero[i]);

  progress_start(&t.bar, "adaptive_digits", (2 * RATES + 1) * t.steps);
  for (size_t how = SGD; how <= VOTE; how++)
    for (size_t i = 0; i < RATES; i++) descend(&tuned[how][i], &t, (method)how, rates[i]);
  descend(&adaptive, &t, ADAPTIVE, 0);
  progress_finish(&t.bar);

  size_t best[2] = {0, 0}, worst[2] = {0, 0};
  printf("%s, %zu parameters, %zu steps of %d workers with %d images each: test accuracy (mean of the last five points)\n%-16s %8s %14s\n",
         dataset_source(&a), d, t.steps, M, BATCH, "rate", "SGD", "majority vote");
  for (size_t i = 0; i < RATES; i++) {
    printf("%-16g %7.1f%% %13.1f%%\n", rates[i], tuned[SGD][i].last, tuned[VOTE][i].last);
    for (size_t how = SGD; how <= VOTE; how++) {
      if (tuned[how][i].last > tuned[how][best[how]].last) best[how] = i;
      if (tuned[how][i].last < tuned[how][worst[how]].last) worst[how] = i;
    }
  }
  printf("%-16s %8s %13.1f%%\n", "adaptive", "", adaptive.last);
  const result *const curves[3] = {&tuned[SGD][best[SGD]], &tuned[VOTE][best[VOTE]], &adaptive};
  findings f = {stdout, 0, 0};
  finding(&f, adaptive.last > curves[SGD]->last - 5 && adaptive.last > curves[VOTE]->last - 5, "without tuning as good as the tuned ones: %.1f%%, SGD %.1f%%, majority vote %.1f%%",
          adaptive.last, curves[SGD]->last, curves[VOTE]->last);
  const double low[2] = {tuned[SGD][worst[SGD]].last, tuned[VOTE][worst[VOTE]].last};
  finding(&f, low[SGD] < adaptive.last - 20 && low[VOTE] < adaptive.last - 20, "which need their tuning: SGD has %.1f%% with rate %g, majority vote %.1f%% with %g",
          low[SGD], rates[worst[SGD]], low[VOTE], rates[worst[VOTE]]);
  double first = 0, last = 0; /* one step's rate is noisy: five points at either end */
  for (int p = 0; p < 5; p++) first += adaptive.rate[p] / 5, last += adaptive.rate[POINTS - p] / 5;
  finding(&f, last < 0.75 * first, "the rate shrinks by itself: from %.2g to %.2g", first, last);

  svg s;
  if (!svg_open(&s, a.out, 860, 380, "Adaptive rate on digits (Yang, Fig. 2)")) return 1;
  const svg_axis x = {"step", 0, (double)t.steps, 0}, y = {"test accuracy (%)", 0, 100, 0};
  svg_axis rate = {"learning rate", 1, 0, 1};
  for (int c = VOTE; c <= ADAPTIVE; c++) svg_fit(&rate, curves[c]->rate, POINTS + 1);
  const svg_panel left = svg_axes(&s, 70, 45, 330, 240, "test accuracy", x, y), right = svg_axes(&s, 490, 45, 330, 240, "learning rate of the majority vote", x, rate);
  svg_style styles[3];
  for (unsigned c = SGD; c <= ADAPTIVE; c++) {
    styles[c] = svg_style_of(c);
    svg_curve(&s, &left, curves[c]->step, curves[c]->accuracy, POINTS + 1, styles[c]);
    if (c != SGD) svg_curve(&s, &right, curves[c]->step, curves[c]->rate, POINTS + 1, styles[c]);
  }
  svg_legend(&s, 70, 345, 780, 3, names, styles, 3);
  if (!svg_close(&s)) return 1;
  for (size_t i = 0; i < M; i++) free(t.g[i]), free(t.neg[i]), free(t.zero[i]);
  free(t.x), free(t.mean), free(t.work), free(t.vote), free(t.tie), partition_free(&t.part), dataset_free(&all);
  return findings_end(&f);
}
