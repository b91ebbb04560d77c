/// One measured figure, as it is written to the JSON file.
struct Row: Codable {
  /// train, stream (one text), streams (64 texts), or texts (256 texts).
  let kind: String
  let configuration: String
  let description: String
  let precision: String
  let threads: Int
  /// The median, minimum and maximum of the repetitions.
  let charactersPerSecond: Double
  let least: Double
  let most: Double
  /// Floating-point operations of the products, in 10⁹ per second.
  let gigaFLOPPerSecond: Double
  /// The share of the peak of multiply-adds in registers, in the same precision (float32 for int8). The peak is measured
  /// before each repetition.
  let shareOfPeak: Double

  init(
    kind: String, _ configuration: Configuration, precision: String, threads: Int, rates: [Double], flop: Double,
    peaks: [Double]
  ) {
    self.kind = kind
    self.configuration = configuration.name
    description = configuration.description
    self.precision = precision
    self.threads = threads
    charactersPerSecond = median(rates)
    least = rates.min() ?? 0
    most = rates.max() ?? 0
    gigaFLOPPerSecond = median(rates) * flop / 1e9
    shareOfPeak = median(zip(rates, peaks).map { $0 * flop / 1e9 / $1 })
  }

  static let header = """
    | | precision | threads | characters/s (min / median / max) | GFLOP/s | of the peak |
    |---|---|---|---|---|---|
    """

  var line: String {
    "| \(description) | \(precision) | \(threads) | \(Int(least)) / \(Int(charactersPerSecond)) / \(Int(most)) |"
      + " \(rounded(gigaFLOPPerSecond, 0)) | \(rounded(100 * shareOfPeak, 1)) % |"
  }
}

/// All results of one run of the program.
struct Results: Codable {
  let processor: String
  let threads: Int
  let kernels: String
  let swift: String
  /// GFLOP/s of multiply-adds in registers.
  let peakFloat32: Double
  let peakBFloat16: Double
  var rows: [Row] = []
  /// MB/s by script.
  var tokenizing: [String: Double] = [:]
  /// Milliseconds from the start of the process to the first character, with the model that comes with bard.
  var firstCharacter: Double?
}
