import Testing

@testable import CharLSTM
@testable import Insight
@testable import Pages

@Suite struct ConfigurationRowsTests {
  private func text(_ rows: [ConfigurationRows.Row]) -> [String] { rows.map { "\($0.name)|\($0.value)" } }

  @Test func aNetworkInWords() {
    let model = ModelConfiguration(vocabularySize: 4, embeddingSize: 0, hiddenSize: 1, layers: 2)
    let vocabulary = Vocabulary(
      unit: .character, entries: [Array("a".utf8), Array("\n".utf8), Array("é".utf8)], hasUnknown: true)
    #expect(
      text(ConfigurationRows.network(model, vocabulary: vocabulary)) == [
        "layers|2 x 1 cell", "input|one-hot, no embedding",
        "vocabulary|4 characters, one of them the unknown symbol", #"most frequent|a "\n" é"#, "parameters|44",
      ])
  }

  @Test func settingsInWords() {
    var settings = TrainingConfiguration()
    #expect(
      text(ConfigurationRows.settings(settings, vocabularySize: 65)) == [
        "minibatches|[samples, time steps, features] = [32, 64, 65], with the state carried from each to the next",
        "optimizer|adam, learning rate 0.006, cosine, warmup steps 50, clip norm 1, seed 1, float32",
        "regularization|dropout 0.2, reset probability 0.02, weight decay 0.1",
      ])
    settings.isDropoutLocked = true
    settings.weightDecay = 0.01
    #expect(
      text(ConfigurationRows.settings(settings, vocabularySize: 65)).last
        == "regularization|dropout 0.2, locked dropout, reset probability 0.02, weight decay 0.01")
    settings.dropout = 0
    settings.isDropoutLocked = false
    settings.resetProbability = 0
    settings.weightDecay = 0
    #expect(text(ConfigurationRows.settings(settings, vocabularySize: 65)).last == "regularization|none")
  }

  @Test func theCorpusAndTheBudgetInWords() {
    var settings = TrainingConfiguration()
    settings.budget = .epochs(1)
    var summary = TrainingSummary(
      corpus: ["a.txt", "b.txt"], corpusCharacters: 12345, corpusDigest: "", configuration: settings)
    #expect(
      text(ConfigurationRows.corpusAndBudget(summary)) == [
        "corpus|a.txt, b.txt, 12,345 characters", "held out|the last 10 %, for validation",
        "budget|for 1 epoch, or until the validation loss has not improved for 5 epochs",
      ])
    summary.configuration.validationFraction = 0
    summary.configuration.patience = 0
    summary.configuration.budget = .minutes(2.5)
    #expect(
      text(ConfigurationRows.corpusAndBudget(summary)).dropFirst() == ["held out|nothing", "budget|for 2.5 minutes"])
  }
}
