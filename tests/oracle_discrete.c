/* SPDX-License-Identifier: MIT */
#include "oracle_discrete.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#ifdef MEDSGD_DOUBLE
enum { REAL_BITS = 64, REAL_MANTISSA = 52, REAL_PRECISION = 53 };
#else
enum { REAL_BITS = 32, REAL_MANTISSA = 23, REAL_PRECISION = 24 };
#endif
#define SIGN_BIT ((uint64_t)1 << (REAL_BITS - 1))
#define INF_BITS ((SIGN_BIT - 1) >> REAL_MANTISSA << REAL_MANTISSA)

/* ---- values and their bits ---- */

uint64_t oracle_bits(medsgd_real x) {
#ifdef MEDSGD_DOUBLE
  uint64_t bits;
#else
  uint32_t bits;
#endif
  memcpy(&bits, &x, sizeof bits);
  return bits;
}

medsgd_real oracle_from_bits(uint64_t bits) {
  medsgd_real x;
#ifdef MEDSGD_DOUBLE
  uint64_t narrow = bits;
#else
  uint32_t narrow = (uint32_t)bits;
#endif
  memcpy(&x, &narrow, sizeof x);
  return x;
}

medsgd_real oracle_inf(void) { return oracle_from_bits(INF_BITS); }
medsgd_real oracle_nan(void) { return oracle_from_bits(INF_BITS | 1u | INF_BITS >> 1); }
int oracle_is_nan(medsgd_real x) { return (oracle_bits(x) & ~SIGN_BIT) > INF_BITS; }
int oracle_is_finite(medsgd_real x) { return (oracle_bits(x) & ~SIGN_BIT) < INF_BITS; }

medsgd_real oracle_hostile(uint64_t random) {
  uint64_t sign = random & 16 ? SIGN_BIT : 0, payload = random >> 12 & (((uint64_t)1 << REAL_MANTISSA) - 1);
  switch (random & 15) {
    case 0: return oracle_from_bits(sign);                                           /* zeros */
    case 1: return oracle_from_bits(sign | INF_BITS | payload | 1u | INF_BITS >> 1); /* quiet NaN, any payload */
    case 2: return oracle_from_bits(sign | INF_BITS);                                /* infinities */
    case 3: return oracle_from_bits(sign | payload);                                 /* subnormals */
    case 4: return oracle_from_bits(sign | (random >> 5 & 3));                  /* the smallest of them, and zero */
    case 5: return oracle_from_bits(sign | (INF_BITS - 1 - (random >> 5 & 3))); /* the largest numbers */
    case 6:
    case 7:
    case 8: return (medsgd_real)((int)(random >> 5 & 7) - 3); /* small integers: ties */
    case 9: return oracle_from_bits((random << 20 ^ random >> 7) & ~(INF_BITS & ~(INF_BITS - 1))); /* any exponent */
    default: return (medsgd_real)((double)(int64_t)(random << 1) * 0x1p-63 * 4.0);
  }
}

medsgd_real oracle_finite(uint64_t random) {
  medsgd_real x = oracle_hostile(random);
  return oracle_is_finite(x) ? x : oracle_from_bits((oracle_bits(x) & ~INF_BITS) | 0x40);
}

medsgd_real oracle_ordinary(uint64_t random) { return (medsgd_real)((double)(random >> 11) * 0x1p-52 - 1); }

/* ---- signs ---- */

int oracle_sign(medsgd_real x) {
  uint64_t bits = oracle_bits(x);
  if (oracle_is_nan(x) || (bits & ~SIGN_BIT) == 0) return 0;
  return bits & SIGN_BIT ? -1 : 1;
}

int oracle_bit(const uint64_t *words, size_t j) { return (int)(words[j / 64] >> (j % 64) & 1u); }

int oracle_packed_sign(const uint64_t *neg, const uint64_t *zero, size_t j) {
  if (zero && oracle_bit(zero, j)) return 0;
  return oracle_bit(neg, j) ? -1 : 1;
}

int oracle_padding_clear(const uint64_t *words, size_t d) {
  for (size_t j = d; j % 64 != 0; j++)
    if (oracle_bit(words, j)) return 0;
  return 1;
}

int64_t oracle_sum_of_signs(const uint64_t *const rows_neg[], const uint64_t *const rows_zero[], size_t m, size_t j) {
  int64_t sum = 0;
  for (size_t i = 0; i < m; i++) sum += oracle_packed_sign(rows_neg[i], rows_zero ? rows_zero[i] : NULL, j);
  return sum;
}

