// The loops of training for float32 and float64. T is the type, N the naming.

static void N(add_bias)(void *z, const void *bias, ptrdiff_t rows, ptrdiff_t columns) {
  T *sums = z;
  const T *addend = bias;
  for (ptrdiff_t r = 0; r < rows; r++, sums += columns) {
    ptrdiff_t count = columns;
    EACH sums[i] = sums[i] + addend[i];
  }
}

/// A row summed as the reductions sum one.
INLINE T N(row_sum)(const T *a, ptrdiff_t count) {
  T total = 0, part;
  for (ptrdiff_t start = 0; start < count; start += NN_PANEL) {
    N(panel_sum)(&part, a + start, count - start < NN_PANEL ? count - start : NN_PANEL, 0);
    total = total + part;
  }
  return total;
}

INLINE T N(row_max)(const T *a, ptrdiff_t count) {
  T first = a[0], top = first, part;
  for (ptrdiff_t start = 0; start < count; start += NN_PANEL) {
    N(panel_max)(&part, a + start, count - start < NN_PANEL ? count - start : NN_PANEL, &first);
    top = part > top || part != part ? part : top;
  }
  return top;
}

static void N(softmax)(T *out, const T *z, ptrdiff_t rows, ptrdiff_t columns) {
  if (columns <= 16) {
    N(narrow_softmax)(out, z, rows, columns);
    return;
  }
  ptrdiff_t count = rows * columns;
  for (ptrdiff_t r = 0; r < count; r += columns) {
    T top = N(row_max)(z + r, columns);
    for (ptrdiff_t j = 0; j < columns; j++) out[r + j] = z[r + j] - top;
  }
  N(row_exp)(out, out, count);
  for (ptrdiff_t r = 0; r < count; r += columns) {
    T sum = N(row_sum)(out + r, columns);
    for (ptrdiff_t j = 0; j < columns; j++) out[r + j] = out[r + j] / sum;
  }
}

static void N(activate)(
  int activation, void *out, const void *z, ptrdiff_t rows, ptrdiff_t columns) {
  T *result = out;
  const T *sums = z;
  ptrdiff_t count = rows * columns;
#define MAP(EXPRESSION) EACH { T x = sums[i]; result[i] = (T)(EXPRESSION); } break;
  switch (activation) {
    case NN_AS_LINEAR: MAP(x)
    case NN_AS_STEP: MAP(x > 0 ? 1 : x != x ? x : 0)
    case NN_AS_SIGMOID: N(row_sigmoid)(result, sums, count); break;
    case NN_AS_TANH: N(row_tanh)(result, sums, count); break;
    case NN_AS_ARCTAN: N(row_arctan)(result, sums, count); break;
    case NN_AS_RELU: MAP(0 >= x ? 0 : x)
    case NN_AS_LEAKY_RELU: MAP(x > 0 ? x : (T)0.01 * x)
    case NN_AS_PRELU: MAP(x > 0 ? x : (T)0.25 * x)
    case NN_AS_ELU: MAP(x > 0 ? x : N(expm1)(x))
    case NN_AS_SOFTPLUS: N(row_softplus)(result, sums, count); break;
    default: N(softmax)(result, sums, rows, columns);
  }
#undef MAP
}

/// d = a * (d - sum(d * a)), row by row.
static void N(chain_softmax)(T *d, const T *a, ptrdiff_t rows, ptrdiff_t columns) {
  T room[NN_PANEL];
  for (ptrdiff_t r = 0; r < rows; r++, d += columns, a += columns) {
    T total = 0, part;
    for (ptrdiff_t start = 0; start < columns; start += NN_PANEL) {
      ptrdiff_t width = columns - start < NN_PANEL ? columns - start : NN_PANEL;
      for (ptrdiff_t j = 0; j < width; j++) room[j] = d[start + j] * a[start + j];
      N(panel_sum)(&part, room, width, 0);
      total = total + part;
    }
    for (ptrdiff_t j = 0; j < columns; j++) d[j] = a[j] * (d[j] - total);
  }
}

static void N(chain)(
  int activation, void *d, const void *z, const void *a, ptrdiff_t rows, ptrdiff_t columns) {
  T *slope = d;
  const T *sums = z, *output = a;
  ptrdiff_t count = rows * columns;
#define MAP(EXPRESSION)                                                                           \
  EACH {                                                                                         \
    T x = sums[i], y = output[i];                                                                \
    (void)x;                                                                                     \
    (void)y;                                                                                     \
    slope[i] = slope[i] * (T)(EXPRESSION);                                                       \
  }                                                                                              \
  break;
  switch (activation) {
    case NN_AS_LINEAR: break;
    case NN_AS_STEP: MAP(0)
    case NN_AS_SIGMOID: MAP(y * (1 - y))
    case NN_AS_TANH: MAP(1 - y * y)
    case NN_AS_ARCTAN: MAP(1 / (1 + x * x))
    case NN_AS_RELU: MAP(x > 0 ? 1 : 0)
    case NN_AS_LEAKY_RELU: MAP(x > 0 ? 1 : (T)0.01)
    case NN_AS_PRELU: MAP(x > 0 ? 1 : (T)0.25)
    case NN_AS_ELU: MAP(x > 0 ? 1 : N(exp)(x))
    case NN_AS_SOFTPLUS: MAP(N(sigmoid)(x))
    default: N(chain_softmax)(slope, output, rows, columns);
  }
#undef MAP
}

