/* SPDX-License-Identifier: MIT
 * How noise pulls the median to the mean: the bias of the noisy median falls as 1/b, its variance grows as b^2, its asymmetry falls as
 * 1/b^2 (Chen, Theorem 4, eq. (4.1), (4.2), (4.5)), for Gaussian, Laplace and uniform noise. README.md says what comes out and why.
 */
#define MEDSGD_IMPLEMENTATION
#include "medsgd.h"

#include "args.h"
#include "progress.h"
#include "svg.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

enum { M = 5, BS = 9, KINDS = 3, D = 4096 };
static const double u[M] = {0, 0, 0, 1, 4}; /* median 0, mean 1 */
static const char *const kind_names[KINDS] = {"Gaussian", "Laplace", "uniform"};

typedef struct measured {
  double bias, variance, asymmetry;
} measured;

/* Density and distribution function of the noise, for the control variate below. */
static double density(int kind, double z) {
  if (kind == MEDSGD_GAUSSIAN) return exp(-z * z / 2) / sqrt(2 * acos(-1.0));
  if (kind == MEDSGD_LAPLACE) return exp(-sqrt(2) * fabs(z)) / sqrt(2);
  return fabs(z) <= sqrt(3) ? 0.5 / sqrt(3) : 0;
}
static double distribution(int kind, double z) {
  if (kind == MEDSGD_GAUSSIAN) return 0.5 * erfc(-z / sqrt(2));
  if (kind == MEDSGD_LAPLACE) return z < 0 ? 0.5 * exp(sqrt(2) * z) : 1 - 0.5 * exp(-sqrt(2) * z);
  return z < -sqrt(3) ? 0 : z > sqrt(3) ? 1 : 0.5 + z / (2 * sqrt(3));
}
/* The density of the median of u_i + b xi_i at z, by eq. (4.6): one value is there, half of the others on each side. */
static double median_density(int kind, double b, double z) {
  double below[M], total = 0;
  for (int i = 0; i < M; i++) below[i] = distribution(kind, (z - u[i]) / b);
  for (int i = 0; i < M; i++) {
    double ways[M] = {1}; /* ways[k]: probability that k of the others lie below */
    for (int j = 0; j < M; j++) {
      if (j == i) continue;
      for (int k = M - 1; k >= 0; k--) ways[k] = ways[k] * (1 - below[j]) + (k ? ways[k - 1] * below[j] : 0);
    }
    total += density(kind, (z - u[i]) / b) / b * ways[M / 2];
  }
  return total;
}
/* E, variance and the integral of eq. (4.5) by quadrature: what the samples have to agree with. */
static measured exact(int kind, double b) {
  const double mean = (u[0] + u[1] + u[2] + u[3] + u[4]) / M, half = 12 * b + 8, step = 2 * half / 200000;
  double first = 0, second = 0, odd = 0;
  for (int n = 0; n < 200000; n++) {
    const double z = -half + (n + 0.5) * step, r = median_density(kind, b, mean + z);
    first += z * r * step, second += z * z * r * step;
    odd += 0.5 * fabs(r - median_density(kind, b, mean - z)) * step;
  }
  const measured result = {fabs(first), second - first * first, odd};
  return result;
}

/* The same from samples: M workers, D coordinates, all with the same numbers u; medsgd draws the noise and takes the median. */
static measured sampled(int kind, double b, size_t rounds, uint64_t seed, float *rows[M], float *out, float *tile) {
  const float *read[M] = {rows[0], rows[1], rows[2], rows[3], rows[4]};
  double first = 0, second = 0;
  for (size_t round = 0; round < rounds; round++) {
    for (uint32_t i = 0; i < M; i++) {
      const medsgd_stream stream = {seed, i, (uint32_t)round};
      for (size_t j = 0; j < D; j++) rows[i][j] = (float)u[i];
      medsgd_perturb(rows[i], D, (float)b, (medsgd_noise)kind, stream, 0);
    }
    medsgd_median(out, read, M, D, MEDSGD_MEDIAN_MIDPOINT, tile);
    for (size_t j = 0; j < D; j++) first += (double)out[j] - 1, second += ((double)out[j] - 1) * ((double)out[j] - 1);
  }
  const double n = (double)rounds * D;
  const measured result = {first / n, second / n - first / n * (first / n), 0};
  return result;
}

/* Least-squares slope of log y against log b over the larger half of the b. */
static double slope(const double *b, const double *y) {
  double sx = 0, sy = 0, sxx = 0, sxy = 0, n = 0;
  for (int i = BS / 2; i < BS; i++) {
    const double x = log(b[i]), v = log(y[i]);
    sx += x, sy += v, sxx += x * x, sxy += x * v, n++;
  }
  return (n * sxy - sx * sy) / (n * sxx - sx * sx);
}

