// How fast this machine's fma instructions are: independent chains of them in registers.
//
// nn_peak(path, dtype, steps) does that many steps and gives the operations done, each fma counted
// as two.
#include <stdint.h>

#define CHAIN_LOOP(NAME, TARGET, T, BYTES, CHAINS)                                                \
  typedef T NAME##_vector __attribute__((ext_vector_type(BYTES / sizeof(T))));                   \
  TARGET static double NAME(int64_t steps) {                                                     \
    NAME##_vector sum[CHAINS], factor = (T)(1 - 1e-6), term = (T)1e-6;                           \
    for (int c = 0; c < CHAINS; c++) sum[c] = (T)c;                                              \
    for (int64_t i = 0; i < steps; i++)                                                          \
      _Pragma("clang loop unroll(full)") for (int c = 0; c < CHAINS; c++)                        \
        sum[c] = __builtin_elementwise_fma(sum[c], factor, term);                                \
    T total = 0;                                                                                 \
    for (int c = 0; c < CHAINS; c++) total += sum[c][0];                                         \
    /* The sum has to be used. */                                                                \
    return total == (T)-1 ? 0 : 2.0 * (double)steps * CHAINS * (BYTES / sizeof(T));              \
  }

#if defined(__x86_64__)
#define AVX2 __attribute__((target("avx2,fma")))
#define AVX512 __attribute__((target("avx512f,avx512vl,avx512dq,avx512bw")))
CHAIN_LOOP(avx2_f64, AVX2, double, 32, 12)
CHAIN_LOOP(avx2_f32, AVX2, float, 32, 12)
CHAIN_LOOP(avx512_f64, AVX512, double, 64, 24)
CHAIN_LOOP(avx512_f32, AVX512, float, 64, 24)
#elif defined(__aarch64__)
CHAIN_LOOP(neon_f64, , double, 16, 24)
CHAIN_LOOP(neon_f32, , float, 16, 24)
#endif

/// `path` as CNNKernels numbers them: 1 AVX2, 2 AVX-512, 3 NEON; 0 for a path without fma.
double nn_peak(int path, int is_float32, int64_t steps) {
#if defined(__x86_64__)
  if (path == 1) return is_float32 ? avx2_f32(steps) : avx2_f64(steps);
  if (path == 2) return is_float32 ? avx512_f32(steps) : avx512_f64(steps);
#elif defined(__aarch64__)
  if (path == 3) return is_float32 ? neon_f32(steps) : neon_f64(steps);
#endif
  (void)is_float32;
  (void)steps;
  return 0;
}
