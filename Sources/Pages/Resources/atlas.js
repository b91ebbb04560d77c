// The page of an atlas: a text coloured by any cell, the cells ranked by feature, and the saturation of their gates.
const find = id => document.getElementById(id);
const atlas = JSON.parse(find('atlas').textContent);
const packed = find('values').textContent;
const count = atlas.text.length;
const steps = 2 ** atlas.bits - 1;
// The number of shades on each side of zero; atlas.css has a class for each.
const shades = 15;
const chosen = { cell: 0, feature: 0, showsFeature: false, at: -1 };

const digits = new Uint8Array(128);
[...'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/'].forEach((c, k) => {
  digits[c.charCodeAt(0)] = k;
});

// The values of a cell, as steps from its lowest to its highest value.
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
const grouped = number => number.toLocaleString('en-US');
// The percent sign stays with its number.
const percent = (share, decimals = 1) => (100 * share).toFixed(decimals) + '\u00a0%';
const coefficient = r => r === null ? 'none' : signed(r, 3);
const nameOf = cell => `layer ${atlas.cells[cell][0]}, cell ${atlas.cells[cell][1]}`;
// The number of decimals that the error bound allows.
const decimalsFor = bound => Math.min(6, Math.max(2, Math.ceil(-Math.log10(bound || 1e-6)) + 1));

// --- The text and its colours ---

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
    // a block ends only at a line end
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
  const most = shades;
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

// Shows the value of the chosen cell after a character. If no character is chosen, shows the range of the cell.
function read(k) {
  const cell = chosen.cell;
  const feature = atlas.features[chosen.feature];
  if (k < 0) {
    const r = feature ? `; ${feature.name}: r\u00a0=\u00a0${coefficient(feature.correlations[cell])}` : '';
    find('readout').textContent = `${nameOf(cell)}: ${atlas.symbol} from ${signed(atlas.lowest[cell], 3)} to `
      + `${signed(atlas.highest[cell], 3)}${r}`;
    return;
  }
  const bound = boundOf(cell);
  const decimals = decimalsFor(bound);
  const value = valueOf(cell, current[k]);
  find('readout').textContent = `${grouped(atlas.from + k)}, ${atlas.characters[atlas.text[k]][1]}: ${atlas.symbol} = `
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

// The character in the line above or below that is nearest to the same column.
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

// --- Lists of cells and features ---

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

// The cells of the page, sorted by the magnitude of their correlation with a feature.
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
  const correlation = element('td', '', 'number');
  const other = element('td', '');
  other.append(button(short(best), () => { chosen.feature = index; listRanking(); show(best); }),
    ' ' + coefficient(feature.correlations[best]));
  row.append(head, correlation, other);
  return { choose, correlation };
});

function listFeatures() {
  rows.forEach(({ choose, correlation }, index) => {
    choose.setAttribute('aria-pressed', String(index === chosen.feature));
    correlation.textContent = coefficient(atlas.features[index].correlations[chosen.cell]);
  });
}

let chips = [];
function listRanking() {
  const feature = atlas.features[chosen.feature];
  if (!feature) return;
  find('followers').textContent = 'Cells by ' + feature.name;
  find('definition').textContent = `${feature.definition} `
    + (feature.isBinary ? `It is 1 at ${percent(feature.mean)} of the characters.`
      : `Its mean is ${feature.mean.toFixed(2)}.`);
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
  find('always').textContent = `The columns "< 0.1" and "> 0.9" give the shares of gate values in that range. The `
    + `columns "always" count the cells whose gate is in that range at ${percent(atlas.always, 0)} of the characters or more. A `
    + `cell whose forget gate is always above 0.9 never forgets. If it is always below 0.1, the cell never remembers. Layers `
    + `and cells are numbered from 0, as in the model file.`;
  const widest = atlas.cells.reduce((most, _, cell) => Math.max(most, boundOf(cell)), 0);
  find('exactness').textContent = `This page stores each value of ${atlas.symbol} in ${atlas.bits} bits, that is, as one `
    + `of ${grouped(steps + 1)} evenly spaced steps from the lowest to the highest value of its cell. No `
    + `value is off by more than ${widest.toPrecision(2)}. Point at a character, and the line above the text shows the `
    + `bound for the cell that you see. Correlations and shares were computed from the exact values of all `
    + `${grouped(count)} characters, in double precision.`;
}

// --- Plots of the gates ---

const colour = name => getComputedStyle(document.documentElement).getPropertyValue(name).trim();

// A context that draws in CSS pixels; null while the canvas is hidden.
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

// The cells in rows. Each layer begins a new row.
function gridLayout() {
  const width = find('grid').clientWidth || 320;
  const size = atlas.cells.length > 2500 ? 5 : atlas.cells.length > 150 ? 10 : 18;
  const columns = Math.max(1, Math.floor(width / size));
  let row = -1, column = columns, layer = -1;
  const places = atlas.cells.map(([layerOfCell]) => {
    if (layerOfCell !== layer || column === columns) {
      row += layerOfCell !== layer && layer >= 0 ? 1.5 : 1;
      column = 0;
      layer = layerOfCell;
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

function describe(cell, { gate, left, right }) {
  return `${nameOf(cell)}, ${gate} gate: below 0.1 at ${percent(left[cell] / count)}, above 0.9 at ${percent(right[cell] / count)}`;
}
function describeChosen() {
  return `${nameOf(chosen.cell)}. Share below 0.1 / above 0.9: ` + atlas.saturation.map(({ gate, left, right }) =>
    `${gate} ${percent(left[chosen.cell] / count)}\u00a0/ ${percent(right[chosen.cell] / count)}`).join(', ');
}

// The labels of the axes need room above and below the triangle.
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

// The cell with the nearest point, within the width of a finger.
function cellInPlot(plot, event) {
  let nearest = -1, least = 14 ** 2;
  for (const cell of cellsOfLayer()) {
    const [x, y] = pointOf(plot, cell);
    const distance = (x - event.offsetX) ** 2 + (y - event.offsetY) ** 2;
    if (distance < least) [nearest, least] = [cell, distance];
  }
  return nearest;
}

// --- Start ---

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
    ? `cell ${number} of this layer is not on this page` : `cells are numbered from 0 to ${atlas.cellsPerLayer - 1}`;
}

const step = by => show((chosen.cell + by + atlas.cells.length) % atlas.cells.length);

// The address may be anything that someone has typed. Then the page starts with the first cell of its ranking.
function addressParts() {
  try {
    return decodeURIComponent(location.hash.slice(1)).split('.');
  } catch {
    return [];
  }
}

function fromAddress() {
  const [layer, cell, id] = addressParts();
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
