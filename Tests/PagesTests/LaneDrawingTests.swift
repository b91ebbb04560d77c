import Foundation
import TestSupport
import Testing

@testable import CharLSTM
@testable import Insight
@testable import Pages

@Suite struct LaneDrawingTests {
  private func drawings(_ explanation: Explanation) -> LaneDrawing {
    LaneDrawing(explanation: explanation, glyphs: explanation.glyphs)
  }

  private func count(_ text: String, in svg: String) -> Int { svg.components(separatedBy: text).count - 1 }

  /// The glyphs in drawing order.
  private func glyphs(_ svg: String) -> String {
    svg.components(separatedBy: "class=\"glyph\">").dropFirst().map { String($0.prefix(1)) }.joined()
  }

  @Test func lanesAreCutFromTheText() throws {
    let svg = drawings(try alphabetExplanation()).cut.svg
    #expect(glyphs(svg) == "abcdefghijklmnopqrstuvwx")
    // for each lane, a part of the bar and a row; and a bar before minibatch 2
    #expect(count("<rect", in: svg) == 6)
    #expect(count("class=\"bar lane-", in: svg) == 3)
    #expect(count("class=\"part lane-2\"", in: svg) == 2)
    #expect(svg.contains("aria-label=\"The text as one bar, cut into 3 lanes of the same length"))
  }

  @Test func everyLaneHandsItsStateOn() throws {
    let svg = drawings(try alphabetExplanation()).minibatches.svg
    #expect(glyphs(svg) == "abcdefghijklmnopqrstuvwx")
    #expect(count("<rect", in: svg) == 24)
    #expect(count("class=\"line\"", in: svg) == 3)
    for lane in 1...3 { #expect(count("class=\"state lane-\(lane)\"", in: svg) == 2) }
    #expect(svg.contains(">minibatch 1<") && svg.contains(">minibatch 2<") && !svg.contains(">minibatch 3<"))
  }

  @Test func glyphsAreText() throws {
    let explanation = try Explanation(of: testCorpus("<&><&><&>"), name: nil, lanes: 2, timeSteps: 2)
    let svg = drawings(explanation).minibatches.svg
    #expect(svg.contains(">&lt;</text>") && svg.contains(">&amp;</text>"))
    #expect(!svg.contains("><</text>"))
  }
}
