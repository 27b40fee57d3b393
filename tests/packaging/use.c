#define MEDSGD_IMPLEMENTATION
#include <medsgd.h>
#include <stdio.h>
int main(void) {
  const medsgd_real g[2] = {3, -4};
  printf("%s %g\n", MEDSGD_VERSION, medsgd_norm2(g, 2));
  return 0;
}
