import CharLSTM

extension String {
  /// The text, escaped for use in an HTML element or in a quoted attribute.
  ///
  /// HTML does not allow most control characters, so they become their Unicode control pictures. A form feed and a
  /// carriage return do too, because a browser would drop or change them.
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

  /// The text, mostly JSON, escaped for use in a `<script>` element: nothing in it can end the element.
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
