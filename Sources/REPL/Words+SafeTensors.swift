import CharLSTM

extension SafeTensorsError: InWords {
  public var words: String {
    switch self {
    case .unreadable(_, let errno): "cannot be read: \(systemWords(forErrno: errno))"
    case .notAFile: "a folder or a device, not a file"
    case .tooShort, .headerTooLarge, .headerTruncated, .malformedHeader:
      "not a safetensors file, or damaged (\(fault)); name a model that `bard train` wrote, or copy it again"
    default: "a damaged safetensors file (\(fault)); copy it again from where it came"
    }
  }

  /// The place and the numbers, for whoever looks into the file.
  private var fault: String {
    switch self {
    case .unreadable, .notAFile: ""
    case .tooShort(let count): "\(count) bytes where the header's length takes 8"
    case .headerTooLarge(let count, let limit): "a header of \(count) bytes; at most \(limit) are read"
    case .headerTruncated(let count, let available): "a header of \(count) bytes where \(available) are left"
    case .malformedHeader(let offset, let fault): "the header is no valid JSON at byte \(offset): \(fault.words)"
    case .duplicateName(let name): "\(name) is there twice"
    case .duplicateMetadataKey(let key): "the metadata has \"\(key)\" twice"
    case .duplicateField(let tensor, let field): "\(tensor) has \(field.rawValue) twice"
    case .unknownField(let tensor, let found): "\(tensor) has a field \"\(found)\""
    case .missingField(let tensor, let field): "\(tensor) has no \(field.rawValue)"
    case .unknownDType(let tensor, let found): "\(tensor) is of an unknown type \(found)"
    case .invalidNumber(let tensor, let field, let found): "\(tensor), \(field.rawValue): \(found) is no valid number"
    case .tooManyDimensions(let tensor, let limit): "\(tensor) has more than \(limit) dimensions"
    case .shapeOverflow(let tensor, let shape): "\(tensor) has an impossible shape \(shape)"
    case .reversedOffsets(let tensor, let begin, let end): "\(tensor) begins at \(begin) and ends at \(end)"
    case .byteCountMismatch(let tensor, let expected, let found):
      "\(tensor) has \(found) bytes where its shape takes \(expected)"
    case .overlap(let tensor, let begin, let previous): "\(tensor) begins at \(begin), before \(previous)"
    case .gap(let tensor, let begin, let previous): "\(tensor) begins at \(begin), after a gap from \(previous) on"
    case .dataTruncated(let tensor, let end, let available):
      "\(tensor) ends at byte \(end) of the data, of which there are \(available)"
    case .trailingData(let used, let available): "\(available) bytes of data, of which only \(used) belong to a tensor"
    case .missingTensor(let tensor): "\(tensor) is missing"
    case .dtypeMismatch(let tensor, let expected, let found):
      "\(tensor) holds \(found.rawValue) where \(expected.rawValue) is expected"
    case .shapeMismatch(let tensor, let expected, let found):
      "\(tensor) is \(found) where the configuration says \(expected)"
    }
  }
}

extension SafeTensorsError.HeaderFault {
  fileprivate var words: String {
    switch self {
    case .endOfHeader: "it ends in the middle"
    case .expected(let token, let found): "\(token.words) is expected, not \(Self.shown(found))"
    case .invalidEscape: "no such escape with a backslash"
    case .loneSurrogate(let half): "the half \\u\(hexadecimal(half, digits: 4)) of a pair stands alone"
    case .controlCharacter(let byte): "the control character 0x\(hexadecimal(byte, digits: 2)) is not escaped"
    case .invalidUTF8: "a string that is not UTF-8"
    }
  }

  /// The character, where it is a visible one of ASCII, and otherwise the byte.
  private static func shown(_ byte: UInt8) -> String {
    (0x21...0x7E).contains(byte) ? String(Unicode.Scalar(byte)) : "the byte 0x\(hexadecimal(byte, digits: 2))"
  }
}

extension SafeTensorsError.HeaderToken {
  fileprivate var words: String {
    switch self {
    case .openingBrace: "{"
    case .openingBracket: "["
    case .closingBracket: "]"
    case .colon: ":"
    case .comma: ","
    case .commaOrClosingBrace: ", or }"
    case .commaOrClosingBracket: ", or ]"
    case .string: "a string"
    case .number: "a number"
    case .padding: "the end"
    }
  }
}

private func hexadecimal(_ number: some FixedWidthInteger, digits: Int) -> String {
  let written = String(number, radix: 16, uppercase: true)
  return String(repeating: "0", count: max(0, digits - written.count)) + written
}
