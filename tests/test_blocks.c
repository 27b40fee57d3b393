/* SPDX-License-Identifier: MIT
 * Column norms, block selection, gathering and scattering, against exact sums, enumerated probabilities and full sorts.
 */
#define MEDSGD_IMPLEMENTATION
#include "medsgd.h"

#include "inputs.h"
#include "oracle_real.h"

#include <math.h>

/* ---- column norms ---- */

/* Whether s is the Euclidean norm of n finite values but for rounding: n+3 roundings in double and one to medsgd_real.
 * The values are scaled to [-1,1] by a power of two and halved, so that the squares are exact sums of three products.
 */
static int is_norm(medsgd_real s, const medsgd_real *a, size_t n) {
  oracle_exact squares = {{0}};
  const medsgd_real max = oracle_from_bits(oracle_bits(oracle_inf()) - 1);
  double largest = 0, root, allowed;
  int scale;
  for (size_t i = 0; i < n; i++) largest = fmax(largest, fabs((double)a[i]));
  frexp(largest, &scale);
  for (size_t i = 0; i < n; i++) {
    double x = ldexp((double)a[i], -scale), high = x * 134217729.0, low;
    high = high - (high - x);
    low = x - high;
    if (fabs(x) < 0x1p-200) continue; /* lost beside 1 */
    oracle_exact_add(&squares, high * high);
    oracle_exact_add(&squares, 2 * high * low);
    oracle_exact_add(&squares, low * low);
  }
  root = sqrt(oracle_exact_round(&squares, 0, 53));
  allowed = root * (double)(n + 3) * 0x1p-53;
  largest =
      ldexp((double)max, -scale) + ldexp(oracle_ulp(max), -scale - 1); /* from here on the norm rounds to infinity */
  if (!oracle_is_finite(s)) return s > 0 && root + allowed >= largest;
  return root - allowed <= largest &&
         fabs(ldexp((double)s, -scale) - root) <= ldexp(oracle_ulp(s), -scale) * 0.50001 + allowed;
}

static void check_norms(const medsgd_real *const rows[], size_t m, size_t d) {
  medsgd_real *s = input_buffer(d), *column = input_buffer(m);
  CHECK(medsgd_column_norms(s, rows, m, d) == MEDSGD_OK);
  for (size_t j = 0; j < d; j++) {
    int nan = 0, inf = 0, ok;
    for (size_t i = 0; i < m; i++) {
      column[i] = rows[i][j];
      nan |= oracle_is_nan(column[i]);
      inf |= !oracle_is_finite(column[i]);
    }
    ok = nan ? oracle_is_nan(s[j]) : inf ? equal_real(s[j], oracle_inf()) : is_norm(s[j], column, m);
    CHECKF(ok, "m %zu d %zu j %zu: %a", m, d, j, (double)s[j]);
  }
}

TEST(norms_known_answers) {
  const medsgd_real max = oracle_from_bits(oracle_bits(oracle_inf()) - 1), least = oracle_from_bits(1), big = max / 8,
                    inf = oracle_inf();
  const medsgd_real a[] = {3, -3, 0, max, 3 * big, 3 * least, max, -inf, 1, 5},
                    b[] = {4, 4, (medsgd_real)-0.0, 0, 4 * big, 4 * least, max, 2, -1, 12};
  const medsgd_real expected[] = {5, 5, 0, max, 5 * big, 5 * least, inf, inf, (medsgd_real)1.41421356237309504880, 13};
  const medsgd_real *rows[] = {a, b};
  medsgd_real s[10];
  CHECK(medsgd_column_norms(s, rows, 2, 10) == MEDSGD_OK);
  for (int j = 0; j < 10; j++)
    CHECKF(same_real(s[j], expected[j]), "j %d: %a, not %a", j, (double)s[j], (double)expected[j]);
}

TEST(norms_all_sizes) {
  FOR_EACH_SIZE (d) {
    static const size_t some[] = {1, 2, 3, 5, 9, 16, 31, 100};
    size_t m = some[d % 8];
    check_norms(ROWS(input_rows(m, d, oracle_hostile)), m, d);
    check_norms(ROWS(input_rows(m, d, oracle_finite)), m, d);
    test_release();
  }
}

/* All values of a column at one magnitude, from the least subnormals to the largest numbers. */
TEST(norms_all_magnitudes) {
  enum { M = 7 };
  const uint64_t inf = oracle_bits(oracle_inf());
  const size_t d = 2000;
  medsgd_real *rows[M];
  for (size_t i = 0; i < M; i++) {
    rows[i] = input_buffer(d);
    for (size_t j = 0; j < d; j++) {
      uint64_t bits = inf / d * (j + 1), spread = test_random() % (inf / 500);
      rows[i][j] = oracle_from_bits(bits > spread ? bits - spread : bits);
      if (test_below(2)) rows[i][j] = -rows[i][j];
    }
  }
  check_norms(ROWS(rows), M, d);
}

