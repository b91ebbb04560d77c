import Foundation
import TestSupport
import Testing

@testable import CharLSTM
@testable import Insight
@testable import Pages

@Suite struct NetworkDrawingTests {
  private func svgs() throws -> [String] {
    let explanation = try alphabetExplanation()
    return explanation.cases.map { NetworkDrawing(picture: $0.picture(explanation.glyphs)).drawing.svg }
  }

  private func count(_ text: String, in svg: String) -> Int { svg.components(separatedBy: text).count - 1 }

  @Test func eachWayHasItsPicture() throws {
    let svgs = try svgs()
    #expect(svgs.map { count("class=\"box hidden\"", in: $0) } == [1, 4, 4, 4, 4, 4])
    #expect(svgs.map { count("class=\"box input\"", in: $0) } == [1, 4, 4, 4, 1, 2])
    #expect(svgs.map { count("class=\"box output\"", in: $0) } == [1, 1, 4, 4, 4, 3])
    #expect(svgs.map { count("class=\"box input written\"", in: $0) } == [0, 0, 0, 0, 3, 2])
    #expect(svgs.map { count("class=\"feedback\"", in: $0) } == [0, 0, 0, 0, 3, 2])
    // arrows for the state that is carried in or out, and zeros for a zero state
    #expect(svgs.map { count("class=\"state\"", in: $0) } == [0, 0, 0, 2, 1, 0])
    #expect(svgs.map { count(">0</text>", in: $0) } == [1, 1, 1, 0, 1, 1])
    #expect(svgs.map { count("class=\"unit\"", in: $0) } == [0, 0, 0, 0, 0, 0])
  }

  @Test func featuresAreStackedAndUnitsAreDots() {
    let svgs = Explanation.seriesPictures.map { NetworkDrawing(picture: $0).drawing.svg }
    #expect(svgs.map { count("class=\"box hidden\"", in: $0) } == [3, 1, 3])
    #expect(svgs.map { count("class=\"box input\"", in: $0) } == [3, 3, 6])
    #expect(svgs.map { count("class=\"box output\"", in: $0) } == [1, 1, 1])
    // four units for each box
    #expect(svgs.map { count("class=\"unit\"", in: $0) } == [12, 4, 12])
    // a row of inputs is 24 units high
    #expect(svgs[0].contains("viewBox=\"0 0 238 147\"") && svgs[1].contains("viewBox=\"0 0 126 195\""))
    #expect(svgs[2].contains("viewBox=\"0 0 238 171\""))
  }

  @Test func thePictureIsInWordsToo() throws {
    #expect(
      try svgs()[1].contains(
        "aria-label=\"many-to-one, windows: 4 boxes, from a state of zeros, reads a b c d and answers e.\""))
  }
}
