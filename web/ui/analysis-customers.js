// Customer value: of repeat buyers by a model of their orders, of subscribers by cohorts.
import { html, nothing } from 'lit';
import { formatCount, formatDate, formatMoney, formatPercent, formatRange, formatValue } from '../format/format.js';
import { readNumber } from '../format/read-number.js';
import { t } from '../i18n/translate.js';
import { buyersList } from './analysis-buyers-list.js';
import { noneOf, numberField, setting, sharedAsks, tableOf } from './analysis-customers-parts.js';
import { subscribersSection } from './analysis-subscribers.js';
import { fieldName, kpiName, memberName, reasonTitle } from './names.js';

/** @typedef {import('../state/app-state.js').AppState} AppState */

const FEW = 10;  // fewer customers say little of their kind
const DEPENDS = 0.3;  // a correlation of spend and frequency beyond it
const MODELS = /** @type {const} */ (['bg_nbd', 'pareto_nbd']);
const LEFT_OUT = /** @type {const} */ (['repeated', 'filtered', 'later', 'undated', 'without_customer', 'without_amount', 'not_positive']);
const NOTES = /** @type {const} */ (['model', 'spend', 'value', 'first', 'once', 'not_contract', 'filters']);

/** A share as a bar behind its number. @param {number|null} share */
const bar = (share) => (share === null || !(share > 0) ? nothing : html`<span class="kpi-share" aria-hidden="true" .style=${`inline-size: ${Math.min(100, share * 100)}%`}></span>`);

/** @param {any} buyers */
function asks(buyers) {
  const number = (/** @type {string} */ text) => readNumber(text.replace('%', ''), 'days').value;
  const months = (/** @type {string} */ text) => {
    const value = number(text);
    return value !== null && Number.isInteger(value) && value >= 1 && value <= 120 ? value : null;
  };
  return html`<div class="kpi-analysis-ask is-top"><label class="kpi-field">${t('analysis.customers.model')}<select class="kpi-input" data-testid="customers-model" @change=${(/** @type {Event} */ event) => setting(event, { model: /** @type {HTMLSelectElement} */ (event.currentTarget).value })}>
      ${MODELS.map((one) => html`<option value=${one} .selected=${one === buyers.model}>${t(`analysis.customers.${one}`)}</option>`)}</select><span>${t('analysis.customers.model_help')}</span></label>
    ${numberField({ name: 'months', label: t('analysis.customers.months'), help: t('analysis.customers.months_help'), value: String(buyers.months), to: months, set: (event, value) => setting(event, { months: value }) })}</div>`;
}

/** What the figures are made of, what was left out, and how sure they are. @param {any} buyers */
function how(buyers) {
  const left = LEFT_OUT.filter((why) => buyers.rows[why] > 0);
  return html`<details class="kpi-more kpi-plan-foot" data-testid="customers-how"><summary>${t('analysis.customers.how')}</summary><ul class="kpi-plan-notes">
    <li>${t(`analysis.customers.basis.${buyers.basis}`, { share: formatPercent(buyers.gross_margin ?? 0), orders: formatCount(buyers.with_costs) })}</li>
    <li>${t('analysis.customers.rows', { used: formatCount(buyers.rows.used), rows: formatCount(buyers.rows.rows), period: formatRange(buyers.first, buyers.as_of) })}</li>
    ${left.map((why) => html`<li data-testid="customers-left" data-why=${why} data-rows=${buyers.rows[why]}>${t(`analysis.customers.left.${why}`, { rows: formatCount(buyers.rows[why]) })}</li>`)}
    ${NOTES.map((note) => html`<li>${t(`analysis.customers.note.${note}`)}</li>`)}
    ${buyers.parameters ? html`<li>${t('analysis.customers.parameters', { list: buyers.parameters.map((/** @type {any} */ one) => `${one.id} ${formatCount(one.value)} \u00b1 ${formatCount(one.error)}`).join(', ') })}</li>` : nothing}
    ${buyers.spend?.p ? html`<li>${t('analysis.customers.spend_parameters', { list: ['p', 'q', 'gamma'].map((id) => `${id} ${formatCount(buyers.spend[id])}`).join(', '), customers: formatCount(buyers.spend.customers), without: formatCount(buyers.spend.without_positive_spend) })}</li>` : nothing}</ul></details>`;
}

