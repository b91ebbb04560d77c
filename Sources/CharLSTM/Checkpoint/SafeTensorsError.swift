/// The reason why a safetensors file cannot be read or does not have a requested tensor.
///
/// Sizes and offsets are in bytes.
public enum SafeTensorsError: Error, Equatable, Sendable {
  /// The file could not be opened or read; `errno` gives the reason.
  case unreadable(path: String, errno: Int32)
  /// The path is that of a folder, a pipe or a device.
  case notAFile(path: String)

  /// The file is shorter than the 8 bytes of the header's length.
  case tooShort(byteCount: Int)
  /// The header's length is greater than `limit`. The file is almost certainly of another kind.
  case headerTooLarge(byteCount: UInt64, limit: Int)
  /// The header's length is greater than the rest of the file.
  case headerTruncated(byteCount: Int, available: Int)
  /// The header is not JSON of the required form; `offset` counts from the beginning of the file.
  case malformedHeader(offset: Int, fault: HeaderFault)

  /// Two tensors have the same name, or `__metadata__` occurs twice.
  case duplicateName(String)
  /// A key of the metadata occurs twice.
  case duplicateMetadataKey(String)
  /// A field of a tensor occurs twice.
  case duplicateField(tensor: String, field: SafeTensors.Field)
  /// A tensor has a field that is not part of the format.
  case unknownField(tensor: String, found: String)
  /// A tensor lacks a field.
  case missingField(tensor: String, field: SafeTensors.Field)
  /// The element type of a tensor is not in ``SafeTensors/DType``.
  case unknownDType(tensor: String, found: String)
  /// A number in a shape or an offset is negative, fractional, longer than 63 bits, or written with leading zeros.
  /// `found` holds at most its first 32 characters.
  case invalidNumber(tensor: String, field: SafeTensors.Field, found: String)
  /// A shape has more dimensions than other programs can read.
  case tooManyDimensions(tensor: String, limit: Int)
  /// The byte count of a shape does not fit in 63 bits.
  case shapeOverflow(tensor: String, shape: [Int])
  /// A tensor's end offset is before its begin offset.
  case reversedOffsets(tensor: String, begin: Int, end: Int)
  /// A tensor's offsets leave room for `found` bytes, but its shape and type need `expected`.
  case byteCountMismatch(tensor: String, expected: Int, found: Int)

  /// A tensor begins at `begin`, inside the previous tensor, which ends at `previousEnd`.
  case overlap(tensor: String, begin: Int, previousEnd: Int)
  /// A tensor begins at `begin`, but no tensor contains the bytes from `previousEnd` on.
  case gap(tensor: String, begin: Int, previousEnd: Int)
  /// A tensor ends at `end`, but the file has only `available` bytes after its header.
  case dataTruncated(tensor: String, end: Int, available: Int)
  /// The file has `available` bytes after its header, but the tensors use only `used` of them.
  case trailingData(used: Int, available: Int)

  /// There is no tensor with this name.
  case missingTensor(String)
  /// A tensor does not have the requested type.
  case dtypeMismatch(tensor: String, expected: SafeTensors.DType, found: SafeTensors.DType)
  /// A tensor does not have the requested shape.
  case shapeMismatch(tensor: String, expected: [Int], found: [Int])

  /// The ways in which a header is not JSON of the required form.
  public enum HeaderFault: Equatable, Sendable {
    /// The header ends too early.
    case endOfHeader
    /// `token` was expected, but the byte `found` is there.
    case expected(HeaderToken, found: UInt8)
    /// The character after a backslash is not allowed in JSON.
    case invalidEscape
    /// One half of a surrogate pair in a `\u` escape, without the other half.
    case loneSurrogate(UInt16)
    /// A control character that must be escaped in JSON.
    case controlCharacter(UInt8)
    /// The string that begins here is not UTF-8.
    case invalidUTF8
  }

  /// A token of a header.
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
    /// Only white space until the end of the header.
    case padding
  }
}
