// The numeric kernels of bard, in C. One source (the .inc files) is compiled once for each instruction set.
//
// Where to start reading: lstm.inc has the equations of the LSTM, forward and backward. variant.inc lists all
// kernels of one instruction set with the function behind each.
//
// Storage. A matrix of R rows and N columns is stored in *panels* of 64 columns: [N / 64][R][64], float32. If N is
// not a multiple of 64, the last panel is narrower: [R][N % 64]. N is always padded to a multiple of 16, and the
// padding holds zeros. So a kernel reads a panel of weights from front to back, and any range of rows of an
// activation panel is one contiguous block.
//
// Weights. The equations multiply a matrix by a column, such as W x with W [4H, X]. The kernels multiply rows by a
// matrix. So they store each matrix of the equations transposed: W as [X, 4H], U as [H, 4H], and U^T as [4H, H].
//
// Bits. Every sum has one fixed order. Neither the vector width nor the rows that are computed together change it,
// so every instruction set gives the same bits. These are the orders:
//
//     products, LSTM steps      one chain of fused multiply-adds, in ascending order of k or of the rows; in bfloat16
//                               each link adds two products, the one with the odd index first
//     the same in int8          exact sums of integers within blocks of 256 rows; then the blocks in ascending order
//     sum_rows, sum_rows_by_id  additions in ascending order of the rows
//     softmax                   16 partial sums, one for each remainder of the column modulo 16; they are added in
//                               a fixed tree
//     sum_of_squares            for every 512 numbers, 16 partial sums by fused multiply-adds, added in the same tree;
//                               the results are added as doubles in ascending order
#ifndef BARD_CKERNELS_H
#define BARD_CKERNELS_H

#include <stdint.h>

// The geometry of panels and gates. This is its only definition: the kernels and Swift both use these names.
enum {
  BARD_GROUP = 16,                       // columns are padded to a multiple of this; cells in a panel of gates
  BARD_GATES = 4,                        // gates of a cell
  BARD_PANEL = BARD_GATES * BARD_GROUP,  // columns of a full panel: all gates of one group of cells
  BARD_QUANTIZED_BLOCK = 256,            // rows of weights whose products int8 sums exactly
  BARD_WORD_WEIGHTS = 4,                 // int8 weights in one 32-bit word
  BARD_MASK_BLOCK = 256,                 // numbers that share 16 counters in a dropout mask of single weights
};

// The order of the gates in a panel of gates: 16 columns of i, then 16 of f, of g and of o.
enum { BARD_INPUT_GATE, BARD_FORGET_GATE, BARD_CANDIDATE, BARD_OUTPUT_GATE };

typedef struct {
  float *base;      // [columns / 64][rows][64], then [rows][columns % 64]
  int64_t rows;
  int64_t columns;  // a multiple of 16
} bard_panels;

// c[c_row + r] = start + a[a_row + r] b for r < rows, and for the columns in some panels of b.
typedef struct {
  bard_panels c;        // [.., N]
  int64_t c_row;
  bard_panels a;        // [.., K]
  int64_t a_row;
  int64_t rows;
  bard_panels b;        // [K, N]
  const float *start;   // [N] in panel order; NULL for zeros
  int64_t first_panel, last_panel;  // panels first_panel ..< last_panel of b and c
} bard_product;

// c[k] = sum over r < rows of a[a_row + r][k] b[b_row + r], for one panel of b and some panels of a. This is a
// block of a weight gradient.
typedef struct {
  bard_panels c;        // [K, N]
  bard_panels a;        // [.., K]
  int64_t a_row;
  bard_panels b;        // [.., N]
  int64_t b_row;
  int64_t rows;
  int64_t panel;        // the panel of b and c
  int64_t first_a_panel, last_a_panel;  // the rows of c that are written
} bard_transposed_product;

// The operands of an int8 product: quantized activations and weights. See quantized.inc.
typedef struct {
  bard_panels words;          // activations, [.., K / 2]
  bard_panels sums;           // sums of their blocks, [.., K / BARD_QUANTIZED_BLOCK]
  int64_t row;                // the row of both for lane 0
  bard_panels weights;        // [K / BARD_WORD_WEIGHTS, N]; 0 rows if there is no such operand
  const float *scales;        // [N], one for each column of the weights
} bard_quantized_operand;

