/* SPDX-License-Identifier: MIT
 * Of n numbers: what is printed beside a result.
 */
#ifndef EXAMPLES_STATS_H
#define EXAMPLES_STATS_H

#include <stddef.h>

double stats_mean(const double *v, size_t n);      /* n >= 1 */
double stats_deviation(const double *v, size_t n); /* of a sample: divided by n - 1; 0 for n = 1 */

/* The slope of log y against log x by least squares, for n >= 2 positive values each: p when y = c x^p. */
double stats_log_slope(const double *x, const double *y, size_t n);

#endif