/* ---- order ---- */

int64_t oracle_key(medsgd_real x) {
  int64_t magnitude = (int64_t)(oracle_bits(x) & ~SIGN_BIT);
  if (oracle_is_nan(x)) return (int64_t)INF_BITS;
  return oracle_bits(x) & SIGN_BIT ? -magnitude : magnitude;
}

static int by_key(const void *a, const void *b) {
  int64_t x = oracle_key(*(const medsgd_real *)a), y = oracle_key(*(const medsgd_real *)b);
  return (x > y) - (x < y);
}

void oracle_sort(medsgd_real *a, size_t n) {
  for (size_t i = 0; i < n; i++)
    if (oracle_is_nan(a[i])) a[i] = oracle_inf();
  qsort(a, n, sizeof *a, by_key);
}

/* ---- exact sums ---- */

void oracle_exact_add(oracle_exact *sum, double x) {
  int exponent;
  int64_t mantissa = (int64_t)ldexp(frexp(x, &exponent), 53); /* x = mantissa * 2^(exponent-53), exactly */
  uint64_t rest = (uint64_t)(mantissa < 0 ? -mantissa : mantissa);
  int shift = exponent - 53 + ORACLE_UNIT, digit = shift / 32;
  /* Three digits: the mantissa's low 32 bits and high 21 bits, each shifted by less than 32. */
  uint64_t low = (rest & 0xFFFFFFFFu) << (shift % 32), high = (rest >> 32) << (shift % 32);
  int64_t sign = mantissa < 0 ? -1 : 1;
  if (mantissa == 0) return;
  sum->digit[digit] += sign * (int64_t)(low & 0xFFFFFFFFu);
  sum->digit[digit + 1] += sign * (int64_t)((low >> 32) + (high & 0xFFFFFFFFu));
  sum->digit[digit + 2] += sign * (int64_t)(high >> 32);
}

/* Carries all digits into [0, 2^32) and returns what is carried out: 0, or -1 for a negative number (two's complement
 * then). */
static int64_t exact_carry(oracle_exact *e) {
  int64_t carry = 0;
  for (int i = 0; i < ORACLE_DIGITS; i++) {
    int64_t value = e->digit[i] + carry;
    e->digit[i] = value & 0xFFFFFFFF;
    carry = (value - e->digit[i]) / ((int64_t)1 << 32);
  }
  return carry;
}

/* Leaves the magnitude, carried; returns the sign. */
static int exact_normalise(oracle_exact *e) {
  if (exact_carry(e) >= 0) return 1;
  for (int i = 0; i < ORACLE_DIGITS; i++) e->digit[i] = -e->digit[i];
  exact_carry(e);
  return -1;
}

static int exact_bit(const oracle_exact *e, int position) {
  return position < 0 ? 0 : (int)(e->digit[position / 32] >> (position % 32) & 1);
}

double oracle_exact_round(const oracle_exact *sum, int halvings, int precision) {
  oracle_exact e = *sum;
  int sign = exact_normalise(&e), top = 32 * ORACLE_DIGITS - 1, smallest = precision == 24 ? -149 : -1074, last,
      sticky = 0;
  double kept = 0;
  while (top >= 0 && !exact_bit(&e, top)) top--;
  if (top < 0) return 0;
  /* Bits from position `last` up are kept: `precision` of them, or fewer where the format ends. */
  last = top - precision + 1;
  if (last < smallest + ORACLE_UNIT + halvings) last = smallest + ORACLE_UNIT + halvings;
  for (int i = top; i >= last; i--) kept = 2 * kept + exact_bit(&e, i);
  for (int i = 0; i < last - 1; i++) sticky |= exact_bit(&e, i);
  if (exact_bit(&e, last - 1) && (sticky || fmod(kept, 2) == 1)) kept += 1;
  if (precision == 24 && ldexp(kept, last - ORACLE_UNIT - halvings) > 0x1.fffffep127) return sign * HUGE_VAL;
  return sign * ldexp(kept, last - ORACLE_UNIT - halvings);
}

medsgd_real oracle_midpoint(medsgd_real lo, medsgd_real hi) {
  oracle_exact sum = {{0}};
  if (!oracle_is_finite(lo) && !oracle_is_finite(hi)) return oracle_key(lo) == oracle_key(hi) ? lo : 0;
  if (!oracle_is_finite(lo)) return lo;
  if (!oracle_is_finite(hi)) return hi;
  oracle_exact_add(&sum, (double)lo);
  oracle_exact_add(&sum, (double)hi);
  return (medsgd_real)oracle_exact_round(&sum, 1, REAL_PRECISION);
}

