import CharLSTM

/// A page in one file: style and script are in it, and it may load nothing from anywhere.
///
/// Every page of bard has the same look, in light and in dark as the reader's system has it. Its colours are the CSS variables
/// of `Resources/common.css`; a page's own style should use them.
struct HTMLPage: Sendable {
  /// Plain text.
  var title: String
  /// One line under the title; plain text.
  var subtitle = ""
  /// HTML.
  var body = ""
  /// What wrote it, by which programs know a page of their own again; plain text.
  var generator = "bard"
  /// CSS after the common one.
  var style = ""
  /// JavaScript that runs once the body is there.
  var script = ""

  /// The whole document. A browser refuses whatever would come from elsewhere (Content Security Policy).
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
