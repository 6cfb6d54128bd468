// sin, cos, tan, arctan and powers in float64, straight-line except for huge angles. The largest
// errors found, in units in the last place: sin and cos 0.78, tan 0.96, arctan 0.72, powers 0.65.
// float32 rounds the float64 result.

/// A sum of two doubles, the second below half a unit of the first.
typedef struct {
  double high, low;
} pair;

/// For |a| >= |b| or a == 0.
INLINE pair quick_sum(double a, double b) {
  double sum = a + b;
  return (pair){sum, (a - sum) + b};
}

INLINE pair exact_sum(double a, double b) {
  double sum = a + b;
  double part = sum - a;
  return (pair){sum, (a - (sum - part)) + (b - part)};
}

INLINE pair exact_product(double a, double b) {
  double product = a * b;
  return (pair){product, FMA(a, b, -product)};
}

INLINE pair product(pair a, pair b) {
  pair p = exact_product(a.high, b.high);
  p.low += FMA(a.high, b.low, a.low * b.high);
  return p;
}

INLINE pair quotient(pair a, pair b) {
  double q = a.high / b.high;
  double rest = FMA(-q, b.high, a.high) + FMA(-q, b.low, a.low);
  return quick_sum(q, rest / b.high);
}

/// x = (quadrant + fraction) pi/2, and r = fraction pi/2 with |r| <= pi/4.
typedef struct {
  pair r;
  uint64_t quadrant;
} angle;

/// Above this, `reduce_quadrant` loses bits.
#define LARGE_ANGLE 0x1p28

#define HALF_PI_1 0x1.921fb54442d18p+0
#define HALF_PI_2 0x1.1a62633145c07p-54
#define HALF_PI_3 -0x1.f1976b7ed8fbcp-110

/// Cody and Waite's reduction: the first product cancels exactly inside the fma.
INLINE angle reduce_quadrant(double x) {
  double shifted = FMA(x, 0x1.45f306dc9c883p-1, 0x1.8p52);
  double k = shifted - 0x1.8p52;
  double exact = FMA(-k, HALF_PI_1, x);
  pair p = exact_product(k, HALF_PI_2);
  pair sum = exact_sum(exact, -p.high);
  sum = quick_sum(sum.high, sum.low - FMA(k, HALF_PI_3, p.low));
  return (angle){sum, bits_f64(shifted)};
}

/// The first 1280 binary digits of 2/pi behind a word of zeros.
static const uint64_t two_over_pi[21] = {0,
  0xa2f9836e4e441529, 0xfc2757d1f534ddc0, 0xdb6295993c439041, 0xfe5163abdebbc561,
  0xb7246e3a424dd2e0, 0x06492eea09d1921c, 0xfe1deb1cb129a73e, 0xe88235f52ebb4484,
  0xe99c7026b45f7e41, 0x3991d639835339f4, 0x9c845f8bbdf9283b, 0x1ff897ffde05980f,
  0xef2f118b5a0a6d1f, 0x6d367ecf27cb09b7, 0x4f463f669e5fea2d, 0x7527bac7ebe5f17b,
  0x3d0739f78a5292ea, 0x6bfb5fb11f8d5d08, 0x56033046fc7b6bab, 0xf0cfbc209af4361d};

/// Payne and Hanek's reduction, for finite |x| >= 2^28: the 192 digits of 2/pi that matter, times
/// the mantissa, modulo 4.
static angle reduce_huge(double x) {
  uint64_t bits = bits_f64(x);
  uint64_t mantissa = (bits & 0xfffffffffffffu) | 0x10000000000000u;
  int position = (int)(bits >> 52 & 0x7ff) - 1075 + 62;
  const uint64_t *word = two_over_pi + position / 64;
  int shift = position % 64;
  uint64_t digits[3];
  for (int i = 0; i < 3; i++)
    digits[i] = shift ? word[i] << shift | word[i + 1] >> (64 - shift) : word[i];
  unsigned __int128 low = (unsigned __int128)digits[2] * mantissa;
  unsigned __int128 middle = (unsigned __int128)digits[1] * mantissa + (uint64_t)(low >> 64);
  uint64_t top = digits[0] * mantissa + (uint64_t)(middle >> 64);
  unsigned __int128 turn = (unsigned __int128)top << 64 | (uint64_t)middle;
  uint64_t quadrant = (top >> 62) + (top >> 61 & 1);
  __int128 fraction = (__int128)(turn << 2 | (uint64_t)low >> 62);
  double high = (double)fraction;
  pair f = {high * 0x1p-128, (double)(fraction - (__int128)high) * 0x1p-128};
  pair r = product(f, (pair){HALF_PI_1, HALF_PI_2});
  r = quick_sum(r.high, r.low);
  if (bits >> 63) return (angle){{-r.high, -r.low}, 0 - quadrant};
  return (angle){r, quadrant};
}

