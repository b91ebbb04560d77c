import CharLSTM

/// A feature of every character of a passage.
public struct FeatureValues: Sendable, Equatable {
  /// What `values` are of; its definition says what each number means.
  public let feature: TextFeature
  /// One for each character.
  public let values: [Int]

  /// Values that are known, one for each character.
  public init(_ feature: TextFeature, values: [Int]) {
    self.feature = feature
    self.values = values
  }

  /// Over all characters; 0 where there are none.
  public var mean: Double { values.isEmpty ? 0 : Double(values.reduce(0, +)) / Double(values.count) }
  /// 0 where there are no characters.
  public var largest: Int { values.max() ?? 0 }
  /// A feature that does not vary is followed by nothing.
  public var varies: Bool { values.contains { $0 != values[0] } }

  /// All features of a passage, in the order of `TextFeature.allCases`.
  public static func all(in passage: TextPassage) -> [FeatureValues] {
    let context = passage.context
    let scalars = PassageScalar.all(of: passage.tokens, in: context, vocabulary: passage.vocabulary)
    return all(
      in: scalars, range: passage.range.lowerBound - context.lowerBound..<passage.range.upperBound - context.lowerBound)
  }

  /// Those of the characters in `range`, the others being their context.
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
