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
public struct LaneBatches: Sendable {
  /// B: lanes in use, fewer than were asked for where the text is too short for that many.
  public let lanes: Int
  /// Lanes that were asked for.
  public let requestedLanes: Int
  /// T: characters, of the corpus's unit, that a lane of a minibatch holds.
  public let timeSteps: Int
  /// Predictions of one lane, (N - 1) / B.
  public let laneLength: Int
  let tokens: TokenSequence

  /// Cuts a text, or a slice of one, in lanes.
  ///
  /// - Throws: `LaneBatchesError.tooShort` where not even one lane of T characters can be made.
  /// - Precondition: `lanes` and `timeSteps` are above 0.
  public init(tokens: TokenSequence, lanes: Int, timeSteps: Int) throws(LaneBatchesError) {
    precondition(lanes > 0 && timeSteps > 0, "\(lanes) lanes of \(timeSteps) time steps")
    let predictions = tokens.count - 1
    guard predictions >= timeSteps else { throw .tooShort(characters: tokens.count, needed: timeSteps + 1) }
    self.tokens = tokens
    self.timeSteps = timeSteps
    requestedLanes = lanes
    self.lanes = min(lanes, predictions / timeSteps)
    laneLength = predictions / self.lanes
  }

  /// Whole windows of a lane; the last characters of a lane that fill no window are left out.
  public var minibatchesPerEpoch: Int { laneLength / timeSteps }

  /// Fills both arrays time-major, `[T, B]`: the character of lane b at step t stands at t · B + b. Allocates nothing.
  public func fill(minibatch k: Int, inputs: inout [Int32], targets: inout [Int32]) {
    precondition(k >= 0 && k < minibatchesPerEpoch, "minibatch \(k) of \(minibatchesPerEpoch)")
    precondition(
      inputs.count == lanes * timeSteps && targets.count == inputs.count, "room for [\(timeSteps), \(lanes)]")
    for lane in 0..<lanes {
      let start = lane * laneLength + k * timeSteps
      tokens.copy(start..<start + timeSteps, into: &inputs, first: lane, stride: lanes)
      tokens.copy(start + 1..<start + timeSteps + 1, into: &targets, first: lane, stride: lanes)
    }
  }
}

/// Why a text cannot be cut in lanes.
public enum LaneBatchesError: Error, Sendable, Equatable {
  /// The text has fewer characters than one lane of one minibatch and its last target need.
  case tooShort(characters: Int, needed: Int)
}
