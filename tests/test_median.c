/* SPDX-License-Identifier: MIT
 * Median, trimmed mean, mean and selection, against full sorts, exact sums, and all small cases.
 */
#define MEDSGD_IMPLEMENTATION
#include "medsgd.h"

#include "inputs.h"

#ifdef MEDSGD_DOUBLE
enum { PRECISION = 53 };
#else
enum { PRECISION = 24 };
#endif

/* ---- the oracle itself: its exact sums against the machine's own correctly rounded addition ---- */

TEST(oracle_adds_as_the_machine) {
  for (int repeat = 0; repeat < 20000; repeat++) {
    medsgd_real a = oracle_finite(test_random()), b = oracle_finite(test_random()), sum = a + b;
    oracle_exact e = {{0}};
    oracle_exact_add(&e, (double)a);
    oracle_exact_add(&e, (double)b);
    if (oracle_is_finite(sum))
      CHECKF(oracle_exact_round(&e, 0, PRECISION) == (double)sum, "%a + %a", (double)a, (double)b);
  }
}

/* ---- references ---- */

/* A column in ascending order. */
static void sorted_column(medsgd_real *column, const medsgd_real *const rows[], size_t m, size_t j) {
  for (size_t i = 0; i < m; i++) column[i] = rows[i][j];
  oracle_sort(column, m);
}

static medsgd_real median_of_sorted(const medsgd_real *a, size_t m, medsgd_median_rule rule) {
  medsgd_real lo = a[(m - 1) / 2], hi = a[m / 2];
  if (rule == MEDSGD_MEDIAN_LOWER) return lo;
  return rule == MEDSGD_MEDIAN_UPPER ? hi : oracle_midpoint(lo, hi);
}

/* What the documentation says of the mean of sorted values, NaN counted as +inf. */
static int is_sorted_mean(medsgd_real mean, const medsgd_real *a, size_t n) {
  int low = !oracle_is_finite(a[0]) && a[0] < 0, high = !oracle_is_finite(a[n - 1]) && a[n - 1] > 0;
  if (low && high) return mean == 0;
  if (low) return equal_real(mean, a[0]);
  if (high) return equal_real(mean, a[n - 1]);
  return oracle_is_mean(mean, a, n) && oracle_key(a[0]) <= oracle_key(mean) && oracle_key(mean) <= oracle_key(a[n - 1]);
}

/* ---- all functions of a matrix against the references ---- */

static const medsgd_median_rule rules[] = {MEDSGD_MEDIAN_LOWER, MEDSGD_MEDIAN_UPPER, MEDSGD_MEDIAN_MIDPOINT};

static medsgd_real *work_for(size_t m) { return input_buffer(medsgd_median_work(m)); }

static void check_medians(const medsgd_real *const rows[], size_t m, size_t d) {
  medsgd_real *work = work_for(m), *column = input_buffer(m), *out[3];
  for (int r = 0; r < 3; r++) {
    out[r] = input_buffer(d);
    CHECK(medsgd_median(out[r], rows, m, d, rules[r], work) == MEDSGD_OK);
  }
  for (size_t j = 0; j < d; j++) {
    sorted_column(column, rows, m, j);
    for (int r = 0; r < 3; r++) {
      medsgd_real expected = median_of_sorted(column, m, rules[r]);
      CHECKF(same_real(out[r][j], expected + 0), "m %zu d %zu j %zu rule %d: %a, not %a", m, d, j, r, (double)out[r][j],
             (double)expected);
    }
  }
}

static void check_trimmed(const medsgd_real *const rows[], size_t m, size_t d, size_t trim) {
  medsgd_real *work = work_for(m), *column = input_buffer(m), *out = input_buffer(d);
  CHECK(medsgd_trimmed_mean(out, rows, m, d, trim, work) == MEDSGD_OK);
  for (size_t j = 0; j < d; j++) {
    sorted_column(column, rows, m, j);
    CHECKF(is_sorted_mean(out[j], column + trim, m - 2 * trim), "m %zu d %zu j %zu trim %zu: %a in %a..%a", m, d, j,
           trim, (double)out[j], (double)column[trim], (double)column[m - trim - 1]);
  }
}

/* The mean of a column in its own order: NaN where there is a NaN or both infinities. */
static void check_mean(const medsgd_real *const rows[], size_t m, size_t d) {
  medsgd_real *column = input_buffer(m), *out = input_buffer(d);
  CHECK(medsgd_mean(out, rows, m, d) == MEDSGD_OK);
  for (size_t j = 0; j < d; j++) {
    int nan = 0, low = 0, high = 0, ok;
    for (size_t i = 0; i < m; i++) {
      column[i] = rows[i][j];
      nan |= oracle_is_nan(column[i]);
      if (!nan && !oracle_is_finite(column[i])) *(column[i] < 0 ? &low : &high) = 1;
    }
    if (nan || (low && high)) ok = oracle_is_nan(out[j]);
    else if (low || high) ok = equal_real(out[j], low ? -oracle_inf() : oracle_inf());
    else ok = oracle_is_mean(out[j], column, m);
    CHECKF(ok, "m %zu d %zu j %zu: %a", m, d, j, (double)out[j]);
  }
}

