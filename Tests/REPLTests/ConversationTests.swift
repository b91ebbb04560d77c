import CharLSTM
import Foundation
import Testing

@testable import REPL

@Suite struct ConversationTests {
  /// A conversation that records everything it shows.
  private final class Talk {
    var conversation: Conversation
    var text = ""
    var told: [String] = []
    var echoed: [String] = []
    var textsUntilStop = Int.max
    /// The number of checks for cancellation until a long operation is cancelled.
    var looksUntilCancelled = Int.max
    /// The text that was shown with its surprisal.
    var measured: [MeasuredText] = []
    var hasColours = true

    init(_ sampling: SamplingParameters = SamplingParameters(temperature: 1), unknown: UnknownPolicy = .error) throws {
      conversation = Conversation(
        model: try testModel(), modelName: "m.safetensors", sampling: sampling, length: 20, seed: 5, unknown: unknown)
    }

    /// The output for one line: the model's text, and the messages.
    @discardableResult
    func say(_ line: String) -> (text: String, told: [String]) {
      (text, told) = ("", [])
      var texts = 0
      outcome = conversation.respond(
        to: line,
        display: Conversation.Display(
          text: { [self] in
            text += String(decoding: $0, as: UTF8.self)
            texts += 1
            return texts < textsUntilStop
          }, tell: { [self] in told.append($0) }, echo: { [self] in echoed.append($0) },
          isCancelled: { [self] in
            looksUntilCancelled -= 1
            return looksUntilCancelled < 0
          },
          colours: hasColours
            ? .shown(legend: "LEGEND") { [self] in
              measured += $0
              texts += 1
              return texts < textsUntilStop
            } : .off("REASON")))
      return (text, told)
    }

    var outcome = Conversation.Outcome.continue
  }

  private func withoutLineEnd(_ text: String) -> String { text.hasSuffix("\n") ? String(text.dropLast()) : text }

  @Test func stateCarriesOnFromTurnToTurn() throws {
    let talk = try Talk()
    let model = talk.conversation.model
    var stream = TextGenerator(model: model, sampling: SamplingParameters(temperature: 1), seed: 5)
    var whole = ""
    for prompt in ["ab", "", "ROMEO:"] {
      stream.read(try model.vocabulary.encode(prompt, unknown: .error).ids)
      let expected = stream.text(length: 20)
      whole += prompt + expected
      #expect(withoutLineEnd(talk.say(prompt).text) == withoutLineEnd(expected))
    }
    #expect(String(decoding: talk.conversation.text, as: UTF8.self) == whole)
    #expect(talk.echoed == ["ab", "", "ROMEO:"])
  }

  @Test func undoTakesATurnBackExactly() throws {
    let talk = try Talk()
    let first = talk.say("ab").text
    let afterFirst = talk.conversation.text
    let second = talk.say("cd").text
    #expect(talk.say("/undo").told == ["Undid: cd"])
    #expect(talk.conversation.text == afterFirst)
    #expect(talk.say("cd").text == second)
    talk.say("/undo")
    talk.say("/undo")
    #expect(talk.conversation.text.isEmpty)
    #expect(talk.say("/undo").told == ["Nothing to undo."])
    #expect(talk.say("ab").text == first)
  }

