/// The precision of the products in the LSTM layers during training.
public enum TrainingPrecision: String, Sendable, Codable, CaseIterable {
  /// Everything is in float32.
  case float32
  /// The operands of products are rounded to bfloat16. Everything else stays in float32: sums, states, weight
  /// gradients, the weights that the optimizer updates, the first layer's table and the softmax layer.
  ///
  /// It is up to twice as fast if the processor has AVX512_BF16. Other processors give the same bits, but take longer
  /// than with float32. There is one exception: AVX512_BF16 replaces results below 1e-38 by zero.
  case bfloat16
}
