/* SPDX-License-Identifier: MIT
 * signSGD with majority vote as separate processes: workers send packed bytes to the leader of their group, leaders send tallies to the
 * root, the root merges them and sends the vote back. The result is, bit for bit, that of one process; a killed worker is left out and
 * training goes on, with the bits of one process that leaves it out from the same step on; a lying minority does not decide. POSIX: fork, socketpair. README.md says what comes out.
 */
#define _POSIX_C_SOURCE 200809L
#define MEDSGD_IMPLEMENTATION
#include "medsgd.h"

#include "args.h"
#include "finding.h"

#include <math.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

enum { D = 1000, GROUPS = 3, EACH = 3, M = GROUPS * EACH, VICTIM = 4, BYTES = (D + 7) / 8, CAPACITY = M };
enum { PLANES = 5, TALLY_BYTES = PLANES * BYTES }; /* a tally of up to 9 votes: numbers up to 18, five bits each */

typedef struct model {
  float x[D];
} model;

/* Worker i's gradient of sum_j (x_j - sin j)^2 / 2 with sampling noise of its own; the same wherever it is computed. */
static void gradient(float g[D], const model *m, size_t i, uint64_t seed, size_t step) {
  const medsgd_stream stream = {seed, (uint32_t)i, (uint32_t)step};
  for (size_t j = 0; j < D; j++) g[j] = m->x[j] - (float)sin((double)j);
  medsgd_perturb(g, D, 0.5f, MEDSGD_GAUSSIAN, stream, 0);
}
static float rate(size_t step, size_t steps) { return 0.05f * (1 - (float)step / (float)steps); }
static int lies(size_t i, int liars) { return i % EACH == 0 && (int)(i / EACH) < liars; }

/* What worker i sends in a step: the signs of its gradient; a liar, the opposite of every one. */
static void message(unsigned char bytes[BYTES], const model *m, size_t i, uint64_t seed, size_t step, int liars) {
  float g[D];
  uint64_t neg[MEDSGD_WORDS(D)];
  gradient(g, m, i, seed, step);
  for (size_t j = 0; j < D && lies(i, liars); j++) g[j] = -g[j];
  medsgd_sign_pack(neg, g, D);
  medsgd_words_to_bytes(bytes, neg, D);
}
static void count(medsgd_tally *t, const unsigned char bytes[BYTES]) {
  uint64_t neg[MEDSGD_WORDS(D)];
  medsgd_words_from_bytes(neg, bytes, D);
  if (medsgd_tally_add(t, neg, NULL) != MEDSGD_OK) abort();
}
static void apply(model *m, const uint64_t *neg, const uint64_t *zero, size_t step, size_t steps) {
  medsgd_sign_step(m->x, neg, zero, D, rate(step, steps));
}
static void new_tally(medsgd_tally *t, uint64_t *words) {
  if (medsgd_tally_words(D, CAPACITY) != PLANES * MEDSGD_WORDS(D) || medsgd_tally_init(t, words, D, CAPACITY) != MEDSGD_OK) abort();
}

/* ---- one process: the reference ---- */

/* Without the victim from step `alive` on. */
static void single(model *m, size_t steps, uint64_t seed, int liars, size_t alive) {
  uint64_t words[PLANES * MEDSGD_WORDS(D)], neg[MEDSGD_WORDS(D)], zero[MEDSGD_WORDS(D)];
  unsigned char bytes[BYTES];
  memset(m, 0, sizeof *m);
  for (size_t step = 0; step < steps; step++) {
    medsgd_tally t;
    new_tally(&t, words);
    for (size_t i = 0; i < M; i++)
      if (i != VICTIM || step < alive) message(bytes, m, i, seed, step, liars), count(&t, bytes);
    medsgd_tally_vote(neg, zero, &t);
    apply(m, neg, zero, step, steps);
  }
}

/* ---- processes: 0 is the root, 1..GROUPS the leaders, then the workers ---- */

