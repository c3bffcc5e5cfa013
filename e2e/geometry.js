// What a page looks like in numbers, measured in the browser: words cut,
// text clipped, things beside the page, and blanks where a column ends early.

/** Runs in the page: sentences, one for each fault. */
function faults() {
  const found = [];
  const root = document.documentElement;
  if (root.scrollWidth > root.clientWidth) found.push(`the page is ${root.scrollWidth} wide in ${root.clientWidth}`);
  const shown = (element) => {
    const box = element.getBoundingClientRect();
    return box.width > 1 && box.height > 1 && getComputedStyle(element).visibility === 'visible';
  };
  for (const element of document.body.querySelectorAll('*')) {
    if (!shown(element) || element.closest('.hidden, .skip, .ticker-status')) continue;
    const style = getComputedStyle(element);
    const inside = element.closest('.lines, .table');
    if (!inside && element.scrollWidth > element.clientWidth + 1 && style.overflowX !== 'visible') found.push(`clipped: ${element.outerHTML.slice(0, 80)}`);
    const box = element.getBoundingClientRect();
    if (!inside && (box.left < -1 || box.right > root.clientWidth + 1)) found.push(`beside the page: ${element.outerHTML.slice(0, 80)}`);
  }
  // A word stands on one line.
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  const range = document.createRange();
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    if (!node.parentElement || !shown(node.parentElement) || node.parentElement.closest('.hidden, .skip, .ticker-status, script, style')) continue;
    for (const word of node.data.matchAll(/[\u0621-\u0652]{2,}/g)) {
      range.setStart(node, word.index);
      range.setEnd(node, word.index + word[0].length);
      const boxes = [...range.getClientRects()].filter((box) => box.width > 0);
      if (boxes.some((box) => box.top > boxes[0].bottom - 2)) found.push(`cut: ${word[0]}`);
    }
  }
  return found;
}

/** Runs in the page: the blanks below the last thing of each column of a row,
 *  as parts of the row's height and in pixels. */
function blanks() {
  const found = [];
  const bottom = (element) => {
    let deepest = 0;
    for (const part of element.querySelectorAll('a, p, img, time, li')) {
      const box = part.getBoundingClientRect();
      if (box.height > 1) deepest = Math.max(deepest, box.bottom);
    }
    return deepest;
  };
  for (const row of document.querySelectorAll('.front, .second, .grid, .spread, .pair')) {
    const cells = [...row.children].filter((cell) => cell.getBoundingClientRect().height > 0);
    const lines = [];
    for (const cell of cells) {
      const { top } = cell.getBoundingClientRect();
      const line = lines.find((other) => Math.abs(other.top - top) < 4);
      if (line) line.cells.push(cell); else lines.push({ top, cells: [cell] });
    }
    for (const line of lines) {
      const ends = line.cells.map(bottom);
      const lowest = Math.max(...ends);
      const width = line.cells.reduce((sum, cell) => sum + cell.getBoundingClientRect().width, 0);
      ends.forEach((end, at) => found.push({
        row: row.className, text: line.cells[at].textContent.trim().slice(0, 30), blank: lowest - end, part: (lowest - end) / (lowest - line.top),
      }));
      // The cells of a line take the whole width.
      const room = row.getBoundingClientRect().width;
      if (width < room * 0.85) found.push({ row: row.className, text: 'a line is not full', blank: room - width, part: 1 });
    }
  }
  return found;
}

/** Runs in the page: cards on one line whose pictures or headlines do not begin or end
 *  at one height. */
function uneven() {
  const found = [];
  for (const row of document.querySelectorAll('.grid, .pair, .plain .second')) {
    const lines = new Map();
    for (const card of row.querySelectorAll('.card')) {
      const top = Math.round(card.getBoundingClientRect().top);
      lines.set(top, [...lines.get(top) ?? [], card]);
    }
    for (const cards of lines.values()) {
      for (const [what, edge] of [['.shot', 'bottom'], ['h3', 'top']]) {
        const edges = cards.map((card) => card.querySelector(what)?.getBoundingClientRect()[edge]).filter((at) => at !== undefined);
        // The first line of a headline: its box without what keeps the line of a kicker free.
        const lead = (card) => parseFloat(getComputedStyle(card.querySelector('h3')).paddingTop);
        const at = what === 'h3' ? edges.map((edge, number) => edge + lead(cards[number])) : edges;
        if (Math.max(...at) - Math.min(...at) > 2) found.push(`${row.className} ${what}: ${at.map(Math.round)}`);
      }
    }
  }
  return found;
}

module.exports = { faults, blanks, uneven };
