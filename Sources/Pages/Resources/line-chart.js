// Draws a vertical line in every chart at the point nearest to the pointer, and shows the values there. The arrow keys,
// Home and End move the line too.
for (const plot of document.querySelectorAll('.plot')) {
  const chart = JSON.parse(plot.querySelector('script').textContent);
  const area = plot.querySelector('.area');
  const part = (name, parent) => {
    const made = document.createElement('div');
    made.className = name;
    made.hidden = true;
    parent.append(made);
    return made;
  };
  const rule = part('rule', area), tip = part('tip', plot);
  tip.setAttribute('role', 'status');
  const scaled = x => chart.x.isLogarithmic ? Math.log(x) : x;
  const low = scaled(chart.x.low), width = scaled(chart.x.high) - low;
  const share = x => (scaled(x) - low) / width;
  const pathOf = curve => area.querySelector('.curve-' + curve.style);
  const shownCurves = () => chart.curves.filter(curve =>
    curve.x.length > 0 && pathOf(curve) && getComputedStyle(pathOf(curve)).display !== 'none');
  const nearest = (xs, at) => {
    let from = 0, to = xs.length - 1;
    while (to - from > 1) {
      const middle = (from + to) >> 1;
      if (share(xs[middle]) < at) from = middle; else to = middle;
    }
    return Math.abs(share(xs[from]) - at) <= Math.abs(share(xs[to]) - at) ? from : to;
  };
  const across = x => x.toLocaleString('en-US', { maximumFractionDigits: 2 });
  const up = y => y.toLocaleString('en-US', { maximumSignificantDigits: Number.isInteger(y) ? 15 : 5 });
  const line = (text, color) => {
    const made = document.createElement('div');
    if (color) {
      const dot = document.createElement('b');
      dot.style.background = color;
      made.append(dot);
    }
    made.append(text);
    return made;
  };
  let current = null;
  const hide = () => { current = null; rule.hidden = tip.hidden = true; };
  const show = at => {
    const curves = shownCurves();
    if (curves.length === 0) { hide(); return; }
    const points = curves.map(curve => ({ curve, index: nearest(curve.x, at) }));
    const x = points.map(({ curve, index }) => curve.x[index])
      .reduce((best, x) => Math.abs(share(x) - at) < Math.abs(share(best) - at) ? x : best);
    current = x;
    tip.style.left = '0';
    tip.replaceChildren(line(`${across(x)} ${chart.x.title}`), ...points.map(({ curve, index }) => {
      const y = curve.y[index];
      const right = chart.right ? ` (${up(y * chart.factor)} ${chart.right})` : '';
      const where = curve.x[index] === x ? '' : `, at ${across(curve.x[index])}`;
      return line(`${curve.name}: ${up(y)} ${chart.y}${right}${where}`, getComputedStyle(pathOf(curve)).stroke);
    }));
    const place = Math.min(1, Math.max(0, share(x))), offset = place * area.clientWidth;
    rule.style.left = `${100 * place}%`;
    rule.hidden = tip.hidden = false;
    tip.style.top = `${area.offsetTop + 8}px`;
    const start = area.offsetLeft + offset, room = plot.clientWidth - tip.offsetWidth;
    tip.style.left = `${Math.max(0, Math.min(room, offset < area.clientWidth / 2 ? start + 12 : start - tip.offsetWidth - 12))}px`;
  };
  const follow = event => {
    const box = area.getBoundingClientRect();
    show((event.clientX - box.left - area.clientLeft) / area.clientWidth);
  };
  area.addEventListener('pointermove', follow);
  area.addEventListener('pointerdown', follow);
  area.addEventListener('pointerleave', event => { if (event.pointerType === 'mouse') hide(); });
  area.addEventListener('blur', hide);
  addEventListener('resize', hide);
  area.addEventListener('keydown', event => {
    const xs = [...new Set(shownCurves().flatMap(curve => curve.x))].sort((a, b) => a - b);
    if (event.key === 'Escape') { hide(); return; }
    const step = { ArrowLeft: -1, ArrowRight: 1, Home: -Infinity, End: Infinity }[event.key];
    if (step === undefined || xs.length === 0) return;
    event.preventDefault();
    const index = current === null ? (step > 0 ? -1 : xs.length) : xs.indexOf(current);
    show(share(xs[Math.min(xs.length - 1, Math.max(0, index + step * (event.shiftKey ? 10 : 1)))]));
  });
}
