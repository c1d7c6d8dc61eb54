// Attribution: what each channel is credited with under every model, and where the models agree.
import { html, nothing } from 'lit';
import { formatCount, formatPercent, formatRange, formatValue } from '../format/format.js';
import { t } from '../i18n/translate.js';
import { reconciliationPart } from './analysis-reconciliation.js';
import { attributionSays, modelName, rowName } from './attribution-words.js';
import { attributionSettings } from './attribution-settings.js';
import { KpiElement } from './element.js';
import { reasonTitle } from './names.js';

/** @typedef {import('../engine/protocol.js').NoValue} NoValue */
/** @typedef {{conversions: number|null, value: number|null, return: number|null, return_undefined: NoValue|null, cost_per_win: number|null, cost_per_win_undefined: NoValue|null}} Credit */
/**
 * @typedef {{key: string, label: string, canonical: boolean, others: number, has_touches: boolean, touches: number, spend: number|null, spend_undefined: NoValue|null, spend_currency: string,
 *   self_reported: number|null, agreement: 'agrees'|'models_disagree'|'uncertain'|null, kept: number|null, lowest: number|null, highest: number|null, credits: Credit[]}} AttributedMember
 * @typedef {Credit & {id: string, undefined: NoValue|null, conversions: number, without_milestone: number}} AttributionModel what is unattributed, and the ratios of all rows together
 * @typedef {{undefined?: NoValue, from: string|null, to: string|null, by: string, currency: string, conversions: number, value: number|null, value_undefined: NoValue|null, spend: number|null, spend_undefined: NoValue|null,
 *   spend_currency: string, covered_spend: number|null, covered_currency: string, models: AttributionModel[], members: AttributedMember[], stability: {samples: number, all_agree: boolean, undefined: NoValue|null}, touches: Record<string, number>,
 *   deals: Record<string, number>, null_journeys: number, has_null_journeys: boolean, reconciliation: import('./reconciliation-words.js').Reconciliation|null}} Attribution
 * @typedef {'share'|'deals'|'value'|'return'|'cost_per_win'} Measure
 */

const MEASURES = /** @type {const} */ (['share', 'deals', 'value', 'return', 'cost_per_win']);
/** Measures that set credits against cost: a row without one has none of them. */
const OF_COST = new Set(['return', 'cost_per_win']);
const NOTES = /** @type {const} */ (['journey', 'account', 'models', 'markov', 'shapley', 'milestones', 'agree', 'cost', 'cause']);
const FATES = /** @type {const} */ (['used', 'of_null_journeys', 'of_other_deals', 'after_conversion', 'after_opportunity', 'before_window', 'of_undated', 'unreadable', 'of_nobody', 'repeats']);
const DEALS = /** @type {const} */ (['untouched', 'undated', 'without_value', 'without_lead', 'without_opportunity']);
/** Its credits can be negative, so that it says nothing of a range. */
const UNRANGED = 'shapley_rate';

/** @param {Attribution} result @param {Credit|AttributionModel} credit @param {Measure} measure */
function amount(result, credit, measure) {
  if (credit.conversions === null) return null;
  return measure === 'share' ? credit.conversions / result.conversions : measure === 'deals' ? credit.conversions : credit[measure];
}

/** Why a row says nothing of its cost. @param {AttributedMember} row */
function noCost(row) {
  if (!row.has_touches) return t('analysis.attribution.no_touches');
  if (row.spend !== null) return '';
  return !row.spend_undefined || row.spend_undefined.code === 'no_rows' || row.spend_undefined.code === 'missing_input' ? t('analysis.attribution.no_cost') : reasonTitle(row.spend_undefined);
}

/** Lowest and highest of what is known. @param {(number|null)[]} values */
const ends = (values) => { const known = /** @type {number[]} */ (values.filter((one) => one !== null)); return { low: known.length ? Math.min(...known) : null, high: known.length ? Math.max(...known) : null }; };

class KpiAttribution extends KpiElement {
  static properties = { state: { attribute: false }, result: { attribute: false }, measure: { state: true }, model: { state: true } };

  constructor() {
    super();
    /** @type {import('../state/app-state.js').AppState|null} */ this.state = null;
    /** @type {Attribution|null} */ this.result = null;
    /** @type {Measure} */ this.measure = 'share';
    this.model = 'linear';
  }

