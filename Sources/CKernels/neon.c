// NEON: 32 registers of 4 floats. A tile keeps its sums in 6 x 4 of them. Every 64-bit ARM processor has NEON.
#include "CKernels.h"
#if defined(__aarch64__)
#define VL 4
#define MR 6
#define VARIANT "neon"
#define NAME(x) x##_neon
#include "variant.inc"

const bard_kernels *bard_kernels_neon(void) { return &table_neon; }
#else
const bard_kernels *bard_kernels_neon(void) { return 0; }
#endif
