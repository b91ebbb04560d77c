/// Keeps the page of a training run up to date, at little cost.
struct TrainingReportWriter {
  let path: String
  /// Time spent on the page is at most this share of all.
  private static let mostTime = 0.01

  /// Seconds on any clock.
  private let now: () -> Double
  /// When the page may be written again.
  private var due = -Double.infinity
  private var hasFailed = false

  init(path: String, now: @escaping () -> Double) {
    self.path = path
    self.now = now
  }

  /// Writes the page, unless that was done so lately that it would cost time; the last one is always written.
  /// - Returns: what went wrong, the first time that anything does.
  mutating func write(isLast: Bool, _ report: () -> TrainingReport) -> TrainingReportError? {
    let start = now()
    guard isLast || start >= due else { return nil }
    defer {
      let end = now()
      due = end + (end - start) / Self.mostTime
    }
    do {
      try report().write(to: path)
      return nil
    } catch {
      defer { hasFailed = true }
      return hasFailed ? nil : error
    }
  }
}
