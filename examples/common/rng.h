/* SPDX-License-Identifier: MIT
 * Random numbers of the examples: data, initial weights, minibatches, attacks. (The noise that belongs to an algorithm
 * comes from medsgd.h, never from here.) A splitmix64 generator: small, seedable, the same numbers everywhere.
 *
 *     rng r = rng_make(seed, 3);        // stream 3 of the seed; streams are independent
 *     double u = rng_uniform(&r);
 */
#ifndef EXAMPLES_RNG_H
#define EXAMPLES_RNG_H

#include <stddef.h>
#include <stdint.h>

typedef struct rng {
  uint64_t state;
} rng;

rng rng_make(uint64_t seed, uint64_t stream);
uint64_t rng_next(rng *r);                             /* 64 random bits                                      */
double rng_uniform(rng *r);                            /* in [0, 1)                                           */
double rng_between(rng *r, double lo, double hi);      /* in [lo, hi)                                         */
double rng_normal(rng *r);                             /* mean 0, variance 1                                  */
size_t rng_below(rng *r, size_t n);                    /* in 0 .. n-1, for n >= 1                             */
void rng_shuffle(rng *r, size_t *a, size_t n);

#endif
