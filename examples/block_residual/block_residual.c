/* SPDX-License-Identifier: MIT
 * What block geometric median descent leaves out: the relative residual 1 - xi = ||G - C_k(G)||^2 / ||G||^2 while a large and a tiny
 * network learn, for blocks of several sizes, with and without memory (Acharya, Fig. 6, 7 and 8). README.md says what comes out and why.
 */
#define MEDSGD_IMPLEMENTATION
#include "medsgd.h"

#include "args.h"
#include "conv.h"
#include "dataset.h"
#include "finding.h"
#include "partition.h"
#include "progress.h"
#include "room.h"
#include "stats.h"
#include "svg.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { M = 10, BATCH = 8, POINTS = 10, NETS = 2, RUNS = 7 };
static const char *const net_names[NETS] = {"large network", "tiny network"};
static const float rate[NETS] = {0.1f, 0.2f};
typedef struct setting {
  const char *name;
  double beta;        /* k = beta d                                              */
  int memory, greedy; /* greedy: the k largest columns in the place of a sample  */
} setting;
static const setting settings[RUNS] = {{"k = 0.01 d", 0.01, 1, 0}, {"k = 0.1 d", 0.1, 1, 0}, {"k = 0.3 d", 0.3, 1, 0}, {"k = d", 1, 1, 0}, {"0.01 d, no memory", 0.01, 0, 0}, {"0.1 d, no memory", 0.1, 0, 0}, {"0.1 d, largest columns", 0.1, 1, 1}};
typedef struct result { double step[POINTS + 1], residual[POINTS + 1], test[POINTS + 1], loss[POINTS + 1]; } result;

/* ||G - C_k(G)||^2 / ||G||^2 */
static double relative_residual(float *const g[M], size_t d, const size_t *idx, size_t count) {
  double whole = 0, kept = 0;
  for (size_t i = 0; i < M; i++) {
    for (size_t j = 0; j < d; j++) whole += (double)g[i][j] * (double)g[i][j];
    for (size_t j = 0; j < count; j++) kept += (double)g[i][idx[j]] * (double)g[i][idx[j]];
  }
  return whole > 0 ? 1 - kept / whole : 0;
}

static void train(result *r, const setting *how, float gamma, const net *n, const dataset *data, const dataset *test, const partition *p, size_t steps, uint64_t seed, progress *bar, size_t done) {
  const size_t d = n->size, k = (size_t)ceil(how->beta * (double)d);
  float *const x = room(d, sizeof *x), *const work = room(n->work, sizeof *work), *const block = room(k, sizeof *block), *const memory = room(d, sizeof *memory);
  float *const block_work = room(medsgd_bgmd_work(M, d, k), sizeof *block_work), *g[M];
  double *const geomedian_work = room(medsgd_geomedian_work(M), sizeof *geomedian_work), residual = 0, loss = 0;
  size_t *const idx = room(k, sizeof *idx), batch[BATCH], count, point = 0, since = 0;
  for (size_t i = 0; i < M; i++) g[i] = room(d, sizeof *g[i]);
  net_init(n, x, seed);
  for (size_t t = 0; t < steps; t++) {
    for (size_t i = 0; i < M; i++) {
      partition_batch(p, i, batch, BATCH, seed, t);
      loss += net_gradient(n, g[i], x, data, batch, BATCH, work) / M;
    }
    const medsgd_bgmd_options options = {.gamma = gamma, .k = k, .greedy = how->greedy, .stream = {seed, 0, (uint32_t)t}, .geomedian = {1e-6, 1000, NULL}};
    if (!how->memory) memset(memory, 0, d * sizeof *memory);
    const int status = medsgd_bgmd(block, idx, &count, memory, g, M, d, &options, NULL, NULL, block_work, geomedian_work); /* Algorithm 1; leaves G in g */
    require(status >= 0, medsgd_strerror(status));
    residual += relative_residual(g, d, idx, count), since++;
    medsgd_scatter_step(x, block, idx, count, 1);
    if ((t + 1) * POINTS >= (point + 1) * steps) { /* means since the last point */
      r->step[point] = (double)(t + 1), r->residual[point] = residual / (double)since, r->loss[point] = loss / (double)since;
      r->test[point++] = 100 * net_evaluate(n, x, test, work).accuracy;
      residual = loss = 0, since = 0;
    }
    progress_update(bar, done + t + 1, how->name);
  }
  for (size_t i = 0; i < M; i++) free(g[i]);
  free(x), free(work), free(block), free(memory), free(block_work), free(geomedian_work), free(idx);
}

