/* SPDX-License-Identifier: MIT
 * Runs a fuzz target under AFL++ in persistent mode: one process takes many inputs through shared memory. Built with afl-clang-fast. */
#include <stddef.h>
#include <stdint.h>
#include <unistd.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

__AFL_FUZZ_INIT();

int main(void) { /* not instrumented: afl_denylist.txt */
  __AFL_INIT();
  const uint8_t *const data = __AFL_FUZZ_TESTCASE_BUF;
  while (__AFL_LOOP(20000)) LLVMFuzzerTestOneInput(data, (size_t)__AFL_FUZZ_TESTCASE_LEN);
  return 0;
}
