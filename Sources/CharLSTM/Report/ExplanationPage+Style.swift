extension ExplanationPage {
  /// The six lanes have the six colours that all pages use to tell series apart. Inputs, hidden state and outputs have
  /// the red, green and blue of Karpathy's pictures.
  static let style = """
    :root { --input: #c8373a; --hidden: #2c8a3d; --output: #2f62c4; }
    @media (prefers-color-scheme: dark) { :root { --input: #ff8a84; --hidden: #6fcf7f; --output: #8fb2ff; } }
    .input { --kind: var(--input); }
    .hidden { --kind: var(--hidden); }
    .output { --kind: var(--output); }
    section p, section li, dd { max-width: 46rem; }
    section p:not(.formula) code { white-space: nowrap; }
    h3 { font-size: 1rem; margin: 1.5rem 0 .5rem; }
    h3 code { font-weight: normal; overflow-wrap: anywhere; }
    \((1...6).map { ".lane-\($0) { --lane: var(--series-\($0)); }" }.joined(separator: "\n"))
    .piece { font-family: var(--mono); font-size: .875em; background: var(--raised); border-radius: 3px; padding: 0 .25em;
      color: var(--lane, var(--ink)); overflow-wrap: anywhere; }
    td code, td .piece, .card code { white-space: nowrap; }
    .formula { background: var(--raised); border-radius: 6px; padding: .75rem 1rem; }
    .scroll { margin: 1rem 0; }
    .grid { font-family: var(--mono); font-size: .875rem; }
    .grid th { font-family: system-ui, sans-serif; padding-right: 1rem; }
    .grid td { text-align: center; padding: .2rem .45rem; min-width: 1.7rem; }
    .grid tr[class] td { color: var(--lane); }
    .windows th { white-space: nowrap; }
    .windows td { min-width: 2.9rem; }
    .grid td.box { color: var(--kind); background: color-mix(in srgb, var(--kind) 12%, transparent); }
    .items { display: grid; grid-template-columns: max-content 1fr; gap: .5rem 1rem; }
    .items dt { font-weight: 600; }
    .items dd { margin: 0; }
    .cases { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(19rem, 100%), 1fr)); gap: 1rem; margin: 1rem 0; }
    .card { border: 1px solid var(--line); border-radius: 8px; padding: .75rem 1rem; min-width: 0; }
    .card h3 { margin: 0 0 .5rem; }
    .card h3 span { font-weight: normal; }
    .card svg { min-width: 0 !important; display: block; margin: 0 auto; }
    .card dl { display: grid; grid-template-columns: max-content 1fr; gap: .2rem .75rem; margin: .75rem 0 0; font-size: .9rem; }
    .card dt { color: var(--quiet); }
    .card dd { margin: 0; }
    .codes { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(30rem, 100%), 1fr)); gap: 0 1rem; }
    .codes > div { min-width: 0; }
    .codes p { margin: 0; font-size: .875rem; }
    .codes pre { margin: .25rem 0 1rem; padding: .6rem .75rem; font-size: .72rem; }
    svg .glyph { fill: var(--ink); font: 14px var(--mono); }
    svg .name { fill: var(--lane); font-weight: 600; }
    svg .part { fill: var(--lane); fill-opacity: .1; stroke: var(--lane); stroke-opacity: .55; }
    svg path { fill: none; stroke: var(--quiet); stroke-width: 1.3; }
    svg .bar { stroke: var(--lane); stroke-width: 2.5; }
    svg .seam { stroke-dasharray: 2 4; }
    svg .state { stroke: var(--lane, var(--accent)); stroke-width: 1.6; }
    svg .feedback { stroke: var(--accent); stroke-dasharray: 4 3; }
    svg .box { fill: var(--kind); fill-opacity: .16; stroke: var(--kind); stroke-width: 1.4; }
    svg .box.written { stroke-dasharray: 4 3; }
    svg .unit { fill: var(--kind, var(--hidden)); }

    """
}
