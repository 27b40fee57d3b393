/* SPDX-License-Identifier: MIT
 * Eight ways to train one digit classifier with ten workers that hold two classes each, clean and under three attacks:
 * a table of test accuracy, bits and time per step, and a figure of the training curves. README.md beside this file
 * says what comes out and why.
 *
 *     cc -std=c99 -O2 -I. -Iexamples/common examples/demo/demo.c examples/common/[a-z]*.c -lm -o demo && ./demo
 */
#define MEDSGD_IMPLEMENTATION
#include "medsgd.h"

#include "args.h"
#include "attacks.h"
#include "dataset.h"
#include "finding.h"
#include "net.h"
#include "partition.h"
#include "progress.h"
#include "room.h"
#include "svg.h"

#include <errno.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#ifdef MEDSGD_DOUBLE
#  error "the demo trains in float: compile it without MEDSGD_DOUBLE"
#endif

enum { M = 10, CLASSES_EACH = 2, BATCH = 16, TRAIN = 9000, TEST = 1000, MAX_POINTS = 41 };

/* ---- one training run: what server and workers keep ---- */

typedef struct run run;

typedef struct method {
  const char *name, *source;
  float rate;                          /* step size delta (Chen), gamma (Safaryan, Acharya)  */
  float b;                             /* deviation of the added noise, for the noisy methods */
  void (*worker)(run *r, size_t i);    /* from the gradient r->g[i] to a message             */
  void (*server)(run *r);              /* from the messages to the next r->x                 */
} method;

struct run {
  const method *how;
  attack attack;
  uint64_t seed;
  size_t d, k, step, steps;            /* k: coordinates of a block (BGMD)                   */
  float *x;                            /* the parameters, the same on all hosts              */
  float *g[M];                         /* worker i's gradient, then what it sends            */
  float *momentum[M];                  /* SSDM                                               */
  float *memory;                       /* BGMD                                               */
  float *update, *tile, *block_work;   /* the server's scratch                               */
  size_t *idx;
  double *geomedian_work;
  unsigned char *wire[M];              /* packed messages                                    */
  size_t sent[M], broadcast;           /* bytes: worker i to server, server to each worker   */
  uint64_t *neg[M], *zero[M], *vote_neg, *vote_zero, *tally_words;
  double attack_seconds;               /* spent on making the attack, which is no method's cost */
};

static double cpu_seconds(void) { return (double)clock() / CLOCKS_PER_SEC; }

/* Any status below 0 is a mistake in this program: data, however hostile, never makes one here. */
static void must(int status, const char *what) {
  if (status >= 0) return;
  fprintf(stderr, "demo: %s: %s\n", what, medsgd_strerror(status));
  exit(3);
}

/* The random numbers of worker i in this step, the same for whoever computes them. */
static medsgd_stream stream_of(const run *r, size_t i) {
  const medsgd_stream s = {r->seed, (uint32_t)i, (uint32_t)r->step};
  return s;
}

/* Workers 2, 5 and 8 are corrupt: the most a median of ten could ever stand is four; three leave each class an honest
 * holder. */
static int corrupt(size_t i) { return i % 3 == 2; }

/* What a corrupt worker does to the vector it is about to send. */
static void misbehave(run *r, size_t i) {
  if (r->attack == ATTACK_NONE || !corrupt(i)) return;
  const double start = cpu_seconds();
  attack_apply(r->attack, r->g[i], r->d, r->seed, i, r->step);
  r->attack_seconds += cpu_seconds() - start;
}

/* ---- messages ---- */

static const float *const *rows(const run *r) { return (const float *const *)r->g; }

static void send_floats(run *r, size_t i) {
  r->sent[i] = r->d * sizeof *r->g[i];
} /* rows stay in the buffers they arrived in */

static size_t plane_bytes(const run *r) { return (r->d + 7) / 8; }

static void send_plane(run *r, size_t i, const uint64_t *plane) {
  must(medsgd_words_to_bytes(r->wire[i] + r->sent[i], plane, r->d), "words_to_bytes");
  r->sent[i] += plane_bytes(r);
}

/* Plane `which` of worker i's message; all 0 when the message ends before it. */
static void receive_plane(const run *r, size_t i, size_t which, uint64_t *plane) {
  const size_t at = which * plane_bytes(r);
  if (at < r->sent[i]) must(medsgd_words_from_bytes(plane, r->wire[i] + at, r->d), "words_from_bytes");
  else for (size_t w = 0; w < MEDSGD_WORDS(r->d); w++) plane[w] = 0;
}

