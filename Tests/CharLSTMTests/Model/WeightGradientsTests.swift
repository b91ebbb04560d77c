import Tensors
import TestSupport
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
    let layout: WorkspaceLayout
    let ids = testIDs(lanes * timeSteps, vocabularySize: characters)
    var workspace: AlignedFloats

    var dlogits: PanelRegion { layout.logits.region }
    func h(_ layer: Int) -> PanelRegion { layout.layers[layer].h.values.region }
    func gates(_ layer: Int) -> PanelRegion { layout.layers[layer].gates.values.region }

    init(_ precision: TrainingPrecision) {
      parameters = testParameters(
        ModelConfiguration(vocabularySize: characters, embeddingSize: embedding, hiddenSize: hidden, layers: 2))
      layout = WorkspaceLayout(
        parameters.layout, shape: MinibatchShape(lanes: lanes, timeSteps: timeSteps), precision: precision,
        hasDropout: false)
      workspace = AlignedFloats(zeros: layout.count)
      var generator = SeededGenerator(seed: 6)
      for region in [h(0), gates(0), h(1), gates(1), dlogits] {
        for row in 0..<region.rows {
          for column in 0..<region.columns {
            workspace[region.index(row: row, column: column)] = Float(Int(generator.next() % 17) - 8) / 16
          }
        }
      }
      let (layout, parameters) = (layout, parameters)
      workspace.withMutableView { work in
        parameters.values.withView {
          layout.derived.update(parameters: $0, workspace: work, processor: Processor())
        }
        for layer in layout.layers {
          for step in -1..<timeSteps {
            layer.h.round(step: step, lanes: 0..<lanes, workspace: work, kernels: Kernels())
            if step >= 0 { layer.gates.round(step: step, lanes: 0..<lanes, workspace: work, kernels: Kernels()) }
          }
        }
      }
    }

    /// The gradients, in memory that held something else before.
    mutating func sum(threads: Int) -> Parameters {
      var gradients = Parameters(zeros: parameters.layout)
      for tensor in NamedTensor.all(of: parameters.layout.configuration) {
        gradients[tensor] = [Float](repeating: 3, count: tensor.count)
      }
      let (layout, parameters, ids) = (layout, parameters, ids)
      workspace.withMutableView { work in
        parameters.values.withView { parameters in
          gradients.values.withMutableView { gradients in
            WeightGradients(layout).sum(
              ids: ids, memory: StepMemory(parameters: parameters, workspace: work), into: gradients,
              processor: Processor(threads: threads))
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
      let (h, gates) = (sums.h(index), sums.gates(index))
      for column in columns {
        let bias = (0..<rows).reduce(0) { $0 + sums.value(gates, $1, column) }
        #expect(abs(found(layer.bias, 0, column) - bias) < 1e-6)
        for cell in cells {
          // the state before each step
          let recurrent = product(h, from: 0, cell, gates, column)
          #expect(abs(found(layer.recurrentWeights, cell, column) - recurrent) < 1e-6)
          guard index > 0 else { continue }
          let input = product(sums.h(0), from: Self.lanes, cell, gates, column)
          #expect(abs(found(layer.inputWeights, cell, column) - input) < 1e-6)
        }
      }
    }
    for character in 0..<Self.characters {
      let bias = (0..<rows).reduce(0) { $0 + sums.value(sums.dlogits, $1, character) }
      #expect(abs(found(layout.decoderBias, 0, character) - bias) < 1e-6)
      for cell in cells {
        let expected = product(sums.h(1), from: Self.lanes, cell, sums.dlogits, character)
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
    let (gates, weights) = (sums.gates(0), layout.layers[0].inputWeights)
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
