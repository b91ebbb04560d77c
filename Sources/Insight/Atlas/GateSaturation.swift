import CharLSTM

/// How often each gate of each cell is nearly shut or nearly open. A gate is left-saturated below 0.1 and
/// right-saturated above 0.9 (Karpathy, Johnson & Fei-Fei 2015, section 4.2).
///
/// A cell with a right-saturated forget gate keeps its value. A cell with a left-saturated forget gate forgets nearly
/// everything at each step, like a unit of a feed-forward network.
public struct GateSaturation: Sendable, Equatable {
  /// A gate below this value is left-saturated: nearly shut.
  public static let low: Float = 0.1
  /// A gate above this value is right-saturated: nearly open.
  public static let high: Float = 0.9
  /// A gate counts as always saturated if it is saturated at this share of the characters or more.
  public static let always = 0.95
  /// The gates that are counted. The cell candidate is not a gate in this sense.
  public static let gates: [Gate] = [.input, .forget, .output]

  /// The side on which a gate is saturated.
  public enum Side: String, Sendable, CaseIterable {
    /// Below 0.1.
    case left
    /// Above 0.9.
    case right
  }

  /// The number of layers, L.
  public let layers: Int
  /// The hidden size, H.
  public let cellsPerLayer: Int
  /// The number of characters counted so far.
  public private(set) var characters = 0
  /// The number of characters at which a gate was left-saturated, `[L, gates, H]`.
  private var left: [Int]
  private var right: [Int]

  init(layers: Int, cellsPerLayer: Int) {
    self.layers = layers
    self.cellsPerLayer = cellsPerLayer
    left = [Int](repeating: 0, count: layers * Self.gates.count * cellsPerLayer)
    right = left
  }

  /// Counts the gates of the first lane after one character.
  mutating func count(_ gates: GateActivations) {
    characters += 1
    var place = 0
    for layer in 0..<layers {
      for gate in Self.gates {
        for value in gates.values(of: gate, layer: layer, lane: 0) {
          if value < Self.low { left[place] += 1 }
          if value > Self.high { right[place] += 1 }
          place += 1
        }
      }
    }
  }

  /// The number of characters at which a gate of each cell of a layer is saturated, `[H]`.
  public func counts(_ side: Side, _ gate: Gate, layer: Int) -> ArraySlice<Int> {
    guard let index = Self.gates.firstIndex(of: gate) else { preconditionFailure("\(gate) is not counted") }
    let first = (layer * Self.gates.count + index) * cellsPerLayer
    return (side == .left ? left : right)[first..<first + cellsPerLayer]
  }

  /// The share of (character, cell) pairs of a layer at which a gate is saturated, from 0 to 1.
  public func share(_ side: Side, _ gate: Gate, layer: Int) -> Double {
    guard characters > 0 else { return 0 }
    return Double(counts(side, gate, layer: layer).reduce(0, +)) / Double(characters * cellsPerLayer)
  }

  /// The number of cells of a layer whose gate is saturated at a share of `always` of the characters, or more.
  public func cellsAlways(_ side: Side, _ gate: Gate, layer: Int) -> Int {
    counts(side, gate, layer: layer).count { Double($0) >= Self.always * Double(characters) }
  }
}