TEST(norms_in_slices) {
  enum { M = 11, D = 1000 };
  medsgd_real **rows = input_rows(M, D, oracle_finite), *whole = input_buffer(D), *part = input_buffer(D);
  const medsgd_real *slice[M];
  CHECK(medsgd_column_norms(whole, ROWS(rows), M, D) == MEDSGD_OK);
  for (int repeat = 0; repeat < 40; repeat++) {
    for (size_t from = 0, n; from < D; from += n) {
      n = 1 + test_below(repeat < 20 ? 20 : 600);
      if (n > D - from) n = D - from;
      for (size_t i = 0; i < M; i++) slice[i] = rows[i] + from;
      CHECK(medsgd_column_norms(part + from, slice, M, n) == MEDSGD_OK);
    }
    CHECK(memcmp(whole, part, D * sizeof *whole) == 0);
  }
}

/* ---- selecting ---- */

static medsgd_real score_of(uint64_t random) { return (medsgd_real)fabs((double)oracle_finite(random)); }

static size_t *index_buffer(size_t k) { return (size_t *)test_buffer(k * sizeof(size_t)); }
static medsgd_real *work_for(size_t d, size_t k) { return input_buffer(medsgd_block_work(d, k)); }

static size_t positives(const medsgd_real *s, size_t d) {
  size_t count = 0;
  for (size_t j = 0; j < d; j++) count += oracle_sign(s[j]) > 0;
  return count;
}

static medsgd_stream stream_of(uint64_t seed, uint32_t worker, uint32_t round) {
  medsgd_stream stream;
  stream.seed = seed;
  stream.worker = worker;
  stream.round = round;
  return stream;
}

/* What holds for any selection of k of d. */
static void check_block(const size_t *idx, size_t count, const medsgd_real *s, size_t d, size_t k) {
  size_t expected = positives(s, d);
  if (expected > k) expected = k;
  CHECKF(count == expected, "d %zu k %zu: count %zu, not %zu", d, k, count, expected);
  for (size_t i = 0; i < count; i++) {
    if (idx[i] >= d) {
      CHECKF(idx[i] < d, "d %zu k %zu", d, k);
      return;
    }
    CHECKF(oracle_sign(s[idx[i]]) > 0, "d %zu k %zu: a zero score at %zu", d, k, idx[i]);
    if (i > 0) CHECKF(idx[i - 1] < idx[i], "d %zu k %zu: not ascending at %zu", d, k, i);
  }
  for (size_t b = count * sizeof *idx; b < k * sizeof *idx; b++) CHECK(((const unsigned char *)idx)[b] == 0xA5);
}

static const size_t *sample(const medsgd_real *s, size_t d, size_t k, medsgd_stream stream, size_t *count) {
  size_t *idx = index_buffer(k);
  medsgd_real *work = work_for(d, k);
  memset(work, (int)test_below(256), medsgd_block_work(d, k) * sizeof *work); /* whatever is there has no say */
  CHECK(medsgd_block_sample(idx, count, s, d, k, stream, work) == MEDSGD_OK);
  check_block(idx, *count, s, d, k);
  return idx;
}

static void check_top(const medsgd_real *s, size_t d, size_t k) {
  size_t *idx = index_buffer(k), *expected = index_buffer(k), count = 0;
  CHECK(medsgd_block_top(idx, &count, s, d, k, work_for(d, k)) == MEDSGD_OK);
  check_block(idx, count, s, d, k);
  CHECKF(oracle_top(expected, s, d, k) == count && memcmp(idx, expected, count * sizeof *idx) == 0, "d %zu k %zu", d,
         k);
}

/* The k of a test: 1, 2, near the half, near d, and two random ones. */
static size_t some_k(size_t d, int which) {
  const size_t ks[] = {1, 2, d / 2, d - 1, d, 1 + test_below(d), 1 + test_below(1 + d / 20)};
  size_t k = ks[which];
  return k == 0 ? 1 : k > d ? d : k;
}

/* Score vectors that are all zero, sparse, tied, of all magnitudes, at the ends of the range, or steep. */
static medsgd_real *scores(size_t d, int kind) {
  const medsgd_real max = oracle_from_bits(oracle_bits(oracle_inf()) - 1), least = oracle_from_bits(1);
  medsgd_real *s = input_buffer(d);
  for (size_t j = 0; j < d; j++) {
    uint64_t r = test_random();
    switch (kind) {
      case 0: s[j] = r % 2 ? 0 : (medsgd_real)-0.0; break;
      case 1: s[j] = r % 50 ? 0 : (medsgd_real)test_uniform(); break;
      case 2: s[j] = (medsgd_real)(r % 3); break;
      case 3: s[j] = score_of(r); break;
      case 4: s[j] = max; break;
      case 5: s[j] = least * (medsgd_real)(r % 3); break;
      case 6: s[j] = r % 10 ? least : max; break;
      case 7: s[j] = oracle_from_bits(oracle_bits(oracle_inf()) / (d + 1) * (j + 1)); break;
      case 8: s[j] = oracle_from_bits(oracle_bits(oracle_inf()) / (d + 1) * (d - j)); break;
      default: s[j] = (medsgd_real)test_uniform(); break;
    }
  }
  test_seal(s);
  return s;
}
enum { SCORE_KINDS = 10 };

