#pragma STDC FP_CONTRACT OFF

// The kernels for x86-64 with AVX2 and FMA.

#if defined(__x86_64__)
#include <immintrin.h>
#pragma clang attribute push(__attribute__((target("avx2,fma"))), apply_to = function)
#define NN_HARDWARE_FMA
#define NN_VECTOR_BYTES 32
#define NN_TILE_ROWS 6
#define NN_KERNELS nn_kernels_avx2
#include "template/kernels.h"
#pragma clang attribute pop
#endif
