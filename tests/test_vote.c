/* SPDX-License-Identifier: MIT
 * The majority vote and the tally, against counts of one bit at a time.
 */
#define MEDSGD_IMPLEMENTATION
#include "medsgd.h"

#include "inputs.h"

typedef const uint64_t *const *planes; /* m packed rows */

static planes input_planes(size_t m, size_t d) {
  const uint64_t **rows = (const uint64_t **)test_buffer(m * sizeof *rows);
  for (size_t i = 0; i < m; i++) rows[i] = input_words(d);
  return rows;
}

/* The packed majority of which sums[j] is the sum of the signs. zero may be null. */
static void check_majority(const uint64_t *neg, const uint64_t *zero, const int64_t *sums, size_t m, size_t d) {
  for (size_t j = 0; j < d; j++) {
    CHECKF(oracle_bit(neg, j) == (sums[j] < 0), "m %zu d %zu j %zu sum %lld", m, d, j, (long long)sums[j]);
    if (zero) CHECKF(oracle_bit(zero, j) == (sums[j] == 0), "m %zu d %zu j %zu sum %lld", m, d, j, (long long)sums[j]);
  }
  CHECKF(oracle_padding_clear(neg, d) && (!zero || oracle_padding_clear(zero, d)), "m %zu d %zu: padding", m, d);
}

static int64_t *sums_of(planes neg, planes zero, size_t m, size_t d) {
  int64_t *sums = (int64_t *)test_buffer(d * sizeof *sums);
  for (size_t j = 0; j < d; j++) sums[j] = oracle_sum_of_signs(neg, zero, m, j);
  return sums;
}

static void check_vote(planes rows_neg, planes rows_zero, size_t m, size_t d) {
  uint64_t *neg = words_buffer(d), *zero = words_buffer(d), *neg_alone = words_buffer(d);
  const int64_t *sums = sums_of(rows_neg, rows_zero, m, d);
  CHECK(medsgd_vote(neg, zero, rows_neg, rows_zero, m, d) == MEDSGD_OK);
  check_majority(neg, zero, sums, m, d);
  CHECK(medsgd_vote(neg_alone, NULL, rows_neg, rows_zero, m, d) == MEDSGD_OK);
  check_majority(neg_alone, NULL, sums, m, d);
}

TEST(vote_all_sizes) {
  static const size_t large[] = {64, 100, 101, 1000};
  FOR_EACH_SIZE (d) {
    for (size_t i = 1; i <= 44; i++) {
      size_t m = i <= 40 ? i : large[i - 41];
      if (m > 40 && d % 16 != 1) continue;
      check_vote(input_planes(m, d), NULL, m, d);
      check_vote(input_planes(m, d), input_planes(m, d), m, d);
      test_release();
    }
  }
}

/* Each coordinate has a chosen number of -1 within 3 of the threshold, spread over all rows: every count near a tie. */
TEST(vote_near_ties) {
  static const size_t large[] = {255, 256, 257, 511, 512, 513, 1023, 1024, 1025, 4095, 4096, 4097};
  for (size_t k = 1; k < 152; k++) {
    const size_t m = k < 140 ? k : large[k - 140], d = k < 70 ? 4170 : 130;
    uint64_t **neg = (uint64_t **)test_buffer(m * sizeof *neg), **zero = (uint64_t **)test_buffer(m * sizeof *zero);
    for (size_t i = 0; i < m; i++) {
      neg[i] = words_buffer(d);
      zero[i] = words_buffer(d);
      memset(neg[i], 0, MEDSGD_WORDS(d) * 8);
      memset(zero[i], 0, MEDSGD_WORDS(d) * 8);
      for (size_t j = 0; j < d; j++) {
        size_t place = (i + 7 * j) % m, zeros = j / 7 % 4 < m ? j / 7 % 4 : 0, negatives = (m - zeros) / 2 + j % 7;
        negatives = negatives < 3 ? 0 : negatives - 3;
        if (place < negatives) neg[i][j / 64] |= (uint64_t)1 << (j % 64);
        else if (place >= m - zeros) zero[i][j / 64] |= (uint64_t)1 << (j % 64);
      }
    }
    check_vote((planes)neg, NULL, m, d);
    check_vote((planes)neg, (planes)zero, m, d);
    test_release();
  }
}

