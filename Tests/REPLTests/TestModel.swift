@testable import CharLSTM

/// A small untrained network over a few letters. It writes nonsense, but always the same.
func testModel() throws -> CharacterModel {
  let vocabulary = try Vocabulary(unit: .character, countingIn: Array("abcdefgh ROMEO:/x\n".utf8))
  var generator = SeededGenerator(seed: 2)
  let parameters = Parameters(
    ModelConfiguration(vocabularySize: vocabulary.count, embeddingSize: 6, hiddenSize: 14, layers: 2),
    generator: &generator)
  return CharacterModel(parameters: parameters, vocabulary: vocabulary)
}
