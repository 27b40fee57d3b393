/* SPDX-License-Identifier: MIT
 * signSGD against SGD on digits when both may send the same number of bytes, with standard batches of three sizes and with batches from
 * one half of the classes at a time; and how the gradient of two weights is distributed then (Safaryan, Fig. 4 and 5). README.md beside
 * this file says what comes out and why.
 */
#define MEDSGD_IMPLEMENTATION
#include "medsgd.h"

#include "args.h"
#include "dataset.h"
#include "finding.h"
#include "net.h"
#include "progress.h"
#include "rng.h"
#include "room.h"
#include "stats.h"
#include "svg.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

enum { POINTS = 20, REPEATS = 3, TRAIN = 9000, TEST = 1000, HALVES = 2, TIMES = 3, WEIGHTS = DATASET_CLASSES, DRAWN = 2, SAMPLES = 250, BINS = 24 };

typedef struct setting {
  const char *name;
  size_t batch;
  int split;
  float rate[2]; /* of SGD and of signSGD; README.md says how they were chosen */
} setting;
static const setting settings[] = {
    {"standard, batch 32", 32, 0, {0.2f, 0.003f}},
    {"standard, batch 128", 128, 0, {0.5f, 0.003f}},
    {"standard, batch 512", 512, 0, {0.5f, 0.001f}},
    {"split, batch 128", 128, 1, {0.2f, 0.003f}},
};
enum { SETTINGS = sizeof settings / sizeof *settings, SPLIT = SETTINGS - 1 };
static const unsigned drawn[DRAWN] = {2, 7}; /* all ten biases of the last layer are watched; the figure has those of these classes */
static const double moments[TIMES] = {0.1, 0.5, 1}; /* when, as a share of the run: the paper's epochs 5, 25 and 50 of 50 */

/* ---- batches: each pool is shuffled, walked through in order, and shuffled again; the pools take turns at random ---- */

typedef struct batches {
  size_t pools, *index[HALVES], count[HALVES], at[HALVES];
  rng random;
} batches;

static void batches_open(batches *b, const dataset *data, int split, uint64_t seed) {
  b->pools = split ? HALVES : 1; /* the digits 0 to 4, and 5 to 9 */
  b->random = rng_make(seed, 50);
  for (size_t p = 0; p < b->pools; p++) {
    b->index[p] = room(data->count, sizeof *b->index[p]);
    b->count[p] = 0;
    for (size_t i = 0; i < data->count; i++)
      if (!split || data->labels[i] / 5 == p) b->index[p][b->count[p]++] = i;
    require(b->count[p] > 0, "a half of the digits has no images");
    b->at[p] = b->count[p];
  }
}
static void batches_next(batches *b, size_t *batch, size_t size) {
  const size_t p = rng_below(&b->random, b->pools);
  for (size_t i = 0; i < size; i++) {
    if (b->at[p] == b->count[p]) rng_shuffle(&b->random, b->index[p], b->count[p]), b->at[p] = 0;
    batch[i] = b->index[p][b->at[p]++];
  }
}
static void batches_close(batches *b) {
  for (size_t p = 0; p < b->pools; p++) free(b->index[p]);
}

/* ---- one run ---- */

typedef struct task {
  net net;
  dataset train, seen, test; /* seen: the part of the training images on which accuracy is taken */
  double budget;             /* bytes of gradients */
  uint64_t seed;
  progress bar;
  size_t done; /* images whose gradients were taken */
} task;
typedef struct curves { double train[POINTS + 1], test[POINTS + 1]; } curves; /* accuracy in percent */
typedef struct summary { double mean[POINTS + 1], deviation[POINTS + 1]; } summary; /* of one of them, over the repetitions */
typedef struct sample { double value[TIMES][WEIGHTS][SAMPLES]; } sample;

