/* SPDX-License-Identifier: MIT
 * Casts between float and double. verify.sh has to find the first four contracts, which are false of a NaN, unprovable (see share.sh), and
 * to prove the others.
 */
/*@ assigns \nothing; ensures !\is_NaN(\result); */
double false_widen(float x) { return x; }
/*@ assigns \nothing; ensures !\is_NaN(\result); */
float false_narrow(double x) { return (float)x; }
/*@ requires \is_NaN(x); assigns \nothing; ensures \false; */
double false_nothing_widens(float x) { return x; }
/*@ requires \is_NaN(x); assigns \nothing; ensures \false; */
float false_nothing_narrows(double x) { return (float)x; }

/*@ requires \is_finite(x); assigns \nothing; ensures \is_finite(\result); */
double true_widen(float x) { return x; }
/*@ requires \is_plus_infinity(x); assigns \nothing; ensures \is_plus_infinity(\result); */
double true_infinite(float x) { return x; }
/*@ requires \is_finite(x); assigns \nothing; ensures !\is_NaN(\result); */
float true_narrow(double x) { return (float)x; }
