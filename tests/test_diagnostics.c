/* SPDX-License-Identifier: MIT
 * Success of a vote, the rho_M and l^{1,2} norms, and the distance of median and mean. Nothing random but the inputs.
 */
#define MEDSGD_IMPLEMENTATION
#include "medsgd.h"

#include "oracle_real.h"
#include "test.h"

#ifdef MEDSGD_DOUBLE
#  define REAL_MAX DBL_MAX
#  define REAL_TINY 4.9406564584124654e-324 /* the least subnormal */
#else
#  define REAL_MAX FLT_MAX
#  define REAL_TINY 1.401298464324817e-45f
#endif

/* ---- vote_success ---- */

#define CHECK_SUCCESS(rho, m, exact) \
  do { \
    double got_ = medsgd_vote_success(rho, m); \
    wide exact_ = (exact); \
    CHECKF(fabsl((wide)got_ - exact_) <= 1e-12L, "rho %.17g, m %llu: %.15f, not %.15Lf", (double)(rho), \
           (unsigned long long)(m), got_, exact_); \
  } while (0)

/* Small votes written out: three voters 3 rho^2 - 2 rho^3, five voters rho^3 (10 - 15 rho + 6 rho^2). */
TEST(success_written_out) {
  for (int i = 0; i <= 1000; i++) {
    double rho = i / 1000.0;
    wide r = (wide)rho;
    CHECK(medsgd_vote_success(rho, 1) == rho && medsgd_vote_success(rho, 2) == rho);
    CHECK_SUCCESS(rho, 3, r * r * (3 - 2 * r));
    CHECK_SUCCESS(rho, 5, r * r * r * (10 - 15 * r + 6 * r * r));
  }
  CHECK_SUCCESS(0.75, 9, 249318.0L / 262144); /* counted by hand: sum over k >= 5 of C(9,k) 3^k / 4^9 */
}

/* The two references agree, so each checks the other; then the header against the sum of the binomial tail up to 2000
 * voters. */
TEST(success_against_binomial_sums) {
  for (int n = 0; n < 1200; n++) {
    size_t m = n < 100 ? (size_t)n + 1 : 1 + test_below(2000);
    double rho = n % 4 == 0 ? 0.5 + (test_uniform() - 0.5) / sqrt((double)m) : test_uniform();
    wide exact = oracle_vote_binomial((wide)rho, m);
    if (n % 10 == 0) CHECK(fabsl(exact - oracle_vote_quadrature((wide)rho, m)) < 2e-14L);
    CHECK_SUCCESS(rho, m, exact);
  }
}

/* Up to 10^9 voters and the largest size there is, within a few standard deviations of the threshold and on it. */
TEST(success_of_large_votes) {
  for (int n = 0; n < 500; n++) {
    size_t m = (size_t)exp2(10 + 20 * test_uniform());
    if (n % 10 == 0) m = 1000000000;
    if (n % 10 == 1) m = ((size_t)1 << 52) + test_below(1000);
    double rho = 0.5 + (n % 2 ? 4 : 12) * (test_uniform() - 0.5) / sqrt((double)m); /* up to 4 or 12 sigma */
    CHECK_SUCCESS(rho, m, oracle_vote_quadrature((wide)rho, m));
  }
  CHECK_SUCCESS(0.5000000001, SIZE_MAX, oracle_vote_quadrature((wide)0.5000000001, SIZE_MAX));
  CHECK_SUCCESS(0.6, SIZE_MAX, 1.0L);
  CHECK_SUCCESS(0.4, SIZE_MAX, 0.0L);
  CHECK_SUCCESS(1e-300, 1000000000, 0.0L);
}

/* 1/2 + z/(2 sqrt(n)) is right with the probability Phi(z), to O(1/n) for an odd number n of voters. */
TEST(success_tends_to_the_normal_distribution) {
  for (int n = 0; n < 200; n++) {
    size_t m = 100000001 + 2 * test_below(400000000);
    wide z = 20 * (wide)test_uniform() - 10;
    double rho = (double)(0.5L + z / (2 * sqrtl((wide)m)));
    z = (2 * (wide)rho - 1) * sqrtl((wide)m); /* of the rounded rho */
    wide phi = erfcl(-z / sqrtl(2)) / 2, got = (wide)medsgd_vote_success(rho, m);
    CHECKF(fabsl(got - phi) < 1.0L / (wide)m, "m %llu, z %Lg: %.15Lf, not %.15Lf", (unsigned long long)m, z, got, phi);
  }
}

