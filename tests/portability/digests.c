/* SPDX-License-Identifier: MIT
 * One digest per function (and variant, after a dot) over fixed inputs: random, hostile (any bits: NaN, infinities, subnormals, huge),
 * sizes around word and tile edges. The lines are the same for every compiler, option, CPU and byte order; tests/kat/digests.txt holds
 * them, and run.sh checks that no public function is missing. Not digested are the sizes of scratch memory (medsgd_*_work).
 *
 *     digests            each call over all coordinates at once
 *     digests slices     the coordinates in uneven slices, the last one first
 *     digests N          the coordinates in slices spread over N threads (where built with -DDIGEST_THREADS)
 *
 * All NaNs count as one: their payloads and signs are the one thing that IEEE 754 leaves open and the header does not promise.
 */
#define MEDSGD_IMPLEMENTATION
#include "medsgd.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#ifdef DIGEST_THREADS
#include <pthread.h>
#endif

typedef medsgd_real real;
enum { MAX_M = 300, MAX_D = 8193, WORDS = MEDSGD_WORDS(MAX_D) };

/* ---- inputs: integer arithmetic and exact scaling only (by 2^-28 and 2^-53, in decimal, because C++11 has no hexadecimal floats) ---- */

static uint64_t state;
static uint64_t next(void) {
  uint64_t z = (state += 0x9E3779B97F4A7C15u);
  z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9u;
  z = (z ^ (z >> 27)) * 0x94D049BB133111EBu;
  return z ^ (z >> 31);
}
enum { TAME, TIES, HOSTILE, KINDS };
static real number(int kind) {
  const uint64_t r = next();
  if (kind == TAME) return (real)((double)(int32_t)(r >> 32) * 3.7252902984619140625e-9);
  if (kind == TIES) return (real)((int)(r % 5) - 2) * (real)0.5;
  if (r % 8 == 0) return (real)((double)(int32_t)(r >> 32) * 3.7252902984619140625e-9);
#ifdef MEDSGD_DOUBLE
  const uint64_t bits = r << 3 ^ next();
#else
  const uint32_t bits = (uint32_t)(r >> 32);
#endif
  real x;
  memcpy(&x, &bits, sizeof x);
  return x;
}

static struct {
  size_t m, d;
  int kind;
  real data[MAX_M][MAX_D], positive[MAX_D];
  double rho[MAX_D];
  const real *rows[MAX_M];
  uint64_t neg[MAX_M][WORDS], zero[MAX_M][WORDS];
  const uint64_t *rows_neg[MAX_M], *rows_zero[MAX_M];
} in;

/* Outputs of the slices, hashed when all slices are done. */
static real out_real[MAX_D], out_more[MAX_D];
static uint64_t out_neg[WORDS], out_zero[WORDS];
static unsigned char out_bytes[8 * WORDS];
static const medsgd_stream stream = {0x0123456789ABCDEFu, 7, 42};
static const uint64_t first = 0xFFFFFFFFFFFFFC40u; /* positions pass through 2^64 */

static void make_inputs(size_t m, size_t d, int kind) {
  in.m = m, in.d = d, in.kind = kind;
  state = m * 1000003u + d * 31u + (unsigned)kind;
  for (size_t i = 0; i < m; i++) {
    for (size_t j = 0; j < d; j++) in.data[i][j] = number(kind);
    in.rows[i] = in.data[i], in.rows_neg[i] = in.neg[i], in.rows_zero[i] = in.zero[i];
    medsgd_sign_pack_ternary(in.neg[i], in.zero[i], in.data[i], d);
  }
  for (size_t j = 0; j < d; j++) {
    real x = number(kind);
    if (!(x > 0)) x = -x;
    in.positive[j] = x - x == 0 ? x : 0;
    in.rho[j] = (double)(next() >> 11) * 1.1102230246251565404236316680908203125e-16;
  }
}

/* ---- hashing: FNV-1a over little-endian bytes ---- */

static uint64_t hash;
static void hash_word(uint64_t w) {
  for (int i = 0; i < 8; i++) hash = (hash ^ (w >> 8 * i & 255u)) * 0x100000001B3u;
}
static void hash_double(double x) {
  uint64_t w = 0x7FF8000000000000u;
  if (x == x) memcpy(&w, &x, sizeof w);
  hash_word(w);
}
static void hash_reals(const real *x, size_t n) { /* float to double is exact, so that both precisions share this */
  for (size_t j = 0; j < n; j++) hash_double((double)x[j]);
}
static void hash_words(const uint64_t *w, size_t n) {
  for (size_t j = 0; j < n; j++) hash_word(w[j]);
}

