// The way from the goal to the spend, a row for each stage: the rate in force, what is needed, what there was.
import { html, nothing } from 'lit';
import { formatChange, formatPercent, formatValue } from '../format/format.js';
import { t } from '../i18n/translate.js';
import { KpiElement } from './element.js';
import './plan-rate.js';
import { isAcross, needText, planReason, rateLabel, rateName, rowName, sourceText, spanText, whole } from './plan-words.js';

/** @typedef {import('../engine/protocol.js').PlanRow} PlanRow */
const SHARES = ['needed', 'had', 'gap'];

class KpiPlanFunnel extends KpiElement {
  static properties = { planned: { attribute: false }, plan: { attribute: false }, currency: {} };

  constructor() {
    super();
    /** @type {import('../engine/protocol.js').Plan|null} */ this.planned = null;
    /** @type {import('../state/plan.js').PlanInput} */ this.plan = /** @type {any} */ (null);
    this.currency = '';
  }

  render() {
    if (!this.planned || !this.plan) return nothing;
    return html`<table class="kpi-table kpi-plan-table" data-testid="plan-table">
      <thead><tr><th scope="col"><span>${t('plan.column.step')}</span></th><th scope="col" class="kpi-plan-rates"><span>${t('plan.column.rate')}</span></th>${SHARES.map((key) => html`<th scope="col"><span>${t(`plan.column.${key}`)}</span></th>`)}</tr></thead>
      <tbody>${this.planned.rows.map((row, i, all) => this.#row(row, all[i - 1]))}</tbody></table>`;
  }

  /** @param {PlanRow} row @param {PlanRow} [before] */
  #row(row, before) {
    const { rate } = row;
    const span = spanText(row);
    const why = row.undefined ? planReason(row.undefined) : '';
    const isFirst = why !== (before?.undefined ? planReason(before.undefined) : '');  // the way ends once, not in every row
    return html`<tr data-testid="plan-row" data-row=${row.id} data-after=${row.after} data-needed=${row.needed ?? nothing} data-low=${row.interval?.[0] ?? nothing} data-high=${row.interval?.[1] ?? nothing}
        data-actual=${row.actual ?? nothing} data-brings=${row.brings ?? nothing} data-reason=${row.undefined?.code ?? nothing} data-rate=${rate?.value ?? nothing} data-source=${rate?.source ?? nothing} class=${row.id === 'revenue' || row.id === 'marketing_spend' ? 'is-all' : ''}>
      <th scope="row">${rowName(row.id)}</th>
      <td class="kpi-plan-rates">${rate ? this.#rate(row, rate) : html`<small class="kpi-muted">${t(`plan.note.${row.id === 'revenue' ? 'goal' : row.id}`)}</small>`}</td>
      <td data-label=${t('plan.column.needed')}>${row.undefined ? isFirst ? html`<small class="kpi-plan-why">${why}</small>` : html`<span class="kpi-muted">${needText(row)}</span>` : html`<strong class="kpi-plan-need">${needText(row)}</strong>${span ? html`<small class="kpi-muted">${span}</small>` : nothing}`}</td>
      <td data-label=${t('plan.column.had')} class="kpi-muted">${formatValue(row.actual, row.display, row.actual_currency)}</td>
      <td data-label=${t('plan.column.gap')}>${this.#gap(row)}</td></tr>`;
  }

  /** @param {PlanRow} row @param {import('../engine/protocol.js').PlanRate} rate */
  #rate(row, rate) {
    if (isAcross(row)) {
      return html`<div class="kpi-plan-across"><span>${rateLabel(row)}<small class="kpi-muted">${sourceText(rate, row)}${rate.small ? html` <span class="kpi-plan-few">${t('plan.few')}</span>` : nothing}</small></span>
        <span class="kpi-figure">${formatValue(rate.value, rate.display)}</span></div>`;
    }
    const isShort = row.id === 'new_leads' && row.undefined && rate.source === 'none';  // who knows no stages can still say how many leads become customers
    return html`<kpi-plan-rate name=${rate.id} scope="funnel" display=${rate.display} currency=${rate.currency || this.currency} label=${rateLabel(row)} note=${sourceText(rate, row)} ?small=${rate.small}
        .value=${rate.source === 'typed' ? null : rate.value} .entry=${this.plan.typed[rate.id] ?? null}></kpi-plan-rate>
      ${isShort ? html`<kpi-plan-rate name="lead_to_customer_rate" scope="funnel" label=${rateName('lead_to_customer_rate')} note=${t('plan.direct')} .entry=${this.plan.typed['lead_to_customer_rate'] ?? null}></kpi-plan-rate>` : nothing}`;
  }

  /** What is still to come, and how much of the need there was. @param {PlanRow} row */
  #gap({ id, needed, actual, display, currency }) {
    if (needed === null || actual === null) return html`<span class="kpi-muted">${formatValue(null, display)}</span>`;
    const gap = /** @type {number} */ (whole(needed, display)) - actual;
    if (display === 'percent') return formatChange({ delta: gap, ratio: null }, display);
    const near = Math.abs(gap) < 1e-9 * Math.max(1, Math.abs(actual));
    const sign = near || gap < 0 ? '' : '+';
    const had = needed > 0 && id !== 'cac_marketing' ? Math.max(0, actual / needed) : null;
    return html`<span class="kpi-plan-gain">${sign}${formatValue(near ? 0 : gap, display, currency)}</span>
      ${had === null ? nothing : html`<span class="kpi-plan-bar" role="img" aria-label=${t('plan.had', { share: formatPercent(had, 'axis') })}><span .style=${`inline-size: ${Math.min(100, had * 100)}%`}></span></span>`}`;
  }
}

customElements.define('kpi-plan-funnel', KpiPlanFunnel);
