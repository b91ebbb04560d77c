import CharLSTM

/// Keeps the page of a training run up to date, at little cost.
public struct TrainingReportWriter {
  private let path: String
  /// The maximum share of the time that is spent on the page.
  private static let mostTime = 0.01

  /// The time in seconds on any clock.
  private let now: () -> Double
  /// The earliest time of the next writing.
  private var due = -Double.infinity
  private var hasFailed = false

  /// Prepares to write the page to `path`. It does not write anything yet.
  public init(path: String) {
    let (clock, start) = (ContinuousClock(), ContinuousClock.now)
    self.init(path: path) { (clock.now - start) / .seconds(1) }
  }

  init(path: String, now: @escaping () -> Double) {
    self.path = path
    self.now = now
  }

  /// Writes the page, unless it was written so recently that this would slow training down. The last page is always
  /// written.
  /// - Returns: the error at the first failure; nil afterwards, so that one cause is reported once.
  public mutating func write(isLast: Bool, _ report: () -> TrainingReport) -> TrainingReportError? {
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
