/* SPDX-License-Identifier: MIT
 * Sign descent on the Rosenbrock function with d = 10: more voters help, 2l-1 and 2l voters are alike (Safaryan, Fig. 2); convergence
 * follows the success probabilities (Fig. 3 with a constant step, Fig. 6 with a decreasing one); the step size sets the neighbourhood
 * (Fig. 7). README.md says what comes out and why.
 */
#define MEDSGD_IMPLEMENTATION
#include "medsgd.h"

#include "args.h"
#include "finding.h"
#include "progress.h"
#include "rng.h"
#include "svg.h"

#include <math.h>
#include <stdio.h>

enum { D = 10, MAX_M = 16, POINTS = 200, REPEATS = 10, BINS = 20, PROBES = 200 };

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
/* The biased stochastic gradient of sec. 6.1: the mean of grad f_i over a minibatch of different i, and noise of deviation nu. */
static void sample(float *g, const float *x, int batch, double nu, rng *r) {
  double sum[D] = {0};
  size_t terms[D - 1];
  for (size_t i = 0; i + 1 < D; i++) terms[i] = i;
  for (size_t b = 0; b < (size_t)batch; b++) {
    const size_t pick = b + rng_below(r, D - 1 - b), term = terms[pick];
    terms[pick] = terms[b], terms[b] = term;
    add_gradient(sum, x, (int)term);
  }
  for (int j = 0; j < D; j++) g[j] = (float)((sum[j] + nu * sqrt(batch) * rng_normal(r)) / batch);
}

typedef struct setting {
  const char *name;
  int m, batch;
  float gamma;
  int decreasing; /* gamma / sqrt(k + 1) instead of a constant */
} setting;
typedef struct result {
  double step[POINTS], value[POINTS], success[POINTS]; /* success: the least of the probabilities            */
  double share[BINS];                                  /* histogram of all of them, coordinates and points alike */
  double mean_success;                                 /* of all of them                                        */
  double last, area;                                   /* mean of f over the last tenth; mean of log f          */
} result;

/* The success probabilities at x (eq. 4, where the gradient is not 0) by sampling: the least, their mean, and where they fall. */
static double success(double share[BINS], double *mean, const float *x, int batch, double nu, rng *r) {
  double gradient[D] = {0}, least = 1;
  int right[D] = {0};
  for (int i = 0; i + 1 < D; i++) add_gradient(gradient, x, i);
  for (int n = 0; n < PROBES; n++) {
    float g[D];
    sample(g, x, batch, nu, r);
    for (int j = 0; j < D; j++) right[j] += ((double)g[j] > 0) == (gradient[j] > 0);
  }
  int count = 0;
  for (int j = 0; j < D; j++) count += gradient[j] != 0;
  for (int j = 0; j < D; j++) {
    if (gradient[j] == 0) continue;
    const double rho = (double)right[j] / PROBES;
    least = fmin(least, rho);
    *mean += rho / count;
    share[(int)fmin(BINS - 1, rho * BINS)] += 1.0 / count;
  }
  return least;
}

/* Algorithm 2 (with one node Algorithm 1) from the same start; averages over the repetitions. */
static void run(result *out, const setting *how, double nu, size_t steps, int repeats, uint64_t seed, int probabilities) {
  for (int repeat = 0; repeat < repeats; repeat++) {
    float x[D];
    rng r = rng_make(seed, (uint64_t)repeat * 1000 + (uint64_t)how->m * 10 + (uint64_t)how->batch);
    for (int j = 0; j < D; j++) x[j] = j % 2 ? 1.5f : -0.5f;
    size_t point = 0;
    for (size_t k = 0; k < steps; k++) {
      if (point < POINTS && k * POINTS >= point * steps) {
        double share[BINS] = {0}, mean = 0;
        out->step[point] = (double)(k + 1);
        out->value[point] += rosenbrock(x) / repeats;
        if (probabilities) out->success[point] += success(share, &mean, x, how->batch, nu, &r) / repeats;
        out->mean_success += mean / POINTS / repeats;
        for (int b = 0; b < BINS; b++) out->share[b] += 100 * share[b] / POINTS / repeats;
        point++;
      }
      uint64_t neg[MAX_M], zero, vote;
      const uint64_t *votes[MAX_M];
      for (int n = 0; n < how->m; n++) {
        float g[D];
        sample(g, x, how->batch, nu, &r); /* line 3 */
        medsgd_sign_pack(&neg[n], g, D);
        votes[n] = &neg[n];
      }
      medsgd_vote(&vote, &zero, votes, NULL, (size_t)how->m, D); /* line 6; a tie is 0 */
      medsgd_sign_step(x, &vote, &zero, D, how->decreasing ? how->gamma / (float)sqrt((double)k + 1) : how->gamma); /* line 8 */
      if (10 * (k + 1) > 9 * steps) out->last += rosenbrock(x) / (double)(steps - 9 * steps / 10) / repeats;
    }
  }
  for (int p = 0; p < POINTS; p++) out->area += log(out->value[p] + 1e-3) / POINTS;
}

