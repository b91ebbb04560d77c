/// The header of a safetensors file. Each tensor is checked by itself, but not yet against the other tensors and the
/// data.
struct SafeTensorsHeader {
  /// A tensor as the header describes it. Its shape, type and offsets are consistent.
  struct Entry {
    let name: String
    let dtype: SafeTensors.DType
    let shape: [Int]
    /// The offsets, counted from the end of the header.
    let range: Range<Int>
  }

  /// The limit of the reference implementation. The header of a real file has a few thousand bytes.
  static let byteCountLimit = 100_000_000

  /// The maximum number of dimensions, which is also the limit of NumPy and PyTorch. Without it, a header could make
  /// the reader allocate eight bytes for every two bytes of its own.
  static let dimensionLimit = 64

  private(set) var metadata: [String: String] = [:]
  private(set) var entries: [Entry] = []

  /// Reads the header in `range` of a file's bytes.
  init(_ bytes: [UInt8], in range: Range<Int>) throws(SafeTensorsError) {
    var scanner = HeaderScanner(bytes, in: range)
    // Swift compares strings by canonical equivalence. Two names that differ only in the encoding of an accent are the
    // same key in every lookup here, so they count as duplicates.
    var names = Set<String>()
    try scanner.expectHere("{", .openingBrace)
    if !scanner.skip("}") {
      repeat {
        let name = try scanner.string()
        try scanner.expect(":", .colon)
        guard names.insert(name).inserted else { throw .duplicateName(name) }
        if name == SafeTensors.metadataKey {
          metadata = try Self.metadata(&scanner)
        } else {
          entries.append(try Entry(name, &scanner))
        }
      } while scanner.skip(",")
      try scanner.expect("}", .commaOrClosingBrace)
    }
    try scanner.expectPadding()
  }

  private static func metadata(_ scanner: inout HeaderScanner) throws(SafeTensorsError) -> [String: String] {
    var metadata = [String: String]()
    try scanner.expect("{", .openingBrace)
    if scanner.skip("}") { return metadata }
    repeat {
      let key = try scanner.string()
      try scanner.expect(":", .colon)
      let value = try scanner.string()
      guard metadata.updateValue(value, forKey: key) == nil else { throw .duplicateMetadataKey(key) }
    } while scanner.skip(",")
    try scanner.expect("}", .commaOrClosingBrace)
    return metadata
  }
}

extension SafeTensorsHeader.Entry {
  /// Reads the object that describes the tensor `name`.
  init(_ name: String, _ scanner: inout HeaderScanner) throws(SafeTensorsError) {
    var dtype: SafeTensors.DType?
    var shape: [Int]?
    var offsets: (begin: Int, end: Int)?
    try scanner.expect("{", .openingBrace)
    if !scanner.skip("}") {
      repeat {
        let key = try scanner.string()
        guard let field = SafeTensors.Field(rawValue: key) else { throw .unknownField(tensor: name, found: key) }
        try scanner.expect(":", .colon)
        let isRepeated =
          switch field {
          case .dtype: dtype != nil
          case .shape: shape != nil
          case .dataOffsets: offsets != nil
          }
        guard !isRepeated else { throw .duplicateField(tensor: name, field: field) }
        switch field {
        case .dtype: dtype = try Self.dtype(of: name, &scanner)
        case .shape: shape = try Self.shape(of: name, &scanner)
        case .dataOffsets: offsets = try Self.offsets(of: name, &scanner)
        }
      } while scanner.skip(",")
      try scanner.expect("}", .commaOrClosingBrace)
    }
    guard let dtype else { throw .missingField(tensor: name, field: .dtype) }
    guard let shape else { throw .missingField(tensor: name, field: .shape) }
    guard let (begin, end) = offsets else { throw .missingField(tensor: name, field: .dataOffsets) }
    guard begin <= end else { throw .reversedOffsets(tensor: name, begin: begin, end: end) }
    guard let byteCount = Self.byteCount(dtype, shape) else { throw .shapeOverflow(tensor: name, shape: shape) }
    guard byteCount == end - begin else {
      throw .byteCountMismatch(tensor: name, expected: byteCount, found: end - begin)
    }
    self.init(name: name, dtype: dtype, shape: shape, range: begin..<end)
  }

  private static func dtype(
    of tensor: String, _ scanner: inout HeaderScanner
  ) throws(SafeTensorsError) -> SafeTensors.DType {
    let found = try scanner.string()
    guard let dtype = SafeTensors.DType(rawValue: found) else { throw .unknownDType(tensor: tensor, found: found) }
    return dtype
  }

  private static func shape(of tensor: String, _ scanner: inout HeaderScanner) throws(SafeTensorsError) -> [Int] {
    var shape = [Int]()
    try scanner.expect("[", .openingBracket)
    if scanner.skip("]") { return shape }
    repeat {
      guard shape.count < SafeTensorsHeader.dimensionLimit else {
        throw .tooManyDimensions(tensor: tensor, limit: SafeTensorsHeader.dimensionLimit)
      }
      shape.append(try scanner.wholeNumber(of: tensor, .shape))
    } while scanner.skip(",")
    try scanner.expect("]", .commaOrClosingBracket)
    return shape
  }

  private static func offsets(
    of tensor: String, _ scanner: inout HeaderScanner
  ) throws(SafeTensorsError) -> (begin: Int, end: Int) {
    try scanner.expect("[", .openingBracket)
    let begin = try scanner.wholeNumber(of: tensor, .dataOffsets)
    try scanner.expect(",", .comma)
    let end = try scanner.wholeNumber(of: tensor, .dataOffsets)
    try scanner.expect("]", .closingBracket)
    return (begin, end)
  }

  /// The number of bytes of a shape; nil if it does not fit in an `Int`.
  static func byteCount(_ dtype: SafeTensors.DType, _ shape: [Int]) -> Int? {
    // check this first: a tensor without elements has no bytes, however large its other dimensions are
    if shape.contains(0) { return 0 }
    var count = dtype.byteCount
    for size in shape {
      let (product, overflow) = count.multipliedReportingOverflow(by: size)
      guard !overflow else { return nil }
      count = product
    }
    return count
  }
}
