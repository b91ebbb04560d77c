import CharLSTM

/// Series of numbers cut into windows. The values of a window are read, and the value that follows them is its target.
package struct SeriesWindows: Sendable, Equatable {
  /// One piece of the series.
  package struct Window: Sendable, Equatable {
    /// The place of its first value in the series, counted from 0.
    package let start: Int
    /// `[T][F]`: at each time step the value of every series.
    package let inputs: [[Int]]
    /// The next value of the first series.
    package let target: Int
  }

  /// `[F][length]`: the values of each series.
  package let series: [[Int]]
  /// T: values of a window; tutorials call it `look_back`.
  package let timeSteps: Int
  /// The distance from the beginning of a window to the beginning of the next.
  package let stride: Int

  /// - Precondition: the series have one length, `timeSteps` and `stride` are positive, and some window has a target.
  package init(_ series: [[Int]], timeSteps: Int, stride: Int = 1) {
    let lengths = Set(series.map(\.count))
    precondition(lengths.count == 1, "series of the lengths \(lengths.sorted())")
    precondition(timeSteps > 0 && stride > 0, "\(timeSteps) time steps, stride \(stride)")
    (self.series, self.timeSteps, self.stride) = (series, timeSteps, stride)
    precondition(length > timeSteps, "no target: \(timeSteps) time steps of \(length)")
  }

  /// Values of each series.
  package var length: Int { series[0].count }
  /// F: numbers at each time step, one of each series.
  package var features: Int { series.count }

  /// Every window that has a target.
  package var windows: [Window] {
    Swift.stride(from: 0, to: length - timeSteps, by: stride).map { start in
      Window(
        start: start, inputs: (start..<start + timeSteps).map { place in series.map { $0[place] } },
        target: series[0][start + timeSteps])
    }
  }

  /// `[N, T, F]`: what a network reads.
  package var shape: LabelledShape { LabelledShape(["N", "T", "F"], [windows.count, timeSteps, features]) }

  /// `[N, 1]`: one target for each window.
  package var targetShape: LabelledShape { LabelledShape(["N", "1"], [windows.count, 1]) }

  /// The same values as features of a single time step: `[N, 1, T · F]`.
  package var singleStepShape: LabelledShape {
    LabelledShape(["N", "T", "F"], [windows.count, 1, timeSteps * features])
  }

  /// For each place in the series, how many windows contain it: how often it is read in an epoch.
  package var timesRead: [Int] {
    var counts = [Int](repeating: 0, count: length)
    for window in windows {
      for place in window.start..<window.start + timeSteps { counts[place] += 1 }
    }
    return counts
  }
}
