#pragma STDC FP_CONTRACT OFF

// Reductions: which elements meet in which order. The arithmetic is in the fold kernels.

#include "walk.h"

typedef struct {
  double room[NN_PANEL];
} nn_room;

/// Reads the folded axes of one result, `NN_PANEL` elements at a time, in the dtype of the fold.
typedef struct {
  const nn_fold *fold;
  nn_walk walk;
  int through_bool;
  const char *base;
  ptrdiff_t position; // in the walk's present row
  int ended;
} nn_reader;

static int reader_open(nn_reader *reader, const nn_fold *fold, int op) {
  reader->fold = fold;
  reader->through_bool = op == NN_COUNT_NONZERO;
  return nn_walk_start(
    &reader->walk, fold->folded_shape, fold->folded, 1,
    (const ptrdiff_t *[]){fold->folded_strides});
}

static void reader_rewind(nn_reader *reader, const char *base) {
  reader->base = base;
  reader->position = 0;
  reader->ended = 0;
  reader->walk.offset[0] = 0;
  for (int axis = 0; axis < reader->walk.outer; axis++) reader->walk.index[axis] = 0;
}

static void convert(
  const nn_reader *reader, char *out, const char *from, ptrdiff_t step, ptrdiff_t count) {
  int source = reader->fold->source, dtype = reader->fold->dtype;
  if (!reader->through_bool) {
    nn_active->cast[dtype][source](out, from, step, count);
    return;
  }
  uint8_t flags[NN_PANEL];
  nn_active->cast[NN_BOOL][source](flags, from, step, count);
  nn_active->cast[dtype][NN_BOOL](out, flags, 1, count);
}

/// The next panel: where it lies, or converted into `room`. *count is 0 at the end.
static const void *reader_next(nn_reader *reader, nn_room *room, ptrdiff_t *count) {
  const nn_fold *fold = reader->fold;
  ptrdiff_t size = nn_item_size(fold->source);
  *count = 0;
  while (!reader->ended && *count < NN_PANEL) {
    ptrdiff_t length = reader->walk.length - reader->position;
    if (length > NN_PANEL - *count) length = NN_PANEL - *count;
    ptrdiff_t step = reader->walk.step[0];
    const char *from = reader->base + (reader->walk.offset[0] + reader->position * step) * size;
    reader->position += length;
    if (reader->position == reader->walk.length) {
      reader->position = 0;
      reader->ended = !nn_walk_next(&reader->walk);
    }
    int whole = *count == 0 && (length == NN_PANEL || reader->ended);
    if (whole && step == 1 && fold->source == fold->dtype && !reader->through_bool) {
      *count = length;
      return from;
    }
    convert(reader, (char *)room->room + *count * nn_item_size(fold->dtype), from, step, length);
    *count += length;
  }
  return room->room;
}

/// What a fold starts from: the first element, 1 or +0.
static void seed(int kind, int dtype, void *total, const void *first) {
  if (kind == NN_FOLD_MIN || kind == NN_FOLD_MAX)
    nn_copy_item(total, first, nn_item_size(dtype));
  else if (kind == NN_FOLD_PRODUCT)
    nn_active->cast[dtype][NN_BOOL](total, &(uint8_t){1}, 1, 1);
  else
    nn_copy_item(total, &(uint64_t){0}, nn_item_size(dtype));
}

/// The fold that joins two results of `kind`.
static int joining(int kind) {
  return kind == NN_FOLD_SQUARES || kind == NN_FOLD_DEVIATIONS ? NN_FOLD_SUM : kind;
}

static void fold_row(
  int kind, void *total, nn_reader *reader, const char *base, const void *parameter) {
  int dtype = reader->fold->dtype;
  int orders = kind == NN_FOLD_MIN || kind == NN_FOLD_MAX;
  const nn_fold_kernel *kernel = &nn_active->fold[kind][dtype];
  const nn_fold_kernel *join = &nn_active->fold[joining(kind)][dtype];
  nn_room room;
  ptrdiff_t count;
  reader_rewind(reader, base);
  const void *panel = reader_next(reader, &room, &count);
  seed(kind, dtype, total, panel);
  uint64_t first = 0, part;
  if (orders) nn_copy_item(&first, total, nn_item_size(dtype));
  while (count > 0) {
    kernel->panel(&part, panel, count, orders ? &first : parameter);
    join->column(total, &part, 1, 0);
    panel = reader_next(reader, &room, &count);
  }
}

