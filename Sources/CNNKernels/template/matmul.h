// Matrix product for float32 and float64.
//
// Element (i, j) is c = fma(a[i,k], b[k,j], c) over k in order, from +0, unbroken up to k = 1024;
// beyond that in panels of 512, each from +0, the panels' sums added in order. Tiles of six rows
// and one 64-byte vector of columns hold their sums in registers; tiling and packing change no bit.

enum {
  N(TILE_ROWS) = 6,
  N(TILE_COLUMNS) = 64 / sizeof(T),
  N(BLOCK_COLUMNS) = 1024 / sizeof(T),
  N(BLOCK_ROWS) = 48,
};

typedef T N(vector1) __attribute__((ext_vector_type(1)));
typedef T N(vector2) __attribute__((ext_vector_type(2)));
typedef T N(vector4) __attribute__((ext_vector_type(4)));
typedef T N(vector8) __attribute__((ext_vector_type(8)));
typedef T N(vector16) __attribute__((ext_vector_type(16)));

/// How a block of k goes into what `out` holds.
enum { N(FRESH), N(CONTINUED), N(ADDED) };

typedef void (*N(tile_function))(
  T *out, ptrdiff_t out_row, const T *a, ptrdiff_t a_row, ptrdiff_t a_step, const T *b,
  ptrdiff_t b_row, ptrdiff_t count, int mode);

#define ALL_ROWS _Pragma("clang loop unroll(full)") for (int r = 0; r < ROWS; r++)

