import CharLSTM
import Tensors

/// Measures whole training steps: table, forward pass, backward pass, weight gradients, softmax, clipping and Adam.
struct Training {
  let configuration: Configuration
  let precision: TrainingPrecision
  let threads: Int

  func measure(repetitions: Int, seconds: Double) throws -> Row {
    let trainer = try makeTrainer()
    var rates: [Double] = []
    var peaks: [Double] = []
    var steps = 1
    // the first step allocates memory, so if steps are short, the second one is used to estimate how many fit into a
    // repetition
    var last = try Machine.seconds { try trainer.step(learningRate: 0.001) }
    if last < 2 * seconds { last = try Machine.seconds { try trainer.step(learningRate: 0.001) } }
    steps = max(1, Int(seconds / last))
    for _ in 0..<repetitions {
      peaks.append(Machine.peak(threads: threads, precision: precision == .bfloat16 ? .bfloat16 : .float32))
      let elapsed = try Machine.seconds { for _ in 0..<steps { try trainer.step(learningRate: 0.001) } }
      rates.append(Double(steps * configuration.lanes * configuration.timeSteps) / elapsed)
    }
    return Row(
      kind: "train", configuration, precision: precision.rawValue, threads: threads, rates: rates,
      flop: configuration.trainingFLOPPerCharacter, peaks: peaks)
  }

  private func makeTrainer() throws -> Trainer {
    let minibatches = 4
    var generator = SeededGenerator(seed: 1)
    let ids = (0...configuration.lanes * configuration.timeSteps * minibatches).map { _ in
      Int32(generator.next() % UInt64(configuration.vocabularySize))
    }
    var training = TrainingConfiguration()
    training.lanes = configuration.lanes
    training.timeSteps = configuration.timeSteps
    training.dropout = 0
    training.precision = precision
    return Trainer(
      model: configuration.model, configuration: training, vocabulary: try configuration.vocabulary(),
      batches: try LaneBatches(
        tokens: TokenSequence(ids, vocabularySize: configuration.vocabularySize), lanes: configuration.lanes,
        timeSteps: configuration.timeSteps),
      processor: Processor(threads: threads))
  }
}
