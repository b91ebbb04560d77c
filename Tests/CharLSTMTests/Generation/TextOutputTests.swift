import TestSupport
import Testing

@testable import CharLSTM

@Suite struct TextOutputTests {
  /// What comes out after each character, and at the end.
  private func pieces(_ characters: [[UInt8]], stop: [String]) -> ([String], String, String?) {
    var output = TextOutput(stop: stop)
    let shown = characters.map { String(decoding: output.take($0), as: UTF8.self) }
    return (shown, String(decoding: output.finish(), as: UTF8.self), output.stoppedBy)
  }

  private func letters(_ text: String) -> [[UInt8]] { text.map { Array(String($0).utf8) } }

  @Test func charactersComeOutAtOnce() {
    #expect(pieces(letters("aé"), stop: []) == (["a", "é"], "", nil))
  }

  @Test func bytesWaitForTheirCharacter() {
    // é, 漢 and 😀 in 2, 3 and 4 bytes
    let bytes = Array("é漢😀".utf8).map { [$0] }
    #expect(pieces(bytes, stop: []) == (["", "é", "", "", "漢", "", "", "", "😀"], "", nil))
  }

  @Test func bytesThatAreNoCharacterAreNotHeldForEver() {
    var output = TextOutput(stop: [])
    #expect(output.take([0xFF]) == [0xFF])
    #expect(output.take([0xC3]) == [])
    #expect(output.take([0x41]) == [0xC3, 0x41])
    #expect(output.take([0xE6]) == [])
    #expect(output.finish() == [0xE6])
  }

  @Test func aTextEndsBeforeTheStopString() {
    let (shown, rest, stop) = pieces(letters("say ENDxyz"), stop: ["END"])
    #expect(shown.joined() == "say ")
    #expect(rest == "")
    #expect(stop == "END")
  }

  @Test func whatMightBecomeAStopStringWaits() {
    #expect(pieces(letters("aENxEN"), stop: ["END"]) == (["a", "", "", "ENx", "", ""], "EN", nil))
  }

  @Test func overlappingBeginnings() {
    let (shown, _, stop) = pieces(letters("aabaac"), stop: ["aac"])
    #expect(shown.joined() == "aab")
    #expect(stop == "aac")
  }

  @Test func theFirstOfSeveralStopStringsEndsIt() {
    let (shown, _, stop) = pieces(letters("x\n\nROMEO:"), stop: ["ROMEO:", "\n\n"])
    #expect(shown.joined() == "x")
    #expect(stop == "\n\n")
  }
}
