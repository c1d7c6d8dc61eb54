// Typed figures as the one CSV text that the core reads, with the options that say what its columns are.

/** @typedef {import('./typed-form.js').Figure} Figure */
/** @typedef {import('../engine/protocol.js').ReadOptions} ReadOptions */

/** No file of a user can have a slash in its name. */
export const TYPED_NAME = '//typed';
const COLUMNS = /** @type {[string, (figure: Figure) => string][]} */ ([
  ['measure', (one) => one.measure], ['period', (one) => one.column.from], ['period_end', (one) => one.column.to],
  ['value', (one) => decimal(one.value)], ['currency', (one) => one.currency], ['channel', (one) => one.channel],
]);

/** Every digit, never an exponent. @param {number} value */
function decimal(value) {
  const text = String(value);
  return text.includes('e') ? value.toFixed(20).replace(/\.?0+$/, '') : text;
}

/** Quotes stay the user's own: nothing is put in front of a formula, since no spreadsheet reads this. @param {string} text */
const quoted = (text) => (/[",\r\n]|^\s|\s$/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);

/**
 * Columns that carry nothing are left out, apart from measure and value.
 * @param {Figure[]} figures
 * @returns {{text: string, options: ReadOptions}}
 */
export function typedCsv(figures) {
  const columns = COLUMNS.filter(([name, of]) => name === 'measure' || name === 'value' || figures.some((one) => of(one) !== ''));
  const rows = figures.map((one) => columns.map(([, of]) => quoted(of(one))).join(','));
  /** @type {NonNullable<ReadOptions['columns']>} */
  const fixed = {};
  columns.forEach(([name], index) => {
    if (name === 'value') fixed[index] = { decimal: 'point' };
    if (name.startsWith('period')) fixed[index] = { date_order: 'ymd' };
  });
  return {
    text: `${[columns.map(([name]) => name).join(','), ...rows].join('\r\n')}\r\n`,
    options: { table: 'totals', encoding: 'utf-8', delimiter: ',', header_record: 1, fields: Object.fromEntries(columns.map(([name], index) => [index, name])), columns: fixed },
  };
}

/**
 * The typed figures are loaded like a file but are none for the user.
 * @param {import('../engine/protocol.js').Card[]} cards
 */
export const apart = (cards) => ({ files: cards.filter((card) => card.name !== TYPED_NAME), typedCard: cards.find((card) => card.name === TYPED_NAME) ?? null });