enum { NN_LANES = 16, NN_BLOCK = 128 };

typedef struct {
  double room[NN_BLOCK];
} nn_lane;

/// `values` elements that each start as a fold of `kind` does; `firsts` are their rows' first
/// elements.
static void seed_all(int kind, int dtype, void *out, const void *firsts, ptrdiff_t values) {
  uint64_t start = 0;
  if (kind == NN_FOLD_MIN || kind == NN_FOLD_MAX) {
    __builtin_memcpy(out, firsts, (size_t)(values * nn_item_size(dtype)));
  } else {
    seed(kind, dtype, &start, 0);
    nn_active->cast[dtype][dtype](out, &start, 0, values);
  }
}

/// Folds rows whose elements lie side by side, `step` from one column to the next, each in the
/// order of rows: the 16 lanes of up to 128 rows are kept beside each other, so that memory is read
/// as it lies.
static void fold_blocks(
  int kind, char *totals, const nn_reader *reader, const char *base, ptrdiff_t step,
  ptrdiff_t rows, ptrdiff_t count, const char *parameters) {
  int source = reader->fold->source, dtype = reader->fold->dtype;
  ptrdiff_t size = nn_item_size(dtype), source_size = nn_item_size(source);
  int direct = source == dtype && !reader->through_bool;
  const nn_fold_kernel *kernel = &nn_active->fold[kind][dtype];
  const nn_fold_kernel *join = &nn_active->fold[joining(kind)][dtype];
  nn_lane lanes[NN_LANES], firsts, converted;
  for (ptrdiff_t row = 0; row < rows; row += NN_BLOCK, totals += NN_BLOCK * size) {
    ptrdiff_t height = rows - row < NN_BLOCK ? rows - row : NN_BLOCK;
    const char *column = base + row * source_size;
    const char *parameter = parameters ? parameters + row * size : 0;
    convert(reader, (char *)firsts.room, column, 1, height);
    seed_all(kind, dtype, totals, firsts.room, height);
    for (ptrdiff_t start = 0; start < count; start += NN_PANEL) {
      ptrdiff_t length = count - start < NN_PANEL ? count - start : NN_PANEL;
      for (int lane = 0; lane < NN_LANES; lane++)
        seed_all(kind, dtype, lanes[lane].room, firsts.room, height);
      for (ptrdiff_t k = 0; k < length; k++, column += step * source_size) {
        if (!direct) convert(reader, (char *)converted.room, column, 1, height);
        kernel->column(
          lanes[k % NN_LANES].room, direct ? (const void *)column : converted.room, height,
          parameter);
      }
      for (int width = NN_LANES / 2; width > 0; width /= 2)
        for (int lane = 0; lane < width; lane++)
          join->column(lanes[lane].room, lanes[lane + width].room, height, 0);
      join->column(totals, lanes[0].room, height, 0);
    }
  }
}

static void divide_by(void *values, int dtype, ptrdiff_t count, ptrdiff_t divisor) {
  uint64_t value;
  nn_active->cast[dtype][NN_INT64](&value, &(int64_t){divisor}, 1, 1);
  nn_active->binary[NN_DIVIDE][dtype](values, values, 1, &value, 0, count);
}

static int kind_of(int op) {
  switch (op) {
    case NN_PRODUCT: return NN_FOLD_PRODUCT;
    case NN_MIN: case NN_ALL: return NN_FOLD_MIN;
    case NN_MAX: case NN_ANY: return NN_FOLD_MAX;
    case NN_NORM: return NN_FOLD_SQUARES;
    default: return NN_FOLD_SUM;
  }
}

/// The place of the least or greatest element of one row.
static int64_t find_row(int op, nn_reader *reader, const char *base) {
  nn_arg_function find = nn_active->arg[op == NN_ARGMAX][reader->fold->dtype];
  nn_room room;
  ptrdiff_t count, start = 0;
  int64_t place = 0;
  reader_rewind(reader, base);
  const void *panel = reader_next(reader, &room, &count);
  uint64_t best = 0;
  nn_copy_item(&best, panel, nn_item_size(reader->fold->dtype));
  while (count > 0) {
    int64_t found = find(&best, panel, count);
    if (found >= 0) place = start + found;
    start += count;
    panel = reader_next(reader, &room, &count);
  }
  return place;
}

