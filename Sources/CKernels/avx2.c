// AVX2 with FMA: 16 registers of 8 floats. A tile keeps its sums in 3 x 4 of them.
#include "CKernels.h"
#if defined(__x86_64__)
#include <immintrin.h>
#define VL 8
#define MR 3
#define DOT_HALVES(sum, a, b) ((sum) + (vi)_mm256_madd_epi16((__m256i)(a), (__m256i)(b)))
#define VARIANT "avx2"
#define NAME(x) x##_avx2
#pragma clang attribute push(__attribute__((target("avx2,fma"))), apply_to = function)
#include "variant.inc"
#pragma clang attribute pop

const bard_kernels *bard_kernels_avx2(void) {
  return __builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma") ? &table_avx2 : 0;
}
#else
const bard_kernels *bard_kernels_avx2(void) { return 0; }
#endif