/// out (ROWS, WIDTH) from a (ROWS, count) and b (count, WIDTH) with adjacent columns.
#define TILE(WIDTH, ROWS_)                                                                        \
  static void N(tile_##WIDTH##_##ROWS_)(                                                         \
    T *out, ptrdiff_t out_row, const T *a, ptrdiff_t a_row, ptrdiff_t a_step, const T *b,        \
    ptrdiff_t b_row, ptrdiff_t count, int mode) {                                                \
    enum { ROWS = ROWS_ };                                                                       \
    N(vector##WIDTH) sum[ROWS], y;                                                               \
    ALL_ROWS {                                                                                   \
      sum[r] = 0;                                                                                \
      if (mode == N(CONTINUED)) __builtin_memcpy(&sum[r], out + r * out_row, sizeof y);          \
    }                                                                                            \
    for (ptrdiff_t k = 0; k < count; k++, a += a_step, b += b_row) {                             \
      __builtin_memcpy(&y, b, sizeof y);                                                         \
      ALL_ROWS {                                                                                 \
        N(vector##WIDTH) x = a[r * a_row];                                                       \
        FMA_LANES(FMA, WIDTH, x, y, sum[r]);                                                     \
      }                                                                                          \
    }                                                                                            \
    ALL_ROWS {                                                                                   \
      if (mode == N(ADDED)) {                                                                    \
        __builtin_memcpy(&y, out + r * out_row, sizeof y);                                       \
        sum[r] = y + sum[r];                                                                     \
      }                                                                                          \
      __builtin_memcpy(out + r * out_row, &sum[r], sizeof y);                                    \
    }                                                                                            \
  }

#define TILES(WIDTH)                                                                              \
  TILE(WIDTH, 1) TILE(WIDTH, 2) TILE(WIDTH, 3) TILE(WIDTH, 4) TILE(WIDTH, 5) TILE(WIDTH, 6)

TILES(1)
TILES(2)
TILES(4)
TILES(8)
TILES(16)

#define TILE_ROW(WIDTH)                                                                           \
  {0, N(tile_##WIDTH##_1), N(tile_##WIDTH##_2), N(tile_##WIDTH##_3), N(tile_##WIDTH##_4),        \
   N(tile_##WIDTH##_5), N(tile_##WIDTH##_6)}

/// By the logarithm of the width, and the rows.
static const N(tile_function) N(tiles)[5][7] = {
  TILE_ROW(1), TILE_ROW(2), TILE_ROW(4), TILE_ROW(8), TILE_ROW(16)};

/// One row block against up to TILE_COLUMNS columns: whole vectors, then halves of them.
INLINE void N(tile_columns)(
  T *out, ptrdiff_t out_row, const T *a, ptrdiff_t a_row, ptrdiff_t a_step, const T *b,
  ptrdiff_t b_row, ptrdiff_t rows, ptrdiff_t count, ptrdiff_t columns, int mode) {
  int width = 8 * sizeof(T) == 64 ? 3 : 4;
  for (; columns > 0; width--) {
    if (columns < (ptrdiff_t)1 << width) continue;
    N(tiles)[width][rows](out, out_row, a, a_row, a_step, b, b_row, count, mode);
    out += (ptrdiff_t)1 << width;
    b += (ptrdiff_t)1 << width;
    columns -= (ptrdiff_t)1 << width;
  }
}

/// packed[panel][k][column]: panels of TILE_COLUMNS columns, the last as narrow as it is.
static void N(pack_columns)(
  T *packed, const T *b, ptrdiff_t b_row, ptrdiff_t b_column, ptrdiff_t count, ptrdiff_t columns) {
  for (ptrdiff_t j = 0; j < columns; j += N(TILE_COLUMNS)) {
    ptrdiff_t width = columns - j < N(TILE_COLUMNS) ? columns - j : N(TILE_COLUMNS);
    T *panel = packed + j * count;
    if (b_column == 1) {
      for (ptrdiff_t k = 0; k < count; k++, panel += width)
        if (width == N(TILE_COLUMNS))
          __builtin_memcpy(panel, b + k * b_row + j, N(TILE_COLUMNS) * sizeof(T));
        else
          for (ptrdiff_t i = 0; i < width; i++) panel[i] = b[k * b_row + j + i];
    } else {
      for (ptrdiff_t i = 0; i < width; i++)
        for (ptrdiff_t k = 0; k < count; k++)
          panel[k * width + i] = b[k * b_row + (j + i) * b_column];
    }
  }
}

/// packed[panel][k][row]: panels of TILE_ROWS rows, the last padded.
static void N(pack_rows)(
  T *packed, const T *a, ptrdiff_t a_row, ptrdiff_t a_step, ptrdiff_t rows, ptrdiff_t count) {
  for (ptrdiff_t k = 0; k < count; k++)
    for (ptrdiff_t i = 0; i < rows; i += N(TILE_ROWS)) {
      ptrdiff_t height = rows - i < N(TILE_ROWS) ? rows - i : N(TILE_ROWS);
      T *target = packed + i * count + k * N(TILE_ROWS);
      for (ptrdiff_t r = 0; r < height; r++) target[r] = a[(i + r) * a_row + k * a_step];
    }
}

/// One block of k and columns, all rows. `b` stands packed, or in place with adjacent columns.
static void N(multiply_block)(
  T *out, ptrdiff_t out_row, nn_matrix a, const T *b, ptrdiff_t b_row, int packed, T *room,
  ptrdiff_t rows, ptrdiff_t count, ptrdiff_t columns, int mode) {
  int pack = a.column != 1 && rows >= N(TILE_ROWS) && columns > N(TILE_COLUMNS) && room;
  ptrdiff_t high = pack ? N(BLOCK_ROWS) : N(TILE_ROWS);
  for (ptrdiff_t top = 0; top < rows; top += high) {
    ptrdiff_t block = rows - top < high ? rows - top : high;
    const T *first = (const T *)a.data + top * a.row;
    if (pack) N(pack_rows)(room, first, a.row, a.column, block, count);
    for (ptrdiff_t i = 0; i < block; i += N(TILE_ROWS)) {
      ptrdiff_t height = block - i < N(TILE_ROWS) ? block - i : N(TILE_ROWS);
      const T *left = pack ? room + i * count : first + i * a.row;
      for (ptrdiff_t j = 0; j < columns; j += N(TILE_COLUMNS)) {
        ptrdiff_t width = columns - j < N(TILE_COLUMNS) ? columns - j : N(TILE_COLUMNS);
        N(tile_columns)(
          out + (top + i) * out_row + j, out_row, left, pack ? 1 : a.row,
          pack ? N(TILE_ROWS) : a.column, packed ? b + j * count : b + j, packed ? width : b_row,
          height, count, width, mode);
      }
    }
  }
}

static int N(matmul)(
  void *out, nn_matrix a, nn_matrix b, ptrdiff_t rows, ptrdiff_t count, ptrdiff_t columns) {
  T *result = out;
  const T *right = b.data;
  if (rows * columns * count <= 4096 && b.column == 1 && count <= NN_UNBROKEN) {
    N(multiply_block)(
      result, columns, a, right, b.row, 0, 0, rows, count, columns, N(FRESH));
    return NN_OK;
  }
  T *room = nn_workspace((NN_PANEL * (N(BLOCK_COLUMNS) + N(BLOCK_ROWS))) * sizeof(T));
  if (!room) return NN_NO_MEMORY;
  int pack = b.column != 1 || rows > 2 * N(TILE_ROWS);
  for (ptrdiff_t j = 0; j < columns; j += N(BLOCK_COLUMNS)) {
    ptrdiff_t width = columns - j < N(BLOCK_COLUMNS) ? columns - j : N(BLOCK_COLUMNS);
    for (ptrdiff_t k = 0; k < count; k += NN_PANEL) {
      ptrdiff_t depth = count - k < NN_PANEL ? count - k : NN_PANEL;
      int mode = k == 0 ? N(FRESH) : count <= NN_UNBROKEN ? N(CONTINUED) : N(ADDED);
      const T *from = right + k * b.row + j * b.column;
      T *packed = room + NN_PANEL * N(BLOCK_ROWS);
      if (pack) N(pack_columns)(packed, from, b.row, b.column, depth, width);
      nn_matrix left = {(const T *)a.data + k * a.column, a.row, a.column};
      N(multiply_block)(
        result + j, columns, left, pack ? packed : from, b.row, pack, room, rows, depth, width,
        mode);
    }
  }
  return NN_OK;
}

#undef TILE
#undef TILES
#undef TILE_ROW
#undef ALL_ROWS
