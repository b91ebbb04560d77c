import Tensors

/// Writes many texts at once: streams advance together in one matrix product, in one group for each thread.
///
/// Text i depends on (seed, i) and its prompt alone: its random numbers are its own, and every sum of a product is
/// computed for each stream by itself, so that it is the same at any number of threads and whatever stands beside it.
public struct BatchGenerator: Sendable {
  /// A text that is through.
  public struct Text: Sendable, Equatable {
    /// From 0: with the seed, all that its random numbers depend on.
    public let index: Int
    /// What was written, without the prompt; UTF-8 but for a model of bytes.
    public let bytes: [UInt8]
    /// Characters drawn, those of a stop string included.
    public let characters: Int
    /// Why it ended; never `cancelled`, for a batch that is ended hands over no unfinished text.
    public let ending: TextGenerator.Ending
  }

  /// Streams of one thread that advance together.
  public static let streamsPerThread = 64
  /// Steps between two looks at progress and cancellation.
  private static let sliceSteps = 64

  /// The network that writes, shared by all streams.
  public let model: CharacterModel
  /// How the characters of every text are drawn, and the strings that end one.
  public let sampling: SamplingParameters
  /// What the random numbers of every text begin from, together with its index.
  public let seed: UInt64
  /// Characters of each text; a model of bytes writes up to three more, to end a character of several bytes.
  public let length: Int

  /// What all texts have in common.
  /// - Precondition: `sampling` is valid, `length` is not negative.
  public init(model: CharacterModel, sampling: SamplingParameters, seed: UInt64, length: Int) {
    precondition(length >= 0, "texts of \(length) characters")
    self.model = model
    self.sampling = sampling
    self.seed = seed
    self.length = length
  }

  /// Writes `rounds` texts for each prompt: text i goes on from prompt i modulo `prompts.count`.
  ///
  /// - Parameters:
  ///   - prompts: ids that each text goes on from; an empty one begins as if a line had just ended.
  ///   - rounds: how often the list of prompts is gone through.
  ///   - threads: as many groups of streams advance at a time; the texts do not depend on it.
  ///   - streams: most streams of a thread.
  ///   - progress: told how many characters have been drawn in all; answers whether to go on.
  ///   - emit: takes the texts in ascending order of their index.
  /// - Returns: false where `progress` ended it.
  public func write(
    prompts: [[Int32]], rounds: Int = 1, threads: Int, streams: Int = streamsPerThread, progress: (Int) -> Bool,
    emit: (Text) throws -> Void
  ) rethrows -> Bool {
    let count = prompts.count * rounds
    let groupCount = max(1, min(threads, count))
    var next = 0
    var drawn = 0
    var waiting: [Int: Text] = [:]
    var nextText = 0
    let perGroup = max(1, min(streams, (count + groupCount - 1) / groupCount))
    let groups = (0..<groupCount).map { _ in StreamGroup(model: model, capacity: perGroup) }
    while true {
      for group in groups {
        for text in group.takeFinished() {
          drawn += text.characters
          waiting[text.index] = text
        }
      }
      while let text = waiting.removeValue(forKey: nextText) {
        try emit(text)
        nextText += 1
      }
      // one stream to each group in turn, so that the last texts are spread over all threads
      while next < count, let group = groups.filter(\.hasRoom).min(by: { $0.count < $1.count }) {
        let prompt = prompts[next % prompts.count]
        group.add(
          TextStream(
            index: next, prompt: prompt.isEmpty ? [model.firstContext] : prompt, length: length, sampling: sampling,
            model: model, seed: seed))
        next += 1
      }
      let active = groups.filter { $0.count > 0 }
      if active.isEmpty { return true }
      guard progress(drawn + active.reduce(0) { $0 + $1.drawn }) else { return false }
      parallel(parts: active.count, threads: threads) { active[$0].advance(steps: Self.sliceSteps) }
    }
  }
}

/// One text of a batch: all of it but the recurrent state, which is a lane of its group's.
struct TextStream {
  let index: Int
  let length: Int
  private(set) var drawn = 0
  private(set) var bytes: [UInt8] = []
  private(set) var ending: TextGenerator.Ending?
  /// The character to read next.
  private(set) var input: Int32

