/* SPDX-License-Identifier: MIT
 * Blocks: the sample against a race run in long double, the greedy block against a sort; index sets ascending, in range,
 * without zero scores, of the right number; scaling of the scores changes nothing; column norms, gather and scatter element
 * by element; errors write nothing. */
#include "fuzz.h"

static void check_block(const size_t *idx, size_t count, const real *s, size_t d, size_t k) {
  size_t positive = 0;
  for (size_t j = 0; j < d; j++) positive += s[j] > 0;
  FUZZ_CHECK(count == (k < positive ? k : positive));
  for (size_t i = 0; i < count; i++) FUZZ_CHECK(idx[i] < d && s[idx[i]] > 0 && (i == 0 || idx[i] > idx[i - 1]));
}

/* The race of the header's description: E_j / s_j, E_j of the 64 bits of position j, and the k least win. Where two keys are
 * too close for long double to tell, either may. */
static void check_race(const size_t *idx, size_t count, const real *s, size_t d, medsgd_stream stream) {
  wide *const key = (wide *)fuzz_buffer(d * sizeof(wide)), slowest = 0;
  for (size_t j = 0; j < d; j++) {
    const uint64_t bits = (uint64_t)random_word(stream, 5, j) << 32 | random_word(stream, 6, j);
    const wide u = (wide)bits * 0x1p-64L;
    key[j] = s[j] > 0 ? (u < 0.5L ? -log1pl(-(u + 0x1p-65L)) : -logl(((wide)~bits + 0.5L) * 0x1p-64L)) / (wide)s[j] : 0;
  }
  for (size_t i = 0; i < count; i++) if (key[idx[i]] > slowest) slowest = key[idx[i]];
  for (size_t j = 0, i = 0; j < d; j++) {
    if (i < count && idx[i] == j) i++;
    else if (s[j] > 0) FUZZ_CHECK(key[j] >= slowest * (1 - 1e-13L));
  }
}

/* The logarithm that the race rests on, of any positive number. */
static void check_log(void) {
  const uint8_t how = take_byte();
  const double x = how & 1 ? take_double() : ldexp(1 + (double)take_byte() / 256, (int)take_size(2097) - 1074);
  if (!(x > 0 && x <= DBL_MAX)) return;
  const wide exact = logl((wide)x), error = exact - (wide)medsgd__log(x), size = exact < 0 ? -exact : exact;
  FUZZ_CHECK(error <= size * 1e-15L && -error <= size * 1e-15L);
}

/* Column norms against long double, under another order of the rows, in slices, and scaled. */
static void check_norms(void) {
  const int wide_matrix = take_byte() % 8 == 0;
  const size_t m = take_count(wide_matrix ? 90 : 9), d = take_size(wide_matrix ? 30 : 300), cut = take_size(d);
  const real power = take_power(60);
  real **const rows = take_rows(m, d), **const tail = (real **)fuzz_buffer(m * sizeof *tail);
  real *const norms = new_reals(d), *const pieces = new_reals(d), *const column = new_reals(m);
  FUZZ_CHECK(medsgd_column_norms(norms, ROWS(rows), m, d) == MEDSGD_OK);
  const wide largest = sizeof(real) == 4 ? (wide)FLT_MAX : (wide)DBL_MAX;
  const wide unit = sizeof(real) == 4 ? 0x1p-23L : (wide)(m + 3) * 0x1p-54L, tiny = sizeof(real) == 4 ? 0x1p-149L : 0x1p-1074L;
  for (size_t j = 0; j < d; j++) {
    for (size_t i = 0; i < m; i++) column[i] = rows[i][j];
    const wide norm = oracle_norm2(column, m), error = (wide)norms[j] > norm ? (wide)norms[j] - norm : norm - (wide)norms[j];
    if (norm != norm) FUZZ_CHECK(oracle_is_nan(norms[j]));
    else if (norm > largest * (1 + unit)) FUZZ_CHECK(norms[j] == oracle_inf());
    else if (norm < largest * (1 - unit)) FUZZ_CHECK(error <= norm * unit + tiny);
  }
  for (size_t i = 0; i < m; i++) tail[i] = rows[i] + cut;
  FUZZ_CHECK(medsgd_column_norms(pieces, ROWS(rows), m, cut) == MEDSGD_OK);
  FUZZ_CHECK(medsgd_column_norms(pieces + cut, ROWS(tail), m, d - cut) == MEDSGD_OK && same_all(pieces, norms, d));
  for (size_t i = 0; i < m; i++) for (size_t j = 0; j < d; j++) rows[i][j] *= power;
  FUZZ_CHECK(medsgd_column_norms(pieces, ROWS(rows), m, d) == MEDSGD_OK);
  for (size_t j = 0; j < d; j++) { /* exact where nothing comes near the ends of the range */
    if (norms[j] > (real)1e-9 && norms[j] < (real)1e9) FUZZ_CHECK((wide)pieces[j] <= (wide)(norms[j] * power) * (1 + 2 * unit));
    if (norms[j] > (real)1e-9 && norms[j] < (real)1e9) FUZZ_CHECK((wide)pieces[j] >= (wide)(norms[j] * power) * (1 - 2 * unit));
  }
  real *const fresh = new_reals(d);
  FUZZ_CHECK(medsgd_column_norms(fresh, ROWS(rows), 0, d) == MEDSGD_ERR_SIZE);
  if (d) {
    FUZZ_CHECK(medsgd_column_norms(NULL, ROWS(rows), m, d) == MEDSGD_ERR_NULL);
    FUZZ_CHECK(medsgd_column_norms(fresh, NULL, m, d) == MEDSGD_ERR_NULL);
    tail[m - 1] = NULL;
    FUZZ_CHECK(medsgd_column_norms(fresh, ROWS(tail), m, d) == MEDSGD_ERR_NULL);
  } else {
    FUZZ_CHECK(medsgd_column_norms(NULL, NULL, m, 0) == MEDSGD_OK);
  }
  FUZZ_CHECK(untouched(fresh, d * sizeof(real)));
}

