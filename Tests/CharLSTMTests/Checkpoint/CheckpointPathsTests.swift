import Testing

@testable import CharLSTM

@Suite struct CheckpointPathsTests {
  @Test(arguments: [
    "runs/a.safetensors", "runs/a", "runs/a.best.safetensors", "runs/a.training.safetensors",
  ])
  func anyOfTheThreeNamesAll(path: String) {
    let paths = CheckpointPaths(path)
    #expect(paths.model == "runs/a.safetensors")
    #expect(paths.best == "runs/a.best.safetensors")
    #expect(paths.training == "runs/a.training.safetensors")
    #expect(paths.report == "runs/a.html")
    #expect(paths.name == "a")
  }

  @Test func dotsInANameStay() {
    #expect(CheckpointPaths("v1.2").model == "v1.2.safetensors")
    #expect(CheckpointPaths("v1.2").name == "v1.2")
  }
}
