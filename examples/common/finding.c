/* SPDX-License-Identifier: MIT */
#include "finding.h"

#include <stdarg.h>

void finding(findings *f, int holds, const char *format, ...) {
  va_list list;
  f->checked++;
  f->failed += !holds;
  fprintf(f->to, "  %s  ", holds ? "ok  " : "FAIL");
  va_start(list, format);
  vfprintf(f->to, format, list);
  va_end(list);
  fputc('\n', f->to);
}

int findings_end(const findings *f) {
  if (f->checked && !f->failed) fprintf(f->to, "findings reproduced: all %u\n", f->checked);
  else fprintf(f->to, "FINDINGS NOT REPRODUCED: %u of %u\n", f->failed, f->checked);
  return !f->checked || f->failed;
}
