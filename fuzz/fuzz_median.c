/* SPDX-License-Identifier: MIT
 * Selection, median, trimmed mean, mean against a full sort and exact sums; permutation of the rows, chunks, breakdown, errors. */
#include "fuzz.h"

/* The mean of finite values by exact arithmetic, to within a few roundings of double and one of real. */
static int near_mean(real got, const real *sorted, size_t n) {
  long double sum = 0, size = 0;
  for (size_t i = 0; i < n; i++) {
    if (!oracle_is_finite(sorted[i])) return 1; /* infinities are checked by the caller */
    sum += (long double)sorted[i] / (long double)n, size += (long double)(sorted[i] < 0 ? -sorted[i] : sorted[i]) / (long double)n;
  }
  const long double unit = sizeof(real) == 4 ? 0x1p-24L : 0x1p-53L, tiny = sizeof(real) == 4 ? 0x1p-149L : 0x1p-1074L;
  const long double error = (long double)got > sum ? (long double)got - sum : sum - (long double)got;
  return error <= (sum < 0 ? -sum : sum) * unit * 1.01L + size * (long double)n * 0x1p-51L + tiny;
}

static real ranked(const real *sorted, size_t m, medsgd_median_rule rule) {
  const real lo = sorted[(m - 1) / 2], hi = sorted[m / 2];
  return rule == MEDSGD_MEDIAN_LOWER ? lo : rule == MEDSGD_MEDIAN_UPPER ? hi : oracle_midpoint(lo, hi);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  fuzz_begin(data, size);
  static const medsgd_median_rule rules[3] = {MEDSGD_MEDIAN_LOWER, MEDSGD_MEDIAN_UPPER, MEDSGD_MEDIAN_MIDPOINT};
  const uint8_t shape = take_byte();
  const size_t m = shape % 8 == 7 ? 240 + take_count(60) : take_count(40), d = take_size(m > 40 ? 3 : 140);
  const size_t trim = take_size((m - 1) / 2), cut = take_size(d), turn = take_size(m - 1);
  real **const rows = take_rows(m, d), **const turned = (real **)fuzz_buffer(m * sizeof *turned), **const tail = (real **)fuzz_buffer(m * sizeof *tail);
  for (size_t i = 0; i < m; i++) turned[i] = rows[(i + turn) % m], tail[i] = rows[i] + cut;
  real *const work = new_reals(medsgd_median_work(m)), *const column = new_reals(m), *const sorted = new_reals(m);
  real *const out = new_reals(d), *const again = new_reals(d), *const trimmed = new_reals(d), *const mean = new_reals(d);

  for (size_t r = 0; r < 3; r++) {
    FUZZ_CHECK(medsgd_median(out, ROWS(rows), m, d, rules[r], work) == MEDSGD_OK);
    for (size_t j = 0; j < d; j++) {
      for (size_t i = 0; i < m; i++) sorted[i] = rows[i][j];
      oracle_sort(sorted, m);
      FUZZ_CHECK(equal(out[j], ranked(sorted, m, rules[r])));
      FUZZ_CHECK(!oracle_is_nan(out[j]));
    }
    FUZZ_CHECK(medsgd_median(again, ROWS(turned), m, d, rules[r], work) == MEDSGD_OK);
    for (size_t j = 0; j < d; j++) FUZZ_CHECK(equal(out[j], again[j]));
    FUZZ_CHECK(medsgd_median(again, ROWS(rows), m, cut, rules[r], work) == MEDSGD_OK);
    FUZZ_CHECK(medsgd_median(again + cut, ROWS(tail), m, d - cut, rules[r], work) == MEDSGD_OK);
    FUZZ_CHECK(same_all(out, again, d));
  }
  FUZZ_CHECK(medsgd_trimmed_mean(trimmed, ROWS(rows), m, d, trim, work) == MEDSGD_OK && medsgd_mean(mean, ROWS(rows), m, d) == MEDSGD_OK);
  for (size_t j = 0; j < d; j++) {
    int finite = 1;
    for (size_t i = 0; i < m; i++) sorted[i] = column[i] = rows[i][j], finite &= oracle_is_finite(column[i]);
    if (finite) FUZZ_CHECK(near_mean(mean[j], column, m));
    else FUZZ_CHECK(!oracle_is_finite(mean[j]));
    oracle_sort(sorted, m);
    const real *const kept = sorted + trim;
    const size_t n = m - 2 * trim;
    const int low = !oracle_is_finite(kept[0]) && kept[0] < 0, high = !oracle_is_finite(kept[n - 1]) && kept[n - 1] > 0;
    if (low && high) FUZZ_CHECK(trimmed[j] == 0);
    else if (low || high) FUZZ_CHECK(trimmed[j] == (low ? kept[0] : kept[n - 1]));
    else FUZZ_CHECK(near_mean(trimmed[j], kept, n) && trimmed[j] >= kept[0] && trimmed[j] <= kept[n - 1]);
  }
  FUZZ_CHECK(medsgd_trimmed_mean(again, ROWS(rows), m, cut, trim, work) == MEDSGD_OK);
  FUZZ_CHECK(medsgd_trimmed_mean(again + cut, ROWS(tail), m, d - cut, trim, work) == MEDSGD_OK && same_all(trimmed, again, d));

  /* selection: the rank, and the array still the same multiset of bits */
  const size_t n = take_count(200), k = take_size(n - 1);
  real *const a = take_reals(n), *const before = copy_reals(a, n);
  real value = 0;
  FUZZ_CHECK(medsgd_select(a, n, k, &value) == MEDSGD_OK);
  uint64_t sum[2] = {0, 0}, squares[2] = {0, 0};
  for (size_t i = 0; i < n; i++) {
    const uint64_t x = oracle_bits(a[i]) * 0x9E3779B97F4A7C15u, y = oracle_bits(before[i]) * 0x9E3779B97F4A7C15u;
    sum[0] += x, sum[1] += y, squares[0] += x * (x >> 7), squares[1] += y * (y >> 7);
  }
  FUZZ_CHECK(sum[0] == sum[1] && squares[0] == squares[1]);
  oracle_sort(before, n);
  FUZZ_CHECK(equal(value, before[k]));

  /* errors write nothing */
  real *const fresh = new_reals(d + 1), *const b = copy_reals(a, n);
  FUZZ_CHECK(medsgd_select(b, n, n, fresh) == MEDSGD_ERR_SIZE && medsgd_select(b, 0, 0, fresh) == MEDSGD_ERR_SIZE);
  FUZZ_CHECK(medsgd_select(NULL, n, k, fresh) == MEDSGD_ERR_NULL && medsgd_select(b, n, k, NULL) == MEDSGD_ERR_NULL && same_all(a, b, n));
  FUZZ_CHECK(medsgd_median(fresh, ROWS(rows), 0, d, rules[0], work) == MEDSGD_ERR_SIZE);
  if (d) {
    FUZZ_CHECK(medsgd_median(fresh, ROWS(rows), m, d, (medsgd_median_rule)3, work) == MEDSGD_ERR_PARAM);
    FUZZ_CHECK(medsgd_median(fresh, ROWS(rows), m, d, rules[0], NULL) == MEDSGD_ERR_NULL && medsgd_median(fresh, NULL, m, d, rules[0], work) == MEDSGD_ERR_NULL);
    FUZZ_CHECK(medsgd_trimmed_mean(fresh, ROWS(rows), m, d, (m + 1) / 2, work) == MEDSGD_ERR_PARAM);
    turned[m - 1] = NULL;
    FUZZ_CHECK(medsgd_median(fresh, ROWS(turned), m, d, rules[0], work) == MEDSGD_ERR_NULL && medsgd_mean(fresh, ROWS(turned), m, d) == MEDSGD_ERR_NULL);
  }
  FUZZ_CHECK(untouched(fresh, (d + 1) * sizeof(real)));
  return fuzz_done();
}
