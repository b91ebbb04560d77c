import CharLSTM
import Insight

/// The atlas of a network as one file. The reader can browse all cells, see the text coloured by a cell, and see which
/// features each cell follows and how saturated its gates are.
public struct AtlasPage: Sendable {
  /// The maximum size of a page in bytes.
  public static let byteLimit = 8_000_000

  /// The cells on the page, in the order of their numbers.
  public let cells: [CellAddress]
  /// The number of bits of a value.
  public let bits: Int
  /// The whole document.
  public let html: String

  /// Fits an atlas into `byteLimit`. It first stores the values with fewer bits, and then leaves out cells if that is
  /// not enough.
  ///
  /// - Parameters:
  ///   - atlas: the atlas to show.
  ///   - source: a description of the text, as plain text.
  ///   - model: a description of the network, as plain text.
  ///   - mostCells: the maximum number of cells. If there are more, those that rank highest for any feature are kept;
  ///     nil keeps as many as fit.
  ///   - byteLimit: the maximum size of the page. If the text alone fills it, the page still gets one cell.
  ///   - threads: the number of threads; the page does not depend on it.
  public init(
    _ atlas: CellAtlas, source: String, model: String, mostCells: Int? = nil, byteLimit: Int = byteLimit,
    threads: Int = 1
  ) {
    let page = Template(
      atlas: atlas, source: source, model: model, mostCells: mostCells ?? atlas.activations.cells,
      byteLimit: byteLimit)
    let (kept, bits) = page.fit()
    cells = kept.map { atlas.activations.address(of: $0) }
    self.bits = bits
    html = page.html(cells: kept, bits: bits, rows: page.rows(of: kept, bits: bits, threads: threads))
  }
}

extension AtlasPage {
  /// The content of a page, before the number of cells and of bits is chosen.
  struct Template {
    let atlas: CellAtlas
    let source: String
    let model: String
    let mostCells: Int
    let byteLimit: Int
    private let characters: [ShownCharacter]

    init(atlas: CellAtlas, source: String, model: String, mostCells: Int, byteLimit: Int) {
      self.atlas = atlas
      self.source = source
      self.model = model
      self.mostCells = mostCells
      self.byteLimit = byteLimit
      characters = ShownCharacter.all(in: atlas.passage)
    }

    /// Chooses the largest number of bits with which all cells fit. If they never fit, chooses the smallest number of
    /// bits and as many cells as fit.
    func fit() -> (cells: [Int], bits: Int) {
      let order = atlas.correlations.bestFirst
      func row(_ bits: Int) -> Int { QuantizedRow.digitCount(atlas.activations.characters, bits: bits) }
      let coarsest = QuantizedRow.widths[QuantizedRow.widths.count - 1]
      var kept = order.prefix(max(1, min(mostCells, byteLimit / row(coarsest)))).sorted()
      let fixed = html(cells: [], bits: coarsest, rows: "").utf8.count
      let all = html(cells: kept, bits: coarsest, rows: "").utf8.count
      for bits in QuantizedRow.widths where all + kept.count * row(bits) <= byteLimit { return (kept, bits) }
      // the names and counts of a cell vary in length, so this allows a twentieth more than their average
      let perCell = row(coarsest) + (all - fixed) * 21 / (kept.count * 20) + 1
      kept = order.prefix(max(1, min(kept.count, (byteLimit - fixed) / perCell))).sorted()
      return (kept, coarsest)
    }

    /// The digits of all rows, one row after the other.
    func rows(of cells: [Int], bits: Int, threads: Int) -> String {
      let rows = Processor(threads: threads).map(parts: cells.count) { place in
        QuantizedRow(atlas.activations[cells[place]], bits: bits).digits
      }
      return String(decoding: rows.joined(), as: UTF8.self)
    }

    func html(cells: [Int], bits: Int, rows: String) -> String {
      let contents = AtlasContents(atlas, characters: characters, cells: cells, bits: bits)
      return HTMLPage(
        title: "The cells of \(model)", subtitle: subtitle,
        body: """
          \(AtlasPage.body(leftOut: leftOut(kept: cells), constant: atlas.constantFeatures))
          <script type="application/json" id="atlas">\(JSON.text(contents).inScript)</script>
          <script type="text/plain" id="values">\(rows)</script>
          """,
        style: PageAsset.atlasStyle, script: PageAsset.atlasScript
      ).html
    }

    private var subtitle: String {
      let range = atlas.passage.range
      let warmUp = atlas.passage.warmUp.count
      let noun = atlas.passage.vocabulary.unit.rawValue
      return
        "\(source), \(noun)s \(grouped(range.lowerBound)) to \(grouped(range.upperBound - 1)), read "
        + (warmUp > 0 ? "after the \(grouped(warmUp)) before them" : "from a zero state")
        + "; \(atlas.activations.layers) x \(atlas.activations.cellsPerLayer) cells"
    }

    /// A sentence about the cells of each layer that are not on the page; nil if all cells are.
    private func leftOut(kept: [Int]) -> String? {
      let (total, perLayer) = (atlas.activations.cells, atlas.activations.cellsPerLayer)
      guard kept.count < total else { return nil }
      let isKept = Set(kept)
      let layers = (0..<atlas.activations.layers).compactMap { layer -> String? in
        var ranges: [ClosedRange<Int>] = []
        for cell in 0..<perLayer where !isKept.contains(layer * perLayer + cell) {
          if let last = ranges.last, last.upperBound == cell - 1 {
            ranges[ranges.count - 1] = last.lowerBound...cell
          } else {
            ranges.append(cell...cell)
          }
        }
        guard !ranges.isEmpty else { return nil }
        let words = ranges.map { $0.count == 1 ? "\($0.lowerBound)" : "\($0.lowerBound)\u{2013}\($0.upperBound)" }
        return "layer \(layer): " + words.joined(separator: ", ")
      }
      let reason =
        kept.count == mostCells
        ? "only \(mostCells) were requested" : "the page is limited to \(Double(byteLimit) / 1e6) MB"
      return
        "\(total - kept.count) of \(total) cells are not on this page, because \(reason). The cells with the highest"
        + " correlations are kept. Not shown: " + layers.joined(separator: "; ") + "."
    }
  }
}
