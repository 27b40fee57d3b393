/* SPDX-License-Identifier: MIT
 * What the fuzz targets share. A target is one LLVMFuzzerTestOneInput: it decodes the bytes into sizes, parameters and raw float bits,
 * calls the header, and aborts when an oracle, a property or the error contract is violated.
 * Every byte string decodes to something valid to ask.
 */
#ifndef FUZZ_H
#define FUZZ_H

#define MEDSGD_STATIC /* of the header only what the target calls is compiled */
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

/* ---- decoding ----
 * The first two bytes are the seed of what follows the last byte: 0 for zeros, else random bytes of that seed. So a few
 * bytes make a full case, and a change of one of them leaves the rest as it was.
 */

static const uint8_t *fuzz_at, *fuzz_end;
static uint64_t fuzz_tail;
static inline uint8_t take_byte(void) {
  if (fuzz_at < fuzz_end) return *fuzz_at++;
  fuzz_tail = fuzz_tail * 6364136223846793005u + (fuzz_tail != 0); /* 0 stays 0 */
  return (uint8_t)(fuzz_tail >> 56);
}
static inline uint64_t take_bits(unsigned bytes) {
  uint64_t bits = 0;
  for (unsigned i = 0; i < bytes; i++) bits |= (uint64_t)take_byte() << 8 * i;
  return bits;
}
static inline void fuzz_begin(const uint8_t *data, size_t size) {
  fuzz_at = data, fuzz_end = data + size, fuzz_tail = 0;
  fuzz_tail = take_bits(2) * 0x9E3779B97F4A7C15u;
}
/* A size in [0, limit] by two bytes; any one is possible. */
static inline size_t take_size(size_t limit) { return (size_t)take_bits(2) % (limit + 1); }
/* A size in [1, limit] by one byte; limit at most 256. */
static inline size_t take_count(size_t limit) { return 1 + (size_t)take_byte() % limit; }

/* Any bit pattern. The first byte says how: small integers (zeros and ties), NaN, infinities, extremes and subnormals,
 * ordinary numbers, raw bits. */
static inline real take_real(void) {
  const uint8_t how = take_byte();
  if (how < 64) return (real)((int)(how % 9) - 4);
  if (how < 128) return oracle_hostile(((uint64_t)how << 8 | take_byte()) * 0x9E3779B97F4A7C15u >> 3);
  const uint64_t bits = take_bits(sizeof(real));
  return how < 192 ? oracle_ordinary(bits * 0x9E3779B97F4A7C15u) : oracle_from_bits(bits);
}
/* One of a vector: `style` 0 anything, 1 ordinary numbers, 2 small integers, 3 finite numbers of any size. Of a whole
 * vector also 4: ordinary numbers times one power of two. */
static inline real take_styled(unsigned style) {
  if (style == 0) return take_real();
  if (style == 1 || style == 4) return oracle_ordinary(take_bits(2) * 0x9E3779B97F4A7C15u);
  if (style == 2) return (real)((int)(take_byte() % 9) - 4);
  const real x = take_real();
  return oracle_is_finite(x) ? x : (real)0.5;
}
static inline double take_double(void) {
  const uint8_t how = take_byte();
  if (how < 128) return (double)how / 64 - 0.5;
  const uint64_t bits = take_bits(8);
  double x;
  memcpy(&x, &bits, sizeof x);
  return x;
}
/* A power of two in [2^-limit, 2^limit]. */
static inline real take_power(int limit) { return (real)ldexp(1, (int)(take_size(2 * (size_t)limit)) - limit); }
static inline medsgd_stream take_stream(void) {
  medsgd_stream s;
  s.seed = take_bits(3), s.worker = take_byte(), s.round = take_byte();
  return s;
}

/* The random word of a position, as docs/wire-format.md has it, from the reference of the generator. */
static inline uint32_t random_word(medsgd_stream stream, uint32_t purpose, uint64_t position) {
  const uint64_t at = position / 64 * 16 + position % 16;
  const uint32_t key[4] = {(uint32_t)stream.seed, (uint32_t)(stream.seed >> 32), purpose, 0};
  const uint32_t counter[4] = {(uint32_t)at, (uint32_t)(at >> 32), stream.worker, stream.round};
  uint32_t word[4];
  oracle_threefry4x32(word, counter, key, 20);
  return word[position % 64 / 16];
}

/* ---- memory ----
 * Every buffer has exactly its size, so that the sanitizers see one element too many, and is filled with 0xA5, so that
 * what is written on an error shows; all are freed together.
 */

static void *fuzz_buffers[4096];
static size_t fuzz_buffer_count;
static inline void *fuzz_buffer(size_t bytes) {
  char *const p = (char *)malloc(bytes ? bytes : 16);
  if (!p || fuzz_buffer_count == sizeof fuzz_buffers / sizeof *fuzz_buffers) abort();
  fuzz_buffers[fuzz_buffer_count++] = p;
  return bytes ? memset(p, 0xA5, bytes) : p + 16; /* of an empty one not even the first byte is there */
}
static inline int fuzz_done(void) {
  while (fuzz_buffer_count) free(fuzz_buffers[--fuzz_buffer_count]);
  return 0;
}
static inline real *new_reals(size_t n) { return (real *)fuzz_buffer(n * sizeof(real)); }
static inline double *new_doubles(size_t n) { return (double *)fuzz_buffer(n * sizeof(double)); }
static inline uint64_t *new_words(size_t d) { return (uint64_t *)fuzz_buffer(MEDSGD_WORDS(d) * sizeof(uint64_t)); }
static inline real *take_vector(size_t n, unsigned style) {
  real *const g = new_reals(n);
  const double power = style == 4 ? (double)take_power(sizeof(real) == 4 ? 140 : 1060) : 1;
  for (size_t j = 0; j < n; j++) g[j] = style == 4 ? (real)((double)take_styled(4) * power) : take_styled(style);
  return g;
}
static inline real *take_reals(size_t n) { return take_vector(n, take_byte() % 5); }
/* A matrix: all rows in the style of the first byte, up to `arbitrary` of the first rows are anything. */
static inline real **take_matrix(size_t m, size_t d, unsigned style, size_t arbitrary) {
  real **const rows = (real **)fuzz_buffer(m * sizeof(real *));
  for (size_t i = 0; i < m; i++) rows[i] = take_vector(d, i < arbitrary ? 0 : style);
  return rows;
}
static inline real **take_rows(size_t m, size_t d) {
  const uint8_t how = take_byte();
  return take_matrix(m, d, how % 5, how & 128 ? take_size(m) : 0);
}
#define ROWS(rows) ((const real *const *)(rows))
#define WORD_ROWS(rows) ((const uint64_t *const *)(rows))
static inline uint64_t *take_words(size_t d) { /* the bits past d are arbitrary: a message from a stranger */
  uint64_t *const w = new_words(d);
  const uint8_t how = take_byte();
  for (size_t i = 0; i < MEDSGD_WORDS(d); i++) w[i] = how < 32 ? 0 : how < 64 ? UINT64_MAX : take_bits(8);
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
