#pragma STDC FP_CONTRACT OFF

// The kernels for x86-64 with AVX-512. With its first part alone, clang would use half of the
// registers.

#if defined(__x86_64__)
#include <immintrin.h>
#pragma clang attribute push( \
  __attribute__((target("avx512f,avx512vl,avx512dq,avx512bw,fma"))), apply_to = function)
#define NN_HARDWARE_FMA
#define NN_VECTOR_BYTES 64
#define NN_TILE_ROWS 14
#define NN_KERNELS nn_kernels_avx512
#include "template/kernels.h"
#pragma clang attribute pop
#endif
