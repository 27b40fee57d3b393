/* SPDX-License-Identifier: MIT
 * Random inputs of the discrete tests, as sealed test buffers of exactly their size.
 */
#ifndef INPUTS_H
#define INPUTS_H

#include "oracle_discrete.h"
#include "test.h"

/* All sizes around the edges of bytes, words and tiles. */
#define FOR_EACH_SIZE(d) for (size_t d = 0; d <= 4097; d += d == 200 ? 3895 : 1)

static inline medsgd_real *input_buffer(size_t d) { return (medsgd_real *)test_buffer(d * sizeof(medsgd_real)); }
static inline uint64_t *words_buffer(size_t d) { return (uint64_t *)test_buffer(MEDSGD_WORDS(d) * sizeof(uint64_t)); }

/* d values of `make` (oracle_hostile or oracle_finite). */
static inline medsgd_real *input_reals(size_t d, medsgd_real make(uint64_t)) {
  medsgd_real *g = input_buffer(d);
  for (size_t j = 0; j < d; j++) g[j] = make(test_random());
  test_seal(g);
  return g;
}

/* m rows of d such values. */
static inline medsgd_real **input_rows(size_t m, size_t d, medsgd_real make(uint64_t)) {
  medsgd_real **rows = (medsgd_real **)test_buffer(m * sizeof *rows);
  for (size_t i = 0; i < m; i++) rows[i] = input_reals(d, make);
  return rows;
}
/* C does not convert T** to const T *const*; this says that it is meant. */
#define ROWS(rows) ((const medsgd_real *const *)(rows))

/* d random bits, the bits past d random too (a message from a stranger). */
static inline uint64_t *input_words(size_t d) {
  uint64_t *words = words_buffer(d), density = test_random();
  for (size_t i = 0; i < MEDSGD_WORDS(d); i++) {
    words[i] = test_random();
    if (density & 1) words[i] &= test_random();
    if (density & 2) words[i] |= test_random();
  }
  test_seal(words);
  return words;
}

static inline int same_real(medsgd_real a, medsgd_real b) {
  return oracle_bits(a) == oracle_bits(b) || (oracle_is_nan(a) && oracle_is_nan(b));
}
/* Equal in the documented order: -0 is 0. */
static inline int equal_real(medsgd_real a, medsgd_real b) {
  return oracle_is_nan(a) == oracle_is_nan(b) && oracle_key(a) == oracle_key(b);
}

#endif
