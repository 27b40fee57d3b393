/* The macros that windows.h, complex.h and old C libraries are known for must not break the header. */
#define min(a, b) ((a) < (b) ? (a) : (b))
#define max(a, b) ((a) > (b) ? (a) : (b))
#define near
#define far
#define small char
#define MEDSGD_IMPLEMENTATION
#include "medsgd.h"
#include "api.h"
int main(void) { return api_use() == NULL; }