TEST(select_all_sizes) {
  FOR_EACH_SIZE (d) {
    if (d == 0) continue;
    for (int kind = 0; kind < SCORE_KINDS; kind++)
      for (int which = 0; which < 7; which++) {
        const medsgd_real *s = scores(d, kind);
        size_t k = some_k(d, which), count;
        sample(s, d, k, stream_of(test_random(), 1, 2), &count);
        check_top(s, d, k);
        test_release();
      }
  }
}

TEST(top_exhaustive) {
  const medsgd_real letters[] = {0, oracle_from_bits(1), 1, oracle_from_bits(oracle_bits(oracle_inf()) - 1)};
  size_t columns = 1;
  for (size_t d = 1; d <= 6; d++) {
    columns *= 4;
    for (size_t column = 0; column < columns; column++) {
      medsgd_real *s = input_buffer(d);
      for (size_t j = 0, rest = column; j < d; j++, rest /= 4) s[j] = letters[rest % 4];
      for (size_t k = 1; k <= d; k++) check_top(s, d, k);
      test_release();
    }
  }
}

TEST(top_known_answer) {
  const medsgd_real s[] = {1, 3, 2, 3, 0, 3};
  size_t idx[3], count;
  medsgd_real *work = work_for(6, 3);
  CHECK(medsgd_block_top(idx, &count, s, 6, 2, work) == MEDSGD_OK && count == 2 && idx[0] == 1 && idx[1] == 3);
  CHECK(medsgd_block_top(idx, &count, s, 6, 3, work) == MEDSGD_OK && count == 3 && idx[2] == 5);
}

/* ---- the distribution of samples ----
 * Pearson's chi-square against exact probabilities, cells with fewer than 10 expected pooled. Each of the some 60 tests
 * of a run has a false alarm with probability below 1e-7. */

static void check_chi2(const double *probability, const size_t *seen, size_t cells, size_t draws, const char *what) {
  double chi2 = 0, pooled = 0, freedom = -1;
  size_t pooled_seen = 0;
  for (size_t c = 0; c < cells; c++) {
    double expected = probability[c] * (double)draws;
    if (probability[c] <= 0) CHECKF(seen[c] == 0, "%s: the impossible cell %zu seen %zu times", what, c, seen[c]);
    if (expected < 10) {
      pooled += expected;
      pooled_seen += seen[c];
    } else {
      chi2 += ((double)seen[c] - expected) * ((double)seen[c] - expected) / expected;
      freedom++;
    }
  }
  if (pooled >= 10) {
    chi2 += ((double)pooled_seen - pooled) * ((double)pooled_seen - pooled) / pooled;
    freedom++;
  } else {
    CHECKF((double)pooled_seen < 40, "%s: rare cells seen %zu times, %g expected", what, pooled_seen, pooled);
  }
  if (freedom > 0)
    CHECKF(chi2 < oracle_chi2_limit(freedom), "%s: chi-square %.1f with %.0f degrees of freedom", what, chi2, freedom);
}

/* Stream number i of a test: successive rounds, workers or seeds. */
static medsgd_stream nth_stream(uint32_t i, int vary) {
  return stream_of(vary == 2 ? 77u + i : test_seed, vary == 1 ? i : 3u, vary == 0 ? i : 4u);
}

/* Every set of k of d items as often as sequential sampling gives it. */
TEST(sample_sets) {
  static const double tables[][6] = {
      {1, 1, 1, 1, 1, 1}, {1, 2, 3, 4, 5, 6}, {0, 5, 0, 1, 1, 0}, {1e-3, 1, 1e3, 1, 2, 1}, {8, 4, 2, 1, 0.5, 0.25}};
  enum { DRAWS = 20000 };
  for (int t = 0; t < 5; t++)
    for (size_t d = t ? 6 : 2; d <= 6; d += 2)
      for (size_t k = 1; k <= d - (t < 2); k++) {
        char what[64];
        double probability[64];
        size_t seen[64] = {0}, idx[6], count;
        medsgd_real s[6], *work = work_for(d, k);
        for (size_t j = 0; j < d; j++) s[j] = (medsgd_real)tables[t][j];
        oracle_sample_sets(probability, s, d, k);
        for (uint32_t i = 0; i < DRAWS; i++) {
          size_t set = 0;
          if (medsgd_block_sample(idx, &count, s, d, k, nth_stream(i, (int)k % 3), work) != MEDSGD_OK) count = 0;
          for (size_t c = 0; c < count; c++) set |= (size_t)1 << idx[c];
          seen[set]++;
        }
        snprintf(what, sizeof what, "table %d, %zu of %zu", t, k, d);
        check_chi2(probability, seen, (size_t)1 << d, DRAWS, what);
        test_release();
      }
}

