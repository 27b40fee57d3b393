/* SPDX-License-Identifier: MIT
 * Geometric median. Every solve of this file goes through `audit`, which holds all that the interface promises against
 * a reference of another method (Newton in long double, with a certificate of its own) or against a closed form. Inputs
 * are random, the promises are not: no false alarms.
 */
#define MEDSGD_IMPLEMENTATION
#include "medsgd.h"

#include "oracle_real.h"
#include "test.h"

#ifdef MEDSGD_DOUBLE
#  define REAL_MAX DBL_MAX
#  define REAL_EPS DBL_EPSILON
#  define REAL_TINY 4.9406564584124654e-324 /* the least subnormal */
#  define REAL_BITS 53
#else
#  define REAL_MAX FLT_MAX
#  define REAL_EPS FLT_EPSILON
#  define REAL_TINY 1.401298464324817e-45
#  define REAL_BITS 24
#endif

/* A problem with its solution. `weights` is all ones unless a case changes it; `weighted` says whether it is passed. */
typedef struct problem {
  size_t m, d;
  medsgd_real *x; /* m rows of d values, one after the other */
  medsgd_real *weights;
  int weighted;
  double tolerance;
  size_t max_iterations;
  medsgd_real *y;
  double *coefficients;
  medsgd_geomedian_result result;
  int status;
} problem;

static void *allocate(size_t count, size_t size) {
  void *p = calloc(count ? count : 1, size);
  if (!p) abort();
  return p;
}

static problem new_problem(size_t m, size_t d) {
  problem p;
  p.m = m;
  p.d = d;
  p.x = (medsgd_real *)allocate(m * d, sizeof *p.x);
  p.weights = (medsgd_real *)allocate(m, sizeof *p.weights);
  p.weighted = 0;
  p.tolerance = 1e-6;
  p.max_iterations = 1000;
  p.y = (medsgd_real *)allocate(d + 1, sizeof *p.y);
  p.coefficients = (double *)allocate(m + 1, sizeof *p.coefficients);
  p.status = -99;
  for (size_t i = 0; i < m; i++) p.weights[i] = 1;
  return p;
}

static void end_problem(problem *p) {
  free(p->x);
  free(p->weights);
  free(p->y);
  free(p->coefficients);
}

static medsgd_real *at(problem *p, size_t i, size_t j) { return &p->x[i * p->d + j]; }

/* Between least and least+range-1 rows, now and then so many that the work array grows no longer with m^2. */
static size_t some_rows(size_t least, size_t range) {
  return test_below(25) ? least + test_below(range) : 129 + test_below(40);
}

static double gaussian(void) { /* normal enough */
  double sum = -6;
  for (int i = 0; i < 12; i++) sum += test_uniform();
  return sum;
}

static void fill_gaussian(problem *p) {
  for (size_t i = 0; i < p->m * p->d; i++) p->x[i] = (medsgd_real)gaussian();
}

static int row_is_finite(const problem *p, size_t i) {
  for (size_t j = 0; j < p->d; j++) {
    if (!isfinite(p->x[i * p->d + j])) return 0;
  }
  return 1;
}

static void solve(problem *p) {
  const medsgd_real **rows = (const medsgd_real **)allocate(p->m, sizeof *rows);
  medsgd_real *tile = (medsgd_real *)allocate(medsgd_median_work(p->m), sizeof *tile);
  double *work = (double *)allocate(medsgd_geomedian_work(p->m), sizeof *work);
  medsgd_geomedian_options o;
  o.tolerance = p->tolerance;
  o.max_iterations = p->max_iterations;
  o.weights = p->weighted ? p->weights : NULL;
  for (size_t i = 0; i < p->m; i++) rows[i] = p->x + i * p->d;
  for (size_t i = 0; i < medsgd_geomedian_work(p->m); i++) work[i] = (double)NAN; /* scratch, not state */
  p->y[p->d] = 7;
  p->coefficients[p->m] = 7;
  p->status = medsgd_geomedian(p->y, rows, p->m, p->d, &o, &p->result, p->coefficients, tile, work);
  CHECK(p->y[p->d] == 7 && p->coefficients[p->m] == 7);
  free(work);
  free(tile);
  free(rows);
}

/* What audit found, for further checks. */
typedef struct verdict {
  wide excess; /* objective of the combination of the coefficients less the reference's */
  wide unit;   /* W * r */
  wide objective;
} verdict;

/* Solve and hold the result against the reference; `what` names the case on failure. The solver has to converge if
 * `converges`. */
