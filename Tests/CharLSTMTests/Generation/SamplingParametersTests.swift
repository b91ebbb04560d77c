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
    func outOfRange(_ name: String, _ value: SettingValue, _ allowed: SettingRange) -> SamplingParametersError {
      .outOfRange(SettingError(name: name, value: value, allowed: allowed))
    }
    #expect(
      error(SamplingParameters(temperature: -1)) == outOfRange("temperature", .number(-1), .from(0, to: 100)))
    #expect(error(SamplingParameters(topK: -2)) == outOfRange("topK", .whole(-2), .whole(0...Int.max)))
    #expect(error(SamplingParameters(topP: 0)) == outOfRange("topP", .number(0), .above(0, to: 1)))
    #expect(error(SamplingParameters(minP: 1.5)) == outOfRange("minP", .number(1.5), .from(0, to: 1)))
    #expect(error(SamplingParameters(stop: ["a", ""])) == .emptyStop)
    #expect(error(SamplingParameters(temperature: .nan)) != nil)
  }
}
