/* SPDX-License-Identifier: MIT
 * The public interface, written down a second time: each function is assigned to a pointer of the type that users rely on, so that
 * a changed name, argument or result type does not compile. Included after medsgd.h, from C and from C++. */
#ifndef API_H
#define API_H

static void *api_use(void) {
  typedef medsgd_real real;
  static const char *(*const strerror_)(int) = medsgd_strerror;
  /* signs */
  static int (*const sign_pack)(uint64_t *, const real *, size_t) = medsgd_sign_pack;
  static int (*const sign_pack_ternary)(uint64_t *, uint64_t *, const real *, size_t) = medsgd_sign_pack_ternary;
  static int (*const sign_unpack)(real *, const uint64_t *, const uint64_t *, size_t, real) = medsgd_sign_unpack;
  static int (*const sign_step)(real *, const uint64_t *, const uint64_t *, size_t, real) = medsgd_sign_step;
  static int (*const words_to_bytes)(unsigned char *, const uint64_t *, size_t) = medsgd_words_to_bytes;
  static int (*const words_from_bytes)(uint64_t *, const unsigned char *, size_t) = medsgd_words_from_bytes;
  /* vote */
  static int (*const vote)(uint64_t *, uint64_t *, const uint64_t *const[], const uint64_t *const[], size_t, size_t) = medsgd_vote;
  static size_t (*const tally_words)(size_t, size_t) = medsgd_tally_words;
  static int (*const tally_init)(medsgd_tally *, uint64_t *, size_t, size_t) = medsgd_tally_init;
  static int (*const tally_add)(medsgd_tally *, const uint64_t *, const uint64_t *) = medsgd_tally_add;
  static int (*const tally_merge)(medsgd_tally *, const medsgd_tally *) = medsgd_tally_merge;
  static int (*const tally_sum)(real *, const medsgd_tally *, real) = medsgd_tally_sum;
  static int (*const tally_vote)(uint64_t *, uint64_t *, const medsgd_tally *) = medsgd_tally_vote;
  /* median */
  static size_t (*const median_work)(size_t) = medsgd_median_work;
  static int (*const median)(real *, const real *const[], size_t, size_t, medsgd_median_rule, real *) = medsgd_median;
  static int (*const trimmed_mean)(real *, const real *const[], size_t, size_t, size_t, real *) = medsgd_trimmed_mean;
  static int (*const mean)(real *, const real *const[], size_t, size_t) = medsgd_mean;
  static int (*const select_)(real *, size_t, size_t, real *) = medsgd_select;
  /* noise */
  static int (*const perturb)(real *, size_t, real, medsgd_noise, medsgd_stream, uint64_t) = medsgd_perturb;
  static real (*const absmax)(const real *, size_t) = medsgd_absmax;
  /* stochastic sign */
  static double (*const norm1)(const real *, size_t) = medsgd_norm1;
  static double (*const norm2)(const real *, size_t) = medsgd_norm2;
  static int (*const momentum)(real *, const real *, size_t, real) = medsgd_momentum;
  static int (*const stochastic_sign)(uint64_t *, uint64_t *, const real *, size_t, double, medsgd_stream, uint64_t) = medsgd_stochastic_sign;
  /* blocks */
  static int (*const column_norms)(real *, const real *const[], size_t, size_t) = medsgd_column_norms;
  static size_t (*const block_work)(size_t, size_t) = medsgd_block_work;
  static int (*const block_sample)(size_t *, size_t *, const real *, size_t, size_t, medsgd_stream, real *) = medsgd_block_sample;
  static int (*const block_top)(size_t *, size_t *, const real *, size_t, size_t, real *) = medsgd_block_top;
  static int (*const gather)(real *, const real *, const size_t *, size_t) = medsgd_gather;
  static int (*const scatter_step)(real *, const real *, const size_t *, size_t, real) = medsgd_scatter_step;
  /* geometric median */
  static size_t (*const geomedian_work)(size_t) = medsgd_geomedian_work;
  static int (*const geomedian)(real *, const real *const[], size_t, size_t, const medsgd_geomedian_options *, medsgd_geomedian_result *, double *,
                                real *, double *) = medsgd_geomedian;
  /* memory */
  static int (*const memory_add)(real *, const real *, size_t, real) = medsgd_memory_add;
  static int (*const memory_update)(real *, const real *const[], size_t, size_t, const size_t *, size_t) = medsgd_memory_update;
  static int (*const ef_sign)(uint64_t *, real *, real *, const real *, size_t, real) = medsgd_ef_sign;
  /* steps */
  static int (*const bgmd)(real *, size_t *, size_t *, real *, real *const[], size_t, size_t, const medsgd_bgmd_options *,
                           medsgd_geomedian_result *, double *, real *, double *) = medsgd_bgmd;
  static size_t (*const bgmd_work)(size_t, size_t, size_t) = medsgd_bgmd_work;
  static int (*const adaptive_rate)(double *, const real *const[], size_t, size_t, double) = medsgd_adaptive_rate;
  /* diagnostics */
  static double (*const vote_success)(double, size_t) = medsgd_vote_success;
  static int (*const rho_norm)(double *, const real *, const double *, size_t, size_t) = medsgd_rho_norm;
  static int (*const l12_norm)(double *, const real *, const double *, size_t) = medsgd_l12_norm;
  static int (*const median_mean_gap)(double *, const real *const[], size_t, size_t, real *) = medsgd_median_mean_gap;
  /* types, by their members */
  static medsgd_tally tally;
  static uint64_t **const planes = &tally.planes;
  static size_t *const sizes[3] = {&tally.d, &tally.capacity, &tally.votes};
  static unsigned *const bits = &tally.bits;
  static medsgd_stream stream;
  static uint64_t *const seed = &stream.seed;
  static uint32_t *const worker_round[2] = {&stream.worker, &stream.round};
  static medsgd_geomedian_options options;
  static double *const tolerance = &options.tolerance;
  static size_t *const max_iterations = &options.max_iterations;
  static const real **const weights = &options.weights;
  static medsgd_geomedian_result result;
  static double *const doubles[2] = {&result.objective, &result.gap};
  static size_t *const counts[2] = {&result.iterations, &result.excluded};
  static medsgd_bgmd_options bgmd_options;
  static real *const gamma_ = &bgmd_options.gamma;
  static size_t *const k = &bgmd_options.k;
  static int *const greedy = &bgmd_options.greedy;
  static const medsgd_median_rule rules[3] = {MEDSGD_MEDIAN_LOWER, MEDSGD_MEDIAN_UPPER, MEDSGD_MEDIAN_MIDPOINT};
  static const medsgd_noise kinds[3] = {MEDSGD_GAUSSIAN, MEDSGD_LAPLACE, MEDSGD_UNIFORM};
  typedef char ok_is_zero[MEDSGD_OK == 0 ? 1 : -1];
  typedef char errors_are_negative[MEDSGD_ERR_NULL < 0 && MEDSGD_ERR_SIZE < 0 && MEDSGD_ERR_PARAM < 0 && MEDSGD_ERR_DATA < 0 ? 1 : -1];
  typedef char not_converged_is_positive[MEDSGD_NOT_CONVERGED > 0 ? 1 : -1];
  typedef char words_round_up[MEDSGD_WORDS(0) == 0 && MEDSGD_WORDS(1) == 1 && MEDSGD_WORDS(64) == 1 && MEDSGD_WORDS(65) == 2 ? 1 : -1];
  static const size_t compile_time = sizeof(ok_is_zero) + sizeof(errors_are_negative) + sizeof(not_converged_is_positive) + sizeof(words_round_up);

#define USE(x) (void)(x)
  USE(strerror_), USE(sign_pack), USE(sign_pack_ternary), USE(sign_unpack), USE(sign_step), USE(words_to_bytes), USE(words_from_bytes);
  USE(vote), USE(tally_words), USE(tally_init), USE(tally_add), USE(tally_merge), USE(tally_sum), USE(tally_vote);
  USE(median_work), USE(median), USE(trimmed_mean), USE(mean), USE(select_), USE(perturb), USE(absmax), USE(norm1), USE(norm2);
  USE(momentum), USE(stochastic_sign), USE(column_norms), USE(block_work), USE(block_sample), USE(block_top), USE(gather);
  USE(scatter_step), USE(geomedian_work), USE(geomedian), USE(memory_add), USE(memory_update), USE(ef_sign), USE(bgmd), USE(bgmd_work);
  USE(adaptive_rate), USE(vote_success), USE(rho_norm), USE(l12_norm), USE(median_mean_gap), USE(planes), USE(sizes), USE(bits);
  USE(seed), USE(worker_round), USE(tolerance), USE(max_iterations), USE(weights), USE(doubles), USE(counts), USE(gamma_), USE(k);
  USE(greedy), USE(rules), USE(kinds), USE(compile_time);
#undef USE
  return &bgmd_options;
}

#endif
