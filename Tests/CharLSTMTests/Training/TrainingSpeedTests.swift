import Tensors
import Testing

@testable import CharLSTM

@Suite struct TrainingSpeedTests {
  /// Beside what the benchmark prints on the processor that the formula was made for, in characters a second on two cores.
  @Test(arguments: [
    (256, 1, TrainingPrecision.float32, 116_000.0), (512, 1, .float32, 30_700), (512, 1, .bfloat16, 53_900),
    (512, 2, .bfloat16, 20_600), (1024, 1, .float32, 7_700), (1024, 1, .bfloat16, 15_300),
  ])
  func theFormulaIsNearWhatWasMeasured(hidden: Int, layers: Int, precision: TrainingPrecision, measured: Double) {
    let model = ModelConfiguration(vocabularySize: 65, hiddenSize: hidden, layers: layers)
    let speed = TrainingSpeed(threads: 2, variant: .avx512bf16, precision: precision).charactersPerSecond(model)
    #expect(abs(speed / measured - 1) < 0.1)
  }

  @Test func twiceTheThreadsAreTwiceAsFast() {
    let model = ModelConfiguration(vocabularySize: 65)
    let speeds = [1, 2].map {
      TrainingSpeed(threads: $0, variant: .avx2, precision: .float32).charactersPerSecond(model)
    }
    #expect(speeds[1] == 2 * speeds[0])
  }
}
