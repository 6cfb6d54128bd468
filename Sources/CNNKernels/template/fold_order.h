// Folds by comparison. min and max keep the element they have unless another is beyond it or is not a
// number, so NaN goes through; argmin and argmax give the first such place.

typedef T N(order_lanes) __attribute__((ext_vector_type(16)));

#define PANEL_ORDER(NAME, BEYOND)                                                                 \
  /* `parameter` is the row's first element, with which every lane starts. */                    \
  static void N(panel_##NAME)(                                                                   \
    void *result, const void *a, ptrdiff_t count, const void *parameter) {                       \
    const T *elements = a;                                                                       \
    T room[16];                                                                                  \
    N(order_lanes) best = *(const T *)parameter;                                                 \
    ptrdiff_t i = 0;                                                                             \
    for (; i + 16 <= count; i += 16) {                                                           \
      N(order_lanes) x;                                                                          \
      __builtin_memcpy(&x, elements + i, sizeof x);                                              \
      best = ((x BEYOND best) | (x != x)) ? x : best;                                            \
    }                                                                                            \
    __builtin_memcpy(room, &best, sizeof room);                                                  \
    for (int lane = 0; i < count; i++, lane++) {                                                 \
      T x = elements[i];                                                                         \
      room[lane] = x BEYOND room[lane] || x != x ? x : room[lane];                               \
    }                                                                                            \
    HALVING_TREE(                                                                                \
      T x = room[lane + width]; room[lane] = x BEYOND room[lane] || x != x ? x : room[lane])     \
    *(T *)result = room[0];                                                                      \
  }                                                                                              \
  static void N(column_##NAME)(                                                                  \
    void *result, const void *a, ptrdiff_t count, const void *parameter) {                       \
    (void)parameter;                                                                             \
    T *best = result;                                                                            \
    const T *elements = a;                                                                       \
    EACH {                                                                                       \
      T x = elements[i], y = best[i];                                                            \
      best[i] = x BEYOND y || x != x ? x : y;                                                    \
    }                                                                                            \
  }                                                                                              \
  static int64_t N(arg##NAME)(void *best, const void *a, ptrdiff_t count) {                      \
    const T *elements = a;                                                                       \
    T y = *(T *)best;                                                                            \
    int64_t place = -1;                                                                          \
    for (ptrdiff_t i = 0; i < count && y == y; i++) {                                            \
      T x = elements[i];                                                                         \
      if (x BEYOND y || x != x) {                                                                \
        y = x;                                                                                   \
        place = i;                                                                               \
      }                                                                                          \
    }                                                                                            \
    *(T *)best = y;                                                                              \
    return place;                                                                                \
  }

PANEL_ORDER(min, <)
PANEL_ORDER(max, >)
