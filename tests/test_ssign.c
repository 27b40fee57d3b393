/* SPDX-License-Identifier: MIT
 * Norms, momentum and the stochastic sign. Random cases fail for a right header with a probability below 1e-6 a
 * comparison (Chernoff bounds, below 1e-3 for the whole program, over the choice of --seed).
 */
#define MEDSGD_IMPLEMENTATION
#include "medsgd.h"

#include "oracle_real.h"
#include "test.h"

#define SURPRISE 15.0L /* exp(-15) = 3e-7 a side */
#ifdef TEST_SANITIZED  /* fewer samples where each costs ten times as much */
#  define MANY ((size_t)1 << 22)
#else
#  define MANY ((size_t)1 << 25)
#endif

#ifdef MEDSGD_DOUBLE
#  define REAL_MAX DBL_MAX
#  define REAL_MIN DBL_MIN
#  define REAL_EPS DBL_EPSILON
#  define REAL_TINY 4.9406564584124654e-324 /* the least subnormal */
#else
#  define REAL_MAX FLT_MAX
#  define REAL_MIN FLT_MIN
#  define REAL_EPS FLT_EPSILON
#  define REAL_TINY 1.401298464324817e-45f
#endif

static medsgd_stream random_stream(void) {
  medsgd_stream s;
  s.seed = test_random();
  s.worker = (uint32_t)test_random();
  s.round = (uint32_t)test_random();
  return s;
}

static medsgd_real *reals(size_t d) {
  medsgd_real *g = (medsgd_real *)malloc((d ? d : 1) * sizeof *g);
  if (!g) abort();
  return g;
}

static int bit(const uint64_t *words, size_t j) { return (int)(words[j / 64] >> (j % 64) & 1); }

/* ---- norms ---- */

static int near(double got, wide exact, wide relative) {
  if (exact > (wide)DBL_MAX) return isinf(got) && got > 0;
  return fabsl((wide)got - exact) <= relative * exact + 4.9406564584124654e-324L;
}

/* Every length around the block and lane edges, spread magnitudes, and all magnitudes the type has. */
TEST(norms_against_long_double) {
  enum { D = 3000 };
  medsgd_real g[D];
  const double lowest = log2((double)REAL_TINY), highest = log2((double)REAL_MAX);
  for (int n = 0; n < 1500; n++) {
    size_t d = n < 1100 ? (size_t)n : test_below(D + 1);
    double centre = lowest + (highest - lowest) * test_uniform(), spread = n % 3 * 20;
    for (size_t j = 0; j < d; j++) {
      double power = centre + spread * (test_uniform() - 0.5);
      power = power < lowest ? lowest : power > highest - 1 ? highest - 1 : power;
      g[j] = (medsgd_real)(exp2(power) * (test_random() % 2 ? 1 : -1));
    }
    wide limit = ((wide)d / 512 + 34) * 0x1p-53L; /* what the header promises, and the reference's own */
    CHECKF(near(medsgd_norm1(g, d), oracle_norm1(g, d), limit), "d %d: norm1 %.17g, not %.17Lg", (int)d,
           medsgd_norm1(g, d), oracle_norm1(g, d));
    CHECKF(near(medsgd_norm2(g, d), oracle_norm2(g, d), limit), "d %d: norm2 %.17g, not %.17Lg", (int)d,
           medsgd_norm2(g, d), oracle_norm2(g, d));
  }
}

