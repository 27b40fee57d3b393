/* SPDX-License-Identifier: MIT
 * Each kernel against the bandwidth of this machine, measured in the same run at the same working set, and against the
 * obvious alternative a C programmer would write.
 *
 *     bench [--csv] [--quick] [--d N] [name filter]     the table
 *     bench --scaling [name filter]                     how the cost grows with d and with m
 *
 * ns/coord   nanoseconds per coordinate, the median of the interleaved rounds
 * GB/s       compulsory traffic: every input byte read once, every output byte written once
 * share      time that a plain loop needs for this traffic, over the time of the kernel. The plain loop is `read` (a
 *            sum), `update` (x *= c, in place), `axpy` (y += c x) or `fill`, whichever has the kernel's kind of traffic
 * passes     time of the kernel over the time of the plain loop
 * (names)    no kernels, but what bounds some: reading the rows by strips, the random words alone, two plain passes
 * naive      time of the alternative over the time of the kernel, per coordinate; the alternative runs once, on no more
 *            than 10^6 coordinates
 */
#define _POSIX_C_SOURCE 199309L
#define MEDSGD_IMPLEMENTATION
#include "medsgd.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

typedef medsgd_real real;
enum { MAX_M = 101, MAX_ROUNDS = 9 };

static double now(void) {
  struct timespec t;
  clock_gettime(CLOCK_MONOTONIC, &t);
  return (double)t.tv_sec * 1e9 + (double)t.tv_nsec;
}

/* ---- data: one pool of rows, shared by all kernels ---- */

static struct {
  size_t m, d;
  real *rows[MAX_M], *out, *out2, *scores, *tile, *scratch;
  const real *const_rows[MAX_M];
  uint64_t *packed[MAX_M], *neg, *zero;
  const uint64_t *votes[MAX_M];
  double *work;
  size_t *idx;
} b;
static const medsgd_stream stream = {2021, 3, 4};
static volatile double sink;

static uint64_t state = 88172645463325252u;
static uint64_t next(void) {
  state ^= state << 13, state ^= state >> 7, state ^= state << 17;
  return state;
}
static real gaussian_like(void) { /* sum of four uniforms: fast, and shaped well enough for timing */
  const uint64_t r = next();
  return (real)((double)((r & 65535) + (r >> 16 & 65535) + (r >> 32 & 65535) + (r >> 48)) * 0x1p-15 - 4.0);
}
static void *need(size_t bytes) {
  void *const p = malloc(bytes + 64);
  if (!p) fprintf(stderr, "bench: out of memory\n"), exit(1);
  memset(p, 1, bytes); /* touches the pages */
  return p;
}
/* The first `colluding` rows at one point, 10^6 spreads away from the others. */
static void fill_rows(size_t colluding) {
  state = 88172645463325252u;
  for (size_t i = 0; i < b.m; i++)
    for (size_t j = 0; j < b.d; j++) b.rows[i][j] = gaussian_like() + (i < colluding ? (real)1e6 : 0);
}
static void allocate(size_t m, size_t d) {
  size_t scratch = medsgd_bgmd_work(m, d, d / 10);
  if (m == 1 && medsgd_block_work(d, d / 2) > scratch) scratch = medsgd_block_work(d, d / 2);
  b.m = m, b.d = d;
  for (size_t i = 0; i < m; i++) {
    b.const_rows[i] = b.rows[i] = (real *)need(d * sizeof(real));
    b.votes[i] = b.packed[i] = (uint64_t *)need(MEDSGD_WORDS(d) * 8);
  }
  fill_rows(0);
  for (size_t i = 0; i < m; i++) medsgd_sign_pack(b.packed[i], b.rows[i], d);
  b.out = (real *)need(d * sizeof(real)), b.out2 = (real *)need(d * sizeof(real));
  b.scores = (real *)need(d * sizeof(real)), b.idx = (size_t *)need(d / 2 * sizeof(size_t));
  for (size_t j = 0; j < d; j++) b.out[j] = 0, b.scores[j] = (real)fabs((double)gaussian_like());
  b.neg = (uint64_t *)need(MEDSGD_WORDS(d) * 8);
  b.tile = (real *)need(medsgd_median_work(m) * sizeof(real));
  b.work = (double *)need(medsgd_geomedian_work(m) * sizeof(double));
  b.scratch = (real *)need(scratch * sizeof(real));
}
static void release(void) {
  for (size_t i = 0; i < b.m; i++) free(b.rows[i]), free(b.packed[i]);
  free(b.out), free(b.out2), free(b.scores), free(b.idx), free(b.neg), free(b.tile), free(b.work), free(b.scratch);
}

