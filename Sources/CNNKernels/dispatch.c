#pragma STDC FP_CONTRACT OFF

// Chooses the fastest kernels this machine can run, once, before anything else runs.

#include "internal.h"

const nn_kernels *nn_chosen = &nn_kernels_portable;

int nn_path_exists(int path) {
#if defined(__x86_64__)
  if (path == NN_AVX2) return __builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma");
#endif
  return path == NN_PORTABLE;
}

int nn_path(void) { return nn_active == &nn_kernels_portable ? NN_PORTABLE : NN_AVX2; }

void nn_select_path(int path) {
  if (!nn_path_exists(path)) return;
#if defined(__x86_64__)
  const nn_kernels *kernels = path == NN_AVX2 ? &nn_kernels_avx2 : &nn_kernels_portable;
  __atomic_store_n(&nn_chosen, kernels, __ATOMIC_RELAXED);
#endif
}

__attribute__((constructor)) static void choose(void) {
#if defined(__x86_64__)
  __builtin_cpu_init();
#endif
  nn_select_path(NN_AVX2);
}
