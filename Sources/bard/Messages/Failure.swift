import ArgumentParser
import CharLSTM
import REPL

/// What ends a command with exit code 1: what is wrong, where, and what to do next, in words.
struct Failure: Error, CustomStringConvertible, Equatable {
  let description: String

  init(_ description: String) { self.description = description }

  /// A file that must not be overwritten without --force.
  /// - Parameter option: what its name was given with.
  static func exists(_ path: String, option: String) -> Failure {
    Failure("\(path) already exists. Give another \(option), or use --force to overwrite it.")
  }
}

/// Runs a command's body and turns the library's errors into words.
func reportingErrors(_ body: () throws -> Void) throws {
  do { try body() } catch let error as any UserError { throw Failure(error.message) }
}

extension SettingError {
  /// The same for whoever gave an option.
  var validationError: ValidationError { ValidationError(message(naming: "--" + optionName)) }

  /// timeSteps as time-steps, or the name that the option has in the table.
  private var optionName: String {
    TrainingConfiguration.settings.first { $0.name == name }?.option
      ?? ModelConfiguration.settings.first { $0.name == name }?.option
      ?? SamplingParameters.settings.first { $0.name == name }?.option ?? name
  }
}