/* Large d, where most coordinates are filtered away early: counts by class, and evenness within a class, at scales from
 * subnormal to near overflow. Class c holds the coordinates j with pattern[j % 8] == c. */
static void check_classes(const double score[3], size_t d, size_t k, medsgd_real unit, size_t draws) {
  static const int pattern[8] = {0, 1, 2, 2, 0, 2, 1, 2};
  enum { BINS = 20 };
  const size_t cells = (k + 1) * (k + 1);
  char what[96];
  size_t size[3] = {0, 0, 0}, *seen = (size_t *)test_buffer(cells * sizeof *seen), bins[3][BINS] = {{0}},
         total[3] = {0, 0, 0};
  size_t *idx = index_buffer(k), count;
  double *probability = (double *)test_buffer(cells * sizeof *probability);
  medsgd_real *s = input_buffer(d), *work = work_for(d, k);
  for (size_t j = 0; j < d; j++) {
    s[j] = (medsgd_real)score[pattern[j % 8]] * unit;
    size[pattern[j % 8]]++;
  }
  for (size_t c = 0; c < cells; c++) seen[c] = 0;
  oracle_sample_classes(probability, score, size, k);
  for (uint32_t i = 0; i < draws; i++) {
    size_t of[3] = {0, 0, 0};
    if (medsgd_block_sample(idx, &count, s, d, k, nth_stream(i, (int)(k % 3)), work) != MEDSGD_OK) count = 0;
    for (size_t c = 0; c < count; c++) {
      int class = pattern[idx[c] % 8];
      of[class]++;
      total[class]++;
      bins[class][idx[c] / 8 * BINS / ((d + 7) / 8)]++;
    }
    seen[of[0] * (k + 1) + of[1]]++;
  }
  snprintf(what, sizeof what, "d %zu k %zu unit %g: classes", d, k, (double)unit);
  check_chi2(probability, seen, cells, draws, what);
  for (int c = 0; c < 3;
       c++) { /* without replacement the counts vary less than a multinomial: the limit holds a fortiori */
    double even[BINS] = {0};
    for (size_t j = 0; j < d; j++)
      if (pattern[j % 8] == c) even[j / 8 * BINS / ((d + 7) / 8)] += 1 / (double)size[c];
    snprintf(what, sizeof what, "d %zu k %zu unit %g: places in class %d", d, k, (double)unit, c);
    if (score[c] > 0) check_chi2(even, bins[c], BINS, total[c], what);
  }
  test_release();
}

TEST(sample_classes) {
  static const double steep[3] = {100, 10, 1}, gentle[3] = {1, 2, 3}, sparse[3] = {0, 4, 1};
  const medsgd_real large = oracle_from_bits(oracle_bits(oracle_inf()) - 1) / 128, least = oracle_from_bits(1);
  check_classes(gentle, 3000, 1, 1, 8000);
  check_classes(steep, 3000, 2, 1, 8000);
  check_classes(gentle, 3000, 20, 1, 4000);
  check_classes(steep, 3000, 20, large, 4000);
  check_classes(steep, 3000, 20, least, 4000);
  check_classes(sparse, 3000, 20, large, 3000);
  check_classes(sparse, 1001, 100, 1, 3000);
  check_classes(steep, 160, 150, 1, 3000); /* nearly all: what was filtered has to come back */
  check_classes(gentle, 300, 270, least, 3000);
  check_classes(steep, 400, 200, large, 3000);
}

/* Giants always come first; what is left of k goes evenly to the dwarfs. */
TEST(sample_giants) {
  enum { D = 3000, GIANTS = 30, DRAWS = 400, BINS = 10 };
  const medsgd_real max = oracle_from_bits(oracle_bits(oracle_inf()) - 1),
                    dwarfs[] = {oracle_from_bits(1), max / (medsgd_real)1e30};
  for (int small = 0; small < 2; small++)
    for (size_t k = 20; k <= 70; k += 10) {
      size_t bins[BINS] = {0}, idx[70], count = 0;
      double even[BINS];
      medsgd_real *s = input_buffer(D), *work = work_for(D, k);
      for (size_t j = 0; j < D; j++) s[j] = j % 100 == 50 ? max : dwarfs[small];
      for (uint32_t i = 0; i < DRAWS; i++) {
        size_t giants = 0;
        CHECK(medsgd_block_sample(idx, &count, s, D, k, nth_stream(i, 0), work) == MEDSGD_OK && count == k);
        for (size_t c = 0; c < count; c++) {
          giants += idx[c] % 100 == 50;
          bins[idx[c] * BINS / D] += idx[c] % 100 != 50;
        }
        CHECKF(giants == (k < GIANTS ? k : GIANTS), "k %zu: %zu giants", k, giants);
      }
      for (int b = 0; b < BINS; b++) even[b] = 1 / (double)BINS;
      if (k > GIANTS) check_chi2(even, bins, BINS, (k - GIANTS) * DRAWS, "dwarfs");
      test_release();
    }
}

