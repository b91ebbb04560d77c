import CharLSTM

/// What training does with a text, shown on its first characters: lanes, minibatches, targets, shapes, carried state.
///
/// The beginning of the text is cut as if it were a whole corpus, by the same `LaneBatches` that training uses; all places are
/// found by cutting the places 0, 1, 2, … in the same way.
public struct Explanation: Sendable {
  /// A character at a place of the text.
  public struct Place: Sendable, Equatable {
    /// Counted from 0, at the beginning of the text.
    public let position: Int
    /// In the vocabulary of the explanation.
    public let id: Int32
  }

  /// What the network reads and what it is asked, lane by lane.
  public struct Minibatch: Sendable, Equatable {
    /// `[B][T]`: what each lane reads.
    public let inputs: [[Place]]
    /// `[B][T]`: what is to be predicted after each input, the character behind it in the text.
    public let targets: [[Place]]
  }

  /// B where it is not told.
  public static let defaultLanes = 3
  /// T where it is not told.
  public static let defaultTimeSteps = 8
  /// What can be drawn side by side, each lane in a colour of its own.
  public static let laneRange = 1...6
  /// T that a line has room for.
  public static let timeStepRange = 1...16

  /// The file that the text is from; nil for the one that is built in.
  public let name: String?
  /// Of the whole text, not of the excerpt alone.
  public let vocabulary: Vocabulary
  /// N: characters of the whole text.
  public let characters: Int
  /// Lanes and time steps that were asked for; a short text has fewer.
  public let requested: (lanes: Int, timeSteps: Int)
  /// The beginning of the text, what is cut in lanes: B · T characters for each minibatch and one more.
  public let excerpt: [Int32]
  /// The excerpt, cut in lanes as training cuts a corpus.
  public let batches: LaneBatches
  /// Two or three, all that the excerpt is cut in.
  public let minibatches: [Minibatch]
  /// The network of the default sizes, for this vocabulary.
  public let network: ModelConfiguration
  /// How training cuts the whole text by default; nil where it is built in or too short.
  public let training: LaneBatches?

  /// B.
  public var lanes: Int { batches.lanes }
  /// T.
  public var timeSteps: Int { batches.timeSteps }
  /// V.
  public var vocabularySize: Int { vocabulary.count }

  /// Cuts the beginning of a corpus; a text too short for so many lanes and time steps is cut in fewer.
  ///
  /// - Parameters:
  ///   - corpus: the whole text, of which only the beginning is cut.
  ///   - name: of the text, for the words; nil for the built-in one.
  ///   - lanes: B, where the text is long enough.
  ///   - timeSteps: T, where the text is long enough.
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

  /// One lane of one time step, twice: what comes first has a successor, and that one has a target.
  public static let fewestCharacters = 3

  /// Lanes, time steps and minibatches for which a text is long enough: two minibatches at least, of fewer lanes where it is
  /// short, as in training, but of two rather than of many time steps.
  private static func fitting(
    characters: Int, lanes: Int, timeSteps: Int
  ) -> (lanes: Int, timeSteps: Int, minibatches: Int)? {
    let predictions = characters - 1
    let shorter = max(min(lanes, 2), min(lanes, predictions / (2 * timeSteps)))
    for lanes in [shorter, 1] {
      let steps = min(timeSteps, predictions / (2 * lanes))
      // a lane of three minibatches of many steps is longer than a line
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

  /// The beginning of a speech in Shakespeare's Hamlet, with its lines.
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
  ///   - ids: lanes of a text.
  ///   - places: the same lanes of the places of its characters.
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

/// Why nothing can be shown of a text.
public enum ExplanationError: Error, Sendable, Equatable {
  /// Even a single lane of one time step needs more for two minibatches.
  case tooShort(characters: Int, needed: Int)
}