/* I(1 - rho) = 1 - I(rho), monotone in rho, the same for 2l-1 and 2l voters, within [0, 1], certain at the ends. */
TEST(success_laws) {
  for (int n = 0; n < 2000; n++) {
    size_t m = n < 200 ? (size_t)n + 1 : (size_t)exp2(60 * test_uniform());
    double rho = (double)(test_random() >> 12) * 0x1p-52; /* 1 - rho is exact */
    if (n % 3 == 0) rho = 0.5 + floor(0x1p51 * (test_uniform() - 0.5) / sqrt((double)m)) * 0x1p-51;
    double p = medsgd_vote_success(rho, m);
    CHECK(p >= 0 && p <= 1);
    CHECKF(fabs(p + medsgd_vote_success(1 - rho, m) - 1) <= 1e-12, "rho %.17g, m %llu", rho, (unsigned long long)m);
    CHECK(medsgd_vote_success(rho + 0x1p-20, m) >= p - 2e-12 || rho + 0x1p-20 > 1);
    if (m % 2) CHECK(medsgd_vote_success(rho, m + 1) == p);
    CHECK(rho < 0.5 || p >= rho - 1e-12); /* more voters help those who are right more often than not */
    CHECK(medsgd_vote_success(0.5, m) == 0.5);
    CHECK(medsgd_vote_success(0, m) == 0 && medsgd_vote_success(-0.0, m) == 0 && medsgd_vote_success(1, m) == 1);
  }
}

TEST(success_out_of_range) {
  static const double bad[6] = {-0.1,        -4.9406564584124654e-324, 1.0000000000000002,
                                (double)NAN, (double)INFINITY,         -(double)INFINITY};
  for (int i = 0; i < 6; i++) {
    for (size_t m = 0; m < 5; m++) CHECK(isnan(medsgd_vote_success(bad[i], m)));
  }
  CHECK(isnan(medsgd_vote_success(0.5, 0)));
}

/* ---- rho norm ---- */

TEST(rho_norm) {
  enum { D = 300 };
  medsgd_real g[D];
  double rho[D], out;
  for (int n = 0; n < 60; n++) {
    size_t d = test_below(D + 1), m = n < 20 ? 1 : 1 + test_below(60);
    wide exact = 0, size = 0;
    for (size_t j = 0; j < D; j++) {
      g[j] = (medsgd_real)ldexp(test_uniform() - 0.5, (int)test_below(20));
      rho[j] = j % 7 ? test_uniform() : (double)(j % 2);
      if (j >= d) continue;
      wide factor = 2 * oracle_vote_binomial((wide)rho[j], m) - 1;
      exact += factor * fabsl((wide)g[j]);
      size += fabsl((wide)g[j]);
    }
    out = -1;
    CHECK(medsgd_rho_norm(&out, g, rho, d, m) == MEDSGD_OK);
    CHECKF(fabsl((wide)out - exact) <= 2.1e-12L * size, "d %d, m %d: %.17g, not %.17Lg", (int)d, (int)m, out, exact);
  }
  /* certain voters: the l1 norm; coin flippers: nothing, whatever g; liars: minus the l1 norm */
  for (size_t j = 0; j < D; j++) rho[j] = 1;
  CHECK(medsgd_rho_norm(&out, g, rho, D, 9) == MEDSGD_OK);
  CHECK(fabsl((wide)out - oracle_norm1(g, D)) <= 1e-14L * oracle_norm1(g, D));
  for (size_t j = 0; j < D; j++) rho[j] = 0;
  CHECK(medsgd_rho_norm(&out, g, rho, D, 9) == MEDSGD_OK);
  CHECK(fabsl((wide)out + oracle_norm1(g, D)) <= 1e-14L * oracle_norm1(g, D));
  for (size_t j = 0; j < D; j++) rho[j] = 0.5;
  g[0] = (medsgd_real)NAN;
  g[1] = (medsgd_real)INFINITY;
  CHECK(medsgd_rho_norm(&out, g, rho, D, 9) == MEDSGD_OK && out == 0);
  rho[1] = 0.6;
  CHECK(medsgd_rho_norm(&out, g, rho, D, 9) == MEDSGD_OK && isinf(out) && out > 0);
  rho[0] = 0.6;
  CHECK(medsgd_rho_norm(&out, g, rho, D, 9) == MEDSGD_OK && isnan(out));
}

