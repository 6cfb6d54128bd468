#include "CNNImages.h"

#include <setjmp.h>
#include <stdio.h>
#include <string.h>

#include <jpeglib.h>
#include <jerror.h>

/// More scans than any encoder writes: a picture of very many would take minutes.
enum { NN_MOST_SCANS = 200 };

typedef struct {
  struct jpeg_decompress_struct info;
  struct jpeg_error_mgr errors;
  struct jpeg_progress_mgr progress;
  jmp_buf place;
  nn_image_problem *problem;
  const uint8_t *bytes;
  size_t count;
} nn_jpeg;

static nn_jpeg *nn_jpeg_of(j_common_ptr info) { return (nn_jpeg *)info->client_data; }

_Noreturn static void nn_jpeg_leave(nn_jpeg *jpeg) {
  const struct jpeg_source_mgr *source = jpeg->info.src;
  // At the end of the data the library reads from a buffer of its own.
  jpeg->problem->offset = (int64_t)jpeg->count;
  if (source && source->next_input_byte >= jpeg->bytes &&
      source->next_input_byte <= jpeg->bytes + jpeg->count) {
    jpeg->problem->offset = source->next_input_byte - jpeg->bytes;
  }
  longjmp(jpeg->place, 1);
}

static void nn_jpeg_fail(j_common_ptr info) {
  nn_jpeg *jpeg = nn_jpeg_of(info);
  char text[JMSG_LENGTH_MAX];
  info->err->format_message(info, text);
  snprintf(jpeg->problem->text, sizeof jpeg->problem->text, "%s", text);
  nn_jpeg_leave(jpeg);
}

/// The library fills what is missing with grey and only warns. Bytes between two segments, which
/// cameras leave, are no fault.
static void nn_jpeg_warn(j_common_ptr info, int level) {
  if (level < 0 && info->err->msg_code != JWRN_EXTRANEOUS_DATA) nn_jpeg_fail(info);
}

static void nn_jpeg_progress(j_common_ptr info) {
  nn_jpeg *jpeg = nn_jpeg_of(info);
  if (jpeg->info.input_scan_number <= NN_MOST_SCANS) return;
  snprintf(
    jpeg->problem->text, sizeof jpeg->problem->text, "more than %d scans", NN_MOST_SCANS);
  nn_jpeg_leave(jpeg);
}

/// Reads the header and says how the pixels should come out.
static int nn_jpeg_open(
  nn_jpeg *jpeg, nn_image_size *size, nn_image_problem *problem, const uint8_t *bytes,
  size_t count) {
  struct jpeg_decompress_struct *info = &jpeg->info;
  info->src = NULL;
  jpeg_create_decompress(info);
  info->client_data = jpeg;
  info->progress = &jpeg->progress;
  jpeg_mem_src(info, bytes, (unsigned long)count);
  jpeg_read_header(info, TRUE);
  if (info->jpeg_color_space == JCS_CMYK || info->jpeg_color_space == JCS_YCCK) {
    snprintf(problem->text, sizeof problem->text, "the four colours of print (CMYK)");
    problem->offset = 0;
    return 0;
  }
  info->out_color_space = info->num_components == 1 ? JCS_GRAYSCALE : JCS_RGB;
  info->dct_method = JDCT_ISLOW;
  info->do_fancy_upsampling = TRUE;
  size->width = (int32_t)info->image_width;
  size->height = (int32_t)info->image_height;
  size->channels = info->num_components == 1 ? 1 : 3;
  return 1;
}

static void nn_jpeg_prepare(
  nn_jpeg *jpeg, nn_image_problem *problem, const uint8_t *bytes, size_t count) {
  memset(jpeg, 0, sizeof *jpeg);
  memset(problem, 0, sizeof *problem);
  jpeg->problem = problem;
  jpeg->bytes = bytes;
  jpeg->count = count;
  jpeg->info.err = jpeg_std_error(&jpeg->errors);
  jpeg->info.client_data = jpeg;
  jpeg->errors.error_exit = nn_jpeg_fail;
  jpeg->errors.emit_message = nn_jpeg_warn;
  jpeg->progress.progress_monitor = nn_jpeg_progress;
}

int nn_jpeg_size(
  nn_image_size *size, nn_image_problem *problem, const uint8_t *bytes, size_t count) {
  nn_jpeg jpeg;
  nn_jpeg_prepare(&jpeg, problem, bytes, count);
  int done = 0;
  if (!setjmp(jpeg.place)) done = nn_jpeg_open(&jpeg, size, problem, bytes, count);
  jpeg_destroy_decompress(&jpeg.info);
  return done;
}

/// A function of its own: nothing it changes is read after a jump.
static int nn_jpeg_rows(
  nn_jpeg *jpeg, uint8_t *pixels, nn_image_problem *problem, const uint8_t *bytes, size_t count,
  nn_image_size expected) {
  struct jpeg_decompress_struct *info = &jpeg->info;
  nn_image_size size;
  if (!nn_jpeg_open(jpeg, &size, problem, bytes, count)) return 0;
  jpeg_start_decompress(info);
  size_t row = (size_t)expected.width * (size_t)expected.channels;
  if (info->output_width != (JDIMENSION)expected.width ||
      info->output_height != (JDIMENSION)expected.height ||
      info->output_components != expected.channels) {
    snprintf(problem->text, sizeof problem->text, "another size than its header's");
    return 0;
  }
  while (info->output_scanline < info->output_height) {
    JSAMPROW target = pixels + (size_t)info->output_scanline * row;
    jpeg_read_scanlines(info, &target, 1);
  }
  jpeg_finish_decompress(info);
  return 1;
}

int nn_jpeg_decode(
  uint8_t *pixels, nn_image_problem *problem, const uint8_t *bytes, size_t count,
  nn_image_size size) {
  nn_jpeg jpeg;
  nn_jpeg_prepare(&jpeg, problem, bytes, count);
  int done = 0;
  if (!setjmp(jpeg.place)) done = nn_jpeg_rows(&jpeg, pixels, problem, bytes, count, size);
  jpeg_destroy_decompress(&jpeg.info);
  return done;
}
