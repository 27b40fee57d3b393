/* SPDX-License-Identifier: MIT */
#include "net.h"

#include "rng.h"

#include <math.h>

/* ---- vector loops: constant trip counts, so that compilers vectorize them at -O2 ---- */

#define LANES 32

static inline void axpy_lanes(float *restrict y, const float *restrict x, float a) {
  for (int j = 0; j < LANES; j++) y[j] += a * x[j];
}

/* y += a x */
static void axpy(float *restrict y, const float *restrict x, float a, size_t n) {
  size_t j = 0;
  for (; j + LANES <= n; j += LANES) axpy_lanes(y + j, x + j, a);
  for (; j < n; j++) y[j] += a * x[j];
}

/* y += a[0] x[0] + a[1] x[1] + a[2] x[2] + a[3] x[3]: four rows for one pass over y */
static inline void axpy4_lanes(float *restrict y, const float *restrict x0, const float *restrict x1,
                               const float *restrict x2, const float *restrict x3, const float *restrict a) {
  for (int j = 0; j < LANES; j++) y[j] += (a[0] * x0[j] + a[1] * x1[j]) + (a[2] * x2[j] + a[3] * x3[j]);
}

static inline void dot_lanes(float *restrict sum, const float *restrict x, const float *restrict y) {
  for (int j = 0; j < LANES; j++) sum[j] += x[j] * y[j];
}

static float dot(const float *x, const float *y, size_t n) {
  float lane[LANES] = {0}, sum = 0;
  size_t j = 0;
  for (; j + LANES <= n; j += LANES) dot_lanes(lane, x + j, y + j);
  for (; j < n; j++) lane[0] += x[j] * y[j];
  for (j = 0; j < LANES; j++) sum += lane[j];
  return sum;
}

/* ---- what all networks share ---- */

void net_add_layer(net *n, const char *name, size_t size, size_t fan_in) {
  const net_layer layer = {name, n->size, size, fan_in};
  n->layer[n->layers++] = layer;
  n->size += size;
}

void net_init(const net *n, float *x, uint64_t seed) {
  rng r = rng_make(seed, 1000);
  for (size_t l = 0; l < n->layers; l++) {
    const net_layer *layer = &n->layer[l];
    for (size_t j = 0; j < layer->size; j++) {
      double z = 0;
      if (layer->fan_in)
        do z = rng_normal(&r);
        while (fabs(z) > 2.0);
      x[layer->offset + j] = layer->fan_in ? (float)(z / sqrt((double)layer->fan_in)) : 0.0f;
    }
  }
}

/* The start of every network's work array is the image and its scores. */
static float *image_of(const net *n, float *work, const dataset *data, size_t index) {
  const unsigned char *pixels = data->images + index * data->pixels;
  for (size_t i = 0; i < n->inputs; i++) work[i] = (float)pixels[i] * (1.0f / 255.0f);
  return work;
}

/* Cross-entropy of the softmax of scores; *right says whether the label's score is the only largest and all are finite.
 */
static double cross_entropy(const float *scores, size_t classes, size_t label, int *right) {
  double sum = 0;
  int best = isfinite(scores[label]) != 0;
  float top = scores[0];
  for (size_t c = 1; c < classes; c++) top = scores[c] > top ? scores[c] : top;
  for (size_t c = 0; c < classes; c++) {
    sum += exp((double)(scores[c] - top));
    if (c != label && !(scores[c] < scores[label])) best = 0;
  }
  *right = best;
  return log(sum) + (double)(top - scores[label]);
}

double net_gradient(const net *n, float *g, const float *x, const dataset *data, const size_t *index, size_t count,
                    float *work) {
  float *scores = work + n->inputs, *rest = scores + n->classes;
  const float weight = 1.0f / (float)count;
  double loss = 0;
  for (size_t j = 0; j < n->size; j++) g[j] = 0;
  for (size_t i = 0; i < count; i++) {
    const float *image = image_of(n, work, data, index[i]);
    const size_t label = data->labels[index[i]];
    int right;
    n->forward(n, scores, x, image, rest);
    loss += cross_entropy(scores, n->classes, label, &right);
    float top = scores[0], sum = 0; /* d loss / d score_c = softmax_c - [c == label] */
    for (size_t c = 1; c < n->classes; c++) top = scores[c] > top ? scores[c] : top;
    for (size_t c = 0; c < n->classes; c++) sum += scores[c] = expf(scores[c] - top);
    for (size_t c = 0; c < n->classes; c++) scores[c] = weight * (scores[c] / sum - (c == label ? 1.0f : 0.0f));
    n->backward(n, g, x, image, scores, rest);
  }
  return loss / (double)count;
}

