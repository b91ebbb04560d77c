import Testing

@testable import CharLSTM

@Suite struct SamplingParametersTests {
  private func error(_ parameters: SamplingParameters) -> SamplingParametersError? {
    do { try parameters.validate() } catch { return error }
    return nil
  }

  @Test func valuesOutOfRangeAreNamed() {
    #expect(error(SamplingParameters()) == nil)
    #expect(error(SamplingParameters(temperature: 0, topK: 0, topP: 1, minP: 0)) == nil)
    #expect(
      error(SamplingParameters(temperature: -1))
        == .outOfRange(name: "temperature", value: -1, allowed: "from 0 (greedy) to 100"))
    #expect(error(SamplingParameters(topK: -2)) == .outOfRange(name: "topK", value: -2, allowed: "0 (all) or more"))
    #expect(error(SamplingParameters(topP: 0)) == .outOfRange(name: "topP", value: 0, allowed: "above 0, to 1 (all)"))
    #expect(error(SamplingParameters(minP: 1.5)) == .outOfRange(name: "minP", value: 1.5, allowed: "from 0 (all) to 1"))
    #expect(error(SamplingParameters(stop: ["a", ""])) == .emptyStop)
    #expect(error(SamplingParameters(temperature: .nan)) != nil)
  }
}