/* Gradients of the last layer's biases on fresh batches, at x. */
static void watch(double value[WEIGHTS][SAMPLES], const task *t, const setting *how, const float *x, float *g, float *work, size_t *batch) {
  batches b;
  batches_open(&b, &t->train, how->split, t->seed + 1000);
  for (size_t i = 0; i < SAMPLES; i++) {
    batches_next(&b, batch, how->batch);
    net_gradient(&t->net, g, x, &t->train, batch, how->batch, work);
    for (size_t w = 0; w < WEIGHTS; w++) value[w][i] = (double)g[t->net.layer[t->net.layers - 1].offset + w];
  }
  batches_close(&b);
}

/* Trains until the budget is spent; `spent` is what was really packed. Returns the number of steps. */
static size_t descend(curves *out, sample *watched, task *t, const setting *how, int sign, uint64_t seed) {
  const size_t d = t->net.size, words = MEDSGD_WORDS(d), plane = (d + 7) / 8;
  float *const x = room(d, sizeof *x), *const g = room(d, sizeof *g), *const work = room(t->net.work, sizeof *work);
  uint64_t *const neg = room(words, sizeof *neg), *const zero = room(words, sizeof *zero);
  unsigned char *const bytes = room(2 * plane, 1);
  size_t *const batch = room(how->batch, sizeof *batch), steps = 0, point = 0, time = 0;
  const float rate = how->rate[sign];
  double spent = 0;
  batches b;
  batches_open(&b, &t->train, how->split, seed);
  net_init(&t->net, x, seed);
  for (;;) {
    for (; point <= POINTS && spent * POINTS >= (double)point * t->budget; point++) {
      out->train[point] = 100 * net_evaluate(&t->net, x, &t->seen, work).accuracy;
      out->test[point] = 100 * net_evaluate(&t->net, x, &t->test, work).accuracy;
    }
    for (; watched && time < TIMES && spent >= moments[time] * t->budget; time++) watch(watched->value[time], t, how, x, g, work, batch);
    if (point > POINTS) break;
    batches_next(&b, batch, how->batch); /* Algorithm 1, line 2 */
    net_gradient(&t->net, g, x, &t->train, batch, how->batch, work);
    if (sign) { /* line 3: x = x - gamma sign(g); sign(0) = 0, so a message has a second plane where there are zeros */
      uint64_t any = 0;
      medsgd_sign_pack_ternary(neg, zero, g, d);
      for (size_t w = 0; w < words; w++) any |= zero[w];
      medsgd_words_to_bytes(bytes, neg, d), medsgd_words_to_bytes(bytes + plane, zero, d);
      spent += (double)(any ? 2 * plane : plane);
      medsgd_words_from_bytes(neg, bytes, d), medsgd_words_from_bytes(zero, bytes + plane, d); /* the server's end */
      medsgd_sign_step(x, neg, zero, d, rate);
    } else {
      for (size_t j = 0; j < d; j++) x[j] -= rate * g[j];
      spent += (double)(d * sizeof *g);
    }
    steps++;
    progress_update(&t->bar, t->done += how->batch, how->name);
  }
  batches_close(&b);
  free(x), free(g), free(work), free(neg), free(zero), free(bytes), free(batch);
  return steps;
}

/* ---- what comes out ---- */

static void summarise(summary *out, const curves runs[REPEATS], size_t repeats, int test) {
  for (size_t p = 0; p <= POINTS; p++) {
    double v[REPEATS];
    for (size_t r = 0; r < repeats; r++) v[r] = test ? runs[r].test[p] : runs[r].train[p];
    out->mean[p] = stats_mean(v, repeats), out->deviation[p] = stats_deviation(v, repeats);
  }
}

/* Sarle's coefficient (skewness^2 + 1) / kurtosis: 1/3 for a normal distribution, 5/9 for a uniform one, 1 for two points. */
static double bimodality(const double *v, size_t n) {
  double mean = 0, m[5] = {0};
  for (size_t i = 0; i < n; i++) mean += v[i] / (double)n;
  for (size_t i = 0; i < n; i++) for (int k = 2; k <= 4; k++) m[k] += pow(v[i] - mean, k) / (double)n;
  return (m[3] * m[3] / (m[2] * m[2] * m[2]) + 1) / (m[4] / (m[2] * m[2]));
}

