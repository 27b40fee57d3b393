/* SPDX-License-Identifier: MIT
 * The BGMD step against its composition from public functions and the reference, Acharya's Lemma 1, and the adaptive
 * rate against its formula in long double. The lemma's samples fail for a right header with a probability below 1e-6 a
 * comparison.
 */
#define MEDSGD_IMPLEMENTATION
#include "medsgd.h"

#include "oracle_real.h"
#include "test.h"

#ifdef MEDSGD_DOUBLE
#  define REAL_MAX DBL_MAX
#  define REAL_EPS DBL_EPSILON
#else
#  define REAL_MAX FLT_MAX
#  define REAL_EPS FLT_EPSILON
#endif

static void *allocate(size_t count, size_t size) {
  void *p = calloc(count ? count : 1, size);
  if (!p) abort();
  return p;
}

static double gaussian(void) { /* normal enough */
  double sum = -6;
  for (int i = 0; i < 12; i++) sum += test_uniform();
  return sum;
}

/* One call of medsgd_bgmd with its arrays. */
typedef struct step {
  size_t m, d, k;
  medsgd_real *x; /* rows */
  medsgd_real **rows;
  medsgd_real *memory, *block;
  size_t *idx, count;
  medsgd_bgmd_options options;
  medsgd_geomedian_result result;
  double *coefficients;
  int status;
} step;

static step new_step(size_t m, size_t d, size_t k) {
  step s;
  memset(&s, 0, sizeof s);
  s.m = m;
  s.d = d;
  s.k = k;
  s.x = (medsgd_real *)allocate(m * d, sizeof *s.x);
  s.rows = (medsgd_real **)allocate(m, sizeof *s.rows);
  s.memory = (medsgd_real *)allocate(d, sizeof *s.memory);
  s.block = (medsgd_real *)allocate(k + 1, sizeof *s.block);
  s.idx = (size_t *)allocate(k + 1, sizeof *s.idx);
  s.coefficients = (double *)allocate(m, sizeof *s.coefficients);
  s.options.gamma = 1;
  s.options.k = k;
  s.options.greedy = 1;
  s.options.geomedian.tolerance = 1e-9;
  s.options.geomedian.max_iterations = 1000;
  for (size_t i = 0; i < m; i++) s.rows[i] = s.x + i * d;
  return s;
}

static void end_step(step *s) {
  free(s->x);
  free(s->rows);
  free(s->memory);
  free(s->block);
  free(s->idx);
  free(s->coefficients);
}

static void run(step *s) {
  size_t length = medsgd_bgmd_work(s->m, s->d, s->k);
  medsgd_real *work = (medsgd_real *)allocate(length, sizeof *work);
  double *geomedian_work = (double *)allocate(medsgd_geomedian_work(s->m), sizeof *geomedian_work);
  CHECK(length > 0);
  for (size_t i = 0; i < length; i++) work[i] = (medsgd_real)NAN; /* scratch, not state */
  s->block[s->k] = 7;
  s->idx[s->k] = 7;
  s->status = medsgd_bgmd(s->block, s->idx, &s->count, s->memory, s->rows, s->m, s->d, &s->options, &s->result,
                          s->coefficients, work, geomedian_work);
  CHECK(s->block[s->k] == 7 && s->idx[s->k] == 7);
  free(geomedian_work);
  free(work);
}

static int is_finite_row(const medsgd_real *row, size_t d) {
  for (size_t j = 0; j < d; j++) {
    if (!isfinite(row[j])) return 0;
  }
  return 1;
}

/* The step written out with the public functions on the usable rows only; `before` holds rows and memory as they were.
 * Fills memory, block, idx, count and status of `out`, whose rows become the augmented usable ones. */
