import CharLSTM
import REPL

extension AtlasError: InWords {
  public var words: String {
    switch self {
    case .beyondTheEnd(let from, let characters):
      "the text has \(counted(characters, "character")), numbered from 0; --from \(from) is behind them."
    case .tooShort(let characters):
      "\(counted(characters, "character")), too short: an atlas is made of 2 characters or more."
    case .tooLarge(let cells, let characters, let most):
      "what \(counted(cells, "cell")) hold at \(counted(characters, "character")) is more than 1 GiB. Give --length"
        + " \(most) or less."
    case .notFinite(let address, let character):
      "layer \(address.layer), cell \(address.cell) holds what is not a finite number after character \(character):"
        + " the weights are out of all bounds. Give another checkpoint."
    }
  }
}
