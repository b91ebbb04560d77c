import Tensors

/// The network's output before the softmax, `[B, V]`, with the memory that a step of the model needs besides.
public struct Logits: Sendable {
  /// B: rows, one for each lane of the state they come from.
  public let lanes: Int
  var values: AlignedFloats
  let region: PanelRegion
  /// Made by the first step of a model, and again only for another precision or another network.
  var scratch: StepScratch?

  /// Room for `[B, V]`, zero until a model has made a step.
  public init(vocabularySize: Int, lanes: Int = 1) {
    var allocator = PanelAllocator()
    self.lanes = lanes
    region = allocator.region(rows: lanes, columns: vocabularySize)
    values = AlignedFloats(zeros: allocator.count)
  }

  /// What `lane` gives to the character `id` coming next; the softmax over all V ids makes probabilities of it.
  public subscript(lane: Int, id: Int) -> Float { values[region.index(row: lane, column: id)] }

  /// Copies one lane's V logits.
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

/// Activations in a model's precision while a step is computed.
struct StepScratch: Sendable {
  struct Rows: Sendable {
    /// What the layer, or the softmax layer, reads of the layer below.
    let input: SamplingRows
    /// Its own hidden state before the step.
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
