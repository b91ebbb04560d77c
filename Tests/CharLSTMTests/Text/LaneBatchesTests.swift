import Testing

@testable import CharLSTM

@Suite struct LaneBatchesTests {
  private func corpus(_ text: String) throws -> Corpus {
    try Corpus(CorpusText(bytes: Array(text.utf8)), unit: .character)
  }

  /// The texts of the lanes of one minibatch, and their targets.
  private func lanes(_ batches: LaneBatches, minibatch: Int, epoch: Int = 0, _ vocabulary: Vocabulary) -> (
    inputs: [String], targets: [String]
  ) {
    var inputs = [Int32](repeating: 0, count: batches.lanes * batches.timeSteps)
    var targets = inputs
    batches.fill(minibatch: minibatch, epoch: epoch, inputs: &inputs, targets: &targets)
    func texts(_ ids: [Int32]) -> [String] {
      (0..<batches.lanes).map { lane in
        let characters = (0..<batches.timeSteps).map { ids[$0 * batches.lanes + lane] }
        return String(decoding: vocabulary.decode(characters), as: UTF8.self)
      }
    }
    return (texts(inputs), texts(targets))
  }

  @Test func lanesAreContiguousPieces() throws {
    // 25 predictions in 3 lanes: 8 each, 2 minibatches of 4 steps
    let corpus = try corpus("abcdefghijklmnopqrstuvwxyz")
    let batches = try LaneBatches(tokens: corpus.tokens, lanes: 3, timeSteps: 4)
    #expect(batches.laneLength == 8)
    #expect(batches.minibatchesPerEpoch == 2)
    let first = lanes(batches, minibatch: 0, corpus.vocabulary)
    #expect(first.inputs == ["abcd", "ijkl", "qrst"])
    #expect(first.targets == ["bcde", "jklm", "rstu"])
    let second = lanes(batches, minibatch: 1, corpus.vocabulary)
    #expect(second.inputs == ["efgh", "mnop", "uvwx"])
    #expect(second.targets == ["fghi", "nopq", "vwxy"])
  }

  @Test func eachMinibatchContinuesTheOneBefore() throws {
    let text = String((0..<40).flatMap { "line \($0): some words that differ \($0 * $0)\n" })
    let corpus = try corpus(text)
    let batches = try LaneBatches(tokens: corpus.tokens, lanes: 7, timeSteps: 13)
    var read = [String](repeating: "", count: 7)
    for minibatch in 0..<batches.minibatchesPerEpoch {
      let (inputs, targets) = lanes(batches, minibatch: minibatch, corpus.vocabulary)
      for lane in 0..<7 {
        // what the lane was last to predict is what it reads first
        if minibatch > 0 { #expect(read[lane].last == inputs[lane].first) }
        read[lane] = String(read[lane].dropLast()) + inputs[lane] + String(targets[lane].suffix(1))
      }
    }
    let characters = Array(text)
    for lane in 0..<7 {
      let start = lane * batches.laneLength
      #expect(read[lane] == String(characters[start..<start + batches.minibatchesPerEpoch * 13 + 1]))
    }
  }

  @Test func stateBeginsFromZeroWhereTheTextDoesNotGoOn() throws {
    let tokens = try corpus("abcdefghijklmnopqrstuvwxyz").tokens
    func zeros(_ handling: StateHandling) throws -> [Bool] {
      let batches = try LaneBatches(tokens: tokens, lanes: 3, timeSteps: 4, stateHandling: handling)
      return (0..<5).map { batches.beginsFromZero(step: $0) }
    }
    // an epoch has two minibatches
    #expect(try zeros(.carry) == [true, false, true, false, true])
    #expect(try zeros(.reset) == [true, true, true, true, true])
    #expect(try zeros(.shuffle) == [true, true, true, true, true])
  }

  @Test func resetKeepsTheOrder() throws {
    let corpus = try corpus("abcdefghijklmnopqrstuvwxyz")
    let batches = try LaneBatches(tokens: corpus.tokens, lanes: 3, timeSteps: 4, stateHandling: .reset)
    #expect(lanes(batches, minibatch: 1, epoch: 3, corpus.vocabulary).inputs == ["efgh", "mnop", "uvwx"])
  }

  @Test func shuffledWindowsAreAllOfTheText() throws {
    // every token says where it stands; 102 predictions: 10 lanes of 10 are 30 windows of 3, and 12 are left over
    let tokens = TokenSequence((0..<103).map { Int32($0) }, vocabularySize: 103)
    let batches = try LaneBatches(tokens: tokens, lanes: 10, timeSteps: 3, stateHandling: .shuffle, seed: 5)
    #expect(batches.minibatchesPerEpoch == 3)
    var epochs: [[Int32]] = []
    for epoch in 0..<12 {
      var starts: [Int32] = []
      for minibatch in 0..<3 {
        var inputs = [Int32](repeating: 0, count: 30)
        var targets = inputs
        batches.fill(minibatch: minibatch, epoch: epoch, inputs: &inputs, targets: &targets)
        #expect(targets == inputs.map { $0 + 1 })
        #expect((10..<30).allSatisfy { inputs[$0] == inputs[$0 - 10] + 1 })
        starts += inputs.prefix(10)
      }
      let first = starts.min() ?? -1
      #expect(starts.sorted() == (0..<30).map { first + 3 * $0 })
      epochs.append(starts)
    }
    #expect(Set(epochs).count == 12)
    // the cuts move, too
    #expect(Set(epochs.map { $0.min() }) == [0, 1, 2])
  }

  @Test func lanesAreMadeFewerForAShortText() throws {
    let corpus = try corpus("abcdefghijklmnopqrstuvwxyz")
    let batches = try LaneBatches(tokens: corpus.tokens, lanes: 32, timeSteps: 10)
    #expect(batches.lanes == 2)
    #expect(batches.requestedLanes == 32)
    #expect(batches.minibatchesPerEpoch == 1)
    #expect(lanes(batches, minibatch: 0, corpus.vocabulary).inputs == ["abcdefghij", "mnopqrstuv"])
    let one = try LaneBatches(tokens: corpus.tokens, lanes: 4, timeSteps: 25)
    #expect(one.lanes == 1)
    #expect(lanes(one, minibatch: 0, corpus.vocabulary).targets == ["bcdefghijklmnopqrstuvwxyz"])
    #expect(throws: LaneBatchesError.tooShort(characters: 26, needed: 27)) {
      try LaneBatches(tokens: corpus.tokens, lanes: 1, timeSteps: 26)
    }
  }
}
