/* SPDX-License-Identifier: MIT
 * Plots as SVG files: panels with axes (linear or logarithmic), curves, points, a legend. Colours are those of Okabe and
 * Ito, which the colour-blind can tell apart; dashes and marks tell them apart in black and white. Lengths are in pixels, y downwards,
 * as in SVG.
 *
 *     svg s;
 *     if (!svg_open(&s, "training.svg", 480, 320, "Training")) return 1;      // said why on stderr
 *     svg_axis ax = {"step", 0, 300, 0}, ay = {"loss", 1e-3, 1, 1};            // the last member: logarithmic
 *     svg_panel p = svg_axes(&s, 60, 40, 400, 220, "clean", ax, ay);
 *     svg_curve(&s, &p, xs, ys, n, svg_style_of(0));
 *     svg_legend(&s, 60, 290, 400, 2, names, styles, 2);                      // 2 columns, 2 entries
 *     if (!svg_close(&s)) return 1;                                           // something could not be written
 */
#ifndef EXAMPLES_SVG_H
#define EXAMPLES_SVG_H

#include <stddef.h>
#include <stdio.h>

typedef struct svg {
  FILE *file;
  const char *path; /* null when the file was not opened here */
  double width, height;
  unsigned panels;
} svg;

typedef struct svg_axis {
  const char *label; /* with the unit                             */
  double lo, hi;     /* lo < hi, both positive on a logarithmic one */
  int log;
} svg_axis;

typedef struct svg_panel {
  double left, top, width, height;
  svg_axis x, y;
  unsigned id;
} svg_panel;

typedef struct svg_style {
  const char *colour;
  const char *dash; /* as in stroke-dasharray; null is a solid line */
  double width;
  char mark;        /* of points: 'x', '+', 'o' (a ring), 'd' (a diamond); 0: a line */
} svg_style;

#define SVG_BLACK "#000000"
#define SVG_ORANGE "#e69f00"
#define SVG_SKY "#56b4e9"
#define SVG_GREEN "#009e73"
#define SVG_BLUE "#0072b2"
#define SVG_RED "#d55e00"
#define SVG_PURPLE "#cc79a7"
#define SVG_GREY "#767676"

svg_style svg_style_of(unsigned i); /* eight that differ in colour and dash, then again */

void svg_begin(svg *s, FILE *file, double width, double height, const char *title);
int svg_end(svg *s); /* 1 when everything could be written; the file stays open */

/* The same for a file of this name, which must stay valid until svg_close. 1; or 0 after a line on stderr. */
int svg_open(svg *s, const char *path, double width, double height, const char *title);
int svg_close(svg *s);

/* Frame, ticks with numbers, grid, labels and title of a panel; the rectangle is that of the data. A null label leaves
 * out label and numbers. */
svg_panel svg_axes(svg *s, double left, double top, double width, double height, const char *title, svg_axis x,
                   svg_axis y);

/* A line through the n points, cut off at the frame and interrupted where a value is not finite (or not positive on a
 * log axis). */
void svg_curve(svg *s, const svg_panel *p, const double *x, const double *y, size_t n, svg_style style);

/* A mark at each of the n points inside the frame; it grows with the width of the style. */
void svg_points(svg *s, const svg_panel *p, const double *x, const double *y, size_t n, svg_style style);

/* The area between two curves, such as mean minus and plus deviation; points as in svg_curve. */
void svg_band(svg *s, const svg_panel *p, const double *x, const double *lo, const double *hi, size_t n, svg_style style);

/* A histogram: n bars that share [lo, hi], from the bottom of the panel up to heights[i]. */
void svg_bars(svg *s, const svg_panel *p, double lo, double hi, const double *heights, size_t n, svg_style style);

/* A line or a mark and its name: `count` entries in `columns` columns of a block `width` wide, filled row by row; 18 pixels a row. */
void svg_legend(svg *s, double left, double top, double width, size_t columns, const char *const names[],
                const svg_style styles[], size_t count);

/* anchor is "start", "middle" or "end"; any text, the special characters of XML included. */
void svg_text(svg *s, double x, double y, double size, const char *anchor, const char *text);

/* Smallest range of the form 1, 2 or 5 times a power of ten (of powers of ten on a log axis) that holds the finite
 * values; widens an axis that holds [lo, hi] already. Start with lo > hi for an empty one. */
void svg_fit(svg_axis *axis, const double *values, size_t n);

#endif
