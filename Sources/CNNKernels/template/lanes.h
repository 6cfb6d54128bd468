// A native vector of T, and the first few lanes of one: what is loaded and stored at the right edge
// of a matrix, where a whole vector would reach beyond it.

enum { N(LANES) = NN_VECTOR_BYTES / sizeof(T) };

typedef T N(vector) __attribute__((ext_vector_type(NN_VECTOR_BYTES / sizeof(T))));

/// Anywhere in memory.
INLINE N(vector) N(load)(const T *from) {
  N(vector) x;
  __builtin_memcpy(&x, from, sizeof x);
  return x;
}

INLINE void N(store)(T *to, N(vector) x) { __builtin_memcpy(to, &x, sizeof x); }

#if NN_VECTOR_BYTES == 64

typedef uint32_t N(edge);
INLINE N(edge) N(edge_of)(ptrdiff_t lanes) { return (1u << lanes) - 1; }
INLINE N(vector) N(load_edge)(const T *from, N(edge) edge) {
  return INTRINSIC(_mm512_maskz_loadu)(edge, from);
}
INLINE void N(store_edge)(T *to, N(vector) x, N(edge) edge) {
  INTRINSIC(_mm512_mask_storeu)(to, edge, x);
}

#elif NN_VECTOR_BYTES == 32

typedef U N(edge) __attribute__((ext_vector_type(32 / sizeof(T))));
INLINE N(edge) N(edge_of)(ptrdiff_t lanes) {
  static const U bits[] = {
    (U)-1, (U)-1, (U)-1, (U)-1, (U)-1, (U)-1, (U)-1, (U)-1, 0, 0, 0, 0, 0, 0, 0, 0};
  N(edge) edge;
  __builtin_memcpy(&edge, bits + 8 - lanes, sizeof edge);
  return edge;
}
INLINE N(vector) N(load_edge)(const T *from, N(edge) edge) {
  return INTRINSIC(_mm256_maskload)(from, (__m256i)edge);
}
INLINE void N(store_edge)(T *to, N(vector) x, N(edge) edge) {
  INTRINSIC(_mm256_maskstore)(to, (__m256i)edge, x);
}

#else

typedef ptrdiff_t N(edge);
INLINE N(edge) N(edge_of)(ptrdiff_t lanes) { return lanes; }
INLINE N(vector) N(load_edge)(const T *from, N(edge) edge) {
  N(vector) x = 0;
#pragma clang loop unroll(full)
  for (int lane = 0; lane < N(LANES); lane++)
    if (lane < edge) x[lane] = from[lane];
  return x;
}
INLINE void N(store_edge)(T *to, N(vector) x, N(edge) edge) {
#pragma clang loop unroll(full)
  for (int lane = 0; lane < N(LANES); lane++)
    if (lane < edge) to[lane] = x[lane];
}

#endif

/// The end of a row, less than two vectors: a whole one in place, the last in a room of its own.
INLINE void N(rest_of_row)(
  T *out, const T *a, ptrdiff_t count, void (*row)(T *out, const T *a, ptrdiff_t count)) {
  if (count >= N(LANES)) {
    row(out, a, N(LANES));
    out += N(LANES);
    a += N(LANES);
    count -= N(LANES);
  }
  if (count == 0) return;
  T room[N(LANES)];
  N(edge) edge = N(edge_of)(count);
  N(store)(room, N(load_edge)(a, edge));
  row(room, room, N(LANES));
  N(store_edge)(out, N(load)(room), edge);
}
