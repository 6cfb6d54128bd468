#pragma STDC FP_CONTRACT OFF

// The entries to the loops of training.

#include <sched.h>

#include "internal.h"

static const nn_training_kernels *kernels(int dtype) { return &nn_active->training[dtype]; }

void nn_take_rows(
  int dtype, void *out, nn_elements a, const ptrdiff_t *order, ptrdiff_t rows, ptrdiff_t columns,
  double divisor) {
  if (a.dtype == NN_UINT8 && a.strides[1] == 1) {
    kernels(dtype)->take_bytes(out, a.data, a.strides[0], order, rows, columns, divisor);
    return;
  }
  nn_cast_function cast = nn_active->cast[dtype][a.dtype];
  nn_binary_function divide = nn_active->binary[NN_DIVIDE][dtype];
  ptrdiff_t row_bytes = columns * nn_item_size(dtype);
  ptrdiff_t step = a.strides[0] * nn_item_size(a.dtype);
  uint64_t number;
  nn_active->cast[dtype][NN_FLOAT64](&number, &divisor, 1, 1);
  char *row = out;
  for (ptrdiff_t r = 0; r < rows; r++, row += row_bytes) {
    const char *from = (const char *)a.data + (order ? order[r] : r) * step;
    cast(row, from, a.strides[1], columns);
    if (divisor != 1) divide(row, row, 1, &number, 0, columns);
  }
}

void nn_add_bias(int dtype, void *z, const void *bias, ptrdiff_t rows, ptrdiff_t columns) {
  kernels(dtype)->add_bias(z, bias, rows, columns);
}

void nn_activate(
  int activation, int dtype, void *out, const void *z, ptrdiff_t rows, ptrdiff_t columns) {
  kernels(dtype)->activate(activation, out, z, rows, columns);
}

void nn_chain(
  int activation, int dtype, void *d, const void *z, const void *a, ptrdiff_t rows,
  ptrdiff_t columns) {
  kernels(dtype)->chain(activation, d, z, a, rows, columns);
}

void nn_loss_rows(int dtype, void *out, void *room, nn_outputs outputs) {
  kernels(dtype)->loss_rows(out, room, outputs);
}

void nn_loss_slope(int dtype, void *d, nn_outputs outputs, double divisor) {
  kernels(dtype)->loss_slope(d, outputs, divisor);
}

void nn_column_sums(int dtype, void *out, const void *a, ptrdiff_t rows, ptrdiff_t columns) {
  kernels(dtype)->column_sums(out, a, rows, columns);
}

void nn_drop(int dtype, void *x, const uint8_t *kept, double share, ptrdiff_t count) {
  kernels(dtype)->drop(x, kept, share, count);
}

void nn_add_scaled(
  int dtype, void *out, const void *a, double factor, const void *b, ptrdiff_t count) {
  kernels(dtype)->add_scaled(out, a, factor, b, count);
}

typedef struct {
  nn_binary_function add;
  char *out;
  const void *const *panels;
  ptrdiff_t first, end; // of the panels that are added now
  ptrdiff_t panel_count, count, size;
  nn_part_function part;
  const void *job;
  uint32_t *ready; // a bit for each panel that is filled
} fold_job;

/// Elements that stay in the first cache while panels are added to them.
enum { FOLD_PART = 1 << 11, FOLD_SHARED = 1 << 16, UPDATE_SHARED = 1 << 16 };

static void fold_part(const void *job_, ptrdiff_t index, int worker) {
  (void)worker;
  const fold_job *job = job_;
  ptrdiff_t start = index * FOLD_PART;
  ptrdiff_t count = job->count - start < FOLD_PART ? job->count - start : FOLD_PART;
  char *out = job->out + start * job->size;
  for (ptrdiff_t p = job->first; p < job->end; p++)
    if (job->panels[p] != job->out)
      job->add(out, out, 1, (const char *)job->panels[p] + start * job->size, 1, count);
}

