import Foundation
import TestSupport
import Testing

@testable import CharLSTM

@Suite struct TrainingRunTests {
  private let text = Array(String(repeating: "she sells sea shells on the sea shore; ", count: 20).utf8)

  private struct Run {
    let run: TrainingRun
    let events: Events
  }

  private final class Events {
    var validations: [(loss: Double, isBest: Bool)] = []
    var samples: [String] = []
    var saved: [TrainingSnapshot] = []
    var shares: [Double] = []
    /// What it takes to show a sample.
    var sampleMicroseconds: UInt32 = 0
  }

  private func run(
    in folder: TemporaryFolder, budget: TrainingBudget, resuming stored: TrainingCheckpoint? = nil,
    validationFraction: Double = 0.2, log: TrainingLog? = nil, sampleEvery: Int = 0, learningRate: Double = 0.01,
    text other: [UInt8]? = nil, patience: Int = 5, clipNorm: Double = 1
  ) throws -> Run {
    let corpus = try Corpus(CorpusText(bytes: other ?? text), unit: .character)
    var configuration = TrainingConfiguration()
    configuration.lanes = 3
    configuration.timeSteps = 10
    configuration.learningRate = learningRate
    configuration.budget = budget
    configuration.patience = patience
    configuration.clipNorm = clipNorm
    configuration.validationFraction = validationFraction
    let (training, validation) = corpus.split(validationFraction: validationFraction)
    let trainer = Trainer(
      model: ModelConfiguration(vocabularySize: corpus.vocabulary.count, embeddingSize: 6, hiddenSize: 12, layers: 1),
      configuration: configuration, vocabulary: corpus.vocabulary,
      batches: try LaneBatches(tokens: training, lanes: 3, timeSteps: 10), processor: Processor(threads: 2))
    if let stored { trainer.state = stored.state }
    let events = Events()
    var options = TrainingRun.Options()
    options.sampleEvery = sampleEvery
    options.checkpointEvery = 1000
    let writer = CheckpointWriter(paths: CheckpointPaths(folder("m")), corpusPaths: ["t"], minimumCount: 1)
    let run = TrainingRun(
      trainer: trainer,
      summary: stored?.summary
        ?? TrainingSummary(
          corpus: ["t"], corpusCharacters: corpus.tokens.count, corpusDigest: corpus.digest,
          configuration: configuration),
      history: stored?.history ?? TrainingHistory(), options: options,
      actions: .init(
        validate: { Evaluation.stateful($0, tokens: validation, threads: 2)?.natsPerCharacter },
        sample: { model, seed in Self.sample(model, seed: seed) },
        report: { event in
          switch event {
          case .progress(let progress): events.shares.append(progress.share)
          case .best(let snapshot): try writer.writeBest(snapshot)
          case .validated(let loss, let isBest): events.validations.append((loss, isBest))
          case .sample(let text):
            events.samples.append(text)
            usleep(events.sampleMicroseconds)
          case .logged(let line): try log?.write(line)
          case .save(let snapshot):
            events.saved.append(snapshot)
            try writer.write(snapshot)
          }
        }))
    return Run(run: run, events: events)
  }

  private static func sample(_ model: CharacterModel, seed: UInt64) -> String {
    var generator = TextGenerator(model: model, sampling: SamplingParameters(), seed: seed)
    return generator.text(length: 30)
  }

  /// What is held out has nothing of what is trained on: its loss is lowest before anything is learnt.
  private let misleading = Array((String(repeating: "ab", count: 240) + String(repeating: "cadbdc", count: 20)).utf8)

  @Test(arguments: [1, 3]) func endsWhereValidationNoLongerImproves(patience: Int) throws {
    let folder = try TemporaryFolder()
    let run = try run(in: folder, budget: .epochs(40), learningRate: 0.02, text: misleading, patience: patience)
    #expect(try run.run.run(shouldStop: { false }) == .noImprovement)
    let losses = run.events.validations.map(\.loss)
    let best = try #require(losses.indices.min { losses[$0] < losses[$1] })
    // as many epochs later as the patience has, or a third of those before, which is a quarter of all
    #expect(losses.count == best + 1 + max(patience, (best + 1 + 2) / 3))
    #expect(run.run.summary.bestStep == (best + 1) * run.run.trainer.batches.minibatchesPerEpoch)
    #expect(try Checkpoint(path: folder("m.best.safetensors")).training?.validationLoss == losses[best])
    #expect(try TrainingCheckpoint(path: folder("m.training.safetensors")).state == run.run.trainer.state)
  }

