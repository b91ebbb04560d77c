import Tensors
import TestSupport
import Testing

@testable import CharLSTM

@Suite struct TrainingMemoryTests {
  /// For odd sizes.
  @Test(arguments: TrainingPrecision.allCases, [0, 0.3])
  func aTrainerHoldsItsWorkspaceAndItsParameters(precision: TrainingPrecision, dropout: Double) {
    for (hidden, layers, embedding, lanes, steps) in [(17, 1, 5, 3, 7), (40, 3, 0, 8, 1), (100, 2, 64, 1, 20)] {
      let model = ModelConfiguration(
        vocabularySize: 30, embeddingSize: embedding, hiddenSize: hidden, layers: layers)
      var configuration = TrainingConfiguration()
      configuration.lanes = lanes
      configuration.timeSteps = steps
      configuration.dropout = dropout
      configuration.precision = precision
      let tokens = lanes * steps * 2 + 1
      let memory = TrainingMemory(model: model, configuration: configuration, tokens: tokens)
      let layout = ParameterLayout(model)
      let workspace = WorkspaceLayout(
        layout, shape: MinibatchShape(lanes: lanes, timeSteps: steps), precision: precision, hasDropout: dropout > 0)
      #expect(memory.activations + memory.derivedWeights == 4 * workspace.count)
      // by hand; regions begin at multiples of 16 numbers, hence the tolerance
      let (cells, characters, pairs) = (PanelRegion.padded(hidden), PanelRegion.padded(30), (lanes + 1) / 2)
      let isRounded = precision == .bfloat16
      let roundedBlock = lanes * PanelRegion.padded(cells / 2) + pairs * cells
      var kept = layers * (2 * (steps + 1) * lanes * cells + 4 * steps * lanes * cells)
      if dropout > 0 { kept += layers * steps * lanes * cells }
      if isRounded {
        kept += layers * ((steps + 1) * roundedBlock + 4 * lanes * cells + 4 * steps * pairs * cells)
        if dropout > 0 { kept += (layers - 1) * steps * roundedBlock }
      }
      kept += steps * lanes * (characters + cells) + lanes * cells + steps * lanes
      #expect(abs(memory.activations - 4 * kept) < 64 * 40)
      let recurrent =
        isRounded
        ? 4 * cells * PanelRegion.padded(cells / 2) + 2 * cells * cells : 4 * cells * cells
      let weights =
        2 * 30 * 4 * cells + 4 * cells * PanelRegion.padded(embedding) + characters * cells
        + (2 * layers - 1) * recurrent
      #expect(abs(memory.derivedWeights - 4 * weights) < 64 * 40)
      #expect(memory.parameters == 16 * layout.count)
      #expect(memory.corpus == tokens)
      #expect(memory.checkpoint == 16 * layout.count)
    }
  }

  @Test func otherOptimizersHoldOneMomentLess() {
    let model = ModelConfiguration(vocabularySize: 300, hiddenSize: 64)
    var configuration = TrainingConfiguration()
    let adam = TrainingMemory(model: model, configuration: configuration, tokens: 1000)
    configuration.optimizer = OptimizerConfiguration(rule: .sgd)
    let sgd = TrainingMemory(model: model, configuration: configuration, tokens: 1000)
    #expect(sgd.parameters * 4 == adam.parameters * 3)
    #expect(sgd.activations == adam.activations)
    #expect(adam.corpus == 2000)
    configuration.averageDecay = 0.99
    let averaged = TrainingMemory(model: model, configuration: configuration, tokens: 1000)
    #expect(averaged.parameters == adam.parameters && averaged.checkpoint == adam.parameters)
    configuration.weightDropout = 0.5
    let dropping = TrainingMemory(model: model, configuration: configuration, tokens: 1000)
    #expect(dropping.parameters * 4 == adam.parameters * 5 && dropping.checkpoint == adam.parameters)
  }
}
