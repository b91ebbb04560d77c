import CharLSTM

extension Explanation {
  /// How a lane goes on from minibatch 1 to minibatch 2.
  package struct Continuation: Sendable, Equatable {
    /// Counted from 0.
    package let lane: Int
    /// What the lane reads last in minibatch 1, what it is then to predict, and what it reads first in minibatch 2.
    package let last: Place
    package let target: Place
    package let first: Place

    /// The lane goes on exactly where it stopped.
    package var holds: Bool { first.position == last.position + 1 && first == target }
  }

  /// Of every lane.
  package var continuations: [Continuation] {
    (0..<lanes).compactMap { lane in
      guard let last = minibatches[0].inputs[lane].last, let target = minibatches[0].targets[lane].last,
        let first = minibatches[1].inputs[lane].first
      else { return nil }
      return Continuation(lane: lane, last: last, target: target, first: first)
    }
  }

  /// One prediction of lane 1 in minibatch 1.
  package struct Question: Sendable, Equatable {
    /// Counted from 0.
    package let timeStep: Int
    /// What the lane has read, the input included.
    package let read: [Place]
    package let input: Place
    package let target: Place
  }

  /// At the third time step, or the last one where there are fewer.
  package var question: Question {
    let step = min(2, timeSteps - 1)
    let (inputs, targets) = (minibatches[0].inputs[0], minibatches[0].targets[0])
    return Question(timeStep: step, read: Array(inputs[...step]), input: inputs[step], target: targets[step])
  }

  /// What shuffling would hand the carried state of a lane to.
  package struct Misplacement: Sendable, Equatable {
    /// What lane 1 reads in minibatch 1, and goes on with in minibatch 2.
    package let read: [Place]
    package let continuation: [Place]
    /// Another piece of the text, with its lane and minibatch counted from 0.
    package let foreign: [Place]
    package let lane: Int
    package let minibatch: Int
  }

  /// nil where all pieces of the text are the same.
  package var misplacement: Misplacement? {
    let (read, continuation) = (minibatches[0].inputs[0], minibatches[1].inputs[0])
    // the farthest lane first, and of a lane what would stand in minibatch 2
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

  /// From ids to the loss, with the default network.
  package var stages: [NetworkStage] { NetworkStage.all(of: network, lanes: lanes, timeSteps: timeSteps) }

  /// Nats that a network loses at each step which takes every character for equally likely.
  package var lossOfIgnorance: Double { Double.log(Double(vocabularySize)) }
}
