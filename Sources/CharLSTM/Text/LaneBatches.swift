import Tensors

/// Cuts a text into minibatches of contiguous lanes. Everything about statefulness is in this file.
///
/// A corpus of N characters is cut into B lanes. Minibatch k holds characters k·T ..< (k + 1)·T of every lane. Its
/// targets are the same window, one character later. So lane b of minibatch k + 1 begins exactly where lane b of
/// minibatch k ended. The network carries its state for that lane over, and has the same state as in one long run:
///
///     corpus   to be, or not to be: that is the quest…        B = 2, T = 4
///
///              minibatch 0   minibatch 1   minibatch 2
///     lane 0   |to b|        |e, o|        |r no|             each lane is one contiguous piece of the corpus,
///     lane 1   | tha|        |t is|        | the|             read from left to right
///
/// In Keras's words the input is [samples, time steps, features] = [B, T, V], the model is `stateful`, and
/// `return_sequences` is true. Shuffling would continue the state of one place with the text of another. The state is
/// zeroed when an epoch begins, because every lane then returns to its beginning. Gradients stop at the start of each
/// minibatch.
///
/// `StateHandling` has two alternatives for comparison: every minibatch starts from a zero state, in text order or
/// shuffled.
///
/// To read the first minibatch:
///
///     let batches = try LaneBatches(tokens: corpus.tokens, lanes: 64, timeSteps: 64)
///     var inputs = [Int32](repeating: 0, count: batches.lanes * batches.timeSteps)
///     var targets = inputs
///     batches.fill(minibatch: 0, inputs: &inputs, targets: &targets)
public struct LaneBatches: Sendable {
  /// The number of lanes, B. It is smaller than requested if the text is too short for that many.
  public let lanes: Int
  /// The requested number of lanes.
  public let requestedLanes: Int
  /// The number of time steps, T: the characters that one lane of a minibatch holds.
  public let timeSteps: Int
  /// The number of predictions in one lane, (N - 1) / B, rounded down.
  public let laneLength: Int
  /// What happens to the state between minibatches, and the order of the windows.
  public let stateHandling: StateHandling
  /// The seed of the shuffled order.
  public let seed: UInt64
  let tokens: TokenSequence

  /// Cuts a text, or a slice of one, into lanes.
  ///
  /// - Throws: `LaneBatchesError.tooShort` if the text is too short for a single lane of T characters.
  /// - Precondition: `lanes` and `timeSteps` are above 0.
  public init(
    tokens: TokenSequence, lanes: Int, timeSteps: Int, stateHandling: StateHandling = .carry, seed: UInt64 = 0
  ) throws(LaneBatchesError) {
    precondition(lanes > 0 && timeSteps > 0, "\(lanes) lanes of \(timeSteps) time steps")
    let predictions = tokens.count - 1
    guard predictions >= timeSteps else { throw .tooShort(characters: tokens.count, needed: timeSteps + 1) }
    self.tokens = tokens
    self.timeSteps = timeSteps
    self.stateHandling = stateHandling
    self.seed = seed
    requestedLanes = lanes
    self.lanes = min(lanes, predictions / timeSteps)
    laneLength = predictions / self.lanes
  }

  /// The number of minibatches in an epoch: the whole windows of T characters in a lane. The characters that are left
  /// at the end of a lane are not used.
  public var minibatchesPerEpoch: Int { laneLength / timeSteps }

  /// Whether every lane starts minibatch `step` from a zero state. Steps count from the start of training.
  public func beginsFromZero(step: Int) -> Bool { stateHandling != .carry || step % minibatchesPerEpoch == 0 }

  /// Fills both arrays in time-major order, `[T, B]`. The character of lane b at step t is at index t · B + b.
  ///
  /// Allocates nothing.
  ///
  /// - Parameters:
  ///   - k: The minibatch in the epoch, from 0.
  ///   - epoch: The epoch, from 0. Only a shuffled order depends on it.
  ///   - inputs: The T · B characters that the network reads.
  ///   - targets: The T · B characters that it must predict: the one after each input.
  public func fill(minibatch k: Int, epoch: Int = 0, inputs: inout [Int32], targets: inout [Int32]) {
    precondition(k >= 0 && k < minibatchesPerEpoch, "minibatch \(k) of \(minibatchesPerEpoch)")
    precondition(
      inputs.count == lanes * timeSteps && targets.count == inputs.count,
      "\(inputs.count) inputs and \(targets.count) targets for [\(timeSteps), \(lanes)]")
    let windows = stateHandling == .shuffle ? ShuffledWindows(self, epoch: epoch) : nil
    for lane in 0..<lanes {
      let start = windows?.start(k * lanes + lane) ?? lane * laneLength + k * timeSteps
      tokens.copy(start..<start + timeSteps, into: &inputs, first: lane, stride: lanes)
      tokens.copy(start + 1..<start + timeSteps + 1, into: &targets, first: lane, stride: lanes)
    }
  }

  /// The windows of one epoch in random order. Each epoch cuts the text at other places.
  private struct ShuffledWindows {
    private let order: ShuffledOrder
    private let first: Int
    private let timeSteps: Int

    init(_ batches: LaneBatches, epoch: Int) {
      timeSteps = batches.timeSteps
      order = ShuffledOrder(
        count: batches.lanes * batches.minibatchesPerEpoch, key: SplitMix64.key(batches.seed, UInt64(epoch)))
      let spare = batches.tokens.count - 1 - order.count * timeSteps
      first = Int(SplitMix64.key(batches.seed, UInt64(epoch), 1) % UInt64(min(timeSteps, spare + 1)))
    }

    func start(_ window: Int) -> Int { first + order[window] * timeSteps }
  }
}

/// What happens to the state between two minibatches, and the order in which the corpus is read.
///
/// Carrying the state over shuffled windows is not an option: the network would continue with the memory of another
/// place in the text.
public enum StateHandling: String, Sendable, Codable, CaseIterable {
  /// Each lane continues from the state at the end of its last minibatch: Keras's `stateful=True`.
  case carry
  /// The same minibatches in the same order, but each starts from a zero state.
  case reset
  /// Windows from the whole text in random order, a new order in each epoch, each from a zero state: Keras's
  /// `stateful=False` with `shuffle=True`.
  case shuffle
}

/// The reason why a text cannot be cut into lanes.
public enum LaneBatchesError: Error, Sendable, Equatable {
  /// The text has fewer characters than one lane of one minibatch, with its last target, needs.
  case tooShort(characters: Int, needed: Int)
}