/* The samples of neighbouring rounds, workers and seeds are independent: pairs of single draws from 3. */
TEST(sample_independent) {
  enum { DRAWS = 30000 };
  const medsgd_real s[] = {1, 2, 3};
  for (int vary = 0; vary < 3; vary++) {
    double probability[9];
    size_t seen[9] = {0}, last = 0, idx, count;
    medsgd_real *work = work_for(3, 1);
    for (uint32_t i = 0; i <= DRAWS; i++) {
      CHECK(medsgd_block_sample(&idx, &count, s, 3, 1, nth_stream(i, vary), work) == MEDSGD_OK && count == 1);
      if (i > 0) seen[3 * last + idx]++;
      last = idx;
    }
    for (size_t c = 0; c < 9; c++) probability[c] = (double)(s[c / 3] * s[c % 3]) / 36;
    check_chi2(probability, seen, 9, DRAWS, "pairs");
  }
}

/* The same stream gives the same block whatever is in the scratch memory, and a block of k is part of the block of k+1.
 */
TEST(sample_deterministic_and_nested) {
  for (int kind = 0; kind < SCORE_KINDS; kind++)
    for (size_t d = 300; d <= 301; d++) {
      const medsgd_real *s = scores(d, kind);
      const size_t *smaller = NULL;
      size_t smaller_count = 0;
      for (size_t k = 1; k <= d; k += k < 20 ? 1 : k / 20) {
        size_t count, again_count, found = 0;
        const size_t *idx = sample(s, d, k, stream_of(5, 6, 7), &count);
        const size_t *again = sample(s, d, k, stream_of(5, 6, 7), &again_count);
        CHECK(count == again_count && memcmp(idx, again, count * sizeof *idx) == 0);
        for (size_t i = 0; i < count && found < smaller_count; i++) found += idx[i] == smaller[found];
        CHECKF(found == smaller_count, "kind %d d %zu k %zu", kind, d, k);
        smaller = idx;
        smaller_count = count;
      }
      test_release();
    }
}

/* The word of position j, from the reference of the generator, as docs/wire-format.md has it. */
static uint32_t word_of(medsgd_stream stream, uint32_t purpose, size_t j) {
  const uint32_t counter[4] = {(uint32_t)(j / 64 * 16 + j % 16), 0, stream.worker, stream.round};
  const uint32_t key[4] = {(uint32_t)stream.seed, (uint32_t)(stream.seed >> 32), purpose, 0};
  uint32_t word[4];
  oracle_threefry4x32(word, counter, key, 20);
  return word[j / 16 % 4];
}

static const wide *exponentials(size_t d, medsgd_stream stream) {
  wide *const e = (wide *)test_buffer(d * sizeof *e);
  for (size_t j = 0; j < d; j++) {
    const uint64_t bits = (uint64_t)word_of(stream, 5, j) << 32 | word_of(stream, 6, j);
    const wide u = ((wide)bits + 0.5L) * 0x1p-64L;
    e[j] = bits >> 63 ? -logl(((wide)~bits + 0.5L) * 0x1p-64L) : -log1pl(-u);
  }
  return e;
}

/* E_j / s_j of every coordinate in long double; those in the block have the least. Where two are too close for long double to tell,
 * either may win. */
TEST(sample_is_the_race) {
  static const size_t sizes[] = {100, 127, 128, 129, 1000, 20000};
  for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++)
    for (int kind = 0; kind < SCORE_KINDS + 2; kind++) {
      const size_t d = sizes[i], ks[] = {1, d / 100 + 1, d / 10, d / 2, d - d / 10, d - 1};
      const medsgd_stream stream = stream_of(test_random(), (uint32_t)test_random(), (uint32_t)test_random());
      const wide *const e = exponentials(d, stream);
      medsgd_real *const s = input_buffer(d);
      if (kind < SCORE_KINDS) {
        memcpy(s, scores(d, kind), d * sizeof *s);
      } else { /* steep, first to last and last to first */
        for (size_t j = 0; j < d; j++) s[j] = (medsgd_real)exp(60.0 * (double)(kind == SCORE_KINDS ? j : d - j) / (double)d);
      }
      for (size_t c = 0; c < sizeof ks / sizeof *ks; c++) {
        size_t count, at = 0;
        const size_t *idx = sample(s, d, ks[c], stream, &count);
        wide slowest = 0;
        for (size_t w = 0; w < count; w++) slowest = fmaxl(slowest, e[idx[w]] / (wide)s[idx[w]]);
        for (size_t j = 0; j < d; j++) {
          if (at < count && idx[at] == j) at++;
          else if (s[j] > 0) CHECKF(e[j] / (wide)s[j] >= slowest * (1 - 1e-13L), "kind %d d %zu k %zu: %zu was left", kind, d, ks[c], j);
        }
      }
      test_release();
    }
}

/* A window anywhere, as a sample hardly ever has it: all keys below its lower end are ahead, also when they are k or more, and all
 * runners between its ends. */
