/* SPDX-License-Identifier: MIT
 * Labelled images: read from MNIST-format files or drawn by digits.h, cut into training and test part.
 *
 *     dataset train, test;
 *     dataset all = dataset_load(&train, &test, &args, 9000, 1000);    // ends the program when it cannot
 *     printf("%s\n", dataset_source(&args));
 *     dataset_free(&all);
 */
#ifndef EXAMPLES_DATASET_H
#define EXAMPLES_DATASET_H

#include "args.h"

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

/* A view of the images first .. first + count - 1: nothing is copied. */
dataset dataset_slice(const dataset *data, size_t first, size_t count);
void dataset_free(dataset *data);

/* What the examples do: opens the data of the command line; the first `training` images (with --full all there are but
 * those of the test) to train, the last `testing` to test. Returns the whole. Ends the program, with a line on stderr,
 * when there are not as many. */
dataset dataset_load(dataset *train, dataset *test, const args *a, size_t training, size_t testing);
const char *dataset_source(const args *a); /* "drawn digits" or "MNIST-format digits" */

#endif