static void compose(step *out, const step *before) {
  const size_t m = before->m, d = before->d, k = before->k;
  medsgd_real *s = (medsgd_real *)allocate(d, sizeof *s), *gathered = (medsgd_real *)allocate(m * k, sizeof *gathered);
  medsgd_real *weights = (medsgd_real *)allocate(m, sizeof *weights);
  const medsgd_real **used = (const medsgd_real **)allocate(m, sizeof *used),
                    **parts = (const medsgd_real **)allocate(m, sizeof *parts);
  medsgd_real *block_work = (medsgd_real *)allocate(medsgd_block_work(d, k), sizeof *block_work);
  medsgd_real *tile = (medsgd_real *)allocate(medsgd_median_work(m), sizeof *tile);
  double *work = (double *)allocate(medsgd_geomedian_work(m), sizeof *work),
         *coefficients = (double *)allocate(m, sizeof *coefficients);
  medsgd_geomedian_options o = before->options.geomedian;
  size_t usable = 0, *from = (size_t *)allocate(m, sizeof *from);
  for (size_t i = 0; i < m; i++) {
    memcpy(out->rows[i], before->rows[i], d * sizeof **out->rows);
    CHECK(medsgd_memory_add(out->rows[i], before->memory, d, before->options.gamma) == MEDSGD_OK);
    out->coefficients[i] = 0;
    if (!is_finite_row(out->rows[i], d)) continue;
    weights[usable] = o.weights ? o.weights[i] : 1;
    from[usable] = i;
    used[usable++] = out->rows[i];
  }
  CHECK(medsgd_column_norms(s, used, usable, d) == MEDSGD_OK);
  if (before->options.greedy) {
    CHECK(medsgd_block_top(out->idx, &out->count, s, d, k, block_work) == MEDSGD_OK);
  } else {
    CHECK(medsgd_block_sample(out->idx, &out->count, s, d, k, before->options.stream, block_work) == MEDSGD_OK);
  }
  for (size_t i = 0; i < usable; i++) {
    parts[i] = gathered + i * k;
    CHECK(medsgd_gather(gathered + i * k, used[i], out->idx, out->count) == MEDSGD_OK);
  }
  o.weights = weights;
  out->status = medsgd_geomedian(out->block, parts, usable, out->count, &o, &out->result, coefficients, tile, work);
  CHECK(medsgd_memory_update(out->memory, used, usable, d, out->idx, out->count) == MEDSGD_OK);
  for (size_t i = 0; i < usable; i++) out->coefficients[from[i]] = coefficients[i];
  out->result.excluded = m - usable;
  free(from);
  free(coefficients);
  free(work);
  free(tile);
  free(block_work);
  free(parts);
  free(used);
  free(weights);
  free(gathered);
  free(s);
}

static void fill(step *s) {
  for (size_t i = 0; i < s->m * s->d; i++) s->x[i] = (medsgd_real)(gaussian() * exp2(-(double)(i % s->d % 7)));
  for (size_t j = 0; j < s->d; j++) s->memory[j] = (medsgd_real)(gaussian() / 4);
}

static void copy(step *to, const step *from) {
  memcpy(to->x, from->x, from->m * from->d * sizeof *from->x);
  memcpy(to->memory, from->memory, from->d * sizeof *from->memory);
  to->options = from->options;
}

/* Some rows with a NaN or infinity, or that overflow when augmented; row 0 stays good. */
static void poison(step *s, size_t bad) {
  static const double evil[3] = {(double)NAN, (double)INFINITY, -(double)INFINITY};
  for (size_t i = 1; i <= bad && i < s->m; i++) s->rows[i][test_below(s->d)] = (medsgd_real)evil[test_below(3)];
}

/* Same coordinates, same memory, the same median (to the tolerance), for greedy and sampled blocks, weights, excluded
 * rows. */
