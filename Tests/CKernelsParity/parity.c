// Compares every kernel of every variant that this processor can run with the scalar variant, bit for bit, with odd
// sizes, unaligned memory, infinities and NaN. This is a program of its own so that scripts/check-kernels can compile
// it for another architecture and run it under an emulator, or compile it with sanitizers. The tests of `Tensors`
// compare the variants of this processor through Swift.
#include <math.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "CKernels.h"

static uint32_t seed = 1;
static int failures, comparisons;

static float number(void) {
  seed = seed * 1664525u + 1013904223u;
  return (float)(seed >> 8) / 8388608.0f - 1.0f;
}

static int64_t padded(int64_t n) { return (n + BARD_GROUP - 1) / BARD_GROUP * BARD_GROUP; }
static int64_t panels_of(bard_panels m) { return (m.columns + BARD_PANEL - 1) / BARD_PANEL; }
static int64_t blocks_of(bard_panels m) { return (m.columns + BARD_QUANTIZED_BLOCK - 1) / BARD_QUANTIZED_BLOCK; }

// A matrix in its own memory. `specials` puts infinities and NaN in some places.
static bard_panels matrix(int64_t rows, int64_t columns, bool specials) {
  bard_panels m = {.rows = rows, .columns = padded(columns)};
  // one float past an aligned address, because no kernel may rely on alignment; nothing follows the last float, so that
  // a sanitizer notices what a kernel reads or writes behind it
  m.base = (float *)calloc((size_t)(m.rows * m.columns + 1), sizeof(float)) + 1;
  for (int64_t i = 0; i < m.rows * m.columns; i++) {
    m.base[i] = number();
    if (specials && i % 97 == 13) m.base[i] = i % 2 ? INFINITY : NAN;
  }
  return m;
}

static bard_panels copy(bard_panels m) {
  bard_panels c = matrix(m.rows, m.columns, false);
  memcpy(c.base, m.base, sizeof(float) * (size_t)(m.rows * m.columns));
  return c;
}

static void discard(bard_panels m) { free(m.base - 1); }

// Among floats any NaN equals any other; words are compared bit for bit.
static void compare(const char *what, const char *variant, bard_panels a, bard_panels b, bool words) {
  comparisons++;
  for (int64_t i = 0; i < a.rows * a.columns; i++) {
    bool same = memcmp(a.base + i, b.base + i, sizeof(float)) == 0;
    if (!words && isnan(a.base[i]) && isnan(b.base[i])) same = true;
    if (same) continue;
    printf("%s: %s differs at %lld: %g, scalar %g\n", variant, what, (long long)i, (double)b.base[i], (double)a.base[i]);
    failures++;
    return;
  }
}

// Runs the code with `k` the scalar and then the other variant, and `out` a copy of `m` for each, and compares the
// copies.
#define BOTH(what, m, words, ...)                       \
  do {                                                  \
    bard_panels expected_ = copy(m), found_ = copy(m);  \
    {                                                   \
      const bard_kernels *k = scalar;                   \
      bard_panels out = expected_;                      \
      __VA_ARGS__;                                      \
    }                                                   \
    {                                                   \
      const bard_kernels *k = variant;                  \
      bard_panels out = found_;                         \
      __VA_ARGS__;                                      \
    }                                                   \
    compare(what, variant->name, expected_, found_, words); \
    discard(expected_);                                 \
    discard(found_);                                    \
  } while (0)

