import Foundation
import TestSupport
import Testing

@testable import CharLSTM

@Suite struct CheckpointTests {
  private let configuration = ModelConfiguration(vocabularySize: 4, embeddingSize: 3, hiddenSize: 5, layers: 2)

  private var checkpoint: Checkpoint {
    var summary = TrainingSummary(
      corpus: ["a.txt"], corpusCharacters: 100, corpusDigest: "00ff", configuration: TrainingConfiguration())
    summary.step = 12
    summary.validationLoss = 1.25
    return Checkpoint(parameters: testParameters(configuration), vocabulary: testVocabulary(4), training: summary)
  }

  private func error(_ change: (inout SafeTensors) -> Void) throws -> CheckpointError? {
    let folder = try TemporaryFolder()
    let path = folder("m.safetensors")
    var file = checkpoint.safeTensors()
    change(&file)
    try file.write(to: path)
    do throws(CheckpointError) { _ = try Checkpoint(path: path) } catch {
      // the path differs from test to test
      return error.withPath("m")
    }
    return nil
  }

  @Test func comesBackAsItWasWritten() throws {
    let folder = try TemporaryFolder()
    let path = folder("m.safetensors")
    try checkpoint.write(to: path)
    let read = try Checkpoint(path: path)
    #expect(read.vocabulary == checkpoint.vocabulary)
    #expect(read.training == checkpoint.training)
    #expect(read.configuration == configuration)
    for tensor in NamedTensor.all(of: configuration) where tensor.isTrained {
      #expect(read.parameters[tensor] == checkpoint.parameters[tensor])
    }
    #expect(try Data(contentsOf: URL(fileURLWithPath: path)) == Data(checkpoint.safeTensors().serialized()))
  }

  @Test func twoBiasesAreAdded() throws {
    let folder = try TemporaryFolder()
    let path = folder("m.safetensors")
    let second = (0..<20).map { Float($0) / 8 - 1 }
    var file = SafeTensors()
    let written = checkpoint.safeTensors()
    file.metadata = written.metadata
    for tensor in NamedTensor.all(of: configuration) {
      file.append(
        name: tensor.name, shape: tensor.shape,
        floats: tensor.name == "lstm.bias_hh_l1" ? second : checkpoint.parameters[tensor])
    }
    try file.write(to: path)
    let read = try Checkpoint(path: path)
    for tensor in NamedTensor.all(of: configuration) where tensor.isTrained {
      let expected = checkpoint.parameters[tensor]
      #expect(read.parameters[tensor] == (tensor.name == "lstm.bias_ih_l1" ? zip(expected, second).map(+) : expected))
    }
  }

  @Test func isWhatPyTorchTakes() {
    let file = checkpoint.safeTensors()
    #expect(file.metadata["format"] == "pt")
    #expect(Set(file.metadata.keys) == ["format", "configuration", "vocabulary", "training"])
    #expect(file.metadata["configuration"] == #"{"embeddingSize":3,"hiddenSize":5,"layers":2,"vocabularySize":4}"#)
    #expect(file.metadata["vocabulary"] == #"{"bytes":[97,98,99,100],"unit":"byte"}"#)
    #expect(file.tensors.map(\.name) == NamedTensor.all(of: configuration).map(\.name))
    #expect(file["lstm.weight_ih_l0"]?.shape == [20, 3])
    #expect(file["lstm.bias_hh_l1"]?.bytes.allSatisfy { $0 == 0 } == true)
    #expect(file["decoder.weight"]?.shape == [4, 5])
  }

