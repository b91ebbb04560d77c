import Tensors
import Testing

@testable import CharLSTM

/// The sums over all lanes and steps, of numbers that bfloat16 holds exactly: multiples of 1/16 up to 1/2.
///
/// 272 cells make five panels of a left operand, one more than a slice takes; 19 characters more than one part of the
/// embedding's gradient.
@Suite struct WeightGradientsTests {
  private static let (lanes, timeSteps, hidden, characters, embedding) = (3, 2, 272, 19, 6)

  private struct Sums {
    let parameters: Parameters
    let layers: [LSTMLayer]
    let derived: DerivedWeights
    let weightGradients: WeightGradients
    let dlogits: PanelRegion
    let ids = testIDs(lanes * timeSteps, vocabularySize: characters)
    var workspace: AlignedFloats

    init(_ precision: TrainingPrecision) {
      parameters = testParameters(
        ModelConfiguration(vocabularySize: characters, embeddingSize: embedding, hiddenSize: hidden, layers: 2))
      var allocator = PanelAllocator()
      layers = (0..<2).map { _ in
        LSTMLayer(
          lanes: lanes,
          activations: .init(
            lanes: lanes, timeSteps: timeSteps, hiddenSize: hidden, precision: precision, allocator: &allocator),
          kernels: Kernels())
      }
      dlogits = allocator.region(rows: lanes * timeSteps, columns: characters)
      derived = DerivedWeights(layout: parameters.layout, precision: precision, allocator: &allocator)
      weightGradients = WeightGradients(
        layout: parameters.layout, derived: derived, lanes: lanes, timeSteps: timeSteps, allocator: &allocator)
      workspace = AlignedFloats(zeros: allocator.count)
      var generator = SeededGenerator(seed: 6)
      let filled = layers.flatMap { [$0.activations.h, $0.activations.gates] } + [dlogits]
      for region in filled {
        for row in 0..<region.rows {
          for column in 0..<region.columns {
            workspace[region.index(row: row, column: column)] = Float(Int(generator.next() % 17) - 8) / 16
          }
        }
      }
      let own = self
      workspace.withMutableView { work in
        own.parameters.values.withView {
          own.derived.update(parameters: $0, workspace: work, kernels: Kernels(), threads: 1)
        }
        for layer in own.layers {
          for block in 0...timeSteps { layer.roundHidden(block: block, lanes: 0..<lanes, workspace: work) }
          for step in 0..<timeSteps { layer.roundGates(step: step, lanes: 0..<lanes, workspace: work) }
        }
      }
    }

    /// The gradients, in memory that held something else before.
    mutating func sum(threads: Int) -> Parameters {
      let own = self
      var gradients = Parameters(zeros: parameters.layout)
      for tensor in NamedTensor.all(of: parameters.layout.configuration) {
        gradients[tensor] = [Float](repeating: 3, count: tensor.count)
      }
      workspace.withMutableView { work in
        own.parameters.values.withView { parameters in
          gradients.values.withMutableView { gradients in
            let activations = own.layers.map(\.activations)
            // the rows that a layer puts out begin one block of lanes behind its first state
            let inputs = [0, 0, 1].map {
              LayerInput(
                region: activations[$0].h, row: lanes, bfloat16: activations[$0].roundedH.map { ($0, 1) })
            }
            own.weightGradients.sum(
              activations: activations, inputs: inputs, dlogits: own.dlogits, ids: own.ids, parameters: parameters,
              workspace: work, gradients: gradients, kernels: Kernels(), threads: threads)
          }
        }
      }
      return gradients
    }

    func value(_ region: PanelRegion, _ row: Int, _ column: Int) -> Double {
      Double(workspace[region.index(row: row, column: column)])
    }
  }

  @Test(arguments: TrainingPrecision.allCases) func equalTheNaiveSums(precision: TrainingPrecision) throws {
    var sums = Sums(precision)
    let gradients = sums.sum(threads: 1)
    let layout = sums.parameters.layout
    let rows = Self.lanes * Self.timeSteps
    func found(_ region: PanelRegion, _ row: Int, _ column: Int) -> Double {
      Double(gradients.values[region.index(row: row, column: column)])
    }
    /// Σ left[row + first][k] · right[row][column]
    func product(_ left: PanelRegion, from first: Int, _ k: Int, _ right: PanelRegion, _ column: Int) -> Double {
      (0..<rows).reduce(0) { $0 + sums.value(left, first + $1, k) * sums.value(right, $1, column) }
    }
    // every column of cells at the edges of panels and slices, and some between
    let cells = [0, 1, 63, 64, 130, 255, 256, 271]
    let columns = Array(stride(from: 0, to: 4 * Self.hidden, by: 37)) + [4 * Self.hidden - 1]
    for (index, layer) in layout.layers.enumerated() {
      let own = sums.layers[index].activations
      for column in columns {
        let bias = (0..<rows).reduce(0) { $0 + sums.value(own.gates, $1, column) }
        #expect(abs(found(layer.bias, 0, column) - bias) < 1e-6)
        for cell in cells {
          // the state before each step
          let recurrent = product(own.h, from: 0, cell, own.gates, column)
          #expect(abs(found(layer.recurrentWeights, cell, column) - recurrent) < 1e-6)
          guard index > 0 else { continue }
          let input = product(sums.layers[0].activations.h, from: Self.lanes, cell, own.gates, column)
          #expect(abs(found(layer.inputWeights, cell, column) - input) < 1e-6)
        }
      }
    }
    for character in 0..<Self.characters {
      let bias = (0..<rows).reduce(0) { $0 + sums.value(sums.dlogits, $1, character) }
      #expect(abs(found(layout.decoderBias, 0, character) - bias) < 1e-6)
      for cell in cells {
        let expected = product(sums.layers[1].activations.h, from: Self.lanes, cell, sums.dlogits, character)
        #expect(abs(found(layout.decoderWeights, cell, character) - expected) < 1e-6)
      }
    }
  }

  @Test(arguments: TrainingPrecision.allCases) func theEmbeddingIsReachedThroughTheTable(precision: TrainingPrecision)
    throws
  {
    var sums = Sums(precision)
    let gradients = sums.sum(threads: 1)
    let layout = sums.parameters.layout
    let embedding = try #require(layout.embedding)
    let (gates, weights) = (sums.layers[0].activations.gates, layout.layers[0].inputWeights)
    for character in 0..<Self.characters {
      let rows = sums.ids.indices.filter { sums.ids[$0] == Int32(character) }
      for k in 0..<Self.embedding {
        let expected = (0..<4 * Self.hidden).reduce(0.0) { total, column in
          let gathered = rows.reduce(0) { $0 + sums.value(gates, $1, column) }
          return total + gathered * Double(sums.parameters.values[weights.index(row: k, column: column)])
        }
        let found = Double(gradients.values[embedding.index(row: character, column: k)])
        #expect(abs(found - expected) < 1e-4)
        if rows.isEmpty { #expect(found == 0) }
      }
    }
  }

  @Test(arguments: TrainingPrecision.allCases) func threadsShareTheSlicesAndNotTheirOrder(precision: TrainingPrecision)
  {
    var sums = Sums(precision)
    let expected = sums.sum(threads: 1)
    for threads in [2, 5] { #expect(sums.sum(threads: threads) == expected) }
  }
}