static verdict audit(problem *p, const char *what, int converges) {
  const size_t m = p->m, d = p->d;
  wide *x = (wide *)allocate(m * d, sizeof *x), *w = (wide *)allocate(m, sizeof *w);
  wide *best = (wide *)allocate(d, sizeof *best), *sum = (wide *)allocate(d, sizeof *sum),
       *size = (wide *)allocate(d, sizeof *size);
  size_t used = 0, excluded = 0, heavy = 0;
  wide total = 0, weight = 0;
  verdict v;

  solve(p);
  CHECKF(p->status == MEDSGD_OK || (p->status == MEDSGD_NOT_CONVERGED && !converges),
         "%s: status %d, %d iterations, gap %g", what, p->status, (int)p->result.iterations, p->result.gap);
  CHECKF(p->result.iterations <= p->max_iterations, "%s: %d iterations", what, (int)p->result.iterations);
  CHECKF(p->result.gap >= 0, "%s: gap %g", what, p->result.gap);

  for (size_t i = 0; i < m; i++) { /* coefficients: >= 0, sum 1, 0 for what does not count */
    int counts = row_is_finite(p, i) && p->weights[i] > 0;
    excluded += !row_is_finite(p, i);
    CHECKF(p->coefficients[i] >= 0 && p->coefficients[i] <= 1 && (counts || p->coefficients[i] == 0),
           "%s: coefficient %d is %g", what, (int)i, p->coefficients[i]);
    total += (wide)p->coefficients[i];
    if (p->coefficients[i] > p->coefficients[heavy]) heavy = i;
  }
  CHECKF(fabsl(total - 1) <= (wide)(m + 8) * 0x1p-53L, "%s: coefficients sum to %.20Lg", what, total);
  CHECKF(p->result.excluded == excluded, "%s: %d excluded, not %d", what, (int)p->result.excluded, (int)excluded);
  for (size_t i = 0; i < m; i++) { /* the rows that count, seen from the one that enters most */
    if (!row_is_finite(p, i) || !(p->weights[i] > 0)) continue;
    for (size_t j = 0; j < d; j++) {
      wide offset = (wide)*at(p, i, j) - (wide)*at(p, heavy, j);
      x[used * d + j] = offset;
      sum[j] += (wide)p->coefficients[i] / total * offset;
      size[j] += (wide)p->coefficients[i] * fabsl(offset);
    }
    w[used] = (wide)p->weights[i];
    weight += w[used++];
  }
  for (size_t j = 0; j < d; j++) { /* y is the rounding of their combination */
    wide value = (wide)*at(p, heavy, j) + sum[j], error = fabsl(((wide)p->y[j] - (wide)*at(p, heavy, j)) - sum[j]);
    wide limit =
        (0.5L * (wide)REAL_EPS * fabsl(value) + 0.5L * (wide)REAL_TINY) * (1 + 0x1p-20L) + 64 * 0x1p-53L * size[j];
    CHECKF(error <= limit, "%s: y[%d] = %.17g is no rounding of %.20Lg (%Lg off, %Lg allowed)", what, (int)j,
           (double)p->y[j], value, error, limit);
  }

  wide slack = oracle_geo_solve(best, x, w, used, d), rounding;
  v.excess = oracle_geo_excess(sum, best, x, w, used, d);
  v.unit = weight * oracle_geo_radius(sum, x, w, used, d);
  v.objective = oracle_geo_objective(sum, x, w, used, d);
  rounding = 4 * 0x1p-53L * v.unit + 4.9406564584124654e-324L;
  CHECKF(slack <= 1e-10L * v.unit + rounding, "%s: the reference may be off by %Lg (W r %Lg)", what, slack, v.unit);
  CHECKF(v.excess <= (wide)p->result.gap + rounding, "%s: excess %Lg is above the gap %g (W r %Lg)", what, v.excess,
         p->result.gap, v.unit);
  CHECKF(v.excess >= -slack - rounding, "%s: better than the reference by %Lg", what, -v.excess);
  if (v.objective < (wide)DBL_MAX) {
    CHECKF(fabsl((wide)p->result.objective - v.objective) <= 1e-14L * v.objective + 4.9406564584124654e-324L * (wide)m,
           "%s: objective %.17g, not %.17Lg", what, p->result.objective, v.objective);
    wide stop = (wide)p->tolerance * v.unit;
    CHECKF(p->status != MEDSGD_OK || (wide)p->result.gap <= stop * (1 + 1e-9L) + 4.9406564584124654e-324L,
           "%s: stopped at gap %g above %Lg", what, p->result.gap, stop);
    CHECKF(p->status == MEDSGD_OK || (wide)p->result.gap >= stop * (1 - 1e-9L), "%s: went on past gap %g", what,
           p->result.gap);
  } else {
    CHECKF(p->result.objective >= DBL_MAX * (1 - 1e-14), "%s: objective %g overflows", what, p->result.objective);
  }
  free(size);
  free(sum);
  free(best);
  free(w);
  free(x);
  return v;
}

/* ---- the reference against closed forms ---- */

TEST(reference_triangles) {
  for (int n = 0; n < 500; n++) {
    wide x[6], y[2], z[2], w[3] = {1, 1, 1};
    for (int i = 0; i < 6; i++) x[i] = (wide)test_uniform();
    if (n % 2) x[1] *= 0.05L, x[3] *= 0.05L, x[5] *= 0.05L; /* mostly obtuse */
    wide bound = oracle_geo_solve(y, x, w, 3, 2);
    oracle_fermat(z, x);
    CHECKF(bound <= 1e-16L && hypotl(y[0] - z[0], y[1] - z[1]) < 1e-9L, "(%Lg, %Lg), not (%Lg, %Lg)", y[0], y[1], z[0],
           z[1]);
    CHECK(fabsl(oracle_geo_excess(y, z, x, w, 3, 2)) < 1e-16L);
    wide a = hypotl(x[2] - x[4], x[3] - x[5]), b = hypotl(x[0] - x[4], x[1] - x[5]),
         c = hypotl(x[0] - x[2], x[1] - x[3]);
    wide area = fabsl((x[2] - x[0]) * (x[5] - x[1]) - (x[3] - x[1]) * (x[4] - x[0])) / 2;
    int corner = z[0] == x[0] || z[0] == x[2] || z[0] == x[4];
    if (!corner) /* Torricelli's total */
      CHECK(fabsl(oracle_geo_objective(y, x, w, 3, 2) - sqrtl((a * a + b * b + c * c) / 2 + 2 * sqrtl(3) * area)) <
            1e-16L);
  }
}

TEST(reference_far_rows) { /* a row at 1e30 pulls by its direction only: the square's centre moves as under a constant
                              force */
  wide x[10] = {1, 1, -1, 1, -1, -1, 1, -1, 1e30L, 0}, y[2], w[5] = {1, 1, 1, 1, 1};
  wide bound = oracle_geo_solve(y, x, w, 5, 2);
  CHECK(bound < 1e-16L && y[0] > 0.1L && y[0] < 1 && fabsl(y[1]) < 1e-15L);
}

/* ---- closed forms ---- */

TEST(triangles) {
  for (int n = 0; n < 300; n++) {
    problem p = new_problem(3, 2);
    wide x[6], y[2];
    fill_gaussian(&p);
    if (n % 3 == 0)
      *at(&p, 0, 1) *= (medsgd_real)0.01, *at(&p, 1, 1) *= (medsgd_real)0.01, *at(&p, 2, 1) *= (medsgd_real)0.01;
    p.tolerance = 1e-11;
    verdict v = audit(&p, "triangle", 1);
    for (int i = 0; i < 6; i++) x[i] = (wide)p.x[i];
    oracle_fermat(y, x);
    wide off = hypotl((wide)p.y[0] - y[0], (wide)p.y[1] - y[1]);
    CHECKF(off <= 1e-4L * v.objective, "%Lg from the Fermat point", off);
    end_problem(&p);
  }
}

TEST(quadrilaterals) { /* convex: where the diagonals cross, the sum is the diagonals'; else the inner point */
  for (int n = 0; n < 200; n++) {
    problem p = new_problem(4, 2);
    double cross[2] = {gaussian(), gaussian()}, turn = test_uniform() * 6, other = turn + 0.3 + test_uniform() * 2,
           sum = 0;
    for (size_t i = 0; i < 4; i++) {
      double angle = (i % 2 ? other : turn) + (i / 2 ? 3.14159265358979324 : 0), r = 0.2 + test_uniform();
      *at(&p, i, 0) = (medsgd_real)(cross[0] + r * cos(angle));
      *at(&p, i, 1) = (medsgd_real)(cross[1] + r * sin(angle));
      sum += r;
    }
    verdict v = audit(&p, "convex quadrilateral", 1);
    CHECK(fabsl(v.objective - (wide)sum) < 1e-5L * (wide)sum);
    *at(&p, 3, 0) = (*at(&p, 0, 0) + *at(&p, 1, 0) + *at(&p, 2, 0)) / 3;
    *at(&p, 3, 1) = (*at(&p, 0, 1) + *at(&p, 1, 1) + *at(&p, 2, 1)) / 3;
    audit(&p, "point in a triangle", 1);
    CHECK(p.y[0] == *at(&p, 3, 0) && p.y[1] == *at(&p, 3, 1));
    end_problem(&p);
  }
}

