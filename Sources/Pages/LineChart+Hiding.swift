import CharLSTM

extension LineChart {
  /// CSS that lets the switches in an element of the class `scope` hide curves in that element.
  static func hidingStyle(scope: String, styles: Int) -> String {
    (0..<styles).map { ".\(scope):has(.show-\($0):not(:checked)) .curve-\($0) { display: none; }\n" }.joined()
  }

  /// A check box that shows and hides the curves of a style. It has a sample of their line, and their name.
  static func hidingSwitch(_ name: String, style: Int) -> String {
    """
    <label><input type="checkbox" class="show-\(style)" checked>\
    <svg class="swatch" viewBox="0 0 32 12" aria-hidden="true">\
    <path style="\(stroke(style))" d="M0 6H32"/></svg>\(name.htmlEscaped)</label>
    """
  }
}
