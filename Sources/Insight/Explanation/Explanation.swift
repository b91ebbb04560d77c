import CharLSTM

/// Uses the first characters of a text to show what training does: lanes, minibatches, targets, shapes and state.
///
/// The beginning of the text is cut as if it were a whole corpus, by the same `LaneBatches` that training uses. To find
/// the place of each character, the numbers 0, 1, 2, … are cut in the same way.
public struct Explanation: Sendable {
  /// A character and its place in the text.
  public struct Place: Sendable, Equatable {
    /// Counted from 0, at the beginning of the text.
    public let position: Int
    /// The id in the vocabulary of the explanation.
    public let id: Int32
  }

  /// The inputs and the targets of each lane.
  public struct Minibatch: Sendable, Equatable {
    /// `[B][T]`: what each lane reads.
    public let inputs: [[Place]]
    /// `[B][T]`: what the network has to predict after each input: the next character of the text.
    public let targets: [[Place]]
  }

  /// B, unless you choose it.
  public static let defaultLanes = 3
  /// T, unless you choose it.
  public static let defaultTimeSteps = 8
  /// The allowed values of B. Each lane has its own colour, and there are six colours.
  public static let laneRange = 1...6
  /// The allowed values of T. A line has room for 16 steps.
  public static let timeStepRange = 1...16

  /// The name of the text's file; nil for the built-in text.
  public let name: String?
  /// The vocabulary of the whole text, not only of the excerpt.
  public let vocabulary: Vocabulary
  /// N: the number of characters of the whole text.
  public let characters: Int
  /// The requested lanes and time steps. A short text is cut into fewer.
  public let requested: (lanes: Int, timeSteps: Int)
  /// The beginning of the text: B · T characters for each minibatch, and one more as the last target.
  public let excerpt: [Int32]
  /// The excerpt, cut into lanes as training cuts a corpus.
  public let batches: LaneBatches
  /// All minibatches of the excerpt, two or three.
  public let minibatches: [Minibatch]
  /// A network of the default sizes for this vocabulary.
  public let network: ModelConfiguration
  /// How training cuts the whole text by default; nil if the text is built in or too short.
  public let training: LaneBatches?

  /// B.
  public var lanes: Int { batches.lanes }
  /// T.
  public var timeSteps: Int { batches.timeSteps }
  /// V.
  public var vocabularySize: Int { vocabulary.count }

  /// Cuts the beginning of a corpus. If the text is too short, it is cut into fewer lanes or time steps.
  ///
  /// - Parameters:
  ///   - corpus: the whole text; only its beginning is cut.
  ///   - name: the name that the explanation calls the text by; nil for the built-in text.
  ///   - lanes: B, if the text is long enough.
  ///   - timeSteps: T, if the text is long enough.
  /// - Throws: `ExplanationError.tooShort`.
  /// - Precondition: `lanes` and `timeSteps` are in their ranges.
  public init(
    of corpus: Corpus, name: String?, lanes: Int = defaultLanes, timeSteps: Int = defaultTimeSteps
  ) throws(ExplanationError) {
    precondition(
      Self.laneRange.contains(lanes) && Self.timeStepRange.contains(timeSteps), "\(lanes) lanes of \(timeSteps) steps")
    characters = corpus.tokens.count
    guard let size = Self.fitting(characters: characters, lanes: lanes, timeSteps: timeSteps) else {
      throw .tooShort(characters: characters, needed: Self.fewestCharacters)
    }
    self.name = name
    vocabulary = corpus.vocabulary
    requested = (lanes, timeSteps)
    network = ModelConfiguration(vocabularySize: vocabulary.count)
    let part = corpus.tokens[0..<size.minibatches * size.lanes * size.timeSteps + 1]
    excerpt = (0..<part.count).map { part[$0] }
    let places = TokenSequence(excerpt.indices.map { Int32($0) }, vocabularySize: part.count)
    let cut: (batches: LaneBatches, places: LaneBatches)
    do {
      cut.batches = try LaneBatches(tokens: part, lanes: size.lanes, timeSteps: size.timeSteps)
      cut.places = try LaneBatches(tokens: places, lanes: size.lanes, timeSteps: size.timeSteps)
    } catch {
      switch error {
      case .tooShort(let characters, let needed): throw .tooShort(characters: characters, needed: needed)
      }
    }
    batches = cut.batches
    minibatches = (0..<batches.minibatchesPerEpoch).map { Minibatch($0, ids: cut.batches, places: cut.places) }
    training = name == nil ? nil : Self.defaultCut(of: corpus)
  }

  /// Enough for two minibatches of one lane and one time step: two inputs and the target of the second.
  public static let fewestCharacters = 3

  /// The lanes, time steps and minibatches that a text is long enough for. There are at least two minibatches. A short
  /// text gets fewer lanes first, as in training, but keeps two lanes and gives up time steps instead.
  private static func fitting(
    characters: Int, lanes: Int, timeSteps: Int
  ) -> (lanes: Int, timeSteps: Int, minibatches: Int)? {
    let predictions = characters - 1
    let shorter = max(min(lanes, 2), min(lanes, predictions / (2 * timeSteps)))
    for lanes in [shorter, 1] {
      let steps = min(timeSteps, predictions / (2 * lanes))
      // three minibatches of many steps would not fit on a line
      if steps > 0 { return (lanes, steps, min(steps <= 10 ? 3 : 2, predictions / (lanes * steps))) }
    }
    return nil
  }

  private static func defaultCut(of corpus: Corpus) -> LaneBatches? {
    let configuration = TrainingConfiguration()
    let part = corpus.split(validationFraction: configuration.validationFraction).training
    do {
      return try LaneBatches(tokens: part, lanes: configuration.lanes, timeSteps: configuration.timeSteps)
    } catch { return nil }
  }

  /// The beginning of a speech from Shakespeare's Hamlet, line by line.
  public static let monologue = """
    To be, or not to be: that is the question:
    Whether 'tis nobler in the mind to suffer
    The slings and arrows of outrageous fortune,
    Or to take arms against a sea of troubles,
    And by opposing end them?

    """
}

extension Explanation.Minibatch {
  /// - Parameters:
  ///   - ids: the text, cut into lanes.
  ///   - places: the places of its characters, cut in the same way.
  fileprivate init(_ index: Int, ids: LaneBatches, places: LaneBatches) {
    func filled(_ batches: LaneBatches) -> (inputs: [Int32], targets: [Int32]) {
      var inputs = [Int32](repeating: 0, count: batches.lanes * batches.timeSteps)
      var targets = inputs
      batches.fill(minibatch: index, inputs: &inputs, targets: &targets)
      return (inputs, targets)
    }
    let (ids, filledPlaces, lanes) = (filled(ids), filled(places), ids.lanes)
    func rows(_ ids: [Int32], _ places: [Int32]) -> [[Explanation.Place]] {
      (0..<lanes).map { lane in
        stride(from: lane, to: ids.count, by: lanes).map {
          Explanation.Place(position: Int(places[$0]), id: ids[$0])
        }
      }
    }
    inputs = rows(ids.inputs, filledPlaces.inputs)
    targets = rows(ids.targets, filledPlaces.targets)
  }
}

/// Why a text cannot serve as an example.
public enum ExplanationError: Error, Sendable, Equatable {
  /// Two minibatches of a single lane and time step need more characters.
  case tooShort(characters: Int, needed: Int)
}