TEST(sample_window) {
  enum { D = 1000 };
  static const double ends[][2] = {{0.001, 0.002}, {0.01, 0.5}, {0.3, 0.4}, {0.5, 20}, {3, 40}, {1e-60, 1e-59}, {1e-60, 3}};
  for (size_t c = 0; c < sizeof ends / sizeof *ends; c++)
    for (int kind = 2; kind < 4; kind++) {
      const medsgd_stream stream = stream_of(test_random(), 1, 2);
      const wide *const e = exponentials(D, stream);
      const medsgd_real *const s = scores(D, kind == 2 ? 2 : 9);
      size_t ahead = 0, between = 0;
      for (size_t j = 0; j < D; j++) {
        ahead += s[j] > 0 && e[j] < (wide)ends[c][0] * (wide)s[j];
        between += s[j] > 0 && e[j] >= (wide)ends[c][0] * (wide)s[j] && e[j] < (wide)ends[c][1] * (wide)s[j];
      }
      for (size_t k = ahead > 11 ? ahead - 10 : 1; k <= ahead + 10; k++) {
        size_t at = 0, runner = 0, *const idx = index_buffer(k);
        medsgd__race race;
        race.idx = idx;
        race.runners = input_buffer(MEDSGD__RUNNER * D);
        race.scratch = input_buffer(D);
        race.capacity = D;
        race.k = k;
        race.low = medsgd__key_of(ends[c][0]);
        race.limit = medsgd__key_of(ends[c][1]);
        medsgd__race_run(&race, s, D, stream);
        CHECKF(race.ahead == (ahead <= k ? ahead : k + 1), "window %zu k %zu: %zu ahead, not %zu", c, k, race.ahead, ahead);
        CHECKF(race.count == between, "window %zu k %zu: %zu runners, not %zu", c, k, race.count, between);
        for (size_t j = 0; j < D; j++) {
          if (!(s[j] > 0)) continue;
          if (e[j] < (wide)ends[c][0] * (wide)s[j]) {
            if (at < k) CHECKF(idx[at] == j, "window %zu k %zu: %zu ahead, not %zu", c, k, idx[at], j);
            at++;
          } else if (e[j] < (wide)ends[c][1] * (wide)s[j] && runner < race.count) {
            CHECK(medsgd__runner_index(race.runners + MEDSGD__RUNNER * runner) == j);
            runner++;
          }
        }
      }
      test_release();
    }
}

/* Streams on which the first try at k = 1 finds no coordinate at all (one in a million does): the block has to be in that of 50. */
TEST(sample_second_try) {
  enum { D = 130 };
  static const uint32_t rounds[] = {8653345, 8840269};
  medsgd_real *s = input_buffer(D);
  for (size_t j = 0; j < D; j++) s[j] = 1;
  for (int i = 0; i < 2; i++) {
    size_t count, among = 0;
    const size_t *one = sample(s, D, 1, stream_of(20210321, 0, rounds[i]), &count);
    const size_t *fifty = sample(s, D, 50, stream_of(20210321, 0, rounds[i]), &count);
    for (size_t c = 0; c < count; c++) among += fifty[c] == *one;
    CHECK(count == 50 && among == 1);
  }
}

TEST(sample_streams_differ) {
  enum { D = 2000, K = 20 };
  const medsgd_stream streams[] = {stream_of(1, 0, 0), stream_of(0, 1, 0), stream_of(0, 0, 1),
                                   stream_of((uint64_t)1 << 32, 0, 0), stream_of(0, 0, 0)};
  const size_t *idx[5];
  const medsgd_real *s = scores(D, 4);
  for (int i = 0; i < 5; i++) {
    size_t count;
    idx[i] = sample(s, D, K, streams[i], &count);
    for (int k = 0; k < i; k++) CHECKF(memcmp(idx[i], idx[k], K * sizeof **idx) != 0, "streams %d and %d", i, k);
  }
}

/* A million coordinates: the classes within 6 standard deviations of the exponential race's limit, and the k largest.
 */
TEST(select_of_a_million) {
  enum { D = 1000000, K = 10000 };
  static const double score[3] = {9, 3, 1};
  const double third = (double)D / 3;
  double race = 0;
  size_t of[3] = {0, 0, 0}, count;
  medsgd_real *s = input_buffer(D);
  for (size_t j = 0; j < D; j++) s[j] = (medsgd_real)score[j % 3];
  for (double step = 1; step > 1e-12; step /= 2) { /* time at which K of the exponential clocks have rung */
    double rung = 0;
    for (int c = 0; c < 3; c++) rung += third * (1 - exp(-score[c] * (race + step)));
    if (rung < (double)K) race += step;
  }
  const size_t *idx = sample(s, D, K, stream_of(test_seed, 0, 0), &count);
  for (size_t i = 0; i < count; i++) of[idx[i] % 3]++;
  for (int c = 0; c < 3; c++) {
    double expected = third * (1 - exp(-score[c] * race)), deviation = sqrt(expected * (1 - expected / (double)K));
    CHECKF(fabs((double)of[c] - expected) < 6 * deviation, "class %d: %zu, expected %.1f +- %.1f", c, of[c], expected,
           deviation);
  }
  test_release();
  for (int kind = 2; kind < SCORE_KINDS; kind += 1 + (kind > 2)) {
    const medsgd_real *hard = scores(D, kind);
    check_top(hard, D, kind == 3 ? D - 5 : kind == 5 ? D / 2 : K);
    sample(hard, D, kind == 3 ? D / 2 : K, stream_of(1, 2, 3), &count);
    test_release();
  }
}