/// One row, or several side by side: `step` is along the row then. `room` holds the means of
/// several.
static void reduce_side_by_side(
  int op, void *out, nn_reader *reader, const char *base, ptrdiff_t step, ptrdiff_t rows,
  ptrdiff_t count, void *room) {
  int dtype = reader->fold->dtype;
  uint64_t mean = 0;
  if (room) fold_blocks(kind_of(op), out, reader, base, step, rows, count, 0);
  else fold_row(kind_of(op), out, reader, base, 0);
  if (op == NN_MEAN || op == NN_VARIANCE || op == NN_STD) divide_by(out, dtype, rows, count);
  if (op == NN_VARIANCE || op == NN_STD) {
    __builtin_memcpy(room ? room : &mean, out, (size_t)(rows * nn_item_size(dtype)));
    if (room) fold_blocks(NN_FOLD_DEVIATIONS, out, reader, base, step, rows, count, room);
    else fold_row(NN_FOLD_DEVIATIONS, out, reader, base, &mean);
    divide_by(out, dtype, rows, count);
  }
  if (op == NN_STD || op == NN_NORM) nn_active->unary[NN_SQRT][dtype](out, out, rows);
}

static ptrdiff_t product_of(const ptrdiff_t *shape, int rank) {
  ptrdiff_t product = 1;
  for (int axis = 0; axis < rank; axis++) product *= shape[axis];
  return product;
}

static void reduce_rows(int op, void *out, const nn_fold *fold, nn_walk *kept, ptrdiff_t count) {
  int finds = op == NN_ARGMIN || op == NN_ARGMAX;
  ptrdiff_t size = nn_item_size(fold->source), out_size = finds ? 8 : nn_item_size(fold->dtype);
  nn_reader reader;
  if (!reader_open(&reader, fold, op)) return;
  // A transposed matrix: its rows are read together.
  ptrdiff_t step = reader.walk.step[0];
  int lie_side_by_side = !finds && kept->step[0] == 1 && step != 1 && reader.walk.outer == 0;
  void *room = lie_side_by_side ? nn_workspace(NN_OTHER_ROOM, (size_t)kept->length * sizeof(uint64_t)) : 0;
  ptrdiff_t rows = room ? kept->length : 1;
  char *result = out;
  do {
    const char *base = (const char *)fold->data + kept->offset[0] * size;
    for (ptrdiff_t i = 0; i < kept->length; i += rows) {
      const char *first = base + i * kept->step[0] * size;
      if (finds) *(int64_t *)result = find_row(op, &reader, first);
      else reduce_side_by_side(op, result, &reader, first, step, rows, count, room);
      result += rows * out_size;
    }
  } while (nn_walk_next(kept));
}

/// Folds `count` columns side by side, row after row of the folded axes.
static void fold_columns(
  int kind, void *total, const nn_reader *reader, nn_walk *folded, const char *base,
  ptrdiff_t step, ptrdiff_t count, ptrdiff_t rows, const void *parameter) {
  const nn_fold *fold = reader->fold;
  int dtype = fold->dtype;
  ptrdiff_t size = nn_item_size(fold->source), bytes = count * nn_item_size(dtype);
  const nn_fold_kernel *kernel = &nn_active->fold[kind][dtype];
  const nn_fold_kernel *join = &nn_active->fold[joining(kind)][dtype];
  int direct = step == 1 && fold->source == dtype && !reader->through_bool;
  int orders = kind == NN_FOLD_MIN || kind == NN_FOLD_MAX;
  int in_panels = rows > NN_UNBROKEN && !orders;
  nn_room room, panel;
  void *sum = in_panels ? (void *)panel.room : total;
  if (!orders) seed_all(kind, dtype, total, 0, count);
  ptrdiff_t row = 0;
  folded->offset[0] = 0;
  do {
    for (ptrdiff_t i = 0; i < folded->length; i++, row++) {
      const void *x = base + (folded->offset[0] + i * folded->step[0]) * size;
      if (!direct) {
        convert(reader, (char *)room.room, x, step, count);
        x = room.room;
      }
      if (orders && row == 0) {
        __builtin_memcpy(total, x, (size_t)bytes);
        continue;
      }
      if (in_panels && row % NN_PANEL == 0) {
        if (row > 0) join->column(total, sum, count, 0);
        seed_all(kind, dtype, sum, 0, count);
      }
      kernel->column(sum, x, count, parameter);
    }
  } while (nn_walk_next(folded));
  if (in_panels) join->column(total, sum, count, 0);
}

