import CKernels

/// The operands of an int8 product.
///
/// Each column of the weights is scaled to 8 bits. Activations in -1...1 have 15 bits. Sums are exact within blocks
/// of 256 rows, and the blocks are added in ascending order. So every variant gives the same bits.
public struct QuantizedOperand {
  /// The activations, `[.., K / 2]` words. `quantizeRows` makes them.
  public let words: PanelView
  /// The sums of blocks of 256 activations, `[.., K / 256]`. `quantizeRows` makes them too.
  public let sums: PanelView
  /// The first row of both that is read. In a step of an LSTM it belongs to lane 0.
  public let row: Int
  /// The weights, `[K / 4, N]` words. `quantizeWeights` makes them.
  public let weights: PanelView
  /// The scale of each column of the weights, `[1, N]`.
  public let scales: PanelView

  /// Makes operands from rows and weights that are already quantized.
  /// - Precondition: Words and sums have the same rows; words and weights have the same K; weights and scales have
  ///   the same N.
  public init(words: PanelView, sums: PanelView, row: Int, weights: PanelView, scales: PanelView) {
    precondition(
      scales.paddedColumns == weights.paddedColumns && 2 * weights.rows <= words.paddedColumns
        && words.rows == sums.rows && BARD_QUANTIZED_BLOCK * sums.columns >= BARD_WORD_WEIGHTS * weights.rows,
      "activations \(words.shape) and \(sums.shape), weights \(weights.shape) and \(scales.shape)")
    self.words = words
    self.sums = sums
    self.row = row
    self.weights = weights
    self.scales = scales
  }

  var arguments: bard_quantized_operand {
    bard_quantized_operand(
      words: words.panels, sums: sums.panels, row: Int64(row), weights: weights.panels, scales: scales.base)
  }
}

extension Kernels {
  /// Returns the number of columns of the regions for the words and the block sums of `columns` activations.
  public static func quantizedColumns(_ columns: Int) -> (words: Int, sums: Int) {
    (
      PanelRegion.padded(columns) / 2, (PanelRegion.padded(columns) + BARD_QUANTIZED_BLOCK - 1) / BARD_QUANTIZED_BLOCK
    )
  }

  /// Returns the number of rows of the region that holds `rows` rows of quantized weights.
  public static func quantizedRows(_ rows: Int) -> Int { PanelRegion.padded(rows) / BARD_WORD_WEIGHTS }

  /// Quantizes one panel of weights `[K, N]` to words `[K / 4, N]` and scales `[1, N]`.
  public func quantizeWeights(
    into to: MutablePanelView, scales: MutablePanelView, _ from: PanelView, panel: Int
  ) {
    precondition(
      to.rows == Self.quantizedRows(from.rows) && to.paddedColumns == from.paddedColumns
        && scales.paddedColumns == to.paddedColumns && to.region.has(panel: panel),
      "\(from.shape) quantized into \(to.shape) and \(scales.shape)")
    table.quantize_weights(to.panels, scales.base, from.panels, Int64(panel))
  }

  /// Quantizes rows of activations in -1...1, `[.., K]`, to words and sums. Values outside are clamped.
  public func quantizeRows(
    words: MutablePanelView, sums: MutablePanelView, row: Int, _ from: PanelView, row fromRow: Int, rows: Int
  ) {
    let columns = Self.quantizedColumns(from.columns)
    precondition(
      words.columns == columns.words && sums.columns == columns.sums && words.region.has(rows: rows, from: row)
        && sums.region.has(rows: rows, from: row) && from.region.has(rows: rows, from: fromRow),
      "\(rows) rows of \(from.shape) into \(words.shape) and \(sums.shape)")
    table.quantize_rows(words.panels, sums.panels, Int64(row), from.panels, Int64(fromRow), Int64(rows))
  }

  /// Computes `c[row + r] = start + activations[r] · weights` for `rows` rows.
  /// - Complexity: 2 · rows · K · N operations.
  public func product(
    into c: MutablePanelView, row: Int, rows: Int, _ operand: QuantizedOperand, start: PanelView
  ) {
    precondition(
      c.paddedColumns == operand.weights.paddedColumns && start.rows == 1 && start.paddedColumns == c.paddedColumns
        && c.region.has(rows: rows, from: row) && operand.words.region.has(rows: rows, from: operand.row),
      "\(rows) rows of \(operand.words.shape) times \(operand.weights.shape) into \(c.shape)")
    var arguments = operand.arguments
    table.product_int8(c.panels, Int64(row), Int64(rows), &arguments, start.base)
  }
}
