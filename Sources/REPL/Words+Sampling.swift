import CharLSTM

extension SamplingParametersError: InWords {
  public var words: String {
    switch self {
    case .outOfRange(let name, let value, let allowed):
      "\(name.map { $0.isUppercase ? "-\($0.lowercased())" : String($0) }.joined()) must be \(allowed), not \(value)"
    case .emptyStop: "a stop text must not be empty"
    }
  }
}
