// Rows for float32 and float64, one inclusion each.

COMPARISON_ROWS(N, T)

BINARY_ROW(N(row_add), T, T, x + y)
BINARY_ROW(N(row_subtract), T, T, x - y)
BINARY_ROW(N(row_multiply), T, T, x *y)
BINARY_ROW(N(row_divide), T, T, x / y)
BINARY_ROW(N(row_floor_divide), T, T, N(floor_divide)(x, y))
BINARY_ROW(N(row_remainder), T, T, N(remainder)(x, y))
BINARY_ROW(N(row_power), T, T, N(pow)(x, y))
BINARY_ROW(N(row_maximum), T, T, x > y || x != x ? x : y)
BINARY_ROW(N(row_minimum), T, T, x < y || x != x ? x : y)

UNARY_ROW(N(row_negate), T, T, -x)
UNARY_ROW(N(row_same), T, T, x)
UNARY_ROW(N(row_abs), T, T, FABS(x))
UNARY_ROW(N(row_sign), T, T, x > 0 ? 1 : x < 0 ? -1 : x == 0 ? 0 : x)
UNARY_ROW(N(row_sqrt), T, T, SQRT(x))
UNARY_ROW(N(row_square), T, T, x *x)
FUNCTION_ROW(exp, N(exp)(x))
FUNCTION_ROW(log, N(log)(x))
FUNCTION_ROW(log1p, N(log1p)(x))
FUNCTION_ROW(expm1, N(expm1)(x))
FUNCTION_ROW(tanh, N(tanh)(x))
FUNCTION_ROW(sigmoid, N(sigmoid)(x))
FUNCTION_ROW(softplus, N(softplus)(x))
FUNCTION_ROW(arctan, arctan_f64(x))
UNARY_ROW(N(row_floor), T, T, FLOOR(x))
UNARY_ROW(N(row_ceil), T, T, CEIL(x))
UNARY_ROW(N(row_rint), T, T, RINT(x))
UNARY_ROW(N(row_isnan), T, uint8_t, x != x)
UNARY_ROW(N(row_isfinite), T, uint8_t, FABS(x) < (T)__builtin_inf())

/// A fast row for angles that need no long reduction, then the few others once more.
#define ANGLE_ROW(NAME)                                                                           \
  UNARY_ROW(N(row_small_##NAME), T, T, NAME##_f64(x))                                            \
  static void N(row_##NAME)(void *out, const void *a, ptrdiff_t count) {                         \
    T chunk[NN_CHUNK];                                                                           \
    for (ptrdiff_t start = 0; start < count; start += NN_CHUNK) {                                \
      ptrdiff_t length = count - start < NN_CHUNK ? count - start : NN_CHUNK;                    \
      __builtin_memcpy(chunk, (const T *)a + start, (size_t)length * sizeof(T));                 \
      T *result = (T *)out + start;                                                              \
      N(row_small_##NAME)(result, chunk, length);                                                \
      for (ptrdiff_t i = 0; i < length; i++)                                                     \
        if (!(FABS(chunk[i]) < (T)LARGE_ANGLE)) result[i] = (T)NAME##_huge(chunk[i]);            \
    }                                                                                            \
  }
ANGLE_ROW(sin)
ANGLE_ROW(cos)
ANGLE_ROW(tan)
