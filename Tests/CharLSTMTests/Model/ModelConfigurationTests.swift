import Testing

@testable import CharLSTM

@Suite struct ModelConfigurationTests {
  @Test func parametersAreCounted() {
    // 5·3 + 4·4·(3 + 4 + 1) + 4·4·(4 + 4 + 1) + 4·5 + 5
    let two = ModelConfiguration(vocabularySize: 5, embeddingSize: 3, hiddenSize: 4, layers: 2)
    #expect(two.parameterCount == 15 + 128 + 144 + 20 + 5)
    let oneHot = ModelConfiguration(vocabularySize: 5, embeddingSize: 0, hiddenSize: 4, layers: 1)
    #expect(oneHot.parameterCount == 4 * 4 * (5 + 4 + 1) + 20 + 5)
  }

  @Test func sizesOutOfRangeAreNamed() {
    var configuration = ModelConfiguration(vocabularySize: 5)
    #expect(throws: Never.self) { try configuration.validate() }
    configuration.hiddenSize = 0
    #expect(throws: SettingError(name: "hiddenSize", value: .whole(0), allowed: .whole(1...16384))) {
      try configuration.validate()
    }
    configuration.hiddenSize = 8
    configuration.embeddingSize = -1
    #expect(throws: SettingError(name: "embeddingSize", value: .whole(-1), allowed: .whole(0...16384))) {
      try configuration.validate()
    }
  }
}
