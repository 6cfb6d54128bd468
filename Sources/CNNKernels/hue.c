#pragma STDC FP_CONTRACT OFF

// The hue of pixels, in scikit-image's operations.

#include "internal.h"

/// Of several channels that are largest the last one counts. A pixel that is not all numbers has
/// the hue 0, as one that is grey.
#define HUE(NAME, TYPE, SOURCE, SCALE)                                                          \
  static void NAME(TYPE *out, const SOURCE *pixels, ptrdiff_t count) {                          \
    for (ptrdiff_t i = 0; i < count; i++) {                                                     \
      TYPE red = SCALE(pixels[3 * i]), green = SCALE(pixels[3 * i + 1]);                        \
      TYPE blue = SCALE(pixels[3 * i + 2]);                                                     \
      TYPE high = red > green ? red : green, low = red < green ? red : green;                   \
      high = high > blue ? high : blue;                                                         \
      low = low < blue ? low : blue;                                                            \
      TYPE range = high - low, hue;                                                             \
      if (blue == high) hue = (TYPE)4 + (red - green) / range;                                  \
      else if (green == high) hue = (TYPE)2 + (blue - red) / range;                             \
      else hue = (green - blue) / range;                                                        \
      hue = hue / (TYPE)6;                                                                      \
      if (hue < 0) hue = hue + (TYPE)1;                                                         \
      out[i] = range > 0 && hue > 0 ? hue : (TYPE)0;                                            \
    }                                                                                           \
  }

#define OF_BYTE(x) ((double)(x) * (1.0 / 255.0))
#define AS_IT_IS(x) (x)

HUE(nn_hue_bytes, double, uint8_t, OF_BYTE)
HUE(nn_hue_floats, float, float, AS_IT_IS)
HUE(nn_hue_doubles, double, double, AS_IT_IS)

void nn_hue(int dtype, void *out, const void *pixels, ptrdiff_t count) {
  if (dtype == NN_UINT8) nn_hue_bytes(out, pixels, count);
  else if (dtype == NN_FLOAT32) nn_hue_floats(out, pixels, count);
  else nn_hue_doubles(out, pixels, count);
}
