import Tensors

/// The weights that `CharacterModel` reads at every step. They are computed once from the parameters.
struct SamplingWeights: Sendable {
  /// A matrix in the precision of the model.
  struct Matrix {
    let weights: PanelRegion
    /// One scale for each output, `[1, N]`; nil unless the precision is int8.
    let scales: PanelRegion?
  }

  let precision: SamplingPrecision
  let values: AlignedFloats
  /// The first layer's input products for every character, `[V, 4H]`.
  let table: PanelRegion
  /// The matrices of each layer. It is empty with float32, because steps then read the parameters themselves. The
  /// first layer has no input matrix.
  let layers: [(input: Matrix?, recurrent: Matrix)]
  /// W'; nil with float32.
  let decoder: Matrix?

  init(parameters: Parameters, precision: SamplingPrecision, kernels: Kernels) {
    let layout = parameters.layout
    var allocator = PanelAllocator()
    let table = InputTable(
      layout: layout,
      region: allocator.region(
        rows: layout.configuration.vocabularySize, columns: layout.layers[0].recurrentWeights.columns))
    var conversions: [(from: PanelRegion, to: Matrix)] = []
    func matrix(_ from: PanelRegion) -> Matrix {
      let to =
        precision == .int8
        ? Matrix(
          weights: allocator.region(rows: Kernels.quantizedRows(from.rows), columns: from.columns),
          scales: allocator.region(rows: 1, columns: from.columns))
        : Matrix(
          weights: allocator.region(
            rows: Kernels.pairedRows(from.rows), columns: from.columns, format: .bfloat16Pairs), scales: nil)
      conversions.append((from, to))
      return to
    }
    if precision == .float32 {
      (layers, decoder) = ([], nil)
    } else {
      layers = layout.layers.enumerated().map { index, layer in
        (index > 0 ? matrix(layer.inputWeights) : nil, matrix(layer.recurrentWeights))
      }
      decoder = matrix(layout.decoderWeights)
    }
    var values = AlignedFloats(zeros: allocator.count)
    parameters.values.withView { parameters in
      values.withMutableView { view in
        for panel in 0..<table.region.panelCount {
          table.compute(panel: panel, parameters: parameters, into: view[table.region], kernels: kernels)
        }
        for (from, to) in conversions {
          if let scales = to.scales {
            for panel in 0..<from.panelCount {
              kernels.quantizeWeights(
                into: view[to.weights], scales: view[scales], parameters[from], panel: panel)
            }
          } else {
            kernels.pairRows(into: view[to.weights], row: 0, parameters[from], row: 0, rows: from.rows)
          }
        }
      }
    }
    self.precision = precision
    self.values = values
    self.table = table.region
  }
}

/// Rows of activations in the precision of the model. They are scratch memory of a step.
struct SamplingRows: Sendable {
  private let rows: PanelRegion
  /// The sums of blocks of 256 activations; nil unless the precision is int8.
  private let sums: PanelRegion?

  init(_ precision: SamplingPrecision, lanes: Int, columns: Int, allocator: inout PanelAllocator) {
    let quantized = Kernels.quantizedColumns(columns)
    rows = allocator.region(
      rows: precision == .float32 ? 0 : lanes,
      columns: precision == .int8 ? quantized.words : Kernels.roundedColumns(columns),
      format: precision == .bfloat16 ? .bfloat16Rows : .float32)
    sums = precision == .int8 ? allocator.region(rows: lanes, columns: quantized.sums) : nil
  }

  /// Converts rows of `from` `[.., H]`, starting with row `row`, and stores them here.
  func fill(_ from: PanelView, row: Int, scratch: MutableFloatsView, kernels: Kernels) {
    if let sums {
      kernels.quantizeRows(
        words: scratch[rows], sums: scratch[sums], row: 0, from, row: row, rows: rows.rows)
    } else {
      kernels.roundRows(into: scratch[rows], row: 0, from, row: row, rows: rows.rows)
    }
  }

  /// The operand for a product of these rows with a bfloat16 matrix.
  func operand(_ matrix: SamplingWeights.Matrix, weights: FloatsView, scratch: FloatsView) -> ProductOperand {
    ProductOperand(rows: scratch[rows], row: 0, weights: weights[matrix.weights])
  }

  /// The operand for a product of these rows with an int8 matrix.
  func quantizedOperand(
    _ matrix: SamplingWeights.Matrix, weights: FloatsView, scratch: FloatsView
  ) -> QuantizedOperand {
    guard let sums, let scales = matrix.scales else { preconditionFailure("rows that are not quantized") }
    return QuantizedOperand(
      words: scratch[rows], sums: scratch[sums], row: 0, weights: weights[matrix.weights], scales: weights[scales])
  }
}
