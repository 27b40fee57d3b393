/* SPDX-License-Identifier: MIT */
/* The two functions of libm that the header calls, with the contracts its proofs assume: IEEE 754 asks for a correctly rounded square
 * root, and ISO C lets sqrt touch errno for negative arguments only. (Frama-C's own header gives neither termination nor that.) */
#ifndef MEDSGD_PROOFS_MATH_H
#define MEDSGD_PROOFS_MATH_H
#define __FC_MATH /* instead of Frama-C's math.h */
/*@ requires \is_NaN(x) || \ge_double(x, (double)0.0);
    terminates \true;
    assigns \nothing;
    exits \false;
    ensures \is_NaN(x) ==> \is_NaN(\result);
    ensures \is_plus_infinity(x) ==> \is_plus_infinity(\result);
    ensures \is_finite(x) ==> \is_finite(\result) && \ge_double(\result, (double)0.0); */
extern double sqrt(double x);
/*@ terminates \true;
    assigns \nothing;
    exits \false;
    ensures \is_NaN(x) ==> \is_NaN(\result);
    ensures \is_infinite(x) ==> \is_plus_infinity(\result);
    ensures \is_finite(x) ==> \is_finite(\result) && \ge_double(\result, (double)0.0) && (\eq_double(\result, x) || \eq_double(\result, (double)(-x))); */
extern double fabs(double x);
/*@ terminates \true;
    assigns \nothing;
    exits \false;
    ensures \is_NaN(\result); */
#ifdef MEDSGD_DOUBLE /* (where the header converts it: of the cast, that a NaN stays one cannot be proved) */
extern double medsgd_proof_nan(void);
#else
extern float medsgd_proof_nan(void);
#endif
/*@ terminates \true;
    assigns \nothing;
    exits \false;
    ensures \is_plus_infinity(\result); */
extern float medsgd_proof_infinity(void);
#define NAN medsgd_proof_nan()
#define INFINITY medsgd_proof_infinity()
#endif