// One time step of an LSTM layer, for lanes first_lane ..< first_lane + lane_count and for groups of 16 cells
// first_group ..< last_group. Panel g of a matrix of gates [.., 4H] holds the gates of group g. A field that ends in
// _row, _before or _after is the row of its matrix that belongs to lane 0.
typedef struct {
  int64_t first_lane, lane_count;
  int64_t first_group, last_group;
  bard_panels start;          // [S, 4H]: the rows that the sums start from; a table of input products or one row of biases
  const int32_t *start_rows;  // [B]: the row of `start` for each lane; NULL if all lanes start from row 0
  bard_panels x;              // input [.., X]; 0 columns if the start rows already contain W x
  int64_t x_row;
  bard_panels input_weights;      // W, stored as [X, 4H]
  bard_panels recurrent_weights;  // U, stored as [H, 4H]
  bard_panels h_operand;      // hidden state before the step [.., H], in the format that the product reads
  int64_t h_before;
  bard_quantized_operand quantized_input, quantized_recurrent;  // lstm_step_int8 reads these, not x, h and weights
  bard_panels h;              // hidden state after the step [.., H]
  int64_t h_after;
  bard_panels c;              // cell state [.., H]
  int64_t c_before, c_after;
  bard_panels gates;          // [.., 4H]: the activated gates, saved for the backward step; base NULL if not saved
  int64_t gates_row;
} bard_lstm_step;

// The same step backward, for panels of 64 cells first_panel ..< last_panel. It overwrites the saved gates with the
// gradients of the pre-activations.
typedef struct {
  int64_t first_lane, lane_count;
  int64_t first_panel, last_panel;
  bard_panels dh;             // gradient of the loss at the output of this step [.., H]
  int64_t dh_row;
  bard_panels gates;          // [.., 4H], before: the activated gates of this step; after: the gradients of their sums
  int64_t gates_row;
  bard_panels next;           // gradients of the pre-activations at the next step [.., 4H], as the product reads them
  int64_t next_row;           // negative if there is no next step
  bard_panels recurrent_transposed;  // U^T, stored as [4H, H]
  bard_panels c;              // cell state [.., H]
  int64_t c_before, c_after;
  bard_panels dc;             // gradient of the cell state [B, H], carried from step to step
} bard_lstm_backward_step;

typedef struct {
  float rate;                 // learning rate, bias correction included
  float scale;                // the factor that multiplies the gradient first; clipping uses it
  float beta1, beta2;         // decay of the first and second moment
  float epsilon;
  float decay;                // decoupled weight decay: each update subtracts decay * w
} bard_optimizer;

