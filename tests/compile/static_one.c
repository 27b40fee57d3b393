/* A private copy of every function: linked with static_two.c, nothing may collide, and unused functions may not warn. */
#define MEDSGD_STATIC
#include "medsgd.h"
#include "medsgd.h"
int other(void);
int main(void) { return medsgd_sign_pack(NULL, NULL, 0) + other(); }
