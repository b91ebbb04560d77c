/// What can be wrong with a safetensors file, or with what is asked of it. Sizes and offsets are in bytes.
public enum SafeTensorsError: Error, Equatable, Sendable {
  /// The file could not be opened or read; `errno` says why.
  case unreadable(path: String, errno: Int32)
  /// A folder, a pipe or a device.
  case notAFile(path: String)

  /// The file has not even the 8 bytes of the header's length.
  case tooShort(byteCount: Int)
  /// The header says it is longer than `limit`: almost certainly another kind of file.
  case headerTooLarge(byteCount: UInt64, limit: Int)
  /// The header says it is longer than what follows in the file.
  case headerTruncated(byteCount: Int, available: Int)
  /// The header is not the JSON it has to be; `offset` counts from the beginning of the file.
  case malformedHeader(offset: Int, fault: HeaderFault)

  /// Two tensors have one name, or `__metadata__` is there twice.
  case duplicateName(String)
  /// A key of the metadata is there twice.
  case duplicateMetadataKey(String)
  /// A tensor has a field twice.
  case duplicateField(tensor: String, field: SafeTensors.Field)
  /// A tensor has a field that the format does not know.
  case unknownField(tensor: String, found: String)
  /// A tensor has not all of its fields.
  case missingField(tensor: String, field: SafeTensors.Field)
  /// A tensor's elements are of a kind that is not in ``SafeTensors/DType``.
  case unknownDType(tensor: String, found: String)
  /// A number of a shape or an offset is negative, fractional, beyond 63 bits or written with leading zeros.
  /// `found` is at most its first 32 characters.
  case invalidNumber(tensor: String, field: SafeTensors.Field, found: String)
  /// A shape has more dimensions than anything that reads such files.
  case tooManyDimensions(tensor: String, limit: Int)
  /// A shape stands for more bytes than 63 bits can count.
  case shapeOverflow(tensor: String, shape: [Int])
  /// A tensor ends before it begins.
  case reversedOffsets(tensor: String, begin: Int, end: Int)
  /// A tensor's offsets leave `found` bytes where its shape and type need `expected`.
  case byteCountMismatch(tensor: String, expected: Int, found: Int)

  /// A tensor begins at `begin`, inside the one before it, which ends at `previousEnd`.
  case overlap(tensor: String, begin: Int, previousEnd: Int)
  /// A tensor begins at `begin`, and no one owns the bytes from `previousEnd` on.
  case gap(tensor: String, begin: Int, previousEnd: Int)
  /// A tensor ends at `end`, but the file has only `available` bytes after its header.
  case dataTruncated(tensor: String, end: Int, available: Int)
  /// The file has `available` bytes after its header, of which the tensors own `used`.
  case trailingData(used: Int, available: Int)

  /// No tensor has this name.
  case missingTensor(String)
  /// A tensor is not of the type asked for.
  case dtypeMismatch(tensor: String, expected: SafeTensors.DType, found: SafeTensors.DType)
  /// A tensor is not of the shape asked for.
  case shapeMismatch(tensor: String, expected: [Int], found: [Int])

  /// Where the header stops to be JSON of the right form.
  public enum HeaderFault: Equatable, Sendable {
    /// The header ends in the middle.
    case endOfHeader
    /// Something else than `token` stands here.
    case expected(HeaderToken, found: UInt8)
    /// A backslash is not followed by what JSON allows.
    case invalidEscape
    /// `\u` with one half of a surrogate pair, and the other half is missing.
    case loneSurrogate(UInt16)
    /// A control character that JSON wants escaped.
    case controlCharacter(UInt8)
    /// The string that begins here is not UTF-8.
    case invalidUTF8
  }

  /// What may come next in a header.
  public enum HeaderToken: Equatable, Sendable {
    /// `{`
    case openingBrace
    /// `[`
    case openingBracket
    /// `]`
    case closingBracket
    /// `:`
    case colon
    /// `,`
    case comma
    /// `,` or `}`
    case commaOrClosingBrace
    /// `,` or `]`
    case commaOrClosingBracket
    /// A string in quotes.
    case string
    /// A number.
    case number
    /// Nothing but white space to the header's end.
    case padding
  }
}
