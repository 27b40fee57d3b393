/* SPDX-License-Identifier: MIT
 * How much work does a step of block geometric median descent, k = d/10, save over one of geometric median descent (Acharya, Lemma 2, Fig. 1 to
 * 3)? With a textbook Weiszfeld iteration, as the paper's experiments had it, the values that are read are counted; with it and with this
 * library's geometric median the steps are timed. README.md says what comes out and why.
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
#include <string.h>
#include <time.h>

enum { M = 10, SIZES = 4, MAX_ROUNDS = 31 };
static const double sizes[SIZES] = {1e3, 1e4, 1e5, 1e6};
typedef enum way { MEAN, GMD, BGMD, TEXT_GMD, TEXT_BGMD, WAYS } way;
static const char *const names[WAYS] = {"mean", "geometric median", "BGMD", "Weiszfeld", "BGMD with Weiszfeld"};
static const char *const titles[2] = {"clean", "4 of 10 rows times -100"};

typedef struct server {
  size_t d, k, *idx, count, iterations[WAYS];
  double passes[WAYS]; /* how often the m*d values of the rows were read, counted where the code is below */
  float *source[M], *g[M], *block[M], *memory, *out, *tile, *work, *score, *scratch;
  double *geomedian_work;
} server;

/* Weiszfeld's iteration as textbooks have it: from the mean, until a step is 1e-5 of the point's length, at most 100. Two passes over the rows each. */
static size_t weiszfeld(float *y, const float *const rows[], size_t m, size_t d) {
  size_t t = 0;
  double moved = 1, length = 0, weight[M];
  medsgd_mean(y, rows, m, d);
  for (; t < 100 && moved > 1e-10 * length; t++) {
    double total = 0;
    for (size_t i = 0; i < m; i++) {
      double square = 0;
      for (size_t j = 0; j < d; j++) square += (double)(rows[i][j] - y[j]) * (double)(rows[i][j] - y[j]);
      total += weight[i] = 1 / fmax(sqrt(square), 1e-12);
    }
    moved = length = 0;
    for (size_t j = 0; j < d; j++) {
      double sum = 0;
      for (size_t i = 0; i < m; i++) sum += weight[i] * (double)rows[i][j];
      sum /= total, moved += (sum - (double)y[j]) * (sum - (double)y[j]), length += sum * sum, y[j] = (float)sum;
    }
  }
  return t;
}

/* One aggregation of the server, from the rows to the step. */
static int aggregate(server *s, way how) {
  const float *const *const rows = (const float *const *)s->g;
  medsgd_geomedian_result r = {0, 0, 0, 0};
  const medsgd_bgmd_options options = {.gamma = 1, .k = s->k, .stream = {1, 2, 3}, .geomedian = {1e-6, 1000, NULL}};
  int status = MEDSGD_OK;
  if (how == MEAN) status = medsgd_mean(s->out, rows, M, s->d);
  if (how == GMD) status = medsgd_geomedian(s->out, rows, M, s->d, NULL, &r, NULL, s->tile, s->geomedian_work);
  if (how == BGMD) status = medsgd_bgmd(s->out, s->idx, &s->count, s->memory, s->g, M, s->d, &options, &r, NULL, s->work, s->geomedian_work);
  if (how == TEXT_GMD) r.iterations = weiszfeld(s->out, rows, M, s->d);
  if (how == TEXT_BGMD) { /* Algorithm 1, line by line */
    for (size_t i = 0; i < M; i++) medsgd_memory_add(s->g[i], s->memory, s->d, 1);
    medsgd_column_norms(s->score, rows, M, s->d);
    status = medsgd_block_sample(s->idx, &s->count, s->score, s->d, s->k, options.stream, s->scratch);
    for (size_t i = 0; i < M; i++) medsgd_gather(s->block[i], s->g[i], s->idx, s->count);
    medsgd_memory_update(s->memory, rows, M, s->d, s->idx, s->count);
    r.iterations = weiszfeld(s->out, (const float *const *)s->block, M, s->count);
  }
  s->iterations[how] = r.iterations;
  /* Weiszfeld reads once for the mean and twice an iteration; on the block, of which a tenth of the coordinates remains, once more to gather
   * it; memory_add, column_norms and memory_update read everything once each. */
  if (how == TEXT_GMD) s->passes[how] = 1 + 2 * (double)r.iterations;
  if (how == TEXT_BGMD) s->passes[how] = 3 + (2 + 2 * (double)r.iterations) * (double)s->count / (double)s->d;
  return status;
}

static int ascending(const void *a, const void *b) { return (*(const double *)a > *(const double *)b) - (*(const double *)a < *(const double *)b); }

