// The loops beneath NNTensor. Outputs first, inputs const, sizes last; strides are in elements.
//
// Every function gives the same bits whichever instruction set runs it: contraction is off, every
// fma is written out, and the order of every sum follows from sizes alone.
#ifndef CNN_KERNELS_H
#define CNN_KERNELS_H

#include <stddef.h>
#include <stdint.h>

#include "nn_allowance.h"
#include "nn_random.h"
#include "nn_training.h"

/// Elements, by the raw values of NNTensor's `DType`. Bools are bytes 0 and 1.
enum { NN_BOOL, NN_UINT8, NN_INT64, NN_FLOAT32, NN_FLOAT64, NN_DTYPES };

/// The raw values of NNTensor's `BinaryOperation`.
enum {
  NN_ADD, NN_SUBTRACT, NN_MULTIPLY, NN_DIVIDE, NN_FLOOR_DIVIDE, NN_REMAINDER, NN_POWER,
  NN_MAXIMUM, NN_MINIMUM, NN_BIT_AND, NN_BIT_OR, NN_BIT_XOR,
  NN_EQUAL, NN_NOT_EQUAL, NN_LESS, NN_LESS_EQUAL, NN_GREATER, NN_GREATER_EQUAL,
  NN_BINARY_OPERATIONS
};

/// The raw values of NNTensor's `UnaryOperation`.
enum {
  NN_NEGATE, NN_POSITIVE, NN_INVERT, NN_LOGICAL_NOT, NN_ABS, NN_SIGN, NN_SQRT, NN_SQUARE,
  NN_EXP, NN_LOG, NN_LOG1P, NN_EXPM1, NN_SIN, NN_COS, NN_TAN, NN_TANH, NN_ARCTAN,
  NN_FLOOR, NN_CEIL, NN_ISNAN, NN_ISFINITE, NN_SIGMOID, NN_SOFTPLUS,
  NN_RINT,
  NN_UNARY_OPERATIONS
};

/// The raw values of NNTensor's `Reduction`.
enum {
  NN_SUM, NN_PRODUCT, NN_MEAN, NN_VARIANCE, NN_STD, NN_MIN, NN_MAX, NN_ARGMIN, NN_ARGMAX,
  NN_ALL, NN_ANY, NN_NORM, NN_COUNT_NONZERO
};

/// What a kernel reports.
enum { NN_OK, NN_NEGATIVE_POWER, NN_NO_MEMORY, NN_STOPPED };

/// The instruction sets the kernels are compiled for: plain C, with fma in integers where the
/// compiler can't count on an instruction; x86-64 with AVX2 and FMA, or with AVX-512 F, VL, DQ and
/// BW; arm64.
enum { NN_PORTABLE, NN_AVX2, NN_AVX512, NN_NEON, NN_PATHS };

/// The path the kernels take now, and whether this machine can take `path`.
int nn_path(void);
int nn_path_exists(int path);
/// Takes another path from now on, if it exists; for tests. Results do not depend on it.
void nn_select_path(int path);

/// How many threads large work is shared by: as many as there are processors this process may use,
/// or what was set last; 0 sets the first. Results do not depend on it.
int nn_threads(void);
void nn_set_threads(int threads);

/// Part number `index` of a job. Parts may run at the same time and in any order; those of the same
/// `worker` run one after the other.
typedef void (*nn_part_function)(const void *job, ptrdiff_t index, int worker);

/// Does `parts` parts of a job, shared by up to `workers` workers, numbered from 0, if that many
/// threads are free; by worker 0 alone if none is, as when a part calls this again. For work of
/// 20 microseconds and more: less is done sooner alone. NN_STOPPED when parts were left out because
/// of the thread's allowance.
int nn_parallel(ptrdiff_t parts, int workers, nn_part_function part, const void *job);
enum { NN_ALL_WORKERS = 256 };

/// Does the parts of a job, up to 32, each of which fills one of `panels`, `count` elements; and
/// out[i] = out[i] + panels[0][i] + panels[1][i] …, one after the other. The first panel may be
/// `out` itself, and is not added then. Who has no part left begins to add the panels that are
/// ready. Whoever has an allowance asks it before `out` is used.
void nn_fold_panels(
  int dtype, void *out, const void *const *panels, ptrdiff_t panel_count, ptrdiff_t count,
  int workers, nn_part_function part, const void *job);

