// Period, comparison, filters, grouping and place in the URL hash, so that a link opens the same view. Never the data.
import { GRAINS, PRESETS } from './periods.js';

/** @typedef {import('./periods.js').Preset} Preset */
/** @typedef {'overview'|'channels'|'analysis'|'plan'|'totals'|'data'} Place */
/** @typedef {'auto'|'period'|'cohort'} Basis */
/** @typedef {'reached_or_beyond'|'strict'} StageRule */
/** @typedef {'none'|'previous_period'|'same_period_last_year'|'same_weekdays_last_year'} Comparison */
/**
 * @typedef {object} Query
 * @property {Preset|'custom'} preset
 * @property {string|null} from  of a custom period
 * @property {string|null} to
 * @property {'auto'|'day'|'week'|'month'|'quarter'|'year'} grain
 * @property {Comparison} compare
 * @property {number} back  how many periods or years
 * @property {Comparison[]} also  further comparisons, one period or year back
 * @property {boolean} soFar  a period that still runs is compared up to the same day
 * @property {string|null} group
 * @property {{dimension: string, values: string[]}[]} filters
 * @property {number|null} margin  gross margin, 0..1
 * @property {Record<string, number>} assumed  other parameters of the catalogue
 * @property {string|null} focus  KPI of the chart
 * @property {string|null} currency  ISO code that amounts are converted into; null: as they are
 * @property {Basis} basis  of funnel rates
 * @property {StageRule} stages  what a lead that skipped a stage counts as
 * @property {number} yearStart  month in which the financial year begins, 1..12
 * @property {'monday'|'sunday'} weekStart
 */
export const PLACES = /** @type {const} */ (['overview', 'channels', 'analysis', 'plan', 'totals', 'data']);
export const COMPARISONS = /** @type {const} */ (['none', 'previous_period', 'same_period_last_year', 'same_weekdays_last_year']);
export const MAX_BACK = 120;
export const BASES = /** @type {const} */ (['auto', 'period', 'cohort']);
export const STAGE_RULES = /** @type {const} */ (['reached_or_beyond', 'strict']);

/** @type {Query} */
export const DEFAULT_QUERY = {
  preset: 'all', from: null, to: null, grain: 'auto', compare: 'none', back: 1, also: [], soFar: true, group: null, filters: [], margin: null, assumed: {}, focus: null, currency: null, basis: 'auto', stages: 'reached_or_beyond', yearStart: 1, weekStart: 'monday',
};

const DAY = /^\d{4}-\d{2}-\d{2}$/;
const ID = /^[a-z][a-z0-9_]*$/;
const CURRENCY = /^[A-Z]{3}$/;

/**
 * @template {string} T
 * @param {string|null} value
 * @param {readonly T[]} allowed
 * @returns {T|null}
 */
const oneOf = (value, allowed) => allowed.find((one) => one === value) ?? null;

/** @param {{place: Place, query: Query}} view @returns {string} with "#" */
export function toHash({ place, query }) {
  const parts = new URLSearchParams();
  if (query.preset === 'custom') parts.set('p', `${query.from}..${query.to}`);
  else if (query.preset !== 'all') parts.set('p', query.preset);
  if (query.grain !== 'auto') parts.set('g', query.grain);
  if (query.compare !== 'none') parts.set('c', query.compare);
  if (query.back !== 1) parts.set('n', String(query.back));
  for (const one of query.also) parts.append('ca', one);
  if (!query.soFar) parts.set('cw', '1');
  if (query.group) parts.set('by', query.group);
  for (const filter of query.filters) parts.append('f', [filter.dimension, ...filter.values.map((value) => encodeURIComponent(value).replaceAll('~', '%7E'))].join('~'));
  if (query.margin !== null) parts.set('m', String(query.margin));
  for (const [parameter, value] of Object.entries(query.assumed)) parts.append('a', `${parameter}~${value}`);
  if (query.focus) parts.set('k', query.focus);
  if (query.currency) parts.set('u', query.currency);
  if (query.yearStart !== 1) parts.set('y', String(query.yearStart));
  if (query.weekStart !== 'monday') parts.set('w', query.weekStart);
  if (query.basis !== 'auto') parts.set('b', query.basis);
  if (query.stages !== 'reached_or_beyond') parts.set('s', query.stages);
  const text = parts.toString();
  return `#${place}${text ? `?${text}` : ''}`;
}

/** Reads what it understands and ignores the rest: a link is hostile text. @param {string} hash @returns {{place: Place, query: Query}} */
export function fromHash(hash) {
  const [place, rest = ''] = hash.replace(/^#/, '').split('?');
  const parts = new URLSearchParams(rest);
  const query = { ...DEFAULT_QUERY };
  const period = parts.get('p');
  const [from, to] = (period ?? '').split('..');
  if (DAY.test(from) && DAY.test(to ?? '') && from <= to) Object.assign(query, { preset: 'custom', from, to });
  else query.preset = oneOf(period, PRESETS) ?? 'all';
  query.grain = oneOf(parts.get('g'), GRAINS) ?? 'auto';
  query.compare = oneOf(parts.get('c'), COMPARISONS) ?? 'none';
  const back = Number(parts.get('n') ?? 1);
  if (Number.isInteger(back) && back >= 1 && back <= MAX_BACK) query.back = back;
  query.also = COMPARISONS.filter((one) => one !== 'none' && parts.getAll('ca').includes(one));
  query.soFar = parts.get('cw') !== '1';
  query.group = id(parts.get('by'));
  query.focus = id(parts.get('k'));
  const currency = parts.get('u') ?? '';
  if (CURRENCY.test(currency)) query.currency = currency;
  const month = Number(parts.get('y') ?? 1);
  if (Number.isInteger(month) && month >= 1 && month <= 12) query.yearStart = month;
  query.weekStart = oneOf(parts.get('w'), /** @type {const} */ (['monday', 'sunday'])) ?? 'monday';
  query.basis = oneOf(parts.get('b'), BASES) ?? 'auto';
  query.stages = oneOf(parts.get('s'), STAGE_RULES) ?? 'reached_or_beyond';
  const margin = Number(parts.get('m') ?? NaN);
  if (parts.get('m') && margin >= 0 && margin <= 1) query.margin = margin;
  query.assumed = Object.fromEntries(parts.getAll('a').map((text) => /** @type {[string, string]} */ (text.split('~').slice(0, 2)))
    .filter(([parameter, value]) => ID.test(parameter) && value !== '' && Number.isFinite(Number(value))).map(([parameter, value]) => [parameter, Number(value)]));
  query.filters = parts.getAll('f').map((text) => {
    const [dimension, ...values] = text.split('~');
    return { dimension, values: values.map(decode) };
  }).filter((filter) => ID.test(filter.dimension) && filter.values.length);
  return { place: oneOf(place, PLACES) ?? 'overview', query };
}

/** @param {string|null} text */
const id = (text) => (text && ID.test(text) ? text : null);

/** @param {string} text */
function decode(text) {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
