import CharLSTM

/// An error that a person may cause, told in words: what is wrong, where, and what to do next.
///
/// The library's errors carry values; the files of this folder, and those of `bard/Messages`, are where they become sentences.
public protocol UserError: Error {
  var message: String { get }
}
