// Integer arithmetic: wrap-around, division that rounds down and gives 0 by 0.

INLINE uint8_t floor_divide_u8(uint8_t a, uint8_t b) { return b ? a / b : 0; }
INLINE uint8_t remainder_u8(uint8_t a, uint8_t b) { return b ? a % b : 0; }

INLINE int64_t floor_divide_i64(int64_t a, int64_t b) {
  if (b == 0) return 0;
  if (b == -1) return (int64_t)(0 - (uint64_t)a);
  int64_t q = a / b;
  return q - ((a % b != 0) & ((a < 0) != (b < 0)));
}

INLINE int64_t remainder_i64(int64_t a, int64_t b) {
  if (b == 0 || b == -1) return 0;
  int64_t r = a % b;
  return r != 0 && (r < 0) != (b < 0) ? r + b : r;
}

INLINE uint64_t power_u64(uint64_t base, uint64_t exponent) {
  uint64_t result = 1;
  for (; exponent; exponent >>= 1, base *= base)
    if (exponent & 1) result *= base;
  return result;
}
