// A KPI's next months: the forecast with its intervals, how it did on the past, and why there is none.
import { html, nothing } from 'lit';
import '../charts/curve-chart.js';
import { formatBucket, formatCount, formatPercent, formatValue } from '../format/format.js';
import { t } from '../i18n/translate.js';
import { analysisTable } from './analysis-table.js';
import { ask, KpiElement } from './element.js';
import { errorText, forecastTest, naiveWords } from './forecast-test.js';
import { kpiName, listOf } from './names.js';

/** @typedef {import('../state/app-state.js').AppState} AppState */
/** @typedef {{from: string, value: number, expected: number}} Unusual */
/** @typedef {{from: string, mean: number, low80: number, high80: number, low95: number, high95: number}} Ahead */

const HOW = ['months', 'model', 'interval', 'test', 'scaled', 'rate', 'unusual'];
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
    const verdict = this.#verdict();
    return html`${verdict.length ? html`<ul class="kpi-verdict" data-testid="forecast-verdict" data-verdict=${result.test?.verdict ?? nothing}>${verdict.map((one) => html`<li>${one}</li>`)}</ul>` : nothing}
      ${this.#settings(state)}
      ${result.months.length ? html`<section class="kpi-sheetlike kpi-part" data-testid="forecast-chart"><h2>${t('analysis.forecast.title', { kpi: kpiName(result.kpi) })}</h2>${this.#gaps()}${this.#chart()}${this.#unusual()}${this.#table()}</section>` : nothing}
      ${result.test ? forecastTest(result) : nothing}
      <details class="kpi-more" data-testid="forecast-how"><summary>${t('analysis.forecast.how.title')}</summary><ul class="kpi-how">${HOW.map((key) => html`<li>${t(`analysis.forecast.how.${key}`, { origins: formatCount(result.test?.origins ?? 0), steps: formatCount(result.test?.horizon ?? 0) })}</li>`)}
        ${result.clipped ? html`<li>${t('analysis.forecast.clipped')}</li>` : nothing}${result.by_period ? html`<li>${t('analysis.forecast.by_period')}</li>` : nothing}
        ${result.left_out.partial ? html`<li data-testid="left-out" data-key="partial">${t('analysis.forecast.partial', { count: result.left_out.partial, shown: formatCount(result.left_out.partial) })}</li>` : nothing}
        ${result.left_out.before_gap ? html`<li data-testid="left-out" data-key="before_gap">${t('analysis.forecast.before_gap', { count: result.left_out.before_gap, shown: formatCount(result.left_out.before_gap) })}</li>` : nothing}
        ${result.left_out.cut ? html`<li data-testid="left-out" data-key="cut">${t('analysis.forecast.cut', { shown: formatCount(result.left_out.cut) })}</li>` : nothing}</ul></details>`;
  }

  /** @returns {string[]} */
  #verdict() {
    const { ahead, test, kpi } = this.result;
    if (!ahead.length) return this.#withheld();
    const [first] = /** @type {Ahead[]} */ (ahead);
    const last = /** @type {Ahead} */ (ahead[ahead.length - 1]);
    const says = (/** @type {Ahead} */ one) => ({ kpi: kpiName(kpi), month: monthName(one.from), mean: this.#value(one.mean), low: this.#value(one.low80), high: this.#value(one.high80) });
    return [t('analysis.forecast.says.first', says(first)), ...(ahead.length > 1 ? [t('analysis.forecast.says.last', says(last))] : []),
      t('analysis.forecast.says.better', { skill: formatPercent(test.skill.value), naive: naiveWords(test), origins: formatCount(test.origins), p: formatPercent(test.p.value) })];
  }

  /** What the naive forecast says in its place, how good that is, and why there is nothing better. */
  #withheld() {
    const { naive, test, kpi, months, unusual } = this.result;
    if (!naive.length) return [];
    const value = this.#value(naive[0]);
    if (!test) return [t('analysis.forecast.says.constant', { kpi: kpiName(kpi), value, shown: formatCount(months.length) })];
    if (test.verdict === 'better') return [];
    const isLast = test.naive_season === 1;
    const last = months[months.length - 1].from;
    const share = { skill: formatPercent(test.skill.value), least: formatPercent(test.least_skill, 'axis'), wins: formatCount(test.wins), origins: formatCount(test.origins), p: formatPercent(test.p.value), chance: formatPercent(test.chance, 'axis'), error: errorText(test.error, this.result) };
    return [t(`analysis.forecast.says.none_${isLast ? 'last' : 'season'}`, { kpi: kpiName(kpi), naive: naiveWords(test), value, month: monthName(this.#next(0)) }),
      t('analysis.forecast.says.naive_error', { origins: share.origins, error: errorText(test.naive_error, this.result) }),
      t(`analysis.forecast.says.${test.verdict}`, share),
      ...(isLast && unusual.some((/** @type {Unusual} */ one) => one.from === last) ? [t('analysis.forecast.says.unusual_last', { month: monthName(last) })] : [])];
  }

  /** The first day of a month to come. @param {number} i */
  #next(i) {
    const { months } = this.result;
    const [year, month] = months[months.length - 1].from.split('-').map(Number);
    return new Date(Date.UTC(year, month + i, 1)).toISOString().slice(0, 10);
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
    const { result } = this;
    const { gaps } = result.left_out;
    const words = { months: listOf(gaps.slice(0, 12).map(monthName)), shown: formatCount(result.months.length) };
    if (gaps.length) return html`<p class="kpi-note is-warning" data-testid="forecast-gaps">${t(`analysis.forecast.${result.ways ? 'gaps_parts' : result.undefined?.code === 'too_few_rows' ? 'gaps' : 'gaps_after'}`, words)}</p>`;
    return result.undefined?.code === 'too_few_rows' ? html`<p class="kpi-note">${t('analysis.forecast.too_few', words)}</p>` : nothing;
  }

  #unusual() {
    const { unusual } = this.result;
    if (!unusual.length) return nothing;
    return html`<ul class="kpi-unusual">${unusual.map((/** @type {Unusual} */ one) => html`<li data-testid="forecast-unusual" data-from=${one.from} data-value=${one.value} data-expected=${one.expected}>${t(`analysis.forecast.unusual.${one.value > one.expected ? 'high' : 'low'}`, { month: monthName(one.from), value: this.#value(one.value), expected: this.#value(one.expected) })}</li>`)}</ul>`;
  }

  #chart() {
    const { months, ahead, naive, unusual } = this.result;
    const end = months.length - 1;
    /** @type {[number, number|null][]} */
    const past = months.map((/** @type {any} */ one, /** @type {number} */ i) => [i, one.value]);
    const from = past[end][1] === null ? [] : [past[end]];  // what is to come begins at the last actual point
    const next = ahead.map((/** @type {Ahead} */ one, /** @type {number} */ i) => [end + 1 + i, one.mean]);
    const band = (/** @type {'low80'|'low95'} */ low, /** @type {'high80'|'high95'} */ high) => [...from.map(([x, y]) => [x, y, y]), ...ahead.map((/** @type {Ahead} */ one, /** @type {number} */ i) => [end + 1 + i, one[low], one[high]])];
    const curves = [{ name: 'past', points: past, mark: 'is-line' }, ...(naive.length ? [{ name: 'naive', points: [...from, ...naive.map((/** @type {number} */ value, /** @type {number} */ i) => [end + 1 + i, value])], mark: 'is-naive-line' }] : []),
      ...(next.length ? [{ name: 'ahead', points: [...from, ...next], mark: 'is-ahead-line' }] : [])];
    const bands = next.length ? [{ mark: 'is-band-wide', points: band('low95', 'high95') }, { mark: 'is-band', points: band('low80', 'high80') }] : [];
    const dots = unusual.map((/** @type {Unusual} */ one) => ({ x: months.findIndex((/** @type {any} */ month) => month.from === one.from), y: one.value, mark: 'is-unusual' }));
    const last = /** @type {Ahead|undefined} */ (ahead[ahead.length - 1]);
    const summary = last ? t('analysis.forecast.summary', { kpi: kpiName(this.result.kpi), count: months.length, from: monthName(months[0].from), to: monthName(months[end].from), month: monthName(last.from), mean: this.#value(last.mean), low: this.#value(last.low95), high: this.#value(last.high95) })
      : t('analysis.forecast.summary_none', { kpi: kpiName(this.result.kpi), from: monthName(months[0].from), to: monthName(months[end].from) });
    const label = (/** @type {number} */ i) => monthName(i <= end ? months[i].from : this.#next(i - end - 1));
    return html`<kpi-curve-chart .curves=${curves} .bands=${bands} .dots=${dots} .summary=${summary} .ticks=${[...Array(months.length + naive.length).keys()]} .label=${label} .shown=${(/** @type {number} */ y) => this.#value(y, 'axis')}></kpi-curve-chart>
      <p class="kpi-legend"><span>${t('analysis.forecast.past')}</span>${next.length ? html`<span class="is-ahead">${t('analysis.forecast.ahead')}</span><span class="is-shade">${t('analysis.forecast.interval', { share: formatPercent(0.8, 'axis') })}</span><span class="is-shade is-wide">${t('analysis.forecast.interval', { share: formatPercent(0.95, 'axis') })}</span>` : nothing}
        ${naive.length && this.result.test ? html`<span class="is-naive">${t('analysis.forecast.naive', { naive: naiveWords(this.result.test) })}</span>` : nothing}${unusual.length ? html`<span class="is-unusual">${t('analysis.forecast.unusual.dot')}</span>` : nothing}</p>`;
  }

  #table() {
    const { months, ahead, ways, naive, test } = this.result;
    const span = (/** @type {number} */ low, /** @type {number} */ high) => `${this.#value(low)} \u2013 ${this.#value(high)}`;
    const name = kpiName(this.result.kpi);
    const month = t('analysis.forecast.column.month');
    const columns = [month, t('analysis.forecast.column.forecast'), t('analysis.forecast.interval', { share: formatPercent(0.8, 'axis') }), t('analysis.forecast.interval', { share: formatPercent(0.95, 'axis') }), t('analysis.forecast.column.naive')];
    return html`${ahead.length ? analysisTable(t('analysis.forecast.table', { kpi: name }), columns,
      ahead.map((/** @type {Ahead} */ one, /** @type {number} */ i) => html`<tr data-testid="forecast-month" data-from=${one.from} data-mean=${one.mean} data-low=${one.low95} data-high=${one.high95}><th scope="row">${monthName(one.from)}</th><td>${this.#value(one.mean)}</td><td>${span(one.low80, one.high80)}</td><td>${span(one.low95, one.high95)}</td><td>${this.#value(naive[i])}</td></tr>`), 'forecast-table') : nothing}
      ${!ahead.length && naive.length && test ? analysisTable(t('analysis.forecast.naive', { naive: naiveWords(test) }), [month, t('analysis.forecast.naive', { naive: naiveWords(test) })],
        naive.map((/** @type {number} */ value, /** @type {number} */ i) => html`<tr data-testid="forecast-naive" data-from=${this.#next(i)} data-value=${value}><th scope="row">${monthName(this.#next(i))}</th><td>${this.#value(value)}</td></tr>`)) : nothing}
      <details class="kpi-more"><summary>${t('analysis.forecast.history', { shown: formatCount(months.length) })}</summary>${analysisTable(name, [month, name, ...(ways ? [t('analysis.forecast.column.denominator')] : [])], months.map((/** @type {any} */ one) => html`<tr data-testid="forecast-past" data-from=${one.from} data-value=${one.value ?? nothing}><th scope="row">${monthName(one.from)}</th><td>${this.#value(one.value, 'exact')}</td>${ways ? html`<td>${formatValue(one.denominator, 'number')}</td>` : nothing}</tr>`))}</details>`;
  }
}

customElements.define('kpi-analysis-forecast', KpiAnalysisForecast);

/** @param {AppState} state @param {any} result */
export const forecastView = (state, result) => html`<kpi-analysis-forecast .state=${state} .result=${result}></kpi-analysis-forecast>`;
