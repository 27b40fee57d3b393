/* SPDX-License-Identifier: MIT */
#include "args.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

/* A whole number in decimal, at most `limit`; nothing before or after it. */
static int parse_number(uint64_t *out, const char *text, uint64_t limit) {
  char *end;
  if (*text < '0' || *text > '9') return 0;
  errno = 0;
  const unsigned long long value = strtoull(text, &end, 10);
  if (*end || errno || value > limit) return 0;
  *out = (uint64_t)value;
  return 1;
}

/* The value of option `name` when argv[*i] is that option: "--name=value" or the next argument. Sets *missing when
 * there is none. */
static const char *option_value(const char *name, int *i, int argc, char **argv, int *missing) {
  const size_t length = strlen(name);
  const char *arg = argv[*i];
  if (strncmp(arg, name, length) != 0) return NULL;
  if (arg[length] == '=') {
    *missing = arg[length + 1] == 0;
    return arg + length + 1;
  }
  if (arg[length] != 0) return NULL;
  *missing = *i + 1 >= argc || argv[*i + 1][0] == 0;
  return *missing ? name : argv[++*i];
}

int args_parse(args *a, int argc, char **argv, FILE *err) {
  for (int i = 1; i < argc; i++) {
    const char *option = argv[i], *value;
    int missing = 0, number = 1;
    uint64_t n = 0;
    if (!strcmp(option, "--help") || !strcmp(option, "-h")) {
      a->help = 1;
    } else if (!strcmp(option, "--quick")) {
      a->quick = 1;
    } else if (!strcmp(option, "--full")) {
      a->full = 1;
    } else if ((value = option_value("--data", &i, argc, argv, &missing)) != NULL) {
      a->data = value;
    } else if ((value = option_value("--out", &i, argc, argv, &missing)) != NULL) {
      a->out = value;
    } else if ((value = option_value("--seed", &i, argc, argv, &missing)) != NULL) {
      if (!missing && (number = parse_number(&n, value, UINT64_MAX)) != 0) a->seed = n;
    } else if ((value = option_value("--steps", &i, argc, argv, &missing)) != NULL) {
      if (!missing && (number = parse_number(&n, value, 100000000u) && n > 0) != 0) a->steps = (size_t)n;
    } else {
      fprintf(err, "%s: unknown argument '%s' (--help lists the options)\n", argv[0], option);
      return 2;
    }
    if (missing) {
      fprintf(err, "%s: %s needs a value\n", argv[0], option);
      return 2;
    }
    if (!number) {
      fprintf(err, "%s: '%s' is not a whole number in range\n", argv[0], argv[i]);
      return 2;
    }
  }
  if (a->quick && a->full) {
    fprintf(err, "%s: --quick and --full exclude each other\n", argv[0]);
    return 2;
  }
  return 0;
}

void args_help(FILE *to, const char *program, const char *purpose, const args *defaults) {
  fprintf(to, "%s: %s\n\n", program, purpose);
  fprintf(
      to,
      "  --data DIR   read MNIST-format files (t10k-* or train-*, unpacked) from DIR; without it digits are drawn\n");
  fprintf(to, "  --out FILE   write the figure, an SVG, to FILE (default %s)\n",
          defaults->out ? defaults->out : "none");
  fprintf(to, "  --seed N     seed of everything random (default %llu)\n", (unsigned long long)defaults->seed);
  if (defaults->steps) fprintf(to, "  --steps N    steps of each run (default %zu)\n", defaults->steps);
  fprintf(to, "  --quick      a run of seconds; the findings are checked all the same\n");
  fprintf(to, "  --full       the paper's size, as far as the data goes; README.md says how long that takes\n");
  fprintf(to, "  --help       this text\n");
}

args args_start(int argc, char **argv, const char *program, const char *purpose, size_t quick, size_t usual,
                size_t full) {
  static char out[64];
  snprintf(out, sizeof out, "build/%s.svg", program);
  const args defaults = {.out = out, .seed = 1, .steps = usual};
  args a = defaults;
  a.steps = 0;
  const int status = args_parse(&a, argc, argv, stderr);
  if (status) exit(status);
  if (a.help) args_help(stdout, program, purpose, &defaults), exit(0);
  if (!a.steps) a.steps = a.quick ? quick : a.full ? full : usual;
  return a;
}
