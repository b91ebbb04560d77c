// Counts the calls of malloc and its kin, by thread; linked into the tests in place of the C library's.
#ifndef BARD_ALLOCATION_COUNTER_H
#define BARD_ALLOCATION_COUNTER_H

#include <stdint.h>

// Allocations of the calling thread since it began; -1 where they cannot be counted (they are with glibc).
int64_t bard_allocations(void);

#endif
