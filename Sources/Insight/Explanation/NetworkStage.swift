import CharLSTM

/// A shape in letters and in numbers: [B, T, V] and [3, 8, 65].
package struct LabelledShape: Sendable, Equatable {
  /// B, T, V, D, H and so on, or a number if the size is always the same.
  package let letters: [String]
  package let sizes: [Int]

  package init(_ letters: [String], _ sizes: [Int]) {
    precondition(letters.count == sizes.count, "\(letters) of \(sizes)")
    (self.letters, self.sizes) = (letters, sizes)
  }

  /// [B, T, V].
  package var inLetters: String { "[\(letters.joined(separator: ", "))]" }
  /// [3, 8, 65].
  package var inNumbers: String { "\(sizes)" }
}

/// One stage of the network: the shape that a minibatch has after it, and the parameters of the stage.
package struct NetworkStage: Sendable, Equatable {
  package let name: String
  /// nil for the loss, which is one number.
  package let shape: LabelledShape?
  /// The number of parameters.
  package let parameters: Int
  /// The same number in letters; empty if there are none.
  package let formula: String

  /// All stages of a network, from ids to the loss.
  ///
  /// - Parameters:
  ///   - lanes: B.
  ///   - timeSteps: T.
  package static func all(of network: ModelConfiguration, lanes: Int, timeSteps: Int) -> [NetworkStage] {
    let (v, d, h) = (network.vocabularySize, network.embeddingSize, network.hiddenSize)
    let tensors = NamedTensor.all(of: network).filter(\.isTrained)
    func parameters(_ isMeant: (NamedTensor.Kind) -> Bool) -> Int {
      tensors.filter { isMeant($0.kind) }.reduce(0) { $0 + $1.count }
    }
    func stage(_ name: String, _ letters: [String], _ sizes: [Int], _ parameters: Int = 0, _ formula: String = "")
      -> NetworkStage
    {
      let shape = LabelledShape(["B", "T"] + letters, [lanes, timeSteps] + sizes)
      return NetworkStage(name: name, shape: shape, parameters: parameters, formula: formula)
    }
    var stages = [stage("ids", [], []), stage("one-hot", ["V"], [v])]
    if d > 0 { stages.append(stage("or embedding", ["D"], [d], parameters { $0 == .embedding }, "V·D")) }
    for layer in 0..<network.layers {
      let input = layer > 0 ? "H" : d > 0 ? "D" : "V"
      stages.append(
        stage(
          network.layers > 1 ? "LSTM \(layer + 1): h of each step" : "LSTM: h of each step", ["H"], [h],
          parameters {
            [.inputWeights(layer: layer), .recurrentWeights(layer: layer), .inputBias(layer: layer)].contains($0)
          }, "4H(\(input) + H + 1)"))
    }
    return stages + [
      stage("softmax layer: logits", ["V"], [v], parameters { $0 == .decoderWeights || $0 == .decoderBias }, "H·V + V"),
      stage("probabilities", ["V"], [v]), NetworkStage(name: "loss", shape: nil, parameters: 0, formula: ""),
    ]
  }
}