  @Test func withoutPatienceOnlyTheBudgetEndsIt() throws {
    let folder = try TemporaryFolder()
    let run = try run(
      in: folder, budget: .epochs(12), learningRate: 0.02, text: misleading, patience: 0)
    #expect(try run.run.run(shouldStop: { false }) == .budgetUsed)
    #expect(run.events.validations.count == 12)
  }

  @Test func validatesEachEpochAndKeepsTheBest() throws {
    let folder = try TemporaryFolder()
    let run = try run(in: folder, budget: .epochs(4), learningRate: 0.05)
    #expect(run.run.trainer.batches.minibatchesPerEpoch == 20)
    #expect(try run.run.run(shouldStop: { false }) == .budgetUsed)
    #expect(run.run.trainer.step == 80)
    #expect(run.events.validations.count == 4)
    #expect(run.events.validations[0].isBest)
    let best = run.events.validations.map(\.loss).min()
    let file = try Checkpoint(path: folder("m.best.safetensors"))
    #expect(file.training?.bestValidationLoss == best)
    #expect(file.training?.validationLoss == best)
    let latest = try Checkpoint(path: folder("m.safetensors"))
    #expect(latest.training?.step == 80)
    #expect(latest.training?.epoch == 4)
    #expect(latest.training?.validationLoss == run.events.validations.last?.loss)
    #expect(run.events.shares.last == 1)
    // the best file's weights really have the loss that is written in it
    let corpus = try Corpus(CorpusText(bytes: text), unit: .character)
    let evaluation = Evaluation.stateful(
      file.model(), tokens: corpus.split(validationFraction: 0.2).validation, threads: 1)
    #expect(evaluation?.natsPerCharacter == best)
  }

  @Test func stoppingAndGoingOnEqualsNotStopping() throws {
    // a cosine over the whole budget: the learning rate depends on where the run stands
    let folder = try TemporaryFolder()
    let whole = try run(in: folder, budget: .steps(47))
    _ = try whole.run.run(shouldStop: { false })
    let stopped = try run(in: folder, budget: .steps(47))
    #expect(try stopped.run.run(shouldStop: { stopped.run.trainer.step >= 21 }) == .stopped)
    #expect(stopped.run.trainer.step == 21)
    let stored = try TrainingCheckpoint(path: folder("m.training.safetensors"))
    #expect(stored.state == stopped.run.trainer.state)
    #expect(stored.summary.step == 21)
    let resumed = try run(in: folder, budget: .steps(47), resuming: stored)
    #expect(try resumed.run.run(shouldStop: { false }) == .budgetUsed)
    #expect(resumed.run.trainer.state == whole.run.trainer.state)
    #expect(resumed.run.summary.bestValidationLoss == whole.run.summary.bestValidationLoss)
  }

  @Test func stoppingAtTheEndOfAnEpochLosesNoValidation() throws {
    let folder = try TemporaryFolder()
    let whole = try run(in: folder, budget: .steps(60))
    _ = try whole.run.run(shouldStop: { false })
    let stopped = try run(in: folder, budget: .steps(60))
    var calls = 0
    let ending = try stopped.run.run {
      calls += 1
      return stopped.run.trainer.step == 20
    }
    #expect(ending == .stopped && stopped.run.trainer.step == 20)
    #expect(calls == 20)
    let stored = try TrainingCheckpoint(path: folder("m.training.safetensors"))
    let resumed = try run(in: folder, budget: .steps(60), resuming: stored)
    _ = try resumed.run.run(shouldStop: { false })
    #expect(whole.run.history.validations.map(\.step) == [20, 40, 60])
    #expect(resumed.run.history.validations.map(\.loss) == whole.run.history.validations.map(\.loss))
    #expect(resumed.run.summary.bestStep == whole.run.summary.bestStep)
  }

  @Test func anyPatienceIsCounted() throws {
    let folder = try TemporaryFolder()
    let run = try run(in: folder, budget: .epochs(8), learningRate: 0.02, text: misleading, patience: .max)
    #expect(try run.run.run(shouldStop: { false }) == .budgetUsed)
    #expect(run.events.validations.count == 8)
  }

