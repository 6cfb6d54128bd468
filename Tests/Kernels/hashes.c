// What the kernels compute, as one hash a line: the same on every path of a machine, at any number
// of threads and with any tiling, which this program tries itself, and on every machine, which its
// callers see by comparing what it prints.
//
// Products are compared with a triple loop of fma besides. Exit status 1 tells of a difference.
#pragma STDC FP_CONTRACT OFF

#include "hashing.h"

/// Numbers whose sums round differently in every order.
static double number(void) {
  double size = 1 + (double)(draw() & 0xfffff) / 7;
  return ldexp(draw() & 1 ? -size : size, -(int)(draw() & 15));
}

static const double specials[] = {
  0.0, -0.0, INFINITY, -INFINITY, NAN, 5e-324, -1e-310, 1e-160, -3e-150, 1e-45, 2e-39, 1e300,
  -1.7e308, 1e200, 3e38, -3e38, 1, -1, 0.5, 2, 710, 709.5, -745, -746, 88.5, 89, -103.5, -105, 1e22,
  3e8, 268435455.5, -1e16, 1.5, 2.5, -2.5, 20, 45, 1e-9, -1e-17, 0x1p-25, 0x1p-54};
enum { SPECIALS = sizeof specials / sizeof *specials };

static void set(int dtype, void *data, ptrdiff_t i, double x) {
  if (dtype == NN_FLOAT64) ((double *)data)[i] = x;
  else if (dtype == NN_FLOAT32) ((float *)data)[i] = (float)x;
  else if (dtype == NN_INT64) ((int64_t *)data)[i] = (int64_t)x;
  else ((uint8_t *)data)[i] = (uint8_t)(dtype == NN_BOOL ? x > 0 : (int)fabs(fmod(x, 256)));
}

// Products.

typedef struct {
  ptrdiff_t rows, count, columns;
} product_shape;

static const product_shape small_shapes[] = {
  {1, 30, 5}, {1, 5, 3}, {3, 3, 6}, {1, 1, 1}, {5, 1, 7}, {2, 0, 3}, {150, 4, 6}, {4, 150, 6},
  {7, 13, 9}, {6, 16, 8}, {13, 512, 17}, {5, 513, 33}, {30, 1024, 20}, {15, 1025, 31},
  {3, 1536, 1}, {1, 2500, 70}, {41, 7, 300}, {64, 1100, 16}, {29, 700, 15}, {43, 40, 47},
  {14, 65, 32}, {42, 64, 18}, {1, 300, 200}, {90, 1, 90}};
static const product_shape large_shapes[] = {
  {180, 784, 128}, {300, 600, 128}, {1400, 784, 16}, {16, 784, 1500}, {300, 3600, 16},
  {45, 1300, 300}, {300, 130, 601}};

static double element(int dtype, nn_matrix m, ptrdiff_t i, ptrdiff_t j) {
  ptrdiff_t place = i * m.row + j * m.column;
  return dtype == NN_FLOAT64 ? ((const double *)m.data)[place] : ((const float *)m.data)[place];
}

/// The plainest program that follows the rule.
static double oracle(
  int dtype, nn_matrix a, nn_matrix b, ptrdiff_t i, ptrdiff_t j, ptrdiff_t count) {
  double total = 0;
  ptrdiff_t panel = count <= 1024 ? 1024 : 512;
  for (ptrdiff_t start = 0; start < count; start += panel) {
    double sum = 0;
    for (ptrdiff_t k = start; k < start + panel && k < count; k++) {
      double x = element(dtype, a, i, k), y = element(dtype, b, k, j);
      sum = dtype == NN_FLOAT64 ? fma(x, y, sum) : fmaf((float)x, (float)y, (float)sum);
    }
    if (start == 0) total = sum;
    else total = dtype == NN_FLOAT64 ? total + sum : (float)total + (float)sum;
  }
  return total;
}

static void check_product(
  int dtype, const void *out, nn_matrix a, nn_matrix b, product_shape s, ptrdiff_t step) {
  ptrdiff_t wrong = 0;
  for (ptrdiff_t place = 0; place < s.rows * s.columns; place += step) {
    double expected = oracle(dtype, a, b, place / s.columns, place % s.columns, s.count);
    double found =
      dtype == NN_FLOAT64 ? ((const double *)out)[place] : ((const float *)out)[place];
    int same = memcmp(&expected, &found, 8) == 0 || (expected != expected && found != found);
    wrong += !same;
  }
  if (wrong == 0) return;
  printf("%td elements of a product are wrong\n", wrong);
  differences++;
}

/// A matrix in one of four forms: rows, columns, every third element, or backwards.
static nn_matrix laid(
  int dtype, const double *values, int form, void *data, ptrdiff_t rows, ptrdiff_t columns) {
  ptrdiff_t step = form == 2 ? 3 : 1;
  nn_matrix m = {data, form == 1 ? 1 : columns * step, form == 1 ? rows : step};
  ptrdiff_t start = 0;
  if (form == 3 && rows * columns > 0) {
    m.row = -m.row, m.column = -m.column;
    start = rows * columns - 1;
  }
  for (ptrdiff_t i = 0; i < rows; i++)
    for (ptrdiff_t j = 0; j < columns; j++)
      set(dtype, data, start + i * m.row + j * m.column, values[i * columns + j]);
  m.data = (char *)data + start * (dtype == NN_FLOAT64 ? 8 : 4);
  return m;
}

