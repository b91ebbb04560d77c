import CharLSTM

/// The page of one training run, `NAME.html`: its curves, its samples and its settings.
public struct TrainingReport: Sendable {
  /// The progress of the run, for the line under the title.
  public enum State: Sendable, Equatable {
    /// The run is still training; `share` is the share of its budget used, 0 to 1.
    case running(share: Double)
    /// The run has ended for this reason.
    case ended(TrainingRun.Ending)
    /// An error ended the run; `message` explains it.
    case failed(message: String)
  }

  private let name: String
  private let state: State
  private let snapshot: TrainingSnapshot
  private let processor: Processor

  /// A page of the current state of a run. `write(to:)` writes it to a file.
  ///
  /// - Parameters:
  ///   - name: the name of the run: NAME in its file names.
  ///   - state: the progress of the run.
  ///   - snapshot: the network, the history and the settings to show.
  ///   - processor: the processor that trained it.
  public init(name: String, state: State, snapshot: TrainingSnapshot, processor: Processor) {
    self.name = name
    self.state = state
    self.snapshot = snapshot
    self.processor = processor
  }

  private var history: TrainingHistory { snapshot.history }
  private var summary: TrainingSummary { snapshot.summary }

  /// The generator that the page names.
  static let generator = "bard train"

  /// The whole document.
  public var html: String {
    let charts = TrainingCharts(runs: [.init(name: name, history: history)])
    var page = HTMLPage(title: "Training of \(name)", subtitle: stateWords)
    page.generator = Self.generator
    page.body = [
      figures, history.intervals.isEmpty ? "" : charts.html, unknownBeginning, samples, validations, configuration,
    ].filter { !$0.isEmpty }.joined(separator: "\n")
    page.style = TrainingCharts.style(scope: "chart", styles: 2)
    page.script = PageAsset.lineChartScript
    return page.html
  }

  private var stateWords: String {
    switch state {
    case .running(let share):
      "Training: \(Int((100 * share).rounded(.down))) % of the budget has been used. Reload the page to see newer"
        + " results."
    case .ended(.budgetUsed): "Trained \(summary.configuration.budget.phrase)."
    case .ended(.noImprovement):
      "Stopped early: the validation loss has not improved"
        + (history.bestValidation.map { " since step \(grouped($0.step))." } ?? ".")
    case .ended(.stopped):
      "Stopped at step \(grouped(history.step)). To continue: bard train --resume \(name)\(CheckpointPaths.suffix)"
    case .failed(let message): "Failed after step \(grouped(history.step)). \(message)"
    }
  }

  private var figures: String {
    func entry(_ name: String, _ value: String, _ note: String = "") -> String {
      "<div><dt>\(name)</dt><dd>\(value)\(note.isEmpty ? "" : "<small>\(note)</small>")</dd></div>\n"
    }
    func loss(_ name: String, _ loss: Double?, _ place: String = "") -> String {
      loss.map { entry(name, "\(fixed($0, 4)) nats", "\(fixed(bits($0), 4)) bits per character\(place)") } ?? ""
    }
    let (last, best) = (history.validations.last, history.bestValidation)
    let steps = history.step - history.stepsBefore
    return "<dl class=\"figures\">\n"
      + loss("validation loss", last?.loss, last.map { ", step \(grouped($0.step))" } ?? "")
      + loss("lowest validation loss", best?.loss, best.map { ", step \(grouped($0.step))" } ?? "")
      + loss("training loss", history.trainingLoss(), ", mean of the last \(min(100, steps)) minibatches")
      + entry("steps", grouped(history.step), "\(fixed(history.epoch, 2)) epochs")
      + entry("minutes", fixed(history.seconds / 60, 1))
      + (history.charactersPerSecond.map { entry("characters/s", grouped($0)) } ?? "") + "</dl>"
  }

  private var unknownBeginning: String {
    history.stepsBefore == 0
      ? ""
      : "<p class=\"quiet\">There is no record of the steps before \(grouped(history.stepsBefore + 1)).</p>"
  }

  private var samples: String {
    guard !history.samples.isEmpty else { return "" }
    let entries = history.samples.map { sample in
      let validation = history.validations.last { $0.step <= sample.step }
      let loss = validation.map {
        "validation loss \(fixed($0.loss, 4))"
          + ($0.step == sample.step ? "" : ", measured at step \(grouped($0.step))")
      }
      return """
        <figure class="sample"><figcaption>step \(grouped(sample.step)), \(loss ?? "before the first validation")</figcaption>
        <pre>\(sample.text.htmlEscaped)</pre></figure>
        """
    }
    return "<h2>What it wrote</h2>\n<div class=\"samples\">\n\(entries.joined(separator: "\n"))\n</div>"
  }

  private var validations: String {
    guard !history.validations.isEmpty else { return "" }
    let best = history.bestValidation?.step
    let rows = history.validations.map {
      """
      <tr><td class="number">\(grouped($0.step))</td><td class="number">\(fixed($0.epoch, 2))</td>\
      <td class="number">\(fixed($0.seconds / 60, 2))</td><td class="number">\(fixed($0.loss, 4))</td>\
      <td class="number">\(fixed(bits($0.loss), 4))</td><td>\($0.step == best ? "lowest" : "")</td></tr>
      """
    }
    return """
      <h2>Validation</h2>
      <details><summary>\(counted(history.validations.count, "validation"))</summary>
      <div class="scroll"><table>
      <thead><tr><th class="number">step</th><th class="number">epoch</th><th class="number">minute</th>\
      <th class="number">nats</th><th class="number">bits</th><th></th></tr></thead>
      <tbody>
      \(rows.joined(separator: "\n"))
      </tbody></table></div></details>
      """
  }

  private var configuration: String {
    let model = snapshot.model.layout.configuration
    let rows =
      ConfigurationRows.corpusAndBudget(summary) + ConfigurationRows.network(model, vocabulary: snapshot.vocabulary)
      + ConfigurationRows.settings(summary.configuration, vocabularySize: model.vocabularySize)
      + [
        ConfigurationRows.Row(
          "processor", "\(counted(processor.threads, "thread")), \(processor.kernels.variant.rawValue) kernels")
      ]
    let cells = rows.map { "<tr><th>\($0.name.htmlEscaped)</th><td>\($0.value.htmlEscaped)</td></tr>" }
    return """
      <h2>Settings</h2>
      <div class="scroll"><table><tbody>
      \(cells.joined(separator: "\n"))
      </tbody></table></div>
      """
  }
}