  @Test func againWritesAnotherAnswerToTheSamePrompt() throws {
    let talk = try Talk()
    #expect(talk.say("/again").told == ["Nothing has been written yet."])
    talk.say("ab")
    let before = talk.conversation.text
    let first = talk.say("cd").text
    let other = talk.say("/again").text
    #expect(other != first)
    #expect(talk.echoed.last == "cd")
    #expect(
      String(decoding: talk.conversation.text, as: UTF8.self).hasPrefix(String(decoding: before, as: UTF8.self) + "cd"))
    // the answer replaced the first one, so a single /undo goes back before both
    talk.say("/undo")
    #expect(talk.conversation.text == before)
  }

  @Test func resetForgets() throws {
    let greedy = SamplingParameters(temperature: 0)
    let (fresh, used) = (try Talk(greedy), try Talk(greedy))
    let expected = fresh.say("ab").text
    used.say("efgh")
    used.say("/reset")
    #expect(used.conversation.text.isEmpty)
    #expect(used.say("ab").text == expected)
  }

  @Test func theSeedRepeats() throws {
    let talk = try Talk()
    talk.say("/seed 9")
    let first = talk.say("ab").text
    talk.say("/reset")
    #expect(talk.say("ab").text != first)
    talk.say("/reset")
    talk.say("/seed 9")
    #expect(talk.say("ab").text == first)
    #expect(talk.say("/seed").told == ["The seed is 9."])
  }

  @Test func aSeedThatWasGivenStays() throws {
    let talk = try Talk()
    let first = talk.say("ab").text
    talk.say("/seed 9")
    // another answer, drawn from the new seed
    let again = talk.say("/again").text
    #expect(again != first)
    #expect(talk.say("/seed").told == ["The seed is 9."])
    talk.say("/undo")
    #expect(talk.say("/seed").told == ["The seed is 9."])
    let seeded = try Talk()
    seeded.say("/seed 9")
    #expect(again == seeded.say("ab").text)
    // the answer was undone before anything was drawn from the new seed, so the seed might have been given first
    let other = try Talk()
    other.say("ab")
    other.say("/seed 9")
    other.say("/undo")
    #expect(other.say("ab").text == again)
  }

  @Test func settingsAreShownAndChanged() throws {
    let talk = try Talk()
    #expect(talk.say("/temperature").told == ["The temperature is 1.0."])
    #expect(talk.say("/temperature 0.25").told == ["The temperature is now 0.25."])
    #expect(talk.say("/top-k 3").told == ["Top-k is now 3."])
    #expect(talk.say("/top-p 0.9").told == ["Top-p is now 0.9."])
    #expect(talk.say("/min-p 0.1").told == ["Min-p is now 0.1."])
    #expect(talk.say("/length 7").told == ["The length is now 7."])
    #expect(
      talk.conversation.generator.sampling == SamplingParameters(temperature: 0.25, topK: 3, topP: 0.9, minP: 0.1))
    talk.say("ab")
    #expect(talk.conversation.text.count == 9)
  }

  @Test func surpriseColoursWhatIsWrittenAndChangesNothing() throws {
    let (plain, coloured) = (try Talk(), try Talk())
    #expect(coloured.say("/surprise").told == ["Surprise is off."])
    #expect(coloured.say("/surprise on").told == ["Surprise is on; LEGEND"])
    #expect(coloured.say("/surprise").told == ["Surprise is on."])
    for prompt in ["ab", "", "ROMEO:"] {
      coloured.measured = []
      let expected = plain.say(prompt).text
      coloured.say(prompt)
      #expect(
        String(decoding: coloured.measured.flatMap(\.bytes), as: UTF8.self) + coloured.text == expected)
      #expect(coloured.measured.allSatisfy { $0.nats ?? -1 > 0 })
    }
    #expect(coloured.conversation.text == plain.conversation.text)
    #expect(coloured.say("/surprise off").told == ["Surprise is off."])
    #expect(coloured.say("cd").text == plain.say("cd").text)
    #expect(coloured.conversation.text == plain.conversation.text)
    #expect(coloured.say("/surprise maybe").told == ["Surprise must be on or off, not maybe."])
  }

  @Test func aStoppedAnswerInColoursIsKeptSoFar() throws {
    let talk = try Talk()
    talk.say("/surprise on")
    talk.textsUntilStop = 4
    #expect(talk.say("ab").told == ["Stopped."])
    #expect(talk.conversation.text == Array("ab".utf8) + talk.measured.flatMap(\.bytes))
    #expect(talk.measured.count == 4)
  }

  @Test func surpriseStaysOffWithoutColours() throws {
    let talk = try Talk()
    talk.hasColours = false
    #expect(talk.say("/surprise on").told == ["Cannot show surprise: colours are off (REASON)."])
    #expect(talk.say("/surprise").told == ["Surprise is off."])
    #expect(!talk.say("ab").text.isEmpty)
    #expect(talk.measured.isEmpty)
  }

  @Test func wrongValuesAreAnsweredWithWhatIsAllowed() throws {
    let talk = try Talk()
    #expect(talk.say("/temperature x").told == ["The temperature must be a number, not x."])
    #expect(talk.say("/temperature -1").told == ["The temperature must be from 0 to 100, not -1."])
    #expect(talk.say("/top-k 1.5").told == ["Top-k must be a whole number, 0 or more (0 means all), not 1.5."])
    #expect(talk.say("/top-p 0").told == ["Top-p must be above 0 and at most 1, not 0."])
    #expect(talk.say("/min-p 2").told == ["Min-p must be from 0 to 1, not 2."])
    #expect(talk.say("/length 0").told == ["The length must be a whole number from 1 to 10,000,000, not 0."])
    #expect(
      talk.say("/seed -1").told == ["The seed must be a whole number from 0 to 18,446,744,073,709,551,615, not -1."])
    #expect(talk.say("/reset now").told == ["/reset takes no argument."])
    #expect(
      talk.say("/nope").told == [
        "Unknown command /nope. /help lists the commands. To send text that starts with /, type //."
      ])
    #expect(talk.conversation.generator.sampling == SamplingParameters(temperature: 1))
    #expect(talk.conversation.length == 20)
  }

  @Test func anAnswerEndsBeforeAStopString() throws {
    let plain = try Talk()
    plain.say("/length 200")
    let whole = plain.say("ab").text
    // white space at the end of a line is removed before the command sees it
    let words = whole.dropFirst(30).split(whereSeparator: \.isWhitespace).filter { $0.count >= 2 }
    let stop = String(try #require(words.first).prefix(2))
    let talk = try Talk()
    talk.say("/length 200")
    #expect(talk.say("/stop \(stop)").told == ["Answers stop before \(stop.debugDescription)."])
    let text = talk.say("ab").text
    #expect(!text.dropLast().contains(stop))
    #expect(whole.hasPrefix(withoutLineEnd(text) + stop))
    // the stop string has not been read: the model continues from the visible text
    let expected = try Talk(SamplingParameters(temperature: 0)).say(
      String(decoding: talk.conversation.text, as: UTF8.self)
    ).text
    talk.say("/stop off")
    talk.say("/temperature 0")
    talk.say("/length 20")
    #expect(talk.say("").text == expected)
    #expect(talk.say("/stop off").told == ["No stop strings. Answers end at their maximum length."])
    #expect(talk.conversation.generator.sampling.stop.isEmpty)
  }

  @Test func unknownCharactersAreNamedOrLeftOut() throws {
    let strict = try Talk()
    #expect(
      strict.say("café").told == [
        "The model has never seen “é” (U+00E9). Leave it out, or start bard repl with --unknown skip."
      ])
    #expect(strict.text.isEmpty)
    #expect(strict.say("/undo").told == ["Nothing to undo."])
    let lenient = try Talk(unknown: .skip)
    #expect(lenient.say("caéf").told == ["Left out “é” (U+00E9), which the model has never seen."])
    #expect(lenient.conversation.text.prefix(3) == Array("caf".utf8)[...])
  }

  @Test func aStoppedAnswerIsKeptSoFar() throws {
    let talk = try Talk()
    talk.textsUntilStop = 4
    let (text, told) = talk.say("ab")
    #expect(told == ["Stopped."])
    #expect(withoutLineEnd(text).count <= 4)
    #expect(talk.conversation.text.count == 2 + 4)
  }

  @Test func whatIsSaidAfterAStoppedAnswerBeginsALine() throws {
    var ends: Set<Character> = []
    for count in 1...100 {
      let talk = try Talk()
      talk.say("/length 200")
      talk.textsUntilStop = count
      let text = talk.say("ab").text
      // a new line is always added, because the terminal may show ^C after the answer
      #expect("ab" + text == String(decoding: talk.conversation.text, as: UTF8.self) + "\n")
      if let last = text.dropLast().last { ends.insert(last) }
    }
    #expect(ends.contains("\n") && ends.count > 5)
  }

  @Test func savingAndLoading() throws {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent("bard-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { do { try FileManager.default.removeItem(at: folder) } catch { Issue.record(error) } }
    let path = folder.appendingPathComponent("a text.txt").path
    let greedy = SamplingParameters(temperature: 0)
    let talk = try Talk(greedy)
    talk.say("ab")
    #expect(talk.say("/save \(path)").told == ["Wrote 22 bytes to \(path)."])
    #expect(try [UInt8](Data(contentsOf: URL(fileURLWithPath: path))) == talk.conversation.text)
    #expect(talk.say("/save \(path)").told == ["\(path) already exists. Name another file."])
    #expect(talk.say("/save").told == ["Name a file to write the text so far to: /save FILE"])
    let goneOn = talk.say("").text
    let other = try Talk(greedy)
    other.say("efg")
    #expect(other.say("/load \(path)").told == ["Read 22 characters of \(path). Press Enter to continue from there."])
    #expect(other.say("").text == goneOn)
    #expect(other.say("/load \(path)x").told == ["Cannot read \(path)x: No such file or directory."])
    #expect(other.say("/load").told == ["Name a text to continue from: /load FILE"])
    let broken = folder.appendingPathComponent("broken").path
    try Data([0x61, 0xE9, 0x0A]).write(to: URL(fileURLWithPath: broken))
    #expect(other.say("/load \(broken)").told == ["\(broken) is not valid UTF-8 at byte 1. Convert it to UTF-8."])
    // a cancelled /load leaves everything unchanged
    let before = other.conversation.text
    other.looksUntilCancelled = 0
    #expect(other.say("/load \(path)").told == ["Stopped. The conversation has not changed."])
    #expect(other.conversation.text == before)
  }

  @Test func theHomeFolderHasAShortName() throws {
    let home = String(cString: try #require(getenv("HOME")))
    #expect("~/a b".expandingTilde == home + "/a b")
    #expect("~".expandingTilde == home)
    #expect("a/~/b".expandingTilde == "a/~/b" && "~x/b".expandingTilde == "~x/b")
    let talk = try Talk()
    #expect(talk.say("/load ~/none/x").told == ["Cannot read \(home)/none/x: No such file or directory."])
  }

  @Test func aModelOfBytesReadsAnyFile() throws {
    // the bytes of "é" in Latin-1 and in UTF-8
    let vocabulary = try Vocabulary(bytes: [0x61, 0x0A, 0xE9, 0xC3, 0xA9])
    let configuration = ModelConfiguration(vocabularySize: 5, embeddingSize: 3, hiddenSize: 8, layers: 1)
    var generator = SeededGenerator(seed: 1)
    let model = CharacterModel(
      parameters: Parameters(configuration, generator: &generator), vocabulary: vocabulary)
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent("bard-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { do { try FileManager.default.removeItem(at: folder) } catch { Issue.record(error) } }
    let file = folder.appendingPathComponent("latin")
    try Data([0x61, 0xE9, 0x0A]).write(to: file)
    let talk = try Talk()
    talk.conversation = Conversation(
      model: model, modelName: "m", sampling: SamplingParameters(temperature: 1), length: 7, seed: 1, unknown: .error)
    #expect(talk.say("/load \(file.path)").told.first?.hasPrefix("Read 3 characters of ") == true)
    #expect(talk.conversation.text == [0x61, 0xE9, 0x0A])
  }

  @Test func quitAndStats() throws {
    let talk = try Talk()
    talk.say("ab")
    let stats = talk.say("/stats").told[0]
    #expect(stats.hasPrefix("m.safetensors: 2 x 14 cells, "))
    #expect(stats.contains("temperature 1.0, top-k 0, top-p 1.0, min-p 0.0, length 20, seed 5, stop off"))
    #expect(stats.contains("\nread and wrote 22 characters; "))
    #expect(talk.outcome == .continue)
    talk.say("/quit")
    #expect(talk.outcome == .quit)
  }
}