  @Test func theLogHasALineForEveryTenSteps() throws {
    let folder = try TemporaryFolder()
    let path = folder("log")
    let run = try run(in: folder, budget: .steps(33), log: try TrainingLog(path: path, append: false))
    _ = try run.run.run(shouldStop: { false })
    let lines = try String(contentsOfFile: path, encoding: .utf8).split(separator: "\n").map {
      try JSONDecoder().decode(TrainingLogLine.self, from: Data($0.utf8))
    }
    #expect(lines.map(\.step) == [10, 20, 30, 33])
    #expect(lines.map { $0.validationLoss != nil } == [false, true, false, true])
    #expect(lines[1].validationLoss == run.events.validations[0].loss)
    #expect(lines[1].epoch == 1)
    #expect(lines.allSatisfy { $0.trainingLoss > 0 && $0.gradientNorm > 0 && $0.charactersPerSecond > 0 })
    #expect(lines[3].learningRate < lines[1].learningRate)
  }

  @Test func withoutAValidationPartThereIsNoBest() throws {
    let folder = try TemporaryFolder()
    let path = folder("log")
    let run = try run(
      in: folder, budget: .steps(5), validationFraction: 0, log: try TrainingLog(path: path, append: false))
    _ = try run.run.run(shouldStop: { false })
    #expect(try TrainingLog.lines(of: path).map(\.step) == [5])
    #expect(run.events.validations.isEmpty)
    #expect(!FileManager.default.fileExists(atPath: folder("m.best.safetensors")))
    #expect(try Checkpoint(path: folder("m.safetensors")).training?.validationLoss == nil)
  }

  @Test func aBudgetThatEndsBesideAMinibatchIsValidatedToo() throws {
    let folder = try TemporaryFolder()
    let path = folder("log")
    // a tenth of a second, which is over when the sample of step 5 has been shown
    let run = try run(
      in: folder, budget: .minutes(0.1 / 60), log: try TrainingLog(path: path, append: false), sampleEvery: 5)
    run.events.sampleMicroseconds = 200_000
    #expect(try run.run.run(shouldStop: { false }) == .budgetUsed)
    #expect(run.events.validations.count == 1)
    #expect(run.run.summary.validationLoss == run.events.validations.first?.loss)
    let lines = try TrainingLog.lines(of: path)
    #expect(lines.last?.step == run.run.trainer.step && lines.last?.validationLoss != nil)
    #expect(run.run.history.samples.last?.step == run.run.trainer.step)
    #expect(try TrainingCheckpoint(path: folder("m.training.safetensors")).history == run.run.history)
  }

  @Test func theMeanLossSoonAfterAResumptionHasWhatCameBefore() throws {
    let folder = try TemporaryFolder()
    let stopped = try run(in: folder, budget: .steps(47))
    _ = try stopped.run.run(shouldStop: { stopped.run.trainer.step >= 44 })
    let stored = try TrainingCheckpoint(path: folder("m.training.safetensors"))
    let resumed = try run(in: folder, budget: .steps(47), resuming: stored)
    _ = try resumed.run.run(shouldStop: { false })
    let losses = resumed.run.history.intervals.map(\.loss)
    #expect(losses.count == 47)
    let loss = try #require(resumed.run.summary.trainingLoss)
    #expect(abs(loss - losses.reduce(0, +) / 47) < 1e-12)
  }

  @Test func samplesAreReproducible() throws {
    let (one, other) = (try TemporaryFolder(), try TemporaryFolder())
    let first = try run(in: one, budget: .steps(12), sampleEvery: 5)
    _ = try first.run.run(shouldStop: { false })
    let second = try run(in: other, budget: .steps(12), sampleEvery: 5)
    _ = try second.run.run(shouldStop: { false })
    #expect(first.events.samples.count == 2)
    #expect(first.events.samples.allSatisfy { $0.count == 30 })
    #expect(first.events.samples == second.events.samples)
  }

  // MARK: History

