/* SPDX-License-Identifier: MIT
 * Geometric median: the certificate against an independent solver and against the rows themselves, the combination behind y,
 * ranges, excluded rows; the same for the rows in another order, scaled by a power of two, and translated where that is exact;
 * breakdown (fewer than half of the weight arbitrary: y stays near the others, by a bound that is a theorem); errors. */
#include "fuzz.h"

/* A case, and the points to beat: `best` is near the optimum, in the frame of x. */
typedef struct problem {
  size_t m, d, excluded;
  const medsgd_geomedian_options *options;
  const uint8_t *kept; /* whether a row is finite                  */
  const wide *x, *w;   /* the rows, zeros for those excluded       */
  const wide *best;    /* null: none                               */
  wide total;
  int converges;       /* MEDSGD_NOT_CONVERGED would be a finding  */
} problem;

static wide size_of(wide a) { return a < 0 ? -a : a; }

/* Runs the header on rows = power * x + shift, in the order order[i], and checks all that is promised. */
static void check_answer(const problem *p, const real *const rows[], const size_t *order, wide power, wide shift) {
  const size_t m = p->m, d = p->d;
  real *const y = new_reals(d), *const tile = new_reals(medsgd_median_work(m));
  double *const coefficients = new_doubles(m), *const work = new_doubles(medsgd_geomedian_work(m));
  medsgd_geomedian_result result;
  const int status = medsgd_geomedian(y, rows, m, d, p->options, &result, coefficients, tile, work);
  FUZZ_CHECK(status == MEDSGD_OK || status == MEDSGD_NOT_CONVERGED);
  FUZZ_CHECK(!p->converges || status == MEDSGD_OK);
  const size_t limit = p->options ? p->options->max_iterations : 1000;
  FUZZ_CHECK(result.excluded == p->excluded && result.iterations <= limit);
  FUZZ_CHECK(result.gap >= 0 && result.objective >= 0);

  /* the combination */
  wide *const point = (wide *)fuzz_buffer(d * sizeof(wide)), sum = 0, reach = 0;
  for (size_t j = 0; j < d; j++) point[j] = 0;
  for (size_t i = 0; i < m; i++) {
    const size_t from = order[i];
    FUZZ_CHECK(coefficients[i] >= 0 && coefficients[i] <= 1);
    FUZZ_CHECK((p->kept[from] && p->w[from] > 0) || coefficients[i] == 0);
    sum += (wide)coefficients[i];
    wide size = 0;
    for (size_t j = 0; j < d; j++) {
      const wide term = (wide)coefficients[i] * p->x[from * d + j];
      point[j] += term;
      if (size_of(term) > size) size = size_of(term);
    }
    reach += size;
  }
  FUZZ_CHECK(size_of(sum - 1) <= 1e-13L);
  for (size_t j = 0; j < d; j++) {
    const wide there = power * point[j] + shift, error = size_of((wide)y[j] - there);
    const wide rounding = 1e-14L * (power * reach + size_of(shift)) + (sizeof(real) == 8 ? (wide)m * 0x1p-1074L : 0);
    FUZZ_CHECK(oracle_is_finite(y[j]) && error <= 0.5001L * (wide)oracle_ulp(y[j]) + rounding);
  }

  /* objective, gap and stopping rule; all in the frame of x */
  const wide radius = oracle_geo_radius(point, p->x, p->w, m, d); /* in double what is below 2^-100 of it may count as 0 */
  const wide slack = 1e-14L * p->total * sqrtl((wide)d) * (reach + size_of(shift) / power) +
                     (sizeof(real) == 8 ? 0x1p-100L : 0) * p->total * radius;
  const wide gap = (wide)result.gap / power, objective = oracle_geo_objective(point, p->x, p->w, m, d);
  if (objective < (wide)DBL_MAX / power * (1 - 1e-13L)) {
    FUZZ_CHECK(size_of(objective - (wide)result.objective / power) <= 1e-13L * objective + slack);
  }
  if (p->best) FUZZ_CHECK(oracle_geo_excess(point, p->best, p->x, p->w, m, d) <= gap + slack);
  for (size_t i = 0; i < m && i < 16; i++) {
    if (p->kept[i]) FUZZ_CHECK(oracle_geo_excess(point, p->x + i * d, p->x, p->w, m, d) <= gap + slack);
  }
  const wide tolerance = p->options ? (wide)p->options->tolerance : 1e-6L;
  const wide allowed = tolerance * p->total * radius * (1 + 1e-9L) + slack; /* a gap past DBL_MAX is infinite */
  if (status == MEDSGD_OK) FUZZ_CHECK(result.gap <= DBL_MAX ? gap <= allowed : allowed * power >= (wide)DBL_MAX);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  fuzz_begin(data, size);
  const uint8_t shape = take_byte(), how = take_byte();
  /* more than 128 rows take another path, and so do rows of 32768 coordinates */
  const int repeats = shape % 64 == 33; /* such long rows by few bytes: a short pattern, again and again */
  const size_t m = shape % 8 == 0 ? 110 + take_count(40) : take_count(repeats ? 16 : shape % 8 == 1 && shape % 64 != 25 ? 5 : 12);
  size_t d = 1 + take_size(shape % 64 == 0 ? 299 : shape % 8 == 0 ? 4 : shape % 64 == 1 ? 8499 : shape % 8 == 1 ? 599 : 19);
  if (shape % 64 == 25 || repeats) d += 32768;
  const unsigned style = how % 4; /* 0: all rows anything; 1: ordinary; 2: small integers; 3: near a line */
  const size_t arbitrary = style == 0 ? m : how & 4 ? take_size((m - 1) / 2) : 0;
  const size_t period = repeats ? take_count(8) : d;
  real **const rows = take_matrix(m, period, style, arbitrary), *const weights = take_vector(m, how & 8 ? 0 : 2);
  for (size_t i = 0; repeats && i < m; i++) {
    const real *const pattern = rows[i];
    rows[i] = new_reals(d);
    for (size_t j = 0; j < d; j++) rows[i][j] = pattern[j % period];
  }
  if (style == 3) { /* a common point, steps along a common direction, and noise of any size below them */
    const real *const from = take_vector(d, 1), *const along = take_vector(d, 1), noise = take_power(40);
    for (size_t i = arbitrary; i < m; i++) {
      const real t = (real)((int)(take_byte() % 17) - 8);
      for (size_t j = 0; j < d; j++) {
        rows[i][j] = from[j] + t * along[j] + (noise < 1 ? noise : 0) * oracle_ordinary(take_bits(2) * 0x9E3779B97F4A7C15u);
      }
    }
  }
  const int weighted = (how & 16) != 0;
  int weights_ok = 1, positive = 0, usable = 0;
  for (size_t i = 0; i < m; i++) {
    if (!(how & 8) && weights[i] <= 0) weights[i] = 1;
    weights_ok &= oracle_is_finite(weights[i]) && weights[i] >= 0, positive |= weights[i] > 0;
  }
  medsgd_geomedian_options options = {1e-6, 1000, NULL};
  if (weighted) options.weights = weights;
  if (how & 32) options.tolerance = take_byte() & 1 ? (double)take_power(40) : take_double();
  if (how & 64 || options.tolerance < 1e-9) options.max_iterations = take_size(30);
  if (m > 40 && options.max_iterations > 60) options.max_iterations = 60; /* an iteration costs m*m*m, or a pass */
  const medsgd_geomedian_options *const given = how & 96 || weighted || m > 40 ? &options : NULL;

  size_t excluded = 0;
  uint8_t *const kept = (uint8_t *)fuzz_buffer(m);
  wide *const x = (wide *)fuzz_buffer(m * d * sizeof(wide)), *const w = (wide *)fuzz_buffer(m * sizeof(wide)), total = 0;
  for (size_t i = 0; i < m; i++) {
    kept[i] = 1;
    for (size_t j = 0; j < d; j++) kept[i] &= (uint8_t)oracle_is_finite(rows[i][j]);
    for (size_t j = 0; j < d; j++) x[i * d + j] = kept[i] ? (wide)rows[i][j] : 0;
    excluded += !kept[i], usable |= kept[i] && (!weighted || weights[i] > 0);
    w[i] = !kept[i] ? 0 : weighted ? (wide)weights[i] : 1;
  }
  const int options_ok = options.tolerance >= 0 && options.tolerance <= DBL_MAX && options.max_iterations >= 1 &&
                         (!weighted || (weights_ok && positive));
  real *const fresh = new_reals(d), *const tile = new_reals(medsgd_median_work(m));
  double *const coefficients = new_doubles(m), *const work = new_doubles(medsgd_geomedian_work(m));
  medsgd_geomedian_result result;
  memset(&result, 0xA5, sizeof result);
  if (!options_ok || !usable) {
    FUZZ_CHECK(medsgd_geomedian(fresh, ROWS(rows), m, d, given, &result, coefficients, tile, work) ==
               (options_ok ? MEDSGD_ERR_DATA : MEDSGD_ERR_PARAM));
  } else {
    for (size_t i = 0; i < m; i++) total += w[i];
    size_t *const order = (size_t *)fuzz_buffer(m * sizeof(size_t)), turn = take_size(m - 1);
    wide *const best = (wide *)fuzz_buffer(d * sizeof(wide));
    real **const other = (real **)fuzz_buffer(m * sizeof *other);
    for (size_t i = 0; i < m; i++) order[i] = i;
    problem p = {m, d, excluded, given, kept, x, w, NULL, total, 0};
    wide hostile = 0; /* their weight; without an honest majority, or in double where they may come as close as 1e-300, no promise */
    for (size_t i = 0; i < arbitrary; i++) hostile += w[i];
    p.converges = m <= 128 && options.tolerance >= 1e-6 && options.max_iterations >= 1000 && !(how & 8) &&
                  (sizeof(real) == 4 ? hostile < total / 2 : arbitrary == 0);
    if (arbitrary == 0 && !(how & 8) && m * d <= 400) { /* the oracle's solver is for numbers of one scale */
      (void)oracle_geo_solve(best, x, w, m, d);
      p.best = best;
    }
    check_answer(&p, ROWS(rows), order, 1, 0);
    if (shape & 128 && !weighted) { /* another order (weights would have to turn, too) */
      for (size_t i = 0; i < m; i++) order[i] = (i + turn) % m, other[i] = rows[order[i]];
      check_answer(&p, ROWS(other), order, 1, 0);
    }
    if (shape & 64 && arbitrary == 0) { /* scaled and moved, where nothing rounds */
      const real power = take_power(60), shift = style == 2 ? (real)((int)take_size(4000) - 2000) * power : 0;
      int exact = 1;
      for (size_t i = 0; i < m; i++) {
        other[i] = new_reals(d), order[i] = i;
        for (size_t j = 0; j < d; j++) {
          other[i][j] = rows[i][j] * power + shift;
          exact &= (wide)other[i][j] == (wide)rows[i][j] * (wide)power + (wide)shift;
        }
      }
      if (exact) check_answer(&p, ROWS(other), order, (wide)power, (wide)shift);
    }
    /* H of the weight at norms up to R, B anywhere: objective(y) - objective(0) >= (H - B) |y| - 2 H R, and is at most the gap */
    medsgd_geomedian_result answer;
    real *const y = new_reals(d);
    FUZZ_CHECK(medsgd_geomedian(y, ROWS(rows), m, d, given, &answer, NULL, tile, work) >= 0);
    FUZZ_CHECK(medsgd_geomedian(fresh, ROWS(rows), m, d, given, NULL, coefficients, tile, work) >= 0);
    FUZZ_CHECK(same_all(y, fresh, d));
    memset(fresh, 0xA5, d * sizeof(real)), memset(coefficients, 0xA5, m * sizeof(double));
    wide honest = 0, bad = 0, range = 0, norm = 0;
    for (size_t i = 0; i < m; i++) {
      if (i < arbitrary) bad += w[i];
      else honest += w[i];
      wide square = 0;
      for (size_t j = 0; j < d; j++) square += x[i * d + j] * x[i * d + j];
      if (i >= arbitrary && sqrtl(square) > range) range = sqrtl(square);
    }
    for (size_t j = 0; j < d; j++) norm += (wide)y[j] * (wide)y[j];
    if (honest > bad) FUZZ_CHECK(sqrtl(norm) <= (2 * honest * range + (wide)answer.gap) / (honest - bad) * (1 + 1e-6L) + 0x1p-149L * (wide)d);
  }
  FUZZ_CHECK(medsgd_geomedian_work(0) == 0 && medsgd_geomedian_work(SIZE_MAX / 8) == 0);
  FUZZ_CHECK(medsgd_geomedian(fresh, ROWS(rows), 0, d, NULL, &result, coefficients, tile, work) == MEDSGD_ERR_SIZE);
  FUZZ_CHECK(medsgd_geomedian(fresh, ROWS(rows), SIZE_MAX / 8, d, NULL, &result, coefficients, tile, work) == MEDSGD_ERR_SIZE);
  FUZZ_CHECK(medsgd_geomedian(fresh, ROWS(rows), m, d, NULL, &result, coefficients, NULL, work) == MEDSGD_ERR_NULL);
  FUZZ_CHECK(medsgd_geomedian(fresh, ROWS(rows), m, d, NULL, &result, coefficients, tile, NULL) == MEDSGD_ERR_NULL);
  FUZZ_CHECK(medsgd_geomedian(fresh, NULL, m, d, NULL, &result, coefficients, tile, work) == MEDSGD_ERR_NULL);
  FUZZ_CHECK(medsgd_geomedian(NULL, ROWS(rows), m, d, NULL, &result, coefficients, tile, work) == MEDSGD_ERR_NULL);
  options.tolerance = HUGE_VAL, options.max_iterations = 1, options.weights = NULL;
  FUZZ_CHECK(medsgd_geomedian(fresh, ROWS(rows), m, d, &options, &result, coefficients, tile, work) == MEDSGD_ERR_PARAM);
  rows[m - 1] = NULL;
  FUZZ_CHECK(medsgd_geomedian(fresh, ROWS(rows), m, d, NULL, &result, coefficients, tile, work) == MEDSGD_ERR_NULL);
  FUZZ_CHECK(untouched(fresh, d * sizeof(real)) && untouched(coefficients, m * sizeof(double)) && untouched(&result, sizeof result));
  FUZZ_CHECK(medsgd_geomedian(NULL, NULL, m, 0, NULL, &result, coefficients, NULL, NULL) == MEDSGD_OK);
  FUZZ_CHECK(medsgd_geomedian(NULL, NULL, m, 0, NULL, NULL, NULL, NULL, NULL) == MEDSGD_OK);
  FUZZ_CHECK(result.objective == 0 && result.gap == 0 && result.iterations == 0 && coefficients[m - 1] == 1.0 / (double)m);
  return fuzz_done();
}
