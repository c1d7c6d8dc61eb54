// How long each step takes: the shares over time of all steps, and the curves of one of them with what they say.
import { html, nothing } from 'lit';
import '../charts/curve-chart.js';
import { formatCount, formatPercent } from '../format/format.js';
import { t } from '../i18n/translate.js';
import { analysisTable, outcomeText } from './analysis-table.js';

/** @typedef {{stage: string, next: string, times: any}} Step */

const stageName = (/** @type {string} */ id) => t(`analysis.funnel.stage.${id}`);
const days = (/** @type {number} */ count) => t('analysis.funnel.days', { count, shown: formatCount(count) });
const TOLD = [30, 90];

/** @param {Step[]} stages @param {string} chosen @param {(stage: string) => void} choose */
export function stepsPart(stages, chosen, choose) {
  const [first] = stages;
  const columns = [t('analysis.funnel.column.step'), t('analysis.funnel.column.timed'), ...first.times.shares.map((/** @type {any} */ one) => t('analysis.funnel.column.within', { days: formatCount(one.days) })),
    ...first.times.quantiles.map((/** @type {any} */ one) => t('analysis.funnel.column.until', { share: formatPercent(one.share, 'axis') })), t('analysis.funnel.column.still')];
  const drawable = stages.filter(({ times }) => times.points.length);
  const most = Math.max(...drawable.map(({ times }) => times.disqualified));
  const one = drawable.find(({ stage }) => stage === chosen) ?? drawable.find(({ times }) => times.disqualified === most);
  return html`${analysisTable(t('analysis.funnel.times.title'), columns, stages.map(({ stage, next, times }) => html`<tr data-testid="time-stage" data-stage=${stage}><th scope="row">${stageName(stage)}<small>${t('analysis.funnel.to', { next: stageName(next) })}</small></th><td>${formatCount(times.timed)}</td>
      ${times.shares.map((/** @type {any} */ share) => html`<td data-days=${share.days} data-value=${share.value ?? nothing}>${outcomeText(share, 'percent')}</td>`)}
      ${times.quantiles.map((/** @type {any} */ quantile) => html`<td data-share=${quantile.share} data-value=${quantile.value ?? nothing}>${outcomeText(quantile, 'days')}</td>`)}<td>${formatCount(times.open)}</td></tr>`), 'time-table')}
    ${one ? html`<div class="kpi-analysis-ask"><label class="kpi-field">${t('analysis.funnel.steps.choose')}<select class="kpi-input" data-testid="step-choose" @change=${(/** @type {Event} */ event) => choose(/** @type {HTMLSelectElement} */ (event.target).value)}>
      ${drawable.map(({ stage, next }) => html`<option value=${stage} .selected=${stage === one.stage}>${stageName(stage)} \u2192 ${stageName(next)}</option>`)}</select></label></div>${curves(one)}` : nothing}`;
}

/** What is known of the share that went on and the one that was dropped by a day. @param {Step} step @returns {string[]} */
function says({ stage, next, times }) {
  return TOLD.map((limit, i) => {
    const advanced = times.shares.find((/** @type {any} */ one) => one.days === limit);
    const dropped = times.dropped.find((/** @type {any} */ one) => one.days === limit);
    if (advanced.value === null) return t('analysis.funnel.steps.unknown', { days: days(limit) });
    return t(`analysis.funnel.steps.${i ? 'then' : 'says'}`, { stage: stageName(stage), next: stageName(next), days: days(limit), advanced: formatPercent(advanced.value), dropped: formatPercent(dropped.value), open: formatPercent(Math.max(0, 1 - advanced.value - dropped.value)) });
  });
}

/** The points up to where nothing changes any more, and a bit beyond: the rest is a flat line. @param {number[][]} all */
function untilStill(all) {
  const last = all[all.length - 1];
  const changed = all.find((row) => row[2] === last[2] && row[4] === last[4]) ?? last;
  const end = Math.min(last[0], Math.max(changed[0] * 1.25, TOLD[TOLD.length - 1]));
  const shown = all.filter((row) => row[0] <= end);
  return end > (shown[shown.length - 1]?.[0] ?? -1) ? [...shown, [end, ...(shown[shown.length - 1] ?? [0, 0, 0, 0, 0, 0, 1]).slice(1)]] : shown;
}

/** @param {Step} step */
function curves(step) {
  const { times, stage, next } = step;
  const all = /** @type {number[][]} */ (times.points);
  const last = all[all.length - 1];
  const points = untilStill(all);
  const curve = (/** @type {number} */ at) => /** @type {[number, number][]} */ ([[0, 0], ...points.map((row) => [row[0], row[at]])]);
  const band = { mark: 'is-band-wide', points: points.map((row) => [row[0], Math.max(0, row[2] - 1.96 * row[3]), Math.min(1, row[2] + 1.96 * row[3])]) };
  const summary = t('analysis.funnel.steps.summary', { stage: stageName(stage), next: stageName(next), n: formatCount(times.timed), days: days(last[0]), advanced: formatPercent(last[2]), dropped: formatPercent(last[4]), open: formatPercent(last[6]) });
  const told = times.shares.map((/** @type {any} */ one, /** @type {number} */ i) => ({ days: one.days, advanced: one, dropped: times.dropped[i] })).filter((/** @type {any} */ one) => one.advanced.value !== null);
  return html`<p class="kpi-analysis-says" data-testid="step-says" data-stage=${stage}>${says(step).join(' ')} ${t('analysis.funnel.steps.rests', { count: times.timed, shown: formatCount(times.timed), advanced: formatCount(times.advanced), dropped: formatCount(times.disqualified), open: formatCount(times.open) })}</p>
    ${last[0] > 0 ? html`<kpi-curve-chart .curves=${[{ name: 'dropped', points: curve(4), step: true, mark: 'is-second-line' }, { name: 'advanced', points: curve(2), step: true, mark: 'is-line' }]} .bands=${[band]} .summary=${summary} .shown=${(/** @type {number} */ y) => formatPercent(y, 'axis')} .label=${(/** @type {number} */ x) => days(x)}></kpi-curve-chart>
    <p class="kpi-legend"><span>${t('analysis.funnel.steps.advanced')}</span><span class="is-shade is-wide">${t('analysis.funnel.column.interval')}</span><span class="is-second">${t('analysis.funnel.steps.dropped')}</span></p>` : nothing}
    ${told.length ? analysisTable(t('analysis.funnel.steps.twin', { stage: stageName(stage), next: stageName(next) }), [t('analysis.funnel.column.after'), t('analysis.funnel.steps.advanced'), t('analysis.funnel.column.error'), t('analysis.funnel.steps.dropped'), t('analysis.funnel.column.error'), t('analysis.funnel.column.open_share')],
    told.map((/** @type {any} */ one) => html`<tr data-testid="step-row" data-days=${one.days} data-advanced=${one.advanced.value} data-dropped=${one.dropped.value}><th scope="row">${days(one.days)}</th><td>${formatPercent(one.advanced.value)}</td><td>${formatPercent(one.advanced.error)}</td><td>${formatPercent(one.dropped.value)}</td><td>${formatPercent(one.dropped.error)}</td><td>${formatPercent(Math.max(0, 1 - one.advanced.value - one.dropped.value))}</td></tr>`), 'step-table') : nothing}`;
}
