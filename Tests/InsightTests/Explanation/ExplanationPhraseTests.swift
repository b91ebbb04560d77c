import Testing

@testable import CharLSTM
@testable import Insight

@Suite struct ExplanationPhraseTests {
  @Test func runsKeepTheirKind() {
    let phrase: ExplanationPhrase =
      "its \(term: "id") is \(1234), \(code: "f(x)") reads \(text: "a␣", lane: 1) and \(text: "b")\("!")"
    #expect(
      phrase.runs.map(\.kind) == [
        .plain, .term, .plain, .plain, .plain, .code, .plain, .text(lane: 1), .plain, .text(lane: nil), .plain,
      ])
    #expect(phrase.plain == "its id is 1,234, f(x) reads “a␣” and “b”!")
  }

  @Test func phrasesAreJoined() {
    let sum: ExplanationPhrase = "a " + "\(term: "b")"
    #expect(sum.runs == [.init(kind: .plain, string: "a "), .init(kind: .term, string: "b")])
  }
}
