/* Options that change between two inclusions: each has to be refused with a message, not to end in a link puzzle. The first inclusion
 * comes from the command line. */
#ifdef LATE_DOUBLE
#define MEDSGD_DOUBLE
#endif
#ifdef LATE_STATIC
#define MEDSGD_STATIC
#endif
#ifdef EARLY_DOUBLE
#undef MEDSGD_DOUBLE
#endif
#include "medsgd.h"
