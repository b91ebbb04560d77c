import TestSupport
import Testing

@testable import CharLSTM
@testable import Insight

@Suite struct PythonLinesTests {
  private let keras = [
    PythonLines.Keras.windows, PythonLines.Keras.stateless, PythonLines.Keras.stateful, PythonLines.Keras.generation,
  ].map { $0.joined(separator: "\n") }
  private let pyTorch = [
    PythonLines.PyTorch.windows, PythonLines.PyTorch.stateless, PythonLines.PyTorch.stateful,
    PythonLines.PyTorch.generation,
  ].map { $0.joined(separator: "\n") }

  @Test func sizesAreThoseOfTheText() throws {
    let explanation = try alphabetExplanation()
    #expect(PythonLines.Keras.header(explanation)[2] == "B, T, V, D, H = 3, 4, 26, 64, 512")
    #expect(PythonLines.PyTorch.header(explanation)[2] == "B, T, V, D, H = 3, 4, 26, 64, 512")
    #expect(PythonLines.PyTorch.header(explanation).contains("lstm = nn.LSTM(D, H, batch_first=True)"))
  }

  /// The lines of both libraries can be pasted into one program, in turn.
  @Test func noNameIsThatOfTheOtherLibrary() throws {
    let explanation = try alphabetExplanation()
    func names(_ lines: [String]) -> Set<String> {
      Set(
        lines.compactMap { $0.wholeMatch(of: /\s*([a-z_, ]+) = .*/).map { String($0.1) } }
          .flatMap { $0.split(separator: ", ").map(String.init) })
    }
    let keras = names(PythonLines.Keras.header(explanation) + keras.flatMap { $0.components(separatedBy: "\n") })
    let pyTorch = names(PythonLines.PyTorch.header(explanation) + pyTorch.flatMap { $0.components(separatedBy: "\n") })
    #expect(keras.isSuperset(of: ["cross_entropy", "model", "stateful_lstm", "writer"]))
    #expect(pyTorch.isSuperset(of: ["dense", "embedding", "h", "loss", "lstm", "network", "optimizer", "state"]))
    // what both draw: the id of the next character, and its probabilities
    #expect(keras.intersection(pyTorch).isSubset(of: ["id", "p"]))
    #expect(pyTorch.isDisjoint(with: ["layers", "keras", "np"]))
  }

  @Test func eachWayHasWhatSetsItOff() {
    #expect(keras.map { $0.contains("return_sequences=True") } == [false, true, true, false])
    #expect(keras.map { $0.contains("TimeDistributed(layers.Dense(V))") } == [false, true, true, false])
    #expect(keras.map { $0.contains("stateful=True") } == [false, false, true, true])
    #expect(keras.map { $0.contains("shuffle=True") } == [true, true, false, false])
    #expect(keras.map { $0.contains("lstm.reset_states()") } == [false, false, true, false])
    #expect(keras.map { $0.contains("batch_shape=") } == [false, false, true, true])
    #expect(pyTorch.map { $0.contains("h[:, -1]") } == [true, false, false, false])
    #expect(pyTorch.map { $0.contains(".detach()") } == [false, false, true, false])
    #expect(pyTorch.map { $0.contains("h, state = lstm(") } == [false, false, true, true])
  }

  @Test func twoSeriesHaveTwoTargets() {
    let lines = PythonLines.twoSeries(Explanation.twoSeries)
    #expect(lines[0] == "second = np.array([70, 68, 69, 65, 66, 62, 61, 58, 59, 55]) / 70")
    #expect(lines[1].hasSuffix("# [10, 2]") && lines[2].hasSuffix("# [7, 3, 2]") && lines[3].hasSuffix("# [7, 2]"))
    #expect(PythonLines.Keras.twoSeries.contains { $0.contains("layers.Dense(2)") })
  }

  @Test func aSeriesNeedsNoEmbedding() {
    let header = PythonLines.seriesHeader(Explanation.series)
    #expect(header[1] == "series = np.array([12, 15, 14, 18, 21, 19, 24, 27, 25, 30]) / 30")
    #expect(header[2] == "T, F, N, epochs = 3, 1, len(series) - 3, 20")
    #expect(header[4].hasSuffix("# [7, 3, 1]") && header[5].hasSuffix("# [7, 1]"))
    #expect(PythonLines.Keras.seriesWindows.contains { $0.contains("layers.Input((T, F))") })
    #expect(PythonLines.Keras.seriesStateful.contains { $0.contains("batch_size=1, shuffle=False") })
    #expect(
      PythonLines.PyTorch.seriesWindows[0] == "lstm = nn.LSTM(input_size=F, hidden_size=4, batch_first=True)")
    let all = PythonLines.Keras.seriesWindows + PythonLines.Keras.seriesStateful + PythonLines.PyTorch.seriesWindows
    #expect(!all.contains { $0.contains("Embedding(") })
  }

  @Test func linesFitATerminal() throws {
    let explanation = try Explanation(of: testCorpus(Explanation.monologue), name: nil, lanes: 6, timeSteps: 16)
    let lines =
      PythonLines.Keras.header(explanation) + PythonLines.PyTorch.header(explanation)
      + (keras + pyTorch).flatMap { $0.split(separator: "\n").map(String.init) }
      + PythonLines.seriesHeader(Explanation.series) + PythonLines.Keras.seriesWindows
      + PythonLines.Keras.seriesStateful + PythonLines.PyTorch.seriesWindows
    #expect(lines.allSatisfy { $0.count <= 76 })
  }
}