enum { FIG2 = 0, VOTERS = 6, FIG2B = FIG2 + VOTERS, FIG3 = FIG2B + VOTERS, FIG6 = FIG3 + 4, FIG7 = FIG6 + 4, ALL = FIG7 + 4 };
static const setting settings[ALL] = {
    {"M = 1", 1, 1, 0.02f, 0},       {"M = 2", 2, 1, 0.02f, 0},      {"M = 5", 5, 1, 0.02f, 0},       {"M = 6", 6, 1, 0.02f, 0},       {"M = 15", 15, 1, 0.02f, 0}, {"M = 16", 16, 1, 0.02f, 0},
    {"M = 1", 1, 1, 0.02f, 1},       {"M = 2", 2, 1, 0.02f, 1},      {"M = 5", 5, 1, 0.02f, 1},       {"M = 6", 6, 1, 0.02f, 1},       {"M = 15", 15, 1, 0.02f, 1}, {"M = 16", 16, 1, 0.02f, 1},
    {"minibatch 1", 1, 1, 0.25f, 0}, {"minibatch 2", 1, 2, 0.25f, 0}, {"minibatch 5", 1, 5, 0.25f, 0}, {"minibatch 8", 1, 8, 0.25f, 0},
    {"minibatch 1", 1, 1, 0.25f, 1}, {"minibatch 2", 1, 2, 0.25f, 1}, {"minibatch 5", 1, 5, 0.25f, 1}, {"minibatch 7", 1, 7, 0.25f, 1},
    {"gamma = 0.25", 1, 2, 0.25f, 0}, {"gamma = 0.1", 1, 2, 0.1f, 0}, {"gamma = 0.05", 1, 2, 0.05f, 0}, {"gamma = 0.01", 1, 2, 0.01f, 0},
};
static const struct figure { const char *title; size_t first, count; } figures[] = {
    {"Fig. 2: voters, step 0.02", FIG2, VOTERS}, {"Fig. 2: voters, step 0.02/sqrt(k+1)", FIG2B, VOTERS}, {"Fig. 7: step sizes, minibatch 2", FIG7, 4},
    {"Fig. 3: minibatches, step 0.25", FIG3, 4}, {"Fig. 6: minibatches, step 0.25/sqrt(k+1)", FIG6, 4},
};
enum { FIGURES = sizeof figures / sizeof *figures };

static double least_success(const result *r) {
  double sum = 0;
  for (int p = 0; p < POINTS; p++) sum += r->success[p] / POINTS;
  return sum;
}

