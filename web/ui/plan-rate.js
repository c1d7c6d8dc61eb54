// A rate of the plan as a field: what is in force stands in it, what is typed replaces the data's.
import { html, nothing } from 'lit';
import { formatTyped, formatValue } from '../format/format.js';
import { t } from '../i18n/translate.js';
import { ask, KpiElement } from './element.js';
import { icon } from './icons.js';
import { readTarget } from './solve.js';

class KpiPlanRate extends KpiElement {
  static properties = { name: {}, scope: {}, label: {}, note: {}, display: {}, currency: {}, value: { attribute: false }, entry: { attribute: false }, small: { type: Boolean }, wrong: { state: true } };

  constructor() {
    super();
    this.name = '';
    /** Keeps ids apart where a rate has two fields. */ this.scope = '';
    this.label = '';
    this.note = '';
    this.display = 'percent';
    this.currency = '';
    /** What is in force without typing. @type {number|null} */ this.value = null;
    /** @type {import('../state/plan.js').Entry|null} */ this.entry = null;
    this.small = false;
    this.wrong = false;
  }

  /** @param {Event} event */
  #read(event) {
    const text = /** @type {HTMLInputElement} */ (event.target).value.trim();
    const value = text ? readTarget(text, this.display) : null;
    this.wrong = text !== '' && (value === null || value < 0 || text.length > 40);
    if (!this.wrong) ask(this, { type: 'plan_rate', id: this.name, entry: value === null ? null : { text, value } });
  }

  #reset() {
    this.wrong = false;
    const field = this.querySelector('input');
    if (field) field.value = '';
    ask(this, { type: 'plan_rate', id: this.name, entry: null });
    field?.focus();
  }

  render() {
    const { name, entry, wrong } = this;
    const id = `plan-${this.scope}-${name}`;
    const shown = this.display === 'money' ? formatValue(this.value, 'money', this.currency) : this.display === 'percent' ? formatValue(this.value, 'percent') : formatTyped(Math.round((this.value ?? 0) * 100) / 100, 'number');
    return html`<span class="kpi-plan-name" id="${id}-name">${this.label}</span>
      <span class="kpi-plan-field"><input class="kpi-input is-small ${wrong ? 'is-invalid' : ''} ${entry ? 'is-typed' : ''}" inputmode="decimal" autocomplete="off" data-testid="plan-rate" data-rate=${name}
        aria-labelledby="${id}-name" aria-describedby="${id}-note" aria-invalid=${wrong} placeholder=${this.value === null ? t('plan.type') : shown} .value=${entry?.text ?? ''} @change=${this.#read}>
        ${entry ? html`<button type="button" class="kpi-button is-quiet is-icon is-small" data-testid="plan-reset" data-rate=${name} aria-label=${t('plan.reset', { name: this.label })} title=${t('plan.reset', { name: this.label })} @click=${this.#reset}>${icon('undo')}</button>` : nothing}</span>
      <small id="${id}-note" class=${wrong ? 'kpi-worse' : 'kpi-muted'} role=${wrong ? 'alert' : nothing}>${wrong ? t('plan.wrong') : this.note}${!wrong && this.small ? html` <span class="kpi-plan-few">${t('plan.few')}</span>` : nothing}</small>`;
  }
}

customElements.define('kpi-plan-rate', KpiPlanRate);
