// swift-tools-version: 6.2
import PackageDescription

let package = Package(
  name: "Examples",
  // in a package of your own: .package(url: "https://github.com/OWNER/bard", from: "0.1.0")
  dependencies: [.package(name: "bard", path: "..")],
  targets: [
    .executableTarget(name: "example", dependencies: [.product(name: "CharLSTM", package: "bard")])
  ],
  swiftLanguageModes: [.v6]
)
