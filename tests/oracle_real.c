/* SPDX-License-Identifier: MIT */
#include "oracle_real.h"

#include <math.h>
#include <stdlib.h>

static void *allocate(size_t count, size_t size) {
  void *p = calloc(count ? count : 1, size);
  if (!p) abort();
  return p;
}

/* ======== generator ========
 * Threefish's structure as the paper writes it: a key schedule of Nw+1 words with a parity word, injected every fourth
 * round, and between the injections a mix of two pairs of words whose partners alternate. */

void oracle_threefry4x32(uint32_t out[4], const uint32_t counter[4], const uint32_t key[4], unsigned rounds) {
  static const unsigned rotation[8][2] = {{10, 26}, {11, 21}, {13, 27}, {23, 5}, {6, 20}, {17, 11}, {25, 10}, {18, 20}};
  uint32_t schedule[5] = {key[0], key[1], key[2], key[3], 0x1BD11BDAu};
  for (int i = 0; i < 4; i++) {
    schedule[4] ^= key[i];
    out[i] = counter[i] + key[i];
  }
  for (unsigned r = 0; r < rounds; r++) {
    for (unsigned pair = 0; pair < 2; pair++) {
      unsigned a = 2 * pair, b = (r % 2 ? 3 - a : a + 1), by = rotation[r % 8][pair];
      out[a] += out[b];
      out[b] = (out[b] << by | out[b] >> (32 - by)) ^ out[a];
    }
    if (r % 4 == 3) {
      unsigned s = (r + 1) / 4;
      for (unsigned i = 0; i < 4; i++) out[i] += schedule[(s + i) % 5];
      out[3] += s;
    }
  }
}

/* ======== statistics ======== */

wide oracle_normal_tail(wide z) { return erfcl(z / sqrtl(2)); }

/* Q(dof/2, x/2): the series below the mean, Lentz's continued fraction above it. */
wide oracle_chi2_tail(wide x, unsigned dof) {
  wide a = (wide)dof / 2, t = x / 2;
  if (!(t > 0)) return 1;
  wide front = expl(a * logl(t) - t - lgammal(a));
  if (t < a + 1) {
    wide term = 1 / a, sum = term;
    for (wide n = a + 1; term > sum * 1e-20L; n++) sum += term *= t / n;
    return 1 - front * sum;
  }
  wide b = t + 1 - a, c = 1e300L, d = 1 / b, h = d;
  for (int i = 1; i < 100000; i++) {
    wide an = -(wide)i * ((wide)i - a), delta;
    b += 2;
    d = 1 / (an * d + b);
    c = b + an / c;
    delta = c * d;
    h *= delta;
    if (fabsl(delta - 1) < 1e-18L) break;
  }
  return front * h;
}

/* Kolmogorov's limit distribution, with Stephens' correction for finite n. */
wide oracle_ks_tail(wide distance, size_t n) {
  wide root = sqrtl((wide)n), t = (root + 0.12L + 0.11L / root) * distance, sum = 0;
  if (t < 0.2L) return 1;
  for (int k = 1; k <= 100; k++) sum += (k % 2 ? 2 : -2) * expl(-2 * (wide)k * (wide)k * t * t);
  return sum;
}

wide oracle_surprise(uint64_t k, uint64_t n, wide p) {
  wide hits = (wide)k, misses = (wide)(n - k), total = (wide)n;
  wide sum = 0;
  if (k > 0) sum += hits * (logl(hits / total) - logl(p));
  if (k < n) sum += misses * (logl(misses / total) - log1pl(-p));
  return sum;
}

/* ======== noise ======== */

wide oracle_noise_cdf(medsgd_noise kind, wide z) {
  switch (kind) {
    case MEDSGD_GAUSSIAN: return erfcl(-z / sqrtl(2)) / 2;
    case MEDSGD_LAPLACE: return z < 0 ? expl(z * sqrtl(2)) / 2 : 1 - expl(-z * sqrtl(2)) / 2;
    default: return z < -sqrtl(3) ? 0 : z > sqrtl(3) ? 1 : (1 + z / sqrtl(3)) / 2;
  }
}

/* P[more than half of the u_i + b xi_i are <= z]: the count is a sum of independent Bernoulli variables. */
static wide median_cdf(medsgd_noise kind, const double *u, size_t m, wide b, wide z) {
  wide count[17] = {1};
  wide above = 0;
  for (size_t i = 0; i < m; i++) {
    wide p = oracle_noise_cdf(kind, (z - (wide)u[i]) / b);
    for (size_t c = i + 1; c > 0; c--) count[c] = count[c] * (1 - p) + count[c - 1] * p;
    count[0] *= 1 - p;
  }
  for (size_t c = m / 2 + 1; c <= m; c++) above += count[c];
  return above;
}

