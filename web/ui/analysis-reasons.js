// Why leads were disqualified: the reasons that the files give, by stage. The rows add up to the disqualified.
import { html, nothing } from 'lit';
import { formatCount, formatPercent } from '../format/format.js';
import { t } from '../i18n/translate.js';
import { analysisTable } from './analysis-table.js';
import { listOf } from './names.js';

/** @typedef {{label: string, all: number, stages: number[]}} Reason */

/** @param {any} leaks */
export function reasonsPart({ reasons, stages }) {
  const lost = stages.reduce((/** @type {number} */ sum, /** @type {any} */ one) => sum + one.all.disqualified, 0);
  if (!lost) return nothing;
  if (!reasons) return html`<p class="kpi-muted" data-testid="reasons-none">${t('analysis.funnel.reasons.needs')}</p>`;
  const { top, rest, rest_count: more, none } = reasons;
  const shown = stages.flatMap((/** @type {any} */ one, /** @type {number} */ s) => (one.all.disqualified ? [s] : []));
  const first = top.filter((/** @type {Reason} */ one) => one.all === top[0].all);
  const args = { count: formatCount(top[0]?.all ?? 0), lost: formatCount(lost), share: formatPercent((top[0]?.all ?? 0) / lost) };
  const row = (/** @type {Reason} */ one, /** @type {unknown} */ name, /** @type {string} */ key) => html`<tr data-testid="reason" data-key=${key} data-label=${one.label} data-all=${one.all} data-stages=${one.stages.join(' ')}><th scope="row">${name}</th>${shown.map((/** @type {number} */ s) => html`<td>${formatCount(one.stages[s])}</td>`)}<td>${formatCount(one.all)}</td><td>${formatPercent(one.all / lost)}</td></tr>`;
  const all = { label: '', all: lost, stages: stages.map((/** @type {any} */ one) => one.all.disqualified) };
  return html`<h3>${t('analysis.funnel.reasons.title')}</h3><p class="kpi-muted">${t('analysis.funnel.reasons.lead')}</p>
    ${top.length && top[0].all ? html`<p class="kpi-analysis-says" data-testid="reasons-says">${first.length > 1 ? t('analysis.funnel.reasons.says_several', { ...args, reasons: listOf(first.map((/** @type {Reason} */ one) => t('analysis.funnel.reasons.quoted', { reason: one.label }))) }) : t('analysis.funnel.reasons.says', { ...args, reason: top[0].label })}</p>` : nothing}
    ${analysisTable(t('analysis.funnel.reasons.title'), [t('analysis.funnel.reasons.reason'), ...shown.map((/** @type {number} */ s) => t(`analysis.funnel.stage.${stages[s].stage}`)), t('analysis.funnel.reasons.all'), t('analysis.funnel.reasons.share')],
    html`${top.map((/** @type {Reason} */ one) => row(one, one.label, 'reason'))}${more ? row(rest, t('analysis.funnel.reasons.rest', { count: more, shown: formatCount(more) }), 'rest') : nothing}${row(none, t('analysis.funnel.reasons.none'), 'none')}${row(all, t('analysis.funnel.reasons.sum'), 'sum')}`, 'reason-table')}`;
}