typedef medsgd_real (*maker)(uint64_t);
static const maker makers[] = {oracle_hostile, oracle_finite, oracle_ordinary};

static void check_all(size_t m, size_t d) {
  for (int kind = 0; kind < 3; kind++) {
    const medsgd_real *const *rows = ROWS(input_rows(m, d, makers[kind]));
    check_medians(rows, m, d);
    check_trimmed(rows, m, d, 0);
    check_trimmed(rows, m, d, (m - 1) / 2);
    check_trimmed(rows, m, d, test_below((m - 1) / 2 + 1));
    check_mean(rows, m, d);
    test_release();
  }
}

TEST(median_all_row_counts) {
  for (size_t m = 1; m <= 260; m = m == 70 ? 99 : m == 130 ? 255 : m + 1) {
    check_all(m, 67);
    check_all(m, 1 + test_below(9));
  }
  check_all(1000, 70);
  check_all(1001, 3);
  check_all(10000, 3);
}

TEST(median_all_sizes) {
  static const size_t some[] = {1, 2, 3, 4, 5, 8, 9, 15, 16, 31, 32, 64, 101};
  FOR_EACH_SIZE (d) {
    check_all(some[d % 13], d);
    check_all(some[(d + 5) % 13], d);
  }
}

/* ---- all small cases ---- */

/* Every column of m letters of an alphabet with NaN, both infinities and both zeros: all orders of all multisets. */
TEST(median_exhaustive) {
  const medsgd_real inf = oracle_inf(),
                    letters[] = {-inf, -1, (medsgd_real)-0.0, 0, oracle_from_bits(1), inf, oracle_nan()};
  size_t d = 1;
  for (size_t m = 1; m <= 6; m++) {
    medsgd_real **rows = (medsgd_real **)test_buffer(m * sizeof *rows);
    size_t power = 1;
    d *= 7;
    for (size_t i = 0; i < m; i++, power *= 7) {
      rows[i] = input_buffer(d);
      for (size_t j = 0; j < d; j++) rows[i][j] = letters[j / power % 7];
    }
    check_medians(ROWS(rows), m, d);
    for (size_t trim = 0; 2 * trim < m; trim++) check_trimmed(ROWS(rows), m, d, trim);
    if (m <= 5) check_mean(ROWS(rows), m, d);
    test_release();
  }
}

/* Every column of zeros and ones: what a network of minima and maxima does to these it does to all (the 0-1 principle).
 */
TEST(median_zero_one) {
  for (size_t m = 1; m <= 16; m++) {
    const size_t d = (size_t)1 << m;
    medsgd_real **rows = (medsgd_real **)test_buffer(m * sizeof *rows), *out = input_buffer(d), *work = work_for(m);
    for (size_t i = 0; i < m; i++) {
      rows[i] = input_buffer(d);
      for (size_t j = 0; j < d; j++) rows[i][j] = (medsgd_real)(j >> i & 1);
    }
    for (int rule = 0; rule < 3; rule++) {
      CHECK(medsgd_median(out, ROWS(rows), m, d, rules[rule], work) == MEDSGD_OK);
      for (size_t j = 0; j < d; j++) {
        size_t zeros = 0;
        for (size_t i = 0; i < m; i++) zeros += !(j >> i & 1);
        medsgd_real lo = (m - 1) / 2 >= zeros, hi = m / 2 >= zeros,
                    expected = rule == 0   ? lo
                               : rule == 1 ? hi
                                           : (lo + hi) / 2;
        CHECKF(out[j] == expected, "m %zu column %zx rule %d", m, j, rule);
      }
    }
    for (size_t trim = 0; 2 * trim < m; trim++) {
      CHECK(medsgd_trimmed_mean(out, ROWS(rows), m, d, trim, work) == MEDSGD_OK);
      for (size_t j = 0; j < d; j++) {
        size_t ones = 0, left;
        for (size_t i = 0; i < m; i++) ones += j >> i & 1;
        left = ones <= trim ? 0 : ones - trim;
        if (left > m - 2 * trim) left = m - 2 * trim;
        CHECKF(out[j] == (medsgd_real)((double)left / (double)(m - 2 * trim)), "m %zu column %zx trim %zu", m, j, trim);
      }
    }
    test_release();
  }
}

/* More rows, in groups of 8 that are sorted first: what follows is again a network, and depends on how many zeros each group
 * has. All cases, for 3 to 5 groups, the last one of any size. */
