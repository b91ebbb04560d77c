import TestSupport
import Testing

@testable import CharLSTM
@testable import Insight
@testable import Pages

@Suite struct TrainingComparisonTests {
  @Test func aRowAndAColourForEachRun() {
    var page = TrainingComparison()
    var history = TrainingHistory(steps: 1...100)
    history.add(TrainingHistory.Validation(step: 50, epoch: 0.5, seconds: 100, loss: 1.25))
    history.add(TrainingHistory.Validation(step: 100, epoch: 1, seconds: 200, loss: 1.5))
    page.add(history, name: "a&b")
    page.add(TrainingHistory(steps: 1...3), name: "c")
    let html = page.html
    #expect(html.contains("<title>2 training runs</title>"))
    func cells(_ texts: String...) -> String { texts.map { "<td class=\"number\">\($0)</td>" }.joined() }
    #expect(
      html.contains(
        LineChart.hidingSwitch("a&b", style: 0) + "</td>"
          + cells("100", "0.78", "3.3", "50.5000", "1.5000", "2.1640", "1.2500", "1.8034", "50", "256") + "</tr>"))
    #expect(
      html.contains(
        LineChart.hidingSwitch("c", style: 1) + "</td>"
          + cells("3", "0.02", "0.1", "2.0000", "-", "-", "-", "-", "-", "256") + "</tr>"))
    #expect(
      html.contains(
        #""curves":[{"name":"a&b","style":0,"x":[50,100],"y":[1.25,1.5]},{"name":"c","style":1,"x":[],"y":[]}]"#))
    #expect(html.contains(".page:has(.show-1:not(:checked)) .curve-1"))
    // training must not mistake this page for the page of a run
    #expect(html.contains("<meta name=\"generator\" content=\"bard\">"))
  }

  @Test func oneRunAlone() {
    var page = TrainingComparison()
    page.add(TrainingHistory(steps: 1...3), name: "c")
    #expect(page.html.contains("<title>A training run</title>"))
  }
}
