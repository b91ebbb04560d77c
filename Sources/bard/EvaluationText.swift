import CharLSTM
import REPL

/// What is scored, and what the n-gram beside it is made of.
struct EvaluationText {
  let source: CorpusText
  let scored: TokenSequence
  /// nil where the text that the model was trained on is not known.
  let training: TokenSequence?
  /// Whether some of what is scored is in `training`: an n-gram of it has that by heart.
  let isSeen: Bool
  /// What is scored, in words.
  let description: String
  /// What is to be known of `training`, in words.
  var note: String?

  /// - Parameters:
  ///   - paths: files, read as one text.
  ///   - whole: score all of it, even what the model was trained on.
  ///   - corpora: files of the text that the model was trained on, none where they are not given.
  init(paths: [String], whole: Bool, corpora: [String], checkpoint: Checkpoint, threads: Int) throws {
    func read(_ text: CorpusText) throws -> Corpus {
      try Corpus(text, vocabulary: checkpoint.vocabulary, threads: threads)
    }
    func isTrainedOn(_ corpus: Corpus) -> Bool { corpus.digest == checkpoint.training?.corpusDigest }
    let fraction = checkpoint.training?.configuration.validationFraction ?? 0
    source = try CorpusText(paths: paths)
    let corpus = try read(source)
    let parts = corpus.split(validationFraction: fraction)
    let isOwn = isTrainedOn(corpus)
    let isHeldOut = isOwn && !whole && parts.validation.count > 1
    let name = paths.joined(separator: ", ")
    let isAmongCorpora = paths.contains { path in corpora.contains { FilePath.isSameFile(path, $0) } }
    isSeen = !isHeldOut && (isOwn || isAmongCorpora)
    scored = isHeldOut ? parts.validation : corpus.tokens
    description =
      isHeldOut
      ? "\(name), the last \(significant(100 * fraction)) %, which were held out"
      : isSeen ? "\(name), including what the model was trained on" : name
    if !corpora.isEmpty {
      let given = try read(CorpusText(paths: corpora))
      if isTrainedOn(given) {
        training = given.split(validationFraction: fraction).training
      } else {
        training = given.tokens
        if checkpoint.training != nil {
          note = "\(corpora.joined(separator: ", ")) is not the text that the model was trained on; all of it is counted."
        }
      }
    } else {
      training = isOwn ? parts.training : nil
    }
  }
}
