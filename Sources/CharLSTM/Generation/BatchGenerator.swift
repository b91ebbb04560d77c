import Tensors

/// Generates many texts at once. The streams of a thread advance together in one matrix product.
///
/// Text i depends only on its prompt, the seed and i. It has its own random numbers, and the sums for each stream are
/// computed separately. So it is the same for any number of threads and for any other texts in the batch.
public struct BatchGenerator: Sendable {
  /// A finished text.
  public struct Text: Sendable, Equatable {
    /// The index of the text, from 0. Its random numbers depend only on this index and the seed.
    public let index: Int
    /// The generated text, without the prompt. It is UTF-8, unless the model reads bytes.
    public let bytes: [UInt8]
    /// The number of characters drawn, including those of a stop string.
    public let characters: Int
    /// The reason why the text ended. It is never `cancelled`, because a cancelled batch does not return unfinished
    /// texts.
    public let ending: TextGenerator.Ending
  }

  /// The default number of streams that a thread advances together.
  public static let streamsPerThread = 64
  /// The number of steps between two calls of `progress`.
  private static let sliceSteps = 64

  /// The model, shared by all streams.
  public let model: CharacterModel
  /// How the next character is chosen, and the strings that end a text.
  public let sampling: SamplingParameters
  /// The seed. Together with the index of a text it determines the random numbers of that text.
  public let seed: UInt64
  /// The number of characters in each text. A model that reads bytes may write up to three more, to complete a character
  /// of several bytes.
  public let length: Int

  /// Makes a generator with the settings that all texts share.
  /// - Precondition: `sampling` is valid and `length` is not negative.
  public init(model: CharacterModel, sampling: SamplingParameters, seed: UInt64, length: Int) {
    precondition(length >= 0, "text length \(length) is negative")
    self.model = model
    self.sampling = sampling
    self.seed = seed
    self.length = length
  }

  /// Generates `rounds` texts for each prompt. Text i continues prompt i modulo `prompts.count`.
  ///
  /// - Parameters:
  ///   - prompts: The ids of each prompt. A text with an empty prompt starts as if a line had just ended.
  ///   - rounds: The number of times that the list of prompts is used.
  ///   - threads: The number of groups of streams that advance at the same time. The texts do not depend on it.
  ///   - streams: The maximum number of streams per thread.
  ///   - progress: Is called with the total number of characters drawn so far, and returns whether to continue.
  ///   - emit: Receives the texts in ascending order of their index.
  /// - Returns: false if `progress` stopped the batch.
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
      // give one stream to each group in turn, so that the last texts are spread over all threads
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

/// One text of a batch, without its recurrent state, which is a lane in the state of the group.
struct TextStream {
  let index: Int
  let length: Int
  private(set) var drawn = 0
  private(set) var bytes: [UInt8] = []
  private(set) var ending: TextGenerator.Ending?
  /// The character that the network reads next.
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

  /// The number of steps until the text is complete: those left in the prompt and those of the text.
  var stepsLeft: Int { ending == nil ? prompt.count - promptPosition - 1 + min(length - drawn, .max / 2) : 0 }

  /// Takes the next character of the prompt, or draws one, after the network has read `input`.
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
    } else if !output.continues(after: drawn, of: length) {
      bytes += output.finish()
      ending = .length
    }
  }
}

/// The streams of one thread. It is a class, so that a thread can advance it in place. Two threads never share one.
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

  /// Removes the finished streams, and moves the lanes of the others together.
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

  /// Advances all streams together until the first one ends, for at most `steps` steps.
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

  /// Gives each new stream a lane, with a zero state.
  private func makeRoom() {
    guard state.lanes != streams.count || logits.lanes != streams.count else { return }
    var next = RecurrentState(zeros: model.configuration, lanes: streams.count)
    for lane in 0..<min(state.lanes, streams.count) { next.copyLane(lane, from: state, lane: lane) }
    state = next
    logits = Logits(vocabularySize: model.configuration.vocabularySize, lanes: streams.count)
    ids = [Int32](repeating: 0, count: streams.count)
  }
}
