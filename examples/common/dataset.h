/* SPDX-License-Identifier: MIT
 * Labelled images: read from MNIST-format files or drawn by digits.h, cut into training and test part.
 *
 *     dataset all, train, test;
 *     char why[256];
 *     if (!dataset_open(&all, args.data, 10000, seed, why, sizeof why)) fail(why);
 *     train = dataset_slice(&all, 0, 9000);          // a view: nothing is copied
 *     test = dataset_slice(&all, all.count - 1000, 1000);
 *     dataset_free(&all);
 */
#ifndef EXAMPLES_DATASET_H
#define EXAMPLES_DATASET_H

#include <stddef.h>
#include <stdint.h>

#define DATASET_CLASSES 10

typedef struct dataset {
  size_t count;                /* images                                            */
  size_t pixels;               /* of one image                                      */
  const unsigned char *images; /* count * pixels bytes, 0 is background, 255 is ink */
  const unsigned char *labels; /* count bytes below DATASET_CLASSES                 */
  void *owned[2];              /* what dataset_free frees; null in a slice          */
} dataset;

/* Reads DIR/STEM-images-idx3-ubyte and DIR/STEM-labels-idx1-ubyte; images must be 28x28. Returns 1; or 0 and a line in
 * message. */
int dataset_read(dataset *out, const char *dir, const char *stem, char *message, size_t size);

/* With a folder: its t10k files or, without these, its train files. Without one (null): `count` images drawn from the
 * seed. At least `count` images are guaranteed. Returns 1; or 0 and a line in message that says what is wrong. */
int dataset_open(dataset *out, const char *dir, size_t count, uint64_t seed, char *message, size_t size);

dataset dataset_slice(const dataset *data, size_t first, size_t count);
void dataset_free(dataset *data);

#endif
