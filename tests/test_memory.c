/* SPDX-License-Identifier: MIT
 * Error-feedback memory: conservation, the sign compressor's identity, and that nothing but numbers stays in the
 * memory.
 */
#define MEDSGD_IMPLEMENTATION
#include "medsgd.h"

#include "inputs.h"

#include <math.h>

/* gamma g + memory, the product rounded before the sum. */
static medsgd_real augmented(medsgd_real gamma, medsgd_real g, medsgd_real memory) {
  volatile medsgd_real product = gamma * g;
  return product + memory;
}

TEST(memory_add_all_sizes) {
  const medsgd_real gammas[] = {1, (medsgd_real)0.1, -3, 0, (medsgd_real)1e30};
  FOR_EACH_SIZE (d) {
    const medsgd_real *before = input_reals(d, oracle_hostile), *memory = input_reals(d, oracle_hostile),
                      gamma = gammas[d % 5];
    medsgd_real *g = input_buffer(d);
    memcpy(g, before, d * sizeof *g);
    CHECK(medsgd_memory_add(g, memory, d, gamma) == MEDSGD_OK);
    for (size_t j = 0; j < d; j++)
      CHECKF(same_real(g[j], augmented(gamma, before[j], memory[j])), "d %zu j %zu: %a", d, j, (double)g[j]);
    test_release();
  }
}

/* k of d indices, ascending. */
static size_t *input_block(size_t d, size_t k) {
  size_t *idx = (size_t *)test_buffer(k * sizeof *idx), chosen = 0;
  for (size_t j = 0; j < d; j++)
    if (test_below(d - j) < k - chosen) idx[chosen++] = j;
  test_seal(idx);
  return idx;
}

/* What is sent on the block and what stays in the memory add up to the mean: exactly 0 on the block, the mean
 * elsewhere. */
TEST(memory_update_conserves) {
  static const size_t some[] = {1, 2, 3, 5, 8, 16, 31};
  FOR_EACH_SIZE (d) {
    for (int which = 0; which < 4; which++) {
      const size_t m = some[(d + (size_t)which) % 7], k = which == 0 ? 1 : which == 1 ? d : 1 + test_below(d ? d : 1);
      medsgd_real **rows = input_rows(m, d, which == 3 ? oracle_hostile : oracle_finite);
      medsgd_real *memory = input_buffer(d), *mean = input_buffer(d), *column = input_buffer(m);
      if (d == 0) continue;
      const size_t *idx = input_block(d, k);
      CHECK(medsgd_memory_update(memory, ROWS(rows), m, d, idx, k) == MEDSGD_OK &&
            medsgd_mean(mean, ROWS(rows), m, d) == MEDSGD_OK);
      for (size_t j = 0, next = 0; j < d; j++) {
        int finite = 1;
        for (size_t i = 0; i < m; i++) {
          column[i] = rows[i][j];
          finite &= oracle_is_finite(column[i]);
        }
        if (next < k && idx[next] == j) {
          CHECKF(oracle_bits(memory[j]) == 0, "d %zu j %zu of the block: %a", d, j, (double)memory[j]);
          next++;
        } else {
          CHECKF(same_real(memory[j], mean[j]) && (!finite || oracle_is_mean(memory[j], column, m)),
                 "m %zu d %zu j %zu: %a, mean %a", m, d, j, (double)memory[j], (double)mean[j]);
        }
      }
      test_release();
    }
  }
}

TEST(memory_update_known_answer) {
  const medsgd_real a[] = {1, 2, oracle_nan(), 4, -8}, b[] = {3, 4, 1, -4, 4}, expected[] = {2, 0, 0, 0, -2};
  const medsgd_real *rows[] = {a, b};
  const size_t idx[] = {1, 2};
  medsgd_real memory[5] = {7, 7, 7, 7, 7};
  CHECK(medsgd_memory_update(memory, rows, 2, 5, idx, 2) == MEDSGD_OK);
  for (int j = 0; j < 5; j++) CHECKF(equal_real(memory[j], expected[j]), "j %d: %a", j, (double)memory[j]);
}

/* ---- sign compression with error feedback ---- */

TEST(ef_sign_known_answer) {
  const medsgd_real g[] = {3, -1, 0, (medsgd_real)-0.0, oracle_nan(), -oracle_inf(), 2, -2},
                    before[] = {1, -1, 0, 0, 0, 0, -2, 2};
  const medsgd_real expected[] = {(medsgd_real)3.25,  (medsgd_real)-1.25, (medsgd_real)-0.75, (medsgd_real)-0.75,
                                  (medsgd_real)-0.75, (medsgd_real)-0.75, (medsgd_real)-0.75, (medsgd_real)-0.75};
  medsgd_real memory[8], scale = 0;
  uint64_t neg = ~(uint64_t)0;
  memcpy(memory, before, sizeof memory);
  CHECK(medsgd_ef_sign(&neg, &scale, memory, g, 8, 1) == MEDSGD_OK);
  CHECKF(neg == 2 && scale == (medsgd_real)0.75, "neg %llx scale %g", (unsigned long long)neg, (double)scale);
  for (int j = 0; j < 8; j++) CHECKF(equal_real(memory[j], expected[j]), "j %d: %a", j, (double)memory[j]);
}

