// Recurring revenue month by month: where it came from, where it went, and how much of it stays.
import { html, nothing } from 'lit';
import '../charts/stacked-chart.js';
import { formatBucket, formatCount, formatDate, formatMoney, formatPercent, formatRange, formatValue } from '../format/format.js';
import { t } from '../i18n/translate.js';
import { tableOf } from './analysis-customers-parts.js';

const GAINS = /** @type {const} */ (['new', 'reactivation', 'expansion']);
const LOSSES = /** @type {const} */ (['contraction', 'churn']);
const PARTS = /** @type {const} */ (['opening', ...GAINS, ...LOSSES, 'closing']);
const RATES = /** @type {const} */ (['nrr', 'grr', 'customer_churn', 'revenue_churn']);

const monthOf = (/** @type {string} */ day) => formatBucket({ from: day, label: day }, 'month');
const sumOf = (/** @type {any[]} */ months, /** @type {string} */ part) => months.reduce((all, month) => all + month[part], 0);

/** What happened in words, the most telling first. @param {any} data @returns {string[]} */
export function revenueVerdict({ movements, currency }) {
  const { months, mean, year } = movements;
  if (!months.length) return [];
  const money = (/** @type {number} */ value) => formatMoney(value, currency);
  const [first, last] = [months[0], months.at(-1)];
  const over = months.findLast((/** @type {any} */ month) => !month.running);
  const gained = GAINS.reduce((all, part) => all + sumOf(months, part), 0);
  const lost = LOSSES.reduce((all, part) => all + sumOf(months, part), 0);
  const way = last.closing > first.opening ? 'grew' : last.closing < first.opening ? 'fell' : 'same';
  return [
    t(`analysis.customers.revenue.says.${way}`, { from: money(first.opening), to: money(last.closing), month: monthOf(first.start), gained: money(gained), lost: money(lost) }),
    ...(year.undefined || !over ? [] : [t(`analysis.customers.revenue.says.${year.nrr > 1 ? 'year_more' : 'year'}`, { nrr: formatPercent(year.nrr), grr: formatPercent(year.grr), customers: formatPercent(year.customers), month: monthOf(over.start) })]),
    ...(mean.customer_churn === null || mean.revenue_churn === null ? [] : [t('analysis.customers.revenue.says.mean', { count: mean.months, period: formatRange(mean.first, mean.last), churn: formatPercent(mean.customer_churn), yearly: formatPercent(mean.customer_churn_yearly), lost: formatPercent(mean.revenue_churn), lost_yearly: formatPercent(mean.revenue_churn_yearly) })]),
  ];
}

/** A rate of the month, and what it comes to in a year. @param {any} month @param {string} rate */
const rateCell = (month, rate) => {
  const yearly = month[`${rate}_yearly`];
  return html`<td data-rate=${rate} data-value=${month[rate] ?? nothing} data-yearly=${yearly ?? nothing}>${month[rate] === null ? html`<small class="kpi-muted">${t(month.running ? 'analysis.customers.revenue.running' : 'analysis.customers.revenue.nobody')}</small>`
    : html`${formatPercent(month[rate])}${yearly === undefined ? nothing : html`<small class="kpi-muted kpi-under">${t('analysis.customers.revenue.yearly', { rate: formatPercent(yearly) })}</small>`}`}</td>`;
};

/** @param {any} data */
export function revenuePart({ movements, currency, as_of: asOf }) {
  const { months, skipped } = movements;
  if (!months.length) return nothing;
  const name = (/** @type {string} */ id) => t(`analysis.customers.revenue.column.${id}`);
  const head = [name('month'), ...PARTS.map(name), name('customers'), ...RATES.map(name)];
  const money = (/** @type {number} */ value) => formatValue(value, 'money', currency);
  const chart = html`<figure class="kpi-figure" data-testid="revenue-chart"><kpi-stacked-chart .columns=${months.map((/** @type {any} */ month) => ({ label: monthOf(month.start), gains: GAINS.map((part) => month[part]), losses: LOSSES.map((part) => month[part]), faint: month.running }))}
      .gains=${GAINS.map((part) => `is-${part}`)} .losses=${LOSSES.map((part) => `is-${part}`)} .shown=${(/** @type {number} */ value) => formatValue(value, 'money', currency, 'axis')} .summary=${`${t('analysis.customers.revenue.chart')} ${revenueVerdict({ movements, currency })[0]}`}></kpi-stacked-chart>
    <figcaption class="kpi-legend">${[...GAINS, ...LOSSES].map((part) => html`<span class="is-box is-${part}">${name(part)}</span>`)}</figcaption></figure>`;
  const first = months[0];
  /** @type {Record<string, number>} */
  const all = { ...Object.fromEntries([...GAINS, ...LOSSES].map((part) => [part, sumOf(months, part)])), opening: first.opening, closing: months.at(-1).closing };
  const rows = [...months.map((/** @type {any} */ month) => html`<tr data-testid="revenue-month" data-start=${month.start} data-running=${String(month.running)}>
      <th scope="row">${monthOf(month.start)}${month.running ? html`<small class="kpi-muted kpi-under">${t('analysis.customers.revenue.so_far', { day: formatDate(asOf) })}</small>` : nothing}</th>
      ${PARTS.map((part) => html`<td data-part=${part} data-value=${month[part]}>${money(month[part])}</td>`)}<td data-part="customers" data-value=${month.customers_closing}>${formatCount(month.customers_closing)}</td>${RATES.map((rate) => rateCell(month, rate))}</tr>`),
  html`<tr class="is-all" data-testid="revenue-all"><th scope="row">${t('analysis.customers.revenue.all')}</th>${PARTS.map((part) => html`<td data-part=${part} data-value=${all[part]}>${money(all[part])}</td>`)}<td>${formatCount(months.at(-1).customers_closing)}</td>${RATES.map(() => html`<td></td>`)}</tr>`];
  return tableOf({ title: t('analysis.customers.revenue.title'), testid: 'revenue', head, rows, above: chart, wide: true,
    note: `${t('analysis.customers.revenue.note')}${skipped ? ` ${t('analysis.customers.revenue.skipped', { count: skipped, shown: formatCount(skipped) })}` : ''}` });
}