/* x = x - rate * update */
static void descend(run *r) {
  for (size_t j = 0; j < r->d; j++) r->x[j] -= r->how->rate * r->update[j];
  r->broadcast = r->d * sizeof *r->update;
}

/* ---- SGD: the mean of the gradients ---- */

static void worker_gradient(run *r, size_t i) {
  misbehave(r, i);
  send_floats(r, i);
}

static void server_mean(run *r) {
  must(medsgd_mean(r->update, rows(r), M, r->d), "mean");
  descend(r);
}

/* ---- signSGD with majority vote (Chen Alg. 1, Safaryan Alg. 2) ---- */

/* sign(0) = 0, and gradients have many zeros (units that are off, pixels that are always blank): the second plane marks
 * them, and NaN too, which abstains. A message without any leaves the plane out: then a coordinate takes one bit, else
 * two. */
static void worker_sign(run *r, size_t i) {
  uint64_t any = 0;
  misbehave(r, i);
  must(medsgd_sign_pack_ternary(r->neg[i], r->zero[i], r->g[i], r->d), "sign_pack_ternary");
  for (size_t w = 0; w < MEDSGD_WORDS(r->d); w++) any |= r->zero[i][w];
  send_plane(r, i, r->neg[i]);
  if (any) send_plane(r, i, r->zero[i]);
}

/* Line 3: x_{t+1} = x_t - delta sign(sum_i sign(g_{t,i})). Ten votes can tie; a tie moves nothing. */
static void server_vote(run *r) {
  for (size_t i = 0; i < M; i++) {
    receive_plane(r, i, 0, r->neg[i]);
    receive_plane(r, i, 1, r->zero[i]);
  }
  must(medsgd_vote(r->vote_neg, r->vote_zero, (const uint64_t *const *)r->neg, (const uint64_t *const *)r->zero, M,
                   r->d),
       "vote");
  must(medsgd_sign_step(r->x, r->vote_neg, r->vote_zero, r->d, r->how->rate), "sign_step");
  r->broadcast = 2 * plane_bytes(r);
}

/* ---- noisy signSGD (Chen Alg. 3) ---- */

static void worker_noisy_sign(run *r, size_t i) { /* line 2: g_{t,i} = ghat_{t,i} + b xi_{t,i} */
  must(medsgd_perturb(r->g[i], r->d, r->how->b, MEDSGD_GAUSSIAN, stream_of(r, i), 0), "perturb");
  worker_sign(r, i);
}

/* ---- SSDM: stochastic sign descent with momentum (Safaryan Alg. 3) ---- */

static void worker_ssdm(run *r, size_t i) {
  float *m = r->momentum[i], *g = r->g[i];
  const float beta = 1.0f - 1.0f / sqrtf((float)r->steps); /* Theorem 8                                            */
  if (r->step == 0)
    for (size_t j = 0; j < r->d; j++) m[j] = g[j]; /* line 2: m_{-1} = ghat_0                              */
  must(medsgd_momentum(m, g, r->d, beta), "momentum"); /* line 6: m_k = beta m_{k-1} + (1 - beta) ghat_k       */
  for (size_t j = 0; j < r->d; j++) g[j] = m[j];
  misbehave(r, i);
  double norm = medsgd_norm2(g, r->d);
  if (norm == 0.0) return; /* the stochastic sign of 0 is 0: nothing to send       */
  if (!isfinite(norm)) norm = 1.0; /* of NaN: a fair coin each; a message has bits, no NaN */
  must(medsgd_stochastic_sign(r->neg[i], NULL, g, r->d, norm, stream_of(r, i), 0), "stochastic_sign");
  send_plane(r, i, r->neg[i]); /* line 7: 1 bit                                        */
}

static void server_ssdm(run *r) {
  medsgd_tally s;
  must(medsgd_tally_init(&s, r->tally_words, r->d, M), "tally_init");
  for (size_t i = 0; i < M; i++) { /* line 9: s_k = sum of the workers' signs              */
    if (r->sent[i] == 0) continue;
    receive_plane(r, i, 0, r->neg[i]);
    must(medsgd_tally_add(&s, r->neg[i], NULL), "tally_add");
  }
  must(medsgd_tally_sum(r->update, &s, 1.0f / M), "tally_sum");
  descend(r); /* line 11: x_{k+1} = x_k - gamma/M s_k                 */
  r->broadcast = s.bits * plane_bytes(r); /* the tally's bit planes                               */
}

