#ifndef CZLIB_SHIM_H
#define CZLIB_SHIM_H

/* zlib 1.2.13 or later: `apt install zlib1g-dev`. */
#include <zlib.h>

/* inflateInit2 is a macro with arguments of its own, which Swift can't see. `window` is 15 + 16 for
   a gzip stream with its header, checksum and length, -15 for bare deflate data. */
static inline int nn_inflate_start(z_stream *stream, int window) {
  return inflateInit2(stream, window);
}

#endif
