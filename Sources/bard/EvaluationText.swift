import CharLSTM
import REPL

/// The text to score, and the training text of the n-gram model next to it.
struct EvaluationText {
  let source: CorpusText
  let scored: TokenSequence
  /// The text that the model was trained on; nil if it is unknown.
  let training: TokenSequence?
  /// Whether `training` contains some of the scored text. An n-gram model would have memorised that part.
  let isSeen: Bool
  /// A description of the scored text.
  let description: String
  /// A remark about `training`.
  var note: String?

  /// - Parameters:
  ///   - paths: the files, which are read as one text.
  ///   - whole: whether to score the whole text, including the part that the model was trained on.
  ///   - corpora: the files that the model was trained on; empty if they were not given.
  init(paths: [String], whole: Bool, corpora: [String], checkpoint: Checkpoint, threads: Int) throws {
    func read(_ text: CorpusText) throws -> Corpus {
      try Corpus(text, vocabulary: checkpoint.vocabulary, threads: threads)
    }
    func isTrainedOn(_ corpus: Corpus) -> Bool { corpus.digest == checkpoint.training?.corpusDigest }
    let fraction = checkpoint.training?.configuration.validationFraction ?? 0
    source = try CorpusText(paths: paths)
    let corpus = try read(source)
    let parts = corpus.split(validationFraction: fraction)
    let isTrainingText = isTrainedOn(corpus)
    let isHeldOut = isTrainingText && !whole && parts.validation.count > 1
    let name = paths.joined(separator: ", ")
    let isAmongCorpora = paths.contains { path in corpora.contains { FilePath.isSameFile(path, $0) } }
    isSeen = !isHeldOut && (isTrainingText || isAmongCorpora)
    scored = isHeldOut ? parts.validation : corpus.tokens
    description =
      isHeldOut
      ? "\(name), the held-out last \(significant(100 * fraction)) %"
      : isSeen ? "\(name), including what the model was trained on" : name
    if !corpora.isEmpty {
      let given = try read(CorpusText(paths: corpora))
      if isTrainedOn(given) {
        training = given.split(validationFraction: fraction).training
      } else {
        training = given.tokens
        if checkpoint.training != nil {
          note =
            "\(corpora.joined(separator: ", ")) is not the text that the model was trained on; the n-gram model counts all"
            + " of it."
        }
      }
    } else {
      training = isTrainingText ? parts.training : nil
    }
  }
}