TEST(median_zero_one_groups) {
  for (size_t m = 17; m <= 40; m++) {
    const size_t groups = (m + 7) / 8, last = m - 8 * (groups - 1);
    medsgd_real *rows[40], *out, *work = work_for(m);
    size_t d = last + 1;
    for (size_t g = 1; g < groups; g++) d *= 9;
    out = input_buffer(d);
    for (size_t i = 0; i < m; i++) rows[i] = input_buffer(d);
    for (size_t j = 0; j < d; j++)
      for (size_t g = 0, rest = j; g < groups; g++, rest /= 9)
        for (size_t i = 0; i < (g + 1 < groups ? 8 : last); i++) rows[8 * g + i][j] = (medsgd_real)(i < rest % 9);
    for (int rule = 0; rule < 2; rule++) {
      const size_t rank = rule ? m / 2 : (m - 1) / 2;
      CHECK(medsgd_median(out, ROWS(rows), m, d, rules[rule], work) == MEDSGD_OK);
      for (size_t j = 0; j < d; j++) {
        size_t ones = 0;
        for (size_t rest = j; rest > 0; rest /= 9) ones += rest % 9;
        CHECKF(out[j] == (medsgd_real)(rank >= m - ones), "m %zu column %zu rule %d", m, j, rule);
      }
    }
    for (size_t trim = 0; 2 * trim < m; trim += m < 33 ? 3 : 7) {
      CHECK(medsgd_trimmed_mean(out, ROWS(rows), m, d, trim, work) == MEDSGD_OK);
      for (size_t j = 0; j < d; j++) {
        size_t ones = 0, left;
        for (size_t rest = j; rest > 0; rest /= 9) ones += rest % 9;
        left = ones <= trim ? 0 : ones - trim;
        if (left > m - 2 * trim) left = m - 2 * trim;
        CHECKF(out[j] == (medsgd_real)((double)left / (double)(m - 2 * trim)), "m %zu column %zu trim %zu", m, j, trim);
      }
    }
    test_release();
  }
}

/* Scratch memory at any address: only its alignment differs, and nothing is written outside. */
TEST(median_unaligned_work) {
  enum { M = 31, D = 1000 };
  const medsgd_real *const *rows = ROWS(input_rows(M, D, oracle_hostile));
  const size_t length = medsgd_median_work(M);
  medsgd_real *expected = input_buffer(D), *out = input_buffer(D), *work = input_buffer(length + 64);
  CHECK(medsgd_median(expected, rows, M, D, MEDSGD_MEDIAN_LOWER, work) == MEDSGD_OK);
  for (size_t shift = 0; shift <= 17; shift++) {
    for (size_t i = 0; i < length + 64; i++) work[i] = 7;
    CHECK(medsgd_median(out, rows, M, D, MEDSGD_MEDIAN_LOWER, work + shift) == MEDSGD_OK);
    for (size_t j = 0; j < D; j++) CHECKF(same_real(out[j], expected[j]), "shift %zu j %zu", shift, j);
    for (size_t i = 0; i < shift; i++) CHECK(work[i] == 7);
    for (size_t i = shift + length; i < length + 64; i++) CHECK(work[i] == 7);
  }
}

/* ---- the midpoint ---- */

TEST(midpoint_known_answers) {
  const medsgd_real inf = oracle_inf(), max = oracle_from_bits(oracle_bits(inf) - 1), least = oracle_from_bits(1),
                    nan = oracle_nan();
  const medsgd_real cases[][3] = {{1, 2, (medsgd_real)1.5},
                                  {-inf, inf, 0},
                                  {-inf, nan, 0},
                                  {inf, nan, inf},
                                  {-inf, -inf, -inf},
                                  {max, max, max},
                                  {-max, max, 0},
                                  {-max, -max, -max},
                                  {1, inf, inf},
                                  {-inf, 1, -inf},
                                  {0, least, 0},
                                  {least, 2 * least, 2 * least},
                                  {-least, 0, 0},
                                  {2 * least, 3 * least, 2 * least},
                                  {-3 * least, 0, -2 * least},
                                  {max, inf, inf},
                                  {-max, least, -max / 2},
                                  {least, least, least}};
  for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
    for (int swap = 0; swap < 2; swap++) {
      const medsgd_real *rows[] = {&cases[i][swap], &cases[i][1 - swap]};
      medsgd_real out, *work = work_for(2);
      CHECK(medsgd_median(&out, rows, 2, 1, MEDSGD_MEDIAN_MIDPOINT, work) == MEDSGD_OK);
      CHECKF(equal_real(out, cases[i][2]), "case %zu: %a, not %a", i, (double)out, (double)cases[i][2]);
    }
}

/* Pairs of near and far exponents, at both ends of the range, so that sums are exact, ties, just beside a tie, or
 * overflow. */
