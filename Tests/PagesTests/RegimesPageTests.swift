import Testing

@testable import CharLSTM
@testable import Insight
@testable import Pages

@Suite struct RegimesPageTests {
  private var page: RegimesPage {
    let results = TrainingRegime.allCases.enumerated().map { index, regime in
      RegimeComparison.Result(
        regime: regime, steps: 20, epochs: 1.5, predictions: 12_345 + index,
        points: [
          .init(step: 10, seconds: 30, validationLoss: 3),
          .init(step: 20, seconds: 60, validationLoss: 2 + Double(index)),
        ],
        validationLoss: 2 + Double(index), windowLoss: index == 0 ? nil : 2.25,
        lossByPosition: index == 0
          ? nil : LossByPosition(natsPerCharacter: (1...256).map { 4 - Double($0) / 128 }, windows: 3))
    }
    return RegimesPage(results: results, timeSteps: 64, subtitle: "poems <1>")
  }

  @Test func theNumbersAreThoseMeasured() {
    let html = page.html
    #expect(html.contains("<p class=\"subtitle\">poems &lt;1&gt;</p>"))
    // the losses come first, because a telephone shows only the first columns
    #expect(
      html.contains(
        "<th>regime</th><th class=\"number\">carried</th><th class=\"number\">zeroed every 64</th><th class=\"number\">after 1</th>"
      ))
    #expect(html.contains("<th class=\"number\">epochs</th><th class=\"number\">training predictions</th></tr>"))
    let number = "<td class=\"number\">"
    // the means of 4 - n / 128 over 1, 2 to 4, 5 to 16, 17 to 64 and 65 to 256
    let cells = ["5.0000", "2.2500", "3.9922", "3.9766", "3.9180", "3.6836", "2.7461", "1.50", "12,348"]
    #expect(
      html.contains("many-to-many, stateful</label></td>" + cells.map { "\(number)\($0)</td>" }.joined() + "</tr>"))
    #expect(html.contains("\(number)2.0000</td>\(number)-</td>\(number)-</td>") && html.contains("12,345</td></tr>"))
  }

  @Test func bothChartsHaveACurveOfEach() {
    let html = page.html
    #expect(html.contains("many-to-one windows: 2 at 1, lowest 2, highest 3."))
    #expect(html.contains("nats per character over characters read. many-to-many, shuffled: "))
    for style in 0..<4 { #expect(html.contains("class=\"show-\(style)\" checked")) }
  }
}
