/// The numbers that a model reads and writes text with. Weights are converted once, when the model is made; states, sums and
/// everything between two products stay in float32, and each precision gives the same bits on every processor.
public enum SamplingPrecision: String, Sendable, CaseIterable {
  /// Weights as they were trained.
  case float32
  /// Weights and activations of products rounded to bfloat16: faster where the processor has AVX512_BF16.
  case bfloat16
  /// Weights of 8 bits with a scale for each output, activations of 15: a quarter of the memory to read, which is what the
  /// time for a single text goes into. The loss changes by less than a thousandth of a nat.
  case int8

  /// What programs that write text use unless told otherwise.
  public static let `default` = SamplingPrecision.int8
}
