// swift-tools-version: 6.2
import PackageDescription

// A separate package, so that users of the library never resolve its dependencies.
let package = Package(
  name: "Benchmarks",
  dependencies: [
    .package(name: "bard", path: ".."),
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
  ],
  targets: [
    .executableTarget(
      name: "benchmark",
      dependencies: [
        .product(name: "CharLSTM", package: "bard"), .product(name: "Tensors", package: "bard"),
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ])
  ],
  swiftLanguageModes: [.v6]
)
