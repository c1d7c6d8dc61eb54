// What customers of each segment are worth and cost, and how the recurring revenue of each moved.
import { html, nothing } from 'lit';
import { formatCount, formatPercent, formatRange, formatValue } from '../format/format.js';
import { t } from '../i18n/translate.js';
import { tableOf } from './analysis-customers-parts.js';
import { fieldName, kpiName, memberName, reasonTitle } from './names.js';

/** @typedef {import('./analysis-table.js').Outcome} Outcome */

const FEW_CUSTOMERS = 10, FEW_LEAVERS = 5;
/** @type {[string, string][]} */
const COLUMNS = [['arpa', 'money'], ['customer_churn_rate', 'percent'], ['net_revenue_retention', 'percent'], ['clv_simple', 'money'], ['clv_margin', 'money'], ['clv_npv', 'money'], ['cac', 'money'], ['clv_to_cac', 'ratio'], ['cac_payback_period', 'months']];
const MOVES = ['mrr_start', 'new_mrr', 'expansion_mrr', 'contraction_mrr', 'churned_mrr', 'mrr'];

const columnName = (/** @type {string} */ id) => (id === 'arpa' || id === 'cac' ? t(`analysis.customers.segments.${id}`) : kpiName(id));
const known = (/** @type {Outcome} */ one) => one.value !== null;

/** Why a cell is empty: who has no leaver has no end to the value, and that is no fault of the file. @param {Outcome} one */
const why = ({ undefined: reason }) => {
  const below = reason?.code === 'denominator_zero' ? String(reason.args) : '';
  if (below.includes('customer_churn_rate')) return t('analysis.customers.segments.no_leaver');
  return /_start$/.test(below) ? t('analysis.customers.revenue.nobody') : reason ? reasonTitle(reason) : '';
};

/** @param {Outcome} one @param {string} display @param {string} [currency] */
const textOf = (one, display, currency) => (known(one) ? formatValue(one.value, display, currency) : html`<small class="kpi-muted">${why(one)}</small>`);

/** @param {any} one @param {string} id @param {string} display @param {string} currency */
function cell(one, id, display, currency) {
  const value = /** @type {Outcome} */ (one[id]);
  if (!known(value)) return html`<td data-kpi=${id}><small class="kpi-muted">${why(value)}</small></td>`;
  const isChurn = id === 'customer_churn_rate';
  const leavers = one.churned_customers.value;
  const few = (isChurn || id.startsWith('clv_m') || id.startsWith('clv_n') || id === 'clv_to_cac') && leavers !== null && leavers < FEW_LEAVERS;
  return html`<td data-kpi=${id} data-value=${value.value} class=${few ? 'is-few' : ''}>${formatValue(value.value, display, currency)}${isChurn ? html`<small class="kpi-muted kpi-under">${t('analysis.customers.segments.leavers', { left: formatValue(leavers, 'count'), start: formatValue(one.customers_start.value, 'count') })}</small>` : nothing}</td>`;
}

/** @param {any} data */
export function segmentsVerdict({ segments }) {
  if (segments.undefined) return [];
  const { all, members, currency } = segments;
  const able = members.filter((/** @type {any} */ one) => known(one.clv_margin) && (one.churned_customers.value ?? 0) >= FEW_LEAVERS);
  const best = able.length > 1 ? able.reduce((/** @type {any} */ a, /** @type {any} */ b) => (b.clv_margin.value > a.clv_margin.value ? b : a)) : null;
  const money = (/** @type {any} */ one) => formatValue(one.value, 'money', currency);
  if (!known(all.clv_margin)) return [];
  const left = { left: formatValue(all.churned_customers.value, 'count'), start: formatValue(all.customers_start.value, 'count'), period: formatRange(segments.first, segments.last) };
  const says = known(all.clv_to_cac) ? t('analysis.customers.segments.says_ratio', { ...left, value: money(all.clv_margin), cac: money(all.cac), ratio: formatValue(all.clv_to_cac.value, 'ratio') }) : t('analysis.customers.segments.says', { ...left, value: money(all.clv_margin) });
  return [says, ...(best ? [t('analysis.customers.segments.says_best', { name: memberName(best), value: money(best.clv_margin) })] : [])];
}

