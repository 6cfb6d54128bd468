// How far the elementary functions are from their values, in units of the last place, over some
// millions of points: against the C library's long double functions, whose 64 bits are off by a
// thousandth of a unit. (`FunctionAccuracyTests` has fewer points, chosen, against mpmath.)
//
// One line a function; exit status 1 when one is over its bound.
#pragma STDC FP_CONTRACT OFF

#include <float.h>

#include "hashing.h"

enum { POINTS = 600000 };

static long double sigmoid(long double x) { return 1 / (1 + expl(-x)); }
static long double softplus(long double x) {
  return x > 0 ? x + log1pl(expl(-x)) : log1pl(expl(x));
}

typedef struct {
  const char *name;
  int op;
  long double (*exact)(long double);
  double bound;
  /// Where every second point lies; the others are of every size and sign.
  double low, high;
} function;

static const function functions[] = {
  {"exp", NN_EXP, expl, 1, -745, 709.7}, {"log", NN_LOG, logl, 1, 0.5, 2},
  {"log1p", NN_LOG1P, log1pl, 1, -0.99, 3}, {"expm1", NN_EXPM1, expm1l, 2.5, -40, 5},
  {"sin", NN_SIN, sinl, 1, -100, 100}, {"cos", NN_COS, cosl, 1, -100, 100},
  {"tan", NN_TAN, tanl, 1, -100, 100}, {"arctan", NN_ARCTAN, atanl, 1, -5, 5},
  {"tanh", NN_TANH, tanhl, 2.5, -20, 20}, {"sigmoid", NN_SIGMOID, sigmoid, 2.5, -80, 40},
  {"softplus", NN_SOFTPLUS, softplus, 2.5, -80, 40}};

/// Of every size and sign.
static double any_number(int dtype) {
  for (;;) {
    uint64_t bits = draw() << 32 ^ draw();
    double x;
    if (dtype == NN_FLOAT64) memcpy(&x, &bits, 8);
    else {
      float single;
      memcpy(&single, &bits, 4);
      x = single;
    }
    if (isfinite(x)) return x;
  }
}

static double between(double low, double high) {
  return low + (high - low) * ((double)draw() * 0x1p-53);
}

static double element(int dtype, const void *data, ptrdiff_t i) {
  return dtype == NN_FLOAT64 ? ((const double *)data)[i] : ((const float *)data)[i];
}

static void set(int dtype, void *data, ptrdiff_t i, double x) {
  if (dtype == NN_FLOAT64) ((double *)data)[i] = x;
  else ((float *)data)[i] = (float)x;
}

/// The distance in units of the exact value's last place; 0 where it is no number or out of range.
static double error_of(int dtype, double found, long double exact) {
  int digits = dtype == NN_FLOAT64 ? 53 : 24, lowest = dtype == NN_FLOAT64 ? -1074 : -149;
  if (exact != exact || fabsl(exact) > (dtype == NN_FLOAT64 ? DBL_MAX : FLT_MAX)) return 0;
  int place = exact == 0 ? lowest : ilogbl(exact) - digits + 1;
  long double error = fabsl((long double)found - exact);
  return (double)ldexpl(error, -(place < lowest ? lowest : place));
}

typedef struct {
  double error, x, y;
} worst;

static void tell(const char *name, int dtype, worst w, double bound) {
  printf("%s %s: %.3f units of %.1f, at %a", name, dtype_names[dtype], w.error, bound, w.x);
  if (w.y != 0) printf(" and %a", w.y);
  printf("\n");
  if (!(w.error < bound)) differences++;
}

static void try_function(function f, int dtype, void *x, void *out) {
  for (ptrdiff_t i = 0; i < POINTS; i++)
    set(dtype, x, i, i % 2 ? any_number(dtype) : between(f.low, f.high));
  nn_unary_row(f.op, dtype, out, x, POINTS);
  worst w = {0, 0, 0};
  for (ptrdiff_t i = 0; i < POINTS; i++) {
    double point = element(dtype, x, i);
    long double exact = f.exact(point);
    // 1 / (1 + exp(-x)) is 0 by definition where exp(-x) is infinite.
    double smallest = dtype == NN_FLOAT64 ? 0x1p-1020 : 0x1p-124;
    if (f.op == NN_SIGMOID && exact < smallest) continue;
    double error = error_of(dtype, element(dtype, out, i), exact);
    if (!(error <= w.error)) w = (worst){error, point, 0};
  }
  tell(f.name, dtype, w, f.bound);
}

static void try_power(int dtype, void *x, void *y, void *out) {
  for (ptrdiff_t i = 0; i < POINTS; i++) {
    double base = fabs(any_number(dtype)), most = dtype == NN_FLOAT64 ? 700 : 80;
    // Exponents that keep the result in range.
    double limit = most / fmax(fabs(log(base)), 1e-6);
    if (i % 3 == 0) base = between(0, 10), limit = most / 2.4;
    if (i % 3 == 1) base = between(0.999, 1.001), limit = most * 1000;
    double exponent = between(-limit, limit);
    set(dtype, x, i, base);
    // These two are products and roots by definition, and exact.
    set(dtype, y, i, exponent == 2 || exponent == 0.5 ? 3 : exponent);
  }
  nn_binary_row(NN_POWER, dtype, out, x, 1, y, 1, POINTS);
  worst w = {0, 0, 0};
  for (ptrdiff_t i = 0; i < POINTS; i++) {
    double base = element(dtype, x, i), exponent = element(dtype, y, i);
    double error = error_of(dtype, element(dtype, out, i), powl(base, exponent));
    if (!(error <= w.error)) w = (worst){error, base, exponent};
  }
  tell("power", dtype, w, 1);
}

int main(void) {
  void *x = room(POINTS), *y = room(POINTS), *out = room(POINTS);
  for (int dtype = NN_FLOAT32; dtype <= NN_FLOAT64; dtype++) {
    for (size_t f = 0; f < sizeof functions / sizeof *functions; f++)
      try_function(functions[f], dtype, x, out);
    try_power(dtype, x, y, out);
  }
  free(x), free(y), free(out);
  return differences > 0;
}
