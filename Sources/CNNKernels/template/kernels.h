// Every kernel, compiled once for each instruction set: the including file sets NN_KERNELS, the
// name of the table, NN_VECTOR_BYTES, the width of a native vector, NN_TILE_ROWS, the rows whose
// products with two vectors fit the registers, and has switched contraction off.

#include "../internal.h"

#pragma clang diagnostic ignored "-Wpass-failed"

#include "fma.h"
#include "elementwise.h"
#include "casts.h"
#include "integers.h"
#include "rows_integer.h"
#include "matmul_integer.h"

#define T uint64_t
#define N(name) name##_i64
#include "fold_sums.h"
#undef T
#define T int64_t
#include "fold_order.h"
#undef T
#undef N
#define T uint8_t
#define N(name) name##_u8
#include "fold_order.h"
#undef T
#undef N

#include "type_f64.h"
#include "lanes.h"
#include "maths.h"
#include "trigonometry.h"
#include "divide.h"
#include "rows_float.h"
#include "fold_sums.h"
#include "fold_order.h"
#include "tiles.h"
#include "bytes.h"
#include "matmul.h"
#include "narrow.h"
#include "training.h"
#include "undefine.h"

#include "type_f32.h"
#include "lanes.h"
#include "maths.h"
#include "divide.h"
INLINE float pow_f32(float x, float y) { return (float)pow_f64(x, y); }
#include "rows_float.h"
#include "fold_sums.h"
#include "fold_order.h"
#include "tiles.h"
#include "bytes.h"
#include "matmul.h"
#include "narrow.h"
#include "training.h"
#include "undefine.h"

#define COMPARISONS(DTYPE, SUFFIX)                   \
  [NN_EQUAL][DTYPE] = row_equal_##SUFFIX,               \
  [NN_NOT_EQUAL][DTYPE] = row_not_equal_##SUFFIX,       \
  [NN_LESS][DTYPE] = row_less_##SUFFIX,                 \
  [NN_LESS_EQUAL][DTYPE] = row_less_equal_##SUFFIX,     \
  [NN_GREATER][DTYPE] = row_greater_##SUFFIX,           \
  [NN_GREATER_EQUAL][DTYPE] = row_greater_equal_##SUFFIX

#define ARITHMETIC(DTYPE, SUFFIX)                       \
  [NN_ADD][DTYPE] = row_add_##SUFFIX,                   \
  [NN_SUBTRACT][DTYPE] = row_subtract_##SUFFIX,         \
  [NN_MULTIPLY][DTYPE] = row_multiply_##SUFFIX,         \
  [NN_FLOOR_DIVIDE][DTYPE] = row_floor_divide_##SUFFIX, \
  [NN_REMAINDER][DTYPE] = row_remainder_##SUFFIX,       \
  [NN_POWER][DTYPE] = row_power_##SUFFIX,               \
  [NN_MAXIMUM][DTYPE] = row_maximum_##SUFFIX,           \
  [NN_MINIMUM][DTYPE] = row_minimum_##SUFFIX

#define BITWISE(DTYPE, SUFFIX)                          \
  [NN_BIT_AND][DTYPE] = row_and_##SUFFIX,               \
  [NN_BIT_OR][DTYPE] = row_or_##SUFFIX,                 \
  [NN_BIT_XOR][DTYPE] = row_xor_##SUFFIX

#define INTEGER_FUNCTIONS(DTYPE, SUFFIX)                \
  [NN_NEGATE][DTYPE] = row_negate_##SUFFIX,             \
  [NN_POSITIVE][DTYPE] = row_same_##SUFFIX,             \
  [NN_INVERT][DTYPE] = row_invert_##SUFFIX,             \
  [NN_LOGICAL_NOT][DTYPE] = row_logical_not_##SUFFIX,   \
  [NN_SIGN][DTYPE] = row_sign_##SUFFIX,                 \
  [NN_SQUARE][DTYPE] = row_square_##SUFFIX,             \
  [NN_FLOOR][DTYPE] = row_same_##SUFFIX,                \
  [NN_CEIL][DTYPE] = row_same_##SUFFIX,                 \
  [NN_ISNAN][DTYPE] = row_false_##SUFFIX,               \
  [NN_ISFINITE][DTYPE] = row_true_##SUFFIX

#define FLOAT_FUNCTIONS(DTYPE, SUFFIX)                  \
  [NN_NEGATE][DTYPE] = row_negate_##SUFFIX,             \
  [NN_POSITIVE][DTYPE] = row_same_##SUFFIX,             \
  [NN_LOGICAL_NOT][DTYPE] = row_logical_not_##SUFFIX,   \
  [NN_ABS][DTYPE] = row_abs_##SUFFIX,                   \
  [NN_SIGN][DTYPE] = row_sign_##SUFFIX,                 \
  [NN_SQRT][DTYPE] = row_sqrt_##SUFFIX,                 \
  [NN_SQUARE][DTYPE] = row_square_##SUFFIX,             \
  [NN_EXP][DTYPE] = row_exp_##SUFFIX,                   \
  [NN_LOG][DTYPE] = row_log_##SUFFIX,                   \
  [NN_LOG1P][DTYPE] = row_log1p_##SUFFIX,               \
  [NN_EXPM1][DTYPE] = row_expm1_##SUFFIX,               \
  [NN_SIN][DTYPE] = row_sin_##SUFFIX,                   \
  [NN_COS][DTYPE] = row_cos_##SUFFIX,                   \
  [NN_TAN][DTYPE] = row_tan_##SUFFIX,                   \
  [NN_TANH][DTYPE] = row_tanh_##SUFFIX,                 \
  [NN_ARCTAN][DTYPE] = row_arctan_##SUFFIX,             \
  [NN_FLOOR][DTYPE] = row_floor_##SUFFIX,               \
  [NN_CEIL][DTYPE] = row_ceil_##SUFFIX,                 \
  [NN_RINT][DTYPE] = row_rint_##SUFFIX,                 \
  [NN_ISNAN][DTYPE] = row_isnan_##SUFFIX,               \
  [NN_ISFINITE][DTYPE] = row_isfinite_##SUFFIX,         \
  [NN_SIGMOID][DTYPE] = row_sigmoid_##SUFFIX,           \
  [NN_SOFTPLUS][DTYPE] = row_softplus_##SUFFIX

