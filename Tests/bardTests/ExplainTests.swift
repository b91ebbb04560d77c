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

      The text is the beginning of a speech of Hamlet, which is built in.
      bard explain FILE shows all this with the beginning of yours.
      In what follows ␣ is a space and ⏎ is a line feed.

      1  Characters become numbers

         A network can only calculate. So every different character gets a number, its
         id. This text has V = 31 different characters, its vocabulary; the most
         frequent one has id 0.

         character    ␣   e   o   t   s   n   r   a   i   h   u …
         id           0   1   2   3   4   5   6   7   8   9  10 …

         The beginning of the text, as ids:

         character    T   o   ␣   b   e   ,   ␣   o   r   ␣   n   o   t   ␣ …
         id          20   2   0  12   1  16   0   2   6   0   5   2   3   0 …
      """
    #expect(lines.prefix(19).joined(separator: "\n") == expected)
    for line in [
      "   o       0  0  1  0  0  0  0  0  0  0 …",
      "   lane 2  │t␣is␣the│␣questio│n:⏎Wheth│  25 to 48",
      "   lane 3  e r ␣ ' t i s ␣ ═3▶ n o b l e r ␣ i",
      "      [samples, time steps, features] = [B, T, V] = [3, 8, 31]",
      "   checked: lane 2: minibatch 1 ends at character 32, minibatch 2 begins at 33",
      "   input       T  o  ␣  b  e  ,  ␣  o",
      "                /  /  /  /  /  /  /",
      "   target      o  ␣  b  e  ,  ␣  o  r",
      "   LSTM: h of each step   [B, T, H]   [3, 8, 512]  4H(D + H + 1) = 1,181,696",
      "   softmax layer: logits  [B, T, V]   [3, 8, 31]   H·V + V = 15,903",
      "   all of them                                     1,199,583",
      "   or, shuffled, with  “nobler␣i”  minibatch 2, lane 3",
      "                    e          o ␣ b e          ␣ n o t          o ␣ b e",
      "                    ↑          ↑ ↑ ↑ ↑          ↑ ↑ ↑ ↑          ↑↘↑↘↑↘↑",
      "            0→□→□→□→□        0→□→□→□→□         ⇒□→□→□→□⇒       0→□→□→□→□⇒",
      "              ↑ ↑ ↑ ↑          ↑ ↑ ↑ ↑          ↑ ↑ ↑ ↑          ↑",
      "              T o ␣ b          T o ␣ b          r ␣ n o          T",
      "   targets  [B]              [B, T]           [B, T]           none",
      "   shuffle  allowed          allowed          never            nothing to",
    ] { #expect(lines.contains(line), "\(line)") }
  }

  @Test func aFileWithOptions() throws {
    let bard = try BardProcess()
    try bard.write("abcdefghijklmnopqrstuvwxyz", to: "letters.txt")
    let result = try bard.run("explain", "letters.txt", "--lanes", "2", "--time-steps", "6", "--unit", "byte")
    #expect(result.status == 0)
    let lines = lines(result)
    #expect(lines[2] == "The text is letters.txt: 26 characters, of which the first 25 are shown here, as")
    #expect(lines.contains("Every byte of it is a character here."))
    #expect(lines.contains("   lane 1  a b c d e f ═1▶ g h i j k l"))
    #expect(lines.contains("   lane 2  m n o p q r ═2▶ s t u v w x"))
    let short = try bard.run("explain", "letters.txt")
    #expect(short.output.contains("\nIt is short: 2 lanes of 6 time steps are shown instead of 3 lanes of 8 time"))
  }

  @Test func aPageIsWrittenOnce() throws {
    let bard = try BardProcess()
    let written = try bard.run("explain", "--html", "page.html")
    #expect(written.status == 0 && written.output == "" && written.errors == "wrote page.html\n")
    let page = try bard.text("page.html")
    #expect(page.hasPrefix("<!doctype html>") && page.contains("1,199,583") && page.contains("<svg"))
    let again = try bard.run("explain", "--html", "page.html", "--lanes", "2")
    #expect(again.status == 1)
    #expect(again.errors == "Error: page.html exists already. Name another file, or overwrite it with --force.\n")
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
        == "Error: the text has 2 characters; 3 are the fewest that anything can be shown of.\n")
    try bard.write("", to: "empty.txt")
    #expect(
      try bard.run("explain", "empty.txt").errors
        == "Error: the corpus is empty; there is nothing to learn from it.\n")
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
      if options == ["--lanes", "7"] { #expect(told.contains("--lanes must be from 1 to 6 here, not 7.")) }
    }
  }

  @Test func coloursAreForTerminals() throws {
    let bard = try BardProcess()
    let coloured = try PseudoTerminal(bard, ["explain"])
    #expect(try coloured.waitForEnd() == .exit(0))
    #expect(coloured.screen.unknown.isEmpty)
    #expect(Set(coloured.screen.styles) == ["0", "1", "2", "33", "35", "36"])
    let plain = try PseudoTerminal(bard, ["explain"], environment: ["NO_COLOR": "1"])
    #expect(try plain.waitForEnd() == .exit(0))
    #expect(plain.screen.styles.isEmpty)
    // nothing is wrapped by the terminal: the lines are those of a pipe
    let piped = lines(try bard.run("explain"))
    #expect(plain.screen.lines == piped && coloured.screen.lines == piped)
  }
}
