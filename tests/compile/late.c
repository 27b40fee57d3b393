/* Declarations first, bodies by a second inclusion, and a third one for good measure. */
#include "medsgd.h"
#define MEDSGD_IMPLEMENTATION
#include "medsgd.h"
#include "medsgd.h"
#include "api.h"
int main(void) { return api_use() == NULL; }