/* ---- slicing: [0, d) in slices that begin at multiples of 64, because packed vectors have words ---- */

typedef void slice(size_t begin, size_t end);
static int threads;
static enum { AT_ONCE, SLICES, THREADS } mode;

#ifdef DIGEST_THREADS
typedef struct job { slice *run; size_t begin, end; } job;
static void *job_run(void *arg) {
  const job *const j = (const job *)arg;
  for (size_t b = j->begin; b < j->end; b += 192) j->run(b, b + 192 < j->end ? b + 192 : j->end);
  return NULL;
}
#endif
static void over(slice *run) {
  const size_t d = in.d;
  if (mode == AT_ONCE || d == 0) {
    run(0, d);
  } else if (mode == SLICES) {
    size_t cuts[WORDS + 1], count = 0;
    for (size_t at = 0, step = 64; at < d; at += step, step = step % 320 + 64) cuts[count++] = at;
    for (size_t i = count, end = d; i-- > 0; end = cuts[i]) run(cuts[i], end);
  } else {
#ifdef DIGEST_THREADS
    pthread_t thread[64];
    job jobs[64];
    const size_t words = MEDSGD_WORDS(d), n = (size_t)threads;
    for (size_t t = 0; t < n; t++) {
      jobs[t].run = run;
      jobs[t].begin = words * t / n * 64 < d ? words * t / n * 64 : d;
      jobs[t].end = words * (t + 1) / n * 64 < d ? words * (t + 1) / n * 64 : d;
      if (pthread_create(&thread[t], NULL, job_run, &jobs[t])) exit(1);
    }
    for (size_t t = 0; t < n; t++) pthread_join(thread[t], NULL);
#endif
  }
}

static void *need(size_t elements, size_t size) {
  void *const p = malloc(elements * size + 1);
  if (!p) exit(1);
  return p;
}
/* Row pointers moved to the begin of a slice. */
#define SLICED(type, name, source) \
  type name[MAX_M]; \
  for (size_t i_ = 0; i_ < in.m; i_++) name[i_] = source[i_] + begin
#define SLICED_WORDS(name, source) \
  const uint64_t *name[MAX_M]; \
  for (size_t i_ = 0; i_ < in.m; i_++) name[i_] = source[i_] + begin / 64