INLINE int N(has_tiny)(const T *a, ptrdiff_t count) {
  int tiny = 0;
  EACH tiny |= a[i] < SMALLEST_NORMAL;
  return tiny;
}

/// Where a probability is too small to be a normal number, its logarithm is taken from the sums:
/// (z - max) - log(sum(exp(z - max))).
static void N(tiny_row)(T *room, const T *z, const T *a, const T *t, ptrdiff_t count) {
  if (!N(has_tiny)(a, count)) return;
  T top = N(row_max)(z, count);
  for (ptrdiff_t j = 0; j < count; j++) room[j] = N(exp)(z[j] - top);
  T logarithm = N(log)(N(row_sum)(room, count));
  for (ptrdiff_t j = 0; j < count; j++) {
    T x = a[j] < SMALLEST_NORMAL ? (z[j] - top) - logarithm : N(log)(a[j]);
    room[j] = t[j] == 0 ? 0 : t[j] * -x;
  }
}

static void N(loss_rows)(void *out, void *room, nn_outputs o) {
  T *result = out, *terms = room;
  const T *z = o.sums, *a = o.output, *t = o.target;
  ptrdiff_t count = o.rows * o.columns;
  if (o.loss == NN_BY_CROSS_ENTROPY) {
    N(row_log)(terms, a, count);
    EACH terms[i] = t[i] == 0 ? 0 : t[i] * -terms[i];
    if (o.activation == NN_AS_SOFTMAX && N(has_tiny)(a, count))
      for (ptrdiff_t r = 0; r < count; r += o.columns)
        N(tiny_row)(terms + r, z + r, a + r, t + r, o.columns);
  } else if (o.loss == NN_BY_BINARY_CROSS_ENTROPY && o.activation == NN_AS_SIGMOID) {
    EACH terms[i] = -FABS(z[i]);
    N(row_exp)(terms, terms, count);
    N(row_log1p)(terms, terms, count);
    EACH {
      T x = z[i], high = 0 >= x ? 0 : x;
      terms[i] = (high - x * t[i]) + terms[i];
    }
  } else if (o.loss == NN_BY_BINARY_CROSS_ENTROPY) {
    EACH {
      T p = a[i], yes = t[i], no = 1 - yes;
      T first = yes == 0 ? 0 : yes * -N(log)(p), second = no == 0 ? 0 : no * -N(log)(1 - p);
      terms[i] = first + second;
    }
  } else {
    EACH {
      T difference = a[i] - t[i];
      terms[i] = difference * difference;
    }
  }
  if (o.columns <= 16) N(narrow_sums)(result, terms, o.rows, o.columns);
  else
    for (ptrdiff_t r = 0; r < o.rows; r++) result[r] = N(row_sum)(terms + r * o.columns, o.columns);
}

static void N(loss_slope)(void *d, nn_outputs o, double divisor) {
  T *slope = d;
  const T *a = o.output, *t = o.target;
  ptrdiff_t count = o.rows * o.columns;
  int fused = (o.loss == NN_BY_BINARY_CROSS_ENTROPY && o.activation == NN_AS_SIGMOID)
    || (o.loss == NN_BY_CROSS_ENTROPY && o.activation == NN_AS_SOFTMAX);
  if (fused || o.loss == NN_BY_HALF_MSE) {
    EACH slope[i] = a[i] - t[i];
  } else if (o.loss == NN_BY_MSE) {
    EACH slope[i] = 2 * (a[i] - t[i]);
  } else if (o.loss == NN_BY_CROSS_ENTROPY) {
    EACH slope[i] = t[i] == 0 ? 0 : -(t[i] / a[i]);
  } else {
    EACH {
      T p = a[i];
      slope[i] = p == t[i] ? 0 : (p - t[i]) / (p * (1 - p));
    }
  }
  if (!fused) N(chain)(o.activation, slope, o.sums, a, o.rows, o.columns);
  T share = (T)divisor;
  if (divisor != 1) EACH slope[i] = slope[i] / share;
}

static void N(column_sums)(void *out, const void *a, ptrdiff_t rows, ptrdiff_t columns) {
  T *sum = out;
  const T *row = a;
  for (ptrdiff_t j = 0; j < columns; j += 16)
    N(narrow_column_sums)(sum + j, row + j, columns, rows, columns - j < 16 ? columns - j : 16);
}