TEST(midpoint_correctly_rounded) {
  enum { D = 40000 };
  medsgd_real *rows[2] = {input_buffer(D), input_buffer(D)};
  const uint64_t mantissa = ((uint64_t)1 << (PRECISION - 1)) - 1,
                 exponents = oracle_bits(oracle_inf()) >> (PRECISION - 1);
  for (size_t j = 0; j < D; j++) {
    uint64_t near = test_below(PRECISION + 3), base = test_below(3), exponent;
    exponent = base == 0 ? test_below(4) : base == 1 ? exponents - 1 - test_below(3) : test_below(exponents);
    for (int i = 0; i < 2; i++) {
      uint64_t bits = test_random(), e = i == 0 || exponent < near ? exponent : exponent - near;
      if (bits & 6) bits &= ~(uint64_t)0xFFF; /* zeros at the end make ties likely */
      if ((bits >> 60) < 3) bits |= mantissa; /* and ones carries */
      rows[i][j] = oracle_from_bits((bits & mantissa) | e << (PRECISION - 1));
      if (bits >> 50 & 1) rows[i][j] = -rows[i][j];
    }
  }
  check_medians(ROWS(rows), 2, D);
  check_trimmed(ROWS(rows), 2, D, 0);
  check_mean(ROWS(rows), 2, D);
}

/* ---- mean: known answers ---- */

TEST(mean_known_answers) {
  const medsgd_real inf = oracle_inf(), max = oracle_from_bits(oracle_bits(inf) - 1), least = oracle_from_bits(1);
  const medsgd_real a[] = {1, max, max, 3 * least, inf, 1, inf, oracle_nan()},
                    b[] = {2, max, -max, least, 1, -inf, -inf, 1};
  const medsgd_real c[] = {6, max, max, 2 * least, 2, 5, 1, 2},
                    expected[] = {3, max, max / 3, 2 * least, inf, -inf, oracle_nan(), oracle_nan()};
  const medsgd_real *rows[] = {a, b, c};
  medsgd_real out[8], one[8];
  CHECK(medsgd_mean(out, rows, 3, 8) == MEDSGD_OK && medsgd_mean(one, rows, 1, 8) == MEDSGD_OK);
  for (int j = 0; j < 8; j++) {
    CHECKF(equal_real(out[j], expected[j]), "j %d: %a", j, (double)out[j]);
    CHECKF(equal_real(one[j], a[j]), "j %d: %a", j, (double)one[j]);
  }
}

/* ---- properties ---- */

/* Rows that all agree: the range is a point, which no rounding of the sum may leave. */
TEST(rows_that_agree) {
  enum { D = 100 };
  for (int kind = 1; kind < 3; kind++) {
    const medsgd_real *row = input_reals(D, makers[kind]), *rows[64];
    for (size_t i = 0; i < 64; i++) rows[i] = row;
    for (size_t m = 1; m <= 64; m++) {
      medsgd_real *work = work_for(m), *out = input_buffer(D);
      for (size_t rule = 0; rule < 3 + (m + 1) / 2; rule++) { /* three medians, then all ways to trim */
        CHECK((rule < 3 ? medsgd_median(out, rows, m, D, rules[rule], work)
                        : medsgd_trimmed_mean(out, rows, m, D, rule - 3, work)) == MEDSGD_OK);
        for (size_t j = 0; j < D; j++)
          CHECKF(equal_real(out[j], row[j]), "m %zu rule %zu: %a, not %a", m, rule, (double)out[j], (double)row[j]);
      }
    }
  }
}

/* The honest rows lie in a range of their own in each coordinate; fewer than half (for the trimmed mean: at most trim)
 * send anything. */
TEST(byzantine_rows_stay_out) {
  enum { D = 70 };
  for (size_t m = 1; m <= 41; m++)
    for (size_t liars = 0; 2 * liars < m; liars += 1 + (m > 12) * test_below(4)) {
      medsgd_real *work = work_for(m), *out = input_buffer(D), least[D], greatest[D];
      medsgd_real **rows = input_rows(m, D, oracle_hostile);
      const size_t first = test_below(m), style = test_below(4);
      for (size_t j = 0; j < D; j++) {
        medsgd_real centre = oracle_finite(test_random());
        if (centre > 1000 || centre < -1000) centre = (medsgd_real)-0.75;
        least[j] = oracle_inf();
        greatest[j] = -oracle_inf();
        for (size_t i = 0; i < m; i++) {
          medsgd_real *x = &rows[(first + i) % m][j];
          if (i < liars) *x = style == 0 ? oracle_nan() : style == 1 ? oracle_inf() : style == 2 ? -oracle_inf() : *x;
          else {
            *x = centre + (medsgd_real)test_uniform();
            if (*x < least[j]) least[j] = *x;
            if (*x > greatest[j]) greatest[j] = *x;
          }
        }
      }
      for (int rule = 0; rule < 4; rule++) {
        if (rule < 3) CHECK(medsgd_median(out, ROWS(rows), m, D, rules[rule], work) == MEDSGD_OK);
        else CHECK(medsgd_trimmed_mean(out, ROWS(rows), m, D, liars, work) == MEDSGD_OK);
        for (size_t j = 0; j < D; j++)
          CHECKF(least[j] <= out[j] && out[j] <= greatest[j], "m %zu liars %zu rule %d: %g", m, liars, rule,
                 (double)out[j]);
      }
      for (size_t i = 0; i < m; i++) test_seal(rows[i]); /* changed above, on purpose */
      test_release();
    }
}

