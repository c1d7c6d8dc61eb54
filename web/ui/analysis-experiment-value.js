// What an experiment's visitors brought: a verdict on the revenue per visitor in words, the amounts of each arm, and the evidence.
import { html, nothing } from 'lit';
import { formatCount, formatEffect, formatPercent, formatValue } from '../format/format.js';
import { t } from '../i18n/translate.js';
import { amongMany, chance } from './chance.js';

const TONES = /** @type {Record<string, string>} */ ({ higher: 'is-better', lower: 'is-worse', srm_alarm: 'is-doubtful', methods_disagree: 'is-doubtful', one_visitor: 'is-doubtful' });
/** A single visitor with more of an arm's revenue is worth a remark. */
const LARGE_SHARE = 0.2;

/** @param {any} one an experiment with revenue @param {any} result */
export function drawRevenue(one, result) {
  const { revenue } = one;
  return html`<div class="kpi-experiment-body kpi-experiment-value" data-testid="revenue" data-verdict=${revenue.verdict} data-p=${revenue.p ?? nothing} data-p-of-many=${revenue.p_of_many ?? nothing} data-currency=${revenue.currency}>
    <h3>${t('analysis.experiments.value.title')}</h3>
    <p class="kpi-analysis-says ${TONES[revenue.verdict] ?? ''}" data-testid="revenue-verdict">${verdict(one, result)}</p>
    ${remarks(one)}</div>
    ${revenue.arms.length ? arms(one) : nothing}`;
}

/** An amount with its sign, which no line break parts from it. @param {number} value @param {string} currency */
const signed = (value, currency) => formatEffect(value, 'money', currency).replace(/^[+\u2212]/, '$&\u2060');

/** @param {{value: number, low: number, high: number}|null|undefined} tested @param {string} currency */
function sizes(tested, currency) {
  const money = (/** @type {number} */ value) => signed(value, currency);
  return tested ? { size: money(tested.value), span: t('analysis.experiments.between', { low: money(tested.low), high: money(tested.high) }) } : { size: '', span: '' };
}

/** @param {any} one @param {any} result */
function verdict(one, result) {
  const { revenue } = one;
  const pair = revenue.pairs[0];
  const args = { name: one.arms[1]?.name ?? '', control: one.arms[0]?.name ?? '', alpha: formatPercent(result.alpha, 'exact'), ...sizes(pair?.cuped ?? pair?.difference, revenue.currency) };
  return html`<strong>${t(`analysis.experiments.value.verdict.${revenue.verdict}.title`, args)}</strong> ${t(`analysis.experiments.value.verdict.${revenue.verdict}.meaning`, args)} ${amongMany(revenue, result)}`;
}

/** What a reader must know before the figures. @param {any} one */
function remarks(one) {
  const { revenue } = one;
  /** @type {[string, string, number][]} */
  const said = [];
  for (const [index, arm] of revenue.arms.entries()) {
    const { name } = one.arms[index];
    if (arm.largest_share > LARGE_SHARE) said.push(['one_visitor', t('analysis.experiments.value.remark.one_visitor', { name, share: formatPercent(arm.largest_share) }), arm.largest_share]);
    if (arm.negative) said.push(['negative', t('analysis.experiments.value.remark.negative', { name, count: arm.negative, shown: formatCount(arm.negative) }), arm.negative]);
  }
  const left = revenue.left_out;
  const [{ cuped = null, difference = null } = {}] = revenue.pairs;
  if (cuped && revenue.pairs.length > 1) said.push(['cuped', t('analysis.experiments.value.remark.cuped_many'), cuped.reduction]);
  else if (cuped) said.push(['cuped', t('analysis.experiments.value.remark.cuped', { share: formatPercent(cuped.reduction), ...sizes(difference, revenue.currency) }), cuped.reduction]);
  const isPart = revenue.basis === 'visitors';
  if (isPart && left.without_revenue) said.push(['without_revenue', t('analysis.experiments.value.remark.without_revenue', { count: left.without_revenue, shown: formatCount(left.without_revenue) }), left.without_revenue]);
  if (isPart && left.without_before && revenue.pairs.some((/** @type {any} */ pair) => pair.cuped)) said.push(['without_before', t('analysis.experiments.value.remark.without_before', { count: left.without_before, shown: formatCount(left.without_before) }), left.without_before]);
  if (left.doubtful_before) said.push(['doubtful_before', t('analysis.experiments.value.remark.doubtful_before', { count: left.doubtful_before, shown: formatCount(left.doubtful_before) }), left.doubtful_before]);
  if (isPart && left.without_orders && revenue.arms.some((/** @type {any} */ arm) => arm.orders)) said.push(['without_orders', t('analysis.experiments.value.remark.without_orders', { count: left.without_orders, shown: formatCount(left.without_orders) }), left.without_orders]);
  return said.length ? html`<ul class="kpi-plan-notes kpi-muted">${said.map(([id, text, value]) => html`<li data-testid="revenue-remark" data-id=${id} data-value=${value}>${text}</li>`)}</ul>` : nothing;
}

