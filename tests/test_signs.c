/* SPDX-License-Identifier: MIT
 * Packing, unpacking, steps and the wire format, against the IEEE bits of each number and one bit at a time.
 */
#define MEDSGD_IMPLEMENTATION
#include "medsgd.h"

#include "inputs.h"

TEST(words_of_a_vector) {
  static const size_t expected[][2] = {{0, 0},  {1, 1},   {63, 1},  {64, 1},
                                       {65, 2}, {128, 2}, {129, 3}, {SIZE_MAX, SIZE_MAX / 64 + 1}};
  for (size_t i = 0; i < sizeof expected / sizeof *expected; i++) CHECK(MEDSGD_WORDS(expected[i][0]) == expected[i][1]);
  CHECK(MEDSGD_WORDS(60 + 5) == 2);
}

TEST(pack_known_answer) {
  medsgd_real inf = oracle_inf(), nan = oracle_nan(), least = oracle_from_bits(1);
  const medsgd_real g[] = {-1, 1, 0, (medsgd_real)-0.0, inf, -inf, nan, -nan, least, -least, -3};
  uint64_t neg = 0, zero = 0;
  CHECK(medsgd_sign_pack(&neg, g, 11) == MEDSGD_OK && neg == 0x621);
  neg = 0;
  CHECK(medsgd_sign_pack_ternary(&neg, &zero, g, 11) == MEDSGD_OK && neg == 0x621 && zero == 0xCC);
}

static void check_pack(const medsgd_real *g, size_t d) {
  uint64_t *neg = words_buffer(d), *neg3 = words_buffer(d), *zero3 = words_buffer(d);
  CHECK(medsgd_sign_pack(neg, g, d) == MEDSGD_OK);
  CHECK(medsgd_sign_pack_ternary(neg3, zero3, g, d) == MEDSGD_OK);
  for (size_t j = 0; j < d; j++) {
    int sign = oracle_sign(g[j]);
    CHECKF(oracle_bit(neg, j) == (sign < 0), "d %zu j %zu g %g", d, j, (double)g[j]);
    CHECKF(oracle_bit(neg3, j) == (sign < 0), "d %zu j %zu g %g", d, j, (double)g[j]);
    CHECKF(oracle_bit(zero3, j) == (sign == 0), "d %zu j %zu g %g", d, j, (double)g[j]);
  }
  CHECKF(oracle_padding_clear(neg, d) && oracle_padding_clear(neg3, d) && oracle_padding_clear(zero3, d), "d %zu", d);
}

TEST(pack_all_sizes) {
  FOR_EACH_SIZE (d) {
    check_pack(input_reals(d, oracle_hostile), d);
    check_pack(input_reals(d, oracle_finite), d);
    test_release();
  }
}

/* All signs and exponents, with the mantissas 0, the least, the largest and random ones. */
TEST(pack_all_exponents) {
  enum { TOP = 16 };
  const int low = (int)sizeof(medsgd_real) * 8 - TOP;
  medsgd_real *g = input_buffer((size_t)4 << TOP);
  for (uint64_t i = 0; i < (uint64_t)1 << TOP; i++)
    for (uint64_t k = 0; k < 4; k++) {
      const uint64_t mantissa[4] = {0, 1, UINT64_MAX, test_random()};
      g[4 * i + k] = oracle_from_bits(i << low | (mantissa[k] & (((uint64_t)1 << low) - 1)));
    }
  check_pack(g, (size_t)4 << TOP);
}

/* Rows that are not aligned to anything but their own type. */
TEST(pack_unaligned) {
  medsgd_real *g = input_reals(300, oracle_hostile);
  for (size_t shift = 0; shift < 17; shift++) check_pack(g + shift, 300 - shift);
}