/* One coordinate among zeros is its own norm, wherever it stands and however large or small it is. */
TEST(norms_at_the_ends_of_the_range) {
  static const medsgd_real value[6] = {
      REAL_MAX, -REAL_MAX, REAL_MIN, (medsgd_real)REAL_TINY, (medsgd_real)(7 * REAL_TINY), 1};
  medsgd_real g[1100] = {0};
  for (size_t at = 0; at < 1100; at += 1 + test_below(9)) {
    for (int i = 0; i < 6; i++) {
      g[at] = value[i];
      CHECKF(medsgd_norm2(g, 1100) == fabs((double)value[i]), "%g at %d: %g", (double)value[i], (int)at,
             medsgd_norm2(g, 1100));
      CHECK(medsgd_norm1(g, 1100) == fabs((double)value[i]));
    }
    g[at] = 0;
  }
  CHECK(medsgd_norm1(g, 1100) == 0 && medsgd_norm2(g, 1100) == 0);
  /* sums near the limits of double: a norm that fits is returned, only one that does not is infinite */
  double big = (double)REAL_MAX / 2, small = (double)REAL_TINY;
  for (size_t j = 0; j < 4; j++) g[j] = (medsgd_real)(j % 2 ? big : -big);
  CHECKF(near(medsgd_norm2(g, 4), oracle_norm2(g, 4), 1e-15L), "%g", medsgd_norm2(g, 4));
  CHECKF(near(medsgd_norm2(g, 3), oracle_norm2(g, 3), 1e-15L), "%g", medsgd_norm2(g, 3));
  for (size_t j = 0; j < 4; j++) g[j] = REAL_MAX;
  CHECKF(near(medsgd_norm2(g, 4), oracle_norm2(g, 4), 1e-15L), "%g", medsgd_norm2(g, 4));
  CHECKF(near(medsgd_norm1(g, 4), oracle_norm1(g, 4), 1e-15L), "%g", medsgd_norm1(g, 4));
  for (size_t j = 0; j < 1024; j++) g[j] = (medsgd_real)small;
  CHECKF(near(medsgd_norm2(g, 1024), 32 * (wide)small, 1e-15L), "%g", medsgd_norm2(g, 1024));
  CHECKF(near(medsgd_norm1(g, 1024), 1024 * (wide)small, 1e-15L), "%g", medsgd_norm1(g, 1024));
  g[0] = REAL_MAX; /* both ends at once */
  CHECK(medsgd_norm2(g, 1024) == (double)REAL_MAX);
}

TEST(norms_of_nan_and_infinity) {
  medsgd_real g[700];
  for (size_t d = 1; d <= 700; d += 1 + test_below(20)) {
    for (size_t j = 0; j < d; j++) g[j] = (medsgd_real)(j % 3 ? REAL_MAX : REAL_TINY);
    size_t at = test_below(d), other = test_below(d);
    g[at] = (medsgd_real)(d % 2 ? INFINITY : -INFINITY);
    CHECK(isinf(medsgd_norm1(g, d)) && medsgd_norm1(g, d) > 0);
    CHECK(isinf(medsgd_norm2(g, d)) && medsgd_norm2(g, d) > 0);
    g[other] = (medsgd_real)NAN; /* NaN prevails */
    CHECK(isnan(medsgd_norm1(g, d)) && isnan(medsgd_norm2(g, d)));
  }
  CHECK(medsgd_norm1(NULL, 0) == 0 && medsgd_norm2(NULL, 0) == 0 && medsgd_norm1(g, 0) == 0 && medsgd_norm2(g, 0) == 0);
  CHECK(isnan(medsgd_norm1(NULL, 3)) && isnan(medsgd_norm2(NULL, 3)));
}

/* ---- momentum ---- */

TEST(momentum_element_by_element) {
  enum { D = 700 };
  medsgd_real m[D], part[D], g[D], before[D];
  for (int n = 0; n < 100; n++) {
    medsgd_real beta = n < 2 ? (medsgd_real)n : (medsgd_real)test_uniform();
    size_t d = test_below(D + 1);
    for (size_t j = 0; j < D; j++) {
      m[j] = part[j] = before[j] = (medsgd_real)ldexp(test_uniform() - 0.5, (int)test_below(40) - 20);
      g[j] = (medsgd_real)ldexp(test_uniform() - 0.5, (int)test_below(40) - 20);
    }
    CHECK(medsgd_momentum(m, g, d, beta) == MEDSGD_OK);
    for (size_t j = 0; j < D; j++) {
      wide old = (wide)beta * (wide)before[j], new = (1 - (wide)beta) * (wide)g[j],
           exact = j < d ? old + new : (wide)before[j];
      wide limit = j < d ? 1.51L * (wide)REAL_EPS * (fabsl(old) + fabsl(new)) : 0; /* three roundings of half an eps */
      CHECKF(fabsl((wide)m[j] - exact) <= limit, "beta %g: %g, not %Lg", (double)beta, (double)m[j], exact);
    }
    for (size_t j = 0; j < d;) {
      size_t piece = 1 + test_below(100);
      if (piece > d - j) piece = d - j;
      CHECK(medsgd_momentum(part + j, g + j, piece, beta) == MEDSGD_OK);
      j += piece;
    }
    CHECK(memcmp(m, part, sizeof m) == 0);
  }
}

