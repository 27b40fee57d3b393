/* SPDX-License-Identifier: MIT */
#include "digits.h"

#include "rng.h"

#include <math.h>
#include <stddef.h>

/* ---- skeletons: strokes in a box of 100 wide and 100 high, y downwards ---- */

#define MAX_POINTS 12
#define MAX_STROKES 3

typedef struct stroke {
  int count;                          /* control points; 0 ends the list */
  signed char at[MAX_POINTS][2];      /* x, y                            */
  int straight;                       /* a polyline instead of a spline  */
} stroke;

typedef struct glyph {
  unsigned digit;
  stroke strokes[MAX_STROKES];
} glyph;

static const glyph glyphs[] = {
    {0, {{9, {{52, 4}, {26, 14}, {16, 48}, {24, 84}, {50, 97}, {76, 84}, {84, 48}, {74, 14}, {50, 3}}, 0}}},
    {0, {{9, {{64, 6}, {34, 10}, {18, 38}, {20, 78}, {42, 96}, {72, 82}, {84, 44}, {70, 12}, {40, 12}}, 0}}},
    {1, {{2, {{52, 3}, {50, 97}}, 1}}},
    {1, {{3, {{32, 22}, {54, 4}, {52, 97}}, 1}}},
    {1, {{3, {{34, 22}, {54, 4}, {52, 95}}, 1}, {2, {{30, 96}, {74, 96}}, 1}}},
    {2, {{8, {{18, 26}, {34, 6}, {62, 5}, {78, 24}, {66, 50}, {38, 74}, {16, 94}, {86, 93}}, 0}}},
    {2, {{10, {{20, 22}, {42, 4}, {72, 12}, {72, 40}, {48, 70}, {24, 92}, {14, 84}, {30, 76}, {56, 92}, {88, 90}}, 0}}},
    {3, {{9, {{20, 14}, {48, 3}, {74, 16}, {70, 38}, {42, 48}, {76, 60}, {80, 84}, {50, 97}, {16, 88}}, 0}}},
    {3,
     {{4, {{20, 6}, {78, 6}, {46, 40}, {50, 41}}, 1},
      {6, {{48, 41}, {74, 50}, {82, 72}, {66, 93}, {40, 97}, {16, 86}}, 0}}},
    {4, {{3, {{58, 4}, {14, 64}, {88, 64}}, 1}, {2, {{64, 36}, {62, 97}}, 1}}},
    {4, {{4, {{26, 6}, {20, 46}, {46, 56}, {80, 48}}, 0}, {2, {{76, 6}, {66, 97}}, 1}}},
    {5,
     {{3, {{80, 5}, {30, 6}, {24, 44}}, 1},
      {7, {{24, 44}, {48, 36}, {76, 48}, {82, 70}, {66, 92}, {40, 97}, {16, 86}}, 0}}},
    {5, {{9, {{78, 10}, {50, 6}, {32, 14}, {28, 40}, {56, 42}, {78, 58}, {74, 84}, {48, 97}, {18, 90}}, 0}}},
    {6, {{10, {{70, 6}, {44, 16}, {24, 46}, {20, 76}, {40, 97}, {68, 92}, {80, 72}, {64, 52}, {40, 56}, {22, 74}}, 0}}},
    {6, {{9, {{46, 2}, {28, 34}, {24, 72}, {38, 95}, {62, 95}, {74, 78}, {64, 62}, {44, 62}, {28, 78}}, 0}}},
    {7, {{3, {{16, 8}, {84, 7}, {40, 97}}, 1}}},
    {7, {{3, {{18, 8}, {82, 7}, {46, 97}}, 1}, {2, {{38, 50}, {78, 48}}, 1}}},
    {7, {{6, {{16, 16}, {36, 6}, {60, 12}, {84, 6}, {62, 46}, {50, 97}}, 0}}},
    {8,
     {{11,
       {{70, 16}, {48, 3}, {26, 18}, {34, 40}, {62, 56}, {76, 80}, {50, 97}, {24, 82}, {36, 58}, {64, 38}, {72, 16}},
       0}}},
    {8,
     {{9, {{50, 4}, {26, 16}, {32, 42}, {50, 48}, {70, 40}, {74, 16}, {52, 4}, {40, 6}, {34, 10}}, 0},
      {8, {{50, 48}, {24, 62}, {24, 86}, {50, 97}, {76, 86}, {76, 62}, {52, 48}, {40, 52}}, 0}}},
    {9, {{10, {{76, 28}, {58, 44}, {32, 42}, {22, 24}, {38, 6}, {64, 6}, {77, 24}, {76, 52}, {66, 80}, {58, 97}}, 0}}},
    {9, {{7, {{74, 20}, {52, 4}, {26, 14}, {26, 40}, {50, 48}, {72, 34}, {74, 16}}, 0}, {2, {{75, 14}, {70, 97}}, 1}}},
    {9,
     {{11,
       {{74, 26}, {58, 44}, {30, 42}, {22, 22}, {42, 5}, {68, 8}, {78, 30}, {78, 66}, {64, 92}, {40, 97}, {22, 88}},
       0}}},
};
#define GLYPHS (sizeof glyphs / sizeof *glyphs)

/* ---- drawing ---- */

typedef struct point {
  double x, y;
} point;

/* The way from the skeleton's box to the image, drawn anew for each image: x -> centre + A x + a slow wave. */
typedef struct warp {
  double a, b, c, d, cx, cy;       /* affine part, in pixels per box unit        */
  double wave[2], freq[2], phase[2]; /* bends: amplitude (pixels), frequency, phase */
} warp;

