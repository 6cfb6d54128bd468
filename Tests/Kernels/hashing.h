// What the programs beside this file share: numbers that depend on nothing, and their hashes.
#ifndef NN_HASHING_H
#define NN_HASHING_H

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "CNNKernels.h"

// Not every program needs all of it.
#define SHARED static __attribute__((unused))

static int differences;

static uint64_t state = 1;
SHARED uint64_t draw(void) {
  state = state * 6364136223846793005u + 1442695040888963407u;
  return state >> 11;
}

SHARED uint64_t hash_bytes(uint64_t hash, const void *data, size_t count) {
  const uint8_t *bytes = data;
  for (size_t i = 0; i < count; i++) hash = (hash ^ bytes[i]) * 0x100000001b3u;
  return hash;
}

/// Every NaN counts as the same.
SHARED uint64_t hash_of(int dtype, const void *data, ptrdiff_t count) {
  uint64_t hash = 0xcbf29ce484222325u;
  for (ptrdiff_t i = 0; i < count; i++) {
    if (dtype == NN_FLOAT64) {
      double x = ((const double *)data)[i];
      x = x != x ? NAN : x;
      hash = hash_bytes(hash, &x, 8);
    } else if (dtype == NN_FLOAT32) {
      float x = ((const float *)data)[i];
      x = x != x ? NAN : x;
      hash = hash_bytes(hash, &x, 4);
    } else {
      size_t size = dtype == NN_INT64 ? 8 : 1;
      hash = hash_bytes(hash, (const uint8_t *)data + (size_t)i * size, size);
    }
  }
  return hash;
}

SHARED void *room(ptrdiff_t count) {
  void *result = malloc((size_t)(count + 1) * 8);
  if (!result) exit(2);
  return result;
}

SHARED const char *const dtype_names[] = {"bool", "uint8", "int64", "float32", "float64"};

/// The hash of one result; complains if it is not the first one's.
SHARED void agree(const char *name, uint64_t *first, uint64_t hash, int path, int threads) {
  if (*first == 0) *first = hash;
  if (*first == hash) return;
  printf("%s differs on path %d with %d threads\n", name, path, threads);
  differences++;
}

#endif
