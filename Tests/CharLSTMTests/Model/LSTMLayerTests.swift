import Foundation
import Tensors
import TestSupport
import Testing

@testable import CharLSTM

/// One layer by itself: three lanes and three steps. Each starts from a row of its own, so the gradient of a row is that
/// of one lane's sums at one step.
@Suite struct LSTMLayerTests {
  private static let (lanes, timeSteps, hidden) = (3, 3, 20)
  private static let padded = PanelRegion.padded(hidden)

  /// The layer's table of input products stands for the rows that it starts from: there are as many characters as rows.
  private struct Run {
    let layout: WorkspaceLayout
    let layer: LSTMLayer
    let parameters: Parameters
    var workspace: AlignedFloats

    var h: PanelRegion { layer.rows.h.values.region }
    var c: PanelRegion { layer.rows.c.region }
    var gates: PanelRegion { layer.rows.gates.values.region }
    var start: PanelRegion { layout.derived.table.region }

    init(_ precision: TrainingPrecision) {
      parameters = testParameters(
        ModelConfiguration(vocabularySize: lanes * timeSteps, embeddingSize: 0, hiddenSize: hidden, layers: 1))
      layout = WorkspaceLayout(
        parameters.layout, shape: MinibatchShape(lanes: lanes, timeSteps: timeSteps), precision: precision,
        hasDropout: false)
      layer = LSTMLayer(0, of: layout, kernels: Kernels())
      workspace = AlignedFloats(zeros: layout.count)
      var generator = SeededGenerator(seed: 3)
      func fill(_ region: PanelRegion, rows: Int) {
        for row in 0..<rows {
          for column in 0..<hidden {
            workspace[region.index(row: row, column: column)] = Float(generator.uniform() - 0.5)
          }
        }
      }
      fill(layout.dh.region, rows: lanes * timeSteps)
      // the state that the minibatch before has left
      fill(h, rows: lanes)
      fill(c, rows: lanes)
      let (layout, parameters) = (layout, parameters)
      workspace.withMutableView { work in
        parameters.values.withView {
          layout.derived.update(parameters: $0, workspace: work, processor: Processor())
        }
      }
    }

    subscript(region: PanelRegion, row: Int, column: Int) -> Double {
      Double(workspace[region.index(row: row, column: column)])
    }

    /// All steps forward, range by range.
    mutating func forward(_ ranges: [Range<Int>]) {
      onMemory { layer, memory in
        for range in ranges {
          layer.rows.h.round(step: -1, lanes: range, workspace: memory.workspace, kernels: layer.kernels)
          for step in 0..<timeSteps {
            layer.forward(
              step: step, lanes: range, groups: nil, ids: (0..<Int32(lanes * timeSteps)).map { $0 }, memory: memory)
            layer.rows.h.round(step: step, lanes: range, workspace: memory.workspace, kernels: layer.kernels)
          }
        }
      }
    }

    /// All steps back, range by range.
    mutating func backward(_ ranges: [Range<Int>]) {
      onMemory { layer, memory in
        for range in ranges {
          memory.workspace[layer.dc].clear(rows: range)
          for step in (0..<timeSteps).reversed() {
            layer.backward(step: step, lanes: range, panels: nil, memory: memory)
            layer.rows.gates.round(step: step, lanes: range, workspace: memory.workspace, kernels: layer.kernels)
          }
        }
      }
    }

    private mutating func onMemory(_ body: (LSTMLayer, StepMemory) -> Void) {
      let (layer, parameters) = (layer, parameters)
      workspace.withMutableView { work in
        parameters.values.withView { body(layer, StepMemory(parameters: $0, workspace: work)) }
      }
    }
  }

  /// The equations in double precision, from numbers that may be changed.
  private struct Naive {
    var start: [[Double]]
    let recurrent: [[Double]]
    let h: [[Double]]
    let c: [[Double]]

    init(_ run: Run) {
      func rows(_ region: PanelRegion, _ rows: Int) -> [[Double]] {
        (0..<rows).map { row in (0..<region.paddedColumns).map { run[region, row, $0] } }
      }
      start = rows(run.start, lanes * timeSteps)
      let weights = run.parameters.layout.layers[0].recurrentWeights
      recurrent = (0..<hidden).map { row in
        (0..<weights.paddedColumns).map { Double(run.parameters.values[weights.index(row: row, column: $0)]) }
      }
      h = rows(run.h, lanes)
      c = rows(run.c, lanes)
    }