/* Proposition 1 (Chen): for odd m and no zeros the vote of the signs is the sign of the median. */
TEST(vote_is_sign_of_median) {
  enum { D = 2048 };
  for (size_t m = 1; m <= 35; m += 2) {
    medsgd_real **rows = input_rows(m, D, oracle_hostile), *work = work_for(m), *median = input_buffer(D);
    const uint64_t **signs = (const uint64_t **)test_buffer(m * sizeof *signs);
    uint64_t *vote = words_buffer(D), *sign = words_buffer(D);
    for (size_t i = 0; i < m; i++) {
      uint64_t *packed = words_buffer(D);
      for (size_t j = 0; j < D; j++) { /* the first coordinates: all sign patterns of up to 11 rows */
        if (oracle_sign(rows[i][j]) == 0) rows[i][j] = 1;
        if (m <= 11 && (oracle_sign(rows[i][j]) < 0) != (j >> i & 1)) rows[i][j] = -rows[i][j];
      }
      test_seal(rows[i]);
      CHECK(medsgd_sign_pack(packed, rows[i], D) == MEDSGD_OK);
      signs[i] = packed;
    }
    CHECK(medsgd_median(median, ROWS(rows), m, D, MEDSGD_MEDIAN_LOWER, work) == MEDSGD_OK);
    CHECK(medsgd_sign_pack(sign, median, D) == MEDSGD_OK && medsgd_vote(vote, NULL, signs, NULL, m, D) == MEDSGD_OK);
    CHECKF(memcmp(vote, sign, MEDSGD_WORDS(D) * 8) == 0, "m %zu", m);
    test_release();
  }
}

/* The same bits for any split of the coordinates, and (median, trimmed mean) for any order of the rows. */
TEST(median_in_slices) {
  static const size_t some[] = {1, 2, 3, 4, 7, 8, 9, 16, 17, 31, 64, 101, 130, 256, 300};
  enum { D = 400 };
  for (size_t s = 0; s < sizeof some / sizeof *some; s++) {
    const size_t m = some[s], trim = (m - 1) / 3;
    medsgd_real **rows = input_rows(m, D, makers[s % 3]), *work = work_for(m), *whole[5],
                *part[5];
    const medsgd_real **slice = (const medsgd_real **)test_buffer(m * sizeof *slice);
    for (int f = 0; f < 5; f++) whole[f] = input_buffer(D), part[f] = input_buffer(D);
    for (int r = 0; r < 3; r++) medsgd_median(whole[r], ROWS(rows), m, D, rules[r], work);
    medsgd_trimmed_mean(whole[3], ROWS(rows), m, D, trim, work);
    medsgd_mean(whole[4], ROWS(rows), m, D);
    for (int repeat = 0; repeat < 6; repeat++) {
      for (size_t from = 0, n; from < D; from += n) {
        n = 1 + test_below(repeat < 3 ? 150 : 20);
        if (n > D - from) n = D - from;
        for (size_t i = 0; i < m; i++) slice[i] = rows[i] + from;
        medsgd_mean(part[4] + from, slice, m, n);
        for (size_t i = m - 1; i > 0; i--) { /* from here on in another order */
          size_t k = test_below(i + 1);
          const medsgd_real *swap = slice[i];
          slice[i] = slice[k];
          slice[k] = swap;
        }
        for (int r = 0; r < 3; r++) medsgd_median(part[r] + from, slice, m, n, rules[r], work);
        medsgd_trimmed_mean(part[3] + from, slice, m, n, trim, work);
      }
      for (int f = 0; f < 5; f++)
        for (size_t j = 0; j < D; j++) CHECKF(same_real(whole[f][j], part[f][j]), "m %zu function %d j %zu", m, f, j);
    }
    test_release();
  }
}

/* ---- selection ---- */

/* A sum over the elements that does not depend on their order: tells whether a was only permuted. */
static uint64_t multiset(const medsgd_real *a, size_t n) {
  uint64_t sum = 0;
  for (size_t i = 0; i < n; i++) {
    uint64_t bits = oracle_bits(a[i]);
    sum += test_hash(0x9E3779B97F4A7C15u, &bits, sizeof bits) * 0xD6E8FEB86659FD93u >> 8;
  }
  return sum;
}

