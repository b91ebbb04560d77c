extension AtlasPage {
  /// Shades on each side of zero. A class for each is what makes a change of colours cheap: no style is written, and blocks of
  /// text that are out of sight are skipped until they come into it.
  static let shades = 15

  static var style: String {
    let shadeRules = (1...shades).map { shade in
      """
      #text .m\(shade) { background: rgba(var(--less), calc(var(--depth) * \(shade) / \(shades))); }
      #text .p\(shade) { background: rgba(var(--more), calc(var(--depth) * \(shade) / \(shades))); }

      """
    }
    return layout + shadeRules.joined()
  }

  /// At --depth letters still stand out from the strongest shade, in light and in dark.
  private static let layout = """
    :root { --depth: .62; --bar: 6rem; }
    @media (prefers-color-scheme: dark) { :root { --depth: .55; } }
    main { max-width: 92rem; }
    .atlas { display: grid; grid-template-columns: minmax(0, 1fr) minmax(20rem, 27rem); gap: 0 2rem; align-items: start; }
    .bar { grid-column: 1 / -1; position: sticky; top: 0; z-index: 2; background: var(--paper); padding: .5rem 0;
      display: flex; flex-wrap: wrap; gap: .4rem 1.2rem; align-items: center; }
    .row { display: inline-flex; flex-wrap: wrap; gap: .5rem; align-items: center; }
    .bar input[type=number] { width: 5.5rem; }
    .bar output { flex: 1 1 100%; height: 1.5em; overflow: hidden; font-variant-numeric: tabular-nums; }
    .legend { display: inline-flex; gap: .4rem; align-items: center; font-size: .875rem; font-variant-numeric: tabular-nums; }
    .scale { width: 6rem; height: 1rem; border: 1px solid var(--line); border-radius: 3px; background: linear-gradient(to right,
      rgba(var(--less), var(--depth)), rgba(var(--less), 0) 50%, rgba(var(--more), 0) 50%, rgba(var(--more), var(--depth))); }
    .scale.one { background: linear-gradient(to right, rgba(var(--more), 0), rgba(var(--more), var(--depth))); }
    #text { position: sticky; top: var(--bar); height: calc(100vh - var(--bar) - 1rem); overflow-y: auto; tab-size: 4;
      background: var(--paper); border: 1px solid var(--line); border-radius: 6px; padding: .5rem .75rem; }
    #text > div { content-visibility: auto; contain-intrinsic-size: auto 24rem; }
    #text b { font-weight: inherit; }
    #text b::before { content: "\\21B5"; opacity: .35; }
    #text [data-at] { outline: 2px solid var(--accent); outline-offset: 1px; }
    .side h2:first-of-type { margin-top: 1rem; }
    .side table { width: 100%; font-size: .875rem; }
    .side thead th { white-space: nowrap; }
    .side table button { padding: .05rem .4rem; text-align: left; }
    .side th:first-child button { background: none; border-color: transparent; padding-left: 0; font-weight: 400; color: var(--ink); }
    .side th button[aria-pressed=true] { font-weight: 700; color: var(--accent); }
    .ranking { display: flex; flex-wrap: wrap; gap: .35rem; }
    .ranking button, #features td button { font-size: .875rem; font-variant-numeric: tabular-nums; }
    .ranking button { padding: .1rem .5rem; }
    button[aria-current=true] { border-color: var(--accent); box-shadow: inset 0 0 0 1px var(--accent); }
    canvas { display: block; width: 100%; touch-action: manipulation; cursor: pointer; }
    .plots { display: grid; grid-template-columns: repeat(3, minmax(0, 1fr)); gap: .5rem; }
    .plots figure { margin: 0; }
    .plots figcaption { font-size: .875rem; color: var(--quiet); text-align: center; }
    .note { display: block; min-height: 1.5em; margin: .25rem 0 .5rem; font-size: .875rem; font-variant-numeric: tabular-nums; }
    @media (max-width: 60rem) {
      .atlas { display: block; }
      main { padding: 1rem .75rem 3rem; }
      .bar output { height: 3em; }
      .side td, .side th { padding-right: .55rem; }
      #text { height: 38vh; z-index: 1; margin-bottom: 1rem; }
    }
    @media print { #text { height: auto; position: static; } .bar { position: static; } }

    """
}
