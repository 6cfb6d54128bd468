// Parts of matrices copied to where a tile reads them one after the other. What stands behind the
// last row or column is padding that no tile reads into a result.

typedef T N(eight) __attribute__((ext_vector_type(8)));

/// to[c * to_step + r] = from[r * from_row + c] for 8 rows and 8 columns.
INLINE void N(transpose_8)(T *to, ptrdiff_t to_step, const T *from, ptrdiff_t from_row) {
#define PAIRS(x, y, low, high)                                                                    \
  low = __builtin_shufflevector(x, y, 0, 8, 2, 10, 4, 12, 6, 14);                                 \
  high = __builtin_shufflevector(x, y, 1, 9, 3, 11, 5, 13, 7, 15);
#define FOURS(x, y, low, high)                                                                    \
  low = __builtin_shufflevector(x, y, 0, 1, 8, 9, 4, 5, 12, 13);                                  \
  high = __builtin_shufflevector(x, y, 2, 3, 10, 11, 6, 7, 14, 15);
#define HALVES(x, y, low, high)                                                                   \
  low = __builtin_shufflevector(x, y, 0, 1, 2, 3, 8, 9, 10, 11);                                  \
  high = __builtin_shufflevector(x, y, 4, 5, 6, 7, 12, 13, 14, 15);
  N(eight) a[8], b[8];
#pragma clang loop unroll(full)
  for (int i = 0; i < 8; i++) __builtin_memcpy(&a[i], from + i * from_row, sizeof a[i]);
  PAIRS(a[0], a[1], b[0], b[1]) PAIRS(a[2], a[3], b[2], b[3])
  PAIRS(a[4], a[5], b[4], b[5]) PAIRS(a[6], a[7], b[6], b[7])
  FOURS(b[0], b[2], a[0], a[2]) FOURS(b[1], b[3], a[1], a[3])
  FOURS(b[4], b[6], a[4], a[6]) FOURS(b[5], b[7], a[5], a[7])
  HALVES(a[0], a[4], b[0], b[4]) HALVES(a[1], a[5], b[1], b[5])
  HALVES(a[2], a[6], b[2], b[6]) HALVES(a[3], a[7], b[3], b[7])
#pragma clang loop unroll(full)
  for (int i = 0; i < 8; i++) __builtin_memcpy(to + i * to_step, &b[i], sizeof b[i]);
#undef PAIRS
#undef FOURS
#undef HALVES
}

/// to[k * to_step + r] = from[r * from_row + k] for up to `rows` rows; rows are sequences.
static void N(pack_sequences)(
  T *to, ptrdiff_t to_step, const T *from, ptrdiff_t from_row, ptrdiff_t rows, ptrdiff_t count) {
  for (ptrdiff_t r = 0; r < rows; r += 8) {
    const T *first = from + r * from_row;
    ptrdiff_t k = 0;
    if (rows - r >= 8)
      for (; k + 8 <= count; k += 8)
        N(transpose_8)(to + r + k * to_step, to_step, first + k, from_row);
    for (ptrdiff_t i = 0; i < 8 && r + i < rows; i++)
      for (ptrdiff_t l = k; l < count; l++) to[l * to_step + r + i] = first[i * from_row + l];
  }
}

/// strip[k][column] of up to STRIP columns.
static void N(pack_strip)(
  T *strip, const T *b, ptrdiff_t b_row, ptrdiff_t b_column, ptrdiff_t count, ptrdiff_t columns) {
  if (b_column == 1 && columns == N(STRIP)) {
    for (ptrdiff_t k = 0; k < count; k++)
      __builtin_memcpy(strip + k * N(STRIP), b + k * b_row, N(STRIP) * sizeof(T));
  } else if (b_row == 1) {
    N(pack_sequences)(strip, N(STRIP), b, b_column, columns, count);
  } else {
    for (ptrdiff_t k = 0; k < count; k++)
      for (ptrdiff_t i = 0; i < columns; i++)
        strip[k * N(STRIP) + i] = b[k * b_row + i * b_column];
  }
}

/// packed[tile][k][row]: tiles as even as they can be, PACKED_ROWS places each.
static void N(pack_rows)(
  T *packed, const T *a, ptrdiff_t a_row, ptrdiff_t a_column, ptrdiff_t rows, ptrdiff_t count,
  ptrdiff_t tiles) {
  for (ptrdiff_t i = 0; i < tiles; i++) {
    ptrdiff_t first = N(cut)(rows, tiles, i), height = N(cut)(rows, tiles, i + 1) - first;
    for (ptrdiff_t k = 0; k < count; k++, packed += N(PACKED_ROWS))
      for (ptrdiff_t r = 0; r < height; r++)
        packed[r] = a[(first + r) * a_row + k * a_column];
  }
}
