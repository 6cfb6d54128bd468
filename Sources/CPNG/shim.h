#ifndef CPNG_SHIM_H
#define CPNG_SHIM_H

/* libpng 1.6: `apt install libpng-dev`. */
#include <png.h>

#endif
