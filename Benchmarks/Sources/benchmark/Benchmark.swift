import ArgumentParser
import CharLSTM
import Foundation
import Tensors

/// Measures how fast networks train and generate text on this machine, compares this with the peak of the processor, and
/// prints Markdown tables.
@main
struct Benchmark: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "benchmark",
    abstract: "Measure training, sampling, tokenizing and startup, and compare them with the processor's peak.",
    discussion: "Every figure is the median of several repetitions, each with its own measurement of the peak.")

  enum Kind: String, ExpressibleByArgument, CaseIterable { case train, stream, streams, texts, tokenizing, first, grid }

  @Option(
    help: """
      Measure only this: \(Kind.allCases.map(\.rawValue).joined(separator: ", ")). The grid is measured only if you ask for it \
      here.
      """)
  var only: Kind?

  @Option(help: "Only this network: \(Configuration.all.map(\.name).joined(separator: ", ")).")
  var configuration: String?

  @Option(help: "Also write everything to this file.")
  var json: String?

  @Option(help: "The bard program, for measuring its startup time.")
  var bard = ".build/release/bard"

  @Option(help: "Repetitions of each measurement.")
  var repetitions = 5

  @Option(help: "Duration of one repetition, in seconds.")
  var seconds = 0.6

  @Option(help: "Number of threads.")
  var threads = Machine.cores

  private var networks: [Configuration] {
    Configuration.all.filter { configuration == nil || $0.name == configuration }
  }

  func validate() throws {
    guard repetitions > 0, seconds > 0, threads > 0 else { throw ValidationError("numbers must be above 0.") }
    guard !networks.isEmpty else { throw ValidationError("no network is named \(configuration ?? "").") }
  }

  func run() throws {
    var results = Results(
      processor: Machine.name, threads: threads, kernels: KernelVariant.best.rawValue, swift: Machine.swift,
      peakFloat32: median((0..<repetitions).map { _ in Machine.peak(threads: threads) }),
      peakBFloat16: median((0..<repetitions).map { _ in Machine.peak(threads: threads, precision: .bfloat16) }))
    print("\(results.processor), \(threads) threads, \(results.kernels) kernels, Swift \(results.swift).")
    print(
      "Multiply-adds in registers: \(rounded(results.peakFloat32, 0)) GFLOP/s in float32,"
        + " \(rounded(results.peakBFloat16, 0)) in bfloat16.")
    for kind in Kind.allCases where only == kind || (only == nil && kind != .grid) {
      try measure(kind, into: &results)
    }
    if let json {
      let encoder = JSONEncoder()
      encoder.outputFormatting = [.prettyPrinted, .sortedKeys]
      try encoder.encode(results).write(to: URL(fileURLWithPath: json))
    }
  }

  private func measure(_ kind: Kind, into results: inout Results) throws {
    switch kind {
    case .train:
      print("\nTraining, whole steps:\n\n\(Row.header)")
      for network in networks {
        for precision in TrainingPrecision.allCases { try add(train(network, precision, threads), to: &results) }
        if threads > 1 && network.name == "C" { try add(train(network, .float32, 1), to: &results) }
      }
    case .stream:
      print("\nGenerating one text (for int8, the share is of the float32 peak):\n\n\(Row.header)")
      try sample(texts: 1, [.int8, .float32], into: &results)
    case .streams:
      print("\nGenerating 64 texts side by side:\n\n\(Row.header)")
      try sample(texts: 64, [.int8, .float32], into: &results)
    case .texts:
      print("\nGenerating 256 texts side by side:\n\n\(Row.header)")
      try sample(texts: 256, [.float32, .bfloat16, .int8], into: &results)
    case .tokenizing:
      let tokenizing = try Tokenizing(threads: threads)
      print("\n| text | reading, counting and tokenizing, MB/s |\n|---|---|")
      for (name, rate) in tokenizing.rates {
        print("| \(name) | \(Int(rate)) |")
        results.tokenizing[name] = rate
      }
    case .first:
      guard FileManager.default.isExecutableFile(atPath: bard) else { return }
      let times = try FirstCharacter.measure(program: bard, repetitions: 15)
      results.firstCharacter = median(times)
      print(
        "\nFrom the start of the process to the first character, with the model that comes with bard: \(rounded(times.min() ?? 0, 1)) /"
          + " \(rounded(median(times), 1)) / \(rounded(times.max() ?? 0, 1)) ms (min / median / max).")
    case .grid: try Grid(threads: threads).run()
    }
  }

  private func add(_ row: Row, to results: inout Results) {
    print(row.line)
    fflush(nil)
    results.rows.append(row)
  }

  private func train(_ network: Configuration, _ precision: TrainingPrecision, _ threads: Int) throws -> Row {
    try Training(configuration: network, precision: precision, threads: threads)
      .measure(repetitions: repetitions, seconds: seconds)
  }

  private func sample(texts: Int, _ precisions: [SamplingPrecision], into results: inout Results) throws {
    // networks that differ only in T generate text at the same speed, so measure only one of them
    for network in networks where network.name.count == 1 {
      for precision in precisions {
        let sampling = Sampling(configuration: network, precision: precision, threads: threads, texts: texts)
        try add(sampling.measure(repetitions: repetitions, seconds: seconds / 2), to: &results)
      }
    }
  }
}
