#pragma STDC FP_CONTRACT OFF

// Elementwise operations over any strides: axes are merged where they can be, the last runs in the
// row kernels, and what is not in a row kernel's form is converted or gathered a chunk at a time.

#include "internal.h"
#include "walk.h"

/// A long row, in parts.
typedef struct {
  nn_binary_function binary; // or null, and then `unary`
  nn_unary_function unary;
  char *out;
  const char *data[2];
  ptrdiff_t out_size, size, step[2], count;
} row_job;

enum { ROW_PART = 1 << 13, LONG_ROW = 1 << 16, UNASKED = 1 << 18 };

/// Whether to stop after `count` more elements; `unasked` counts those since the allowance was looked
/// at.
INLINE int stops(ptrdiff_t *unasked, ptrdiff_t count) {
  if ((*unasked += count) < UNASKED) return 0;
  *unasked = 0;
  return nn_is_stopped();
}

static void row_part(const void *job_, ptrdiff_t index, int worker) {
  (void)worker;
  const row_job *job = job_;
  ptrdiff_t start = index * ROW_PART;
  ptrdiff_t count = job->count - start < ROW_PART ? job->count - start : ROW_PART;
  char *out = job->out + start * job->out_size;
  const char *a = job->data[0] + start * job->step[0] * job->size;
  if (!job->binary) {
    job->unary(out, a, count);
    return;
  }
  const char *b = job->data[1] + start * job->step[1] * job->size;
  job->binary(out, a, job->step[0], b, job->step[1], count);
}

static int share_row(const row_job *job) {
  return nn_parallel((job->count + ROW_PART - 1) / ROW_PART, NN_ALL_WORKERS, row_part, job);
}

/// Whether the row is worth sharing, and cannot fail half way.
static int is_long(int op, int dtype, ptrdiff_t count) {
  return count >= LONG_ROW && !(op == NN_POWER && dtype == NN_INT64);
}

int nn_binary_row(
  int op, int dtype, void *out, const void *a, ptrdiff_t a_step, const void *b, ptrdiff_t b_step,
  ptrdiff_t count) {
  // No element, no negative power among them.
  if (count == 0) return NN_OK;
  nn_binary_function row = nn_active->binary[op][dtype];
  if (!is_long(op, dtype, count)) return row(out, a, a_step, b, b_step, count);
  // A number that stands in `out` is needed to the end.
  uint64_t x, y;
  if (a_step == 0) nn_copy_item(&x, a, nn_item_size(dtype)), a = &x;
  if (b_step == 0) nn_copy_item(&y, b, nn_item_size(dtype)), b = &y;
  return share_row(&(row_job){
    .binary = row, .out = out, .data = {a, b}, .out_size = op >= NN_EQUAL ? 1 : nn_item_size(dtype),
    .size = nn_item_size(dtype), .step = {a_step, b_step}, .count = count});
}

static int gives_flags(int op) {
  return op == NN_LOGICAL_NOT || op == NN_ISNAN || op == NN_ISFINITE;
}

int nn_unary_row(int op, int dtype, void *out, const void *a, ptrdiff_t count) {
  nn_unary_function row = nn_active->unary[op][dtype];
  if (count < LONG_ROW) {
    row(out, a, count);
    return NN_OK;
  }
  return share_row(&(row_job){
    .unary = row, .out = out, .data = {a}, .out_size = gives_flags(op) ? 1 : nn_item_size(dtype),
    .size = nn_item_size(dtype), .step = {1}, .count = count});
}

void nn_cast_row(void *out, int dtype, const void *a, int from, ptrdiff_t count) {
  nn_active->cast[dtype][from](out, a, 1, count);
}

/// The next `count` elements of a row as a kernel of `dtype` wants them: where they are, or
/// converted into `room`. `step` becomes 0 or 1.
static const void *ready(
  const char *data, int from, int dtype, ptrdiff_t start, ptrdiff_t count, ptrdiff_t *step,
  void *room) {
  const char *first = data + start * *step * nn_item_size(from);
  if (*step == 0) count = 1;
  else if (from == dtype && *step == 1) return first;
  if (from == dtype && count == 1) {
    *step = *step != 0;
    return first;
  }
  nn_active->cast[dtype][from](room, first, *step, count);
  *step = *step != 0;
  return room;
}

