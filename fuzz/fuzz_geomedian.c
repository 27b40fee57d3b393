/* SPDX-License-Identifier: MIT
 * Geometric median: the certificate against an independent solver, the combination behind y, ranges, excluded rows, breakdown (fewer than
 * half of the rows arbitrary: y stays near the honest ones), scaling by powers of two, errors. */
#include "fuzz.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  fuzz_begin(data, size);
  const size_t m = take_count(12), d = 1 + take_size(19);
  const int weighted = take_byte() & 1, tame = take_byte() & 3, scale = (int)(take_byte() % 61) - 30;
  medsgd_geomedian_options options;
  options.tolerance = tame ? 1e-6 : take_double(), options.max_iterations = tame ? 2000 : take_size(40);
  real **const rows = take_rows(m, d), *const weights = take_reals(m);
  /* ordinary rows most of the time: small numbers and their like, with up to a minority of anything */
  const size_t arbitrary = tame == 1 ? take_size((m - 1) / 2) : tame ? 0 : m;
  for (size_t i = arbitrary; i < m; i++)
    for (size_t j = 0; j < d; j++) if (!(rows[i][j] >= -1000 && rows[i][j] <= 1000)) rows[i][j] = (real)((i * 7 + j * 3) % 11);
  int weights_ok = 1, positive = 0, usable = 0;
  for (size_t i = 0; i < m; i++) {
    if (tame) weights[i] = weights[i] > 0 && weights[i] < 100 ? weights[i] : 1;
    weights_ok &= oracle_is_finite(weights[i]) && weights[i] >= 0, positive |= weights[i] > 0;
  }
  options.weights = weighted ? weights : NULL;
  size_t excluded = 0;
  uint8_t kept[16];
  for (size_t i = 0; i < m; i++) {
    kept[i] = 1;
    for (size_t j = 0; j < d; j++) kept[i] &= (uint8_t)oracle_is_finite(rows[i][j]);
    excluded += !kept[i], usable |= kept[i] && (!weighted || weights[i] > 0);
  }
  real *const y = new_reals(d), *const tile = new_reals(medsgd_median_work(m));
  double *const coefficients = new_doubles(m), *const work = new_doubles(medsgd_geomedian_work(m));
  medsgd_geomedian_result result;
  memset(&result, 0xA5, sizeof result);
  const int status = medsgd_geomedian(y, ROWS(rows), m, d, &options, &result, coefficients, tile, work);
  const int options_ok = options.tolerance >= 0 && options.tolerance <= DBL_MAX && options.max_iterations >= 1 && (!weighted || (weights_ok && positive));
  if (!options_ok || !usable) {
    FUZZ_CHECK(status == (options_ok ? MEDSGD_ERR_DATA : MEDSGD_ERR_PARAM));
    FUZZ_CHECK(untouched(y, d * sizeof(real)) && untouched(coefficients, m * sizeof(double)) && untouched(&result, sizeof result));
    return fuzz_done();
  }
  FUZZ_CHECK(status == MEDSGD_OK || status == MEDSGD_NOT_CONVERGED);
  FUZZ_CHECK(result.excluded == excluded && result.iterations <= options.max_iterations && result.gap >= 0 && result.objective >= 0);
  double sum = 0;
  for (size_t i = 0; i < m; i++) {
    FUZZ_CHECK(coefficients[i] >= 0 && coefficients[i] <= 1 && (kept[i] || coefficients[i] == 0));
    sum += coefficients[i];
  }
  FUZZ_CHECK(sum > 1 - 1e-12 && sum < 1 + 1e-12);
  for (size_t j = 0; j < d; j++) FUZZ_CHECK(oracle_is_finite(y[j]));
  if (!tame) return fuzz_done(); /* the solver of the oracle is for numbers of one scale */

  /* y is the rounding of the combination; the certificate holds against the oracle's optimum */
  wide *const x = (wide *)fuzz_buffer(m * d * sizeof(wide)), *const w = (wide *)fuzz_buffer(m * sizeof(wide));
  wide *const best = (wide *)fuzz_buffer(d * sizeof(wide)), *const point = (wide *)fuzz_buffer(d * sizeof(wide));
  size_t n = 0;
  wide total = 0, range = 0;
  for (size_t j = 0; j < d; j++) point[j] = 0;
  for (size_t i = 0; i < m; i++) {
    if (!kept[i]) continue;
    for (size_t j = 0; j < d; j++) {
      x[n * d + j] = (wide)rows[i][j], point[j] += (wide)coefficients[i] * (wide)rows[i][j];
      if (i >= arbitrary && (wide)rows[i][j] > range) range = (wide)rows[i][j];
      if (i >= arbitrary && -(wide)rows[i][j] > range) range = -(wide)rows[i][j];
    }
    total += w[n] = weighted ? (wide)weights[i] : 1, n++;
  }
  if (arbitrary == 0) {
    const wide bound = oracle_geo_solve(best, x, w, n, d), excess = oracle_geo_excess(point, best, x, w, n, d);
    (void)bound;
    FUZZ_CHECK(excess <= (wide)result.gap + 1e-13L * total * range);
    const wide objective = oracle_geo_objective(point, x, w, n, d);
    FUZZ_CHECK(objective - (wide)result.objective <= 1e-11L * objective && (wide)result.objective - objective <= 1e-11L * objective);
    const wide radius = oracle_geo_radius(point, x, w, n, d);
    if (status == MEDSGD_OK) FUZZ_CHECK((wide)result.gap <= (wide)options.tolerance * total * radius * 1.0001L + 1e-13L * total * range);
    /* doubling and halving change nothing but the scale, where nothing rounds */
    real *const scaled_y = new_reals(d);
    real **const scaled = (real **)fuzz_buffer(m * sizeof *scaled);
    real power = 1;
    for (int s = 0; s < (scale < 0 ? -scale : scale); s++) power *= scale < 0 ? (real)0.5 : 2;
    int exact = 1;
    for (size_t i = 0; i < m; i++) {
      scaled[i] = new_reals(d);
      for (size_t j = 0; j < d; j++) scaled[i][j] = rows[i][j] * power, exact &= scaled[i][j] / power == rows[i][j];
    }
    if (exact) {
      medsgd_geomedian_result other;
      FUZZ_CHECK(medsgd_geomedian(scaled_y, ROWS(scaled), m, d, &options, &other, NULL, tile, work) == status);
      for (size_t j = 0; j < d; j++) {
        const wide error = (wide)scaled_y[j] / (wide)power - (wide)y[j], allowed = 1e-3L * radius + 1e-6L * range;
        FUZZ_CHECK(error <= allowed && -error <= allowed);
      }
    }
  } else if (!weighted) { /* breakdown: within a ball around the honest rows, however far the minority is (Lopuhaa and Rousseeuw 1991) */
    const wide share = (wide)(n - (n - arbitrary < n ? n - arbitrary : 0)), honest = (wide)n - share;
    if (honest > share && excluded == 0) {
      const wide radius = range * sqrtl((wide)d) * (1 + 2 * honest / (honest - share)) + 1;
      wide norm = 0;
      for (size_t j = 0; j < d; j++) norm += (wide)y[j] * (wide)y[j];
      FUZZ_CHECK(sqrtl(norm) <= 2 * radius);
    }
  }
  real *const fresh = new_reals(d);
  FUZZ_CHECK(medsgd_geomedian(fresh, ROWS(rows), 0, d, NULL, NULL, NULL, tile, work) == MEDSGD_ERR_SIZE);
  FUZZ_CHECK(medsgd_geomedian(fresh, ROWS(rows), m, d, NULL, NULL, NULL, NULL, work) == MEDSGD_ERR_NULL && medsgd_geomedian(fresh, ROWS(rows), m, d, NULL, NULL, NULL, tile, NULL) == MEDSGD_ERR_NULL);
  FUZZ_CHECK(medsgd_geomedian(fresh, NULL, m, d, NULL, NULL, NULL, tile, work) == MEDSGD_ERR_NULL && untouched(fresh, d * sizeof(real)));
  return fuzz_done();
}
