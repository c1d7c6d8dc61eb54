// Why leads were disqualified: the reasons that the files give, by stage. The rows add up to the disqualified.
import { html, nothing } from 'lit';
import { formatCount, formatPercent } from '../format/format.js';
import { t } from '../i18n/translate.js';
import { analysisTable } from './analysis-table.js';

/** @typedef {{label: string, all: number, stages: number[]}} Reason */

/** @param {any} leaks */
export function reasonsPart({ reasons, stages }) {
  const lost = stages.reduce((/** @type {number} */ sum, /** @type {any} */ one) => sum + one.all.disqualified, 0);
  if (!lost) return nothing;
  if (!reasons) return html`<p class="kpi-muted" data-testid="reasons-none">${t('analysis.funnel.reasons.needs')}</p>`;
  const { top, rest, rest_count: more, none } = reasons;
  const row = (/** @type {Reason} */ one, /** @type {unknown} */ name, /** @type {string} */ key) => html`<tr data-testid="reason" data-key=${key} data-label=${one.label} data-all=${one.all} data-stages=${one.stages.join(' ')}><th scope="row">${name}</th>${one.stages.map((count) => html`<td>${formatCount(count)}</td>`)}<td>${formatCount(one.all)}</td><td>${formatPercent(one.all / lost)}</td></tr>`;
  const all = { label: '', all: lost, stages: stages.map((/** @type {any} */ one) => one.all.disqualified) };
  return html`<h3>${t('analysis.funnel.reasons.title')}</h3><p class="kpi-muted">${t('analysis.funnel.reasons.lead')}</p>
    ${top.length && top[0].all ? html`<p class="kpi-analysis-says" data-testid="reasons-says">${t('analysis.funnel.reasons.says', { reason: top[0].label, count: formatCount(top[0].all), lost: formatCount(lost), share: formatPercent(top[0].all / lost) })}</p>` : nothing}
    ${analysisTable(t('analysis.funnel.reasons.title'), [t('analysis.funnel.reasons.reason'), ...stages.map((/** @type {any} */ one) => t(`analysis.funnel.stage.${one.stage}`)), t('analysis.funnel.reasons.all'), t('analysis.funnel.reasons.share')],
    html`${top.map((/** @type {Reason} */ one) => row(one, one.label, 'reason'))}${more ? row(rest, t('analysis.funnel.reasons.rest', { count: more, shown: formatCount(more) }), 'rest') : nothing}${row(none, t('analysis.funnel.reasons.none'), 'none')}${row(all, t('analysis.funnel.reasons.sum'), 'sum')}`, 'reason-table')}`;
}
