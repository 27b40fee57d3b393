/* SPDX-License-Identifier: MIT
 * Median, trimmed mean, mean and selection against a full sort and exact sums; the order of the rows and slices change
 * nothing; scaling by powers of two and exact translation carry over; fewer than half of the rows arbitrary keep the result
 * within the range of the others; errors write nothing. */
#include "fuzz.h"

static const medsgd_median_rule rules[3] = {MEDSGD_MEDIAN_LOWER, MEDSGD_MEDIAN_UPPER, MEDSGD_MEDIAN_MIDPOINT};

static real ranked(const real *sorted, size_t m, medsgd_median_rule rule) {
  const real lo = sorted[(m - 1) / 2], hi = sorted[m / 2];
  return rule == MEDSGD_MEDIAN_LOWER ? lo : rule == MEDSGD_MEDIAN_UPPER ? hi : oracle_midpoint(lo, hi);
}
static int all_finite(const real *a, size_t n) {
  for (size_t i = 0; i < n; i++) if (!oracle_is_finite(a[i])) return 0;
  return 1;
}

static void check_select(void) {
  const size_t n = take_byte() % 8 ? take_count(100) : 1 + take_size(999), k = take_size(n - 1);
  real *const a = take_reals(n), *const sorted = copy_reals(a, n);
  real value = 0;
  oracle_sort(sorted, n); /* NaN become +inf */
  uint64_t before = 0, squares_before = 0, after = 0, squares_after = 0;
  for (size_t i = 0; i < n; i++) {
    const uint64_t x = oracle_bits(a[i]) * 0x9E3779B97F4A7C15u;
    before += x, squares_before += x * (x >> 7);
  }
  FUZZ_CHECK(medsgd_select(a, n, k, &value) == MEDSGD_OK);
  for (size_t i = 0; i < n; i++) { /* the same bits in another order; those before k are not larger, those behind not smaller */
    const uint64_t x = oracle_bits(a[i]) * 0x9E3779B97F4A7C15u;
    after += x, squares_after += x * (x >> 7);
    FUZZ_CHECK(i <= k ? oracle_key(a[i]) <= oracle_key(a[k]) : oracle_key(a[i]) >= oracle_key(a[k]));
  }
  FUZZ_CHECK(before == after && squares_before == squares_after);
  FUZZ_CHECK(value == sorted[k] && oracle_key(a[k]) == oracle_key(value) && (value != 0 || oracle_bits(value) == 0));

  real *const b = copy_reals(a, n), *const fresh = new_reals(1);
  FUZZ_CHECK(medsgd_select(b, n, n, fresh) == MEDSGD_ERR_SIZE && medsgd_select(b, 0, 0, fresh) == MEDSGD_ERR_SIZE);
  FUZZ_CHECK(medsgd_select(NULL, n, k, fresh) == MEDSGD_ERR_NULL && medsgd_select(b, n, k, NULL) == MEDSGD_ERR_NULL);
  FUZZ_CHECK(same_all(a, b, n) && untouched(fresh, sizeof(real)));
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  fuzz_begin(data, size);
  const uint8_t shape = take_byte();
  const size_t m = shape % 8 == 7 ? 80 + take_count(60) : shape % 16 == 6 ? 140 + take_count(160) : take_count(40);
  const size_t d = take_size(m < 18 ? 140 : 2500 / m);
  const size_t trim = take_size((m - 1) / 2), cut = take_size(d), turn = take_size(m - 1), arbitrary = take_size(m);
  const unsigned style = take_byte() % 4;
  real **const rows = take_matrix(m, d, style, take_byte() & 1 ? arbitrary % ((m + 1) / 2) : arbitrary);
  real **const turned = (real **)fuzz_buffer(m * sizeof *turned), **const tail = (real **)fuzz_buffer(m * sizeof *tail);
  for (size_t i = 0; i < m; i++) turned[i] = rows[(i + turn) % m], tail[i] = rows[(i + turn) % m] + cut;
  real *const work = new_reals(medsgd_median_work(m)), *const column = new_reals(m);
  real *const sorted = new_reals(m * d); /* column after column */
  real *const median[3] = {new_reals(d), new_reals(d), new_reals(d)}, *const again = new_reals(d);
  real *const trimmed = new_reals(d), *const mean = new_reals(d);
  for (size_t j = 0; j < d; j++) {
    for (size_t i = 0; i < m; i++) sorted[j * m + i] = rows[i][j];
    oracle_sort(sorted + j * m, m);
  }

  for (size_t r = 0; r < 3; r++) {
    FUZZ_CHECK(medsgd_median(median[r], ROWS(rows), m, d, rules[r], work) == MEDSGD_OK);
    for (size_t j = 0; j < d; j++) {
      const real expected = ranked(sorted + j * m, m, rules[r]);
      FUZZ_CHECK(median[r][j] == expected && (expected != 0 || oracle_bits(median[r][j]) == 0));
    }
    /* the rows in another order, the coordinates in two slices */
    FUZZ_CHECK(medsgd_median(again, ROWS(turned), m, cut, rules[r], work) == MEDSGD_OK);
    FUZZ_CHECK(medsgd_median(again + cut, ROWS(tail), m, d - cut, rules[r], work) == MEDSGD_OK);
    FUZZ_CHECK(same_all(median[r], again, d));
  }
  FUZZ_CHECK(medsgd_trimmed_mean(trimmed, ROWS(rows), m, d, trim, work) == MEDSGD_OK);
  FUZZ_CHECK(medsgd_mean(mean, ROWS(rows), m, d) == MEDSGD_OK);
  for (size_t j = 0; j < d; j++) {
    for (size_t i = 0; i < m; i++) column[i] = rows[i][j];
    if (all_finite(column, m)) {
      FUZZ_CHECK(oracle_is_mean(mean[j], column, m));
    } else {
      int nan = 0, up = 0, down = 0;
      for (size_t i = 0; i < m; i++) {
        nan |= oracle_is_nan(column[i]), up |= column[i] == oracle_inf(), down |= column[i] == -oracle_inf();
      }
      FUZZ_CHECK(nan || (up && down) ? oracle_is_nan(mean[j]) : mean[j] == (up ? oracle_inf() : -oracle_inf()));
    }
    const real *const kept = sorted + j * m + trim;
    const size_t n = m - 2 * trim;
    const int low = kept[0] == -oracle_inf(), high = kept[n - 1] == oracle_inf();
    if (low || high) FUZZ_CHECK(trimmed[j] == (low && high ? 0 : low ? kept[0] : kept[n - 1]));
    else FUZZ_CHECK(oracle_is_mean(trimmed[j], kept, n) && trimmed[j] >= kept[0] && trimmed[j] <= kept[n - 1]);
    FUZZ_CHECK(trimmed[j] != 0 || oracle_bits(trimmed[j]) == 0);
  }
  FUZZ_CHECK(medsgd_trimmed_mean(again, ROWS(turned), m, cut, trim, work) == MEDSGD_OK);
  FUZZ_CHECK(medsgd_trimmed_mean(again + cut, ROWS(tail), m, d - cut, trim, work) == MEDSGD_OK);
  FUZZ_CHECK(same_all(trimmed, again, d));
  for (size_t i = 0; i < m; i++) tail[i] = rows[i] + cut; /* the mean depends on the order */
  FUZZ_CHECK(medsgd_mean(again, ROWS(rows), m, cut) == MEDSGD_OK);
  FUZZ_CHECK(medsgd_mean(again + cut, ROWS(tail), m, d - cut) == MEDSGD_OK && same_all(mean, again, d));

  /* the rows left over by the arbitrary ones bound the result */
  const size_t honest = take_size((m - 1) / 2); /* any choice of the honest majority will do: the rows from here on */
  for (size_t j = 0; j < d; j++) {
    real least = oracle_inf(), greatest = -oracle_inf();
    for (size_t i = honest; i < m; i++) {
      const real x = oracle_is_nan(rows[i][j]) ? oracle_inf() : rows[i][j];
      if (x < least) least = x;
      if (x > greatest) greatest = x;
    }
    for (size_t r = 0; r < 3; r++) FUZZ_CHECK(median[r][j] >= least && median[r][j] <= greatest);
    if (honest <= trim) FUZZ_CHECK(trimmed[j] >= least && trimmed[j] <= greatest);
  }

  /* numbers whose scaling, translation and negation are exact */
  if (style == 1 || style == 2) {
    const real power = take_power(60), shift = style == 2 ? (real)((int)take_size(2000) - 1000) : 0;
    const int negate = take_byte() & 1;
    for (size_t i = 0; i < m; i++) {
      turned[i] = new_reals(d);
      for (size_t j = 0; j < d; j++) {
        if (!(rows[i][j] >= -4 && rows[i][j] <= 4) || rows[i][j] * 0x1p52 != floor((double)rows[i][j] * 0x1p52)) rows[i][j] = 1;
        if (style == 2) rows[i][j] = (real)floor((double)rows[i][j]);
        turned[i][j] = (rows[i][j] + shift) * (negate ? -power : power);
      }
    }
    for (size_t r = 0; r < 3; r++) {
      const medsgd_median_rule mirrored = rules[r] == MEDSGD_MEDIAN_MIDPOINT || !negate ? rules[r] : rules[1 - r];
      FUZZ_CHECK(medsgd_median(median[0], ROWS(rows), m, d, rules[r], work) == MEDSGD_OK);
      FUZZ_CHECK(medsgd_median(median[1], ROWS(turned), m, d, mirrored, work) == MEDSGD_OK);
      for (size_t j = 0; j < d; j++) FUZZ_CHECK(median[1][j] == (median[0][j] + shift) * (negate ? -power : power));
    }
    if (shift == 0 && !negate) {
      FUZZ_CHECK(medsgd_trimmed_mean(trimmed, ROWS(rows), m, d, trim, work) == MEDSGD_OK);
      FUZZ_CHECK(medsgd_trimmed_mean(again, ROWS(turned), m, d, trim, work) == MEDSGD_OK);
      for (size_t j = 0; j < d; j++) FUZZ_CHECK(again[j] == trimmed[j] * power);
    }
  }

  /* errors write nothing */
  real *const fresh = new_reals(d + 1);
  FUZZ_CHECK(medsgd_median_work(0) == 0 && medsgd_median_work(SIZE_MAX / 8) == 0);
  FUZZ_CHECK(medsgd_median(fresh, ROWS(rows), 0, d, rules[0], work) == MEDSGD_ERR_SIZE);
  FUZZ_CHECK(medsgd_trimmed_mean(fresh, ROWS(rows), 0, d, 0, work) == MEDSGD_ERR_SIZE);
  FUZZ_CHECK(medsgd_mean(fresh, ROWS(rows), 0, d) == MEDSGD_ERR_SIZE);
  if (d) {
    FUZZ_CHECK(medsgd_median(fresh, ROWS(rows), SIZE_MAX / 8, d, rules[0], work) == MEDSGD_ERR_SIZE);
    FUZZ_CHECK(medsgd_trimmed_mean(fresh, ROWS(rows), SIZE_MAX / 8, d, 0, work) == MEDSGD_ERR_SIZE);
    FUZZ_CHECK(medsgd_median(fresh, ROWS(rows), m, d, (medsgd_median_rule)3, work) == MEDSGD_ERR_PARAM);
    FUZZ_CHECK(medsgd_median(fresh, ROWS(rows), m, d, rules[0], NULL) == MEDSGD_ERR_NULL);
    FUZZ_CHECK(medsgd_median(fresh, NULL, m, d, rules[0], work) == MEDSGD_ERR_NULL);
    FUZZ_CHECK(medsgd_median(NULL, ROWS(rows), m, d, rules[0], work) == MEDSGD_ERR_NULL);
    FUZZ_CHECK(medsgd_trimmed_mean(fresh, ROWS(rows), m, d, (m + 1) / 2, work) == MEDSGD_ERR_PARAM);
    FUZZ_CHECK(medsgd_trimmed_mean(fresh, ROWS(rows), m, d, SIZE_MAX / 2 + 1, work) == MEDSGD_ERR_PARAM);
    FUZZ_CHECK(medsgd_trimmed_mean(fresh, ROWS(rows), m, d, trim, NULL) == MEDSGD_ERR_NULL);
    FUZZ_CHECK(medsgd_trimmed_mean(fresh, NULL, m, d, trim, work) == MEDSGD_ERR_NULL);
    FUZZ_CHECK(medsgd_trimmed_mean(NULL, ROWS(rows), m, d, trim, work) == MEDSGD_ERR_NULL);
    FUZZ_CHECK(medsgd_mean(NULL, ROWS(rows), m, d) == MEDSGD_ERR_NULL && medsgd_mean(fresh, NULL, m, d) == MEDSGD_ERR_NULL);
    turned[m - 1] = NULL;
    FUZZ_CHECK(medsgd_median(fresh, ROWS(turned), m, d, rules[0], work) == MEDSGD_ERR_NULL);
    FUZZ_CHECK(medsgd_trimmed_mean(fresh, ROWS(turned), m, d, trim, work) == MEDSGD_ERR_NULL);
    FUZZ_CHECK(medsgd_mean(fresh, ROWS(turned), m, d) == MEDSGD_ERR_NULL);
  } else {
    FUZZ_CHECK(medsgd_median(NULL, NULL, m, 0, rules[0], NULL) == MEDSGD_OK && medsgd_mean(NULL, NULL, m, 0) == MEDSGD_OK);
    FUZZ_CHECK(medsgd_trimmed_mean(NULL, NULL, m, 0, trim, NULL) == MEDSGD_OK);
  }
  FUZZ_CHECK(untouched(fresh, (d + 1) * sizeof(real)));
  check_select();
  return fuzz_done();
}
