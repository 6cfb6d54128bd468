// What the variants and the walkers share.
#ifndef NN_INTERNAL_H
#define NN_INTERNAL_H

#include "CNNKernels.h"

#define INLINE static inline __attribute__((always_inline))

/// Elements converted or gathered at a time.
enum { NN_CHUNK = 512 };

/// What a block of a product's left and right matrix takes. Tests set others: no bit depends on it.
#ifndef NN_LEFT_BYTES
#define NN_LEFT_BYTES (3 << 17)
#endif
#ifndef NN_RIGHT_BYTES
#define NN_RIGHT_BYTES (1 << 20)
#endif

/// Sums of products and sums down columns run unbroken up to 1024 terms, else in panels of 512;
/// sums along rows always in panels.
enum { NN_UNBROKEN = 1024, NN_PANEL = 512 };

typedef int (*nn_binary_function)(
  void *out, const void *a, ptrdiff_t a_step, const void *b, ptrdiff_t b_step, ptrdiff_t count);
typedef void (*nn_unary_function)(void *out, const void *a, ptrdiff_t count);
typedef void (*nn_cast_function)(void *out, const void *a, ptrdiff_t step, ptrdiff_t count);

/// How elements are folded into one: from +0, from 1, or from the first element.
enum {
  NN_FOLD_SUM, NN_FOLD_PRODUCT, NN_FOLD_SQUARES, NN_FOLD_DEVIATIONS, NN_FOLD_MIN, NN_FOLD_MAX,
  NN_FOLDS
};

typedef struct {
  /// One row of up to 512 elements into *result. The parameter is the mean of deviations, the first
  /// element of orders.
  void (*panel)(void *result, const void *a, ptrdiff_t count, const void *parameter);
  /// result[i] = result[i] op a[i]. The parameter is the means of deviations.
  void (*column)(void *result, const void *a, ptrdiff_t count, const void *parameter);
} nn_fold_kernel;

/// The place of the first element beyond *best, which becomes that element; -1 if there is none.
typedef int64_t (*nn_arg_function)(void *best, const void *a, ptrdiff_t count);

typedef int (*nn_matmul_function)(
  void *out, nn_matrix a, nn_matrix b, ptrdiff_t rows, ptrdiff_t count, ptrdiff_t columns);

/// The loops of training, as `nn_training.h` describes them.
typedef struct {
  void (*add_bias)(void *z, const void *bias, ptrdiff_t rows, ptrdiff_t columns);
  void (*activate)(int activation, void *out, const void *z, ptrdiff_t rows, ptrdiff_t columns);
  void (*chain)(
    int activation, void *d, const void *z, const void *a, ptrdiff_t rows, ptrdiff_t columns);
  void (*loss_rows)(void *out, void *room, nn_outputs outputs);
  void (*loss_slope)(void *d, nn_outputs outputs, double divisor);
  void (*column_sums)(void *out, const void *a, ptrdiff_t rows, ptrdiff_t columns);
  void (*drop)(void *x, const uint8_t *kept, double share, ptrdiff_t count);
  void (*add_scaled)(void *out, const void *a, double factor, const void *b, ptrdiff_t count);
  double (*sum_squares)(const void *a, ptrdiff_t count);
  double (*sum_over)(const void *a, ptrdiff_t count, double divisor);
  void (*update)(nn_rule rule, void *w, const void *g, void *m, void *v, ptrdiff_t count);
  void (*breed)(void *child, nn_breeding breeding, ptrdiff_t count);
  ptrdiff_t (*count_right)(
    const void *output, const ptrdiff_t *classes, ptrdiff_t rows, ptrdiff_t columns);
  void (*one_hot)(void *out, const ptrdiff_t *classes, ptrdiff_t rows, ptrdiff_t columns);
  int (*all_finite)(const void *a, ptrdiff_t count);
  void (*take_bytes)(
    void *out, const uint8_t *a, ptrdiff_t a_row, const ptrdiff_t *order, ptrdiff_t rows,
    ptrdiff_t columns, double divisor);
  int (*matmul_packed)(
    void *out, nn_matrix a, const void *packed, ptrdiff_t rows, ptrdiff_t count,
    ptrdiff_t columns);
  ptrdiff_t (*packed_size)(ptrdiff_t count, ptrdiff_t columns);
  void (*pack_right)(void *out, nn_matrix b, ptrdiff_t count, ptrdiff_t columns);
} nn_training_kernels;

/// The kernels compiled for one instruction set. Entries no dtype rule leads to are null.
typedef struct {
  nn_binary_function binary[NN_BINARY_OPERATIONS][NN_DTYPES];
  nn_unary_function unary[NN_UNARY_OPERATIONS][NN_DTYPES];
  nn_cast_function cast[NN_DTYPES][NN_DTYPES]; // [to][from]
  nn_fold_kernel fold[NN_FOLDS][NN_DTYPES];
  nn_arg_function arg[2][NN_DTYPES]; // min, max
  nn_matmul_function matmul[NN_DTYPES];
  nn_training_kernels training[NN_DTYPES];
} nn_kernels;

extern const nn_kernels nn_kernels_portable;
extern const nn_kernels nn_kernels_avx2;
extern const nn_kernels nn_kernels_avx512;
extern const nn_kernels nn_kernels_neon;
/// Where the kernels in use are kept, and how they are read.
extern const nn_kernels *nn_chosen;
#define nn_active (__atomic_load_n(&nn_chosen, __ATOMIC_RELAXED))

/// Of a path that exists.
const nn_kernels *nn_kernels_of(int path);

/// Rooms a thread keeps: for the rows and the columns of a product, and for what a kernel holds while
/// it calls others.
enum { NN_LEFT_ROOM, NN_RIGHT_ROOM, NN_OTHER_ROOM, NN_ROOMS };

/// This thread's room of at least so many bytes, aligned to 64; null when there is no memory. What
/// it holds lasts until the next call for the same one.
void *nn_workspace(int place, size_t bytes);

/// Multiplications that take some 15 to 50 microseconds. A thread that has just had work still
/// looks out for more, and has its share at once; to wake a sleeping one costs a few microseconds,
/// and whoever calls it begins without it.
enum { NN_LARGE_WORK = 1 << 21 };

INLINE ptrdiff_t nn_item_size(int dtype) {
  return dtype <= NN_UINT8 ? 1 : dtype == NN_FLOAT32 ? 4 : 8;
}

/// *to = *from, one element of so many bytes.
INLINE void nn_copy_item(void *to, const void *from, ptrdiff_t size) {
  if (size == 8) __builtin_memcpy(to, from, 8);
  else if (size == 4) __builtin_memcpy(to, from, 4);
  else __builtin_memcpy(to, from, 1);
}

#endif
