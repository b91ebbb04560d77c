import CharLSTM
import REPL

/// The Shakespeare model that comes with bard.
enum ShippedModel {
  private static let name = "shakespeare.safetensors"

  /// The path of the model: in `checkpoints/` of the working folder or of a folder above the program, or in
  /// `share/bard` next to `bin` in an installation.
  static func path() throws -> String {
    var candidates = ["checkpoints/\(name)"]
    var folder = executableFolder
    while !folder.isEmpty {
      candidates += ["\(folder)/checkpoints/\(name)", "\(folder)/share/bard/\(name)"]
      folder = parent(of: folder)
    }
    if let found = candidates.first(where: FilePath.exists) { return found }
    throw Failure(
      "No model given, and \(name), the model that comes with bard, is not in checkpoints/ or share/bard/. Give a model file."
    )
  }

  private static var executableFolder: String {
    #if canImport(Darwin)
      if let program = Bundle.main.executableURL { return parent(of: program.resolvingSymlinksInPath().path) }
    #endif
    // without /proc, use the name that the program was called by
    do { return parent(of: try FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")) } catch {
      return parent(of: CommandLine.arguments.first ?? "")
    }
  }

  private static func parent(of path: String) -> String {
    guard let slash = path.lastIndex(of: "/") else { return "" }
    return String(path[..<slash])
  }
}

/// Loads a model; nil loads the one that comes with bard.
func loadModel(_ path: String?) throws -> (checkpoint: Checkpoint, path: String) {
  let path = try path ?? ShippedModel.path()
  return (try Checkpoint(path: path), path)
}
