#ifndef CNN_KERNELS_H
#define CNN_KERNELS_H
#include <stddef.h>
#include <stdint.h>

#include "nn_random.h"
int nn_version(void);
#endif
