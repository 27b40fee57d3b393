/* SPDX-License-Identifier: MIT
 * How noise pulls the median to the mean: the bias of the noisy median falls as 1/b, its variance grows as b^2, its asymmetry falls as
 * 1/b^2 (Chen, Theorem 4, eq. (4.1), (4.2), (4.5)), for Gaussian, Laplace and uniform noise; and the same when each worker draws its number
 * from a set first, as a minibatch is drawn (Theorem A.1). README.md says what comes out and why.
 */
#define MEDSGD_IMPLEMENTATION
#include "medsgd.h"

#include "args.h"
#include "finding.h"
#include "progress.h"
#include "rng.h"
#include "room.h"
#include "stats.h"
#include "svg.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

enum { M = 5, K = 2, BS = 9, KINDS = 3, SETTINGS = 2, D = 4096, CELLS = 200000 };
/* Worker i's number is one of the K values of its set, with equal probability: in Theorem 4 it is known, in Theorem A.1 it is not. Either way
 * the means of the sets are 0, 0, 0, 1, 4, with median 0 and mean 1. */
typedef double sets[M][K];
static const sets settings[SETTINGS] = {{{0, 0}, {0, 0}, {0, 0}, {1, 1}, {4, 4}}, {{-1, 1}, {-2, 2}, {0, 0}, {0, 2}, {1, 7}}};
static const char *const setting_names[SETTINGS] = {"Theorem 4", "Theorem A.1"};
static const double mean_of_sets = 1;
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
/* The density of the median of q_i + b xi_i at z, by eq. (4.6): one value is there, half of the others on each side. */
static double median_density(int kind, double b, const sets a, double z) {
  double below[M], at[M], total = 0;
  for (int i = 0; i < M; i++) {
    below[i] = at[i] = 0;
    for (int k = 0; k < K; k++) below[i] += distribution(kind, (z - a[i][k]) / b) / K, at[i] += density(kind, (z - a[i][k]) / b) / b / K;
  }
  for (int i = 0; i < M; i++) {
    double ways[M] = {1}; /* ways[k]: probability that k of the others lie below */
    for (int j = 0; j < M; j++) {
      if (j == i) continue;
      for (int k = M - 1; k >= 0; k--) ways[k] = ways[k] * (1 - below[j]) + (k ? ways[k - 1] * below[j] : 0);
    }
    total += at[i] * ways[M / 2];
  }
  return total;
}
/* |E|, variance and the integral of eq. (4.5) by quadrature: what the samples have to agree with. */
static measured exact(int kind, double b, const sets a) {
  const double half = 12 * b + 8, step = 2 * half / CELLS;
  double first = 0, second = 0, odd = 0;
  for (int n = 0; n < CELLS; n++) {
    const double z = -half + (n + 0.5) * step, r = median_density(kind, b, a, mean_of_sets + z);
    first += z * r * step, second += z * z * r * step;
    odd += 0.5 * fabs(r - median_density(kind, b, a, mean_of_sets - z)) * step;
  }
  const measured result = {fabs(first), second - first * first, odd};
  return result;
}

/* The same from samples: M workers, D coordinates, all with the same sets; medsgd draws the noise and takes the median. */
static measured sampled(int kind, double b, const sets a, size_t rounds, uint64_t seed, float *rows[M], float *out, float *tile) {
  const float *read[M] = {rows[0], rows[1], rows[2], rows[3], rows[4]};
  double first = 0, second = 0;
  rng r = rng_make(seed, 9);
  for (size_t round = 0; round < rounds; round++) {
    for (uint32_t i = 0; i < M; i++) {
      const medsgd_stream stream = {seed, i, (uint32_t)round};
      for (size_t j = 0; j < D; j++) rows[i][j] = (float)a[i][rng_below(&r, K)];
      medsgd_perturb(rows[i], D, (float)b, (medsgd_noise)kind, stream, 0);
    }
    medsgd_median(out, read, M, D, MEDSGD_MEDIAN_MIDPOINT, tile);
    for (size_t j = 0; j < D; j++) first += (double)out[j] - mean_of_sets, second += ((double)out[j] - mean_of_sets) * ((double)out[j] - mean_of_sets);
  }
  const double n = (double)rounds * D;
  const measured result = {first / n, second / n - first / n * (first / n), 0};
  return result;
}

/* Over the larger half of the b. */
static double slope(const double b[BS], const double y[BS]) { return stats_log_slope(b + BS / 2, y + BS / 2, BS - BS / 2); }

