/* SPDX-License-Identifier: MIT
 * Noise: each variate inverts its distribution function at the word of its position; slices agree with the whole at any
 * position, the variate does not depend on g, d or b, b scales it; the largest magnitude; errors. */
#include "fuzz.h"

/* |xi| > |x| with the probability (n + 1/2) / 2^31, n the low bits of its word and the top bit its sign. */
static int is_variate(real x, medsgd_noise kind, uint32_t word) {
  const wide p = ((wide)(word & 0x7FFFFFFFu) + 0.5L) * 0x1p-31L, a = x < 0 ? -(wide)x : (wide)x;
  if ((x < 0) != (word >> 31 != 0)) return 0;
  if (kind == MEDSGD_UNIFORM) {
    const wide error = a - sqrtl(3) * p;
    return error <= 2e-7L && -error <= 2e-7L;
  }
  const wide near = 1.1e-6L * a + 0x1p-31L;
  return 2 * oracle_noise_cdf(kind, -(a + near)) <= p && p <= 2 * oracle_noise_cdf(kind, -(a - near));
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  fuzz_begin(data, size);
  static const real bound[3] = {(real)6.35, (real)15.8, (real)1.7321};
  const size_t d = take_size(300), cut = take_size(d);
  const unsigned kind = take_byte() % 3;
  const medsgd_noise noise = (medsgd_noise)kind;
  const medsgd_stream stream = take_stream();
  const uint64_t first = take_byte() & 1 ? take_bits(8) : (uint64_t)0 - take_bits(2); /* the end of the positions, too */
  const real b = take_real();
  const real *const g = take_reals(d);
  real *const whole = copy_reals(g, d), *const slices = copy_reals(g, d), *const unit = new_reals(d);
  const int valid = oracle_is_finite(b) && b >= 0;

  for (size_t j = 0; j < d; j++) unit[j] = 0;
  FUZZ_CHECK(medsgd_perturb(unit, d, 1, noise, stream, first) == MEDSGD_OK);
  for (size_t j = 0; j < d; j++) {
    FUZZ_CHECK(unit[j] >= -bound[kind] && unit[j] <= bound[kind] && unit[j] != 0);
    if (j % 7 == cut % 7) FUZZ_CHECK(is_variate(unit[j], noise, random_word(stream, kind + 1, first + j)));
  }
  FUZZ_CHECK(medsgd_perturb(whole, d, b, noise, stream, first) == (valid || !d ? MEDSGD_OK : MEDSGD_ERR_PARAM));
  for (size_t j = 0; j < d; j++) {
    const real scaled = b * unit[j];
    FUZZ_CHECK(same(whole[j], valid ? g[j] + scaled : g[j]));
  }
  if (valid) {
    FUZZ_CHECK(medsgd_perturb(slices + cut, d - cut, b, noise, stream, first + cut) == MEDSGD_OK);
    FUZZ_CHECK(medsgd_perturb(slices, cut, b, noise, stream, first) == MEDSGD_OK && same_all(slices, whole, d));
  }
  if (d) {
    real *const r = copy_reals(g, d);
    FUZZ_CHECK(medsgd_perturb(NULL, d, 1, noise, stream, first) == MEDSGD_ERR_NULL);
    FUZZ_CHECK(medsgd_perturb(r, d, 1, (medsgd_noise)3, stream, first) == MEDSGD_ERR_PARAM);
    FUZZ_CHECK(medsgd_perturb(r, d, -1, noise, stream, first) == MEDSGD_ERR_PARAM);
    FUZZ_CHECK(medsgd_perturb(r, d, oracle_inf(), noise, stream, first) == MEDSGD_ERR_PARAM);
    FUZZ_CHECK(medsgd_perturb(r, d, oracle_nan(), noise, stream, first) == MEDSGD_ERR_PARAM && same_all(r, g, d));
  } else {
    FUZZ_CHECK(medsgd_perturb(NULL, 0, b, noise, stream, first) == MEDSGD_OK);
  }

  real largest = 0;
  for (size_t j = 0; j < d; j++) {
    const real a = g[j] < 0 ? -g[j] : g[j];
    if (a > largest) largest = a;
  }
  FUZZ_CHECK(medsgd_absmax(g, d) == largest && medsgd_absmax(NULL, d) == 0);
  const real head = medsgd_absmax(g, cut), tail = medsgd_absmax(g + cut, d - cut);
  FUZZ_CHECK((head > tail ? head : tail) == largest);
  return fuzz_done();
}
