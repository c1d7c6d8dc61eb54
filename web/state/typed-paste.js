// Where the cells of a pasted table go: by the names down its side and the periods across its head, or from a field on.
import { columnsFor, columnsOf, readPeriod, stepOf, stepsBetween } from './typed-periods.js';
import { turned } from './typed-table.js';

/** @typedef {import('./typed.js').Layout} Layout */
/** A figure's place. @typedef {{measure: string, period: string}} Place */
/**
 * @typedef {object} PastePlan
 * @property {Pick<Layout, 'step'|'first'|'count'>|null} columns  to be set; null = they stay
 * @property {(Place & {text: string})[]} entries
 * @property {string[]} rows  names down the side that are no measure, or stand there twice
 * @property {string[]} heads  likewise across the top; also periods that have no column
 * @property {number} outside  cells beyond the last row or column
 */
/**
 * @typedef {object} Paper  What the table is pasted on.
 * @property {string[]} measures  rows from top to bottom
 * @property {Layout} layout
 * @property {Map<string, string>} names  in lower case -> measure
 * @property {Map<string, number>} months
 * @property {string[]} filled  periods of the present step that hold figures
 */

/** @param {string} text */
export const nameKey = (text) => text.normalize('NFKC').replace(/[\s_]+/g, ' ').trim().toLowerCase();

/** @param {string[][]} table @param {Place} at @param {Paper} paper @returns {PastePlan} */
export function planPaste(table, at, paper) {
  const nameOf = (/** @type {string} */ text) => paper.names.get(nameKey(text)) ?? null;
  const periodOf = (/** @type {string} */ text) => readPeriod(text, paper.months);
  const named = (/** @type {string[]} */ texts) => texts.filter((text) => nameOf(text)).length;
  const across = table[0] ?? [];
  const down = table.map((row) => row[0]);
  if (named(across) > named(down)) return planPaste(turned(table), at, paper);
  const isNamed = named(down) > 0;
  const start = isNamed ? 1 : 0;
  const heads = across.slice(start);
  // a year alone is a number like any other, except above names
  const hasHead = !nameOf(across[0]) && heads.some((text) => periodOf(text) && (isNamed || stepOf(text) !== 'year'));
  return fill(table, { start, isNamed, hasHead }, at, paper, nameOf, periodOf);
}

/**
 * @param {string[][]} table
 * @param {{start: number, isNamed: boolean, hasHead: boolean}} shape
 * @param {Place} at
 * @param {Paper} paper
 * @param {(text: string) => string|null} nameOf
 * @param {(text: string) => string|null} periodOf
 * @returns {PastePlan}
 */
function fill(table, { start, isNamed, hasHead }, at, paper, nameOf, periodOf) {
  const heads = hasHead ? onlyFirst(table[0].slice(start).map((text) => ({ text, period: periodOf(text) }))) : [];
  const placed = new Set();
  const columns = hasHead ? together(heads.flatMap((head) => head.period ?? []), paper) : null;
  const periods = columnsOf(columns ?? paper.layout).map((one) => one.id);
  const body = table.slice(hasHead ? 1 : 0);
  const [firstRow, firstColumn] = [paper.measures.indexOf(at.measure), Math.max(0, periods.indexOf(at.period))];
  /** @type {PastePlan} */
  const plan = { columns, entries: [], rows: [], heads: heads.filter(({ text, period }) => text && !(period && periods.includes(period))).map(({ text }) => text), outside: 0 };
  body.forEach((row, y) => {
    const known = isNamed ? nameOf(row[0]) : paper.measures[firstRow + y];
    const measure = placed.has(known) ? null : known;
    placed.add(measure);
    const cells = row.slice(start);
    if (isNamed && !measure) return void (row.some((text) => text) && plan.rows.push(row[0] || row.find((text) => text) || ''));
    cells.forEach((text, x) => {
      const period = hasHead ? heads[x].period : periods[firstColumn + x];
      if (hasHead && (!period || !periods.includes(period))) return;  // its head is told above
      if (measure && period !== undefined && period !== null) plan.entries.push({ measure, period, text });
      else if (text) plan.outside++;
    });
  });
  return plan;
}

/** A period that comes again has no place: the first one has taken it. @param {{text: string, period: string|null}[]} heads */
const onlyFirst = (heads) => heads.map(({ text, period }, at) => ({ text, period: heads.findIndex((one) => one.period === period) < at ? null : period }));

/** The pasted periods, widened by those that hold figures already where both fit. @param {string[]} ids @param {Paper} paper */
function together(ids, { layout, filled }) {
  const pasted = columnsFor(ids);
  if (!pasted || pasted.step !== layout.step || !filled.length) return pasted;
  const own = columnsOf(pasted).map((one) => one.id);
  const all = [...own, ...filled].sort();
  return stepsBetween(all[0], all[all.length - 1], pasted.step) < 24 ? columnsFor(all) : pasted;
}