/* ---- gather, scatter ---- */

TEST(gather_and_scatter) {
  const medsgd_real step = (medsgd_real)0.1;
  FOR_EACH_SIZE (k) {
    const size_t d = 1 + k + test_below(50);
    const medsgd_real *row = input_reals(d, oracle_hostile);
    medsgd_real *block = input_buffer(k), *x = input_buffer(d), *expected = input_buffer(d);
    size_t *idx = index_buffer(k);
    if (k == 0) continue;
    for (size_t i = 0; i < k; i++)
      idx[i] = k % 2 ? d - 1 - i : test_below(d); /* descending, or random with repetitions */
    test_seal(idx);
    CHECK(medsgd_gather(block, row, idx, k) == MEDSGD_OK);
    for (size_t i = 0; i < k; i++) CHECKF(oracle_bits(block[i]) == oracle_bits(row[idx[i]]), "k %zu i %zu", k, i);
    test_seal(block);
    for (size_t j = 0; j < d; j++) x[j] = expected[j] = oracle_hostile(test_random());
    CHECK(medsgd_scatter_step(x, block, idx, k, step) == MEDSGD_OK);
    for (size_t i = 0; i < k; i++) {
      volatile medsgd_real product = step * block[i]; /* rounded before it is subtracted */
      expected[idx[i]] = expected[idx[i]] - product;
    }
    for (size_t j = 0; j < d; j++)
      CHECKF(same_real(x[j], expected[j]), "k %zu j %zu: %a, not %a", k, j, (double)x[j], (double)expected[j]);
    test_release();
  }
}

/* ---- errors ---- */

TEST(norms_errors) {
  enum { M = 3, D = 70 };
  const medsgd_real *const *rows = ROWS(input_rows(M, D, oracle_finite));
  medsgd_real *s = input_buffer(D);
  for (size_t hole = 0; hole < M; hole++) {
    const medsgd_real *broken[M];
    for (size_t i = 0; i < M; i++) broken[i] = i == hole ? NULL : rows[i];
    CHECK_ERROR(MEDSGD_ERR_NULL, medsgd_column_norms(s, broken, M, D));
  }
  CHECK_ERROR(MEDSGD_ERR_NULL, medsgd_column_norms(NULL, rows, M, D));
  CHECK_ERROR(MEDSGD_ERR_NULL, medsgd_column_norms(s, NULL, M, D));
  CHECK_ERROR(MEDSGD_ERR_SIZE, medsgd_column_norms(s, rows, 0, D));
  CHECK_ERROR(MEDSGD_ERR_SIZE, medsgd_column_norms(NULL, NULL, 0, 0));
  CHECK_ERROR(MEDSGD_OK, medsgd_column_norms(NULL, NULL, M, 0));
  CHECK_ERROR(MEDSGD_OK, medsgd_column_norms(s, rows, M, 0));
}

