import Foundation
import TestSupport
import Testing

@testable import CharLSTM
@testable import Insight
@testable import Pages

@Suite struct NetworkDrawingTests {
  private func svgs() throws -> [String] {
    let explanation = try alphabetExplanation()
    return explanation.cases.map { NetworkDrawing(network: $0, glyphs: explanation.glyphs).drawing.svg }
  }

  private func count(_ text: String, in svg: String) -> Int { svg.components(separatedBy: text).count - 1 }

  @Test func eachWayHasItsPicture() throws {
    let svgs = try svgs()
    #expect(svgs.map { count("class=\"cell\"", in: $0) } == [4, 4, 4, 4])
    // inputs and outputs
    #expect(svgs.map { count("class=\"glyph", in: $0) } == [5, 8, 8, 8])
    #expect(svgs.map { count("class=\"glyph written\"", in: $0) } == [0, 0, 0, 3])
    #expect(svgs.map { count("class=\"feedback\"", in: $0) } == [0, 0, 0, 3])
    // what is carried in and out, and zeros
    #expect(svgs.map { count("class=\"state\"", in: $0) } == [0, 0, 2, 1])
    #expect(svgs.map { count(">0</text>", in: $0) } == [1, 1, 0, 1])
  }

  @Test func thePictureIsInWordsToo() throws {
    let svgs = try svgs()
    #expect(
      svgs[0].contains("aria-label=\"many-to-one, windows: from a state of zeros, reads a b c d and answers e.\""))
    #expect(
      svgs[2].contains(
        "aria-label=\"many-to-many, stateful: from the state of the minibatch before, reads e f g h and answers f g h i.\""
      ))
    #expect(svgs[3].contains("reads a and answers b c d e, each of which is read at the next step.\""))
  }
}