/* Gather and step on `k` indices in any order, some twice. */
static void check_gather(void) {
  const size_t d = 1 + take_size(150), k = take_count(100);
  const real step = take_real();
  real *const x = take_reals(d), *const before = copy_reals(x, d), *const expected = copy_reals(x, d);
  real *const block = new_reals(k);
  size_t *const idx = (size_t *)fuzz_buffer(k * sizeof(size_t));
  for (size_t i = 0; i < k; i++) idx[i] = take_size(d - 1);
  FUZZ_CHECK(medsgd_gather(block, x, idx, k) == MEDSGD_OK);
  for (size_t i = 0; i < k; i++) {
    const real moved = step * block[i];
    FUZZ_CHECK(memcmp(&block[i], &x[idx[i]], sizeof(real)) == 0); /* bit for bit, NaN payloads too */
    expected[idx[i]] = expected[idx[i]] - moved;
  }
  const int finite = oracle_is_finite(step);
  FUZZ_CHECK(medsgd_scatter_step(x, block, idx, k, step) == (finite ? MEDSGD_OK : MEDSGD_ERR_PARAM));
  FUZZ_CHECK(same_all(x, finite ? expected : before, d));
  real *const fresh = new_reals(k), *const y = copy_reals(x, d);
  FUZZ_CHECK(medsgd_gather(fresh, x, idx, 0) == MEDSGD_ERR_SIZE && medsgd_gather(NULL, x, idx, k) == MEDSGD_ERR_NULL);
  FUZZ_CHECK(medsgd_gather(fresh, NULL, idx, k) == MEDSGD_ERR_NULL && medsgd_gather(fresh, x, NULL, k) == MEDSGD_ERR_NULL);
  FUZZ_CHECK(medsgd_scatter_step(x, block, idx, 0, 1) == MEDSGD_ERR_SIZE);
  FUZZ_CHECK(medsgd_scatter_step(NULL, block, idx, k, 1) == MEDSGD_ERR_NULL);
  FUZZ_CHECK(medsgd_scatter_step(x, NULL, idx, k, 1) == MEDSGD_ERR_NULL);
  FUZZ_CHECK(medsgd_scatter_step(x, block, NULL, k, 1) == MEDSGD_ERR_NULL);
  FUZZ_CHECK(untouched(fresh, k * sizeof(real)) && same_all(x, y, d));
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  fuzz_begin(data, size);
  const uint8_t shape = take_byte();
  const size_t d = 1 + take_size(shape % 8 == 0 ? 1499 : 299), k = 1 + take_size(shape % 8 == 0 && d > 40 ? 40 : d - 1);
  const medsgd_stream stream = take_stream();
  real *const s = take_reals(d);
  int valid = 1;
  for (size_t j = 0; j < d; j++) {
    if (shape & 64) s[j] = oracle_is_finite(s[j]) ? s[j] < 0 ? -s[j] : s[j] : 0; /* mostly valid scores */
    if (shape % 16 == 0) s[j] = (real)ldexp((double)s[j], (int)(j / (d / 50 + 1)) - 50); /* growing towards the end */
    valid &= oracle_is_finite(s[j]) && s[j] >= 0;
  }
  const size_t n = medsgd_block_work(d, k), size_of_idx = k * sizeof(size_t);
  FUZZ_CHECK(n == 6 * (d < 2 * k + 64 ? d : 2 * k + 64));
  size_t *const idx = (size_t *)fuzz_buffer(size_of_idx), *const top = (size_t *)fuzz_buffer(size_of_idx);
  size_t *const again = (size_t *)fuzz_buffer(size_of_idx), *const expected = (size_t *)fuzz_buffer(d * sizeof(size_t));
  size_t count = 77, top_count = 77, count_again = 77;
  FUZZ_CHECK(medsgd_block_sample(idx, &count, s, d, k, stream, new_reals(n)) == (valid ? MEDSGD_OK : MEDSGD_ERR_PARAM));
  FUZZ_CHECK(medsgd_block_top(top, &top_count, s, d, k, new_reals(n)) == (valid ? MEDSGD_OK : MEDSGD_ERR_PARAM));
  if (valid) {
    check_block(idx, count, s, d, k);
    check_race(idx, count, s, d, stream);
    check_block(top, top_count, s, d, k);
    FUZZ_CHECK(oracle_top(expected, s, d, k) == top_count && memcmp(top, expected, top_count * sizeof(size_t)) == 0);
    FUZZ_CHECK(untouched(idx + count, size_of_idx - count * sizeof(size_t)));
    FUZZ_CHECK(untouched(top + top_count, size_of_idx - top_count * sizeof(size_t)));
    /* scores scaled by a power of two, none lost: the same blocks */
    const real power = take_power(60);
    real *const scaled = new_reals(d);
    int exact = 1;
    for (size_t j = 0; j < d; j++) {
      scaled[j] = s[j] * power;
      exact &= scaled[j] / power == s[j] && (s[j] == 0 || (scaled[j] >= (real)1e-30 && s[j] >= (real)1e-30 && scaled[j] <= (real)1e30));
    }
    if (exact) {
      FUZZ_CHECK(medsgd_block_sample(again, &count_again, scaled, d, k, stream, new_reals(n)) == MEDSGD_OK);
      FUZZ_CHECK(count_again == count && memcmp(again, idx, count * sizeof(size_t)) == 0);
      FUZZ_CHECK(medsgd_block_top(again, &count_again, scaled, d, k, new_reals(n)) == MEDSGD_OK);
      FUZZ_CHECK(count_again == top_count && memcmp(again, top, top_count * sizeof(size_t)) == 0);
    }
    /* a smaller block is part of it: the same race, fewer winners */
    if (k > 1) {
      size_t at = 0;
      FUZZ_CHECK(medsgd_block_sample(again, &count_again, s, d, k - 1, stream, new_reals(medsgd_block_work(d, k - 1))) == MEDSGD_OK);
      for (size_t i = 0; i < count_again; i++) {
        while (at < count && idx[at] < again[i]) at++;
        FUZZ_CHECK(at < count && idx[at] == again[i]);
      }
    }
  } else {
    FUZZ_CHECK(count == 77 && untouched(idx, size_of_idx) && top_count == 77 && untouched(top, size_of_idx));
  }

  real *const w = new_reals(n);
  size_t *const fresh = (size_t *)fuzz_buffer(size_of_idx);
  count = 77;
  FUZZ_CHECK(medsgd_block_work(d, 0) == 0 && medsgd_block_work(d, d + 1) == 0 && medsgd_block_work(SIZE_MAX, d) == 0);
  FUZZ_CHECK(medsgd_block_sample(fresh, &count, s, d, 0, stream, w) == MEDSGD_ERR_SIZE);
  FUZZ_CHECK(medsgd_block_sample(fresh, &count, s, d, d + 1, stream, w) == MEDSGD_ERR_SIZE);
  FUZZ_CHECK(medsgd_block_sample(NULL, &count, s, d, k, stream, w) == MEDSGD_ERR_NULL);
  FUZZ_CHECK(medsgd_block_sample(fresh, NULL, s, d, k, stream, w) == MEDSGD_ERR_NULL);
  FUZZ_CHECK(medsgd_block_sample(fresh, &count, NULL, d, k, stream, w) == MEDSGD_ERR_NULL);
  FUZZ_CHECK(medsgd_block_sample(fresh, &count, s, d, k, stream, NULL) == MEDSGD_ERR_NULL);
  FUZZ_CHECK(medsgd_block_top(fresh, &count, s, d, 0, w) == MEDSGD_ERR_SIZE);
  FUZZ_CHECK(medsgd_block_top(fresh, &count, s, d, d + 1, w) == MEDSGD_ERR_SIZE);
  FUZZ_CHECK(medsgd_block_top(NULL, &count, s, d, k, w) == MEDSGD_ERR_NULL);
  FUZZ_CHECK(medsgd_block_top(fresh, NULL, s, d, k, w) == MEDSGD_ERR_NULL);
  FUZZ_CHECK(medsgd_block_top(fresh, &count, NULL, d, k, w) == MEDSGD_ERR_NULL);
  FUZZ_CHECK(medsgd_block_top(fresh, &count, s, d, k, NULL) == MEDSGD_ERR_NULL);
  FUZZ_CHECK(count == 77 && untouched(fresh, size_of_idx));
  FUZZ_CHECK(medsgd_block_sample(NULL, &count, NULL, 0, k, stream, NULL) == MEDSGD_OK && count == 0);
  count = 77;
  FUZZ_CHECK(medsgd_block_top(NULL, &count, NULL, 0, k, NULL) == MEDSGD_OK && count == 0);
  FUZZ_CHECK(medsgd_block_sample(NULL, NULL, NULL, 0, k, stream, NULL) == MEDSGD_OK && medsgd_block_top(NULL, NULL, NULL, 0, k, NULL) == MEDSGD_OK);
  check_log();
  check_norms();
  check_gather();
  return fuzz_done();
}
