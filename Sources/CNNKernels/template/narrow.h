// Rows of up to 16 elements, as the last layer of a classifier has them: one vector of 16 lanes
// each, folded by the same halving tree as longer rows. Lanes behind the row's end hold what
// changes no result.

// Vectors wider than the machine's pass between functions here, all of them inlined.
#pragma clang diagnostic ignored "-Wpsabi"

typedef struct {
  N(edge) edges[16 / N(LANES)];
  ptrdiff_t columns;
} N(narrow);

INLINE N(narrow) N(narrow_of)(ptrdiff_t columns) {
  N(narrow) row = {.columns = columns};
#pragma clang loop unroll(full)
  for (int v = 0; v < 16 / N(LANES); v++) {
    ptrdiff_t lanes = columns - v * N(LANES);
    row.edges[v] = N(edge_of)(lanes < 0 ? 0 : lanes < N(LANES) ? lanes : N(LANES));
  }
  return row;
}

/// Zeros behind the end.
INLINE N(lanes) N(load_narrow)(const T *from, const N(narrow) *row) {
  N(vector) parts[16 / N(LANES)];
#pragma clang loop unroll(full)
  for (int v = 0; v < 16 / N(LANES); v++)
    parts[v] = N(load_edge)(from + v * N(LANES), row->edges[v]);
  N(lanes) x;
  __builtin_memcpy(&x, parts, sizeof x);
  return x;
}

INLINE void N(store_narrow)(T *to, N(lanes) x, const N(narrow) *row) {
  N(vector) parts[16 / N(LANES)];
  __builtin_memcpy(parts, &x, sizeof x);
#pragma clang loop unroll(full)
  for (int v = 0; v < 16 / N(LANES); v++)
    N(store_edge)(to + v * N(LANES), parts[v], row->edges[v]);
}

typedef U N(lane_places) __attribute__((ext_vector_type(16)));
typedef T N(lanes_8) __attribute__((ext_vector_type(8)));
typedef T N(lanes_4) __attribute__((ext_vector_type(4)));
typedef T N(lanes_2) __attribute__((ext_vector_type(2)));

/// The lanes' sum. Each began at +0, so that no -0 is left.
INLINE T N(narrow_sum)(N(lanes) x) {
  x = x + 0;
  N(lanes_8) eight = x.lo + x.hi;
  N(lanes_4) four = eight.lo + eight.hi;
  N(lanes_2) two = four.lo + four.hi;
  return two.x + two.y;
}

/// The largest of the row's elements; nan if one is.
INLINE T N(narrow_max)(N(lanes) x, ptrdiff_t columns) {
#define LARGER(x, y) ((((x) > (y)) | ((x) != (x))) ? (x) : (y))
  const N(lane_places) places = {0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15};
  N(lanes) first = x.x;
  x = places < (N(lane_places))(U)columns ? x : first;
  N(lanes_8) eight = LARGER(x.hi, x.lo);
  N(lanes_4) four = LARGER(eight.hi, eight.lo);
  N(lanes_2) two = LARGER(four.hi, four.lo);
  return two.y > two.x || two.y != two.y ? two.y : two.x;
#undef LARGER
}

static void N(narrow_softmax)(T *out, const T *z, ptrdiff_t rows, ptrdiff_t columns) {
  N(narrow) row = N(narrow_of)(columns);
  ptrdiff_t count = rows * columns;
  for (ptrdiff_t r = 0; r < count; r += columns) {
    N(lanes) x = N(load_narrow)(z + r, &row);
    N(store_narrow)(out + r, x - N(narrow_max)(x, columns), &row);
  }
  N(row_exp)(out, out, count);
  for (ptrdiff_t r = 0; r < count; r += columns) {
    N(lanes) e = N(load_narrow)(out + r, &row);
    N(store_narrow)(out + r, e / N(narrow_sum)(e), &row);
  }
}

static void N(narrow_sums)(T *out, const T *a, ptrdiff_t rows, ptrdiff_t columns) {
  N(narrow) row = N(narrow_of)(columns);
  for (ptrdiff_t r = 0; r < rows; r++)
    out[r] = N(narrow_sum)(N(load_narrow)(a + r * columns, &row));
}

/// out[j] = the sum of the rows, one after the other, for up to 16 columns from `a` on.
static void N(narrow_column_sums)(
  T *out, const T *a, ptrdiff_t a_row, ptrdiff_t rows, ptrdiff_t columns) {
  N(narrow) row = N(narrow_of)(columns);
  N(lanes) sum = 0;
  for (ptrdiff_t r = 0; r < rows; r++) sum = sum + N(load_narrow)(a + r * a_row, &row);
  N(store_narrow)(out, sum, &row);
}

/// In how many rows the first of the largest elements, or else the first nan, stands where
/// `classes` tells.
static ptrdiff_t N(narrow_count_right)(
  const T *a, const ptrdiff_t *classes, ptrdiff_t rows, ptrdiff_t columns) {
  N(narrow) row = N(narrow_of)(columns);
  ptrdiff_t right = 0;
  for (ptrdiff_t r = 0; r < rows; r++, a += columns) {
    T top = N(narrow_max)(N(load_narrow)(a, &row), columns);
    ptrdiff_t place = classes[r];
    if (place < 0 || place >= columns) continue;
#define IS_TOP(x) (top == top ? (x) == top : (x) != (x))
    int is_right = IS_TOP(a[place]);
    if (is_right)
      for (ptrdiff_t j = 0; j < place; j++) is_right &= !IS_TOP(a[j]);
#undef IS_TOP
    right += is_right;
  }
  return right;
}
