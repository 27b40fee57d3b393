/* SPDX-License-Identifier: MIT
 * Error-feedback memory and the BGMD step: element by element, in slices, conservation, no NaN survives in a memory; the step
 * against its parts, excluded rows and all; errors write nothing. */
#include "fuzz.h"

static void check_add(const real *row, const real *memory, size_t d, real gamma) {
  const size_t cut = take_size(d);
  const int gamma_ok = oracle_is_finite(gamma) || !d;
  real *const g = copy_reals(row, d), *const pieces = copy_reals(row, d);
  FUZZ_CHECK(medsgd_memory_add(g, memory, d, gamma) == (gamma_ok ? MEDSGD_OK : MEDSGD_ERR_PARAM));
  for (size_t j = 0; j < d; j++) {
    const real scaled = gamma * row[j];
    FUZZ_CHECK(same(g[j], gamma_ok ? scaled + memory[j] : row[j]));
  }
  if (gamma_ok) {
    FUZZ_CHECK(medsgd_memory_add(pieces + cut, memory + cut, d - cut, gamma) == MEDSGD_OK);
    FUZZ_CHECK(medsgd_memory_add(pieces, memory, cut, gamma) == MEDSGD_OK && same_all(pieces, g, d));
  }
  if (d) {
    real *const fresh = new_reals(d);
    FUZZ_CHECK(medsgd_memory_add(NULL, memory, d, 1) == MEDSGD_ERR_NULL && medsgd_memory_add(fresh, NULL, d, 1) == MEDSGD_ERR_NULL);
    FUZZ_CHECK(untouched(fresh, d * sizeof(real)));
  } else {
    FUZZ_CHECK(medsgd_memory_add(NULL, NULL, 0, gamma) == MEDSGD_OK);
  }
}

/* memory + scale * sign = p, p = gamma * g + memory where that is finite, else 0 */
static void check_ef(const real *g, const real *before, size_t d, real gamma) {
  uint64_t *const neg = new_words(d);
  real *const memory = copy_reals(before, d), scale = 77;
  const int gamma_ok = oracle_is_finite(gamma) || !d;
  FUZZ_CHECK(medsgd_ef_sign(neg, &scale, memory, g, d, gamma) == (gamma_ok ? MEDSGD_OK : MEDSGD_ERR_PARAM));
  if (!gamma_ok) {
    FUZZ_CHECK(untouched_words(neg, d) && scale == 77 && same_all(memory, before, d));
    return;
  }
  wide sum = 0;
  FUZZ_CHECK(oracle_padding_clear(neg, d) && oracle_is_finite(scale) && scale >= 0 && (d || scale == 0));
  for (size_t j = 0; j < d; j++) {
    const real scaled = gamma * g[j], p = scaled + before[j], clean = oracle_is_finite(p) ? p : 0;
    sum += (wide)(clean < 0 ? -clean : clean);
    FUZZ_CHECK(oracle_bit(neg, j) == (clean < 0));
    FUZZ_CHECK(oracle_is_finite(memory[j]) && same(memory[j], clean < 0 ? clean + scale : clean - scale));
  }
  const wide mean = d ? sum / (wide)d : 0, error = (wide)scale > mean ? (wide)scale - mean : mean - (wide)scale;
  FUZZ_CHECK(error <= mean * (sizeof(real) == 4 ? 0x1p-23L : 0x1p-45L) + (sizeof(real) == 4 ? 0x1p-149L : 0x1p-1074L));
  /* all of it scaled by a power of two, where nothing rounds: no number near the ends of the range */
  const real power = take_power(30);
  real *const big = new_reals(d), *const big_memory = new_reals(d);
  uint64_t *const big_neg = new_words(d);
  int exact = gamma >= (real)1e-6 && gamma <= (real)1e6;
  for (size_t j = 0; j < d; j++) {
    big[j] = g[j] * power, big_memory[j] = before[j] * power;
    const real a = g[j] < 0 ? -g[j] : g[j], b = before[j] < 0 ? -before[j] : before[j];
    exact &= (a == 0 || (a > (real)1e-6 && a < (real)1e9)) && (b == 0 || (b > (real)1e-6 && b < (real)1e9));
  }
  if (exact && d) {
    real big_scale = 77;
    FUZZ_CHECK(medsgd_ef_sign(big_neg, &big_scale, big_memory, big, d, gamma) == MEDSGD_OK && big_scale == scale * power);
    for (size_t j = 0; j < d; j++) FUZZ_CHECK(big_memory[j] == memory[j] * power);
    FUZZ_CHECK(memcmp(big_neg, neg, MEDSGD_WORDS(d) * 8) == 0);
  }
  if (d) {
    uint64_t *const w = new_words(d);
    real *const r = new_reals(d);
    scale = 77;
    FUZZ_CHECK(medsgd_ef_sign(NULL, &scale, r, g, d, 1) == MEDSGD_ERR_NULL && medsgd_ef_sign(w, NULL, r, g, d, 1) == MEDSGD_ERR_NULL);
    FUZZ_CHECK(medsgd_ef_sign(w, &scale, NULL, g, d, 1) == MEDSGD_ERR_NULL && medsgd_ef_sign(w, &scale, r, NULL, d, 1) == MEDSGD_ERR_NULL);
    FUZZ_CHECK(untouched_words(w, d) && untouched(r, d * sizeof(real)) && scale == 77);
  } else {
    FUZZ_CHECK(medsgd_ef_sign(NULL, NULL, NULL, NULL, 0, gamma) == MEDSGD_OK);
  }
}

