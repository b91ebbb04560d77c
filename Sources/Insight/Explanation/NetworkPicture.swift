import CharLSTM

/// A network at each of its time steps: what it reads below, the LSTM in the middle, what it answers above.
///
/// The layout is that of the five pictures in Karpathy (2015), *The Unreasonable Effectiveness of Recurrent Neural
/// Networks*: inputs red, hidden state green, outputs blue.
package struct NetworkPicture: Sendable, Equatable {
  /// Where h and c come from at the left edge of the picture.
  package enum StateOrigin: Sendable, Equatable {
    case zero
    case carried
  }

  /// One time step.
  package struct Step: Sendable, Equatable {
    /// The features, from top to bottom: one glyph, or several numbers. Empty if the step reads the output before it.
    package let inputs: [String]
    /// nil if nothing is predicted at this step.
    package let output: String?
  }

  /// A line below the picture.
  package struct Property: Sendable, Equatable {
    package enum Value: Sendable, Equatable {
      case shape(LabelledShape)
      case words(String)
    }

    package let name: String
    package let value: Value
  }

  package let name: String
  /// A second line of the name.
  package let variant: String
  package let steps: [Step]
  package let stateBefore: StateOrigin
  /// Whether the state at the end is passed on to what comes next.
  package let handsOn: Bool
  /// H, if the numbers in the state are drawn one by one.
  package var units: Int?
  package let properties: [Property]

  /// Whether a step reads what the step before it wrote.
  package func readsOutput(atStep step: Int) -> Bool { step > 0 && steps[step].inputs.isEmpty }

  /// The picture in a sentence, for people who cannot see it.
  package var label: String {
    let read = steps.map(\.inputs).filter { !$0.isEmpty }.map { $0.joined(separator: " with ") }
    let answers = steps.compactMap(\.output).joined(separator: " ")
    let origin = stateBefore == .zero ? "from a state of zeros" : "from the state of the minibatch before"
    let isWriting = steps.indices.contains { readsOutput(atStep: $0) }
    let boxes = counted(steps.count, "box", "boxes")
    return
      "\(name), \(variant): \(boxes), \(origin), reads \(read.joined(separator: read.contains { $0.contains(" ") } ? ", " : " "))"
      + " and answers \(answers)\(isWriting ? ", each of which is read at the next step" : "")."
  }
}
