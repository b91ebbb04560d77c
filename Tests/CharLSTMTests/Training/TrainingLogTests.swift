import Foundation
import TestSupport
import Testing

@testable import CharLSTM

@Suite struct TrainingLogTests {
  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  private func line(_ step: Int, validationLoss: Double? = nil) -> TrainingLogLine {
    TrainingLogLine(
      step: step, epoch: 0.5, seconds: 2, trainingLoss: 1.25, validationLoss: validationLoss, learningRate: 0.006,
      gradientNorm: 0.75, charactersPerSecond: 1000)
  }

  private func written(_ step: Int, validationLoss: String = "") -> String {
    #"{"charactersPerSecond":1000,"epoch":0.5,"gradientNorm":0.75,"learningRate":0.006,"seconds":2,"step":\#(step),"#
      + #""trainingLoss":1.25\#(validationLoss)}"# + "\n"
  }

  private func text(_ name: String) throws -> String { String(decoding: try folder.bytes(name), as: UTF8.self) }

  @Test func aLineIsOneObjectAndThereAtOnce() throws {
    let log = try TrainingLog(path: folder("log"), append: false)
    #expect(try text("log") == "")
    try log.write(line(10))
    #expect(try text("log") == written(10))
    try log.write(line(20, validationLoss: 1.5))
    #expect(try text("log") == written(10) + written(20, validationLoss: #","validationLoss":1.5"#))
  }

  @Test func aLineIsReadBackAsItWas() throws {
    let log = try TrainingLog(path: folder("log"), append: false)
    let lines = [line(1), line(2, validationLoss: 0.1 + 0.2)]
    for line in lines { try log.write(line) }
    let read = try text("log").split(separator: "\n").map {
      try JSONDecoder().decode(TrainingLogLine.self, from: Data($0.utf8))
    }
    #expect(read == lines)
  }

  @Test func itGoesOnOrBeginsAnew() throws {
    try folder.write(Array("older\n".utf8), to: "log")
    try TrainingLog(path: folder("log"), append: true).write(line(1))
    #expect(try text("log") == "older\n" + written(1))
    try TrainingLog(path: folder("log"), append: true).write(line(2))
    #expect(try text("log") == "older\n" + written(1) + written(2))
    try TrainingLog(path: folder("log"), append: false).write(line(3))
    #expect(try text("log") == written(3))
    // a run that goes on need not have had a log
    try TrainingLog(path: folder("new"), append: true).write(line(4))
    #expect(try text("new") == written(4))
  }

  @Test func whatIsAppendedElsewhereStays() throws {
    let first = try TrainingLog(path: folder("log"), append: true)
    let second = try TrainingLog(path: folder("log"), append: true)
    try first.write(line(1))
    try second.write(line(2))
    try first.write(line(3))
    #expect(try text("log") == written(1) + written(2) + written(3))
  }

  @Test func aLogThatCannotBeOpened() throws {
    try folder.write([], to: "file")
    for (name, code) in [("none/log", ENOENT), ("file/log", ENOTDIR), (".", EISDIR)] {
      for append in [false, true] {
        #expect(throws: TrainingLogError(path: folder(name), code: code)) {
          try TrainingLog(path: folder(name), append: append)
        }
      }
    }
  }

  #if os(Linux)
    @Test func aFullDisk() throws {
      let log = try TrainingLog(path: "/dev/full", append: true)
      #expect(throws: TrainingLogError(path: "/dev/full", code: ENOSPC)) { try log.write(line(1)) }
    }
  #endif
}
