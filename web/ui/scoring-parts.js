// What the parts of lead scoring share: sections, tables, figures and sentences.
import { html, nothing } from 'lit';
import { formatCount, formatPercent, formatValue } from '../format/format.js';
import { t } from '../i18n/translate.js';
import { numberField } from './analysis-settings.js';
import { reasonMeaning, reasonTitle } from './names.js';

export const VIEW = 'scoring';
/** What is not there. */
export const NOTHING = '\u2013';
export const figure = (/** @type {number|null|undefined} */ value) => (value === null || value === undefined ? NOTHING : formatPercent(value));
export const share = (/** @type {number|null|undefined} */ value) => (value === null || value === undefined ? NOTHING : formatPercent(value, 'cell'));
export const times = (/** @type {number|null|undefined} */ value) => (value === null || value === undefined ? NOTHING : formatValue(value, 'ratio', '', 'cell'));
export const between = (/** @type {any} */ span, /** @type {(value: number) => string} */ format) => (span?.low === null || span?.low === undefined ? '' : t('analysis.scoring.between', { low: format(span.low), high: format(span.high) }));
export const none = (/** @type {any} */ reason) => html`<p class="kpi-note" data-testid="scoring-none" data-code=${reason.code}><strong>${reasonTitle(reason)}.</strong> ${reasonMeaning(reason)}</p>`;

/** A score as it is written: whole where it is, else with two digits. @param {number} score */
export const scoreText = (score) => (Number.isInteger(score) ? formatCount(score) : formatValue(score, 'number', '', 'cell'));

/** How well something ranks, in words. @param {any} one */
export function quality(one) {
  if (one.low === null) return 'unsure';
  if (one.low <= 0.5 && one.high >= 0.5) return 'chance';
  return one.value < 0.5 ? 'reversed' : one.value < 0.65 ? 'weak' : one.value < 0.8 ? 'fair' : 'good';
}

/** @param {any} one */
export const auc = (one) => (one ? `${figure(one.value)}${one.low === null ? '' : ` (${between(one, figure)})`}` : figure(null));

/** Of a paired comparison: whether the first ranks better. @param {any} one @returns {'better'|'worse'|'alike'} */
export const ranks = (one) => (one.p === null || one.p >= 0.05 ? 'alike' : one.difference > 0 ? 'better' : 'worse');

/** The paired comparison in one sentence. @param {any} one @param {string} first @param {string} second @param {string} testid */
export const comparison = (one, first, second, testid) => html`<p data-testid=${testid} data-difference=${one.difference} data-p=${one.p ?? nothing} data-people=${one.people}>${one.p === null ? t('analysis.scoring.same_order', { first, second, people: formatCount(one.people) })
  : t('analysis.scoring.paired', { first, second, people: formatCount(one.people), of_first: figure(one.first), of_second: figure(one.second), difference: points(one.difference), low: points(one.low), high: points(one.high), p: one.p < 0.001 ? t('analysis.scoring.p_below') : t('analysis.scoring.p_is', { p: formatValue(one.p, 'number', '', 'exact') }) })}</p>`;

/** Percentage points with a sign. @param {number} share */
const points = (share) => `${share > 0 ? '+' : ''}${formatValue(share * 100, 'number', '', 'cell')}`;

/** @param {{title: string, id: string, body: unknown}} parts */
export const part = ({ title, id, body }) => html`<section class="kpi-sheetlike kpi-experiment" aria-labelledby=${id}><div class="kpi-table-bar"><h2 id=${id}>${title}</h2></div>${body}</section>`;

/** With its heading. @param {string} label @param {string[]} columns @param {unknown} rows @param {unknown} [help] */
export const table = (label, columns, rows, help = nothing) => html`<div class="kpi-part-head"><h3>${label}</h3>${help}</div><div class="kpi-table-wrap" tabindex="0" role="region" aria-label=${label}><table class="kpi-table"><thead><tr>${columns.map((column) => html`<th scope="col" class=${['words', 'rules', 'account'].includes(column) ? 'kpi-words' : nothing}><span>${t(`analysis.scoring.column.${column}`)}</span></th>`)}</tr></thead><tbody>${rows}</tbody></table></div>`;

/** Who is selected, in one sentence. @param {any} one @param {string} kind @param {(threshold: number) => string} [format] */
export function selection(one, kind, format = scoreText) {
  return html`<p class="kpi-analysis-says" role="status" data-testid="selected-${kind}" data-selected=${one.selected ?? nothing} data-converted=${one.converted ?? nothing} data-threshold=${one.threshold ?? nothing}>${one.undefined ? html`${t(`analysis.scoring.by.${kind}`)}: <strong>${reasonTitle(one.undefined)}.</strong> ${reasonMeaning(one.undefined)}`
    : t(`analysis.scoring.selected_${kind}`, { threshold: format(one.threshold), selected: formatCount(one.selected), converted: formatCount(one.converted), precision: figure(one.precision), recall: formatPercent(one.recall) })}</p>`;
}

/** @param {any} result @param {Record<string, unknown>} settings */
export const capacityField = (result, settings) => numberField({ view: VIEW, name: 'capacity', label: t('analysis.scoring.capacity'), help: t('analysis.scoring.capacity_help'), kind: 'count', value: settings['capacity'], below: 1e9 });