/* ---- medianSGD (Chen Alg. 2) and noisy medianSGD (Chen Alg. 4) ---- */

static void worker_noisy_gradient(run *r, size_t i) { /* line 2: g_{t,i} = ghat_{t,i} + b xi_{t,i} */
  must(medsgd_perturb(r->g[i], r->d, r->how->b, MEDSGD_GAUSSIAN, stream_of(r, i), 0), "perturb");
  misbehave(r, i);
  send_floats(r, i);
}

static void server_median(run *r) { /* line 3: x_{t+1} = x_t - delta median(g_{t,i}) */
  must(medsgd_median(r->update, rows(r), M, r->d, MEDSGD_MEDIAN_MIDPOINT, r->tile), "median");
  descend(r);
}

/* ---- geometric-median SGD (Acharya Def. 3, "GmD") ---- */

static void server_geomedian(run *r) {
  must(medsgd_geomedian(r->update, rows(r), M, r->d, NULL, NULL, NULL, r->tile, r->geomedian_work), "geomedian");
  descend(r);
}

/* ---- BGMD: geometric median on a block of coordinates, with memory (Acharya Alg. 1) ---- */

static void server_bgmd(run *r) {
  medsgd_bgmd_options o = {0};
  size_t count;
  o.gamma = r->how->rate;
  o.k = r->k; /* a tenth of the coordinates, as in all of the paper's experiments */
  o.stream = stream_of(r, 0);
  o.geomedian.tolerance = 1e-6;
  o.geomedian.max_iterations = 1000;
  must(medsgd_bgmd(r->update, r->idx, &count, r->memory, r->g, M, r->d, &o, NULL, NULL, r->block_work,
                   r->geomedian_work),
       "bgmd");
  must(medsgd_scatter_step(r->x, r->update, r->idx, count, 1.0f), "scatter_step");
  r->broadcast = count * (sizeof *r->update + sizeof(uint32_t)); /* values and 32-bit indices */
}

/* README.md says how the step sizes and b were chosen. */
static const method methods[] = {
  {"SGD", "mean", 0.5f, 0, worker_gradient, server_mean},
  {"signSGD", "Chen Alg. 1", 0.003f, 0, worker_sign, server_vote},
  {"noisy signSGD", "Chen Alg. 3", 0.003f, 0.003f, worker_noisy_sign, server_vote},
  {"SSDM", "Safaryan Alg. 3", 0.03f, 0, worker_ssdm, server_ssdm},
  {"medianSGD", "Chen Alg. 2", 0.05f, 0, worker_gradient, server_median},
  {"noisy medianSGD", "Chen Alg. 4", 0.05f, 0.01f, worker_noisy_gradient, server_median},
  {"geometric median", "Acharya Def. 3", 0.5f, 0, worker_gradient, server_geomedian},
  {"BGMD", "Acharya Alg. 1", 0.5f, 0, worker_gradient, server_bgmd},
};
enum {
  METHODS = sizeof methods / sizeof *methods,
  SGD = 0,
  SIGN,
  NOISY_SIGN,
  SSDM,
  MEDIAN,
  NOISY_MEDIAN,
  GEOMEDIAN,
  BGMD
};

/* ---- training ---- */

typedef struct outcome {
  double accuracy;                          /* on the test part, after the last step   */
  size_t diverged;                          /* step at which a parameter was no number; 0: never */
  size_t points;
  double step[MAX_POINTS], curve[MAX_POINTS]; /* test accuracy in percent while it trained */
  double up, down;                          /* bits per step: from one worker, to each worker */
  double gradient_ms, worker_ms, server_ms; /* CPU time of a step; the workers' ten added up  */
} outcome;

typedef struct task {
  net net;
  dataset train, test;
  partition part;
  float *work;
} task;

static int all_finite(const float *x, size_t d) {
  for (size_t j = 0; j < d; j++)
    if (!isfinite(x[j])) return 0;
  return 1;
}

