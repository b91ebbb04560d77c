import CharLSTM

/// A conversation with a model: everything in the REPL except the terminal.
struct Conversation {
  /// The functions that show a turn: one for the model's text, others for messages.
  struct Display {
    /// Shows whole characters of the model's text as they are generated; false ends the answer.
    var text: ([UInt8]) -> Bool
    /// Shows a message on a line.
    var tell: (String) -> Void
    /// Shows the prompt that the answer continues.
    var echo: (String) -> Void
    /// Whether a long operation should stop.
    var isCancelled: () -> Bool
    var colours: Colours
  }

  /// How text is coloured by its surprisal.
  enum Colours {
    /// Shows the model's text, as `Display.text` does, in the colours of its surprisal. The legend explains the
    /// colours.
    case shown(legend: String, text: ([MeasuredText]) -> Bool)
    /// There are no colours, for this reason.
    case off(String)
  }

  enum Outcome: Equatable {
    case `continue`
    case quit
  }

  /// The text and the state at the beginning of a turn.
  private struct Turn {
    let before: TextGenerator
    /// The number of bytes of the text before the turn. The text only grows until the turn is undone.
    let textCount: Int
    let prompt: [Int32]
    let promptText: String
    /// The value of `seedings` at the beginning of the turn.
    let seedings: Int
  }

  static let mostTurns = 100
  /// The number of characters that are read between two checks of `Display.isCancelled`.
  private static let charactersPerSlice = 4096

  let model: CharacterModel
  let modelName: String
  let unknown: UnknownPolicy
  var length: Int
  var generator: TextGenerator
  /// Whether generated text is coloured by its surprisal.
  var showsSurprise = false
  /// Everything read and generated, in UTF-8.
  private(set) var text: [UInt8] = []
  private var turns: [Turn] = []
  /// How often the user has given a seed.
  var seedings = 0
  private var drawn = 0
  private var secondsDrawing = 0.0

  init(
    model: CharacterModel, modelName: String, sampling: SamplingParameters, length: Int, seed: UInt64,
    unknown: UnknownPolicy, threads: Int = 1
  ) {
    self.model = model
    self.modelName = modelName
    self.unknown = unknown
    self.length = length
    generator = TextGenerator(model: model, sampling: sampling, seed: seed, threads: threads)
  }

  mutating func respond(to line: String, display: Display) -> Outcome {
    switch Input(line) {
    case .text(let text): answer(text, display)
    case .command(.quit, _): return .quit
    case .command(let command, let argument): run(command, argument, display)
    case .unknownCommand(let word):
      display.tell(
        "Unknown command \(word). /help lists the commands. To send text that starts with /, type //.")
    }
    return .continue
  }

  private mutating func answer(_ prompt: String, _ display: Display) {
    guard let ids = encode(prompt, display) else { return }
    turns.append(
      Turn(before: generator, textCount: text.count, prompt: ids, promptText: prompt, seedings: seedings))
    if turns.count > Self.mostTurns { turns.removeFirst() }
    write(after: ids, prompt, display)
  }

  private mutating func write(after ids: [Int32], _ prompt: String, _ display: Display) {
    display.echo(prompt)
    generator.read(ids)
    text += model.vocabulary.decode(ids)
    let clock = ContinuousClock()
    let start = clock.now
    let before = generator.position
    var written: [UInt8] = []
    let ending: TextGenerator.Ending
    if showsSurprise, case .shown(_, let show) = display.colours {
      ending = generator.writeMeasured(length: length) { texts in
        for text in texts { written += text.bytes }
        return show(texts)
      }
    } else {
      ending = generator.write(length: length) { bytes in
        written += bytes
        return display.text(bytes)
      }
    }
    text += written
    drawn += generator.position - before
    secondsDrawing += (clock.now - start) / .seconds(1)
    // after Ctrl-C the terminal may show ^C on an empty line, so start a new line then too
    if ending == .cancelled || (written.last ?? prompt.utf8.last) != 0x0A { _ = display.text([0x0A]) }
    if ending == .cancelled { display.tell("Stopped.") }
  }

  private func encode(_ text: String, _ display: Display) -> [Int32]? { encode(Array(text.utf8), display) }

  /// - Parameter source: the name of the file that has the text, for messages; nil for a text that was typed.
  private func encode(_ bytes: [UInt8], source: String? = nil, _ display: Display) -> [Int32]? {
    do {
      let (ids, skipped) = try model.vocabulary.encode(bytes: bytes, unknown: unknown)
      if !skipped.isEmpty {
        display.tell(messageAboutLeftOut(skipped, for: source))
      }
      return ids
    } catch {
      let message = error.message(for: source)
      guard case .unknownCharacter = error else {
        display.tell(message)
        return nil
      }
      display.tell("\(message) Leave it out, or start bard repl with --unknown skip.")
      return nil
    }
  }

