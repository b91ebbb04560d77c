/// A page in one file: style and script are in it, and it may load nothing from anywhere.
///
/// Every page of bard has the same look, in light and in dark as the reader's system has it. Its colours are the CSS variables
/// of `commonStyle`; a page's own style should use them.
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
    \(Self.commonStyle)\(style)</style>
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

  /// --series-1 .. --series-6 tell curves apart, also for those who do not see all colours (after Okabe & Ito 2008); --more and
  /// --less are R, G, B of the two ends of a scale, to be used with an opacity over the paper.
  private static let commonStyle = """
    :root {
      color-scheme: light dark;
      --paper: #fdfcf9; --ink: #1f1d1a; --quiet: #6a655c; --line: #d9d4c9; --raised: #f3f0e9; --accent: #00609c;
      --series-1: #0072b2; --series-2: #c24d00; --series-3: #008060; --series-4: #b0568d; --series-5: #8a6d00; --series-6: #4a4a4a;
      --more: 200, 70, 0; --less: 0, 104, 178;
      --mono: ui-monospace, SFMono-Regular, Menlo, Consolas, "DejaVu Sans Mono", monospace;
    }
    @media (prefers-color-scheme: dark) {
      :root {
        --paper: #191816; --ink: #e9e5dc; --quiet: #a49d90; --line: #3d3a35; --raised: #242220; --accent: #6cb8ee;
        --series-1: #56b4e9; --series-2: #f0914d; --series-3: #3fc79d; --series-4: #dd94c0; --series-5: #e0c04a; --series-6: #bdbdbd;
        --more: 255, 140, 60; --less: 80, 170, 255;
      }
    }
    * { box-sizing: border-box; }
    body { margin: 0; background: var(--paper); color: var(--ink); font: 16px/1.5 system-ui, sans-serif; }
    main { max-width: 72rem; margin: 0 auto; padding: 1.5rem 1rem 4rem; }
    h1 { font-size: 1.5rem; line-height: 1.25; margin: 0 0 .25rem; overflow-wrap: anywhere; }
    h2 { font-size: 1.15rem; margin: 2rem 0 .5rem; }
    .subtitle { color: var(--quiet); margin: 0 0 1.25rem; }
    .quiet { color: var(--quiet); }
    a { color: var(--accent); }
    code, pre, .text { font-family: var(--mono); font-size: .875rem; }
    pre { overflow-x: auto; background: var(--raised); border-radius: 6px; padding: .75rem 1rem; }
    .text { white-space: pre-wrap; overflow-wrap: anywhere; line-height: 1.6; }
    .scroll { overflow-x: auto; }
    table { border-collapse: collapse; font-variant-numeric: tabular-nums; }
    th, td { text-align: left; padding: .3rem .9rem .3rem 0; border-bottom: 1px solid var(--line); vertical-align: top; }
    th { color: var(--quiet); font-weight: 600; }
    td.number, th.number { text-align: right; }
    button, select, input { font: inherit; color: inherit; background: var(--raised); border: 1px solid var(--line);
      border-radius: 6px; padding: .25rem .6rem; }
    :focus-visible { outline: 2px solid var(--accent); outline-offset: 1px; }
    svg { max-width: 100%; height: auto; }
    svg text { fill: var(--quiet); font: 12px system-ui, sans-serif; }

    """
}