/* All ways in which m may vote, one a coordinate: letters 0 (+1), 1 (-1) and, for three letters, 2 (abstains, half of
 * them with both bits set, which is an abstention too). */
static void check_all_ways(size_t m, size_t letters) {
  size_t d = 1, power = 1;
  uint64_t **neg = (uint64_t **)test_buffer(m * sizeof *neg), **zero = (uint64_t **)test_buffer(m * sizeof *zero);
  for (size_t i = 0; i < m; i++) d *= letters;
  for (size_t i = 0; i < m; i++, power *= letters) {
    neg[i] = words_buffer(d);
    zero[i] = words_buffer(d);
    memset(neg[i], 0, MEDSGD_WORDS(d) * 8);
    memset(zero[i], 0, MEDSGD_WORDS(d) * 8);
    for (size_t j = 0; j < d; j++) {
      size_t vote = j / power % letters;
      if (vote == 1 || (vote == 2 && test_below(2))) neg[i][j / 64] |= (uint64_t)1 << (j % 64);
      if (vote == 2) zero[i][j / 64] |= (uint64_t)1 << (j % 64);
    }
  }
  check_vote((planes)neg, letters == 2 ? NULL : (planes)zero, m, d);
  test_release();
}

TEST(vote_exhaustive) {
  for (size_t m = 1; m <= 9; m++) check_all_ways(m, 3);
  for (size_t m = 1; m <= 17; m++) check_all_ways(m, 2);
}

/* 2^20 voters who share two opposite rows: a tie, and one vote on either side of it. */
TEST(vote_of_a_million) {
  enum { M = 1 << 20, D = 65 };
  const uint64_t *row = input_words(D), *abstain = input_words(D);
  uint64_t *opposite = words_buffer(D), *neg = words_buffer(D), *zero = words_buffer(D);
  const uint64_t **rows = (const uint64_t **)test_buffer(M * sizeof *rows),
                 **abstains = (const uint64_t **)test_buffer(M * sizeof *rows);
  int64_t sums[D];
  for (size_t w = 0; w < MEDSGD_WORDS(D); w++) opposite[w] = ~row[w];
  for (size_t i = 0; i < M; i++) rows[i] = i % 2 ? row : opposite, abstains[i] = abstain;
  for (int excess = -1; excess <= 1; excess++) {
    rows[M / 3] = rows[M / 3 + 1] = excess > 0 ? row : opposite; /* excess +-1: row has 2 votes more or less */
    if (excess == 0) rows[M / 3] = row;
    for (size_t j = 0; j < D; j++) sums[j] = 2 * excess * oracle_packed_sign(row, NULL, j);
    CHECK(medsgd_vote(neg, zero, rows, NULL, M, D) == MEDSGD_OK);
    check_majority(neg, zero, sums, M, D);
    for (size_t j = 0; j < D; j++) sums[j] -= oracle_packed_sign(rows[M - 1], NULL, j);
    CHECK(medsgd_vote(neg, zero, rows, NULL, M - 1, D) == MEDSGD_OK);
    check_majority(neg, zero, sums, M - 1, D);
    for (size_t j = 0; j < D; j++) sums[j] *= !oracle_bit(abstain, j);
    CHECK(medsgd_vote(neg, zero, rows, abstains, M - 1, D) == MEDSGD_OK);
    check_majority(neg, zero, sums, M - 1, D);
  }
}

