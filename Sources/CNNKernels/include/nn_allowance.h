// What the work that a thread asks for may take. Kernels look at it between the parts of large work,
// so that a product of minutes stops within milliseconds.
#ifndef NN_ALLOWANCE_H
#define NN_ALLOWANCE_H

#include <stddef.h>
#include <stdint.h>

typedef struct nn_allowance {
  double seconds;       // that it may take; 0 for no limit
  double deadline;      // by nn_now; 0 for none
  int64_t memory;       // bytes of tensors
  const int *cancelled; // not 0 when someone wants it to stop; null if no one can
  int is_stopped;       // whether work has been left undone
  int64_t looks;        // the number of the look at it that stops; 0 for none
  ptrdiff_t *steps;     // while it is watched
  struct nn_allowance *next;
} nn_allowance;

/// For this thread, and for the others while they do parts of its work; null for no limits.
void nn_set_allowance(nn_allowance *allowance);
nn_allowance *nn_thread_allowance(void);

/// Whether this thread's work is to stop: it was cancelled, or its time is over. Stays so. Work that
/// stopped says NN_STOPPED and leaves its result unfinished; work that has no result to return
/// leaves the question to its caller.
int nn_is_stopped(void);

/// Until nn_unwatch_allowance, *steps becomes -1 every few milliseconds once the work is to stop:
/// who counts steps down to a look at the clock looks at once, however long its steps take.
void nn_watch_allowance(nn_allowance *allowance, ptrdiff_t *steps);
void nn_unwatch_allowance(nn_allowance *allowance);

/// Seconds on a clock that only goes forward, at a resolution of some milliseconds.
double nn_now(void);

/// Sets what `cancelled` points to; may be called by a signal handler and by any thread.
void nn_cancel(int *cancelled);
int nn_is_cancelled(const int *cancelled);

#endif
