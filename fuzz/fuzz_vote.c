/* SPDX-License-Identifier: MIT
 * Vote and tally against counting bit by bit; the order of the voters, slices and any tree of merges change nothing; a
 * tally from a stranger counts what its planes say or is refused; capacity and shape errors write nothing. */
#include "fuzz.h"

/* The counter of coordinate j: sum of 2 neg + zero over the votes. */
static uint64_t count_at(const medsgd_tally *t, size_t j) {
  uint64_t count = 0;
  for (unsigned b = 0; b < t->bits; b++) count += (uint64_t)oracle_bit(t->planes + b * MEDSGD_WORDS(t->d), j) << b;
  return count;
}
static uint64_t *new_planes(size_t d, size_t capacity) {
  return (uint64_t *)fuzz_buffer(medsgd_tally_words(d, capacity) * sizeof(uint64_t));
}
static uint64_t **take_voters(size_t m, size_t d) {
  uint64_t **const rows = (uint64_t **)fuzz_buffer(m * sizeof *rows);
  for (size_t i = 0; i < m; i++) rows[i] = take_words(d);
  return rows;
}
static uint64_t **shifted(uint64_t **rows, size_t m, size_t turn, size_t word) {
  uint64_t **const out = (uint64_t **)fuzz_buffer(m * sizeof *out);
  for (size_t i = 0; i < m; i++) out[i] = rows[(i + turn) % m] + word;
  return out;
}

