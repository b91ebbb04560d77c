// The numeric kernels of bard, in C, each compiled once for every instruction set this architecture offers.
//
// Storage. A matrix of R rows and N columns is kept in *panels* of 64 columns: [N / 64][R][64], float32, the last panel
// being narrower ([R][N % 64]) where N is no multiple of 64. N is always padded to a multiple of 16; padding holds zeros.
// A panel of weights is read front to back by the kernels, and a panel of activations is a contiguous block for
// any range of rows.
//
// Every sum over k or over rows is one chain of fused multiply-adds in ascending order, whatever the vector width and
// whichever rows are computed together: all variants give the same bits.
#ifndef BARD_CKERNELS_H
#define BARD_CKERNELS_H

#include <stdbool.h>
#include <stdint.h>

#define BARD_PANEL 64   // columns of a full panel
#define BARD_GROUP 16   // columns are padded to a multiple of this; also the cells of one panel of gates

typedef struct {
  float *base;      // [columns / 64][rows][64], then [rows][columns % 64]
  int64_t rows;
  int64_t columns;  // a multiple of 16
} bard_panels;

// One operand and the weights it is multiplied with, quantized: words of activations [.., K / 2] and the sums of their blocks
// of 256, both from row `row` for lane 0; words of weights [K / 4, N] with the scale of each column (quantized.inc).
typedef struct {
  bard_panels words, sums;
  int64_t row;
  bard_panels weights;        // rows 0: there is no such operand
  const float *scales;        // [N]
} bard_quantized_operand;

// One time step of an LSTM layer for the lanes `first_lane ..< first_lane + lane_count` and the groups of 16 cells
// `first_group ..< last_group`. Gates are panels [4 * cells]: panel g holds i, f, g, o of group g, 16 columns each.
// `x` and `h_operand` hold floats, or for lstm_step_pairs rounded rows, with weights in pairs of rows; lstm_step_quantized reads
// the quantized operands instead.
typedef struct {
  int64_t first_lane, lane_count;
  int64_t first_group, last_group;
  bard_panels start;          // rows that the gates' sums start from: a table of input products, or one row of biases
  const int32_t *start_rows;  // [lanes]: the row of `start` for each lane; NULL: row 0 for all
  bard_panels x;              // input rows, or columns == 0
  int64_t x_row;              // row of x for lane 0
  bard_panels input_weights;      // [x.columns, 4 * cells]
  bard_panels recurrent_weights;  // [cells, 4 * cells]
  bard_panels h_operand;      // hidden state before the step, [.., cells]
  int64_t h_before;           // its row for lane 0
  bard_quantized_operand quantized_input, quantized_recurrent;
  bard_panels h;              // hidden state after it, [.., cells]
  int64_t h_after;            // its row for lane 0
  bard_panels c;              // cell state, [.., cells]
  int64_t c_before, c_after;
  bard_panels gates;          // activated gates are saved here for the backward pass; base NULL: not saved
  int64_t gates_row;
} bard_lstm_step;

// The same step backwards, for the panels of 64 cells `first_panel ..< last_panel`: turns the saved gates into the gradients
// of their sums, in place.
typedef struct {
  int64_t first_lane, lane_count;
  int64_t first_panel, last_panel;
  bard_panels dh;             // gradient of the loss at this step's output, [.., cells]
  int64_t dh_row;
  bard_panels gates;          // in: activated gates of this step; out: gradients of the gates' sums
  int64_t gates_row;
  bard_panels next;           // gradients of the following step's sums, [.., 4 * cells], or rounded rows of them
  int64_t next_row;           // their row for lane 0; negative: there is no following step
  bard_panels recurrent_transposed;  // [4 * cells, cells]
  bard_panels c;
  int64_t c_before, c_after;
  bard_panels dc;             // [lanes, cells]: gradient carried from step to step
} bard_lstm_step_back;

typedef struct {
  float rate;                 // learning rate, bias correction included
  float scale;                // gradients are multiplied by this first (clipping)
  float beta1, beta2;         // decay of the first and second moment
  float epsilon;
  float decay;                // share of a weight that an update takes off it (Adam)
} bard_optimizer;