  /** @param {number|null} value @param {string} [currency] of the row's cost */
  #text(value, currency = '') {
    const { measure } = this;
    if (measure === 'deals') return formatValue(value, 'number', '', 'cell');
    if (measure === 'share' || measure === 'return') return formatValue(value, 'percent', '', 'cell');
    return formatValue(value, 'money', measure === 'value' ? this.result?.currency ?? '' : currency, 'cell');
  }

  render() {
    const { state, result } = this;
    if (!state || !result) return nothing;
    const settings = attributionSettings(this, state);
    if (result.undefined) return html`<div class="kpi-stack" data-testid="attribution">${result.undefined.code === 'missing_input' ? html`<p>${t('analysis.attribution.needs')}</p>` : settings}${reconciliationPart(result.reconciliation)}</div>`;
    return html`<div class="kpi-stack" data-testid="attribution" data-deals=${result.conversions} data-untouched=${result.deals['untouched'] ?? nothing}>
      <ul class="kpi-verdict" data-testid="attribution-says">${attributionSays(result).map((text) => html`<li>${text}</li>`)}</ul>
      ${settings}${this.#credits(result)}${this.#costs(result)}${reconciliationPart(result.reconciliation)}${this.#method(result)}</div>`;
  }

  /** @param {Attribution} result */
  #credits(result) {
    const models = result.models.map((model, index) => ({ model, index })).filter(({ model }) => !model.undefined);
    const ranged = models.filter(({ model }) => model.id !== UNRANGED);
    const isOfCost = OF_COST.has(this.measure);
    const rows = result.members.filter((row) => row.has_touches || (isOfCost && row.spend !== null)).map((row) => {
      const values = result.models.map((_, index) => { const credit = row.credits[index]; return credit ? amount(result, credit, this.measure) : null; });
      return { row, values, ...ends(ranged.map(({ index }) => values[index] ?? null)) };
    });
    const most = Math.max(0, ...rows.map(({ high }) => high ?? 0)), least = Math.min(0, ...rows.map(({ low }) => low ?? 0));
    const totals = result.models.map((model) => (isOfCost ? amount(result, model, this.measure) : this.measure === 'share' ? 1 : this.measure === 'deals' ? result.conversions : result.value));
    const all = ends(ranged.map(({ index }) => totals[index] ?? null));
    return html`<section class="kpi-sheetlike"><div class="kpi-table-bar"><h2>${t(`analysis.attribution.table.${this.measure}`)}</h2>
        <p>${result.from && result.to ? formatRange(result.from, result.to) : ''}</p>
        <label class="kpi-field kpi-push">${t('analysis.attribution.show')}<select class="kpi-input" data-testid="attribution-measure" @change=${(/** @type {Event} */ event) => { this.measure = /** @type {Measure} */ (/** @type {HTMLSelectElement} */ (event.target).value); }}>
          ${MEASURES.map((one) => html`<option value=${one} .selected=${one === this.measure}>${t(`analysis.attribution.measure.${one}`)}</option>`)}</select></label></div>
      ${this.measure === 'value' && result.value_undefined ? html`<p class="kpi-plan-foot">${reasonTitle(result.value_undefined)}</p>` : nothing}
      <div class="kpi-table-wrap" tabindex="0" role="region" aria-label=${t(`analysis.attribution.table.${this.measure}`)}><table class="kpi-table kpi-attribution-table" data-testid="attribution-credits">
        <thead><tr><th scope="col"><span>${t(`analysis.attribution.by.${result.by}`)}</span></th><th scope="col"><span>${t('analysis.attribution.range')}</span></th>${isOfCost ? nothing : html`<th scope="col"><span>${t('analysis.attribution.agreement')}</span></th>`}
          ${models.map(({ model }) => html`<th scope="col" title=${t(`analysis.attribution.model_about.${model.id}`)}><span>${modelName(model.id)}</span></th>`)}</tr></thead>
        <tbody>${rows.map(({ row, values, low, high }) => html`<tr data-testid="attribution-row" data-key=${row.key} data-agreement=${row.agreement ?? nothing} data-low=${low ?? nothing} data-high=${high ?? nothing}>
          <th scope="row">${rowName(row)}</th>
          <td class="kpi-attribution-range">${low === null || high === null ? html`${this.#text(null)}${isOfCost ? html`<small>${noCost(row)}</small>` : nothing}` : html`<span>${this.#text(low, row.spend_currency)} – ${this.#text(high, row.spend_currency)}</span>${rangeBar(low, high, most, least)}`}</td>
          ${isOfCost ? nothing : html`<td class=${row.agreement === 'agrees' ? 'kpi-better' : 'kpi-muted'}>${row.agreement && row.touches ? t(`analysis.attribution.agrees.${row.agreement}`) : ''}</td>`}
          ${models.map(({ model, index }) => html`<td data-model=${model.id} data-value=${values[index] ?? nothing} title=${isOfCost && values[index] === null ? this.#why(row, index) : nothing} class=${low !== high && model.id !== UNRANGED && (values[index] === low || values[index] === high) ? 'is-end' : ''}>${this.#text(values[index] ?? null, row.spend_currency)}</td>`)}</tr>`)}
          ${isOfCost ? nothing : html`<tr data-testid="attribution-rest"><th scope="row">${t('analysis.attribution.unattributed')}</th><td></td><td></td>${models.map(({ model }) => { const rest = amount(result, model, this.measure); return html`<td data-model=${model.id} data-value=${rest ?? nothing}>${this.#text(rest)}</td>`; })}</tr>`}</tbody>
        <tfoot><tr class="is-all" data-testid="attribution-all"><th scope="row">${t(`analysis.attribution.${isOfCost ? 'all_cost' : 'all'}`)}</th>${isOfCost ? html`<td>${all.low === null ? nothing : `${this.#text(all.low, result.covered_currency)} – ${this.#text(all.high, result.covered_currency)}`}</td>` : html`<td></td><td></td>`}
          ${models.map(({ model, index }) => html`<td data-model=${model.id} data-value=${totals[index] ?? nothing}>${this.#text(totals[index] ?? null, result.covered_currency)}</td>`)}</tr></tfoot></table></div>
      ${result.models.filter((model) => model.undefined).map((model) => html`<p class="kpi-plan-foot kpi-muted">${t('analysis.attribution.no_model', { model: modelName(model.id), reason: reasonTitle(/** @type {NoValue} */ (model.undefined)) })}</p>`)}
      ${isOfCost ? html`<p class="kpi-plan-foot kpi-muted" data-testid="attribution-covered">${t('analysis.attribution.table_foot_cost', { covered: formatValue(result.covered_spend, 'money', result.covered_currency), spend: formatValue(result.spend, 'money', result.spend_currency) })}</p>` : nothing}
      <p class="kpi-plan-foot kpi-muted">${t('analysis.attribution.table_foot')}</p></section>`;
  }

  /** @param {AttributedMember} row @param {number} index of the model */
  #why(row, index) {
    const credit = row.credits[index];
    const why = this.measure === 'return' ? credit?.return_undefined : credit?.cost_per_win_undefined;
    return noCost(row) || (this.measure === 'cost_per_win' && why?.code === 'denominator_zero' ? t('analysis.attribution.no_deal') : why ? reasonTitle(why) : '');
  }

  /** @param {Attribution} result */
  #costs(result) {
    const index = Math.max(0, result.models.findIndex((model) => model.id === this.model));
    const hasAnswers = result.members.some((row) => row.self_reported !== null);
    const money = (/** @type {number|null|undefined} */ value, currency = result.currency) => formatValue(value, 'money', currency, 'cell');
    return html`<section class="kpi-sheetlike"><div class="kpi-table-bar"><h2>${t('analysis.attribution.costs')}</h2>
        <label class="kpi-field kpi-push">${t('analysis.attribution.model_choice')}<select class="kpi-input" data-testid="attribution-model" @change=${(/** @type {Event} */ event) => { this.model = /** @type {HTMLSelectElement} */ (event.target).value; }}>
          ${result.models.filter((model) => !model.undefined).map((model) => html`<option value=${model.id} .selected=${model.id === this.model}>${modelName(model.id)}</option>`)}</select></label></div>
      <div class="kpi-table-wrap" tabindex="0" role="region" aria-label=${t('analysis.attribution.costs')}><table class="kpi-table" data-testid="attribution-costs">
        <thead><tr><th scope="col"><span>${t(`analysis.attribution.by.${result.by}`)}</span></th>${['spend', 'deals', 'value', 'return', 'cost_per_win', ...(hasAnswers ? ['self_reported'] : [])].map((column) => html`<th scope="col"><span>${t(`analysis.attribution.column.${column}`)}</span></th>`)}</tr></thead>
        <tbody>${result.members.map((row) => { const credit = row.credits[index]; return html`<tr data-testid="attribution-cost-row" data-key=${row.key} data-spend=${row.spend ?? nothing} data-value=${credit?.value ?? nothing} data-return=${credit?.return ?? nothing} data-cost=${credit?.cost_per_win ?? nothing}>
          <th scope="row">${rowName(row)}${row.has_touches ? nothing : html` <span class="kpi-muted">${t('analysis.attribution.no_touches')}</span>`}</th>
          <td>${money(row.spend, row.spend_currency)}</td><td>${formatValue(credit?.conversions, 'number', '', 'cell')}</td><td>${money(credit?.value)}</td>
          <td>${formatValue(credit?.return, 'percent', '', 'cell')}</td><td>${money(credit?.cost_per_win, row.spend_currency)}</td>
          ${hasAnswers ? html`<td>${formatValue(row.self_reported, 'percent', '', 'cell')}</td>` : nothing}</tr>`; })}</tbody>
        <tfoot><tr class="is-all" data-testid="attribution-cost-all"><th scope="row">${t('analysis.attribution.all_cost')}</th><td>${money(result.covered_spend, result.covered_currency)}</td><td></td><td></td><td>${formatValue(result.models[index]?.return, 'percent', '', 'cell')}</td>
          <td>${money(result.models[index]?.cost_per_win, result.covered_currency)}</td>${hasAnswers ? html`<td></td>` : nothing}</tr></tfoot></table></div>
      <p class="kpi-plan-foot kpi-muted">${t('analysis.attribution.costs_foot')}</p></section>`;
  }

  /** @param {Attribution} result */
  #method(result) {
    const rows = Object.values(result.touches).reduce((sum, one) => sum + one, 0);
    return html`<details class="kpi-more kpi-attribution-how" data-testid="attribution-how"><summary>${t('analysis.attribution.how')}</summary>
      <ul class="kpi-plan-notes">${NOTES.map((note) => html`<li>${t(`analysis.attribution.how_${note}`, { samples: formatCount(result.stability.samples) })}</li>`)}</ul>
      <h3>${t('analysis.attribution.touches', { rows: formatCount(rows) })}</h3>
      <ul class="kpi-plan-notes">${FATES.filter((fate) => fate === 'used' || result.touches[fate]).map((fate) => html`<li data-testid="attribution-fate" data-fate=${fate} data-rows=${result.touches[fate] ?? 0}>${t(`analysis.attribution.fate.${fate}`, { rows: formatCount(result.touches[fate] ?? 0) })}</li>`)}</ul>
      <h3>${t('analysis.attribution.deals')}</h3>
      <ul class="kpi-plan-notes"><li>${result.has_null_journeys ? t('analysis.attribution.null_journeys', { journeys: formatCount(result.null_journeys), share: formatPercent(share(result.null_journeys, result.deals['touched'] ?? 0)) }) : t('analysis.attribution.null_unknown')}</li>
        ${DEALS.filter((one) => result.deals[one]).map((one) => html`<li>${t(`analysis.attribution.deal.${one}`, { deals: formatCount(result.deals[one] ?? 0) })}</li>`)}</ul></details>`;
  }
}

/** @param {number} part @param {number} rest */
const share = (part, rest) => (part + rest ? part / (part + rest) : 0);

/** @param {number} low @param {number} high @param {number} most @param {number} least below 0 where something lost money */
function rangeBar(low, high, most, least) {
  if (!(most > least)) return nothing;
  const x = ((low - least) / (most - least)) * 100;
  return html`<svg class="kpi-attribution-bar" viewBox="0 0 100 6" preserveAspectRatio="none" aria-hidden="true"><rect class="is-track" width="100" height="6"></rect><rect x=${x} width=${Math.max(1, ((high - least) / (most - least)) * 100 - x)} height="6"></rect></svg>`;
}

customElements.define('kpi-attribution', KpiAttribution);

/** @param {import('../state/app-state.js').AppState} state @param {Attribution} result */
export const drawAttribution = (state, result) => html`<kpi-attribution .state=${state} .result=${result}></kpi-attribution>`;