/** Rows of customers that come to something together. @param {any} row @param {string} currency @param {number} total @param {unknown} name @param {Record<string, string|number>} data */
const sumRow = (row, currency, total, name, data) => html`<tr data-testid=${data['testid'] ?? 'customers-row'} data-key=${data['key'] ?? nothing} data-customers=${row.customers} data-value=${row.value ?? nothing} data-alive=${row.alive}>
  <th scope="row">${name}</th><td class=${row.customers < FEW ? 'is-few' : ''}>${formatCount(row.customers)}</td><td>${row.customers ? formatPercent(row.alive / row.customers) : '\u2013'}</td>
  <td>${formatCount(Math.round(row.purchases))}</td><td>${bar(total > 0 && row.value !== null ? row.value / total : null)}${formatValue(row.value, 'money', currency)}</td><td>${formatValue(row.customers && row.value !== null ? row.value / row.customers : null, 'money', currency)}</td></tr>`;

const sumHead = (/** @type {string} */ first) => [first, ...['customers', 'active', 'orders', 'value', 'mean'].map((one) => t(`analysis.customers.column.${one}`))];

/** @param {any} buyers */
function tables(buyers) {
  const { currency, groups } = buyers;
  const total = typeof buyers.total === 'number' ? buyers.total : 0;
  const band = (/** @type {any} */ one) => `${formatPercent(one.from, 'axis')}\u2013${formatPercent(one.to, 'axis')}`;
  const most = buyers.frequency?.actual ? Math.max(...buyers.frequency.actual, ...buyers.frequency.expected) : 0;
  return html`${groups ? tableOf({ title: t('analysis.customers.groups', { name: fieldName(groups.dimension) }), testid: 'customers-groups', head: sumHead(fieldName(groups.dimension)),
      rows: groups.members.map((/** @type {any} */ one) => sumRow(one, currency, total, memberName(one), { testid: 'customers-group', key: one.key })),
      note: groups.rest ? t('analysis.customers.groups_rest', { customers: formatCount(groups.rest) }) : t('analysis.customers.groups_note') }) : nothing}
    ${buyers.deciles.length ? tableOf({ title: t('analysis.customers.deciles'), testid: 'customers-deciles', head: ['tenth', 'customers', 'value', 'share', 'lowest'].map((one) => t(`analysis.customers.column.${one}`)),
      rows: buyers.deciles.map((/** @type {any} */ one, /** @type {number} */ i) => html`<tr data-testid="customers-decile" data-customers=${one.customers} data-value=${one.value}><th scope="row">${t('analysis.customers.tenth', { from: formatPercent(i / 10, 'axis'), to: formatPercent((i + 1) / 10, 'axis') })}</th>
        <td>${formatCount(one.customers)}</td><td>${formatMoney(one.value, currency)}</td><td>${bar(one.share)}${formatValue(one.share, 'percent')}</td><td>${formatMoney(one.lowest, currency)}</td></tr>`), note: t('analysis.customers.deciles_note') }) : nothing}
    ${tableOf({ title: t('analysis.customers.bands'), testid: 'customers-bands', head: sumHead(t('analysis.customers.column.alive')),
      rows: [...buyers.bands.map((/** @type {any} */ one) => sumRow(one, currency, total, band(one), { testid: 'customers-band' })), sumRow(buyers.once, currency, total, t('analysis.customers.once'), { testid: 'customers-once' })], note: t('analysis.customers.bands_note') })}
    ${buyers.frequency?.actual ? tableOf({ title: t('analysis.customers.frequency'), testid: 'customers-frequency', head: ['again', 'actual', 'expected', 'difference'].map((one) => t(`analysis.customers.column.${one}`)),
      rows: buyers.frequency.actual.map((/** @type {number} */ actual, /** @type {number} */ i, /** @type {number[]} */ all) => {
        const expected = buyers.frequency.expected[i];
        return html`<tr data-testid="customers-times" data-actual=${actual} data-expected=${expected}><th scope="row">${i + 1 === all.length ? t('analysis.customers.times_more', { times: formatCount(i) }) : formatCount(i)}</th>
          <td>${bar(actual / most)}${formatCount(actual)}</td><td>${bar(expected / most)}${formatCount(Math.round(expected * 10) / 10)}</td><td>${formatCount(Math.round((expected - actual) * 10) / 10)}</td></tr>`;
      }), note: holdout(buyers.holdout) }) : nothing}`;
}