TEST(momentum_hostile_values_and_errors) {
  medsgd_real m[4] = {1, (medsgd_real)NAN, REAL_MAX, 1}, g[4] = {(medsgd_real)INFINITY, 1, REAL_MAX, (medsgd_real)NAN};
  CHECK(medsgd_momentum(m, g, 4, (medsgd_real)0.5) == MEDSGD_OK);
  CHECK(isinf(m[0]) && isnan(m[1]) && m[2] == REAL_MAX && isnan(m[3]));
  medsgd_real x[2] = {1, 2}, y[2] = {3, 4};
  CHECK(medsgd_momentum(NULL, y, 2, (medsgd_real)0.5) == MEDSGD_ERR_NULL);
  CHECK(medsgd_momentum(x, NULL, 2, (medsgd_real)0.5) == MEDSGD_ERR_NULL);
  CHECK(medsgd_momentum(NULL, y, 2, 2) == MEDSGD_ERR_NULL);
  static const double bad[5] = {-0.1, 1.1, (double)NAN, (double)INFINITY, -(double)INFINITY};
  for (int i = 0; i < 5; i++) CHECK(medsgd_momentum(x, y, 2, (medsgd_real)bad[i]) == MEDSGD_ERR_PARAM);
  CHECK(x[0] == 1 && x[1] == 2 && y[0] == 3 && y[1] == 4);
  CHECK(medsgd_momentum(NULL, NULL, 0, 7) == MEDSGD_OK);
}

/* ---- stochastic sign ---- */

/* How often the sign of g is -1 at the positions first .. first+n-1. */
static uint64_t count_negative(medsgd_real g, double norm, size_t n, medsgd_stream s, uint64_t first) {
  enum { D = 1 << 14 };
  static medsgd_real v[D];
  uint64_t neg[MEDSGD_WORDS(D)], count = 0;
  for (size_t j = 0; j < D; j++) v[j] = g;
  for (size_t at = 0; at < n; at += D) {
    CHECK(medsgd_stochastic_sign(neg, NULL, v, D, norm, s, first + at) == MEDSGD_OK);
    for (size_t j = 0; j < D; j++) count += (uint64_t)bit(neg, j);
  }
  return count;
}

TEST(frequencies) {
  static const double ratio[] = {0,   -0.0, 1e-3, -1e-3, 0.1,   -0.1,   0.25,  -0.25,
                                 0.5, -0.5, 0.9,  -0.9,  0.999, -0.999, 1e-30, -1e-30};
  const size_t n = MANY / 16;
  for (size_t i = 0; i < sizeof ratio / sizeof *ratio; i++) {
    medsgd_real g = (medsgd_real)(3 * ratio[i]);
    wide p = 0.5L - (wide)g / 6;
    uint64_t count = count_negative(g, 3, n, random_stream(), test_random());
    CHECKF(oracle_surprise(count, n, p) < SURPRISE, "g/norm %g: %llu of %llu are -1, p = %Lg", ratio[i],
           (unsigned long long)count, (unsigned long long)n, p);
  }
}

/* The scale cancels: only g/norm matters, from the least subnormal to the largest number. */
TEST(frequencies_at_every_scale) {
  const size_t n = MANY / 32;
  static const double scale[] = {DBL_MAX, 1e300, (double)REAL_MAX, 1, (double)REAL_MIN, 16 * (double)REAL_TINY};
  for (size_t i = 0; i < sizeof scale / sizeof *scale; i++) {
    medsgd_real g = (medsgd_real)(scale[i] > (double)REAL_MAX ? (double)REAL_MAX : -scale[i] / 4);
    wide p = 0.5L - (wide)g / (wide)scale[i] / 2;
    uint64_t count = count_negative(g, scale[i], n, random_stream(), test_random());
    CHECKF(oracle_surprise(count, n, p) < SURPRISE, "scale %g: %llu of %llu are -1, p = %Lg", scale[i],
           (unsigned long long)count, (unsigned long long)n, p);
  }
  for (int i = 0; i < 3; i++) { /* 0 is a fair coin under any norm, also where 1/norm is infinite */
    static const double norm[3] = {4.9406564584124654e-324, 1e-310, DBL_MAX};
    uint64_t count = count_negative(0, norm[i], n, random_stream(), 0);
    CHECKF(oracle_surprise(count, n, 0.5L) < SURPRISE, "norm %g: %llu of %llu are -1", norm[i],
           (unsigned long long)count, (unsigned long long)n);
  }
}