/** @param {any} one */
function arms(one) {
  const { revenue } = one;
  const money = (/** @type {number|null} */ value) => formatValue(value, 'money', revenue.currency, 'cell');
  const hasOrders = revenue.arms.some((/** @type {any} */ arm) => arm.orders);
  const columns = ['arm', 'visitors', 'payers', 'revenue', 'mean', 'deviation', ...(hasOrders ? ['per_order'] : [])];
  return html`<div class="kpi-table-wrap" tabindex="0" role="region" aria-label=${t('analysis.experiments.of', { table: t('analysis.experiments.value.title'), name: one.name || t('analysis.experiments.unnamed') })}><table class="kpi-table"><thead><tr>
    ${columns.map((column) => html`<th scope="col"><span>${t(`analysis.experiments.value.column.${column}`)}</span></th>`)}</tr></thead>
    <tbody>${revenue.arms.map((/** @type {any} */ arm, /** @type {number} */ index) => html`<tr data-testid="revenue-arm" data-arm=${one.arms[index].name} data-mean=${arm.mean ?? nothing} data-deviation=${arm.deviation ?? nothing}><th scope="row">${one.arms[index].name}</th>
      <td>${formatCount(arm.visitors)}</td><td>${formatCount(arm.payers ?? NaN)}</td><td>${money(arm.sum)}</td><td>${money(arm.mean)}</td><td>${money(arm.deviation)}</td>${hasOrders ? html`<td>${money(arm.per_order)}</td>` : nothing}</tr>`)}</tbody></table></div>`;
}

/** The lines of the revenue in the table of evidence. @param {any} one @returns {[string, string, string][]} */
export function revenueLines(one) {
  const { revenue } = one;
  /** @type {[string, string, string][]} */
  const lines = [];
  const several = revenue.pairs.length > 1;
  const money = (/** @type {number} */ value) => signed(value, revenue.currency);
  const between = (/** @type {{low: number, high: number}} */ span) => t('analysis.experiments.between', { low: money(span.low), high: money(span.high) });
  for (const pair of revenue.pairs) {
    const about = (/** @type {string} */ note) => (several ? t('analysis.experiments.of', { table: one.arms[pair.arm].name, name: note }) : note);
    if (!pair.difference) {
      lines.push(['revenue', formatCount(NaN), about(t(`analysis.experiments.value.verdict.${pair.verdict}.title`))]);
      continue;
    }
    const { difference, cuped, bootstrap, ratio } = pair;
    lines.push(['revenue', money(difference.value), about(between(difference))], ['revenue_p', chance(pair.welch_p), about(t('analysis.experiments.value.evidence.welch', { degrees: formatCount(Math.round(difference ? pair.degrees_of_freedom : 0)) }))]);
    if (cuped) lines.push(['revenue_cuped', money(cuped.value), about(t('analysis.experiments.value.evidence.cuped', { span: between(cuped), p: chance(pair.p), share: formatPercent(cuped.reduction) }))]);
    if (bootstrap) lines.push(['revenue_bootstrap', between(bootstrap), about(bootstrapNote(pair, between))]);
    else if (revenue.basis === 'visitors') lines.push(['revenue_bootstrap', formatCount(NaN), about(t('analysis.experiments.value.evidence.bootstrap_none'))]);
    if (pair.holm !== null) lines.push(['revenue_holm', chance(pair.holm), about(t('analysis.experiments.value.evidence.holm'))]);
    if (pair.without_largest !== null) lines.push(['revenue_without_largest', chance(pair.without_largest), about(t('analysis.experiments.value.evidence.without_largest'))]);
    if (ratio) lines.push(['revenue_per_order', money(ratio.value), about(t('analysis.experiments.value.evidence.per_order', { span: between(ratio), p: chance(ratio.p) }))]);
  }
  if (revenue.p_of_many !== null) lines.push(['revenue_p_of_many', chance(revenue.p_of_many), t('analysis.experiments.evidence.p_of_many_note')]);
  return lines;
}

/** @param {any} pair @param {(span: {low: number, high: number}) => string} between */
function bootstrapNote(pair, between) {
  const { bootstrap } = pair;
  const shown = { count: bootstrap.draws, shown: formatCount(bootstrap.draws) };
  if (bootstrap.corrected_low === null) return t('analysis.experiments.value.evidence.bootstrap', shown);
  return t('analysis.experiments.value.evidence.bootstrap_corrected', { ...shown, span: between({ low: bootstrap.corrected_low, high: bootstrap.corrected_high }) });
}
