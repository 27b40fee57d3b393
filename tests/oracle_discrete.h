/* SPDX-License-Identifier: MIT
 * Slow, obvious references for the discrete half of medsgd.h: signs, votes, order statistics, exact sums, selections.
 * They share no code and no method with the header: signs and order are read off the IEEE bits, votes are counted bit
 * by bit, ranks come from a full sort, sums are exact integers of some thousand bits, sampling is enumerated path by
 * path.
 */
#ifndef ORACLE_DISCRETE_H
#define ORACLE_DISCRETE_H

#include "medsgd.h" /* for medsgd_real alone */

/* Bits of a real, sign bit first whatever the precision. */
uint64_t oracle_bits(medsgd_real x);
medsgd_real oracle_from_bits(uint64_t bits);
medsgd_real oracle_inf(void);
medsgd_real oracle_nan(void);
int oracle_is_nan(medsgd_real x);
int oracle_is_finite(medsgd_real x);

/* Inputs: any value a worker may send (NaN of either sign and any payload, infinities, zeros of both signs, subnormals,
 * extremes, small integers that make ties, ordinary numbers), made from 64 random bits; oracle_finite leaves out NaN
 * and infinities. */
medsgd_real oracle_hostile(uint64_t random);
medsgd_real oracle_finite(uint64_t random);
/* Numbers in [-1, 1), all bits of the mantissa in use: none sends a whole tile to a slow path. */
medsgd_real oracle_ordinary(uint64_t random);

/* Signs. -1, 0 or +1, a NaN gives 0; the packed bit of coordinate j. */
int oracle_sign(medsgd_real x);
int oracle_bit(const uint64_t *words, size_t j);
/* Sign of coordinate j of a packed vector; zero may be null. */
int oracle_packed_sign(const uint64_t *neg, const uint64_t *zero, size_t j);
/* Whether all bits from d on are clear in the MEDSGD_WORDS(d) words. */
int oracle_padding_clear(const uint64_t *words, size_t d);
/* Sum of the m signs at coordinate j. */
int64_t oracle_sum_of_signs(const uint64_t *const rows_neg[], const uint64_t *const rows_zero[], size_t m, size_t j);

/* Order: an integer that sorts as the documented order does (NaN as +infinity, -0 as +0). */
int64_t oracle_key(medsgd_real x);
/* Sorts n values by their keys; NaN become +infinity. */
void oracle_sort(medsgd_real *a, size_t n);

/* Exact arithmetic: a fixed-point number with the unit 2^-1140, in 32-bit digits; holds any sum of 2^20 finite doubles.
 */
enum { ORACLE_DIGITS = 70, ORACLE_UNIT = 1140 };
typedef struct oracle_exact {
  int64_t digit[ORACLE_DIGITS];
} oracle_exact;
void oracle_exact_add(oracle_exact *sum, double x); /* finite x */
/* The nearest number (ties to even) with `precision` bits and exponents of that format (24: float, 53: double) of sum /
 * 2^halvings. */
double oracle_exact_round(const oracle_exact *sum, int halvings, int precision);
/* Nearest medsgd_real to (lo+hi)/2; infinities as documented for the midpoint. */
medsgd_real oracle_midpoint(medsgd_real lo, medsgd_real hi);

/* Whether `mean` is sum(a)/n but for rounding: n roundings of the sum in double and one to medsgd_real. Finite values.
 */
int oracle_is_mean(medsgd_real mean, const medsgd_real *a, size_t n);
/* The distance from x to the next larger magnitude; at the largest, from the next smaller. */
double oracle_ulp(medsgd_real x);

/* Sequential sampling without replacement of at most k of d <= 16 items with probability proportional to the scores
 * that are left: probability[S] for each set S of items as a bit mask (2^d entries). */
void oracle_sample_sets(double *probability, const medsgd_real *scores, size_t d, size_t k);
/* The same of three classes of equal scores: probability[a*(k+1) + b] that a items of the first class are chosen, b of
 * the second and k-a-b of the third. k at most the number of items with a positive score. */
void oracle_sample_classes(double *probability, const double score[3], const size_t size[3], size_t k);
/* Indices of the k largest positive scores, ties to the lower index, ascending; returns how many. */
size_t oracle_top(size_t *idx, const medsgd_real *scores, size_t d, size_t k);

/* A bound that a chi-square variable exceeds with probability below 1e-7 (Wilson-Hilferty at 5.2 sigma). */
double oracle_chi2_limit(double freedom);

#endif
