/* SPDX-License-Identifier: MIT
 * References for the functions over the reals, in long double, each by another method than the header's.
 * From medsgd.h they take the types only.
 */
#ifndef ORACLE_REAL_H
#define ORACLE_REAL_H

#include "medsgd.h"

typedef long double wide;

/* ---- generator: Threefry4x32 from the definition in Salmon et al. (SC11), any number of rounds ---- */
void oracle_threefry4x32(uint32_t out[4], const uint32_t counter[4], const uint32_t key[4], unsigned rounds);

/* ---- statistics ---- */
wide oracle_normal_tail(wide z);              /* P[|N(0,1)| > z]                                             */
wide oracle_chi2_tail(wide x, unsigned dof);  /* P[chi-square with dof degrees of freedom > x]                */
wide oracle_ks_tail(wide distance, size_t n); /* P[Kolmogorov-Smirnov distance of n samples > distance]       */
/* Chernoff: P[a Binomial(n, p) is at least as far out as k, on k's side] <= exp(-oracle_surprise(k, n, p)). Exact zero
 * or certain events: infinite when p = 0 < k or p = 1, k < n. */
wide oracle_surprise(uint64_t k, uint64_t n, wide p);

/* ---- noise of variance 1 ---- */
wide oracle_noise_cdf(medsgd_noise kind, wide z);
/* E[median of u_i + b xi_i] for odd m <= 15 by quadrature of the median's distribution; its variance too. */
wide oracle_median_mean(medsgd_noise kind, const double *u, size_t m, wide b, wide *variance);

/* ---- norms ---- */
wide oracle_norm1(const medsgd_real *g, size_t d);
wide oracle_norm2(const medsgd_real *g, size_t d);

/* ---- probability that the majority of m voters is right: I(rho; l, l), l = floor((m+1)/2) ---- */
wide oracle_vote_binomial(wide rho, size_t m);   /* sum of the binomial tail of 2l-1 voters; time O(m)              */
wide oracle_vote_quadrature(wide rho, size_t m); /* integral of (1 - u^2)^(l-1); time independent of m              */

/* ---- geometric median ---- */
/* Points are m rows of d wide numbers, one after the other. */
wide oracle_geo_objective(const wide *y, const wide *x, const wide *w, size_t m, size_t d);
/* objective(y) - objective(z), without the cancellation of the difference of two sums (far rows cost no digits) */
wide oracle_geo_excess(const wide *y, const wide *z, const wide *x, const wide *w, size_t m, size_t d);
/* The (upper) weighted median of the distances to y. */
wide oracle_geo_radius(const wide *y, const wide *x, const wide *w, size_t m, size_t d);
/* y = the minimiser: Kuhn's test at the best data point, then Newton's method (conjugate gradients, backtracking) away
 * from it. Returns a bound on objective(y) - optimum by duality. Rows should be near 0, or at least those near the
 * minimiser. */
wide oracle_geo_solve(wide *y, const wide *x, const wide *w, size_t m, size_t d);
/* The point of a triangle with the least sum of distances, from its angles (Torricelli, or the obtuse corner). */
void oracle_fermat(wide y[2], const wide x[6]);

#endif