TEST(select_errors) {
  enum { D = 500, K = 9 };
  const medsgd_stream stream = stream_of(1, 2, 3);
  const medsgd_real bad[] = {oracle_nan(), oracle_inf(), -oracle_inf(), -1, -oracle_from_bits(1), -oracle_nan()};
  medsgd_real *s = input_buffer(D), *work = work_for(D, K);
  size_t *idx = index_buffer(K), *count = index_buffer(1);
  for (size_t j = 0; j < D; j++) s[j] = (medsgd_real)j;
  for (size_t j = 0; j < D;
       j += 1 + test_below(30)) /* wherever it stands, also among scores that would be filtered away */
    for (int b = 0; b < 6; b++) {
      medsgd_real good = s[j];
      s[j] = bad[b];
      CHECK_ERROR(MEDSGD_ERR_PARAM, medsgd_block_sample(idx, count, s, D, K, stream, work));
      CHECK_ERROR(MEDSGD_ERR_PARAM, medsgd_block_top(idx, count, s, D, K, work));
      CHECK_ERROR(MEDSGD_ERR_PARAM, medsgd_block_top(idx, count, s, j + 1, 1, work));
      CHECK_ERROR(MEDSGD_ERR_PARAM, medsgd_block_sample(idx, count, s, j + 1, 1, stream, work));
      s[j] = good;
    }
  CHECK_ERROR(MEDSGD_ERR_SIZE, medsgd_block_sample(idx, count, s, D, 0, stream, work));
  CHECK_ERROR(MEDSGD_ERR_SIZE, medsgd_block_sample(idx, count, s, K - 1, K, stream, work));
  CHECK_ERROR(MEDSGD_ERR_SIZE, medsgd_block_sample(idx, count, s, SIZE_MAX, SIZE_MAX, stream, work));
  CHECK_ERROR(MEDSGD_ERR_NULL, medsgd_block_sample(NULL, count, s, D, K, stream, work));
  CHECK_ERROR(MEDSGD_ERR_NULL, medsgd_block_sample(idx, NULL, s, D, K, stream, work));
  CHECK_ERROR(MEDSGD_ERR_NULL, medsgd_block_sample(idx, count, NULL, D, K, stream, work));
  CHECK_ERROR(MEDSGD_ERR_NULL, medsgd_block_sample(idx, count, s, D, K, stream, NULL));
  CHECK_ERROR(MEDSGD_ERR_SIZE, medsgd_block_top(idx, count, s, D, 0, work));
  CHECK_ERROR(MEDSGD_ERR_SIZE, medsgd_block_top(idx, count, s, K - 1, K, work));
  CHECK_ERROR(MEDSGD_ERR_SIZE, medsgd_block_top(idx, count, s, SIZE_MAX, SIZE_MAX, work));
  CHECK_ERROR(MEDSGD_ERR_NULL, medsgd_block_top(NULL, count, s, D, K, work));
  CHECK_ERROR(MEDSGD_ERR_NULL, medsgd_block_top(idx, NULL, s, D, K, work));
  CHECK_ERROR(MEDSGD_ERR_NULL, medsgd_block_top(idx, count, NULL, D, K, work));
  CHECK_ERROR(MEDSGD_ERR_NULL, medsgd_block_top(idx, count, s, D, K, NULL));

  CHECK(medsgd_block_work(D, K) > 0 && medsgd_block_work(D, K) <= 5 * D && medsgd_block_work(SIZE_MAX, SIZE_MAX) == 0);
  *count = 1;
  CHECK(medsgd_block_sample(NULL, count, NULL, 0, K, stream, NULL) == MEDSGD_OK && *count == 0);
  *count = 1;
  CHECK(medsgd_block_top(NULL, count, NULL, 0, K, NULL) == MEDSGD_OK && *count == 0);
  CHECK(medsgd_block_sample(NULL, NULL, NULL, 0, 0, stream, NULL) == MEDSGD_OK);
  CHECK(medsgd_block_top(NULL, NULL, NULL, 0, 0, NULL) == MEDSGD_OK);
}

TEST(gather_errors) {
  const medsgd_real *row = input_reals(9, oracle_hostile);
  medsgd_real *x = input_buffer(9);
  size_t *idx = index_buffer(2);
  idx[0] = 3;
  idx[1] = 8;
  CHECK_ERROR(MEDSGD_ERR_SIZE, medsgd_gather(x, row, idx, 0));
  CHECK_ERROR(MEDSGD_ERR_SIZE, medsgd_gather(NULL, NULL, NULL, 0));
  CHECK_ERROR(MEDSGD_ERR_NULL, medsgd_gather(NULL, row, idx, 2));
  CHECK_ERROR(MEDSGD_ERR_NULL, medsgd_gather(x, NULL, idx, 2));
  CHECK_ERROR(MEDSGD_ERR_NULL, medsgd_gather(x, row, NULL, 2));
  CHECK_ERROR(MEDSGD_ERR_SIZE, medsgd_scatter_step(x, row, idx, 0, 1));
  CHECK_ERROR(MEDSGD_ERR_SIZE, medsgd_scatter_step(NULL, NULL, NULL, 0, oracle_nan()));
  CHECK_ERROR(MEDSGD_ERR_NULL, medsgd_scatter_step(NULL, row, idx, 2, 1));
  CHECK_ERROR(MEDSGD_ERR_NULL, medsgd_scatter_step(x, NULL, idx, 2, 1));
  CHECK_ERROR(MEDSGD_ERR_NULL, medsgd_scatter_step(x, row, NULL, 2, 1));
  CHECK_ERROR(MEDSGD_ERR_PARAM, medsgd_scatter_step(x, row, idx, 2, oracle_nan()));
  CHECK_ERROR(MEDSGD_ERR_PARAM, medsgd_scatter_step(x, row, idx, 2, -oracle_inf()));
}

TEST_MAIN(CASE(norms_known_answers), CASE(norms_all_sizes), CASE(norms_all_magnitudes), CASE(norms_in_slices),
          CASE(select_all_sizes), CASE(top_exhaustive), CASE(top_known_answer), CASE(sample_sets), CASE(sample_classes),
          CASE(sample_giants), CASE(sample_independent), CASE(sample_deterministic_and_nested),
          CASE(sample_is_the_race), CASE(sample_window), CASE(sample_second_try), CASE(sample_streams_differ), CASE(select_of_a_million),
          CASE(gather_and_scatter), CASE(norms_errors),
          CASE(select_errors), CASE(gather_errors))
