// swift-tools-version: 6.2
import PackageDescription

// A package of its own: whoever depends on the library never sees it.
let package = Package(
  name: "Benchmarks",
  dependencies: [.package(name: "bard", path: "..")],
  targets: [
    .executableTarget(
      name: "benchmark",
      dependencies: [.product(name: "CharLSTM", package: "bard"), .product(name: "Tensors", package: "bard")])
  ],
  swiftLanguageModes: [.v6]
)
