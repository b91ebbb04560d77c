import CharLSTM

/// What changes if a network reads numbers instead of characters.
extension Explanation {
  /// The example: a series of ten numbers, read three at a time.
  package static let series = SeriesWindows([[12, 15, 14, 18, 21, 19, 24, 27, 25, 30]], timeSteps: 3)
  /// The same series together with a second one.
  package static let twoSeries = SeriesWindows(
    [series.series[0], [70, 68, 69, 65, 66, 62, 61, 58, 59, 55]], timeSteps: series.timeSteps)
  /// The same series in windows that follow each other without overlap.
  package static let consecutiveSeries = SeriesWindows(
    series.series, timeSteps: series.timeSteps, stride: series.timeSteps)
  /// H of the example.
  package static let seriesUnits = 4

  /// Weights and biases of an LSTM layer for each number of features.
  package static func seriesParameters(features: Int) -> Int { 4 * seriesUnits * (features + seriesUnits + 1) }

  /// The first window as three steps of one number, as one step of three numbers, and with a second series.
  package static var seriesPictures: [NetworkPicture] {
    let first = series.windows[0]
    func picture(
      _ steps: Int, _ features: Int, _ inputs: [[Int]], _ shape: LabelledShape
    ) -> NetworkPicture {
      NetworkPicture(
        name: counted(steps, "time step"), variant: "of \(counted(features, "number"))",
        steps: inputs.enumerated().map { step, numbers in
          .init(inputs: numbers.map { "\($0)" }, output: step == inputs.count - 1 ? "\(first.target)" : nil)
        },
        stateBefore: .zero, handsOn: false, units: seriesUnits,
        properties: [
          .init(name: "input", value: .shape(shape)), .init(name: "boxes", value: .words("T = \(steps)")),
          .init(name: "read", value: .words("F = \(counted(features, "number")) per box")),
          .init(name: "state", value: .words("h and c, H = \(seriesUnits) each")),
          .init(name: "weights", value: .words("\(seriesParameters(features: features))")),
        ])
    }
    return [
      picture(series.timeSteps, 1, first.inputs, series.shape),
      picture(1, series.timeSteps, [first.inputs.flatMap { $0 }], series.singleStepShape),
      picture(twoSeries.timeSteps, 2, twoSeries.windows[0].inputs, twoSeries.shape),
    ]
  }

  var seriesSection: ExplanationSection {
    ExplanationSection(
      title: "If your data are numbers, not characters",
      blocks: windowBlocks + countBlocks + statefulSeriesBlocks + seriesCode)
  }

  private var windowBlocks: [ExplanationBlock] {
    let (series, two) = (Self.series, Self.twoSeries)
    let inputs = series.windows[0].inputs.flatMap { $0 }
    let numbers = "\(inputs[0]), \(inputs[1]) and \(inputs[2])"
    let recurrent = 4 * Self.seriesUnits * Self.seriesUnits
    return [
      .paragraph(
        "Numbers need no ids, no one-hot and no embedding. The network reads them directly, scaled to about -1 to 1. A time step then has F features: one for each number that belongs to that moment. Many tutorials predict a number from the \(series.timeSteps) before it. For that they cut the series into windows of \(code: "look_back = \(series.timeSteps)"):"
      ),
      .windows(series),
      .paragraph(
        "These are N = \(series.windows.count) windows of T = \(series.timeSteps) time steps with F = 1 number each. The target of each window is in brackets. N is the number of samples of the whole data set. Keras feeds B of them at a time. So this is many-to-one, and the input is:"
      ),
      .formula("[samples, time steps, features] = [N, T, F] = \(series.shape.inNumbers)"),
      .paragraph(
        "The same \(series.windows.count * series.timeSteps) numbers also fit into \(code: series.singleStepShape.inNumbers), but that is another network. And two series that are read together make \(code: two.shape.inNumbers). This is window 1 in each of the three shapes:"
      ),
      .pictures(Self.seriesPictures),
      .item(
        series.shape.inNumbers,
        "\(series.timeSteps) steps. The LSTM reads \(inputs[0]), then \(inputs[1]), then \(inputs[2]), and remembers the earlier numbers in its state."
      ),
      .item(
        series.singleStepShape.inNumbers,
        "1 step. The LSTM reads \(numbers) at once, as \(series.timeSteps) features. With \(code: "stateful=False") the state starts at zero and there is only one step. So the \(recurrent) recurrent weights have no effect."
      ),
      .item(
        two.shape.inNumbers,
        "\(two.timeSteps) steps of 2 features. The LSTM reads \(two.windows[0].inputs[0][0]) with \(two.windows[0].inputs[0][1]), then \(two.windows[0].inputs[1][0]) with \(two.windows[0].inputs[1][1]). \(code: "np.stack([series, second], axis=-1)") puts two series side by side. To predict both, use \(code: "Dense(\(two.features))") and targets of \(code: "\([two.windows.count, two.features])"), as in the code below."
      ),
    ]
  }

