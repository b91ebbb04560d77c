import Foundation
import Tensors
import TestSupport
import Testing

@testable import CharLSTM

/// The softmax layer by itself, compared with the equations in plain loops.
@Suite struct SoftmaxLayerTests {
  private static let (lanes, timeSteps, hidden, characters) = (3, 2, 20, 7)
  private static let targets: [Int32] = [0, 3, 6, 2, 2, 5]

  @Test(arguments: TrainingObjective.allCases) func equalsTheEquations(objective: TrainingObjective) {
    let parameters = testParameters(
      ModelConfiguration(vocabularySize: Self.characters, embeddingSize: 0, hiddenSize: Self.hidden, layers: 1))
    let layout = WorkspaceLayout(
      parameters.layout, shape: MinibatchShape(lanes: Self.lanes, timeSteps: Self.timeSteps), precision: .float32,
      hasDropout: false)
    let softmax = SoftmaxLayer(layout, objective: objective, kernels: Kernels())
    var workspace = AlignedFloats(zeros: layout.count)
    var generator = SeededGenerator(seed: 5)
    let h = layout.layers[0].h.values
    for t in 0..<Self.timeSteps {
      for row in h.rows(ofStep: t, lanes: 0..<Self.lanes) {
        for cell in 0..<Self.hidden {
          workspace[h.region.index(row: row, column: cell)] = Float(generator.uniform() * 2 - 1)
        }
      }
    }
    var meanLoss = 0.0
    workspace.withMutableView { workspace in
      parameters.values.withView { values in
        let memory = StepMemory(parameters: values, workspace: workspace)
        layout.derived.update(parameters: values, workspace: workspace, processor: Processor())
        for t in 0..<Self.timeSteps {
          softmax.run(step: t, lanes: 0..<1, targets: Self.targets, memory: memory)
          softmax.run(step: t, lanes: 1..<Self.lanes, targets: Self.targets, memory: memory)
        }
      }
      meanLoss = softmax.meanLoss(workspace)
    }

    let scored = objective == .last ? Self.lanes : Self.lanes * Self.timeSteps
    #expect(softmax.scoredPredictions == scored)
    let weights = parameters.layout.decoderWeights
    func weight(_ cell: Int, _ character: Int) -> Double {
      Double(parameters.values[weights.index(row: cell, column: character)])
    }
    var total = 0.0
    for t in 0..<Self.timeSteps {
      for lane in 0..<Self.lanes {
        let row = t * Self.lanes + lane
        let state = (0..<Self.hidden).map {
          Double(workspace[h.region.index(row: h.row(ofStep: t) + lane, column: $0)])
        }
        let powers = (0..<Self.characters).map { character in
          let bias = Double(parameters.values[parameters.layout.decoderBias.index(row: 0, column: character)])
          return exp((0..<Self.hidden).reduce(bias) { $0 + state[$1] * weight($1, character) })
        }
        let target = Int(Self.targets[row])
        let counts = objective == .every || t == Self.timeSteps - 1
        let gradients = powers.indices.map { character in
          counts ? (powers[character] / powers.reduce(0, +) - (character == target ? 1 : 0)) / Double(scored) : 0
        }
        if counts { total -= log(powers[target] / powers.reduce(0, +)) }
        for cell in 0..<Self.hidden {
          let dh = gradients.indices.reduce(0.0) { $0 + gradients[$1] * weight(cell, $1) }
          #expect(abs(Double(workspace[layout.dh.region.index(row: row, column: cell)]) - dh) < 1e-6)
        }
      }
    }
    #expect(abs(meanLoss - total / Double(scored)) < 1e-6)
  }
}
