/* SPDX-License-Identifier: MIT */
#include "conv.h"

enum { SIDE = 28, KERNEL = 5, STRIDE = 2, PATCH = KERNEL * KERNEL };
enum { SIDE1 = (SIDE - KERNEL) / STRIDE + 1, SIDE2 = (SIDE1 - KERNEL) / STRIDE + 1 };
enum { AREA1 = SIDE1 * SIDE1, AREA2 = SIDE2 * SIDE2 };

/* ---- products of matrices, row by row: constant trip counts, so that compilers vectorize them at -O2 ---- */

#define LANES 8

static inline void mac4_lanes(float *restrict y, const float *restrict x0, const float *restrict x1,
                              const float *restrict x2, const float *restrict x3, float a0, float a1, float a2,
                              float a3) {
  for (int j = 0; j < LANES; j++) y[j] += (a0 * x0[j] + a1 * x1[j]) + (a2 * x2[j] + a3 * x3[j]);
}

/* y += a0 x[0] + a1 x[1] + a2 x[2] + a3 x[3], four rows of n. Inputs and what follows a ReLU are often 0. */
static inline void mac4(float *y, const float *x, size_t n, float a0, float a1, float a2, float a3) {
  size_t j = 0;
  if (a0 == 0 && a1 == 0 && a2 == 0 && a3 == 0) return;
  for (; j + LANES <= n; j += LANES)
    mac4_lanes(y + j, x + j, x + n + j, x + 2 * n + j, x + 3 * n + j, a0, a1, a2, a3);
  for (; j < n; j++) y[j] += (a0 * x[j] + a1 * x[n + j]) + (a2 * x[2 * n + j] + a3 * x[3 * n + j]);
}

static inline void mac1_lanes(float *restrict y, const float *restrict x, float a) {
  for (int j = 0; j < LANES; j++) y[j] += a * x[j];
}

static inline void mac1(float *y, const float *x, size_t n, float a) {
  size_t j = 0;
  if (a == 0) return;
  for (; j + LANES <= n; j += LANES) mac1_lanes(y + j, x + j, a);
  for (; j < n; j++) y[j] += a * x[j];
}

/* c += a b: (rows x inner) (inner x n) */
static void add_product(float *c, const float *a, const float *b, size_t rows, size_t inner, size_t n) {
  for (size_t r = 0; r < rows; r++, a += inner, c += n) {
    size_t k = 0;
    for (; k + 4 <= inner; k += 4) mac4(c, b + k * n, n, a[k], a[k + 1], a[k + 2], a[k + 3]);
    for (; k < inner; k++) mac1(c, b + k * n, n, a[k]);
  }
}

/* c += a' b: (rows x inner)' (rows x n) */
static void add_transposed_product(float *c, const float *a, const float *b, size_t rows, size_t inner, size_t n) {
  size_t r = 0;
  for (; r + 4 <= rows; r += 4) {
    const float *p = a + r * inner;
    for (size_t k = 0; k < inner; k++)
      mac4(c + k * n, b + r * n, n, p[k], p[inner + k], p[2 * inner + k], p[3 * inner + k]);
  }
  for (a += r * inner, b += r * n; r < rows; r++, a += inner, b += n)
    for (size_t k = 0; k < inner; k++) mac1(c + k * n, b, n, a[k]);
}

static void transpose(float *out, const float *a, size_t rows, size_t n) {
  for (size_t r = 0; r < rows; r++)
    for (size_t j = 0; j < n; j++) out[j * rows + r] = a[r * n + j];
}

/* ---- patches: an image of side x side pixels of `channels` values, seen through the kernel's window ---- */

/* One row per position of the window, KERNEL*KERNEL*channels values each. */
static void patches(float *out, const float *image, size_t side, size_t channels) {
  const size_t positions = (side - KERNEL) / STRIDE + 1;
  for (size_t y = 0; y < positions; y++)
    for (size_t x = 0; x < positions; x++)
      for (size_t u = 0; u < KERNEL; u++) {
        const float *from = image + ((y * STRIDE + u) * side + x * STRIDE) * channels;
        for (size_t v = 0; v < KERNEL * channels; v++) *out++ = from[v];
      }
}

