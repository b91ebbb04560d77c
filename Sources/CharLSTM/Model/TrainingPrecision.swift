/// What the LSTM layers' products are computed in.
public enum TrainingPrecision: String, Sendable, Codable, CaseIterable {
  /// Nothing is rounded beyond float32.
  case float32
  /// Operands rounded to bfloat16; sums, states, gradients and the weights that the optimizer changes stay float32, and so do
  /// the first layer's table and the softmax layer. Twice as fast where the processor has AVX512_BF16; elsewhere it gives the
  /// same bits (but for results below 1e-38, which AVX512_BF16 takes for zero), but takes longer than float32.
  case bfloat16
}