TEST(vote_in_slices) {
  enum { M = 21, D = 9000 };
  planes neg = input_planes(M, D), zero = input_planes(M, D);
  uint64_t *whole[2] = {words_buffer(D), words_buffer(D)}, *part[2] = {words_buffer(D), words_buffer(D)};
  CHECK(medsgd_vote(whole[0], whole[1], neg, zero, M, D) == MEDSGD_OK);
  for (int repeat = 0; repeat < 20; repeat++) {
    for (size_t from = 0, n; from < D; from += n) {
      const uint64_t *slice_neg[M], *slice_zero[M];
      for (size_t i = 0; i < M; i++) slice_neg[i] = neg[i] + from / 64, slice_zero[i] = zero[i] + from / 64;
      n = 64 * (1 + test_below(100));
      if (n > D - from) n = D - from;
      CHECK(medsgd_vote(part[0] + from / 64, part[1] + from / 64, slice_neg, slice_zero, M, n) == MEDSGD_OK);
    }
    for (int p = 0; p < 2; p++) CHECK(memcmp(whole[p], part[p], MEDSGD_WORDS(D) * 8) == 0);
  }
}

TEST(vote_errors) {
  enum { M = 3, D = 70 };
  planes neg = input_planes(M, D), zero = input_planes(M, D);
  uint64_t *out = words_buffer(D), *ties = words_buffer(D);
  for (size_t hole = 0; hole < M; hole++) {
    const uint64_t *broken[M];
    for (size_t i = 0; i < M; i++) broken[i] = i == hole ? NULL : neg[i];
    CHECK_ERROR(MEDSGD_ERR_NULL, medsgd_vote(out, ties, broken, zero, M, D));
    CHECK_ERROR(MEDSGD_ERR_NULL, medsgd_vote(out, ties, neg, broken, M, D));
  }
  CHECK_ERROR(MEDSGD_ERR_NULL, medsgd_vote(NULL, ties, neg, zero, M, D));
  CHECK_ERROR(MEDSGD_ERR_NULL, medsgd_vote(out, ties, NULL, zero, M, D));
  CHECK_ERROR(MEDSGD_ERR_SIZE, medsgd_vote(out, ties, neg, zero, 0, D));
  CHECK_ERROR(MEDSGD_ERR_SIZE, medsgd_vote(out, ties, neg, zero, SIZE_MAX / 2 + 1, D));
  CHECK_ERROR(MEDSGD_ERR_SIZE, medsgd_vote(NULL, NULL, NULL, NULL, 0, 0));
  CHECK_ERROR(MEDSGD_OK, medsgd_vote(NULL, NULL, NULL, NULL, M, 0));
  CHECK_ERROR(MEDSGD_OK, medsgd_vote(out, ties, neg, zero, M, 0));
}

/* ---- tally ---- */

static medsgd_tally new_tally(size_t d, size_t capacity) {
  medsgd_tally t;
  CHECK(medsgd_tally_init(&t, (uint64_t *)test_buffer(medsgd_tally_words(d, capacity) * 8), d, capacity) == MEDSGD_OK);
  return t;
}

/* The count that the planes hold for coordinate j: sum of 2 neg + zero. */
static uint64_t tally_count(const medsgd_tally *t, size_t j) {
  uint64_t count = 0;
  for (unsigned b = 0; b < t->bits; b++) count |= (uint64_t)oracle_bit(t->planes + b * MEDSGD_WORDS(t->d), j) << b;
  return count;
}

