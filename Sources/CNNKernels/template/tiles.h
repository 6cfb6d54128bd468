// The innermost loops of matrix products: a tile of `out` of up to NN_TILE_ROWS rows and two
// vectors of columns, whose sums stay in registers while k runs.
//
// Which element meets which is the caller's plan; a tile only continues each sum in the order of k.
// There is one function for every number of rows, one or two vectors, and an edge where the last
// vector is not whole.

enum { N(AHEAD) = 8 }; // rows of b from what is multiplied to what is fetched

/// How a run of k goes into what `out` holds: from +0; going on with its sums; or from +0, the sum
/// added to it.
enum { N(FRESH), N(CONTINUED), N(ADDED) };

/// out (rows, columns) from a (rows, count) and b (count, columns). Columns of `out` and `b` are
/// adjacent.
typedef struct {
  T *out;
  ptrdiff_t out_row;
  const T *a;
  ptrdiff_t a_row, a_step; // from row to row and from k to k
  const T *b;
  ptrdiff_t b_row;
  ptrdiff_t count;
  const char *soon; // what is read after this tile: fetched into the cache bit by bit
  ptrdiff_t soon_step, soon_pair; // from k to k, and to a second line
  int mode;
  int last; // columns in the last vector
} N(tile);

typedef void (*N(tile_function))(const N(tile) *);

#define EACH_ROW _Pragma("clang loop unroll(full)") for (int r = 0; r < ROWS; r++)
#define EACH_VECTOR _Pragma("clang loop unroll(full)") for (int v = 0; v < VECTORS; v++)
#define EACH_BASE _Pragma("clang loop unroll(full)") for (int i = 0; i < BASES; i++)

/// Rows are reached from every third one: more addresses than that do not fit the registers, which
/// the empty asm keeps the compiler from trying.
#define TILE(NAME, ROWS_, VECTORS_, EDGE)                                                         \
  static void NAME(const N(tile) *t) {                                                            \
    enum { ROWS = ROWS_, VECTORS = VECTORS_, BASES = (ROWS + 2) / 3 };                            \
    N(vector) sum[ROWS][VECTORS], y[VECTORS];                                                     \
    N(edge) edge = N(edge_of)(t->last);                                                           \
    (void)edge;                                                                                   \
    T *out = t->out;                                                                              \
    const T *b = t->b, *base[BASES];                                                              \
    ptrdiff_t a_row = t->a_row, a_step = t->a_step, b_row = t->b_row, out_row = t->out_row;       \
    const char *soon = t->soon;                                                                   \
    ptrdiff_t soon_step = t->soon_step, soon_pair = t->soon_pair;                                 \
    EACH_BASE base[i] = t->a + 3 * i * a_row;                                                     \
    EACH_ROW __builtin_prefetch(out + r * out_row, 1);                                            \
    EACH_ROW EACH_VECTOR sum[r][v] = 0;                                                           \
    if (t->mode == N(CONTINUED)) EACH_ROW EACH_VECTOR                                             \
      sum[r][v] = EDGE && v == VECTORS - 1 ? N(load_edge)(out + r * out_row + v * N(LANES), edge) \
                                           : N(load)(out + r * out_row + v * N(LANES));           \
    for (ptrdiff_t k = t->count; k > 0; k--) {                                                    \
      EACH_VECTOR {                                                                               \
        __builtin_prefetch(b + N(AHEAD) * b_row + v * N(LANES));                                \
        y[v] = EDGE && v == VECTORS - 1 ? N(load_edge)(b + v * N(LANES), edge)                    \
                                        : N(load)(b + v * N(LANES));                              \
      }                                                                                           \
      __builtin_prefetch(soon, 0, 2);                                                             \
      __builtin_prefetch(soon + soon_pair, 0, 2);                                                 \
      soon += soon_step;                                                                          \
      EACH_ROW {                                                                                  \
        N(vector) x = base[r / 3][r % 3 * a_row];                                                 \
        EACH_VECTOR FMA_LANES(FMA, N(LANES), x, y[v], sum[r][v]);                                 \
      }                                                                                           \
      b += b_row;                                                                                 \
      EACH_BASE {                                                                                 \
        base[i] += a_step;                                                                        \
        __asm__("" : "+r"(base[i]));                                                              \
      }                                                                                           \
    }                                                                                             \
    EACH_ROW EACH_VECTOR {                                                                        \
      T *to = out + r * out_row + v * N(LANES);                                                   \
      if (EDGE && v == VECTORS - 1) {                                                             \
        if (t->mode == N(ADDED)) sum[r][v] = N(load_edge)(to, edge) + sum[r][v];                  \
        N(store_edge)(to, sum[r][v], edge);                                                       \
      } else {                                                                                    \
        if (t->mode == N(ADDED)) sum[r][v] = N(load)(to) + sum[r][v];                             \
        N(store)(to, sum[r][v]);                                                                  \
      }                                                                                           \
    }                                                                                             \
  }

#define TILES(ROWS)                                                                               \
  TILE(N(tile_##ROWS##_1), ROWS, 1, 0)                                                            \
  TILE(N(tile_##ROWS##_2), ROWS, 2, 0)                                                            \
  TILE(N(edge_##ROWS##_1), ROWS, 1, 1)                                                            \
  TILE(N(edge_##ROWS##_2), ROWS, 2, 1)

#define TILE_NAMES(ROWS)                                                                          \
  {{N(tile_##ROWS##_1), N(tile_##ROWS##_2)}, {N(edge_##ROWS##_1), N(edge_##ROWS##_2)}}

TILES(1) TILES(2) TILES(3) TILES(4) TILES(5) TILES(6)
#if NN_TILE_ROWS == 14
TILES(7) TILES(8) TILES(9) TILES(10) TILES(11) TILES(12) TILES(13) TILES(14)
#endif

/// By rows - 1, whether the last vector is an edge, and vectors - 1.
static const N(tile_function) N(tiles)[NN_TILE_ROWS][2][2] = {
  TILE_NAMES(1), TILE_NAMES(2), TILE_NAMES(3), TILE_NAMES(4), TILE_NAMES(5), TILE_NAMES(6),
#if NN_TILE_ROWS == 14
  TILE_NAMES(7), TILE_NAMES(8), TILE_NAMES(9), TILE_NAMES(10), TILE_NAMES(11), TILE_NAMES(12),
  TILE_NAMES(13), TILE_NAMES(14),
#endif
};

/// The function for so many rows and up to two vectors of columns; sets `last`.
INLINE N(tile_function) N(tile_for)(N(tile) *t, ptrdiff_t rows, ptrdiff_t columns) {
  int two = columns > N(LANES);
  t->last = (int)(two ? columns - N(LANES) : columns);
  return N(tiles)[rows - 1][t->last < N(LANES)][two];
}

#undef TILE
#undef TILES
#undef TILE_NAMES
#undef EACH_ROW
#undef EACH_VECTOR
#undef EACH_BASE
