import Tensors

/// Minibatches of contiguous lanes: everything about statefulness is in this file.
///
/// A corpus of N characters is cut in B lanes. Minibatch k holds characters k·T ..< (k + 1)·T of every lane, and its targets
/// are the same window one character later. Lane b of minibatch k + 1 therefore begins exactly where lane b of minibatch k
/// ended, and the network's state for that lane, carried over, is the state it would have had in one long run:
///
///     corpus   to be, or not to be: that is the quest…        B = 2, T = 4
///
///              minibatch 0   minibatch 1   minibatch 2
///     lane 0   |to b|        |e, o|        |r no|             each lane is one contiguous piece of the corpus,
///     lane 1   | tha|        |t is|        | the|             read from left to right
///
/// In Keras's words the input is [samples, time steps, features] = [B, T, V], the model is `stateful`, `return_sequences` is
/// true, and shuffling would join the state of one place to the text of another. The state is zeroed at the start of an
/// epoch, when every lane goes back to its beginning; gradients stop at the start of each minibatch.
///
/// `StateHandling` has the other two ways, for comparison: every minibatch from a zero state, in order or shuffled.
public struct LaneBatches: Sendable {
  /// B: lanes in use, fewer than were asked for where the text is too short for that many.
  public let lanes: Int
  /// Lanes that were asked for.
  public let requestedLanes: Int
  /// T: characters, of the corpus's unit, that a lane of a minibatch holds.
  public let timeSteps: Int
  /// Predictions of one lane, (N - 1) / B.
  public let laneLength: Int
  /// Whether lanes carry their state on, begin from zero, or are replaced by windows from anywhere.
  public let stateHandling: StateHandling
  /// What shuffled windows are drawn by.
  public let seed: UInt64
  let tokens: TokenSequence

  /// Cuts a text, or a slice of one, in lanes.
  ///
  /// - Throws: `LaneBatchesError.tooShort` where not even one lane of T characters can be made.
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

  /// Whole windows of a lane; the last characters of a lane that fill no window are left out.
  public var minibatchesPerEpoch: Int { laneLength / timeSteps }

  /// Whether the network begins minibatch `step`, counted from the start of training, from a zero state in every lane.
  public func beginsFromZero(step: Int) -> Bool { stateHandling != .carry || step % minibatchesPerEpoch == 0 }

  /// Fills both arrays time-major, `[T, B]`: the character of lane b at step t stands at t · B + b. Allocates nothing.
  ///
  /// - Parameters:
  ///   - k: the minibatch of the epoch, from 0.
  ///   - epoch: from 0; only a shuffled order depends on it.
  ///   - inputs: T · B places, for what the network reads.
  ///   - targets: as many, for what it is to predict: the character after each of the inputs.
  public func fill(minibatch k: Int, epoch: Int = 0, inputs: inout [Int32], targets: inout [Int32]) {
    precondition(k >= 0 && k < minibatchesPerEpoch, "minibatch \(k) of \(minibatchesPerEpoch)")
    precondition(
      inputs.count == lanes * timeSteps && targets.count == inputs.count, "room for [\(timeSteps), \(lanes)]")
    let windows = stateHandling == .shuffle ? ShuffledWindows(self, epoch: epoch) : nil
    for lane in 0..<lanes {
      let start = windows?.start(k * lanes + lane) ?? lane * laneLength + k * timeSteps
      tokens.copy(start..<start + timeSteps, into: &inputs, first: lane, stride: lanes)
      tokens.copy(start + 1..<start + timeSteps + 1, into: &targets, first: lane, stride: lanes)
    }
  }

  /// The windows of one epoch in random order, cut at other places than in the epoch before.
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

/// What becomes of the state between two minibatches, and with it the order in which a corpus may be read.
///
/// There is no way to carry the state over shuffled windows: it would be the memory of another place in the text.
public enum StateHandling: String, Sendable, Codable, CaseIterable {
  /// Each lane goes on from the state it ended with: Keras's `stateful=True`.
  case carry
  /// The same minibatches in the same order, each from a zero state.
  case reset
  /// Windows from anywhere in random order, another one in each epoch, from a zero state: Keras's `stateful=False` with
  /// `shuffle=True`.
  case shuffle
}

/// Why a text cannot be cut in lanes.
public enum LaneBatchesError: Error, Sendable, Equatable {
  /// The text has fewer characters than one lane of one minibatch and its last target need.
  case tooShort(characters: Int, needed: Int)
}
