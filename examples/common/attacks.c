/* SPDX-License-Identifier: MIT */
#include "attacks.h"

#include "rng.h"

#include <math.h>

const char *attack_name(attack a) {
  switch (a) {
    case ATTACK_NONE: return "no attack";
    case ATTACK_NAN: return "NaN sender";
    case ATTACK_BIT_FLIP: return "bit flip x -100";
    case ATTACK_ADDITIVE: return "noise N(0,100)";
    case ATTACKS: break;
  }
  return "unknown attack";
}

/* Normal numbers in pairs (Marsaglia's polar method). */
static void add_normal(float *g, size_t d, double deviation, rng *r) {
  for (size_t j = 0; j < d; j += 2) {
    double u, v, s;
    do {
      const uint64_t bits = rng_next(r);
      u = (double)(int32_t)(uint32_t)bits * 0x1p-31;
      v = (double)(int32_t)(uint32_t)(bits >> 32) * 0x1p-31;
      s = u * u + v * v;
    } while (s >= 1.0 || s == 0.0);
    s = deviation * sqrt(-2.0 * log(s) / s);
    g[j] += (float)(s * u);
    if (j + 1 < d) g[j + 1] += (float)(s * v);
  }
}

void attack_apply(attack a, float *g, size_t d, uint64_t seed, size_t worker, size_t step) {
  if (a == ATTACK_NAN) {
    for (size_t j = 0; j < d; j++) g[j] = NAN;
  } else if (a == ATTACK_BIT_FLIP) {
    for (size_t j = 0; j < d; j++) g[j] *= -100.0f;
  } else if (a == ATTACK_ADDITIVE) {
    rng r = rng_make(seed ^ 0xA77AC4u, (uint64_t)worker << 32 | (uint64_t)(uint32_t)step);
    add_normal(g, d, 10.0, &r);
  }
}
