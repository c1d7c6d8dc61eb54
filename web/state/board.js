// The user's scorecard: which KPIs, their targets per period and channel, who owns them, and who agreed to their definitions.
import { readNumber } from '../format/read-number.js';
import { formatTyped } from '../format/format.js';
import { cellOf, currencyOf, nothingTyped, ofKey } from './typed.js';
import { columnsOf, stepOf } from './typed-periods.js';

/** @typedef {import('../engine/protocol.js').CatalogKpi} CatalogKpi */
/** @typedef {import('./typed.js').Cell} Cell */
/** What people agreed on about a KPI. `on` is a day, "" = not agreed. @typedef {{owner: string, by: string, on: string}} Note */
/**
 * @typedef {object} Board
 * @property {string[]|null} kpis  null = the suggested ones
 * @property {Record<string, Note>} notes  by KPI
 * @property {import('./typed.js').Layout} layout  which columns and channel the form of targets shows
 * @property {Record<string, Cell>} cells  targets by `cellKey` of typed.js, the KPI in the place of the measure; without a period they stand for any
 * @property {number} tolerance  a miss by this share of the target is near
 */

export const MAX_KPIS = 12;
export const USUAL_TOLERANCE = 0.1;

/** @returns {Board} */
export const emptyBoard = () => ({ kpis: null, notes: {}, layout: nothingTyped().layout, cells: {}, tolerance: USUAL_TOLERANCE });

/** @returns {Note} */
export const noNote = () => ({ owner: '', by: '', on: '' });

/** @param {string} display @returns {import('./typed.js').Kind} */
export const targetKind = (display) => (display === 'percent' ? 'percent' : display.startsWith('money') ? 'money' : display === 'count' ? 'count' : 'days');

/**
 * A typed target. Percentages are typed as such ("22" and "22 %" are 0.22) and may be more than 100 unless the KPI is a part of a whole.
 * @param {string} text
 * @param {Pick<CatalogKpi, 'display'|'rate'>} kpi
 * @param {string} currency
 * @param {boolean} settled  the field was left
 * @returns {{cell: Cell, currency: string}}
 */
export function targetCell(text, { display, rate }, currency, settled) {
  const kind = targetKind(display);
  if (kind !== 'percent') return cellOf(text, kind, currency, { settled });
  const { value, wrong, currency: sign } = readNumber(text.replace('%', ''), 'money');
  const share = value === null ? null : value / 100;
  const why = sign ? 'number' : wrong || (rate && share !== null && (share > 1 || share < 0) ? 'range' : '');
  const shown = !settled || why || share === null ? text : formatTyped(share, 'percent');
  return { cell: { text: shown, value: why ? null : share, other: null, wrong: why }, currency };
}

/** A target that counts. @typedef {{kpi: string, from: string, to: string, channel: string, value: number, currency: string, owner: string}} TypedTarget */

/** Every typed target of a known KPI, whatever columns the form shows. @param {Board} board @param {CatalogKpi[]} kpis @returns {TypedTarget[]} */
export function targetsOf(board, kpis) {
  const known = new Map(kpis.map((one) => [one.id, one]));
  const currency = currencyOf(board.layout.currency);
  return Object.entries(board.cells).flatMap(([key, { value }]) => {
    const { measure: kpi, period, channel } = ofKey(key);
    const entry = known.get(kpi);
    if (!entry || value === null) return [];
    const step = stepOf(period);
    const [{ from, to }] = columnsOf(step ? { step, first: period, count: 1 } : { step: 'none', first: '', count: 1 });
    return [{ kpi, from, to, channel, value, currency: targetKind(entry.display) === 'money' ? currency : '', owner: board.notes[kpi]?.owner ?? '' }];
  });
}
