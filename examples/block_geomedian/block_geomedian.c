/* SPDX-License-Identifier: MIT
 * Block geometric median descent against SGD, coordinate-wise median and geometric median, on clean and corrupt
 * gradients, images and labels (Acharya, Tables 2 and 3, Fig. 1 to 3). README.md says what comes out and why.
 */
#define MEDSGD_IMPLEMENTATION
#include "medsgd.h"

#include "args.h"
#include "attacks.h"
#include "conv.h"
#include "dataset.h"
#include "finding.h"
#include "partition.h"
#include "progress.h"
#include "rng.h"
#include "room.h"
#include "stats.h"
#include "svg.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { M = 10, MAX_BATCH = 64, TEST = 1000, PROBE = 250, POINTS = 10, MAX_SEEDS = 5, BACKDOOR_LABEL = 8 };

typedef enum method { SGD, CMD, BGMD, BGMD_WEIGHTED, GMD, METHODS } method;
static const char *const method_names[METHODS] = {"SGD", "CMD", "BGMD", "BGMD, weighted memory", "GMD"};

typedef enum fault { CLEAN, BIT_FLIP, ADDITIVE, IMAGE_NOISE, IMPULSE, BACKDOOR, FAULTS } fault;
static const char *const fault_names[FAULTS] = {"clean", "gradients: bit flip x -100", "gradients: + N(0,100)", "images: + N(0,100)", "images: impulse", "labels: backdoor"};

enum { LEVELS = 2 };
static const size_t corrupt_of[LEVELS] = {M / 5, 2 * M / 5}; /* 20%, 40% of the workers */

typedef struct result {
  double mean, spread;       /* final test accuracy in percent over the seeds, and its standard deviation */
  double curve[POINTS + 1];  /* on the way there, on fewer images; mean over the seeds                    */
} result;

typedef struct task {
  net net;
  dataset data, test;
  partition part;
  size_t steps, batch; /* batch: images of a worker in a step */
  float rate;          /* gamma */
  progress bar;
  size_t done;
} task;

/* What a corrupt worker sees: its batch with noise on the images, or with the labels replaced (sec. 7.2). */
static void corrupt_batch(unsigned char *images, unsigned char *labels, size_t count, size_t pixels, fault how, rng *r) {
  if (how == BACKDOOR) memset(labels, BACKDOOR_LABEL, count);
  for (size_t i = 0; i < count * pixels; i++) {
    if (how == IMAGE_NOISE) images[i] = (unsigned char)fmin(fmax(images[i] + 2550.0 * rng_normal(r), 0), 255);
    if (how == IMPULSE && rng_uniform(r) < 0.9) images[i] = rng_next(r) & 1 ? 255 : 0;
  }
}

