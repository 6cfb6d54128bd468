// Matrix product for float32 and float64.
//
// Element (i, j) is c = fma(a[i,k], b[k,j], c) over k in order, from +0, unbroken up to k = 1024;
// beyond that in panels of 512, each from +0, the panels' sums added in order. All the rest is free
// and changes no bit: tiles, blocks, packing, threads.
//
//   small or few rows   tiles straight over both operands
//   else                blocks of b, packed in strips of two vectors of columns; for each of them
//                       blocks of rows of a, which the threads share. Rows of a are read where they
//                       are: a block stays in the second cache while the strips of b pass it, and
//                       while it is multiplied the next one is fetched.
//
// A transposed b with few rows of a is multiplied as (b.T @ a.T).T: then it is b that is read where
// it is.

enum {
  N(STRIP) = 2 * N(LANES),                     // columns in a tile
  N(PACKED_ROWS) = (NN_TILE_ROWS + 7) / 8 * 8, // from k to k in packed rows
  N(RIGHT_SIZE) = NN_RIGHT_BYTES / sizeof(T),  // a block of b: the second cache or the third
  N(RIGHT_COLUMNS) = 2048 / sizeof(T),
  N(LEFT_SIZE) = NN_LEFT_BYTES / sizeof(T),    // a block of a: the second cache
  N(FEW_ROWS) = 40,                            // too few for packing b
  N(SMALL) = 1 << 15,                          // multiplications too few for packing
  N(SMALL_RIGHT) = 1024,                       // a packed b for them
  N(TURNED_SIZE) = 2048,                       // a block of out, before it is written transposed
  N(TURNED_COUNT) = N(RIGHT_SIZE) / N(STRIP) / 2,
};

/// A product, and the block of b it has come to.
typedef struct {
  T *out;
  ptrdiff_t out_row;
  nn_matrix a, b;
  ptrdiff_t rows, count, columns;
  int turned;               // out is written transposed
  int packs_rows;
  ptrdiff_t run;            // k in a run, which has one mode
  ptrdiff_t blocks, shares; // of the rows, and of the columns of each
  const T *packed;          // or null: b in place
  int is_packed;            // by the caller, as a whole
  ptrdiff_t k, depth, j, width;
} N(product);

/// Where the part with this index starts when 0 ..< `whole` is cut evenly in so many parts.
INLINE ptrdiff_t N(cut)(ptrdiff_t whole, ptrdiff_t parts, ptrdiff_t index) {
  ptrdiff_t more = whole % parts;
  return whole / parts * index + (index < more ? index : more);
}

#include "pack.h"

/// Memory that is fetched while a run is multiplied: where it is for the first tile, and how much
/// further from tile to tile, from k to k, and at the same k.
typedef struct {
  const char *from;
  ptrdiff_t tile, step, pair;
} N(fetch);

/// The part of a that the next run reads, by so many tiles.
static N(fetch) N(fetch_after)(
  const N(product) *p, ptrdiff_t top, ptrdiff_t rows, ptrdiff_t k, ptrdiff_t count,
  ptrdiff_t tiles) {
  const T *a = p->a.data;
  N(fetch) fetch = {(const char *)a, 0, 0, 0};
  if (k + count < p->k + p->depth) {
    k += count;
  } else if (top + rows < p->rows) {
    top += rows;
    k = p->k;
  } else {
    return fetch;
  }
  ptrdiff_t share = (rows * (ptrdiff_t)sizeof(T) + tiles - 1) / tiles;
  const char *next = (const char *)(a + top * p->a.row + k * p->a.column);
  if (p->a.row == 1) {
    // A piece of a sequence for each k; a tile takes its share, up to two lines.
    fetch = (N(fetch)){next, share, p->a.column * (ptrdiff_t)sizeof(T), share > 64 ? 64 : 0};
  } else if (p->a.column == 1 && p->a.row < 2 * p->count) {
    share *= p->a.row;
    ptrdiff_t step = (share + count - 1) / count;
    if (step <= 64) fetch = (N(fetch)){next, share, step, 0};
  }
  return fetch;
}

