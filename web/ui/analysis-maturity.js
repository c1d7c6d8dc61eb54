// How complete young cohorts are: the completion curve of a step, and what each month will come to.
import { html, nothing } from 'lit';
import '../charts/curve-chart.js';
import { formatBucket, formatCount, formatDate, formatPercent, formatValue } from '../format/format.js';
import { t } from '../i18n/translate.js';
import { analysisTable } from './analysis-table.js';
import { reasonMeaning, reasonTitle } from './names.js';

/** @typedef {{first: string, last: string, entered: number, converted: number, complete: number, immature: boolean, final: number|null, final_low: number, final_high: number, rate: number|null, rate_low: number, rate_high: number, undefined: any}} Cohort */
/** @typedef {(change: Record<string, unknown>) => void} Change */

const MISSED = 10;  // so many conversions are not absent by chance: a chance of exp(-10)
const TOLD = 0.1;  // of a cohort that is less complete only the interval says something

const stage = (/** @type {string} */ id) => t(`analysis.funnel.stage.${id}`);
const days = (/** @type {number} */ count) => t('analysis.funnel.days', { count, shown: formatCount(count) });
const month = (/** @type {Cohort} */ one) => formatBucket({ label: '', from: `${one.first.slice(0, 8)}01` }, 'month');
const count = (/** @type {number} */ value) => formatValue(value, 'number', '', value < 100 && !Number.isInteger(value) ? 'short' : 'exact');
const whole = (/** @type {number} */ value) => formatCount(Math.round(value));

/** The youngest cohort that says something; none where conversions may be missing. @param {any} completion @returns {string[]} */
export function maturityVerdict(completion) {
  if (completion.undefined || completion.expected_before >= MISSED) return [];
  const young = /** @type {Cohort[]} */ (completion.cohorts).filter((one) => one.immature && one.final !== null && one.complete >= TOLD).pop();
  if (!young) return [];
  return [t('analysis.funnel.says.young', { month: month(young), complete: formatPercent(young.complete, 'axis'), converted: formatCount(young.converted), entered: formatCount(young.entered), from: stage(completion.from), to: stage(completion.to), final: whole(young.final ?? 0), low: whole(young.final_low), high: whole(young.final_high) })];
}

/** `asked`: the step as chosen, for where there is no answer to it. @param {any} result @param {{from: string, to: string}|undefined} asked @param {Change} change */
export function maturityPart(result, asked, change) {
  const { completion, dated } = result;
  if (dated.length < 2) return html`<p class="kpi-note">${t('analysis.funnel.completion.needs')}</p>`;
  return html`${choice(completion.undefined ? asked : completion, dated, change)}${completion.undefined ? html`<p class="kpi-note" data-testid="completion-none"><strong>${reasonTitle(completion.undefined)}.</strong> ${completion.undefined.code === 'too_few_rows' ? t('analysis.funnel.completion.too_few') : reasonMeaning(completion.undefined)}</p>` : drawn(completion)}`;
}

/** @param {{from: string, to: string}|undefined} step @param {string[]} dated @param {Change} change */
function choice(step, dated, change) {
  const from = step && dated.includes(step.from) ? step.from : dated[0];
  const to = step && dated.includes(step.to) ? step.to : dated[dated.length - 1];
  const field = (/** @type {'from'|'to'} */ key, /** @type {string[]} */ options, /** @type {string} */ now) => html`<label class="kpi-field">${t(`analysis.funnel.completion.${key}`)}<select class="kpi-input" data-testid="completion-${key}"
    @change=${(/** @type {Event} */ event) => { const next = /** @type {HTMLSelectElement} */ (event.target).value; const start = key === 'from' ? next : from; const end = key === 'to' ? next : to; change({ completion: { from: start, to: dated.indexOf(end) > dated.indexOf(start) ? end : dated[dated.length - 1] } }); }}>
    ${options.map((id) => html`<option value=${id} .selected=${id === now}>${stage(id)}</option>`)}</select></label>`;
  return html`<div class="kpi-analysis-ask">${field('from', dated.slice(0, -1), from)}${field('to', dated.slice(dated.indexOf(from) + 1), to)}</div>`;
}