static outcome train(run *r, task *t, const method *how, attack a, progress *bar, size_t done) {
  outcome o = {0};
  char note[64];
  size_t batch[BATCH];
  double gradient = 0, worker = 0, server = 0;
  snprintf(note, sizeof note, "%s, %s", how->name, attack_name(a));
  r->how = how;
  r->attack = a;
  r->attack_seconds = 0;
  net_init(&t->net, r->x, r->seed);
  for (size_t j = 0; j < r->d; j++) r->memory[j] = 0;
  for (size_t step = 0; step <= r->steps; step++) {
    if (step * (MAX_POINTS - 1) / r->steps >= o.points || step == r->steps) {
      if (!o.diverged && !all_finite(r->x, r->d)) o.diverged = step;
      o.accuracy = net_evaluate(&t->net, r->x, &t->test, t->work).accuracy;
      if (o.points < MAX_POINTS) {
        o.step[o.points] = (double)step;
        o.curve[o.points++] = 100.0 * o.accuracy;
      }
    }
    if (step == r->steps || o.diverged) break; /* from NaN nothing comes back */
    r->step = step;
    const double start = cpu_seconds();
    for (size_t i = 0; i < M; i++) {
      partition_batch(&t->part, i, batch, BATCH, r->seed, step);
      net_gradient(&t->net, r->g[i], r->x, &t->train, batch, BATCH, t->work);
    }
    const double computed = cpu_seconds();
    for (size_t i = 0; i < M; i++) {
      r->sent[i] = 0;
      how->worker(r, i);
    }
    const double sent = cpu_seconds();
    how->server(r);
    gradient += computed - start;
    worker += sent - computed;
    server += cpu_seconds() - sent;
    for (size_t i = 0; i < M; i++) o.up += 8.0 * (double)r->sent[i] / M;
    o.down += 8.0 * (double)r->broadcast;
    progress_update(bar, done + step, note);
  }
  const double run_steps = (double)(o.diverged ? o.diverged : r->steps);
  o.up /= run_steps;
  o.down /= run_steps;
  o.gradient_ms = 1e3 * gradient / run_steps;
  o.worker_ms = 1e3 * (worker - r->attack_seconds) / run_steps;
  o.server_ms = 1e3 * server / run_steps;
  return o;
}

/* ---- memory ---- */

static void run_open(run *r, size_t d) {
  r->d = d;
  r->k = d / 10;
  r->x = room(d, sizeof *r->x);
  r->memory = room(d, sizeof *r->memory);
  r->update = room(d, sizeof *r->update);
  r->tile = room(medsgd_median_work(M), sizeof *r->tile);
  r->block_work = room(medsgd_bgmd_work(M, d, r->k), sizeof *r->block_work);
  r->idx = room(r->k, sizeof *r->idx);
  r->geomedian_work = room(medsgd_geomedian_work(M), sizeof *r->geomedian_work);
  r->vote_neg = room(MEDSGD_WORDS(d), sizeof *r->vote_neg);
  r->vote_zero = room(MEDSGD_WORDS(d), sizeof *r->vote_zero);
  r->tally_words = room(medsgd_tally_words(d, M), sizeof *r->tally_words);
  for (size_t i = 0; i < M; i++) {
    r->g[i] = room(d, sizeof *r->g[i]);
    r->momentum[i] = room(d, sizeof *r->momentum[i]);
    r->wire[i] = room(2, (d + 7) / 8);
    r->neg[i] = room(MEDSGD_WORDS(d), sizeof *r->neg[i]);
    r->zero[i] = room(MEDSGD_WORDS(d), sizeof *r->zero[i]);
  }
}

static void run_close(run *r) {
  free(r->x);
  free(r->memory);
  free(r->update);
  free(r->tile);
  free(r->block_work);
  free(r->idx);
  free(r->geomedian_work);
  free(r->vote_neg);
  free(r->vote_zero);
  free(r->tally_words);
  for (size_t i = 0; i < M; i++) {
    free(r->g[i]);
    free(r->momentum[i]);
    free(r->wire[i]);
    free(r->neg[i]);
    free(r->zero[i]);
  }
}

/* ---- what comes out ---- */

static void print_table(outcome results[METHODS][ATTACKS]) {
  printf("\n%-17s  %-48s  %-22s  %s\n", "", "test accuracy in percent, 3 of 10 workers corrupt", "bits per step",
         "ms per step (all ten workers)");
  printf("%-17s  %9s  %10s  %14s  %9s  %10s  %10s  %9s  %8s  %6s\n", "method", "no attack", "NaN sender",
         "bit flip x-100", "N(0,100)", "up, each", "down", "gradients", "messages", "server");
  for (size_t i = 0; i < METHODS; i++) {
    static const int width[ATTACKS] = {9, 10, 14, 9};
    const outcome *clean = &results[i][ATTACK_NONE];
    printf("%-17s", methods[i].name);
    for (size_t a = 0; a < ATTACKS; a++) {
      if (results[i][a].diverged) printf("  %*s", width[a], "NaN");
      else printf("  %*.1f", width[a], 100.0 * results[i][a].accuracy);
    }
    printf("  %10.0f  %10.0f  %9.2f  %8.2f  %6.2f\n", clean->up, clean->down, clean->gradient_ms, clean->worker_ms,
           clean->server_ms);
  }
}