static void draw_histogram(svg *s, double left, double top, const double *v, const char *title, int last) {
  double lo = v[0], hi = v[0], mean = 0, bars[BINS] = {0};
  for (size_t i = 0; i < SAMPLES; i++) lo = fmin(lo, v[i]), hi = fmax(hi, v[i]), mean += v[i] / SAMPLES;
  if (hi <= lo) hi = lo + 1;
  for (size_t i = 0; i < SAMPLES; i++) bars[(size_t)fmin(BINS - 1, (v[i] - lo) / (hi - lo) * BINS)]++;
  const double margin = 0.04 * (hi - lo), x[2] = {mean, mean}, y[2] = {0, SAMPLES};
  const svg_axis ax = {last ? "partial derivative" : "", lo - margin, hi + margin, 0};
  svg_axis ay = {"batches", 0, 1, 0};
  for (size_t i = 0; i < BINS; i++) ay.hi = fmax(ay.hi, 1.1 * bars[i]);
  const svg_panel p = svg_axes(s, left, top, 165, 90, title, ax, ay);
  svg_style line = svg_style_of(2), dashed = svg_style_of(1);
  line.dash = NULL, line.width = 1;
  svg_bars(s, &p, lo, hi, bars, BINS, line);
  svg_curve(s, &p, x, y, 2, dashed);
}

