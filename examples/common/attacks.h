/* SPDX-License-Identifier: MIT
 * What a faulty or malicious worker sends in place of its vector g (Acharya, sec. 7.2, and a sender of NaN).
 *
 *     attack_apply(ATTACK_BIT_FLIP, g, d, seed, worker, step);
 */
#ifndef EXAMPLES_ATTACKS_H
#define EXAMPLES_ATTACKS_H

#include <stddef.h>
#include <stdint.h>

typedef enum attack {
  ATTACK_NONE,
  ATTACK_NAN,      /* every coordinate is NaN                              */
  ATTACK_BIT_FLIP, /* g becomes -100 g: "scaled bit flip"                  */
  ATTACK_ADDITIVE, /* g becomes g + N(0, 100): noise of standard deviation 10 */
  ATTACKS
} attack;

const char *attack_name(attack a);

/* Corrupts g in place. The noise is a function of (seed, worker, step), so that every method meets the same. */
void attack_apply(attack a, float *g, size_t d, uint64_t seed, size_t worker, size_t step);

#endif
