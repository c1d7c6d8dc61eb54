// Columns of typed figures: months, quarters or years in a row, and periods as people write them in a table's head.
import { MAX_PERIODS } from './typed.js';

/** @typedef {import('./typed.js').Step} Step */
/** A column; `from` and `to` are days, "" = no period. @typedef {{id: string, from: string, to: string}} Column */

const MONTHS_OF = /** @type {Record<Step, number>} */ ({ none: 0, month: 1, quarter: 3, year: 12 });
const IDS = /** @type {Record<Step, RegExp>} */ ({ none: /^$/, month: /^\d{4}-(0[1-9]|1[0-2])$/, quarter: /^\d{4}-Q[1-4]$/, year: /^\d{4}$/ });
const [FIRST_YEAR, LAST_YEAR] = [1990, 2100];

/** @param {string} id @returns {Step|null} */
export function stepOf(id) {
  const step = /** @type {Step[]} */ (['month', 'quarter', 'year']).find((one) => IDS[one].test(id)) ?? null;
  const year = Number(id.slice(0, 4));
  return step && year >= FIRST_YEAR && year <= LAST_YEAR ? step : null;
}

/** Months since the year 0. @param {string} id */
const monthOf = (id) => Number(id.slice(0, 4)) * 12 + (id[5] === 'Q' ? (Number(id[6]) - 1) * 3 : Number(id.slice(5, 7) || 1) - 1);

/** The period that begins in a month. @param {number} month @param {Step} step */
function idAt(month, step) {
  const year = String(Math.floor(month / 12)).padStart(4, '0');
  if (step === 'year') return year;
  return step === 'quarter' ? `${year}-Q${Math.floor((month % 12) / 3) + 1}` : `${year}-${String((month % 12) + 1).padStart(2, '0')}`;
}

/** The period of another step that holds the beginning of this one. @param {string} id @param {Step} step */
export const alignedTo = (id, step) => idAt(monthOf(id), step);

/** How many steps lie between two periods. @param {string} from @param {string} to @param {Step} step */
export const stepsBetween = (from, to, step) => (monthOf(to) - monthOf(from)) / MONTHS_OF[step];

/**
 * @param {{step: Step, first: string, count: number}} layout
 * @returns {Column[]}
 */
export function columnsOf({ step, first, count }) {
  if (step === 'none') return [{ id: '', from: '', to: '' }];
  const months = MONTHS_OF[step];
  const day = (/** @type {number} */ month, /** @type {number} */ date) => new Date(Date.UTC(0, month, date)).toISOString().slice(0, 10);
  return Array.from({ length: count }, (_, i) => {
    const start = monthOf(first) + i * months;
    return { id: idAt(start, step), from: day(start - 1900 * 12, 1), to: day(start + months - 1900 * 12, 0) };
  });
}

/** The columns that a step begins with: this year's, or the last three years. @param {Step} step @param {number} year */
export function usualColumns(step, year) {
  if (step === 'none') return { step, first: '', count: 1 };
  return { step, first: step === 'month' ? `${year}-01` : step === 'quarter' ? `${year}-Q1` : String(year - 2), count: { month: 12, quarter: 4, year: 3 }[step] };
}

/**
 * A period as it stands in the head of a table: "Jan 2026", "2026-01", "01/2026", "Q1 2026", "2026".
 * @param {string} text
 * @param {Map<string, number>} months  names in lower case, with their numbers from 1
 * @returns {string|null} its id
 */
export function readPeriod(text, months) {
  const bare = text.normalize('NFKC').replace(/[\u200e\u200f\u061c]/g, '').trim().toLowerCase();
  const named = /^(\p{L}+\.?)[ '\u2019./-]*(\d{4}|\d{2})$/u.exec(bare) ?? /^(?<year>\d{4})[ ./-]*(?<name>\p{L}+\.?)$/u.exec(bare);
  if (named) {
    const name = (named.groups?.['name'] ?? named[1]).replace('.', '');
    const year = (named.groups?.['year'] ?? named[2]).padStart(4, '20');
    const month = months.get(name);
    if (month) return known(`${year}-${String(month).padStart(2, '0')}`);
  }
  const quarter = /^q([1-4])[ '\u2019./-]*(\d{4}|\d{2})$/.exec(bare) ?? /^(?<year>\d{4})[ ./-]*q(?<number>[1-4])$/.exec(bare);
  if (quarter) return known(`${(quarter.groups?.['year'] ?? quarter[2]).padStart(4, '20')}-Q${quarter.groups?.['number'] ?? quarter[1]}`);
  const digits = /^(\d{4})[./-](\d{1,2})(?:[./-]0?1)?$/.exec(bare) ?? /^(?:0?1[./-])?(?<month>\d{1,2})[./-](?<year>\d{4})$/.exec(bare);
  if (digits) return known(`${digits.groups?.['year'] ?? digits[1]}-${(digits.groups?.['month'] ?? digits[2]).padStart(2, '0')}`);
  return known(bare);
}

/** @param {string} id */
const known = (id) => (stepOf(id) ? id : null);

/**
 * Columns that hold all of these periods; those of another step than most, or too far off, are left out.
 * @param {string[]} ids
 * @returns {{step: Step, first: string, count: number}|null}
 */
export function columnsFor(ids) {
  const steps = /** @type {Step[]} */ (['month', 'quarter', 'year']).map((step) => ({ step, ids: ids.filter((id) => stepOf(id) === step).sort() }));
  const { step, ids: own } = steps.reduce((most, one) => (one.ids.length > most.ids.length ? one : most));
  if (!own.length) return null;
  return { step, first: own[0], count: Math.min(MAX_PERIODS, stepsBetween(own[0], own[own.length - 1], step) + 1) };
}