/* A tally with fields of any value: an answer that follows from its planes, or an error. */
static void check_stranger(void) {
  const size_t d = take_size(130);
  const size_t capacity = (size_t)(take_bits(8) >> take_byte() % 64);
  medsgd_tally t;
  const size_t words = medsgd_tally_words(d, capacity);
  FUZZ_CHECK((words == 0) == (d == 0 || capacity == 0 || capacity > SIZE_MAX / 2));
  unsigned bits = 0;
  for (uint64_t top = 2 * (uint64_t)capacity; words && top; top >>= 1) bits++;
  FUZZ_CHECK(words == bits * MEDSGD_WORDS(d));
  t.planes = new_planes(d, capacity), t.d = d, t.capacity = capacity, t.bits = bits;
  t.votes = (size_t)(take_bits(8) >> take_byte() % 64);
  const uint8_t forge = take_byte();
  if (forge % 8 == 0) t.bits += 1 + forge / 8;
  else if (forge % 8 > 1 && t.votes > capacity && capacity) t.votes %= capacity + 1;
  for (size_t i = 0; i < words; i++) t.planes[i] = take_bits(8);
  const int good = words && t.bits == bits && t.votes <= capacity;
  const real scale = take_real();
  real *const out = new_reals(d);
  uint64_t *const neg = new_words(d), *const zero = new_words(d), *const before = (uint64_t *)copy_of(t.planes, words * 8);
  const int expected = d == 0 ? MEDSGD_OK : good ? MEDSGD_OK : MEDSGD_ERR_SIZE, finite = oracle_is_finite(scale);
  FUZZ_CHECK(medsgd_tally_vote(neg, zero, &t) == expected);
  FUZZ_CHECK(medsgd_tally_sum(out, &t, scale) == (expected || finite || !d ? expected : MEDSGD_ERR_PARAM));
  if (expected || !d) FUZZ_CHECK(untouched_words(neg, d) && untouched_words(zero, d));
  if (expected || !d || !finite) FUZZ_CHECK(untouched(out, d * sizeof(real)));
  for (size_t j = 0; j < d && good; j++) {
    const uint64_t count = count_at(&t, j), votes = t.votes;
    FUZZ_CHECK(oracle_bit(neg, j) == (count > votes) && oracle_bit(zero, j) == (count == votes));
    const real sum = count > votes ? -(real)(count - votes) : (real)(votes - count);
    if (finite) FUZZ_CHECK(same(out[j], scale * sum));
  }
  if (!d || !words) return;
  /* one vote more, and a merge into a tally of its own shape */
  const uint64_t *const vote_neg = take_words(d), *const vote_zero = take_byte() & 1 ? take_words(d) : NULL;
  medsgd_tally sum;
  const size_t votes = t.votes, room = take_size(3);
  const size_t larger = capacity > SIZE_MAX / 2 - room ? capacity : capacity + room;
  FUZZ_CHECK(medsgd_tally_init(&sum, new_planes(d, larger), d, larger) == MEDSGD_OK);
  const int adds = good && votes < capacity;
  FUZZ_CHECK(medsgd_tally_add(&t, vote_neg, vote_zero) == (adds ? MEDSGD_OK : MEDSGD_ERR_SIZE));
  FUZZ_CHECK(t.votes == votes + (size_t)adds);
  medsgd_tally old = t;
  old.planes = before;
  const uint64_t limit = bits < 64 ? ((uint64_t)1 << bits) - 1 : UINT64_MAX;
  for (size_t j = 0; j < d && good; j++) {
    const uint64_t vote = adds ? (uint64_t)(1 - oracle_packed_sign(vote_neg, vote_zero, j)) : 0;
    FUZZ_CHECK(count_at(&t, j) == ((count_at(&old, j) + vote) & limit));
  }
  if (!adds) FUZZ_CHECK(memcmp(t.planes, before, words * 8) == 0);
  FUZZ_CHECK(medsgd_tally_merge(&sum, &t) == (good ? MEDSGD_OK : MEDSGD_ERR_SIZE));
  for (size_t j = 0; j < d && good; j++) FUZZ_CHECK(count_at(&sum, j) == count_at(&t, j));
  const int doubles = good && t.votes <= capacity - t.votes;
  FUZZ_CHECK(medsgd_tally_merge(&t, &sum) == (doubles ? MEDSGD_OK : MEDSGD_ERR_SIZE));
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  fuzz_begin(data, size);
  /* Blocks of 4096 coordinates are counted apart, up to eight at once, so there are cases that fill them. */
  const uint8_t shape = take_byte();
  const size_t m = take_count(shape % 64 == 0 ? 3 : shape % 16 == 1 ? 250 : shape % 8 == 0 ? 17 : 70);
  const size_t blocks = shape % 64 == 0 ? 8 : shape % 8 == 0 ? 1 + take_size(1) : 0;
  const size_t d = 4096 * blocks + take_size(blocks || shape % 16 == 1 ? 70 : 300);
  const size_t parts = take_count(4), cut = take_size(d / 64) * 64, turn = take_size(m - 1);
  const int ternary = take_byte() & 1;
  uint64_t **const neg = take_voters(m, d), **const zero = take_voters(m, d);
  const uint64_t *const *const abstain = ternary ? WORD_ROWS(zero) : NULL;
  uint64_t *const out_neg = new_words(d), *const out_zero = new_words(d), *const tie_up = new_words(d);
  const size_t bytes = MEDSGD_WORDS(d) * sizeof(uint64_t);

  FUZZ_CHECK(medsgd_vote(out_neg, out_zero, WORD_ROWS(neg), abstain, m, d) == MEDSGD_OK);
  FUZZ_CHECK(medsgd_vote(tie_up, NULL, WORD_ROWS(neg), abstain, m, d) == MEDSGD_OK);
  FUZZ_CHECK(oracle_padding_clear(out_neg, d) && oracle_padding_clear(out_zero, d) && oracle_padding_clear(tie_up, d));
  int64_t *const expected = (int64_t *)fuzz_buffer(d * sizeof(int64_t));
  for (size_t j = 0; j < d; j++) {
    const int64_t sum = expected[j] = oracle_sum_of_signs(WORD_ROWS(neg), abstain, m, j);
    FUZZ_CHECK(oracle_packed_sign(out_neg, out_zero, j) == (sum > 0) - (sum < 0));
    FUZZ_CHECK(!(oracle_bit(out_neg, j) && oracle_bit(out_zero, j)));
    FUZZ_CHECK(oracle_bit(tie_up, j) == (sum < 0));
  }
  /* the voters in another order, the coordinates in two slices */
  const size_t word = cut / 64;
  uint64_t *const again = new_words(d), *const again_zero = new_words(d);
  uint64_t **const head = shifted(neg, m, turn, 0), **const head_zero = shifted(zero, m, turn, 0);
  uint64_t **const tail = shifted(neg, m, turn, word), **const tail_zero = shifted(zero, m, turn, word);
  FUZZ_CHECK(medsgd_vote(again, again_zero, WORD_ROWS(head), ternary ? WORD_ROWS(head_zero) : NULL, m, cut) == MEDSGD_OK);
  FUZZ_CHECK(medsgd_vote(again + word, again_zero + word, WORD_ROWS(tail), ternary ? WORD_ROWS(tail_zero) : NULL, m,
                         d - cut) == MEDSGD_OK);
  FUZZ_CHECK(memcmp(again, out_neg, bytes) == 0 && memcmp(again_zero, out_zero, bytes) == 0);

  /* the same votes through partial tallies of different capacities, merged in any order */
  medsgd_tally part[5];
  for (size_t p = 0; p <= parts; p++) {
    const size_t capacity = p == 0 ? m : m + take_size(100);
    FUZZ_CHECK(medsgd_tally_init(&part[p], new_planes(d, capacity), d, capacity) == MEDSGD_OK);
    FUZZ_CHECK(part[p].votes == 0 && part[p].capacity == capacity && part[p].d == d);
  }
  for (size_t i = 0; i < m; i++) {
    FUZZ_CHECK(medsgd_tally_add(&part[1 + take_byte() % parts], neg[i], ternary ? zero[i] : NULL) == MEDSGD_OK);
  }
  for (size_t left = parts; left > 1; left--) { /* two of those left become one */
    const size_t a = 1 + take_byte() % left, b = 1 + (a + take_byte() % (left - 1)) % left;
    FUZZ_CHECK(a != b && medsgd_tally_merge(&part[a], &part[b]) == MEDSGD_OK);
    part[b] = part[left];
    if (a == left) part[b] = part[a];
  }
  FUZZ_CHECK(medsgd_tally_merge(&part[0], &part[1]) == MEDSGD_OK);
  FUZZ_CHECK(part[0].votes == m);
  uint64_t *const tally_neg = new_words(d), *const tally_zero = new_words(d);
  real *const sum = new_reals(d);
  const real power = take_power(20);
  FUZZ_CHECK(medsgd_tally_vote(tally_neg, tally_zero, &part[0]) == MEDSGD_OK);
  FUZZ_CHECK(medsgd_tally_sum(sum, &part[0], power) == MEDSGD_OK);
  FUZZ_CHECK(memcmp(tally_neg, out_neg, bytes) == 0 && memcmp(tally_zero, out_zero, bytes) == 0);
  FUZZ_CHECK(medsgd_tally_vote(tally_neg, NULL, &part[0]) == MEDSGD_OK && memcmp(tally_neg, tie_up, bytes) == 0);
  for (size_t j = 0; j < d; j++) {
    FUZZ_CHECK(sum[j] == power * (real)expected[j]);
    FUZZ_CHECK((int64_t)m - (int64_t)count_at(&part[0], j) == expected[j]);
  }
  /* a tally merged with itself counts every vote twice */
  medsgd_tally twice;
  FUZZ_CHECK(medsgd_tally_init(&twice, new_planes(d, 2 * m), d, 2 * m) == MEDSGD_OK);
  FUZZ_CHECK(medsgd_tally_merge(&twice, &part[0]) == MEDSGD_OK && medsgd_tally_merge(&twice, &twice) == MEDSGD_OK);
  FUZZ_CHECK(twice.votes == 2 * m);
  for (size_t j = 0; j < d; j++) FUZZ_CHECK(count_at(&twice, j) == 2 * count_at(&part[0], j));

  /* past the capacity, other shapes, null pointers: an error, and the tally as it was */
  if (d) {
    const size_t words = part[0].bits * MEDSGD_WORDS(d);
    uint64_t *const before = (uint64_t *)copy_of(part[0].planes, words * 8);
    const medsgd_tally fields = part[0];
    medsgd_tally other;
    FUZZ_CHECK(medsgd_tally_add(&part[0], neg[0], NULL) == MEDSGD_ERR_SIZE);
    FUZZ_CHECK(medsgd_tally_init(&other, new_planes(d + 64, 3), d + 64, 3) == MEDSGD_OK);
    FUZZ_CHECK(medsgd_tally_merge(&part[0], &other) == MEDSGD_ERR_SIZE);
    FUZZ_CHECK(medsgd_tally_merge(&part[0], &twice) == MEDSGD_ERR_SIZE);
    FUZZ_CHECK(medsgd_tally_merge(&part[0], NULL) == MEDSGD_ERR_NULL && medsgd_tally_merge(NULL, &twice) == MEDSGD_ERR_NULL);
    FUZZ_CHECK(memcmp(before, part[0].planes, words * 8) == 0);
    FUZZ_CHECK(part[0].votes == fields.votes && part[0].capacity == fields.capacity && part[0].bits == fields.bits);
    uint64_t *const w = new_words(d), *const z = new_words(d);
    real *const r = new_reals(d);
    FUZZ_CHECK(medsgd_tally_init(&other, new_planes(d, 3), d, 3) == MEDSGD_OK && medsgd_tally_add(&other, NULL, z) == MEDSGD_ERR_NULL);
    FUZZ_CHECK(medsgd_tally_add(NULL, w, z) == MEDSGD_ERR_NULL && medsgd_tally_vote(NULL, z, &twice) == MEDSGD_ERR_NULL);
    FUZZ_CHECK(medsgd_tally_vote(w, z, NULL) == MEDSGD_ERR_NULL && medsgd_tally_sum(r, NULL, 1) == MEDSGD_ERR_NULL);
    FUZZ_CHECK(medsgd_tally_sum(NULL, &twice, 1) == MEDSGD_ERR_NULL);
    FUZZ_CHECK(medsgd_tally_init(NULL, w, d, 1) == MEDSGD_ERR_NULL && medsgd_tally_init(&other, NULL, d, 1) == MEDSGD_ERR_NULL);
    FUZZ_CHECK(medsgd_tally_init(&other, w, d, 0) == MEDSGD_ERR_SIZE && medsgd_tally_init(&other, w, SIZE_MAX, SIZE_MAX / 2) == MEDSGD_ERR_SIZE);
    FUZZ_CHECK(other.d == d && other.capacity == 3 && other.votes == 0);
    FUZZ_CHECK(medsgd_tally_init(&other, w, d, SIZE_MAX) == MEDSGD_ERR_SIZE);
    FUZZ_CHECK(medsgd_tally_words(d, 0) == 0 && medsgd_tally_words(d, SIZE_MAX) == 0);
    other = twice, other.planes = NULL, other.votes = 0;
    FUZZ_CHECK(medsgd_tally_add(&other, neg[0], NULL) == MEDSGD_ERR_NULL && medsgd_tally_merge(&other, &twice) == MEDSGD_ERR_NULL);
    FUZZ_CHECK(medsgd_tally_merge(&twice, &other) == MEDSGD_ERR_NULL && medsgd_tally_sum(r, &other, 1) == MEDSGD_ERR_NULL);
    FUZZ_CHECK(medsgd_tally_vote(w, z, &other) == MEDSGD_ERR_NULL && other.votes == 0);
    FUZZ_CHECK(medsgd_vote(NULL, z, WORD_ROWS(neg), NULL, m, d) == MEDSGD_ERR_NULL);
    FUZZ_CHECK(medsgd_vote(w, z, NULL, NULL, m, d) == MEDSGD_ERR_NULL);
    FUZZ_CHECK(medsgd_vote(w, z, WORD_ROWS(neg), NULL, 0, d) == MEDSGD_ERR_SIZE);
    FUZZ_CHECK(medsgd_vote(w, z, WORD_ROWS(neg), NULL, SIZE_MAX, d) == MEDSGD_ERR_SIZE);
    head[m - 1] = NULL;
    FUZZ_CHECK(medsgd_vote(w, z, WORD_ROWS(head), NULL, m, d) == MEDSGD_ERR_NULL);
    FUZZ_CHECK(medsgd_vote(w, z, WORD_ROWS(neg), WORD_ROWS(head), m, d) == MEDSGD_ERR_NULL);
    FUZZ_CHECK(untouched_words(w, d) && untouched_words(z, d) && untouched(r, d * sizeof(real)));
  } else {
    FUZZ_CHECK(medsgd_vote(NULL, NULL, NULL, NULL, m, 0) == MEDSGD_OK && medsgd_tally_init(NULL, NULL, 0, 1) == MEDSGD_OK);
    FUZZ_CHECK(medsgd_tally_add(&part[0], NULL, NULL) == MEDSGD_OK && part[0].votes == m);
    FUZZ_CHECK(medsgd_tally_merge(&part[0], &twice) == MEDSGD_OK && part[0].votes == m);
    FUZZ_CHECK(medsgd_tally_init(&part[0], NULL, 0, SIZE_MAX) == MEDSGD_OK && part[0].bits == 0);
  }
  check_stranger();
  return fuzz_done();
}