TEST(bgmd_is_its_composition) {
  for (int n = 0; n < 300; n++) {
    size_t m = 1 + test_below(20), d = 1 + test_below(n % 10 ? 100 : 3000), k = n % 9 ? 1 + test_below(d) : d;
    step s = new_step(m, d, k), t = new_step(m, d, k), before = new_step(m, d, k);
    medsgd_real *weights = (medsgd_real *)allocate(m, sizeof *weights);
    for (size_t i = 0; i < m; i++) weights[i] = (medsgd_real)(0.5 + test_uniform());
    fill(&before);
    before.options.gamma = (medsgd_real)(n % 5 ? 0.01 + test_uniform() : -0.5);
    before.options.greedy = n % 2;
    before.options.stream.seed = test_random();
    before.options.stream.round = (uint32_t)n;
    if (n % 3 == 0) before.options.geomedian.weights = weights;
    if (n % 4 == 0) poison(&before, test_below(m));
    if (n % 8 == 1 && m > 1) { /* finite, but not so after the augmentation */
      before.options.gamma = 4;
      before.rows[m - 1][d / 2] = REAL_MAX / 2;
    }
    copy(&s, &before);
    run(&s);
    compose(&t, &before);
    CHECKF(s.status == MEDSGD_OK && s.status == t.status, "m %d d %d k %d: status %d, composed %d", (int)m, (int)d,
           (int)k, s.status, t.status);
    CHECK(s.count == t.count && memcmp(s.idx, t.idx, s.count * sizeof *s.idx) == 0);
    CHECK(memcmp(s.memory, t.memory, d * sizeof *s.memory) == 0);
    CHECK(s.result.excluded == t.result.excluded);
    CHECKF(fabs(s.result.objective - t.result.objective) <= s.result.gap + t.result.gap + 1e-14 * t.result.objective,
           "%g and %g", s.result.objective, t.result.objective);
    double size = s.count ? t.result.objective : 0;
    for (size_t i = 0; i < s.count; i++) CHECK(fabs((double)s.block[i] - (double)t.block[i]) <= 1e-3 * size);
    for (size_t i = 0; i < m; i++) {
      CHECK((t.coefficients[i] > 0) || s.coefficients[i] <= 1e-6);
      if (is_finite_row(t.rows[i], d))
        CHECK(memcmp(s.rows[i], t.rows[i], d * sizeof **s.rows) == 0); /* augmented in place */
      else
        CHECK(s.coefficients[i] == 0);
    }
    free(weights);
    end_step(&s);
    end_step(&t);
    end_step(&before);
  }
}

/* k = d: the geometric median of gamma G + memory in full, against the reference; nothing is left for the memory. */
TEST(bgmd_of_all_coordinates) {
  for (int n = 0; n < 60; n++) {
    size_t m = 3 + test_below(10), d = 1 + test_below(12);
    step s = new_step(m, d, d);
    wide *x = (wide *)allocate(m * d, sizeof *x), *y = (wide *)allocate(2 * d, sizeof *y),
         *w = (wide *)allocate(m, sizeof *w);
    fill(&s);
    s.options.gamma = (medsgd_real)0.25;
    s.options.greedy = n % 2;
    s.options.geomedian.max_iterations = 100000;
    for (size_t i = 0; i < m; i++) {
      w[i] = 1;
      for (size_t j = 0; j < d; j++) x[i * d + j] = (wide)s.rows[i][j] / 4 + (wide)s.memory[j];
    }
    run(&s);
    CHECK(s.status == MEDSGD_OK && s.count == d);
    wide slack = oracle_geo_solve(y, x, w, m, d), unit = (wide)m * oracle_geo_radius(y, x, w, m, d);
    for (size_t j = 0; j < d; j++) {
      y[d + j] = (wide)s.block[j];
      CHECK(s.idx[j] == j && s.memory[j] == 0);
    }
    wide excess = oracle_geo_excess(y + d, y, x, w, m, d) +
                  slack; /* of the rounded block, of rounded rows: 3 roundings a coordinate */
    CHECKF(excess <= 1e-9L * unit + 3 * (wide)m * (wide)REAL_EPS * oracle_geo_objective(y, x, w, m, d) * (wide)d,
           "excess %Lg of %Lg", excess, unit);
    free(w);
    free(y);
    free(x);
    end_step(&s);
  }
}

/* Acharya eq. (8): what the rows' mean holds goes either into the block or into the memory, and no coordinate into
 * both. */
TEST(memory_is_conserved) {
  for (int n = 0; n < 100; n++) {
    size_t m = 2 + test_below(10), d = 2 + test_below(200), k = 1 + test_below(d);
    step s = new_step(m, d, k);
    fill(&s);
    s.options.greedy = n % 2;
    s.options.stream.seed = test_random();
    size_t bad = n % 3 ? 0 : test_below(m);
    poison(&s, bad);
    wide *mean = (wide *)allocate(d, sizeof *mean), *size = (wide *)allocate(d, sizeof *size);
    size_t used = 0;
    for (size_t i = 0; i < m; i++) {
      if (!is_finite_row(s.rows[i], d)) continue;
      used++;
      for (size_t j = 0; j < d; j++) {
        mean[j] += (wide)s.rows[i][j] + (wide)s.memory[j];
        size[j] += fabsl((wide)s.rows[i][j]) + fabsl((wide)s.memory[j]);
      }
    }
    run(&s);
    CHECK(used == m - bad && s.count == k);
    for (size_t j = 0, b = 0; j < d; j++) {
      int in_block = b < s.count && s.idx[b] == j;
      b += (size_t)in_block;
      wide exact = in_block ? 0 : mean[j] / (wide)used,
           limit = ((wide)REAL_EPS + 0x1p-53L * (wide)m) * size[j] / (wide)used;
      CHECKF(fabsl((wide)s.memory[j] - exact) <= (in_block ? 0 : limit), "memory[%d] = %g, not %Lg", (int)j,
             (double)s.memory[j], exact);
    }
    free(size);
    free(mean);
    end_step(&s);
  }
}

