#pragma STDC FP_CONTRACT OFF

// The kernels for any machine. Where the compiler may not count on an fma instruction, fma is done
// in integers, slowly; on arm64, which has kernels of its own, too, so that this way is tested there.

#if defined(__FP_FAST_FMA) && !defined(__aarch64__)
#define NN_HARDWARE_FMA
#endif
#define NN_VECTOR_BYTES 16
#define NN_TILE_ROWS 6
#define NN_KERNELS nn_kernels_portable
#include "template/kernels.h"