/// A panel, or behind the last of them a part of the sum of those that were begun long ago. Who
/// still has one of these at work does not wait for anyone, so it will be filled.
static void panel_or_fold_part(const void *job_, ptrdiff_t index, int worker) {
  const fold_job *job = job_;
  if (index < job->panel_count) {
    job->part(job->job, index, worker);
    __atomic_fetch_or(job->ready, 1u << index, __ATOMIC_RELEASE);
    return;
  }
  uint32_t needed = ((uint32_t)1 << job->end) - 1;
  // On a busy machine the other thread may be the one that waits for this processor. A panel that
  // was left out is never ready.
  while ((__atomic_load_n(job->ready, __ATOMIC_ACQUIRE) & needed) != needed) {
    if (nn_is_stopped()) return;
    sched_yield();
  }
  fold_part(job, index - job->panel_count, worker);
}

void nn_fold_panels(
  int dtype, void *out, const void *const *panels, ptrdiff_t panel_count, ptrdiff_t count,
  int workers, nn_part_function part, const void *job_) {
  uint32_t ready = 0;
  fold_job job = {
    .add = nn_active->binary[NN_ADD][dtype], .out = out, .panels = panels,
    .panel_count = panel_count, .count = count, .size = nn_item_size(dtype), .part = part,
    .job = job_, .ready = &ready};
  ptrdiff_t parts = (count + FOLD_PART - 1) / FOLD_PART;
  // As many panels are at work when the last has been claimed as there are workers.
  ptrdiff_t early = panel_count - (workers < nn_threads() ? workers : nn_threads());
  job.end = early > 0 ? early : 0;
  nn_parallel(panel_count + (early > 0 ? parts : 0), workers, panel_or_fold_part, &job);
  job.first = job.end;
  job.end = panel_count;
  if (count * (job.end - job.first) >= FOLD_SHARED)
    nn_parallel(parts, NN_ALL_WORKERS, fold_part, &job);
  else
    for (ptrdiff_t i = 0; i < parts; i++) fold_part(&job, i, 0);
}

double nn_sum_squares(int dtype, const void *a, ptrdiff_t count) {
  return kernels(dtype)->sum_squares(a, count);
}

double nn_sum_over(int dtype, const void *a, ptrdiff_t count, double divisor) {
  return kernels(dtype)->sum_over(a, count, divisor);
}

typedef struct {
  nn_rule rule;
  const nn_training_kernels *kernels;
  char *w, *m, *v;
  const char *g;
  ptrdiff_t count, size;
} update_job;

static void update_part(const void *job_, ptrdiff_t index, int worker) {
  (void)worker;
  const update_job *job = job_;
  ptrdiff_t start = index * FOLD_PART, place = start * job->size;
  ptrdiff_t count = job->count - start < FOLD_PART ? job->count - start : FOLD_PART;
  job->kernels->update(
    job->rule, job->w + place, job->g + place, job->m ? job->m + place : 0,
    job->v ? job->v + place : 0, count);
}

void nn_update(nn_rule rule, int dtype, void *w, const void *g, void *m, void *v, ptrdiff_t count) {
  update_job job = {rule, kernels(dtype), w, m, v, g, count, nn_item_size(dtype)};
  if (count < UPDATE_SHARED) job.kernels->update(rule, w, g, m, v, count);
  else nn_parallel((count + FOLD_PART - 1) / FOLD_PART, NN_ALL_WORKERS, update_part, &job);
}

void nn_breed(int dtype, void *child, nn_breeding breeding, ptrdiff_t count) {
  kernels(dtype)->breed(child, breeding, count);
}

ptrdiff_t nn_count_right(
  int dtype, const void *output, const ptrdiff_t *classes, ptrdiff_t rows, ptrdiff_t columns) {
  return kernels(dtype)->count_right(output, classes, rows, columns);
}

void nn_one_hot(
  int dtype, void *out, const ptrdiff_t *classes, ptrdiff_t rows, ptrdiff_t columns) {
  kernels(dtype)->one_hot(out, classes, rows, columns);
}

int nn_all_finite(int dtype, const void *a, ptrdiff_t count) {
  return kernels(dtype)->all_finite(a, count);
}
