/* SPDX-License-Identifier: MIT
 * Noise: the generator against published vectors and an independent one, the variates against their distributions,
 * streams against each other. Statistical limits: a case that draws fails for a right header with a probability below
 * FALSE_ALARM a comparison (below 1e-3 for the whole program, over the choice of --seed); the default seed is fixed, so
 * nothing ever flickers.
 */
#define MEDSGD_IMPLEMENTATION
#include "medsgd.h"

#include "oracle_real.h"
#include "test.h"

#define FALSE_ALARM 1e-6L
#define SURPRISE 15.0L /* exp(-15) = 3e-7 a side */

#ifdef TEST_SANITIZED /* fewer samples where each costs ten times as much */
#  define TAIL_SAMPLES ((size_t)1 << 23)
#else
#  define TAIL_SAMPLES ((size_t)1 << 26)
#endif
#define MILLION ((size_t)1000000)

static const medsgd_noise kinds[3] = {MEDSGD_GAUSSIAN, MEDSGD_LAPLACE, MEDSGD_UNIFORM};

static medsgd_stream stream_of(uint64_t seed, uint32_t worker, uint32_t round) {
  medsgd_stream s;
  s.seed = seed;
  s.worker = worker;
  s.round = round;
  return s;
}

static medsgd_stream random_stream(void) {
  return stream_of(test_random(), (uint32_t)test_random(), (uint32_t)test_random());
}

/* The unit variates of the positions first .. first+d-1. */
static void draw(medsgd_real *g, size_t d, medsgd_noise kind, medsgd_stream stream, uint64_t first) {
  for (size_t j = 0; j < d; j++) g[j] = 0;
  CHECK(medsgd_perturb(g, d, 1, kind, stream, first) == MEDSGD_OK);
}

static medsgd_real *reals(size_t d) {
  medsgd_real *g = (medsgd_real *)malloc((d ? d : 1) * sizeof *g);
  if (!g) abort();
  return g;
}

/* ---- the generator ---- */

TEST(known_answers) {
  FILE *f = fopen("tests/kat/threefry4x32.txt", "r");
  char line[256];
  unsigned read = 0, by_header = 0;
  CHECK(f != NULL);
  if (!f) return;
  while (fgets(line, sizeof line, f)) {
    unsigned rounds, v[12];
    if (line[0] == '#') continue;
    CHECK(sscanf(line, "%u %x %x %x %x %x %x %x %x %x %x %x %x", &rounds, v, v + 1, v + 2, v + 3, v + 4, v + 5, v + 6,
                 v + 7, v + 8, v + 9, v + 10, v + 11) == 13);
    uint32_t counter[4] = {v[0], v[1], v[2], v[3]}, key[4] = {v[4], v[5], v[6], v[7]}, out[4];
    oracle_threefry4x32(out, counter, key, rounds);
    for (int i = 0; i < 4; i++)
      CHECKF(out[i] == v[8 + i], "oracle, %u rounds, word %d: %08x", rounds, i, (unsigned)out[i]);
    read++;
    if (rounds != 20) continue;
    medsgd__quad x = {v[0], v[1], v[2], v[3]}, k = {v[4], v[5], v[6], v[7]};
    x = medsgd__threefry(x, k);
    CHECKF(x.a == v[8] && x.b == v[9] && x.c == v[10] && x.d == v[11], "header: %08x %08x %08x %08x", (unsigned)x.a,
           (unsigned)x.b, (unsigned)x.c, (unsigned)x.d);
    by_header++;
  }
  fclose(f);
  CHECK(read == 9 && by_header == 3);
}

/* The layout of counter, key and output words, which the wire format of a seed depends on. */
TEST(random_words) {
  for (int n = 0; n < 2000; n++) {
    medsgd_stream s = random_stream();
    uint64_t group = test_random() >> (6 + test_below(58));
    uint32_t purpose = (uint32_t)(1 + test_below(6)), w[64];
    medsgd__random_words(w, group, purpose, s);
    for (uint32_t lane = 0; lane < 16; lane++) {
      uint64_t count = 16 * group + lane;
      uint32_t counter[4] = {(uint32_t)count, (uint32_t)(count >> 32), s.worker, s.round}, out[4];
      uint32_t key[4] = {(uint32_t)s.seed, (uint32_t)(s.seed >> 32), purpose, 0};
      oracle_threefry4x32(out, counter, key, 20);
      for (int q = 0; q < 4; q++) CHECK(w[16 * q + (int)lane] == out[q]);
    }
  }
}

