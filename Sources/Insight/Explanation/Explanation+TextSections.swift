import CharLSTM

extension Explanation {
  package static let title = "How bard learns from a text"

  /// A glyph for every character that is drawn.
  package var glyphs: CharacterGlyphs {
    CharacterGlyphs(excerpt + (0..<Int32(shownEntries)), vocabulary: vocabulary)
  }

  /// Everything `bard explain` says. Each section uses only what the sections before it have explained.
  package var sections: [ExplanationSection] {
    let glyphs = glyphs
    return [
      characterSection(glyphs), laneSection(glyphs), minibatchSection, targetSection(glyphs), shapeSection(glyphs),
      stateSection(glyphs), caseSection(glyphs), seriesSection,
    ]
  }

  /// The paragraphs before the first section.
  package var introduction: [ExplanationPhrase] {
    let glyphs = glyphs
    var phrases: [ExplanationPhrase] = [
      name.map {
        "The text is \(code: Self.printable($0)): \(counted(characters, "character")).\(excerpt.count < characters ? " Only the first \(excerpt.count) are used here, as if the text ended there." : "")"
      }
        ?? "The text is the beginning of a speech from Hamlet, which is built in. Run \(code: "bard explain FILE") to see the same with your own text."
    ]
    if vocabulary.unit != .character {
      phrases.append("Each \(vocabulary.unit == .byte ? "byte" : "Unicode scalar") counts as one character here.")
    }
    if (lanes, timeSteps) != requested {
      phrases.append(
        "It is short, so it is cut into \(sizes(lanes, timeSteps)) instead of \(sizes(requested.lanes, requested.timeSteps))."
      )
    }
    if !glyphs.legend.isEmpty {
      let meanings = glyphs.legend.map { "\($0.glyph) is \($0.words)" }
      phrases.append("Below, \(Self.listed(meanings)).")
    }
    return phrases
  }

  private func sizes(_ lanes: Int, _ timeSteps: Int) -> String {
    "\(counted(lanes, "lane")) of \(counted(timeSteps, "time step"))"
  }

  /// Entries of the vocabulary that fit on a line with their ids.
  var shownEntries: Int { min(vocabularySize, 11) }

  private func characterSection(_ glyphs: CharacterGlyphs) -> ExplanationSection {
    let entries = (0..<Int32(shownEntries)).map { $0 }
    let digits = "\(vocabularySize - 1)".count
    let begun = excerpt.prefix(min(lanes * timeSteps, max(4, 56 / (max(digits, glyphs.columns) + 2))))
    let places = entries.prefix(10)
    let examples = Self.distinct(excerpt.filter { $0 < places.count }).prefix(3)
    let goesOn = vocabularySize > entries.count
    return ExplanationSection(
      title: "Characters become numbers",
      blocks: [
        .paragraph(
          "A network works with numbers, so each distinct character gets one, its \(term: "id"). \(name != nil && excerpt.count < characters ? "The whole file" : "This text") has V = \(counted(vocabularySize, "distinct character")); together they are its \(term: "vocabulary"). The most frequent one has id 0."
        ),
        .grid([
          ExplanationGridRow(name: "character", cells: entries.map { glyphs[$0] }, goesOn: goesOn),
          ExplanationGridRow(name: "id", cells: entries.map { "\($0)" }, goesOn: goesOn),
        ]),
        .paragraph("The beginning of the text, as ids:"),
        .grid([
          ExplanationGridRow(name: "character", cells: begun.map { glyphs[$0] }, goesOn: true),
          ExplanationGridRow(name: "id", cells: begun.map { "\($0)" }, goesOn: true),
        ]),
        .paragraph(
          "An id is only a label: the character with id \(entries.count > 4 ? "4 is not twice the one with id 2" : "1 is not more than the one with id 0"). So instead we write V numbers: all 0, except for a 1 at the position given by the id. This is called \(term: "one-hot"):"
        ),
        .grid(
          [ExplanationGridRow(name: "position", cells: places.map { "\($0)" }, goesOn: vocabularySize > places.count)]
            + examples.map { id in
              ExplanationGridRow(
                name: glyphs[id], cells: places.map { $0 == id ? "1" : "0" }, goesOn: vocabularySize > places.count)
            }),
        .paragraph(
          "These V numbers are the \(term: "features") of one time step. One character has the shape \(code: "[V]") = \(code: "[\(vocabularySize)]"). T characters in a row make a table, \(code: "[T, V]"). (A series of numbers has 1 feature per time step. Two series have 2. See section 8.)"
        ),
      ])
  }

