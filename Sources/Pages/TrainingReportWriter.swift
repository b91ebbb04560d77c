import CharLSTM

/// Keeps the page of a training run up to date, at little cost.
public struct TrainingReportWriter {
  private let path: String
  /// Time spent on the page is at most this share of all.
  private static let mostTime = 0.01

  /// Seconds on any clock.
  private let now: () -> Double
  /// When the page may be written again.
  private var due = -Double.infinity
  private var hasFailed = false

  /// A page that is going to stand at `path`; nothing is written yet.
  public init(path: String) {
    let (clock, start) = (ContinuousClock(), ContinuousClock.now)
    self.init(path: path) { (clock.now - start) / .seconds(1) }
  }

  init(path: String, now: @escaping () -> Double) {
    self.path = path
    self.now = now
  }

  /// Writes the page, unless it was written so recently that this would slow training down; the last one is always written.
  /// - Returns: what went wrong, the first time that anything does.
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
