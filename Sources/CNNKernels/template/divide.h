// Float // and % as NumPy's npy_divmod defines them: the remainder is exact, has the divisor's
// sign, and the quotient is the whole number that fits it.

/// a - trunc(a / b) b, exactly, as C's fmod; b is not 0.
static T N(fmod)(T a, T b) {
  T size = FABS(a), divisor = FABS(b);
  if (!(size < (T)__builtin_inf()) || divisor != divisor) return a - a + (divisor - divisor);
  if (size < divisor) return a;
  // Each step takes away a multiple of the divisor, scaled so that the quotient fits the mantissa:
  // the difference is exact inside the fma.
  T rest = size;
  while (rest >= divisor) {
    T scaled = divisor;
    T limit = rest * ((T)1 / ((U)1 << (MANTISSA_BITS - 2)));
    while (scaled < limit) scaled *= (U)1 << (MANTISSA_BITS - 2);
    T quotient = __builtin_elementwise_trunc(rest / scaled);
    T next = FMA(-quotient, scaled, rest);
    rest = next < 0 ? next + scaled : next;
  }
  return COPYSIGN(rest, a);
}

INLINE T N(remainder)(T a, T b) {
  if (b == 0) return a - a + (T)__builtin_nan("");
  T mod = N(fmod)(a, b);
  if (mod == 0) return COPYSIGN(0, b);
  return (b < 0) != (mod < 0) ? mod + b : mod;
}

INLINE T N(floor_divide)(T a, T b) {
  if (b == 0) return a / b;
  T mod = N(fmod)(a, b);
  T quotient = (a - mod) / b;
  if (mod != 0 && (b < 0) != (mod < 0)) quotient -= 1;
  if (quotient == 0) return COPYSIGN(0, a / b);
  T whole = FLOOR(quotient);
  return quotient - whole > (T)0.5 ? whole + 1 : whole;
}