/* Planes, sum and vote of a tally of which sums[j] is the sum of the signs. */
static void check_tally(const medsgd_tally *t, const int64_t *sums, size_t votes) {
  const medsgd_real scale = (medsgd_real)-0.3;
  uint64_t *neg = words_buffer(t->d), *zero = words_buffer(t->d);
  medsgd_real *out = input_buffer(t->d);
  CHECKF(t->votes == votes, "%zu votes", t->votes);
  CHECK(medsgd_tally_sum(out, t, scale) == MEDSGD_OK);
  for (size_t j = 0; j < t->d; j++) {
    CHECKF(tally_count(t, j) == votes - (uint64_t)sums[j], "d %zu j %zu sum %lld", t->d, j, (long long)sums[j]);
    CHECKF(equal_real(out[j], (medsgd_real)sums[j] * scale), "d %zu j %zu sum %lld: %g", t->d, j, (long long)sums[j],
           (double)out[j]);
  }
  CHECK(medsgd_tally_vote(neg, zero, t) == MEDSGD_OK);
  check_majority(neg, zero, sums, votes, t->d);
  CHECK(medsgd_tally_vote(neg, NULL, t) == MEDSGD_OK);
  check_majority(neg, NULL, sums, votes, t->d);
}

TEST(tally_sizes) {
  const size_t half = SIZE_MAX / 2;
  for (size_t capacity = 1; capacity <= 3000; capacity++) {
    size_t bits = 0;
    while (2 * capacity >> bits) bits++;
    CHECKF(medsgd_tally_words(65, capacity) == 2 * bits, "capacity %zu", capacity);
  }
  CHECK(medsgd_tally_words(64, (size_t)1 << 20) == 22);
  CHECK(medsgd_tally_words(0, 5) == 0 && medsgd_tally_words(5, 0) == 0);
  CHECK(medsgd_tally_words(SIZE_MAX, SIZE_MAX / 4) == 0 && medsgd_tally_words(SIZE_MAX, SIZE_MAX) == 0);
  /* SIZE_MAX coordinates are SIZE_MAX/8 + 1 bytes a plane: seven planes fit, eight do not. */
  CHECK(medsgd_tally_words(SIZE_MAX, 63) == 7 * (SIZE_MAX / 64 + 1) && medsgd_tally_words(SIZE_MAX, 64) == 0);
  CHECK(medsgd_tally_words(1, half) == sizeof(size_t) * 8);
}

/* After each vote, for all sizes; then the capacity is reached and one more is refused. */
TEST(tally_votes_one_by_one) {
  static const size_t capacities[] = {1, 2, 3, 4, 7, 8, 9, 31, 40};
  FOR_EACH_SIZE (d) {
    size_t capacity = capacities[d % 9];
    planes neg = input_planes(capacity, d), zero = input_planes(capacity, d);
    medsgd_tally t = new_tally(d, capacity);
    int64_t *sums = (int64_t *)test_buffer(d * sizeof *sums);
    if (d == 0) continue;
    for (size_t j = 0; j < d; j++) sums[j] = 0;
    for (size_t i = 0; i <= capacity; i++) {
      if (capacity < 10 || i > 37 || i % 5 == 0) check_tally(&t, sums, i);
      const uint64_t *abstain = i % 3 ? zero[i % capacity] : NULL;
      if (i == capacity) {
        CHECK_ERROR(MEDSGD_ERR_SIZE, medsgd_tally_add(&t, neg[0], abstain));
        break;
      }
      CHECK(medsgd_tally_add(&t, neg[i], abstain) == MEDSGD_OK);
      for (size_t j = 0; j < d; j++) sums[j] += oracle_packed_sign(neg[i], abstain, j);
    }
    check_tally(&t, sums, capacity);
    test_release();
  }
}

TEST(tally_of_a_million) {
  enum { M = 1 << 20, D = 60 };
  const uint64_t *row = input_words(D);
  uint64_t *opposite = words_buffer(D);
  int64_t sums[D];
  medsgd_tally t = new_tally(D, M);
  *opposite = ~*row;
  for (size_t i = 0; i < M; i++) {
    CHECK(medsgd_tally_add(&t, i % 2 ? row : opposite, NULL) == MEDSGD_OK);
    if (i < M - 3) continue;
    for (size_t j = 0; j < D; j++) sums[j] = i % 2 ? 0 : oracle_packed_sign(opposite, NULL, j);
    check_tally(&t, sums, i + 1);
  }
  CHECK_ERROR(MEDSGD_ERR_SIZE, medsgd_tally_add(&t, row, NULL));
  CHECK_ERROR(MEDSGD_ERR_SIZE, medsgd_tally_merge(&t, &t));
}

