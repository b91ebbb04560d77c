import ArgumentParser
import CharLSTM
import Tensors

/// A network and the minibatches it trains on.
struct Configuration: Sendable {
  let name: String
  let layers: Int
  let hiddenSize: Int
  let embeddingSize: Int
  let lanes: Int
  let timeSteps: Int
  var vocabularySize = 65

  /// A to E are the networks of Benchmarks/Peers. The others have one layer, with B = 64 and T = 128.
  static let all = [
    Configuration(name: "A", layers: 2, hiddenSize: 128, embeddingSize: 0, lanes: 50, timeSteps: 50),
    Configuration(name: "B", layers: 1, hiddenSize: 256, embeddingSize: 64, lanes: 64, timeSteps: 64),
    Configuration(name: "C", layers: 1, hiddenSize: 512, embeddingSize: 64, lanes: 64, timeSteps: 128),
    Configuration(name: "D", layers: 2, hiddenSize: 512, embeddingSize: 128, lanes: 64, timeSteps: 128),
    Configuration(name: "E", layers: 1, hiddenSize: 1024, embeddingSize: 128, lanes: 64, timeSteps: 128),
    Configuration(name: "128", layers: 1, hiddenSize: 128, embeddingSize: 64, lanes: 64, timeSteps: 128),
    Configuration(name: "256", layers: 1, hiddenSize: 256, embeddingSize: 64, lanes: 64, timeSteps: 128),
  ]

  var model: ModelConfiguration {
    ModelConfiguration(
      vocabularySize: vocabularySize, embeddingSize: embeddingSize, hiddenSize: hiddenSize, layers: layers)
  }

  /// The network in words: 2 x 512, B 64, T 128.
  var description: String {
    "\(layers) x \(hiddenSize)\(embeddingSize == 0 ? ", one-hot" : ""), B \(lanes), T \(timeSteps)"
  }

  /// Two operations for each weight of a matrix product. The input of the first layer does not count, because it is a
  /// table that is computed once per step.
  var forwardFLOPPerCharacter: Double {
    let hidden = Double(hiddenSize)
    return 2 * (Double(2 * layers - 1) * 4 * hidden * hidden + hidden * Double(vocabularySize))
  }

  /// Forward, backward and weight gradients.
  var trainingFLOPPerCharacter: Double { 3 * forwardFLOPPerCharacter }

  /// A vocabulary of `vocabularySize` arbitrary characters.
  func vocabulary() throws -> Vocabulary {
    let scalars = (0..<UInt32(vocabularySize)).compactMap { Unicode.Scalar(0x4E00 + $0) }
    return try Vocabulary(
      unit: .scalar, countingIn: Array(scalars.map { String(Character($0)) }.joined().utf8))
  }
}