static void products(const bard_kernels *scalar, const bard_kernels *variant, int64_t rows, int64_t inner, int64_t columns,
                     bool specials) {
  bard_panels a = matrix(rows + 1, inner, specials), b = matrix(padded(inner), columns, specials);
  bard_panels c = matrix(rows, columns, false), start = matrix(1, columns, false);
  int64_t panels = panels_of(c);
  bard_product product = {.a = a, .a_row = 1, .rows = rows, .b = b, .start = start.base, .last_panel = panels};
  BOTH("product", c, false, product.c = out; k->product(&product));
  bard_panels right = matrix(rows + 1, columns, specials), gradient = matrix(padded(inner), columns, false);
  bard_transposed_product transposed = {.a = a, .a_row = 1, .b = right, .b_row = 1, .rows = rows,
                                        .last_a_panel = panels_of(a)};
  BOTH("product_of_transposed", gradient, false, transposed.c = out;
       for (transposed.panel = 0; transposed.panel < panels; transposed.panel++) k->product_of_transposed(&transposed));
  bard_panels turned = matrix(b.columns, b.rows, false);
  BOTH("transpose", turned, false, for (int64_t p = 0; p < panels_of(turned); p++) k->transpose(out, b, p));

  bard_panels rounded = matrix(rows + 1, a.columns / 2, false);
  memset(rounded.base, 0, sizeof(float) * (size_t)(rounded.rows * rounded.columns));
  BOTH("round_rows", rounded, true, k->round_rows(out, 0, a, 0, rows + 1));
  scalar->round_rows(rounded, 0, a, 0, rows + 1);
  bard_panels pairs = matrix(padded(a.columns / 2), columns, false);
  memset(pairs.base, 0, sizeof(float) * (size_t)(pairs.rows * pairs.columns));
  BOTH("pair_rows", pairs, true, k->pair_rows(out, 0, b, 0, b.rows, 0, panels));
  scalar->pair_rows(pairs, 0, b, 0, b.rows, 0, panels);
  bard_panels turned_pairs = matrix(padded(b.columns / 2), b.rows, false);
  BOTH("transpose_pairs", turned_pairs, true,
       for (int64_t p = 0; p < panels_of(turned_pairs); p++) k->transpose_pairs(out, b, p));
  product.a = rounded;
  product.b = pairs;
  BOTH("product_bfloat16", c, false, product.c = out; k->product_bfloat16(&product));
  bard_panels row_pairs = matrix((rows + 2) / 2, inner, false), right_pairs = matrix((rows + 2) / 2, columns, false);
  scalar->pair_rows(row_pairs, 0, a, 0, rows + 1, 0, panels_of(a));
  scalar->pair_rows(right_pairs, 0, right, 0, rows + 1, 0, panels);
  transposed = (bard_transposed_product){.a = row_pairs, .b = right_pairs, .rows = (rows + 2) / 2,
                                         .last_a_panel = panels_of(a)};
  BOTH("product_of_transposed_bfloat16", gradient, false, transposed.c = out;
       for (transposed.panel = 0; transposed.panel < panels; transposed.panel++)
           k->product_of_transposed_bfloat16(&transposed));
  bard_panels all[] = {a, b, c, start, right, gradient, turned, rounded, pairs, turned_pairs, row_pairs, right_pairs};
  for (size_t i = 0; i < sizeof all / sizeof *all; i++) discard(all[i]);
}

// Each variant has its own layout of words, so only results are compared.
static void quantized(const bard_kernels *scalar, const bard_kernels *variant, int64_t rows, int64_t inner,
                      int64_t columns) {
  bard_panels a = matrix(rows, inner, true), b = matrix(padded(inner), columns, false);
  bard_panels words = matrix(rows, a.columns / 2, false), sums = matrix(rows, blocks_of(a), false);
  bard_panels weights = matrix(b.rows / BARD_WORD_WEIGHTS, columns, false), scales = matrix(1, columns, false);
  bard_panels c = matrix(rows, columns, false), start = matrix(1, columns, false);
  int64_t panels = panels_of(c);
  BOTH("quantize_weights", weights, true,
       for (int64_t p = 0; p < panels; p++) k->quantize_weights(out, scales.base, b, p));
  BOTH("product_int8", c, false, {
    for (int64_t p = 0; p < panels; p++) k->quantize_weights(weights, scales.base, b, p);
    k->quantize_rows(words, sums, 0, a, 0, rows);
    bard_quantized_operand operand = {words, sums, 0, weights, scales.base};
    k->product_int8(out, 0, rows, &operand, start.base);
  });
  bard_panels all[] = {a, b, words, sums, weights, scales, c, start};
  for (size_t i = 0; i < sizeof all / sizeof *all; i++) discard(all[i]);
}

