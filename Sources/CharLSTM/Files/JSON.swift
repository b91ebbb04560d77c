#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// JSON in the form that this package uses in files, logs and output.
package enum JSON {
  /// The layout of a JSON text.
  package enum Layout {
    /// Everything on one line.
    case line
    /// Each member on its own line.
    case pretty
  }

  /// A value as JSON, with sorted keys. JSON has no infinite numbers and no NaN, so these become strings.
  package static func text(_ value: some Encodable, _ layout: Layout = .line) -> String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    if layout == .pretty { encoder.outputFormatting.insert(.prettyPrinted) }
    encoder.nonConformingFloatEncodingStrategy = .convertToString(
      positiveInfinity: "Infinity", negativeInfinity: "-Infinity", nan: "NaN")
    do { return String(decoding: try encoder.encode(value), as: UTF8.self) } catch {
      preconditionFailure("cannot encode \(type(of: value)) as JSON: \(error)")
    }
  }

  /// Decodes a value.
  /// - Throws: `JSONError`, with a short description of the fault.
  package static func decode<Value: Decodable>(
    _ type: Value.Type, from bytes: some Collection<UInt8>
  ) throws(JSONError) -> Value {
    do { return try JSONDecoder().decode(type, from: Data(bytes)) } catch { throw JSONError(error) }
  }
}

/// The reason why a text is not the expected JSON.
package struct JSONError: Error, Equatable {
  /// The fault, preceded by the path of the member that has it.
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
