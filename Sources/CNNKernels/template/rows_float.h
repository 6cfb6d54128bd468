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
UNARY_ROW(N(row_exp), T, T, N(exp)(x))
UNARY_ROW(N(row_log), T, T, N(log)(x))
UNARY_ROW(N(row_log1p), T, T, N(log1p)(x))
UNARY_ROW(N(row_expm1), T, T, N(expm1)(x))
UNARY_ROW(N(row_tanh), T, T, N(tanh)(x))
UNARY_ROW(N(row_sigmoid), T, T, N(sigmoid)(x))
UNARY_ROW(N(row_softplus), T, T, N(softplus)(x))
UNARY_ROW(N(row_arctan), T, T, arctan_f64(x))
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
