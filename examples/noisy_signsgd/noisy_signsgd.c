/* SPDX-License-Identifier: MIT
 * signSGD on digits with heterogeneous workers: with full gradients and no noise it stalls; noise or sub-sampling mends it (Chen, ch. 6,
 * Fig. 6.1, and the adaptive noise b = 0.1 max Q per layer and the homogeneous workers of Fig. 6.2). README.md beside this file says what comes
 * out and why.
 */
#define MEDSGD_IMPLEMENTATION
#include "medsgd.h"

#include "args.h"
#include "dataset.h"
#include "finding.h"
#include "net.h"
#include "partition.h"
#include "progress.h"
#include "room.h"
#include "svg.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

enum { M = 10, CLASSES_EACH = 2, POINTS = 25, RUNS = 6 };
typedef struct setting {
  const char *name;
  float b;        /* deviation of the noise                       */
  int adaptive;   /* b = 0.1 max Q, for each layer anew            */
  size_t batch;   /* images per gradient; 0: all that the worker has */
  int homogeneous; /* every worker has images of all classes       */
} setting;
enum { FULL, LITTLE, NOISE, ADAPTIVE, SUBSAMPLED, HOMOGENEOUS };
static const setting settings[RUNS] = {{"full gradients, no noise", 0, 0, 0, 0}, {"noise b = 0.001", 0.001f, 0, 0, 0},        {"noise b = 0.01", 0.01f, 0, 0, 0},
                                       {"noise b = 0.1 max Q", 0, 1, 0, 0},      {"sub-sampling, 5 images", 0, 0, 5, 0}, {"homogeneous, no noise", 0, 0, 0, 1}};
typedef struct result { double step[POINTS + 1], norm[POINTS + 1], train[POINTS + 1], test[POINTS + 1]; } result;

static void train_once(result *r, const setting *how, const net *n, const dataset *train, const dataset *test, const partition *p, size_t steps, uint64_t seed,
                       progress *bar, size_t done) {
  const size_t d = n->size, words = MEDSGD_WORDS(d);
  float *const x = room(d, sizeof *x), *const work = room(n->work, sizeof *work), *const mean = room(d, sizeof *mean), *g[M];
  uint64_t *sign[M], *zero[M], *const vote = room(words, sizeof *vote), *const tie = room(words, sizeof *tie);
  const uint64_t *votes[M], *zeros[M];
  const float *rows[M];
  size_t *const batch = room(how->batch, sizeof *batch), point = 0;
  for (size_t i = 0; i < M; i++) {
    g[i] = room(d, sizeof *g[i]), sign[i] = room(words, sizeof *sign[i]), zero[i] = room(words, sizeof *zero[i]);
    votes[i] = sign[i], zeros[i] = zero[i], rows[i] = g[i];
  }
  net_init(n, x, seed);
  for (size_t step = 0; step <= steps; step++) {
    const int record = point <= POINTS && step * POINTS >= point * steps;
    for (size_t i = 0; i < M && (record || !how->batch); i++) net_gradient(n, g[i], x, train, p->index + p->first[i], p->first[i + 1] - p->first[i], work);
    if (record) { /* the true gradient is the mean over the workers, all of whose data count */
      medsgd_mean(mean, rows, M, d);
      r->step[point] = (double)step, r->norm[point] = medsgd_norm2(mean, d);
      r->train[point] = 100 * net_evaluate(n, x, train, work).accuracy, r->test[point] = 100 * net_evaluate(n, x, test, work).accuracy;
      point++;
    }
    if (step == steps) break;
    for (size_t i = 0; i < M && how->batch; i++) {
      partition_batch(p, i, batch, how->batch, seed, step);
      net_gradient(n, g[i], x, train, batch, how->batch, work);
    }
    for (size_t l = 0; l < n->layers; l++) { /* Algorithm 3, line 2, layer by layer */
      const size_t at = n->layer[l].offset, size = n->layer[l].size;
      float b = how->b;
      if (how->adaptive) {
        for (size_t i = 0; i < M; i++) {
          const float q = medsgd_absmax(g[i] + at, size);
          if (0.1f * q > b) b = 0.1f * q;
        }
      }
      for (uint32_t i = 0; i < M && b > 0; i++) {
        const medsgd_stream stream = {seed, i, (uint32_t)step};
        medsgd_perturb(g[i] + at, size, b, MEDSGD_GAUSSIAN, stream, at);
      }
    }
    for (size_t i = 0; i < M; i++) medsgd_sign_pack_ternary(sign[i], zero[i], g[i], d); /* a pixel without ink has gradient 0, and sign 0 */
    medsgd_vote(vote, tie, votes, zeros, M, d); /* line 3 */
    medsgd_sign_step(x, vote, tie, d, 0.002f);
    progress_update(bar, done + step + 1, how->name);
  }
  for (size_t i = 0; i < M; i++) free(g[i]), free(sign[i]), free(zero[i]);
  free(x), free(work), free(mean), free(vote), free(tie), free(batch);
}

