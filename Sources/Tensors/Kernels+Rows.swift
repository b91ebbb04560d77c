import CKernels

extension Kernels {
  /// Rows of logits become probabilities, or the gradient of the loss; the padding becomes zero.
  ///
  /// - Parameters:
  ///   - logits: `[.., V]`, rewritten in place.
  ///   - rows: those of `logits` that are rewritten.
  ///   - targets: the id that each of these rows should have predicted, the first one for the first of them.
  ///   - losses: receives -ln p(target) in nats at `lossRange`.
  ///   - lossRange: as many places as there are rows.
  ///   - gradientScale: nil leaves probabilities p; a number leaves (p - onehot(target)) · number.
  public func softmaxCrossEntropy(
    logits: MutablePanelView, rows: Range<Int>, targets: ArraySlice<Int32>, losses: MutableFloatsView,
    lossRange: Range<Int>, gradientScale: Float?
  ) {
    precondition(
      rows.upperBound <= logits.rows && targets.count == rows.count && lossRange.count == rows.count
        && lossRange.upperBound <= losses.count, "rows \(rows) of \(logits.shape), \(targets.count) targets")
    targets.withUnsafeBufferPointer { targets in
      for target in targets {
        precondition(target >= 0 && target < logits.columns, "target \(target) of \(logits.shape)")
      }
      table.softmax_cross_entropy(
        logits.panels, Int64(rows.lowerBound), Int64(rows.count), Int64(logits.columns), targets.baseAddress,
        losses.floats.baseAddress.map { $0 + lossRange.lowerBound }, gradientScale ?? 0)
    }
  }

  /// `weights[k] = exp((logits[k] - largest) / temperature)`, within 2 units in the last place, and the same bits wherever it is
  /// computed, which the system's own exp does not promise.
  /// - Precondition: `largest` is the largest of the logits, `temperature` is above 0.
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

  /// `sums[v] += values[r]` for every row `r < ids.count` whose id is `v`, in ascending order; one panel of columns.
  public func sumRows(into sums: MutablePanelView, _ values: PanelView, ids: [Int32], panel: Int) {
    precondition(
      sums.paddedColumns == values.paddedColumns && ids.count <= values.rows && panel < values.region.panelCount,
      "rows of \(values.shape) by \(ids.count) ids into \(sums.shape)")
    ids.withUnsafeBufferPointer { ids in
      for id in ids { precondition(id >= 0 && id < sums.rows, "id \(id) of \(sums.shape)") }
      table.sum_rows_by_id(sums.panels, values.panels, ids.baseAddress, Int64(ids.count), Int64(panel))
    }
  }

  /// `sums[0] = Σ values[r]` over the first `rows` rows; one panel of columns.
  public func sumRows(into sums: MutablePanelView, _ values: PanelView, rows: Int, panel: Int) {
    precondition(
      sums.rows == 1 && sums.paddedColumns == values.paddedColumns && rows <= values.rows
        && panel < values.region.panelCount, "\(rows) rows of \(values.shape) into \(sums.shape)")
    table.sum_rows(sums.base, values.panels, Int64(rows), Int64(panel))
  }

  /// `to[r] = from[r] + row[0]` for all rows; one panel of columns.
  public func add(row: PanelView, to from: PanelView, into to: MutablePanelView, panel: Int) {
    precondition(
      row.rows == 1 && row.paddedColumns == to.paddedColumns && from.paddedColumns == to.paddedColumns
        && from.rows == to.rows && panel < to.region.panelCount, "\(from.shape) plus \(row.shape) into \(to.shape)")
    table.add_row(to.panels, from.panels, row.base, Int64(panel))
  }

  /// Inverted dropout of single weights (DropConnect; Wan et al. 2013), in place where both views are of the same memory.
  ///
  /// - Parameters:
  ///   - to: receives the weights that stay, divided by 1 - rate, and zeros.
  ///   - from: the weights.
  ///   - range: multiples of 256 from the first number of the mask on; its end need only be one of 16.
  ///   - origin: where the mask's first number lies.
  ///   - key: what the mask is drawn under: the same one gives the same mask.
  ///   - rate: the share that goes, taken to the nearest 256th.
  public func dropout(
    into to: MutableFloatsView, _ from: FloatsView, range: Range<Int>, origin: Int, key: UInt64, rate: Float
  ) {
    precondition(
      range.lowerBound >= origin && range.upperBound <= min(to.count, from.count) && range.count % 16 == 0
        && (range.lowerBound - origin) % 256 == 0 && rate >= 0 && rate < 1,
      "dropout of \(rate) in range \(range) from \(origin) of \(from.count) into \(to.count)")
    table.dropout_elements(
      to.at(range), from.at(range), Int64(range.count), key, UInt32((range.lowerBound - origin) / 256),
      min(255, UInt32((rate * 256).rounded())))
  }

  /// Inverted dropout: each value is zero with probability `rate` and is divided by 1 - rate otherwise.
  ///
  /// The mask of row r at time step t is drawn by Philox4x32-10 (Salmon et al. 2011) under `keys[r]` with the counter
  /// (column group, t): it does not depend on who computes it, and a second call with the same keys repeats it.
  /// There are as many rows as keys, one a lane.
  public func dropout(
    into to: MutablePanelView, row: Int, _ from: PanelView, row fromRow: Int, keys: ArraySlice<UInt64>, timeStep: Int,
    rate: Float
  ) {
    precondition(
      to.paddedColumns == from.paddedColumns && row + keys.count <= to.rows && fromRow + keys.count <= from.rows
        && rate >= 0 && rate < 1, "dropout of \(rate) on \(from.shape) into \(to.shape)")
    keys.withUnsafeBufferPointer { keys in
      table.dropout(
        to.panels, Int64(row), from.panels, Int64(fromRow), Int64(keys.count), keys.baseAddress,
        UInt32(truncatingIfNeeded: timeStep), rate)
    }
  }
}