/// `slow`: fewer forms, not the slow path, but several threads.
static void products(const product_shape *shapes, size_t count, int slow, int special) {
  for (size_t index = 0; index < count; index++) {
    product_shape s = shapes[index];
    double *left = room(s.rows * s.count), *right = room(s.count * s.columns);
    for (ptrdiff_t i = 0; i < s.rows * s.count; i++)
      left[i] = special && draw() % 7 == 0 ? specials[draw() % SPECIALS] : number();
    for (ptrdiff_t i = 0; i < s.count * s.columns; i++)
      right[i] = special && draw() % 50 == 0 ? specials[draw() % SPECIALS] : number();
    void *a_data = room(3 * s.rows * s.count), *b_data = room(3 * s.count * s.columns);
    void *out = room(s.rows * s.columns);
    for (int dtype = NN_FLOAT32; dtype <= NN_FLOAT64; dtype++) {
      uint64_t first = 0;
      char name[100];
      snprintf(name, sizeof name, "product %td x %td x %td %s%s", s.rows, s.count, s.columns,
        dtype_names[dtype], special ? " with special values" : "");
      for (int form = 0; form < 16; form++) {
        if (slow && form != 0 && form != 1 && form != 4) continue;
        nn_matrix a = laid(dtype, left, form % 4, a_data, s.rows, s.count);
        nn_matrix b = laid(dtype, right, form / 4, b_data, s.count, s.columns);
        for (int path = 0; path < NN_PATHS; path++) {
          if (!nn_path_exists(path) || (slow && path == NN_PORTABLE)) continue;
          nn_select_path(path);
          for (int threads = 1; threads <= (slow ? 3 : 1); threads++) {
            nn_set_threads(threads);
            memset(out, 0x55, (size_t)(s.rows * s.columns) * 8);
            if (nn_matmul(dtype, out, a, b, s.rows, s.count, s.columns) != NN_OK) exit(2);
            agree(name, &first, hash_of(dtype, out, s.rows * s.columns), path, threads);
            if (form == 0 && threads == 1) check_product(dtype, out, a, b, s, slow ? 997 : 1);
          }
        }
      }
      printf("%s %016llx\n", name, (unsigned long long)first);
    }
    free(left), free(right), free(a_data), free(b_data), free(out);
  }
}

// Functions and reductions.

enum { NUMBERS = 3000 };

static void fill(int dtype, void *data, int seed) {
  state = (uint64_t)seed;
  for (int i = 0; i < NUMBERS; i++) {
    int special = i % 5 == 0 || i < SPECIALS;
    double x = i < SPECIALS ? specials[i] : special ? specials[draw() % SPECIALS] : number();
    if (i % 5 == 1) x = ldexp(x, -20);
    if (i % 5 == 2) x = ldexp(x, -14);
    if (dtype <= NN_INT64 && !(fabs(x) < 1e15)) x = i;
    set(dtype, data, i, x);
  }
}

static const int float_unary[] = {
  NN_NEGATE, NN_LOGICAL_NOT, NN_ABS, NN_SIGN, NN_SQRT, NN_SQUARE, NN_EXP, NN_LOG, NN_LOG1P,
  NN_EXPM1, NN_SIN, NN_COS, NN_TAN, NN_TANH, NN_ARCTAN, NN_FLOOR, NN_CEIL, NN_ISNAN, NN_ISFINITE,
  NN_SIGMOID, NN_SOFTPLUS, NN_RINT};

