// Subscribers by the month in which they began: who stays, what has come back of what they cost, and how long they may be expected to stay.
import { html, nothing } from 'lit';
import { paybackChart } from '../charts/payback-chart.js';
import { formatBucket, formatCount, formatDate, formatMoney, formatPercent, formatValue } from '../format/format.js';
import { readNumber } from '../format/read-number.js';
import { t } from '../i18n/translate.js';
import { noneOf, setting, tableOf } from './analysis-customers-parts.js';
import { revenuePart, revenueVerdict } from './analysis-revenue.js';
import { segmentsPart, segmentsVerdict } from './analysis-segments.js';
import { kpiName, reasonTitle } from './names.js';

/** @typedef {import('../state/app-state.js').AppState} AppState */
/** What the cells of the triangle say. */
const SHOWN = /** @type {const} */ (['share', 'customers', 'revenue', 'margin']);
const LEFT_OUT = /** @type {const} */ (['filtered', 'later', 'never_active', 'left_out']);
const NOTES = /** @type {const} */ (['movements', 'rates', 'yearly', 'running', 'month', 'first', 'back', 'immature', 'payback', 'pooled', 'projection', 'lifetime']);
const LINKED = ['customer_churn_rate_yearly', 'revenue_churn', 'net_revenue_retention', 'gross_revenue_retention', 'cac_payback_period'];

const monthOf = (/** @type {string} */ day) => formatBucket({ from: day, label: day }, 'month');

/** @param {any} cell @param {any} cohort @param {string} shown @param {string} currency */
const cellText = (cell, cohort, shown, currency) => (shown === 'share' ? formatPercent(cell.active / cohort.customers, 'axis') : shown === 'customers' ? formatCount(cell.active) : formatValue(cell[shown], 'money', currency, 'axis'));

/** How far a cell is from what its cohort began with: the colour says again what the number says. @param {any} cell @param {any} cohort @param {string} shown */
function heat(cell, cohort, shown) {
  const [value, whole] = shown === 'share' || shown === 'customers' ? [cell.active, cohort.customers] : [cell[shown], cohort.cells[0][shown]];
  return whole > 0 ? Math.round(Math.max(0, Math.min(1, value / whole)) * 60) : 0;
}

/** @param {any} data @param {string} shown */
function triangle(data, shown) {
  const ages = Math.max(...data.cohorts.map((/** @type {any} */ one) => one.cells.length));
  const head = [t('analysis.customers.subs.began'), t('analysis.customers.column.customers'), ...Array.from({ length: ages }, (_, age) => formatCount(age))];
  return html`<section class="kpi-sheetlike"><div class="kpi-table-bar"><h3>${t('analysis.customers.subs.triangle')}</h3>
      <label class="kpi-field kpi-push">${t('analysis.customers.subs.shown')}<select class="kpi-input" data-testid="cohorts-shown" @change=${(/** @type {Event} */ event) => setting(event, { shown: /** @type {HTMLSelectElement} */ (event.currentTarget).value })}>
      ${SHOWN.filter((one) => one !== 'margin' || data.gross_margin !== null).map((one) => html`<option value=${one} .selected=${one === shown}>${t(`analysis.customers.subs.show.${one}`)}</option>`)}</select></label></div>
    <div class="kpi-table-wrap" tabindex="0" role="region" aria-label=${t('analysis.customers.subs.triangle')}><table class="kpi-table kpi-cohorts" data-testid="cohorts"><thead><tr>${head.map((name) => html`<th scope="col"><span>${name}</span></th>`)}</tr></thead>
      <tbody>${data.cohorts.map((/** @type {any} */ cohort) => html`<tr data-testid="cohort" data-start=${cohort.start} data-customers=${cohort.customers}><th scope="row">${monthOf(cohort.start)}</th><td>${formatCount(cohort.customers)}</td>
        ${cohort.cells.map((/** @type {any} */ cell) => html`<td data-active=${cell.active} data-revenue=${cell.revenue} class=${cell.immature ? 'is-immature' : ''} .style=${cell.immature ? '' : `--heat: ${heat(cell, cohort, shown)}%`}>${cellText(cell, cohort, shown, data.currency)}${cell.immature ? html`<abbr title=${t('analysis.customers.subs.immature')}>*</abbr>` : nothing}</td>`)}
        ${Array.from({ length: ages - cohort.cells.length }, () => html`<td></td>`)}</tr>`)}</tbody>
      <tfoot><tr data-testid="cohorts-retention"><th scope="row">${t('analysis.customers.subs.all')}</th><td>${formatCount(data.customers)}</td>${Array.from({ length: ages }, (_, age) => html`<td data-share=${data.retention[age] ?? nothing}>${formatValue(data.retention[age], 'percent', '', 'axis')}</td>`)}</tr></tfoot></table></div>
    <p class="kpi-plan-foot">${t('analysis.customers.subs.triangle_note')}</p></section>`;
}

