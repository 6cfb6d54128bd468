// Rows of elementwise operations. Steps are 0 or 1: the walkers bring everything else to that form.
// `out` may be an operand, so nothing is `restrict`; the pragma says that iterations don't
// interact.

#define EACH _Pragma("clang loop vectorize(assume_safety)") for (ptrdiff_t i = 0; i < count; i++)

/// Lanes i and i + width become one, for widths 8, 4, 2, 1. In a row of fewer than 16 elements
/// (`count`) the lanes behind it change nothing and are left out.
#define HALVING_TREE(STEP)                                                                        \
  for (int width = 8, end = count < 16 ? (int)count : 16; width > 0;                            \
       end = end < width ? end : width, width >>= 1)                                             \
    for (int lane = 0; lane < width && lane + width < end; lane++) { STEP; }

#define BINARY_ROW(NAME, FROM, TO, EXPRESSION)                                                    \
  static int NAME(                                                                               \
    void *out, const void *a, ptrdiff_t a_step, const void *b, ptrdiff_t b_step,                 \
    ptrdiff_t count) {                                                                           \
    TO *result = out;                                                                            \
    const FROM *left = a, *right = b;                                                            \
    if (a_step && b_step) {                                                                      \
      EACH { FROM x = left[i], y = right[i]; result[i] = (TO)(EXPRESSION); }                     \
    } else if (a_step) {                                                                         \
      FROM y = *right;                                                                           \
      EACH { FROM x = left[i]; result[i] = (TO)(EXPRESSION); }                                   \
    } else if (b_step) {                                                                         \
      FROM x = *left;                                                                            \
      EACH { FROM y = right[i]; result[i] = (TO)(EXPRESSION); }                                  \
    } else {                                                                                     \
      FROM x = *left, y = *right;                                                                \
      TO value = (TO)(EXPRESSION);                                                               \
      EACH { result[i] = value; }                                                                \
    }                                                                                            \
    return NN_OK;                                                                                \
  }

#define UNARY_ROW(NAME, FROM, TO, EXPRESSION)                                                     \
  static void NAME(void *out, const void *a, ptrdiff_t count) {                                  \
    TO *result = out;                                                                            \
    const FROM *operand = a;                                                                     \
    EACH { FROM x = operand[i]; result[i] = (TO)(EXPRESSION); }                                  \
  }

/// A row of a function of many steps: pairs of vectors, whose steps wait for each other in turns,
/// then the rest as whole vectors. Numbers come one by one, too.
#define FUNCTION_ROW(NAME, EXPRESSION)                                                            \
  FUNCTION_LOOP(N(pairs_##NAME), EXPRESSION, 2)                                                  \
  FUNCTION_LOOP(N(vectors_##NAME), EXPRESSION, 1)                                                \
  static void N(row_##NAME)(void *out, const void *a, ptrdiff_t count) {                         \
    const T *operand = a;                                                                        \
    if (count == 1) {                                                                            \
      T x = *operand;                                                                            \
      *(T *)out = (T)(EXPRESSION);                                                               \
      return;                                                                                    \
    }                                                                                            \
    ptrdiff_t pairs = count / (2 * N(LANES)) * (2 * N(LANES));                                   \
    if (pairs > 0) N(pairs_##NAME)(out, operand, pairs);                                         \
    N(rest_of_row)((T *)out + pairs, operand + pairs, count - pairs, N(vectors_##NAME));         \
  }

#define LOOP_PRAGMA(text) _Pragma(#text)

/// `count` is a multiple of so many vectors.
#define FUNCTION_LOOP(NAME, EXPRESSION, VECTORS)                                                  \
  __attribute__((noinline)) static void NAME(T *out, const T *a, ptrdiff_t count) {              \
    count = count / (VECTORS * N(LANES)) * (VECTORS * N(LANES));                                 \
    LOOP_PRAGMA(clang loop vectorize(assume_safety) interleave_count(VECTORS))                   \
    for (ptrdiff_t i = 0; i < count; i++) { T x = a[i]; out[i] = (T)(EXPRESSION); }              \
  }

#define COMPARISON_ROWS(NAMED, FROM)                                                              \
  BINARY_ROW(NAMED(row_equal), FROM, uint8_t, x == y)                                             \
  BINARY_ROW(NAMED(row_not_equal), FROM, uint8_t, x != y)                                         \
  BINARY_ROW(NAMED(row_less), FROM, uint8_t, x < y)                                               \
  BINARY_ROW(NAMED(row_less_equal), FROM, uint8_t, x <= y)                                        \
  BINARY_ROW(NAMED(row_greater), FROM, uint8_t, x > y)                                            \
  BINARY_ROW(NAMED(row_greater_equal), FROM, uint8_t, x >= y)                                     \
  UNARY_ROW(NAMED(row_logical_not), FROM, uint8_t, x == 0)

#define CAST_ROW(NAME, FROM, TO, EXPRESSION)                                                      \
  static void NAME(void *out, const void *a, ptrdiff_t step, ptrdiff_t count) {                  \
    TO *result = out;                                                                            \
    const FROM *operand = a;                                                                     \
    if (step == 1) {                                                                             \
      EACH { FROM x = operand[i]; result[i] = (TO)(EXPRESSION); }                                \
    } else {                                                                                     \
      EACH { FROM x = operand[i * step]; result[i] = (TO)(EXPRESSION); }                         \
    }                                                                                            \
  }