/* Probabilities of 2^-21 are met: the coin has more than 24 bits. */
TEST(small_probabilities) {
  const double norm = 1;
  const medsgd_real g = (medsgd_real)(1 - 0x1p-20); /* P[-1] = 2^-21 */
  uint64_t rare = count_negative(g, norm, MANY, random_stream(), 0);
  CHECKF(oracle_surprise(rare, MANY, 0x1p-21L) < SURPRISE, "%llu of %llu", (unsigned long long)rare,
         (unsigned long long)MANY);
  uint64_t sure = count_negative(-g, norm, MANY, random_stream(), 0);
  CHECKF(oracle_surprise(MANY - sure, MANY, 0x1p-21L) < SURPRISE, "%llu of %llu", (unsigned long long)(MANY - sure),
         (unsigned long long)MANY);
}

/* Each coin has a threshold: the sign is +1 from some g/norm on. Found by bisection, thresholds near 0 (where g/norm
 * has the digits in either precision) fill the steps of 2^-25 evenly: quarters of them, 3 degrees of
 * freedom; and all of [-1, 1]. */
TEST(coin_resolution) {
  enum { D = 1 << 17 };
  medsgd_real *low = reals(D), *high = reals(D), *middle = reals(D);
  uint64_t *neg = (uint64_t *)malloc(MEDSGD_WORDS(D) * sizeof *neg), coarse[8] = {0}, fine[4] = {0}, near_zero = 0;
  medsgd_stream s = random_stream();
  wide chi2 = 0;
  if (!neg) abort();
  for (size_t j = 0; j < D; j++) {
    low[j] = -1;
    high[j] = 1;
  }
  for (int step = 0; step < 34; step++) {
    for (size_t j = 0; j < D; j++) middle[j] = (low[j] + high[j]) / 2;
    CHECK(medsgd_stochastic_sign(neg, NULL, middle, D, 1, s, 0) == MEDSGD_OK);
    for (size_t j = 0; j < D; j++) *(bit(neg, j) ? &low[j] : &high[j]) = middle[j];
  }
  for (size_t j = 0; j < D; j++) {
    double place = ((double)low[j] + 1) * 0x1p25, fraction = place - floor(place);
    coarse[(size_t)(((double)low[j] + 1) * 4)]++;
    if (fabs((double)low[j]) > 0x1p-6) continue;
    near_zero++;
    fine[(size_t)(4 * fraction)]++;
  }
  for (int i = 0; i < 8; i++)
    CHECKF(oracle_surprise(coarse[i], D, 0.125L) < SURPRISE, "eighth %d: %d", i, (int)coarse[i]);
  for (int i = 0; i < 4; i++) chi2 += powl((wide)fine[i] - (wide)near_zero / 4, 2) / ((wide)near_zero / 4);
  CHECK(near_zero > 1000);
  CHECKF(oracle_chi2_tail(chi2, 3) > 1e-6L, "quarters of a step: %d %d %d %d", (int)fine[0], (int)fine[1], (int)fine[2],
         (int)fine[3]);
  free(neg);
  free(middle);
  free(high);
  free(low);
}

/* All that is below a coin's threshold gives -1, all above +1, also where other bits of the coin begin to decide. */
TEST(coin_is_a_threshold) {
  enum { D = 1 << 12 };
  medsgd_real *low = reals(D), *high = reals(D), *probe = reals(D);
  uint64_t neg[MEDSGD_WORDS(D)];
  const medsgd_stream s = random_stream();
  const uint64_t first = test_random();
  for (size_t j = 0; j < D; j++) low[j] = -1, high[j] = 1;
  for (int step = 0; step < 60; step++) {
    for (size_t j = 0; j < D; j++) probe[j] = low[j] + (high[j] - low[j]) / 2;
    CHECK(medsgd_stochastic_sign(neg, NULL, probe, D, 1, s, first) == MEDSGD_OK);
    for (size_t j = 0; j < D; j++) *(bit(neg, j) ? &low[j] : &high[j]) = probe[j];
  }
  for (int e = -50; e <= 0; e++)
    for (int side = 0; side < 4; side++) { /* at, and a random way off */
      const double way = ldexp(side < 2 ? 1 : 1 + test_uniform(), e);
      for (size_t j = 0; j < D; j++) probe[j] = (medsgd_real)(side % 2 ? (double)high[j] + way : (double)low[j] - way);
      CHECK(medsgd_stochastic_sign(neg, NULL, probe, D, 1, s, first) == MEDSGD_OK);
      for (size_t j = 0; j < D; j++)
        CHECKF(bit(neg, j) == !(side % 2), "%a beside %a, %a", (double)probe[j], (double)low[j], (double)high[j]);
    }
  free(probe);
  free(high);
  free(low);
}

