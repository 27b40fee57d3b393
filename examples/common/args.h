/* SPDX-License-Identifier: MIT
 * The command line that all examples share.
 *
 *     args a = {.out = "build/demo.svg", .seed = 1};                       // the defaults
 *     const int status = args_parse(&a, argc, argv, stderr);
 *     if (status != 0) return status;               // 2, after a message that says what is wrong
 *     if (a.help) return args_help(stdout, "demo", "what it does", &defaults), 0;
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
  size_t steps;     /* --steps N; 0: the example's own default                      */
  int quick, full;  /* --quick: seconds, findings still checked; --full: the paper's size */
  int help;         /* --help, -h                                                   */
} args;

/* Options are "--name value" or "--name=value". Returns 0, or 2 after writing to `err` what is wrong. */
int args_parse(args *a, int argc, char **argv, FILE *err);
void args_help(FILE *to, const char *program, const char *purpose, const args *defaults);

#endif
