/* SPDX-License-Identifier: MIT
 * Prints the bytes of the examples of docs/wire-format.md, which docs.sh compares with the block there. */
#define MEDSGD_IMPLEMENTATION
#include "medsgd.h"

#include <stdio.h>

enum { D = 9, M = 3, BYTES = (D + 7) / 8 };

static void print(const char *name, const uint64_t *words) {
  unsigned char bytes[BYTES];
  medsgd_words_to_bytes(bytes, words, D);
  printf("%-8s", name);
  for (int i = 0; i < BYTES; i++) printf(" %02X", bytes[i]);
  putchar('\n');
}

int main(void) {
  static const medsgd_real g[M][D] = {{1, -2, 3, -4, -5, 0, 7, 8, -9}, {-1, -2, 3, 4, -5, 6, 7, 8, 9}, {-1, 2, 3, -4, -5, 0, 7, -8, -9}};
  uint64_t neg[M][MEDSGD_WORDS(D)], zero[M][MEDSGD_WORDS(D)], planes[8];
  medsgd_real sum[D];
  medsgd_tally tally;
  if (medsgd_tally_init(&tally, planes, D, 3)) return 1;
  for (int i = 0; i < M; i++) {
    if (medsgd_sign_pack_ternary(neg[i], zero[i], g[i], D) || medsgd_tally_add(&tally, neg[i], zero[i])) return 1;
  }
  print("neg", neg[0]), print("zero", zero[0]);
  printf("votes    %u\n", (unsigned)tally.votes);
  for (unsigned b = 0; b < tally.bits; b++) {
    char name[24];
    sprintf(name, "plane %u", b);
    print(name, tally.planes + b * MEDSGD_WORDS(D));
  }
  if (medsgd_tally_sum(sum, &tally, 1)) return 1;
  printf("sums    ");
  for (int j = 0; j < D; j++) printf(" %d", (int)sum[j]);
  putchar('\n');
  return 0;
}
