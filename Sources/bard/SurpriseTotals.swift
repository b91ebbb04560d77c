import CharLSTM

/// The totals over a text.
struct SurpriseTotals {
  /// A description of the text.
  let description: String
  /// The evaluation; nil if nothing was predicted.
  let evaluation: Evaluation?

  private var bits: Double { evaluation.map { $0.bitsPerCharacter * Double($0.characters) } ?? 0 }

  var rows: [(name: String, value: String)] {
    func figure(_ value: Double?) -> String { value.map { fixed($0, 6) } ?? "-" }
    return [
      ("characters predicted", grouped(evaluation?.characters ?? 0)),
      ("bits", fixed(bits, 3)),
      ("bits per character", figure(evaluation?.bitsPerCharacter)),
      ("nats per character", figure(evaluation?.natsPerCharacter)),
      ("perplexity", evaluation.map { fixed($0.perplexity, 2) } ?? "-"),
    ]
  }

  var lines: [String] { [description] + rows.map { $0.name.padded(to: 22) + $0.value } }

  /// Fields of a JSON object, with the same keys as those of `bard evaluate --json`.
  var jsonFields: String {
    func figure(_ value: Double?) -> String { value.map(SurpriseJSON.number) ?? "null" }
    return "\"characters\":\(evaluation?.characters ?? 0),\"bits\":\(figure(bits)),"
      + "\"bitsPerCharacter\":\(figure(evaluation?.bitsPerCharacter)),"
      + "\"natsPerCharacter\":\(figure(evaluation?.natsPerCharacter)),\"perplexity\":\(figure(evaluation?.perplexity))"
  }
}
