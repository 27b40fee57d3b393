/* SPDX-License-Identifier: MIT
 * Vote and tally against per-bit counting; any merge tree gives the direct count; capacity and shape errors write nothing. */
#include "fuzz.h"

/* Counters of a tally: sum of 2 neg + zero at coordinate j. */
static size_t count_at(const medsgd_tally *t, size_t j) {
  size_t count = 0;
  for (unsigned b = 0; b < t->bits; b++) count += (size_t)oracle_bit(t->planes + b * MEDSGD_WORDS(t->d), j) << b;
  return count;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  fuzz_begin(data, size);
  const size_t m = take_count(70), d = take_size(300), parts = take_count(4), cut = d ? take_size(d / 64) * 64 : 0;
  const int ternary = take_byte() & 1;
  uint64_t **const neg = (uint64_t **)fuzz_buffer(m * sizeof *neg), **const zero = (uint64_t **)fuzz_buffer(m * sizeof *zero);
  for (size_t i = 0; i < m; i++) neg[i] = take_words(d), zero[i] = take_words(d);
  const uint64_t *const *const abstain = ternary ? WORD_ROWS(zero) : NULL;
  uint64_t *const out_neg = new_words(d), *const out_zero = new_words(d), *const tie_up = new_words(d);

  FUZZ_CHECK(medsgd_vote(out_neg, out_zero, WORD_ROWS(neg), abstain, m, d) == MEDSGD_OK);
  FUZZ_CHECK(medsgd_vote(tie_up, NULL, WORD_ROWS(neg), abstain, m, d) == MEDSGD_OK);
  FUZZ_CHECK(oracle_padding_clear(out_neg, d) && oracle_padding_clear(out_zero, d) && oracle_padding_clear(tie_up, d));
  for (size_t j = 0; j < d; j++) {
    const long sum = oracle_sum_of_signs(WORD_ROWS(neg), abstain, m, j);
    FUZZ_CHECK(oracle_packed_sign(out_neg, out_zero, j) == (sum > 0) - (sum < 0));
    FUZZ_CHECK(!(oracle_bit(out_neg, j) && oracle_bit(out_zero, j)));
    FUZZ_CHECK(oracle_bit(tie_up, j) == (sum < 0));
  }
  if (d) { /* in two chunks */
    uint64_t *const again = new_words(d);
    const uint64_t **const tail = (const uint64_t **)fuzz_buffer(m * sizeof *tail), **const tail_zero = (const uint64_t **)fuzz_buffer(m * sizeof *tail);
    for (size_t i = 0; i < m; i++) tail[i] = neg[i] + cut / 64, tail_zero[i] = zero[i] + cut / 64;
    FUZZ_CHECK(medsgd_vote(again, NULL, WORD_ROWS(neg), abstain, m, cut) == MEDSGD_OK);
    FUZZ_CHECK(medsgd_vote(again + cut / 64, NULL, tail, ternary ? tail_zero : NULL, m, d - cut) == MEDSGD_OK);
    FUZZ_CHECK(memcmp(again, tie_up, MEDSGD_WORDS(d) * 8) == 0);
  }

  /* the same votes through partial tallies of different capacities, merged in a chain */
  medsgd_tally part[5];
  for (size_t p = 0; p <= parts && p < 5; p++) {
    const size_t capacity = p == 0 ? m : m + take_size(100);
    FUZZ_CHECK(medsgd_tally_init(&part[p], (uint64_t *)fuzz_buffer(medsgd_tally_words(d, capacity) * 8), d, capacity) == MEDSGD_OK);
    FUZZ_CHECK(part[p].votes == 0 && part[p].capacity == capacity && part[p].d == d);
  }
  for (size_t i = 0; i < m; i++) FUZZ_CHECK(medsgd_tally_add(&part[1 + take_byte() % parts], neg[i], ternary ? zero[i] : NULL) == MEDSGD_OK);
  for (size_t p = 1; p <= parts; p++) FUZZ_CHECK(medsgd_tally_merge(&part[0], &part[p]) == MEDSGD_OK);
  FUZZ_CHECK(part[0].votes == m);
  uint64_t *const tally_neg = new_words(d), *const tally_zero = new_words(d);
  real *const sum = new_reals(d);
  FUZZ_CHECK(medsgd_tally_vote(tally_neg, tally_zero, &part[0]) == MEDSGD_OK && medsgd_tally_sum(sum, &part[0], 1) == MEDSGD_OK);
  FUZZ_CHECK(memcmp(tally_neg, out_neg, MEDSGD_WORDS(d) * 8) == 0 && memcmp(tally_zero, out_zero, MEDSGD_WORDS(d) * 8) == 0);
  for (size_t j = 0; j < d; j++) {
    const long expected = oracle_sum_of_signs(WORD_ROWS(neg), abstain, m, j);
    FUZZ_CHECK(sum[j] == (real)expected && (long)m - (long)count_at(&part[0], j) == expected);
  }

  /* past the capacity, other shapes, null pointers: an error, and the tally as it was */
  if (d) {
    const size_t words = part[0].bits * MEDSGD_WORDS(d);
    uint64_t *const before = (uint64_t *)copy_of(part[0].planes, words * 8);
    const medsgd_tally fields = part[0];
    medsgd_tally other;
    FUZZ_CHECK(medsgd_tally_add(&part[0], neg[0], NULL) == MEDSGD_ERR_SIZE);
    FUZZ_CHECK(medsgd_tally_init(&other, (uint64_t *)fuzz_buffer(medsgd_tally_words(d + 64, 3) * 8), d + 64, 3) == MEDSGD_OK);
    FUZZ_CHECK(medsgd_tally_merge(&part[0], &other) == MEDSGD_ERR_SIZE);
    for (size_t p = 1; p <= parts; p++) if (part[p].votes) FUZZ_CHECK(medsgd_tally_merge(&part[0], &part[p]) == MEDSGD_ERR_SIZE);
    FUZZ_CHECK(medsgd_tally_add(&part[0], NULL, NULL) < 0 && medsgd_tally_merge(&part[0], NULL) == MEDSGD_ERR_NULL);
    FUZZ_CHECK(memcmp(before, part[0].planes, words * 8) == 0 && part[0].votes == fields.votes && part[0].capacity == fields.capacity);
    uint64_t *const w = new_words(d);
    FUZZ_CHECK(medsgd_vote(NULL, w, WORD_ROWS(neg), NULL, m, d) == MEDSGD_ERR_NULL && medsgd_vote(w, NULL, NULL, NULL, m, d) == MEDSGD_ERR_NULL);
    FUZZ_CHECK(medsgd_vote(w, NULL, WORD_ROWS(neg), NULL, 0, d) == MEDSGD_ERR_SIZE && untouched_words(w, d));
  }
  return fuzz_done();
}
