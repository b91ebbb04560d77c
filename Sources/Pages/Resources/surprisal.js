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
  return (value >= 10 ? value.toFixed(1) : value >= 0.01 ? value.toFixed(2) : '< 0.01') + '\u00a0%';
}
function inBits(hundredths) {
  return (hundredths / 100).toLocaleString('en', { minimumFractionDigits: 2, maximumFractionDigits: 2 });
}
function table(index) {
  const made = element('table');
  for (let k = 0; k < likeliest[index].length; k += 2) {
    const id = likeliest[index][k], share = likeliest[index][k + 1] / 10000;
    const row = element('tr', '', id === ids[index] ? 'actual' : '');
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
  const name = names[ids[at]], written = cells[at].textContent;
  const isUnknown = name === 'unknown symbol' && written !== '';
  const what = element('p', isUnknown ? written + ' (unknown to the model)' : name, 'what');
  const place = element('p', 'character ' + (first + at).toLocaleString('en'), 'quiet');
  if (bits[at] < 0) {
    details.replaceChildren(what, place, element('p', 'This is the first character, so it was not predicted.'));
    return;
  }
  // ids are at the even places, probabilities at the odd ones
  const known = likeliest[at].findIndex((id, k) => k % 2 === 0 && id === ids[at]);
  const share = known >= 0 ? likeliest[at][known + 1] / 10000 : Math.pow(2, -bits[at] / 100);
  const measured = element('p', inBits(bits[at]) + ' bits, probability ' + percent(share));
  details.replaceChildren(what, place, measured, table(at));
}
// The nearest cell in the line above or below.
function beside(step) {
  const middle = cell => { const box = cell.getBoundingClientRect(); return [(box.left + box.right) / 2, (box.top + box.bottom) / 2]; };
  const [x, y] = middle(cells[at]), half = parseFloat(getComputedStyle(text).lineHeight) / 2;
  let line = null, best = at, nearest = Infinity;
  for (let index = at + step; index >= 0 && index < cells.length; index += step) {
    const [cellX, cellY] = middle(cells[index]);
    if (Math.abs(cellY - y) < half) continue;
    if (line === null) line = cellY;
    if (Math.abs(cellY - line) >= half) break;
    if (Math.abs(cellX - x) < nearest) { nearest = Math.abs(cellX - x); best = index; }
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
