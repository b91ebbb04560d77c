import CharLSTM
import Foundation
import Testing

@Suite struct ExplainTests {
  private func lines(_ result: BardProcess.Result) -> [String] {
    result.output.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
  }

  @Test func theBuiltInTextLineByLine() throws {
    let result = try BardProcess().run("explain")
    #expect(result.status == 0 && result.errors == "")
    #expect(!result.output.contains("\u{1B}"))
    let lines = lines(result)
    #expect(lines.allSatisfy { $0.columns <= 80 })
    let expected = """
      How bard learns from a text

      The text is the beginning of a speech from Hamlet, which is built in. Run
      bard explain FILE to see the same with your own text.
      Below, ␣ is a space and ⏎ is a line feed.

      1  Characters become numbers

         A network works with numbers, so each distinct character gets one, its id.
         This text has V = 31 distinct characters; together they are its vocabulary.
         The most frequent one has id 0.

         character    ␣   e   o   t   s   n   r   a   i   h   u …
         id           0   1   2   3   4   5   6   7   8   9  10 …

         The beginning of the text, as ids:

         character    T   o   ␣   b   e   ,   ␣   o   r   ␣   n   o   t   ␣ …
         id          20   2   0  12   1  16   0   2   6   0   5   2   3   0 …
      """
    #expect(lines.prefix(19).joined(separator: "\n") == expected)
    for line in [
      "   o          0  0  1  0  0  0  0  0  0  0 …",
      "   lane 2  │t␣is␣the│␣questio│n:⏎Wheth│  25 to 48",
      "   lane 3  e r ␣ ' t i s ␣ ═3▶ n o b l e r ␣ i",
      "      [samples, time steps, features] = [B, T, V] = [3, 8, 31]",
      "   checked: lane 2: minibatch 1 ends at character 32, minibatch 2 begins at 33",
      "   input       T  o  ␣  b  e  ,  ␣  o",
      "                /  /  /  /  /  /  /",
      "   target      o  ␣  b  e  ,  ␣  o  r",
      "   LSTM: h of each step   [B, T, H]   [3, 8, 512]  4H(D + H + 1) = 1,181,696",
      "   softmax layer: logits  [B, T, V]   [3, 8, 31]   H·V + V = 15,903",
      "   total                                           1,199,583",
      "   or, shuffled, with  “nobler␣i”  minibatch 2, lane 3",
      "              o                           e               o ␣ b e",
      "              ↑                           ↑               ↑ ↑ ↑ ↑",
      "            0→□                   0→□→□→□→□             0→□→□→□→□",
      "              ↑                     ↑ ↑ ↑ ↑               ↑ ↑ ↑ ↑",
      "              T                     T o ␣ b               T o ␣ b",
      "   targets  [B, 1] [3, 1]         [B] [3]               [B, T] [3, 8]",
      "   input    [B, T, V] [3, 8, 31]  [1, 1, V] [1, 1, 31]  [B, R, V] [3, 2, 31]",
      "   targets  [B, T] [3, 8]         none                  [B, W] [3, 3]",
      "   □ is the LSTM at one time step (4 of the 8 are drawn). It is the same LSTM,",
      "   input   The LSTM layer wants 3-D input. Keras's Embedding takes ids [B, T]",
      "              ␣ n o t               o ␣ b e                 ␣ b e",
      "              ↑ ↑ ↑ ↑               ↑↘↑↘↑↘↑                 ↑↘↑↘↑",
      "             ⇒□→□→□→□⇒            0→□→□→□→□⇒            0→□→□→□→□",
      "              ↑ ↑ ↑ ↑               ↑                     ↑ ↑",
      "              r ␣ n o               T                     T o",
      "   shuffle  never                 nothing to shuffle    allowed",
    ] { #expect(lines.contains(line), "\(line)") }
  }

  @Test func aSeriesOfNumbersLineByLine() throws {
    let lines = lines(try BardProcess().run("explain"))
    #expect(lines.count < 460)
    for line in [
      "   series     12   15   14   18   21   19   24   27   25   30",
      "   window 1   12   15   14  (18)",
      "   window 7                                 24   27   25  (30)",
      "      [samples, time steps, features] = [N, T, F] = [7, 3, 1]",
      "                    18              18                          18",
      "                    ↑               ↑                           ↑",
      "            0→□─→□─→□             0→□                   0→□─→□─→□",
      "              ↑  ↑  ↑               ↑                     ↑  ↑  ↑",
      "              12 15 14              12                    12 15 14",
      "                                    15                    70 68 69",
      "                                    14",
      "   input    [N, T, F] [7, 3, 1]   [N, T, F] [7, 1, 3]   [N, T, F] [7, 3, 2]",
      "   boxes    T = 3                 T = 1                 T = 3",
      "   weights  96                    128                   112",
      "   stride 1  0→ 12 15 14 ⇒ 15 14 18 ⇒ 14 18 21 ⇒ 18 21 19 ⇒ …",
      "   stride 3  0→ 12 15 14 ⇒ 18 21 19 ⇒ 24 27 25 ⇒ the epoch ends",
      "   series                 12  15  14  18  21  19  24  27  25  30",
      "   times read, stride 1    1   2   3   3   3   3   3   2   1   0",
      "   times read, stride 3    1   1   1   1   1   1   1   1   1   0",
      "   x = x.reshape(N, T, F)                             # [7, 3, 1]",
      "   y2 = both[T:]                                      # [7, 2]",
      "       layers.Dense(2)])                              # [B, 2]: one for each",
    ] { #expect(lines.contains(line), "\(line)") }
  }

  @Test func aFileWithOptions() throws {
    let bard = try BardProcess()
    try bard.write("abcdefghijklmnopqrstuvwxyz", to: "letters.txt")
    let result = try bard.run("explain", "letters.txt", "--lanes", "2", "--time-steps", "6", "--unit", "byte")
    #expect(result.status == 0)
    let lines = lines(result)
    #expect(lines[2] == "The text is letters.txt: 26 characters. Only the first 25 are used here, as if")
    #expect(lines.contains("Each byte counts as one character here."))
    #expect(lines.contains("   lane 1  a b c d e f ═1▶ g h i j k l"))
    #expect(lines.contains("   lane 2  m n o p q r ═2▶ s t u v w x"))
    let short = try bard.run("explain", "letters.txt")
    #expect(short.output.contains("\nIt is short, so it is cut into 2 lanes of 6 time steps instead of 3 lanes of 8"))
  }

  @Test func theHelpHasTheRanges() throws {
    let help = try BardProcess().run("help", "explain").output.split(whereSeparator: \.isWhitespace)
      .joined(separator: " ")
    #expect(help.contains("the batch size, B: 1 to 6. (default: 3)"))
    #expect(help.contains("the time steps, T: 1 to 16. (default: 8)"))
    #expect(help.contains("why a stateful network must not be shuffled"))
  }

  @Test func aPageIsWrittenOnce() throws {
    let bard = try BardProcess()
    let written = try bard.run("explain", "--html", "page.html")
    #expect(written.status == 0 && written.output == "" && written.errors == "Wrote page.html (0.1 MB).\n")
    let page = try bard.text("page.html")
    #expect(page.hasPrefix("<!doctype html>") && page.contains("1,199,583") && page.contains("<svg"))
    let again = try bard.run("explain", "--html", "page.html", "--lanes", "2")
    #expect(again.status == 1)
    #expect(
      again.errors
        == "Error: page.html already exists. Give another file name with --html, or use --force to overwrite it.\n")
    #expect(try bard.text("page.html") == page)
    #expect(try bard.run("explain", "--html", "page.html", "--lanes", "2", "--force").status == 0)
    #expect(try bard.text("page.html").contains("[2, 8, 31]"))
    #expect(try bard.run("explain", "--html", "no/page.html").status == 1)
    #expect(try bard.names() == ["page.html"])
  }

  @Test func textsAndOptionsThatDoNotDo() throws {
    let bard = try BardProcess()
    try bard.write("ab", to: "two.txt")
    #expect(
      try bard.run("explain", "two.txt").errors
        == "Error: The text has only 2 characters; explain needs at least 3.\n")
    try bard.write("", to: "empty.txt")
    #expect(
      try bard.run("explain", "empty.txt").errors
        == "Error: empty.txt is empty. Give a file that has text in it.\n")
    try bard.write([0x61, 0xFF, 0x62, 0x63], to: "bytes.bin")
    #expect(try bard.run("explain", "bytes.bin").errors.contains("not valid UTF-8 at byte 1"))
    #expect(try bard.run("explain", "bytes.bin", "--unit", "byte").status == 0)
    #expect(try bard.run("explain", "none.txt").status == 1)
    for options in [
      ["--lanes", "0"], ["--lanes", "7"], ["--time-steps", "0"], ["--time-steps", "17"], ["--force"],
      ["--unit", "word"],
    ] {
      let (process, _, errors) = try bard.start(["explain"] + options)
      let told = String(decoding: errors.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
      process.waitUntilExit()
      #expect(process.terminationStatus == 64, "\(options)")
      if options == ["--lanes", "7"] { #expect(told.contains("--lanes must be from 1 to 6, not 7.")) }
    }
  }

  @Test func coloursAreForTerminals() throws {
    let bard = try BardProcess()
    let coloured = try PseudoTerminal(bard, ["explain"])
    #expect(try coloured.waitForEnd() == .exit(0))
    #expect(coloured.screen.unknown.isEmpty)
    #expect(Set(coloured.screen.styles) == ["0", "1", "2", "31", "32", "33", "34", "35", "36"])
    let plain = try PseudoTerminal(bard, ["explain"], environment: ["NO_COLOR": "1"])
    #expect(try plain.waitForEnd() == .exit(0))
    #expect(plain.screen.styles.isEmpty)
    // the terminal does not wrap any line: the lines are the same as through a pipe
    let piped = lines(try bard.run("explain"))
    #expect(plain.screen.lines == piped && coloured.screen.lines == piped)
  }
}
