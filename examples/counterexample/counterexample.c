/* SPDX-License-Identifier: MIT
 * Where deterministic signs are stuck and stochastic signs are not (Safaryan, sec. 3.2 and 5.3, eq. (5), Algorithm 3, Theorem 8; the unit
 * balls of the l12 norm, Fig. 8). README.md beside this file says what comes out and why.
 */
#define MEDSGD_IMPLEMENTATION
#include "medsgd.h"

#include "args.h"
#include "finding.h"
#include "progress.h"
#include "rng.h"
#include "stats.h"
#include "svg.h"

#include <math.h>
#include <stdio.h>

enum { M = 2, D = 2, POINTS = 200, RUNS = 6 };
static const double epsilon = 0.3;

typedef enum method { SAMPLED, SIGNSGD, SIGNUM, SSDM, NORM_SSDM, METHODS } method;
static const char *const names[METHODS] = {"signSGD, sampled losses", "signSGD, majority vote", "signSGD with momentum", "SSDM", "SSDM, norms sent along"};

typedef struct trace {
  double step[POINTS], value[POINTS];
  float x[D];
  double mean_gradient; /* average of ||grad f(x_k)|| over the run */
  double off_line;      /* largest |x_1 + x_2 - 2| on the way      */
} trace;

/* f_n(x) = w_n <a_n, x>^2; its gradient, with Gaussian sampling noise of deviation sigma. Returns w_n <a_n, x>^2. */
static double loss(int n, const float w[M], const float x[D], float g[D], double sigma, rng *r) {
  const double a[D] = {n ? -1 + epsilon : 1 + epsilon, n ? 1 + epsilon : -1 + epsilon};
  const double inner = a[0] * (double)x[0] + a[1] * (double)x[1];
  for (int j = 0; j < D; j++) g[j] = (float)(2 * (double)w[n] * inner * a[j] + (sigma > 0 ? sigma * rng_normal(r) : 0));
  return (double)w[n] * inner * inner;
}

static void descend(trace *t, method how, const float start[D], const float w[M], size_t steps, float gamma, float beta, double sigma, uint64_t seed) {
  float x[D] = {start[0], start[1]}, m[M][D];
  rng r = rng_make(seed, 7);
  double sum = 0;
  size_t point = 0;
  t->off_line = 0;
  for (size_t k = 0; k < steps; k++) {
    float g[M][D], true_gradient[D] = {0, 0}, clean[D], s[D] = {0, 0};
    uint64_t neg[M], zero[M], words[8];
    medsgd_tally tally;
    double value = 0;
    const int picked = how == SAMPLED ? (int)rng_below(&r, M) : -1; /* sec. 3.2: one node, one loss at random; else each node has its own */
    if (medsgd_tally_words(D, M) > 8 || medsgd_tally_init(&tally, words, D, M)) return;
    for (int n = 0; n < M; n++) {
      value += loss(n, w, x, clean, 0, NULL) / M;
      for (int j = 0; j < D; j++) true_gradient[j] += clean[j] / M;
      loss(n, w, x, g[n], sigma, &r); /* Algorithm 3, line 5 */
      if (k == 0) m[n][0] = g[n][0], m[n][1] = g[n][1]; /* line 2 */
      medsgd_momentum(m[n], g[n], D, how == SAMPLED || how == SIGNSGD ? 0 : beta); /* line 6 */
      const double norm = medsgd_norm2(m[n], D);
      if (how < SSDM) {
        medsgd_sign_pack_ternary(&neg[n], &zero[n], m[n], D);
      } else { /* line 7 */
        const medsgd_stream stream = {seed, (uint32_t)n, (uint32_t)k};
        medsgd_stochastic_sign(&neg[n], &zero[n], m[n], D, norm, stream, 0);
      }
      if (picked < 0 || picked == n) medsgd_tally_add(&tally, &neg[n], &zero[n]);
      if (how == NORM_SSDM) medsgd_sign_step(s, &neg[n], &zero[n], D, -(float)norm); /* E[norm * sign] = m, Definition 3 */
    }
    if (how != NORM_SSDM) medsgd_tally_sum(s, &tally, 1); /* line 9 */
    for (int j = 0; j < D; j++) x[j] -= gamma / M * s[j]; /* line 11 */
    sum += sqrt((double)(true_gradient[0] * true_gradient[0] + true_gradient[1] * true_gradient[1]));
    const double off = fabs((double)x[0] + (double)x[1] - 2);
    if (off > t->off_line) t->off_line = off;
    if (steps >= POINTS && k == point * (steps / POINTS) && point < POINTS) t->step[point] = (double)(k + 1), t->value[point++] = value;
  }
  t->x[0] = x[0], t->x[1] = x[1], t->mean_gradient = sum / (double)steps;
}

