/* SPDX-License-Identifier: MIT
 * Every function from eight threads at once on shared read-only inputs: all get the same outputs, and under ThreadSanitizer no race
 * is reported. A hidden global or a write to an input would be one. */
#define MEDSGD_IMPLEMENTATION
#include "medsgd.h"

#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

typedef medsgd_real real;
enum { M = 9, D = 1000, K = 100, W = MEDSGD_WORDS(D), THREADS = 8 };

static real g[M][D], positive[D];
static double rho[D];
static uint64_t packed[M][W], nothing[W];
static const real *rows[M];
static const uint64_t *votes[M], *zeros[M];

/* One thread's outputs, and nothing else that is written. */
typedef struct outputs {
  real x[24][D], scale, absmax, selected;
  double numbers[8], coefficients[M];
  uint64_t planes[8][W], tally[16 * W];
  unsigned char bytes[8 * W];
  size_t idx[2][K], count[2];
  medsgd_geomedian_result result[2];
  int status[48];
} outputs;

static void *call_everything(void *arg) {
  outputs *const o = (outputs *)arg;
  const medsgd_stream stream = {1, 2, 3};
  int *s = o->status;
  real *const tile = (real *)malloc(medsgd_median_work(M) * sizeof(real));
  double *const work = (double *)malloc(medsgd_geomedian_work(M) * sizeof(double));
  real *const block_work = (real *)malloc(medsgd_block_work(D, K) * sizeof(real) + 1);
  real *const bgmd_work = (real *)malloc(medsgd_bgmd_work(M, D, K) * sizeof(real) + 1);
  real *const copy = (real *)malloc(sizeof g);
  real *copies[M];
  medsgd_tally a, b;
  if (!tile || !work || !block_work || !bgmd_work || !copy || 2 * medsgd_tally_words(D, M) > 16 * W) exit(1);
  memcpy(copy, g, sizeof g);
  for (size_t i = 0; i < M; i++) copies[i] = copy + i * D;
  for (size_t i = 0; i < 8; i++) memcpy(o->x[i], g[i], sizeof g[i]);

  *s++ = medsgd_strerror(MEDSGD_OK)[0] != 's';
  *s++ = medsgd_sign_pack(o->planes[0], g[0], D);
  *s++ = medsgd_sign_pack_ternary(o->planes[1], o->planes[2], g[0], D);
  *s++ = medsgd_sign_unpack(o->x[8], packed[0], nothing, D, 2);
  *s++ = medsgd_sign_step(o->x[0], packed[0], NULL, D, 1);
  *s++ = medsgd_words_to_bytes(o->bytes, packed[0], D);
  *s++ = medsgd_words_from_bytes(o->planes[3], o->bytes, D);
  *s++ = medsgd_vote(o->planes[4], o->planes[5], votes, zeros, M, D);
  *s++ = medsgd_tally_init(&a, o->tally, D, M);
  *s++ = medsgd_tally_init(&b, o->tally + medsgd_tally_words(D, M), D, M);
  *s++ = medsgd_tally_add(&a, packed[0], NULL);
  *s++ = medsgd_tally_add(&b, packed[1], nothing);
  *s++ = medsgd_tally_merge(&a, &b);
  *s++ = medsgd_tally_sum(o->x[9], &a, 1);
  *s++ = medsgd_tally_vote(o->planes[6], NULL, &a);
  *s++ = medsgd_median(o->x[10], rows, M, D, MEDSGD_MEDIAN_MIDPOINT, tile);
  *s++ = medsgd_trimmed_mean(o->x[11], rows, M, D, 2, tile);
  *s++ = medsgd_mean(o->x[12], rows, M, D);
  *s++ = medsgd_select(o->x[1], D, D / 2, &o->selected);
  *s++ = medsgd_perturb(o->x[2], D, 1, MEDSGD_GAUSSIAN, stream, 0);
  *s++ = medsgd_perturb(o->x[3], D, 1, MEDSGD_LAPLACE, stream, 0);
  *s++ = medsgd_perturb(o->x[4], D, 1, MEDSGD_UNIFORM, stream, 0);
  o->absmax = medsgd_absmax(g[0], D);
  o->numbers[0] = medsgd_norm1(g[0], D);
  o->numbers[1] = medsgd_norm2(g[0], D);
  *s++ = medsgd_momentum(o->x[5], g[1], D, (real)0.5);
  *s++ = medsgd_stochastic_sign(o->planes[7], NULL, g[0], D, 10, stream, 0);
  *s++ = medsgd_column_norms(o->x[13], rows, M, D);
  *s++ = medsgd_block_sample(o->idx[0], &o->count[0], positive, D, K, stream, block_work);
  *s++ = medsgd_block_top(o->idx[0], &o->count[0], positive, D, K, block_work);
  *s++ = medsgd_gather(o->x[14], g[0], o->idx[0], K);
  *s++ = medsgd_scatter_step(o->x[6], o->x[14], o->idx[0], K, 1);
  *s++ = medsgd_geomedian(o->x[15], rows, M, D, NULL, &o->result[0], o->coefficients, tile, work);
  *s++ = medsgd_memory_add(o->x[7], g[1], D, 2);
  *s++ = medsgd_memory_update(o->x[16], rows, M, D, o->idx[0], K);
  *s++ = medsgd_ef_sign(o->planes[7], &o->scale, o->x[17], g[0], D, 1);
  medsgd_bgmd_options options = {1, K, 0, stream, {1e-6, 100, NULL}};
  *s++ = medsgd_bgmd(o->x[18], o->idx[1], &o->count[1], o->x[19], copies, M, D, &options, &o->result[1], NULL, bgmd_work, work);
  *s++ = medsgd_adaptive_rate(&o->numbers[2], rows, M, D, 1);
  o->numbers[3] = medsgd_vote_success(0.6, M);
  *s++ = medsgd_rho_norm(&o->numbers[4], g[0], rho, D, M);
  *s++ = medsgd_l12_norm(&o->numbers[5], g[0], rho, D);
  *s++ = medsgd_median_mean_gap(&o->numbers[6], rows, M, D, tile);
  free(tile), free(work), free(block_work), free(bgmd_work), free(copy);
  return NULL;
}

int main(void) {
  pthread_t thread[THREADS];
  outputs *const o = (outputs *)calloc(THREADS, sizeof *o);
  uint32_t r = 1;
  if (!o) return 1;
  for (size_t i = 0; i < M; i++) {
    for (size_t j = 0; j < D; j++) r = r * 1664525u + 1013904223u, g[i][j] = (real)((double)(int32_t)r * 0x1p-28);
    rows[i] = g[i], votes[i] = packed[i], zeros[i] = nothing;
    if (medsgd_sign_pack(packed[i], g[i], D)) return 1;
  }
  for (size_t j = 0; j < D; j++) positive[j] = g[0][j] * g[0][j] + 1, rho[j] = 0.75;
  for (size_t t = 0; t < THREADS; t++) if (pthread_create(&thread[t], NULL, call_everything, &o[t])) return 1;
  for (size_t t = 0; t < THREADS; t++) pthread_join(thread[t], NULL);
  unsigned failed = 0;
  for (size_t t = 0; t < THREADS; t++) {
    for (size_t i = 0; i < sizeof o->status / sizeof *o->status; i++) failed += o[t].status[i] != MEDSGD_OK;
    failed += t > 0 && memcmp(&o[t], &o[0], sizeof *o) != 0;
  }
  free(o);
  printf("%u passed, %u failed, 0 skipped\n", THREADS - (failed > THREADS ? THREADS : failed), failed);
  return failed != 0;
}
