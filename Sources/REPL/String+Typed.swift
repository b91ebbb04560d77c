extension String {
  /// \n, \t, \r and \\ as one types them on one line, turned to what they stand for.
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
  /// A path as a shell reads it, and as it is completed: `~/` is the home folder.
  var expandingTilde: String {
    guard self == "~" || hasPrefix("~/"), let home = getenv("HOME") else { return self }
    return String(cString: home) + dropFirst()
  }
}