INLINE pair sine_part(pair r) {
  double z = r.high * r.high;
  double s = N(horner)(z, (const double[]){
    -0x1.5555555555555p-3, 0x1.1111111111110p-7, -0x1.a01a01a019930p-13, 0x1.71de3a545f9abp-19,
    -0x1.ae6454110dcb6p-26, 0x1.61217dacc10e3p-33, -0x1.ab17041ae51dap-41}, 7);
  double low = FMA(r.low, FMA(-0.5, z, 1), r.high * (z * s));
  return quick_sum(r.high, low);
}

INLINE pair cosine_part(pair r) {
  double z = r.high * r.high;
  double lost = FMA(r.high, r.high, -z);
  double c = N(horner)(z, (const double[]){
    0x1.5555555555555p-5, -0x1.6c16c16c16c16p-10, 0x1.a01a01a019d07p-16, -0x1.27e4fb771265ap-22,
    0x1.1eed8dead280ap-29, -0x1.9394b8d2770b4p-37, 0x1.ab77a0c5f5b99p-45}, 7);
  pair head = quick_sum(1, -0.5 * z);
  double low = FMA(z * z, c, FMA(-0.5, lost, head.low));
  return quick_sum(head.high, FMA(-r.high, r.low, low));
}

INLINE double sin_of(angle a) {
  double value = a.quadrant & 1 ? cosine_part(a.r).high : sine_part(a.r).high;
  return a.quadrant & 2 ? -value : value;
}

INLINE double cos_of(angle a) {
  a.quadrant += 1;
  return sin_of(a);
}

INLINE double tan_of(angle a) {
  pair s = sine_part(a.r), c = cosine_part(a.r);
  pair minus_s = {-s.high, -s.low};
  int odd = a.quadrant & 1;
  pair top = odd ? c : s, bottom = odd ? minus_s : c;
  return quotient(top, bottom).high;
}

INLINE double sin_f64(double x) {
  double result = sin_of(reduce_quadrant(x));
  return __builtin_fabs(x) < TINY ? x : result;
}
INLINE double cos_f64(double x) { return cos_of(reduce_quadrant(x)); }
INLINE double tan_f64(double x) {
  double result = tan_of(reduce_quadrant(x));
  return __builtin_fabs(x) < TINY ? x : result;
}

static double sin_huge(double x) {
  return __builtin_fabs(x) < __builtin_inf() ? sin_of(reduce_huge(x)) : x - x;
}
static double cos_huge(double x) {
  return __builtin_fabs(x) < __builtin_inf() ? cos_of(reduce_huge(x)) : x - x;
}
static double tan_huge(double x) {
  return __builtin_fabs(x) < __builtin_inf() ? tan_of(reduce_huge(x)) : x - x;
}

/// fdlibm's ranges: arctan x = arctan c + arctan((x - c) / (1 + c x)), c in 0, 1/2, 1, 3/2,
/// infinity.
INLINE double arctan_f64(double x) {
  double a = __builtin_fabs(x);
  int r1 = a >= 0x1.cp-2, r2 = a >= 0x1.6p-1, r3 = a >= 0x1.3p+0, r4 = a >= 0x1.38p+1;
  double top = r4 ? -1 : r3 ? a - 1.5 : r2 ? a - 1 : r1 ? a - 0.5 : a;
  double bottom = r4 ? a : r3 ? FMA(1.5, a, 1)
    : r2 ? a + 1 : r1 ? FMA(0.5, a, 1) : 1;
  double high = r4 ? 0x1.921fb54442d18p+0 : r3 ? 0x1.f730bd281f69bp-1
    : r2 ? 0x1.921fb54442d18p-1 : r1 ? 0x1.dac670561bb4fp-2 : 0;
  double low = r4 ? 0x1.1a62633145c07p-54 : r3 ? 0x1.007887af0cbbdp-56
    : r2 ? 0x1.1a62633145c07p-55 : r1 ? 0x1.a2b7f222f65e2p-56 : 0;
  double t = top / bottom;
  double z = t * t;
  double p = N(horner)(z, (const double[]){
    -0x1.5555555555555p-2, 0x1.99999999998ccp-3, -0x1.2492492485a98p-3, 0x1.c71c71bd5f885p-4,
    -0x1.745d155438f6dp-4, 0x1.3b13767742056p-4, -0x1.110ca5d201ac5p-4, 0x1.e17118892fdb9p-5,
    -0x1.ab5cea210b735p-5, 0x1.700bfb1b560fbp-5, -0x1.0f75595290c0dp-5, 0x1.e44c753c6ea94p-7}, 12);
  pair sum = quick_sum(high, t);
  double result = sum.high + (sum.low + FMA(t * z, p, low));
  return __builtin_copysign(result, x);
}

