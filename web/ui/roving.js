// One tab stop for a whole grid of buttons; arrow keys move between them.

/** Marks the first button as the tab stop after a render. @param {ParentNode} root */
export function oneTabStop(root) {
  const buttons = [.../** @type {NodeListOf<HTMLElement>} */ (root.querySelectorAll('tbody td button'))];
  if (!buttons.length || buttons.some((one) => one.tabIndex === 0)) return;
  buttons[0].tabIndex = 0;
}

/** @param {KeyboardEvent} event of a table */
export function moveByArrows(event) {
  const cell = /** @type {HTMLTableCellElement|null} */ (/** @type {Element} */ (event.target).closest('td'));
  const row = /** @type {HTMLTableRowElement|null} */ (cell?.parentElement ?? null);
  if (!cell || !row) return;
  const [down, right] = /** @type {Record<string, number[]>} */ ({ ArrowDown: [1, 0], ArrowUp: [-1, 0], ArrowRight: [0, 1], ArrowLeft: [0, -1] })[event.key] ?? [0, 0];
  if (!down && !right) return;
  event.preventDefault();
  const rows = /** @type {HTMLTableSectionElement} */ (row.parentElement).rows;
  for (let y = row.sectionRowIndex + down, x = cell.cellIndex + right; rows[y]?.cells[x]; y += down, x += right) {
    const next = rows[y].cells[x].querySelector('button');
    if (!next) continue;
    /** @type {HTMLElement} */ (event.target).tabIndex = -1;
    next.tabIndex = 0;
    next.focus();
    return;
  }
}