/* ---- plain loops that measure the bandwidth ---- */

/* Independent sums vectorize anywhere; not inlined, so that the loops around it do not change it. */
MEDSGD__NOINLINE void add_words(uint32_t *MEDSGD__RESTRICT s, const uint32_t *MEDSGD__RESTRICT w, size_t n) {
  for (size_t i = 0; i + 64 <= n; i += 64)
    for (size_t l = 0; l < 64; l++) s[l] += w[i + l];
}
static void plain_read(const void *p, size_t bytes) {
  uint32_t s[64] = {0}, sum = 0;
  add_words(s, (const uint32_t *)p, bytes / 4);
  for (size_t l = 0; l < 64; l++) sum += s[l];
  sink = (double)sum;
}
static void plain_update(real *x, size_t n) { for (size_t j = 0; j < n; j++) x[j] *= (real)-1; }
static void plain_axpy(real *MEDSGD__RESTRICT y, const real *MEDSGD__RESTRICT x, size_t n) {
  for (size_t j = 0; j < n; j++) y[j] += (real)1e-9 * x[j];
}
static void plain_fill(real *x, size_t n, real v) { for (size_t j = 0; j < n; j++) x[j] = v; }

/* ---- kernels ---- */

#define D b.d
#define M b.m
static void k_sign_pack(void) { medsgd_sign_pack(b.neg, b.rows[0], D); }
static void k_sign_unpack(void) { medsgd_sign_unpack(b.out, b.packed[0], NULL, D, (real)0.5); }
static void k_sign_step(void) { medsgd_sign_step(b.out, b.packed[0], NULL, D, (real)1e-6); }
static void k_vote(void) { medsgd_vote(b.neg, NULL, b.votes, NULL, M, D); }
static void k_median(void) { medsgd_median(b.out, b.const_rows, M, D, MEDSGD_MEDIAN_LOWER, b.tile); }
static void k_trimmed(void) { medsgd_trimmed_mean(b.out, b.const_rows, M, D, M / 5, b.tile); }
static void k_mean(void) { medsgd_mean(b.out, b.const_rows, M, D); }
static void k_gaussian(void) { medsgd_perturb(b.out, D, (real)1e-3, MEDSGD_GAUSSIAN, stream, 0); }
static void k_laplace(void) { medsgd_perturb(b.out, D, (real)1e-3, MEDSGD_LAPLACE, stream, 0); }
static void k_uniform(void) { medsgd_perturb(b.out, D, (real)1e-3, MEDSGD_UNIFORM, stream, 0); }
static void k_norm(void) { sink = medsgd_norm2(b.rows[0], D); }
static void k_momentum(void) { medsgd_momentum(b.out, b.rows[0], D, (real)0.9); }
static void k_stochastic_sign(void) { medsgd_stochastic_sign(b.neg, NULL, b.rows[0], D, 100.0, stream, 0); }
static void k_column_norms(void) { medsgd_column_norms(b.out, b.const_rows, M, D); }
static void sample(size_t k) {
  size_t count;
  medsgd_block_sample(b.idx, &count, b.scores, D, k, stream, b.scratch);
}
static void k_sample(void) { sample(D / 100); }
static void k_sample_tenth(void) { sample(D / 10); }
static void k_sample_half(void) { sample(D / 2); }
static void k_top(void) {
  size_t count;
  medsgd_block_top(b.idx, &count, b.scores, D, D / 100, b.scratch);
}
static void k_ef_sign(void) {
  real s;
  medsgd_ef_sign(b.neg, &s, b.out, b.rows[0], D, (real)0.1);
}
static void k_geomedian(void) {
  medsgd_geomedian_result r;
  medsgd_geomedian(b.out, b.const_rows, M, D, NULL, &r, NULL, b.tile, b.work);
  sink = (double)r.iterations;
}
static void k_adaptive_rate(void) {
  double rate;
  medsgd_adaptive_rate(&rate, b.const_rows, M, D, 1);
  sink = rate;
}
static void k_gap(void) {
  double gap;
  medsgd_median_mean_gap(&gap, b.const_rows, M, D, b.tile);
  sink = gap;
}
static void k_bgmd(void) {
  const medsgd_bgmd_options o = {(real)1, D / 10, 0, {1, 2, 3}, {1e-6, 1000, NULL}};
  size_t count;
  medsgd_bgmd(b.out2, b.idx, &count, b.out, b.rows, M, D, &o, NULL, NULL, b.scratch, b.work);
}
/* A step changes its rows, so that each begins with fresh ones; not timed. */
static void before_bgmd(void) {
  fill_rows(0);
  for (size_t j = 0; j < D; j++) b.out[j] = 0;
}