    /// h and c after every step, `[T · B][H]`.
    var states: (h: [[Double]], c: [[Double]]) {
      func sigmoid(_ x: Double) -> Double { 1 / (1 + exp(-x)) }
      var (allH, allC) = ([[Double]](), [[Double]]())
      for row in 0..<lanes * timeSteps {
        let before = row < lanes ? (h[row], c[row]) : (allH[row - lanes], allC[row - lanes])
        var (h, c) = ([Double](), [Double]())
        for cell in 0..<hidden {
          let sums = Gate.allCases.map { gate in
            let column = gate.column(ofCell: cell)
            return (0..<hidden).reduce(start[row][column]) { $0 + before.0[$1] * recurrent[$1][column] }
          }
          c.append(sigmoid(sums[1]) * before.1[cell] + sigmoid(sums[0]) * tanh(sums[2]))
          h.append(sigmoid(sums[3]) * tanh(c[cell]))
        }
        allH.append(h)
        allC.append(c)
      }
      return (allH, allC)
    }
  }

  @Test func blocksOfStateFollowTheCarriedOne() {
    var run = Run(.float32)
    let expected = Naive(run).states
    run.forward([0..<Self.lanes])
    for row in 0..<Self.lanes * Self.timeSteps {
      for cell in 0..<Self.hidden {
        #expect(abs(run[run.h, Self.lanes + row, cell] - expected.h[row][cell]) < 2e-6)
        #expect(abs(run[run.c, Self.lanes + row, cell] - expected.c[row][cell]) < 2e-6)
      }
    }
  }

  /// The loss is the sum of h and dh, product by product: its gradient at the sums of a step is what backward leaves
  /// there.
  @Test func backwardEqualsFiniteDifferences() {
    var run = Run(.float32)
    var naive = Naive(run)
    let dh = (0..<Self.lanes * Self.timeSteps).map { row in (0..<Self.hidden).map { run[run.layout.dh.region, row, $0] }
    }
    func loss() -> Double {
      zip(naive.states.h, dh).reduce(0) { $0 + zip($1.0, $1.1).reduce(0) { $0 + $1.0 * $1.1 } }
    }
    run.forward([0..<Self.lanes])
    run.backward([0..<Self.lanes])
    for row in 0..<Self.lanes * Self.timeSteps {
      // every gate, and cells of both groups of 16
      for (gate, cell) in Gate.allCases.flatMap({ gate in [0, 7, 15, 16, 19].map { (gate, $0) } }) {
        let column = gate.column(ofCell: cell)
        let value = naive.start[row][column]
        naive.start[row][column] = value + 1e-5
        let above = loss()
        naive.start[row][column] = value - 1e-5
        let below = loss()
        naive.start[row][column] = value
        let found = run[run.gates, row, column]
        #expect(abs(found - (above - below) / 2e-5) < 2e-6, "row \(row), \(gate) of cell \(cell)")
      }
    }
  }

  @Test(arguments: TrainingPrecision.allCases) func lanesNeverMeet(precision: TrainingPrecision) {
    var whole = Run(precision)
    whole.forward([0..<3])
    whole.backward([0..<3])
    // with bfloat16 pairs of lanes stay together
    var parts = Run(precision)
    parts.forward([2..<3, 0..<2])
    parts.backward([0..<2, 2..<3])
    #expect(parts.workspace == whole.workspace)
  }

  /// All blocks of h are kept in pairs of lanes, an odd one's partner being zero; of the gates' rounded rows those
  /// of two steps.
  @Test func whatBFloat16ProductsRead() throws {
    var run = Run(.bfloat16)
    func halves(_ region: PanelRegion, _ row: Int, _ column: Int) -> (Double, Double) {
      let word = run.workspace[region.index(row: row, column: column)].bitPattern
      return (Double(Float(bitPattern: word << 16)), Double(Float(bitPattern: word & 0xFFFF_0000)))
    }
    func isRounded(_ rounded: Double, _ value: Double) -> Bool { abs(rounded - value) <= abs(value) / 256 }
    run.forward([0..<Self.lanes])
    run.backward([0..<Self.lanes])
    let (h, gates) = (run.h, run.gates)
    let roundedH = try #require(run.layer.rows.h.rounded)
    for block in 0...Self.timeSteps {
      for cell in 0..<Self.hidden {
        let (first, second) = halves(roundedH.pairs.region, 2 * block, cell)
        #expect(isRounded(first, run[h, 3 * block, cell]) && isRounded(second, run[h, 3 * block + 1, cell]))
        let (third, none) = halves(roundedH.pairs.region, 2 * block + 1, cell)
        #expect(isRounded(third, run[h, 3 * block + 2, cell]) && none == 0)
      }
    }
    let roundedGates = try #require(run.layer.rows.gates.rounded)
    #expect(roundedGates.rows.region.rows == 2 * Self.lanes)
    for lane in 0..<Self.lanes {
      for column in stride(from: 0, to: 4 * Self.padded, by: 2) {
        // step 0 was the last to be rounded into block 0, step 1 into block 1
        for step in 0..<2 {
          let (even, odd) = halves(roundedGates.rows.region, 3 * step + lane, column / 2)
          #expect(isRounded(even, run[gates, 3 * step + lane, column]))
          #expect(isRounded(odd, run[gates, 3 * step + lane, column + 1]))
        }
      }
    }
  }
}