int main(int argc, char **argv) {
  args a = {.out = "build/median_bias.svg", .seed = 1};
  const args defaults = a;
  const int status = args_parse(&a, argc, argv, stderr);
  if (status) return status;
  if (a.help) return args_help(stdout, "median_bias", "bias, variance and asymmetry of the noisy median against b", &defaults), 0;
  const size_t rounds = a.steps ? a.steps : a.quick ? 60 : a.full ? 8000 : 800;
  float *rows[M], *const out = malloc(D * sizeof *out), *const tile = malloc(medsgd_median_work(M) * sizeof *tile);
  int failed = !out || !tile;
  for (int i = 0; i < M; i++) failed |= !(rows[i] = malloc(D * sizeof *rows[i]));
  if (failed) return fprintf(stderr, "median_bias: out of memory\n"), 1;

  static double b[BS], bias[KINDS][BS], variance[KINDS][BS], asymmetry[KINDS][BS];
  progress p;
  progress_start(&p, "median_bias", KINDS * BS);
  printf("u = 0, 0, 0, 1, 4 (median 0, mean 1), %zu samples each\n%-9s %7s %11s %11s %7s %11s %11s %11s\n", rounds * D, "noise", "b", "bias", "sampled", "sigmas", "variance",
         "sampled", "asymmetry");
  for (int kind = 0; kind < KINDS; kind++) {
    for (int n = 0; n < BS; n++) {
      b[n] = 2 * pow(2, n * 0.5);
      const measured e = exact(kind, b[n]), s = sampled(kind, b[n], rounds, a.seed, rows, out, tile);
      bias[kind][n] = e.bias, variance[kind][n] = e.variance, asymmetry[kind][n] = e.asymmetry;
      const double sigmas = (s.bias + e.bias) / sqrt(e.variance / ((double)rounds * D)); /* the median lies below the mean */
      printf("%-9s %7.3f %11.6f %11.6f %7.2f %11.5f %11.5f %11.6f\n", kind_names[kind], b[n], -e.bias, s.bias, sigmas, e.variance, s.variance, e.asymmetry);
      /* 27 comparisons at 5 sigma: a false alarm in one of 60,000 runs. */
      if (fabs(sigmas) > 5 || fabs(s.variance / e.variance - 1) > 0.02 + 20 / sqrt((double)rounds * D)) failed = 1;
      progress_update(&p, (size_t)(kind * BS + n + 1), kind_names[kind]);
    }
  }
  progress_finish(&p);
  printf("fitted slopes  bias  variance  asymmetry   (Theorem 4: at most -1, 2, -2)\n");
  for (int kind = 0; kind < KINDS; kind++) {
    const double s[3] = {slope(b, bias[kind]), slope(b, variance[kind]), slope(b, asymmetry[kind])};
    printf("%-12s %7.2f %9.2f %10.2f\n", kind_names[kind], s[0], s[1], s[2]);
    if (!(s[0] <= -0.9 && s[1] <= 2.1 && s[2] <= (kind == MEDSGD_GAUSSIAN ? -1.8 : -0.9))) failed = 1;
  }

  FILE *const file = fopen(a.out, "w");
  if (!file) return perror(a.out), 1;
  svg s;
  svg_begin(&s, file, 1080, 340, "Noisy median of 0, 0, 0, 1, 4 (Chen, Theorem 4)");
  const char *const titles[3] = {"bias: |E median - mean|", "variance", "asymmetry of the density"};
  double(*const series[3])[BS] = {bias, variance, asymmetry};
  for (int q = 0; q < 3; q++) {
    const svg_axis x = {"noise b", 2, 40, 1};
    svg_axis y = {q == 0 ? "units of u" : q == 1 ? "units of u, squared" : "total variation", 1, 0, 1};
    for (int kind = 0; kind < KINDS; kind++) svg_fit(&y, series[q][kind], BS);
    const svg_panel panel = svg_axes(&s, 75 + 350 * q, 50, 260, 210, titles[q], x, y);
    for (unsigned kind = 0; kind < KINDS; kind++) svg_curve(&s, &panel, b, series[q][kind], BS, svg_style_of(kind));
  }
  const svg_style styles[KINDS] = {svg_style_of(0), svg_style_of(1), svg_style_of(2)};
  svg_legend(&s, 75, 315, 600, 3, kind_names, styles, KINDS);
  const int written = svg_end(&s);
  if (fclose(file) || !written) return fprintf(stderr, "%s could not be written\n", a.out), 1;
  printf("figure: %s\n%s\n", a.out, failed ? "FINDING NOT REPRODUCED" : "finding reproduced: more noise, less bias, at the rates of Theorem 4");
  for (int i = 0; i < M; i++) free(rows[i]);
  free(out), free(tile);
  return failed;
}