int main(int argc, char **argv) {
  static curves runs[SETTINGS][2][REPEATS];
  static sample watched[2]; /* standard and split, both with batches of 128 */
  static size_t steps[SETTINGS][2];
  const args a = args_start(argc, argv, "equal_bytes", "signSGD and SGD on digits at equal bytes (--steps: steps of SGD)", 25, 80, 220);
  task t = {.seed = a.seed};
  dataset all = dataset_load(&t.train, &t.test, &a, TRAIN, TEST);
  t.net = net_two_layer(all.pixels, a.full ? 128 : a.quick ? 32 : 64, DATASET_CLASSES);
  t.seen = dataset_slice(&t.train, 0, TEST);
  t.budget = (double)a.steps * (double)t.net.size * sizeof(float);
  const size_t repeats = a.quick ? 1 : REPEATS;
  size_t work = 0;
  for (size_t k = 0; k < SETTINGS; k++) work += settings[k].batch * 17 * a.steps * repeats; /* images: signSGD takes 16 steps for one of SGD */
  progress_start(&t.bar, "equal_bytes", work);
  for (size_t k = 0; k < SETTINGS; k++)
    for (int sign = 0; sign < 2; sign++)
      for (size_t repeat = 0; repeat < repeats; repeat++) {
        sample *const shapes = sign && repeat == 0 && settings[k].batch == 128 ? &watched[settings[k].split] : NULL;
        steps[k][sign] = descend(&runs[k][sign][repeat], shapes, &t, &settings[k], sign, a.seed + repeat);
      }
  progress_finish(&t.bar);

  enum { EARLY = POINTS / 10 };
  static summary train[SETTINGS][2], test[SETTINGS][2];
  printf("%s, %zu parameters, a budget of %.1f MB of gradients; mean of %zu repetitions\n%-20s %-8s %6s %18s %18s %18s\n", dataset_source(&a), t.net.size,
         t.budget / 1e6, repeats, "batches", "method", "steps", "test at a tenth", "train at the end", "test at the end");
  for (size_t k = 0; k < SETTINGS; k++)
    for (int sign = 0; sign < 2; sign++) {
      summary *const on = &train[k][sign], *const off = &test[k][sign];
      summarise(on, runs[k][sign], repeats, 0), summarise(off, runs[k][sign], repeats, 1);
      printf("%-20s %-8s %6zu      %5.1f%% +- %3.1f      %5.1f%% +- %3.1f      %5.1f%% +- %3.1f\n", settings[k].name, sign ? "signSGD" : "SGD", steps[k][sign], off->mean[EARLY],
             off->deviation[EARLY], on->mean[POINTS], on->deviation[POINTS], off->mean[POINTS], off->deviation[POINTS]);
    }
  findings f = {stdout, 0, 0};
  for (size_t k = 0; k < SETTINGS; k++)
    finding(&f, test[k][1].mean[EARLY] > test[k][0].mean[EARLY] + 2, "%s: early on signSGD is ahead for the same bytes: %.1f%% to %.1f%%", settings[k].name,
            test[k][1].mean[EARLY], test[k][0].mean[EARLY]);
  finding(&f, train[2][1].mean[POINTS] > train[0][1].mean[POINTS], "bigger batches converge better: %.1f%%, %.1f%%, %.1f%% of the training images with 32, 128, 512",
          train[0][1].mean[POINTS], train[1][1].mean[POINTS], train[2][1].mean[POINTS]);
  const double late = stats_mean(train[SPLIT][1].mean + POINTS - 4, 5); /* with split batches the accuracy goes up and down with the half that came last */
  finding(&f, late > 60, "signSGD converges with split batches, too: %.1f%% of the training images over the last quarter", late);
  size_t two = 0, one = 0; /* "empirically, most of the network biases would work" (Fig. 4) */
  for (size_t w = 0; w < WEIGHTS; w++) {
    const double split = bimodality(watched[1].value[0][w], SAMPLES), standard = bimodality(watched[0].value[0][w], SAMPLES);
    printf("bias of class %zu: bimodality %.2f with split batches, %.2f with standard ones\n", w, split, standard);
    two += split > 0.5, one += standard > 0.5;
  }
  finding(&f, 2 * two > WEIGHTS && 5 * one < WEIGHTS, "the gradients of most biases have two modes with split batches, and one with standard ones: %zu and %zu of %d above 0.5", two,
          one, (int)WEIGHTS);

  svg s;
  if (!svg_open(&s, a.out, 1120, 720, "signSGD and SGD at equal bytes (Safaryan, Fig. 4 and 5)")) return 1;
  static const char *const names[5] = {"SGD, training images", "SGD, test images", "signSGD, training images", "signSGD, test images", "mean of a histogram"};
  const svg_style styles[5] = {{SVG_BLACK, "2 2", 1.4, 0}, {SVG_BLACK, NULL, 1.8, 0}, {SVG_RED, "9 3 2 3", 1.4, 0}, {SVG_RED, "14 3", 1.8, 0}, svg_style_of(1)};
  for (size_t k = 0; k < SETTINGS; k++) {
    const svg_axis x = {"gradients sent (MB)", 0, t.budget / 1e6, 0}, y = {"accuracy (%)", 0, 100, 0};
    const svg_panel p = svg_axes(&s, k == SPLIT ? 70 : 70 + 360 * (double)k, k == SPLIT ? 395 : 45, 290, 235, settings[k].name, x, y);
    for (int c = 0; c < 4; c++) {
      const summary *const m = c % 2 ? &test[k][c / 2] : &train[k][c / 2];
      double at[POINTS + 1], lo[POINTS + 1], hi[POINTS + 1];
      for (size_t i = 0; i <= POINTS; i++) at[i] = x.hi * (double)i / POINTS, lo[i] = m->mean[i] - m->deviation[i], hi[i] = m->mean[i] + m->deviation[i];
      if (repeats > 1) svg_band(&s, &p, at, lo, hi, POINTS + 1, styles[c]);
      svg_curve(&s, &p, at, m->mean, POINTS + 1, styles[c]);
    }
  }
  for (size_t w = 0; w < DRAWN; w++)
    for (size_t i = 0; i < TIMES; i++) {
      char title[80];
      snprintf(title, sizeof title, "split: bias %u, at %.0f%%", drawn[w], 100 * moments[i]);
      draw_histogram(&s, 450 + 230 * (double)i, 395 + 145 * (double)w, watched[1].value[i][drawn[w]], title, w + 1 == DRAWN);
    }
  svg_legend(&s, 70, 695, 1030, 5, names, styles, 5);
  if (!svg_close(&s)) return 1;
  dataset_free(&all);
  return findings_end(&f);
}