/** @param {any} data */
function payback(data) {
  const known = data.cohorts.filter((/** @type {any} */ one) => !one.payback.undefined);
  if (!known.length) {
    const reason = data.cohorts[0].payback.undefined;
    return html`<p class="kpi-note" data-testid="payback-none" data-code=${reason.code}>${t(data.gross_margin === null ? 'analysis.customers.subs.needs_margin' : data.cac_source ? 'analysis.customers.subs.no_cost' : 'analysis.customers.subs.needs_cost')}</p>`;
  }
  const at = [3, 6, 12, 18, 24].filter((month) => known.some((/** @type {any} */ one) => one.payback.share.length >= month));
  const head = [t('analysis.customers.subs.began'), t('analysis.customers.column.customers'), t('analysis.customers.subs.cac'), t('analysis.customers.subs.paid_back'), ...at.map((month) => t('analysis.customers.subs.after', { months: formatCount(month) }))];
  const all = data.payback?.share ?? [];
  const chart = all.length > 1 ? paybackChart({ cohorts: known.map((/** @type {any} */ one) => one.payback.share), all, cost: t('analysis.customers.subs.chart_cost'), first: t('analysis.customers.subs.month', { month: formatCount(1) }), last: t('analysis.customers.subs.month', { month: formatCount(Math.max(all.length, 2)) }),
    summary: data.payback.month ? t('analysis.customers.subs.says_payback', { month: formatCount(data.payback.month) }) : t('analysis.customers.subs.says_no_payback', { share: formatPercent(all.at(-1)), month: formatCount(all.length) }) }) : nothing;
  return tableOf({ title: t('analysis.customers.subs.payback'), testid: 'payback', head, above: chart,
    rows: data.cohorts.map((/** @type {any} */ one) => html`<tr data-testid="payback-row" data-start=${one.start} data-month=${one.payback.month ?? nothing} data-cac=${one.cac ?? nothing}><th scope="row">${monthOf(one.start)}</th><td>${formatCount(one.customers)}</td><td>${formatValue(one.cac, 'money', data.currency)}</td>
      ${one.payback.undefined ? html`<td><small class="kpi-muted">${reasonTitle(one.payback.undefined)}</small></td>${at.map(() => html`<td></td>`)}`
    : html`<td>${one.payback.month ? t('analysis.customers.subs.month', { month: formatCount(one.payback.month) }) : t('analysis.customers.subs.not_yet')}</td>${at.map((month) => html`<td>${one.payback.share.length >= month ? formatPercent(one.payback.share[month - 1], 'axis') : ''}</td>`)}`}</tr>`),
    note: t(data.cac_source === 'typed' ? 'analysis.customers.subs.cac_typed' : 'analysis.customers.subs.cac_from', { name: data.cac_source === 'typed' ? '' : kpiName(data.cac_source ?? '') }) });
}

/** @param {any} data */
function projection(data) {
  const { survival } = data;
  if (survival.undefined) return html`<p class="kpi-note" data-testid="survival-none" data-code=${survival.undefined.code}><strong>${t('analysis.customers.subs.no_projection')}</strong> ${t(`analysis.customers.subs.no_projection_why.${survival.undefined.code === 'not_identified' || survival.undefined.code === 'too_few_rows' ? survival.undefined.code : 'unsettled'}`)}</p>`;
  const last = Math.max(survival.observed.length - 1, 36);
  const ages = Array.from({ length: last + 1 }, (_, age) => age).filter((age) => age <= 6 || age % 3 === 0);
  return tableOf({ title: t('analysis.customers.subs.survival'), testid: 'survival', head: [t('analysis.customers.subs.age'), t('analysis.customers.subs.at_risk'), t('analysis.customers.subs.observed'), t('analysis.customers.subs.projected')],
    rows: ages.map((age) => html`<tr data-testid="survival-row" data-age=${age} data-observed=${survival.observed[age] ?? nothing} data-projected=${survival.projected[age] ?? nothing}><th scope="row">${formatCount(age)}</th><td>${formatValue(survival.at_risk[age], 'count')}</td><td>${formatValue(survival.observed[age], 'percent')}</td><td>${formatValue(survival.projected[age], 'percent')}</td></tr>`),
    note: t('analysis.customers.subs.survival_note') });
}

