/// The files of one training run: `NAME.safetensors`, `NAME.best.safetensors`, `NAME.training.safetensors` and `NAME.html`.
public struct CheckpointPaths: Sendable, Equatable {
  /// The ending of all three checkpoint names.
  public static let suffix = ".safetensors"

  /// The latest model, which generates text by default.
  public let model: String
  /// The model with the lowest validation loss.
  public let best: String
  /// Everything needed to continue training.
  public let training: String
  /// The page that shows the progress of training.
  public let report: String

  /// NAME without its folders.
  public var name: String { FilePath.name(of: String(model.dropLast(Self.suffix.count))) }

  /// Makes the paths from the path of any of the three checkpoints, or from NAME alone.
  public init(_ path: String) {
    var stem = path
    for suffix in [".training" + Self.suffix, ".best" + Self.suffix, Self.suffix] where stem.hasSuffix(suffix) {
      stem.removeLast(suffix.count)
      break
    }
    model = stem + Self.suffix
    best = stem + ".best" + Self.suffix
    training = stem + ".training" + Self.suffix
    report = stem + ".html"
  }
}