/* A vote doubled until the votes no longer fit size_t: each plane carries once, and sums of more than 32 bits. */
TEST(tally_doubled) {
  enum { D = 100 };
  const uint64_t *neg = input_words(D), *zero = input_words(D);
  medsgd_tally t = new_tally(D, SIZE_MAX / 2);
  CHECK(medsgd_tally_add(&t, neg, zero) == MEDSGD_OK);
  for (size_t m = 1;; m *= 2) {
    int64_t sums[D];
    for (size_t j = 0; j < D; j++) sums[j] = (int64_t)m * oracle_packed_sign(neg, zero, j);
    check_tally(&t, sums, m);
    if (m > SIZE_MAX / 4) break;
    CHECK(medsgd_tally_merge(&t, &t) == MEDSGD_OK);
  }
  CHECK_ERROR(MEDSGD_ERR_SIZE, medsgd_tally_merge(&t, &t));
}

/* Leaves of random sizes merged along a random tree give the planes of one tally that took all votes. */
TEST(tally_merged_in_trees) {
  for (int repeat = 0; repeat < 300; repeat++) {
    enum { LEAVES = 12 };
    medsgd_tally leaf[LEAVES], direct;
    size_t d = 1 + test_below(200) + (repeat % 50 ? 0u : 8150u), m = 1 + test_below(60),
           leaves = 1 + test_below(LEAVES);
    planes neg = input_planes(m, d), zero = input_planes(m, d);
    for (size_t i = 0; i < leaves; i++)
      leaf[i] = new_tally(d, m + test_below(3) * i); /* some have more bits than others */
    direct = new_tally(d, m);
    for (size_t i = 0; i < m; i++) {
      CHECK(medsgd_tally_add(&direct, neg[i], zero[i]) == MEDSGD_OK);
      CHECK(medsgd_tally_add(&leaf[test_below(leaves)], neg[i], zero[i]) == MEDSGD_OK);
    }
    while (leaves > 1) {
      size_t into = test_below(leaves), from = (into + 1 + test_below(leaves - 1)) % leaves;
      CHECK(medsgd_tally_merge(&leaf[into], &leaf[from]) == MEDSGD_OK);
      leaf[from] = leaf[--leaves];
    }
    check_tally(&direct, sums_of(neg, zero, m, d), m);
    check_tally(&leaf[0], sums_of(neg, zero, m, d), m);
    test_release();
  }
}

/* A small tally into a large one, and a large one with few votes into a small one; a carry through all planes. */
TEST(tally_of_other_capacity) {
  enum { D = 100 };
  for (size_t few = 0; few <= 9; few++)
    for (size_t many = 0; many <= 70; many += 1 + many / 8) {
      planes neg = input_planes(few + many, D);
      const int64_t *sums = sums_of(neg, NULL, few + many, D);
      medsgd_tally small = new_tally(D, few ? few : 1), large = new_tally(D, few + many + 100);
      medsgd_tally exact = new_tally(D, few + many ? few + many : 1);
      for (size_t i = 0; i < few; i++) CHECK(medsgd_tally_add(&small, neg[i], NULL) == MEDSGD_OK);
      for (size_t i = few; i < few + many; i++) CHECK(medsgd_tally_add(&large, neg[i], NULL) == MEDSGD_OK);
      if (few + many > small.capacity && many) CHECK_ERROR(MEDSGD_ERR_SIZE, medsgd_tally_merge(&small, &large));
      CHECK(medsgd_tally_merge(&exact, &large) == MEDSGD_OK && medsgd_tally_merge(&exact, &small) == MEDSGD_OK);
      CHECK(medsgd_tally_merge(&large, &small) == MEDSGD_OK);
      check_tally(&large, sums, few + many);
      check_tally(&exact, sums, few + many);
      test_release();
    }
}

