/* SPDX-License-Identifier: MIT
 * The command line that all examples share.
 *
 *     const args a = args_start(argc, argv, "demo", "what it does", 80, 300, 1500);
 */
#ifndef EXAMPLES_ARGS_H
#define EXAMPLES_ARGS_H

#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

typedef struct args {
  const char *data; /* --data DIR: MNIST-format files; null: draw digits            */
  const char *out;  /* --out FILE: where the figure goes                            */
  uint64_t seed;    /* --seed N                                                     */
  size_t steps;     /* --steps N                                                    */
  int quick, full;  /* --quick: seconds, findings still checked; --full: the paper's size, as far as the data goes */
  int help;         /* --help, -h                                                   */
} args;

/* What every main begins with. The figure goes to build/PROGRAM.svg, the seed is 1, and steps are those of the size that
 * is asked for (0, 0, 0: an example without steps). Ends the program with status 0 after --help, with 2 after a mistake
 * in the command line. */
args args_start(int argc, char **argv, const char *program, const char *purpose, size_t quick, size_t usual,
                size_t full);

/* The parts of it. Options are "--name value" or "--name=value". Returns 0, or 2 after writing to `err` what is wrong. */
int args_parse(args *a, int argc, char **argv, FILE *err);
void args_help(FILE *to, const char *program, const char *purpose, const args *defaults);

#endif
