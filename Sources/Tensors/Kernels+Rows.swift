import CKernels

extension Kernels {
  /// Computes softmax and cross entropy. It replaces rows of logits by probabilities p, and writes the losses.
  ///
  /// - Parameters:
  ///   - logits: The logits, `[.., V]`. Only `rows` are overwritten. Their padding becomes zero.
  ///   - rows: The rows to replace.
  ///   - targets: The id that each of these rows should have predicted.
  ///   - losses: Receives -ln p(target) of each row, in nats.
  ///   - lossRange: The range of `losses` that is written, with one place per row.
  public func replaceLogitsWithProbabilities(
    _ logits: MutablePanelView, rows: Range<Int>, targets: ArraySlice<Int32>, losses: MutableFloatsView,
    lossRange: Range<Int>
  ) {
    checkSoftmax(logits, rows: rows, targets: targets, losses: losses, lossRange: lossRange)
    targets.withUnsafeBufferPointer { targets in
      table.replace_logits_with_probabilities(
        logits.panels, Int64(rows.lowerBound), Int64(rows.count), Int64(logits.columns), targets.baseAddress,
        losses.at(lossRange))
    }
  }

  /// Computes softmax and cross entropy, forward and backward. It replaces rows of logits by the gradient of the
  /// loss with respect to them, (p - onehot(target)) · scale, and writes the losses.
  ///
  /// - Parameters:
  ///   - logits: The logits, `[.., V]`. Only `rows` are overwritten. Their padding becomes zero.
  ///   - rows: The rows to replace.
  ///   - targets: The id that each of these rows should have predicted.
  ///   - losses: Receives -ln p(target) of each row, in nats.
  ///   - lossRange: The range of `losses` that is written, with one place per row.
  ///   - scale: 1 / n, if the loss of the minibatch is the mean over n predictions.
  public func replaceLogitsWithGradients(
    _ logits: MutablePanelView, rows: Range<Int>, targets: ArraySlice<Int32>, losses: MutableFloatsView,
    lossRange: Range<Int>, scale: Float
  ) {
    checkSoftmax(logits, rows: rows, targets: targets, losses: losses, lossRange: lossRange)
    targets.withUnsafeBufferPointer { targets in
      table.replace_logits_with_gradients(
        logits.panels, Int64(rows.lowerBound), Int64(rows.count), Int64(logits.columns), targets.baseAddress,
        losses.at(lossRange), scale)
    }
  }

  private func checkSoftmax(
    _ logits: MutablePanelView, rows: Range<Int>, targets: ArraySlice<Int32>, losses: MutableFloatsView,
    lossRange: Range<Int>
  ) {
    precondition(
      logits.region.has(rows: rows.count, from: rows.lowerBound) && targets.count == rows.count
        && lossRange.count == rows.count && lossRange.lowerBound >= 0 && lossRange.upperBound <= losses.count,
      "rows \(rows) of \(logits.shape), \(targets.count) targets, losses \(lossRange) of \(losses.count)")
    for target in targets {
      precondition(target >= 0 && target < logits.columns, "target \(target) of \(logits.shape)")
    }
  }

  /// Computes `weights[k] = exp((logits[k] - largest) / temperature)`, within 2 units in the last place. It gives
  /// the same bits on every processor. The system's exp does not promise that.
  /// - Precondition: `largest` is the largest of the logits, and `temperature` is above 0.
  public func exponentials(of logits: [Float], largest: Float, temperature: Float, into weights: inout [Float]) {
    precondition(
      logits.count == weights.count && temperature > 0, "\(logits.count) logits, room for \(weights.count)")
    let count = Int64(logits.count)
    weights.withUnsafeMutableBufferPointer { weights in
      logits.withUnsafeBufferPointer {
        table.exponentials(weights.baseAddress, $0.baseAddress, count, largest, temperature)
      }
    }
  }