/* The value has rank k by counting, and a is partitioned by it. */
static void check_select(const medsgd_real *input, size_t n, size_t k) {
  medsgd_real *a = input_buffer(n), *value = input_buffer(1);
  size_t below = 0, not_above = 0;
  memcpy(a, input, n * sizeof *a);
  CHECK(medsgd_select(a, n, k, value) == MEDSGD_OK);
  for (size_t i = 0; i < n; i++) {
    below += oracle_key(input[i]) < oracle_key(*value);
    not_above += oracle_key(input[i]) <= oracle_key(*value);
    CHECKF(i < k ? oracle_key(a[i]) <= oracle_key(*value) : oracle_key(a[i]) >= oracle_key(*value), "n %zu k %zu i %zu",
           n, k, i);
  }
  CHECKF(below <= k && k < not_above, "n %zu k %zu value %a of rank %zu..%zu", n, k, (double)*value, below, not_above);
  CHECKF(oracle_key(a[k]) == oracle_key(*value) && !oracle_is_nan(*value), "n %zu k %zu", n, k);
  CHECKF(multiset(a, n) == multiset(input, n), "n %zu k %zu: not a permutation", n, k);
}

TEST(select_small) {
  for (size_t n = 1; n <= 130; n++)
    for (size_t k = 0; k < n; k++) {
      check_select(input_reals(n, oracle_hostile), n, k);
      check_select(input_reals(n, oracle_finite), n, k);
      test_release();
    }
}

TEST(select_exhaustive) {
  const medsgd_real letters[] = {-oracle_inf(), (medsgd_real)-0.0, 0, 3, oracle_nan()};
  size_t count = 1;
  for (size_t n = 1; n <= 7; n++) {
    count *= 5;
    for (size_t column = 0; column < count; column++) {
      medsgd_real a[7];
      for (size_t i = 0, rest = column; i < n; i++, rest /= 5) a[i] = letters[rest % 5];
      check_select(a, n, column % n);
      if (n < 6)
        for (size_t k = 0; k < n; k++) check_select(a, n, k);
      test_release();
    }
  }
}

/* Position i of a sequence that makes a quickselect with the median of first, middle and last quadratic (Musser 1997).
 */
static medsgd_real musser(size_t i, size_t n) {
  size_t half = n / 2;
  if (i >= half) return (medsgd_real)(2 * (i - half + 1));
  return (medsgd_real)(i % 2 ? half + i + (half % 2) : i + 1);
}

/* What makes simple pivot rules quadratic. A quadratic selection would not come back from these. */
static medsgd_real killer(int pattern, size_t i, size_t n) {
  switch (pattern) {
    case 0: return (medsgd_real)i;                       /* sorted */
    case 1: return -(medsgd_real)i;                      /* reversed */
    case 2: return (medsgd_real)(i < n / 2 ? i : n - i); /* organ pipe */
    case 3: return 7;                                    /* all equal */
    case 4: return (medsgd_real)(i % 2);                 /* two values */
    case 5: return musser(i, n);
    case 6: return i % 2 ? oracle_nan() : (medsgd_real)-0.0;
    case 7: return (medsgd_real)(i % 1021); /* saw */
    case 8: return oracle_from_bits(i);     /* subnormals, dense in bits, all over the exponents below */
    case 9: return oracle_from_bits(i * (oracle_bits(oracle_inf()) / n));                    /* each exponent alike */
    case 10: return (medsgd_real)(i ? 1 : -1) * oracle_from_bits(oracle_bits(1) << (i % 2)); /* one stray */
    case 11: return (medsgd_real)(i < n / 2 ? 2 * i : 2 * (n - i) + 1) - (medsgd_real)n / 2; /* valley, both signs */
    case 12: { /* half the numbers left lie beyond each mean: exponents that fall ever faster */
      medsgd_real x = 1;
      for (size_t e = 0; e < i % 120; e++) x /= 2;
      return i % 3 ? x : -x;
    }
    default: return oracle_hostile(test_random());
  }
}

TEST(select_adversaries) {
  for (int pattern = 0; pattern <= 13; pattern++) {
    const size_t n = pattern == 5 || pattern == 2 ? 1000000 : 262145;
    medsgd_real *input = input_buffer(n);
    for (size_t i = 0; i < n; i++) input[i] = killer(pattern, i, n);
    test_seal(input);
    check_select(input, n, n / 2);
    check_select(input, n, test_below(n));
    if (pattern % 2) check_select(input, n, 0);
    else check_select(input, n, n - 1);
    test_release();
  }
}

/* McIlroy's adversary (A killer adversary for quicksort, 1999): it answers the comparisons of a textbook quickselect so that each pivot
 * turns out to be among the least that are left, and so finds the values that make it quadratic. */
typedef struct adversary {
  size_t *value, *item; /* the value of each element, n as long as it is open; the elements in the textbook's order */
  size_t n, frozen, candidate;
} adversary;

static int adversary_less(adversary *a, size_t x, size_t y) {
  if (a->value[x] == a->n && a->value[y] == a->n) a->value[x == a->candidate ? x : y] = a->frozen++;
  if (a->value[x] == a->n) a->candidate = x;
  else if (a->value[y] == a->n) a->candidate = y;
  return a->value[x] < a->value[y];
}

