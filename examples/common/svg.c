/* SPDX-License-Identifier: MIT */
#include "svg.h"

#include <errno.h>
#include <math.h>
#include <string.h>

/* ---- text ---- */

static void put_text(FILE *file, const char *text) {
  for (; *text; text++) {
    if (*text == '&') fputs("&amp;", file);
    else if (*text == '<') fputs("&lt;", file);
    else if (*text == '>') fputs("&gt;", file);
    else if (*text == '"') fputs("&quot;", file);
    else if ((unsigned char)*text >= 0x20) fputc(*text, file); /* control characters are not allowed in XML */
  }
}

void svg_text(svg *s, double x, double y, double size, const char *anchor, const char *text) {
  fprintf(s->file, "<text x=\"%.1f\" y=\"%.1f\" font-size=\"%.1f\" text-anchor=\"%s\">", x, y, size, anchor);
  put_text(s->file, text);
  fputs("</text>\n", s->file);
}

/* ---- document ---- */

void svg_begin(svg *s, FILE *file, double width, double height, const char *title) {
  s->file = file;
  s->path = NULL;
  s->width = width;
  s->height = height;
  s->panels = 0;
  fprintf(file,
          "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
          "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"%.0f\" height=\"%.0f\" viewBox=\"0 0 %.0f %.0f\" "
          "font-family=\"Helvetica, Arial, sans-serif\" fill=\"#000000\">\n<title>",
          width, height, width, height);
  put_text(file, title);
  fprintf(file, "</title>\n<rect width=\"%.0f\" height=\"%.0f\" fill=\"#ffffff\"/>\n", width, height);
}

int svg_end(svg *s) {
  fputs("</svg>\n", s->file);
  return fflush(s->file) == 0 && !ferror(s->file);
}

int svg_open(svg *s, const char *path, double width, double height, const char *title) {
  FILE *const file = fopen(path, "w");
  if (!file) return fprintf(stderr, "%s: %s\n", path, strerror(errno)), 0;
  svg_begin(s, file, width, height, title);
  s->path = path;
  return 1;
}

int svg_close(svg *s) {
  const int written = svg_end(s);
  if (fclose(s->file) == 0 && written) return printf("figure: %s\n", s->path), 1;
  return fprintf(stderr, "%s could not be written\n", s->path), 0;
}

/* ---- scales ---- */

/* Position of a value along an axis, 0 at lo and 1 at hi; NaN when it has none. */
static double along(const svg_axis *a, double v) {
  if (a->log) return v > 0 ? log(v / a->lo) / log(a->hi / a->lo) : (double)NAN;
  return (v - a->lo) / (a->hi - a->lo);
}

static double to_x(const svg_panel *p, double v) { return p->left + p->width * along(&p->x, v); }
static double to_y(const svg_panel *p, double v) { return p->top + p->height * (1.0 - along(&p->y, v)); }

/* 1, 2 or 5 times a power of ten, at least `raw`. */
static double nice_step(double raw) {
  const double power = pow(10.0, floor(log10(raw)));
  const double lead = raw / power;
  return power * (lead <= 1.0000001 ? 1 : lead <= 2.0000001 ? 2 : lead <= 5.0000001 ? 5 : 10);
}

void svg_fit(svg_axis *axis, const double *values, size_t n) {
  double lo = axis->lo, hi = axis->hi;
  for (size_t i = 0; i < n; i++) {
    if (!isfinite(values[i]) || (axis->log && values[i] <= 0)) continue;
    if (lo > hi) lo = hi = values[i];
    lo = fmin(lo, values[i]);
    hi = fmax(hi, values[i]);
  }
  if (lo > hi) lo = axis->log ? 0.1 : 0, hi = 1;
  if (axis->log) {
    lo = pow(10.0, floor(log10(lo) + 1e-9));
    hi = pow(10.0, ceil(log10(hi) - 1e-9));
    if (hi <= lo) hi = 10 * lo;
  } else {
    if (hi <= lo) hi = lo + fmax(fabs(lo), 1.0);
    const double step = nice_step((hi - lo) / 6);
    lo = step * floor(lo / step + 1e-9);
    hi = step * ceil(hi / step - 1e-9);
  }
  axis->lo = lo;
  axis->hi = hi;
}