// One step forward and one backward in every precision.
static void steps(const bard_kernels *scalar, const bard_kernels *variant, int64_t lanes, int64_t cells, bool specials) {
  int64_t gate_columns = BARD_GATES * padded(cells);
  bard_panels start = matrix(3, gate_columns, specials), u = matrix(padded(cells), gate_columns, false);
  bard_panels h = matrix(2 * lanes, cells, false), c = matrix(2 * lanes, cells, specials);
  bard_panels gates = matrix(2 * lanes, gate_columns, false), dc = matrix(lanes, cells, false);
  bard_panels dh = matrix(lanes, cells, specials), back = matrix(gate_columns, cells, false);
  int32_t *ids = malloc(sizeof(int32_t) * (size_t)lanes);
  for (int64_t i = 0; i < lanes; i++) ids[i] = (int32_t)(i % 3);
  bard_lstm_step s = {.lane_count = lanes, .last_group = h.columns / BARD_GROUP, .start = start, .start_rows = ids,
                      .h_operand = h, .recurrent_weights = u, .h = h, .h_after = lanes, .c = c, .c_after = lanes,
                      .gates = gates};
  BOTH("lstm_step, gates", gates, false, s.gates = out; k->lstm_step(&s));
  s.gates = gates;
  BOTH("lstm_step, h", h, false, s.h = out; s.h_operand = out; k->lstm_step(&s));
  bard_panels rounded = matrix(2 * lanes, h.columns / 2, false), pairs = matrix(padded(h.columns / 2), u.columns, false);
  memset(rounded.base, 0, sizeof(float) * (size_t)(rounded.rows * rounded.columns));
  memset(pairs.base, 0, sizeof(float) * (size_t)(pairs.rows * pairs.columns));
  scalar->round_rows(rounded, 0, h, 0, 2 * lanes);
  scalar->pair_rows(pairs, 0, u, 0, u.rows, 0, panels_of(u));
  bard_lstm_step p = s;
  p.h_operand = p.x = rounded;
  p.recurrent_weights = p.input_weights = pairs;
  BOTH("lstm_step_bfloat16", h, false, p.h = out; k->lstm_step_bfloat16(&p));
  bard_panels words = matrix(lanes, h.columns / 2, false), sums = matrix(lanes, blocks_of(h), false);
  bard_panels weights = matrix(u.rows / BARD_WORD_WEIGHTS, u.columns, false), scales = matrix(1, u.columns, false);
  BOTH("lstm_step_int8", h, false, {
    for (int64_t i = 0; i < panels_of(u); i++) k->quantize_weights(weights, scales.base, u, i);
    k->quantize_rows(words, sums, 0, h, 0, lanes);
    p.quantized_input = p.quantized_recurrent = (bard_quantized_operand){words, sums, 0, weights, scales.base};
    p.h = out;
    k->lstm_step_int8(&p);
  });
  bard_lstm_backward_step t = {.lane_count = lanes, .last_panel = panels_of(h), .dh = dh, .gates = gates,
                               .next = gates, .next_row = lanes, .recurrent_transposed = back, .c = c,
                               .c_after = lanes, .dc = dc};
  BOTH("lstm_backward_step, gates", gates, false, {
    bard_panels own = copy(dc);
    t.dc = own;
    t.gates = t.next = out;
    k->lstm_backward_step(&t);
    discard(own);
  });
  t.next = gates;
  BOTH("lstm_backward_step, dc", dc, false, {
    bard_panels own = copy(gates);
    t.dc = out;
    t.gates = t.next = own;
    k->lstm_backward_step(&t);
    discard(own);
  });
  free(ids);
  bard_panels next = matrix(lanes, gates.columns / 2, false), next_pairs = matrix(gates.columns / 2, cells, false);
  scalar->round_rows(next, 0, gates, 0, lanes);
  scalar->pair_rows(next_pairs, 0, back, 0, back.rows, 0, panels_of(back));
  BOTH("lstm_backward_step_bfloat16", gates, false, {
    bard_panels own = copy(dc);
    t.dc = own;
    t.gates = out;
    t.next = next;
    t.next_row = 0;
    t.recurrent_transposed = next_pairs;
    k->lstm_backward_step_bfloat16(&t);
    discard(own);
  });
  bard_panels all[] = {start, u, h, c, gates, dc, dh, back, rounded, pairs, words, sums, weights, scales, next, next_pairs};
  for (size_t i = 0; i < sizeof all / sizeof *all; i++) discard(all[i]);
}