  private let prompt: [Int32]
  private var promptPosition = 0
  private var sampler: Sampler
  private var output: TextOutput
  private var generator: SeededGenerator

  init(
    index: Int, prompt: [Int32], length: Int, sampling: SamplingParameters, model: CharacterModel, seed: UInt64
  ) {
    self.index = index
    self.prompt = prompt
    self.length = length
    input = prompt[0]
    sampler = Sampler(
      sampling, vocabularySize: model.configuration.vocabularySize, excluding: model.vocabulary.unknownID,
      kernels: model.kernels)
    output = TextOutput(stop: sampling.stop)
    generator = SeededGenerator(seed: seed, stream: UInt64(index))
    if length == 0 { ending = .length }
  }

  /// Steps until the text is full: those of the prompt that are left, and those of the text.
  var stepsLeft: Int { ending == nil ? prompt.count - promptPosition + length - drawn - 1 : 0 }

  /// The network has read `input`: takes the next character of the prompt, or draws one.
  mutating func step(logits: [Float], vocabulary: Vocabulary) {
    guard ending == nil else { return }
    promptPosition += promptPosition < prompt.count ? 1 : 0
    if promptPosition < prompt.count {
      input = prompt[promptPosition]
      return
    }
    input = sampler.draw(logits, using: &generator)
    drawn += 1
    bytes += output.take(vocabulary.utf8Bytes(of: input))
    if let stop = output.stoppedBy {
      ending = .stop(stop)
    } else if !output.goesOn(after: drawn, of: length) {
      bytes += output.finish()
      ending = .length
    }
  }
}

/// The streams of one thread. A class, so that a thread can advance it in place; never shared by two.
private final class StreamGroup {
  private let model: CharacterModel
  private let capacity: Int
  private var streams: [TextStream] = []
  private var state: RecurrentState
  private var logits: Logits
  private var ids: [Int32] = []
  private var row: [Float]

  init(model: CharacterModel, capacity: Int) {
    self.model = model
    self.capacity = capacity
    state = RecurrentState(zeros: model.configuration, lanes: 0)
    logits = Logits(vocabularySize: model.configuration.vocabularySize, lanes: 0)
    row = [Float](repeating: 0, count: model.configuration.vocabularySize)
  }

  var count: Int { streams.count }
  var hasRoom: Bool { streams.count < capacity }
  var drawn: Int { streams.reduce(0) { $0 + $1.drawn } }

  func add(_ stream: TextStream) { streams.append(stream) }

  /// Removes the streams that are through; the lanes of the others move together.
  func takeFinished() -> [BatchGenerator.Text] {
    var finished: [BatchGenerator.Text] = []
    var kept: [TextStream] = []
    var lanes: [Int] = []
    for (lane, stream) in streams.enumerated() {
      if let ending = stream.ending {
        finished.append(
          .init(index: stream.index, bytes: stream.bytes, characters: stream.drawn, ending: ending))
      } else {
        kept.append(stream)
        lanes.append(lane)
      }
    }
    if finished.isEmpty { return [] }
    var next = RecurrentState(zeros: model.configuration, lanes: kept.count)
    for (lane, old) in lanes.enumerated() { next.copyLane(lane, from: state, lane: old) }
    state = next
    streams = kept
    return finished
  }

  /// Advances all streams by as many steps as the shortest has left, at most `steps`.
  func advance(steps: Int) {
    makeRoom()
    let count = max(1, min(steps, streams.map(\.stepsLeft).min() ?? 0))
    for _ in 0..<count {
      for lane in streams.indices { ids[lane] = streams[lane].input }
      model.advance(ids, state: &state, logits: &logits)
      for lane in streams.indices {
        logits.copy(lane: lane, into: &row)
        streams[lane].step(logits: row, vocabulary: model.vocabulary)
      }
    }
  }

  /// Gives streams that were added since the last slice a lane, at zero.
  private func makeRoom() {
    guard state.lanes != streams.count || logits.lanes != streams.count else { return }
    var next = RecurrentState(zeros: model.configuration, lanes: streams.count)
    for lane in 0..<min(state.lanes, streams.count) { next.copyLane(lane, from: state, lane: lane) }
    state = next
    logits = Logits(vocabularySize: model.configuration.vocabularySize, lanes: streams.count)
    ids = [Int32](repeating: 0, count: streams.count)
  }
}