net_score net_evaluate(const net *n, const float *x, const dataset *data, float *work) {
  float *scores = work + n->inputs, *rest = scores + n->classes;
  net_score s = {0, 0};
  size_t hits = 0;
  for (size_t i = 0; i < data->count; i++) {
    int right;
    n->forward(n, scores, x, image_of(n, work, data, i), rest);
    s.loss += cross_entropy(scores, n->classes, data->labels[i], &right);
    hits += (size_t)right;
  }
  s.accuracy = data->count ? (double)hits / (double)data->count : 0;
  s.loss = data->count ? s.loss / (double)data->count : 0;
  return s;
}

/* ---- two layers: scores = W2 relu(W1' image + b1) + b2; W1 is inputs x hidden, W2 classes x hidden, row by row ----
 */

enum { W1, B1, W2, B2 };

/* y += W1' image. Background pixels are zero and most pixels are background: their rows are skipped, here and in the
 * gradient. */
static void add_rows(float *y, const float *w1, const float *image, size_t inputs, size_t hidden) {
  const float *row[4];
  float value[4];
  size_t held = 0, j;
  for (size_t i = 0; i < inputs; i++) {
    if (image[i] == 0) continue;
    row[held] = w1 + i * hidden;
    value[held++] = image[i];
    if (held < 4) continue;
    held = 0;
    for (j = 0; j + LANES <= hidden; j += LANES)
      axpy4_lanes(y + j, row[0] + j, row[1] + j, row[2] + j, row[3] + j, value);
    for (; j < hidden; j++)
      y[j] += (value[0] * row[0][j] + value[1] * row[1][j]) + (value[2] * row[2][j] + value[3] * row[3][j]);
  }
  for (size_t k = 0; k < held; k++) axpy(y, row[k], value[k], hidden);
}

static void two_layer_forward(const net *n, float *scores, const float *x, const float *image, float *work) {
  const float *w1 = x + n->layer[W1].offset, *b1 = x + n->layer[B1].offset;
  const float *w2 = x + n->layer[W2].offset, *b2 = x + n->layer[B2].offset;
  float *hidden = work;
  for (size_t j = 0; j < n->hidden; j++) hidden[j] = b1[j];
  add_rows(hidden, w1, image, n->inputs, n->hidden);
  for (size_t j = 0; j < n->hidden; j++) hidden[j] = hidden[j] < 0 ? 0 : hidden[j]; /* a NaN stays one */
  for (size_t c = 0; c < n->classes; c++) scores[c] = b2[c] + dot(w2 + c * n->hidden, hidden, n->hidden);
}

static void two_layer_backward(const net *n, float *g, const float *x, const float *image, const float *score_gradient,
                               float *work) {
  const float *w2 = x + n->layer[W2].offset;
  float *g1 = g + n->layer[W1].offset, *gb1 = g + n->layer[B1].offset;
  float *g2 = g + n->layer[W2].offset, *gb2 = g + n->layer[B2].offset;
  const float *hidden = work;
  float *delta = work + n->hidden; /* gradient of the hidden units, then of what enters them */
  for (size_t j = 0; j < n->hidden; j++) delta[j] = 0;
  for (size_t c = 0; c < n->classes; c++) {
    gb2[c] += score_gradient[c];
    axpy(g2 + c * n->hidden, hidden, score_gradient[c], n->hidden);
    axpy(delta, w2 + c * n->hidden, score_gradient[c], n->hidden);
  }
  for (size_t j = 0; j < n->hidden; j++) delta[j] = hidden[j] == 0 ? 0 : delta[j];
  axpy(gb1, delta, 1.0f, n->hidden);
  for (size_t i = 0; i < n->inputs; i++)
    if (image[i] != 0) axpy(g1 + i * n->hidden, delta, image[i], n->hidden);
}

net net_two_layer(size_t inputs, size_t hidden, size_t classes) {
  net n = {0};
  n.inputs = inputs;
  n.hidden = hidden;
  n.classes = classes;
  net_add_layer(&n, "W1", inputs * hidden, inputs);
  net_add_layer(&n, "b1", hidden, 0);
  net_add_layer(&n, "W2", hidden * classes, hidden);
  net_add_layer(&n, "b2", classes, 0);
  n.work = inputs + classes + 2 * hidden;
  n.forward = two_layer_forward;
  n.backward = two_layer_backward;
  return n;
}
