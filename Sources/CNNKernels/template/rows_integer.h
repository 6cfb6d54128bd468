// Rows for bool, uint8 and int64. Arithmetic is done unsigned, where wrapping is defined.

#define U8(name) name##_u8
#define I64(name) name##_i64
COMPARISON_ROWS(U8, uint8_t)
COMPARISON_ROWS(I64, int64_t)

BINARY_ROW(row_and_u8, uint8_t, uint8_t, x & y)
BINARY_ROW(row_or_u8, uint8_t, uint8_t, x | y)
BINARY_ROW(row_xor_u8, uint8_t, uint8_t, x ^ y)
BINARY_ROW(row_and_i64, uint64_t, uint64_t, x & y)
BINARY_ROW(row_or_i64, uint64_t, uint64_t, x | y)
BINARY_ROW(row_xor_i64, uint64_t, uint64_t, x ^ y)

BINARY_ROW(row_add_u8, uint8_t, uint8_t, x + y)
BINARY_ROW(row_subtract_u8, uint8_t, uint8_t, x - y)
BINARY_ROW(row_multiply_u8, uint8_t, uint8_t, x *y)
BINARY_ROW(row_floor_divide_u8, uint8_t, uint8_t, floor_divide_u8(x, y))
BINARY_ROW(row_remainder_u8, uint8_t, uint8_t, remainder_u8(x, y))
BINARY_ROW(row_power_u8, uint8_t, uint8_t, power_u64(x, y))
BINARY_ROW(row_maximum_u8, uint8_t, uint8_t, x > y ? x : y)
BINARY_ROW(row_minimum_u8, uint8_t, uint8_t, x < y ? x : y)

BINARY_ROW(row_add_i64, uint64_t, uint64_t, x + y)
BINARY_ROW(row_subtract_i64, uint64_t, uint64_t, x - y)
BINARY_ROW(row_multiply_i64, uint64_t, uint64_t, x *y)
BINARY_ROW(row_floor_divide_i64, int64_t, int64_t, floor_divide_i64(x, y))
BINARY_ROW(row_remainder_i64, int64_t, int64_t, remainder_i64(x, y))
BINARY_ROW(row_power_unsigned_i64, uint64_t, uint64_t, power_u64(x, y))
BINARY_ROW(row_maximum_i64, int64_t, int64_t, x > y ? x : y)
BINARY_ROW(row_minimum_i64, int64_t, int64_t, x < y ? x : y)

static int row_power_i64(
  void *out, const void *a, ptrdiff_t a_step, const void *b, ptrdiff_t b_step, ptrdiff_t count) {
  const int64_t *exponents = b;
  for (ptrdiff_t i = 0; i < (b_step ? count : 1); i++)
    if (exponents[i] < 0) return NN_NEGATIVE_POWER;
  return row_power_unsigned_i64(out, a, a_step, b, b_step, count);
}

UNARY_ROW(row_same_u8, uint8_t, uint8_t, x)
UNARY_ROW(row_negate_u8, uint8_t, uint8_t, -x)
UNARY_ROW(row_invert_u8, uint8_t, uint8_t, ~x)
UNARY_ROW(row_sign_u8, uint8_t, uint8_t, x != 0)
UNARY_ROW(row_square_u8, uint8_t, uint8_t, x *x)
UNARY_ROW(row_false_u8, uint8_t, uint8_t, x & 0)
UNARY_ROW(row_true_u8, uint8_t, uint8_t, (x & 0) | 1)

UNARY_ROW(row_same_i64, int64_t, int64_t, x)
UNARY_ROW(row_negate_i64, uint64_t, uint64_t, 0 - x)
UNARY_ROW(row_invert_i64, uint64_t, uint64_t, ~x)
UNARY_ROW(row_abs_i64, int64_t, uint64_t, x < 0 ? 0 - (uint64_t)x : (uint64_t)x)
UNARY_ROW(row_sign_i64, int64_t, int64_t, (x > 0) - (x < 0))
UNARY_ROW(row_square_i64, uint64_t, uint64_t, x *x)
UNARY_ROW(row_false_i64, int64_t, uint8_t, x & 0)
UNARY_ROW(row_true_i64, int64_t, uint8_t, (x & 0) | 1)
