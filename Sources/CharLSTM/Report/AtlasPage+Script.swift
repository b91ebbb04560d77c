extension AtlasPage {
  static var script: String {
    [readingScript, textScript, listScript, plotScript, startScript].joined(separator: "\n")
  }

  /// What is in the page, and what is chosen.
  private static let readingScript = #"""
    const find = id => document.getElementById(id);
    const atlas = JSON.parse(find('atlas').textContent);
    const packed = find('values').textContent;
    const count = atlas.text.length;
    const steps = 2 ** atlas.bits - 1;
    const chosen = { cell: 0, feature: 0, showsFeature: false, at: -1 };

    const digits = new Uint8Array(128);
    [...'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/'].forEach((c, k) => {
      digits[c.charCodeAt(0)] = k;
    });

    // The values of a cell as steps from its lowest to its highest.
    function stepsOf(cell) {
      const result = new Uint16Array(count);
      let place = cell * atlas.rowLength;
      const digit = () => digits[packed.charCodeAt(place++)];
      if (atlas.bits === 4) {
        for (let k = 0; k < count; k += 3) {
          const word = digit() << 6 | digit();
          result[k] = word >> 8;
          if (k + 1 < count) result[k + 1] = word >> 4 & 15;
          if (k + 2 < count) result[k + 2] = word & 15;
        }
      } else if (atlas.bits === 6) {
        for (let k = 0; k < count; k++) result[k] = digit();
      } else {
        for (let k = 0; k < count; k++) result[k] = digit() << 6 | digit();
      }
      return result;
    }

    const valueOf = (cell, step) => atlas.lowest[cell] + step * (atlas.highest[cell] - atlas.lowest[cell]) / steps;
    const boundOf = cell => (atlas.highest[cell] - atlas.lowest[cell]) / (2 * steps);
    const signed = (value, decimals) => value.toFixed(decimals).replace('-', '\u2212');
    const coefficient = r => r === null ? 'none' : signed(r, 3);
    const nameOf = cell => `layer ${atlas.cells[cell][0]}, cell ${atlas.cells[cell][1]}`;
    // As many decimals as the bound lets stand.
    const decimalsFor = bound => Math.min(6, Math.max(2, Math.ceil(-Math.log10(bound || 1e-6)) + 1));
    """#

  /// The text and its colours.
  private static let textScript = #"""
    const spans = new Array(count);
    const levels = new Int8Array(count);
    const numberOf = new Map();
    let current = new Uint16Array(count);

    function writeText() {
      const panel = find('text');
      let block = document.createElement('div');
      let length = 0;
      for (let k = 0; k < count; k++) {
        const shown = atlas.characters[atlas.text[k]][0];
        const isLineEnd = shown.endsWith('\n');
        const span = document.createElement(isLineEnd ? 'b' : 'span');
        span.textContent = shown;
        spans[k] = span;
        numberOf.set(span, k);
        block.append(span);
        length++;
        // blocks end where lines do
        if (isLineEnd && length >= 400) {
          panel.append(block);
          block = document.createElement('div');
          length = 0;
        }
      }
      panel.append(block);
    }

    function shade(level) { return level === 0 ? '' : level < 0 ? 'm' + -level : 'p' + level; }

    function paint() {
      let levelOf;
      const feature = atlas.features[chosen.feature];
      const most = \#(shades);
      if (chosen.showsFeature && feature) {
        const largest = feature.values.reduce((most, value) => Math.max(most, value), 1);
        levelOf = k => Math.round(most * feature.values[k] / largest);
        legend('0', String(largest), true);
      } else {
        const lowest = atlas.lowest[chosen.cell], highest = atlas.highest[chosen.cell];
        const range = find('stretch').checked ? Math.max(Math.abs(lowest), Math.abs(highest)) || 1 : 1;
        const table = new Int8Array(steps + 1);
        for (let step = 0; step <= steps; step++) {
          table[step] = Math.round(Math.max(-1, Math.min(1, valueOf(chosen.cell, step) / range)) * most);
        }
        levelOf = k => table[current[k]];
        const end = range === 1 ? '1' : range.toPrecision(2);
        legend('\u2212' + end, '+' + end, false);
      }
      for (let k = 0; k < count; k++) {
        const level = levelOf(k);
        if (level === levels[k]) continue;
        levels[k] = level;
        spans[k].className = shade(level);
      }
    }

    function legend(lower, upper, isOneSided) {
      find('lower').textContent = lower;
      find('upper').textContent = upper;
      find('scale').classList.toggle('one', isOneSided);
      find('legend').setAttribute('aria-label', `Colours from ${lower} to ${upper}`);
    }

    // What the chosen cell holds after a character; of no character, what the cell does.
    function read(k) {
      const cell = chosen.cell;
      const feature = atlas.features[chosen.feature];
      if (k < 0) {
        const r = feature ? `; ${feature.name}: r = ${coefficient(feature.correlations[cell])}` : '';
        find('readout').textContent = `${nameOf(cell)}: ${atlas.symbol} from ${signed(atlas.lowest[cell], 3)} to `
          + `${signed(atlas.highest[cell], 3)}${r}`;
        return;
      }
      const bound = boundOf(cell);
      const decimals = decimalsFor(bound);
      const value = valueOf(cell, current[k]);
      find('readout').textContent = `${atlas.from + k}, ${atlas.characters[atlas.text[k]][1]}: ${atlas.symbol} = `
        + `${signed(value, decimals)} \u00b1 ${bound.toFixed(decimals)}`
        + (feature ? `; ${feature.name}: ${feature.values[k]}` : '');
    }

    function leaveCharacter() {
      if (chosen.at >= 0) spans[chosen.at].removeAttribute('data-at');
      chosen.at = -1;
      read(-1);
    }

    function moveTo(k, scrolls) {
      if (chosen.at >= 0) spans[chosen.at].removeAttribute('data-at');
      chosen.at = Math.max(0, Math.min(count - 1, k));
      spans[chosen.at].setAttribute('data-at', '');
      if (scrolls) spans[chosen.at].scrollIntoView({ block: 'nearest' });
      read(chosen.at);
    }

    // The character nearest to the same column in the line above or below.
    function lineStep(k, direction) {
      const isEnd = j => j < 0 || spans[j].localName === 'b';
      let start = k;
      while (!isEnd(start - 1)) start--;
      const column = k - start;
      if (direction < 0) {
        if (start === 0) return 0;
        let above = start - 1;
        while (!isEnd(above - 1)) above--;
        return Math.min(above + column, start - 1);
      }
      let end = k;
      while (end < count && !isEnd(end)) end++;
      if (end + 1 >= count) return count - 1;
      let last = end + 1;
      while (last < count - 1 && !isEnd(last)) last++;
      return Math.min(end + 1 + column, last);
    }
    """#

  /// Choosing cells, features, and what the address says of both.
  private static let startScript = #"""
    const indexOf = new Map(atlas.cells.map(([layer, cell], k) => [layer * atlas.cellsPerLayer + cell, k]));

    function show(cell) {
      chosen.cell = cell;
      current = stepsOf(cell);
      find('layer').value = String(atlas.cells[cell][0]);
      find('cell').value = String(atlas.cells[cell][1]);
      paint();
      read(chosen.at);
      listFeatures();
      markRanking();
      drawGrid();
      drawPlots();
      remember();
    }

    function follow(feature) {
      chosen.feature = feature;
      listFeatures();
      listRanking();
      drawGrid();
      if (chosen.showsFeature) paint();
      read(chosen.at);
      remember();
    }

    function remember() {
      const [layer, cell] = atlas.cells[chosen.cell];
      const feature = atlas.features[chosen.feature];
      history.replaceState(null, '', `#${layer}.${cell}${feature ? '.' + feature.id : ''}`);
    }

    function choose() {
      const number = Number(find('cell').value);
      const cell = indexOf.get(Number(find('layer').value) * atlas.cellsPerLayer + number);
      if (find('cell').value !== '' && cell !== undefined) show(cell);
      else find('readout').textContent = Number.isInteger(number) && number >= 0 && number < atlas.cellsPerLayer
        ? `cell ${number} of this layer is not in this page` : `cells have the numbers 0 to ${atlas.cellsPerLayer - 1}`;
    }

    const step = by => show((chosen.cell + by + atlas.cells.length) % atlas.cells.length);

    function fromAddress() {
      const [layer, cell, id] = decodeURIComponent(location.hash.slice(1)).split('.');
      const feature = atlas.features.findIndex(f => f.id === id);
      chosen.feature = Math.max(0, feature);
      const known = indexOf.get(Number(layer) * atlas.cellsPerLayer + Number(cell));
      return known ?? (atlas.features.length ? ranking(chosen.feature)[0] : 0);
    }

    const layersShown = [...new Set(atlas.cells.map(([layer]) => layer))];
    find('layer').append(...layersShown.map(layer => new Option(String(layer), String(layer))));
    find('cell').max = String(atlas.cellsPerLayer - 1);
    writeText();
    writeStatics();
    const first = fromAddress();
    listRanking();
    show(first);

    find('layer').addEventListener('change', () => {
      const number = indexOf.get(Number(find('layer').value) * atlas.cellsPerLayer + atlas.cells[chosen.cell][1]);
      show(number ?? atlas.cells.findIndex(([layer]) => layer === Number(find('layer').value)));
    });
    find('cell').addEventListener('input', choose);
    find('previous').addEventListener('click', () => step(-1));
    find('next').addEventListener('click', () => step(1));
    find('stretch').addEventListener('change', paint);
    find('show-feature').addEventListener('change', event => {
      chosen.showsFeature = event.target.checked;
      paint();
    });
    addEventListener('hashchange', () => { const cell = fromAddress(); listRanking(); show(cell); });
    document.addEventListener('keydown', event => {
      if (event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return;
      const target = event.target;
      if (target.closest('input, select, textarea')) return;
      if (event.key === 'Escape') leaveCharacter();
      else if (target === find('text')) {
        const at = Math.max(0, chosen.at);
        const to = { ArrowLeft: at - 1, ArrowRight: chosen.at < 0 ? 0 : at + 1, ArrowUp: lineStep(at, -1),
          ArrowDown: lineStep(at, 1), Home: 0, End: count - 1 }[event.key];
        if (to === undefined) return;
        event.preventDefault();
        moveTo(to, true);
      } else if (event.key === 'ArrowLeft' || event.key === 'ArrowRight') {
        event.preventDefault();
        step(event.key === 'ArrowLeft' ? -1 : 1);
      }
    });
    find('text').addEventListener('pointerover', event => {
      const k = numberOf.get(event.target);
      if (k !== undefined) read(k);
    });
    find('text').addEventListener('pointerleave', () => read(chosen.at));
    find('text').addEventListener('click', event => {
      const k = numberOf.get(event.target);
      if (k !== undefined) moveTo(k, false);
    });
    new ResizeObserver(() => {
      document.documentElement.style.setProperty('--bar', find('bar').offsetHeight + 'px');
      drawGrid();
      drawPlots();
    }).observe(find('bar'));
    matchMedia('(prefers-color-scheme: dark)').addEventListener('change', () => { drawGrid(); drawPlots(); });
    """#
}
