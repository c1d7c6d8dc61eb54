// Typed figures as the one CSV text that the core reads, with the options that say what its columns are.

/** @typedef {import('./typed-form.js').Figure} Figure */
/** @typedef {import('../engine/protocol.js').ReadOptions} ReadOptions */

/** No file of a user can have a slash in its name. */
export const TYPED_NAME = '//typed';
/** @type {[string, (figure: Figure) => string|number][]} */
const COLUMNS = [['measure', (one) => one.measure], ['period', (one) => one.column.from], ['period_end', (one) => one.column.to], ['value', (one) => one.value], ['currency', (one) => one.currency], ['channel', (one) => one.channel]];

/** Every digit, never an exponent. @param {number} value */
function decimal(value) {
  const text = String(value);
  return text.includes('e') ? value.toFixed(20).replace(/\.?0+$/, '') : text;
}

/** Quotes stay the user's own: nothing is put in front of a formula, since no spreadsheet reads this. @param {string} text */
const quoted = (text) => (/[",\r\n]|^\s|\s$/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);

/**
 * A table as CSV. Columns that carry nothing are left out, apart from the needed ones.
 * @template T
 * @param {string} table
 * @param {[string, (row: T) => string|number][]} all  names of fields and what each row has there; numbers with a decimal point
 * @param {T[]} rows
 * @param {string[]} needed
 * @returns {{text: string, options: ReadOptions}}
 */
export function csvOf(table, all, rows, needed) {
  const columns = all.filter(([name, of]) => needed.includes(name) || rows.some((one) => of(one) !== ''));
  const lines = rows.map((one) => columns.map(([, of]) => cell(of(one))).join(','));
  /** @type {NonNullable<ReadOptions['columns']>} */
  const fixed = {};
  columns.forEach(([name, of], index) => {
    if (rows.some((one) => typeof of(one) === 'number')) fixed[index] = { decimal: 'point' };
    if (name.startsWith('period')) fixed[index] = { date_order: 'ymd' };
  });
  return {
    text: `${[columns.map(([name]) => name).join(','), ...lines].join('\r\n')}\r\n`,
    options: { table, encoding: 'utf-8', delimiter: ',', header_record: 1, fields: Object.fromEntries(columns.map(([name], index) => [index, name])), columns: fixed },
  };
}

/** @param {string|number} value */
const cell = (value) => (typeof value === 'number' ? decimal(value) : quoted(value));

/** @param {Figure[]} figures */
export const typedCsv = (figures) => csvOf('totals', COLUMNS, figures, ['measure', 'value']);

/**
 * What is typed is loaded like a file but is none for the user: no file of a user has a name with a slash.
 * @param {import('../engine/protocol.js').Card[]} cards
 */
export const apart = (cards) => ({ files: cards.filter((card) => !card.name.startsWith('//')), typedCard: cards.find((card) => card.name === TYPED_NAME) ?? null });
