extension SafeTensors {
  /// The number of bytes that hold the length of the header.
  static let prefixByteCount = 8

  /// Reads the whole file at `path`, once.
  ///
  /// The header comes first. It must fit the size of the file, or the rest is not read.
  /// - Throws: ``SafeTensorsError/unreadable(path:errno:)``, ``SafeTensorsError/notAFile(path:)``, and the errors of
  ///   ``init(bytes:)``.
  public init(contentsOf path: String) throws(SafeTensorsError) {
    let (bytes, contents) = try Self.read(path)
    self.init(bytes, contents)
  }

  /// Reads tensors and metadata from the bytes of a file.
  /// - Throws: A ``SafeTensorsError`` for the first violation of the format.
  public init(bytes: [UInt8]) throws(SafeTensorsError) {
    let dataStart = try Contents.dataStart(bytes.prefix(Self.prefixByteCount), fileByteCount: bytes.count)
    self.init(bytes, try Contents(bytes, dataStart: dataStart, fileByteCount: bytes.count))
  }

  private init(_ bytes: [UInt8], _ contents: Contents) {
    metadata = contents.metadata
    tensors = contents.entries.map { entry in
      let range = contents.dataStart + entry.range.lowerBound..<contents.dataStart + entry.range.upperBound
      return Tensor(name: entry.name, dtype: entry.dtype, shape: entry.shape, bytes: bytes[range])
    }
  }

  /// What the header says, checked against the size of the file.
  private struct Contents {
    /// The offset in the file of the first tensor's first byte.
    let dataStart: Int
    let metadata: [String: String]
    /// In the order of their data. The ranges count from `dataStart`.
    let entries: [SafeTensorsHeader.Entry]

    /// - Parameter bytes: The beginning of the file, at least up to `dataStart`.
    init(_ bytes: [UInt8], dataStart: Int, fileByteCount: Int) throws(SafeTensorsError) {
      let header = try SafeTensorsHeader(bytes, in: SafeTensors.prefixByteCount..<dataStart)
      // A tensor without elements comes before a tensor that begins at the same offset.
      let entries = header.entries.sorted {
        ($0.range.lowerBound, $0.range.upperBound) < ($1.range.lowerBound, $1.range.upperBound)
      }
      let available = fileByteCount - dataStart
      var used = 0
      for entry in entries {
        let (begin, end) = (entry.range.lowerBound, entry.range.upperBound)
        guard begin >= used else { throw .overlap(tensor: entry.name, begin: begin, previousEnd: used) }
        guard begin == used else { throw .gap(tensor: entry.name, begin: begin, previousEnd: used) }
        guard end <= available else { throw .dataTruncated(tensor: entry.name, end: end, available: available) }
        used = end
      }
      guard used == available else { throw .trailingData(used: used, available: available) }
      self.dataStart = dataStart
      metadata = header.metadata
      self.entries = entries
    }

    /// The end of the header, from the `prefix` of a file with `fileByteCount` bytes.
    static func dataStart(_ prefix: ArraySlice<UInt8>, fileByteCount: Int) throws(SafeTensorsError) -> Int {
      guard prefix.count == prefixByteCount else { throw .tooShort(byteCount: fileByteCount) }
      let length = prefix.reversed().reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
      guard let byteCount = Int(exactly: length), byteCount <= SafeTensorsHeader.byteCountLimit else {
        throw .headerTooLarge(byteCount: length, limit: SafeTensorsHeader.byteCountLimit)
      }
      let available = fileByteCount - prefixByteCount
      guard byteCount <= available else { throw .headerTruncated(byteCount: byteCount, available: available) }
      return prefixByteCount + byteCount
    }
  }

  private static func read(_ path: String) throws(SafeTensorsError) -> ([UInt8], Contents) {
    func reading<Value: ~Copyable>(_ calls: () throws(SystemError) -> Value) throws(SafeTensorsError) -> Value {
      do throws(SystemError) {
        return try calls()
      } catch {
        throw .unreadable(path: path, errno: error.number)
      }
    }
    // otherwise, opening a pipe would wait until another process writes to it
    let file = try reading { () throws(SystemError) in try FileDescriptor(opening: path, for: .readingAtOnce) }
    let status = try reading { () throws(SystemError) in try file.status() }
    guard status.isRegularFile else { throw .notAFile(path: path) }

    var bytes = [UInt8]()
    // more only after the header has confirmed the size
    bytes.reserveCapacity(min(status.byteCount, 1 << 30))
    var contents: Contents?
    // A block of this size stays in the second-level cache between the system call and the copy into the array.
    var block = [UInt8](repeating: 0, count: 256 * 1024)
    while true {
      let count = try reading { () throws(SystemError) in try file.fill(&block) }
      if count == 0 { break }
      bytes += block[..<count]
      guard contents == nil else { continue }
      let dataStart = try Contents.dataStart(bytes.prefix(prefixByteCount), fileByteCount: status.byteCount)
      guard bytes.count >= dataStart else { continue }
      contents = try Contents(bytes, dataStart: dataStart, fileByteCount: status.byteCount)
      bytes.reserveCapacity(status.byteCount)
    }
    if let contents, bytes.count == status.byteCount { return (bytes, contents) }
    // the file is too short for a header, or its length changed while it was read
    let dataStart = try Contents.dataStart(bytes.prefix(prefixByteCount), fileByteCount: bytes.count)
    return (bytes, try Contents(bytes, dataStart: dataStart, fileByteCount: bytes.count))
  }
}