/// Elements somewhere in memory: `strides` holds one step for each axis of the shape given beside.
typedef struct {
  const void *data;
  const ptrdiff_t *strides;
  int dtype;
} nn_elements;

/// out[i] = a[i * a_step] op b[i * b_step]; steps are 0 or 1, both operands have `dtype`. `out` has
/// it too, or bool for comparisons. `out` may be `a` or `b`. NN_NEGATIVE_POWER for an integer
/// raised to a negative one; NN_STOPPED as the allowance says.
int nn_binary_row(
  int op, int dtype, void *out, const void *a, ptrdiff_t a_step, const void *b, ptrdiff_t b_step,
  ptrdiff_t count);

/// The same for any strides, the operands converted to `dtype` on the way. `out` is contiguous.
int nn_binary(
  int op, int dtype, void *out, nn_elements a, nn_elements b, const ptrdiff_t *shape, int rank);

/// out[i] = op a[i]; bool results for NN_LOGICAL_NOT, NN_ISNAN, NN_ISFINITE. `out` may be `a`.
/// NN_OK, or NN_STOPPED as the allowance says.
int nn_unary_row(int op, int dtype, void *out, const void *a, ptrdiff_t count);
int nn_unary(int op, int dtype, void *out, nn_elements a, const ptrdiff_t *shape, int rank);

/// Copies elements into a contiguous `out` of another or the same type. Floats are truncated
/// towards zero (out of range: INT64_MIN), integers wrap around.
void nn_copy(void *out, int dtype, nn_elements a, const ptrdiff_t *shape, int rank);

/// The same for adjacent elements, from the type `from`.
void nn_cast_row(void *out, int dtype, const void *a, int from, ptrdiff_t count);

/// Copies elements to where `out_strides` tell.
void nn_assign(
  void *out, const ptrdiff_t *out_strides, int dtype, nn_elements a, const ptrdiff_t *shape,
  int rank);

/// A matrix in memory: element (i, j) is data[i * row + j * column].
typedef struct {
  const void *data;
  ptrdiff_t row, column;
} nn_matrix;

/// out (rows, columns) = a (rows, count) @ b (count, columns), all of `dtype`, out contiguous.
/// Element (i, j) is c = fma(a[i,k], b[k,j], c) over k in order from +0, unbroken up to k = 1024;
/// beyond that in panels of 512, each from +0, the panels' sums added in order. Integers wrap
/// around. NN_OK, NN_NO_MEMORY, or NN_STOPPED as the allowance says.
int nn_matmul(
  int dtype, void *out, nn_matrix a, nn_matrix b, ptrdiff_t rows, ptrdiff_t count,
  ptrdiff_t columns);

/// The same for callers that would copy the two matrices on the way.
static inline int nn_matmul_parts(
  int dtype, void *out, const void *a, ptrdiff_t a_row, ptrdiff_t a_column, const void *b,
  ptrdiff_t b_row, ptrdiff_t b_column, ptrdiff_t rows, ptrdiff_t count, ptrdiff_t columns) {
  return nn_matmul(
    dtype, out, (nn_matrix){a, a_row, a_column}, (nn_matrix){b, b_row, b_column}, rows, count,
    columns);
}

/// The right matrix (count, columns) of float products, as the kernels of a path that exists read it,
/// for several products with it. The size is in elements; 0 where packing ahead would not pay. Each
/// path has a form of its own, so whoever keeps one keeps the path with it.
ptrdiff_t nn_packed_size(int path, int dtype, ptrdiff_t count, ptrdiff_t columns);
void nn_pack_right(
  int path, int dtype, void *packed, nn_matrix b, ptrdiff_t count, ptrdiff_t columns);
/// nn_matmul with such a matrix.
int nn_matmul_packed(
  int path, int dtype, void *out, nn_matrix a, const void *packed, ptrdiff_t rows, ptrdiff_t count,
  ptrdiff_t columns);

/// Elements to be folded: each index of the kept axes gives one result, from the elements of the
/// folded axes in row-major order.
typedef struct {
  const void *data;
  int source; // the elements' dtype
  int dtype;  // the one they are folded in: NN_BOOL for all and any, NN_INT64 for counts
  int in_rows; // whether the last axis is among the folded
  int kept, folded;
  const ptrdiff_t *kept_shape, *kept_strides, *folded_shape, *folded_strides;
} nn_fold;

