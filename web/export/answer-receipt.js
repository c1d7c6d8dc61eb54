// What a set of figures was made of, as one file; and why two such sets differ.

/** @typedef {import('../engine/protocol.js').Report} Report */
/** @typedef {import('../engine/protocol.js').Card} Card */
/** @typedef {string|number|null} Plain */
/** Of one file: what was understood of it, never a cell. @typedef {{rows_used: number, rows_set_aside: number, table: string, currency: string, first_date: string|null, last_date: string|null, fields: Record<string, string>}} FilePart */
/** @typedef {{value: number|null, currency: string, basis: string, reason: string}} FigurePart */
/**
 * @typedef {object} AnswerReceipt
 * @property {'b2b-kpi-receipt'} kind
 * @property {1} format
 * @property {Record<string, Plain>} scope       period, grain, as-of date, comparison, filters
 * @property {Record<string, Plain>} definitions basis, stage rule, cost lines, currency, what was converted into it at which rates, where each measure comes from
 * @property {Record<string, Plain>} assumptions parameters by id
 * @property {Record<string, FilePart>} files    by name
 * @property {Record<string, FigurePart>} figures by KPI id
 */
/** One thing that is not the same. `at`: the names that lead to it. @typedef {{part: 'scope'|'definitions'|'assumptions'|'files'|'figures', at: string[], before: Plain, after: Plain}} Difference */

const KIND = 'b2b-kpi-receipt';
const DEPTH = 3;  // file, fields, column: nothing of ours lies deeper, and a hostile file may lie as deep as it likes
const LIMIT = 5_000_000;  // characters of a receipt that is read: ours have some ten thousand

/**
 * @param {Report} report
 * @param {Card[]} cards
 * @param {import('../engine/protocol.js').ReportRequest['filters']} filters
 * @param {{id: string, formula: string}[]} own  the user's KPIs: their formulas are definitions, too
 * @param {Record<string, number>} parameters
 * @returns {AnswerReceipt}
 */
export function answerReceipt(report, cards, filters, own, parameters) {
  const { period, ledger } = report;
  const compare = period.compare ? `${period.compare.kind} ${period.compare.from}..${period.compare.to}` : null;
  /** @type {AnswerReceipt['definitions']} */
  const definitions = { basis: ledger.basis, stages: ledger.stages, year_starts_in: ledger.year_starts_in, week_starts: ledger.week_starts, currency: ledger.currency, cost_lines: ledger.cost_lines.join(', ') };
  if (ledger.conversion) Object.assign(definitions, { report_currency: ledger.conversion.currency, rates: rateDays(ledger.conversion), converted_rows: ledger.conversion.converted });
  for (const one of own) definitions[one.id] = one.formula;
  for (const one of ledger.sources) definitions[`${one.measure} / ${one.table}`] = one.note;
  return {
    kind: KIND, format: 1,
    scope: { from: period.from, to: period.to, grain: period.grain, as_of: period.data_to, compare,
      ...Object.fromEntries(filters.map((one) => [one.dimension, one.values.join(', ')])) },
    definitions,
    assumptions: { ...parameters },
    files: Object.fromEntries(unique(cards).map(([name, card]) => [name, { rows_used: card.rows_used, rows_set_aside: card.rows_set_aside, table: card.table, currency: card.currency,
      first_date: card.first_date, last_date: card.last_date, fields: Object.fromEntries(card.columns.filter((one) => one.applied).map((one) => [one.header, one.field])) }])),
    figures: Object.fromEntries(report.kpis.filter((kpi) => kpi.undefined?.code !== 'missing_input')
      .map((kpi) => [kpi.id, { value: kpi.value, currency: kpi.currency, basis: kpi.basis ?? '', reason: kpi.undefined?.code ?? '' }])),
  };
}

/** First and last day of the rates in use; null where none was. @param {import('../engine/protocol.js').ReportConversion} conversion */
const rateDays = ({ first_rate: first, last_rate: last }) => (first === null ? null : `${first}..${last}`);

/** Files of the same name stay apart. @param {Card[]} cards @returns {[string, Card][]} */
function unique(cards) {
  /** @type {Map<string, number>} */
  const seen = new Map();
  return cards.map((card) => {
    const times = (seen.get(card.name) ?? 0) + 1;
    seen.set(card.name, times);
    return [times === 1 ? card.name : `${card.name} (${times})`, card];
  });
}

/** A receipt out of a file's text; null where it is none. The file is anybody's: only texts and numbers are taken from it. @param {string} text @returns {AnswerReceipt|null} */
export function readReceipt(text) {
  try {
    const read = text.length <= LIMIT ? JSON.parse(text) : null;
    const isRecord = (/** @type {unknown} */ one) => typeof one === 'object' && one !== null && !Array.isArray(one);
    const whole = isRecord(read) && read.kind === KIND && read.format === 1 && ['scope', 'definitions', 'assumptions', 'files', 'figures'].every((part) => isRecord(read[part]));
    return whole ? read : null;
  } catch {
    return null;
  }
}

/**
 * All that is not the same, what explains a number before the numbers themselves.
 * Numbers that agree to twelve digits are the same: the last ones are how a text was rounded.
 * @param {AnswerReceipt} before
 * @param {AnswerReceipt} after
 * @returns {Difference[]}
 */
export function receiptDifferences(before, after) {
  return /** @type {const} */ (['scope', 'definitions', 'assumptions', 'files', 'figures']).flatMap((part) =>
    differences(before[part], after[part]).map((one) => ({ part, ...one })));
}

/** @param {unknown} before @param {unknown} after @param {string[]} [at] @returns {{at: string[], before: Plain, after: Plain}[]} */
function differences(before, after, at = []) {
  const isRecord = (/** @type {unknown} */ one) => typeof one === 'object' && one !== null;
  if (at.length >= DEPTH || (!isRecord(before) && !isRecord(after))) return same(before, after) ? [] : [{ at, before: plain(before), after: plain(after) }];
  const [a, b] = [entries(before), entries(after)];
  const keys = [...new Set([...a.keys(), ...b.keys()])];
  return keys.flatMap((key) => differences(a.get(key) ?? null, b.get(key) ?? null, [...at, key]));
}

/** @param {unknown} one @returns {Map<string, unknown>} */
const entries = (one) => new Map(typeof one === 'object' && one !== null ? Object.entries(one) : []);

/** @param {unknown} value @returns {Plain} */
const plain = (value) => (typeof value === 'number' || typeof value === 'string' ? value : value === null || value === undefined ? null : typeof value === 'object' ? '\u2026' : String(value));

/** @param {unknown} a @param {unknown} b */
function same(a, b) {
  if (typeof a === 'number' && typeof b === 'number') return Math.abs(a - b) <= 1e-12 * Math.max(Math.abs(a), Math.abs(b));
  return (a ?? '') === (b ?? '');
}