/// One run of k: `rows` rows from `top` on, the strips from column `left` to `right` of the block.
static void N(multiply_run)(
  const N(product) *p, ptrdiff_t top, ptrdiff_t rows, ptrdiff_t left, ptrdiff_t right, ptrdiff_t k,
  ptrdiff_t count, T *room) {
  ptrdiff_t tiles = (rows + NN_TILE_ROWS - 1) / NN_TILE_ROWS;
  ptrdiff_t strips = (right - left + N(STRIP) - 1) / N(STRIP);
  const T *a = (const T *)p->a.data + top * p->a.row + k * p->a.column;
  if (room) N(pack_rows)(room, a, p->a.row, p->a.column, rows, count, tiles);
  N(fetch) fetch = N(fetch_after)(p, top, rows, k, count, tiles * strips);
  N(tile) t;
  t.mode = k == 0 ? N(FRESH) : p->count <= NN_UNBROKEN ? N(CONTINUED) : N(ADDED);
  t.count = count;
  t.out_row = p->out_row;
  t.a_row = room ? 1 : p->a.row;
  t.a_step = room ? N(PACKED_ROWS) : p->a.column;
  t.b_row = p->packed ? N(STRIP) : p->b.row;
  t.soon = fetch.from;
  t.soon_step = fetch.step;
  t.soon_pair = fetch.pair;
  for (ptrdiff_t j = left; j < right; j += N(STRIP)) {
    ptrdiff_t width = right - j < N(STRIP) ? right - j : N(STRIP);
    t.b = p->packed ? p->packed + j * p->depth + (k - p->k) * N(STRIP)
                    : (const T *)p->b.data + k * p->b.row + p->j + j;
    for (ptrdiff_t i = 0; i < tiles; i++) {
      ptrdiff_t first = N(cut)(rows, tiles, i), next = N(cut)(rows, tiles, i + 1);
      t.a = room ? room + i * N(PACKED_ROWS) * count : a + first * p->a.row;
      t.out = p->out + (top + first) * p->out_row + p->j + j;
      N(tile_for)(&t, next - first, width)(&t);
      t.soon += fetch.tile;
    }
  }
}

/// A block of rows against a share of the columns.
static void N(multiply_part)(const void *job, ptrdiff_t index, int worker) {
  (void)worker;
  N(product) p = *(const N(product) *)job;
  ptrdiff_t top = N(cut)(p.rows, p.blocks, index / p.shares);
  ptrdiff_t rows = N(cut)(p.rows, p.blocks, index / p.shares + 1) - top;
  ptrdiff_t strips = (p.width + N(STRIP) - 1) / N(STRIP);
  ptrdiff_t left = N(cut)(strips, p.shares, index % p.shares) * N(STRIP);
  ptrdiff_t right = N(cut)(strips, p.shares, index % p.shares + 1) * N(STRIP);
  right = right < p.width ? right : p.width;
  if (left >= right) return; // the last block may have fewer strips than there are shares
  ptrdiff_t tiles = (rows + NN_TILE_ROWS - 1) / NN_TILE_ROWS;
  // Without room, rows are read where they are.
  T *room = 0;
  if (p.packs_rows)
    room = nn_workspace(NN_LEFT_ROOM, (size_t)(tiles * N(PACKED_ROWS) * p.run) * sizeof(T));
  T *out = p.out, turned[N(TURNED_SIZE)];
  if (p.turned) {
    p.out = turned - top * p.columns;
    p.out_row = p.columns;
  }
  for (ptrdiff_t k = p.k; k < p.k + p.depth; k += p.run) {
    ptrdiff_t count = p.k + p.depth - k < p.run ? p.k + p.depth - k : p.run;
    N(multiply_run)(&p, top, rows, left, right, k, count, room);
  }
  if (p.turned) N(pack_sequences)(out + top, p.rows, turned, p.columns, rows, p.columns);
}

/// A strip of the block of b.
static void N(pack_part)(const void *job, ptrdiff_t index, int worker) {
  (void)worker;
  const N(product) *p = job;
  ptrdiff_t j = index * N(STRIP), width = p->width - j < N(STRIP) ? p->width - j : N(STRIP);
  const T *from = (const T *)p->b.data + p->k * p->b.row + (p->j + j) * p->b.column;
  N(pack_strip)((T *)p->packed + j * p->depth, from, p->b.row, p->b.column, p->depth, width);
}

INLINE int N(do_parts)(const N(product) *p, nn_part_function part, ptrdiff_t parts, int shared) {
  if (shared) return nn_parallel(parts, NN_ALL_WORKERS, part, p);
  for (ptrdiff_t i = 0; i < parts; i++) part(p, i, 0);
  return NN_OK;
}

/// How much of b a block holds: as many whole runs of k as fit.
INLINE ptrdiff_t N(block_depth)(const N(product) *p, ptrdiff_t columns) {
  if (p->turned) return p->count;
  ptrdiff_t depth = N(RIGHT_SIZE) / columns / p->run * p->run;
  if (depth < p->run) depth = p->run;
  return depth < p->count ? depth : p->count;
}

/// The columns of a block of b that is packed: whole strips.
INLINE ptrdiff_t N(block_columns)(ptrdiff_t columns) {
  columns = (columns + N(STRIP) - 1) / N(STRIP) * N(STRIP);
  return columns < N(RIGHT_COLUMNS) ? columns : N(RIGHT_COLUMNS);
}

INLINE ptrdiff_t N(run_of)(ptrdiff_t count) { return count <= NN_UNBROKEN ? count : NN_PANEL; }