/* Back: adds every patch to the place it was taken from. */
static void add_patches(float *image, const float *from, size_t side, size_t channels) {
  const size_t positions = (side - KERNEL) / STRIDE + 1;
  for (size_t y = 0; y < positions; y++)
    for (size_t x = 0; x < positions; x++)
      for (size_t u = 0; u < KERNEL; u++) {
        float *to = image + ((y * STRIDE + u) * side + x * STRIDE) * channels;
        for (size_t v = 0; v < KERNEL * channels; v++) to[v] += *from++;
      }
}

/* ---- the network ----
 * W1 is PATCH x c1, W2 is PATCH c1 x c2, W3 (if there is a hidden layer) AREA2 c2 x hidden, W4 inputs x classes. */

enum { W1, B1, W2, B2, W3, B3 };

typedef struct parts { /* of the work array: what forward leaves to backward, and backward's own */
  size_t c1, c2, flat, hidden, classes;
  float *patch1, *h1, *patch2, *h2, *h3;
  float *d1, *d2, *d3, *dpatch2, *turned;
} parts;

static size_t parts_of(parts *p, const net *n, float *work) {
  float *at = work;
  p->c1 = n->layer[B1].size;
  p->c2 = n->layer[B2].size;
  p->flat = AREA2 * p->c2;
  p->hidden = n->hidden;
  p->classes = n->classes;
  const size_t wide = PATCH * p->c1;
  struct {
    float **part;
    size_t size;
  } const list[] = {{&p->patch1, AREA1 * PATCH}, {&p->h1, AREA1 * p->c1}, {&p->patch2, AREA2 * wide},
                    {&p->h2, p->flat},           {&p->h3, p->hidden},     {&p->d1, AREA1 * p->c1},
                    {&p->d2, p->flat},           {&p->d3, p->hidden},     {&p->dpatch2, AREA2 * wide},
                    {&p->turned, p->c2 * wide}};
  size_t total = 0;
  for (size_t i = 0; i < sizeof list / sizeof *list; i++) {
    *list[i].part = work ? at + total : NULL;
    total += list[i].size;
  }
  return total;
}

static void fill_rows(float *out, const float *bias, size_t rows, size_t n) {
  for (size_t r = 0; r < rows; r++)
    for (size_t j = 0; j < n; j++) out[r * n + j] = bias[j];
}

static void relu(float *h, size_t n) {
  for (size_t j = 0; j < n; j++) h[j] = h[j] < 0 ? 0 : h[j]; /* a NaN stays one */
}

static void relu_back(float *delta, const float *h, size_t n) {
  for (size_t j = 0; j < n; j++) delta[j] = h[j] == 0 ? 0 : delta[j];
}

/* A dense layer: out = bias + in w, and its gradients. */
static void dense(float *out, const float *x, const net_layer *w, const float *in, size_t inputs, size_t outputs) {
  fill_rows(out, x + w[1].offset, 1, outputs);
  add_product(out, in, x + w[0].offset, 1, inputs, outputs);
}

static void dense_back(float *g, float *din, const float *x, const net_layer *w, const float *in, const float *delta,
                       size_t inputs, size_t outputs) {
  const float *row = x + w[0].offset;
  mac1(g + w[1].offset, delta, outputs, 1.0f);
  add_transposed_product(g + w[0].offset, in, delta, 1, inputs, outputs);
  for (size_t i = 0; i < inputs; i++, row += outputs) {
    float lane[LANES] = {0};
    size_t j = 0;
    for (; j + LANES <= outputs; j += LANES)
      for (size_t k = 0; k < LANES; k++) lane[k] += row[j + k] * delta[j + k];
    for (; j < outputs; j++) lane[0] += row[j] * delta[j];
    din[i] = ((lane[0] + lane[1]) + (lane[2] + lane[3])) + ((lane[4] + lane[5]) + (lane[6] + lane[7]));
  }
}