TEST(logarithm) {
  wide worst = 0;
  for (int n = 0; n < 200000; n++) {
    double x = (0.5 + test_uniform()) * pow(2, (double)test_below(2098) - 1074);
    if (n % 2)
      x = 1 + (test_uniform() - 0.5) * pow(2, -(double)test_below(50)); /* near 1, where log loses digits first */
    if (!(x > 0) || isinf(x)) continue;
    wide exact = logl((wide)x), error = fabsl((wide)medsgd__log(x) - exact);
    if (x == 1.0)
      CHECK(medsgd__log(x) == 0);
    else if (error / fabsl(exact) > worst)
      worst = error / fabsl(exact);
  }
  CHECKF(worst < 1e-15L, "relative error %Lg", worst);
}

/* ---- position-addressable: slices, splits, wrap-around ---- */

TEST(slices_agree) {
  enum { D = 1500 };
  medsgd_real whole[D], part[D];
  for (int n = 0; n < 300; n++) {
    medsgd_noise kind = kinds[n % 3];
    medsgd_stream s = random_stream();
    uint64_t first = test_random() >> test_below(64);
    medsgd_real b = (medsgd_real)(0.01 + test_uniform());
    if (n % 10 == 9) first = UINT64_MAX - test_below(D); /* the positions wrap inside */
    for (size_t j = 0; j < D; j++) whole[j] = part[j] = (medsgd_real)(test_uniform() - 0.5);
    CHECK(medsgd_perturb(whole, D, b, kind, s, first) == MEDSGD_OK);
    for (size_t j = 0; j < D;) {
      size_t piece = test_below(n % 2 ? 5 : 200);
      if (piece > D - j) piece = D - j;
      CHECK(medsgd_perturb(part + j, piece, b, kind, s, first + j) == MEDSGD_OK);
      j += piece;
    }
    CHECK(memcmp(whole, part, sizeof whole) == 0);
  }
}

TEST(writes_only_the_slice) {
  medsgd_real g[200];
  for (size_t d = 0; d < 130; d++) {
    size_t at = 1 + test_below(60);
    for (size_t j = 0; j < 200; j++) g[j] = 7;
    CHECK(medsgd_perturb(g + at, d, 1, kinds[d % 3], random_stream(), test_random()) == MEDSGD_OK);
    for (size_t j = 0; j < 200; j++) CHECK((j >= at && j < at + d) == (g[j] != 7)); /* xi is never 0 */
  }
}

/* ---- arithmetic of g + b xi ---- */

TEST(scaled_and_added) {
  enum { D = 3000 };
  medsgd_real xi[D], g[D], start[D];
  const medsgd_real eps = sizeof(medsgd_real) == 4 ? (medsgd_real)FLT_EPSILON : (medsgd_real)DBL_EPSILON;
  for (int n = 0; n < 30; n++) {
    medsgd_stream s = random_stream();
    medsgd_real b = (medsgd_real)ldexp(1 + test_uniform(), (int)test_below(60) - 30),
                power = (medsgd_real)ldexp(1, (int)test_below(60) - 30);
    draw(xi, D, kinds[n % 3], s, 5);
    for (size_t j = 0; j < D; j++) g[j] = 0;
    CHECK(medsgd_perturb(g, D, power, kinds[n % 3], s, 5) == MEDSGD_OK);
    for (size_t j = 0; j < D; j++) CHECK((double)g[j] == (double)power * (double)xi[j]);
    for (size_t j = 0; j < D; j++) g[j] = start[j] = (medsgd_real)ldexp(test_uniform() - 0.5, (int)test_below(60) - 30);
    CHECK(medsgd_perturb(g, D, b, kinds[n % 3], s, 5) == MEDSGD_OK);
    for (size_t j = 0; j < D; j++) {
      medsgd_real noise = b * xi[j], sum = start[j] + noise; /* each rounded once */
      CHECKF(fabs((double)g[j] - (double)sum) <= (double)eps * fabs((double)sum), "%g + %g * %g = %g", (double)start[j],
             (double)b, (double)xi[j], (double)g[j]);
    }
  }
}

