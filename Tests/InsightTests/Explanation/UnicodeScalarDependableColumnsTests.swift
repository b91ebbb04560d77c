import Testing

@testable import CharLSTM
@testable import Insight

@Suite struct UnicodeScalarDependableColumnsTests {
  @Test func whatStandsAloneInOneColumnOrTwo() {
    for scalar in "aZ0~é¿ßЖαאعक।€→□♪".unicodeScalars { #expect(scalar.dependableColumns == 1, "\(scalar)") }
    for scalar in "国家。、あアー한글，ＡＢ豈".unicodeScalars { #expect(scalar.dependableColumns == 2, "\(scalar)") }
  }

  @Test func whatCannotBeReliedOn() {
    let hidden: [Unicode.Scalar] = [
      "\u{07}", "\n", " ", "\u{A0}", "\u{3000}", "\u{AD}", "\u{200D}", "\u{202E}", "\u{301}", "\u{93F}", "\u{1F389}",
      "\u{1F1E9}", "\u{E000}", "\u{378}", "\u{1100}", "\u{1160}", "\u{2028}",
    ]
    for scalar in hidden { #expect(scalar.dependableColumns == nil, "\(scalar.codePoint)") }
  }

  @Test func columnsOfALine() {
    #expect("lane 1 │国a│".columns == 12)
    #expect("e\u{301}".columns == 1)
    #expect("\u{1F389}!".columns == 3)
    #expect("国".padded(to: 4) == "国  ")
    #expect("abc".padded(to: 2) == "abc")
  }
}
