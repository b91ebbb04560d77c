import TestSupport
import Testing

@testable import CharLSTM

@Suite struct TextGeneratorTests {
  private var model: CharacterModel {
    let configuration = ModelConfiguration(vocabularySize: 8, embeddingSize: 4, hiddenSize: 12, layers: 2)
    return CharacterModel(parameters: testParameters(configuration), vocabulary: testVocabulary(8))
  }

  private func generator(seed: UInt64 = 3, _ sampling: SamplingParameters = SamplingParameters(temperature: 1))
    -> TextGenerator
  {
    TextGenerator(model: model, sampling: sampling, seed: seed)
  }

  @Test func theSeedDecides() {
    var (a, b, c) = (generator(), generator(), generator(seed: 4))
    let text = a.text(length: 60)
    #expect(text.count == 60)
    #expect(b.text(length: 60) == text)
    #expect(c.text(length: 60) != text)
  }

  @Test func aCopyIsAFork() {
    var original = generator()
    _ = original.text(length: 10)
    var fork = original
    let first = original.text(length: 40)
    #expect(fork.text(length: 40) == first)
    fork.reseed(99)
    #expect(fork.text(length: 40) != original.text(length: 40))
  }

  @Test func readingAndWritingShareOneState() throws {
    var written = generator(SamplingParameters(temperature: 0))
    written.read([1, 2])
    let text = written.text(length: 5)
    // reading the same characters leads to the same state, and so to the same greedy text
    var read = generator(SamplingParameters(temperature: 0))
    read.read([1, 2] + (try model.vocabulary.encode(text, unknown: .error).ids))
    #expect(read.position == 7)
    #expect(read.text(length: 20) == written.text(length: 20))
  }

  @Test func rewindingKeepsTheRandomNumbersGoing() {
    var start = generator()
    start.read([1])
    let before = start
    let first = start.text(length: 40)
    var again = start.rewound(to: before)
    #expect(again.position == 1)
    start.reseed(8)
    #expect(start.rewound(to: before).seed == 8)
    #expect(again.text(length: 40) != first)
  }

  @Test func endings() {
    var all = generator()
    #expect(all.write(length: 7) { _ in true } == .length)
    var cancelled = generator()
    var count = 0
    #expect(
      cancelled.write(length: 7) { _ in
        count += 1
        return count < 3
      } == .cancelled)
    #expect(count == 3)
    var reference = generator()
    let text = reference.text(length: 50)
    let stop = String(text.dropFirst(20).prefix(4))
    var stopped = generator(SamplingParameters(temperature: 1, stop: [stop]))
    var bytes: [UInt8] = []
    let ending = stopped.write(length: 50) {
      bytes += $0
      return true
    }
    #expect(ending == .stop(stop))
    #expect(text.hasPrefix(String(decoding: bytes, as: UTF8.self) + stop))
  }

  @Test func aStopStringIsNotRead() throws {
    var reference = generator()
    let text = reference.text(length: 60)
    // its beginning is there before it, so that more is held than the stop string
    for stop in [String(text.dropFirst(20).prefix(4)), String(text.dropFirst(9).prefix(1))] {
      var stopped = generator(SamplingParameters(temperature: 1, stop: [stop]))
      var bytes: [UInt8] = []
      _ = stopped.write(length: 60) {
        bytes += $0
        return true
      }
      var read = generator()
      // as a text without a prompt, it begins after the first context
      read.read([model.firstContext] + (try model.vocabulary.encode(bytes: bytes, unknown: .error).ids))
      #expect(stopped.position == read.position)
      stopped.sampling = SamplingParameters(temperature: 0)
      read.sampling = SamplingParameters(temperature: 0)
      #expect(stopped.text(length: 30) == read.text(length: 30))
    }
  }

  @Test func aModelOfBytesEndsItsCharacters() {
    // "é" alone: every text of an odd number of bytes ends in the middle of it
    let vocabulary = Vocabulary(unit: .byte, entries: [[0xC3], [0xA9]], hasUnknown: false)
    let configuration = ModelConfiguration(vocabularySize: 2, embeddingSize: 4, hiddenSize: 12, layers: 1)
    let model = CharacterModel(parameters: testParameters(configuration), vocabulary: vocabulary)
    for length in 0...12 {
      var generator = TextGenerator(model: model, sampling: SamplingParameters(temperature: 1), seed: 5)
      var bytes: [UInt8] = []
      #expect(
        generator.write(length: length) {
          bytes += $0
          return true
        } == .length)
      let ends = bytes.last != 0xC3 || bytes.count == length + 3
      #expect((length...length + 3).contains(bytes.count) && ends)
      if length == 0 { #expect(bytes.isEmpty) }
      var texts: [BatchGenerator.Text] = []
      let batch = BatchGenerator(model: model, sampling: SamplingParameters(temperature: 1), seed: 5, length: length)
      _ = batch.write(prompts: [[]], threads: 1, progress: { _ in true }, emit: { texts.append($0) })
      #expect(texts.map(\.bytes) == [bytes])
    }
  }

  @Test func withoutAPromptALineHasJustEnded() {
    let configuration = ModelConfiguration(vocabularySize: 3, embeddingSize: 4, hiddenSize: 12, layers: 1)
    let vocabulary = Vocabulary(unit: .character, entries: [[97], [98], [10]], hasUnknown: false)
    let model = CharacterModel(parameters: testParameters(configuration), vocabulary: vocabulary)
    #expect(model.firstContext == 2)
    #expect(self.model.firstContext == 0)
    var bare = TextGenerator(model: model, sampling: SamplingParameters(), seed: 1)
    var prompted = TextGenerator(model: model, sampling: SamplingParameters(), seed: 1)
    prompted.read([2])
    #expect(bare.text(length: 30) == prompted.text(length: 30))
  }

  @Test func measuredTextIsTheSameText() throws {
    for stop in [[], ["ca", "hh"]] {
      for temperature in [0, 0.7, 3] {
        let sampling = SamplingParameters(temperature: temperature, topK: 5, minP: 0.01, stop: stop)
        var (plain, measured) = (generator(sampling), generator(sampling))
        var (bytes, texts) = ([[UInt8]](), [[MeasuredText]]())
        let ending = plain.write(length: 80) {
          bytes.append($0)
          return bytes.count < 70
        }
        #expect(
          measured.writeMeasured(length: 80) {
            texts.append($0)
            return texts.count < 70
          } == ending)
        #expect(texts.map { $0.flatMap(\.bytes) } == bytes)
        #expect(plain.text(length: 20) == measured.text(length: 20))
      }
    }
  }

  @Test func surprisalIsThatOfTheNetworkWhateverTheTextIsDrawnWith() throws {
    for sampling in [SamplingParameters(temperature: 0), SamplingParameters(temperature: 5, topK: 2)] {
      var generator = generator(sampling)
      generator.read([3])
      var texts: [MeasuredText] = []
      _ = generator.writeMeasured(length: 40) {
        texts += $0
        return true
      }
      let ids = try model.vocabulary.encode(
        String(decoding: texts.flatMap(\.bytes), as: UTF8.self), unknown: .error
      ).ids
      var reader = SurprisalReader(model: model)
      _ = reader.read(3)
      for (id, text) in zip(ids, texts) {
        let expected = reader.read(id)
        #expect(abs(try #require(text.nats) - #require(expected)) < 1e-5)
      }
      #expect(ids.count == 40)
    }
  }
}
