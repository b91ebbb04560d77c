import REPL
import Testing

@testable import CharLSTM
@testable import Insight
@testable import bard

@Suite struct ExplanationLinesTests {
  private func explanation(
    _ text: String, unit: TextUnit = .character, name: String? = nil, lanes: Int = 3, timeSteps: Int = 8
  ) throws -> Explanation {
    try Explanation(
      of: Corpus(CorpusText(bytes: Array(text.utf8)), unit: unit), name: name, lanes: lanes, timeSteps: timeSteps)
  }

  private let plain = Style(isTerminal: false, environment: [:])

  @Test func noLineIsLongerThanATerminal() throws {
    let texts = [
      Explanation.monologue, String(repeating: "国破山河在，城春草木深。\n", count: 20),
      String(repeating: "यह एक परीक्षण है। \u{1F469}\u{200D}\u{1F467} e\u{301}\r\n\t\u{7}", count: 20),
    ]
    for text in texts {
      for unit in TextUnit.allCases {
        for (lanes, steps) in [(1, 1), (1, 16), (2, 5), (3, 8), (3, 10), (4, 11), (6, 16), (6, 1), (6, 9)] {
          let explanation = try explanation(
            text, unit: unit, name: String(repeating: "name", count: 20), lanes: lanes, timeSteps: steps)
          let lines = ExplanationLines(explanation, style: plain).lines
          #expect(lines.allSatisfy { $0.columns <= 80 }, "\(unit), \(lanes) x \(steps)")
          #expect(lines.allSatisfy { $0.last != " " }, "\(unit), \(lanes) x \(steps)")
        }
      }
    }
  }

  @Test func wideCharactersKeepTheirColumns() throws {
    let explanation = try explanation("国破山河在，a春草木深。感时花", lanes: 2, timeSteps: 3)
    let lines = ExplanationLines(explanation, style: plain).lines
    #expect(lines.contains("   lane 1  │国破山│河在，│  1 to 6"))
    #expect(lines.contains("   lane 2  │a 春草│木深。│  7 to 12"))
    #expect(lines.contains("   lane 2  a 春草     ═2▶ 木深。"))
  }

  @Test func wordsAreWrappedWhereTheyMayBe() throws {
    let lines = ExplanationLines(try explanation(Explanation.monologue), style: plain)
    let long: ExplanationPhrase =
      "\(String(repeating: "word ", count: 14))and \(code: "[3, 8, 31] stays") whole, T = 8 too, x = \(code: "[1]")."
    #expect(
      lines.wrapped(long, indent: 2, hanging: 2) == [
        "  word word word word word word word word word word word word word word and",
        "    [3, 8, 31] stays whole, T = 8 too, x = [1].",
      ])
    let equation: ExplanationPhrase = "\(String(repeating: "x", count: 74)) T = 8 is one word"
    #expect(lines.wrapped(equation, indent: 0) == [String(repeating: "x", count: 74) + " T = 8", "is one word"])
    #expect(lines.wrapped("", indent: 3) == [])
  }

  @Test func coloursAreOfLanes() throws {
    let coloured = Style(isTerminal: true, environment: ["TERM": "xterm"])
    let lines = ExplanationLines(try explanation(Explanation.monologue), style: coloured).lines
    #expect(lines.contains("   \u{1B}[36mlane 1  │To␣be,␣o│r␣not␣to│␣be:␣tha│\u{1B}[0m  1 to 24"))
    #expect(lines.contains("   \u{1B}[33mlane 2  t ␣ i s ␣ t h e ═2▶ ␣ q u e s t i o\u{1B}[0m"))
    #expect(lines.contains { $0.contains("its \u{1B}[1mvocabulary\u{1B}[0m") })
    // Karpathy's colours: outputs blue, the LSTM green, inputs red
    #expect(lines.contains { $0.hasPrefix("   \u{1B}[34m") && $0.hasSuffix("18\u{1B}[0m") })
    #expect(lines.contains { $0.hasPrefix("   \u{1B}[32m") && $0.contains("0→□─→□─→□  ") })
    #expect(lines.contains { $0.hasPrefix("   \u{1B}[31m") && $0.contains("70 68 69") })
    #expect(lines.contains { $0.contains("\u{1B}[31m  12   15   14 \u{1B}[0m\u{1B}[34m (18)\u{1B}[0m") })
    let bare = ExplanationLines(try explanation(Explanation.monologue), style: plain).lines
    // apart from the colours, the lines are the same
    #expect(lines.map { $0.replacing(/\u{1B}\[[0-9;]*m/, with: "") } == bare)
  }

  @Test func aCheckThatFailedIsSaid() throws {
    let lines = ExplanationLines(try explanation(Explanation.monologue), style: plain)
    #expect(lines.lines(of: .checks([ExplanationCheck(holds: false, words: "x")])) == ["   FAILED: x"])
  }
}
