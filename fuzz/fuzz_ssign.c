/* SPDX-License-Identifier: MIT
 * Norms against long double, momentum element by element, the stochastic sign: certain where it must be, slices, monotone in g, errors. */
#include "fuzz.h"

static int near_norm(double got, wide expected) {
  if (expected != expected) return got != got;
  if (expected > (wide)DBL_MAX * (1 + 0x1p-54L)) return got > DBL_MAX;
  const wide error = (wide)got > expected ? (wide)got - expected : expected - (wide)got;
  return error <= expected * 0x1p-46L + 0x1p-1074L;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  fuzz_begin(data, size);
  const size_t d = take_size(300), cut = d ? take_size(d / 64) * 64 : 0;
  const medsgd_stream stream = take_stream();
  const uint64_t first = take_bits(take_byte() & 1 ? 8 : 2);
  const real beta = take_real();
  const double asked = take_double();
  const real *const g = take_reals(d);
  real *const m = take_reals(d), *const before = copy_reals(m, d);

  FUZZ_CHECK(near_norm(medsgd_norm1(g, d), oracle_norm1(g, d)));
  FUZZ_CHECK(near_norm(medsgd_norm2(g, d), oracle_norm2(g, d)));

  const int valid = beta >= 0 && beta <= 1;
  FUZZ_CHECK(medsgd_momentum(m, g, d, beta) == (valid || !d ? MEDSGD_OK : MEDSGD_ERR_PARAM));
  for (size_t j = 0; j < d; j++) {
    const real rest = (real)1 - beta, kept = beta * before[j], taken = rest * g[j];
    FUZZ_CHECK(same(m[j], valid ? kept + taken : before[j]));
  }

  const double norm = take_byte() & 1 ? medsgd_norm2(g, d) : asked;
  uint64_t *const neg = new_words(d), *const zero = new_words(d), *const chunks = new_words(d);
  const int good = norm >= 0 && norm <= DBL_MAX;
  const int status = medsgd_stochastic_sign(neg, zero, g, d, norm, stream, first);
  FUZZ_CHECK(status == (good || !d ? MEDSGD_OK : MEDSGD_ERR_PARAM));
  if (status == MEDSGD_OK) {
    FUZZ_CHECK(oracle_padding_clear(neg, d) && oracle_padding_clear(zero, d));
    real *const up = copy_reals(g, d);
    for (size_t j = 0; j < d; j++) {
      FUZZ_CHECK(oracle_bit(zero, j) == (norm == 0));
      if (norm == 0) FUZZ_CHECK(!oracle_bit(neg, j));
      else if ((double)g[j] >= norm) FUZZ_CHECK(!oracle_bit(neg, j));
      else if ((double)g[j] <= -norm) FUZZ_CHECK(oracle_bit(neg, j));
      if (!oracle_is_nan(g[j])) up[j] = g[j] / 2 + (real)(norm < 1e30 ? norm : 1e30) / 4 > g[j] ? g[j] / 2 + (real)(norm < 1e30 ? norm : 1e30) / 4 : g[j];
    }
    if (norm > 0) { /* a larger entry can only turn a sign up: both look at the same coin */
      FUZZ_CHECK(medsgd_stochastic_sign(chunks, NULL, up, d, norm, stream, first) == MEDSGD_OK);
      for (size_t j = 0; j < d; j++) FUZZ_CHECK(!(oracle_bit(chunks, j) && !oracle_bit(neg, j)));
      FUZZ_CHECK(medsgd_stochastic_sign(chunks, NULL, g, cut, norm, stream, first) == MEDSGD_OK);
      FUZZ_CHECK(medsgd_stochastic_sign(chunks + cut / 64, NULL, g + cut, d - cut, norm, stream, first + cut) == MEDSGD_OK);
      FUZZ_CHECK(memcmp(chunks, neg, MEDSGD_WORDS(d) * 8) == 0);
    }
  } else {
    FUZZ_CHECK(untouched_words(neg, d) && untouched_words(zero, d));
  }
  if (d) {
    uint64_t *const w = new_words(d);
    FUZZ_CHECK(medsgd_stochastic_sign(w, NULL, g, d, 0, stream, first) == MEDSGD_ERR_PARAM);
    FUZZ_CHECK(medsgd_stochastic_sign(NULL, w, g, d, 1, stream, first) == MEDSGD_ERR_NULL && medsgd_stochastic_sign(w, NULL, NULL, d, 1, stream, first) == MEDSGD_ERR_NULL);
    FUZZ_CHECK(medsgd_momentum(NULL, g, d, 0) == MEDSGD_ERR_NULL && untouched_words(w, d));
  }
  return fuzz_done();
}
