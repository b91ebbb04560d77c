import CharLSTM
import Insight

/// The output of `bard atlas`: the cells that best follow each feature, and the saturation of the gates.
struct AtlasTable {
  let atlas: CellAtlas
  /// A description of the text, with the file name as it was given.
  let source: String

  /// The number of cells in the JSON object for each feature.
  private static let best = 10
  /// The number of cells in the table besides the closest one.
  private static let others = 2

  var lines: [String] {
    let range = atlas.passage.range
    let warmUp = atlas.passage.warmUp.count
    let symbol = atlas.activations.quantity.symbol
    var lines = [
      "\(source), \(atlas.passage.vocabulary.unit.noun)s \(grouped(range.lowerBound)) to"
        + " \(grouped(range.upperBound - 1)), read "
        + (warmUp > 0 ? "after the \(grouped(warmUp)) before them" : "from a zero state"),
      "\(atlas.activations.layers) x \(counted(atlas.activations.cellsPerLayer, "cell")), numbered from 0;"
        + " r: correlation of \(symbol) with the feature",
      "",
      Self.row("feature", ["mean", "layer", "cell", "r"]) + "  next best cells",
    ]
    for (index, feature) in atlas.features.enumerated() {
      let best = atlas.best(1 + Self.others, for: index)
      guard let first = best.first else {
        lines.append(Self.row(feature.feature.name, [fixed(feature.mean, 3), "-", "-", "-"]))
        continue
      }
      let others = best.dropFirst().map { "\(name($0.address)) \(fixed($0.correlation, 3))" }
      lines.append(
        Self.row(
          feature.feature.name,
          [
            fixed(feature.mean, 3), "\(first.address.layer)", "\(first.address.cell)", fixed(first.correlation, 3),
          ]) + "  " + others.joined(separator: ", "))
    }
    if !atlas.constantFeatures.isEmpty {
      lines +=
        ("not shown, because they never change in this text: "
        + atlas.constantFeatures.map(\.name).joined(separator: ", ")).wrapped(to: 80)
    }
    return lines + [""] + saturation
  }

  private func name(_ address: CellAddress) -> String {
    atlas.activations.layers > 1 ? "\(address.layer):\(address.cell)" : "\(address.cell)"
  }

  private var saturation: [String] {
    func row(_ name: String, _ shares: [String], _ cells: [String]) -> String {
      name.padded(to: 24) + shares.map { $0.leftPadded(to: 8) }.joined() + cells.map { $0.leftPadded(to: 16) }.joined()
    }
    var lines = [row("gates", ["< 0.1", "> 0.9"], ["always < 0.1", "always > 0.9"])]
    for layer in 0..<atlas.saturation.layers {
      for gate in GateSaturation.gates {
        let saturation = atlas.saturation
        let sides = GateSaturation.Side.allCases
        lines.append(
          row(
            "layer \(layer), \(gate.name)", sides.map { fixed(saturation.share($0, gate, layer: layer), 3) },
            sides.map { String(saturation.cellsAlways($0, gate, layer: layer)) }))
      }
    }
    lines +=
      ("\"always\" counts the cells whose gate is in that range at \(significant(100 * GateSaturation.always)) %"
      + " of the characters or more. A cell whose forget gate is always above 0.9 never forgets. If it is always below 0.1,"
      + " the cell never remembers.").wrapped(to: 80)
    return lines
  }

  private static func row(_ name: String, _ numbers: [String]) -> String {
    name.padded(to: 24) + zip(numbers, [8, 6, 6, 8]).map { $0.leftPadded(to: $1) }.joined()
  }

  /// The JSON keys, which programs rely on.
  private struct Names: Codable {
    struct Cell: Codable {
      let layer: Int
      let cell: Int
      let correlation: Double
    }
    struct Feature: Codable {
      let feature: TextFeature
      let mean: Double
      let largest: Int
      /// The closest cell first.
      let best: [Cell]
    }
    struct Saturation: Codable {
      let layer: Int
      let gate: String
      let left: Double
      let right: Double
      let alwaysLeft: Int
      let alwaysRight: Int
    }
    let text: String
    let from: Int
    let characters: Int
    let warmUp: Int
    let activation: CellActivations.Quantity
    let layers: Int
    let cells: Int
    let features: [Feature]
    let constantFeatures: [TextFeature]
    let saturation: [Saturation]
  }

  /// One JSON object.
  var json: String {
    let features = atlas.features.enumerated().map { index, feature in
      Names.Feature(
        feature: feature.feature, mean: feature.mean, largest: feature.largest,
        best: atlas.best(Self.best, for: index).map {
          .init(layer: $0.address.layer, cell: $0.address.cell, correlation: $0.correlation)
        })
    }
    let saturation = (0..<atlas.saturation.layers).flatMap { layer in
      GateSaturation.gates.map { gate in
        Names.Saturation(
          layer: layer, gate: gate.name, left: atlas.saturation.share(.left, gate, layer: layer),
          right: atlas.saturation.share(.right, gate, layer: layer),
          alwaysLeft: atlas.saturation.cellsAlways(.left, gate, layer: layer),
          alwaysRight: atlas.saturation.cellsAlways(.right, gate, layer: layer))
      }
    }
    let names = Names(
      text: source, from: atlas.passage.range.lowerBound, characters: atlas.passage.range.count,
      warmUp: atlas.passage.warmUp.count, activation: atlas.activations.quantity,
      layers: atlas.activations.layers, cells: atlas.activations.cellsPerLayer, features: features,
      constantFeatures: atlas.constantFeatures, saturation: saturation)
    return JSON.text(names)
  }
}