/* 0 on the block, the mean elsewhere */
static void check_update(real **rows, size_t m, size_t d) {
  real *const residual = new_reals(d), *const mean = new_reals(d), *const fresh = new_reals(d);
  size_t *const idx = (size_t *)fuzz_buffer((d + 1) * sizeof(size_t)), k = 0;
  for (size_t j = 0; j < d; j++) if (take_byte() & 1) idx[k++] = j;
  if (k == 0) idx[k++] = d - 1;
  FUZZ_CHECK(medsgd_memory_update(residual, ROWS(rows), m, d, idx, k) == MEDSGD_OK && medsgd_mean(mean, ROWS(rows), m, d) == MEDSGD_OK);
  for (size_t j = 0, i = 0; j < d; j++) {
    const int in_block = i < k && idx[i] == j;
    i += (size_t)in_block;
    FUZZ_CHECK(same(residual[j], in_block ? 0 : mean[j]));
  }
  FUZZ_CHECK(medsgd_memory_update(fresh, ROWS(rows), m, d, idx, 0) == MEDSGD_ERR_SIZE);
  FUZZ_CHECK(medsgd_memory_update(fresh, ROWS(rows), m, d, idx, d + 1) == MEDSGD_ERR_SIZE);
  FUZZ_CHECK(medsgd_memory_update(fresh, ROWS(rows), 0, d, idx, k) == MEDSGD_ERR_SIZE);
  FUZZ_CHECK(medsgd_memory_update(NULL, ROWS(rows), m, d, idx, k) == MEDSGD_ERR_NULL);
  FUZZ_CHECK(medsgd_memory_update(fresh, NULL, m, d, idx, k) == MEDSGD_ERR_NULL);
  FUZZ_CHECK(medsgd_memory_update(fresh, ROWS(rows), m, d, NULL, k) == MEDSGD_ERR_NULL);
  FUZZ_CHECK(medsgd_memory_update(NULL, NULL, m, 0, NULL, k) == MEDSGD_OK);
  if (k > 1) {
    const size_t last = idx[k - 1];
    idx[k - 1] = idx[k - 2];
    FUZZ_CHECK(medsgd_memory_update(fresh, ROWS(rows), m, d, idx, k) == MEDSGD_ERR_SIZE);
    idx[k - 1] = last;
  }
  idx[k - 1] = d + take_size(3);
  FUZZ_CHECK(medsgd_memory_update(fresh, ROWS(rows), m, d, idx, k) == MEDSGD_ERR_SIZE);
  real *const last = rows[m - 1];
  rows[m - 1] = NULL;
  FUZZ_CHECK(medsgd_memory_update(fresh, ROWS(rows), m, d, idx, k) == MEDSGD_ERR_NULL && untouched(fresh, d * sizeof(real)));
  rows[m - 1] = last;
}