static void check_unpack_and_step(size_t d, const uint64_t *zero, medsgd_real scale) {
  const uint64_t *neg = input_words(d);
  const medsgd_real *before = input_reals(d, oracle_hostile);
  medsgd_real *out = input_buffer(d), *x = input_buffer(d);
  memcpy(x, before, d * sizeof *x);
  CHECK(medsgd_sign_unpack(out, neg, zero, d, scale) == MEDSGD_OK);
  CHECK(medsgd_sign_step(x, neg, zero, d, scale) == MEDSGD_OK);
  for (size_t j = 0; j < d; j++) {
    int sign = oracle_packed_sign(neg, zero, j);
    medsgd_real sum = before[j] + scale, difference = before[j] - scale;
    CHECKF(equal_real(out[j], sign < 0   ? -scale
                              : sign > 0 ? scale
                                         : 0),
           "d %zu j %zu sign %d: %g", d, j, sign, (double)out[j]);
    CHECKF(same_real(x[j], sign < 0   ? sum
                           : sign > 0 ? difference
                                      : before[j]),
           "d %zu j %zu sign %d: %g", d, j, sign, (double)x[j]);
  }
}

TEST(unpack_and_step) {
  const medsgd_real scales[] = {1, (medsgd_real)-0.1, 0, oracle_from_bits(1), (medsgd_real)1e38, (medsgd_real)3e-5};
  FOR_EACH_SIZE (d) {
    medsgd_real scale = scales[d % 6];
    check_unpack_and_step(d, NULL, scale);
    check_unpack_and_step(d, input_words(d), scale);
    test_release();
  }
}

/* sign_unpack and then sign_pack are the identity on clean planes. */
TEST(pack_after_unpack) {
  FOR_EACH_SIZE (d) {
    const medsgd_real *g = input_reals(d, oracle_hostile);
    uint64_t *neg = words_buffer(d), *zero = words_buffer(d), *neg2 = words_buffer(d), *zero2 = words_buffer(d);
    medsgd_real *out = input_buffer(d);
    CHECK(medsgd_sign_pack_ternary(neg, zero, g, d) == MEDSGD_OK &&
          medsgd_sign_unpack(out, neg, zero, d, 2) == MEDSGD_OK);
    CHECK(medsgd_sign_pack_ternary(neg2, zero2, out, d) == MEDSGD_OK);
    CHECK(memcmp(neg, neg2, MEDSGD_WORDS(d) * 8) == 0 && memcmp(zero, zero2, MEDSGD_WORDS(d) * 8) == 0);
    CHECK(medsgd_sign_unpack(out, neg, NULL, d, 3) == MEDSGD_OK && medsgd_sign_pack(neg2, out, d) == MEDSGD_OK);
    CHECKF(memcmp(neg, neg2, MEDSGD_WORDS(d) * 8) == 0, "d %zu", d);
    test_release();
  }
}

/* Coordinate j is bit j % 8 of byte j / 8, on every byte order. */
TEST(bytes_known_answer) {
  const uint64_t words[] = {0x0123456789ABCDEFu, 0xFFFFFFFFFFFFFFF5u};
  static const unsigned char expected[] = {0xEF, 0xCD, 0xAB, 0x89, 0x67, 0x45, 0x23, 0x01, 0x05};
  unsigned char bytes[9];
  uint64_t back[2];
  CHECK(medsgd_words_to_bytes(bytes, words, 67) == MEDSGD_OK && memcmp(bytes, expected, 9) == 0);
  CHECK(medsgd_words_from_bytes(back, expected, 67) == MEDSGD_OK && back[0] == words[0] && back[1] == 5);
}