/** @param {any} check */
function holdout(check) {
  if (check.undefined) return t('analysis.customers.holdout_none', { why: reasonTitle(check.undefined) });
  const off = check.actual > 0 ? formatPercent(Math.abs(check.expected - check.actual) / check.actual) : '\u2013';
  return html`<span data-testid="customers-holdout" data-expected=${check.expected} data-actual=${check.actual}>${t('analysis.customers.holdout', { period: formatRange(check.first, check.last), expected: formatCount(Math.round(check.expected)), actual: formatCount(check.actual), off })}</span>`;
}

/** The answer in words. @param {any} buyers */
function says(buyers) {
  const active = { active: formatCount(Math.round(buyers.alive)), customers: formatCount(buyers.customers), share: formatPercent(buyers.alive / buyers.customers), day: formatDate(buyers.as_of) };
  const again = { active: formatCount(Math.round(buyers.repeat_alive)), customers: formatCount(buyers.repeat_customers), share: formatPercent(buyers.repeat_alive / buyers.repeat_customers) };
  const hasValue = typeof buyers.total === 'number';
  return html`<ul class="kpi-verdict" data-testid="customers-says" data-mean=${hasValue ? buyers.mean : nothing} data-total=${hasValue ? buyers.total : nothing} data-alive=${buyers.alive} data-customers=${buyers.customers}>
      ${hasValue ? html`<li>${t('analysis.customers.says', { mean: formatMoney(buyers.mean, buyers.currency), total: formatMoney(buyers.total, buyers.currency), months: formatCount(buyers.months) })}</li>` : nothing}
      <li>${t('analysis.customers.says_active', active)} ${t('analysis.customers.says_again', again)}</li></ul>
    ${hasValue ? nothing : noneOf(buyers.total.undefined, 'customers-no-value')}
    ${typeof buyers.correlation === 'number' ? html`<p class=${Math.abs(buyers.correlation) > DEPENDS ? 'kpi-note is-warning' : 'kpi-muted'} data-testid="customers-correlation" data-value=${buyers.correlation}>${t(Math.abs(buyers.correlation) > DEPENDS ? 'analysis.customers.depends' : 'analysis.customers.independent', { value: formatCount(Math.round(buyers.correlation * 100) / 100) })}</p>` : nothing}
    ${buyers.basis === 'revenue' ? html`<p class="kpi-note is-warning" data-testid="customers-revenue">${t('analysis.customers.on_revenue')}</p>` : nothing}`;
}

/** @param {AppState} state @param {any} buyers */
function buyersSection(state, buyers) {
  if (buyers.undefined && !buyers.rows) {
    const isMissing = buyers.undefined.code === 'missing_input';
    return html`<section class="kpi-stack" data-testid="customers-buyers"><h2>${t('analysis.customers.buyers')}</h2>${isMissing ? html`<p class="kpi-note" data-testid="customers-needs-orders">${t('analysis.customers.needs_orders')}</p>` : noneOf(buyers.undefined, 'customers-none')}</section>`;
  }
  return html`<section class="kpi-stack" data-testid="customers-buyers"><h2>${t('analysis.customers.buyers')}</h2>
    ${buyers.undefined ? html`${noneOf(buyers.undefined, 'customers-none')}<p data-testid="customers-counts" data-customers=${buyers.customers} data-repeat=${buyers.repeat_customers}>${t('analysis.customers.counts', { customers: formatCount(buyers.customers), again: formatCount(buyers.repeat_customers), share: formatPercent(buyers.repeat_customers / buyers.customers) })}</p>` : says(buyers)}
    ${asks(buyers)}
    ${buyers.undefined ? nothing : html`${tables(buyers)}${buyersList(state, buyers)}`}${how(buyers)}</section>`;
}

/** @param {AppState} state @param {any} result */
export function drawCustomers(state, result) {
  if (!result) return nothing;
  const parts = [[result.subscriptions, subscribersSection(state, result.subscriptions)], [result.buyers, buyersSection(state, result.buyers)]];
  return html`<div class="kpi-stack" data-testid="customers">${sharedAsks(result, state.query.margin)}
    ${parts.sort(([a], [b]) => Number(Boolean(a.undefined)) - Number(Boolean(b.undefined))).map(([, part]) => part)}
    <p class="kpi-muted">${t('analysis.customers.kpis', { names: ['clv_predictive', 'clv_margin', 'clv_to_cac'].map(kpiName).join(', ') })}</p></div>`;
}