/* One run; returns the final test accuracy and adds to the curve what was met on the way. */
static double train(double *curve, task *job, method how, fault what, size_t corrupt, uint64_t seed) {
  const net *const n = &job->net;
  const size_t d = n->size, k = d / 10, pixels = job->data.pixels, steps = job->steps, size = job->batch;
  float *const x = room(d, sizeof *x), *const work = room(n->work, sizeof *work), *const update = room(d, sizeof *update), *const memory = room(d, sizeof *memory);
  float *const tile = room(medsgd_median_work(M), sizeof *tile), *const block_work = room(medsgd_bgmd_work(M, d, k), sizeof *block_work), *g[M];
  double *const geomedian_work = room(medsgd_geomedian_work(M), sizeof *geomedian_work), weight[M];
  size_t *const idx = room(k, sizeof *idx), batch[MAX_BATCH], order[M], count, all[MAX_BATCH], point = 0;
  unsigned char *const images = room(size, pixels), labels[MAX_BATCH];
  const dataset seen = {size, pixels, images, labels, {NULL, NULL}}, probe = dataset_slice(&job->test, 0, PROBE);
  const float *rows[M];
  for (size_t i = 0; i < M; i++) rows[i] = g[i] = room(d, sizeof *g[i]), order[i] = i;
  for (size_t b = 0; b < size; b++) all[b] = b;
  net_init(n, x, seed);
  for (size_t t = 0; t < steps; t++, progress_update(&job->bar, job->done + t, fault_names[what])) {
    if (t * POINTS >= point * steps) curve[point++] += 100 * net_evaluate(n, x, &probe, work).accuracy;
    rng r = rng_make(seed ^ 0xC0FFEE, t);
    rng_shuffle(&r, order, M); /* the first of them are corrupt in this step: nobody is to be trusted for long */
    for (size_t q = 0; q < M; q++) {
      const size_t i = order[q];
      const fault here = q < corrupt ? what : CLEAN;
      partition_batch(&job->part, i, batch, size, seed, t);
      for (size_t b = 0; b < size; b++) memcpy(images + b * pixels, job->data.images + batch[b] * pixels, pixels), labels[b] = job->data.labels[batch[b]];
      if (here > ADDITIVE) corrupt_batch(images, labels, size, pixels, here, &r);
      net_gradient(n, g[i], x, &seen, all, size, work);
      if (here == BIT_FLIP) attack_apply(ATTACK_BIT_FLIP, g[i], d, seed, i, t);
      if (here == ADDITIVE) attack_apply(ATTACK_ADDITIVE, g[i], d, seed, i, t);
    }
    int status = MEDSGD_OK;
    if (how == BGMD || how == BGMD_WEIGHTED) { /* Algorithm 1; gamma is applied inside, before the memory is added */
      const medsgd_bgmd_options options = {.gamma = job->rate, .k = k, .stream = {seed, 0, (uint32_t)t}, .geomedian = {1e-6, 1000, NULL}};
      status = medsgd_bgmd(update, idx, &count, memory, g, M, d, &options, NULL, weight, block_work, geomedian_work);
      if (status >= 0) medsgd_scatter_step(x, update, idx, count, 1);
      if (how == BGMD_WEIGHTED && status >= 0) { /* our variant: the residuals of the rows weighted as in the median, not their mean */
        for (size_t j = 0; j < d; j++) {
          double sum = 0;
          for (size_t i = 0; i < M; i++) sum += weight[i] > 0 ? weight[i] * (double)g[i][j] : 0; /* an excluded row may be NaN */
          memory[j] = (float)sum;
        }
        for (size_t j = 0; j < count; j++) memory[idx[j]] = 0;
      }
    } else {
      if (how == SGD) status = medsgd_mean(update, rows, M, d);
      if (how == CMD) status = medsgd_median(update, rows, M, d, MEDSGD_MEDIAN_MIDPOINT, tile);
      if (how == GMD) status = medsgd_geomedian(update, rows, M, d, NULL, NULL, NULL, tile, geomedian_work);
      for (size_t j = 0; j < d; j++) x[j] -= job->rate * update[j];
    }
    if (status == MEDSGD_ERR_DATA || !isfinite(medsgd_norm2(x, d))) break; /* lost: the accuracy will say so */
    require(status >= 0, medsgd_strerror(status));
  }
  const double accuracy = 100 * net_evaluate(n, x, &job->test, work).accuracy;
  job->done += steps;
  while (point <= POINTS) curve[point++] += accuracy;
  for (size_t i = 0; i < M; i++) free(g[i]);
  free(x), free(work), free(update), free(memory), free(tile), free(block_work), free(geomedian_work), free(idx), free(images);
  return accuracy;
}

