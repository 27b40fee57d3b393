/* SPDX-License-Identifier: MIT
 * A test harness of one header: TEST defines a case, CHECK and its kin record failures, test_main runs what matches a filter.
 *
 *     TEST(pack_empty) { CHECK(medsgd_sign_pack(NULL, NULL, 0) == MEDSGD_OK); }
 *     TEST_MAIN(CASE(pack_empty), ...)
 *
 * Usage of a test program: NAME [--seed N] [filter]. A filter selects the cases whose name contains it.
 * The last line is "N passed, N failed, N skipped"; the exit status is 0 only when nothing failed and something ran.
 */
#ifndef TEST_H
#define TEST_H

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static int test_failures;        /* of the case that runs */
static const char *test_skipped; /* why the case that runs was skipped, or null */
static uint64_t test_seed = 20210321u;

#define TEST(name) static void test_##name(void)

/* Record a failure once per case with its place; further ones of the same case are counted only. */
static void test_fail(const char *file, int line, const char *what) {
  if (test_failures++ < 5) printf("  %s:%d: %s\n", file, line, what);
}
#define CHECK(cond) ((cond) ? (void)0 : test_fail(__FILE__, __LINE__, #cond))
/* CHECKF(cond, "format", ...): the same with the values that failed. */
#define CHECKF(cond, ...) \
  do { \
    if (!(cond)) { \
      char text_[256]; \
      snprintf(text_, sizeof text_, __VA_ARGS__); \
      test_fail(__FILE__, __LINE__, #cond); \
      if (test_failures <= 5) printf("    %s\n", text_); \
    } \
  } while (0)
#define SKIP(why) \
  do { \
    test_skipped = (why); \
    return; \
  } while (0)

/* A small generator for test inputs (splitmix64); every case starts it from the seed and its own name. */
static uint64_t test_state;
static inline uint64_t test_random(void) {
  uint64_t z = (test_state += 0x9E3779B97F4A7C15u);
  z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9u;
  z = (z ^ (z >> 27)) * 0x94D049BB133111EBu;
  return z ^ (z >> 31);
}
static inline size_t test_below(size_t n) { return (size_t)(test_random() % n); }
static inline double test_uniform(void) { return (double)(test_random() >> 11) * 0x1p-53; }

/* Buffers. test_buffer gives exactly `bytes` bytes, filled with a pattern: a sanitizer sees the first byte too many, and without
 * one canaries stand around it, checked by test_release, which frees all buffers (test_main calls it after each case; call it
 * in long loops). A sealed buffer has to be the same then as when it was sealed: what a function only reads. */
typedef struct test_block {
  struct test_block *next;
  unsigned char *memory, *data;
  size_t bytes;
  uint64_t seal;
  int sealed;
} test_block;
static test_block *test_blocks;
#if defined(__SANITIZE_ADDRESS__)
static const size_t test_canary = 0;
#elif defined(__has_feature)
#if __has_feature(address_sanitizer)
static const size_t test_canary = 0;
#else
static const size_t test_canary = 32;
#endif
#else
static const size_t test_canary = 32;
#endif

static inline uint64_t test_hash(uint64_t h, const void *data, size_t bytes) { /* FNV-1a */
  for (size_t i = 0; i < bytes; i++) h = (h ^ ((const unsigned char *)data)[i]) * 0x100000001B3u;
  return h;
}
static inline void *test_buffer(size_t bytes) {
  test_block *b = (test_block *)malloc(sizeof *b);
  if (b) b->memory = (unsigned char *)malloc(bytes + 2 * test_canary);
  if (!b || (!b->memory && bytes)) {
    fprintf(stderr, "out of memory\n");
    exit(2);
  }
  b->data = b->memory + test_canary;
  b->bytes = bytes;
  b->sealed = 0;
  b->next = test_blocks;
  test_blocks = b;
  if (b->memory) memset(b->memory, 0xA5, bytes + 2 * test_canary);
  return b->data;
}
static inline void test_seal(const void *data) {
  for (test_block *b = test_blocks; b; b = b->next)
    if (b->data == data) b->sealed = 1, b->seal = test_hash(0, b->data, b->bytes);
}
static inline uint64_t test_hash_buffers(void) {
  uint64_t h = 0;
  for (test_block *b = test_blocks; b; b = b->next) h = test_hash(h, b->data, b->bytes);
  return h;
}
static inline void test_release(void) {
  while (test_blocks) {
    test_block *b = test_blocks;
    for (size_t i = 0; i < test_canary; i++)
      if (b->memory[i] != 0xA5 || b->data[b->bytes + i] != 0xA5) {
        test_fail("canary", (int)b->bytes, "written outside a buffer of that many bytes");
        break;
      }
    if (b->sealed && b->seal != test_hash(0, b->data, b->bytes)) test_fail("seal", (int)b->bytes, "written to an input");
    test_blocks = b->next;
    free(b->memory);
    free(b);
  }
}
/* The call returns this error and changes no byte of any buffer. */
#define CHECK_ERROR(error, call) \
  do { \
    uint64_t before_ = test_hash_buffers(); \
    int status_ = (call); \
    CHECKF(status_ == (error), "status %d, expected %s", status_, #error); \
    if (before_ != test_hash_buffers()) test_fail(__FILE__, __LINE__, #call " wrote something"); \
  } while (0)

typedef struct test_case {
  const char *name;
  void (*run)(void);
} test_case;

static int test_main(int argc, char **argv, const test_case *cases, size_t count) {
  const char *filter = "";
  unsigned passed = 0, failed = 0, skipped = 0;
  for (int i = 1; i < argc; i++) {
    if (!strcmp(argv[i], "--seed") && i + 1 < argc) test_seed = strtoull(argv[++i], NULL, 0);
    else filter = argv[i];
  }
  printf("%s: seed %llu\n", argv[0], (unsigned long long)test_seed);
  for (size_t i = 0; i < count; i++) {
    if (!strstr(cases[i].name, filter)) continue;
    test_failures = 0;
    test_skipped = NULL;
    test_state = test_seed;
    for (const char *c = cases[i].name; *c; c++) test_state = test_state * 31u + (unsigned char)*c;
    cases[i].run();
    test_release();
    if (test_failures) {
      printf("FAIL %s (%d)\n", cases[i].name, test_failures);
      failed++;
    } else if (test_skipped) {
      printf("skip %s: %s\n", cases[i].name, test_skipped);
      skipped++;
    } else {
      passed++;
    }
  }
  printf("%u passed, %u failed, %u skipped\n", passed, failed, skipped);
  return failed != 0 || passed + skipped == 0;
}

#define CASE(name) {#name, test_##name}
#define TEST_MAIN(...) \
  int main(int argc, char **argv) { \
    static const test_case cases[] = {__VA_ARGS__}; \
    return test_main(argc, argv, cases, sizeof cases / sizeof *cases); \
  }

#endif
