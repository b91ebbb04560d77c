// AVX-512 with BF16 and VNNI: one instruction multiplies pairs of bfloat16, another multiplies bytes.
#include "CKernels.h"
#if defined(__x86_64__)
#include <immintrin.h>
#define VL 16
#define MR 6
#define DOT_PAIRS(a, b, c) ((vf)_mm512_dpbf16_ps((__m512)(c), (__m512bh)(a), (__m512bh)(b)))
#define DOT_BYTES(sum, a, b) ((vi)_mm512_dpbusd_epi32((__m512i)(sum), (__m512i)(a), (__m512i)(b)))
#define VARIANT "avx512bf16"
#define NAME(x) x##_avx512_bf16
#define TARGET __attribute__((target("avx2,fma,avx512f,avx512vl,avx512dq,avx512bw,avx512bf16,avx512vnni")))
#pragma clang attribute push(TARGET, apply_to = function)
#include "variant.inc"
#pragma clang attribute pop

const bard_kernels *bard_kernels_avx512_bf16(void) {
  return bard_kernels_avx512() && __builtin_cpu_supports("avx512bf16") && __builtin_cpu_supports("avx512vnni")
             ? &table_avx512_bf16
             : 0;
}
#else
const bard_kernels *bard_kernels_avx512_bf16(void) { return 0; }
#endif
