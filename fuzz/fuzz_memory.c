/* SPDX-License-Identifier: MIT
 * Error-feedback memory and the BGMD step: element by element, conservation, no NaN survives in a memory; the step against its parts. */
#include "fuzz.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  fuzz_begin(data, size);
  const size_t m = take_count(8), d = 1 + take_size(99), k = 1 + take_size(d - 1);
  const real gamma = take_real();
  const medsgd_stream stream = take_stream();
  const int greedy = take_byte() & 1, gamma_ok = oracle_is_finite(gamma);
  real **const rows = take_rows(m, d), *const memory = take_reals(d), *const before = copy_reals(memory, d);

  /* g = gamma g + memory */
  real *const g = copy_reals(rows[0], d);
  FUZZ_CHECK(medsgd_memory_add(g, memory, d, gamma) == (gamma_ok ? MEDSGD_OK : MEDSGD_ERR_PARAM));
  for (size_t j = 0; j < d; j++) {
    const real scaled = gamma * rows[0][j];
    FUZZ_CHECK(same(g[j], gamma_ok ? scaled + memory[j] : rows[0][j]));
  }

  /* EF-sign: memory + scale * sign = p */
  uint64_t *const neg = new_words(d);
  real scale = 77;
  const int status = medsgd_ef_sign(neg, &scale, memory, rows[0], d, gamma);
  FUZZ_CHECK(status == (gamma_ok ? MEDSGD_OK : MEDSGD_ERR_PARAM));
  if (gamma_ok) {
    wide sum = 0;
    FUZZ_CHECK(oracle_padding_clear(neg, d) && oracle_is_finite(scale) && scale >= 0);
    for (size_t j = 0; j < d; j++) {
      const real scaled = gamma * rows[0][j], p = scaled + before[j], clean = oracle_is_finite(p) ? p : 0;
      sum += (wide)(clean < 0 ? -clean : clean);
      FUZZ_CHECK(oracle_bit(neg, j) == (clean < 0));
      FUZZ_CHECK(oracle_is_finite(memory[j]) && same(memory[j], clean < 0 ? clean + scale : clean - scale));
    }
    const wide mean = sum / (wide)d, error = (wide)scale > mean ? (wide)scale - mean : mean - (wide)scale;
    FUZZ_CHECK(error <= mean * (sizeof(real) == 4 ? 0x1p-23L : 0x1p-45L) + (sizeof(real) == 4 ? 0x1p-149L : 0x1p-1074L));
  } else {
    FUZZ_CHECK(untouched_words(neg, d) && scale == 77 && same_all(memory, before, d));
  }

  /* the memory of a block */
  real *const residual = new_reals(d), *const mean = new_reals(d);
  size_t *const block_idx = (size_t *)fuzz_buffer(k * sizeof(size_t));
  for (size_t i = 0; i < k; i++) block_idx[i] = i * d / k; /* strictly ascending, below d */
  FUZZ_CHECK(medsgd_memory_update(residual, ROWS(rows), m, d, block_idx, k) == MEDSGD_OK && medsgd_mean(mean, ROWS(rows), m, d) == MEDSGD_OK);
  for (size_t j = 0, i = 0; j < d; j++) {
    const int in_block = i < k && block_idx[i] == j;
    i += (size_t)in_block;
    FUZZ_CHECK(same(residual[j], in_block ? 0 : mean[j]));
  }
  real *const fresh = new_reals(d);
  block_idx[k - 1] = d;
  FUZZ_CHECK(medsgd_memory_update(fresh, ROWS(rows), m, d, block_idx, k) == MEDSGD_ERR_SIZE && medsgd_memory_update(fresh, ROWS(rows), m, d, block_idx, 0) == MEDSGD_ERR_SIZE);
  FUZZ_CHECK(medsgd_memory_update(fresh, ROWS(rows), 0, d, block_idx, k) == MEDSGD_ERR_SIZE && medsgd_memory_update(fresh, NULL, m, d, block_idx, k) == MEDSGD_ERR_NULL);
  FUZZ_CHECK(untouched(fresh, d * sizeof(real)));

  /* the whole step */
  const medsgd_bgmd_options options = {gamma, k, greedy, stream, {1e-6, 50, NULL}};
  medsgd_geomedian_result result;
  size_t *const idx = (size_t *)fuzz_buffer(k * sizeof(size_t)), count = 77, usable = 0;
  real *const block = new_reals(k), *const kept = copy_reals(before, d), **const copies = (real **)fuzz_buffer(m * sizeof(real *));
  double *const coefficients = new_doubles(m);
  for (size_t i = 0; i < m; i++) copies[i] = copy_reals(rows[i], d);
  const int step = medsgd_bgmd(block, idx, &count, kept, copies, m, d, &options, &result, coefficients, new_reals(medsgd_bgmd_work(m, d, k)), new_doubles(medsgd_geomedian_work(m)));
  uint8_t good[8];
  for (size_t i = 0; i < m; i++) {
    good[i] = 1;
    for (size_t j = 0; j < d; j++) {
      const real scaled = gamma * rows[i][j], p = scaled + (oracle_is_finite(before[j]) ? before[j] : 0);
      good[i] &= (uint8_t)(oracle_is_finite(rows[i][j]) && oracle_is_finite(p));
      if (step >= 0) FUZZ_CHECK(same(copies[i][j], p));
    }
    usable += good[i];
  }
  if (!gamma_ok || !usable) {
    FUZZ_CHECK(step == (gamma_ok ? MEDSGD_ERR_DATA : MEDSGD_ERR_PARAM) && count == 77 && same_all(kept, before, d) && untouched(block, k * sizeof(real)));
    for (size_t i = 0; i < m; i++) FUZZ_CHECK(same_all(copies[i], rows[i], d));
    return fuzz_done();
  }
  FUZZ_CHECK((step == MEDSGD_OK || step == MEDSGD_NOT_CONVERGED) && count <= k && result.excluded == m - usable);
  size_t live = 0, at = 0;
  for (size_t j = 0; j < d; j++) {
    int any = 0;
    for (size_t i = 0; i < m; i++) any |= good[i] && copies[i][j] != 0;
    live += (size_t)any;
    FUZZ_CHECK(oracle_is_finite(kept[j]));
    if (at < count && idx[at] == j) FUZZ_CHECK(any && kept[j] == 0 && oracle_is_finite(block[at])), at++;
    else if (!any) FUZZ_CHECK(kept[j] == 0);
  }
  FUZZ_CHECK(at == count && count == (k < live ? k : live));
  for (size_t i = 0; i < m; i++) if (!good[i]) FUZZ_CHECK(count == 0 || coefficients[i] == 0);
  return fuzz_done();
}
