// Reads a number as people type it: "1.234,56", "1,234.56", "12 500", "12k", "80 %", "(1,000)". The counterpart of format.js.
import { currentLocale } from './format.js';

/** What kind of figure is expected. @typedef {'count'|'money'|'days'|'percent'} Kind */
/** Why a text is no figure. @typedef {'number'|'negative'|'percent'|'range'|'large'|'currency'} Wrong */
/**
 * @typedef {object} Reading
 * @property {number|null} value  null: nothing was typed, or it cannot be read
 * @property {number|null} other  what it means if the separator is meant the other way
 * @property {Wrong|''} wrong
 * @property {string} currency  sign or code that stood beside the number
 * @property {'.'|','|''} mark  the decimal mark that the text proves
 */

const POWERS = /** @type {Record<string, number>} */ ({ '': 0, k: 3, m: 6, mn: 6, mio: 6, b: 9, bn: 9 });
const SHAPE = /^(\()?\s*([-+])?\s*(\p{Sc}|[A-Z]{3})?\s*([-+])?\s*([\d.,' ]*\d[\d.,' ]*?)\s*(k|mio|mn|m|bn|b)?\s*(%)?\s*(\p{Sc}|[A-Z]{3})?\s*(\))?$/iu;
const NONE = /^(-+|\u2013|\u2014|n\/?a\.?)$/i;
const LARGEST = 1e15;  // beyond it not every whole number can be told from its neighbours

/** @param {Partial<Reading>} parts @returns {Reading} */
const reading = (parts) => ({ value: null, other: null, wrong: '', currency: '', mark: '', ...parts });

/** The decimal mark of the page's locale. @returns {'.'|','} */
export function decimalMark() {
  const part = new Intl.NumberFormat(currentLocale()).formatToParts(1.5).find(({ type }) => type === 'decimal')?.value;
  return part === ',' ? ',' : '.';
}

/** Digits of other scripts, no-break spaces, marks of direction, typographic minus and apostrophe: all as plain ones. @param {string} text */
const plain = (text) => text.normalize('NFKC')
  .replace(/[\u0660-\u0669\u06f0-\u06f9]/g, (digit) => String(digit.charCodeAt(0) & 15)).replaceAll('\u066b', '.').replaceAll('\u066c', "'")
  .replace(/[\u061c\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]/g, '').replace(/[\u2212\u2010\u2011]/g, '-').replace(/[\u2018\u2019\u02bc`]/g, "'").replace(/\s+/g, ' ').trim();

/**
 * An empty text, a dash or "n/a" is nothing: no value and nothing wrong.
 * Example: readNumber('12k', 'count').value is 12000; readNumber('80 %', 'percent').value is 0.8.
 * @param {string} text
 * @param {Kind} kind
 * @param {'.'|','} [decimal] decides where a separator can be meant either way
 * @returns {Reading}
 */
export function readNumber(text, kind, decimal = decimalMark()) {
  const bare = plain(text);
  if (!bare || NONE.test(bare)) return reading({});
  const [, open, sign, before, inner, digits, power = '', percent, after, close] = SHAPE.exec(bare) ?? [];
  const number = digits === undefined || Boolean(open) !== Boolean(close) || (before && after) ? null : readDigits(digits.trim(), decimal);
  const currency = (before ?? after ?? '').toUpperCase();
  if (!number || (currency && kind !== 'money')) return reading({ wrong: 'number' });
  if (percent && kind !== 'percent') return reading({ wrong: 'percent' });
  const scale = POWERS[power.toLowerCase()] - (kind === 'percent' ? 2 : 0);
  const minus = Boolean(open) || sign === '-' || inner === '-' ? '-' : '';
  const scaled = (/** @type {string} */ one) => Number(`${minus}${one}e${scale}`) || 0;  // moves the decimal point in the text: no rounding, no minus zero
  const value = scaled(number.text);
  if (value < 0 && kind !== 'money') return reading({ wrong: 'negative' });
  if (kind === 'percent' && value > 1) return reading({ wrong: 'range' });
  if (Math.abs(value) >= LARGEST) return reading({ wrong: 'large' });
  const share = kind === 'percent' && !percent && value > 0 && value <= 0.01 ? Number(number.text) : null;  // "0.8": 0.8 %, or 80 %?
  const other = share ?? (number.other === null || (kind === 'percent' && scaled(number.other) > 1) ? null : scaled(number.other));
  return reading({ value, other, currency, mark: number.mark });
}

/**
 * Digits with separators as a plain decimal text; null where the separators make no sense.
 * @param {string} digits
 * @param {'.'|','} decimal
 * @returns {{text: string, other: string|null, mark: '.'|','|''}|null}
 */
function readDigits(digits, decimal) {
  const marks = digits.match(/[.,' ]/g) ?? [];
  const kinds = [...new Set(marks)];
  const last = /** @type {string} */ (marks[marks.length - 1]);
  if (!kinds.length) return { text: digits, other: null, mark: '' };
  if (kinds.length > 2) return null;
  if (kinds.length === 2) {
    const [whole, rest] = [digits.slice(0, digits.lastIndexOf(last)), digits.slice(digits.lastIndexOf(last) + 1)];
    if (!/[.,]/.test(last) || !/^\d*$/.test(rest) || !grouped(whole, kinds[0])) return null;
    return { text: `${whole.replaceAll(kinds[0], '')}.${rest || 0}`, other: null, mark: /** @type {'.'|','} */ (last) };
  }
  const together = digits.replaceAll(last, '');
  if (marks.length > 1 || !/[.,]/.test(last)) return grouped(digits, last) ? { text: together, other: null, mark: last === '.' ? ',' : last === ',' ? '.' : '' } : null;
  const [whole, rest] = digits.split(last);
  const broken = `${whole || 0}.${rest || 0}`;
  if (!/^[1-9]\d{0,2}$/.test(whole) || rest.length !== 3) return { text: broken, other: null, mark: /** @type {'.'|','} */ (last) };
  return last === decimal ? { text: broken, other: together, mark: '' } : { text: together, other: broken, mark: '' };
}

/** Groups of three, or of two before the last one as in India. @param {string} digits @param {string} mark */
function grouped(digits, mark) {
  const groups = digits.split(mark);
  return groups.length > 1 && /^\d{1,3}$/.test(groups[0]) && groups.slice(1, -1).every((one) => /^\d{2,3}$/.test(one)) && /^\d{3}$/.test(groups[groups.length - 1]);
}

/**
 * The decimal mark that a block of texts proves, "" where they prove none or contradict each other.
 * @param {string[]} texts
 * @returns {'.'|','|''}
 */
export function provenMark(texts) {
  const marks = new Set(texts.map((text) => readNumber(text, 'money').mark).filter((mark) => mark !== ''));
  return marks.size === 1 ? [...marks][0] : '';
}
