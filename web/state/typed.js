// What a user typed instead of loading a file: which columns there are, and a figure for each measure, period and channel.
import { readNumber } from '../format/read-number.js';
import { formatTyped } from '../format/format.js';

/** @typedef {import('../format/read-number.js').Kind} Kind */
/** @typedef {'none'|'month'|'quarter'|'year'} Step */
/** One field: the text as it stands, what it means, and why it means nothing. @typedef {{text: string, value: number|null, other: number|null, wrong: import('../format/read-number.js').Wrong|''}} Cell */
/** @typedef {{step: Step, first: string, count: number, currency: string, channels: string[], channel: string}} Layout */
/**
 * @typedef {object} Typed
 * @property {Layout} layout  `first`: the id of the first period; `channel`: the one that is shown, "" = not split
 * @property {Record<string, Cell>} cells  by `cellKey`
 */

export const MAX_PERIODS = 24;
export const MAX_CHANNELS = 30;
const CURRENCY = /^[A-Z]{3}$/;
const SIGNS = /** @type {Record<string, string>} */ ({ '\u20ac': 'EUR', '\u00a3': 'GBP' });
const APART = '\u001f';

/** @returns {Typed} */
export const nothingTyped = () => ({ layout: { step: 'none', first: '', count: 1, currency: '', channels: [], channel: '' }, cells: {} });

/** @param {string} channel @param {string} measure @param {string} period */
export const cellKey = (channel, measure, period) => [measure, period, channel].join(APART);

/** @param {string} key @returns {{measure: string, period: string, channel: string}} */
export function ofKey(key) {
  const [measure, period, ...channel] = key.split(APART);
  return { measure, period: period ?? '', channel: channel.join(APART) };
}

/** @param {string} unit of a measure @returns {Kind} */
export function kindOf(unit) {
  if (unit.includes('money')) return 'money';
  if (unit === '1') return 'percent';
  return unit.split('*').includes('day') ? 'days' : 'count';
}

/** An ISO code, or "" where the text is none. @param {string} text */
export const currencyOf = (text) => (CURRENCY.test(text) ? text : '');

/**
 * The code that a sign or code beside a number names; "" where it could be several.
 * @param {string} beside
 */
const namedCurrency = (beside) => SIGNS[beside] ?? currencyOf(beside);

/**
 * A text as a field's content, and the currency that it brings.
 * @param {string} text
 * @param {Kind} kind
 * @param {string} currency  the one that is chosen
 * @param {{settled?: boolean, decimal?: '.'|','|''}} [how] `settled`: the user left the field, so that a text that was understood is written properly
 * @returns {{cell: Cell, currency: string}}
 */
export function cellOf(text, kind, currency, { settled = true, decimal = '' } = {}) {
  const { value, other, wrong, currency: beside } = readNumber(text, kind, decimal || undefined);
  const named = namedCurrency(beside);
  if (named && currency && named !== currency) return { cell: { text, value: null, other: null, wrong: 'currency' }, currency };
  const doubtful = other !== null && (decimal === '' ? isDoubtful(value ?? 0, other, kind) : kind === 'count' && isFraction(value ?? 0, other));
  const shown = !settled || wrong || (value !== null && doubtful) ? text : value === null ? '' : formatTyped(value, kind);
  return { cell: { text: shown, value, other: doubtful ? other : null, wrong }, currency: currency || named };
}

/** "1.000" was read as a fraction, which it need not be. @param {number} value @param {number} other */
const isFraction = (value, other) => Math.abs(value) < Math.abs(other);

/** "1.234" read as a fraction deserves a question; "1,234" read as thousands is how everybody writes them. @param {number} value @param {number} other @param {Kind} kind */
const isDoubtful = (value, other, kind) => kind === 'percent' || kind === 'days' || isFraction(value, other);
