import CharLSTM
import Insight
import REPL

extension AtlasError: UserError {
  public var message: String {
    switch self {
    case .beyondTheEnd(let from, let characters):
      "The text has only \(counted(characters, "character")), numbered from 0, so --from \(from) is past its end."
    case .tooShort(let characters):
      "The passage has only \(counted(characters, "character")); an atlas needs at least 2."
    case .tooLarge(let cells, let characters, let most):
      "The states of \(counted(cells, "cell")) at \(counted(characters, "character")) take more than 1 GiB. Give a"
        + " --length of at most \(grouped(most))."
    case .notFinite(let address, let character):
      "Layer \(address.layer), cell \(address.cell) is not a finite number after character \(grouped(character)): the weights of this"
        + " model are unusable. Give another model."
    }
  }
}

extension ExplanationError: UserError {
  public var message: String {
    switch self {
    case .tooShort(let characters, let needed):
      "The text has only \(counted(characters, "character")); explain needs at least \(needed)."
    }
  }
}
