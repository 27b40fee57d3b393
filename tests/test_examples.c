/* SPDX-License-Identifier: MIT
 * Tests of examples/common: gradients against finite differences, the IDX reader on good and bad input, the drawn
 * digits, partition and attacks, well-formed SVG, the command line, findings. Links examples/common/[a-z]*.c and libm; medsgd.h
 * is not needed.
 */
#include "test.h"

#include "args.h"
#include "attacks.h"
#include "conv.h"
#include "dataset.h"
#include "digits.h"
#include "finding.h"
#include "idx.h"
#include "net.h"
#include "partition.h"
#include "progress.h"
#include "rng.h"
#include "room.h"
#include "stats.h"
#include "svg.h"

#include <math.h>

/* ---- IDX ---- */

/* A header of `dims` dimensions; returns its length. */
static size_t idx_header(unsigned char *to, unsigned char dims, const uint32_t *dim) {
  const unsigned char magic[4] = {0, 0, 8, dims};
  memcpy(to, magic, 4);
  for (size_t i = 0; i < dims; i++)
    for (size_t b = 0; b < 4; b++) to[4 + 4 * i + b] = (unsigned char)(dim[i] >> (24 - 8 * b));
  return 4 + 4 * (size_t)dims;
}

TEST(idx_good) {
  unsigned char bytes[64] = {0};
  const uint32_t dim[3] = {2, 3, 4};
  idx_array a;
  const size_t header = idx_header(bytes, 3, dim);
  for (size_t i = 0; i < 24; i++) bytes[header + i] = (unsigned char)(i + 1);
  CHECK(idx_parse(&a, bytes, header + 24, 3) == IDX_OK);
  CHECK(a.dims == 3 && a.dim[0] == 2 && a.dim[1] == 3 && a.dim[2] == 4 && a.size == 24);
  CHECK(a.data == bytes + header && a.data[23] == 24);
  const uint32_t none[1] = {0};
  CHECK(idx_header(bytes, 1, none) == 8 && idx_parse(&a, bytes, 8, 1) == IDX_OK && a.size == 0);
}

TEST(idx_truncated_everywhere) { /* every proper prefix is refused, and so is a byte more; *out stays as it was */
  unsigned char bytes[64] = {0};
  const uint32_t dim[3] = {2, 3, 4};
  idx_array a = {77, {0}, 0, NULL};
  const size_t whole = idx_header(bytes, 3, dim) + 24;
  for (size_t n = 0; n < whole; n++) {
    unsigned char *exact = room(n, 1); /* its own block, so that a sanitizer sees a read past the end */
    memcpy(exact, bytes, n);
    const idx_status s = idx_parse(&a, exact, n, 3);
    CHECKF(s == (n < 16 ? IDX_SHORT_HEADER : IDX_TRUNCATED), "%zu bytes: %s", n, idx_strerror(s));
    free(exact);
  }
  CHECK(idx_parse(&a, bytes, whole + 1, 3) == IDX_TRAILING);
  CHECK(a.dims == 77);
}

TEST(idx_wrong_magic) {
  unsigned char bytes[64] = {0};
  const uint32_t dim[2] = {2, 2};
  idx_array a;
  const size_t whole = idx_header(bytes, 2, dim) + 4;
  CHECK(idx_parse(&a, bytes, whole, 1) == IDX_BAD_DIMS);
  CHECK(idx_parse(&a, bytes, whole, 3) == IDX_BAD_DIMS);
  CHECK(idx_parse(&a, bytes, whole, 0) == IDX_BAD_DIMS);
  bytes[2] = 13; /* floats */
  CHECK(idx_parse(&a, bytes, whole, 2) == IDX_BAD_TYPE);
  bytes[0] = 1;
  CHECK(idx_parse(&a, bytes, whole, 2) == IDX_BAD_MAGIC);
  bytes[0] = 0x1F, bytes[1] = 0x8B;
  CHECK(idx_parse(&a, bytes, whole, 2) == IDX_GZIP);
}

TEST(idx_sizes_that_overflow) {
  unsigned char bytes[64] = {0};
  const uint32_t huge[3] = {0xFFFFFFFFu, 0xFFFFFFFFu, 0xFFFFFFFFu};      /* far beyond 2^64                        */
  const uint32_t wraps[4] = {0x10000u, 0x10000u, 0x10000u, 0x10000u}; /* 2^64: wraps to 0 where size_t has 64 bits */
  const uint32_t with_zero[3] = {0, 0xFFFFFFFFu, 0xFFFFFFFFu};
  idx_array a;
  size_t n = idx_header(bytes, 3, huge);
  CHECK(idx_parse(&a, bytes, n, 3) == IDX_TOO_LARGE);
  n = idx_header(bytes, 4, wraps);
  CHECK(idx_parse(&a, bytes, n, 4) == IDX_TOO_LARGE);
  n = idx_header(bytes, 3, with_zero);
  CHECK(idx_parse(&a, bytes, n, 3) == IDX_OK && a.size == 0);
}

