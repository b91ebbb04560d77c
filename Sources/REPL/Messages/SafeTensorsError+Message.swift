import CharLSTM

extension SafeTensorsError {
  /// - Parameter path: the path of the file as the user gave it.
  package func message(for path: String) -> String {
    switch self {
    case .unreadable(_, let errno): "Cannot read \(path): \(systemWords(forErrno: errno))."
    case .notAFile: "\(path) is a folder or a device, not a file. Give the name of a model."
    case .tooShort, .headerTooLarge, .headerTruncated, .malformedHeader:
      path.hasSuffix(CheckpointPaths.suffix)
        ? "\(path) is not a model, or it is damaged (\(fault)). Give a model that bard train wrote, or copy the file again."
        : "\(path) is not a model. To train on it: bard train \(path)"
    default: "\(path) is damaged (\(fault)). Copy it again from where it came."
    }
  }

  /// The place and the numbers, for readers who want to look into the file.
  private var fault: String {
    switch self {
    case .unreadable, .notAFile: ""
    case .tooShort(let count): "it has \(counted(count, "byte")), and the length of its header alone takes 8"
    case .headerTooLarge(let count, let limit):
      "its header would have \(grouped(count)) bytes; the limit is \(grouped(limit))"
    case .headerTruncated(let count, let available):
      "its header has \(counted(count, "byte")), but only \(grouped(available)) follow"
    case .malformedHeader(let offset, let fault):
      "its header is not valid JSON at byte \(grouped(offset)): \(fault.phrase)"
    case .duplicateName(let name): "there are two tensors \(name)"
    case .duplicateMetadataKey(let key): "its metadata has \"\(key)\" twice"
    case .duplicateField(let tensor, let field): "\(tensor) has \(field.rawValue) twice"
    case .unknownField(let tensor, let found): "\(tensor) has an unknown field \"\(found)\""
    case .missingField(let tensor, let field): "\(tensor) has no \(field.rawValue)"
    case .unknownDType(let tensor, let found): "\(tensor) has the unknown type \(found)"
    case .invalidNumber(let tensor, let field, let found):
      "\(tensor), \(field.rawValue): \(found) is not a valid number"
    case .tooManyDimensions(let tensor, let limit): "\(tensor) has more than \(limit) dimensions"
    case .shapeOverflow(let tensor, let shape): "\(tensor) has the impossible shape \(shape)"
    case .reversedOffsets(let tensor, let begin, let end):
      "\(tensor) begins at \(grouped(begin)) and ends at \(grouped(end))"
    case .byteCountMismatch(let tensor, let expected, let found):
      "\(tensor) has \(counted(found, "byte")), and its shape needs \(grouped(expected))"
    case .overlap(let tensor, let begin, let previous):
      "\(tensor) begins at \(grouped(begin)), but the tensor before it ends at \(grouped(previous))"
    case .gap(let tensor, let begin, let previous):
      "\(tensor) begins at \(grouped(begin)), and the bytes from \(grouped(previous)) on belong to no tensor"
    case .dataTruncated(let tensor, let end, let available):
      "\(tensor) ends at byte \(grouped(end)) of the data, and there are only \(grouped(available))"
    case .trailingData(let used, let available):
      "it has \(counted(available, "byte")) of data, and its tensors need only \(grouped(used))"
    case .missingTensor(let tensor): "\(tensor) is missing"
    case .dtypeMismatch(let tensor, let expected, let found):
      "\(tensor) holds \(found.rawValue), not \(expected.rawValue)"
    case .shapeMismatch(let tensor, let expected, let found):
      "\(tensor) has the shape \(found), and its configuration needs \(expected)"
    }
  }
}

extension SafeTensorsError.HeaderFault {
  fileprivate var phrase: String {
    switch self {
    case .endOfHeader: "it ends in the middle"
    case .expected(let token, let found): "it should have \(token.phrase), not \(Self.shown(found))"
    case .invalidEscape: "a backslash is followed by something that JSON does not allow"
    case .loneSurrogate(let half): "the surrogate \\u\(hexadecimal(half, digits: 4)) has no partner"
    case .controlCharacter(let byte): "the control character 0x\(hexadecimal(byte, digits: 2)) is not escaped"
    case .invalidUTF8: "a string is not UTF-8"
    }
  }

  /// The character if it is a visible ASCII character, and otherwise the number of the byte.
  private static func shown(_ byte: UInt8) -> String {
    (0x21...0x7E).contains(byte) ? String(Unicode.Scalar(byte)) : "the byte 0x\(hexadecimal(byte, digits: 2))"
  }
}

extension SafeTensorsError.HeaderToken {
  fileprivate var phrase: String {
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
