/* SPDX-License-Identifier: MIT
 * What the fuzz targets share. A target is one LLVMFuzzerTestOneInput: it decodes the bytes into sizes, parameters and raw float bits,
 * calls the header, and aborts when an oracle, a property or the error contract is violated.
 * Every byte string decodes to something valid to ask; past its end the bytes are 0.
 */
#ifndef FUZZ_H
#define FUZZ_H

#define MEDSGD_IMPLEMENTATION
#include "medsgd.h"

#include "oracle_discrete.h"
#include "oracle_real.h"

#include <stdio.h>
#include <stdlib.h>
#include <math.h>
#include <string.h>

typedef medsgd_real real;
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

#define FUZZ_CHECK(cond) \
  ((cond) ? (void)0 : (fprintf(stderr, "%s:%d: violated: %s\n", __FILE__, __LINE__, #cond), abort()))

/* ---- decoding ---- */

static const uint8_t *fuzz_at, *fuzz_end;
static inline uint8_t take_byte(void) { return fuzz_at < fuzz_end ? *fuzz_at++ : 0; }
static inline uint64_t take_bits(unsigned bytes) {
  uint64_t bits = 0;
  for (unsigned i = 0; i < bytes; i++) bits |= (uint64_t)take_byte() << 8 * i;
  return bits;
}
/* A size in [0, limit], by two bytes: small ones often, any one possible. */
static inline size_t take_size(size_t limit) { return (size_t)take_bits(2) % (limit + 1); }
/* A size in [1, limit]. */
static inline size_t take_count(size_t limit) { return 1 + (size_t)take_byte() % limit; }
/* Any bit pattern. The first byte says how: a special value (cheap in bytes, makes ties), raw bits, or a small integer. */
static inline real take_real(void) {
  const uint8_t how = take_byte();
  if (how < 64) return (real)((int)(how % 9) - 4); /* ties and zeros */
  if (how < 128) return oracle_hostile((uint64_t)how * 0x9E3779B97F4A7C15u); /* NaN, infinities, extremes, subnormals */
  return oracle_from_bits(take_bits(sizeof(real)));
}
static inline double take_double(void) {
  const uint8_t how = take_byte();
  if (how < 128) return (double)how / 64 - 0.5;
  const uint64_t bits = take_bits(8);
  double x;
  memcpy(&x, &bits, sizeof x);
  return x;
}
static inline medsgd_stream take_stream(void) {
  medsgd_stream s;
  s.seed = take_bits(3), s.worker = take_byte(), s.round = take_byte();
  return s;
}

/* ---- memory: every buffer has exactly its size, so that the sanitizers see one element too many; all are freed together ---- */

static void *fuzz_buffers[4096];
static size_t fuzz_buffer_count;
static inline void *fuzz_buffer(size_t bytes) {
  void *const p = malloc(bytes ? bytes : 1);
  if (!p || fuzz_buffer_count == sizeof fuzz_buffers / sizeof *fuzz_buffers) abort();
  memset(p, 0xA5, bytes);
  return fuzz_buffers[fuzz_buffer_count++] = p;
}
static inline void fuzz_begin(const uint8_t *data, size_t size) { fuzz_at = data, fuzz_end = data + size; }
static inline int fuzz_done(void) {
  while (fuzz_buffer_count) free(fuzz_buffers[--fuzz_buffer_count]);
  return 0;
}
static inline real *new_reals(size_t n) { return (real *)fuzz_buffer(n * sizeof(real)); }
static inline double *new_doubles(size_t n) { return (double *)fuzz_buffer(n * sizeof(double)); }
static inline uint64_t *new_words(size_t d) { return (uint64_t *)fuzz_buffer(MEDSGD_WORDS(d) * sizeof(uint64_t)); }
static inline real *take_reals(size_t n) {
  real *const g = new_reals(n);
  for (size_t j = 0; j < n; j++) g[j] = take_real();
  return g;
}
static inline real **take_rows(size_t m, size_t d) {
  real **const rows = (real **)fuzz_buffer(m * sizeof(real *));
  for (size_t i = 0; i < m; i++) rows[i] = take_reals(d);
  return rows;
}
#define ROWS(rows) ((const real *const *)(rows))
#define WORD_ROWS(rows) ((const uint64_t *const *)(rows))
static inline uint64_t *take_words(size_t d) { /* the bits past d are arbitrary: a message from a stranger */
  uint64_t *const w = new_words(d);
  for (size_t i = 0; i < MEDSGD_WORDS(d); i++) w[i] = take_bits(8);
  return w;
}
static inline void *copy_of(const void *p, size_t bytes) { return memcpy(fuzz_buffer(bytes), p, bytes); }
static inline real *copy_reals(const real *g, size_t n) { return (real *)copy_of(g, n * sizeof(real)); }

/* ---- comparing ---- */

/* The same number: bits equal, or both NaN (payloads are not promised). */
static inline int same(real a, real b) { return oracle_bits(a) == oracle_bits(b) || (oracle_is_nan(a) && oracle_is_nan(b)); }
static inline int same_all(const real *a, const real *b, size_t n) {
  for (size_t j = 0; j < n; j++) if (!same(a[j], b[j])) return 0;
  return 1;
}
/* Equal as numbers, -0 being 0, or both NaN. */
static inline int equal(real a, real b) { return oracle_is_nan(a) ? oracle_is_nan(b) : a == b; }
/* Nothing was written to a fresh buffer. */
static inline int untouched(const void *p, size_t bytes) {
  for (size_t i = 0; i < bytes; i++) if (((const unsigned char *)p)[i] != 0xA5) return 0;
  return 1;
}
static inline int untouched_words(const uint64_t *w, size_t d) { return untouched(w, MEDSGD_WORDS(d) * 8); }

#endif