TEST(idx_random_bytes) { /* whatever the bytes: an answer; when it is an array, it lies inside the buffer */
  for (int round = 0; round < 20000; round++) {
    const size_t n = test_below(40);
    unsigned char *bytes = room(n, 1);
    for (size_t i = 0; i < n; i++) bytes[i] = (unsigned char)(test_below(3) ? 0 : test_random());
    if (n >= 4 && test_below(4)) bytes[0] = bytes[1] = 0, bytes[2] = 8, bytes[3] = (unsigned char)test_below(5);
    idx_array a;
    const size_t dims = test_below(6);
    if (idx_parse(&a, bytes, n, dims) == IDX_OK) {
      CHECK(a.dims == dims && dims >= 1 && dims <= IDX_MAX_DIMS);
      CHECK(a.data == bytes + 4 + 4 * dims && (size_t)(a.data - bytes) + a.size == n);
    }
    free(bytes);
  }
}

/* Files go to the working directory under names nobody else uses, and are removed. */
static void write_file(const char *path, const unsigned char *bytes, size_t n) {
  FILE *f = fopen(path, "wb");
  CHECK(f != NULL);
  if (!f) return;
  CHECK(fwrite(bytes, 1, n, f) == n);
  fclose(f);
}

TEST(idx_files) {
  static const char path[] = "test_examples.tmp-images-idx3-ubyte";
  char why[200];
  idx_array a;
  CHECK(idx_read(&a, "no/such/folder/file", 3, why, sizeof why) == NULL);
  CHECKF(strstr(why, "no/such/folder/file: ") != NULL, "%s", why);
  CHECK(idx_read(&a, ".", 3, why, sizeof why) == NULL); /* a folder */
  unsigned char bytes[200] = {0};
  const uint32_t dim[3] = {2, 8, 8};
  const size_t whole = idx_header(bytes, 3, dim) + 128;
  write_file(path, bytes, whole);
  unsigned char *read = idx_read(&a, path, 3, why, sizeof why);
  CHECK(read != NULL && a.size == 128);
  free(read);
  write_file(path, bytes, whole - 1);
  CHECK(idx_read(&a, path, 3, why, sizeof why) == NULL);
  CHECKF(strstr(why, path) && strstr(why, "truncated"), "%s", why);
  write_file(path, bytes, 0);
  CHECK(idx_read(&a, path, 3, why, sizeof why) == NULL);
  char tiny[8]; /* a message never runs past its room */
  CHECK(idx_read(&a, path, 3, tiny, sizeof tiny) == NULL && strlen(tiny) == 7);
  remove(path);
}

TEST(dataset_files) {
  static const char images[] = "t10k-images-idx3-ubyte", labels[] = "t10k-labels-idx1-ubyte";
  static unsigned char bytes[16 + 3 * DIGITS_PIXELS], names[16];
  const uint32_t dim[3] = {3, DIGITS_SIDE, DIGITS_SIDE}, count[1] = {3}, fewer[1] = {2}, odd[3] = {3, DIGITS_PIXELS, 1};
  char why[200];
  dataset d;
  FILE *exists = fopen(images, "rb");
  if (exists) {
    fclose(exists);
    SKIP("the working directory holds MNIST files");
  }
  CHECK(!dataset_open(&d, ".", 1, 0, why, sizeof why));
  CHECKF(strstr(why, "holds neither") != NULL, "%s", why);
  CHECK(!dataset_open(&d, "no/such/folder", 1, 0, why, sizeof why));
  const size_t size = idx_header(bytes, 3, dim) + 3 * DIGITS_PIXELS;
  write_file(images, bytes, size);
  CHECK(!dataset_open(&d, ".", 1, 0, why, sizeof why)); /* no labels */
  CHECKF(strstr(why, labels) != NULL, "%s", why);
  size_t label_size = idx_header(names, 1, count) + 3;
  names[9] = 9;
  write_file(labels, names, label_size);
  CHECK(dataset_open(&d, ".", 3, 0, why, sizeof why) && d.count == 3 && d.labels[1] == 9 && d.pixels == DIGITS_PIXELS);
  dataset_free(&d);
  args a = {.data = "."};
  dataset train, test; /* the test takes the end; with --full all the rest is for training */
  for (a.full = 0; a.full <= 1; a.full++) {
    d = dataset_load(&train, &test, &a, 1, 1);
    CHECK(d.count == 3 && train.count == (a.full ? 2 : 1) && train.images == d.images && train.labels == d.labels);
    CHECK(test.count == 1 && test.images == d.images + 2 * DIGITS_PIXELS && test.labels == d.labels + 2);
    dataset_free(&d);
  }
  CHECK(!dataset_open(&d, ".", 4, 0, why, sizeof why));
  CHECKF(strstr(why, "3 images, 4 are needed") != NULL, "%s", why);
  names[9] = 10; /* no digit */
  write_file(labels, names, label_size);
  CHECK(!dataset_open(&d, ".", 3, 0, why, sizeof why));
  CHECKF(strstr(why, "label 1 is 10") != NULL, "%s", why);
  names[9] = 0;
  label_size = idx_header(names, 1, fewer) + 2;
  write_file(labels, names, label_size);
  CHECK(!dataset_open(&d, ".", 2, 0, why, sizeof why));
  CHECKF(strstr(why, "2 labels") != NULL, "%s", why);
  write_file(images, names, label_size); /* exchanged */
  CHECK(!dataset_open(&d, ".", 2, 0, why, sizeof why));
  CHECKF(strstr(why, "exchanged") != NULL, "%s", why);
  (void)idx_header(bytes, 3, odd);
  write_file(images, bytes, size);
  CHECK(!dataset_open(&d, ".", 3, 0, why, sizeof why));
  CHECKF(strstr(why, "784x1") != NULL, "%s", why);
  remove(images);
  remove(labels);
}

