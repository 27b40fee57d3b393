/* SPDX-License-Identifier: MIT
 * Diagnostics and the adaptive rate against sums in long double. */
#include "fuzz.h"

static int near(double got, wide expected, wide size) { /* to rounding of the terms, whose sizes add up to `size` */
  if (expected != expected) return got != got;
  const wide error = (wide)got > expected ? (wide)got - expected : expected - (wide)got;
  return error <= size * 1e-11L + 0x1p-1060L || (expected > (wide)DBL_MAX && got > DBL_MAX);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  fuzz_begin(data, size);
  const size_t m = take_count(60), d = take_size(60);
  const double rho = take_double(), lipschitz = take_double();
  double out = 77;

  /* the vote's success */
  const double p = medsgd_vote_success(rho, m);
  if (rho >= 0 && rho <= 1) {
    const wide expected = oracle_vote_binomial((wide)rho, m);
    FUZZ_CHECK((wide)p - expected <= 1e-12L && expected - (wide)p <= 1e-12L && p >= 0 && p <= 1);
    FUZZ_CHECK(medsgd_vote_success(rho, 2 * m) == medsgd_vote_success(rho, 2 * m - 1));
  } else {
    FUZZ_CHECK(p != p);
  }
  FUZZ_CHECK(medsgd_vote_success(0.5, m) == 0.5 && medsgd_vote_success(rho, 0) != medsgd_vote_success(rho, 0));

  /* norms */
  real *const g = take_reals(d);
  double *const probability = new_doubles(d), *const sigma = new_doubles(d);
  int rho_ok = 1, sigma_ok = 1, finite = 1;
  for (size_t j = 0; j < d; j++) {
    probability[j] = take_double(), sigma[j] = take_double();
    rho_ok &= probability[j] >= 0 && probability[j] <= 1, sigma_ok &= sigma[j] >= 0 && sigma[j] <= DBL_MAX, finite &= oracle_is_finite(g[j]);
  }
  FUZZ_CHECK(medsgd_rho_norm(&out, g, probability, d, m) == (rho_ok ? MEDSGD_OK : MEDSGD_ERR_PARAM));
  if (rho_ok && finite) {
    wide sum = 0, terms = 0;
    for (size_t j = 0; j < d; j++) {
      const wide a = (wide)(g[j] < 0 ? -g[j] : g[j]);
      sum += (2 * oracle_vote_binomial((wide)probability[j], m) - 1) * a, terms += a;
    }
    if (terms < (wide)DBL_MAX) FUZZ_CHECK(near(out, sum, terms));
  }
  if (!rho_ok) FUZZ_CHECK(out == 77);
  out = 77;
  FUZZ_CHECK(medsgd_l12_norm(&out, g, sigma, d) == (sigma_ok ? MEDSGD_OK : MEDSGD_ERR_PARAM));
  if (sigma_ok && finite) {
    wide sum = 0;
    for (size_t j = 0; j < d; j++) {
      const wide a = (wide)(g[j] < 0 ? -g[j] : g[j]);
      if (a > 0) sum += a * (a / (a + sqrtl(3) * (wide)sigma[j]));
    }
    if (sum < (wide)DBL_MAX) FUZZ_CHECK(near(out, sum, sum));
  }
  if (!sigma_ok) FUZZ_CHECK(out == 77);

  /* the rate of sign descent and the gap between median and mean */
  const size_t workers = m % 9 + 1;
  real **const rows = take_rows(workers, d), *const work = new_reals(medsgd_median_work(workers)), *const column = new_reals(workers);
  const int rate_ok = lipschitz > 0 && lipschitz <= DBL_MAX;
  double rate = 77, gap = 77;
  FUZZ_CHECK(medsgd_adaptive_rate(&rate, ROWS(rows), workers, d, lipschitz) == (rate_ok || !d ? MEDSGD_OK : MEDSGD_ERR_PARAM));
  FUZZ_CHECK(medsgd_median_mean_gap(&gap, ROWS(rows), workers, d, work) == MEDSGD_OK);
  wide sum = 0, terms = 0, distance = 0, distance_terms = 0;
  int all_finite = 1;
  for (size_t j = 0; j < d; j++) {
    wide mean = 0, magnitude = 0;
    size_t differ = 0;
    for (size_t i = 0; i < workers; i++) {
      column[i] = rows[i][j];
      const wide x = oracle_is_finite(column[i]) ? (wide)column[i] : 0;
      all_finite &= oracle_is_finite(column[i]);
      mean += x / (wide)workers, magnitude += (x < 0 ? -x : x) / (wide)workers;
    }
    if ((mean < 0 ? -mean : mean) <= 1e-15L * magnitude) mean = 0; /* cancelled: its sign is rounding, its contribution none */
    for (size_t i = 0; i < workers; i++) {
      const int sign = oracle_is_finite(column[i]) ? oracle_sign(column[i]) : 0;
      differ += sign != (mean > 0) - (mean < 0);
    }
    sum += (mean < 0 ? -mean : mean) * (1 - 2 * (wide)differ / (wide)workers), terms += magnitude;
    if (!all_finite) continue;
    oracle_sort(column, workers);
    const wide median = (wide)oracle_midpoint(column[(workers - 1) / 2], column[workers / 2]);
    distance += median > mean ? median - mean : mean - median, distance_terms += magnitude;
  }
  const wide loose = sizeof(real) == 4 ? 0x1p-22L : 0;
  if (rate_ok && terms / (wide)lipschitz < (wide)DBL_MAX && terms < (wide)DBL_MAX) FUZZ_CHECK(rate == rate && near(rate, sum / (wide)lipschitz, terms / (wide)lipschitz * 1e3L));
  if (!rate_ok && d) FUZZ_CHECK(rate == 77);
  if (!all_finite) FUZZ_CHECK(gap > DBL_MAX);
  else if (distance_terms < (wide)DBL_MAX) FUZZ_CHECK(near(gap, distance, distance_terms * (1 + loose * 1e12L)));
  return fuzz_done();
}
