// Matrix product of integers and bools: exact, wrapping around; for bools "or" of "and".

#define INTEGER_MATMUL(NAME, TYPE, STEP)                                                          \
  static int NAME(                                                                               \
    void *out, nn_matrix a, nn_matrix b, ptrdiff_t rows, ptrdiff_t count, ptrdiff_t columns) {   \
    const TYPE *left = a.data, *right = b.data;                                                  \
    for (ptrdiff_t i = 0; i < rows; i++) {                                                       \
      TYPE *result = (TYPE *)out + i * columns;                                                  \
      for (ptrdiff_t j = 0; j < columns; j++) result[j] = 0;                                     \
      for (ptrdiff_t k = 0; k < count; k++) {                                                    \
        TYPE x = left[i * a.row + k * a.column];                                                 \
        const TYPE *row = right + k * b.row;                                                     \
        for (ptrdiff_t j = 0; j < columns; j++) {                                                \
          TYPE y = row[j * b.column];                                                            \
          result[j] = (TYPE)(STEP);                                                              \
        }                                                                                        \
      }                                                                                          \
    }                                                                                            \
    return NN_OK;                                                                                \
  }

INTEGER_MATMUL(matmul_bool, uint8_t, result[j] | (x & y))
INTEGER_MATMUL(matmul_u8, uint8_t, result[j] + x * y)
INTEGER_MATMUL(matmul_i64, uint64_t, result[j] + x * y)
