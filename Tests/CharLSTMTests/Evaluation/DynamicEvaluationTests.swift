import TestSupport
import Testing

@testable import CharLSTM

@Suite struct DynamicEvaluationTests {
  private let sizes = ModelConfiguration(vocabularySize: 4, embeddingSize: 2, hiddenSize: 3, layers: 1)

  private var configuration: DynamicEvaluationConfiguration {
    var configuration = DynamicEvaluationConfiguration()
    configuration.timeSteps = 4
    configuration.statisticsLanes = 2
    configuration.statisticsMinibatches = 3
    configuration.learningRate = 0.05
    configuration.decay = 0.3
    configuration.epsilon = 0.2
    return configuration
  }

  /// The same by the formula, with gradients by finite differences of the naive network.
  private struct Naive {
    var network: NaiveNetwork
    let names: [String]

    init(_ parameters: Parameters) {
      network = NaiveNetwork(parameters)
      names = NamedTensor.all(of: parameters.layout.configuration).filter(\.isTrained).map(\.name)
    }

    var weights: [Double] { names.flatMap { network.tensors[$0] ?? [] } }

    mutating func set(_ weights: [Double]) {
      var rest = weights[...]
      for name in names {
        let count = network.tensors[name]?.count ?? 0
        network.tensors[name] = Array(rest.prefix(count))
        rest = rest.dropFirst(count)
      }
    }

    /// Mean loss of pieces, one a lane, and its gradient.
    mutating func gradient(_ pieces: [[Int32]], states: [NaiveNetwork.State]) -> [Double] {
      let start = weights
      let step = 1e-5
      let gradient = start.indices.map { index in
        let sides = [step, -step].map { change in
          var moved = start
          moved[index] += change
          set(moved)
          var total = 0.0
          for (piece, state) in zip(pieces, states) {
            var state = state
            total += network.losses(
              inputs: Array(piece.dropLast()), targets: Array(piece.dropFirst()), state: &state
            ).reduce(0, +)
          }
          return total / Double(pieces.reduce(0) { $0 + $1.count - 1 })
        }
        return (sides[0] - sides[1]) / (2 * step)
      }
      set(start)
      return gradient
    }
  }

  @Test func equalsTheFormulaWithFiniteDifferences() throws {
    let configuration = configuration
    let parameters = testParameters(sizes)
    var naive = Naive(parameters)
    let training = testIDs(27, vocabularySize: 4, seed: 3)
    let text = testIDs(15, vocabularySize: 4, seed: 4)

    // 26 predictions in two lanes of 13: three minibatches of 4
    var states = [naive.network.zeroState, naive.network.zeroState]
    var squares = [Double](repeating: 0, count: naive.weights.count)
    for minibatch in 0..<3 {
      let pieces = [0, 13].map { Array(training[$0 + 4 * minibatch...$0 + 4 * minibatch + 4]) }
      for (index, value) in naive.gradient(pieces, states: states).enumerated() { squares[index] += value * value / 3 }
      for lane in 0..<2 {
        _ = naive.network.losses(
          inputs: Array(pieces[lane].dropLast()), targets: Array(pieces[lane].dropFirst()), state: &states[lane])
      }
    }
    let mean = squares.reduce(0) { $0 + $1.squareRoot() } / Double(squares.count)
    let origin = naive.weights
    var state = naive.network.zeroState
    var total = 0.0
    // 14 predictions: 4, 4, 4 and 2
    for start in [0, 4, 8, 12] {
      let piece = Array(text[start...min(14, start + 4)])
      let before = state
      total += naive.network.losses(
        inputs: Array(piece.dropLast()), targets: Array(piece.dropFirst()), state: &state
      ).reduce(0, +)
      let gradient = naive.gradient([piece], states: [before])
      naive.set(
        naive.weights.indices.map { index in
          let size = squares[index].squareRoot() / mean
          let w = naive.weights[index]
          return w + min(1, configuration.decay * size) * (origin[index] - w)
            - configuration.learningRate / mean * gradient[index] / (size + configuration.epsilon)
        })
    }

    let results = try [1, 3].map { threads in
      try DynamicEvaluation(
        parameters: parameters, training: TokenSequence(training, vocabularySize: 4), configuration: configuration,
        processor: Processor(threads: threads)
      ).evaluate(TokenSequence(text, vocabularySize: 4))
    }
    let evaluation = try #require(results[0])
    #expect(evaluation.characters == 14)
    #expect(abs(evaluation.natsPerCharacter - total / 14) < 1e-5)
    #expect(results[1] == evaluation)
  }

  @Test func withoutStepsItIsTheStatefulEvaluation() throws {
    var configuration = configuration
    configuration.learningRate = 0
    let parameters = testParameters(sizes)
    let tokens = TokenSequence(testIDs(200, vocabularySize: 4), vocabularySize: 4)
    let dynamic = try DynamicEvaluation(
      parameters: parameters, training: tokens, configuration: configuration, processor: Processor())
    let found = try #require(dynamic.evaluate(tokens)).natsPerCharacter
    let model = CharacterModel(parameters: parameters, vocabulary: testVocabulary(4))
    let expected = try #require(Evaluation.stateful(model, tokens: tokens, lanes: 1, threads: 1)).natsPerCharacter
    #expect(abs(found - expected) < 1e-6)
  }

  @Test func textsTooShort() throws {
    let parameters = testParameters(sizes)
    let tokens = TokenSequence(testIDs(40, vocabularySize: 4), vocabularySize: 4)
    #expect(throws: LaneBatchesError.tooShort(characters: 4, needed: 5)) {
      try DynamicEvaluation(
        parameters: parameters, training: tokens[0..<4], configuration: configuration, processor: Processor())
    }
    let dynamic = try DynamicEvaluation(
      parameters: parameters, training: tokens, configuration: configuration, processor: Processor())
    #expect(dynamic.evaluate(tokens[0..<1]) == nil)
    #expect(dynamic.evaluate(tokens[0..<3])?.characters == 2)
  }
}
