import Tensors

/// How fast a network trains, by a formula: good for choosing a network, and the same on every run, as no measurement is.
public struct TrainingSpeed: Sendable, Equatable {
  /// Threads that train, each on a core of its own.
  public let threads: Int
  /// The instruction set that they use.
  public let variant: KernelVariant
  /// What they compute products in.
  public let precision: TrainingPrecision

  /// A processor with so many cores to train on.
  public init(threads: Int, variant: KernelVariant, precision: TrainingPrecision) {
    self.threads = threads
    self.variant = variant
    self.precision = precision
  }

  /// Floating-point operations a second of one core of present processors. Those with AVX-512 are what `make benchmark`
  /// prints for an AMD EPYC (Zen 4); the others follow from the width of their registers.
  private var operationsPerSecondAndThread: Double {
    switch (variant, precision) {
    case (.avx512bf16, .bfloat16): 190e9
    case (.avx512bf16, .float32), (.avx512, .float32): 100e9
    case (.avx2, .float32): 60e9
    case (.neon, .float32): 40e9
    case (.scalar, .float32): 2e9
    // without instructions of its own bfloat16 takes twice the work
    case (.avx512, .bfloat16): 50e9
    case (.avx2, .bfloat16): 30e9
    case (.neon, .bfloat16): 20e9
    case (.scalar, .bfloat16): 1e9
    }
  }

  /// Characters a second: three products (forward, backward, weight gradients) of two operations for each weight that a
  /// character meets. The first layer's input is looked up and costs next to nothing.
  public func charactersPerSecond(_ model: ModelConfiguration) -> Double {
    let hidden = Double(model.hiddenSize)
    let layers = Double(model.layers)
    let weights = 4 * hidden * hidden * (2 * layers - 1) + hidden * Double(model.vocabularySize)
    return Double(threads) * operationsPerSecondAndThread / (6 * weights)
  }
}