/* Rows with a NaN or infinity, in any position, in many steps in a row: the result is that without them, now and later.
 */
TEST(a_byzantine_row_poisons_nothing) {
  enum { M = 7, D = 40, K = 10, STEPS = 20 };
  step s = new_step(M, D, K), clean = new_step(M - 3, D, K);
  s.options.greedy = clean.options.greedy = 0;
  s.options.gamma = clean.options.gamma = (medsgd_real)0.5;
  for (uint32_t round = 0; round < STEPS; round++) {
    s.options.stream.round = clean.options.stream.round = round;
    for (size_t i = 0; i < M * D; i++) s.x[i] = (medsgd_real)gaussian();
    memcpy(clean.x, s.x, (M - 3) * D * sizeof *s.x);
    s.rows[M - 1][test_below(D)] = (medsgd_real)NAN;
    s.rows[M - 2][test_below(D)] = (medsgd_real)-INFINITY;
    for (size_t j = 0; j < D; j++) s.rows[M - 3][j] = (medsgd_real)(j % 2 ? NAN : INFINITY);
    run(&s);
    run(&clean);
    CHECK(s.status == MEDSGD_OK && s.result.excluded == 3 && s.count == K && clean.count == K);
    CHECK(memcmp(s.idx, clean.idx, sizeof *s.idx * K) == 0);
    CHECK(memcmp(s.memory, clean.memory, sizeof *s.memory * D) == 0);
    for (size_t i = 0; i < K; i++) CHECK(isfinite(s.block[i]) && fabs((double)(s.block[i] - clean.block[i])) < 1e-4);
    CHECK(s.coefficients[M - 1] == 0 && s.coefficients[M - 2] == 0 && s.coefficients[M - 3] == 0);
  }
  s.memory[3] = (medsgd_real)NAN; /* a memory that is not finite counts as 0 and does not stay so */
  clean.memory[3] = 0;
  s.memory[4] = (medsgd_real)INFINITY;
  clean.memory[4] = 0;
  for (size_t i = 0; i < M * D; i++) s.x[i] = (medsgd_real)gaussian();
  memcpy(clean.x, s.x, (M - 3) * D * sizeof *s.x);
  for (size_t i = M - 3; i < M; i++) s.rows[i][0] = (medsgd_real)NAN;
  run(&s);
  run(&clean);
  CHECK(s.status == MEDSGD_OK && memcmp(s.memory, clean.memory, sizeof *s.memory * D) == 0);
  end_step(&s);
  end_step(&clean);
}

/* Values up to the largest number: the scores saturate, memory and block stay finite. */
TEST(bgmd_of_huge_rows) {
  for (int n = 0; n < 50; n++) {
    size_t m = 1 + test_below(8), d = 1 + test_below(30), k = 1 + test_below(d);
    step s = new_step(m, d, k);
    for (size_t i = 0; i < m * d; i++) s.x[i] = (medsgd_real)((test_uniform() - 0.5) * 2 * (double)REAL_MAX);
    for (size_t i = 0; i < m; i++) s.rows[i][(size_t)n % d] = REAL_MAX;
    s.options.greedy = n % 2;
    s.options.geomedian.tolerance = 1e-6;
    run(&s);
    CHECK(s.status == MEDSGD_OK && s.result.excluded == 0 && s.count == k);
    CHECK(is_finite_row(s.memory, d) && is_finite_row(s.block, k));
    end_step(&s);
  }
}