/* With F the distribution on [lo, hi]: E = hi - int F and E[(hi - X)^2] = 2 int (hi - z) F, by Simpson's rule: F is 0
 * and 1 at the ends to all digits, and smooth but for the corners of the Laplace and uniform densities. */
wide oracle_median_mean(medsgd_noise kind, const double *u, size_t m, wide b, wide *variance) {
  enum { N = 20000 };
  wide lo = (wide)u[0], hi = lo, first = 0, second = 0;
  for (size_t i = 1; i < m; i++) {
    if ((wide)u[i] < lo) lo = (wide)u[i];
    if ((wide)u[i] > hi) hi = (wide)u[i];
  }
  lo -= 30 * b;
  hi += 30 * b;
  wide h = (hi - lo) / (wide)N;
  for (int i = 0; i <= N; i++) {
    wide weight = (i == 0 || i == N ? 1 : i % 2 ? 4 : 2) * h / 3;
    wide z = lo + h * (wide)i, f = weight * median_cdf(kind, u, m, b, z);
    first += f;
    second += 2 * (hi - z) * f;
  }
  if (variance) *variance = second - first * first;
  return hi - first;
}

/* ======== norms ======== */

wide oracle_norm1(const medsgd_real *g, size_t d) {
  wide sum = 0;
  for (size_t j = 0; j < d; j++) sum += fabsl((wide)g[j]);
  return sum;
}

/* ||a - b||, b null meaning 0; scaled by a power of two, so that no square leaves the range where long double is no
 * wider than double. */
static wide distance(const wide *a, const wide *b, size_t d) {
  wide top = 0, sum = 0, scale;
  int exponent;
  for (size_t j = 0; j < d; j++) top = fmaxl(top, fabsl(a[j] - (b ? b[j] : 0)));
  if (!(top > 0)) return 0;
  frexpl(top, &exponent);
  scale = ldexpl(1, -exponent);
  for (size_t j = 0; j < d; j++) {
    wide v = (a[j] - (b ? b[j] : 0)) * scale;
    sum += v * v;
  }
  return sqrtl(sum) / scale;
}

static wide norm_of(const wide *v, size_t d) { return distance(v, NULL, d); }

wide oracle_norm2(const medsgd_real *g, size_t d) {
  wide *v = allocate(d, sizeof *v), norm;
  for (size_t j = 0; j < d; j++) v[j] = (wide)g[j];
  norm = norm_of(v, d);
  for (size_t j = 0; j < d; j++) if (v[j] != v[j]) norm = v[j]; /* norm_of passes over NaN */
  free(v);
  return norm;
}

/* ======== success of a vote ======== */

wide oracle_vote_binomial(wide rho, size_t m) {
  size_t l = m / 2 + m % 2, n = 2 * l - 1;
  wide sum = 0, choose = 0; /* choose = log of n over k */
  if (rho <= 0) return 0;
  if (rho >= 1) return 1;
  for (size_t k = 1; k <= n; k++) {
    choose += logl((wide)(n - k + 1)) - logl((wide)k);
    if (k >= l) sum += expl(choose + (wide)k * logl(rho) + (wide)(n - k) * log1pl(-rho));
  }
  return sum;
}

/* int_0^x (1 - u^2)^p du, 0 <= x <= 1, in the variable u = s / sqrt(p+1) up to where the integrand is below exp(-50):
 * panels of Gauss-Legendre with five points. */
static wide bell_integral(wide x, wide p) {
  static const wide node[3] = {0, 0.538469310105683091036314420700208805L, 0.906179845938663992797626878299392965L};
  static const wide weight[3] = {0.568888888888888888888888888888888889L, 0.478628670499366468041291514835638193L,
                                 0.236926885056189087514264040719917363L};
  enum { PANELS = 300 };
  wide end = sqrtl(50 / (p + 1)), sum = 0;
  if (end < x) x = end;
  for (int i = 0; i < PANELS; i++) {
    wide half = x / (wide)PANELS / 2, middle = half * (2 * (wide)i + 1);
    for (int k = 0; k < 3; k++) {
      for (int side = k ? -1 : 1; side <= 1; side += 2) {
        wide u = middle + (wide)side * half * node[k];
        sum += half * weight[k] * expl(p * log1pl(-u * u));
      }
    }
  }
  return sum;
}

wide oracle_vote_quadrature(wide rho, size_t m) {
  wide p = (wide)(m / 2 + m % 2) - 1, x = 2 * rho - 1;
  wide half = bell_integral(fabsl(x), p) / bell_integral(1, p) / 2;
  return x < 0 ? 0.5L - half : 0.5L + half;
}

/* ======== geometric median ======== */

static wide dot(const wide *a, const wide *b, size_t d) {
  wide sum = 0;
  for (size_t j = 0; j < d; j++) sum += a[j] * b[j];
  return sum;
}

