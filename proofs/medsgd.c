/* The unit that is proven: the header as users include it. `make verify` reads it once per precision. */
#define MEDSGD_IMPLEMENTATION
#include "medsgd.h"
