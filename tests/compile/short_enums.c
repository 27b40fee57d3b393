/* Two units of one program that disagree on -fshort-enums (bare-metal ARM has it on) must agree on the interface all the same: this one is
 * compiled with and without it, and linked with an implementation that is compiled the other way. */
#include "medsgd.h"

typedef char no_enum_in_a_struct[sizeof(medsgd_bgmd_options) == sizeof(struct { medsgd_real a; size_t b; int c; medsgd_stream d;
                                                                               medsgd_geomedian_options e; }) ? 1 : -1];

int main(void) {
  const medsgd_real low = 1, high = 2, *const rows[2] = {&low, &high};
  const medsgd_stream stream = {1, 2, 3};
  medsgd_real work[64 * 9], y[3], noise[3] = {0, 0, 0};
  if (medsgd_median_work(2) > sizeof work / sizeof *work) return 2;
  if (medsgd_median(&y[0], rows, 2, 1, MEDSGD_MEDIAN_LOWER, work) || medsgd_median(&y[1], rows, 2, 1, MEDSGD_MEDIAN_UPPER, work) ||
      medsgd_median(&y[2], rows, 2, 1, MEDSGD_MEDIAN_MIDPOINT, work)) return 3;
  if (medsgd_perturb(&noise[0], 1, 1, MEDSGD_GAUSSIAN, stream, 0) || medsgd_perturb(&noise[1], 1, 1, MEDSGD_LAPLACE, stream, 0) ||
      medsgd_perturb(&noise[2], 1, 1, MEDSGD_UNIFORM, stream, 0)) return 4;
  return !(sizeof(no_enum_in_a_struct) == 1 && y[0] + 1 == 2 && y[1] + 0 == 2 && 2 * y[2] == 3 && noise[0] * noise[1] * noise[2] * 0 == 0);
}