static int send_all(int fd, const void *p, size_t n) {
  for (const char *c = (const char *)p; n;) {
    const ssize_t w = write(fd, c, n);
    if (w <= 0) return 0;
    c += w, n -= (size_t)w;
  }
  return 1;
}
static int receive_all(int fd, void *p, size_t n) {
  for (char *c = (char *)p; n;) {
    const ssize_t r = read(fd, c, n);
    if (r <= 0) return 0; /* the other end is gone */
    c += r, n -= (size_t)r;
  }
  return 1;
}

static void worker(int up, size_t i, size_t steps, uint64_t seed, int liars) {
  static model m;
  unsigned char bytes[BYTES], vote[2][BYTES];
  uint64_t neg[MEDSGD_WORDS(D)], zero[MEDSGD_WORDS(D)];
  for (size_t step = 0; step < steps; step++) {
    message(bytes, &m, i, seed, step, liars);
    if (!send_all(up, bytes, BYTES) || !receive_all(up, vote, sizeof vote)) return;
    medsgd_words_from_bytes(neg, vote[0], D), medsgd_words_from_bytes(zero, vote[1], D);
    apply(&m, neg, zero, step, steps);
  }
}
/* A leader passes on what its group says as one tally: the number of votes, then the planes. A worker that is gone is left out. */
static void leader(int up, int down[EACH], size_t steps) {
  uint64_t words[PLANES * MEDSGD_WORDS(D)];
  unsigned char bytes[BYTES], planes[TALLY_BYTES], vote[2][BYTES], votes;
  for (size_t step = 0; step < steps; step++) {
    medsgd_tally t;
    new_tally(&t, words);
    for (int i = 0; i < EACH; i++) {
      if (down[i] < 0) continue;
      if (receive_all(down[i], bytes, BYTES)) count(&t, bytes);
      else close(down[i]), down[i] = -1;
    }
    for (size_t b = 0; b < PLANES; b++) medsgd_words_to_bytes(planes + b * BYTES, t.planes + b * MEDSGD_WORDS(D), D);
    votes = (unsigned char)t.votes;
    if (!send_all(up, &votes, 1) || !send_all(up, planes, sizeof planes) || !receive_all(up, vote, sizeof vote)) return;
    for (int i = 0; i < EACH; i++) if (down[i] >= 0) send_all(down[i], vote, sizeof vote);
  }
}
/* The root keeps the model, too; it merges the leaders' tallies and kills process `victim` in the middle, if asked to. Returns the votes
 * that were counted in the last step; *alive is the number of steps in which everyone voted. */
static size_t root(size_t *alive, model *m, int down[GROUPS], size_t steps, pid_t victim) {
  uint64_t words[2][PLANES * MEDSGD_WORDS(D)], neg[MEDSGD_WORDS(D)], zero[MEDSGD_WORDS(D)];
  unsigned char planes[TALLY_BYTES], vote[2][BYTES], votes;
  size_t counted = 0;
  *alive = 0;
  memset(m, 0, sizeof *m);
  for (size_t step = 0; step < steps; step++) {
    medsgd_tally all, part;
    new_tally(&all, words[0]);
    if (victim && step == steps / 2) kill(victim, SIGKILL);
    for (int l = 0; l < GROUPS; l++) {
      if (!receive_all(down[l], &votes, 1) || !receive_all(down[l], planes, sizeof planes)) return 0;
      new_tally(&part, words[1]);
      for (size_t b = 0; b < PLANES; b++) medsgd_words_from_bytes(part.planes + b * MEDSGD_WORDS(D), planes + b * BYTES, D);
      part.votes = votes;
      if (medsgd_tally_merge(&all, &part) != MEDSGD_OK) return 0; /* more votes than workers: not from our leaders */
    }
    medsgd_tally_vote(neg, zero, &all);
    apply(m, neg, zero, step, steps);
    medsgd_words_to_bytes(vote[0], neg, D), medsgd_words_to_bytes(vote[1], zero, D);
    for (int l = 0; l < GROUPS; l++) send_all(down[l], vote, sizeof vote);
    counted = all.votes, *alive += counted == M;
  }
  return counted;
}