TEST(tally_merged_with_itself) {
  enum { D = 130, M = 11 };
  planes neg = input_planes(M, D);
  int64_t *sums = sums_of(neg, NULL, M, D);
  medsgd_tally t = new_tally(D, 2 * M + 1);
  for (size_t i = 0; i < M; i++) CHECK(medsgd_tally_add(&t, neg[i], NULL) == MEDSGD_OK);
  CHECK(medsgd_tally_merge(&t, &t) == MEDSGD_OK);
  for (size_t j = 0; j < D; j++) sums[j] *= 2;
  check_tally(&t, sums, 2 * M);
  CHECK_ERROR(MEDSGD_ERR_SIZE, medsgd_tally_merge(&t, &t));
}

/* Votes and planes are all that travels: a tally rebuilt from them, its padding bits spoilt on the way, is the same
 * tally. */
TEST(tally_that_travelled) {
  enum { D = 90, M = 20 };
  planes neg = input_planes(M, D), zero = input_planes(M, D);
  medsgd_tally t = new_tally(D, M), received = new_tally(D, M), sum = new_tally(D, 2 * M);
  int64_t *sums = sums_of(neg, zero, M, D);
  for (size_t i = 0; i < M; i++) CHECK(medsgd_tally_add(&t, neg[i], zero[i]) == MEDSGD_OK);
  memcpy(received.planes, t.planes, medsgd_tally_words(D, M) * 8);
  received.votes = t.votes;
  for (unsigned b = 0; b < received.bits; b++) received.planes[b * 2 + 1] |= test_random() << (D - 64);
  check_tally(&received, sums, M);
  CHECK(medsgd_tally_merge(&sum, &t) == MEDSGD_OK && medsgd_tally_merge(&sum, &received) == MEDSGD_OK);
  for (size_t j = 0; j < D; j++) sums[j] *= 2;
  check_tally(&sum, sums, 2 * M);
}

