// fma where the processor has no instruction for it: exact and rounded once, in integers. The
// kernels call no mathematical library, whose fma would be another thing to trust.

#if defined(NN_HARDWARE_FMA)

#define FMA_F64(a, b, c) __builtin_fma(a, b, c)
#define FMA_F32(a, b, c) __builtin_fmaf(a, b, c)
/// sum = fma(x, y, sum), lane by lane.
#define FMA_LANES(scalar_fma, width, x, y, sum) sum = __builtin_elementwise_fma(x, y, sum)

#else

#define FMA_F64(a, b, c) software_fma_f64(a, b, c)
#define FMA_F32(a, b, c) software_fma_f32(a, b, c)
#define FMA_LANES(scalar_fma, width, x, y, sum)   \
  for (int lane = 0; lane < width; lane++)        \
    (sum)[lane] = scalar_fma((x)[lane], (y)[lane], (sum)[lane])

/// A finite number other than 0: mantissa * 2^exponent, the mantissa of 53 bits.
typedef struct {
  uint64_t mantissa;
  int exponent;
} parts;

INLINE parts parts_of(uint64_t bits) {
  uint64_t mantissa = bits & 0xfffffffffffffu;
  int exponent = (int)(bits >> 52 & 0x7ff);
  if (exponent > 0) return (parts){mantissa | 0x10000000000000u, exponent - 1075};
  int shift = __builtin_clzll(mantissa) - 11;
  return (parts){mantissa << shift, -1074 - shift};
}

/// x >> shift, the last bit telling whether anything was lost.
INLINE unsigned __int128 shifted(unsigned __int128 x, int shift) {
  if (shift > 126) return x != 0;
  return x >> shift | ((x & (((unsigned __int128)1 << shift) - 1)) != 0);
}

/// The double nearest to x * 2^exponent, ties to even; x > 0 and its last bit may be sticky.
INLINE uint64_t rounded_bits(unsigned __int128 x, int exponent) {
  uint64_t high = (uint64_t)(x >> 64);
  int top = exponent + (high ? 127 - __builtin_clzll(high) : 63 - __builtin_clzll((uint64_t)x));
  if (top > 1023) return 0x7ff0000000000000u;
  int last = top - 52 > -1074 ? top - 52 : -1074; // the exponent of the result's last bit
  int shift = last - exponent;
  uint64_t mantissa = 0;
  if (shift <= 0) {
    mantissa = (uint64_t)(x << -shift);
  } else if (shift <= 127) {
    unsigned __int128 half = (unsigned __int128)1 << (shift - 1);
    mantissa = (uint64_t)(x >> shift);
    mantissa += (x & half) && ((x & (half - 1)) || (mantissa & 1));
  }
  // A carry out of the mantissa goes on into the exponent, up to infinity.
  if (top - 52 <= -1074) return mantissa;
  return ((uint64_t)(last + 1075) << 52) + mantissa - 0x10000000000000u;
}

static double software_fma_f64(double a, double b, double c) {
  uint64_t x, y, z;
  __builtin_memcpy(&x, &a, 8);
  __builtin_memcpy(&y, &b, 8);
  __builtin_memcpy(&z, &c, 8);
  uint64_t size = ~(uint64_t)0 >> 1, infinite = 0x7ff0000000000000u;
  int plain = (x & size) - 1 < infinite - 1 && (y & size) - 1 < infinite - 1;
  if (!plain) return a * b + c;
  if ((z & size) >= infinite) return c + c; // whatever a * b is, though it may be too large, too
  if ((z & size) == 0) return a * b;
  parts p = parts_of(x & size), q = parts_of(y & size), r = parts_of(z & size);
  // The product of up to 106 bits, moved up by 20: up to 126 bits.
  unsigned __int128 product = (unsigned __int128)p.mantissa * q.mantissa << 20;
  int exponent = p.exponent + q.exponent - 20;
  unsigned __int128 addend = r.mantissa;
  int distance = r.exponent - exponent;
  if (distance > 73) {
    // The product's 20 zeros are lost first, so nothing is lost where the two could cancel.
    product = shifted(product, distance - 73);
    exponent += distance - 73;
    addend <<= 73;
  } else {
    addend = distance >= 0 ? addend << distance : shifted(addend, -distance);
  }
  uint64_t sign = (x ^ y) >> 63;
  unsigned __int128 sum;
  if (sign == z >> 63) {
    sum = product + addend;
  } else if (product >= addend) {
    sum = product - addend;
  } else {
    sum = addend - product;
    sign ^= 1;
  }
  if (sum == 0) return 0;
  uint64_t bits = rounded_bits(sum, exponent) | sign << 63;
  double result;
  __builtin_memcpy(&result, &bits, 8);
  return result;
}

/// The product is exact in a double; the sum is rounded to odd, which a second rounding can't harm
/// (Boldo and Melquiond).
static float software_fma_f32(float a, float b, float c) {
  double product = (double)a * b, addend = c, sum = product + addend;
  double part = sum - product;
  double lost = (product - (sum - part)) + (addend - part);
  uint64_t bits;
  __builtin_memcpy(&bits, &sum, 8);
  if (lost == lost && lost != 0 && sum - sum == 0 && !(bits & 1)) {
    bits += (lost > 0) == (sum > 0) ? 1 : -1;
    __builtin_memcpy(&sum, &bits, 8);
  }
  return (float)sum;
}

#endif
