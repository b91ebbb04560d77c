extension LineChart {
  /// CSS of all charts.
  static let style = """
    .plot { position: relative; }
    .units { display: flex; justify-content: space-between; gap: 1rem; min-height: .75rem; }
    .units, .x-title, .tick { color: var(--quiet); font-size: .75rem; line-height: 1; }
    .area { position: relative; height: 11rem; margin: .5rem 1.25rem 1.5rem 3rem; touch-action: pan-y;
      border: solid var(--line); border-width: 0 0 1px 1px; }
    .two .area { margin-right: 3rem; border-right-width: 1px; }
    .tall .area { height: 20rem; }
    .area svg { position: absolute; inset: 0; width: 100%; height: 100%; overflow: visible;
      clip-path: inset(-1px -4px -4px); }
    .area path { fill: none; stroke-width: 1.75px; stroke-linejoin: round; vector-effect: non-scaling-stroke; }
    .area .grid { stroke: var(--line); stroke-width: 1px; }
    .area .dots { stroke-width: 6px; stroke-linecap: round; stroke-dasharray: none !important; }
    .tick { position: absolute; white-space: nowrap; font-variant-numeric: tabular-nums; }
    .tick.left { right: 100%; padding-right: .4rem; transform: translateY(-50%); }
    .tick.right { left: 100%; padding-left: .4rem; transform: translateY(-50%); }
    .tick.below { top: 100%; padding-top: .4rem; transform: translateX(-50%); }
    .x-title { text-align: center; }
    .rule { position: absolute; top: 0; bottom: 0; width: 1px; background: var(--ink); opacity: .5; pointer-events: none; }
    .tip { position: absolute; z-index: 1; max-width: 16rem; padding: .4rem .6rem; pointer-events: none; font-size: .8125rem;
      line-height: 1.45; background: var(--raised); border: 1px solid var(--line); border-radius: 6px;
      font-variant-numeric: tabular-nums; overflow-wrap: anywhere; }
    .tip b { display: inline-block; width: .6em; height: .6em; border-radius: 50%; margin-right: .4em; }
    [hidden] { display: none !important; }
    .swatch { width: 2rem; max-width: none; height: .75rem; vertical-align: middle; margin: 0 .35rem; }
    .swatch path { fill: none; stroke-width: 2px; }
    .legend { display: flex; flex-wrap: wrap; gap: .15rem 1.25rem; font-size: .875rem; margin: .25rem 0 .5rem; }

    """

  /// CSS by which the switches in an element of the class `scope` hide curves in it.
  static func hidingStyle(scope: String, looks: Int) -> String {
    (0..<looks).map { ".\(scope):has(.show-\($0):not(:checked)) .curve-\($0) { display: none; }\n" }.joined()
  }

  /// A box to tick that shows and hides the curves of a look, with a line as they have it and their name.
  static func hidingSwitch(_ name: String, look: Int) -> String {
    """
    <label><input type="checkbox" class="show-\(look)" checked><svg class="swatch" viewBox="0 0 32 12" aria-hidden="true">\
    <path style="\(stroke(look))" d="M0 6H32"/></svg>\(name.htmlEscaped)</label>
    """
  }
}
