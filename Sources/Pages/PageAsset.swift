/// The style sheets and scripts of the pages. They are files in `Resources`, and the build embeds them in the program.
enum PageAsset {
  static let commonStyle = text(PackageResources.common_css)
  static let lineChartStyle = text(PackageResources.line_chart_css)
  static let lineChartScript = text(PackageResources.line_chart_js)
  static let trainingStyle = text(PackageResources.training_css)
  static let regimesStyle = text(PackageResources.regimes_css)
  static let atlasStyle = text(PackageResources.atlas_css)
  static let atlasScript = text(PackageResources.atlas_js)
  static let explanationStyle = text(PackageResources.explanation_css)
  static let surprisalStyle = text(PackageResources.surprisal_css)
  static let surprisalScript = text(PackageResources.surprisal_js)

  private static func text(_ bytes: [UInt8]) -> String { String(decoding: bytes, as: UTF8.self) }
}
