/* SPDX-License-Identifier: MIT
 * A progress bar on stderr: redrawn in place on a terminal, a line now and then elsewhere (a log of CI stays short).
 *
 *     progress p;
 *     progress_start(&p, "training", total);
 *     for (...) progress_update(&p, done, "signSGD, no attack");      // cheap: draws a few times a second at most
 *     progress_finish(&p);
 */
#ifndef EXAMPLES_PROGRESS_H
#define EXAMPLES_PROGRESS_H

#include <stddef.h>

typedef struct progress {
  const char *label;
  size_t total;
  int terminal;
  double start, last; /* seconds */
} progress;

void progress_start(progress *p, const char *label, size_t total);
void progress_update(progress *p, size_t done, const char *note);
void progress_finish(progress *p);

double progress_seconds(void); /* elapsed time from some origin, for timing too */

#endif
