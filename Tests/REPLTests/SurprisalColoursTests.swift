import CharLSTM
import Foundation
import Testing

@testable import REPL

@Suite struct SurprisalColoursTests {
  @Test func eachStepHasItsBackground() {
    #expect(SurprisalColours.backgrounds.count == SurprisalScale.names.count)
    #expect(Set(SurprisalColours.backgrounds).count == SurprisalColours.backgrounds.count)
    #expect(SurprisalColours.coloured("x", step: 0) == "x")
    #expect(SurprisalColours.coloured("x", step: 5) == "\u{1B}[0;38;5;16;48;5;196mx\u{1B}[0m")
    #expect(SurprisalColours.coloured("", step: 5) == "")
  }

  @Test func theLegendIsOneLineWithAllSteps() {
    let legend = SurprisalColours.legend
    #expect(!legend.contains("\n"))
    for (step, name) in SurprisalScale.names.enumerated() {
      #expect(legend.contains(SurprisalColours.coloured(" \(name) ", step: step)))
    }
    #expect(legend.components(separatedBy: "\u{1B}[0m").count == SurprisalScale.names.count)
  }

  @Test func theSameBytesStandBetweenTheColours() {
    // if the model reads bytes, é has two bytes, and their bits add up
    var output = MeasuredOutput()
    var coloured: [UInt8] = []
    for (byte, bits) in zip(Array("aé\nb".utf8), [0.1, 3.5, 3, 9, 1.5]) {
      coloured += SurprisalColours.coloured(output.take([byte], nats: bits * log(2)))
    }
    #expect(
      String(decoding: coloured, as: UTF8.self)
        == "a\u{1B}[0;38;5;16;48;5;208mé\u{1B}[0m\n\u{1B}[0;38;5;16;48;5;248mb\u{1B}[0m")
  }
}
