/* Options that change between two inclusions: each has to be refused with a message, not to end in a link puzzle. The first inclusion
 * comes from the command line, and what changes after it too. */
#ifdef LATE_DOUBLE
#define MEDSGD_DOUBLE
#endif
#ifdef LATE_STATIC
#define MEDSGD_STATIC
#endif
#ifdef LATE_IMPLEMENTATION
#define MEDSGD_IMPLEMENTATION
#endif
#ifdef EARLY_DOUBLE
#undef MEDSGD_DOUBLE
#endif
#ifdef EARLY_STATIC
#undef MEDSGD_STATIC
#endif
#include "medsgd.h"
