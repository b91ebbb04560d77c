import Tensors
import TestSupport
import Testing

@testable import CharLSTM

@Suite struct BackpropagationThroughTimeTests {
  private func backpropagation(
    _ parameters: Parameters, lanes: Int, timeSteps: Int, dropout: Float = 0,
    precision: TrainingPrecision = .float32, objective: TrainingObjective = .every, kernels: Kernels = Kernels(),
    threads: Int = 1
  ) -> BackpropagationThroughTime {
    let result = BackpropagationThroughTime(
      parameters: parameters.layout, shape: MinibatchShape(lanes: lanes, timeSteps: timeSteps),
      dropout: Dropout(rate: dropout, seed: 5), precision: precision, objective: objective,
      processor: Processor(threads: threads, kernels: kernels))
    result.parametersDidChange(parameters.values)
    return result
  }

  /// Every element of every tensor against central differences of the naive network's loss.
  @Test(
    arguments: [(5, 3, 4, 1), (4, 0, 5, 1), (6, 3, 17, 2), (5, 0, 3, 3)], TrainingObjective.allCases)
  func gradientsEqualFiniteDifferences(
    sizes: (v: Int, d: Int, h: Int, layers: Int), objective: TrainingObjective
  ) {
    let (v, d, h, layers) = sizes
    let configuration = ModelConfiguration(vocabularySize: v, embeddingSize: d, hiddenSize: h, layers: layers)
    let parameters = testParameters(configuration)
    let (lanes, steps) = (2, 4)
    let ids = testIDs(lanes * (steps + 1), vocabularySize: v)
    let inputs = Array(ids[..<(lanes * steps)])
    let targets = Array(ids[lanes...])
    var gradients = Parameters(zeros: parameters.layout)
    let ours = backpropagation(parameters, lanes: lanes, timeSteps: steps, objective: objective)
    var loss = 0.0
    // twice: the second must not find anything of the first
    for step in 0..<2 {
      ours.resetCarriedState(lanes: 0..<lanes)
      loss = ours.run(
        .init(inputs: inputs, targets: targets), step: step, parameters: parameters.values, gradients: &gradients.values
      )
    }

    var naive = NaiveNetwork(parameters)
    func naiveLoss() -> Double {
      var total = 0.0
      for lane in 0..<lanes {
        var state = naive.zeroState
        let positions = stride(from: lane, to: inputs.count, by: lanes)
        let losses = naive.losses(
          inputs: positions.map { inputs[$0] }, targets: positions.map { targets[$0] }, state: &state)
        total += losses.suffix(objective == .last ? 1 : steps).reduce(0, +)
      }
      return total / Double(lanes * (objective == .last ? 1 : steps))
    }
    #expect(abs(loss - naiveLoss()) < 1e-6)
    for tensor in NamedTensor.all(of: configuration) where tensor.isTrained {
      let ours = gradients[tensor]
      // a sample of large tensors, all of small ones
      for index in stride(from: 0, to: tensor.count, by: max(1, tensor.count / 150)) {
        let value = naive.tensors[tensor.name, default: []][index]
        let step = 1e-5
        naive.tensors[tensor.name, default: []][index] = value + step
        let above = naiveLoss()
        naive.tensors[tensor.name, default: []][index] = value - step
        let below = naiveLoss()
        naive.tensors[tensor.name, default: []][index] = value
        let expected = (above - below) / (2 * step)
        #expect(abs(Double(ours[index]) - expected) < 2e-6 + 1e-4 * abs(expected), "\(tensor.name)[\(index)]")
      }
    }
  }

  @Test func twoShortMinibatchesPredictLikeOneLong() {
    let configuration = ModelConfiguration(vocabularySize: 6, embeddingSize: 4, hiddenSize: 20, layers: 2)
    let parameters = testParameters(configuration)
    let lanes = 3
    let ids = testIDs(lanes * 51, vocabularySize: 6)
    var gradients = AlignedFloats(zeros: parameters.layout.count)
    func part(_ range: Range<Int>) -> [Int32] { Array(ids[range.lowerBound * lanes..<range.upperBound * lanes]) }
    let long = backpropagation(parameters, lanes: lanes, timeSteps: 50)
    let whole = long.run(
      .init(inputs: part(0..<50), targets: part(1..<51)), step: 0, parameters: parameters.values, gradients: &gradients)
    let short = backpropagation(parameters, lanes: lanes, timeSteps: 25)
    let first = short.run(
      .init(inputs: part(0..<25), targets: part(1..<26)), step: 0, parameters: parameters.values, gradients: &gradients)
    let second = short.run(
      .init(inputs: part(25..<50), targets: part(26..<51)), step: 1, parameters: parameters.values,
      gradients: &gradients)
    #expect(abs((first + second) / 2 - whole) < 1e-6)
    #expect(short.carriedState == long.carriedState)
    // without the carried state the second half is another text
    short.resetCarriedState(lanes: 0..<lanes)
    let cold = short.run(
      .init(inputs: part(25..<50), targets: part(26..<51)), step: 1, parameters: parameters.values,
      gradients: &gradients)
    #expect(abs(cold - second) > 1e-4)
  }

