import CharLSTM
import Tensors

/// Measures how fast a network with initial weights generates text, at temperature 0.8.
struct Sampling {
  let configuration: Configuration
  let precision: SamplingPrecision
  let threads: Int
  /// The number of texts that are generated side by side; 1 for a single stream.
  let texts: Int

  func measure(repetitions: Int, seconds: Double) throws -> Row {
    var generator = SeededGenerator(seed: 1)
    let model = CharacterModel(
      parameters: Parameters(configuration.model, generator: &generator), vocabulary: try configuration.vocabulary(),
      precision: precision)
    var rates: [Double] = []
    var peaks: [Double] = []
    var length = 100
    let trial = Machine.seconds { write(model, length: length) }
    length = max(20, Int(seconds / trial * Double(length)))
    for _ in 0..<repetitions {
      peaks.append(Machine.peak(threads: threads, precision: precision == .bfloat16 ? .bfloat16 : .float32))
      let elapsed = Machine.seconds { write(model, length: length) }
      rates.append(Double(texts * length) / elapsed)
    }
    return Row(
      kind: texts == 1 ? "stream" : texts == 64 ? "streams" : "texts", configuration, precision: precision.rawValue,
      threads: threads, rates: rates, flop: configuration.forwardFLOPPerCharacter, peaks: peaks)
  }

  private func write(_ model: CharacterModel, length: Int) {
    if texts == 1 {
      var stream = TextGenerator(model: model, sampling: SamplingParameters(), seed: 1, threads: threads)
      _ = stream.write(length: length) { _ in true }
    } else {
      let batch = BatchGenerator(model: model, sampling: SamplingParameters(), seed: 1, length: length)
      _ = batch.write(
        prompts: Array(repeating: [], count: texts), threads: threads, progress: { _ in true }, emit: { _ in })
    }
  }
}