TEST(bytes_all_sizes) {
  FOR_EACH_SIZE (d) {
    const size_t n = (d + 7) / 8;
    const uint64_t *words = input_words(d);
    unsigned char *bytes = (unsigned char *)test_buffer(n), *dirty = (unsigned char *)test_buffer(n);
    uint64_t *back = words_buffer(d);
    CHECK(medsgd_words_to_bytes(bytes, words, d) == MEDSGD_OK);
    for (size_t b = 0; b < 8 * n; b++)
      CHECKF((bytes[b / 8] >> (b % 8) & 1) == (b < d ? oracle_bit(words, b) : 0), "d %zu bit %zu", d, b);
    memcpy(dirty, bytes, n);
    if (d % 8) dirty[n - 1] = (unsigned char)(dirty[n - 1] | (0xFF << (d % 8))); /* hostile bits past d */
    test_seal(dirty);
    CHECK(medsgd_words_from_bytes(back, dirty, d) == MEDSGD_OK);
    for (size_t j = 0; j < d; j++) CHECKF(oracle_bit(back, j) == oracle_bit(words, j), "d %zu j %zu", d, j);
    CHECKF(oracle_padding_clear(back, d), "d %zu", d);
    test_release();
  }
}

/* Slices that begin at a multiple of 64 give the words of the whole. */
TEST(signs_in_slices) {
  enum { D = 5000 };
  const medsgd_real *g = input_reals(D, oracle_hostile);
  const uint64_t *signs = input_words(D), *zeros = input_words(D);
  uint64_t *whole[3], *part[3];
  unsigned char *whole_bytes = (unsigned char *)test_buffer(D / 8), *part_bytes = (unsigned char *)test_buffer(D / 8);
  medsgd_real *whole_x = input_buffer(D), *part_x = input_buffer(D), *whole_u = input_buffer(D),
              *part_u = input_buffer(D);
  for (int i = 0; i < 3; i++) whole[i] = words_buffer(D), part[i] = words_buffer(D);
  memcpy(whole_x, g, D * sizeof *g);
  medsgd_sign_pack(whole[0], g, D);
  medsgd_sign_pack_ternary(whole[1], whole[2], g, D);
  medsgd_words_to_bytes(whole_bytes, signs, D);
  medsgd_sign_step(whole_x, signs, zeros, D, (medsgd_real)0.1);
  medsgd_sign_unpack(whole_u, signs, zeros, D, (medsgd_real)0.1);
  for (int repeat = 0; repeat < 50; repeat++) {
    memcpy(part_x, g, D * sizeof *g);
    for (size_t from = 0, n; from < D; from += n) {
      size_t w = from / 64;
      n = 64 * (1 + test_below(repeat < 25 ? 4 : 40));
      if (n > D - from) n = D - from;
      medsgd_sign_pack(part[0] + w, g + from, n);
      medsgd_sign_pack_ternary(part[1] + w, part[2] + w, g + from, n);
      medsgd_words_to_bytes(part_bytes + from / 8, signs + w, n);
      medsgd_sign_step(part_x + from, signs + w, zeros + w, n, (medsgd_real)0.1);
      medsgd_sign_unpack(part_u + from, signs + w, zeros + w, n, (medsgd_real)0.1);
    }
    for (int i = 0; i < 3; i++) CHECK(memcmp(whole[i], part[i], MEDSGD_WORDS(D) * 8) == 0);
    CHECK(memcmp(whole_bytes, part_bytes, D / 8) == 0 && memcmp(whole_u, part_u, D * sizeof *g) == 0);
    for (size_t j = 0; j < D; j++) CHECK(same_real(whole_x[j], part_x[j]));
  }
}

