/* One unit that only declares, twice, and calls; linked with implementation.c. */
#include "medsgd.h"
#include "medsgd.h"
#include "api.h"
int main(void) { return api_use() == NULL || medsgd_strerror(MEDSGD_OK)[0] != 's'; }