/* Radius at which the l12 norm of (r cos, r sin) is `level`: it grows with r, so bisection finds it. */
static double radius(double angle, double sigma, double level) {
  const double deviations[D] = {sigma, sigma};
  double lo = 0, hi = 1e6, norm = 0;
  for (int i = 0; i < 80; i++) {
    const double r = (lo + hi) / 2;
    const float g[D] = {(float)(r * cos(angle)), (float)(r * sin(angle))};
    medsgd_l12_norm(&norm, g, deviations, D);
    if (norm < level) lo = r;
    else hi = r;
  }
  return lo;
}
/* The contour of the norm at `level`, drawn to the given scale. */
static void contour(svg *s, const svg_panel *p, double sigma, double level, double scale, svg_style style) {
  double x[181], y[181];
  for (int i = 0; i <= 180; i++) {
    const double angle = i * acos(-1.0) / 90, r = radius(angle, sigma, level) / scale;
    x[i] = r * cos(angle), y[i] = r * sin(angle);
  }
  svg_curve(s, p, x, y, 181, style);
}

int main(int argc, char **argv) {
  static const float even[M] = {1, 1}, scaled[M] = {1, 8};
  static const float line[D] = {1.7f, 0.3f}; /* of the line z_1 + z_2 = 2 */
  static const float near[D] = {0.17f, 0.03f}; /* little to travel, so that the rate shows early */
  static trace traces[NORM_SSDM], plain[METHODS], weighted[METHODS], run;
  const args a = args_start(argc, argv, "counterexample", "signSGD stuck on a line, SSDM not", 4000, 4000, 4000);
  findings f = {stdout, 0, 0};

  printf("f(x) = (<a1,x>^2 + <a2,x>^2)/2, epsilon %g, from (1.7, 0.3), %zu steps of 0.002, full gradients but for the first\n%-24s %18s %12s %16s\n", epsilon, a.steps,
         "method", "x", "f", "max |x1+x2-2|");
  for (int how = 0; how < NORM_SSDM; how++) {
    trace *const t = &traces[how];
    descend(t, (method)how, line, even, a.steps, 0.002f, 0.9f, 0, a.seed);
    printf("%-24s (%7.4f,%7.4f) %12.6f %16.6f\n", names[how], (double)t->x[0], (double)t->x[1], t->value[POINTS - 1], t->off_line);
  }
  for (int how = 0; how < SSDM; how++) /* sec. 3.2 and 5.3; to rounding */
    finding(&f, traces[how].off_line < 1e-3 && traces[how].value[POINTS - 1] > 0.1, "%s never leaves the line: at most %.1g off, f is %.2f", names[how], traces[how].off_line,
            traces[how].value[POINTS - 1]);
  finding(&f, traces[SSDM].value[POINTS - 1] < 0.01, "%s gets to the minimiser: f is %.1g", names[SSDM], traces[SSDM].value[POINTS - 1]);

  printf("losses scaled by 1 and 8 (another f, other gradients): is the path the same?\n");
  for (int how = 0; how < METHODS; how++) {
    descend(&plain[how], (method)how, line, even, 2000, 0.002f, 0.9f, 0, a.seed);
    descend(&weighted[how], (method)how, line, scaled, 2000, 0.002f, 0.9f, 0, a.seed);
    const int same = plain[how].x[0] == weighted[how].x[0] && plain[how].x[1] == weighted[how].x[1];
    finding(&f, same == (how != NORM_SSDM), "%s: %s", names[how], same ? "bit for bit, the scale is not seen" : "no, the scale is seen");
  }

  /* Theorem 8: with beta = 1 - K^-1/2 and gamma = K^-3/4 the average gradient norm falls at least as K^-1/4. */
  enum { REPEATS = 8 };
  double K[RUNS], average[RUNS], bound[RUNS], norms[REPEATS];
  progress bar;
  size_t all = 0, done = 0;
  for (int n = 0; n < RUNS; n++) K[n] = 256 * pow((a.quick ? 2 : 4) * (a.full ? 2 : 1), n), all += REPEATS * (size_t)K[n];
  progress_start(&bar, "counterexample", all);
  printf("Theorem 8, gradients with noise of deviation 1: average ||grad f|| over K steps\n");
  for (int n = 0; n < RUNS; n++) {
    for (size_t repeat = 0; repeat < REPEATS; repeat++) {
      descend(&run, SSDM, near, even, (size_t)K[n], (float)pow(K[n], -0.75), (float)(1 - pow(K[n], -0.5)), 1, a.seed + repeat);
      norms[repeat] = run.mean_gradient;
      progress_update(&bar, done += (size_t)K[n], "Theorem 8");
    }
    average[n] = stats_mean(norms, REPEATS);
    bound[n] = average[0] * pow(K[n] / K[0], -0.25);
    printf("K = %8.0f  %9.5f\n", K[n], average[n]);
  }
  progress_finish(&bar);
  const double slope = stats_log_slope(K, average, RUNS);
  finding(&f, slope < -0.2, "fitted slope %.2f (Theorem 8: -0.25 or steeper)", slope);

  svg s;
  if (!svg_open(&s, a.out, 860, 760, "Stochastic signs; the l12 norm (Safaryan, sec. 3.2 and 5.3, Fig. 1 and 8)")) return 1;
  const svg_axis step = {"step", 0, (double)a.steps, 0}, value = {"f(x)", 0.001, 10, 1};
  const svg_panel left = svg_axes(&s, 75, 50, 300, 220, "from the line x1 + x2 = 2", step, value);
  svg_style styles[NORM_SSDM];
  for (unsigned how = 0; how < NORM_SSDM; how++) svg_curve(&s, &left, traces[how].step, traces[how].value, POINTS, styles[how] = svg_style_of(how));
  svg_legend(&s, 75, 325, 410, 2, names, styles, NORM_SSDM);
  svg_axis runs = {"steps K", 1, 0, 1}, norm = {"average gradient norm", 1, 0, 1};
  svg_fit(&runs, K, RUNS), svg_fit(&norm, average, RUNS), svg_fit(&norm, bound, RUNS);
  const svg_panel right = svg_axes(&s, 520, 50, 300, 220, "SSDM: Theorem 8", runs, norm);
  svg_curve(&s, &right, K, average, RUNS, svg_style_of(3)), svg_curve(&s, &right, K, bound, RUNS, svg_style_of(0));
  const char *const rate[2] = {"measured", "slope -1/4"};
  const svg_style rate_styles[2] = {svg_style_of(3), svg_style_of(0)};
  svg_legend(&s, 520, 325, 270, 2, rate, rate_styles, 2);

  static const double sigmas[4] = {0, 0.5, 1, 2}, scales[4] = {0.1, 1, 10, 100};
  static const char *const sigma_names[4] = {"sigma = 0", "sigma = 0.5", "sigma = 1", "sigma = 2"};
  static const char *const scale_names[4] = {"scale 0.1", "scale 1", "scale 10", "scale 100"};
  const svg_axis gx = {"g1", -3, 3, 0}, gy = {"g2", -3, 3, 0}, sx1 = {"g1 / scale", -1.5, 1.5, 0}, sy1 = {"g2 / scale", -1.5, 1.5, 0};
  const svg_panel levels = svg_axes(&s, 100, 420, 240, 240, "contours for sigma = 1 (Fig. 1)", sx1, sy1);
  const svg_panel balls = svg_axes(&s, 550, 420, 240, 240, "unit balls (Fig. 8)", gx, gy);
  svg_style four[4];
  for (unsigned n = 0; n < 4; n++) {
    const double one = 1;
    const float at[1] = {(float)scales[n]};
    double level = 0;
    medsgd_l12_norm(&level, at, &one, 1); /* the contour through (scale, 0) */
    contour(&s, &levels, 1, level, scales[n], four[n] = svg_style_of(n));
    contour(&s, &balls, sigmas[n], 1, 1, four[n]);
  }
  svg_legend(&s, 75, 715, 300, 2, scale_names, four, 4);
  svg_legend(&s, 525, 715, 300, 2, sigma_names, four, 4);
  if (!svg_close(&s)) return 1;
  return findings_end(&f);
}