TEST(signs_errors) {
  const medsgd_real *g = input_reals(70, oracle_hostile);
  uint64_t *neg = words_buffer(70), *zero = words_buffer(70);
  medsgd_real *x = input_buffer(70);
  unsigned char *bytes = (unsigned char *)test_buffer(9);
  CHECK_ERROR(MEDSGD_ERR_NULL, medsgd_sign_pack(NULL, g, 70));
  CHECK_ERROR(MEDSGD_ERR_NULL, medsgd_sign_pack(neg, NULL, 70));
  CHECK_ERROR(MEDSGD_ERR_NULL, medsgd_sign_pack_ternary(NULL, zero, g, 70));
  CHECK_ERROR(MEDSGD_ERR_NULL, medsgd_sign_pack_ternary(neg, NULL, g, 70));
  CHECK_ERROR(MEDSGD_ERR_NULL, medsgd_sign_pack_ternary(neg, zero, NULL, 70));
  CHECK_ERROR(MEDSGD_ERR_NULL, medsgd_sign_unpack(NULL, neg, zero, 70, 1));
  CHECK_ERROR(MEDSGD_ERR_NULL, medsgd_sign_unpack(x, NULL, zero, 70, 1));
  CHECK_ERROR(MEDSGD_ERR_NULL, medsgd_sign_step(NULL, neg, zero, 70, 1));
  CHECK_ERROR(MEDSGD_ERR_NULL, medsgd_sign_step(x, NULL, zero, 70, 1));
  for (int b = 0; b < 3; b++) {
    const medsgd_real bad = b == 0 ? oracle_nan() : b == 1 ? oracle_inf() : -oracle_inf();
    CHECK_ERROR(MEDSGD_ERR_PARAM, medsgd_sign_unpack(x, neg, zero, 70, bad));
    CHECK_ERROR(MEDSGD_ERR_PARAM, medsgd_sign_step(x, neg, NULL, 70, bad));
  }
  CHECK_ERROR(MEDSGD_ERR_NULL, medsgd_words_to_bytes(NULL, neg, 70));
  CHECK_ERROR(MEDSGD_ERR_NULL, medsgd_words_to_bytes(bytes, NULL, 70));
  CHECK_ERROR(MEDSGD_ERR_NULL, medsgd_words_from_bytes(NULL, bytes, 70));
  CHECK_ERROR(MEDSGD_ERR_NULL, medsgd_words_from_bytes(neg, NULL, 70));
}

/* The empty vector is valid, and nothing is touched. */
TEST(signs_empty) {
  uint64_t *words = words_buffer(64);
  medsgd_real *x = input_buffer(64);
  unsigned char *bytes = (unsigned char *)test_buffer(8);
  for (int null = 0; null < 2; null++, words = NULL, x = NULL, bytes = NULL) {
    CHECK_ERROR(MEDSGD_OK, medsgd_sign_pack(words, x, 0));
    CHECK_ERROR(MEDSGD_OK, medsgd_sign_pack_ternary(words, words, x, 0));
    CHECK_ERROR(MEDSGD_OK, medsgd_sign_unpack(x, words, words, 0, 1));
    CHECK_ERROR(MEDSGD_OK, medsgd_sign_step(x, words, words, 0, 1));
    CHECK_ERROR(MEDSGD_OK, medsgd_words_to_bytes(bytes, words, 0));
    CHECK_ERROR(MEDSGD_OK, medsgd_words_from_bytes(words, bytes, 0));
  }
}

TEST(status_texts) {
  static const int codes[] = {
      MEDSGD_OK, MEDSGD_NOT_CONVERGED, MEDSGD_ERR_NULL, MEDSGD_ERR_SIZE, MEDSGD_ERR_PARAM, MEDSGD_ERR_DATA, 99};
  CHECK(MEDSGD_OK == 0 && MEDSGD_NOT_CONVERGED > 0 && MEDSGD_ERR_NULL < 0 && MEDSGD_ERR_SIZE < 0 &&
        MEDSGD_ERR_PARAM < 0 && MEDSGD_ERR_DATA < 0);
  for (int i = 0; i < 7; i++)
    for (int k = 0; k < i; k++)
      CHECK(codes[i] != codes[k] && strcmp(medsgd_strerror(codes[i]), medsgd_strerror(codes[k])) != 0);
  CHECK(strcmp(medsgd_strerror(-99), medsgd_strerror(99)) == 0);
}

TEST_MAIN(CASE(words_of_a_vector), CASE(pack_known_answer), CASE(pack_all_sizes), CASE(pack_all_exponents),
          CASE(pack_unaligned), CASE(unpack_and_step), CASE(pack_after_unpack), CASE(bytes_known_answer),
          CASE(bytes_all_sizes), CASE(signs_in_slices), CASE(signs_errors), CASE(signs_empty), CASE(status_texts))
