/* SPDX-License-Identifier: MIT
 * Sign descent on the Rosenbrock function with d = 10: more voters help, 2l-1 and 2l voters are alike (Safaryan, Fig. 2); convergence
 * follows the success probabilities (Fig. 3, 6); the step size sets the neighbourhood (Fig. 7). README.md says what comes out and why.
 */
#define MEDSGD_IMPLEMENTATION
#include "medsgd.h"

#include "args.h"
#include "progress.h"
#include "rng.h"
#include "svg.h"

#include <math.h>
#include <stdio.h>

enum { D = 10, MAX_M = 16, POINTS = 200, REPEATS = 10 };

/* f_i(x) = 100 (x_{i+1} - x_i^2)^2 + (1 - x_i)^2 for i = 0..D-2, and f their sum. */
static double rosenbrock(const float *x) {
  double f = 0;
  for (int i = 0; i + 1 < D; i++) {
    const double u = (double)x[i + 1] - (double)x[i] * (double)x[i], v = 1 - (double)x[i];
    f += 100 * u * u + v * v;
  }
  return f;
}
static void add_gradient(double *g, const float *x, int i) {
  const double u = (double)x[i + 1] - (double)x[i] * (double)x[i];
  g[i] += -400 * u * (double)x[i] - 2 * (1 - (double)x[i]);
  g[i + 1] += 200 * u;
}
/* The biased stochastic gradient of sec. 6.1: grad f_i for a random i, and noise; the mean of a minibatch of them. */
static void sample(float *g, const float *x, int batch, double nu, rng *r) {
  double sum[D] = {0};
  for (int b = 0; b < batch; b++) {
    add_gradient(sum, x, (int)rng_below(r, D - 1));
    for (int j = 0; j < D; j++) sum[j] += nu * rng_normal(r);
  }
  for (int j = 0; j < D; j++) g[j] = (float)(sum[j] / batch);
}
/* The smallest success probability over the coordinates (eq. 4), from n samples at x. */
static double least_success(const float *x, int batch, double nu, int n, rng *r) {
  double gradient[D] = {0}, least = 1;
  int right[D] = {0};
  for (int i = 0; i + 1 < D; i++) add_gradient(gradient, x, i);
  for (int s = 0; s < n; s++) {
    float g[D];
    sample(g, x, batch, nu, r);
    for (int j = 0; j < D; j++) right[j] += ((double)g[j] > 0) == (gradient[j] > 0);
  }
  for (int j = 0; j < D; j++) if (right[j] < least * n) least = (double)right[j] / n;
  return least;
}

typedef struct setting {
  const char *name;
  int m, batch;
  double nu;
  float gamma;
  int decreasing; /* gamma / sqrt(k + 1) instead of a constant */
} setting;
typedef struct result {
  double step[POINTS], value[POINTS], success[POINTS], last; /* last: mean of f over the last tenth */
} result;

/* Algorithm 2 from the same start; averages over the repetitions. */
static void run(result *out, const setting *how, size_t steps, int repeats, uint64_t seed, int probabilities) {
  for (int p = 0; p < POINTS; p++) out->value[p] = out->success[p] = 0;
  out->last = 0;
  for (int repeat = 0; repeat < repeats; repeat++) {
    float x[D];
    rng r = rng_make(seed, (uint64_t)repeat * 1000 + (uint64_t)how->m * 10 + (uint64_t)how->batch);
    for (int j = 0; j < D; j++) x[j] = j % 2 ? 1.5f : -0.5f;
    size_t point = 0;
    for (size_t k = 0; k < steps; k++) {
      if (point < POINTS && k == point * (steps / POINTS)) {
        out->step[point] = (double)(k + 1);
        out->value[point] += rosenbrock(x) / repeats;
        if (probabilities) out->success[point] += least_success(x, how->batch, how->nu, 200, &r) / repeats;
        point++;
      }
      uint64_t neg[MAX_M], zero, vote;
      const uint64_t *votes[MAX_M];
      for (int n = 0; n < how->m; n++) {
        float g[D];
        sample(g, x, how->batch, how->nu, &r); /* line 3 */
        medsgd_sign_pack(&neg[n], g, D);
        votes[n] = &neg[n];
      }
      medsgd_vote(&vote, &zero, votes, NULL, (size_t)how->m, D); /* line 6; a tie is 0 */
      medsgd_sign_step(x, &vote, &zero, D, how->decreasing ? how->gamma / (float)sqrt((double)k + 1) : how->gamma); /* line 8 */
      if (10 * (k + 1) > 9 * steps) out->last += rosenbrock(x) / (double)(steps - 9 * steps / 10) / repeats;
    }
  }
}

