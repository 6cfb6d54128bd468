// exp, log and their kin for float32 and float64: straight-line, every lane the same operations, so
// that any vector width gives the same bits. The largest errors found, in units in the last place
// (float32: every third number; float64: millions at random): exp 0.77, log 0.66, log1p 0.67, expm1
// 1.1, softplus 1.5, tanh 2.43, sigmoid 2.48.

#define HORNER(x, ...) \
  N(horner)(x, (const T[]){__VA_ARGS__}, sizeof((const T[]){__VA_ARGS__}) / sizeof(T))

/// c[0] + c[1] x + c[2] x^2 + …, by one fma a step.
INLINE T N(horner)(T x, const T *c, size_t count) {
  T sum = c[count - 1];
#pragma clang loop unroll(full)
  for (size_t i = count - 1; i-- > 0;) sum = FMA(sum, x, c[i]);
  return sum;
}

INLINE U N(bits)(T x) {
  U bits;
  __builtin_memcpy(&bits, &x, sizeof bits);
  return bits;
}

INLINE T N(from_bits)(U bits) {
  T x;
  __builtin_memcpy(&x, &bits, sizeof x);
  return x;
}

/// 2^(k - bias of the argument): `biased` is k + BIAS.
INLINE T N(power_of_two)(U biased) { return N(from_bits)(biased << MANTISSA_BITS); }

typedef struct {
  U k;     // the whole number, modulo the word
  T r, rl; // x - k ln 2 = r + rl, |r| <= ln(2)/2
} N(reduced);

INLINE N(reduced) N(reduce_ln2)(T x) {
  T shifted = FMA(x, LOG2_E, ROUND_MAGIC);
  T k = shifted - ROUND_MAGIC;
  T exact = FMA(-k, LN2_A, x);
  T r = FMA(-k, LN2_B, exact);
  T rl = FMA(-k, LN2_B, exact - r);
  return (N(reduced)){N(bits)(shifted) - N(bits)(ROUND_MAGIC), r, rl};
}

/// e^(r + rl) 2^k, in two steps of scaling so that denormal results round once.
INLINE T N(exp_reduced)(N(reduced) a) {
  T head = 1 + a.r;
  T tail = (1 - head) + a.r;
  T sum = head + (tail + FMA(a.r * a.r, EXP_POLYNOMIAL(a.r), a.rl));
  U shifted = a.k + 2 * (BIAS + 1);
  U half = shifted >> 1;
  return sum * N(power_of_two)(half - 1) * N(power_of_two)(shifted - half - 1);
}

INLINE T N(exp)(T x) {
  x = x > EXP_HIGH ? EXP_HIGH : x;
  x = x < EXP_LOW ? EXP_LOW : x;
  return N(exp_reduced)(N(reduce_ln2)(x));
}

/// e^x - 1 = 2^k (e^r - 1) + (2^k - 1), the sum held in two parts. Halved until the end, so that
/// 2^k is finite for every x whose result is.
INLINE T N(expm1)(T x) {
  T clamped = x > EXP_HIGH ? EXP_HIGH : x;
  clamped = clamped < EXPM1_LOW ? EXPM1_LOW : clamped;
  N(reduced) a = N(reduce_ln2)(clamped);
  T half = N(power_of_two)(a.k + BIAS - 1);
  T base = half - (T)0.5;
  T head = half * a.r;
  T tail = half * FMA(a.r * a.r, EXP_POLYNOMIAL(a.r), a.rl);
  T sum = base + head;
  T part = sum - base;
  T lost = (base - (sum - part)) + (head - part);
  T result = sum + (lost + tail);
  result += result;
  return FABS(x) < TINY ? x : result;
}

typedef struct {
  T k; // x = 2^k (1 + f), sqrt(1/2) <= 1 + f < sqrt(2)
  T f;
} N(split);

/// For x > 0 and finite; nonsense, but no trap, for others.
INLINE N(split) N(split_exponent)(T x) {
  int small = x < SMALLEST_NORMAL;
  T normal = small ? x * DENORMAL_SCALE : x;
  U bits = N(bits)(normal) + (ONE_BITS - SQRT_HALF_BITS);
  T biased = N(from_bits)((bits >> MANTISSA_BITS) | N(bits)(INTEGER_MAGIC));
  T k = biased - (INTEGER_MAGIC + BIAS) - (small ? DENORMAL_EXPONENT : 0);
  T m = N(from_bits)((bits & (((U)1 << MANTISSA_BITS) - 1)) + SQRT_HALF_BITS);
  return (N(split)){k, m - 1};
}

/// k ln 2 + log(1 + f) + c, with log(1+f) = f - f^2/2 + s (f^2/2 + R(s^2)), s = f / (2 + f)
/// (fdlibm's form); what f^2/2 and the two large sums lose is kept.
INLINE T N(log_sum)(N(split) a, T c) {
  T s = a.f / (2 + a.f);
  T z = s * s;
  T half_f = (T)0.5 * a.f;
  T square = half_f * a.f;
  T square_low = FMA(half_f, a.f, -square);
  T rest = FMA(s, square + z * LOG_POLYNOMIAL(z), FMA(a.k, LN2_LOW, c));
  T head = a.f - square;
  T tail = ((a.f - head) - square) - square_low;
  T base = a.k * LN2_HIGH;
  T sum = base + head;
  T lost = (base - sum) + head;
  return sum + (lost + (tail + rest));
}

/// What a logarithm of u is where u is not positive and finite.
INLINE T N(log_special)(T u, T result) {
  result = u == 0 ? -(T)__builtin_inf() : result;
  result = u < 0 ? (T)__builtin_nan("") : result;
  return u < (T)__builtin_inf() ? result : u;
}

INLINE T N(log)(T x) { return N(log_special)(x, N(log_sum)(N(split_exponent)(x), 0)); }

INLINE T N(log1p)(T x) {
  T u = 1 + x;
  T lost = FABS(x) < 1 ? x - (u - 1) : 1 - (u - x);
  T result = N(log_special)(u, N(log_sum)(N(split_exponent)(u), lost / u));
  return FABS(x) < TINY ? x : result;
}

INLINE T N(tanh)(T x) {
  T a = FABS(x);
  a = a > TANH_HIGH ? TANH_HIGH : a;
  T t = N(expm1)(a + a);
  return COPYSIGN(t / (t + 2), x);
}

INLINE T N(sigmoid)(T x) { return 1 / (1 + N(exp)(-x)); }

/// log(1 + e^x) = max(x, 0) + log1p(e^-|x|).
INLINE T N(softplus)(T x) {
  T high = x > 0 ? x : 0;
  return x != x ? x : high + N(log1p)(N(exp)(-FABS(x)));
}
