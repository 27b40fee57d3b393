/* SPDX-License-Identifier: MIT
 * Runs a fuzz target on the files named, or on all files of the folders named: replays a corpus with any compiler. */
#define _POSIX_C_SOURCE 200809L
#include <dirent.h>
#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);
static unsigned long count;

static char current[4096];
static void report(int signal_number) { /* abort, from a target or a sanitizer: say which input it was */
  static const char text[] = "failing input: ";
  (void)signal_number;
  if (write(2, text, sizeof text - 1) < 0 || write(2, current, strlen(current)) < 0 || write(2, "\n", 1) < 0) _exit(2);
  _exit(1);
}

static int replay(const char *path) {
  static uint8_t data[1 << 20];
  FILE *const f = fopen(path, "rb");
  if (!f) return perror(path), 1;
  const size_t size = fread(data, 1, sizeof data, f);
  fclose(f);
  uint8_t *const exact = (uint8_t *)malloc(size ? size : 1); /* so that the sanitizers see a read past the input */
  if (!exact) return 1;
  memcpy(exact, data, size);
  snprintf(current, sizeof current, "%s", path);
  LLVMFuzzerTestOneInput(exact, size);
  free(exact);
  count++;
  return 0;
}

int main(int argc, char **argv) {
  int failed = 0;
  signal(SIGABRT, report);
  for (int i = 1; i < argc; i++) {
    DIR *const dir = opendir(argv[i]);
    if (!dir) {
      failed |= replay(argv[i]);
      continue;
    }
    for (struct dirent *e; (e = readdir(dir));) {
      char path[4096];
      if (e->d_name[0] == '.') continue;
      snprintf(path, sizeof path, "%s/%s", argv[i], e->d_name);
      failed |= replay(path);
    }
    closedir(dir);
  }
  printf("%s: %lu inputs replayed\n", argv[0], count);
  return failed;
}