/* Fewer coordinates with a positive norm than k; none at all. */
TEST(bgmd_of_sparse_rows) {
  for (int n = 0; n < 100; n++) {
    size_t m = 1 + test_below(6), d = 1 + test_below(50), k = 1 + test_below(d),
           positive = n % 4 ? test_below(d + 1) : 0, expected;
    step s = new_step(m, d, k);
    for (size_t i = 0; i < m; i++) {
      for (size_t j = 0; j < positive; j++) s.rows[i][j] = (medsgd_real)(i == 0 ? 1 + test_uniform() : 0);
    }
    s.options.greedy = n % 2;
    expected = positive < k ? positive : k;
    size_t bad = n % 3 ? 0 : test_below(m); /* left out of an empty block, too */
    poison(&s, bad);
    run(&s);
    CHECK(s.status == MEDSGD_OK && s.count == expected && s.result.excluded == bad);
    for (size_t i = 1; i <= bad; i++) CHECK(s.coefficients[i] == 0);
    for (size_t i = 0; i < s.count; i++) CHECK(s.idx[i] < positive && (i == 0 || s.idx[i - 1] < s.idx[i]));
    for (size_t j = positive; j < d; j++) CHECK(s.memory[j] == 0);
    if (positive == 0) CHECK(s.result.objective == 0 && s.result.gap == 0);
    end_step(&s);
  }
}

TEST(bgmd_errors) {
  enum { M = 3, D = 4, K = 2 };
  step s = new_step(M, D, K), before = new_step(M, D, K);
  medsgd_real *work = (medsgd_real *)allocate(medsgd_bgmd_work(M, D, K), sizeof *work), weights[M] = {1, 1, 1};
  double *gwork = (double *)allocate(medsgd_geomedian_work(M), sizeof *gwork);
  medsgd_bgmd_options o;
  fill(&s);
  copy(&before, &s);
  s.count = 42;
  s.result.excluded = 42;
  s.coefficients[0] = 42;
  s.block[0] = 42;
  s.idx[0] = 42;
  CHECK(medsgd_bgmd_work(M, D, K) > 0);
  CHECK(medsgd_bgmd_work(0, D, K) == 0 && medsgd_bgmd_work(M, D, 0) == 0 && medsgd_bgmd_work(M, D, D + 1) == 0);
  CHECK(medsgd_bgmd_work(SIZE_MAX / 64, D, K) == 0 && medsgd_bgmd_work(M, SIZE_MAX, SIZE_MAX) == 0);
  CHECK(medsgd_bgmd_work((size_t)1 << 33, (size_t)1 << 33, (size_t)1 << 33) == 0); /* m * k overflows */
#define CALL(block, idx, count, memory, rows, m, d, options, work, gwork) \
  medsgd_bgmd(block, idx, count, memory, rows, m, d, options, &s.result, s.coefficients, work, gwork)
#define EXPECT(code) CHECK(CALL(s.block, s.idx, &s.count, s.memory, s.rows, M, D, &o, work, gwork) == (code))
  o = s.options;
  CHECK(CALL(s.block, s.idx, &s.count, s.memory, s.rows, 0, D, &o, work, gwork) == MEDSGD_ERR_SIZE);
  CHECK(CALL(s.block, s.idx, &s.count, s.memory, s.rows, 0, 0, &o, work, gwork) == MEDSGD_ERR_SIZE);
  CHECK(CALL(s.block, s.idx, &s.count, s.memory, s.rows, SIZE_MAX / 2, D, &o, work, gwork) == MEDSGD_ERR_SIZE);
  o.k = 0;
  EXPECT(MEDSGD_ERR_SIZE);
  o.k = D + 1;
  EXPECT(MEDSGD_ERR_SIZE);
  o = s.options;
  CHECK(CALL(NULL, s.idx, &s.count, s.memory, s.rows, M, D, &o, work, gwork) == MEDSGD_ERR_NULL);
  CHECK(CALL(s.block, NULL, &s.count, s.memory, s.rows, M, D, &o, work, gwork) == MEDSGD_ERR_NULL);
  CHECK(CALL(s.block, s.idx, NULL, s.memory, s.rows, M, D, &o, work, gwork) == MEDSGD_ERR_NULL);
  CHECK(CALL(s.block, s.idx, &s.count, NULL, s.rows, M, D, &o, work, gwork) == MEDSGD_ERR_NULL);
  CHECK(CALL(s.block, s.idx, &s.count, s.memory, NULL, M, D, &o, work, gwork) == MEDSGD_ERR_NULL);
  CHECK(CALL(s.block, s.idx, &s.count, s.memory, s.rows, M, D, NULL, work, gwork) == MEDSGD_ERR_NULL);
  CHECK(CALL(s.block, s.idx, &s.count, s.memory, s.rows, M, D, &o, NULL, gwork) == MEDSGD_ERR_NULL);
  CHECK(CALL(s.block, s.idx, &s.count, s.memory, s.rows, M, D, &o, work, NULL) == MEDSGD_ERR_NULL);
  medsgd_real *hole = s.rows[1];
  s.rows[1] = NULL;
  EXPECT(MEDSGD_ERR_NULL);
  s.rows[1] = hole;
  static const double bad[3] = {(double)NAN, (double)INFINITY, -(double)INFINITY};
  for (int i = 0; i < 3; i++) {
    o = s.options;
    o.gamma = (medsgd_real)bad[i];
    EXPECT(MEDSGD_ERR_PARAM);
    o = s.options;
    o.geomedian.tolerance = bad[i];
    EXPECT(MEDSGD_ERR_PARAM);
    o = s.options;
    o.geomedian.weights = weights;
    weights[1] = (medsgd_real)bad[i];
    EXPECT(MEDSGD_ERR_PARAM);
    weights[1] = 1;
  }
  o = s.options;
  o.greedy = 2;
  EXPECT(MEDSGD_ERR_PARAM);
  o = s.options;
  o.geomedian.tolerance = -1;
  EXPECT(MEDSGD_ERR_PARAM);
  o = s.options;
  o.geomedian.max_iterations = 0;
  EXPECT(MEDSGD_ERR_PARAM);
  o = s.options;
  o.geomedian.weights = weights;
  weights[1] = -1;
  EXPECT(MEDSGD_ERR_PARAM);
  weights[0] = weights[1] = weights[2] = 0;
  EXPECT(MEDSGD_ERR_PARAM);
  weights[1] = 1;
  CHECK(memcmp(s.x, before.x, M * D * sizeof *s.x) == 0); /* so far only refused parameters */
  s.rows[1][2] = before.rows[1][2] = (medsgd_real)INFINITY;
  EXPECT(MEDSGD_ERR_DATA); /* the only row with weight */
  o.geomedian.weights = NULL;
  s.rows[0][3] = before.rows[0][3] = (medsgd_real)INFINITY;
  s.rows[2][0] = before.rows[2][0] = REAL_MAX;
  o.gamma = 2; /* overflows */
  EXPECT(MEDSGD_ERR_DATA);
  CHECK(memcmp(s.x, before.x, M * D * sizeof *s.x) == 0 && memcmp(s.memory, before.memory, D * sizeof *s.memory) == 0);
  CHECK(s.count == 42 && s.result.excluded == 42 && s.coefficients[0] == 42 && s.block[0] == 42 && s.idx[0] == 42);
#undef EXPECT
#undef CALL
  /* d = 0 */
  CHECK(medsgd_bgmd(NULL, NULL, NULL, NULL, NULL, M, 0, NULL, NULL, NULL, NULL, NULL) == MEDSGD_OK);
  CHECK(medsgd_bgmd(NULL, NULL, &s.count, NULL, NULL, M, 0, NULL, &s.result, s.coefficients, NULL, NULL) == MEDSGD_OK);
  CHECK(s.count == 0 && s.result.excluded == 0 && s.result.objective == 0);
  for (int i = 0; i < M; i++) CHECK(fabs(s.coefficients[i] - 1.0 / (double)M) < 1e-15);
  free(gwork);
  free(work);
  end_step(&s);
  end_step(&before);
}

