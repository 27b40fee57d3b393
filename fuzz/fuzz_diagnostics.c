/* SPDX-License-Identifier: MIT
 * Diagnostics and the adaptive rate against sums in long double; the order of the rows, scaling by powers of two; errors. */
#include "fuzz.h"

static int near(double got, wide expected, wide size) { /* to rounding of the terms, whose sizes add up to `size` */
  if (expected != expected) return got != got;
  const wide error = (wide)got > expected ? (wide)got - expected : expected - (wide)got;
  return error <= size * 1e-11L + 0x1p-1060L || (expected > (wide)DBL_MAX && got > DBL_MAX);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  fuzz_begin(data, size);
  const size_t m = take_count(60), d = 1 + take_size(take_byte() % 8 ? 59 : 599);
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
  /* any number of workers; beside 1/2, where it matters with many */
  const size_t many = (size_t)(take_bits(8) >> take_byte() % 64);
  const double off = (double)take_bits(2) / 32768 - 1, beside = 0.5 + (rho > 0.75 ? off / 2 : off / sqrt((double)many + 1));
  if (many && beside >= 0 && beside <= 1) {
    const double success = medsgd_vote_success(beside, many);
    FUZZ_CHECK(success >= 0 && success <= 1 && (beside < 0.5 ? success <= 0.5 : success >= 0.5));
    const wide expected = many < 100000 ? oracle_vote_quadrature((wide)beside, many) : (wide)success;
    FUZZ_CHECK((wide)success - expected <= 1e-12L && expected - (wide)success <= 1e-12L);
    const double other = medsgd_vote_success(1 - beside, many);
    if (1 - (1 - beside) == beside) FUZZ_CHECK(success + other - 1 <= 2e-12 && 1 - success - other <= 2e-12);
  }

  /* norms */
  real *const g = take_reals(d);
  const int valid = take_byte() % 8;
  double *const probability = new_doubles(d), *const sigma = new_doubles(d);
  int rho_ok = 1, sigma_ok = 1, finite = 1;
  for (size_t j = 0; j < d; j++) {
    probability[j] = valid ? (double)take_bits(2) / 65535 : take_double(), sigma[j] = take_double();
    if (valid && !(sigma[j] >= 0 && sigma[j] <= DBL_MAX)) sigma[j] = (double)take_byte();
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
  const uint8_t how = take_byte();
  const size_t workers = how % 16 == 0 ? 90 + take_count(20) : m % 9 + 1;
  const size_t columns = workers > 9 ? d % 8 + 1 : d;
  real **const rows = take_rows(workers, columns), *const work = new_reals(medsgd_median_work(workers)), *const column = new_reals(workers);
  const int rate_ok = lipschitz > 0 && lipschitz <= DBL_MAX;
  double rate = 77, gap = 77;
  FUZZ_CHECK(medsgd_adaptive_rate(&rate, ROWS(rows), workers, columns, lipschitz) == (rate_ok ? MEDSGD_OK : MEDSGD_ERR_PARAM));
  FUZZ_CHECK(medsgd_median_mean_gap(&gap, ROWS(rows), workers, columns, work) == MEDSGD_OK);
  double none = 77;
  FUZZ_CHECK(medsgd_adaptive_rate(NULL, ROWS(rows), workers, columns, 1) == MEDSGD_ERR_NULL);
  FUZZ_CHECK(medsgd_adaptive_rate(&none, NULL, workers, columns, 1) == MEDSGD_ERR_NULL);
  FUZZ_CHECK(medsgd_adaptive_rate(&none, ROWS(rows), 0, columns, 1) == MEDSGD_ERR_SIZE);
  FUZZ_CHECK(medsgd_median_mean_gap(NULL, ROWS(rows), workers, columns, work) == MEDSGD_ERR_NULL);
  FUZZ_CHECK(medsgd_median_mean_gap(&none, NULL, workers, columns, work) == MEDSGD_ERR_NULL);
  FUZZ_CHECK(medsgd_median_mean_gap(&none, ROWS(rows), workers, columns, NULL) == MEDSGD_ERR_NULL);
  FUZZ_CHECK(medsgd_median_mean_gap(&none, ROWS(rows), 0, columns, work) == MEDSGD_ERR_SIZE);
  FUZZ_CHECK(medsgd_median_mean_gap(&none, ROWS(rows), SIZE_MAX / 8, columns, work) == MEDSGD_ERR_SIZE);
  FUZZ_CHECK(medsgd_rho_norm(NULL, g, probability, d, m) == MEDSGD_ERR_NULL && medsgd_rho_norm(&none, NULL, probability, d, m) == MEDSGD_ERR_NULL);
  FUZZ_CHECK(medsgd_rho_norm(&none, g, NULL, d, m) == MEDSGD_ERR_NULL && medsgd_rho_norm(&none, g, probability, d, 0) == MEDSGD_ERR_SIZE);
  FUZZ_CHECK(medsgd_l12_norm(NULL, g, sigma, d) == MEDSGD_ERR_NULL && medsgd_l12_norm(&none, NULL, sigma, d) == MEDSGD_ERR_NULL);
  FUZZ_CHECK(medsgd_l12_norm(&none, g, NULL, d) == MEDSGD_ERR_NULL);
  real *const last = rows[workers - 1];
  rows[workers - 1] = NULL;
  FUZZ_CHECK(medsgd_adaptive_rate(&none, ROWS(rows), workers, columns, 1) == MEDSGD_ERR_NULL);
  FUZZ_CHECK(medsgd_median_mean_gap(&none, ROWS(rows), workers, columns, work) == MEDSGD_ERR_NULL && none == 77);
  rows[workers - 1] = last;
  sigma[0] = HUGE_VAL;
  FUZZ_CHECK(medsgd_l12_norm(&none, g, sigma, d) == MEDSGD_ERR_PARAM && none == 77);
  FUZZ_CHECK(medsgd_adaptive_rate(&none, ROWS(rows), workers, columns, HUGE_VAL) == MEDSGD_ERR_PARAM && none == 77);
  FUZZ_CHECK(medsgd_rho_norm(NULL, NULL, NULL, 0, m) == MEDSGD_OK && medsgd_l12_norm(NULL, NULL, NULL, 0) == MEDSGD_OK);
  FUZZ_CHECK(medsgd_adaptive_rate(NULL, NULL, workers, 0, 1) == MEDSGD_OK);
  FUZZ_CHECK(medsgd_median_mean_gap(NULL, NULL, workers, 0, NULL) == MEDSGD_OK);
  FUZZ_CHECK(medsgd_rho_norm(&none, NULL, NULL, 0, m) == MEDSGD_OK && none == 0);
  none = 77;
  FUZZ_CHECK(medsgd_l12_norm(&none, NULL, NULL, 0) == MEDSGD_OK && none == 0);
  none = 77;
  FUZZ_CHECK(medsgd_adaptive_rate(&none, NULL, workers, 0, lipschitz) == MEDSGD_OK && none == 0);
  none = 77;
  FUZZ_CHECK(medsgd_median_mean_gap(&none, NULL, workers, 0, NULL) == MEDSGD_OK && none == 0);
  wide sum = 0, terms = 0, distance = 0, distance_terms = 0;
  int all_finite = 1;
  for (size_t j = 0; j < columns; j++) {
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
  if (!rate_ok) FUZZ_CHECK(rate == 77);
  if (!all_finite) FUZZ_CHECK(gap > DBL_MAX);
  else if (distance_terms < (wide)DBL_MAX) FUZZ_CHECK(near(gap, distance, distance_terms * (1 + loose * 1e12L)));

  /* rows in another order and scaled: the same sums but for rounding */
  if (all_finite && terms > 1e-20L && terms < 1e20L) {
    const real power = take_power(20);
    real **const turned = (real **)fuzz_buffer(workers * sizeof *turned);
    int exact = 1;
    for (size_t i = 0; i < workers; i++) {
      turned[i] = new_reals(columns);
      for (size_t j = 0; j < columns; j++) {
        turned[i][j] = rows[(i + 1) % workers][j] * power;
        exact &= turned[i][j] / power == rows[(i + 1) % workers][j]; /* an underflow to 0 would change a sign */
      }
    }
    double other = 77;
    FUZZ_CHECK(medsgd_median_mean_gap(&other, ROWS(turned), workers, columns, work) == MEDSGD_OK);
    FUZZ_CHECK(near(other / (double)power, (wide)gap, distance_terms * (1 + loose * 1e12L)));
    if (exact && rate_ok && lipschitz > 1e-20 && lipschitz < 1e20) {
      FUZZ_CHECK(medsgd_adaptive_rate(&other, ROWS(turned), workers, columns, lipschitz) == MEDSGD_OK);
      FUZZ_CHECK(near(other / (double)power, (wide)rate, terms / (wide)lipschitz * 1e3L));
    }
  }
  return fuzz_done();
}
