import CharLSTM
import Foundation

/// The network as its equations stand in the literature, in double precision and without any idea of speed: what the real
/// one is compared with.
package struct NaiveNetwork {
  package let configuration: ModelConfiguration
  /// By PyTorch's names, row-major.
  package var tensors: [String: [Double]]

  package struct State {
    package var h: [[Double]]
    package var c: [[Double]]
    /// i, f, g, o of the last step, `[L][4][H]`.
    package var gates: [[[Double]]] = []

    package init(h: [[Double]], c: [[Double]]) {
      self.h = h
      self.c = c
    }
  }

  package init(_ parameters: Parameters) {
    configuration = parameters.layout.configuration
    tensors = [:]
    for tensor in NamedTensor.all(of: configuration) { tensors[tensor.name] = parameters[tensor].map(Double.init) }
  }

  package var zeroState: State {
    let zeros = [[Double]](
      repeating: [Double](repeating: 0, count: configuration.hiddenSize), count: configuration.layers)
    return State(h: zeros, c: zeros)
  }

  private func weight(_ name: String) -> [Double] { tensors[name] ?? [] }
  private func sigmoid(_ x: Double) -> Double { 1 / (1 + exp(-x)) }

  /// Reads one character and returns the logits of the next.
  package func step(_ id: Int32, state: inout State) -> [Double] {
    let (v, d, h) = (configuration.vocabularySize, configuration.embeddingSize, configuration.hiddenSize)
    var x =
      d > 0
      ? Array(weight("embedding.weight")[Int(id) * d..<(Int(id) + 1) * d])
      : (0..<v).map { $0 == Int(id) ? 1.0 : 0.0 }
    state.gates = []
    for layer in 0..<configuration.layers {
      let wx = weight("lstm.weight_ih_l\(layer)")
      let wh = weight("lstm.weight_hh_l\(layer)")
      let bias = zip(weight("lstm.bias_ih_l\(layer)"), weight("lstm.bias_hh_l\(layer)")).map(+)
      let sums = (0..<4 * h).map { row in
        var sum = bias[row]
        for k in x.indices { sum += wx[row * x.count + k] * x[k] }
        for k in 0..<h { sum += wh[row * h + k] * state.h[layer][k] }
        return sum
      }
      var gates = [[Double]](repeating: [], count: 4)
      for cell in 0..<h {
        let (i, f) = (sigmoid(sums[cell]), sigmoid(sums[h + cell]))
        let (g, o) = (tanh(sums[2 * h + cell]), sigmoid(sums[3 * h + cell]))
        state.c[layer][cell] = f * state.c[layer][cell] + i * g
        state.h[layer][cell] = o * tanh(state.c[layer][cell])
        for (gate, value) in [i, f, g, o].enumerated() { gates[gate].append(value) }
      }
      state.gates.append(gates)
      x = state.h[layer]
    }
    let (w, b) = (weight("decoder.weight"), weight("decoder.bias"))
    return (0..<v).map { row in (0..<h).reduce(b[row]) { $0 + w[row * h + $1] * x[$1] } }
  }

  /// -ln p(target) for each step of one lane.
  package func losses(inputs: [Int32], targets: [Int32], state: inout State) -> [Double] {
    zip(inputs, targets).map { input, target in
      let logits = step(input, state: &state)
      let largest = logits.max() ?? 0
      return log(logits.reduce(0) { $0 + exp($1 - largest) }) + largest - logits[Int(target)]
    }
  }
}
