/* SPDX-License-Identifier: MIT
 * Signs: packing against the IEEE sign bit by bit, unpacking and stepping element by element, pack after unpack, slices,
 * scaling by powers of two, null pointers. */
#include "fuzz.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  fuzz_begin(data, size);
  const size_t d = take_size(400), cut = d ? take_size(d / 64) * 64 : 0, bytes = MEDSGD_WORDS(d) * 8;
  const real scale = take_real(), power = take_power(60);
  const real *const g = take_reals(d);
  const uint64_t *const peer_neg = take_words(d), *const peer_zero = take_byte() & 1 ? take_words(d) : NULL;
  uint64_t *const neg = new_words(d), *const neg3 = new_words(d), *const zero = new_words(d), *const chunks = new_words(d);
  real *const out = new_reals(d), *const pieces = new_reals(d), *const x = copy_reals(g, d), *const y = copy_reals(g, d);

  /* packing */
  FUZZ_CHECK(medsgd_sign_pack(neg, g, d) == MEDSGD_OK);
  FUZZ_CHECK(medsgd_sign_pack_ternary(neg3, zero, g, d) == MEDSGD_OK);
  for (size_t j = 0; j < d; j++) {
    FUZZ_CHECK(oracle_bit(neg, j) == (oracle_sign(g[j]) < 0));
    FUZZ_CHECK(oracle_packed_sign(neg3, zero, j) == oracle_sign(g[j]));
    FUZZ_CHECK(!(oracle_bit(neg3, j) && oracle_bit(zero, j)));
  }
  FUZZ_CHECK(oracle_padding_clear(neg, d) && oracle_padding_clear(neg3, d) && oracle_padding_clear(zero, d));
  FUZZ_CHECK(medsgd_sign_pack(chunks, g, cut) == MEDSGD_OK);
  FUZZ_CHECK(medsgd_sign_pack(chunks + cut / 64, g + cut, d - cut) == MEDSGD_OK);
  FUZZ_CHECK(memcmp(chunks, neg, bytes) == 0);
  uint64_t *const zero_chunks = new_words(d);
  FUZZ_CHECK(medsgd_sign_pack_ternary(chunks, zero_chunks, g, cut) == MEDSGD_OK);
  FUZZ_CHECK(medsgd_sign_pack_ternary(chunks + cut / 64, zero_chunks + cut / 64, g + cut, d - cut) == MEDSGD_OK);
  FUZZ_CHECK(memcmp(chunks, neg3, bytes) == 0 && memcmp(zero_chunks, zero, bytes) == 0);
  for (size_t j = 0; j < d; j++) out[j] = g[j] * power == 0 ? g[j] : g[j] * power; /* the same sign: no underflow to 0 */
  FUZZ_CHECK(medsgd_sign_pack_ternary(chunks, zero_chunks, out, d) == MEDSGD_OK);
  FUZZ_CHECK(memcmp(chunks, neg3, bytes) == 0 && memcmp(zero_chunks, zero, bytes) == 0);

  /* unpacking a stranger's planes, and packing again */
  const int finite = oracle_is_finite(scale), expected = finite || !d ? MEDSGD_OK : MEDSGD_ERR_PARAM;
  real *const unpacked = new_reals(d);
  FUZZ_CHECK(medsgd_sign_unpack(unpacked, peer_neg, peer_zero, d, scale) == expected);
  if (!finite) FUZZ_CHECK(untouched(unpacked, d * sizeof(real)));
  for (size_t j = 0; j < d && finite; j++) {
    const int sign = oracle_packed_sign(peer_neg, peer_zero, j);
    FUZZ_CHECK(same(unpacked[j], sign == 0 ? (real)0 : sign < 0 ? -scale : scale));
  }
  if (finite) {
    const uint64_t *const tail = peer_zero ? peer_zero + cut / 64 : NULL;
    FUZZ_CHECK(medsgd_sign_unpack(pieces, peer_neg, peer_zero, cut, scale) == MEDSGD_OK);
    FUZZ_CHECK(medsgd_sign_unpack(pieces + cut, peer_neg + cut / 64, tail, d - cut, scale) == MEDSGD_OK);
    FUZZ_CHECK(same_all(pieces, unpacked, d));
  }
  FUZZ_CHECK(medsgd_sign_unpack(out, neg3, zero, d, power) == MEDSGD_OK);
  FUZZ_CHECK(medsgd_sign_pack_ternary(chunks, neg, out, d) == MEDSGD_OK);
  FUZZ_CHECK(memcmp(chunks, neg3, bytes) == 0 && memcmp(neg, zero, bytes) == 0);

  /* a step */
  FUZZ_CHECK(medsgd_sign_step(x, peer_neg, peer_zero, d, scale) == expected);
  if (!finite) FUZZ_CHECK(same_all(x, g, d));
  for (size_t j = 0; j < d && finite; j++) {
    const int sign = oracle_packed_sign(peer_neg, peer_zero, j);
    FUZZ_CHECK(same(x[j], sign == 0 ? g[j] : sign < 0 ? g[j] + scale : g[j] - scale));
  }
  if (finite) {
    const uint64_t *const tail = peer_zero ? peer_zero + cut / 64 : NULL;
    FUZZ_CHECK(medsgd_sign_step(y + cut, peer_neg + cut / 64, tail, d - cut, scale) == MEDSGD_OK);
    FUZZ_CHECK(medsgd_sign_step(y, peer_neg, peer_zero, cut, scale) == MEDSGD_OK && same_all(y, x, d));
  }

  /* errors write nothing */
  if (d) {
    uint64_t *const w = new_words(d), *const z = new_words(d);
    real *const r = new_reals(d);
    FUZZ_CHECK(medsgd_sign_pack(NULL, g, d) == MEDSGD_ERR_NULL && medsgd_sign_pack(w, NULL, d) == MEDSGD_ERR_NULL);
    FUZZ_CHECK(medsgd_sign_pack_ternary(w, NULL, g, d) == MEDSGD_ERR_NULL);
    FUZZ_CHECK(medsgd_sign_pack_ternary(NULL, z, g, d) == MEDSGD_ERR_NULL);
    FUZZ_CHECK(medsgd_sign_pack_ternary(w, z, NULL, d) == MEDSGD_ERR_NULL);
    FUZZ_CHECK(medsgd_sign_unpack(r, NULL, z, d, 1) == MEDSGD_ERR_NULL);
    FUZZ_CHECK(medsgd_sign_unpack(NULL, neg, NULL, d, 1) == MEDSGD_ERR_NULL);
    FUZZ_CHECK(medsgd_sign_step(r, NULL, NULL, d, 1) == MEDSGD_ERR_NULL);
    FUZZ_CHECK(medsgd_sign_step(NULL, neg, NULL, d, 1) == MEDSGD_ERR_NULL);
    FUZZ_CHECK(untouched_words(w, d) && untouched_words(z, d) && untouched(r, d * sizeof(real)));
  } else {
    FUZZ_CHECK(medsgd_sign_pack(NULL, NULL, 0) == MEDSGD_OK && medsgd_sign_pack_ternary(NULL, NULL, NULL, 0) == MEDSGD_OK);
    FUZZ_CHECK(medsgd_sign_unpack(NULL, NULL, NULL, 0, scale) == MEDSGD_OK);
    FUZZ_CHECK(medsgd_sign_step(NULL, NULL, NULL, 0, scale) == MEDSGD_OK);
  }
  const char *const name = medsgd_strerror((int)take_byte() % 8 - 5);
  FUZZ_CHECK(name && name[0]);
  return fuzz_done();
}
