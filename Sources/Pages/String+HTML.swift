import CharLSTM

extension String {
  /// Text as it stands in HTML, in an element or in a quoted attribute.
  ///
  /// What HTML has no place for (most control characters) is shown by its Unicode control picture; a form feed and a carriage
  /// return too, for a browser would drop or change them.
  var htmlEscaped: String {
    var result = ""
    for scalar in unicodeScalars {
      switch scalar {
      case "&": result += "&amp;"
      case "<": result += "&lt;"
      case ">": result += "&gt;"
      case "\"": result += "&quot;"
      case "'": result += "&#39;"
      case "\n", "\t": result.unicodeScalars.append(scalar)
      default: result.unicodeScalars.append(scalar.controlPicture ?? scalar)
      }
    }
    return result
  }

  /// Text, JSON mostly, as it stands within a `<script>`: nothing in it can end the element.
  var inScript: String {
    var result = ""
    for scalar in unicodeScalars {
      switch scalar {
      case "<": result += "\\u003c"
      case "\u{2028}": result += "\\u2028"
      case "\u{2029}": result += "\\u2029"
      default: result.unicodeScalars.append(scalar)
      }
    }
    return result
  }
}
