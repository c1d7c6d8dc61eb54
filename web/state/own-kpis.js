// The user's KPIs as the page keeps them: ids made from names, lists from storage or a file checked.
import { OWN_KIND, OWN_VERSION } from '../export/own-file.js';
import { plainFormula } from '../format/formula.js';

/** @typedef {import('../engine/protocol.js').Failure} Failure */
/** @typedef {{id: string, name: string, formula: string, unit: string, display: string, better: 'higher'|'lower'|'neutral', rate: boolean, pinned: boolean, definition: string}} OwnKpi */
/** What was done and can be undone. @typedef {{what: 'removed'|'imported', name: string, added: number, replaced: number, left: number, before: OwnKpi[]}} Told */
/**
 * @typedef {object} OwnKpis
 * @property {OwnKpi[]} kpis
 * @property {Record<string, Failure>} refused  by id: definitions that the engine does not take
 * @property {OwnKpi|null} draft  the one in the editor as it was opened; its id is "" for a new one
 * @property {import('../engine/protocol.js').FormulaCheck|null} check  of what stands in the editor
 * @property {string} checked  the formula that `check` is about
 * @property {Told|null} told
 */

export const MAX_OWN = 100;
export const OWN_LENGTHS = { name: 80, formula: 1000, definition: 500, unit: 100, display: 20 };
const ID = /^own_[a-z0-9_]{1,60}$/;
const DIRECTIONS = /** @type {const} */ (['higher', 'lower', 'neutral']);

/** @returns {OwnKpis} */
export const noOwnKpis = () => ({ kpis: [], refused: {}, draft: null, check: null, checked: '', told: null });

/** @returns {OwnKpi} */
export const newOwn = () => ({ id: '', name: '', formula: '', unit: '', display: '', better: 'neutral', rate: false, pinned: false, definition: '' });

/**
 * "Spend per won deal" -> "own_spend_per_won_deal", with a number behind where that is taken.
 * @param {string} name
 * @param {string[]} taken
 */
export function ownId(name, taken) {
  const words = name.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase().replace(/[^a-z0-9]+/g, '_').replace(/^_|_$/g, '').slice(0, 40) || 'kpi';
  let id = `own_${words}`;
  for (let n = 2; taken.includes(id); n++) id = `own_${words}_${n}`;
  return id;
}

/** A list from storage or a file: hostile until checked. What is no definition is left out. @param {unknown} list @returns {OwnKpi[]} */
export function checkedOwn(list) {
  /** @type {Map<string, OwnKpi>} */
  const kpis = new Map();
  for (const one of Array.isArray(list) ? list.slice(0, 10 * MAX_OWN) : []) {
    const text = (/** @type {keyof typeof OWN_LENGTHS} */ key) => (typeof one?.[key] === 'string' ? one[key].slice(0, OWN_LENGTHS[key]) : '');
    if (typeof one?.id !== 'string' || !ID.test(one.id) || kpis.has(one.id) || !text('name').trim() || kpis.size === MAX_OWN) continue;
    kpis.set(one.id, {
      id: one.id, name: text('name').trim(), formula: text('formula'), unit: text('unit'), display: text('display'), better: DIRECTIONS.find((word) => word === one.better) ?? 'neutral',
      rate: one.rate === true, pinned: one.pinned === true, definition: text('definition'),
    });
  }
  return [...kpis.values()];
}

/** @param {string} text @returns {{kpis: OwnKpi[], left: number}|null} null where it is no such file; `left`: entries that are no definitions */
export function fromOwnFile(text) {
  try {
    const file = JSON.parse(text);
    if (file?.kind !== OWN_KIND || file.version !== OWN_VERSION || !Array.isArray(file.kpis)) return null;
    const kpis = checkedOwn(file.kpis);
    return { kpis, left: file.kpis.length - kpis.length };
  } catch {
    return null;
  }
}

/** Definitions of the same id are replaced, the others come behind. @param {OwnKpi[]} kpis @param {OwnKpi[]} more */
export function mergedOwn(kpis, more) {
  const byId = new Map(more.map((one) => [one.id, one]));
  const known = new Set(kpis.map((one) => one.id));
  const added = more.filter((one) => !known.has(one.id)).slice(0, Math.max(0, MAX_OWN - kpis.length));
  return { kpis: [...kpis.map((one) => byId.get(one.id) ?? one), ...added], added: added.length, replaced: more.filter((one) => known.has(one.id)).length };
}

/** As the engine takes it. @param {OwnKpi} kpi */
export const definitionOf = ({ id, formula, unit, display, better, rate }) => ({ id, formula: plainFormula(formula), unit, display, better, rate });
