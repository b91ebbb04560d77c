import Tensors

/// Generates one text: it holds the recurrent state, the settings and the random generator.
///
///     let model = try Checkpoint(path: "poems.safetensors").model()
///     var generator = TextGenerator(model: model, sampling: SamplingParameters(temperature: 0.6), seed: 7)
///     generator.read(try model.vocabulary.encode("ROMEO:", unknown: .error).ids)
///     print(generator.text(length: 300))
///
/// A generator is a value. A copy continues independently, and shares the model.
public struct TextGenerator: Sendable {
  /// The reason why a text ended.
  public enum Ending: Sendable, Equatable {
    /// The text has reached the requested length.
    case length
    /// This stop string followed. It is not part of the text.
    case stop(String)
    /// The caller asked to stop.
    case cancelled
  }

  /// The model, shared by all copies.
  public let model: CharacterModel
  /// The seed of the random numbers. `reseed(_:)` changes it.
  public private(set) var seed: UInt64
  /// The number of characters read and written so far.
  public private(set) var position = 0
  /// The number of threads that share the steps of a large network. The text does not depend on it.
  public var threads: Int

  private var state: RecurrentState
  private var logits: Logits
  private var row: [Float]
  private var input: [Int32] = [0]
  private var sampler: Sampler
  private var generator: SeededGenerator

  /// Starts an empty text from a zero state.
  ///
  /// Several texts with the same seed need different values of `stream`. Each value gives its own random numbers.
  /// - Precondition: `sampling` is valid (`SamplingParameters.validate`).
  public init(model: CharacterModel, sampling: SamplingParameters, seed: UInt64, stream: UInt64 = 0, threads: Int = 1) {
    let configuration = model.configuration
    self.model = model
    self.seed = seed
    self.threads = max(1, threads)
    state = RecurrentState(zeros: configuration)
    logits = Logits(vocabularySize: configuration.vocabularySize)
    row = [Float](repeating: 0, count: configuration.vocabularySize)
    sampler = Sampler(
      sampling, vocabularySize: configuration.vocabularySize, excluding: model.vocabulary.unknownID,
      kernels: model.kernels)
    generator = SeededGenerator(seed: seed, stream: stream)
  }

  /// Temperature, filters and stop strings. A change takes effect with the next character.
  public var sampling: SamplingParameters {
    get { sampler.parameters }
    set { sampler.parameters = newValue }
  }

  /// Restarts the random numbers from a new seed. The text so far is kept.
  public mutating func reseed(_ seed: UInt64) {
    let old = self
    self = TextGenerator(model: model, sampling: sampling, seed: seed, threads: threads)
    (state, logits, row, position) = (old.state, old.logits, old.row, old.position)
  }

  /// A generator with the text of `earlier`, and with the current seed, random numbers and threads. Use it to write
  /// another continuation of the same text.
  public func rewound(to earlier: TextGenerator) -> TextGenerator {
    var result = earlier
    (result.seed, result.generator, result.threads) = (seed, generator, threads)
    return result
  }

  /// Reads characters, such as a prompt, without writing any.
  public mutating func read(_ ids: [Int32]) {
    for id in ids { advance(id) }
  }

  /// Draws the next character and reads it.
  public mutating func next() -> Int32 {
    let id = draw()
    advance(id)
    return id
  }

  private mutating func draw() -> Int32 {
    // a text without a prompt starts as if a line had just ended
    if position == 0 { advance(model.firstContext) }
    return sampler.draw(row, using: &generator)
  }

  private mutating func advance(_ id: Int32) {
    input[0] = id
    model.advance(input, state: &state, logits: &logits, threads: threads)
    logits.copy(lane: 0, into: &row)
    position += 1
  }

  /// Writes up to `length` characters, or until a stop string. It passes whole characters to `emit` as soon as they are
  /// complete.
  ///
  /// A stop string is not part of the text. The network has not read it, and will continue from the text before it.
  ///
  /// - Parameters:
  ///   - length: The number of characters, including those of a stop string. A model that reads bytes may write up to
  ///     three more, to complete a character of several bytes.
  ///   - emit: Receives UTF-8 and returns whether to continue. It never receives a part of a character, unless a model
  ///     that reads bytes writes invalid UTF-8.
  public mutating func write(length: Int, _ emit: ([UInt8]) -> Bool) -> Ending {
    write(length: length, drawn: { _, _ in }, emit)
  }

