import CharLSTM
import REPL

/// A text with its surprisal as one JSON object, which is written while the text is read.
struct SurpriseJSON: SurpriseForm {
  private let vocabulary: Vocabulary
  private let first: Int
  private let encoder = JSONEncoder()
  /// The JSON fields that identify each id.
  private var names: [String] = []
  private var isFirst = true

  init(vocabulary: Vocabulary, first: Int) {
    self.vocabulary = vocabulary
    self.first = first
    encoder.outputFormatting = [.withoutEscapingSlashes]
  }

  var beginning: String { "{\"from\":\(first),\"sequence\":[" }

  mutating func add(
    _ id: Int32, bytes: [UInt8], nats: Double?, likeliest: [SurprisalReader.Candidate]
  ) throws -> String {
    if names.isEmpty {
      names = try (0..<Int32(vocabulary.count)).map { try fields(of: vocabulary.utf8Bytes(of: $0), id: $0) }
    }
    let candidates = likeliest.map { "{\(names[Int($0.id)]),\"probability\":\($0.probability)}" }
    let bits = nats.map { Self.number(CharLSTM.bits($0)) } ?? "null"
    let character = id == vocabulary.unknownID ? try fields(of: bytes, id: id) : names[Int(id)]
    defer { isFirst = false }
    return "\(isFirst ? "" : ",")\n{\(character),\"bits\":\(bits),\"likeliest\":[\(candidates.joined(separator: ","))]}"
  }

  /// JSON has no infinite numbers, so these become strings, as in all output of bard.
  static func number(_ value: Double) -> String { value.isFinite ? "\(value)" : JSON.text(value) }

  mutating func end(_ totals: SurpriseTotals) -> String { "],\n\(totals.jsonFields)}\n" }

  /// The JSON fields of a character: "id"; "text", which is null if the bytes are not UTF-8; "byte" if the model reads
  /// bytes; and "unknown" if the character has no id of its own.
  private func fields(of bytes: [UInt8], id: Int32) throws -> String {
    var fields = "\"id\":\(id),\"text\":"
    if !bytes.isEmpty, let text = String(validating: bytes, as: UTF8.self) {
      fields += String(decoding: try encoder.encode(text), as: UTF8.self)
    } else {
      fields += "null"
    }
    if vocabulary.unit == .byte, let byte = bytes.first { fields += ",\"byte\":\(byte)" }
    if id == vocabulary.unknownID { fields += ",\"unknown\":true" }
    return fields
  }
}
