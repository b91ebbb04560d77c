import TestSupport
import Testing

@testable import CharLSTM

@Suite struct BatchGeneratorTests {
  private var model: CharacterModel { model(.float32) }

  private func model(_ precision: SamplingPrecision) -> CharacterModel {
    let configuration = ModelConfiguration(vocabularySize: 8, embeddingSize: 4, hiddenSize: 12, layers: 2)
    return CharacterModel(
      parameters: testParameters(configuration), vocabulary: testVocabulary(8), precision: precision)
  }

  private func texts(
    _ prompts: [[Int32]], length: Int = 40, stop: [String] = [], threads: Int = 2,
    streams: Int = BatchGenerator.streamsPerThread, precision: SamplingPrecision = .float32
  ) -> [BatchGenerator.Text] {
    var texts: [BatchGenerator.Text] = []
    let batch = BatchGenerator(
      model: model(precision), sampling: SamplingParameters(temperature: 1, stop: stop), seed: 3, length: length)
    #expect(
      batch.write(
        prompts: prompts, threads: threads, streams: streams, progress: { _ in true }, emit: { texts.append($0) }))
    return texts
  }

  private func single(
    _ index: Int, _ prompt: [Int32], length: Int = 40, precision: SamplingPrecision = .float32
  ) -> String {
    var generator = TextGenerator(
      model: model(precision), sampling: SamplingParameters(temperature: 1), seed: 3, stream: UInt64(index))
    generator.read(prompt)
    return generator.text(length: length)
  }

  private let prompts: [[Int32]] = [[1], [], [2, 3, 4, 5], [1], [7, 7, 7], [], [3], [1, 2], [6]]

  @Test(arguments: SamplingPrecision.allCases) func textsDependOnSeedAndIndexAlone(precision: SamplingPrecision) {
    let expected = prompts.enumerated().map { single($0, $1, precision: precision) }
    for threads in [1, 2, 3, 7] {
      for streams in [1, 2, 64] {
        let found = texts(prompts, threads: threads, streams: streams, precision: precision)
        #expect(found.map(\.index) == Array(0..<9))
        #expect(found.map { String(decoding: $0.bytes, as: UTF8.self) } == expected)
      }
    }
    #expect(Set(expected).count == 9)
    let few = texts(Array(prompts[..<3]), precision: precision)
    #expect(few.map(\.bytes) == texts(prompts, precision: precision)[..<3].map(\.bytes))
  }

  @Test func textsOfDifferentEnds() {
    // a stop string ends texts at different places; the others go on undisturbed
    let found = texts(prompts, length: 100, stop: ["ab"], streams: 2)
    for text in found {
      let whole = single(text.index, prompts[text.index], length: 100)
      let written = String(decoding: text.bytes, as: UTF8.self)
      if let range = whole.firstRange(of: "ab") {
        #expect(written == whole[..<range.lowerBound])
        #expect(text.ending == .stop("ab"))
        #expect(text.characters == written.count + 2)
      } else {
        #expect(written == whole)
        #expect(text.ending == .length)
      }
    }
    #expect(Set(found.map(\.bytes.count)).count > 3)
  }

  @Test func promptsAreTakenInTurn() {
    var texts: [BatchGenerator.Text] = []
    let batch = BatchGenerator(model: model, sampling: SamplingParameters(temperature: 1), seed: 3, length: 40)
    #expect(
      batch.write(prompts: [[1], [2, 3]], rounds: 3, threads: 2, progress: { _ in true }, emit: { texts.append($0) }))
    #expect(texts.map(\.index) == Array(0..<6))
    #expect(
      texts.map { String(decoding: $0.bytes, as: UTF8.self) }
        == (0..<6).map { single($0, $0 % 2 == 0 ? [1] : [2, 3]) })
  }

  @Test func lengthZeroAndNothingToDo() {
    #expect(texts([[1], []], length: 0).map(\.bytes) == [[], []])
    #expect(texts([]).isEmpty)
  }

  @Test func progressCountsAndCancels() {
    let batch = BatchGenerator(model: model, sampling: SamplingParameters(temperature: 1), seed: 3, length: 300)
    var seen: [Int] = []
    #expect(
      batch.write(
        prompts: [[1], [2]], threads: 1,
        progress: { drawn in
          seen.append(drawn)
          return true
        }, emit: { _ in }))
    #expect(seen.first == 0)
    #expect(seen == seen.sorted())
    #expect((seen.last ?? 0) > 400 && (seen.last ?? 0) < 600)
    var emitted = 0
    let finished = batch.write(prompts: [[1], [2]], threads: 1, progress: { $0 < 200 }, emit: { _ in emitted += 1 })
    #expect(!finished)
    #expect(emitted == 0)
  }
}
