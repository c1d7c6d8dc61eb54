// What a formula can refer to, found by name, id or another name; and the word at the caret that is to be completed.
import { kpiName, measureName } from './names.js';

/** @typedef {{id: string, name: string, words: string}} Entry */

const MAX_HITS = 30;

/** Measures and KPIs once each: a KPI that only shows a measure lends it its other names. @param {import('../engine/protocol.js').Catalog} catalog @param {string} except the id that is being defined @returns {Entry[]} */
export function formulaEntries(catalog, except) {
  const kpis = new Map(catalog.kpis.map((kpi) => [kpi.id, kpi]));
  const entry = (/** @type {string} */ id, /** @type {string} */ name) => ({ id, name, words: [name, kpiName(id), id.replaceAll('_', ' '), ...(kpis.get(id)?.synonyms ?? [])].join(' ').toLocaleLowerCase() });
  const measures = catalog.measures.map(({ id }) => entry(id, measureName(id)));
  const known = new Set(catalog.measures.map(({ id }) => id));
  return [...measures, ...catalog.kpis.filter(({ id }) => id !== except && !known.has(id)).map(({ id }) => entry(id, kpiName(id)))];
}

/** Those whose names start with the text come first. @param {Entry[]} entries @param {string} text */
export function formulaHits(entries, text) {
  const words = text.toLocaleLowerCase().replaceAll('_', ' ').split(/\s+/).filter(Boolean);
  if (!words.length) return entries;
  const start = words.join(' ');
  const score = (/** @type {Entry} */ one) => {
    if (!words.every((word) => one.words.includes(word))) return 0;
    if (one.words.split(' ').join(' ').startsWith(start)) return 3;
    return words.every((word) => ` ${one.words}`.includes(` ${word}`)) ? 2 : 1;
  };
  return entries.map((one) => ({ one, score: score(one) })).filter(({ score: points }) => points > 0).sort((a, b) => b.score - a.score || a.one.name.length - b.one.name.length).slice(0, MAX_HITS).map(({ one }) => one);
}

/**
 * The run of words before the caret, and where a completion goes: "spend / won d|" -> "won d" from 8.
 * @param {string} formula
 * @param {number} caret
 */
export function wordAt(formula, caret) {
  const run = /[^+\-*/^()?\u00d7\u00b7\u00f7\u2212\u2013]*$/.exec(formula.slice(0, caret))?.[0] ?? '';
  const text = run.trimStart();
  const rest = /^[a-z0-9_]*/i.exec(formula.slice(caret))?.[0].length ?? 0;
  return { from: caret - text.length, to: caret + rest, text: text.trimEnd() };
}
