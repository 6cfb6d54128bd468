#pragma STDC FP_CONTRACT OFF

// The kernels for any machine. Where there is no fma instruction, fma is a slow and exact call.

#define NN_KERNELS nn_kernels_portable
#include "template/kernels.h"
