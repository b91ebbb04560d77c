/// Random orthogonal matrices: what is multiplied by one keeps its length, so that a signal neither dies nor explodes on its way
/// through many time steps (Saxe, McClelland & Ganguli 2014; Le, Jaitly & Hinton 2015 for recurrent networks).
enum OrthogonalMatrix {
  /// A matrix whose rows, and columns, are of length 1 and at right angles to each other.
  ///
  /// It is the identity after rotations of random pairs of rows by random angles. Each round of them takes half of what is
  /// left of the identity away, and doubles the rows that a row is a mixture of: 2 log₂ n + 4 rounds, O(n² log n) in all,
  /// where making random rows orthogonal to each other takes O(n³). Only operations that every processor rounds in the same
  /// way are used.
  ///
  /// - Parameter size: n, 1 or more.
  /// - Returns: `[n, n]`, row-major.
  static func random(size: Int, generator: inout SeededGenerator) -> [Float] {
    var matrix = [Float](repeating: 0, count: size * size)
    for row in 0..<size { matrix[row * size + row] = 1 }
    var order = Array(0..<size)
    let rounds = size > 1 ? 2 * (Int.bitWidth - (size - 1).leadingZeroBitCount) + 4 : 0
    for _ in 0..<rounds {
      for place in (1..<size).reversed() {
        order.swapAt(place, Int(generator.next() % UInt64(place + 1)))
      }
      for pair in stride(from: 0, to: size - 1, by: 2) {
        let (a, b) = direction(&generator)
        let (first, second) = (order[pair] * size, order[pair + 1] * size)
        for column in 0..<size {
          let (x, y) = (matrix[first + column], matrix[second + column])
          matrix[first + column] = a * x - b * y
          matrix[second + column] = b * x + a * y
        }
      }
    }
    return matrix
  }

  /// Cosine and sine of an angle uniform in the circle, from a point in the disc: a library's cosine may differ in its last bit.
  private static func direction(_ generator: inout SeededGenerator) -> (Float, Float) {
    while true {
      let (x, y) = (2 * generator.uniform() - 1, 2 * generator.uniform() - 1)
      let length = (x * x + y * y).squareRoot()
      if length > 0.1 && length <= 1 { return (Float(x / length), Float(y / length)) }
    }
  }
}
