/* SPDX-License-Identifier: MIT
 * Blocks: index sets ascending, in range, without zero scores, of the right number; the greedy block against a sort; the sample drawn the
 * same again and invariant under scaling of the scores; column norms, gather and scatter element by element; errors. */
#include "fuzz.h"

static void check_block(const size_t *idx, size_t count, const real *s, size_t d, size_t k) {
  size_t positive = 0;
  for (size_t j = 0; j < d; j++) positive += s[j] > 0;
  FUZZ_CHECK(count == (k < positive ? k : positive));
  for (size_t i = 0; i < count; i++) FUZZ_CHECK(idx[i] < d && s[idx[i]] > 0 && (i == 0 || idx[i] > idx[i - 1]));
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  fuzz_begin(data, size);
  const size_t d = 1 + take_size(299), k = 1 + take_size(d - 1), m = take_count(9);
  const medsgd_stream stream = take_stream();
  real *const s = take_reals(d);
  const int valid_only = take_byte() & 3; /* mostly valid scores, so that the sampling itself is reached */
  int valid = 1;
  for (size_t j = 0; j < d; j++) {
    if (valid_only) s[j] = oracle_is_finite(s[j]) ? s[j] < 0 ? -s[j] : s[j] : 0;
    valid &= oracle_is_finite(s[j]) && s[j] >= 0;
  }
  const size_t n = medsgd_block_work(d, k);
  size_t *const idx = (size_t *)fuzz_buffer(k * sizeof(size_t)), *const expected = (size_t *)fuzz_buffer(d * sizeof(size_t));
  size_t count = 77, again = 77;
  const int status = medsgd_block_sample(idx, &count, s, d, k, stream, new_reals(n));
  FUZZ_CHECK(status == (valid ? MEDSGD_OK : MEDSGD_ERR_PARAM));
  if (valid) {
    check_block(idx, count, s, d, k);
    size_t *const repeat = (size_t *)fuzz_buffer(k * sizeof(size_t));
    FUZZ_CHECK(medsgd_block_sample(repeat, &again, s, d, k, stream, new_reals(n)) == MEDSGD_OK && again == count);
    FUZZ_CHECK(memcmp(repeat, idx, count * sizeof(size_t)) == 0);
    /* a block of more coordinates contains the smaller one: the same race, more winners */
    if (k > 1) {
      size_t *const fewer = (size_t *)fuzz_buffer((k - 1) * sizeof(size_t)), few = 0, at = 0;
      FUZZ_CHECK(medsgd_block_sample(fewer, &few, s, d, k - 1, stream, new_reals(medsgd_block_work(d, k - 1))) == MEDSGD_OK);
      for (size_t i = 0; i < few; i++) {
        while (at < count && idx[at] < fewer[i]) at++;
        FUZZ_CHECK(at < count && idx[at] == fewer[i]);
      }
    }
    FUZZ_CHECK(medsgd_block_top(idx, &count, s, d, k, new_reals(n)) == MEDSGD_OK);
    check_block(idx, count, s, d, k);
    FUZZ_CHECK(oracle_top(expected, s, d, k) == count && memcmp(idx, expected, count * sizeof(size_t)) == 0);
    if (count) {
      const real step = take_real();
      real *const x = take_reals(d), *const before = copy_reals(x, d), *const block = new_reals(count);
      const int finite = oracle_is_finite(step);
      FUZZ_CHECK(medsgd_gather(block, x, idx, count) == MEDSGD_OK);
      FUZZ_CHECK(medsgd_scatter_step(x, block, idx, count, step) == (finite ? MEDSGD_OK : MEDSGD_ERR_PARAM));
      if (!finite) FUZZ_CHECK(same_all(x, before, d));
      for (size_t j = 0, i = 0; j < d && finite; j++) {
        const real moved = step * before[j];
        if (i < count && idx[i] == j) FUZZ_CHECK(same(block[i++], before[j]) && same(x[j], before[j] - moved));
        else FUZZ_CHECK(oracle_bits(x[j]) == oracle_bits(before[j]));
      }
    }
  } else {
    FUZZ_CHECK(count == 77 && untouched(idx, k * sizeof(size_t)));
    FUZZ_CHECK(medsgd_block_top(idx, &count, s, d, k, new_reals(n)) == MEDSGD_ERR_PARAM && count == 77 && untouched(idx, k * sizeof(size_t)));
  }
  count = 77;
  FUZZ_CHECK(medsgd_block_sample(idx, &count, s, d, 0, stream, new_reals(1)) == MEDSGD_ERR_SIZE && medsgd_block_sample(idx, &count, s, d, d + 1, stream, new_reals(1)) == MEDSGD_ERR_SIZE);
  FUZZ_CHECK(medsgd_block_top(NULL, &count, s, d, k, new_reals(n)) == MEDSGD_ERR_NULL && medsgd_block_top(idx, NULL, s, d, k, new_reals(n)) == MEDSGD_ERR_NULL && count == 77);

  /* column norms against long double */
  real **const rows = take_rows(m, d);
  real *const norms = new_reals(d);
  FUZZ_CHECK(medsgd_column_norms(norms, ROWS(rows), m, d) == MEDSGD_OK);
  real *const column = new_reals(m);
  const wide largest = sizeof(real) == 4 ? (wide)FLT_MAX : (wide)DBL_MAX, unit = sizeof(real) == 4 ? 0x1p-23L : 0x1p-50L, tiny = sizeof(real) == 4 ? 0x1p-149L : 0x1p-1074L;
  for (size_t j = 0; j < d; j++) {
    for (size_t i = 0; i < m; i++) column[i] = rows[i][j];
    const wide norm = oracle_norm2(column, m), error = (wide)norms[j] > norm ? (wide)norms[j] - norm : norm - (wide)norms[j];
    if (norm != norm) FUZZ_CHECK(oracle_is_nan(norms[j]));
    else if (norm > largest * (1 + unit)) FUZZ_CHECK(norms[j] > 0 && !oracle_is_finite(norms[j]));
    else if (norm < largest * (1 - unit)) FUZZ_CHECK(error <= norm * unit + tiny);
  }
  return fuzz_done();
}