/** @param {any} completion */
function drawn(completion) {
  const { curve, ages, conversions, longest } = completion;
  const at = (/** @type {number} */ share) => days(ages.find((/** @type {any} */ one) => one.share === share).days);
  const args = { from: stage(completion.from), to: stage(completion.to), half: at(0.5), most: at(0.95), n: formatCount(conversions), longest: days(longest) };
  const points = curve.map((/** @type {number[]} */ row) => [row[0], row[1]]);
  const bands = [{ mark: 'is-band-wide', points: curve.map((/** @type {number[]} */ row) => [row[0], row[2], row[3]]) }];
  const cohorts = /** @type {Cohort[]} */ (completion.cohorts);
  const rows = [...(completion.earlier ? [{ one: completion.earlier, name: t('analysis.funnel.completion.earlier') }] : []), ...cohorts.map((one) => ({ one, name: month(one) }))];
  const columns = ['month', 'entered', 'converted', 'complete', 'rate_so_far', 'final', 'final_interval', 'rate', 'rate_interval'].map((key) => t(`analysis.funnel.completion.column.${key}`));
  return html`<p class="kpi-analysis-says" data-testid="completion-says" data-conversions=${conversions} data-longest=${longest}>${t('analysis.funnel.completion.says', args)}</p>
    ${completion.expected_before >= MISSED ? html`<p class="kpi-note is-warning" data-testid="completion-missing">${t('analysis.funnel.completion.missing', { day: formatDate(completion.first_converted), expected: whole(completion.expected_before) })}</p>` : nothing}
    <kpi-curve-chart .curves=${[{ name: 'complete', points, step: true, mark: 'is-line' }]} .bands=${bands} .ceiling=${1} .summary=${t('analysis.funnel.completion.summary', args)} .shown=${(/** @type {number} */ y) => formatPercent(y, 'axis')} .label=${(/** @type {number} */ x) => days(x)}></kpi-curve-chart>
    <p class="kpi-legend"><span>${t('analysis.funnel.completion.curve')}</span><span class="is-shade is-wide">${t('analysis.funnel.column.interval')}</span></p>
    ${analysisTable(t('analysis.funnel.completion.ages'), [t('analysis.funnel.completion.column.share'), ...ages.map((/** @type {any} */ one) => formatPercent(one.share, 'axis'))], html`<tr data-testid="completion-ages"><th scope="row">${t('analysis.funnel.completion.within')}</th>${ages.map((/** @type {any} */ one) => html`<td data-share=${one.share} data-value=${one.days}>${days(one.days)}</td>`)}</tr>`)}
    <h3>${t('analysis.funnel.completion.cohorts')}</h3>
    ${analysisTable(t('analysis.funnel.completion.cohorts'), columns, rows.map(({ one, name }) => row(one, name)), 'completion-table')}
    ${cohorts.some((one) => one.immature) ? html`<p class="kpi-muted">${t('analysis.funnel.completion.young_means', { share: formatPercent(0.95, 'axis') })}</p>` : nothing}`;
}

/** @param {Cohort} one @param {string} name */
function row(one, name) {
  const none = html`<small>${t('analysis.funnel.completion.too_young')}</small>`;
  const has = one.final !== null;
  const isTold = has && one.complete >= TOLD;
  return html`<tr data-testid="cohort" data-month=${one.first.slice(0, 7)} data-entered=${one.entered} data-converted=${one.converted} data-complete=${one.complete} data-final=${one.final ?? nothing} data-low=${has ? one.final_low : nothing} data-high=${has ? one.final_high : nothing} data-immature=${String(one.immature)}>
    <th scope="row">${name}${one.immature ? html` <span class="kpi-badge">${t('analysis.funnel.completion.young')}</span>` : nothing}</th><td>${formatCount(one.entered)}</td><td>${formatCount(one.converted)}</td><td>${formatPercent(one.complete)}</td><td>${formatPercent(one.converted / one.entered)}</td>
    <td>${isTold ? count(one.final ?? 0) : none}</td><td>${has && one.immature ? `${whole(one.final_low)} \u2013 ${whole(one.final_high)}` : formatValue(null, 'percent')}</td><td>${formatValue(isTold ? one.rate : null, 'percent')}</td><td>${has && one.immature ? `${formatPercent(one.rate_low)} \u2013 ${formatPercent(one.rate_high)}` : formatValue(null, 'percent')}</td></tr>`;
}
