import Testing

@testable import CharLSTM

@Suite struct LogitsTests {
  @Test(arguments: [1, 16, 65, 130]) func aLaneIsCopiedWhole(vocabularySize: Int) {
    var logits = Logits(vocabularySize: vocabularySize, lanes: 3)
    for lane in 0..<3 {
      for id in 0..<vocabularySize {
        logits.values[logits.region.index(row: lane, column: id)] = Float(1000 * lane + id)
      }
    }
    var row = [Float](repeating: -1, count: vocabularySize)
    for lane in 0..<3 {
      logits.copy(lane: lane, into: &row)
      #expect(row == (0..<vocabularySize).map { Float(1000 * lane + $0) })
      #expect(logits[lane, vocabularySize - 1] == Float(1000 * lane + vocabularySize - 1))
    }
  }
}
