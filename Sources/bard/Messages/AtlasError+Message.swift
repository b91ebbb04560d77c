import CharLSTM
import Insight
import REPL

extension AtlasError: UserError {
  public var message: String {
    switch self {
    case .beyondTheEnd(let from, let characters):
      "The text has \(counted(characters, "character")), numbered from 0, so --from \(from) is past its end."
    case .tooShort(let characters):
      "The text has \(counted(characters, "character")); an atlas needs at least 2."
    case .tooLarge(let cells, let characters, let most):
      "The states of \(counted(cells, "cell")) at \(counted(characters, "character")) take more than 1 GiB. Give --length"
        + " \(most) or less."
    case .notFinite(let address, let character):
      "Layer \(address.layer), cell \(address.cell) is not a finite number after character \(character): the weights of this"
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
