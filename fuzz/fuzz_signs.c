/* SPDX-License-Identifier: MIT
 * Signs: packing against the IEEE sign bit by bit, unpacking and stepping element by element, pack after unpack, chunks, null pointers. */
#include "fuzz.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  fuzz_begin(data, size);
  const size_t d = take_size(400), cut = d ? take_size(d / 64) * 64 : 0, bytes = MEDSGD_WORDS(d) * 8;
  const real scale = take_real();
  const real *const g = take_reals(d);
  const uint64_t *const peer_neg = take_words(d), *const peer_zero = take_byte() & 1 ? take_words(d) : NULL;
  uint64_t *const neg = new_words(d), *const neg3 = new_words(d), *const zero = new_words(d), *const chunks = new_words(d);
  real *const out = new_reals(d), *x = copy_reals(g, d);

  /* packing */
  FUZZ_CHECK(medsgd_sign_pack(neg, g, d) == MEDSGD_OK);
  FUZZ_CHECK(medsgd_sign_pack_ternary(neg3, zero, g, d) == MEDSGD_OK);
  for (size_t j = 0; j < d; j++) {
    FUZZ_CHECK(oracle_bit(neg, j) == (oracle_sign(g[j]) < 0));
    FUZZ_CHECK(oracle_packed_sign(neg3, zero, j) == oracle_sign(g[j]));
    FUZZ_CHECK(!(oracle_bit(neg3, j) && oracle_bit(zero, j)));
  }
  FUZZ_CHECK(oracle_padding_clear(neg, d) && oracle_padding_clear(neg3, d) && oracle_padding_clear(zero, d));
  FUZZ_CHECK(medsgd_sign_pack(chunks, g, cut) == MEDSGD_OK && medsgd_sign_pack(chunks + cut / 64, g + cut, d - cut) == MEDSGD_OK);
  FUZZ_CHECK(memcmp(chunks, neg, bytes) == 0);

  /* unpacking a stranger's planes, and packing again */
  const int finite = oracle_is_finite(scale), expected = finite || !d ? MEDSGD_OK : MEDSGD_ERR_PARAM;
  FUZZ_CHECK(medsgd_sign_unpack(out, peer_neg, peer_zero, d, scale) == expected);
  if (!finite) FUZZ_CHECK(untouched(out, d * sizeof(real)));
  for (size_t j = 0; j < d && finite; j++) {
    const int sign = oracle_packed_sign(peer_neg, peer_zero, j);
    FUZZ_CHECK(same(out[j], sign == 0 ? (real)0 : sign < 0 ? -scale : scale));
  }
  FUZZ_CHECK(medsgd_sign_unpack(out, neg3, zero, d, 1) == MEDSGD_OK && medsgd_sign_pack_ternary(chunks, neg, out, d) == MEDSGD_OK);
  FUZZ_CHECK(memcmp(chunks, neg3, bytes) == 0 && memcmp(neg, zero, bytes) == 0);

  /* a step */
  FUZZ_CHECK(medsgd_sign_step(x, peer_neg, peer_zero, d, scale) == expected);
  if (!finite) FUZZ_CHECK(same_all(x, g, d));
  for (size_t j = 0; j < d && finite; j++) {
    const int sign = oracle_packed_sign(peer_neg, peer_zero, j);
    FUZZ_CHECK(same(x[j], sign == 0 ? g[j] : sign < 0 ? g[j] + scale : g[j] - scale));
  }

  /* errors write nothing */
  if (d) {
    uint64_t *const w = new_words(d), *const z = new_words(d);
    real *const r = new_reals(d);
    FUZZ_CHECK(medsgd_sign_pack(NULL, g, d) == MEDSGD_ERR_NULL && medsgd_sign_pack(w, NULL, d) == MEDSGD_ERR_NULL);
    FUZZ_CHECK(medsgd_sign_pack_ternary(w, NULL, g, d) == MEDSGD_ERR_NULL && medsgd_sign_pack_ternary(NULL, z, g, d) == MEDSGD_ERR_NULL);
    FUZZ_CHECK(medsgd_sign_pack_ternary(w, z, NULL, d) == MEDSGD_ERR_NULL);
    FUZZ_CHECK(medsgd_sign_unpack(r, NULL, z, d, 1) == MEDSGD_ERR_NULL && medsgd_sign_unpack(NULL, neg, NULL, d, 1) == MEDSGD_ERR_NULL);
    FUZZ_CHECK(medsgd_sign_step(r, NULL, NULL, d, 1) == MEDSGD_ERR_NULL && medsgd_sign_step(NULL, neg, NULL, d, 1) == MEDSGD_ERR_NULL);
    FUZZ_CHECK(untouched_words(w, d) && untouched_words(z, d) && untouched(r, d * sizeof(real)));
  }
  return fuzz_done();
}