static int draw(FILE *file, outcome results[METHODS][ATTACKS], size_t steps, const char *data) {
  enum { WIDTH = 900, HEIGHT = 730, PANEL_W = 370, PANEL_H = 235 };
  char title[160];
  svg s;
  snprintf(title, sizeof title, "Ten workers with two classes each, %s: test accuracy while training", data);
  svg_begin(&s, file, WIDTH, HEIGHT, title);
  svg_text(&s, WIDTH / 2, 26, 15, "middle", title);
  const svg_axis x = {"step", 0, (double)steps, 0}, y = {"test accuracy (%)", 0, 100, 0};
  for (size_t a = 0; a < ATTACKS; a++) {
    char name[80];
    snprintf(name, sizeof name, "%s%s", attack_name((attack)a), a == ATTACK_NONE ? "" : ": 3 of 10 workers");
    const svg_panel p = svg_axes(&s, a % 2 ? 500 : 70, a < 2 ? 66 : 380, PANEL_W, PANEL_H, name, x, y);
    for (size_t i = 0; i < METHODS; i++)
      svg_curve(&s, &p, results[i][a].step, results[i][a].curve, results[i][a].points, svg_style_of((unsigned)i));
  }
  const char *names[METHODS];
  svg_style styles[METHODS];
  for (size_t i = 0; i < METHODS; i++) {
    names[i] = methods[i].name;
    styles[i] = svg_style_of((unsigned)i);
  }
  svg_legend(&s, 70, 680, 820, 4, names, styles, METHODS);
  return svg_end(&s);
}

/* ---- findings ---- */

/* What the papers say and this run has to show; the margins leave room for other seeds and for --quick. */
static int check_findings(outcome results[METHODS][ATTACKS]) {
  double acc[METHODS][ATTACKS];
  for (size_t i = 0; i < METHODS; i++)
    for (size_t a = 0; a < ATTACKS; a++) acc[i][a] = results[i][a].diverged ? 0.0 : 100.0 * results[i][a].accuracy;
  findings f = {stdout, 0, 0};
  const double best = acc[SGD][ATTACK_NONE];
  puts("\nfindings (of the papers, checked on this run; accuracies in percent)");
  finding(&f, best > 65, "clean, the mean learns from heterogeneous workers: SGD %.1f", best);
  finding(&f, acc[MEDIAN][ATTACK_NONE] < best - 5,
          "clean, the median of heterogeneous gradients is biased: medianSGD %.1f", acc[MEDIAN][ATTACK_NONE]);
  finding(&f, acc[NOISY_MEDIAN][ATTACK_NONE] > acc[MEDIAN][ATTACK_NONE] &&
          acc[NOISY_SIGN][ATTACK_NONE] > acc[SIGN][ATTACK_NONE],
          "clean, noise repairs it: medianSGD %.1f to %.1f, signSGD %.1f to %.1f", acc[MEDIAN][ATTACK_NONE],
          acc[NOISY_MEDIAN][ATTACK_NONE], acc[SIGN][ATTACK_NONE], acc[NOISY_SIGN][ATTACK_NONE]);
  finding(&f, acc[SSDM][ATTACK_NONE] > 13,
          "clean, one stochastic bit a coordinate is enough to learn, slowly: SSDM %.1f", acc[SSDM][ATTACK_NONE]);
  finding(&f, results[SGD][ATTACK_NAN].diverged != 0, "one NaN ends SGD: at step %zu the parameters are seen to be NaN",
          results[SGD][ATTACK_NAN].diverged);
  finding(&f, acc[GEOMEDIAN][ATTACK_NAN] > best - 12 && acc[BGMD][ATTACK_NAN] > best - 12,
          "NaN senders hardly matter to geometric median and BGMD: %.1f, %.1f", acc[GEOMEDIAN][ATTACK_NAN],
          acc[BGMD][ATTACK_NAN]);
  finding(&f, acc[SIGN][ATTACK_NAN] > 40 && acc[NOISY_SIGN][ATTACK_NAN] > 40,
          "and not the end of a majority vote: signSGD %.1f, noisy signSGD %.1f", acc[SIGN][ATTACK_NAN],
          acc[NOISY_SIGN][ATTACK_NAN]);
  finding(&f, acc[SGD][ATTACK_BIT_FLIP] < 25, "bit flips end SGD: %s",
          results[SGD][ATTACK_BIT_FLIP].diverged ? "NaN" : "no better than chance");
  finding(&f, acc[GEOMEDIAN][ATTACK_BIT_FLIP] > acc[SGD][ATTACK_BIT_FLIP] + 15 &&
          acc[SIGN][ATTACK_BIT_FLIP] > acc[SGD][ATTACK_BIT_FLIP] + 15,
          "votes and medians keep part of the classes: signSGD %.1f, geometric median %.1f", acc[SIGN][ATTACK_BIT_FLIP],
          acc[GEOMEDIAN][ATTACK_BIT_FLIP]);
  finding(&f, acc[GEOMEDIAN][ATTACK_ADDITIVE] > best - 12 &&
          acc[GEOMEDIAN][ATTACK_ADDITIVE] > acc[SGD][ATTACK_ADDITIVE] + 5,
          "noise N(0,100) harms SGD, not the geometric median: %.1f, %.1f", acc[SGD][ATTACK_ADDITIVE],
          acc[GEOMEDIAN][ATTACK_ADDITIVE]);
  finding(&f, results[NOISY_SIGN][ATTACK_NONE].up < results[SGD][ATTACK_NONE].up / 25 &&
          results[SIGN][ATTACK_NONE].up < results[SGD][ATTACK_NONE].up / 15,
          "signs take 1 or 2 bits of SGD's 32: %.0f, %.0f, %.0f bits a step and worker",
          results[NOISY_SIGN][ATTACK_NONE].up, results[SIGN][ATTACK_NONE].up, results[SGD][ATTACK_NONE].up);
  return findings_end(&f);
}

