extension SafeTensors {
  /// The number of bytes that hold the length of the header.
  static let prefixByteCount = 8

  /// Reads the whole file at `path`, once.
  ///
  /// All lengths, offsets, types and shapes are compared with the size of the file before anything is made from them.
  /// If the first block does not begin like a safetensors file, the rest is not read.
  /// - Throws: ``SafeTensorsError/unreadable(path:errno:)``, ``SafeTensorsError/notAFile(path:)``, and the errors of
  ///   ``init(bytes:)``.
  public init(contentsOf path: String) throws(SafeTensorsError) {
    try self.init(bytes: try Self.fileBytes(path))
  }

  /// Reads tensors and metadata from the bytes of a file.
  /// - Throws: A ``SafeTensorsError`` for the first violation of the format.
  public init(bytes: [UInt8]) throws(SafeTensorsError) {
    let headerByteCount = try Self.headerByteCount(bytes.prefix(Self.prefixByteCount), fileByteCount: bytes.count)
    let dataStart = Self.prefixByteCount + headerByteCount
    let available = bytes.count - dataStart
    let header = try SafeTensorsHeader(bytes, in: Self.prefixByteCount..<dataStart)

    // A tensor without elements comes before a tensor that begins at the same offset.
    let entries = header.entries.sorted {
      ($0.range.lowerBound, $0.range.upperBound) < ($1.range.lowerBound, $1.range.upperBound)
    }
    var used = 0
    for entry in entries {
      let (begin, end) = (entry.range.lowerBound, entry.range.upperBound)
      guard begin >= used else { throw .overlap(tensor: entry.name, begin: begin, previousEnd: used) }
      guard begin == used else { throw .gap(tensor: entry.name, begin: begin, previousEnd: used) }
      guard end <= available else { throw .dataTruncated(tensor: entry.name, end: end, available: available) }
      used = end
    }
    guard used == available else { throw .trailingData(used: used, available: available) }

    metadata = header.metadata
    tensors = entries.map { entry in
      let range = dataStart + entry.range.lowerBound..<dataStart + entry.range.upperBound
      return Tensor(name: entry.name, dtype: entry.dtype, shape: entry.shape, bytes: bytes[range])
    }
  }

  /// The length of the header, from the `prefix` of a file with `fileByteCount` bytes.
  private static func headerByteCount(
    _ prefix: ArraySlice<UInt8>, fileByteCount: Int
  ) throws(SafeTensorsError) -> Int {
    guard prefix.count == prefixByteCount else { throw .tooShort(byteCount: fileByteCount) }
    let length = prefix.reversed().reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
    guard let byteCount = Int(exactly: length), byteCount <= SafeTensorsHeader.byteCountLimit else {
      throw .headerTooLarge(byteCount: length, limit: SafeTensorsHeader.byteCountLimit)
    }
    let available = fileByteCount - prefixByteCount
    guard byteCount <= available else { throw .headerTruncated(byteCount: byteCount, available: available) }
    return byteCount
  }

  private static func fileBytes(_ path: String) throws(SafeTensorsError) -> [UInt8] {
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
    // A block of this size stays in the second-level cache between the system call and the copy into the array.
    var block = [UInt8](repeating: 0, count: 256 * 1024)
    while true {
      let count = try reading { () throws(SystemError) in try file.fill(&block) }
      if count == 0 { return bytes }
      if bytes.isEmpty {
        _ = try headerByteCount(block[..<count].prefix(prefixByteCount), fileByteCount: status.byteCount)
        bytes.reserveCapacity(status.byteCount)
      }
      bytes += block[..<count]
    }
  }
}