TEST(regular_figures) { /* polygons, simplices, cross-polytopes: their centres */
  for (size_t n = 3; n <= 20; n++) {
    problem p = new_problem(n, 2);
    for (size_t i = 0; i < n; i++) {
      *at(&p, i, 0) = (medsgd_real)(3 + cos(6.283185307179586 * (double)i / (double)n));
      *at(&p, i, 1) = (medsgd_real)(-5 + sin(6.283185307179586 * (double)i / (double)n));
    }
    verdict v = audit(&p, "polygon", 1);
    CHECKF(fabsl(v.objective - (wide)n) < 1e-6L * (wide)n && fabs((double)p.y[0] - 3) < 0.01 &&
               fabs((double)p.y[1] + 5) < 0.01,
           "%d corners: (%g, %g)", (int)n, (double)p.y[0], (double)p.y[1]);
    end_problem(&p);
    p = new_problem(n, n);
    for (size_t i = 0; i < n; i++) *at(&p, i, i) = 1;
    v = audit(&p, "simplex", 1);
    CHECK(fabsl(v.objective - sqrtl((wide)(n * n - n))) <= 1e-6L * v.objective);
    end_problem(&p);
    p = new_problem(2 * n, n);
    for (size_t i = 0; i < 2 * n; i++) *at(&p, i, i / 2) = (medsgd_real)(i % 2 ? 1 : -1);
    v = audit(&p, "cross-polytope", 1);
    CHECK(fabsl(v.objective - 2 * (wide)n) <= 2e-6L * (wide)n);
    end_problem(&p);
  }
}

TEST(collinear_is_the_weighted_median) {
  for (int n = 0; n < 300; n++) {
    size_t m = some_rows(1, 12), d = 1 + test_below(5);
    problem p = new_problem(m, d);
    wide at_least = (wide)INFINITY;
    p.weighted = n % 2;
    for (size_t i = 0; i < m; i++) {
      double t = n % 3 ? (double)test_below(9) - 4 : floor(100 * gaussian());
      for (size_t j = 0; j < d; j++) *at(&p, i, j) = (medsgd_real)(t * (double)(j + 1) + (double)j);
      if (p.weighted) p.weights[i] = (medsgd_real)(1 + test_below(4));
    }
    for (size_t k = 0; k < m; k++) { /* the least of the convex piecewise linear objective is at a data point */
      wide sum = 0;
      for (size_t i = 0; i < m; i++) sum += (wide)p.weights[i] * fabsl((wide)*at(&p, i, 0) - (wide)*at(&p, k, 0));
      if (sum < at_least) at_least = sum;
    }
    wide length = 0;
    for (size_t j = 0; j < d; j++) length += (wide)((j + 1) * (j + 1));
    verdict v = audit(&p, "collinear", 1);
    CHECKF(v.objective <= at_least * sqrtl(length) * (1 + 1e-14L) + (wide)p.tolerance * v.unit,
           "m %d d %d: %Lg, not %Lg", (int)m, (int)d, v.objective, at_least * sqrtl(length));
    end_problem(&p);
  }
}

/* ---- hard cases of the interface text ---- */

TEST(one_row_two_rows_equal_rows) {
  for (size_t d = 1; d < 200; d += 1 + test_below(20)) {
    problem p = new_problem(1, d);
    fill_gaussian(&p);
    audit(&p, "one row", 1);
    CHECK(memcmp(p.y, p.x, d * sizeof *p.y) == 0 && p.result.gap == 0 && p.result.objective == 0 &&
          p.coefficients[0] == 1);
    end_problem(&p);
    p = new_problem(2, d);
    fill_gaussian(&p);
    audit(&p, "two rows", 1);
    p.weighted = 1;
    p.weights[1] = (medsgd_real)1.25;
    audit(&p, "two rows, the second heavier", 1);
    CHECK(memcmp(p.y, p.x + d, d * sizeof *p.y) == 0 && p.coefficients[1] == 1);
    end_problem(&p);
    p = new_problem(2 + test_below(8), d);
    for (size_t i = 0; i < p.m; i++) {
      for (size_t j = 0; j < d; j++) *at(&p, i, j) = (medsgd_real)(1.0 / (double)(j + 3));
    }
    audit(&p, "equal rows", 1);
    CHECK(memcmp(p.y, p.x, d * sizeof *p.y) == 0 && p.result.gap == 0 && p.result.objective == 0);
    end_problem(&p);
  }
}

/* Most of the weight at one point: that point, exactly, although r = 0 leaves no room for a gap. */
TEST(majority_at_one_point) {
  for (int n = 0; n < 200; n++) {
    size_t m = some_rows(3, 20), d = 1 + test_below(40), same = m / 2 + 1;
    problem p = new_problem(m, d);
    fill_gaussian(&p);
    if (n % 4 == 1)
      for (size_t j = 0; j < d; j++) *at(&p, m - 1, j) = REAL_MAX;
    if (n % 4 == 2) { /* one row with more than half of the weight */
      same = 1;
      p.weighted = 1;
      for (size_t i = 0; i < m; i++) p.weights[i] = (medsgd_real)(0.1 + test_uniform());
      p.weights[0] = (medsgd_real)(1.2 * (double)m);
    }
    if (n % 4 == 3) { /* weights that differ by the whole range */
      same = 1;
      p.weighted = 1;
      for (size_t i = 1; i < m; i++) p.weights[i] = (medsgd_real)1e-30;
    }
    for (size_t i = 1; i < same; i++) memcpy(at(&p, i, 0), at(&p, 0, 0), d * sizeof *p.x);
    audit(&p, "majority at one point", 1);
    CHECKF(memcmp(p.y, p.x, d * sizeof *p.y) == 0 && p.result.gap == 0, "m %d d %d n %d: gap %g", (int)m, (int)d, n,
           p.result.gap);
    end_problem(&p);
  }
}

/* Small integer grids: duplicates, collinear sets, optimal data points, exact ties of Kuhn's test, starting points at
 * data points that are not optimal; all of them often. */
TEST(integer_grids) {
  for (int n = 0; n < 3000; n++) {
    problem p = new_problem(some_rows(2, 9), 1 + test_below(3));
    int range = 1 + (int)test_below(4);
    char name[64];
    snprintf(name, sizeof name, "grid %d, m %d, d %d", n, (int)p.m, (int)p.d);
    p.weighted = n % 3 == 0;
    for (size_t i = 0; i < p.m; i++) {
      for (size_t j = 0; j < p.d; j++) *at(&p, i, j) = (medsgd_real)((int)test_below((size_t)(2 * range + 1)) - range);
      if (p.weighted) p.weights[i] = (medsgd_real)test_below(4);
    }
    p.weights[0] += (medsgd_real)(p.weighted ? 1 : 0);
    audit(&p, name, 1);
    end_problem(&p);
  }
}