int main(int argc, char **argv) {
  const args a = args_start(argc, argv, "demo",
                            "eight distributed methods train a digit classifier, clean and under attack", 80, 300, 1500);
  task t = {0};
  dataset all = dataset_load(&t.train, &t.test, &a, TRAIN, TEST);
  FILE *figure = fopen(a.out, "w"); /* now, so that a wrong name costs no training */
  if (!figure) {
    fprintf(stderr, "demo: %s: %s\n", a.out, strerror(errno));
    dataset_free(&all);
    return 1;
  }
  const char *source = dataset_source(&a);
  t.net = net_two_layer(all.pixels, 128, DATASET_CLASSES);
  t.work = room(t.net.work, sizeof *t.work);
  require(partition_classes(&t.part, &t.train, M, CLASSES_EACH), "demo: out of memory");
  for (size_t i = 0; i < M; i++) {
    if (t.part.first[i] < t.part.first[i + 1]) continue;
    fprintf(stderr, "demo: %s: no images of the digits %zu and %zu for worker %zu\n", a.data ? a.data : "digits", i,
            (i + 1) % 10, i);
    return 1;
  }
  printf(
      "%s: %zu images to train, %zu to test; %d workers hold two classes each; a network of %zu parameters; %zu steps "
      "of %d images a worker\n",
      source, t.train.count, t.test.count, M, t.net.size, a.steps, BATCH);
  fflush(stdout);

  static outcome results[METHODS][ATTACKS];
  run r = {.seed = a.seed, .steps = a.steps};
  progress bar;
  run_open(&r, t.net.size);
  progress_start(&bar, "demo", METHODS * ATTACKS * a.steps);
  for (size_t i = 0; i < METHODS; i++)
    for (size_t k = 0; k < ATTACKS; k++)
      results[i][k] = train(&r, &t, &methods[i], (attack)k, &bar, (i * ATTACKS + k) * a.steps);
  progress_finish(&bar);

  print_table(results);
  const int failed = check_findings(results);
  int drawn = draw(figure, results, a.steps, source);
  drawn = fclose(figure) == 0 && drawn;
  if (drawn) printf("\ntraining curves: %s\n", a.out);
  else fprintf(stderr, "demo: %s: the figure could not be written\n", a.out);
  run_close(&r);
  partition_free(&t.part);
  free(t.work);
  dataset_free(&all);
  return failed || !drawn;
}
