/// The steps of surprisal, in bits. Each step is shown in one colour.
public enum SurprisalScale {
  /// The lower bounds of all steps after the first. They are the surprisals of the probabilities 1/2, 1/4, 1/16, 1/64
  /// and 1/512.
  public static let bounds = [1.0, 2, 4, 6, 9]

  /// The step of a surprisal, from 0 to `bounds.count`; 0 if nothing was predicted.
  public static func step(nats: Double?) -> Int {
    guard let nats else { return 0 }
    let bits = CharLSTM.bits(nats)
    return bounds.lastIndex { bits >= $0 }.map { $0 + 1 } ?? 0
  }

  /// The range of each step: "under 1", "1 to 2", … "9 or more".
  public static var names: [String] {
    let numbers = bounds.map { String(Int($0)) }
    return ["under \(numbers[0])"] + zip(numbers, numbers.dropFirst()).map { "\($0) to \($1)" }
      + ["\(numbers[numbers.count - 1]) or more"]
  }
}