/** @param {any} data */
function says(data) {
  const { survival, payback: pooled } = data;
  const value = typeof survival.revenue === 'number' ? survival.revenue * (data.gross_margin ?? 1) : null;
  const list = [
    t('analysis.customers.subs.says', { active: formatCount(data.active), customers: formatCount(data.customers), share: formatPercent(data.active / data.customers), day: formatDate(data.as_of), mrr: formatMoney(data.mrr, data.currency) }),
    ...revenueVerdict(data), ...segmentsVerdict(data),
    pooled ? pooled.month ? t('analysis.customers.subs.says_payback', { month: formatCount(pooled.month) }) : t('analysis.customers.subs.says_no_payback', { share: formatPercent(pooled.share.at(-1)), month: formatCount(pooled.share.length) }) : '',
    value === null ? '' : [t(data.gross_margin === null ? 'analysis.customers.subs.says_revenue' : 'analysis.customers.subs.says_value', { value: formatMoney(value, data.currency) }),
      typeof survival.lifetime === 'number' ? t('analysis.customers.subs.says_lifetime', { months: formatValue(survival.lifetime, 'months') }) : t('analysis.customers.subs.says_endless')].join(' '),
  ];
  return html`<ul class="kpi-verdict" data-testid="subscribers-says" data-customers=${data.customers} data-active=${data.active} data-payback=${pooled?.month ?? nothing} data-value=${value ?? nothing}>${list.filter(Boolean).map((one) => html`<li>${one}</li>`)}</ul>`;
}

/** @param {any} data @param {Record<string, unknown>} settings */
function costField(data, settings) {
  const typed = typeof settings['cac'] === 'number' ? settings['cac'] : null;
  const change = (/** @type {Event} */ event) => {
    const input = /** @type {HTMLInputElement} */ (event.currentTarget);
    const { value } = readNumber(input.value.trim(), 'money');
    if (input.value.trim() && (value === null || value < 0)) input.value = typed === null ? '' : String(typed);
    else setting(event, { cac: input.value.trim() ? value : null });
  };
  return html`<div class="kpi-analysis-ask"><label class="kpi-field">${t('analysis.customers.subs.cac_field')}<input class="kpi-input" inputmode="decimal" autocomplete="off" data-testid="customers-cac" .value=${typed === null ? '' : String(typed)} @change=${change}>
    <span>${data.cac_source && data.cac_source !== 'typed' ? t('analysis.customers.subs.cac_known', { name: kpiName(data.cac_source) }) : t('analysis.customers.subs.cac_ask')}</span></label></div>`;
}

/** @param {any} data */
const how = (data) => html`<details class="kpi-more kpi-plan-foot" data-testid="subscribers-how"><summary>${t('analysis.customers.how')}</summary><ul class="kpi-plan-notes">
  <li>${t('analysis.customers.subs.rows', { used: formatCount(data.rows.used), rows: formatCount(data.rows.rows), day: formatDate(data.as_of) })}</li>
  ${LEFT_OUT.filter((why) => data.rows[why] > 0).map((why) => html`<li>${t(`analysis.customers.subs.left.${why}`, { rows: formatCount(data.rows[why]) })}</li>`)}
  ${NOTES.map((note) => html`<li>${t(`analysis.customers.subs.note.${note}`)}</li>`)}
  ${data.survival.alpha ? html`<li>${t('analysis.customers.subs.parameters', { alpha: formatCount(data.survival.alpha), beta: formatCount(data.survival.beta), del: typeof data.survival.discounted_lifetime === 'number' ? formatValue(data.survival.discounted_lifetime, 'months') : '\u2013' })}</li>` : nothing}
  <li>${t('analysis.customers.kpis', { names: LINKED.map(kpiName).join(', ') })}</li></ul></details>`;

/** @param {AppState} state @param {any} data */
export function subscribersSection(state, data) {
  const settings = state.analyses.settings.customers ?? {};
  const shown = String(settings['shown'] ?? 'share');
  if (data.undefined) {
    return html`<section class="kpi-stack" data-testid="customers-subscribers"><h2>${t('analysis.customers.subs.title')}</h2>${data.undefined.code === 'missing_input' ? html`<p class="kpi-note" data-testid="customers-needs-subscriptions">${t('analysis.customers.subs.needs')}</p>` : noneOf(data.undefined, 'subscribers-none')}</section>`;
  }
  return html`<section class="kpi-stack" data-testid="customers-subscribers"><h2>${t('analysis.customers.subs.title')}</h2>${says(data)}${revenuePart(data)}${costField(data, settings)}${segmentsPart(data)}${triangle(data, shown === 'margin' && data.gross_margin === null ? 'share' : shown)}${payback(data)}${projection(data)}${how(data)}</section>`;
}