TEST(zero_noise_and_hostile_values) {
  enum { D = 100 };
  medsgd_real g[D], before[D];
  for (size_t j = 0; j < D; j++) g[j] = before[j] = (medsgd_real)(test_uniform() - 0.5);
  g[3] = before[3] = 0;
  for (int k = 0; k < 3; k++) {
    CHECK(medsgd_perturb(g, D, 0, kinds[k], random_stream(), 9) == MEDSGD_OK);
    for (size_t j = 0; j < D; j++) CHECK((double)g[j] == (double)before[j]);
    medsgd_real odd[4] = {(medsgd_real)NAN, (medsgd_real)INFINITY, (medsgd_real)-INFINITY, 1};
    CHECK(medsgd_perturb(odd, 4, 1, kinds[k], random_stream(), 0) == MEDSGD_OK);
    CHECK(isnan(odd[0]) && isinf(odd[1]) && odd[1] > 0 && isinf(odd[2]) && odd[2] < 0 && isfinite(odd[3]));
  }
}

TEST(errors) {
  medsgd_real g[3] = {1, 2, 3};
  medsgd_stream s = random_stream();
  CHECK(medsgd_perturb(NULL, 3, 1, MEDSGD_GAUSSIAN, s, 0) == MEDSGD_ERR_NULL);
  CHECK(medsgd_perturb(g, 3, -1, MEDSGD_GAUSSIAN, s, 0) == MEDSGD_ERR_PARAM);
  CHECK(medsgd_perturb(g, 3, (medsgd_real)NAN, MEDSGD_LAPLACE, s, 0) == MEDSGD_ERR_PARAM);
  CHECK(medsgd_perturb(g, 3, (medsgd_real)INFINITY, MEDSGD_UNIFORM, s, 0) == MEDSGD_ERR_PARAM);
  CHECK(medsgd_perturb(g, 3, 1, (medsgd_noise)3, s, 0) == MEDSGD_ERR_PARAM);
  CHECK(medsgd_perturb(NULL, 3, -1, MEDSGD_GAUSSIAN, s, 0) == MEDSGD_ERR_NULL);
  CHECK(g[0] == 1 && g[1] == 2 && g[2] == 3);
  CHECK(medsgd_perturb(NULL, 0, 1, MEDSGD_GAUSSIAN, s, 0) == MEDSGD_OK);
  CHECK(medsgd_perturb(g, 0, -1, (medsgd_noise)3, s, 0) == MEDSGD_OK);
}

/* ---- distribution of each kind, 10^6 samples ---- */

static int ascending(const void *a, const void *b) {
  double p = *(const double *)a, q = *(const double *)b;
  return (p > q) - (p < q);
}

TEST(chi_square_and_kolmogorov_smirnov) {
  enum { BINS = 1000 };
  medsgd_real *g = reals(MILLION);
  double *u = (double *)malloc(MILLION * sizeof *u);
  if (!u) abort();
  for (int k = 0; k < 3; k++) {
    unsigned bin[BINS] = {0};
    draw(g, MILLION, kinds[k], random_stream(), test_random());
    for (size_t j = 0; j < MILLION; j++) {
      u[j] = (double)oracle_noise_cdf(kinds[k], (wide)g[j]);
      bin[u[j] < 1 ? (size_t)(u[j] * (double)BINS) : BINS - 1]++;
    }
    wide chi2 = 0, expected = (wide)MILLION / (wide)BINS, far = 0;
    for (int i = 0; i < BINS; i++) chi2 += ((wide)bin[i] - expected) * ((wide)bin[i] - expected) / expected;
    CHECKF(oracle_chi2_tail(chi2, BINS - 1) > FALSE_ALARM, "kind %d: chi-square %Lg of 999", k, chi2);
    CHECKF(1 - oracle_chi2_tail(chi2, BINS - 1) > FALSE_ALARM, "kind %d: chi-square %Lg of 999, too even", k, chi2);
    qsort(u, MILLION, sizeof *u, ascending);
    for (size_t j = 0; j < MILLION; j++) {
      wide below = (wide)j / (wide)MILLION, above = ((wide)j + 1) / (wide)MILLION;
      if ((wide)u[j] - below > far) far = (wide)u[j] - below;
      if (above - (wide)u[j] > far) far = above - (wide)u[j];
    }
    CHECKF(oracle_ks_tail(far, MILLION) > FALSE_ALARM, "kind %d: Kolmogorov-Smirnov distance %Lg", k, far);
  }
  free(u);
  free(g);
}

