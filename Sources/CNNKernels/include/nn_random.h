#ifndef NN_RANDOM_H
#define NN_RANDOM_H

/// Natural logarithm of `x`, the very bits that NumPy's legacy normal deviates are made of.
/// `x` must be positive, finite and normal; the generator calls it on (0, 1) only.
double nn_random_log(double x);

/// The same without the processor's fma instructions, where it has them: slower, equal bits.
double nn_random_log_portable(double x);

#endif