static void sign_pack(size_t begin, size_t end) { medsgd_sign_pack(out_neg + begin / 64, in.data[0] + begin, end - begin); }
static void sign_pack_ternary(size_t begin, size_t end) {
  medsgd_sign_pack_ternary(out_neg + begin / 64, out_zero + begin / 64, in.data[0] + begin, end - begin);
}
static void sign_unpack(size_t begin, size_t end) {
  medsgd_sign_unpack(out_real + begin, in.neg[0] + begin / 64, in.zero[0] + begin / 64, end - begin, (real)1.7);
}
static void sign_step(size_t begin, size_t end) {
  memcpy(out_real + begin, in.data[0] + begin, (end - begin) * sizeof(real));
  medsgd_sign_step(out_real + begin, in.neg[in.m - 1] + begin / 64, NULL, end - begin, (real)0.3);
}
static void words_to_bytes(size_t begin, size_t end) { medsgd_words_to_bytes(out_bytes + begin / 8, in.neg[0] + begin / 64, end - begin); }
static void words_from_bytes(size_t begin, size_t end) {
  unsigned char bytes[8 * WORDS];
  for (size_t j = begin / 8; j < 8 * WORDS; j++) bytes[j] = (unsigned char)(j * 73 + 19);
  medsgd_words_from_bytes(out_neg + begin / 64, bytes + begin / 8, end - begin);
}
static void vote(size_t begin, size_t end) {
  SLICED_WORDS(neg, in.rows_neg);
  medsgd_vote(out_neg + begin / 64, out_zero + begin / 64, neg, NULL, in.m, end - begin);
}
static void vote_ternary(size_t begin, size_t end) {
  SLICED_WORDS(neg, in.rows_neg);
  SLICED_WORDS(zero, in.rows_zero);
  medsgd_vote(out_neg + begin / 64, out_zero + begin / 64, neg, zero, in.m, end - begin);
}
static medsgd_median_rule rule;
static void median(size_t begin, size_t end) {
  SLICED(const real *, rows, in.rows);
  real *const work = (real *)need(medsgd_median_work(in.m), sizeof(real));
  medsgd_median(out_real + begin, rows, in.m, end - begin, rule, work);
  free(work);
}
static void trimmed_mean(size_t begin, size_t end) {
  SLICED(const real *, rows, in.rows);
  real *const work = (real *)need(medsgd_median_work(in.m), sizeof(real));
  medsgd_trimmed_mean(out_real + begin, rows, in.m, end - begin, (in.m - 1) / 4, work);
  free(work);
}
static void mean(size_t begin, size_t end) {
  SLICED(const real *, rows, in.rows);
  medsgd_mean(out_real + begin, rows, in.m, end - begin);
}
static medsgd_noise noise;
static void perturb(size_t begin, size_t end) {
  for (size_t j = begin; j < end; j++) out_real[j] = in.kind == TAME ? in.data[0][j] : 0;
  medsgd_perturb(out_real + begin, end - begin, (real)0.7, noise, stream, first + begin);
}
static void momentum(size_t begin, size_t end) {
  memcpy(out_real + begin, in.data[0] + begin, (end - begin) * sizeof(real));
  medsgd_momentum(out_real + begin, in.data[in.m - 1] + begin, end - begin, (real)0.9);
}
static void stochastic_sign(size_t begin, size_t end) {
  medsgd_stochastic_sign(out_neg + begin / 64, out_zero + begin / 64, in.data[0] + begin, end - begin, 5.5, stream, first + begin);
}
static void column_norms(size_t begin, size_t end) {
  SLICED(const real *, rows, in.rows);
  medsgd_column_norms(out_real + begin, rows, in.m, end - begin);
}
static void memory_add(size_t begin, size_t end) {
  memcpy(out_real + begin, in.data[0] + begin, (end - begin) * sizeof(real));
  medsgd_memory_add(out_real + begin, in.data[in.m - 1] + begin, end - begin, (real)0.37);
}

/* ---- what is digested ---- */

enum { MAX_NAMES = 64 };
static const char *names[MAX_NAMES];
static uint64_t digests[MAX_NAMES];
static size_t name_count;
static void record(const char *name) { /* folds the hash into the digest of the name */
  size_t i = 0;
  while (i < name_count && strcmp(names[i], name)) i++;
  if (i == name_count) names[name_count++] = name, digests[i] = 0xCBF29CE484222325u;
  digests[i] = (digests[i] ^ hash) * 0x100000001B3u;
  hash = 0xCBF29CE484222325u;
}
static void record_reals(const char *name) { hash_reals(out_real, in.d), record(name); }
static void record_planes(const char *name, int both) {
  hash_words(out_neg, MEDSGD_WORDS(in.d));
  if (both) hash_words(out_zero, MEDSGD_WORDS(in.d));
  record(name);
}

static void digest_sliced(void) {
  over(sign_pack), record_planes("sign_pack", 0);
  over(sign_pack_ternary), record_planes("sign_pack_ternary", 1);
  over(sign_unpack), record_reals("sign_unpack");
  over(sign_step), record_reals("sign_step");
  over(words_to_bytes);
  for (size_t j = 0; j < (in.d + 7) / 8; j++) hash_word(out_bytes[j]);
  record("words_to_bytes");
  over(words_from_bytes), record_planes("words_from_bytes", 0);
  over(vote), record_planes("vote.binary", 1);
  over(vote_ternary), record_planes("vote.ternary", 1);
  rule = MEDSGD_MEDIAN_LOWER, over(median), record_reals("median.lower");
  rule = MEDSGD_MEDIAN_UPPER, over(median), record_reals("median.upper");
  rule = MEDSGD_MEDIAN_MIDPOINT, over(median), record_reals("median.midpoint");
  over(trimmed_mean), record_reals("trimmed_mean");
  over(mean), record_reals("mean");
  noise = MEDSGD_GAUSSIAN, over(perturb), record_reals("perturb.gaussian");
  noise = MEDSGD_LAPLACE, over(perturb), record_reals("perturb.laplace");
  noise = MEDSGD_UNIFORM, over(perturb), record_reals("perturb.uniform");
  over(momentum), record_reals("momentum");
  over(stochastic_sign), record_planes("stochastic_sign", 1);
  over(column_norms), record_reals("column_norms");
  over(memory_add), record_reals("memory_add");
}