static void check_ef_sign(size_t d, medsgd_real make(uint64_t), medsgd_real gamma) {
  const medsgd_real *g = input_reals(d, make), *before = input_reals(d, make);
  medsgd_real *memory = input_buffer(d), *magnitude = input_buffer(d), *scale = input_buffer(1);
  uint64_t *neg = words_buffer(d);
  memcpy(memory, before, d * sizeof *memory);
  CHECK(medsgd_ef_sign(neg, scale, memory, g, d, gamma) == MEDSGD_OK);
  for (size_t j = 0; j < d; j++) {
    medsgd_real p = augmented(gamma, g[j], before[j]);
    if (!oracle_is_finite(p)) p = 0;
    magnitude[j] = p < 0 ? -p : p;
    CHECKF(oracle_bit(neg, j) == (oracle_sign(p) < 0), "d %zu j %zu p %a", d, j, (double)p);
    CHECKF(same_real(memory[j], p < 0 ? p + *scale : p - *scale) && oracle_is_finite(memory[j]),
           "d %zu j %zu p %a scale %a memory %a", d, j, (double)p, (double)*scale, (double)memory[j]);
  }
  CHECKF(oracle_padding_clear(neg, d), "d %zu", d);
  if (d) CHECKF(oracle_is_mean(*scale, magnitude, d), "d %zu gamma %g scale %a", d, (double)gamma, (double)*scale);
  else CHECK(*scale == 0);
}

TEST(ef_sign_all_sizes) {
  const medsgd_real gammas[] = {1, (medsgd_real)0.1, -3, 0, (medsgd_real)1e30};
  FOR_EACH_SIZE (d) {
    check_ef_sign(d, oracle_hostile, gammas[d % 5]);
    check_ef_sign(d, oracle_finite, gammas[d % 4]);
    test_release();
  }
  check_ef_sign(300000, oracle_finite, 1);
}

static medsgd_real tiny(uint64_t random) { return oracle_from_bits(random % 1000); }
static medsgd_real huge(uint64_t random) { return oracle_from_bits(oracle_bits(oracle_inf()) - 1 - random % 1000); }
static medsgd_real not_a_number(uint64_t random) { return random % 2 ? oracle_nan() : -oracle_inf(); }

TEST(ef_sign_magnitudes) {
  for (size_t d = 1; d <= 20000; d = 3 * d + 1) {
    check_ef_sign(d, oracle_ordinary, (medsgd_real)0.3);
    check_ef_sign(d, tiny, (medsgd_real)0.5);
    check_ef_sign(d, huge, 0); /* all of p at the largest numbers: their sum overflows, their mean does not */
    check_ef_sign(d, not_a_number, 1);
    test_release();
  }
}

/* Feedback at work: what was sent and what is remembered add up to all gradients (Karimireddy et al.), and a NaN is
 * gone in a step. */
TEST(ef_sign_accumulates) {
  enum { D = 130, STEPS = 200 };
  medsgd_real *memory = input_buffer(D), *sent = input_buffer(D), scale;
  double total[D] = {0}, given[D] = {0}, worst = 0;
  uint64_t *neg = words_buffer(D);
  for (size_t j = 0; j < D; j++) memory[j] = 0;
  for (int t = 0; t < STEPS; t++) {
    medsgd_real *g = input_buffer(D);
    for (size_t j = 0; j < D; j++) {
      g[j] = oracle_ordinary(test_random());
      given[j] += 0.5 * (double)g[j];
    }
    if (t == 0) { /* poisoned coordinates: what they sent is taken as nothing */
      g[5] = oracle_nan();
      g[129] = oracle_inf();
      given[5] = given[129] = 0;
    }
    CHECK(medsgd_ef_sign(neg, &scale, memory, g, D, (medsgd_real)0.5) == MEDSGD_OK &&
          medsgd_sign_unpack(sent, neg, NULL, D, scale) == MEDSGD_OK);
    for (size_t j = 0; j < D; j++) total[j] += (double)sent[j];
  }
  for (size_t j = 0; j < D; j++) worst = fmax(worst, fabs(total[j] + (double)memory[j] - given[j]));
  CHECKF(worst < STEPS * 2 * (sizeof scale == 4 ? 0x1p-24 : 0x1p-50) * 8, "%g apart",
         worst); /* two roundings a step of numbers below 8 */
}

