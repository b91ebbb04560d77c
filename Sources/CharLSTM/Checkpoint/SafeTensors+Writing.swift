extension SafeTensors {
  /// The bytes of the tensors begin at a multiple of this number. So the numbers in a mapped file are aligned for
  /// vector instructions.
  static let alignment = 64

  /// The bytes of the file. Equal values give equal bytes, at any time and on any machine.
  ///
  /// Metadata is sorted by the UTF-8 of its keys. Tensors keep their order.
  public func serialized() -> [UInt8] {
    var bytes = prefix()
    bytes.reserveCapacity(bytes.count + tensors.reduce(0) { $0 + $1.bytes.count })
    for tensor in tensors { bytes += tensor.bytes }
    return bytes
  }

  /// The bytes before the tensors: the length of the header, and the header.
  private func prefix() -> [UInt8] {
    let header = header()
    return (0..<Self.prefixByteCount).map { UInt8(truncatingIfNeeded: header.count >> (8 * $0)) } + header
  }

  /// Writes the file atomically; see ``AtomicFile``.
  /// - Throws: ``AtomicFileError`` if the file cannot be written. The old file at `path` is then still there.
  public func write(to path: String) throws(AtomicFileError) {
    var file = try AtomicFile.Writer(path: path)
    try file.write(prefix())
    // write in pieces, because a second copy of all tensors would double the memory during training
    for tensor in tensors {
      var rest = tensor.bytes
      while !rest.isEmpty {
        try file.write(Array(rest.prefix(Self.pieceByteCount)))
        rest = rest.dropFirst(Self.pieceByteCount)
      }
    }
    try file.commit()
  }

  private static let pieceByteCount = 1 << 20

  private func header() -> [UInt8] {
    var members = [String]()
    if !metadata.isEmpty {
      let pairs = metadata.sorted { $0.key.utf8.lexicographicallyPrecedes($1.key.utf8) }
      let strings = pairs.map { "\(Self.quoted($0.key)):\(Self.quoted($0.value))" }
      members.append("\(Self.quoted(Self.metadataKey)):{\(strings.joined(separator: ","))}")
    }
    var begin = 0
    for tensor in tensors {
      let end = begin + tensor.bytes.count
      let shape = tensor.shape.map(String.init).joined(separator: ",")
      members.append(
        """
        \(Self.quoted(tensor.name)):{"dtype":"\(tensor.dtype.rawValue)","shape":[\(shape)],\
        "data_offsets":[\(begin),\(end)]}
        """)
      begin = end
    }
    var header = Array("{\(members.joined(separator: ","))}".utf8)
    let excess = (Self.prefixByteCount + header.count) % Self.alignment
    if excess > 0 { header += [UInt8](repeating: UInt8(ascii: " "), count: Self.alignment - excess) }
    return header
  }

  /// A JSON string. Only the characters that must be escaped are escaped, in the short form if there is one.
  private static func quoted(_ text: String) -> String {
    var quoted = "\""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"": quoted += "\\\""
      case "\\": quoted += "\\\\"
      case "\u{08}": quoted += "\\b"
      case "\t": quoted += "\\t"
      case "\n": quoted += "\\n"
      case "\u{0C}": quoted += "\\f"
      case "\r": quoted += "\\r"
      case ..<" ": quoted += "\\u00\(scalar.value < 0x10 ? "0" : "")\(String(scalar.value, radix: 16))"
      default: quoted.unicodeScalars.append(scalar)
      }
    }
    return quoted + "\""
  }
}