double oracle_ulp(medsgd_real x) {
  const uint64_t bits = oracle_bits((medsgd_real)fabs((double)x));
  if (bits + 1 < oracle_bits(oracle_inf())) return (double)(oracle_from_bits(bits + 1) - oracle_from_bits(bits));
  return (double)(oracle_from_bits(bits) - oracle_from_bits(bits - 1));
}

int oracle_is_mean(medsgd_real mean, const medsgd_real *a, size_t n) {
  oracle_exact error = {{0}};
  double magnitude = 0, twice;
  if (!oracle_is_finite(mean)) return 0;
  for (size_t i = 0; i < n; i++) {
    oracle_exact_add(&error, (double)a[i]);
    oracle_exact_add(&error, -(double)mean);
    magnitude += fabs((double)a[i]) / (double)n;
  }
  twice = 2 * fabs(oracle_exact_round(&error, 0, 53)) / (double)n; /* twice, for half an ulp may be below all doubles */
  return twice <= oracle_ulp(mean) * 1.0001 + (double)n * 0x1p-52 * magnitude + (REAL_PRECISION == 53 ? 0x1p-1073 : 0);
}

/* ---- selections ---- */

static void sample_from(double *probability, const medsgd_real *s, size_t d, size_t k, size_t chosen, double path) {
  double left = 0;
  for (size_t j = 0; j < d; j++)
    if (!(chosen >> j & 1)) left += (double)s[j];
  if (k == 0 || left <= 0) {
    probability[chosen] += path;
    return;
  }
  for (size_t j = 0; j < d; j++)
    if (!(chosen >> j & 1) && s[j] > 0)
      sample_from(probability, s, d, k - 1, chosen | (size_t)1 << j, path * ((double)s[j] / left));
}

void oracle_sample_sets(double *probability, const medsgd_real *scores, size_t d, size_t k) {
  for (size_t set = 0; set < (size_t)1 << d; set++) probability[set] = 0;
  sample_from(probability, scores, d, k, 0, 1);
}

void oracle_sample_classes(double *probability, const double score[3], const size_t size[3], size_t k) {
  const size_t side = k + 1;
  for (size_t i = 0; i < side * side; i++) probability[i] = 0;
  probability[0] = 1;
  for (size_t drawn = 0; drawn < k; drawn++)
    for (size_t a = drawn + 1; a-- > 0;) /* downwards, so that what is moved up is not met again */
      for (size_t b = drawn - a + 1; b-- > 0;) {
        const size_t c = drawn - a - b;
        const double here = probability[a * side + b];
        double w[3] = {0, 0, 0}, left;
        if (here <= 0) continue;
        if (a < size[0]) w[0] = score[0] * (double)(size[0] - a);
        if (b < size[1]) w[1] = score[1] * (double)(size[1] - b);
        if (c < size[2]) w[2] = score[2] * (double)(size[2] - c);
        left = w[0] + w[1] + w[2];
        probability[a * side + b] = here * w[2] / left;
        probability[(a + 1) * side + b] += here * w[0] / left;
        probability[a * side + b + 1] += here * w[1] / left;
      }
}

typedef struct scored {
  medsgd_real score;
  size_t index;
} scored;

static int by_score(const void *a, const void *b) {
  const scored *x = (const scored *)a, *y = (const scored *)b;
  if (x->score > y->score) return -1;
  if (x->score < y->score) return 1;
  return (x->index > y->index) - (x->index < y->index);
}

static int by_index(const void *a, const void *b) {
  size_t x = *(const size_t *)a, y = *(const size_t *)b;
  return (x > y) - (x < y);
}

size_t oracle_top(size_t *idx, const medsgd_real *scores, size_t d, size_t k) {
  scored *all = (scored *)malloc(d * sizeof *all);
  size_t count = 0;
  for (size_t j = 0; j < d; j++) {
    all[j].score = scores[j];
    all[j].index = j;
  }
  qsort(all, d, sizeof *all, by_score);
  for (; count < k && count < d && all[count].score > 0; count++) idx[count] = all[count].index;
  qsort(idx, count, sizeof *idx, by_index);
  free(all);
  return count;
}

double oracle_chi2_limit(double freedom) {
  double a = 2 / (9 * freedom), root = 1 - a + 5.2 * sqrt(a);
  return freedom * root * root * root;
}
