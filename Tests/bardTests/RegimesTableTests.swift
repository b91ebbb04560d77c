import Testing

@testable import Insight
@testable import bard

@Suite struct RegimesTableTests {
  private func result(_ regime: TrainingRegime, loss: Double, windowLoss: Double? = nil) -> RegimeComparison.Result {
    RegimeComparison.Result(
      regime: regime, steps: 10, epochs: 1, predictions: 100, points: [], validationLoss: loss, windowLoss: windowLoss,
      lossByPosition: nil)
  }

  /// The sentences below the table of a stateful network with a loss of 1.3, and of others.
  private func conclusions(windowLoss: Double, shuffled: Double, manyToOne: Double? = nil) -> String {
    var results = [result(.shuffled, loss: shuffled), result(.stateful, loss: 1.3, windowLoss: windowLoss)]
    if let manyToOne { results.append(result(.manyToOne, loss: manyToOne)) }
    let lines = RegimesTable(results, timeSteps: 64).lines
    #expect(lines.allSatisfy { $0.count <= 80 })
    return lines.split(separator: "").last?.joined(separator: " ") ?? ""
  }

  @Test func aStateThatHelps() {
    #expect(
      conclusions(windowLoss: 1.3405, shuffled: 1.3123, manyToOne: 1.309)
        == "Carrying the state is worth 0.0405 nats per character: that is how much worse the stateful network gets when its"
        + " state is zeroed every 64 characters. Training statefully gives a loss 0.0123 nats per character lower than"
        + " training on shuffled windows. It gives a loss 0.0090 nats per character lower than training on many-to-one"
        + " windows. That network learns from one prediction in each window, the others from 64.")
  }

  @Test func aStateThatDoesNotHelp() {
    #expect(
      conclusions(windowLoss: 1.2995, shuffled: 1.29)
        == "Carrying the state does not help here: the loss of the stateful network is 0.0005 nats per character lower when"
        + " its state is zeroed every 64 characters. Training statefully gives a loss 0.0100 nats per character higher than"
        + " training on shuffled windows.")
  }

  @Test func differencesThatAreTooSmallToShow() {
    #expect(
      conclusions(windowLoss: 1.30004, shuffled: 1.29996)
        == "Carrying the state makes no difference here: the stateful network has the same loss when its state is zeroed"
        + " every 64 characters. Training statefully gives the same loss as training on shuffled windows.")
  }
}