/// Folds into `out`, contiguous in the kept axes' order; int64 places for NN_ARGMIN and NN_ARGMAX,
/// else `dtype`. The order of every sum follows from the shapes alone:
/// - in rows: panels of 512 elements, each summed in 16 interleaved lanes and the lanes by a
/// halving
///   tree, the panels' sums added in order;
/// - else: one element after the other up to 1024, beyond that panels of 512 one after the other,
/// the
///   panels' sums added in order. The mean divides once, the variance takes two passes, the norm is
/// sqrt(sum(x * x)). Minima, maxima and places of no elements are the caller's to refuse.
void nn_reduce(int op, void *out, nn_fold fold);

/// The sum of 1 to 512 adjacent elements of int64 or floats, as nn_reduce gives it.
void nn_sum_panel(int dtype, void *out, const void *a, ptrdiff_t count);

/// out[o, k, i] += out[o, k - 1, i], for int64 and floats.
void nn_accumulate(void *out, int dtype, ptrdiff_t outer, ptrdiff_t count, ptrdiff_t inner);

/// Places along an axis of `size` as offsets: offsets[i] = place * stride, negative places counted
/// from the end. Returns the first i whose place is out of range, or -1.
ptrdiff_t nn_place_offsets(
  int64_t *offsets, const int64_t *places, ptrdiff_t size, ptrdiff_t stride, ptrdiff_t count);

/// The offsets, by `strides`, of the places where a contiguous mask of this shape is true, in
/// order.
void nn_mask_offsets(
  int64_t *offsets, const uint8_t *mask, const ptrdiff_t *shape, const ptrdiff_t *strides,
  int rank);

/// Axes of a place in memory.
typedef struct {
  int rank;
  const ptrdiff_t *shape, *strides;
} nn_axes;

/// out[o, k, i] = data[offset of o + offsets[k] + offset of i], elements of `size` bytes.
void nn_gather(
  void *out, const void *data, ptrdiff_t size, const int64_t *offsets, ptrdiff_t count,
  nn_axes outer, nn_axes inner);

/// data[offset of o + offsets[k] + offset of i] = values[o, k, i], in order; one value for all when
/// `step` is 0.
void nn_scatter(
  void *data, ptrdiff_t size, const int64_t *offsets, ptrdiff_t count, nn_axes outer,
  nn_axes inner, const void *values, ptrdiff_t step);

/// data[i] = *value where mask[i], both contiguous.
void nn_fill_masked(
  void *data, ptrdiff_t size, const uint8_t *mask, const void *value, ptrdiff_t count);

/// out[r, j] = a[order[r], j] / divisor, or a[r, j] without an order; a divisor of 1 changes
/// nothing. Elements are converted to `dtype` first. `a` has two strides.
void nn_take_rows(
  int dtype, void *out, nn_elements a, const ptrdiff_t *order, ptrdiff_t rows, ptrdiff_t columns,
  double divisor);

/// The first of `count` float elements that is not a whole number from `low` to `high`, or -1.
ptrdiff_t nn_find_broken(int dtype, const void *data, double low, double high, ptrdiff_t count);

/// out[i] = condition[i] ? a[i] : b[i], converted to `dtype`. `out` is contiguous.
void nn_select(
  int dtype, void *out, nn_elements condition, nn_elements a, nn_elements b,
  const ptrdiff_t *shape, int rank);

/// out[i] = the hue, 0 up to 1, of the pixel red, green, blue at pixels[3 i]. `out` is float64, float32
/// where the pixels are; bytes are times 1/255.
void nn_hue(int dtype, void *out, const void *pixels, ptrdiff_t count);

/// Sorts each of `rows` contiguous rows, NaN last, equal elements in their order. `room` holds one
/// row. NN_STOPPED leaves them in some order.
int nn_sort(int dtype, void *data, void *room, ptrdiff_t rows, ptrdiff_t count);

/// The places that sort each row. `room` holds one row of places. NN_STOPPED leaves them unfinished.
int nn_argsort(
  int dtype, int64_t *places, const void *data, int64_t *room, ptrdiff_t rows, ptrdiff_t count);

#endif