/* ---- digits ---- */

TEST(digits_deterministic_and_balanced) {
  enum { N = 200 };
  unsigned char *a = room(N, DIGITS_PIXELS), *b = room(N, DIGITS_PIXELS), la[N], lb[N];
  size_t held[10] = {0};
  digits_draw_all(a, la, N, 5);
  digits_draw_all(b, lb, N, 5);
  CHECK(!memcmp(a, b, (size_t)N * DIGITS_PIXELS) && !memcmp(la, lb, N));
  digits_draw_all(b, lb, N / 2, 5); /* fewer: the same ones */
  CHECK(!memcmp(a, b, (size_t)N / 2 * DIGITS_PIXELS) && !memcmp(la, lb, N / 2));
  digits_draw_all(b, lb, N, 6);
  CHECK(memcmp(a, b, (size_t)N * DIGITS_PIXELS) != 0);
  for (size_t i = 0; i < N; i++) {
    size_t dark = 0;
    CHECK(la[i] < 10);
    held[la[i] % 10]++;
    for (size_t j = 0; j < DIGITS_PIXELS; j++) dark += a[i * DIGITS_PIXELS + j] > 100;
    CHECKF(dark > 15 && dark < 400, "image %zu, a %d, has %zu inked pixels", i, la[i], dark);
  }
  for (size_t c = 0; c < 10; c++) CHECKF(held[c] == N / 10, "%zu of digit %zu", held[c], c);
  digits_draw(a, 3, 5, 1);
  digits_draw(b, 3, 5, 2);
  CHECK(memcmp(a, b, DIGITS_PIXELS) != 0);
  free(a);
  free(b);
}

/* ---- partition, minibatches, attacks ---- */

TEST(partition_two_classes) {
  dataset d;
  partition p;
  char why[100];
  CHECK(dataset_open(&d, NULL, 500, 3, why, sizeof why));
  CHECK(partition_classes(&p, &d, 10, 2));
  unsigned char *seen = room(d.count, 1);
  for (size_t w = 0; w < 10; w++) {
    CHECK(p.first[w + 1] - p.first[w] == 50);
    for (size_t i = p.first[w]; i < p.first[w + 1]; i++) {
      const unsigned label = d.labels[p.index[i]];
      CHECK(label == w || label == (w + 1) % 10);
      seen[p.index[i]]++;
    }
    size_t batch[8], again[8];
    partition_batch(&p, w, batch, 8, 1, 4);
    partition_batch(&p, w, again, 8, 1, 4);
    CHECK(!memcmp(batch, again, sizeof batch));
    for (size_t i = 0; i < 8; i++) CHECK(d.labels[batch[i]] == w || d.labels[batch[i]] == (w + 1) % 10);
    partition_batch(&p, w, again, 8, 1, 5);
    CHECK(memcmp(batch, again, sizeof batch) != 0);
  }
  for (size_t i = 0; i < d.count; i++) CHECK(seen[i] == 1);
  partition_free(&p);
  CHECK(partition_uniform(&p, &d, 7, 1) && p.first[0] == 0 && p.first[7] == d.count);
  memset(seen, 0, d.count);
  for (size_t i = 0; i < d.count; i++) seen[p.index[i]]++;
  for (size_t i = 0; i < d.count; i++) CHECK(seen[i] == 1);
  partition_free(&p);
  CHECK(partition_classes(&p, &d, 3, 1) && p.first[3] == 150); /* classes 3 to 9 belong to nobody */
  partition_free(&p);
  CHECK(!partition_classes(&p, &d, 0, 2) && !partition_classes(&p, &d, 3, 0) && !partition_classes(&p, &d, 3, 11));
  free(seen);
  dataset_free(&d);
}

TEST(attack_kinds) {
  enum { N = 100001 };
  float *g = room(N, sizeof *g), *h = room(N, sizeof *h);
  for (size_t j = 0; j < N; j++) g[j] = h[j] = 2.0f;
  attack_apply(ATTACK_NONE, g, N, 1, 2, 3);
  CHECK(!memcmp(g, h, N * sizeof *g));
  attack_apply(ATTACK_BIT_FLIP, g, 3, 1, 2, 3);
  CHECK(g[0] == -200.0f && g[2] == -200.0f && g[3] == 2.0f);
  for (size_t j = 0; j < N; j++) g[j] = 2.0f;
  attack_apply(ATTACK_ADDITIVE, g, N, 1, 2, 3);
  attack_apply(ATTACK_ADDITIVE, h, N, 1, 2, 3);
  CHECK(!memcmp(g, h, N * sizeof *g));
  double sum = 0, squares = 0;
  for (size_t j = 0; j < N; j++) {
    const double z = (double)g[j] - 2.0;
    sum += z;
    squares += z * z;
  }
  CHECKF(fabs(sum / N) < 5 * 10 / sqrt(N), "mean %g", sum / N);
  CHECKF(fabs(squares / N - 100) < 5 * 100 * sqrt(2.0 / N), "variance %g", squares / N);
  attack_apply(ATTACK_ADDITIVE, h, N, 1, 2, 4);
  CHECK(memcmp(g, h, N * sizeof *g) != 0);
  attack_apply(ATTACK_NAN, g, N, 1, 2, 3);
  CHECK(g[0] != g[0] && g[N - 1] != g[N - 1]);
  for (int a = 0; a <= ATTACKS; a++) CHECK(attack_name((attack)a)[0] != 0);
  free(g);
  free(h);
}