/* One panel: what 0 is f, what 1 the least success probability, what 2 the histogram of success probabilities. */
static void draw(svg *s, double left, double top, const struct figure *f, const result *results, size_t steps, int what) {
  static const char *const labels[3] = {"f", "least success probability", "share of coordinates (%)"};
  svg_axis x = {what == 2 ? "success probability" : "step", 0, what == 2 ? 1 : (double)steps, 0}, y = {labels[what], 1, 0, what == 0};
  if (what == 1) y.lo = 0, y.hi = 1;
  for (size_t n = f->first; n < f->first + f->count && what != 1; n++) svg_fit(&y, what ? results[n].share : results[n].value, what ? BINS : POINTS);
  if (what == 2) y.lo = 0;
  const svg_panel p = svg_axes(s, left, top, 290, 200, what ? NULL : f->title, x, y);
  const char *names[VOTERS];
  svg_style styles[VOTERS];
  for (size_t n = 0; n < f->count; n++) {
    const result *const r = &results[f->first + n];
    names[n] = settings[f->first + n].name, styles[n] = svg_style_of((unsigned)n);
    if (what == 2) svg_bars(s, &p, 0, 1, r->share, BINS, styles[n]);
    else svg_curve(s, &p, r->step, what ? r->success : r->value, POINTS, styles[n]);
  }
  if (what) {
    const double at[2] = {what == 2 ? 0.5 : 0, what == 2 ? 0.5 : x.hi}, half[2] = {what == 2 ? y.lo : 0.5, what == 2 ? y.hi : 0.5};
    const svg_style threshold = {SVG_GREY, "4 4", 1, 0};
    svg_curve(s, &p, at, half, 2, threshold);
  }
  svg_legend(s, left, top + 250, 300, f->count == VOTERS ? 3 : 2, names, styles, f->count);
}

int main(int argc, char **argv) {
  static result results[ALL];
  const args a = args_start(argc, argv, "rosenbrock", "sign descent on the Rosenbrock function", 4000, 4000, 4000);
  const int repeats = a.quick ? 4 : a.full ? 100 : REPEATS;
  const double nu = 1;
  progress bar;
  progress_start(&bar, "rosenbrock", ALL);
  for (size_t n = 0; n < ALL; n++) {
    run(&results[n], &settings[n], nu, a.steps, repeats, a.seed, n >= FIG3 && n < FIG7);
    progress_update(&bar, n + 1, settings[n].name);
  }
  progress_finish(&bar);

  printf("f at the end (mean of the last tenth of %zu steps, %d repetitions); the minimum is 0\n", a.steps, repeats);
  for (size_t q = 0; q < FIGURES; q++) {
    printf("%s\n", figures[q].title);
    for (size_t n = figures[q].first; n < figures[q].first + figures[q].count; n++) {
      printf("  %-14s %10.3f", settings[n].name, results[n].last);
      if (q >= 3) printf("   success probability %.3f, the least one %.3f (means over the run)", results[n].mean_success, least_success(&results[n]));
      printf("\n");
    }
  }
  findings f = {stdout, 0, 0};
  for (size_t q = 0; q < 2; q++) {
    const result *const r = &results[figures[q].first];
    finding(&f, r[4].area < r[2].area && r[2].area < r[0].area, "%s: more voters converge faster: mean log f %.2f, %.2f, %.2f for 1, 5, 15", figures[q].title, r[0].area, r[2].area, r[4].area);
    for (size_t l = 0; l < VOTERS; l += 2) /* in expectation 2l-1 and 2l are alike */
      finding(&f, fabs(r[l].area - r[l + 1].area) < 0.5 * (r[0].area - r[4].area), "%s and %s are alike: %.2f, %.2f", settings[l].name, settings[l + 1].name, r[l].area, r[l + 1].area);
  }
  for (size_t q = 3; q < FIGURES; q++) {
    const result *const r = &results[figures[q].first];
    finding(&f, r[3].mean_success > r[2].mean_success && r[2].mean_success > r[1].mean_success && r[1].mean_success > r[0].mean_success && r[3].last < r[1].last && r[2].last < r[1].last && r[1].last < r[0].last,
            "%s: higher success probabilities, lower f", figures[q].title);
  }
  const result *const r = &results[FIG7];
  finding(&f, r[0].last > r[1].last && r[1].last > r[2].last && r[2].last > r[3].last, "the step size sets the neighbourhood: %.3g, %.3g, %.3g, %.3g", r[0].last, r[1].last, r[2].last, r[3].last);

  svg s;
  if (!svg_open(&s, a.out, 1140, 1000, "Sign descent on the Rosenbrock function (Safaryan, sec. 6.1 and A)")) return 1;
  for (size_t q = 0; q < 3; q++) draw(&s, 75 + 370 * (double)q, 45, &figures[q], results, a.steps, 0);
  for (size_t q = 3; q < FIGURES; q++)
    for (int what = 0; what < 3; what++) draw(&s, 75 + 370 * (double)what, 370 + 315 * (double)(q - 3), &figures[q], results, a.steps, what);
  if (!svg_close(&s)) return 1;
  return findings_end(&f);
}
