// The other way round: a wanted value of the KPI, one input to change, and what it would have to be.
import { html, nothing } from 'lit';
import { formatValue } from '../format/format.js';
import { readNumber } from '../format/read-number.js';
import { t } from '../i18n/translate.js';
import { ask, KpiElement } from './element.js';
import { listOf, measureName, reasonMeaning } from './names.js';

/** @typedef {import('../engine/protocol.js').ReportKpi} ReportKpi */
/** @typedef {import('../engine/protocol.js').Explanation} Explanation */
/** @typedef {import('../engine/protocol.js').Solution} Solution */

/** A wanted value as typed: "900", "22 %", "1.2m"; null where it is no number. @param {string} text @param {string} display */
export function readTarget(text, display) {
  const { value, wrong } = readNumber(text.replace('%', ''), 'money');
  return wrong || value === null ? null : display === 'percent' ? value / 100 : value;
}

class KpiSolve extends KpiElement {
  static properties = { kpi: { attribute: false }, result: { attribute: false }, solution: { attribute: false }, catalog: { attribute: false }, wrong: { state: true } };

  constructor() {
    super();
    /** @type {ReportKpi} */ this.kpi = /** @type {any} */ (null);
    /** @type {Explanation} */ this.result = /** @type {any} */ (null);
    /** @type {Solution|null} */ this.solution = null;
    /** @type {import('../engine/protocol.js').Catalog|null} */ this.catalog = null;
    this.wrong = false;
  }

  /** @param {Event} event */
  #ask(event) {
    event.preventDefault();
    const form = new FormData(/** @type {HTMLFormElement} */ (event.target));
    const target = readTarget(String(form.get('target')), this.kpi.display);
    this.wrong = target === null;
    if (target !== null) ask(this, { type: 'solve', kpi: this.kpi.id, measure: String(form.get('measure')), target });
  }

  render() {
    const { kpi, result } = this;
    if (!kpi || !result) return nothing;
    const inputs = [...new Set([...result.measures.map((one) => one.id), ...result.missing.map((one) => one.measure)])];
    const changeable = inputs.filter((id) => !this.catalog?.measures.find((one) => one.id === id)?.calendar);
    if (!changeable.length) return nothing;
    return html`<details class="kpi-more" data-testid="solve"><summary>${t('solve.title')}</summary>
      <form class="kpi-solve" @submit=${this.#ask}>
        <label class="kpi-field">${t('solve.target')}<input class="kpi-input ${this.wrong ? 'is-invalid' : ''}" name="target" inputmode="decimal" autocomplete="off" data-testid="solve-target"
          aria-invalid=${this.wrong} placeholder=${kpi.value === null ? '' : formatValue(kpi.value, kpi.display, kpi.currency)}></label>
        <label class="kpi-field">${t('solve.by')}<select class="kpi-input" name="measure" data-testid="solve-measure">${changeable.map((id) => html`<option value=${id}>${measureName(id)}</option>`)}</select></label>
        <button class="kpi-button" data-testid="solve-go">${t('solve.go')}</button></form>
      ${this.wrong ? html`<p class="kpi-note" role="alert">${t('solve.wrong')}</p>` : this.#answer()}</details>`;
  }

  #answer() {
    const { solution, kpi } = this;
    if (!solution || solution.kpi !== kpi.id) return nothing;
    const display = this.catalog?.measures.find((one) => one.id === solution.measure)?.display ?? 'count';
    const currency = display === 'money' ? solution.currency || kpi.currency : '';
    const shown = (/** @type {number|null} */ value) => formatValue(value, display, currency, 'exact');
    const target = formatValue(solution.target, kpi.display, kpi.currency, 'exact');
    return html`<p class="kpi-note" role="status" data-testid="solve-answer" data-values=${solution.values.join(' ')}>${solution.undefined
      ? html`<strong>${t('solve.none', { name: measureName(solution.measure), target })}</strong> ${reasonMeaning(solution.undefined)}`
      : html`<strong>${t('solve.answer', { name: measureName(solution.measure), value: listOf(solution.values.map(shown)), target })}</strong>
        ${solution.measure_now === null ? nothing : html` ${t('solve.now', { value: shown(solution.measure_now) })}`} ${t('solve.rest')}`}</p>`;
  }
}

customElements.define('kpi-solve', KpiSolve);