  @Test func theHistoryIsThatOfTheRun() throws {
    let folder = try TemporaryFolder()
    let log = folder("log")
    let run = try run(
      in: folder, budget: .steps(33), log: try TrainingLog(path: log, append: false), sampleEvery: 15)
    _ = try run.run.run(shouldStop: { false })
    let history = run.run.history
    #expect(history.intervals.map(\.lastStep) == Array(1...33))
    #expect(history.validations.map(\.step) == [20, 33])
    #expect(history.validations.map(\.loss) == run.events.validations.map(\.loss))
    #expect(history.samples.map(\.step) == [15, 30, 33])
    #expect(history.samples.dropLast().map(\.text) == run.events.samples)
    #expect(history.samples.last?.text == Self.sample(run.run.trainer.model, seed: 1 + 33))
    #expect(history.epoch == 1.65)
    // the log says the same of each ten steps
    for line in try TrainingLog.lines(of: log) {
      let steps = history.intervals.filter { $0.lastStep <= line.step && $0.lastStep > (line.step - 1) / 10 * 10 }
      #expect(abs(steps.reduce(0) { $0 + $1.loss } / Double(steps.count) - line.trainingLoss) < 1e-12)
      #expect(steps.last?.learningRate == line.learningRate)
      #expect(steps.last?.gradientNorm == line.gradientNorm)
      let seconds = steps.reduce(0) { $0 + $1.minibatchSeconds }
      #expect(abs(Double(steps.count * 30) / seconds / line.charactersPerSecond - 1) < 1e-9)
    }
    let stored = try TrainingCheckpoint(path: folder("m.training.safetensors"))
    #expect(stored.history == history)
  }

  @Test func theHistoryGoesOnWhereTheRunDoes() throws {
    let folder = try TemporaryFolder()
    let stopped = try run(in: folder, budget: .steps(47), sampleEvery: 10)
    _ = try stopped.run.run(shouldStop: { stopped.run.trainer.step >= 25 })
    let stored = try TrainingCheckpoint(path: folder("m.training.safetensors"))
    #expect(stored.history == stopped.run.history)
    let resumed = try run(in: folder, budget: .steps(47), resuming: stored, sampleEvery: 10)
    _ = try resumed.run.run(shouldStop: { false })
    let history = resumed.run.history
    #expect(history.intervals.map(\.lastStep) == Array(1...47))
    #expect(history.intervals.prefix(25) == stopped.run.history.intervals.prefix(25))
    #expect(history.intervals[25].seconds > history.intervals[24].seconds)
    #expect(history.validations.map(\.step) == [20, 40, 47])
    #expect(history.samples.map(\.step) == [10, 20, 25, 30, 40, 47])
  }

  /// A snapshot keeps what it was taken of, however the run goes on.
  @Test func snapshotsAreValues() throws {
    let folder = try TemporaryFolder()
    let run = try run(in: folder, budget: .epochs(2))
    _ = try run.run.run(shouldStop: { false })
    #expect(run.events.saved.map(\.state.step) == [20, 40])
    #expect(run.events.saved.map(\.share) == [0.5, 1])
    let (first, last) = (run.events.saved[0], run.events.saved[1])
    #expect(first.model == first.state.parameters && first.model != last.model)
    #expect(first.history.step == 20 && first.summary.step == 20)
    #expect(last.state == run.run.trainer.state)
  }

  @Test func anErrorOfTheCallerEndsTheRun() throws {
    struct Full: Error {}
    let corpus = try Corpus(CorpusText(bytes: text), unit: .character)
    var configuration = TrainingConfiguration()
    configuration.budget = .steps(30)
    let trainer = Trainer(
      model: ModelConfiguration(vocabularySize: corpus.vocabulary.count, embeddingSize: 0, hiddenSize: 4),
      configuration: configuration, vocabulary: corpus.vocabulary,
      batches: try LaneBatches(tokens: corpus.tokens, lanes: 3, timeSteps: 10), processor: Processor())
    let run = TrainingRun(
      trainer: trainer,
      summary: TrainingSummary(corpus: [], corpusCharacters: 0, corpusDigest: "", configuration: configuration),
      actions: .init(validate: { _ in nil }, sample: { _, _ in "" }) { if case .logged = $0 { throw Full() } })
    #expect(throws: Full.self) { try run.run(shouldStop: { false }) }
    #expect(trainer.step == 10)
  }

  @Test func aRunThatDivergesSaysSo() throws {
    let folder = try TemporaryFolder()
    let run = try run(in: folder, budget: .steps(400), learningRate: 1e30, clipNorm: 0)
    #expect(throws: TrainingError.self) { try run.run.run(shouldStop: { false }) }
  }

  @Test func recentMeansForget() {
    var mean = RecentMean(capacity: 3)
    #expect(mean.mean == 0)
    for value in [1.0, 2, 3, 7] { mean.add(value) }
    #expect(mean.mean == 4)
    mean.clear()
    mean.add(5)
    #expect(mean.mean == 5)
  }
}
