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
          "This is bard's default network for the vocabulary of this text: an \(term: "embedding") of D = \(d) numbers and \(counted(network.layers, "LSTM layer")), the part with a memory, of H = \(h) cells. (\(code: "bard train") chooses H by the length of the text; \(code: "--hidden-size") gives it.)"
        ),
        .table(
          head: ["", "shape", "here", "numbers to learn"],
          rows: rows + [["all of them", "", "", "\(network.parameterCount)"]]),
        .paragraph(
          "The embedding is a table with a row of D numbers for every character, which are learnt like all others. A one-hot input times this table is one row of it, so the row is simply looked up."
        ),
        .paragraph(
          "The LSTM passes on H numbers, h, after each of the T steps. Keras does so only with \(code: "return_sequences=True"); without it, only the last h is passed on, \(code: "[B, H]")."
        ),
        .paragraph(
          "The softmax layer makes V numbers of each h, the \(term: "logits"), and of those V \(term: "probabilities"), which add up to 1. It is one table of H x V numbers and V more, and the same table is used at every step. That is all that \(code: "TimeDistributed(Dense(V))") means in Keras. So its numbers to learn are \(code: softmax?.formula ?? "") = \(softmax?.parameters ?? 0) for T = \(timeSteps), and for T = 1,000 too."
        ),
        .paragraph(
          "The \(term: "loss") at a step is -ln p, where p is the probability that the target was given: 0 for a network that was sure of it. The loss of the minibatch is the mean of all \(lanes * timeSteps)."
        ),
        .paragraph(
          "For example lane 1 of minibatch 1 at time step \(question.timeStep + 1). It has read \(text: glyphs.text(question.read.map(\.id)), lane: 0): its input is \(text: glyphs[question.input.id], lane: 0) (id \(Int(question.input.id))), its target \(text: glyphs[question.target.id], lane: 0) (id \(Int(question.target.id))). A network that knows nothing gives each of the \(counted(v, "character")) 1/\(v), so its loss is ln \(v) = \(fixed(lossOfIgnorance, 2))."
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
        "All that an LSTM remembers of a lane are two lists of H numbers, h and c. Every character that is read changes them. Together they are the \(term: "state")."
      ),
      .item(
        "kept",
        "At the end of minibatch 1 every lane has its h and its c, \(code: "[B, H]") = \(code: "\([lanes, network.hiddenSize])") each, and minibatch 2 begins with them. So while lane 1 reads \(text: second, lane: 0), it still remembers \(text: first, lane: 0). Keras calls this \(code: "stateful=True")."
      ),
      .item(
        "cut",
        "An error is traced back through the steps that led to it, but no farther than to the beginning of its minibatch, \(counted(timeSteps, "step")) at most. The h and c from before are used as they are: their values are kept, their \(term: "gradients") cut. This is truncated \(term: "backpropagation through time")."
      ),
      .item(
        "zeroed",
        "h and c are set to zero where a text begins: before minibatch 1 of every epoch, when lane 1 goes back from its end, \(text: end, lane: 0), to its beginning, \(text: first, lane: 0). Never between two minibatches of an epoch, but for one exception: \(code: "bard train") sets a lane to zero now and then at random (\(code: "--reset-probability \(significant(reset))")), so that the network also learns how to begin."
      ),
    ]
    if let misplacement {
      let foreign = text(misplacement.foreign)
      blocks += [
        .paragraph("And why the minibatches must not be shuffled while the state is kept:"),
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
          "Shuffled, the state after \(text: first, lane: 0) would be handed to \(text: foreign, lane: misplacement.lane), and the network would learn that the one follows the other, which is not what the text says. Only where the state is zero before every piece, and no piece knows of any other, may they be shuffled. (\(code: "fit") of Keras shuffles unless it is told \(code: "shuffle=False").)"
        ),
      ]
    } else {
      blocks.append(
        .paragraph(
          "While the state is kept the minibatches must not be shuffled: it would be handed to another place in the text. (Here all pieces are alike, and nobody would notice.)"
        ))
    }
    return ExplanationSection(title: "The state: what is kept, cut and zeroed", blocks: blocks)
  }

  var caseSection: ExplanationSection {
    let cases = cases
    let drawn = cases[0].steps.count
    var blocks: [ExplanationBlock] = [
      .paragraph(
        "The layers are always the same. What differs is at which steps an answer is asked, and where the state comes from."
      ),
      .cases(cases),
      .paragraph(
        "□ is the LSTM at one step\(drawn < timeSteps ? ", \(drawn) steps instead of \(timeSteps)" : ""). 0→ is a state of zeros, ⇒ one that is carried on. ↘ says that what was written is read next. A window is a piece of T characters that may begin anywhere."
      ),
      .paragraph(
        "The same in bard, where the third is the default and \(code: "--state reset") is the second without shuffling, in Keras and in PyTorch. The lines of Keras are for TensorFlow below it: with JAX, Keras 3.15 loses the state of a stateful LSTM, with PyTorch it cannot train one. In all of them \(code: "windows") and \(code: "pieces") are N rows of T ids, \(code: "next_characters") and \(code: "pieces_one_later") their targets, \(code: "minibatches") pairs of inputs and targets, and \(code: "id") is that of a first character."
      ),
      .code(title: "Keras: these lines come first", lines: PythonLines.Keras.header(self)),
      .code(title: "PyTorch: these lines come first", lines: PythonLines.PyTorch.header(self)),
    ]
    for one in cases {
      blocks += [
        .heading("\(one.name), \(one.variant): \(code: one.command)"),
        .code(title: "Keras", lines: one.keras), .code(title: "PyTorch", lines: one.pyTorch),
      ]
    }
    return ExplanationSection(title: "Four ways to use the same layers", blocks: blocks)
  }
}