TEST(tally_errors) {
  enum { D = 70, CAPACITY = 6 };
  const uint64_t *row = input_words(D);
  uint64_t *neg = words_buffer(D), *zero = words_buffer(D),
           *words = (uint64_t *)test_buffer(medsgd_tally_words(D, CAPACITY) * 8);
  medsgd_real *out = input_buffer(D);
  medsgd_tally *t = (medsgd_tally *)test_buffer(sizeof *t), other = new_tally(D + 1, CAPACITY),
               inner = new_tally(D, CAPACITY);
  CHECK_ERROR(MEDSGD_ERR_SIZE, medsgd_tally_init(t, words, D, 0));
  CHECK_ERROR(MEDSGD_ERR_SIZE, medsgd_tally_init(t, words, 0, 0));
  CHECK_ERROR(MEDSGD_ERR_SIZE, medsgd_tally_init(t, words, SIZE_MAX, 64));
  CHECK_ERROR(MEDSGD_ERR_SIZE, medsgd_tally_init(t, words, 1, SIZE_MAX));
  CHECK_ERROR(MEDSGD_ERR_NULL, medsgd_tally_init(NULL, words, D, CAPACITY));
  CHECK_ERROR(MEDSGD_ERR_NULL, medsgd_tally_init(t, NULL, D, CAPACITY));
  CHECK_ERROR(MEDSGD_OK, medsgd_tally_init(NULL, NULL, 0, CAPACITY));
  CHECK(medsgd_tally_init(t, words, D, CAPACITY) == MEDSGD_OK);
  CHECK(t->d == D && t->capacity == CAPACITY && t->votes == 0 && t->planes == words && t->bits == 4);
  CHECK(medsgd_tally_add(t, row, NULL) == MEDSGD_OK);

  CHECK_ERROR(MEDSGD_ERR_NULL, medsgd_tally_add(NULL, row, NULL));
  CHECK_ERROR(MEDSGD_ERR_NULL, medsgd_tally_add(t, NULL, zero));
  CHECK_ERROR(MEDSGD_ERR_NULL, medsgd_tally_merge(NULL, t));
  CHECK_ERROR(MEDSGD_ERR_NULL, medsgd_tally_merge(t, NULL));
  CHECK_ERROR(MEDSGD_ERR_SIZE, medsgd_tally_merge(t, &other));
  CHECK_ERROR(MEDSGD_ERR_NULL, medsgd_tally_sum(NULL, t, 1));
  CHECK_ERROR(MEDSGD_ERR_NULL, medsgd_tally_sum(out, NULL, 1));
  CHECK_ERROR(MEDSGD_ERR_PARAM, medsgd_tally_sum(out, t, oracle_nan()));
  CHECK_ERROR(MEDSGD_ERR_PARAM, medsgd_tally_sum(out, t, -oracle_inf()));
  CHECK_ERROR(MEDSGD_ERR_NULL, medsgd_tally_vote(NULL, zero, t));
  CHECK_ERROR(MEDSGD_ERR_NULL, medsgd_tally_vote(neg, zero, NULL));

  /* Fields that contradict each other (a message from a stranger), and lost planes. */
  for (int field = 0; field < 6; field++) {
    medsgd_tally broken = *t;
    int expected = field == 5 ? MEDSGD_ERR_NULL : MEDSGD_ERR_SIZE;
    if (field == 0) broken.bits++;
    if (field == 1) broken.bits--;
    if (field == 2) broken.capacity = 0;
    if (field == 3) broken.capacity = SIZE_MAX;
    if (field == 4) broken.votes = CAPACITY + 1;
    if (field == 5) broken.planes = NULL;
    CHECK_ERROR(expected, medsgd_tally_add(&broken, row, NULL));
    CHECK_ERROR(expected, medsgd_tally_merge(&broken, t));
    CHECK_ERROR(expected, medsgd_tally_merge(t, &broken));
    CHECK_ERROR(expected, medsgd_tally_sum(out, &broken, 1));
    CHECK_ERROR(expected, medsgd_tally_vote(neg, zero, &broken));
  }
  inner.votes = CAPACITY;
  CHECK_ERROR(MEDSGD_ERR_SIZE, medsgd_tally_merge(t, &inner));
}

TEST(tally_empty) {
  medsgd_tally t = new_tally(0, 5), u = new_tally(0, 5);
  uint64_t *words = words_buffer(64);
  medsgd_real *x = input_buffer(64);
  for (int null = 0; null < 2; null++, words = NULL, x = NULL) {
    CHECK_ERROR(MEDSGD_OK, medsgd_tally_add(&t, words, words));
    CHECK_ERROR(MEDSGD_OK, medsgd_tally_sum(x, &t, 1));
    CHECK_ERROR(MEDSGD_OK, medsgd_tally_vote(words, words, &t));
  }
  CHECK(t.votes == 2);
  CHECK(medsgd_tally_merge(&u, &t) == MEDSGD_OK && u.votes == 2);
}

TEST(tally_of_no_votes) {
  int64_t sums[77] = {0};
  medsgd_tally t = new_tally(77, 9);
  check_tally(&t, sums, 0);
}

TEST_MAIN(CASE(vote_all_sizes), CASE(vote_near_ties), CASE(vote_exhaustive), CASE(vote_of_a_million),
          CASE(vote_in_slices), CASE(vote_errors), CASE(tally_sizes), CASE(tally_votes_one_by_one),
          CASE(tally_of_a_million), CASE(tally_doubled), CASE(tally_merged_in_trees), CASE(tally_of_other_capacity),
          CASE(tally_merged_with_itself), CASE(tally_that_travelled), CASE(tally_errors), CASE(tally_empty),
          CASE(tally_of_no_votes))