  private func laneSection(_ glyphs: CharacterGlyphs) -> ExplanationSection {
    let end = excerpt.count
    return ExplanationSection(
      title: "The text is cut into lanes",
      blocks: [
        .paragraph(
          lanes == 1
            ? "Reading one character at a time would be slow, so a long text is cut into B pieces of the same length, which are read at the same time, side by side. Here the text stays whole: B = 1. bard calls each piece a \(term: "lane")."
            : "Reading one character at a time would be slow, so the text is cut into B = \(lanes) pieces of the same length, which are read at the same time, side by side. bard calls each piece a \(term: "lane")."
        ),
        .lanes,
        .paragraph(
          "A lane is read from left to right, T = \(counted(timeSteps, "character")) at a time, up to the next bar. T is the number of \(term: "time steps")."
        ),
        .paragraph(
          "Character \(end), \(text: glyphs[excerpt[end - 1]]), is in no lane. It is only a target (section 4)."
        ),
      ])
  }

  private var minibatchSection: ExplanationSection {
    var blocks: [ExplanationBlock] = [
      .paragraph(
        "\(term: "Minibatch") 1 holds the first piece of every lane, minibatch 2 holds the second piece, and so on. The T characters of one lane in one minibatch are one \(term: "sample"). A minibatch has B samples; B is the \(term: "batch size"). (Lanes, minibatches, time steps and characters are counted from 1 here, ids from 0.)"
      ),
      .minibatches,
      .paragraph(
        "Training stores every step of a minibatch in memory. A short T needs little memory. With V numbers for each character, a minibatch is a block of numbers. This is the 3-D input that an LSTM layer of Keras asks for:"
      ),
      .formula(
        "[samples, time steps, features] = [B, T, V] = \([lanes, timeSteps, vocabularySize])"),
      .paragraph(
        "In minibatch 2, each lane continues with its next character. That is what the arrows show, and bard has checked it for this text:"
      ),
      .checks(
        continuations.map { continuation in
          let lane = continuation.lane + 1
          return ExplanationCheck(
            holds: continuation.holds,
            words:
              "lane \(lane): minibatch 1 ends at character \(continuation.last.position + 1), minibatch 2 begins at \(continuation.first.position + 1)"
          )
        }),
    ]
    if let training {
      let share = 100 - Int((100 * TrainingConfiguration().validationFraction).rounded())
      blocks.append(
        .paragraph(
          "\(code: "bard train") cuts the first \(share) % of this text into B = \(counted(training.lanes, "lane")) of \(training.laneLength) characters and takes T = \(training.timeSteps) at a time. So its minibatches are \(code: "\([training.lanes, training.timeSteps, vocabularySize])"). One pass over all minibatches (\(training.minibatchesPerEpoch) here) is an \(term: "epoch")."
        ))
    } else {
      blocks.append(
        .paragraph(
          "Reading all lanes to the end once is an \(term: "epoch"). Here that takes \(minibatches.count) minibatches.")
      )
    }
    return ExplanationSection(title: "A minibatch: the next T characters of every lane", blocks: blocks)
  }

  private func targetSection(_ glyphs: CharacterGlyphs) -> ExplanationSection {
    let (inputs, targets) = (minibatches[0].inputs[0], minibatches[0].targets[0])
    let last = targets.last.map { glyphs[$0.id] } ?? ""
    let predictions = lanes * timeSteps
    return ExplanationSection(
      title: "The target of every step: the next character",
      blocks: [
        .paragraph(
          "At each time step the network reads one character, the \(term: "input"), and must predict the next one, the \(term: "target"). Lane 1 of minibatch 1:"
        ),
        .grid([
          ExplanationGridRow(name: "time step", cells: (1...timeSteps).map { "\($0)" }),
          ExplanationGridRow(name: "input", cells: inputs.map { glyphs[$0.id] }, lane: 0),
          ExplanationGridRow(
            name: "", cells: [String](repeating: "/", count: timeSteps - 1), place: .gaps),
          ExplanationGridRow(name: "target", cells: targets.map { glyphs[$0.id] }, lane: 0),
        ]),
        .paragraph(
          "So the targets are the inputs shifted left by one: the target at step t is the input at step t + 1. The last target, \(text: last, lane: 0), is the lane's first input in minibatch 2. Inputs and targets are \(code: "[B, T]") = \(code: "\([lanes, timeSteps])") ids each. That makes \(counted(predictions, "prediction")), one at every step. This is called \(term: "many-to-many")."
        ),
      ])
  }

  private static func distinct(_ ids: [Int32]) -> [Int32] {
    ids.reduce(into: []) { kept, id in if !kept.contains(id) { kept.append(id) } }
  }

  /// a, b and c.
  private static func listed(_ words: [String]) -> String {
    words.count < 2 ? words.joined() : words.dropLast().joined(separator: ", ") + " and " + (words.last ?? "")
  }

  /// A file's name, shortened to at most 40 characters. Characters without a dependable width become question marks.
  private static func printable(_ name: String) -> String {
    let shown = name.unicodeScalars.map { $0 == " " || $0.dependableColumns != nil ? String($0) : "?" }
    return shown.count > 40 ? shown.prefix(39).joined() + "…" : shown.joined()
  }
}
