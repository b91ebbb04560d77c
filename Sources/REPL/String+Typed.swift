extension String {
  /// The text with the escapes \n, \t, \r and \\ replaced by the characters that they stand for.
  public var unescaped: String {
    var result = ""
    var escaped = false
    for scalar in unicodeScalars {
      if escaped {
        switch scalar {
        case "n": result.unicodeScalars.append("\n")
        case "t": result.unicodeScalars.append("\t")
        case "r": result.unicodeScalars.append("\r")
        case "\\": result.unicodeScalars.append("\\")
        default:
          result.unicodeScalars.append("\\")
          result.unicodeScalars.append(scalar)
        }
        escaped = false
      } else if scalar == "\\" {
        escaped = true
      } else {
        result.unicodeScalars.append(scalar)
      }
    }
    return escaped ? result + "\\" : result
  }
}

extension String {
  /// The path with a leading `~/` replaced by the home folder, as a shell does. Completion does the same.
  var expandingTilde: String {
    guard self == "~" || hasPrefix("~/"), let home = getenv("HOME") else { return self }
    return String(cString: home) + dropFirst()
  }
}
