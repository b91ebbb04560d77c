#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// JSON as this package writes and reads it, in files, logs and output.
package enum JSON {
  /// How a text is laid out.
  package enum Layout {
    /// On one line.
    case line
    /// On a line for each member.
    case pretty
  }

  /// A value as JSON, with its keys sorted. Numbers that are not finite, which JSON does not have, become strings.
  package static func text(_ value: some Encodable, _ layout: Layout = .line) -> String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    if layout == .pretty { encoder.outputFormatting.insert(.prettyPrinted) }
    encoder.nonConformingFloatEncodingStrategy = .convertToString(
      positiveInfinity: "Infinity", negativeInfinity: "-Infinity", nan: "NaN")
    do { return String(decoding: try encoder.encode(value), as: UTF8.self) } catch {
      preconditionFailure("\(type(of: value)) as JSON: \(error)")
    }
  }

  /// Reads a value.
  /// - Throws: `JSONError`, which says what is wrong in a few words.
  package static func decode<Value: Decodable>(
    _ type: Value.Type, from bytes: some Collection<UInt8>
  ) throws(JSONError) -> Value {
    do { return try JSONDecoder().decode(type, from: Data(bytes)) } catch { throw JSONError(error) }
  }
}

/// Why a text is not the JSON that was expected.
package struct JSONError: Error, Equatable {
  /// What is wrong, after the path of the member that it is wrong with.
  package let reason: String

  init(_ error: any Error) {
    switch error as? DecodingError {
    case .dataCorrupted(let context), .typeMismatch(_, let context), .valueNotFound(_, let context):
      let place = context.codingPath.map(\.stringValue).joined(separator: ".")
      reason = place.isEmpty ? context.debugDescription : "\(place): \(context.debugDescription)"
    case .keyNotFound(let key, _): reason = "\"\(key.stringValue)\" is missing"
    default: reason = "\(error)"
    }
  }
}