int main(int argc, char **argv) {
  static result results[NETS][RUNS];
  const args a = args_start(argc, argv, "block_residual", "what the blocks of BGMD leave out, large and tiny network", 40, 100, 1000);
  const size_t steps = a.steps, images = a.quick ? 1000 : 5000, tests = a.quick ? 200 : 500;
  const net nets[NETS] = {a.full ? net_conv(32, 64, 1024, DATASET_CLASSES) : net_conv(8, 16, a.quick ? 128 : 512, DATASET_CLASSES), net_conv(1, 2, 0, DATASET_CLASSES)};
  dataset data, test, all = dataset_load(&data, &test, &a, images, tests);
  partition p;
  require(partition_uniform(&p, &data, M, a.seed), "out of memory");
  const size_t steps_of[NETS] = {steps, 3 * steps}; /* the tiny one is cheap, and slow to learn */
  progress bar;
  size_t done = 0;
  progress_start(&bar, "block_residual", RUNS * (steps_of[0] + steps_of[1]));
  for (size_t q = 0; q < NETS; q++) {
    printf("%s%s, %zu parameters, %zu steps: first and last of %d points\n%-22s %20s %20s %20s\n", q ? "\n" : "", net_names[q], nets[q].size, steps_of[q], POINTS, "", "relative residual", "test accuracy (%)", "training loss");
    for (size_t r = 0; r < RUNS; r++, done += steps_of[q]) {
      train(&results[q][r], &settings[r], rate[q], &nets[q], &data, &test, &p, steps_of[q], a.seed, &bar, done);
      const result *const o = &results[q][r];
      printf("%-22s %12.3f -> %.3f %13.1f -> %.1f %12.3f -> %.3f\n", settings[r].name, o->residual[0], o->residual[POINTS - 1], o->test[0], o->test[POINTS - 1], o->loss[0], o->loss[POINTS - 1]), fflush(stdout);
    }
  }
  progress_finish(&bar);

  svg s;
  if (!svg_open(&s, a.out, 1120, 670, "What the blocks leave out (Acharya, Fig. 6 to 8)")) return 1;
  svg_style styles[RUNS];
  const char *names[RUNS];
  static const char *const quantities[3] = {"relative residual 1 - xi", "test accuracy (%)", "training loss"};
  static const double top[3] = {1, 100, 2.5};
  for (size_t q = 0; q < NETS; q++)
    for (size_t c = 0; c < 3; c++) {
      char title[64];
      snprintf(title, sizeof title, "%s, d = %zu", net_names[q], nets[q].size);
      const svg_axis x = {"step", 0, (double)steps_of[q], 0}, y = {quantities[c], 0, top[c], 0};
      const svg_panel panel = svg_axes(&s, 75 + 360 * (double)c, 45 + 280 * (double)q, 270, 200, title, x, y);
      for (size_t r = 0; r < RUNS; r++) {
        const result *const o = &results[q][r];
        names[r] = settings[r].name, styles[r] = svg_style_of((unsigned)r);
        svg_curve(&s, &panel, o->step, c == 0 ? o->residual : c == 1 ? o->test : o->loss, POINTS, styles[r]);
      }
    }
  svg_legend(&s, 75, 615, 1000, 4, names, styles, RUNS);
  if (!svg_close(&s)) return 1;
  partition_free(&p), dataset_free(&all);
  findings f = {stdout, 0, 0};
  for (size_t q = 0; q < NETS; q++) {
    const result *const on = results[q], *const off = results[q] + 4;
    const size_t last = POINTS - 1;
    int above = 1;
    for (size_t r = 0; r < RUNS; r++)
      for (size_t i = 0; i < POINTS; i++) above &= settings[r].beta == 1 || results[q][r].residual[i] < 1 - settings[r].beta;
    if (q == 0) {
      const double with = stats_mean(on[0].test, POINTS), without = stats_mean(off[0].test, POINTS);
      finding(&f, with > without + 5, "Fig. 6, %s, k = 0.01 d: memory makes small blocks learn, %.1f%% over the run against %.1f%%", net_names[q], with, without);
    } else {
      finding(&f, on[0].loss[last] > 1.2 * on[3].loss[last], "Fig. 8, %s: the smallest blocks cost loss, %.3f against %.3f of k = d", net_names[q], on[0].loss[last], on[3].loss[last]);
    }
    finding(&f, on[1].loss[last] < off[1].loss[last], "Fig. 6, %s, k = 0.1 d: and helps larger ones, loss %.3f against %.3f", net_names[q], on[1].loss[last], off[1].loss[last]);
    finding(&f, above, "Lemma 1, %s: a block of k coordinates holds more than k/d of the gradients", net_names[q]);
  }
  for (size_t r = 1; r < 3; r++) {
    const double large = results[0][r].residual[POINTS - 1], tiny = results[1][r].residual[POINTS - 1];
    finding(&f, large < tiny, "Fig. 7 and 8, %s: less is left out of the large network's gradients, %.3f against %.3f", settings[r].name, large, tiny);
  }
  return findings_end(&f);
}
