import TestSupport
import Testing

@testable import CharLSTM
@testable import Insight
@testable import Pages

@Suite struct TrainingChartsTests {
  private func history(_ losses: [Double], norms: [Double]? = nil) -> TrainingHistory {
    var history = TrainingHistory()
    for (index, loss) in losses.enumerated() {
      let report = Trainer.Step(loss: loss, gradientNorm: norms?[index] ?? 1, learningRate: 0.25)
      history.add(
        .init(report, step: index + 1, seconds: 30 * Double(index + 1), characters: 100, minibatchSeconds: 0.5),
        epoch: 0)
    }
    return history
  }

  /// The data that the scripts of the plots read, in the order of the page.
  private func values(_ html: String) -> [Substring] {
    html.split(separator: "<script type=\"application/json\">").dropFirst().map { $0.prefix { $0 != "\n" } }.map {
      $0.dropLast("</script>".count)
    }
  }

  @Test func oneRunHasBothLossesInOneChart() {
    var history = history([4, 3, 2, 1])
    history.add(TrainingHistory.Validation(step: 2, epoch: 1, seconds: 61, loss: 3.5))
    let html = TrainingCharts(runs: [.init(name: "a", history: history)]).html
    let values = values(html)
    // four charts, each over steps and over minutes
    #expect(values.count == 8)
    #expect(
      values[0].contains(
        #""curves":[{"name":"training","style":0,"x":[1,2,3,4],"y":[4,3,2,1]},{"name":"validation","style":1,"x":[2],"y":[3.5]}]"#
      ))
    #expect(values[1].contains(#""x":[0.5,1,1.5,2],"y":[4,3,2,1]"#) && values[1].contains(#""x":[1.01667],"y":[3.5]"#))
    #expect(values[0].contains(#""x":{"high":4,"isLogarithmic":false,"low":0,"title":"steps"}"#))
    #expect(values[1].contains(#""x":{"high":2,"isLogarithmic":false,"low":0,"title":"minutes"}"#))
    #expect(values[0].contains(#""right":"bits""#) && values[0].contains(#""factor":1.4426950408889634"#))
    #expect(values[2].contains(#""name":"a","style":0,"x":[1,2,3,4],"y":[0.25,0.25,0.25,0.25]"#))
    #expect(values[6].contains(#""y":[200,200,200,200]"#) && values[6].hasSuffix(#""y":"characters/s"}"#))
    #expect(html.contains("class=\"show-0\" checked") && html.contains("class=\"show-1\" checked"))
    #expect(!html.contains("The curve begins above the chart"))
  }

  @Test func severalRunsHaveAChartForEachLoss() {
    let html = TrainingCharts(
      runs: [.init(name: "a", history: history([4, 3])), .init(name: "b", history: history([2, 1, 0.5]))]
    ).html
    let values = values(html)
    #expect(values.count == 10)
    // there were no validations
    #expect(
      values[0].contains(#""curves":[{"name":"a","style":0,"x":[],"y":[]},{"name":"b","style":1,"x":[],"y":[]}]"#))
    #expect(
      values[2].contains(
        #""curves":[{"name":"a","style":0,"x":[1,2],"y":[4,3]},{"name":"b","style":1,"x":[1,2,3],"y":[2,1,0.5]}]"#))
    // the x axis is that of the longest run
    #expect(values[2].contains(#""high":3"#))
    #expect(!html.contains("checkbox"))
  }

  private func html(from first: Double) -> String {
    let losses = [first, 3, 2.5, 2, 2] + (0..<95).map { 1.9 - Double($0) / 100 }
    return TrainingCharts(runs: [.init(name: "a", history: history(losses))]).html
  }

  @Test func theWholeCurveIsDrawn() throws {
    let html = html(from: 4.2627)
    #expect(!html.contains("The curve begins above the chart"))
    // the axis goes from 0.96 to 4.2627, with some padding
    #expect(html.contains("<span class=\"tick left\" style=\"top:67.1%\">2</span>"))
    #expect(html.contains(" d=\"M10 37"))
    #expect(html.contains("<p class=\"note\">Each point of a training curve is one minibatch.</p>"))
  }

  /// Otherwise the rest of the curve would look flat.
  @Test func aVeryHighBeginningLiesAboveThePicture() throws {
    // the axis ignores the first 5 of 100 steps
    let html = html(from: 6.2627)
    #expect(html.contains("<p class=\"note\">The curve begins above the chart, at 6.2627 nats. Each point of "))
    // the axis goes from 0.96 to 1.9, with some padding
    #expect(html.contains("<span class=\"tick left\" style=\"top:43.1%\">1.5</span>"))
    #expect(html.contains(" d=\"M10 -4260.3L20 "))
  }

  @Test func aPointOfALongRunIsAMean() {
    var long = TrainingHistory()
    long.addSteps(1...1500)
    #expect(
      TrainingCharts(runs: [.init(name: "a", history: long)]).html.contains(
        "Each point of a training curve is the mean of up to 4 minibatches."))
  }

  @Test func normsFarApartHaveALogarithmicAxis() {
    let near = TrainingCharts(runs: [.init(name: "a", history: history([1, 1], norms: [1, 29]))]).html
    let far = TrainingCharts(runs: [.init(name: "a", history: history([1, 1], norms: [1, 31]))]).html
    #expect(near.contains(">30</span>") && !near.contains(">5</span>"))
    #expect(far.contains(">5</span>") && !far.contains(">30</span>"))
  }

  @Test func theAxisBeginsWhereTheHistoryDoes() {
    var late = TrainingHistory()
    late.addSteps(101...110)
    let values = values(TrainingCharts(runs: [.init(name: "a", history: late)]).html)
    #expect(values[0].contains(#""x":{"high":110,"isLogarithmic":false,"low":101"#))
  }
}
