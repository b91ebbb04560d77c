extension AtlasPage {
  /// Tables, and the lists of cells by feature.
  static let listScript = #"""
    const button = (text, action) => {
      const element = document.createElement('button');
      element.textContent = text;
      element.addEventListener('click', action);
      return element;
    };
    const element = (name, text, className) => {
      const result = document.createElement(name);
      result.textContent = text;
      if (className) result.className = className;
      return result;
    };
    const short = cell => atlas.layers > 1 ? atlas.cells[cell].join(':') : String(atlas.cells[cell][1]);

    // The cells of the page by the size of their correlation with a feature.
    const rankings = [];
    function ranking(feature) {
      const r = atlas.features[feature].correlations;
      const size = cell => r[cell] === null ? -1 : Math.abs(r[cell]);
      return rankings[feature] ??= r.map((_, cell) => cell).sort((a, b) => size(b) - size(a) || a - b);
    }

    const rows = atlas.features.map((feature, index) => {
      const row = find('features').tBodies[0].insertRow();
      const choose = button(feature.name, () => follow(index));
      choose.title = feature.definition;
      const head = element('th', '');
      head.scope = 'row';
      head.append(choose);
      const best = ranking(index)[0];
      const own = element('td', '', 'number');
      const other = element('td', '');
      other.append(button(short(best), () => { chosen.feature = index; listRanking(); show(best); }),
        ' ' + coefficient(feature.correlations[best]));
      row.append(head, own, other);
      return { choose, own };
    });

    function listFeatures() {
      rows.forEach(({ choose, own }, index) => {
        choose.setAttribute('aria-pressed', String(index === chosen.feature));
        own.textContent = coefficient(atlas.features[index].correlations[chosen.cell]);
      });
    }

    let chips = [];
    function listRanking() {
      const feature = atlas.features[chosen.feature];
      if (!feature) return;
      find('followers').textContent = 'Cells by ' + feature.name;
      find('definition').textContent = `${feature.definition} `
        + (feature.isBinary ? `1 at ${(100 * feature.mean).toFixed(1)} % of the characters.`
          : `On average ${feature.mean.toFixed(2)}.`);
      chips = ranking(chosen.feature).slice(0, 18).map(cell => {
        const chip = button(' ' + coefficient(feature.correlations[cell]), () => show(cell));
        chip.prepend(element('b', short(cell)));
        return { cell, chip };
      });
      find('ranking').replaceChildren(...chips.map(({ chip }) => chip));
      markRanking();
    }

    function markRanking() {
      for (const { cell, chip } of chips) chip.setAttribute('aria-current', String(cell === chosen.cell));
    }

    function writeStatics() {
      const body = find('saturation').tBodies[0];
      for (let layer = 0; layer < atlas.layers; layer++) {
        for (const { gate, layers } of atlas.saturation) {
          const { left, right, alwaysLeft, alwaysRight } = layers[layer];
          body.insertRow().append(element('td', String(layer)), element('td', gate),
            element('td', left.toFixed(3), 'number'), element('td', right.toFixed(3), 'number'),
            element('td', String(alwaysLeft), 'number'), element('td', String(alwaysRight), 'number'));
        }
      }
      find('always').textContent = `Shares of all (character, cell) of a layer, and cells of it whose gate is there at `
        + `${100 * atlas.always} % of the characters or more: with the forget gate always above 0.9 a cell always remembers, `
        + `always below 0.1 it always forgets. Layers and cells are numbered from 0, as in the checkpoint.`;
      const widest = atlas.cells.reduce((most, _, cell) => Math.max(most, boundOf(cell)), 0);
      find('exactness').textContent = `Activations are kept in ${atlas.bits} bits, evenly between the lowest and the highest `
        + `of each cell: what is shown of ${atlas.symbol} is within \u00b1${widest.toPrecision(2)} of the truth in every cell, `
        + `and the line above the text says how near in the one shown. Correlations and shares were computed from the exact `
        + `values in double precision, of all ${count} characters.`;
    }
    """#

  /// The map of all cells and the scatter plots of their gates.
  static let plotScript = #"""
    const colour = name => getComputedStyle(document.documentElement).getPropertyValue(name).trim();

    // A context that draws in CSS pixels; null while the canvas is not to be seen.
    function context(canvas, height) {
      const width = canvas.clientWidth, scale = devicePixelRatio || 1;
      if (!width) return null;
      canvas.style.height = height + 'px';
      canvas.width = Math.round(width * scale);
      canvas.height = Math.round(height * scale);
      const result = canvas.getContext('2d');
      result.scale(scale, scale);
      return result;
    }

    // Cells in rows, each layer beginning a new one.
    function gridLayout() {
      const width = find('grid').clientWidth || 320;
      const size = atlas.cells.length > 2500 ? 5 : atlas.cells.length > 150 ? 10 : 18;
      const columns = Math.max(1, Math.floor(width / size));
      let row = -1, column = columns, layer = -1;
      const places = atlas.cells.map(([own]) => {
        if (own !== layer || column === columns) {
          row += own !== layer && layer >= 0 ? 1.5 : 1;
          column = 0;
          layer = own;
        }
        return [column++ * size, row * size];
      });
      return { size, places, height: (row + 1) * size };
    }

    function drawGrid() {
      const feature = atlas.features[chosen.feature];
      const { size, places, height } = gridLayout();
      const pen = context(find('grid'), height);
      if (!pen || !feature) return;
      const more = colour('--more'), less = colour('--less'), none = colour('--line');
      places.forEach(([x, y], cell) => {
        const r = feature.correlations[cell];
        pen.fillStyle = none;
        if (r === null) pen.fillRect(x + size / 2 - 1, y + size / 2 - 1, 2, 2);
        else {
          pen.globalAlpha = .25;
          pen.fillRect(x, y, size - 1, size - 1);
          pen.globalAlpha = 1;
          pen.fillStyle = `rgba(${r < 0 ? less : more}, ${Math.abs(r)})`;
          pen.fillRect(x, y, size - 1, size - 1);
        }
      });
      const [x, y] = places[chosen.cell];
      pen.strokeStyle = colour('--ink');
      pen.lineWidth = 2;
      pen.strokeRect(Math.max(1, x), Math.max(1, y), size - 1, size - 1);
    }

    function cellInGrid(event) {
      const { size, places } = gridLayout();
      return places.findIndex(([x, y]) => event.offsetX >= x && event.offsetX < x + size && event.offsetY >= y
        && event.offsetY < y + size);
    }
    find('grid').addEventListener('click', event => { const cell = cellInGrid(event); if (cell >= 0) show(cell); });
    find('grid').addEventListener('pointermove', event => {
      const cell = cellInGrid(event), feature = atlas.features[chosen.feature];
      find('grid-readout').textContent = cell < 0 || !feature ? '' : `${nameOf(cell)}: r = `
        + coefficient(feature.correlations[cell]);
    });

    const plots = atlas.saturation.map(saturation => {
      const canvas = document.createElement('canvas');
      canvas.setAttribute('role', 'img');
      canvas.setAttribute('aria-label', `Saturation of the ${saturation.gate} gate of every cell of the layer`);
      const figure = document.createElement('figure');
      figure.append(canvas, element('figcaption', saturation.gate));
      find('plots').append(figure);
      const plot = { canvas, saturation };
      canvas.addEventListener('click', event => { const cell = cellInPlot(plot, event); if (cell >= 0) show(cell); });
      canvas.addEventListener('pointermove', event => {
        const cell = cellInPlot(plot, event);
        find('gate-readout').textContent = cell < 0 ? describeChosen() : describe(cell, saturation);
      });
      canvas.addEventListener('pointerleave', () => { find('gate-readout').textContent = describeChosen(); });
      return plot;
    });

    const percent = characters => (100 * characters / count).toFixed(1) + ' %';
    function describe(cell, { gate, left, right }) {
      return `${nameOf(cell)}, ${gate} gate: below 0.1 at ${percent(left[cell])}, above 0.9 at ${percent(right[cell])}`;
    }
    function describeChosen() {
      return `${nameOf(chosen.cell)}, below 0.1 and above 0.9: ` + atlas.saturation.map(({ gate, left, right }) =>
        `${gate} ${percent(left[chosen.cell])}, ${percent(right[chosen.cell])}`).join('; ');
    }

    // What is written beside the axes has its place above and below the triangle.
    const margin = 7, words = 16;
    const heightOf = canvas => canvas.clientWidth + 2 * (words - margin);
    function pointOf({ canvas, saturation }, cell) {
      const side = canvas.clientWidth - 2 * margin;
      return [margin + side * saturation.right[cell] / count, words + side * (1 - saturation.left[cell] / count)];
    }

    function cellsOfLayer() {
      const layer = atlas.cells[chosen.cell][0];
      return atlas.cells.map((_, cell) => cell).filter(cell => atlas.cells[cell][0] === layer);
    }

    function drawPlots() {
      const cells = cellsOfLayer();
      const line = colour('--line'), accent = colour('--accent'), strong = colour('--more'), quiet = colour('--quiet');
      find('gate-readout').textContent = describeChosen();
      for (const plot of plots) {
        const width = plot.canvas.clientWidth, height = heightOf(plot.canvas), pen = context(plot.canvas, height);
        if (!pen) continue;
        pen.fillStyle = quiet;
        pen.font = '11px system-ui, sans-serif';
        pen.fillText('\u2191 < 0.1', 0, 10);
        pen.textAlign = 'right';
        pen.fillText('> 0.9 \u2192', width, height - 2);
        pen.strokeStyle = line;
        pen.beginPath();
        pen.moveTo(margin, words);
        pen.lineTo(margin, height - words);
        pen.lineTo(width - margin, height - words);
        pen.lineTo(margin, words);
        pen.stroke();
        pen.strokeStyle = accent;
        pen.globalAlpha = .55;
        for (const cell of cells) {
          pen.beginPath();
          pen.arc(...pointOf(plot, cell), 2.5, 0, 7);
          pen.stroke();
        }
        pen.globalAlpha = 1;
        pen.fillStyle = `rgb(${strong})`;
        pen.beginPath();
        pen.arc(...pointOf(plot, chosen.cell), 4.5, 0, 7);
        pen.fill();
      }
    }

    // The cell whose point is nearest, within the width of a finger.
    function cellInPlot(plot, event) {
      let nearest = -1, least = 14 ** 2;
      for (const cell of cellsOfLayer()) {
        const [x, y] = pointOf(plot, cell);
        const distance = (x - event.offsetX) ** 2 + (y - event.offsetY) ** 2;
        if (distance < least) [nearest, least] = [cell, distance];
      }
      return nearest;
    }
    """#
}
