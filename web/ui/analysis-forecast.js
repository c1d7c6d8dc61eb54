// A KPI's next months: the forecast with its intervals, how it did on the past, and why there is none.
import { html, nothing } from 'lit';
import '../charts/curve-chart.js';
import { formatBucket, formatCount, formatPercent, formatValue } from '../format/format.js';
import { t } from '../i18n/translate.js';
import { analysisTable } from './analysis-table.js';
import { ask, KpiElement } from './element.js';
import { kpiName, listOf, reasonTitle } from './names.js';

/** @typedef {import('../state/app-state.js').AppState} AppState */
/** @typedef {{from: string, mean: number, low80: number, high80: number, low95: number, high95: number}} Ahead */

const HOW = ['months', 'model', 'interval', 'test', 'scaled', 'rate'];
const HARDLY = 0.05;
const monthName = (/** @type {string} */ from) => formatBucket({ label: '', from }, 'month');

class KpiAnalysisForecast extends KpiElement {
  static properties = { state: { attribute: false }, result: { attribute: false } };

  constructor() {
    super();
    /** @type {AppState|null} */ this.state = null;
    /** @type {any} */ this.result = null;
  }

  /** @param {number|null} value @param {import('../format/format.js').Detail} [detail] */
  #value(value, detail) {
    return formatValue(value, this.result.display, this.result.currency, detail);
  }

  render() {
    const { state, result } = this;
    if (!state || !result) return nothing;
    return html`${result.ahead.length ? html`<ul class="kpi-verdict" data-testid="forecast-verdict">${this.#verdict().map((one) => html`<li>${one}</li>`)}</ul>` : nothing}
      ${this.#settings(state)}
      ${result.months.length ? html`<section class="kpi-sheetlike kpi-part" data-testid="forecast-chart"><h2>${t('analysis.forecast.title', { kpi: kpiName(result.kpi) })}</h2>${this.#gaps()}${this.#chart()}${this.#table()}</section>` : nothing}
      ${result.test ? this.#test() : nothing}
      <details class="kpi-more" data-testid="forecast-how"><summary>${t('analysis.forecast.how.title')}</summary><ul class="kpi-how">${HOW.map((key) => html`<li>${t(`analysis.forecast.how.${key}`, { origins: formatCount(result.test?.origins ?? 0), steps: formatCount(result.test?.horizon ?? 0) })}</li>`)}
        ${result.clipped ? html`<li>${t('analysis.forecast.clipped')}</li>` : nothing}${result.by_period ? html`<li>${t('analysis.forecast.by_period')}</li>` : nothing}
        ${result.left_out.partial ? html`<li data-testid="left-out" data-key="partial">${t('analysis.forecast.partial', { count: result.left_out.partial, shown: formatCount(result.left_out.partial) })}</li>` : nothing}
        ${result.left_out.cut ? html`<li data-testid="left-out" data-key="cut">${t('analysis.forecast.cut', { shown: formatCount(result.left_out.cut) })}</li>` : nothing}</ul></details>`;
  }

  #verdict() {
    const { ahead, test, kpi } = this.result;
    const [first] = /** @type {Ahead[]} */ (ahead);
    const last = /** @type {Ahead} */ (ahead[ahead.length - 1]);
    const says = (/** @type {Ahead} */ one) => ({ kpi: kpiName(kpi), month: monthName(one.from), mean: this.#value(one.mean), low: this.#value(one.low80), high: this.#value(one.high80) });
    const skill = test.skill.value;
    return [t('analysis.forecast.says.first', says(first)), ...(ahead.length > 1 ? [t('analysis.forecast.says.last', says(last))] : []),
      t(skill < HARDLY ? 'analysis.forecast.says.hardly' : 'analysis.forecast.says.better', { skill: formatPercent(skill), naive: this.#naive(), origins: formatCount(test.origins) })];
  }

  #naive() {
    return t(`analysis.forecast.naive_${this.result.test.naive_season > 1 ? 'season' : 'last'}`);
  }

  /** @param {AppState} state */
  #settings({ report }) {
    const { result } = this;
    const kpis = (report?.kpis ?? []).filter((one) => one.value !== null || one.id === result.kpi);
    const set = (/** @type {Record<string, unknown>} */ change) => ask(this, { type: 'analysis_settings', view: 'forecast', change });
    return html`<div class="kpi-analysis-ask"><label class="kpi-field">${t('analysis.forecast.ask.kpi')}<select class="kpi-input" data-testid="forecast-kpi" @change=${(/** @type {Event} */ event) => set({ kpi: /** @type {HTMLSelectElement} */ (event.target).value })}>${kpis.map(({ id }) => html`<option value=${id} .selected=${id === result.kpi}>${kpiName(id)}</option>`)}</select></label>
      <label class="kpi-field">${t('analysis.forecast.ask.horizon')}<select class="kpi-input" data-testid="forecast-horizon" @change=${(/** @type {Event} */ event) => set({ horizon: Number(/** @type {HTMLSelectElement} */ (event.target).value) })}>${[3, 6, 12, 24].map((months) => html`<option value=${months} .selected=${months === result.horizon}>${t('analysis.forecast.month_count', { shown: formatCount(months) })}</option>`)}</select></label></div>`;
  }

  #gaps() {
    const { gaps } = this.result.left_out;
    if (gaps.length) return html`<p class="kpi-note is-warning" data-testid="forecast-gaps">${t('analysis.forecast.gaps', { months: listOf(gaps.slice(0, 12).map(monthName)) })}</p>`;
    return this.result.undefined?.code === 'too_few_rows' ? html`<p class="kpi-note">${t('analysis.forecast.too_few', { shown: formatCount(this.result.months.length) })}</p>` : nothing;
  }

  #chart() {
    const { months, ahead } = this.result;
    const end = months.length - 1;
    const past = months.map((/** @type {any} */ one, /** @type {number} */ i) => [i, one.value]);
    /** @type {[number, number][]} */
    const next = ahead.map((/** @type {Ahead} */ one, /** @type {number} */ i) => [end + 1 + i, one.mean]);
    const band = (/** @type {'low80'|'low95'} */ low, /** @type {'high80'|'high95'} */ high) => [[end, past[end][1], past[end][1]], ...ahead.map((/** @type {Ahead} */ one, /** @type {number} */ i) => [end + 1 + i, one[low], one[high]])];
    const at = (/** @type {number} */ i) => (i <= end ? months[i].from : ahead[i - end - 1]?.from);
    const curves = [{ name: 'past', points: past, mark: 'is-line' }, ...(next.length ? [{ name: 'ahead', points: [past[end], ...next], mark: 'is-ahead-line' }] : [])];
    const bands = next.length ? [{ mark: 'is-band-wide', points: band('low95', 'high95') }, { mark: 'is-band', points: band('low80', 'high80') }] : [];
    const last = /** @type {Ahead|undefined} */ (ahead[ahead.length - 1]);
    const summary = last ? t('analysis.forecast.summary', { kpi: kpiName(this.result.kpi), count: months.length, from: monthName(months[0].from), to: monthName(months[end].from), month: monthName(last.from), mean: this.#value(last.mean), low: this.#value(last.low95), high: this.#value(last.high95) })
      : t('analysis.forecast.summary_none', { kpi: kpiName(this.result.kpi), from: monthName(months[0].from), to: monthName(months[end].from) });
    return html`<kpi-curve-chart .curves=${curves} .bands=${bands} .summary=${summary} .ticks=${[...Array(months.length + ahead.length).keys()]} .label=${(/** @type {number} */ i) => (at(i) ? monthName(at(i)) : '')} .shown=${(/** @type {number} */ y) => this.#value(y, 'axis')}></kpi-curve-chart>
      ${next.length ? html`<p class="kpi-legend"><span>${t('analysis.forecast.past')}</span><span class="is-ahead">${t('analysis.forecast.ahead')}</span><span class="is-shade">${t('analysis.forecast.interval', { share: formatPercent(0.8, 'axis') })}</span><span class="is-shade is-wide">${t('analysis.forecast.interval', { share: formatPercent(0.95, 'axis') })}</span></p>` : nothing}`;
  }

  #table() {
    const { months, ahead } = this.result;
    const span = (/** @type {number} */ low, /** @type {number} */ high) => `${this.#value(low)} \u2013 ${this.#value(high)}`;
    const name = kpiName(this.result.kpi);
    return html`${ahead.length ? analysisTable(t('analysis.forecast.table', { kpi: name }), [t('analysis.forecast.column.month'), t('analysis.forecast.column.forecast'), t('analysis.forecast.interval', { share: formatPercent(0.8, 'axis') }), t('analysis.forecast.interval', { share: formatPercent(0.95, 'axis') })],
      ahead.map((/** @type {Ahead} */ one) => html`<tr data-testid="forecast-month" data-from=${one.from} data-mean=${one.mean} data-low=${one.low95} data-high=${one.high95}><th scope="row">${monthName(one.from)}</th><td>${this.#value(one.mean)}</td><td>${span(one.low80, one.high80)}</td><td>${span(one.low95, one.high95)}</td></tr>`), 'forecast-table') : nothing}
      <details class="kpi-more"><summary>${t('analysis.forecast.history', { shown: formatCount(months.length) })}</summary>${analysisTable(name, [t('analysis.forecast.column.month'), name], months.map((/** @type {any} */ one) => html`<tr data-testid="forecast-past" data-from=${one.from} data-value=${one.value}><th scope="row">${monthName(one.from)}</th><td>${this.#value(one.value, 'exact')}</td></tr>`))}</details>`;
  }

  #test() {
    const { test, mase, smape, model } = this.result;
    const rows = [['error', this.#value(test.error)], ['naive_error', this.#value(test.naive_error)], ['skill', test.skill.undefined ? reasonTitle(test.skill.undefined) : formatPercent(test.skill.value)],
      ['mase', mase.undefined ? reasonTitle(mase.undefined) : formatValue(mase.value, 'ratio')], ['smape', smape.undefined ? reasonTitle(smape.undefined) : formatPercent(smape.value)]];
    return html`<section class="kpi-sheetlike kpi-part" data-testid="forecast-test"><h2>${t('analysis.forecast.test.title')}</h2>
      <p>${t('analysis.forecast.test.lead', { origins: formatCount(test.origins), steps: formatCount(test.horizon), naive: this.#naive() })} ${model ? t('analysis.forecast.test.model', { trend: t(`analysis.forecast.trend.${model.trend}`), season: t(`analysis.forecast.season.${model.season}`) }) : nothing}</p>
      ${analysisTable(t('analysis.forecast.test.title'), [t('analysis.forecast.column.measure'), t('analysis.forecast.column.value')], rows.map(([key, text]) => html`<tr data-testid="forecast-accuracy" data-key=${key}><th scope="row">${t(`analysis.forecast.test.${key}`, { naive: this.#naive() })}</th><td>${text}</td></tr>`))}</section>`;
  }
}

customElements.define('kpi-analysis-forecast', KpiAnalysisForecast);

/** @param {AppState} state @param {any} result */
export const forecastView = (state, result) => html`<kpi-analysis-forecast .state=${state} .result=${result}></kpi-analysis-forecast>`;