/* Mean of xi^p for p = 1..4 within 5 standard errors (5.7e-7) of the exact moment; the standard error from the moments
 * of order 2p. */
TEST(moments) {
  static const double even[3][4] = {{1, 3, 15, 105}, {1, 6, 90, 2520}, {1, 1.8, 27.0 / 7, 9}}; /* E xi^2, 4, 6, 8 */
  medsgd_real *g = reals(MILLION);
  for (int k = 0; k < 3; k++) {
    double sum[5] = {0};
    for (int part = 0; part < 10; part++) {
      draw(g, MILLION, kinds[k], stream_of(test_seed, 1, (uint32_t)part), 0);
      for (size_t j = 0; j < MILLION; j++) {
        double x = (double)g[j], p = 1;
        for (int i = 1; i <= 4; i++) sum[i] += p *= x;
      }
    }
    for (int i = 1; i <= 4; i++) {
      double n = 10.0 * (double)MILLION, exact = i % 2 ? 0 : even[k][i / 2 - 1];
      double error = sqrt((even[k][i - 1] - exact * exact) / n);
      CHECKF(fabs(sum[i] / n - exact) < 5 * error, "kind %d: moment %d is %g, not %g +- %g", k, i, sum[i] / n, exact,
             error);
    }
  }
  free(g);
}

/* Each tail beyond 3, 4, 5 standard deviations (Laplace: 8 too; uniform: none, and its ends are reached). */
TEST(tails) {
  static const double level[4] = {3, 4, 5, 8};
  enum { D = 1 << 16 };
  medsgd_real *g = reals(D);
  for (int k = 0; k < 3; k++) {
    uint64_t up[4] = {0}, down[4] = {0};
    double top = 0, bottom = 0;
    medsgd_stream s = random_stream();
    for (size_t at = 0; at < TAIL_SAMPLES; at += D) {
      draw(g, D, kinds[k], s, at);
      for (size_t j = 0; j < D; j++) {
        double x = (double)g[j];
        top = x > top ? x : top;
        bottom = x < bottom ? x : bottom;
        if (x < 3 && x > -3) continue;
        for (int i = 0; i < 4; i++) {
          up[i] += x > level[i];
          down[i] += x < -level[i];
        }
      }
    }
    for (int i = 0; i < 4; i++) {
      wide p = oracle_noise_cdf(kinds[k], (wide)-level[i]);
      CHECKF(oracle_surprise(up[i], TAIL_SAMPLES, p) < SURPRISE, "kind %d: %llu above %g", k, (unsigned long long)up[i],
             level[i]);
      CHECKF(oracle_surprise(down[i], TAIL_SAMPLES, p) < SURPRISE, "kind %d: %llu below %g", k,
             (unsigned long long)down[i], -level[i]);
    }
    CHECKF(isfinite(top) && isfinite(bottom), "kind %d: from %g to %g", k, bottom, top);
    if (kinds[k] == MEDSGD_UNIFORM) {
      double end =
          sqrt(3) *
          (1 + (double)FLT_EPSILON); /* the share within 1e-5 of an end is 2.9e-6: 24 samples or more expected */
      CHECKF(top <= end && bottom >= -end && top > sqrt(3) - 1e-5 && bottom < -sqrt(3) + 1e-5, "from %.9g to %.9g",
             bottom, top);
    }
  }
  free(g);
}

/* Finer than any sample shows: each Gaussian and Laplace variate has its word's probability. With n the low 31 bits of
 * the word of its position, the top one its sign, P[|xi| > |x|] = (n + 1/2) / 2^31, to a relative error of x of 1e-6
 * (2^-24 where n is near 2^31 and x near 0). */
TEST(variates_invert_the_distribution) {
  enum { D = 1 << 16 };
  medsgd_real *g = reals(D);
  for (int k = 0; k < 2; k++) { /* the uniform variate is linear in its word: the tests above see all of it */
    medsgd_stream s = random_stream();
    draw(g, D, kinds[k], s, 0);
    for (uint32_t j = 0; j < D; j++) {
      uint32_t counter[4] = {j / 64 * 16 + j % 16, 0, s.worker, s.round}, word[4];
      uint32_t key[4] = {(uint32_t)s.seed, (uint32_t)(s.seed >> 32), (uint32_t)k + 1, 0};
      oracle_threefry4x32(word, counter, key, 20);
      uint32_t w = word[j % 64 / 16];
      wide x = fabsl((wide)g[j]), p = ((wide)(w & 0x7FFFFFFFu) + 0.5L) * 0x1p-31L, near = 1e-6L * x + 0x1p-31L;
      wide more = 2 * oracle_noise_cdf(kinds[k], -(x - near)), less = 2 * oracle_noise_cdf(kinds[k], -(x + near));
      CHECKF(less <= p && p <= more, "kind %d, word %08x: |xi| = %.9Lg, P = %.9Lg, not %.9Lg", k, (unsigned)w, x,
             2 * oracle_noise_cdf(kinds[k], -x), p);
      CHECK((g[j] < 0) == (w >> 31 != 0));
    }
  }
  free(g);
}