static int N(multiply_blocks)(N(product) *p, double work) {
  int shared = work >= NN_LARGE_WORK;
  int in_place = !p->is_packed && p->b.column == 1 && p->rows <= N(FEW_ROWS);
  int packs = !p->is_packed && !in_place;
  p->run = N(run_of)(p->count);
  p->packs_rows = p->a.row != 1 && p->a.column != 1 && p->columns > 2 * N(STRIP);
  ptrdiff_t height = p->turned ? N(TURNED_SIZE) / p->columns : N(LEFT_SIZE) / p->run;
  height = height > NN_TILE_ROWS ? height / NN_TILE_ROWS * NN_TILE_ROWS : NN_TILE_ROWS;
  p->blocks = (p->rows + height - 1) / height;
  ptrdiff_t columns = in_place ? p->columns : N(block_columns)(p->columns);
  ptrdiff_t depth = packs ? N(block_depth)(p, columns) : p->count;
  ptrdiff_t strips = (columns + N(STRIP) - 1) / N(STRIP);
  if (shared && p->blocks < 8 && strips > 1) p->shares = strips < 8 ? strips : 8;
  if (packs) p->packed = nn_workspace(NN_RIGHT_ROOM, (size_t)(depth * columns) * sizeof(T));
  if (packs && !p->packed) return NN_NO_MEMORY;
  for (p->j = 0; p->j < p->columns; p->j += columns) {
    p->width = p->columns - p->j < columns ? p->columns - p->j : columns;
    for (p->k = 0; p->k < p->count; p->k += depth) {
      p->depth = p->count - p->k < depth ? p->count - p->k : depth;
      int status = NN_OK;
      if (packs)
        status =
          N(do_parts)(p, N(pack_part), (p->width + N(STRIP) - 1) / N(STRIP), shared && strips > 8);
      if (status == NN_OK)
        status = N(do_parts)(p, N(multiply_part), p->blocks * p->shares, shared);
      if (status != NN_OK) return status;
    }
  }
  return NN_OK;
}

/// A product too small for a plan: b in place, or packed in a room on the stack if it fits.
static int N(multiply_small)(N(product) *p) {
  T room[N(SMALL_RIGHT)];
  p->depth = p->count;
  p->width = p->columns;
  if (p->b.column != 1 && p->columns > 1 && p->count > 0) {
    ptrdiff_t strips = (p->columns + N(STRIP) - 1) / N(STRIP);
    if (strips * N(STRIP) * p->count > N(SMALL_RIGHT)) return 0;
    p->packed = room;
    for (ptrdiff_t i = 0; i < strips; i++) N(pack_part)(p, i, 0);
  }
  N(multiply_run)(p, 0, p->rows, 0, p->columns, 0, p->count, 0);
  return 1;
}

static int N(matmul)(
  void *out, nn_matrix a, nn_matrix b, ptrdiff_t rows, ptrdiff_t count, ptrdiff_t columns) {
  if (rows == 0 || columns == 0) return NN_OK;
  double work = (double)rows * (double)count * (double)columns;
  N(product) p = {.out = out, .out_row = columns, .a = a, .b = b, .rows = rows, .count = count,
    .columns = columns, .shares = 1};
  if (work <= N(SMALL) && count <= NN_UNBROKEN && N(multiply_small)(&p)) return NN_OK;
  if (b.row == 1 && rows < columns && rows <= 2 * N(STRIP) && count <= N(TURNED_COUNT)) {
    p.turned = 1;
    p.a = (nn_matrix){b.data, b.column, b.row};
    p.b = (nn_matrix){a.data, a.column, a.row};
    p.rows = columns;
    p.columns = rows;
  }
  return N(multiply_blocks)(&p, work);
}

static int N(matmul_packed)(
  void *out, nn_matrix a, const void *packed, ptrdiff_t rows, ptrdiff_t count,
  ptrdiff_t columns) {
  if (rows == 0) return NN_OK;
  N(product) p = {.out = out, .out_row = columns, .a = a, .rows = rows, .count = count,
    .columns = columns, .shares = 1, .packed = packed, .is_packed = 1};
  return N(multiply_blocks)(&p, (double)rows * (double)count * (double)columns);
}

/// The elements of a packed b that is a single block; else 0.
static ptrdiff_t N(packed_size)(ptrdiff_t count, ptrdiff_t columns) {
  N(product) p = {.count = count, .run = N(run_of)(count)};
  ptrdiff_t width = N(block_columns)(columns);
  return width >= columns && count > 0 && N(block_depth)(&p, width) == count ? count * width : 0;
}

static void N(pack_right)(void *out, nn_matrix b, ptrdiff_t count, ptrdiff_t columns) {
  N(product) p = {.b = b, .packed = out, .depth = count, .width = columns};
  N(do_parts)(
    &p, N(pack_part), (columns + N(STRIP) - 1) / N(STRIP), count * columns >= N(SMALL));
}