  @Test func damagesAreNamed() throws {
    #expect(try error { _ in } == nil)
    #expect(try error { $0.metadata["vocabulary"] = nil } == .missingMetadata(path: "m", key: "vocabulary"))
    #expect(
      try error { $0.metadata["configuration"] = #"{"embeddingSize":3,"hiddenSize":5,"layers":2}"# }
        == .invalidMetadata(path: "m", key: "configuration", reason: "\"vocabularySize\" is missing"))
    #expect(
      try error { $0.metadata["configuration"] = #"{"embeddingSize":3,"hiddenSize":-5,"layers":2,"vocabularySize":4}"# }
        == .invalidConfiguration(
          path: "m", SettingError(name: "hiddenSize", value: .whole(-5), allowed: .whole(1...16384))))
    #expect(
      try error { $0.metadata["vocabulary"] = #"{"bytes":[97,98,99],"unit":"byte"}"# }
        == .vocabularyMismatch(path: "m", vocabulary: 3, configuration: 4))
    #expect(
      try error { $0.metadata["configuration"] = #"{"embeddingSize":3,"hiddenSize":6,"layers":2,"vocabularySize":4}"# }
        == .unreadable(
          path: "m", .shapeMismatch(tensor: "lstm.weight_ih_l0", expected: [24, 3], found: [20, 3])))
    // a network that the file cannot hold is refused before memory is taken for it
    #expect(
      try error {
        $0.metadata["configuration"] = #"{"embeddingSize":16384,"hiddenSize":16384,"layers":64,"vocabularySize":4}"#
      }
        == .unreadable(path: "m", .shapeMismatch(tensor: "embedding.weight", expected: [4, 16384], found: [4, 3])))
    #expect(
      try error { $0.metadata["configuration"] = #"{"embeddingSize":3,"hiddenSize":5,"layers":3,"vocabularySize":4}"# }
        == .unreadable(path: "m", .missingTensor("lstm.weight_ih_l2")))
  }

  /// A setting that is out of its range would crash whatever uses it.
  @Test func settingsOfTheRunAreChecked() throws {
    func error(replacing old: String, by new: String) throws -> CheckpointError? {
      try self.error { file in
        let text = file.metadata["training"] ?? ""
        #expect(text.contains(old), "\(text)")
        file.metadata["training"] = text.replacingOccurrences(of: old, with: new)
      }
    }
    func invalid(_ name: String, _ value: SettingValue, _ allowed: SettingRange) -> CheckpointError {
      .invalidConfiguration(path: "m", SettingError(name: name, value: value, allowed: allowed))
    }
    #expect(
      try error(replacing: "\"validationFraction\":0.1", by: "\"validationFraction\":7")
        == invalid("validationFraction", .number(7), .from(0, below: 1)))
    #expect(
      try error(replacing: "\"lanes\":32", by: "\"lanes\":0") == invalid("lanes", .whole(0), .whole(1...1 << 16)))
    #expect(
      try error(replacing: "\"beta2\":0.99", by: "\"beta2\":1") == invalid("beta2", .number(1), .from(0, below: 1)))
    #expect(
      try error(replacing: "\"minutes\":{\"_0\":3}", by: "\"minutes\":{\"_0\":0}")
        == invalid("minutes", .number(0), .above(0)))
    #expect(
      try error(replacing: "\"step\":12", by: "\"step\":-1")
        == .invalidMetadata(path: "m", key: "training", reason: "step -1, bestStep 0, corpusCharacters 100"))
  }

  @Test func weightsThatAreNotFiniteAreRefused() throws {
    let folder = try TemporaryFolder()
    let path = folder("m.safetensors")
    var broken = checkpoint
    broken.parameters.values[broken.parameters.layout.decoderBias.index(row: 0, column: 2)] = .infinity
    try broken.write(to: path)
    #expect(throws: CheckpointError.notFinite(path: path, tensor: "decoder.bias")) { try Checkpoint(path: path) }
  }

  @Test func aFolderThatDoesNotExistIsNamed() throws {
    let folder = try TemporaryFolder()
    let path = folder("none/m.safetensors")
    do throws(CheckpointError) {
      try checkpoint.write(to: path)
      Issue.record("written to a folder that does not exist")
    } catch {
      guard case .notWritten(let found, _) = error else {
        Issue.record("\(error)")
        return
      }
      #expect(found == path)
    }
  }
}

extension CheckpointError {
  fileprivate func withPath(_ path: String) -> CheckpointError {
    switch self {
    case .unreadable(_, let error): .unreadable(path: path, error)
    case .notWritten(_, let error): .notWritten(path: path, error)
    case .missingMetadata(_, let key): .missingMetadata(path: path, key: key)
    case .invalidMetadata(_, let key, let reason): .invalidMetadata(path: path, key: key, reason: reason)
    case .invalidConfiguration(_, let error): .invalidConfiguration(path: path, error)
    case .vocabularyMismatch(_, let vocabulary, let configuration):
      .vocabularyMismatch(path: path, vocabulary: vocabulary, configuration: configuration)
    case .notFinite(_, let tensor): .notFinite(path: path, tensor: tensor)
    case .missingTrainingState: .missingTrainingState(path: path)
    }
  }
}
