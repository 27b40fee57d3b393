/* SPDX-License-Identifier: MIT
 * Noise: slices agree with the whole at any position, the variate does not depend on g, d or b, it is bounded, b scales it; errors. */
#include "fuzz.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  fuzz_begin(data, size);
  static const real bound[3] = {(real)6.35, (real)15.8, (real)1.7321};
  const size_t d = take_size(300), cut = take_size(d);
  const unsigned kind = take_byte() % 3;
  const medsgd_noise noise = (medsgd_noise)kind;
  const medsgd_stream stream = take_stream();
  const uint64_t first = take_byte() & 1 ? take_bits(8) : (uint64_t)0 - take_bits(2);
  const real b = take_real();
  const real *const g = take_reals(d);
  real *const whole = copy_reals(g, d), *const slices = copy_reals(g, d), *const unit = new_reals(d);
  const int valid = oracle_is_finite(b) && b >= 0;

  for (size_t j = 0; j < d; j++) unit[j] = 0;
  FUZZ_CHECK(medsgd_perturb(unit, d, 1, noise, stream, first) == MEDSGD_OK);
  for (size_t j = 0; j < d; j++) {
    FUZZ_CHECK(unit[j] >= -bound[kind] && unit[j] <= bound[kind] && unit[j] != 0);
    real alone = 0;
    FUZZ_CHECK(medsgd_perturb(&alone, 1, 1, noise, stream, first + j) == MEDSGD_OK && same(alone, unit[j]));
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
    FUZZ_CHECK(medsgd_perturb(NULL, d, 1, noise, stream, first) == MEDSGD_ERR_NULL);
    FUZZ_CHECK(medsgd_perturb(slices, d, 1, (medsgd_noise)3, stream, first) == MEDSGD_ERR_PARAM && (!valid || same_all(slices, whole, d)));
  }

  real largest = 0;
  for (size_t j = 0; j < d; j++) {
    const real a = g[j] < 0 ? -g[j] : g[j];
    if (a > largest) largest = a;
  }
  FUZZ_CHECK(medsgd_absmax(g, d) == largest);
  return fuzz_done();
}
