import Foundation
import Testing

@testable import CharLSTM

@Suite struct SystemTests {
  /// A call that fails with each of these numbers in turn, and then gives 7.
  private func outcome(_ numbers: [Int32]) -> (result: Result<Int, SystemError>, calls: Int) {
    var calls = 0
    let result = Result<Int, SystemError> { () throws(SystemError) in
      try SystemError.check {
        calls += 1
        guard calls <= numbers.count else { return 7 }
        errno = numbers[calls - 1]
        return -1
      }
    }
    return (result, calls)
  }

  @Test func aValueIsHandedOn() throws {
    let (result, calls) = outcome([])
    #expect(result == .success(7))
    #expect(calls == 1)
    #expect(try SystemError.check { Int32(0) } == 0)
  }

  @Test func anInterruptedCallIsMadeAgain() {
    let (result, calls) = outcome([EINTR, EINTR, EINTR])
    #expect(result == .success(7))
    #expect(calls == 4)
  }

  @Test func aFailureIsItsNumber() {
    let (result, calls) = outcome([EINTR, ENOSPC, EINTR])
    #expect(result == .failure(SystemError(number: ENOSPC)))
    #expect(calls == 2)
  }
}