  /// The gradients of a minibatch depend on the state it begins with, but not on how that state came about.
  @Test func gradientsDoNotCrossMinibatches() {
    let configuration = ModelConfiguration(vocabularySize: 6, embeddingSize: 4, hiddenSize: 12, layers: 2)
    let parameters = testParameters(configuration)
    let ids = testIDs(2 * 21, vocabularySize: 6)
    func part(_ range: Range<Int>) -> [Int32] { Array(ids[range.lowerBound * 2..<range.upperBound * 2]) }
    var gradients = AlignedFloats(zeros: parameters.layout.count)
    let running = backpropagation(parameters, lanes: 2, timeSteps: 10)
    _ = running.run(
      .init(inputs: part(0..<10), targets: part(1..<11)), step: 0, parameters: parameters.values, gradients: &gradients)
    let carried = running.carriedState
    _ = running.run(
      .init(inputs: part(10..<20), targets: part(11..<21)), step: 1, parameters: parameters.values,
      gradients: &gradients)
    let afterBoth = gradients
    let fresh = backpropagation(parameters, lanes: 2, timeSteps: 10)
    fresh.carriedState = carried
    _ = fresh.run(
      .init(inputs: part(10..<20), targets: part(11..<21)), step: 1, parameters: parameters.values,
      gradients: &gradients)
    #expect(gradients == afterBoth)

    // and they equal finite differences of the second minibatch alone, its first state held fixed
    var naive = NaiveNetwork(parameters)
    let name = "lstm.weight_hh_l0"
    func secondLoss() -> Double {
      (0..<2).reduce(0.0) { total, lane in
        var state = NaiveNetwork.State(
          h: (0..<2).map { carried.hidden(layer: $0, lane: lane).map(Double.init) },
          c: (0..<2).map { carried.cell(layer: $0, lane: lane).map(Double.init) })
        let positions = stride(from: lane, to: 20, by: 2)
        return total
          + naive.losses(
            inputs: positions.map { part(10..<20)[$0] }, targets: positions.map { part(11..<21)[$0] }, state: &state
          ).reduce(0, +)
      } / 20
    }
    var view = Parameters(zeros: parameters.layout)
    view.values = afterBoth
    let tensor = NamedTensor.all(of: configuration).first { $0.name == name }
    let ours = tensor.map { view[$0] } ?? []
    for index in [0, 50, 333] {
      let value = naive.tensors[name, default: []][index]
      naive.tensors[name, default: []][index] = value + 1e-5
      let above = secondLoss()
      naive.tensors[name, default: []][index] = value - 1e-5
      let below = secondLoss()
      naive.tensors[name, default: []][index] = value
      #expect(abs(Double(ours[index]) - (above - below) / 2e-5) < 3e-6)
    }
  }

  @Test func dropoutMasksAreTheSameForwardAndBack() {
    let configuration = ModelConfiguration(vocabularySize: 5, embeddingSize: 3, hiddenSize: 6, layers: 2)
    var parameters = testParameters(configuration)
    let inputs = testIDs(6, vocabularySize: 5)
    let targets = testIDs(6, vocabularySize: 5, seed: 2)
    var gradients = Parameters(zeros: parameters.layout)
    func loss(_ parameters: Parameters) -> Double {
      var ignored = AlignedFloats(zeros: parameters.layout.count)
      return backpropagation(parameters, lanes: 2, timeSteps: 3, dropout: 0.4).run(
        .init(inputs: inputs, targets: targets), step: 9, parameters: parameters.values, gradients: &ignored)
    }
    _ = backpropagation(parameters, lanes: 2, timeSteps: 3, dropout: 0.4).run(
      .init(inputs: inputs, targets: targets), step: 9, parameters: parameters.values, gradients: &gradients.values)
    // single precision allows no small step: a coarse one, and a tolerance to match
    for tensor in NamedTensor.all(of: configuration) where tensor.isTrained {
      let ours = gradients[tensor]
      let values = parameters[tensor]
      for index in stride(from: 0, to: tensor.count, by: max(1, tensor.count / 5)) {
        var changed = values
        changed[index] += 0.01
        parameters[tensor] = changed
        let above = loss(parameters)
        changed[index] -= 0.02
        parameters[tensor] = changed
        let below = loss(parameters)
        parameters[tensor] = values
        #expect(abs(Double(ours[index]) - (above - below) / 0.02) < 3e-4, "\(tensor.name)[\(index)]")
      }
    }
    #expect(loss(parameters) == loss(parameters))
  }