int main(int argc, char **argv) {
  const args a = args_start(argc, argv, "median_bias", "bias, variance and asymmetry of the noisy median against b", 40, 400, 8000);
  const size_t rounds = a.steps;
  float *rows[M], *const out = room(D, sizeof *out), *const tile = room(medsgd_median_work(M), sizeof *tile);
  for (int i = 0; i < M; i++) rows[i] = room(D, sizeof *rows[i]);

  static double b[BS], series[3][SETTINGS][KINDS][BS]; /* bias, variance, asymmetry */
  size_t off = 0, done = 0;
  progress p;
  progress_start(&p, "median_bias", SETTINGS * KINDS * BS);
  printf("%zu samples each\n%-11s %-9s %7s %11s %11s %7s %11s %11s %11s\n", rounds * D, "", "noise", "b", "bias", "sampled", "sigmas", "variance", "sampled", "asymmetry");
  for (int set = 0; set < SETTINGS; set++)
    for (int kind = 0; kind < KINDS; kind++)
      for (int n = 0; n < BS; n++) {
        b[n] = 2 * pow(2, n * 0.5);
        const measured e = exact(kind, b[n], settings[set]), s = sampled(kind, b[n], settings[set], rounds, a.seed, rows, out, tile);
        series[0][set][kind][n] = e.bias, series[1][set][kind][n] = e.variance, series[2][set][kind][n] = e.asymmetry;
        const double sigmas = (s.bias + e.bias) / sqrt(e.variance / ((double)rounds * D)); /* the median lies below the mean */
        printf("%-11s %-9s %7.3f %11.6f %11.6f %7.2f %11.5f %11.5f %11.6f\n", setting_names[set], kind_names[kind], b[n], -e.bias, s.bias, sigmas, e.variance, s.variance, e.asymmetry);
        off += fabs(sigmas) > 5 || fabs(s.variance / e.variance - 1) > 0.02 + 20 / sqrt((double)rounds * D);
        progress_update(&p, ++done, kind_names[kind]);
      }
  progress_finish(&p);
  findings f = {stdout, 0, 0};
  finding(&f, off == 0, "samples and quadrature agree within five deviations: %zu of %d do not", off, SETTINGS * KINDS * BS); /* by chance in one of 30,000 runs */
  printf("fitted slopes          bias  variance  asymmetry   (upper bounds: -1, 2, -2)\n");
  for (int set = 0; set < SETTINGS; set++)
    for (int kind = 0; kind < KINDS; kind++) {
      const double s[3] = {slope(b, series[0][set][kind]), slope(b, series[1][set][kind]), slope(b, series[2][set][kind])};
      printf("%-11s %-8s %6.2f %9.2f %10.2f\n", setting_names[set], kind_names[kind], s[0], s[1], s[2]);
      /* Part (b) wants a second derivative that is bounded, which of the three the Gaussian density alone has. */
      finding(&f, s[0] <= -1 && s[1] <= 2.05 && (kind != MEDSGD_GAUSSIAN || s[2] <= -2), "%s, %s: within the theorem's bounds", setting_names[set], kind_names[kind]);
    }

  svg s;
  if (!svg_open(&s, a.out, 1080, 390, "Noisy median of numbers with mean 1 and median 0 (Chen, Theorems 4 and A.1)")) return 1;
  static const char *const titles[3] = {"bias: |E median - mean|", "variance of the median", "asymmetry of its density"};
  static const char *const units[3] = {"units of u", "units of u, squared", "total variation"};
  static const double bounds[3] = {-1, 2, -2};
  for (int q = 0; q < 3; q++) {
    const svg_axis x = {"noise b (units of u)", 1, 100, 1};
    svg_axis y = {units[q], 1, 0, 1};
    double bound[BS];
    for (int n = 0; n < BS; n++) bound[n] = 2 * series[q][0][MEDSGD_LAPLACE][0] * pow(b[n] / b[0], bounds[q]);
    for (int set = 0; set < SETTINGS; set++)
      for (int kind = 0; kind < KINDS; kind++) svg_fit(&y, series[q][set][kind], BS);
    const svg_panel panel = svg_axes(&s, 75 + 350 * q, 50, 260, 210, titles[q], x, y);
    for (unsigned set = 0; set < SETTINGS; set++)
      for (unsigned kind = 0; kind < KINDS; kind++) svg_curve(&s, &panel, b, series[q][set][kind], BS, svg_style_of(set * KINDS + kind));
    svg_curve(&s, &panel, b, bound, BS, svg_style_of(7));
  }
  char names[SETTINGS * KINDS + 1][100];
  const char *entries[SETTINGS * KINDS + 1];
  svg_style styles[SETTINGS * KINDS + 1];
  for (unsigned n = 0; n <= SETTINGS * KINDS; n++) {
    const unsigned set = n / KINDS, kind = n % KINDS;
    if (n == SETTINGS * KINDS) snprintf(names[n], sizeof names[n], "slopes of the bounds: -1, 2, -2");
    else snprintf(names[n], sizeof names[n], "%s, %s: slopes %.1f, %.1f, %.1f", setting_names[set], kind_names[kind], slope(b, series[0][set][kind]), slope(b, series[1][set][kind]), slope(b, series[2][set][kind]));
    entries[n] = names[n], styles[n] = svg_style_of(n == SETTINGS * KINDS ? 7 : n);
  }
  svg_legend(&s, 75, 325, 1000, 3, entries, styles, SETTINGS * KINDS + 1);
  if (!svg_close(&s)) return 1;
  for (int i = 0; i < M; i++) free(rows[i]);
  free(out), free(tile);
  return findings_end(&f);
}
