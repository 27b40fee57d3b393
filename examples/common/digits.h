/* SPDX-License-Identifier: MIT
 * Draws digits of 28x28 pixels, so that every example runs without a download. Each digit has one or more skeletons of
 * a few strokes (splines through control points); an image jitters the points, turns, shears, scales, shifts and bends
 * the skeleton, inks it with a pen of random width, and adds speckles. The same seed gives the same images, and image i
 * does not depend on how many are drawn.
 *
 *     unsigned char image[DIGITS_PIXELS];
 *     digits_draw(image, 7, seed, i);
 */
#ifndef EXAMPLES_DIGITS_H
#define EXAMPLES_DIGITS_H

#include <stddef.h>
#include <stdint.h>

#define DIGITS_SIDE 28
#define DIGITS_PIXELS (DIGITS_SIDE * DIGITS_SIDE)

/* Image `number` of the seed, showing `digit` (0 to 9): one byte a pixel, row by row, 0 background, 255 ink. */
void digits_draw(unsigned char *image, unsigned digit, uint64_t seed, uint64_t number);

/* `count` images with their labels: every run of ten (of image numbers 10k .. 10k+9) holds each digit once, in random
 * order. */
void digits_draw_all(unsigned char *images, unsigned char *labels, size_t count, uint64_t seed);

#endif
