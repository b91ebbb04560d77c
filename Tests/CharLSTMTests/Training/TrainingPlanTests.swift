import Tensors
import Testing

@testable import CharLSTM

@Suite struct TrainingPlanTests {
  private func plan(
    _ characters: Int, minutes: Double? = nil, preset: TrainingPlan.Preset = .balanced, threads: Int = 2,
    variant: KernelVariant = .avx512bf16
  ) -> TrainingPlan {
    TrainingPlan(
      characters: characters, vocabularySize: 65, budget: minutes.map { .minutes($0) }, preset: preset,
      threads: threads, variant: variant)
  }

  @Test func moreTimeAndMoreCoresMakeALargerNetwork() {
    let sizes = [0.1, 0.5, 3, 15].map { plan(1_000_000, minutes: $0).model.hiddenSize }
    #expect(sizes == sizes.sorted() && Set(sizes).count == 4)
    #expect(plan(1_000_000, minutes: 3).model.hiddenSize == 768)
    #expect(plan(1_000_000, minutes: 3, threads: 8).model.hiddenSize > 768)
    #expect(plan(1_000_000, minutes: 3, variant: .avx2).model.hiddenSize < 768)
  }

  @Test func aShortTextMakesASmallNetworkWhateverTheTime() {
    for characters in [1_000, 30_000, 100_000, 1_000_000] {
      let model = plan(characters, minutes: 10_000).model
      #expect(model.hiddenSize == 64 || model.parameterCount <= 15 * characters)
    }
    #expect(plan(0).model.hiddenSize == 64)
  }

  @Test func whatIsReadOftenIsDroppedMore() {
    let often = plan(100_000, minutes: 10).configuration
    let seldom = plan(2_000_000, minutes: 3).configuration
    let once = plan(100_000_000, minutes: 3).configuration
    #expect(often.dropout > seldom.dropout && often.weightDropout > seldom.weightDropout)
    #expect(seldom.dropout > once.dropout)
    #expect((once.dropout, once.weightDropout) == (0, 0))
    for settings in [often, seldom, once] { #expect(throws: Never.self) { try settings.validate() } }
  }

  @Test func presetsDifferInTime() throws {
    let minutes = TrainingPlan.Preset.allCases.map { preset -> Double in
      guard case .minutes(let minutes) = plan(1_000_000, preset: preset).configuration.budget else { return 0 }
      return minutes
    }
    // 4 million characters at 26,000 a second; a third and ten times of it
    #expect(minutes == [1, 3, 30])
  }

  @Test func aShortTextIsReadSixtyTimesAndNoLongerThanALongOneWouldBe() {
    func minutes(_ characters: Int) -> Double {
      guard case .minutes(let minutes) = plan(characters).configuration.budget else { return 0 }
      return minutes
    }
    let long = minutes(1_000_000)
    // 4 million characters at 26,000 a second
    #expect(long == 3)
    #expect(minutes(300_000) == long)
    // 6 million characters in a network of 512 cells at 50,000 a second
    #expect(minutes(100_000) == 2)
    #expect((60..<90).contains(plan(100_000).epochs))
    #expect(minutes(1_000) == 0.5)
  }

  @Test func whatIsGivenCountsInWhatIsChosen() {
    func plan(
      _ budget: TrainingBudget, lanes: Int = 32, timeSteps: Int = 64, precision: TrainingPrecision? = nil
    ) -> TrainingPlan {
      TrainingPlan(
        characters: 1_000_000, vocabularySize: 65, lanes: lanes, timeSteps: timeSteps, precision: precision,
        budget: budget, threads: 2, variant: .avx512bf16)
    }
    // half as fast: 2.5 million characters are too few for 768 cells
    #expect(plan(.minutes(3)).model.hiddenSize == 768)
    #expect(plan(.minutes(3), precision: .float32).model.hiddenSize == 640)
    #expect(plan(.minutes(3), precision: .float32).configuration.precision == .float32)
    #expect(plan(.steps(2000)).epochs == 4.096)
    let wide = plan(.steps(2000), lanes: 128, timeSteps: 128)
    #expect(wide.epochs == 32.768)
    #expect((wide.configuration.lanes, wide.configuration.timeSteps) == (128, 128))
    #expect(wide.configuration.dropout > plan(.steps(2000)).configuration.dropout)
    // the lanes of a minibatch never meet: it has no more characters than the text
    #expect(plan(.steps(3), lanes: 4096, timeSteps: 4096).epochs == 3)
    for budget in [TrainingBudget.steps(.max), .epochs(.max), .minutes(1e300)] {
      #expect(plan(budget).model.hiddenSize == 1536)
      #expect(budget.share(step: 5, minibatchesPerEpoch: 1 << 40, seconds: 9) < 1e-17)
    }
  }

  @Test func givenBudgetsAndSizesStand() {
    let plan = TrainingPlan(
      characters: 10_000, vocabularySize: 30, hiddenSize: 77, layers: 2, budget: .epochs(4), threads: 1,
      variant: .scalar)
    #expect(plan.model.hiddenSize == 77 && plan.model.layers == 2)
    #expect(!plan.choosesSize)
    #expect(plan.configuration.budget == .epochs(4))
    #expect(plan.epochs == 4)
    #expect(plan.configuration.precision == .float32)
  }
}
