import CharLSTM

/// What is scored, and what the n-gram beside it is made of.
struct EvaluationText {
  let source: CorpusText
  let scored: TokenSequence
  /// nil where the text that the model was trained on is not known.
  let training: TokenSequence?
  /// What is scored, in words.
  let words: String

  /// - Parameters:
  ///   - whole: score all of the file, even what the model was trained on.
  ///   - corpora: files of the text that the model was trained on, none where they are not given.
  init(path: String, whole: Bool, corpora: [String], checkpoint: Checkpoint, threads: Int) throws {
    func read(_ text: CorpusText) throws -> Corpus {
      try Corpus(text, vocabulary: checkpoint.vocabulary, threads: threads)
    }
    func isTrainedOn(_ corpus: Corpus) -> Bool { corpus.digest == checkpoint.training?.corpusDigest }
    let fraction = checkpoint.training?.configuration.validationFraction ?? 0
    source = try CorpusText(paths: [path])
    let corpus = try read(source)
    let parts = corpus.split(validationFraction: fraction)
    let isOwn = isTrainedOn(corpus)
    if isOwn && !whole && parts.validation.count > 1 {
      scored = parts.validation
      words = "\(path), the last \(significant(100 * fraction)) %, which was held out"
    } else {
      scored = corpus.tokens
      words = isOwn ? "\(path), what the model was trained on included" : path
    }
    if !corpora.isEmpty {
      let given = try read(CorpusText(paths: corpora))
      training = isTrainedOn(given) ? given.split(validationFraction: fraction).training : given.tokens
    } else {
      training = isOwn ? parts.training : nil
    }
  }
}