/* ---- what bounds some of them: their memory accesses without the arithmetic, their random words alone ---- */

static void strips(size_t strip) { /* all rows, a strip of coordinates at a time, as kernels over columns do */
  uint32_t s[64] = {0};
  for (size_t j = 0; j + strip <= D; j += strip)
    for (size_t i = 0; i < M; i++) add_words(s, (const uint32_t *)(b.rows[i] + j), strip * sizeof(real) / 4);
  sink = (double)s[7];
}
static void l_strips_128(void) { strips(128); }
static void l_strips_512(void) { strips(512); }
static void l_strips_8192(void) { strips(8192); }
static void l_words(void) {
  uint32_t w[64], sum = 0;
  for (size_t group = 0; group < D / 64; group++) {
    medsgd__random_words(w, group, MEDSGD__PURPOSE_STOCHASTIC_SIGN, stream);
    sum += w[group % 64];
  }
  sink = (double)sum;
}
static void l_two_passes(void) { /* ef_sign: the scale needs all of g and memory before the first update */
  plain_read(b.rows[0], D * sizeof(real)), plain_read(b.out, D * sizeof(real));
  plain_axpy(b.out, b.rows[0], D);
}

/* ---- what one would write without the header ---- */

static void n_sign_pack(void) {
  memset(b.neg, 0, MEDSGD_WORDS(D) * 8);
  for (size_t j = 0; j < D; j++) if (b.rows[0][j] < 0) b.neg[j / 64] |= (uint64_t)1 << j % 64;
}
static real n_value(size_t j, real scale) { return b.packed[0][j / 64] >> j % 64 & 1 ? -scale : scale; }
static void n_sign_unpack(void) {
  for (size_t j = 0; j < D; j++) b.out[j] = n_value(j, (real)0.5);
}
static void n_sign_step(void) {
  for (size_t j = 0; j < D; j++) b.out[j] -= n_value(j, (real)1e-6);
}
static void n_vote(void) {
  for (size_t j = 0; j < D; j++) {
    size_t count = 0;
    for (size_t i = 0; i < M; i++) count += b.votes[i][j / 64] >> j % 64 & 1;
    const uint64_t bit = (uint64_t)1 << j % 64;
    b.neg[j / 64] = 2 * count > M ? b.neg[j / 64] | bit : b.neg[j / 64] & ~bit;
  }
}
static int by_value(const void *x, const void *y) {
  const real p = *(const real *)x, q = *(const real *)y;
  return (p > q) - (p < q);
}
static void n_median(void) {
  real column[MAX_M];
  for (size_t j = 0; j < D; j++) {
    for (size_t i = 0; i < M; i++) column[i] = b.rows[i][j];
    qsort(column, M, sizeof(real), by_value);
    b.out[j] = column[(M - 1) / 2];
  }
}
static void n_gaussian(void) {
  for (size_t j = 0; j + 1 < D; j += 2) {
    const double u = ((double)(next() >> 11) + 0.5) * 0x1p-53, v = (double)(next() >> 11) * 0x1p-53;
    const double r = 1e-3 * sqrt(-2 * log(u));
    b.out[j] += (real)(r * cos(6.283185307179586 * v)), b.out[j + 1] += (real)(r * sin(6.283185307179586 * v));
  }
}
static void n_stochastic_sign(void) {
  memset(b.neg, 0, MEDSGD_WORDS(D) * 8);
  for (size_t j = 0; j < D; j++)
    if ((double)(next() >> 11) * 0x1p-53 >= 0.5 + 0.005 * (double)b.rows[0][j]) b.neg[j / 64] |= (uint64_t)1 << j % 64;
}
static void n_geomedian(void) { /* textbook Weiszfeld from the mean, to a relative step of 1e-6 */
  double *const y = (double *)need(D * sizeof(double)), *const z = (double *)need(D * sizeof(double));
  for (size_t j = 0; j < D; j++) {
    y[j] = 0;
    for (size_t i = 0; i < M; i++) y[j] += (double)b.rows[i][j] / (double)M;
  }
  for (int step = 0; step < 1000; step++) {
    double w[MAX_M], sum = 0, moved = 0, size = 0;
    for (size_t i = 0; i < M; i++) {
      double s = 0;
      for (size_t j = 0; j < D; j++) s += (y[j] - (double)b.rows[i][j]) * (y[j] - (double)b.rows[i][j]);
      sum += w[i] = 1 / sqrt(s);
    }
    for (size_t j = 0; j < D; j++) z[j] = 0;
    for (size_t i = 0; i < M; i++) for (size_t j = 0; j < D; j++) z[j] += w[i] / sum * (double)b.rows[i][j];
    for (size_t j = 0; j < D; j++) moved += (z[j] - y[j]) * (z[j] - y[j]), size += z[j] * z[j], y[j] = z[j];
    if (moved <= 1e-12 * size) break;
  }
  for (size_t j = 0; j < D; j++) b.out[j] = (real)y[j];
  free(y), free(z);
}

