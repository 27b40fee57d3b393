/* SPDX-License-Identifier: MIT */
#include "stats.h"

#include <math.h>

double stats_mean(const double *v, size_t n) {
  double sum = 0;
  for (size_t i = 0; i < n; i++) sum += v[i];
  return sum / (double)n;
}

double stats_deviation(const double *v, size_t n) {
  const double mean = stats_mean(v, n);
  double squares = 0;
  for (size_t i = 0; i < n; i++) squares += (v[i] - mean) * (v[i] - mean);
  return n > 1 ? sqrt(squares / (double)(n - 1)) : 0;
}

double stats_log_slope(const double *x, const double *y, size_t n) {
  double sx = 0, sy = 0, sxx = 0, sxy = 0;
  const double count = (double)n;
  for (size_t i = 0; i < n; i++) {
    const double u = log(x[i]), v = log(y[i]);
    sx += u, sy += v, sxx += u * u, sxy += u * v;
  }
  return (count * sxy - sx * sy) / (count * sxx - sx * sx);
}