/* Many rows on few points, where heavy data points and collinear sets are the rule, optima a hair off a heavy point among them, and the
 * iteration is another one: it ends in time. */
TEST(many_rows_on_grids) {
  for (int n = 0; n < 2000; n++) {
    problem p = new_problem(129 + test_below(100), 1 + (size_t)n % 3);
    size_t range = 3 + 2 * test_below(4);
    for (size_t i = 0; i < p.m * p.d; i++) p.x[i] = (medsgd_real)test_below(range);
    solve(&p);
    CHECKF(p.status == MEDSGD_OK, "grid %d, m %d, d %d: gap %g after %d iterations", n, (int)p.m, (int)p.d,
           p.result.gap, (int)p.result.iterations);
    end_problem(&p);
  }
}

/* Many rows next to a line, a curve or a few points, to every width: each pass tells little there, and they are few. */
TEST(many_rows_next_to_lines) {
  for (int n = 0; n < 480; n++) {
    const size_t m = 129 + test_below(272), between = (m - 1) / 2;
    problem p = new_problem(m, n % 8 == 0 ? 1 : n % 8 == 7 ? 20 + test_below(100) : 2 + test_below(5));
    const double width = exp2(-(double)test_below(n % 2 ? 25 : 50));
    double direction[120];
    char name[64];
    snprintf(name, sizeof name, "many %d, m %d, d %d, width %g", n, (int)m, (int)p.d, width);
    for (size_t j = 0; j < p.d; j++) direction[j] = gaussian();
    for (size_t i = 0; i < m; i++) {
      const double a = gaussian(), cluster = i < between ? -1000 : i < 2 * between ? 1000 : 0;
      for (size_t j = 0; j < p.d; j++) {
        double x = gaussian();
        switch (n % 8) {
          case 1: x = j ? width * x : exp(4 * a); break;                               /* a line, far outliers on it */
          case 2: x = (j ? 0 : (double)(i % 3)) + width * x; break;                    /* three points */
          case 3: x = (j ? 0 : cluster) + width * x; break;                            /* two far clusters, one row between */
          case 4: x = cluster * direction[j] + x; break;                               /* the same, wider */
          case 5: x = j == 0 ? a : j == 1 ? a * a * width : x * width * width; break;  /* a curve */
          case 6: x = (i % 2 ? 1 : -1) * direction[j] * (1 + width * x) + 1e-3 * width * x; break; /* two points */
          default: break;
        }
        *at(&p, i, j) = (medsgd_real)x;
      }
    }
    solve(&p);
    CHECKF(p.status == MEDSGD_OK && p.result.iterations <= 100, "%s: gap %g after %d iterations", name, p.result.gap,
           (int)p.result.iterations);
    end_problem(&p);
    if (n % 40 < 8 && m < 200) { /* the reference takes its time */
      p = new_problem(m, 2 + (size_t)n % 3);
      for (size_t i = 0; i < m; i++)
        for (size_t j = 0; j < p.d; j++)
          *at(&p, i, j) = (medsgd_real)((j ? 0 : i < between ? -1000 : i < 2 * between ? 1000 : 0) + width * gaussian());
      audit(&p, name, 1);
      end_problem(&p);
    }
  }
}

/* A data point with the pull of the others at (1 + t) times its weight: optimal for t <= 0, and just beside it for
 * small t > 0, where Weiszfeld's plain iteration crawls. The degenerate t = 0 is met to rounding only. */
TEST(at_and_beside_a_data_point) {
  static const double t[] = {-0.5, -1e-3, -1e-9, 0, 1e-12, 1e-9, 1e-7, 1e-5, 1e-4, 1e-3, 1e-2, 0.1};
  for (size_t n = 0; n < 12 * sizeof t / sizeof *t; n++) {
    size_t pairs = n % 4, m = 3 + 2 * pairs;
    problem p = new_problem(m, 3);
    char name[64];
    snprintf(name, sizeof name, "pull 1 + %g, m %d", t[n / 12], (int)m);
    /* two unit pulls with the half-angle a give 2 cos a = 1 + t; pairs opposite each other add nothing */
    double half = acos((1 + t[n / 12]) / 2);
    *at(&p, 1, 0) = (medsgd_real)cos(half);
    *at(&p, 1, 1) = (medsgd_real)sin(half);
    *at(&p, 2, 0) = (medsgd_real)(4 * cos(half));
    *at(&p, 2, 1) = (medsgd_real)(-4 * sin(half));
    for (size_t i = 0; i < pairs; i++) {
      for (size_t j = 0; j < 3; j++) {
        *at(&p, 3 + 2 * i, j) = (medsgd_real)gaussian();
        *at(&p, 4 + 2 * i, j) = -*at(&p, 3 + 2 * i, j);
      }
    }
    audit(&p, name, 1);
    end_problem(&p);
  }
}

TEST(near_duplicates_and_near_lines) {
  for (int n = 0; n < 300; n++) {
    problem p = new_problem(some_rows(3, 8), 2 + test_below(4));
    double width = exp2(-(double)test_below(n % 2 ? 25 : 50));
    char name[64];
    snprintf(name, sizeof name, "%s %d, width %g", n % 3 ? "near line" : "near duplicates", n, width);
    fill_gaussian(&p);
    for (size_t i = 0; i < p.m; i++) {
      for (size_t j = 1; j < p.d; j++) *at(&p, i, j) *= (medsgd_real)width;
      if (n % 3 == 0) *at(&p, i, 0) = (medsgd_real)((double)(i % 3) + width * gaussian());
    }
    audit(&p, name, 1);
    end_problem(&p);
  }
}

/* All sizes: few and many rows, short and long. */
TEST(random_rows) {
  static const size_t m[] = {3, 4, 5, 8, 9, 16, 31, 64, 101, 127, 128, 129, 130, 300},
                      d[] = {1, 2, 3, 7, 63, 64, 65, 200, 1000};
  for (size_t i = 0; i < sizeof m / sizeof *m; i++) {
    for (size_t j = 0; j < sizeof d / sizeof *d; j++) {
      if (m[i] * m[i] * d[j] > 300000) continue; /* the reference takes its time */
      problem p = new_problem(m[i], d[j]);
      char name[64];
      snprintf(name, sizeof name, "random, m %d, d %d", (int)m[i], (int)d[j]);
      fill_gaussian(&p);
      audit(&p, name, 1);
      p.weighted = 1;
      for (size_t k = 0; k < m[i]; k++) p.weights[k] = (medsgd_real)(test_below(5) ? test_uniform() : 0);
      p.weights[0] = 1;
      p.tolerance = 1e-10;
      audit(&p, name, 1);
      end_problem(&p);
    }
  }
}

