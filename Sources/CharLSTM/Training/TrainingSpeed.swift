import Tensors

/// An estimate of how fast a network trains, from a formula.
///
/// It is accurate enough to choose a network. Unlike a measurement, it is the same in every run.
public struct TrainingSpeed: Sendable, Equatable {
  /// The number of threads that train, each on a core of its own.
  public let threads: Int
  /// The instruction set that they use.
  public let variant: KernelVariant
  /// The precision of the products.
  public let precision: TrainingPrecision

  /// Makes an estimate for a processor that trains on `threads` cores.
  public init(threads: Int, variant: KernelVariant, precision: TrainingPrecision) {
    self.threads = threads
    self.variant = variant
    self.precision = precision
  }

  /// The floating-point operations per second of one core of a current processor. The numbers for AVX-512 are what
  /// `make benchmark` prints for an AMD EPYC (Zen 4). The others are estimated from the width of the registers.
  private var operationsPerSecondAndThread: Double {
    switch (variant, precision) {
    case (.avx512bf16, .bfloat16): 190e9
    case (.avx512bf16, .float32), (.avx512, .float32): 100e9
    case (.avx2, .float32): 60e9
    case (.neon, .float32): 40e9
    case (.scalar, .float32): 2e9
    // without bfloat16 instructions, a product in bfloat16 takes twice the work
    case (.avx512, .bfloat16): 50e9
    case (.avx2, .bfloat16): 30e9
    case (.neon, .bfloat16): 20e9
    case (.scalar, .bfloat16): 1e9
    }
  }

  /// Estimates the speed, in characters per second.
  ///
  /// A character takes part in three products with each weight: forward, backward, and weight gradient. Each
  /// product has two operations. The first layer looks up its input products, which takes almost no time.
  public func charactersPerSecond(_ model: ModelConfiguration) -> Double {
    let hidden = Double(model.hiddenSize)
    let layers = Double(model.layers)
    let weights = 4 * hidden * hidden * (2 * layers - 1) + hidden * Double(model.vocabularySize)
    return Double(threads) * operationsPerSecondAndThread / (6 * weights)
  }
}
