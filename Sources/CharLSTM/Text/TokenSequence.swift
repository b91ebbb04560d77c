/// The token ids of a text. An id takes one, two or four bytes, depending on the size of the vocabulary.
///
/// A slice shares the memory of the whole sequence.
public struct TokenSequence: Sendable, Equatable {
  private enum Storage: Sendable, Equatable {
    case bytes([UInt8])
    case words([UInt16])
    case longWords([Int32])
  }

  private let storage: Storage
  private let range: Range<Int>

  /// The number of ids in the sequence or slice.
  public var count: Int { range.count }

  /// The number of bytes per id.
  public var bytesPerToken: Int {
    switch storage {
    case .bytes: 1
    case .words: 2
    case .longWords: 4
    }
  }

  init(bytes: [UInt8]) { (storage, range) = (.bytes(bytes), 0..<bytes.count) }
  init(words: [UInt16]) { (storage, range) = (.words(words), 0..<words.count) }
  init(longWords: [Int32]) { (storage, range) = (.longWords(longWords), 0..<longWords.count) }

  private init(storage: Storage, range: Range<Int>) { (self.storage, self.range) = (storage, range) }

  /// Makes a sequence of ids from a vocabulary of `vocabularySize` characters.
  public init(_ ids: [Int32], vocabularySize: Int) {
    switch vocabularySize {
    case ...256: self.init(bytes: ids.map { UInt8($0) })
    case ...65536: self.init(words: ids.map { UInt16($0) })
    default: self.init(longWords: ids)
    }
  }

  /// The id at `index`, counted from the beginning of the slice.
  public subscript(index: Int) -> Int32 {
    precondition(index >= 0 && index < count, "token \(index) of \(count)")
    switch storage {
    case .bytes(let ids): return Int32(ids[range.lowerBound + index])
    case .words(let ids): return Int32(ids[range.lowerBound + index])
    case .longWords(let ids): return ids[range.lowerBound + index]
    }
  }

  /// A slice that shares the memory of this sequence.
  public subscript(part: Range<Int>) -> TokenSequence {
    precondition(part.lowerBound >= 0 && part.upperBound <= count, "tokens \(part) of \(count)")
    return TokenSequence(
      storage: storage, range: range.lowerBound + part.lowerBound..<range.lowerBound + part.upperBound)
  }

  /// Copies the ids of `part` into every `stride`-th element of `destination`, starting at `first`. Allocates nothing.
  public func copy(_ part: Range<Int>, into destination: inout [Int32], first: Int, stride: Int) {
    precondition(part.lowerBound >= 0 && part.upperBound <= count, "tokens \(part) of \(count)")
    let start = range.lowerBound + part.lowerBound
    switch storage {
    case .bytes(let ids): for k in 0..<part.count { destination[first + k * stride] = Int32(ids[start + k]) }
    case .words(let ids): for k in 0..<part.count { destination[first + k * stride] = Int32(ids[start + k]) }
    case .longWords(let ids): for k in 0..<part.count { destination[first + k * stride] = ids[start + k] }
    }
  }

  /// Whether both have the same ids, regardless of the number of bytes per id.
  public static func == (a: TokenSequence, b: TokenSequence) -> Bool {
    a.count == b.count && (0..<a.count).allSatisfy { a[$0] == b[$0] }
  }
}
