/* SPDX-License-Identifier: MIT
 * Small classifiers whose parameters are one flat vector of floats, as distributed methods want them: the two-layer
 * network of Chen (ch. 6), inputs - hidden (ReLU) - classes (softmax, cross-entropy). Another network fills in the same
 * structure with a forward and a backward function of its own; what loops over samples is shared.
 *
 *     net n = net_two_layer(784, 128, 10);
 *     float *x = malloc(n.size * sizeof *x), *g = ..., *work = malloc(n.work * sizeof *work);
 *     net_init(&n, x, seed);
 *     double loss = net_gradient(&n, g, x, &train, index, 32, work);     // mean over the 32 images index[0..31]
 *     net_score s = net_evaluate(&n, x, &test, work);                    // s.accuracy, s.loss
 *
 * Sums run in a fixed order: the same inputs give the same bits, run after run.
 */
#ifndef EXAMPLES_NET_H
#define EXAMPLES_NET_H

#include "dataset.h"

#include <stddef.h>
#include <stdint.h>

#define NET_MAX_LAYERS 8

/* A weight tensor or a vector of biases: `size` parameters from `offset` on; fan_in is 0 for biases. */
typedef struct net_layer {
  const char *name;
  size_t offset, size, fan_in;
} net_layer;

typedef struct net net;
struct net {
  size_t inputs, hidden, classes;
  size_t layers;
  net_layer layer[NET_MAX_LAYERS];
  size_t size; /* parameters in all */
  size_t work; /* scratch, in floats */
  /* Scores of one image (inputs values, in [0, 1]); what backward needs of the way there stays in work. */
  void (*forward)(const net *n, float *scores, const float *x, const float *image, float *work);
  /* Adds to g the gradient, given that of the scores, after a forward pass with the same work. */
  void (*backward)(const net *n, float *g, const float *x, const float *image, const float *score_gradient,
                   float *work);
};

typedef struct net_score {
  double accuracy; /* share of images classified right; an image with a score that is not finite counts as wrong */
  double loss;     /* mean cross-entropy                                                                       */
} net_score;

net net_two_layer(size_t inputs, size_t hidden, size_t classes);

/* Appends a layer's parameters to the vector; for those who define a network. */
void net_add_layer(net *n, const char *name, size_t size, size_t fan_in);

/* Weights from a normal distribution of variance 1/fan_in, cut off at two deviations (Chen, ch. 6); biases 0. */
void net_init(const net *n, float *x, uint64_t seed);

/* g = gradient of the mean loss over the `count` images data[index[0]], ...; returns that loss. */
double net_gradient(const net *n, float *g, const float *x, const dataset *data, const size_t *index, size_t count,
                    float *work);

net_score net_evaluate(const net *n, const float *x, const dataset *data, float *work);

#endif
