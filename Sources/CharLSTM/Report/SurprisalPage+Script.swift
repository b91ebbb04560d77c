extension SurprisalPage {
  static let style = """
    :root { --a1: .1; --a2: .22; --a3: .36; --a4: .52; --a5: .72; --strongest-ink: var(--ink); }
    @media (prefers-color-scheme: dark) {
      :root { --a1: .12; --a2: .24; --a3: .38; --a4: .54; --a5: .9; --strongest-ink: var(--paper); }
    }
    .n { color: var(--quiet); }
    .s1 { background: rgba(var(--more), var(--a1)); }
    .s2 { background: rgba(var(--more), var(--a2)); }
    .s3 { background: rgba(var(--more), var(--a3)); color: var(--ink); }
    .s4 { background: rgba(var(--more), var(--a4)); color: var(--ink); }
    .s5 { background: rgba(var(--more), var(--a5)); color: var(--strongest-ink); }
    .totals { display: flex; flex-wrap: wrap; gap: .5rem 2rem; margin: 0 0 1rem; font-variant-numeric: tabular-nums; }
    .totals dt { color: var(--quiet); font-size: .875rem; }
    .totals dd { margin: 0; }
    .legend { display: flex; flex-wrap: wrap; gap: .35rem; list-style: none; margin: 0 0 1rem; padding: 0; }
    .legend li { padding: 0 .5rem; border-radius: 4px; border: 1px solid var(--line); font-size: .875rem; }
    .legend li:last-child { border-color: transparent; padding: 0; }
    #text { white-space: break-spaces; padding: .25rem; border-radius: 4px; cursor: default; }
    #text b { font-weight: inherit; border-radius: 2px; scroll-margin: 2rem 0 15rem; }
    #text .t { display: inline-block; width: .35em; height: 1.1em; vertical-align: text-bottom; margin-left: 1px;
      border-bottom: 1px solid var(--quiet); }
    #text .here { outline: 2px solid var(--accent); }
    #details { background: var(--raised); padding: .6rem 1rem; font-variant-numeric: tabular-nums; }
    #details p { margin: 0; }
    #details .what { font-family: var(--mono); font-size: 1.1rem; overflow-wrap: anywhere; }
    #details table { width: 100%; margin-top: .3rem; }
    #details td { padding: .1rem .3rem; border: 0; overflow-wrap: anywhere; }
    #details td:first-child { font-family: var(--mono); font-size: .875rem; }
    #details tr.own td { font-weight: 600; background: rgba(var(--less), .16); }
    #details .bar { width: 30%; }
    #details .bar i { display: block; height: .7em; margin-top: .4em; background: var(--series-1); min-width: 1px; }
    @media (max-width: 59.99rem) {
      main { padding-bottom: 16rem; }
      #details { position: fixed; left: 0; right: 0; bottom: 0; border-top: 1px solid var(--line); max-height: 15rem;
        overflow-y: auto; }
    }
    @media (min-width: 60rem) {
      .beside { display: grid; grid-template-columns: minmax(0, 1fr) 18rem; gap: 2rem; }
      #details { position: sticky; top: 1rem; align-self: start; border-radius: 6px; min-height: 13rem; }
      #text b { scroll-margin: 3rem 0; }
    }

    """

  static let script = """
    const text = document.getElementById('text'), details = document.getElementById('details');
    const cells = Array.from(text.getElementsByTagName('b'));
    cells.forEach((cell, index) => { cell.index = index; });
    let at = -1;

    function element(tag, content, name) {
      const made = document.createElement(tag);
      if (name) made.className = name;
      if (content) made.textContent = content;
      return made;
    }
    function percent(share) {
      const value = 100 * share;
      return (value >= 10 ? value.toFixed(1) : value >= 0.01 ? value.toFixed(2) : '< 0.01') + ' %';
    }
    function table(index) {
      const made = element('table');
      for (let k = 0; k < likeliest[index].length; k += 2) {
        const id = likeliest[index][k], share = likeliest[index][k + 1] / 10000;
        const row = element('tr', '', id === ids[index] ? 'own' : '');
        const bar = element('td', '', 'bar'), line = element('i');
        line.style.width = 100 * share + '%';
        bar.append(line);
        const number = element('td', percent(share), 'number');
        row.append(element('td', names[id]), bar, number);
        made.append(row);
      }
      return made;
    }
    function show(index) {
      if (at >= 0) cells[at].classList.remove('here');
      at = Math.max(0, Math.min(cells.length - 1, index));
      cells[at].classList.add('here');
      const name = names[ids[at]], own = cells[at].textContent;
      const isUnknown = name === 'unknown symbol' && own !== '';
      const what = element('p', isUnknown ? own + ' (unknown to the model)' : name, 'what');
      const place = element('p', 'character ' + (first + at).toLocaleString('en'), 'quiet');
      if (bits[at] < 0) {
        details.replaceChildren(what, place, element('p', 'Nothing precedes it: it was not predicted.'));
        return;
      }
      const known = likeliest[at].indexOf(ids[at]);
      const share = known >= 0 && known % 2 === 0 ? likeliest[at][known + 1] / 10000 : Math.pow(2, -bits[at] / 100);
      const measured = element('p', (bits[at] / 100).toFixed(2) + ' bits, probability ' + percent(share));
      details.replaceChildren(what, place, measured, table(at));
    }
    // The cell above or below, the nearest one of the next line in that direction.
    function beside(step) {
      const middle = cell => { const box = cell.getBoundingClientRect(); return [(box.left + box.right) / 2, (box.top + box.bottom) / 2]; };
      const [x, y] = middle(cells[at]), half = parseFloat(getComputedStyle(text).lineHeight) / 2;
      let line = null, best = at, nearest = Infinity;
      for (let index = at + step; index >= 0 && index < cells.length; index += step) {
        const [ownX, ownY] = middle(cells[index]);
        if (Math.abs(ownY - y) < half) continue;
        if (line === null) line = ownY;
        if (Math.abs(ownY - line) >= half) break;
        if (Math.abs(ownX - x) < nearest) { nearest = Math.abs(ownX - x); best = index; }
      }
      return best;
    }
    text.addEventListener('pointerover', event => {
      if (event.pointerType === 'mouse' && event.target.index !== undefined) show(event.target.index);
    });
    text.addEventListener('click', event => { if (event.target.index !== undefined) show(event.target.index); });
    text.addEventListener('focus', () => { if (at < 0 && cells.length > 0) show(0); });
    text.addEventListener('keydown', event => {
      if (at < 0 || event.ctrlKey || event.altKey || event.metaKey) return;
      let to;
      switch (event.key) {
        case 'ArrowRight': to = at + 1; break;
        case 'ArrowLeft': to = at - 1; break;
        case 'ArrowDown': to = beside(1); break;
        case 'ArrowUp': to = beside(-1); break;
        case 'Home': to = 0; break;
        case 'End': to = cells.length - 1; break;
        default: return;
      }
      event.preventDefault();
      show(to);
      cells[at].scrollIntoView({ block: 'nearest' });
    });
    """
}
