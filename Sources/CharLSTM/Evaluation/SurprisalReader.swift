import Tensors

/// Reads a text from its beginning and says how surprising each character is after all that precede it: -ln p in nats.
///
/// These are the predictions that `Evaluation.stateful` scores with one lane, in the same arithmetic.
public struct SurprisalReader: Sendable {
  /// A character that might have stood at a place, and its probability there.
  public struct Candidate: Sendable, Equatable {
    /// In the vocabulary of the model.
    public let id: Int32
    /// 0 to 1, at temperature 1, among all V characters.
    public let probability: Float
  }

  /// Candidates that are shown of a place.
  public static let shownCandidates = 5

  /// Whose predictions are scored.
  public let model: CharacterModel
  /// The likeliest characters at the place read last, the likeliest first, equally likely ones by id; none at the beginning.
  public private(set) var likeliest: [Candidate] = []

  private let candidates: Int
  private let threads: Int
  private var state: RecurrentState
  private var logits: Logits
  private var losses = AlignedFloats(zeros: 1)
  private var probabilities: [Float]
  /// The character read last, not yet taken into the state.
  private var input: [Int32] = [0]
  private var target: [Int32] = [0]
  private var isAtBeginning = true
  private var scored = 0
  private var total = 0.0

  /// Before the first character, from a zero state.
  ///
  /// - Parameters:
  ///   - model: whose predictions are scored.
  ///   - candidates: how many of the likeliest characters are told of each place; 0 takes least time.
  ///   - threads: that share the steps of a large network; the result does not depend on them.
  public init(model: CharacterModel, candidates: Int = 0, threads: Int = 1) {
    self.model = model
    self.candidates = min(candidates, model.vocabulary.count)
    self.threads = threads
    state = RecurrentState(zeros: model.configuration)
    logits = Logits(vocabularySize: model.configuration.vocabularySize)
    probabilities = [Float](repeating: 0, count: model.configuration.vocabularySize)
    likeliest.reserveCapacity(self.candidates)
  }

  /// Of all characters scored so far; nil where there is none.
  public var evaluation: Evaluation? {
    scored > 0 ? Evaluation(characters: scored, natsPerCharacter: total / Double(scored)) : nil
  }

  /// Reads a character.
  ///
  /// - Returns: its surprisal in nats; nil for the first one, which nothing precedes.
  /// - Complexity: a step of the model, O(V · candidates) at worst; allocates nothing.
  public mutating func read(_ id: Int32) -> Double? {
    guard move(to: id) else { return nil }
    target[0] = id
    model.crossEntropy(&logits, targets: target, losses: &losses)
    let nats = Double(losses[0])
    scored += 1
    total += nats
    if candidates > 0 {
      logits.copy(lane: 0, into: &probabilities)
      choose()
    }
    return nats
  }

  /// Reads a character that is not scored.
  public mutating func skip(_ id: Int32) { _ = move(to: id) }

  /// The logits then predict the character `id`.
  /// - Returns: false where nothing precedes it.
  private mutating func move(to id: Int32) -> Bool {
    let hasContext = !isAtBeginning
    if hasContext { model.advance(input, state: &state, logits: &logits, threads: threads) }
    input[0] = id
    isAtBeginning = false
    return hasContext
  }

  private mutating func choose() {
    likeliest.removeAll(keepingCapacity: true)
    for id in probabilities.indices {
      let probability = probabilities[id]
      if likeliest.count == candidates {
        guard probability > likeliest[candidates - 1].probability else { continue }
        likeliest.removeLast()
      }
      var place = likeliest.count
      while place > 0 && probability > likeliest[place - 1].probability { place -= 1 }
      likeliest.insert(Candidate(id: Int32(id), probability: probability), at: place)
    }
  }
}
