#pragma STDC FP_CONTRACT OFF

// The entry to the matrix products, and the room they pack their operands in.

#include <stdlib.h>

#include "internal.h"

#if defined(__linux__)
#include <sys/mman.h>
#endif

enum { LARGE_PAGE = 1 << 21 };

void *nn_workspace(int place, size_t bytes) {
  static _Thread_local struct {
    void *room;
    size_t size;
  } kept[NN_ROOMS];
  if (kept[place].size < bytes) {
    size_t unit = bytes < LARGE_PAGE ? 64 : LARGE_PAGE;
    bytes = (bytes + unit - 1) / unit * unit;
    free(kept[place].room);
    kept[place].room = aligned_alloc(unit, bytes);
    kept[place].size = kept[place].room ? bytes : 0;
#if defined(__linux__)
    // Fewer pages to look up; if there are none that large, the room is as good.
    if (unit == LARGE_PAGE && kept[place].room)
      madvise(kept[place].room, bytes, MADV_HUGEPAGE);
#endif
  }
  return kept[place].room;
}

int nn_matmul(
  int dtype, void *out, nn_matrix a, nn_matrix b, ptrdiff_t rows, ptrdiff_t count,
  ptrdiff_t columns) {
  return nn_active->matmul[dtype](out, a, b, rows, count, columns);
}

ptrdiff_t nn_packed_size(int path, int dtype, ptrdiff_t count, ptrdiff_t columns) {
  return nn_kernels_of(path)->training[dtype].packed_size(count, columns);
}

void nn_pack_right(
  int path, int dtype, void *packed, nn_matrix b, ptrdiff_t count, ptrdiff_t columns) {
  nn_kernels_of(path)->training[dtype].pack_right(packed, b, count, columns);
}

int nn_matmul_packed(
  int path, int dtype, void *out, nn_matrix a, const void *packed, ptrdiff_t rows,
  ptrdiff_t count, ptrdiff_t columns) {
  return nn_kernels_of(path)->training[dtype].matmul_packed(out, a, packed, rows, count, columns);
}
