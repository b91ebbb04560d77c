import Tensors
import TestSupport
import Testing

@testable import CharLSTM

@Suite struct DerivedWeightsTests {
  private func derive(
    _ parameters: Parameters, _ precision: TrainingPrecision, threads: Int = 1
  ) -> (weights: DerivedWeights, workspace: AlignedFloats) {
    var allocator = PanelAllocator()
    let weights = DerivedWeights(layout: parameters.layout, precision: precision, allocator: &allocator)
    var workspace = AlignedFloats(zeros: allocator.count)
    workspace.withMutableView { workspace in
      parameters.values.withView {
        weights.update(parameters: $0, workspace: workspace, processor: Processor(threads: threads))
      }
    }
    return (weights, workspace)
  }

  private func parameters(embedding: Int = 6) -> Parameters {
    testParameters(ModelConfiguration(vocabularySize: 9, embeddingSize: embedding, hiddenSize: 20, layers: 2))
  }

  @Test func transposedWeightsAreTheWeightsTurned() {
    let parameters = parameters()
    let (weights, workspace) = derive(parameters, .float32)
    workspace.withView { work in
      parameters.values.withView { values in
        let layout = parameters.layout
        let decoder = (values[layout.decoderWeights], work[weights.decoderTransposed])
        let recurrent = (values[layout.layers[1].recurrentWeights], work[weights.layers[1].recurrentTransposed])
        for (from, to) in [decoder, recurrent] {
          for row in 0..<20 { for column in 0..<from.columns { #expect(to[column, row] == from[row, column]) } }
        }
      }
    }
    guard case .parameters(let region) = weights.layers[0].recurrent,
      region == parameters.layout.layers[0].recurrentWeights
    else {
      Issue.record("with float32 the parameters themselves are read")
      return
    }
  }

  /// A row of the table is the embedding times the input weights, plus the bias.
  @Test(arguments: [6, 0]) func theTableHasTheInputProductOfEveryCharacter(embedding: Int) {
    let parameters = parameters(embedding: embedding)
    let (weights, workspace) = derive(parameters, .float32)
    #expect((weights.layers[0].inputTransposed == nil) == (embedding == 0))
    workspace.withView { work in
      parameters.values.withView { values in
        let layout = parameters.layout
        let (input, bias) = (values[layout.layers[0].inputWeights], values[layout.layers[0].bias])
        for character in 0..<9 {
          for column in 0..<80 {
            var expected = Double(bias[0, column])
            if let embedding = layout.embedding {
              for k in 0..<6 { expected += Double(values[embedding][character, k]) * Double(input[k, column]) }
            } else {
              expected += Double(input[character, column])
            }
            #expect(abs(Double(work[weights.table.region][character, column]) - expected) < 1e-5)
          }
        }
      }
    }
  }

  /// Words of two rows, of two columns where they are transposed; float32 where no product is in bfloat16.
  @Test func bfloat16WeightsComeInPairs() {
    let parameters = parameters()
    let (weights, workspace) = derive(parameters, .bfloat16)
    guard case .workspace(let pairs) = weights.layers[1].recurrent else {
      Issue.record("with bfloat16 the weights are paired")
      return
    }
    let transposed = weights.layers[1].recurrentTransposed
    func halves(_ word: Float) -> (Float, Float) {
      (Float(bitPattern: word.bitPattern << 16), Float(bitPattern: word.bitPattern & 0xFFFF_0000))
    }
    workspace.withView { work in
      parameters.values.withView { values in
        let recurrent = values[parameters.layout.layers[1].recurrentWeights]
        for row in stride(from: 0, to: 20, by: 2) {
          for column in stride(from: 0, to: 80, by: 2) {
            let (low, high) = halves(work[pairs][row / 2, column])
            #expect(abs(low - recurrent[row, column]) <= abs(recurrent[row, column]) / 256)
            #expect(abs(high - recurrent[row + 1, column]) <= abs(recurrent[row + 1, column]) / 256)
            let (first, second) = halves(work[transposed][column / 2, row])
            #expect(first == low)
            #expect(abs(second - recurrent[row, column + 1]) <= abs(recurrent[row, column + 1]) / 256)
          }
        }
        let (input, turned) = (values[parameters.layout.layers[0].inputWeights], weights.layers[0].inputTransposed)
        guard let turned else { return }
        #expect(work[turned][5, 3] == input[3, 5])
      }
    }
    #expect(derive(parameters, .bfloat16, threads: 3).workspace == workspace)
  }
}
