#pragma STDC FP_CONTRACT OFF

// Chooses the fastest kernels this machine can run, once, before anything else runs.

#include "internal.h"

const nn_kernels *nn_chosen = &nn_kernels_portable;

/// Null where a path is not compiled.
static const nn_kernels *const tables[NN_PATHS] = {
  [NN_PORTABLE] = &nn_kernels_portable,
#if defined(__x86_64__)
  [NN_AVX2] = &nn_kernels_avx2,
  [NN_AVX512] = &nn_kernels_avx512,
#elif defined(__aarch64__)
  [NN_NEON] = &nn_kernels_neon,
#endif
};

int nn_path_exists(int path) {
  if (path < 0 || path >= NN_PATHS || !tables[path]) return 0;
#if defined(__x86_64__)
  if (path == NN_AVX2) return __builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma");
  if (path == NN_AVX512)
    return __builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512vl")
      && __builtin_cpu_supports("avx512dq") && __builtin_cpu_supports("avx512bw")
      && nn_path_exists(NN_AVX2);
#endif
  return 1;
}

int nn_path(void) {
  const nn_kernels *active = nn_active;
  int path = 0;
  while (tables[path] != active) path++;
  return path;
}

const nn_kernels *nn_kernels_of(int path) { return tables[path]; }

void nn_select_path(int path) {
  if (nn_path_exists(path)) __atomic_store_n(&nn_chosen, tables[path], __ATOMIC_RELAXED);
}

__attribute__((constructor)) static void choose(void) {
#if defined(__x86_64__)
  __builtin_cpu_init();
#endif
  for (int path = 0; path < NN_PATHS; path++) nn_select_path(path);
}
