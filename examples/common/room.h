/* SPDX-License-Identifier: MIT
 * Memory and conditions without which a program cannot go on: it ends with a line on stderr.
 *
 *     float *const x = room(d, sizeof *x);                    // zeroed; to be passed to free()
 *     require(dataset_open(&all, ...), why);
 */
#ifndef EXAMPLES_ROOM_H
#define EXAMPLES_ROOM_H

#include <stddef.h>

void *room(size_t count, size_t size);
void require(int ok, const char *what);

#endif
