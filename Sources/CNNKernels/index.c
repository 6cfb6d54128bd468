#pragma STDC FP_CONTRACT OFF

// Moving elements to and from the places an index names.

#include "walk.h"

ptrdiff_t nn_place_offsets(
  int64_t *offsets, const int64_t *places, ptrdiff_t size, ptrdiff_t stride, ptrdiff_t count) {
  for (ptrdiff_t i = 0; i < count; i++) {
    int64_t place = places[i];
    if (place < -size || place >= size) return i;
    offsets[i] = (place < 0 ? place + size : place) * stride;
  }
  return -1;
}

void nn_mask_offsets(
  int64_t *offsets, const uint8_t *mask, const ptrdiff_t *shape, const ptrdiff_t *strides,
  int rank) {
  nn_walk walk;
  if (!nn_walk_start(&walk, shape, rank, 1, (const ptrdiff_t *[]){strides})) return;
  do {
    for (ptrdiff_t i = 0; i < walk.length; i++)
      if (*mask++) *offsets++ = walk.offset[0] + i * walk.step[0];
  } while (nn_walk_next(&walk));
}

static int start(nn_walk *walk, nn_axes axes) {
  return nn_walk_start(walk, axes.shape, axes.rank, 1, (const ptrdiff_t *[]){axes.strides});
}

/// Elements one by one, for three sizes; TO and FROM are places of element i.
#define COPY_EACH(TO, FROM)                                                       \
  switch (size) {                                                                 \
    case 1: for (ptrdiff_t i = 0; i < length; i++) COPY(uint8_t, TO, FROM) break;  \
    case 4: for (ptrdiff_t i = 0; i < length; i++) COPY(uint32_t, TO, FROM) break; \
    default: for (ptrdiff_t i = 0; i < length; i++) COPY(uint64_t, TO, FROM) break; \
  }
#define COPY(TYPE, TO, FROM) ((TYPE *)to)[TO] = ((const TYPE *)from)[FROM];

static void copy_places(
  char *to, const char *from, ptrdiff_t size, const int64_t *offsets, ptrdiff_t length) {
  COPY_EACH(i, offsets[i])
}

static void copy_steps(
  char *to, ptrdiff_t to_step, const char *from, ptrdiff_t from_step, ptrdiff_t size,
  ptrdiff_t length) {
  if (to_step == 1 && from_step == 1) __builtin_memcpy(to, from, (size_t)(length * size));
  else COPY_EACH(i * to_step, i * from_step)
}

static void put_places(
  char *to, const char *from, ptrdiff_t step, ptrdiff_t size, const int64_t *offsets,
  ptrdiff_t length) {
  COPY_EACH(offsets[i], i * step)
}

void nn_gather(
  void *out, const void *data, ptrdiff_t size, const int64_t *offsets, ptrdiff_t count,
  nn_axes outer, nn_axes inner) {
  nn_walk outside, inside;
  if (!start(&outside, outer) || !start(&inside, inner)) return;
  int single = inside.outer == 0 && inside.length == 1;
  char *result = out;
  do {
    const char *base = (const char *)data + outside.offset[0] * size;
    for (ptrdiff_t o = 0; o < outside.length; o++, base += outside.step[0] * size) {
      if (single) {
        copy_places(result, base, size, offsets, count);
        result += count * size;
        continue;
      }
      for (ptrdiff_t k = 0; k < count; k++) {
        inside.offset[0] = 0;
        do {
          copy_steps(
            result, 1, base + (offsets[k] + inside.offset[0]) * size, inside.step[0], size,
            inside.length);
          result += inside.length * size;
        } while (nn_walk_next(&inside));
      }
    }
  } while (nn_walk_next(&outside));
}

void nn_scatter(
  void *data, ptrdiff_t size, const int64_t *offsets, ptrdiff_t count, nn_axes outer,
  nn_axes inner, const void *values, ptrdiff_t step) {
  nn_walk outside, inside;
  if (!start(&outside, outer) || !start(&inside, inner)) return;
  int single = inside.outer == 0 && inside.length == 1;
  const char *value = values;
  do {
    char *base = (char *)data + outside.offset[0] * size;
    for (ptrdiff_t o = 0; o < outside.length; o++, base += outside.step[0] * size) {
      if (single) {
        put_places(base, value, step, size, offsets, count);
        value += count * step * size;
        continue;
      }
      for (ptrdiff_t k = 0; k < count; k++) {
        inside.offset[0] = 0;
        do {
          copy_steps(
            base + (offsets[k] + inside.offset[0]) * size, inside.step[0], value, step, size,
            inside.length);
          value += inside.length * step * size;
        } while (nn_walk_next(&inside));
      }
    }
  } while (nn_walk_next(&outside));
}

void nn_fill_masked(
  void *data, ptrdiff_t size, const uint8_t *mask, const void *value, ptrdiff_t count) {
  char *to = data;
  const char *from = value;
#define FILL(TYPE)                                                         \
  for (ptrdiff_t i = 0; i < count; i++)                                    \
    ((TYPE *)to)[i] = mask[i] ? *(const TYPE *)from : ((TYPE *)to)[i];
  if (size == 1) FILL(uint8_t)
  else if (size == 4) FILL(uint32_t)
  else FILL(uint64_t)
}

ptrdiff_t nn_find_broken(int dtype, const void *data, double low, double high, ptrdiff_t count) {
  for (ptrdiff_t i = 0; i < count; i++) {
    double x = dtype == NN_FLOAT32 ? ((const float *)data)[i] : ((const double *)data)[i];
    if (!(x >= low && x <= high && __builtin_elementwise_trunc(x) == x)) return i;
  }
  return -1;
}
