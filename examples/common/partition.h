/* SPDX-License-Identifier: MIT
 * Deals a data set to the workers: heterogeneously (each worker sees a few classes only) or at random; and draws
 * minibatches.
 *
 *     partition p;
 *     if (!partition_classes(&p, &train, 10, 2)) fail("out of memory");   // worker i holds half of classes i and i+1
 *     partition_batch(&p, i, batch, 32, seed, step);                      // 32 indices into train
 *     partition_free(&p);
 */
#ifndef EXAMPLES_PARTITION_H
#define EXAMPLES_PARTITION_H

#include "dataset.h"

#include <stddef.h>
#include <stdint.h>

typedef struct partition {
  size_t workers;
  size_t *index;  /* images, worker by worker                                              */
  size_t *first;  /* worker i holds index[first[i]] .. index[first[i+1] - 1]; workers + 1 values */
} partition;

/* Worker i of m holds classes i, i+1, ..., i+per_worker-1 (modulo 10); the images of a class are dealt in turn to those
 * who hold it. Every class has a holder when m + per_worker > 10. Returns 0 when out of memory, or when m or per_worker
 * is 0 or per_worker above 10. */
int partition_classes(partition *p, const dataset *data, size_t m, size_t per_worker);
/* Shuffled and dealt in turn: every worker's data is like the whole. */
int partition_uniform(partition *p, const dataset *data, size_t m, uint64_t seed);
void partition_free(partition *p);

/* `count` images of a worker, drawn with replacement: a function of (seed, worker, step) alone. The worker must hold
 * some. */
void partition_batch(const partition *p, size_t worker, size_t *batch, size_t count, uint64_t seed, size_t step);

#endif