TEST(rho_norm_errors) {
  medsgd_real g[2] = {1, 2};
  double rho[2] = {0.5, 0.6}, out = 42;
  static const double bad[5] = {-0.1, 1.1, (double)NAN, (double)INFINITY, -(double)INFINITY};
  CHECK(medsgd_rho_norm(&out, g, rho, 2, 0) == MEDSGD_ERR_SIZE);
  CHECK(medsgd_rho_norm(&out, g, rho, 0, 0) == MEDSGD_ERR_SIZE);
  CHECK(medsgd_rho_norm(NULL, g, rho, 2, 3) == MEDSGD_ERR_NULL);
  CHECK(medsgd_rho_norm(&out, NULL, rho, 2, 3) == MEDSGD_ERR_NULL);
  CHECK(medsgd_rho_norm(&out, g, NULL, 2, 3) == MEDSGD_ERR_NULL);
  for (int i = 0; i < 5; i++) {
    rho[1] = bad[i];
    CHECK(medsgd_rho_norm(&out, g, rho, 2, 3) == MEDSGD_ERR_PARAM);
    CHECK(medsgd_rho_norm(&out, g, rho, 2, 1) == MEDSGD_ERR_PARAM);
  }
  CHECK(out == 42);
  CHECK(medsgd_rho_norm(NULL, NULL, NULL, 0, 3) == MEDSGD_OK);
  CHECK(medsgd_rho_norm(&out, NULL, NULL, 0, 3) == MEDSGD_OK && out == 0);
}

/* ---- l12 norm ---- */

static wide l12_reference(const medsgd_real *g, const double *sigma, size_t d) {
  wide sum = 0;
  for (size_t j = 0; j < d; j++) {
    wide a = fabsl((wide)g[j]), noise = sqrtl(3) * (wide)sigma[j];
    if (a > 0) sum += a / (1 + noise / a);
  }
  return sum;
}

/* Every scale of g and of sigma: g^2 neither overflows nor underflows. */
TEST(l12_norm) {
  enum { D = 400 };
  medsgd_real g[D];
  double sigma[D], out;
  for (int n = 0; n < 300; n++) {
    size_t d = test_below(D + 1);
    double high = log2((double)REAL_MAX) - 12, low = log2((double)REAL_TINY);
    double centre = low + (high - low) * test_uniform(), spread = n % 3 * 30;
    for (size_t j = 0; j < d; j++) {
      double power = centre + spread * (test_uniform() - 0.5), other = centre + 60 * (test_uniform() - 0.5);
      g[j] = (medsgd_real)(exp2(power < high ? power : high) * (j % 2 ? 1 : -1));
      sigma[j] = j % 5 ? exp2(other < 1000 ? other : 1000) : 0;
      if (j % 11 == 0) g[j] = 0;
    }
    wide exact = l12_reference(g, sigma, d);
    out = -1;
    CHECK(medsgd_l12_norm(&out, g, sigma, d) == MEDSGD_OK);
    CHECKF(fabsl((wide)out - exact) <= 1e-13L * exact + (wide)d * 4.9406564584124654e-324L, "d %d: %.17g, not %.17Lg",
           (int)d, out, exact);
  }
  for (size_t j = 0; j < D; j++) { /* sigma = 0: the l1 norm */
    g[j] = (medsgd_real)(test_uniform() - 0.5);
    sigma[j] = 0;
  }
  CHECK(medsgd_l12_norm(&out, g, sigma, D) == MEDSGD_OK);
  CHECK(fabsl((wide)out - oracle_norm1(g, D)) <= 1e-14L * oracle_norm1(g, D));
  for (size_t j = 0; j < D; j++) g[j] = 0; /* 0/0 */
  CHECK(medsgd_l12_norm(&out, g, sigma, D) == MEDSGD_OK && out == 0);
  g[0] = REAL_MAX;
  sigma[0] = DBL_MAX;
  wide exact = l12_reference(g, sigma, D);
  CHECK(medsgd_l12_norm(&out, g, sigma, D) == MEDSGD_OK);
  CHECKF(fabsl((wide)out - exact) <= 1e-14L * exact + 4.9406564584124654e-324L, "%g, not %Lg", out, exact);
  sigma[0] = 0;
  CHECK(medsgd_l12_norm(&out, g, sigma, D) == MEDSGD_OK && out == (double)REAL_MAX);
  g[3] = (medsgd_real)-INFINITY;
  sigma[3] = 1;
  CHECK(medsgd_l12_norm(&out, g, sigma, D) == MEDSGD_OK && isinf(out) && out > 0);
  g[5] = (medsgd_real)NAN;
  CHECK(medsgd_l12_norm(&out, g, sigma, D) == MEDSGD_OK && isnan(out));
}

