// The loops of training. Matrices are contiguous, (rows, columns), of `dtype`, float32 or float64;
// plain numbers are rounded to it, as NumPy does with a Python number beside an array.
//
// Each loop does the operations its comment gives, each rounded on its own, so that a program that
// writes them out gets the same bits.
#ifndef NN_TRAINING_H
#define NN_TRAINING_H

#include <stddef.h>
#include <stdint.h>

/// The places of NNNetwork's activations.
enum {
  NN_AS_LINEAR, NN_AS_STEP, NN_AS_SIGMOID, NN_AS_TANH, NN_AS_ARCTAN, NN_AS_RELU, NN_AS_LEAKY_RELU,
  NN_AS_PRELU, NN_AS_ELU, NN_AS_SOFTPLUS, NN_AS_SOFTMAX
};

/// The places of NNNetwork's losses.
enum { NN_BY_MSE, NN_BY_HALF_MSE, NN_BY_BINARY_CROSS_ENTROPY, NN_BY_CROSS_ENTROPY };

/// The last layer of some samples, and what it should have been.
typedef struct {
  int loss, activation;
  const void *sums, *output, *target; // (rows, columns)
  ptrdiff_t rows, columns;
} nn_outputs;

/// What happens to a weight w with the slope g at each step; m and v are kept from step to step.
///
/// | rule | |
/// |---|---|
/// | NN_SGD | w = w - rate * g |
/// | NN_MOMENTUM | m = momentum * m - rate * g; w = w + m |
/// | NN_NESTEROV | m = momentum * m - rate * g; w = w + (momentum * m - rate * g) |
/// | NN_RMSPROP | v = rho * v + (1 - rho) * (g * g); w = w - rate * g / sqrt(v + epsilon) |
/// | NN_RMSPROP_MOMENTUM | v so; m = momentum * m + rate * g / sqrt(v + epsilon); w = w - m |
/// | NN_ADAGRAD | v = v + g * g; w = w - rate * g / sqrt(v + epsilon) |
/// | NN_ADAM | m = m + (g - m) * (1 - momentum); v = v + (g * g - v) * (1 - rho); w = w - m * scaled / (sqrt(v) + epsilon) |
///
/// Before any of it, where `decay` is not 0: w = w - w * decay * rate.
enum {
  NN_SGD, NN_MOMENTUM, NN_NESTEROV, NN_RMSPROP, NN_RMSPROP_MOMENTUM, NN_ADAGRAD, NN_ADAM, NN_RULES
};

typedef struct {
  int rule;
  double rate, scaled, momentum, rho, epsilon, decay;
} nn_rule;

/// z[r, j] = z[r, j] + bias[j]
void nn_add_bias(int dtype, void *z, const void *bias, ptrdiff_t rows, ptrdiff_t columns);

/// out = f(z). `out` may be `z`, except for softmax.
void nn_activate(
  int activation, int dtype, void *out, const void *z, ptrdiff_t rows, ptrdiff_t columns);

/// d = d * f'(z), where a = f(z); for softmax d = a * (d - sum(d * a)), row by row.
void nn_chain(
  int activation, int dtype, void *d, const void *z, const void *a, ptrdiff_t rows,
  ptrdiff_t columns);

/// out[r] = the terms of the loss of row r, summed. `room` holds a matrix.
void nn_loss_rows(int dtype, void *out, void *room, nn_outputs outputs);

/// d = the slope of the rows' summed losses by the last layer's sums, divided by `divisor`.
void nn_loss_slope(int dtype, void *d, nn_outputs outputs, double divisor);

/// out[j] = the sum over r of a[r, j], one after the other from +0; up to 1024 rows.
void nn_column_sums(int dtype, void *out, const void *a, ptrdiff_t rows, ptrdiff_t columns);

/// x = x * kept / share, `kept` holding 0 and 1.
void nn_drop(int dtype, void *x, const uint8_t *kept, double share, ptrdiff_t count);

/// out[i] = a[i] + factor * b[i]; `out` may be `a`.
void nn_add_scaled(
  int dtype, void *out, const void *a, double factor, const void *b, ptrdiff_t count);

/// The sum of the squares of `count` elements as one row.
double nn_sum_squares(int dtype, const void *a, ptrdiff_t count);

/// The sum of `count` elements as one row, divided by `divisor`.
double nn_sum_over(int dtype, const void *a, ptrdiff_t count, double divisor);

/// One step of an optimizer for `count` weights. Moments a rule does not need may be null.
void nn_update(nn_rule rule, int dtype, void *w, const void *g, void *m, void *v, ptrdiff_t count);

/// child[i] = (crossing[i] < 0.5 ? mother[i] : father[i]), and rate * noise[i] more where
/// mutating[i] < share. The draws are float64.
typedef struct {
  const void *mother, *father;
  const double *crossing, *mutating, *noise;
  double share, rate;
} nn_breeding;
void nn_breed(int dtype, void *child, nn_breeding breeding, ptrdiff_t count);

/// How many rows of `output` have their largest element where `classes[row]` says, the first of
/// equal ones; of a single column, whether it is over 0.5.
ptrdiff_t nn_count_right(
  int dtype, const void *output, const ptrdiff_t *classes, ptrdiff_t rows, ptrdiff_t columns);

/// Rows of zeros with a single 1, where `classes` says.
void nn_one_hot(
  int dtype, void *out, const ptrdiff_t *classes, ptrdiff_t rows, ptrdiff_t columns);

/// Whether no element is nan or infinite.
int nn_all_finite(int dtype, const void *a, ptrdiff_t count);

#endif
