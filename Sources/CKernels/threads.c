// A pool of threads that are started once and kept. A minibatch needs them several times, and starting them each
// time would cost noticeable time.
#include <pthread.h>
#include <stdatomic.h>

#include "CKernels.h"

enum { MOST_THREADS = 256, SPINS = 4000 };

static pthread_mutex_t busy = PTHREAD_MUTEX_INITIALIZER;  // held during a whole call of bard_parallel
static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t wake = PTHREAD_COND_INITIALIZER;
static int started;  // the number of worker threads; guarded by `busy`

static bard_parallel_body job_body;
static void *job_context;
static int64_t job_parts;
static _Atomic int64_t next_part;
static _Atomic int wanted;              // workers that may still join the current job
static _Atomic int working;             // workers inside the current job
static _Atomic uint64_t generation;     // incremented for every job

static inline void relax(void) {
#if defined(__x86_64__)
  __builtin_ia32_pause();
#elif defined(__aarch64__)
  __asm__ volatile("yield");
#endif
}

static void take_parts(void) {
  for (int64_t part; (part = atomic_fetch_add(&next_part, 1)) < job_parts;) job_body(job_context, part);
}

static void *work(void *unused) {
  uint64_t seen = 0;
  for (;;) {
    // the next job usually follows at once, so spin for a short time before sleeping
    for (int i = 0; i < SPINS && atomic_load(&generation) == seen; i++) relax();
    if (atomic_load(&generation) == seen) {
      pthread_mutex_lock(&lock);
      while (atomic_load(&generation) == seen) pthread_cond_wait(&wake, &lock);
      pthread_mutex_unlock(&lock);
    }
    seen = atomic_load(&generation);
    // increment `working` before reading `wanted`: the caller first sets `wanted` to 0 and then waits until `working`
    // is 0
    atomic_fetch_add(&working, 1);
    if (atomic_fetch_sub(&wanted, 1) > 0) take_parts();
    atomic_fetch_sub(&working, 1);
  }
  return unused;
}

void bard_parallel(int64_t parts, int64_t threads, bard_parallel_body body, void *context) {
  if (threads > parts) threads = parts;
  if (threads > MOST_THREADS) threads = MOST_THREADS;
  // if a job is running already (this is a nested call, or there are two callers), this thread does all parts
  if (threads <= 1 || pthread_mutex_trylock(&busy) != 0) {
    for (int64_t part = 0; part < parts; part++) body(context, part);
    return;
  }
  while (started < threads - 1) {
    pthread_t thread;
    if (pthread_create(&thread, 0, work, 0) != 0) break;
    pthread_detach(thread);
    started++;
  }
  job_body = body;
  job_context = context;
  job_parts = parts;
  atomic_store(&next_part, 0);
  atomic_store(&wanted, (int)threads - 1);
  pthread_mutex_lock(&lock);
  atomic_fetch_add(&generation, 1);
  pthread_cond_broadcast(&wake);
  pthread_mutex_unlock(&lock);
  take_parts();
  atomic_store(&wanted, 0);
  while (atomic_load(&working) > 0) relax();
  pthread_mutex_unlock(&busy);
}