wide oracle_geo_objective(const wide *y, const wide *x, const wide *w, size_t m, size_t d) {
  wide sum = 0;
  for (size_t i = 0; i < m; i++) sum += w[i] * distance(y, x + i * d, d);
  return sum;
}

/* |a| - |b| = (a - b).(a + b) / (|a| + |b|), row by row; the far rows scaled first. */
wide oracle_geo_excess(const wide *y, const wide *z, const wide *x, const wide *w, size_t m, size_t d) {
  wide sum = 0;
  for (size_t i = 0; i < m; i++) {
    wide both = distance(y, x + i * d, d) + distance(z, x + i * d, d), part = 0;
    if (!(both > 0)) continue;
    for (size_t j = 0; j < d; j++) part += (y[j] - z[j]) * (((y[j] - x[i * d + j]) + (z[j] - x[i * d + j])) / both);
    sum += w[i] * part;
  }
  return sum;
}

typedef struct mass {
  wide at, weight;
  size_t row;
} mass;

static int by_place(const void *a, const void *b) {
  wide p = ((const mass *)a)->at, q = ((const mass *)b)->at;
  return (p > q) - (p < q);
}

/* The rows in ascending order of their distances to y. */
static mass *distances(const wide *y, const wide *x, const wide *w, size_t m, size_t d) {
  mass *r = allocate(m, sizeof *r);
  for (size_t i = 0; i < m; i++) {
    r[i].at = distance(y, x + i * d, d);
    r[i].weight = w[i];
    r[i].row = i;
  }
  qsort(r, m, sizeof *r, by_place);
  return r;
}

wide oracle_geo_radius(const wide *y, const wide *x, const wide *w, size_t m, size_t d) {
  wide total = 0, below = 0;
  mass *r = distances(y, x, w, m, d);
  size_t i = 0;
  for (size_t k = 0; k < m; k++) total += w[k];
  while (i + 1 < m && (below += r[i].weight) <= total / 2) i++;
  wide radius = r[i].at;
  free(r);
  return radius;
}

/* The pull at y: sum of w_i (y - x_i) / r_i over the rows elsewhere; *here = the weight of the rows at y. */
static void pull(wide *s, wide *here, const wide *y, const wide *x, const wide *w, size_t m, size_t d) {
  *here = 0;
  for (size_t j = 0; j < d; j++) s[j] = 0;
  for (size_t i = 0; i < m; i++) {
    wide r = distance(y, x + i * d, d);
    if (r > 0) {
      for (size_t j = 0; j < d; j++) s[j] += w[i] * ((y[j] - x[i * d + j]) / r);
    } else {
      *here += w[i];
    }
  }
}

/* A bound on objective(y) - optimum by duality: vectors p_i of length <= 1 with sum w_i p_i = 0 give
 *   optimum >= sum w_i p_i.(y - x_i).
 * Take p_i = u_i = (y - x_i)/r_i for the far rows and p_i = (1-t) u_i + q, |q| <= t, for the n nearest, q such that the
 * sum is 0; t = 1, or as small as the triangle inequality surely allows. The best n and t count. */
static wide excess_bound(const wide *y, const wide *x, const wide *w, size_t m, size_t d) {
  mass *r = distances(y, x, w, m, d);
  wide *s = allocate(3 * d, sizeof *s), *near = s + d, *q = near + d, here, weight = 0, best = (wide)INFINITY;
  pull(s, &here, y, x, w, m, d);
  for (size_t n = 0; n < m; n++) {
    weight += r[n].weight; /* of the n+1 nearest, and near = their sum of w_i u_i */
    for (size_t j = 0; j < d && r[n].at > 0; j++) near[j] += r[n].weight * ((y[j] - x[r[n].row * d + j]) / r[n].at);
    wide least = norm_of(s, d) / (weight - norm_of(near, d));
    for (int whole = 0; whole < 2; whole++) {
      wide t = whole || !(least >= 0 && least < 1) ? 1 : least * (1 + 1e-17L), loss = 0;
      for (size_t j = 0; j < d; j++) q[j] = (t * near[j] - s[j]) / weight;
      if (norm_of(q, d) > t * (1 + 1e-18L)) continue;
      for (size_t i = 0; i <= n; i++) {
        loss += r[i].weight * t * r[i].at;
        for (size_t j = 0; j < d; j++) loss -= r[i].weight * q[j] * (y[j] - x[r[i].row * d + j]);
      }
      if (loss < best) best = loss;
    }
  }
  free(s);
  free(r);
  return best > 0 ? best : 0;
}

/* step = H^-1 s by conjugate gradients, H = sum w_i/r_i (I - u_i u_i'): a multiple of I less m rank-one terms, so m+1
 * steps do. */
