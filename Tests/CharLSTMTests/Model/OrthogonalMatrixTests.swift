import Testing

@testable import CharLSTM

@Suite struct OrthogonalMatrixTests {
  private func matrix(_ size: Int, seed: UInt64 = 5) -> [Float] {
    var generator = SeededGenerator(seed: seed)
    return OrthogonalMatrix.random(size: size, generator: &generator)
  }

  @Test(arguments: [1, 2, 3, 16, 45, 130]) func rowsAreAtRightAngles(size: Int) {
    let matrix = matrix(size)
    #expect(matrix.count == size * size)
    for a in 0..<size {
      for b in 0..<size {
        let product = (0..<size).reduce(0.0) { $0 + Double(matrix[a * size + $1]) * Double(matrix[b * size + $1]) }
        #expect(abs(product - (a == b ? 1 : 0)) < 1e-5, "rows \(a) and \(b) of \(size)")
      }
    }
  }

  @Test func nothingIsLeftOfTheIdentity() {
    let size = 130
    let matrix = matrix(size)
    let mean = matrix.reduce(0, +) / Float(size * size)
    #expect(abs(mean) < 0.01)
    // squares of a row sum to 1: 1/n each on average, on the diagonal as elsewhere
    let diagonal = (0..<size).reduce(Float(0)) { $0 + matrix[$1 * size + $1] * matrix[$1 * size + $1] }
    #expect(diagonal > 0.5 && diagonal < 2)
    #expect(matrix.filter { abs($0) < 1e-5 }.count < size * size / 50)
    #expect((matrix.map(abs).max() ?? 1) < 0.7)
  }

  @Test func theSeedDecides() {
    #expect(matrix(20) == matrix(20))
    #expect(matrix(20) != matrix(20, seed: 6))
  }
}
