// Bytes over a divisor, as `input 784 divide=255` wants them, for float32 and float64.

/// `inverse` is the divisor's reciprocal where one step of Newton's after a product with it gives
/// the quotient of every byte as division rounds it, else 0.
typedef struct {
  T divisor, inverse;
} N(byte_scale);

/// x / divisor: the quotient to begin with, and what it leaves, which an fma gives exactly
/// (Markstein 1990).
INLINE T N(byte_quotient)(T x, N(byte_scale) scale) {
  T quotient = x * scale.inverse;
  return FMA(FMA(-quotient, scale.divisor, x), scale.inverse, quotient);
}

static N(byte_scale) N(byte_scale_of)(double divisor) {
  N(byte_scale) scale = {(T)divisor, 0};
#if defined(NN_HARDWARE_FMA)
  scale.inverse = 1 / scale.divisor;
  int differs = 0;
  const ptrdiff_t count = 256;
  EACH {
    T x = (T)i;
    differs |= N(bits)(N(byte_quotient)(x, scale)) != N(bits)(x / scale.divisor);
  }
  if (differs) scale.inverse = 0;
#endif
  return scale;
}

/// Rows of bytes, taken in `order` if there is one, as floats over `divisor`.
static void N(take_bytes)(
  void *out, const uint8_t *a, ptrdiff_t a_row, const ptrdiff_t *order, ptrdiff_t rows,
  ptrdiff_t columns, double divisor) {
  // To try all bytes takes as long as some hundred divisions.
  int few = rows * columns < 4096;
  N(byte_scale) scale = few ? (N(byte_scale)){(T)divisor, 0} : N(byte_scale_of)(divisor);
  T *result = out;
  ptrdiff_t count = columns;
  for (ptrdiff_t r = 0; r < rows; r++, result += columns) {
    const uint8_t *bytes = a + (order ? order[r] : r) * a_row;
    if (scale.divisor == 1) EACH result[i] = (T)bytes[i];
    else if (scale.inverse != 0) EACH result[i] = N(byte_quotient)((T)bytes[i], scale);
    else EACH result[i] = (T)bytes[i] / scale.divisor;
  }
}
