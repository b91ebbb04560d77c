import CharLSTM

extension Explanation {
  /// How a lane continues from minibatch 1 to minibatch 2.
  package struct Continuation: Sendable, Equatable {
    /// Counted from 0.
    package let lane: Int
    /// The last input of the lane in minibatch 1, the target of that input, and its first input in minibatch 2.
    package let last: Place
    package let target: Place
    package let first: Place

    /// Whether the lane continues exactly where it stopped.
    package var holds: Bool { first.position == last.position + 1 && first == target }
  }

  /// One for every lane.
  package var continuations: [Continuation] {
    (0..<lanes).compactMap { lane in
      guard let last = minibatches[0].inputs[lane].last, let target = minibatches[0].targets[lane].last,
        let first = minibatches[1].inputs[lane].first
      else { return nil }
      return Continuation(lane: lane, last: last, target: target, first: first)
    }
  }

  /// One prediction of lane 1 in minibatch 1.
  package struct ExamplePrediction: Sendable, Equatable {
    /// Counted from 0.
    package let timeStep: Int
    /// Everything the lane has read so far, including the input.
    package let read: [Place]
    package let input: Place
    package let target: Place
  }

  /// The prediction at the third time step, or at the last one if there are fewer.
  package var examplePrediction: ExamplePrediction {
    let step = min(2, timeSteps - 1)
    let (inputs, targets) = (minibatches[0].inputs[0], minibatches[0].targets[0])
    return ExamplePrediction(
      timeStep: step, read: Array(inputs[...step]), input: inputs[step], target: targets[step])
  }

  /// A piece of the text that could wrongly get a lane's state if the minibatches were shuffled.
  package struct Misplacement: Sendable, Equatable {
    /// What lane 1 reads in minibatch 1, and what it reads next, in minibatch 2.
    package let read: [Place]
    package let continuation: [Place]
    /// Another piece of the text. Its lane and minibatch are counted from 0.
    package let foreign: [Place]
    package let lane: Int
    package let minibatch: Int
  }

  /// nil if all pieces of the text are the same.
  package var misplacement: Misplacement? {
    let (read, continuation) = (minibatches[0].inputs[0], minibatches[1].inputs[0])
    // try the last lane first, because its text is farthest from lane 1; and its minibatch 2 first, because lane 1
    // continues in minibatch 2
    for lane in (0..<lanes).reversed() {
      for minibatch in [1, 0] + Array(2..<minibatches.count) {
        let foreign = minibatches[minibatch].inputs[lane]
        if foreign.map(\.id) != continuation.map(\.id) {
          return Misplacement(
            read: read, continuation: continuation, foreign: foreign, lane: lane, minibatch: minibatch)
        }
      }
    }
    return nil
  }

  /// The default network, from ids to the loss.
  package var stages: [NetworkStage] { NetworkStage.all(of: network, lanes: lanes, timeSteps: timeSteps) }

  /// The loss in nats at each step if the network thinks that every character is equally likely.
  package var uniformLoss: Double { Double.log(Double(vocabularySize)) }
}
