import Foundation
import TestSupport
import Testing

@testable import CharLSTM
@testable import Insight

@Suite struct ExplanationSeriesTests {
  private func words() throws -> [String] { try alphabetExplanation().words }

  @Test func theExampleHasThreeShapes() {
    #expect(Explanation.series.shape.inNumbers == "[7, 3, 1]")
    #expect(Explanation.series.singleStepShape.inNumbers == "[7, 1, 3]")
    #expect(Explanation.twoSeries.shape.inNumbers == "[7, 3, 2]")
    #expect(Explanation.consecutiveSeries.windows.count == 3)
  }

  @Test func aLayerHasFourTimesFourTimesItsInputs() {
    // 4 · 4 · (1 + 4 + 1), and 16 more for each further feature; the script check-python-lines compares these with
    // Keras
    #expect((1...3).map { Explanation.seriesParameters(features: $0) } == [96, 112, 128])
  }

  @Test func picturesHaveABoxForEachStep() {
    let pictures = Explanation.seriesPictures
    #expect(
      pictures.map { "\($0.name) \($0.variant)" } == [
        "3 time steps of 1 number", "1 time step of 3 numbers", "3 time steps of 2 numbers",
      ])
    #expect(
      pictures.map { $0.steps.map(\.inputs) } == [
        [["12"], ["15"], ["14"]], [["12", "15", "14"]], [["12", "70"], ["15", "68"], ["14", "69"]],
      ])
    #expect(pictures.map { $0.steps.map(\.output) } == [[nil, nil, "18"], ["18"], [nil, nil, "18"]])
    #expect(pictures.allSatisfy { $0.stateBefore == .zero && $0.units == 4 })
    #expect(
      pictures[1].properties.map(\.value) == [
        .shape(LabelledShape(["N", "T", "F"], [7, 1, 3])), .words("T = 1"), .words("F = 3 numbers per box"),
        .words("h and c, H = 4 each"), .words("128"),
      ])
  }

  @Test func wordsHaveTheNumbersOfTheExample() throws {
    let words = try words()
    #expect(words.contains("[samples, time steps, features] = [N, T, F] = [7, 3, 1]"))
    #expect(
      words.contains {
        $0.hasSuffix(
          "With stateful=False the state starts at zero and there is only one step. So the 64 recurrent weights have no effect."
        )
      })
    #expect(
      words.contains {
        $0.contains("N is the number of samples of the whole data set. Keras feeds B of them at a time.")
      })
    #expect(
      words.contains(
        "The unrolled drawing has one box per time step. Each box reads one input of F numbers. All boxes are the same LSTM."
      ))
    #expect(words.contains { $0.contains("predict also moves the state: call reset_states() before you predict") })
    #expect(
      words.contains {
        $0.hasSuffix(
          "This network has one target per window: every third number. For a target at every step, use return_sequences=True and targets [N, T, 1]."
        )
      })
    #expect(words.contains { $0.contains("LSTM(4) has H = 4") && $0.contains("= 96 weights") })
    #expect(words.contains { $0.contains("the network reads 12 15 14 15 14 18, which is not the series") })
    #expect(
      words.contains { $0.contains("12 with 70, then 15 with 68") && $0.contains("use Dense(2) and targets of [7, 2]") }
    )
  }

  @Test func readingsAreCounted() throws {
    let blocks = try alphabetExplanation().sections[7].blocks
    #expect(blocks.contains(.windows(Explanation.series)))
    #expect(blocks.contains(.readings([Explanation.series, Explanation.consecutiveSeries])))
    let grids = blocks.compactMap { block -> [ExplanationGridRow]? in
      if case .grid(let rows) = block { rows } else { nil }
    }
    #expect(grids.first?.map(\.name) == ["series", "times read, stride 1", "times read, stride 3"])
    #expect(grids.first?.last?.cells == ["1", "1", "1", "1", "1", "1", "1", "1", "1", "0"])
  }

  @Test func theArticleHasTheSameLinesOfPython() throws {
    let sources = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "../../../Sources").standardized
    let article = try String(
      contentsOf: sources.appending(path: "CharLSTM/CharLSTM.docc/ShapesAndState.md"), encoding: .utf8)
    for lines in [
      PythonLines.seriesHeader(Explanation.series), PythonLines.Keras.seriesWindows, PythonLines.Keras.seriesStateful,
      PythonLines.PyTorch.seriesWindows,
    ] {
      let block = lines.map { "    \($0)\n" }.joined()
      #expect(article.contains(block), "\(lines[0])")
    }
  }
}