/* ---- networks ---- */

/* Central differences of the loss at every k-th coordinate against the gradient. Of three steps the slope that comes
 * closest counts: a long one may cross kinks of ReLUs (of a convolution many, its weights are used at every position),
 * a short one suffers from rounding. A coordinate may sit by a kink all the same, so a few may be off, not many. */
static int gradient_agrees(const net *n, const dataset *data, const size_t *index, size_t count, size_t every,
                           uint64_t seed) {
  static const float steps[3] = {0x1p-7f, 0x1p-10f, 0x1p-13f};
  float *x = room(n->size, sizeof *x), *g = room(n->size, sizeof *g), *h = room(n->size, sizeof *h),
        *work = room(n->work, sizeof *work);
  net_init(n, x, seed);
  for (size_t l = 0; l < n->layers; l++) /* biases away from 0: where the image is blank they alone meet the kink */
    if (!n->layer[l].fan_in)
      for (size_t j = 0; j < n->layer[l].size; j++)
        x[n->layer[l].offset + j] = (float)((test_below(2) ? 1 : -1) * (0.02 + 0.05 * test_uniform()));
  const double loss = net_gradient(n, g, x, data, index, count, work);
  CHECK(isfinite(loss) && loss > 0);
  double error = 0, size = 0;
  size_t tried = 0, off = 0;
  for (size_t j = 0; j < n->size; j += every) {
    const float at = x[j];
    double miss = HUGE_VAL;
    for (size_t k = 0; k < 3; k++) {
      x[j] = at + steps[k];
      const double above = net_gradient(n, h, x, data, index, count, work);
      x[j] = at - steps[k];
      const double below = net_gradient(n, h, x, data, index, count, work);
      miss = fmin(miss, fabs((above - below) / (2.0 * (double)steps[k]) - (double)g[j]));
    }
    x[j] = at;
    error += miss;
    size += fabs((double)g[j]);
    tried++;
    off += miss > 1e-3 + 0.02 * fabs((double)g[j]);
  }
  free(x);
  free(g);
  free(h);
  free(work);
  return error < 0.01 * size && off * 100 <= tried;
}

/* A network that sits at a kink with a whole unit is drawn anew; a wrong gradient is wrong everywhere. */
static void check_gradient(const net *n, const dataset *data, const size_t *index, size_t count, size_t every) {
  int agrees = 0;
  for (uint64_t k = 0; k < 3 && !agrees; k++) agrees = gradient_agrees(n, data, index, count, every, test_seed + k);
  CHECKF(agrees, "%zu parameters", n->size);
}

TEST(net_gradient_small) { /* every coordinate; sizes that are no multiples of the vector loops' */
  unsigned char pixels[6 * 13], labels[6];
  for (size_t i = 0; i < sizeof pixels; i++) pixels[i] = (unsigned char)(test_below(3) ? test_below(256) : 0);
  for (size_t i = 0; i < 6; i++) labels[i] = (unsigned char)test_below(5);
  const dataset d = {6, 13, pixels, labels, {NULL, NULL}};
  const size_t index[5] = {0, 3, 3, 5, 1};
  const net n = net_two_layer(13, 37, 5);
  CHECK(n.size == 13 * 37 + 37 + 37 * 5 + 5);
  check_gradient(&n, &d, index, 5, 1);
}

TEST(net_gradient_digits) {
  dataset d;
  char why[100];
  CHECK(dataset_open(&d, NULL, 20, 3, why, sizeof why));
  const size_t index[4] = {0, 7, 12, 19};
  const net n = net_two_layer(DIGITS_PIXELS, 128, 10);
  CHECK(n.size == 101770);
  check_gradient(&n, &d, index, 4, 331);
  dataset_free(&d);
}

TEST(conv_gradient) { /* without and with a hidden layer; channels that are and are not multiples of the vector loops' */
  const size_t sizes[4][4] = {{1, 2, 0, 1}, {3, 5, 7, 1}, {8, 16, 0, 19}, {8, 9, 24, 19}}, index[4] = {0, 7, 12, 19};
  dataset d;
  char why[100];
  CHECK(dataset_open(&d, NULL, 20, 3, why, sizeof why));
  for (size_t i = 0; i < 4; i++) {
    const net n = net_conv(sizes[i][0], sizes[i][1], sizes[i][2], 10);
    check_gradient(&n, &d, index, 4, sizes[i][3]);
  }
  CHECK(net_conv(1, 2, 0, 10).size == 408 && net_conv(8, 16, 0, 10).size == 5994);
  dataset_free(&d);
}