static void rows_and_updates(const bard_kernels *scalar, const bard_kernels *variant, int64_t rows, int64_t columns) {
  bard_panels logits = matrix(rows, columns, false), sums = matrix(5, columns, false), row = matrix(1, columns, false);
  int32_t *ids = malloc(sizeof(int32_t) * (size_t)rows), *targets = malloc(sizeof(int32_t) * (size_t)rows);
  uint64_t *keys = malloc(sizeof(uint64_t) * (size_t)rows);
  float *losses = malloc(sizeof(float) * (size_t)rows);
  for (int64_t i = 0; i < rows; i++) {
    ids[i] = (int32_t)(i % 5);
    targets[i] = (int32_t)(i % columns);
    keys[i] = 0x9E3779B97F4A7C15ull * (uint64_t)(i + 1);
  }
  int64_t panels = panels_of(logits);
  BOTH("replace_logits_with_probabilities", logits, false,
       k->replace_logits_with_probabilities(out, 0, rows, columns, targets, losses));
  BOTH("replace_logits_with_gradients", logits, false,
       k->replace_logits_with_gradients(out, 0, rows, columns, targets, losses, 0.25f));
  bard_panels loss = matrix(1, rows, false);
  BOTH("losses", loss, false, {
    bard_panels own = copy(logits);
    k->replace_logits_with_gradients(own, 0, rows, columns, targets, out.base, 0.25f);
    discard(own);
  });
  BOTH("exponentials", logits, false, k->exponentials(out.base, logits.base + 1, rows * columns - 1, 1.0f, 0.01f));
  BOTH("sum_rows_by_id", sums, false,
       for (int64_t p = 0; p < panels; p++) k->sum_rows_by_id(out, logits, ids, rows, p));
  BOTH("sum_rows", row, false, for (int64_t p = 0; p < panels; p++) k->sum_rows(out.base, logits, rows, p));
  BOTH("add_row", logits, false, for (int64_t p = 0; p < panels; p++) k->add_row(out, logits, row.base, p));
  BOTH("dropout", logits, false, k->dropout(out, 0, logits, 0, rows, keys, 7, 0.3f));
  BOTH("dropout_elements", logits, false,
       k->dropout_elements(out.base, logits.base, logits.rows * logits.columns, keys[0], 3, 77));
  BOTH("average", logits, false, k->average(out.base, logits.base, logits.rows * logits.columns, 0.9f));
  bard_panels g = matrix(rows, columns, false), m = matrix(rows, columns, false), v = matrix(rows, columns, false);
  int64_t count = logits.rows * logits.columns;
  for (int64_t i = 0; i < count; i++) v.base[i] = fabsf(v.base[i]);
  bard_optimizer o = {.rate = 0.01f, .scale = 0.5f, .beta1 = 0.9f, .beta2 = 0.99f, .epsilon = 1e-8f, .decay = 0.1f};
  BOTH("adam", logits, false, {
    bard_panels a = copy(m), b = copy(v);
    k->adam(out.base, g.base, a.base, b.base, count, o);
    discard(a);
    discard(b);
  });
  BOTH("momentum", logits, false, {
    bard_panels a = copy(m);
    k->momentum(out.base, g.base, a.base, count, o);
    discard(a);
  });
  BOTH("rmsprop", logits, false, {
    bard_panels b = copy(v);
    k->rmsprop(out.base, g.base, b.base, count, o);
    discard(b);
  });
  BOTH("adapt", logits, false, k->adapt(out.base, g.base, m.base, v.base, m.base, count));
  comparisons++;
  if (scalar->sum_of_squares(g.base, count) != variant->sum_of_squares(g.base, count)) {
    printf("%s: sum_of_squares differs\n", variant->name);
    failures++;
  }
  free(ids);
  free(targets);
  free(keys);
  free(losses);
  bard_panels all[] = {logits, sums, row, loss, g, m, v};
  for (size_t i = 0; i < sizeof all / sizeof *all; i++) discard(all[i]);
}

int main(void) {
  const bard_kernels *variants[] = {bard_kernels_scalar(), bard_kernels_avx2(), bard_kernels_avx512(),
                                    bard_kernels_avx512_bf16(), bard_kernels_neon()};
  static const int64_t sizes[] = {1, 7, 17, 33, 64, 100, 300};
  enum { SIZES = sizeof sizes / sizeof *sizes };
  for (size_t n = 1; n < sizeof variants / sizeof *variants; n++) {
    if (!variants[n]) continue;
    int before = comparisons;
    for (int i = 0; i < SIZES; i++)
      for (int j = 0; j < SIZES; j++) {
        for (int specials = 0; specials < 2; specials++) {
          products(variants[0], variants[n], 1 + 3 * i, sizes[i], sizes[j], specials);
          steps(variants[0], variants[n], sizes[i] % 50, sizes[j] % 150, specials);
        }
        quantized(variants[0], variants[n], 1 + i, sizes[i], sizes[j]);
        rows_and_updates(variants[0], variants[n], sizes[i], sizes[j]);
      }
    printf("%s: %d comparisons with scalar\n", variants[n]->name, comparisons - before);
  }
  if (comparisons == 0) printf("no variant but the scalar one runs here\n");
  printf(failures ? "%d differences\n" : "no difference\n", failures);
  return failures > 0 || comparisons == 0;
}
