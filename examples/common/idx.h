/* SPDX-License-Identifier: MIT
 * Reader of IDX files, the format of MNIST: two zero bytes, a type (8 is unsigned byte), the number of dimensions, the
 * dimensions as big-endian 32-bit numbers, then the bytes. Whatever the bytes are, the answer is an array or a reason,
 * never undefined behaviour.
 *
 *     idx_array a;
 *     if (idx_parse(&a, bytes, length, 3) == IDX_OK) use(a.data, a.dim[0], a.dim[1], a.dim[2]);
 */
#ifndef EXAMPLES_IDX_H
#define EXAMPLES_IDX_H

#include <stddef.h>

#define IDX_MAX_DIMS 4

typedef struct idx_array {
  size_t dims;
  size_t dim[IDX_MAX_DIMS];
  size_t size;               /* product of the dimensions: bytes at data */
  const unsigned char *data; /* inside the buffer that was parsed        */
} idx_array;

typedef enum idx_status {
  IDX_OK,
  IDX_SHORT_HEADER, /* the file ends inside its header                  */
  IDX_GZIP,         /* compressed                                       */
  IDX_BAD_MAGIC,    /* not an IDX file                                  */
  IDX_BAD_TYPE,     /* elements that are not unsigned bytes             */
  IDX_BAD_DIMS,     /* another number of dimensions than asked for      */
  IDX_TOO_LARGE,    /* the product of the dimensions overflows          */
  IDX_TRUNCATED,    /* fewer bytes than the dimensions promise          */
  IDX_TRAILING      /* more bytes than the dimensions promise           */
} idx_status;

/* Parses `length` bytes as an IDX array of `dims` dimensions. Nothing is copied; *out is written only on IDX_OK. */
idx_status idx_parse(idx_array *out, const unsigned char *bytes, size_t length, size_t dims);
const char *idx_strerror(idx_status status);

/* Reads a file. On success returns its contents, to be passed to free(), with *out pointing into them; otherwise
 * returns null and writes to message (of `size` bytes) one line that names the file and the cause. Files beyond
 * IDX_MAX_FILE bytes are refused. */
#define IDX_MAX_FILE ((size_t)1 << 30)
unsigned char *idx_read(idx_array *out, const char *path, size_t dims, char *message, size_t size);

#endif