TEST(net_layers_cover_the_vector) {
  const net n = net_two_layer(784, 128, 10);
  size_t at = 0;
  for (size_t l = 0; l < n.layers; l++) {
    CHECK(n.layer[l].offset == at && n.layer[l].name[0]);
    at += n.layer[l].size;
  }
  CHECK(at == n.size && n.layers == 4);
  float *x = room(n.size, sizeof *x), *y = room(n.size, sizeof *y);
  net_init(&n, x, 1);
  net_init(&n, y, 1);
  CHECK(!memcmp(x, y, n.size * sizeof *x));
  double squares = 0;
  for (size_t j = 0; j < n.layer[0].size; j++) {
    CHECK(fabs((double)x[j]) <= 2.0 / 28.0);
    squares += (double)x[j] * (double)x[j] * 784;
  }
  squares /= (double)n.layer[0].size; /* a normal distribution cut off at two deviations has variance 0.774 */
  CHECKF(fabs(squares - 0.774) < 0.02, "variance %g", squares);
  free(x);
  free(y);
}

TEST(net_learns) { /* and a network of NaN is right about nothing */
  dataset d;
  char why[100];
  size_t index[60];
  CHECK(dataset_open(&d, NULL, 60, 3, why, sizeof why));
  const net n = net_two_layer(DIGITS_PIXELS, 32, 10);
  float *x = room(n.size, sizeof *x), *g = room(n.size, sizeof *g), *work = room(n.work, sizeof *work);
  net_init(&n, x, 1);
  for (size_t i = 0; i < 60; i++) index[i] = i;
  double loss = 0;
  for (int step = 0; step < 150; step++) {
    loss = net_gradient(&n, g, x, &d, index, 60, work);
    for (size_t j = 0; j < n.size; j++) x[j] -= 0.3f * g[j];
  }
  const net_score s = net_evaluate(&n, x, &d, work);
  CHECKF(s.accuracy > 0.95, "accuracy %g, loss %g", s.accuracy, loss);
  for (size_t j = 0; j < n.size; j++) x[j] = (float)NAN;
  CHECK(net_evaluate(&n, x, &d, work).accuracy == 0.0);
  free(x);
  free(g);
  free(work);
  dataset_free(&d);
}

/* ---- SVG ---- */

/* A small check that text is well-formed XML: one root, tags nested, attributes quoted, no stray < or &. Returns null
 * or what is wrong. */
static const char *xml_fault(const char *s) {
  const char *open[32];
  size_t length[32], depth = 0, roots = 0;
  if (!strncmp(s, "<?xml", 5)) s = strstr(s, "?>") + 2;
  while (*s) {
    if (*s == '&') {
      if (strncmp(s, "&amp;", 5) && strncmp(s, "&lt;", 4) && strncmp(s, "&gt;", 4) && strncmp(s, "&quot;", 6))
        return "stray &";
      s++;
    } else if (*s != '<') {
      if ((unsigned char)*s < 0x20 && *s != '\n') return "control character";
      if (depth == 0 && *s != '\n') return "text outside the root";
      s++;
    } else if (s[1] == '/') {
      s += 2;
      if (depth-- == 0) return "end tag without start";
      if (strncmp(s, open[depth], length[depth]) || s[length[depth]] != '>') return "end tag of another name";
      s += length[depth] + 1;
    } else {
      const char *name = ++s;
      while ((*s >= 'a' && *s <= 'z') || (*s >= 'A' && *s <= 'Z')) s++;
      const size_t n = (size_t)(s - name);
      if (n == 0) return "no name after <";
      if (depth == 0 && roots++) return "two roots";
      while (*s == ' ') {
        s++;
        while ((*s >= 'a' && *s <= 'z') || (*s >= 'A' && *s <= 'Z') || *s == '-' || (*s >= '0' && *s <= '9')) s++;
        if (s[0] != '=' || s[1] != '"') return "attribute without a quoted value";
        for (s += 2; *s && *s != '"'; s++)
          if (*s == '<') return "< in an attribute";
        if (*s++ != '"') return "attribute without end";
      }
      if (s[0] == '/' && s[1] == '>') s += 2;
      else if (*s++ == '>') {
        if (depth == 32) return "too deep";
        open[depth] = name;
        length[depth++] = n;
      } else return "tag without end";
    }
  }
  return depth ? "element without end" : roots ? NULL : "no root";
}

TEST(svg_well_formed) {
  double xs[50], ys[50];
  for (int i = 0; i < 50; i++) {
    xs[i] = i + 1;
    ys[i] = 100.0 / (i + 1);
  }
  ys[7] = (double)NAN, ys[20] = (double)INFINITY, ys[30] = -1.0; /* the last has no place on a log axis */
  FILE *file = tmpfile();
  if (!file) SKIP("no temporary file");
  svg s;
  svg_begin(&s, file, 600, 400, "a < b & \"c\" > d\x01");
  svg_axis x = {"step & <units>", 1, 0, 0}, y = {"gradient norm", 1, 0, 1};
  svg_fit(&x, xs, 50);
  svg_fit(&y, ys, 50);
  CHECKF(x.lo == 0 && x.hi == 50, "[%g, %g]", x.lo, x.hi);
  CHECKF(fabs(y.lo - 1) < 1e-9 && fabs(y.hi - 100) < 1e-9, "[%g, %g]", y.lo, y.hi);
  const svg_panel p = svg_axes(&s, 60, 40, 500, 280, "A & B", x, y);
  const char *const names[3] = {"one", "two <2>", "three & more"};
  svg_style styles[3];
  for (unsigned i = 0; i < 3; i++) {
    styles[i] = svg_style_of(i);
    svg_curve(&s, &p, xs, ys, 50, styles[i]);
  }
  svg_curve(&s, &p, xs, ys, 0, styles[0]);
  svg_band(&s, &p, xs, ys, xs, 50, styles[1]);
  svg_band(&s, &p, xs, ys, xs, 0, styles[1]);
  svg_legend(&s, 60, 380, 500, 2, names, styles, 3);
  CHECK(svg_end(&s));
  const long length = ftell(file);
  char *text = room((size_t)length + 1, 1);
  rewind(file);
  CHECK(fread(text, 1, (size_t)length, file) == (size_t)length);
  const char *fault = xml_fault(text);
  CHECKF(fault == NULL, "%s", fault ? fault : "");
  CHECK(!strstr(text, "nan") && !strstr(text, "inf"));
  CHECK(strstr(text, "three &amp; more") && strstr(text, "stroke-dasharray"));
  CHECK(xml_fault("<a><b></a></b>") && xml_fault("<a>&</a>") && xml_fault("<a b=c/>") &&
        xml_fault("<a/><a/>")); /* the check checks */
  fclose(file);
  free(text);
}

