import CharLSTM

/// One way to use the same layers, such as many-to-one.
package struct NetworkCase: Sendable, Equatable {
  /// A time step with the ids of its characters.
  package struct Step: Sendable, Equatable {
    /// nil if the network reads what it has just written.
    package let input: Int32?
    /// nil if nothing is predicted at this step.
    package let output: Int32?
  }

  /// Many-to-one, for example.
  package let name: String
  /// A word that distinguishes it from other cases of the same name.
  package let variant: String
  package let steps: [Step]
  package let stateBefore: NetworkPicture.StateOrigin
  /// Whether the state at the end is passed on to what comes next.
  package let handsOn: Bool
  package let reads: LabelledShape
  package let answers: LabelledShape
  /// nil if nothing is trained.
  package let targets: LabelledShape?
  /// What happens to the state.
  package let state: String
  package let shuffling: String
  /// The command of bard that does this.
  package let command: String
  /// Python that runs after the lines of the header. Empty if none is shown.
  package let keras: [String]
  package let pyTorch: [String]

  package func picture(_ glyphs: CharacterGlyphs) -> NetworkPicture {
    NetworkPicture(
      name: name, variant: variant,
      steps: steps.map { step in
        .init(inputs: step.input.map { [glyphs[$0]] } ?? [], output: step.output.map { glyphs[$0] })
      },
      stateBefore: stateBefore, handsOn: handsOn,
      properties: [
        .init(name: "input", value: .shape(reads)), .init(name: "output", value: .shape(answers)),
        .init(name: "targets", value: targets.map { .shape($0) } ?? .words("none")),
        .init(name: "state", value: .words(state)), .init(name: "shuffle", value: .words(shuffling)),
      ])
  }
}

extension Explanation {
  /// At most this many steps are drawn: more would show nothing new.
  static let drawnSteps = 4

  /// Karpathy's five pictures; many-to-many at every step appears twice, without and with a carried state.
  package var cases: [NetworkCase] {
    let (v, b, t) = (vocabularySize, lanes, timeSteps)
    let first = steps(of: minibatches[0])
    let many = LabelledShape(["B", "T", "V"], [b, t, v])
    let ids = LabelledShape(["B", "T"], [b, t])
    let lastStep = first.count - 1
    // the decoder begins at the last input of the encoder
    let lastRead = (first.count - 1) / 2
    let (read, written) = (lastRead + 1, first.count - lastRead)
    return [
      NetworkCase(
        name: "one-to-one", variant: "a single step", steps: Array(first.prefix(1)), stateBefore: .zero, handsOn: false,
        reads: LabelledShape(["B", "1", "V"], [b, 1, v]), answers: LabelledShape(["B", "1", "V"], [b, 1, v]),
        targets: LabelledShape(["B", "1"], [b, 1]), state: "always zero", shuffling: "allowed",
        command: "bard train CORPUS --time-steps 1 --state shuffle", keras: [], pyTorch: []),
      NetworkCase(
        name: "many-to-one", variant: "windows",
        steps: first.enumerated().map { .init(input: $1.input, output: $0 == lastStep ? $1.output : nil) },
        stateBefore: .zero, handsOn: false, reads: many, answers: LabelledShape(["B", "V"], [b, v]),
        targets: LabelledShape(["B"], [b]), state: "zero for each window", shuffling: "allowed",
        command: "bard train CORPUS --objective last --state shuffle", keras: PythonLines.Keras.windows,
        pyTorch: PythonLines.PyTorch.windows),
      NetworkCase(
        name: "many-to-many", variant: "stateless", steps: first, stateBefore: .zero, handsOn: false, reads: many,
        answers: many, targets: ids, state: "zero for each piece", shuffling: "allowed",
        command: "bard train CORPUS --objective every --state shuffle", keras: PythonLines.Keras.stateless,
        pyTorch: PythonLines.PyTorch.stateless),
      NetworkCase(
        name: "many-to-many", variant: "stateful", steps: steps(of: minibatches[1]), stateBefore: .carried,
        handsOn: true, reads: many, answers: many, targets: ids, state: "carried over", shuffling: "never",
        command: "bard train CORPUS --objective every --state carry", keras: PythonLines.Keras.stateful,
        pyTorch: PythonLines.PyTorch.stateful),
      NetworkCase(
        name: "one-to-many", variant: "generation",
        steps: first.enumerated().map { .init(input: $0 == 0 ? $1.input : nil, output: $1.output) },
        stateBefore: .zero, handsOn: true, reads: LabelledShape(["1", "1", "V"], [1, 1, v]),
        answers: LabelledShape(["1", "V"], [1, v]), targets: nil, state: "carried over",
        shuffling: "nothing to shuffle", command: "bard generate CHECKPOINT --output -",
        keras: PythonLines.Keras.generation, pyTorch: PythonLines.PyTorch.generation),
      NetworkCase(
        name: "many-to-many", variant: "encoder-decoder",
        steps: first.enumerated().map {
          .init(input: $0 <= lastRead ? $1.input : nil, output: $0 >= lastRead ? $1.output : nil)
        },
        stateBefore: .zero, handsOn: false, reads: LabelledShape(["B", "R", "V"], [b, read, v]),
        answers: LabelledShape(["B", "W", "V"], [b, written, v]), targets: LabelledShape(["B", "W"], [b, written]),
        state: "handed to the decoder", shuffling: "allowed",
        command: "bard generate CHECKPOINT --output - --prompt TEXT",
        keras: [], pyTorch: []),
    ]
  }

  /// The beginning of lane 1.
  private func steps(of minibatch: Minibatch) -> [NetworkCase.Step] {
    zip(minibatch.inputs[0], minibatch.targets[0]).prefix(Self.drawnSteps).map {
      NetworkCase.Step(input: $0.id, output: $1.id)
    }
  }
}
