// Plain C, one float at a time, for any processor. It is the reference for the other variants.
#define VL 1
#define MR 4
#define VARIANT "scalar"
#define NAME(x) x##_scalar
#include "variant.inc"

const bard_kernels *bard_kernels_scalar(void) { return &table_scalar; }