static void hash_tally(const medsgd_tally *t) {
  hash_word(t->d), hash_word(t->capacity), hash_word(t->votes), hash_word(t->bits), hash_words(t->planes, medsgd_tally_words(t->d, t->capacity));
}
static void hash_result(int status, const medsgd_geomedian_result *r, const double *coefficients) {
  hash_word((uint64_t)(int64_t)status);
  hash_double(r->objective), hash_double(r->gap), hash_word(r->iterations), hash_word(r->excluded);
  for (size_t i = 0; i < in.m; i++) hash_double(coefficients[i]);
}

/* Functions over all coordinates at once: nothing to slice. */
static void digest_whole(void) {
  const size_t m = in.m, d = in.d, k = d / 10 + 1 < d ? d / 10 + 1 : d;
  static size_t idx[MAX_D];
  static double coefficients[MAX_M];
  static real *augmented[MAX_M];
  size_t count = 0;
  double x = 0;
  real scale = 0, value = 0;

  medsgd_tally half[2];
  uint64_t *const words = (uint64_t *)need(2 * medsgd_tally_words(d, m), sizeof(uint64_t));
  hash_word(medsgd_tally_words(d, m)), record("tally_words");
  for (size_t h = 0; h < 2; h++) medsgd_tally_init(&half[h], words + h * medsgd_tally_words(d, m), d, m);
  hash_tally(&half[0]), record("tally_init");
  for (size_t i = 0; i < m; i++) medsgd_tally_add(&half[i % 3 == 0], in.neg[i], i % 2 ? in.zero[i] : NULL);
  hash_tally(&half[0]), hash_tally(&half[1]), record("tally_add");
  medsgd_tally_merge(&half[0], &half[1]);
  hash_tally(&half[0]), record("tally_merge");
  medsgd_tally_sum(out_real, &half[0], (real)0.1), record_reals("tally_sum");
  medsgd_tally_vote(out_neg, out_zero, &half[0]), record_planes("tally_vote", 1);
  free(words);

  if (d) {
    memcpy(out_real, in.data[0], d * sizeof(real));
    medsgd_select(out_real, d, d / 3, &value);
    hash_double((double)value), record("select");
  }
  hash_double((double)medsgd_absmax(in.data[0], d)), record("absmax");
  hash_double(medsgd_norm1(in.data[0], d)), record("norm1");
  hash_double(medsgd_norm2(in.data[0], d)), record("norm2");

  real *const block_work = (real *)need(medsgd_block_work(d, k), sizeof(real));
  hash_word((uint64_t)(int64_t)medsgd_block_sample(idx, &count, in.positive, d, k, stream, block_work));
  for (size_t j = 0; j < count; j++) hash_word(idx[j]);
  record("block_sample");
  hash_word((uint64_t)(int64_t)medsgd_block_top(idx, &count, in.positive, d, k, block_work));
  for (size_t j = 0; j < count; j++) hash_word(idx[j]);
  record("block_top");
  free(block_work);
  if (count) {
    medsgd_gather(out_real, in.data[0], idx, count), hash_reals(out_real, count), record("gather");
    memcpy(out_more, in.data[m - 1], d * sizeof(real));
    medsgd_scatter_step(out_more, out_real, idx, count, (real)0.2), hash_reals(out_more, d), record("scatter_step");
    medsgd_memory_update(out_real, in.rows, m, d, idx, count), record_reals("memory_update");
  }
  memcpy(out_real, in.data[m - 1], d * sizeof(real));
  medsgd_ef_sign(out_neg, &scale, out_real, in.data[0], d, (real)0.9);
  hash_double((double)scale), hash_words(out_neg, MEDSGD_WORDS(d)), record_reals("ef_sign");

  medsgd_geomedian_result result;
  memset(&result, 0, sizeof result);
  memset(coefficients, 0, sizeof coefficients);
  memset(out_real, 0, sizeof out_real);
  real *const tile = (real *)need(medsgd_median_work(m), sizeof(real));
  double *const work = (double *)need(medsgd_geomedian_work(m), sizeof(double));
  const size_t iterations = m <= 33 ? 60 : 5; /* one costs m^2: few of them for many rows, to be bearable under emulation */
  medsgd_geomedian_options options = {1e-6, iterations, NULL};
  int status = medsgd_geomedian(out_real, in.rows, m, d, &options, &result, coefficients, tile, work);
  hash_result(status, &result, coefficients), record_reals("geomedian");

  if (d) {
    medsgd_bgmd_options bgmd = {(real)0.1, k, 0, stream, {1e-6, iterations, NULL}};
    real *const bgmd_work = (real *)need(medsgd_bgmd_work(m, d, k), sizeof(real)), *const copy = (real *)need(m * d, sizeof(real));
    for (int greedy = 0; greedy < 2; greedy++) {
      for (size_t i = 0; i < m; i++) memcpy(augmented[i] = copy + i * d, in.data[i], d * sizeof(real));
      for (size_t j = 0; j < d; j++) out_more[j] = in.positive[j] < 100 ? in.positive[j] : 0;
      memset(out_real, 0, sizeof out_real);
      bgmd.greedy = greedy, count = 0;
      status = medsgd_bgmd(out_real, idx, &count, out_more, augmented, m, d, &bgmd, &result, coefficients, bgmd_work, work);
      hash_result(status, &result, coefficients);
      for (size_t j = 0; j < count; j++) hash_word(idx[j]);
      hash_reals(out_real, count), hash_reals(out_more, d), hash_reals(copy, m * d), record(greedy ? "bgmd.greedy" : "bgmd.sampled");
    }
    free(bgmd_work), free(copy);
  }
  hash_word((uint64_t)(int64_t)medsgd_adaptive_rate(&x, in.rows, m, d, 3.0)), hash_double(x), record("adaptive_rate");
  hash_double(medsgd_vote_success(in.rho[0], m)), record("vote_success");
  medsgd_rho_norm(&x, in.data[0], in.rho, d, m), hash_double(x), record("rho_norm");
  medsgd_l12_norm(&x, in.data[0], in.rho, d), hash_double(x), record("l12_norm");
  medsgd_median_mean_gap(&x, in.rows, m, d, tile), hash_double(x), record("median_mean_gap");
  free(tile), free(work);
}

