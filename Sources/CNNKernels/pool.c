#pragma STDC FP_CONTRACT OFF

// The threads that share large work.
//
// There are none before the first large work, and none of what they do reaches a result: work is
// cut by its shape and each part goes to whichever thread is free. After its last part a thread
// looks out for more for some tens of microseconds, then sleeps.
//
// A job is one word that parts are claimed from: how many workers may, how many parts there are, and
// the next one. Its other fields are read by a thread that has claimed a part only, and they stay
// until every part is done. (So a thread that finds an equal word of a later job claims from that.)

#ifndef _GNU_SOURCE
#define _GNU_SOURCE
#endif

#include <pthread.h>
#include <sched.h>
#include <signal.h>
#include <stdatomic.h>
#include <unistd.h>

#include "internal.h"

enum {
  MAXIMUM_THREADS = NN_ALL_WORKERS,
  SPINS = 4000,
  PART_BITS = 24,
  PART_MASK = (1 << PART_BITS) - 1,
};

static struct {
  atomic_int threads;  // that work together; 0: not yet known
  pthread_mutex_t job; // held by who gives out parts
  int started;         // workers; guarded by `job`
  nn_part_function part;
  const void *context;
  nn_allowance *allowance; // of who gives out parts
  _Atomic uint64_t word; // workers, parts, next part
  atomic_ptrdiff_t done;
  pthread_mutex_t sleep; // around both conditions
  pthread_cond_t work, end;
  atomic_int sleepers, waits;
} pool = {
  .job = PTHREAD_MUTEX_INITIALIZER,
  .sleep = PTHREAD_MUTEX_INITIALIZER,
  .work = PTHREAD_COND_INITIALIZER,
  .end = PTHREAD_COND_INITIALIZER,
};

INLINE void rest(void) {
#if defined(__x86_64__)
  __builtin_ia32_pause();
#elif defined(__aarch64__)
  __asm__ volatile("isb");
#endif
}

/// The processors this process may run on.
static int processors(void) {
#if defined(__linux__)
  cpu_set_t set;
  if (sched_getaffinity(0, sizeof set, &set) == 0) return CPU_COUNT(&set);
#endif
  long count = sysconf(_SC_NPROCESSORS_ONLN);
  return count > 0 ? (int)count : 1;
}

void nn_set_threads(int threads) {
  if (threads <= 0) threads = processors();
  atomic_store(&pool.threads, threads < MAXIMUM_THREADS ? threads : MAXIMUM_THREADS);
}

int nn_threads(void) {
  if (atomic_load(&pool.threads) == 0) nn_set_threads(0);
  return atomic_load(&pool.threads);
}

/// Whether a part can be claimed by this worker.
INLINE int has_part(uint64_t word, int worker) {
  return (word & PART_MASK) < (word >> PART_BITS & PART_MASK)
    && worker < (int)(word >> 2 * PART_BITS);
}

/// Does parts of the present job until none is left. Those that are left out count as done.
static void do_parts(int worker) {
  uint64_t word = atomic_load(&pool.word);
  while (has_part(word, worker)) {
    if (!atomic_compare_exchange_weak(&pool.word, &word, word + 1)) continue;
    ptrdiff_t parts = (ptrdiff_t)(word >> PART_BITS & PART_MASK);
    if (worker > 0) nn_set_allowance(pool.allowance);
    if (!nn_is_stopped()) pool.part(pool.context, (ptrdiff_t)(word & PART_MASK), worker);
    if (worker > 0) nn_set_allowance(0);
    if (atomic_fetch_add(&pool.done, 1) + 1 == parts && atomic_load(&pool.waits)) {
      pthread_mutex_lock(&pool.sleep);
      pthread_cond_signal(&pool.end);
      pthread_mutex_unlock(&pool.sleep);
    }
    word = atomic_load(&pool.word);
  }
}

INLINE int is_called(int worker) { return has_part(atomic_load(&pool.word), worker); }

static void *work(void *number_) {
  int number = (int)(intptr_t)number_;
  for (;;) {
    int spins = 0;
    while (!is_called(number) && spins < SPINS) spins++, rest();
    if (spins == SPINS) {
      pthread_mutex_lock(&pool.sleep);
      atomic_fetch_add(&pool.sleepers, 1);
      while (!is_called(number)) pthread_cond_wait(&pool.work, &pool.sleep);
      atomic_fetch_sub(&pool.sleepers, 1);
      pthread_mutex_unlock(&pool.sleep);
    }
    do_parts(number);
  }
  return 0;
}

/// Starts workers as far as they are missing and can be had. Signals stay with the others.
static void start_workers(int count) {
  if (pool.started >= count) return;
  sigset_t all, before;
  sigfillset(&all);
  pthread_sigmask(SIG_SETMASK, &all, &before);
  pthread_attr_t detached;
  pthread_attr_init(&detached);
  pthread_attr_setdetachstate(&detached, PTHREAD_CREATE_DETACHED);
  while (pool.started < count) {
    pthread_t thread;
    void *number = (void *)(intptr_t)(pool.started + 1);
    if (pthread_create(&thread, &detached, work, number) != 0) break;
    pool.started++;
  }
  pthread_attr_destroy(&detached);
  pthread_sigmask(SIG_SETMASK, &before, 0);
}

/// Until the parts that others have claimed are done.
static void wait_for(ptrdiff_t parts) {
  for (int spins = 0; spins < SPINS; spins++) {
    if (atomic_load(&pool.done) == parts) return;
    rest();
  }
  pthread_mutex_lock(&pool.sleep);
  atomic_store(&pool.waits, 1);
  while (atomic_load(&pool.done) < parts) pthread_cond_wait(&pool.end, &pool.sleep);
  atomic_store(&pool.waits, 0);
  pthread_mutex_unlock(&pool.sleep);
}

/// Whether every part has been done.
static int outcome(void) {
  const nn_allowance *allowance = nn_thread_allowance();
  return allowance && __atomic_load_n(&allowance->is_stopped, __ATOMIC_RELAXED) ? NN_STOPPED : NN_OK;
}

int nn_parallel(ptrdiff_t parts, int workers, nn_part_function part, const void *job) {
  int most = parts > 1 && workers > 1 ? nn_threads() : 1;
  if (most > workers) most = workers;
  if (most > parts) most = (int)parts;
  // Work within work, and work beside other work, is done by who asks for it.
  if (most <= 1 || parts > PART_MASK || pthread_mutex_trylock(&pool.job) != 0) {
    for (ptrdiff_t i = 0; i < parts && !nn_is_stopped(); i++) part(job, i, 0);
    return outcome();
  }
  start_workers(most - 1);
  pool.part = part;
  pool.context = job;
  pool.allowance = nn_thread_allowance();
  atomic_store(&pool.done, 0);
  atomic_store(&pool.word, (uint64_t)most << 2 * PART_BITS | (uint64_t)parts << PART_BITS);
  if (atomic_load(&pool.sleepers) > 0) {
    pthread_mutex_lock(&pool.sleep);
    pthread_cond_broadcast(&pool.work);
    pthread_mutex_unlock(&pool.sleep);
  }
  do_parts(0);
  wait_for(parts);
  pthread_mutex_unlock(&pool.job);
  return outcome();
}
