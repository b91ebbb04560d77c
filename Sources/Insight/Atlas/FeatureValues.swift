import CharLSTM

/// The value of one feature at every character of a passage.
public struct FeatureValues: Sendable, Equatable {
  /// The feature. Its definition says what each number stands for.
  public let feature: TextFeature
  /// One value for each character.
  public let values: [Int]

  /// Takes values that are already known, one for each character.
  public init(_ feature: TextFeature, values: [Int]) {
    self.feature = feature
    self.values = values
  }

  /// The mean over all characters; 0 if there are none.
  public var mean: Double { values.isEmpty ? 0 : Double(values.reduce(0, +)) / Double(values.count) }
  /// The largest value; 0 if there are no characters.
  public var largest: Int { values.max() ?? 0 }
  /// Whether the values differ. No cell can follow a feature that does not vary.
  public var varies: Bool { values.contains { $0 != values[0] } }

  /// All features of a passage, in the order of `TextFeature.allCases`.
  public static func all(in passage: TextPassage) -> [FeatureValues] {
    let context = passage.context
    let scalars = PassageScalar.all(of: passage.tokens, in: context, vocabulary: passage.vocabulary)
    return all(
      in: scalars, range: passage.range.lowerBound - context.lowerBound..<passage.range.upperBound - context.lowerBound)
  }

  /// All features of the characters in `range`. The characters outside it are only context.
  static func all(in scalars: [PassageScalar], range: Range<Int>) -> [FeatureValues] {
    var columns = [[Int]](repeating: [], count: TextFeature.allCases.count)
    for index in columns.indices { columns[index].reserveCapacity(range.count) }
    var reader = FeatureReader(scalars)
    while let position = reader.next() {
      guard position < range.upperBound else { break }
      guard position >= range.lowerBound else { continue }
      for (index, feature) in TextFeature.allCases.enumerated() { columns[index].append(reader.value(of: feature)) }
    }
    return zip(TextFeature.allCases, columns).map { FeatureValues($0, values: $1) }
  }
}
