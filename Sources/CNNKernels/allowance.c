// The limits of a thread's work.

#ifndef _GNU_SOURCE
#define _GNU_SOURCE
#endif

#include <pthread.h>
#include <signal.h>
#include <time.h>
#include <unistd.h>

#include "internal.h"

static _Thread_local nn_allowance *present;

static struct {
  pthread_mutex_t lock;
  pthread_cond_t begin;
  nn_allowance *first; // of those that are watched
  int is_started;
} watch = {.lock = PTHREAD_MUTEX_INITIALIZER, .begin = PTHREAD_COND_INITIALIZER};

enum { WATCH_MICROSECONDS = 5000 };

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

static int has_to_stop(const nn_allowance *allowance) {
  return (allowance->cancelled && nn_is_cancelled(allowance->cancelled))
    || (allowance->deadline > 0 && nn_now() > allowance->deadline);
}

static void *watcher(void *unused) {
  (void)unused;
  for (;;) {
    pthread_mutex_lock(&watch.lock);
    while (!watch.first) pthread_cond_wait(&watch.begin, &watch.lock);
    for (nn_allowance *each = watch.first; each; each = each->next)
      if (has_to_stop(each)) __atomic_store_n(each->steps, -1, __ATOMIC_RELAXED);
    pthread_mutex_unlock(&watch.lock);
    usleep(WATCH_MICROSECONDS);
  }
  return 0;
}

void nn_watch_allowance(nn_allowance *allowance, ptrdiff_t *steps) {
  pthread_mutex_lock(&watch.lock);
  allowance->steps = steps;
  allowance->next = watch.first;
  watch.first = allowance;
  if (!watch.is_started) {
    // Signals stay with the others. Without the thread the steps are looked at when they are used up.
    sigset_t all, before;
    sigfillset(&all);
    pthread_sigmask(SIG_SETMASK, &all, &before);
    pthread_t thread;
    watch.is_started = pthread_create(&thread, 0, watcher, 0) == 0;
    if (watch.is_started) pthread_detach(thread);
    pthread_sigmask(SIG_SETMASK, &before, 0);
  }
  pthread_cond_signal(&watch.begin);
  pthread_mutex_unlock(&watch.lock);
}

void nn_unwatch_allowance(nn_allowance *allowance) {
  pthread_mutex_lock(&watch.lock);
  for (nn_allowance **place = &watch.first; *place; place = &(*place)->next)
    if (*place == allowance) {
      *place = allowance->next;
      break;
    }
  pthread_mutex_unlock(&watch.lock);
}

int nn_is_stopped(void) {
  nn_allowance *allowance = present;
  if (!allowance) return 0;
  if (__atomic_load_n(&allowance->is_stopped, __ATOMIC_RELAXED)) return 1;
  int stops = has_to_stop(allowance)
    || (allowance->looks > 0 && __atomic_sub_fetch(&allowance->looks, 1, __ATOMIC_RELAXED) == 0);
  if (stops) __atomic_store_n(&allowance->is_stopped, 1, __ATOMIC_RELAXED);
  return stops;
}

void nn_cancel(int *cancelled) { __atomic_store_n(cancelled, 1, __ATOMIC_RELAXED); }

int nn_is_cancelled(const int *cancelled) { return __atomic_load_n(cancelled, __ATOMIC_RELAXED); }