// All kernels for one instruction set.
typedef struct {
  const char *name;

  void (*product)(const bard_product *);
  void (*product_of_transposed)(const bard_transposed_product *);
  void (*lstm_step)(const bard_lstm_step *);
  void (*lstm_backward_step)(const bard_lstm_backward_step *);

  // The same in bfloat16: products of bfloat16, accumulated in float32. The left operand (a, x, h_operand, next) holds
  // rows made by round_rows. Weights, and both operands of product_of_transposed, hold pairs of rows made by pair_rows
  // or transpose_pairs.
  void (*product_bfloat16)(const bard_product *);
  void (*product_of_transposed_bfloat16)(const bard_transposed_product *);
  void (*lstm_step_bfloat16)(const bard_lstm_step *);
  void (*lstm_backward_step_bfloat16)(const bard_lstm_backward_step *);
  // to[r][j] = (from[r][2j], from[r][2j + 1]) in bfloat16, the first in the lower half.
  void (*round_rows)(bard_panels to, int64_t to_row, bard_panels from, int64_t from_row, int64_t rows);
  // to[r] = (from[2r], from[2r + 1]) for panels first ..< last. A last row without a partner is paired with zero.
  void (*pair_rows)(bard_panels to, int64_t to_row, bard_panels from, int64_t from_row, int64_t rows, int64_t first,
                    int64_t last);
  // to[j][r] = (from[r][2j], from[r][2j + 1]) for one panel of `to`.
  void (*transpose_pairs)(bard_panels to, bard_panels from, int64_t panel);

  // The same in int8: weights of 8 bits, activations of 15. See quantized.inc.
  // product_int8: c[c_row + r] = start + scales * (activations[r] weights) for r < rows.
  void (*product_int8)(bard_panels c, int64_t c_row, int64_t rows, const bard_quantized_operand *, const float *start);
  void (*lstm_step_int8)(const bard_lstm_step *);
  void (*quantize_weights)(bard_panels to, float *scales, bard_panels from, int64_t panel);
  void (*quantize_rows)(bard_panels words, bard_panels sums, int64_t to_row, bard_panels from, int64_t from_row,
                        int64_t rows);

  // Softmax with cross entropy, in place, for `rows` rows of logits from `row` on. The logits become p, or (p -
  // onehot(target)) * scale. losses[r] = -ln p[targets[r]], in nats. Columns from `width` on are padding and become
  // 0.
  void (*replace_logits_with_probabilities)(bard_panels logits, int64_t row, int64_t rows, int64_t width,
                                            const int32_t *targets, float *losses);
  void (*replace_logits_with_gradients)(bard_panels logits, int64_t row, int64_t rows, int64_t width,
                                        const int32_t *targets, float *losses, float scale);
  // to[k] = exp((from[k] - largest) / temperature) for k < count.
  void (*exponentials)(float *to, const float *from, int64_t count, float largest, float temperature);
  // sums[ids[r]] += values[r] for r < rows, in ascending order, for one panel.
  void (*sum_rows_by_id)(bard_panels sums, bard_panels values, const int32_t *ids, int64_t rows, int64_t panel);
  // sums = sum over r < rows of values[r], in ascending order, for one panel. `sums` is [columns].
  void (*sum_rows)(float *sums, bard_panels values, int64_t rows, int64_t panel);
  // to[r] = from[r] + row for all rows, for one panel.
  void (*add_row)(bard_panels to, bard_panels from, const float *row, int64_t panel);
  // to[c][r] = from[r][c] for one panel of `to`.
  void (*transpose)(bard_panels to, bard_panels from, int64_t panel);
  // to[r] = from[r] * mask / (1 - rate). rows.inc defines the mask of row r, which depends on keys[r], the column
  // and the time step. `to` and `from` may be the same.
  void (*dropout)(bard_panels to, int64_t to_row, bard_panels from, int64_t from_row, int64_t rows,
                  const uint64_t *keys, uint32_t time_step, float rate);
  // to[k] = from[k] * mask / (1 - rate), where rate = threshold / 256. rows.inc defines the mask. first_block is
  // the index of the first block of 256 numbers in the mask. `to` and `from` may be the same.
  void (*dropout_elements)(float *to, const float *from, int64_t count, uint64_t key, uint32_t first_block,
                           uint32_t threshold);

  // Updates of weights w by gradients g. Counts are multiples of 16.
  double (*sum_of_squares)(const float *x, int64_t count);
  void (*adam)(float *w, const float *g, float *m, float *v, int64_t count, bard_optimizer o);
  void (*momentum)(float *w, const float *g, float *m, int64_t count, bard_optimizer o);
  void (*rmsprop)(float *w, const float *g, float *v, int64_t count, bard_optimizer o);
  // average += (1 - decay) (w - average)
  void (*average)(float *average, const float *w, int64_t count, float decay);
  // w += returns (origin - w) - rates g. Each weight has its own rate, and moves part of the way back to its
  // origin.
  void (*adapt)(float *w, const float *g, const float *origin, const float *rates, const float *returns, int64_t count);

  // Multiply-adds in registers only, to measure the highest speed of one thread. Returns the number of
  // floating-point operations.
  double (*peak)(int64_t rounds);
  double (*peak_bfloat16)(int64_t rounds);
} bard_kernels;

// Each returns NULL if this processor, or this architecture, lacks the instruction set.
const bard_kernels *bard_kernels_scalar(void);
const bard_kernels *bard_kernels_avx2(void);
const bard_kernels *bard_kernels_avx512(void);
const bard_kernels *bard_kernels_avx512_bf16(void);
const bard_kernels *bard_kernels_neon(void);

// Calls body(context, part) once for every part in 0 ..< parts, on up to `threads` threads including the caller's.
// Returns when all parts are done. Threads are started once and kept.
typedef void (*bard_parallel_body)(void *context, int64_t part);
void bard_parallel(int64_t parts, int64_t threads, bard_parallel_body body, void *context);

#endif
