// Folds by + and *. T is the type, N the naming, LANES a vector of 16.
//
// A panel of up to 512 elements is summed in 16 interleaved lanes, each from +0 in order, and the
// lanes by a fixed halving tree. A lane that gets nothing stays +0, which changes no sum.

typedef T N(lanes) __attribute__((ext_vector_type(16)));

#define PANEL_SUM(NAME, TERM)                                                                     \
  static void N(panel_##NAME)(                                                                   \
    void *result, const void *a, ptrdiff_t count, const void *parameter) {                       \
    const T *elements = a;                                                                       \
    T mean = parameter ? *(const T *)parameter : 0;                                              \
    (void)mean;                                                                                  \
    N(lanes) sum = 0;                                                                            \
    ptrdiff_t i = 0;                                                                             \
    for (; i + 16 <= count; i += 16) {                                                           \
      N(lanes) x;                                                                                \
      __builtin_memcpy(&x, elements + i, sizeof x);                                              \
      sum += TERM;                                                                               \
    }                                                                                            \
    T room[16];                                                                                  \
    __builtin_memcpy(room, &sum, sizeof room);                                                   \
    for (int lane = 0; i < count; i++, lane++) {                                                 \
      T x = elements[i];                                                                         \
      room[lane] = room[lane] + TERM;                                                            \
    }                                                                                            \
    HALVING_TREE(room[lane] = room[lane] + room[lane + width])                                   \
    *(T *)result = room[0];                                                                      \
  }                                                                                              \
  static void N(column_##NAME)(                                                                  \
    void *result, const void *a, ptrdiff_t count, const void *parameter) {                       \
    T *sum = result;                                                                             \
    const T *elements = a, *means = parameter;                                                   \
    (void)means;                                                                                 \
    EACH {                                                                                       \
      T x = elements[i];                                                                         \
      COLUMN_MEAN                                                                                \
      sum[i] = sum[i] + TERM;                                                                    \
    }                                                                                            \
  }

#define COLUMN_MEAN
PANEL_SUM(sum, x)
PANEL_SUM(squares, x * x)
#undef COLUMN_MEAN
#define COLUMN_MEAN T mean = means[i];
PANEL_SUM(deviations, (x - mean) * (x - mean))
#undef COLUMN_MEAN

static void N(panel_product)(
  void *result, const void *a, ptrdiff_t count, const void *parameter) {
  (void)parameter;
  const T *elements = a;
  N(lanes) product = 1;
  ptrdiff_t i = 0;
  for (; i + 16 <= count; i += 16) {
    N(lanes) x;
    __builtin_memcpy(&x, elements + i, sizeof x);
    product *= x;
  }
  T room[16];
  __builtin_memcpy(room, &product, sizeof room);
  for (int lane = 0; i < count; i++, lane++) room[lane] = room[lane] * elements[i];
  HALVING_TREE(room[lane] = room[lane] * room[lane + width])
  *(T *)result = room[0];
}

static void N(column_product)(
  void *result, const void *a, ptrdiff_t count, const void *parameter) {
  (void)parameter;
  T *product = result;
  const T *elements = a;
  EACH product[i] = product[i] * elements[i];
}