/* ---- the table ---- */

enum traffic { READ, UPDATE, AXPY, FILL };
static const char *const traffic_name[] = {"read", "update", "axpy", "fill"};

typedef struct kernel {
  const char *name;
  void (*run)(void), (*naive)(void), (*before)(void); /* before: ahead of each run, not timed */
  enum traffic traffic;
  size_t m;              /* 0: every m of the list */
  size_t max_d;
  double fixed, per_row; /* compulsory traffic per coordinate in reals: fixed + m * per_row */
} kernel;
#define BITS (1.0 / (8 * sizeof(real)))
enum { FULL = 10000000, HEAVY = 1000000, SIZES = 3, COUNTS = 7, NAIVE_D = 1000000 };
static void before_collusion(void) { fill_rows(M * 9 / 20); }
static const kernel kernels[] = {
    {"sign_pack", k_sign_pack, n_sign_pack, NULL, READ, 1, FULL, 1 + BITS, 0},
    {"sign_unpack", k_sign_unpack, n_sign_unpack, NULL, FILL, 1, FULL, 1 + BITS, 0},
    {"sign_step", k_sign_step, n_sign_step, NULL, UPDATE, 1, FULL, 2 + BITS, 0},
    {"vote", k_vote, n_vote, NULL, READ, 0, FULL, BITS, BITS},
    {"median", k_median, n_median, NULL, READ, 0, FULL, 1, 1},
    {"trimmed_mean", k_trimmed, NULL, NULL, READ, 15, FULL, 1, 1},
    {"mean", k_mean, NULL, NULL, READ, 9, FULL, 1, 1},
    {"perturb gaussian", k_gaussian, n_gaussian, NULL, UPDATE, 1, FULL, 2, 0},
    {"perturb laplace", k_laplace, NULL, NULL, UPDATE, 1, FULL, 2, 0},
    {"perturb uniform", k_uniform, NULL, NULL, UPDATE, 1, FULL, 2, 0},
    {"norm2", k_norm, NULL, NULL, READ, 1, FULL, 1, 0},
    {"momentum", k_momentum, NULL, NULL, AXPY, 1, FULL, 3, 0},
    {"stochastic_sign", k_stochastic_sign, n_stochastic_sign, NULL, READ, 1, FULL, 1 + BITS, 0},
    {"column_norms", k_column_norms, NULL, NULL, READ, 0, FULL, 1, 1},
    {"block_sample d/100", k_sample, NULL, NULL, READ, 1, FULL, 1, 0},
    {"block_sample d/10", k_sample_tenth, NULL, NULL, READ, 1, FULL, 1, 0},
    {"block_sample d/2", k_sample_half, NULL, NULL, READ, 1, FULL, 1, 0},
    {"block_top d/100", k_top, NULL, NULL, READ, 1, FULL, 1, 0},
    {"ef_sign", k_ef_sign, NULL, NULL, AXPY, 1, FULL, 3 + BITS, 0},
    {"adaptive_rate", k_adaptive_rate, NULL, NULL, READ, 9, FULL, 0, 1},
    {"median_mean_gap", k_gap, NULL, NULL, READ, 9, FULL, 0, 1},
    {"geomedian", k_geomedian, n_geomedian, NULL, READ, 16, HEAVY, 1, 1},
    {"geomedian attacked", k_geomedian, n_geomedian, before_collusion, READ, 31, HEAVY, 1, 1},
    {"bgmd", k_bgmd, NULL, before_bgmd, READ, 16, HEAVY, 0, 1},
    {"(strips of 128)", l_strips_128, NULL, NULL, READ, 0, FULL, 0, 1},
    {"(strips of 512)", l_strips_512, NULL, NULL, READ, 0, FULL, 0, 1},
    {"(strips of 8192)", l_strips_8192, NULL, NULL, READ, 0, FULL, 0, 1},
    {"(random words)", l_words, NULL, NULL, READ, 1, FULL, 1, 0},
    {"(two passes)", l_two_passes, NULL, NULL, AXPY, 1, FULL, 3 + BITS, 0},
};
enum { KERNELS = sizeof kernels / sizeof *kernels };
static const size_t sizes[SIZES] = {10000, 1000000, 10000000}, counts[COUNTS] = {1, 3, 9, 15, 16, 31, 101};
static const char *filter = "";

