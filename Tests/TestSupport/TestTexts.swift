import CharLSTM

/// A text of letters that is neither constant nor periodic, the same every time.
package func testIDs(_ count: Int, vocabularySize: Int, seed: UInt64 = 1) -> [Int32] {
  var generator = SeededGenerator(seed: seed)
  return (0..<count).map { _ in Int32(generator.next() % UInt64(vocabularySize)) }
}

/// The first letters of the alphabet, one byte each.
package func testVocabulary(_ count: Int) -> Vocabulary {
  Vocabulary(unit: .byte, entries: (0..<count).map { [UInt8(97 + $0)] }, hasUnknown: false)
}

package func testParameters(_ configuration: ModelConfiguration, seed: UInt64 = 7) -> Parameters {
  var generator = SeededGenerator(seed: seed)
  var parameters = Parameters(configuration, generator: &generator)
  // fresh biases are mostly zero: every tensor is to matter
  for tensor in NamedTensor.all(of: configuration) {
    parameters[tensor] = parameters[tensor].map { $0 + Float(generator.uniform() - 0.5) * 0.4 }
  }
  return parameters
}