static size_t processes(size_t *alive, model *m, size_t steps, uint64_t seed, int liars, int murder) {
  int pair[GROUPS + M][2]; /* pair[l]: root and leader; pair[GROUPS + i]: leader and worker i */
  pid_t pids[GROUPS + M];
  for (int p = 0; p < GROUPS + M; p++) if (socketpair(AF_UNIX, SOCK_STREAM, 0, pair[p])) perror("socketpair"), exit(1);
  fflush(stdout);
  for (int p = 0; p < GROUPS + M; p++) {
    pids[p] = fork();
    if (pids[p] < 0) perror("fork"), exit(1);
    if (pids[p]) continue;
    for (int q = 0; q < GROUPS + M; q++) { /* a socket must be open in its two owners alone: else nobody sees the end of a process */
      const int mine_above = q >= GROUPS && p < GROUPS && (q - GROUPS) / EACH == p;
      if (!mine_above) close(pair[q][0]);
      if (q != p) close(pair[q][1]);
    }
    if (p < GROUPS) {
      int down[EACH];
      for (int i = 0; i < EACH; i++) down[i] = pair[GROUPS + p * EACH + i][0];
      leader(pair[p][1], down, steps);
    } else {
      worker(pair[p][1], (size_t)(p - GROUPS), steps, seed, liars);
    }
    _exit(0);
  }
  int down[GROUPS];
  for (int q = 0; q < GROUPS + M; q++) {
    close(pair[q][1]);
    if (q < GROUPS) down[q] = pair[q][0];
    else close(pair[q][0]);
  }
  const size_t counted = root(alive, m, down, steps, murder ? pids[GROUPS + VICTIM] : 0);
  for (int l = 0; l < GROUPS; l++) close(down[l]);
  for (int p = 0; p < GROUPS + M; p++) waitpid(pids[p], NULL, 0);
  return counted;
}

static double error_of(const model *m) {
  double sum = 0;
  for (size_t j = 0; j < D; j++) sum += ((double)m->x[j] - sin((double)j)) * ((double)m->x[j] - sin((double)j));
  return sqrt(sum / D);
}

int main(int argc, char **argv) {
  static model alone, together;
  static const struct { const char *name; int liars, murder; } cases[3] = {{"all well", 0, 0}, {"worker 4 killed half-way", 0, 1}, {"three of nine lie", 3, 0}};
  const args a = args_start(argc, argv, "parameter_server", "majority vote between processes", 400, 400, 400);
  signal(SIGPIPE, SIG_IGN); /* a dead reader is seen as a failed write */
  findings f = {stdout, 0, 0};
  printf("%d workers in %d groups, %d parameters, %zu steps, %d bytes up and %d down per worker and step\n", M, GROUPS, D, a.steps, BYTES, 2 * BYTES);
  for (int c = 0; c < 3; c++) {
    size_t alive = 0;
    const size_t counted = processes(&alive, &together, a.steps, a.seed, cases[c].liars, cases[c].murder);
    single(&alone, a.steps, a.seed, cases[c].liars, alive); /* a killed worker may still have voted in the step of its death, or not */
    const int same = memcmp(alone.x, together.x, sizeof alone.x) == 0;
    const double error = error_of(&together), limit = cases[c].liars ? 0.3 : 0.1;
    finding(&f, same && counted == (size_t)(M - cases[c].murder) && error < limit, "%s: %zu votes in the last step, %zu steps with all nine, rms error %.4f, %s bits as in one process",
            cases[c].name, counted, alive, error, same ? "the same" : "not the same");
  }
  return findings_end(&f);
}