static int applies(const kernel *k, size_t m, size_t d) {
  return strstr(k->name, filter) && d <= k->max_d && (k->m ? k->m == m : m > 1);
}

static double time_of(const kernel *k, size_t repeats) {
  double total = 0;
  if (k->before) {
    for (size_t r = 0; r < repeats; r++) {
      k->before();
      const double start = now();
      k->run();
      total += now() - start;
    }
    return total / (double)repeats;
  }
  const double start = now();
  for (size_t r = 0; r < repeats; r++) k->run();
  return (now() - start) / (double)repeats;
}
static double time_of_traffic(enum traffic t, double bytes, size_t repeats) {
  /* the same number of bytes, over the same memory as far as one plain loop can: the rows one after the other */
  const double start = now();
  for (size_t r = 0; r < repeats; r++) {
    double left = bytes;
    for (size_t i = 0; left >= 512; i = (i + 1) % M) {
      const size_t row = D * sizeof(real);
      const double step = t == READ || t == FILL ? (double)row : t == UPDATE ? 2.0 * (double)row : 3.0 * (double)row;
      const double part = left < step ? left / step : 1;
      const size_t n = (size_t)((double)D * part);
      if (t == READ) plain_read(b.rows[i], n * sizeof(real) / 64 * 64);
      else if (t == UPDATE) plain_update(b.out, n);
      else if (t == AXPY) plain_axpy(b.out, b.rows[i], n);
      else plain_fill(b.out, n, (real)r);
      left -= step;
    }
  }
  return (now() - start) / (double)repeats;
}
static int ascending(const void *x, const void *y) {
  return (*(const double *)x > *(const double *)y) - (*(const double *)x < *(const double *)y);
}
static double median_of(double *t, int n) {
  qsort(t, (size_t)n, sizeof *t, ascending);
  return t[n / 2];
}
static size_t repeats_for(double once, double enough) { return once < enough ? (size_t)(enough / once) + 1 : 1; }

static struct result {
  double bytes, time, limit, naive;
} results[KERNELS][COUNTS];

static void measure(const kernel *k, struct result *r, int rounds) {
  double t[MAX_ROUNDS], plain[MAX_ROUNDS];
  r->bytes = (k->fixed + (double)M * k->per_row) * (double)D * sizeof(real);
  const double once = time_of(k, 1);
  const size_t repeats = k->before ? 1 : repeats_for(once, 5e6);
  const size_t plain_repeats = repeats_for(time_of_traffic(k->traffic, r->bytes, 1), 5e6);
  for (int i = 0; i < rounds; i++) {
    plain[i] = time_of_traffic(k->traffic, r->bytes, plain_repeats);
    t[i] = time_of(k, repeats);
  }
  r->time = median_of(t, rounds), r->limit = median_of(plain, rounds), r->naive = 0;
  if (k->naive) {
    const size_t d = D;
    D = d < NAIVE_D ? d : NAIVE_D;
    const double start = now();
    k->naive();
    r->naive = (now() - start) / (double)D / (r->time / (double)d);
    D = d;
  }
}

