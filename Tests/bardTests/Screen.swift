import Foundation

/// The screen of a terminal after the bytes written to it. It knows the part of xterm that readline and bard use.
///
/// It keeps lines that would have scrolled off the top of a real screen. Every character takes one column.
struct Screen: CustomStringConvertible {
  let columns: Int
  /// The parameters of each change of colour or weight, such as `1;36`.
  private(set) var styles: [String] = []
  /// The sequences that this screen does not know. If there are any, its content cannot be relied on.
  private(set) var unknown: [String] = []

  private var rows: [[Unicode.Scalar]] = [[]]
  private var row = 0
  /// The column of the next character. It equals `columns` if that character goes to a new row.
  private var column = 0
  private var state = State.text

  private enum State {
    case text
    /// The first bytes of a character of several bytes.
    case character([UInt8], of: Int)
    case escape
    case sequence(String)
  }

  init(columns: Int) { self.columns = columns }

  var lines: [String] {
    rows.map { row in
      var line = String.UnicodeScalarView()
      line.append(contentsOf: row)
      return String(line)
    }
  }

  /// The lines without ^C, which the system writes before or after the program's own output.
  var linesWithoutInterrupts: [String] { lines.map { $0.replacingOccurrences(of: "^C", with: "") } }

  /// The line with the cursor.
  var line: String { lines[row] }

  var description: String { lines.joined(separator: "\n") }

  mutating func show(_ bytes: some Sequence<UInt8>) {
    for byte in bytes { show(byte) }
  }

  private mutating func show(_ byte: UInt8) {
    switch state {
    case .text:
      switch byte {
      case 0x1B: state = .escape
      case ..<0x20, 0x7F: control(byte)
      case ..<0x80: put(Unicode.Scalar(byte))
      default: state = .character([byte], of: byte < 0xE0 ? 2 : byte < 0xF0 ? 3 : 4)
      }
    case .character(let start, let count):
      let bytes = start + [byte]
      guard bytes.count == count else {
        state = .character(bytes, of: count)
        return
      }
      for scalar in String(decoding: bytes, as: UTF8.self).unicodeScalars { put(scalar) }
      state = .text
    case .escape:
      // the keypad modes do not change the screen
      if byte != UInt8(ascii: "[") && !"=>".utf8.contains(byte) { unknown.append("\(Unicode.Scalar(byte))") }
      state = byte == UInt8(ascii: "[") ? .sequence("") : .text
    case .sequence(let parameters):
      let scalar = Unicode.Scalar(byte)
      if (0x40..<0x7F).contains(byte) {
        run(parameters, scalar)
        state = .text
      } else {
        state = .sequence(parameters + String(scalar))
      }
    }
  }

  private mutating func control(_ byte: UInt8) {
    switch byte {
    case 0x08: column = max(0, min(column, columns - 1) - 1)
    case 0x0A: down()
    case 0x0D: column = 0
    case 0x07: break
    default: unknown.append("\(byte)")
    }
  }

  private mutating func down() {
    row += 1
    if row == rows.count { rows.append([]) }
  }

  private mutating func put(_ scalar: Unicode.Scalar) {
    if column == columns {
      column = 0
      down()
    }
    pad(to: column + 1)
    rows[row][column] = scalar
    column += 1
  }

  private mutating func pad(to count: Int) {
    rows[row] += [Unicode.Scalar](repeating: " ", count: max(0, count - rows[row].count))
  }

  private mutating func run(_ parameters: String, _ command: Unicode.Scalar) {
    let count = Int(parameters) ?? 1
    switch (command, parameters) {
    case ("m", _): styles.append(parameters)
    case ("h", _), ("l", _): break
    case ("A", _): row = max(0, row - count)
    case ("C", _): column = min(columns - 1, column + count)
    case ("D", _): column = max(0, min(column, columns - 1) - count)
    case ("K", ""), ("K", "0"): rows[row].removeLast(max(0, rows[row].count - column))
    case ("J", ""), ("J", "0"):
      rows.removeLast(rows.count - row - 1)
      rows[row].removeLast(max(0, rows[row].count - column))
    case ("P", _):
      pad(to: column + count)
      rows[row].removeSubrange(column..<column + count)
    case ("@", _):
      pad(to: column)
      rows[row].insert(contentsOf: [Unicode.Scalar](repeating: " ", count: count), at: column)
    default: unknown.append(parameters + String(command))
    }
  }
}