static void newton_step(wide *step, const wide *s, const wide *y, const wide *x, const wide *w, size_t m, size_t d) {
  wide *res = allocate(3 * d, sizeof *res), *p = res + d, *hp = p + d;
  wide *unit = allocate(m * d, sizeof *unit), *curvature = allocate(m, sizeof *curvature);
  for (size_t i = 0; i < m; i++) {
    wide r = distance(y, x + i * d, d);
    curvature[i] = w[i] / r;
    for (size_t j = 0; j < d; j++) unit[i * d + j] = (y[j] - x[i * d + j]) / r;
  }
  for (size_t j = 0; j < d; j++) {
    step[j] = 0;
    res[j] = p[j] = s[j];
  }
  wide start = dot(res, res, d), now = start;
  for (size_t k = 0; k < 20 * (m + d) && now > start * 1e-28L; k++) {
    for (size_t j = 0; j < d; j++) hp[j] = 0;
    for (size_t i = 0; i < m; i++) {
      wide along = dot(unit + i * d, p, d);
      for (size_t j = 0; j < d; j++) hp[j] += curvature[i] * (p[j] - along * unit[i * d + j]);
    }
    wide bend = dot(p, hp, d);
    if (!(bend > 0)) break;
    wide a = now / bend, before = now;
    for (size_t j = 0; j < d; j++) {
      step[j] += a * p[j];
      res[j] -= a * hp[j];
    }
    now = dot(res, res, d);
    for (size_t j = 0; j < d; j++) p[j] = res[j] + now / before * p[j];
  }
  free(curvature);
  free(unit);
  free(res);
}

/* y -= t * step for the first t = t0, t0/2, ... that lowers the objective; 0 when none does. */
static int descend(wide *y, const wide *step, wide t, const wide *x, const wide *w, size_t m, size_t d) {
  wide *z = allocate(d, sizeof *z);
  int lower = 0;
  for (int halvings = 0; halvings < 200 && !lower; halvings++, t /= 2) {
    for (size_t j = 0; j < d; j++) z[j] = y[j] - t * step[j];
    lower = oracle_geo_excess(z, y, x, w, m, d) < 0;
  }
  for (size_t j = 0; j < d && lower; j++) y[j] = z[j];
  free(z);
  return lower;
}

wide oracle_geo_solve(wide *y, const wide *x, const wide *w, size_t m, size_t d) {
  wide *s = allocate(2 * d, sizeof *s), *step = s + d, here, r = (wide)INFINITY, total = 0;
  size_t best = m;
  for (size_t i = 0; i < m; i++) {
    total += w[i];
    if (!(w[i] > 0)) continue;
    if (best == m || oracle_geo_excess(x + i * d, x + best * d, x, w, m, d) < 0) best = i;
  }
  for (size_t j = 0; j < d; j++) y[j] = x[best * d + j];
  pull(s, &here, y, x, w, m, d);
  wide size = norm_of(s, d);
  if (size >
      here *
          (1 +
           1e-18L)) { /* not the best data point (Kuhn): leave it, and with it all data points, by steepest descent */
    for (size_t i = 0; i < m; i++) {
      wide ri = distance(y, x + i * d, d);
      if (ri > 0 && ri < r && w[i] > 0) r = ri;
    }
    for (size_t j = 0; j < d; j++) step[j] = s[j] / size;
    int moving = descend(y, step, r, x, w, m, d);
    for (int k = 0; moving && k < 300; k++) {
      pull(s, &here, y, x, w, m, d);
      if (norm_of(s, d) <= 1e-18L * total) break;
      newton_step(step, s, y, x, w, m, d);
      moving = descend(y, step, 1, x, w, m, d);
    }
  }
  free(s);
  return excess_bound(y, x, w, m, d);
}

/* Barycentric coordinates a / sin(A + 60 degrees) when all angles are below 120 degrees. */
void oracle_fermat(wide y[2], const wide x[6]) {
  wide turn = acosl(-1.0L) / 3, share[3], sum = 0;
  int corner = -1;
  for (int i = 0; i < 3; i++) {
    const wide *p = x + 2 * i, *q = x + 2 * ((i + 1) % 3), *r = x + 2 * ((i + 2) % 3);
    wide a = q[0] - p[0], b = q[1] - p[1], c = r[0] - p[0], e = r[1] - p[1];
    wide angle = atan2l(fabsl(a * e - b * c), a * c + b * e);
    share[i] = hypotl(q[0] - r[0], q[1] - r[1]) / sinl(angle + turn);
    sum += share[i];
    if (angle >= 2 * turn) corner = i;
  }
  for (int j = 0; j < 2; j++) {
    y[j] = corner >= 0 ? x[2 * corner + j] : (share[0] * x[j] + share[1] * x[2 + j] + share[2] * x[4 + j]) / sum;
  }
}