/* Coordinates repeated 4^k times scale all distances by 2^k exactly: long rows with the solution of short ones. The longest
 * take the quick products first. */
TEST(long_rows) {
  static const char *const kind[] = {"plain", "colluding", "grid", "heavy row", "NaN", "tiny", "huge", "near line", "duplicates"};
  for (int n = 0; n < 54; n++) {
    const size_t times = n % 6 == 0 ? 4096 : 16384;
    const double up = n % 6 == 0 ? 64 : 128;
    problem p = new_problem(n % 4 ? 3 + test_below(30) : 100 + test_below(28), 4), q = new_problem(p.m, 4 * times);
    char name[64];
    snprintf(name, sizeof name, "long, %s %d, m %d", kind[n % 9], n, (int)p.m);
    fill_gaussian(&p);
    for (size_t i = 0; i < p.m; i++) {
      for (size_t j = 0; j < 4; j++) {
        medsgd_real *x = at(&p, i, j);
        switch (n % 9) {
          case 1: *x += (medsgd_real)(9 * p.m > 20 * i ? 1e6 : 0); break;
          case 2: *x = (medsgd_real)rint((double)*x); break;
          case 3: p.weights[0] = (medsgd_real)(0.3 * (double)p.m); break;
          case 4: *x = i % 3 == 2 ? (medsgd_real)(i % 2 ? NAN : INFINITY) : *x; break;
          case 5: *x *= (medsgd_real)1e-30; break;
          case 6: *x *= (medsgd_real)1e30; break;
          case 7: *x *= (medsgd_real)(j ? 1e-4 : 1); break;
          case 8: *x = i % 2 ? *at(&p, i - 1, j) : *x; break;
          default: break;
        }
      }
    }
    p.weighted = q.weighted = n % 9 == 3;
    memcpy(q.weights, p.weights, p.m * sizeof *p.weights);
    for (size_t i = 0; i < p.m; i++) {
      for (size_t j = 0; j < q.d; j++) *at(&q, i, j) = *at(&p, i, j % 4);
    }
    verdict v = audit(&p, name, 1);
    solve(&q);
    CHECKF(q.status == MEDSGD_OK && q.result.excluded == p.result.excluded, "%s: status %d", name, q.status);
    CHECKF(q.result.gap <= 1e-6 * 1.001 * up * (double)v.unit, "%s: gap %g", name, q.result.gap / up);
    const double rounding = 1e-13 * p.result.objective;
    CHECKF(q.result.objective / up <= p.result.objective + q.result.gap / up + rounding, "%s: %.17g, not %.17g", name,
           q.result.objective / up, p.result.objective);
    CHECKF(q.result.objective / up >= p.result.objective - p.result.gap - rounding, "%s: %.17g, not %.17g", name,
           q.result.objective / up, p.result.objective);
    if (n % 9 == 8)
      for (size_t i = 1; i < p.m; i += 2) CHECK(fabs(q.coefficients[i] - q.coefficients[i - 1]) < 1e-12);
    wide sum = 0, of[4] = {0, 0, 0, 0};
    for (size_t i = 0; i < p.m; i++) {
      CHECKF(q.coefficients[i] >= 0 && q.coefficients[i] <= 1, "%s: coefficient %g", name, q.coefficients[i]);
      sum += (wide)q.coefficients[i];
      for (size_t j = 0; j < 4 && q.coefficients[i] > 0; j++) of[j] += (wide)q.coefficients[i] * (wide)*at(&p, i, j);
    }
    CHECKF(fabsl(sum - 1) < 1e-13L, "%s: coefficients sum to %.20Lg", name, sum);
    for (size_t j = 0; j < q.d; j++)
      CHECKF(fabsl((wide)q.y[j] - of[j % 4]) <= 1e-6L * fabsl(of[j % 4]) + 1e-8L * v.unit, "%s: y[%d] = %g, not %Lg", name,
             (int)j, (double)q.y[j], of[j % 4]);
    end_problem(&p);
    end_problem(&q);
  }
}

/* Outliers that differ from the others in few coordinates of long rows, where no sample of the coordinates shows them. */
TEST(outliers_in_one_coordinate) {
  for (int n = 0; n < 8; n++) {
    problem p = new_problem(9, 1 + 40000), q = new_problem(9, 2);
    const double far = n % 2 ? 1e30 : 1e5;
    for (size_t i = 0; i < 9; i++) { /* one coordinate, repeated; the outliers' own, anywhere */
      *at(&q, i, 0) = (medsgd_real)gaussian();
      *at(&q, i, 1) = (medsgd_real)(i < 4 ? far : 0);
      for (size_t j = 0; j < p.d; j++) *at(&p, i, j) = *at(&q, i, 0);
      *at(&p, i, 40000 - 1234 * (size_t)n) = *at(&q, i, 1);
      *at(&q, i, 0) *= 200;
    }
    audit(&q, "short", 1);
    solve(&p);
    CHECKF(p.status == MEDSGD_OK, "outliers at %g: status %d, gap %g", far, p.status, p.result.gap);
    CHECKF(fabs(p.result.objective - q.result.objective) <= p.result.gap + q.result.gap + 1e-6 * q.result.objective,
           "outliers at %g: %.17g, not %.17g", far, p.result.objective, q.result.objective);
    for (size_t j = 0; j < p.d; j++) CHECKF(fabs((double)p.y[j]) <= 200 * 6 * 2 * 5, "y[%d] = %g", (int)j, (double)p.y[j]); /* as in breakdown */
    end_problem(&p);
    end_problem(&q);
  }
}

TEST(every_scale) {
  int top = (int)ceil(log2((double)REAL_MAX)) - 1, bottom = (int)floor(log2(REAL_TINY));
  for (int n = 0; n < 200; n++) {
    problem p = new_problem(some_rows(3, 10), 1 + test_below(6));
    int power = n % 4 == 0   ? bottom + (int)test_below(12)
                : n % 4 == 1 ? top - (int)test_below(12)
                             : bottom + (int)test_below((size_t)(top - bottom));
    char name[64];
    snprintf(name, sizeof name, "scale 2^%d, m %d, d %d", power, (int)p.m, (int)p.d);
    fill_gaussian(&p);
    for (size_t i = 0; i < p.m * p.d; i++) { /* a few bits, so that subnormals make duplicates and lines too */
      double value = ldexp(rint((double)p.x[i] * 8), power - 3);
      p.x[i] = (medsgd_real)(fabs(value) <= (double)REAL_MAX ? value
                             : value > 0                     ? (double)REAL_MAX
                                                             : -(double)REAL_MAX);
    }
    p.tolerance = n % 8 < 4 ? 1e-6 : 1e-9;
    audit(&p, name, 1);
    for (size_t j = 0; j < p.d; j++) CHECK(isfinite(p.y[j]));
    end_problem(&p);
  }
}