#define CASTS(DTYPE, FROM)                              \
  [NN_BOOL][DTYPE] = cast_##FROM##_bool,                \
  [NN_UINT8][DTYPE] = cast_##FROM##_u8,                 \
  [NN_INT64][DTYPE] = cast_##FROM##_i64,                \
  [NN_FLOAT32][DTYPE] = cast_##FROM##_f32,              \
  [NN_FLOAT64][DTYPE] = cast_##FROM##_f64

#define FOLD(NAME, KIND, DTYPE, SUFFIX)                 \
  [KIND][DTYPE] = {panel_##NAME##_##SUFFIX, column_##NAME##_##SUFFIX}

#define SUMS(DTYPE, SUFFIX)                                                          \
  FOLD(sum, NN_FOLD_SUM, DTYPE, SUFFIX),                                \
  FOLD(product, NN_FOLD_PRODUCT, DTYPE, SUFFIX),                    \
  FOLD(squares, NN_FOLD_SQUARES, DTYPE, SUFFIX),                        \
  FOLD(deviations, NN_FOLD_DEVIATIONS, DTYPE, SUFFIX)

#define ORDERS(DTYPE, SUFFIX)                                                        \
  FOLD(min, NN_FOLD_MIN, DTYPE, SUFFIX),                                \
  FOLD(max, NN_FOLD_MAX, DTYPE, SUFFIX)

#define TRAINING(SUFFIX)                                \
  {add_bias_##SUFFIX, activate_##SUFFIX, chain_##SUFFIX, loss_rows_##SUFFIX,            \
   loss_slope_##SUFFIX, column_sums_##SUFFIX, drop_##SUFFIX, add_scaled_##SUFFIX,       \
   sum_squares_##SUFFIX, sum_over_##SUFFIX, update_##SUFFIX, breed_##SUFFIX,            \
   count_right_##SUFFIX, one_hot_##SUFFIX, all_finite_##SUFFIX, take_bytes_##SUFFIX,      \
   matmul_packed_##SUFFIX, packed_size_##SUFFIX, pack_right_##SUFFIX}

const nn_kernels NN_KERNELS = {
  .binary = {
    COMPARISONS(NN_BOOL, u8), BITWISE(NN_BOOL, u8),
    [NN_ADD][NN_BOOL] = row_or_u8, [NN_MULTIPLY][NN_BOOL] = row_and_u8,
    [NN_MAXIMUM][NN_BOOL] = row_or_u8, [NN_MINIMUM][NN_BOOL] = row_and_u8,
    COMPARISONS(NN_UINT8, u8), BITWISE(NN_UINT8, u8), ARITHMETIC(NN_UINT8, u8),
    COMPARISONS(NN_INT64, i64), BITWISE(NN_INT64, i64), ARITHMETIC(NN_INT64, i64),
    COMPARISONS(NN_FLOAT32, f32), ARITHMETIC(NN_FLOAT32, f32),
    [NN_DIVIDE][NN_FLOAT32] = row_divide_f32,
    COMPARISONS(NN_FLOAT64, f64), ARITHMETIC(NN_FLOAT64, f64),
    [NN_DIVIDE][NN_FLOAT64] = row_divide_f64,
  },
  .unary = {
    [NN_INVERT][NN_BOOL] = row_logical_not_u8, [NN_LOGICAL_NOT][NN_BOOL] = row_logical_not_u8,
    [NN_ABS][NN_BOOL] = row_same_u8, [NN_FLOOR][NN_BOOL] = row_same_u8,
    [NN_CEIL][NN_BOOL] = row_same_u8, [NN_ISNAN][NN_BOOL] = row_false_u8,
    [NN_ISFINITE][NN_BOOL] = row_true_u8,
    INTEGER_FUNCTIONS(NN_UINT8, u8), [NN_ABS][NN_UINT8] = row_same_u8,
    INTEGER_FUNCTIONS(NN_INT64, i64), [NN_ABS][NN_INT64] = row_abs_i64,
    FLOAT_FUNCTIONS(NN_FLOAT32, f32),
    FLOAT_FUNCTIONS(NN_FLOAT64, f64),
  },
  .cast = {
    CASTS(NN_BOOL, u8), CASTS(NN_UINT8, u8), CASTS(NN_INT64, i64), CASTS(NN_FLOAT32, f32),
    CASTS(NN_FLOAT64, f64),
  },
  .fold = {
    ORDERS(NN_BOOL, u8),
    ORDERS(NN_UINT8, u8),
    ORDERS(NN_INT64, i64), SUMS(NN_INT64, i64),
    ORDERS(NN_FLOAT32, f32), SUMS(NN_FLOAT32, f32),
    ORDERS(NN_FLOAT64, f64), SUMS(NN_FLOAT64, f64),
  },
  .training = {[NN_FLOAT32] = TRAINING(f32), [NN_FLOAT64] = TRAINING(f64)},
  .matmul = {matmul_bool, matmul_u8, matmul_i64, matmul_f32, matmul_f64},
  .arg = {
    {argmin_u8, argmin_u8, argmin_i64, argmin_f32, argmin_f64},
    {argmax_u8, argmax_u8, argmax_i64, argmax_f32, argmax_f64},
  },
};
