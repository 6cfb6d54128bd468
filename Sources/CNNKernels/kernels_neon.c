#pragma STDC FP_CONTRACT OFF

// The kernels for arm64, whose vectors and fma every such processor has.

#if defined(__aarch64__)
#define NN_HARDWARE_FMA
#define NN_VECTOR_BYTES 16
#define NN_TILE_ROWS 14
#define NN_KERNELS nn_kernels_neon
#include "template/kernels.h"
#endif
