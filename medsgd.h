/* SPDX-License-Identifier: MIT
 *
 * medsgd.h - sign- and median-based distributed SGD, in one C99 header.
 */
/*
 * QUICKSTART
 *
 *     #define MEDSGD_IMPLEMENTATION          // in exactly one .c or .cpp file
 *     #include "medsgd.h"
 *
 *     uint64_t sign[3][MEDSGD_WORDS(4)], vote[MEDSGD_WORDS(4)];
 *     float g[3][4] = {{1, -2, 3, -4}, {2, -1, -5, -6}, {-9, 8, 7, -5}};     // three workers' gradients
 *     float x[4] = {0, 0, 0, 0};                                            // the parameters
 *     const uint64_t *rows[3] = {sign[0], sign[1], sign[2]};
 *
 *     for (int i = 0; i < 3; i++) medsgd_sign_pack(sign[i], g[i], 4);       // each worker sends one bit a coordinate
 *     medsgd_vote(vote, NULL, rows, NULL, 3, 4);                            // the server answers with the majority
 *     medsgd_sign_step(x, vote, NULL, 4, 0.1f);                             // x = -0.1, +0.1, -0.1, +0.1
 *
 * CONTENTS (declarations and bodies stand in this order)
 *
 *     signs              sign_pack, sign_pack_ternary, sign_unpack, sign_step, words_to_bytes, words_from_bytes
 *     vote               vote, tally_words, tally_init, tally_add, tally_merge, tally_sum, tally_vote
 *     median             median_work, median, trimmed_mean, mean, select
 *     noise              perturb, absmax
 *     stochastic sign    norm1, norm2, momentum, stochastic_sign
 *     blocks             column_norms, block_work, block_sample, block_top, gather, scatter_step
 *     geometric median   geomedian_work, geomedian
 *     memory             memory_add, memory_update, ef_sign
 *     steps              bgmd_work, bgmd, adaptive_rate
 *     diagnostics        vote_success, rho_norm, l12_norm, median_mean_gap
 *
 * GROUND RULES (they hold for every function and are not repeated there)
 *
 *   - No allocation, no globals, no I/O, no errno: every function is reentrant. Scratch memory is passed in.
 *   - Sizes are size_t; m counts workers (rows), d coordinates. A matrix is an array of m row pointers.
 *   - Destination first, then sources, sizes, parameters, scratch. Outputs overlap neither inputs nor each other,
 *     unless said.
 *   - Fallible functions return MEDSGD_OK (0), a negative MEDSGD_ERR_..., or the positive MEDSGD_NOT_CONVERGED (usable
 *     result). On an error nothing at all is written.
 *   - d = 0 is a valid empty vector: MEDSGD_OK, null pointers or not. m = 0, k = 0 and k > d are MEDSGD_ERR_SIZE.
 *   - NaN and infinity are ordinary input; what each function makes of them is part of its description.
 *   - Same input, same bits out, on every IEEE 754 platform, for every split of the coordinates into slices.
 *
 * FLOAT ASSUMPTIONS
 *
 *   IEEE 754 binary32 and binary64, round to nearest even, subnormals kept, each operation rounded to its own type. The
 *   header switches contraction (fused multiply-add) off for its own bodies and refuses to compile where the rest
 *   cannot be had.
 */
#ifdef MEDSGD_H /* included before: the options must be the same */
#  if defined(MEDSGD_DOUBLE) && !MEDSGD__REAL_IS_DOUBLE
#    error "medsgd.h was included before without MEDSGD_DOUBLE: define it before the first inclusion"
#  elif !defined(MEDSGD_DOUBLE) && MEDSGD__REAL_IS_DOUBLE
#    error "medsgd.h was included before with MEDSGD_DOUBLE: keep it defined for later inclusions"
#  endif
#  if defined(MEDSGD_STATIC) && !MEDSGD__IS_STATIC
#    error "medsgd.h was included before without MEDSGD_STATIC: define it before the first inclusion"
#  elif !defined(MEDSGD_STATIC) && MEDSGD__IS_STATIC
#    error "medsgd.h was included before with MEDSGD_STATIC, which has private bodies: keep it for later inclusions"
#  endif
#endif

#ifndef MEDSGD_H
#define MEDSGD_H

#include <float.h>
#include <math.h>
#include <stddef.h>
#include <stdint.h>

#define MEDSGD_VERSION_MAJOR 1
#define MEDSGD_VERSION_MINOR 0
#define MEDSGD_VERSION_PATCH 0
#define MEDSGD_VERSION "1.0.0"

/* Options, to be defined before the inclusion:
 *   MEDSGD_IMPLEMENTATION   emit the bodies here (in one translation unit)
 *   MEDSGD_STATIC           make every function static, bodies included: each unit carries a copy of its own
 *   MEDSGD_DOUBLE           medsgd_real is double, not float (the same in all units that are linked together)
 *   MEDSGD_MULTIVERSION     beside MEDSGD_IMPLEMENTATION or MEDSGD_STATIC: every body in versions for x86-64, AVX2 and
 *                           AVX-512, between which the program's loader chooses (gcc, or clang from 19 on; ELF)
 */
#ifdef MEDSGD_DOUBLE
typedef double medsgd_real;
#  define MEDSGD__REAL_IS_DOUBLE 1
#else
typedef float medsgd_real;
#  define MEDSGD__REAL_IS_DOUBLE 0
#endif

#if defined(__GNUC__) || defined(__clang__)
#  define MEDSGD__UNUSED __attribute__((unused))
#else
#  define MEDSGD__UNUSED
#endif
#ifdef MEDSGD_STATIC
#  define MEDSGD__IS_STATIC 1
#  define MEDSGD_API static MEDSGD__UNUSED
#else
#  define MEDSGD__IS_STATIC 0
#  define MEDSGD_API extern
#endif

#ifdef __cplusplus
extern "C" {
#endif

#define MEDSGD_OK 0
#define MEDSGD_NOT_CONVERGED 1 /* max_iterations came before the tolerance; the result is usable        */
#define MEDSGD_ERR_NULL (-1)   /* a pointer that is needed is null                                      */
#define MEDSGD_ERR_SIZE (-2)   /* m, d, k or a product is zero where it may not be, too large, or inconsistent */
#define MEDSGD_ERR_PARAM (-3)  /* a scalar parameter is out of its range or not finite                  */
#define MEDSGD_ERR_DATA (-4)   /* no usable row                                                         */

/* The name of a status code as text; "unknown status" for any other value. Never null. */
/*@ terminates \true;
    exits \false;
    assigns \result \from status;
    ensures \result != \null; */
MEDSGD_API const char *medsgd_strerror(int status);

/* Words of a packed sign vector of d coordinates: coordinate j is bit j % 64 of word j / 64. */
#define MEDSGD_WORDS(d) ((size_t)(d) / 64u + (size_t)((size_t)(d) % 64u != 0))

/* Identifies a stream of random numbers; no two (seed, worker, round) share any. */
typedef struct medsgd_stream {
  uint64_t seed;
  uint32_t worker;
  uint32_t round;
} medsgd_stream;

/* ======== signs: one bit a coordinate, packed ========
 *
 * A packed sign vector is uint64_t[MEDSGD_WORDS(d)]; coordinate j is bit j % 64 of word j / 64; bits past d are 0. A
 * set bit of the plane `neg` means -1, a set bit of the plane `zero` means 0. Where a function reads both and finds
 * both bits set (a message this header never packs), the zero counts and the neg bit is ignored. Bits past d in an
 * input are ignored.
 */
/*@ // Bit i of a word.
    predicate medsgd_bit(integer word, integer i) = (word & (1 << i)) != 0;
    // Words of a packed vector: MEDSGD_WORDS(d).
    logic integer medsgd_words(integer d) = (d + 63) / 64;
    // The bits of a packed vector past d are 0.
    predicate medsgd_padded{L}(uint64_t *v, integer d) =
      \forall integer w, i; 0 <= w < medsgd_words(d) && 0 <= i < 64 && d <= 64 * w + i ==> !medsgd_bit(v[w], i);
*/
#ifdef MEDSGD_DOUBLE
/*@ predicate medsgd_negative(double v) = \lt_double(v, (double)0.0);
    predicate medsgd_positive(double v) = \gt_double(v, (double)0.0);
    logic double medsgd_opposite(double v) = \neg_double(v);
    logic double medsgd_minus(double a, double b) = \sub_double(a, b);
    // Equal in value, or both NaN.
    predicate medsgd_same(double a, double b) = \eq_double(a, b) || (\is_NaN(a) && \is_NaN(b));
*/
#else
/*@ predicate medsgd_negative(float v) = \lt_float(v, (float)0.0);
    predicate medsgd_positive(float v) = \gt_float(v, (float)0.0);
    logic float medsgd_opposite(float v) = \neg_float(v);
    logic float medsgd_minus(float a, float b) = \sub_float(a, b);
    // Equal in value, or both NaN.
    predicate medsgd_same(float a, float b) = \eq_float(a, b) || (\is_NaN(a) && \is_NaN(b));
*/
#endif

/* The signs of g (signSGD's message; Chen, Algorithm 1, line 3).
 * neg: MEDSGD_WORDS(d) words; bit j becomes g[j] < 0. 0, -0 and NaN give a clear bit, that is +1. Bits past d become 0.
 * Errors: MEDSGD_ERR_NULL. Cost: one read of g. */
/*@ requires d > 0 && neg != \null && g != \null ==> \valid(neg + (0 .. medsgd_words(d) - 1)) &&
      \valid_read(g + (0 .. d - 1)) && \separated(neg + (0 .. medsgd_words(d) - 1), g + (0 .. d - 1));
    terminates \true;
    assigns neg[0 .. medsgd_words(d) - 1];
    behavior empty:
      assumes d == 0;
      assigns \nothing;
      ensures \result == MEDSGD_OK;
    behavior null:
      assumes d > 0 && (neg == \null || g == \null);
      assigns \nothing;
      ensures \result == MEDSGD_ERR_NULL;
    behavior ok:
      assumes d > 0 && neg != \null && g != \null;
      assigns neg[0 .. medsgd_words(d) - 1];
      ensures \result == MEDSGD_OK;
      ensures signs: \forall integer w, i; 0 <= w && 0 <= i < 64 && 64 * w + i < d ==>
        (medsgd_bit(neg[w], i) <==> medsgd_negative(g[64 * w + i]));
      ensures padding: medsgd_padded(neg, d);
    complete behaviors;
    disjoint behaviors; */
MEDSGD_API int medsgd_sign_pack(uint64_t *neg, const medsgd_real *g, size_t d);

/* The signs of g with abstentions.
 * neg, zero: MEDSGD_WORDS(d) words each; bit j of neg becomes g[j] < 0, bit j of zero becomes (g[j] is 0, -0 or NaN),
 * so the two are never both set. Bits past d become 0 in both.
 * Errors: MEDSGD_ERR_NULL. Cost: one read of g. */
/*@ requires d > 0 && neg != \null && zero != \null && g != \null ==> \valid(neg + (0 .. medsgd_words(d) - 1)) &&
      \valid(zero + (0 .. medsgd_words(d) - 1)) && \valid_read(g + (0 .. d - 1)) &&
      \separated(neg + (0 .. medsgd_words(d) - 1), zero + (0 .. medsgd_words(d) - 1), g + (0 .. d - 1));
    terminates \true;
    assigns neg[0 .. medsgd_words(d) - 1], zero[0 .. medsgd_words(d) - 1];
    behavior empty:
      assumes d == 0;
      assigns \nothing;
      ensures \result == MEDSGD_OK;
    behavior null:
      assumes d > 0 && (neg == \null || zero == \null || g == \null);
      assigns \nothing;
      ensures \result == MEDSGD_ERR_NULL;
    behavior ok:
      assumes d > 0 && neg != \null && zero != \null && g != \null;
      assigns neg[0 .. medsgd_words(d) - 1], zero[0 .. medsgd_words(d) - 1];
      ensures \result == MEDSGD_OK;
      ensures signs: \forall integer w, i; 0 <= w && 0 <= i < 64 && 64 * w + i < d ==>
        (medsgd_bit(neg[w], i) <==> medsgd_negative(g[64 * w + i]));
      ensures zeros: \forall integer w, i; 0 <= w && 0 <= i < 64 && 64 * w + i < d ==>
        (medsgd_bit(zero[w], i) <==> !medsgd_negative(g[64 * w + i]) && !medsgd_positive(g[64 * w + i]));
      ensures padding: medsgd_padded(neg, d) && medsgd_padded(zero, d);
    complete behaviors;
    disjoint behaviors; */
MEDSGD_API int medsgd_sign_pack_ternary(uint64_t *neg, uint64_t *zero, const medsgd_real *g, size_t d);

/* out[j] = scale * sign_j: -scale where bit j of neg is set, +scale where it is not, and exactly +0 where `zero` is not
 * null and its bit j is set.
 * Errors: MEDSGD_ERR_NULL (out or neg; zero may be null); MEDSGD_ERR_PARAM for a scale that is NaN or infinite.
 * Cost: one write of out. */
/*@ requires d > 0 && out != \null && neg != \null ==> \valid(out + (0 .. d - 1)) &&
      \valid_read(neg + (0 .. medsgd_words(d) - 1)) && \separated(out + (0 .. d - 1), neg + (0 .. medsgd_words(d) - 1));
    requires d > 0 && out != \null && neg != \null && zero != \null ==>
      \valid_read(zero + (0 .. medsgd_words(d) - 1)) &&
      \separated(out + (0 .. d - 1), zero + (0 .. medsgd_words(d) - 1));
    terminates \true;
    assigns out[0 .. d - 1];
    behavior empty:
      assumes d == 0;
      assigns \nothing;
      ensures \result == MEDSGD_OK;
    behavior null:
      assumes d > 0 && (out == \null || neg == \null);
      assigns \nothing;
      ensures \result == MEDSGD_ERR_NULL;
    behavior param:
      assumes d > 0 && out != \null && neg != \null && !\is_finite(scale);
      assigns \nothing;
      ensures \result == MEDSGD_ERR_PARAM;
    behavior ok:
      assumes d > 0 && out != \null && neg != \null && \is_finite(scale);
      assigns out[0 .. d - 1];
      ensures \result == MEDSGD_OK;
      ensures zeros: \forall integer j; 0 <= j < d && zero != \null && medsgd_bit(zero[j / 64], j % 64) ==>
        medsgd_same(out[j], (medsgd_real)0.0);
      ensures minus: \forall integer j; 0 <= j < d && (zero == \null || !medsgd_bit(zero[j / 64], j % 64)) &&
        medsgd_bit(neg[j / 64], j % 64) ==> medsgd_same(out[j], medsgd_opposite(scale));
      ensures plus: \forall integer j; 0 <= j < d && (zero == \null || !medsgd_bit(zero[j / 64], j % 64)) &&
        !medsgd_bit(neg[j / 64], j % 64) ==> medsgd_same(out[j], scale);
    complete behaviors;
    disjoint behaviors; */
MEDSGD_API int medsgd_sign_unpack(medsgd_real *out, const uint64_t *neg, const uint64_t *zero, size_t d,
                                  medsgd_real scale);

/* x[j] -= step * sign_j, in place (signSGD's update; Safaryan, Algorithm 1): x[j] + step where bit j of neg is set,
 * x[j] - step where it is not (each rounded once), and x[j] as it was where `zero` is not null and its bit j is set.
 * NaN and infinities in x follow IEEE arithmetic.
 * Errors: MEDSGD_ERR_NULL (x or neg; zero may be null); MEDSGD_ERR_PARAM for a step that is NaN or infinite. Cost: one
 * read and one write of x. */
/*@ requires d > 0 && x != \null && neg != \null ==> \valid(x + (0 .. d - 1)) &&
      \valid_read(neg + (0 .. medsgd_words(d) - 1)) && \separated(x + (0 .. d - 1), neg + (0 .. medsgd_words(d) - 1));
    requires d > 0 && x != \null && neg != \null && zero != \null ==>
      \valid_read(zero + (0 .. medsgd_words(d) - 1)) && \separated(x + (0 .. d - 1), zero + (0 .. medsgd_words(d) - 1));
    terminates \true;
    assigns x[0 .. d - 1];
    behavior empty:
      assumes d == 0;
      assigns \nothing;
      ensures \result == MEDSGD_OK;
    behavior null:
      assumes d > 0 && (x == \null || neg == \null);
      assigns \nothing;
      ensures \result == MEDSGD_ERR_NULL;
    behavior param:
      assumes d > 0 && x != \null && neg != \null && !\is_finite(step);
      assigns \nothing;
      ensures \result == MEDSGD_ERR_PARAM;
    behavior ok:
      assumes d > 0 && x != \null && neg != \null && \is_finite(step);
      assigns x[0 .. d - 1];
      ensures \result == MEDSGD_OK;
      ensures zeros: \forall integer j; 0 <= j < d && zero != \null && medsgd_bit(zero[j / 64], j % 64) ==>
        medsgd_same(x[j], \old(x[j]));
      ensures minus: \forall integer j; 0 <= j < d && (zero == \null || !medsgd_bit(zero[j / 64], j % 64)) &&
        medsgd_bit(neg[j / 64], j % 64) ==> medsgd_same(x[j], medsgd_minus(\old(x[j]), medsgd_opposite(step)));
      ensures plus: \forall integer j; 0 <= j < d && (zero == \null || !medsgd_bit(zero[j / 64], j % 64)) &&
        !medsgd_bit(neg[j / 64], j % 64) ==> medsgd_same(x[j], medsgd_minus(\old(x[j]), step));
    complete behaviors;
    disjoint behaviors; */
MEDSGD_API int medsgd_sign_step(medsgd_real *x, const uint64_t *neg, const uint64_t *zero, size_t d, medsgd_real step);

/* A packed vector as d / 8 bytes, rounded up, in the wire format: coordinate j is bit j % 8 of byte j / 8, on every
 * byte order. Bits past d in the last byte become 0, whatever words has there.
 * Errors: MEDSGD_ERR_NULL. Cost: one read and one write of the packed vector. */
/*@ requires d > 0 && bytes != \null && words != \null ==> \valid(bytes + (0 .. (d + 7) / 8 - 1)) &&
      \valid_read(words + (0 .. medsgd_words(d) - 1)) &&
      \separated(bytes + (0 .. (d + 7) / 8 - 1), words + (0 .. medsgd_words(d) - 1));
    terminates \true;
    assigns bytes[0 .. (d + 7) / 8 - 1];
    behavior empty:
      assumes d == 0;
      assigns \nothing;
      ensures \result == MEDSGD_OK;
    behavior null:
      assumes d > 0 && (bytes == \null || words == \null);
      assigns \nothing;
      ensures \result == MEDSGD_ERR_NULL;
    behavior ok:
      assumes d > 0 && bytes != \null && words != \null;
      assigns bytes[0 .. (d + 7) / 8 - 1];
      ensures \result == MEDSGD_OK;
      ensures bits: \forall integer n, i; 0 <= n && 0 <= i < 8 && 8 * n + i < d ==>
        (medsgd_bit(bytes[n], i) <==> medsgd_bit(words[n / 8], 8 * (n % 8) + i));
      ensures padding: \forall integer n, i; 0 <= n && 0 <= i < 8 && 8 * n < d <= 8 * n + i ==>
        !medsgd_bit(bytes[n], i);
    complete behaviors;
    disjoint behaviors; */
MEDSGD_API int medsgd_words_to_bytes(unsigned char *bytes, const uint64_t *words, size_t d);

/* The inverse of medsgd_words_to_bytes: reads d / 8 bytes, rounded up; bits past d in the last word become 0, whatever
 * the last byte has there.
 * Errors: MEDSGD_ERR_NULL. Cost: one read and one write of the packed vector. */
/*@ requires d > 0 && words != \null && bytes != \null ==> \valid(words + (0 .. medsgd_words(d) - 1)) &&
      \valid_read(bytes + (0 .. (d + 7) / 8 - 1)) &&
      \separated(words + (0 .. medsgd_words(d) - 1), bytes + (0 .. (d + 7) / 8 - 1));
    terminates \true;
    assigns words[0 .. medsgd_words(d) - 1];
    behavior empty:
      assumes d == 0;
      assigns \nothing;
      ensures \result == MEDSGD_OK;
    behavior null:
      assumes d > 0 && (words == \null || bytes == \null);
      assigns \nothing;
      ensures \result == MEDSGD_ERR_NULL;
    behavior ok:
      assumes d > 0 && words != \null && bytes != \null;
      assigns words[0 .. medsgd_words(d) - 1];
      ensures \result == MEDSGD_OK;
      ensures bits: \forall integer w, b; 0 <= w && 0 <= b < 64 && 64 * w + b < d ==>
        (medsgd_bit(words[w], b) <==> medsgd_bit(bytes[8 * w + b / 8], b % 8));
      ensures padding: medsgd_padded(words, d);
    complete behaviors;
    disjoint behaviors; */
MEDSGD_API int medsgd_words_from_bytes(uint64_t *words, const unsigned char *bytes, size_t d);

/* ======== vote: the majority of signs, at once or as votes arrive ========
 *
 * A vote counts 2 when it is -1, 1 when it is 0 (an abstention) and 0 when it is +1. Over m votes the count S is m
 * minus the sum of the signs, so the majority is -1 where S > m, +1 where S < m, and there is a tie where S = m.
 */
/*@ logic integer medsgd_one(integer word, integer i) = (word & (1 << i)) != 0 ? 1 : 0;
    // What a vote counts in bit i of word w.
    logic integer medsgd_ballot{L}(uint64_t *neg, uint64_t *zero, integer w, integer i) =
      zero != \null && medsgd_one(zero[w], i) == 1 ? 1 : 2 * medsgd_one(neg[w], i);
    // The count of the first m rows.
    logic integer medsgd_count{L}(uint64_t **rows, uint64_t **zeros, integer m, integer w, integer i) =
      m <= 0 ? 0 : medsgd_count(rows, zeros, m - 1, w, i) +
        (zeros != \null && medsgd_one(zeros[m - 1][w], i) == 1 ? 1 : 2 * medsgd_one(rows[m - 1][w], i));
    predicate medsgd_rows{L}(uint64_t **rows, integer m, integer d) = \valid_read(rows + (0 .. m - 1)) &&
      \forall integer i; 0 <= i < m && rows[i] != \null ==> \valid_read(rows[i] + (0 .. medsgd_words(d) - 1));
    predicate medsgd_apart{L}(uint64_t *v, uint64_t **rows, integer m, integer d) =
      \separated(v + (0 .. medsgd_words(d) - 1), rows + (0 .. m - 1)) &&
      \forall integer i; 0 <= i < m ==>
        \separated(v + (0 .. medsgd_words(d) - 1), rows[i] + (0 .. medsgd_words(d) - 1));
*/

/* The majority vote: sign(sum of the m signs) in each coordinate (Chen, Algorithm 1; Safaryan, Algorithm 2; Yang,
 * Algorithm 1).
 * rows_neg: m packed vectors of d coordinates; rows_zero: null when nobody abstains, else m packed vectors, none of
 * them null (of a coordinate with both bits set the zero counts). neg, zero: MEDSGD_WORDS(d) words. A tie sets the
 * bit of zero and clears that of neg; with zero null a tie is +1. Bits past d are ignored in the rows and become 0 in
 * neg and zero.
 * Errors: MEDSGD_ERR_SIZE when m is 0 or above SIZE_MAX / 2; MEDSGD_ERR_NULL (neg, rows_neg, or any row).
 * Cost: one read of the rows (of those with abstentions through a copy in cache); at most 38 kB of stack. */
/*@ requires 0 < m <= SIZE_MAX / 2 && d > 0 && neg != \null && rows_neg != \null ==>
      \valid(neg + (0 .. medsgd_words(d) - 1)) && medsgd_rows(rows_neg, m, d) && medsgd_apart(neg, rows_neg, m, d);
    requires 0 < m <= SIZE_MAX / 2 && d > 0 && neg != \null && rows_neg != \null && rows_zero != \null ==>
      medsgd_rows(rows_zero, m, d) && medsgd_apart(neg, rows_zero, m, d);
    requires 0 < m <= SIZE_MAX / 2 && d > 0 && neg != \null && rows_neg != \null && zero != \null ==>
      \valid(zero + (0 .. medsgd_words(d) - 1)) && medsgd_apart(zero, rows_neg, m, d) &&
      \separated(neg + (0 .. medsgd_words(d) - 1), zero + (0 .. medsgd_words(d) - 1));
    requires 0 < m <= SIZE_MAX / 2 && d > 0 && neg != \null && rows_neg != \null && zero != \null &&
      rows_zero != \null ==> medsgd_apart(zero, rows_zero, m, d);
    terminates \true;
    assigns neg[0 .. medsgd_words(d) - 1], zero[0 .. medsgd_words(d) - 1];
    behavior empty:
      assumes m > 0 && d == 0;
      assigns \nothing;
      ensures \result == MEDSGD_OK;
    behavior size:
      assumes m == 0 || (d > 0 && m > SIZE_MAX / 2);
      assigns \nothing;
      ensures \result == MEDSGD_ERR_SIZE;
    behavior null:
      assumes 0 < m <= SIZE_MAX / 2 && d > 0;
      assumes neg == \null || rows_neg == \null ||
        \exists integer i; 0 <= i < m && (rows_neg[i] == \null || (rows_zero != \null && rows_zero[i] == \null));
      assigns \nothing;
      ensures \result == MEDSGD_ERR_NULL;
    behavior ok:
      assumes 0 < m <= SIZE_MAX / 2 && d > 0 && neg != \null && rows_neg != \null;
      assumes \forall integer i; 0 <= i < m ==>
        rows_neg[i] != \null && (rows_zero != \null ==> rows_zero[i] != \null);
      assigns neg[0 .. medsgd_words(d) - 1], zero[0 .. medsgd_words(d) - 1];
      ensures \result == MEDSGD_OK;
      ensures majority: \forall integer w, i; 0 <= w && 0 <= i < 64 && 64 * w + i < d ==>
        (medsgd_bit(neg[w], i) <==> \old(medsgd_count(rows_neg, rows_zero, m, w, i)) > m);
      ensures ties: \forall integer w, i; zero != \null && 0 <= w && 0 <= i < 64 && 64 * w + i < d ==>
        (medsgd_bit(zero[w], i) <==> \old(medsgd_count(rows_neg, rows_zero, m, w, i)) == m);
      ensures padding: medsgd_padded(neg, d) && (zero != \null ==> medsgd_padded(zero, d));
    complete behaviors;
    disjoint behaviors; */
MEDSGD_API int medsgd_vote(uint64_t *neg, uint64_t *zero, const uint64_t *const rows_neg[],
                           const uint64_t *const rows_zero[], size_t m, size_t d);

/* A tally: votes counted as they arrive, in any order and over any tree of partial sums.
 * planes holds `bits` consecutive packed vectors of d coordinates, the lowest bit first, of S = sum over the votes of
 * (2 neg + zero), modulo 2^bits; bits is the bit length of 2 * capacity, so that S never wraps in a tally that these
 * functions have made. votes and planes are all that has to travel between hosts. Every function checks the fields
 * (capacity in [1, SIZE_MAX / 2], bits as above, votes <= capacity: else MEDSGD_ERR_SIZE), so that a tally received
 * from elsewhere can give a wrong count but never an access outside its planes. */
typedef struct medsgd_tally {
  uint64_t *planes;
  size_t d;
  size_t capacity;
  size_t votes;
  unsigned bits;
} medsgd_tally;

/*@ axiomatic medsgd_powers { // (a block so that these facts are given to the provers only where powers occur)
      logic integer medsgd_p2(integer n) = n <= 0 ? 1 : 2 * medsgd_p2(n - 1);
      lemma medsgd_p2_8: medsgd_p2(8) == 0x100;
      lemma medsgd_p2_16: medsgd_p2(16) == 0x10000;
      lemma medsgd_p2_24: medsgd_p2(24) == 0x1000000;
      lemma medsgd_p2_32: medsgd_p2(32) == 0x100000000;
      lemma medsgd_p2_40: medsgd_p2(40) == 0x10000000000;
      lemma medsgd_p2_48: medsgd_p2(48) == 0x1000000000000;
      lemma medsgd_p2_56: medsgd_p2(56) == 0x100000000000000;
      lemma medsgd_p2_64: medsgd_p2(64) == 0x10000000000000000;
      lemma medsgd_p2_positive: \forall integer n; medsgd_p2(n) > 0;
      lemma medsgd_p2_grows: \forall integer n, k; k <= n ==> medsgd_p2(k) <= medsgd_p2(n);
      // The bit length of n, at most `most`.
      logic integer medsgd_length(integer n, integer most) =
        most <= 0 || medsgd_p2(most - 1) <= n ? most : medsgd_length(n, most - 1);
    }
    logic integer medsgd_bits(integer n) = medsgd_length(n, 64);
    logic integer medsgd__worth(integer word, integer i, integer weight) = (word & (1 << i)) != 0 ? weight : 0;
    axiomatic medsgd_planes { // definitions and lemmas, no axioms
      // Where word w of plane k is: a function, so that the provers find equal places.
      logic integer medsgd__place(integer stride, integer k, integer w) = stride * k + w;
      // The number whose bit k is bit i of planes[stride * k + w], k < bits.
      logic integer medsgd_value{L}(uint64_t *planes, integer stride, integer bits, integer w, integer i) =
        bits <= 0 ? 0 : medsgd_value(planes, stride, bits - 1, w, i) +
          medsgd__worth(planes[medsgd__place(stride, bits - 1, w)], i, medsgd_p2(bits - 1));
      // Numbers are the same where their bits are.
      lemma medsgd__value_same{A, B}: \forall integer bits, uint64_t *p, uint64_t *q, integer s, t, v, w, i;
        (\forall integer k; 0 <= k < bits ==>
          (medsgd_bit(\at(p[medsgd__place(s, k, v)], A), i) <==> medsgd_bit(\at(q[medsgd__place(t, k, w)], B), i))) ==>
        medsgd_value{A}(p, s, bits, v, i) == medsgd_value{B}(q, t, bits, w, i);
      lemma medsgd__value_range{L}: \forall integer bits, uint64_t *p, integer s, w, i;
        0 <= medsgd_value(p, s, bits, w, i) && medsgd_value(p, s, bits, w, i) < medsgd_p2(bits);
      // Plane k of n planes of `words` words.
      predicate medsgd__plane_inside(integer k, integer n, integer words) =
        0 <= words * k && words * k + words <= words * n;
      lemma medsgd__planes_inside: \forall integer k, n, words; 0 <= k < n && 0 <= words ==>
        medsgd__plane_inside(k, n, words);
    }
    predicate medsgd_tally_fits(integer d, integer capacity) = 0 < d && 0 < capacity <= SIZE_MAX / 2 &&
      medsgd_words(d) * medsgd_bits(2 * capacity) <= SIZE_MAX / 8;
    predicate medsgd_consistent{L}(medsgd_tally *t) = medsgd_tally_fits(t->d, t->capacity) &&
      t->bits == medsgd_bits(2 * t->capacity) && t->votes <= t->capacity;
*/

/* Words of scratch for a tally of up to `capacity` votes: MEDSGD_WORDS(d) times the bit length of 2 * capacity. 0
 * when d or capacity is 0, when capacity is above SIZE_MAX / 2, and when the size in bytes would overflow size_t. */
/*@ terminates \true;
    exits \false;
    assigns \nothing;
    ensures medsgd_tally_fits(d, capacity) ==> \result > 0;
    ensures medsgd_tally_fits(d, capacity) ==> \result == medsgd_words(d) * medsgd_bits(2 * capacity);
    ensures !medsgd_tally_fits(d, capacity) ==> \result == 0; */
MEDSGD_API size_t medsgd_tally_words(size_t d, size_t capacity);

/* An empty tally over `words` (medsgd_tally_words(d, capacity) of them, cleared here; they stay in use as long as the
 * tally). With d = 0 the tally is made too, if t is not null.
 * Errors: MEDSGD_ERR_SIZE when capacity is 0 or medsgd_tally_words overflows; MEDSGD_ERR_NULL. Cost: one write of the
 * words. */
/*@ requires capacity > 0 && d == 0 && t != \null ==> \valid(t);
    requires medsgd_tally_fits(d, capacity) && t != \null && words != \null ==> \valid(t) &&
      \valid(words + (0 .. medsgd_words(d) * medsgd_bits(2 * capacity) - 1)) &&
      \separated(t, words + (0 .. medsgd_words(d) * medsgd_bits(2 * capacity) - 1));
    terminates \true;
    assigns *t, words[0 .. medsgd_words(d) * medsgd_bits(2 * capacity) - 1];
    behavior size:
      assumes capacity == 0 || (d > 0 && !medsgd_tally_fits(d, capacity));
      assigns \nothing;
      ensures \result == MEDSGD_ERR_SIZE;
    behavior null:
      assumes medsgd_tally_fits(d, capacity) && (t == \null || words == \null);
      assigns \nothing;
      ensures \result == MEDSGD_ERR_NULL;
    behavior nowhere:
      assumes capacity > 0 && d == 0 && t == \null;
      assigns \nothing;
      ensures \result == MEDSGD_OK;
    behavior empty:
      assumes capacity > 0 && d == 0 && t != \null;
      assigns *t;
      ensures \result == MEDSGD_OK && t->planes == words && t->d == 0 && t->capacity == capacity && t->votes == 0;
    behavior ok:
      assumes medsgd_tally_fits(d, capacity) && t != \null && words != \null;
      assigns *t, words[0 .. medsgd_words(d) * medsgd_bits(2 * capacity) - 1];
      ensures \result == MEDSGD_OK && t->planes == words && t->d == d && t->capacity == capacity && t->votes == 0;
      ensures medsgd_consistent(t);
      ensures cleared: \forall integer j; 0 <= j < medsgd_words(d) * t->bits ==> words[j] == 0;
    complete behaviors;
    disjoint behaviors; */
MEDSGD_API int medsgd_tally_init(medsgd_tally *t, uint64_t *words, size_t d, size_t capacity);

/* Adds one vote: zero may be null (no abstention); of a coordinate with both bits set the zero counts. Bits past d are
 * ignored. A tally of d = 0 coordinates takes any number of votes and counts them up to its capacity.
 * Errors: MEDSGD_ERR_SIZE when the tally is full or inconsistent; MEDSGD_ERR_NULL (t, its planes, neg).
 * Cost: one read and one write of the planes. */
/*@ requires t != \null ==> \valid(t);
    requires t != \null && medsgd_consistent(t) && t->votes < t->capacity && t->planes != \null && neg != \null ==>
      \valid(t->planes + (0 .. medsgd_words(t->d) * t->bits - 1)) &&
      \valid_read(neg + (0 .. medsgd_words(t->d) - 1)) &&
      \separated(t, t->planes + (0 .. medsgd_words(t->d) * t->bits - 1), neg + (0 .. medsgd_words(t->d) - 1));
    requires t != \null && medsgd_consistent(t) && t->votes < t->capacity && t->planes != \null && neg != \null &&
      zero != \null ==> \valid_read(zero + (0 .. medsgd_words(t->d) - 1)) &&
      \separated(t->planes + (0 .. medsgd_words(t->d) * t->bits - 1), zero + (0 .. medsgd_words(t->d) - 1));
    terminates \true;
    assigns t->votes, t->planes[0 .. medsgd_words(t->d) * t->bits - 1];
    behavior nowhere:
      assumes t == \null;
      assigns \nothing;
      ensures \result == MEDSGD_ERR_NULL;
    behavior empty:
      assumes t != \null && t->d == 0;
      assigns t->votes;
      ensures \result == MEDSGD_OK;
      ensures t->votes == (\old(t->votes) < t->capacity ? \old(t->votes) + 1 : \old(t->votes));
    behavior size:
      assumes t != \null && t->d > 0 && (!medsgd_consistent(t) || t->votes == t->capacity);
      assigns \nothing;
      ensures \result == MEDSGD_ERR_SIZE;
    behavior null:
      assumes t != \null && medsgd_consistent(t) && t->votes < t->capacity && (t->planes == \null || neg == \null);
      assigns \nothing;
      ensures \result == MEDSGD_ERR_NULL;
    behavior ok:
      assumes t != \null && medsgd_consistent(t) && t->votes < t->capacity && t->planes != \null && neg != \null;
      assigns t->votes, t->planes[0 .. medsgd_words(t->d) * t->bits - 1];
      ensures \result == MEDSGD_OK && t->votes == \old(t->votes) + 1;
      ensures counted: \forall integer w, i; 0 <= w && 0 <= i < 64 && 64 * w + i < t->d ==>
        \old(medsgd_value(t->planes, medsgd_words(t->d), t->bits, w, i) + medsgd_ballot(neg, zero, w, i)) <
          medsgd_p2(t->bits) ==>
        medsgd_value(t->planes, medsgd_words(t->d), t->bits, w, i) ==
          \old(medsgd_value(t->planes, medsgd_words(t->d), t->bits, w, i) + medsgd_ballot(neg, zero, w, i));
    complete behaviors;
    disjoint behaviors; */
MEDSGD_API int medsgd_tally_add(medsgd_tally *t, const uint64_t *neg, const uint64_t *zero);

/* Adds all votes of `from` to `into`; `from` stays. Associative and commutative in the counts: an all-reduce
 * operator. The capacities may differ as long as the votes together fit that of `into`. The two may be the same tally
 * (every vote then counts twice); otherwise their planes must not overlap. With d = 0 as in medsgd_tally_add. Planes
 * of `from` above those of `into` are 0 in every tally that fits; in one that was tampered with they are ignored.
 * Errors: MEDSGD_ERR_SIZE when the votes exceed the capacity of `into`, d differs, or a tally is inconsistent;
 * MEDSGD_ERR_NULL. Cost: one read of the planes of both, one write of those of `into`. */
/*@ requires into != \null && from != \null ==> \valid(into) && \valid_read(from);
    requires into != \null && from != \null && medsgd_consistent(into) && medsgd_consistent(from) &&
      into->planes != \null && from->planes != \null ==>
      \valid(into->planes + (0 .. medsgd_words(into->d) * into->bits - 1)) &&
      \valid_read(from->planes + (0 .. medsgd_words(from->d) * from->bits - 1)) &&
      \separated(into, into->planes + (0 .. medsgd_words(into->d) * into->bits - 1)) &&
      \separated(from, into->planes + (0 .. medsgd_words(into->d) * into->bits - 1)) &&
      (into->planes == from->planes || \separated(into->planes + (0 .. medsgd_words(into->d) * into->bits - 1),
        from->planes + (0 .. medsgd_words(from->d) * from->bits - 1)));
    terminates \true;
    assigns into->votes, into->planes[0 .. medsgd_words(into->d) * into->bits - 1];
    behavior nowhere:
      assumes into == \null || from == \null;
      assigns \nothing;
      ensures \result == MEDSGD_ERR_NULL;
    behavior size:
      assumes into != \null && from != \null && (into->d != from->d || (into->d > 0 && (!medsgd_consistent(into) ||
        !medsgd_consistent(from) || into->votes + from->votes > into->capacity)));
      assigns \nothing;
      ensures \result == MEDSGD_ERR_SIZE;
    behavior empty:
      assumes into != \null && from != \null && into->d == 0 && from->d == 0;
      assigns into->votes;
      ensures \result == MEDSGD_OK;
    behavior null:
      assumes into != \null && from != \null && into->d == from->d && medsgd_consistent(into) &&
        medsgd_consistent(from) && into->votes + from->votes <= into->capacity;
      assumes into->planes == \null || from->planes == \null;
      assigns \nothing;
      ensures \result == MEDSGD_ERR_NULL;
    behavior ok:
      assumes into != \null && from != \null && into->d == from->d && medsgd_consistent(into) &&
        medsgd_consistent(from) && into->votes + from->votes <= into->capacity;
      assumes into->planes != \null && from->planes != \null;
      assigns into->votes, into->planes[0 .. medsgd_words(into->d) * into->bits - 1];
      ensures \result == MEDSGD_OK && into->votes == \old(into->votes + from->votes);
      ensures merged: \forall integer w, i; 0 <= w && 0 <= i < 64 && 64 * w + i < into->d ==>
        \old(medsgd_value(into->planes, medsgd_words(into->d), into->bits, w, i) +
          medsgd_value(from->planes, medsgd_words(from->d), from->bits, w, i)) < medsgd_p2(into->bits) ==>
        medsgd_value(into->planes, medsgd_words(into->d), into->bits, w, i) ==
          \old(medsgd_value(into->planes, medsgd_words(into->d), into->bits, w, i) +
            medsgd_value(from->planes, medsgd_words(from->d), from->bits, w, i));
    complete behaviors;
    disjoint behaviors; */
MEDSGD_API int medsgd_tally_merge(medsgd_tally *into, const medsgd_tally *from);

/* out[j] = scale * (sum of the signs of coordinate j), SSDM's s_k (Safaryan, Algorithm 3). The sum, votes - S, is an
 * exact integer; it is converted to medsgd_real (exact up to 2^24, in double 2^53, else rounded to nearest) and
 * multiplied by the scale (rounded once more). No votes: the sum is 0.
 * Errors: MEDSGD_ERR_SIZE when the tally is inconsistent; MEDSGD_ERR_NULL; MEDSGD_ERR_PARAM for a scale that is NaN or
 * infinite. Cost: one read of the planes, one write of
 * out. */
/*@ requires t != \null ==> \valid_read(t);
    requires t != \null && medsgd_consistent(t) && out != \null && t->planes != \null ==>
      \valid(out + (0 .. t->d - 1)) && \valid_read(t->planes + (0 .. medsgd_words(t->d) * t->bits - 1)) &&
      \separated(t, out + (0 .. t->d - 1)) &&
      \separated(out + (0 .. t->d - 1), t->planes + (0 .. medsgd_words(t->d) * t->bits - 1));
    terminates \true;
    assigns out[0 .. t->d - 1];
    behavior nowhere:
      assumes t == \null;
      assigns \nothing;
      ensures \result == MEDSGD_ERR_NULL;
    behavior empty:
      assumes t != \null && t->d == 0;
      assigns \nothing;
      ensures \result == MEDSGD_OK;
    behavior size:
      assumes t != \null && t->d > 0 && !medsgd_consistent(t);
      assigns \nothing;
      ensures \result == MEDSGD_ERR_SIZE;
    behavior null:
      assumes t != \null && medsgd_consistent(t) && (out == \null || t->planes == \null);
      assigns \nothing;
      ensures \result == MEDSGD_ERR_NULL;
    behavior param:
      assumes t != \null && medsgd_consistent(t) && out != \null && t->planes != \null && !\is_finite(scale);
      assigns \nothing;
      ensures \result == MEDSGD_ERR_PARAM;
    behavior ok:
      assumes t != \null && medsgd_consistent(t) && out != \null && t->planes != \null && \is_finite(scale);
      assigns out[0 .. t->d - 1];
      ensures \result == MEDSGD_OK;
    complete behaviors;
    disjoint behaviors; */
MEDSGD_API int medsgd_tally_sum(medsgd_real *out, const medsgd_tally *t, medsgd_real scale);

/* The majority of the votes so far, as medsgd_vote gives it: neg and zero of MEDSGD_WORDS(d) words, ties in zero;
 * with zero null a tie is +1. No votes: a tie everywhere.
 * Errors: MEDSGD_ERR_SIZE when the tally is inconsistent; MEDSGD_ERR_NULL (neg, t, its planes). Cost: one read of the
 * planes. */
/*@ requires t != \null ==> \valid_read(t);
    requires t != \null && medsgd_consistent(t) && neg != \null && t->planes != \null ==>
      \valid(neg + (0 .. medsgd_words(t->d) - 1)) &&
      \valid_read(t->planes + (0 .. medsgd_words(t->d) * t->bits - 1)) &&
      \separated(t, neg + (0 .. medsgd_words(t->d) - 1)) &&
      \separated(neg + (0 .. medsgd_words(t->d) - 1), t->planes + (0 .. medsgd_words(t->d) * t->bits - 1));
    requires t != \null && medsgd_consistent(t) && neg != \null && t->planes != \null && zero != \null ==>
      \valid(zero + (0 .. medsgd_words(t->d) - 1)) && \separated(t, zero + (0 .. medsgd_words(t->d) - 1)) &&
      \separated(neg + (0 .. medsgd_words(t->d) - 1), zero + (0 .. medsgd_words(t->d) - 1)) &&
      \separated(zero + (0 .. medsgd_words(t->d) - 1), t->planes + (0 .. medsgd_words(t->d) * t->bits - 1));
    terminates \true;
    assigns neg[0 .. medsgd_words(t->d) - 1], zero[0 .. medsgd_words(t->d) - 1];
    behavior nowhere:
      assumes t == \null;
      assigns \nothing;
      ensures \result == MEDSGD_ERR_NULL;
    behavior empty:
      assumes t != \null && t->d == 0;
      assigns \nothing;
      ensures \result == MEDSGD_OK;
    behavior size:
      assumes t != \null && t->d > 0 && !medsgd_consistent(t);
      assigns \nothing;
      ensures \result == MEDSGD_ERR_SIZE;
    behavior null:
      assumes t != \null && medsgd_consistent(t) && (neg == \null || t->planes == \null);
      assigns \nothing;
      ensures \result == MEDSGD_ERR_NULL;
    behavior ok:
      assumes t != \null && medsgd_consistent(t) && neg != \null && t->planes != \null;
      assigns neg[0 .. medsgd_words(t->d) - 1], zero[0 .. medsgd_words(t->d) - 1];
      ensures \result == MEDSGD_OK;
      ensures majority: \forall integer w, i; 0 <= w && 0 <= i < 64 && 64 * w + i < t->d ==>
        (medsgd_bit(neg[w], i) <==> \old(medsgd_value(t->planes, medsgd_words(t->d), t->bits, w, i)) > t->votes);
      ensures ties: \forall integer w, i; zero != \null && 0 <= w && 0 <= i < 64 && 64 * w + i < t->d ==>
        (medsgd_bit(zero[w], i) <==> \old(medsgd_value(t->planes, medsgd_words(t->d), t->bits, w, i)) == t->votes);
      ensures padding: medsgd_padded(neg, t->d) && (zero != \null ==> medsgd_padded(zero, t->d));
    complete behaviors;
    disjoint behaviors; */
MEDSGD_API int medsgd_tally_vote(uint64_t *neg, uint64_t *zero, const medsgd_tally *t);

/* ======== median ========
 * Coordinate-wise median, trimmed mean and mean of m rows, and selection (Chen, Algorithm 2; Yin et al.).
 *
 * Order: NaN counts as +infinity and -0 equals +0 (a zero result is always +0). Median and trimmed mean depend on the
 * multiset of the m values of a coordinate only: any order of the rows and any split of the coordinates gives the same
 * bits. As long as fewer than half of the rows (at most `trim` for the trimmed mean) are arbitrary, the result lies
 * within the range of the others.
 */

#ifdef MEDSGD_DOUBLE
/*@ predicate medsgd_less(medsgd_real x, medsgd_real y) = \lt_double(x, y); */
#else
/*@ predicate medsgd_less(medsgd_real x, medsgd_real y) = \lt_float(x, y); */
#endif
/*@ predicate medsgd_number(medsgd_real x) = !\is_NaN(x);

    // The same values are above both.
    predicate medsgd_alike(medsgd_real x, medsgd_real y) =
      \forall medsgd_real v; medsgd_less(x, v) <==> medsgd_less(y, v);

    logic integer medsgd_tiles(integer m) = 12 < m <= 256 ? 64 / ((m + 7) / 8) : 1;

    logic integer medsgd_work_rows(integer m) = (m + 7) / 8 * 8 * medsgd_tiles(m);

    logic integer medsgd_work_length(integer m) =
      0 < m <= SIZE_MAX / (64 * sizeof(medsgd_real)) - 8 ? 64 * medsgd_work_rows(m) + 64 / sizeof(medsgd_real) - 1 : 0;

    predicate medsgd_rows_readable{L}(medsgd_real **rows, integer m, integer d) =
      \valid_read(rows + (0 .. m - 1)) && \forall integer i; 0 <= i < m ==> \valid_read(rows[i] + (0 .. d - 1));

    predicate medsgd_rows_given{L}(medsgd_real **rows, integer m) =
      rows != \null && \forall integer i; 0 <= i < m ==> rows[i] != \null;

    predicate medsgd_rows_or_null{L}(medsgd_real **rows, integer m, integer d) =
      rows != \null ==> \valid_read(rows + (0 .. m - 1)) &&
        \forall integer i; 0 <= i < m && rows[i] != \null ==> \valid_read(rows[i] + (0 .. d - 1));

    predicate medsgd_top(medsgd_real x) = \is_NaN(x) || \is_plus_infinity(x);

    predicate medsgd_equal(medsgd_real x, medsgd_real y) = !medsgd_less(x, y) && !medsgd_less(y, x);

    predicate medsgd_rows_apart{L}(medsgd_real *out, integer n, medsgd_real **rows, integer m, integer d) =
      \separated(out + (0 .. n - 1), rows + (0 .. m - 1)) &&
      \forall integer i; 0 <= i < m ==> \separated(out + (0 .. n - 1), rows[i] + (0 .. d - 1));
*/

/*@ axiomatic medsgd__rank { // definitions and lemmas, no axioms
      // c of the values rows[0][j], ..., rows[m-1][j] are below v (a NaN never is, no more than +inf).
      predicate medsgd_counted{L}(medsgd_real **rows, integer m, integer j, medsgd_real v, integer c) =
        m <= 0 ? c == 0 :
          (medsgd_less(rows[m - 1][j], v) && medsgd_counted(rows, m - 1, j, v, c - 1)) ||
          (!medsgd_less(rows[m - 1][j], v) && medsgd_counted(rows, m - 1, j, v, c));

      // More than k, or at most k, of them are.
      predicate medsgd_more{L}(medsgd_real **rows, integer m, integer j, medsgd_real v, integer k) =
        \exists integer c; c > k && medsgd_counted(rows, m, j, v, c);
      predicate medsgd_at_most{L}(medsgd_real **rows, integer m, integer j, medsgd_real v, integer k) =
        \exists integer c; c <= k && medsgd_counted(rows, m, j, v, c);

      // x is in the place of the element of rank k (0: the smallest): below v exactly where more than k values are.
      predicate medsgd_has_rank{L}(medsgd_real **rows, integer m, integer j, integer k, medsgd_real x) =
        \forall medsgd_real v; (medsgd_less(x, v) ==> medsgd_more(rows, m, j, v, k)) &&
          (!medsgd_less(x, v) ==> medsgd_at_most(rows, m, j, v, k));

      // There is one count.
      lemma medsgd__counted_once{L}: \forall medsgd_real **rows, integer m, j, b, c, medsgd_real v;
          m >= 0 && medsgd_counted(rows, m, j, v, b) && medsgd_counted(rows, m, j, v, c) ==> b == c;

      // Bit i of word w of every vote is the sign of coordinate j of its row (medsgd_sign_pack: j = 64 w + i).
      predicate medsgd_signs{L}(uint64_t **votes, integer w, integer i, medsgd_real **rows, integer j, integer m) =
        \forall integer r; 0 <= r < m ==> (medsgd_bit(votes[r][w], i) <==> medsgd_negative(rows[r][j]));

      // Then the votes count twice the values below 0.
      lemma medsgd__votes_by_row{L}: \forall medsgd_real **rows, uint64_t **votes, integer m, w, i, j, c;
          m >= 0 && (\forall integer r; 0 <= r < m ==> (medsgd_bit(votes[r][w], i) <==> medsgd_negative(rows[r][j]))) &&
          medsgd_counted(rows, m, j, (medsgd_real)0.0, c) ==>
          medsgd_count(votes, (uint64_t **)\null, m, w, i) == 2 * c;
      lemma medsgd__votes_counted{L}: \forall medsgd_real **rows, uint64_t **votes, integer m, w, i, j, c;
          m >= 0 && medsgd_signs(votes, w, i, rows, j, m) && medsgd_counted(rows, m, j, (medsgd_real)0.0, c) ==>
          medsgd_count(votes, (uint64_t **)\null, m, w, i) == 2 * c;

      // More than half of an odd number of values are below 0, or not.
      lemma medsgd__rank_at_zero{L}: \forall medsgd_real **rows, integer m, j, k, medsgd_real x;
        medsgd_has_rank(rows, m, j, k, x) ==>
          (medsgd_negative(x) ==> medsgd_more(rows, m, j, (medsgd_real)0.0, k)) &&
          (!medsgd_negative(x) ==> medsgd_at_most(rows, m, j, (medsgd_real)0.0, k));
      lemma medsgd__vote_minus{L}: \forall medsgd_real **rows, uint64_t **votes, integer m, half, w, i, j;
        0 <= half && m == 2 * half + 1 && medsgd_more(rows, m, j, (medsgd_real)0.0, half) &&
        medsgd_signs(votes, w, i, rows, j, m) ==> medsgd_count(votes, (uint64_t **)\null, m, w, i) > m;
      lemma medsgd__vote_plus{L}: \forall medsgd_real **rows, uint64_t **votes, integer m, half, w, i, j;
        0 <= half && m == 2 * half + 1 && medsgd_at_most(rows, m, j, (medsgd_real)0.0, half) &&
        medsgd_signs(votes, w, i, rows, j, m) ==> medsgd_count(votes, (uint64_t **)\null, m, w, i) < m;

      // Proposition 1 (Chen): for odd m the majority vote of the packed signs (medsgd_vote: its bit is set where the
      // count is above m) is the packed sign of the median, the element of rank (m - 1)/2.
      lemma medsgd_proposition_1{L}: \forall medsgd_real **rows, uint64_t **votes, integer m, half, w, i, j,
          medsgd_real median;
        0 <= half && m == 2 * half + 1 && medsgd_has_rank(rows, m, j, half, median) &&
        medsgd_signs(votes, w, i, rows, j, m) ==>
          (medsgd_count(votes, (uint64_t **)\null, m, w, i) > m <==> medsgd_negative(median));
    }
*/

/*@ axiomatic medsgd__reaching { // definitions and lemmas, no axioms
      // x is above v or, where ties != 0, not below it.
      predicate medsgd_reaches(medsgd_real x, medsgd_real v, integer ties) =
        medsgd_less(v, x) || (ties != 0 && !medsgd_less(x, v));
      // c of a[0..n-1] reach v.
      predicate medsgd_reached{L}(medsgd_real *a, integer n, medsgd_real v, integer ties, integer c) =
        n <= 0 ? c == 0 :
          (medsgd_reaches(a[n - 1], v, ties) && medsgd_reached(a, n - 1, v, ties, c - 1)) ||
          (!medsgd_reaches(a[n - 1], v, ties) && medsgd_reached(a, n - 1, v, ties, c));
      lemma medsgd__reached_range{L}: \forall medsgd_real *a, integer n, medsgd_real v, integer ties, c;
        0 <= n && medsgd_reached(a, n, v, ties, c) ==> 0 <= c <= n;
      lemma medsgd__reached_once{L}: \forall medsgd_real *a, integer n, medsgd_real v, integer ties, b, c;
        0 <= n && medsgd_reached(a, n, v, ties, b) && medsgd_reached(a, n, v, ties, c) ==> b == c;
      lemma medsgd__reached_grows{L}: \forall medsgd_real *a, integer m, n, medsgd_real v, integer ties, b, c;
        0 <= m <= n && medsgd_reached(a, m, v, ties, b) && medsgd_reached(a, n, v, ties, c) ==> b <= c;
      // Where c of the first n elements reached v, c + e do now.
      predicate medsgd__regained{A, B}(medsgd_real *a, integer n, medsgd_real v, integer ties, integer e) =
        \forall integer c; medsgd_reached{A}(a, n, v, ties, c) ==> medsgd_reached{B}(a, n, v, ties, c + e);
      // The same values in another order, as far as order tells them apart.
      predicate medsgd_permuted{A, B}(medsgd_real *a, integer n) =
        \forall medsgd_real v, integer ties; medsgd__regained{A, B}(a, n, v, ties, 0);
      // The elements from m on reach v as before; element i adds e.
      predicate medsgd__alike{A, B}(medsgd_real *a, integer m, integer n, medsgd_real v, integer ties) =
        \forall integer q; m <= q < n ==>
          (medsgd_reaches(\at(a[q], A), v, ties) <==> medsgd_reaches(\at(a[q], B), v, ties));
      predicate medsgd__gains{A, B}(medsgd_real *a, integer i, medsgd_real v, integer ties, integer e) =
        \let before = \at(a[i], A); \let after = \at(a[i], B);
        (medsgd_reaches(before, v, ties) && medsgd_reaches(after, v, ties) && e == 0) ||
        (!medsgd_reaches(before, v, ties) && !medsgd_reaches(after, v, ties) && e == 0) ||
        (medsgd_reaches(before, v, ties) && !medsgd_reaches(after, v, ties) && e == -1) ||
        (!medsgd_reaches(before, v, ties) && medsgd_reaches(after, v, ties) && e == 1);
      lemma medsgd__regained_none{A, B}: \forall medsgd_real *a, v, integer ties;
        medsgd__regained{A, B}(a, 0, v, ties, 0);
      lemma medsgd__regained_next{A, B}: \forall medsgd_real *a, integer i, medsgd_real v, integer ties, e, f;
        0 <= i && medsgd__regained{A, B}(a, i, v, ties, e) && medsgd__gains{A, B}(a, i, v, ties, f) ==>
        medsgd__regained{A, B}(a, i + 1, v, ties, e + f);
      lemma medsgd__regained_behind{A, B}: \forall medsgd_real *a, integer m, n, medsgd_real v, integer ties, e;
        0 <= m <= n && medsgd__regained{A, B}(a, m, v, ties, e) && medsgd__alike{A, B}(a, m, n, v, ties) ==>
        medsgd__regained{A, B}(a, n, v, ties, e);
      lemma medsgd__reached_same{A, B}: \forall medsgd_real *a, integer n, medsgd_real v, integer ties, c;
        0 <= n && medsgd__alike{A, B}(a, 0, n, v, ties) && medsgd_reached{A}(a, n, v, ties, c) ==>
        medsgd_reached{B}(a, n, v, ties, c);
      // What was in place i is in place j, and the other way round; all else as before.
      predicate medsgd__swapped{A, B}(medsgd_real *a, integer n, integer i, integer j, medsgd_real v, integer ties) =
        (medsgd_reaches(\at(a[i], A), v, ties) <==> medsgd_reaches(\at(a[j], B), v, ties)) &&
        (medsgd_reaches(\at(a[j], A), v, ties) <==> medsgd_reaches(\at(a[i], B), v, ties)) &&
        medsgd__alike{A, B}(a, 0, i, v, ties) && medsgd__alike{A, B}(a, i + 1, j, v, ties) &&
        medsgd__alike{A, B}(a, j + 1, n, v, ties);
      lemma medsgd__swapped_gain{A, B}: \forall medsgd_real *a, integer n, i, j, medsgd_real v, integer ties, e;
        0 <= i < j < n && medsgd__swapped{A, B}(a, n, i, j, v, ties) && medsgd__gains{A, B}(a, i, v, ties, e) ==>
        medsgd__gains{A, B}(a, j, v, ties, -e);
      lemma medsgd__gains_some{A, B}: \forall medsgd_real *a, integer i, medsgd_real v, integer ties;
        medsgd__gains{A, B}(a, i, v, ties, -1) || medsgd__gains{A, B}(a, i, v, ties, 0) ||
        medsgd__gains{A, B}(a, i, v, ties, 1);
      lemma medsgd__swapped_front{A, B}: \forall medsgd_real *a, integer n, i, j, medsgd_real v, integer ties;
        0 <= i && medsgd__swapped{A, B}(a, n, i, j, v, ties) ==> medsgd__regained{A, B}(a, i, v, ties, 0);
      lemma medsgd__swapped_first{A, B}: \forall medsgd_real *a, integer n, i, j, medsgd_real v, integer ties, e;
        0 <= i && medsgd__swapped{A, B}(a, n, i, j, v, ties) && medsgd__gains{A, B}(a, i, v, ties, e) ==>
        medsgd__regained{A, B}(a, i + 1, v, ties, e);
      lemma medsgd__swapped_middle{A, B}: \forall medsgd_real *a, integer n, i, j, medsgd_real v, integer ties, e;
        0 <= i < j && medsgd__swapped{A, B}(a, n, i, j, v, ties) && medsgd__gains{A, B}(a, i, v, ties, e) ==>
        medsgd__regained{A, B}(a, j, v, ties, e);
      lemma medsgd__swapped_second{A, B}: \forall medsgd_real *a, integer n, i, j, medsgd_real v, integer ties, e;
        0 <= i < j < n && medsgd__swapped{A, B}(a, n, i, j, v, ties) && medsgd__gains{A, B}(a, i, v, ties, e) ==>
        medsgd__regained{A, B}(a, j + 1, v, ties, 0);
      lemma medsgd__swapped_by{A, B}: \forall medsgd_real *a, integer n, i, j, medsgd_real v, integer ties, e;
        0 <= i < j < n && medsgd__swapped{A, B}(a, n, i, j, v, ties) && medsgd__gains{A, B}(a, i, v, ties, e) ==>
        medsgd__regained{A, B}(a, n, v, ties, 0);
      lemma medsgd__swapped_any{A, B}: \forall medsgd_real *a, integer n, i, j, medsgd_real v, integer ties;
        0 <= i < j < n && medsgd__swapped{A, B}(a, n, i, j, v, ties) &&
        (medsgd__gains{A, B}(a, i, v, ties, -1) || medsgd__gains{A, B}(a, i, v, ties, 0) ||
         medsgd__gains{A, B}(a, i, v, ties, 1)) ==> medsgd__regained{A, B}(a, n, v, ties, 0);
      lemma medsgd__swapped_itself{A, B}: \forall medsgd_real *a, integer n, i, medsgd_real v, integer ties;
        0 <= i < n && medsgd__swapped{A, B}(a, n, i, i, v, ties) ==> medsgd__regained{A, B}(a, n, v, ties, 0);
      lemma medsgd__swapped_regained{A, B}: \forall medsgd_real *a, integer n, i, j, medsgd_real v, integer ties;
        0 <= i <= j < n && medsgd__swapped{A, B}(a, n, i, j, v, ties) ==> medsgd__regained{A, B}(a, n, v, ties, 0);
    } */

/* Which element is the median of an even number of rows; for odd m the three agree. */
typedef enum {
  MEDSGD_MEDIAN_LOWER,   /* the element of rank m/2 - 1, counted from 0                                     */
  MEDSGD_MEDIAN_UPPER,   /* the element of rank m/2                                                         */
  MEDSGD_MEDIAN_MIDPOINT /* (lower + upper)/2, correctly rounded, without overflow; 0 between -inf and +inf */
} medsgd_median_rule;

/* Length of the scratch memory of median and trimmed mean for m rows, in medsgd_real: at most 64 m + 32768; 0 for m = 0
 * and where its size in bytes would overflow size_t. */
/*@ terminates \true;
  @ exits \false;
  @ assigns \nothing;
  @ ensures \result == medsgd_work_length(m);
*/
MEDSGD_API size_t medsgd_median_work(size_t m);

/* out[j] = median of rows[0][j], ..., rows[m-1][j] under `rule`: never NaN. `work`: medsgd_median_work(m) reals.
 * Errors: m = 0 or too large a scratch: SIZE; a null pointer (also among the rows): NULL; a value that is no rule:
 * PARAM.
 * Cost: m log^2(m) vector operations a coordinate, the same for all values: a sorting network without its last pass,
 * then the element of the wanted rank from the two sorted halves. */
/*@ requires m > 0 && d > 0 && medsgd_work_length(m) > 0 ==> medsgd_rows_or_null(rows, m, d) &&
      (out != \null ==> \valid(out + (0 .. d - 1))) &&
      (work != \null ==> \valid(work + (0 .. medsgd_work_length(m) - 1)));
  @ requires m > 0 && d > 0 && out != \null && work != \null && medsgd_rows_given(rows, m) ==>
      medsgd_rows_apart(out, d, rows, m, d) && medsgd_rows_apart(work, medsgd_work_length(m), rows, m, d) &&
      \separated(out + (0 .. d - 1), work + (0 .. medsgd_work_length(m) - 1));
  @ terminates \true;
  @ exits \false;
  @ assigns out[0 .. d - 1], work[0 .. medsgd_work_length(m) - 1];
  @ behavior size:
  @   assumes m == 0 || (d > 0 && medsgd_work_length(m) == 0);
  @   assigns \nothing;
  @   ensures \result == MEDSGD_ERR_SIZE;
  @ behavior empty:
  @   assumes m > 0 && d == 0;
  @   assigns \nothing;
  @   ensures \result == MEDSGD_OK;
  @ behavior null:
  @   assumes m > 0 && d > 0 && medsgd_work_length(m) > 0 &&
        (out == \null || work == \null || !medsgd_rows_given(rows, m));
  @   assigns \nothing;
  @   ensures \result == MEDSGD_ERR_NULL;
  @ behavior parameter:
  @   assumes m > 0 && d > 0 && medsgd_work_length(m) > 0 && out != \null && work != \null &&
        medsgd_rows_given(rows, m);
  @   assumes rule != MEDSGD_MEDIAN_LOWER && rule != MEDSGD_MEDIAN_UPPER && rule != MEDSGD_MEDIAN_MIDPOINT;
  @   assigns \nothing;
  @   ensures \result == MEDSGD_ERR_PARAM;
  @ behavior done:
  @   assumes m > 0 && d > 0 && medsgd_work_length(m) > 0 && out != \null && work != \null &&
        medsgd_rows_given(rows, m);
  @   assumes !(rule != MEDSGD_MEDIAN_LOWER && rule != MEDSGD_MEDIAN_UPPER && rule != MEDSGD_MEDIAN_MIDPOINT);
  @   ensures \result == MEDSGD_OK;
  @   ensures \forall integer j; 0 <= j < d ==> medsgd_number(out[j]);
  @   ensures lower: rule == MEDSGD_MEDIAN_LOWER || m % 2 == 1 ==> \forall integer j; 0 <= j < d ==>
        medsgd_has_rank{Pre}(rows, m, j, (m - 1) / 2, out[j]);
  @   ensures upper: rule == MEDSGD_MEDIAN_UPPER ==> \forall integer j; 0 <= j < d ==>
        medsgd_has_rank{Pre}(rows, m, j, m / 2, out[j]);
*/
MEDSGD_API int medsgd_median(medsgd_real *out, const medsgd_real *const rows[], size_t m, size_t d,
                             medsgd_median_rule rule, medsgd_real *work);

/* out[j] = mean of what is left of rows[0][j], ..., rows[m-1][j] without the `trim` smallest and the `trim` largest:
 * summed in ascending order in double, divided, rounded, and kept within the range of what was summed; 0 where both
 * -inf and +inf are left. Never NaN; finite where what is left is finite. trim = 0: the mean of all, NaN counting as
 * +inf. `work`: medsgd_median_work(m) reals.
 * Errors: m = 0 or too large a scratch: SIZE; a null pointer (also among the rows): NULL; 2*trim >= m: PARAM.
 * Cost: m log^2(m) vector operations a coordinate, the same for all values: a sorting network without what reaches only
 * ranks that are left out. */
/*@ requires m > 0 && d > 0 && medsgd_work_length(m) > 0 ==> medsgd_rows_or_null(rows, m, d) &&
      (out != \null ==> \valid(out + (0 .. d - 1))) &&
      (work != \null ==> \valid(work + (0 .. medsgd_work_length(m) - 1)));
  @ requires m > 0 && d > 0 && out != \null && work != \null && medsgd_rows_given(rows, m) ==>
      medsgd_rows_apart(out, d, rows, m, d) && medsgd_rows_apart(work, medsgd_work_length(m), rows, m, d) &&
      \separated(out + (0 .. d - 1), work + (0 .. medsgd_work_length(m) - 1));
  @ terminates \true;
  @ exits \false;
  @ assigns out[0 .. d - 1], work[0 .. medsgd_work_length(m) - 1];
  @ behavior size:
  @   assumes m == 0 || (d > 0 && medsgd_work_length(m) == 0);
  @   assigns \nothing;
  @   ensures \result == MEDSGD_ERR_SIZE;
  @ behavior empty:
  @   assumes m > 0 && d == 0;
  @   assigns \nothing;
  @   ensures \result == MEDSGD_OK;
  @ behavior null:
  @   assumes m > 0 && d > 0 && medsgd_work_length(m) > 0 &&
        (out == \null || work == \null || !medsgd_rows_given(rows, m));
  @   assigns \nothing;
  @   ensures \result == MEDSGD_ERR_NULL;
  @ behavior parameter:
  @   assumes m > 0 && d > 0 && medsgd_work_length(m) > 0 && out != \null && work != \null &&
        medsgd_rows_given(rows, m);
  @   assumes 2 * trim >= m;
  @   assigns \nothing;
  @   ensures \result == MEDSGD_ERR_PARAM;
  @ behavior done:
  @   assumes m > 0 && d > 0 && medsgd_work_length(m) > 0 && out != \null && work != \null &&
        medsgd_rows_given(rows, m);
  @   assumes !(2 * trim >= m);
  @   ensures \result == MEDSGD_OK;
  @   ensures \forall integer j; 0 <= j < d ==> medsgd_number(out[j]);
*/
MEDSGD_API int medsgd_trimmed_mean(medsgd_real *out, const medsgd_real *const rows[], size_t m, size_t d, size_t trim,
                                   medsgd_real *work);

/* out[j] = (rows[0][j] + ... + rows[m-1][j]) / m: summed in the order of the rows in double. Not robust: a NaN in gives
 * NaN out, infinities add as in IEEE 754. Finite where all values are finite: nothing overflows on the way.
 * Errors: m = 0: SIZE; a null pointer (also among the rows): NULL. */
/*@ requires m > 0 && d > 0 ==> medsgd_rows_or_null(rows, m, d) && (out != \null ==> \valid(out + (0 .. d - 1)));
  @ requires m > 0 && d > 0 && out != \null && medsgd_rows_given(rows, m) ==> medsgd_rows_apart(out, d, rows, m, d);
  @ terminates \true;
  @ exits \false;
  @ assigns out[0 .. d - 1];
  @ behavior size:
  @   assumes m == 0;
  @   assigns \nothing;
  @   ensures \result == MEDSGD_ERR_SIZE;
  @ behavior empty:
  @   assumes m > 0 && d == 0;
  @   assigns \nothing;
  @   ensures \result == MEDSGD_OK;
  @ behavior null:
  @   assumes m > 0 && d > 0 && (out == \null || !medsgd_rows_given(rows, m));
  @   assigns \nothing;
  @   ensures \result == MEDSGD_ERR_NULL;
  @ behavior done:
  @   assumes m > 0 && d > 0 && out != \null && medsgd_rows_given(rows, m);
  @   ensures \result == MEDSGD_OK;
*/
MEDSGD_API int medsgd_mean(medsgd_real *out, const medsgd_real *const rows[], size_t m, size_t d);

/* *value = the element of rank k (0: the smallest) of a[0..n-1]; +inf where that is a NaN, +0 where it is a zero. The
 * elements of a are permuted in place, bits preserved, so that a[k] has rank k, none before it is larger and none
 * behind it smaller.
 * Errors: n = 0 or k >= n: SIZE; a null pointer: NULL. Cost: O(n) expected and O(n log n) at worst, whatever the
 * values: no input can take more than about 200 passes. */
/*@ requires n > 0 && k < n ==> (a != \null ==> \valid(a + (0 .. n - 1))) && (value != \null ==> \valid(value));
  @ requires n > 0 && k < n && a != \null && value != \null ==> \separated(a + (0 .. n - 1), value);
  @ terminates \true;
  @ exits \false;
  @ assigns a[0 .. n - 1], *value;
  @ behavior size:
  @   assumes n == 0 || k >= n;
  @   assigns \nothing;
  @   ensures \result == MEDSGD_ERR_SIZE;
  @ behavior null:
  @   assumes k < n && (a == \null || value == \null);
  @   assigns \nothing;
  @   ensures \result == MEDSGD_ERR_NULL;
  @ behavior done:
  @   assumes k < n && a != \null && value != \null;
  @   ensures \result == MEDSGD_OK && medsgd_number(*value);
  @   ensures (medsgd_top(a[k]) && \is_plus_infinity(*value)) || (!medsgd_top(a[k]) && medsgd_equal(*value, a[k]));
  @   ensures \forall integer i; 0 <= i < k ==> !medsgd_less(a[k], a[i]);
  @   ensures \forall integer i; k < i < n ==> !medsgd_less(a[i], a[k]);
  @   ensures \forall integer i; 0 <= i < k && !medsgd_number(a[i]) ==> medsgd_top(a[k]);
*/
MEDSGD_API int medsgd_select(medsgd_real *a, size_t n, size_t k, medsgd_real *value);

/* ======== noise (Chen Alg. 3 and 4, ch. 4 and 6) ========
 *
 * Unimodal symmetric noise added to a gradient before its sign or its median is taken. The generator is counter-based:
 * Threefry4x32 with 20 rounds (Salmon, Moraes, Dror, Shaw, SC 2011) turns (seed, purpose, worker, round, position) into
 * one 32-bit word; nothing is stored and no order has to be kept. It is not a cryptographic generator.
 */

/* The unit variate xi made of the 32-bit word of a position; the same in both precisions (it has float quality). All
 * have mean 0, by exact symmetry, and variance 1 to 1e-7 (over all 2^32 words); |xi| is at most the value given, and
 * never 0.
 *   GAUSSIAN   6.338   the distribution function inverted at (2k+1)/2^33, error 1e-6; 1231 points beyond 5 sigma
 *   LAPLACE    15.69   in the same way; density exp(-sqrt(2)|x|)/sqrt(2)
 *   UNIFORM    1.733   on [-sqrt(3), sqrt(3)] */
typedef enum { MEDSGD_GAUSSIAN, MEDSGD_LAPLACE, MEDSGD_UNIFORM } medsgd_noise;

#ifdef MEDSGD_DOUBLE
/*@ predicate medsgd__is_nonnegative(medsgd_real x) = \ge_double(x, (double)0.0); */
#else
/*@ predicate medsgd__is_nonnegative(medsgd_real x) = \ge_float(x, (float)0.0); */
#endif
/*@ predicate medsgd__is_scale(medsgd_real b) = \is_finite(b) && medsgd__is_nonnegative(b);
    predicate medsgd__is_noise(integer kind) =
      kind == MEDSGD_GAUSSIAN || kind == MEDSGD_LAPLACE || kind == MEDSGD_UNIFORM; */

/* g[j] = g[j] + b*xi, xi being the unit variate of (stream, kind, position first+j): a slice [first, first+d) of a
 * larger vector gets what the whole would. Positions count modulo 2^64. The product is rounded, then the sum.
 *
 *   g       d values, in place; NaN stays NaN, infinities stay (with a b so large that b*xi overflows, inf - inf is
 *           NaN)
 *   b       standard deviation of the noise, finite and >= 0
 *   kind    one of the three
 *   errors  NULL: g null and d > 0; PARAM: b negative, NaN or infinite, kind unknown
 *   cost    O(d), bound by arithmetic; 64 positions are computed at a time, so slices that start and end on multiples
 *           of 64 of first+j waste none
 *   source  Chen Alg. 3 (noisy signSGD) and Alg. 4 (noisy medianSGD), line 2 */
/*@ requires d == 0 || g == \null || \valid(g + (0 .. d - 1));
    terminates \true;
    assigns g[0 .. d - 1];
    exits \false;
    behavior empty:
      assumes d == 0;
      assigns \nothing;
      ensures \result == MEDSGD_OK;
    behavior null:
      assumes d > 0 && g == \null;
      assigns \nothing;
      ensures \result == MEDSGD_ERR_NULL;
    behavior parameter:
      assumes d > 0 && g != \null && !(medsgd__is_scale(b) && medsgd__is_noise(kind));
      assigns \nothing;
      ensures \result == MEDSGD_ERR_PARAM;
    behavior valid:
      assumes d > 0 && g != \null && medsgd__is_scale(b) && medsgd__is_noise(kind);
      assigns g[0 .. d - 1];
      ensures \result == MEDSGD_OK;
    complete behaviors;
    disjoint behaviors; */
MEDSGD_API int medsgd_perturb(medsgd_real *g, size_t d, medsgd_real b, medsgd_noise kind, medsgd_stream stream,
                              uint64_t first);

/* The largest |g[j]|: Q of Chen ch. 6, where b = 0.1 * the largest Q of the workers. NaN is ignored; 0 if no value is
 * left, and for a null g. Cost O(d), at memory speed. */
/*@ requires d == 0 || g == \null || \valid_read(g + (0 .. d - 1));
    terminates \true;
    assigns \nothing;
    exits \false;
    ensures medsgd__is_nonnegative(\result); */
MEDSGD_API medsgd_real medsgd_absmax(const medsgd_real *g, size_t d);

/* ======== stochastic sign and momentum (Safaryan Def. 3, Alg. 3) ======== */

#ifdef MEDSGD_DOUBLE
/*@ predicate medsgd__is_fraction(medsgd_real x) = \ge_double(x, (double)0.0) && \le_double(x, (double)1.0); */
#else
/*@ predicate medsgd__is_fraction(medsgd_real x) = \ge_float(x, (float)0.0) && \le_float(x, (float)1.0); */
#endif
/*@ predicate medsgd__is_norm(double x) = \is_finite(x) && \ge_double(x, (double)0.0); */

/* The sum of |g[j]| and the root of the sum of squares, in double, in a fixed order: the magnitudes by blocks of 512
 * coordinates, 32 lanes each, the lanes in a binary tree, the blocks one after another; the squares in 32 lanes over
 * all of g, eight squares at a time, the lanes in a binary tree (relative error of both below (d/512 + 32) * 2^-53).
 * Neither overflows nor underflows on the way: infinite only where the norm is past DBL_MAX, to that error. A NaN
 * among the values gives NaN, else an infinity gives infinity; d = 0 gives 0, a null g with d > 0 gives NaN. Cost O(d),
 * at memory speed. */
/*@ requires d == 0 || g == \null || \valid_read(g + (0 .. d - 1));
    terminates \true;
    assigns \nothing;
    exits \false;
    ensures \is_NaN(\result) || \ge_double(\result, (double)0.0); */
MEDSGD_API double medsgd_norm1(const medsgd_real *g, size_t d);
/*@ requires d == 0 || g == \null || \valid_read(g + (0 .. d - 1));
    terminates \true;
    assigns \nothing;
    exits \false;
    ensures \is_NaN(\result) || \ge_double(\result, (double)0.0); */
MEDSGD_API double medsgd_norm2(const medsgd_real *g, size_t d);

/* m[j] = beta m[j] + (1 - beta) g[j], the gradient's moving average (Safaryan Alg. 3, line 6). 1 - beta is rounded
 * once, then each product, then the sum. NaN and infinities follow IEEE arithmetic (0 * infinity is NaN).
 *
 *   m       d values, in place; must not overlap g
 *   beta    in [0, 1]
 *   errors  NULL: m or g null and d > 0; PARAM: beta outside [0, 1] or NaN */
/*@ requires d == 0 || m == \null || g == \null || (\valid(m + (0 .. d - 1)) && \valid_read(g + (0 .. d - 1)) &&
      \separated(m + (0 .. d - 1), g + (0 .. d - 1)));
    terminates \true;
    assigns m[0 .. d - 1];
    exits \false;
    behavior empty:
      assumes d == 0;
      assigns \nothing;
      ensures \result == MEDSGD_OK;
    behavior null:
      assumes d > 0 && (m == \null || g == \null);
      assigns \nothing;
      ensures \result == MEDSGD_ERR_NULL;
    behavior parameter:
      assumes d > 0 && m != \null && g != \null && !medsgd__is_fraction(beta);
      assigns \nothing;
      ensures \result == MEDSGD_ERR_PARAM;
    behavior valid:
      assumes d > 0 && m != \null && g != \null && medsgd__is_fraction(beta);
      assigns m[0 .. d - 1];
      ensures \result == MEDSGD_OK;
    complete behaviors;
    disjoint behaviors; */
MEDSGD_API int medsgd_momentum(medsgd_real *m, const medsgd_real *g, size_t d, medsgd_real beta);

/* The stochastic sign (Safaryan Def. 3): bit j of neg is clear (+1) with probability 1/2 + g[j]/(2 norm), clamped to
 * [0, 1] and resolved to 2^-31, so that norm * E[sign] = g when norm >= |g[j]|. Where |g[j]| >= norm the sign is
 * certain; a NaN is a fair coin. The coin of g[j] belongs to (stream, position first+j), positions counting modulo
 * 2^64; slices agree with the whole.
 *
 *   neg     MEDSGD_WORDS(d) words; bits past d are 0
 *   zero    as neg, or null; cleared when norm > 0
 *   norm    finite and >= 0, usually medsgd_norm2(g, d); 0 gives the all-zero sign (zero[j] set, neg[j] clear), which
 *           needs zero
 *   errors  NULL: neg or g null and d > 0; PARAM: norm negative, NaN or infinite, or 0 with zero null
 *   cost    O(d); fastest when first is a multiple of 64 */
/*@ requires d == 0 || neg == \null || g == \null ||
      (\valid(neg + (0 .. (d - 1) / 64)) && \valid_read(g + (0 .. d - 1)) &&
      \separated(neg + (0 .. (d - 1) / 64), g + (0 .. d - 1)));
    requires d == 0 || zero == \null || (\valid(zero + (0 .. (d - 1) / 64)) &&
      \separated(neg + (0 .. (d - 1) / 64), zero + (0 .. (d - 1) / 64)) &&
      \separated(g + (0 .. d - 1), zero + (0 .. (d - 1) / 64)));
    terminates \true;
    assigns neg[0 .. (d - 1) / 64], zero[0 .. (d - 1) / 64];
    exits \false;
    behavior empty:
      assumes d == 0;
      assigns \nothing;
      ensures \result == MEDSGD_OK;
    behavior null:
      assumes d > 0 && (neg == \null || g == \null);
      assigns \nothing;
      ensures \result == MEDSGD_ERR_NULL;
    behavior parameter:
      assumes d > 0 && neg != \null && g != \null &&
        !(medsgd__is_norm(norm) && (\gt_double(norm, (double)0.0) || zero != \null));
      assigns \nothing;
      ensures \result == MEDSGD_ERR_PARAM;
    behavior all_zero:
      assumes d > 0 && neg != \null && g != \null && \eq_double(norm, (double)0.0) && zero != \null;
      assigns neg[0 .. (d - 1) / 64], zero[0 .. (d - 1) / 64];
      ensures \result == MEDSGD_OK;
      ensures \forall integer i; 0 <= i <= (d - 1) / 64 ==> neg[i] == 0;
      ensures \forall integer i; 0 <= i < d / 64 ==> zero[i] == 0xFFFFFFFFFFFFFFFF;
      ensures d % 64 != 0 ==> zero[(d - 1) / 64] == (uint64_t)((uint64_t)(1 << (d % 64)) - 1);
    behavior valid:
      assumes d > 0 && neg != \null && g != \null && medsgd__is_norm(norm) && \gt_double(norm, (double)0.0);
      assigns neg[0 .. (d - 1) / 64], zero[0 .. (d - 1) / 64];
      ensures \result == MEDSGD_OK;
      ensures d % 64 != 0 ==> neg[(d - 1) / 64] <= (uint64_t)((uint64_t)(1 << (d % 64)) - 1);
      ensures zero != \null ==> \forall integer i; 0 <= i <= (d - 1) / 64 ==> zero[i] == 0;
    complete behaviors;
    disjoint behaviors; */
MEDSGD_API int medsgd_stochastic_sign(uint64_t *neg, uint64_t *zero, const medsgd_real *g, size_t d, double norm,
                                      medsgd_stream stream, uint64_t first);

/* ======== blocks (Acharya Alg. 2) ========
 *
 * A block is a set of coordinates, given as a strictly ascending array of indices; what is sent of a gradient are its
 * values there.
 */
/*@ // The first n entries of idx are a block: strictly ascending indices below d.
    predicate medsgd_block{L}(size_t *idx, integer n, integer d) =
      (\forall integer i; 0 <= i < n ==> idx[i] < d) && (\forall integer i, j; 0 <= i < j < n ==> idx[i] < idx[j]);
    // medsgd_block_work before the question whether it overflows.
    logic integer medsgd_block_room(integer d, integer k) = 6 * (d - 2 * k < 64 ? d : 2 * k + 64);
    logic integer medsgd_block_length(integer d, integer k) =
      0 < k <= d < 0x1000000000000 && medsgd_block_room(d, k) <= SIZE_MAX / sizeof(medsgd_real) ? medsgd_block_room(d,
        k) : 0;
    // What the choice of a block needs.
    predicate medsgd_block_given(size_t *idx, size_t *count, medsgd_real *s, medsgd_real *work) =
      idx != \null && count != \null && s != \null && work != \null;
    predicate medsgd_block_fits{L}(size_t *idx, size_t *count, medsgd_real *s, integer d, integer k,
                                   medsgd_real *work) =
      \valid(idx + (0 .. k - 1)) && \valid(count) && \valid_read(s + (0 .. d - 1)) &&
      \valid(work + (0 .. medsgd_block_length(d, k) - 1)) &&
      \separated(idx + (0 .. k - 1), count, s + (0 .. d - 1), work + (0 .. medsgd_block_length(d, k) - 1));
    // No index of the block is j.
    predicate medsgd_outside{L}(size_t *idx, integer n, integer j) = \forall integer i; 0 <= i < n ==> idx[i] != j;
*/
#ifdef MEDSGD_DOUBLE
/*@ // v is x - step * b, v is gamma * x + y, each operation rounded.
    predicate medsgd_is_stepped(double v, double x, double step, double b) = medsgd_same(v, \sub_double(x,
      \mul_double(step, b)));
    predicate medsgd_is_fed(double v, double gamma, double x, double y) = medsgd_same(v, \add_double(\mul_double(gamma,
      x), y));
    predicate medsgd_fed_finite(double gamma, double x, double y) = \is_finite(\add_double(\mul_double(gamma, x), y));
    predicate medsgd_is_zero(double a) = \eq_double(a, (double)0.0);
    predicate medsgd_is_length(double s) = \is_NaN(s) || \ge_double(s, (double)0.0);
    // What a block can be drawn by.
    predicate medsgd_is_score(double s) = \is_finite(s) && \ge_double(s, (double)0.0);
*/
#else
/*@ // v is x - step * b, v is gamma * x + y, each operation rounded.
    predicate medsgd_is_stepped(float v, float x, float step, float b) = medsgd_same(v, \sub_float(x, \mul_float(step,
      b)));
    predicate medsgd_is_fed(float v, float gamma, float x, float y) = medsgd_same(v, \add_float(\mul_float(gamma, x),
      y));
    predicate medsgd_fed_finite(float gamma, float x, float y) = \is_finite(\add_float(\mul_float(gamma, x), y));
    predicate medsgd_is_zero(float a) = \eq_float(a, (float)0.0);
    predicate medsgd_is_length(float s) = \is_NaN(s) || \ge_float(s, (float)0.0);
    // What a block can be drawn by.
    predicate medsgd_is_score(float s) = \is_finite(s) && \ge_float(s, (float)0.0);
*/
#endif

/* s[j] = ||G[:,j]||_2 = sqrt(rows[0][j]^2 + ... + rows[m-1][j]^2): the scores of Acharya Alg. 2. Summed in double in
 * the order of the rows, neither overflowing nor underflowing on the way; +inf where the norm itself rounds past the
 * largest medsgd_real. A NaN in a column gives NaN, else an infinity gives +inf.
 *
 *   s       d values
 *   errors  SIZE: m = 0; NULL: s, rows or one of the rows
 *   cost    one read of the rows, at memory speed */
/*@ requires m > 0 && d > 0 ==> medsgd_rows_or_null(rows, m, d) && (s != \null ==> \valid(s + (0 .. d - 1)));
    requires m > 0 && d > 0 && s != \null && medsgd_rows_given(rows, m) ==> medsgd_rows_apart(s, d, rows, m, d);
    terminates \true;
    exits \false;
    assigns s[0 .. d - 1];
    behavior size:
      assumes m == 0;
      assigns \nothing;
      ensures \result == MEDSGD_ERR_SIZE;
    behavior empty:
      assumes m > 0 && d == 0;
      assigns \nothing;
      ensures \result == MEDSGD_OK;
    behavior null:
      assumes m > 0 && d > 0 && (s == \null || !medsgd_rows_given(rows, m));
      assigns \nothing;
      ensures \result == MEDSGD_ERR_NULL;
    behavior done:
      assumes m > 0 && d > 0 && s != \null && medsgd_rows_given(rows, m);
      ensures \result == MEDSGD_OK;
      ensures \forall integer j; 0 <= j < d ==> medsgd_is_length(s[j]);
    complete behaviors;
    disjoint behaviors; */
MEDSGD_API int medsgd_column_norms(medsgd_real *s, const medsgd_real *const rows[], size_t m, size_t d);

/* Length of the scratch memory of block_sample and block_top, in medsgd_real: 6 * min(d, 2k + 64). 0 for k = 0, k > d,
 * d >= 2^48, and where its size in bytes would overflow size_t. */
/*@ terminates \true;
    exits \false;
    assigns \nothing;
    ensures \result == medsgd_block_length(d, k); */
MEDSGD_API size_t medsgd_block_work(size_t d, size_t k);

/* Samples a block: coordinates are drawn one after another, without replacement, with probability proportional to s
 * among those left. Exact: coordinate j gets the key E_j / s_j, E_j exponential, and the k smallest keys win (the
 * exponential race of Efraimidis and Spirakis). E_j is made of 64 random bits that depend on the stream and j alone;
 * equal keys go to the lower index.
 *
 *   idx     room for k; idx[0..*count-1] is strictly ascending; nothing past *count is written
 *   count   min(k, number of positive scores); zero scores are never chosen
 *   s       d scores >= 0, finite, of any scale, subnormal to the largest
 *   k       1..d
 *   work    medsgd_block_work(d, k) reals
 *   errors  SIZE: k = 0, k > d, too large a scratch; NULL; PARAM: a score is negative, NaN or infinite
 *   cost    O(d) whatever the scores: a few passes over s; keys are computed only for the coordinates that
 *           neither a bound on the key puts in the block for certain nor outside */
/*@ requires d == 0 && count != \null ==> \valid(count);
    requires medsgd_block_length(d, k) > 0 && medsgd_block_given(idx, count, s, work) ==>
      medsgd_block_fits(idx, count, s, d, k, work);
    terminates \true;
    exits \false;
    assigns idx[0 .. k - 1], *count, work[0 .. medsgd_block_length(d, k) - 1];
    behavior empty:
      assumes d == 0;
      assigns *count;
      ensures \result == MEDSGD_OK;
      ensures count != \null ==> *count == 0;
    behavior size:
      assumes d > 0 && medsgd_block_length(d, k) == 0;
      assigns \nothing;
      ensures \result == MEDSGD_ERR_SIZE;
    behavior null:
      assumes medsgd_block_length(d, k) > 0 && !medsgd_block_given(idx, count, s, work);
      assigns \nothing;
      ensures \result == MEDSGD_ERR_NULL;
    behavior parameter:
      assumes medsgd_block_length(d, k) > 0 && medsgd_block_given(idx, count, s, work);
      assumes \exists integer j; 0 <= j < d && !medsgd_is_score(s[j]);
      assigns \nothing;
      ensures \result == MEDSGD_ERR_PARAM;
    behavior done:
      assumes medsgd_block_length(d, k) > 0 && medsgd_block_given(idx, count, s, work);
      assumes \forall integer j; 0 <= j < d ==> medsgd_is_score(s[j]);
      ensures \result == MEDSGD_OK;
      ensures number: \forall integer positive; medsgd_reached(s, d, (medsgd_real)0.0, 0, positive) ==>
        *count == (positive < k ? positive : k);
      ensures block: medsgd_block(idx, *count, d);
      ensures positive: \forall integer i; 0 <= i < *count ==> medsgd_positive(s[idx[i]]);
      ensures rest: \forall integer i; *count <= i < k ==> idx[i] == \old(idx[i]);
    complete behaviors;
    disjoint behaviors; */
MEDSGD_API int medsgd_block_sample(size_t *idx, size_t *count, const medsgd_real *s, size_t d, size_t k,
                                   medsgd_stream stream,
                                   medsgd_real *work);

/* The k largest scores (Gauss-Southwell), equal ones to the lower index. All else as in medsgd_block_sample.
 *   cost    a few passes over s; O(d log d) at worst, whatever the scores */
MEDSGD_API int medsgd_block_top(size_t *idx, size_t *count, const medsgd_real *s, size_t d, size_t k,
                                medsgd_real *work);

/* block[i] = row[idx[i]], i = 0..k-1, bit for bit. The indices may be in any order, but have to lie in the row.
 *   errors  SIZE: k = 0; NULL */
/*@ requires k > 0 && block != \null && row != \null && idx != \null ==>
      \valid(block + (0 .. k - 1)) && \valid_read(idx + (0 .. k - 1)) && \separated(block + (0 .. k - 1), idx + (0 .. k
        - 1)) &&
      \forall integer i; 0 <= i < k ==> \valid_read(row + idx[i]) && \separated(row + idx[i], block + (0 .. k - 1));
    terminates \true;
    assigns block[0 .. k - 1];
    behavior size:
      assumes k == 0;
      assigns \nothing;
      ensures \result == MEDSGD_ERR_SIZE;
    behavior null:
      assumes k > 0 && (block == \null || row == \null || idx == \null);
      assigns \nothing;
      ensures \result == MEDSGD_ERR_NULL;
    behavior done:
      assumes k > 0 && block != \null && row != \null && idx != \null;
      ensures \result == MEDSGD_OK;
      ensures values: \forall integer i; 0 <= i < k ==> block[i] == row[idx[i]];
    complete behaviors;
    disjoint behaviors; */
MEDSGD_API int medsgd_gather(medsgd_real *block, const medsgd_real *row, const size_t *idx, size_t k);

/* x[idx[i]] -= step * block[i], i = 0..k-1 in this order; the product is rounded, then the difference. NaN and
 * infinities in x and block follow IEEE arithmetic. The indices have to lie in x; an index that comes twice is stepped
 * twice.
 *   errors  SIZE: k = 0; NULL; PARAM: step is NaN or infinite */
/*@ requires k > 0 && x != \null && block != \null && idx != \null ==>
      \valid_read(block + (0 .. k - 1)) && \valid_read(idx + (0 .. k - 1)) &&
      \forall integer i; 0 <= i < k ==> \valid(x + idx[i]) && \separated(x + idx[i], block + (0 .. k - 1), idx + (0 ..
        k - 1));
    terminates \true;
    assigns x[0 .. SIZE_MAX];
    behavior size:
      assumes k == 0;
      assigns \nothing;
      ensures \result == MEDSGD_ERR_SIZE;
    behavior null:
      assumes k > 0 && (x == \null || block == \null || idx == \null);
      assigns \nothing;
      ensures \result == MEDSGD_ERR_NULL;
    behavior parameter:
      assumes k > 0 && x != \null && block != \null && idx != \null && !\is_finite(step);
      assigns \nothing;
      ensures \result == MEDSGD_ERR_PARAM;
    behavior done:
      assumes k > 0 && x != \null && block != \null && idx != \null && \is_finite(step);
      ensures \result == MEDSGD_OK;
      ensures frame: \forall integer j; 0 <= j && medsgd_outside(idx, k, j) ==> medsgd_same(x[j], \old(x[j]));
      ensures steps: (\forall integer i, j; 0 <= i < j < k ==> idx[i] != idx[j]) ==>
        \forall integer i; 0 <= i < k ==>
          medsgd_is_stepped(x[idx[i]], \old(x[idx[i]]), step, block[i]);
    complete behaviors;
    disjoint behaviors; */
MEDSGD_API int medsgd_scatter_step(medsgd_real *x, const medsgd_real *block, const size_t *idx, size_t k,
                                   medsgd_real step);


/* ======== geometric median ========================================================================================
 * The point of least weighted sum of distances to the rows (Acharya, Def. 3), with a certified bound on what is left:
 * Weiszfeld's iteration with Vardi and Zhang's treatment of data points, accelerated by Newton steps, on the
 * coefficients of the rows; the certificate is then computed from the rows themselves. */

/* Null options mean {1e-6, 1000, NULL}. */
typedef struct medsgd_geomedian_options {
  double tolerance;           /* stop when gap <= tolerance * W * r; finite, >= 0                         */
  size_t max_iterations;      /* >= 1                                                                     */
  const medsgd_real *weights; /* m of them, finite, >= 0, not all 0; null: all equal 1                    */
} medsgd_geomedian_options;

typedef struct medsgd_geomedian_result {
  double objective;  /* sum_i w_i ||y - x_i|| over the usable rows, to a relative rounding error of about 1e-15 */
  double gap;        /* >= 0; the objective exceeds the least possible one by no more. Distances below 2^-100 of
                      * the median one may count as 0 (in double, with rows of all sizes)                      */
  size_t iterations; /* <= max_iterations                                                                       */
  size_t excluded;   /* rows with a NaN or infinity                                                             */
} medsgd_geomedian_result;

/*@ // the length of the scratch memory
    logic integer medsgd__geomedian_length(integer m) = m <= 128 ? m * (146 + 4 * m) + 1024 : 50 * m + 3072;
    // A length in bytes that SIZE_MAX holds.
    predicate medsgd__geomedian_fits(integer m) = 0 < m <= (SIZE_MAX / 8 - 4096) / 50; */

/* Scratch for medsgd_geomedian, in doubles; 0 when m is 0 or the size in bytes overflows.
 * 4 m*m + 146 m + 1024 for m <= 128 and 50 m + 3072 above. */
/*@ terminates \true;
    exits \false;
    assigns \nothing;
    ensures zero: \result == 0 <==> !medsgd__geomedian_fits(m);
    ensures size: \result == 0 || \result == medsgd__geomedian_length(m); */
MEDSGD_API size_t medsgd_geomedian_work(size_t m);

/* y minimises sum_i w_i ||y - x_i|| over the rows x_i without NaN and infinity, approximately:
 * objective - optimum <= gap.
 *   y             d values, finite
 *   rows          m rows of d values; rows with a NaN or infinity are left out and counted, whatever their weight
 *   options       null: tolerance 1e-6, 1000 iterations, equal weights
 *   result        null: not wanted
 *   coefficients  null, or m values in [0, 1] of sum 1 (to rounding): how far each row entered. y is the rounding of
 *                 sum_i coefficients[i] x_i; objective and gap are that combination's. 0 for excluded rows and
 *                 weight 0; rows that are equal share in proportion to their weights.
 *   tile          medsgd_median_work(m) reals (reserved scratch)
 *   work          medsgd_geomedian_work(m) doubles
 * It stops when gap <= tolerance * W * r, W the total weight of the usable rows and r the (upper) weighted median of
 * the distances to y. The gap is a dual certificate: unit vectors from the rows to y, weighted, whose sum is absorbed
 * by the nearest rows; how far outliers lie does not enter. It includes an allowance for its own rounding, so that a
 * tolerance below about 1e-12 is reached only where the answer is exact (one row holds half the weight, two rows, a
 * data point).
 * Returns MEDSGD_NOT_CONVERGED when max_iterations came first (y and the result are valid, the gap too). With doubles
 * it does so, too, where a row is farther than about 1e308 times the others' spread: its coefficient, about the spread
 * over the distance, is below the least double then, and the pull of that row, which counts like any other's, has no
 * coefficient; MEDSGD_ERR_SIZE for m = 0 or too large; MEDSGD_ERR_NULL; MEDSGD_ERR_PARAM for a tolerance that is
 * negative or not finite, max_iterations = 0, weights that are negative, not finite or all 0; MEDSGD_ERR_DATA when no
 * row without NaN and infinity has positive weight. d = 0: MEDSGD_OK, all results 0, equal coefficients.
 * Cost: for m <= 128 and d >= 32768, a pass of m*m*d flops in medsgd_real and another of some 10 m*d; with tolerances
 * below 4 epsilons of medsgd_real, where that certificate misses the tolerance (rows that nearly coincide), and with
 * shorter rows, two or three passes, one of them of 1.5 m*m*d flops in double (a second such pass with outliers beyond
 * about 1e7 spreads); besides O(m^3) per iteration. Above 128 rows, two passes per iteration, of which there are seldom
 * over ten.
 * Source: Weiszfeld 1937; Vardi and Zhang 2000; Acharya et al., Def. 3 and Alg. 1. */
/*@ requires m > 0 && result != \null ==> \valid(result);
    requires m > 0 && coefficients != \null ==> \valid(coefficients + (0 .. m - 1));
    requires medsgd__geomedian_fits(m) && d > 0 && y != \null && rows != \null && tile != \null && work != \null ==>
      medsgd_rows_or_null(rows, m, d) && d <= SIZE_MAX / 4 && \valid(y + (0 .. d - 1)) &&
      \valid(work + (0 .. medsgd__geomedian_length(m) - 1)) && (options != \null ==> \valid_read(options) &&
      (options->weights != \null ==> \valid_read(options->weights + (0 .. m - 1))));
    requires medsgd__geomedian_fits(m) && d > 0 && y != \null && rows != \null && tile != \null && work != \null ==>
      \separated(y + (0 .. d - 1), work + (0 .. medsgd__geomedian_length(m) - 1)) &&
      (result != \null ==> \separated(result, y + (0 .. d - 1), work + (0 .. medsgd__geomedian_length(m) - 1))) &&
      (coefficients != \null ==> \separated(coefficients + (0 .. m - 1), y + (0 .. d - 1),
        work + (0 .. medsgd__geomedian_length(m) - 1))) &&
      (result != \null && coefficients != \null ==> \separated(result, coefficients + (0 .. m - 1)));
    terminates \true;
    assigns y[0 .. d - 1], *result, coefficients[0 .. m - 1], work[0 .. medsgd__geomedian_length(m) - 1];
    behavior size:
      assumes m == 0 || (d > 0 && !medsgd__geomedian_fits(m));
      assigns \nothing;
      ensures \result == MEDSGD_ERR_SIZE;
    behavior empty:
      assumes m > 0 && d == 0;
      assigns *result, coefficients[0 .. m - 1];
      ensures \result == MEDSGD_OK;
    behavior null:
      assumes medsgd__geomedian_fits(m) && d > 0 &&
        (y == \null || rows == \null || tile == \null || work == \null || !medsgd_rows_given(rows, m));
      assigns \nothing;
      ensures \result == MEDSGD_ERR_NULL;
    behavior given:
      assumes medsgd__geomedian_fits(m) && d > 0 && y != \null && rows != \null && tile != \null && work != \null &&
        medsgd_rows_given(rows, m);
      ensures status: \result == MEDSGD_OK || \result == MEDSGD_NOT_CONVERGED || \result == MEDSGD_ERR_PARAM ||
        \result == MEDSGD_ERR_DATA;
      ensures iterations: (\result == MEDSGD_OK || \result == MEDSGD_NOT_CONVERGED) && result != \null ==>
        result->iterations <= (\old(options) == \null ? 1000 : \old(options->max_iterations));
    complete behaviors;
    disjoint behaviors; */
MEDSGD_API int medsgd_geomedian(medsgd_real *y, const medsgd_real *const rows[], size_t m, size_t d,
                                const medsgd_geomedian_options *options, medsgd_geomedian_result *result,
                                double *coefficients, medsgd_real *tile, double *work);

/* ======== memory: error feedback (Acharya Alg. 1; Karimireddy et al.) ======== */

/* g[j] = gamma * g[j] + memory[j], in place: the augmented gradient (Acharya Alg. 1, eq. 8). The product is rounded,
 * then the sum; NaN and infinities follow IEEE arithmetic.
 *
 *   gamma   any finite number
 *   errors  NULL: g or memory; PARAM: gamma is NaN or infinite */
/*@ requires d > 0 && g != \null && memory != \null ==> \valid(g + (0 .. d - 1)) &&
      \valid_read(memory + (0 .. d - 1)) &&
      \separated(g + (0 .. d - 1), memory + (0 .. d - 1));
    terminates \true;
    assigns g[0 .. d - 1];
    behavior empty:
      assumes d == 0;
      assigns \nothing;
      ensures \result == MEDSGD_OK;
    behavior null:
      assumes d > 0 && (g == \null || memory == \null);
      assigns \nothing;
      ensures \result == MEDSGD_ERR_NULL;
    behavior parameter:
      assumes d > 0 && g != \null && memory != \null && !\is_finite(gamma);
      assigns \nothing;
      ensures \result == MEDSGD_ERR_PARAM;
    behavior done:
      assumes d > 0 && g != \null && memory != \null && \is_finite(gamma);
      ensures \result == MEDSGD_OK;
      ensures sums: \forall integer j; 0 <= j < d ==> medsgd_is_fed(g[j], gamma, \old(g[j]), \old(memory[j]));
    complete behaviors;
    disjoint behaviors; */
MEDSGD_API int medsgd_memory_add(medsgd_real *g, const medsgd_real *memory, size_t d, medsgd_real gamma);

/* The new memory: the mean over the rows of the residual G - C_k(G), that is 0 on idx and the column's mean, as
 * medsgd_mean gives it, elsewhere (Acharya Alg. 1, eq. 8). What a row holds on idx does not matter; elsewhere NaN and
 * infinities enter as in medsgd_mean.
 *
 *   memory  d values
 *   idx     k indices below d, strictly ascending
 *   k       1..d
 *   errors  SIZE: m = 0, k = 0, k > d, an index >= d, indices that do not ascend; NULL: memory, rows, one of the rows,
 *           idx */
/*@ requires m > 0 && 0 < k <= d ==> medsgd_rows_or_null(rows, m, d) && (memory != \null ==>
      \valid(memory + (0 .. d - 1))) &&
      (idx != \null ==> \valid_read(idx + (0 .. k - 1)));
    requires m > 0 && 0 < k <= d && memory != \null && idx != \null && medsgd_rows_given(rows, m) ==>
      medsgd_rows_apart(memory, d, rows, m, d) && \separated(memory + (0 .. d - 1), idx + (0 .. k - 1));
    terminates \true;
    assigns memory[0 .. d - 1];
    behavior empty:
      assumes m > 0 && d == 0;
      assigns \nothing;
      ensures \result == MEDSGD_OK;
    behavior size:
      assumes m == 0 || (d > 0 && (k == 0 || k > d));
      assigns \nothing;
      ensures \result == MEDSGD_ERR_SIZE;
    behavior null:
      assumes m > 0 && 0 < k <= d && (memory == \null || idx == \null || !medsgd_rows_given(rows, m));
      assigns \nothing;
      ensures \result == MEDSGD_ERR_NULL;
    behavior no_block:
      assumes m > 0 && 0 < k <= d && memory != \null && idx != \null && medsgd_rows_given(rows, m) &&
        !medsgd_block(idx, k, d);
      assigns \nothing;
      ensures \result == MEDSGD_ERR_SIZE;
    behavior done:
      assumes m > 0 && 0 < k <= d && memory != \null && idx != \null && medsgd_rows_given(rows, m) &&
        medsgd_block(idx, k, d);
      ensures \result == MEDSGD_OK;
      ensures cleared: \forall integer i; 0 <= i < k ==> medsgd_is_zero(memory[idx[i]]);
    complete behaviors;
    disjoint behaviors; */
MEDSGD_API int medsgd_memory_update(medsgd_real *memory, const medsgd_real *const rows[], size_t m, size_t d,
                                    const size_t *idx, size_t k);

/* One step of EF-signSGD (Karimireddy et al. 2019, Alg. 1): with p = gamma * g + memory,
 * neg = packed signs of p (0, -0 count as +1), *scale = ||p||_1 / d, memory = p - *scale * sign(p). A p[j] that is not
 * finite is taken as 0, so that scale and memory are always finite. scale * sign(p) is what the worker sends;
 * medsgd_sign_unpack forms it.
 *
 *   neg     MEDSGD_WORDS(d) words; bits past d are 0
 *   scale   the norm is summed in double in a fixed order, without overflow; 0 for d = 0
 *   memory  d values, in place
 *   gamma   any finite number
 *   errors  NULL; PARAM: gamma is NaN or infinite
 *   cost    two reads of g and memory, one write of memory */
/*@ requires d == 0 && scale != \null ==> \valid(scale);
    requires d > 0 && neg != \null && scale != \null && memory != \null && g != \null ==>
      \valid(neg + (0 .. medsgd_words(d) - 1)) && \valid(scale) && \valid(memory + (0 .. d - 1)) &&
      \valid_read(g + (0 .. d - 1)) &&
      \separated(neg + (0 .. medsgd_words(d) - 1), scale, memory + (0 .. d - 1), g + (0 .. d - 1));
    terminates \true;
    exits \false;
    assigns neg[0 .. medsgd_words(d) - 1], *scale, memory[0 .. d - 1];
    behavior empty:
      assumes d == 0;
      assigns *scale;
      ensures \result == MEDSGD_OK;
      ensures scale != \null ==> medsgd_is_zero(*scale);
    behavior null:
      assumes d > 0 && (neg == \null || scale == \null || memory == \null || g == \null);
      assigns \nothing;
      ensures \result == MEDSGD_ERR_NULL;
    behavior parameter:
      assumes d > 0 && neg != \null && scale != \null && memory != \null && g != \null && !\is_finite(gamma);
      assigns \nothing;
      ensures \result == MEDSGD_ERR_PARAM;
    behavior done:
      assumes d > 0 && neg != \null && scale != \null && memory != \null && g != \null && \is_finite(gamma);
      ensures \result == MEDSGD_OK;
      ensures padding: medsgd_padded(neg, d);
    complete behaviors;
    disjoint behaviors; */
MEDSGD_API int medsgd_ef_sign(uint64_t *neg, medsgd_real *scale, medsgd_real *memory, const medsgd_real *g, size_t d,
                              medsgd_real gamma);

/* ======== steps ======== */

typedef struct medsgd_bgmd_options {
  medsgd_real gamma;                   /* step size, finite; the rows are scaled by it */
  size_t k;                            /* coordinates of the block, 1..d */
  int greedy;                          /* 0: sampling with probability proportional to the column norms;
                                        * 1: the k largest norms */
  medsgd_stream stream;                /* of the sampling: a new round in every step, the same on all hosts */
  medsgd_geomedian_options geomedian;  /* weights (m values or null) enter the median only */
} medsgd_bgmd_options;

/*@ // medsgd_bgmd_work before the question whether it overflows.
    logic integer medsgd_bgmd_room(integer m, integer d, integer k) =
      d + medsgd_block_length(d, k) > m * k + medsgd_work_length(m) ? m + d + medsgd_block_length(d, k)
                                                                    : m + m * k + medsgd_work_length(m);
    logic integer medsgd_bgmd_length(integer m, integer d, integer k) =
      m > 0 && medsgd_block_length(d, k) > 0 && medsgd_work_length(m) > 0 &&
        medsgd_bgmd_room(m, d, k) <= SIZE_MAX / sizeof(medsgd_real) ? medsgd_bgmd_room(m, d, k) : 0; */

/* Length of the scratch memory of medsgd_bgmd in medsgd_real; 0 for m = 0, k = 0, k > d,
 * and where its size in bytes would overflow. */
/*@ terminates \true;
    exits \false;
    assigns \nothing;
    ensures \result == medsgd_bgmd_length(m, d, k); */
MEDSGD_API size_t medsgd_bgmd_work(size_t m, size_t d, size_t k);

/* One step of block geometric median descent (Acharya Alg. 1). Row i becomes gamma * rows[i] + memory; the block is
 * chosen by the norms of the columns; block = geometric median of the rows there; memory = mean of the rows
 * elsewhere, 0 on the block. The caller applies it: medsgd_scatter_step(x, block, idx, *count, 1).
 *
 *   block, idx    room for k; block[0..*count-1] and idx[0..*count-1] are set, idx is strictly ascending
 *   count         min(k, number of columns with a positive norm)
 *   memory        d values, in place; zero before the first step. An entry that is not finite is taken as 0
 *   rows          m rows of d values, augmented in place (the excluded ones, too)
 *   result        as in medsgd_geomedian, of the median on the block; may be null.
 *                 All zero but `excluded` when *count = 0
 *   coefficients  m values or null
 *   work          medsgd_bgmd_work(m, d, k) reals
 *   geomedian_work  medsgd_geomedian_work(m) doubles
 *   returns       MEDSGD_OK, or MEDSGD_NOT_CONVERGED from the geometric median (all results are set and usable)
 *   errors        SIZE: m = 0, k = 0, k > d, too large a scratch; NULL: any pointer but result, coefficients and
 *                 weights; PARAM: gamma not finite, greedy neither 0 nor 1, tolerance, max_iterations or weights as in
 *                 medsgd_geomedian; DATA: no usable row of positive weight
 *
 * A row that holds a NaN or an infinity, before or after the augmentation, is excluded from the scores, the memory and
 * the median alike (its coefficient is 0), so that the memory stays finite in every later step. A column norm above the
 * largest medsgd_real counts as that number.
 * Cost: about four reads of the rows, and the geometric median of k columns. */
MEDSGD_API int medsgd_bgmd(medsgd_real *block, size_t *idx, size_t *count, medsgd_real *memory,
                           medsgd_real *const rows[], size_t m, size_t d, const medsgd_bgmd_options *options,
                           medsgd_geomedian_result *result, double *coefficients, medsgd_real *work,
                           double *geomedian_work);

/* The greedy learning rate of sign descent (Yang eq. (1), remark 4), estimated from the workers' gradients:
 *   *rate = sum_j |gbar_j| (1 - 2 p_j) / lipschitz,
 * gbar_j the mean of column j, p_j the fraction of the rows whose sign (-1, 0 or +1) differs from gbar_j's; gbar_j = 0
 * adds nothing. An entry that is NaN or infinite counts as 0: it adds nothing to the mean, and its sign 0 differs from
 * any gbar_j's but 0. The rate may be negative (rows that disagree); never NaN, infinite only where the sum over
 * lipschitz is out of range.
 *
 *   lipschitz  finite and > 0
 *   errors     SIZE: m = 0; NULL: rate, rows, one of the rows; PARAM: lipschitz; *rate = 0 for d = 0
 *   cost       about one read of the rows from memory, another from cache */
/*@ requires d == 0 && rate != \null ==> \valid(rate);
    requires m > 0 && d > 0 ==> medsgd_rows_or_null(rows, m, d) && (rate != \null ==> \valid(rate));
    terminates \true;
    exits \false;
    assigns *rate;
    behavior size:
      assumes m == 0;
      assigns \nothing;
      ensures \result == MEDSGD_ERR_SIZE;
    behavior empty:
      assumes m > 0 && d == 0;
      ensures \result == MEDSGD_OK;
      ensures rate != \null ==> \eq_double(*rate, (double)0.0);
    behavior null:
      assumes m > 0 && d > 0 && (rate == \null || !medsgd_rows_given(rows, m));
      assigns \nothing;
      ensures \result == MEDSGD_ERR_NULL;
    behavior parameter:
      assumes m > 0 && d > 0 && rate != \null && medsgd_rows_given(rows, m);
      assumes !(\is_finite(lipschitz) && \gt_double(lipschitz, (double)0.0));
      assigns \nothing;
      ensures \result == MEDSGD_ERR_PARAM;
    behavior done:
      assumes m > 0 && d > 0 && rate != \null && medsgd_rows_given(rows, m);
      assumes \is_finite(lipschitz) && \gt_double(lipschitz, (double)0.0);
      ensures \result == MEDSGD_OK;
    complete behaviors;
    disjoint behaviors; */
MEDSGD_API int medsgd_adaptive_rate(double *rate, const medsgd_real *const rows[], size_t m, size_t d,
                                    double lipschitz);

/* ======== diagnostics (Safaryan sec. 4 and 5.2; Chen Thm 1) ======== */

/*@ predicate medsgd__is_chance(double p) = \ge_double(p, (double)0.0) && \le_double(p, (double)1.0); */

/* The probability that a majority vote of m workers finds the sign, each finding it with probability rho (a tie is
 * decided by a coin): I(rho; l, l), the regularized incomplete beta function, l = floor((m+1)/2) (Safaryan B.7, eq.
 * (23), (27)). Absolute error below 1e-12 for every m; exactly rho for m = 1 and 2, exactly 1/2 for rho = 1/2. NaN for
 * rho outside [0,1], rho NaN, or m = 0. Cost: at most some 1000 multiplications, whatever m. */
/*@ terminates \true;
    assigns \nothing;
    behavior none:
      assumes m == 0 || !(\ge_double(rho, (double)0.0) && \le_double(rho, (double)1.0));
      ensures \is_NaN(\result);
    behavior probability:
      assumes m > 0 && \ge_double(rho, (double)0.0) && \le_double(rho, (double)1.0);
      ensures \is_finite(\result) && \ge_double(\result, (double)0.0) && \le_double(\result, (double)1.0);
    complete behaviors;
    disjoint behaviors; */
MEDSGD_API double medsgd_vote_success(double rho, size_t m);

/* *out = sum_j (2 I(rho_j; l, l) - 1) |g_j|, the rho_M-norm of g for m workers (Safaryan Def. 2); m = 1: sum_j (2 rho_j
 * - 1) |g_j|, the rho-norm (Def. 1). Negative where the rho_j < 1/2 prevail. A coordinate with rho_j = 1/2 adds
 * nothing, whatever g_j; elsewhere NaN in g gives NaN, and infinities add as in IEEE 754.
 *   errors  SIZE: m = 0; NULL: out, g, rho; PARAM: a rho_j is outside [0,1] or NaN; *out = 0 for d = 0 */
/*@ requires d == 0 && out != \null ==> \valid(out);
    requires m > 0 && d > 0 && out != \null && g != \null && rho != \null ==> \valid(out) &&
      \valid_read(g + (0 .. d - 1)) && \valid_read(rho + (0 .. d - 1));
    terminates \true;
    exits \false;
    assigns *out;
    behavior size:
      assumes m == 0;
      assigns \nothing;
      ensures \result == MEDSGD_ERR_SIZE;
    behavior empty:
      assumes m > 0 && d == 0;
      ensures \result == MEDSGD_OK;
      ensures out != \null ==> \eq_double(*out, (double)0.0);
    behavior null:
      assumes m > 0 && d > 0 && (out == \null || g == \null || rho == \null);
      assigns \nothing;
      ensures \result == MEDSGD_ERR_NULL;
    behavior parameter:
      assumes m > 0 && d > 0 && out != \null && g != \null && rho != \null;
      assumes \exists integer j; 0 <= j < d && !medsgd__is_chance(rho[j]);
      assigns \nothing;
      ensures \result == MEDSGD_ERR_PARAM;
    behavior done:
      assumes m > 0 && d > 0 && out != \null && g != \null && rho != \null;
      assumes \forall integer j; 0 <= j < d ==> medsgd__is_chance(rho[j]);
      ensures \result == MEDSGD_OK;
    complete behaviors;
    disjoint behaviors; */
MEDSGD_API int medsgd_rho_norm(double *out, const medsgd_real *g, const double *rho, size_t d, size_t m);

/* *out = sum_j g_j^2 / (|g_j| + sqrt(3) sigma_j), the l^{1,2} norm of g under noise of standard deviation sigma
 * (Safaryan eq. (6)). 0/0 counts as 0; no square overflows or underflows. NaN in g gives NaN, else an infinity gives
 * +inf.
 *   errors  NULL; PARAM: a sigma_j is negative, NaN or infinite; *out = 0 for d = 0 */
/*@ requires d == 0 && out != \null ==> \valid(out);
    requires d > 0 && out != \null && g != \null && sigma != \null ==> \valid(out) &&
      \valid_read(g + (0 .. d - 1)) && \valid_read(sigma + (0 .. d - 1));
    terminates \true;
    exits \false;
    assigns *out;
    behavior empty:
      assumes d == 0;
      ensures \result == MEDSGD_OK;
      ensures out != \null ==> \eq_double(*out, (double)0.0);
    behavior null:
      assumes d > 0 && (out == \null || g == \null || sigma == \null);
      assigns \nothing;
      ensures \result == MEDSGD_ERR_NULL;
    behavior parameter:
      assumes d > 0 && out != \null && g != \null && sigma != \null;
      assumes \exists integer j; 0 <= j < d && !medsgd__is_norm(sigma[j]);
      assigns \nothing;
      ensures \result == MEDSGD_ERR_PARAM;
    behavior done:
      assumes d > 0 && out != \null && g != \null && sigma != \null;
      assumes \forall integer j; 0 <= j < d ==> medsgd__is_norm(sigma[j]);
      ensures \result == MEDSGD_OK;
    complete behaviors;
    disjoint behaviors; */
MEDSGD_API int medsgd_l12_norm(double *out, const medsgd_real *g, const double *sigma, size_t d);

/* *out = ||median - mean||_1 over the coordinates, the bias of the median that medianSGD converges with (Chen Thm 1).
 * The median of an even number of rows is the midpoint; the mean is that of medsgd_mean before its rounding to
 * medsgd_real. +inf if any entry of the rows is NaN or infinite: the mean is then infinitely far. `work`:
 * medsgd_median_work(m) reals.
 *   errors  SIZE: m = 0, too large a scratch; NULL: out, rows, one of the rows, work; *out = 0 for d = 0 */
/*@ requires d == 0 && out != \null ==> \valid(out);
    requires m > 0 && d > 0 && medsgd_work_length(m) > 0 ==> medsgd_rows_or_null(rows, m, d) &&
      (out != \null ==> \valid(out)) && (work != \null ==> \valid(work + (0 .. medsgd_work_length(m) - 1)));
    requires m > 0 && d > 0 && out != \null && work != \null && medsgd_rows_given(rows, m) ==>
      medsgd_rows_apart(work, medsgd_work_length(m), rows, m, d) &&
      \separated(out, work + (0 .. medsgd_work_length(m) - 1));
    terminates \true;
    exits \false;
    assigns *out, work[0 .. medsgd_work_length(m) - 1];
    behavior size:
      assumes m == 0 || (d > 0 && medsgd_work_length(m) == 0);
      assigns \nothing;
      ensures \result == MEDSGD_ERR_SIZE;
    behavior empty:
      assumes m > 0 && d == 0;
      assigns *out;
      ensures \result == MEDSGD_OK;
      ensures out != \null ==> \eq_double(*out, (double)0.0);
    behavior null:
      assumes m > 0 && d > 0 && medsgd_work_length(m) > 0;
      assumes out == \null || work == \null || !medsgd_rows_given(rows, m);
      assigns \nothing;
      ensures \result == MEDSGD_ERR_NULL;
    behavior done:
      assumes m > 0 && d > 0 && medsgd_work_length(m) > 0;
      assumes out != \null && work != \null && medsgd_rows_given(rows, m);
      ensures \result == MEDSGD_OK;
      ensures \ge_double(*out, (double)0.0);
    complete behaviors;
    disjoint behaviors; */
MEDSGD_API int medsgd_median_mean_gap(double *out, const medsgd_real *const rows[], size_t m, size_t d,
                                      medsgd_real *work);

#ifdef __cplusplus
}
#endif

#endif /* MEDSGD_H */

#if (defined(MEDSGD_IMPLEMENTATION) || defined(MEDSGD_STATIC)) && !defined(MEDSGD__IMPLEMENTED)
#define MEDSGD__IMPLEMENTED

#if !defined(FLT_EVAL_METHOD) || (FLT_EVAL_METHOD != 0 && FLT_EVAL_METHOD != 16)
#  error "medsgd.h needs float operations rounded to float (FLT_EVAL_METHOD 0): on 32-bit x86, -msse2 -mfpmath=sse"
#endif
#if defined(__FAST_MATH__) || (defined(__FINITE_MATH_ONLY__) && __FINITE_MATH_ONLY__) || defined(_M_FP_FAST) || \
    defined(__ASSOCIATIVE_MATH__) || defined(__RECIPROCAL_MATH__) || defined(__NO_SIGNED_ZEROS__)
#  error "medsgd.h handles NaN and infinities and promises the same bits: compile it without -ffast-math and its parts"
#endif

/* No fused multiply-add in the bodies: a fused one rounds once where the proofs and every other platform round twice.
 * gcc has it as an optimisation option (-fno-math-errno lets it inline sqrt), others as a pragma. One command line
 * defeats the pragma and shows in no macro: clang's -ffp-contract=fast (not its default;
 * fast-honor-pragmas is fine). */
#if defined(__clang__)
#  pragma STDC FP_CONTRACT OFF
#  pragma clang diagnostic push
#  pragma clang diagnostic ignored "-Wshadow" /* a global of the including file may be called x, too */
#elif defined(__GNUC__)
#  pragma GCC push_options
#  pragma GCC optimize("fp-contract=off", "no-math-errno")
#  pragma GCC diagnostic push
#  pragma GCC diagnostic ignored "-Wshadow"
#elif defined(_MSC_VER)
#  pragma fp_contract(off)
#endif

#if defined(__GNUC__) || defined(__clang__)
#  define MEDSGD__INLINE static inline __attribute__((always_inline, unused))
#  define MEDSGD__NOINLINE static __attribute__((noinline, unused))
#  define MEDSGD__RESTRICT __restrict__
#elif defined(_MSC_VER)
#  define MEDSGD__INLINE static __forceinline
#  define MEDSGD__NOINLINE static __declspec(noinline)
#  define MEDSGD__RESTRICT __restrict
#else
#  define MEDSGD__INLINE static inline
#  define MEDSGD__NOINLINE static
#  define MEDSGD__RESTRICT
#endif

/* What is inlined takes the version of what it is inlined into. Contraction stays off: the bits are the same.
 * clang wants no other attribute beside this one, and so would warn of what the program does not use. */
#ifdef MEDSGD_MULTIVERSION
#  if !defined(__x86_64__) || !defined(__ELF__) || !defined(__GNUC__) || (defined(__clang__) && __clang_major__ < 19)
#    error "MEDSGD_MULTIVERSION needs gcc, or clang 19 or later, and ELF on x86-64"
#  endif
#  ifdef __clang__
#    pragma clang diagnostic ignored "-Wunused-function"
#  else
#    pragma GCC diagnostic ignored "-Wunused-function"
#  endif
#  undef MEDSGD__UNUSED
#  define MEDSGD__UNUSED __attribute__((target_clones("default", "avx2", "arch=skylake-avx512")))
#  undef MEDSGD__NOINLINE
#  define MEDSGD__NOINLINE static MEDSGD__UNUSED
#  undef MEDSGD_API
#  ifdef MEDSGD_STATIC
#    define MEDSGD_API static MEDSGD__UNUSED
#  else
#    define MEDSGD_API extern MEDSGD__UNUSED
#  endif
#endif

#ifdef __cplusplus
extern "C" {
#endif

/* ---- common ---- */

MEDSGD_API const char *medsgd_strerror(int status) {
  switch (status) {
    case MEDSGD_OK: return "success";
    case MEDSGD_NOT_CONVERGED: return "not converged: the iteration limit came before the tolerance";
    case MEDSGD_ERR_NULL: return "a needed pointer is null";
    case MEDSGD_ERR_SIZE: return "a size is zero, too large or inconsistent";
    case MEDSGD_ERR_PARAM: return "a parameter is out of its range or not finite";
    case MEDSGD_ERR_DATA: return "no usable row";
    default: return "unknown status";
  }
}

/* ======== signs ======== */

/* Powers of two: the bit of each lane of a half word. Masks from a table vectorize where variable shifts do not. */
static const uint32_t medsgd__lane_bit[32] = {
    0x1u,       0x2u,       0x4u,       0x8u,       0x10u,       0x20u,       0x40u,       0x80u,
    0x100u,     0x200u,     0x400u,     0x800u,     0x1000u,     0x2000u,     0x4000u,     0x8000u,
    0x10000u,   0x20000u,   0x40000u,   0x80000u,   0x100000u,   0x200000u,   0x400000u,   0x800000u,
    0x1000000u, 0x2000000u, 0x4000000u, 0x8000000u, 0x10000000u, 0x20000000u, 0x40000000u, 0x80000000u};

/*@ requires j < 32;
    terminates \true;
    exits \false;
    assigns \nothing;
    ensures \result == (1 << j); */
MEDSGD__INLINE uint32_t medsgd__lane(size_t j) {
  /* The prover looks the 32 entries up one by one. */
  /*@ assert
        medsgd__lane_bit[0] == (1 << 0) && medsgd__lane_bit[1] == (1 << 1) &&
        medsgd__lane_bit[2] == (1 << 2) && medsgd__lane_bit[3] == (1 << 3) &&
        medsgd__lane_bit[4] == (1 << 4) && medsgd__lane_bit[5] == (1 << 5) &&
        medsgd__lane_bit[6] == (1 << 6) && medsgd__lane_bit[7] == (1 << 7) &&
        medsgd__lane_bit[8] == (1 << 8) && medsgd__lane_bit[9] == (1 << 9) &&
        medsgd__lane_bit[10] == (1 << 10) && medsgd__lane_bit[11] == (1 << 11) &&
        medsgd__lane_bit[12] == (1 << 12) && medsgd__lane_bit[13] == (1 << 13) &&
        medsgd__lane_bit[14] == (1 << 14) && medsgd__lane_bit[15] == (1 << 15) &&
        medsgd__lane_bit[16] == (1 << 16) && medsgd__lane_bit[17] == (1 << 17) &&
        medsgd__lane_bit[18] == (1 << 18) && medsgd__lane_bit[19] == (1 << 19) &&
        medsgd__lane_bit[20] == (1 << 20) && medsgd__lane_bit[21] == (1 << 21) &&
        medsgd__lane_bit[22] == (1 << 22) && medsgd__lane_bit[23] == (1 << 23) &&
        medsgd__lane_bit[24] == (1 << 24) && medsgd__lane_bit[25] == (1 << 25) &&
        medsgd__lane_bit[26] == (1 << 26) && medsgd__lane_bit[27] == (1 << 27) &&
        medsgd__lane_bit[28] == (1 << 28) && medsgd__lane_bit[29] == (1 << 29) &&
        medsgd__lane_bit[30] == (1 << 30) && medsgd__lane_bit[31] == (1 << 31); */
  //@ assert j == 0 ==> medsgd__lane_bit[j] == (1 << j);
  //@ assert j == 1 ==> medsgd__lane_bit[j] == (1 << j);
  //@ assert j == 2 ==> medsgd__lane_bit[j] == (1 << j);
  //@ assert j == 3 ==> medsgd__lane_bit[j] == (1 << j);
  //@ assert j == 4 ==> medsgd__lane_bit[j] == (1 << j);
  //@ assert j == 5 ==> medsgd__lane_bit[j] == (1 << j);
  //@ assert j == 6 ==> medsgd__lane_bit[j] == (1 << j);
  //@ assert j == 7 ==> medsgd__lane_bit[j] == (1 << j);
  //@ assert j == 8 ==> medsgd__lane_bit[j] == (1 << j);
  //@ assert j == 9 ==> medsgd__lane_bit[j] == (1 << j);
  //@ assert j == 10 ==> medsgd__lane_bit[j] == (1 << j);
  //@ assert j == 11 ==> medsgd__lane_bit[j] == (1 << j);
  //@ assert j == 12 ==> medsgd__lane_bit[j] == (1 << j);
  //@ assert j == 13 ==> medsgd__lane_bit[j] == (1 << j);
  //@ assert j == 14 ==> medsgd__lane_bit[j] == (1 << j);
  //@ assert j == 15 ==> medsgd__lane_bit[j] == (1 << j);
  //@ assert j == 16 ==> medsgd__lane_bit[j] == (1 << j);
  //@ assert j == 17 ==> medsgd__lane_bit[j] == (1 << j);
  //@ assert j == 18 ==> medsgd__lane_bit[j] == (1 << j);
  //@ assert j == 19 ==> medsgd__lane_bit[j] == (1 << j);
  //@ assert j == 20 ==> medsgd__lane_bit[j] == (1 << j);
  //@ assert j == 21 ==> medsgd__lane_bit[j] == (1 << j);
  //@ assert j == 22 ==> medsgd__lane_bit[j] == (1 << j);
  //@ assert j == 23 ==> medsgd__lane_bit[j] == (1 << j);
  //@ assert j == 24 ==> medsgd__lane_bit[j] == (1 << j);
  //@ assert j == 25 ==> medsgd__lane_bit[j] == (1 << j);
  //@ assert j == 26 ==> medsgd__lane_bit[j] == (1 << j);
  //@ assert j == 27 ==> medsgd__lane_bit[j] == (1 << j);
  //@ assert j == 28 ==> medsgd__lane_bit[j] == (1 << j);
  //@ assert j == 29 ==> medsgd__lane_bit[j] == (1 << j);
  //@ assert j == 30 ==> medsgd__lane_bit[j] == (1 << j);
  //@ assert j == 31 ==> medsgd__lane_bit[j] == (1 << j);
  return medsgd__lane_bit[j];
}

/* word with bit j set, if condition is 1 and not 0. */
/*@ requires j < 32 && condition <= 1;
    terminates \true;
    exits \false;
    assigns \nothing;
    ensures \forall integer i; 0 <= i < 64 ==>
      (medsgd_bit(\result, i) <==> medsgd_bit(word, i) || (condition == 1 && i == j)); */
MEDSGD__INLINE uint32_t medsgd__set_lane(uint32_t word, uint32_t condition, size_t j) {
  const uint32_t bit = condition * medsgd__lane(j);
  //@ assert condition == 0 ==> bit == 0;
  //@ assert condition == 1 ==> bit == (1 << j);
  return word | bit;
}

/* The n low bits of v, 0 < n < 64. */
/*@ requires 0 < n < 64;
    terminates \true;
    exits \false;
    assigns \nothing;
    ensures \forall integer i; 0 <= i < 64 ==> (medsgd_bit(\result, i) <==> i < n && medsgd_bit(v, i)); */
MEDSGD__INLINE uint64_t medsgd__low_bits(uint64_t v, size_t n) {
  return v << (64 - n) >> (64 - n);
}

/* The two halves of a word. */
/*@ terminates \true;
    exits \false;
    assigns \nothing;
    ensures \forall integer i; 0 <= i < 32 ==> (medsgd_bit(\result, i) <==> medsgd_bit(v, i)); */
MEDSGD__INLINE uint32_t medsgd__low_half(uint64_t v) {
  return (uint32_t)v;
}

/*@ terminates \true;
    exits \false;
    assigns \nothing;
    ensures \forall integer i; 32 <= i < 64 ==> (medsgd_bit(\result, i - 32) <==> medsgd_bit(v, i)); */
MEDSGD__INLINE uint32_t medsgd__high_half(uint64_t v) {
  return (uint32_t)(v >> 32);
}

/* Bit j becomes x[j] < 0. */
/*@ requires \valid_read(x + (0 .. 63));
    terminates \true;
    exits \false;
    assigns \nothing;
    ensures \forall integer i; 0 <= i < 64 ==> (medsgd_bit(\result, i) <==> medsgd_negative(x[i])); */
MEDSGD__INLINE uint64_t medsgd__pack64(const medsgd_real *MEDSGD__RESTRICT x) {
  uint32_t lo = 0, hi = 0;
  /*@ loop invariant 0 <= j <= 32;
      loop invariant \forall integer i; 0 <= i < j ==> (medsgd_bit(lo, i) <==> medsgd_negative(x[i]));
      loop invariant \forall integer i; j <= i < 64 ==> !medsgd_bit(lo, i);
      loop invariant \forall integer i; 32 <= i < 32 + j ==> (medsgd_bit(hi, i - 32) <==> medsgd_negative(x[i]));
      loop invariant \forall integer i; j <= i < 64 ==> !medsgd_bit(hi, i);
      loop assigns j, lo, hi;
      loop variant 32 - j; */
  for (size_t j = 0; j < 32; j++) {
    lo = medsgd__set_lane(lo, (uint32_t)(x[j] < 0), j);
    hi = medsgd__set_lane(hi, (uint32_t)(x[32 + j] < 0), j);
  }
  const uint64_t word = (uint64_t)hi << 32 | (uint64_t)lo;
  //@ assert low: \forall integer i; 0 <= i < 32 ==> (medsgd_bit(word, i) <==> medsgd_bit(lo, i));
  //@ assert high: \forall integer i; 32 <= i < 64 ==> (medsgd_bit(word, i) <==> medsgd_bit(hi, i - 32));
  return word;
}

/* Bit j becomes x[j] > 0. */
/*@ requires \valid_read(x + (0 .. 63));
    terminates \true;
    exits \false;
    assigns \nothing;
    ensures \forall integer i; 0 <= i < 64 ==> (medsgd_bit(\result, i) <==> medsgd_positive(x[i])); */
MEDSGD__INLINE uint64_t medsgd__pack64_positive(const medsgd_real *MEDSGD__RESTRICT x) {
  uint32_t lo = 0, hi = 0;
  /*@ loop invariant 0 <= j <= 32;
      loop invariant \forall integer i; 0 <= i < j ==> (medsgd_bit(lo, i) <==> medsgd_positive(x[i]));
      loop invariant \forall integer i; j <= i < 64 ==> !medsgd_bit(lo, i);
      loop invariant \forall integer i; 32 <= i < 32 + j ==> (medsgd_bit(hi, i - 32) <==> medsgd_positive(x[i]));
      loop invariant \forall integer i; j <= i < 64 ==> !medsgd_bit(hi, i);
      loop assigns j, lo, hi;
      loop variant 32 - j; */
  for (size_t j = 0; j < 32; j++) {
    lo = medsgd__set_lane(lo, (uint32_t)(x[j] > 0), j);
    hi = medsgd__set_lane(hi, (uint32_t)(x[32 + j] > 0), j);
  }
  const uint64_t word = (uint64_t)hi << 32 | (uint64_t)lo;
  //@ assert low: \forall integer i; 0 <= i < 32 ==> (medsgd_bit(word, i) <==> medsgd_bit(lo, i));
  //@ assert high: \forall integer i; 32 <= i < 64 ==> (medsgd_bit(word, i) <==> medsgd_bit(hi, i - 32));
  return word;
}

/* block = the n < 64 values of x, then 1s (whose sign sets no bit). */
/*@ requires n < 64;
    requires \valid(block + (0 .. 63)) && \valid_read(x + (0 .. n - 1));
    requires \separated(block + (0 .. 63), x + (0 .. n - 1));
    terminates \true;
    exits \false;
    assigns block[0 .. 63];
    ensures \forall integer j; 0 <= j < n ==> medsgd_same(block[j], x[j]) &&
      (medsgd_negative(block[j]) <==> medsgd_negative(x[j])) && (medsgd_positive(block[j]) <==> medsgd_positive(x[j]));
    ensures \forall integer j; n <= j < 64 ==> !medsgd_negative(block[j]) && medsgd_positive(block[j]); */
static MEDSGD__UNUSED void medsgd__pad_ones(medsgd_real *MEDSGD__RESTRICT block, const medsgd_real *MEDSGD__RESTRICT x,
                                            size_t n) {
  /*@ loop invariant 0 <= j <= n;
      loop invariant \forall integer i; 0 <= i < j ==> medsgd_same(block[i], x[i]);
      loop assigns j, block[0 .. 63];
      loop variant n - j; */
  for (size_t j = 0; j < n; j++) block[j] = x[j];
  /*@ loop invariant n <= j <= 64;
      loop invariant \forall integer i; 0 <= i < n ==> medsgd_same(block[i], x[i]);
      loop invariant \forall integer i; n <= i < j ==> !medsgd_negative(block[i]) && medsgd_positive(block[i]);
      loop assigns j, block[0 .. 63];
      loop variant 64 - j; */
  for (size_t j = n; j < 64; j++) block[j] = 1;
}

MEDSGD_API int medsgd_sign_pack(uint64_t *neg, const medsgd_real *g, size_t d) {
  if (d == 0) return MEDSGD_OK;
  if (!neg || !g) return MEDSGD_ERR_NULL;
  const size_t full = d / 64, rest = d % 64;
  /*@ loop invariant 0 <= w <= full;
      loop invariant \forall integer v, i; 0 <= v < w && 0 <= i < 64 ==>
        (medsgd_bit(neg[v], i) <==> medsgd_negative(g[64 * v + i]));
      loop assigns w, neg[0 .. full - 1];
      loop variant full - w; */
  for (size_t w = 0; w < full; w++) neg[w] = medsgd__pack64(g + 64 * w);
  if (rest != 0) {
    medsgd_real block[64];
    medsgd__pad_ones(block, g + 64 * full, rest);
    const uint64_t last = medsgd__pack64(block);
    //@ assert signs: \forall integer i; 0 <= i < rest ==> (medsgd_bit(last, i) <==> medsgd_negative(g[64 * full + i]));
    //@ assert padding: \forall integer i; rest <= i < 64 ==> !medsgd_bit(last, i);
    neg[full] = last;
    /*@ assert last_signs: \forall integer i; 0 <= i < 64 && 64 * full + i < d ==>
          (medsgd_bit(neg[full], i) <==> medsgd_negative(g[64 * full + i])); */
    //@ assert last_padding: \forall integer i; 0 <= i < 64 && d <= 64 * full + i ==> !medsgd_bit(neg[full], i);
  }
  return MEDSGD_OK;
}

MEDSGD_API int medsgd_sign_pack_ternary(uint64_t *neg, uint64_t *zero, const medsgd_real *g, size_t d) {
  if (d == 0) return MEDSGD_OK;
  if (!neg || !zero || !g) return MEDSGD_ERR_NULL;
  const size_t full = d / 64, rest = d % 64;
  /*@ loop invariant 0 <= w <= full;
      loop invariant \forall integer v, i; 0 <= v < w && 0 <= i < 64 ==>
        (medsgd_bit(neg[v], i) <==> medsgd_negative(g[64 * v + i]));
      loop invariant \forall integer v, i; 0 <= v < w && 0 <= i < 64 ==>
        (medsgd_bit(zero[v], i) <==> !medsgd_negative(g[64 * v + i]) && !medsgd_positive(g[64 * v + i]));
      loop assigns w, neg[0 .. full - 1], zero[0 .. full - 1];
      loop variant full - w; */
  for (size_t w = 0; w < full; w++) {
    const uint64_t minus = medsgd__pack64(g + 64 * w), plus = medsgd__pack64_positive(g + 64 * w);
    const uint64_t neither = ~(minus | plus); /* 0, -0 or NaN */
    /*@ assert \forall integer i; 0 <= i < 64 ==>
          (medsgd_bit(neither, i) <==> !medsgd_bit(minus, i) && !medsgd_bit(plus, i)); */
    neg[w] = minus;
    zero[w] = neither;
  }
  if (rest != 0) {
    medsgd_real block[64];
    medsgd__pad_ones(block, g + 64 * full, rest);
    const uint64_t minus = medsgd__pack64(block), plus = medsgd__pack64_positive(block);
    const uint64_t neither = ~(minus | plus);
    /*@ assert \forall integer i; 0 <= i < 64 ==>
          (medsgd_bit(neither, i) <==> !medsgd_bit(minus, i) && !medsgd_bit(plus, i)); */
    neg[full] = minus;
    zero[full] = neither;
    /*@ assert last_signs: \forall integer i; 0 <= i < 64 && 64 * full + i < d ==>
          (medsgd_bit(neg[full], i) <==> medsgd_negative(g[64 * full + i])); */
    /*@ assert last_zeros: \forall integer i; 0 <= i < 64 && 64 * full + i < d ==>
          (medsgd_bit(zero[full], i) <==> !medsgd_negative(g[64 * full + i]) && !medsgd_positive(g[64 * full + i])); */
    /*@ assert last_padding: \forall integer i; 0 <= i < 64 && d <= 64 * full + i ==>
          !medsgd_bit(neg[full], i) && !medsgd_bit(zero[full], i); */
  }
  return MEDSGD_OK;
}

/* out[first + j] = block[j], j < n. */
/*@ requires n <= 64 && first + n <= SIZE_MAX && \valid(out + (first .. first + n - 1));
    requires \valid_read(block + (0 .. n - 1));
    requires \separated(out + (first .. first + n - 1), block + (0 .. n - 1));
    terminates \true;
    exits \false;
    assigns out[first .. first + n - 1];
    ensures \forall integer k; first <= k < first + n ==> medsgd_same(out[k], \old(block[k - first])); */
MEDSGD__INLINE void medsgd__copy_rest(medsgd_real *MEDSGD__RESTRICT out, size_t first,
                                      const medsgd_real *MEDSGD__RESTRICT block, size_t n) {
  /*@ loop invariant 0 <= j <= n;
      loop invariant \forall integer k; first <= k < first + j ==> medsgd_same(out[k], \at(block[k - first], Pre));
      loop assigns j, out[first .. first + n - 1];
      loop variant n - j; */
  for (size_t j = 0; j < n; j++) {
    //@ assert \separated(out + (first + j), block + (0 .. n - 1));
    out[first + j] = block[j];
    //@ assert medsgd_same(out[first + j], \at(block[\at(j, Here)], Pre));
  }
}

/*@ // Word w of a plane that may be absent.
    logic integer medsgd__zeros{L}(uint64_t *zero, integer w) = zero == \null ? 0 : zero[w];
    axiomatic medsgd__unpacking {
      // The value that bit i of the two words stands for.
      predicate medsgd__is_unpacked(medsgd_real v, integer neg, integer zero, integer i, medsgd_real if_clear,
                                    medsgd_real if_set) =
        (medsgd_bit(zero, i) ==> medsgd_same(v, (medsgd_real)0.0)) &&
        (!medsgd_bit(zero, i) && medsgd_bit(neg, i) ==> medsgd_same(v, if_set)) &&
        (!medsgd_bit(zero, i) && !medsgd_bit(neg, i) ==> medsgd_same(v, if_clear));
      lemma medsgd__unpacked_same: \forall medsgd_real u, v, c, s, integer neg, zero, i;
        medsgd_same(u, v) && medsgd__is_unpacked(v, neg, zero, i, c, s) ==> medsgd__is_unpacked(u, neg, zero, i, c, s);
      // What was unpacked has the signs it was unpacked from: packing it again gives them back.
      lemma medsgd__pack_after_unpack: \forall medsgd_real v, scale, integer neg, i;
        \is_finite(scale) && medsgd_positive(scale) &&
        medsgd__is_unpacked(v, neg, 0, i, scale, medsgd_opposite(scale)) ==>
        (medsgd_negative(v) <==> medsgd_bit(neg, i));
    } */

/* out[first + j] = if_clear or if_set, by bit j of neg, and 0 where bit j of zero is set, j < 64. */
/*@ requires \valid(out + (first .. first + 63)) && first <= SIZE_MAX - 64;
    terminates \true;
    exits \false;
    assigns out[first .. first + 63];
    ensures \forall integer k; first <= k < first + 64 ==>
      medsgd__is_unpacked(out[k], neg, zero, k - first, if_clear, if_set); */
MEDSGD__INLINE void medsgd__unpack64(medsgd_real *MEDSGD__RESTRICT out, size_t first, uint64_t neg, uint64_t zero,
                                     medsgd_real if_clear, medsgd_real if_set) {
  const uint32_t neg_lo = medsgd__low_half(neg), neg_hi = medsgd__high_half(neg);
  const uint32_t zero_lo = medsgd__low_half(zero), zero_hi = medsgd__high_half(zero);
  /*@ loop invariant 0 <= j <= 32;
      loop invariant \forall integer k; first <= k < first + j ==>
        medsgd__is_unpacked(out[k], neg, zero, k - first, if_clear, if_set);
      loop assigns j, out[first .. first + 31];
      loop variant 32 - j; */
  for (size_t j = 0; j < 32; j++) {
    const uint32_t bit = medsgd__lane(j);
    //@ assert (neg_lo & bit) != 0 <==> medsgd_bit(neg, j);
    //@ assert (zero_lo & bit) != 0 <==> medsgd_bit(zero, j);
    const medsgd_real s = (neg_lo & bit) != 0 ? if_set : if_clear;
    out[first + j] = (zero_lo & bit) != 0 ? (medsgd_real)0 : s;
    //@ assert medsgd__is_unpacked(out[first + j], neg, zero, j, if_clear, if_set);
  }
  const size_t middle = first + 32;
  //@ assert middle == first + 32;
  /*@ loop invariant 0 <= j <= 32;
      loop invariant \forall integer k; middle <= k < middle + j ==>
        medsgd__is_unpacked(out[k], neg, zero, k - first, if_clear, if_set);
      loop assigns j, out[middle .. middle + 31];
      loop variant 32 - j; */
  for (size_t j = 0; j < 32; j++) {
    const uint32_t bit = medsgd__lane(j);
    //@ assert (neg_hi & bit) != 0 <==> medsgd_bit(neg, 32 + j);
    //@ assert (zero_hi & bit) != 0 <==> medsgd_bit(zero, 32 + j);
    const medsgd_real s = (neg_hi & bit) != 0 ? if_set : if_clear;
    out[middle + j] = (zero_hi & bit) != 0 ? (medsgd_real)0 : s;
    //@ assert medsgd__is_unpacked(out[middle + j], neg, zero, 32 + j, if_clear, if_set);
  }
}

/* out = the signs of `full` words; zero may be null. */
/*@ requires full <= SIZE_MAX / 64 && \valid(out + (0 .. 64 * full - 1)) && \valid_read(neg + (0 .. full - 1)) &&
      \separated(out + (0 .. 64 * full - 1), neg + (0 .. full - 1));
    requires zero != \null ==> \valid_read(zero + (0 .. full - 1)) &&
      \separated(out + (0 .. 64 * full - 1), zero + (0 .. full - 1));
    terminates \true;
    exits \false;
    assigns out[0 .. 64 * full - 1];
    ensures \forall integer k; 0 <= k < 64 * full ==>
      medsgd__is_unpacked(out[k], neg[k / 64], medsgd__zeros(zero, k / 64), k % 64, if_clear, if_set); */
MEDSGD__INLINE void medsgd__unpack_words(medsgd_real *MEDSGD__RESTRICT out, const uint64_t *MEDSGD__RESTRICT neg,
                                         const uint64_t *MEDSGD__RESTRICT zero, size_t full, medsgd_real if_clear,
                                         medsgd_real if_set) {
  if (zero) {
    /*@ loop invariant 0 <= w <= full;
        loop invariant \forall integer k; 0 <= k < 64 * w ==>
          medsgd__is_unpacked(out[k], neg[k / 64], medsgd__zeros(zero, k / 64), k % 64, if_clear, if_set);
        loop assigns w, out[0 .. 64 * full - 1];
        loop variant full - w; */
    for (size_t w = 0; w < full; w++) {
      medsgd__unpack64(out, 64 * w, neg[w], zero[w], if_clear, if_set);
      //@ assert \forall integer k; 64 * w <= k < 64 * w + 64 ==> k / 64 == w && k % 64 == k - 64 * w;
    }
  } else {
    /*@ loop invariant 0 <= w <= full;
        loop invariant \forall integer k; 0 <= k < 64 * w ==>
          medsgd__is_unpacked(out[k], neg[k / 64], medsgd__zeros(zero, k / 64), k % 64, if_clear, if_set);
        loop assigns w, out[0 .. 64 * full - 1];
        loop variant full - w; */
    for (size_t w = 0; w < full; w++) {
      medsgd__unpack64(out, 64 * w, neg[w], 0, if_clear, if_set);
      //@ assert \forall integer k; 64 * w <= k < 64 * w + 64 ==> k / 64 == w && k % 64 == k - 64 * w;
    }
  }
}

MEDSGD_API int medsgd_sign_unpack(medsgd_real *out, const uint64_t *neg, const uint64_t *zero, size_t d,
                                  medsgd_real scale) {
  if (d == 0) return MEDSGD_OK;
  if (!out || !neg) return MEDSGD_ERR_NULL;
  if (!(scale - scale == 0)) return MEDSGD_ERR_PARAM;
  const size_t full = d / 64, rest = d % 64;
  const medsgd_real opposite = -scale;
  //@ assert full == d / 64 && rest == d % 64 && d == 64 * full + rest;
  //@ assert rest != 0 ==> \valid_read(neg + full) && (zero != \null ==> \valid_read(zero + full));
  medsgd__unpack_words(out, neg, zero, full, scale, opposite);
  if (rest != 0) {
    medsgd_real block[64];
    const uint64_t zeros = zero ? zero[full] : 0;
    medsgd__unpack64(block, 0, neg[full], zeros, scale, opposite);
    //@ assert zeros == medsgd__zeros(zero, full);
    medsgd__copy_rest(out, 64 * full, block, rest);
    /*@ assert rest: \forall integer k; 64 * full <= k < d ==>
          medsgd__is_unpacked(out[k], neg[full], medsgd__zeros(zero, full), k - 64 * full, scale, opposite); */
    //@ assert \forall integer k; 64 * full <= k < d ==> k / 64 == full && k % 64 == k - 64 * full;
    /*@ assert \forall integer k; 64 * full <= k < d ==>
          medsgd__is_unpacked(out[k], neg[k / 64], medsgd__zeros(zero, k / 64), k % 64, scale, opposite); */
  }
  /*@ assert all: \forall integer k; 0 <= k < d ==> medsgd__is_unpacked(out[k], neg[k / 64],
        medsgd__zeros(zero, k / 64), k % 64, scale, medsgd_opposite(scale)); */
  return MEDSGD_OK;
}

/*@ axiomatic medsgd__stepping {
    lemma medsgd__same_itself: \forall medsgd_real v; medsgd_same(v, v);
      lemma medsgd__minus_zero: \forall medsgd_real v; medsgd_same(medsgd_minus(v, (medsgd_real)0.0), v);
      // The step that bit i of the two words stands for, taken from old.
      predicate medsgd__is_stepped(medsgd_real v, medsgd_real old, integer neg, integer zero, integer i,
                                   medsgd_real step) =
        (medsgd_bit(zero, i) ==> medsgd_same(v, old)) &&
        (!medsgd_bit(zero, i) && medsgd_bit(neg, i) ==> medsgd_same(v, medsgd_minus(old, medsgd_opposite(step)))) &&
        (!medsgd_bit(zero, i) && !medsgd_bit(neg, i) ==> medsgd_same(v, medsgd_minus(old, step)));
      lemma medsgd__stepped_same: \forall medsgd_real u, v, old, step, integer neg, zero, i;
        medsgd_same(u, v) && medsgd__is_stepped(v, old, neg, zero, i, step) ==>
        medsgd__is_stepped(u, old, neg, zero, i, step);
      lemma medsgd__stepped_from: \forall medsgd_real u, v, old, step, integer neg, zero, i;
        medsgd_same(old, v) && medsgd__is_stepped(u, old, neg, zero, i, step) ==>
        medsgd__is_stepped(u, v, neg, zero, i, step);
    } */

/* x[first + j] -= +step or -step, by bit j of neg, j < 64; minus +0, which leaves it, where bit j of zero is set (-0
 * would not: there the bit of neg is dropped). */
/*@ requires \valid(x + (first .. first + 63)) && first <= SIZE_MAX - 64;
    terminates \true;
    exits \false;
    assigns x[first .. first + 63];
    ensures \forall integer k; first <= k < first + 64 ==>
      medsgd__is_stepped(x[k], \old(x[k]), neg, zero, k - first, step); */
MEDSGD__INLINE void medsgd__step64(medsgd_real *MEDSGD__RESTRICT x, size_t first, uint64_t neg, uint64_t zero,
                                   medsgd_real step) {
  const uint64_t minus = neg & ~zero;
  const uint32_t neg_lo = medsgd__low_half(minus), neg_hi = medsgd__high_half(minus);
  const uint32_t zero_lo = medsgd__low_half(zero), zero_hi = medsgd__high_half(zero);
  //@ assert \forall integer i; 0 <= i < 64 ==> (medsgd_bit(minus, i) <==> medsgd_bit(neg, i) && !medsgd_bit(zero, i));
  /*@ loop invariant 0 <= j <= 32;
      loop invariant \forall integer k; first <= k < first + j ==>
        medsgd__is_stepped(x[k], \at(x[k], Pre), neg, zero, k - first, step);
      loop assigns j, x[first .. first + (j <= 32 ? j : 32) - 1];
      loop variant 32 - j; */
  for (size_t j = 0; j < 32; j++) {
    const uint32_t bit = medsgd__lane(j);
    //@ assert (neg_lo & bit) != 0 <==> medsgd_bit(neg, j) && !medsgd_bit(zero, j);
    //@ assert (zero_lo & bit) != 0 <==> medsgd_bit(zero, j);
    const medsgd_real s = (zero_lo & bit) != 0 ? (medsgd_real)0 : step;
    const medsgd_real change = (neg_lo & bit) != 0 ? -s : s;
    //@ ghost medsgd_real old = x[first + j];
    //@ assert medsgd_same(old, \at(x[\at(first + j, Here)], Pre));
    x[first + j] -= change;
    //@ assert medsgd__is_stepped(x[first + j], old, neg, zero, j, step);
    //@ assert medsgd__is_stepped(x[first + j], \at(x[\at(first + j, Here)], Pre), neg, zero, j, step);
  }
  const size_t middle = first + 32;
  //@ assert middle == first + 32;
  /*@ loop invariant 0 <= j <= 32;
      loop invariant \forall integer k; middle <= k < middle + j ==>
        medsgd__is_stepped(x[k], \at(x[k], Pre), neg, zero, k - first, step);
      loop assigns j, x[middle .. middle + (j <= 32 ? j : 32) - 1];
      loop variant 32 - j; */
  for (size_t j = 0; j < 32; j++) {
    const uint32_t bit = medsgd__lane(j);
    //@ assert (neg_hi & bit) != 0 <==> medsgd_bit(neg, 32 + j) && !medsgd_bit(zero, 32 + j);
    //@ assert (zero_hi & bit) != 0 <==> medsgd_bit(zero, 32 + j);
    const medsgd_real s = (zero_hi & bit) != 0 ? (medsgd_real)0 : step;
    const medsgd_real change = (neg_hi & bit) != 0 ? -s : s;
    //@ ghost medsgd_real old = x[middle + j];
    //@ assert medsgd_same(old, \at(x[\at(middle + j, Here)], Pre));
    x[middle + j] -= change;
    //@ assert medsgd__is_stepped(x[middle + j], old, neg, zero, 32 + j, step);
    //@ assert medsgd__is_stepped(x[middle + j], \at(x[\at(middle + j, Here)], Pre), neg, zero, 32 + j, step);
  }
}

/* The step with `full` words; zero may be null. */
/*@ requires full <= SIZE_MAX / 64 && \valid(x + (0 .. 64 * full - 1)) && \valid_read(neg + (0 .. full - 1)) &&
      \separated(x + (0 .. 64 * full - 1), neg + (0 .. full - 1));
    requires zero != \null ==> \valid_read(zero + (0 .. full - 1)) &&
      \separated(x + (0 .. 64 * full - 1), zero + (0 .. full - 1));
    terminates \true;
    exits \false;
    assigns x[0 .. 64 * full - 1];
    ensures \forall integer k; 0 <= k < 64 * full ==>
      medsgd__is_stepped(x[k], \old(x[k]), neg[k / 64], medsgd__zeros(zero, k / 64), k % 64, step); */
MEDSGD__INLINE void medsgd__step_words(medsgd_real *MEDSGD__RESTRICT x, const uint64_t *MEDSGD__RESTRICT neg,
                                       const uint64_t *MEDSGD__RESTRICT zero, size_t full, medsgd_real step) {
  if (zero) {
    /*@ loop invariant 0 <= w <= full;
        loop invariant \forall integer k; 0 <= k < 64 * w ==>
          medsgd__is_stepped(x[k], \at(x[k], Pre), neg[k / 64], medsgd__zeros(zero, k / 64), k % 64, step);
        loop assigns w, x[0 .. 64 * (w <= full ? w : full) - 1];
        loop variant full - w; */
    for (size_t w = 0; w < full; w++) {
      //@ ghost Word: ;
      //@ assert before: \forall integer k; 64 * w <= k < 64 * w + 64 ==> medsgd_same(x[k], \at(x[k], Pre));
      medsgd__step64(x, 64 * w, neg[w], zero[w], step);
      //@ assert zeros: medsgd__zeros(zero, w) == zero[w];
      /*@ assert word: \forall integer k; 64 * w <= k < 64 * w + 64 ==>
            medsgd__is_stepped(x[k], \at(x[k], Word), neg[w], zero[w], k - 64 * w, step); */
      /*@ assert stepped: \forall integer k; 64 * w <= k < 64 * w + 64 ==>
            medsgd__is_stepped(x[k], \at(x[k], Pre), neg[w], zero[w], k - 64 * w, step); */
      //@ assert place: \forall integer k; 64 * w <= k < 64 * w + 64 ==> k / 64 == w && k % 64 == k - 64 * w;
      /*@ assert words: \forall integer k; 64 * w <= k < 64 * w + 64 ==>
            neg[k / 64] == neg[w] && medsgd__zeros(zero, k / 64) == zero[w]; */
      /*@ assert next: \forall integer k; 64 * w <= k < 64 * w + 64 ==>
            medsgd__is_stepped(x[k], \at(x[k], Pre), neg[k / 64], medsgd__zeros(zero, k / 64), k % 64, step); */
      /*@ assert kept: \forall integer k; 0 <= k < 64 * w ==>
            medsgd__is_stepped(x[k], \at(x[k], Pre), neg[k / 64], medsgd__zeros(zero, k / 64), k % 64, step); */
    }
  } else {
    /*@ loop invariant 0 <= w <= full;
        loop invariant \forall integer k; 0 <= k < 64 * w ==>
          medsgd__is_stepped(x[k], \at(x[k], Pre), neg[k / 64], medsgd__zeros(zero, k / 64), k % 64, step);
        loop assigns w, x[0 .. 64 * (w <= full ? w : full) - 1];
        loop variant full - w; */
    for (size_t w = 0; w < full; w++) {
      //@ ghost Word0: ;
      //@ assert before: \forall integer k; 64 * w <= k < 64 * w + 64 ==> medsgd_same(x[k], \at(x[k], Pre));
      medsgd__step64(x, 64 * w, neg[w], 0, step);
      //@ assert zeros: medsgd__zeros(zero, w) == 0;
      /*@ assert word: \forall integer k; 64 * w <= k < 64 * w + 64 ==>
            medsgd__is_stepped(x[k], \at(x[k], Word0), neg[w], 0, k - 64 * w, step); */
      /*@ assert stepped: \forall integer k; 64 * w <= k < 64 * w + 64 ==>
            medsgd__is_stepped(x[k], \at(x[k], Pre), neg[w], 0, k - 64 * w, step); */
      //@ assert place: \forall integer k; 64 * w <= k < 64 * w + 64 ==> k / 64 == w && k % 64 == k - 64 * w;
      /*@ assert words: \forall integer k; 64 * w <= k < 64 * w + 64 ==>
            neg[k / 64] == neg[w] && medsgd__zeros(zero, k / 64) == 0; */
      /*@ assert next: \forall integer k; 64 * w <= k < 64 * w + 64 ==>
            medsgd__is_stepped(x[k], \at(x[k], Pre), neg[k / 64], medsgd__zeros(zero, k / 64), k % 64, step); */
      /*@ assert kept: \forall integer k; 0 <= k < 64 * w ==>
            medsgd__is_stepped(x[k], \at(x[k], Pre), neg[k / 64], medsgd__zeros(zero, k / 64), k % 64, step); */
    }
  }
}

MEDSGD_API int medsgd_sign_step(medsgd_real *x, const uint64_t *neg, const uint64_t *zero, size_t d, medsgd_real step) {
  if (d == 0) return MEDSGD_OK;
  if (!x || !neg) return MEDSGD_ERR_NULL;
  if (!(step - step == 0)) return MEDSGD_ERR_PARAM;
  const size_t full = d / 64, rest = d % 64;
  //@ assert full == d / 64 && rest == d % 64 && d == 64 * full + rest;
  //@ assert rest != 0 ==> \valid_read(neg + full) && (zero != \null ==> \valid_read(zero + full));
  //@ assert base: (size_t)(64 * full) == 64 * full;
  medsgd__step_words(x, neg, zero, full, step);
  if (rest != 0) {
    medsgd_real block[64];
    const uint64_t zeros = zero ? zero[full] : 0;
    //@ ghost Words: ;
    //@ assert untouched: \forall integer k; 64 * full <= k < d ==> medsgd_same(x[k], \at(x[k], Pre));
    medsgd__pad_ones(block, x + 64 * full, rest);
    //@ assert padded: \forall integer j; 0 <= j < rest ==> medsgd_same(block[j], x[64 * full + j]);
    //@ assert placed: \forall integer k; 64 * full <= k < d ==> medsgd_same(block[k - 64 * full], x[k]);
    /*@ assert loaded: \forall integer k; 64 * full <= k < d ==>
          medsgd_same(block[k - 64 * full], \at(x[k], Pre)); */
    //@ ghost Loaded: ;
    medsgd__step64(block, 0, neg[full], zeros, step);
    /*@ assert block: \forall integer j; 0 <= j < rest ==>
          medsgd__is_stepped(block[j], \at(block[j], Loaded), neg[full], zeros, j, step); */
    /*@ assert stepped: \forall integer k; 64 * full <= k < d ==>
          medsgd__is_stepped(block[k - 64 * full], \at(x[k], Pre), neg[full], zeros, k - 64 * full, step); */
    //@ ghost Stepped: ;
    medsgd__copy_rest(x, 64 * full, block, rest);
    //@ assert zeros: zeros == medsgd__zeros(zero, full);
    /*@ assert copied: \forall integer k; 64 * full <= k < d ==>
          medsgd_same(x[k], \at(block[\at(k - 64 * full, Here)], Stepped)); */
    /*@ assert stored: \forall integer k; 64 * full <= k < d ==>
          medsgd__is_stepped(x[k], \at(x[k], Pre), neg[full], zeros, k - 64 * full, step); */
    //@ assert place: \forall integer k; 64 * full <= k < d ==> k / 64 == full && k % 64 == k - 64 * full;
    /*@ assert last: \forall integer k; 64 * full <= k < d ==>
          neg[k / 64] == neg[full] && medsgd__zeros(zero, k / 64) == zeros; */
    /*@ assert bits: \forall integer k; 64 * full <= k < d ==>
          medsgd__is_stepped(x[k], \at(x[k], Pre), neg[full], zeros, k % 64, step); */
    /*@ assert rest: \forall integer k; 64 * full <= k < d ==> medsgd__is_stepped(x[k], \at(x[k], Pre), neg[k / 64],
          medsgd__zeros(zero, k / 64), k % 64, step); */
    /*@ assert words: \forall integer k; 0 <= k < 64 * full ==> medsgd__is_stepped(x[k], \at(x[k], Pre), neg[k / 64],
          medsgd__zeros(zero, k / 64), k % 64, step); */
  }
  /*@ assert all: \forall integer k; 0 <= k < d ==> medsgd__is_stepped(x[k], \at(x[k], Pre), neg[k / 64],
        medsgd__zeros(zero, k / 64), k % 64, step); */
  /*@ assert clear: \forall integer k; 0 <= k < d && (zero == \null || !medsgd_bit(zero[k / 64], k % 64)) ==>
        !medsgd_bit(medsgd__zeros(zero, k / 64), k % 64); */
  return MEDSGD_OK;
}

/* Byte k of v, the lowest first. */
/*@ requires k < 8;
    terminates \true;
    exits \false;
    assigns \nothing;
    ensures \forall integer i; 0 <= i < 8 ==> (medsgd_bit(\result, i) <==> medsgd_bit(v, 8 * k + i)); */
MEDSGD__INLINE unsigned char medsgd__byte(uint64_t v, size_t k) {
  return (unsigned char)(v >> (8 * k));
}

/* v with byte k, which is 0 so far, set. */
/*@ requires k < 8;
    terminates \true;
    exits \false;
    assigns \nothing;
    ensures \forall integer i; 0 <= i < 64 ==> (medsgd_bit(\result, i) <==>
      medsgd_bit(v, i) || (8 * k <= i < 8 * k + 8 && medsgd_bit(byte, i - 8 * k))); */
MEDSGD__INLINE uint64_t medsgd__set_byte(uint64_t v, unsigned char byte, size_t k) {
  return v | (uint64_t)byte << (8 * k);
}

/*@ // Byte k of v.
    predicate medsgd__is_byte(integer byte, integer v, integer k) =
      \forall integer i; 0 <= i < 8 ==> (medsgd_bit(byte, i) <==> medsgd_bit(v, 8 * k + i)); */

MEDSGD_API int medsgd_words_to_bytes(unsigned char *bytes, const uint64_t *words, size_t d) {
  if (d == 0) return MEDSGD_OK;
  if (!bytes || !words) return MEDSGD_ERR_NULL;
  const size_t full = d / 64, rest = d % 64;
  /*@ loop invariant 0 <= w <= full;
      loop invariant \forall integer n; 0 <= n < 8 * w ==> medsgd__is_byte(bytes[n], words[n / 8], n % 8);
      loop assigns w, bytes[0 .. 8 * full - 1];
      loop variant full - w; */
  for (size_t w = 0; w < full; w++) {
    const uint64_t v = words[w];
    /*@ loop invariant 0 <= k <= 8;
        loop invariant \forall integer n; 8 * w <= n < 8 * w + k ==> medsgd__is_byte(bytes[n], v, n - 8 * w);
        loop assigns k, bytes[8 * w .. 8 * w + 7];
        loop variant 8 - k; */
    for (size_t k = 0; k < 8; k++) bytes[8 * w + k] = medsgd__byte(v, k);
    //@ assert \forall integer n; 8 * w <= n < 8 * w + 8 ==> n / 8 == w && n % 8 == n - 8 * w;
    //@ assert \forall integer n; 8 * w <= n < 8 * w + 8 ==> medsgd__is_byte(bytes[n], words[n / 8], n % 8);
  }
  if (rest != 0) {
    const uint64_t v = medsgd__low_bits(words[full], rest);
    /*@ loop invariant 0 <= k <= 8 && 8 * k <= rest + 7;
        loop invariant \forall integer n; 8 * full <= n < 8 * full + k ==>
          medsgd__is_byte(bytes[n], v, n - 8 * full);
        loop assigns k, bytes[8 * full .. (d + 7) / 8 - 1];
        loop variant 8 - k; */
    for (size_t k = 0; 8 * k < rest; k++) bytes[8 * full + k] = medsgd__byte(v, k);
    //@ assert \forall integer n; 8 * full <= n < (d + 7) / 8 ==> n / 8 == full && n % 8 == n - 8 * full;
    /*@ assert \forall integer n, i; 8 * full <= n < (d + 7) / 8 && 0 <= i < 8 ==>
          (medsgd_bit(bytes[n], i) <==> 8 * n + i < d && medsgd_bit(words[n / 8], 8 * (n % 8) + i)); */
  }
  return MEDSGD_OK;
}

MEDSGD_API int medsgd_words_from_bytes(uint64_t *words, const unsigned char *bytes, size_t d) {
  if (d == 0) return MEDSGD_OK;
  if (!words || !bytes) return MEDSGD_ERR_NULL;
  const size_t full = d / 64, rest = d % 64;
  /*@ loop invariant 0 <= w <= full;
      loop invariant \forall integer u, b; 0 <= u < w && 0 <= b < 64 ==>
        (medsgd_bit(words[u], b) <==> medsgd_bit(bytes[8 * u + b / 8], b % 8));
      loop assigns w, words[0 .. full - 1];
      loop variant full - w; */
  for (size_t w = 0; w < full; w++) {
    uint64_t v = 0;
    /*@ loop invariant 0 <= k <= 8;
        loop invariant \forall integer b; 0 <= b < 8 * k ==>
          (medsgd_bit(v, b) <==> medsgd_bit(bytes[8 * w + b / 8], b % 8));
        loop invariant \forall integer b; 8 * k <= b < 64 ==> !medsgd_bit(v, b);
        loop assigns k, v;
        loop variant 8 - k; */
    for (size_t k = 0; k < 8; k++) v = medsgd__set_byte(v, bytes[8 * w + k], k);
    words[w] = v;
  }
  if (rest != 0) {
    uint64_t v = 0;
    /*@ loop invariant 0 <= k <= 8 && 8 * k <= rest + 7;
        loop invariant \forall integer b; 0 <= b < 8 * k ==>
          (medsgd_bit(v, b) <==> medsgd_bit(bytes[8 * full + b / 8], b % 8));
        loop invariant \forall integer b; 8 * k <= b < 64 ==> !medsgd_bit(v, b);
        loop assigns k, v;
        loop variant 8 - k; */
    for (size_t k = 0; 8 * k < rest; k++) v = medsgd__set_byte(v, bytes[8 * full + k], k);
    words[full] = medsgd__low_bits(v, rest);
  }
  return MEDSGD_OK;
}

/* ======== vote ======== */

/* Counters are bit-sliced: of a block of 64 words of coordinates, words [64 k, 64 k + 64) hold bit k of each count.
 * Rows are added eight at a time through full adders; what they carry goes up the planes as a ripple. A counter starts
 * at 2^top - 1 - half, so that plane top says by itself whether more than half the votes were counted, and the planes
 * below it are all 1 where it is exactly half. */

/* Planes enough for counts up to SIZE_MAX, with the bit that says "more than half". */
#define MEDSGD__PLANES (8u * sizeof(size_t))

/* Blocks that are counted together: longer pieces of a row read in one go keep more of the memory's bandwidth. */
#define MEDSGD__SPAN 8u

static const uint64_t medsgd__no_votes[64] = {0};

/*@ terminates \true;
    exits \false;
    assigns \nothing;
    ensures \result == medsgd_words(d); */
MEDSGD__INLINE size_t medsgd__words(size_t d) {
  return MEDSGD_WORDS(d);
}

/* Bits needed to write n. */
/*@ terminates \true;
    exits \false;
    assigns \nothing;
    ensures \result == medsgd_bits(n);
    ensures n < medsgd_p2(\result);
    ensures n > 0 ==> \result > 0;
    ensures \result <= 64; */
MEDSGD__INLINE unsigned medsgd__bit_length(size_t n) {
  unsigned bits = 0;
  /*@ loop invariant 0 <= bits <= 64 && n < medsgd_p2(64 - bits);
      loop invariant \forall integer e; 0 <= e ==> (medsgd_p2(e) <= n <==> medsgd_p2(bits + e) <= \at(n, Pre));
      loop invariant bits == 0 || medsgd_p2(bits - 1) <= \at(n, Pre);
      loop assigns n, bits;
      loop variant n; */
  while (n != 0) {
    //@ assert bits < 64;
    //@ assert medsgd_p2(64 - bits) == 2 * medsgd_p2(63 - bits);
    //@ assert medsgd_p2(0) <= n;
    //@ assert medsgd_p2(bits) <= \at(n, Pre);
    //@ assert twice: \forall integer e; 0 <= e ==> (medsgd_p2(e) <= n / 2 <==> medsgd_p2(e + 1) <= n);
    //@ assert next: \forall integer e; 0 <= e ==> (medsgd_p2(e) <= n / 2 <==> medsgd_p2(bits + 1 + e) <= \at(n, Pre));
    //@ assert n / 2 < medsgd_p2(63 - bits);
    n /= 2;
    bits++;
    //@ assert n == \at(n, LoopCurrent) / 2 && bits == \at(bits, LoopCurrent) + 1;
    //@ assert 64 - bits == 63 - \at(bits, LoopCurrent);
    //@ assert n < medsgd_p2(64 - bits);
    //@ assert \forall integer e; 0 <= e ==> (medsgd_p2(e) <= n <==> medsgd_p2(bits + e) <= \at(n, Pre));
  }
  //@ assert \at(n, Pre) < medsgd_p2(bits);
  //@ ghost size_t most = bits;
  /*@ ghost
    /@ loop invariant bits <= most <= 64 && medsgd_length(\at(n, Pre), most) == bits;
       loop assigns most;
       loop variant 64 - most; @/
    while (most < 64) {
      //@ assert medsgd_p2(bits) <= medsgd_p2(most);
      most++;
    } */
  return bits;
}

/* All ones where n is odd, else 0. */
/*@ terminates \true;
    exits \false;
    assigns \nothing;
    ensures \result == 0 || \result == 0xffffffffffffffff;
    ensures \forall integer i; 0 <= i < 64 ==> medsgd_one(\result, i) == n % 2; */
MEDSGD__INLINE uint64_t medsgd__odd_mask(size_t n) {
  /* The prover knows the bits of a number that it sees to be -1, not those of the constant. */
  //@ ghost int ones = -1;
  /*@ ghost
    /@ loop invariant ones < 0 && ones * ones == 1;
       loop assigns ones;
       loop variant ones; @/
    while (ones >= 0) ones = -1; */
  //@ assert minus: \forall integer i; 0 <= i < 64 ==> medsgd_bit(ones, i);
  //@ assert word: \forall integer i; 0 <= i < 64 ==> medsgd_bit((uint64_t)ones, i);
  //@ assert one: ones == -1;
  //@ assert all: (uint64_t)ones == 0xffffffffffffffff;
  return n % 2 != 0 ? ~(uint64_t)0 : (uint64_t)0;
}

/* Sum and carry of the three bits in each position. */
/*@ terminates \true;
    exits \false;
    assigns \nothing;
    ensures \forall integer i; 0 <= i < 64 ==> medsgd_one(\result, i) ==
      (medsgd_one(a, i) + medsgd_one(b, i) + medsgd_one(c, i)) % 2; */
MEDSGD__INLINE uint64_t medsgd__sum3(uint64_t a, uint64_t b, uint64_t c) {
  return a ^ b ^ c;
}

/*@ terminates \true;
    exits \false;
    assigns \nothing;
    ensures \forall integer i; 0 <= i < 64 ==> medsgd_one(\result, i) ==
      (medsgd_one(a, i) + medsgd_one(b, i) + medsgd_one(c, i)) / 2; */
MEDSGD__INLINE uint64_t medsgd__carry3(uint64_t a, uint64_t b, uint64_t c) {
  return (a & b) | (c & (a ^ b));
}

/* c + 2 carry' = c + carry: a plane takes in a carry and passes one on. */
/*@ requires \valid(c + (0 .. 63)) && \valid(carry + (0 .. 63)) && \separated(c + (0 .. 63), carry + (0 .. 63));
    terminates \true;
    exits \false;
    assigns c[0 .. 63], carry[0 .. 63];
    ensures \forall integer w, i; 0 <= w < 64 && 0 <= i < 64 ==> medsgd_one(c[w], i) + 2 * medsgd_one(carry[w], i) ==
      medsgd_one(\old(c[w]), i) + medsgd_one(\old(carry[w]), i); */
MEDSGD__INLINE void medsgd__half_add(uint64_t *MEDSGD__RESTRICT c, uint64_t *MEDSGD__RESTRICT carry) {
  /*@ loop invariant 0 <= w <= 64;
      loop invariant \forall integer v, i; 0 <= v < w && 0 <= i < 64 ==>
        medsgd_one(c[v], i) + 2 * medsgd_one(carry[v], i) ==
        medsgd_one(\at(c[v], Pre), i) + medsgd_one(\at(carry[v], Pre), i);
      loop invariant \forall integer v; w <= v < 64 ==> c[v] == \at(c[v], Pre) && carry[v] == \at(carry[v], Pre);
      loop assigns w, c[0 .. 63], carry[0 .. 63];
      loop variant 64 - w; */
  for (size_t w = 0; w < 64; w++) {
    const uint64_t a = c[w], b = carry[w];
    c[w] = a ^ b;
    carry[w] = a & b;
  }
}

/* c + 2 carry' = c + carry + r. */
/*@ requires \valid(c + (0 .. 63)) && \valid(carry + (0 .. 63)) && \valid_read(r + (0 .. 63));
    requires \separated(c + (0 .. 63), carry + (0 .. 63), r + (0 .. 63));
    terminates \true;
    exits \false;
    assigns c[0 .. 63], carry[0 .. 63];
    ensures \forall integer w, i; 0 <= w < 64 && 0 <= i < 64 ==> medsgd_one(c[w], i) + 2 * medsgd_one(carry[w], i) ==
      medsgd_one(\old(c[w]), i) + medsgd_one(\old(carry[w]), i) + medsgd_one(r[w], i); */
MEDSGD__INLINE void medsgd__full_add(uint64_t *MEDSGD__RESTRICT c, uint64_t *MEDSGD__RESTRICT carry,
                                     const uint64_t *MEDSGD__RESTRICT r) {
  /*@ loop invariant 0 <= w <= 64;
      loop invariant \forall integer v, i; 0 <= v < w && 0 <= i < 64 ==>
        medsgd_one(c[v], i) + 2 * medsgd_one(carry[v], i) ==
        medsgd_one(\at(c[v], Pre), i) + medsgd_one(\at(carry[v], Pre), i) + medsgd_one(r[v], i);
      loop invariant \forall integer v; w <= v < 64 ==> c[v] == \at(c[v], Pre) && carry[v] == \at(carry[v], Pre);
      loop assigns w, c[0 .. 63], carry[0 .. 63];
      loop variant 64 - w; */
  for (size_t w = 0; w < 64; w++) {
    const uint64_t a = c[w], b = carry[w], x = r[w];
    c[w] = medsgd__sum3(a, b, x);
    carry[w] = medsgd__carry3(a, b, x);
  }
}

/* The carry goes up the planes [k, planes); what leaves the last is lost. */
/*@ requires k <= planes <= 64;
    requires \valid(c + (0 .. 64 * planes - 1)) && \valid(carry + (0 .. 63)) &&
      \separated(c + (0 .. 64 * planes - 1), carry + (0 .. 63));
    terminates \true;
    exits \false;
    assigns c[64 * k .. 64 * planes - 1], carry[0 .. 63];
    ensures \forall integer w, i; 0 <= w < 64 && 0 <= i < 64 ==>
      medsgd_value(c, 64, planes, w, i) + medsgd__worth(carry[w], i, medsgd_p2(planes)) ==
      \old(medsgd_value(c, 64, planes, w, i)) + medsgd__worth(\old(carry[w]), i, medsgd_p2(k)); */
MEDSGD__INLINE void medsgd__ripple(uint64_t *c, uint64_t *carry, unsigned k, unsigned planes) {
  /*@ loop invariant \at(k, Pre) <= k <= planes;
      loop invariant sum: \forall integer w, i; 0 <= w < 64 && 0 <= i < 64 ==>
        medsgd_value(c, 64, k, w, i) + medsgd__worth(carry[w], i, medsgd_p2(k)) ==
        \at(medsgd_value(c, 64, \at(k, Here), w, i), Pre) +
        medsgd__worth(\at(carry[w], Pre), i, medsgd_p2(\at(k, Pre)));
      loop invariant \forall integer j; 64 * k <= j < 64 * planes ==> c[j] == \at(c[j], Pre);
      loop assigns k, c[64 * \at(k, Pre) .. 64 * planes - 1], carry[0 .. 63];
      loop variant planes - k; */
  for (; k < planes; k++) {
    const size_t plane = 64 * (size_t)k;
    //@ assert plane == 64 * k;
    //@ assert unchanged: \forall integer w; 0 <= w < 64 ==> c[plane + w] == \at(c[\at(plane + w, Here)], Pre);
    //@ ghost Plane: ;
    medsgd__half_add(c + plane, carry);
    /*@ assert half: \forall integer w, i; 0 <= w < 64 && 0 <= i < 64 ==>
          medsgd_one(c[plane + w], i) + 2 * medsgd_one(carry[w], i) ==
          medsgd_one(\at(c[\at(plane + w, Here)], Plane), i) + medsgd_one(\at(carry[w], Plane), i); */
    //@ ghost size_t q = 0;
    /*@ ghost
      /@ loop invariant 0 <= q <= k;
         loop invariant \forall integer w, i; 0 <= w < 64 && 0 <= i < 64 ==>
           medsgd_value(c, 64, q, w, i) == \at(medsgd_value(c, 64, \at(q, Here), w, i), Plane);
         loop assigns q;
         loop variant k - q; @/
      while (q < k) q++; */
    /*@ assert added: \forall integer w, i; 0 <= w < 64 && 0 <= i < 64 ==>
          medsgd_one(c[64 * k + w], i) + 2 * medsgd_one(carry[w], i) ==
          medsgd_one(\at(c[\at(64 * k + w, Here)], Pre), i) + medsgd_one(\at(carry[w], Plane), i); */
    //@ assert medsgd_p2(k + 1) == 2 * medsgd_p2(k);
    /*@ assert worth: \forall integer w, i; 0 <= w < 64 && 0 <= i < 64 ==>
          medsgd__worth(c[64 * k + w], i, medsgd_p2(k)) + medsgd__worth(carry[w], i, medsgd_p2(k + 1)) ==
          medsgd__worth(\at(c[\at(64 * k + w, Here)], Pre), i, medsgd_p2(k)) +
          medsgd__worth(\at(carry[w], Plane), i, medsgd_p2(k)); */
    /*@ assert here: \forall integer w, i; 0 <= w < 64 && 0 <= i < 64 ==> medsgd_value(c, 64, k + 1, w, i) ==
          medsgd_value(c, 64, k, w, i) + medsgd__worth(c[64 * k + w], i, medsgd_p2(k)); */
    /*@ assert before: \forall integer w, i; 0 <= w < 64 && 0 <= i < 64 ==>
          \at(medsgd_value(c, 64, \at(k + 1, Here), w, i), Pre) == \at(medsgd_value(c, 64, \at(k, Here), w, i), Pre) +
          medsgd__worth(\at(c[\at(64 * k + w, Here)], Pre), i, medsgd_p2(k)); */
    /*@ assert next: \forall integer w, i; 0 <= w < 64 && 0 <= i < 64 ==>
          medsgd_value(c, 64, k + 1, w, i) + medsgd__worth(carry[w], i, medsgd_p2(k + 1)) ==
          \at(medsgd_value(c, 64, \at(k + 1, Here), w, i), Pre) +
          medsgd__worth(\at(carry[w], Pre), i, medsgd_p2(\at(k, Pre))); */
    //@ assert (unsigned)(k + 1) == k + 1;
  }
}

/* A count of up to 7 in each position, bit by bit. */
typedef struct medsgd__sums {
  uint64_t ones, twos, fours;
} medsgd__sums;

/* a + 2 b + r0 + r1 + r2 + r3 through three full adders. */
/*@ terminates \true;
    exits \false;
    assigns \nothing;
    ensures \forall integer i; 0 <= i < 64 ==>
      medsgd_one(\result.ones, i) + 2 * medsgd_one(\result.twos, i) + 4 * medsgd_one(\result.fours, i) ==
      medsgd_one(a, i) + 2 * medsgd_one(b, i) +
      medsgd_one(r0, i) + medsgd_one(r1, i) + medsgd_one(r2, i) + medsgd_one(r3, i); */
MEDSGD__INLINE medsgd__sums medsgd__sum4(uint64_t a, uint64_t b, uint64_t r0, uint64_t r1, uint64_t r2, uint64_t r3) {
  medsgd__sums sums;
  const uint64_t s = medsgd__sum3(a, r0, r1), t = medsgd__carry3(a, r0, r1);
  /*@ assert \forall integer i; 0 <= i < 64 ==> medsgd_one(s, i) + 2 * medsgd_one(t, i) ==
        medsgd_one(a, i) + medsgd_one(r0, i) + medsgd_one(r1, i); */
  const uint64_t u = medsgd__sum3(s, r2, r3), v = medsgd__carry3(s, r2, r3);
  /*@ assert \forall integer i; 0 <= i < 64 ==> medsgd_one(u, i) + 2 * medsgd_one(v, i) ==
        medsgd_one(s, i) + medsgd_one(r2, i) + medsgd_one(r3, i); */
  const uint64_t x = medsgd__sum3(b, t, v), y = medsgd__carry3(b, t, v);
  /*@ assert \forall integer i; 0 <= i < 64 ==> medsgd_one(x, i) + 2 * medsgd_one(y, i) ==
        medsgd_one(b, i) + medsgd_one(t, i) + medsgd_one(v, i); */
  sums.ones = u;
  sums.twos = x;
  sums.fours = y;
  return sums;
}

/* A count of up to 15 in each position, bit by bit. */
typedef struct medsgd__sums8 {
  uint64_t ones, twos, fours, eights;
} medsgd__sums8;

/* a + 2 b + 4 c + r0 + .. + r7. */
/*@ terminates \true;
    exits \false;
    assigns \nothing;
    ensures \forall integer i; 0 <= i < 64 ==>
      medsgd_one(\result.ones, i) + 2 * medsgd_one(\result.twos, i) + 4 * medsgd_one(\result.fours, i) +
      8 * medsgd_one(\result.eights, i) ==
      medsgd_one(a, i) + 2 * medsgd_one(b, i) + 4 * medsgd_one(c, i) +
      (medsgd_one(r0, i) + medsgd_one(r1, i) + medsgd_one(r2, i) + medsgd_one(r3, i) +
       medsgd_one(r4, i) + medsgd_one(r5, i) + medsgd_one(r6, i) + medsgd_one(r7, i)); */
MEDSGD__INLINE medsgd__sums8 medsgd__sum8(uint64_t a, uint64_t b, uint64_t c, uint64_t r0, uint64_t r1, uint64_t r2,
                                          uint64_t r3, uint64_t r4, uint64_t r5, uint64_t r6, uint64_t r7) {
  medsgd__sums8 sums;
  const medsgd__sums s = medsgd__sum4(a, b, r0, r1, r2, r3);
  const medsgd__sums t = medsgd__sum4(s.ones, s.twos, r4, r5, r6, r7);
  const uint64_t x = medsgd__sum3(c, s.fours, t.fours), y = medsgd__carry3(c, s.fours, t.fours);
  /*@ assert \forall integer i; 0 <= i < 64 ==> medsgd_one(x, i) + 2 * medsgd_one(y, i) ==
        medsgd_one(c, i) + medsgd_one(s.fours, i) + medsgd_one(t.fours, i); */
  sums.ones = t.ones;
  sums.twos = t.twos;
  sums.fours = x;
  sums.eights = y;
  return sums;
}

/*@ // What three planes, and what eight rows, count in bit i of word w.
    logic integer medsgd__planes3{L}(uint64_t *c0, uint64_t *c1, uint64_t *c2, integer w, integer i) =
      medsgd_one(c0[w], i) + 2 * medsgd_one(c1[w], i) + 4 * medsgd_one(c2[w], i);
    logic integer medsgd__rows8{L}(uint64_t *r0, uint64_t *r1, uint64_t *r2, uint64_t *r3, uint64_t *r4, uint64_t *r5,
                                   uint64_t *r6, uint64_t *r7, integer w, integer i) =
      medsgd_one(r0[w], i) + medsgd_one(r1[w], i) + medsgd_one(r2[w], i) + medsgd_one(r3[w], i) +
      medsgd_one(r4[w], i) + medsgd_one(r5[w], i) + medsgd_one(r6[w], i) + medsgd_one(r7[w], i); */

/* c0 + 2 c1 + 4 c2 + 8 carry = c0 + 2 c1 + 4 c2 + r0 + .. + r7. */
/*@ requires \valid(c0 + (0 .. 63)) && \valid(c1 + (0 .. 63)) && \valid(c2 + (0 .. 63)) && \valid(carry + (0 .. 63));
    requires \valid_read(r0 + (0 .. 63)) && \valid_read(r1 + (0 .. 63)) && \valid_read(r2 + (0 .. 63)) &&
      \valid_read(r3 + (0 .. 63));
    requires \valid_read(r4 + (0 .. 63)) && \valid_read(r5 + (0 .. 63)) && \valid_read(r6 + (0 .. 63)) &&
      \valid_read(r7 + (0 .. 63));
    requires \separated(c0 + (0 .. 63), c1 + (0 .. 63), c2 + (0 .. 63), carry + (0 .. 63));
    requires \separated(r0 + (0 .. 63), c0 + (0 .. 63)) && \separated(r0 + (0 .. 63), c1 + (0 .. 63)) &&
      \separated(r0 + (0 .. 63), c2 + (0 .. 63)) && \separated(r0 + (0 .. 63), carry + (0 .. 63));
    requires \separated(r1 + (0 .. 63), c0 + (0 .. 63)) && \separated(r1 + (0 .. 63), c1 + (0 .. 63)) &&
      \separated(r1 + (0 .. 63), c2 + (0 .. 63)) && \separated(r1 + (0 .. 63), carry + (0 .. 63));
    requires \separated(r2 + (0 .. 63), c0 + (0 .. 63)) && \separated(r2 + (0 .. 63), c1 + (0 .. 63)) &&
      \separated(r2 + (0 .. 63), c2 + (0 .. 63)) && \separated(r2 + (0 .. 63), carry + (0 .. 63));
    requires \separated(r3 + (0 .. 63), c0 + (0 .. 63)) && \separated(r3 + (0 .. 63), c1 + (0 .. 63)) &&
      \separated(r3 + (0 .. 63), c2 + (0 .. 63)) && \separated(r3 + (0 .. 63), carry + (0 .. 63));
    requires \separated(r4 + (0 .. 63), c0 + (0 .. 63)) && \separated(r4 + (0 .. 63), c1 + (0 .. 63)) &&
      \separated(r4 + (0 .. 63), c2 + (0 .. 63)) && \separated(r4 + (0 .. 63), carry + (0 .. 63));
    requires \separated(r5 + (0 .. 63), c0 + (0 .. 63)) && \separated(r5 + (0 .. 63), c1 + (0 .. 63)) &&
      \separated(r5 + (0 .. 63), c2 + (0 .. 63)) && \separated(r5 + (0 .. 63), carry + (0 .. 63));
    requires \separated(r6 + (0 .. 63), c0 + (0 .. 63)) && \separated(r6 + (0 .. 63), c1 + (0 .. 63)) &&
      \separated(r6 + (0 .. 63), c2 + (0 .. 63)) && \separated(r6 + (0 .. 63), carry + (0 .. 63));
    requires \separated(r7 + (0 .. 63), c0 + (0 .. 63)) && \separated(r7 + (0 .. 63), c1 + (0 .. 63)) &&
      \separated(r7 + (0 .. 63), c2 + (0 .. 63)) && \separated(r7 + (0 .. 63), carry + (0 .. 63));
    terminates \true;
    exits \false;
    assigns c0[0 .. 63], c1[0 .. 63], c2[0 .. 63], carry[0 .. 63];
    ensures \forall integer w, i; 0 <= w < 64 && 0 <= i < 64 ==>
      medsgd__planes3(c0, c1, c2, w, i) + 8 * medsgd_one(carry[w], i) == \old(medsgd__planes3(c0, c1, c2, w, i)) +
      \old(medsgd__rows8(r0, r1, r2, r3, r4, r5, r6, r7, w, i)); */
MEDSGD__INLINE void medsgd__count8(uint64_t *MEDSGD__RESTRICT c0, uint64_t *MEDSGD__RESTRICT c1,
                                   uint64_t *MEDSGD__RESTRICT c2, uint64_t *MEDSGD__RESTRICT carry,
                                   const uint64_t *MEDSGD__RESTRICT r0, const uint64_t *MEDSGD__RESTRICT r1,
                                   const uint64_t *MEDSGD__RESTRICT r2, const uint64_t *MEDSGD__RESTRICT r3,
                                   const uint64_t *MEDSGD__RESTRICT r4, const uint64_t *MEDSGD__RESTRICT r5,
                                   const uint64_t *MEDSGD__RESTRICT r6, const uint64_t *MEDSGD__RESTRICT r7) {
  /*@ loop invariant 0 <= w <= 64;
      loop invariant \forall integer v, i; 0 <= v < w && 0 <= i < 64 ==>
        medsgd__planes3(c0, c1, c2, v, i) + 8 * medsgd_one(carry[v], i) ==
        \at(medsgd__planes3(c0, c1, c2, v, i), Pre) +
        \at(medsgd__rows8(r0, r1, r2, r3, r4, r5, r6, r7, v, i), Pre);
      loop invariant \forall integer v; w <= v < 64 ==>
        c0[v] == \at(c0[v], Pre) && c1[v] == \at(c1[v], Pre) && c2[v] == \at(c2[v], Pre);
      loop assigns w, c0[0 .. 63], c1[0 .. 63], c2[0 .. 63], carry[0 .. 63];
      loop variant 64 - w; */
  for (size_t w = 0; w < 64; w++) {
    //@ assert r0[w] == \at(r0[\at(w, Here)], Pre) && r1[w] == \at(r1[\at(w, Here)], Pre);
    //@ assert r2[w] == \at(r2[\at(w, Here)], Pre) && r3[w] == \at(r3[\at(w, Here)], Pre);
    //@ assert r4[w] == \at(r4[\at(w, Here)], Pre) && r5[w] == \at(r5[\at(w, Here)], Pre);
    //@ assert r6[w] == \at(r6[\at(w, Here)], Pre) && r7[w] == \at(r7[\at(w, Here)], Pre);
    const medsgd__sums8 s =
        medsgd__sum8(c0[w], c1[w], c2[w], r0[w], r1[w], r2[w], r3[w], r4[w], r5[w], r6[w], r7[w]);
    /*@ assert sum: \forall integer i; 0 <= i < 64 ==>
          medsgd_one(s.ones, i) + 2 * medsgd_one(s.twos, i) + 4 * medsgd_one(s.fours, i) +
          8 * medsgd_one(s.eights, i) == \at(medsgd__planes3(c0, c1, c2, \at(w, Here), i), Pre) +
          \at(medsgd__rows8(r0, r1, r2, r3, r4, r5, r6, r7, \at(w, Here), i), Pre); */
    c0[w] = s.ones;
    c1[w] = s.twos;
    c2[w] = s.fours;
    carry[w] = s.eights;
    //@ assert stored: c0[w] == s.ones && c1[w] == s.twos && c2[w] == s.fours && carry[w] == s.eights;
    /*@ assert kept: \forall integer v; 0 <= v < w ==> c0[v] == \at(c0[v], LoopCurrent) &&
          c1[v] == \at(c1[v], LoopCurrent) && c2[v] == \at(c2[v], LoopCurrent) &&
          carry[v] == \at(carry[v], LoopCurrent); */
    /*@ assert rest: \forall integer v; w < v < 64 ==>
          c0[v] == \at(c0[v], Pre) && c1[v] == \at(c1[v], Pre) && c2[v] == \at(c2[v], Pre); */
    /*@ assert planes: \forall integer v, i; 0 <= v < w ==>
          medsgd__planes3(c0, c1, c2, v, i) == \at(medsgd__planes3(c0, c1, c2, v, i), LoopCurrent); */
    /*@ assert before: \forall integer v, i; 0 <= v < w && 0 <= i < 64 ==>
          \at(medsgd__planes3(c0, c1, c2, v, i) + 8 * medsgd_one(carry[v], i), LoopCurrent) ==
          \at(medsgd__planes3(c0, c1, c2, v, i), Pre) +
          \at(medsgd__rows8(r0, r1, r2, r3, r4, r5, r6, r7, v, i), Pre); */
    /*@ assert here: \forall integer i; 0 <= i < 64 ==>
          medsgd__planes3(c0, c1, c2, w, i) + 8 * medsgd_one(carry[w], i) ==
          \at(medsgd__planes3(c0, c1, c2, \at(w, Here), i), Pre) +
          \at(medsgd__rows8(r0, r1, r2, r3, r4, r5, r6, r7, \at(w, Here), i), Pre); */
  }
}

/* above: b0 + 2 b1 + 4 b2 + r0 + .. + r7 is greater than 7 (the b the same in all positions); equal: it is 7. */
/*@ requires \valid(above + (0 .. 63)) && \valid(equal + (0 .. 63));
    requires \valid_read(r0 + (0 .. 63)) && \valid_read(r1 + (0 .. 63)) && \valid_read(r2 + (0 .. 63)) &&
      \valid_read(r3 + (0 .. 63));
    requires \valid_read(r4 + (0 .. 63)) && \valid_read(r5 + (0 .. 63)) && \valid_read(r6 + (0 .. 63)) &&
      \valid_read(r7 + (0 .. 63));
    requires \separated(above + (0 .. 63), equal + (0 .. 63));
    requires \separated(r0 + (0 .. 63), above + (0 .. 63)) && \separated(r0 + (0 .. 63), equal + (0 .. 63));
    requires \separated(r1 + (0 .. 63), above + (0 .. 63)) && \separated(r1 + (0 .. 63), equal + (0 .. 63));
    requires \separated(r2 + (0 .. 63), above + (0 .. 63)) && \separated(r2 + (0 .. 63), equal + (0 .. 63));
    requires \separated(r3 + (0 .. 63), above + (0 .. 63)) && \separated(r3 + (0 .. 63), equal + (0 .. 63));
    requires \separated(r4 + (0 .. 63), above + (0 .. 63)) && \separated(r4 + (0 .. 63), equal + (0 .. 63));
    requires \separated(r5 + (0 .. 63), above + (0 .. 63)) && \separated(r5 + (0 .. 63), equal + (0 .. 63));
    requires \separated(r6 + (0 .. 63), above + (0 .. 63)) && \separated(r6 + (0 .. 63), equal + (0 .. 63));
    requires \separated(r7 + (0 .. 63), above + (0 .. 63)) && \separated(r7 + (0 .. 63), equal + (0 .. 63));
    terminates \true;
    exits \false;
    assigns above[0 .. 63], equal[0 .. 63];
    ensures \forall integer w, i; 0 <= w < 64 && 0 <= i < 64 ==> (medsgd_bit(above[w], i) <==>
      7 < medsgd_one(b0, i) + 2 * medsgd_one(b1, i) + 4 * medsgd_one(b2, i) +
      \old(medsgd__rows8(r0, r1, r2, r3, r4, r5, r6, r7, w, i)));
    ensures \forall integer w, i; 0 <= w < 64 && 0 <= i < 64 ==> (medsgd_bit(equal[w], i) <==>
      7 == medsgd_one(b0, i) + 2 * medsgd_one(b1, i) + 4 * medsgd_one(b2, i) +
      \old(medsgd__rows8(r0, r1, r2, r3, r4, r5, r6, r7, w, i))); */
MEDSGD__INLINE void medsgd__majority8(uint64_t *MEDSGD__RESTRICT above, uint64_t *MEDSGD__RESTRICT equal, uint64_t b0,
                                      uint64_t b1, uint64_t b2, const uint64_t *MEDSGD__RESTRICT r0,
                                      const uint64_t *MEDSGD__RESTRICT r1, const uint64_t *MEDSGD__RESTRICT r2,
                                      const uint64_t *MEDSGD__RESTRICT r3, const uint64_t *MEDSGD__RESTRICT r4,
                                      const uint64_t *MEDSGD__RESTRICT r5, const uint64_t *MEDSGD__RESTRICT r6,
                                      const uint64_t *MEDSGD__RESTRICT r7) {
  /*@ loop invariant 0 <= w <= 64;
      loop invariant \forall integer v, i; 0 <= v < w && 0 <= i < 64 ==> (medsgd_bit(above[v], i) <==>
        7 < medsgd_one(b0, i) + 2 * medsgd_one(b1, i) + 4 * medsgd_one(b2, i) +
        \at(medsgd__rows8(r0, r1, r2, r3, r4, r5, r6, r7, v, i), Pre));
      loop invariant \forall integer v, i; 0 <= v < w && 0 <= i < 64 ==> (medsgd_bit(equal[v], i) <==>
        7 == medsgd_one(b0, i) + 2 * medsgd_one(b1, i) + 4 * medsgd_one(b2, i) +
        \at(medsgd__rows8(r0, r1, r2, r3, r4, r5, r6, r7, v, i), Pre));
      loop assigns w, above[0 .. 63], equal[0 .. 63];
      loop variant 64 - w; */
  for (size_t w = 0; w < 64; w++) {
    //@ assert r0[w] == \at(r0[\at(w, Here)], Pre) && r1[w] == \at(r1[\at(w, Here)], Pre);
    //@ assert r2[w] == \at(r2[\at(w, Here)], Pre) && r3[w] == \at(r3[\at(w, Here)], Pre);
    //@ assert r4[w] == \at(r4[\at(w, Here)], Pre) && r5[w] == \at(r5[\at(w, Here)], Pre);
    //@ assert r6[w] == \at(r6[\at(w, Here)], Pre) && r7[w] == \at(r7[\at(w, Here)], Pre);
    const medsgd__sums8 s = medsgd__sum8(b0, b1, b2, r0[w], r1[w], r2[w], r3[w], r4[w], r5[w], r6[w], r7[w]);
    const uint64_t more = s.eights, all = s.ones & s.twos & s.fours, less = ~more, seven = all & less;
    /*@ assert sum: \forall integer i; 0 <= i < 64 ==>
          medsgd_one(s.ones, i) + 2 * medsgd_one(s.twos, i) + 4 * medsgd_one(s.fours, i) + 8 * medsgd_one(more, i) ==
          medsgd_one(b0, i) + 2 * medsgd_one(b1, i) + 4 * medsgd_one(b2, i) +
          \at(medsgd__rows8(r0, r1, r2, r3, r4, r5, r6, r7, \at(w, Here), i), Pre); */
    /*@ assert all: \forall integer i; 0 <= i < 64 ==> (medsgd_bit(all, i) <==>
          medsgd_bit(s.ones, i) && medsgd_bit(s.twos, i) && medsgd_bit(s.fours, i)); */
    //@ assert not: \forall integer i; 0 <= i < 64 ==> (medsgd_bit(less, i) <==> !medsgd_bit(more, i));
    //@ assert \forall integer i; 0 <= i < 64 ==> (medsgd_bit(seven, i) <==> medsgd_bit(all, i) && medsgd_bit(less, i));
    /*@ assert greater: \forall integer i; 0 <= i < 64 ==> (medsgd_bit(more, i) <==> 7 <
          medsgd_one(b0, i) + 2 * medsgd_one(b1, i) + 4 * medsgd_one(b2, i) +
          \at(medsgd__rows8(r0, r1, r2, r3, r4, r5, r6, r7, \at(w, Here), i), Pre)); */
    /*@ assert same: \forall integer i; 0 <= i < 64 ==> (medsgd_bit(seven, i) <==> 7 ==
          medsgd_one(b0, i) + 2 * medsgd_one(b1, i) + 4 * medsgd_one(b2, i) +
          \at(medsgd__rows8(r0, r1, r2, r3, r4, r5, r6, r7, \at(w, Here), i), Pre)); */
    above[w] = more;
    equal[w] = seven;
    //@ assert stored: above[w] == more && equal[w] == seven;
    /*@ assert kept: \forall integer v; 0 <= v < w ==>
          above[v] == \at(above[v], LoopCurrent) && equal[v] == \at(equal[v], LoopCurrent); */
  }
}

/* Where all four are set; where a number of five bits is 15. */
/*@ terminates \true;
    exits \false;
    assigns \nothing;
    ensures \forall integer i; 0 <= i < 64 ==> (medsgd_bit(\result, i) <==>
      medsgd_bit(a, i) && medsgd_bit(b, i) && medsgd_bit(c, i) && medsgd_bit(d, i)); */
MEDSGD__INLINE uint64_t medsgd__all4(uint64_t a, uint64_t b, uint64_t c, uint64_t d) {
  return a & b & c & d;
}

/*@ terminates \true;
    exits \false;
    assigns \nothing;
    ensures \forall integer i; 0 <= i < 64 ==> (medsgd_bit(\result, i) <==> medsgd_one(ones, i) +
      2 * medsgd_one(twos, i) + 4 * medsgd_one(fours, i) + 8 * medsgd_one(eights, i) + 16 * medsgd_one(more, i) == 15);
*/
MEDSGD__INLINE uint64_t medsgd__is_15(uint64_t ones, uint64_t twos, uint64_t fours, uint64_t eights, uint64_t more) {
  const uint64_t all = medsgd__all4(ones, twos, fours, eights), less = ~more;
  //@ assert not: \forall integer i; 0 <= i < 64 ==> (medsgd_bit(less, i) <==> !medsgd_bit(more, i));
  const uint64_t both = all & less;
  //@ assert \forall integer i; 0 <= i < 64 ==> (medsgd_bit(both, i) <==> medsgd_bit(all, i) && medsgd_bit(less, i));
  return both;
}

/* above: b0 + 2 b1 + 4 b2 + 8 b3 + r0 + .. + r15 is greater than 15; equal: it is 15. */
/*@ requires \valid(above + (0 .. 63)) && \valid(equal + (0 .. 63));
    requires \valid_read(r0 + (0 .. 63)) && \valid_read(r1 + (0 .. 63)) && \valid_read(r2 + (0 .. 63)) &&
      \valid_read(r3 + (0 .. 63));
    requires \valid_read(r4 + (0 .. 63)) && \valid_read(r5 + (0 .. 63)) && \valid_read(r6 + (0 .. 63)) &&
      \valid_read(r7 + (0 .. 63));
    requires \valid_read(r8 + (0 .. 63)) && \valid_read(r9 + (0 .. 63)) && \valid_read(r10 + (0 .. 63)) &&
      \valid_read(r11 + (0 .. 63));
    requires \valid_read(r12 + (0 .. 63)) && \valid_read(r13 + (0 .. 63)) && \valid_read(r14 + (0 .. 63)) &&
      \valid_read(r15 + (0 .. 63));
    requires \separated(above + (0 .. 63), equal + (0 .. 63));
    requires \separated(r0 + (0 .. 63), above + (0 .. 63)) && \separated(r0 + (0 .. 63), equal + (0 .. 63));
    requires \separated(r1 + (0 .. 63), above + (0 .. 63)) && \separated(r1 + (0 .. 63), equal + (0 .. 63));
    requires \separated(r2 + (0 .. 63), above + (0 .. 63)) && \separated(r2 + (0 .. 63), equal + (0 .. 63));
    requires \separated(r3 + (0 .. 63), above + (0 .. 63)) && \separated(r3 + (0 .. 63), equal + (0 .. 63));
    requires \separated(r4 + (0 .. 63), above + (0 .. 63)) && \separated(r4 + (0 .. 63), equal + (0 .. 63));
    requires \separated(r5 + (0 .. 63), above + (0 .. 63)) && \separated(r5 + (0 .. 63), equal + (0 .. 63));
    requires \separated(r6 + (0 .. 63), above + (0 .. 63)) && \separated(r6 + (0 .. 63), equal + (0 .. 63));
    requires \separated(r7 + (0 .. 63), above + (0 .. 63)) && \separated(r7 + (0 .. 63), equal + (0 .. 63));
    requires \separated(r8 + (0 .. 63), above + (0 .. 63)) && \separated(r8 + (0 .. 63), equal + (0 .. 63));
    requires \separated(r9 + (0 .. 63), above + (0 .. 63)) && \separated(r9 + (0 .. 63), equal + (0 .. 63));
    requires \separated(r10 + (0 .. 63), above + (0 .. 63)) && \separated(r10 + (0 .. 63), equal + (0 .. 63));
    requires \separated(r11 + (0 .. 63), above + (0 .. 63)) && \separated(r11 + (0 .. 63), equal + (0 .. 63));
    requires \separated(r12 + (0 .. 63), above + (0 .. 63)) && \separated(r12 + (0 .. 63), equal + (0 .. 63));
    requires \separated(r13 + (0 .. 63), above + (0 .. 63)) && \separated(r13 + (0 .. 63), equal + (0 .. 63));
    requires \separated(r14 + (0 .. 63), above + (0 .. 63)) && \separated(r14 + (0 .. 63), equal + (0 .. 63));
    requires \separated(r15 + (0 .. 63), above + (0 .. 63)) && \separated(r15 + (0 .. 63), equal + (0 .. 63));
    terminates \true;
    exits \false;
    assigns above[0 .. 63], equal[0 .. 63];
    ensures \forall integer w, i; 0 <= w < 64 && 0 <= i < 64 ==> (medsgd_bit(above[w], i) <==>
      15 < medsgd_one(b0, i) + 2 * medsgd_one(b1, i) + 4 * medsgd_one(b2, i) + 8 * medsgd_one(b3, i) +
      \old(medsgd__rows8(r0, r1, r2, r3, r4, r5, r6, r7, w, i)) +
      \old(medsgd__rows8(r8, r9, r10, r11, r12, r13, r14, r15, w, i)));
    ensures \forall integer w, i; 0 <= w < 64 && 0 <= i < 64 ==> (medsgd_bit(equal[w], i) <==>
      15 == medsgd_one(b0, i) + 2 * medsgd_one(b1, i) + 4 * medsgd_one(b2, i) + 8 * medsgd_one(b3, i) +
      \old(medsgd__rows8(r0, r1, r2, r3, r4, r5, r6, r7, w, i)) +
      \old(medsgd__rows8(r8, r9, r10, r11, r12, r13, r14, r15, w, i))); */
MEDSGD__INLINE void medsgd__majority16(uint64_t *MEDSGD__RESTRICT above, uint64_t *MEDSGD__RESTRICT equal, uint64_t b0,
                                       uint64_t b1, uint64_t b2, uint64_t b3, const uint64_t *MEDSGD__RESTRICT r0,
                                       const uint64_t *MEDSGD__RESTRICT r1, const uint64_t *MEDSGD__RESTRICT r2,
                                       const uint64_t *MEDSGD__RESTRICT r3, const uint64_t *MEDSGD__RESTRICT r4,
                                       const uint64_t *MEDSGD__RESTRICT r5, const uint64_t *MEDSGD__RESTRICT r6,
                                       const uint64_t *MEDSGD__RESTRICT r7, const uint64_t *MEDSGD__RESTRICT r8,
                                       const uint64_t *MEDSGD__RESTRICT r9, const uint64_t *MEDSGD__RESTRICT r10,
                                       const uint64_t *MEDSGD__RESTRICT r11, const uint64_t *MEDSGD__RESTRICT r12,
                                       const uint64_t *MEDSGD__RESTRICT r13, const uint64_t *MEDSGD__RESTRICT r14,
                                       const uint64_t *MEDSGD__RESTRICT r15) {
  /*@ loop invariant 0 <= w <= 64;
      loop invariant \forall integer v, i; 0 <= v < w && 0 <= i < 64 ==> (medsgd_bit(above[v], i) <==>
        15 < medsgd_one(b0, i) + 2 * medsgd_one(b1, i) + 4 * medsgd_one(b2, i) + 8 * medsgd_one(b3, i) +
        \at(medsgd__rows8(r0, r1, r2, r3, r4, r5, r6, r7, v, i), Pre) +
        \at(medsgd__rows8(r8, r9, r10, r11, r12, r13, r14, r15, v, i), Pre));
      loop invariant \forall integer v, i; 0 <= v < w && 0 <= i < 64 ==> (medsgd_bit(equal[v], i) <==>
        15 == medsgd_one(b0, i) + 2 * medsgd_one(b1, i) + 4 * medsgd_one(b2, i) + 8 * medsgd_one(b3, i) +
        \at(medsgd__rows8(r0, r1, r2, r3, r4, r5, r6, r7, v, i), Pre) +
        \at(medsgd__rows8(r8, r9, r10, r11, r12, r13, r14, r15, v, i), Pre));
      loop assigns w, above[0 .. 63], equal[0 .. 63];
      loop variant 64 - w; */
  for (size_t w = 0; w < 64; w++) {
    //@ assert r0[w] == \at(r0[\at(w, Here)], Pre) && r1[w] == \at(r1[\at(w, Here)], Pre);
    //@ assert r2[w] == \at(r2[\at(w, Here)], Pre) && r3[w] == \at(r3[\at(w, Here)], Pre);
    //@ assert r4[w] == \at(r4[\at(w, Here)], Pre) && r5[w] == \at(r5[\at(w, Here)], Pre);
    //@ assert r6[w] == \at(r6[\at(w, Here)], Pre) && r7[w] == \at(r7[\at(w, Here)], Pre);
    //@ assert r8[w] == \at(r8[\at(w, Here)], Pre) && r9[w] == \at(r9[\at(w, Here)], Pre);
    //@ assert r10[w] == \at(r10[\at(w, Here)], Pre) && r11[w] == \at(r11[\at(w, Here)], Pre);
    //@ assert r12[w] == \at(r12[\at(w, Here)], Pre) && r13[w] == \at(r13[\at(w, Here)], Pre);
    //@ assert r14[w] == \at(r14[\at(w, Here)], Pre) && r15[w] == \at(r15[\at(w, Here)], Pre);
    const medsgd__sums8 s = medsgd__sum8(b0, b1, b2, r0[w], r1[w], r2[w], r3[w], r4[w], r5[w], r6[w], r7[w]);
    const medsgd__sums8 t =
        medsgd__sum8(s.ones, s.twos, s.fours, r8[w], r9[w], r10[w], r11[w], r12[w], r13[w], r14[w], r15[w]);
    const uint64_t eights = medsgd__sum3(b3, s.eights, t.eights), more = medsgd__carry3(b3, s.eights, t.eights);
    const uint64_t fifteen = medsgd__is_15(t.ones, t.twos, t.fours, eights, more);
    /*@ assert \forall integer i; 0 <= i < 64 ==> medsgd_one(eights, i) + 2 * medsgd_one(more, i) ==
          medsgd_one(b3, i) + medsgd_one(s.eights, i) + medsgd_one(t.eights, i); */
    /*@ assert sum: \forall integer i; 0 <= i < 64 ==>
          medsgd_one(t.ones, i) + 2 * medsgd_one(t.twos, i) + 4 * medsgd_one(t.fours, i) + 8 * medsgd_one(eights, i) +
          16 * medsgd_one(more, i) ==
          medsgd_one(b0, i) + 2 * medsgd_one(b1, i) + 4 * medsgd_one(b2, i) + 8 * medsgd_one(b3, i) +
          \at(medsgd__rows8(r0, r1, r2, r3, r4, r5, r6, r7, \at(w, Here), i), Pre) +
          \at(medsgd__rows8(r8, r9, r10, r11, r12, r13, r14, r15, \at(w, Here), i), Pre); */
    /*@ assert greater: \forall integer i; 0 <= i < 64 ==> (medsgd_bit(more, i) <==> 15 <
          medsgd_one(b0, i) + 2 * medsgd_one(b1, i) + 4 * medsgd_one(b2, i) + 8 * medsgd_one(b3, i) +
          \at(medsgd__rows8(r0, r1, r2, r3, r4, r5, r6, r7, \at(w, Here), i), Pre) +
          \at(medsgd__rows8(r8, r9, r10, r11, r12, r13, r14, r15, \at(w, Here), i), Pre)); */
    /*@ assert same: \forall integer i; 0 <= i < 64 ==> (medsgd_bit(fifteen, i) <==> 15 ==
          medsgd_one(b0, i) + 2 * medsgd_one(b1, i) + 4 * medsgd_one(b2, i) + 8 * medsgd_one(b3, i) +
          \at(medsgd__rows8(r0, r1, r2, r3, r4, r5, r6, r7, \at(w, Here), i), Pre) +
          \at(medsgd__rows8(r8, r9, r10, r11, r12, r13, r14, r15, \at(w, Here), i), Pre)); */
    above[w] = more;
    equal[w] = fifteen;
    //@ assert stored: above[w] == more && equal[w] == fifteen;
    /*@ assert kept: \forall integer v; 0 <= v < w ==>
          above[v] == \at(above[v], LoopCurrent) && equal[v] == \at(equal[v], LoopCurrent); */
  }
}

/*@ // Bit x of word w of row j, if there is one.
    logic integer medsgd__in_row{L}(uint64_t **rows, integer j, integer m, integer w, integer x) =
      j < m ? medsgd_one(rows[j][w], x) : 0;
    // Row j from word first on, as far as there is one, as it stood at O, is the block `row` at N.
    predicate medsgd__row_loaded{N,O}(uint64_t *row, uint64_t **rows, integer j, integer m, integer first, integer d) =
      \forall integer w, x; first <= w < first + 64 && 0 <= x < 64 && 64 * w + x < d ==>
        \at(medsgd_one(row[w - first], x), N) == \at(medsgd__in_row(rows, j, m, w, x), O);
    axiomatic medsgd__counting {
      // What voter j counts, an abstention 1 and -1 twice as much; without abstentions, -1 once. (It calls itself so
      // that provers know it by its name.)
      logic integer medsgd__ballot{L}(uint64_t **rows, uint64_t **zeros, integer j, integer m, integer w, integer x) =
        j < 0 ? medsgd__ballot(rows, zeros, 0, m, w, x) :
        zeros == \null ? medsgd__in_row(rows, j, m, w, x) :
        medsgd__in_row(zeros, j, m, w, x) == 1 ? 1 : 2 * medsgd__in_row(rows, j, m, w, x);
      lemma medsgd__ballot_range{L}: \forall uint64_t **rows, **zeros, integer j, m, w, x;
        0 <= j ==> 0 <= medsgd__ballot(rows, zeros, j, m, w, x) <= (zeros == \null ? 1 : 2);
      lemma medsgd__ballot_none{L}: \forall uint64_t **rows, **zeros, integer j, m, w, x;
        0 <= j && m <= j ==> medsgd__ballot(rows, zeros, j, m, w, x) == 0;
      logic integer medsgd__ballots4{L}(uint64_t **rows, uint64_t **zeros, integer j, integer m, integer w, integer x) =
        medsgd__ballot(rows, zeros, j, m, w, x) + medsgd__ballot(rows, zeros, j + 1, m, w, x) +
        medsgd__ballot(rows, zeros, j + 2, m, w, x) + medsgd__ballot(rows, zeros, j + 3, m, w, x);
      logic integer medsgd__ballots8{L}(uint64_t **rows, uint64_t **zeros, integer j, integer m, integer w, integer x) =
        medsgd__ballots4(rows, zeros, j, m, w, x) + medsgd__ballots4(rows, zeros, j + 4, m, w, x);
      // The two rows of ones of voter p of the eight in r.
      logic integer medsgd__pair{L}(uint64_t *r, integer p, integer w, integer x) =
        p < 0 ? medsgd__pair(r, 0, w, x) : medsgd_one(r[128 * p + w], x) + medsgd_one(r[128 * p + 64 + w], x);
      // Row q of the eight in r.
      logic integer medsgd__single{L}(uint64_t *r, integer q, integer w, integer x) =
        q < 0 ? medsgd__single(r, 0, w, x) : medsgd_one(r[64 * q + w], x);
      // What the first n of m voters count.
      logic integer medsgd__units{L}(uint64_t **rows, uint64_t **zeros, integer n, integer m, integer w, integer x) =
        n <= 0 ? 0 : medsgd__units(rows, zeros, n - 1, m, w, x) + medsgd__ballot(rows, zeros, n - 1, m, w, x);
      lemma medsgd__units_range{L}: \forall uint64_t **rows, **zeros, integer n, m, w, x; 0 <= n && 0 <= m ==>
        0 <= medsgd__units(rows, zeros, n, m, w, x) <= (zeros == \null ? (n < m ? n : m) : 2 * (n < m ? n : m));
      lemma medsgd__units_all{L}: \forall uint64_t **rows, **zeros, integer n, m, w, x; 0 <= m <= n ==>
        medsgd__units(rows, zeros, n, m, w, x) == medsgd__units(rows, zeros, m, m, w, x);
      lemma medsgd__units_of_ones{L}: \forall uint64_t **rows, **zeros, integer n, m, w, x;
        0 <= n <= m && zeros == \null ==>
        medsgd_count(rows, zeros, n, w, x) == 2 * medsgd__units(rows, zeros, n, m, w, x);
      lemma medsgd__units_of_votes{L}: \forall uint64_t **rows, **zeros, integer n, m, w, x;
        0 <= n <= m && zeros != \null ==>
        medsgd_count(rows, zeros, n, w, x) == medsgd__units(rows, zeros, n, m, w, x);
      lemma medsgd__units_kept{L1, L2}: \forall uint64_t **rows, **zeros, integer n, m, w, x;
        0 <= n && (\forall integer j; 0 <= j < n ==> \at(medsgd__ballot(rows, zeros, j, m, w, x), L1) ==
          \at(medsgd__ballot(rows, zeros, j, m, w, x), L2)) ==>
        \at(medsgd__units(rows, zeros, n, m, w, x), L1) == \at(medsgd__units(rows, zeros, n, m, w, x), L2);
      lemma medsgd__units_4{L}: \forall uint64_t **rows, **zeros, integer n, m, w, x; 0 <= n ==>
        medsgd__units(rows, zeros, n + 4, m, w, x) ==
        medsgd__units(rows, zeros, n, m, w, x) + medsgd__ballots4(rows, zeros, n, m, w, x);
      lemma medsgd__units_8{L}: \forall uint64_t **rows, **zeros, integer n, m, w, x; 0 <= n ==>
        medsgd__units(rows, zeros, n + 8, m, w, x) ==
        medsgd__units(rows, zeros, n, m, w, x) + medsgd__ballots8(rows, zeros, n, m, w, x);
    }
    // A counter went from `from` up by n to v, unless it has not the room.
    predicate medsgd__plus(integer v, integer from, integer n, integer room) = v == from + n || room <= from + n;
    // Row j can be read and is apart from the n words of c.
    predicate medsgd__usable{L}(uint64_t *c, integer n, uint64_t **rows, integer j, integer m, integer d) =
      j < m ==> \valid_read(rows + j) && \valid_read(rows[j] + (0 .. medsgd_words(d) - 1)) &&
        \separated(c + (0 .. n - 1), rows + j) && \separated(c + (0 .. n - 1), rows[j] + (0 .. medsgd_words(d) - 1));
*/

/*@ // The 64 words from r on are those of row j from `first`, or zeros where there is no row j. (A predicate, so that
    // it stays a fact about r, which may be the row itself.)
    predicate medsgd__is_row{L}(uint64_t *r, uint64_t **rows, integer j, integer m, integer first) =
      \forall integer w, x; 0 <= w < 64 && 0 <= x < 64 ==>
        medsgd_one(r[w], x) == medsgd__ballot(rows, (uint64_t **)\null, j, m, first + w, x); */

/* Row i's words from `first`, or zeros where there is no row i. */
/*@ requires i < m ==> \valid_read(rows + i) && \valid_read(rows[i] + (first .. first + 63));
    terminates \true;
    exits \false;
    assigns \result \from i, m, first, rows[0 .. m - 1];
    ensures \valid_read(\result + (0 .. 63));
    ensures i < m ==> \result == rows[i] + first;
    ensures i >= m ==> \result == &medsgd__no_votes[0];
    ensures none: i >= m ==> \forall integer w; 0 <= w < 64 ==> \result[w] == 0;
    ensures row: medsgd__is_row(\result, rows, i, m, first); */
MEDSGD__INLINE const uint64_t *medsgd__row_at(const uint64_t *const *rows, size_t i, size_t m, size_t first) {
  return i < m ? rows[i] + first : medsgd__no_votes;
}

/*@ // The block holds the words [first, first + 64) of a packed vector of d coordinates, as far as there are any.
    predicate medsgd__is_loaded{L}(uint64_t *block, uint64_t *v, integer first, integer d) =
      \forall integer w, i; 0 <= w < 64 && 0 <= i < 64 && 64 * (first + w) + i < d ==>
        (medsgd_bit(block[w], i) <==> medsgd_bit(v[first + w], i)); */

/* block = words [first, first + 64) of a packed vector of d coordinates; bits past d, and words past its end, are 0. */
/*@ requires \valid(block + (0 .. 63)) && first < medsgd_words(d) && first % 64 == 0;
    requires \valid_read(v + (0 .. medsgd_words(d) - 1));
    requires \separated(block + (0 .. 63), v + (0 .. medsgd_words(d) - 1));
    terminates \true;
    exits \false;
    assigns block[0 .. 63];
    ensures bits: \forall integer w, i; 0 <= w < 64 && 0 <= i < 64 && 64 * (first + w) + i < d ==>
      (medsgd_bit(block[w], i) <==> medsgd_bit(v[first + w], i));
    ensures padding: \forall integer w, i; 0 <= w < 64 && 0 <= i < 64 && d <= 64 * (first + w) + i ==>
      !medsgd_bit(block[w], i);
    ensures loaded: medsgd__is_loaded(block, v, first, d); */
MEDSGD__INLINE void medsgd__load_words(uint64_t *MEDSGD__RESTRICT block, const uint64_t *MEDSGD__RESTRICT v,
                                       size_t first, size_t d) {
  const size_t left = d / 64 - first; /* full words from here on */
  if (left >= 64) {
    /*@ loop invariant 0 <= w <= 64;
        loop invariant \forall integer u; 0 <= u < w ==> block[u] == v[first + u];
        loop assigns w, block[0 .. 63];
        loop variant 64 - w; */
    for (size_t w = 0; w < 64; w++) block[w] = v[first + w];
  } else {
    /*@ loop invariant 0 <= w <= left;
        loop invariant \forall integer u; 0 <= u < w ==> block[u] == v[first + u];
        loop assigns w, block[0 .. 63];
        loop variant left - w; */
    for (size_t w = 0; w < left; w++) block[w] = v[first + w];
    /*@ loop invariant left <= w <= 64;
        loop invariant \forall integer u; 0 <= u < left ==> block[u] == v[first + u];
        loop invariant \forall integer u; left <= u < w ==> block[u] == 0;
        loop assigns w, block[0 .. 63];
        loop variant 64 - w; */
    for (size_t w = left; w < 64; w++) block[w] = 0;
    if (d % 64 != 0) block[left] = medsgd__low_bits(v[first + left], d % 64);
  }
}

/* The other way: words past the end are not written, bits past d become 0. */
/*@ requires \valid_read(block + (0 .. 63)) && first < medsgd_words(d) && first % 64 == 0;
    requires \valid(v + (0 .. medsgd_words(d) - 1));
    requires \separated(block + (0 .. 63), v + (0 .. medsgd_words(d) - 1));
    terminates \true;
    exits \false;
    assigns v[first .. \min(first + 64, medsgd_words(d)) - 1];
    ensures bits: \forall integer u, i; first <= u < first + 64 && 0 <= i < 64 && 64 * u + i < d ==>
      (medsgd_bit(v[u], i) <==> medsgd_bit(block[u - first], i));
    ensures padding: \forall integer u, i; first <= u < first + 64 && 0 <= i < 64 && u < medsgd_words(d) &&
      d <= 64 * u + i ==> !medsgd_bit(v[u], i);
    ensures stored: medsgd__is_loaded(block, v, first, d); */
MEDSGD__INLINE void medsgd__store_words(uint64_t *MEDSGD__RESTRICT v, const uint64_t *MEDSGD__RESTRICT block,
                                        size_t first, size_t d) {
  const size_t left = d / 64 - first;
  if (left >= 64) {
    /*@ loop invariant 0 <= w <= 64;
        loop invariant \forall integer u; 0 <= u < w ==> v[first + u] == block[u];
        loop assigns w, v[first .. first + 63];
        loop variant 64 - w; */
    for (size_t w = 0; w < 64; w++) v[first + w] = block[w];
  } else {
    /*@ loop invariant 0 <= w <= left;
        loop invariant \forall integer u; 0 <= u < w ==> v[first + u] == block[u];
        loop assigns w, v[first .. first + left - 1];
        loop variant left - w; */
    for (size_t w = 0; w < left; w++) v[first + w] = block[w];
    if (d % 64 != 0) v[first + left] = medsgd__low_bits(block[left], d % 64);
  }
}

/* A voter with abstentions as two rows of ones to count: twice 1 for -1, once for 0. both = neg and not zero, either =
 * neg or zero. On entry `both` holds neg and `either` zero. */
/*@ requires \valid(both + (0 .. 63)) && \valid(either + (0 .. 63)) && \separated(both + (0 .. 63), either + (0 .. 63));
    terminates \true;
    exits \false;
    assigns both[0 .. 63], either[0 .. 63];
    ensures \forall integer w, i; 0 <= w < 64 && 0 <= i < 64 ==> (medsgd_bit(both[w], i) <==>
      medsgd_bit(\old(both[w]), i) && !medsgd_bit(\old(either[w]), i));
    ensures \forall integer w, i; 0 <= w < 64 && 0 <= i < 64 ==> (medsgd_bit(either[w], i) <==>
      medsgd_bit(\old(both[w]), i) || medsgd_bit(\old(either[w]), i)); */
MEDSGD__INLINE void medsgd__split_vote(uint64_t *MEDSGD__RESTRICT both, uint64_t *MEDSGD__RESTRICT either) {
  /*@ loop invariant 0 <= w <= 64;
      loop invariant \forall integer v, i; 0 <= v < w && 0 <= i < 64 ==> (medsgd_bit(both[v], i) <==>
        medsgd_bit(\at(both[v], Pre), i) && !medsgd_bit(\at(either[v], Pre), i));
      loop invariant \forall integer v, i; 0 <= v < w && 0 <= i < 64 ==> (medsgd_bit(either[v], i) <==>
        medsgd_bit(\at(both[v], Pre), i) || medsgd_bit(\at(either[v], Pre), i));
      loop invariant \forall integer v; w <= v < 64 ==>
        both[v] == \at(both[v], Pre) && either[v] == \at(either[v], Pre);
      loop assigns w, both[0 .. 63], either[0 .. 63];
      loop variant 64 - w; */
  for (size_t w = 0; w < 64; w++) {
    const uint64_t n = both[w], z = either[w], signs = ~z;
    //@ assert not: \forall integer i; 0 <= i < 64 ==> (medsgd_bit(signs, i) <==> !medsgd_bit(z, i));
    both[w] = n & signs;
    either[w] = n | z;
  }
}

/* row = the words of row j from `first`, or zeros where there is no row j. */
/*@ requires \valid(row + (0 .. 63)) && first < medsgd_words(d) && first % 64 == 0;
    requires medsgd__usable(row, 64, rows, j, m, d);
    terminates \true;
    exits \false;
    assigns row[0 .. 63];
    ensures medsgd__row_loaded{Here,Pre}(row, rows, j, m, first, d); */
static MEDSGD__UNUSED void medsgd__load_row(uint64_t *row, const uint64_t *const *rows, size_t j, size_t m,
                                            size_t first, size_t d) {
  if (j < m) {
    medsgd__load_words(row, rows[j], first, d);
  } else {
    /*@ loop invariant 0 <= w <= 64;
        loop invariant \forall integer v; 0 <= v < w ==> row[v] == 0;
        loop assigns w, row[0 .. 63];
        loop variant 64 - w; */
    for (size_t w = 0; w < 64; w++) row[w] = 0;
  }
}

/* Eight rows of ones to count: the voters [i, i + 8), or the voters [i, i + 4) with their abstentions. */
/*@ requires \valid(r + (0 .. 511)) && first < medsgd_words(d) && first % 64 == 0 && m <= SIZE_MAX / 2 && i < m;
    requires \forall integer j; i <= j < i + 8 ==> medsgd__usable(r, 512, rows, j, m, d);
    terminates \true;
    exits \false;
    assigns r[0 .. 511];
    ensures \forall integer k, x; 0 <= k < 512 && 0 <= x < 64 && 64 * (first + k % 64) + x < d ==>
      medsgd_one(r[k], x) == \old(medsgd__in_row(rows, i + k / 64, m, first + k % 64, x)); */
static MEDSGD__UNUSED void medsgd__load_rows(uint64_t *r, const uint64_t *const *rows, size_t i, size_t m,
                                             size_t first, size_t d) {
  /*@ loop invariant 0 <= q <= 8;
      loop invariant \forall integer k, x; 0 <= k < 64 * q && 0 <= x < 64 && 64 * (first + k % 64) + x < d ==>
        medsgd_one(r[k], x) == \at(medsgd__in_row(rows, i + k / 64, m, first + k % 64, x), Pre);
      loop assigns q, r[0 .. 511];
      loop variant 8 - q; */
  for (size_t q = 0; q < 8; q++) {
    //@ assert medsgd__usable(r, 512, rows, i + q, m, d);
    /*@ assert same: \forall integer w, x; first <= w < first + 64 && 0 <= x < 64 && 64 * w + x < d ==>
          medsgd__in_row(rows, i + q, m, w, x) == \at(medsgd__in_row(rows, \at(i + q, Here), m, w, x), Pre); */
    //@ assert (size_t)(i + q) == i + q && (size_t)(64 * q) == 64 * q;
    //@ ghost Row: ;
    medsgd__load_row(r + 64 * q, rows, i + q, m, first, d);
    //@ assert loaded: medsgd__row_loaded{Here,Row}(r + 64 * q, rows, i + q, m, first, d);
    /*@ assert got: \forall integer w, x; first <= w < first + 64 && 0 <= x < 64 && 64 * w + x < d ==>
          medsgd_one((r + 64 * q)[w - first], x) == \at(medsgd__in_row(rows, \at(i + q, Here), m, w, x), Row); */
    //@ assert kept: \forall integer j; 0 <= j < 64 * q ==> r[j] == \at(r[j], Row);
    /*@ assert row: \forall integer w, x; first <= w < first + 64 && 0 <= x < 64 && 64 * w + x < d ==>
          medsgd_one(r[64 * q + w - first], x) == \at(medsgd__in_row(rows, \at(i + q, Here), m, w, x), Pre); */
    //@ assert place: \forall integer k; 64 * q <= k < 64 * q + 64 ==> k / 64 == q && k % 64 == k - 64 * q;
    /*@ assert old: \forall integer k, x; 0 <= k < 64 * q && 0 <= x < 64 && 64 * (first + k % 64) + x < d ==>
          medsgd_one(r[k], x) == \at(medsgd__in_row(rows, i + k / 64, m, first + k % 64, x), Pre); */
    //@ ghost size_t v = 0;
    /*@ ghost
      /@ loop invariant 0 <= v <= 64;
         loop invariant new: \forall integer k, x; 64 * q <= k < 64 * q + v && 0 <= x < 64 &&
           64 * (first + k % 64) + x < d ==>
           medsgd_one(r[k], x) == \at(medsgd__in_row(rows, \at(i + q, Here), m, first + k % 64, x), Pre);
         loop assigns v;
         loop variant 64 - v; @/
      while (v < 64) {
        /@ assert at: \forall integer x; 0 <= x < 64 && 64 * (first + v) + x < d ==>
             medsgd_one(r[64 * q + v], x) ==
             \at(medsgd__in_row(rows, \at(i + q, Here), m, \at(first + v, Here), x), Pre); @/
        /@ assert (64 * q + v) % 64 == v; @/
        v++;
      } */
  }
}

/* Voter j with abstentions as two rows of ones to count. */
/*@ requires \valid(both + (0 .. 63)) && \valid(either + (0 .. 63)) && \separated(both + (0 .. 63), either + (0 .. 63));
    requires zeros != \null && first < medsgd_words(d) && first % 64 == 0;
    requires medsgd__usable(both, 64, rows, j, m, d) && medsgd__usable(either, 64, rows, j, m, d);
    requires medsgd__usable(both, 64, zeros, j, m, d) && medsgd__usable(either, 64, zeros, j, m, d);
    terminates \true;
    exits \false;
    assigns both[0 .. 63], either[0 .. 63];
    ensures \forall integer w, x; 0 <= w < 64 && 0 <= x < 64 && 64 * (first + w) + x < d ==>
      medsgd_one(both[w], x) + medsgd_one(either[w], x) ==
      \old(medsgd__ballot(rows, zeros, j, m, first + w, x)); */
MEDSGD__INLINE void medsgd__load_voter(uint64_t *both, uint64_t *either, const uint64_t *const *rows,
                                       const uint64_t *const *zeros, size_t j, size_t m, size_t first, size_t d) {
  medsgd__load_row(both, rows, j, m, first, d);
  /*@ assert zeros: \forall integer w, x; 0 <= w < 64 && 0 <= x < 64 && 64 * (first + w) + x < d ==>
        medsgd__in_row(zeros, j, m, first + w, x) == \at(medsgd__in_row(zeros, j, m, first + w, x), Pre); */
  //@ ghost Signs: ;
  medsgd__load_row(either, zeros, j, m, first, d);
  //@ assert kept: \forall integer w; 0 <= w < 64 ==> both[w] == \at(both[w], Signs);
  /*@ assert signs: \forall integer w, x; 0 <= w < 64 && 0 <= x < 64 && 64 * (first + w) + x < d ==>
        medsgd_one(both[w], x) == \at(medsgd__in_row(rows, j, m, first + w, x), Pre); */
  /*@ assert abstains: \forall integer w, x; 0 <= w < 64 && 0 <= x < 64 && 64 * (first + w) + x < d ==>
        medsgd_one(either[w], x) == \at(medsgd__in_row(zeros, j, m, first + w, x), Pre); */
  //@ ghost Voter: ;
  medsgd__split_vote(both, either);
  /*@ assert split: \forall integer w, x; 0 <= w < 64 && 0 <= x < 64 ==>
        medsgd_one(both[w], x) + medsgd_one(either[w], x) ==
        (medsgd_one(\at(either[w], Voter), x) != 0 ? 1 : 2 * medsgd_one(\at(both[w], Voter), x)); */
}

/*@ requires zeros != \null;
    requires \valid(r + (0 .. 511)) && first < medsgd_words(d) && first % 64 == 0 && m <= SIZE_MAX / 2 && i < m;
    requires \forall integer j; i <= j < i + 4 ==> medsgd__usable(r, 512, rows, j, m, d);
    requires \forall integer j; i <= j < i + 4 ==> medsgd__usable(r, 512, zeros, j, m, d);
    terminates \true;
    exits \false;
    assigns r[0 .. 511];
    ensures \forall integer q, w, x; 0 <= q < 4 && 0 <= w < 64 && 0 <= x < 64 && 64 * (first + w) + x < d ==>
      medsgd__pair(r, q, w, x) == \old(medsgd__ballot(rows, zeros, i + q, m, first + w, x)); */
static MEDSGD__UNUSED void medsgd__load_voters(uint64_t *r, const uint64_t *const *rows, const uint64_t *const *zeros,
                                               size_t i, size_t m, size_t first, size_t d) {
  /*@ loop invariant 0 <= q <= 4;
      loop invariant \forall integer p, w, x; 0 <= p < q && 0 <= w < 64 && 0 <= x < 64 && 64 * (first + w) + x < d ==>
        medsgd__pair(r, p, w, x) == \at(medsgd__ballot(rows, zeros, i + p, m, first + w, x), Pre);
      loop assigns q, r[0 .. 511];
      loop variant 4 - q; */
  for (size_t q = 0; q < 4; q++) {
    //@ assert medsgd__usable(r, 512, rows, i + q, m, d) && medsgd__usable(r, 512, zeros, i + q, m, d);
    const size_t at = 128 * q;
    //@ assert (size_t)(i + q) == i + q && at == 128 * q && at + 128 <= 512;
    /*@ assert same: \forall integer w, x; 0 <= w < 64 && 0 <= x < 64 && 64 * (first + w) + x < d ==>
          medsgd__ballot(rows, zeros, i + q, m, first + w, x) ==
          \at(medsgd__ballot(rows, zeros, \at(i + q, Here), m, first + w, x), Pre); */
    //@ ghost Voter: ;
    medsgd__load_voter(r + at, r + at + 64, rows, zeros, i + q, m, first, d);
    /*@ assert got: \forall integer w, x; 0 <= w < 64 && 0 <= x < 64 && 64 * (first + w) + x < d ==>
          medsgd_one((r + at)[w], x) + medsgd_one((r + at + 64)[w], x) ==
          \at(medsgd__ballot(rows, zeros, \at(i + q, Here), m, first + w, x), Voter); */
    //@ assert kept: \forall integer j; 0 <= j < at ==> r[j] == \at(r[j], Voter);
    /*@ assert last: \forall integer w, x; 0 <= w < 64 && 0 <= x < 64 && 64 * (first + w) + x < d ==>
          medsgd__pair(r, q, w, x) == \at(medsgd__ballot(rows, zeros, \at(i + q, Here), m, first + w, x), Pre); */
    /*@ assert pairs: \forall integer p, w, x; 0 <= p < q && 0 <= w < 64 ==>
          medsgd__pair(r, p, w, x) == \at(medsgd__pair(r, p, w, x), Voter); */
    /*@ assert before: \forall integer p, w, x; 0 <= p < q && 0 <= w < 64 && 0 <= x < 64 &&
          64 * (first + w) + x < d ==>
          medsgd__pair(r, p, w, x) == \at(medsgd__ballot(rows, zeros, i + p, m, first + w, x), Pre); */
  }
}

/* Counts the rows [i, i + 8) of the full block at `first`, as far as there are any, into three planes and a carry. */
/*@ requires \valid(c + (0 .. 191)) && \valid(carry + (0 .. 63)) && \separated(c + (0 .. 191), carry + (0 .. 63));
    requires first <= SIZE_MAX / 64 - 64 && m <= SIZE_MAX / 2 && i < m;
    requires \forall integer j; i <= j < i + 8 ==> medsgd__usable(c, 192, rows, j, m, 64 * (first + 64)) &&
      medsgd__usable(carry, 64, rows, j, m, 64 * (first + 64));
    terminates \true;
    exits \false;
    assigns c[0 .. 191], carry[0 .. 63];
    ensures \forall integer w, x; 0 <= w < 64 && 0 <= x < 64 ==>
      medsgd__planes3(c, c + 64, c + 128, w, x) + 8 * medsgd_one(carry[w], x) ==
      \old(medsgd__planes3(c, c + 64, c + 128, w, x)) +
      \old(medsgd__ballots8(rows, (uint64_t **)\null, i, m, first + w, x)); */
MEDSGD__INLINE void medsgd__count_rows(uint64_t *c, uint64_t *carry, const uint64_t *const *rows, size_t i, size_t m,
                                       size_t first) {
  //@ assert words: medsgd_words(64 * (first + 64)) == first + 64;
  /*@ assert sums: (size_t)(i + 1) == i + 1 && (size_t)(i + 2) == i + 2 && (size_t)(i + 3) == i + 3 &&
        (size_t)(i + 4) == i + 4 && (size_t)(i + 5) == i + 5 && (size_t)(i + 6) == i + 6 && (size_t)(i + 7) == i + 7; */
  /*@ assert ready: \forall integer j; i <= j < i + 8 && j < m ==>
        \valid_read(rows + j) && \valid_read(rows[j] + (first .. first + 63)) &&
        \separated(rows[j] + (first .. first + 63), c + (0 .. 191)) &&
        \separated(rows[j] + (first .. first + 63), carry + (0 .. 63)); */
  /*@ assert i < m ==> \valid_read(rows + i) && \valid_read(rows[i] + (first .. first + 63)) &&
        \separated(rows[i] + (first .. first + 63), c + (0 .. 191)) &&
        \separated(rows[i] + (first .. first + 63), carry + (0 .. 63)); */
  /*@ assert i + 1 < m ==> \valid_read(rows + (i + 1)) && \valid_read(rows[i + 1] + (first .. first + 63)) &&
        \separated(rows[i + 1] + (first .. first + 63), c + (0 .. 191)) &&
        \separated(rows[i + 1] + (first .. first + 63), carry + (0 .. 63)); */
  /*@ assert i + 2 < m ==> \valid_read(rows + (i + 2)) && \valid_read(rows[i + 2] + (first .. first + 63)) &&
        \separated(rows[i + 2] + (first .. first + 63), c + (0 .. 191)) &&
        \separated(rows[i + 2] + (first .. first + 63), carry + (0 .. 63)); */
  /*@ assert i + 3 < m ==> \valid_read(rows + (i + 3)) && \valid_read(rows[i + 3] + (first .. first + 63)) &&
        \separated(rows[i + 3] + (first .. first + 63), c + (0 .. 191)) &&
        \separated(rows[i + 3] + (first .. first + 63), carry + (0 .. 63)); */
  /*@ assert i + 4 < m ==> \valid_read(rows + (i + 4)) && \valid_read(rows[i + 4] + (first .. first + 63)) &&
        \separated(rows[i + 4] + (first .. first + 63), c + (0 .. 191)) &&
        \separated(rows[i + 4] + (first .. first + 63), carry + (0 .. 63)); */
  /*@ assert i + 5 < m ==> \valid_read(rows + (i + 5)) && \valid_read(rows[i + 5] + (first .. first + 63)) &&
        \separated(rows[i + 5] + (first .. first + 63), c + (0 .. 191)) &&
        \separated(rows[i + 5] + (first .. first + 63), carry + (0 .. 63)); */
  /*@ assert i + 6 < m ==> \valid_read(rows + (i + 6)) && \valid_read(rows[i + 6] + (first .. first + 63)) &&
        \separated(rows[i + 6] + (first .. first + 63), c + (0 .. 191)) &&
        \separated(rows[i + 6] + (first .. first + 63), carry + (0 .. 63)); */
  /*@ assert i + 7 < m ==> \valid_read(rows + (i + 7)) && \valid_read(rows[i + 7] + (first .. first + 63)) &&
        \separated(rows[i + 7] + (first .. first + 63), c + (0 .. 191)) &&
        \separated(rows[i + 7] + (first .. first + 63), carry + (0 .. 63)); */
  const uint64_t *r0 = medsgd__row_at(rows, i, m, first);
  /*@ assert \valid_read(r0 + (0 .. 63)) && \separated(r0 + (0 .. 63), c + (0 .. 191)) &&
        \separated(r0 + (0 .. 63), carry + (0 .. 63)); */
  const uint64_t *r1 = medsgd__row_at(rows, i + 1, m, first);
  /*@ assert \valid_read(r1 + (0 .. 63)) && \separated(r1 + (0 .. 63), c + (0 .. 191)) &&
        \separated(r1 + (0 .. 63), carry + (0 .. 63)); */
  const uint64_t *r2 = medsgd__row_at(rows, i + 2, m, first);
  /*@ assert \valid_read(r2 + (0 .. 63)) && \separated(r2 + (0 .. 63), c + (0 .. 191)) &&
        \separated(r2 + (0 .. 63), carry + (0 .. 63)); */
  const uint64_t *r3 = medsgd__row_at(rows, i + 3, m, first);
  /*@ assert \valid_read(r3 + (0 .. 63)) && \separated(r3 + (0 .. 63), c + (0 .. 191)) &&
        \separated(r3 + (0 .. 63), carry + (0 .. 63)); */
  const uint64_t *r4 = medsgd__row_at(rows, i + 4, m, first);
  /*@ assert \valid_read(r4 + (0 .. 63)) && \separated(r4 + (0 .. 63), c + (0 .. 191)) &&
        \separated(r4 + (0 .. 63), carry + (0 .. 63)); */
  const uint64_t *r5 = medsgd__row_at(rows, i + 5, m, first);
  /*@ assert \valid_read(r5 + (0 .. 63)) && \separated(r5 + (0 .. 63), c + (0 .. 191)) &&
        \separated(r5 + (0 .. 63), carry + (0 .. 63)); */
  const uint64_t *r6 = medsgd__row_at(rows, i + 6, m, first);
  /*@ assert \valid_read(r6 + (0 .. 63)) && \separated(r6 + (0 .. 63), c + (0 .. 191)) &&
        \separated(r6 + (0 .. 63), carry + (0 .. 63)); */
  const uint64_t *r7 = medsgd__row_at(rows, i + 7, m, first);
  /*@ assert \valid_read(r7 + (0 .. 63)) && \separated(r7 + (0 .. 63), c + (0 .. 191)) &&
        \separated(r7 + (0 .. 63), carry + (0 .. 63)); */
  /*@ assert rows: \forall integer w, x; 0 <= w < 64 && 0 <= x < 64 ==>
        medsgd__rows8(r0, r1, r2, r3, r4, r5, r6, r7, w, x) ==
        \at(medsgd__ballots8(rows, (uint64_t **)\null, i, m, first + w, x), Pre); */
  medsgd__count8(c, c + 64, c + 128, carry, r0, r1, r2, r3, r4, r5, r6, r7);
}

/* The same of any block through a copy, of the voters [i, i + 4) where zeros has their abstentions. */
/*@ requires \valid(c + (0 .. 191)) && \valid(carry + (0 .. 63)) && \separated(c + (0 .. 191), carry + (0 .. 63));
    requires first < medsgd_words(d) && first % 64 == 0 && m <= SIZE_MAX / 2 && i < m;
    requires \forall integer j; i <= j < i + 8 ==> medsgd__usable(c, 192, rows, j, m, d);
    requires zeros != \null ==> \forall integer j; i <= j < i + 4 ==> medsgd__usable(c, 192, zeros, j, m, d);
    terminates \true;
    exits \false;
    assigns c[0 .. 191], carry[0 .. 63];
    ensures zeros == \null ==> \forall integer w, x; 0 <= w < 64 && 0 <= x < 64 && 64 * (first + w) + x < d ==>
      medsgd__planes3(c, c + 64, c + 128, w, x) + 8 * medsgd_one(carry[w], x) ==
      \old(medsgd__planes3(c, c + 64, c + 128, w, x)) + \old(medsgd__ballots8(rows, zeros, i, m, first + w, x));
    ensures zeros != \null ==> \forall integer w, x; 0 <= w < 64 && 0 <= x < 64 && 64 * (first + w) + x < d ==>
      medsgd__planes3(c, c + 64, c + 128, w, x) + 8 * medsgd_one(carry[w], x) ==
      \old(medsgd__planes3(c, c + 64, c + 128, w, x)) + \old(medsgd__ballots4(rows, zeros, i, m, first + w, x)); */
static MEDSGD__UNUSED void medsgd__count_copies(uint64_t *c, uint64_t *carry, const uint64_t *const *rows,
                                                const uint64_t *const *zeros, size_t i, size_t m, size_t first,
                                                size_t d) {
  uint64_t r[512];
  /*@ assert reads: \forall integer j; i <= j < i + 8 && j < m ==>
        \valid_read(rows + j) && \valid_read(rows[j] + (0 .. medsgd_words(d) - 1)); */
  /*@ assert apart: \forall integer j; i <= j < i + 8 && j < m ==>
        \separated(&r[0] + (0 .. 511), rows + j) &&
        \separated(&r[0] + (0 .. 511), rows[j] + (0 .. medsgd_words(d) - 1)); */
  //@ assert usable: \forall integer j; i <= j < i + 8 ==> medsgd__usable(&r[0], 512, rows, j, m, d);
  if (zeros) {
    /*@ assert reads: \forall integer j; i <= j < i + 4 && j < m ==>
          \valid_read(zeros + j) && \valid_read(zeros[j] + (0 .. medsgd_words(d) - 1)); */
    /*@ assert apart: \forall integer j; i <= j < i + 4 && j < m ==>
          \separated(&r[0] + (0 .. 511), zeros + j) &&
          \separated(&r[0] + (0 .. 511), zeros[j] + (0 .. medsgd_words(d) - 1)); */
    //@ assert usable: \forall integer j; i <= j < i + 4 ==> medsgd__usable(&r[0], 512, zeros, j, m, d);
    medsgd__load_voters(r, rows, zeros, i, m, first, d);
    /*@ assert voter0: \forall integer w, x; 0 <= w < 64 && 0 <= x < 64 && 64 * (first + w) + x < d ==>
          medsgd_one(r[w], x) + medsgd_one(r[64 + w], x) == medsgd__pair(&r[0], 0, w, x) &&
          medsgd__pair(&r[0], 0, w, x) == \at(medsgd__ballot(rows, zeros, i, m, first + w, x), Pre); */
    /*@ assert voter1: \forall integer w, x; 0 <= w < 64 && 0 <= x < 64 && 64 * (first + w) + x < d ==>
          medsgd_one(r[128 + w], x) + medsgd_one(r[192 + w], x) == medsgd__pair(&r[0], 1, w, x) &&
          medsgd__pair(&r[0], 1, w, x) == \at(medsgd__ballot(rows, zeros, i + 1, m, first + w, x), Pre); */
    /*@ assert voter2: \forall integer w, x; 0 <= w < 64 && 0 <= x < 64 && 64 * (first + w) + x < d ==>
          medsgd_one(r[256 + w], x) + medsgd_one(r[320 + w], x) == medsgd__pair(&r[0], 2, w, x) &&
          medsgd__pair(&r[0], 2, w, x) == \at(medsgd__ballot(rows, zeros, i + 2, m, first + w, x), Pre); */
    /*@ assert voter3: \forall integer w, x; 0 <= w < 64 && 0 <= x < 64 && 64 * (first + w) + x < d ==>
          medsgd_one(r[384 + w], x) + medsgd_one(r[448 + w], x) == medsgd__pair(&r[0], 3, w, x) &&
          medsgd__pair(&r[0], 3, w, x) == \at(medsgd__ballot(rows, zeros, i + 3, m, first + w, x), Pre); */
    /*@ assert rows: \forall integer w, x; 0 <= w < 64 ==>
          medsgd__rows8(&r[0], &r[64], &r[128], &r[192], &r[256], &r[320], &r[384], &r[448], w, x) ==
          medsgd_one(r[w], x) + medsgd_one(r[64 + w], x) + medsgd_one(r[128 + w], x) + medsgd_one(r[192 + w], x) +
          medsgd_one(r[256 + w], x) + medsgd_one(r[320 + w], x) + medsgd_one(r[384 + w], x) +
          medsgd_one(r[448 + w], x); */
    /*@ assert pairs: \forall integer w, x; 0 <= w < 64 && 0 <= x < 64 && 64 * (first + w) + x < d ==>
          medsgd__rows8(&r[0], &r[64], &r[128], &r[192], &r[256], &r[320], &r[384], &r[448], w, x) ==
          medsgd__pair(&r[0], 0, w, x) + medsgd__pair(&r[0], 1, w, x) + medsgd__pair(&r[0], 2, w, x) +
          medsgd__pair(&r[0], 3, w, x); */
    /*@ assert four: \forall integer v, x; \at(medsgd__ballots4(rows, zeros, i, m, v, x), Pre) ==
          \at(medsgd__ballot(rows, zeros, i, m, v, x), Pre) + \at(medsgd__ballot(rows, zeros, i + 1, m, v, x), Pre) +
          \at(medsgd__ballot(rows, zeros, i + 2, m, v, x), Pre) +
          \at(medsgd__ballot(rows, zeros, i + 3, m, v, x), Pre); */
    /*@ assert votes: \forall integer w, x; 0 <= w < 64 && 0 <= x < 64 && 64 * (first + w) + x < d ==>
          medsgd__rows8(&r[0], &r[64], &r[128], &r[192], &r[256], &r[320], &r[384], &r[448], w, x) ==
          \at(medsgd__ballots4(rows, zeros, i, m, first + w, x), Pre); */
  } else {
    medsgd__load_rows(r, rows, i, m, first, d);
    /*@ assert row0: \forall integer w, x; 0 <= w < 64 && 0 <= x < 64 && 64 * (first + w) + x < d ==>
          w / 64 == 0 && w % 64 == w &&
          medsgd_one(r[w], x) == medsgd__single(&r[0], 0, w, x) &&
          medsgd__single(&r[0], 0, w, x) == \at(medsgd__ballot(rows, zeros, i, m, first + w, x), Pre); */
    /*@ assert row1: \forall integer w, x; 0 <= w < 64 && 0 <= x < 64 && 64 * (first + w) + x < d ==>
          medsgd_one(r[64 + w], x) == medsgd__single(&r[0], 1, w, x) &&
          medsgd__single(&r[0], 1, w, x) == \at(medsgd__ballot(rows, zeros, i + 1, m, first + w, x), Pre); */
    /*@ assert row2: \forall integer w, x; 0 <= w < 64 && 0 <= x < 64 && 64 * (first + w) + x < d ==>
          medsgd_one(r[128 + w], x) == medsgd__single(&r[0], 2, w, x) &&
          medsgd__single(&r[0], 2, w, x) == \at(medsgd__ballot(rows, zeros, i + 2, m, first + w, x), Pre); */
    /*@ assert row3: \forall integer w, x; 0 <= w < 64 && 0 <= x < 64 && 64 * (first + w) + x < d ==>
          medsgd_one(r[192 + w], x) == medsgd__single(&r[0], 3, w, x) &&
          medsgd__single(&r[0], 3, w, x) == \at(medsgd__ballot(rows, zeros, i + 3, m, first + w, x), Pre); */
    /*@ assert row4: \forall integer w, x; 0 <= w < 64 && 0 <= x < 64 && 64 * (first + w) + x < d ==>
          medsgd_one(r[256 + w], x) == medsgd__single(&r[0], 4, w, x) &&
          medsgd__single(&r[0], 4, w, x) == \at(medsgd__ballot(rows, zeros, i + 4, m, first + w, x), Pre); */
    /*@ assert row5: \forall integer w, x; 0 <= w < 64 && 0 <= x < 64 && 64 * (first + w) + x < d ==>
          medsgd_one(r[320 + w], x) == medsgd__single(&r[0], 5, w, x) &&
          medsgd__single(&r[0], 5, w, x) == \at(medsgd__ballot(rows, zeros, i + 5, m, first + w, x), Pre); */
    /*@ assert row6: \forall integer w, x; 0 <= w < 64 && 0 <= x < 64 && 64 * (first + w) + x < d ==>
          medsgd_one(r[384 + w], x) == medsgd__single(&r[0], 6, w, x) &&
          medsgd__single(&r[0], 6, w, x) == \at(medsgd__ballot(rows, zeros, i + 6, m, first + w, x), Pre); */
    /*@ assert row7: \forall integer w, x; 0 <= w < 64 && 0 <= x < 64 && 64 * (first + w) + x < d ==>
          medsgd_one(r[448 + w], x) == medsgd__single(&r[0], 7, w, x) &&
          medsgd__single(&r[0], 7, w, x) == \at(medsgd__ballot(rows, zeros, i + 7, m, first + w, x), Pre); */
    /*@ assert rows: \forall integer w, x; 0 <= w < 64 ==>
          medsgd__rows8(&r[0], &r[64], &r[128], &r[192], &r[256], &r[320], &r[384], &r[448], w, x) ==
          medsgd_one(r[w], x) + medsgd_one(r[64 + w], x) + medsgd_one(r[128 + w], x) + medsgd_one(r[192 + w], x) +
          medsgd_one(r[256 + w], x) + medsgd_one(r[320 + w], x) + medsgd_one(r[384 + w], x) +
          medsgd_one(r[448 + w], x); */
    /*@ assert singles: \forall integer w, x; 0 <= w < 64 && 0 <= x < 64 && 64 * (first + w) + x < d ==>
          medsgd__rows8(&r[0], &r[64], &r[128], &r[192], &r[256], &r[320], &r[384], &r[448], w, x) ==
          medsgd__single(&r[0], 0, w, x) + medsgd__single(&r[0], 1, w, x) + medsgd__single(&r[0], 2, w, x) +
          medsgd__single(&r[0], 3, w, x) + medsgd__single(&r[0], 4, w, x) + medsgd__single(&r[0], 5, w, x) +
          medsgd__single(&r[0], 6, w, x) + medsgd__single(&r[0], 7, w, x); */
    /*@ assert eight: \forall integer v, x; \at(medsgd__ballots8(rows, zeros, i, m, v, x), Pre) ==
          \at(medsgd__ballot(rows, zeros, i, m, v, x), Pre) + \at(medsgd__ballot(rows, zeros, i + 1, m, v, x), Pre) +
          \at(medsgd__ballot(rows, zeros, i + 2, m, v, x), Pre) +
          \at(medsgd__ballot(rows, zeros, i + 3, m, v, x), Pre) +
          \at(medsgd__ballot(rows, zeros, i + 4, m, v, x), Pre) +
          \at(medsgd__ballot(rows, zeros, i + 5, m, v, x), Pre) +
          \at(medsgd__ballot(rows, zeros, i + 6, m, v, x), Pre) +
          \at(medsgd__ballot(rows, zeros, i + 7, m, v, x), Pre); */
    /*@ assert ones: \forall integer w, x; 0 <= w < 64 && 0 <= x < 64 && 64 * (first + w) + x < d ==>
          medsgd__rows8(&r[0], &r[64], &r[128], &r[192], &r[256], &r[320], &r[384], &r[448], w, x) ==
          \at(medsgd__ballots8(rows, zeros, i, m, first + w, x), Pre); */
  }
  /*@ assert same: \forall integer w, x; 0 <= w < 64 ==> medsgd__planes3(c, c + 64, c + 128, w, x) ==
        \at(medsgd__planes3(c, c + 64, c + 128, w, x), Pre); */
  medsgd__count8(c, c + 64, c + 128, carry, r, r + 64, r + 128, r + 192, r + 256, r + 320, r + 384, r + 448);
}

/*@ axiomatic medsgd__three_planes { // a lemma
      lemma medsgd__value_of_3{L}: \forall uint64_t *c, integer w, x;
        medsgd_value(c, 64, 3, w, x) == medsgd__planes3(c, c + 64, c + 128, w, x);
    } */

/* Adds to the counters of the block at `first` the voters [i, i + 8), with abstentions [i, i + 4), as far as there are
 * any. Rows without abstentions are read in place in full blocks, else through a copy. */
/*@ requires 3 <= planes <= 64 && \valid(c + (0 .. 64 * planes - 1));
    requires first < medsgd_words(d) && first % 64 == 0 && m <= SIZE_MAX / 2 && i < m;
    requires \forall integer j; i <= j < i + 8 ==> medsgd__usable(c, 64 * planes, rows, j, m, d);
    requires zeros != \null ==> \forall integer j; i <= j < i + 4 ==> medsgd__usable(c, 64 * planes, zeros, j, m, d);
    terminates \true;
    exits \false;
    assigns c[0 .. 64 * planes - 1];
    ensures ones: zeros == \null ==>
      \forall integer w, x; 0 <= w < 64 && 0 <= x < 64 && 64 * (first + w) + x < d ==>
        medsgd__plus(medsgd_value(c, 64, planes, w, x), \old(medsgd_value(c, 64, planes, w, x)),
                     \old(medsgd__ballots8(rows, zeros, i, m, first + w, x)), medsgd_p2(planes));
    ensures votes: zeros != \null ==>
      \forall integer w, x; 0 <= w < 64 && 0 <= x < 64 && 64 * (first + w) + x < d ==>
        medsgd__plus(medsgd_value(c, 64, planes, w, x), \old(medsgd_value(c, 64, planes, w, x)),
                     \old(medsgd__ballots4(rows, zeros, i, m, first + w, x)), medsgd_p2(planes)); */
static MEDSGD__UNUSED void medsgd__count_group(uint64_t *c, unsigned planes, const uint64_t *const *rows,
                                               const uint64_t *const *zeros, size_t i, size_t m, size_t first,
                                               size_t d) {
  uint64_t carry[64];
  /*@ assert old: \forall integer w, x; 0 <= w < 64 ==>
        medsgd_value(c, 64, 3, w, x) == medsgd__planes3(c, c + 64, c + 128, w, x); */
  if (!zeros && d / 64 - first >= 64) {
    //@ assert full: 64 * (first + 64) <= d && medsgd_words(64 * (first + 64)) == first + 64 <= medsgd_words(d);
    /*@ assert reads: \forall integer j; i <= j < i + 8 && j < m ==>
          \valid_read(rows + j) && \valid_read(rows[j] + (0 .. first + 63)); */
    /*@ assert apart: \forall integer j; i <= j < i + 8 && j < m ==> \separated(&carry[0] + (0 .. 63), rows + j) &&
          \separated(&carry[0] + (0 .. 63), rows[j] + (0 .. first + 63)); */
    /*@ assert usable: \forall integer j; i <= j < i + 8 ==> medsgd__usable(c, 192, rows, j, m, 64 * (first + 64)) &&
          medsgd__usable(&carry[0], 64, rows, j, m, 64 * (first + 64)); */
    medsgd__count_rows(c, carry, rows, i, m, first);
  } else {
    //@ assert usable: \forall integer j; i <= j < i + 8 ==> medsgd__usable(c, 192, rows, j, m, d);
    /*@ assert usable_zeros: zeros != \null ==>
          \forall integer j; i <= j < i + 4 ==> medsgd__usable(c, 192, zeros, j, m, d); */
    medsgd__count_copies(c, carry, rows, zeros, i, m, first, d);
  }
  /*@ assert ones: zeros == \null ==> \forall integer w, x; 0 <= w < 64 && 0 <= x < 64 && 64 * (first + w) + x < d ==>
        medsgd__planes3(c, c + 64, c + 128, w, x) + 8 * medsgd_one(carry[w], x) ==
        \at(medsgd__planes3(c, c + 64, c + 128, w, x), Pre) +
        \at(medsgd__ballots8(rows, zeros, i, m, first + w, x), Pre); */
  /*@ assert votes: zeros != \null ==>
        \forall integer w, x; 0 <= w < 64 && 0 <= x < 64 && 64 * (first + w) + x < d ==>
        medsgd__planes3(c, c + 64, c + 128, w, x) + 8 * medsgd_one(carry[w], x) ==
        \at(medsgd__planes3(c, c + 64, c + 128, w, x), Pre) +
        \at(medsgd__ballots4(rows, zeros, i, m, first + w, x), Pre); */
  /*@ assert new: \forall integer w, x; 0 <= w < 64 ==>
        medsgd_value(c, 64, 3, w, x) == medsgd__planes3(c, c + 64, c + 128, w, x); */
  //@ assert upper: \forall integer j; 192 <= j < 64 * planes ==> c[j] == \at(c[j], Pre);
  //@ ghost size_t q = 3;
  /*@ ghost
    /@ loop invariant 3 <= q <= planes;
       loop invariant rest: \forall integer w, x; 0 <= w < 64 && 0 <= x < 64 ==>
         medsgd_value(c, 64, q, w, x) - medsgd_value(c, 64, 3, w, x) ==
         \at(medsgd_value(c, 64, \at(q, Here), w, x), Pre) - \at(medsgd_value(c, 64, 3, w, x), Pre);
       loop assigns q;
       loop variant planes - q; @/
    while (q < planes) {
      /@ assert plane: \forall integer w; 0 <= w < 64 ==>
           c[medsgd__place(64, q, w)] == \at(c[\at(medsgd__place(64, q, w), Here)], Pre); @/
      q++;
    } */
  //@ assert eight: medsgd_p2(3) == 8;
  /*@ assert whole: \forall integer w, x; 0 <= w < 64 && 0 <= x < 64 ==>
        medsgd_value(c, 64, planes, w, x) + medsgd__worth(carry[w], x, medsgd_p2(3)) ==
        \at(medsgd_value(c, 64, planes, w, x), Pre) - \at(medsgd__planes3(c, c + 64, c + 128, w, x), Pre) +
        (medsgd__planes3(c, c + 64, c + 128, w, x) + 8 * medsgd_one(carry[w], x)); */
  //@ ghost Group: ;
  medsgd__ripple(c, carry, 3, planes);
  /*@ assert rippled: \forall integer w, x; 0 <= w < 64 && 0 <= x < 64 ==>
        medsgd_value(c, 64, planes, w, x) + medsgd__worth(carry[w], x, medsgd_p2(planes)) ==
        \at(medsgd_value(c, 64, planes, w, x) + medsgd__worth(carry[w], x, medsgd_p2(3)), Group); */
  //@ assert range: \forall integer w, x; 0 <= medsgd_value(c, 64, planes, w, x);
}

/*@ axiomatic medsgd__shifting {
      // n * 2^k.
      logic integer medsgd__shifted(integer n, integer k) = k <= 0 ? n : 2 * medsgd__shifted(n, k - 1);
      lemma medsgd__shifted_zero: \forall integer k; medsgd__shifted(0, k) == 0;
      lemma medsgd__shifted_twice: \forall integer n, k; medsgd__shifted(2 * n, k) == 2 * medsgd__shifted(n, k);
      lemma medsgd__shifted_next: \forall integer n, k;
        medsgd__shifted(n + 1, k) == medsgd__shifted(n, k) + medsgd_p2(k);
    } */

/* The counts start at 2^top - 1 - half in the planes [0, top), and plane top at 0; half < 2^top. */
/*@ requires top < 64 && half < medsgd_p2(top) && \valid(c + (0 .. 64 * top + 63));
    terminates \true;
    exits \false;
    assigns c[0 .. 64 * top + 63];
    ensures \forall integer w, x; 0 <= w < 64 && 0 <= x < 64 ==>
      medsgd_value(c, 64, top + 1, w, x) == medsgd_p2(top) - 1 - half; */
static MEDSGD__UNUSED void medsgd__start_count(uint64_t *c, unsigned top, size_t half) {
  /*@ loop invariant 0 <= k <= top && 0 <= half <= \at(half, Pre);
      loop invariant below: half < medsgd_p2(top - k);
      loop invariant value: \forall integer w, x; 0 <= w < 64 && 0 <= x < 64 ==>
        medsgd_value(c, 64, k, w, x) == medsgd_p2(k) - 1 - \at(half, Pre) + medsgd__shifted(half, k);
      loop assigns k, half, c[0 .. 64 * top - 1];
      loop variant top - k; */
  for (unsigned k = 0; k < top; k++) {
    const size_t plane = 64 * (size_t)k;
    //@ assert plane == 64 * k;
    //@ assert big: half < medsgd_p2(63) && (size_t)(half + 1) == half + 1;
    //@ ghost Plane: ;
    const uint64_t bit = medsgd__odd_mask(half + 1);
    //@ assert bit: \forall integer x; 0 <= x < 64 ==> medsgd_one(bit, x) == 1 - half % 2;
    /*@ loop invariant 0 <= w <= 64;
        loop invariant \forall integer j; plane <= j < plane + w ==> c[j] == bit;
        loop assigns w, c[plane .. plane + 63];
        loop variant 64 - w; */
    for (size_t w = 0; w < 64; w++) c[plane + w] = bit;
    //@ assert filled: \forall integer j; 64 * k <= j < 64 * k + 64 ==> c[j] == bit;
    //@ assert kept: \forall integer j; 0 <= j < 64 * k ==> c[j] == \at(c[j], Plane);
    /*@ assert same: \forall integer w, x; 0 <= w < 64 && 0 <= x < 64 ==>
          medsgd_value(c, 64, k, w, x) == \at(medsgd_value(c, 64, \at(k, Here), w, x), Plane); */
    /*@ assert plane: \forall integer w, x; 0 <= w < 64 && 0 <= x < 64 ==> medsgd_value(c, 64, k + 1, w, x) ==
          medsgd_value(c, 64, k, w, x) + medsgd__worth(c[64 * k + w], x, medsgd_p2(k)); */
    /*@ assert next: \forall integer w, x; 0 <= w < 64 && 0 <= x < 64 ==>
          medsgd_value(c, 64, k + 1, w, x) == medsgd_value(c, 64, k, w, x) + (half % 2 == 1 ? 0 : medsgd_p2(k)); */
    //@ assert twice: medsgd_p2(k + 1) == 2 * medsgd_p2(k) && medsgd_p2(top - k) == 2 * medsgd_p2(top - (k + 1));
    //@ assert half: half == 2 * (half / 2) + half % 2 && 0 <= half % 2 <= 1;
    //@ assert shifted: medsgd__shifted(half / 2, k + 1) == medsgd__shifted(2 * (half / 2), k);
    /*@ assert odd: medsgd__shifted(half, k) ==
          medsgd__shifted(2 * (half / 2), k) + (half % 2 == 1 ? medsgd_p2(k) : 0); */
    half /= 2;
    //@ assert (unsigned)(k + 1) == k + 1;
  }
  //@ assert none: half == 0 && medsgd__shifted(half, top) == 0;
  const size_t plane = 64 * (size_t)top;
  //@ assert plane == 64 * top;
  //@ ghost Top: ;
  /*@ loop invariant 0 <= w <= 64;
      loop invariant \forall integer j; plane <= j < plane + w ==> c[j] == 0;
      loop assigns w, c[plane .. plane + 63];
      loop variant 64 - w; */
  for (size_t w = 0; w < 64; w++) c[plane + w] = 0;
  //@ assert clear: \forall integer j; 64 * top <= j < 64 * top + 64 ==> c[j] == 0;
  //@ assert kept: \forall integer j; 0 <= j < 64 * top ==> c[j] == \at(c[j], Top);
  /*@ assert same: \forall integer w, x; 0 <= w < 64 && 0 <= x < 64 ==>
        medsgd_value(c, 64, top, w, x) == \at(medsgd_value(c, 64, \at(top, Here), w, x), Top); */
  /*@ assert last: \forall integer w, x; 0 <= w < 64 && 0 <= x < 64 ==> medsgd_value(c, 64, top + 1, w, x) ==
        medsgd_value(c, 64, top, w, x) + medsgd__worth(c[64 * top + w], x, medsgd_p2(top)); */
}

/* equal: the planes [0, top) are all 1 and plane top is 0, that is, the count is exactly half. */
/*@ requires top < 64 && \valid_read(c + (0 .. 64 * top + 63)) && \valid(equal + (0 .. 63));
    requires \separated(equal + (0 .. 63), c + (0 .. 64 * top + 63));
    terminates \true;
    exits \false;
    assigns equal[0 .. 63];
    ensures \forall integer w, x; 0 <= w < 64 && 0 <= x < 64 ==> (medsgd_bit(equal[w], x) <==>
      !\old(medsgd_bit(c[64 * top + w], x)) && \old(medsgd_value(c, 64, top, w, x)) == medsgd_p2(top) - 1); */
static MEDSGD__UNUSED void medsgd__find_equal(uint64_t *MEDSGD__RESTRICT equal, const uint64_t *MEDSGD__RESTRICT c,
                                              unsigned top) {
  const size_t last = 64 * (size_t)top;
  //@ assert last == 64 * top;
  /*@ loop invariant 0 <= w <= 64;
      loop invariant \forall integer v, x; 0 <= v < w && 0 <= x < 64 ==>
        (medsgd_bit(equal[v], x) <==> !medsgd_bit(\at(c[\at(64 * top + v, Here)], Pre), x));
      loop assigns w, equal[0 .. 63];
      loop variant 64 - w; */
  for (size_t w = 0; w < 64; w++) equal[w] = ~c[last + w];
  /*@ loop invariant 0 <= k <= top;
      loop invariant \forall integer w, x; 0 <= w < 64 && 0 <= x < 64 ==> (medsgd_bit(equal[w], x) <==>
        !medsgd_bit(\at(c[\at(64 * top + w, Here)], Pre), x) &&
        \at(medsgd_value(c, 64, \at(k, Here), w, x), Pre) == medsgd_p2(k) - 1);
      loop invariant \forall integer w, x; 0 <= w < 64 && 0 <= x < 64 ==>
        \at(medsgd_value(c, 64, \at(k, Here), w, x), Pre) < medsgd_p2(k);
      loop assigns k, equal[0 .. 63];
      loop variant top - k; */
  for (unsigned k = 0; k < top; k++) {
    const size_t plane = 64 * (size_t)k;
    //@ assert plane == 64 * k;
    //@ ghost Plane: ;
    /*@ loop invariant 0 <= w <= 64;
        loop invariant \forall integer v, x; 0 <= v < w && 0 <= x < 64 ==> (medsgd_bit(equal[v], x) <==>
          medsgd_bit(\at(equal[v], Plane), x) && medsgd_bit(\at(c[\at(64 * k + v, Here)], Pre), x));
        loop invariant \forall integer v; w <= v < 64 ==> equal[v] == \at(equal[v], Plane);
        loop assigns w, equal[0 .. 63];
        loop variant 64 - w; */
    for (size_t w = 0; w < 64; w++) equal[w] &= c[plane + w];
    /*@ assert next: \forall integer w, x; 0 <= w < 64 && 0 <= x < 64 ==>
          \at(medsgd_value(c, 64, \at(k + 1, Here), w, x), Pre) == \at(medsgd_value(c, 64, \at(k, Here), w, x), Pre) +
          medsgd__worth(\at(c[\at(64 * k + w, Here)], Pre), x, medsgd_p2(k)); */
    //@ assert medsgd_p2(k + 1) == 2 * medsgd_p2(k);
  }
}

/* The vote of a block from its counts: more than half, and exactly half where `ties` says that this is a tie. */
/*@ requires 0 < top < 64 && \valid_read(c + (0 .. 64 * top + 63)) && first < medsgd_words(d) && first % 64 == 0;
    requires \valid(neg + (0 .. medsgd_words(d) - 1)) &&
      \separated(neg + (0 .. medsgd_words(d) - 1), c + (0 .. 64 * top + 63));
    requires zero != \null ==> \valid(zero + (0 .. medsgd_words(d) - 1)) &&
      \separated(zero + (0 .. medsgd_words(d) - 1), c + (0 .. 64 * top + 63)) &&
      \separated(zero + (0 .. medsgd_words(d) - 1), neg + (0 .. medsgd_words(d) - 1));
    terminates \true;
    exits \false;
    assigns neg[first .. \min(first + 64, medsgd_words(d)) - 1], zero[first .. \min(first + 64, medsgd_words(d)) - 1];
    ensures more: \forall integer v, x; first <= v < first + 64 && 0 <= x < 64 && 64 * v + x < d ==>
      (medsgd_bit(neg[v], x) <==> medsgd_p2(top) <= \old(medsgd_value(c, 64, top + 1, v - first, x)));
    ensures equal: zero != \null ==> \forall integer v, x; first <= v < first + 64 && 0 <= x < 64 && 64 * v + x < d ==>
      (medsgd_bit(zero[v], x) <==>
        medsgd_bit(ties, x) && \old(medsgd_value(c, 64, top + 1, v - first, x)) == medsgd_p2(top) - 1);
    ensures padding: \forall integer v, x; first <= v < first + 64 && 0 <= x < 64 && v < medsgd_words(d) &&
      d <= 64 * v + x ==> !medsgd_bit(neg[v], x);
    ensures padding_zero: zero != \null ==> \forall integer v, x; first <= v < first + 64 && 0 <= x < 64 &&
      v < medsgd_words(d) && d <= 64 * v + x ==> !medsgd_bit(zero[v], x); */
static MEDSGD__UNUSED void medsgd__store_vote(uint64_t *neg, uint64_t *zero, const uint64_t *c, unsigned top,
                                              uint64_t ties, size_t first, size_t d) {
  const size_t last = 64 * (size_t)top;
  //@ assert last: last == 64 * top;
  /*@ assert value: \forall integer w, x; 0 <= w < 64 && 0 <= x < 64 ==> medsgd_value(c, 64, top + 1, w, x) ==
        medsgd_value(c, 64, top, w, x) + medsgd__worth(c[last + w], x, medsgd_p2(top)); */
  /*@ assert range: \forall integer w, x; 0 <= w < 64 && 0 <= x < 64 ==>
        0 <= medsgd_value(c, 64, top, w, x) < medsgd_p2(top); */
  /*@ assert greater: \forall integer w, x; 0 <= w < 64 && 0 <= x < 64 ==>
        (medsgd_bit(\at(c[\at(last + w, Here)], Pre), x) <==>
          medsgd_p2(top) <= \at(medsgd_value(c, 64, \at(top + 1, Here), w, x), Pre)); */
  /*@ assert tie: \forall integer w, x; 0 <= w < 64 && 0 <= x < 64 ==>
        (!medsgd_bit(c[last + w], x) && medsgd_value(c, 64, top, w, x) == medsgd_p2(top) - 1 <==>
          medsgd_value(c, 64, top + 1, w, x) == medsgd_p2(top) - 1); */
  medsgd__store_words(neg, c + last, first, d);
  //@ assert counts: \forall integer j; 0 <= j < 64 * top + 64 ==> c[j] == \at(c[j], Pre);
  /*@ assert bits: \forall integer v, x; first <= v < first + 64 && 0 <= x < 64 && 64 * v + x < d ==>
        (medsgd_bit(neg[v], x) <==> medsgd_bit(\at(c[\at(last + (v - first), Here)], Pre), x)); */
  /*@ assert stored: \forall integer v, x; first <= v < first + 64 && 0 <= x < 64 && 64 * v + x < d ==>
        (medsgd_bit(neg[v], x) <==>
          medsgd_p2(top) <= \at(medsgd_value(c, 64, \at(top + 1, Here), v - \at(first, Here), x), Pre)); */
  if (zero) {
    uint64_t equal[64];
    //@ ghost Stored: ;
    /*@ assert values: \forall integer w, x; 0 <= w < 64 && 0 <= x < 64 ==>
          medsgd_value(c, 64, top, w, x) == \at(medsgd_value(c, 64, \at(top, Here), w, x), Pre); */
    medsgd__find_equal(equal, c, top);
    /*@ assert found: \forall integer w, x; 0 <= w < 64 && 0 <= x < 64 ==> (medsgd_bit(equal[w], x) <==>
          \at(medsgd_value(c, 64, \at(top + 1, Here), w, x), Pre) == medsgd_p2(top) - 1); */
    //@ ghost Found: ;
    /*@ loop invariant 0 <= w <= 64;
        loop invariant \forall integer v, x; 0 <= v < w && 0 <= x < 64 ==>
          (medsgd_bit(equal[v], x) <==> medsgd_bit(ties, x) && medsgd_bit(\at(equal[v], Found), x));
        loop invariant \forall integer v; w <= v < 64 ==> equal[v] == \at(equal[v], Found);
        loop assigns w, equal[0 .. 63];
        loop variant 64 - w; */
    for (size_t w = 0; w < 64; w++) equal[w] &= ties;
    //@ ghost Ties: ;
    medsgd__store_words(zero, equal, first, d);
    //@ assert kept: \forall integer v; 0 <= v < medsgd_words(d) ==> neg[v] == \at(neg[v], Ties);
    //@ assert kept_stored: \forall integer v; 0 <= v < medsgd_words(d) ==> neg[v] == \at(neg[v], Stored);
  }
}

/* The vote of 1 to 8 voters without abstentions in the full block at `first`; equal: the count is m / 2,
 * rounded down. */
/*@ requires 1 <= m <= 8 && first <= SIZE_MAX / 64 - 64;
    requires \valid(neg + (0 .. 63)) && \valid(equal + (0 .. 63)) && \separated(neg + (0 .. 63), equal + (0 .. 63));
    requires \forall integer j; 0 <= j < m ==> medsgd__usable(neg, 64, rows, j, m, 64 * (first + 64)) &&
      medsgd__usable(equal, 64, rows, j, m, 64 * (first + 64));
    terminates \true;
    exits \false;
    assigns neg[0 .. 63], equal[0 .. 63];
    ensures \forall integer v, x; first <= v < first + 64 && 0 <= x < 64 ==> (medsgd_bit(neg[v - first], x) <==>
      m / 2 < \old(medsgd__units(rows, (uint64_t **)\null, 8, m, v, x)));
    ensures \forall integer v, x; first <= v < first + 64 && 0 <= x < 64 ==> (medsgd_bit(equal[v - first], x) <==>
      m / 2 == \old(medsgd__units(rows, (uint64_t **)\null, 8, m, v, x))); */
MEDSGD__INLINE void medsgd__vote_8(uint64_t *neg, uint64_t *equal, const uint64_t *const *rows, size_t m,
                                   size_t first) {
  const size_t rest = 7 - m / 2;
  const uint64_t b0 = medsgd__odd_mask(rest);
  const uint64_t b1 = medsgd__odd_mask(rest / 2);
  const uint64_t b2 = medsgd__odd_mask(rest / 4);
  //@ assert rest: rest == 7 - m / 2 && rest <= 7;
  //@ assert digits: rest == rest % 2 + 2 * (rest / 2 % 2) + 4 * (rest / 4 % 2);
  /*@ assert start: \forall integer x; 0 <= x < 64 ==>
        medsgd_one(b0, x) + 2 * medsgd_one(b1, x) + 4 * medsgd_one(b2, x) == 7 - m / 2; */
  //@ assert words: medsgd_words(64 * (first + 64)) == first + 64;
  /*@ assert ready: \forall integer j; 0 <= j && j < m ==>
        \valid_read(rows + j) && \valid_read(rows[j] + (first .. first + 63)) &&
        \separated(rows[j] + (first .. first + 63), neg + (0 .. 63)) &&
        \separated(rows[j] + (first .. first + 63), equal + (0 .. 63)); */
  /*@ assert 0 < m ==> \valid_read(rows + 0) && \valid_read(rows[0] + (first .. first + 63)) &&
        \separated(rows[0] + (first .. first + 63), neg + (0 .. 63)) &&
        \separated(rows[0] + (first .. first + 63), equal + (0 .. 63)); */
  /*@ assert 1 < m ==> \valid_read(rows + 1) && \valid_read(rows[1] + (first .. first + 63)) &&
        \separated(rows[1] + (first .. first + 63), neg + (0 .. 63)) &&
        \separated(rows[1] + (first .. first + 63), equal + (0 .. 63)); */
  /*@ assert 2 < m ==> \valid_read(rows + 2) && \valid_read(rows[2] + (first .. first + 63)) &&
        \separated(rows[2] + (first .. first + 63), neg + (0 .. 63)) &&
        \separated(rows[2] + (first .. first + 63), equal + (0 .. 63)); */
  /*@ assert 3 < m ==> \valid_read(rows + 3) && \valid_read(rows[3] + (first .. first + 63)) &&
        \separated(rows[3] + (first .. first + 63), neg + (0 .. 63)) &&
        \separated(rows[3] + (first .. first + 63), equal + (0 .. 63)); */
  /*@ assert 4 < m ==> \valid_read(rows + 4) && \valid_read(rows[4] + (first .. first + 63)) &&
        \separated(rows[4] + (first .. first + 63), neg + (0 .. 63)) &&
        \separated(rows[4] + (first .. first + 63), equal + (0 .. 63)); */
  /*@ assert 5 < m ==> \valid_read(rows + 5) && \valid_read(rows[5] + (first .. first + 63)) &&
        \separated(rows[5] + (first .. first + 63), neg + (0 .. 63)) &&
        \separated(rows[5] + (first .. first + 63), equal + (0 .. 63)); */
  /*@ assert 6 < m ==> \valid_read(rows + 6) && \valid_read(rows[6] + (first .. first + 63)) &&
        \separated(rows[6] + (first .. first + 63), neg + (0 .. 63)) &&
        \separated(rows[6] + (first .. first + 63), equal + (0 .. 63)); */
  /*@ assert 7 < m ==> \valid_read(rows + 7) && \valid_read(rows[7] + (first .. first + 63)) &&
        \separated(rows[7] + (first .. first + 63), neg + (0 .. 63)) &&
        \separated(rows[7] + (first .. first + 63), equal + (0 .. 63)); */
  const uint64_t *r0 = medsgd__row_at(rows, 0, m, first);
  /*@ assert \valid_read(r0 + (0 .. 63)) && \separated(r0 + (0 .. 63), neg + (0 .. 63)) &&
        \separated(r0 + (0 .. 63), equal + (0 .. 63)); */
  const uint64_t *r1 = medsgd__row_at(rows, 1, m, first);
  /*@ assert \valid_read(r1 + (0 .. 63)) && \separated(r1 + (0 .. 63), neg + (0 .. 63)) &&
        \separated(r1 + (0 .. 63), equal + (0 .. 63)); */
  const uint64_t *r2 = medsgd__row_at(rows, 2, m, first);
  /*@ assert \valid_read(r2 + (0 .. 63)) && \separated(r2 + (0 .. 63), neg + (0 .. 63)) &&
        \separated(r2 + (0 .. 63), equal + (0 .. 63)); */
  const uint64_t *r3 = medsgd__row_at(rows, 3, m, first);
  /*@ assert \valid_read(r3 + (0 .. 63)) && \separated(r3 + (0 .. 63), neg + (0 .. 63)) &&
        \separated(r3 + (0 .. 63), equal + (0 .. 63)); */
  const uint64_t *r4 = medsgd__row_at(rows, 4, m, first);
  /*@ assert \valid_read(r4 + (0 .. 63)) && \separated(r4 + (0 .. 63), neg + (0 .. 63)) &&
        \separated(r4 + (0 .. 63), equal + (0 .. 63)); */
  const uint64_t *r5 = medsgd__row_at(rows, 5, m, first);
  /*@ assert \valid_read(r5 + (0 .. 63)) && \separated(r5 + (0 .. 63), neg + (0 .. 63)) &&
        \separated(r5 + (0 .. 63), equal + (0 .. 63)); */
  const uint64_t *r6 = medsgd__row_at(rows, 6, m, first);
  /*@ assert \valid_read(r6 + (0 .. 63)) && \separated(r6 + (0 .. 63), neg + (0 .. 63)) &&
        \separated(r6 + (0 .. 63), equal + (0 .. 63)); */
  const uint64_t *r7 = medsgd__row_at(rows, 7, m, first);
  /*@ assert \valid_read(r7 + (0 .. 63)) && \separated(r7 + (0 .. 63), neg + (0 .. 63)) &&
        \separated(r7 + (0 .. 63), equal + (0 .. 63)); */
  /*@ assert rows0: \forall integer v, x; first <= v < first + 64 && 0 <= x < 64 ==>
        medsgd__rows8(r0, r1, r2, r3, r4, r5, r6, r7, v - first, x) ==
        \at(medsgd__ballots8(rows, (uint64_t **)\null, 0, m, v, x), Pre); */
  /*@ assert units: \forall integer v, x; first <= v < first + 64 && 0 <= x < 64 ==>
        \at(medsgd__units(rows, (uint64_t **)\null, 8, m, v, x), Pre) ==
        \at(medsgd__ballots8(rows, (uint64_t **)\null, 0, m, v, x), Pre); */
  /*@ assert counted: \forall integer v, x; first <= v < first + 64 && 0 <= x < 64 ==>
        medsgd__rows8(r0, r1, r2, r3, r4, r5, r6, r7, v - first, x) ==
        \at(medsgd__units(rows, (uint64_t **)\null, 8, m, v, x), Pre); */
  medsgd__majority8(neg, equal, b0, b1, b2, r0, r1, r2, r3, r4, r5, r6, r7);
}

/* The vote of 9 to 16 voters without abstentions in the full block at `first`; equal: the count is m / 2,
 * rounded down. */
/*@ requires 9 <= m <= 16 && first <= SIZE_MAX / 64 - 64;
    requires \valid(neg + (0 .. 63)) && \valid(equal + (0 .. 63)) && \separated(neg + (0 .. 63), equal + (0 .. 63));
    requires \forall integer j; 0 <= j < m ==> medsgd__usable(neg, 64, rows, j, m, 64 * (first + 64)) &&
      medsgd__usable(equal, 64, rows, j, m, 64 * (first + 64));
    terminates \true;
    exits \false;
    assigns neg[0 .. 63], equal[0 .. 63];
    ensures \forall integer v, x; first <= v < first + 64 && 0 <= x < 64 ==> (medsgd_bit(neg[v - first], x) <==>
      m / 2 < \old(medsgd__units(rows, (uint64_t **)\null, 16, m, v, x)));
    ensures \forall integer v, x; first <= v < first + 64 && 0 <= x < 64 ==> (medsgd_bit(equal[v - first], x) <==>
      m / 2 == \old(medsgd__units(rows, (uint64_t **)\null, 16, m, v, x))); */
MEDSGD__INLINE void medsgd__vote_16(uint64_t *neg, uint64_t *equal, const uint64_t *const *rows, size_t m,
                                    size_t first) {
  const size_t rest = 15 - m / 2;
  const uint64_t b0 = medsgd__odd_mask(rest);
  const uint64_t b1 = medsgd__odd_mask(rest / 2);
  const uint64_t b2 = medsgd__odd_mask(rest / 4);
  const uint64_t b3 = medsgd__odd_mask(rest / 8);
  //@ assert rest: rest == 15 - m / 2 && rest <= 15;
  //@ assert digits: rest == rest % 2 + 2 * (rest / 2 % 2) + 4 * (rest / 4 % 2) + 8 * (rest / 8 % 2);
  /*@ assert start: \forall integer x; 0 <= x < 64 ==>
        medsgd_one(b0, x) + 2 * medsgd_one(b1, x) + 4 * medsgd_one(b2, x) + 8 * medsgd_one(b3, x) == 15 - m / 2; */
  //@ assert words: medsgd_words(64 * (first + 64)) == first + 64;
  /*@ assert ready: \forall integer j; 0 <= j && j < m ==>
        \valid_read(rows + j) && \valid_read(rows[j] + (first .. first + 63)) &&
        \separated(rows[j] + (first .. first + 63), neg + (0 .. 63)) &&
        \separated(rows[j] + (first .. first + 63), equal + (0 .. 63)); */
  /*@ assert 0 < m ==> \valid_read(rows + 0) && \valid_read(rows[0] + (first .. first + 63)) &&
        \separated(rows[0] + (first .. first + 63), neg + (0 .. 63)) &&
        \separated(rows[0] + (first .. first + 63), equal + (0 .. 63)); */
  /*@ assert 1 < m ==> \valid_read(rows + 1) && \valid_read(rows[1] + (first .. first + 63)) &&
        \separated(rows[1] + (first .. first + 63), neg + (0 .. 63)) &&
        \separated(rows[1] + (first .. first + 63), equal + (0 .. 63)); */
  /*@ assert 2 < m ==> \valid_read(rows + 2) && \valid_read(rows[2] + (first .. first + 63)) &&
        \separated(rows[2] + (first .. first + 63), neg + (0 .. 63)) &&
        \separated(rows[2] + (first .. first + 63), equal + (0 .. 63)); */
  /*@ assert 3 < m ==> \valid_read(rows + 3) && \valid_read(rows[3] + (first .. first + 63)) &&
        \separated(rows[3] + (first .. first + 63), neg + (0 .. 63)) &&
        \separated(rows[3] + (first .. first + 63), equal + (0 .. 63)); */
  /*@ assert 4 < m ==> \valid_read(rows + 4) && \valid_read(rows[4] + (first .. first + 63)) &&
        \separated(rows[4] + (first .. first + 63), neg + (0 .. 63)) &&
        \separated(rows[4] + (first .. first + 63), equal + (0 .. 63)); */
  /*@ assert 5 < m ==> \valid_read(rows + 5) && \valid_read(rows[5] + (first .. first + 63)) &&
        \separated(rows[5] + (first .. first + 63), neg + (0 .. 63)) &&
        \separated(rows[5] + (first .. first + 63), equal + (0 .. 63)); */
  /*@ assert 6 < m ==> \valid_read(rows + 6) && \valid_read(rows[6] + (first .. first + 63)) &&
        \separated(rows[6] + (first .. first + 63), neg + (0 .. 63)) &&
        \separated(rows[6] + (first .. first + 63), equal + (0 .. 63)); */
  /*@ assert 7 < m ==> \valid_read(rows + 7) && \valid_read(rows[7] + (first .. first + 63)) &&
        \separated(rows[7] + (first .. first + 63), neg + (0 .. 63)) &&
        \separated(rows[7] + (first .. first + 63), equal + (0 .. 63)); */
  /*@ assert 8 < m ==> \valid_read(rows + 8) && \valid_read(rows[8] + (first .. first + 63)) &&
        \separated(rows[8] + (first .. first + 63), neg + (0 .. 63)) &&
        \separated(rows[8] + (first .. first + 63), equal + (0 .. 63)); */
  /*@ assert 9 < m ==> \valid_read(rows + 9) && \valid_read(rows[9] + (first .. first + 63)) &&
        \separated(rows[9] + (first .. first + 63), neg + (0 .. 63)) &&
        \separated(rows[9] + (first .. first + 63), equal + (0 .. 63)); */
  /*@ assert 10 < m ==> \valid_read(rows + 10) && \valid_read(rows[10] + (first .. first + 63)) &&
        \separated(rows[10] + (first .. first + 63), neg + (0 .. 63)) &&
        \separated(rows[10] + (first .. first + 63), equal + (0 .. 63)); */
  /*@ assert 11 < m ==> \valid_read(rows + 11) && \valid_read(rows[11] + (first .. first + 63)) &&
        \separated(rows[11] + (first .. first + 63), neg + (0 .. 63)) &&
        \separated(rows[11] + (first .. first + 63), equal + (0 .. 63)); */
  /*@ assert 12 < m ==> \valid_read(rows + 12) && \valid_read(rows[12] + (first .. first + 63)) &&
        \separated(rows[12] + (first .. first + 63), neg + (0 .. 63)) &&
        \separated(rows[12] + (first .. first + 63), equal + (0 .. 63)); */
  /*@ assert 13 < m ==> \valid_read(rows + 13) && \valid_read(rows[13] + (first .. first + 63)) &&
        \separated(rows[13] + (first .. first + 63), neg + (0 .. 63)) &&
        \separated(rows[13] + (first .. first + 63), equal + (0 .. 63)); */
  /*@ assert 14 < m ==> \valid_read(rows + 14) && \valid_read(rows[14] + (first .. first + 63)) &&
        \separated(rows[14] + (first .. first + 63), neg + (0 .. 63)) &&
        \separated(rows[14] + (first .. first + 63), equal + (0 .. 63)); */
  /*@ assert 15 < m ==> \valid_read(rows + 15) && \valid_read(rows[15] + (first .. first + 63)) &&
        \separated(rows[15] + (first .. first + 63), neg + (0 .. 63)) &&
        \separated(rows[15] + (first .. first + 63), equal + (0 .. 63)); */
  const uint64_t *r0 = medsgd__row_at(rows, 0, m, first);
  /*@ assert \valid_read(r0 + (0 .. 63)) && \separated(r0 + (0 .. 63), neg + (0 .. 63)) &&
        \separated(r0 + (0 .. 63), equal + (0 .. 63)); */
  const uint64_t *r1 = medsgd__row_at(rows, 1, m, first);
  /*@ assert \valid_read(r1 + (0 .. 63)) && \separated(r1 + (0 .. 63), neg + (0 .. 63)) &&
        \separated(r1 + (0 .. 63), equal + (0 .. 63)); */
  const uint64_t *r2 = medsgd__row_at(rows, 2, m, first);
  /*@ assert \valid_read(r2 + (0 .. 63)) && \separated(r2 + (0 .. 63), neg + (0 .. 63)) &&
        \separated(r2 + (0 .. 63), equal + (0 .. 63)); */
  const uint64_t *r3 = medsgd__row_at(rows, 3, m, first);
  /*@ assert \valid_read(r3 + (0 .. 63)) && \separated(r3 + (0 .. 63), neg + (0 .. 63)) &&
        \separated(r3 + (0 .. 63), equal + (0 .. 63)); */
  const uint64_t *r4 = medsgd__row_at(rows, 4, m, first);
  /*@ assert \valid_read(r4 + (0 .. 63)) && \separated(r4 + (0 .. 63), neg + (0 .. 63)) &&
        \separated(r4 + (0 .. 63), equal + (0 .. 63)); */
  const uint64_t *r5 = medsgd__row_at(rows, 5, m, first);
  /*@ assert \valid_read(r5 + (0 .. 63)) && \separated(r5 + (0 .. 63), neg + (0 .. 63)) &&
        \separated(r5 + (0 .. 63), equal + (0 .. 63)); */
  const uint64_t *r6 = medsgd__row_at(rows, 6, m, first);
  /*@ assert \valid_read(r6 + (0 .. 63)) && \separated(r6 + (0 .. 63), neg + (0 .. 63)) &&
        \separated(r6 + (0 .. 63), equal + (0 .. 63)); */
  const uint64_t *r7 = medsgd__row_at(rows, 7, m, first);
  /*@ assert \valid_read(r7 + (0 .. 63)) && \separated(r7 + (0 .. 63), neg + (0 .. 63)) &&
        \separated(r7 + (0 .. 63), equal + (0 .. 63)); */
  const uint64_t *r8 = medsgd__row_at(rows, 8, m, first);
  /*@ assert \valid_read(r8 + (0 .. 63)) && \separated(r8 + (0 .. 63), neg + (0 .. 63)) &&
        \separated(r8 + (0 .. 63), equal + (0 .. 63)); */
  const uint64_t *r9 = medsgd__row_at(rows, 9, m, first);
  /*@ assert \valid_read(r9 + (0 .. 63)) && \separated(r9 + (0 .. 63), neg + (0 .. 63)) &&
        \separated(r9 + (0 .. 63), equal + (0 .. 63)); */
  const uint64_t *r10 = medsgd__row_at(rows, 10, m, first);
  /*@ assert \valid_read(r10 + (0 .. 63)) && \separated(r10 + (0 .. 63), neg + (0 .. 63)) &&
        \separated(r10 + (0 .. 63), equal + (0 .. 63)); */
  const uint64_t *r11 = medsgd__row_at(rows, 11, m, first);
  /*@ assert \valid_read(r11 + (0 .. 63)) && \separated(r11 + (0 .. 63), neg + (0 .. 63)) &&
        \separated(r11 + (0 .. 63), equal + (0 .. 63)); */
  const uint64_t *r12 = medsgd__row_at(rows, 12, m, first);
  /*@ assert \valid_read(r12 + (0 .. 63)) && \separated(r12 + (0 .. 63), neg + (0 .. 63)) &&
        \separated(r12 + (0 .. 63), equal + (0 .. 63)); */
  const uint64_t *r13 = medsgd__row_at(rows, 13, m, first);
  /*@ assert \valid_read(r13 + (0 .. 63)) && \separated(r13 + (0 .. 63), neg + (0 .. 63)) &&
        \separated(r13 + (0 .. 63), equal + (0 .. 63)); */
  const uint64_t *r14 = medsgd__row_at(rows, 14, m, first);
  /*@ assert \valid_read(r14 + (0 .. 63)) && \separated(r14 + (0 .. 63), neg + (0 .. 63)) &&
        \separated(r14 + (0 .. 63), equal + (0 .. 63)); */
  const uint64_t *r15 = medsgd__row_at(rows, 15, m, first);
  /*@ assert \valid_read(r15 + (0 .. 63)) && \separated(r15 + (0 .. 63), neg + (0 .. 63)) &&
        \separated(r15 + (0 .. 63), equal + (0 .. 63)); */
  /*@ assert rows0: \forall integer v, x; first <= v < first + 64 && 0 <= x < 64 ==>
        medsgd__rows8(r0, r1, r2, r3, r4, r5, r6, r7, v - first, x) ==
        \at(medsgd__ballots8(rows, (uint64_t **)\null, 0, m, v, x), Pre); */
  /*@ assert rows8: \forall integer v, x; first <= v < first + 64 && 0 <= x < 64 ==>
        medsgd__rows8(r8, r9, r10, r11, r12, r13, r14, r15, v - first, x) ==
        \at(medsgd__ballots8(rows, (uint64_t **)\null, 8, m, v, x), Pre); */
  /*@ assert units: \forall integer v, x; first <= v < first + 64 && 0 <= x < 64 ==>
        \at(medsgd__units(rows, (uint64_t **)\null, 16, m, v, x), Pre) ==
        \at(medsgd__ballots8(rows, (uint64_t **)\null, 0, m, v, x), Pre) +
        \at(medsgd__ballots8(rows, (uint64_t **)\null, 8, m, v, x), Pre); */
  /*@ assert counted: \forall integer v, x; first <= v < first + 64 && 0 <= x < 64 ==>
        medsgd__rows8(r0, r1, r2, r3, r4, r5, r6, r7, v - first, x) +
        medsgd__rows8(r8, r9, r10, r11, r12, r13, r14, r15, v - first, x) ==
        \at(medsgd__units(rows, (uint64_t **)\null, 16, m, v, x), Pre); */
  medsgd__majority16(neg, equal, b0, b1, b2, b3, r0, r1, r2, r3, r4, r5, r6, r7,
                     r8, r9, r10, r11, r12, r13, r14, r15);
}

/* The vote of at most 16 voters without abstentions in the first blocks, all full: the counts stay in registers. */
/*@ requires blocks > 0 ==> 0 < m <= 16;
    requires blocks <= SIZE_MAX / 4096 && \valid(neg + (0 .. 64 * blocks - 1));
    requires zero != \null ==> \valid(zero + (0 .. 64 * blocks - 1)) &&
      \separated(zero + (0 .. 64 * blocks - 1), neg + (0 .. 64 * blocks - 1));
    requires \forall integer j; 0 <= j < m ==> medsgd__usable(neg, 64 * blocks, rows, j, m, 4096 * blocks);
    requires zero != \null ==>
      \forall integer j; 0 <= j < m ==> medsgd__usable(zero, 64 * blocks, rows, j, m, 4096 * blocks);
    terminates \true;
    exits \false;
    assigns neg[0 .. 64 * blocks - 1], zero[0 .. 64 * blocks - 1];
    ensures more: \forall integer v, x; 0 <= v < 64 * blocks && 0 <= x < 64 ==>
      (medsgd_bit(neg[v], x) <==> \old(medsgd_count(rows, (uint64_t **)\null, m, v, x)) > m);
    ensures equal: zero != \null ==> \forall integer v, x; 0 <= v < 64 * blocks && 0 <= x < 64 ==>
      (medsgd_bit(zero[v], x) <==> \old(medsgd_count(rows, (uint64_t **)\null, m, v, x)) == m); */
static MEDSGD__UNUSED void medsgd__vote_few(uint64_t *neg, uint64_t *zero, const uint64_t *const *rows, size_t m,
                                            size_t blocks) {
  const uint64_t ties = medsgd__odd_mask(m + 1);
  uint64_t equal[64];
  //@ assert words: medsgd_words(4096 * blocks) == 64 * blocks;
  /*@ assert reads: \forall integer j; 0 <= j < m ==>
        \valid_read(rows + j) && \valid_read(rows[j] + (0 .. 64 * blocks - 1)); */
  /*@ assert apart: \forall integer j; 0 <= j < m ==> \separated(&equal[0] + (0 .. 63), rows + j) &&
        \separated(&equal[0] + (0 .. 63), rows[j] + (0 .. 64 * blocks - 1)); */
  /*@ assert all: \forall integer v, x; 0 < m <= 16 ==> medsgd__units(rows, (uint64_t **)\null, 16, m, v, x) ==
        medsgd__units(rows, (uint64_t **)\null, m, m, v, x); */
  /*@ assert all8: \forall integer v, x; 0 < m <= 8 ==> medsgd__units(rows, (uint64_t **)\null, 8, m, v, x) ==
        medsgd__units(rows, (uint64_t **)\null, m, m, v, x); */
  /*@ assert counted: \forall integer v, x; medsgd_count(rows, (uint64_t **)\null, m, v, x) ==
        2 * medsgd__units(rows, (uint64_t **)\null, m, m, v, x); */
  //@ assert ties: 0 < m <= 16 ==> \forall integer x; 0 <= x < 64 ==> (medsgd_bit(ties, x) <==> m % 2 == 0);
  /*@ loop invariant 0 <= b <= blocks;
      loop invariant more: \forall integer v, x; 0 <= v < 64 * b && 0 <= x < 64 ==>
        (medsgd_bit(neg[v], x) <==> \at(medsgd_count(rows, (uint64_t **)\null, m, v, x), Pre) > m);
      loop invariant equal: zero != \null ==> \forall integer v, x; 0 <= v < 64 * b && 0 <= x < 64 ==>
        (medsgd_bit(zero[v], x) <==> \at(medsgd_count(rows, (uint64_t **)\null, m, v, x), Pre) == m);
      loop invariant ballots: \forall integer j, v, x; 0 <= j && 0 <= v < 64 * blocks ==>
        medsgd__ballot(rows, (uint64_t **)\null, j, m, v, x) ==
        \at(medsgd__ballot(rows, (uint64_t **)\null, j, m, v, x), Pre);
      loop assigns b, equal[0 .. 63], neg[0 .. 64 * blocks - 1], zero[0 .. 64 * blocks - 1];
      loop variant blocks - b; */
  for (size_t b = 0; b < blocks; b++) {
    const size_t first = 64 * b;
    //@ assert first: first == 64 * b && first + 64 <= 64 * blocks;
    //@ assert length: medsgd_words(64 * (first + 64)) == first + 64;
    /*@ assert usable: \forall integer j; 0 <= j < m ==>
          medsgd__usable(neg + first, 64, rows, j, m, 64 * (first + 64)); */
    /*@ assert usable_equal: \forall integer j; 0 <= j < m ==>
          medsgd__usable(&equal[0], 64, rows, j, m, 64 * (first + 64)); */
    /*@ assert units16: \forall integer v, x; first <= v < first + 64 ==>
          medsgd__units(rows, (uint64_t **)\null, 16, m, v, x) ==
          \at(medsgd__units(rows, (uint64_t **)\null, 16, m, v, x), Pre); */
    /*@ assert units8: \forall integer v, x; first <= v < first + 64 ==>
          medsgd__units(rows, (uint64_t **)\null, 8, m, v, x) ==
          \at(medsgd__units(rows, (uint64_t **)\null, 8, m, v, x), Pre); */
    //@ ghost Block: ;
    if (m <= 8) {
      medsgd__vote_8(neg + first, equal, rows, m, first);
      /*@ assert block: \forall integer v, x; first <= v < first + 64 && 0 <= x < 64 ==> (medsgd_bit(neg[v], x) <==>
            m / 2 < \at(medsgd__units(rows, (uint64_t **)\null, m, m, v, x), Pre)); */
      /*@ assert half: \forall integer v, x; first <= v < first + 64 && 0 <= x < 64 ==>
            (medsgd_bit(equal[v - first], x) <==>
              m / 2 == \at(medsgd__units(rows, (uint64_t **)\null, m, m, v, x), Pre)); */
    } else {
      medsgd__vote_16(neg + first, equal, rows, m, first);
      /*@ assert block: \forall integer v, x; first <= v < first + 64 && 0 <= x < 64 ==> (medsgd_bit(neg[v], x) <==>
            m / 2 < \at(medsgd__units(rows, (uint64_t **)\null, m, m, v, x), Pre)); */
      /*@ assert half: \forall integer v, x; first <= v < first + 64 && 0 <= x < 64 ==>
            (medsgd_bit(equal[v - first], x) <==>
              m / 2 == \at(medsgd__units(rows, (uint64_t **)\null, m, m, v, x), Pre)); */
    }
    /*@ assert block: \forall integer v, x; first <= v < first + 64 && 0 <= x < 64 ==> (medsgd_bit(neg[v], x) <==>
          m / 2 < \at(medsgd__units(rows, (uint64_t **)\null, m, m, v, x), Pre)); */
    /*@ assert half: \forall integer v, x; first <= v < first + 64 && 0 <= x < 64 ==>
          (medsgd_bit(equal[v - first], x) <==>
            m / 2 == \at(medsgd__units(rows, (uint64_t **)\null, m, m, v, x), Pre)); */
    /*@ assert rows_kept: \forall integer j, v; 0 <= j < m && 0 <= v < 64 * blocks ==>
          rows[j][v] == \at(rows[j][v], Block); */
    //@ assert kept: \forall integer v; 0 <= v < first ==> neg[v] == \at(neg[v], Block);
    //@ assert kept_zero: zero != \null ==> \forall integer v; 0 <= v < first ==> zero[v] == \at(zero[v], Block);
    //@ ghost Voted: ;
    if (zero) {
      /*@ loop invariant 0 <= w <= 64;
          loop invariant \forall integer v, x; first <= v < first + w && 0 <= x < 64 ==>
            (medsgd_bit(zero[v], x) <==> medsgd_bit(equal[v - first], x) && medsgd_bit(ties, x));
          loop invariant \forall integer v; 0 <= v < first ==> zero[v] == \at(zero[v], Voted);
          loop invariant \forall integer v; 0 <= v < 64 * blocks ==> neg[v] == \at(neg[v], Voted);
          loop assigns w, zero[first .. first + 63];
          loop variant 64 - w; */
      for (size_t w = 0; w < 64; w++) zero[first + w] = equal[w] & ties;
    }
    /*@ assert more: \forall integer v, x; first <= v < first + 64 && 0 <= x < 64 ==> (medsgd_bit(neg[v], x) <==>
          \at(medsgd_count(rows, (uint64_t **)\null, m, v, x), Pre) > m); */
    /*@ assert equal: zero != \null ==> \forall integer v, x; first <= v < first + 64 && 0 <= x < 64 ==>
          (medsgd_bit(zero[v], x) <==> \at(medsgd_count(rows, (uint64_t **)\null, m, v, x), Pre) == m); */
    /*@ assert rows_still: \forall integer j, v; 0 <= j < m && 0 <= v < 64 * blocks ==>
          rows[j][v] == \at(rows[j][v], Block); */
    /*@ assert ballots: \forall integer j, v, x; 0 <= j && 0 <= v < 64 * blocks ==>
          medsgd__ballot(rows, (uint64_t **)\null, j, m, v, x) ==
          \at(medsgd__ballot(rows, (uint64_t **)\null, j, m, v, x), Block); */
    //@ assert next: (size_t)(b + 1) == b + 1;
  }
}

/*@ // The first n words of c are the same.
    predicate medsgd__same_words{A, B}(uint64_t *c, integer n) =
      \forall integer j; 0 <= j < n ==> \at(c[j], A) == \at(c[j], B);
    axiomatic medsgd__counters { // definitions and lemmas, no axioms
      // The words of a block's counters: a function, so that the provers find equal places.
      logic integer medsgd__counter_words(integer planes) =
        planes < 0 ? medsgd__counter_words(0) : 64 * planes;
      // The counter of bit x of word u, counted over the blocks in c.
      logic integer medsgd__counter{L}(uint64_t *c, integer planes, integer u, integer x) =
        u < 0 ? medsgd__counter(c, planes, 0, x) :
        medsgd_value(c, 64, planes, medsgd__place(medsgd__counter_words(planes), u / 64, u % 64), x);
      lemma medsgd__counter_inside: \forall integer planes, p, u, k; 0 <= k < planes && 0 <= u < 64 * p ==>
        medsgd__plane_inside(u / 64, p, medsgd__counter_words(planes)) &&
        0 <= medsgd__place(64, k, medsgd__place(medsgd__counter_words(planes), u / 64, u % 64)) &&
        medsgd__place(64, k, medsgd__place(medsgd__counter_words(planes), u / 64, u % 64)) <
          medsgd__place(medsgd__counter_words(planes), p, 0);
      lemma medsgd__counter_same{A, B}: \forall uint64_t *c, integer planes, p, u, x; 0 <= planes && 0 <= u < 64 * p &&
        medsgd__same_words{A, B}(c, medsgd__place(medsgd__counter_words(planes), p, 0)) ==>
        medsgd__counter{A}(c, planes, u, x) == medsgd__counter{B}(c, planes, u, x);
      // The words of c from `first` to `end` are the same.
      predicate medsgd__same_between{A, B}(uint64_t *c, integer first, integer end) =
        \forall integer j; first <= j < end ==> \at(c[j], A) == \at(c[j], B);
      lemma medsgd__counter_beyond: \forall integer planes, p, u, k; 0 <= k < planes && 0 <= p && 64 * p <= u ==>
        (p < u / 64 ==> medsgd__plane_inside(p, u / 64, medsgd__counter_words(planes))) &&
        medsgd__place(medsgd__counter_words(planes), p, 0) <=
          medsgd__place(64, k, medsgd__place(medsgd__counter_words(planes), u / 64, u % 64));
      lemma medsgd__counter_after{A, B}: \forall uint64_t *c, integer planes, p, n, u, x;
        0 <= planes && 0 <= p && 64 * p <= u < 64 * n && medsgd__same_between{A, B}(c,
          medsgd__place(medsgd__counter_words(planes), p, 0), medsgd__place(medsgd__counter_words(planes), n, 0)) ==>
        medsgd__counter{A}(c, planes, u, x) == medsgd__counter{B}(c, planes, u, x);
      // The counters from b on are block k of t words of those from c on.
      predicate medsgd__is_block(uint64_t *b, uint64_t *c, integer t, integer k) = \forall integer s, j, w;
        b + medsgd__place(s, j, w) == c + medsgd__place(s, j, medsgd__place(t, k, w));
      lemma medsgd__value_shifted{L}: \forall uint64_t *b, uint64_t *c, integer s, bits, t, k, w, x;
        medsgd__is_block(b, c, t, k) ==>
        medsgd_value(b, s, bits, w, x) == medsgd_value(c, s, bits, medsgd__place(t, k, w), x);
    } */

/* The counters of n blocks, from block b on: their start, the addition of a group of voters, and the vote. */
/*@ requires top < 64 && half < medsgd_p2(top) && n <= 64 && 64 * (top + 1) * n <= 4096;
    requires \valid(c + (0 .. 64 * (top + 1) * n - 1));
    terminates \true;
    exits \false;
    assigns c[0 .. 64 * (top + 1) * n - 1];
    ensures \forall integer u, x; 0 <= u < 64 * n && 0 <= x < 64 ==>
      medsgd__counter(c, top + 1, u, x) == medsgd_p2(top) - 1 - half; */
static MEDSGD__UNUSED void medsgd__start_counts(uint64_t *c, unsigned top, size_t n, size_t half) {
  const size_t size = 64 * (size_t)top + 64;
  //@ assert size: size == 64 * (top + 1) && size == medsgd__counter_words(top + 1);
  /*@ loop invariant 0 <= p <= n;
      loop invariant \forall integer u, x; 0 <= u < 64 * p && 0 <= x < 64 ==>
        medsgd__counter(c, top + 1, u, x) == medsgd_p2(top) - 1 - half;
      loop assigns p, c[0 .. 64 * (top + 1) * n - 1];
      loop variant n - p; */
  for (size_t p = 0; p < n; p++) {
    const size_t at = size * p;
    //@ assert within: medsgd__plane_inside(p, n, 64 * (top + 1));
    //@ assert product: medsgd__place(size, p, 0) == medsgd__place(medsgd__counter_words(top + 1), p, 0);
    //@ assert room: 0 <= size * p && size * p + 64 * (top + 1) <= 64 * (top + 1) * n;
    /*@ assert at: at == medsgd__place(medsgd__counter_words(top + 1), p, 0) &&
          at + 64 * top + 64 <= 64 * (top + 1) * n; */
    //@ ghost Block: ;
    medsgd__start_count(c + at, top, half);
    //@ assert same: medsgd__same_words{Block, Here}(c, medsgd__place(medsgd__counter_words(top + 1), p, 0));
    /*@ assert kept: \forall integer u, x; 0 <= u < 64 * p && 0 <= x < 64 ==> medsgd__counter(c, top + 1, u, x) ==
          \at(medsgd__counter(c, \at(top + 1, Here), u, x), Block); */
    //@ assert inner: medsgd__is_block(c + at, c, medsgd__counter_words(top + 1), p);
    /*@ assert shifted: \forall integer w, x; medsgd_value(c + at, 64, top + 1, w, x) ==
          medsgd_value(c, 64, top + 1, medsgd__place(medsgd__counter_words(top + 1), p, w), x); */
    /*@ assert block: \forall integer w, x; 0 <= w < 64 && 0 <= x < 64 ==>
          medsgd_value(c, 64, top + 1, medsgd__place(medsgd__counter_words(top + 1), p, w), x) ==
          medsgd_p2(top) - 1 - half; */
    //@ assert place: \forall integer u; 64 * p <= u < 64 * p + 64 ==> u / 64 == p && 0 <= u % 64 < 64;
    /*@ assert new: \forall integer u, x; 64 * p <= u < 64 * p + 64 && 0 <= x < 64 ==>
          medsgd__counter(c, top + 1, u, x) == medsgd_p2(top) - 1 - half; */
  }
}

/*@ requires 3 <= planes <= 64 && n <= 64 && 64 * planes * n <= 4096 && \valid(c + (0 .. 64 * planes * n - 1));
    requires n > 0 ==> 64 * (b + n - 1) < medsgd_words(d);
    requires m <= SIZE_MAX / 2 && i < m;
    requires \forall integer j; 0 <= j < m ==> medsgd__usable(c, 64 * planes * n, rows, j, m, d);
    requires zeros != \null ==> \forall integer j; 0 <= j < m ==> medsgd__usable(c, 64 * planes * n, zeros, j, m, d);
    terminates \true;
    exits \false;
    assigns c[0 .. 64 * planes * n - 1];
    ensures ones: zeros == \null ==>
      \forall integer u, x; 0 <= u < 64 * n && 0 <= x < 64 && 64 * (64 * b + u) + x < d ==>
        medsgd__plus(medsgd__counter(c, planes, u, x), \old(medsgd__counter(c, planes, u, x)),
                     \old(medsgd__ballots8(rows, zeros, i, m, 64 * b + u, x)), medsgd_p2(planes));
    ensures votes: zeros != \null ==>
      \forall integer u, x; 0 <= u < 64 * n && 0 <= x < 64 && 64 * (64 * b + u) + x < d ==>
        medsgd__plus(medsgd__counter(c, planes, u, x), \old(medsgd__counter(c, planes, u, x)),
                     \old(medsgd__ballots4(rows, zeros, i, m, 64 * b + u, x)), medsgd_p2(planes)); */
static MEDSGD__UNUSED void medsgd__count_groups(uint64_t *c, unsigned planes, size_t n, const uint64_t *const *rows,
                                                const uint64_t *const *zeros, size_t i, size_t m, size_t b, size_t d) {
  const size_t size = 64 * (size_t)planes;
  //@ assert size: size == 64 * planes && size == medsgd__counter_words(planes);
  /*@ loop invariant 0 <= p <= n;
      loop invariant ones: zeros == \null ==>
        \forall integer u, x; 0 <= u < 64 * p && 0 <= x < 64 && 64 * (64 * b + u) + x < d ==>
          medsgd__plus(medsgd__counter(c, planes, u, x), \at(medsgd__counter(c, planes, u, x), Pre),
                       \at(medsgd__ballots8(rows, zeros, i, m, 64 * b + u, x), Pre), medsgd_p2(planes));
      loop invariant votes: zeros != \null ==>
        \forall integer u, x; 0 <= u < 64 * p && 0 <= x < 64 && 64 * (64 * b + u) + x < d ==>
          medsgd__plus(medsgd__counter(c, planes, u, x), \at(medsgd__counter(c, planes, u, x), Pre),
                       \at(medsgd__ballots4(rows, zeros, i, m, 64 * b + u, x), Pre), medsgd_p2(planes));
      loop invariant later: \forall integer u, x; 64 * p <= u < 64 * n && 0 <= x < 64 ==>
        medsgd__counter(c, planes, u, x) == \at(medsgd__counter(c, planes, u, x), Pre);
      loop invariant ballots: \forall integer j, v, x; 0 <= j && 0 <= v < medsgd_words(d) ==>
        medsgd__ballot(rows, zeros, j, m, v, x) == \at(medsgd__ballot(rows, zeros, j, m, v, x), Pre);
      loop assigns p, c[0 .. 64 * planes * n - 1];
      loop variant n - p; */
  for (size_t p = 0; p < n; p++) {
    const size_t at = size * p, first = 64 * (b + p);
    //@ assert within: medsgd__plane_inside(p, n, 64 * planes);
    //@ assert product: medsgd__place(size, p, 0) == medsgd__place(medsgd__counter_words(planes), p, 0);
    //@ assert room: 0 <= size * p && size * p + 64 * planes <= 64 * planes * n;
    //@ assert at: at == medsgd__place(medsgd__counter_words(planes), p, 0) && at + 64 * planes <= 64 * planes * n;
    //@ assert first: first == 64 * b + 64 * p && first < medsgd_words(d) && first % 64 == 0;
    //@ assert usable: \forall integer j; i <= j < i + 8 ==> medsgd__usable(c + at, 64 * planes, rows, j, m, d);
    /*@ assert usable_zeros: zeros != \null ==>
          \forall integer j; i <= j < i + 4 ==> medsgd__usable(c + at, 64 * planes, zeros, j, m, d); */
    //@ assert inner: medsgd__is_block(c + at, c, medsgd__counter_words(planes), p);
    //@ assert place: \forall integer u; 64 * p <= u < 64 * p + 64 ==> u / 64 == p && u % 64 == u - 64 * p;
    /*@ assert old: \forall integer u, x; 64 * p <= u < 64 * p + 64 && 0 <= x < 64 ==>
          medsgd_value(c + at, 64, planes, u - 64 * p, x) == \at(medsgd__counter(c, planes, u, x), Pre); */
    //@ ghost Block: ;
    medsgd__count_group(c + at, planes, rows, zeros, i, m, first, d);
    //@ assert below: medsgd__same_words{Block, Here}(c, medsgd__place(medsgd__counter_words(planes), p, 0));
    /*@ assert above: medsgd__same_between{Block, Here}(c, medsgd__place(medsgd__counter_words(planes), p + 1, 0),
          medsgd__place(medsgd__counter_words(planes), n, 0)); */
    /*@ assert kept: \forall integer u, x; 0 <= u < 64 * p && 0 <= x < 64 ==> medsgd__counter(c, planes, u, x) ==
          \at(medsgd__counter(c, planes, u, x), Block); */
    /*@ assert coming: \forall integer u, x; 64 * (p + 1) <= u < 64 * n && 0 <= x < 64 ==>
          medsgd__counter(c, planes, u, x) == \at(medsgd__counter(c, planes, u, x), Block); */
    /*@ assert block: \forall integer u, x; 64 * p <= u < 64 * p + 64 && 0 <= x < 64 ==>
          medsgd_value(c + at, 64, planes, u - 64 * p, x) == medsgd__counter(c, planes, u, x); */
    /*@ assert new_ones: zeros == \null ==>
          \forall integer u, x; 64 * p <= u < 64 * p + 64 && 0 <= x < 64 && 64 * (64 * b + u) + x < d ==>
          medsgd__plus(medsgd__counter(c, planes, u, x), \at(medsgd__counter(c, planes, u, x), Pre),
                       \at(medsgd__ballots8(rows, zeros, i, m, 64 * b + u, x), Pre), medsgd_p2(planes)); */
    /*@ assert new_votes: zeros != \null ==>
          \forall integer u, x; 64 * p <= u < 64 * p + 64 && 0 <= x < 64 && 64 * (64 * b + u) + x < d ==>
          medsgd__plus(medsgd__counter(c, planes, u, x), \at(medsgd__counter(c, planes, u, x), Pre),
                       \at(medsgd__ballots4(rows, zeros, i, m, 64 * b + u, x), Pre), medsgd_p2(planes)); */
  }
}

/*@ requires 0 < top < 64 && n <= 64 && 64 * (top + 1) * n <= 4096 && \valid_read(c + (0 .. 64 * (top + 1) * n - 1));
    requires n > 0 ==> 64 * (b + n - 1) < medsgd_words(d);
    requires \valid(neg + (0 .. medsgd_words(d) - 1)) &&
      \separated(neg + (0 .. medsgd_words(d) - 1), c + (0 .. 64 * (top + 1) * n - 1));
    requires zero != \null ==> \valid(zero + (0 .. medsgd_words(d) - 1)) &&
      \separated(zero + (0 .. medsgd_words(d) - 1), c + (0 .. 64 * (top + 1) * n - 1)) &&
      \separated(zero + (0 .. medsgd_words(d) - 1), neg + (0 .. medsgd_words(d) - 1));
    terminates \true;
    exits \false;
    assigns neg[64 * b .. \min(64 * (b + n), medsgd_words(d)) - 1],
      zero[64 * b .. \min(64 * (b + n), medsgd_words(d)) - 1];
    ensures more: \forall integer v, x; 64 * b <= v < 64 * (b + n) && 0 <= x < 64 && 64 * v + x < d ==>
      (medsgd_bit(neg[v], x) <==> medsgd_p2(top) <= \old(medsgd__counter(c, top + 1, v - 64 * b, x)));
    ensures equal: zero != \null ==>
      \forall integer v, x; 64 * b <= v < 64 * (b + n) && 0 <= x < 64 && 64 * v + x < d ==>
        (medsgd_bit(zero[v], x) <==>
          medsgd_bit(ties, x) && \old(medsgd__counter(c, top + 1, v - 64 * b, x)) == medsgd_p2(top) - 1);
    ensures padding: \forall integer v, x; 64 * b <= v < \min(64 * (b + n), medsgd_words(d)) && 0 <= x < 64 &&
      d <= 64 * v + x ==> !medsgd_bit(neg[v], x);
    ensures padding_zero: zero != \null ==>
      \forall integer v, x; 64 * b <= v < \min(64 * (b + n), medsgd_words(d)) && 0 <= x < 64 && d <= 64 * v + x ==>
        !medsgd_bit(zero[v], x); */
static MEDSGD__UNUSED void medsgd__store_votes(uint64_t *neg, uint64_t *zero, const uint64_t *c, unsigned top, size_t n,
                                               uint64_t ties, size_t b, size_t d) {
  const size_t size = 64 * (size_t)top + 64;
  //@ assert size: size == 64 * (top + 1) && size == medsgd__counter_words(top + 1);
  /*@ loop invariant 0 <= p <= n;
      loop invariant more: \forall integer v, x; 64 * b <= v < 64 * (b + p) && 0 <= x < 64 && 64 * v + x < d ==>
        (medsgd_bit(neg[v], x) <==> medsgd_p2(top) <= \at(medsgd__counter(c, top + 1, v - 64 * b, x), Pre));
      loop invariant equal: zero != \null ==>
        \forall integer v, x; 64 * b <= v < 64 * (b + p) && 0 <= x < 64 && 64 * v + x < d ==>
          (medsgd_bit(zero[v], x) <==> medsgd_bit(ties, x) &&
            \at(medsgd__counter(c, top + 1, v - 64 * b, x), Pre) == medsgd_p2(top) - 1);
      loop invariant padding: \forall integer v, x; 64 * b <= v < 64 * (b + p) && v < medsgd_words(d) &&
        0 <= x < 64 && d <= 64 * v + x ==> !medsgd_bit(neg[v], x);
      loop invariant padding_zero: zero != \null ==> \forall integer v, x; 64 * b <= v < 64 * (b + p) &&
        v < medsgd_words(d) && 0 <= x < 64 && d <= 64 * v + x ==> !medsgd_bit(zero[v], x);
      loop invariant counters: \forall integer u, x; 0 <= u < 64 * n ==>
        medsgd__counter(c, top + 1, u, x) == \at(medsgd__counter(c, top + 1, u, x), Pre);
      loop assigns p, neg[64 * b .. \min(64 * (b + n), medsgd_words(d)) - 1],
        zero[64 * b .. \min(64 * (b + n), medsgd_words(d)) - 1];
      loop variant n - p; */
  for (size_t p = 0; p < n; p++) {
    const size_t at = size * p, first = 64 * (b + p);
    //@ assert within: medsgd__plane_inside(p, n, 64 * (top + 1));
    //@ assert product: medsgd__place(size, p, 0) == medsgd__place(medsgd__counter_words(top + 1), p, 0);
    //@ assert room: 0 <= size * p && size * p + 64 * (top + 1) <= 64 * (top + 1) * n;
    /*@ assert at: at == medsgd__place(medsgd__counter_words(top + 1), p, 0) &&
          at + 64 * top + 64 <= 64 * (top + 1) * n; */
    //@ assert first: first == 64 * b + 64 * p && first < medsgd_words(d) && first % 64 == 0;
    //@ assert inner: medsgd__is_block(c + at, c, medsgd__counter_words(top + 1), p);
    //@ assert place: \forall integer u; 64 * p <= u < 64 * p + 64 ==> u / 64 == p && u % 64 == u - 64 * p;
    /*@ assert block: \forall integer u, x; 64 * p <= u < 64 * p + 64 && 0 <= x < 64 ==>
          medsgd_value(c + at, 64, top + 1, u - 64 * p, x) == \at(medsgd__counter(c, top + 1, u, x), Pre); */
    /*@ assert value: \forall integer v, x; first <= v < first + 64 && 0 <= x < 64 ==>
          medsgd_value(c + at, 64, top + 1, v - first, x) == \at(medsgd__counter(c, top + 1, v - 64 * b, x), Pre); */
    //@ ghost Block: ;
    medsgd__store_vote(neg, zero, c + at, top, ties, first, d);
    /*@ assert same: medsgd__same_words{Block, Here}(c,
          medsgd__place(medsgd__counter_words(top + 1), n, 0)); */
    //@ assert before: \forall integer v; 64 * b <= v < first ==> neg[v] == \at(neg[v], Block);
    //@ assert before_zero: zero != \null ==> \forall integer v; 64 * b <= v < first ==> zero[v] == \at(zero[v], Block);
    /*@ assert new: \forall integer v, x; first <= v < first + 64 && 0 <= x < 64 && 64 * v + x < d ==>
          (medsgd_bit(neg[v], x) <==> medsgd_p2(top) <= \at(medsgd__counter(c, top + 1, v - 64 * b, x), Pre)); */
    /*@ assert new_zero: zero != \null ==>
          \forall integer v, x; first <= v < first + 64 && 0 <= x < 64 && 64 * v + x < d ==>
          (medsgd_bit(zero[v], x) <==> medsgd_bit(ties, x) &&
            \at(medsgd__counter(c, top + 1, v - 64 * b, x), Pre) == medsgd_p2(top) - 1); */
  }
}

/* The vote in the blocks [b, b + n) from their counters; -1 wins where more than half the units are counted. */
/*@ requires 3 <= top < 64 && half < medsgd_p2(top) && 0 < n <= 64 && 64 * (top + 1) * n <= 4096;
    requires 64 * (b + n - 1) < medsgd_words(d) && 0 < m <= SIZE_MAX / 2;
    requires zeros == \null ==> m <= 2 * half + 1;
    requires zeros != \null ==> m <= half;
    requires \valid(neg + (0 .. medsgd_words(d) - 1));
    requires \forall integer j; 0 <= j < m ==> medsgd__usable(neg, medsgd_words(d), rows, j, m, d);
    requires zeros != \null ==> \forall integer j; 0 <= j < m ==> medsgd__usable(neg, medsgd_words(d), zeros, j, m, d);
    requires zero != \null ==> \valid(zero + (0 .. medsgd_words(d) - 1)) &&
      \separated(zero + (0 .. medsgd_words(d) - 1), neg + (0 .. medsgd_words(d) - 1));
    terminates \true;
    exits \false;
    assigns neg[64 * b .. \min(64 * (b + n), medsgd_words(d)) - 1],
      zero[64 * b .. \min(64 * (b + n), medsgd_words(d)) - 1];
    ensures more: \forall integer v, x; 64 * b <= v < 64 * (b + n) && 0 <= x < 64 && 64 * v + x < d ==>
      (medsgd_bit(neg[v], x) <==> half < \old(medsgd__units(rows, zeros, m, m, v, x)));
    ensures equal: zero != \null ==>
      \forall integer v, x; 64 * b <= v < 64 * (b + n) && 0 <= x < 64 && 64 * v + x < d ==>
        (medsgd_bit(zero[v], x) <==> medsgd_bit(ties, x) && half == \old(medsgd__units(rows, zeros, m, m, v, x)));
    ensures padding: \forall integer v, x; 64 * b <= v < \min(64 * (b + n), medsgd_words(d)) && 0 <= x < 64 &&
      d <= 64 * v + x ==> !medsgd_bit(neg[v], x);
    ensures padding_zero: zero != \null ==>
      \forall integer v, x; 64 * b <= v < \min(64 * (b + n), medsgd_words(d)) && 0 <= x < 64 && d <= 64 * v + x ==>
        !medsgd_bit(zero[v], x); */
static MEDSGD__UNUSED void medsgd__vote_span(uint64_t *neg, uint64_t *zero, const uint64_t *const *rows,
                                             const uint64_t *const *zeros, size_t m, size_t d, unsigned top,
                                             size_t half, uint64_t ties, size_t b, size_t n) {
  uint64_t c[64 * MEDSGD__PLANES];
  const size_t group = zeros ? 4u : 8u;
  const unsigned planes = top + 1;
  //@ assert planes: planes == top + 1 && 64 * planes * n == 64 * (top + 1) * n;
  //@ assert twice: medsgd_p2(planes) == 2 * medsgd_p2(top);
  /*@ assert reads: \forall integer j; 0 <= j < m ==>
        \valid_read(rows + j) && \valid_read(rows[j] + (0 .. medsgd_words(d) - 1)); */
  /*@ assert apart: \forall integer j; 0 <= j < m ==> \separated(&c[0] + (0 .. 64 * planes * n - 1), rows + j) &&
        \separated(&c[0] + (0 .. 64 * planes * n - 1), rows[j] + (0 .. medsgd_words(d) - 1)); */
  //@ assert usable: \forall integer j; 0 <= j < m ==> medsgd__usable(&c[0], 64 * planes * n, rows, j, m, d);
  /*@ assert usable_zeros: zeros != \null ==>
        \forall integer j; 0 <= j < m ==> medsgd__usable(&c[0], 64 * planes * n, zeros, j, m, d); */
  medsgd__start_counts(c, top, n, half);
  /*@ loop invariant 0 <= i <= m + 7;
      loop invariant counted: \forall integer u, x; 0 <= u < 64 * n && 0 <= x < 64 && 64 * (64 * b + u) + x < d ==>
        medsgd__counter(&c[0], planes, u, x) == medsgd_p2(top) - 1 - half +
        \at(medsgd__units(rows, zeros, \at(i, Here), m, 64 * b + u, x), Pre);
      loop assigns i, c[0 .. 64 * planes * n - 1];
      loop variant m + 7 - i; */
  for (size_t i = 0; i < m; i += group) {
    /*@ assert ballot: \forall integer j, w, x; 0 <= j && 0 <= w < medsgd_words(d) ==>
          medsgd__ballot(rows, zeros, j, m, w, x) == \at(medsgd__ballot(rows, zeros, j, m, w, x), Pre); */
    /*@ assert ones: zeros == \null ==> \forall integer w, x; 0 <= w < medsgd_words(d) ==>
          \at(medsgd__units(rows, zeros, \at(i, Here) + 8, m, w, x), Pre) ==
          \at(medsgd__units(rows, zeros, \at(i, Here), m, w, x), Pre) + medsgd__ballots8(rows, zeros, i, m, w, x); */
    /*@ assert votes: zeros != \null ==> \forall integer w, x; 0 <= w < medsgd_words(d) ==>
          \at(medsgd__units(rows, zeros, \at(i, Here) + 4, m, w, x), Pre) ==
          \at(medsgd__units(rows, zeros, \at(i, Here), m, w, x), Pre) + medsgd__ballots4(rows, zeros, i, m, w, x); */
    /*@ assert bound: \forall integer w, x; medsgd_p2(top) - 1 - half +
          \at(medsgd__units(rows, zeros, \at(i + group, Here), m, w, x), Pre) < medsgd_p2(planes); */
    medsgd__count_groups(c, planes, n, rows, zeros, i, m, b, d);
    /*@ assert next: \forall integer u, x; 0 <= u < 64 * n && 0 <= x < 64 && 64 * (64 * b + u) + x < d ==>
          medsgd__counter(&c[0], planes, u, x) == medsgd_p2(top) - 1 - half +
          \at(medsgd__units(rows, zeros, \at(i + group, Here), m, 64 * b + u, x), Pre); */
    //@ assert (size_t)(i + group) == i + group;
  }
  /*@ assert all: \forall integer u, x; 0 <= u < 64 * n && 0 <= x < 64 && 64 * (64 * b + u) + x < d ==>
        medsgd__counter(&c[0], planes, u, x) == medsgd_p2(top) - 1 - half +
        \at(medsgd__units(rows, zeros, m, m, 64 * b + u, x), Pre); */
  medsgd__store_votes(neg, zero, c, top, n, ties, b, d);
}

/* The vote in the blocks from `begin` on: any number of voters, with abstentions or without. */
/*@ requires 0 < m <= SIZE_MAX / 2 && 0 < d && begin <= end && end == (d + 4095) / 4096;
    requires \valid(neg + (0 .. medsgd_words(d) - 1));
    requires \forall integer j; 0 <= j < m ==> medsgd__usable(neg, medsgd_words(d), rows, j, m, d);
    requires zeros != \null ==> \forall integer j; 0 <= j < m ==> medsgd__usable(neg, medsgd_words(d), zeros, j, m, d);
    requires zero != \null ==> \valid(zero + (0 .. medsgd_words(d) - 1)) &&
      \separated(zero + (0 .. medsgd_words(d) - 1), neg + (0 .. medsgd_words(d) - 1));
    requires zero != \null ==> \forall integer j; 0 <= j < m ==> medsgd__usable(zero, medsgd_words(d), rows, j, m, d);
    requires zero != \null && zeros != \null ==>
      \forall integer j; 0 <= j < m ==> medsgd__usable(zero, medsgd_words(d), zeros, j, m, d);
    terminates \true;
    exits \false;
    assigns neg[64 * begin .. medsgd_words(d) - 1], zero[64 * begin .. medsgd_words(d) - 1];
    ensures more: \forall integer v, x; 64 * begin <= v && 0 <= x < 64 && 64 * v + x < d ==>
      (medsgd_bit(neg[v], x) <==> \old(medsgd_count(rows, zeros, m, v, x)) > m);
    ensures equal: zero != \null ==> \forall integer v, x; 64 * begin <= v && 0 <= x < 64 && 64 * v + x < d ==>
      (medsgd_bit(zero[v], x) <==> \old(medsgd_count(rows, zeros, m, v, x)) == m);
    ensures padding: \forall integer v, x; 64 * begin <= v < medsgd_words(d) && 0 <= x < 64 && d <= 64 * v + x ==>
      !medsgd_bit(neg[v], x);
    ensures padding_zero: zero != \null ==>
      \forall integer v, x; 64 * begin <= v < medsgd_words(d) && 0 <= x < 64 && d <= 64 * v + x ==>
        !medsgd_bit(zero[v], x); */
static MEDSGD__UNUSED void medsgd__vote_many(uint64_t *neg, uint64_t *zero, const uint64_t *const *rows,
                                             const uint64_t *const *zeros, size_t m, size_t d, size_t begin,
                                             size_t end) {
  const size_t half = zeros ? m : m / 2;
  const uint64_t ties = medsgd__odd_mask(zeros ? 1 : m + 1);
  const unsigned length = medsgd__bit_length(half), top = length < 3 ? 3 : length, planes = top + 1;
  //@ assert bits: half < medsgd_p2(length) <= medsgd_p2(top) && 3 <= top < 64 && planes == top + 1;
  const size_t room = MEDSGD__PLANES / planes, span = room < MEDSGD__SPAN ? room : MEDSGD__SPAN;
  //@ assert span: 0 < span <= 8 && span * planes <= 64;
  //@ assert ties: \forall integer x; 0 <= x < 64 ==> (medsgd_bit(ties, x) <==> zeros != \null || m % 2 == 0);
  /*@ assert majority: \forall integer w, x;
        (half < medsgd__units(rows, zeros, m, m, w, x) <==> medsgd_count(rows, zeros, m, w, x) > m); */
  /*@ assert tie: \forall integer w, x;
        ((zeros != \null || m % 2 == 0) && half == medsgd__units(rows, zeros, m, m, w, x) <==>
          medsgd_count(rows, zeros, m, w, x) == m); */
  /*@ loop invariant begin <= b <= end + 8;
      loop invariant more: \forall integer v, x; 64 * begin <= v < 64 * b && 0 <= x < 64 && 64 * v + x < d ==>
        (medsgd_bit(neg[v], x) <==> \at(medsgd_count(rows, zeros, m, v, x), Pre) > m);
      loop invariant equal: zero != \null ==>
        \forall integer v, x; 64 * begin <= v < 64 * b && 0 <= x < 64 && 64 * v + x < d ==>
        (medsgd_bit(zero[v], x) <==> \at(medsgd_count(rows, zeros, m, v, x), Pre) == m);
      loop invariant padding: \forall integer v, x; 64 * begin <= v < \min(64 * b, medsgd_words(d)) && 0 <= x < 64 &&
        d <= 64 * v + x ==> !medsgd_bit(neg[v], x);
      loop invariant padding_zero: zero != \null ==>
        \forall integer v, x; 64 * begin <= v < \min(64 * b, medsgd_words(d)) && 0 <= x < 64 && d <= 64 * v + x ==>
        !medsgd_bit(zero[v], x);
      loop invariant ballots: \forall integer j, v, x; 0 <= j && 0 <= v < medsgd_words(d) ==>
        medsgd__ballot(rows, zeros, j, m, v, x) == \at(medsgd__ballot(rows, zeros, j, m, v, x), Pre);
      loop assigns b, neg[64 * begin .. medsgd_words(d) - 1], zero[64 * begin .. medsgd_words(d) - 1];
      loop variant end - b; */
  for (size_t b = begin; b < end; b += span) {
    const size_t n = end - b < span ? end - b : span;
    //@ assert n: 0 < n <= span && b + n <= end;
    //@ assert room: n * planes <= span * planes && 64 * (top + 1) * n <= 4096;
    //@ assert inside: 64 * (b + n - 1) < medsgd_words(d);
    /*@ assert units: \forall integer w, x; 0 <= w < medsgd_words(d) ==>
          medsgd__units(rows, zeros, m, m, w, x) == \at(medsgd__units(rows, zeros, m, m, w, x), Pre); */
    //@ ghost Span: ;
    medsgd__vote_span(neg, zero, rows, zeros, m, d, top, half, ties, b, n);
    //@ assert before: \forall integer v; 64 * begin <= v < 64 * b ==> neg[v] == \at(neg[v], Span);
    /*@ assert before_zero: zero != \null ==>
          \forall integer v; 64 * begin <= v < 64 * b ==> zero[v] == \at(zero[v], Span); */
    /*@ assert new: \forall integer v, x; 64 * b <= v < 64 * (b + n) && 0 <= x < 64 && 64 * v + x < d ==>
          (medsgd_bit(neg[v], x) <==> \at(medsgd_count(rows, zeros, m, v, x), Pre) > m); */
    /*@ assert new_zero: zero != \null ==>
          \forall integer v, x; 64 * b <= v < 64 * (b + n) && 0 <= x < 64 && 64 * v + x < d ==>
          (medsgd_bit(zero[v], x) <==> \at(medsgd_count(rows, zeros, m, v, x), Pre) == m); */
    //@ assert next: (size_t)(b + span) == b + span;
    /*@ assert past: b + n < b + span ==> b + n == end && medsgd_words(d) <= 64 * (b + n) &&
          \forall integer v, x; 64 * (b + n) <= v && 0 <= x ==> d <= 64 * v + x; */
  }
}

MEDSGD_API int medsgd_vote(uint64_t *neg, uint64_t *zero, const uint64_t *const rows_neg[],
                           const uint64_t *const rows_zero[], size_t m, size_t d) {
  if (m == 0) return MEDSGD_ERR_SIZE;
  if (d == 0) return MEDSGD_OK;
  if (m > SIZE_MAX / 2) return MEDSGD_ERR_SIZE;
  if (!neg || !rows_neg) return MEDSGD_ERR_NULL;
  /*@ loop invariant 0 <= i <= m;
      loop invariant \forall integer j; 0 <= j < i ==>
        rows_neg[j] != \null && (rows_zero != \null ==> rows_zero[j] != \null);
      loop assigns i;
      loop variant m - i; */
  for (size_t i = 0; i < m; i++) {
    if (!rows_neg[i] || (rows_zero && !rows_zero[i])) return MEDSGD_ERR_NULL;
  }
  const size_t full = d / 4096, blocks = full + (d % 4096 != 0), few = !rows_zero && m <= 16 ? full : 0;
  //@ assert blocks: blocks == (d + 4095) / 4096 && few <= blocks && 4096 * few <= d;
  //@ assert words: medsgd_words(4096 * few) == 64 * few && 64 * few <= medsgd_words(d);
  //@ assert usable: \forall integer j; 0 <= j < m ==> medsgd__usable(neg, medsgd_words(d), rows_neg, j, m, d);
  /*@ assert usable_zeros: rows_zero != \null ==>
        \forall integer j; 0 <= j < m ==> medsgd__usable(neg, medsgd_words(d), rows_zero, j, m, d); */
  /*@ assert usable2: zero != \null ==>
        \forall integer j; 0 <= j < m ==> medsgd__usable(zero, medsgd_words(d), rows_neg, j, m, d); */
  /*@ assert usable2_zeros: zero != \null && rows_zero != \null ==>
        \forall integer j; 0 <= j < m ==> medsgd__usable(zero, medsgd_words(d), rows_zero, j, m, d); */
  //@ assert few: \forall integer j; 0 <= j < m ==> medsgd__usable(neg, 64 * few, rows_neg, j, m, 4096 * few);
  /*@ assert few2: zero != \null ==>
        \forall integer j; 0 <= j < m ==> medsgd__usable(zero, 64 * few, rows_neg, j, m, 4096 * few); */
  /*@ assert ones: rows_zero == \null ==> \forall integer v, x; medsgd_count(rows_neg, rows_zero, m, v, x) ==
        2 * medsgd__units(rows_neg, rows_zero, m, m, v, x); */
  /*@ assert votes: rows_zero != \null ==> \forall integer v, x; medsgd_count(rows_neg, rows_zero, m, v, x) ==
        medsgd__units(rows_neg, rows_zero, m, m, v, x); */
  medsgd__vote_few(neg, zero, rows_neg, m, few);
  //@ ghost Few: ;
  /*@ assert ballots: \forall integer j, v, x; 0 <= j && 0 <= v < medsgd_words(d) ==>
        medsgd__ballot(rows_neg, rows_zero, j, m, v, x) == \at(medsgd__ballot(rows_neg, rows_zero, j, m, v, x), Pre); */
  /*@ assert units: \forall integer v, x; 0 <= v < medsgd_words(d) ==>
        medsgd__units(rows_neg, rows_zero, m, m, v, x) == \at(medsgd__units(rows_neg, rows_zero, m, m, v, x), Pre); */
  /*@ assert ones_few: rows_zero == \null ==> \forall integer v, x; medsgd_count(rows_neg, rows_zero, m, v, x) ==
        2 * medsgd__units(rows_neg, rows_zero, m, m, v, x); */
  /*@ assert votes_few: rows_zero != \null ==> \forall integer v, x; medsgd_count(rows_neg, rows_zero, m, v, x) ==
        medsgd__units(rows_neg, rows_zero, m, m, v, x); */
  /*@ assert counts: \forall integer v, x; 0 <= v < medsgd_words(d) ==>
        medsgd_count(rows_neg, rows_zero, m, v, x) == \at(medsgd_count(rows_neg, rows_zero, m, v, x), Pre); */
  medsgd__vote_many(neg, zero, rows_neg, rows_zero, m, d, few, blocks);
  //@ assert kept: \forall integer v; 0 <= v < 64 * few ==> neg[v] == \at(neg[v], Few);
  //@ assert kept_zero: zero != \null ==> \forall integer v; 0 <= v < 64 * few ==> zero[v] == \at(zero[v], Few);
  /*@ assert majority: \forall integer w, i; 0 <= w && 0 <= i < 64 && 64 * w + i < d ==>
        (medsgd_bit(neg[w], i) <==> \at(medsgd_count(rows_neg, rows_zero, m, w, i), Pre) > m); */
  /*@ assert ties: zero != \null ==> \forall integer w, i; 0 <= w && 0 <= i < 64 && 64 * w + i < d ==>
        (medsgd_bit(zero[w], i) <==> \at(medsgd_count(rows_neg, rows_zero, m, w, i), Pre) == m); */
  return MEDSGD_OK;
}

/* a * b words are more than size_t can count in bytes. */
/*@ requires b > 0;
    terminates \true;
    exits \false;
    assigns \nothing;
    ensures \result != 0 <==> a * b > SIZE_MAX / 8; */
MEDSGD__INLINE int medsgd__too_large(size_t a, size_t b) {
  //@ assert (SIZE_MAX / 8 / b) * b <= SIZE_MAX / 8 < (SIZE_MAX / 8 / b + 1) * b;
  //@ assert a > SIZE_MAX / 8 / b ==> (SIZE_MAX / 8 / b + 1) * b <= a * b;
  //@ assert a <= SIZE_MAX / 8 / b ==> a * b <= (SIZE_MAX / 8 / b) * b;
  return a > SIZE_MAX / sizeof(uint64_t) / b;
}

MEDSGD_API size_t medsgd_tally_words(size_t d, size_t capacity) {
  if (d == 0 || capacity == 0 || capacity > SIZE_MAX / 2) return 0;
  const size_t words = medsgd__words(d), bits = medsgd__bit_length(2 * capacity);
  //@ assert words == medsgd_words(d) && words > 0;
  //@ assert bits == medsgd_bits(2 * capacity) && bits > 0;
  //@ assert words * bits > 0;
  //@ assert words * bits == medsgd_words(d) * medsgd_bits(2 * capacity);
  //@ assert medsgd_tally_fits(d, capacity) <==> words * bits <= SIZE_MAX / 8;
  //@ assert exact: words * bits <= SIZE_MAX / 8 ==> (size_t)(words * bits) == words * bits;
  /*@ assert product: words * bits <= SIZE_MAX / 8 ==>
        (size_t)(words * bits) == medsgd_words(d) * medsgd_bits(2 * capacity); */
  return medsgd__too_large(words, bits) ? 0 : words * bits;
}

/* The fields agree with one another, and d > 0. */
/*@ requires \valid_read(t);
    terminates \true;
    exits \false;
    assigns \nothing;
    ensures \result != 0 <==> medsgd_consistent(t);
    ensures \result != 0 ==> 0 < t->bits <= 64 && 2 * t->capacity < medsgd_p2(t->bits); */
static MEDSGD__UNUSED int medsgd__tally_consistent(const medsgd_tally *t) {
  return medsgd_tally_words(t->d, t->capacity) != 0 && t->bits == medsgd__bit_length(2 * t->capacity) &&
         t->votes <= t->capacity;
}

/*@ axiomatic medsgd__kept_planes { // lemmas
      lemma medsgd__place_inside: \forall integer s, k, bits, w; 0 <= k < bits && 0 <= w < s ==>
        medsgd__plane_inside(k, bits, s) && 0 <= medsgd__place(s, k, w) &&
        medsgd__place(s, k, w) < medsgd__place(s, bits, 0);
      lemma medsgd__value_kept{A, B}: \forall uint64_t *p, integer s, bits, w, i;
        0 <= w < s && medsgd__same_words{A, B}(p, medsgd__place(s, bits, 0)) ==>
        medsgd_value{A}(p, s, bits, w, i) == medsgd_value{B}(p, s, bits, w, i);
      lemma medsgd__value_small{L}: \forall integer n, uint64_t *p, integer s, bits, w, i;
        0 <= bits <= n && medsgd_value(p, s, n, w, i) < medsgd_p2(bits) ==>
        medsgd_value(p, s, n, w, i) == medsgd_value(p, s, bits, w, i);
    }
    axiomatic medsgd__blocks_of_planes { // definitions and lemmas, no axioms
      // Plane k of the counters, or a block, holds the words [first, first + 64) of plane k.
      predicate medsgd__plane_loaded{L}(uint64_t *c, uint64_t *planes, integer stride, integer k, integer first,
          integer d) =
        \forall integer w, i; 0 <= w < 64 && 0 <= i < 64 && 64 * (first + w) + i < d ==>
          (medsgd_bit(c[medsgd__place(64, k, w)], i) <==>
            medsgd_bit(planes[medsgd__place(stride, k, first + w)], i));
      predicate medsgd__block_loaded{L}(uint64_t *block, uint64_t *planes, integer stride, integer k, integer first,
          integer d) =
        \forall integer w, i; 0 <= w < 64 && 0 <= i < 64 && 64 * (first + w) + i < d ==>
          (medsgd_bit(block[w], i) <==> medsgd_bit(planes[medsgd__place(stride, k, first + w)], i));
      lemma medsgd__loads_block{L}: \forall uint64_t *block, uint64_t *planes, integer stride, k, first, d;
        medsgd__is_loaded(block, planes + stride * k, first, d) ==>
        medsgd__block_loaded(block, planes, stride, k, first, d);
      // The 64 words from b on are plane k of the counters c.
      predicate medsgd__is_plane(uint64_t *b, uint64_t *c, integer k) =
        \forall integer w; 0 <= w < 64 ==> b + w == c + medsgd__place(64, k, w);
      lemma medsgd__loads_plane{L}: \forall uint64_t *b, uint64_t *c, uint64_t *planes, integer stride, k, first, d;
        medsgd__is_plane(b, c, k) && medsgd__block_loaded(b, planes, stride, k, first, d) ==>
        medsgd__plane_loaded(c, planes, stride, k, first, d);
    } */

/* The counters of the block at `first` of a tally's first `bits` planes; and back. */
/*@ requires bits <= 64 && first < medsgd_words(d) && first % 64 == 0 && medsgd_words(d) * bits <= SIZE_MAX / 8;
    requires \valid(c + (0 .. 64 * bits - 1)) && \valid_read(planes + (0 .. medsgd_words(d) * bits - 1)) &&
      \separated(c + (0 .. 64 * bits - 1), planes + (0 .. medsgd_words(d) * bits - 1));
    terminates \true;
    exits \false;
    assigns c[0 .. 64 * bits - 1];
    ensures \forall integer w, x; 0 <= w < 64 && 0 <= x < 64 && 64 * (first + w) + x < d ==>
      medsgd_value(c, 64, bits, w, x) == \old(medsgd_value(planes, medsgd_words(d), bits, first + w, x)); */
static MEDSGD__UNUSED void medsgd__load_counts(uint64_t *c, const uint64_t *planes, unsigned bits, size_t first,
                                               size_t d) {
  const size_t words = medsgd__words(d);
  //@ assert words == medsgd_words(d);
  /*@ loop invariant 0 <= k <= bits;
      loop invariant loaded: \forall integer j, w, x;
        0 <= j < k && 0 <= w < 64 && 0 <= x < 64 && 64 * (first + w) + x < d ==>
          (medsgd_bit(c[medsgd__place(64, j, w)], x) <==>
            medsgd_bit(\at(planes[medsgd__place(medsgd_words(d), j, first + w)], Pre), x));
      loop invariant \forall integer j; 0 <= j < medsgd_words(d) * bits ==> planes[j] == \at(planes[j], Pre);
      loop assigns k, c[0 .. 64 * bits - 1];
      loop variant bits - k; */
  for (unsigned k = 0; k < bits; k++) {
    //@ assert within: medsgd__plane_inside(k, bits, words) && words * k + words <= words * bits;
    const size_t plane = 64 * (size_t)k, from = words * k;
    //@ assert plane == 64 * k && from == words * k && from + words <= words * bits;
    //@ ghost Plane: ;
    medsgd__load_words(c + plane, planes + from, first, d);
    //@ assert kept: \forall integer j; 0 <= j < words * bits ==> planes[j] == \at(planes[j], Pre);
    //@ assert medsgd__is_plane(c + plane, c, k);
    //@ assert got: medsgd__plane_loaded(c, planes, words, k, first, d);
    //@ assert inside: \forall integer w, x; 0 <= x && 64 * (first + w) + x < d ==> first + w < words;
    /*@ assert row: \forall integer w; 0 <= first + w < words ==>
          planes[medsgd__place(words, k, first + w)] ==
          \at(planes[\at(medsgd__place(words, k, first + w), Here)], Pre); */
    /*@ assert this: \forall integer w, x; 0 <= w < 64 && 0 <= x < 64 && 64 * (first + w) + x < d ==>
          (medsgd_bit(c[medsgd__place(64, k, w)], x) <==>
            medsgd_bit(\at(planes[medsgd__place(medsgd_words(d), \at(k, Here), first + w)], Pre), x)); */
    //@ assert below: \forall integer j; 0 <= j < 64 * k ==> c[j] == \at(c[j], Plane);
    /*@ assert before: \forall integer j, w, x;
          0 <= j < k && 0 <= w < 64 && 0 <= x < 64 && 64 * (first + w) + x < d ==>
            (medsgd_bit(c[medsgd__place(64, j, w)], x) <==>
              medsgd_bit(\at(planes[medsgd__place(medsgd_words(d), j, first + w)], Pre), x)); */
    //@ assert (unsigned)(k + 1) == k + 1;
  }
}

/*@ requires bits <= 64 && first < medsgd_words(d) && first % 64 == 0 && medsgd_words(d) * bits <= SIZE_MAX / 8;
    requires \valid_read(c + (0 .. 64 * bits - 1)) && \valid(planes + (0 .. medsgd_words(d) * bits - 1)) &&
      \separated(c + (0 .. 64 * bits - 1), planes + (0 .. medsgd_words(d) * bits - 1));
    terminates \true;
    exits \false;
    assigns planes[0 .. medsgd_words(d) * bits - 1];
    ensures stored: \forall integer w, x; 0 <= w < 64 && 0 <= x < 64 && 64 * (first + w) + x < d ==>
      medsgd_value(planes, medsgd_words(d), bits, first + w, x) == \old(medsgd_value(c, 64, bits, w, x));
    ensures others: \forall integer k, v; 0 <= k < bits && 0 <= v < medsgd_words(d) &&
      (v < first || first + 64 <= v) ==>
        planes[medsgd__place(medsgd_words(d), k, v)] == \old(planes[medsgd__place(medsgd_words(d), k, v)]); */
static MEDSGD__UNUSED void medsgd__store_counts(uint64_t *planes, const uint64_t *c, unsigned bits, size_t first,
                                                size_t d) {
  const size_t words = medsgd__words(d);
  //@ assert words == medsgd_words(d);
  /*@ loop invariant 0 <= k <= bits;
      loop invariant stored: \forall integer j, w, x;
        0 <= j < k && 0 <= w < 64 && 0 <= x < 64 && 64 * (first + w) + x < d ==>
          (medsgd_bit(planes[medsgd__place(medsgd_words(d), j, first + w)], x) <==>
            medsgd_bit(\at(c[medsgd__place(64, j, w)], Pre), x));
      loop invariant others: \forall integer j, v; 0 <= j < bits && 0 <= v < medsgd_words(d) &&
        (v < first || first + 64 <= v) ==>
          planes[medsgd__place(medsgd_words(d), j, v)] == \at(planes[medsgd__place(medsgd_words(d), j, v)], Pre);
      loop invariant \forall integer j; 0 <= j < 64 * bits ==> c[j] == \at(c[j], Pre);
      loop assigns k, planes[0 .. words * bits - 1];
      loop variant bits - k; */
  for (unsigned k = 0; k < bits; k++) {
    //@ assert within: medsgd__plane_inside(k, bits, words) && words * k + words <= words * bits;
    const size_t plane = 64 * (size_t)k, to = words * k;
    //@ assert plane == 64 * k && to == words * k && to + words <= words * bits;
    //@ ghost Plane: ;
    medsgd__store_words(planes + to, c + plane, first, d);
    //@ assert kept: \forall integer j; 0 <= j < 64 * bits ==> c[j] == \at(c[j], Pre);
    //@ assert medsgd__is_plane(c + plane, c, k);
    //@ assert put: medsgd__plane_loaded(c, planes, words, k, first, d);
    /*@ assert row: \forall integer w; 0 <= w < 64 ==>
          c[medsgd__place(64, k, w)] == \at(c[\at(medsgd__place(64, k, w), Here)], Pre); */
    //@ assert inside: \forall integer w, x; 0 <= x && 64 * (first + w) + x < d ==> first + w < words;
    /*@ assert this: \forall integer w, x; 0 <= w < 64 && 0 <= x < 64 && 64 * (first + w) + x < d ==>
          (medsgd_bit(planes[medsgd__place(medsgd_words(d), k, first + w)], x) <==>
            medsgd_bit(\at(c[medsgd__place(64, \at(k, Here), w)], Pre), x)); */
    //@ assert below: \forall integer j; 0 <= j < to + first ==> planes[j] == \at(planes[j], Plane);
    //@ assert above: \forall integer j; to + first + 64 <= j < words * bits ==> planes[j] == \at(planes[j], Plane);
    //@ assert beyond: \forall integer j; to + words <= j < words * bits ==> planes[j] == \at(planes[j], Plane);
    /*@ assert beside: \forall integer v; 0 <= v < words && (v < first || first + 64 <= v) ==>
          planes[to + v] == \at(planes[\at(to + v, Here)], Plane); */
    /*@ assert lesser: \forall integer j, v; 0 <= j < k && 0 <= v < words ==> medsgd__plane_inside(j, k, words) &&
          planes[medsgd__place(medsgd_words(d), j, v)] == \at(planes[medsgd__place(medsgd_words(d), j, v)], Plane); */
    /*@ assert greater: \forall integer j, v; k < j < bits && 0 <= v < words ==>
          medsgd__plane_inside(k, j, words) && medsgd__plane_inside(j, bits, words) &&
          planes[medsgd__place(medsgd_words(d), j, v)] == \at(planes[medsgd__place(medsgd_words(d), j, v)], Plane); */
    /*@ assert equal: \forall integer v; 0 <= v < words && (v < first || first + 64 <= v) ==>
          planes[medsgd__place(medsgd_words(d), k, v)] ==
          \at(planes[medsgd__place(medsgd_words(d), \at(k, Here), v)], Plane); */
    /*@ assert before: \forall integer j, w, x;
          0 <= j < k && 0 <= w < 64 && 0 <= x < 64 && 64 * (first + w) + x < d ==>
            (medsgd_bit(planes[medsgd__place(medsgd_words(d), j, first + w)], x) <==>
              medsgd_bit(\at(c[medsgd__place(64, j, w)], Pre), x)); */
    //@ assert (unsigned)(k + 1) == k + 1;
  }
}

MEDSGD_API int medsgd_tally_init(medsgd_tally *t, uint64_t *words, size_t d, size_t capacity) {
  if (capacity == 0) return MEDSGD_ERR_SIZE;
  if (d != 0) {
    const size_t n = medsgd_tally_words(d, capacity);
    if (n == 0) return MEDSGD_ERR_SIZE;
    if (!t || !words) return MEDSGD_ERR_NULL;
    /*@ loop invariant 0 <= i <= n;
        loop invariant \forall integer j; 0 <= j < i ==> words[j] == 0;
        loop assigns i, words[0 .. n - 1];
        loop variant n - i; */
    for (size_t i = 0; i < n; i++) words[i] = 0;
  }
  if (t) {
    t->planes = words;
    t->d = d;
    t->capacity = capacity;
    t->votes = 0;
    t->bits = capacity > SIZE_MAX / 2 ? 0 : medsgd__bit_length(2 * capacity);
    //@ assert d != 0 ==> t->bits == medsgd_bits(2 * capacity);
    //@ assert d != 0 ==> \forall integer j; 0 <= j < medsgd_words(d) * medsgd_bits(2 * capacity) ==> words[j] == 0;
  }
  return MEDSGD_OK;
}

/* Adds a vote to the counters of a block: neg and not zero counts 2, zero 1. */
/*@ requires 2 <= bits <= 64 && \valid(c + (0 .. 64 * bits - 1)) && \valid(neg + (0 .. 63)) && \valid(zero + (0 .. 63));
    requires \separated(c + (0 .. 64 * bits - 1), neg + (0 .. 63), zero + (0 .. 63));
    terminates \true;
    exits \false;
    assigns c[0 .. 64 * bits - 1], neg[0 .. 63], zero[0 .. 63];
    ensures \forall integer w, x; 0 <= w < 64 && 0 <= x < 64 ==>
      medsgd_value(c, 64, bits, w, x) + medsgd__worth(zero[w], x, medsgd_p2(bits)) ==
      \old(medsgd_value(c, 64, bits, w, x)) + \old(medsgd_ballot(neg, zero, w, x)); */
static MEDSGD__UNUSED void medsgd__count_vote(uint64_t *c, uint64_t *neg, uint64_t *zero, unsigned bits) {
  //@ assert there: zero != \null;
  /*@ loop invariant 0 <= w <= 64;
      loop invariant split: \forall integer v, x; 0 <= v < w && 0 <= x < 64 ==>
        2 * medsgd_one(neg[v], x) + medsgd_one(zero[v], x) == \at(medsgd_ballot(neg, zero, v, x), Pre);
      loop invariant \forall integer v; w <= v < 64 ==> neg[v] == \at(neg[v], Pre);
      loop assigns w, neg[0 .. 63];
      loop variant 64 - w; */
  for (size_t w = 0; w < 64; w++) {
    const uint64_t signs = ~zero[w], minus = neg[w] & signs;
    //@ assert not: \forall integer x; 0 <= x < 64 ==> (medsgd_bit(signs, x) <==> !medsgd_bit(zero[w], x));
    //@ assert same: neg[w] == \at(neg[\at(w, Here)], Pre) && zero[w] == \at(zero[\at(w, Here)], Pre);
    /*@ assert ballot: \forall integer x; 0 <= x < 64 ==> \at(medsgd_ballot(neg, zero, \at(w, Here), x), Pre) ==
          (medsgd_one(zero[w], x) == 1 ? 1 : 2 * medsgd_one(neg[w], x)); */
    /*@ assert minus: \forall integer x; 0 <= x < 64 ==>
          (medsgd_bit(minus, x) <==> medsgd_bit(neg[w], x) && !medsgd_bit(zero[w], x)); */
    /*@ assert here: \forall integer x; 0 <= x < 64 ==>
          2 * medsgd_one(minus, x) + medsgd_one(zero[w], x) == \at(medsgd_ballot(neg, zero, \at(w, Here), x), Pre); */
    neg[w] = minus;
    //@ assert kept: \forall integer v; 0 <= v < w ==> neg[v] == \at(neg[v], LoopCurrent);
  }
  //@ ghost Split: ;
  medsgd__half_add(c, zero);
  //@ assert signs: \forall integer w; 0 <= w < 64 ==> neg[w] == \at(neg[w], Split);
  //@ assert upper: \forall integer j; 64 <= j < 64 * bits ==> c[j] == \at(c[j], Pre);
  /*@ assert first: \forall integer w, x; 0 <= w < 64 && 0 <= x < 64 ==>
        medsgd_one(c[w], x) + 2 * medsgd_one(zero[w], x) + 2 * medsgd_one(neg[w], x) ==
        medsgd_one(\at(c[w], Pre), x) + \at(medsgd_ballot(neg, zero, w, x), Pre); */
  //@ ghost First: ;
  medsgd__full_add(c + 64, zero, neg);
  //@ assert low: \forall integer w; 0 <= w < 64 ==> c[w] == \at(c[w], First);
  //@ assert rest: \forall integer j; 128 <= j < 64 * bits ==> c[j] == \at(c[j], Pre);
  /*@ assert second: \forall integer w, x; 0 <= w < 64 && 0 <= x < 64 ==>
        medsgd_one(c[w], x) + 2 * medsgd_one(c[64 + w], x) + 4 * medsgd_one(zero[w], x) ==
        medsgd_one(\at(c[w], Pre), x) + 2 * medsgd_one(\at(c[64 + w], Pre), x) +
        \at(medsgd_ballot(neg, zero, w, x), Pre); */
  //@ assert powers: medsgd_p2(0) == 1 && medsgd_p2(1) == 2 && medsgd_p2(2) == 4;
  //@ assert places: \forall integer w; medsgd__place(64, 0, w) == w && medsgd__place(64, 1, w) == 64 + w;
  /*@ assert two: \forall integer w, x; 0 <= w < 64 && 0 <= x < 64 ==>
        medsgd_value(c, 64, 2, w, x) == medsgd_one(c[w], x) + 2 * medsgd_one(c[64 + w], x); */
  /*@ assert before: \forall integer w, x; 0 <= w < 64 && 0 <= x < 64 ==> \at(medsgd_value(c, 64, 2, w, x), Pre) ==
        medsgd_one(\at(c[w], Pre), x) + 2 * medsgd_one(\at(c[64 + w], Pre), x); */
  //@ ghost size_t q = 2;
  /*@ ghost
    /@ loop invariant 2 <= q <= bits;
       loop invariant whole: \forall integer w, x; 0 <= w < 64 && 0 <= x < 64 ==>
         medsgd_value(c, 64, q, w, x) + medsgd__worth(zero[w], x, 4) ==
         \at(medsgd_value(c, 64, \at(q, Here), w, x), Pre) + \at(medsgd_ballot(neg, zero, w, x), Pre);
       loop assigns q;
       loop variant bits - q; @/
    while (q < bits) {
      /@ assert plane: \forall integer w; 0 <= w < 64 ==>
           c[medsgd__place(64, q, w)] == \at(c[\at(medsgd__place(64, q, w), Here)], Pre); @/
      q++;
    } */
  medsgd__ripple(c, zero, 2, bits);
}

/* Adds the block at `first` of a vote to its counters; zero may be null. */
/*@ requires 2 <= bits <= 64 && \valid(c + (0 .. 64 * bits - 1)) && first < medsgd_words(d) && first % 64 == 0;
    requires \valid_read(neg + (0 .. medsgd_words(d) - 1)) &&
      \separated(c + (0 .. 64 * bits - 1), neg + (0 .. medsgd_words(d) - 1));
    requires zero != \null ==> \valid_read(zero + (0 .. medsgd_words(d) - 1)) &&
      \separated(c + (0 .. 64 * bits - 1), zero + (0 .. medsgd_words(d) - 1));
    terminates \true;
    exits \false;
    assigns c[0 .. 64 * bits - 1];
    ensures \forall integer w, x; 0 <= w < 64 && 0 <= x < 64 && 64 * (first + w) + x < d ==>
      medsgd__plus(medsgd_value(c, 64, bits, w, x), \old(medsgd_value(c, 64, bits, w, x)),
                   \old(medsgd_ballot(neg, zero, first + w, x)), medsgd_p2(bits)); */
static MEDSGD__UNUSED void medsgd__count_message(uint64_t *c, unsigned bits, const uint64_t *neg, const uint64_t *zero,
                                                 size_t first, size_t d) {
  uint64_t n[64], z[64];
  medsgd__load_words(n, neg, first, d);
  if (zero) {
    medsgd__load_words(z, zero, first, d);
    //@ ghost Loaded: ;
    //@ assert same: medsgd__same_words{Here, Pre}(c, medsgd__place(64, bits, 0));
    /*@ assert counts: \forall integer w, x; 0 <= w < 64 ==>
          medsgd_value(c, 64, bits, w, x) == \at(medsgd_value(c, 64, bits, w, x), Pre); */
    /*@ assert ballot: \forall integer w, x; 0 <= w < 64 && 0 <= x < 64 && 64 * (first + w) + x < d ==>
          medsgd_ballot(&n[0], &z[0], w, x) == \at(medsgd_ballot(neg, zero, first + w, x), Pre); */
    medsgd__count_vote(c, n, z, bits);
    /*@ assert added: \forall integer w, x; 0 <= w < 64 && 0 <= x < 64 && 64 * (first + w) + x < d ==>
          medsgd_value(c, 64, bits, w, x) + medsgd__worth(z[w], x, medsgd_p2(bits)) ==
          \at(medsgd_value(c, 64, bits, w, x), Pre) + \at(medsgd_ballot(neg, zero, first + w, x), Pre); */
    //@ assert range: \forall integer w, x; 0 <= medsgd_value(c, 64, bits, w, x);
    /*@ assert counted: \forall integer w, x; 0 <= w < 64 && 0 <= x < 64 && 64 * (first + w) + x < d ==>
          medsgd__plus(medsgd_value(c, 64, bits, w, x), \at(medsgd_value(c, 64, bits, w, x), Pre),
                       \at(medsgd_ballot(neg, zero, first + w, x), Pre), medsgd_p2(bits)); */
  } else {
    //@ assert same: medsgd__same_words{Here, Pre}(c, medsgd__place(64, bits, 0));
    /*@ assert counts: \forall integer w, x; 0 <= w < 64 ==>
          medsgd_value(c, 64, bits, w, x) == \at(medsgd_value(c, 64, bits, w, x), Pre); */
    /*@ assert ballot: \forall integer w, x; 0 <= w < 64 && 0 <= x < 64 && 64 * (first + w) + x < d ==>
          medsgd__worth(n[w], x, medsgd_p2(1)) == \at(medsgd_ballot(neg, zero, first + w, x), Pre); */
    medsgd__ripple(c, n, 1, bits);
    /*@ assert added: \forall integer w, x; 0 <= w < 64 && 0 <= x < 64 && 64 * (first + w) + x < d ==>
          medsgd_value(c, 64, bits, w, x) + medsgd__worth(n[w], x, medsgd_p2(bits)) ==
          \at(medsgd_value(c, 64, bits, w, x), Pre) + \at(medsgd_ballot(neg, zero, first + w, x), Pre); */
    //@ assert range: \forall integer w, x; 0 <= medsgd_value(c, 64, bits, w, x);
    /*@ assert counted: \forall integer w, x; 0 <= w < 64 && 0 <= x < 64 && 64 * (first + w) + x < d ==>
          medsgd__plus(medsgd_value(c, 64, bits, w, x), \at(medsgd_value(c, 64, bits, w, x), Pre),
                       \at(medsgd_ballot(neg, zero, first + w, x), Pre), medsgd_p2(bits)); */
  }
}

MEDSGD_API int medsgd_tally_add(medsgd_tally *t, const uint64_t *neg, const uint64_t *zero) {
  if (!t) return MEDSGD_ERR_NULL;
  if (t->d == 0) {
    if (t->votes < t->capacity) t->votes++;
    return MEDSGD_OK;
  }
  if (!medsgd__tally_consistent(t) || t->votes == t->capacity) return MEDSGD_ERR_SIZE;
  if (!t->planes || !neg) return MEDSGD_ERR_NULL;
  const size_t d = t->d, words = medsgd__words(d);
  const unsigned bits = t->bits;
  uint64_t *const planes = t->planes;
  uint64_t c[64 * MEDSGD__PLANES];
  //@ assert medsgd_consistent(t) && medsgd_words(d) * medsgd_bits(2 * t->capacity) <= SIZE_MAX / 8;
  //@ assert words: words == medsgd_words(d);
  //@ assert length: bits == medsgd_bits(2 * t->capacity);
  //@ assert fits: words * bits <= SIZE_MAX / 8;
  //@ assert one: medsgd_p2(1) == 2 && 2 < medsgd_p2(bits);
  //@ assert room: 2 <= bits <= 64;
  //@ assert fields_apart: \separated(t, planes + (0 .. words * bits - 1));
  /*@ loop invariant 0 <= first <= words + 63 && first % 64 == 0;
      loop invariant counted: \forall integer v, x; 0 <= v < first && 0 <= x < 64 && 64 * v + x < d ==>
        medsgd__plus(medsgd_value(planes, words, bits, v, x), medsgd_value{Pre}(planes, words, bits, v, x),
                     medsgd_ballot{Pre}(neg, zero, v, x), medsgd_p2(bits));
      loop invariant later: \forall integer v, x; first <= v < words && 0 <= x < 64 ==>
        medsgd_value(planes, words, bits, v, x) == medsgd_value{Pre}(planes, words, bits, v, x);
      loop invariant neg: medsgd__same_words{Here, Pre}(neg, words);
      loop invariant zero: zero != \null ==> medsgd__same_words{Here, Pre}(zero, words);
      loop assigns first, c[0 .. 64 * bits - 1], planes[0 .. words * bits - 1];
      loop variant words - first; */
  for (size_t first = 0; first < words; first += 64) {
    //@ ghost Block: ;
    medsgd__load_counts(c, planes, bits, first, d);
    /*@ assert loaded: \forall integer w, x; 0 <= w < 64 && 0 <= x < 64 && 64 * (first + w) + x < d ==>
          medsgd_value(&c[0], 64, bits, w, x) == medsgd_value{Pre}(planes, words, bits, first + w, x); */
    /*@ assert ballot: \forall integer v, x; 0 <= v < words && 0 <= x < 64 ==>
          medsgd_ballot(neg, zero, v, x) == medsgd_ballot{Pre}(neg, zero, v, x); */
    medsgd__count_message(c, bits, neg, zero, first, d);
    /*@ assert added: \forall integer w, x; 0 <= w < 64 && 0 <= x < 64 && 64 * (first + w) + x < d ==>
          medsgd__plus(medsgd_value(&c[0], 64, bits, w, x), medsgd_value{Pre}(planes, words, bits, first + w, x),
                       medsgd_ballot{Pre}(neg, zero, first + w, x), medsgd_p2(bits)); */
    /*@ assert block: \forall integer v, x; first <= v < first + 64 && 0 <= x < 64 && 64 * v + x < d ==>
          medsgd__plus(medsgd_value(&c[0], 64, bits, v - first, x), medsgd_value{Pre}(planes, words, bits, v, x),
                       medsgd_ballot{Pre}(neg, zero, v, x), medsgd_p2(bits)); */
    medsgd__store_counts(planes, c, bits, first, d);
    /*@ assert stored: \forall integer v, x; first <= v < first + 64 && 0 <= x < 64 && 64 * v + x < d ==>
          medsgd__plus(medsgd_value(planes, words, bits, v, x), medsgd_value{Pre}(planes, words, bits, v, x),
                       medsgd_ballot{Pre}(neg, zero, v, x), medsgd_p2(bits)); */
    /*@ assert others: \forall integer k, v; 0 <= k < bits && 0 <= v < words && (v < first || first + 64 <= v) ==>
          planes[medsgd__place(words, k, v)] == \at(planes[\at(medsgd__place(words, k, v), Here)], Block); */
    /*@ assert kept: \forall integer v, x; 0 <= v < words && (v < first || first + 64 <= v) && 0 <= x < 64 ==>
          medsgd_value(planes, words, bits, v, x) == medsgd_value{Block}(planes, words, bits, v, x); */
    //@ assert (size_t)(first + 64) == first + 64;
  }
  //@ assert still: t->votes == \at(t->votes, Pre);
  //@ ghost Stored: ;
  t->votes++;
  //@ assert fields: t->planes == planes && t->d == d && t->bits == bits;
  //@ assert votes: medsgd__same_words{Here, Stored}(planes, medsgd__place(words, bits, 0));
  /*@ assert end: \forall integer v, x; 0 <= v < words && 0 <= x < 64 ==>
        medsgd_value(planes, words, bits, v, x) == medsgd_value{Stored}(planes, words, bits, v, x); */
  /*@ assert whole: \forall integer v, x; 0 <= v < words && 0 <= x < 64 && 64 * v + x < d ==>
        medsgd__plus(medsgd_value(planes, words, bits, v, x), medsgd_value{Pre}(planes, words, bits, v, x),
                     medsgd_ballot{Pre}(neg, zero, v, x), medsgd_p2(bits)); */
  return MEDSGD_OK;
}

/* Adds the counts in a tally's first `shared` planes to the counters of the block at `first`. */
/*@ requires shared <= bits <= 64 && \valid(c + (0 .. 64 * bits - 1)) && first < medsgd_words(d) && first % 64 == 0;
    requires medsgd_words(d) * shared <= SIZE_MAX / 8 && \valid_read(planes + (0 .. medsgd_words(d) * shared - 1)) &&
      \separated(c + (0 .. 64 * bits - 1), planes + (0 .. medsgd_words(d) * shared - 1));
    terminates \true;
    exits \false;
    assigns c[0 .. 64 * bits - 1];
    ensures \forall integer w, x; 0 <= w < 64 && 0 <= x < 64 && 64 * (first + w) + x < d ==>
      medsgd__plus(medsgd_value(c, 64, bits, w, x), \old(medsgd_value(c, 64, bits, w, x)),
                   \old(medsgd_value(planes, medsgd_words(d), shared, first + w, x)), medsgd_p2(bits)); */
static MEDSGD__UNUSED void medsgd__count_counts(uint64_t *c, unsigned bits, const uint64_t *planes, unsigned shared,
                                                size_t first, size_t d) {
  const size_t words = medsgd__words(d);
  uint64_t q[64], carry[64];
  //@ assert words == medsgd_words(d);
  /*@ loop invariant 0 <= w <= 64;
      loop invariant \forall integer v; 0 <= v < w ==> carry[v] == 0;
      loop assigns w, carry[0 .. 63];
      loop variant 64 - w; */
  for (size_t w = 0; w < 64; w++) carry[w] = 0;
  //@ assert none: \forall integer w, x; 0 <= w < 64 && 0 <= x < 64 ==> medsgd__worth(carry[w], x, medsgd_p2(0)) == 0;
  /*@ loop invariant 0 <= k <= shared;
      loop invariant sum: \forall integer w, x; 0 <= w < 64 && 0 <= x < 64 && 64 * (first + w) + x < d ==>
        medsgd_value(c, 64, k, w, x) + medsgd__worth(carry[w], x, medsgd_p2(k)) ==
        \at(medsgd_value(c, 64, \at(k, Here), w, x), Pre) +
        \at(medsgd_value(planes, medsgd_words(d), \at(k, Here), first + w, x), Pre);
      loop invariant upper: \forall integer j; 64 * k <= j < 64 * bits ==> c[j] == \at(c[j], Pre);
      loop invariant kept: \forall integer j; 0 <= j < medsgd_words(d) * shared ==> planes[j] == \at(planes[j], Pre);
      loop assigns k, c[0 .. 64 * bits - 1], carry[0 .. 63], q[0 .. 63];
      loop variant shared - k; */
  for (unsigned k = 0; k < shared; k++) {
    //@ assert within: medsgd__plane_inside(k, shared, words) && words * k + words <= words * shared;
    const size_t plane = 64 * (size_t)k, from = words * k;
    //@ assert plane: plane == 64 * k && from == words * k && from + words <= words * shared;
    medsgd__load_words(q, planes + from, first, d);
    //@ assert got: medsgd__block_loaded(&q[0], planes, words, k, first, d);
    //@ assert inside: \forall integer w, x; 0 <= x && 64 * (first + w) + x < d ==> first + w < words;
    /*@ assert row: \forall integer w; 0 <= first + w < words ==>
          planes[medsgd__place(words, k, first + w)] ==
          \at(planes[\at(medsgd__place(words, k, first + w), Here)], Pre); */
    /*@ assert this: \forall integer w, x; 0 <= w < 64 && 0 <= x < 64 && 64 * (first + w) + x < d ==>
          (medsgd_bit(q[w], x) <==>
            medsgd_bit(\at(planes[medsgd__place(medsgd_words(d), \at(k, Here), first + w)], Pre), x)); */
    //@ assert same: medsgd__same_words{Here, LoopCurrent}(c, medsgd__place(64, k, 0));
    /*@ assert same_value: \forall integer w, x; 0 <= w < 64 ==>
          medsgd_value(c, 64, k, w, x) == \at(medsgd_value(c, 64, k, w, x), LoopCurrent); */
    //@ assert same_carry: \forall integer w; 0 <= w < 64 ==> carry[w] == \at(carry[w], LoopCurrent);
    /*@ assert so_far: \forall integer w, x; 0 <= w < 64 && 0 <= x < 64 && 64 * (first + w) + x < d ==>
          medsgd_value(c, 64, k, w, x) + medsgd__worth(carry[w], x, medsgd_p2(k)) ==
          \at(medsgd_value(c, 64, \at(k, Here), w, x), Pre) +
          \at(medsgd_value(planes, medsgd_words(d), \at(k, Here), first + w, x), Pre); */
    //@ assert old: \forall integer w; 0 <= w < 64 ==> c[plane + w] == \at(c[\at(plane + w, Here)], Pre);
    //@ ghost Plane: ;
    medsgd__full_add(c + plane, carry, q);
    //@ assert low: medsgd__same_words{Here, Plane}(c, medsgd__place(64, k, 0));
    /*@ assert lower: \forall integer w, x; 0 <= w < 64 ==>
          medsgd_value(c, 64, k, w, x) == \at(medsgd_value(c, 64, \at(k, Here), w, x), Plane); */
    /*@ assert sum: \forall integer w, x; 0 <= w < 64 && 0 <= x < 64 ==>
          medsgd_one(c[plane + w], x) + 2 * medsgd_one(carry[w], x) ==
          medsgd_one(\at(c[\at(plane + w, Here)], Pre), x) + medsgd_one(\at(carry[w], Plane), x) +
          medsgd_one(q[w], x); */
    //@ assert twice: medsgd_p2(k + 1) == 2 * medsgd_p2(k);
    /*@ assert worth: \forall integer w, x; 0 <= w < 64 && 0 <= x < 64 ==>
          medsgd__worth(c[plane + w], x, medsgd_p2(k)) + medsgd__worth(carry[w], x, medsgd_p2(k + 1)) ==
          medsgd__worth(\at(c[\at(plane + w, Here)], Pre), x, medsgd_p2(k)) +
          medsgd__worth(\at(carry[w], Plane), x, medsgd_p2(k)) + medsgd__worth(q[w], x, medsgd_p2(k)); */
    /*@ assert here: \forall integer w, x; 0 <= w < 64 && 0 <= x < 64 ==> medsgd_value(c, 64, k + 1, w, x) ==
          medsgd_value(c, 64, k, w, x) + medsgd__worth(c[plane + w], x, medsgd_p2(k)); */
    /*@ assert left: \forall integer w, x; 0 <= w < 64 && 0 <= x < 64 ==>
          medsgd_value(c, 64, k + 1, w, x) + medsgd__worth(carry[w], x, medsgd_p2(k + 1)) ==
          \at(medsgd_value(c, 64, \at(k, Here), w, x), Plane) + medsgd__worth(\at(carry[w], Plane), x, medsgd_p2(k)) +
          medsgd__worth(\at(c[\at(plane + w, Here)], Pre), x, medsgd_p2(k)) +
          medsgd__worth(q[w], x, medsgd_p2(k)); */
    /*@ assert middle: \forall integer w, x; 0 <= w < 64 && 0 <= x < 64 && 64 * (first + w) + x < d ==>
          medsgd_value(c, 64, k + 1, w, x) + medsgd__worth(carry[w], x, medsgd_p2(k + 1)) ==
          \at(medsgd_value(c, 64, \at(k, Here), w, x), Pre) +
          \at(medsgd_value(planes, medsgd_words(d), \at(k, Here), first + w, x), Pre) +
          medsgd__worth(\at(c[\at(plane + w, Here)], Pre), x, medsgd_p2(k)) +
          medsgd__worth(q[w], x, medsgd_p2(k)); */
    /*@ assert before: \forall integer w, x; 0 <= w < 64 && 0 <= x < 64 ==>
          \at(medsgd_value(c, 64, \at(k + 1, Here), w, x), Pre) == \at(medsgd_value(c, 64, \at(k, Here), w, x), Pre) +
          medsgd__worth(\at(c[\at(plane + w, Here)], Pre), x, medsgd_p2(k)); */
    /*@ assert from: \forall integer w, x; 0 <= w < 64 && 0 <= x < 64 && 64 * (first + w) + x < d ==>
          \at(medsgd_value(planes, medsgd_words(d), \at(k + 1, Here), first + w, x), Pre) ==
          \at(medsgd_value(planes, medsgd_words(d), \at(k, Here), first + w, x), Pre) +
          medsgd__worth(q[w], x, medsgd_p2(k)); */
    /*@ assert both: \forall integer w, x; 0 <= w < 64 && 0 <= x < 64 && 64 * (first + w) + x < d ==>
          \at(medsgd_value(c, 64, \at(k + 1, Here), w, x), Pre) == \at(medsgd_value(c, 64, \at(k, Here), w, x), Pre) +
          medsgd__worth(\at(c[\at(plane + w, Here)], Pre), x, medsgd_p2(k)) &&
          \at(medsgd_value(planes, medsgd_words(d), \at(k + 1, Here), first + w, x), Pre) ==
          \at(medsgd_value(planes, medsgd_words(d), \at(k, Here), first + w, x), Pre) +
          medsgd__worth(q[w], x, medsgd_p2(k)); */
    /*@ assert next: \forall integer w, x; 0 <= w < 64 && 0 <= x < 64 && 64 * (first + w) + x < d ==>
          medsgd_value(c, 64, k + 1, w, x) + medsgd__worth(carry[w], x, medsgd_p2(k + 1)) ==
          \at(medsgd_value(c, 64, \at(k + 1, Here), w, x), Pre) +
          \at(medsgd_value(planes, medsgd_words(d), \at(k + 1, Here), first + w, x), Pre); */
    //@ assert (unsigned)(k + 1) == k + 1;
  }
  //@ ghost size_t p = shared;
  /*@ ghost
    /@ loop invariant shared <= p <= bits;
       loop invariant whole: \forall integer w, x; 0 <= w < 64 && 0 <= x < 64 && 64 * (first + w) + x < d ==>
         medsgd_value(c, 64, p, w, x) + medsgd__worth(carry[w], x, medsgd_p2(shared)) ==
         \at(medsgd_value(c, 64, \at(p, Here), w, x), Pre) +
         \at(medsgd_value(planes, medsgd_words(d), shared, first + w, x), Pre);
       loop assigns p;
       loop variant bits - p; @/
    while (p < bits) {
      /@ assert plane: \forall integer w; 0 <= w < 64 ==>
           c[medsgd__place(64, p, w)] == \at(c[\at(medsgd__place(64, p, w), Here)], Pre); @/
      p++;
    } */
  medsgd__ripple(c, carry, shared, bits);
  /*@ assert rippled: \forall integer w, x; 0 <= w < 64 && 0 <= x < 64 && 64 * (first + w) + x < d ==>
        medsgd_value(c, 64, bits, w, x) + medsgd__worth(carry[w], x, medsgd_p2(bits)) ==
        \at(medsgd_value(c, 64, bits, w, x), Pre) +
        \at(medsgd_value(planes, medsgd_words(d), shared, first + w, x), Pre); */
  //@ assert range: \forall integer w, x; 0 <= medsgd_value(c, 64, bits, w, x);
}

MEDSGD_API int medsgd_tally_merge(medsgd_tally *into, const medsgd_tally *from) {
  if (!into || !from) return MEDSGD_ERR_NULL;
  if (into->d != from->d) return MEDSGD_ERR_SIZE;
  if (into->d == 0) {
    const size_t room = into->votes < into->capacity ? into->capacity - into->votes : 0;
    into->votes += from->votes < room ? from->votes : room;
    return MEDSGD_OK;
  }
  if (!medsgd__tally_consistent(into) || !medsgd__tally_consistent(from)) return MEDSGD_ERR_SIZE;
  if (from->votes > into->capacity - into->votes) return MEDSGD_ERR_SIZE;
  if (!into->planes || !from->planes) return MEDSGD_ERR_NULL;
  const size_t d = into->d, words = medsgd__words(d);
  const unsigned bits = into->bits, other_bits = from->bits, shared = other_bits < bits ? other_bits : bits;
  uint64_t *const planes = into->planes;
  const uint64_t *const other = from->planes;
  uint64_t c[64 * MEDSGD__PLANES];
  //@ assert medsgd_consistent(into) && medsgd_words(d) * medsgd_bits(2 * into->capacity) <= SIZE_MAX / 8;
  //@ assert medsgd_consistent(from) && medsgd_words(d) * medsgd_bits(2 * from->capacity) <= SIZE_MAX / 8;
  //@ assert words: words == medsgd_words(d);
  //@ assert length: bits == medsgd_bits(2 * into->capacity) && other_bits == medsgd_bits(2 * from->capacity);
  //@ assert fits: words * bits <= SIZE_MAX / 8 && words * other_bits <= SIZE_MAX / 8;
  //@ assert room: 0 < bits <= 64 && 0 < shared <= bits && shared <= other_bits;
  //@ assert beyond: shared < other_bits ==> shared == bits && medsgd__plane_inside(shared, other_bits, words);
  //@ assert shared: words * shared <= words * other_bits;
  //@ assert same_d: from->d == d && words == medsgd_words(from->d);
  //@ assert product: words * other_bits == medsgd_words(from->d) * from->bits;
  //@ assert all_readable: \valid_read(other + (0 .. words * other_bits - 1));
  /*@ assert all_apart: other != planes ==>
        \separated(planes + (0 .. words * bits - 1), other + (0 .. words * other_bits - 1)); */
  //@ assert readable: words * shared <= SIZE_MAX / 8 && \valid_read(other + (0 .. words * shared - 1));
  //@ assert fields_apart: \separated(into, planes + (0 .. words * bits - 1));
  /*@ assert planes_apart: other != planes ==>
        \separated(planes + (0 .. words * bits - 1), other + (0 .. words * shared - 1)); */
  //@ assert local: \separated(&c[0] + (0 .. 64 * bits - 1), other + (0 .. words * shared - 1));
  /*@ loop invariant 0 <= first <= words + 63 && first % 64 == 0;
      loop invariant merged: \forall integer v, x; 0 <= v < first && 0 <= x < 64 && 64 * v + x < d ==>
        medsgd__plus(medsgd_value(planes, words, bits, v, x), medsgd_value{Pre}(planes, words, bits, v, x),
                     medsgd_value{Pre}(other, words, shared, v, x), medsgd_p2(bits));
      loop invariant later: \forall integer v, x; first <= v < words && 0 <= x < 64 ==>
        medsgd_value(planes, words, bits, v, x) == medsgd_value{Pre}(planes, words, bits, v, x);
      loop invariant later_other: \forall integer v, x; first <= v < words && 0 <= x < 64 ==>
        medsgd_value(other, words, shared, v, x) == medsgd_value{Pre}(other, words, shared, v, x);
      loop assigns first, c[0 .. 64 * bits - 1], planes[0 .. words * bits - 1];
      loop variant words - first; */
  for (size_t first = 0; first < words; first += 64) {
    //@ ghost Block: ;
    medsgd__load_counts(c, planes, bits, first, d);
    /*@ assert loaded: \forall integer w, x; 0 <= w < 64 && 0 <= x < 64 && 64 * (first + w) + x < d ==>
          medsgd_value(&c[0], 64, bits, w, x) == medsgd_value{Pre}(planes, words, bits, first + w, x); */
    //@ assert same_other: medsgd__same_words{Here, Block}(other, medsgd__place(words, shared, 0));
    /*@ assert loaded_other: \forall integer v, x; first <= v < words && 0 <= x < 64 ==>
          medsgd_value(other, words, shared, v, x) == medsgd_value{Pre}(other, words, shared, v, x); */
    medsgd__count_counts(c, bits, other, shared, first, d);
    /*@ assert added: \forall integer w, x; 0 <= w < 64 && 0 <= x < 64 && 64 * (first + w) + x < d ==>
          medsgd__plus(medsgd_value(&c[0], 64, bits, w, x), medsgd_value{Pre}(planes, words, bits, first + w, x),
                       medsgd_value{Pre}(other, words, shared, first + w, x), medsgd_p2(bits)); */
    /*@ assert block: \forall integer v, x; first <= v < first + 64 && 0 <= x < 64 && 64 * v + x < d ==>
          medsgd__plus(medsgd_value(&c[0], 64, bits, v - first, x), medsgd_value{Pre}(planes, words, bits, v, x),
                       medsgd_value{Pre}(other, words, shared, v, x), medsgd_p2(bits)); */
    medsgd__store_counts(planes, c, bits, first, d);
    /*@ assert stored: \forall integer v, x; first <= v < first + 64 && 0 <= x < 64 && 64 * v + x < d ==>
          medsgd__plus(medsgd_value(planes, words, bits, v, x), medsgd_value{Pre}(planes, words, bits, v, x),
                       medsgd_value{Pre}(other, words, shared, v, x), medsgd_p2(bits)); */
    /*@ assert others: \forall integer k, v; 0 <= k < bits && 0 <= v < words && (v < first || first + 64 <= v) ==>
          planes[medsgd__place(words, k, v)] == \at(planes[\at(medsgd__place(words, k, v), Here)], Block); */
    /*@ assert kept: \forall integer v, x; 0 <= v < words && (v < first || first + 64 <= v) && 0 <= x < 64 ==>
          medsgd_value(planes, words, bits, v, x) == medsgd_value{Block}(planes, words, bits, v, x); */
    //@ assert apart: other != planes ==> medsgd__same_words{Here, Block}(other, medsgd__place(words, shared, 0));
    /*@ assert kept_other: \forall integer v, x; first + 64 <= v < words && 0 <= x < 64 ==>
          medsgd_value(other, words, shared, v, x) == medsgd_value{Block}(other, words, shared, v, x); */
    //@ assert (size_t)(first + 64) == first + 64;
  }
  //@ assert still: into->votes == \at(into->votes, Pre) && from->votes == \at(from->votes, Pre);
  //@ ghost Stored: ;
  into->votes += from->votes;
  //@ assert fields: into->planes == planes && into->d == d && into->bits == bits;
  //@ assert votes: medsgd__same_words{Here, Stored}(planes, medsgd__place(words, bits, 0));
  /*@ assert end: \forall integer v, x; 0 <= v < words && 0 <= x < 64 ==>
        medsgd_value(planes, words, bits, v, x) == medsgd_value{Stored}(planes, words, bits, v, x); */
  /*@ assert small: \forall integer v, x; medsgd_value{Pre}(other, words, other_bits, v, x) < medsgd_p2(bits) ==>
        medsgd_value{Pre}(other, words, other_bits, v, x) == medsgd_value{Pre}(other, words, shared, v, x); */
  /*@ assert whole: \forall integer v, x; 0 <= v < words && 0 <= x < 64 && 64 * v + x < d ==>
        medsgd__plus(medsgd_value(planes, words, bits, v, x), medsgd_value{Pre}(planes, words, bits, v, x),
                     medsgd_value{Pre}(other, words, other_bits, v, x), medsgd_p2(bits)); */
  return MEDSGD_OK;
}

/* value where word and bit have a bit in common, else 0, without a branch. */
/*@ terminates \true;
    exits \false;
    assigns \nothing;
    ensures \result == ((word & bit) != 0 ? value : 0); */
MEDSGD__INLINE uint32_t medsgd__if_set(uint32_t word, uint32_t bit, uint32_t value) {
  return (word & bit) != 0 ? value : 0;
}

/* count[j] += weight where bit j is set. */
/*@ requires \valid(count + (0 .. 63));
    requires \forall integer j; 0 <= j < 64 ==> count[j] + weight <= UINT32_MAX;
    terminates \true;
    exits \false;
    assigns count[0 .. 63];
    ensures \forall integer j; 0 <= j < 64 ==> count[j] == \old(count[j]) + medsgd__worth(bits, j, weight); */
MEDSGD__INLINE void medsgd__add_weight(uint32_t *MEDSGD__RESTRICT count, uint64_t bits, uint32_t weight) {
  const uint32_t lo = medsgd__low_half(bits), hi = medsgd__high_half(bits);
  //@ assert low: \forall integer k; 0 <= k < 32 ==> (medsgd_bit(lo, k) <==> medsgd_bit(bits, k));
  //@ assert high: \forall integer k; 0 <= k < 32 ==> (medsgd_bit(hi, k) <==> medsgd_bit(bits, 32 + k));
  /*@ loop invariant 0 <= j <= 32;
      loop invariant \forall integer k; 0 <= k < j ==> count[k] == \at(count[k], Pre) + medsgd__worth(lo, k, weight);
      loop invariant \forall integer k; j <= k < 64 ==> count[k] == \at(count[k], Pre);
      loop assigns j, count[0 .. 31];
      loop variant 32 - j; */
  for (size_t j = 0; j < 32; j++) count[j] += medsgd__if_set(lo, medsgd__lane(j), weight);
  /*@ assert worth_low: \forall integer k; 0 <= k < 32 ==>
        medsgd__worth(lo, k, weight) == medsgd__worth(bits, k, weight); */
  //@ ghost Low: ;
  /*@ loop invariant 0 <= j <= 32;
      loop invariant \forall integer k; 32 <= k < 32 + j ==>
        count[k] == \at(count[k], Pre) + medsgd__worth(hi, k - 32, weight);
      loop invariant \forall integer k; 32 + j <= k < 64 ==> count[k] == \at(count[k], Pre);
      loop invariant \forall integer k; 0 <= k < 32 ==> count[k] == \at(count[k], Low);
      loop assigns j, count[32 .. 63];
      loop variant 32 - j; */
  for (size_t j = 0; j < 32; j++) count[32 + j] += medsgd__if_set(hi, medsgd__lane(j), weight);
  /*@ assert worth_high: \forall integer k; 0 <= k < 32 ==>
        medsgd__worth(hi, k, weight) == medsgd__worth(bits, 32 + k, weight); */
}

/* out = scale * (votes - count), counts and votes below 2^31. */
/*@ requires \valid(out + (0 .. 63)) && \valid_read(count + (0 .. 63)) && votes >= 0;
    requires \separated(out + (0 .. 63), count + (0 .. 63));
    requires \forall integer j; 0 <= j < 64 ==> count[j] <= INT32_MAX;
    terminates \true;
    exits \false;
    assigns out[0 .. 63]; */
MEDSGD__INLINE void medsgd__scale_sums(medsgd_real *MEDSGD__RESTRICT out, const uint32_t *MEDSGD__RESTRICT count,
                                       int32_t votes, medsgd_real scale) {
  /*@ loop invariant 0 <= j <= 64;
      loop assigns j, out[0 .. 63];
      loop variant 64 - j; */
  for (size_t j = 0; j < 64; j++) out[j] = scale * (medsgd_real)(votes - (int32_t)count[j]);
}

/* The same for counts of two halves: the integer is exact, with its sign apart. */
/*@ requires \valid(out + (0 .. 63)) && \valid_read(count + (0 .. 63)) && \valid_read(high + (0 .. 63));
    requires \separated(out + (0 .. 63), count + (0 .. 63)) && \separated(out + (0 .. 63), high + (0 .. 63));
    terminates \true;
    exits \false;
    assigns out[0 .. 63]; */
static MEDSGD__UNUSED void medsgd__scale_long_sums(medsgd_real *out, const uint32_t *count, const uint32_t *high,
                                                   uint64_t votes, medsgd_real scale) {
  /*@ loop invariant 0 <= j <= 64;
      loop assigns j, out[0 .. 63];
      loop variant 64 - j; */
  for (size_t j = 0; j < 64; j++) {
    const uint64_t s = (uint64_t)high[j] << 32 | (uint64_t)count[j];
    out[j] = scale * (s > votes ? -(medsgd_real)(s - votes) : (medsgd_real)(votes - s));
  }
}

/* out = scale * (votes - count) for the 64 counts whose bit k is in planes[k * stride]. */
/*@ requires \valid(out + (0 .. 63)) && 0 < bits <= 64 && 0 < stride && stride * bits <= SIZE_MAX / 8;
    requires \valid_read(planes + (0 .. stride * (bits - 1))) &&
      \separated(out + (0 .. 63), planes + (0 .. stride * (bits - 1)));
    requires bits < 32 ==> votes <= INT32_MAX;
    terminates \true;
    exits \false;
    assigns out[0 .. 63]; */
MEDSGD__INLINE void medsgd__sum_word(medsgd_real *MEDSGD__RESTRICT out, const uint64_t *MEDSGD__RESTRICT planes,
                                     size_t stride, unsigned bits, size_t votes, medsgd_real scale) {
  uint32_t count[64], high[64], weight = 1;
  /*@ loop invariant 0 <= j <= 64;
      loop invariant \forall integer i; 0 <= i < j ==> count[i] == 0;
      loop assigns j, count[0 .. 63];
      loop variant 64 - j; */
  for (size_t j = 0; j < 64; j++) count[j] = 0;
  /*@ loop invariant 0 <= k <= bits && k <= 32;
      loop invariant \forall integer i; 0 <= i < 64 ==> count[i] < medsgd_p2(k);
      loop invariant k < 32 ==> weight == medsgd_p2(k);
      loop assigns k, weight, count[0 .. 63];
      loop variant 64 - k; */
  for (unsigned k = 0; k < bits && k < 32; k++) {
    //@ assert inside: medsgd__plane_inside(k, bits, stride) && 0 <= stride * k && stride * k <= stride * (bits - 1);
    //@ assert at: (size_t)(k * stride) == stride * k;
    //@ assert medsgd_p2(k + 1) == 2 * medsgd_p2(k) && medsgd_p2(k + 1) <= medsgd_p2(32);
    medsgd__add_weight(count, planes[k * stride], weight);
    weight *= 2;
  }
  if (bits < 32) {
    //@ assert medsgd_p2(bits) <= medsgd_p2(31) && medsgd_p2(31) == 0x80000000;
    medsgd__scale_sums(out, count, (int32_t)votes, scale);
  } else {
    /*@ loop invariant 0 <= j <= 64;
        loop invariant \forall integer i; 0 <= i < j ==> high[i] == 0;
        loop assigns j, high[0 .. 63];
        loop variant 64 - j; */
    for (size_t j = 0; j < 64; j++) high[j] = 0;
    weight = 1;
    /*@ loop invariant 32 <= k <= bits;
        loop invariant \forall integer i; 0 <= i < 64 ==> high[i] < medsgd_p2(k - 32);
        loop invariant k < 64 ==> weight == medsgd_p2(k - 32);
        loop assigns k, weight, high[0 .. 63];
        loop variant 64 - k; */
    for (unsigned k = 32; k < bits; k++) {
      //@ assert inside: medsgd__plane_inside(k, bits, stride) && 0 <= stride * k && stride * k <= stride * (bits - 1);
      //@ assert at: (size_t)(k * stride) == stride * k;
      //@ assert medsgd_p2(k - 31) == 2 * medsgd_p2(k - 32) && medsgd_p2(k - 31) <= medsgd_p2(32);
      medsgd__add_weight(high, planes[k * stride], weight);
      weight *= 2;
    }
    medsgd__scale_long_sums(out, count, high, votes, scale);
  }
}

MEDSGD_API int medsgd_tally_sum(medsgd_real *out, const medsgd_tally *t, medsgd_real scale) {
  if (!t) return MEDSGD_ERR_NULL;
  if (t->d == 0) return MEDSGD_OK;
  if (!medsgd__tally_consistent(t)) return MEDSGD_ERR_SIZE;
  if (!out || !t->planes) return MEDSGD_ERR_NULL;
  if (!(scale - scale == 0)) return MEDSGD_ERR_PARAM;
  const size_t d = t->d, words = medsgd__words(d), full = d / 64, rest = d % 64, votes = t->votes;
  //@ assert full == d / 64 && rest == d % 64 && d == 64 * full + rest;
  const unsigned bits = t->bits;
  const uint64_t *const planes = t->planes;
  //@ assert medsgd_consistent(t) && medsgd_words(d) * medsgd_bits(2 * t->capacity) <= SIZE_MAX / 8;
  //@ assert words == medsgd_words(d);
  //@ assert length: bits == medsgd_bits(2 * t->capacity);
  //@ assert product: words * bits == medsgd_words(d) * medsgd_bits(2 * t->capacity);
  //@ assert fits: words * bits <= SIZE_MAX / 8;
  //@ assert bits < 32 ==> medsgd_p2(bits) <= medsgd_p2(31) && medsgd_p2(31) == 0x80000000 && votes <= INT32_MAX;
  //@ assert last: medsgd__plane_inside(bits - 1, bits, words) && words * (bits - 1) + words <= words * bits;
  /*@ loop invariant 0 <= w <= full;
      loop assigns w, out[0 .. 64 * full - 1];
      loop variant full - w; */
  for (size_t w = 0; w < full; w++) medsgd__sum_word(out + 64 * w, planes + w, words, bits, votes, scale);
  if (rest != 0) {
    medsgd_real block[64];
    medsgd__sum_word(block, planes + full, words, bits, votes, scale);
    medsgd__copy_rest(out, 64 * full, block, rest);
  }
  return MEDSGD_OK;
}

/* One plane of the comparison of a count with a constant, from the lowest bit up: `bit` is all ones or 0, the
 * constant's bit in this plane; above: the count is greater in the planes so far; differs: it is not equal. */
/*@ requires \valid(above + (0 .. 63)) && \valid(differs + (0 .. 63)) && \valid_read(c + (0 .. 63));
    requires \separated(above + (0 .. 63), differs + (0 .. 63), c + (0 .. 63));
    requires bit == 0 || bit == 0xffffffffffffffff;
    terminates \true;
    exits \false;
    assigns above[0 .. 63], differs[0 .. 63];
    ensures \forall integer w, i; 0 <= w < 64 && 0 <= i < 64 ==> (medsgd_bit(above[w], i) <==>
      medsgd_one(c[w], i) > medsgd_one(bit, i) ||
      (medsgd_one(c[w], i) == medsgd_one(bit, i) && medsgd_bit(\old(above[w]), i)));
    ensures \forall integer w, i; 0 <= w < 64 && 0 <= i < 64 ==> (medsgd_bit(differs[w], i) <==>
      medsgd_one(c[w], i) != medsgd_one(bit, i) || medsgd_bit(\old(differs[w]), i)); */
MEDSGD__INLINE void medsgd__compare_plane(uint64_t *MEDSGD__RESTRICT above, uint64_t *MEDSGD__RESTRICT differs,
                                          const uint64_t *MEDSGD__RESTRICT c, uint64_t bit) {
  /*@ loop invariant 0 <= w <= 64;
      loop invariant \forall integer v, i; 0 <= v < w && 0 <= i < 64 ==> (medsgd_bit(above[v], i) <==>
        medsgd_one(c[v], i) > medsgd_one(bit, i) ||
        (medsgd_one(c[v], i) == medsgd_one(bit, i) && medsgd_bit(\at(above[v], Pre), i)));
      loop invariant \forall integer v, i; 0 <= v < w && 0 <= i < 64 ==> (medsgd_bit(differs[v], i) <==>
        medsgd_one(c[v], i) != medsgd_one(bit, i) || medsgd_bit(\at(differs[v], Pre), i));
      loop invariant \forall integer v; w <= v < 64 ==>
        above[v] == \at(above[v], Pre) && differs[v] == \at(differs[v], Pre);
      loop assigns w, above[0 .. 63], differs[0 .. 63];
      loop variant 64 - w; */
  for (size_t w = 0; w < 64; w++) {
    const uint64_t unequal = c[w] ^ bit;
    above[w] = (c[w] & unequal) | (above[w] & ~unequal);
    differs[w] |= unequal;
  }
}

/* above: the count of the block at `first` is greater than n; differs: it is not n. */
/*@ requires bits <= 64 && n < medsgd_p2(bits) && first < medsgd_words(d) && first % 64 == 0;
    requires \valid(above + (0 .. 63)) && \valid(differs + (0 .. 63)) && medsgd_words(d) * bits <= SIZE_MAX / 8 &&
      \valid_read(planes + (0 .. medsgd_words(d) * bits - 1));
    requires \separated(above + (0 .. 63), differs + (0 .. 63), planes + (0 .. medsgd_words(d) * bits - 1));
    terminates \true;
    exits \false;
    assigns above[0 .. 63], differs[0 .. 63];
    ensures \forall integer w, x; 0 <= w < 64 && 0 <= x < 64 && 64 * (first + w) + x < d ==>
      (medsgd_bit(above[w], x) <==> \old(medsgd_value(planes, medsgd_words(d), bits, first + w, x)) > n);
    ensures \forall integer w, x; 0 <= w < 64 && 0 <= x < 64 && 64 * (first + w) + x < d ==>
      (medsgd_bit(differs[w], x) <==> \old(medsgd_value(planes, medsgd_words(d), bits, first + w, x)) != n); */
static MEDSGD__UNUSED void medsgd__compare_counts(uint64_t *above, uint64_t *differs, const uint64_t *planes,
                                                  unsigned bits, size_t n, size_t first, size_t d) {
  const size_t words = medsgd__words(d);
  uint64_t c[64];
  //@ assert words == medsgd_words(d);
  /*@ loop invariant 0 <= w <= 64;
      loop invariant \forall integer v; 0 <= v < w ==> above[v] == 0 && differs[v] == 0;
      loop assigns w, above[0 .. 63], differs[0 .. 63];
      loop variant 64 - w; */
  for (size_t w = 0; w < 64; w++) {
    above[w] = 0;
    differs[w] = 0;
  }
  /*@ loop invariant 0 <= k <= bits && 0 <= n <= \at(n, Pre);
      loop invariant below: n < medsgd_p2(bits - k);
      loop invariant low: 0 <= \at(n, Pre) - medsgd__shifted(n, k) < medsgd_p2(k);
      loop invariant above: \forall integer w, x; 0 <= w < 64 && 0 <= x < 64 && 64 * (first + w) + x < d ==>
        (medsgd_bit(above[w], x) <==> \at(medsgd_value(planes, medsgd_words(d), \at(k, Here), first + w, x), Pre) >
          \at(n, Pre) - medsgd__shifted(n, k));
      loop invariant differs: \forall integer w, x; 0 <= w < 64 && 0 <= x < 64 && 64 * (first + w) + x < d ==>
        (medsgd_bit(differs[w], x) <==> \at(medsgd_value(planes, medsgd_words(d), \at(k, Here), first + w, x), Pre) !=
          \at(n, Pre) - medsgd__shifted(n, k));
      loop invariant kept: \forall integer j; 0 <= j < medsgd_words(d) * bits ==> planes[j] == \at(planes[j], Pre);
      loop assigns k, n, c[0 .. 63], above[0 .. 63], differs[0 .. 63];
      loop variant bits - k; */
  for (unsigned k = 0; k < bits; k++) {
    //@ assert within: medsgd__plane_inside(k, bits, words) && words * k + words <= words * bits;
    const size_t from = words * k;
    //@ assert from: from == words * k && from + words <= words * bits;
    medsgd__load_words(c, planes + from, first, d);
    //@ assert got: medsgd__block_loaded(&c[0], planes, words, k, first, d);
    //@ assert inside: \forall integer w, x; 0 <= x && 64 * (first + w) + x < d ==> first + w < words;
    /*@ assert row: \forall integer w; 0 <= first + w < words ==>
          planes[medsgd__place(words, k, first + w)] ==
          \at(planes[\at(medsgd__place(words, k, first + w), Here)], Pre); */
    /*@ assert this: \forall integer w, x; 0 <= w < 64 && 0 <= x < 64 && 64 * (first + w) + x < d ==>
          (medsgd_bit(c[w], x) <==>
            medsgd_bit(\at(planes[medsgd__place(medsgd_words(d), \at(k, Here), first + w)], Pre), x)); */
    /*@ assert next: \forall integer w, x; 0 <= w < 64 && 0 <= x < 64 && 64 * (first + w) + x < d ==>
          \at(medsgd_value(planes, medsgd_words(d), \at(k + 1, Here), first + w, x), Pre) ==
          \at(medsgd_value(planes, medsgd_words(d), \at(k, Here), first + w, x), Pre) +
          medsgd__worth(c[w], x, medsgd_p2(k)); */
    /*@ assert so_above: \forall integer w, x; 0 <= w < 64 && 0 <= x < 64 && 64 * (first + w) + x < d ==>
          (medsgd_bit(above[w], x) <==> \at(medsgd_value(planes, medsgd_words(d), \at(k, Here), first + w, x), Pre) >
            \at(n, Pre) - medsgd__shifted(n, k)); */
    /*@ assert so_differs: \forall integer w, x; 0 <= w < 64 && 0 <= x < 64 && 64 * (first + w) + x < d ==>
          (medsgd_bit(differs[w], x) <==> \at(medsgd_value(planes, medsgd_words(d), \at(k, Here), first + w, x), Pre) !=
            \at(n, Pre) - medsgd__shifted(n, k)); */
    //@ assert twice: medsgd_p2(k + 1) == 2 * medsgd_p2(k) && medsgd_p2(bits - k) == 2 * medsgd_p2(bits - (k + 1));
    //@ assert half: n == 2 * (n / 2) + n % 2 && 0 <= n % 2 <= 1;
    //@ assert shifted: medsgd__shifted(n / 2, k + 1) == medsgd__shifted(2 * (n / 2), k);
    //@ assert odd: medsgd__shifted(n, k) == medsgd__shifted(2 * (n / 2), k) + (n % 2 == 1 ? medsgd_p2(k) : 0);
    /*@ assert remain: \at(n, Pre) - medsgd__shifted(n / 2, k + 1) ==
          \at(n, Pre) - medsgd__shifted(n, k) + (n % 2 == 1 ? medsgd_p2(k) : 0); */
    /*@ assert range: \forall integer w, x;
          0 <= \at(medsgd_value(planes, medsgd_words(d), \at(k, Here), w, x), Pre) < medsgd_p2(k); */
    const uint64_t bit = medsgd__odd_mask(n);
    //@ assert bit: \forall integer x; 0 <= x < 64 ==> medsgd_one(bit, x) == n % 2;
    //@ ghost Plane: ;
    medsgd__compare_plane(above, differs, c, bit);
    /*@ assert greater: \forall integer w, x; 0 <= w < 64 && 0 <= x < 64 ==> (medsgd_bit(above[w], x) <==>
          medsgd_one(c[w], x) > n % 2 || (medsgd_one(c[w], x) == n % 2 && medsgd_bit(\at(above[w], Plane), x))); */
    /*@ assert unequal: \forall integer w, x; 0 <= w < 64 && 0 <= x < 64 ==> (medsgd_bit(differs[w], x) <==>
          medsgd_one(c[w], x) != n % 2 || medsgd_bit(\at(differs[w], Plane), x)); */
    /*@ assert next_above: \forall integer w, x; 0 <= w < 64 && 0 <= x < 64 && 64 * (first + w) + x < d ==>
          (medsgd_bit(above[w], x) <==>
            \at(medsgd_value(planes, medsgd_words(d), \at(k + 1, Here), first + w, x), Pre) >
            \at(n, Pre) - medsgd__shifted(n / 2, k + 1)); */
    /*@ assert next_differs: \forall integer w, x; 0 <= w < 64 && 0 <= x < 64 && 64 * (first + w) + x < d ==>
          (medsgd_bit(differs[w], x) <==>
            \at(medsgd_value(planes, medsgd_words(d), \at(k + 1, Here), first + w, x), Pre) !=
            \at(n, Pre) - medsgd__shifted(n / 2, k + 1)); */
    n /= 2;
    //@ assert (unsigned)(k + 1) == k + 1;
  }
  //@ assert none: n == 0 && medsgd__shifted(n, bits) == 0;
}

MEDSGD_API int medsgd_tally_vote(uint64_t *neg, uint64_t *zero, const medsgd_tally *t) {
  if (!t) return MEDSGD_ERR_NULL;
  if (t->d == 0) return MEDSGD_OK;
  if (!medsgd__tally_consistent(t)) return MEDSGD_ERR_SIZE;
  if (!neg || !t->planes) return MEDSGD_ERR_NULL;
  const size_t d = t->d, words = medsgd__words(d), votes = t->votes;
  const unsigned bits = t->bits;
  const uint64_t *const planes = t->planes;
  uint64_t above[64], differs[64];
  //@ assert medsgd_consistent(t) && medsgd_words(d) * medsgd_bits(2 * t->capacity) <= SIZE_MAX / 8;
  //@ assert words: words == medsgd_words(d);
  //@ assert length: bits == medsgd_bits(2 * t->capacity);
  //@ assert fits: words * bits <= SIZE_MAX / 8;
  //@ assert room: 0 < bits <= 64 && votes < medsgd_p2(bits);
  /*@ loop invariant 0 <= first <= words + 63 && first % 64 == 0;
      loop invariant kept: medsgd__same_words{Here, Pre}(planes, medsgd__place(words, bits, 0));
      loop invariant majority: \forall integer v, x; 0 <= v < first && 0 <= x < 64 && 64 * v + x < d ==>
        (medsgd_bit(neg[v], x) <==> medsgd_value{Pre}(planes, words, bits, v, x) > votes);
      loop invariant ties: zero != \null ==> \forall integer v, x; 0 <= v < first && 0 <= x < 64 && 64 * v + x < d ==>
        (medsgd_bit(zero[v], x) <==> medsgd_value{Pre}(planes, words, bits, v, x) == votes);
      loop invariant padding: \forall integer v, x; 0 <= v < first && v < words && 0 <= x < 64 && d <= 64 * v + x ==>
        !medsgd_bit(neg[v], x);
      loop invariant padding_zero: zero != \null ==> \forall integer v, x; 0 <= v < first && v < words &&
        0 <= x < 64 && d <= 64 * v + x ==> !medsgd_bit(zero[v], x);
      loop assigns first, above[0 .. 63], differs[0 .. 63], neg[0 .. words - 1], zero[0 .. words - 1];
      loop variant words - first; */
  for (size_t first = 0; first < words; first += 64) {
    /*@ assert same: \forall integer v, x; 0 <= v < words ==>
          medsgd_value(planes, words, bits, v, x) == medsgd_value{Pre}(planes, words, bits, v, x); */
    //@ ghost Block: ;
    medsgd__compare_counts(above, differs, planes, bits, votes, first, d);
    /*@ assert greater: \forall integer v, x; first <= v < first + 64 && 0 <= x < 64 && 64 * v + x < d ==>
          (medsgd_bit(above[v - first], x) <==> medsgd_value{Pre}(planes, words, bits, v, x) > votes); */
    /*@ assert unequal: \forall integer v, x; first <= v < first + 64 && 0 <= x < 64 && 64 * v + x < d ==>
          (medsgd_bit(differs[v - first], x) <==> medsgd_value{Pre}(planes, words, bits, v, x) != votes); */
    //@ assert kept_compared: medsgd__same_words{Here, Pre}(planes, medsgd__place(words, bits, 0));
    //@ ghost Compared: ;
    medsgd__store_words(neg, above, first, d);
    //@ assert unchanged: \forall integer w; 0 <= w < 64 ==> differs[w] == \at(differs[w], Compared);
    //@ assert kept_stored: medsgd__same_words{Here, Pre}(planes, medsgd__place(words, bits, 0));
    /*@ assert before: \forall integer v, x; 0 <= v < first && 0 <= x < 64 && 64 * v + x < d ==>
          (medsgd_bit(neg[v], x) <==> medsgd_value{Pre}(planes, words, bits, v, x) > votes); */
    /*@ assert new: \forall integer v, x; first <= v < first + 64 && 0 <= x < 64 && 64 * v + x < d ==>
          (medsgd_bit(neg[v], x) <==> medsgd_value{Pre}(planes, words, bits, v, x) > votes); */
    //@ ghost Stored: ;
    if (zero) {
      /*@ loop invariant 0 <= w <= 64;
          loop invariant not: \forall integer u, x; 0 <= u < w && 0 <= x < 64 ==>
            (medsgd_bit(differs[u], x) <==> !medsgd_bit(\at(differs[u], Compared), x));
          loop invariant \forall integer u; w <= u < 64 ==> differs[u] == \at(differs[u], Compared);
          loop assigns w, differs[0 .. 63];
          loop variant 64 - w; */
      for (size_t w = 0; w < 64; w++) differs[w] = ~differs[w];
      /*@ assert equal: \forall integer v, x; first <= v < first + 64 && 0 <= x < 64 && 64 * v + x < d ==>
            (medsgd_bit(differs[v - first], x) <==> medsgd_value{Pre}(planes, words, bits, v, x) == votes); */
      //@ ghost Ties: ;
      medsgd__store_words(zero, differs, first, d);
      //@ assert stays: \forall integer v; 0 <= v < words ==> neg[v] == \at(neg[v], Ties);
      //@ assert before_zero: \forall integer v; 0 <= v < first && v < words ==> zero[v] == \at(zero[v], Block);
      /*@ assert new_zero: \forall integer v, x; first <= v < first + 64 && 0 <= x < 64 && 64 * v + x < d ==>
            (medsgd_bit(zero[v], x) <==> medsgd_value{Pre}(planes, words, bits, v, x) == votes); */
      //@ assert kept_zero: medsgd__same_words{Here, Pre}(planes, medsgd__place(words, bits, 0));
    }
    //@ assert neg: \forall integer v; 0 <= v < words ==> neg[v] == \at(neg[v], Stored);
    //@ assert kept: medsgd__same_words{Here, Pre}(planes, medsgd__place(words, bits, 0));
    //@ assert (size_t)(first + 64) == first + 64;
  }
  //@ assert fields: t->d == d && t->votes == votes && t->planes == planes && t->bits == bits;
  /*@ assert all: \forall integer v, x; 0 <= v && 0 <= x < 64 && 64 * v + x < d ==>
        (medsgd_bit(neg[v], x) <==> medsgd_value{Pre}(planes, words, bits, v, x) > votes); */
  /*@ assert all_ties: zero != \null ==> \forall integer v, x; 0 <= v && 0 <= x < 64 && 64 * v + x < d ==>
        (medsgd_bit(zero[v], x) <==> medsgd_value{Pre}(planes, words, bits, v, x) == votes); */
  //@ assert padded: medsgd_padded(neg, d) && (zero != \null ==> medsgd_padded(zero, d));
  return MEDSGD_OK;
}

/* ======== median ======== */

#define MEDSGD__LANES 64 /* coordinates of a tile: a constant, so that the lane loops vectorize */
#define MEDSGD__ALIGN 64 /* bytes to which tiles are aligned: a vector or a cache line                */

#ifdef MEDSGD_DOUBLE
#  define MEDSGD__REAL_MAX DBL_MAX
#  define MEDSGD__REAL_TINY 4.9406564584124654e-324 /* the smallest positive medsgd_real, as a double */
#else
#  define MEDSGD__REAL_MAX FLT_MAX
#  define MEDSGD__REAL_TINY 1.4012984643248171e-45
#endif

typedef medsgd_real medsgd__row[MEDSGD__LANES];

/*@ predicate medsgd__numbers{L}(medsgd__row *t, integer first, integer end) =
      \forall integer i, l; first <= i < end && 0 <= l < MEDSGD__LANES ==> medsgd_number(t[i][l]);
*/

/*@ // Lane l of a group of 8 rows holds numbers.
    predicate medsgd__lane_numbers{L}(medsgd__row *t, integer l) =
      medsgd_number(t[0][l]) && medsgd_number(t[1][l]) && medsgd_number(t[2][l]) && medsgd_number(t[3][l]) &&
      medsgd_number(t[4][l]) && medsgd_number(t[5][l]) && medsgd_number(t[6][l]) && medsgd_number(t[7][l]);

    // x is below v exactly where i < z.
    predicate medsgd__cut_at(medsgd_real x, medsgd_real v, integer i, integer z) = medsgd_less(x, v) <==> i < z;

    // The same numbers, as far as comparisons can tell.
    predicate medsgd__kept(medsgd_real x, medsgd_real y) =
      (medsgd_number(x) ==> medsgd_number(y)) && medsgd_alike(x, y);

    // Of lane l of a group of 8 rows, the first z are below v and no others. (Recursive for no reason but that the
    // provers then see the name, and not what it stands for.)
    predicate medsgd__cut{L}(medsgd__row *t, integer l, medsgd_real v, integer z) = z < -8 ? medsgd__cut(t, l, v, -8) :
      medsgd__cut_at(t[0][l], v, 0, z) && medsgd__cut_at(t[1][l], v, 1, z) && medsgd__cut_at(t[2][l], v, 2, z) &&
      medsgd__cut_at(t[3][l], v, 3, z) && medsgd__cut_at(t[4][l], v, 4, z) && medsgd__cut_at(t[5][l], v, 5, z) &&
      medsgd__cut_at(t[6][l], v, 6, z) && medsgd__cut_at(t[7][l], v, 7, z);

    // The lanes first .. end-1 of a group hold what they held.
    predicate medsgd__still{K, L}(medsgd__row *t, integer first, integer end) =
      \forall integer l, z, medsgd_real v; first <= l < end && -8 <= z && medsgd__cut{K}(t, l, v, z) ==>
        medsgd__cut{L}(t, l, v, z);

    // In the lanes first .. end-1, two groups became one sequence in order: what is below any v, y of the one and z of
    // the other (this says that both were in order, too), is at its begin.
    predicate medsgd__merged{K, L}(medsgd__row *low, medsgd__row *high, integer first, integer end) =
      \forall integer l, y, z, medsgd_real v; first <= l < end && 0 <= y <= 8 && 0 <= z <= 8 &&
        medsgd__cut{K}(low, l, v, y) && medsgd__cut{K}(high, l, v, z) ==>
        medsgd__cut{L}(low, l, v, y + z) && medsgd__cut{L}(high, l, v, y + z - 8);
*/

/* The two halves of a compare-exchange, in the one spelling that every compiler turns into a single instruction; no
 * NaN here. */
/*@ terminates \true;
  @ exits \false;
  @ assigns \nothing;
  @ ensures medsgd_number(x) && medsgd_number(y) ==> medsgd_number(\result) &&
        \forall medsgd_real v; medsgd_less(\result, v) <==> medsgd_less(x, v) || medsgd_less(y, v);
*/
MEDSGD__INLINE medsgd_real medsgd__min(medsgd_real x, medsgd_real y) { return x < y ? x : y; }

/*@ terminates \true;
  @ exits \false;
  @ assigns \nothing;
  @ ensures medsgd_number(x) && medsgd_number(y) ==> medsgd_number(\result) &&
        \forall medsgd_real v; medsgd_less(\result, v) <==> medsgd_less(x, v) && medsgd_less(y, v);
*/
MEDSGD__INLINE medsgd_real medsgd__max(medsgd_real x, medsgd_real y) { return x > y ? x : y; }

/* +infinity; the proofs know the division of IEEE 754, but not the macro INFINITY. */
/*@ terminates \true;
  @ exits \false;
  @ assigns \nothing;
  @ ensures \is_plus_infinity(\result) && \forall medsgd_real v; !medsgd_less(\result, v);
*/
MEDSGD__INLINE medsgd_real medsgd__infinity(void) {
  const medsgd_real one = 1, zero = 0;
  return one / zero;
}

/* The number that stands for a value in the documented order: +infinity for a NaN. */
/*@ terminates \true;
  @ exits \false;
  @ assigns \nothing;
  @ ensures medsgd_number(\result) && medsgd_alike(\result, x);
  @ ensures (medsgd_top(x) && \is_plus_infinity(\result)) || (!medsgd_top(x) && medsgd_equal(\result, x));
*/
MEDSGD__INLINE medsgd_real medsgd__number(medsgd_real x) {
  const medsgd_real infinity = medsgd__infinity();
  return x < infinity ? x : infinity;
}

/* x, -0 made +0. */
/*@ terminates \true;
  @ exits \false;
  @ assigns \nothing;
  @ ensures medsgd_number(x) ==> medsgd_number(\result) && medsgd_equal(\result, x) && medsgd_alike(\result, x);
  @ ensures \is_plus_infinity(x) ==> \is_plus_infinity(\result);
*/
MEDSGD__INLINE medsgd_real medsgd__plus_zero(medsgd_real x) { return x + (medsgd_real)0; }

/* ---- tiles of m rows by 64 lanes, in groups of 8 rows ---- */

/* How many groups of 8 rows m rows make. */
/*@ terminates \true;
  @ exits \false;
  @ assigns \nothing;
  @ ensures 8 * \result - 8 < m <= 8 * \result;
  @ ensures \result == (m + 7) / 8;
*/
MEDSGD__INLINE size_t medsgd__groups(size_t m) { return m / 8 + (m % 8 != 0); }

/* How many tiles of m rows are worked on together, so that many rows are read in long runs, eight at a time: memory
 * gives 64 bytes of each of 31 rows in turn at less than half the speed of a plain read. */
/*@ terminates \true;
  @ exits \false;
  @ assigns \nothing;
  @ ensures \result == medsgd_tiles(m);
*/
MEDSGD__INLINE size_t medsgd__tiles(size_t m) { return m > 12 && m <= 256 ? 64 / medsgd__groups(m) : 1; }

/* One row of a tile from n <= 64 values; the lanes behind them are 0. */
/*@ requires n <= MEDSGD__LANES && \valid(t + (0 .. MEDSGD__LANES - 1)) && \valid_read(g + (0 .. n - 1));
  @ requires \separated(t + (0 .. MEDSGD__LANES - 1), g + (0 .. n - 1));
  @ terminates \true;
  @ exits \false;
  @ assigns t[0 .. MEDSGD__LANES - 1];
*/
MEDSGD__INLINE void medsgd__pad_row(medsgd_real *MEDSGD__RESTRICT t, const medsgd_real *MEDSGD__RESTRICT g, size_t n) {
  /*@ loop invariant 0 <= l <= n;
    @ loop assigns l, t[0 .. MEDSGD__LANES - 1];
    @ loop variant n - l; */
  for (size_t l = 0; l < n; l++) t[l] = g[l];
  /*@ loop invariant n <= l <= MEDSGD__LANES;
    @ loop assigns l, t[0 .. MEDSGD__LANES - 1];
    @ loop variant MEDSGD__LANES - l; */
  for (size_t l = n; l < MEDSGD__LANES; l++) t[l] = 0;
}

/*@ requires \valid(t + (0 .. MEDSGD__LANES - 1)) && medsgd_number(x);
  @ terminates \true;
  @ exits \false;
  @ assigns t[0 .. MEDSGD__LANES - 1];
  @ ensures \forall integer l; 0 <= l < MEDSGD__LANES ==> medsgd_number(t[l]);
*/
MEDSGD__INLINE void medsgd__fill_row(medsgd_real *MEDSGD__RESTRICT t, medsgd_real x) {
  /*@ loop invariant 0 <= l <= MEDSGD__LANES;
    @ loop invariant \forall integer i; 0 <= i < l ==> medsgd_number(t[i]);
    @ loop assigns l, t[0 .. MEDSGD__LANES - 1];
    @ loop variant MEDSGD__LANES - l; */
  for (size_t l = 0; l < MEDSGD__LANES; l++) t[l] = x;
}

/* x, y = min(x, y), max(x, y) in registers. */
#define MEDSGD__ORDER(x, y)                         \
  do {                                              \
    const medsgd_real medsgd__x = x, medsgd__y = y; \
    x = medsgd__min(medsgd__x, medsgd__y);          \
    y = medsgd__max(medsgd__x, medsgd__y);          \
  } while (0)

/* Sorts the first `count` of 8 values, NaN as +inf, into lane l of t[row .. row+count-1]: Batcher's odd-even merge
 * sort, 19 exchanges for 8 values, without those that reach place `count` or beyond. `count` is a constant wherever
 * this is inlined; t is not `restrict` here, for gcc -O2 would lose sight of that of medsgd__sort_8, and not
 * vectorize. */
/*@ requires 1 <= count <= 8 && l < MEDSGD__LANES && row + count <= SIZE_MAX && \valid(t + (row .. row + count - 1));
  @ terminates \true;
  @ exits \false;
  @ assigns t[row .. row + count - 1][l];
  @ ensures \forall integer i; row <= i < row + count ==> medsgd_number(t[i][l]);
*/
MEDSGD__INLINE void medsgd__sort_lane(medsgd__row *t, size_t row, size_t l, medsgd_real a, medsgd_real b, medsgd_real c,
                                      medsgd_real d, medsgd_real e, medsgd_real f, medsgd_real g, medsgd_real h,
                                      size_t count) {
  a = medsgd__number(a);
  if (count > 1) b = medsgd__number(b);
  if (count > 2) c = medsgd__number(c);
  if (count > 3) d = medsgd__number(d);
  if (count > 4) e = medsgd__number(e);
  if (count > 5) f = medsgd__number(f);
  if (count > 6) g = medsgd__number(g);
  if (count > 7) h = medsgd__number(h);
  if (count > 1) MEDSGD__ORDER(a, b);
  if (count > 3) MEDSGD__ORDER(c, d);
  if (count > 5) MEDSGD__ORDER(e, f);
  if (count > 7) MEDSGD__ORDER(g, h);
  if (count > 2) MEDSGD__ORDER(a, c);
  if (count > 3) MEDSGD__ORDER(b, d);
  if (count > 6) MEDSGD__ORDER(e, g);
  if (count > 7) MEDSGD__ORDER(f, h);
  if (count > 2) MEDSGD__ORDER(b, c);
  if (count > 6) MEDSGD__ORDER(f, g);
  if (count > 4) MEDSGD__ORDER(a, e);
  if (count > 5) MEDSGD__ORDER(b, f);
  if (count > 6) MEDSGD__ORDER(c, g);
  if (count > 7) MEDSGD__ORDER(d, h);
  if (count > 4) MEDSGD__ORDER(c, e);
  if (count > 5) MEDSGD__ORDER(d, f);
  if (count > 2) MEDSGD__ORDER(b, c);
  if (count > 4) MEDSGD__ORDER(d, e);
  if (count > 6) MEDSGD__ORDER(f, g);
  t[row][l] = a;
  if (count > 1) t[row + 1][l] = b;
  if (count > 2) t[row + 2][l] = c;
  if (count > 3) t[row + 3][l] = d;
  if (count > 4) t[row + 4][l] = e;
  if (count > 5) t[row + 5][l] = f;
  if (count > 6) t[row + 6][l] = g;
  if (count > 7) t[row + 7][l] = h;
  //@ assert stored0: medsgd_number(t[row][l]) && (count > 1 ==> medsgd_number(t[row + 1][l]));
  //@ assert stored2: (count > 2 ==> medsgd_number(t[row + 2][l])) && (count > 3 ==> medsgd_number(t[row + 3][l]));
  //@ assert stored4: count > 4 ==> medsgd_number(t[row + 4][l]);
  //@ assert stored5: count > 5 ==> medsgd_number(t[row + 5][l]);
  //@ assert stored6: count > 6 ==> medsgd_number(t[row + 6][l]);
  //@ assert stored7: count > 7 ==> medsgd_number(t[row + 7][l]);
  /*@ assert each: \forall integer i; i < row + count && (i == row || i == row + 1 || i == row + 2 || i == row + 3 ||
        i == row + 4 || i == row + 5 || i == row + 6 || i == row + 7) ==> medsgd_number(t[i][l]); */
}

/* The lanes of the first `count` of 8 rows, sorted into t[row .. row+count-1]. */
/*@ requires 1 <= count <= 8 && row + count <= SIZE_MAX && \valid(t + (row .. row + count - 1)) &&
      \valid_read(p0 + (0 .. MEDSGD__LANES - 1)) &&
      \valid_read(p1 + (0 .. MEDSGD__LANES - 1)) && \valid_read(p2 + (0 .. MEDSGD__LANES - 1)) &&
      \valid_read(p3 + (0 .. MEDSGD__LANES - 1)) && \valid_read(p4 + (0 .. MEDSGD__LANES - 1)) &&
      \valid_read(p5 + (0 .. MEDSGD__LANES - 1)) && \valid_read(p6 + (0 .. MEDSGD__LANES - 1)) &&
      \valid_read(p7 + (0 .. MEDSGD__LANES - 1));
  @ terminates \true;
  @ exits \false;
  @ assigns *(&t[0][0] + (MEDSGD__LANES * row .. MEDSGD__LANES * (row + count) - 1));
  @ ensures medsgd__numbers(t, row, row + count);
*/
MEDSGD__INLINE void medsgd__sort_8(medsgd__row *MEDSGD__RESTRICT t, size_t row, const medsgd_real *MEDSGD__RESTRICT p0,
                                   const medsgd_real *MEDSGD__RESTRICT p1, const medsgd_real *MEDSGD__RESTRICT p2,
                                   const medsgd_real *MEDSGD__RESTRICT p3, const medsgd_real *MEDSGD__RESTRICT p4,
                                   const medsgd_real *MEDSGD__RESTRICT p5, const medsgd_real *MEDSGD__RESTRICT p6,
                                   const medsgd_real *MEDSGD__RESTRICT p7, size_t count) {
  /*@ loop invariant 0 <= l <= MEDSGD__LANES;
    @ loop invariant \forall integer i, j; row <= i < row + count && 0 <= j < l ==> medsgd_number(t[i][j]);
    @ loop assigns l, *(&t[0][0] + (MEDSGD__LANES * row .. MEDSGD__LANES * (row + count) - 1));
    @ loop variant MEDSGD__LANES - l; */
  for (size_t l = 0; l < MEDSGD__LANES; l++)
    medsgd__sort_lane(t, row, l, p0[l], p1[l], p2[l], p3[l], p4[l], p5[l], p6[l], p7[l], count);
}

/* The coordinates first .. first+n-1, n <= 64, of up to 8 rows, sorted lane by lane into t[row .. row+count-1]. */
/*@ requires 1 <= count <= 8 && n <= MEDSGD__LANES && first + n <= SIZE_MAX && row + count <= SIZE_MAX;
  @ requires \valid(t + (row .. row + count - 1));
  @ requires \valid_read(rows + (0 .. count - 1));
  @ requires \forall integer i; 0 <= i < count ==> \valid_read(rows[i] + (0 .. first + n - 1)) &&
        \separated(t + (row .. row + count - 1), rows[i] + (0 .. first + n - 1));
  @ terminates \true;
  @ exits \false;
  @ assigns *(&t[0][0] + (MEDSGD__LANES * row .. MEDSGD__LANES * (row + count) - 1));
  @ ensures medsgd__numbers(t, row, row + count);
*/
static MEDSGD__UNUSED void medsgd__load_group(medsgd__row *t, size_t row, const medsgd_real *const *rows, size_t count,
                                              size_t first, size_t n) {
  medsgd__row tail[8];
  const medsgd_real *p[8];
  /*@ loop invariant 0 <= i <= 8 && \forall integer k; 0 <= k < i ==> \valid_read(p[k] + (0 .. MEDSGD__LANES - 1));
    @ loop assigns i, p[0 .. 7], tail[0 .. 7][0 .. MEDSGD__LANES - 1];
    @ loop variant 8 - i; */
  for (size_t i = 0; i < 8; i++) {
    p[i] = rows[i < count ? i : 0] + first;
    if (n < MEDSGD__LANES) {
      medsgd__pad_row(tail[i], p[i], n);
      p[i] = tail[i];
    }
  }
  switch (count) {
    case 1: medsgd__sort_8(t, row, p[0], p[1], p[2], p[3], p[4], p[5], p[6], p[7], 1); break;
    case 2: medsgd__sort_8(t, row, p[0], p[1], p[2], p[3], p[4], p[5], p[6], p[7], 2); break;
    case 3: medsgd__sort_8(t, row, p[0], p[1], p[2], p[3], p[4], p[5], p[6], p[7], 3); break;
    case 4: medsgd__sort_8(t, row, p[0], p[1], p[2], p[3], p[4], p[5], p[6], p[7], 4); break;
    case 5: medsgd__sort_8(t, row, p[0], p[1], p[2], p[3], p[4], p[5], p[6], p[7], 5); break;
    case 6: medsgd__sort_8(t, row, p[0], p[1], p[2], p[3], p[4], p[5], p[6], p[7], 6); break;
    case 7: medsgd__sort_8(t, row, p[0], p[1], p[2], p[3], p[4], p[5], p[6], p[7], 7); break;
    default: medsgd__sort_8(t, row, p[0], p[1], p[2], p[3], p[4], p[5], p[6], p[7], 8);
  }
}

/*@ axiomatic medsgd__rows_of_tiles { // a definition and a lemma, no axioms
      // The first row of a tile of `height` rows.
      logic integer medsgd__tile_row(integer tile, integer height) = (tile < 0 ? 0 : tile) * height;
      lemma medsgd__tiles_ascend: \forall integer a, b, height; 0 <= a < b && 0 <= height ==>
          medsgd__tile_row(a, height) + height <= medsgd__tile_row(b, height);

      // The first `count` rows of a tile hold numbers.
      predicate medsgd__tile_numbers{L}(medsgd__row *t, integer tile, integer height, integer count) =
        medsgd__numbers(t, medsgd__tile_row(tile, height), medsgd__tile_row(tile, height) + count);
    }
*/

/* The coordinates first .. first+n-1 of m rows into one tile after the other, each group of 8 rows sorted lane by
 * lane. */
/*@ requires medsgd_work_rows(m) <= SIZE_MAX && n <= MEDSGD__LANES * medsgd_tiles(m) && first + n <= SIZE_MAX;
  @ requires \valid(t + (0 .. medsgd_work_rows(m) - 1)) && medsgd_rows_readable(rows, m, first + n);
  @ requires \forall integer i; 0 <= i < m ==>
        \separated(t + (0 .. medsgd_work_rows(m) - 1), rows[i] + (0 .. first + n - 1));
  @ terminates \true;
  @ exits \false;
  @ assigns *(&t[0][0] + (0 .. MEDSGD__LANES * medsgd_work_rows(m) - 1));
  @ ensures \forall integer k; 0 <= k && MEDSGD__LANES * k < n ==> medsgd__tile_numbers(t, k, (m + 7) / 8 * 8, m);
*/
static MEDSGD__UNUSED void medsgd__load_tiles(medsgd__row *t, const medsgd_real *const *rows, size_t m, size_t first,
                                              size_t n) {
  //@ assert 1 <= medsgd_tiles(m) && (m + 7) / 8 * 8 <= medsgd_work_rows(m);
  const size_t groups = medsgd__groups(m), height = 8 * groups;
  //@ assert groups == (m + 7) / 8;
  //@ assert height == (m + 7) / 8 * 8;
  //@ assert sizes: medsgd_work_rows(m) == height * medsgd_tiles(m);
  //@ assert medsgd_work_rows(m) == medsgd__tile_row(medsgd_tiles(m), height);
  //@ ghost size_t ready = 0;
  /*@ loop invariant 0 <= i <= height && i % 8 == 0 && ready == (i < m ? i : m);
    @ loop invariant loaded: \forall integer k; 0 <= k && MEDSGD__LANES * k < n ==>
          medsgd__tile_numbers(t, k, height, ready);
    @ loop assigns i, ready, *(&t[0][0] + (0 .. MEDSGD__LANES * medsgd_work_rows(m) - 1));
    @ loop variant m - i; */
  for (size_t i = 0; i < m; i += 8) {
    const size_t count = m - i < 8 ? m - i : 8;
    //@ assert i + count <= height;
    /*@ loop invariant 0 <= j && j % MEDSGD__LANES == 0;
      @ loop invariant done: \forall integer k; 0 <= k && MEDSGD__LANES * k < j && MEDSGD__LANES * k < n ==>
            medsgd__tile_numbers(t, k, height, i + count);
      @ loop invariant rest: \forall integer k; 0 <= k && j <= MEDSGD__LANES * k < n ==>
            medsgd__tile_numbers(t, k, height, i);
      @ loop assigns j, *(&t[0][0] + (0 .. MEDSGD__LANES * medsgd_work_rows(m) - 1));
      @ loop variant n - j; */
    for (size_t j = 0; j < n; j += MEDSGD__LANES) {
      const size_t lanes = n - j < MEDSGD__LANES ? n - j : MEDSGD__LANES;
      //@ ghost size_t tile = j / MEDSGD__LANES;
      //@ assert 0 <= tile < medsgd_tiles(m) && MEDSGD__LANES * tile == j;
      /*@ assert fits: 0 <= medsgd__tile_row(tile, height) &&
            medsgd__tile_row(tile, height) + height <= medsgd_work_rows(m); */
      //@ assert medsgd__tile_row(tile, height) == tile * height;
      const size_t row = j / MEDSGD__LANES * height + i;
      //@ assert place: row == medsgd__tile_row(tile, height) + i && row + count <= medsgd_work_rows(m);
      /*@ assert \forall integer k; 0 <= k < count ==>
            \separated(t + (0 .. medsgd_work_rows(m) - 1), rows[i + k] + (0 .. first + n - 1)); */
      /*@ assert below: \forall integer k; 0 <= k < tile ==>
            medsgd__tile_row(k, height) + height <= medsgd__tile_row(tile, height); */
      /*@ assert above: \forall integer k; tile < k ==>
            medsgd__tile_row(tile, height) + height <= medsgd__tile_row(k, height); */
      //@ ghost Group: ;
      medsgd__load_group(t, row, rows + i, count, first + j, lanes);
      /*@ assert frame: \forall integer r, l; (0 <= r < row || row + count <= r) && 0 <= l < MEDSGD__LANES &&
            medsgd_number(\at(t[\at(r, Here)][\at(l, Here)], Group)) ==> medsgd_number(t[r][l]); */
      //@ assert medsgd__numbers(t, row, row + count);
      //@ assert \at(medsgd__tile_numbers(t, \at(tile, Here), \at(height, Here), \at(i, Here)), Group);
      /*@ assert begun: \forall integer r, l; medsgd__tile_row(tile, height) <= r < row && 0 <= l < MEDSGD__LANES ==>
            medsgd_number(\at(t[\at(r, Here)][\at(l, Here)], Group)); */
      /*@ assert before: medsgd__numbers(t, medsgd__tile_row(tile, height), row); */
      /*@ assert loaded: medsgd__tile_numbers(t, tile, height, i + count); */
      /*@ assert kept_below: \forall integer k; 0 <= k < tile ==> medsgd__tile_numbers(t, k, height, i + count); */
      /*@ assert kept_above: \forall integer k; tile < k && MEDSGD__LANES * k < n ==>
            medsgd__tile_numbers(t, k, height, i); */
      /*@ assert done: \forall integer k; 0 <= k <= tile ==> medsgd__tile_numbers(t, k, height, i + count); */
    }
    //@ ghost ready = i + count;
    //@ assert i + 8 <= height && ready == i + count && ready == (i + 8 < m ? i + 8 : m);
    //@ assert \forall integer k; 0 <= k && MEDSGD__LANES * k < n ==> medsgd__tile_numbers(t, k, height, ready);
  }
}

/* Lane l of a group of 8 rows. */
/*@ requires l < MEDSGD__LANES && \valid(t + (0 .. 7));
  @ terminates \true;
  @ exits \false;
  @ assigns *(&t[0][0] + (0 .. 8 * MEDSGD__LANES - 1));
  @ ensures row0: medsgd__kept(a, t[0][l]);
  @ ensures row1: medsgd__kept(b, t[1][l]);
  @ ensures row2: medsgd__kept(c, t[2][l]);
  @ ensures row3: medsgd__kept(d, t[3][l]);
  @ ensures row4: medsgd__kept(e, t[4][l]);
  @ ensures row5: medsgd__kept(f, t[5][l]);
  @ ensures row6: medsgd__kept(g, t[6][l]);
  @ ensures row7: medsgd__kept(h, t[7][l]);
  @ ensures before: medsgd__still{Pre, Post}(t, 0, l);
  @ ensures after: medsgd__still{Pre, Post}(t, l + 1, MEDSGD__LANES);
  @ ensures numbers: \forall integer k; 0 <= k < MEDSGD__LANES && k != l &&
        \old(medsgd__lane_numbers(t, k)) ==> medsgd__lane_numbers(t, k);
*/
MEDSGD__INLINE void medsgd__store_lane(medsgd__row *t, size_t l, medsgd_real a, medsgd_real b, medsgd_real c,
                                       medsgd_real d, medsgd_real e, medsgd_real f, medsgd_real g, medsgd_real h) {
  t[0][l] = a, t[1][l] = b, t[2][l] = c, t[3][l] = d;
  t[4][l] = e, t[5][l] = f, t[6][l] = g, t[7][l] = h;
  /*@ assert else0: \forall integer k; 0 <= k < MEDSGD__LANES && k != l ==>
        medsgd__kept(\at(t[0][\at(k, Here)], Pre), t[0][k]); */
  /*@ assert else1: \forall integer k; 0 <= k < MEDSGD__LANES && k != l ==>
        medsgd__kept(\at(t[1][\at(k, Here)], Pre), t[1][k]); */
  /*@ assert else2: \forall integer k; 0 <= k < MEDSGD__LANES && k != l ==>
        medsgd__kept(\at(t[2][\at(k, Here)], Pre), t[2][k]); */
  /*@ assert else3: \forall integer k; 0 <= k < MEDSGD__LANES && k != l ==>
        medsgd__kept(\at(t[3][\at(k, Here)], Pre), t[3][k]); */
  /*@ assert else4: \forall integer k; 0 <= k < MEDSGD__LANES && k != l ==>
        medsgd__kept(\at(t[4][\at(k, Here)], Pre), t[4][k]); */
  /*@ assert else5: \forall integer k; 0 <= k < MEDSGD__LANES && k != l ==>
        medsgd__kept(\at(t[5][\at(k, Here)], Pre), t[5][k]); */
  /*@ assert else6: \forall integer k; 0 <= k < MEDSGD__LANES && k != l ==>
        medsgd__kept(\at(t[6][\at(k, Here)], Pre), t[6][k]); */
  /*@ assert else7: \forall integer k; 0 <= k < MEDSGD__LANES && k != l ==>
        medsgd__kept(\at(t[7][\at(k, Here)], Pre), t[7][k]); */
}

/* One lane of the two groups of medsgd__merge_8. */
/*@ requires l < MEDSGD__LANES && \valid(low + (0 .. 7)) && \valid(high + (0 .. 7));
  @ requires \separated(low + (0 .. 7), high + (0 .. 7));
  @ requires medsgd__lane_numbers(low, l) && medsgd__lane_numbers(high, l);
  @ terminates \true;
  @ exits \false;
  @ assigns *(&low[0][0] + (0 .. 8 * MEDSGD__LANES - 1)), *(&high[0][0] + (0 .. 8 * MEDSGD__LANES - 1));
  @ ensures low: medsgd__lane_numbers(low, l);
  @ ensures high: medsgd__lane_numbers(high, l);
  @ ensures merged: medsgd__merged{Pre, Post}(low, high, l, l + 1);
  @ ensures low_else: medsgd__still{Pre, Post}(low, 0, l) && medsgd__still{Pre, Post}(low, l + 1, MEDSGD__LANES);
  @ ensures high_else: medsgd__still{Pre, Post}(high, 0, l) && medsgd__still{Pre, Post}(high, l + 1, MEDSGD__LANES);
  @ ensures low_numbers: \forall integer k; 0 <= k < MEDSGD__LANES && k != l &&
        \old(medsgd__lane_numbers(low, k)) ==> medsgd__lane_numbers(low, k);
  @ ensures high_numbers: \forall integer k; 0 <= k < MEDSGD__LANES && k != l &&
        \old(medsgd__lane_numbers(high, k)) ==> medsgd__lane_numbers(high, k);
*/
MEDSGD__INLINE void medsgd__merge_lane(medsgd__row *low, medsgd__row *high, size_t l) {
  medsgd_real a = low[0][l], b = low[1][l], c = low[2][l], d = low[3][l];
  medsgd_real e = low[4][l], f = low[5][l], g = low[6][l], h = low[7][l];
  medsgd_real i = high[0][l], j = high[1][l], k = high[2][l], m = high[3][l];
  medsgd_real n = high[4][l], o = high[5][l], p = high[6][l], q = high[7][l];
  MEDSGD__ORDER(a, i); MEDSGD__ORDER(b, j); MEDSGD__ORDER(c, k); MEDSGD__ORDER(d, m);
  MEDSGD__ORDER(e, n); MEDSGD__ORDER(f, o); MEDSGD__ORDER(g, p); MEDSGD__ORDER(h, q);
  MEDSGD__ORDER(e, i); MEDSGD__ORDER(f, j); MEDSGD__ORDER(g, k); MEDSGD__ORDER(h, m);
  MEDSGD__ORDER(c, e); MEDSGD__ORDER(d, f); MEDSGD__ORDER(g, i); MEDSGD__ORDER(h, j);
  MEDSGD__ORDER(k, n); MEDSGD__ORDER(m, o); MEDSGD__ORDER(b, c); MEDSGD__ORDER(d, e);
  MEDSGD__ORDER(f, g); MEDSGD__ORDER(h, i); MEDSGD__ORDER(j, k); MEDSGD__ORDER(m, n);
  MEDSGD__ORDER(o, p);
  //@ assert medsgd_number(a) && medsgd_number(b) && medsgd_number(c) && medsgd_number(d);
  //@ assert medsgd_number(e) && medsgd_number(f) && medsgd_number(g) && medsgd_number(h);
  //@ assert medsgd_number(i) && medsgd_number(j) && medsgd_number(k) && medsgd_number(m);
  //@ assert medsgd_number(n) && medsgd_number(o) && medsgd_number(p) && medsgd_number(q);
  /*@ assert network: \forall medsgd_real v, integer y, z; 0 <= y <= 8 && 0 <= z <= 8 &&
        medsgd__cut{Pre}(low, l, v, y) && medsgd__cut{Pre}(high, l, v, z) ==>
        medsgd__cut_at(a, v, 0, y + z) && medsgd__cut_at(b, v, 1, y + z) && medsgd__cut_at(c, v, 2, y + z) &&
        medsgd__cut_at(d, v, 3, y + z) && medsgd__cut_at(e, v, 4, y + z) && medsgd__cut_at(f, v, 5, y + z) &&
        medsgd__cut_at(g, v, 6, y + z) && medsgd__cut_at(h, v, 7, y + z) && medsgd__cut_at(i, v, 8, y + z) &&
        medsgd__cut_at(j, v, 9, y + z) && medsgd__cut_at(k, v, 10, y + z) && medsgd__cut_at(m, v, 11, y + z) &&
        medsgd__cut_at(n, v, 12, y + z) && medsgd__cut_at(o, v, 13, y + z) && medsgd__cut_at(p, v, 14, y + z) &&
        medsgd__cut_at(q, v, 15, y + z); */
  medsgd__store_lane(low, l, a, b, c, d, e, f, g, h);
  /*@ assert low_merged: \forall medsgd_real v, integer y, z; 0 <= y <= 8 && 0 <= z <= 8 &&
        medsgd__cut{Pre}(low, l, v, y) && medsgd__cut{Pre}(high, l, v, z) ==> medsgd__cut(low, l, v, y + z); */
  /*@ assert high_else: \forall integer r, s; 0 <= r < 8 && 0 <= s < MEDSGD__LANES ==>
        medsgd__kept(\at(high[\at(r, Here)][\at(s, Here)], Pre), high[r][s]); */
  //@ assert high_kept: medsgd__still{Pre, Here}(high, 0, MEDSGD__LANES);
  /*@ assert high_numbers: \forall integer r; 0 <= r < MEDSGD__LANES &&
        \at(medsgd__lane_numbers(high, \at(r, Here)), Pre) ==> medsgd__lane_numbers(high, r); */
  //@ ghost Low: ;
  medsgd__store_lane(high, l, i, j, k, m, n, o, p, q);
  /*@ assert high_merged: \forall medsgd_real v, integer y, z; 0 <= y <= 8 && 0 <= z <= 8 &&
        medsgd__cut{Pre}(low, l, v, y) && medsgd__cut{Pre}(high, l, v, z) ==> medsgd__cut(high, l, v, y + z - 8); */
  /*@ assert low_else: \forall integer r, s; 0 <= r < 8 && 0 <= s < MEDSGD__LANES ==>
        medsgd__kept(\at(low[\at(r, Here)][\at(s, Here)], Low), low[r][s]); */
  //@ assert low_kept: medsgd__still{Low, Here}(low, 0, MEDSGD__LANES);
  /*@ assert low_numbers: \forall integer r; 0 <= r < MEDSGD__LANES &&
        \at(medsgd__lane_numbers(low, \at(r, Here)), Low) ==> medsgd__lane_numbers(low, r); */
}

/* Of two sorted groups of 8 rows, leaves the 8 least of each lane in `low` and the 8 greatest in `high`, both sorted:
 * Batcher's odd-even merge, 25 exchanges. */
/*@ requires \valid(low + (0 .. 7)) && \valid(high + (0 .. 7)) && \separated(low + (0 .. 7), high + (0 .. 7));
  @ requires \forall integer l; 0 <= l < MEDSGD__LANES ==>
        medsgd_number(low[0][l]) && medsgd_number(low[1][l]) &&
        medsgd_number(low[2][l]) && medsgd_number(low[3][l]) &&
        medsgd_number(low[4][l]) && medsgd_number(low[5][l]) &&
        medsgd_number(low[6][l]) && medsgd_number(low[7][l]) &&
        medsgd_number(high[0][l]) && medsgd_number(high[1][l]) &&
        medsgd_number(high[2][l]) && medsgd_number(high[3][l]) &&
        medsgd_number(high[4][l]) && medsgd_number(high[5][l]) &&
        medsgd_number(high[6][l]) && medsgd_number(high[7][l]);
  @ terminates \true;
  @ exits \false;
  @ assigns *(&low[0][0] + (0 .. 8 * MEDSGD__LANES - 1)), *(&high[0][0] + (0 .. 8 * MEDSGD__LANES - 1));
  @ ensures \forall integer l; 0 <= l < MEDSGD__LANES ==>
        medsgd_number(low[0][l]) && medsgd_number(low[1][l]) &&
        medsgd_number(low[2][l]) && medsgd_number(low[3][l]) &&
        medsgd_number(low[4][l]) && medsgd_number(low[5][l]) &&
        medsgd_number(low[6][l]) && medsgd_number(low[7][l]) &&
        medsgd_number(high[0][l]) && medsgd_number(high[1][l]) &&
        medsgd_number(high[2][l]) && medsgd_number(high[3][l]) &&
        medsgd_number(high[4][l]) && medsgd_number(high[5][l]) &&
        medsgd_number(high[6][l]) && medsgd_number(high[7][l]);
  @ ensures merged: medsgd__merged{Pre, Post}(low, high, 0, MEDSGD__LANES);
*/
MEDSGD__NOINLINE void medsgd__merge_8(medsgd__row *MEDSGD__RESTRICT low, medsgd__row *MEDSGD__RESTRICT high) {
  /*@ loop invariant 0 <= l <= MEDSGD__LANES;
    @ loop invariant numbers: \forall integer k; 0 <= k < MEDSGD__LANES ==>
        medsgd__lane_numbers(low, k) && medsgd__lane_numbers(high, k);
    @ loop invariant done: medsgd__merged{Pre, Here}(low, high, 0, l);
    @ loop invariant low_rest: medsgd__still{Pre, Here}(low, l, MEDSGD__LANES);
    @ loop invariant high_rest: medsgd__still{Pre, Here}(high, l, MEDSGD__LANES);
    @ loop assigns l, *(&low[0][0] + (0 .. 8 * MEDSGD__LANES - 1)), *(&high[0][0] + (0 .. 8 * MEDSGD__LANES - 1));
    @ loop variant MEDSGD__LANES - l; */
  for (size_t l = 0; l < MEDSGD__LANES; l++) {
    medsgd__merge_lane(low, high, l);
    //@ assert low_rest: medsgd__still{Pre, Here}(low, l + 1, MEDSGD__LANES);
    //@ assert high_rest: medsgd__still{Pre, Here}(high, l + 1, MEDSGD__LANES);
    //@ assert this: medsgd__merged{Pre, Here}(low, high, l, l + 1);
    //@ assert before: medsgd__merged{Pre, Here}(low, high, 0, l);
    //@ assert done: medsgd__merged{Pre, Here}(low, high, 0, l + 1);
  }
}

/* Batcher's merge exchange (Knuth, The Art of Computer Programming, 5.2.2, algorithm M) on the groups of a tile: a
 * network that sorts elements sorts groups of them when exchanges become merges (ibid., 5.3.4). After its pass p the
 * groups 0, p, 2p, ... are in order, and so are 1, p+1, ... and all others p apart; `last` is its last pass: 2 leaves
 * the even and the odd groups each in order, 1 all of them. In pass 1 only merges that reach the groups first .. end-1
 * are done. The rows from m on, with which the last group is filled up, become +inf. */
/*@ requires 0 < m <= SIZE_MAX - 7 && 1 <= last <= 2 && first < end <= (m + 7) / 8;
  @ requires \valid(t + (0 .. (m + 7) / 8 * 8 - 1));
  @ requires \forall integer i, l; 0 <= i < m && 0 <= l < MEDSGD__LANES ==> medsgd_number(t[i][l]);
  @ terminates \true;
  @ exits \false;
  @ assigns *(&t[0][0] + (0 .. MEDSGD__LANES * ((m + 7) / 8 * 8) - 1));
  @ ensures medsgd__numbers(t, 0, m);
*/
static MEDSGD__UNUSED void medsgd__merge_groups(medsgd__row *t, size_t m, size_t last, size_t first, size_t end) {
  const size_t n = medsgd__groups(m);
  size_t top = 1;
  if (n <= last) return;
  /*@ loop invariant m <= i <= 8 * n && medsgd__numbers(t, 0, i);
    @ loop assigns i, *(&t[0][0] + (0 .. MEDSGD__LANES * (8 * n) - 1));
    @ loop variant 8 * n - i; */
  for (size_t i = m; i < 8 * n; i++) medsgd__fill_row(t[i], medsgd__infinity());
  /*@ loop invariant 1 <= top < n;
    @ loop assigns top;
    @ loop variant n - top; */
  while (top < n - top) top *= 2;
  /*@ loop invariant 0 <= p <= top && medsgd__numbers(t, 0, 8 * n);
    @ loop assigns p, *(&t[0][0] + (0 .. MEDSGD__LANES * (8 * n) - 1));
    @ loop variant p; */
  for (size_t p = top; p >= last; p /= 2) {
    size_t remainder = 0, distance = p;
    /*@ loop invariant 0 < distance <= top && q <= top && medsgd__numbers(t, 0, 8 * n);
      @ loop assigns q, remainder, distance, *(&t[0][0] + (0 .. MEDSGD__LANES * (8 * n) - 1));
      @ loop variant q; */
    for (size_t q = top; q > 0; q /= 2) {
      const size_t reach = p > 1 ? n : 2 * (q - 1); /* how far the merges that are still to come carry a row, at most */
      /*@ loop invariant 0 <= i <= n - distance && medsgd__numbers(t, 0, 8 * n);
        @ loop assigns i, *(&t[0][0] + (0 .. MEDSGD__LANES * (8 * n) - 1));
        @ loop variant n - distance - i; */
      for (size_t i = 0; i < n - distance; i++)
        if ((i & p) == remainder && i + distance + reach >= first && i < end + reach)
        {
          medsgd__merge_8(t + 8 * i, t + 8 * (i + distance));
          /*@ assert \forall integer r, l; 0 <= l < MEDSGD__LANES && (0 <= r < 8 * i ||
                8 * i + 8 <= r < 8 * (i + distance) || 8 * (i + distance) + 8 <= r < 8 * n) ==>
                medsgd_number(t[r][l]); */
          /*@ assert \forall integer r, l; 0 <= l < MEDSGD__LANES &&
                (r == 0 || r == 1 || r == 2 || r == 3 || r == 4 || r == 5 || r == 6 || r == 7) ==>
                medsgd_number(t[8 * i + r][l]) && medsgd_number(t[8 * (i + distance) + r][l]); */
          /*@ assert medsgd__numbers(t, 8 * i, 8 * i + 8); */
          /*@ assert medsgd__numbers(t, 8 * (i + distance), 8 * (i + distance) + 8); */
        }
      if (q <= p) break;
      distance = q - p;
      remainder = p;
    }
  }
}

/* ---- selection from two sorted sequences ---- */

/* out = min(out, max(a, b)), lane by lane. */
/*@ requires \valid(out + (0 .. MEDSGD__LANES - 1)) && \valid_read(a + (0 .. MEDSGD__LANES - 1));
  @ requires \valid_read(b + (0 .. MEDSGD__LANES - 1));
  @ requires \separated(out + (0 .. MEDSGD__LANES - 1), a + (0 .. MEDSGD__LANES - 1));
  @ requires \separated(out + (0 .. MEDSGD__LANES - 1), b + (0 .. MEDSGD__LANES - 1));
  @ requires \forall integer l; 0 <= l < MEDSGD__LANES ==>
        medsgd_number(out[l]) && medsgd_number(a[l]) && medsgd_number(b[l]);
  @ terminates \true;
  @ exits \false;
  @ assigns out[0 .. MEDSGD__LANES - 1];
  @ ensures \forall integer l; 0 <= l < MEDSGD__LANES ==> medsgd_number(out[l]);
*/
MEDSGD__INLINE void medsgd__least_1(medsgd_real *MEDSGD__RESTRICT out, const medsgd_real *MEDSGD__RESTRICT a,
                                    const medsgd_real *MEDSGD__RESTRICT b) {
  /*@ loop invariant 0 <= l <= MEDSGD__LANES;
    @ loop invariant \forall integer k; 0 <= k < MEDSGD__LANES ==> medsgd_number(out[k]);
    @ loop assigns l, out[0 .. MEDSGD__LANES - 1];
    @ loop variant MEDSGD__LANES - l; */
  for (size_t l = 0; l < MEDSGD__LANES; l++) {
    //@ assert medsgd_number(a[l]) && medsgd_number(b[l]) && medsgd_number(out[l]);
    const medsgd_real x = medsgd__max(a[l], b[l]);
    //@ assert medsgd_number(x);
    out[l] = medsgd__min(out[l], x);
    //@ assert medsgd_number(out[l]);
  }
}

/* The same with four pairs. */
/*@ requires \valid(out + (0 .. MEDSGD__LANES - 1));
  @ requires \valid_read(a0 + (0 .. MEDSGD__LANES - 1)) && \valid_read(b0 + (0 .. MEDSGD__LANES - 1));
  @ requires \valid_read(a1 + (0 .. MEDSGD__LANES - 1)) && \valid_read(b1 + (0 .. MEDSGD__LANES - 1));
  @ requires \valid_read(a2 + (0 .. MEDSGD__LANES - 1)) && \valid_read(b2 + (0 .. MEDSGD__LANES - 1));
  @ requires \valid_read(a3 + (0 .. MEDSGD__LANES - 1)) && \valid_read(b3 + (0 .. MEDSGD__LANES - 1));
  @ requires \separated(out + (0 .. MEDSGD__LANES - 1), a0 + (0 .. MEDSGD__LANES - 1));
  @ requires \separated(out + (0 .. MEDSGD__LANES - 1), b0 + (0 .. MEDSGD__LANES - 1));
  @ requires \separated(out + (0 .. MEDSGD__LANES - 1), a1 + (0 .. MEDSGD__LANES - 1));
  @ requires \separated(out + (0 .. MEDSGD__LANES - 1), b1 + (0 .. MEDSGD__LANES - 1));
  @ requires \separated(out + (0 .. MEDSGD__LANES - 1), a2 + (0 .. MEDSGD__LANES - 1));
  @ requires \separated(out + (0 .. MEDSGD__LANES - 1), b2 + (0 .. MEDSGD__LANES - 1));
  @ requires \separated(out + (0 .. MEDSGD__LANES - 1), a3 + (0 .. MEDSGD__LANES - 1));
  @ requires \separated(out + (0 .. MEDSGD__LANES - 1), b3 + (0 .. MEDSGD__LANES - 1));
  @ requires \forall integer l; 0 <= l < MEDSGD__LANES ==>
        medsgd_number(a0[l]) && medsgd_number(b0[l]) && medsgd_number(a1[l]) && medsgd_number(b1[l]) &&
        medsgd_number(a2[l]) && medsgd_number(b2[l]) && medsgd_number(a3[l]) && medsgd_number(b3[l]) &&
        medsgd_number(out[l]);
  @ terminates \true;
  @ exits \false;
  @ assigns out[0 .. MEDSGD__LANES - 1];
  @ ensures \forall integer l; 0 <= l < MEDSGD__LANES ==> medsgd_number(out[l]);
*/
MEDSGD__INLINE void medsgd__least_4(medsgd_real *MEDSGD__RESTRICT out, const medsgd_real *MEDSGD__RESTRICT a0,
                                    const medsgd_real *MEDSGD__RESTRICT b0, const medsgd_real *MEDSGD__RESTRICT a1,
                                    const medsgd_real *MEDSGD__RESTRICT b1, const medsgd_real *MEDSGD__RESTRICT a2,
                                    const medsgd_real *MEDSGD__RESTRICT b2, const medsgd_real *MEDSGD__RESTRICT a3,
                                    const medsgd_real *MEDSGD__RESTRICT b3) {
  /*@ loop invariant 0 <= l <= MEDSGD__LANES;
    @ loop invariant \forall integer k; 0 <= k < MEDSGD__LANES ==> medsgd_number(out[k]);
    @ loop assigns l, out[0 .. MEDSGD__LANES - 1];
    @ loop variant MEDSGD__LANES - l; */
  for (size_t l = 0; l < MEDSGD__LANES; l++) {
    /*@ assert medsgd_number(a0[l]) && medsgd_number(b0[l]) && medsgd_number(a1[l]) && medsgd_number(b1[l]) &&
          medsgd_number(a2[l]) && medsgd_number(b2[l]) && medsgd_number(a3[l]) && medsgd_number(b3[l]) &&
          medsgd_number(out[l]); */
    const medsgd_real v = medsgd__max(a0[l], b0[l]), w = medsgd__max(a1[l], b1[l]);
    const medsgd_real x = medsgd__max(a2[l], b2[l]), y = medsgd__max(a3[l], b3[l]);
    const medsgd_real vw = medsgd__min(v, w), xy = medsgd__min(x, y), z = medsgd__min(vw, xy);
    //@ assert medsgd_number(v) && medsgd_number(w) && medsgd_number(x) && medsgd_number(y) && medsgd_number(z);
    out[l] = medsgd__min(out[l], z);
    //@ assert medsgd_number(out[l]);
  }
}

/* Row i of the even groups of a tile (half 0) or of the odd ones (half 1), counted through. */
#define MEDSGD__HALF_ROW(half, i) ((i) / 8 * 16 + 8 * (half) + (i) % 8)

/* The row of the elements of rank k among the even groups' rows (a, `even` many) and the odd groups' (b, `odd` many),
 * both in order; in `out` where it is not a row of the tile. It is the least of max(a[i-1], b[k-i]) over all i, where
 * one of the two is left out when its index falls outside. For k+1 elements are not above such a maximum; and were k+1
 * elements below all of them, i of a and k+1-i of b, then so would be their own maximum. */
/*@ requires k < even + odd <= SIZE_MAX - 7 && odd <= even;
  @ requires odd ==
      ((even + odd + 7) / 8 % 2 != 0 ? (even + odd + 7) / 16 * 8 : even + odd - (even + odd + 7) / 16 * 8);
  @ requires \valid(out + (0 .. MEDSGD__LANES - 1)) && \valid(t + (0 .. even + odd - 1));
  @ requires \separated(out + (0 .. MEDSGD__LANES - 1), t + (0 .. even + odd - 1));
  @ requires medsgd__numbers(t, 0, even + odd);
  @ terminates \true;
  @ exits \false;
  @ assigns out[0 .. MEDSGD__LANES - 1];
  @ assigns \result \from out, t;
  @ ensures \result == out || \result == &t[k][0];
  @ ensures \forall integer l; 0 <= l < MEDSGD__LANES ==> medsgd_number(\result[l]);
*/
static MEDSGD__UNUSED medsgd_real *medsgd__ranked_row(medsgd_real *out, medsgd__row *t, size_t even, size_t odd,
                                                      size_t k) {
  const size_t end = (k < even ? k + 1 : even) + 1;
  size_t i = k < odd ? 0 : k + 1 - odd;
  //@ assert k < even ==> \forall integer l; 0 <= l < MEDSGD__LANES ==> medsgd_number(t[k][l]);
  if (odd == 0) return t[k];
  medsgd__fill_row(out, medsgd__infinity());
  /*@ loop invariant (k < odd ? 0 : k + 1 - odd) <= i <= end;
    @ loop invariant \forall integer l; 0 <= l < MEDSGD__LANES ==> medsgd_number(out[l]);
    @ loop assigns i, out[0 .. MEDSGD__LANES - 1];
    @ loop variant end - i; */
  while (i < end) {
    const size_t pairs = end - i < 4 ? 1 : 4;
    size_t a[4], b[4]; /* rows of the tile */
    /*@ loop invariant 0 <= u <= pairs && i == \at(i, LoopEntry) + u;
      @ loop invariant \forall integer v; 0 <= v < u ==> a[v] < even + odd && b[v] < even + odd;
      @ loop assigns u, i, a[0 .. 3], b[0 .. 3];
      @ loop variant pairs - u; */
    for (size_t u = 0; u < pairs; u++, i++) {
      //@ assert i > 0 ==> i - 1 < even && (i - 1) / 8 * 16 + (i - 1) % 8 < even + odd;
      //@ assert i == 0 ==> k < odd && k / 8 * 16 + 8 + k % 8 < even + odd;
      //@ assert i <= k ==> k - i < odd && (k - i) / 8 * 16 + 8 + (k - i) % 8 < even + odd;
      a[u] = i > 0 ? MEDSGD__HALF_ROW(0, i - 1) : MEDSGD__HALF_ROW(1, k);
      b[u] = i <= k ? MEDSGD__HALF_ROW(1, k - i) : a[u];
      //@ assert a[u] < even + odd && b[u] < even + odd;
    }
    if (pairs == 4) {
      //@ assert \forall integer l; 0 <= l < MEDSGD__LANES ==> medsgd_number(t[a[0]][l]) && medsgd_number(t[b[0]][l]);
      //@ assert \forall integer l; 0 <= l < MEDSGD__LANES ==> medsgd_number(t[a[1]][l]) && medsgd_number(t[b[1]][l]);
      //@ assert \forall integer l; 0 <= l < MEDSGD__LANES ==> medsgd_number(t[a[2]][l]) && medsgd_number(t[b[2]][l]);
      //@ assert \forall integer l; 0 <= l < MEDSGD__LANES ==> medsgd_number(t[a[3]][l]) && medsgd_number(t[b[3]][l]);
      medsgd__least_4(out, t[a[0]], t[b[0]], t[a[1]], t[b[1]], t[a[2]], t[b[2]], t[a[3]], t[b[3]]);
    } else {
      medsgd__least_1(out, t[a[0]], t[b[0]]);
    }
  }
  return out;
}

/* (lo + hi)/2, rounded once. A sum that overflows has no bits to lose by halving first; only (-inf) + inf is left
 * then. */
/*@ terminates \true;
  @ exits \false;
  @ assigns \nothing;
  @ ensures medsgd_number(\result);
*/
MEDSGD__INLINE medsgd_real medsgd__midpoint(medsgd_real lo, medsgd_real hi) {
  const medsgd_real half = (medsgd_real)0.5, sum = lo + hi, late = half * sum, early = half * lo + half * hi;
  const medsgd_real middle = sum - sum == 0 ? late : early;
  return middle == middle ? medsgd__plus_zero(middle) : (medsgd_real)0;
}

/*@ requires \valid(lo + (0 .. MEDSGD__LANES - 1)) && \valid_read(hi + (0 .. MEDSGD__LANES - 1));
  @ requires \separated(lo + (0 .. MEDSGD__LANES - 1), hi + (0 .. MEDSGD__LANES - 1));
  @ terminates \true;
  @ exits \false;
  @ assigns lo[0 .. MEDSGD__LANES - 1];
  @ ensures \forall integer l; 0 <= l < MEDSGD__LANES ==> medsgd_number(lo[l]);
*/
MEDSGD__INLINE void medsgd__midpoints(medsgd_real *MEDSGD__RESTRICT lo, const medsgd_real *MEDSGD__RESTRICT hi) {
  /*@ loop invariant 0 <= l <= MEDSGD__LANES;
    @ loop invariant \forall integer i; 0 <= i < l ==> medsgd_number(lo[i]);
    @ loop assigns l, lo[0 .. MEDSGD__LANES - 1];
    @ loop variant MEDSGD__LANES - l; */
  for (size_t l = 0; l < MEDSGD__LANES; l++) lo[l] = medsgd__midpoint(lo[l], hi[l]);
}

/* Lanes 0 .. n-1 of a row to the coordinates first .. first+n-1. */
/*@ requires n <= MEDSGD__LANES && first + n <= SIZE_MAX && \valid(out + (first .. first + n - 1));
  @ requires \valid_read(t + (0 .. MEDSGD__LANES - 1));
  @ requires \separated(out + (first .. first + n - 1), t + (0 .. MEDSGD__LANES - 1));
  @ requires \forall integer l; 0 <= l < MEDSGD__LANES ==> medsgd_number(t[l]);
  @ terminates \true;
  @ exits \false;
  @ assigns out[first .. first + n - 1];
  @ ensures \forall integer l; first <= l < first + n ==> medsgd_number(out[l]);
*/
MEDSGD__INLINE void medsgd__store_row(medsgd_real *MEDSGD__RESTRICT out, size_t first,
                                      const medsgd_real *MEDSGD__RESTRICT t, size_t n) {
  if (n == MEDSGD__LANES) { /* a constant number of lanes vectorizes */
    /*@ loop invariant 0 <= l <= MEDSGD__LANES;
      @ loop invariant \forall integer i; first <= i < first + l ==> medsgd_number(out[i]);
      @ loop assigns l, out[first .. first + n - 1];
      @ loop variant MEDSGD__LANES - l; */
    for (size_t l = 0; l < MEDSGD__LANES; l++) out[first + l] = medsgd__plus_zero(t[l]);
  } else {
    /*@ loop invariant 0 <= l <= n;
      @ loop invariant \forall integer i; first <= i < first + l ==> medsgd_number(out[i]);
      @ loop assigns l, out[first .. first + n - 1];
      @ loop variant n - l; */
    for (size_t l = 0; l < n; l++) out[first + l] = medsgd__plus_zero(t[l]);
  }
}

/* ---- selection in one column ---- */

/* Roughly the middle of the representable numbers between 0 < lo < hi: their geometric mean, by factors of two. */
/*@ terminates \true;
  @ exits \false;
  @ assigns \nothing;
*/
static MEDSGD__UNUSED double medsgd__middle_number(double lo, double hi) {
  /*@ loop assigns i, lo, hi;
    @ loop variant 1100 - i; */
  for (int i = 0; i < 1100 && lo < hi / 4; i++) {
    lo *= 2;
    hi /= 2;
  }
  return lo + (hi - lo) / 2;
}

/* A value v with least < v <= greatest that about halves the number of representable ones between them. A range can
 * be split by such values 40 times at most (75 times for double). */
/*@ requires medsgd_less(least, greatest);
  @ terminates \true;
  @ exits \false;
  @ assigns \nothing;
  @ ensures medsgd_less(least, \result) && !medsgd_less(greatest, \result) && medsgd_number(\result);
*/
static MEDSGD__UNUSED medsgd_real medsgd__split_value(medsgd_real least, medsgd_real greatest) {
  medsgd_real v = 0;
  if (least >= 0) {
    v = (medsgd_real)medsgd__middle_number(least > 0 ? (double)least : MEDSGD__REAL_TINY, (double)greatest);
  } else if (greatest < 0) {
    const double limit = (double)MEDSGD__REAL_MAX, size = -(double)least;
    v = -(medsgd_real)medsgd__middle_number(-(double)greatest, size < limit ? size : limit);
  }
  return least < v && v <= greatest ? v : greatest;
}

/* The one of three indices whose element is the middle one. */
/*@ requires \valid_read(a + i) && \valid_read(a + j) && \valid_read(a + k);
  @ terminates \true;
  @ exits \false;
  @ assigns \nothing;
  @ ensures \result == i || \result == j || \result == k;
*/
MEDSGD__INLINE size_t medsgd__middle_index(const medsgd_real *a, size_t i, size_t j, size_t k) {
  if (a[i] < a[j]) return a[j] < a[k] ? j : a[i] < a[k] ? k : i;
  return a[i] < a[k] ? i : a[j] < a[k] ? k : j;
}

/*@ axiomatic medsgd__order { // a definition and a lemma, no axioms
      predicate medsgd__at_most(medsgd_real x, medsgd_real y) = !medsgd_less(y, x);
      lemma medsgd__at_most_through: \forall medsgd_real x, p, y;
        medsgd_number(p) && medsgd__at_most(x, p) && medsgd__at_most(p, y) ==> medsgd__at_most(x, y);
      // x is a number, not below lo where there is one, not above hi where there is one.
      predicate medsgd__between(medsgd_real x, integer has_lo, medsgd_real lo, integer has_hi, medsgd_real hi) =
        medsgd_number(x) && (has_lo > 0 ==> medsgd__at_most(lo, x)) && (has_hi > 0 ==> medsgd__at_most(x, hi));
    } */

/* Selects among numbers: afterwards a[k] has rank k, a[0..k-1] are <= a[k] <= a[k+1..n-1]. Quickselect with three
 * parts; the pivot is the median of three elements, which an adversary can foresee, so after a round that kept more
 * than three quarters of the range it is the middle of the range's values instead. */
/*@ requires k < n && \valid(a + (0 .. n - 1));
  @ requires \forall integer i; 0 <= i < n ==> medsgd_number(a[i]);
  @ terminates \true;
  @ exits \false;
  @ assigns a[0 .. n - 1];
  @ ensures \forall integer i; 0 <= i < n ==> medsgd_number(a[i]);
  @ ensures \forall integer i; 0 <= i < k ==> medsgd__at_most(a[i], a[k]);
  @ ensures \forall integer i; k < i < n ==> medsgd__at_most(a[k], a[i]);
*/
static MEDSGD__UNUSED void medsgd__select_number(medsgd_real *a, size_t n, size_t k) {
  size_t first = 0, end = n;
  int lopsided = 0;
  /* a[..first-1] <= lo <= a[first..] and a[..end-1] <= hi <= a[end..], where there is something on both sides. */
  /*@ ghost medsgd_real lo = 0; medsgd_real hi = 0; */
  /*@ loop invariant 0 <= first <= k < end <= n;
    @ loop invariant numbers: medsgd_number(lo) && medsgd_number(hi);
    @ loop invariant inside: \forall integer q; first <= q < end ==> medsgd__between(a[q], first, lo, n - end, hi);
    @ loop invariant front: \forall integer q; 0 <= q < first ==> medsgd_number(a[q]) && medsgd__at_most(a[q], lo);
    @ loop invariant back: \forall integer q; end <= q < n ==> medsgd_number(a[q]) && medsgd__at_most(hi, a[q]);
    @ loop assigns first, end, lopsided, lo, hi, a[0 .. n - 1];
    @ loop variant end - first; */
  while (end - first > 1) {
    const size_t size = end - first;
    size_t less = first, greater = end; /* a[first..less-1] < pivot, a[less..i-1] == pivot, a[greater..end-1] > pivot */
    size_t low, high;                   /* a[low] <= pivot <= a[high]                                                 */
    medsgd_real pivot;
    if (lopsided) {
      low = first;
      high = first;
      /*@ loop invariant first <= i <= end && first <= low < end && first <= high < end;
        @ loop assigns i, low, high;
        @ loop variant end - i; */
      for (size_t i = first; i < end; i++) {
        if (a[i] < a[low]) low = i;
        if (a[high] < a[i]) high = i;
      }
      pivot = a[low] < a[high] ? medsgd__split_value(a[low], a[high]) : a[high];
      if (!(a[low] < a[high])) low = high;
    } else {
      low = medsgd__middle_index(a, first, first + size / 2, end - 1);
      high = low;
      pivot = a[low];
    }
    /*@ ghost size_t at_most = low; size_t at_least = high; // elements on both sides of the pivot */
    //@ assert first <= low < end && first <= high < end;
    //@ assert medsgd_number(pivot) && medsgd__at_most(a[low], pivot) && medsgd__at_most(pivot, a[high]);
    //@ assert above_lo: medsgd__between(a[low], first, lo, n - end, hi) && (first > 0 ==> medsgd__at_most(lo, pivot));
    //@ assert below_hi: medsgd__between(a[high], first, lo, n - end, hi) && (end < n ==> medsgd__at_most(pivot, hi));
    /*@ loop invariant first <= less <= i <= greater <= end;
      @ loop invariant inside: \forall integer q; first <= q < end ==> medsgd__between(a[q], first, lo, n - end, hi);
      @ loop invariant under: \forall integer q; first <= q < less ==> medsgd_less(a[q], pivot);
      @ loop invariant not_over: \forall integer q; first <= q < i ==> medsgd__at_most(a[q], pivot);
      @ loop invariant not_under: \forall integer q; less <= q < i ==> medsgd__at_most(pivot, a[q]);
      @ loop invariant over: \forall integer q; greater <= q < end ==> medsgd_less(pivot, a[q]);
      @ loop invariant first <= at_most < end && medsgd__at_most(a[at_most], pivot);
      @ loop invariant first <= at_least < end && medsgd__at_most(pivot, a[at_least]);
      @ loop assigns i, less, greater, at_most, at_least, a[first .. end - 1];
      @ loop variant greater - i; */
    for (size_t i = first; i < greater;) {
      const medsgd_real x = a[i];
      //@ assert medsgd__between(x, first, lo, n - end, hi);
      if (x < pivot) {
        //@ assert medsgd_less(x, pivot) && at_least != i;
        //@ assert medsgd__between(a[less], first, lo, n - end, hi);
        //@ assert less < i ==> medsgd__at_most(pivot, a[less]) && medsgd__at_most(a[less], pivot);
        a[i] = a[less];
        a[less] = x;
        //@ assert medsgd__at_most(a[i], pivot) && (less < i ==> medsgd__at_most(pivot, a[i]));
        //@ assert not_over: \forall integer q; first <= q <= i ==> medsgd__at_most(a[q], pivot);
        //@ assert not_under: \forall integer q; less < q <= i ==> medsgd__at_most(pivot, a[q]);
        //@ assert under: \forall integer q; first <= q <= less ==> medsgd_less(a[q], pivot);
        /*@ ghost if (at_most == i) at_most = less; else if (at_most == less) at_most = i; */
        /*@ ghost if (at_least == less) at_least = i; */
        //@ assert first <= at_most < end && medsgd__at_most(a[at_most], pivot);
        //@ assert first <= at_least < end && medsgd__at_most(pivot, a[at_least]);
        less++;
        i++;
      } else if (x > pivot) {
        //@ assert medsgd_less(pivot, x) && at_most != i;
        greater--;
        //@ assert medsgd__between(a[greater], first, lo, n - end, hi);
        a[i] = a[greater];
        a[greater] = x;
        //@ assert over: \forall integer q; greater <= q < end ==> medsgd_less(pivot, a[q]);
        //@ assert not_over: \forall integer q; first <= q < i ==> medsgd__at_most(a[q], pivot);
        //@ assert not_under: \forall integer q; less <= q < i ==> medsgd__at_most(pivot, a[q]);
        /*@ ghost if (at_most == greater) at_most = i; */
        /*@ ghost if (at_least == i) at_least = greater; else if (at_least == greater) at_least = i; */
        //@ assert first <= at_most < end && medsgd__at_most(a[at_most], pivot);
        //@ assert first <= at_least < end && medsgd__at_most(pivot, a[at_least]);
      } else {
        //@ assert medsgd__at_most(x, pivot) && medsgd__at_most(pivot, x);
        //@ assert not_over: \forall integer q; first <= q <= i ==> medsgd__at_most(a[q], pivot);
        //@ assert not_under: \forall integer q; less <= q <= i ==> medsgd__at_most(pivot, a[q]);
        i++;
      }
    }
    //@ assert less < end && first < greater;
    //@ assert up: \forall integer q; first <= q < greater ==> medsgd__at_most(a[q], pivot);
    //@ assert down: \forall integer q; less <= q < end ==> medsgd__at_most(pivot, a[q]);
    if (k < less) {
      //@ assert back: \forall integer q; end <= q < n ==> medsgd__at_most(pivot, a[q]);
      //@ assert numbers: \forall integer q; end <= q < n ==> medsgd_number(a[q]);
      //@ assert inside: \forall integer q; less <= q < end ==> medsgd_number(a[q]);
      end = less;
      /*@ ghost hi = pivot; */
    } else if (k >= greater) {
      //@ assert front: \forall integer q; 0 <= q < first ==> medsgd__at_most(a[q], pivot);
      //@ assert numbers: \forall integer q; 0 <= q < first ==> medsgd_number(a[q]);
      //@ assert inside: \forall integer q; first <= q < greater ==> medsgd_number(a[q]);
      first = greater;
      /*@ ghost lo = pivot; */
    } else {
      //@ assert before: \forall integer q; 0 <= q < first ==> medsgd__at_most(a[q], pivot);
      //@ assert behind: \forall integer q; end <= q < n ==> medsgd__at_most(pivot, a[q]);
      //@ assert medsgd__at_most(a[k], pivot) && medsgd__at_most(pivot, a[k]) && medsgd_number(a[k]);
      //@ assert left: \forall integer q; 0 <= q < k ==> medsgd__at_most(a[q], a[k]);
      //@ assert right: \forall integer q; k < q < n ==> medsgd__at_most(a[k], a[q]);
      return;
    }
    lopsided = end - first > size - size / 4;
  }
  //@ assert first == k && end == k + 1 && medsgd__between(a[k], first, lo, n - end, hi);
  //@ assert left: \forall integer q; 0 <= q < k ==> medsgd__at_most(a[q], a[k]);
  //@ assert right: \forall integer q; k < q < n ==> medsgd__at_most(a[k], a[q]);
}

/* Is x below +inf and NaN, the top of the documented order? */
/*@ terminates \true;
  @ exits \false;
  @ assigns \nothing;
  @ ensures \result != 0 <==> !medsgd_top(x);
*/
MEDSGD__INLINE int medsgd__below_top(medsgd_real x) { return x < medsgd__infinity(); }

/* The same for any values: NaN and +inf, which are one, go to the end first. */
/*@ requires k < n && \valid(a + (0 .. n - 1));
  @ terminates \true;
  @ exits \false;
  @ assigns a[0 .. n - 1];
  @ ensures \forall integer i; 0 <= i < k ==> !medsgd_less(a[k], a[i]);
  @ ensures \forall integer i; k < i < n ==> !medsgd_less(a[i], a[k]);
  @ ensures \forall integer i; 0 <= i < k && !medsgd_number(a[i]) ==> medsgd_top(a[k]);
*/
static MEDSGD__UNUSED void medsgd__select(medsgd_real *a, size_t n, size_t k) {
  size_t numbers = 0;
  /*@ loop invariant 0 <= numbers <= i <= n;
    @ loop invariant \forall integer q; 0 <= q < numbers ==> medsgd_number(a[q]) && !medsgd_top(a[q]);
    @ loop invariant \forall integer q; numbers <= q < i ==> medsgd_top(a[q]);
    @ loop assigns i, numbers, a[0 .. n - 1];
    @ loop variant n - i; */
  for (size_t i = 0; i < n; i++) {
    const medsgd_real x = a[i];
    if (medsgd__below_top(x)) {
      a[i] = a[numbers];
      a[numbers] = x;
      numbers++;
    }
  }
  if (k < numbers) medsgd__select_number(a, numbers, k);
}

/* ---- interface ---- */

MEDSGD_API size_t medsgd_median_work(size_t m) {
  if (m == 0 || m > SIZE_MAX / sizeof(medsgd__row) - 8) return 0;
  const size_t rows = 8 * medsgd__groups(m), tiles = medsgd__tiles(m);
  /*@ assert m <= 256 ==> rows <= 256 && tiles <= 64; */
  /*@ assert m > 256 ==> rows <= m + 7 && tiles == 1; */
  /*@ assert rows * tiles == medsgd_work_rows(m); */
  return rows * tiles * MEDSGD__LANES + MEDSGD__ALIGN / sizeof(medsgd_real) - 1;
}

/* 1 where a row pointer is null. */
/*@ requires \valid_read(rows + (0 .. m - 1));
  @ terminates \true;
  @ exits \false;
  @ assigns \nothing;
  @ ensures \result == 0 || \result == 1;
  @ ensures \result == 0 <==> \forall integer i; 0 <= i < m ==> rows[i] != \null;
*/
MEDSGD__INLINE int medsgd__null_row(const medsgd_real *const *rows, size_t m) {
  /*@ loop invariant 0 <= i <= m;
    @ loop invariant \forall integer k; 0 <= k < i ==> rows[k] != \null;
    @ loop assigns i;
    @ loop variant m - i; */
  for (size_t i = 0; i < m; i++)
    if (!rows[i]) return 1;
  return 0;
}

/* The tiles in a caller's scratch memory, which need not be aligned: they begin at its first multiple of 64 bytes, for
 * speed only. */
/*@ terminates \true;
  @ exits \false;
  @ assigns \result \from work;
  @ ensures \exists integer i; 0 <= i < MEDSGD__ALIGN / sizeof(medsgd_real) && \result == (medsgd__row *)(work + i);
*/
MEDSGD__INLINE medsgd__row *medsgd__first_tile(medsgd_real *work) {
  const size_t past = (size_t)((uintptr_t)work % MEDSGD__ALIGN);
  return (medsgd__row *)(work + (MEDSGD__ALIGN - past) % MEDSGD__ALIGN / sizeof(medsgd_real));
}

/* The medians of the first n <= 64 lanes of a tile whose groups are sorted, to out[first .. first+n-1]. */
/*@ requires 0 < m <= SIZE_MAX - 7 && n <= MEDSGD__LANES && first + n <= SIZE_MAX;
  @ requires \valid(out + (first .. first + n - 1)) && \valid(tile + (0 .. (m + 7) / 8 * 8 - 1));
  @ requires \separated(out + (first .. first + n - 1), tile + (0 .. (m + 7) / 8 * 8 - 1));
  @ requires \forall integer i, l; 0 <= i < m && 0 <= l < MEDSGD__LANES ==> medsgd_number(tile[i][l]);
  @ terminates \true;
  @ exits \false;
  @ assigns out[first .. first + n - 1], *(&tile[0][0] + (0 .. MEDSGD__LANES * ((m + 7) / 8 * 8) - 1));
  @ ensures \forall integer l; first <= l < first + n ==> medsgd_number(out[l]);
*/
MEDSGD__INLINE void medsgd__median_tile(medsgd_real *out, size_t first, medsgd__row *tile, size_t m, size_t n,
                                        medsgd_median_rule rule) {
  const size_t groups = medsgd__groups(m), half = groups / 2 * 8, odd = groups % 2 != 0 ? half : m - half;
  const size_t lower = (m - 1) / 2, upper = m / 2;
  medsgd__row space, other;
  medsgd_real *median;
  medsgd__merge_groups(tile, m, 2, 0, groups);
  median = medsgd__ranked_row(space, tile, m - odd, odd, rule == MEDSGD_MEDIAN_UPPER ? upper : lower);
  if (rule == MEDSGD_MEDIAN_MIDPOINT && lower != upper)
    medsgd__midpoints(median, medsgd__ranked_row(other, tile, m - odd, odd, upper));
  medsgd__store_row(out, first, median, n);
}

/* n <= 64 * medsgd__tiles(m) medians. */
/*@ requires m > 0 && 0 < n <= MEDSGD__LANES * medsgd_tiles(m) && first + n <= SIZE_MAX;
  @ requires medsgd_work_rows(m) <= SIZE_MAX && m <= SIZE_MAX - 7;
  @ requires \valid(out + (0 .. n - 1)) && \valid(t + (0 .. medsgd_work_rows(m) - 1));
  @ requires medsgd_rows_readable(rows, m, first + n);
  @ requires \separated(out + (0 .. n - 1), t + (0 .. medsgd_work_rows(m) - 1));
  @ requires \forall integer i; 0 <= i < m ==>
        \separated(t + (0 .. medsgd_work_rows(m) - 1), rows[i] + (0 .. first + n - 1));
  @ terminates \true;
  @ exits \false;
  @ assigns out[0 .. n - 1], *(&t[0][0] + (0 .. MEDSGD__LANES * medsgd_work_rows(m) - 1));
  @ ensures \forall integer l; 0 <= l < n ==> medsgd_number(out[l]);
*/
static MEDSGD__UNUSED void medsgd__median_tiles(medsgd_real *out, const medsgd_real *const *rows, size_t m,
                                                size_t first, size_t n, medsgd_median_rule rule, medsgd__row *t) {
  //@ assert 1 <= medsgd_tiles(m) && (m + 7) / 8 * 8 <= medsgd_work_rows(m);
  const size_t groups = medsgd__groups(m), height = 8 * groups;
  //@ assert groups == (m + 7) / 8;
  //@ assert height == (m + 7) / 8 * 8;
  //@ assert sizes: medsgd_work_rows(m) == height * medsgd_tiles(m);
  //@ assert medsgd_work_rows(m) == medsgd__tile_row(medsgd_tiles(m), height);
  medsgd__load_tiles(t, rows, m, first, n);
  /*@ loop invariant 0 <= j && j % MEDSGD__LANES == 0;
    @ loop invariant rest: \forall integer k; 0 <= k && j <= MEDSGD__LANES * k < n ==>
          medsgd__tile_numbers(t, k, height, m);
    @ loop invariant done: \forall integer l; 0 <= l < j && l < n ==> medsgd_number(out[l]);
    @ loop assigns j, out[0 .. n - 1], *(&t[0][0] + (0 .. MEDSGD__LANES * medsgd_work_rows(m) - 1));
    @ loop variant n - j; */
  for (size_t j = 0; j < n; j += MEDSGD__LANES) {
    const size_t lanes = n - j < MEDSGD__LANES ? n - j : MEDSGD__LANES, row = j / MEDSGD__LANES * height;
    //@ ghost size_t tile = j / MEDSGD__LANES;
    //@ assert 0 <= tile < medsgd_tiles(m) && MEDSGD__LANES * tile == j;
    /*@ assert fits: 0 <= medsgd__tile_row(tile, height) &&
          medsgd__tile_row(tile, height) + height <= medsgd_work_rows(m); */
    //@ assert medsgd__tile_row(tile, height) == tile * height;
    //@ assert place: row == medsgd__tile_row(tile, height);
    /*@ assert above: \forall integer k; tile < k ==>
          medsgd__tile_row(tile, height) + height <= medsgd__tile_row(k, height); */
    /*@ assert inside: \forall integer k; tile < k && MEDSGD__LANES * k < n ==>
          medsgd__tile_row(k, height) + height <= medsgd_work_rows(m); */
    //@ assert medsgd__tile_numbers(t, tile, height, m);
    //@ assert here: medsgd__numbers(t, row, row + m);
    //@ ghost Tile: ;
    medsgd__median_tile(out, j, t + row, m, lanes, rule);
    /*@ assert frame: \forall integer r, l; row + height <= r < medsgd_work_rows(m) && 0 <= l < MEDSGD__LANES &&
          medsgd_number(\at(t[\at(r, Here)][\at(l, Here)], Tile)) ==> medsgd_number(t[r][l]); */
    //@ assert earlier: \forall integer l; 0 <= l < j ==> medsgd_number(out[l]);
    /*@ assert rest: \forall integer k; tile < k && MEDSGD__LANES * k < n ==>
          medsgd__tile_numbers(t, k, height, m); */
  }
}

MEDSGD_API int medsgd_median(medsgd_real *out, const medsgd_real *const rows[], size_t m, size_t d,
                             medsgd_median_rule rule, medsgd_real *work) {
  const size_t most = MEDSGD__LANES * medsgd__tiles(m);
  if (m == 0) return MEDSGD_ERR_SIZE;
  if (d == 0) return MEDSGD_OK;
  if (medsgd_median_work(m) == 0) return MEDSGD_ERR_SIZE;
  if (!out || !rows || !work || medsgd__null_row(rows, m)) return MEDSGD_ERR_NULL;
  if (rule != MEDSGD_MEDIAN_LOWER && rule != MEDSGD_MEDIAN_UPPER && rule != MEDSGD_MEDIAN_MIDPOINT)
    return MEDSGD_ERR_PARAM;
  /*@ loop invariant 0 <= j <= d;
    @ loop invariant \forall integer i; 0 <= i < j ==> medsgd_number(out[i]);
    @ loop assigns j, n, out[0 .. d - 1], work[0 .. medsgd_work_length(m) - 1];
    @ loop variant d - j; */
  for (size_t j = 0, n; j < d; j += n) {
    n = d - j < most ? d - j : most;
    medsgd__median_tiles(out + j, rows, m, j, n, rule, medsgd__first_tile(work));
    //@ assert before: \forall integer i; 0 <= i < j ==> medsgd_number(out[i]);
    //@ ghost size_t q = 0;
    /*@ ghost
      /@ loop invariant 0 <= q <= n;
         loop invariant \forall integer i; j <= i < j + q ==> medsgd_number(out[i]);
         loop assigns q;
         loop variant n - q; @/
      while (q < n) {
        /@ assert medsgd_number(out[j + q]); @/
        q++;
      } */
  }
  return MEDSGD_OK;
}

/* 2^-64: a sum of as many multiples of it as memory can hold does not overflow. */
#define MEDSGD__DOWN 5.42101086242752217e-20
#define MEDSGD__UP 18446744073709551616.0

/* sum / count, where `sum` is one of finite values, scaled by 2^-64 because it would overflow otherwise. */
/*@ terminates \true;
  @ exits \false;
  @ assigns \nothing;
*/
MEDSGD__INLINE medsgd_real medsgd__unscaled_mean(double sum, double count) {
  const double mean = sum / count, limit = (double)MEDSGD__REAL_MAX * MEDSGD__DOWN;
  if (sum - sum == 0) return (medsgd_real)((mean > limit ? limit : mean < -limit ? -limit : mean) * MEDSGD__UP);
  return (medsgd_real)sum;
}

/* The mean of sorted values, kept within their range; 0 where it is undefined, between -inf and +inf. */
/*@ requires medsgd_number(least) && medsgd_number(greatest);
  @ terminates \true;
  @ exits \false;
  @ assigns \nothing;
  @ ensures medsgd_number(\result);
*/
MEDSGD__INLINE medsgd_real medsgd__within(medsgd_real mean, medsgd_real least, medsgd_real greatest) {
  const medsgd_real inside = medsgd__max(medsgd__min(mean, greatest), least);
  return mean == mean ? medsgd__plus_zero(inside) : (medsgd_real)0;
}

/* The mean of lane l of rows first .. end-1 where the plain sum is not finite: by infinities or an overflow on the
 * way. */
/*@ requires l < MEDSGD__LANES && first < end && \valid_read(t + (0 .. end - 1));
  @ terminates \true;
  @ exits \false;
  @ assigns \nothing;
*/
static MEDSGD__UNUSED medsgd_real medsgd__lane_mean(medsgd__row *t, size_t first, size_t end, size_t l) {
  double scaled = 0;
  /*@ loop invariant first <= i <= end;
    @ loop assigns i, scaled;
    @ loop variant end - i; */
  for (size_t i = first; i < end; i++) scaled += (double)t[i][l] * MEDSGD__DOWN;
  return medsgd__unscaled_mean(scaled, (double)(end - first));
}

/* sum = g or sum += g, lane by lane. */
/*@ requires n <= MEDSGD__LANES && \valid(sum + (0 .. MEDSGD__LANES - 1)) && \valid_read(g + (0 .. n - 1));
  @ requires \separated(sum + (0 .. MEDSGD__LANES - 1), g + (0 .. n - 1));
  @ terminates \true;
  @ exits \false;
  @ assigns sum[0 .. MEDSGD__LANES - 1];
*/
MEDSGD__INLINE void medsgd__add_row(double *MEDSGD__RESTRICT sum, const medsgd_real *MEDSGD__RESTRICT g, size_t n) {
  if (n == MEDSGD__LANES) {
    /*@ loop invariant 0 <= l <= MEDSGD__LANES;
      @ loop assigns l, sum[0 .. MEDSGD__LANES - 1];
      @ loop variant MEDSGD__LANES - l; */
    for (size_t l = 0; l < MEDSGD__LANES; l++) sum[l] += (double)g[l];
  } else {
    /*@ loop invariant 0 <= l <= n;
      @ loop assigns l, sum[0 .. MEDSGD__LANES - 1];
      @ loop variant n - l; */
    for (size_t l = 0; l < n; l++) sum[l] += (double)g[l];
  }
}

/* Divides sums by their count; 0 where one of them is not finite. */
/*@ requires \valid(sum + (0 .. MEDSGD__LANES - 1));
  @ terminates \true;
  @ exits \false;
  @ assigns sum[0 .. MEDSGD__LANES - 1];
*/
MEDSGD__INLINE int medsgd__divide_sums(double *MEDSGD__RESTRICT sum, double count) {
  int finite = 1;
  /*@ loop invariant 0 <= l <= MEDSGD__LANES;
    @ loop assigns l, finite;
    @ loop variant MEDSGD__LANES - l; */
  for (size_t l = 0; l < MEDSGD__LANES; l++) finite &= sum[l] - sum[l] == 0;
  /*@ loop invariant 0 <= l <= MEDSGD__LANES;
    @ loop assigns l, sum[0 .. MEDSGD__LANES - 1];
    @ loop variant MEDSGD__LANES - l; */
  for (size_t l = 0; l < MEDSGD__LANES; l++) sum[l] /= count;
  return finite;
}

/* The means of rows first .. end-1 of a sorted tile, into row `first`. */
/*@ requires first < end && \valid(t + (0 .. end - 1)) && medsgd__numbers(t, 0, end);
  @ terminates \true;
  @ exits \false;
  @ assigns t[first][0 .. MEDSGD__LANES - 1];
  @ ensures \forall integer l; 0 <= l < MEDSGD__LANES ==> medsgd_number(t[first][l]);
*/
MEDSGD__INLINE void medsgd__mean_of_sorted(medsgd__row *t, size_t first, size_t end) {
  double sum[MEDSGD__LANES];
  /*@ loop invariant 0 <= l <= MEDSGD__LANES;
    @ loop assigns l, sum[0 .. MEDSGD__LANES - 1];
    @ loop variant MEDSGD__LANES - l; */
  for (size_t l = 0; l < MEDSGD__LANES; l++) sum[l] = 0;
  /*@ loop invariant first <= i <= end;
    @ loop assigns i, sum[0 .. MEDSGD__LANES - 1];
    @ loop variant end - i; */
  for (size_t i = first; i < end; i++) medsgd__add_row(sum, t[i], MEDSGD__LANES);
  if (medsgd__divide_sums(sum, (double)(end - first))) {
    /*@ loop invariant 0 <= l <= MEDSGD__LANES && medsgd__numbers(t, 0, end);
      @ loop assigns l, t[first][0 .. MEDSGD__LANES - 1];
      @ loop variant MEDSGD__LANES - l; */
    for (size_t l = 0; l < MEDSGD__LANES; l++) {
      //@ assert medsgd_number(t[first][l]) && medsgd_number(t[end - 1][l]);
      t[first][l] = medsgd__within((medsgd_real)sum[l], t[first][l], t[end - 1][l]);
    }
  } else {
    /*@ loop invariant 0 <= l <= MEDSGD__LANES && medsgd__numbers(t, 0, end);
      @ loop assigns l, t[first][0 .. MEDSGD__LANES - 1];
      @ loop variant MEDSGD__LANES - l; */
    for (size_t l = 0; l < MEDSGD__LANES; l++) {
      //@ assert medsgd_number(t[first][l]) && medsgd_number(t[end - 1][l]);
      const medsgd_real mean = sum[l] - sum[l] == 0 ? (medsgd_real)sum[l] : medsgd__lane_mean(t, first, end, l);
      t[first][l] = medsgd__within(mean, t[first][l], t[end - 1][l]);
    }
  }
}

/* The trimmed means of the first n <= 64 lanes of a tile whose groups are sorted, to out[first .. first+n-1]. */
/*@ requires 0 < m <= SIZE_MAX - 7 && trim < m - trim && trim <= m && n <= MEDSGD__LANES && first + n <= SIZE_MAX;
  @ requires \valid(out + (first .. first + n - 1)) && \valid(tile + (0 .. (m + 7) / 8 * 8 - 1));
  @ requires \separated(out + (first .. first + n - 1), tile + (0 .. (m + 7) / 8 * 8 - 1));
  @ requires \forall integer i, l; 0 <= i < m && 0 <= l < MEDSGD__LANES ==> medsgd_number(tile[i][l]);
  @ terminates \true;
  @ exits \false;
  @ assigns out[first .. first + n - 1], *(&tile[0][0] + (0 .. MEDSGD__LANES * ((m + 7) / 8 * 8) - 1));
  @ ensures \forall integer l; first <= l < first + n ==> medsgd_number(out[l]);
*/
MEDSGD__INLINE void medsgd__trimmed_tile(medsgd_real *out, size_t first, medsgd__row *tile, size_t m, size_t n,
                                         size_t trim) {
  medsgd__merge_groups(tile, m, 1, trim / 8, (m - trim - 1) / 8 + 1);
  medsgd__mean_of_sorted(tile, trim, m - trim);
  medsgd__store_row(out, first, tile[trim], n);
}

/* n <= 64 * medsgd__tiles(m) trimmed means. */
/*@ requires trim < m - trim && trim <= m && 0 < n <= MEDSGD__LANES * medsgd_tiles(m);
  @ requires first + n <= SIZE_MAX && medsgd_work_rows(m) <= SIZE_MAX && m <= SIZE_MAX - 7;
  @ requires \valid(out + (0 .. n - 1)) && \valid(t + (0 .. medsgd_work_rows(m) - 1));
  @ requires medsgd_rows_readable(rows, m, first + n);
  @ requires \separated(out + (0 .. n - 1), t + (0 .. medsgd_work_rows(m) - 1));
  @ requires \forall integer i; 0 <= i < m ==>
        \separated(t + (0 .. medsgd_work_rows(m) - 1), rows[i] + (0 .. first + n - 1));
  @ terminates \true;
  @ exits \false;
  @ assigns out[0 .. n - 1], *(&t[0][0] + (0 .. MEDSGD__LANES * medsgd_work_rows(m) - 1));
  @ ensures \forall integer l; 0 <= l < n ==> medsgd_number(out[l]);
*/
static MEDSGD__UNUSED void medsgd__trimmed_tiles(medsgd_real *out, const medsgd_real *const *rows, size_t m,
                                                 size_t first, size_t n, size_t trim, medsgd__row *t) {
  //@ assert 1 <= medsgd_tiles(m) && (m + 7) / 8 * 8 <= medsgd_work_rows(m);
  const size_t groups = medsgd__groups(m), height = 8 * groups;
  //@ assert groups == (m + 7) / 8;
  //@ assert height == (m + 7) / 8 * 8;
  //@ assert sizes: medsgd_work_rows(m) == height * medsgd_tiles(m);
  //@ assert medsgd_work_rows(m) == medsgd__tile_row(medsgd_tiles(m), height);
  medsgd__load_tiles(t, rows, m, first, n);
  /*@ loop invariant 0 <= j && j % MEDSGD__LANES == 0;
    @ loop invariant rest: \forall integer k; 0 <= k && j <= MEDSGD__LANES * k < n ==>
          medsgd__tile_numbers(t, k, height, m);
    @ loop invariant done: \forall integer l; 0 <= l < j && l < n ==> medsgd_number(out[l]);
    @ loop assigns j, out[0 .. n - 1], *(&t[0][0] + (0 .. MEDSGD__LANES * medsgd_work_rows(m) - 1));
    @ loop variant n - j; */
  for (size_t j = 0; j < n; j += MEDSGD__LANES) {
    const size_t lanes = n - j < MEDSGD__LANES ? n - j : MEDSGD__LANES, row = j / MEDSGD__LANES * height;
    //@ ghost size_t tile = j / MEDSGD__LANES;
    //@ assert 0 <= tile < medsgd_tiles(m) && MEDSGD__LANES * tile == j;
    /*@ assert fits: 0 <= medsgd__tile_row(tile, height) &&
          medsgd__tile_row(tile, height) + height <= medsgd_work_rows(m); */
    //@ assert medsgd__tile_row(tile, height) == tile * height;
    //@ assert place: row == medsgd__tile_row(tile, height);
    /*@ assert above: \forall integer k; tile < k ==>
          medsgd__tile_row(tile, height) + height <= medsgd__tile_row(k, height); */
    /*@ assert inside: \forall integer k; tile < k && MEDSGD__LANES * k < n ==>
          medsgd__tile_row(k, height) + height <= medsgd_work_rows(m); */
    //@ assert medsgd__tile_numbers(t, tile, height, m);
    //@ assert here: medsgd__numbers(t, row, row + m);
    //@ ghost Tile: ;
    medsgd__trimmed_tile(out, j, t + row, m, lanes, trim);
    /*@ assert frame: \forall integer r, l; row + height <= r < medsgd_work_rows(m) && 0 <= l < MEDSGD__LANES &&
          medsgd_number(\at(t[\at(r, Here)][\at(l, Here)], Tile)) ==> medsgd_number(t[r][l]); */
    //@ assert earlier: \forall integer l; 0 <= l < j ==> medsgd_number(out[l]);
    /*@ assert rest: \forall integer k; tile < k && MEDSGD__LANES * k < n ==>
          medsgd__tile_numbers(t, k, height, m); */
  }
}

MEDSGD_API int medsgd_trimmed_mean(medsgd_real *out, const medsgd_real *const rows[], size_t m, size_t d, size_t trim,
                                   medsgd_real *work) {
  const size_t most = MEDSGD__LANES * medsgd__tiles(m);
  if (m == 0) return MEDSGD_ERR_SIZE;
  if (d == 0) return MEDSGD_OK;
  if (medsgd_median_work(m) == 0) return MEDSGD_ERR_SIZE;
  if (!out || !rows || !work || medsgd__null_row(rows, m)) return MEDSGD_ERR_NULL;
  if (trim > m || trim >= m - trim) return MEDSGD_ERR_PARAM;
  /*@ loop invariant 0 <= j <= d;
    @ loop invariant \forall integer i; 0 <= i < j ==> medsgd_number(out[i]);
    @ loop assigns j, n, out[0 .. d - 1], work[0 .. medsgd_work_length(m) - 1];
    @ loop variant d - j; */
  for (size_t j = 0, n; j < d; j += n) {
    n = d - j < most ? d - j : most;
    medsgd__trimmed_tiles(out + j, rows, m, j, n, trim, medsgd__first_tile(work));
    //@ assert before: \forall integer i; 0 <= i < j ==> medsgd_number(out[i]);
    //@ ghost size_t q = 0;
    /*@ ghost
      /@ loop invariant 0 <= q <= n;
         loop invariant \forall integer i; j <= i < j + q ==> medsgd_number(out[i]);
         loop assigns q;
         loop variant n - q; @/
      while (q < n) {
        /@ assert medsgd_number(out[j + q]); @/
        q++;
      } */
  }
  return MEDSGD_OK;
}

/* The mean of column j where the plain sum is not finite: by infinities, NaN, or an overflow on the way. */
/*@ requires \valid_read(rows + (0 .. m - 1)) && \forall integer i; 0 <= i < m ==> \valid_read(rows[i] + j);
  @ terminates \true;
  @ exits \false;
  @ assigns \nothing;
*/
static MEDSGD__UNUSED medsgd_real medsgd__column_mean(const medsgd_real *const *rows, size_t m, size_t j) {
  double scaled = 0;
  medsgd_real mean;
  /*@ loop invariant 0 <= i <= m;
    @ loop assigns i, scaled;
    @ loop variant m - i; */
  for (size_t i = 0; i < m; i++) scaled += (double)rows[i][j] * MEDSGD__DOWN;
  mean = medsgd__unscaled_mean(scaled, (double)m);
  return mean == mean ? mean : (medsgd_real)NAN; /* one NaN on all platforms */
}

/* n <= 64 means. */
/*@ requires m > 0 && 0 < n <= MEDSGD__LANES && first + n <= SIZE_MAX;
  @ requires \valid(out + (0 .. n - 1)) && medsgd_rows_readable(rows, m, first + n);
  @ terminates \true;
  @ exits \false;
  @ assigns out[0 .. n - 1];
*/
MEDSGD__INLINE void medsgd__mean_tile(medsgd_real *out, const medsgd_real *const *rows, size_t m, size_t first,
                                      size_t n) {
  double sum[MEDSGD__LANES];
  int finite;
  /*@ loop invariant 0 <= l <= MEDSGD__LANES;
    @ loop assigns l, sum[0 .. MEDSGD__LANES - 1];
    @ loop variant MEDSGD__LANES - l; */
  for (size_t l = 0; l < MEDSGD__LANES; l++) sum[l] = 0;
  /*@ loop invariant 0 <= i <= m;
    @ loop assigns i, sum[0 .. MEDSGD__LANES - 1];
    @ loop variant m - i; */
  for (size_t i = 0; i < m; i++) medsgd__add_row(sum, rows[i] + first, n);
  finite = medsgd__divide_sums(sum, (double)m);
  /*@ loop invariant 0 <= l <= n;
    @ loop assigns l, out[0 .. n - 1];
    @ loop variant n - l; */
  for (size_t l = 0; l < n; l++) out[l] = (medsgd_real)sum[l];
  if (!finite) {
    /*@ loop invariant 0 <= l <= n;
      @ loop assigns l, out[0 .. n - 1];
      @ loop variant n - l; */
    for (size_t l = 0; l < n; l++)
      if (!(sum[l] - sum[l] == 0)) out[l] = medsgd__column_mean(rows, m, first + l);
  }
}

MEDSGD_API int medsgd_mean(medsgd_real *out, const medsgd_real *const rows[], size_t m, size_t d) {
  if (m == 0) return MEDSGD_ERR_SIZE;
  if (d == 0) return MEDSGD_OK;
  if (!out || !rows || medsgd__null_row(rows, m)) return MEDSGD_ERR_NULL;
  /*@ loop invariant 0 <= j <= d;
    @ loop assigns j, n, out[0 .. d - 1];
    @ loop variant d - j; */
  for (size_t j = 0, n; j < d; j += n) {
    n = d - j < MEDSGD__LANES ? d - j : MEDSGD__LANES;
    medsgd__mean_tile(out + j, rows, m, j, n);
  }
  return MEDSGD_OK;
}

MEDSGD_API int medsgd_select(medsgd_real *a, size_t n, size_t k, medsgd_real *value) {
  if (n == 0 || k >= n) return MEDSGD_ERR_SIZE;
  if (!a || !value) return MEDSGD_ERR_NULL;
  medsgd__select(a, n, k);
  *value = medsgd__plus_zero(medsgd__number(a[k]));
  return MEDSGD_OK;
}

/* ======== noise ======== */

/* Which use the random words are for: part of the key, so that no two uses ever share a word. */
#define MEDSGD__PURPOSE_GAUSSIAN 1u
#define MEDSGD__PURPOSE_LAPLACE 2u
#define MEDSGD__PURPOSE_UNIFORM 3u
#define MEDSGD__PURPOSE_STOCHASTIC_SIGN 4u
#define MEDSGD__PURPOSE_BLOCK 5u
#define MEDSGD__PURPOSE_BLOCK_LOW 6u

/* Counter, key and state of Threefry4x32. */
typedef struct medsgd__quad {
  uint32_t a, b, c, d;
} medsgd__quad;

/*@ logic integer medsgd__rotated(integer x, integer r) = (uint32_t)(x << r) | (x >> (32 - r));

    logic medsgd__quad medsgd__mixed(medsgd__quad x, integer r0, integer r1, integer r2, integer r3) =
      \let a = (uint32_t)(x.a + x.b);
      \let b = medsgd__rotated(x.b, r0) ^ a;
      \let c = (uint32_t)(x.c + x.d);
      \let d = medsgd__rotated(x.d, r1) ^ c;
      \let e = (uint32_t)(a + d);
      \let f = (uint32_t)(c + b);
      {{{{x \with .a = (uint32_t)e} \with .b = (uint32_t)(medsgd__rotated(b, r3) ^ f)} \with .c = (uint32_t)f}
        \with .d = (uint32_t)(medsgd__rotated(d, r2) ^ e)};

    logic medsgd__quad medsgd__injected(medsgd__quad x, integer a, integer b, integer c, integer d) =
      {{{{x \with .a = (uint32_t)(x.a + a)} \with .b = (uint32_t)(x.b + b)} \with .c = (uint32_t)(x.c + c)}
        \with .d = (uint32_t)(x.d + d)};

    // Threefry4x32-20 of the counter x under the key k.
    logic medsgd__quad medsgd__enciphered(medsgd__quad x, medsgd__quad k) =
      \let e = (uint32_t)((uint32_t)((uint32_t)((uint32_t)(0x1BD11BDA ^ k.a) ^ k.b) ^ k.c) ^ k.d);
      \let x0 = medsgd__injected(x, k.a, k.b, k.c, k.d);
      \let x1 = medsgd__mixed(medsgd__mixed(x0, 10, 26, 11, 21), 13, 27, 23, 5);
      \let x2 = medsgd__injected(x1, k.b, k.c, k.d, (uint32_t)(e + 1));
      \let x3 = medsgd__mixed(medsgd__mixed(x2, 6, 20, 17, 11), 25, 10, 18, 20);
      \let x4 = medsgd__injected(x3, k.c, k.d, e, (uint32_t)(k.a + 2));
      \let x5 = medsgd__mixed(medsgd__mixed(x4, 10, 26, 11, 21), 13, 27, 23, 5);
      \let x6 = medsgd__injected(x5, k.d, e, k.a, (uint32_t)(k.b + 3));
      \let x7 = medsgd__mixed(medsgd__mixed(x6, 6, 20, 17, 11), 25, 10, 18, 20);
      \let x8 = medsgd__injected(x7, e, k.a, k.b, (uint32_t)(k.c + 4));
      \let x9 = medsgd__mixed(medsgd__mixed(x8, 10, 26, 11, 21), 13, 27, 23, 5);
      medsgd__injected(x9, k.a, k.b, k.c, (uint32_t)(k.d + 5));

    // a, b, c, d are the cipher of (first + lane, worker, round) under the key (seed, purpose, 0): a function of these.
    predicate medsgd__is_cipher(integer a, integer b, integer c, integer d, integer first, integer lane,
                                integer purpose, medsgd_stream stream) =
      \exists medsgd__quad x, k;
        x.a == (first + lane) % 0x100000000 && x.b == (first + lane) / 0x100000000 &&
        x.c == stream.worker && x.d == stream.round &&
        k.a == stream.seed % 0x100000000 && k.b == stream.seed / 0x100000000 && k.c == purpose && k.d == 0 &&
        a == medsgd__enciphered(x, k).a && b == medsgd__enciphered(x, k).b && c == medsgd__enciphered(x, k).c &&
        d == medsgd__enciphered(x, k).d;

    // The four words of lane l.
    predicate medsgd__is_lane{L}(uint32_t *w, integer l, integer first, integer purpose, medsgd_stream stream) =
      medsgd__is_cipher(\at(w[l], L), \at(w[16 + l], L), \at(w[32 + l], L), \at(w[48 + l], L), first, l, purpose,
                        stream); */

/*@ requires 1 <= r <= 31;
    terminates \true;
    assigns \nothing;
    exits \false;
    ensures \result == medsgd__rotated(x, r); */
MEDSGD__INLINE uint32_t medsgd__rotate(uint32_t x, unsigned r) { return (x << r) | (x >> (32u - r)); }

/* Two rounds with the rotations r0..r3: mix (a,b) and (c,d), then (a,d) and (c,b). */
/*@ requires 1 <= r0 <= 31 && 1 <= r1 <= 31 && 1 <= r2 <= 31 && 1 <= r3 <= 31;
    terminates \true;
    assigns \nothing;
    exits \false;
    ensures \result == medsgd__mixed(x, r0, r1, r2, r3); */
MEDSGD__INLINE medsgd__quad medsgd__threefry_rounds(medsgd__quad x, unsigned r0, unsigned r1, unsigned r2,
                                                    unsigned r3) {
  x.a += x.b;
  x.b = medsgd__rotate(x.b, r0) ^ x.a;
  x.c += x.d;
  x.d = medsgd__rotate(x.d, r1) ^ x.c;
  x.a += x.d;
  x.d = medsgd__rotate(x.d, r2) ^ x.a;
  x.c += x.b;
  x.b = medsgd__rotate(x.b, r3) ^ x.c;
  return x;
}

/* The key goes in before the first and after every fourth round, turned by one word each time and numbered. */
/*@ terminates \true;
    assigns \nothing;
    exits \false;
    ensures \result == medsgd__injected(x, a, b, c, d); */
MEDSGD__INLINE medsgd__quad medsgd__threefry_inject(medsgd__quad x, uint32_t a, uint32_t b, uint32_t c, uint32_t d) {
  x.a += a;
  x.b += b;
  x.c += c;
  x.d += d;
  return x;
}

/* Threefry4x32-20 (Salmon et al. 2011): 20 rounds, rotations and parity constant of Random123. */
/*@ terminates \true;
    assigns \nothing;
    exits \false;
    ensures \result == medsgd__enciphered(x, k); */
MEDSGD__INLINE medsgd__quad medsgd__threefry(medsgd__quad x, medsgd__quad k) {
  const uint32_t e = 0x1BD11BDAu ^ k.a ^ k.b ^ k.c ^ k.d;
  x = medsgd__threefry_inject(x, k.a, k.b, k.c, k.d);
  x = medsgd__threefry_rounds(x, 10, 26, 11, 21);
  x = medsgd__threefry_rounds(x, 13, 27, 23, 5);
  x = medsgd__threefry_inject(x, k.b, k.c, k.d, e + 1u);
  x = medsgd__threefry_rounds(x, 6, 20, 17, 11);
  x = medsgd__threefry_rounds(x, 25, 10, 18, 20);
  x = medsgd__threefry_inject(x, k.c, k.d, e, k.a + 2u);
  x = medsgd__threefry_rounds(x, 10, 26, 11, 21);
  x = medsgd__threefry_rounds(x, 13, 27, 23, 5);
  x = medsgd__threefry_inject(x, k.d, e, k.a, k.b + 3u);
  x = medsgd__threefry_rounds(x, 6, 20, 17, 11);
  x = medsgd__threefry_rounds(x, 25, 10, 18, 20);
  x = medsgd__threefry_inject(x, e, k.a, k.b, k.c + 4u);
  x = medsgd__threefry_rounds(x, 10, 26, 11, 21);
  x = medsgd__threefry_rounds(x, 13, 27, 23, 5);
  return medsgd__threefry_inject(x, k.a, k.b, k.c, k.d + 5u);
}

/* The 64 words of the positions 64*group .. 64*group+63, word of position p at w[p % 64]. Lane l = 0..15 encrypts the
 * counter (16*group + l, worker, round) under the key (seed, purpose, 0); its output word q is that of position
 * 64*group + 16*q + l. */
/*@ requires \valid(w + (0 .. 63)) && group < 0x400000000000000;
    terminates \true;
    assigns w[0 .. 63];
    exits \false;
    ensures \forall integer l; 0 <= l < 16 ==> medsgd__is_lane(w, l, 16 * group, purpose, stream); */
MEDSGD__INLINE void medsgd__random_words(uint32_t *MEDSGD__RESTRICT w, uint64_t group, uint32_t purpose,
                                         medsgd_stream stream) {
  const uint64_t counter = group * 16u;
  const uint32_t low = (uint32_t)(counter % 0x100000000u), high = (uint32_t)(counter / 0x100000000u);
  medsgd__quad key;
  /*@ assert counter == 16 * group; */
  key.a = (uint32_t)(stream.seed % 0x100000000u);
  key.b = (uint32_t)(stream.seed / 0x100000000u);
  key.c = purpose;
  key.d = 0;
  /*@ loop invariant 0 <= l <= 16;
      loop invariant \forall integer i; 0 <= i < l ==> medsgd__is_lane(w, i, counter, purpose, stream);
      loop assigns l, w[0 .. 63];
      loop variant 16 - l; */
  for (uint32_t l = 0; l < 16; l++) {
    medsgd__quad x;
    x.a = low + l; /* no carry: counter is a multiple of 16 */
    x.b = high;
    x.c = stream.worker;
    x.d = stream.round;
    /*@ assert x.a == (counter + l) % 0x100000000 && x.b == (counter + l) / 0x100000000; */
    x = medsgd__threefry(x, key);
    /*@ assert medsgd__is_cipher(x.a, x.b, x.c, x.d, counter, l, purpose, stream); */
    w[l] = x.a;
    w[16 + l] = x.b;
    w[32 + l] = x.c;
    w[48 + l] = x.d;
    /*@ assert w[l] == x.a; */
    /*@ assert w[16 + l] == x.b; */
    /*@ assert w[32 + l] == x.c; */
    /*@ assert w[48 + l] == x.d; */
    /*@ assert medsgd__is_lane(w, l, counter, purpose, stream); */
    /*@ assert \forall integer i; 0 <= i < l ==>
          w[i] == \at(w[i], LoopCurrent) && w[16 + i] == \at(w[16 + i], LoopCurrent) &&
          w[32 + i] == \at(w[32 + i], LoopCurrent) && w[48 + i] == \at(w[48 + i], LoopCurrent); */
    /*@ assert \forall integer i; 0 <= i < l ==> medsgd__is_lane(w, i, counter, purpose, stream); */
  }
}

/* Natural logarithm of a finite x > 0 (subnormal or not), relative error below 1e-15. x = m * 2^e with m in [sqrt(1/2),
 * sqrt(2)) by a ladder of exact multiplications; then log(m) = 2 artanh(f), f = (m-1)/(m+1), by its series, |f| <
 * 0.172. */
/*@ terminates \true;
    assigns \nothing;
    exits \false; */
MEDSGD__INLINE double medsgd__log(double x) {
  static const double below[9] = {8.636168555094445e-78, 2.938735877055719e-39, 5.421010862427522e-20,
                                  2.3283064365386963e-10,
                                  1.52587890625e-05,     0.00390625,            0.0625,                0.25, 0.5};
  static const double large[9] = {1.157920892373162e+77, 3.402823669209385e+38, 1.8446744073709552e+19, 4294967296.0,
                                  65536.0,
                                  256.0,                 16.0,                  4.0,                    2.0};
  static const double shift[9] = {256.0, 128.0, 64.0, 32.0, 16.0, 8.0, 4.0, 2.0, 1.0};
  double m = x, e = 0.0;
  if (m >= 1.0) { /* down by 2^512, twice if need be: now m < 1 */
    m *= 7.458340731200207e-155;
    e += 512.0;
  }
  if (m >= 1.0) {
    m *= 7.458340731200207e-155;
    e += 512.0;
  }
  if (m < 7.458340731200207e-155) { /* up by 2^512, twice for the subnormal: now m >= 2^-512, still below 1 */
    m *= 1.3407807929942597e+154;
    e -= 512.0;
  }
  if (m < 7.458340731200207e-155) {
    m *= 1.3407807929942597e+154;
    e -= 512.0;
  }
  /*@ loop invariant 0 <= i <= 9;
      loop assigns i, m, e;
      loop variant 9 - i; */
  for (int i = 0; i < 9; i++) { /* up by 2^256, ..., 2^1: in the end m >= 1/2 */
    if (m < below[i]) {
      m *= large[i];
      e -= shift[i];
    }
  }
  if (m < 0.70710678118654752) {
    m *= 2.0;
    e -= 1.0;
  }
  const double f = (m - 1.0) / (m + 1.0), s = f * f;
  double p = 1.0 / 23.0;
  p = p * s + 1.0 / 21.0;
  p = p * s + 1.0 / 19.0;
  p = p * s + 1.0 / 17.0;
  p = p * s + 1.0 / 15.0;
  p = p * s + 1.0 / 13.0;
  p = p * s + 1.0 / 11.0;
  p = p * s + 1.0 / 9.0;
  p = p * s + 1.0 / 7.0;
  p = p * s + 1.0 / 5.0;
  p = p * s + 1.0 / 3.0;
  /* log(2) in two parts, the first of 32 bits, so that e times it is exact */
  return e * 0.693147180369123816490 + (2.0 * f + (2.0 * f * s * p + e * 1.90821492927058770002e-10));
}

/* The low 31 bits n of a word as the middle of one of 2^31 equal parts of (0,1): p = (n + 1/2)/2^31, and, from the
 * other end and as exactly, z = 1 - p. The top bit is the sign. */
/*@ terminates \true;
    assigns \nothing;
    exits \false; */
MEDSGD__INLINE float medsgd__uniform(uint32_t w) {
  return ((float)(int32_t)(w & 0x7FFFFFFFu) + 0.5f) * 4.6566128730773926e-10f;
}
/*@ terminates \true;
    assigns \nothing;
    exits \false; */
MEDSGD__INLINE float medsgd__uniform_rest(uint32_t w) {
  return ((float)(int32_t)(0x7FFFFFFFu - (w & 0x7FFFFFFFu)) + 0.5f) * 4.6566128730773926e-10f;
}
/*@ terminates \true;
    assigns \nothing;
    exits \false; */
MEDSGD__INLINE float medsgd__with_sign(float x, uint32_t w) { return (w & 0x80000000u) != 0 ? -x : x; }

/* The Gaussian and the Laplace variate invert P(|xi| > x) = p. One rational function serves p >= 2^-8 in all 64 lanes
 * at once; the few lanes below are mended afterwards, one by one, through the logarithm. */
#define MEDSGD__TAIL 0x00800000u /* p < 2^-8 as a bound on n */

/*@ requires \valid_read(w + (0 .. 63));
    terminates \true;
    assigns \nothing;
    exits \false; */
MEDSGD__INLINE int medsgd__any_tail64(const uint32_t *MEDSGD__RESTRICT w) {
  uint32_t any = 0;
  /*@ loop invariant 0 <= i <= 64;
      loop assigns i, any;
      loop variant 64 - i; */
  for (int i = 0; i < 64; i++) any |= (w[i] & 0x7FFFFFFFu) - MEDSGD__TAIL; /* top bit: n below the bound */
  return (any & 0x80000000u) != 0;
}

/* -log(y) for y in [2^-32, 1/2], relative error 3e-7: a ladder of exact multiplications brings y to [1/2, 1], where a
 * minimax polynomial in 1 - y does the rest. */
/*@ terminates \true;
    assigns \nothing;
    exits \false; */
MEDSGD__INLINE float medsgd__minus_log(float y) {
  float e = 0.0f, p = 1.1849314f;
  if (y < 1.52587890625e-05f) {
    y *= 65536.0f;
    e += 16.0f;
  }
  if (y < 0.00390625f) {
    y *= 256.0f;
    e += 8.0f;
  }
  if (y < 0.0625f) {
    y *= 16.0f;
    e += 4.0f;
  }
  if (y < 0.25f) {
    y *= 4.0f;
    e += 2.0f;
  }
  if (y < 0.5f) {
    y *= 2.0f;
    e += 1.0f;
  }
  const float u = 1.0f - y;
  p = p * u - 1.08153999f;
  p = p * u + 0.785430908f;
  p = p * u + 0.0380181074f;
  p = p * u + 0.272250533f;
  p = p * u + 0.331862628f;
  p = p * u + 0.500036538f;
  p = p * u + 0.999999881f;
  return e * 0.693147182f + p * u;
}

/* Gaussian. In z = 1 - p and y = 1 - z^2 = p(1 + z), x/z is a smooth function of y: minimax of degree 6/5, relative
 * error 4e-7. */
/*@ requires \valid(xi + (0 .. 63)) && \valid_read(w + (0 .. 63)) && \separated(xi + (0 .. 63), w + (0 .. 63));
    terminates \true;
    assigns xi[0 .. 63];
    exits \false; */
MEDSGD__INLINE void medsgd__gaussian_centre64(float *MEDSGD__RESTRICT xi, const uint32_t *MEDSGD__RESTRICT w) {
  /*@ loop invariant 0 <= i <= 64;
      loop assigns i, xi[0 .. 63];
      loop variant 64 - i; */
  for (int i = 0; i < 64; i++) {
    const float z = medsgd__uniform_rest(w[i]), y = medsgd__uniform(w[i]) * (1.0f + z);
    float a = -37138.4648f, b = 1081695.75f;
    a = a * y + 754479.875f;
    b = b * y + 1804238.0f;
    a = a * y + 2485116.5f;
    b = b * y + 537983.0f;
    a = a * y + 1044132.12f;
    b = b * y + 36204.6328f;
    a = a * y + 89124.7344f;
    b = b * y + 516.278809f;
    a = a * y + 1547.3385f;
    b = b * y + 1.0f;
    a = a * y + 3.70589519f;
    xi[i] = medsgd__with_sign(z * a / b, w[i]);
  }
}

/* Its tail, p < 2^-8: in v = -log(p), minimax of degree 3/3, relative error 2e-7. */
/*@ terminates \true;
    assigns \nothing;
    exits \false; */
MEDSGD__INLINE float medsgd__gaussian_tail(float p) {
  const float v = medsgd__minus_log(p);
  const float a = ((0.00287733693f * v + 0.163875386f) * v + 1.01843381f) * v + 0.127447069f;
  const float b = ((8.43950183e-05f * v + 0.0209379867f) * v + 0.407431751f) * v + 1.0f;
  return a / b;
}

/*@ requires \valid(xi + (0 .. 63)) && \valid_read(w + (0 .. 63)) && \separated(xi + (0 .. 63), w + (0 .. 63));
    terminates \true;
    assigns xi[0 .. 63];
    exits \false; */
MEDSGD__INLINE void medsgd__gaussian64(float *MEDSGD__RESTRICT xi, const uint32_t *MEDSGD__RESTRICT w) {
  medsgd__gaussian_centre64(xi, w);
  if (!medsgd__any_tail64(w)) return;
  /*@ loop invariant 0 <= i <= 64;
      loop assigns i, xi[0 .. 63];
      loop variant 64 - i; */
  for (int i = 0; i < 64; i++) {
    if ((w[i] & 0x7FFFFFFFu) < MEDSGD__TAIL)
      xi[i] = medsgd__with_sign(medsgd__gaussian_tail(medsgd__uniform(w[i])), w[i]);
  }
}

/* Laplace of scale 1/sqrt(2), x = -log(p)/sqrt(2). In the middle -log(p)/z as a function of p: minimax of degree 6/6,
 * relative error 6e-7. */
/*@ requires \valid(xi + (0 .. 63)) && \valid_read(w + (0 .. 63)) && \separated(xi + (0 .. 63), w + (0 .. 63));
    terminates \true;
    assigns xi[0 .. 63];
    exits \false; */
MEDSGD__INLINE void medsgd__laplace_centre64(float *MEDSGD__RESTRICT xi, const uint32_t *MEDSGD__RESTRICT w) {
  /*@ loop invariant 0 <= i <= 64;
      loop assigns i, xi[0 .. 63];
      loop variant 64 - i; */
  for (int i = 0; i < 64; i++) {
    const float p = medsgd__uniform(w[i]), z = 0.707106781f * medsgd__uniform_rest(w[i]);
    float a = 4852035.5f, b = 43210968.0f;
    a = a * p + 95323600.0f;
    b = b * p + 114126976.0f;
    a = a * p + 98598952.0f;
    b = b * p + 54392308.0f;
    a = a * p + 18624596.0f;
    b = b * p + 6273049.5f;
    a = a * p + 779979.5f;
    b = b * p + 181448.844f;
    a = a * p + 6854.54248f;
    b = b * p + 1157.23645f;
    a = a * p + 8.48731804f;
    b = b * p + 1.0f;
    xi[i] = medsgd__with_sign(z * a / b, w[i]);
  }
}

/*@ requires \valid(xi + (0 .. 63)) && \valid_read(w + (0 .. 63)) && \separated(xi + (0 .. 63), w + (0 .. 63));
    terminates \true;
    assigns xi[0 .. 63];
    exits \false; */
MEDSGD__INLINE void medsgd__laplace64(float *MEDSGD__RESTRICT xi, const uint32_t *MEDSGD__RESTRICT w) {
  medsgd__laplace_centre64(xi, w);
  if (!medsgd__any_tail64(w)) return;
  /*@ loop invariant 0 <= i <= 64;
      loop assigns i, xi[0 .. 63];
      loop variant 64 - i; */
  for (int i = 0; i < 64; i++) {
    if ((w[i] & 0x7FFFFFFFu) < MEDSGD__TAIL)
      xi[i] = medsgd__with_sign(0.707106781f * medsgd__minus_log(medsgd__uniform(w[i])), w[i]);
  }
}

/* Uniform on [-sqrt(3), sqrt(3)]. */
/*@ requires \valid(xi + (0 .. 63)) && \valid_read(w + (0 .. 63)) && \separated(xi + (0 .. 63), w + (0 .. 63));
    terminates \true;
    assigns xi[0 .. 63];
    exits \false; */
MEDSGD__INLINE void medsgd__uniform64(float *MEDSGD__RESTRICT xi, const uint32_t *MEDSGD__RESTRICT w) {
  /*@ loop invariant 0 <= i <= 64;
      loop assigns i, xi[0 .. 63];
      loop variant 64 - i; */
  for (int i = 0; i < 64; i++) xi[i] = medsgd__with_sign(1.73205081f * medsgd__uniform(w[i]), w[i]);
}

/* The unit variates of the positions 64*group .. 64*group+63. */
/*@ requires \valid(xi + (0 .. 63)) && group < 0x400000000000000;
    terminates \true;
    assigns xi[0 .. 63];
    exits \false; */
MEDSGD__INLINE void medsgd__unit_noise64(float *MEDSGD__RESTRICT xi, medsgd_noise kind, uint64_t group,
                                         medsgd_stream stream) {
  uint32_t w[64];
  if (kind == MEDSGD_GAUSSIAN) {
    medsgd__random_words(w, group, MEDSGD__PURPOSE_GAUSSIAN, stream);
    medsgd__gaussian64(xi, w);
  } else if (kind == MEDSGD_LAPLACE) {
    medsgd__random_words(w, group, MEDSGD__PURPOSE_LAPLACE, stream);
    medsgd__laplace64(xi, w);
  } else {
    medsgd__random_words(w, group, MEDSGD__PURPOSE_UNIFORM, stream);
    medsgd__uniform64(xi, w);
  }
}

/* g += b * xi */
/*@ requires \valid(g + (0 .. 63)) && \valid_read(xi + (0 .. 63)) && \separated(g + (0 .. 63), xi + (0 .. 63));
    terminates \true;
    assigns g[0 .. 63];
    exits \false; */
MEDSGD__INLINE void medsgd__add_noise64(medsgd_real *MEDSGD__RESTRICT g, const float *MEDSGD__RESTRICT xi,
                                        medsgd_real b) {
  /*@ loop invariant 0 <= i <= 64;
      loop assigns i, g[0 .. 63];
      loop variant 64 - i; */
  for (int i = 0; i < 64; i++) g[i] = g[i] + b * (medsgd_real)xi[i];
}

MEDSGD_API int medsgd_perturb(medsgd_real *g, size_t d, medsgd_real b, medsgd_noise kind, medsgd_stream stream,
                              uint64_t first) {
  if (d == 0) return MEDSGD_OK;
  if (!g) return MEDSGD_ERR_NULL;
  if (!(b >= 0 && b <= (medsgd_real)MEDSGD__REAL_MAX)) return MEDSGD_ERR_PARAM;
  if (kind != MEDSGD_GAUSSIAN && kind != MEDSGD_LAPLACE && kind != MEDSGD_UNIFORM) return MEDSGD_ERR_PARAM;
  uint64_t group = first / 64u;
  size_t offset = (size_t)(first % 64u);
  /*@ loop invariant 0 <= j <= d && 0 <= offset < 64 && group < 0x400000000000000;
      loop invariant j < d ==> 64 * group + offset == (first + j) % 0x10000000000000000;
      loop assigns j, offset, group, g[0 .. d - 1];
      loop variant d - j; */
  for (size_t j = 0; j < d;) {
    float xi[64];
    const size_t n = d - j < 64 - offset ? d - j : 64 - offset;
    medsgd__unit_noise64(xi, kind, group, stream);
    if (n == 64) {
      medsgd__add_noise64(g + j, xi, b);
    } else {
      /*@ loop invariant 0 <= i <= n;
          loop assigns i, g[j .. j + n - 1];
          loop variant n - i; */
      for (size_t i = 0; i < n; i++) g[j + i] = g[j + i] + b * (medsgd_real)xi[offset + i];
    }
    j += n;
    offset = 0;
    group = (group + 1u) % 0x400000000000000u; /* positions count modulo 2^64 */
  }
  return MEDSGD_OK;
}

/* The largest of the lanes' values and of |g[i]|; a comparison with NaN is false and keeps the lane. */
/*@ requires \valid(lane + (0 .. 31)) && \valid_read(g + (0 .. 31)) && \separated(lane + (0 .. 31), g + (0 .. 31));
    requires \forall integer l; 0 <= l < 32 ==> medsgd__is_nonnegative(lane[l]);
    terminates \true;
    assigns lane[0 .. 31];
    exits \false;
    ensures \forall integer l; 0 <= l < 32 ==> medsgd__is_nonnegative(lane[l]); */
MEDSGD__INLINE void medsgd__absmax32(medsgd_real *MEDSGD__RESTRICT lane, const medsgd_real *MEDSGD__RESTRICT g) {
  /*@ loop invariant 0 <= l <= 32;
      loop invariant \forall integer i; 0 <= i < 32 ==> medsgd__is_nonnegative(lane[i]);
      loop assigns l, lane[0 .. 31];
      loop variant 32 - l; */
  for (int l = 0; l < 32; l++) {
    const medsgd_real x = g[l], y = -g[l];
    const medsgd_real t = x > lane[l] ? x : lane[l];
    lane[l] = y > t ? y : t;
  }
}

MEDSGD_API medsgd_real medsgd_absmax(const medsgd_real *g, size_t d) {
  medsgd_real lane[32], tail[32], largest = 0;
  if (!g) return 0;
  /*@ loop invariant 0 <= l <= 32;
      loop invariant \forall integer i; 0 <= i < l ==> medsgd__is_nonnegative(lane[i]);
      loop assigns l, lane[0 .. 31];
      loop variant 32 - l; */
  for (int l = 0; l < 32; l++) lane[l] = 0;
  size_t j = 0;
  /*@ loop invariant 0 <= j <= d;
      loop invariant \forall integer i; 0 <= i < 32 ==> medsgd__is_nonnegative(lane[i]);
      loop assigns j, lane[0 .. 31];
      loop variant d - j; */
  for (; d - j >= 32; j += 32) medsgd__absmax32(lane, g + j);
  /*@ loop invariant 0 <= l <= 32;
      loop assigns l, tail[0 .. 31];
      loop variant 32 - l; */
  for (size_t l = 0; l < 32; l++) tail[l] = l < d - j ? g[j + l] : 0;
  medsgd__absmax32(lane, tail);
  /*@ loop invariant 0 <= l <= 32 && medsgd__is_nonnegative(largest);
      loop assigns l, largest;
      loop variant 32 - l; */
  for (int l = 0; l < 32; l++) largest = lane[l] > largest ? lane[l] : largest;
  return largest;
}

/* ======== stochastic sign and momentum ======== */

/*@ predicate medsgd__is_sum(double x) = \is_NaN(x) || \ge_double(x, (double)0.0); */

/* 0/0, the answer where there is none. */
/*@ terminates \true;
    assigns \nothing;
    exits \false;
    ensures \is_NaN(\result); */
MEDSGD__INLINE double medsgd__nan(void) {
  const double zero = 0.0;
  return zero / zero;
}

/* The sum of 32 lanes as a binary tree. */
/*@ requires \valid_read(lane + (0 .. 31));
    terminates \true;
    assigns \nothing;
    exits \false;
    ensures (\forall integer l; 0 <= l < 32 ==> medsgd__is_sum(lane[l])) ==> medsgd__is_sum(\result); */
MEDSGD__INLINE double medsgd__sum_lanes(const double *lane) {
  double a[16];
  /*@ loop invariant 0 <= l <= 16;
      loop invariant (\forall integer i; 0 <= i < 32 ==> medsgd__is_sum(lane[i])) ==>
        \forall integer i; 0 <= i < l ==> medsgd__is_sum(a[i]);
      loop assigns l, a[0 .. 15];
      loop variant 16 - l; */
  for (int l = 0; l < 16; l++) a[l] = lane[l] + lane[16 + l];
  /*@ loop invariant 0 <= l <= 8;
      loop invariant (\forall integer i; 0 <= i < 32 ==> medsgd__is_sum(lane[i])) ==>
        \forall integer i; 0 <= i < 16 ==> medsgd__is_sum(a[i]);
      loop assigns l, a[0 .. 15];
      loop variant 8 - l; */
  for (int l = 0; l < 8; l++) a[l] = a[l] + a[8 + l];
  /*@ loop invariant 0 <= l <= 4;
      loop invariant (\forall integer i; 0 <= i < 32 ==> medsgd__is_sum(lane[i])) ==>
        \forall integer i; 0 <= i < 16 ==> medsgd__is_sum(a[i]);
      loop assigns l, a[0 .. 15];
      loop variant 4 - l; */
  for (int l = 0; l < 4; l++) a[l] = a[l] + a[4 + l];
  return (a[0] + a[2]) + (a[1] + a[3]);
}

/*@ requires medsgd__is_sum(sum);
    terminates \true;
    assigns \nothing;
    exits \false;
    ensures medsgd__is_sum(\result); */
MEDSGD__INLINE double medsgd__plus_square(double sum, double x) { return sum + x * x; }

/* The sum of four squares. */
/*@ terminates \true;
    assigns \nothing;
    exits \false;
    ensures medsgd__is_sum(\result); */
MEDSGD__INLINE double medsgd__squares4(double x, double y, double z, double w) {
  return (x * x + y * y) + (z * z + w * w);
}

/* lane[l] += the sum of (scale * g[i])^2 over the values of a block of 512 that have i % 32 = l, eight in a step: gcc
 * keeps the lanes in memory, and would wait for them in each. */
/*@ requires \valid(lane + (0 .. 31)) && \valid_read(g + (0 .. 511)) && \separated(lane + (0 .. 31), g + (0 .. 511));
    requires \forall integer l; 0 <= l < 32 ==> medsgd__is_sum(lane[l]);
    terminates \true;
    assigns lane[0 .. 31];
    exits \false;
    ensures \forall integer l; 0 <= l < 32 ==> medsgd__is_sum(lane[l]); */
MEDSGD__INLINE void medsgd__squares512(double *MEDSGD__RESTRICT lane, const medsgd_real *MEDSGD__RESTRICT g,
                                       double scale) {
  /*@ loop invariant 0 <= i <= 512 && i % 256 == 0;
      loop invariant \forall integer k; 0 <= k < 32 ==> medsgd__is_sum(lane[k]);
      loop assigns i, lane[0 .. 31];
      loop variant 512 - i; */
  for (int i = 0; i < 512; i += 256) {
    /*@ loop invariant 0 <= l <= 32;
        loop invariant \forall integer k; 0 <= k < 32 ==> medsgd__is_sum(lane[k]);
        loop assigns l, lane[0 .. 31];
        loop variant 32 - l; */
    for (int l = 0; l < 32; l++) {
      const double low = medsgd__squares4((double)g[i + l] * scale, (double)g[i + l + 32] * scale,
                                          (double)g[i + l + 64] * scale, (double)g[i + l + 96] * scale);
      const double high = medsgd__squares4((double)g[i + l + 128] * scale, (double)g[i + l + 160] * scale,
                                           (double)g[i + l + 192] * scale, (double)g[i + l + 224] * scale);
      lane[l] = lane[l] + (low + high);
    }
  }
}

/*@ requires \valid_read(g + (0 .. 511));
    terminates \true;
    assigns \nothing;
    exits \false;
    ensures medsgd__is_sum(\result); */
MEDSGD__INLINE double medsgd__magnitudes512(const medsgd_real *MEDSGD__RESTRICT g) {
  double lane[32];
  /*@ loop invariant 0 <= l <= 32;
      loop invariant \forall integer i; 0 <= i < l ==> medsgd__is_sum(lane[i]);
      loop assigns l, lane[0 .. 31];
      loop variant 32 - l; */
  for (int l = 0; l < 32; l++) lane[l] = 0.0;
  /*@ loop invariant 0 <= i <= 512 && i % 32 == 0;
      loop invariant \forall integer k; 0 <= k < 32 ==> medsgd__is_sum(lane[k]);
      loop assigns i, lane[0 .. 31];
      loop variant 512 - i; */
  for (int i = 0; i < 512; i += 32) {
    /*@ loop invariant 0 <= l <= 32;
        loop invariant \forall integer k; 0 <= k < 32 ==> medsgd__is_sum(lane[k]);
        loop assigns l, lane[0 .. 31];
        loop variant 32 - l; */
    for (int l = 0; l < 32; l++) lane[l] = lane[l] + fabs((double)g[i + l]);
  }
  return medsgd__sum_lanes(lane);
}

/* The last, incomplete block, filled up with zeros. */
/*@ requires n <= 512 && \valid(block + (0 .. 511)) && \valid_read(g + (0 .. n - 1)) &&
      \separated(block + (0 .. 511), g + (0 .. n - 1));
    terminates \true;
    assigns block[0 .. 511];
    exits \false; */
MEDSGD__INLINE void medsgd__pad512(medsgd_real *MEDSGD__RESTRICT block, const medsgd_real *MEDSGD__RESTRICT g,
                                   size_t n) {
  /*@ loop invariant 0 <= i <= n;
      loop assigns i, block[0 .. 511];
      loop variant n - i; */
  for (size_t i = 0; i < n; i++) block[i] = g[i];
  /*@ loop invariant n <= i <= 512;
      loop assigns i, block[0 .. 511];
      loop variant 512 - i; */
  for (size_t i = n; i < 512; i++) block[i] = 0;
}

/* Sum of (scale * g[j])^2 in the fixed order: lanes over blocks of 512, one after another. */
/*@ requires d == 0 || \valid_read(g + (0 .. d - 1));
    terminates \true;
    assigns \nothing;
    exits \false;
    ensures medsgd__is_sum(\result); */
MEDSGD__INLINE double medsgd__sum_squares(const medsgd_real *g, size_t d, double scale) {
  medsgd_real tail[512];
  double lane[32];
  size_t j = 0;
  /*@ loop invariant 0 <= l <= 32;
      loop invariant \forall integer k; 0 <= k < l ==> medsgd__is_sum(lane[k]);
      loop assigns l, lane[0 .. 31];
      loop variant 32 - l; */
  for (int l = 0; l < 32; l++) lane[l] = 0.0;
  /*@ loop invariant 0 <= j <= d;
      loop invariant \forall integer l; 0 <= l < 32 ==> medsgd__is_sum(lane[l]);
      loop assigns j, lane[0 .. 31];
      loop variant d - j; */
  for (; d - j >= 512; j += 512) medsgd__squares512(lane, g + j, scale);
  if (j < d) {
    medsgd__pad512(tail, g + j, d - j);
    medsgd__squares512(lane, tail, scale);
  }
  return medsgd__sum_lanes(lane);
}

MEDSGD_API double medsgd_norm1(const medsgd_real *g, size_t d) {
  medsgd_real tail[512];
  double sum = 0.0;
  if (d == 0) return 0.0;
  if (!g) return medsgd__nan();
  size_t j = 0;
  /*@ loop invariant 0 <= j <= d && medsgd__is_sum(sum);
      loop assigns j, sum;
      loop variant d - j; */
  for (; d - j >= 512; j += 512) sum = sum + medsgd__magnitudes512(g + j);
  if (j < d) {
    medsgd__pad512(tail, g + j, d - j);
    sum = sum + medsgd__magnitudes512(tail);
  }
  return sum;
}

/* The squares of floats are exact in double and far from its limits. Only doubles can leave the range where no square
 * matters that underflows, [2^-900, 2^1000]; then they are scaled by 2^600 or 2^-600, which is enough at either end,
 * and summed again. */
MEDSGD_API double medsgd_norm2(const medsgd_real *g, size_t d) {
  if (d == 0) return 0.0;
  if (!g) return medsgd__nan();
  const double sum = medsgd__sum_squares(g, d, 1.0);
  if (MEDSGD__REAL_IS_DOUBLE && sum < 1.1830521861667747e-271)
    return sqrt(medsgd__sum_squares(g, d, 4.149515568880993e+180)) * 2.409919865102884e-181;
  if (MEDSGD__REAL_IS_DOUBLE && sum > 1.0715086071862673e+301)
    return sqrt(medsgd__sum_squares(g, d, 2.409919865102884e-181)) * 4.149515568880993e+180;
  return sqrt(sum);
}

/*@ requires \valid(m + (0 .. 63)) && \valid_read(g + (0 .. 63)) && \separated(m + (0 .. 63), g + (0 .. 63));
    terminates \true;
    assigns m[0 .. 63];
    exits \false; */
MEDSGD__INLINE void medsgd__momentum64(medsgd_real *MEDSGD__RESTRICT m, const medsgd_real *MEDSGD__RESTRICT g,
                                       medsgd_real beta, medsgd_real rest) {
  /*@ loop invariant 0 <= i <= 64;
      loop assigns i, m[0 .. 63];
      loop variant 64 - i; */
  for (int i = 0; i < 64; i++) m[i] = beta * m[i] + rest * g[i];
}

MEDSGD_API int medsgd_momentum(medsgd_real *m, const medsgd_real *g, size_t d, medsgd_real beta) {
  if (d == 0) return MEDSGD_OK;
  if (!m || !g) return MEDSGD_ERR_NULL;
  if (!(beta >= 0 && beta <= 1)) return MEDSGD_ERR_PARAM;
  const medsgd_real rest = (medsgd_real)1 - beta;
  const size_t whole = d - d % 64;
  /*@ loop invariant 0 <= j <= whole && j % 64 == 0;
      loop assigns j, m[0 .. d - 1];
      loop variant whole - j; */
  for (size_t j = 0; j < whole; j += 64) medsgd__momentum64(m + j, g + j, beta, rest);
  /*@ loop invariant 0 <= i <= d % 64;
      loop assigns i, m[0 .. d - 1];
      loop variant d % 64 - i; */
  for (size_t i = 0; i < d % 64; i++) m[whole + i] = beta * m[whole + i] + rest * g[whole + i];
  return MEDSGD_OK;
}

/* 64 stochastic signs. With x = 2^30 g/norm, 0 for a NaN, and u the 31 random bits minus 2^30, plus 1/2, the sign is -1
 * where u >= x: P[+1] is the number of u below x in parts of 2^31, which is 2^30 + x rounded, or 0 or 2^31 where that
 * is past them. So no clamp is needed, and |x| >= 2^30 decides for certain. The difference x - u has the exact sign,
 * and is never so small that float loses it. */
/*@ requires \valid_read(g + (0 .. 63)) && \valid_read(w + (0 .. 63));
    terminates \true;
    assigns \nothing;
    exits \false; */
MEDSGD__INLINE uint64_t medsgd__stochastic64(const medsgd_real *MEDSGD__RESTRICT g, const uint32_t *MEDSGD__RESTRICT w,
                                             double scale, double inverse) {
  const uint32_t power[32] = {
      0x1u, 0x2u, 0x4u, 0x8u, 0x10u, 0x20u, 0x40u, 0x80u,
      0x100u, 0x200u, 0x400u, 0x800u, 0x1000u, 0x2000u, 0x4000u, 0x8000u,
      0x10000u, 0x20000u, 0x40000u, 0x80000u, 0x100000u, 0x200000u, 0x400000u, 0x800000u,
      0x1000000u, 0x2000000u, 0x4000000u, 0x8000000u, 0x10000000u, 0x20000000u, 0x40000000u, 0x80000000u};
  medsgd_real value[64];
  float margin[64];
  uint32_t low = 0, high = 0;
  /*@ loop invariant 0 <= i <= 64;
      loop assigns i, value[0 .. 63];
      loop variant 64 - i; */
  for (int i = 0; i < 64; i++) value[i] = g[i] == g[i] ? g[i] : 0;
  /*@ loop invariant 0 <= i <= 64;
      loop assigns i, margin[0 .. 63];
      loop variant 64 - i; */
  for (int i = 0; i < 64; i++) {
    const double x = (double)value[i] * scale * inverse;
    const double u = (double)(int32_t)(w[i] >> 1) - 1073741823.5;
    margin[i] = (float)(x - u);
  }
  /*@ loop invariant 0 <= i <= 32;
      loop assigns i, low, high;
      loop variant 32 - i; */
  for (int i = 0; i < 32; i++) {
    low |= (0u - (uint32_t)(margin[i] <= 0)) & power[i];
    high |= (0u - (uint32_t)(margin[32 + i] <= 0)) & power[i];
  }
  return (uint64_t)high << 32 | low;
}

/* The words of the group that was ahead, 64 positions on. */
/*@ requires \valid(to + (0 .. 63)) && \valid_read(from + (0 .. 63)) && \separated(to + (0 .. 63), from + (0 .. 63));
    terminates \true;
    assigns to[0 .. 63];
    exits \false;
    ensures \forall integer l, first, purpose, medsgd_stream stream; 0 <= l < 16 ==>
      medsgd__is_lane{Pre}(from, l, first, purpose, stream) ==>
      medsgd__is_lane{Post}(to, l, first, purpose, stream); */
MEDSGD__INLINE void medsgd__slide64(uint32_t *to, const uint32_t *from) {
  /*@ loop invariant 0 <= l <= 64;
      loop invariant \forall integer k; 0 <= k < l ==> to[k] == \at(from[k], Pre);
      loop invariant \forall integer k; 0 <= k < 64 ==> from[k] == \at(from[k], Pre);
      loop assigns l, to[0 .. 63];
      loop variant 64 - l; */
  for (int l = 0; l < 64; l++) to[l] = from[l];
  /*@ assert moved: \forall integer l; 0 <= l < 16 ==>
        to[l] == \at(from[l], Pre) && to[16 + l] == \at(from[16 + l], Pre) && to[32 + l] == \at(from[32 + l], Pre) &&
        to[48 + l] == \at(from[48 + l], Pre); */
  /*@ assert before: \forall integer l, first, purpose, medsgd_stream stream; 0 <= l < 16 ==>
        medsgd__is_lane{Pre}(from, l, first, purpose, stream) ==>
        medsgd__is_cipher(\at(from[l], Pre), \at(from[16 + l], Pre), \at(from[32 + l], Pre), \at(from[48 + l], Pre),
                          first, l, purpose, stream); */
  /*@ assert after: \forall integer l, first, purpose, medsgd_stream stream; 0 <= l < 16 ==>
        medsgd__is_lane{Pre}(from, l, first, purpose, stream) ==>
        medsgd__is_cipher(to[l], to[16 + l], to[32 + l], to[48 + l], first, l, purpose, stream); */
  /*@ assert lanes: \forall integer l, first, purpose, medsgd_stream stream; 0 <= l < 16 ==>
        medsgd__is_lane{Pre}(from, l, first, purpose, stream) ==>
        medsgd__is_lane{Here}(to, l, first, purpose, stream); */
}

/*@ requires \valid(plane + (0 .. words - 1));
    terminates \true;
    assigns plane[0 .. words - 1];
    exits \false;
    ensures \forall integer i; 0 <= i < words ==> plane[i] == value; */
MEDSGD__INLINE void medsgd__fill(uint64_t *plane, size_t words, uint64_t value) {
  /*@ loop invariant 0 <= i <= words;
      loop invariant \forall integer k; 0 <= k < i ==> plane[k] == value;
      loop assigns i, plane[0 .. words - 1];
      loop variant words - i; */
  for (size_t i = 0; i < words; i++) plane[i] = value;
}

/* The bits of x in mask = 2^n - 1. */
/*@ terminates \true;
    assigns \nothing;
    exits \false;
    ensures \result <= mask; */
MEDSGD__INLINE uint64_t medsgd__masked(uint64_t x, uint64_t mask) {
  return mask == 0xFFFFFFFFFFFFFFFFu ? x : x % (mask + 1u);
}

/* The signs of d > 0 coordinates. The coin of position first + j comes from word (first + j) % 64 of its group of 64
 * positions, which counts modulo 2^58 as positions do modulo 2^64. */
/*@ requires d > 0 && \valid(neg + (0 .. (d - 1) / 64)) && \valid_read(g + (0 .. d - 1)) &&
      \separated(neg + (0 .. (d - 1) / 64), g + (0 .. d - 1));
    terminates \true;
    assigns neg[0 .. (d - 1) / 64];
    exits \false;
    ensures neg[(d - 1) / 64] <= last; */
MEDSGD__INLINE void medsgd__stochastic_words(uint64_t *neg, const medsgd_real *g, size_t d, double scale,
                                             double inverse, uint64_t last, medsgd_stream stream, uint64_t first) {
  uint32_t w[128]; /* the words of two groups: the 64 wanted begin at first % 64 */
  medsgd_real tail[64];
  const size_t offset = (size_t)(first % 64u), whole = (d - 1) / 64;
  uint64_t group = first / 64u;
  medsgd__random_words(w + 64, group, MEDSGD__PURPOSE_STOCHASTIC_SIGN, stream);
  /*@ loop invariant 0 <= i <= whole;
      loop invariant group == (first / 64 + i) % 0x400000000000000;
      loop invariant \forall integer l; 0 <= l < 16 ==>
        medsgd__is_lane(&w[64], l, 16 * group, MEDSGD__PURPOSE_STOCHASTIC_SIGN, stream);
      loop assigns i, group, w[0 .. 127], neg[0 .. (d - 1) / 64];
      loop variant whole - i; */
  for (size_t i = 0; i < whole; i++) {
    medsgd__slide64(w, w + 64);
    /*@ assert \forall integer l; 0 <= l < 16 ==>
          medsgd__is_lane(&w[0], l, 16 * group, MEDSGD__PURPOSE_STOCHASTIC_SIGN, stream); */
    group = (group + 1u) % 0x400000000000000u;
    medsgd__random_words(w + 64, group, MEDSGD__PURPOSE_STOCHASTIC_SIGN, stream);
    neg[i] = medsgd__stochastic64(g + 64 * i, w + offset, scale, inverse);
  }
  medsgd__slide64(w, w + 64);
  group = (group + 1u) % 0x400000000000000u;
  medsgd__random_words(w + 64, group, MEDSGD__PURPOSE_STOCHASTIC_SIGN, stream);
  /*@ loop invariant 0 <= l <= 64;
      loop assigns l, tail[0 .. 63];
      loop variant 64 - l; */
  for (size_t l = 0; l < 64; l++) tail[l] = l < d - 64 * whole ? g[64 * whole + l] : 0;
  neg[whole] = medsgd__masked(medsgd__stochastic64(tail, w + offset, scale, inverse), last);
}

MEDSGD_API int medsgd_stochastic_sign(uint64_t *neg, uint64_t *zero, const medsgd_real *g, size_t d, double norm,
                                      medsgd_stream stream, uint64_t first) {
  if (d == 0) return MEDSGD_OK;
  if (!neg || !g) return MEDSGD_ERR_NULL;
  if (!(norm >= 0 && norm <= DBL_MAX)) return MEDSGD_ERR_PARAM;
  if (norm == 0 && !zero) return MEDSGD_ERR_PARAM;
  const size_t words = (d - 1) / 64 + 1;
  const uint64_t last = d % 64 ? ((uint64_t)1 << (d % 64)) - 1u : 0xFFFFFFFFFFFFFFFFu; /* the bits of the last word */
  if (norm == 0) {
    medsgd__fill(neg, words, 0);
    medsgd__fill(zero, words, 0xFFFFFFFFFFFFFFFFu);
    zero[words - 1] = last;
    return MEDSGD_OK;
  }
  /* 2^30 g/norm is (scale g) * inverse. The inverse must neither overflow nor lose bits, the products only where that
   * decides nothing: a float over less than 2^-500 is past 1 in magnitude, or 0, and over more than 2^500 far below
   * 2^-31; doubles are scaled by 2^600 there. */
  double scale = 1.0, divisor = norm;
  if (MEDSGD__REAL_IS_DOUBLE) {
    scale = norm < 3.054936363499605e-151   ? 4.149515568880993e+180
            : norm > 3.2733906078961419e+150 ? 2.409919865102884e-181
                                             : 1.0;
    divisor = norm * scale;
  } else if (norm < 3.054936363499605e-151) {
    divisor = 3.054936363499605e-151;
  }
  if (zero) medsgd__fill(zero, words, 0);
  medsgd__stochastic_words(neg, g, d, scale, 1073741824.0 / divisor, last, stream, first);
  return MEDSGD_OK;
}

/* ======== blocks (Acharya Alg. 2) ======== */

/* The square root without errno, which would keep compilers from vectorizing it; correctly rounded, as IEEE 754 has it.
 * A function that is const has no errno. Where the attribute is put, it concerns no sqrt of the including file. */
#if defined(__has_builtin)
#  if __has_builtin(__builtin_elementwise_sqrt)
#    define MEDSGD__SQRT(x) __builtin_elementwise_sqrt(x)
#  endif
#endif
#if !defined(MEDSGD__SQRT) && defined(__clang__)
MEDSGD__INLINE double medsgd__plain_sqrt(double x) {
  extern double sqrt(double) __attribute__((const));
  return sqrt(x);
}
#  define MEDSGD__SQRT(x) medsgd__plain_sqrt(x)
#elif !defined(MEDSGD__SQRT) && defined(__GNUC__) && defined(__OPTIMIZE__)
double __builtin_sqrt(double) __attribute__((const));
#  define MEDSGD__SQRT(x) __builtin_sqrt(x)
#elif !defined(MEDSGD__SQRT)
#  define MEDSGD__SQRT(x) sqrt(x)
#endif

/*@ terminates \true;
    exits \false;
    assigns \nothing;
    ensures \result == 0 || \result == 1;
    ensures \result == 1 <==> \is_finite(x); */
MEDSGD__INLINE int medsgd__is_finite(medsgd_real x) {
  return x - x == 0; /* no branch */
}

/* The square root of a number above 0, and 0: for a prover that does not see the sign of x. */
/*@ terminates \true;
    exits \false;
    assigns \nothing;
    ensures !\is_NaN(\result) && \ge_double(\result, (double)0.0); */
MEDSGD__INLINE double medsgd__sqrt(double x) { return x > 0 ? sqrt(x) : 0; }

/* ---- column norms ---- */

/* Coordinates are summed MEDSGD__STRIP at a time. Of few rows a strip is read from all of them before the next one; of
 * many rows, whose pages would not stay at hand, MEDSGD__STRIPS strips of one row before the next row. */
#define MEDSGD__STRIP 128u
#define MEDSGD__STRIPS 4u
#define MEDSGD__FEW_ROWS 16u

/* a[l] += x[l]^2 for l = first, ..., first + n - 1, n <= MEDSGD__STRIP. Not inlined: in the loop over the rows, gcc
 * would gather from two rows at a time, and clang keep all of a in registers that it does not have. */
/*@ requires n <= 128 && first + n <= SIZE_MAX && \valid(a + (first .. first + n - 1)) &&
      \valid_read(x + (first .. first + n - 1)) &&
      \separated(a + (first .. first + n - 1), x + (first .. first + n - 1));
    requires \forall integer l; first <= l < first + n ==> medsgd__is_sum(a[l]);
    terminates \true;
    exits \false;
    assigns a[first .. first + n - 1];
    ensures \forall integer l; first <= l < first + n ==> medsgd__is_sum(a[l]); */
MEDSGD__NOINLINE void medsgd__add_squares(double *MEDSGD__RESTRICT a, const medsgd_real *MEDSGD__RESTRICT x,
                                          size_t first, size_t n) {
  double *const sum = a + first;
  x += first;
  if (n == MEDSGD__STRIP) {
    /*@ loop invariant 0 <= l <= 128;
        loop invariant \forall integer i; first <= i < first + n ==> medsgd__is_sum(a[i]);
        loop assigns l, a[first .. first + n - 1];
        loop variant 128 - l; */
    for (size_t l = 0; l < MEDSGD__STRIP; l++) sum[l] = medsgd__plus_square(sum[l], (double)x[l]);
  } else {
    /*@ loop invariant 0 <= l <= n;
        loop invariant \forall integer i; first <= i < first + n ==> medsgd__is_sum(a[i]);
        loop assigns l, a[first .. first + n - 1];
        loop variant n - l; */
    for (size_t l = 0; l < n; l++) sum[l] = medsgd__plus_square(sum[l], (double)x[l]);
  }
}

/* The same for four rows, one after the other in each coordinate. */
/*@ requires medsgd__is_sum(a);
    terminates \true;
    exits \false;
    assigns \nothing;
    ensures medsgd__is_sum(\result); */
MEDSGD__INLINE double medsgd__plus_four(double a, double x, double y, double z, double w) {
  return medsgd__plus_square(medsgd__plus_square(medsgd__plus_square(medsgd__plus_square(a, x), y), z), w);
}
/*@ requires n <= 128 && first + n <= SIZE_MAX && \valid(a + (first .. first + n - 1));
    requires \valid_read(x + (first .. first + n - 1)) && \valid_read(y + (first .. first + n - 1)) &&
      \valid_read(z + (first .. first + n - 1)) && \valid_read(w + (first .. first + n - 1));
    requires \separated(a + (first .. first + n - 1), x + (first .. first + n - 1));
    requires \separated(a + (first .. first + n - 1), y + (first .. first + n - 1));
    requires \separated(a + (first .. first + n - 1), z + (first .. first + n - 1));
    requires \separated(a + (first .. first + n - 1), w + (first .. first + n - 1));
    requires \forall integer l; first <= l < first + n ==> medsgd__is_sum(a[l]);
    terminates \true;
    exits \false;
    assigns a[first .. first + n - 1];
    ensures \forall integer l; first <= l < first + n ==> medsgd__is_sum(a[l]); */
MEDSGD__NOINLINE void medsgd__add_squares_4(double *MEDSGD__RESTRICT a, const medsgd_real *MEDSGD__RESTRICT x,
                                            const medsgd_real *MEDSGD__RESTRICT y,
                                            const medsgd_real *MEDSGD__RESTRICT z,
                                            const medsgd_real *MEDSGD__RESTRICT w, size_t first, size_t n) {
  double *const sum = a + first;
  x += first;
  y += first;
  z += first;
  w += first;
  if (n == MEDSGD__STRIP) {
    /*@ loop invariant 0 <= l <= 128;
        loop invariant \forall integer i; first <= i < first + n ==> medsgd__is_sum(a[i]);
        loop assigns l, a[first .. first + n - 1];
        loop variant 128 - l; */
    for (size_t l = 0; l < MEDSGD__STRIP; l++)
      sum[l] = medsgd__plus_four(sum[l], (double)x[l], (double)y[l], (double)z[l], (double)w[l]);
  } else {
    /*@ loop invariant 0 <= l <= n;
        loop invariant \forall integer i; first <= i < first + n ==> medsgd__is_sum(a[i]);
        loop assigns l, a[first .. first + n - 1];
        loop variant n - l; */
    for (size_t l = 0; l < n; l++)
      sum[l] = medsgd__plus_four(sum[l], (double)x[l], (double)y[l], (double)z[l], (double)w[l]);
  }
}

/* And for eight rows: there is less to wait for where many are read at once. */
/*@ requires medsgd__is_sum(a);
    terminates \true;
    exits \false;
    assigns \nothing;
    ensures medsgd__is_sum(\result); */
MEDSGD__INLINE double medsgd__plus_eight(double a, double x0, double x1, double x2, double x3, double x4, double x5,
                                         double x6, double x7) {
  return medsgd__plus_four(medsgd__plus_four(a, x0, x1, x2, x3), x4, x5, x6, x7);
}
/*@ requires n <= 128 && first + n <= SIZE_MAX && \valid(a + (first .. first + n - 1));
    requires \valid_read(x0 + (first .. first + n - 1)) && \valid_read(x1 + (first .. first + n - 1)) &&
      \valid_read(x2 + (first .. first + n - 1)) && \valid_read(x3 + (first .. first + n - 1)) &&
      \valid_read(x4 + (first .. first + n - 1)) && \valid_read(x5 + (first .. first + n - 1)) &&
      \valid_read(x6 + (first .. first + n - 1)) && \valid_read(x7 + (first .. first + n - 1));
    requires \separated(a + (first .. first + n - 1), x0 + (first .. first + n - 1));
    requires \separated(a + (first .. first + n - 1), x1 + (first .. first + n - 1));
    requires \separated(a + (first .. first + n - 1), x2 + (first .. first + n - 1));
    requires \separated(a + (first .. first + n - 1), x3 + (first .. first + n - 1));
    requires \separated(a + (first .. first + n - 1), x4 + (first .. first + n - 1));
    requires \separated(a + (first .. first + n - 1), x5 + (first .. first + n - 1));
    requires \separated(a + (first .. first + n - 1), x6 + (first .. first + n - 1));
    requires \separated(a + (first .. first + n - 1), x7 + (first .. first + n - 1));
    requires \forall integer l; first <= l < first + n ==> medsgd__is_sum(a[l]);
    terminates \true;
    exits \false;
    assigns a[first .. first + n - 1];
    ensures \forall integer l; first <= l < first + n ==> medsgd__is_sum(a[l]); */
MEDSGD__NOINLINE void medsgd__add_squares_8(double *MEDSGD__RESTRICT a, const medsgd_real *MEDSGD__RESTRICT x0,
                                            const medsgd_real *MEDSGD__RESTRICT x1,
                                            const medsgd_real *MEDSGD__RESTRICT x2,
                                            const medsgd_real *MEDSGD__RESTRICT x3,
                                            const medsgd_real *MEDSGD__RESTRICT x4,
                                            const medsgd_real *MEDSGD__RESTRICT x5,
                                            const medsgd_real *MEDSGD__RESTRICT x6,
                                            const medsgd_real *MEDSGD__RESTRICT x7, size_t first, size_t n) {
  double *const sum = a + first;
  x0 += first;
  x1 += first;
  x2 += first;
  x3 += first;
  x4 += first;
  x5 += first;
  x6 += first;
  x7 += first;
  if (n == MEDSGD__STRIP) {
    /*@ loop invariant 0 <= l <= 128;
        loop invariant \forall integer i; first <= i < first + n ==> medsgd__is_sum(a[i]);
        loop assigns l, a[first .. first + n - 1];
        loop variant 128 - l; */
    for (size_t l = 0; l < MEDSGD__STRIP; l++)
      sum[l] = medsgd__plus_eight(sum[l], (double)x0[l], (double)x1[l], (double)x2[l], (double)x3[l], (double)x4[l],
                                  (double)x5[l], (double)x6[l], (double)x7[l]);
  } else {
    /*@ loop invariant 0 <= l <= n;
        loop invariant \forall integer i; first <= i < first + n ==> medsgd__is_sum(a[i]);
        loop assigns l, a[first .. first + n - 1];
        loop variant n - l; */
    for (size_t l = 0; l < n; l++)
      sum[l] = medsgd__plus_eight(sum[l], (double)x0[l], (double)x1[l], (double)x2[l], (double)x3[l], (double)x4[l],
                                  (double)x5[l], (double)x6[l], (double)x7[l]);
  }
}

/* a[l] = sum over the rows of the squares of column first + l, in the order of the rows. */
/*@ requires m > 0 && medsgd_rows_readable(rows, m, first + n) && first + n <= SIZE_MAX && n <= 512;
    requires \valid(a + (0 .. n - 1)) && \separated(a + (0 .. n - 1), rows + (0 .. m - 1));
    requires \forall integer i; 0 <= i < m ==> \separated(a + (0 .. n - 1), rows[i] + (0 .. first + n - 1));
    terminates \true;
    exits \false;
    assigns a[0 .. n - 1];
    ensures \forall integer l; 0 <= l < n ==> medsgd__is_sum(a[l]); */
MEDSGD__INLINE void medsgd__sum_squares_tile(double *a, const medsgd_real *const *rows, size_t m, size_t first,
                                             size_t n) {
  size_t i = 0;
  /*@ loop invariant 0 <= l <= n;
      loop invariant \forall integer j; 0 <= j < l ==> medsgd__is_sum(a[j]);
      loop assigns l, a[0 .. n - 1];
      loop variant n - l; */
  for (size_t l = 0; l < n; l++) a[l] = 0;
  /*@ loop invariant 0 <= i <= m;
      loop invariant \forall integer j; 0 <= j < n ==> medsgd__is_sum(a[j]);
      loop assigns i, a[0 .. n - 1];
      loop variant m - i; */
  for (; m - i >= 8; i += 8)
    /*@ loop invariant 0 <= l <= n + 127;
        loop invariant \forall integer j; 0 <= j < n ==> medsgd__is_sum(a[j]);
        loop assigns l, a[0 .. n - 1];
        loop variant n - l; */
    for (size_t l = 0; l < n; l += MEDSGD__STRIP)
      medsgd__add_squares_8(a, rows[i] + first, rows[i + 1] + first, rows[i + 2] + first, rows[i + 3] + first,
                            rows[i + 4] + first, rows[i + 5] + first, rows[i + 6] + first, rows[i + 7] + first, l,
                            n - l < MEDSGD__STRIP ? n - l : MEDSGD__STRIP);
  /*@ loop invariant 0 <= i <= m;
      loop invariant \forall integer j; 0 <= j < n ==> medsgd__is_sum(a[j]);
      loop assigns i, a[0 .. n - 1];
      loop variant m - i; */
  for (; m - i >= 4; i += 4)
    /*@ loop invariant 0 <= l <= n + 127;
        loop invariant \forall integer j; 0 <= j < n ==> medsgd__is_sum(a[j]);
        loop assigns l, a[0 .. n - 1];
        loop variant n - l; */
    for (size_t l = 0; l < n; l += MEDSGD__STRIP)
      medsgd__add_squares_4(a, rows[i] + first, rows[i + 1] + first, rows[i + 2] + first, rows[i + 3] + first, l,
                            n - l < MEDSGD__STRIP ? n - l : MEDSGD__STRIP);
  /*@ loop invariant 0 <= i <= m;
      loop invariant \forall integer j; 0 <= j < n ==> medsgd__is_sum(a[j]);
      loop assigns i, a[0 .. n - 1];
      loop variant m - i; */
  for (; i < m; i++)
    /*@ loop invariant 0 <= l <= n + 127;
        loop invariant \forall integer j; 0 <= j < n ==> medsgd__is_sum(a[j]);
        loop assigns l, a[0 .. n - 1];
        loop variant n - l; */
    for (size_t l = 0; l < n; l += MEDSGD__STRIP)
      medsgd__add_squares(a, rows[i] + first, l, n - l < MEDSGD__STRIP ? n - l : MEDSGD__STRIP);
}

/* Sums of squares of floats, in double, neither overflow nor underflow; those of doubles are good within [2^-900,
 * 2^1000]: what underflowed is far below their last bit. Elsewhere the column is scaled by 2^600 or 2^-600 and summed
 * again. */
#define MEDSGD__SQUARES_LEAST 1.1830521861667747e-271
#define MEDSGD__SQUARES_MOST 1.0715086071862673e+301
#define MEDSGD__SCALE_UP 4.149515568880993e+180
#define MEDSGD__SCALE_DOWN 2.409919865102884e-181

/* The norm of a column whose sum of squares is too small or too large to be trusted: 0, tiny, huge, infinite or NaN. */
/*@ requires medsgd_rows_readable(rows, m, j + 1);
    terminates \true;
    exits \false;
    assigns \nothing;
    ensures medsgd__is_sum(\result); */
static MEDSGD__UNUSED double medsgd__scaled_norm(const medsgd_real *const *rows, size_t m, size_t j, double squares) {
  const int tiny = squares < 1;
  const double scale = tiny ? MEDSGD__SCALE_UP : MEDSGD__SCALE_DOWN;
  double sum = 0;
  /*@ loop invariant 0 <= i <= m && medsgd__is_sum(sum);
      loop assigns i, sum;
      loop variant m - i; */
  for (size_t i = 0; i < m; i++) {
    sum = medsgd__plus_square(sum, (double)rows[i][j] * scale);
  }
  return sqrt(sum) * (tiny ? MEDSGD__SCALE_DOWN : MEDSGD__SCALE_UP);
}

/* The root of a sum of squares; one NaN, whatever machine. */
/*@ requires medsgd__is_sum(squares);
    terminates \true;
    exits \false;
    assigns \nothing;
    ensures medsgd_is_length(\result); */
MEDSGD__INLINE medsgd_real medsgd__root(double squares) {
  const medsgd_real root = (medsgd_real)MEDSGD__SQRT(squares);
  return root >= 0 ? root : (medsgd_real)NAN; /* (a test of the double would keep gcc from vectorizing) */
}

/* s[first + l] = the root of a[l], l < n <= MEDSGD__STRIP. */
/*@ requires n <= 128 && first + n <= SIZE_MAX && \valid(s + (first .. first + n - 1)) && \valid_read(a + (0 .. n - 1));
    requires \separated(s + (first .. first + n - 1), a + (0 .. n - 1));
    requires \forall integer l; 0 <= l < n ==> medsgd__is_sum(a[l]);
    terminates \true;
    exits \false;
    assigns s[first .. first + n - 1];
    ensures \forall integer j; first <= j < first + n ==> medsgd_is_length(s[j]); */
MEDSGD__INLINE void medsgd__roots(medsgd_real *MEDSGD__RESTRICT s, const double *MEDSGD__RESTRICT a, size_t first,
                                  size_t n) {
  if (n == MEDSGD__STRIP) {
    /*@ loop invariant 0 <= l <= 128;
        loop invariant \forall integer j; first <= j < first + l ==> medsgd_is_length(s[j]);
        loop assigns l, s[first .. first + n - 1];
        loop variant 128 - l; */
    for (size_t l = 0; l < MEDSGD__STRIP; l++) s[first + l] = medsgd__root(a[l]);
  } else {
    /*@ loop invariant 0 <= l <= n;
        loop invariant \forall integer j; first <= j < first + l ==> medsgd_is_length(s[j]);
        loop assigns l, s[first .. first + n - 1];
        loop variant n - l; */
    for (size_t l = 0; l < n; l++) s[first + l] = medsgd__root(a[l]);
  }
}

/* s[j] = the norm of column j, j = first, ..., first + n - 1, no more than a tile. wide: sums of squares may leave the
 * range of double. */
/*@ requires m > 0 && medsgd_rows_readable(rows, m, first + n) && first + n <= SIZE_MAX && n <= 512;
    requires \valid(s + (first .. first + n - 1)) && \separated(s + (first .. first + n - 1), rows + (0 .. m - 1));
    requires \forall integer i; 0 <= i < m ==>
      \separated(s + (first .. first + n - 1), rows[i] + (0 .. first + n - 1));
    terminates \true;
    exits \false;
    assigns s[first .. first + n - 1];
    ensures \forall integer j; first <= j < first + n ==> medsgd_is_length(s[j]); */
MEDSGD__INLINE void medsgd__norms_tile(medsgd_real *s, const medsgd_real *const *rows, size_t m, size_t first,
                                       size_t n, int wide) {
  double a[MEDSGD__STRIPS * MEDSGD__STRIP];
  medsgd__sum_squares_tile(a, rows, m, first, n);
  /*@ loop invariant 0 <= l <= n + 127 && l % 128 == 0;
      loop invariant \forall integer j; first <= j < first + l && j < first + n ==> medsgd_is_length(s[j]);
      loop assigns l, s[first .. first + n - 1];
      loop variant n - l; */
  for (size_t l = 0; l < n; l += MEDSGD__STRIP)
    medsgd__roots(s, a + l, first + l, n - l < MEDSGD__STRIP ? n - l : MEDSGD__STRIP);
  if (wide) {
    /*@ loop invariant 0 <= l <= n;
        loop invariant \forall integer j; first <= j < first + n ==> medsgd_is_length(s[j]);
        loop assigns l, s[first .. first + n - 1];
        loop variant n - l; */
    for (size_t l = 0; l < n; l++) {
      if (!(a[l] >= MEDSGD__SQUARES_LEAST && a[l] <= MEDSGD__SQUARES_MOST)) {
        const medsgd_real scaled = (medsgd_real)medsgd__scaled_norm(rows, m, first + l, a[l]);
        s[first + l] = scaled >= 0 ? scaled : (medsgd_real)NAN;
      }
    }
  }
}

MEDSGD_API int medsgd_column_norms(medsgd_real *s, const medsgd_real *const rows[], size_t m, size_t d) {
  if (m == 0) return MEDSGD_ERR_SIZE;
  if (d == 0) return MEDSGD_OK;
  if (!s || !rows || medsgd__null_row(rows, m)) return MEDSGD_ERR_NULL;
  const size_t tile = m <= MEDSGD__FEW_ROWS ? MEDSGD__STRIP : MEDSGD__STRIPS * MEDSGD__STRIP;
  /*@ loop invariant 0 <= j <= d;
      loop invariant \forall integer i; 0 <= i < j ==> medsgd_is_length(s[i]);
      loop assigns j, n, s[0 .. d - 1];
      loop variant d - j; */
  for (size_t j = 0, n; j < d; j += n) {
    n = d - j < tile ? d - j : tile;
    medsgd__norms_tile(s, rows, m, j, n, MEDSGD__REAL_IS_DOUBLE);
  }
  return MEDSGD_OK;
}

/* ---- scores ---- */

/* What one look at the scores tells. */
typedef struct medsgd__scores {
  size_t positive; /* how many are > 0                 */
  int bad;         /* one is negative, NaN or infinite */
} medsgd__scores;

/* 1 for what is none. */
/*@ terminates \true;
    exits \false;
    assigns \nothing;
    ensures \result == 0 || \result == 1;
    ensures \result == 0 <==> medsgd_is_score(s); */
MEDSGD__INLINE uint32_t medsgd__no_score(medsgd_real s) {
  const uint32_t negative = !(s >= 0), infinite = !medsgd__is_finite(s);
  /*@ assert negative <= 1 && infinite <= 1; */
  return negative | infinite;
}

/* Of the n <= 512 scores from s[first] on. */
/*@ requires n <= 512 && first + n <= SIZE_MAX && \valid(total) && \valid_read(s + (first .. first + n - 1)) &&
      \separated(total, s + (first .. first + n - 1));
    requires total->bad == 0 || total->bad == 1;
    requires medsgd_reached(s, first, (medsgd_real)0.0, 0, total->positive);
    terminates \true;
    exits \false;
    assigns total->positive, total->bad;
    ensures number: medsgd_reached(s, first + n, (medsgd_real)0.0, 0, total->positive);
    ensures total->bad == 0 || total->bad == 1;
    ensures total->bad == 0 <==> \old(total->bad) == 0 &&
      \forall integer j; first <= j < first + n ==> medsgd_is_score(s[j]); */
MEDSGD__INLINE void medsgd__look_at_block(medsgd__scores *total, const medsgd_real *MEDSGD__RESTRICT s, size_t first,
                                          size_t n) {
  const medsgd_real *const score = s + first;
  uint32_t positive = 0, bad = 0;
  /*@ loop invariant 0 <= j <= n && 0 <= positive <= j;
      loop invariant number: medsgd_reached(s, first + j, (medsgd_real)0.0, 0, total->positive + positive);
      loop invariant bad == 0 || bad == 1;
      loop invariant bad == 0 <==> \forall integer i; first <= i < first + j ==> medsgd_is_score(s[i]);
      loop assigns j, positive, bad;
      loop variant n - j; */
  for (size_t j = 0; j < n; j++) {
    positive += (uint32_t)(score[j] > 0);
    //@ assert number: medsgd_reached(s, first + j + 1, (medsgd_real)0.0, 0, total->positive + positive);
    bad |= medsgd__no_score(score[j]);
  }
  //@ assert room: total->positive + positive <= first + n;
  total->positive += positive;
  total->bad |= bad != 0;
}

/*@ requires \valid_read(s + (0 .. d - 1));
    terminates \true;
    exits \false;
    assigns \nothing;
    ensures \result.bad == 0 <==> \forall integer j; 0 <= j < d ==> medsgd_is_score(s[j]);
    ensures number: medsgd_reached(s, d, (medsgd_real)0.0, 0, \result.positive); */
static MEDSGD__UNUSED medsgd__scores medsgd__look_at_scores(const medsgd_real *s, size_t d) {
  medsgd__scores total;
  size_t j = 0;
  total.positive = 0;
  total.bad = 0;
  /*@ loop invariant 0 <= j <= d && (total.bad == 0 || total.bad == 1);
      loop invariant total.bad == 0 <==> \forall integer i; 0 <= i < j ==> medsgd_is_score(s[i]);
      loop invariant number: medsgd_reached(s, j, (medsgd_real)0.0, 0, total.positive);
      loop assigns j, total;
      loop variant d - j; */
  for (; d - j >= 512; j += 512) medsgd__look_at_block(&total, s, j, 512);
  medsgd__look_at_block(&total, s, j, d - j);
  return total;
}

/* What is common to all blocks: n <= k entries of idx, strictly ascending, below d, each of positive score. */
/*@ predicate medsgd__chosen{L}(size_t *idx, integer n, medsgd_real *s, integer end) =
      medsgd_block(idx, n, end) && \forall integer i; 0 <= i < n ==> medsgd_positive(s[idx[i]]); */

/* All coordinates of positive score, but no more than k. */
/*@ requires \valid_read(s + (0 .. d - 1)) && \valid(idx + (0 .. k - 1)) &&
      \separated(idx + (0 .. k - 1), s + (0 .. d - 1));
    terminates \true;
    exits \false;
    assigns idx[0 .. k - 1];
    ensures \result <= k && medsgd__chosen(idx, \result, s, d);
    ensures number: \forall integer c; medsgd_reached(s, d, (medsgd_real)0.0, 0, c) ==>
      \result == (c < k ? c : k);
    ensures rest: \forall integer i; \result <= i < k ==> idx[i] == \old(idx[i]); */
static MEDSGD__UNUSED size_t medsgd__block_all(size_t *idx, const medsgd_real *s, size_t d, size_t k) {
  size_t n = 0;
  /*@ loop invariant 0 <= j <= d && 0 <= n <= k;
      loop invariant \forall integer i; 0 <= i < n ==> idx[i] < j;
      loop invariant \forall integer i, l; 0 <= i < l < n ==> idx[i] < idx[l];
      loop invariant \forall integer i; 0 <= i < n ==> medsgd_positive(s[idx[i]]);
      loop invariant number: medsgd_reached(s, j, (medsgd_real)0.0, 0, n);
      loop invariant rest: \forall integer i; n <= i < k ==> idx[i] == \at(idx[i], Pre);
      loop assigns j, n, idx[0 .. k - 1];
      loop variant d - j; */
  for (size_t j = 0; j < d && n < k; j++) {
    if (s[j] > 0) {
      idx[n] = j;
      n++;
    }
    //@ assert number: medsgd_reached(s, j + 1, (medsgd_real)0.0, 0, n);
  }
  return n;
}

/* ---- sampling: an exponential race ---- */

/* A runner is kept in five reals: two of 24 bits for its index, two of 24 bits and one of 16 for its key. */
#define MEDSGD__RUNNER 5u

/* The number m * 2^e, m in [1, 2) unless it is 0, infinite or NaN. */
typedef struct medsgd__parts {
  double m;
  int e;
} medsgd__parts;

/* A finite x > 0, subnormal or not, in its parts, by exact multiplications. */
/*@ terminates \true;
    exits \false;
    assigns \nothing;
    ensures -1100 <= \result.e <= 1024; */
static MEDSGD__UNUSED medsgd__parts medsgd__split(double x) {
  static const double above[10] = {1.3407807929942597e+154, 1.157920892373162e+77, 3.402823669209385e+38,
                                   1.8446744073709552e+19,  4294967296.0,          65536.0,
                                   256.0,                   16.0,                  4.0,
                                   2.0};
  static const double down[10] = {7.458340731200207e-155, 8.636168555094445e-78,  2.938735877055719e-39,
                                  5.421010862427522e-20,  2.3283064365386963e-10, 1.52587890625e-05,
                                  0.00390625,             0.0625,                 0.25,
                                  0.5};
  medsgd__parts parts;
  parts.e = 0;
  if (x < 1.0) { /* up by 2^1000, and for subnormal numbers by another 2^100 */
    x *= 1.0715086071862673e+301;
    parts.e -= 1000;
  }
  if (x < 1.0) {
    x *= 1.2676506002282294e+30;
    parts.e -= 100;
  }
  /*@ loop invariant 0 <= i <= 10 && 0 <= shift <= 512 && -1100 <= parts.e <= 1024 - 2 * shift;
      loop assigns i, shift, x, parts.e;
      loop variant 10 - i; */
  for (int i = 0, shift = 512; i < 10; i++, shift /= 2) {
    if (x >= above[i]) {
      x *= down[i];
      parts.e += shift;
    }
  }
  parts.m = x;
  return parts;
}

/* The positive number m * 2^e, m in [1, 2), |e| < 2048, as an integer that orders like it: exponent, then mantissa. */
/*@ requires -2200 <= e <= 2200;
    terminates \true;
    exits \false;
    assigns \nothing; */
MEDSGD__INLINE uint64_t medsgd__ordered(double m, int e) {
  const double t = (m - 1.0) * 4503599627370496.0;
  return (uint64_t)(e + 2048) << 52 | (uint64_t)(t >= 0 && t < 4503599627370496.0 ? (int64_t)t : 0);
}

/* An exponential variate from 64 bits, u = (bits + 1/2) / 2^64: -log(1 - u), of full relative accuracy at both ends. */
/*@ terminates \true;
    exits \false;
    assigns \nothing; */
static MEDSGD__UNUSED double medsgd__exponential(uint64_t bits) {
  const double u = ((double)bits + 0.5) * 5.421010862427522e-20;
  if (u < 0.25) { /* 2 artanh(z), z < 1/7 */
    const double z = u / (2.0 - u), s = z * z;
    double p = 1.0 / 19.0;
    p = p * s + 1.0 / 17.0;
    p = p * s + 1.0 / 15.0;
    p = p * s + 1.0 / 13.0;
    p = p * s + 1.0 / 11.0;
    p = p * s + 1.0 / 9.0;
    p = p * s + 1.0 / 7.0;
    p = p * s + 1.0 / 5.0;
    p = p * s + 1.0 / 3.0;
    return 2.0 * z + 2.0 * z * (s * p);
  }
  return -medsgd__log(((double)~bits + 0.5) * 5.421010862427522e-20);
}

/* The key E/s of a score s > 0. */
/*@ terminates \true;
    exits \false;
    assigns \nothing; */
static MEDSGD__UNUSED uint64_t medsgd__race_key(double s, uint64_t bits) {
  medsgd__parts divisor, key;
  divisor.m = s;
  divisor.e = 0;
  if (MEDSGD__REAL_IS_DOUBLE) divisor = medsgd__split(s); /* the quotient of doubles could overflow */
  key = medsgd__split(medsgd__exponential(bits) / divisor.m);
  return medsgd__ordered(key.m, key.e - divisor.e);
}

/* The word that medsgd__random_words has for one position. */
/*@ terminates \true;
    exits \false;
    assigns \nothing;
    ensures \exists integer a, b, c, d;
      medsgd__is_cipher(a, b, c, d, 16 * (position / 64), position % 16, purpose, stream) &&
      \result == (position / 16 % 4 == 0 ? a : position / 16 % 4 == 1 ? b : position / 16 % 4 == 2 ? c : d); */
static MEDSGD__UNUSED uint32_t medsgd__random_word(uint64_t position, uint32_t purpose, medsgd_stream stream) {
  const uint64_t counter = position / 64 * 16 + position % 16;
  medsgd__quad key, x;
  //@ assert counter == 16 * (position / 64) + position % 16;
  key.a = (uint32_t)(stream.seed % 0x100000000u);
  key.b = (uint32_t)(stream.seed / 0x100000000u);
  key.c = purpose;
  key.d = 0;
  x.a = (uint32_t)(counter % 0x100000000u);
  x.b = (uint32_t)(counter / 0x100000000u);
  x.c = stream.worker;
  x.d = stream.round;
  //@ assert x.a == counter % 0x100000000 && x.b == counter / 0x100000000;
  x = medsgd__threefry(x, key);
  /*@ assert cipher: medsgd__is_cipher(x.a, x.b, x.c, x.d, 16 * (position / 64), position % 16, purpose, stream); */
  switch (position / 16 % 4) {
    case 0: return x.a;
    case 1: return x.b;
    case 2: return x.c;
    default: return x.d;
  }
}

/*@ requires \valid(r + (0 .. 4));
    terminates \true;
    exits \false;
    assigns r[0 .. 4]; */
MEDSGD__INLINE void medsgd__put_runner(medsgd_real *r, size_t index, uint64_t key) {
  r[0] = (medsgd_real)(uint32_t)((uint64_t)index >> 24);
  r[1] = (medsgd_real)(uint32_t)(index & 0xFFFFFFu);
  r[2] = (medsgd_real)(uint32_t)(key >> 40);
  r[3] = (medsgd_real)(uint32_t)(key >> 16 & 0xFFFFFFu);
  r[4] = (medsgd_real)(uint32_t)(key & 0xFFFFu);
}

/* The whole number of at most 24 bits in x; 0 for what is none, which does not occur. */
/*@ terminates \true;
    exits \false;
    assigns \nothing; */
MEDSGD__INLINE uint32_t medsgd__whole(medsgd_real x) {
  return x >= 0 && x < 16777216 ? (uint32_t)x : 0;
}

/*@ requires \valid_read(r + (0 .. 4));
    terminates \true;
    exits \false;
    assigns \nothing; */
MEDSGD__INLINE size_t medsgd__runner_index(const medsgd_real *r) {
  return (size_t)((uint64_t)medsgd__whole(r[0]) << 24 | (uint64_t)medsgd__whole(r[1]));
}

/*@ requires \valid_read(r + (0 .. 4));
    terminates \true;
    exits \false;
    assigns \nothing; */
MEDSGD__INLINE uint64_t medsgd__runner_key(const medsgd_real *r) {
  return (uint64_t)medsgd__whole(r[2]) << 40 | (uint64_t)medsgd__whole(r[3]) << 16 | (uint64_t)medsgd__whole(r[4]);
}

/* Keeps the k < n runners of smallest key, equal keys by their order, in the order they stand in; returns the largest
 * key kept. The three parts of the key are selected one after the other, each among the runners that agree in the parts
 * before. */
/*@ requires 0 < k < n && n <= SIZE_MAX / 5 && \valid(runners + (0 .. 5 * n - 1)) && \valid(scratch + (0 .. n - 1)) &&
      \separated(runners + (0 .. 5 * n - 1), scratch + (0 .. n - 1));
    terminates \true;
    exits \false;
    assigns runners[0 .. 5 * n - 1], scratch[0 .. n - 1]; */
static MEDSGD__UNUSED uint64_t medsgd__keep_fastest(medsgd_real *runners, size_t n, size_t k, medsgd_real *scratch) {
  medsgd_real part[3] = {0, 0, 0};
  size_t rank = k - 1, kept = 0, ties;
  uint64_t key;
  /*@ loop invariant 0 <= c <= 3;
      loop assigns c, rank, part[0 .. 2], scratch[0 .. n - 1];
      loop variant 3 - c; */
  for (size_t c = 0; c < 3; c++) {
    size_t same = 0, less = 0;
    /*@ loop invariant 0 <= i <= n && 0 <= same <= i;
        loop assigns i, same, scratch[0 .. n - 1];
        loop variant n - i; */
    for (size_t i = 0; i < n; i++) {
      const medsgd_real *const r = runners + MEDSGD__RUNNER * i;
      if ((c < 1 || r[2] == part[0]) && (c < 2 || r[3] == part[1])) scratch[same++] = r[2 + c];
    }
    (void)medsgd_select(scratch, same, rank, &part[c]);
    /*@ loop invariant 0 <= i <= same;
        loop assigns i, less;
        loop variant same - i; */
    for (size_t i = 0; i < same; i++) less += (size_t)(scratch[i] < part[c]);
    rank -= less;
  }
  key = (uint64_t)medsgd__whole(part[0]) << 40 | (uint64_t)medsgd__whole(part[1]) << 16 |
        (uint64_t)medsgd__whole(part[2]);
  ties = rank + 1;
  /*@ loop invariant 0 <= i <= n && 0 <= kept <= i;
      loop assigns i, kept, ties, runners[0 .. 5 * n - 1];
      loop variant n - i; */
  for (size_t i = 0; i < n; i++) {
    const medsgd_real *const r = runners + MEDSGD__RUNNER * i;
    const uint64_t own = medsgd__runner_key(r);
    const size_t tie = (size_t)(own == key && ties > 0);
    if (own < key || tie) {
      medsgd_real *const to = runners + MEDSGD__RUNNER * kept;
      /*@ loop invariant 0 <= c <= 5;
          loop assigns c, runners[0 .. 5 * n - 1];
          loop variant 5 - c; */
      for (size_t c = 0; c < MEDSGD__RUNNER; c++) to[c] = r[c];
      kept++;
      ties -= tie;
    }
  }
  return key;
}

/* The number that medsgd__ordered made a key of; 0 and infinity at the ends. */
/*@ terminates \true;
    exits \false;
    assigns \nothing; */
static MEDSGD__UNUSED double medsgd__key_value(uint64_t key) {
  double x = 1.0 + (double)(key & 0xFFFFFFFFFFFFFu) * 2.220446049250313e-16;
  const int e = (int)(key / 0x10000000000000u) - 2048;
  const double by = e < 0 ? 0.5 : 2.0;
  /*@ loop invariant 0 <= i <= 2048;
      loop assigns i, x;
      loop variant i; */
  for (int i = e < 0 ? -e : e; i > 0; i--) x *= by;
  return x;
}

/* Back again: 0 and infinity become the least and the greatest key. */
/*@ terminates \true;
    exits \false;
    assigns \nothing;
    ensures !\gt_double(t, (double)0.0) ==> \result == 0;
    ensures \is_plus_infinity(t) ==> \result == UINT64_MAX; */
static MEDSGD__UNUSED uint64_t medsgd__key_of(double t) {
  if (!(t > 0)) return 0;
  if (!(t <= DBL_MAX)) return UINT64_MAX;
  const medsgd__parts parts = medsgd__split(t);
  return medsgd__ordered(parts.m, parts.e);
}

/* The chance 1 - exp(-T s) that a score's key is below T, within 1e-5 of itself, given y = min(T s / 16, 1): the series
 * at y, then 1 - exp(-2y) = p (2 - p) four times, which cancels nothing. */
/*@ terminates \true;
    exits \false;
    assigns \nothing; */
MEDSGD__INLINE medsgd_real medsgd__chance(medsgd_real y) {
  medsgd_real p = (medsgd_real)(1.0 / 6.0) - y * (medsgd_real)(1.0 / 24.0);
  p = (medsgd_real)0.5 - y * p;
  p = y - y * y * p;
  p *= 2 - p;
  p *= 2 - p;
  p *= 2 - p;
  p *= 2 - p;
  return p;
}

/* How many keys to expect below T: the sum of the chances, with its derivative by a relative change of T, and the
 * negative of the second one. */
typedef struct medsgd__odds {
  double number, slope, bend;
} medsgd__odds;

/* T / 16 as the product of two factors that neither leave the range of medsgd_real nor take a product with a score out
 * of it, unless the chance is 0 or 1. */
typedef struct medsgd__scale {
  medsgd_real first, second;
} medsgd__scale;

/*@ terminates \true;
    exits \false;
    assigns \nothing; */
static MEDSGD__UNUSED medsgd__scale medsgd__race_scale(double t) {
  const double power = MEDSGD__REAL_IS_DOUBLE ? MEDSGD__SCALE_UP : 18446744073709551616.0; /* 2^600, 2^64 */
  medsgd__scale scale;
  const double first = t * power < 1 ? 1 / power : t > power ? power : 1;
  scale.first = (medsgd_real)first;
  scale.second = (medsgd_real)(t / first * 0.0625);
  return scale;
}

/*@ terminates \true;
    exits \false;
    assigns \nothing;
    ensures !medsgd_less((medsgd_real)1.0, \result) && medsgd_number(\result); */
MEDSGD__INLINE medsgd_real medsgd__scaled(medsgd_real s, medsgd__scale scale) {
  const medsgd_real x = s * scale.first * scale.second;
  return x < 1 ? x : 1;
}

/* The odds of n <= 512 scores, whole lanes, are added. */
/*@ requires n <= 512 && \valid(odds) && \valid_read(s + (0 .. n - 1)) && \separated(odds, s + (0 .. n - 1));
    terminates \true;
    exits \false;
    assigns *odds; */
MEDSGD__INLINE void medsgd__add_odds(medsgd__odds *odds, const medsgd_real *MEDSGD__RESTRICT s, size_t n,
                                     medsgd__scale scale) {
  medsgd_real y[32], number[32], slope[32], bend[32];
  /*@ loop invariant 0 <= l <= 32;
      loop assigns l, number[0 .. 31], slope[0 .. 31], bend[0 .. 31];
      loop variant 32 - l; */
  for (size_t l = 0; l < 32; l++) number[l] = slope[l] = bend[l] = 0;
  /*@ loop invariant 0 <= j <= n;
      loop assigns j, y[0 .. 31], number[0 .. 31], slope[0 .. 31], bend[0 .. 31];
      loop variant n - j; */
  for (size_t j = 0; j + 32 <= n; j += 32) {
    /*@ loop invariant 0 <= l <= 32;
        loop assigns l, y[0 .. 31];
        loop variant 32 - l; */
    for (size_t l = 0; l < 32; l++) y[l] = medsgd__scaled(s[j + l], scale);
    /*@ loop invariant 0 <= l <= 32;
        loop assigns l, number[0 .. 31], slope[0 .. 31], bend[0 .. 31];
        loop variant 32 - l; */
    for (size_t l = 0; l < 32; l++) {
      const medsgd_real p = medsgd__chance(y[l]), z = y[l] * (1 - p);
      number[l] += p;
      slope[l] += z;
      bend[l] += y[l] * z;
    }
  }
  /*@ loop invariant 0 <= l <= 32;
      loop assigns l, *odds;
      loop variant 32 - l; */
  for (size_t l = 0; l < 32; l++) {
    odds->number += (double)number[l];
    odds->slope += 16.0 * (double)slope[l];
    odds->bend += 256.0 * (double)bend[l];
  }
}

/*@ requires \valid_read(s + (0 .. d - 1));
    terminates \true;
    exits \false;
    assigns \nothing; */
static MEDSGD__UNUSED medsgd__odds medsgd__race_odds(const medsgd_real *s, size_t d, double t) {
  medsgd__odds odds;
  medsgd_real last[32];
  const medsgd__scale scale = medsgd__race_scale(t);
  size_t j = 0;
  odds.number = odds.slope = odds.bend = 0;
  /*@ loop invariant 0 <= j <= d;
      loop assigns j, odds;
      loop variant d - j; */
  for (; d - j >= 512; j += 512) medsgd__add_odds(&odds, s + j, 512, scale);
  /*@ loop invariant 0 <= j <= d;
      loop assigns j, odds;
      loop variant d - j; */
  for (; d - j >= 32; j += 32) medsgd__add_odds(&odds, s + j, 32, scale);
  if (j < d) {
    /*@ loop invariant 0 <= l <= 32;
        loop assigns l, last[0 .. 31];
        loop variant 32 - l; */
    for (size_t l = 0; l < 32; l++) last[l] = l < d - j ? s[j + l] : (medsgd_real)0;
    medsgd__add_odds(&odds, last, 32, scale);
  }
  return odds;
}

/* By which part of itself T has to grow for `more` keys to be expected below it, from the first two derivatives. The
 * third is positive: what is expected at T (1 + change) is no less than that for more > 0, and no more for more < 0.
 * Infinite without a solution. */
/*@ terminates \true;
    exits \false;
    assigns \nothing; */
static MEDSGD__UNUSED double medsgd__race_change(medsgd__odds odds, double more) {
  const double root = odds.slope * odds.slope - 2.0 * odds.bend * more;
  return odds.slope > 0 && root >= 0 ? 2.0 * more / (odds.slope + sqrt(root)) : (double)INFINITY;
}

/* T that `number` keys of d scores are to be expected below, within a third of it where there is one. */
#define MEDSGD__RACE_LEAST (MEDSGD__REAL_IS_DOUBLE ? 1e-315 : 1e-50)
#define MEDSGD__RACE_MOST (MEDSGD__REAL_IS_DOUBLE ? 1e307 : 1e50)
/*@ requires \valid_read(s + (0 .. d - 1));
    terminates \true;
    exits \false;
    assigns \nothing; */
static MEDSGD__UNUSED double medsgd__race_level(const medsgd_real *s, size_t d, double number) {
  double low = MEDSGD__RACE_LEAST, high = MEDSGD__RACE_MOST;
  /*@ loop invariant 0 <= i <= 16;
      loop assigns i, low, high;
      loop variant 16 - i; */
  for (int i = 0; i < 16 && high > 1.5 * low; i++) { /* the bound is for the prover: 12 halve the exponents' range */
    const double t = medsgd__sqrt(low) * medsgd__sqrt(high);
    if (medsgd__race_odds(s, d, t).number < number)
      low = t;
    else
      high = t;
  }
  return low;
}

/* Where about `number` keys are to be expected below: T mended by its odds or, where the bound is far, further down or
 * up, no more or no fewer; 0 or infinity where that is too far. */
/*@ requires \valid_read(s + (0 .. d - 1));
    terminates \true;
    exits \false;
    assigns \nothing; */
static MEDSGD__UNUSED double medsgd__race_bound(const medsgd_real *s, size_t d, double t, medsgd__odds odds,
                                                double number, int down) {
  /*@ loop invariant 0 <= i <= 8;
      loop assigns i, t, odds;
      loop variant 8 - i; */
  for (int i = 0; i < 8 && t >= MEDSGD__RACE_LEAST && t <= MEDSGD__RACE_MOST; i++) {
    const double change = medsgd__race_change(odds, number - odds.number);
    if (i > 0 && (down ? odds.number <= number : odds.number >= number)) return t;
    if (change >= -0.75 && change <= 2.0) return t * (1.0 + change);
    t *= down ? 0.25 : 4.0;
    odds = medsgd__race_odds(s, d, t);
  }
  return down ? 0.0 : (double)INFINITY;
}

/* The runners between two keys: all with a key below `low` are ahead, and in idx already; one with a key of `limit` or
 * more is out. */
typedef struct medsgd__race {
  size_t *idx;
  medsgd_real *runners, *scratch;
  size_t capacity, count, k, ahead; /* ahead = k + 1: more than k */
  uint64_t low, limit;
  medsgd__scale scale; /* the filter */
  medsgd_real sure, out;
} medsgd__race;

/*@ // Room for the runners, for k of them when the field is cut down, and for the k winners.
    predicate medsgd__race_fits{L}(medsgd__race *race) = \valid(race) && 0 < race->k < race->capacity &&
      race->capacity <= SIZE_MAX / 5 && \valid(race->runners + (0 .. 5 * race->capacity - 1)) &&
      \valid(race->scratch + (0 .. race->capacity - 1)) && \valid(race->idx + (0 .. race->k - 1)) &&
      \separated(race, race->runners + (0 .. 5 * race->capacity - 1), race->scratch + (0 .. race->capacity - 1),
        race->idx + (0 .. race->k - 1));
    // And no more than that in it.
    predicate medsgd__race_runs{L}(medsgd__race *race) = medsgd__race_fits(race) && race->count <= race->capacity &&
      race->ahead <= race->k + 1;
    // Its arrays are the same ones.
    predicate medsgd__race_stays{A, B}(medsgd__race *race) = \at(race->runners, A) == \at(race->runners, B) &&
      \at(race->scratch, A) == \at(race->scratch, B) && \at(race->idx, A) == \at(race->idx, B) &&
      \at(race->capacity, A) == \at(race->capacity, B) && \at(race->k, A) == \at(race->k, B); */

/* The filter that belongs to the two keys. With n the 24 leading random bits of a coordinate, a key below T means
 * n < 2^24 * chance(T), and (n + 1) <= 2^24 * chance(T) a key below T. The chance below the upper key is no more than
 * its multiple of that below the lower one. What the filter cannot hold leaves all to the keys. */
/*@ requires \valid(race);
    terminates \true;
    exits \false;
    assigns race->scale, race->sure, race->out; */
static MEDSGD__UNUSED void medsgd__race_aim(medsgd__race *race) {
  const double high = medsgd__key_value(race->limit), t = race->low > 0 ? medsgd__key_value(race->low) : high;
  race->scale.first = race->scale.second = 1;
  race->sure = 0;
  race->out = (medsgd_real)INFINITY;
  if (!(t >= MEDSGD__RACE_LEAST && t <= MEDSGD__RACE_MOST)) return;
  race->scale = medsgd__race_scale(t);
  if (race->low > 0) race->sure = (medsgd_real)16777048; /* 2^24, and 1e-5 for all roundings */
  if (high < 1e6 * t) race->out = (medsgd_real)(16777384.0 * (high > t ? high / t : 1.0));
}

/*@ // Row i of n rows of length m, one after the other.
    predicate medsgd__gm_row_inside(integer i, integer n, integer m) = 0 <= i * m && i * m + m <= n * m;
    lemma medsgd__gm_rows_inside: \forall integer i, n, m; 0 <= i < n && 0 <= m ==> medsgd__gm_row_inside(i, n, m); */

/* Of d things in n groups of equal size, what a group has, and where group i begins. */
/*@ requires 0 < n <= d;
    terminates \true;
    exits \false;
    assigns \nothing;
    ensures 0 < \result && n * \result <= d; */
MEDSGD__INLINE size_t medsgd__group_size(size_t d, size_t n) { return d / n; }
/*@ requires i < n && 0 < size && n * size <= d <= SIZE_MAX;
    terminates \true;
    exits \false;
    assigns \nothing;
    ensures \result + size <= d; */
MEDSGD__INLINE size_t medsgd__group_begin(size_t i, size_t size, size_t n, size_t d) {
  (void)n, (void)d; /* the contract's */
  /*@ assert medsgd__gm_row_inside(i, n, size); */
  return i * size;
}

/* The two keys between which that of the last winner is to be expected: k keys below it, give or take some standard
 * deviations. T comes from a sample and is mended with the odds of all. So few scores that all their keys cost no more
 * have no window. */
/*@ requires medsgd__race_fits(race) && \valid_read(s + (0 .. d - 1)) && race->capacity <= d && d <= SIZE_MAX / 2;
    requires \separated(race, s + (0 .. d - 1)) && race->k <= positive;
    terminates \true;
    exits \false;
    assigns race->low, race->limit, race->runners[0 .. race->capacity - 1]; */
static MEDSGD__UNUSED void medsgd__race_window(medsgd__race *race, const medsgd_real *s, size_t d, size_t positive) {
  const double k = (double)race->k, rest = (double)(positive - race->k);
  const double margin = 5.0 * medsgd__sqrt(k < rest ? k : rest) + 8.0; /* the variance is below either */
  const size_t some = d / 64 + 64, room = race->capacity < 4096 ? race->capacity : 4096, n = some < room ? some : room;
  const size_t step = medsgd__group_size(d, n);
  medsgd_real *const sample = race->runners;
  double t, change;
  medsgd__odds odds;
  race->low = 0;
  race->limit = UINT64_MAX;
  if (d < 128) return;
  /*@ loop invariant 0 <= i <= n;
      loop assigns i, sample[0 .. n - 1];
      loop variant n - i; */
  for (size_t i = 0; i < n; i++) { /* at unequal distances, so that no period of the scores hides some of them */
    const uint32_t mixed = (uint32_t)i * 0x9E3779B9u / 0x10000u;
    //@ assert rest: 0 <= mixed % step < step;
    const size_t at = (size_t)mixed % step;
    //@ assert at: at < step;
    sample[i] = s[medsgd__group_begin(i, step, n, d) + at];
  }
  t = medsgd__race_level(sample, n, k * ((double)n / (double)d));
  odds = medsgd__race_odds(s, d, t);
  /*@ loop invariant 0 <= i <= 8;
      loop assigns i, change, t, odds;
      loop variant 8 - i; */
  for (int i = 0; i < 8; i++) {
    change = medsgd__race_change(odds, k - odds.number);
    if (change >= -0.1 && change <= 0.1) break;
    const double least = k < 0.25 * odds.number ? k / odds.number : 0.25;
    t *= change > 1 ? 4.0 : change < -0.5 ? least : 1.0 + change;
    odds = medsgd__race_odds(s, d, t);
  }
  if (k > margin) race->low = medsgd__key_of(medsgd__race_bound(s, d, t, odds, k - margin, 1));
  if (rest > margin) race->limit = medsgd__key_of(medsgd__race_bound(s, d, t, odds, k + margin, 0));
}

/* 64 coordinates under the filter. Bit l of *sure: its key is below `low`; bit l of *open clear: it is `limit` or
 * more, or the score is 0. (A NaN, from 0 * infinity, sets it.) */
/*@ requires \valid(sure) && \valid(open) && \valid_read(s + (0 .. 63)) && \valid_read(w + (0 .. 63));
    requires \separated(sure, open, s + (0 .. 63), w + (0 .. 63));
    terminates \true;
    exits \false;
    assigns *sure, *open; */
MEDSGD__INLINE void medsgd__race_filter(uint64_t *sure, uint64_t *open, const medsgd_real *MEDSGD__RESTRICT s,
                                        const uint32_t *MEDSGD__RESTRICT w, medsgd__scale scale, medsgd_real below,
                                        medsgd_real beyond) {
  medsgd_real n[64], p[64];
  uint32_t sure_lo = 0, sure_hi = 0, open_lo = 0, open_hi = 0;
  /*@ loop invariant 0 <= l <= 64;
      loop assigns l, n[0 .. 63], p[0 .. 63];
      loop variant 64 - l; */
  for (size_t l = 0; l < 64; l++) {
    p[l] = medsgd__scaled(s[l], scale);
    n[l] = (medsgd_real)(int32_t)(w[l] >> 8);
  }
  /*@ loop invariant 0 <= l <= 64;
      loop assigns l, p[0 .. 63];
      loop variant 64 - l; */
  for (size_t l = 0; l < 64; l++) p[l] = medsgd__chance(p[l]); /* (in one loop, gcc -O2 would branch at 1) */
  /*@ loop invariant 0 <= l <= 32;
      loop assigns l, sure_lo, sure_hi;
      loop variant 32 - l; */
  for (size_t l = 0; l < 32; l++) {
    sure_lo |= (0u - (uint32_t)(n[l] + 1 <= p[l] * below)) & medsgd__lane(l);
    sure_hi |= (0u - (uint32_t)(n[32 + l] + 1 <= p[32 + l] * below)) & medsgd__lane(l);
  }
  /*@ loop invariant 0 <= l <= 32;
      loop assigns l, open_lo, open_hi;
      loop variant 32 - l; */
  for (size_t l = 0; l < 32; l++) {
    open_lo |= (0u - (uint32_t)(!(n[l] > p[l] * beyond) & (s[l] > 0))) & medsgd__lane(l);
    open_hi |= (0u - (uint32_t)(!(n[32 + l] > p[32 + l] * beyond) & (s[32 + l] > 0))) & medsgd__lane(l);
  }
  *sure = (uint64_t)sure_hi << 32 | (uint64_t)sure_lo;
  *open = (uint64_t)open_hi << 32 | (uint64_t)open_lo;
}

/* 1 where the key of coordinate j is below `low`; else the coordinate enters the race, unless its key is `limit` or
 * more. A full field is cut down to the k fastest. */
/*@ requires medsgd__race_runs(race);
    terminates \true;
    exits \false;
    assigns race->count, race->limit, race->scale, race->sure, race->out, race->runners[0 .. 5 * race->capacity - 1],
      race->scratch[0 .. race->capacity - 1];
    ensures medsgd__race_runs(race);
    ensures \result == 0 || \result == 1; */
static MEDSGD__UNUSED unsigned medsgd__race_enter(medsgd__race *race, size_t j, double s, uint32_t high,
                                                  medsgd_stream stream) {
  const uint64_t low = medsgd__random_word(j, MEDSGD__PURPOSE_BLOCK_LOW, stream);
  const uint64_t key = medsgd__race_key(s, (uint64_t)high << 32 | low);
  if (key < race->low) return 1;
  if (key >= race->limit) return 0;
  if (race->count == race->capacity) {
    race->limit = medsgd__keep_fastest(race->runners, race->count, race->k, race->scratch);
    race->count = race->k;
    medsgd__race_aim(race);
    if (key >= race->limit) return 0;
  }
  //@ assert medsgd__race_fits(race) && race->count < race->capacity && race->ahead <= race->k + 1;
  medsgd__put_runner(race->runners + MEDSGD__RUNNER * race->count, j, key);
  //@ assert medsgd__race_fits(race) && race->count < race->capacity && race->ahead <= race->k + 1;
  race->count++;
  return 0;
}

/* Those of the coordinates j, ..., j + 7 whose bit is set get ahead; room for k. */
/*@ requires medsgd__race_runs(race);
    terminates \true;
    exits \false;
    assigns race->ahead, race->idx[0 .. race->k - 1];
    ensures medsgd__race_runs(race); */
MEDSGD__INLINE void medsgd__race_ahead(medsgd__race *race, size_t j, unsigned set) {
  const size_t k = race->k;
  size_t *const idx = race->idx;
  size_t n = race->ahead;
  if (n <= k && k - n >= 8) { /* without a branch */
    /*@ loop invariant 0 <= b <= 8 && 0 <= n <= k - 8 + b;
        loop assigns b, n, idx[0 .. k - 1];
        loop variant 8 - b; */
    for (unsigned b = 0; b < 8; b++) {
      idx[n] = j + b;
      //@ assert (unsigned)(set >> b) == (set >> b);
      //@ assert 0 <= (set >> b) % 2u <= 1;
      n += (set >> b) % 2u;
    }
  } else {
    /*@ loop invariant 0 <= b <= 8 && 0 <= n <= k + 1;
        loop assigns b, n, idx[0 .. k - 1];
        loop variant 8 - b; */
    for (unsigned b = 0; b < 8; b++) {
      if ((set >> b) % 2u != 0) {
        if (n < k) idx[n] = j + b;
        n += (size_t)(n <= k);
      }
    }
  }
  race->ahead = n;
}

/* Of 64 coordinates, of which the n first exist. */
/*@ requires medsgd__race_runs(race) && \valid_read(group + (0 .. 63)) && first <= SIZE_MAX - 63;
    terminates \true;
    exits \false;
    assigns race->count, race->limit, race->scale, race->sure, race->out, race->runners[0 .. 5 * race->capacity - 1],
      race->scratch[0 .. race->capacity - 1], race->ahead, race->idx[0 .. race->k - 1];
    ensures medsgd__race_runs(race); */
MEDSGD__INLINE void medsgd__race_group(medsgd__race *race, const medsgd_real *group, size_t first,
                                       medsgd_stream stream) {
  uint32_t w[64];
  uint64_t sure, open;
  medsgd__random_words(w, (uint64_t)first / 64, MEDSGD__PURPOSE_BLOCK, stream);
  medsgd__race_filter(&sure, &open, group, w, race->scale, race->sure, race->out);
  open &= ~sure;
  /*@ ghost size_t *idx = race->idx; medsgd_real *runners = race->runners; medsgd_real *scratch = race->scratch; */
  /*@ ghost size_t k = race->k; size_t capacity = race->capacity; // fixed names: the loop assigns a size_t array */
  /*@ loop invariant 0 <= l <= 64 && l % 8 == 0;
      loop invariant medsgd__race_runs(race) && medsgd__race_stays{Pre, Here}(race);
      loop assigns l, race->count, race->limit, race->scale, race->sure, race->out, race->ahead,
        runners[0 .. 5 * capacity - 1], scratch[0 .. capacity - 1], idx[0 .. k - 1];
      loop variant 64 - l; */
  for (size_t l = 0; l < 64; l += 8) {
    unsigned set = (unsigned)(sure >> l & 0xFFu);
    const unsigned maybe = (unsigned)(open >> l & 0xFFu);
    if ((set | maybe) == 0) continue;
    //@ assert maybe <= 255;
    /*@ loop invariant 0 <= b <= 8;
        loop invariant medsgd__race_runs(race) && medsgd__race_stays{Pre, Here}(race);
        loop assigns b, set, race->count, race->limit, race->scale, race->sure, race->out,
          runners[0 .. 5 * capacity - 1], scratch[0 .. capacity - 1];
        loop variant 8 - b; */
    for (unsigned b = 0; maybe >> b != 0; b++) {
      //@ assert end: b == 8 ==> \false;
      //@ assert b < 8;
      if ((maybe >> b & 1u) != 0)
        set |= medsgd__race_enter(race, first + l + b, (double)group[l + b], w[l + b], stream) << b;
    }
    medsgd__race_ahead(race, first + l, set);
  }
}

/* All coordinates run; afterwards those below `low` are ahead, the first k of them in idx, and the runners are all
 * others with a key below the limit, or the k fastest and more of these. */
/*@ requires medsgd__race_fits(race) && \valid_read(s + (0 .. d - 1));
    terminates \true;
    exits \false;
    assigns race->count, race->limit, race->scale, race->sure, race->out, race->runners[0 .. 5 * race->capacity - 1],
      race->scratch[0 .. race->capacity - 1], race->ahead, race->idx[0 .. race->k - 1];
    ensures medsgd__race_runs(race); */
static MEDSGD__UNUSED void medsgd__race_run(medsgd__race *race, const medsgd_real *s, size_t d, medsgd_stream stream) {
  medsgd_real last[64];
  size_t j = 0;
  /*@ ghost size_t *idx = race->idx; medsgd_real *runners = race->runners; medsgd_real *scratch = race->scratch; */
  /*@ ghost size_t k = race->k; size_t capacity = race->capacity; */
  race->count = race->ahead = 0;
  medsgd__race_aim(race);
  /*@ loop invariant 0 <= j <= d && j % 64 == 0;
      loop invariant medsgd__race_runs(race) && medsgd__race_stays{Pre, Here}(race);
      loop assigns j, race->count, race->limit, race->scale, race->sure, race->out, race->ahead,
        runners[0 .. 5 * capacity - 1], scratch[0 .. capacity - 1], idx[0 .. k - 1];
      loop variant d - j; */
  for (; d - j >= 64; j += 64) medsgd__race_group(race, s + j, j, stream);
  if (j < d) {
    /*@ loop invariant 0 <= l <= 64;
        loop assigns l, last[0 .. 63];
        loop variant 64 - l; */
    for (size_t l = 0; l < 64; l++) last[l] = l < d - j ? s[j + l] : (medsgd_real)0;
    medsgd__race_group(race, last, j, stream);
  }
}

/* The n indices in idx and those of the k - n runners, merged. They ascend and their scores are positive; the proof
 * does not follow that through the scratch memory, so it is looked at once more. */
/*@ requires n <= k && \valid(idx + (0 .. k - 1)) && \valid_read(runners + (0 .. 5 * (k - n) - 1)) &&
      \valid_read(s + (0 .. d - 1));
    requires \separated(idx + (0 .. k - 1), s + (0 .. d - 1)) &&
      \separated(idx + (0 .. k - 1), runners + (0 .. 5 * (k - n) - 1));
    terminates \true;
    exits \false;
    assigns idx[0 .. k - 1];
    ensures \result <= k && medsgd__chosen(idx, \result, s, d); */
static MEDSGD__UNUSED size_t medsgd__block_of_runners(size_t *idx, size_t n, const medsgd_real *runners,
                                                      const medsgd_real *s, size_t d, size_t k) {
  size_t count = 0, end = 0, r = 0, a = k - n;
  const size_t all = a;
  /*@ loop invariant 0 <= i <= n;
      loop assigns i, idx[0 .. k - 1];
      loop variant i; */
  for (size_t i = n; i > 0; i--) idx[a + i - 1] = idx[i - 1];
  /*@ loop invariant 0 <= i <= k && 0 <= count <= i && 0 <= a <= k && 0 <= r <= i && 0 <= end <= d;
      loop invariant \forall integer q; 0 <= q < count ==> idx[q] < end;
      loop invariant \forall integer q, p; 0 <= q < p < count ==> idx[q] < idx[p];
      loop invariant \forall integer q; 0 <= q < count ==> medsgd_positive(s[idx[q]]);
      loop assigns i, a, r, count, end, idx[0 .. k - 1];
      loop variant k - i; */
  for (size_t i = 0; i < k; i++) {
    size_t j = r < all ? medsgd__runner_index(runners + MEDSGD__RUNNER * r) : d;
    if (a < k && idx[a] < j) {
      j = idx[a];
      a++;
    } else {
      r++;
    }
    if (end <= j && j < d && s[j] > 0) {
      idx[count] = j;
      count++;
      end = j + 1;
    }
  }
  return count;
}

/* How many runners the scratch memory holds. */
/*@ requires 0 < k <= d;
    terminates \true;
    exits \false;
    assigns \nothing;
    ensures \result == (d - 2 * k < 64 ? d : 2 * k + 64);
    ensures k <= \result <= d; */
MEDSGD__INLINE size_t medsgd__race_capacity(size_t d, size_t k) {
  return k > d / 2 || d - 2 * k < 64 ? d : 2 * k + 64;
}

MEDSGD_API size_t medsgd_block_work(size_t d, size_t k) {
  if (k == 0 || k > d || d / 0x1000000u / 0x1000000u != 0) return 0;
  const size_t capacity = medsgd__race_capacity(d, k);
  return capacity <= SIZE_MAX / sizeof(medsgd_real) / (MEDSGD__RUNNER + 1u) ? capacity * (MEDSGD__RUNNER + 1u) : 0;
}

/* The race, and where the last winner is not in the window, another one without. */
/*@ requires medsgd__race_fits(race) && \valid_read(s + (0 .. d - 1));
    terminates \true;
    exits \false;
    assigns race->count, race->low, race->limit, race->scale, race->sure, race->out,
      race->runners[0 .. 5 * race->capacity - 1], race->scratch[0 .. race->capacity - 1], race->ahead,
      race->idx[0 .. race->k - 1];
    ensures medsgd__race_runs(race); */
static MEDSGD__UNUSED void medsgd__race_twice(medsgd__race *race, const medsgd_real *s, size_t d,
                                              medsgd_stream stream) {
  medsgd__race_run(race, s, d, stream);
  //@ assert medsgd__race_runs(race) && medsgd__race_stays{Pre, Here}(race);
  if (race->ahead > race->k || race->count < race->k - race->ahead) {
    race->low = 0;
    race->limit = UINT64_MAX;
    //@ assert medsgd__race_fits(race) && medsgd__race_stays{Pre, Here}(race);
    medsgd__race_run(race, s, d, stream);
  }
}

/* The race for k of more coordinates of positive score. */
/*@ requires 0 < k < positive && medsgd_block_length(d, k) > 0;
    requires number: medsgd_reached(s, d, (medsgd_real)0.0, 0, positive);
    requires \valid(idx + (0 .. k - 1)) && \valid_read(s + (0 .. d - 1)) &&
      \valid(work + (0 .. medsgd_block_length(d, k) - 1)) &&
      \separated(idx + (0 .. k - 1), s + (0 .. d - 1), work + (0 .. medsgd_block_length(d, k) - 1));
    terminates \true;
    exits \false;
    assigns idx[0 .. k - 1], work[0 .. medsgd_block_length(d, k) - 1];
    ensures number: \result == k && medsgd_reached(s, d, (medsgd_real)0.0, 0, positive);
    ensures chosen: medsgd__chosen(idx, k, s, d); */
static MEDSGD__UNUSED size_t medsgd__race_block(size_t *idx, const medsgd_real *s, size_t d, size_t k,
                                                size_t positive, medsgd_stream stream, medsgd_real *work) {
  size_t n = 0;
  medsgd__race race;
  //@ assert more: k < d;
  race.capacity = medsgd__race_capacity(d, k);
  race.runners = work;
  race.scratch = work + MEDSGD__RUNNER * race.capacity;
  race.idx = idx;
  race.k = k;
  //@ ghost size_t capacity = race.capacity;
  //@ assert length: 6 * capacity == medsgd_block_length(d, k) && race.scratch == work + 5 * capacity;
  medsgd__race_window(&race, s, d, positive);
  //@ assert window: medsgd__alike{Pre, Here}(s, 0, d, (medsgd_real)0.0, 0);
  //@ assert fits: medsgd__race_fits(&race) && race.capacity == capacity && race.k == k && race.idx == idx;
  /*@ assert apart: \separated(s + (0 .. d - 1), race.runners + (0 .. 5 * race.capacity - 1)) &&
        \separated(s + (0 .. d - 1), race.scratch + (0 .. race.capacity - 1)); */
  //@ ghost Window: ;
  medsgd__race_twice(&race, s, d, stream);
  //@ assert race: medsgd__alike{Window, Here}(s, 0, d, (medsgd_real)0.0, 0);
  //@ assert runs: medsgd__race_runs(&race) && race.capacity == capacity && race.k == k && race.idx == idx;
  //@ assert raced: medsgd__alike{Pre, Here}(s, 0, d, (medsgd_real)0.0, 0);
  if (race.ahead <= k) {
    if (race.count > k - race.ahead && race.ahead < k)
      (void)medsgd__keep_fastest(race.runners, race.count, k - race.ahead, race.scratch);
    //@ assert fastest: medsgd__alike{Pre, Here}(s, 0, d, (medsgd_real)0.0, 0);
    n = medsgd__block_of_runners(idx, race.ahead, race.runners, s, d, k);
  }
  //@ assert last: medsgd__alike{Pre, Here}(s, 0, d, (medsgd_real)0.0, 0);
  //@ assert positive: medsgd_reached(s, d, (medsgd_real)0.0, 0, positive);
  /* No race is short of winners; but the proof does not follow the keys so far. */
  if (n < k) n = medsgd__block_all(idx, s, d, k);
  return n;
}

MEDSGD_API int medsgd_block_sample(size_t *idx, size_t *count, const medsgd_real *s, size_t d, size_t k,
                                   medsgd_stream stream, medsgd_real *work) {
  if (d == 0) {
    if (count) *count = 0;
    return MEDSGD_OK;
  }
  if (medsgd_block_work(d, k) == 0) return MEDSGD_ERR_SIZE;
  if (!idx || !count || !s || !work) return MEDSGD_ERR_NULL;
  const medsgd__scores scores = medsgd__look_at_scores(s, d);
  if (scores.bad) return MEDSGD_ERR_PARAM;
  size_t n = 0;
  if (scores.positive <= k) {
    n = medsgd__block_all(idx, s, d, k);
    //@ assert few: medsgd_reached(s, d, (medsgd_real)0.0, 0, scores.positive) && n == scores.positive;
  } else {
    n = medsgd__race_block(idx, s, d, k, scores.positive, stream, work);
    //@ assert many: medsgd_reached(s, d, (medsgd_real)0.0, 0, scores.positive) && n == k;
  }
  //@ assert counted: medsgd_reached(s, d, (medsgd_real)0.0, 0, scores.positive);
  //@ assert chosen: n == (scores.positive < k ? scores.positive : k) && medsgd__chosen(idx, n, s, d);
  *count = n;
  //@ assert number: medsgd_reached(s, d, (medsgd_real)0.0, 0, scores.positive) && *count == n;
  //@ assert block: medsgd_block(idx, n, d);
  return MEDSGD_OK;
}

/* ---- the largest scores ---- */

/* The k-th largest of a[0..n-1], 1 <= k <= n, which are permuted. */
/*@ requires 0 < k <= n && \valid(a + (0 .. n - 1));
    terminates \true;
    exits \false;
    assigns a[0 .. n - 1];
    ensures medsgd_number(\result);
    ensures (medsgd_top(a[n - k]) && \is_plus_infinity(\result)) ||
      (!medsgd_top(a[n - k]) && medsgd_equal(\result, a[n - k]));
    ensures \forall integer i; 0 <= i < n - k ==> !medsgd_less(a[n - k], a[i]);
    ensures \forall integer i; n - k < i < n ==> !medsgd_less(a[i], a[n - k]); */
static MEDSGD__UNUSED medsgd_real medsgd__kth_largest(medsgd_real *a, size_t n, size_t k) {
  medsgd_real value = 0;
  //@ assert (size_t)(n - k) == n - k;
  (void)medsgd_select(a, n, n - k, &value);
  //@ assert \forall integer i; n - k < i < n ==> !medsgd_less(a[i], a[n - k]);
  return value;
}

/* Collects the scores above `least`; where they are too many, the k largest of them, and raises `least` to the smallest
 * of these. Returns how many were collected. */
/*@ requires 0 < k <= capacity && (k < capacity || d <= capacity) && capacity <= SIZE_MAX / 2;
    requires \valid(top + (0 .. capacity - 1)) && \valid_read(s + (0 .. d - 1)) &&
      \separated(top + (0 .. capacity - 1), s + (0 .. d - 1));
    terminates \true;
    exits \false;
    assigns top[0 .. capacity - 1];
    ensures \result <= capacity; */
static MEDSGD__UNUSED size_t medsgd__collect_largest(medsgd_real *top, size_t capacity, const medsgd_real *s,
                                                     size_t d, size_t k, medsgd_real least) {
  size_t n = 0;
  /*@ loop invariant 0 <= j <= d && 0 <= n <= j && n <= capacity;
      loop assigns j, n, least, top[0 .. capacity - 1];
      loop variant d - j; */
  for (size_t j = 0; j < d; j++) {
    if (s[j] > least) {
      if (n == capacity) { /* select puts the k largest last */
        least = medsgd__kth_largest(top, n, k);
        /*@ loop invariant 0 <= i <= k;
            loop assigns i, top[0 .. capacity - 1];
            loop variant k - i; */
        for (size_t i = 0; i < k; i++) top[i] = top[n - k + i];
        n = k;
        if (!(s[j] > least)) continue;
      }
      top[n++] = s[j];
    }
  }
  return n;
}

/* A score that somewhat more than k others should exceed, from a sample at equal distances; 0 when it cannot tell. */
/*@ requires 0 < k <= capacity <= d && d <= SIZE_MAX / 2 && \valid(top + (0 .. capacity - 1)) &&
      \valid_read(s + (0 .. d - 1)) && \separated(top + (0 .. capacity - 1), s + (0 .. d - 1));
    terminates \true;
    exits \false;
    assigns top[0 .. capacity - 1]; */
static MEDSGD__UNUSED medsgd_real medsgd__guess_least(medsgd_real *top, size_t capacity, const medsgd_real *s,
                                                      size_t d, size_t k) {
  const size_t n = capacity < 8192 ? capacity : 8192, step = medsgd__group_size(d, n);
  const double expected = (double)k * ((double)n / (double)d);
  const double rank = expected + 4.0 * medsgd__sqrt(expected) + 4.0;
  const size_t place = rank >= 1 && rank < 65536 ? (size_t)rank : 0; /* 0: not at all */
  if (place == 0 || place >= n / 2) return 0;
  /*@ loop invariant 0 <= i <= n;
      loop assigns i, top[0 .. n - 1];
      loop variant n - i; */
  for (size_t i = 0; i < n; i++) top[i] = s[medsgd__group_begin(i, step, n, d)];
  return medsgd__kth_largest(top, n, place);
}

/* The coordinates above `least` > 0 and, of those that equal it, the first `ties`; no more than k. */
/*@ requires \valid_read(s + (0 .. d - 1)) && \valid(idx + (0 .. k - 1)) &&
      \separated(idx + (0 .. k - 1), s + (0 .. d - 1));
    requires medsgd_positive(least);
    terminates \true;
    exits \false;
    assigns idx[0 .. k - 1];
    ensures \result <= k && medsgd__chosen(idx, \result, s, d);
    ensures \forall integer i; 0 <= i < \result ==> !medsgd_less(s[idx[i]], least); */
static MEDSGD__UNUSED size_t medsgd__block_above(size_t *idx, const medsgd_real *s, size_t d, size_t k,
                                                 medsgd_real least, size_t ties) {
  size_t n = 0;
  /*@ loop invariant 0 <= j <= d && 0 <= n <= k;
      loop invariant \forall integer i; 0 <= i < n ==> idx[i] < j;
      loop invariant \forall integer i, l; 0 <= i < l < n ==> idx[i] < idx[l];
      loop invariant \forall integer i; 0 <= i < n ==> medsgd_positive(s[idx[i]]);
      loop invariant \forall integer i; 0 <= i < n ==> !medsgd_less(s[idx[i]], least);
      loop assigns j, n, ties, idx[0 .. k - 1];
      loop variant d - j; */
  for (size_t j = 0; j < d && n < k; j++) {
    if (s[j] >= least) {
      if (s[j] > least) {
        idx[n] = j;
        n++;
      } else if (ties > 0) {
        idx[n] = j;
        n++;
        ties--;
      }
    }
  }
  return n;
}

MEDSGD_API int medsgd_block_top(size_t *idx, size_t *count, const medsgd_real *s, size_t d, size_t k,
                                medsgd_real *work) {
  if (d == 0) {
    if (count) *count = 0;
    return MEDSGD_OK;
  }
  if (medsgd_block_work(d, k) == 0) return MEDSGD_ERR_SIZE;
  if (!idx || !count || !s || !work) return MEDSGD_ERR_NULL;
  const medsgd__scores scores = medsgd__look_at_scores(s, d);
  if (scores.bad) return MEDSGD_ERR_PARAM;
  if (scores.positive <= k) {
    *count = medsgd__block_all(idx, s, d, k);
    return MEDSGD_OK;
  }
  const size_t capacity = medsgd__race_capacity(d, k);
  size_t n = medsgd__collect_largest(work, capacity, s, d, k, medsgd__guess_least(work, capacity, s, d, k));
  if (n < k) n = medsgd__collect_largest(work, capacity, s, d, k, 0);
  const medsgd_real least = medsgd__kth_largest(work, n, k);
  size_t ties = k;
  for (size_t i = 0; i < n; i++) ties -= (size_t)(work[i] > least);
  *count = medsgd__block_above(idx, s, d, k, least, ties);
  return MEDSGD_OK;
}

/* ---- a block's values ---- */

MEDSGD_API int medsgd_gather(medsgd_real *block, const medsgd_real *row, const size_t *idx, size_t k) {
  if (k == 0) return MEDSGD_ERR_SIZE;
  if (!block || !row || !idx) return MEDSGD_ERR_NULL;
  /*@ loop invariant 0 <= i <= k;
      loop invariant \forall integer j; 0 <= j < i ==> block[j] == row[idx[j]];
      loop assigns i, block[0 .. k - 1];
      loop variant k - i; */
  for (size_t i = 0; i < k; i++) block[i] = row[idx[i]];
  return MEDSGD_OK;
}

/*@ // What is stepped from x is stepped from y (x is y, which == does not say of NaN).
    predicate medsgd__stepped_alike(medsgd_real step, medsgd_real x, medsgd_real y) =
      \forall medsgd_real v, b; medsgd_is_stepped(v, x, step, b) ==> medsgd_is_stepped(v, y, step, b); */

/*@ terminates \true;
    exits \false;
    assigns \nothing;
    ensures medsgd_is_stepped(\result, x, step, b); */
MEDSGD__INLINE medsgd_real medsgd__stepped(medsgd_real x, medsgd_real step, medsgd_real b) { return x - step * b; }

MEDSGD_API int medsgd_scatter_step(medsgd_real *x, const medsgd_real *block, const size_t *idx, size_t k,
                                   medsgd_real step) {
  if (k == 0) return MEDSGD_ERR_SIZE;
  if (!x || !block || !idx) return MEDSGD_ERR_NULL;
  if (!medsgd__is_finite(step)) return MEDSGD_ERR_PARAM;
  /*@ loop invariant 0 <= i <= k;
      loop invariant frame: \forall integer j; 0 <= j && medsgd_outside(idx, k, j) ==>
        medsgd_same(x[j], \at(x[j], Pre));
      loop invariant rest: \forall integer j; 0 <= j && medsgd_outside(idx, i, j) ==>
        medsgd__stepped_alike(step, x[j], \at(x[j], Pre));
      loop invariant steps: (\forall integer a, b; 0 <= a < b < k ==> idx[a] != idx[b]) ==>
        \forall integer a; 0 <= a < i ==>
          medsgd_is_stepped(x[idx[a]], \at(x[idx[a]], Pre), step, block[a]);
      loop assigns i, x[0 .. SIZE_MAX];
      loop variant k - i; */
  for (size_t i = 0; i < k; i++) {
    /*@ assert \forall integer j; medsgd_outside(idx, i + 1, j) ==> medsgd_outside(idx, i, j) && j != idx[i]; */
    /*@ assert (\forall integer a, b; 0 <= a < b < k ==> idx[a] != idx[b]) ==> medsgd_outside(idx, i, idx[i]); */
    //@ ghost const size_t here = idx[i];
    /*@ assert alike: (\forall integer a, b; 0 <= a < b < k ==> idx[a] != idx[b]) ==>
          medsgd__stepped_alike(step, x[here], \at(x[\at(here, Here)], Pre)); */
    x[idx[i]] = medsgd__stepped(x[idx[i]], step, block[i]);
    /*@ assert now: (\forall integer a, b; 0 <= a < b < k ==> idx[a] != idx[b]) ==>
          medsgd_is_stepped(x[here], \at(x[\at(here, Here)], Pre), step, block[i]); */
    /*@ assert earlier: (\forall integer a, b; 0 <= a < b < k ==> idx[a] != idx[b]) ==>
          \forall integer a; 0 <= a < i ==>
            medsgd_is_stepped(x[idx[a]], \at(x[\at(idx[a], Here)], Pre), step, block[a]); */
  }
  return MEDSGD_OK;
}

/* ======== geometric median ========================================================================================
 * Up to MEDSGD__GM_ROWS rows: one pass computes all pairwise distances. They give the row to centre at (the one whose
 * weighted median distance to the others is least, so that no minority by weight can draw it away) and, by the law of
 * cosines, the Gram matrix of the rows centred there; the iteration then works on the m coefficients alone. Where
 * outliers are so far that the law of cosines would lose the near rows, a second pass computes the Gram matrix itself.
 * Long rows first try that matrix in medsgd_real, about a row chosen by a sample of the coordinates: what it lacks
 * shows in the certificate. More rows: each iteration finds the distances at y and one more direction, and minimises
 * over all directions found. In every case a last pass computes the distances, the residual and y from the rows.
 *
 * Distances are kept in a unit (a power of two, 1 for float data) in which those that matter neither overflow nor
 * underflow when squared; weights likewise. */

#define MEDSGD__GM_ROWS 128u       /* above this the matrices cost more than the passes they save */
#define MEDSGD__GM_TILE 128u       /* coordinates of a tile                                        */
#define MEDSGD__GM_SUPER 64u       /* tiles of a block of a reduction's second level               */
#define MEDSGD__GM_WIDE 256u       /* coordinates of a tile of the quick products                  */
#define MEDSGD__GM_LONG 32768u     /* rows at least that long try the quick products first         */
#define MEDSGD__GM_SAMPLE 16u      /* tiles in which their centre is sought                        */
#define MEDSGD__GM_CANDIDATES 16u  /* rows among which the centre is chosen when there are many    */
#define MEDSGD__GM_DIRECTIONS 12u  /* directions in which the passes minimise at once              */
#define MEDSGD__GM_VECTORS 18u     /* vectors of m doubles in `work`                               */
#define MEDSGD__GM_BUFFERS 8u      /* tiles in `work` beside those that hold rows                  */
#define MEDSGD__GM_EPS DBL_EPSILON
/* Powers of two, in decimal for C++11. */
#define MEDSGD__GM_UP600 4.149515568880993e+180   /* 2^600  */
#define MEDSGD__GM_DOWN600 2.409919865102884e-181 /* 2^-600 */
#define MEDSGD__GM_UP64 18446744073709551616.0    /* 2^64   */
#define MEDSGD__GM_DOWN64 5.421010862427522e-20  /* 2^-64  */
#define MEDSGD__GM_FAR 3.273390607896142e+150     /* 2^500: distances are cut off here */
#define MEDSGD__GM_NEAR 3.054936363499605e-151    /* 2^-500: and are 0 below this      */

MEDSGD_API size_t medsgd_geomedian_work(size_t m) {
  const size_t tile = MEDSGD__GM_TILE;
  if (m == 0) return 0;
  if (m <= MEDSGD__GM_ROWS) return m * (MEDSGD__GM_VECTORS + tile + 4u * m) + MEDSGD__GM_BUFFERS * tile;
  if (m > (SIZE_MAX / sizeof(double) - 32u * tile) / (MEDSGD__GM_VECTORS + 2u * MEDSGD__GM_CANDIDATES)) return 0;
  return m * (MEDSGD__GM_VECTORS + 2u * MEDSGD__GM_CANDIDATES) + (MEDSGD__GM_CANDIDATES + MEDSGD__GM_BUFFERS) * tile;
}

/* m rows of reals: m pointers, or one matrix whose rows begin `stride` apart. */
typedef struct medsgd__row_view {
  const medsgd_real *const *rows; /* null: base and stride count */
  const medsgd_real *base;
  size_t stride;
} medsgd__row_view;
/*@ // Row i of a view of a matrix; all rows of a view can be read.
    predicate medsgd__strided_readable{L}(medsgd__row_view view, integer i, integer d) =
      i * view.stride <= SIZE_MAX && \valid_read(view.base + i * view.stride + (0 .. d - 1));
    predicate medsgd__view_readable{L}(medsgd__row_view view, integer m, integer d) =
      d <= SIZE_MAX / 4 && (view.rows != \null ==> medsgd_rows_readable(view.rows, m, d)) &&
      (view.rows == \null ==> \forall integer i; 0 <= i < m ==> medsgd__strided_readable(view, i, d)); */

/*@ requires view.rows != \null ==> \valid_read(view.rows + i);
    terminates \true;
    exits \false;
    assigns \result \from view, i;
    ensures \forall integer m, d; i < m && medsgd__view_readable(view, m, d) ==> \valid_read(\result + (0 .. d - 1));
    ensures view.rows != \null ==> \result == view.rows[i];
    ensures view.rows == \null && i * view.stride <= SIZE_MAX ==> \result == view.base + i * view.stride; */
MEDSGD__INLINE const medsgd_real *medsgd__view_row(medsgd__row_view view, size_t i) {
  /*@ assert 0 <= i * view.stride; */
  /*@ assert \forall integer m, d; view.rows == \null && i < m && medsgd__view_readable(view, m, d) ==>
        medsgd__strided_readable(view, i, d); */
  return view.rows ? view.rows[i] : view.base + i * view.stride;
}

/* The unit distances are kept in: differences of rows are taken as (x * before - c * before) * after. */
typedef struct medsgd__gm_unit {
  double before, after;
} medsgd__gm_unit;

/* A row whose distance the unit cannot hold has a unit of its own, 2^-600 or 2^-1200 of the common one (level 1 or 2).
 * With float data there is one unit, 1. */
/*@ terminates \true;
    exits \false;
    assigns \nothing; */
MEDSGD__INLINE medsgd__gm_unit medsgd__gm_row_unit(medsgd__gm_unit unit, double level) {
  if (!MEDSGD__REAL_IS_DOUBLE) {
    unit.before = 1.0;
    unit.after = 1.0;
  } else if (level > 0.0) {
    unit.before = unit.after > 1.0 && level < 2.0 ? 1.0 : MEDSGD__GM_DOWN600;
    unit.after = 1.0;
  }
  return unit;
}

/* x in the unit of a row of that level, from the common unit, and back. */
/*@ terminates \true;
    exits \false;
    assigns \nothing; */
MEDSGD__INLINE double medsgd__gm_lower(double x, double level) {
  if (MEDSGD__REAL_IS_DOUBLE && level > 0.0) x *= MEDSGD__GM_DOWN600;
  if (MEDSGD__REAL_IS_DOUBLE && level > 1.0) x *= MEDSGD__GM_DOWN600;
  return x;
}
/*@ terminates \true;
    exits \false;
    assigns \nothing; */
MEDSGD__INLINE double medsgd__gm_raise(double x, double level) {
  if (MEDSGD__REAL_IS_DOUBLE && level > 0.0) x *= MEDSGD__GM_UP600;
  if (MEDSGD__REAL_IS_DOUBLE && level > 1.0) x *= MEDSGD__GM_UP600;
  return x;
}

/* out = x as doubles, padded with zeros from n to a whole tile. */
/*@ requires n <= MEDSGD__GM_TILE;
    requires \valid(out + (0 .. MEDSGD__GM_TILE - 1));
    requires \valid_read(x + (0 .. n - 1));
    terminates \true;
    exits \false;
    assigns out[0 .. MEDSGD__GM_TILE - 1]; */
MEDSGD__INLINE void medsgd__gm_load(double *MEDSGD__RESTRICT out, const medsgd_real *MEDSGD__RESTRICT x, size_t n,
                                    double scale) {
  if (n == MEDSGD__GM_TILE) {
    /*@ loop invariant 0 <= l <= MEDSGD__GM_TILE; loop assigns l, out[0 .. MEDSGD__GM_TILE - 1]; loop variant
        MEDSGD__GM_TILE - l; */
    for (size_t l = 0; l < MEDSGD__GM_TILE; l++) out[l] = MEDSGD__REAL_IS_DOUBLE ? (double)x[l] * scale : (double)x[l];
  } else {
    /*@ loop invariant 0 <= l <= n; loop assigns l, out[0 .. MEDSGD__GM_TILE - 1]; loop variant n - l; */
    for (size_t l = 0; l < n; l++) out[l] = MEDSGD__REAL_IS_DOUBLE ? (double)x[l] * scale : (double)x[l];
    /*@ loop invariant n <= l <= MEDSGD__GM_TILE; loop assigns l, out[0 .. MEDSGD__GM_TILE - 1]; loop variant
        MEDSGD__GM_TILE - l; */
    for (size_t l = n; l < MEDSGD__GM_TILE; l++) out[l] = 0.0;
  }
}

/* out = x - origin in a row's unit, likewise padded. */
/*@ terminates \true;
    exits \false;
    assigns \nothing; */
MEDSGD__INLINE double medsgd__gm_minus(medsgd_real x, double origin, medsgd__gm_unit unit) {
  if (!MEDSGD__REAL_IS_DOUBLE) return (double)x - origin;
  return ((double)x * unit.before - origin * unit.before) * unit.after;
}
/*@ requires n <= MEDSGD__GM_TILE;
    requires \valid(out + (0 .. MEDSGD__GM_TILE - 1));
    requires \valid_read(x + (0 .. n - 1));
    requires \valid_read(origin + (0 .. MEDSGD__GM_TILE - 1));
    terminates \true;
    exits \false;
    assigns out[0 .. MEDSGD__GM_TILE - 1]; */
MEDSGD__INLINE void medsgd__gm_offset(double *MEDSGD__RESTRICT out, const medsgd_real *MEDSGD__RESTRICT x,
                                      const double *MEDSGD__RESTRICT origin, size_t n, medsgd__gm_unit unit) {
  if (n == MEDSGD__GM_TILE) {
    /*@ loop invariant 0 <= l <= MEDSGD__GM_TILE; loop assigns l, out[0 .. MEDSGD__GM_TILE - 1]; loop variant
        MEDSGD__GM_TILE - l; */
    for (size_t l = 0; l < MEDSGD__GM_TILE; l++) out[l] = medsgd__gm_minus(x[l], origin[l], unit);
  } else {
    /*@ loop invariant 0 <= l <= n; loop assigns l, out[0 .. MEDSGD__GM_TILE - 1]; loop variant n - l; */
    for (size_t l = 0; l < n; l++) out[l] = medsgd__gm_minus(x[l], origin[l], unit);
    /*@ loop invariant n <= l <= MEDSGD__GM_TILE; loop assigns l, out[0 .. MEDSGD__GM_TILE - 1]; loop variant
        MEDSGD__GM_TILE - l; */
    for (size_t l = n; l < MEDSGD__GM_TILE; l++) out[l] = 0.0;
  }
}

/*@ requires \valid(a + (0 .. n - 1));
    terminates \true;
    exits \false;
    assigns a[0 .. n - 1]; */
MEDSGD__INLINE void medsgd__gm_zero(double *a, size_t n) {
  /*@ loop invariant 0 <= i <= n; loop assigns i, a[0 .. n - 1]; loop variant n - i; */
  for (size_t i = 0; i < n; i++) a[i] = 0.0;
}

/* Reductions of a tile, in sixteen lanes of eight terms: written out, because compilers vectorize this form best. */
#define MEDSGD__GM_TREE(term)                                                                                          \
  (((term(0) + term(16)) + (term(32) + term(48))) + ((term(64) + term(80)) + (term(96) + term(112))))

/*@ requires \valid(lane + (0 .. 16 - 1));
    terminates \true;
    exits \false;
    assigns lane[0 .. 15]; */
MEDSGD__INLINE double medsgd__gm_lanes(double *MEDSGD__RESTRICT lane) {
  /*@ loop invariant 0 <= k <= 8; loop assigns k, lane[0 .. 15]; loop variant 8 - k; */
  for (size_t k = 0; k < 8; k++) lane[k] += lane[k + 8];
  /*@ loop invariant 0 <= k <= 4; loop assigns k, lane[0 .. 15]; loop variant 4 - k; */
  for (size_t k = 0; k < 4; k++) lane[k] += lane[k + 4];
  return (lane[0] + lane[2]) + (lane[1] + lane[3]);
}

/* sum of a[l]^2 */
/*@ requires \valid_read(a + (0 .. MEDSGD__GM_TILE - 1));
    terminates \true;
    exits \false;
    assigns \nothing; */
MEDSGD__INLINE double medsgd__gm_squares(const double *MEDSGD__RESTRICT a) {
  double lane[16];
#define MEDSGD__GM_TERM(n) (a[l + (n)] * a[l + (n)])
  /*@ loop invariant 0 <= l <= 16; loop assigns l, lane[0 .. 15]; loop variant 16 - l; */
  for (size_t l = 0; l < 16; l++) lane[l] = MEDSGD__GM_TREE(MEDSGD__GM_TERM);
#undef MEDSGD__GM_TERM
  return medsgd__gm_lanes(lane);
}

/* sum of a[l] b[l]; sum of ((a[l] - b[l]) * scale)^2, where the scale of float data is 1 */
/*@ requires \valid_read(a + (0 .. MEDSGD__GM_TILE - 1));
    requires \valid_read(b + (0 .. MEDSGD__GM_TILE - 1));
    terminates \true;
    exits \false;
    assigns \nothing; */
MEDSGD__INLINE double medsgd__gm_product1(const double *MEDSGD__RESTRICT a, const double *MEDSGD__RESTRICT b) {
  double lane[16];
#define MEDSGD__GM_TERM(n) (a[l + (n)] * b[l + (n)])
  /*@ loop invariant 0 <= l <= 16; loop assigns l, lane[0 .. 15]; loop variant 16 - l; */
  for (size_t l = 0; l < 16; l++) lane[l] = MEDSGD__GM_TREE(MEDSGD__GM_TERM);
#undef MEDSGD__GM_TERM
  return medsgd__gm_lanes(lane);
}
/*@ terminates \true;
    exits \false;
    assigns \nothing; */
MEDSGD__INLINE double medsgd__gm_square(double a, double b, double scale) {
  const double t = MEDSGD__REAL_IS_DOUBLE ? (a - b) * scale : a - b;
  return t * t;
}
/*@ requires \valid_read(a + (0 .. MEDSGD__GM_TILE - 1));
    requires \valid_read(b + (0 .. MEDSGD__GM_TILE - 1));
    terminates \true;
    exits \false;
    assigns \nothing; */
MEDSGD__INLINE double medsgd__gm_difference1(const double *MEDSGD__RESTRICT a, const double *MEDSGD__RESTRICT b,
                                             double scale) {
  double lane[16];
#define MEDSGD__GM_TERM(n) medsgd__gm_square(a[l + (n)], b[l + (n)], scale)
  /*@ loop invariant 0 <= l <= 16; loop assigns l, lane[0 .. 15]; loop variant 16 - l; */
  for (size_t l = 0; l < 16; l++) lane[l] = MEDSGD__GM_TREE(MEDSGD__GM_TERM);
#undef MEDSGD__GM_TERM
  return medsgd__gm_lanes(lane);
}

/* out[q] = the sum of lane[16*q .. 16*q+15] */
/*@ requires \valid(out + (0 .. 4 - 1));
    requires \valid(lane + (0 .. 64 - 1));
    requires \separated(out + (0 .. 3), lane + (0 .. 63));
    terminates \true;
    exits \false;
    assigns out[0 .. 3], lane[0 .. 63]; */
MEDSGD__INLINE void medsgd__gm_lanes4(double *MEDSGD__RESTRICT out, double *MEDSGD__RESTRICT lane) {
  /*@ loop invariant 0 <= q <= 64 && q % 16 == 0; loop assigns q, lane[0 .. 63]; loop variant 64 - q; */
  for (size_t q = 0; q < 64; q += 16)
    /*@ loop invariant 0 <= k <= 8; loop assigns k, lane[0 .. 63]; loop variant 8 - k; */
    for (size_t k = 0; k < 8; k++) lane[q + k] += lane[q + k + 8];
  /*@ loop invariant 0 <= q <= 64 && q % 16 == 0; loop assigns q, lane[0 .. 63]; loop variant 64 - q; */
  for (size_t q = 0; q < 64; q += 16)
    /*@ loop invariant 0 <= k <= 4; loop assigns k, lane[0 .. 63]; loop variant 4 - k; */
    for (size_t k = 0; k < 4; k++) lane[q + k] += lane[q + k + 4];
  /*@ loop invariant 0 <= q <= 4; loop assigns q, out[0 .. 3]; loop variant 4 - q; */
  for (size_t q = 0; q < 4; q++)
    out[q] = (lane[16 * q] + lane[16 * q + 2]) + (lane[16 * q + 1] + lane[16 * q + 3]);
}

/* out[q] = sum of a[l] b_q[l] for four tiles */
/*@ requires \valid(out + (0 .. 4 - 1));
    requires \valid_read(a + (0 .. MEDSGD__GM_TILE - 1));
    requires \valid_read(b0 + (0 .. MEDSGD__GM_TILE - 1));
    requires \valid_read(b1 + (0 .. MEDSGD__GM_TILE - 1));
    requires \valid_read(b2 + (0 .. MEDSGD__GM_TILE - 1));
    requires \valid_read(b3 + (0 .. MEDSGD__GM_TILE - 1));
    terminates \true;
    exits \false;
    assigns out[0 .. 3]; */
MEDSGD__INLINE void medsgd__gm_product(double *MEDSGD__RESTRICT out, const double *MEDSGD__RESTRICT a,
                                       const double *MEDSGD__RESTRICT b0, const double *MEDSGD__RESTRICT b1,
                                       const double *MEDSGD__RESTRICT b2, const double *MEDSGD__RESTRICT b3) {
  double lane[64];
#define MEDSGD__GM_TERM0(n) (a[l + (n)] * b0[l + (n)])
#define MEDSGD__GM_TERM1(n) (a[l + (n)] * b1[l + (n)])
#define MEDSGD__GM_TERM2(n) (a[l + (n)] * b2[l + (n)])
#define MEDSGD__GM_TERM3(n) (a[l + (n)] * b3[l + (n)])
  /*@ loop invariant 0 <= l <= 16; loop assigns l, lane[0 .. 63]; loop variant 16 - l; */
  for (size_t l = 0; l < 16; l++) lane[l] = MEDSGD__GM_TREE(MEDSGD__GM_TERM0);
  /*@ loop invariant 0 <= l <= 16; loop assigns l, lane[0 .. 63]; loop variant 16 - l; */
  for (size_t l = 0; l < 16; l++) lane[l + 16] = MEDSGD__GM_TREE(MEDSGD__GM_TERM1);
  /*@ loop invariant 0 <= l <= 16; loop assigns l, lane[0 .. 63]; loop variant 16 - l; */
  for (size_t l = 0; l < 16; l++) lane[l + 32] = MEDSGD__GM_TREE(MEDSGD__GM_TERM2);
  /*@ loop invariant 0 <= l <= 16; loop assigns l, lane[0 .. 63]; loop variant 16 - l; */
  for (size_t l = 0; l < 16; l++) lane[l + 48] = MEDSGD__GM_TREE(MEDSGD__GM_TERM3);
#undef MEDSGD__GM_TERM0
#undef MEDSGD__GM_TERM1
#undef MEDSGD__GM_TERM2
#undef MEDSGD__GM_TERM3
  medsgd__gm_lanes4(out, lane);
}

/* out[q] = sum of ((a[l] - b_q[l]) * scale)^2 for four tiles */
/*@ requires \valid(out + (0 .. 4 - 1));
    requires \valid_read(a + (0 .. MEDSGD__GM_TILE - 1));
    requires \valid_read(b0 + (0 .. MEDSGD__GM_TILE - 1));
    requires \valid_read(b1 + (0 .. MEDSGD__GM_TILE - 1));
    requires \valid_read(b2 + (0 .. MEDSGD__GM_TILE - 1));
    requires \valid_read(b3 + (0 .. MEDSGD__GM_TILE - 1));
    terminates \true;
    exits \false;
    assigns out[0 .. 3]; */
MEDSGD__INLINE void medsgd__gm_difference(double *MEDSGD__RESTRICT out, const double *MEDSGD__RESTRICT a,
                                          const double *MEDSGD__RESTRICT b0, const double *MEDSGD__RESTRICT b1,
                                          const double *MEDSGD__RESTRICT b2, const double *MEDSGD__RESTRICT b3,
                                          double scale) {
  double lane[64];
#define MEDSGD__GM_TERM0(n) medsgd__gm_square(a[l + (n)], b0[l + (n)], scale)
#define MEDSGD__GM_TERM1(n) medsgd__gm_square(a[l + (n)], b1[l + (n)], scale)
#define MEDSGD__GM_TERM2(n) medsgd__gm_square(a[l + (n)], b2[l + (n)], scale)
#define MEDSGD__GM_TERM3(n) medsgd__gm_square(a[l + (n)], b3[l + (n)], scale)
  /*@ loop invariant 0 <= l <= 16; loop assigns l, lane[0 .. 63]; loop variant 16 - l; */
  for (size_t l = 0; l < 16; l++) lane[l] = MEDSGD__GM_TREE(MEDSGD__GM_TERM0);
  /*@ loop invariant 0 <= l <= 16; loop assigns l, lane[0 .. 63]; loop variant 16 - l; */
  for (size_t l = 0; l < 16; l++) lane[l + 16] = MEDSGD__GM_TREE(MEDSGD__GM_TERM1);
  /*@ loop invariant 0 <= l <= 16; loop assigns l, lane[0 .. 63]; loop variant 16 - l; */
  for (size_t l = 0; l < 16; l++) lane[l + 32] = MEDSGD__GM_TREE(MEDSGD__GM_TERM2);
  /*@ loop invariant 0 <= l <= 16; loop assigns l, lane[0 .. 63]; loop variant 16 - l; */
  for (size_t l = 0; l < 16; l++) lane[l + 48] = MEDSGD__GM_TREE(MEDSGD__GM_TERM3);
#undef MEDSGD__GM_TERM0
#undef MEDSGD__GM_TERM1
#undef MEDSGD__GM_TERM2
#undef MEDSGD__GM_TERM3
  medsgd__gm_lanes4(out, lane);
}

/* Is every value of the row finite? x - x is 0 then and NaN otherwise. */
/*@ requires \valid_read(x + (0 .. d - 1));
    terminates \true;
    exits \false;
    assigns \nothing;
    ensures \result == 0 || \result == 1; */
static MEDSGD__UNUSED int medsgd__gm_finite(const medsgd_real *x, size_t d) {
  medsgd_real lane[64];
  const size_t blocks = d / 64, rest = d % 64;
  /*@ loop invariant 0 <= k <= 64; loop assigns k, lane[0 .. 63]; loop variant 64 - k; */
  for (size_t k = 0; k < 64; k++) lane[k] = 0;
  /*@ loop invariant 0 <= b <= blocks; loop assigns b, lane[0 .. 63]; loop variant blocks - b; */
  for (size_t b = 0; b < blocks; b++)
    /*@ loop invariant 0 <= k <= 64; loop assigns k, lane[0 .. 63]; loop variant 64 - k; */
    for (size_t k = 0; k < 64; k++) lane[k] += x[64 * b + k] - x[64 * b + k];
  /*@ loop invariant 0 <= k <= rest; loop assigns k, lane[0 .. 63]; loop variant rest - k; */
  for (size_t k = 0; k < rest; k++) lane[k] += x[64 * blocks + k] - x[64 * blocks + k];
  /*@ loop invariant 1 <= k <= 64; loop assigns k, lane[0]; loop variant 64 - k; */
  for (size_t k = 1; k < 64; k++) lane[0] += lane[k];
  return lane[0] >= 0;
}

/* A power of two s (a power of 2^64) with 2^-64 <= x s < 2^64, for finite x > 0; the exponent stays within +-960. */
/*@ terminates \true;
    exits \false;
    assigns \nothing; */
static MEDSGD__UNUSED double medsgd__gm_scale(double x) {
  double s = 1.0;
  /*@ loop invariant 0 <= k <= 15; loop assigns k, x, s; loop variant 15 - k; */
  for (int k = 0; k < 15; k++) {
    if (x < MEDSGD__GM_DOWN64) {
      x *= MEDSGD__GM_UP64;
      s *= MEDSGD__GM_UP64;
    } else if (x >= MEDSGD__GM_UP64) {
      x *= MEDSGD__GM_DOWN64;
      s *= MEDSGD__GM_DOWN64;
    }
  }
  return s;
}

/* Sorts the pairs (key, value) by key, ascending (heapsort). */
/*@ requires root < n;
    requires \valid(key + (0 .. n - 1));
    requires \valid(value + (0 .. n - 1));
    terminates \true;
    exits \false;
    assigns key[0 .. n - 1], value[0 .. n - 1]; */
MEDSGD__INLINE void medsgd__gm_sift(double *key, double *value, size_t root, size_t n) {
  const double k = key[root], v = value[root];
  /*@ loop invariant root < n; loop assigns root, key[0 .. n - 1], value[0 .. n - 1]; loop variant n - root; */
  while (root < n / 2) {
    size_t child = 2 * root + 1;
    if (child + 1 < n && key[child + 1] > key[child]) child++;
    if (!(key[child] > k)) break;
    key[root] = key[child];
    value[root] = value[child];
    root = child;
  }
  key[root] = k;
  value[root] = v;
}
/*@ requires \valid(key + (0 .. n - 1));
    requires \valid(value + (0 .. n - 1));
    terminates \true;
    exits \false;
    assigns key[0 .. n - 1], value[0 .. n - 1]; */
static MEDSGD__UNUSED void medsgd__gm_sort(double *key, double *value, size_t n) {
  /*@ loop invariant 0 <= i <= n / 2; loop assigns i, key[0 .. n - 1], value[0 .. n - 1]; loop variant i; */
  for (size_t i = n / 2; i > 0; i--) medsgd__gm_sift(key, value, i - 1, n);
  /*@ loop invariant 0 <= i <= n; loop assigns i, key[0 .. n - 1], value[0 .. n - 1]; loop variant i; */
  for (size_t i = n; i > 1; i--) {
    const double k = key[0], v = value[0];
    key[0] = key[i - 1];
    value[0] = value[i - 1];
    key[i - 1] = k;
    value[i - 1] = v;
    medsgd__gm_sift(key, value, 0, i - 1);
  }
}

/* The pairs (distance, weight) of the rows with positive weight, sorted; returns their number. */
/*@ requires \valid(key + (0 .. m - 1));
    requires \valid(value + (0 .. m - 1));
    requires \valid_read(distance + (0 .. m - 1));
    requires \valid_read(weight + (0 .. m - 1));
    terminates \true;
    exits \false;
    assigns key[0 .. m - 1], value[0 .. m - 1];
    ensures \result <= m; */
static MEDSGD__UNUSED size_t medsgd__gm_order(double *key, double *value, const double *distance, const double *weight,
                                              size_t m) {
  size_t n = 0;
  /*@ loop invariant 0 <= i <= m; loop invariant n <= i; loop assigns i, n, key[0 .. m - 1], value[0 .. m - 1]; loop
      variant m - i; */
  for (size_t i = 0; i < m; i++) {
    if (weight[i] > 0.0) {
      key[n] = distance[i];
      value[n] = weight[i];
      n++;
    }
  }
  medsgd__gm_sort(key, value, n);
  return n;
}

/* The upper weighted median of sorted pairs: the least key with more than half of the weight at or below it. */
/*@ requires \valid_read(key + (0 .. n - 1));
    requires \valid_read(value + (0 .. n - 1));
    terminates \true;
    exits \false;
    assigns \nothing; */
static MEDSGD__UNUSED double medsgd__gm_median(const double *key, const double *value, size_t n, double total) {
  double sum = 0.0;
  /*@ loop invariant 0 <= i && (n == 0 ==> i == 0) && (n > 0 ==> i < n); loop assigns i, sum; loop variant n - i; */
  for (size_t i = 0; i + 1 < n; i++) {
    sum += value[i];
    if (sum > 0.5 * total) return key[i];
  }
  return n > 0 ? key[n - 1] : 0.0;
}

/* No further than this from y is the optimum, given the sorted distances from y. For a set S of rows with more weight
 * than the others, F(y*) <= F(y) gives ||y* - y|| (W_S - W_rest) <= 2 sum_S w_i D_i: the least over the nearest rows,
 * so that the distances of outliers do not enter. */
/*@ requires \valid_read(key + (0 .. n - 1));
    requires \valid_read(value + (0 .. n - 1));
    terminates \true;
    exits \false;
    assigns \nothing; */
static MEDSGD__UNUSED double medsgd__gm_radius(const double *key, const double *value, size_t n, double total) {
  double sum = 0.0, moment = 0.0, best = DBL_MAX;
  /*@ loop invariant 0 <= i <= n; loop assigns i, sum, moment, best; loop variant n - i; */
  for (size_t i = 0; i < n && key[i] < MEDSGD__GM_FAR; i++) {
    double margin;
    sum += value[i];
    moment += value[i] * key[i];
    margin = (sum - (total - sum)) - 9.094947017729282e-13 * total;
    if (margin > 0.0 && 2.0 * moment < best * margin) best = 2.0 * moment / margin;
  }
  return best * (1.0 + 9.094947017729282e-13);
}

/* ---- passes over the rows ---- */

/* The root of a sum of squares; of nothing below 0, where sqrt would set errno. */
/*@ terminates \true;
    exits \false;
    assigns \nothing;
    ensures medsgd__is_sum(\result); */
MEDSGD__INLINE double medsgd__gm_sqrt(double square) { return square < 0.0 ? 0.0 : sqrt(square); }

/* The second level of a reduction: total += block, block = 0, after every MEDSGD__GM_SUPER tiles and at the end. */
/*@ requires \valid(total + (0 .. n - 1));
    requires \valid(block + (0 .. n - 1));
    terminates \true;
    exits \false;
    assigns total[0 .. n - 1], block[0 .. n - 1]; */
MEDSGD__INLINE void medsgd__gm_collect(double *MEDSGD__RESTRICT total, double *MEDSGD__RESTRICT block, size_t n) {
  /*@ loop invariant 0 <= i <= n; loop assigns i, total[0 .. n - 1], block[0 .. n - 1]; loop variant n - i; */
  for (size_t i = 0; i < n; i++) {
    total[i] += block[i];
    block[i] = 0.0;
  }
}
/*@ requires j < d;
    terminates \true;
    exits \false;
    assigns \nothing;
    ensures \result == 0 || \result == 1; */
MEDSGD__INLINE int medsgd__gm_collects(size_t j, size_t d) {
  return (j / MEDSGD__GM_TILE) % MEDSGD__GM_SUPER == MEDSGD__GM_SUPER - 1u || d - j <= MEDSGD__GM_TILE;
}

/* sum[k] += entry k of a row against rows 0 .. i-1 of the tile: squared distances, or inner products. */
/*@ requires i <= SIZE_MAX / 128 && \valid(sum + (0 .. i - 1)) && \valid_read(tile + (0 .. 128 * i - 1)) &&
      \valid_read(row + (0 .. 127));
    requires \separated(sum + (0 .. i - 1), tile + (0 .. 128 * i - 1)) &&
      \separated(sum + (0 .. i - 1), row + (0 .. 127));
    terminates \true;
    exits \false;
    assigns sum[0 .. i - 1]; */
MEDSGD__INLINE void medsgd__gm_against(double *sum, const double *tile, const double *row, size_t i, double scale,
                                       int products) {
  const size_t fours = i - i % 4;
  /*@ loop invariant 0 <= k <= fours && k % 4 == 0;
      loop assigns k, sum[0 .. i - 1];
      loop variant fours - k; */
  for (size_t k = 0; k < fours; k += 4) {
    const double *b = tile + k * MEDSGD__GM_TILE;
    double part[4];
    if (products)
      medsgd__gm_product(part, row, b, b + MEDSGD__GM_TILE, b + 2u * MEDSGD__GM_TILE, b + 3u * MEDSGD__GM_TILE);
    else
      medsgd__gm_difference(part, row, b, b + MEDSGD__GM_TILE, b + 2u * MEDSGD__GM_TILE, b + 3u * MEDSGD__GM_TILE,
                            scale);
    /*@ loop invariant 0 <= q <= 4;
        loop assigns q, sum[0 .. i - 1];
        loop variant 4 - q; */
    for (size_t q = 0; q < 4; q++) sum[k + q] += part[q];
  }
  /*@ loop invariant fours <= k <= i;
      loop assigns k, sum[0 .. i - 1];
      loop variant i - k; */
  for (size_t k = fours; k < i; k++)
    sum[k] += products ? medsgd__gm_product1(row, tile + k * MEDSGD__GM_TILE)
                       : medsgd__gm_difference1(row, tile + k * MEDSGD__GM_TILE, scale);
}

/* square[i*m+k] = ||x_i - x_k||^2 in the unit, k < i, for the rows with positive weight, over the tiles that begin at
 * the multiples of `step`. `block` is m*m scratch. */
/*@ requires m <= 128 && d > 0 && step > 0 && medsgd__view_readable(rows, m, d) && \valid_read(weight + (0 .. m - 1));
    requires \valid(square + (0 .. m * m - 1)) && \valid(block + (0 .. m * m - 1)) && \valid(tile + (0 .. 128 * m - 1));
    requires \separated(block + (0 .. m * m - 1), tile + (0 .. 128 * m - 1));
    terminates \true;
    exits \false;
    assigns square[0 .. m * m - 1], block[0 .. m * m - 1], tile[0 .. 128 * m - 1]; */
static MEDSGD__UNUSED void medsgd__gm_pairs(double *square, double *block, medsgd__row_view rows, const double *weight,
                                            size_t m, size_t d, size_t step, medsgd__gm_unit unit, double *tile) {
  medsgd__gm_zero(square, m * m);
  medsgd__gm_zero(block, m * m);
  medsgd__gm_zero(tile, m * MEDSGD__GM_TILE);
  /*@ loop invariant 0 <= j < d;
      loop assigns j, square[0 .. m * m - 1], block[0 .. m * m - 1], tile[0 .. 128 * m - 1];
      loop variant d - j; */
  for (size_t j = 0;; j += step) {
    const size_t n = d - j < MEDSGD__GM_TILE ? d - j : MEDSGD__GM_TILE;
    /*@ loop invariant 0 <= i <= m;
        loop assigns i, block[0 .. m * m - 1], tile[0 .. 128 * m - 1];
        loop variant m - i; */
    for (size_t i = 0; i < m; i++) {
      if (!(weight[i] > 0.0)) continue;
      /*@ assert medsgd__gm_row_inside(i, m, m); */
      medsgd__gm_load(tile + i * MEDSGD__GM_TILE, medsgd__view_row(rows, i) + j, n, unit.before);
      medsgd__gm_against(block + i * m, tile, tile + i * MEDSGD__GM_TILE, i, unit.after, 0);
    }
    if (step > MEDSGD__GM_TILE || medsgd__gm_collects(j, d)) medsgd__gm_collect(square, block, m * m);
    if (d - j <= step) break;
  }
}

/* gram[i*m+k] = <x_i - x_c, x_k - x_c> in the rows' units, k <= i, likewise. */
/*@ requires m <= 128 && centre < m && medsgd__view_readable(rows, m, d) && \valid_read(weight + (0 .. m - 1)) &&
      \valid_read(level + (0 .. m - 1));
    requires \valid(gram + (0 .. m * m - 1)) && \valid(block + (0 .. m * m - 1)) && \valid(tile + (0 .. 128 * m - 1)) &&
      \valid(origin + (0 .. 127));
    requires \separated(block + (0 .. m * m - 1), tile + (0 .. 128 * m - 1));
    terminates \true;
    exits \false;
    assigns gram[0 .. m * m - 1], block[0 .. m * m - 1], tile[0 .. 128 * m - 1], origin[0 .. 127]; */
static MEDSGD__UNUSED void medsgd__gm_products(double *gram, double *block, medsgd__row_view rows, const double *weight,
                                               const double *level, size_t m, size_t d, size_t centre,
                                               medsgd__gm_unit unit, double *tile, double *origin) {
  medsgd__gm_zero(gram, m * m);
  medsgd__gm_zero(block, m * m);
  medsgd__gm_zero(tile, m * MEDSGD__GM_TILE);
  /*@ loop invariant 0 <= j <= d + 127;
      loop assigns j, gram[0 .. m * m - 1], block[0 .. m * m - 1], tile[0 .. 128 * m - 1], origin[0 .. 127];
      loop variant d + 127 - j; */
  for (size_t j = 0; j < d; j += MEDSGD__GM_TILE) {
    const size_t n = d - j < MEDSGD__GM_TILE ? d - j : MEDSGD__GM_TILE;
    medsgd__gm_load(origin, medsgd__view_row(rows, centre) + j, n, 1.0);
    /*@ loop invariant 0 <= i <= m;
        loop assigns i, block[0 .. m * m - 1], tile[0 .. 128 * m - 1];
        loop variant m - i; */
    for (size_t i = 0; i < m; i++) {
      if (!(weight[i] > 0.0)) continue;
      /*@ assert medsgd__gm_row_inside(i, m, m); */
      medsgd__gm_offset(tile + i * MEDSGD__GM_TILE, medsgd__view_row(rows, i) + j, origin, n,
                        medsgd__gm_row_unit(unit, level[i]));
      medsgd__gm_against(block + i * m, tile, tile + i * MEDSGD__GM_TILE, i + 1, 1.0, 1);
    }
    if (medsgd__gm_collects(j, d)) medsgd__gm_collect(gram, block, m * m);
  }
}

/* z = x - c, padded with zeros to MEDSGD__GM_WIDE. */
/*@ requires n <= 256 && \valid(z + (0 .. 255)) && \valid_read(x + (0 .. n - 1)) && \valid_read(c + (0 .. n - 1));
    terminates \true;
    exits \false;
    assigns z[0 .. 255]; */
MEDSGD__INLINE void medsgd__gm_apart(medsgd_real *MEDSGD__RESTRICT z, const medsgd_real *MEDSGD__RESTRICT x,
                                     const medsgd_real *MEDSGD__RESTRICT c, size_t n) {
  if (n == MEDSGD__GM_WIDE) {
    /*@ loop invariant 0 <= l <= 256;
        loop assigns l, z[0 .. 255];
        loop variant 256 - l; */
    for (size_t l = 0; l < MEDSGD__GM_WIDE; l++) z[l] = x[l] - c[l];
  } else {
    /*@ loop invariant 0 <= l <= n;
        loop assigns l, z[0 .. 255];
        loop variant n - l; */
    for (size_t l = 0; l < n; l++) z[l] = x[l] - c[l];
    /*@ loop invariant n <= l <= 256;
        loop assigns l, z[0 .. 255];
        loop variant 256 - l; */
    for (size_t l = n; l < MEDSGD__GM_WIDE; l++) z[l] = 0;
  }
}

/* lane += the inner products of 64 coordinates of two rows with four, in sixteen lanes each: written out so that every
 * value loaded serves two or four products. The rows are MEDSGD__GM_WIDE apart. */
#define MEDSGD__GM_STEP(n)                                                                                   \
  {                                                                                                          \
    const medsgd_real a0 = a[l + (n)], a1 = a[l + MEDSGD__GM_WIDE + (n)], b0 = b[l + (n)];                    \
    const medsgd_real b1 = b[l + MEDSGD__GM_WIDE + (n)], b2 = b[l + 2u * MEDSGD__GM_WIDE + (n)];              \
    const medsgd_real b3 = b[l + 3u * MEDSGD__GM_WIDE + (n)];                                                 \
    s00 += a0 * b0, s01 += a0 * b1, s02 += a0 * b2, s03 += a0 * b3;                                          \
    s10 += a1 * b0, s11 += a1 * b1, s12 += a1 * b2, s13 += a1 * b3;                                          \
  }
/*@ requires \valid(lane + (0 .. 127)) && \valid_read(a + (0 .. 319)) && \valid_read(b + (0 .. 831));
    terminates \true;
    exits \false;
    assigns lane[0 .. 127]; */
MEDSGD__INLINE void medsgd__gm_two_by_four(medsgd_real *MEDSGD__RESTRICT lane, const medsgd_real *MEDSGD__RESTRICT a,
                                           const medsgd_real *MEDSGD__RESTRICT b) {
  /*@ loop invariant 0 <= l <= 16;
      loop assigns l, lane[0 .. 127];
      loop variant 16 - l; */
  for (size_t l = 0; l < 16; l++) {
    medsgd_real s00 = lane[l], s01 = lane[l + 16], s02 = lane[l + 32], s03 = lane[l + 48];
    medsgd_real s10 = lane[l + 64], s11 = lane[l + 80], s12 = lane[l + 96], s13 = lane[l + 112];
    MEDSGD__GM_STEP(0) MEDSGD__GM_STEP(16) MEDSGD__GM_STEP(32) MEDSGD__GM_STEP(48)
    lane[l] = s00, lane[l + 16] = s01, lane[l + 32] = s02, lane[l + 48] = s03;
    lane[l + 64] = s10, lane[l + 80] = s11, lane[l + 96] = s12, lane[l + 112] = s13;
  }
}
#undef MEDSGD__GM_STEP

/* The sums of eight times sixteen lanes. */
/*@ requires \valid(out + (0 .. 7)) && \valid_read(lane + (0 .. 127)) &&
      \separated(out + (0 .. 7), lane + (0 .. 127));
    terminates \true;
    exits \false;
    assigns out[0 .. 7]; */
MEDSGD__INLINE void medsgd__gm_lanes8(double *MEDSGD__RESTRICT out, const medsgd_real *MEDSGD__RESTRICT lane) {
  medsgd_real half[64], quarter[32];
  /*@ loop invariant 0 <= q <= 8;
      loop assigns q, half[0 .. 63];
      loop variant 8 - q; */
  for (size_t q = 0; q < 8; q++)
    /*@ loop invariant 0 <= k <= 8;
        loop assigns k, half[0 .. 63];
        loop variant 8 - k; */
    for (size_t k = 0; k < 8; k++) half[8 * q + k] = lane[16 * q + k] + lane[16 * q + k + 8];
  /*@ loop invariant 0 <= q <= 8;
      loop assigns q, quarter[0 .. 31];
      loop variant 8 - q; */
  for (size_t q = 0; q < 8; q++)
    /*@ loop invariant 0 <= k <= 4;
        loop assigns k, quarter[0 .. 31];
        loop variant 4 - k; */
    for (size_t k = 0; k < 4; k++) quarter[4 * q + k] = half[8 * q + k] + half[8 * q + k + 4];
  /*@ loop invariant 0 <= q <= 8;
      loop assigns q, out[0 .. 7];
      loop variant 8 - q; */
  for (size_t q = 0; q < 8; q++)
    out[q] = (double)((quarter[4 * q] + quarter[4 * q + 2]) + (quarter[4 * q + 1] + quarter[4 * q + 3]));
}

/* gram[i*m+k] += products of rows i, i+1 (offsets a) with rows k .. k+3 (b),
 * those on and below the diagonal that exist. */
/*@ requires m <= 128 && i < m && k <= 128 && \valid(gram + (0 .. m * m - 1)) && \valid_read(a + (0 .. 511)) &&
      \valid_read(b + (0 .. 1023));
    terminates \true;
    exits \false;
    assigns gram[0 .. m * m - 1]; */
static MEDSGD__UNUSED void medsgd__gm_block(double *gram, size_t m, size_t i, size_t k, const medsgd_real *a,
                                            const medsgd_real *b) {
  medsgd_real lane[128];
  double part[8];
  /*@ loop invariant 0 <= l <= 128;
      loop assigns l, lane[0 .. 127];
      loop variant 128 - l; */
  for (size_t l = 0; l < 128; l++) lane[l] = 0;
  /*@ loop invariant 0 <= l <= 256 && l % 64 == 0;
      loop assigns l, lane[0 .. 127];
      loop variant 256 - l; */
  for (size_t l = 0; l < MEDSGD__GM_WIDE; l += 64) medsgd__gm_two_by_four(lane, a + l, b + l);
  medsgd__gm_lanes8(part, lane);
  /*@ loop invariant 0 <= p <= 2;
      loop assigns p, gram[0 .. m * m - 1];
      loop variant 2 - p; */
  for (size_t p = 0; p < 2 && i + p < m; p++) {
    /*@ assert medsgd__gm_row_inside(i + p, m, m); */
    /*@ loop invariant 0 <= q <= 4;
        loop assigns q, gram[0 .. m * m - 1];
        loop variant 4 - q; */
    for (size_t q = 0; q < 4 && k + q <= i + p; q++) gram[(i + p) * m + k + q] += part[4 * p + q];
  }
}

/* gram[i*m+k] = <x_i - x_c, x_k - x_c>, k <= i, to the precision of medsgd_real: half the operations of
 * medsgd__gm_pairs, on twice as many coordinates at once for float.
 * Products of rows of equal offsets are equal to the bit. */
/*@ requires centre < m <= 128 && medsgd__view_readable(rows, m, d) && \valid(gram + (0 .. m * m - 1));
    terminates \true;
    exits \false;
    assigns gram[0 .. m * m - 1]; */
static MEDSGD__UNUSED void medsgd__gm_quick_products(double *gram, medsgd__row_view rows, size_t m, size_t d,
                                                     size_t centre) {
  medsgd_real a[8 * MEDSGD__GM_WIDE], b[4 * MEDSGD__GM_WIDE];
  medsgd__gm_zero(gram, m * m);
  /*@ loop invariant 0 <= j <= d + 255;
      loop assigns j, gram[0 .. m * m - 1], a[0 .. 2047], b[0 .. 1023];
      loop variant d + 255 - j; */
  for (size_t j = 0; j < d; j += MEDSGD__GM_WIDE) {
    const size_t n = d - j < MEDSGD__GM_WIDE ? d - j : MEDSGD__GM_WIDE;
    const medsgd_real *const c = medsgd__view_row(rows, centre) + j;
    /*@ assert medsgd__view_readable(rows, m, d); */
    /*@ loop invariant 0 <= first <= m + 7 && first % 8 == 0;
        loop assigns first, gram[0 .. m * m - 1], a[0 .. 2047], b[0 .. 1023];
        loop variant m + 7 - first; */
    for (size_t first = 0; first < m; first += 8) {
      /*@ loop invariant 0 <= i <= 8;
          loop assigns i, a[0 .. 2047];
          loop variant 8 - i; */
      for (size_t i = 0; i < 8; i++) /* beyond the last row any finite offsets do: nothing takes their products */
        medsgd__gm_apart(a + i * MEDSGD__GM_WIDE, first + i < m ? medsgd__view_row(rows, first + i) + j : c, c, n);
      /*@ loop invariant 0 <= k <= first && k % 4 == 0;
          loop assigns k, gram[0 .. m * m - 1], b[0 .. 1023];
          loop variant first - k; */
      for (size_t k = 0; k < first; k += 4) {
        /*@ loop invariant 0 <= q <= 4;
            loop assigns q, b[0 .. 1023];
            loop variant 4 - q; */
        for (size_t q = 0; q < 4; q++)
          medsgd__gm_apart(b + q * MEDSGD__GM_WIDE, medsgd__view_row(rows, k + q) + j, c, n);
        /*@ loop invariant 0 <= i <= 8 && i % 2 == 0;
            loop assigns i, gram[0 .. m * m - 1];
            loop variant 8 - i; */
        for (size_t i = 0; i < 8 && first + i < m; i += 2)
          medsgd__gm_block(gram, m, first + i, k, a + i * MEDSGD__GM_WIDE, b);
      }
      /*@ loop invariant 0 <= k <= 8 && k % 4 == 0;
          loop assigns k, gram[0 .. m * m - 1];
          loop variant 8 - k; */
      for (size_t k = 0; k < 8; k += 4)
        /*@ loop invariant k <= i <= 8 && i % 2 == 0;
            loop assigns i, gram[0 .. m * m - 1];
            loop variant 8 - i; */
        for (size_t i = k; i < 8 && first + i < m; i += 2)
          medsgd__gm_block(gram, m, first + i, first + k, a + i * MEDSGD__GM_WIDE, a + k * MEDSGD__GM_WIDE);
    }
  }
}

/* Squared distances of all rows to the candidates: square[c*m+i]. */
/*@ requires m <= SIZE_MAX / 128 && medsgd__view_readable(rows, m, d) && \valid_read(weight + (0 .. m - 1));
    requires \valid_read(candidate + (0 .. 15)) && \forall integer c; 0 <= c < 16 ==> candidate[c] < m;
    requires \valid(square + (0 .. 16 * m - 1)) && \valid(block + (0 .. 16 * m - 1)) && \valid(tile + (0 .. 2175));
    terminates \true;
    exits \false;
    assigns square[0 .. 16 * m - 1], block[0 .. 16 * m - 1], tile[0 .. 2175]; */
static MEDSGD__UNUSED void medsgd__gm_candidates(double *square, double *block, medsgd__row_view rows,
                                                 const double *weight, const size_t *candidate, size_t m, size_t d,
                                                 medsgd__gm_unit unit, double *tile) {
  double *one = tile + MEDSGD__GM_CANDIDATES * MEDSGD__GM_TILE, part[MEDSGD__GM_CANDIDATES];
  medsgd__gm_zero(square, MEDSGD__GM_CANDIDATES * m);
  medsgd__gm_zero(block, MEDSGD__GM_CANDIDATES * m);
  /*@ loop invariant 0 <= j <= d + 127;
      loop assigns j, square[0 .. 16 * m - 1], block[0 .. 16 * m - 1], tile[0 .. 2175], part[0 .. 15];
      loop variant d + 127 - j; */
  for (size_t j = 0; j < d; j += MEDSGD__GM_TILE) {
    const size_t n = d - j < MEDSGD__GM_TILE ? d - j : MEDSGD__GM_TILE;
    /*@ assert medsgd__view_readable(rows, m, d); */
    /*@ loop invariant 0 <= c <= 16;
        loop assigns c, tile[0 .. 2047];
        loop variant 16 - c; */
    for (size_t c = 0; c < MEDSGD__GM_CANDIDATES; c++)
      medsgd__gm_load(tile + c * MEDSGD__GM_TILE, medsgd__view_row(rows, candidate[c]) + j, n, unit.before);
    /*@ loop invariant 0 <= i <= m;
        loop assigns i, block[0 .. 16 * m - 1], tile[2048 .. 2175], part[0 .. 15];
        loop variant m - i; */
    for (size_t i = 0; i < m; i++) {
      if (!(weight[i] > 0.0)) continue;
      medsgd__gm_load(one, medsgd__view_row(rows, i) + j, n, unit.before);
      /*@ loop invariant 0 <= c <= 16;
          loop assigns c, part[0 .. 15];
          loop variant 16 - c; */
      for (size_t c = 0; c < MEDSGD__GM_CANDIDATES; c++) part[c] = 0.0;
      medsgd__gm_against(part, tile, one, MEDSGD__GM_CANDIDATES, unit.after, 0);
      /*@ loop invariant 0 <= c <= 16;
          loop assigns c, block[0 .. 16 * m - 1];
          loop variant 16 - c; */
      for (size_t c = 0; c < MEDSGD__GM_CANDIDATES; c++) {
        /*@ assert medsgd__gm_row_inside(c, 16, m); */
        block[c * m + i] += part[c];
      }
    }
    if (medsgd__gm_collects(j, d)) medsgd__gm_collect(square, block, MEDSGD__GM_CANDIDATES * m);
  }
}

/* The level of a row whose distance to the centre the common unit cannot hold, and the distance in its unit. */
/*@ requires d <= SIZE_MAX / 4 && \valid(distance) && \valid_read(x + (0 .. d - 1)) && \valid_read(c + (0 .. d - 1)) &&
      \valid(tile + (0 .. 255));
    terminates \true;
    exits \false;
    assigns *distance, tile[0 .. 255];
    ensures \gt_double(\result, (double)0.0); */
static MEDSGD__UNUSED double medsgd__gm_level(double *distance, const medsgd_real *x, const medsgd_real *c, size_t d,
                                              medsgd__gm_unit unit, double *tile) {
  /*@ ghost int left = 1; */
  /*@ loop invariant left == 1 || left == 0;
      loop invariant left == 1 ==> \eq_double(level, (double)1.0);
      loop invariant left == 0 ==> \eq_double(level, (double)2.0);
      loop assigns left, level, *distance, tile[0 .. 255];
      loop variant left; */
  for (double level = 1.0;; level = 2.0) {
    double sum = 0.0;
    /*@ loop invariant 0 <= j <= d + 127;
        loop assigns j, sum, tile[0 .. 255];
        loop variant d + 127 - j; */
    for (size_t j = 0; j < d; j += MEDSGD__GM_TILE) {
      const size_t n = d - j < MEDSGD__GM_TILE ? d - j : MEDSGD__GM_TILE;
      medsgd__gm_load(tile + MEDSGD__GM_TILE, c + j, n, 1.0);
      medsgd__gm_offset(tile, x + j, tile + MEDSGD__GM_TILE, n, medsgd__gm_row_unit(unit, level));
      sum += medsgd__gm_squares(tile);
    }
    *distance = medsgd__gm_sqrt(sum);
    if (*distance < MEDSGD__GM_FAR || level > 1.0) return level;
    /*@ ghost left = left - 1; */
  }
}

/* Four rows at a time, as offsets z_q from the origin or as rows x_q (whole tiles in the common unit):
 * v += sum_q c_q z_q. */
/*@ requires \valid(v + (0 .. MEDSGD__GM_TILE - 1));
    requires \valid_read(z + (0 .. 4 * MEDSGD__GM_TILE - 1));
    requires \valid_read(c + (0 .. 4 - 1));
    terminates \true;
    exits \false;
    assigns v[0 .. MEDSGD__GM_TILE - 1]; */
MEDSGD__INLINE void medsgd__gm_add(double *MEDSGD__RESTRICT v, const double *MEDSGD__RESTRICT z,
                                   const double *MEDSGD__RESTRICT c) {
  const double c0 = c[0], c1 = c[1], c2 = c[2], c3 = c[3];
  /*@ loop invariant 0 <= l <= MEDSGD__GM_TILE; loop assigns l, v[0 .. MEDSGD__GM_TILE - 1]; loop variant
      MEDSGD__GM_TILE - l; */
  for (size_t l = 0; l < MEDSGD__GM_TILE; l++)
    v[l] += (c0 * z[l] + c1 * z[l + MEDSGD__GM_TILE]) +
            (c2 * z[l + 2u * MEDSGD__GM_TILE] + c3 * z[l + 3u * MEDSGD__GM_TILE]);
}
/*@ requires \valid(v + (0 .. MEDSGD__GM_TILE - 1));
    requires \valid_read(origin + (0 .. MEDSGD__GM_TILE - 1));
    requires \valid_read(x0 + (0 .. MEDSGD__GM_TILE - 1));
    requires \valid_read(x1 + (0 .. MEDSGD__GM_TILE - 1));
    requires \valid_read(x2 + (0 .. MEDSGD__GM_TILE - 1));
    requires \valid_read(x3 + (0 .. MEDSGD__GM_TILE - 1));
    requires \valid_read(c + (0 .. 4 - 1));
    terminates \true;
    exits \false;
    assigns v[0 .. MEDSGD__GM_TILE - 1]; */
MEDSGD__INLINE void medsgd__gm_add_rows(double *MEDSGD__RESTRICT v, const double *MEDSGD__RESTRICT origin,
                                        const medsgd_real *MEDSGD__RESTRICT x0, const medsgd_real *MEDSGD__RESTRICT x1,
                                        const medsgd_real *MEDSGD__RESTRICT x2, const medsgd_real *MEDSGD__RESTRICT x3,
                                        medsgd__gm_unit unit, const double *MEDSGD__RESTRICT c) {
  const double c0 = c[0], c1 = c[1], c2 = c[2], c3 = c[3];
  /*@ loop invariant 0 <= l <= MEDSGD__GM_TILE; loop assigns l, v[0 .. MEDSGD__GM_TILE - 1]; loop variant
      MEDSGD__GM_TILE - l; */
  for (size_t l = 0; l < MEDSGD__GM_TILE; l++)
    v[l] += (c0 * medsgd__gm_minus(x0[l], origin[l], unit) + c1 * medsgd__gm_minus(x1[l], origin[l], unit)) +
            (c2 * medsgd__gm_minus(x2[l], origin[l], unit) + c3 * medsgd__gm_minus(x3[l], origin[l], unit));
}

/* A function of its own, as it keeps the value of each place out of the terms of the next in the proof. */
/*@ terminates \true;
    exits \false;
    assigns \nothing; */
MEDSGD__INLINE double medsgd__gm_pulled(double residual, double p0, double e0, double p1, double e1, double p2,
                                        double e2, double p3, double e3) {
  return residual + ((p0 * e0 + p1 * e1) + (p2 * e2 + p3 * e3));
}

/* With e_q = v t_q - z_q: residual += sum_q p_q e_q, lane[16q .. 16q+15] = sums of e_q^2, eight terms each. */
#define MEDSGD__GM_EIGHT(step) step(0) step(16) step(32) step(48) step(64) step(80) step(96) step(112)
#define MEDSGD__GM_PULL(n)                                                                                   \
  residual[l + (n)] = medsgd__gm_pulled(residual[l + (n)], p0, e0, p1, e1, p2, e2, p3, e3);                  \
  s0 += e0 * e0, s1 += e1 * e1, s2 += e2 * e2, s3 += e3 * e3;
/*@ requires \valid(residual + (0 .. MEDSGD__GM_TILE - 1));
    requires \valid(lane + (0 .. 63));
    requires \valid_read(z + (0 .. 4 * MEDSGD__GM_TILE - 1));
    requires \valid_read(v + (0 .. MEDSGD__GM_TILE - 1));
    requires \valid_read(p + (0 .. 4 - 1));
    requires \valid_read(t + (0 .. 4 - 1));
    terminates \true;
    exits \false;
    assigns residual[0 .. MEDSGD__GM_TILE - 1], lane[0 .. 63]; */
MEDSGD__INLINE void medsgd__gm_pull(double *MEDSGD__RESTRICT residual, double *MEDSGD__RESTRICT lane,
                                    const double *MEDSGD__RESTRICT z, const double *MEDSGD__RESTRICT v,
                                    const double *MEDSGD__RESTRICT p, const double *MEDSGD__RESTRICT t) {
  const double p0 = p[0], p1 = p[1], p2 = p[2], p3 = p[3];
  const double t0 = MEDSGD__REAL_IS_DOUBLE ? t[0] : 1.0, t1 = MEDSGD__REAL_IS_DOUBLE ? t[1] : 1.0;
  const double t2 = MEDSGD__REAL_IS_DOUBLE ? t[2] : 1.0, t3 = MEDSGD__REAL_IS_DOUBLE ? t[3] : 1.0;
  /*@ loop invariant 0 <= l <= 16; loop assigns l, residual[0 .. MEDSGD__GM_TILE - 1], lane[0 .. 63];
    @ loop variant 16 - l; */
  for (size_t l = 0; l < 16; l++) {
    double s0 = 0.0, s1 = 0.0, s2 = 0.0, s3 = 0.0;
#define MEDSGD__GM_STEP(n)                                                                                   \
  {                                                                                                          \
    const double w = v[l + (n)];                                                                             \
    const double e0 = w * t0 - z[l + (n)], e1 = w * t1 - z[l + MEDSGD__GM_TILE + (n)];                       \
    const double e2 = w * t2 - z[l + 2u * MEDSGD__GM_TILE + (n)];                                            \
    const double e3 = w * t3 - z[l + 3u * MEDSGD__GM_TILE + (n)];                                            \
    MEDSGD__GM_PULL(n)                                                                                       \
  }
    MEDSGD__GM_EIGHT(MEDSGD__GM_STEP)
#undef MEDSGD__GM_STEP
    lane[l] = s0, lane[l + 16] = s1, lane[l + 32] = s2, lane[l + 48] = s3;
  }
}
/*@ requires \valid(residual + (0 .. MEDSGD__GM_TILE - 1));
    requires \valid(lane + (0 .. 63));
    requires \valid_read(v + (0 .. MEDSGD__GM_TILE - 1));
    requires \valid_read(origin + (0 .. MEDSGD__GM_TILE - 1));
    requires \valid_read(x0 + (0 .. MEDSGD__GM_TILE - 1));
    requires \valid_read(x1 + (0 .. MEDSGD__GM_TILE - 1));
    requires \valid_read(x2 + (0 .. MEDSGD__GM_TILE - 1));
    requires \valid_read(x3 + (0 .. MEDSGD__GM_TILE - 1));
    requires \valid_read(p + (0 .. 4 - 1));
    terminates \true;
    exits \false;
    assigns residual[0 .. MEDSGD__GM_TILE - 1], lane[0 .. 63]; */
MEDSGD__INLINE void medsgd__gm_pull_rows(double *MEDSGD__RESTRICT residual, double *MEDSGD__RESTRICT lane,
                                         const double *MEDSGD__RESTRICT v, const double *MEDSGD__RESTRICT origin,
                                         const medsgd_real *MEDSGD__RESTRICT x0, const medsgd_real *MEDSGD__RESTRICT x1,
                                         const medsgd_real *MEDSGD__RESTRICT x2, const medsgd_real *MEDSGD__RESTRICT x3,
                                         medsgd__gm_unit unit, const double *MEDSGD__RESTRICT p) {
  const double p0 = p[0], p1 = p[1], p2 = p[2], p3 = p[3];
  /*@ loop invariant 0 <= l <= 16; loop assigns l, residual[0 .. MEDSGD__GM_TILE - 1], lane[0 .. 63];
    @ loop variant 16 - l; */
  for (size_t l = 0; l < 16; l++) {
    double s0 = 0.0, s1 = 0.0, s2 = 0.0, s3 = 0.0;
#define MEDSGD__GM_STEP(n)                                                                                   \
  {                                                                                                          \
    const double w = v[l + (n)], o = origin[l + (n)];                                                        \
    const double e0 = w - medsgd__gm_minus(x0[l + (n)], o, unit), e1 = w - medsgd__gm_minus(x1[l + (n)], o, unit); \
    const double e2 = w - medsgd__gm_minus(x2[l + (n)], o, unit), e3 = w - medsgd__gm_minus(x3[l + (n)], o, unit); \
    MEDSGD__GM_PULL(n)                                                                                       \
  }
    MEDSGD__GM_EIGHT(MEDSGD__GM_STEP)
#undef MEDSGD__GM_STEP
    lane[l] = s0, lane[l + 16] = s1, lane[l + 32] = s2, lane[l + 48] = s3;
  }
}
#undef MEDSGD__GM_PULL

/* The squares alone. */
/*@ requires \valid(lane + (0 .. 63));
    requires \valid_read(v + (0 .. MEDSGD__GM_TILE - 1));
    requires \valid_read(origin + (0 .. MEDSGD__GM_TILE - 1));
    requires \valid_read(x0 + (0 .. MEDSGD__GM_TILE - 1));
    requires \valid_read(x1 + (0 .. MEDSGD__GM_TILE - 1));
    requires \valid_read(x2 + (0 .. MEDSGD__GM_TILE - 1));
    requires \valid_read(x3 + (0 .. MEDSGD__GM_TILE - 1));
    terminates \true;
    exits \false;
    assigns lane[0 .. 63]; */
MEDSGD__INLINE void medsgd__gm_square_rows(double *MEDSGD__RESTRICT lane, const double *MEDSGD__RESTRICT v,
                                           const double *MEDSGD__RESTRICT origin,
                                           const medsgd_real *MEDSGD__RESTRICT x0,
                                           const medsgd_real *MEDSGD__RESTRICT x1,
                                           const medsgd_real *MEDSGD__RESTRICT x2,
                                           const medsgd_real *MEDSGD__RESTRICT x3, medsgd__gm_unit unit) {
  /*@ loop invariant 0 <= l <= 16; loop assigns l, lane[0 .. 63]; loop variant 16 - l; */
  for (size_t l = 0; l < 16; l++) {
    double s0 = 0.0, s1 = 0.0, s2 = 0.0, s3 = 0.0;
#define MEDSGD__GM_STEP(n)                                                                                   \
  {                                                                                                          \
    const double w = v[l + (n)], o = origin[l + (n)];                                                        \
    const double e0 = w - medsgd__gm_minus(x0[l + (n)], o, unit), e1 = w - medsgd__gm_minus(x1[l + (n)], o, unit); \
    const double e2 = w - medsgd__gm_minus(x2[l + (n)], o, unit), e3 = w - medsgd__gm_minus(x3[l + (n)], o, unit); \
    s0 += e0 * e0, s1 += e1 * e1, s2 += e2 * e2, s3 += e3 * e3;                                              \
  }
    MEDSGD__GM_EIGHT(MEDSGD__GM_STEP)
#undef MEDSGD__GM_STEP
    lane[l] = s0, lane[l + 16] = s1, lane[l + 32] = s2, lane[l + 48] = s3;
  }
}
#undef MEDSGD__GM_EIGHT

/*@ terminates \true;
    exits \false;
    assigns \nothing;
    ensures \is_finite(\result); */
MEDSGD__INLINE medsgd_real medsgd__gm_round(double t) {
  const double top = MEDSGD__REAL_IS_DOUBLE ? DBL_MAX : (double)FLT_MAX;
  if (!(t <= top)) t = top;
  if (t < -top) t = -top;
  return (medsgd_real)t;
}

/* The next four rows with positive weight from *next on; `index` is filled up with m. Returns whether all four are
 * there and in the common unit. */
/*@ requires \valid(index + (0 .. 4 - 1));
    requires \valid(next + (0 .. 1 - 1));
    requires \valid_read(weight + (0 .. m - 1));
    requires \valid_read(level + (0 .. m - 1));
    requires *next <= m;
    requires \separated(next, index + (0 .. 3));
    requires \separated(next, weight + (0 .. m - 1)) && \separated(next, level + (0 .. m - 1));
    requires \separated(index + (0 .. 3), weight + (0 .. m - 1)) && \separated(index + (0 .. 3), level + (0 .. m - 1));
    terminates \true;
    exits \false;
    assigns index[0 .. 3], *next;
    ensures \old(*next) <= *next <= m;
    ensures \forall integer q; 0 <= q < 4 ==> index[q] <= m;
    ensures \result == 0 || \result == 1;
    ensures \result == 1 ==> (\forall integer q; 0 <= q < 4 ==> index[q] < m);
    ensures \old(*next) < m ==> \old(*next) < *next; */
MEDSGD__INLINE int medsgd__gm_four(size_t *index, size_t *next, const double *weight, const double *level, size_t m) {
  size_t i = *next;
  int plain = 1;
  /*@ loop invariant 0 <= q <= 4 && \at(*next, Pre) <= i <= m && (plain == 0 || plain == 1); loop invariant \forall
      integer e; 0 <= e < q ==> index[e] <= m; loop invariant plain == 1 ==> (\forall integer e; 0 <= e < q ==>
      index[e] < m); loop invariant q > 0 && \at(*next, Pre) < m ==> i > \at(*next, Pre); loop assigns q, i, plain,
      index[0 .. 3]; loop variant 4 - q; */
  for (size_t q = 0; q < 4; q++) {
    /*@ loop invariant \at(i, LoopEntry) <= i <= m; loop assigns i; loop variant m - i; */
    while (i < m && !(weight[i] > 0.0)) i++;
    index[q] = i;
    if (i == m) plain = 0;
    else if (MEDSGD__REAL_IS_DOUBLE && level[i] > 0.0) plain = 0;
    if (i < m) i++;
  }
  *next = i;
  return plain;
}

/* Those rows as offsets from the origin, in their units. */
/*@ requires medsgd__view_readable(rows, m, j + n) && n <= 128 && \valid(z + (0 .. 511)) &&
      \valid_read(index + (0 .. 3)) && \valid_read(level + (0 .. m - 1)) && \valid_read(origin + (0 .. 127));
    terminates \true;
    exits \false;
    assigns z[0 .. 511]; */
MEDSGD__INLINE void medsgd__gm_offsets(double *z, const size_t *index, medsgd__row_view rows, const double *level,
                                       size_t m, size_t j, size_t n, medsgd__gm_unit unit, const double *origin) {
  /*@ loop invariant 0 <= q <= 4;
      loop assigns q, z[0 .. 511];
      loop variant 4 - q; */
  for (size_t q = 0; q < 4; q++) {
    const size_t i = index[q];
    if (i < m)
      medsgd__gm_offset(z + q * MEDSGD__GM_TILE, medsgd__view_row(rows, i) + j, origin, n,
                        medsgd__gm_row_unit(unit, level[i]));
    else medsgd__gm_zero(z + q * MEDSGD__GM_TILE, MEDSGD__GM_TILE);
  }
}

/* The pass at y = x_c + v, v = sum_i lambda_i (x_i - x_c): y itself, the distances ||y - x_i|| in the rows' units and,
 * returned, the squared norm of sum_i pull_i (y - x_i), unless `known` says that nobody asks. lambda, too, is in the
 * rows' units. `tile`: 7 tiles. */
/*@ requires centre < m && d <= SIZE_MAX / 4 && medsgd__view_readable(rows, m, d);
    requires \valid(y + (0 .. d - 1)) && \valid(distance + (0 .. m - 1)) && \valid(block + (0 .. m - 1)) &&
      \valid(tile + (0 .. 895));
    requires \valid_read(weight + (0 .. m - 1)) && \valid_read(level + (0 .. m - 1)) &&
      \valid_read(lambda + (0 .. m - 1)) && \valid_read(pull + (0 .. m - 1));
    terminates \true;
    exits \false;
    assigns y[0 .. d - 1], distance[0 .. m - 1], block[0 .. m - 1], tile[0 .. 895]; */
static MEDSGD__UNUSED double medsgd__gm_pass(medsgd_real *y, double *distance, double *block, medsgd__row_view rows,
                                             const double *weight, const double *level, const double *lambda,
                                             const double *pull, int known, size_t m, size_t d, size_t centre,
                                             medsgd__gm_unit unit, double *tile) {
  double *origin = tile, *v = tile + MEDSGD__GM_TILE, *residual = tile + 2u * MEDSGD__GM_TILE,
         *z = tile + 3u * MEDSGD__GM_TILE;
  const double back = 1.0 / unit.before, down = 1.0 / unit.after;
  double total = 0.0, partial = 0.0, coefficient[4], t[4], lane[64], part[4];
  size_t index[4], next;
  /*@ assert \forall integer i; 0 <= i < m && \at(\valid_read(rows.rows[i] + (0 .. d - 1)), Pre) ==>
        \valid_read(rows.rows[i] + (0 .. d - 1)); */
  /*@ assert \forall integer i; \at(medsgd__strided_readable(rows, i, d), Pre) ==>
        medsgd__strided_readable(rows, i, d); */
  /*@ assert rows.rows != \null ==> medsgd_rows_readable(rows.rows, m, d); */
  /*@ assert rows.rows == \null ==> \forall integer i; 0 <= i < m ==>
        medsgd__strided_readable(rows, i, d); */
  /*@ assert medsgd__view_readable(rows, m, d); */
  medsgd__gm_zero(distance, m);
  medsgd__gm_zero(block, m);
  /*@ loop invariant 0 <= j <= d + 127;
      loop assigns j, total, partial, y[0 .. d - 1], distance[0 .. m - 1], block[0 .. m - 1], tile[0 .. 895],
        index[0 .. 3], next, coefficient[0 .. 3], t[0 .. 3], lane[0 .. 63], part[0 .. 3];
      loop variant d + 127 - j; */
  for (size_t j = 0; j < d; j += MEDSGD__GM_TILE) {
    const size_t n = d - j < MEDSGD__GM_TILE ? d - j : MEDSGD__GM_TILE;
    /*@ assert pointers: rows.rows != \null ==> medsgd_rows_readable(rows.rows, m, j + n); */
    /*@ assert strides: rows.rows == \null ==> \forall integer i; 0 <= i < m ==>
          medsgd__strided_readable(rows, i, j + n); */
    /*@ assert part: medsgd__view_readable(rows, m, j + n); */
    medsgd__gm_load(origin, medsgd__view_row(rows, centre) + j, n, 1.0);
    medsgd__gm_zero(v, MEDSGD__GM_TILE);
    medsgd__gm_zero(residual, MEDSGD__GM_TILE);
    next = 0;
    /*@ loop invariant 0 <= next <= m;
        loop assigns next, index[0 .. 3], coefficient[0 .. 3], tile[128 .. 255], tile[384 .. 895];
        loop variant m - next; */
    while (next < m) {
      const int plain = medsgd__gm_four(index, &next, weight, level, m);
      /*@ assert plain == 1 ==> index[0] < m && index[1] < m && index[2] < m && index[3] < m; */
      /*@ loop invariant 0 <= q <= 4;
          loop assigns q, coefficient[0 .. 3];
          loop variant 4 - q; */
      for (size_t q = 0; q < 4; q++) coefficient[q] = index[q] < m ? lambda[index[q]] : 0.0;
      if (plain && n == MEDSGD__GM_TILE) {
        medsgd__gm_add_rows(v, origin, medsgd__view_row(rows, index[0]) + j, medsgd__view_row(rows, index[1]) + j,
                            medsgd__view_row(rows, index[2]) + j, medsgd__view_row(rows, index[3]) + j, unit,
                            coefficient);
      } else {
        medsgd__gm_offsets(z, index, rows, level, m, j, n, unit, origin);
        medsgd__gm_add(v, z, coefficient);
      }
    }
    next = 0;
    /*@ loop invariant 0 <= next <= m;
        loop assigns next, index[0 .. 3], coefficient[0 .. 3], t[0 .. 3], lane[0 .. 63], part[0 .. 3],
          block[0 .. m - 1], tile[256 .. 895];
        loop variant m - next; */
    while (next < m) {
      const int plain = medsgd__gm_four(index, &next, weight, level, m);
      /*@ assert plain == 1 ==> index[0] < m && index[1] < m && index[2] < m && index[3] < m; */
      /*@ loop invariant 0 <= q <= 4;
          loop assigns q, coefficient[0 .. 3], t[0 .. 3];
          loop variant 4 - q; */
      for (size_t q = 0; q < 4; q++) {
        coefficient[q] = index[q] < m ? pull[index[q]] : 0.0;
        t[q] = index[q] < m ? medsgd__gm_lower(1.0, level[index[q]]) : 0.0;
      }
      if (known && plain && n == MEDSGD__GM_TILE) {
        medsgd__gm_square_rows(lane, v, origin, medsgd__view_row(rows, index[0]) + j,
                               medsgd__view_row(rows, index[1]) + j, medsgd__view_row(rows, index[2]) + j,
                               medsgd__view_row(rows, index[3]) + j, unit);
      } else if (plain && n == MEDSGD__GM_TILE) {
        medsgd__gm_pull_rows(residual, lane, v, origin, medsgd__view_row(rows, index[0]) + j,
                             medsgd__view_row(rows, index[1]) + j, medsgd__view_row(rows, index[2]) + j,
                             medsgd__view_row(rows, index[3]) + j, unit, coefficient);
      } else {
        medsgd__gm_offsets(z, index, rows, level, m, j, n, unit, origin);
        medsgd__gm_pull(residual, lane, z, v, coefficient, t);
      }
      medsgd__gm_lanes4(part, lane);
      /*@ loop invariant 0 <= q <= 4;
          loop assigns q, block[0 .. m - 1];
          loop variant 4 - q; */
      for (size_t q = 0; q < 4; q++)
        if (index[q] < m) block[index[q]] += part[q];
    }
    partial += medsgd__gm_squares(residual);
    /*@ loop invariant 0 <= l <= n;
        loop assigns l, y[0 .. d - 1];
        loop variant n - l; */
    for (size_t l = 0; l < n; l++)
      y[j + l] =
          medsgd__gm_round(MEDSGD__REAL_IS_DOUBLE ? (origin[l] * unit.before + v[l] * down) * back : origin[l] + v[l]);
    if (medsgd__gm_collects(j, d)) {
      medsgd__gm_collect(distance, block, m);
      total += partial;
      partial = 0.0;
    }
  }
  /*@ loop invariant 0 <= i <= m;
      loop assigns i, distance[0 .. m - 1];
      loop variant m - i; */
  for (size_t i = 0; i < m; i++) distance[i] = medsgd__gm_sqrt(distance[i]);
  return total;
}

/* Coefficients in the ratio of the pulls leave no residual:
 * sum_i pull_i (y - x_i) = sum_i (s lambda_i - pull_i) (x_i - x_c) with s = sum_i pull_i, which is rounding. Is that
 * so, for rows in one unit? */
/*@ requires \valid_read(lambda + (0 .. m - 1)) && \valid_read(pull + (0 .. m - 1)) &&
      \valid_read(weight + (0 .. m - 1));
    terminates \true;
    exits \false;
    assigns \nothing;
    ensures \result == 0 || \result == 1; */
static MEDSGD__UNUSED int medsgd__gm_balanced(const double *lambda, const double *pull, const double *weight, size_t m,
                                              size_t c) {
  double s = 0.0;
  /*@ loop invariant 0 <= i <= m;
      loop assigns i, s;
      loop variant m - i; */
  for (size_t i = 0; i < m; i++) s += pull[i];
  /*@ loop invariant 0 <= i <= m;
      loop assigns i;
      loop variant m - i; */
  for (size_t i = 0; i < m; i++)
    if (weight[i] > 0.0 && (!(pull[i] > 0.0) || (i != c && !(fabs(s * lambda[i] - pull[i]) <= 1e-14 * pull[i]))))
      return 0;
  return 1;
}

/* What rounding may have left, all told: ||x_i - x_c|| is at most the sum of the distances from y. */
/*@ requires c < m && \valid_read(lambda + (0 .. m - 1)) && \valid_read(pull + (0 .. m - 1)) &&
      \valid_read(distance + (0 .. m - 1));
    terminates \true;
    exits \false;
    assigns \nothing; */
static MEDSGD__UNUSED double medsgd__gm_leftover(const double *lambda, const double *pull, const double *distance,
                                                 size_t m, size_t c) {
  double s = 0.0, sum = 0.0;
  /*@ loop invariant 0 <= i <= m;
      loop assigns i, s;
      loop variant m - i; */
  for (size_t i = 0; i < m; i++) s += pull[i];
  /*@ loop invariant 0 <= i <= m;
      loop assigns i, sum;
      loop variant m - i; */
  for (size_t i = 0; i < m; i++)
    if (i != c) sum += fabs(s * lambda[i] - pull[i]) * (distance[i] + distance[c]);
  return sum + MEDSGD__GM_EPS * (double)m * s * distance[c];
}

/* The bound on objective - optimum from a pass, in its units. With u_i the unit vectors from the rows to y, F is convex
 * and F(y) - F(y*) <= ||sum_i w_i u_i|| ||y - y*||, where rows at y may take any u_i of norm <= 1. The residual is the
 * pass's, with what its pulls were off (they were made of `predicted` distances) and with what rounding may have
 * hidden: `depth` is the relative error of a reduction in units of the last place. */
/*@ requires \valid_read(distance + (0 .. m - 1));
    requires \valid_read(predicted + (0 .. m - 1));
    requires \valid_read(weight + (0 .. m - 1));
    requires \valid_read(level + (0 .. m - 1));
    requires \valid_read(lambda + (0 .. m - 1));
    terminates \true;
    exits \false;
    assigns \nothing;
    ensures \ge_double(\result, (double)0.0); */
static MEDSGD__UNUSED double medsgd__gm_gap(const double *distance, const double *predicted, const double *weight,
                                            const double *level, const double *lambda, size_t m, double square,
                                            double from_centre, double depth, double total, double radius) {
  const double count = (double)m;
  double residual = 0.0, spread = 0.0, loss = 0.0, here = 0.0, away = 0.0, gap;
  /*@ loop invariant 0 <= i <= m; loop assigns i, residual, spread, loss, here, away; loop variant m - i; */
  for (size_t i = 0; i < m; i++) {
    if (!(weight[i] > 0.0)) continue;
    spread += lambda[i] * (distance[i] + medsgd__gm_lower(from_centre, level[i]));
    if (!(distance[i] > 0.0)) {
      here += weight[i];
      continue;
    }
    away += weight[i];
    if (predicted[i] > 0.0) residual += weight[i] * fabs(1.0 - distance[i] / predicted[i]);
    else loss += medsgd__gm_raise(weight[i] * distance[i], level[i]);
    residual += 4.0 * MEDSGD__GM_EPS * weight[i] * (medsgd__gm_lower(from_centre, level[i]) / distance[i]);
  }
  if (here >= away) return 0.0;
  residual += MEDSGD__GM_EPS * (depth + 4.0 * count + 16.0) * total;
  residual += medsgd__gm_sqrt(square) * (1.0 + MEDSGD__GM_EPS * depth);
  residual = (residual - here) + 2.0 * MEDSGD__GM_EPS * here;
  if (residual < 0.0) residual = 0.0;
  gap = (residual * radius + loss + 2.0 * total * MEDSGD__GM_EPS * (count + 4.0) * spread) *
        (1.0 + 9.313225746154785e-10);
  return gap >= 0.0 ? gap : DBL_MAX;
}

/* ---- the iteration on coefficients ---- */

#define MEDSGD__GM_ONLY 2 /* have_base: the distances were made of it */

/* The Gram matrix of the unit vectors from row c to the others (0 for c itself): from the distances by the law of
 * cosines, or where two distances differ much and `base` (products about some row) is at hand, from that. */
/*@ requires c < m <= 128 && \valid(gram + (0 .. m * m - 1)) && \valid_read(distance + (0 .. m * m - 1)) &&
      \valid_read(base + (0 .. m * m - 1)) && \valid_read(weight + (0 .. m - 1));
    terminates \true;
    exits \false;
    assigns gram[0 .. m * m - 1]; */
static MEDSGD__UNUSED void medsgd__gm_gram(double *gram, const double *distance, const double *base, int have_base,
                                           const double *weight, size_t m, size_t c) {
  /*@ assert medsgd__gm_row_inside(c, m, m); */
  const double *n = distance + c * m;
  /*@ loop invariant 0 <= i <= m;
      loop assigns i, gram[0 .. m * m - 1];
      loop variant m - i; */
  for (size_t i = 0; i < m; i++) {
    /*@ assert medsgd__gm_row_inside(i, m, m); */
    /*@ loop invariant 0 <= j <= i;
        loop assigns j, gram[0 .. m * m - 1];
        loop variant i - j; */
    for (size_t j = 0; j < i; j++) {
      /*@ assert medsgd__gm_row_inside(j, m, m); */
      double g = 0.0;
      if (weight[i] > 0.0 && weight[j] > 0.0 && n[i] > 0.0 && n[j] > 0.0) {
        const size_t close = n[i] < n[j] ? i : j, remote = n[i] < n[j] ? j : i;
        /*@ assert medsgd__gm_row_inside(close, m, m) && medsgd__gm_row_inside(remote, m, m); */
        /*@ assert 0 <= close * m + remote < m * m && 0 <= remote * m + close < m * m; */
        /*@ assert 0 <= c * m + remote < m * m && 0 <= remote * m + c < m * m; */
        /*@ assert 0 <= c * m + close < m * m && 0 <= close * m + c < m * m; */
        const double low = n[close], high = n[remote], other = distance[i * m + j];
        if (have_base == MEDSGD__GM_ONLY || (have_base && (high > 4096.0 * low || high >= MEDSGD__GM_FAR))) {
          const double nf = high, bn = base[close >= remote ? close * m + remote : remote * m + close];
          const double bc = base[c >= remote ? c * m + remote : remote * m + c],
                       nc = base[close >= c ? close * m + c : c * m + close];
          g = (bn / nf - bc / nf) / low - (nc - base[c * m + c]) / nf / low;
        } else {
          g = 0.5 * (low / high) + 0.5 * ((high - other) / low) * ((high + other) / high);
        }
        if (!(g <= 1.0)) g = 1.0;
        if (g < -1.0) g = -1.0;
      }
      gram[i * m + j] = g;
      gram[j * m + i] = g;
    }
    gram[i * m + i] = i != c && n[i] > 0.0 && weight[i] > 0.0 ? 1.0 : 0.0;
  }
}

/* out = gram * x, restricted to positive weights (0 elsewhere); returns <x, out>. */
/*@ requires m <= 0xFFFFFFFF && \valid(out + (0 .. m - 1)) && \valid_read(gram + (0 .. m * m - 1)) &&
      \valid_read(x + (0 .. m - 1)) && \valid_read(weight + (0 .. m - 1));
    terminates \true;
    exits \false;
    assigns out[0 .. m - 1];
    ensures medsgd__is_sum(\result) && !\is_NaN(\result); */
static MEDSGD__UNUSED double medsgd__gm_apply(double *out, const double *gram, const double *x, const double *weight,
                                              size_t m) {
  double sum = 0.0;
  /*@ loop invariant 0 <= i <= m;
      loop assigns i, sum, out[0 .. m - 1];
      loop variant m - i; */
  for (size_t i = 0; i < m; i++) {
    double t = 0.0;
    /*@ assert medsgd__gm_row_inside(i, m, m); */
    if (weight[i] > 0.0)
      /*@ loop invariant 0 <= j <= m;
          loop assigns j, t;
          loop variant m - j; */
      for (size_t j = 0; j < m; j++) t += gram[i * m + j] * x[j];
    out[i] = t;
    sum += x[i] * t;
  }
  return sum > 0.0 ? sum : 0.0;
}

/* The distances from v to the rows, q_i = <unit_i, v>, square = ||v||^2. */
/*@ requires \valid(reach + (0 .. m - 1));
    requires \valid_read(n + (0 .. m - 1));
    requires \valid_read(q + (0 .. m - 1));
    requires \valid_read(weight + (0 .. m - 1));
    terminates \true;
    exits \false;
    assigns reach[0 .. m - 1];
    ensures \forall integer i; 0 <= i < m ==> medsgd__is_sum(reach[i]); */
static MEDSGD__UNUSED void medsgd__gm_reach(double *reach, const double *n, const double *q, double square,
                                            const double *weight, size_t m) {
  /*@ loop invariant 0 <= i <= m;
      loop invariant \forall integer k; 0 <= k < i ==> medsgd__is_sum(reach[k]);
      loop assigns i, reach[0 .. m - 1]; loop variant m - i; */
  for (size_t i = 0; i < m; i++) {
    double t = 0.0;
    if (weight[i] > 0.0) {
      t = n[i] * (n[i] - 2.0 * q[i]) + square;
      t = t > 0.0 ? sqrt(t) : 0.0;
    }
    reach[i] = t;
  }
}

/* The Newton step p for sum_i w_i ||v - z_i|| as a combination of the unit vectors: step_i. It solves
 * (I - K) g = -sqrt(tau) D with K the Gram matrix of the u_i scaled by sqrt(tau_i), tau_i = w_i / (D_i s), by
 * Cholesky's method in `a`. */
/*@ requires m <= 128 && \valid(step + (0 .. m - 1)) && \valid(a + (0 .. m * m - 1)) && \valid(root + (0 .. m - 1));
    requires \valid_read(gram + (0 .. m * m - 1)) && \valid_read(n + (0 .. m - 1)) && \valid_read(mu + (0 .. m - 1)) &&
      \valid_read(q + (0 .. m - 1)) && \valid_read(reach + (0 .. m - 1)) && \valid_read(weight + (0 .. m - 1));
    requires \separated(root + (0 .. m - 1), reach + (0 .. m - 1), weight + (0 .. m - 1));
    terminates \true;
    exits \false;
    assigns step[0 .. m - 1], a[0 .. m * m - 1], root[0 .. m - 1]; */
static MEDSGD__UNUSED void medsgd__gm_newton(double *step, double *a, double *root, const double *gram, const double *n,
                                             const double *mu, const double *q, const double *reach,
                                             const double *weight, double square, double s, size_t m) {
  double sum = 0.0;
  /*@ loop invariant 0 <= i <= m;
      loop assigns i, root[0 .. m - 1];
      loop variant m - i; */
  for (size_t i = 0; i < m; i++) root[i] = weight[i] > 0.0 ? medsgd__gm_sqrt(weight[i] / reach[i] / s) : 0.0;
  /*@ loop invariant 0 <= i <= m;
      loop assigns i, a[0 .. m * m - 1];
      loop variant m - i; */
  for (size_t i = 0; i < m; i++) {
    if (!(weight[i] > 0.0)) continue;
    /*@ assert medsgd__gm_row_inside(i, m, m); */
    /*@ loop invariant 0 <= j <= i + 1;
        loop assigns j, a[0 .. m * m - 1];
        loop variant i + 1 - j; */
    for (size_t j = 0; j <= i; j++) {
      double t;
      /*@ assert medsgd__gm_row_inside(j, m, m); */
      if (!(weight[j] > 0.0)) continue;
      if (j == i) {
        t = 1.0 - root[i] * root[i];
      } else {
        const size_t close = n[i] < n[j] ? i : j, remote = n[i] < n[j] ? j : i;
        /*@ assert medsgd__gm_row_inside(close, m, m); */
        /*@ assert 0 <= close * m + remote < m * m; */
        const double cosine =
            (square - n[close] * q[close]) / reach[close] / reach[remote] +
            (n[close] * gram[close * m + remote] - q[remote]) / reach[close] * (n[remote] / reach[remote]);
        t = -root[i] * root[j] * cosine;
      }
      /*@ assert 0 <= i * m + j < m * m && 0 <= j * m + j < m * m; */
      /*@ loop invariant 0 <= k <= j;
          loop assigns k, t;
          loop variant j - k; */
      for (size_t k = 0; k < j; k++)
        if (weight[k] > 0.0) t -= a[i * m + k] * a[j * m + k];
      if (j == i) a[i * m + i] = t > 1e-13 ? sqrt(t) : 1e-6;
      else a[i * m + j] = t / a[j * m + j];
    }
  }
  /*@ loop invariant 0 <= i <= m;
      loop assigns i, step[0 .. m - 1];
      loop variant m - i; */
  for (size_t i = 0; i < m; i++) {
    double t = -root[i] * reach[i];
    step[i] = 0.0;
    if (!(weight[i] > 0.0)) continue;
    /*@ assert medsgd__gm_row_inside(i, m, m); */
    /*@ loop invariant 0 <= k <= i;
        loop assigns k, t;
        loop variant i - k; */
    for (size_t k = 0; k < i; k++)
      if (weight[k] > 0.0) t -= a[i * m + k] * step[k];
    step[i] = t / a[i * m + i];
  }
  /*@ loop invariant 0 <= i <= m;
      loop assigns i, step[0 .. m - 1];
      loop variant i; */
  for (size_t i = m; i-- > 0;) {
    /*@ assert medsgd__gm_row_inside(i, m, m); */
    double t = step[i];
    if (!(weight[i] > 0.0)) continue;
    /*@ loop invariant i + 1 <= k <= m;
        loop assigns k, t;
        loop variant m - k; */
    for (size_t k = i + 1; k < m; k++) {
      /*@ assert medsgd__gm_row_inside(k, m, m); */
      if (weight[k] > 0.0) t -= a[k * m + i] * step[k];
    }
    step[i] = t / a[i * m + i];
  }
  /*@ loop invariant 0 <= i <= m;
      loop assigns i, sum, step[0 .. m - 1];
      loop variant m - i; */
  for (size_t i = 0; i < m; i++) {
    if (!(weight[i] > 0.0)) continue;
    step[i] = step[i] * root[i] / reach[i];
    sum += step[i];
  }
  /*@ loop invariant 0 <= i <= m;
      loop assigns i, step[0 .. m - 1];
      loop variant m - i; */
  for (size_t i = 0; i < m; i++) step[i] = weight[i] > 0.0 ? sum * mu[i] - step[i] * n[i] : 0.0;
}

/* The change of sum_i w_i D_i on the way t p: D_i(t)^2 = D_i^2 + 2 t along_i + t^2 square. */
/*@ requires \valid_read(reach + (0 .. m - 1));
    requires \valid_read(along + (0 .. m - 1));
    requires \valid_read(weight + (0 .. m - 1));
    terminates \true;
    exits \false;
    assigns \nothing; */
static MEDSGD__UNUSED double medsgd__gm_change(const double *reach, const double *along, const double *weight,
                                               double square, double t, size_t m) {
  double sum = 0.0;
  /*@ loop invariant 0 <= i <= m; loop assigns i, sum; loop variant m - i; */
  for (size_t i = 0; i < m; i++) {
    if (weight[i] > 0.0) {
      const double delta = t * (2.0 * along[i] + t * square), r2 = reach[i] * reach[i] + delta;
      sum += weight[i] * (delta / ((r2 > 0.0 ? sqrt(r2) : 0.0) + reach[i]));
    }
  }
  return sum;
}

/*@ requires \valid_read(reach + (0 .. m - 1));
    requires \valid_read(weight + (0 .. m - 1));
    requires m > 0;
    terminates \true;
    exits \false;
    assigns \nothing;
    ensures \result < m; */
static MEDSGD__UNUSED size_t medsgd__gm_nearest(const double *reach, const double *weight, size_t m) {
  size_t best = m;
  /*@ loop invariant 0 <= i <= m; loop invariant best <= m && (best == m || best < m); loop assigns i, best; loop
      variant m - i; */
  for (size_t i = 0; i < m; i++)
    if (weight[i] > 0.0 && (best == m || reach[i] < reach[best])) best = i;
  return best == m ? 0 : best;
}

/* Is row c, by itself, within the target? The others' unit vectors must sum to no more than its weight,
 * or to little more. */
/*@ requires c < m <= 128 && \valid_read(gram + (0 .. m * m - 1)) && \valid_read(n + (0 .. m - 1)) &&
      \valid_read(weight + (0 .. m - 1));
    requires \valid(pull + (0 .. m - 1)) && \valid(image + (0 .. m - 1)) && \valid(key + (0 .. m - 1)) &&
      \valid(value + (0 .. m - 1)) && \valid(excess);
    terminates \true;
    exits \false;
    assigns pull[0 .. m - 1], image[0 .. m - 1], key[0 .. m - 1], value[0 .. m - 1], *excess;
    ensures \result == 0 || \result == 1; */
static MEDSGD__UNUSED int medsgd__gm_vertex(const double *gram, const double *n, const double *weight, size_t m,
                                            size_t c, double total, double tolerance, double *pull, double *image,
                                            double *key, double *value, double *excess) {
  double rho, r;
  size_t count;
  /*@ loop invariant 0 <= i <= m;
      loop assigns i, pull[0 .. m - 1];
      loop variant m - i; */
  for (size_t i = 0; i < m; i++) pull[i] = weight[i] > 0.0 && n[i] > 0.0 ? weight[i] : 0.0;
  rho = sqrt(medsgd__gm_apply(image, gram, pull, weight, m));
  *excess = rho - weight[c];
  if (*excess <= 0.0 || weight[c] >= total - weight[c]) return 1;
  count = medsgd__gm_order(key, value, n, weight, m);
  r = medsgd__gm_median(key, value, count, total);
  return *excess * medsgd__gm_radius(key, value, count, total) <= 0.25 * tolerance * total * r;
}

/* Weiszfeld's coefficients w_i / D_i, normalised; all reach[i] of positive weight are positive. */
/*@ requires \valid(lambda + (0 .. m - 1));
    requires \valid_read(reach + (0 .. m - 1));
    requires \valid_read(weight + (0 .. m - 1));
    terminates \true;
    exits \false;
    assigns lambda[0 .. m - 1]; */
static MEDSGD__UNUSED double medsgd__gm_weiszfeld(double *lambda, const double *reach, const double *weight, size_t m) {
  double s = 0.0;
  /*@ loop invariant 0 <= i <= m; loop assigns i, s; loop variant m - i; */
  for (size_t i = 0; i < m; i++)
    if (weight[i] > 0.0) s += weight[i] / reach[i];
  /*@ loop invariant 0 <= i <= m; loop assigns i, lambda[0 .. m - 1]; loop variant m - i; */
  for (size_t i = 0; i < m; i++) lambda[i] = weight[i] > 0.0 ? weight[i] / reach[i] / s : 0.0;
  return s;
}

/*@ requires \valid(lambda + (0 .. m - 1));
    terminates \true;
    exits \false;
    assigns lambda[0 .. m - 1]; */
static MEDSGD__UNUSED void medsgd__gm_only(double *lambda, size_t m, size_t c) {
  /*@ loop invariant 0 <= i <= m; loop assigns i, lambda[0 .. m - 1]; loop variant m - i; */
  for (size_t i = 0; i < m; i++) lambda[i] = i == c ? 1.0 : 0.0;
}

/* The iteration from the point of the coefficients `lambda`, centred at row *centre. On return lambda >= 0 sums to 1,
 * reach holds the distances expected there. Returns the number of iterations used. `vector` is 8 m of scratch. */
/*@ requires 0 < m <= 128 && \valid(centre) && *centre < m && \valid(lambda + (0 .. m - 1)) &&
      \valid(reach + (0 .. m - 1)) && \valid_read(weight + (0 .. m - 1));
    requires \valid_read(distance + (0 .. m * m - 1)) && \valid_read(base + (0 .. m * m - 1));
    requires \valid(gram + (0 .. m * m - 1)) && \valid(factor + (0 .. m * m - 1)) && \valid(vector + (0 .. 8 * m - 1));
    requires \separated(weight + (0 .. m - 1), reach + (0 .. m - 1), vector + (0 .. 8 * m - 1));
    terminates \true;
    exits \false;
    assigns *centre, lambda[0 .. m - 1], reach[0 .. m - 1], gram[0 .. m * m - 1], factor[0 .. m * m - 1],
      vector[0 .. 8 * m - 1];
    ensures *centre < m;
    ensures \result <= limit; */
static MEDSGD__UNUSED size_t medsgd__gm_solve(double *lambda, double *reach, size_t *centre, const double *distance,
                                              const double *base, int have_base, double *gram, double *factor,
                                              const double *weight, size_t m, double total, double tolerance,
                                              size_t limit, int patient, double *vector) {
  double *mu = vector, *q = vector + m, *step = vector + 2 * m, *along = vector + 3 * m, *root = vector + 4 * m;
  double *key = vector + 5 * m, *value = vector + 6 * m;
  double best = DBL_MAX;
  size_t used = 0, stall = 0, c = *centre;
  int at_row = 1;
  medsgd__gm_gram(gram, distance, base, have_base, weight, m, c);
  /*@ assert medsgd__gm_row_inside(c, m, m); */
  /*@ loop invariant 0 <= i <= m && (at_row == 0 || at_row == 1);
      loop assigns i, at_row;
      loop variant m - i; */
  for (size_t i = 0; i < m; i++)
    if (i != c && lambda[i] > 0.0 && distance[c * m + i] > 0.0) at_row = 0;
  /*@ loop invariant c < m && used <= limit && (at_row == 0 || at_row == 1) && stall <= 12;
      loop assigns c, used, at_row, stall, best, lambda[0 .. m - 1], reach[0 .. m - 1], gram[0 .. m * m - 1],
        factor[0 .. m * m - 1], vector[0 .. 8 * m - 1];
      loop variant 2 * (limit - used) + 1 - at_row; */
  for (;;) {
    const double *n = distance + c * m;
    double square, s, rho, excess, gap, r, slope, inner, t;
    size_t close, count;
    /*@ assert medsgd__gm_row_inside(c, m, m); */
    if (at_row) {
      /*@ loop invariant 0 <= i <= m;
          loop assigns i, reach[0 .. m - 1];
          loop variant m - i; */
      for (size_t i = 0; i < m; i++) reach[i] = weight[i] > 0.0 ? n[i] : 0.0;
      if (medsgd__gm_vertex(gram, n, weight, m, c, total, tolerance, step, along, key, value, &excess) ||
          used == limit) {
        medsgd__gm_only(lambda, m, c);
        break;
      }
      used++;
      t = excess / (excess + weight[c]);
      s = 0.0;
      /*@ loop invariant 0 <= i <= m;
          loop assigns i, s;
          loop variant m - i; */
      for (size_t i = 0; i < m; i++)
        if (weight[i] > 0.0 && n[i] > 0.0) s += weight[i] / n[i];
      inner = 0.0;
      /*@ loop invariant 0 <= i <= m;
          loop assigns i, inner, lambda[0 .. m - 1];
          loop variant m - i; */
      for (size_t i = 0; i < m; i++) {
        lambda[i] = weight[i] > 0.0 && n[i] > 0.0 ? t * (weight[i] / n[i] / s) : 0.0;
        inner += lambda[i];
      }
      lambda[c] = 1.0 - inner > 0.0 ? 1.0 - inner : 0.0;
      at_row = 0;
    }
    /*@ loop invariant 0 <= i <= m;
        loop assigns i, vector[0 .. m - 1];
        loop variant m - i; */
    for (size_t i = 0; i < m; i++) mu[i] = weight[i] > 0.0 ? lambda[i] * n[i] : 0.0;
    square = medsgd__gm_apply(q, gram, mu, weight, m);
    medsgd__gm_reach(reach, n, q, square, weight, m);
    close = medsgd__gm_nearest(reach, weight, m);
    if (close != c && reach[close] < 0.5 * reach[c]) {
      const int zero = !(reach[close] > 0.0);
      c = close;
      n = distance + c * m;
      /*@ assert medsgd__gm_row_inside(c, m, m); */
      medsgd__gm_gram(gram, distance, base, have_base, weight, m, c);
      if (zero) {
        at_row = 1;
        continue;
      }
      if (medsgd__gm_vertex(gram, n, weight, m, c, total, tolerance, step, along, key, value, &excess)) {
        /*@ loop invariant 0 <= i <= m;
            loop assigns i, reach[0 .. m - 1];
            loop variant m - i; */
        for (size_t i = 0; i < m; i++) reach[i] = weight[i] > 0.0 ? n[i] : 0.0;
        medsgd__gm_only(lambda, m, c);
        break;
      }
      /*@ loop invariant 0 <= i <= m;
          loop assigns i, vector[0 .. m - 1];
          loop variant m - i; */
      for (size_t i = 0; i < m; i++) mu[i] = weight[i] > 0.0 ? lambda[i] * n[i] : 0.0;
      square = medsgd__gm_apply(q, gram, mu, weight, m);
      medsgd__gm_reach(reach, n, q, square, weight, m);
      close = medsgd__gm_nearest(reach, weight, m);
    }
    if (!(reach[close] > 0.0)) {
      if (close != c) {
        c = close;
        medsgd__gm_gram(gram, distance, base, have_base, weight, m, c);
      }
      at_row = 1;
      continue;
    }
    s = 0.0;
    /*@ loop invariant 0 <= i <= m;
        loop invariant medsgd__is_sum(s);
        loop assigns i, s;
        loop variant m - i; */
    for (size_t i = 0; i < m; i++)
      if (weight[i] > 0.0) s += weight[i] / reach[i];
    /*@ loop invariant 0 <= i <= m;
        loop assigns i, vector[2 * m .. 3 * m - 1];
        loop variant m - i; */
    for (size_t i = 0; i < m; i++) step[i] = weight[i] > 0.0 ? s * mu[i] - weight[i] * (n[i] / reach[i]) : 0.0;
    rho = sqrt(medsgd__gm_apply(along, gram, step, weight, m));
    count = medsgd__gm_order(key, value, reach, weight, m);
    r = medsgd__gm_median(key, value, count, total);
    gap = rho * medsgd__gm_radius(key, value, count, total);
    if (gap <= 0.01 * tolerance * total * r || used == limit) break;
    if (rho <= 0.5 * best) {
      best = rho;
      stall = 0;
    } else if (stall < 12) {
      stall++;
    } else if (!patient && best <= 2.3283064365386963e-10 * total) {
      break; /* rounding: more of the same does not help */
    }
    used++;
    if (stall == 12 && best <= 2.3283064365386963e-10 * total) {
      (void)medsgd__gm_weiszfeld(lambda, reach, weight, m);
      continue;
    }
    medsgd__gm_newton(step, factor, root, gram, n, mu, q, reach, weight, square, s, m);
    square = medsgd__gm_apply(along, gram, step, weight, m);
    inner = 0.0;
    /*@ loop invariant 0 <= i <= m;
        loop assigns i, inner;
        loop variant m - i; */
    for (size_t i = 0; i < m; i++) inner += step[i] * q[i];
    slope = 0.0;
    /*@ loop invariant 0 <= i <= m;
        loop assigns i, slope, vector[3 * m .. 4 * m - 1];
        loop variant m - i; */
    for (size_t i = 0; i < m; i++) {
      along[i] = weight[i] > 0.0 ? inner - n[i] * along[i] : 0.0;
      if (weight[i] > 0.0) slope += weight[i] * (along[i] / reach[i]);
    }
    if (slope < 0.0) {
      t = 1.0;
      /*@ loop invariant 0 <= trial <= 12;
          loop assigns trial, t, square, vector[0 .. 2 * m - 1], reach[0 .. m - 1];
          loop variant 12 - trial; */
      for (int trial = 0; trial < 12; trial++) {
        if (medsgd__gm_change(reach, along, weight, square, t, m) <= 1e-4 * t * slope) {
          /*@ loop invariant 0 <= i <= m;
              loop assigns i, vector[0 .. m - 1];
              loop variant m - i; */
          for (size_t i = 0; i < m; i++) mu[i] += t * step[i];
          square = medsgd__gm_apply(q, gram, mu, weight, m);
          medsgd__gm_reach(reach, n, q, square, weight, m);
          break;
        }
        t *= 0.5;
      }
    }
    close = medsgd__gm_nearest(reach, weight, m);
    if (!(reach[close] > 0.0)) {
      if (close != c) {
        c = close;
        medsgd__gm_gram(gram, distance, base, have_base, weight, m, c);
      }
      at_row = 1;
      continue;
    }
    (void)medsgd__gm_weiszfeld(lambda, reach, weight, m);
  }
  *centre = c;
  return used;
}

/* The row whose weighted median distance to the others is least (the first of them), that distance in *least. */
/*@ requires 0 < m <= 0xFFFFFFFF && \valid_read(distance + (0 .. m * m - 1)) && \valid_read(weight + (0 .. m - 1)) &&
      \valid(key + (0 .. m - 1)) && \valid(value + (0 .. m - 1)) && \valid(least);
    terminates \true;
    exits \false;
    assigns key[0 .. m - 1], value[0 .. m - 1], *least;
    ensures \result < m; */
static MEDSGD__UNUSED size_t medsgd__gm_medoid(const double *distance, const double *weight, size_t m, double total,
                                               double *key, double *value, double *least) {
  size_t best = 0;
  *least = DBL_MAX;
  /*@ loop invariant 0 <= i <= m && best < m;
      loop assigns i, best, key[0 .. m - 1], value[0 .. m - 1], *least;
      loop variant m - i; */
  for (size_t i = 0; i < m; i++) {
    if (weight[i] > 0.0) {
      /*@ assert medsgd__gm_row_inside(i, m, m); */
      const size_t count = medsgd__gm_order(key, value, distance + i * m, weight, m);
      const double r = medsgd__gm_median(key, value, count, total);
      if (r < *least) {
        *least = r;
        best = i;
      }
    }
  }
  return best;
}

/* Squares to distances: too near is 0, too far is cut off. */
/*@ terminates \true;
    exits \false;
    assigns \nothing;
    ensures medsgd__is_sum(\result) && !\is_NaN(\result); */
MEDSGD__INLINE double medsgd__gm_root(double square) {
  const double t = medsgd__gm_sqrt(square);
  if (!(t < MEDSGD__GM_FAR)) return MEDSGD__GM_FAR;
  return t < MEDSGD__GM_NEAR ? 0.0 : t;
}

/*@ requires m <= 0xFFFFFFFF && \valid(distance + (0 .. m * m - 1));
    terminates \true;
    exits \false;
    assigns distance[0 .. m * m - 1]; */
static MEDSGD__UNUSED void medsgd__gm_roots(double *distance, size_t m) {
  /*@ loop invariant 0 <= i <= m;
      loop assigns i, distance[0 .. m * m - 1];
      loop variant m - i; */
  for (size_t i = 0; i < m; i++) {
    /*@ assert medsgd__gm_row_inside(i, m, m); */
    /*@ loop invariant 0 <= j <= i;
        loop assigns j, distance[0 .. m * m - 1];
        loop variant i - j; */
    for (size_t j = 0; j < i; j++) {
      /*@ assert medsgd__gm_row_inside(j, m, m); */
      /*@ assert 0 <= i * m + j < m * m && 0 <= j * m + i < m * m; */
      distance[i * m + j] = medsgd__gm_root(distance[i * m + j]);
      distance[j * m + i] = distance[i * m + j];
    }
    /*@ assert 0 <= i * m + i < m * m; */
    distance[i * m + i] = 0.0;
  }
}

/* group = the weights, those of equal rows united in the first. */
/*@ requires m <= 0xFFFFFFFF && \valid(group + (0 .. m - 1)) && \valid_read(distance + (0 .. m * m - 1)) &&
      \valid_read(weight + (0 .. m - 1));
    terminates \true;
    exits \false;
    assigns group[0 .. m - 1]; */
static MEDSGD__UNUSED void medsgd__gm_unite(double *group, const double *distance, const double *weight, size_t m) {
  /*@ loop invariant 0 <= i <= m;
      loop assigns i, group[0 .. m - 1];
      loop variant m - i; */
  for (size_t i = 0; i < m; i++) group[i] = weight[i];
  /*@ loop invariant 0 <= i <= m;
      loop assigns i, group[0 .. m - 1];
      loop variant m - i; */
  for (size_t i = 0; i < m; i++) {
    /*@ assert medsgd__gm_row_inside(i, m, m); */
    /*@ loop invariant 0 <= j <= i;
        loop assigns j, group[0 .. m - 1];
        loop variant i - j; */
    for (size_t j = 0; j < i && group[i] > 0.0; j++) {
      /*@ assert 0 <= i * m + j < m * m; */
      if (group[j] > 0.0 && !(distance[i * m + j] > 0.0)) {
        group[j] += group[i];
        group[i] = 0.0;
      }
    }
  }
}

/* The united rows share coefficient and distance again. */
/*@ requires m <= 0xFFFFFFFF && \valid(lambda + (0 .. m - 1)) && \valid(reach + (0 .. m - 1)) &&
      \valid_read(group + (0 .. m - 1)) && \valid_read(distance + (0 .. m * m - 1)) &&
      \valid_read(weight + (0 .. m - 1));
    terminates \true;
    exits \false;
    assigns lambda[0 .. m - 1], reach[0 .. m - 1]; */
static MEDSGD__UNUSED void medsgd__gm_share(double *lambda, double *reach, const double *group, const double *distance,
                                            const double *weight, size_t m) {
  /*@ loop invariant 0 <= i <= m;
      loop assigns i, lambda[0 .. m - 1], reach[0 .. m - 1];
      loop variant m - i; */
  for (size_t i = 0; i < m; i++) {
    if (!(weight[i] > 0.0) || group[i] > 0.0) continue;
    /*@ assert medsgd__gm_row_inside(i, m, m); */
    /*@ loop invariant 0 <= j <= i;
        loop assigns j, lambda[0 .. m - 1], reach[0 .. m - 1];
        loop variant i - j; */
    for (size_t j = 0; j < i; j++) {
      /*@ assert 0 <= i * m + j < m * m; */
      if (group[j] > 0.0 && !(distance[i * m + j] > 0.0)) {
        lambda[i] = lambda[j] * (weight[i] / group[j]);
        reach[i] = reach[j];
        break;
      }
    }
  }
  /*@ loop invariant 0 <= i <= m;
      loop assigns i, lambda[0 .. m - 1];
      loop variant m - i; */
  for (size_t i = 0; i < m; i++)
    if (group[i] > weight[i]) lambda[i] *= weight[i] / group[i];
}

/* ---- passes that iterate ---- */

/* The next coefficients after a pass: Weiszfeld's, and at a row (or several equal ones, of weight `here`) Vardi and
 * Zhang's, `norm` being that of the sum of the others' pulls. In the rows' units. */
/*@ requires \valid(lambda + (0 .. m - 1));
    requires \valid_read(distance + (0 .. m - 1));
    requires \valid_read(weight + (0 .. m - 1));
    requires \valid_read(level + (0 .. m - 1));
    terminates \true;
    exits \false;
    assigns lambda[0 .. m - 1]; */
static MEDSGD__UNUSED void medsgd__gm_advance(double *lambda, const double *distance, const double *weight,
                                              const double *level, double norm, size_t m) {
  double s = 0.0, here = 0.0, away = 1.0;
  /*@ loop invariant 0 <= i <= m; loop assigns i, s, here; loop variant m - i; */
  for (size_t i = 0; i < m; i++) {
    if (!(weight[i] > 0.0)) continue;
    if (distance[i] > 0.0) s += medsgd__gm_lower(weight[i] / distance[i], level[i]);
    else here += weight[i];
  }
  if (here > 0.0) away = here < norm ? 1.0 - here / norm : 0.0;
  if (!(s > 0.0)) away = 0.0;
  /*@ loop invariant 0 <= i <= m; loop assigns i, lambda[0 .. m - 1]; loop variant m - i; */
  for (size_t i = 0; i < m; i++) {
    double t = 0.0;
    if (weight[i] > 0.0) {
      if (distance[i] > 0.0) t = away > 0.0 ? away * (weight[i] / distance[i] / s) : 0.0;
      else t = (1.0 - away) * (weight[i] / here);
    }
    lambda[i] = t;
  }
}

/* At a row: may it be the optimum, for all that is known? The norm of the others' pulls is known only to what the pulls
 * were off. */
/*@ requires \valid_read(distance + (0 .. m - 1));
    requires \valid_read(predicted + (0 .. m - 1));
    requires \valid_read(weight + (0 .. m - 1));
    terminates \true;
    exits \false;
    assigns \nothing;
    ensures \result == 0 || \result == 1; */
static MEDSGD__UNUSED int medsgd__gm_undecided(const double *distance, const double *predicted, const double *weight,
                                               double norm, size_t m) {
  double off = 0.0, here = 0.0, total = 0.0;
  /*@ loop invariant 0 <= i <= m; loop assigns i, off, here, total; loop variant m - i; */
  for (size_t i = 0; i < m; i++) {
    if (!(weight[i] > 0.0)) continue;
    total += weight[i];
    if (!(distance[i] > 0.0)) here += weight[i];
    else if (predicted[i] > 0.0) off += weight[i] * fabs(1.0 - distance[i] / predicted[i]);
    else off += weight[i];
  }
  return off > 1e-9 * total && norm - off <= here;
}

/* How much of the coefficients lies on the nearest row and its equals: next to 1 when y approaches them. */
/*@ requires \valid_read(lambda + (0 .. m - 1));
    requires \valid_read(distance + (0 .. m - 1));
    requires \valid_read(weight + (0 .. m - 1));
    requires \valid_read(level + (0 .. m - 1));
    requires close < m;
    terminates \true;
    exits \false;
    assigns \nothing; */
static MEDSGD__UNUSED double medsgd__gm_share_near(const double *lambda, const double *distance, const double *weight,
                                                   const double *level, size_t m, size_t close) {
  double sum = 0.0;
  /*@ loop invariant 0 <= i <= m; loop assigns i, sum; loop variant m - i; */
  for (size_t i = 0; i < m; i++)
    if (weight[i] > 0.0 && !(level[i] > 0.0) && distance[i] <= distance[close]) sum += lambda[i];
  return sum;
}

/* An optimum a hair off a heavy row draws the iteration in along the ray from that row, slowly. The distances on the
 * ray follow from those at the row, `apex`, and those at y, `reach` away from it: at s times y's place on the ray the
 * square of row i's distance is (1 - s) apex_i^2 + s distance_i^2 - s (1 - s) reach^2. Returns the s in [1/16, most] of
 * the least sum, by bisection of its slope. */
/*@ requires \valid_read(apex + (0 .. m - 1));
    requires \valid_read(distance + (0 .. m - 1));
    requires \valid_read(weight + (0 .. m - 1));
    terminates \true;
    exits \false;
    assigns \nothing; */
static MEDSGD__UNUSED double medsgd__gm_ray(const double *apex, const double *distance, const double *weight,
                                            double reach, double most, size_t m) {
  double low = 0.0625, high = most > 0.0625 ? most : 0.0625;
  /*@ loop invariant 0 <= trial <= 30; loop assigns trial, low, high; loop variant 30 - trial; */
  for (int trial = 0; trial < 30; trial++) {
    const double s = 0.5 * (low + high);
    double slope = 0.0;
    /*@ loop invariant 0 <= i <= m; loop assigns i, slope; loop variant m - i; */
    for (size_t i = 0; i < m; i++) {
      const double change = (distance[i] - apex[i]) * (distance[i] + apex[i]), turn = s * reach * reach;
      const double square = apex[i] * apex[i] + s * change - (1.0 - s) * turn;
      if (weight[i] > 0.0 && square > 0.0) slope += weight[i] * ((change - reach * reach + 2.0 * turn) / sqrt(square));
    }
    if (slope < 0.0) low = s;
    else high = s;
  }
  return 0.5 * (low + high);
}

/* Anderson's acceleration of depth one of the map from `lambda` (where the pass was) to `image`: the step that would
 * have made the last change of coefficients, measured by what it moves at the distances, vanish. Both histories are
 * kept; the result is in lambda. */
/*@ requires \valid(lambda + (0 .. m - 1));
    requires \valid_read(image + (0 .. m - 1));
    requires \valid(last_image + (0 .. m - 1));
    requires \valid(last_change + (0 .. m - 1));
    requires \valid_read(distance + (0 .. m - 1));
    requires \valid_read(level + (0 .. m - 1));
    terminates \true;
    exits \false;
    assigns lambda[0 .. m - 1], last_image[0 .. m - 1], last_change[0 .. m - 1]; */
static MEDSGD__UNUSED void medsgd__gm_accelerate(double *lambda, const double *image, double *last_image,
                                                 double *last_change, const double *distance, const double *level,
                                                 size_t m, int have_last) {
  double above = 0.0, below = 0.0, t = 0.0, sum = 0.0;
  if (have_last) {
    /*@ loop invariant 0 <= i <= m; loop assigns i, above, below; loop variant m - i; */
    for (size_t i = 0; i < m; i++) {
      const double f = (image[i] - lambda[i]) * distance[i], g = f - last_change[i] * distance[i];
      above += f * g;
      below += g * g;
    }
    if (below > 0.0) t = above / below;
    if (!(t < 1.0 && t > -16.0)) t = 0.0;
  }
  /*@ loop invariant 0 <= i <= m; loop assigns i, lambda[0 .. m - 1], last_image[0 .. m - 1], last_change[0 .. m - 1],
      sum; loop variant m - i; */
  for (size_t i = 0; i < m; i++) {
    const double f = image[i] - lambda[i];
    double next = image[i];
    if (have_last) next -= t * (image[i] - last_image[i]);
    last_change[i] = f;
    last_image[i] = image[i];
    lambda[i] = next > 0.0 ? next : 0.0;
    sum += medsgd__gm_lower(lambda[i], level[i]);
  }
  /*@ loop invariant 0 <= i <= m; loop assigns i, lambda[0 .. m - 1]; loop variant m - i; */
  for (size_t i = 0; i < m; i++) lambda[i] = sum > 0.0 ? lambda[i] / sum : image[i];
}

/* q_i = <x_i - x_c, p> for p = sum_i a_i (x_i - x_c), for rows in one unit; returns ||p||^2. One pass.
 * `tile`: 4 tiles. */
/*@ requires centre < m && medsgd__view_readable(rows, m, d) && \valid(q + (0 .. m - 1)) &&
      \valid_read(a + (0 .. m - 1)) && \valid_read(weight + (0 .. m - 1)) && \valid(tile + (0 .. 511));
    terminates \true;
    exits \false;
    assigns q[0 .. m - 1], tile[0 .. 511]; */
static MEDSGD__UNUSED double medsgd__gm_slopes(double *q, medsgd__row_view rows, const double *a, const double *weight,
                                               size_t m, size_t d, size_t centre, medsgd__gm_unit unit, double *tile) {
  double *origin = tile, *p = tile + MEDSGD__GM_TILE, *z = tile + 2u * MEDSGD__GM_TILE;
  double square = 0.0;
  medsgd__gm_zero(q, m);
  /*@ loop invariant 0 <= j <= d + 127 && j % 128 == 0;
      loop assigns j, square, q[0 .. m - 1], tile[0 .. 511];
      loop variant d + 127 - j; */
  for (size_t j = 0; j < d; j += MEDSGD__GM_TILE) {
    const size_t n = d - j < MEDSGD__GM_TILE ? d - j : MEDSGD__GM_TILE;
    medsgd__gm_load(origin, medsgd__view_row(rows, centre) + j, n, 1.0);
    medsgd__gm_zero(p, MEDSGD__GM_TILE);
    /*@ loop invariant 0 <= i <= m;
        loop assigns i, tile[128 .. 511];
        loop variant m - i; */
    for (size_t i = 0; i < m; i++) {
      if (!(weight[i] > 0.0)) continue;
      medsgd__gm_offset(z, medsgd__view_row(rows, i) + j, origin, n, unit);
      /*@ loop invariant 0 <= l <= 128;
          loop assigns l, p[0 .. 127];
          loop variant 128 - l; */
      for (size_t l = 0; l < MEDSGD__GM_TILE; l++) p[l] += a[i] * z[l];
    }
    /*@ loop invariant 0 <= i <= m;
        loop assigns i, q[0 .. m - 1], tile[256 .. 383];
        loop variant m - i; */
    for (size_t i = 0; i < m; i++) {
      if (!(weight[i] > 0.0)) continue;
      medsgd__gm_offset(z, medsgd__view_row(rows, i) + j, origin, n, unit);
      q[i] += medsgd__gm_product1(z, p);
    }
    square += medsgd__gm_squares(p);
  }
  return square;
}

/* Orthonormal directions e_k = sum_i a_i (x_i - x_c), a = slope + k*2m, with <x_i - x_c, e_k> in the m values that
 * follow a. Adds the direction from lambda to image unless they hold it already; returns their number. One pass. */
/*@ requires n <= 12 && centre < m <= SIZE_MAX / 128 && medsgd__view_readable(rows, m, d);
    requires \valid(slope + (0 .. 24 * m - 1)) && \valid(tile + (0 .. 511));
    requires \valid_read(lambda + (0 .. m - 1)) && \valid_read(image + (0 .. m - 1)) &&
      \valid_read(weight + (0 .. m - 1));
    terminates \true;
    exits \false;
    assigns slope[0 .. 24 * m - 1], tile[0 .. 511];
    ensures \result <= 12; */
static MEDSGD__UNUSED size_t medsgd__gm_direct(double *slope, size_t n, const double *lambda, const double *image,
                                               medsgd__row_view rows, const double *weight, size_t m, size_t d,
                                               size_t centre, medsgd__gm_unit unit, double *tile) {
  double *a, *q;
  double square, inside = 0.0;
  if (n == MEDSGD__GM_DIRECTIONS) n = 0;
  /*@ assert n < 12 && medsgd__gm_row_inside(2 * n, 24, m) && medsgd__gm_row_inside(2 * n + 1, 24, m); */
  /*@ assert 0 <= n * 2 * m && n * 2 * m + 2 * m <= 24 * m; */
  /*@ assert (size_t)(n * 2) == n * 2; */
  /*@ assert (size_t)((size_t)(n * 2) * m) == n * 2 * m; */
  a = slope + n * 2 * m;
  /*@ assert \valid(a + (0 .. 2 * m - 1)); */
  q = a + m;
  /*@ assert \valid(q + (0 .. m - 1)); */
  /*@ loop invariant 0 <= i <= m;
      loop assigns i, slope[0 .. 24 * m - 1];
      loop variant m - i; */
  for (size_t i = 0; i < m; i++) a[i] = image[i] - lambda[i];
  /*@ loop invariant 0 <= k <= n;
      loop assigns k, inside, slope[0 .. 24 * m - 1];
      loop variant n - k; */
  for (size_t k = 0; k < n; k++) { /* what the directions hold of it, by what is known of them */
    /*@ assert medsgd__gm_row_inside(2 * k, 24, m) && medsgd__gm_row_inside(2 * k + 1, 24, m); */
    /*@ assert 0 <= k * 2 * m && k * 2 * m + 2 * m <= 24 * m; */
    /*@ assert (size_t)(k * 2) == k * 2; */
    /*@ assert (size_t)((size_t)(k * 2) * m) == k * 2 * m; */
    double *b = slope + k * 2 * m, t = 0.0;
    /*@ assert \valid_read(b + (0 .. 2 * m - 1)); */
    /*@ loop invariant 0 <= i <= m;
        loop assigns i, t;
        loop variant m - i; */
    for (size_t i = 0; i < m; i++) t += a[i] * b[m + i];
    /*@ loop invariant 0 <= i <= m;
        loop assigns i, slope[0 .. 24 * m - 1];
        loop variant m - i; */
    for (size_t i = 0; i < m; i++) a[i] -= t * b[i];
    inside += t * t;
  }
  square = medsgd__gm_slopes(q, rows, a, weight, m, d, centre, unit, tile);
  /*@ loop invariant 0 <= k <= n;
      loop assigns k, square, slope[0 .. 24 * m - 1];
      loop variant n - k; */
  for (size_t k = 0; k < n; k++) { /* and by what the pass shows */
    /*@ assert medsgd__gm_row_inside(2 * k, 24, m) && medsgd__gm_row_inside(2 * k + 1, 24, m); */
    /*@ assert 0 <= k * 2 * m && k * 2 * m + 2 * m <= 24 * m; */
    /*@ assert (size_t)(k * 2) == k * 2; */
    /*@ assert (size_t)((size_t)(k * 2) * m) == k * 2 * m; */
    double *b = slope + k * 2 * m, t = 0.0;
    /*@ assert \valid_read(b + (0 .. 2 * m - 1)); */
    /*@ loop invariant 0 <= i <= m;
        loop assigns i, t;
        loop variant m - i; */
    for (size_t i = 0; i < m; i++) t += b[i] * q[i];
    /*@ loop invariant 0 <= i <= m;
        loop assigns i, slope[0 .. 24 * m - 1];
        loop variant m - i; */
    for (size_t i = 0; i < m; i++) {
      a[i] -= t * b[i];
      q[i] -= t * b[m + i];
    }
    square -= t * t;
  }
  if (!(square > 1e-18 * inside && square > 0.0 && square <= DBL_MAX)) return n;
  square = 1.0 / sqrt(square);
  /*@ loop invariant 0 <= i <= m;
      loop assigns i, slope[0 .. 24 * m - 1];
      loop variant m - i; */
  for (size_t i = 0; i < m; i++) {
    /*@ assert 0 <= n * 2 * m && n * 2 * m + m + i < 24 * m; */
    a[i] *= square;
    q[i] *= square;
  }
  return n + 1;
}

/* The slope of sum_i w_i D_i at t on a way of length `length` per unit, along_i = <y - x_i, p>. */
/*@ requires \valid_read(reach + (0 .. m - 1)) && \valid_read(along + (0 .. m - 1)) &&
      \valid_read(weight + (0 .. m - 1));
    terminates \true;
    exits \false;
    assigns \nothing; */
static MEDSGD__UNUSED double medsgd__gm_slope(const double *reach, const double *along, const double *weight,
                                              double length, double t, size_t m) {
  double sum = 0.0;
  /*@ loop invariant 0 <= i <= m;
      loop assigns i, sum;
      loop variant m - i; */
  for (size_t i = 0; i < m; i++) {
    const double square = reach[i] * reach[i] + t * (2.0 * along[i] + t * length);
    if (weight[i] > 0.0 && square > 0.0) sum += weight[i] * ((along[i] + t * length) / sqrt(square));
  }
  return sum;
}

/* From y, the distances to which are in reach and in from, down to the least sum of distances on
 * y + span(e_0 .. e_{n-1}), by Newton steps with a line search; reach holds the distances there. No pass:
 * D_i(t)^2 = D_i^2 + 2 <t, y - x_i> + ||t||^2. `along`, m doubles. */
/*@ requires n <= 12 && m <= SIZE_MAX / 128;
    requires \valid_read(slope + (0 .. 24 * m - 1)) && \valid_read(from + (0 .. m - 1));
    requires \valid(reach + (0 .. m - 1)) && \valid(along + (0 .. m - 1)) && \valid_read(lambda + (0 .. m - 1)) &&
      \valid_read(weight + (0 .. m - 1));
    terminates \true;
    exits \false;
    assigns reach[0 .. m - 1], along[0 .. m - 1]; */
static MEDSGD__UNUSED void medsgd__gm_descend(double *reach, const double *from, const double *slope, size_t n,
                                              const double *lambda, const double *weight, size_t m, double total,
                                              double *along) {
  double here[MEDSGD__GM_DIRECTIONS], g[MEDSGD__GM_DIRECTIONS], step[MEDSGD__GM_DIRECTIONS];
  double h[MEDSGD__GM_DIRECTIONS * MEDSGD__GM_DIRECTIONS], e[MEDSGD__GM_DIRECTIONS];
  /*@ loop invariant 0 <= k <= n;
      loop assigns k, here[0 .. 11];
      loop variant n - k; */
  for (size_t k = 0; k < n; k++) { /* <y - x_c, e_k> */
    here[k] = 0.0;
    /*@ assert medsgd__gm_row_inside(2 * k + 1, 24, m); */
    /*@ loop invariant 0 <= i <= m;
        loop assigns i, here[0 .. 11];
        loop variant m - i; */
    for (size_t i = 0; i < m; i++) here[k] += lambda[i] * slope[(2 * k + 1) * m + i];
  }
  /*@ loop invariant 0 <= trial <= 40;
      loop assigns trial, here[0 .. 11], g[0 .. 11], step[0 .. 11], h[0 .. 143], e[0 .. 11], reach[0 .. m - 1],
        along[0 .. m - 1];
      loop variant 40 - trial; */
  for (int trial = 0; trial < 40; trial++) {
    double s = 0.0, size = 0.0, length = 0.0, farthest = 0.0, low, high, first, t = 1.0;
    /*@ loop invariant 0 <= k <= n;
        loop assigns k, g[0 .. 11], h[0 .. 143];
        loop variant n - k; */
    for (size_t k = 0; k < n; k++) {
      g[k] = 0.0;
      /*@ loop invariant 0 <= l <= k + 1;
          loop assigns l, h[0 .. 143];
          loop variant k + 1 - l; */
      for (size_t l = 0; l <= k; l++) h[k * MEDSGD__GM_DIRECTIONS + l] = 0.0;
    }
    /*@ loop invariant 0 <= i <= m;
        loop assigns i, s;
        loop variant m - i; */
    for (size_t i = 0; i < m; i++) {
      if (!(weight[i] > 0.0)) continue;
      if (!(reach[i] > 1e-5 * from[i])) return; /* at a row, as far as digits tell */
      s += weight[i] / reach[i];
    }
    /*@ loop invariant 0 <= i <= m;
        loop assigns i, g[0 .. 11], h[0 .. 143], e[0 .. 11];
        loop variant m - i; */
    for (size_t i = 0; i < m; i++) { /* the gradient g, and the Hessian over s */
      if (!(weight[i] > 0.0)) continue;
      /*@ loop invariant 0 <= k <= n;
          loop assigns k, g[0 .. 11], h[0 .. 143], e[0 .. 11];
          loop variant n - k; */
      for (size_t k = 0; k < n; k++) {
        /*@ assert medsgd__gm_row_inside(2 * k + 1, 24, m); */
        /*@ assert 0 <= (2 * k + 1) * m + i < 24 * m; */
        e[k] = (here[k] - slope[(2 * k + 1) * m + i]) / reach[i];
        g[k] += weight[i] * e[k];
        /*@ loop invariant 0 <= l <= k + 1;
            loop assigns l, h[0 .. 143];
            loop variant k + 1 - l; */
        for (size_t l = 0; l <= k; l++) h[k * MEDSGD__GM_DIRECTIONS + l] -= weight[i] / reach[i] / s * e[k] * e[l];
      }
    }
    /*@ loop invariant 0 <= k <= n;
        loop assigns k, size;
        loop variant n - k; */
    for (size_t k = 0; k < n; k++) size += g[k] * g[k];
    if (!(size > 1e-26 * total * total)) return;
    /*@ loop invariant 0 <= k <= n;
        loop assigns k, h[0 .. 143];
        loop variant n - k; */
    for (size_t k = 0; k < n; k++) { /* Cholesky's method; 1e-13: rounding of the sums */
      /*@ loop invariant 0 <= l <= k + 1;
          loop assigns l, h[0 .. 143];
          loop variant k + 1 - l; */
      for (size_t l = 0; l <= k; l++) {
        double sum = h[k * MEDSGD__GM_DIRECTIONS + l] + (k == l ? 1.0 + 1e-13 : 0.0);
        /*@ loop invariant 0 <= j <= l;
            loop assigns j, sum;
            loop variant l - j; */
        for (size_t j = 0; j < l; j++) sum -= h[k * MEDSGD__GM_DIRECTIONS + j] * h[l * MEDSGD__GM_DIRECTIONS + j];
        if (k == l) h[k * MEDSGD__GM_DIRECTIONS + k] = sqrt(sum > 1e-13 ? sum : 1e-13);
        else h[k * MEDSGD__GM_DIRECTIONS + l] = sum / h[l * MEDSGD__GM_DIRECTIONS + l];
      }
    }
    /*@ loop invariant 0 <= k <= n;
        loop assigns k, step[0 .. 11];
        loop variant n - k; */
    for (size_t k = 0; k < n; k++) {
      double sum = -g[k] / s;
      /*@ loop invariant 0 <= l <= k;
          loop assigns l, sum;
          loop variant k - l; */
      for (size_t l = 0; l < k; l++) sum -= h[k * MEDSGD__GM_DIRECTIONS + l] * step[l];
      step[k] = sum / h[k * MEDSGD__GM_DIRECTIONS + k];
    }
    /*@ loop invariant 0 <= k <= n;
        loop assigns k, step[0 .. 11];
        loop variant k; */
    for (size_t k = n; k-- > 0;) {
      double sum = step[k];
      /*@ loop invariant k + 1 <= l <= n;
          loop assigns l, sum;
          loop variant n - l; */
      for (size_t l = k + 1; l < n; l++) sum -= h[l * MEDSGD__GM_DIRECTIONS + k] * step[l];
      step[k] = sum / h[k * MEDSGD__GM_DIRECTIONS + k];
    }
    /*@ loop invariant 0 <= k <= n;
        loop assigns k, length;
        loop variant n - k; */
    for (size_t k = 0; k < n; k++) length += step[k] * step[k];
    /*@ loop invariant 0 <= i <= m;
        loop assigns i, along[0 .. m - 1];
        loop variant m - i; */
    for (size_t i = 0; i < m; i++) {
      along[i] = 0.0;
      /*@ loop invariant 0 <= k <= n;
          loop assigns k, along[0 .. m - 1];
          loop variant n - k; */
      for (size_t k = 0; k < n; k++) {
        /*@ assert medsgd__gm_row_inside(2 * k + 1, 24, m); */
        /*@ assert 0 <= (2 * k + 1) * m + i < 24 * m; */
        along[i] += step[k] * (here[k] - slope[(2 * k + 1) * m + i]);
      }
    }
    first = medsgd__gm_slope(reach, along, weight, length, 0.0, m);
    if (!(first < 0.0 && length > 0.0 && length <= DBL_MAX)) return;
    low = 0.0;
    high = 0.0;
    /*@ loop invariant 0 <= i <= m;
        loop assigns i, farthest;
        loop variant m - i; */
    for (size_t i = 0; i < m; i++)
      if (weight[i] > 0.0 && reach[i] > farthest) farthest = reach[i];
    if (sqrt(length) > farthest) t = farthest / sqrt(length); /* no curvature to speak of: the rows bound the way */
    /*@ loop invariant 0 <= k <= 64;
        loop assigns k, low, high, t;
        loop variant 64 - k; */
    for (int k = 0; k < 64; k++) {                            /* the least on it, where the slope changes its sign */
      const double at = medsgd__gm_slope(reach, along, weight, length, t, m);
      if (at < 0.0) low = t;
      else high = t;
      if (fabs(at) <= -0.1 * first) {
        low = t;
        break;
      }
      t = high > 0.0 ? 0.5 * (low + high) : 2.0 * t;
    }
    t = low; /* never past it: the sum does not grow */
    if (!(t > 0.0)) return;
    /*@ loop invariant 0 <= k <= n;
        loop assigns k, here[0 .. 11];
        loop variant n - k; */
    for (size_t k = 0; k < n; k++) here[k] += t * step[k];
    /*@ loop invariant 0 <= i <= m;
        loop assigns i, reach[0 .. m - 1];
        loop variant m - i; */
    for (size_t i = 0; i < m; i++) {
      const double square = reach[i] * reach[i] + t * (2.0 * along[i] + t * length);
      reach[i] = square > 0.0 ? sqrt(square) : 0.0;
    }
  }
}

/* The rows where the running sum of the weights passes 1/32, 3/32, ... of the total. */
/*@ requires m > 0;
    requires \valid(candidate + (0 .. 16 - 1));
    requires \valid_read(weight + (0 .. m - 1));
    terminates \true;
    exits \false;
    assigns candidate[0 .. 15];
    ensures \forall integer c; 0 <= c < 16 ==> candidate[c] < m; */
static MEDSGD__UNUSED void medsgd__gm_draw(size_t *candidate, const double *weight, size_t m, double total) {
  double sum = 0.0;
  size_t i = 0, last = 0;
  /*@ loop invariant 0 <= c <= 16 && i <= m && last < m; loop invariant \forall integer e; 0 <= e < c ==> candidate[e]
      < m; loop assigns c, i, last, sum, candidate[0 .. 15]; loop variant 16 - c; */
  for (size_t c = 0; c < MEDSGD__GM_CANDIDATES; c++) {
    const double limit = ((double)c + 0.5) / (double)MEDSGD__GM_CANDIDATES * total;
    /*@ loop invariant i <= m && last < m; loop assigns i, last, sum; loop variant m - i; */
    while (i < m && !(sum > limit)) {
      if (weight[i] > 0.0) {
        sum += weight[i];
        last = i;
      }
      i++;
    }
    candidate[c] = last;
  }
}

/* The quick products about a row that a sample of the coordinates shows to be in the middle, and from them all squared
 * distances. Returns 0 where they will not do: out of the range of medsgd_real, or about a row that is not in the
 * middle after all. What they lack in precision then shows in the certificate, which rests on the rows themselves. */
/*@ requires 0 < m <= 128 && d >= 2048 && medsgd__view_readable(rows, m, d) && \valid_read(weight + (0 .. m - 1));
    requires \valid(pairs + (0 .. m * m - 1)) && \valid(base + (0 .. m * m - 1)) && \valid(tile + (0 .. 128 * m - 1));
    requires \valid(reach + (0 .. m - 1)) && \valid(key + (0 .. m - 1)) && \valid(value + (0 .. m - 1));
    requires \separated(base + (0 .. m * m - 1), tile + (0 .. 128 * m - 1));
    terminates \true;
    exits \false;
    assigns pairs[0 .. m * m - 1], base[0 .. m * m - 1], tile[0 .. 128 * m - 1], reach[0 .. m - 1], key[0 .. m - 1],
      value[0 .. m - 1];
    ensures \result == 0 || \result == 1; */
static MEDSGD__UNUSED int medsgd__gm_quick(double *pairs, double *base, medsgd__row_view rows, const double *weight,
                                           size_t m, size_t d, medsgd__gm_unit unit, double *key, double *value,
                                           double *reach, double *tile) {
  const double eps = MEDSGD__REAL_IS_DOUBLE ? DBL_EPSILON : (double)FLT_EPSILON;
  const double top = MEDSGD__REAL_IS_DOUBLE ? DBL_MAX : (double)FLT_MAX,
               least = MEDSGD__REAL_IS_DOUBLE ? DBL_MIN : (double)FLT_MIN;
  double total = 0.0, middle, from_centre;
  size_t centre, count;
  /*@ loop invariant 0 <= i <= m;
      loop assigns i, total;
      loop variant m - i; */
  for (size_t i = 0; i < m; i++) total += weight[i];
  /*@ assert 0 < d / 2048 && d / 2048 * 128 <= d; */
  medsgd__gm_pairs(pairs, base, rows, weight, m, d, d / (MEDSGD__GM_SAMPLE * MEDSGD__GM_TILE) * MEDSGD__GM_TILE, unit,
                   tile);
  medsgd__gm_roots(pairs, m);
  centre = medsgd__gm_medoid(pairs, weight, m, total, key, value, &middle);
  medsgd__gm_quick_products(base, rows, m, d, centre);
  /*@ loop invariant 0 <= i <= m;
      loop assigns i, reach[0 .. m - 1], pairs[0 .. m * m - 1];
      loop variant m - i; */
  for (size_t i = 0; i < m; i++) {
    /*@ assert medsgd__gm_row_inside(i, m, m); */
    const double own = base[i * m + i];
    reach[i] = medsgd__gm_sqrt(own);
    if (weight[i] > 0.0 && !(own <= eps * top) && medsgd__gm_finite(medsgd__view_row(rows, i), d)) return 0;
    /*@ loop invariant 0 <= k <= i;
        loop assigns k, pairs[0 .. m * m - 1];
        loop variant i - k; */
    for (size_t k = 0; k < i; k++) {
      /*@ assert medsgd__gm_row_inside(k, m, m); */
      const double other = base[k * m + k], both = base[i * m + k], square = own + other - 2.0 * both;
      const int equal = own <= both && both <= other && other <= own;
      /*@ assert 0 <= i * m + k < m * m; */
      pairs[i * m + k] = equal || square > eps * (own + other) ? square : eps * (own + other);
    }
  }
  count = medsgd__gm_order(key, value, reach, weight, m);
  from_centre = medsgd__gm_median(key, value, count, total);
  return from_centre * from_centre >= least / eps / eps * (double)d;
}

/* Where to begin with up to MEDSGD__GM_ROWS rows: all distances in `pairs`, the row in the middle (returned), its
 * distances in reach, their weighted median in *middle. */
/*@ requires 0 < m <= 128 && d > 0 && medsgd__view_readable(rows, m, d) && \valid_read(weight + (0 .. m - 1));
    requires \valid(pairs + (0 .. m * m - 1)) && \valid(block + (0 .. m * m - 1)) && \valid(tile + (0 .. 128 * m - 1));
    requires \valid(reach + (0 .. m - 1)) && \valid(key + (0 .. m - 1)) && \valid(value + (0 .. m - 1)) &&
      \valid(middle);
    requires \separated(pairs + (0 .. m * m - 1), block + (0 .. m * m - 1), tile + (0 .. 128 * m - 1));
    terminates \true;
    exits \false;
    assigns pairs[0 .. m * m - 1], block[0 .. m * m - 1], tile[0 .. 128 * m - 1], reach[0 .. m - 1], key[0 .. m - 1],
      value[0 .. m - 1], *middle;
    ensures \result < m; */
static MEDSGD__UNUSED size_t medsgd__gm_begin_few(double *pairs, double *block, double *reach, double *middle,
                                                  medsgd__row_view rows, const double *weight, size_t m, size_t d,
                                                  double total, medsgd__gm_unit unit, double *key, double *value,
                                                  double *tile, int have_pairs) {
  size_t centre;
  if (!have_pairs) medsgd__gm_pairs(pairs, block, rows, weight, m, d, MEDSGD__GM_TILE, unit, tile);
  medsgd__gm_roots(pairs, m);
  centre = medsgd__gm_medoid(pairs, weight, m, total, key, value, middle);
  /*@ assert medsgd__gm_row_inside(centre, m, m); */
  /*@ loop invariant 0 <= i <= m;
      loop assigns i, reach[0 .. m - 1];
      loop variant m - i; */
  for (size_t i = 0; i < m; i++) reach[i] = weight[i] > 0.0 ? pairs[centre * m + i] : 0.0;
  return centre;
}

/* The same with more rows, the centre chosen among the candidates only. */
/*@ requires 0 < m <= SIZE_MAX / 128 && medsgd__view_readable(rows, m, d) && \valid_read(weight + (0 .. m - 1));
    requires \valid(square + (0 .. 16 * m - 1)) && \valid(block + (0 .. 16 * m - 1)) && \valid(tile + (0 .. 2175));
    requires \valid(reach + (0 .. m - 1)) && \valid(key + (0 .. m - 1)) && \valid(value + (0 .. m - 1)) &&
      \valid(middle);
    requires \separated(square + (0 .. 16 * m - 1), block + (0 .. 16 * m - 1), tile + (0 .. 2175), middle);
    requires \separated(square + (0 .. 16 * m - 1), reach + (0 .. m - 1), key + (0 .. m - 1), value + (0 .. m - 1));
    terminates \true;
    exits \false;
    assigns square[0 .. 16 * m - 1], block[0 .. 16 * m - 1], tile[0 .. 2175], reach[0 .. m - 1], key[0 .. m - 1],
      value[0 .. m - 1], *middle;
    ensures \result < m; */
static MEDSGD__UNUSED size_t medsgd__gm_begin_many(double *square, double *block, double *reach, double *middle,
                                                   medsgd__row_view rows, const double *weight, size_t m, size_t d,
                                                   double total, medsgd__gm_unit unit, double *key, double *value,
                                                   double *tile) {
  size_t candidate[MEDSGD__GM_CANDIDATES], best = 0;
  medsgd__gm_draw(candidate, weight, m, total);
  medsgd__gm_candidates(square, block, rows, weight, candidate, m, d, unit, tile);
  *middle = DBL_MAX;
  /*@ loop invariant 0 <= c <= 16 && best < 16;
      loop assigns c, best, reach[0 .. m - 1], key[0 .. m - 1], value[0 .. m - 1], *middle;
      loop variant 16 - c; */
  for (size_t c = 0; c < MEDSGD__GM_CANDIDATES; c++) {
    size_t count;
    double r;
    /*@ assert medsgd__gm_row_inside(c, 16, m); */
    /*@ loop invariant 0 <= i <= m;
        loop assigns i, reach[0 .. m - 1];
        loop variant m - i; */
    for (size_t i = 0; i < m; i++) reach[i] = medsgd__gm_root(square[c * m + i]);
    count = medsgd__gm_order(key, value, reach, weight, m);
    r = medsgd__gm_median(key, value, count, total);
    if (r < *middle) {
      *middle = r;
      best = c;
    }
  }
  /*@ assert medsgd__gm_row_inside(best, 16, m); */
  /*@ loop invariant 0 <= i <= m;
      loop assigns i, reach[0 .. m - 1];
      loop variant m - i; */
  for (size_t i = 0; i < m; i++) reach[i] = medsgd__gm_root(square[best * m + i]);
  return candidate[best];
}

/* A finite square among those of row i shows that the row is finite. */
/*@ requires i < m <= 0xFFFFFFFF && \valid_read(square + (0 .. m * m - 1)) && \valid_read(weight + (0 .. m - 1));
    terminates \true;
    exits \false;
    assigns \nothing;
    ensures \result == 0 || \result == 1; */
static MEDSGD__UNUSED int medsgd__gm_seen(const double *square, const double *weight, size_t m, size_t i) {
  /*@ loop invariant 0 <= k <= m;
      loop assigns k;
      loop variant m - k; */
  for (size_t k = 0; k < m; k++) {
    /*@ assert medsgd__gm_row_inside(i, m, m) && medsgd__gm_row_inside(k, m, m); */
    const double t = k < i ? square[i * m + k] : square[k * m + i];
    if (k != i && weight[k] > 0.0 && t <= DBL_MAX) return 1;
  }
  return 0;
}

/* Weights scaled by a power of two (returned), 0 for rows that are not finite; 0 when none is left. `square`, unless
 * null, holds the squared distances between rows of positive weight. */
/*@ requires medsgd__view_readable(rows, m, d) && \valid(weight + (0 .. m - 1)) && \valid(keep + (0 .. m - 1)) &&
      \valid(total) && \valid(excluded);
    requires square != \null ==> m <= 0xFFFFFFFF && \valid_read(square + (0 .. m * m - 1));
    terminates \true;
    exits \false;
    assigns weight[0 .. m - 1], *total, *excluded, keep[0 .. m - 1];
    ensures *excluded <= m; */
static MEDSGD__UNUSED double medsgd__gm_weights(double *weight, double *total, size_t *excluded, double *keep,
                                                medsgd__row_view rows, const double *square, size_t m, size_t d) {
  double greatest = 0.0, scale, sum = 0.0;
  size_t count = 0;
  /*@ loop invariant 0 <= i <= m && count <= i;
      loop assigns i, count, keep[0 .. m - 1];
      loop variant m - i; */
  for (size_t i = 0; i < m; i++) {
    keep[i] = weight[i];
    if (square && weight[i] > 0.0 && medsgd__gm_seen(square, weight, m, i)) continue;
    if (!medsgd__gm_finite(medsgd__view_row(rows, i), d)) {
      keep[i] = 0.0;
      count++;
    }
  }
  /*@ loop invariant 0 <= i <= m;
      loop assigns i, greatest;
      loop variant m - i; */
  for (size_t i = 0; i < m; i++)
    if (keep[i] > greatest) greatest = keep[i];
  *excluded = count;
  *total = 0.0;
  if (!(greatest > 0.0)) return 0.0;
  scale = medsgd__gm_scale(greatest);
  /*@ loop invariant 0 <= i <= m;
      loop assigns i, sum, weight[0 .. m - 1];
      loop variant m - i; */
  for (size_t i = 0; i < m; i++) {
    weight[i] = keep[i] * scale;
    sum += weight[i];
  }
  *total = sum;
  return scale;
}

/* x in the units of the caller: x / (before * after * scale). The factors are taken one by one where their product is
 * out of range; they then all point the same way. */
/*@ terminates \true;
    exits \false;
    assigns \nothing; */
MEDSGD__INLINE double medsgd__gm_restored(double x, medsgd__gm_unit unit, double scale) {
  const double divisor = unit.before * unit.after * scale;
  return divisor >= DBL_MIN && divisor <= DBL_MAX ? x / divisor : x / scale / unit.before / unit.after;
}

/* sum_i w_i D_i in the units of the caller. */
/*@ requires \valid_read(distance + (0 .. m - 1));
    requires \valid_read(weight + (0 .. m - 1));
    requires \valid_read(level + (0 .. m - 1));
    terminates \true;
    exits \false;
    assigns \nothing; */
static MEDSGD__UNUSED double medsgd__gm_objective(const double *distance, const double *weight, const double *level,
                                                  size_t m, medsgd__gm_unit unit, double scale) {
  double sum = 0.0;
  /*@ loop invariant 0 <= k <= 3; loop assigns k, sum; loop variant 3 - k; */
  for (int k = 0; k < 3; k++) {
    const medsgd__gm_unit u = medsgd__gm_row_unit(unit, (double)k);
    double part = 0.0;
    /*@ loop invariant 0 <= i <= m; loop assigns i, part; loop variant m - i; */
    for (size_t i = 0; i < m; i++)
      if (weight[i] > 0.0 && level[i] >= (double)k && level[i] <= (double)k) part += weight[i] * distance[i];
    if (part > 0.0) sum += medsgd__gm_restored(part, u, scale);
  }
  return sum;
}

/* MEDSGD_ERR_PARAM for options out of range; null options are right. */
/*@ requires options == \null || \valid_read(options) &&
      (options->weights == \null || \valid_read(options->weights + (0 .. m - 1)));
    terminates \true;
    exits \false;
    assigns \nothing;
    ensures \result == MEDSGD_OK || \result == MEDSGD_ERR_PARAM;
    ensures default: options == \null ==> \result == MEDSGD_OK;
    ensures iterations: \result == MEDSGD_OK && options != \null ==> options->max_iterations > 0;
    ensures tolerance: \result == MEDSGD_OK && options != \null ==>
      \is_finite(options->tolerance) && \ge_double(options->tolerance, (double)0.0); */
static MEDSGD__UNUSED int medsgd__geomedian_check(const medsgd_geomedian_options *options, size_t m) {
  const double top = MEDSGD__REAL_IS_DOUBLE ? DBL_MAX : (double)FLT_MAX;
  int some = 0;
  if (!options) return MEDSGD_OK;
  if (!(options->tolerance >= 0.0 && options->tolerance <= DBL_MAX) || options->max_iterations == 0)
    return MEDSGD_ERR_PARAM;
  if (!options->weights) return MEDSGD_OK;
  /*@ loop invariant 0 <= i <= m;
      loop assigns i, some;
      loop variant m - i; */
  for (size_t i = 0; i < m; i++) {
    const double w = (double)options->weights[i];
    if (!(w >= 0.0 && w <= top)) return MEDSGD_ERR_PARAM;
    if (w > 0.0) some = 1;
  }
  return some ? MEDSGD_OK : MEDSGD_ERR_PARAM;
}

/* The answer for d = 0. */
/*@ requires result == \null || \valid(result);
    requires coefficients == \null || \valid(coefficients + (0 .. m - 1));
    terminates \true;
    exits \false;
    assigns *result, coefficients[0 .. m - 1]; */
static MEDSGD__UNUSED void medsgd__gm_empty(medsgd_geomedian_result *result, double *coefficients, size_t m) {
  if (result) {
    result->objective = 0.0;
    result->gap = 0.0;
    result->iterations = 0;
    result->excluded = 0;
  }
  if (coefficients)
    /*@ loop invariant 0 <= i <= m; loop assigns i, coefficients[0 .. m - 1]; loop variant m - i; */
    for (size_t i = 0; i < m; i++) coefficients[i] = 1.0 / (double)m;
}

/* Coefficients as they will be reported: each rounded in the caller's units, and what is missing to 1 at the centre. */
/*@ requires \valid(lambda + (0 .. m - 1));
    requires \valid_read(level + (0 .. m - 1));
    requires centre < m;
    terminates \true;
    exits \false;
    assigns lambda[0 .. m - 1]; */
static MEDSGD__UNUSED void medsgd__gm_finish(double *lambda, const double *level, size_t m, size_t centre) {
  double sum = 0.0;
  /*@ loop invariant 0 <= i <= m; loop assigns i, sum, lambda[0 .. m - 1]; loop variant m - i; */
  for (size_t i = 0; i < m; i++) {
    double t = medsgd__gm_lower(lambda[i], level[i]);
    if (!(t >= 0.0)) t = 0.0;
    if (t > 1.0) t = 1.0;
    lambda[i] = medsgd__gm_raise(t, level[i]);
    if (i != centre) sum += t;
  }
  lambda[centre] = sum < 1.0 ? 1.0 - sum : 0.0;
}

/* Rows at their own levels, after the iteration that takes them for rows at MEDSGD__GM_FAR. */
/*@ requires \valid(lambda + (0 .. m - 1));
    requires \valid(reach + (0 .. m - 1));
    requires \valid_read(level + (0 .. m - 1));
    requires \valid_read(remote + (0 .. m - 1));
    terminates \true;
    exits \false;
    assigns lambda[0 .. m - 1], reach[0 .. m - 1]; */
static MEDSGD__UNUSED void medsgd__gm_restore(double *lambda, double *reach, const double *level, const double *remote,
                                              size_t m) {
  /*@ loop invariant 0 <= i <= m; loop assigns i, lambda[0 .. m - 1], reach[0 .. m - 1]; loop variant m - i; */
  for (size_t i = 0; i < m; i++) {
    if (level[i] > 0.0) {
      lambda[i] = lambda[i] * (MEDSGD__GM_FAR / remote[i]);
      reach[i] = remote[i] * (reach[i] / MEDSGD__GM_FAR);
    }
  }
}

/* The products about the centre, those of rows at their own levels as if at MEDSGD__GM_FAR. */
/*@ requires m <= 128 && \valid(base + (0 .. m * m - 1)) && \valid_read(level + (0 .. m - 1)) &&
      \valid_read(remote + (0 .. m - 1));
    terminates \true;
    exits \false;
    assigns base[0 .. m * m - 1]; */
static MEDSGD__UNUSED void medsgd__gm_normalise(double *base, const double *level, const double *remote, size_t m) {
  /*@ loop invariant 0 <= i <= m;
      loop assigns i, base[0 .. m * m - 1];
      loop variant m - i; */
  for (size_t i = 0; i < m; i++) {
    /*@ loop invariant 0 <= k <= i + 1;
        loop invariant medsgd__gm_row_inside(i, m, m);
        loop assigns k, base[0 .. m * m - 1];
        loop variant i + 1 - k; */
    for (size_t k = 0; k <= i; k++) {
      double t = base[i * m + k];
      if (level[i] > 0.0) t *= MEDSGD__GM_FAR / remote[i];
      if (level[k] > 0.0) t *= MEDSGD__GM_FAR / remote[k];
      base[i * m + k] = t;
    }
  }
}

/* The geometric median of the rows of a view; sizes, pointers and options are right. */
/*@ requires medsgd__geomedian_fits(m) && d > 0 && medsgd__view_readable(rows, m, d) && \valid(y + (0 .. d - 1)) &&
      \valid(work + (0 .. medsgd__geomedian_length(m) - 1));
    requires options != \null ==> \valid_read(options) && options->max_iterations > 0 &&
      (options->weights != \null ==> \valid_read(options->weights + (0 .. m - 1)));
    requires result != \null ==> \valid(result);
    requires coefficients != \null ==> \valid(coefficients + (0 .. m - 1));
    terminates \true;
    exits \false;
    assigns y[0 .. d - 1], *result, coefficients[0 .. m - 1], work[0 .. medsgd__geomedian_length(m) - 1];
    ensures \result == MEDSGD_OK || \result == MEDSGD_NOT_CONVERGED || \result == MEDSGD_ERR_DATA;
    ensures \result != MEDSGD_ERR_DATA && result != \null ==>
      result->iterations <= (\old(options) == \null ? 1000 : \old(options->max_iterations)); */
static MEDSGD__UNUSED int medsgd__geomedian_core(medsgd_real *y, medsgd__row_view rows, size_t m, size_t d,
                                                 const medsgd_geomedian_options *options,
                                                 medsgd_geomedian_result *result, double *coefficients,
                                                 medsgd_real *tile, double *work) {
  const double tolerance = options ? options->tolerance : 1e-6;
  const size_t limit = options ? options->max_iterations : 1000;
  const double depth = 96.0 + (double)d / (double)(MEDSGD__GM_TILE * MEDSGD__GM_SUPER);
  const int few = m <= MEDSGD__GM_ROWS;
  size_t excluded, used = 0, centre = 0, tested, attempt = 0, apex_row = m, directions = 0, stall = 0;
  double tested_at = 0.0;
  double scale, total, middle = 0.0, r, gap, norm, before = DBL_MAX, best = DBL_MAX, far_most = 0.0;
  double *weight, *group, *lambda, *reach, *distance, *block, *pull, *vector, *key, *value, *level, *remote;
  double *pairs, *base, *gram, *factor, *area;
  medsgd__gm_unit unit;
  int have_base = 0, have_last = 0, cut = 0;
  int quick = few && d >= MEDSGD__GM_LONG &&
              tolerance >= (MEDSGD__REAL_IS_DOUBLE ? 4.0 * DBL_EPSILON : 4.0 * (double)FLT_EPSILON);
  (void)tile;
  weight = work;
  group = work + m;
  lambda = work + 2 * m;
  reach = work + 3 * m;
  distance = work + 4 * m;
  block = work + 5 * m;
  pull = work + 6 * m;
  level = work + 7 * m;
  remote = work + 8 * m;
  vector = work + 9 * m; /* 8 m */
  key = vector + 5 * m;
  value = vector + 6 * m;
  pairs = work + MEDSGD__GM_VECTORS * m;
  base = few ? pairs + m * m : pairs + MEDSGD__GM_CANDIDATES * m;
  gram = few ? base + m * m : base;
  factor = few ? gram + m * m : base;
  area = few ? factor + m * m : base + MEDSGD__GM_CANDIDATES * m;
  for (;;) { /* once more where the quick products did not do */
    unit.before = 1.0;
    unit.after = 1.0;
    for (size_t i = 0; i < m; i++) weight[i] = options && options->weights ? (double)options->weights[i] : 1.0;
    if (quick) quick = medsgd__gm_quick(pairs, base, rows, weight, m, d, unit, key, value, reach, area);
    if (few && !quick) medsgd__gm_pairs(pairs, base, rows, weight, m, d, MEDSGD__GM_TILE, unit, area);
    scale = medsgd__gm_weights(weight, &total, &excluded, lambda, rows, few ? pairs : NULL, m, d);
    if (!(scale > 0.0)) return MEDSGD_ERR_DATA;

    for (int kind = 0; kind < 2; kind++) {
      if (few)
        centre = medsgd__gm_begin_few(pairs, base, reach, &middle, rows, weight, m, d, total, unit, key, value, area,
                                      kind == 0);
      else
        centre = medsgd__gm_begin_many(pairs, base, reach, &middle, rows, weight, m, d, total, unit, key, value, area);
      cut = 0;
      for (size_t i = 0; i < m; i++)
        if (weight[i] > 0.0 && reach[i] >= MEDSGD__GM_FAR) cut = 1;
      if (!MEDSGD__REAL_IS_DOUBLE || quick || kind == 1 ||
          (middle > 3.8725919148493183e-121 && middle < 2.5822498780869086e+120))
        break;
      if (middle >= 2.5822498780869086e+120) unit.before = MEDSGD__GM_DOWN600;
      else unit.after = MEDSGD__GM_UP600;
    }
    for (size_t i = 0; i < m; i++) {
      level[i] = 0.0;
      remote[i] = 0.0;
      if (weight[i] > 0.0 && reach[i] >= MEDSGD__GM_FAR) {
        level[i] =
            medsgd__gm_level(remote + i, medsgd__view_row(rows, i), medsgd__view_row(rows, centre), d, unit, area);
        if (!few) reach[i] = remote[i];
      }
      if (few && pairs[centre * m + i] > far_most && weight[i] > 0.0) far_most = pairs[centre * m + i];
    }
    if (few) medsgd__gm_unite(group, pairs, weight, m);
    medsgd__gm_only(lambda, m, centre);
    tested = centre;

    for (;;) {
      double *image = vector, *last_image = vector + m, *last_change = vector + 2 * m, *apex = vector + 3 * m;
      double away = 0.0, ray = 1.0;
      size_t count, close;
      int stay, known;
      if (few && (attempt < 2 || attempt == 10)) {
        if (quick) {
          have_base = MEDSGD__GM_ONLY;
        } else if (!have_base && middle > 0.0 && (attempt > 0 || cut || far_most * 1e-15 > 1e-2 * tolerance * middle)) {
          medsgd__gm_products(base, gram, rows, weight, level, m, d, centre, unit, area, area + m * MEDSGD__GM_TILE);
          medsgd__gm_normalise(base, level, remote, m);
          have_base = 1;
        }
        used += medsgd__gm_solve(lambda, reach, &centre, pairs, base, have_base, gram, factor, group, m, total,
                                 tolerance, limit - used, attempt == 10, vector);
        if (level[centre] > 0.0) { /* a tolerance past all digits: a row out of range looked near in the end */
          centre = tested;
          medsgd__gm_only(lambda, m, centre);
          for (size_t i = 0; i < m; i++) reach[i] = weight[i] > 0.0 ? pairs[centre * m + i] : 0.0;
        }
        medsgd__gm_share(lambda, reach, group, pairs, weight, m);
        medsgd__gm_restore(lambda, reach, level, remote, m);
      }
      medsgd__gm_finish(lambda, level, m, centre);
      for (size_t i = 0; i < m; i++) pull[i] = weight[i] > 0.0 && reach[i] > 0.0 ? weight[i] / reach[i] : 0.0;
      known = few && !cut && medsgd__gm_balanced(lambda, pull, weight, m, centre);
      norm = medsgd__gm_pass(y, distance, block, rows, weight, level, lambda, pull, known, m, d, centre, unit, area);
      if (known) {
        norm = medsgd__gm_leftover(lambda, pull, distance, m, centre);
        norm *= norm;
      }
      for (size_t i = 0; i < m; i++) block[i] = level[i] > 0.0 ? MEDSGD__GM_FAR : distance[i];
      count = medsgd__gm_order(key, value, block, weight, m);
      r = medsgd__gm_median(key, value, count, total);
      gap = medsgd__gm_gap(distance, reach, weight, level, lambda, m, norm, distance[centre], depth, total,
                           medsgd__gm_radius(key, value, count, total));
      norm = sqrt(norm);
      if (gap <= tolerance * total * r || used >= limit || quick) break;
      attempt++;
      if (few && (attempt < 2 || attempt == 10)) {
        for (size_t i = 0; i < m; i++) {
          lambda[i] = medsgd__gm_lower(lambda[i], level[i]);
          if (level[i] > 0.0) lambda[i] *= medsgd__gm_raise(remote[i], level[i]) / MEDSGD__GM_FAR;
        }
        continue;
      }
      used++;
      close = medsgd__gm_nearest(block, weight, m);
      medsgd__gm_advance(image, distance, weight, level, norm, m);
      stay = !(distance[close] > 0.0) && medsgd__gm_undecided(distance, reach, weight, norm, m);
      for (size_t i = 0; i < m; i++) reach[i] = distance[i];
      if (stay) continue;
      if (!few && !cut && close == apex_row && distance[close] > 1e-6 * r) { /* beside a row that was tried and left */
        double farthest = 0.0; /* the distances tell a ray apart only where they hold digits of its length */
        for (size_t i = 0; i < m; i++) {
          if (!(weight[i] > 0.0)) continue;
          if (distance[i] > distance[close]) away += lambda[i];
          if (distance[i] > farthest) farthest = distance[i];
        }
        if (away > 0.0 && farthest < 1e10 * distance[close])
          ray = medsgd__gm_ray(apex, distance, weight, distance[close], away * 16.0 < 1.0 ? 16.0 : 1.0 / away, m);
      }
      if (!(distance[close] > 0.0)) {
        for (size_t i = 0; i < m; i++) lambda[i] = image[i];
        if (!few) {
          for (size_t i = 0; i < m; i++) apex[i] = distance[i];
          apex_row = close;
        }
        have_last = 0;
      } else if (ray > 1.02 || ray < 0.98) {
        double kept = 1.0;
        for (size_t i = 0; i < m; i++) {
          lambda[i] = distance[i] > distance[close] ? ray * lambda[i] : 0.0;
          kept -= lambda[i];
        }
        lambda[close] = kept > 0.0 ? kept : 0.0;
        have_last = 0;
      } else if ((close != tested || distance[close] < 0.01 * tested_at) &&
                 medsgd__gm_share_near(image, distance, weight, level, m, close) > 0.5) {
        tested = close;
        tested_at = distance[close];
        centre = close;
        medsgd__gm_only(lambda, m, close);
        have_last = 0;
        directions = 0;
      } else if (!few && !cut) {
        if (gap < 0.5 * best) {
          best = gap;
          stall = 0;
        } else if (++stall == 6) { /* directions that have lost their digits */
          directions = 0;
          stall = 0;
        }
        directions = medsgd__gm_direct(pairs, directions, lambda, image, rows, weight, m, d, centre, unit, area);
        medsgd__gm_descend(reach, distance, pairs, directions, lambda, weight, m, total, last_change);
        close = medsgd__gm_nearest(reach, weight, m);
        if (reach[close] > 1e-5 * distance[close]) {
          (void)medsgd__gm_weiszfeld(lambda, reach, weight, m);
          if (reach[close] < 1e-3 * reach[centre]) directions = 0; /* seen from there they have more digits */
          if (2.0 * reach[close] < reach[centre]) centre = close;
        } else { /* so near that its distance is rounding: see from there */
          medsgd__gm_only(lambda, m, close);
          centre = close;
          directions = 0;
        }
      } else {
        medsgd__gm_accelerate(lambda, image, last_image, last_change, distance, level, m, have_last && norm <= before);
        have_last = 1;
        if (2.0 * distance[close] < block[centre]) centre = close;
      }
      before = norm;
    }
    if (!quick || gap <= tolerance * total * r || used >= limit) break;
    quick = 0;
    have_base = 0;
  }
  if (result) {
    result->objective = medsgd__gm_objective(distance, weight, level, m, unit, scale);
    result->gap = gap > 0.0 ? medsgd__gm_restored(gap, unit, scale) + 5e-324 : 0.0;
    result->iterations = used;
    result->excluded = excluded;
  }
  if (coefficients)
    for (size_t i = 0; i < m; i++) coefficients[i] = medsgd__gm_lower(lambda[i], level[i]);
  return gap <= tolerance * total * r ? MEDSGD_OK : MEDSGD_NOT_CONVERGED;
}

MEDSGD_API int medsgd_geomedian(medsgd_real *y, const medsgd_real *const rows[], size_t m, size_t d,
                                const medsgd_geomedian_options *options, medsgd_geomedian_result *result,
                                double *coefficients, medsgd_real *tile, double *work) {
  medsgd__row_view view;
  if (m == 0) return MEDSGD_ERR_SIZE;
  if (d == 0) {
    medsgd__gm_empty(result, coefficients, m);
    return MEDSGD_OK;
  }
  if (medsgd_geomedian_work(m) == 0) return MEDSGD_ERR_SIZE;
  if (!y || !rows || !tile || !work) return MEDSGD_ERR_NULL;
  /*@ loop invariant 0 <= i <= m;
      loop invariant \forall integer k; 0 <= k < i ==> rows[k] != \null;
      loop assigns i;
      loop variant m - i; */
  for (size_t i = 0; i < m; i++)
    if (!rows[i]) return MEDSGD_ERR_NULL;
  if (medsgd__geomedian_check(options, m) != MEDSGD_OK) return MEDSGD_ERR_PARAM;
  view.rows = rows;
  view.base = NULL;
  view.stride = 0;
  return medsgd__geomedian_core(y, view, m, d, options, result, coefficients, tile, work);
}

/* ======== memory: error feedback (Acharya Alg. 1; Karimireddy et al.) ======== */

/*@ terminates \true;
    exits \false;
    assigns \nothing;
    ensures medsgd_is_fed(\result, gamma, g, memory); */
MEDSGD__INLINE medsgd_real medsgd__fed(medsgd_real g, medsgd_real memory, medsgd_real gamma) {
  return gamma * g + memory;
}

/*@ // What is fed from x and b is fed from y and c (they are the same, which == does not say of NaN).
    predicate medsgd__fed_alike(medsgd_real gamma, medsgd_real x, medsgd_real b, medsgd_real y, medsgd_real c) =
      \forall medsgd_real v; medsgd_is_fed(v, gamma, x, b) ==> medsgd_is_fed(v, gamma, y, c); */

/* g = gamma * g + memory on the coordinates first .. first+n-1. */
/*@ requires first + n <= SIZE_MAX && \valid(g + (first .. first + n - 1)) &&
      \valid_read(memory + (first .. first + n - 1));
    requires \separated(g + (first .. first + n - 1), memory + (first .. first + n - 1));
    terminates \true;
    exits \false;
    assigns g[first .. first + n - 1];
    ensures \forall integer j; first <= j < first + n ==>
      medsgd_is_fed(g[j], gamma, \old(g[j]), \old(memory[j])); */
MEDSGD__INLINE void medsgd__memory_add(medsgd_real *MEDSGD__RESTRICT g, const medsgd_real *MEDSGD__RESTRICT memory,
                                       size_t first, size_t n, medsgd_real gamma) {
  /*@ loop invariant 0 <= l <= n;
      loop invariant \forall integer j; first <= j < first + l ==>
        medsgd_is_fed(g[j], gamma, \at(g[j], Pre), \at(memory[j], Pre));
      loop invariant \forall integer j; first + l <= j < first + n ==>
        medsgd__fed_alike(gamma, g[j], memory[j], \at(g[j], Pre), \at(memory[j], Pre));
      loop assigns l, g[first .. first + n - 1];
      loop variant n - l; */
  for (size_t l = 0; l < n; l++) {
    //@ assert inside: (size_t)(first + l) == first + l && first + l < first + n;
    g[first + l] = medsgd__fed(g[first + l], memory[first + l], gamma);
    /*@ assert fed: medsgd_is_fed(g[first + l], gamma, \at(g[\at(first + l, Here)], Pre),
          \at(memory[\at(first + l, Here)], Pre)); */
  }
}

MEDSGD_API int medsgd_memory_add(medsgd_real *g, const medsgd_real *memory, size_t d, medsgd_real gamma) {
  if (d == 0) return MEDSGD_OK;
  if (!g || !memory) return MEDSGD_ERR_NULL;
  if (!medsgd__is_finite(gamma)) return MEDSGD_ERR_PARAM;
  size_t j = 0;
  /*@ loop invariant 0 <= j <= d;
      loop invariant \forall integer i; 0 <= i < j ==> medsgd_is_fed(g[i], gamma, \at(g[i], Pre), \at(memory[i], Pre));
      loop invariant \forall integer i; j <= i < d ==>
        medsgd__fed_alike(gamma, g[i], memory[i], \at(g[i], Pre), \at(memory[i], Pre));
      loop assigns j, g[0 .. d - 1];
      loop variant d - j; */
  for (; d - j >= 512; j += 512) {
    medsgd__memory_add(g, memory, j, 512, gamma);
    /*@ assert fed: \forall integer i; j <= i < j + 512 ==>
          medsgd_is_fed(g[i], gamma, \at(g[i], Pre), \at(memory[i], Pre)); */
  }
  medsgd__memory_add(g, memory, j, d - j, gamma);
  /*@ assert before: \forall integer i; 0 <= i < j ==>
        medsgd_is_fed(g[i], gamma, \at(g[i], Pre), \at(memory[i], Pre)); */
  /*@ assert last: \forall integer i; j <= i < d ==>
        medsgd_is_fed(g[i], gamma, \at(g[i], Pre), \at(memory[i], Pre)); */
  return MEDSGD_OK;
}

/* 1 where idx[0] < ... < idx[k-1] < d. */
/*@ requires 0 < k && \valid_read(idx + (0 .. k - 1));
    terminates \true;
    exits \false;
    assigns \nothing;
    ensures \result == 0 || \result == 1;
    ensures \result == 1 <==> medsgd_block(idx, k, d); */
MEDSGD__INLINE int medsgd__is_block(const size_t *idx, size_t k, size_t d) {
  if (idx[k - 1] >= d) return 0;
  /*@ loop invariant 1 <= i <= k;
      loop invariant \forall integer a, b; 0 <= a < b < i ==> idx[a] < idx[b];
      loop assigns i;
      loop variant k - i; */
  for (size_t i = 1; i < k; i++)
    if (idx[i - 1] >= idx[i]) return 0;
  return 1;
}

/* x = 0 on the block. */
/*@ requires medsgd_block(idx, k, d) && \valid(x + (0 .. d - 1)) && \valid_read(idx + (0 .. k - 1));
    requires \separated(x + (0 .. d - 1), idx + (0 .. k - 1));
    terminates \true;
    exits \false;
    assigns x[0 .. d - 1];
    ensures \forall integer i; 0 <= i < k ==> medsgd_is_zero(x[idx[i]]);
    ensures \forall integer j; 0 <= j < d && medsgd_outside(idx, k, j) ==> medsgd_same(x[j], \old(x[j])); */
MEDSGD__INLINE void medsgd__clear_block(medsgd_real *x, size_t d, const size_t *idx, size_t k) {
  (void)d; /* the contract's */
  /*@ loop invariant 0 <= i <= k;
      loop invariant \forall integer a; 0 <= a < i ==> medsgd_is_zero(x[idx[a]]);
      loop invariant \forall integer j; 0 <= j < d && medsgd_outside(idx, k, j) ==> medsgd_same(x[j], \at(x[j], Pre));
      loop assigns i, x[0 .. d - 1];
      loop variant k - i; */
  for (size_t i = 0; i < k; i++) x[idx[i]] = 0;
}

MEDSGD_API int medsgd_memory_update(medsgd_real *memory, const medsgd_real *const rows[], size_t m, size_t d,
                                    const size_t *idx, size_t k) {
  if (m == 0) return MEDSGD_ERR_SIZE;
  if (d == 0) return MEDSGD_OK;
  if (k == 0 || k > d) return MEDSGD_ERR_SIZE;
  if (!memory || !rows || !idx || medsgd__null_row(rows, m)) return MEDSGD_ERR_NULL;
  if (!medsgd__is_block(idx, k, d)) return MEDSGD_ERR_SIZE;
  (void)medsgd_mean(memory, rows, m, d); /* cannot fail: m, d > 0, no null pointer */
  medsgd__clear_block(memory, d, idx, k);
  return MEDSGD_OK;
}

/* What is fed back: p = gamma * g + memory, 0 where that is not finite. */
/*@ requires \is_finite(gamma);
    terminates \true;
    exits \false;
    assigns \nothing;
    ensures \is_finite(\result);
    ensures medsgd_is_zero(g) && medsgd_is_zero(memory) ==> medsgd_is_zero(\result); */
MEDSGD__INLINE medsgd_real medsgd__fed_back(medsgd_real g, medsgd_real memory, medsgd_real gamma) {
  const medsgd_real p = medsgd__fed(g, memory, gamma);
  return medsgd__is_finite(p) ? p : (medsgd_real)0;
}

/* p[l] = unit * (what is fed back), n coordinates. */
/*@ requires \is_finite(gamma) && \valid(p + (0 .. n - 1)) && \valid_read(memory + (0 .. n - 1)) &&
      \valid_read(g + (0 .. n - 1));
    requires \separated(p + (0 .. n - 1), memory + (0 .. n - 1)) && \separated(p + (0 .. n - 1), g + (0 .. n - 1));
    terminates \true;
    exits \false;
    assigns p[0 .. n - 1]; */
MEDSGD__INLINE void medsgd__feed_back(medsgd_real *MEDSGD__RESTRICT p, const medsgd_real *MEDSGD__RESTRICT memory,
                                      const medsgd_real *MEDSGD__RESTRICT g, size_t n, medsgd_real gamma,
                                      medsgd_real unit) {
  /*@ loop invariant 0 <= l <= n;
      loop assigns l, p[0 .. n - 1];
      loop variant n - l; */
  for (size_t l = 0; l < n; l++) p[l] = medsgd__fed_back(g[l], memory[l], gamma) * unit;
}

/* unit * ||p||_1: blocks of 512 one after another, the last one filled up with zeros. */
/*@ requires \is_finite(gamma) && \valid_read(memory + (0 .. d - 1)) && \valid_read(g + (0 .. d - 1));
    terminates \true;
    exits \false;
    assigns \nothing;
    ensures medsgd__is_sum(\result); */
static MEDSGD__UNUSED double medsgd__ef_norm(const medsgd_real *memory, const medsgd_real *g, size_t d,
                                             medsgd_real gamma, medsgd_real unit) {
  medsgd_real p[512];
  double sum = 0;
  size_t j = 0;
  /*@ loop invariant 0 <= j <= d && medsgd__is_sum(sum);
      loop assigns j, sum, p[0 .. 511];
      loop variant d - j; */
  for (; d - j >= 512; j += 512) {
    medsgd__feed_back(p, memory + j, g + j, 512, gamma, unit);
    sum += medsgd__magnitudes512(p);
  }
  if (j < d) {
    /*@ loop invariant 0 <= l <= 512;
        loop assigns l, p[0 .. 511];
        loop variant 512 - l; */
    for (size_t l = 0; l < 512; l++) p[l] = 0;
    medsgd__feed_back(p, memory + j, g + j, d - j, gamma, unit);
    sum += medsgd__magnitudes512(p);
  }
  return sum;
}

/* memory[l] = p[l] - scale * sign(p[l]); returns the packed signs of 64 coordinates. */
/*@ requires \is_finite(gamma) && \valid(memory + (0 .. 63)) && \valid_read(g + (0 .. 63)) &&
      \separated(memory + (0 .. 63), g + (0 .. 63));
    terminates \true;
    exits \false;
    assigns memory[0 .. 63];
    ensures \forall integer l; 0 <= l < 64 && medsgd_is_zero(\old(memory[l])) && medsgd_is_zero(g[l]) ==>
      !medsgd_bit(\result, l); */
MEDSGD__INLINE uint64_t medsgd__ef64(medsgd_real *MEDSGD__RESTRICT memory, const medsgd_real *MEDSGD__RESTRICT g,
                                     medsgd_real gamma, medsgd_real scale) {
  medsgd_real p[64];
  /*@ loop invariant 0 <= l <= 64;
      loop invariant \forall integer i; 0 <= i < l && medsgd_is_zero(memory[i]) && medsgd_is_zero(g[i]) ==>
        medsgd_is_zero(p[i]);
      loop assigns l, p[0 .. 63];
      loop variant 64 - l; */
  for (size_t l = 0; l < 64; l++) p[l] = medsgd__fed_back(g[l], memory[l], gamma);
  /*@ loop invariant 0 <= l <= 64;
      loop assigns l, memory[0 .. 63];
      loop variant 64 - l; */
  for (size_t l = 0; l < 64; l++) memory[l] = p[l] - (p[l] < 0 ? -scale : scale);
  return medsgd__pack64(p);
}

MEDSGD_API int medsgd_ef_sign(uint64_t *neg, medsgd_real *scale, medsgd_real *memory, const medsgd_real *g, size_t d,
                              medsgd_real gamma) {
  if (d == 0) {
    if (scale) *scale = 0;
    return MEDSGD_OK;
  }
  if (!neg || !scale || !memory || !g) return MEDSGD_ERR_NULL;
  if (!medsgd__is_finite(gamma)) return MEDSGD_ERR_PARAM;
  const size_t full = d / 64, rest = d % 64;
  /*@ assert whole: 64 * full + rest == d; */
  /*@ assert words: medsgd_words(d) == (rest == 0 ? full : full + 1); */
  /*@ assert inside: \forall integer w; 0 <= w < full ==> \valid(neg + w); */
  double mean = medsgd__ef_norm(memory, g, d, gamma, 1) / (double)d;
  if (!(mean <= DBL_MAX)) { /* only the sum of doubles overflows; a mean of finite numbers only by its rounding */
    mean = medsgd__ef_norm(memory, g, d, gamma, (medsgd_real)MEDSGD__DOWN) / (double)d;
    mean = (mean < DBL_MAX * MEDSGD__DOWN ? mean : DBL_MAX * MEDSGD__DOWN) * MEDSGD__UP;
  }
  *scale = (medsgd_real)mean;
  /*@ loop invariant 0 <= w <= full;
      loop assigns w, neg[0 .. full - 1], memory[0 .. d - 1];
      loop variant full - w; */
  for (size_t w = 0; w < full; w++) neg[w] = medsgd__ef64(memory + 64 * w, g + 64 * w, gamma, *scale);
  if (rest != 0) {
    medsgd_real last_memory[64], last_g[64];
    /*@ loop invariant 0 <= l <= 64;
        loop invariant \forall integer i; rest <= i < l ==> medsgd_is_zero(last_memory[i]) && medsgd_is_zero(last_g[i]);
        loop assigns l, last_memory[0 .. 63], last_g[0 .. 63];
        loop variant 64 - l; */
    for (size_t l = 0; l < 64; l++) {
      last_memory[l] = l < rest ? memory[64 * full + l] : (medsgd_real)0;
      last_g[l] = l < rest ? g[64 * full + l] : (medsgd_real)0;
    }
    neg[full] = medsgd__ef64(last_memory, last_g, gamma, *scale);
    /*@ assert last: \forall integer i; rest <= i < 64 ==> !medsgd_bit(neg[full], i); */
    /*@ loop invariant 0 <= l <= rest && neg[full] == \at(neg[full], LoopEntry);
        loop assigns l, memory[0 .. d - 1];
        loop variant rest - l; */
    for (size_t l = 0; l < rest; l++) memory[64 * full + l] = last_memory[l];
  }
  return MEDSGD_OK;
}

/* ======== steps ======== */

/* ---- block geometric median descent ---- */

/* The larger of the two phases' needs: scores and block selection,
 * then the gathered block and the median's tile; 0 if it overflows. */
MEDSGD_API size_t medsgd_bgmd_work(size_t m, size_t d, size_t k) {
  const size_t limit = SIZE_MAX / sizeof(medsgd_real), choice = medsgd_block_work(d, k), tile = medsgd_median_work(m);
  if (m == 0 || choice == 0 || tile == 0 || m > limit) return 0;
  const size_t room = limit - m; /* in front: one real a row that says whether it is usable */
  /*@ assert m * (room / m) <= room < m * (room / m + 1); */
  /*@ assert row: k > room / m ==> medsgd__gm_row_inside(room / m, k, m); */
  /*@ assert many: k > room / m ==> m * k >= m * (room / m + 1); */
  /*@ assert column: k < room / m ==> medsgd__gm_row_inside(k, room / m, m); */
  /*@ assert few: k <= room / m ==> m * k <= m * (room / m); */
  if (d > room || choice > room - d || k > room / m || tile > room - m * k) return 0;
  return m + (d + choice > m * k + tile ? d + choice : m * k + tile);
}

/*@ // v is gamma * x + memory, where a memory that is not finite counts as 0; that this is finite.
    predicate medsgd__is_augmented(medsgd_real v, medsgd_real gamma, medsgd_real x, medsgd_real memory) =
      (\is_finite(memory) ==> medsgd_is_fed(v, gamma, x, memory)) &&
      (!\is_finite(memory) ==> medsgd_is_fed(v, gamma, x, (medsgd_real)0.0));
    predicate medsgd__stays_finite(medsgd_real gamma, medsgd_real x, medsgd_real memory) =
      (\is_finite(memory) ==> medsgd_fed_finite(gamma, x, memory)) &&
      (!\is_finite(memory) ==> medsgd_fed_finite(gamma, x, (medsgd_real)0.0));
    // What is augmented from x is augmented from y (x is y, which == does not say of NaN).
    predicate medsgd__augmented_alike(medsgd_real gamma, medsgd_real x, medsgd_real y, medsgd_real b) =
      \forall medsgd_real v; medsgd__is_augmented(v, gamma, x, b) ==> medsgd__is_augmented(v, gamma, y, b);
    // Every entry of the row.
    predicate medsgd__row_finite{L}(medsgd_real gamma, medsgd_real *row, medsgd_real *memory, integer d) =
      \forall integer j; 0 <= j < d ==> medsgd__stays_finite(gamma, row[j], memory[j]); */

/* gamma * x + memory, where a memory that is not finite counts as 0. */
/*@ terminates \true;
    exits \false;
    assigns \nothing;
    ensures medsgd__is_augmented(\result, gamma, x, memory);
    ensures \is_finite(\result) <==> medsgd__stays_finite(gamma, x, memory); */
MEDSGD__INLINE medsgd_real medsgd__augmented(medsgd_real x, medsgd_real memory, medsgd_real gamma) {
  return gamma * x + (medsgd__is_finite(memory) ? memory : (medsgd_real)0);
}

/* 1 where a row will be finite once augmented; it then was before, since gamma is finite. Nothing is written. */
/*@ requires \valid_read(row + (0 .. d - 1)) && \valid_read(memory + (0 .. d - 1));
    terminates \true;
    exits \false;
    assigns \nothing;
    ensures \result == 0 || \result == 1;
    ensures \result == 1 <==> medsgd__row_finite(gamma, row, memory, d); */
static MEDSGD__UNUSED int medsgd__will_be_finite(const medsgd_real *row, const medsgd_real *memory, size_t d,
                                                 medsgd_real gamma) {
  /*@ loop invariant 0 <= j <= d;
      loop invariant \forall integer i; 0 <= i < j ==> medsgd__stays_finite(gamma, row[i], memory[i]);
      loop assigns j, n;
      loop variant d - j; */
  for (size_t j = 0, n; j < d; j += n) {
    unsigned bad = 0;
    n = d - j < 512 ? d - j : 512;
    /*@ loop invariant 0 <= l <= n && (bad == 0 || bad == 1);
        loop invariant bad == 0 <==>
          \forall integer i; j <= i < j + l ==> medsgd__stays_finite(gamma, row[i], memory[i]);
        loop assigns l, bad;
        loop variant n - l; */
    for (size_t l = 0; l < n; l++)
      bad |= (unsigned)!medsgd__is_finite(medsgd__augmented(row[j + l], memory[j + l], gamma));
    if (bad) return 0;
  }
  return 1;
}

/* row = gamma * row + memory, n coordinates; 0 where they are finite. */
/*@ requires \valid(row + (0 .. n - 1)) && \valid_read(memory + (0 .. n - 1));
    requires \separated(row + (0 .. n - 1), memory + (0 .. n - 1));
    terminates \true;
    exits \false;
    assigns row[0 .. n - 1];
    ensures \result == 0 || \result == 1;
    ensures \result == 0 <==> \forall integer j; 0 <= j < n ==> \is_finite(row[j]);
    ensures \forall integer j; 0 <= j < n ==>
      medsgd__is_augmented(row[j], gamma, \old(row[j]), \old(memory[j])); */
MEDSGD__INLINE unsigned medsgd__augment_block(medsgd_real *MEDSGD__RESTRICT row,
                                              const medsgd_real *MEDSGD__RESTRICT memory, size_t n, medsgd_real gamma) {
  unsigned bad = 0;
  /*@ loop invariant 0 <= l <= n && (bad == 0 || bad == 1);
      loop invariant bad == 0 <==> \forall integer j; 0 <= j < l ==> \is_finite(row[j]);
      loop invariant \forall integer j; 0 <= j < l ==>
        medsgd__is_augmented(row[j], gamma, \at(row[j], Pre), \at(memory[j], Pre));
      loop invariant \forall integer j; l <= j < n ==>
        medsgd__augmented_alike(gamma, row[j], \at(row[j], Pre), \at(memory[j], Pre));
      loop assigns l, bad, row[0 .. n - 1];
      loop variant n - l; */
  for (size_t l = 0; l < n; l++) {
    row[l] = medsgd__augmented(row[l], memory[l], gamma);
    bad |= (unsigned)!medsgd__is_finite(row[l]);
  }
  return bad;
}

/* sum += x and squares += x^2, n coordinates. */
/*@ requires \valid(sum + (0 .. n - 1)) && \valid(squares + (0 .. n - 1)) && \valid_read(x + (0 .. n - 1));
    requires \separated(sum + (0 .. n - 1), squares + (0 .. n - 1), x + (0 .. n - 1));
    requires \forall integer l; 0 <= l < n ==> medsgd__is_sum(squares[l]);
    terminates \true;
    exits \false;
    assigns sum[0 .. n - 1], squares[0 .. n - 1];
    ensures \forall integer l; 0 <= l < n ==> medsgd__is_sum(squares[l]); */
MEDSGD__INLINE void medsgd__add_moments(double *MEDSGD__RESTRICT sum, double *MEDSGD__RESTRICT squares,
                                        const medsgd_real *MEDSGD__RESTRICT x, size_t n) {
  /*@ loop invariant 0 <= l <= n;
      loop invariant \forall integer i; 0 <= i < n ==> medsgd__is_sum(squares[i]);
      loop assigns l, sum[0 .. n - 1], squares[0 .. n - 1];
      loop variant n - l; */
  for (size_t l = 0; l < n; l++) {
    const double v = (double)x[l];
    sum[l] += v;
    /*@ assert medsgd__is_sum(squares[l]); */
    squares[l] += v * v;
    /*@ assert medsgd__is_sum(squares[l]); */
  }
}

/* Norm and mean of one column of the usable rows, scaled, where the plain sums left the range of double. */
/*@ requires \valid(norm) && \valid(mean) && \valid_read(usable + (0 .. m - 1)) &&
      medsgd_rows_readable(rows, m, j + 1);
    terminates \true;
    exits \false;
    assigns *norm, *mean; */
static MEDSGD__UNUSED void medsgd__scaled_moments(medsgd_real *norm, medsgd_real *mean, medsgd_real *const *rows,
                                                  const medsgd_real *usable, size_t m, double count, size_t j,
                                                  double squares) {
  const int tiny = squares < 1;
  const double scale = tiny ? MEDSGD__SCALE_UP : MEDSGD__SCALE_DOWN;
  double sum = 0, scaled = 0;
  /*@ loop invariant 0 <= i <= m && medsgd__is_sum(sum);
      loop assigns i, sum, scaled;
      loop variant m - i; */
  for (size_t i = 0; i < m; i++) {
    if (usable[i] > 0) {
      const double x = (double)rows[i][j] * scale;
      sum += x * x;
      scaled += (double)rows[i][j] * MEDSGD__DOWN;
    }
  }
  *norm = (medsgd_real)(sqrt(sum) * (tiny ? MEDSGD__SCALE_DOWN : MEDSGD__SCALE_UP));
  if (!medsgd__is_finite(*mean)) *mean = medsgd__unscaled_mean(scaled, count);
}

/* Norms and means of columns j, ..., j + n - 1 from their sums. A norm above the largest medsgd_real counts as that. */
/*@ requires n <= 256 && j + n <= SIZE_MAX && \valid(s + (j .. j + n - 1)) && \valid(mean + (j .. j + n - 1)) &&
      \valid_read(sum + (0 .. n - 1)) && \valid_read(squares + (0 .. n - 1)) && \valid_read(usable + (0 .. m - 1)) &&
      medsgd_rows_readable(rows, m, j + n);
    requires \separated(s + (j .. j + n - 1), squares + (0 .. n - 1), rows + (0 .. m - 1)) &&
      \separated(mean + (j .. j + n - 1), squares + (0 .. n - 1), rows + (0 .. m - 1));
    requires \forall integer l; 0 <= l < n ==> medsgd__is_sum(squares[l]);
    terminates \true;
    exits \false;
    assigns s[j .. j + n - 1], mean[j .. j + n - 1]; */
MEDSGD__INLINE void medsgd__finish_moments(medsgd_real *s, medsgd_real *mean, const double *sum, const double *squares,
                                           medsgd_real *const *rows, const medsgd_real *usable, size_t m,
                                           double count, size_t j, size_t n) {
  /*@ loop invariant 0 <= l <= n;
      loop invariant \forall integer i; 0 <= i < n ==> medsgd__is_sum(squares[i]);
      loop assigns l, s[j .. j + n - 1], mean[j .. j + n - 1];
      loop variant n - l; */
  for (size_t l = 0; l < n; l++) {
    s[j + l] = (medsgd_real)MEDSGD__SQRT(squares[l]);
    mean[j + l] = (medsgd_real)(sum[l] / count);
  }
  if (MEDSGD__REAL_IS_DOUBLE) {
    /*@ loop invariant 0 <= l <= n;
        loop assigns l, s[j .. j + n - 1], mean[j .. j + n - 1];
        loop variant n - l; */
    for (size_t l = 0; l < n; l++)
      if (!(squares[l] >= MEDSGD__SQUARES_LEAST && squares[l] <= MEDSGD__SQUARES_MOST))
        medsgd__scaled_moments(&s[j + l], &mean[j + l], rows, usable, m, count, j + l, squares[l]);
  }
  /*@ loop invariant 0 <= l <= n;
      loop assigns l, s[j .. j + n - 1];
      loop variant n - l; */
  for (size_t l = 0; l < n; l++) s[j + l] = s[j + l] <= MEDSGD__REAL_MAX ? s[j + l] : MEDSGD__REAL_MAX;
}

/* row = gamma * row + memory, whose moments are added; 0 where it is finite. */
/*@ requires \valid(sum + (0 .. n - 1)) && \valid(squares + (0 .. n - 1)) && \valid(row + (0 .. n - 1)) &&
      \valid_read(memory + (0 .. n - 1));
    requires \separated(sum + (0 .. n - 1), squares + (0 .. n - 1), row + (0 .. n - 1), memory + (0 .. n - 1));
    requires \forall integer l; 0 <= l < n ==> medsgd__is_sum(squares[l]);
    terminates \true;
    exits \false;
    assigns sum[0 .. n - 1], squares[0 .. n - 1], row[0 .. n - 1];
    ensures \result == 0 || \result == 1;
    ensures \result == 0 <==> \forall integer j; 0 <= j < n ==> \is_finite(row[j]);
    ensures \forall integer j; 0 <= j < n ==> medsgd__is_augmented(row[j], gamma, \old(row[j]), \old(memory[j]));
    ensures \forall integer l; 0 <= l < n ==> medsgd__is_sum(squares[l]); */
MEDSGD__INLINE unsigned medsgd__feed_moments(double *sum, double *squares, medsgd_real *row, const medsgd_real *memory,
                                             size_t n, medsgd_real gamma) {
  const unsigned bad = medsgd__augment_block(row, memory, n, gamma);
  medsgd__add_moments(sum, squares, row, n);
  return bad;
}

/* Each row becomes gamma * row + memory, its flag 1 where that is finite; then the norms s and the means of the columns
 * as if all were, the means in place of the memory. The sums run in the order of the rows, as in medsgd_column_norms
 * and medsgd_mean. Returns the number of usable rows. */
/*@ requires m > 0 && \valid(s + (0 .. d - 1)) && \valid(memory + (0 .. d - 1)) && \valid(usable + (0 .. m - 1)) &&
      \valid_read(rows + (0 .. m - 1)) && \forall integer i; 0 <= i < m ==> \valid(rows[i] + (0 .. d - 1));
    requires \separated(s + (0 .. d - 1), memory + (0 .. d - 1), usable + (0 .. m - 1), rows + (0 .. m - 1));
    requires medsgd_rows_apart(memory, d, rows, m, d);
    requires \forall integer i; 0 <= i < m ==>
      \separated(rows[i] + (0 .. d - 1), rows + (0 .. m - 1));
    terminates \true;
    exits \false;
    assigns s[0 .. d - 1], memory[0 .. d - 1], usable[0 .. m - 1], rows[0 .. m - 1][0 .. d - 1];
    ensures \result <= m; */
static MEDSGD__UNUSED size_t medsgd__augment_all(medsgd_real *s, medsgd_real *memory, medsgd_real *const *rows,
                                                 medsgd_real *usable, size_t m, size_t d, medsgd_real gamma) {
  size_t count = 0;
  /*@ loop invariant 0 <= i <= m;
      loop assigns i, usable[0 .. m - 1];
      loop variant m - i; */
  for (size_t i = 0; i < m; i++) usable[i] = 1;
  /*@ loop invariant 0 <= j <= d;
      loop assigns j, n, s[0 .. d - 1], memory[0 .. d - 1], usable[0 .. m - 1], rows[0 .. m - 1][0 .. d - 1];
      loop variant d - j; */
  for (size_t j = 0, n; j < d; j += n) {
    double sum[256], squares[256];
    n = d - j < 256 ? d - j : 256;
    /*@ loop invariant 0 <= l <= 256;
        loop invariant \forall integer i; 0 <= i < l ==> medsgd__is_sum(squares[i]);
        loop assigns l, sum[0 .. 255], squares[0 .. 255];
        loop variant 256 - l; */
    for (size_t l = 0; l < 256; l++) sum[l] = squares[l] = 0;
    /*@ loop invariant 0 <= i <= m;
        loop invariant \forall integer l; 0 <= l < n ==> medsgd__is_sum(squares[l]);
        loop assigns i, sum[0 .. 255], squares[0 .. 255], usable[0 .. m - 1], rows[0 .. m - 1][0 .. d - 1];
        loop variant m - i; */
    for (size_t i = 0; i < m; i++) {
      const unsigned bad = n == 256 ? medsgd__feed_moments(sum, squares, rows[i] + j, memory + j, 256, gamma)
                                    : medsgd__feed_moments(sum, squares, rows[i] + j, memory + j, n, gamma);
      if (bad) usable[i] = 0;
    }
    medsgd__finish_moments(s, memory, sum, squares, rows, usable, m, (double)m, j, n);
  }
  /*@ loop invariant 0 <= i <= m && 0 <= count <= i;
      loop assigns i, count;
      loop variant m - i; */
  for (size_t i = 0; i < m; i++) count += (size_t)(usable[i] > 0);
  return count;
}

/* Norms and means of the columns of the usable rows alone, `count` in number. */
/*@ requires m > 0 && \valid(s + (0 .. d - 1)) && \valid(mean + (0 .. d - 1)) && \valid_read(usable + (0 .. m - 1)) &&
      medsgd_rows_readable(rows, m, d);
    requires \separated(s + (0 .. d - 1), mean + (0 .. d - 1), usable + (0 .. m - 1), rows + (0 .. m - 1));
    requires medsgd_rows_apart(s, d, rows, m, d) && medsgd_rows_apart(mean, d, rows, m, d);
    terminates \true;
    exits \false;
    assigns s[0 .. d - 1], mean[0 .. d - 1]; */
static MEDSGD__UNUSED void medsgd__moments(medsgd_real *s, medsgd_real *mean, medsgd_real *const *rows,
                                           const medsgd_real *usable, size_t m, size_t d, double count) {
  /*@ loop invariant 0 <= j <= d;
      loop assigns j, n, s[0 .. d - 1], mean[0 .. d - 1];
      loop variant d - j; */
  for (size_t j = 0, n; j < d; j += n) {
    double sum[256], squares[256];
    n = d - j < 256 ? d - j : 256;
    /*@ loop invariant 0 <= l <= 256;
        loop invariant \forall integer i; 0 <= i < l ==> medsgd__is_sum(squares[i]);
        loop assigns l, sum[0 .. 255], squares[0 .. 255];
        loop variant 256 - l; */
    for (size_t l = 0; l < 256; l++) sum[l] = squares[l] = 0;
    /*@ loop invariant 0 <= i <= m;
        loop invariant \forall integer l; 0 <= l < n ==> medsgd__is_sum(squares[l]);
        loop assigns i, sum[0 .. 255], squares[0 .. 255];
        loop variant m - i; */
    for (size_t i = 0; i < m; i++)
      if (usable[i] > 0) medsgd__add_moments(sum, squares, rows[i] + j, n);
    medsgd__finish_moments(s, mean, sum, squares, rows, usable, m, count, j, n);
  }
}

/*@ predicate medsgd__usable_row{L}(medsgd_real gamma, medsgd_real **rows, integer i, medsgd_real *memory,
        medsgd_real *weights, integer d) =
      (weights == \null || medsgd_positive(weights[i])) && medsgd__row_finite(gamma, rows[i], memory, d); */

/* 1 where some row of positive weight will be usable. */
/*@ requires medsgd_rows_readable(rows, m, d) && \valid_read(memory + (0 .. d - 1)) &&
      (weights != \null ==> \valid_read(weights + (0 .. m - 1)));
    terminates \true;
    exits \false;
    assigns \nothing;
    ensures \result == 0 || \result == 1;
    ensures \result == 0 <==>
      \forall integer i; 0 <= i < m ==> !medsgd__usable_row(gamma, rows, i, memory, weights, d); */
static MEDSGD__UNUSED int medsgd__any_usable(medsgd_real *const *rows, const medsgd_real *memory,
                                             const medsgd_real *weights, size_t m, size_t d, medsgd_real gamma) {
  /*@ loop invariant 0 <= i <= m;
      loop invariant \forall integer r; 0 <= r < i ==> !medsgd__usable_row(gamma, rows, r, memory, weights, d);
      loop assigns i;
      loop variant m - i; */
  for (size_t i = 0; i < m; i++)
    if ((!weights || weights[i] > 0) && medsgd__will_be_finite(rows[i], memory, d, gamma)) return 1;
  return 0;
}

/* The block's columns of row i to g + i*k, NaN for an excluded row, so that the median excludes it, too. */
/*@ requires m > 0 && k > 0 && m * k <= SIZE_MAX && \valid(g + (0 .. m * k - 1)) &&
      \valid_read(usable + (0 .. m - 1)) && \valid_read(rows + (0 .. m - 1)) && \valid_read(idx + (0 .. k - 1));
    requires \forall integer i, l; 0 <= i < m && 0 <= l < k ==> \valid_read(rows[i] + idx[l]);
    requires \separated(g + (0 .. m * k - 1), rows + (0 .. m - 1), idx + (0 .. k - 1));
    terminates \true;
    exits \false;
    assigns g[0 .. m * k - 1]; */
static MEDSGD__UNUSED void medsgd__gather_rows(medsgd_real *g, medsgd_real *const *rows, const medsgd_real *usable,
                                               size_t m, const size_t *idx, size_t k) {
  /*@ loop invariant 0 <= i <= m;
      loop assigns i, g[0 .. m * k - 1];
      loop variant m - i; */
  for (size_t i = 0; i < m; i++) {
    /*@ assert (i + 1) * k <= m * k; */
    medsgd_real *const to = g + i * k;
    const medsgd_real *const row = rows[i];
    if (usable[i] > 0) {
      /*@ loop invariant 0 <= l <= k;
          loop assigns l, g[0 .. m * k - 1];
          loop variant k - l; */
      for (size_t l = 0; l < k; l++) to[l] = row[idx[l]];
    } else {
      /*@ loop invariant 0 <= l <= k;
          loop assigns l, g[0 .. m * k - 1];
          loop variant k - l; */
      for (size_t l = 0; l < k; l++) to[l] = (medsgd_real)NAN;
    }
  }
}

/*@ predicate medsgd__is_share(double c) = \ge_double(c, (double)0.0) && \le_double(c, (double)1.0);
    lemma medsgd__reciprocal_share: \forall double x;
      \is_finite(x) && \ge_double(x, (double)1.0) ==> medsgd__is_share(\div_double((double)1.0, x)); */

/* d = 0: nothing to do, equal coefficients. */
/*@ requires m > 0 && (count != \null ==> \valid(count)) && (result != \null ==> \valid(result)) &&
      (coefficients != \null ==> \valid(coefficients + (0 .. m - 1)));
    requires \separated(count, result);
    terminates \true;
    exits \false;
    assigns *count, result->objective, result->gap, result->iterations, result->excluded, coefficients[0 .. m - 1];
    ensures count != \null ==> *count == 0;
    ensures result != \null ==> result->iterations == 0 && result->excluded == 0;
    ensures coefficients != \null ==> \forall integer i; 0 <= i < m ==> medsgd__is_share(coefficients[i]); */
static MEDSGD__UNUSED void medsgd__bgmd_empty(size_t *count, size_t m, medsgd_geomedian_result *result,
                                              double *coefficients) {
  if (count) *count = 0;
  if (result) {
    result->objective = 0;
    result->gap = 0;
    result->iterations = 0;
    result->excluded = 0;
  }
  /*@ assert whole: \is_finite((double)m) && \ge_double((double)m, (double)1.0); */
  /*@ assert share: medsgd__is_share(\div_double((double)1.0, (double)m)); */
  if (coefficients)
    /*@ loop invariant 0 <= i <= m;
        loop invariant \forall integer r; 0 <= r < i ==> medsgd__is_share(coefficients[r]);
        loop assigns i, coefficients[0 .. m - 1];
        loop variant m - i; */
    for (size_t i = 0; i < m; i++) coefficients[i] = 1.0 / (double)m;
}

MEDSGD_API int medsgd_bgmd(medsgd_real *block, size_t *idx, size_t *count, medsgd_real *memory,
                           medsgd_real *const rows[], size_t m, size_t d, const medsgd_bgmd_options *options,
                           medsgd_geomedian_result *result, double *coefficients, medsgd_real *work,
                           double *geomedian_work) {
  if (m == 0) return MEDSGD_ERR_SIZE;
  if (d == 0) {
    medsgd__bgmd_empty(count, m, result, coefficients);
    return MEDSGD_OK;
  }
  if (!options) return MEDSGD_ERR_NULL;
  const size_t k = options->k;
  const medsgd_real gamma = options->gamma;
  if (medsgd_bgmd_work(m, d, k) == 0 || medsgd_geomedian_work(m) == 0) return MEDSGD_ERR_SIZE;
  if (!block || !idx || !count || !memory || !rows || !work || !geomedian_work) return MEDSGD_ERR_NULL;
  for (size_t i = 0; i < m; i++)
    if (!rows[i]) return MEDSGD_ERR_NULL;
  if (!medsgd__is_finite(gamma) || (options->greedy != 0 && options->greedy != 1)) return MEDSGD_ERR_PARAM;
  if (medsgd__geomedian_check(&options->geomedian, m) != MEDSGD_OK) return MEDSGD_ERR_PARAM;
  if (!medsgd__any_usable(rows, memory, options->geomedian.weights, m, d, gamma)) return MEDSGD_ERR_DATA;

  /* G = gamma G + memory (line 5); no error from here on */
  medsgd_real *const usable = work, *const scores = work + m;
  const size_t n = medsgd__augment_all(scores, memory, rows, usable, m, d, gamma);

  /* the block (line 6, Alg. 2), and the mean of what it leaves (lines 7, 8) */
  if (n < m) medsgd__moments(scores, memory, rows, usable, m, d, (double)n);
  if (options->greedy) {
    (void)medsgd_block_top(idx, count, scores, d, k, scores + d);
  } else {
    (void)medsgd_block_sample(idx, count, scores, d, k, options->stream, scores + d);
  }
  medsgd__clear_block(memory, d, idx, *count);

  /* the geometric median on the block (line 9); of an empty block, that of a column of zeros */
  medsgd_real *const gathered = work + m, *const tile = gathered + m * k;
  medsgd__row_view view;
  view.rows = NULL;
  view.base = gathered;
  if (*count > 0) {
    medsgd__gather_rows(gathered, rows, usable, m, idx, *count);
    view.stride = *count;
    return medsgd__geomedian_core(block, view, m, *count, &options->geomedian, result, coefficients, tile,
                                  geomedian_work);
  }
  for (size_t i = 0; i < m; i++) gathered[i] = usable[i] > 0 ? (medsgd_real)0 : (medsgd_real)NAN;
  view.stride = 1;
  return medsgd__geomedian_core(usable, view, m, 1, &options->geomedian, result, coefficients, tile, geomedian_work);
}

/* ---- adaptive rate ---- */

/* clean = x with 0 for what is not finite, 512 coordinates, those past n 0. */
/*@ requires 0 < n <= 512 && \valid(clean + (0 .. 511)) && \valid_read(x + (0 .. n - 1)) &&
      \separated(clean + (0 .. 511), x + (0 .. n - 1));
    terminates \true;
    exits \false;
    assigns clean[0 .. 511];
    ensures \forall integer l; 0 <= l < 512 ==> \is_finite(clean[l]);
    ensures \forall integer l; 0 <= l < n && \is_finite(x[l]) ==> medsgd_same(clean[l], x[l]);
    ensures \forall integer l; 0 <= l < n && !\is_finite(x[l]) ==> medsgd_is_zero(clean[l]);
    ensures \forall integer l; n <= l < 512 ==> medsgd_is_zero(clean[l]); */
MEDSGD__INLINE void medsgd__clean_tile(medsgd_real *MEDSGD__RESTRICT clean, const medsgd_real *MEDSGD__RESTRICT x,
                                       size_t n) {
  if (n == 512) {
    /*@ loop invariant 0 <= l <= 512;
        loop invariant \forall integer i; 0 <= i < l ==> \is_finite(clean[i]);
        loop invariant \forall integer i; 0 <= i < l && i < n && \is_finite(x[i]) ==> medsgd_same(clean[i], x[i]);
        loop invariant \forall integer i; 0 <= i < l && i < n && !\is_finite(x[i]) ==> medsgd_is_zero(clean[i]);
        loop assigns l, clean[0 .. 511];
        loop variant 512 - l; */
    for (size_t l = 0; l < 512; l++) clean[l] = medsgd__is_finite(x[l]) ? x[l] : (medsgd_real)0;
  } else {
    /*@ loop invariant 0 <= l <= 512;
        loop invariant \forall integer i; 0 <= i < l ==> \is_finite(clean[i]);
        loop invariant \forall integer i; 0 <= i < l && i < n && \is_finite(x[i]) ==> medsgd_same(clean[i], x[i]);
        loop invariant \forall integer i; 0 <= i < l && i < n && !\is_finite(x[i]) ==> medsgd_is_zero(clean[i]);
        loop invariant \forall integer i; n <= i < l ==> medsgd_is_zero(clean[i]);
        loop assigns l, clean[0 .. 511];
        loop variant 512 - l; */
    for (size_t l = 0; l < 512; l++) clean[l] = l < n && medsgd__is_finite(x[l]) ? x[l] : (medsgd_real)0;
  }
}

/* sum += unit * x. */
/*@ requires \valid(sum + (0 .. 511)) && \valid_read(x + (0 .. 511)) && \separated(sum + (0 .. 511), x + (0 .. 511));
    terminates \true;
    exits \false;
    assigns sum[0 .. 511]; */
MEDSGD__INLINE void medsgd__add_scaled(double *MEDSGD__RESTRICT sum, const medsgd_real *MEDSGD__RESTRICT x,
                                       double unit) {
  /*@ loop invariant 0 <= l <= 512;
      loop assigns l, sum[0 .. 511];
      loop variant 512 - l; */
  for (size_t l = 0; l < 512; l++) sum[l] += (double)x[l] * unit;
}

/* agree += 1 where x has the sign of a sign that is not 0. */
/*@ requires \valid(agree + (0 .. 511)) && \valid_read(x + (0 .. 511)) && \valid_read(sign + (0 .. 511)) &&
      \separated(agree + (0 .. 511), x + (0 .. 511)) && \separated(agree + (0 .. 511), sign + (0 .. 511));
    terminates \true;
    exits \false;
    assigns agree[0 .. 511]; */
MEDSGD__INLINE void medsgd__count_agreement(medsgd_real *MEDSGD__RESTRICT agree, const medsgd_real *MEDSGD__RESTRICT x,
                                            const medsgd_real *MEDSGD__RESTRICT sign) {
  /*@ loop invariant 0 <= l <= 512;
      loop assigns l, agree[0 .. 511];
      loop variant 512 - l; */
  for (size_t l = 0; l < 512; l++) agree[l] += x[l] * sign[l] > 0 ? (medsgd_real)1 : (medsgd_real)0;
}

/* The sum over columns first .. first+n-1, n <= 512, of unit * |gbar_j| (1 - 2 p_j). */
/*@ requires m > 0 && 0 < n <= 512 && first + n <= SIZE_MAX && medsgd_rows_readable(rows, m, first + n);
    terminates \true;
    exits \false;
    assigns \nothing; */
static MEDSGD__UNUSED double medsgd__rate_tile(const medsgd_real *const *rows, size_t m, size_t first, size_t n,
                                               double unit) {
  double sum[512], agree[512], lane[32];
  medsgd_real clean[512], sign[512], some[512];
  const double count = (double)m;
  /*@ loop invariant 0 <= l <= 512;
      loop assigns l, sum[0 .. 511], agree[0 .. 511];
      loop variant 512 - l; */
  for (size_t l = 0; l < 512; l++) sum[l] = agree[l] = 0;
  /*@ loop invariant 0 <= i <= m;
      loop assigns i, clean[0 .. 511], sum[0 .. 511];
      loop variant m - i; */
  for (size_t i = 0; i < m; i++) {
    medsgd__clean_tile(clean, rows[i] + first, n);
    medsgd__add_scaled(sum, clean, unit);
  }
  /*@ loop invariant 0 <= l <= 512;
      loop assigns l, sign[0 .. 511];
      loop variant 512 - l; */
  for (size_t l = 0; l < 512; l++) sign[l] = (medsgd_real)(sum[l] > 0 ? 1 : sum[l] < 0 ? -1 : 0);
  /*@ loop invariant 0 <= i <= m;
      loop assigns i, end, clean[0 .. 511], some[0 .. 511], agree[0 .. 511];
      loop variant m - i; */
  for (size_t i = 0, end; i < m; i = end) { /* counted exactly in medsgd_real, a part of the rows at a time */
    end = m - i < 0x100000u ? m : i + 0x100000u;
    /*@ loop invariant 0 <= l <= 512;
        loop assigns l, some[0 .. 511];
        loop variant 512 - l; */
    for (size_t l = 0; l < 512; l++) some[l] = 0;
    /*@ loop invariant i <= r <= end;
        loop assigns r, clean[0 .. 511], some[0 .. 511];
        loop variant end - r; */
    for (size_t r = i; r < end; r++) {
      medsgd__clean_tile(clean, rows[r] + first, n);
      medsgd__count_agreement(some, clean, sign);
    }
    /*@ loop invariant 0 <= l <= 512;
        loop assigns l, agree[0 .. 511];
        loop variant 512 - l; */
    for (size_t l = 0; l < 512; l++) agree[l] += (double)some[l];
  }
  /*@ loop invariant 0 <= l <= 32;
      loop assigns l, lane[0 .. 31];
      loop variant 32 - l; */
  for (size_t l = 0; l < 32; l++) lane[l] = 0;
  /*@ loop invariant 0 <= j <= 512 && j % 32 == 0;
      loop assigns j, lane[0 .. 31];
      loop variant 512 - j; */
  for (size_t j = 0; j < 512; j += 32)
    /*@ loop invariant 0 <= l <= 32;
        loop assigns l, lane[0 .. 31];
        loop variant 32 - l; */
    for (size_t l = 0; l < 32; l++) lane[l] += fabs(sum[j + l] / count) * ((2 * agree[j + l] - count) / count);
  return medsgd__sum_lanes(lane);
}

/*@ requires m > 0 && medsgd_rows_readable(rows, m, d);
    terminates \true;
    exits \false;
    assigns \nothing; */
static MEDSGD__UNUSED double medsgd__rate_sum(const medsgd_real *const *rows, size_t m, size_t d, double unit) {
  double sum = 0;
  /*@ loop invariant 0 <= j <= d;
      loop assigns j, n, sum;
      loop variant d - j; */
  for (size_t j = 0, n; j < d; j += n) {
    n = d - j < 512 ? d - j : 512;
    sum += medsgd__rate_tile(rows, m, j, n, unit);
  }
  return sum;
}

MEDSGD_API int medsgd_adaptive_rate(double *rate, const medsgd_real *const rows[], size_t m, size_t d,
                                    double lipschitz) {
  if (m == 0) return MEDSGD_ERR_SIZE;
  if (d == 0) {
    if (rate) *rate = 0;
    return MEDSGD_OK;
  }
  if (!rate || !rows || medsgd__null_row(rows, m)) return MEDSGD_ERR_NULL;
  if (!(lipschitz > 0 && lipschitz <= DBL_MAX)) return MEDSGD_ERR_PARAM;
  double sum = medsgd__rate_sum(rows, m, d, 1);
  if (sum - sum == 0) {
    *rate = sum / lipschitz;
  } else { /* the sum of doubles overflowed on the way: once more, by 2^-128 smaller */
    sum = medsgd__rate_sum(rows, m, d, MEDSGD__DOWN * MEDSGD__DOWN);
    *rate = sum / lipschitz * (MEDSGD__UP * MEDSGD__UP);
  }
  return MEDSGD_OK;
}

/* ======== diagnostics (Safaryan sec. 4 and 5.2; Chen Thm 1) ======== */

/* exp(-x) for 0 <= x <= 64, relative error below 1e-14: the Taylor series of x/64, squared six times. */
/*@ terminates \true;
    exits \false;
    assigns \nothing; */
static MEDSGD__UNUSED double medsgd__exp_minus(double x) {
  const double t = x / 64;
  double sum = 1;
  /*@ loop invariant 0 <= i <= 18;
      loop assigns i, sum;
      loop variant i; */
  for (int i = 18; i > 0; i--) sum = 1 - sum * t / (double)i;
  /*@ loop invariant 0 <= i <= 6;
      loop assigns i, sum;
      loop variant 6 - i; */
  for (int i = 0; i < 6; i++) sum *= sum;
  return sum;
}

/* (2 I(rho; l, l) - 1) = delta * sum over j < l of C(2j, j) / 4^j (1 - delta^2)^j, delta = 2 rho - 1: each two more
 * voters add a term. */
/*@ terminates \true;
    exits \false;
    assigns \nothing; */
static MEDSGD__UNUSED double medsgd__majority_sum(double delta, size_t l) {
  const double q = 1 - delta * delta;
  double term = 1, sum = 1;
  /*@ loop invariant 1 <= j <= l || j == 1;
      loop assigns j, term, sum;
      loop variant l - j; */
  for (size_t j = 1; j < l; j++) {
    term *= q * ((double)(2 * j - 1) / (double)(2 * j));
    sum += term;
  }
  return delta * sum;
}

/* The same for l > 1000: with u = delta^2,
 *   2 Gamma(l + 1/2) / (sqrt(pi) Gamma(l)) * delta (1 - u)^l * sum over n of (l + 1/2)_n / (3/2)_n u^n.
 * The quotient of gamma functions by its asymptotic series in 1/l. Past l u = 36 the result is 1 to within 1e-16. */
/*@ requires \is_finite(l) && \ge_double(l, (double)1.0);
    terminates \true;
    exits \false;
    assigns \nothing; */
static MEDSGD__UNUSED double medsgd__majority_series(double delta, double l) {
  const double u = delta * delta, i = 1 / l;
  double gamma, log1mu = 0, term = 1, sum = 1;
  if (l * u >= 36) return delta < 0 ? -1 : 1;
  gamma = sqrt(l) * (1 + i * (-1.0 / 8 + i * (1.0 / 128 + i * (5.0 / 1024 + i * (-21.0 / 32768)))));
  /*@ loop invariant 0 <= n <= 12;
      loop assigns n, log1mu;
      loop variant n; */
  for (int n = 12; n > 0; n--) log1mu = u * (1 / (double)n + log1mu); /* -log(1 - u), u < 0.036 */
  /*@ loop invariant 0 <= n <= 400;
      loop assigns n, term, sum;
      loop variant 400 - n; */
  for (int n = 0; n < 400; n++) {
    term *= u * ((l + 0.5 + (double)n) / (1.5 + (double)n));
    sum += term;
  }
  return 2 * gamma * 0.56418958354775629 * delta * medsgd__exp_minus(l * log1mu) * sum;
}

/* 2 I(rho; l, l) - 1 for rho in [0,1], within [-1,1]. */
/*@ requires l > 0;
    terminates \true;
    exits \false;
    assigns \nothing;
    ensures \is_finite(\result) && \ge_double(\result, (double)-1.0) && \le_double(\result, (double)1.0); */
static MEDSGD__UNUSED double medsgd__majority(double rho, size_t l) {
  const double delta = (rho - 0.5) * 2;
  const double x = l <= 1000 ? medsgd__majority_sum(delta, l) : medsgd__majority_series(delta, (double)l);
  return x < 1 ? x > -1 ? x : -1 : 1;
}

MEDSGD_API double medsgd_vote_success(double rho, size_t m) {
  if (m == 0 || !(rho >= 0 && rho <= 1)) return medsgd__nan();
  if (m <= 2) return rho;
  return 0.5 + 0.5 * medsgd__majority(rho, m / 2 + m % 2);
}

/* The sum times unit: coordinates go round 32 lanes, added as a tree; one majority for a run of equal rho. */
/*@ requires l > 0 && \valid_read(g + (0 .. d - 1)) && \valid_read(rho + (0 .. d - 1));
    terminates \true;
    exits \false;
    assigns \nothing; */
MEDSGD__INLINE double medsgd__rho_sum(const medsgd_real *g, const double *rho, size_t d, size_t l, double unit) {
  double lane[32], last = 0.5, factor = 0;
  /*@ loop invariant 0 <= i <= 32;
      loop assigns i, lane[0 .. 31];
      loop variant 32 - i; */
  for (size_t i = 0; i < 32; i++) lane[i] = 0;
  /*@ loop invariant 0 <= j <= d;
      loop assigns j, last, factor, lane[0 .. 31];
      loop variant d - j; */
  for (size_t j = 0; j < d; j++) {
    if (rho[j] < last || rho[j] > last) {
      last = rho[j];
      factor = medsgd__majority(last, l);
    }
    if (factor < 0 || factor > 0) lane[j % 32] += factor * (fabs((double)g[j]) * unit);
  }
  return medsgd__sum_lanes(lane);
}

MEDSGD_API int medsgd_rho_norm(double *out, const medsgd_real *g, const double *rho, size_t d, size_t m) {
  if (m == 0) return MEDSGD_ERR_SIZE;
  if (d == 0) {
    if (out) *out = 0;
    return MEDSGD_OK;
  }
  if (!out || !g || !rho) return MEDSGD_ERR_NULL;
  /*@ loop invariant 0 <= j <= d;
      loop invariant \forall integer i; 0 <= i < j ==> medsgd__is_chance(rho[i]);
      loop assigns j;
      loop variant d - j; */
  for (size_t j = 0; j < d; j++)
    if (!(rho[j] >= 0 && rho[j] <= 1)) return MEDSGD_ERR_PARAM;
  const size_t l = m / 2 + m % 2;
  double sum = medsgd__rho_sum(g, rho, d, l, 1);
  if (MEDSGD__REAL_IS_DOUBLE && !(sum - sum == 0)) sum = medsgd__rho_sum(g, rho, d, l, MEDSGD__DOWN) * MEDSGD__UP;
  *out = sum == sum ? sum : medsgd__nan();
  return MEDSGD_OK;
}

/* g^2 / (|g| + sqrt(3) sigma) without the square. */
/*@ terminates \true;
    exits \false;
    assigns \nothing; */
MEDSGD__INLINE double medsgd__l12_term(double g, double sigma) {
  const double x = fabs(g);
  return x > 0 ? x / (1 + 1.7320508075688772 * (sigma / x)) : x; /* 0 and NaN stay */
}

MEDSGD_API int medsgd_l12_norm(double *out, const medsgd_real *g, const double *sigma, size_t d) {
  double lane[32], sum;
  if (d == 0) {
    if (out) *out = 0;
    return MEDSGD_OK;
  }
  if (!out || !g || !sigma) return MEDSGD_ERR_NULL;
  /*@ loop invariant 0 <= j <= d;
      loop invariant \forall integer i; 0 <= i < j ==> medsgd__is_norm(sigma[i]);
      loop assigns j;
      loop variant d - j; */
  for (size_t j = 0; j < d; j++)
    if (!(sigma[j] >= 0 && sigma[j] <= DBL_MAX)) return MEDSGD_ERR_PARAM;
  /*@ loop invariant 0 <= l <= 32;
      loop assigns l, lane[0 .. 31];
      loop variant 32 - l; */
  for (size_t l = 0; l < 32; l++) lane[l] = 0;
  /*@ loop invariant 0 <= j <= d;
      loop assigns j, lane[0 .. 31];
      loop variant d - j; */
  for (size_t j = 0; j < d; j++) lane[j % 32] += medsgd__l12_term((double)g[j], sigma[j]);
  sum = medsgd__sum_lanes(lane);
  *out = sum == sum ? sum : medsgd__nan();
  return MEDSGD_OK;
}

/* |x - y|; a function, so that the proofs need not know what becomes of a NaN in the casts before it. */
/*@ terminates \true;
    exits \false;
    assigns \nothing;
    ensures medsgd__is_sum(\result); */
MEDSGD__INLINE double medsgd__distance(double x, double y) { return fabs(x - y); }

/* A sum, or +infinity where it is not finite. */
/*@ requires medsgd__is_sum(sum);
    terminates \true;
    exits \false;
    assigns \nothing;
    ensures medsgd__is_sum(\result) && !\is_NaN(\result); */
MEDSGD__INLINE double medsgd__or_infinity(double sum) {
  const double one = 1, zero = 0; /* the proofs know their quotient, but not the macro INFINITY */
  return sum - sum == 0 ? sum : one / zero;
}

/* The sum over coordinates first .. first+n-1, n <= 64, of |median - mean|; infinite where an entry is not finite. */
/*@ requires 0 < m <= SIZE_MAX - 7 && medsgd_work_length(m) > 0 && 0 < n <= 64 && first + n <= SIZE_MAX;
    requires medsgd_rows_readable(rows, m, first + n) && \valid(work + (0 .. medsgd_work_length(m) - 1)) &&
      medsgd_rows_apart(work, medsgd_work_length(m), rows, m, first + n);
    terminates \true;
    exits \false;
    assigns work[0 .. medsgd_work_length(m) - 1];
    ensures medsgd__is_sum(\result) && !\is_NaN(\result); */
static MEDSGD__UNUSED double medsgd__gap_tile(const medsgd_real *const *rows, size_t m, size_t first, size_t n,
                                              medsgd_real *work, double unit) {
  medsgd_real median[MEDSGD__LANES];
  double sum[MEDSGD__LANES], gap = 0;
  medsgd__median_tiles(median, rows, m, first, n, MEDSGD_MEDIAN_MIDPOINT, medsgd__first_tile(work));
  /*@ loop invariant 0 <= l <= 64;
      loop assigns l, sum[0 .. 63];
      loop variant 64 - l; */
  for (size_t l = 0; l < MEDSGD__LANES; l++) sum[l] = 0;
  /*@ loop invariant 0 <= i <= m;
      loop assigns i, sum[0 .. 63];
      loop variant m - i; */
  for (size_t i = 0; i < m; i++)
    /*@ loop invariant 0 <= l <= n;
        loop assigns l, sum[0 .. 63];
        loop variant n - l; */
    for (size_t l = 0; l < n; l++) sum[l] += (double)rows[i][first + l] * unit;
  /*@ loop invariant 0 <= l <= n && medsgd__is_sum(gap);
      loop assigns l, gap;
      loop variant n - l; */
  for (size_t l = 0; l < n; l++) gap += medsgd__distance((double)median[l] * unit, sum[l] / (double)m);
  return medsgd__or_infinity(gap);
}

/*@ requires 0 < m <= SIZE_MAX - 7 && medsgd_work_length(m) > 0;
    requires medsgd_rows_readable(rows, m, d) && \valid(work + (0 .. medsgd_work_length(m) - 1)) &&
      medsgd_rows_apart(work, medsgd_work_length(m), rows, m, d);
    terminates \true;
    exits \false;
    assigns work[0 .. medsgd_work_length(m) - 1];
    ensures medsgd__is_sum(\result) && !\is_NaN(\result); */
static MEDSGD__UNUSED double medsgd__gap_sum(const medsgd_real *const *rows, size_t m, size_t d, medsgd_real *work,
                                             double unit) {
  double gap = 0;
  /*@ loop invariant 0 <= j <= d && medsgd__is_sum(gap) && !\is_NaN(gap);
      loop assigns j, n, gap, work[0 .. medsgd_work_length(m) - 1];
      loop variant d - j; */
  for (size_t j = 0, n; j < d; j += n) {
    n = d - j < MEDSGD__LANES ? d - j : MEDSGD__LANES;
    gap += medsgd__gap_tile(rows, m, j, n, work, unit);
  }
  return gap;
}

MEDSGD_API int medsgd_median_mean_gap(double *out, const medsgd_real *const rows[], size_t m, size_t d,
                                      medsgd_real *work) {
  if (m == 0) return MEDSGD_ERR_SIZE;
  if (d == 0) {
    if (out) *out = 0;
    return MEDSGD_OK;
  }
  if (medsgd_median_work(m) == 0) return MEDSGD_ERR_SIZE;
  if (!out || !rows || !work || medsgd__null_row(rows, m)) return MEDSGD_ERR_NULL;
  double gap = medsgd__gap_sum(rows, m, d, work, 1);
  if (MEDSGD__REAL_IS_DOUBLE && !(gap <= DBL_MAX)) /* overflow on the way? Once more, by 2^-128 smaller. */
    gap = medsgd__gap_sum(rows, m, d, work, MEDSGD__DOWN * MEDSGD__DOWN) * (MEDSGD__UP * MEDSGD__UP);
  *out = gap;
  return MEDSGD_OK;
}

#ifdef __cplusplus
}
#endif

#if defined(__clang__)
#  pragma clang diagnostic pop
#  pragma STDC FP_CONTRACT DEFAULT
#elif defined(__GNUC__)
#  pragma GCC diagnostic pop
#  pragma GCC pop_options
#elif defined(_MSC_VER)
#  pragma fp_contract(on)
#endif

#endif /* MEDSGD_IMPLEMENTATION */
