import CharLSTM
import Insight

/// A page that colours a text by surprisal. Pointing at a character shows its bits and the characters that were
/// expected.
public struct SurprisalPage: Sendable {
  /// The maximum number of characters on a page. Such a page has about 3 megabytes.
  public static let mostCharacters = 50_000

  private let vocabulary: Vocabulary
  private let first: Int
  private let limit: Int
  private var output = MeasuredOutput()
  private var cells = ""
  /// The number of characters whose cells are written. It is smaller than `count` while bytes wait for the rest of
  /// their character.
  private var shown = 0
  private var steps: [Int] = []
  private var ids: [Int32] = []
  /// The surprisal in hundredths of a bit; -1 for a character that was not predicted.
  private var bits: [Int] = []
  /// For each character, the id and the probability in ten-thousandths of each candidate, in turn.
  private var likeliest: [[Int]] = []

  /// The number of characters on the page.
  public var count: Int { ids.count }

  /// A page without characters.
  ///
  /// - Parameters:
  ///   - vocabulary: the vocabulary of the ids that will be added.
  ///   - first: the number of the first character in its text, from 1.
  ///   - limit: the maximum number of characters; the page ignores all further ones.
  public init(vocabulary: Vocabulary, first: Int, limit: Int = mostCharacters) {
    self.vocabulary = vocabulary
    self.first = first
    self.limit = limit
  }

  /// Adds the next character, if there is still room.
  ///
  /// - Parameters:
  ///   - id: the id in the vocabulary of the page.
  ///   - bytes: the bytes of the character in the text.
  ///   - nats: its surprisal; nil for the first character of a text.
  ///   - likeliest: the characters that were expected, the likeliest first.
  public mutating func add(
    _ id: Int32, bytes: [UInt8], nats: Double?, likeliest: [SurprisalReader.Candidate]
  ) {
    guard count < limit else { return }
    ids.append(id)
    steps.append(SurprisalScale.step(nats: nats))
    bits.append(nats.map { Self.parts(100, of: CharLSTM.bits($0)) } ?? -1)
    self.likeliest.append(likeliest.flatMap { [Int($0.id), Self.parts(10_000, of: $0.probability)] })
    for piece in output.take(bytes, nats: nats) { append(piece) }
  }

  /// A value of a bit or more than 100,000 is shown as this many hundredths.
  private static let mostParts = 10_000_000.0

  /// A value as a whole number of parts of a unit. What is not a number, negative or too large for the page is clamped.
  private static func parts(_ count: Double, of value: some BinaryFloatingPoint) -> Int {
    let parts = (count * Double(value)).rounded()
    return parts.isNaN ? Int(mostParts) : Int(max(0, min(mostParts, parts)))
  }

  private mutating func append(_ piece: MeasuredText) {
    let character = VisibleCharacter(utf8: piece.bytes)
    let after = character.kind == .lineEnd ? "\n" : character.kind == .tab ? "\t" : ""
    let isReplaced = character.kind == .lineEnd || character.kind == .tab || character.kind == .hidden
    append(cell: character.text.htmlEscaped, isReplaced ? "n" : nil)
    for _ in 1..<max(1, piece.parts) { append(cell: "", "t") }
    cells += after
  }

  private mutating func append(cell: String, _ name: String?) {
    let step = steps[shown]
    let names = [name, step > 0 ? "s\(step)" : nil].compactMap(\.self)
    cells += names.isEmpty ? "<b>" : "<b class=\"\(names.joined(separator: " "))\">"
    cells += cell + "</b>"
    shown += 1
  }

  /// The whole document. All parameters are plain text.
  ///
  /// - Parameters:
  ///   - title: one line.
  ///   - subtitle: a line under the title.
  ///   - notes: further remarks.
  ///   - totals: names and values.
  public func html(title: String, subtitle: String, notes: [String], totals: [(name: String, value: String)]) -> String
  {
    var page = self
    for piece in page.output.finish() { page.append(piece) }
    return HTMLPage(
      title: title, subtitle: subtitle, body: page.body(notes: notes, totals: totals), style: PageAsset.surprisalStyle,
      script: page.data + PageAsset.surprisalScript
    ).html
  }

  private func body(notes: [String], totals: [(name: String, value: String)]) -> String {
    let legend = SurprisalScale.names.enumerated().map { step, name in "<li class=\"s\(step)\">\(name)</li>" }
    let rows = totals.map {
      "<div><dt>\($0.name.htmlEscaped)</dt><dd>\(Self.withGroups($0.value).htmlEscaped)</dd></div>"
    }
    return """
      <dl class="totals">\(rows.joined())</dl>
      \(notes.map { "<p class=\"quiet\">\($0.htmlEscaped)</p>\n" }.joined())<p class="quiet" id="how">Surprise is \
      -log2 of the probability that the model gave to a character after reading everything before it. Point at a \
      character, tap it, or move through the text with the arrow keys to see what the model expected there.</p>
      <ul class="legend" aria-label="Bits of surprise">\(legend.joined())<li class="quiet">bits</li></ul>
      <div class="beside">
      <div id="text" class="text" tabindex="0" role="application" aria-label="The text" aria-describedby="how">\(cells)</div>
      <aside id="details" role="status" aria-label="The selected character"><p class="quiet">No character is selected \
      yet.</p></aside>
      </div>
      """
  }

  /// A decimal number with the thousands of its whole part grouped; any other text as it is.
  private static func withGroups(_ text: String) -> String {
    let whole = text.prefix { $0.isASCII && $0.isNumber }
    guard whole.count > 3, let number = Int(whole) else { return text }
    return grouped(number) + text.dropFirst(whole.count)
  }

  /// The data that the script reads, for each character on the page and for each id of the vocabulary.
  private var data: String {
    let names = (0..<Int32(vocabulary.count)).map { id in
      id == vocabulary.unknownID ? "unknown symbol" : VisibleCharacter(utf8: vocabulary.utf8Bytes(of: id)).name
    }
    return """
      const first = \(first);
      const names = \(JSON.text(names).inScript);
      const ids = \(Self.list(ids));
      const bits = \(Self.list(bits));
      const likeliest = [\(likeliest.map(Self.list).joined(separator: ","))];

      """
  }

  /// A list of numbers, without spaces to keep large pages small.
  private static func list(_ numbers: [some BinaryInteger]) -> String {
    "[\(numbers.map { String($0) }.joined(separator: ","))]"
  }
}