static void adversary_swap(adversary *a, size_t i, size_t k) {
  size_t x = a->item[i];
  a->item[i] = a->item[k];
  a->item[k] = x;
}

/* The textbook: the pivot is the median of first, middle and last; parts less, equal and greater (Dijkstra). */
static void textbook_quickselect(adversary *a, size_t k) {
  size_t first = 0, end = a->n;
  while (end - first > 2) {
    size_t x = a->item[first], y = a->item[first + (end - first) / 2], z = a->item[end - 1], less = first, greater = end;
    int xy = adversary_less(a, x, y), yz = adversary_less(a, y, z);
    size_t pivot = xy == yz ? y : adversary_less(a, x, z) == xy ? z : x;
    for (size_t i = first; i < greater;) {
      if (a->item[i] == pivot) i++;
      else if (adversary_less(a, a->item[i], pivot)) adversary_swap(a, i++, less++);
      else adversary_swap(a, i, --greater);
    }
    if (k < less) end = less;
    else if (k >= greater) first = greater;
    else return;
  }
}

/* A thousand times, so that a quadratic selection would take minutes. */
TEST(select_killer_adversary) {
  enum { N = 20000 };
  adversary a = {NULL, NULL, N, 0, 0};
  medsgd_real *input = input_buffer(N), *work = input_buffer(N), value;
  a.value = (size_t *)test_buffer(N * sizeof *a.value);
  a.item = (size_t *)test_buffer(N * sizeof *a.item);
  for (size_t i = 0; i < N; i++) {
    a.value[i] = N;
    a.item[i] = i;
  }
  textbook_quickselect(&a, N - 1);
  CHECKF(a.frozen > N / 3, "the adversary found only %zu bad pivots", a.frozen);
  for (size_t i = 0; i < N; i++) input[i] = (medsgd_real)(a.value[i] == N ? a.frozen++ : a.value[i]);
  check_select(input, N, N - 1);
  for (int repeat = 0; repeat < 1000; repeat++) {
    memcpy(work, input, N * sizeof *work);
    CHECK(medsgd_select(work, N, N - 1, &value) == MEDSGD_OK && value == (medsgd_real)(N - 1));
  }
}

/* The same columns as so many rows. */
TEST(median_adversaries) {
  static const size_t some[] = {200, 301, 2000, 10000};
  enum { PATTERNS = 14 };
  for (int s = 0; s < 4; s++) {
    const size_t m = some[s];
    medsgd_real **rows = input_rows(m, PATTERNS, oracle_finite);
    for (size_t i = 0; i < m; i++) {
      for (int p = 0; p < PATTERNS; p++) rows[i][p] = killer(p, i, m);
      test_seal(rows[i]);
    }
    check_medians(ROWS(rows), m, PATTERNS);
    check_trimmed(ROWS(rows), m, PATTERNS, m / 5);
    test_release();
  }
}

/* ---- errors ---- */