static void N(drop)(void *x, const uint8_t *kept, double share, ptrdiff_t count) {
  T *elements = x, divisor = (T)share;
  EACH elements[i] = elements[i] * (T)kept[i] / divisor;
}

static void N(add_scaled)(
  void *out, const void *a, double factor, const void *b, ptrdiff_t count) {
  T *result = out, scale = (T)factor;
  const T *x = a, *y = b;
  EACH result[i] = x[i] + scale * y[i];
}

static double N(sum_squares)(const void *a, ptrdiff_t count) {
  const T *elements = a;
  T total = 0, part;
  for (ptrdiff_t start = 0; start < count; start += NN_PANEL) {
    ptrdiff_t width = count - start < NN_PANEL ? count - start : NN_PANEL;
    N(panel_squares)(&part, elements + start, width, 0);
    total = total + part;
  }
  return total;
}

static double N(sum_over)(const void *a, ptrdiff_t count, double divisor) {
  return N(row_sum)(a, count) / (T)divisor;
}

static void N(update)(
  nn_rule rule, void *weights, const void *slopes, void *first, void *second, ptrdiff_t count) {
  T *w = weights, *m = first, *v = second;
  const T *g = slopes;
  T rate = (T)rule.rate, scaled = (T)rule.scaled, momentum = (T)rule.momentum;
  T rho = (T)rule.rho, epsilon = (T)rule.epsilon, decay = (T)rule.decay;
  // 1 - rho of plain numbers is a double before it meets an array.
  T one_rho = (T)(1 - rule.rho), one_momentum = (T)(1 - rule.momentum);
  if (rule.decay != 0) EACH w[i] = w[i] - w[i] * decay * rate;
  switch (rule.rule) {
    case NN_SGD: EACH w[i] = w[i] - rate * g[i];
      break;
    case NN_MOMENTUM:
      EACH {
        m[i] = momentum * m[i] - rate * g[i];
        w[i] = w[i] + m[i];
      }
      break;
    case NN_NESTEROV:
      EACH {
        m[i] = momentum * m[i] - rate * g[i];
        w[i] = w[i] + (momentum * m[i] - rate * g[i]);
      }
      break;
    case NN_RMSPROP:
      EACH {
        v[i] = rho * v[i] + one_rho * (g[i] * g[i]);
        w[i] = w[i] - rate * g[i] / SQRT(v[i] + epsilon);
      }
      break;
    case NN_RMSPROP_MOMENTUM:
      EACH {
        v[i] = rho * v[i] + one_rho * (g[i] * g[i]);
        m[i] = momentum * m[i] + rate * g[i] / SQRT(v[i] + epsilon);
        w[i] = w[i] - m[i];
      }
      break;
    case NN_ADAGRAD:
      EACH {
        v[i] = v[i] + g[i] * g[i];
        w[i] = w[i] - rate * g[i] / SQRT(v[i] + epsilon);
      }
      break;
    default:
      EACH {
        m[i] = m[i] + (g[i] - m[i]) * one_momentum;
        v[i] = v[i] + (g[i] * g[i] - v[i]) * one_rho;
        w[i] = w[i] - m[i] * scaled / (SQRT(v[i]) + epsilon);
      }
  }
}

static void N(breed)(void *child, nn_breeding b, ptrdiff_t count) {
  T *w = child, rate = (T)b.rate;
  const T *mother = b.mother, *father = b.father;
  EACH {
    T inherited = b.crossing[i] < 0.5 ? mother[i] : father[i];
    T mutant = inherited + rate * (T)b.noise[i];
    w[i] = b.mutating[i] < b.share ? mutant : inherited;
  }
}

static ptrdiff_t N(count_right)(
  const void *output, const ptrdiff_t *classes, ptrdiff_t rows, ptrdiff_t columns) {
  const T *row = output;
  if (columns > 1 && columns <= 16) return N(narrow_count_right)(row, classes, rows, columns);
  ptrdiff_t right = 0;
  for (ptrdiff_t r = 0; r < rows; r++, row += columns) {
    ptrdiff_t place = 0;
    if (columns == 1) place = row[0] > (T)0.5;
    else
      for (ptrdiff_t j = 1; j < columns && row[place] == row[place]; j++)
        place = row[j] > row[place] || row[j] != row[j] ? j : place;
    right += place == classes[r];
  }
  return right;
}

static void N(one_hot)(void *out, const ptrdiff_t *classes, ptrdiff_t rows, ptrdiff_t columns) {
  T *row = out;
  ptrdiff_t count = rows * columns;
  EACH row[i] = 0;
  for (ptrdiff_t r = 0; r < rows; r++, row += columns)
    if (classes[r] >= 0 && classes[r] < columns) row[classes[r]] = 1;
}

static int N(all_finite)(const void *a, ptrdiff_t count) {
  const T *elements = a;
  int broken = 0;
  EACH broken |= !(FABS(elements[i]) < (T)__builtin_inf());
  return !broken;
}
