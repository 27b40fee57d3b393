/* SPDX-License-Identifier: MIT */
#if defined(__unix__) || defined(__APPLE__)
#  define _POSIX_C_SOURCE 200112L
#  include <unistd.h>
#  define STDERR_IS_TERMINAL() (isatty(2) != 0)
#else
#  define STDERR_IS_TERMINAL() 0
#endif

#include "progress.h"

#include <stdio.h>
#include <string.h>
#include <time.h>

double progress_seconds(void) {
#if defined(_POSIX_C_SOURCE) && defined(CLOCK_MONOTONIC)
  struct timespec t;
  if (clock_gettime(CLOCK_MONOTONIC, &t) == 0) return (double)t.tv_sec + 1e-9 * (double)t.tv_nsec;
#endif
  return (double)clock() / CLOCKS_PER_SEC;
}

void progress_start(progress *p, const char *label, size_t total) {
  p->label = label;
  p->total = total ? total : 1;
  p->terminal = STDERR_IS_TERMINAL();
  p->start = p->last = progress_seconds();
}

void progress_update(progress *p, size_t done, const char *note) {
  enum { WIDTH = 30 };
  const double now = progress_seconds(), elapsed = now - p->start;
  if (now - p->last < (p->terminal ? 0.2 : 15.0)) return;
  p->last = now;
  if (done > p->total) done = p->total;
  const double share = (double)done / (double)p->total;
  const double left = done ? elapsed * (1.0 - share) / share : 0.0;
  if (p->terminal) {
    char bar[WIDTH + 1];
    const size_t full = (size_t)(share * WIDTH);
    memset(bar, ' ', WIDTH);
    memset(bar, '=', full);
    bar[WIDTH] = 0;
    fprintf(stderr, "\r%s [%s] %3.0f%% %3.0f s, %3.0f s left  %-36.36s", p->label, bar, 100.0 * share, elapsed, left,
            note);
  } else {
    fprintf(stderr, "%s: %.0f%%, %.0f s, about %.0f s left (%s)\n", p->label, 100.0 * share, elapsed, left, note);
  }
  fflush(stderr);
}

void progress_finish(progress *p) {
  if (p->terminal) fprintf(stderr, "\r%110s\r", "");
  fflush(stderr);
}