/// log x to about 2^-68, relative, for x > 0 and finite: s (2 + z (2/3 + z (2/5 + …))), z = s^2,
/// s = f / (2 + f), the leading terms in pairs.
INLINE pair log_pair(double x) {
  split_f64 a = split_exponent_f64(x);
  pair s = quotient((pair){a.f, 0}, quick_sum(2, a.f));
  pair z = product(s, s);
  double rest = N(horner)(z.high, (const double[]){
    0x1.2492492492485p-2, 0x1.c71c71c71f2f6p-3, 0x1.745d1743770b4p-3, 0x1.3b13b263e8d74p-3,
    0x1.1110b826d42b9p-3, 0x1.e202c45e60232p-4, 0x1.ab807ccb7b7fap-4, 0x1.bef5715c0d125p-4}, 8);
  pair p = quick_sum(0x1.999999999999ap-2, z.high * rest);
  p.low += -0x1.999999999999ap-56;
  p = product(z, p);
  pair q = quick_sum(0x1.5555555555555p-1, p.high);
  q.low += p.low + 0x1.5555555555555p-55;
  q = product(z, q);
  pair v = quick_sum(2, q.high);
  v.low += q.low;
  v = product(s, v);
  pair sum = quick_sum(a.k * LN2_HIGH, v.high);
  return quick_sum(sum.high, sum.low + FMA(a.k, LN2_LOW, v.low));
}

/// |x|^y for |x| positive and finite and y finite.
INLINE double power_of_positive(double x, double y) {
  pair l = log_pair(x);
  double high = y * l.high;
  double low = FMA(y, l.high, -high) + y * l.low;
  int saturated = !(__builtin_fabs(high) < 800);
  high = saturated ? (high > 0 ? EXP_HIGH : EXP_LOW) : high;
  low = saturated ? 0 : low;
  high = high > EXP_HIGH ? EXP_HIGH : high;
  high = high < EXP_LOW ? EXP_LOW : high;
  reduced_f64 r = reduce_ln2_f64(high);
  pair sum = quick_sum(r.r, r.rl + low);
  return exp_reduced_f64((reduced_f64){r.k, sum.high, sum.low});
}

/// IEEE's pow, but x**2 is x*x and x**0.5 is sqrt(x).
INLINE double pow_f64(double x, double y) {
  double infinity = __builtin_inf();
  double size = __builtin_fabs(x), size_y = __builtin_fabs(y);
  double half = 0.5 * y;
  int huge = size_y >= 0x1p52;
  int whole = huge || (size_y + 0x1p52) - 0x1p52 == size_y;
  int even = size_y >= 0x1p53 || (__builtin_fabs(half) + 0x1p52) - 0x1p52 == __builtin_fabs(half);
  int odd = whole && !even;
  double result = power_of_positive(size, y);
  result = size == 0 || size == infinity ? ((size == 0) == (y > 0) ? 0 : infinity) : result;
  result = size_y == infinity ? (size == 1 ? 1 : (size > 1) == (y > 0) ? infinity : 0) : result;
  result = x < 0 && !whole && size < infinity ? __builtin_nan("") : result;
  result = odd && bits_f64(x) >> 63 ? -result : result;
  result = x != x || y != y ? x + y : result;
  result = x == 1 || y == 0 ? 1 : result;
  result = y == 2 ? x * x : result;
  return y == 0.5 ? SQRT(x) : result;
}