static point warp_apply(const warp *w, double x, double y) {
  const double u = (x - 50.0) / 100.0, v = (y - 50.0) / 100.0;
  point p = {w->cx + w->a * u + w->b * v, w->cy + w->c * u + w->d * v};
  p.x += w->wave[0] * sin(w->freq[0] * v + w->phase[0]);
  p.y += w->wave[1] * sin(w->freq[1] * u + w->phase[1]);
  return p;
}

static warp warp_draw(rng *r) {
  const double angle = 0.15 * rng_normal(r), shear = 0.18 * rng_normal(r);
  const double width = 15.5 * rng_between(r, 0.68, 1.15), height = 20.0 * rng_between(r, 0.78, 1.10);
  warp w;
  w.a = width * cos(angle);
  w.b = height * (-sin(angle) - shear * cos(angle));
  w.c = width * sin(angle);
  w.d = height * (cos(angle) - shear * sin(angle));
  w.cx = 13.5 + 1.0 * rng_normal(r);
  w.cy = 13.5 + 1.0 * rng_normal(r);
  for (int i = 0; i < 2; i++) {
    w.wave[i] = 0.9 * rng_normal(r);
    w.freq[i] = rng_between(r, 2.0, 7.0);
    w.phase[i] = rng_between(r, 0.0, 6.283185307179586);
  }
  return w;
}

/* Inks the segment p-q with a round pen: full within the radius, fading over one pixel. */
static void ink(double *canvas, point p, point q, double radius) {
  const double reach = radius + 1.0;
  const double x0 = floor(fmin(p.x, q.x) - reach), x1 = ceil(fmax(p.x, q.x) + reach);
  const double y0 = floor(fmin(p.y, q.y) - reach), y1 = ceil(fmax(p.y, q.y) + reach);
  const double dx = q.x - p.x, dy = q.y - p.y, length2 = dx * dx + dy * dy;
  for (int y = (int)fmax(y0, 0); y <= (int)fmin(y1, DIGITS_SIDE - 1); y++) {
    for (int x = (int)fmax(x0, 0); x <= (int)fmin(x1, DIGITS_SIDE - 1); x++) {
      double t = length2 > 0 ? ((x - p.x) * dx + (y - p.y) * dy) / length2 : 0.0;
      t = t < 0 ? 0 : t > 1 ? 1 : t;
      const double ex = p.x + t * dx - x, ey = p.y + t * dy - y;
      const double shade = reach - sqrt(ex * ex + ey * ey);
      double *pixel = &canvas[y * DIGITS_SIDE + x];
      if (shade > *pixel) *pixel = shade < 1 ? shade : 1;
    }
  }
}

static double catmull_rom(double p0, double p1, double p2, double p3, double t) {
  return 0.5 *
         (2 * p1 + (p2 - p0) * t + (2 * p0 - 5 * p1 + 4 * p2 - p3) * t * t + (3 * p1 - p0 - 3 * p2 + p3) * t * t * t);
}

static void draw_stroke(double *canvas, const stroke *s, const warp *w, double radius, double jitter, rng *r) {
  enum { PIECES = 5 };
  double at[MAX_POINTS][2];
  for (int i = 0; i < s->count; i++)
    for (int c = 0; c < 2; c++) at[i][c] = s->at[i][c] + jitter * rng_normal(r);
  point last = warp_apply(w, at[0][0], at[0][1]);
  for (int i = 0; i + 1 < s->count; i++) {
    const double *p0 = at[i > 0 ? i - 1 : 0], *p1 = at[i], *p2 = at[i + 1], *p3 = at[i + 2 < s->count ? i + 2 : i + 1];
    for (int k = 1; k <= PIECES; k++) {
      const double t = (double)k / PIECES;
      point next;
      if (s->straight) next = warp_apply(w, p1[0] + t * (p2[0] - p1[0]), p1[1] + t * (p2[1] - p1[1]));
      else next = warp_apply(w, catmull_rom(p0[0], p1[0], p2[0], p3[0], t), catmull_rom(p0[1], p1[1], p2[1], p3[1], t));
      ink(canvas, last, next, radius);
      last = next;
    }
  }
}

void digits_draw(unsigned char *image, unsigned digit, uint64_t seed, uint64_t number) {
  rng r = rng_make(seed, 2 * number + 1);
  double canvas[DIGITS_PIXELS] = {0};
  size_t variants = 0;
  for (size_t i = 0; i < GLYPHS; i++) variants += glyphs[i].digit == digit;
  if (variants > 0) {
    size_t pick = rng_below(&r, variants);
    const glyph *shape = glyphs;
    while (shape->digit != digit || pick-- > 0) shape++;
    const warp w = warp_draw(&r);
    const double radius = rng_between(&r, 0.45, 1.6), jitter = rng_between(&r, 1.0, 4.5);
    for (int s = 0; s < MAX_STROKES && shape->strokes[s].count > 0; s++)
      draw_stroke(canvas, &shape->strokes[s], &w, radius, jitter, &r);
  }
  const double strength = rng_between(&r, 0.65, 1.0);
  for (size_t i = 0; i < DIGITS_PIXELS; i++) {
    double v = strength * canvas[i];
    if (rng_uniform(&r) < 0.015) v = rng_uniform(&r); /* a speckle, or a hole in a stroke */
    image[i] = (unsigned char)(255.0 * v + 0.5);
  }
}

void digits_draw_all(unsigned char *images, unsigned char *labels, size_t count, uint64_t seed) {
  size_t order[10] = {0};
  for (size_t i = 0; i < count; i++) {
    if (i % 10 == 0) {
      rng r = rng_make(seed, 2 * (uint64_t)(i / 10));
      for (size_t j = 0; j < 10; j++) order[j] = j;
      rng_shuffle(&r, order, 10);
    }
    labels[i] = (unsigned char)order[i % 10];
    digits_draw(images + i * DIGITS_PIXELS, labels[i], seed, i);
  }
}
