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
    .target(name: "Insight", dependencies: ["CharLSTM"]),
    .target(name: "Pages", dependencies: ["Insight", "CharLSTM"], resources: [.embedInCode("Resources")]),
    .target(name: "REPL", dependencies: ["CharLSTM", "CReadline"]),
    .executableTarget(
      name: "bard",
      dependencies: [
        "CharLSTM", "Insight", "Pages", "REPL", .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ]),
    .target(name: "TestSupport", dependencies: ["CharLSTM", "Insight", "Tensors"], path: "Tests/TestSupport"),
    .testTarget(name: "TensorsTests", dependencies: ["Tensors"]),
    .target(name: "AllocationCounter", path: "Tests/AllocationCounter"),
    .testTarget(
      name: "CharLSTMTests", dependencies: ["CharLSTM", "Tensors", "TestSupport", "AllocationCounter"],
      resources: [.copy("Fixtures")]),
    .testTarget(name: "InsightTests", dependencies: ["Insight", "CharLSTM", "Tensors", "TestSupport"]),
    .testTarget(name: "PagesTests", dependencies: ["Pages", "Insight", "CharLSTM", "Tensors", "TestSupport"]),
    .testTarget(name: "REPLTests", dependencies: ["REPL", "CharLSTM"]),
    .target(name: "CPseudoTerminal", path: "Tests/CPseudoTerminal"),
    .testTarget(name: "bardTests", dependencies: ["bard", "CharLSTM", "Insight", "REPL", "CPseudoTerminal"]),
  ],
  swiftLanguageModes: [.v6]
)
