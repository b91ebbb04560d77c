import CharLSTM

/// An error that a person may cause. Its message says what is wrong, where, and what to do next.
///
/// The errors of the library carry values. The files of this folder and of `bard/Messages` turn them into sentences.
public protocol UserError: Error {
  var message: String { get }
}