/* The text of a small figure, to be freed; it has to be well-formed. */
static char *svg_text_of(const char *path) {
  FILE *const file = fopen(path, "r");
  char *const text = room(1 << 16, 1);
  CHECK(file != NULL && fread(text, 1, (1 << 16) - 1, file) > 0);
  if (file) fclose(file);
  const char *const fault = xml_fault(text);
  CHECKF(fault == NULL, "%s", fault ? fault : "");
  return text;
}

/* The bars of a histogram end where their heights are; nothing leaves the panel at the bottom. */
TEST(svg_bars_of_a_histogram) {
  const double heights[4] = {1, 4, 0, (double)NAN};
  static const char path[] = "test_examples.tmp-bars.svg";
  svg s;
  CHECK(svg_open(&s, path, 300, 200, "bars"));
  const svg_axis x = {"gradient", 0, 4, 0}, y = {"count", 0, 4, 0};
  const svg_panel p = svg_axes(&s, 50, 20, 200, 100, NULL, x, y); /* 50 pixels a bar, 25 a unit, bottom at 120 */
  svg_bars(&s, &p, 0, 4, heights, 4, svg_style_of(0));
  CHECK(svg_close(&s));
  char *const text = svg_text_of(path);
  CHECKF(strstr(text, "M50.0 120.0\nL50.0 95.0 L100.0 95.0\nL100.0 20.0 L150.0 20.0\nL150.0 120.0 L200.0 120.0\n"
                      "L200.0 120.0 L250.0 120.0\nL250.0 120.0Z") != NULL,
         "%s", text);
  free(text);
  remove(path);
}

/* Marks are centred on their points and stay inside the frame; a legend shows them; every axis has two numbers at least. */
TEST(svg_marks_and_ticks) {
  const double xs[3] = {1, 9, 3}, ys[3] = {1, 1, (double)NAN};
  static const char path[] = "test_examples.tmp-marks.svg", *const names[2] = {"rings", "diamonds"};
  const svg_style styles[2] = {{SVG_RED, NULL, 1, 'o'}, {SVG_BLUE, NULL, 1, 'd'}};
  svg s;
  CHECK(svg_open(&s, path, 300, 200, "marks"));
  const svg_axis x = {"x", 0, 4, 0}, y = {"y", -0.08, 0.07, 0};
  const svg_panel p = svg_axes(&s, 50, 20, 200, 40, NULL, x, (svg_axis){"y", 0, 4, 0});
  svg_points(&s, &p, xs, ys, 3, styles[0]); /* the first alone has a place: pixel (100, 50) */
  svg_points(&s, &p, xs, ys, 1, styles[1]);
  svg_axes(&s, 50, 100, 70, 40, NULL, y, y); /* 0.1 would be the natural step, with one tick at 0 */
  svg_legend(&s, 10, 180, 200, 2, names, styles, 2);
  CHECK(svg_close(&s));
  char *const text = svg_text_of(path);
  size_t rings = 0, numbers = 0;
  for (const char *at = text; (at = strstr(at, "0 1 0 5.2 0a")) != NULL; at++) rings++;
  CHECKF(rings == 2, "%zu rings, expected one in the panel and one in the legend", rings);
  CHECK(strstr(text, "d=\"M97.4 50.0a") && strstr(text, "d=\"M97.4 50.0l2.6 -2.6"));
  for (const char *at = text; (at = strstr(at, ">-0.05<")) != NULL; at++) numbers++;
  CHECKF(numbers == 2, "-0.05 stands at %zu of two axes", numbers);
  free(text);
  remove(path);
}

TEST(svg_fit_ranges) {
  svg_axis a = {NULL, 1, 0, 0};
  svg_fit(&a, NULL, 0);
  CHECK(a.lo == 0 && a.hi == 1);
  const double one[1] = {3.0}, wide[2] = {-0.31, 0.92};
  a.lo = 1, a.hi = 0;
  svg_fit(&a, one, 1);
  CHECK(a.lo <= 3.0 && a.hi > a.lo && a.hi >= 3.0);
  a.lo = 1, a.hi = 0;
  svg_fit(&a, wide, 2);
  CHECKF(fabs(a.lo + 0.5) < 0.2 && fabs(a.hi - 1) < 1e-9 && a.lo <= -0.31, "[%g, %g]", a.lo, a.hi);
  for (unsigned i = 0; i < 8; i++)
    for (unsigned j = 0; j < i; j++) {
      const svg_style p = svg_style_of(i), q = svg_style_of(j);
      CHECK(strcmp(p.colour, q.colour) != 0);
      CHECK(strcmp(p.dash ? p.dash : "", q.dash ? q.dash : "") != 0);
    }
}

