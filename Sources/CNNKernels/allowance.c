// The limits of a thread's work.

#ifndef _GNU_SOURCE
#define _GNU_SOURCE
#endif

#include <time.h>

#include "internal.h"

static _Thread_local nn_allowance *present;

void nn_set_allowance(nn_allowance *allowance) { present = allowance; }

nn_allowance *nn_thread_allowance(void) { return present; }

double nn_now(void) {
  struct timespec time;
#if defined(CLOCK_MONOTONIC_COARSE)
  // A part of a few microseconds should not wait for a finer one.
  clock_gettime(CLOCK_MONOTONIC_COARSE, &time);
#else
  clock_gettime(CLOCK_MONOTONIC, &time);
#endif
  return (double)time.tv_sec + (double)time.tv_nsec * 1e-9;
}

int nn_is_stopped(void) {
  nn_allowance *allowance = present;
  if (!allowance) return 0;
  if (__atomic_load_n(&allowance->is_stopped, __ATOMIC_RELAXED)) return 1;
  int stops = (allowance->cancelled && nn_is_cancelled(allowance->cancelled))
    || (allowance->deadline > 0 && nn_now() > allowance->deadline)
    || (allowance->looks > 0 && __atomic_sub_fetch(&allowance->looks, 1, __ATOMIC_RELAXED) == 0);
  if (stops) __atomic_store_n(&allowance->is_stopped, 1, __ATOMIC_RELAXED);
  return stops;
}

void nn_cancel(int *cancelled) { __atomic_store_n(cancelled, 1, __ATOMIC_RELAXED); }

int nn_is_cancelled(const int *cancelled) { return __atomic_load_n(cancelled, __ATOMIC_RELAXED); }