/* ---- Acharya, Lemma 1: E||C_k(G) - G||_F^2 <= (1 - k/d) ||G||_F^2 ---- */

/* The expectation by enumeration of all sequences of draws, each with its probability. */
static double residual_by_enumeration(const double *s, size_t d, size_t k, unsigned taken, double left) {
  double sum = 0;
  if (k == 0) {
    for (size_t j = 0; j < d; j++) sum += taken >> j & 1 ? 0 : s[j] * s[j];
    return sum;
  }
  for (size_t j = 0; j < d; j++) {
    if (!(taken >> j & 1)) sum += s[j] / left * residual_by_enumeration(s, d, k - 1, taken | 1u << j, left - s[j]);
  }
  return sum;
}

/* The share of ||G||^2 that the residual keeps lies in [0, 1], so that the mean of N of them is within 2.7/sqrt(N) of
 * its expectation but with the probability 2 exp(-2 * 2.7^2) = 1e-6 (Hoeffding). */
TEST(lemma_1) {
  enum { M = 4, D = 7, N = 40000 };
  for (int n = 0; n < 8; n++) {
    medsgd_real x[M][D], s[D], *work;
    const medsgd_real *rows[M];
    double norm[D], total = 0, left = 0, sum = 0;
    size_t idx[D], count, k = 1 + (size_t)n % 4;
    medsgd_stream stream = {0, 0, 0};
    stream.seed = test_random();
    work = (medsgd_real *)allocate(medsgd_block_work(D, k), sizeof *work);
    for (size_t i = 0; i < M; i++) {
      rows[i] = x[i];
      for (size_t j = 0; j < D; j++)
        x[i][j] = (medsgd_real)(n < 2 ? (i + j) % 2 ? 1 : -1 : gaussian() * exp2((double)(j % 4)));
    }
    CHECK(medsgd_column_norms(s, rows, M, D) == MEDSGD_OK);
    for (size_t j = 0; j < D; j++) {
      norm[j] = (double)s[j];
      left += norm[j];
      total += norm[j] * norm[j];
    }
    for (uint32_t r = 0; r < N; r++) {
      double residual = total;
      stream.round = r;
      CHECK(medsgd_block_sample(idx, &count, s, D, k, stream, work) == MEDSGD_OK && count == k);
      for (size_t i = 0; i < count; i++) residual -= norm[idx[i]] * norm[idx[i]];
      sum += residual / total;
    }
    double mean = sum / (double)N, exact = residual_by_enumeration(norm, D, k, 0, left) / total,
           bound = 1 - (double)k / (double)D;
    CHECKF(exact <= bound + 1e-6, "the lemma itself: %g above %g", exact, bound);
    CHECKF(fabs(mean - exact) <= 2.7 / sqrt((double)N), "k %d: %g, not %g", (int)k, mean, exact);
    CHECKF(mean <= bound + 2.7 / sqrt((double)N), "k %d: %g above %g", (int)k, mean, bound);
    free(work);
    if (n < 2) CHECKF(fabs(exact - bound) < 1e-6, "equal columns meet the bound: %g, %g", exact, bound);
  }
}

