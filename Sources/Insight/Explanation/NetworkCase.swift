import CharLSTM

/// One of the ways in which the same layers are used, with what sets it off from the others.
package struct NetworkCase: Sendable, Equatable {
  /// Where h and c come from, or go to, at the border of what is drawn.
  package enum StateOrigin: Sendable, Equatable {
    case zero
    case carried
  }

  /// A time step of the drawing, with the characters' ids.
  package struct Step: Sendable, Equatable {
    /// nil where nothing is given: the network reads what it has just written.
    package let input: Int32?
    /// nil where nothing is asked.
    package let output: Int32?
  }

  /// Many-to-one, for example.
  package let name: String
  /// What is special about it in a word.
  package let variant: String
  package let steps: [Step]
  package let stateBefore: StateOrigin
  /// The state at the end is used by what comes next.
  package let handsOn: Bool
  package let reads: LabelledShape
  package let answers: LabelledShape
  /// nil where nothing is compared.
  package let targets: LabelledShape?
  /// What becomes of the state.
  package let state: String
  package let shuffling: String
  /// Of bard.
  package let command: String
  /// Lines of Python after those of a header.
  package let keras: [String]
  package let pyTorch: [String]
}

extension Explanation {
  /// Steps of a drawing; more would say the same.
  static let drawnSteps = 4

  /// Many-to-one, many-to-many without and with carried state, and one-to-many.
  package var cases: [NetworkCase] {
    let (v, b, t) = (vocabularySize, lanes, timeSteps)
    let first = steps(of: minibatches[0])
    let many = LabelledShape(["B", "T", "V"], [b, t, v])
    let ids = LabelledShape(["B", "T"], [b, t])
    let lastStep = first.indices.last
    return [
      NetworkCase(
        name: "many-to-one", variant: "windows",
        steps: first.enumerated().map { .init(input: $1.input, output: $0 == lastStep ? $1.output : nil) },
        stateBefore: .zero, handsOn: false, reads: many, answers: LabelledShape(["B", "V"], [b, v]),
        targets: LabelledShape(["B"], [b]), state: "zero before each window", shuffling: "allowed",
        command: "bard train CORPUS --objective last --state shuffle", keras: PythonLines.Keras.windows,
        pyTorch: PythonLines.PyTorch.windows),
      NetworkCase(
        name: "many-to-many", variant: "stateless", steps: first, stateBefore: .zero, handsOn: false, reads: many,
        answers: many, targets: ids, state: "zero before each piece", shuffling: "allowed",
        command: "bard train CORPUS --objective every --state shuffle", keras: PythonLines.Keras.stateless,
        pyTorch: PythonLines.PyTorch.stateless),
      NetworkCase(
        name: "many-to-many", variant: "stateful", steps: steps(of: minibatches[1]), stateBefore: .carried,
        handsOn: true,
        reads: many, answers: many, targets: ids, state: "carried to the next minibatch", shuffling: "never",
        command: "bard train CORPUS --objective every --state carry", keras: PythonLines.Keras.stateful,
        pyTorch: PythonLines.PyTorch.stateful),
      NetworkCase(
        name: "one-to-many", variant: "generation",
        steps: first.enumerated().map { .init(input: $0 == 0 ? $1.input : nil, output: $1.output) },
        stateBefore: .zero, handsOn: true, reads: LabelledShape(["1", "1", "V"], [1, 1, v]),
        answers: LabelledShape(["1", "V"], [1, v]), targets: nil, state: "carried to the next character",
        shuffling: "nothing to shuffle", command: "bard generate CHECKPOINT --output -",
        keras: PythonLines.Keras.generation,
        pyTorch: PythonLines.PyTorch.generation),
    ]
  }

  /// The beginning of lane 1.
  private func steps(of minibatch: Minibatch) -> [NetworkCase.Step] {
    zip(minibatch.inputs[0], minibatch.targets[0]).prefix(Self.drawnSteps).map {
      NetworkCase.Step(input: $0.id, output: $1.id)
    }
  }
}
