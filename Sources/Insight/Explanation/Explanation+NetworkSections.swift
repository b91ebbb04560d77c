import CharLSTM

extension Explanation {
  func shapeSection(_ glyphs: CharacterGlyphs) -> ExplanationSection {
    let (v, d, h) = (vocabularySize, network.embeddingSize, network.hiddenSize)
    let question = question
    let stages = stages
    let softmax = stages.last { $0.parameters > 0 }
    let rows = stages.map { stage -> [ExplanationPhrase] in
      [
        "\(stage.name)", stage.shape.map { "\(code: $0.inLetters)" } ?? "one number",
        stage.shape.map { "\(code: $0.inNumbers)" } ?? "",
        stage.parameters > 0 ? "\(stage.formula) = \(stage.parameters)" : "",
      ]
    }
    return ExplanationSection(
      title: "The shapes, from ids to the loss",
      blocks: [
        .paragraph(
          "This is bard's default network for this vocabulary: an \(term: "embedding") of D = \(d) numbers and \(counted(network.layers, "LSTM layer")) of H = \(h) cells. (\(code: "bard train") picks H to suit the length of the text; set it with \(code: "--hidden-size").)"
        ),
        .table(
          head: ["", "shape", "here", "parameters"],
          rows: rows + [["total", "", "", "\(network.parameterCount)"]]),
        .paragraph(
          "\(term: "Parameters") are the numbers that are learned. The embedding is a table that holds a row of D of them for each character. A one-hot input times this table is one of its rows, so bard looks the row up."
        ),
        .paragraph(
          "The LSTM outputs H numbers, h, after each of the T steps. Keras does so only with \(code: "return_sequences=True"). Without it you get only the last h, \(code: "[B, H]")."
        ),
        .paragraph(
          "The softmax layer turns each h into V numbers, the \(term: "logits"), and these into V \(term: "probabilities"), which add up to 1. It has one table of H x V weights and V biases, and it uses the same table at every step. That is all that \(code: "TimeDistributed(Dense(V))") means in Keras. So it has \(code: softmax?.formula ?? "") = \(softmax?.parameters ?? 0) parameters for T = \(timeSteps) and for T = 1,000."
        ),
        .paragraph(
          "The \(term: "loss") at a step is -ln p, where p is the probability that the network gave to the target. It is 0 if the network was sure of the target. The loss of the minibatch is the mean over all \(counted(lanes * timeSteps, "prediction"))."
        ),
        .paragraph(
          "For example, take lane 1 of minibatch 1 at time step \(question.timeStep + 1). It has read \(text: glyphs.text(question.read.map(\.id)), lane: 0). Its input is \(text: glyphs[question.input.id], lane: 0) (id \(Int(question.input.id))) and its target is \(text: glyphs[question.target.id], lane: 0) (id \(Int(question.target.id))). A network that knows nothing gives each of the \(counted(v, "character")) the probability 1/\(v), so its loss is ln \(v) = \(fixed(lossOfIgnorance, 2))."
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
        "An LSTM remembers what it has read of a lane in two lists of H numbers, h and c. Together they are the \(term: "state"). Each character it reads changes them."
      ),
      .item(
        "kept",
        "At the end of minibatch 1 each lane has its own h and c. For all lanes together each is \(code: "[B, H]") = \(code: "\([lanes, network.hiddenSize])"). Minibatch 2 begins with them. So while lane 1 reads \(text: second, lane: 0), it still remembers \(text: first, lane: 0). Keras calls this \(code: "stateful=True")."
      ),
      .item(
        "cut",
        "Errors are traced back through the steps that caused them, but no further than the start of the minibatch, \(counted(timeSteps, "step")) at most. The values of h and c that come from before are used, but no \(term: "gradients") flow back through them. This is truncated \(term: "backpropagation through time")."
      ),
      .item(
        "zeroed",
        "h and c are set to zero before minibatch 1 of every epoch, because every lane starts over: lane 1 has just read its end, \(text: end, lane: 0), and now reads \(text: first, lane: 0). They are not zeroed between the minibatches of an epoch, with one exception: \(code: "bard train") zeroes a lane now and then at random (\(code: "--reset-probability \(significant(reset))")), so that the network also learns how to begin a text."
      ),
    ]
    if let misplacement {
      let foreign = text(misplacement.foreign)
      blocks += [
        .paragraph("While the state is kept, the minibatches must stay in order:"),
        .table(
          head: [],
          rows: [
            ["lane 1 has read", "\(text: first, lane: 0)", "minibatch 1"],
            ["and goes on with", "\(text: second, lane: 0)", "minibatch 2"],
            [
              "or, shuffled, with", "\(text: foreign, lane: misplacement.lane)",
              "minibatch \(misplacement.minibatch + 1), lane \(misplacement.lane + 1)",
            ],
          ]),
        .paragraph(
          "If they were shuffled, the state after \(text: first, lane: 0) could be handed to \(text: foreign, lane: misplacement.lane). The network would learn that one follows the other, but in the text it does not. You may shuffle only if every piece starts from a zero state, so that no piece depends on another. (In Keras, \(code: "fit") shuffles unless you pass \(code: "shuffle=False").)"
        ),
      ]
    } else {
      blocks.append(
        .paragraph(
          "While the state is kept, the minibatches must stay in order. If they were shuffled, the state would be handed to another place in the text. (Here all pieces are the same, so it would make no difference.)"
        ))
    }
    return ExplanationSection(title: "The state: what is kept, cut and zeroed", blocks: blocks)
  }

  func caseSection(_ glyphs: CharacterGlyphs) -> ExplanationSection {
    let cases = cases
    let drawn = cases.map(\.steps.count).max() ?? 0
    var blocks: [ExplanationBlock] = [
      .paragraph(
        "The layers are always the same. The only differences are which steps produce an answer and where the state comes from. The pictures are the five of Karpathy (2015) in his colours: inputs red, the LSTM green, outputs blue. His last one, many-to-many at every step, comes twice here: without and with a state that is carried over."
      ),
      .pictures(cases.map { $0.picture(glyphs) }),
      .paragraph(
        "□ is the LSTM at one time step\(drawn < timeSteps ? " (\(drawn) of the \(timeSteps) are drawn)" : ""). It is the same LSTM, with the same weights, in every box. 0→ is a state of zeros, ⇒ a state that is carried over. ↘ means that the network reads what it has just written. A window is a piece of T characters that may begin anywhere."
      ),
      .paragraph(
        "One-to-one is many-to-many with T = 1. It sees one character and nothing before it, so its recurrence is never used. An encoder-decoder reads a whole text first and then writes another one, often with a second LSTM. \(code: "bard generate --prompt") reads and writes with the same LSTM."
      ),
      .paragraph(
        "Here are four of the six in bard, Keras and PyTorch. \(code: "bard train") is stateful unless you say otherwise; \(code: "--state reset") is stateless without shuffling. The Keras code assumes the TensorFlow backend: in Keras 3.15 a stateful LSTM loses its state with JAX and cannot be trained with PyTorch. The lines use these names: \(code: "windows") and \(code: "pieces") are N rows of T ids; \(code: "next_characters") and \(code: "pieces_one_later") are their targets. \(code: "minibatches") are pairs of inputs and targets, and \(code: "id") is the id of a first character."
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
