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

  @Test func linesFitATerminal() throws {
    let explanation = try Explanation(of: testCorpus(Explanation.monologue), name: nil, lanes: 6, timeSteps: 16)
    let lines =
      PythonLines.Keras.header(explanation) + PythonLines.PyTorch.header(explanation)
      + (keras + pyTorch).flatMap { $0.split(separator: "\n").map(String.init) }
    #expect(lines.allSatisfy { $0.count <= 76 })
  }
}