  private var countBlocks: [ExplanationBlock] {
    let units = Self.seriesUnits
    let one = Self.seriesParameters(features: 1)
    return [
      .paragraph(
        "The unrolled drawing has one box per time step. Each box reads one input of F numbers. All boxes are the same LSTM."
      ),
      .paragraph(
        "Units are not boxes. \(code: "LSTM(\(units))") has H = \(units): the state in every box is \(units) numbers h and \(units) numbers c. With F = 1 the layer has \(code: "4H(F + H + 1)") = \(one) weights and biases, whatever the number of time steps. (PyTorch counts \(4 * units) more: it has two lists of biases.)"
      ),
    ]
  }

  private var statefulSeriesBlocks: [ExplanationBlock] {
    let (overlapping, consecutive) = (Self.series, Self.consecutiveSeries)
    let read = overlapping.windows.prefix(2).flatMap { $0.inputs.flatMap { $0 } }.map { "\($0)" }.joined(separator: " ")
    let second = overlapping.windows[1].inputs.flatMap { $0 }
    func row(_ windows: SeriesWindows) -> ExplanationGridRow {
      ExplanationGridRow(name: "times read, stride \(windows.stride)", cells: windows.timesRead.map { "\($0)" })
    }
    return [
      .heading("stateful=True with batch_size=1 and a reset before each epoch"),
      .paragraph(
        "Now every minibatch is a single window. Each window starts from the final state of the previous window. So the windows must stay in order: \(code: "shuffle=False"). Only \(code: "reset_states()"), before each epoch, sets the state to zero. (In Keras 3 you call it on the layer; in Keras 2 the model has it too.) \(code: "predict") also moves the state: call \(code: "reset_states()") before you predict, and give \(code: "batch_size=1"). The effect depends on the stride, the distance from one window to the next:"
      ),
      .readings([overlapping, consecutive]),
      .grid([
        ExplanationGridRow(name: "series", cells: overlapping.series[0].map { "\($0)" }),
        row(overlapping), row(consecutive),
      ]),
      .paragraph(
        "With stride 1 the windows overlap. Window 2 begins with \(second[0]), but the network has already read \(second[0]) and \(second[1]). So the network reads \(read), which is not the series. For overlapping windows use \(code: "stateful=False"). With stride \(consecutive.stride), which equals \(code: "look_back"), each window begins where the previous one ended. The network reads every number but the last once, in order. That is a lane of section 2, with B = 1. This network has one target per window: every third number. For a target at every step, use \(code: "return_sequences=True") and targets \(code: "[N, T, 1]")."
      ),
    ]
  }

  private var seriesCode: [ExplanationBlock] {
    [
      .paragraph(
        "The code needs the imports of section 7. \(code: "x[::T]") takes every third window: stride \(Self.consecutiveSeries.stride). In PyTorch, pass \(code: "state") from window to window as in section 7."
      ),
      .code(title: "NumPy: these lines come first", lines: PythonLines.seriesHeader(Self.series)),
      .code(title: "Keras: windows", lines: PythonLines.Keras.seriesWindows),
      .code(title: "NumPy: two series", lines: PythonLines.twoSeries(Self.twoSeries)),
      .code(title: "Keras: two series, both predicted", lines: PythonLines.Keras.twoSeries),
      .code(title: "Keras: stateful, windows that follow each other", lines: PythonLines.Keras.seriesStateful),
      .code(title: "PyTorch: windows", lines: PythonLines.PyTorch.seriesWindows),
    ]
  }
}
