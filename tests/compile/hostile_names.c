/* Neither the macros that windows.h, complex.h, sys/types.h and old C libraries are known for, nor globals with the names of parameters
 * (under -Wshadow) may trouble the header. */
extern float x, g, y, out, block, gap, work;
extern int d, m, n, i, j, w, b, rows, tile, count, kind, idx;
#define min(a, b) ((a) < (b) ? (a) : (b))
#define max(a, b) ((a) > (b) ? (a) : (b))
#define near
#define far
#define small char
#define hyper long
#define interface struct
#define IN
#define OUT
#define OPTIONAL
#define TRUE 1
#define FALSE 0
#define ERROR 0
#define STRICT 1
#define I 1.0i
#define major(x) (x)
#define minor(x) (x)
#define linux 1
#define unix 1
#define MEDSGD_IMPLEMENTATION
#include "medsgd.h"
#include "api.h"
int main(void) { return api_use() == NULL; }