/* ---- ticks ---- */

enum { MAX_TICKS = 64 };

typedef struct ticks {
  size_t count;
  double at[MAX_TICKS];
  double step; /* between linear ticks */
} ticks;

/* About `wanted` ticks at round numbers; on a log axis the powers of ten, thinned out when there are too many. */
static ticks ticks_of(const svg_axis *a, double wanted) {
  ticks t = {0, {0}, 0};
  if (a->log) {
    const double first = ceil(log10(a->lo) - 1e-9), last = floor(log10(a->hi) + 1e-9);
    const double every = fmax(1.0, ceil((last - first) / wanted));
    for (double e = first; e <= last && t.count < MAX_TICKS; e += every) t.at[t.count++] = pow(10.0, e);
  } else {
    double first = 0, last = 0; /* one number alone is no scale: finer, until there are two */
    for (; last - first < 1; wanted *= 2) {
      t.step = nice_step((a->hi - a->lo) / wanted);
      first = ceil(a->lo / t.step - 1e-9), last = floor(a->hi / t.step + 1e-9);
    }
    for (double i = first; i <= last && t.count < MAX_TICKS; i++) t.at[t.count++] = i * t.step;
  }
  return t;
}

static void put_tick_label(svg *s, const svg_axis *a, const ticks *t, double v, double x, double y,
                           const char *anchor) {
  if (a->log) {
    const int e = (int)floor(log10(v) + 0.5);
    if (e >= -2 && e <= 3) {
      char text[32];
      snprintf(text, sizeof text, "%g", v);
      svg_text(s, x, y, 11, anchor, text);
    } else {
      fprintf(s->file,
              "<text x=\"%.1f\" y=\"%.1f\" font-size=\"11\" text-anchor=\"%s\">10<tspan dy=\"-4\" "
              "font-size=\"8\">%d</tspan></text>\n",
              x, y, anchor, e);
    }
    return;
  }
  char text[48];
  const double digits = t->step > 0 && t->step < 1 ? ceil(-log10(t->step) - 1e-9) : 0;
  if (fabs(v) >= 1e6 || digits > 6) snprintf(text, sizeof text, "%g", v);
  else snprintf(text, sizeof text, "%.*f", (int)digits, fabs(v) < 1e-9 * t->step ? 0.0 : v);
  svg_text(s, x, y, 11, anchor, text);
}

static void put_line(svg *s, double x0, double y0, double x1, double y1, const char *colour) {
  fprintf(s->file, "<line x1=\"%.1f\" y1=\"%.1f\" x2=\"%.1f\" y2=\"%.1f\" stroke=\"%s\" stroke-width=\"0.8\"/>\n", x0,
          y0, x1, y1, colour);
}

/* ---- panels ---- */