int main(int argc, char **argv) {
  static result results[FAULTS][LEVELS][METHODS];
  const args a = args_start(argc, argv, "block_geomedian", "BGMD, SGD, medians on clean and corrupt data", 80, 100, 700);
  const size_t steps = a.steps, seeds = a.full ? 5 : a.quick ? 1 : 3, first = a.quick ? 1 : 0; /* quick: 40% only */
  task t = {.steps = steps, .batch = a.full ? MAX_BATCH : 8, .rate = a.full ? 0.1f : 0.3f};
  dataset all = dataset_load(&t.data, &t.test, &a, a.full ? 9000 : 5000, TEST);
  t.net = a.full ? net_conv(32, 64, 1024, DATASET_CLASSES) : net_conv(8, 16, 0, DATASET_CLASSES); /* the paper's: 1.16 million parameters */
  require(partition_uniform(&t.part, &t.data, M, a.seed), "out of memory");
  progress_start(&t.bar, "block_geomedian", (1 + (FAULTS - 1) * (LEVELS - first)) * METHODS * seeds * steps);
  printf("%s, %zu parameters, %d workers, %zu images each, %zu steps: final test accuracy in percent, mean and deviation over %zu seed%s\n\n%-27s %4s", dataset_source(&a), t.net.size, M,
         t.batch, steps, seeds, seeds > 1 ? "s" : "", "", "");
  for (method how = SGD; how < METHODS; how++) printf(" | %21s", method_names[how]);
  for (fault what = CLEAN; what < FAULTS; what++)
    for (size_t level = first; level < LEVELS; level++) {
      if (what == CLEAN && level > first) { /* nobody is corrupt */
        memcpy(results[CLEAN][level], results[CLEAN][first], sizeof results[CLEAN][first]);
        continue;
      }
      printf("\n%-27s %3zu%%", fault_names[what], what == CLEAN ? 0 : corrupt_of[level] * 100 / M);
      for (method how = SGD; how < METHODS; how++) {
        result *const r = &results[what][level][how];
        double accuracy[MAX_SEEDS];
        for (size_t s = 0; s < seeds; s++) accuracy[s] = train(r->curve, &t, how, what, corrupt_of[level], a.seed + s);
        r->mean = stats_mean(accuracy, seeds), r->spread = stats_deviation(accuracy, seeds);
        for (size_t i = 0; i <= POINTS; i++) r->curve[i] /= (double)seeds;
        printf(" | %14.1f +-%4.1f", r->mean, r->spread), fflush(stdout);
      }
    }
  progress_finish(&t.bar);

  puts("\n");
  svg s;
  if (!svg_open(&s, a.out, 1120, 650, "Test accuracy while training, 40% corruption (Acharya, Fig. 1 to 3)")) return 1;
  svg_style styles[METHODS];
  double at[POINTS + 1];
  for (size_t i = 0; i <= POINTS; i++) at[i] = (double)(i * steps) / POINTS;
  for (fault what = CLEAN; what < FAULTS; what++) {
    const svg_axis x = {"step", 0, (double)steps, 0}, y = {"test accuracy (%)", 0, 100, 0};
    char title[64];
    snprintf(title, sizeof title, "%s%s", fault_names[what], what == CLEAN ? "" : ", 40%");
    const svg_panel panel = svg_axes(&s, 75 + 360 * (what % 3), 45 + 280 * (what / 3), 270, 200, title, x, y);
    for (method how = SGD; how < METHODS; how++) svg_curve(&s, &panel, at, results[what][LEVELS - 1][how].curve, POINTS + 1, styles[how] = svg_style_of((unsigned)how));
  }
  svg_legend(&s, 75, 605, 900, 3, method_names, styles, METHODS);
  if (!svg_close(&s)) return 1;
  partition_free(&t.part), dataset_free(&all);

  /* That BGMD stands corrupt gradients does not show with the memory of Algorithm 1 (README.md says why); it does with the weighted one. */
  findings f = {stdout, 0, 0};
  const result *const clean = results[CLEAN][first];
  finding(&f, clean[GMD].mean > clean[SGD].mean - 5 && clean[BGMD].mean > clean[SGD].mean - 5, "clean, GMD and BGMD learn as SGD does: %.1f, %.1f, %.1f", clean[GMD].mean, clean[BGMD].mean, clean[SGD].mean);
  finding(&f, clean[CMD].mean < clean[GMD].mean, "clean, CMD stays behind: %.1f", clean[CMD].mean);
  for (size_t level = first; level < LEVELS; level++) {
    const size_t percent = corrupt_of[level] * 100 / M;
    double behind = 0;
    for (fault what = BIT_FLIP; what < FAULTS; what++) {
      const result *const r = results[what][level];
      behind += (r[GMD].mean - r[CMD].mean) / (FAULTS - 1);
      if (what <= ADDITIVE) finding(&f, r[SGD].mean < 35 && r[GMD].mean > r[SGD].mean + 25 && r[BGMD_WEIGHTED].mean > r[SGD].mean + 25,
                                    "%s, %zu%%: the end of SGD, not of GMD, nor of BGMD with the weighted memory: %.1f, %.1f, %.1f", fault_names[what], percent, r[SGD].mean, r[GMD].mean, r[BGMD_WEIGHTED].mean);
      else if (what <= IMPULSE) finding(&f, r[GMD].mean > clean[GMD].mean - 8 && r[BGMD].mean > r[GMD].mean - 8, "%s, %zu%%: GMD loses little, BGMD keeps up: %.1f, %.1f", fault_names[what], percent, r[GMD].mean, r[BGMD].mean);
      else if (level == 1) finding(&f, r[GMD].mean > (r[SGD].mean + r[CMD].mean) / 2, "%s, %zu%%: SGD and CMD together lose more than GMD: %.1f, %.1f, %.1f", fault_names[what], percent, r[SGD].mean, r[CMD].mean, r[GMD].mean);
    }
    finding(&f, behind > 0, "%zu%% corrupt: CMD stays behind GMD, on average by %.1f", percent, behind);
  }
  return findings_end(&f);
}