typedef struct {
  nn_binary_function row;
  int dtype;
  ptrdiff_t out_size;
  char *out;
  const char *data[2];
  int from[2];
  nn_walk walk;
} binary_job;

/// Operands a row kernel can take as they are.
static int binary_direct(binary_job *job) {
  nn_walk *walk = &job->walk;
  ptrdiff_t size = nn_item_size(job->dtype), row_bytes = walk->length * job->out_size;
  ptrdiff_t unasked = 0;
  do {
    if (stops(&unasked, walk->length)) return NN_STOPPED;
    int status = job->row(
      job->out, job->data[0] + walk->offset[0] * size, walk->step[0],
      job->data[1] + walk->offset[1] * size, walk->step[1], walk->length);
    if (status != NN_OK) return status;
    job->out += row_bytes;
  } while (nn_walk_next(walk));
  return NN_OK;
}

/// A matrix with short rows and one row for all of them (`which` operand): the row is written out
/// several times, so that the kernel has several rows to do at once.
static int binary_repeated(binary_job *job, int which) {
  ptrdiff_t size = nn_item_size(job->dtype), length = job->walk.length;
  ptrdiff_t together = NN_CHUNK / length * length, count = job->walk.shape[0] * length;
  double room[NN_CHUNK];
  for (ptrdiff_t i = 0; i < together; i++)
    nn_copy_item((char *)room + i * size, job->data[which] + i % length * size, size);
  ptrdiff_t unasked = 0;
  for (ptrdiff_t start = 0; start < count; start += together) {
    if (stops(&unasked, together)) return NN_STOPPED;
    ptrdiff_t part = count - start < together ? count - start : together;
    const void *whole = job->data[1 - which] + start * size;
    int status = job->row(
      job->out + start * job->out_size, which ? whole : room, 1, which ? room : whole, 1, part);
    if (status != NN_OK) return status;
  }
  return NN_OK;
}

/// Operands that are converted or gathered on the way.
static int binary_converted(binary_job *job) {
  nn_walk *walk = &job->walk;
  double rooms[2][NN_CHUNK];
  ptrdiff_t unasked = 0;
  do {
    for (ptrdiff_t start = 0; start < walk->length; start += NN_CHUNK) {
      ptrdiff_t count = walk->length - start < NN_CHUNK ? walk->length - start : NN_CHUNK;
      if (stops(&unasked, count)) return NN_STOPPED;
      ptrdiff_t step[2] = {walk->step[0], walk->step[1]};
      const void *operand[2];
      for (int k = 0; k < 2; k++)
        operand[k] = ready(
          job->data[k] + walk->offset[k] * nn_item_size(job->from[k]), job->from[k], job->dtype,
          start, count, &step[k], rooms[k]);
      int status = job->row(job->out, operand[0], step[0], operand[1], step[1], count);
      if (status != NN_OK) return status;
      job->out += count * job->out_size;
    }
  } while (nn_walk_next(walk));
  return NN_OK;
}

int nn_binary(
  int op, int dtype, void *out, nn_elements a, nn_elements b, const ptrdiff_t *shape, int rank) {
  binary_job job;
  nn_walk *walk = &job.walk;
  if (!nn_walk_start(walk, shape, rank, 2, (const ptrdiff_t *[]){a.strides, b.strides}))
    return NN_OK;
  job.row = nn_active->binary[op][dtype];
  job.dtype = dtype;
  job.out_size = op >= NN_EQUAL ? 1 : nn_item_size(dtype);
  job.out = out;
  job.data[0] = a.data;
  job.data[1] = b.data;
  job.from[0] = a.dtype;
  job.from[1] = b.dtype;
  int fits = (walk->step[0] & ~1) == 0 && (walk->step[1] & ~1) == 0;
  if (a.dtype != dtype || b.dtype != dtype || !fits) return binary_converted(&job);
  if (walk->outer == 0)
    return nn_binary_row(op, dtype, out, a.data, walk->step[0], b.data, walk->step[1], walk->length);
  int short_rows = walk->outer == 1 && walk->length <= NN_CHUNK / 8 && walk->shape[0] >= 8
    && walk->step[0] == 1 && walk->step[1] == 1;
  for (int which = 0; short_rows && which < 2; which++)
    if (walk->stride[which][0] == 0 && walk->stride[1 - which][0] == walk->length)
      return binary_repeated(&job, which);
  return binary_direct(&job);
}