/* The whole step, and the same put together from its parts. */
static void check_step(real **rows, size_t m, size_t d, const real *before, real gamma) {
  const uint8_t how = take_byte();
  real *const weights = take_vector(m, how & 1 ? 0 : 2);
  medsgd_bgmd_options options = {gamma, 1 + take_size(d - 1), (how >> 1) & 1, take_stream(), {1e-6, 50, NULL}};
  if (how & 4) options.geomedian.weights = weights;
  if (how >= 248) options.greedy = (int)how - 249;
  const size_t k = options.k;
  int options_ok = oracle_is_finite(gamma) && (options.greedy == 0 || options.greedy == 1), positive = 0;
  for (size_t i = 0; i < m; i++) {
    if (!(how & 1) && weights[i] <= 0) weights[i] = 1;
    if (how & 4) options_ok &= oracle_is_finite(weights[i]) && weights[i] >= 0, positive |= weights[i] > 0;
  }
  options_ok &= positive || !(how & 4);

  real **const copies = (real **)fuzz_buffer(m * sizeof(real *)), **const usable = (real **)fuzz_buffer(m * sizeof(real *));
  real **const gathered = (real **)fuzz_buffer(m * sizeof(real *));
  size_t n = 0, heavy = 0;
  uint8_t *const good = (uint8_t *)fuzz_buffer(m);
  for (size_t i = 0; i < m; i++) {
    real *const sum = new_reals(d);
    good[i] = 1;
    for (size_t j = 0; j < d; j++) {
      const real scaled = gamma * rows[i][j];
      sum[j] = scaled + (oracle_is_finite(before[j]) ? before[j] : 0);
      good[i] &= (uint8_t)(oracle_is_finite(rows[i][j]) && oracle_is_finite(sum[j]));
    }
    gathered[i] = sum, copies[i] = copy_reals(rows[i], d);
    heavy += good[i] && (!(how & 4) || weights[i] > 0);
    if (good[i]) usable[n++] = sum;
  }
  medsgd_geomedian_result result;
  memset(&result, 0xA5, sizeof result);
  size_t *const idx = (size_t *)fuzz_buffer(k * sizeof(size_t)), count = 77;
  real *const block = new_reals(k), *const memory = copy_reals(before, d);
  double *const coefficients = new_doubles(m), *const geomedian_work = new_doubles(medsgd_geomedian_work(m));
  real *const work = new_reals(medsgd_bgmd_work(m, d, k));
  const int status = medsgd_bgmd(block, idx, &count, memory, copies, m, d, &options, &result, coefficients, work, geomedian_work);
  if (!options_ok || !heavy) {
    FUZZ_CHECK(status == (options_ok ? MEDSGD_ERR_DATA : MEDSGD_ERR_PARAM) && count == 77 && same_all(memory, before, d));
    FUZZ_CHECK(untouched(block, k * sizeof(real)) && untouched(idx, k * sizeof(size_t)) && untouched(&result, sizeof result));
    FUZZ_CHECK(untouched(coefficients, m * sizeof(double)));
    for (size_t i = 0; i < m; i++) FUZZ_CHECK(same_all(copies[i], rows[i], d));
    return;
  }
  FUZZ_CHECK(status == MEDSGD_OK || status == MEDSGD_NOT_CONVERGED);
  for (size_t i = 0; i < m; i++) FUZZ_CHECK(same_all(copies[i], gathered[i], d));

  /* the scores, the block, the memory */
  real *const scores = new_reals(d), *const mean = new_reals(d);
  size_t *const expected = (size_t *)fuzz_buffer(k * sizeof(size_t)), chosen = 77;
  FUZZ_CHECK(medsgd_column_norms(scores, ROWS(usable), n, d) == MEDSGD_OK && medsgd_mean(mean, ROWS(usable), n, d) == MEDSGD_OK);
  for (size_t j = 0; j < d; j++) if (!oracle_is_finite(scores[j])) scores[j] = sizeof(real) == 4 ? (real)FLT_MAX : (real)DBL_MAX;
  real *const scratch = new_reals(medsgd_block_work(d, k));
  FUZZ_CHECK((options.greedy ? medsgd_block_top(expected, &chosen, scores, d, k, scratch)
                             : medsgd_block_sample(expected, &chosen, scores, d, k, options.stream, scratch)) == MEDSGD_OK);
  FUZZ_CHECK(count == chosen && memcmp(idx, expected, count * sizeof(size_t)) == 0);
  for (size_t j = 0, i = 0; j < d; j++) {
    const int in_block = i < count && idx[i] == j;
    i += (size_t)in_block;
    FUZZ_CHECK(in_block ? memory[j] == 0 : equal(memory[j], mean[j]));
  }

  /* the geometric median of the rows there, those not usable as NaN */
  FUZZ_CHECK(result.excluded == m - n);
  if (count == 0) {
    FUZZ_CHECK(result.objective == 0 && result.gap == 0 && result.iterations == 0);
    return;
  }
  double *const direct_coefficients = new_doubles(m);
  real *const direct = new_reals(count);
  medsgd_geomedian_result other;
  for (size_t i = 0; i < m; i++) {
    real *const part = new_reals(count);
    for (size_t j = 0; j < count; j++) part[j] = good[i] ? gathered[i][idx[j]] : oracle_nan();
    gathered[i] = part;
  }
  FUZZ_CHECK(medsgd_geomedian(direct, ROWS(gathered), m, count, &options.geomedian, &other, direct_coefficients,
                              new_reals(medsgd_median_work(m)), geomedian_work) == status);
  FUZZ_CHECK(same_all(direct, block, count) && memcmp(coefficients, direct_coefficients, m * sizeof(double)) == 0);
  FUZZ_CHECK(result.objective == other.objective && result.gap == other.gap && result.iterations == other.iterations);

  /* null pointers and sizes */
  real *const b = new_reals(k), *const kept = copy_reals(memory, d);
  size_t *const ix = (size_t *)fuzz_buffer(k * sizeof(size_t)), c = 77;
  medsgd_bgmd_options bad = options;
#define STEP(block, idx, count, memory, rows, m, options, work, geomedian_work) \
  medsgd_bgmd(block, idx, count, memory, rows, m, d, options, NULL, NULL, work, geomedian_work)
  FUZZ_CHECK(STEP(NULL, ix, &c, memory, copies, m, &options, work, geomedian_work) == MEDSGD_ERR_NULL);
  FUZZ_CHECK(STEP(b, NULL, &c, memory, copies, m, &options, work, geomedian_work) == MEDSGD_ERR_NULL);
  FUZZ_CHECK(STEP(b, ix, NULL, memory, copies, m, &options, work, geomedian_work) == MEDSGD_ERR_NULL);
  FUZZ_CHECK(STEP(b, ix, &c, NULL, copies, m, &options, work, geomedian_work) == MEDSGD_ERR_NULL);
  FUZZ_CHECK(STEP(b, ix, &c, memory, NULL, m, &options, work, geomedian_work) == MEDSGD_ERR_NULL);
  FUZZ_CHECK(STEP(b, ix, &c, memory, copies, m, NULL, work, geomedian_work) == MEDSGD_ERR_NULL);
  FUZZ_CHECK(STEP(b, ix, &c, memory, copies, m, &options, NULL, geomedian_work) == MEDSGD_ERR_NULL);
  FUZZ_CHECK(STEP(b, ix, &c, memory, copies, m, &options, work, NULL) == MEDSGD_ERR_NULL);
  FUZZ_CHECK(STEP(b, ix, &c, memory, copies, 0, &options, work, geomedian_work) == MEDSGD_ERR_SIZE);
  bad.k = 0;
  FUZZ_CHECK(STEP(b, ix, &c, memory, copies, m, &bad, work, geomedian_work) == MEDSGD_ERR_SIZE && medsgd_bgmd_work(m, d, 0) == 0);
  bad.k = d + 1;
  FUZZ_CHECK(STEP(b, ix, &c, memory, copies, m, &bad, work, geomedian_work) == MEDSGD_ERR_SIZE && medsgd_bgmd_work(m, d, d + 1) == 0);
  bad = options, bad.geomedian.tolerance = -1;
  FUZZ_CHECK(STEP(b, ix, &c, memory, copies, m, &bad, work, geomedian_work) == MEDSGD_ERR_PARAM);
  bad = options, bad.geomedian.max_iterations = 0;
  FUZZ_CHECK(STEP(b, ix, &c, memory, copies, m, &bad, work, geomedian_work) == MEDSGD_ERR_PARAM);
  FUZZ_CHECK(medsgd_bgmd(b, ix, &c, memory, copies, m, 0, &options, NULL, NULL, work, geomedian_work) == MEDSGD_OK && c == 0);
  FUZZ_CHECK(medsgd_bgmd(NULL, NULL, NULL, NULL, NULL, m, 0, NULL, &other, coefficients, NULL, NULL) == MEDSGD_OK);
  FUZZ_CHECK(other.objective == 0 && other.gap == 0 && other.excluded == 0 && coefficients[m - 1] == 1.0 / (double)m);
  FUZZ_CHECK(medsgd_bgmd_work(0, d, k) == 0 && medsgd_bgmd_work(SIZE_MAX / 8, d, k) == 0 && medsgd_bgmd_work(m, SIZE_MAX / 4, 1) == 0);
  FUZZ_CHECK(medsgd_bgmd_work(8, SIZE_MAX / 32, SIZE_MAX / 32) == 0);
  FUZZ_CHECK(STEP(b, ix, &c, memory, copies, SIZE_MAX / 300, &options, work, geomedian_work) == MEDSGD_ERR_SIZE);
  for (int i = 0; i < 8; i++) { /* sizes whose products overflow: 0, or room for all that is kept */
    const size_t big_m = (size_t)1 << take_byte() % 64, big_d = (size_t)1 << take_byte() % 64, big_k = big_d >> take_byte() % 64;
    const size_t room = medsgd_bgmd_work(big_m, big_d, big_k ? big_k : 1);
    FUZZ_CHECK(room == 0 || (room <= SIZE_MAX / sizeof(real) && room >= big_m && room >= big_d));
  }
  copies[m - 1] = NULL;
  FUZZ_CHECK(STEP(b, ix, &c, memory, copies, m, &options, work, geomedian_work) == MEDSGD_ERR_NULL);
  FUZZ_CHECK(untouched(b, k * sizeof(real)) && untouched(ix, k * sizeof(size_t)) && same_all(kept, memory, d));
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  fuzz_begin(data, size);
  const size_t m = take_count(8), d = 1 + take_size(take_byte() % 8 ? 99 : 599);
  const uint8_t how = take_byte();
  const real gamma = how & 1 ? take_real() : (real)0.5;
  real **const rows = take_rows(m, d), *const memory = take_vector(d, how & 2 ? 0 : how & 4 ? 2 : 1);
  if (how & 16) { /* a step that moves nothing: all columns 0 */
    for (size_t i = 0; i < m; i++) for (size_t j = 0; j < d; j++) rows[i][j] = how & 32 && j == 0 && oracle_is_nan(rows[i][0]) ? rows[i][0] : 0;
    if (how & 64) for (size_t j = 0; j < d; j++) memory[j] = 0;
  }
  const size_t length = how & 128 ? 500 + take_size(600) : d; /* blocks of 512 coordinates */
  const real *const g = how & 128 ? take_reals(length) : rows[0], *const kept = how & 128 ? take_reals(length) : memory;
  check_add(g, kept, length, gamma);
  check_ef(g, kept, how & 8 ? take_size(length) : length, gamma);
  check_update(rows, m, d);
  check_step(rows, m, d, memory, gamma);
  return fuzz_done();
}