TEST(memory_add_in_slices) {
  enum { D = 1000 };
  const medsgd_real *before = input_reals(D, oracle_finite), *memory = input_reals(D, oracle_finite),
                    gamma = (medsgd_real)0.7;
  medsgd_real *whole = input_buffer(D), *part = input_buffer(D);
  memcpy(whole, before, D * sizeof *whole);
  CHECK(medsgd_memory_add(whole, memory, D, gamma) == MEDSGD_OK);
  for (int repeat = 0; repeat < 30; repeat++) {
    memcpy(part, before, D * sizeof *part);
    for (size_t from = 0, n; from < D; from += n) {
      n = 1 + test_below(repeat < 15 ? 20 : 300);
      if (n > D - from) n = D - from;
      CHECK(medsgd_memory_add(part + from, memory + from, n, gamma) == MEDSGD_OK);
    }
    CHECK(memcmp(whole, part, D * sizeof *whole) == 0);
  }
}

/* ---- errors ---- */

TEST(memory_errors) {
  enum { M = 3, D = 70 };
  const medsgd_real *const *rows = ROWS(input_rows(M, D, oracle_finite)), *memory = input_reals(D, oracle_finite);
  const medsgd_real bad[] = {oracle_nan(), oracle_inf(), -oracle_inf()};
  medsgd_real *g = input_buffer(D), *scale = input_buffer(1);
  size_t *idx = (size_t *)test_buffer(2 * sizeof *idx);
  uint64_t *neg = words_buffer(D);
  idx[0] = 4;
  idx[1] = 69;
  CHECK_ERROR(MEDSGD_ERR_NULL, medsgd_memory_add(NULL, memory, D, 1));
  CHECK_ERROR(MEDSGD_ERR_NULL, medsgd_memory_add(g, NULL, D, 1));
  for (int b = 0; b < 3; b++) {
    CHECK_ERROR(MEDSGD_ERR_PARAM, medsgd_memory_add(g, memory, D, bad[b]));
    CHECK_ERROR(MEDSGD_ERR_PARAM, medsgd_ef_sign(neg, scale, g, memory, D, bad[b]));
  }
  for (size_t hole = 0; hole < M; hole++) {
    const medsgd_real *broken[M];
    for (size_t i = 0; i < M; i++) broken[i] = i == hole ? NULL : rows[i];
    CHECK_ERROR(MEDSGD_ERR_NULL, medsgd_memory_update(g, broken, M, D, idx, 2));
  }
  CHECK_ERROR(MEDSGD_ERR_NULL, medsgd_memory_update(NULL, rows, M, D, idx, 2));
  CHECK_ERROR(MEDSGD_ERR_NULL, medsgd_memory_update(g, NULL, M, D, idx, 2));
  CHECK_ERROR(MEDSGD_ERR_NULL, medsgd_memory_update(g, rows, M, D, NULL, 2));
  CHECK_ERROR(MEDSGD_ERR_SIZE, medsgd_memory_update(g, rows, 0, D, idx, 2));
  CHECK_ERROR(MEDSGD_ERR_SIZE, medsgd_memory_update(NULL, NULL, 0, 0, NULL, 2));
  CHECK_ERROR(MEDSGD_ERR_SIZE, medsgd_memory_update(g, rows, M, D, idx, 0));
  CHECK_ERROR(MEDSGD_ERR_SIZE, medsgd_memory_update(g, rows, M, 1, idx, 2));
  CHECK_ERROR(MEDSGD_ERR_SIZE, medsgd_memory_update(g, rows, M, 69, idx, 2)); /* an index past the end */
  idx[0] = 69;
  CHECK_ERROR(MEDSGD_ERR_SIZE, medsgd_memory_update(g, rows, M, D, idx, 2)); /* the same twice */
  idx[1] = 4;
  CHECK_ERROR(MEDSGD_ERR_SIZE, medsgd_memory_update(g, rows, M, D, idx, 2)); /* descending */
  CHECK_ERROR(MEDSGD_ERR_NULL, medsgd_ef_sign(NULL, scale, g, memory, D, 1));
  CHECK_ERROR(MEDSGD_ERR_NULL, medsgd_ef_sign(neg, NULL, g, memory, D, 1));
  CHECK_ERROR(MEDSGD_ERR_NULL, medsgd_ef_sign(neg, scale, NULL, memory, D, 1));
  CHECK_ERROR(MEDSGD_ERR_NULL, medsgd_ef_sign(neg, scale, g, NULL, D, 1));
}

TEST(memory_empty) {
  CHECK(medsgd_memory_add(NULL, NULL, 0, oracle_nan()) == MEDSGD_OK);
  CHECK(medsgd_memory_update(NULL, NULL, 3, 0, NULL, 0) == MEDSGD_OK);
  CHECK(medsgd_ef_sign(NULL, NULL, NULL, NULL, 0, 1) == MEDSGD_OK);
}

TEST_MAIN(CASE(memory_add_all_sizes), CASE(memory_update_conserves), CASE(memory_update_known_answer),
          CASE(ef_sign_known_answer), CASE(ef_sign_all_sizes), CASE(ef_sign_magnitudes), CASE(ef_sign_accumulates),
          CASE(memory_add_in_slices), CASE(memory_errors), CASE(memory_empty))
