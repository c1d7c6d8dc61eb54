// What the form shows, derived from the catalogue and from what was typed. Components draw it and decide nothing.
import { cellKey, currencyOf, kindOf, ofKey } from './typed.js';
import { columnsOf } from './typed-periods.js';

/** @typedef {import('../engine/protocol.js').Catalog} Catalog */
/** @typedef {import('./typed.js').Typed} Typed */
/** @typedef {{id: string, unit: string, kind: import('./typed.js').Kind, sums: ''|'no'|'start'|'end'}} FormMeasure */
/** `family` "" = the ones to begin with. @typedef {{family: string, measures: FormMeasure[]}} Section */
/** A figure that counts. @typedef {{measure: string, column: import('./typed-periods.js').Column, channel: string, value: number, currency: string}} Figure */
/**
 * @typedef {object} Form
 * @property {Section[]} sections
 * @property {import('./typed-periods.js').Column[]} columns
 * @property {Record<string, import('./typed.js').Cell>} cells  of the channel that is shown, by measure and period as in `formKey`
 * @property {number} figures  that count
 * @property {number} wrong  fields that cannot be read
 * @property {{measure: string, cell: import('./typed.js').Cell}[]} doubts  fields that can be meant in two ways
 * @property {number} hidden  figures of columns or channels that are not shown
 * @property {string[]} twice  measures with figures for all channels and for one of them
 * @property {string[]} gaps  measures that are typed for some of the periods only in which others are
 * @property {Map<string, number>} byChannel  figures that count, by channel
 * @property {string[]} kpis  those that a figure goes into
 * @property {string[]} plain  those of them that are nothing but one measure
 */

/** @param {string} measure @param {string} period */
export const formKey = (measure, period) => `${measure} ${period}`;

/** What follows from the catalogue alone is derived once, not with every key that is pressed. @template T @param {(catalog: Catalog) => T} derive */
function once(derive) {
  /** @type {WeakMap<Catalog, T>} */
  const known = new WeakMap();
  return (/** @type {Catalog} */ catalog) => {
    const value = known.get(catalog) ?? derive(catalog);
    known.set(catalog, value);
    return value;
  };
}

/** KPI -> the measures that it comes down to */
export const measuresOfKpis = once((/** @type {Catalog} */ catalog) => {
  const kpis = new Map(catalog.kpis.map((kpi) => [kpi.id, kpi]));
  const measures = new Set(catalog.measures.map((one) => one.id));
  /** @param {string} id @param {Set<string>} seen @returns {string[]} */
  const down = (id, seen) => {
    // a KPI may have the name of the measure that it shows: its own formula means the measure
    if (seen.has(id) || !kpis.has(id)) return measures.has(id) ? [id] : [];
    return (kpis.get(id)?.inputs ?? []).flatMap((input) => down(input, new Set([...seen, id])));
  };
  return /** @type {Map<string, string[]>} */ (new Map(catalog.kpis.map((kpi) => [kpi.id, [...new Set(down(kpi.id, new Set()))]])));
});

/** `sums`: what several periods give together, "" = their sum. @param {import('../engine/protocol.js').CatalogMeasure} measure @returns {FormMeasure} */
function formMeasure({ id, unit, additive, stock }) {
  return { id, unit, kind: kindOf(unit), sums: stock || (additive ? '' : 'no') };
}

/** Nearly everybody knows these, and they open the best known KPIs. */
const FIRST = ['media_spend', 'impressions', 'clicks', 'sessions', 'new_leads', 'mqls', 'sqls', 'opportunities', 'won_deals', 'won_amount', 'new_customers'];

