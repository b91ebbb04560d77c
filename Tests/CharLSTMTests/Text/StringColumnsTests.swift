import Testing

@testable import CharLSTM

@Suite struct StringColumnsTests {
  @Test func columnsAreThoseOfATerminal() {
    #expect("".columns == 0)
    #expect("café".columns == 4)
    #expect("cafe\u{301}".columns == 4)
    #expect("漢字".columns == 4)
    #expect("ｱア한".columns == 5)
    #expect("👍".columns == 2)
    #expect("👨‍👩‍👧🇫🇷👍🏽".columns == 6)
    #expect("◌\u{301}↵→…".columns == 4)
    #expect("нет שלום".columns == 8)
  }
}
