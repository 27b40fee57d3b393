/* SPDX-License-Identifier: MIT
 * A learner on a microcontroller: error-feedback sign compression of a gradient and a step by the vote of three, all in static buffers.
 * Linked with the whole header for Cortex-M without an operating system; no heap may come in. */
#include "medsgd.h"

enum { D = 256, M = 3 };
static float gradient[D], memory[D], model[D];
static uint64_t message[M][MEDSGD_WORDS(D)], vote[MEDSGD_WORDS(D)];

int main(void) {
  const uint64_t *const rows[M] = {message[0], message[1], message[2]};
  float scale;
  if (medsgd_ef_sign(message[0], &scale, memory, gradient, D, 0.1f)) return 1;
  if (medsgd_vote(vote, NULL, rows, NULL, M, D)) return 1;
  return medsgd_sign_step(model, vote, NULL, D, scale);
}
