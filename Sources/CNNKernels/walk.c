#include "walk.h"

int nn_walk_start(
  nn_walk *walk, const ptrdiff_t *shape, int rank, int operands, const ptrdiff_t *const *strides) {
  int count = 0; // axes kept, in order
  for (int axis = 0; axis < rank; axis++) {
    ptrdiff_t length = shape[axis];
    if (length == 0) return 0;
    if (length == 1) continue;
    int merges = count > 0;
    for (int k = 0; k < operands; k++)
      merges = merges && walk->stride[k][count - 1] == strides[k][axis] * length;
    if (!merges) walk->shape[count++] = 1;
    walk->shape[count - 1] *= length;
    for (int k = 0; k < operands; k++) walk->stride[k][count - 1] = strides[k][axis];
  }
  walk->outer = count > 0 ? count - 1 : 0;
  walk->length = count > 0 ? walk->shape[count - 1] : 1;
  walk->operands = operands;
  for (int k = 0; k < operands; k++) {
    walk->step[k] = count > 0 ? walk->stride[k][count - 1] : 1;
    walk->offset[k] = 0;
  }
  for (int axis = 0; axis < walk->outer; axis++) walk->index[axis] = 0;
  return 1;
}

int nn_walk_next(nn_walk *walk) {
  for (int axis = walk->outer - 1; axis >= 0; axis--) {
    for (int k = 0; k < walk->operands; k++) walk->offset[k] += walk->stride[k][axis];
    if (++walk->index[axis] < walk->shape[axis]) return 1;
    for (int k = 0; k < walk->operands; k++)
      walk->offset[k] -= walk->stride[k][axis] * walk->shape[axis];
    walk->index[axis] = 0;
  }
  return 0;
}