TEST(weights_of_every_scale) {
  for (int n = 0; n < 60; n++) {
    problem p = new_problem(some_rows(3, 10), 1 + test_below(6)), q;
    medsgd_real scale = (medsgd_real)(n % 3 == 0   ? (double)REAL_MAX / 4
                                      : n % 3 == 1 ? 64 * REAL_TINY
                                                   : exp2((double)test_below(60) - 30));
    fill_gaussian(&p);
    p.weighted = 1;
    for (size_t i = 0; i < p.m; i++) p.weights[i] = scale * (medsgd_real)(1 + test_below(3));
    audit(&p, "scaled weights", 1);
    q = new_problem(p.m, p.d); /* only ratios of weights count */
    memcpy(q.x, p.x, p.m * p.d * sizeof *p.x);
    q.weighted = 1;
    for (size_t i = 0; i < p.m; i++) q.weights[i] = p.weights[i] / scale;
    verdict v = audit(&q, "plain weights", 1);
    CHECK(v.excess <= 1e-6L * v.unit);
    for (size_t j = 0; j < p.d; j++) CHECK(fabs((double)(p.y[j] - q.y[j])) < 0.1);
    end_problem(&p);
    end_problem(&q);
  }
}

/* A common offset of up to 2^(bits-4) spreads: y has no digits left, but the combination has, and its objective. */
TEST(common_offsets) {
  for (int n = 0; n < 200; n++) {
    problem p = new_problem(some_rows(3, 12), 1 + test_below(8));
    double offset = exp2((double)test_below(REAL_BITS - 4)) * (n % 2 ? 1 : -1);
    char name[64];
    snprintf(name, sizeof name, "offset %g, m %d, d %d", offset, (int)p.m, (int)p.d);
    fill_gaussian(&p);
    for (size_t i = 0; i < p.m * p.d; i++) p.x[i] = (medsgd_real)((double)p.x[i] + offset);
    audit(&p, name, 1);
    end_problem(&p);
  }
}

/* ---- outliers ---- */

/* Fewer than half of the rows arbitrary: the certificate stays, and y is within 2 r (1-a)/(1-2a) of the honest rows'
 * centre, r their radius and a the share of the others (Lopuhaa and Rousseeuw 1991), plus what the tolerance allows. */
TEST(breakdown) {
  static const double size[] = {1e3, 1e6, 1e9, 1e18, 1e30, (double)REAL_MAX};
  for (int n = 0; n < 400; n++) {
    size_t honest = some_rows(3, 15), bad = 1 + test_below(honest - 1), d = 1 + test_below(20);
    double far = size[test_below(6)], centre = (n % 2) * 10.0, radius = 0;
    problem p = new_problem(honest + bad, d);
    char name[64];
    snprintf(name, sizeof name, "attack %d at %g, %d of %d, d %d", n % 5, far, (int)bad, (int)p.m, (int)d);
    for (size_t i = 0; i < p.m; i++) {
      double r2 = 0;
      for (size_t j = 0; j < d; j++) {
        double x = gaussian(), direction = (double)(1 + j % 3) / 3;
        if (i < honest) {
          *at(&p, i, j) = (medsgd_real)(centre + x);
          r2 += ((double)*at(&p, i, j) - centre) * ((double)*at(&p, i, j) - centre);
          continue;
        }
        switch (n % 5) {
          case 0: x = direction; break;                        /* colluding at one point */
          case 1: x = i % 2 ? direction : -direction; break;   /* at two */
          case 2: x = direction * (1 + 1e-3 * x); break;       /* around one */
          case 3: x = x / 6; break;                            /* everywhere */
          default: x = x / 6 * exp2(-(double)test_below(100)); /* at all distances */
        }
        *at(&p, i, j) = (medsgd_real)(x * far);
      }
      if (sqrt(r2) > radius) radius = sqrt(r2);
    }
    audit(&p, name, 1);
    double share = (double)bad / (double)p.m, y2 = 0;
    for (size_t j = 0; j < d; j++) y2 += ((double)p.y[j] - centre) * ((double)p.y[j] - centre);
    CHECKF(sqrt(y2) <= 1.01 * radius * 2 * (1 - share) / (1 - 2 * share), "%s: %g away, radius %g", name, sqrt(y2),
           radius);
    end_problem(&p);
  }
}

TEST(nan_and_infinite_rows) {
  for (int n = 0; n < 200; n++) {
    size_t m = some_rows(2, 15), d = 1 + test_below(m > 128 ? 20 : 150), bad = 1 + test_below(m - 1);
    problem p = new_problem(m, d), q = new_problem(m - bad, d);
    size_t kept = 0;
    fill_gaussian(&p);
    p.weighted = q.weighted = n % 2;
    for (size_t i = 0; i < m; i++) {
      if (n % 2) p.weights[i] = (medsgd_real)(0.5 + test_uniform());
      if ((i * 7 + 3) % m >= bad && kept < q.m) { /* keep this row */
        memcpy(at(&q, kept, 0), at(&p, i, 0), d * sizeof *p.x);
        q.weights[kept++] = p.weights[i];
      } else {
        *at(&p, i, test_below(d)) = (medsgd_real)(i % 3 == 0 ? NAN : i % 3 == 1 ? INFINITY : -INFINITY);
        if (n % 4 == 1) p.weights[i] = (medsgd_real)1e30;
        if (n % 4 == 3) p.weights[i] = 0;
      }
    }
    if (kept < q.m) { /* gcd(7, m) > 1: the rule above did not spread; skip */
      end_problem(&p);
      end_problem(&q);
      continue;
    }
    audit(&p, "rows with NaN or infinity", 1);
    solve(&q);
    CHECK(p.result.excluded == bad && q.result.excluded == 0);
    CHECKF(fabs(p.result.objective - q.result.objective) <= p.result.gap + q.result.gap + 1e-14 * q.result.objective,
           "%g and %g", p.result.objective, q.result.objective);
    end_problem(&p);
    end_problem(&q);
  }
}

/* ---- symmetries ---- */

