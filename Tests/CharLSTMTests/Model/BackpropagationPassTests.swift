import Foundation
import Tensors
import TestSupport
import Testing

@testable import CharLSTM

@Suite struct BackpropagationPassTests {
  private func owner(
    _ parameters: Parameters, lanes: Int, timeSteps: Int = 3, precision: TrainingPrecision = .float32,
    objective: TrainingObjective = .every, threads: Int
  ) -> BackpropagationThroughTime {
    BackpropagationThroughTime(
      parameters: parameters.layout, shape: MinibatchShape(lanes: lanes, timeSteps: timeSteps), precision: precision,
      objective: objective, processor: Processor(threads: threads))
  }

  /// The pass on memory of our own, that it is to find filled with ones but for the carried state.
  private func run(
    _ owner: BackpropagationThroughTime, _ parameters: Parameters, inputs: [Int32], targets: [Int32], threads: Int = 1,
    parts order: (Int) -> [Int] = { Array(0..<$0) }
  ) -> (workspace: AlignedFloats, parts: Int) {
    let layout = owner.layout
    var workspace = AlignedFloats(zeros: layout.count)
    for region in [layout.logits.region, layout.dh.region, layout.dc, layout.losses] {
      for index in region.range { workspace[index] = 1 }
    }
    var parts = 0
    workspace.withMutableView { work in
      parameters.values.withView { parameters in
        layout.derived.update(parameters: parameters, workspace: work, processor: Processor())
        let pass = BackpropagationPass(
          layout, layers: owner.layers, output: owner.output, minibatch: .init(inputs: inputs, targets: targets),
          masks: DropoutMasks(.none, lanes: layout.shape.lanes, layers: owner.layers.count),
          memory: StepMemory(parameters: parameters, workspace: work), processor: Processor(threads: threads))
        parts = pass.parts
        for part in order(pass.parts) { pass.run(part: part) }
      }
    }
    return (workspace, parts)
  }

  /// A range of lanes for each thread, of pairs of lanes with bfloat16; one where threads share every step.
  @Test(arguments: [
    // lanes, threads, cells, ranges in float32, ranges in bfloat16
    (7, 1, 16, 1, 1), (7, 3, 16, 3, 3), (7, 20, 16, 7, 4), (1, 2, 16, 1, 1), (2, 4, 16, 2, 1),
    // from 256 cells on, where there are two threads and more for a lane
    (2, 4, 256, 1, 1), (2, 3, 256, 2, 1), (3, 5, 256, 3, 2), (2, 4, 255, 2, 1),
  ])
  func lanesAreSharedOut(lanes: Int, threads: Int, cells: Int, float32: Int, bfloat16: Int) {
    let parameters = Parameters(
      zeros: ParameterLayout(ModelConfiguration(vocabularySize: 3, embeddingSize: 2, hiddenSize: cells, layers: 1)))
    let ids = [Int32](repeating: 0, count: lanes)
    for (precision, parts) in [(TrainingPrecision.float32, float32), (.bfloat16, bfloat16)] {
      let owner = owner(parameters, lanes: lanes, timeSteps: 1, precision: precision, threads: threads)
      #expect(run(owner, parameters, inputs: ids, targets: ids, threads: threads).parts == parts, "\(precision)")
    }
  }

  private static let configuration = ModelConfiguration(vocabularySize: 7, embeddingSize: 3, hiddenSize: 17, layers: 2)

  /// Loss and gradient at the softmax layer, lane by lane and step by step: -ln p, and p less 1 at the target, over
  /// T · B.
  @Test(arguments: TrainingObjective.allCases) func softmaxEqualsTheNaiveNetwork(objective: TrainingObjective) {
    let parameters = testParameters(Self.configuration)
    let (lanes, timeSteps) = (3, 4)
    let inputs = testIDs(lanes * timeSteps, vocabularySize: 7)
    let targets = testIDs(lanes * timeSteps, vocabularySize: 7, seed: 2)
    let owner = owner(parameters, lanes: lanes, timeSteps: timeSteps, objective: objective, threads: 1)
    let (workspace, _) = run(owner, parameters, inputs: inputs, targets: targets)
    let naive = NaiveNetwork(parameters)
    let scored = Double(objective == .last ? lanes : lanes * timeSteps)
    for lane in 0..<lanes {
      var state = naive.zeroState
      for step in 0..<timeSteps {
        let row = step * lanes + lane
        let exponentials = naive.step(inputs[row], state: &state).map { exp($0) }
        let total = exponentials.reduce(0, +)
        let isScored = objective == .every || step == timeSteps - 1
        for character in 0..<7 {
          let p = exponentials[character] / total
          let expected = isScored ? (p - (targets[row] == Int32(character) ? 1 : 0)) / scored : 0
          let found = Double(workspace[owner.layout.logits.region.index(row: row, column: character)])
          #expect(abs(found - expected) < 1e-6, "lane \(lane), step \(step)")
        }
        guard isScored else { continue }
        let loss = -log(exponentials[Int(targets[row])] / total)
        #expect(abs(Double(workspace[owner.layout.losses.offset + row]) - loss) < 2e-6)
      }
    }
  }

  /// Lanes never meet: it does not matter which range is computed first.
  @Test(arguments: TrainingPrecision.allCases) func rangesMayComeInAnyOrder(precision: TrainingPrecision) {
    let parameters = testParameters(Self.configuration)
    let inputs = testIDs(7 * 3, vocabularySize: 7)
    let targets = testIDs(7 * 3, vocabularySize: 7, seed: 2)
    let whole = run(
      owner(parameters, lanes: 7, precision: precision, threads: 1), parameters, inputs: inputs, targets: targets)
    let shared = owner(parameters, lanes: 7, precision: precision, threads: 3)
    let reversed = run(shared, parameters, inputs: inputs, targets: targets, threads: 3) { (0..<$0).reversed() }
    #expect(whole.parts == 1 && reversed.parts == 3)
    #expect(reversed.workspace == whole.workspace)
    // and a range leaves the lanes of the others alone: 0 and 1, of 0..<2, 2..<4 and 4..<7
    let first = run(shared, parameters, inputs: inputs, targets: targets, threads: 3) { _ in [0] }.workspace
    for lane in 0..<7 {
      let loss = first[shared.layout.losses.offset + lane]
      #expect(lane < 2 ? loss == whole.workspace[shared.layout.losses.offset + lane] : loss == 1)
    }
  }
}