/* ---- independence ---- */

/* Joint distribution of pairs of uniformized variates: 16 x 16 equiprobable cells, 255 degrees of freedom; catches
 * dependence of any form, also one without correlation (a shared radius, a shared sign bit). */
static wide joint_tail(const medsgd_real *x, medsgd_noise kind_x, const medsgd_real *y, medsgd_noise kind_y, size_t n) {
  unsigned cell[256] = {0};
  wide chi2 = 0, expected = (wide)n / 256;
  for (size_t j = 0; j < n; j++) {
    wide u = oracle_noise_cdf(kind_x, (wide)x[j]), v = oracle_noise_cdf(kind_y, (wide)y[j]);
    cell[(u < 1 ? (size_t)(16 * u) : 15) * 16 + (v < 1 ? (size_t)(16 * v) : 15)]++;
  }
  for (int i = 0; i < 256; i++) chi2 += ((wide)cell[i] - expected) * ((wide)cell[i] - expected) / expected;
  return oracle_chi2_tail(chi2, 255);
}

/* Correlation times sqrt(n), standard normal when independent. */
static double correlation(const medsgd_real *x, const medsgd_real *y, size_t n) {
  double sum = 0;
  for (size_t j = 0; j < n; j++) sum += (double)x[j] * (double)y[j];
  return sum / sqrt((double)n);
}

#define CHECK_INDEPENDENT(what, a, b, x, kind_x, y, kind_y, n) \
  do { \
    double z_ = correlation(x, y, n); \
    wide tail_ = joint_tail(x, kind_x, y, kind_y, n); \
    CHECKF(oracle_normal_tail(fabsl((wide)z_)) > FALSE_ALARM, "%s %d and %d: correlation %g sigma", what, (int)(a), \
           (int)(b), z_); \
    CHECKF(tail_ > FALSE_ALARM, "%s %d and %d: joint distribution, p = %Lg", what, (int)(a), (int)(b), tail_); \
  } while (0)

/* Neighbours at every distance up to 70 and at the generator's own strides. */
TEST(coordinates_are_independent) {
  enum { N = 100000 };
  static const size_t far[6] = {128, 256, 512, 1024, 4096, 65536};
  medsgd_real *g = reals(N + 65536);
  for (int k = 0; k < 3; k++) {
    draw(g, N + 65536, kinds[k], random_stream(), 0);
    for (size_t i = 1; i <= 76; i += (k == 0 ? 1 : 5)) {
      size_t lag = i <= 70 ? i : far[i - 71];
      CHECK_INDEPENDENT("lag", k, lag, g, kinds[k], g + lag, kinds[k], N);
    }
  }
  free(g);
}

/* Streams that differ in one bit of the seed, of the worker, of the round, or in the high half of the position, or that
 * have worker and round swapped; and kinds of one stream. */
