/* SPDX-License-Identifier: MIT
 * What a paper says and a run has to show: one line for each finding, "ok" or "FAIL".
 *
 *     findings f = {stdout, 0, 0};
 *     finding(&f, stuck > 2.3, "without noise the gradient stays at %.2f", stuck);
 *     return findings_end(&f);           // a last line with the counts; the exit status: 1 when one does not hold
 */
#ifndef EXAMPLES_FINDING_H
#define EXAMPLES_FINDING_H

#include <stdio.h>

typedef struct findings {
  FILE *to;
  unsigned checked, failed;
} findings;

void finding(findings *f, int holds, const char *format, ...);
int findings_end(const findings *f); /* 1 also when nothing was checked */

#endif
