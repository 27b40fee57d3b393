/* SPDX-License-Identifier: MIT */
#include "finding.h"

#include <stdarg.h>
#include <stdio.h>

int finding(int holds, const char *format, ...) {
  va_list list;
  printf("  %s  ", holds ? "ok  " : "FAIL");
  va_start(list, format);
  vprintf(format, list);
  va_end(list);
  putchar('\n');
  return holds != 0;
}

int findings_end(unsigned failed) {
  if (failed) printf("FINDING NOT REPRODUCED: %u\n", failed);
  else printf("findings reproduced\n");
  return failed != 0;
}
