/* SPDX-License-Identifier: MIT */
#include "room.h"

#include <stdio.h>
#include <stdlib.h>

void require(int ok, const char *what) {
  if (ok) return;
  fprintf(stderr, "%s\n", what);
  exit(1);
}

void *room(size_t count, size_t size) {
  void *const p = calloc(count ? count : 1, size ? size : 1);
  require(p != NULL, "out of memory");
  return p;
}
