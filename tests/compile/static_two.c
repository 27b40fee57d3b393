#define MEDSGD_STATIC
#define MEDSGD_IMPLEMENTATION
#include "medsgd.h"
#include "api.h"
int other(void);
int other(void) { return api_use() == NULL; }