/* ---- command line ---- */

static int parse(args *a, char *message, size_t size, const char *const *words) {
  char copy[16][64], *argv[16];
  int argc = 0;
  const args defaults = {NULL, "default.svg", 7, 0, 0, 0, 0};
  FILE *err = tmpfile();
  *a = defaults;
  for (; words[argc]; argc++) {
    snprintf(copy[argc], sizeof copy[argc], "%s", words[argc]);
    argv[argc] = copy[argc];
  }
  argv[argc] = NULL;
  static char data[64], out[64]; /* args keeps pointers into argv */
  const int status = args_parse(a, argc, argv, err ? err : stderr);
  if (a->data) snprintf(data, sizeof data, "%s", a->data), a->data = data;
  snprintf(out, sizeof out, "%s", a->out), a->out = out;
  message[0] = 0;
  if (err) {
    rewind(err);
    message[fread(message, 1, size - 1, err)] = 0;
    fclose(err);
  }
  return status;
}
#define PARSE(...) parse(&a, message, sizeof message, (const char *const[]){"prog", __VA_ARGS__, NULL})

TEST(args_good) {
  args a;
  char message[200];
  const char *const none[] = {"prog", NULL};
  CHECK(parse(&a, message, sizeof message, none) == 0 && a.seed == 7 && !a.data && !strcmp(a.out, "default.svg") &&
        !message[0]);
  CHECK(PARSE("--data", "dir", "--seed", "18446744073709551615", "--steps=12", "--out=x.svg", "--quick") == 0);
  CHECK(!strcmp(a.data, "dir") && a.seed == UINT64_MAX && a.steps == 12 && !strcmp(a.out, "x.svg") && a.quick &&
        !a.full && !a.help);
  CHECK(PARSE("--full", "--help") == 0 && a.full && a.help);
  CHECK(PARSE("-h") == 0 && a.help);
}

TEST(args_bad) {
  args a;
  char message[200];
  CHECK(PARSE("--sed", "3") == 2);
  CHECKF(strstr(message, "'--sed'") != NULL, "%s", message);
  CHECK(PARSE("extra") == 2 && strstr(message, "'extra'"));
  CHECK(PARSE("--data") == 2 && strstr(message, "--data needs a value"));
  CHECK(PARSE("--data=") == 2 && strstr(message, "needs a value"));
  CHECK(PARSE("--datadir", "x") == 2);
  static const char *const bad[] = {"x", "-1", "+1", " 1", "1x", "1.5", "18446744073709551616", "0x10"};
  for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
    CHECKF(PARSE("--seed", bad[i]) == 2, "--seed '%s'", bad[i]);
    CHECK(strstr(message, "whole number"));
  }
  CHECK(PARSE("--steps", "0") == 2);
  CHECK(PARSE("--steps", "100000001") == 2);
  CHECK(PARSE("--quick", "--full") == 2 && strstr(message, "exclude"));
}

TEST(args_start_of_a_program) {
  static const struct { const char *option; size_t steps; } cases[] = {{NULL, 20}, {"--quick", 10}, {"--full", 30}, {"--steps=7", 7}};
  for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
    char name[] = "prog", option[16] = "", *argv[] = {name, option, NULL};
    if (cases[i].option) snprintf(option, sizeof option, "%s", cases[i].option);
    const args a = args_start(cases[i].option ? 2 : 1, argv, "prog", "purpose", 10, 20, 30);
    CHECKF(a.steps == cases[i].steps, "%zu steps", a.steps);
    CHECK(a.seed == 1 && !a.data && !strcmp(a.out, "build/prog.svg"));
    CHECK(a.quick == (i == 1) && a.full == (i == 2));
  }
}

TEST(args_help_text) {
  char text[2000] = {0};
  args a = {.out = "build/x.svg", .seed = 3};
  for (size_t steps = 0; steps <= 12; steps += 12) { /* an example without steps has no such option to offer */
    FILE *const file = tmpfile();
    if (!file) SKIP("no temporary file");
    a.steps = steps;
    args_help(file, "x", "does y", &a);
    rewind(file);
    text[fread(text, 1, sizeof text - 1, file)] = 0;
    fclose(file);
    CHECKF(!strncmp(text, "x: does y\n", 10) && strstr(text, "build/x.svg") && strstr(text, "(default 3)"), "%.200s", text);
    CHECK(steps ? strstr(text, "--steps N    steps of each run (default 12)") != NULL : strstr(text, "--steps") == NULL);
  }
}

/* ---- findings ---- */

/* What `f` has written so far. */
static const char *written(const findings *f) {
  static char text[250];
  rewind(f->to);
  text[fread(text, 1, sizeof text - 1, f->to)] = 0;
  fseek(f->to, 0, SEEK_END);
  return text;
}

