// Going through up to three operands of one shape, row by row.
#ifndef NN_WALK_H
#define NN_WALK_H

#include "internal.h"

enum { NN_MAXIMUM_RANK = 64, NN_MAXIMUM_OPERANDS = 3 };

typedef struct {
  ptrdiff_t length; // of the last axis, after merging
  ptrdiff_t step[NN_MAXIMUM_OPERANDS];   // each operand's step along it
  ptrdiff_t offset[NN_MAXIMUM_OPERANDS]; // where each operand's present row starts
  int operands;
  int outer; // the axes before it
  ptrdiff_t shape[NN_MAXIMUM_RANK], index[NN_MAXIMUM_RANK];
  ptrdiff_t stride[NN_MAXIMUM_OPERANDS][NN_MAXIMUM_RANK];
} nn_walk;

/// Merges axes that lie in memory as one and drops those of length 1. 0 when there is no element.
int nn_walk_start(
  nn_walk *walk, const ptrdiff_t *shape, int rank, int operands, const ptrdiff_t *const *strides);

/// To the next row; 0 when there is none.
int nn_walk_next(nn_walk *walk);

#endif
