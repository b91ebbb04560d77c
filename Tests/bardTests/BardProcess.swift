import Foundation

/// The built program, run as a person or a script would run it.
final class BardProcess {
  struct Result {
    let status: Int32
    let output: String
    let errors: String
  }

  /// A folder that exists for the length of a test. The program runs in it.
  let folder: String

  init() throws {
    folder = FileManager.default.temporaryDirectory.appendingPathComponent("bard-\(UUID().uuidString)").path
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
  }

  deinit {
    do { try FileManager.default.removeItem(atPath: folder) } catch { print("\(folder) is left over: \(error)") }
  }

  func path(_ name: String) -> String { "\(folder)/\(name)" }
  func exists(_ name: String) -> Bool { FileManager.default.fileExists(atPath: path(name)) }
  func names() throws -> [String] { try FileManager.default.contentsOfDirectory(atPath: folder).sorted() }
  func text(_ name: String) throws -> String { try String(contentsOfFile: path(name), encoding: .utf8) }
  func bytes(_ name: String) throws -> [UInt8] { try [UInt8](Data(contentsOf: URL(fileURLWithPath: path(name)))) }

  func write(_ text: String, to name: String) throws { try write(Array(text.utf8), to: name) }
  func write(_ bytes: [UInt8], to name: String) throws {
    try Data(bytes).write(to: URL(fileURLWithPath: path(name)))
  }

  /// The program is next to the tests, which are a bundle on some systems and a plain file on others.
  static let executable: URL = {
    let bundle = Bundle(for: BardProcess.self).bundleURL
    return (bundle.pathExtension == "xctest" ? bundle.deletingLastPathComponent() : bundle).appendingPathComponent(
      "bard")
  }()

  func start(_ arguments: [String], input: FileHandle = .nullDevice) throws -> (Process, output: Pipe, errors: Pipe) {
    let process = Process()
    process.executableURL = Self.executable
    process.arguments = arguments
    process.currentDirectoryURL = URL(fileURLWithPath: folder)
    process.standardInput = input
    let (output, errors) = (Pipe(), Pipe())
    process.standardOutput = output
    process.standardError = errors
    try process.run()
    return (process, output, errors)
  }

  /// Runs the program to its end. Standard error must fit into a pipe's buffer; standard output may be long.
  @discardableResult
  func run(_ arguments: String..., input: String? = nil) throws -> Result {
    var source = FileHandle.nullDevice
    if let input {
      try write(input, to: ".input")
      source = try FileHandle(forReadingFrom: URL(fileURLWithPath: path(".input")))
    }
    let (process, output, errors) = try start(arguments, input: source)
    let text = output.fileHandleForReading.readDataToEndOfFile()
    let told = errors.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    return Result(
      status: process.terminationStatus, output: String(decoding: text, as: UTF8.self),
      errors: String(decoding: told, as: UTF8.self))
  }

  /// Trains a small model for a moment and writes it to NAME.safetensors.
  func trainModel(_ name: String = "m", steps: Int = 20, _ more: [String] = []) throws {
    if !exists("corpus.txt") {
      try write(String(repeating: "the cat sat on the mat, and the dog ran off.\n", count: 40), to: "corpus.txt")
    }
    let (process, output, errors) = try start(
      [
        "train", "corpus.txt", "--output", name, "--hidden-size", "16", "--embedding-size", "8", "--lanes", "4",
        "--time-steps", "10", "--steps", "\(steps)", "--quiet",
      ] + more)
    let told = errors.fileHandleForReading.readDataToEndOfFile()
    _ = output.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    guard process.terminationStatus == 0 else { throw Unexpected(String(decoding: told, as: UTF8.self)) }
  }

  /// Waits until the condition holds. The limit of a minute is far longer than anything here takes.
  func wait(until condition: () throws -> Bool) throws {
    for _ in 0..<6000 {
      if try condition() { return }
      usleep(10_000)
    }
    throw Unexpected("waited in vain")
  }

  struct Unexpected: Error, CustomStringConvertible {
    let description: String
    init(_ description: String) { self.description = description }
  }
}
