/* SPDX-License-Identifier: MIT
 * The wire format: coordinate j is bit j % 8 of byte j / 8; both directions are inverse to each other, agree in slices, and
 * stray bits past d die. */
#include "fuzz.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  fuzz_begin(data, size);
  const size_t d = take_size(1000), length = (d + 7) / 8, cut = take_size(d / 64) * 64;
  const uint64_t *const words = take_words(d);
  unsigned char *const bytes = (unsigned char *)fuzz_buffer(length), *const wire = (unsigned char *)fuzz_buffer(length);
  uint64_t *const back = new_words(d);
  for (size_t i = 0; i < length; i++) wire[i] = take_byte();

  FUZZ_CHECK(medsgd_words_to_bytes(bytes, words, d) == MEDSGD_OK);
  for (size_t j = 0; j < 8 * length; j++) FUZZ_CHECK((bytes[j / 8] >> j % 8 & 1) == (j < d ? oracle_bit(words, j) : 0));
  FUZZ_CHECK(medsgd_words_from_bytes(back, bytes, d) == MEDSGD_OK && oracle_padding_clear(back, d));
  for (size_t j = 0; j < d; j++) FUZZ_CHECK(oracle_bit(back, j) == oracle_bit(words, j));
  unsigned char *const pieces = (unsigned char *)fuzz_buffer(length);
  FUZZ_CHECK(medsgd_words_to_bytes(pieces, words, cut) == MEDSGD_OK);
  FUZZ_CHECK(medsgd_words_to_bytes(pieces + cut / 8, words + cut / 64, d - cut) == MEDSGD_OK);
  FUZZ_CHECK(memcmp(pieces, bytes, length) == 0);

  FUZZ_CHECK(medsgd_words_from_bytes(back, wire, d) == MEDSGD_OK && oracle_padding_clear(back, d));
  for (size_t j = 0; j < d; j++) FUZZ_CHECK(oracle_bit(back, j) == (wire[j / 8] >> j % 8 & 1));
  uint64_t *const parts = new_words(d);
  FUZZ_CHECK(medsgd_words_from_bytes(parts, wire, cut) == MEDSGD_OK);
  FUZZ_CHECK(medsgd_words_from_bytes(parts + cut / 64, wire + cut / 8, d - cut) == MEDSGD_OK);
  FUZZ_CHECK(memcmp(parts, back, MEDSGD_WORDS(d) * sizeof(uint64_t)) == 0);

  if (d) {
    unsigned char *const b = (unsigned char *)fuzz_buffer(length);
    uint64_t *const w = new_words(d);
    FUZZ_CHECK(medsgd_words_to_bytes(NULL, words, d) == MEDSGD_ERR_NULL);
    FUZZ_CHECK(medsgd_words_to_bytes(b, NULL, d) == MEDSGD_ERR_NULL);
    FUZZ_CHECK(medsgd_words_from_bytes(NULL, bytes, d) == MEDSGD_ERR_NULL);
    FUZZ_CHECK(medsgd_words_from_bytes(w, NULL, d) == MEDSGD_ERR_NULL);
    FUZZ_CHECK(untouched(b, length) && untouched_words(w, d));
  } else {
    FUZZ_CHECK(medsgd_words_to_bytes(NULL, NULL, 0) == MEDSGD_OK && medsgd_words_from_bytes(NULL, NULL, 0) == MEDSGD_OK);
  }
  return fuzz_done();
}
