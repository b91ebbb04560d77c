import ArgumentParser
import CharLSTM

extension TrainingObjective: ExpressibleByArgument {}

extension StateHandling {
  /// - Throws: `ValidationError`, also for what cannot go together, with the reason.
  init(words: String) throws {
    let parts = words.split { ",+ ".contains($0) }.map(String.init)
    if parts.contains(Self.carry.rawValue) && parts.contains(Self.shuffle.rawValue) {
      throw ValidationError(
        "the state cannot be carried over shuffled windows: what a lane remembers of one place in the text would be handed to"
          + " a window from another. Choose carry (in order) or shuffle (from a zero state).")
    }
    guard let known = Self(rawValue: words) else {
      throw ValidationError("it is one of \(Self.allCases.map(\.rawValue).joined(separator: ", ")), not \(words).")
    }
    self = known
  }
}
