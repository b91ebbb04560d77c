// AVX-512: 32 registers of 16 floats. A tile keeps its sums in 6 x 4 of them.
#include "CKernels.h"
#if defined(__x86_64__)
#include <immintrin.h>
#define VL 16
#define MR 6
#define DOT_HALVES(sum, a, b) ((sum) + (vi)_mm512_madd_epi16((__m512i)(a), (__m512i)(b)))
#define VARIANT "avx512"
#define NAME(x) x##_avx512
#define TARGET __attribute__((target("avx2,fma,avx512f,avx512vl,avx512dq,avx512bw")))
#pragma clang attribute push(TARGET, apply_to = function)
#include "variant.inc"
#pragma clang attribute pop

const bard_kernels *bard_kernels_avx512(void) {
  return __builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512vl") &&
                 __builtin_cpu_supports("avx512dq") && __builtin_cpu_supports("avx512bw")
             ? &table_avx512
             : 0;
}
#else
const bard_kernels *bard_kernels_avx512(void) { return 0; }
#endif
