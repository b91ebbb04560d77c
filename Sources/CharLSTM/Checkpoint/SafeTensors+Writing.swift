extension SafeTensors {
  /// The tensors' bytes begin at a multiple of this many bytes, so that a file mapped into memory has its numbers where
  /// vector instructions like them.
  static let alignment = 64

  /// The bytes of the file: the same for the same value, whenever and wherever it is written.
  ///
  /// Metadata comes sorted by the UTF-8 of its keys and the tensors in their order.
  public func serialized() -> [UInt8] {
    var bytes = prefix()
    bytes.reserveCapacity(bytes.count + tensors.reduce(0) { $0 + $1.bytes.count })
    for tensor in tensors { bytes += tensor.bytes }
    return bytes
  }

  /// What stands before the tensors: the header's length and the header.
  private func prefix() -> [UInt8] {
    let header = header()
    return (0..<Self.prefixByteCount).map { UInt8(truncatingIfNeeded: header.count >> (8 * $0)) } + header
  }

  /// Writes the file, in one step that either happens or does not: see ``AtomicFile``.
  /// - Throws: ``AtomicFileError`` when the file cannot be written; what stood at `path` is then still there.
  public func write(to path: String) throws(AtomicFileError) {
    var file = try AtomicFile.Writer(path: path)
    try file.write(prefix())
    // piece by piece: a second copy of all tensors would double what is needed while training
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

  /// A JSON string: what has to be escaped is, in the short form where there is one, and nothing else.
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
