// Which columns the form has, and the currency of typed money.
import { html, nothing } from 'lit';
import { formatBucket } from '../format/format.js';
import { t } from '../i18n/translate.js';
import { ask, KpiElement } from './element.js';

/** @typedef {import('../state/typed.js').Layout} Layout */

const STEPS = /** @type {const} */ (['none', 'month', 'quarter', 'year']);
const [FIRST_YEAR, LAST_YEAR, MAX_PERIODS] = [1990, 2100, 24];

/** @param {Event} event */
const valueOf = (event) => /** @type {HTMLInputElement} */ (event.target).value;

class KpiTotalsLayout extends KpiElement {
  static properties = { layout: { attribute: false }, action: { type: String } };

  constructor() {
    super();
    /** @type {Layout|null} */ this.layout = null;
    /** @type {'figures_layout'|'targets_layout'} */ this.action = 'figures_layout';
  }

  /** @param {Partial<Layout>} change */
  #lay(change) {
    ask(this, { type: this.action, change });
  }

  /** A number inside its limits, written back where it was not. @param {Event} event @param {number} least @param {number} most @param {number} before */
  #within(event, least, most, before) {
    const input = /** @type {HTMLInputElement} */ (event.target);
    const number = Math.round(Number(input.value));
    const value = input.value.trim() && Number.isFinite(number) ? Math.max(least, Math.min(most, number)) : before;
    input.value = String(value);
    return value;
  }

  render() {
    const { layout } = this;
    if (!layout) return nothing;
    const wrong = layout.currency !== '' && !/^[A-Z]{3}$/.test(layout.currency);
    return html`<div class="kpi-typed-bar">
      <fieldset class="kpi-field"><legend>${t('totals.step.title')}</legend><div class="kpi-segments">
        ${STEPS.map((step) => html`<label><input type="radio" name="step-${this.action}" data-testid="step-${step}" .checked=${layout.step === step} @change=${() => this.#lay({ step })}>${step === 'none' && this.action === 'targets_layout' ? t('board.targets.standing') : t(`totals.step.${step}`)}</label>`)}</div></fieldset>
      ${layout.step === 'none' ? nothing : this.#periods(layout)}
      <label class="kpi-field">${t('totals.currency.title')}<input class="kpi-input kpi-typed-code ${wrong ? 'is-invalid' : ''}" data-testid="typed-currency" maxlength="12" autocomplete="off" spellcheck="false" placeholder=${t('totals.currency.example')}
        aria-invalid=${wrong} aria-describedby=${wrong ? 'typed-currency-wrong' : nothing} .value=${layout.currency} @change=${(/** @type {Event} */ event) => this.#lay({ currency: valueOf(event).trim().toUpperCase() })}>
        ${wrong ? html`<span class="kpi-worse" id="typed-currency-wrong">${t('totals.currency.wrong')}</span>` : nothing}</label></div>`;
  }

  /** @param {Layout} layout */
  #periods({ step, first, count }) {
    const year = Number(first.slice(0, 4));
    const part = first.slice(5);
    const parts = step === 'month' ? Array.from({ length: 12 }, (_, i) => String(i + 1).padStart(2, '0')) : step === 'quarter' ? ['Q1', 'Q2', 'Q3', 'Q4'] : [];
    const name = (/** @type {string} */ one) => (step === 'month' ? formatBucket({ label: '', from: `${year}-${one}-01` }, 'month') : formatBucket({ label: `${year}-${one}`, from: '' }, 'quarter'));
    return html`${parts.length ? html`<label class="kpi-field">${t('totals.first.title')}<select class="kpi-input" data-testid="typed-first" @change=${(/** @type {Event} */ event) => this.#lay({ first: `${year}-${valueOf(event)}` })}>
        ${parts.map((one) => html`<option value=${one} .selected=${one === part}>${name(one)}</option>`)}</select></label>` : nothing}
      <label class="kpi-field">${t(step === 'year' ? 'totals.first.title' : 'totals.first.year')}<input class="kpi-input kpi-typed-code" type="number" min=${FIRST_YEAR} max=${LAST_YEAR} data-testid="typed-year" .value=${String(year)}
        @change=${(/** @type {Event} */ event) => this.#lay({ first: [this.#within(event, FIRST_YEAR, LAST_YEAR, year), ...(part ? [part] : [])].join('-') })}></label>
      <label class="kpi-field">${t('totals.count.title')}<input class="kpi-input kpi-typed-code" type="number" min="1" max=${MAX_PERIODS} title=${t('totals.count.help')} data-testid="typed-count" .value=${String(count)}
        @change=${(/** @type {Event} */ event) => this.#lay({ count: this.#within(event, 1, MAX_PERIODS, count) })}></label>`;
  }
}

customElements.define('kpi-totals-layout', KpiTotalsLayout);
