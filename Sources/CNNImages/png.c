#include "CNNImages.h"

#include <setjmp.h>
#include <stdio.h>
#include <string.h>

#include <png.h>

/// Text and profiles larger than this are none that a picture needs.
enum { NN_LARGEST_SIDE = 1 << 16, NN_LARGEST_CHUNK = 8 << 20, NN_MOST_CHUNKS = 1000 };

typedef struct {
  png_structp png;
  png_infop info;
  jmp_buf place;
  nn_image_problem *problem;
  const uint8_t *bytes;
  size_t count, next;
} nn_png;

_Noreturn static void nn_png_fail(png_structp png, png_const_charp text) {
  nn_png *reader = (nn_png *)png_get_error_ptr(png);
  snprintf(reader->problem->text, sizeof reader->problem->text, "%s", text);
  reader->problem->offset = (int64_t)reader->next;
  longjmp(reader->place, 1);
}

/// What libpng only warns of concerns chunks that are not read here.
static void nn_png_warn(png_structp png, png_const_charp text) {
  (void)png;
  (void)text;
}

static void nn_png_read(png_structp png, png_bytep target, size_t count) {
  nn_png *reader = (nn_png *)png_get_io_ptr(png);
  if (count > reader->count - reader->next) {
    reader->next = reader->count;
    png_error(png, "the file ends too early");
  }
  memcpy(target, reader->bytes + reader->next, count);
  reader->next += count;
}

/// Reads the header and says how the pixels should come out.
static void nn_png_open(nn_png *reader, nn_image_size *size) {
  png_structp png = reader->png;
  png_set_user_limits(png, NN_LARGEST_SIDE, NN_LARGEST_SIDE);
  png_set_chunk_cache_max(png, NN_MOST_CHUNKS);
  png_set_chunk_malloc_max(png, NN_LARGEST_CHUNK);
  png_set_read_fn(png, reader, nn_png_read);
  png_read_info(png, reader->info);
  int type = png_get_color_type(png, reader->info);
  if (type == PNG_COLOR_TYPE_PALETTE) png_set_palette_to_rgb(png);
  if (type == PNG_COLOR_TYPE_GRAY && png_get_bit_depth(png, reader->info) < 8) {
    png_set_expand_gray_1_2_4_to_8(png);
  }
  png_set_strip_16(png);
  png_set_strip_alpha(png);
  size->width = (int32_t)png_get_image_width(png, reader->info);
  size->height = (int32_t)png_get_image_height(png, reader->info);
  size->channels = type & PNG_COLOR_MASK_COLOR ? 3 : 1;
}

/// A function of its own: nothing it changes is read after a jump.
static int nn_png_rows(nn_png *reader, uint8_t *pixels, nn_image_size expected) {
  png_structp png = reader->png;
  nn_image_size size;
  nn_png_open(reader, &size);
  int passes = png_set_interlace_handling(png);
  png_read_update_info(png, reader->info);
  size_t row = (size_t)expected.width * (size_t)expected.channels;
  if (size.width != expected.width || size.height != expected.height ||
      size.channels != expected.channels || png_get_rowbytes(png, reader->info) != row) {
    png_error(png, "another size than its header's");
  }
  for (int pass = 0; pass < passes; pass++) {
    for (size_t y = 0; y < (size_t)expected.height; y++) {
      png_read_row(png, pixels + y * row, NULL);
    }
  }
  png_read_end(png, NULL);
  return 1;
}

static int nn_png_prepare(
  nn_png *reader, nn_image_problem *problem, const uint8_t *bytes, size_t count) {
  memset(reader, 0, sizeof *reader);
  memset(problem, 0, sizeof *problem);
  reader->problem = problem;
  reader->bytes = bytes;
  reader->count = count;
  reader->png =
    png_create_read_struct(PNG_LIBPNG_VER_STRING, reader, nn_png_fail, nn_png_warn);
  if (reader->png) reader->info = png_create_info_struct(reader->png);
  if (reader->info) return 1;
  snprintf(problem->text, sizeof problem->text, "no memory to read it");
  png_destroy_read_struct(&reader->png, NULL, NULL);
  return 0;
}

int nn_png_size(
  nn_image_size *size, nn_image_problem *problem, const uint8_t *bytes, size_t count) {
  nn_png reader;
  if (!nn_png_prepare(&reader, problem, bytes, count)) return 0;
  volatile int done = 0;
  if (!setjmp(reader.place)) {
    nn_png_open(&reader, size);
    done = 1;
  }
  png_destroy_read_struct(&reader.png, &reader.info, NULL);
  return done;
}

int nn_png_decode(
  uint8_t *pixels, nn_image_problem *problem, const uint8_t *bytes, size_t count,
  nn_image_size size) {
  nn_png reader;
  if (!nn_png_prepare(&reader, problem, bytes, count)) return 0;
  volatile int done = 0;
  if (!setjmp(reader.place)) done = nn_png_rows(&reader, pixels, size);
  png_destroy_read_struct(&reader.png, &reader.info, NULL);
  return done;
}