TEST(streams_are_independent) {
  enum { N = 50000, STREAMS = 14 };
  const uint64_t seed = test_random();
  const struct {
    medsgd_stream stream;
    uint64_t first;
    medsgd_noise kind;
  } s[STREAMS] = {
      {stream_of(seed, 1, 2), 0, MEDSGD_GAUSSIAN},
      {stream_of(seed, 2, 1), 0, MEDSGD_GAUSSIAN},
      {stream_of(seed, 0, 2), 0, MEDSGD_GAUSSIAN},
      {stream_of(seed, 1, 3), 0, MEDSGD_GAUSSIAN},
      {stream_of(seed, 1 | 1u << 31, 2), 0, MEDSGD_GAUSSIAN},
      {stream_of(seed, 1, 2 | 1u << 31), 0, MEDSGD_GAUSSIAN},
      {stream_of(seed ^ 1, 1, 2), 0, MEDSGD_GAUSSIAN},
      {stream_of(seed ^ (uint64_t)1 << 32, 1, 2), 0, MEDSGD_GAUSSIAN},
      {stream_of(seed ^ (uint64_t)1 << 63, 1, 2), 0, MEDSGD_GAUSSIAN},
      {stream_of(seed, 1, 2), (uint64_t)1 << 34, MEDSGD_GAUSSIAN},
      {stream_of(seed, 1, 2), (uint64_t)1 << 38, MEDSGD_GAUSSIAN},
      {stream_of(seed, 1, 2), (uint64_t)1 << 63, MEDSGD_GAUSSIAN},
      {stream_of(seed, 1, 2), 0, MEDSGD_LAPLACE},
      {stream_of(seed, 1, 2), 0, MEDSGD_UNIFORM},
  };
  medsgd_real *g = reals((size_t)STREAMS * N);
  for (size_t i = 0; i < STREAMS; i++) {
    draw(g + i * N, N, s[i].kind, s[i].stream, s[i].first);
    for (size_t j = 0; j < i; j++) CHECK_INDEPENDENT("stream", j, i, g + j * N, s[j].kind, g + i * N, s[i].kind, N);
  }
  free(g);
}

/* The sign drawn for the stochastic sign and the block sample share no bits with the noises of the same stream and
 * position. */
TEST(purposes_are_independent) {
  enum { N = 1 << 17 };
  medsgd_real *g = reals(N), *score = reals(N), *work = reals(medsgd_block_work(N, N / 2));
  uint64_t *neg = (uint64_t *)malloc(MEDSGD_WORDS(N) * sizeof *neg);
  size_t *idx = (size_t *)malloc(N / 2 * sizeof *idx), count = 0;
  unsigned char *chosen = (unsigned char *)calloc(N, 1);
  medsgd_stream s = random_stream();
  if (!neg || !idx || !chosen) abort();
  for (size_t j = 0; j < N; j++) {
    g[j] = 0;
    score[j] = 1;
  }
  CHECK(medsgd_stochastic_sign(neg, NULL, g, N, 1, s, 0) == MEDSGD_OK); /* fair coins */
  CHECK(medsgd_block_sample(idx, &count, score, N, N / 2, s, work) == MEDSGD_OK);
  for (size_t i = 0; i < count; i++) chosen[idx[i]] = 1;
  for (int k = 0; k < 4; k++) { /* the noises' deciles against the coins and the choices; last, coins against choices */
    uint64_t cell[10][2] = {{0}}, picked[10][2] = {{0}};
    if (k < 3) draw(g, N, kinds[k], s, 0);
    for (size_t j = 0; j < N; j++) {
      size_t coin = neg[j / 64] >> (j % 64) & 1;
      wide u = k < 3 ? oracle_noise_cdf(kinds[k], (wide)g[j]) : 0.5L * (wide)coin;
      size_t decile = u < 1 ? (size_t)(10 * u) : 9;
      cell[decile][coin]++;
      picked[decile][chosen[j]]++;
    }
    for (int i = 0; i < 10; i++) {
      uint64_t n = cell[i][0] + cell[i][1];
      if (n == 0) continue;
      if (k < 3) CHECKF(oracle_surprise(cell[i][1], n, 0.5L) < SURPRISE, "kind %d decile %d and the sign", k, i);
      CHECKF(oracle_surprise(picked[i][1], n, 0.5L) < SURPRISE, "kind %d decile %d and the block", k, i);
    }
  }
  free(chosen);
  free(idx);
  free(neg);
  free(work);
  free(score);
  free(g);
}

/* ---- Chen, Theorem 4: the noisy median ---- */

