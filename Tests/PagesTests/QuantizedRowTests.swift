import Testing

@testable import CharLSTM
@testable import Insight
@testable import Pages

/// The values, decoded in the same way as by the page's script.
func unpacked(_ digits: some Sequence<UInt8>, count: Int, bits: Int, lowest: Float, highest: Float) -> [Double] {
  let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)
  let stream = digits.flatMap { digit in
    let number = alphabet.firstIndex(of: digit) ?? 0
    return (0..<6).reversed().map { number >> $0 & 1 }
  }
  return (0..<count).map { k in
    let step = stream[k * bits..<(k + 1) * bits].reduce(0) { 2 * $0 + $1 }
    return Double(lowest) + Double(step) * (Double(highest) - Double(lowest)) / Double((1 << bits) - 1)
  }
}

/// The maximum distance between a value and its quantized value: half a step.
func errorBound(lowest: Float, highest: Float, bits: Int) -> Double {
  (Double(highest) - Double(lowest)) / 2 / Double((1 << bits) - 1)
}

@Suite struct QuantizedRowTests {
  @Test(arguments: QuantizedRow.widths, [1, 2, 3, 100, 101])
  func valuesAreWithinTheBound(bits: Int, count: Int) {
    var generator = SeededGenerator(seed: UInt64(count))
    let values = (0..<count).map { _ in Float(1.9 * generator.uniform() - 0.95) }
    let row = QuantizedRow(values[...], bits: bits)
    #expect(row.digits.count == QuantizedRow.digitCount(count, bits: bits))
    let read = unpacked(row.digits, count: count, bits: bits, lowest: row.lowest, highest: row.highest)
    let bound = errorBound(lowest: row.lowest, highest: row.highest, bits: bits)
    #expect(bound <= 1 / Double((1 << bits) - 1))
    for (value, quantized) in zip(values, read) { #expect(abs(Double(value) - quantized) <= bound * 1.000001) }
    // the lowest and the highest value are exact
    #expect(read.min() == Double(row.lowest) && abs((read.max() ?? 0) - Double(row.highest)) < 1e-12)
    #expect(row.lowest == values.min() && row.highest == values.max())
  }

  @Test func aRowOfEqualValues() {
    let row = QuantizedRow([0.25, 0.25, 0.25, 0.25], bits: 4)
    #expect(row.digits == Array("AAAA".utf8))
    #expect(unpacked(row.digits, count: 4, bits: 4, lowest: row.lowest, highest: row.highest).allSatisfy { $0 == 0.25 })
  }

  @Test func digitsOfAllWidths() {
    let values: [Float] = [0, 1, 0.5, 0.25]
    // these are 63, 31.5 and 15.75 of 63 steps
    #expect(QuantizedRow(values[...], bits: 6).digits == Array("A/gQ".utf8))
    // these are 15, 7.5 and 3.75 of 15 steps: the groups are 0 15 8, and 4 with padding
    #expect(QuantizedRow(values[...], bits: 4).digits == Array("D4QA".utf8))
    #expect(QuantizedRow(values[...], bits: 12).digits == Array("AA//gAQA".utf8))
    #expect(QuantizedRow.digitCount(10_000, bits: 4) == 6668)
    #expect(QuantizedRow.digitCount(10_000, bits: 6) == 10_000)
    #expect(QuantizedRow.digitCount(10_000, bits: 12) == 20_000)
  }
}
