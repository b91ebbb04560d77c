import CharLSTM
import REPL

/// What ends a command with exit code 1: what is wrong, where, and what to do next, in words.
struct Failure: Error, CustomStringConvertible, Equatable {
  let description: String

  init(_ description: String) { self.description = description }
}

/// Runs a command's body and puts the library's typed errors in words.
func inWords(_ body: () throws -> Void) throws {
  do { try body() } catch let error as any InWords { throw Failure(error.words) }
}