typedef struct {
  const char *name;
  int32_t vector_floats;

  // c[c_row + r][:] = start + sum over k of a[a_row + r][k] * b[k][:], r < rows, for the panels first ..< last of b.
  // `start`: a row of columns(b) floats in panel order, or NULL for zero. b.rows == a.columns.
  void (*product)(bard_panels c, int64_t c_row, bard_panels a, int64_t a_row, int64_t rows, bard_panels b,
                  const float *start, int64_t first, int64_t last);
  // c[k][panel columns] = sum over r < rows of a[a_row + r][k] * b[b_row + r][panel columns], for one panel of b and the
  // panels first_a ..< last_a of a.
  void (*product_of_transposed)(bard_panels c, bard_panels a, int64_t a_row, bard_panels b, int64_t b_row, int64_t rows,
                                int64_t panel, int64_t first_a, int64_t last_a);
  void (*lstm_step)(const bard_lstm_step *);
  void (*lstm_step_back)(const bard_lstm_step_back *);
  // Rows of logits become probabilities, losses[r] = -ln p[targets[r]] in nats; with `gradient_scale` > 0 the rows become
  // (p - onehot) * gradient_scale instead. Columns from `width` on are padding and become 0.
  void (*softmax_cross_entropy)(bard_panels logits, int64_t row, int64_t rows, int64_t width, const int32_t *targets,
                                float *losses, float gradient_scale);
  // to[k] = exp((from[k] - largest) / temperature), k < count.
  void (*exponentials)(float *to, const float *from, int64_t count, float largest, float temperature);
  // sums[v][panel] += values[r][panel] for every row r with ids[r] == v, rows in ascending order.
  void (*sum_rows_by_id)(bard_panels sums, bard_panels values, const int32_t *ids, int64_t rows, int64_t panel);
  // sums[panel] = sum of rows of values[.][panel].
  void (*sum_rows)(float *sums, bard_panels values, int64_t rows, int64_t panel);
  // to[panel] = from[panel] + row, for all rows.
  void (*add_row)(bard_panels to, bard_panels from, const float *row, int64_t panel);
  // to[c][r] = from[r][c] for one panel of `to`.
  void (*transpose)(bard_panels to, bard_panels from, int64_t panel);
  double (*sum_of_squares)(const float *x, int64_t count);
  void (*adam)(float *w, const float *g, float *m, float *v, int64_t count, bard_optimizer o);
  void (*momentum)(float *w, const float *g, float *m, int64_t count, bard_optimizer o);
  void (*rmsprop)(float *w, const float *g, float *v, int64_t count, bard_optimizer o);
  // to[r] = from[r] * mask / keep; the mask is Philox4x32-10 at counter (column / 4, time_step, 0, 0) under `key`.
  // In place when to and from are the same panels.
  void (*dropout)(bard_panels to, int64_t to_row, bard_panels from, int64_t from_row, int64_t rows, const uint64_t *keys,
                  uint32_t time_step, float rate);

  // to[k] = from[k] * mask / keep, each number kept with probability keep = 1 - threshold / 256. The mask of the 256 numbers from
  // 256 b on is Philox4x32-10 at the 16 counters from 16 (first_block + b) on. In place when to and from are the same.
  void (*dropout_elements)(float *to, const float *from, int64_t count, uint64_t key, uint32_t first_block,
                           uint32_t threshold);
  // average += (1 - decay) (w - average)
  void (*average)(float *average, const float *w, int64_t count, float decay);
  // w += returns (origin - w) - rates g: each number with a rate of its own, drawn back to where it began
  void (*adapt)(float *w, const float *g, const float *origin, const float *rates, const float *returns, int64_t count);

  // The same operations on pairs of bfloat16, accumulated in float32. Left operands of a product and of the steps are rounded rows;
  // weights, and both operands of product_of_transposed, are pairs of rows.
  void (*product_pairs)(bard_panels c, int64_t c_row, bard_panels a, int64_t a_row, int64_t rows, bard_panels b,
                        const float *start, int64_t first, int64_t last);
  void (*product_of_transposed_pairs)(bard_panels c, bard_panels a, int64_t a_row, bard_panels b, int64_t b_row,
                                      int64_t rows, int64_t panel, int64_t first_a, int64_t last_a);
  void (*lstm_step_pairs)(const bard_lstm_step *);
  void (*lstm_step_back_pairs)(const bard_lstm_step_back *);
  // to[r][j] = (from[r][2j], from[r][2j + 1]) in bfloat16, the first in the lower half.
  void (*round_rows)(bard_panels to, int64_t to_row, bard_panels from, int64_t from_row, int64_t rows);
  // to[r][panels] = (from[2r], from[2r + 1])[panels]; the partner of a last odd row is zero.
  void (*pair_rows)(bard_panels to, int64_t to_row, bard_panels from, int64_t from_row, int64_t rows, int64_t first,
                    int64_t last);
  // to[j][r] = (from[r][2j], from[r][2j + 1]) for one panel of `to`.
  void (*transpose_pairs)(bard_panels to, bard_panels from, int64_t panel);

  // Weights of 8 bits, activations of 15 (quantized.inc).
  void (*quantize_weights)(bard_panels to, float *scales, bard_panels from, int64_t panel);
  void (*quantize_rows)(bard_panels words, bard_panels sums, int64_t to_row, bard_panels from, int64_t from_row,
                        int64_t rows);
  // c[c_row + r][:] = start + scale * sum over k, r < rows.
  void (*product_quantized)(bard_panels c, int64_t c_row, int64_t rows, const bard_quantized_operand *, const float *start);
  void (*lstm_step_quantized)(const bard_lstm_step *);

  // Multiply-adds in registers only: what one thread can do at most. Returns the FLOP done.
  double (*peak)(int64_t rounds);
  double (*peak_pairs)(int64_t rounds);
} bard_kernels;

// NULL where this processor (or this architecture) lacks the instruction set.
const bard_kernels *bard_kernels_scalar(void);
const bard_kernels *bard_kernels_avx2(void);
const bard_kernels *bard_kernels_avx512(void);
const bard_kernels *bard_kernels_avx512_bf16(void);
const bard_kernels *bard_kernels_neon(void);

// Threads: `body(context, part)` is called for every part in 0 ..< parts, on up to `threads` threads, the caller's among
// them; returns when all are done. Threads are started once and kept.
typedef void (*bard_parallel_body)(void *context, int64_t part);
void bard_parallel(int64_t parts, int64_t threads, bard_parallel_body body, void *context);

#endif
