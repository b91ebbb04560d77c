import CharLSTM

extension Explanation {
  package static let title = "How bard learns from a text"

  /// Glyphs of everything that is drawn.
  package var glyphs: CharacterGlyphs {
    CharacterGlyphs(excerpt + (0..<Int32(shownEntries)), vocabulary: vocabulary)
  }

  /// All that there is to say, in the order in which one thing needs another.
  package var sections: [ExplanationSection] {
    let glyphs = glyphs
    return [
      characterSection(glyphs), laneSection(glyphs), minibatchSection, targetSection(glyphs), shapeSection(glyphs),
      stateSection(glyphs), caseSection,
    ]
  }

  /// What stands before the first section.
  package var introduction: [ExplanationPhrase] {
    let glyphs = glyphs
    var phrases: [ExplanationPhrase] = [
      name.map {
        "The text is \(code: Self.printable($0)): \(counted(characters, "character"))\(excerpt.count < characters ? ", of which the first \(excerpt.count) are shown here, as if there were no more" : "")."
      }
        ?? "The text is the beginning of a speech of Hamlet, which is built in. \(code: "bard explain FILE") shows all this with the beginning of yours."
    ]
    if vocabulary.unit != .character {
      phrases.append("Every \(vocabulary.unit == .byte ? "byte" : "Unicode scalar") of it is a character here.")
    }
    if (lanes, timeSteps) != requested {
      phrases.append(
        "It is short: \(sizes(lanes, timeSteps)) are shown instead of \(sizes(requested.lanes, requested.timeSteps)).")
    }
    if !glyphs.legend.isEmpty {
      let meanings = glyphs.legend.map { "\($0.glyph) is \($0.words)" }
      phrases.append("In what follows \(Self.listed(meanings)).")
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
          "A network can only calculate. So every different character gets a number, its \(term: "id"). This text has V = \(vocabularySize) different characters, its \(term: "vocabulary"); the most frequent one has id 0."
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
          "An id is only a name: \(entries.count > 4 ? "4 is not twice 2" : "1 is not more than 0"). So V numbers take its place, all of them 0 but a single 1, at the place that the id says. This is called \(term: "one-hot"):"
        ),
        .grid(
          [ExplanationGridRow(name: "place", cells: places.map { "\($0)" }, goesOn: vocabularySize > places.count)]
            + examples.map { id in
              ExplanationGridRow(
                name: glyphs[id], cells: places.map { $0 == id ? "1" : "0" }, goesOn: vocabularySize > places.count)
            }),
        .paragraph(
          "These V numbers are what is meant by \(term: "features"). One character has the shape \(code: "[V]") = \(code: "[\(vocabularySize)]"), and T characters in a row are a table, \(code: "[T, V]")."
        ),
      ])
  }

  private func laneSection(_ glyphs: CharacterGlyphs) -> ExplanationSection {
    let end = excerpt.count
    return ExplanationSection(
      title: "The text is cut in lanes",
      blocks: [
        .paragraph(
          lanes == 1
            ? "A long text is cut in B pieces of the same length that are read at the same time, side by side, which is faster than one after the other. This one is left whole: B = 1. bard calls the pieces \(term: "lanes"). Elsewhere each is called a \(term: "sample") and B the \(term: "batch size")."
            : "To read one character after the other would take long. So the text is cut in B = \(lanes) pieces of the same length, which are read at the same time, side by side. bard calls them \(term: "lanes"). Elsewhere each is called a \(term: "sample") and B the \(term: "batch size")."
        ),
        .lanes,
        .paragraph(
          "A lane is read from left to right, T = \(counted(timeSteps, "character")) at a time: up to the next bar. T is the number of \(term: "time steps"). To learn from what it has read the network must keep every step since the last bar in memory; that is why there are bars."
        ),
        .paragraph(
          "Character \(end), \(text: glyphs[excerpt[end - 1]]), is in no lane: it is only to be predicted (section 4)."
        ),
      ])
  }

  private var minibatchSection: ExplanationSection {
    var blocks: [ExplanationBlock] = [
      .paragraph(
        "The first piece of every lane is \(term: "minibatch") 1, the second piece of every lane is minibatch 2, and so on. (Lanes, minibatches, time steps and characters of the text are counted from 1 here, ids from 0.)"
      ),
      .minibatches,
      .paragraph(
        "A minibatch has B lanes of T characters. With V numbers for each character it is a block of numbers, the input that is asked for everywhere:"
      ),
      .formula(
        "[samples, time steps, features] = [B, T, V] = \([lanes, timeSteps, vocabularySize])"),
      .paragraph(
        "Every lane goes on where it stopped: in minibatch 2 it begins with the character after its last one of minibatch 1. So it is drawn, with an arrow for each lane, and so it is:"
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
          "\(code: "bard train") cuts the first \(share) % of this text in B = \(counted(training.lanes, "lane")) of \(training.laneLength) characters and takes T = \(training.timeSteps) at a time: minibatches of \(code: "\([training.lanes, training.timeSteps, vocabularySize])"), \(training.minibatchesPerEpoch) of them to the end of the lanes. To read them all once is an \(term: "epoch")."
        ))
    } else {
      blocks.append(
        .paragraph(
          "To read all lanes to their end once, here in \(minibatches.count) minibatches, is an \(term: "epoch")."))
    }
    return ExplanationSection(title: "A minibatch: the next T characters of every lane", blocks: blocks)
  }

  private func targetSection(_ glyphs: CharacterGlyphs) -> ExplanationSection {
    let (inputs, targets) = (minibatches[0].inputs[0], minibatches[0].targets[0])
    let last = targets.last.map { glyphs[$0.id] } ?? ""
    let questions = lanes * timeSteps
    return ExplanationSection(
      title: "What is asked at every step: the next character",
      blocks: [
        .paragraph(
          "What the network reads at a time step is its \(term: "input"); the character that comes next is the \(term: "target"), which it is to predict. Lane 1 of minibatch 1:"
        ),
        .grid([
          ExplanationGridRow(name: "time step", cells: (1...timeSteps).map { "\($0)" }),
          ExplanationGridRow(name: "input", cells: inputs.map { glyphs[$0.id] }, lane: 0),
          ExplanationGridRow(
            name: "", cells: [String](repeating: "/", count: timeSteps - 1), place: .gaps),
          ExplanationGridRow(name: "target", cells: targets.map { glyphs[$0.id] }, lane: 0),
        ]),
        .paragraph(
          "So the targets are the inputs, one step earlier. The last target, \(text: last, lane: 0), is no input here: minibatch 2 begins with it. Inputs and targets are \(code: "[B, T]") = \(code: "\([lanes, timeSteps])") ids each, \(counted(questions, "question")) with \(counted(questions, "answer")): one at every step, not only after the last one. This is called \(term: "many-to-many")."
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

  /// A file's name on one line, and no longer than half of it.
  private static func printable(_ name: String) -> String {
    let shown = name.unicodeScalars.map { $0 == " " || $0.dependableColumns != nil ? String($0) : "?" }
    return shown.count > 40 ? shown.prefix(39).joined() + "…" : shown.joined()
  }
}
