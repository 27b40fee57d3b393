/* SPDX-License-Identifier: MIT */
#include "partition.h"

#include "rng.h"

#include <stdlib.h>

/* Room for `total` indices of m workers; first[] is all zero. */
static int partition_make(partition *p, size_t total, size_t m) {
  p->workers = m;
  p->index = calloc(total ? total : 1, sizeof *p->index);
  p->first = m ? calloc(m + 1, sizeof *p->first) : NULL;
  if (p->index && p->first) return 1;
  partition_free(p);
  return 0;
}

void partition_free(partition *p) {
  free(p->index);
  free(p->first);
  p->index = p->first = NULL;
  p->workers = 0;
}

/* Given the owner of each image, lists the images owner by owner, in order. */
static void partition_fill(partition *p, const size_t *owner, size_t count) {
  for (size_t i = 0; i < count; i++)
    if (owner[i] < p->workers) p->first[owner[i] + 1]++;
  for (size_t w = 0; w < p->workers; w++) p->first[w + 1] += p->first[w];
  for (size_t i = count;
       i-- > 0;) /* backwards, so that first[w + 1] counts down to its final value, the start of worker w */
    if (owner[i] < p->workers) p->index[--p->first[owner[i] + 1]] = i;
  for (size_t w = 0; w < p->workers; w++) p->first[w] = p->first[w + 1];
  size_t held = 0;
  for (size_t i = 0; i < count; i++) held += owner[i] < p->workers;
  p->first[p->workers] = held;
}

int partition_classes(partition *p, const dataset *data, size_t m, size_t per_worker) {
  if (m == 0 || per_worker == 0 || per_worker > DATASET_CLASSES || !partition_make(p, data->count, m)) return 0;
  size_t *owner = calloc(data->count ? data->count : 1, sizeof *owner);
  if (!owner) {
    partition_free(p);
    return 0;
  }
  size_t next[DATASET_CLASSES] = {0}; /* per class: whose turn it is */
  for (size_t i = 0; i < data->count; i++) {
    const size_t label = data->labels[i];
    owner[i] = m; /* nobody, if nobody holds the class */
    for (size_t tried = 0; tried < m && owner[i] == m; tried++) {
      const size_t w = (next[label] + tried) % m;
      if ((label + DATASET_CLASSES - w % DATASET_CLASSES) % DATASET_CLASSES < per_worker) owner[i] = w;
    }
    next[label] = (owner[i] + 1) % m;
  }
  partition_fill(p, owner, data->count);
  free(owner);
  return 1;
}

int partition_uniform(partition *p, const dataset *data, size_t m, uint64_t seed) {
  if (m == 0 || !partition_make(p, data->count, m)) return 0;
  size_t *order = calloc(data->count ? data->count : 1, sizeof *order);
  size_t *owner = calloc(data->count ? data->count : 1, sizeof *owner);
  if (order && owner) {
    rng r = rng_make(seed, 2000);
    for (size_t i = 0; i < data->count; i++) order[i] = i;
    rng_shuffle(&r, order, data->count);
    for (size_t i = 0; i < data->count; i++) owner[order[i]] = i % m;
    partition_fill(p, owner, data->count);
  }
  const int ok = order && owner;
  free(order);
  free(owner);
  if (!ok) partition_free(p);
  return ok;
}

void partition_batch(const partition *p, size_t worker, size_t *batch, size_t count, uint64_t seed, size_t step) {
  rng r = rng_make(seed ^ 0xBA7C4u, (uint64_t)worker << 32 | (uint64_t)(uint32_t)step);
  const size_t *mine = p->index + p->first[worker], held = p->first[worker + 1] - p->first[worker];
  for (size_t i = 0; i < count; i++) batch[i] = mine[rng_below(&r, held)];
}
