// Moves between the fields of a grid as a spreadsheet does: Enter and arrows; Tab goes along the row by itself.

const STEPS = /** @type {Record<string, [number, number]>} */ ({ Enter: [1, 0], ArrowDown: [1, 0], ArrowUp: [-1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1] });

/** @param {KeyboardEvent} event of a table whose cells hold fields */
export function moveInGrid(event) {
  const input = /** @type {HTMLInputElement} */ (event.target);
  const step = STEPS[event.key];
  if (!step || input.tagName !== 'INPUT' || !input.closest('td') || event.isComposing || event.ctrlKey || event.metaKey || event.altKey || (event.shiftKey && event.key !== 'Enter')) return;
  const [down, right] = event.key === 'Enter' && event.shiftKey ? [-1, 0] : step;
  // inside a text the arrow moves the caret; at its end it moves on
  const { selectionStart: start, selectionEnd: end, value } = input;
  if (right && !(start === 0 && end === value.length) && (start !== end || start !== (right < 0 ? 0 : value.length))) return;
  const next = right ? beside(input, right) : below(input, down);
  if (next || event.key === 'Enter') event.preventDefault();
  next?.focus();
  next?.select();
}

/** @param {HTMLInputElement} input @param {number} right */
function beside(input, right) {
  const cell = input.closest('td');
  return (right < 0 ? cell?.previousElementSibling : cell?.nextElementSibling)?.querySelector('input') ?? null;
}

/** The field of the same column in the next row that has one; rows with notes and families have none. @param {HTMLInputElement} input @param {number} down */
function below(input, down) {
  const cell = /** @type {HTMLTableCellElement} */ (input.closest('td'));
  const rows = [.../** @type {HTMLTableElement} */ (cell.closest('table')).rows];
  for (let y = rows.indexOf(/** @type {HTMLTableRowElement} */ (cell.parentElement)) + down; rows[y]; y += down) {
    const next = rows[y].cells[cell.cellIndex]?.querySelector('input');
    if (next) return next;
  }
  return null;
}
