/* SPDX-License-Identifier: MIT
 * A small convolutional network on images of 28x28 pixels (Acharya, sec. 7.1, in little): two convolutions of 5x5 with
 * stride 2 (28x28 - 12x12 - 4x4), a hidden layer or none, scores; ReLU between them. A stride takes the place of the
 * paper's pooling: four times less work.
 *
 *     net n = net_conv(8, 16, 0, 10);             // 8 and 16 channels, no hidden layer: 5,994 parameters
 *     float *x = malloc(n.size * sizeof *x), *g = ..., *work = malloc(n.work * sizeof *work);
 *     net_init(&n, x, seed);                      // and on with net_gradient, net_evaluate of net.h
 */
#ifndef EXAMPLES_CONV_H
#define EXAMPLES_CONV_H

#include "net.h"

net net_conv(size_t first, size_t second, size_t hidden, size_t classes);

#endif
