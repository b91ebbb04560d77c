import ArgumentParser
import CharLSTM
import REPL

/// An error that ends a command with exit code 1. Its message says what is wrong, where, and what to do next.
struct Failure: Error, CustomStringConvertible, Equatable {
  let description: String

  init(_ description: String) { self.description = description }

  /// The file exists, and --force was not given.
  /// - Parameter option: the option that gave the name of the file.
  static func exists(_ path: String, option: String) -> Failure {
    Failure("\(path) already exists. Give another file name with \(option), or use --force to overwrite it.")
  }
}

/// Runs a command's body and turns the library's errors into messages.
/// - Parameter advice: what else a user of this command can do about an error; nil for nothing.
func reportingErrors(advice: (any UserError) -> String? = { _ in nil }, _ body: () throws -> Void) throws {
  do { try body() } catch let error as any UserError {
    throw Failure(error.message + (advice(error).map { " " + $0 } ?? ""))
  }
}

extension SettingError {
  /// The same error in terms of the option that the user gave.
  var validationError: ValidationError { ValidationError(message(naming: "--" + optionName)) }

  /// The option's name, such as time-steps for timeSteps. The table of settings may define another name.
  private var optionName: String {
    TrainingConfiguration.settings.first { $0.name == name }?.option
      ?? ModelConfiguration.settings.first { $0.name == name }?.option
      ?? SamplingParameters.settings.first { $0.name == name }?.option ?? name
  }
}
