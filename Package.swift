// swift-tools-version: 6.2
import PackageDescription

let package = Package(
  name: "bard",
  products: [
    .library(name: "CharLSTM", targets: ["CharLSTM"]),
    .library(name: "Tensors", targets: ["Tensors"]),
    .executable(name: "bard", targets: ["bard"]),
  ],
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2")
  ],
  targets: [
    .target(name: "CKernels"),
    .systemLibrary(name: "CReadline", providers: [.apt(["libreadline-dev"]), .brew(["readline"])]),
    .target(name: "Tensors", dependencies: ["CKernels"]),
    .target(name: "CharLSTM", dependencies: ["Tensors"]),
    .target(name: "REPL", dependencies: ["CharLSTM", "CReadline"]),
    .executableTarget(
      name: "bard",
      dependencies: ["CharLSTM", "REPL", "Tensors", .product(name: "ArgumentParser", package: "swift-argument-parser")]),
    .testTarget(name: "TensorsTests", dependencies: ["Tensors"]),
    .target(name: "AllocationCounter", path: "Tests/AllocationCounter"),
    .testTarget(
      name: "CharLSTMTests", dependencies: ["CharLSTM", "Tensors", "AllocationCounter"], resources: [.copy("Fixtures")]),
    .testTarget(name: "REPLTests", dependencies: ["REPL", "CharLSTM"]),
    .target(name: "CPseudoTerminal", path: "Tests/CPseudoTerminal"),
    .testTarget(name: "bardTests", dependencies: ["bard", "REPL", "CharLSTM", "CPseudoTerminal"]),
  ],
  swiftLanguageModes: [.v6]
)