  @Test func dropoutDiffersFromStepToStep() {
    let configuration = ModelConfiguration(vocabularySize: 5, embeddingSize: 3, hiddenSize: 6, layers: 1)
    let parameters = testParameters(configuration)
    let ids = testIDs(6, vocabularySize: 5)
    var gradients = AlignedFloats(zeros: parameters.layout.count)
    let losses = (0..<3).map { step in
      backpropagation(parameters, lanes: 2, timeSteps: 3, dropout: 0.4).run(
        .init(inputs: ids, targets: ids), step: step, parameters: parameters.values, gradients: &gradients)
    }
    #expect(Set(losses).count == 3)
  }

  @Test(arguments: TrainingPrecision.allCases) func variantsAndThreadsGiveTheSameBits(precision: TrainingPrecision) {
    let configuration = ModelConfiguration(vocabularySize: 20, embeddingSize: 6, hiddenSize: 37, layers: 2)
    let parameters = testParameters(configuration)
    let inputs = testIDs(7 * 5, vocabularySize: 20)
    let targets = testIDs(7 * 5, vocabularySize: 20, seed: 2)
    func run(_ variant: KernelVariant, threads: Int) -> AlignedFloats {
      var gradients = AlignedFloats(zeros: parameters.layout.count)
      _ = backpropagation(
        parameters, lanes: 7, timeSteps: 5, dropout: 0.2, precision: precision, kernels: Kernels(variant: variant),
        threads: threads
      ).run(
        .init(inputs: inputs, targets: targets), step: 3, parameters: parameters.values, gradients: &gradients)
      return gradients
    }
    let expected = run(.scalar, threads: 1)
    for variant in KernelVariant.allCases where variant.isAvailable {
      for threads in [1, 2, 3, 7, 11] { #expect(run(variant, threads: threads) == expected, "\(variant), \(threads)") }
    }
  }

  /// Fewer lanes than threads: all share the columns of every step.
  @Test(arguments: TrainingPrecision.allCases) func sharedColumnsGiveTheSameBits(precision: TrainingPrecision) {
    let configuration = ModelConfiguration(vocabularySize: 9, embeddingSize: 4, hiddenSize: 300, layers: 2)
    let parameters = testParameters(configuration)
    for lanes in [1, 2, 3] {
      let inputs = testIDs(lanes * 4, vocabularySize: 9)
      let targets = testIDs(lanes * 4, vocabularySize: 9, seed: 2)
      func run(threads: Int) -> (loss: Double, gradients: AlignedFloats, state: RecurrentState) {
        var gradients = AlignedFloats(zeros: parameters.layout.count)
        let pass = backpropagation(
          parameters, lanes: lanes, timeSteps: 4, dropout: 0.2, precision: precision, threads: threads)
        let loss = pass.run(
          .init(inputs: inputs, targets: targets), step: 3, parameters: parameters.values, gradients: &gradients)
        return (loss, gradients, pass.carriedState)
      }
      let expected = run(threads: 1)
      for threads in [2, 4, 6, 40] {
        let found = run(threads: threads)
        #expect(found.loss == expected.loss, "\(lanes) lanes on \(threads) threads")
        #expect(found.gradients == expected.gradients, "\(lanes) lanes on \(threads) threads")
        #expect(found.state == expected.state)
      }
    }
  }

  /// bfloat16 has 8 significant bits: gradients are off by some thousandths, and by no more.
  @Test(arguments: [0, 0.3] as [Float]) func bfloat16GradientsAreCloseToThoseOfFloat32(dropout: Float) {
    let configuration = ModelConfiguration(vocabularySize: 11, embeddingSize: 6, hiddenSize: 70, layers: 3)
    let parameters = testParameters(configuration)
    let inputs = testIDs(5 * 12, vocabularySize: 11)
    let targets = testIDs(5 * 12, vocabularySize: 11, seed: 2)
    func run(_ precision: TrainingPrecision) -> (loss: Double, gradients: Parameters) {
      var gradients = Parameters(zeros: parameters.layout)
      let loss = backpropagation(parameters, lanes: 5, timeSteps: 12, dropout: dropout, precision: precision).run(
        .init(inputs: inputs, targets: targets), step: 0, parameters: parameters.values, gradients: &gradients.values)
      return (loss, gradients)
    }
    let (exact, rounded) = (run(.float32), run(.bfloat16))
    #expect(abs(exact.loss - rounded.loss) < 1e-3 * exact.loss)
    #expect(exact.loss != rounded.loss)
    for tensor in NamedTensor.all(of: configuration) where tensor.isTrained {
      let (a, b) = (exact.gradients[tensor], rounded.gradients[tensor])
      let norm = a.reduce(0) { $0 + Double($1 * $1) }.squareRoot()
      let distance = zip(a, b).reduce(0) { $0 + Double(($1.0 - $1.1) * ($1.0 - $1.1)) }.squareRoot()
      #expect(distance < 0.02 * norm, "\(tensor.name)")
      #expect(norm > 0)
    }
  }
}
