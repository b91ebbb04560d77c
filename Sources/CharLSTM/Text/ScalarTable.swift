/// Maps each Unicode scalar to a number. Pages of 256 scalars are allocated when they are first written.
struct ScalarTable: Sendable, Equatable {
  private static let pageSize = 256
  private static let scalarCount = 0x11_0000

  private let empty: Int
  /// The start of each page in `pages`; 0 is the shared page of all scalars that were never written.
  private var starts: [Int32]
  private var pages: [Int]

  /// Creates a table without assigned numbers.
  /// - Parameter empty: The number of every scalar that is not assigned.
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

  /// The scalars whose number differs from `empty`, in ascending order.
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
