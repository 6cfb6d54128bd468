// float32 for the templates. Coefficients by Tests/NNTensorTests/Fixtures/minimax.py.
#define T float
#define U uint32_t
#define N(name) name##_f32
#define FMA FMA_F32
#define SQRT __builtin_elementwise_sqrt
#define FLOOR __builtin_elementwise_floor
#define CEIL __builtin_elementwise_ceil
#define RINT __builtin_elementwise_rint
#define FABS __builtin_fabsf
#define INTRINSIC(name) name##_ps
#define COPYSIGN __builtin_copysignf

#define MANTISSA_BITS 23
#define BIAS 127
#define ROUND_MAGIC 0x1.8p23f
#define INTEGER_MAGIC 0x1p23f
#define SMALLEST_NORMAL 0x1p-126f
#define DENORMAL_SCALE 0x1p25f
#define DENORMAL_EXPONENT 25
#define SQRT_HALF_BITS 0x3f3504f3u
#define ONE_BITS 0x3f800000u

#define EXP_HIGH 89.0f
#define EXP_LOW -105.0f
#define EXPM1_LOW -20.0f
#define TANH_HIGH 10.0f
#define TINY 0x1p-25f
#define LOG2_E 0x1.715476p+0f
#define LN2_A 0x1.62e430p-1f
#define LN2_B -0x1.05c610p-29f
#define LN2_HIGH 0x1.62e400p-1f
#define LN2_LOW 0x1.7f7d1cp-20f

#define EXP_POLYNOMIAL(r) \
  HORNER(r, 0x1.000000p-1f, 0x1.555556p-3f, 0x1.5554e8p-5f, 0x1.1110acp-7f, 0x1.6d43b2p-10f, \
    0x1.a17eb2p-13f)
#define LOG_POLYNOMIAL(z) \
  HORNER(z, 0x1.555556p-1f, 0x1.9999ecp-2f, 0x1.245bf2p-2f, 0x1.ddde50p-3f)