static void functions(void) {
  void *x = room(NUMBERS), *y = room(NUMBERS), *out = room(NUMBERS);
  for (int dtype = NN_FLOAT32; dtype <= NN_FLOAT64; dtype++) {
    fill(dtype, x, 5);
    fill(dtype, y, 6);
    ptrdiff_t size = dtype == NN_FLOAT64 ? 8 : 4;
    for (size_t f = 0; f < sizeof float_unary / sizeof *float_unary; f++) {
      int op = float_unary[f];
      int flags = op == NN_LOGICAL_NOT || op == NN_ISNAN || op == NN_ISFINITE;
      ptrdiff_t out_size = flags ? 1 : size;
      uint64_t first = 0;
      char name[100];
      snprintf(name, sizeof name, "function %d %s", op, dtype_names[dtype]);
      for (int path = 0; path < NN_PATHS; path++) {
        if (!nn_path_exists(path)) continue;
        nn_select_path(path);
        nn_unary_row(op, dtype, out, x, NUMBERS);
        agree(name, &first, hash_of(flags ? NN_BOOL : dtype, out, NUMBERS), path, 1);
        // The same in rows of every short length.
        memset(out, 0x55, (size_t)(NUMBERS * out_size));
        for (ptrdiff_t start = 0, length = 1; start < NUMBERS; start += length, length++) {
          if (length > NUMBERS - start) length = NUMBERS - start;
          nn_unary_row(
            op, dtype, (char *)out + start * out_size, (char *)x + start * size, length);
        }
        agree(name, &first, hash_of(flags ? NN_BOOL : dtype, out, NUMBERS), path, 1);
      }
      printf("%s %016llx\n", name, (unsigned long long)first);
    }
  }
  for (int dtype = NN_UINT8; dtype <= NN_FLOAT64; dtype++) {
    fill(dtype, x, 7);
    fill(dtype, y, 8);
    for (int op = 0; op < NN_BINARY_OPERATIONS; op++) {
      int bits = op >= NN_BIT_AND && op <= NN_BIT_XOR, floats = dtype >= NN_FLOAT32;
      if ((floats && bits) || (!floats && (op == NN_DIVIDE || op == NN_POWER))) continue;
      int result = op >= NN_EQUAL ? NN_BOOL : dtype;
      uint64_t first = 0;
      char name[100];
      snprintf(name, sizeof name, "operation %d %s", op, dtype_names[dtype]);
      for (int path = 0; path < NN_PATHS; path++) {
        if (!nn_path_exists(path)) continue;
        nn_select_path(path);
        nn_binary_row(op, dtype, out, x, 1, y, 1, NUMBERS);
        agree(name, &first, hash_of(result, out, NUMBERS), path, 1);
      }
      printf("%s %016llx\n", name, (unsigned long long)first);
    }
  }
  free(x), free(y), free(out);
}

static void reductions(void) {
  void *x = room(NUMBERS), *out = room(NUMBERS);
  ptrdiff_t rows = 30, columns = NUMBERS / rows;
  for (int dtype = NN_FLOAT32; dtype <= NN_FLOAT64; dtype++) {
    fill(dtype, x, 9);
    // Without the special values, which would hide the rest.
    for (int i = 0; i < NUMBERS; i++)
      if (i % 5 == 0 || i < SPECIALS) set(dtype, x, i, i);
    for (int op = NN_SUM; op <= NN_NORM; op++) {
      if (op == NN_ALL || op == NN_ANY) continue;
      for (int axis = 0; axis < 3; axis++) {
        ptrdiff_t both[] = {rows, columns}, strides[] = {columns, 1};
        nn_fold fold = {
          .data = x, .source = dtype, .dtype = dtype, .in_rows = axis != 0,
          .kept = axis < 2, .folded = axis < 2 ? 1 : 2,
          .kept_shape = both + (axis == 0), .kept_strides = strides + (axis == 0),
          .folded_shape = both + (axis == 1), .folded_strides = strides + (axis == 1)};
        ptrdiff_t results = axis == 0 ? columns : axis == 1 ? rows : 1;
        int finds = op == NN_ARGMIN || op == NN_ARGMAX;
        uint64_t first = 0;
        char name[100];
        snprintf(name, sizeof name, "reduction %d over %d %s", op, axis, dtype_names[dtype]);
        for (int path = 0; path < NN_PATHS; path++) {
          if (!nn_path_exists(path)) continue;
          nn_select_path(path);
          nn_reduce(op, out, fold);
          agree(name, &first, hash_of(finds ? NN_INT64 : dtype, out, results), path, 1);
        }
        printf("%s %016llx\n", name, (unsigned long long)first);
      }
    }
  }
  free(x), free(out);
}

/// Rows long enough to be shared by threads, in place.
static void long_rows(void) {
  ptrdiff_t count = (1 << 19) + 77;
  double *x = room(count);
  static const int ops[] = {NN_SIGMOID, NN_SQUARE};
  for (int f = 0; f < 3; f++) {
    uint64_t first = 0;
    char name[100];
    snprintf(name, sizeof name, "long row %d", f);
    for (int path = 1; path < NN_PATHS; path++) {
      if (!nn_path_exists(path)) continue;
      nn_select_path(path);
      for (int threads = 1; threads <= 3; threads++) {
        nn_set_threads(threads);
        for (ptrdiff_t i = 0; i < count; i++) x[i] = 1 + (double)(i % 1001) / 300;
        if (f < 2) nn_unary_row(ops[f], NN_FLOAT64, x, x, count);
        else nn_binary_row(NN_DIVIDE, NN_FLOAT64, x, x, 1, x + 500, 0, count);
        agree(name, &first, hash_of(NN_FLOAT64, x, count), path, threads);
      }
    }
    printf("%s %016llx\n", name, (unsigned long long)first);
  }
  free(x);
}

int main(void) {
  products(small_shapes, sizeof small_shapes / sizeof *small_shapes, 0, 0);
  products(small_shapes, sizeof small_shapes / sizeof *small_shapes, 0, 1);
  products(large_shapes, sizeof large_shapes / sizeof *large_shapes, 1, 0);
  functions();
  reductions();
  long_rows();
  return differences > 0;
}