TEST(finding_holds) {
  findings f = {tmpfile(), 0, 0};
  if (!f.to) SKIP("no temporary file");
  finding(&f, 1, "the gradient stays at %.2f", 2.333);
  finding(&f, 2, "any number but 0 holds: %s", "yes");
  CHECK(f.checked == 2 && f.failed == 0);
  CHECK(findings_end(&f) == 0);
  CHECKF(!strcmp(written(&f), "  ok    the gradient stays at 2.33\n  ok    any number but 0 holds: yes\n"
                              "findings reproduced: all 2\n"), "%s", written(&f));
  fclose(f.to);
}

TEST(finding_fails) { /* wherever among the findings the one is that does not hold */
  for (unsigned wrong = 0; wrong < 4; wrong++) {
    findings f = {tmpfile(), 0, 0};
    if (!f.to) SKIP("no temporary file");
    for (unsigned i = 0; i < 4; i++) finding(&f, i != wrong, "number %u", i);
    CHECK(f.checked == 4 && f.failed == 1);
    CHECK(findings_end(&f) == 1);
    char line[40];
    snprintf(line, sizeof line, "  FAIL  number %u\n", wrong);
    CHECKF(strstr(written(&f), line) != NULL, "%s", written(&f));
    CHECKF(strstr(written(&f), "FINDINGS NOT REPRODUCED: 1 of 4\n") != NULL, "%s", written(&f));
    fclose(f.to);
  }
}

TEST(finding_counts) { /* every one counts, and none at all is a failure, too */
  findings f = {tmpfile(), 0, 0};
  if (!f.to) SKIP("no temporary file");
  CHECK(findings_end(&f) == 1);
  CHECKF(!strcmp(written(&f), "FINDINGS NOT REPRODUCED: 0 of 0\n"), "%s", written(&f));
  for (unsigned i = 1; i <= 384; i++) finding(&f, i % 3 == 0, "%s", "");
  CHECK(f.checked == 384 && f.failed == 256);
  CHECK(findings_end(&f) == 1); /* an exit status: 256 failures must not become 0 */
  fclose(f.to);
}

/* ---- statistics ---- */

TEST(stats_known) {
  static const double v[4] = {1, 2, 4, 9}, one[1] = {7};
  CHECK(stats_mean(v, 4) == 4 && stats_mean(one, 1) == 7);
  CHECK(fabs(stats_deviation(v, 4) - sqrt(38.0 / 3)) < 1e-12 && stats_deviation(one, 1) == 0);
  double x[9], y[9];
  for (int i = 0; i < 9; i++) x[i] = pow(2, i), y[i] = 3 * pow(x[i], -1.5);
  CHECKF(fabs(stats_log_slope(x, y, 9) + 1.5) < 1e-12, "%g", stats_log_slope(x, y, 9));
  static const double a[3] = {1, 10, 100}, b[3] = {1, 10, 1}; /* up and down again: level */
  CHECKF(fabs(stats_log_slope(a, b, 3)) < 1e-12, "%g", stats_log_slope(a, b, 3));
}

/* ---- random numbers ---- */

TEST(rng_streams) {
  rng a = rng_make(1, 1), b = rng_make(1, 1), c = rng_make(1, 2), d = rng_make(2, 1);
  CHECK(rng_next(&a) == rng_next(&b));
  CHECK(rng_next(&c) != rng_next(&d) && a.state != c.state && a.state != d.state);
  size_t order[100], seen[100] = {0};
  double sum = 0, squares = 0;
  for (size_t i = 0; i < 100; i++) order[i] = i;
  rng_shuffle(&a, order, 100);
  for (size_t i = 0; i < 100; i++) seen[order[i]]++;
  for (size_t i = 0; i < 100; i++) CHECK(seen[i] == 1);
  for (int i = 0; i < 100000; i++) {
    const double z = rng_normal(&a), u = rng_uniform(&a);
    CHECK(u >= 0 && u < 1 && rng_below(&a, 3) < 3);
    sum += z;
    squares += z * z;
  }
  CHECK(fabs(sum / 1e5) < 5 / sqrt(1e5) && fabs(squares / 1e5 - 1) < 5 * sqrt(2 / 1e5));
}

TEST(progress_is_quiet_when_fast) {
  progress p;
  progress_start(&p, "test", 0);
  progress_update(&p, 5, "beyond the end");
  progress_finish(&p);
  CHECK(progress_seconds() >= p.start);
}

TEST_MAIN(CASE(idx_good), CASE(idx_truncated_everywhere), CASE(idx_wrong_magic), CASE(idx_sizes_that_overflow),
          CASE(idx_random_bytes), CASE(idx_files), CASE(dataset_files), CASE(digits_deterministic_and_balanced),
          CASE(partition_two_classes), CASE(attack_kinds), CASE(net_gradient_small), CASE(net_gradient_digits),
          CASE(conv_gradient), CASE(net_layers_cover_the_vector), CASE(net_learns), CASE(svg_well_formed),
          CASE(svg_bars_of_a_histogram), CASE(svg_marks_and_ticks), CASE(svg_fit_ranges),
          CASE(args_good), CASE(args_bad), CASE(args_start_of_a_program), CASE(args_help_text), CASE(finding_holds),
          CASE(finding_fails), CASE(finding_counts), CASE(stats_known), CASE(rng_streams), CASE(progress_is_quiet_when_fast))
