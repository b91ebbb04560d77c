import Tensors

/// One text while it is being written: recurrent state, settings, random generator. A value: a copy of it is a fork that
/// goes on independently, on the same shared model.
public struct TextGenerator: Sendable {
  /// Why a text ended.
  public enum Ending: Sendable, Equatable {
    /// It has as many characters as were asked for.
    case length
    /// A stop string followed, this one; it is not part of the text.
    case stop(String)
    /// Whoever took the text did not want more.
    case cancelled
  }

  /// The network that writes, shared by all copies.
  public let model: CharacterModel
  /// What the random numbers began from; `reseed(_:)` changes it.
  public private(set) var seed: UInt64
  /// Characters read and written so far.
  public private(set) var position = 0
  /// Threads that share the steps of a large network; the text does not depend on them.
  public var threads: Int

  private var state: RecurrentState
  private var logits: Logits
  private var row: [Float]
  private var input: [Int32] = [0]
  private var sampler: Sampler
  private var generator: SeededGenerator

  /// A text of no characters yet, from a zero state.
  ///
  /// `stream` tells several texts under one seed apart: each has random numbers of its own.
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

  /// Temperature, filters and stop strings; a change counts from the next character on.
  public var sampling: SamplingParameters {
    get { sampler.parameters }
    set { sampler.parameters = newValue }
  }

  /// Starts the random numbers anew; the text so far stays.
  public mutating func reseed(_ seed: UInt64) {
    let old = self
    self = TextGenerator(model: model, sampling: sampling, seed: seed, threads: threads)
    (state, logits, row, position) = (old.state, old.logits, old.row, old.position)
  }

  /// The text as `earlier` had it, with seed, random numbers and threads going on from here: another try at what followed.
  public func rewound(to earlier: TextGenerator) -> TextGenerator {
    var result = earlier
    (result.seed, result.generator, result.threads) = (seed, generator, threads)
    return result
  }

  /// Reads characters without writing any: a prompt.
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
    // a text without a prompt begins as if a line had just ended
    if position == 0 { advance(model.firstContext) }
    return sampler.draw(row, using: &generator)
  }

  private mutating func advance(_ id: Int32) {
    input[0] = id
    model.advance(input, state: &state, logits: &logits, threads: threads)
    logits.copy(lane: 0, into: &row)
    position += 1
  }

  /// Writes up to `length` characters, or to a stop string; whole characters are handed to `emit` as they are made.
  ///
  /// A stop string is not part of the text: the network has not read it, and goes on from before it.
  ///
  /// - Parameters:
  ///   - length: characters of the vocabulary's unit, those of a stop string included. A model of bytes writes up to three more,
  ///     to end a character of several bytes.
  ///   - emit: takes UTF-8 bytes, never a part of a character (but for a model of bytes that makes invalid UTF-8), and says
  ///     whether to go on.
  public mutating func write(length: Int, _ emit: ([UInt8]) -> Bool) -> Ending {
    write(length: length, drawn: { _, _ in }, emit)
  }

  /// The same text, each character with its surprisal: -ln p at temperature 1, before top-k, top-p and min-p, whatever it
  /// was drawn with.
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

  /// ln Σ exp(logits) - logits[id].
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
    while output.goesOn(after: count, of: length) {
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

  /// What was drawn since it might have been a stop string, and what was known before it.
  private struct Held {
    let state: RecurrentState
    let row: [Float]
    let position: Int
    private(set) var characters: [(id: Int32, bytes: Int)] = []
    /// Bytes of these characters that have been shown.
    private(set) var shown = 0

    init(state: RecurrentState, row: [Float], position: Int) {
      (self.state, self.row, self.position) = (state, row, position)
    }

    mutating func add(_ id: Int32, bytes: Int, shown count: Int) {
      characters.append((id, bytes))
      shown += count
    }
  }

  /// To where the network has read what was shown and no more.
  private mutating func goBack(to held: Held) {
    (state, row, position) = (held.state, held.row, held.position)
    var end = 0
    for (id, bytes) in held.characters {
      end += bytes
      if end > held.shown { return }
      advance(id)
    }
  }

  /// The next `length` characters as a string; bytes that are no UTF-8 become U+FFFD.
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
  /// What a text without a prompt is taken to follow: the end of a line, or the most frequent character where there are
  /// no lines.
  public var firstContext: Int32 {
    for ending: [UInt8] in [[0x0A], [0x0D, 0x0A]] {
      if let id = (0..<Int32(vocabulary.count)).first(where: { vocabulary.utf8Bytes(of: $0) == ending }) { return id }
    }
    return 0
  }
}
