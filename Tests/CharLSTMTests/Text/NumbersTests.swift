import Foundation
import Testing

@testable import CharLSTM

@Suite struct NumbersTests {
  @Test func numbersInWords() {
    #expect(fixed(1.23456, 2) == "1.23")
    #expect(fixed(-0.999, 2) == "-1.00")
    #expect(fixed(0.05, 1) == "0.1")
    #expect(fixed(7, 0) == "7")
    #expect(fixed(.infinity, 2) == "inf")
    #expect(grouped(1_234_567) == "1,234,567")
    #expect(grouped(-999) == "-999")
    #expect(grouped(Int.min) == "-9,223,372,036,854,775,808")
    #expect(grouped(UInt64.max) == "18,446,744,073,709,551,615")
    #expect(grouped(1234.5) == "1,235")
    #expect(grouped(1e20) == "1e+20")
    #expect(grouped(.nan) == "nan")
    #expect(duration(75) == "1:15")
    #expect(duration(3700) == "1:01:40")
    #expect(duration(.infinity) == "-:--")
    #expect(counted(1, "step") == "1 step")
    #expect(counted(2000, "minibatch", "minibatches") == "2,000 minibatches")
    #expect(significant(0.003) == "0.003")
    #expect(significant(5) == "5")
  }

  @Test func bitsOfNats() {
    #expect(bits(log(2)) == 1)
    #expect(bits(3 * log(2)) == 3)
    #expect(bits(1.4138) == Evaluation(characters: 1, natsPerCharacter: 1.4138).bitsPerCharacter)
  }
}
