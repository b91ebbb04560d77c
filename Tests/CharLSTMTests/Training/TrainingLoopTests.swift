import Tensors
import Testing

@testable import CharLSTM

@Suite struct TrainingLoopTests {
  private func trainer(_ budget: TrainingBudget) throws -> Trainer {
    let text = Array(String(repeating: "the cat sat on the mat, and the dog ran off. ", count: 20).utf8)
    let corpus = try Corpus(CorpusText(bytes: text), unit: .character)
    var configuration = TrainingConfiguration()
    configuration.lanes = 4
    configuration.timeSteps = 8
    configuration.budget = budget
    configuration.learningRate = 0.01
    configuration.warmupSteps = 4
    configuration.schedule = .cosine
    return Trainer(
      model: ModelConfiguration(vocabularySize: corpus.vocabulary.count, embeddingSize: 0, hiddenSize: 16, layers: 1),
      configuration: configuration, vocabulary: corpus.vocabulary,
      batches: try LaneBatches(tokens: corpus.tokens, lanes: 4, timeSteps: 8), processor: Processor())
  }

  @Test func theRateFollowsTheBudget() throws {
    var loop = TrainingLoop(try trainer(.steps(20)), timing: .minibatches)
    var rates: [Double] = []
    while loop.share < 1 { rates.append(try loop.step().step.learningRate) }
    #expect(rates.count == 20 && loop.trainer.step == 20)
    for (step, rate) in rates.enumerated() {
      #expect(
        rate
          == LearningRateSchedule.cosine.rate(peak: 0.01, step: step, warmupSteps: 4, progress: Double(step) / 20))
    }
    #expect(rates[1] > rates[0] && rates[19] < rates[4])
  }

  @Test func whatTheClockCounts() throws {
    var minibatches = TrainingLoop(try trainer(.minutes(1)), timing: .minibatches)
    #expect(minibatches.share == 0 && minibatches.seconds == 0)
    let taken = try (0..<3).map { _ in try minibatches.step().seconds }.reduce(0, +)
    #expect(taken > 0 && abs(minibatches.seconds - taken) < 1e-9)
    #expect(minibatches.elapsedSeconds >= minibatches.seconds)
    // half of the minute was used by earlier runs
    let everything = TrainingLoop(try trainer(.minutes(1)), timing: .everything(secondsBefore: 30))
    #expect(everything.share >= 0.5 && everything.minibatchSeconds == 0)
  }
}
