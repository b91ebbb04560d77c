import Foundation
import TestSupport
import Testing

@testable import CharLSTM
@testable import Insight
@testable import Pages

@Suite struct AtlasPageTests {
  private static let text = "ROMEO:\nBut soft, <what> light & \"through\"!\n\nJULIET:\nAy me.\n"

  private func atlas(
    _ text: String = text, repeats: Int = 1, hiddenSize: Int = 24, layers: Int = 2, from: Int = 0, length: Int = 10_000
  ) throws -> CellAtlas {
    let bytes = Array(String(repeating: text, count: repeats).utf8)
    let vocabulary = try Vocabulary(unit: .character, countingIn: bytes)
    let configuration = ModelConfiguration(
      vocabularySize: vocabulary.count, embeddingSize: 4, hiddenSize: hiddenSize, layers: layers)
    let model = CharacterModel(parameters: testParameters(configuration), vocabulary: vocabulary)
    let passage = try TextPassage(
      tokens: vocabulary.tokenize(bytes), vocabulary: vocabulary, from: from, length: length)
    return try CellAtlas(model, passage: passage, threads: 2)
  }

  /// The content of a script element of the page.
  private func element(_ id: String, of html: String) throws -> String {
    let start = try #require(html.range(of: "id=\"\(id)\">")).upperBound
    return String(html[start..<(try #require(html.range(of: "</script>", range: start..<html.endIndex))).lowerBound])
  }

  private func contents(_ page: AtlasPage) throws -> AtlasContents {
    try JSONDecoder().decode(AtlasContents.self, from: Data(try element("atlas", of: page.html).utf8))
  }

  @Test func numbersAreThoseOfTheAtlas() throws {
    let atlas = try atlas()
    let page = AtlasPage(atlas, source: "a<b>.txt", model: "m")
    #expect(page.bits == 12 && page.cells.count == 48)
    let contents = try contents(page)
    #expect(contents.features.map(\.id) == atlas.features.map(\.feature))
    for (index, feature) in contents.features.enumerated() {
      #expect(feature.values == atlas.features[index].values)
      #expect(feature.correlations == atlas.correlations.values[index])
      #expect(feature.definition == atlas.features[index].feature.definition)
    }
    for (gate, saturation) in zip(GateSaturation.gates, contents.saturation) {
      #expect(saturation.gate == gate.name)
      #expect(saturation.left == (0..<2).flatMap { Array(atlas.saturation.counts(.left, gate, layer: $0)) })
      #expect(saturation.right == (0..<2).flatMap { Array(atlas.saturation.counts(.right, gate, layer: $0)) })
      #expect(saturation.layers[1].right == atlas.saturation.share(.right, gate, layer: 1))
      #expect(saturation.layers[1].alwaysLeft == atlas.saturation.cellsAlways(.left, gate, layer: 1))
    }
    let rows = Array(try element("values", of: page.html).utf8)
    #expect(rows.count == 48 * contents.rowLength)
    let count = atlas.activations.characters
    for cell in 0..<48 {
      let digits = rows[cell * contents.rowLength..<(cell + 1) * contents.rowLength]
      let (lowest, highest) = (contents.lowest[cell], contents.highest[cell])
      let read = unpacked(digits, count: count, bits: 12, lowest: lowest, highest: highest)
      let bound = errorBound(lowest: lowest, highest: highest, bits: 12)
      for (quantized, value) in zip(read, atlas.activations[cell]) {
        #expect(abs(quantized - Double(value)) <= bound * 1.000001)
      }
      #expect(contents.cells[cell] == [cell / 24, cell % 24])
    }
  }

  @Test func theTextComesBack() throws {
    let contents = try contents(AtlasPage(try atlas(), source: "t", model: "m"))
    #expect(contents.text.map { contents.characters[$0][0] }.joined() == Self.text)
    #expect(contents.from == 0 && contents.symbol == "tanh(c)")
    let later = AtlasPage(try atlas(from: 9, length: 20), source: "t", model: "m")
    let part = try self.contents(later)
    #expect(part.text.map { part.characters[$0][0] }.joined() == String(Self.text.dropFirst(9).prefix(20)))
    #expect(part.from == 9)
    #expect(later.html.contains("t, characters 9 to 28, read after the 9 before them; 2 x 24 cells"))
  }

  @Test func positionsHaveGroups() throws {
    let whole = AtlasPage(try atlas(repeats: 20), source: "t", model: "m").html
    #expect(whole.contains("t, characters 0 to 1,179, read from a zero state; 2 x 24 cells"))
    let later = AtlasPage(try atlas(repeats: 20, from: 1100, length: 20), source: "t", model: "m").html
    #expect(later.contains("t, characters 1,100 to 1,119, read after the 512 before them"))
  }

  /// 1,024 cells at 10,000 characters fit into 8 MB. A larger network fits too, because the page leaves cells out.
  @Test func aPageIsNeverLargerThanItsLimit() throws {
    let large = AtlasPage(try atlas(repeats: 200, hiddenSize: 1024, layers: 1), source: "t", model: "m", threads: 2)
    #expect(large.cells.count == 1024 && large.bits == 4)
    #expect(large.html.utf8.count <= 8_000_000)

    let atlas = try atlas(repeats: 20)
    let whole = AtlasPage(atlas, source: "t", model: "m")
    var sizes: Set<[Int]> = []
    for share in 5...20 {
      let limit = whole.html.utf8.count * share / 20
      let page = AtlasPage(atlas, source: "t", model: "m", byteLimit: limit)
      guard page.cells.count > 1 else { continue }
      #expect(page.html.utf8.count <= limit)
      let reason = "the page is limited to \(Double(limit) / 1e6) MB"
      #expect(page.html.contains(reason) == (page.cells.count < 48))
      sizes.insert([page.bits, page.cells.count])
    }
    #expect(sizes.contains([12, 48]) && sizes.contains([6, 48]) && sizes.contains([4, 48]))
    #expect(sizes.contains { $0[0] == 4 && $0[1] < 48 })
  }

  @Test func theHighestRankedStayAndTheOthersAreNamed() throws {
    let atlas = try atlas()
    let page = AtlasPage(atlas, source: "t", model: "m", mostCells: 45)
    let order = atlas.correlations.bestFirst
    #expect(page.cells == order.prefix(45).sorted().map { atlas.activations.address(of: $0) })
    let out = order.suffix(3).sorted()
    let words = try #require(
      page.html.range(of: "3 of 48 cells are not on this page, because only 45 were requested. The"))
    for cell in out { #expect(page.html[words.lowerBound...].contains("\(cell % 24)")) }
    let kept = order.prefix(45).sorted()
    #expect(try contents(page).features[0].correlations == kept.map { atlas.correlations.values[0][$0] })
    let one = AtlasPage(atlas, source: "t", model: "m", mostCells: 1)
    #expect(one.cells == [atlas.activations.address(of: order[0])])
  }

  @Test func thePageStandsAlone() throws {
    let html = AtlasPage(try atlas(), source: "a<b>.txt", model: "m&n").html
    #expect(html.contains("<h1>The cells of m&amp;n</h1>"))
    #expect(html.contains("a&lt;b&gt;.txt, characters 0 to 58, read from a zero state; 2 x 24 cells"))
    #expect(!html.contains("http:") && !html.contains("https:") && !html.contains("<what>"))
    #expect(
      html.contains("Not shown, because they never change in this text: digit, inside brackets, indentation, comment."))
    #expect(html.components(separatedBy: "</script>").count == 4)
    for words in [
      "The numbers are correlations of a cell with a feature: 1 if",
      "It is called left-saturated below 0.1 and right-saturated above 0.9.",
    ] { #expect(html.contains(words), "\(words)") }
    // every element that the script looks up is on the page
    let script = PageAsset.atlasScript
    var ids: Set<String> = []
    for piece in script.components(separatedBy: "find('").dropFirst() { ids.insert(String(piece.prefix { $0 != "'" })) }
    #expect(ids.count > 20)
    for id in ids { #expect(html.contains("id=\"\(id)\""), "\(id)") }
  }

  @Test func aTextInWhichNothingVariesButTheLine() throws {
    let contents = try contents(AtlasPage(try atlas("\n\n"), source: "t", model: "m"))
    #expect(contents.features.map(\.id) == [.lineEndNear])
  }
}