  /// Writes the same text as `write(length:_:)`, and gives the surprisal of each character.
  ///
  /// The surprisal is -ln p at temperature 1, before top-k, top-p and min-p, whatever the settings are.
  public mutating func writeMeasured(length: Int, _ emit: ([MeasuredText]) -> Bool) -> Ending {
    let vocabulary = model.vocabulary
    var queue = SurprisalQueue()
    return write(
      length: length,
      drawn: { id, logits in
        queue.add(bytes: vocabulary.utf8Bytes(of: id).count, nats: Self.surprisal(of: id, logits: logits))
      },
      { emit(queue.take($0)) })
  }

  /// The surprisal -ln p(id) = ln Σ exp(logits) - logits[id], in nats.
  private static func surprisal(of id: Int32, logits: [Float]) -> Double {
    let largest = Double(logits.max() ?? 0)
    let total = logits.reduce(0) { $0 + Double.exp(Double($1) - largest) }
    return Double.log(total) + largest - Double(logits[Int(id)])
  }

  private mutating func write(
    length: Int, drawn: (Int32, [Float]) -> Void, _ emit: ([UInt8]) -> Bool
  ) -> Ending {
    var output = TextOutput(stop: sampling.stop)
    var held: Held?
    var count = 0
    while output.continues(after: count, of: length) {
      let id = draw()
      drawn(id, row)
      count += 1
      let character = model.vocabulary.utf8Bytes(of: id)
      let bytes = output.take(character)
      if output.isEmpty && output.stoppedBy == nil {
        held = nil
      } else if !sampling.stop.isEmpty {
        if held == nil { held = Held(state: state, row: row, position: position) }
        held?.add(id, bytes: character.count, shown: bytes.count)
      }
      if let stop = output.stoppedBy {
        if let held { goBack(to: held) }
        if !bytes.isEmpty { _ = emit(bytes) }
        return .stop(stop)
      }
      advance(id)
      if !bytes.isEmpty && !emit(bytes) {
        if let held { goBack(to: held) }
        return .cancelled
      }
    }
    let rest = output.finish()
    if !rest.isEmpty { _ = emit(rest) }
    return .length
  }

  /// Characters that may be the beginning of a stop string, and the state before them.
  private struct Held {
    let state: RecurrentState
    let row: [Float]
    let position: Int
    private(set) var characters: [(id: Int32, bytes: Int)] = []
    /// The number of bytes of these characters that have been shown.
    private(set) var shown = 0

    init(state: RecurrentState, row: [Float], position: Int) {
      (self.state, self.row, self.position) = (state, row, position)
    }

    mutating func add(_ id: Int32, bytes: Int, shown count: Int) {
      characters.append((id, bytes))
      shown += count
    }
  }

  /// Goes back to the state in which the network has read only the text that was shown.
  private mutating func goBack(to held: Held) {
    (state, row, position) = (held.state, held.row, held.position)
    var end = 0
    for (id, bytes) in held.characters {
      end += bytes
      if end > held.shown { return }
      advance(id)
    }
  }

  /// Writes the next `length` characters and returns them as a string. Bytes that are not valid UTF-8 become U+FFFD.
  public mutating func text(length: Int) -> String {
    var bytes: [UInt8] = []
    _ = write(length: length) {
      bytes += $0
      return true
    }
    return String(decoding: bytes, as: UTF8.self)
  }
}

extension CharacterModel {
  /// The character that a text without a prompt is assumed to follow: the end of a line, or the most frequent character
  /// if the vocabulary has no line end.
  public var firstContext: Int32 {
    for ending: [UInt8] in [[0x0A], [0x0D, 0x0A]] {
      if let id = (0..<Int32(vocabulary.count)).first(where: { vocabulary.utf8Bytes(of: $0) == ending }) { return id }
    }
    return 0
  }
}
