import Foundation
import TestSupport
import Testing

@testable import CharLSTM
@testable import Insight
@testable import Pages

@Suite struct ExplanationPageTests {
  private func page(_ text: String, name: String? = nil) throws -> String {
    ExplanationPage(try Explanation(of: testCorpus(text), name: name)).html
  }

  private func count(_ text: String, in html: String) -> Int { html.components(separatedBy: text).count - 1 }

  /// The text that a reader sees, on one line.
  private func shown(_ html: String) throws -> String {
    let body = try #require(html.components(separatedBy: "<main>").last)
    return body.replacing(/<[^>]*>/, with: "").replacing("\u{A0}", with: " ").replacing("&quot;", with: "\"").replacing(
      "&#39;", with: "'"
    )
    .replacing("&lt;", with: "<").replacing("&gt;", with: ">").replacing("&amp;", with: "&")
  }

  @Test func itSaysWhatTheSectionsSay() throws {
    let explanation = try Explanation(of: testCorpus(Explanation.monologue), name: nil)
    let text = try shown(ExplanationPage(explanation).html)
    for section in explanation.sections { #expect(text.contains(section.title)) }
    for words in explanation.words {
      // the page sets quoted text in another font instead of quotation marks
      #expect(text.contains(words.replacing("“", with: "").replacing("”", with: "")), "\(words)")
    }
    for stage in explanation.stages where stage.parameters > 0 {
      #expect(text.contains("\(stage.formula) = \(grouped(stage.parameters))"))
    }
    #expect(text.contains("1,199,583") && text.contains("[3, 8, 31]"))
    for one in explanation.cases {
      #expect(text.contains(one.state))
      guard !one.keras.isEmpty else { continue }
      #expect(text.contains(one.command))
      #expect(text.contains(one.keras.joined(separator: "\n")) && text.contains(one.pyTorch.joined(separator: "\n")))
    }
    #expect(text.contains("checked: lane 3: minibatch 1 ends at character 56, minibatch 2 begins at 57"))
  }

  @Test func equationsAndShapesStayOnOneLine() throws {
    let html = try page(Explanation.monologue)
    #expect(html.contains("This text has V\u{A0}=\u{A0}31 distinct"))
    #expect(html.contains("<code>[B, T]</code>\u{A0}=\u{A0}<code>[3, 8]</code>"))
    #expect(
      html.contains(
        "<code><span class=\"whole\">[samples, time steps, features]</span> = <span class=\"whole\">[B, T, V]</span> = "
          + "<span class=\"whole\">[3, 8, 31]</span></code>"))
    // a table may break its equations, because a telephone has no room for them
    #expect(html.contains("<td><code>4H(D + H + 1)</code> = 1,181,696</td>"))
    #expect(html.contains("p:not(.formula) code, dd code, .whole { white-space: nowrap; }"))
  }

  @Test func theLegendIsThatOfThePagesDrawings() throws {
    let text = try shown(page(Explanation.monologue))
    #expect(text.contains("A green box is the LSTM at one time step (4 of the 8 are drawn)."))
    #expect(!text.contains("□") && !text.contains("↘"))
    let seams = "The dotted lines below the bar show which part of the text lane 1 is."
    #expect(text.contains(seams))
    let alone = try Explanation(of: testCorpus(Explanation.monologue), name: nil, lanes: 1)
    #expect(try !shown(ExplanationPage(alone).html).contains(seams))
  }

  @Test func itIsWellFormed() throws {
    let html = try page(Explanation.monologue)
    #expect(count("<svg", in: html) == 12 && count("</svg>", in: html) == 12)
    for element in [
      "section", "p", "div", "table", "tr", "td", "th", "dl", "dt", "dd", "ul", "li", "pre", "code", "span",
    ] {
      let opened = count("<\(element)>", in: html) + count("<\(element) ", in: html)
      #expect(opened > 0 && opened == count("</\(element)>", in: html), "\(element)")
    }
    #expect(count("class=\"card\"", in: html) == 9 && count("<div class=\"codes\">", in: html) == 6)
    #expect(!html.contains("<script") && !html.contains("http:"))
  }

  @Test func windowsStandBelowTheirNumbers() throws {
    let html = try page(Explanation.monologue)
    #expect(
      html.contains(
        "<th scope=\"row\">window 2</th><td></td><td class=\"box input\">15</td><td class=\"box input\">14</td>"
          + "<td class=\"box input\">18</td><td class=\"box output\">(21)</td></tr>"))
    #expect(count("<td class=\"box output\">", in: html) == 7)
  }

  @Test func kindsHaveKarpathysColours() throws {
    let html = try page(Explanation.monologue)
    for kind in ["input", "hidden", "output"] { #expect(html.contains(".\(kind) { --kind: var(--\(kind)); }")) }
  }

  @Test func textIsNoMarkup() throws {
    let html = try page(String(repeating: "<b>&amp;'\"</b>", count: 20), name: "<i>.txt")
    #expect(html.contains("<code>&lt;i&gt;.txt</code>"))
    #expect(!html.contains("<b>") && !html.contains("<i>"))
    #expect(try shown(html).contains("<b>&amp;"))
  }

  @Test func lanesHaveTheColoursOfSeries() throws {
    let explanation = try Explanation(of: testCorpus(Explanation.monologue), name: nil, lanes: 6)
    let html = ExplanationPage(explanation).html
    for lane in 1...6 {
      #expect(html.contains(".lane-\(lane) { --lane: var(--series-\(lane)); }"))
      #expect(html.contains("class=\"part lane-\(lane)\""))
    }
    #expect(!html.contains("lane-7"))
  }
}
