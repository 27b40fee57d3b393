/* The unit that is proven: the header as users include it, after the contracts of the two functions of libm that it calls.
 * `make verify` reads it once per precision. */
#include "libm.h"
#define MEDSGD_IMPLEMENTATION
#include "medsgd.h"