/* |g| >= norm: certain, however often one tries; NaN: a fair coin. */
TEST(certain_signs_and_nan) {
  static const struct {
    double g, norm;
  } c[] = {{1, 1},
           {3, 2},
           {(double)INFINITY, 1},
           {(double)INFINITY, DBL_MAX},
           {(double)REAL_MAX, 1},
           {(double)REAL_MAX, (double)REAL_MAX},
           {1, 4.9406564584124654e-324}, /* the quotient overflows */
           {(double)REAL_TINY, (double)REAL_TINY},
           {(double)REAL_MIN, 4.9406564584124654e-324}};
  const size_t n = MANY / 8;
  for (size_t i = 0; i < sizeof c / sizeof *c; i++) {
    CHECKF(count_negative((medsgd_real)c[i].g, c[i].norm, n, random_stream(), 0) == 0, "g %g, norm %g", c[i].g,
           c[i].norm);
    CHECKF(count_negative((medsgd_real)-c[i].g, c[i].norm, n, random_stream(), 0) == n, "g %g, norm %g", -c[i].g,
           c[i].norm);
  }
  for (int i = 0; i < 2; i++) {
    uint64_t coin = count_negative((medsgd_real)(i ? -NAN : NAN), 1, n, random_stream(), 0);
    CHECKF(oracle_surprise(coin, n, 0.5L) < SURPRISE, "NaN: %llu of %llu", (unsigned long long)coin,
           (unsigned long long)n);
  }
}

/* Safaryan: E[||g|| sign g] = g. The mean of N signs of probability p is compared with p, coordinate by coordinate. */
TEST(unbiased) {
  enum { D = 70, N = 40000 };
  medsgd_real g[D];
  uint64_t neg[MEDSGD_WORDS(D)], count[D] = {0};
  for (size_t j = 0; j < D; j++) g[j] = (medsgd_real)(ldexp(test_uniform() - 0.5, -(int)(j % 9)));
  double norm = medsgd_norm2(g, D);
  medsgd_stream s = random_stream();
  for (uint32_t round = 0; round < N; round++) {
    s.round = round;
    CHECK(medsgd_stochastic_sign(neg, NULL, g, D, norm, s, 0) == MEDSGD_OK);
    for (size_t j = 0; j < D; j++) count[j] += (uint64_t)bit(neg, j);
  }
  for (size_t j = 0; j < D; j++) {
    wide p = (1 - (wide)g[j] / (wide)norm) / 2;
    CHECKF(oracle_surprise(count[j], N, p) < SURPRISE, "coordinate %d: %g, not %Lg", (int)j,
           (double)count[j] / (double)N, p);
  }
}

/* Coins of neighbours, of workers, rounds and seeds agree half of the time. */
TEST(coins_are_independent) {
  enum { D = 1 << 18, STREAMS = 6 };
  medsgd_real *g = reals(D);
  uint64_t *neg[STREAMS];
  medsgd_stream s[STREAMS];
  for (size_t j = 0; j < D; j++) g[j] = 0;
  for (int i = 0; i < STREAMS; i++) s[i] = i ? s[0] : random_stream();
  s[1].worker ^= 1;
  s[2].round ^= 1;
  s[3].seed ^= 1;
  s[4].seed ^= (uint64_t)1 << 40;
  s[5].worker = s[0].round;
  s[5].round = s[0].worker;
  for (int i = 0; i < STREAMS; i++) {
    neg[i] = (uint64_t *)malloc(MEDSGD_WORDS(D) * sizeof(uint64_t));
    if (!neg[i]) abort();
    CHECK(medsgd_stochastic_sign(neg[i], NULL, g, D, 1, s[i], 0) == MEDSGD_OK);
    for (int k = 0; k < i; k++) {
      uint64_t differ = 0;
      for (size_t j = 0; j < D; j++) differ += (uint64_t)(bit(neg[i], j) ^ bit(neg[k], j));
      CHECKF(oracle_surprise(differ, D, 0.5L) < SURPRISE, "streams %d and %d", k, i);
    }
  }
  for (size_t lag = 1; lag <= 4096; lag += lag < 140 ? 1 : lag) {
    uint64_t differ = 0;
    for (size_t j = lag; j < D; j++) differ += (uint64_t)(bit(neg[0], j) ^ bit(neg[0], j - lag));
    CHECKF(oracle_surprise(differ, D - lag, 0.5L) < SURPRISE, "lag %d", (int)lag);
  }
  for (int i = 0; i < STREAMS; i++) free(neg[i]);
  free(g);
}