/* The mean over many draws of median(u_i + b xi_i) against quadrature, 5 standard errors (5.7e-7). */
TEST(expected_noisy_median) {
  static const double u[5] = {1, 2, 10, -3, 0.5}; /* the first three: the thesis' example of median 2 and mean 13/3 */
  enum { N = 200000 };
  medsgd_real *g = reals(5 * (size_t)N), *out = reals(N), *work = reals(medsgd_median_work(5));
  for (int k = 0; k < 3; k++) {
    for (size_t m = 3; m <= 5; m += 2) {
      for (int e = 0; e < 3; e++) {
        static const medsgd_real b[3] = {1, 4, 20};
        const medsgd_real *rows[5];
        wide variance, mean = oracle_median_mean(kinds[k], u, m, (wide)b[e], &variance);
        double sum = 0;
        for (size_t i = 0; i < m; i++) {
          rows[i] = g + i * N;
          for (size_t j = 0; j < N; j++) g[i * N + j] = (medsgd_real)u[i];
          CHECK(medsgd_perturb(g + i * N, N, b[e], kinds[k], stream_of(test_seed, (uint32_t)i, (uint32_t)e), 0) ==
                MEDSGD_OK);
        }
        CHECK(medsgd_median(out, rows, m, N, MEDSGD_MEDIAN_LOWER, work) == MEDSGD_OK);
        for (size_t j = 0; j < N; j++) sum += (double)out[j];
        wide error = sqrtl(variance / (wide)N);
        CHECKF(fabsl((wide)sum / (wide)N - mean) < 5 * error, "kind %d m %d b %g: %g, not %Lg +- %Lg", k, (int)m,
               (double)b[e], sum / (double)N, mean, error);
      }
    }
  }
  free(work);
  free(out);
  free(g);
}

/* The quadrature itself: the distance to the mean falls as 1/b (4.1), the variance grows as b^2 (4.2), and without
 * spread the median of three normals has the known variance. */
TEST(theorem_4_rates) {
  static const double u[3] = {1, 2, 10}, same[3] = {0, 0, 0};
  wide variance, mean = 13.0L / 3;
  CHECK(fabsl(oracle_median_mean(MEDSGD_GAUSSIAN, same, 3, 1, &variance)) < 1e-9L);
  CHECKF(fabsl(variance - (1 - sqrtl(3) / acosl(-1))) < 1e-12L, "%.15Lg", variance);
  for (int k = 0; k < 3; k++) {
    wide v1, v2, near = oracle_median_mean(kinds[k], u, 3, 40, &v1) - mean,
                 far = oracle_median_mean(kinds[k], u, 3, 80, &v2) - mean;
    CHECKF(fabsl(far / near) < 0.6L, "kind %d: bias %Lg, then %Lg", k, near, far);
    CHECKF(fabsl(v2 / v1 - 4) < 0.2L, "kind %d: variance %Lg, then %Lg", k, v1, v2);
  }
}

/* ---- absmax ---- */

TEST(absmax) {
  medsgd_real g[300] = {0};
  const medsgd_real nan = (medsgd_real)NAN;
  CHECK(medsgd_absmax(NULL, 0) == 0);
  CHECK(medsgd_absmax(g, 0) == 0);
  for (size_t d = 1; d <= 300; d++) {
    size_t at = test_below(d);
    for (size_t j = 0; j < d; j++) g[j] = (medsgd_real)(test_uniform() - 0.5);
    g[at] = (medsgd_real)(at % 2 ? 3 : -3);
    if (d > 1) g[(at + 1) % d] = nan;
    CHECKF(medsgd_absmax(g, d) == 3, "d %d, at %d", (int)d, (int)at);
    g[at] = (medsgd_real)(at % 2 ? INFINITY : -INFINITY);
    CHECK(isinf(medsgd_absmax(g, d)) && medsgd_absmax(g, d) > 0);
    for (size_t j = 0; j < d; j++) g[j] = nan;
    CHECK(medsgd_absmax(g, d) == 0);
    g[at] = sizeof(medsgd_real) == 4 ? (medsgd_real)-1e-45
                                     : (medsgd_real)-4.9406564584124654e-324; /* the least subnormal */
    CHECK(medsgd_absmax(g, d) == -g[at] && medsgd_absmax(g, d) > 0);
    g[at] = (medsgd_real)-0.0;
    CHECK(medsgd_absmax(g, d) == 0 && !signbit(medsgd_absmax(g, d)));
  }
}

TEST_MAIN(CASE(known_answers), CASE(random_words), CASE(logarithm), CASE(slices_agree), CASE(writes_only_the_slice),
          CASE(scaled_and_added), CASE(zero_noise_and_hostile_values), CASE(errors),
          CASE(chi_square_and_kolmogorov_smirnov), CASE(moments), CASE(tails), CASE(variates_invert_the_distribution),
          CASE(coordinates_are_independent), CASE(streams_are_independent), CASE(purposes_are_independent),
          CASE(expected_noisy_median), CASE(theorem_4_rates), CASE(absmax))
