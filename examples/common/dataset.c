/* SPDX-License-Identifier: MIT */
#include "dataset.h"

#include "digits.h"
#include "idx.h"
#include "room.h"

#include <stdio.h>
#include <stdlib.h>

#define PATH_ROOM 4096

static int join(char *path, const char *dir, const char *stem, const char *suffix) {
  const int n = snprintf(path, PATH_ROOM, "%s/%s-%s", dir, stem, suffix);
  return n > 0 && n < PATH_ROOM;
}

int dataset_read(dataset *out, const char *dir, const char *stem, char *message, size_t size) {
  char path[PATH_ROOM], label_path[PATH_ROOM];
  idx_array images, labels;
  if (!join(path, dir, stem, "images-idx3-ubyte") || !join(label_path, dir, stem, "labels-idx1-ubyte")) {
    snprintf(message, size, "the name of the data folder is too long");
    return 0;
  }
  unsigned char *image_bytes = idx_read(&images, path, 3, message, size);
  unsigned char *label_bytes = image_bytes ? idx_read(&labels, label_path, 1, message, size) : NULL;
  if (!image_bytes || !label_bytes) {
    free(image_bytes);
    return 0;
  }
  int ok = 0;
  size_t bad = 0;
  while (bad < labels.size && labels.data[bad] < DATASET_CLASSES) bad++;
  if (images.dim[1] != DIGITS_SIDE || images.dim[2] != DIGITS_SIDE)
    snprintf(message, size, "%s: images of %zux%zu pixels, expected %dx%d", path, images.dim[1], images.dim[2],
             DIGITS_SIDE, DIGITS_SIDE);
  else if (images.dim[0] != labels.dim[0])
    snprintf(message, size, "%s: %zu labels for the %zu images of %s", label_path, labels.dim[0], images.dim[0], path);
  else if (bad < labels.size)
    snprintf(message, size, "%s: label %zu is %d, expected 0 to %d", label_path, bad, labels.data[bad],
             DATASET_CLASSES - 1);
  else
    ok = 1;
  if (!ok) {
    free(image_bytes);
    free(label_bytes);
    return 0;
  }
  const dataset made = {images.dim[0], DIGITS_PIXELS, images.data, labels.data, {image_bytes, label_bytes}};
  *out = made;
  return 1;
}

static int exists(const char *path) {
  FILE *file = fopen(path, "rb");
  if (file) fclose(file);
  return file != NULL;
}

static int dataset_draw(dataset *out, size_t count, uint64_t seed, char *message, size_t size) {
  unsigned char *images = count <= SIZE_MAX / DIGITS_PIXELS ? malloc(count * DIGITS_PIXELS) : NULL;
  unsigned char *labels = malloc(count);
  if (!images || !labels) {
    free(images);
    free(labels);
    snprintf(message, size, "out of memory for %zu images", count);
    return 0;
  }
  digits_draw_all(images, labels, count, seed);
  const dataset made = {count, DIGITS_PIXELS, images, labels, {images, labels}};
  *out = made;
  return 1;
}

int dataset_open(dataset *out, const char *dir, size_t count, uint64_t seed, char *message, size_t size) {
  if (!dir) return dataset_draw(out, count, seed, message, size);
  char t10k[PATH_ROOM], train[PATH_ROOM];
  if (!join(t10k, dir, "t10k", "images-idx3-ubyte") || !join(train, dir, "train", "images-idx3-ubyte")) {
    snprintf(message, size, "the name of the data folder is too long");
    return 0;
  }
  const int has_t10k = exists(t10k);
  if (!has_t10k && !exists(train)) {
    snprintf(message, size,
             "%s: holds neither t10k-images-idx3-ubyte nor train-images-idx3-ubyte (MNIST files, unpacked)", dir);
    return 0;
  }
  if (!dataset_read(out, dir, has_t10k ? "t10k" : "train", message, size)) return 0;
  if (out->count < count) {
    snprintf(message, size, "%s: holds %zu images, %zu are needed", has_t10k ? t10k : train, out->count, count);
    dataset_free(out);
    return 0;
  }
  return 1;
}

dataset dataset_slice(const dataset *data, size_t first, size_t count) {
  const dataset slice = {count, data->pixels, data->images + first * data->pixels, data->labels + first, {NULL, NULL}};
  return slice;
}

void dataset_free(dataset *data) {
  free(data->owned[0]);
  free(data->owned[1]);
  data->owned[0] = data->owned[1] = NULL;
  data->count = 0;
}

dataset dataset_load(dataset *train, dataset *test, const args *a, size_t training, size_t testing) {
  char why[PATH_ROOM + 64];
  dataset all;
  require(dataset_open(&all, a->data, training + testing, a->seed, why, sizeof why), why);
  *train = dataset_slice(&all, 0, a->full ? all.count - testing : training);
  *test = dataset_slice(&all, all.count - testing, testing);
  return all;
}

const char *dataset_source(const args *a) { return a->data ? "MNIST-format digits" : "drawn digits"; }
