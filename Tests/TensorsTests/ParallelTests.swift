import Testing

@testable import Tensors

@Suite struct ParallelTests {
  @Test(arguments: [1, 2, 3, 7, 64]) func everyPartRunsOnce(threads: Int) {
    for parts in [0, 1, 2, 5, 100] {
      #expect(parallelMap(parts: parts, threads: threads) { $0 * $0 } == (0..<parts).map { $0 * $0 })
    }
  }

  @Test(arguments: [1, 2, 3, 64]) func everyElementIsChangedOnce(threads: Int) {
    for count in [0, 1, 2, 5, 100] {
      var rows = (0..<count).map { [$0] }
      parallelForEach(&rows, threads: threads) { $0.append($0[0] * 2) }
      #expect(rows == (0..<count).map { [$0, $0 * 2] })
    }
  }

  @Test func manyRegionsInARow() {
    var block = AlignedFloats(zeros: 64)
    for _ in 0..<2000 {
      block.withMutableView { view in
        parallel(parts: 4, threads: 3) { part in view[16 * part] += 1 }
      }
    }
    #expect((0..<4).map { block[16 * $0] } == [2000, 2000, 2000, 2000])
  }

  @Test func regionsMayStandInRegions() {
    let sums = parallelMap(parts: 4, threads: 2) { outer in
      parallelMap(parts: 10, threads: 2) { inner in outer * inner }.reduce(0, +)
    }
    #expect(sums == [0, 45, 90, 135])
  }
}

/// Notes which parts ran, and how often.
private struct Notes: ParallelWork {
  let counts: MutableFloatsView
  func run(part: Int) { counts[part] += Float(part + 1) }
}

extension ParallelTests {
  @Test(arguments: [1, 2, 3, 8]) func everyPartOfWorkRunsOnce(threads: Int) {
    for parts in [0, 1, 2, 100] {
      var counts = AlignedFloats(zeros: 100)
      counts.withMutableView { parallel(parts: parts, threads: threads, Notes(counts: $0)) }
      #expect((0..<100).allSatisfy { counts[$0] == ($0 < parts ? Float($0 + 1) : 0) })
    }
  }
}