int main(int argc, char **argv) {
  static const size_t sizes[] = {0, 1, 2, 31, 63, 64, 65, 127, 128, 129, 511, 512, 513, 2047, 2100}; /* around words, lanes and tiles */
  static const size_t long_sizes[] = {4095, 4096, 4097, 8191, 8192, 8193};                            /* and around blocks of tiles    */
  static const size_t workers[] = {1, 2, 3, 4, 5, 8, 9, 15, 16, 17, 31};
  static const size_t many_workers[] = {32, 33, 63, 64, 65, 95, 96, 97, 101, 127, 128, 129, 300}; /* around changes of the method */
  if (argc > 1 && !strcmp(argv[1], "slices")) mode = SLICES;
  else if (argc > 1) mode = THREADS, threads = atoi(argv[1]);
#ifdef DIGEST_THREADS
  if (mode == THREADS && (threads < 1 || threads > 64)) return fprintf(stderr, "digests: 1 to 64 threads\n"), 2;
#else
  if (mode == THREADS) return fprintf(stderr, "digests: built without threads\n"), 2;
#endif
  hash = 0xCBF29CE484222325u;
  for (int status = -5; status <= 2; status++) {
    for (const char *c = medsgd_strerror(status); *c; c++) hash_word((unsigned char)*c);
  }
  record("strerror");
  for (int kind = 0; kind < KINDS; kind++) {
    for (size_t s = 0; s < sizeof sizes / sizeof *sizes; s++) {
      make_inputs(workers[(s * 7 + (size_t)kind) % 11], sizes[s], kind), digest_sliced(), digest_whole();
    }
    for (size_t w = 0; w < sizeof workers / sizeof *workers; w++) make_inputs(workers[w], 130, kind), digest_sliced(), digest_whole();
    for (size_t s = 0; s < sizeof long_sizes / sizeof *long_sizes; s++) {
      make_inputs(workers[(s * 3 + (size_t)kind) % 7], long_sizes[s], kind), digest_sliced(), digest_whole();
    }
    for (size_t w = 0; w < sizeof many_workers / sizeof *many_workers; w++) {
      make_inputs(many_workers[w], 65 + w % 3, kind), digest_sliced(), digest_whole();
    }
  }
  for (size_t i = 0; i < name_count; i++) printf("%-18s %s %016llx\n", names[i], sizeof(real) == 4 ? "f32" : "f64", (unsigned long long)digests[i]);
  return ferror(stdout) != 0;
}
