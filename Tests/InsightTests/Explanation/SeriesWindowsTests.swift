import TestSupport
import Testing

@testable import CharLSTM
@testable import Insight

@Suite struct SeriesWindowsTests {
  private let numbers = [12, 15, 14, 18, 21, 19, 24, 27, 25, 30]

  @Test func everyWindowIsFollowedByItsTarget() {
    let windows = SeriesWindows([numbers], timeSteps: 3)
    #expect(windows.shape.inNumbers == "[7, 3, 1]" && windows.shape.inLetters == "[N, T, F]")
    #expect(windows.targetShape.inNumbers == "[7, 1]")
    #expect(windows.singleStepShape.inNumbers == "[7, 1, 3]")
    #expect(windows.windows.map(\.start) == [0, 1, 2, 3, 4, 5, 6])
    #expect(windows.windows[0].inputs == [[12], [15], [14]])
    #expect(windows.windows[6].inputs == [[24], [27], [25]])
    #expect(windows.windows.map(\.target) == [18, 21, 19, 24, 27, 25, 30])
  }

  @Test func twoSeriesAreTwoFeatures() {
    let windows = SeriesWindows([[1, 2, 3, 4], [10, 20, 30, 40]], timeSteps: 2)
    #expect(windows.shape.inNumbers == "[2, 2, 2]" && windows.features == 2)
    #expect(windows.singleStepShape.inNumbers == "[2, 1, 4]")
    #expect(windows.windows.map(\.inputs) == [[[1, 10], [2, 20]], [[2, 20], [3, 30]]])
    // the targets come from the first series
    #expect(windows.windows.map(\.target) == [3, 4])
  }

  @Test func aLongerStrideLeavesWindowsOut() {
    let windows = SeriesWindows([numbers], timeSteps: 3, stride: 3)
    #expect(windows.windows.map { $0.inputs.flatMap { $0 } } == [[12, 15, 14], [18, 21, 19], [24, 27, 25]])
    #expect(windows.windows.map(\.target) == [18, 24, 30])
    #expect(windows.shape.inNumbers == "[3, 3, 1]")
    #expect(SeriesWindows([numbers], timeSteps: 3, stride: 4).windows.map(\.start) == [0, 4])
    #expect(SeriesWindows([[1, 2]], timeSteps: 1, stride: 9).windows.map(\.target) == [2])
  }

  @Test func overlapIsCounted() {
    #expect(SeriesWindows([numbers], timeSteps: 3).timesRead == [1, 2, 3, 3, 3, 3, 3, 2, 1, 0])
    #expect(SeriesWindows([numbers], timeSteps: 3, stride: 3).timesRead == [1, 1, 1, 1, 1, 1, 1, 1, 1, 0])
    #expect(SeriesWindows([numbers], timeSteps: 3, stride: 4).timesRead == [1, 1, 1, 0, 1, 1, 1, 0, 0, 0])
    #expect(SeriesWindows([numbers], timeSteps: 2).timesRead == [1, 2, 2, 2, 2, 2, 2, 2, 1, 0])
  }
}