/** Each measure once: among those to begin with, or in the first family that needs it. */
export const sectionsOf = once((/** @type {Catalog} */ catalog) => {
  const measures = new Map(catalog.measures.filter((one) => !one.parameter && !one.calendar).map((one) => [one.id, one]));
  const needs = measuresOfKpis(catalog);
  const listed = new Set();
  const families = catalog.families.map((one) => (typeof one === 'string' ? one : one.id)).map((family) => {
    return { family, ids: catalog.kpis.filter((kpi) => kpi.family === family).flatMap((kpi) => needs.get(kpi.id) ?? []) };
  });
  return [{ family: '', ids: FIRST }, ...families].map(({ family, ids }) => {
    const own = [...new Set(ids)].filter((id) => measures.has(id) && !listed.has(id));
    for (const id of own) listed.add(id);
    return { family, measures: own.map((id) => formMeasure(/** @type {import('../engine/protocol.js').CatalogMeasure} */ (measures.get(id)))) };
  }).filter((section) => section.measures.length);
});

/** The figures that count: those in the columns and channels of the form. @param {Typed} typed @param {Section[]} sections @returns {Figure[]} */
export function figuresOf({ layout, cells }, sections) {
  const columns = columnsOf(layout);
  const currency = currencyOf(layout.currency);
  return ['', ...layout.channels].flatMap((channel) => sections.flatMap(({ measures }) => measures.flatMap(({ id, kind }) => columns.flatMap((column) => {
    const value = cells[cellKey(channel, id, column.id)]?.value ?? null;
    return value === null ? [] : [{ measure: id, column, channel, value, currency: kind === 'money' ? currency : '' }];
  }))));
}

/** @param {Typed} typed @param {Catalog|null} catalog @returns {Form} */
export function formOf(typed, catalog) {
  const sections = catalog ? sectionsOf(catalog) : [];
  const { layout } = typed;
  const figures = figuresOf(typed, sections);
  const columns = columnsOf(layout);
  const shown = new Set(columns.map((one) => one.id));
  const known = new Set(sections.flatMap((one) => one.measures.map(({ id }) => id)));
  const entries = Object.entries(typed.cells).map(([key, cell]) => ({ ...ofKey(key), cell }));
  const isShown = (/** @type {{measure: string, period: string, channel: string}} */ one) => shown.has(one.period) && known.has(one.measure) && (one.channel === '' || layout.channels.includes(one.channel));
  const used = new Set(figures.map((one) => one.measure));
  /** @type {Map<string, string[]>} */
  const needs = catalog ? measuresOfKpis(catalog) : new Map();
  const kpis = catalog ? catalog.kpis.filter((kpi) => (needs.get(kpi.id) ?? []).some((id) => used.has(id))) : [];
  const split = new Set(figures.filter((one) => one.channel).map((one) => formKey(one.measure, one.column.id)));
  const states = new Set(sections.flatMap((one) => one.measures.filter(({ sums }) => sums === 'start' || sums === 'end').map(({ id }) => id)));  // one date is enough
  const typedIn = (/** @type {Figure[]} */ some) => new Set(some.map((one) => one.column.id));
  const periods = typedIn(figures);
  /** @type {Map<string, number>} */
  const byChannel = new Map();
  for (const { channel } of figures) byChannel.set(channel, (byChannel.get(channel) ?? 0) + 1);
  return {
    sections, columns, byChannel, figures: figures.length,
    cells: Object.fromEntries(entries.filter((one) => one.channel === layout.channel).map((one) => [formKey(one.measure, one.period), one.cell])),
    wrong: entries.filter((one) => one.cell.wrong && isShown(one)).length,
    doubts: entries.filter((one) => one.cell.other !== null && isShown(one)).map(({ measure, cell }) => ({ measure, cell })),
    hidden: entries.filter((one) => one.cell.text && !isShown(one)).length,
    twice: [...new Set(figures.filter((one) => !one.channel && split.has(formKey(one.measure, one.column.id))).map((one) => one.measure))],
    gaps: [...used].filter((id) => !states.has(id) && typedIn(figures.filter((one) => one.measure === id)).size < periods.size),
    kpis: kpis.map((one) => one.id),
    plain: kpis.filter((one) => known.has(one.formula)).map((one) => one.id),
  };
}
