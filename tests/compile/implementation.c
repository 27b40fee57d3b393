/* One unit that carries the bodies. */
#define MEDSGD_IMPLEMENTATION
#include "medsgd.h"