/* ---- adaptive rate ---- */

/* Yang eq. (1) with the empirical mean and sign errors, in long double; entries that are not finite count as 0. */
static wide rate_reference(const medsgd_real *const *rows, size_t m, size_t d, wide lipschitz, wide *size) {
  wide sum = 0;
  *size = 0;
  for (size_t j = 0; j < d; j++) {
    wide mean = 0, wrong = 0;
    for (size_t i = 0; i < m; i++) mean += isfinite(rows[i][j]) ? (wide)rows[i][j] / (wide)m : 0;
    for (size_t i = 0; i < m; i++) {
      wide x = isfinite(rows[i][j]) ? (wide)rows[i][j] : 0;
      wrong += ((x > 0) - (x < 0) != (mean > 0) - (mean < 0)) / (wide)m;
    }
    sum += fabsl(mean) * (1 - 2 * wrong);
    *size += fabsl(mean);
  }
  *size /= lipschitz;
  return sum / lipschitz;
}

TEST(adaptive_rate) {
  enum { M = 20, D = 1500 };
  static medsgd_real x[M][D];
  const medsgd_real *rows[M];
  for (int n = 0; n < 200; n++) {
    size_t m = 1 + test_below(M), d = test_below(n % 10 ? 60 : D);
    double lipschitz = exp2(gaussian() * 5), bias = n % 3 * 0.5, out = -1;
    for (size_t i = 0; i < m; i++) {
      rows[i] = x[i];
      for (size_t j = 0; j < d; j++) {
        x[i][j] =
            (medsgd_real)(rint(64 * (gaussian() + bias)) / 64); /* sums are exact: no sign of a mean is in doubt */
        if (test_below(20) == 0) x[i][j] = (medsgd_real)(test_random() % 2 ? 0.0 : -0.0);
        if (n % 4 == 3 && test_below(20) == 0)
          x[i][j] = (medsgd_real)(test_random() % 2 ? NAN : test_random() % 2 ? INFINITY : -INFINITY);
      }
    }
    wide size, exact = rate_reference(rows, m, d, (wide)lipschitz, &size);
    CHECK(medsgd_adaptive_rate(&out, rows, m, d, lipschitz) == MEDSGD_OK);
    CHECKF(fabsl((wide)out - exact) <= 1e-14L * size, "m %d d %d: %.17g, not %.17Lg", (int)m, (int)d, out, exact);
  }
}