static void conv_forward(const net *n, float *scores, const float *x, const float *image, float *work) {
  const net_layer *l = n->layer;
  parts p;
  parts_of(&p, n, work);
  patches(p.patch1, image, SIDE, 1);
  fill_rows(p.h1, x + l[B1].offset, AREA1, p.c1);
  add_product(p.h1, p.patch1, x + l[W1].offset, AREA1, PATCH, p.c1);
  relu(p.h1, AREA1 * p.c1);
  patches(p.patch2, p.h1, SIDE1, p.c1);
  fill_rows(p.h2, x + l[B2].offset, AREA2, p.c2);
  add_product(p.h2, p.patch2, x + l[W2].offset, AREA2, PATCH * p.c1, p.c2);
  relu(p.h2, p.flat);
  if (!p.hidden) {
    dense(scores, x, l + W3, p.h2, p.flat, p.classes);
    return;
  }
  dense(p.h3, x, l + W3, p.h2, p.flat, p.hidden);
  relu(p.h3, p.hidden);
  dense(scores, x, l + W3 + 2, p.h3, p.hidden, p.classes);
}

static void conv_backward(const net *n, float *g, const float *x, const float *image, const float *score_gradient,
                          float *work) {
  const net_layer *l = n->layer;
  parts p;
  (void)image; /* its patches are in work */
  parts_of(&p, n, work);
  if (p.hidden) {
    dense_back(g, p.d3, x, l + W3 + 2, p.h3, score_gradient, p.hidden, p.classes);
    relu_back(p.d3, p.h3, p.hidden);
    dense_back(g, p.d2, x, l + W3, p.h2, p.d3, p.flat, p.hidden);
  } else {
    dense_back(g, p.d2, x, l + W3, p.h2, score_gradient, p.flat, p.classes);
  }
  relu_back(p.d2, p.h2, p.flat);

  const size_t wide = PATCH * p.c1;
  for (size_t r = 0; r < AREA2; r++) mac1(g + l[B2].offset, p.d2 + r * p.c2, p.c2, 1.0f);
  add_transposed_product(g + l[W2].offset, p.patch2, p.d2, AREA2, wide, p.c2);
  transpose(p.turned, x + l[W2].offset, wide, p.c2);
  for (size_t j = 0; j < AREA2 * wide; j++) p.dpatch2[j] = 0;
  add_product(p.dpatch2, p.d2, p.turned, AREA2, p.c2, wide);
  for (size_t j = 0; j < AREA1 * p.c1; j++) p.d1[j] = 0;
  add_patches(p.d1, p.dpatch2, SIDE1, p.c1);
  relu_back(p.d1, p.h1, AREA1 * p.c1);

  for (size_t r = 0; r < AREA1; r++) mac1(g + l[B1].offset, p.d1 + r * p.c1, p.c1, 1.0f);
  add_transposed_product(g + l[W1].offset, p.patch1, p.d1, AREA1, PATCH, p.c1);
}

net net_conv(size_t first, size_t second, size_t hidden, size_t classes) {
  net n = {0};
  parts p;
  n.inputs = SIDE * SIDE;
  n.hidden = hidden;
  n.classes = classes;
  net_add_layer(&n, "W1", PATCH * first, PATCH);
  net_add_layer(&n, "b1", first, 0);
  net_add_layer(&n, "W2", PATCH * first * second, PATCH * first);
  net_add_layer(&n, "b2", second, 0);
  if (hidden) {
    net_add_layer(&n, "W3", AREA2 * second * hidden, AREA2 * second);
    net_add_layer(&n, "b3", hidden, 0);
    net_add_layer(&n, "W4", hidden * classes, hidden);
    net_add_layer(&n, "b4", classes, 0);
  } else {
    net_add_layer(&n, "W3", AREA2 * second * classes, AREA2 * second);
    net_add_layer(&n, "b3", classes, 0);
  }
  n.work = n.inputs + classes + parts_of(&p, &n, NULL);
  n.forward = conv_forward;
  n.backward = conv_backward;
  return n;
}