  private mutating func run(_ command: Command, _ argument: String, _ display: Display) {
    if command.argument.isEmpty && !argument.isEmpty {
      display.tell("\(command.rawValue) takes no argument.")
      return
    }
    switch command {
    case .help: display.tell(Command.helpText)
    case .temperature, .topK, .topP, .minP: setSampling(command, argument, display)
    case .length: setLength(argument, display)
    case .seed: setSeed(argument, display)
    case .stop: setStop(argument, display)
    case .surprise: setSurprise(argument, display)
    case .again: again(display)
    case .undo: undo(display)
    case .reset: reset(display)
    case .save: save(argument, display)
    case .load: load(argument, display)
    case .stats: display.tell(stats)
    case .quit: break
    }
  }
}

extension Conversation {
  private mutating func again(_ display: Display) {
    guard let turn = turns.last else {
      display.tell("Nothing has been written yet.")
      return
    }
    // the random numbers continue, because the answer would be the same otherwise
    let sampling = generator.sampling
    generator = generator.rewound(to: turn.before)
    generator.sampling = sampling
    text.removeLast(text.count - turn.textCount)
    write(after: turn.prompt, turn.promptText, display)
  }

  private mutating func undo(_ display: Display) {
    guard let turn = turns.popLast() else {
      display.tell("Nothing to undo.")
      return
    }
    let sampling = generator.sampling
    // a seed that was given after this turn stays in effect
    generator = turn.seedings == seedings ? turn.before : generator.rewound(to: turn.before)
    generator.sampling = sampling
    text.removeLast(text.count - turn.textCount)
    display.tell(turn.promptText.isEmpty ? "Undid the last turn." : "Undid: \(turn.promptText)")
  }

  private mutating func reset(_ display: Display) {
    forget()
    display.tell("Started over.")
  }

  /// A stream that has read nothing. Its random numbers continue.
  private var afresh: TextGenerator {
    generator.rewound(
      to: TextGenerator(model: model, sampling: generator.sampling, seed: generator.seed, threads: generator.threads))
  }

  private mutating func forget() {
    generator = afresh
    turns = []
    text = []
  }

  private func save(_ path: String, _ display: Display) {
    guard !path.isEmpty else {
      display.tell("Name a file to write the text so far to: /save FILE")
      return
    }
    let path = path.expandingTilde
    guard !FilePath.exists(path) else {
      display.tell("\(path) already exists. Name another file.")
      return
    }
    do throws(AtomicFileError) {
      try AtomicFile.write(text, to: path)
      display.tell("Wrote \(counted(text.count, "byte")) to \(path).")
    } catch {
      display.tell(error.message)
    }
  }

  private mutating func load(_ path: String, _ display: Display) {
    guard !path.isEmpty else {
      display.tell("Name a text to continue from: /load FILE")
      return
    }
    let path = path.expandingTilde
    do throws(CorpusError) {
      let bytes = try CorpusText(paths: [path]).bytes()
      guard let ids = encode(bytes, source: path, display) else { return }
      var fresh = afresh
      for start in stride(from: 0, to: ids.count, by: Self.charactersPerSlice) {
        if display.isCancelled() {
          display.tell("Stopped. The conversation has not changed.")
          return
        }
        fresh.read(Array(ids[start..<min(ids.count, start + Self.charactersPerSlice)]))
      }
      forget()
      generator = fresh
      text = model.vocabulary.decode(ids)
      display.tell("Read \(counted(ids.count, "character")) of \(path). Press Enter to continue from there.")
    } catch {
      display.tell(error.message)
    }
  }

  private var stats: String {
    let configuration = model.configuration
    let pace =
      secondsDrawing > 0 ? "\(grouped(Int(Double(drawn) / secondsDrawing))) characters/s" : "nothing written yet"
    let stops = generator.sampling.stop.map(\.debugDescription).joined(separator: " ")
    return """
      \(modelName): \(configuration.layers) x \(counted(configuration.hiddenSize, "cell")), \
      \(counted(configuration.parameterCount, "parameter")), \(grouped(configuration.vocabularySize)) distinct characters
      temperature \(generator.sampling.temperature), top-k \(grouped(generator.sampling.topK)), top-p \(generator.sampling.topP), \
      min-p \(generator.sampling.minP), length \(grouped(length)), seed \(generator.seed), stop \(stops.isEmpty ? "off" : stops)
      read and wrote \(counted(generator.position, "character")); \(pace)
      """
  }
}
