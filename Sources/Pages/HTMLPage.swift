import CharLSTM

/// A page in one file. It contains its style and script, and it may not load anything.
///
/// All pages of bard have the same look. They follow the light or dark setting of the reader's system. The colours are
/// the CSS variables of `Resources/common.css`; the style of a single page should use them.
struct HTMLPage: Sendable {
  /// Plain text.
  var title: String
  /// One line under the title, as plain text.
  var subtitle = ""
  /// HTML.
  var body = ""
  /// The program that wrote the page, as plain text. A program uses this name to recognise its pages.
  var generator = "bard"
  /// CSS that is added after the common style.
  var style = ""
  /// JavaScript that runs once the body has been loaded.
  var script = ""

  /// The whole document. A Content Security Policy makes the browser refuse everything from elsewhere.
  var html: String {
    """
    <!doctype html>
    <html lang="en">
    <head>
    <meta charset="utf-8">
    <meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; \
    script-src 'unsafe-inline'; img-src data:">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <meta name="generator" content="\(generator.htmlEscaped)">
    <title>\(title.htmlEscaped)</title>
    <style>
    \(PageAsset.commonStyle)\(style)</style>
    </head>
    <body>
    <main>
    <h1>\(title.htmlEscaped)</h1>
    \(subtitle.isEmpty ? "" : "<p class=\"subtitle\">\(subtitle.htmlEscaped)</p>\n")\(body)
    </main>
    \(script.isEmpty ? "" : "<script>\n'use strict';\n\(script)\n</script>\n")</body>
    </html>

    """
  }
}