/** @param {any} data */
export function segmentsPart({ segments }) {
  if (segments.undefined) return html`<p class="kpi-note" data-testid="segments-none" data-code=${segments.undefined.code}>${t('analysis.customers.segments.none')}</p>`;
  const { all, members, currency, dimension } = segments;
  const rows = [...members, all];
  const shown = COLUMNS.filter(([id]) => rows.some((one) => known(one[id])));
  const hidden = COLUMNS.filter(([id]) => !rows.some((one) => known(one[id])));
  const name = dimension ? fieldName(dimension) : t('analysis.customers.segments.all');
  const rowName = (/** @type {any} */ one) => (one === all ? t('analysis.customers.segments.all') : memberName(one));
  /** @param {any} one @param {string} testid @param {unknown} cells */
  const line = (one, testid, cells) => html`<tr class=${one === all ? 'is-all' : ''} data-testid=${testid} data-key=${one === all ? nothing : one.key} data-all=${String(one === all)} data-customers=${one.active_customers.value ?? nothing}><th scope="row">${rowName(one)}</th>${cells}</tr>`;
  const over100 = rows.some((one) => (one.net_revenue_retention.value ?? 0) > 1);
  const basis = [t('analysis.customers.segments.note', { period: formatRange(segments.first, segments.last) }), t(`analysis.customers.segments.${segments.recurring ? 'recurring' : 'sold'}`),
    segments.gross_margin === null ? '' : t('analysis.customers.segments.rates', { margin: formatPercent(segments.gross_margin), discount: formatPercent(segments.discount_rate) }),
    segments.cac_source ? t(segments.cac_source === 'typed' ? 'analysis.customers.segments.cac_typed' : 'analysis.customers.segments.cac_from', { name: segments.cac_source === 'typed' ? '' : kpiName(segments.cac_source) }) : '',
    over100 ? t('analysis.customers.segments.over100') : '', segments.rest ? t('analysis.customers.groups_rest', { customers: formatCount(segments.rest) }) : ''];
  return html`${tableOf({ title: t('analysis.customers.segments.title'), testid: 'segments', wide: true, head: [name, t('analysis.customers.column.customers'), ...shown.map(([id]) => columnName(id))],
      rows: rows.map((one) => line(one, 'segment', html`<td class=${(one.active_customers.value ?? 0) < FEW_CUSTOMERS ? 'is-few' : ''}>${textOf(one.active_customers, 'count')}</td>${shown.map(([id, display]) => cell(one, id, display, currency))}`)),
      note: html`${basis.filter(Boolean).join(' ')}${hidden.length ? html`<br><span data-testid="segments-hidden">${hidden.map(([id]) => t('analysis.customers.segments.hidden', { name: columnName(id), why: why(all[id]) })).join(' ')}</span>` : nothing}` })}
    ${members.length ? tableOf({ title: t('analysis.customers.segments.moves', { name }), testid: 'segment-moves', wide: true, head: [name, ...MOVES.map((id) => t(`analysis.customers.segments.move.${id}`)), kpiName('gross_revenue_retention'), kpiName('net_revenue_retention')],
      rows: rows.map((one) => line(one, 'segment-move', html`${MOVES.map((id) => html`<td data-part=${id} data-value=${one[id].value ?? nothing}>${textOf(one[id], 'money', currency)}</td>`)}${['gross_revenue_retention', 'net_revenue_retention'].map((id) => html`<td data-kpi=${id}>${textOf(one[id], 'percent')}</td>`)}`)),
      note: t('analysis.customers.segments.moves_note') }) : nothing}`;
}