int nn_unary(int op, int dtype, void *out, nn_elements a, const ptrdiff_t *shape, int rank) {
  nn_unary_function row = nn_active->unary[op][dtype];
  nn_walk walk;
  if (!nn_walk_start(&walk, shape, rank, 1, (const ptrdiff_t *[]){a.strides})) return NN_OK;
  ptrdiff_t out_size = gives_flags(op) ? 1 : nn_item_size(dtype);
  int direct = a.dtype == dtype && walk.step[0] == 1;
  if (direct && walk.outer == 0) {
    return nn_unary_row(op, dtype, out, a.data, walk.length);
  }
  ptrdiff_t limit = direct ? walk.length : NN_CHUNK;
  double room[NN_CHUNK];
  char *result = out;
  ptrdiff_t unasked = 0;
  do {
    const char *a_row = (const char *)a.data + walk.offset[0] * nn_item_size(a.dtype);
    for (ptrdiff_t start = 0; start < walk.length; start += limit) {
      ptrdiff_t count = walk.length - start < limit ? walk.length - start : limit;
      if (stops(&unasked, count)) return NN_STOPPED;
      const char *first = a_row + start * walk.step[0] * nn_item_size(a.dtype);
      if (!direct) nn_active->cast[dtype][a.dtype](room, first, walk.step[0], count);
      row(result, direct ? (const void *)first : room, count);
      result += count * out_size;
    }
  } while (nn_walk_next(&walk));
  return NN_OK;
}

enum { NN_TILE = 16 };

/// to[i * step] = from[i].
static void spread(char *to, ptrdiff_t step, const void *from, ptrdiff_t size, ptrdiff_t count) {
#define SPREAD(TYPE)                                                                             \
  for (ptrdiff_t i = 0; i < count; i++) ((TYPE *)to)[i * step] = ((const TYPE *)from)[i];
  if (size == 1) SPREAD(uint8_t)
  else if (size == 4) SPREAD(uint32_t)
  else SPREAD(uint64_t)
}

/// out[i, j] = a[i + j * step], by tiles that read along i and stay in the cache while they are
/// written.
static void copy_transposed(
  char *out, int dtype, const char *a, int from, ptrdiff_t step, ptrdiff_t rows,
  ptrdiff_t columns) {
  nn_cast_function cast = nn_active->cast[dtype][from];
  ptrdiff_t size = nn_item_size(dtype), a_size = nn_item_size(from);
  double room[NN_TILE];
  for (ptrdiff_t i = 0; i < rows; i += NN_TILE) {
    ptrdiff_t height = rows - i < NN_TILE ? rows - i : NN_TILE;
    for (ptrdiff_t j = 0; j < columns; j++) {
      cast(room, a + (i + j * step) * a_size, 1, height);
      spread(out + (i * columns + j) * size, columns, room, size, height);
    }
  }
}

void nn_copy(void *out, int dtype, nn_elements a, const ptrdiff_t *shape, int rank) {
  nn_walk walk;
  if (!nn_walk_start(&walk, shape, rank, 1, (const ptrdiff_t *[]){a.strides})) return;
  nn_cast_function cast = nn_active->cast[dtype][a.dtype];
  if (walk.outer == 1 && walk.stride[0][0] == 1 && walk.step[0] != 1) {
    copy_transposed(
      out, dtype, a.data, a.dtype, walk.step[0], walk.shape[0], walk.length);
    return;
  }
  ptrdiff_t a_size = nn_item_size(a.dtype), row_bytes = walk.length * nn_item_size(dtype);
  char *result = out;
  do {
    const char *first = (const char *)a.data + walk.offset[0] * a_size;
    if (dtype == a.dtype && walk.step[0] == 1) __builtin_memcpy(result, first, (size_t)row_bytes);
    else cast(result, first, walk.step[0], walk.length);
    result += row_bytes;
  } while (nn_walk_next(&walk));
}

