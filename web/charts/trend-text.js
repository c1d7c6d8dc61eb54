// What a trend says, in words: the title names the finding, the sentence has latest, change, high and low.
import { formatBucket, formatChange, formatValue } from '../format/format.js';
import { t } from '../i18n/translate.js';

/** @typedef {import('../engine/protocol.js').Report} Report */
/** @typedef {import('../engine/protocol.js').ReportKpi} ReportKpi */

const STEADY = 0.03;

const MATURE = 0.95;  // as in core/engine/maturity.h

/** A step that is not over, or whose cohort is too young to judge. @param {ReportKpi} kpi @param {Report} report @param {number} i */
export function isPartial(kpi, report, i) {
  return Boolean(report.buckets[i]?.partial) || (kpi.maturity?.series?.[i] ?? 1) < MATURE;
}

/** Whole steps that have a value. @param {ReportKpi} kpi @param {Report} report */
function points(kpi, report) {
  return report.buckets.map((bucket, i) => ({ bucket, value: kpi.series[i], partial: isPartial(kpi, report, i) })).filter((one) => one.value !== null && one.value !== undefined && !one.partial);
}

/**
 * The comparison if there is one, else the second half against the first.
 * @param {ReportKpi} kpi
 * @param {Report} report
 * @param {string} name
 */
export function trendTitle(kpi, report, name) {
  if (kpi.compare?.delta !== null && kpi.compare?.delta !== undefined && report.period.compare) {
    const way = kpi.compare.delta === 0 ? 'same' : kpi.compare.delta > 0 ? 'up' : 'down';
    return t(`trend.title.${way}`, { name, change: formatChange(kpi.compare, kpi.display).replace(/^[+\u2212]/, ''), words: t(`compare.than.${(report.period.compare.back ?? 1) > 1 ? 'earlier' : report.period.compare.kind}`) });
  }
  const known = points(kpi, report).map((one) => Number(one.value));
  if (known.length < 4) return t('trend.title.plain', { name });
  const half = Math.floor(known.length / 2);
  const mean = (/** @type {number[]} */ list) => list.reduce((sum, one) => sum + one, 0) / list.length;
  const early = mean(known.slice(0, half));
  const change = early === 0 ? 0 : (mean(known.slice(-half)) - early) / Math.abs(early);
  const way = Math.abs(change) < STEADY ? 'steady' : change > 0 ? 'rising' : 'falling';
  return t(`trend.title.${way}`, { name });
}

/** @param {ReportKpi} kpi @param {Report} report */
export function trendSentence(kpi, report) {
  const known = points(kpi, report);
  if (!known.length) return t('trend.empty');
  const show = (/** @type {number|null} */ value) => formatValue(value, kpi.display, kpi.currency);
  const at = (/** @type {{bucket: import('../engine/protocol.js').Bucket}} */ one) => formatBucket(one.bucket, report.period.grain);
  const last = known[known.length - 1];
  const high = known.reduce((a, b) => (Number(b.value) > Number(a.value) ? b : a));
  const low = known.reduce((a, b) => (Number(b.value) < Number(a.value) ? b : a));
  const sentence = t('trend.sentence', { last: show(last.value), when: at(last), high: show(high.value), high_when: at(high), low: show(low.value), low_when: at(low) });
  return report.buckets.some((_, i) => isPartial(kpi, report, i)) ? `${sentence} ${t('trend.partial_note')}` : sentence;
}