static void reduce_columns(int op, void *out, const nn_fold *fold, nn_walk *kept, ptrdiff_t rows) {
  int dtype = fold->dtype;
  ptrdiff_t size = nn_item_size(fold->source), out_size = nn_item_size(dtype);
  nn_reader reader;
  if (!reader_open(&reader, fold, op)) return;
  nn_walk folded = reader.walk;
  char *result = out;
  nn_room mean;
  do {
    for (ptrdiff_t start = 0; start < kept->length; start += NN_PANEL) {
      ptrdiff_t count = kept->length - start < NN_PANEL ? kept->length - start : NN_PANEL;
      const char *base =
        (const char *)fold->data + (kept->offset[0] + start * kept->step[0]) * size;
      fold_columns(
        kind_of(op), result, &reader, &folded, base, kept->step[0], count, rows, 0);
      if (op == NN_MEAN || op == NN_VARIANCE || op == NN_STD) divide_by(result, dtype, count, rows);
      if (op == NN_VARIANCE || op == NN_STD) {
        __builtin_memcpy(mean.room, result, (size_t)(count * out_size));
        fold_columns(
          NN_FOLD_DEVIATIONS, result, &reader, &folded, base, kept->step[0], count, rows,
          mean.room);
        divide_by(result, dtype, count, rows);
      }
      if (op == NN_STD || op == NN_NORM) nn_active->unary[NN_SQRT][dtype](result, result, count);
      result += count * out_size;
    }
  } while (nn_walk_next(kept));
}

/// The results of folding nothing.
static void reduce_nothing(int op, void *out, const nn_fold *fold, ptrdiff_t results) {
  int dtype = fold->dtype;
  uint64_t value = 0;
  int is_one = op == NN_PRODUCT || op == NN_ALL;
  nn_active->cast[dtype][NN_BOOL](&value, &(uint8_t){is_one != 0}, 1, 1);
  nn_active->cast[dtype][dtype](out, &value, 0, results);
  if (op == NN_MEAN || op == NN_VARIANCE || op == NN_STD) divide_by(out, dtype, results, 0);
}

void nn_reduce(int op, void *out, nn_fold fold) {
  nn_walk kept;
  ptrdiff_t count = product_of(fold.folded_shape, fold.folded);
  if (!nn_walk_start(
        &kept, fold.kept_shape, fold.kept, 1, (const ptrdiff_t *[]){fold.kept_strides}))
    return;
  if (count == 0)
    reduce_nothing(op, out, &fold, product_of(fold.kept_shape, fold.kept));
  else if (fold.in_rows || op == NN_ARGMIN || op == NN_ARGMAX)
    reduce_rows(op, out, &fold, &kept, count);
  else
    reduce_columns(op, out, &fold, &kept, count);
}

void nn_sum_panel(int dtype, void *out, const void *a, ptrdiff_t count) {
  const nn_fold_kernel *kernel = &nn_active->fold[NN_FOLD_SUM][dtype];
  uint64_t part;
  seed(NN_FOLD_SUM, dtype, out, 0);
  kernel->panel(&part, a, count, 0);
  kernel->column(out, &part, 1, 0);
}

void nn_accumulate(void *out, int dtype, ptrdiff_t outer, ptrdiff_t count, ptrdiff_t inner) {
  ptrdiff_t row = inner * nn_item_size(dtype);
  nn_binary_function add = nn_active->binary[NN_ADD][dtype];
  char *block = out;
  for (ptrdiff_t o = 0; o < outer; o++)
    for (ptrdiff_t k = 0; k < count; k++, block += row)
      if (k > 0) add(block, block - row, 1, block, 1, inner);
}
