/* SPDX-License-Identifier: MIT
 * Norms against long double and scaled by powers of two, momentum element by element, the stochastic sign against its coins
 * in long double, slices, errors. */
#include "fuzz.h"

static int near_norm(double got, wide expected, size_t d) { /* what the header promises, and the reference's own rounding */
  if (expected != expected) return got != got;
  const wide relative = ((wide)d / 512 + 34) * 0x1p-53L;
  if (expected > (wide)DBL_MAX) return got > DBL_MAX || (wide)got > expected * (1 - relative);
  if (got > DBL_MAX) return expected > (wide)DBL_MAX * (1 - relative);
  const wide error = (wide)got > expected ? (wide)got - expected : expected - (wide)got;
  return error <= expected * relative + 0x1p-1074L;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  fuzz_begin(data, size);
  const size_t d = take_byte() % 8 ? take_size(300) : 450 + take_size(700), cut = take_size(d / 64) * 64;
  const medsgd_stream stream = take_stream();
  const uint64_t first = take_byte() & 1 ? take_bits(8) : (uint64_t)0 - take_bits(2);
  const real beta = take_byte() & 1 ? (real)take_byte() / 128 : take_real(), power = take_power(60);
  const double asked = take_double();
  const real *const g = take_reals(d);
  real *const m = take_reals(d), *const before = copy_reals(m, d), *const halves = copy_reals(m, d);

  /* norms */
  const double norm1 = medsgd_norm1(g, d), norm2 = medsgd_norm2(g, d);
  FUZZ_CHECK(near_norm(norm1, oracle_norm1(g, d), d) && near_norm(norm2, oracle_norm2(g, d), d));
  real *const scaled = new_reals(d);
  int exact = 1;
  for (size_t j = 0; j < d; j++) scaled[j] = g[j] * power, exact &= scaled[j] / power == g[j] || oracle_is_nan(g[j]);
  if (exact) {
    FUZZ_CHECK(near_norm(medsgd_norm1(scaled, d), oracle_norm1(g, d) * (wide)power, d));
    FUZZ_CHECK(near_norm(medsgd_norm2(scaled, d), oracle_norm2(g, d) * (wide)power, d));
  }
  FUZZ_CHECK(d ? medsgd_norm1(NULL, d) != medsgd_norm1(NULL, d) : medsgd_norm1(NULL, d) == 0);
  FUZZ_CHECK(d ? medsgd_norm2(NULL, d) != medsgd_norm2(NULL, d) : medsgd_norm2(NULL, d) == 0);

  /* momentum */
  const int valid = beta >= 0 && beta <= 1;
  FUZZ_CHECK(medsgd_momentum(m, g, d, beta) == (valid || !d ? MEDSGD_OK : MEDSGD_ERR_PARAM));
  for (size_t j = 0; j < d; j++) {
    const real rest = (real)1 - beta, kept = beta * before[j], taken = rest * g[j];
    FUZZ_CHECK(same(m[j], valid ? kept + taken : before[j]));
  }
  if (valid) {
    FUZZ_CHECK(medsgd_momentum(halves + cut, g + cut, d - cut, beta) == MEDSGD_OK);
    FUZZ_CHECK(medsgd_momentum(halves, g, cut, beta) == MEDSGD_OK && same_all(halves, m, d));
  }

  /* the stochastic sign */
  const uint8_t how = take_byte();
  const double norm = how & 3 ? norm2 : how & 4 ? 0 : asked;
  uint64_t *const neg = new_words(d), *const zero = new_words(d), *const pieces = new_words(d);
  const int good = norm >= 0 && norm <= DBL_MAX;
  const int status = medsgd_stochastic_sign(neg, zero, g, d, norm, stream, first);
  FUZZ_CHECK(status == (good || !d ? MEDSGD_OK : MEDSGD_ERR_PARAM));
  if (status == MEDSGD_OK && d) {
    FUZZ_CHECK(oracle_padding_clear(neg, d) && oracle_padding_clear(zero, d));
    for (size_t j = 0; j < d; j++) {
      FUZZ_CHECK(oracle_bit(zero, j) == (norm == 0));
      if (norm == 0) {
        FUZZ_CHECK(!oracle_bit(neg, j));
        continue;
      }
      if ((double)g[j] >= norm) FUZZ_CHECK(!oracle_bit(neg, j));
      if ((double)g[j] <= -norm) FUZZ_CHECK(oracle_bit(neg, j));
      if (j % 3) continue;
      /* +1 where the coin, one of 2^48, falls below 1/2 + g/(2 norm); where rounding decides, either */
      const uint64_t p = first + j;
      const uint32_t word = random_word(stream, 4, p / 128 * 64 + p % 64);
      const wide coin = (wide)(p % 128 < 64 ? word & 0xFFFF : word >> 16) + ((wide)random_word(stream, 7, p) + 0.5L) * 0x1p-32L;
      const wide share = oracle_is_nan(g[j]) ? 0 : (wide)g[j] / (wide)norm;
      const wide margin = 0x1p15L * (share > 2 ? 2 : share < -2 ? -2 : share) - (coin - 0x1p15L);
      if (margin > 1e-10L || margin < -1e-10L) FUZZ_CHECK(oracle_bit(neg, j) == (margin < 0));
    }
    if (norm > 0) {
      FUZZ_CHECK(medsgd_stochastic_sign(pieces, NULL, g, cut, norm, stream, first) == MEDSGD_OK);
      FUZZ_CHECK(medsgd_stochastic_sign(pieces + cut / 64, NULL, g + cut, d - cut, norm, stream, first + cut) == MEDSGD_OK);
      FUZZ_CHECK(memcmp(pieces, neg, MEDSGD_WORDS(d) * 8) == 0);
    }
  } else {
    FUZZ_CHECK(untouched_words(neg, d) && untouched_words(zero, d));
  }

  if (d) {
    uint64_t *const w = new_words(d);
    real *const r = new_reals(d);
    FUZZ_CHECK(medsgd_stochastic_sign(w, NULL, g, d, 0, stream, first) == MEDSGD_ERR_PARAM);
    FUZZ_CHECK(medsgd_stochastic_sign(w, NULL, g, d, -1, stream, first) == MEDSGD_ERR_PARAM);
    FUZZ_CHECK(medsgd_stochastic_sign(w, NULL, g, d, HUGE_VAL, stream, first) == MEDSGD_ERR_PARAM);
    FUZZ_CHECK(medsgd_stochastic_sign(NULL, w, g, d, 1, stream, first) == MEDSGD_ERR_NULL);
    FUZZ_CHECK(medsgd_stochastic_sign(w, NULL, NULL, d, 1, stream, first) == MEDSGD_ERR_NULL);
    FUZZ_CHECK(medsgd_momentum(NULL, g, d, 0) == MEDSGD_ERR_NULL && medsgd_momentum(r, NULL, d, 0) == MEDSGD_ERR_NULL);
    FUZZ_CHECK(untouched_words(w, d) && untouched(r, d * sizeof(real)));
  } else {
    FUZZ_CHECK(medsgd_stochastic_sign(NULL, NULL, NULL, 0, norm, stream, first) == MEDSGD_OK);
    FUZZ_CHECK(medsgd_momentum(NULL, NULL, 0, beta) == MEDSGD_OK);
  }
  return fuzz_done();
}
