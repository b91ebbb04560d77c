/// The precision in which a model reads and writes text.
///
/// The weights are converted once, when the model is made. States, sums and everything between two products stay in
/// float32. Each precision gives the same bits on every processor.
public enum SamplingPrecision: String, Sendable, CaseIterable {
  /// The weights as they were trained.
  case float32
  /// Products read weights and activations that are rounded to bfloat16. This is faster if the processor has
  /// AVX512_BF16. Only results below 1e-38 can differ between processors (`TrainingPrecision.bfloat16`).
  case bfloat16
  /// 8-bit weights with one scale per output, 15-bit activations. A single text is limited by memory bandwidth, and
  /// int8 reads a quarter as much as float32. The loss changes by less than 0.001 nats.
  case int8

  /// The default of programs that write text.
  public static let `default` = SamplingPrecision.int8
}