static void table(int csv, int rounds, size_t only_d) {
  if (csv) {
    printf("kernel,m,d,ns_per_coordinate,GB_per_s,reference,reference_GB_per_s,share,passes,naive_ratio\n");
  } else {
    printf("%-20s %4s %9s %9s %7s %7s %9s %6s %7s %7s\n", "kernel", "m", "d", "ns/coord", "GB/s", "plain", "GB/s",
           "share", "passes", "naive");
  }
  for (size_t s = 0; s < SIZES; s++) {
    const size_t d = sizes[s];
    if (only_d && d != only_d) continue;
    for (size_t w = 0; w < COUNTS; w++) {
      const size_t m = counts[w];
      size_t any = 0;
      for (size_t q = 0; q < KERNELS; q++) any += (size_t)applies(&kernels[q], m, d);
      if (!any) continue;
      allocate(m, d);
      for (size_t q = 0; q < KERNELS; q++)
        if (applies(&kernels[q], m, d)) measure(&kernels[q], &results[q][w], rounds);
      release();
    }
    for (size_t q = 0; q < KERNELS; q++)
      for (size_t w = 0; w < COUNTS; w++) {
        const kernel *const k = &kernels[q];
        const struct result r = results[q][w];
        if (!applies(k, counts[w], d)) continue;
        printf(csv ? "%s,%zu,%zu,%.4f,%.3f,%s,%.3f,%.3f,%.2f," : "%-20s %4zu %9zu %9.3f %7.2f %7s %9.2f %5.0f%% %7.1f ",
               k->name, counts[w], d, r.time / (double)d, r.bytes / r.time, traffic_name[k->traffic], r.bytes / r.limit,
               (csv ? 1 : 100) * r.limit / r.time, r.time / r.limit);
        if (r.naive > 0) printf(csv ? "%.2f" : "%6.1fx", r.naive);
        printf("\n");
      }
    fflush(stdout);
  }
}

/* One line per kernel: d grows at a fixed m, then m grows at a fixed d. */
static void scaling(void) {
  static const size_t some_d[] = {1000, 10000, 100000, 1000000, 10000000};
  enum { SOME = sizeof some_d / sizeof *some_d, D_OF_ROWS = 100000 };
  printf("ns/coordinate\n%-20s %4s", "kernel", "m");
  for (size_t s = 0; s < SOME; s++) printf(" %8zu", some_d[s]);
  printf("  = d\n");
  for (size_t q = 0; q < KERNELS; q++) {
    const kernel *const k = &kernels[q];
    if (!strstr(k->name, filter) || k->name[0] == '(') continue;
    printf("%-20s %4zu", k->name, k->m ? k->m : 9);
    for (size_t s = 0; s < SOME && some_d[s] <= k->max_d; s++) {
      allocate(k->m ? k->m : 9, some_d[s]);
      printf(" %8.3f", time_of(k, repeats_for(time_of(k, 1), 2e7)) / (double)some_d[s]);
      release();
    }
    printf("\n");
  }
  printf("ns/(coordinate * row), d = %d\n%-25s", D_OF_ROWS, "kernel");
  for (size_t w = 1; w < COUNTS; w++) printf(" %8zu", counts[w]);
  printf("  = m\n");
  for (size_t q = 0; q < KERNELS; q++) {
    const kernel *const k = &kernels[q];
    if (!strstr(k->name, filter) || k->per_row == 0 || k->name[0] == '(') continue;
    printf("%-25s", k->name);
    for (size_t w = 1; w < COUNTS; w++) {
      allocate(counts[w], D_OF_ROWS);
      printf(" %8.3f", time_of(k, repeats_for(time_of(k, 1), 2e7)) / D_OF_ROWS / (double)counts[w]);
      release();
    }
    printf("\n");
  }
}

int main(int argc, char **argv) {
  int csv = 0, scale = 0, rounds = 5;
  size_t only_d = 0;
  for (int i = 1; i < argc; i++) {
    if (!strcmp(argv[i], "--csv")) csv = 1;
    else if (!strcmp(argv[i], "--scaling")) scale = 1;
    else if (!strcmp(argv[i], "--quick")) rounds = 3;
    else if (!strcmp(argv[i], "--d") && i + 1 < argc) only_d = (size_t)strtod(argv[++i], NULL);
    else filter = argv[i];
  }
#if defined(__clang__)
  const char *const compiler = "clang " __clang_version__;
#elif defined(__GNUC__)
  const char *const compiler = "gcc " __VERSION__;
#else
  const char *const compiler = "unknown compiler";
#endif
#ifndef BENCH_FLAGS
#define BENCH_FLAGS "unknown flags"
#endif
  printf("%s%s, %s, %s\n", csv ? "# " : "", compiler, BENCH_FLAGS, sizeof(real) == 4 ? "float" : "double");
  if (scale) scaling();
  else table(csv, rounds, only_d);
  return 0;
}