TEST(sign_slices_agree) {
  enum { D = 700 };
  medsgd_real g[D];
  for (int n = 0; n < 300; n++) {
    uint64_t whole[MEDSGD_WORDS(D)], zero[MEDSGD_WORDS(D) + 1], part[MEDSGD_WORDS(D) + 1];
    uint64_t first = n % 10 == 9 ? UINT64_MAX - test_below(D) : test_random() >> test_below(64);
    medsgd_stream s = random_stream();
    for (size_t j = 0; j < D; j++) g[j] = (medsgd_real)(test_uniform() - 0.5);
    g[5] = (medsgd_real)NAN;
    CHECK(medsgd_stochastic_sign(whole, NULL, g, D, 0.6, s, first) == MEDSGD_OK);
    for (size_t j = 0; j < D;) {
      size_t piece = 1 + test_below(n % 2 ? 5 : 200);
      if (piece > D - j) piece = D - j;
      size_t words = MEDSGD_WORDS(piece);
      for (size_t i = 0; i <= words; i++) part[i] = zero[i] = UINT64_MAX;
      CHECK(medsgd_stochastic_sign(part, n % 3 ? NULL : zero, g + j, piece, 0.6, s, first + j) == MEDSGD_OK);
      for (size_t i = 0; i < piece; i++) CHECK(bit(part, i) == bit(whole, j + i));
      if (piece % 64) CHECK(part[words - 1] >> (piece % 64) == 0); /* padding */
      CHECK(part[words] == UINT64_MAX && zero[words] == UINT64_MAX);
      for (size_t i = 0; i < words; i++) CHECK(zero[i] == (n % 3 ? UINT64_MAX : 0));
      j += piece;
    }
  }
}

TEST(zero_norm) {
  medsgd_real g[200];
  for (size_t j = 0; j < 200; j++) g[j] = (medsgd_real)(j % 2 ? 0 : -1);
  for (size_t d = 1; d <= 200; d++) {
    uint64_t neg[5], zero[5];
    size_t words = MEDSGD_WORDS(d);
    for (int i = 0; i < 5; i++) neg[i] = zero[i] = 0x5555555555555555u;
    CHECK(medsgd_stochastic_sign(neg, zero, g, d, d % 2 ? 0.0 : -0.0, random_stream(), 3) == MEDSGD_OK);
    for (size_t j = 0; j < 64 * words; j++) CHECK(bit(neg, j) == 0 && bit(zero, j) == (j < d));
    CHECK(neg[words] == 0x5555555555555555u && zero[words] == 0x5555555555555555u);
  }
}

TEST(sign_errors) {
  medsgd_real g[3] = {1, 2, 3};
  uint64_t neg = 77, zero = 78;
  medsgd_stream s = random_stream();
  static const double bad[4] = {-1, (double)NAN, (double)INFINITY, -(double)INFINITY};
  CHECK(medsgd_stochastic_sign(NULL, &zero, g, 3, 1, s, 0) == MEDSGD_ERR_NULL);
  CHECK(medsgd_stochastic_sign(&neg, &zero, NULL, 3, 1, s, 0) == MEDSGD_ERR_NULL);
  CHECK(medsgd_stochastic_sign(&neg, &zero, NULL, 3, -1, s, 0) == MEDSGD_ERR_NULL);
  for (int i = 0; i < 4; i++) CHECK(medsgd_stochastic_sign(&neg, &zero, g, 3, bad[i], s, 0) == MEDSGD_ERR_PARAM);
  CHECK(medsgd_stochastic_sign(&neg, NULL, g, 3, 0, s, 0) == MEDSGD_ERR_PARAM);
  CHECK(neg == 77 && zero == 78);
  CHECK(medsgd_stochastic_sign(NULL, NULL, NULL, 0, 1, s, 0) == MEDSGD_OK);
  CHECK(medsgd_stochastic_sign(NULL, NULL, NULL, 0, -1, s, 0) == MEDSGD_OK);
}

TEST_MAIN(CASE(norms_against_long_double), CASE(norms_at_the_ends_of_the_range), CASE(norms_of_nan_and_infinity),
          CASE(momentum_element_by_element), CASE(momentum_hostile_values_and_errors), CASE(frequencies),
          CASE(frequencies_at_every_scale), CASE(small_probabilities), CASE(coin_resolution), CASE(coin_is_a_threshold),
          CASE(certain_signs_and_nan), CASE(unbiased), CASE(coins_are_independent), CASE(sign_slices_agree),
          CASE(zero_norm), CASE(sign_errors))