TEST(median_errors) {
  enum { M = 3, D = 70 };
  const medsgd_real *const *rows = ROWS(input_rows(M, D, oracle_finite));
  medsgd_real *out = input_buffer(D), *work = work_for(M);
  const size_t huge =
      SIZE_MAX / sizeof(medsgd_real); /* as many rows would do as pointers, but not 64 times as many reals */
  for (size_t hole = 0; hole < M; hole++) {
    const medsgd_real *broken[M];
    for (size_t i = 0; i < M; i++) broken[i] = i == hole ? NULL : rows[i];
    CHECK_ERROR(MEDSGD_ERR_NULL, medsgd_median(out, broken, M, D, MEDSGD_MEDIAN_LOWER, work));
    CHECK_ERROR(MEDSGD_ERR_NULL, medsgd_trimmed_mean(out, broken, M, D, 1, work));
    CHECK_ERROR(MEDSGD_ERR_NULL, medsgd_mean(out, broken, M, D));
  }
  CHECK_ERROR(MEDSGD_ERR_NULL, medsgd_median(NULL, rows, M, D, MEDSGD_MEDIAN_LOWER, work));
  CHECK_ERROR(MEDSGD_ERR_NULL, medsgd_median(out, NULL, M, D, MEDSGD_MEDIAN_LOWER, work));
  CHECK_ERROR(MEDSGD_ERR_NULL, medsgd_median(out, rows, M, D, MEDSGD_MEDIAN_LOWER, NULL));
  CHECK_ERROR(MEDSGD_ERR_NULL, medsgd_trimmed_mean(NULL, rows, M, D, 1, work));
  CHECK_ERROR(MEDSGD_ERR_NULL, medsgd_trimmed_mean(out, NULL, M, D, 1, work));
  CHECK_ERROR(MEDSGD_ERR_NULL, medsgd_trimmed_mean(out, rows, M, D, 1, NULL));
  CHECK_ERROR(MEDSGD_ERR_NULL, medsgd_mean(NULL, rows, M, D));
  CHECK_ERROR(MEDSGD_ERR_NULL, medsgd_mean(out, NULL, M, D));

  CHECK_ERROR(MEDSGD_ERR_SIZE, medsgd_median(out, rows, 0, D, MEDSGD_MEDIAN_LOWER, work));
  CHECK_ERROR(MEDSGD_ERR_SIZE, medsgd_median(NULL, NULL, 0, 0, MEDSGD_MEDIAN_LOWER, NULL));
  CHECK_ERROR(MEDSGD_ERR_SIZE, medsgd_median(out, rows, huge, D, MEDSGD_MEDIAN_LOWER, work));
  CHECK_ERROR(MEDSGD_ERR_SIZE, medsgd_trimmed_mean(out, rows, 0, D, 0, work));
  CHECK_ERROR(MEDSGD_ERR_SIZE, medsgd_trimmed_mean(NULL, NULL, 0, 0, 0, NULL));
  CHECK_ERROR(MEDSGD_ERR_SIZE, medsgd_trimmed_mean(out, rows, huge, D, 0, work));
  CHECK_ERROR(MEDSGD_ERR_SIZE, medsgd_mean(out, rows, 0, D));
  CHECK_ERROR(MEDSGD_ERR_SIZE, medsgd_mean(NULL, NULL, 0, 0));

  CHECK_ERROR(MEDSGD_ERR_PARAM, medsgd_median(out, rows, M, D, (medsgd_median_rule)3, work));
  CHECK_ERROR(MEDSGD_ERR_PARAM, medsgd_trimmed_mean(out, rows, M, D, 2, work));
  CHECK_ERROR(MEDSGD_ERR_PARAM, medsgd_trimmed_mean(out, rows, 2, D, 1, work));
  CHECK_ERROR(MEDSGD_ERR_PARAM, medsgd_trimmed_mean(out, rows, M, D, SIZE_MAX, work));
  CHECK_ERROR(MEDSGD_ERR_PARAM, medsgd_trimmed_mean(out, rows, M, D, SIZE_MAX / 2 + 1, work)); /* 2 * trim wraps to 0 */

  CHECK(medsgd_median_work(0) == 0 && medsgd_median_work(1) > 0 && medsgd_median_work(SIZE_MAX) == 0 &&
        medsgd_median_work(huge) == 0);
  for (size_t shift = 0; shift < 8; shift++) { /* whatever it says for large m, it does not wrap */
    size_t m = (SIZE_MAX >> shift) / 64, words = medsgd_median_work(m);
    CHECKF(words == 0 || (words >= m && words <= SIZE_MAX / sizeof(medsgd_real)), "m %zu", m);
  }
}

TEST(median_empty) {
  medsgd_real *x = input_buffer(64), *work = work_for(3);
  const medsgd_real *const *rows = ROWS(input_rows(3, 64, oracle_finite));
  for (int null = 0; null < 2; null++, x = work = NULL, rows = NULL) {
    CHECK_ERROR(MEDSGD_OK, medsgd_median(x, rows, 3, 0, MEDSGD_MEDIAN_MIDPOINT, work));
    CHECK_ERROR(MEDSGD_OK, medsgd_trimmed_mean(x, rows, 3, 0, 1, work));
    CHECK_ERROR(MEDSGD_OK, medsgd_mean(x, rows, 3, 0));
  }
}

TEST(select_errors) {
  medsgd_real *a = input_buffer(5), *value = input_buffer(1);
  for (int i = 0; i < 5; i++) a[i] = (medsgd_real)(5 - i);
  CHECK_ERROR(MEDSGD_ERR_SIZE, medsgd_select(a, 5, 5, value));
  CHECK_ERROR(MEDSGD_ERR_SIZE, medsgd_select(a, 5, SIZE_MAX, value));
  CHECK_ERROR(MEDSGD_ERR_SIZE, medsgd_select(a, 0, 0, value));
  CHECK_ERROR(MEDSGD_ERR_NULL, medsgd_select(NULL, 5, 2, value));
  CHECK_ERROR(MEDSGD_ERR_NULL, medsgd_select(a, 5, 2, NULL));
}

TEST_MAIN(CASE(oracle_adds_as_the_machine), CASE(median_all_row_counts), CASE(median_all_sizes),
          CASE(median_exhaustive), CASE(median_zero_one),
          CASE(median_zero_one_groups), CASE(median_unaligned_work), CASE(midpoint_known_answers),
          CASE(midpoint_correctly_rounded), CASE(mean_known_answers), CASE(rows_that_agree), CASE(byzantine_rows_stay_out),
          CASE(vote_is_sign_of_median), CASE(median_in_slices), CASE(select_small), CASE(select_exhaustive),
          CASE(select_adversaries), CASE(select_killer_adversary), CASE(median_adversaries), CASE(median_errors),
          CASE(median_empty), CASE(select_errors))
