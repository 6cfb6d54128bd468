#ifndef CJPEG_SHIM_H
#define CJPEG_SHIM_H

/* libjpeg-turbo 2.1: `apt install libjpeg62-turbo-dev`. jpeglib.h names size_t and FILE without
   including what declares them. */
#include <stddef.h>
#include <stdio.h>
#include <jpeglib.h>
#include <jerror.h>

#endif