/// to[i] = flags[i] ? a[i] : b[i], flag by flag.
static void choose(
  char *to, const uint8_t *flags, ptrdiff_t step, const void *a, ptrdiff_t a_step, const void *b,
  ptrdiff_t b_step, ptrdiff_t size, ptrdiff_t count) {
#define CHOOSE(TYPE)                                                                             \
  for (ptrdiff_t i = 0; i < count; i++) {                                                        \
    TYPE x = ((const TYPE *)a)[i * a_step], y = ((const TYPE *)b)[i * b_step];                   \
    ((TYPE *)to)[i] = flags[i * step] ? x : y;                                                   \
  }
  if (size == 1) CHOOSE(uint8_t)
  else if (size == 4) CHOOSE(uint32_t)
  else CHOOSE(uint64_t)
}

void nn_select(
  int dtype, void *out, nn_elements condition, nn_elements a, nn_elements b,
  const ptrdiff_t *shape, int rank) {
  nn_walk walk;
  const ptrdiff_t *strides[] = {condition.strides, a.strides, b.strides};
  if (!nn_walk_start(&walk, shape, rank, 3, strides)) return;
  ptrdiff_t size = nn_item_size(dtype);
  double c_room[NN_CHUNK], a_room[NN_CHUNK], b_room[NN_CHUNK];
  char *result = out;
  do {
    const char *c_row =
      (const char *)condition.data + walk.offset[0] * nn_item_size(condition.dtype);
    const char *a_row = (const char *)a.data + walk.offset[1] * nn_item_size(a.dtype);
    const char *b_row = (const char *)b.data + walk.offset[2] * nn_item_size(b.dtype);
    for (ptrdiff_t start = 0; start < walk.length; start += NN_CHUNK) {
      ptrdiff_t count = walk.length - start < NN_CHUNK ? walk.length - start : NN_CHUNK;
      ptrdiff_t c_step = walk.step[0], a_step = walk.step[1], b_step = walk.step[2];
      const void *c = ready(c_row, condition.dtype, NN_BOOL, start, count, &c_step, c_room);
      const void *x = ready(a_row, a.dtype, dtype, start, count, &a_step, a_room);
      const void *y = ready(b_row, b.dtype, dtype, start, count, &b_step, b_room);
      choose(result, c, c_step, x, a_step, y, b_step, size, count);
      result += count * size;
    }
  } while (nn_walk_next(&walk));
}

void nn_assign(
  void *out, const ptrdiff_t *out_strides, int dtype, nn_elements a, const ptrdiff_t *shape,
  int rank) {
  nn_walk walk;
  if (!nn_walk_start(&walk, shape, rank, 2, (const ptrdiff_t *[]){out_strides, a.strides})) return;
  nn_cast_function cast = nn_active->cast[dtype][a.dtype];
  ptrdiff_t size = nn_item_size(dtype), a_size = nn_item_size(a.dtype);
  double room[NN_CHUNK];
  do {
    char *target = (char *)out + walk.offset[0] * size;
    const char *first = (const char *)a.data + walk.offset[1] * a_size;
    if (walk.step[0] == 1) {
      cast(target, first, walk.step[1], walk.length);
      continue;
    }
    for (ptrdiff_t start = 0; start < walk.length; start += NN_CHUNK) {
      ptrdiff_t count = walk.length - start < NN_CHUNK ? walk.length - start : NN_CHUNK;
      cast(room, first + start * walk.step[1] * a_size, walk.step[1], count);
      spread(target + start * walk.step[0] * size, walk.step[0], room, size, count);
    }
  } while (nn_walk_next(&walk));
}
