import Foundation
import Tensors
import TestSupport
import Testing

@testable import CharLSTM
@testable import Insight
@testable import Pages

/// A report in which each number has a different value, so that a test can tell them apart.
func testReport(
  _ state: TrainingReport.State = .ended(.budgetUsed), name: String = "a <b>", history: TrainingHistory? = nil
) -> TrainingReport {
  var configuration = TrainingConfiguration()
  configuration.budget = .minutes(2)
  let summary = TrainingSummary(
    corpus: ["<c>.txt"], corpusCharacters: 12345, corpusDigest: "", configuration: configuration)
  var told = TrainingHistory(steps: 1...1500)
  for (step, loss) in [(600, 1.23456), (1200, 1.19994), (1500, 1.20006)] {
    told.add(
      TrainingHistory.Validation(
        step: step, epoch: Double(step) / 600, seconds: 2 * Double(step), loss: loss))
  }
  for step in [500, 1000, 1500] {
    told.add(TrainingHistory.Sample(step: step, seconds: 2 * Double(step), text: "<i>\(step)\n & \u{0}"))
  }
  let model = ModelConfiguration(vocabularySize: 3)
  let parameters = Parameters(zeros: ParameterLayout(model))
  let none = AlignedFloats(zeros: 0)
  return TrainingReport(
    name: name, state: state,
    snapshot: TrainingSnapshot(
      state: TrainingState(
        step: 1500, parameters: parameters, firstMoment: none, secondMoment: none, average: none,
        recurrentState: RecurrentState(zeros: model)),
      model: parameters, vocabulary: testVocabulary(3), summary: summary, history: history ?? told, share: 1),
    processor: Processor(threads: 3, kernels: Kernels(variant: .scalar)))
}

@Suite struct TrainingReportTests {
  @Test func figuresAreExact() {
    let html = testReport().html
    for text in [
      "<title>Training of a &lt;b&gt;</title>", "<p class=\"subtitle\">Trained for 2 minutes.</p>",
      "<dt>validation loss</dt><dd>1.2001 nats<small>1.7313 bits per character, step 1,500</small></dd>",
      "<dt>lowest validation loss</dt><dd>1.1999 nats<small>1.7311 bits per character, step 1,200</small></dd>",
      "<dt>steps</dt><dd>1,500<small>11.72 epochs</small></dd>", "<dt>minutes</dt><dd>50.0</dd>",
      "<dt>characters/s</dt><dd>256</dd>",
      // intervals of 4 steps; the mean is over as many of them as make 100 steps
      "<dt>training loss</dt><dd>1450.5000 nats<small>2092.6292 bits per character, mean of the last 100 minibatches</small></dd>",
    ] {
      #expect(html.contains(text), "\(text)")
    }
  }

  @Test func validationsAndSamplesAreThereAsText() {
    let html = testReport().html
    #expect(html.contains("<summary>3 validations</summary>"))
    #expect(
      html.contains(
        "<tr><td class=\"number\">1,200</td><td class=\"number\">2.00</td><td class=\"number\">40.00</td>"
          + "<td class=\"number\">1.1999</td><td class=\"number\">1.7311</td><td>lowest</td></tr>"))
    #expect(
      html.contains(
        "<figcaption>step 500, before the first validation</figcaption>\n<pre>&lt;i&gt;500\n &amp; ␀</pre>"))
    #expect(html.contains("<figcaption>step 1,000, validation loss 1.2346, measured at step 600</figcaption>"))
    #expect(html.contains("<figcaption>step 1,500, validation loss 1.2001</figcaption>"))
  }

  @Test func theSettingsAreNamed() {
    let html = testReport().html
    for (name, value) in [
      ("corpus", "&lt;c&gt;.txt, 12,345 characters"), ("layers", "1 x 512 cells"),
      ("regularization", "dropout 0.2, reset probability 0.02, weight decay 0.1"),
      ("processor", "3 threads, scalar kernels"),
    ] {
      #expect(html.contains("<tr><th>\(name)</th><td>\(value)</td></tr>"))
    }
  }

  @Test(arguments: [
    (
      TrainingReport.State.running(share: 0.4399),
      "Training: 43 % of the budget has been used. Reload the page to see newer results."
    ),
    (.ended(.noImprovement), "Stopped early: the validation loss has not improved since step 1,200."),
    (.ended(.stopped), "Stopped at step 1,500. To continue: bard train --resume a &lt;b&gt;.safetensors"),
    (.failed(message: "The disk is full."), "Failed after step 1,500. The disk is full."),
  ])
  func itSaysHowTheRunStands(state: TrainingReport.State, words: String) {
    #expect(testReport(state).html.contains(words))
  }

  @Test func theMeanOfAShortRunIsOfAllItsMinibatches() {
    let short = testReport(history: TrainingHistory(steps: 1...40)).html
    #expect(short.contains("bits per character, mean of the last 40 minibatches</small>"))
  }

  @Test func aRunThatHasNotBegun() {
    let html = testReport(.running(share: 0), history: TrainingHistory()).html
    #expect(!html.contains("<figure") && !html.contains("<h2>Validation") && html.contains("<h2>Settings</h2>"))
    #expect(!html.lowercased().contains(">nan"))
  }

  @Test func whatWasNotKeptIsSaid() {
    #expect(!testReport().html.contains("There is no record"))
    let late = testReport(history: TrainingHistory(steps: 501...600)).html
    #expect(late.contains("There is no record of the steps before 501."))
  }

  /// Even the page of a long run is small enough to be written often.
  @Test func thePageIsSmall() {
    #expect(testReport(history: TrainingHistory(steps: 1...100_000)).html.utf8.count < 200_000)
  }
}