TEST(l12_norm_errors) {
  medsgd_real g[2] = {1, 2};
  double sigma[2] = {0.5, 0.6}, out = 42;
  static const double bad[4] = {-0.1, (double)NAN, (double)INFINITY, -(double)INFINITY};
  CHECK(medsgd_l12_norm(NULL, g, sigma, 2) == MEDSGD_ERR_NULL);
  CHECK(medsgd_l12_norm(&out, NULL, sigma, 2) == MEDSGD_ERR_NULL);
  CHECK(medsgd_l12_norm(&out, g, NULL, 2) == MEDSGD_ERR_NULL);
  for (int i = 0; i < 4; i++) {
    sigma[1] = bad[i];
    CHECK(medsgd_l12_norm(&out, g, sigma, 2) == MEDSGD_ERR_PARAM);
  }
  CHECK(out == 42);
  CHECK(medsgd_l12_norm(NULL, NULL, NULL, 0) == MEDSGD_OK);
  CHECK(medsgd_l12_norm(&out, NULL, NULL, 0) == MEDSGD_OK && out == 0);
}

/* ---- median minus mean ---- */

static int ascending(const void *a, const void *b) {
  medsgd_real p = *(const medsgd_real *)a, q = *(const medsgd_real *)b;
  return (p > q) - (p < q);
}

