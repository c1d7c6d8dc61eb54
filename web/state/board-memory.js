// Keeps the scorecard in this browser: a plan outlives a tab. What comes back is checked like anything from outside.
import { emptyBoard, MAX_KPIS, noNote } from './board.js';
import { checkedTyped } from './typed-session.js';

/** @typedef {import('./board.js').Board} Board */

const KEY = 'kpi-scorecard';
const ID = /^[a-z][a-z0-9_]*$/;
const DAY = /^\d{4}-\d{2}-\d{2}$/;
const MAX_TEXT = 80;

/** @param {unknown} text */
const short = (text) => (typeof text === 'string' ? text.slice(0, MAX_TEXT) : '');

/** Storage may be refused: then a reload begins anew. @param {Board} board */
export function keepBoard(board) {
  try {
    if (JSON.stringify(board) === JSON.stringify(emptyBoard())) localStorage.removeItem(KEY);
    else localStorage.setItem(KEY, JSON.stringify({ version: 1, ...board }));
  } catch { /* nothing is kept */ }
}

/** @returns {Board} */
export function keptBoard() {
  try {
    return checkedBoard(JSON.parse(localStorage.getItem(KEY) ?? 'null'));
  } catch {
    return emptyBoard();
  }
}

/** @param {any} kept @returns {Board} */
export function checkedBoard(kept) {
  const board = emptyBoard();
  if (kept?.version !== 1) return board;
  const { layout, cells } = checkedTyped(kept);
  const chosen = Array.isArray(kept.kpis) ? [...new Set(/** @type {unknown[]} */ (kept.kpis))].filter((one) => typeof one === 'string' && ID.test(one)).slice(0, MAX_KPIS) : [];
  const notes = Object.entries(kept.notes ?? {}).filter(([id]) => ID.test(id)).map(([id, note]) => {
    const { owner, by, on } = /** @type {Record<string, unknown>} */ (note ?? {});
    return [id, { ...noNote(), owner: short(owner), by: short(by), on: DAY.test(String(on)) ? String(on) : '' }];
  });
  const tolerance = typeof kept.tolerance === 'number' && kept.tolerance >= 0 && kept.tolerance <= 1 ? kept.tolerance : board.tolerance;
  return { kpis: chosen.length ? /** @type {string[]} */ (chosen) : null, notes: Object.fromEntries(notes), layout, cells, tolerance };
}