  /// Adds `values[r]` to `sums[v]` for every row `r < ids.count` whose id is `v`, in ascending order of r, for one
  /// panel of columns.
  public func sumRows(into sums: MutablePanelView, _ values: PanelView, ids: [Int32], panel: Int) {
    precondition(
      sums.paddedColumns == values.paddedColumns && ids.count <= values.rows && values.region.has(panel: panel),
      "rows of \(values.shape) by \(ids.count) ids into \(sums.shape)")
    ids.withUnsafeBufferPointer { ids in
      for id in ids { precondition(id >= 0 && id < sums.rows, "id \(id) of \(sums.shape)") }
      table.sum_rows_by_id(sums.panels, values.panels, ids.baseAddress, Int64(ids.count), Int64(panel))
    }
  }

  /// Computes `sums[0] = Σ values[r]` over the first `rows` rows, in ascending order, for one panel of columns.
  public func sumRows(into sums: MutablePanelView, _ values: PanelView, rows: Int, panel: Int) {
    precondition(
      sums.rows == 1 && sums.paddedColumns == values.paddedColumns && values.region.has(rows: rows, from: 0)
        && values.region.has(panel: panel), "\(rows) rows of \(values.shape) into \(sums.shape)")
    table.sum_rows(sums.base, values.panels, Int64(rows), Int64(panel))
  }

  /// Computes `to[r] = from[r] + row[0]` for all rows, for one panel of columns.
  public func add(row: PanelView, to from: PanelView, into to: MutablePanelView, panel: Int) {
    precondition(
      row.rows == 1 && row.paddedColumns == to.paddedColumns && from.paddedColumns == to.paddedColumns
        && from.rows == to.rows && to.region.has(panel: panel), "\(from.shape) plus \(row.shape) into \(to.shape)")
    table.add_row(to.panels, from.panels, row.base, Int64(panel))
  }

  /// Applies inverted dropout to single weights (DropConnect; Wan et al. 2013). Both views may have the same
  /// memory.
  ///
  /// - Parameters:
  ///   - to: Receives the weights that stay, divided by 1 - rate, and zeros instead of the others.
  ///   - from: The weights.
  ///   - range: The weights to compute. It begins a multiple of 256 numbers after `origin`, and its size is a
  ///     multiple of 16.
  ///   - origin: The position of the first number of the mask.
  ///   - key: The key of the mask. The same key gives the same mask.
  ///   - rate: The probability that a weight becomes zero. It is rounded to a multiple of 1/256, at most 255/256.
  public func dropout(
    into to: MutableFloatsView, _ from: FloatsView, range: Range<Int>, origin: Int, key: UInt64, rate: Float
  ) {
    precondition(
      origin >= 0 && range.lowerBound >= origin && range.upperBound <= min(to.count, from.count)
        && range.count % PanelRegion.columnGroup == 0
        && (range.lowerBound - origin) % BARD_MASK_BLOCK == 0 && rate >= 0 && rate < 1,
      "dropout of \(rate) in range \(range) from \(origin) of \(from.count) into \(to.count)")
    table.dropout_elements(
      to.at(range), from.at(range), Int64(range.count), key, UInt32((range.lowerBound - origin) / BARD_MASK_BLOCK),
      min(255, UInt32((rate * 256).rounded())))
  }

  /// Applies inverted dropout to rows: each value becomes zero with probability `rate`, and is divided by 1 - rate
  /// otherwise.
  ///
  /// There is one row for each key. The mask of row r comes from the random generator Philox4x32-10 (Salmon et al.
  /// 2011) with `keys[r]`. Its counters are made from the column and the time step; rows.inc defines how. So the
  /// mask does not depend on the thread that computes it, and a second call with the same keys and time step gives
  /// the same mask.
  public func dropout(
    into to: MutablePanelView, row: Int, _ from: PanelView, row fromRow: Int, keys: ArraySlice<UInt64>, timeStep: Int,
    rate: Float
  ) {
    precondition(
      to.paddedColumns == from.paddedColumns && to.region.has(rows: keys.count, from: row)
        && from.region.has(rows: keys.count, from: fromRow)
        && rate >= 0 && rate < 1, "dropout of \(rate) on \(from.shape) into \(to.shape)")
    keys.withUnsafeBufferPointer { keys in
      table.dropout(
        to.panels, Int64(row), from.panels, Int64(fromRow), Int64(keys.count), keys.baseAddress,
        UInt32(truncatingIfNeeded: timeStep), rate)
    }
  }
}
