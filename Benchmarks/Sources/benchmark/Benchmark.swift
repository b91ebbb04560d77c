import CharLSTM
import Tensors

/// Prints, as a Markdown table, how fast networks of several sizes train here, beside what the processor can do.
@main
struct Benchmark {
  /// B, T and V of every row; one layer, an embedding of 64.
  static let lanes = 64
  static let timeSteps = 128
  static let vocabularySize = 65
  static let repetitions = 5
  /// About as long as a repetition lasts.
  static let seconds = 1.5

  static func main() throws {
    let threads = Machine.cores
    let peaks = (0..<repetitions).map { _ in peak(threads: threads) }
    print("\(Machine.name), \(threads) threads, \(KernelVariant.best.rawValue) kernels")
    print("Multiply-adds in registers: \(rounded(median(peaks), 0)) GFLOP/s in float32.")
    print("B \(lanes), T \(timeSteps), one layer.\n")
    print("| hidden size | training characters/s (min / median / max) | GFLOP/s | of the peak |")
    print("|---|---|---|---|")
    for hiddenSize in [128, 256, 512, 1024] {
      let (rates, shares) = try train(hiddenSize: hiddenSize, threads: threads)
      let flop = flopPerCharacter(hiddenSize: hiddenSize)
      print(
        "| \(hiddenSize) | \(Int(rates.min() ?? 0)) / \(Int(median(rates))) / \(Int(rates.max() ?? 0)) |"
          + " \(rounded(median(rates) * flop / 1e9, 0)) | \(rounded(100 * median(shares), 1)) % |")
    }
    let tokenizing = try Tokenizing()
    print("\n| text | counting and tokenizing, MB/s |\n|---|---|")
    for (name, rate) in tokenizing.rates { print("| \(name) | \(Int(rate)) |") }
  }

  /// Characters/s of whole training steps, and their share of a peak measured beside each.
  static func train(hiddenSize: Int, threads: Int) throws -> (rates: [Double], shares: [Double]) {
    let minibatches = 4
    var generator = SeededGenerator(seed: 1)
    let ids = (0...lanes * timeSteps * minibatches).map { _ in Int32(generator.next() % UInt64(vocabularySize)) }
    var configuration = TrainingConfiguration()
    configuration.lanes = lanes
    configuration.timeSteps = timeSteps
    configuration.dropout = 0
    let vocabulary = try Vocabulary(unit: .byte, countingIn: (0..<UInt8(vocabularySize)).map { $0 })
    let trainer = Trainer(
      model: ModelConfiguration(vocabularySize: vocabularySize, embeddingSize: 64, hiddenSize: hiddenSize, layers: 1),
      configuration: configuration, vocabulary: vocabulary,
      batches: try LaneBatches(
        tokens: TokenSequence(ids, vocabularySize: vocabularySize), lanes: lanes, timeSteps: timeSteps),
      threads: threads)
    let steps = max(2, Int(seconds * 100e9 / (flopPerCharacter(hiddenSize: hiddenSize) * Double(lanes * timeSteps))))
    try trainer.step(learningRate: 0.001)
    var rates: [Double] = []
    var shares: [Double] = []
    for _ in 0..<repetitions {
      let peak = peak(threads: threads)
      let elapsed = try Machine.seconds { for _ in 0..<steps { try trainer.step(learningRate: 0.001) } }
      rates.append(Double(steps * lanes * timeSteps) / elapsed)
      shares.append(rates[rates.count - 1] * flopPerCharacter(hiddenSize: hiddenSize) / 1e9 / peak)
    }
    return (rates, shares)
  }

  /// Forward, backward and weight gradients of the recurrent matrix and of the softmax layer, two operations for each
  /// multiply-add. The table of the first layer is not counted: it is computed once a step, whatever the batch.
  static func flopPerCharacter(hiddenSize: Int) -> Double {
    6 * Double(4 * hiddenSize * hiddenSize + hiddenSize * vocabularySize)
  }

  /// GFLOP/s that the threads reach together.
  static func peak(threads: Int) -> Double {
    let kernels = Kernels()
    var flop = 0.0
    let elapsed = Machine.seconds {
      flop = parallelMap(parts: threads, threads: threads) { _ in kernels.peak(rounds: 6_000_000) }.reduce(0, +)
    }
    return flop / elapsed / 1e9
  }
}
