import Tensors
import TestSupport
import Testing

@testable import CharLSTM

@Suite struct InputTableTests {
  private static let (characters, hidden, columns) = (19, 20, 128)

  /// A table with memory of its own, in which everything that backward writes holds what is left of the minibatch
  /// before.
  private struct Tables {
    let parameters: Parameters
    let table: InputTable
    let tableGradient: PanelRegion
    let gates: PanelRegion
    let transposed: PanelRegion?
    var workspace: AlignedFloats
    var gradients: Parameters

    init(embedding: Int, rows: Int) {
      parameters = testParameters(
        ModelConfiguration(vocabularySize: characters, embeddingSize: embedding, hiddenSize: hidden, layers: 1))
      let layout = parameters.layout
      var allocator = PanelAllocator()
      table = InputTable(layout: layout, region: allocator.region(rows: characters, columns: columns))
      tableGradient = allocator.region(rows: characters, columns: columns)
      gates = allocator.region(rows: rows, columns: columns)
      transposed = embedding > 0 ? allocator.region(rows: columns, columns: embedding) : nil
      workspace = AlignedFloats(zeros: allocator.count)
      gradients = Parameters(zeros: layout)
      for index in 0..<workspace.count { workspace[index] = 9 }
      for index in 0..<gradients.values.count { gradients.values[index] = 9 }
      var generator = SeededGenerator(seed: 4)
      for row in 0..<rows {
        for column in 0..<columns {
          workspace[gates.index(row: row, column: column)] = Float(generator.uniform() - 0.5)
        }
      }
    }

    mutating func backward(ids: [Int32], panels: Range<Int>) {
      let fixture = self
      workspace.withMutableView { work in
        gradients.values.withMutableView { gradients in
          fixture.parameters.values.withView { parameters in
            for panel in panels {
              fixture.table.backward(
                panel: panel, gates: work.readOnly[fixture.gates], ids: ids, tableGradient: work[fixture.tableGradient],
                memory: GradientMemory(parameters: parameters, gradients: gradients), kernels: Kernels())
            }
          }
        }
      }
    }

    mutating func backward(characters: Range<Int>) {
      let fixture = self
      workspace.withMutableView { work in
        gradients.values.withMutableView { gradients in
          fixture.parameters.values.withView { parameters in
            let transposed = fixture.transposed ?? fixture.tableGradient
            if fixture.transposed != nil {
              for panel in 0..<transposed.panelCount {
                Kernels().transpose(
                  into: work[transposed], parameters[fixture.parameters.layout.layers[0].inputWeights], panel: panel)
              }
            }
            fixture.table.backward(
              characters: characters, tableGradient: work.readOnly[fixture.tableGradient],
              inputTransposed: work.readOnly[transposed], gradients: gradients, kernels: Kernels())
          }
        }
      }
    }

    /// The gates' gradients of one character, added up.
    func sum(of character: Int, ids: [Int32], column: Int) -> Double {
      ids.indices.filter { ids[$0] == Int32(character) }.reduce(0) {
        $0 + Double(workspace[gates.index(row: $1, column: column)])
      }
    }
  }

  private let ids = testIDs(40, vocabularySize: 19).map { $0 == 5 ? 6 : $0 }

  @Test func aPanelIsComputedByItself() {
    var tables = Tables(embedding: 6, rows: 1)
    let fixture = tables
    tables.workspace.withMutableView { work in
      fixture.parameters.values.withView {
        fixture.table.compute(panel: 1, parameters: $0, into: work[fixture.table.region], kernels: Kernels())
      }
    }
    for character in 0..<Self.characters {
      for column in 0..<Self.columns {
        let value = tables.workspace[tables.table.region.index(row: character, column: column)]
        // the first panel has 64 columns; those of cells that are none stay 0
        let isCell = column / 64 * 16 + column % 16 < Self.hidden
        #expect(column < 64 ? value == 9 : isCell ? value != 9 && value != 0 : value == 0)
      }
    }
  }

  /// With an embedding E and input weights W: dW = Eᵀ S, db = Σ S, dE = S Wᵀ, where S gathers the gates by character.
  @Test func gradientsAreGatheredByCharacterAndPushedThroughOnce() throws {
    var tables = Tables(embedding: 6, rows: ids.count)
    tables.backward(ids: ids, panels: 0..<2)
    tables.backward(characters: 0..<Self.characters)
    let layout = tables.parameters.layout
    let (embedding, layer) = (try #require(layout.embedding), layout.layers[0])
    let (values, gradients) = (tables.parameters.values, tables.gradients.values)
    let sums = (0..<Self.characters).map { character in
      (0..<Self.columns).map { tables.sum(of: character, ids: ids, column: $0) }
    }
    for column in 0..<Self.columns {
      let bias = sums.reduce(0) { $0 + $1[column] }
      #expect(abs(Double(gradients[layer.bias.index(row: 0, column: column)]) - bias) < 1e-5)
      for k in 0..<6 {
        let expected = (0..<Self.characters).reduce(0.0) {
          $0 + Double(values[embedding.index(row: $1, column: k)]) * sums[$1][column]
        }
        #expect(abs(Double(gradients[layer.inputWeights.index(row: k, column: column)]) - expected) < 1e-5)
      }
    }
    for character in 0..<Self.characters {
      for k in 0..<6 {
        let expected = (0..<Self.columns).reduce(0.0) {
          $0 + sums[character][$1] * Double(values[layer.inputWeights.index(row: k, column: $1)])
        }
        let found = Double(gradients[embedding.index(row: character, column: k)])
        #expect(abs(found - expected) < 2e-5)
        // nobody read it
        if character == 5 { #expect(found == 0) }
      }
    }
  }

  /// One-hot: a row of the input weights has the gradient of its character.
  @Test func withoutEmbeddingTheWeightsAreTheTable() {
    var tables = Tables(embedding: 0, rows: ids.count)
    tables.backward(ids: ids, panels: 0..<2)
    let layer = tables.parameters.layout.layers[0]
    for column in 0..<Self.columns {
      var bias = 0.0
      for character in 0..<Self.characters {
        let expected = tables.sum(of: character, ids: ids, column: column)
        let found = Double(tables.gradients.values[layer.inputWeights.index(row: character, column: column)])
        #expect(abs(found - expected) < 1e-5)
        if character == 5 { #expect(found == 0) }
        bias += expected
      }
      #expect(abs(Double(tables.gradients.values[layer.bias.index(row: 0, column: column)]) - bias) < 1e-5)
    }
    // and there is no more to it
    let before = tables.gradients.values
    tables.backward(characters: 0..<Self.characters)
    #expect(tables.gradients.values == before)
  }

  @Test func rangesOfCharactersAreIndependent() throws {
    var whole = Tables(embedding: 6, rows: ids.count)
    whole.backward(ids: ids, panels: 0..<2)
    var parts = whole
    whole.backward(characters: 0..<Self.characters)
    parts.backward(characters: 16..<Self.characters)
    let embedding = try #require(parts.parameters.layout.embedding)
    #expect(parts.gradients.values[embedding.index(row: 15, column: 0)] == 9)
    parts.backward(characters: 0..<16)
    #expect(parts.gradients.values == whole.gradients.values)
  }
}
