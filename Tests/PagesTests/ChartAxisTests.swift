import Testing

@testable import CharLSTM
@testable import Insight
@testable import Pages

@Suite struct ChartAxisTests {
  private func labels(_ axis: ChartAxis, _ count: Int = 5) -> [String] { axis.ticks(count).map(\.label) }
  private func linear(_ values: Double..., fromZero: Bool = false) -> ChartAxis {
    ChartAxis("", values: values, fromZero: fromZero)
  }
  private func logarithmic(_ values: Double...) -> ChartAxis { ChartAxis("", values: values, scale: .logarithmic) }

  @Test func aLinearAxis() {
    let axis = linear(3, 1, 2)
    #expect(axis.domain == 1...3)
    #expect(axis.position(1) == 0)
    #expect(axis.position(1.5) == 0.25)
    #expect(axis.position(3) == 1)
    #expect(axis.position(5) == 2)
    for value in [Double.nan, .infinity, 1e200] { #expect(axis.position(value) == nil) }
  }

  @Test func aLogarithmicAxis() {
    let axis = logarithmic(1, 100)
    #expect(axis.position(1) == 0)
    #expect(abs((axis.position(10) ?? 0) - 0.5) < 1e-12)
    #expect(axis.position(100) == 1)
    for value in [0, -1, Double.nan, .infinity] { #expect(axis.position(value) == nil) }
    #expect(logarithmic(0, -5, 2, 8).domain == 2...8)
  }

  @Test func roundNumbersAreMarked() {
    #expect(labels(linear(0, 10)) == ["0", "2", "4", "6", "8", "10"])
    #expect(labels(linear(0, 2442)) == ["0", "500", "1,000", "1,500", "2,000"])
    #expect(labels(linear(1.21, 1.79)) == ["1.4", "1.6"])
    #expect(labels(linear(1.21, 1.69)) == ["1.3", "1.4", "1.5", "1.6"])
    #expect(labels(linear(0, 0.006)) == ["0", "0.002", "0.004", "0.006"])
    #expect(labels(linear(-1, 1)) == ["-1.0", "-0.5", "0", "0.5", "1.0"])
    #expect(labels(linear(-30, -10)) == ["-30", "-25", "-20", "-15", "-10"])
    #expect(labels(linear(0, 1), 10).count == 11)
    // the values are rounded once: 3 / 10, not 3 * 0.1
    #expect(linear(0, 0.5).ticks().map(\.value) == [0, 0.1, 0.2, 0.3, 0.4, 0.5])
  }

  @Test func largeNumbersAreShort() {
    #expect(labels(linear(0, 10_000)) == ["0", "2,000", "4,000", "6,000", "8,000", "10,000"])
    #expect(labels(linear(0, 100_000)) == ["0", "20k", "40k", "60k", "80k", "100k"])
    #expect(labels(linear(0, 5_000_000)) == ["0", "1M", "2M", "3M", "4M", "5M"])
    #expect(labels(linear(0, 1e20)) == ["0", "2e+19", "4e+19", "6e+19", "8e+19", "1e+20"])
  }

  @Test func decadesAreMarked() {
    #expect(labels(logarithmic(1, 100)) == ["1", "2", "5", "10", "20", "50", "100"])
    #expect(labels(logarithmic(0.03, 70)) == ["0.1", "1", "10"])
    #expect(labels(logarithmic(1, 1e6)) == ["1", "10", "100", "1,000", "10,000", "100,000", "1,000,000"])
    #expect(logarithmic(1, 1e20).ticks().map(\.value) == [1, 1e3, 1e6, 1e9, 1e12, 1e15, 1e18])
    // less than a decade has the ticks of a linear axis
    #expect(labels(logarithmic(1, 4)) == ["1", "2", "3", "4"])
  }

  @Test(arguments: [1.5, -1.5, 1e-9, 1e9, 0, 1e150, -1e150]) func aConstantHasRoomOnBothSides(value: Double) {
    let axis = linear(value, value)
    #expect(abs((axis.position(value) ?? 0) - 0.5) < 1e-9)
    #expect(axis.ticks().count >= 1)
    if value > 0 { #expect(abs((logarithmic(value).position(value) ?? 0) - 0.5) < 1e-12) }
    // the values differ only in the last digit
    #expect(abs((linear(value, value.nextUp).position(value) ?? 0) - 0.5) < 1e-6)
  }

  @Test func nothingToShow() {
    #expect(linear().domain == 0...1)
    #expect(linear(.nan, .infinity, 1e300).domain == 0...1)
    #expect(logarithmic(0, -1).domain == 1...10)
    #expect(linear(0, fromZero: true).domain == 0...1)
    #expect(linear(0, 0).domain == -1...1)
  }

  @Test func zeroIsIncludedWithoutRoomBelow() {
    #expect(ChartAxis("", values: [5, 10], padding: 0.1, fromZero: true).domain == 0...11)
    #expect(ChartAxis("", values: [-5, -10], padding: 0.1, fromZero: true).domain == -11...0)
    #expect(ChartAxis("", values: [5, 10], padding: 0.1).domain == 4.5...10.5)
    #expect(ChartAxis("", values: [1, 100], scale: .logarithmic, padding: 0.5).domain == 0.1...1000)
  }

  @Test func theSameInAnotherUnit() {
    let axis = ChartAxis("minutes", values: [0, 2])
    let seconds = axis.inUnit("seconds", factor: 60)
    #expect(seconds.title == "seconds")
    #expect(seconds.domain == 0...120)
    #expect(labels(seconds) == ["0", "50", "100"])
  }
}