svg_panel svg_axes(svg *s, double left, double top, double width, double height, const char *title, svg_axis x,
                   svg_axis y) {
  const svg_panel p = {left, top, width, height, x, y, s->panels++};
  const double right = left + width, bottom = top + height;
  fprintf(s->file, "<clipPath id=\"panel%u\"><rect x=\"%.1f\" y=\"%.1f\" width=\"%.1f\" height=\"%.1f\"/></clipPath>\n",
          p.id, left, top, width, height);
  const ticks tx = ticks_of(&x, width / 60), ty = ticks_of(&y, height / 36);
  for (size_t i = 0; i < tx.count; i++) {
    const double at = to_x(&p, tx.at[i]);
    put_line(s, at, top, at, bottom, "#e4e4e4");
    put_line(s, at, bottom, at, bottom + 4, "#000000");
    if (x.label) put_tick_label(s, &x, &tx, tx.at[i], at, bottom + 16, "middle");
  }
  for (size_t i = 0; i < ty.count; i++) {
    const double at = to_y(&p, ty.at[i]);
    put_line(s, left, at, right, at, "#e4e4e4");
    put_line(s, left - 4, at, left, at, "#000000");
    if (y.label) put_tick_label(s, &y, &ty, ty.at[i], left - 7, at + 4, "end");
  }
  fprintf(s->file, "<rect x=\"%.1f\" y=\"%.1f\" width=\"%.1f\" height=\"%.1f\" fill=\"none\" stroke=\"#000000\"/>\n",
          left, top, width, height);
  if (title) {
    fprintf(s->file, "<text x=\"%.1f\" y=\"%.1f\" font-size=\"13\" font-weight=\"bold\" text-anchor=\"middle\">",
            left + width / 2, top - 8);
    put_text(s->file, title);
    fputs("</text>\n", s->file);
  }
  if (x.label) svg_text(s, left + width / 2, bottom + 33, 12, "middle", x.label);
  if (y.label) {
    fprintf(s->file, "<text transform=\"translate(%.1f %.1f) rotate(-90)\" font-size=\"12\" text-anchor=\"middle\">",
            left - 38, top + height / 2);
    put_text(s->file, y.label);
    fputs("</text>\n", s->file);
  }
  return p;
}

static void put_stroke(svg *s, svg_style style) {
  fprintf(s->file, "stroke=\"%s\" stroke-width=\"%.1f\"", style.colour, style.width);
  if (style.dash) fprintf(s->file, " stroke-dasharray=\"%s\"", style.dash);
}

void svg_curve(svg *s, const svg_panel *p, const double *x, const double *y, size_t n, svg_style style) {
  int drawing = 0;
  size_t column = 0;
  fprintf(s->file, "<path clip-path=\"url(#panel%u)\" fill=\"none\" stroke-linejoin=\"round\" ", p->id);
  put_stroke(s, style);
  fputs(" d=\"", s->file);
  for (size_t i = 0; i < n; i++) {
    const double px = to_x(p, x[i]), py = to_y(p, y[i]);
    if (!isfinite(px) || !isfinite(py)) {
      drawing = 0;
      continue;
    }
    /* far outside the frame a coordinate is only a direction: keep it in a range every viewer can draw */
    fprintf(s->file, "%c%.1f %.1f%c", drawing ? 'L' : 'M', fmax(-1e4, fmin(1e4, px)), fmax(-1e4, fmin(1e4, py)),
            ++column % 10 ? ' ' : '\n');
    drawing = 1;
  }
  fputs("\"/>\n", s->file);
}

/* A mark centred on a pixel. */
static void put_mark(svg *s, double x, double y, svg_style style) {
  const double r = 2.6 * style.width;
  fputs("<path fill=\"none\" ", s->file);
  put_stroke(s, style);
  if (style.mark == 'o') fprintf(s->file, " d=\"M%.1f %.1fa%.1f %.1f 0 1 0 %.1f 0a%.1f %.1f 0 1 0 %.1f 0Z\"/>\n", x - r, y, r, r, 2 * r, r, r, -2 * r);
  else if (style.mark == 'd') fprintf(s->file, " d=\"M%.1f %.1fl%.1f %.1fl%.1f %.1fl%.1f %.1fZ\"/>\n", x - r, y, r, -r, r, r, -r, r);
  else if (style.mark == '+') fprintf(s->file, " d=\"M%.1f %.1fh%.1fM%.1f %.1fv%.1f\"/>\n", x - r, y, 2 * r, x, y - r, 2 * r);
  else fprintf(s->file, " d=\"M%.1f %.1fl%.1f %.1fM%.1f %.1fl%.1f %.1f\"/>\n", x - r, y - r, 2 * r, 2 * r, x - r, y + r, 2 * r, -2 * r);
}

