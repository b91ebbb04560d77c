import Foundation
import TestSupport
import Testing

@testable import CharLSTM

@Suite struct TrainingLogReadingTests {
  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  private func text(_ step: Int, _ more: String = "") -> String {
    #"{"charactersPerSecond":1000,"epoch":0.5,"gradientNorm":0.75,"learningRate":0.006,"seconds":2,"step":\#(step),"#
      + #""trainingLoss":1.25\#(more)}"# + "\n"
  }

  private func read(_ text: String) throws -> [TrainingLogLine] {
    try folder.write(Array(text.utf8), to: "log")
    return try TrainingLog.lines(of: folder("log"))
  }

  private func damaged(_ line: Int, _ reason: String) -> TrainingLogReadingError {
    .damaged(path: folder("log"), line: line, reason: reason)
  }

  @Test func whatWasWrittenIsRead() throws {
    let log = try TrainingLog(path: folder("log"), append: false)
    let lines = [10, 20].map { step in
      TrainingLogLine(
        step: step, epoch: 0.1 + 0.2, seconds: 1.0 / 3, trainingLoss: 2, validationLoss: step == 20 ? 1.5 : nil,
        learningRate: 1e-5, gradientNorm: 0.75, charactersPerSecond: 1000)
    }
    for line in lines { try log.write(line) }
    #expect(try TrainingLog.lines(of: folder("log")) == lines)
  }

  @Test func anUnfinishedLastLineIsLeftOut() throws {
    #expect(try read(text(10) + text(20).dropLast(30)).map(\.step) == [10])
    #expect(try read(text(10) + String(text(20).dropLast())).map(\.step) == [10])
    #expect(throws: TrainingLogReadingError.empty(path: folder("log"))) { try read(String(text(10).dropLast(9))) }
    #expect(throws: TrainingLogReadingError.empty(path: folder("log"))) { try read("") }
  }

  @Test func aDamagedLineIsNamed() throws {
    #expect(throws: damaged(2, "it is empty")) { try read(text(10) + "\n" + text(20)) }
    #expect(throws: damaged(1, "\"epoch\" is missing")) { try read(#"{"step":1}"# + "\n") }
    #expect(throws: damaged(3, "a number that no run has")) { try read(text(10) + text(20) + text(-30)) }
    #expect(throws: damaged(1, "a number that no run has")) { try read(text(10, #","validationLoss":1e200"#)) }
    #expect(throws: damaged(1, "a number that no run has")) { try read(text(10, #","validationLoss":-1"#)) }
    let error = #expect(throws: TrainingLogReadingError.self) { try read(text(10) + "ROMEO:\n") }
    guard case .damaged(_, 2, _) = error else {
      Issue.record("\(String(describing: error))")
      return
    }
  }

  @Test func windowsLineEndsAreFine() throws {
    #expect(try read(String(text(10).dropLast()) + "\r\n").map(\.step) == [10])
  }

  @Test func aLogThatCannotBeRead() {
    #expect(throws: TrainingLogReadingError.unreadable(path: folder("none"), errno: ENOENT)) {
      try TrainingLog.lines(of: folder("none"))
    }
    #expect(throws: TrainingLogReadingError.unreadable(path: folder.path, errno: EISDIR)) {
      try TrainingLog.lines(of: folder.path)
    }
  }
}
