// The only place that turns numbers, money, dates and durations into text. Digits are pinned to Latin ones.

const MISSING = '\u2013';

/**
 * The user's own regional form of the page's language ("en-GB" for an English page), so that dates read as they do elsewhere on the machine.
 * @param {string} language
 * @param {readonly string[]} preferred
 */
export function formatLocale(language, preferred) {
  const own = preferred.find((tag) => tag === language || tag.startsWith(`${language}-`)) ?? language;
  return `${own.split('-u-')[0]}-u-nu-latn`;
}

let locale = 'en-u-nu-latn';
/** @type {Map<string, Intl.NumberFormat>} */
const numberFormats = new Map();
/** @type {Map<string, Intl.DateTimeFormat>} */
const dateFormats = new Map();

/** @param {string} tag */
export function setFormatLocale(tag) {
  locale = tag;
  numberFormats.clear();
  dateFormats.clear();
}

/** The locale that everything here is written in. */
export const currentLocale = () => locale;

/**
 * @param {number} value
 * @param {Intl.NumberFormatOptions} options
 */
function withNumber(value, options) {
  const key = JSON.stringify(options);
  let format = numberFormats.get(key);
  if (!format) numberFormats.set(key, format = new Intl.NumberFormat(locale, options));
  return format.format(value).replace('-', '\u2212');
}

/** How a KPI is shown. @typedef {'count'|'money'|'percent'|'ratio'|'days'|'money_per_day'|'number'|'seconds'|'hours'|'months'|'years'} Display */
/** `exact`: every digit that matters; `short`: fits a card; `cell`: alike down a column; `axis`: fits a tick. @typedef {'exact'|'short'|'cell'|'axis'} Detail */

/**
 * A KPI value as text. Missing is a dash, never 0. Percent come as 0..1.
 * @param {number|null|undefined} value
 * @param {string} display
 * @param {string} [currency] ISO code; "" = unknown, shown without a symbol
 * @param {Detail} [detail]
 */
export function formatValue(value, display, currency = '', detail = 'short') {
  if (value === null || value === undefined || !Number.isFinite(value)) return MISSING;
  switch (display) {
    case 'money':
    case 'money_per_day': return formatMoney(value, currency, detail);
    case 'percent': return formatPercent(value, detail);
    case 'ratio': return `${withNumber(value, fraction(value, detail === 'axis' ? 1 : 2, detail === 'cell' ? 2 : 0))}\u00d7`;
    case 'days':
    case 'seconds':
    case 'hours':
    case 'months':
    case 'years':
    case 'number': return withNumber(value, { minimumFractionDigits: detail === 'cell' ? 1 : 0, maximumFractionDigits: detail === 'exact' ? 3 : 1 });
    default: return formatCount(value, detail);
  }
}

/** @param {number} value @param {Detail} [detail] */
export function formatCount(value, detail = 'exact') {
  const large = Math.abs(value);
  if (detail === 'axis' && large >= 1000) return withNumber(value, { notation: 'compact', maximumFractionDigits: 1 });
  if (detail === 'short' && large >= 1e7) return withNumber(value, { notation: 'compact', maximumFractionDigits: 2 });
  return withNumber(value, { maximumFractionDigits: Number.isInteger(value) ? 0 : 2 });
}

/** @param {number} value @param {string} currency @param {Detail} [detail] */
export function formatMoney(value, currency, detail = 'short') {
  const large = Math.abs(value);
  /** @type {Intl.NumberFormatOptions} */
  const options = value === 0 ? { maximumFractionDigits: 0, minimumFractionDigits: 0 }
    : detail === 'axis' && large >= 1000 ? { notation: 'compact', maximumFractionDigits: 1 }
    : detail === 'short' && large >= 1e6 ? { notation: 'compact', minimumFractionDigits: 2, maximumFractionDigits: 2 }
    : detail === 'axis' ? { maximumFractionDigits: large < 10 && large > 0 ? 2 : 0, minimumFractionDigits: 0 }
    : large >= 10000 && detail !== 'exact' ? { maximumFractionDigits: 0, minimumFractionDigits: 0 }
    : { minimumFractionDigits: 2, maximumFractionDigits: detail === 'exact' ? 4 : 2 };
  if (!/^[A-Z]{3}$/.test(currency)) return withNumber(value, options);
  return withNumber(value, { ...options, style: 'currency', currency, currencyDisplay: 'narrowSymbol' });
}

