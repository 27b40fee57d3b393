/* SPDX-License-Identifier: MIT */
#include "rng.h"

#include <math.h>

uint64_t rng_next(rng *r) {
  uint64_t z = (r->state += 0x9E3779B97F4A7C15u);
  z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9u;
  z = (z ^ (z >> 27)) * 0x94D049BB133111EBu;
  return z ^ (z >> 31);
}

rng rng_make(uint64_t seed, uint64_t stream) {
  rng r = {seed};
  r.state = rng_next(&r) ^ (stream * 0xD1342543DE82EF95u);
  r.state = rng_next(&r);
  return r;
}

double rng_uniform(rng *r) { return (double)(rng_next(r) >> 11) * 0x1p-53; }

double rng_between(rng *r, double lo, double hi) { return lo + (hi - lo) * rng_uniform(r); }

double rng_normal(rng *r) { /* Box-Muller */
  const double radius = sqrt(-2.0 * log(1.0 - rng_uniform(r)));
  return radius * cos(6.283185307179586 * rng_uniform(r));
}

size_t rng_below(rng *r, size_t n) { return (size_t)(rng_uniform(r) * (double)n); }

void rng_shuffle(rng *r, size_t *a, size_t n) {
  for (size_t i = n; i > 1; i--) {
    const size_t j = rng_below(r, i), t = a[j];
    a[j] = a[i - 1];
    a[i - 1] = t;
  }
}