/* By a sort of every column, in long double but for the roundings of median and mean to the type of the data. */
TEST(median_mean_gap) {
  enum { M = 40, D = 150 };
  static medsgd_real data[M][D];
  const medsgd_real eps = sizeof(medsgd_real) == 4 ? (medsgd_real)FLT_EPSILON : (medsgd_real)DBL_EPSILON;
  medsgd_real column[M], *work = (medsgd_real *)malloc(medsgd_median_work(M) * sizeof *work);
  const medsgd_real *rows[M];
  if (!work) abort();
  for (size_t m = 1; m <= M; m++) {
    size_t d = test_below(D) + 1;
    wide exact = 0, rounding = 0;
    double out = -1;
    for (size_t i = 0; i < m; i++) {
      rows[i] = data[i];
      for (size_t j = 0; j < D; j++) data[i][j] = (medsgd_real)ldexp(test_uniform() - 0.3, (int)test_below(6));
    }
    for (size_t j = 0; j < d; j++) {
      wide sum = 0, median;
      for (size_t i = 0; i < m; i++) sum += (wide)(column[i] = data[i][j]);
      qsort(column, m, sizeof *column, ascending);
      median = ((wide)column[(m - 1) / 2] + (wide)column[m / 2]) / 2;
      wide gap = fabsl(median - sum / (wide)m);
      exact += gap; /* roundings: median and mean to the type; the sums over rows and columns, in double */
      rounding += (wide)eps * (fabsl(median) + fabsl(sum) / (wide)m) + 0x1p-53L * ((wide)m * 64 + (wide)d * gap);
    }
    CHECK(medsgd_median_mean_gap(&out, rows, m, d, work) == MEDSGD_OK);
    CHECKF(fabsl((wide)out - exact) <= rounding, "m %d: %.17g, not %.17Lg", (int)m, out, exact);
    if (m == 1) CHECK(out == 0);
    if (m > 1) { /* the thesis' example: 1, 2, 10 has median 2 and mean 13/3 */
      data[test_below(m)][test_below(d)] = (medsgd_real)(m % 3 == 0 ? NAN : m % 3 == 1 ? INFINITY : -INFINITY);
      CHECK(medsgd_median_mean_gap(&out, rows, m, d, work) == MEDSGD_OK && isinf(out) && out > 0);
    }
  }
  const medsgd_real thesis[3][2] = {{1, 0}, {2, 1}, {10, 5}}; /* and 0, 1, 5 has 1 and 2 */
  const medsgd_real *three[3] = {thesis[0], thesis[1], thesis[2]};
  double out = 0;
  CHECK(medsgd_median_mean_gap(&out, three, 3, 2, work) == MEDSGD_OK);
  CHECKF(fabsl((wide)out - 10.0L / 3) < 4 * (wide)eps, "%.17g", out);
  /* values whose sum overflows: the distance of REAL_MAX from the mean REAL_MAX/3, twice */
  const medsgd_real huge[3][2] = {{REAL_MAX, -REAL_MAX}, {REAL_MAX, -REAL_MAX}, {-REAL_MAX, REAL_MAX}};
  const medsgd_real *large[3] = {huge[0], huge[1], huge[2]};
  const wide far = 4 * (wide)REAL_MAX / 3;
  CHECK(medsgd_median_mean_gap(&out, large, 3, 2, work) == MEDSGD_OK);
  if (far < (wide)DBL_MAX) CHECKF(fabsl((wide)out - far) < 4 * (wide)eps * far, "%g", out);
  CHECK(medsgd_median_mean_gap(&out, large, 3, 1, work) == MEDSGD_OK);
  CHECKF(fabsl((wide)out - far / 2) < 4 * (wide)eps * far, "%g", out);
  free(work);
}

TEST(median_mean_gap_errors) {
  medsgd_real a[2] = {1, 2}, *work = (medsgd_real *)malloc(medsgd_median_work(3) * sizeof *work);
  const medsgd_real *rows[3] = {a, a, NULL}, *good[3] = {a, a, a};
  double out = 42;
  if (!work) abort();
  CHECK(medsgd_median_mean_gap(&out, good, 0, 2, work) == MEDSGD_ERR_SIZE);
  CHECK(medsgd_median_mean_gap(&out, good, 0, 0, work) == MEDSGD_ERR_SIZE);
  CHECK(medsgd_median_mean_gap(&out, good, SIZE_MAX / 2, 2, work) == MEDSGD_ERR_SIZE);
  CHECK(medsgd_median_mean_gap(NULL, good, 3, 2, work) == MEDSGD_ERR_NULL);
  CHECK(medsgd_median_mean_gap(&out, NULL, 3, 2, work) == MEDSGD_ERR_NULL);
  CHECK(medsgd_median_mean_gap(&out, rows, 3, 2, work) == MEDSGD_ERR_NULL);
  CHECK(medsgd_median_mean_gap(&out, good, 3, 2, NULL) == MEDSGD_ERR_NULL);
  CHECK(out == 42);
  CHECK(medsgd_median_mean_gap(NULL, NULL, 3, 0, NULL) == MEDSGD_OK);
  CHECK(medsgd_median_mean_gap(&out, NULL, 3, 0, NULL) == MEDSGD_OK && out == 0);
  free(work);
}

TEST_MAIN(CASE(success_written_out), CASE(success_against_binomial_sums), CASE(success_of_large_votes),
          CASE(success_tends_to_the_normal_distribution), CASE(success_laws), CASE(success_out_of_range),
          CASE(rho_norm), CASE(rho_norm_errors), CASE(l12_norm), CASE(l12_norm_errors), CASE(median_mean_gap),
          CASE(median_mean_gap_errors))