int main(int argc, char **argv) {
  static const setting settings[] = {
      {"M = 1", 1, 1, 1, 0.02f, 0}, {"M = 2", 2, 1, 1, 0.02f, 0}, {"M = 5", 5, 1, 1, 0.02f, 0}, {"M = 6", 6, 1, 1, 0.02f, 0}, {"M = 15", 15, 1, 1, 0.02f, 0}, {"M = 16", 16, 1, 1, 0.02f, 0},
      {"minibatch 1", 1, 1, 10, 0.25f, 1}, {"minibatch 2", 1, 2, 10, 0.25f, 1}, {"minibatch 5", 1, 5, 10, 0.25f, 1}, {"minibatch 8", 1, 8, 10, 0.25f, 1},
      {"gamma = 0.25", 1, 8, 1, 0.25f, 0}, {"gamma = 0.1", 1, 8, 1, 0.1f, 0}, {"gamma = 0.05", 1, 8, 1, 0.05f, 0}, {"gamma = 0.01", 1, 8, 1, 0.01f, 0},
  };
  enum { ALL = sizeof settings / sizeof *settings, VOTERS = 6, BATCHES = 4, RATES = 4 };
  static result results[ALL];
  args a = {.out = "build/rosenbrock.svg", .seed = 1, .steps = 4000};
  const args defaults = a;
  const int status = args_parse(&a, argc, argv, stderr);
  if (status) return status;
  if (a.help) return args_help(stdout, "rosenbrock", "sign descent on the Rosenbrock function", &defaults), 0;
  const int repeats = a.quick ? 4 : a.full ? 100 : REPEATS;
  progress bar;
  progress_start(&bar, "rosenbrock", ALL);
  printf("f at the end (mean of the last tenth of %zu steps, %d repetitions); the minimum is 0\n", a.steps, repeats);
  for (size_t n = 0; n < ALL; n++) {
    run(&results[n], &settings[n], a.steps, repeats, a.seed, n >= VOTERS && n < VOTERS + BATCHES);
    printf("%-14s %10.3f", settings[n].name, results[n].last);
    double mean = 0;
    for (int p = 0; p < POINTS; p++) mean += results[n].success[p] / POINTS;
    if (n >= VOTERS && n < VOTERS + BATCHES) printf("   least success probability %.3f on average", mean);
    printf("\n");
    progress_update(&bar, n + 1, settings[n].name);
  }
  progress_finish(&bar);

  /* The findings. In expectation 2l-1 and 2l are alike (Lemma 13); the area under the curve is what is compared. */
  double area[ALL];
  int failed = 0;
  for (size_t n = 0; n < ALL; n++) {
    area[n] = 0;
    for (int p = 0; p < POINTS; p++) area[n] += log(results[n].value[p] + 1e-3) / POINTS;
  }
  if (!(area[4] < area[2] && area[2] < area[0])) failed = 1, printf("more voters did not help\n");
  for (int l = 0; l < 3; l++)
    if (fabs(area[2 * l] - area[2 * l + 1]) > 0.5 * (area[0] - area[4])) failed = 1, printf("%s and %s differ\n", settings[2 * l].name, settings[2 * l + 1].name);
  if (!(results[VOTERS].last > results[VOTERS + 3].last)) failed = 1, printf("success probabilities did not help\n");
  if (!(results[ALL - 4].last > results[ALL - 3].last && results[ALL - 3].last > results[ALL - 2].last)) failed = 1, printf("the step size did not set the neighbourhood\n");

  FILE *const file = fopen(a.out, "w");
  if (!file) return perror(a.out), 1;
  svg s;
  svg_begin(&s, file, 1480, 390, "Sign descent on the Rosenbrock function (Safaryan, sec. 6.1)");
  static const struct { const char *title; size_t first, count; int probability; } panels[4] = {
      {"voters (Fig. 2)", 0, VOTERS, 0}, {"noise (Fig. 6)", VOTERS, BATCHES, 0}, {"its success probabilities", VOTERS, BATCHES, 1}, {"step sizes (Fig. 7)", VOTERS + BATCHES, RATES, 0}};
  for (int q = 0; q < 4; q++) {
    const svg_axis x = {"step", 0, (double)a.steps, 0};
    svg_axis y = {panels[q].probability ? "least success probability" : "f", 1, 0, !panels[q].probability};
    if (panels[q].probability) y.lo = 0, y.hi = 1;
    const char *names[VOTERS];
    svg_style styles[VOTERS];
    for (size_t n = 0; n < panels[q].count && !panels[q].probability; n++) svg_fit(&y, results[panels[q].first + n].value, POINTS);
    const svg_panel p = svg_axes(&s, 75 + 360 * q, 50, 265, 220, panels[q].title, x, y);
    for (size_t n = 0; n < panels[q].count; n++) {
      const result *const r = &results[panels[q].first + n];
      styles[n] = svg_style_of((unsigned)n), names[n] = settings[panels[q].first + n].name;
      svg_curve(&s, &p, r->step, panels[q].probability ? r->success : r->value, POINTS, styles[n]);
    }
    svg_legend(&s, 75 + 360 * q, 325, 290, 2, names, styles, panels[q].count);
  }
  const int written = svg_end(&s);
  if (fclose(file) || !written) return fprintf(stderr, "%s could not be written\n", a.out), 1;
  printf("figure: %s\n%s\n", a.out, failed ? "FINDING NOT REPRODUCED" : "finding reproduced: more voters help, 2l-1 and 2l alike; convergence follows the success probabilities and the step size");
  return failed;
}
