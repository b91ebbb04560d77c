import CharLSTM

extension Explanation {
  func shapeSection(_ glyphs: CharacterGlyphs) -> ExplanationSection {
    let (v, d, h) = (vocabularySize, network.embeddingSize, network.hiddenSize)
    let example = examplePrediction
    let stages = stages
    let softmax = stages.last { $0.parameters > 0 }
    let rows = stages.map { stage -> [ExplanationPhrase] in
      [
        "\(stage.name)", stage.shape.map { "\(code: $0.inLetters)" } ?? "one number",
        stage.shape.map { "\(code: $0.inNumbers)" } ?? "",
        stage.parameters > 0 ? "\(code: stage.formula) = \(stage.parameters)" : "",
      ]
    }
    return ExplanationSection(
      title: "The shapes, from ids to the loss",
      blocks: [
        .paragraph(
          "The example network has an \(term: "embedding") of D = \(d) numbers and \(counted(network.layers, "LSTM layer")) of H = \(h) cells (Keras: units). \(code: "bard train") chooses H itself."
        ),
        .table(
          head: ["", "shape", "here", "parameters"],
          rows: rows + [["total", "", "", "\(network.parameterCount)"]]),
        .paragraph(
          "\(term: "Parameters") are the numbers that are learned. The embedding is a \(code: "[V, D]") table of weights. Row k belongs to id k. Multiplying a one-hot vector by the table selects one row. So bard reads that row directly."
        ),
        .paragraph(
          "The LSTM outputs H numbers, h, after each of the T steps. Keras does this only with \(code: "return_sequences=True"). Without it you get only the last h, \(code: "[B, H]")."
        ),
        .paragraph(
          "The softmax layer turns each h into V numbers, the \(term: "logits"). It then turns the logits into V \(term: "probabilities") that add up to 1. It has H·V weights and V biases, \(softmax?.parameters ?? 0) parameters together. It is applied at every time step with the same weights. \(code: "TimeDistributed(Dense(V))") means this. So the number of parameters does not depend on T."
        ),
        .paragraph(
          "The \(term: "loss") at a step is -ln p, where p is the probability that the network gave to the target. It is 0 if p = 1. The loss of the minibatch is the mean over all \(counted(lanes * timeSteps, "prediction"))."
        ),
        .paragraph(
          "For example, take lane 1 of minibatch 1 at time step \(example.timeStep + 1). It has read \(text: glyphs.text(example.read.map(\.id)), lane: 0). Its input is \(text: glyphs[example.input.id], lane: 0) (id \(Int(example.input.id))) and its target is \(text: glyphs[example.target.id], lane: 0) (id \(Int(example.target.id))). A network that knows nothing gives each of the \(counted(v, "character")) the probability 1/\(v), so its loss is ln \(v) = \(fixed(uniformLoss, 2))."
        ),
      ])
  }

  func stateSection(_ glyphs: CharacterGlyphs) -> ExplanationSection {
    func text(_ places: [Place]) -> String { glyphs.text(places.map(\.id)) }
    let (first, second) = (text(minibatches[0].inputs[0]), text(minibatches[1].inputs[0]))
    let end = text(minibatches[minibatches.count - 1].inputs[0])
    let reset = TrainingPlan(characters: characters, vocabularySize: vocabularySize, threads: 1, variant: .scalar)
      .configuration.resetProbability
    var blocks: [ExplanationBlock] = [
      .paragraph(
        "For each lane, an LSTM keeps its memory in two lists of H numbers, h and c. Together they are the \(term: "state"). Each character it reads changes them."
      ),
      .item(
        "kept",
        "At the end of minibatch 1 each lane has its own h and c. For all lanes together, h has the shape \(code: "[B, H]") = \(code: "\([lanes, network.hiddenSize])"), and so has c. Minibatch 2 begins with them. So while lane 1 reads \(text: second, lane: 0), it still remembers \(text: first, lane: 0). Keras calls this \(code: "stateful=True")."
      ),
      .item(
        "cut",
        "\(term: "Gradients") flow back to the first step of the minibatch, at most T = \(counted(timeSteps, "step")). h and c from the previous minibatch are constants: they have values but no gradient. This is truncated \(term: "backpropagation through time")."
      ),
      .item(
        "zeroed",
        "Every epoch starts with h = c = 0, because every lane goes back to its beginning: lane 1 ends with \(text: end, lane: 0) and starts again with \(text: first, lane: 0). Between minibatches the state is kept. One exception: \(code: "bard train") resets a lane at random with probability \(significant(reset)) (\(code: "--reset-probability")). So the network also learns how to begin a text."
      ),
    ]
    if let misplacement {
      let foreign = text(misplacement.foreign)
      blocks += [
        .paragraph("While the state is kept, the samples must stay in order:"),
        .table(
          head: [],
          rows: [
            ["lane 1 has read", "\(text: first, lane: 0)", "minibatch 1"],
            ["and continues with", "\(text: second, lane: 0)", "minibatch 2"],
            [
              "or, shuffled, with", "\(text: foreign, lane: misplacement.lane)",
              "minibatch \(misplacement.minibatch + 1), lane \(misplacement.lane + 1)",
            ],
          ]),
        .paragraph(
          "If the samples were shuffled, the state after \(text: first, lane: 0) could be handed to \(text: foreign, lane: misplacement.lane). The network would learn that one follows the other, but in the text it does not. Shuffle only if the state is reset before every piece. (In Keras, \(code: "fit") shuffles the samples unless you pass \(code: "shuffle=False").)"
        ),
      ]
    } else {
      blocks.append(
        .paragraph(
          "While the state is kept, the samples must stay in order. If they were shuffled, the state would be handed to another place in the text. (Here all pieces are the same, so it would make no difference.)"
        ))
    }
    return ExplanationSection(title: "The state: what is kept, cut and zeroed", blocks: blocks)
  }

