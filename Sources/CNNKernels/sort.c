#pragma STDC FP_CONTRACT OFF

// Stable merge sorts: rows of values, and of places by the values there. NaN comes last.

#include "internal.h"

enum { NN_RUN = 16, NN_UNASKED = 1 << 16 };

/// Sorts ITEM items by KEY(item); BEFORE(x, y) is strict.
#define MERGE_SORT(NAME, ITEM, TYPE, KEY)                                                        \
  static int NAME(ITEM *items, ITEM *room, const TYPE *values, ptrdiff_t count) {                \
    (void)values;                                                                                \
    for (ptrdiff_t start = 0; start < count; start += NN_RUN) {                                  \
      if (start % NN_UNASKED == 0 && start > 0 && nn_is_stopped()) return NN_STOPPED;            \
      ptrdiff_t end = count - start < NN_RUN ? count : start + NN_RUN;                           \
      for (ptrdiff_t i = start + 1; i < end; i++) {                                              \
        ITEM item = items[i];                                                                    \
        TYPE x = KEY(item);                                                                      \
        ptrdiff_t j = i;                                                                         \
        for (; j > start && BEFORE(x, KEY(items[j - 1])); j--) items[j] = items[j - 1];          \
        items[j] = item;                                                                         \
      }                                                                                          \
    }                                                                                            \
    ITEM *from = items, *to = room;                                                              \
    for (ptrdiff_t width = NN_RUN; width < count; width *= 2) {                                  \
      for (ptrdiff_t start = 0; start < count; start += 2 * width) {                             \
        ptrdiff_t middle = count - start < width ? count : start + width;                        \
        ptrdiff_t end = count - start < 2 * width ? count : start + 2 * width;                   \
        ptrdiff_t i = start, j = middle;                                                         \
        for (ptrdiff_t k = start; k < end; k++) {                                                \
          if (k % NN_UNASKED == 0 && k > 0 && nn_is_stopped()) return NN_STOPPED;                \
          int right = i == middle || (j < end && BEFORE(KEY(from[j]), KEY(from[i])));            \
          to[k] = right ? from[j++] : from[i++];                                                 \
        }                                                                                        \
      }                                                                                          \
      ITEM *other = from;                                                                        \
      from = to;                                                                                 \
      to = other;                                                                                \
    }                                                                                            \
    if (from != items) __builtin_memcpy(items, from, (size_t)count * sizeof(ITEM));              \
    return NN_OK;                                                                                \
  }

#define ITSELF(item) (item)
#define VALUE(item) values[item]

#define BEFORE(x, y) ((x) < (y))
MERGE_SORT(sort_u8, uint8_t, uint8_t, ITSELF)
MERGE_SORT(sort_i64, int64_t, int64_t, ITSELF)
MERGE_SORT(argsort_u8, int64_t, uint8_t, VALUE)
MERGE_SORT(argsort_i64, int64_t, int64_t, VALUE)
#undef BEFORE

#define BEFORE(x, y) ((x) < (y) || ((y) != (y) && (x) == (x)))
MERGE_SORT(sort_f32, float, float, ITSELF)
MERGE_SORT(sort_f64, double, double, ITSELF)
MERGE_SORT(argsort_f32, int64_t, float, VALUE)
MERGE_SORT(argsort_f64, int64_t, double, VALUE)

int nn_sort(int dtype, void *data, void *room, ptrdiff_t rows, ptrdiff_t count) {
  ptrdiff_t bytes = count * nn_item_size(dtype);
  for (ptrdiff_t row = 0; row < rows; row++) {
    void *items = (char *)data + row * bytes;
    int status;
    switch (dtype) {
      case NN_INT64: status = sort_i64(items, room, 0, count); break;
      case NN_FLOAT32: status = sort_f32(items, room, 0, count); break;
      case NN_FLOAT64: status = sort_f64(items, room, 0, count); break;
      default: status = sort_u8(items, room, 0, count); break;
    }
    if (status != NN_OK) return status;
  }
  return NN_OK;
}

int nn_argsort(
  int dtype, int64_t *places, const void *data, int64_t *room, ptrdiff_t rows, ptrdiff_t count) {
  ptrdiff_t bytes = count * nn_item_size(dtype);
  for (ptrdiff_t row = 0; row < rows; row++, places += count) {
    const void *values = (const char *)data + row * bytes;
    for (ptrdiff_t i = 0; i < count; i++) places[i] = i;
    int status;
    switch (dtype) {
      case NN_INT64: status = argsort_i64(places, room, values, count); break;
      case NN_FLOAT32: status = argsort_f32(places, room, values, count); break;
      case NN_FLOAT64: status = argsort_f64(places, room, values, count); break;
      default: status = argsort_u8(places, room, values, count); break;
    }
    if (status != NN_OK) return status;
  }
  return NN_OK;
}
