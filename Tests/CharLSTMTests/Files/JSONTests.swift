import Testing

@testable import CharLSTM

@Suite struct JSONTests {
  private struct Figures: Codable, Equatable {
    var loss: Double
    var path = "a/b"
    var name: String?
  }

  @Test func oneLineWithSortedKeysAndPlainSlashes() {
    #expect(JSON.text(Figures(loss: 0.5, name: "é")) == #"{"loss":0.5,"name":"é","path":"a/b"}"#)
    #expect(JSON.text(Figures(loss: 2), .pretty).split(separator: "\n").count == 4)
  }

  @Test func whatJSONHasNoNumberForIsAString() {
    #expect(JSON.text([Double.infinity, -.infinity, .nan]) == #"["Infinity","-Infinity","NaN"]"#)
  }

  @Test func aFaultNamesItsMember() throws {
    #expect(try JSON.decode(Figures.self, from: Array(#"{"loss":1,"path":"p"}"#.utf8)) == Figures(loss: 1, path: "p"))
    func reason(_ text: String) -> String {
      do throws(JSONError) {
        _ = try JSON.decode([String: Figures].self, from: Array(text.utf8))
        return ""
      } catch { return error.reason }
    }
    #expect(reason(#"{"a":{"path":"p"}}"#) == "\"loss\" is missing")
    #expect(reason(#"{"a":{"loss":"x","path":"p"}}"#).hasPrefix("a.loss: "))
    #expect(!reason("{").isEmpty)
  }
}