  func caseSection(_ glyphs: CharacterGlyphs) -> ExplanationSection {
    let cases = cases
    let drawn = cases.map(\.steps.count).max() ?? 0
    let count = drawn < timeSteps ? " (\(drawn) of the \(timeSteps) are drawn)" : ""
    let same: ExplanationPhrase = "It is the same LSTM, with the same weights, in every box."
    let window: ExplanationPhrase = "A window is a piece of T characters that may begin anywhere."
    var blocks: [ExplanationBlock] = [
      .paragraph(
        "The layers are always the same. The only differences are which steps produce an answer and where the state comes from. These are the five pictures of Karpathy (2015) in his colours: inputs red, the LSTM green, outputs blue. His last picture appears twice: stateless and stateful."
      ),
      .pictures(cases.map { $0.picture(glyphs) }),
      .legend(
        terminal: "□ is the LSTM at one time step\(count). " + same
          + " 0→ is a state of zeros, and ⇒ is a state that is carried over. ↘ means that the network reads what it has just written. "
          + window,
        page: "A green box is the LSTM at one time step\(count). " + same
          + " An arrow from 0 is a state of zeros, and a double arrow is a state that is carried over. A dashed curve means that the network reads what it has just written. "
          + window
      ),
      .paragraph(
        "One-to-one is stateless many-to-many: T = 1 and the state starts at zero. Then the recurrent weights have no effect. An encoder-decoder first reads R characters and then writes W characters. \(code: "bard generate --prompt") does both with one LSTM, as in the picture. Other programs often write with a second LSTM."
      ),
      .paragraph(
        "Here are four of the six in bard, Keras and PyTorch."
      ),
      .item(
        "bard",
        "\(code: "bard train") is stateful unless you say otherwise. \(code: "--state reset") is stateless without shuffling."
      ),
      .item(
        "input",
        "The LSTM layer wants 3-D input. Keras's \(code: "Embedding") takes ids \(code: "[B, T]") and makes \(code: "[B, T, D]") of them."
      ),
      .item(
        "Keras",
        "The Keras code assumes the TensorFlow backend. In Keras 3.15 a stateful LSTM loses its state with JAX and cannot be trained with PyTorch."
      ),
      .item(
        "names",
        "\(code: "windows") and \(code: "pieces") are N rows of T ids; \(code: "next_characters") and \(code: "pieces_one_later") are their targets. \(code: "minibatches") are pairs of inputs and targets. \(code: "id") is the id of a first character. \(code: "epochs") and \(code: "length") are numbers: of epochs, and of characters to write. All ids are NumPy arrays for Keras and tensors for PyTorch."
      ),
      .code(title: "Keras: these lines come first", lines: PythonLines.Keras.header(self)),
      .code(title: "PyTorch: these lines come first", lines: PythonLines.PyTorch.header(self)),
    ]
    for one in cases where !one.keras.isEmpty {
      blocks += [
        .heading("\(one.name), \(one.variant): \(code: one.command)"),
        .code(title: "Keras", lines: one.keras), .code(title: "PyTorch", lines: one.pyTorch),
      ]
    }
    return ExplanationSection(title: "Six ways to use the same layers", blocks: blocks)
  }
}
