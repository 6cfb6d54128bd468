#pragma STDC FP_CONTRACT OFF

// The kernels for any machine. Where the compiler may not count on an fma instruction, fma is done
// in integers, slowly.

#if defined(__FP_FAST_FMA)
#define NN_HARDWARE_FMA
#endif
#define NN_KERNELS nn_kernels_portable
#include "template/kernels.h"
