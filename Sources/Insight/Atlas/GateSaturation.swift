import CharLSTM

/// How often each gate of each cell is all but shut or all but open: left-saturated below 0.1, right-saturated above 0.9
/// (Karpathy, Johnson & Fei-Fei 2015, section 4.2).
///
/// A cell whose forget gate is right-saturated keeps what it holds; one whose forget gate is left-saturated works as in a
/// feed-forward network.
public struct GateSaturation: Sendable, Equatable {
  /// A gate below it is left-saturated: all but shut.
  public static let low: Float = 0.1
  /// A gate above it is right-saturated: all but open.
  public static let high: Float = 0.9
  /// A gate is called always saturated where it is at so large a share of the characters.
  public static let always = 0.95
  /// Those that are saturated in this sense; the candidate is no gate in it.
  public static let gates: [Gate] = [.input, .forget, .output]

  /// The end of its range that a gate is at.
  public enum Side: String, Sendable, CaseIterable {
    /// Below 0.1.
    case left
    /// Above 0.9.
    case right
  }

  /// L.
  public let layers: Int
  /// H.
  public let cellsPerLayer: Int
  /// Characters counted.
  public private(set) var characters = 0
  /// Characters, `[L, gates, H]`.
  private var left: [Int]
  private var right: [Int]

  init(layers: Int, cellsPerLayer: Int) {
    self.layers = layers
    self.cellsPerLayer = cellsPerLayer
    left = [Int](repeating: 0, count: layers * Self.gates.count * cellsPerLayer)
    right = left
  }

  /// Counts the gates after one character, of the first lane.
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

  /// At how many characters a gate of each cell of a layer is saturated, `[H]`.
  public func counts(_ side: Side, _ gate: Gate, layer: Int) -> ArraySlice<Int> {
    guard let index = Self.gates.firstIndex(of: gate) else { preconditionFailure("\(gate) is not counted") }
    let first = (layer * Self.gates.count + index) * cellsPerLayer
    return (side == .left ? left : right)[first..<first + cellsPerLayer]
  }

  /// The share of all (character, cell) of a layer at which a gate is saturated, 0 to 1.
  public func share(_ side: Side, _ gate: Gate, layer: Int) -> Double {
    guard characters > 0 else { return 0 }
    return Double(counts(side, gate, layer: layer).reduce(0, +)) / Double(characters * cellsPerLayer)
  }

  /// Cells of a layer whose gate is saturated at `always` of the characters or more.
  public func cellsAlways(_ side: Side, _ gate: Gate, layer: Int) -> Int {
    counts(side, gate, layer: layer).count { Double($0) >= Self.always * Double(characters) }
  }
}
