// JPEG and PNG pictures from memory to memory. Both libraries leave an error by longjmp; it ends
// here, so that no Swift frame is ever jumped over.
#ifndef CNN_IMAGES_H
#define CNN_IMAGES_H

#include <stddef.h>
#include <stdint.h>

/// Pixels across and down, and the bytes a pixel takes: 1 for grey, 3 for red, green, blue.
typedef struct {
  int32_t width, height, channels;
} nn_image_size;

/// What is wrong, in the library's words, and the byte of the file at which it was found.
typedef struct {
  int64_t offset;
  char text[224];
} nn_image_problem;

/// Reads the picture's size from its header. 1, or 0 with a problem.
int nn_jpeg_size(
  nn_image_size *size, nn_image_problem *problem, const uint8_t *bytes, size_t count);
int nn_png_size(
  nn_image_size *size, nn_image_problem *problem, const uint8_t *bytes, size_t count);

/// Decodes into `pixels`, width * height * channels bytes row by row, of the size that the header
/// gave. 1, or 0 with a problem; anything the library would only warn of is a problem too.
///
/// JPEG: the slow integer DCT and smooth upsampling, whose results are the same on every machine.
/// PNG: palettes become colours, the lower half of 16 bits and transparency are left out.
int nn_jpeg_decode(
  uint8_t *pixels, nn_image_problem *problem, const uint8_t *bytes, size_t count,
  nn_image_size size);
int nn_png_decode(
  uint8_t *pixels, nn_image_problem *problem, const uint8_t *bytes, size_t count,
  nn_image_size size);

#endif
