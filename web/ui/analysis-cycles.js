// How long deals take: the curve of wins and losses, the same as a table, and groups of deals against each other.
import { html, nothing } from 'lit';
import '../charts/curve-chart.js';
import { formatCount, formatPercent, formatValue } from '../format/format.js';
import { t } from '../i18n/translate.js';
import { analysisTable, outcomeText } from './analysis-table.js';
import { memberName } from './names.js';

const days = (/** @type {{value: number|null}} */ one) => t('analysis.funnel.days', { count: one.value ?? 0, shown: formatValue(one.value, 'days') });

/** @param {any} cycles @returns {string[]} */
export function cyclesVerdict(cycles) {
  if (cycles.undefined) return [];
  const { all, points } = cycles;
  const [, , won, , lost] = points[points.length - 1];
  if (won + lost <= 0) return [];
  const args = { won: formatPercent(won), lost: formatPercent(lost), deals: formatCount(all.deals) };
  return [all.median_decided.value === null ? t('analysis.funnel.says.cycle_open', args) : t('analysis.funnel.says.cycle', { ...args, days: days(all.median_decided) })];
}

/** @param {any} cycles @param {string} by */
export function cyclesPart(cycles, by) {
  const { all, points } = cycles;
  const last = points[points.length - 1];
  const summary = t('analysis.funnel.cycles.summary', { deals: formatCount(all.deals), won: formatPercent(last[2]), lost: formatPercent(last[4]), open: formatPercent(last[5]) });
  const curve = (/** @type {number} */ at) => [[0, 0], ...points.map((/** @type {number[]} */ row) => [row[0], row[at]])];
  const curves = [{ name: 'censored', points: curve(6), step: true, mark: 'is-ghost-line' }, { name: 'lost', points: curve(4), step: true, mark: 'is-second-line' }, { name: 'won', points: curve(2), step: true, mark: 'is-line' }];
  const bands = [{ mark: 'is-band-wide', points: points.map((/** @type {number[]} */ row) => [row[0], Math.max(0, row[2] - 1.96 * row[3]), Math.min(1, row[2] + 1.96 * row[3])]) }];
  return html`<p class="kpi-analysis-says" data-testid="cycles-says">${t('analysis.funnel.cycles.says', { deals: formatCount(all.deals), won: formatCount(all.won), lost: formatCount(all.lost), open: formatCount(all.open) })}
      ${all.naive_mean.value === null ? nothing : t('analysis.funnel.cycles.naive', { mean: days(all.naive_mean), median: days(all.naive_median) })}
      ${all.median_decided.value === null ? nothing : t('analysis.funnel.cycles.decided', { days: days(all.median_decided) })}
      ${all.median.value === null ? t('analysis.funnel.cycles.no_median') : t('analysis.funnel.cycles.median', { days: days(all.median) })}</p>
    ${cycles.knows_losses ? nothing : html`<p class="kpi-note is-warning">${t('analysis.funnel.cycles.no_losses')}</p>`}
    <kpi-curve-chart .curves=${curves} .bands=${bands} .summary=${summary} .shown=${(/** @type {number} */ y) => formatPercent(y, 'axis')} .label=${(/** @type {number} */ x) => t('analysis.funnel.days', { count: x, shown: formatCount(x) })}></kpi-curve-chart>
    <p class="kpi-legend"><span>${t('analysis.funnel.cycles.won')}</span><span class="is-shade is-wide">${t('analysis.funnel.cycles.error')}</span><span class="is-second">${t('analysis.funnel.cycles.lost')}</span><span class="is-ghost">${t('analysis.funnel.cycles.censored')}</span></p>
    ${analysisTable(t('analysis.funnel.cycles.twin'), [t('analysis.funnel.column.after'), t('analysis.funnel.column.won'), t('analysis.funnel.column.error'), t('analysis.funnel.column.lost'), t('analysis.funnel.column.open_share'), t('analysis.funnel.column.censored'), t('analysis.funnel.column.at_risk')],
    all.shares.filter((/** @type {any} */ one, /** @type {number} */ i) => one.value !== null && (i === 0 || all.shares[i - 1].days < last[0])).map((/** @type {any} */ one) => { const row = points.filter((/** @type {number[]} */ point) => point[0] <= one.days).pop() ?? [0, all.deals, 0, 0, 0, 1, 0];
      const next = points.find((/** @type {number[]} */ point) => point[0] >= one.days);
      return html`<tr data-testid="cycle-row" data-days=${one.days} data-won=${one.value}><th scope="row">${t('analysis.funnel.days', { count: one.days, shown: formatCount(one.days) })}</th><td>${formatPercent(one.value)}</td><td>${formatPercent(one.error)}</td><td>${formatPercent(row[4])}</td><td>${formatPercent(row[5])}</td><td>${formatPercent(row[6])}</td><td>${formatCount(next?.[1] ?? 0)}</td></tr>`; }), 'cycle-table')}
    ${by && cycles.groups.length > 1 ? groups(cycles, by) : nothing}`;
}

/** @param {any} cycles @param {string} by */
function groups(cycles, by) {
  const { difference } = cycles;
  const at = cycles.all.shares.findIndex((/** @type {any} */ one) => one.days === 90);
  return html`<h3>${t('analysis.funnel.cycles.groups', { by })}</h3>
    <p data-testid="cycle-test" data-p=${difference.p ?? nothing}>${difference.undefined ? t('analysis.funnel.cycles.no_test') : t(difference.p < 0.05 ? 'analysis.funnel.cycles.differ' : 'analysis.funnel.cycles.alike', { p: difference.p < 0.001 ? `<\u2009${formatValue(0.001, 'number', '', 'exact')}` : `=\u2009${formatValue(difference.p, 'number', '', 'exact')}`, n: formatCount(cycles.all.deals) })}</p>
    ${analysisTable(t('analysis.funnel.cycles.groups', { by }), [by, t('analysis.funnel.column.deals'), t('analysis.funnel.column.wins'), t('analysis.funnel.column.losses'), t('analysis.funnel.column.still'), t('analysis.funnel.column.within', { days: formatCount(90) }), t('analysis.funnel.column.decided'), t('analysis.funnel.column.naive')],
    cycles.groups.map((/** @type {any} */ one) => html`<tr data-testid="cycle-group" data-key=${one.member.key}><th scope="row">${memberName(one.member)}</th><td>${formatCount(one.deals)}</td><td>${formatCount(one.won)}</td><td>${formatCount(one.lost)}</td><td>${formatCount(one.open)}</td>
      <td>${outcomeText(one.shares[at], 'percent')}</td><td>${outcomeText(one.median_decided, 'days')}</td><td>${outcomeText(one.naive_median, 'days')}</td></tr>`), 'cycle-groups')}
    ${cycles.rest ? html`<p class="kpi-muted">${t('analysis.funnel.cycles.rest', { shown: formatCount(cycles.rest) })}</p>` : nothing}`;
}
