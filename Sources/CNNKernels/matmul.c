#pragma STDC FP_CONTRACT OFF

// The entry to the matrix products, and the room they pack their operands in.

#include <stdlib.h>

#include "internal.h"

void *nn_workspace(size_t bytes) {
  static _Thread_local void *room;
  static _Thread_local size_t size;
  if (size < bytes) {
    free(room);
    bytes = (bytes + 63) & ~(size_t)63;
    room = aligned_alloc(64, bytes);
    size = room ? bytes : 0;
  }
  return room;
}

int nn_matmul(
  int dtype, void *out, nn_matrix a, nn_matrix b, ptrdiff_t rows, ptrdiff_t count,
  ptrdiff_t columns) {
  return nn_active->matmul[dtype](out, a, b, rows, count, columns);
}
