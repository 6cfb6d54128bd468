#include "CNNKernels.h"
int nn_version(void) { return 1; }