/** @param {number} value 0..1 @param {Detail} [detail] */
export function formatPercent(value, detail = 'short') {
  if (!Number.isFinite(value)) return MISSING;
  const large = Math.abs(value * 100);
  const digits = value === 0 ? 0 : detail === 'axis' ? (large < 1 && large > 0 ? 2 : large < 10 ? 1 : 0)
    : detail === 'exact' ? 4 : large < 0.1 && large > 0 ? 4 : large < 1 && large > 0 ? 3 : large < 10 ? 2 : 1;
  return withNumber(value, { style: 'percent', maximumFractionDigits: digits, minimumFractionDigits: detail === 'short' || detail === 'cell' ? Math.min(digits, 2) : 0 });
}

/** What somebody typed, in full: no digit is lost. @param {number} value @param {string} display */
export const formatTyped = (value, display) => withNumber(value, { maximumFractionDigits: 10, ...(display === 'percent' ? { style: 'percent' } : {}) });

/** @param {number} value @param {number} digits @param {number} least @returns {Intl.NumberFormatOptions} */
function fraction(value, digits, least) {
  return Math.abs(value) >= 1000 ? { maximumFractionDigits: 0 } : { minimumFractionDigits: least, maximumFractionDigits: digits };
}

/**
 * A change with its sign: percentage points for rates, a share for everything else.
 * @param {{delta: number|null, ratio: number|null}} change `ratio` as a share of the earlier value: 0.1 = +10 %
 * @param {string} display
 */
export function formatChange(change, display) {
  if (display === 'percent' && change.delta !== null) {
    const points = change.delta * 100;
    return `${withNumber(points, { signDisplay: 'exceptZero', maximumFractionDigits: Math.abs(points) < 1 ? 2 : 1 })} pp`;
  }
  if (change.ratio === null) return MISSING;
  return withNumber(change.ratio, { style: 'percent', signDisplay: 'exceptZero', maximumFractionDigits: Math.abs(change.ratio) < 0.1 ? 1 : 0 });
}

/**
 * A part of a change, with its sign: percentage points for rates, else in the unit of the figure. What rounds to nothing has no sign.
 * @param {number|null|undefined} value
 * @param {string} display
 * @param {string} [currency]
 */
export function formatEffect(value, display, currency = '') {
  if (value === null || value === undefined || !Number.isFinite(value)) return MISSING;
  if (display === 'percent') return formatChange({ delta: value, ratio: null }, display);
  const text = formatValue(Math.abs(value), display, currency);
  return /[1-9]/.test(text) ? `${value < 0 ? '\u2212' : '+'}${text}` : formatValue(0, display, currency);
}

/** @param {number} bytes */
export function formatBytes(bytes) {
  const units = /** @type {const} */ (['byte', 'kilobyte', 'megabyte', 'gigabyte']);
  let step = 0;
  let value = bytes;
  while (value >= 1000 && step < units.length - 1) {
    value /= 1000;
    step++;
  }
  return withNumber(value, { style: 'unit', unit: units[step], unitDisplay: 'short', maximumFractionDigits: value < 10 && step ? 1 : 0 });
}

/** @param {string} day "YYYY-MM-DD" @param {Intl.DateTimeFormatOptions} options */
function withDate(day, options) {
  const [year, month, date] = day.split('-').map(Number);
  const key = JSON.stringify(options);
  let format = dateFormats.get(key);
  if (!format) dateFormats.set(key, format = new Intl.DateTimeFormat(locale, { ...options, timeZone: 'UTC' }));
  return format.format(Date.UTC(year, month - 1, date));
}

/** A month's name. @param {number} month 1..12 */
export const formatMonth = (month) => withDate(`2024-${String(month).padStart(2, '0')}-01`, { month: 'long' });

/** @param {string|null|undefined} day "YYYY-MM-DD" */
export function formatDate(day) {
  return day ? withDate(day, { day: 'numeric', month: 'short', year: 'numeric' }) : MISSING;
}

/** @param {string|null|undefined} from @param {string|null|undefined} to */
export function formatRange(from, to) {
  if (!from || !to) return MISSING;
  return from === to ? formatDate(from) : `${formatDate(from)} \u2013 ${formatDate(to)}`;
}

/**
 * A bucket's name on an axis or in a table.
 * @param {{label: string, from: string}} bucket
 * @param {string} grain
 */
export function formatBucket(bucket, grain) {
  if (grain === 'month') return withDate(bucket.from, { month: 'short', year: 'numeric' });
  if (grain === 'day') return withDate(bucket.from, { day: 'numeric', month: 'short' });
  if (grain === 'quarter') return bucket.label.replace(/^((?:FY)?\d+)-?(Q\d)$/, '$2 $1');
  if (grain === 'week' && !bucket.label.includes('W')) return withDate(bucket.from, { day: 'numeric', month: 'short' });  // weeks from Sunday on have no number
  if (grain === 'week') return bucket.label.replace(/^(\d+)-?W(\d+)$/, 'W$2 $1');
  return bucket.label;
}
