import Testing

@testable import CharLSTM

@Suite struct MeasuredTextTests {
  private func queue(_ characters: [(Int, Double?)]) -> SurprisalQueue {
    var queue = SurprisalQueue()
    for (bytes, nats) in characters { queue.add(bytes: bytes, nats: nats) }
    return queue
  }

  @Test func eachCharacterHasItsOwn() {
    var queue = queue([(1, 0.5), (2, nil), (1, 3)])
    #expect(
      queue.take(Array("aé".utf8)) == [
        MeasuredText(bytes: [97], nats: 0.5, parts: 1), MeasuredText(bytes: Array("é".utf8), nats: nil, parts: 1),
      ])
    #expect(queue.take([]) == [])
    #expect(queue.take([98]) == [MeasuredText(bytes: [98], nats: 3, parts: 1)])
  }

  @Test func theBytesOfACharacterAddUp() {
    var queue = queue([(1, 1), (1, 0.25), (1, 0.5), (1, 8), (1, nil), (1, 2)])
    #expect(
      queue.take(Array("漢aé".utf8)) == [
        MeasuredText(bytes: Array("漢".utf8), nats: 1.75, parts: 3), MeasuredText(bytes: [97], nats: 8, parts: 1),
        MeasuredText(bytes: Array("é".utf8), nats: nil, parts: 2),
      ])
  }

  @Test func bytesThatMakeNoCharacterStandAlone() {
    var queue = queue([(1, 1), (1, 2), (1, 3)])
    #expect(queue.take([0xC3, 0x41, 0xFF]).map(\.bytes) == [[0xC3], [0x41], [0xFF]])
  }

  @Test func aStopStringMayEndWithinACharacter() {
    var queue = queue([(1, 1), (2, 2)])
    #expect(
      queue.take([97, 0x0D]) == [
        MeasuredText(bytes: [97], nats: 1, parts: 1), MeasuredText(bytes: [0x0D], nats: 2, parts: 1),
      ])
  }

  @Test func anOutputHoldsBytesUntilTheirCharacterIsWhole() {
    var output = MeasuredOutput()
    #expect(output.take([0xC3], nats: 1) == [])
    #expect(output.take([0xA9], nats: 2) == [MeasuredText(bytes: [0xC3, 0xA9], nats: 3, parts: 2)])
    #expect(output.take([0xE6], nats: 4) == [])
    #expect(output.finish() == [MeasuredText(bytes: [0xE6], nats: 4, parts: 1)])
    #expect(output.finish() == [])
  }
}
