import Foundation
import TestSupport
import Testing

@testable import CharLSTM

@Suite struct TrainingCheckpointTests {
  private func checkpoint(
    _ rule: OptimizerConfiguration.Rule, averageDecay: Double = 0
  ) throws -> TrainingCheckpoint {
    let corpus = try Corpus(CorpusText(bytes: Array(String(repeating: "abcdefg", count: 30).utf8)), unit: .character)
    var configuration = TrainingConfiguration()
    configuration.optimizer = OptimizerConfiguration(rule: rule)
    configuration.averageDecay = averageDecay
    let trainer = Trainer(
      model: ModelConfiguration(vocabularySize: 7, embeddingSize: 3, hiddenSize: 18, layers: 2),
      configuration: configuration, vocabulary: corpus.vocabulary,
      batches: try LaneBatches(tokens: corpus.tokens, lanes: 3, timeSteps: 5), processor: Processor())
    for _ in 0..<4 { try trainer.step(learningRate: 0.01) }
    var summary = TrainingSummary(
      corpus: ["x"], corpusCharacters: 210, corpusDigest: "1", configuration: configuration)
    summary.step = 4
    summary.seconds = 2.5
    return TrainingCheckpoint(
      state: trainer.state, vocabulary: corpus.vocabulary, summary: summary, corpusPaths: ["some/x"], minimumCount: 2)
  }

  @Test(arguments: OptimizerConfiguration.Rule.allCases) func comesBackWhole(rule: OptimizerConfiguration.Rule) throws {
    let folder = try TemporaryFolder()
    let path = folder("m.training.safetensors")
    let written = try checkpoint(rule)
    try written.write(to: path)
    let read = try TrainingCheckpoint(path: path)
    #expect(read.state == written.state)
    #expect(read.summary == written.summary)
    #expect(read.corpusPaths == ["some/x"])
    #expect(read.minimumCount == 2)
    #expect(read.vocabulary == written.vocabulary)
    #expect(read.state.firstMoment.count == (rule == .rmsprop ? 0 : written.state.parameters.layout.count))
  }

  @Test func itsModelIsTheAverage() throws {
    let folder = try TemporaryFolder()
    let path = folder("m.training.safetensors")
    let written = try checkpoint(.adam, averageDecay: 0.9)
    try written.write(to: path)
    let model = try Checkpoint(path: path)
    #expect(model.parameters.values == written.state.average)
    #expect(written.state.average != written.state.parameters.values)
    #expect(try TrainingCheckpoint(path: path).state == written.state)
    // a model file has them under the weights' own names
    let name = folder("m.safetensors")
    try model.write(to: name)
    #expect(try Checkpoint(path: name).parameters == model.parameters)
  }

  @Test func aModelFileHasNoTrainingState() throws {
    let folder = try TemporaryFolder()
    let path = folder("m.safetensors")
    let written = try checkpoint(.adam)
    try Checkpoint(parameters: written.state.parameters, vocabulary: written.vocabulary, training: written.summary)
      .write(to: path)
    #expect(throws: CheckpointError.missingTrainingState(path: path)) { try TrainingCheckpoint(path: path) }
  }

  @Test func missingStateIsNamed() throws {
    let folder = try TemporaryFolder()
    let path = folder("m.training.safetensors")
    try checkpoint(.adam).write(to: path)
    var file = try SafeTensors(contentsOf: path)
    file.metadata["resumption"] = #"{"step":4,"lanes":9,"corpusPaths":[],"minimumCount":1}"#
    try file.write(to: path)
    #expect(
      throws: CheckpointError.unreadable(
        path: path, .shapeMismatch(tensor: "state.h_l0", expected: [9, 18], found: [3, 18]))
    ) { try TrainingCheckpoint(path: path) }
    for step in [-4, Int.max] {
      file.metadata["resumption"] = #"{"step":\#(step),"lanes":3,"corpusPaths":[],"minimumCount":1}"#
      try file.write(to: path)
      #expect(
        throws: CheckpointError.invalidMetadata(path: path, key: "resumption", reason: "step \(step), lanes 3")
      ) { try TrainingCheckpoint(path: path) }
    }
  }

  @Test func theHistoryComesBackAndMayBeMissing() throws {
    let folder = try TemporaryFolder()
    let path = folder("m.training.safetensors")
    var written = try checkpoint(.adam)
    written.history.addSteps(1...4)
    try written.write(to: path)
    #expect(try TrainingCheckpoint(path: path).history == TrainingHistory(steps: 1...4))
    // as an earlier version wrote it
    var file = try SafeTensors(contentsOf: path)
    file.metadata["history"] = nil
    try file.write(to: path)
    let old = try TrainingCheckpoint(path: path)
    #expect(old.history == TrainingHistory())
    #expect(old.state == written.state)
  }

  @Test func aHistoryOfAnotherRunIsRefused() throws {
    let folder = try TemporaryFolder()
    let path = folder("m.training.safetensors")
    var written = try checkpoint(.adam)
    written.history.addSteps(1...5)
    try written.write(to: path)
    #expect(
      throws: CheckpointError.invalidMetadata(
        path: path, key: "history", reason: "it ends at step 5, but the training state is from step 4")
    ) { try TrainingCheckpoint(path: path) }
    var file = try SafeTensors(contentsOf: path)
    file.metadata["history"] = "{}"
    try file.write(to: path)
    #expect(
      throws: CheckpointError.invalidMetadata(path: path, key: "history", reason: "\"intervals\" is missing")
    ) { try TrainingCheckpoint(path: path) }
  }
}
