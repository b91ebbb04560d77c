/// A number for each Unicode scalar, in pages of 256 that are made when they are first written.
struct ScalarTable: Sendable, Equatable {
  private static let pageSize = 256
  private static let scalarCount = 0x11_0000

  private let empty: Int
  /// Where each page begins; 0 is the page that stands for all untouched ones.
  private var starts: [Int32]
  private var pages: [Int]

  /// - Parameter empty: what scalars that were never set have.
  init(empty: Int) {
    self.empty = empty
    starts = [Int32](repeating: 0, count: Self.scalarCount / Self.pageSize)
    pages = [Int](repeating: empty, count: Self.pageSize)
  }

  subscript(scalar: UInt32) -> Int {
    get { pages[Int(starts[Int(scalar >> 8)]) + Int(scalar & 0xFF)] }
    set {
      let page = Int(scalar >> 8)
      if starts[page] == 0 {
        starts[page] = Int32(pages.count)
        pages.append(contentsOf: repeatElement(empty, count: Self.pageSize))
      }
      pages[Int(starts[page]) + Int(scalar & 0xFF)] = newValue
    }
  }

  /// Scalars that have another number than `empty`, ascending.
  var assigned: [(scalar: UInt32, value: Int)] {
    var result: [(scalar: UInt32, value: Int)] = []
    for (page, start) in starts.enumerated() where start > 0 {
      for low in 0..<Self.pageSize where pages[Int(start) + low] != empty {
        result.append((UInt32(page * Self.pageSize + low), pages[Int(start) + low]))
      }
    }
    return result
  }
}
