// The reference: one float at a time, on any processor.
#define VL 1
#define MR 4
#define VARIANT "scalar"
#define NAME(x) x##_scalar
#include "variant.inc"

const bard_kernels *bard_kernels_scalar(void) { return &table_scalar; }
