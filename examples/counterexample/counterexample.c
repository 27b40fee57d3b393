/* SPDX-License-Identifier: MIT
 * Where deterministic signs are stuck and stochastic signs are not (Safaryan, sec. 3.2 and 5.3, eq. (5), Algorithm 3, Theorem 8; the unit
 * balls of the l12 norm, Fig. 8). README.md beside this file says what comes out and why.
 */
#define MEDSGD_IMPLEMENTATION
#include "medsgd.h"

#include "args.h"
#include "rng.h"
#include "svg.h"

#include <math.h>
#include <stdio.h>

enum { M = 2, D = 2, POINTS = 200, RUNS = 6 };
static const double epsilon = 0.3;

typedef enum method { SIGNSGD, SIGNUM, SSDM, NORM_SSDM } method;
static const char *const names[4] = {"signSGD, majority vote", "signSGD with momentum", "SSDM", "SSDM, norms sent along"};

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
    if (medsgd_tally_words(D, M) > 8 || medsgd_tally_init(&tally, words, D, M)) return;
    for (int n = 0; n < M; n++) {
      value += loss(n, w, x, clean, 0, NULL) / M;
      for (int j = 0; j < D; j++) true_gradient[j] += clean[j] / M;
      loss(n, w, x, g[n], sigma, &r); /* Algorithm 3, line 5 */
      if (k == 0) m[n][0] = g[n][0], m[n][1] = g[n][1]; /* line 2 */
      medsgd_momentum(m[n], g[n], D, how == SIGNSGD ? 0 : beta); /* line 6 */
      const double norm = medsgd_norm2(m[n], D);
      if (how == SIGNSGD || how == SIGNUM) {
        medsgd_sign_pack_ternary(&neg[n], &zero[n], m[n], D);
      } else { /* line 7 */
        const medsgd_stream stream = {seed, (uint32_t)n, (uint32_t)k};
        medsgd_stochastic_sign(&neg[n], &zero[n], m[n], D, norm, stream, 0);
      }
      medsgd_tally_add(&tally, &neg[n], &zero[n]);
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

/* Radius at which the l12 norm of (r cos, r sin) is 1: it grows with r, so bisection finds it. */
static double unit_radius(double angle, double sigma) {
  const double deviations[D] = {sigma, sigma};
  double lo = 0, hi = 64, norm = 0;
  for (int i = 0; i < 60; i++) {
    const double r = (lo + hi) / 2;
    const float g[D] = {(float)(r * cos(angle)), (float)(r * sin(angle))};
    medsgd_l12_norm(&norm, g, deviations, D);
    if (norm < 1) lo = r;
    else hi = r;
  }
  return lo;
}

int main(int argc, char **argv) {
  static const float even[M] = {1, 1}, scaled[M] = {1, 8};
  static const float line[D] = {1.7f, 0.3f}; /* of the line z_1 + z_2 = 2 */
  static const float near[D] = {0.17f, 0.03f}; /* little to travel, so that the rate shows early */
  static trace traces[3], plain[4], weighted[4], run;
  args a = {.out = "build/counterexample.svg", .seed = 1, .steps = 4000};
  const args defaults = a;
  const int status = args_parse(&a, argc, argv, stderr);
  if (status) return status;
  if (a.help) return args_help(stdout, "counterexample", "signSGD stuck on a line, SSDM not", &defaults), 0;
  int failed = 0;

  printf("f(x) = (<a1,x>^2 + <a2,x>^2)/2, epsilon %g, from (1.7, 0.3), %zu steps of 0.002, full gradients\n%-24s %18s %12s %16s\n", epsilon, a.steps,
         "method", "x", "f", "max |x1+x2-2|");
  for (int how = 0; how < 3; how++) {
    trace *const t = &traces[how];
    descend(t, (method)how, line, even, a.steps, 0.002f, 0.9f, 0, a.seed);
    printf("%-24s (%7.4f,%7.4f) %12.6f %16.6f\n", names[how], (double)t->x[0], (double)t->x[1], t->value[POINTS - 1], t->off_line);
    /* Section 3.2 and 5.3: both deterministic methods stay on the line (to rounding), SSDM gets to the minimiser, the origin. */
    if (how < 2 ? t->off_line > 1e-3 : !(t->value[POINTS - 1] < 0.01)) failed = 1;
  }

  printf("\nlosses scaled by 1 and 8 (another f, other gradients): is the path the same?\n");
  for (int how = 0; how < 4; how++) {
    descend(&plain[how], (method)how, line, even, 2000, 0.002f, 0.9f, 0, a.seed);
    descend(&weighted[how], (method)how, line, scaled, 2000, 0.002f, 0.9f, 0, a.seed);
    const int same = plain[how].x[0] == weighted[how].x[0] && plain[how].x[1] == weighted[how].x[1];
    printf("%-24s %s\n", names[how], same ? "bit for bit: the scale is not seen" : "no: the scale is seen");
    if (same != (how != NORM_SSDM)) failed = 1;
  }

  /* Theorem 8: with beta = 1 - K^-1/2 and gamma = K^-3/4 the average gradient norm falls at least as K^-1/4. */
  double K[RUNS], average[RUNS], bound[RUNS], sx = 0, sy = 0, sxx = 0, sxy = 0;
  printf("\nTheorem 8, gradients with noise of deviation 1: average ||grad f|| over K steps\n");
  for (int n = 0; n < RUNS; n++) {
    const size_t steps = (size_t)256 << (a.quick ? 1 : 2) * n << (a.full ? n : 0);
    K[n] = (double)steps;
    average[n] = 0;
    for (uint64_t repeat = 0; repeat < 8; repeat++) {
      descend(&run, SSDM, near, even, steps, (float)pow(K[n], -0.75), (float)(1 - pow(K[n], -0.5)), 1, a.seed + repeat);
      average[n] += run.mean_gradient / 8;
    }
    bound[n] = average[0] * pow(K[n] / K[0], -0.25);
    printf("K = %8zu  %9.5f\n", steps, average[n]);
    const double x = log(K[n]), y = log(average[n]);
    sx += x, sy += y, sxx += x * x, sxy += x * y;
  }
  const double slope = (RUNS * sxy - sx * sy) / (RUNS * sxx - sx * sx);
  printf("fitted slope %.2f (Theorem 8: -0.25 or steeper)\n", slope);
  if (!(slope < -0.2)) failed = 1;

  FILE *const file = fopen(a.out, "w");
  if (!file) return perror(a.out), 1;
  svg s;
  svg_begin(&s, file, 1120, 370, "Stochastic signs (Safaryan, sec. 3.2, 5.3)");
  const svg_axis step = {"step", 0, (double)a.steps, 0}, value = {"f(x)", 0.001, 10, 1};
  const svg_panel left = svg_axes(&s, 75, 50, 270, 220, "from the line x1 + x2 = 2", step, value);
  svg_style styles[3];
  for (unsigned how = 0; how < 3; how++) svg_curve(&s, &left, traces[how].step, traces[how].value, POINTS, styles[how] = svg_style_of(how));
  svg_legend(&s, 75, 325, 300, 1, names, styles, 2);
  svg_legend(&s, 290, 325, 120, 1, names + 2, styles + 2, 1);
  svg_axis runs = {"steps K", 1, 0, 1}, norm = {"average gradient norm", 1, 0, 1};
  svg_fit(&runs, K, RUNS), svg_fit(&norm, average, RUNS), svg_fit(&norm, bound, RUNS);
  const svg_panel middle = svg_axes(&s, 445, 50, 270, 220, "SSDM: Theorem 8", runs, norm);
  svg_curve(&s, &middle, K, average, RUNS, svg_style_of(2)), svg_curve(&s, &middle, K, bound, RUNS, svg_style_of(3));
  const char *const rate[2] = {"measured", "slope -1/4"};
  const svg_style rate_styles[2] = {svg_style_of(2), svg_style_of(3)};
  svg_legend(&s, 445, 325, 270, 2, rate, rate_styles, 2);
  const svg_axis gx = {"g1", -6, 6, 0}, gy = {"g2", -6, 6, 0};
  const svg_panel right = svg_axes(&s, 800, 50, 220, 220, "unit balls of the l12 norm, by sigma", gx, gy);
  static const double sigmas[4] = {0, 0.5, 1, 2};
  static const char *const sigma_names[4] = {"0", "0.5", "1", "2"};
  svg_style ball[4];
  for (unsigned n = 0; n < 4; n++) {
    double x[181], y[181];
    for (int i = 0; i <= 180; i++) {
      const double angle = i * acos(-1.0) / 90, r = unit_radius(angle, sigmas[n]);
      x[i] = r * cos(angle), y[i] = r * sin(angle);
    }
    svg_curve(&s, &right, x, y, 181, ball[n] = svg_style_of(n));
  }
  svg_legend(&s, 800, 325, 260, 4, sigma_names, ball, 4);
  const int written = svg_end(&s);
  if (fclose(file) || !written) return fprintf(stderr, "%s could not be written\n", a.out), 1;
  printf("figure: %s\n%s\n", a.out, failed ? "FINDING NOT REPRODUCED" : "finding reproduced: deterministic signs stay on the line, stochastic signs converge");
  return failed;
}
