/* SPDX-License-Identifier: MIT
 * signSGD on digits with heterogeneous workers: with full gradients and no noise it stalls; noise or sub-sampling mends it (Chen, ch. 6,
 * Fig. 6.1, and the adaptive noise b = 0.1 max Q per layer of Fig. 6.2). README.md beside this file says what comes out and why.
 */
#define MEDSGD_IMPLEMENTATION
#include "medsgd.h"

#include "args.h"
#include "dataset.h"
#include "net.h"
#include "partition.h"
#include "progress.h"
#include "svg.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { M = 10, CLASSES_EACH = 2, POINTS = 25, RUNS = 5, HIDDEN = 64 };
typedef struct setting {
  const char *name;
  float b;        /* deviation of the noise                       */
  int adaptive;   /* b = 0.1 max Q, for each layer anew            */
  size_t batch;   /* images per gradient; 0: all that the worker has */
} setting;
static const setting settings[RUNS] = {{"full gradients", 0, 0, 0}, {"noise b = 0.001", 0.001f, 0, 0}, {"noise b = 0.01", 0.01f, 0, 0}, {"noise b = 0.1 max Q", 0, 1, 0}, {"sub-sampling, 5 images", 0, 0, 5}};
typedef struct result { double step[POINTS + 1], norm[POINTS + 1], train[POINTS + 1], test[POINTS + 1]; } result;

static void must(int ok, const char *what) {
  if (!ok) fprintf(stderr, "noisy_signsgd: %s\n", what), exit(1);
}

