import Tensors

/// Reads a text and gives the surprisal of each character after all characters before it: -ln p in nats.
///
/// These are the predictions that `Evaluation.stateful` scores with one lane, with the same arithmetic.
public struct SurprisalReader: Sendable {
  /// A character that the model considered at a position, and its probability there.
  public struct Candidate: Sendable, Equatable {
    /// The id of the character in the model's vocabulary.
    public let id: Int32
    /// The probability, 0 to 1, at temperature 1, among all V characters.
    public let probability: Float
  }

  /// The number of candidates that are shown for a position.
  public static let shownCandidates = 5

  /// The model whose predictions are scored.
  public let model: CharacterModel
  /// The likeliest characters at the last position, the likeliest first; equally likely ones are in order of their ids.
  /// It is empty at the beginning.
  public private(set) var likeliest: [Candidate] = []

  private let candidates: Int
  private let threads: Int
  private var state: RecurrentState
  private var logits: Logits
  private var losses = AlignedFloats(zeros: 1)
  private var probabilities: [Float]
  /// The last character, which is not part of the state yet.
  private var input: [Int32] = [0]
  private var target: [Int32] = [0]
  private var isAtBeginning = true
  private var scored = 0
  private var total = 0.0

  /// Starts before the first character, from a zero state.
  ///
  /// - Parameters:
  ///   - model: The model whose predictions are scored.
  ///   - candidates: The number of likeliest characters to keep for each position. 0 is the fastest.
  ///   - threads: The number of threads that share the steps of a large network. The result does not depend on it.
  public init(model: CharacterModel, candidates: Int = 0, threads: Int = 1) {
    self.model = model
    self.candidates = min(candidates, model.vocabulary.count)
    self.threads = threads
    state = RecurrentState(zeros: model.configuration)
    logits = Logits(vocabularySize: model.configuration.vocabularySize)
    probabilities = [Float](repeating: 0, count: model.configuration.vocabularySize)
    likeliest.reserveCapacity(self.candidates)
  }

  /// The loss over all characters scored so far; nil if there are none.
  public var evaluation: Evaluation? {
    scored > 0 ? Evaluation(characters: scored, natsPerCharacter: total / Double(scored)) : nil
  }

  /// Reads a character and scores it.
  ///
  /// - Returns: The surprisal in nats; nil for the first character, because nothing precedes it.
  /// - Complexity: One step of the model and at most O(V · candidates). Allocates nothing.
  public mutating func read(_ id: Int32) -> Double? {
    guard move(to: id) else { return nil }
    target[0] = id
    model.replaceLogitsWithProbabilities(&logits, targets: target, losses: &losses)
    let nats = Double(losses[0])
    scored += 1
    total += nats
    if candidates > 0 {
      logits.copy(lane: 0, into: &probabilities)
      choose()
    }
    return nats
  }

  /// Reads a character without scoring it.
  public mutating func skip(_ id: Int32) { _ = move(to: id) }

  /// Moves to the next character. The logits then predict the character `id`.
  /// - Returns: false if nothing precedes the character.
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
