// Words and figures of a plan, alike on the page, in the file and in what is copied.
import { formatCount, formatDate, formatValue } from '../format/format.js';
import { t, textOr } from '../i18n/translate.js';
import { idsOf, kpiName, listOf, measureName } from './names.js';

/** @typedef {import('../engine/protocol.js').PlanRow} PlanRow */
/** @typedef {import('../engine/protocol.js').PlanRate} PlanRate */
/** @typedef {import('../engine/protocol.js').Plan} Plan */

/** Whole leads are what one can have: a need is shown rounded up, and calculated on exactly. A hair above a whole number is rounding, not a lead. @param {number|null} value @param {string} display */
export const whole = (value, display) => (value === null || display !== 'count' ? value : Math.ceil(value - 1e-9 * Math.max(1, Math.abs(value))));

/** @param {string} id */
export const rowName = (id) => textOr(`plan.row.${id}`, measureName(id));
/** @param {string} id */
export const rateName = (id) => textOr(`plan.rate.${id}`, kpiName(id));

/** A rate over several steps from data is none of the catalogue's. @param {PlanRow} row */
export const isAcross = ({ rate }) => rate?.source === 'bridge' && rate.numerator !== undefined;
/** @param {PlanRow} row */
export const rateLabel = (row) => (!row.rate ? '' : isAcross(row) ? t('plan.across', { from: rowName(row.after), to: rowName(row.id) }) : rateName(row.rate.id));

/** @param {import('../engine/protocol.js').NoValue} undef */
export function planReason(undef) {
  const ids = idsOf(undef.args);
  if (undef.code === 'missing_input' && ids[0] === 'goal') return t('plan.no_goal');
  return t(`undefined.${undef.code}.title`, { inputs: listOf(ids.map((id) => (id === 'goal' ? t('plan.goal') : textOr(`plan.rate.${id}`, measureName(id))))) });
}

/** @param {PlanRow} row @param {string} [currency] */
export const needText = (row, currency = row.currency) => formatValue(whole(row.needed, row.display), row.display, currency);

/** The interval, rounded up like the need itself. @param {PlanRow} row */
export function spanText({ interval, display, currency }) {
  if (!interval) return '';
  const [low, high] = interval.map((end) => formatValue(whole(end, display), display, currency));
  return low === high ? '' : `${low} \u2013 ${high}`;
}

/** Where a rate comes from. @param {PlanRate} rate @param {PlanRow} row */
export function sourceText(rate, row) {
  const shown = (/** @type {number|undefined} */ value) => (rate.display === 'money' ? formatValue(value, 'money', rate.currency) : formatCount(value ?? 0));
  const counts = rate.numerator === undefined ? null : { numerator: shown(rate.numerator), denominator: formatCount(rate.denominator ?? 0) };
  if (rate.source === 'typed') return rate.undefined ? planReason(rate.undefined) : t('plan.source.typed', { value: rate.display === 'money' ? formatValue(rate.value, 'money', rate.currency, 'exact') : formatValue(rate.value, 'percent', '', 'exact') });
  if (rate.source === 'bridge') return t(counts ? 'plan.source.bridge' : 'plan.source.bridge_typed', { ...counts, name: rowName(row.after) });
  if (rate.source === 'data' && counts && rate.cohort) return rate.completed !== null && rate.completed < 0.995 ? t('plan.source.cohort_young', { ...counts, completed: formatValue(rate.completed, 'percent') }) : t('plan.source.cohort', counts);
  if (rate.source === 'data' && counts) return t(rate.display === 'percent' && (rate.value ?? 0) <= 1 ? 'plan.source.of' : 'plan.source.per', counts);
  return rate.source === 'none' && rate.undefined?.code !== 'missing_input' && rate.undefined ? planReason(rate.undefined) : t(`plan.source.${rate.source}`);
}

/** When leads must be there. @param {Plan['lead_times'][number]} time */
export function leadTimeText({ kpi, days, day }) {
  const args = { count: days, days: formatValue(days, 'days'), name: kpiName(kpi) };
  return day ? t(`plan.time.${kpi}_by`, { ...args, day: formatDate(day) }) : t(`plan.time.${kpi}`, args);
}

/** The plan as a table of raw values, so that a spreadsheet can calculate on. @param {Plan} plan @returns {(string|number|null)[][]} */
export function planTable(plan) {
  const head = ['step', 'needed', 'low', 'high', 'had', 'gap', 'currency', 'rate_name', 'rate', 'source', 'numerator', 'denominator', 'reason'].map((key) => t(`plan.column.${key}`));
  return [head, ...plan.rows.map((row) => [
    rowName(row.id), row.needed, row.interval?.[0] ?? null, row.interval?.[1] ?? null, row.actual, row.needed === null || row.actual === null ? null : row.needed - row.actual, row.currency,
    rateLabel(row), row.rate?.value ?? null, row.rate ? t(`plan.from.${row.rate.source}`) : '', row.rate?.numerator ?? null, row.rate?.denominator ?? null, row.undefined ? planReason(row.undefined) : '',
  ])];
}
