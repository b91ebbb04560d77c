import Foundation
import Testing

@testable import CharLSTM
@testable import Insight
@testable import Pages

@Suite struct SurprisalPageTests {
  private func vocabulary(_ characters: [String], hasUnknown: Bool = false) throws -> Vocabulary {
    try Vocabulary(unit: .character, characters: characters, hasUnknown: hasUnknown)
  }

  private func nats(bits: Double) -> Double { bits * log(2) }

  private func html(_ page: SurprisalPage, notes: [String] = []) -> String {
    page.html(title: "t<", subtitle: "s", notes: notes, totals: [("bits", "1.5")])
  }

  /// The content of the element with the text.
  private func cells(_ html: String) throws -> String {
    let start = try #require(html.range(of: "aria-describedby=\"how\">"))
    let end = try #require(html.range(of: "</div>", range: start.upperBound..<html.endIndex))
    return String(html[start.upperBound..<end.lowerBound])
  }

  @Test func eachCharacterIsACellInTheColourOfItsStep() throws {
    let texts = ["a", "<", " ", "\n", "\t", "\u{7}", "\u{200B}"]
    let vocabulary = try vocabulary(texts)
    var page = SurprisalPage(vocabulary: vocabulary, first: 1)
    for (id, bits) in [nil, 1.5, 0.2, 3, 5, 7, 12].enumerated() {
      page.add(Int32(id), bytes: Array(texts[id].utf8), nats: bits.map { nats(bits: $0) }, likeliest: [])
    }
    #expect(page.count == 7)
    #expect(
      try cells(html(page))
        == "<b>a</b><b class=\"s1\">&lt;</b><b> </b><b class=\"n s2\">↵</b>\n<b class=\"n s3\">→</b>\t"
        + "<b class=\"n s4\">␇</b><b class=\"n s5\">[U+200B]</b>")
    let names = "[\"a\",\"\\u003c\",\"space\",\"line feed\",\"tab\",\"U+0007\",\"U+200B ZERO WIDTH SPACE\"]"
    #expect(html(page).contains("const names = \(names);"), "\(html(page))")
    #expect(html(page).contains("const ids = [0,1,2,3,4,5,6];\nconst bits = [-1,150,20,300,500,700,1200];\n"))
  }

  @Test func whatWasExpectedStandsBesideEachCharacter() throws {
    let vocabulary = try vocabulary(["a", "b"])
    var page = SurprisalPage(vocabulary: vocabulary, first: 12)
    page.add(0, bytes: [97], nats: nil, likeliest: [])
    page.add(
      1, bytes: [98], nats: nats(bits: 2),
      likeliest: [.init(id: 0, probability: 0.74996), .init(id: 1, probability: 0.25004)])
    #expect(html(page).contains("const first = 12;"))
    #expect(html(page).contains("const likeliest = [[],[0,7500,1,2500]];"))
  }

  /// A model may give a character the probability 0.
  @Test func hugeValuesAreClamped() throws {
    var page = SurprisalPage(vocabulary: try vocabulary(["a", "b"]), first: 1)
    for value in [Double.infinity, .greatestFiniteMagnitude, .nan, -0.001, 1e5] {
      page.add(0, bytes: [97], nats: value, likeliest: [.init(id: 1, probability: .nan)])
    }
    #expect(html(page).contains("const bits = [10000000,10000000,10000000,0,10000000];"))
    #expect(html(page).contains("const likeliest = [[1,10000000],"))
  }

  @Test func totalsHaveGroups() throws {
    let page = SurprisalPage(vocabulary: try vocabulary(["a"]), first: 1)
    let html = page.html(
      title: "t", subtitle: "s", notes: [],
      totals: [("a", "7345.114"), ("b", "1234567"), ("c", "999.5"), ("d", "2,999"), ("e", "-")])
    for value in ["7,345.114", "1,234,567", "999.5", "2,999", "-"] { #expect(html.contains("<dd>\(value)</dd>")) }
  }

  @Test func anUnknownCharacterIsShownAsTheTextHasIt() throws {
    let vocabulary = try vocabulary(["a"], hasUnknown: true)
    var page = SurprisalPage(vocabulary: vocabulary, first: 1)
    page.add(1, bytes: Array("é".utf8), nats: nats(bits: 4), likeliest: [])
    #expect(try cells(html(page)) == "<b class=\"s3\">é</b>")
    #expect(html(page).contains("const names = [\"a\",\"unknown symbol\"];"))
  }

  @Test func bytesMakeACharacterWithACellForEach() throws {
    let vocabulary = Vocabulary(unit: .byte, entries: [[0xC3], [0xA9], [0x61], [0xFF]], hasUnknown: false)
    var page = SurprisalPage(vocabulary: vocabulary, first: 1)
    for (id, bits) in [(0, 1.0), (1, 9.5), (2, 0.0), (3, 2.0), (0, 4.0)] {
      page.add(Int32(id), bytes: vocabulary.utf8Bytes(of: Int32(id)), nats: nats(bits: bits), likeliest: [])
    }
    // the last byte waits for the rest of its character, which never comes
    #expect(
      try cells(html(page))
        == "<b class=\"s1\">é</b><b class=\"t s5\"></b><b>a</b><b class=\"n s2\">[FF]</b><b class=\"n s3\">[C3]</b>")
    #expect(html(page).contains("const names = [\"byte 0xC3\",\"byte 0xA9\",\"a\",\"byte 0xFF\"];"))
  }

  @Test func aMarkStandsOnACircle() throws {
    let vocabulary = try Vocabulary(unit: .scalar, characters: ["e", "\u{301}"])
    var page = SurprisalPage(vocabulary: vocabulary, first: 1)
    page.add(1, bytes: Array("\u{301}".utf8), nats: 0, likeliest: [])
    let found = try cells(html(page))
    #expect(found.unicodeScalars.elementsEqual("<b>◌\u{301}</b>".unicodeScalars))
  }

  @Test func whereItIsFullNothingIsAdded() throws {
    var page = SurprisalPage(vocabulary: try vocabulary(["a"]), first: 1, limit: 2)
    for _ in 0..<3 { page.add(0, bytes: [97], nats: 0, likeliest: []) }
    #expect(page.count == 2)
    #expect(try cells(html(page)) == "<b>a</b><b>a</b>")
  }

  @Test func theRestIsInWords() throws {
    let page = SurprisalPage(vocabulary: try vocabulary(["a"]), first: 1)
    let html = html(page, notes: ["cut <here>"])
    #expect(html.contains("<h1>t&lt;</h1>"))
    #expect(html.contains("<div><dt>bits</dt><dd>1.5</dd></div>"))
    #expect(html.contains("<p class=\"quiet\">cut &lt;here&gt;</p>"))
    for (step, name) in SurprisalScale.names.enumerated() {
      #expect(html.contains("<li class=\"s\(step)\">\(name)</li>"))
    }
    // every step except the first has a background
    for step in 1..<SurprisalScale.names.count { #expect(html.contains(".s\(step) { background:")) }
  }
}