TEST(powers_of_two_scale_exactly) {
  for (int n = 0; n < 200; n++) {
    problem p = new_problem(some_rows(2, 20), 1 + test_below(30)), q = new_problem(p.m, p.d);
    double scale = exp2((double)test_below(80) - 40);
    fill_gaussian(&p);
    for (size_t i = 0; i < p.m * p.d; i++) q.x[i] = p.x[i] * (medsgd_real)scale;
    solve(&p);
    solve(&q);
    CHECK(p.status == q.status && p.result.iterations == q.result.iterations);
    CHECKF(q.result.objective == p.result.objective * scale && q.result.gap == p.result.gap * scale,
           "m %d d %d scale %g: %.17g and %.17g", (int)p.m, (int)p.d, scale, q.result.objective / scale,
           p.result.objective);
    for (size_t j = 0; j < p.d; j++) CHECK(q.y[j] == p.y[j] * (medsgd_real)scale);
    for (size_t i = 0; i < p.m; i++) CHECK(q.coefficients[i] == p.coefficients[i]);
    end_problem(&p);
    end_problem(&q);
  }
}

TEST(rows_permuted_and_moved) {
  for (int n = 0; n < 100; n++) {
    problem p = new_problem(some_rows(4, 12), 2 + test_below(8)), q = new_problem(p.m, p.d);
    fill_gaussian(&p);
    p.tolerance = q.tolerance = 1e-11;
    for (size_t i = 0; i < p.m * p.d; i++)
      p.x[i] = (medsgd_real)(rint((double)p.x[i] * 256) / 256); /* so that moving is exact */
    for (size_t i = 0; i < p.m; i++) {
      for (size_t j = 0; j < p.d; j++) *at(&q, i, j) = *at(&p, p.m - 1 - i, j) + (medsgd_real)(n % 2 ? 64 : 0);
    }
    verdict v = audit(&p, "rows", 1);
    audit(&q, "rows permuted and moved", 1);
    CHECK(fabs(p.result.objective - q.result.objective) <= (double)(2e-11L * v.unit) + 1e-14 * p.result.objective);
    for (size_t j = 0; j < p.d; j++) {
      double moved = (double)q.y[j] - (n % 2 ? 64 : 0);
      CHECKF(fabs(moved - (double)p.y[j]) < 1e-3, "y[%d]: %g and %g", (int)j, moved, (double)p.y[j]);
    }
    end_problem(&p);
    end_problem(&q);
  }
}

TEST(weights_are_multiplicities) {
  for (int n = 0; n < 100; n++) {
    problem p = new_problem(3 + test_below(6), 1 + test_below(6)), q;
    size_t rows = 0;
    fill_gaussian(&p);
    p.weighted = 1;
    for (size_t i = 0; i < p.m; i++) rows += (size_t)(p.weights[i] = (medsgd_real)(test_below(4) + (i == 0)));
    q = new_problem(rows, p.d);
    for (size_t i = 0, k = 0; i < p.m; i++) {
      for (size_t c = 0; c < (size_t)p.weights[i]; c++) memcpy(at(&q, k++, 0), at(&p, i, 0), p.d * sizeof *p.x);
    }
    verdict v = audit(&p, "weights", 1);
    audit(&q, "multiplicities", 1);
    CHECK(fabs(p.result.objective - q.result.objective) <= (double)(2e-6L * v.unit) + 1e-13 * p.result.objective);
    for (size_t i = 0, k = 0; i < p.m; i++) { /* equal rows share their coefficient */
      for (size_t c = 1; c < (size_t)p.weights[i]; c++) CHECK(fabs(q.coefficients[k] - q.coefficients[k + c]) < 1e-12);
      k += (size_t)p.weights[i];
    }
    end_problem(&p);
    end_problem(&q);
  }
}

/* The same bits for the same input, whatever the scratch held. */
TEST(deterministic) {
  problem p = new_problem(12, 77);
  fill_gaussian(&p);
  solve(&p);
  medsgd_real y[77];
  double c[12], objective = p.result.objective;
  memcpy(y, p.y, sizeof y);
  memcpy(c, p.coefficients, sizeof c);
  solve(&p);
  CHECK(memcmp(y, p.y, sizeof y) == 0 && memcmp(c, p.coefficients, sizeof c) == 0 && objective == p.result.objective);
  end_problem(&p);
}

/* ---- options ---- */

TEST(iteration_limit_and_tolerance) {
  int limited = 0;
  for (int n = 0; n < 200; n++) {
    problem p = new_problem(some_rows(5, 12), 1 + test_below(10));
    static const double tolerance[] = {0, 1e-14, 1e-12, 1e-10, 1e-3, 1, 1e300};
    char name[64];
    fill_gaussian(&p);
    p.max_iterations = n % 2 ? 1 + test_below(4) : 1000;
    p.tolerance = tolerance[test_below(7)];
    snprintf(name, sizeof name, "tolerance %g, at most %d iterations", p.tolerance, (int)p.max_iterations);
    verdict v = audit(&p, name, p.tolerance >= 1e-10 && p.max_iterations == 1000);
    if (p.max_iterations == 1000 && p.tolerance < 1e-10)
      CHECKF(v.excess <= 1e-11L * v.unit && (wide)p.result.gap <= 1e-11L * v.unit, "%s: excess %Lg, gap %g", name,
             v.excess, p.result.gap);
    if (p.status == MEDSGD_NOT_CONVERGED) {
      limited++;
      CHECKF(v.excess <= v.unit, "%s: not usable, excess %Lg of %Lg", name, v.excess, v.unit);
    }
    end_problem(&p);
  }
  CHECK(limited > 10); /* the limit was met, so that this case tests something */
}

/* Half of the weight near y is not more than half: r is the next distance. A tolerance that the gap meets by the upper
 * weighted median of the distances and misses by the lower one has to give MEDSGD_OK (audit refuses a positive status
 * with such a gap). */
TEST(stop_by_the_upper_median) {
  for (int n = 0; n < 100; n++) {
    problem p = new_problem(4 + 2 * test_below(4), 2 + test_below(4));
    double *r = (double *)allocate(p.m, sizeof *r);
    fill_gaussian(&p);
    p.tolerance = 0;
    p.max_iterations = 1;
    solve(&p);
    for (size_t i = 0; i < p.m; i++) { /* insertion by size */
      double sum = 0;
      for (size_t j = 0; j < p.d; j++) sum += pow((double)*at(&p, i, j) - (double)p.y[j], 2);
      size_t k = i;
      for (; k > 0 && r[k - 1] > sqrt(sum); k--) r[k] = r[k - 1];
      r[k] = sqrt(sum);
    }
    p.tolerance = p.result.gap / ((double)p.m * (0.5 * r[p.m / 2 - 1] + 0.5 * r[p.m / 2]));
    audit(&p, "tolerance between the two medians", 0);
    free(r);
    end_problem(&p);
  }
}

