/* SPDX-License-Identifier: MIT
 * The IDX reader of the examples: any bytes give an array inside them or a reason, and what is accepted is what the format says. */
#include "idx.h"

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);
#define FUZZ_CHECK(cond) ((cond) ? (void)0 : (fprintf(stderr, "%s:%d: violated: %s\n", __FILE__, __LINE__, #cond), abort()))

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  for (size_t dims = 1; dims <= IDX_MAX_DIMS; dims++) {
    idx_array a;
    a.data = NULL;
    const idx_status status = idx_parse(&a, data, size, dims);
    if (status != IDX_OK) {
      FUZZ_CHECK(a.data == NULL && idx_strerror(status)[0] != '\0');
      continue;
    }
    unsigned long sum = 0;
    FUZZ_CHECK(a.dims == dims && a.data == data + 4 + 4 * dims && a.size == size - 4 - 4 * dims);
    FUZZ_CHECK(data[0] == 0 && data[1] == 0 && data[2] == 8 && data[3] == dims);
    for (size_t i = 0; i < a.size; i++) sum += a.data[i]; /* the sanitizer watches */
    size_t product = 1;
    for (size_t i = 0; i < dims; i++) {
      FUZZ_CHECK(a.dim[i] == ((size_t)data[4 + 4 * i] << 24 | (size_t)data[5 + 4 * i] << 16 | (size_t)data[6 + 4 * i] << 8 | data[7 + 4 * i]));
      product *= a.dim[i];
    }
    FUZZ_CHECK(product == a.size && (sum || !sum));
  }
  idx_array a = {7, {0}, 7, NULL};
  FUZZ_CHECK(idx_parse(&a, data, size, 0) != IDX_OK && idx_parse(&a, data, size, IDX_MAX_DIMS + 1) != IDX_OK);
  FUZZ_CHECK(a.dims == 7 && a.size == 7 && !a.data); /* written on success alone */
  return 0;
}