/* Seconds of processor time of each way, the median over rounds in which all take turns. */
static void race(double seconds[WAYS], size_t iterations[WAYS], double passes[WAYS], size_t d, int attacked, size_t rounds, uint64_t seed, progress *bar, size_t done) {
  server s = {.d = d, .k = d / 10};
  static double times[WAYS][MAX_ROUNDS];
  rng r = rng_make(seed, d);
  s.idx = room(s.k, sizeof *s.idx), s.memory = room(d, sizeof *s.memory), s.out = room(d, sizeof *s.out), s.score = room(d, sizeof *s.score);
  s.tile = room(medsgd_median_work(M), sizeof *s.tile), s.work = room(medsgd_bgmd_work(M, d, s.k), sizeof *s.work);
  s.scratch = room(medsgd_block_work(d, s.k), sizeof *s.scratch), s.geomedian_work = room(medsgd_geomedian_work(M), sizeof *s.geomedian_work);
  for (size_t i = 0; i < M; i++) s.source[i] = room(d, sizeof(float)), s.g[i] = room(d, sizeof(float)), s.block[i] = room(s.k, sizeof(float));
  for (size_t j = 0; j < d; j++) { /* a common part and as much noise; the largest tenth of the columns holds 83% of the squares */
    const double size = exp(1.1 * rng_normal(&r)), common = rng_normal(&r);
    for (size_t i = 0; i < M; i++) s.source[i][j] = (float)(size * (common + rng_between(&r, -2, 2)) * (attacked && i % 5 < 2 ? -100 : 1));
  }
  for (size_t round = 0; round < rounds; round++)
    for (way how = MEAN; how < WAYS; how++) {
      for (size_t i = 0; i < M; i++) memcpy(s.g[i], s.source[i], d * sizeof(float));
      memset(s.memory, 0, d * sizeof(float));
      const clock_t start = clock();
      const int status = aggregate(&s, how);
      times[how][round] = (double)(clock() - start) / CLOCKS_PER_SEC;
      require(!status, medsgd_strerror(status));
      progress_update(bar, done + round, names[how]);
    }
  for (way how = MEAN; how < WAYS; how++) qsort(times[how], rounds, sizeof(double), ascending), seconds[how] = times[how][rounds / 2], iterations[how] = s.iterations[how], passes[how] = s.passes[how];
  for (size_t i = 0; i < M; i++) free(s.source[i]), free(s.g[i]), free(s.block[i]);
  free(s.idx), free(s.memory), free(s.out), free(s.score), free(s.tile), free(s.work), free(s.scratch), free(s.geomedian_work);
}

int main(int argc, char **argv) {
  const args a = args_start(argc, argv, "block_speedup", "time of a step: geometric median against block geometric median", 0, 0, 0);
  const size_t count = a.quick ? 3 : SIZES, rounds = a.full ? MAX_ROUNDS : a.quick ? 5 : 11;
  static double seconds[2][WAYS][SIZES], passes[2][SIZES][WAYS];
  size_t iterations[WAYS];
  progress bar;
  progress_start(&bar, "block_speedup", 2 * count * rounds);
  printf("milliseconds of processor time for one step, %d rows, k = d/10, median of %zu rounds\n", M, rounds);
  for (int attacked = 0; attacked < 2; attacked++) {
    printf("\n%s\n%10s %8s | %16s %8s %8s | %10s %8s %8s | %-12s %s\n", titles[attacked], "d", "mean", "geometric median", "BGMD", "ratio", "Weiszfeld", "BGMD", "ratio", "iterations", "passes over the rows, ratio");
    for (size_t c = 0; c < count; c++) {
      double t[WAYS];
      double *const read = passes[attacked][c];
      race(t, iterations, read, (size_t)sizes[c], attacked, rounds, a.seed, &bar, ((size_t)attacked * count + c) * rounds);
      for (way how = MEAN; how < WAYS; how++) seconds[attacked][how][c] = 1e3 * t[how];
      printf("%10.0f %8.3f | %16.3f %8.3f %8.2f | %10.3f %8.3f %8.2f | %5zu, %-5zu %6.1f, %.1f: %.2f\n", sizes[c], 1e3 * t[MEAN], 1e3 * t[GMD], 1e3 * t[BGMD], t[GMD] / t[BGMD], 1e3 * t[TEXT_GMD],
             1e3 * t[TEXT_BGMD], t[TEXT_GMD] / t[TEXT_BGMD], iterations[TEXT_GMD], iterations[TEXT_BGMD], read[TEXT_GMD], read[TEXT_BGMD],
             read[TEXT_GMD] / read[TEXT_BGMD]);
    }
  }
  progress_finish(&bar);

  svg s;
  if (!svg_open(&s, a.out, 900, 390, "Time of a step against the number of coordinates")) return 1;
  svg_style styles[WAYS];
  for (int q = 0; q < 2; q++) {
    const svg_axis x = {"coordinates d", sizes[0], sizes[count - 1], 1};
    svg_axis y = {"milliseconds a step", 1, 0, 1};
    for (way how = MEAN; how < WAYS; how++) svg_fit(&y, seconds[0][how], count), svg_fit(&y, seconds[1][how], count);
    const svg_panel panel = svg_axes(&s, 75 + 430 * q, 50, 350, 230, titles[q], x, y);
    for (way how = MEAN; how < WAYS; how++) svg_curve(&s, &panel, sizes, seconds[q][how], count, styles[how] = svg_style_of((unsigned)how));
  }
  svg_legend(&s, 75, 335, 800, 3, names, styles, WAYS);
  if (!svg_close(&s)) return 1;
  /* The paper's 3x is that of a geometric median that goes over all coordinates in every iteration, with corrupt rows. Times depend on the
   * machine and its other work; what has to show is the count. */
  findings f = {stdout, 0, 0};
  for (size_t c = 0; c < count; c++) {
    const double *const clean = passes[0][c], *const corrupt = passes[1][c];
    finding(&f, corrupt[TEXT_GMD] > 3 * corrupt[TEXT_BGMD], "d = %.0f, corrupt rows, textbook Weiszfeld iteration: the block reads %.1f times less", sizes[c],
            corrupt[TEXT_GMD] / corrupt[TEXT_BGMD]);
    finding(&f, clean[TEXT_GMD] > 1.5 * clean[TEXT_BGMD], "clean: %.1f times less", clean[TEXT_GMD] / clean[TEXT_BGMD]);
  }
  return findings_end(&f);
}