int main(int argc, char **argv) {
  static result results[RUNS];
  const args a = args_start(argc, argv, "noisy_signsgd", "signSGD on heterogeneous digits, with and without noise", 75, 300, 2000);
  const size_t steps = a.steps, hidden = a.full ? 128 : 64;
  dataset train, test, all = dataset_load(&train, &test, &a, a.full ? 9000 : a.quick ? 300 : 1000, 1000);
  partition parts[2];
  require(partition_classes(&parts[0], &train, M, CLASSES_EACH) && partition_uniform(&parts[1], &train, M, a.seed), "out of memory");
  for (size_t i = 0; i < M; i++) require(parts[0].first[i] < parts[0].first[i + 1], "a worker has no images");
  const net n = net_two_layer(all.pixels, hidden, DATASET_CLASSES);
  progress bar;
  progress_start(&bar, "noisy_signsgd", RUNS * steps);
  for (size_t k = 0; k < RUNS; k++) train_once(&results[k], &settings[k], &n, &train, &test, &parts[settings[k].homogeneous], steps, a.seed, &bar, k * steps);
  progress_finish(&bar);

  printf("%s: %zu training images, %d workers with %d classes each, %zu parameters, %zu steps (mean of the last five points)\n%-24s %10s %10s %10s\n", dataset_source(&a), train.count, M, CLASSES_EACH,
         n.size, steps, "", "||grad f||", "train", "test");
  double norm[RUNS] = {0}, on_train[RUNS] = {0}, on_test[RUNS] = {0};
  for (size_t k = 0; k < RUNS; k++) {
    for (size_t point = POINTS - 4; point <= POINTS; point++) norm[k] += results[k].norm[point] / 5, on_train[k] += results[k].train[point] / 5, on_test[k] += results[k].test[point] / 5;
    printf("%-24s %10.4f %9.1f%% %9.1f%%\n", settings[k].name, norm[k], on_train[k], on_test[k]);
  }
  findings f = {stdout, 0, 0};
  finding(&f, norm[NOISE] < 0.5 * norm[FULL], "noise drives the gradient below what full gradients stall at: %.2f to %.2f", norm[FULL], norm[NOISE]);
  finding(&f, norm[ADAPTIVE] < 0.5 * norm[FULL], "so does noise of 0.1 max Q per layer: %.2f", norm[ADAPTIVE]);
  finding(&f, norm[SUBSAMPLED] < norm[FULL], "and sub-sampling: %.2f", norm[SUBSAMPLED]);
  finding(&f, on_test[NOISE] > on_test[FULL] && on_test[ADAPTIVE] > on_test[FULL], "noise raises the test accuracy: %.1f%% to %.1f%%, %.1f%%", on_test[FULL], on_test[NOISE], on_test[ADAPTIVE]);
  finding(&f, norm[HOMOGENEOUS] < 0.5 * norm[FULL], "without heterogeneity there is no stall: %.2f", norm[HOMOGENEOUS]);

  svg s;
  if (!svg_open(&s, a.out, 1120, 370, "signSGD with heterogeneous workers (Chen, Fig. 6.1)")) return 1;
  const char *const titles[3] = {"gradient norm", "training accuracy", "test accuracy"};
  svg_style styles[RUNS];
  const char *names[RUNS];
  for (int q = 0; q < 3; q++) {
    const svg_axis x = {"step", 0, (double)steps, 0};
    svg_axis y = {q ? "accuracy (%)" : "||grad f||", q ? 0 : 1, q ? 100 : 0, !q};
    for (size_t k = 0; k < RUNS && !q; k++) svg_fit(&y, results[k].norm, POINTS + 1);
    const svg_panel panel = svg_axes(&s, 75 + 360 * q, 50, 270, 220, titles[q], x, y);
    for (size_t k = 0; k < RUNS; k++) {
      names[k] = settings[k].name, styles[k] = svg_style_of((unsigned)k);
      svg_curve(&s, &panel, results[k].step, q == 0 ? results[k].norm : q == 1 ? results[k].train : results[k].test, POINTS + 1, styles[k]);
    }
  }
  svg_legend(&s, 75, 320, 900, 3, names, styles, RUNS);
  if (!svg_close(&s)) return 1;
  partition_free(&parts[0]), partition_free(&parts[1]), dataset_free(&all);
  return findings_end(&f);
}
