import Tensors

/// The network's output before the softmax, `[B, V]`. It also holds the scratch memory for a step of the model.
public struct Logits: Sendable {
  /// The number of lanes, B. Each lane has one row of logits.
  public let lanes: Int
  var values: AlignedFloats
  let region: PanelRegion
  /// Allocated by the first step of a model, and again only for another precision or hidden size.
  var scratch: StepScratch?

  /// Makes room for logits `[B, V]`. They are zero until the first step of a model.
  public init(vocabularySize: Int, lanes: Int = 1) {
    var allocator = PanelAllocator()
    self.lanes = lanes
    region = allocator.region(rows: lanes, columns: vocabularySize)
    values = AlignedFloats(zeros: allocator.count)
  }

  /// The logit of character `id` in `lane`. The softmax of all V logits gives the probabilities.
  public subscript(lane: Int, id: Int) -> Float { values[region.index(row: lane, column: id)] }

  /// Copies the V logits of one lane.
  public func copy(lane: Int, into destination: inout [Float]) {
    precondition(destination.count == region.columns, "\(destination.count) places for \(region.columns) logits")
    values.withView { view in view[region].copy(row: lane, into: &destination) }
  }

  mutating func withScratch(_ body: (MutableFloatsView, MutableFloatsView, StepScratch.Rows) -> Void) {
    guard let rows = scratch?.rows else { preconditionFailure("a step without scratch memory") }
    values.withMutableView { values in
      scratch?.values.withMutableView { scratch in body(values, scratch, rows) }
    }
  }
}

/// The activations of a step, in the precision of the model.
struct StepScratch: Sendable {
  struct Rows: Sendable {
    /// The output of the layer below, which the layer or the softmax layer reads.
    let input: SamplingRows
    /// The hidden state of the layer itself, before the step.
    let recurrent: SamplingRows
  }

  let rows: Rows
  var values: AlignedFloats
  private let precision: SamplingPrecision
  private let hiddenSize: Int

  init(_ model: CharacterModel, lanes: Int) {
    precision = model.precision
    hiddenSize = model.configuration.hiddenSize
    var allocator = PanelAllocator()
    rows = Rows(
      input: SamplingRows(precision, lanes: lanes, columns: hiddenSize, allocator: &allocator),
      recurrent: SamplingRows(precision, lanes: lanes, columns: hiddenSize, allocator: &allocator))
    values = AlignedFloats(zeros: allocator.count)
  }

  func fits(_ model: CharacterModel) -> Bool {
    precision == model.precision && hiddenSize == model.configuration.hiddenSize
  }
}
