/* SPDX-License-Identifier: MIT
 * Majority vote and SSDM over MPI: tallies are all-reduced with medsgd_tally_merge as the operation, so that d bits a worker go in and a few
 * bits a coordinate travel, in any tree the MPI library likes. The result is that of one process, bit for bit, for any number of ranks.
 *
 *     mpicc -std=c99 -O2 -I. -Iexamples/common examples/mpi/mpi_tally.c examples/common/rng.c -lm && mpirun -n 4 ./a.out
 */
#define MEDSGD_IMPLEMENTATION
#include "medsgd.h"

#include "rng.h"

#include <mpi.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { D = 1000, M = 8, STEPS = 300, WORDS = MEDSGD_WORDS(D), BITS = 5, LENGTH = 1 + BITS * WORDS };

/* A tally as MPI sees it: the votes, then the planes, as one vector of 64-bit words. */
typedef struct message { uint64_t votes, planes[BITS * WORDS]; } message;

static void view(medsgd_tally *t, message *m) {
  t->planes = m->planes, t->d = D, t->capacity = M, t->votes = (size_t)m->votes, t->bits = BITS;
}
/* The MPI operation: inout = in + inout. */
static void merge(void *in, void *inout, int *count, MPI_Datatype *type) {
  (void)type;
  for (int i = 0; i < *count; i++) {
    medsgd_tally from, into;
    view(&from, (message *)in + i), view(&into, (message *)inout + i);
    if (medsgd_tally_merge(&into, &from) != MEDSGD_OK) MPI_Abort(MPI_COMM_WORLD, 1);
    ((message *)inout + i)->votes = into.votes;
  }
}

/* Worker i minimises sum_j c_ij (x_j - t_ij)^2 / 2, with targets of its own. */
static void gradient(float g[D], const float x[D], size_t i) {
  rng r = rng_make(99, i);
  for (size_t j = 0; j < D; j++) {
    const float target = (float)(rng_normal(&r) + (double)(j % 7)), scale = (float)(0.5 + rng_uniform(&r));
    g[j] = scale * (x[j] - target);
  }
}

int main(int argc, char **argv) {
  int rank = 0, ranks = 1;
  MPI_Init(&argc, &argv);
  MPI_Comm_rank(MPI_COMM_WORLD, &rank);
  MPI_Comm_size(MPI_COMM_WORLD, &ranks);
  MPI_Op operation;
  MPI_Datatype type;
  MPI_Type_contiguous(LENGTH, MPI_UINT64_T, &type);
  MPI_Type_commit(&type);
  MPI_Op_create(merge, 1, &operation);

  uint64_t digest = 0xCBF29CE484222325u;
  static float x[D], g[D], s[D], momentum[M][D];
  static message mine, all;
  for (int stochastic = 0; stochastic < 2; stochastic++) { /* majority vote, then SSDM (Safaryan, Algorithms 2 and 3) */
    memset(x, 0, sizeof x);
    for (size_t step = 0; step < STEPS; step++) {
      uint64_t neg[WORDS], zero[WORDS];
      medsgd_tally t;
      if (medsgd_tally_words(D, M) != BITS * WORDS || medsgd_tally_init(&t, mine.planes, D, M) != MEDSGD_OK) abort();
      for (size_t i = (size_t)rank; i < M; i += (size_t)ranks) { /* the workers are dealt to the ranks */
        const medsgd_stream stream = {5, (uint32_t)i, (uint32_t)step};
        gradient(g, x, i);
        if (stochastic) {
          if (step == 0) memcpy(momentum[i], g, sizeof g);
          medsgd_momentum(momentum[i], g, D, 0.9f);
          medsgd_stochastic_sign(neg, zero, momentum[i], D, medsgd_norm2(momentum[i], D), stream, 0);
        } else {
          medsgd_sign_pack_ternary(neg, zero, g, D);
        }
        medsgd_tally_add(&t, neg, zero);
      }
      mine.votes = t.votes;
      MPI_Allreduce(&mine, &all, 1, type, operation, MPI_COMM_WORLD);
      view(&t, &all);
      if (t.votes != M) MPI_Abort(MPI_COMM_WORLD, 1);
      if (stochastic) {
        medsgd_tally_sum(s, &t, 0.2f / M); /* x = x - gamma/M * s_k */
        for (size_t j = 0; j < D; j++) x[j] -= s[j];
      } else {
        medsgd_tally_vote(neg, zero, &t);
        medsgd_sign_step(x, neg, zero, D, 0.03f);
      }
    }
    for (size_t j = 0; j < D; j++) {
      uint32_t bits;
      memcpy(&bits, &x[j], sizeof bits);
      digest = (digest ^ bits) * 0x100000001B3u;
    }
  }
  if (rank == 0) printf("digest %016llx\n", (unsigned long long)digest);
  MPI_Op_free(&operation), MPI_Type_free(&type), MPI_Finalize();
  return 0;
}
