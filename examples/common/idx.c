/* SPDX-License-Identifier: MIT */
#include "idx.h"

#include <errno.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

idx_status idx_parse(idx_array *out, const unsigned char *bytes, size_t length, size_t dims) {
  idx_array a = {0};
  if (length >= 2 && bytes[0] == 0x1F && bytes[1] == 0x8B) return IDX_GZIP;
  if (length < 4) return IDX_SHORT_HEADER;
  if (bytes[0] != 0 || bytes[1] != 0) return IDX_BAD_MAGIC;
  if (bytes[2] != 8) return IDX_BAD_TYPE;
  if (bytes[3] != dims || dims == 0 || dims > IDX_MAX_DIMS) return IDX_BAD_DIMS;
  const size_t header = 4 + 4 * dims;
  if (length < header) return IDX_SHORT_HEADER;
  a.dims = dims;
  a.size = 1;
  int overflow = 0;
  for (size_t i = 0; i < dims; i++) {
    const unsigned char *p = bytes + 4 + 4 * i;
    const uint32_t n = (uint32_t)p[0] << 24 | (uint32_t)p[1] << 16 | (uint32_t)p[2] << 8 | (uint32_t)p[3];
    a.dim[i] = (size_t)n;
    if (n != 0 && a.size > SIZE_MAX / (size_t)n) overflow = 1;
    else a.size *= (size_t)n;
  }
  if (overflow) return IDX_TOO_LARGE;
  if (length - header < a.size) return IDX_TRUNCATED;
  if (length - header > a.size) return IDX_TRAILING;
  a.data = bytes + header;
  *out = a;
  return IDX_OK;
}

const char *idx_strerror(idx_status status) {
  switch (status) {
    case IDX_OK: return "success";
    case IDX_SHORT_HEADER: return "the file ends inside its header";
    case IDX_GZIP: return "the file is compressed; unpack it first (gunzip)";
    case IDX_BAD_MAGIC: return "not an IDX file (it does not start with two zero bytes)";
    case IDX_BAD_TYPE: return "an IDX file, but its elements are not unsigned bytes";
    case IDX_BAD_DIMS:
      return "an IDX file with another number of dimensions than expected (images and labels exchanged?)";
    case IDX_TOO_LARGE: return "the dimensions in its header are impossibly large";
    case IDX_TRUNCATED: return "truncated: it holds fewer bytes than its header promises";
    case IDX_TRAILING: return "it holds more bytes than its header promises";
  }
  return "unknown error";
}

static unsigned char *idx_fail(FILE *file, unsigned char *bytes, char *message, size_t size, const char *path,
                               const char *why) {
  snprintf(message, size, "%s: %s", path, why);
  free(bytes);
  if (file) fclose(file);
  return NULL;
}

unsigned char *idx_read(idx_array *out, const char *path, size_t dims, char *message, size_t size) {
  FILE *file = fopen(path, "rb");
  if (!file) return idx_fail(NULL, NULL, message, size, path, strerror(errno));
  unsigned char *bytes = NULL;
  size_t length = 0, room = 0;
  for (;;) { /* read to the end: works for pipes, and does not trust a size */
    if (length == room) {
      if (room >= IDX_MAX_FILE) return idx_fail(file, bytes, message, size, path, "the file is larger than 1 GiB");
      room = room ? 2 * room : (size_t)1 << 16;
      unsigned char *more = realloc(bytes, room);
      if (!more) return idx_fail(file, bytes, message, size, path, "out of memory");
      bytes = more;
    }
    errno = 0;
    const size_t got = fread(bytes + length, 1, room - length, file);
    length += got;
    if (got == 0) break;
  }
  if (ferror(file)) return idx_fail(file, bytes, message, size, path, errno ? strerror(errno) : "read error");
  fclose(file);
  const idx_status status = idx_parse(out, bytes, length, dims);
  if (status != IDX_OK) return idx_fail(NULL, bytes, message, size, path, idx_strerror(status));
  return bytes;
}