void svg_points(svg *s, const svg_panel *p, const double *x, const double *y, size_t n, svg_style style) {
  for (size_t i = 0; i < n; i++) {
    const double px = to_x(p, x[i]), py = to_y(p, y[i]);
    if (px >= p->left && px <= p->left + p->width && py >= p->top && py <= p->top + p->height) put_mark(s, px, py, style);
  }
}

void svg_band(svg *s, const svg_panel *p, const double *x, const double *lo, const double *hi, size_t n,
              svg_style style) {
  int drawing = 0;
  fprintf(s->file, "<path clip-path=\"url(#panel%u)\" stroke=\"none\" fill=\"%s\" fill-opacity=\"0.2\" d=\"", p->id,
          style.colour);
  for (size_t i = 0; i < 2 * n; i++) { /* along hi, and back along lo */
    const size_t at = i < n ? i : 2 * n - 1 - i;
    const double px = to_x(p, x[at]), py = to_y(p, i < n ? hi[at] : lo[at]);
    if (!isfinite(px) || !isfinite(py)) continue;
    fprintf(s->file, "%c%.1f %.1f\n", drawing ? 'L' : 'M', fmax(-1e4, fmin(1e4, px)), fmax(-1e4, fmin(1e4, py)));
    drawing = 1;
  }
  fprintf(s->file, "%s\"/>\n", drawing ? "Z" : "");
}

void svg_bars(svg *s, const svg_panel *p, double lo, double hi, const double *heights, size_t n, svg_style style) {
  const double bottom = p->top + p->height;
  fprintf(s->file, "<path clip-path=\"url(#panel%u)\" fill=\"%s\" fill-opacity=\"0.3\" ", p->id, style.colour);
  put_stroke(s, style);
  fprintf(s->file, " d=\"M%.1f %.1f\n", to_x(p, lo), bottom);
  for (size_t i = 0; i < n; i++) { /* a height without a place, such as 0 on a log axis, is a bar of no height */
    const double y = to_y(p, heights[i]), at = isfinite(y) ? fmax(-1e4, fmin(bottom, y)) : bottom;
    const double left = to_x(p, lo + (hi - lo) * (double)i / (double)n), right = to_x(p, lo + (hi - lo) * (double)(i + 1) / (double)n);
    fprintf(s->file, "L%.1f %.1f L%.1f %.1f\n", left, at, right, at);
  }
  fprintf(s->file, "L%.1f %.1fZ\"/>\n", to_x(p, hi), bottom);
}

void svg_legend(svg *s, double left, double top, double width, size_t columns, const char *const names[],
                const svg_style styles[], size_t count) {
  for (size_t i = 0; i < count; i++) {
    const double x = left + width * (double)(i % columns) / (double)columns, y = top + 18.0 * (double)(i / columns);
    if (styles[i].mark) {
      put_mark(s, x + 18, y, styles[i]);
    } else {
      fprintf(s->file, "<line x1=\"%.1f\" y1=\"%.1f\" x2=\"%.1f\" y2=\"%.1f\" ", x, y, x + 36, y);
      put_stroke(s, styles[i]);
      fputs("/>\n", s->file);
    }
    svg_text(s, x + 43, y + 4, 12, "start", names[i]);
  }
}

svg_style svg_style_of(unsigned i) {
  static const svg_style styles[] = {
    {SVG_BLACK, NULL, 1.8, 0},    {SVG_RED, "7 3", 1.8, 0},            {SVG_BLUE, "2 2", 1.8, 0},             {SVG_GREEN, "9 3 2 3", 1.8, 0},
    {SVG_PURPLE, "18 4", 1.8, 0}, {SVG_ORANGE, "9 3 2 3 2 3", 1.8, 0}, {SVG_SKY, "4 4", 3.2, 0}, {SVG_GREY, "2 6", 2.2, 0},
  };
  return styles[i % (sizeof styles / sizeof *styles)];
}
