/* SPDX-License-Identifier: MIT
 * What a paper says and a run has to show: one line for each finding, "ok" or "FAIL".
 *
 *     unsigned failed = 0;
 *     failed += !finding(stuck > 2.3, "without noise the gradient stays at %.2f", stuck);
 *     return findings_end(failed);                    // a last line, and the exit status: 0 or 1
 */
#ifndef EXAMPLES_FINDING_H
#define EXAMPLES_FINDING_H

int finding(int holds, const char *format, ...); /* prints the line; returns whether it holds */
int findings_end(unsigned failed);

#endif
