/* SPDX-License-Identifier: MIT
 * Public functions with all that they call, for Frama-C's value analysis (make verify-values): the sizes M, D and K are fixed, what
 * the arrays hold is anything, NaN and infinities included. Each case is a function; proofs/values.txt names them with their
 * sizes. Scratch memory has exactly the length that the header asks for, so that a step outside is an alarm. */
#define __FC_MATH /* instead of Frama-C's math.h, which forbids what the header may meet: */
/*@ assigns \nothing; */
extern double sqrt(double x);
/*@ assigns \nothing; */
extern double fabs(double x);
#define NAN (0.0f / 0.0f)
#define INFINITY (1.0f / 0.0f)
#include <__fc_builtin.h>
#include <stdlib.h>
#define MEDSGD_IMPLEMENTATION
#include "medsgd.h"

enum { WORDS = (D + 63) / 64 };
static medsgd_real x[M][D], vector[D], other[D], weights[M], value;
static double coefficients[M], number, numbers[D];
static uint64_t words[M][WORDS], zeros[M][WORDS], neg[WORDS], zero[WORDS];
static unsigned char bytes[(D + 7) / 8];
static const medsgd_real *rows[M];
static const uint64_t *rows_neg[M], *rows_zero[M];
static size_t idx[K];
static medsgd_stream stream;
static uint64_t first;
static medsgd_geomedian_result result;

static void anything(void *p, size_t n) { Frama_C_make_unknown((char *)p, n); }
#define ANYTHING(x) anything(&(x), sizeof(x))

static void *scratch(size_t n, size_t unit) {
  void *const p = malloc(n * unit);
  anything(p, n * unit);
  return p;
}

static void begin(void) {
  ANYTHING(x), ANYTHING(vector), ANYTHING(other), ANYTHING(weights), ANYTHING(value), ANYTHING(number), ANYTHING(numbers);
  ANYTHING(words), ANYTHING(zeros), ANYTHING(neg), ANYTHING(zero), ANYTHING(bytes), ANYTHING(stream), ANYTHING(first);
  for (int i = 0; i < M; i++) rows[i] = x[i], rows_neg[i] = words[i], rows_zero[i] = zeros[i];
  for (size_t i = 0; i < K; i++) idx[i] = D - K + i;
}

void signs(void) {
  begin();
  medsgd_sign_pack(neg, vector, D);
  medsgd_sign_pack_ternary(neg, zero, vector, D);
  medsgd_sign_unpack(other, neg, zero, D, value);
  medsgd_sign_unpack(other, neg, NULL, D, value);
  medsgd_sign_step(vector, neg, zero, D, value);
  medsgd_sign_step(vector, neg, NULL, D, value);
  medsgd_words_to_bytes(bytes, neg, D);
  medsgd_words_from_bytes(neg, bytes, D);
}

void vote(void) {
  begin();
  medsgd_vote(neg, zero, rows_neg, rows_zero, M, D);
  medsgd_vote(neg, NULL, rows_neg, NULL, M, D);
}

void tally(void) {
  medsgd_tally all, part;
  begin();
  medsgd_tally_init(&all, scratch(medsgd_tally_words(D, 2 * M), sizeof *all.planes), D, 2 * M);
  medsgd_tally_init(&part, scratch(medsgd_tally_words(D, M), sizeof *part.planes), D, M);
  for (int i = 0; i < M; i++) {
    medsgd_tally_add(&all, words[i], zeros[i]);
    medsgd_tally_add(&part, words[i], NULL);
  }
  medsgd_tally_merge(&all, &part);
  medsgd_tally_sum(vector, &all, value);
  medsgd_tally_vote(neg, zero, &all);
}

void median(void) {
  medsgd_real *const work = scratch(medsgd_median_work(M), sizeof *work);
  begin();
  medsgd_median(vector, rows, M, D, MEDSGD_MEDIAN_LOWER, work);
  medsgd_median(vector, rows, M, D, MEDSGD_MEDIAN_UPPER, work);
  medsgd_median(vector, rows, M, D, MEDSGD_MEDIAN_MIDPOINT, work);
  medsgd_trimmed_mean(vector, rows, M, D, (M - 1) / 2, work);
  medsgd_trimmed_mean(vector, rows, M, D, (M - 1) / 4, work);
  medsgd_mean(vector, rows, M, D);
}

void noise(void) {
  begin();
  value = medsgd_absmax(vector, D);
  medsgd_perturb(vector, D, value, MEDSGD_GAUSSIAN, stream, 64); /* (any position: medsgd_perturb's proof in make verify) */
  medsgd_perturb(vector, D, value, MEDSGD_LAPLACE, stream, 7);
  medsgd_perturb(vector, D, value, MEDSGD_UNIFORM, stream, UINT64_MAX - 2);
}

void stochastic_sign(void) {
  begin();
  medsgd_momentum(other, vector, D, value);
  medsgd_stochastic_sign(neg, zero, vector, D, medsgd_norm1(vector, D), stream, first);
  medsgd_stochastic_sign(neg, zero, vector, D, medsgd_norm2(vector, D), stream, first);
  medsgd_stochastic_sign(neg, zero, vector, D, number, stream, first);
}

void column_norms(void) {
  begin();
  medsgd_column_norms(vector, rows, M, D);
  medsgd_gather(other, vector, idx, K);
  medsgd_scatter_step(vector, other, idx, K, value);
}

void geomedian(void) {
  const medsgd_geomedian_options options = {1e-6, 100, weights};
  medsgd_real *const tile = scratch(medsgd_median_work(M), sizeof *tile);
  double *const work = scratch(medsgd_geomedian_work(M), sizeof *work);
  begin();
  medsgd_geomedian(vector, rows, M, D, NULL, &result, coefficients, tile, work);
  medsgd_geomedian(vector, rows, M, D, &options, &result, NULL, tile, work);
}

void memory(void) {
  begin();
  medsgd_memory_add(vector, other, D, value);
  medsgd_memory_update(vector, rows, M, D, idx, K);
  medsgd_ef_sign(neg, &value, vector, other, D, value);
}

void adaptive_rate(void) {
  begin();
  medsgd_adaptive_rate(&number, rows, M, D, number);
}

void diagnostics(void) {
  medsgd_real *const work = scratch(medsgd_median_work(M), sizeof *work);
  begin();
  number = medsgd_vote_success(number, M);
  medsgd_rho_norm(&number, vector, numbers, D, M);
  medsgd_l12_norm(&number, vector, numbers, D);
  medsgd_median_mean_gap(&number, rows, M, D, work);
}