TEST(default_options_and_optional_outputs) {
  problem p = new_problem(7, 5);
  const medsgd_real *rows[7];
  medsgd_real y[5], *tile = (medsgd_real *)allocate(medsgd_median_work(7), sizeof *tile);
  medsgd_geomedian_result r;
  double *work = (double *)allocate(medsgd_geomedian_work(7), sizeof *work);
  fill_gaussian(&p);
  for (size_t i = 0; i < 7; i++) rows[i] = at(&p, i, 0);
  solve(&p);
  CHECK(medsgd_geomedian(y, rows, 7, 5, NULL, &r, NULL, tile, work) == MEDSGD_OK);
  CHECK(memcmp(y, p.y, sizeof y) == 0 && r.objective == p.result.objective && r.gap == p.result.gap &&
        r.iterations == p.result.iterations);
  CHECK(medsgd_geomedian(y, rows, 7, 5, NULL, NULL, NULL, tile, work) == MEDSGD_OK && memcmp(y, p.y, sizeof y) == 0);
  free(work);
  free(tile);
  end_problem(&p);
}

TEST(errors) {
  enum { M = 3, D = 2 };
  medsgd_real data[M][D] = {{1, 2}, {3, 4}, {5, 7}}, y[D] = {42, 42}, weights[M] = {1, 1, 1};
  medsgd_real *tile = (medsgd_real *)allocate(medsgd_median_work(M), sizeof *tile);
  const medsgd_real *rows[M] = {data[0], data[1], data[2]}, *holes[M] = {data[0], NULL, data[2]};
  double c[M] = {42, 42, 42}, *work = (double *)allocate(medsgd_geomedian_work(M), sizeof *work);
  medsgd_geomedian_result r = {42, 42, 42, 42};
  medsgd_geomedian_options o = {1e-6, 100, NULL};
  CHECK(medsgd_geomedian_work(0) == 0 && medsgd_geomedian_work(SIZE_MAX) == 0 &&
        medsgd_geomedian_work(SIZE_MAX / 8) == 0);
  CHECK(medsgd_geomedian_work(M) > 0);
  CHECK(medsgd_geomedian(y, rows, 0, D, &o, &r, c, tile, work) == MEDSGD_ERR_SIZE);
  CHECK(medsgd_geomedian(y, rows, 0, 0, &o, &r, c, tile, work) == MEDSGD_ERR_SIZE);
  CHECK(medsgd_geomedian(y, rows, SIZE_MAX / 2, D, &o, &r, c, tile, work) == MEDSGD_ERR_SIZE);
  CHECK(medsgd_geomedian(NULL, rows, M, D, &o, &r, c, tile, work) == MEDSGD_ERR_NULL);
  CHECK(medsgd_geomedian(y, NULL, M, D, &o, &r, c, tile, work) == MEDSGD_ERR_NULL);
  CHECK(medsgd_geomedian(y, holes, M, D, &o, &r, c, tile, work) == MEDSGD_ERR_NULL);
  CHECK(medsgd_geomedian(y, rows, M, D, &o, &r, c, NULL, work) == MEDSGD_ERR_NULL);
  CHECK(medsgd_geomedian(y, rows, M, D, &o, &r, c, tile, NULL) == MEDSGD_ERR_NULL);
  static const double bad[4] = {-1e-9, (double)NAN, (double)INFINITY, -(double)INFINITY};
  for (int i = 0; i < 4; i++) {
    o.tolerance = bad[i];
    CHECK(medsgd_geomedian(y, rows, M, D, &o, &r, c, tile, work) == MEDSGD_ERR_PARAM);
  }
  o.tolerance = 1e-6;
  o.max_iterations = 0;
  CHECK(medsgd_geomedian(y, rows, M, D, &o, &r, c, tile, work) == MEDSGD_ERR_PARAM);
  o.max_iterations = 100;
  o.weights = weights;
  for (int i = 0; i < 4; i++) {
    for (size_t k = 0; k < M; k++) {
      weights[k] = (medsgd_real)bad[i];
      CHECK(medsgd_geomedian(y, rows, M, D, &o, &r, c, tile, work) == MEDSGD_ERR_PARAM);
      weights[k] = 1;
    }
  }
  for (size_t k = 0; k < M; k++) weights[k] = 0;
  CHECK(medsgd_geomedian(y, rows, M, D, &o, &r, c, tile, work) == MEDSGD_ERR_PARAM);
  weights[1] = 1;
  data[1][1] = (medsgd_real)NAN; /* the only row with weight */
  CHECK(medsgd_geomedian(y, rows, M, D, &o, &r, c, tile, work) == MEDSGD_ERR_DATA);
  o.weights = NULL;
  for (size_t k = 0; k < M; k++) data[k][k % D] = (medsgd_real)(k ? NAN : -INFINITY);
  CHECK(medsgd_geomedian(y, rows, M, D, &o, &r, c, tile, work) == MEDSGD_ERR_DATA);
  CHECK(medsgd_geomedian(y, rows, M, D, NULL, &r, c, tile, work) == MEDSGD_ERR_DATA);
  CHECK(y[0] == 42 && y[1] == 42 && c[0] == 42 && c[1] == 42 && c[2] == 42);
  CHECK(r.objective == 42 && r.gap == 42 && r.iterations == 42 && r.excluded == 42);
  /* d = 0 */
  o.tolerance = -1;
  CHECK(medsgd_geomedian(NULL, NULL, M, 0, &o, NULL, NULL, NULL, NULL) == MEDSGD_OK);
  CHECK(medsgd_geomedian(NULL, NULL, M, 0, NULL, &r, c, NULL, NULL) == MEDSGD_OK);
  CHECK(r.objective == 0 && r.gap == 0 && r.iterations == 0 && r.excluded == 0);
  for (int i = 0; i < M; i++) CHECK(fabs(c[i] - 1.0 / (double)M) < 1e-15);
  free(work);
  free(tile);
}

TEST_MAIN(CASE(reference_triangles), CASE(reference_far_rows), CASE(triangles), CASE(quadrilaterals),
          CASE(regular_figures), CASE(collinear_is_the_weighted_median), CASE(one_row_two_rows_equal_rows),
          CASE(majority_at_one_point), CASE(integer_grids), CASE(many_rows_on_grids), CASE(many_rows_next_to_lines),
          CASE(at_and_beside_a_data_point),
          CASE(near_duplicates_and_near_lines), CASE(random_rows), CASE(long_rows),
          CASE(outliers_in_one_coordinate), CASE(every_scale),
          CASE(weights_of_every_scale), CASE(common_offsets), CASE(breakdown), CASE(nan_and_infinite_rows),
          CASE(powers_of_two_scale_exactly), CASE(rows_permuted_and_moved), CASE(weights_are_multiplicities),
          CASE(deterministic), CASE(iteration_limit_and_tolerance), CASE(stop_by_the_upper_median),
          CASE(default_options_and_optional_outputs), CASE(errors))