static void train_once(result *r, const setting *how, const net *n, const dataset *train, const dataset *test, const partition *p, size_t steps, uint64_t seed,
                       progress *bar, size_t done) {
  const size_t d = n->size, words = MEDSGD_WORDS(d);
  float *const x = malloc(d * sizeof *x), *const work = malloc(n->work * sizeof *work), *const mean = malloc(d * sizeof *mean), *g[M];
  uint64_t *sign[M], *zero[M], *const vote = malloc(words * sizeof *vote), *const tie = malloc(words * sizeof *tie);
  const uint64_t *votes[M], *zeros[M];
  const float *rows[M];
  size_t *const batch = malloc(train->count * sizeof *batch), point = 0;
  must(x && work && mean && vote && tie && batch, "out of memory");
  for (size_t i = 0; i < M; i++) {
    g[i] = malloc(d * sizeof *g[i]), sign[i] = malloc(words * sizeof *sign[i]), zero[i] = malloc(words * sizeof *zero[i]);
    must(g[i] && sign[i] && zero[i], "out of memory");
    votes[i] = sign[i], zeros[i] = zero[i], rows[i] = g[i];
  }
  net_init(n, x, seed);
  for (size_t step = 0; step <= steps; step++) {
    for (size_t i = 0; i < M; i++) {
      const size_t *index = p->index + p->first[i];
      size_t count = p->first[i + 1] - p->first[i];
      if (how->batch) partition_batch(p, i, batch, count = how->batch, seed, step), index = batch;
      net_gradient(n, g[i], x, train, index, count, work);
    }
    if (step * POINTS >= point * steps) { /* the true gradient is the mean over the workers, all of whose data count */
      if (how->batch) for (size_t i = 0; i < M; i++) net_gradient(n, g[i], x, train, p->index + p->first[i], p->first[i + 1] - p->first[i], work);
      medsgd_mean(mean, rows, M, d);
      r->step[point] = (double)step, r->norm[point] = medsgd_norm2(mean, d);
      r->train[point] = net_evaluate(n, x, train, work).accuracy, r->test[point] = net_evaluate(n, x, test, work).accuracy;
      point++;
    }
    if (step == steps) break;
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
  args a = {.out = "build/noisy_signsgd.svg", .seed = 1, .steps = 300};
  const args defaults = a;
  const int status = args_parse(&a, argc, argv, stderr);
  if (status) return status;
  if (a.help) return args_help(stdout, "noisy_signsgd", "signSGD on heterogeneous digits, with and without noise", &defaults), 0;
  const size_t steps = a.full ? 2000 : a.quick ? 75 : a.steps, images = a.full ? 9000 : a.quick ? 300 : 1000;
  char why[256];
  dataset all;
  must(dataset_open(&all, a.data, a.full ? 10000 : 2000, a.seed, why, sizeof why), why);
  const dataset train = dataset_slice(&all, 0, images), test = dataset_slice(&all, all.count - 1000, 1000);
  partition p;
  must(partition_classes(&p, &train, M, CLASSES_EACH), "out of memory");
  const net n = net_two_layer(all.pixels, HIDDEN, DATASET_CLASSES);
  progress bar;
  progress_start(&bar, "noisy_signsgd", RUNS * steps);
  for (size_t k = 0; k < RUNS; k++) train_once(&results[k], &settings[k], &n, &train, &test, &p, steps, a.seed, &bar, k * steps);
  progress_finish(&bar);

  printf("%zu training images, %d workers with %d classes each, %zu parameters, %zu steps (mean of the last five points)\n%-24s %10s %10s %10s\n", images, M, CLASSES_EACH,
         n.size, steps, "", "||grad f||", "train", "test");
  double norm[RUNS] = {0}, on_train[RUNS] = {0}, on_test[RUNS] = {0};
  for (size_t k = 0; k < RUNS; k++) {
    for (size_t point = POINTS - 4; point <= POINTS; point++) norm[k] += results[k].norm[point] / 5, on_train[k] += results[k].train[point] / 5, on_test[k] += results[k].test[point] / 5;
    printf("%-24s %10.4f %9.1f%% %9.1f%%\n", settings[k].name, norm[k], 100 * on_train[k], 100 * on_test[k]);
  }
  /* Fig. 6.1: the gradient of full-batch signSGD stays large; noise and sub-sampling drive it lower, noise raises the test accuracy. */
  const int failed = !(norm[2] < 0.5 * norm[0] && norm[3] < 0.5 * norm[0] && norm[4] < norm[0] && on_test[2] > on_test[0] && on_test[3] > on_test[0]);

  FILE *const file = fopen(a.out, "w");
  if (!file) return perror(a.out), 1;
  svg s;
  svg_begin(&s, file, 1120, 370, "signSGD with heterogeneous workers (Chen, Fig. 6.1)");
  const char *const titles[3] = {"gradient norm", "training accuracy", "test accuracy"};
  svg_style styles[RUNS];
  const char *names[RUNS];
  for (int q = 0; q < 3; q++) {
    const svg_axis x = {"step", 0, (double)steps, 0};
    svg_axis y = {q ? "share of images" : "||grad f||", q ? 0 : 1, q ? 1 : 0, !q};
    for (size_t k = 0; k < RUNS && !q; k++) svg_fit(&y, results[k].norm, POINTS + 1);
    const svg_panel panel = svg_axes(&s, 75 + 360 * q, 50, 270, 220, titles[q], x, y);
    for (size_t k = 0; k < RUNS; k++) {
      names[k] = settings[k].name, styles[k] = svg_style_of((unsigned)k);
      svg_curve(&s, &panel, results[k].step, q == 0 ? results[k].norm : q == 1 ? results[k].train : results[k].test, POINTS + 1, styles[k]);
    }
  }
  svg_legend(&s, 75, 320, 900, 3, names, styles, RUNS);
  const int written = svg_end(&s);
  if (fclose(file) || !written) return fprintf(stderr, "%s could not be written\n", a.out), 1;
  printf("figure: %s\n%s\n", a.out, failed ? "FINDING NOT REPRODUCED" : "finding reproduced: full-batch signSGD stalls, noise and sub-sampling repair it");
  partition_free(&p), dataset_free(&all);
  return failed;
}
