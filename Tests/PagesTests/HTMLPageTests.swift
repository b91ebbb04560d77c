import Testing

@testable import CharLSTM
@testable import Insight
@testable import Pages

@Suite struct HTMLPageTests {
  @Test func whatIsTextStaysText() {
    let html = HTMLPage(
      title: "a <b> & c", subtitle: "\"d\"", body: "<p>e</p>", style: "p { color: red }", script: "f();"
    ).html
    #expect(html.hasPrefix("<!doctype html>\n<html lang=\"en\">\n"))
    #expect(html.contains("<title>a &lt;b&gt; &amp; c</title>"))
    #expect(html.contains("<h1>a &lt;b&gt; &amp; c</h1>\n<p class=\"subtitle\">&quot;d&quot;</p>\n<p>e</p>\n</main>"))
    #expect(html.contains("p { color: red }</style>"))
    #expect(html.contains("<script>\n'use strict';\nf();\n</script>\n</body>"))
  }

  @Test func aPageSaysWhatWroteIt() {
    #expect(HTMLPage(title: "t").html.contains("\n<meta name=\"generator\" content=\"bard\">\n"))
    var page = HTMLPage(title: "t")
    page.generator = "a \"b\""
    #expect(page.html.contains("\n<meta name=\"generator\" content=\"a &quot;b&quot;\">\n"))
  }

  @Test func aPageLoadsNothing() {
    let html = HTMLPage(title: "t").html
    #expect(
      html.contains("\"default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'; img-src data:\""))
    #expect(!html.contains("http:") && !html.contains("https:") && !html.contains("<script"))
  }

  @Test func charactersThatHTMLWouldLoseAreShown() {
    #expect("a\n\tb".htmlEscaped == "a\n\tb")
    #expect("\r\u{0C}\u{00}\u{1F}\u{7F}é𝄞".htmlEscaped == "␍␌␀␟␡é𝄞")
    #expect("<'>".htmlEscaped == "&lt;&#39;&gt;")
  }

  @Test func aScriptCannotBeEndedByText() {
    #expect("\"</script>\u{2028}\u{2029}\"".inScript == "\"\\u003c/script>\\u2028\\u2029\"")
  }
}