TEST(adaptive_rate_known_values) {
  const medsgd_real a[3] = {1, -2, 4}, b[3] = {3, 2, -4}, c[3] = {-1, -3, 0}, huge[2] = {REAL_MAX, -REAL_MAX};
  const medsgd_real *one[1] = {a}, *three[3] = {a, b, c}, *large[3] = {huge, huge, huge};
  double out;
  CHECK(medsgd_adaptive_rate(&out, one, 1, 3, 2) == MEDSGD_OK && out == 3.5); /* no sign error: ||g||_1 / L */
  /* means 1, -1, 0; one error of three in the first two columns: (1 + 1)(1 - 2/3) */
  CHECK(medsgd_adaptive_rate(&out, three, 3, 3, 1) == MEDSGD_OK && fabs(out - 2.0 / 3) < 1e-15);
  const medsgd_real up[1] = {5}, down[1] = {-1};
  const medsgd_real *lone[4] = {up, down, down, down}; /* mean 1/2, three of four against it: a negative rate */
  CHECK(medsgd_adaptive_rate(&out, lone, 4, 1, 1) == MEDSGD_OK && fabs(out + 0.25) < 1e-15);
  CHECK(medsgd_adaptive_rate(&out, large, 3, 2, 4) == MEDSGD_OK);
  CHECKF(fabsl((wide)out - (wide)REAL_MAX / 2) <= 1e-14L * (wide)REAL_MAX, "%g", out); /* no overflow on the way */
}

/* More rows than are counted in one part. */
TEST(adaptive_rate_of_a_million) {
  enum { M = 0x100003 };
  static const medsgd_real up[1] = {5}, down[1] = {-1};
  static const medsgd_real *rows[M];
  wide sum = 0, against = 0, exact;
  double out;
  for (size_t i = 0; i < M; i++) {
    rows[i] = i % 4 == 0 ? up : down;
    sum += (wide)rows[i][0];
    against += rows[i] == down;
  }
  exact = sum / M * (1 - 2 * against / M);
  CHECK(medsgd_adaptive_rate(&out, rows, M, 1, 1) == MEDSGD_OK);
  CHECKF(fabsl((wide)out - exact) <= -1e-14L * exact, "%.17g, not %.17Lg", out, exact);
}

TEST(adaptive_rate_errors) {
  const medsgd_real a[2] = {1, 2};
  const medsgd_real *rows[2] = {a, a}, *hole[2] = {a, NULL};
  double out = 42;
  static const double bad[6] = {0, -0.0, -1, (double)NAN, (double)INFINITY, -(double)INFINITY};
  CHECK(medsgd_adaptive_rate(&out, rows, 0, 2, 1) == MEDSGD_ERR_SIZE);
  CHECK(medsgd_adaptive_rate(&out, rows, 0, 0, 1) == MEDSGD_ERR_SIZE);
  CHECK(medsgd_adaptive_rate(NULL, rows, 2, 2, 1) == MEDSGD_ERR_NULL);
  CHECK(medsgd_adaptive_rate(&out, NULL, 2, 2, 1) == MEDSGD_ERR_NULL);
  CHECK(medsgd_adaptive_rate(&out, hole, 2, 2, 1) == MEDSGD_ERR_NULL);
  for (int i = 0; i < 6; i++) CHECK(medsgd_adaptive_rate(&out, rows, 2, 2, bad[i]) == MEDSGD_ERR_PARAM);
  CHECK(out == 42);
  CHECK(medsgd_adaptive_rate(NULL, NULL, 2, 0, -1) == MEDSGD_OK);
  CHECK(medsgd_adaptive_rate(&out, NULL, 2, 0, 1) == MEDSGD_OK && out == 0);
}

TEST_MAIN(CASE(bgmd_is_its_composition), CASE(bgmd_of_all_coordinates), CASE(memory_is_conserved),
          CASE(a_byzantine_row_poisons_nothing), CASE(bgmd_of_huge_rows), CASE(bgmd_of_sparse_rows), CASE(bgmd_errors),
          CASE(lemma_1), CASE(adaptive_rate), CASE(adaptive_rate_known_values), CASE(adaptive_rate_of_a_million), CASE(adaptive_rate_errors))
