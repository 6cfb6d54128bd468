// float64 for the templates. Coefficients by Tests/NNTensorTests/Fixtures/minimax.py.
#define T double
#define U uint64_t
#define N(name) name##_f64
#define FMA FMA_F64
#define SQRT __builtin_elementwise_sqrt
#define FLOOR __builtin_elementwise_floor
#define CEIL __builtin_elementwise_ceil
#define RINT __builtin_elementwise_rint
#define FABS __builtin_fabs
#define INTRINSIC(name) name##_pd
#define COPYSIGN __builtin_copysign

#define MANTISSA_BITS 52
#define BIAS 1023
#define ROUND_MAGIC 0x1.8p52    // x + this rounds x to a whole number
#define INTEGER_MAGIC 0x1p52    // its bits | k is the number 2^52 + k
#define SMALLEST_NORMAL 0x1p-1022
#define DENORMAL_SCALE 0x1p54
#define DENORMAL_EXPONENT 54
#define SQRT_HALF_BITS 0x3fe6a09e667f3bcdu
#define ONE_BITS 0x3ff0000000000000u

#define EXP_HIGH 710.0          // above, exp is infinite
#define EXP_LOW -746.0          // below, it is 0
#define EXPM1_LOW -45.0         // below, exp(x) - 1 is -1
#define TANH_HIGH 20.0          // above, tanh is 1
#define TINY 0x1p-54            // below, expm1, log1p, sin, tan and arctan return x
#define LOG2_E 0x1.71547652b82fep+0
#define LN2_A 0x1.62e42fefa39efp-1    // ln 2 = A + B: k * A is exact inside an fma
#define LN2_B 0x1.abc9e3b39803fp-56
#define LN2_HIGH 0x1.62e42fee00000p-1 // ln 2 = HIGH + LOW: k * HIGH is exact
#define LN2_LOW 0x1.a39ef35793c76p-33

#define EXP_POLYNOMIAL(r) /* (e^r - 1 - r) / r^2, |r| <= ln(2)/2 */ \
  HORNER(r, 0x1.0000000000000p-1, 0x1.5555555555557p-3, 0x1.5555555555558p-5, \
    0x1.11111111100bdp-7, 0x1.6c16c16c151d1p-10, 0x1.a01a01abf867cp-13, 0x1.a01a01ad0b398p-16, \
    0x1.71de01fd9c13cp-19, 0x1.27e4cca55ef60p-22, 0x1.af4e558806e46p-26, 0x1.1f8b9261ab0b2p-29)
#define LOG_POLYNOMIAL(z) /* (log((1+s)/(1-s)) - 2s) / s^3, z = s^2 */ \
  HORNER(z, 0x1.5555555555558p-1, 0x1.99999999951bfp-2, 0x1.2492492e0efcep-2, \
    0x1.c71c62c22318ep-3, 0x1.7462be28ee5c4p-3, 0x1.39fd347f5d92fp-3, 0x1.2b662503c9bafp-3)
