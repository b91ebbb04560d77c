import Testing

@testable import CharLSTM

@Suite struct TextDigestTests {
  /// Checkpoints hold such numbers: they must stay what they were. Computed apart, in Python.
  @Test(arguments: [
    ("", "9e3779b97f4a7c15"), ("a", "e469b0e4731ba8cb"), ("to be or", "b970c18bf7e82bc0"),
    ("to be or not to be", "4900e21a1bbe6db5"),
  ])
  func valuesStay(text: String, expected: String) throws {
    #expect(try CorpusText(bytes: Array(text.utf8)).digest() == expected)
    if !text.isEmpty { #expect(try Corpus(CorpusText(bytes: Array(text.utf8)), unit: .byte).digest == expected) }
  }

  @Test func cutsDoNotMatter() {
    let bytes = (0..<100).map { UInt8(truncatingIfNeeded: $0 &* 37 &+ 11) }
    var whole = TextDigest(byteCount: 100)
    whole.update(bytes, 0..<100)
    for size in [1, 2, 3, 5, 7, 8, 9, 15, 16, 17, 99] {
      var parts = TextDigest(byteCount: 100)
      for start in stride(from: 0, to: 100, by: size) { parts.update(bytes, start..<min(100, start + size)) }
      #expect(parts == whole, "pieces of \(size)")
      #expect(parts.text == whole.text)
    }
  }

  @Test func lengthsAndTailsCount() {
    func digest(_ bytes: [UInt8]) -> String {
      var digest = TextDigest(byteCount: bytes.count)
      digest.update(bytes, bytes.indices)
      return digest.text
    }
    let texts = (0..<20).map { [UInt8](repeating: 0, count: $0) } + (1..<20).map { [UInt8](repeating: 1, count: $0) }
    #expect(Set(texts.map(digest)).count == 39)
    #expect(texts.allSatisfy { digest($0).count == 16 })
  }
}
