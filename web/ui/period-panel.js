// Choice of the period and of the steps that trends are drawn in.
import { html } from 'lit';
import { formatRange } from '../format/format.js';
import { t } from '../i18n/translate.js';
import { ask, KpiElement } from './element.js';
import { closePanel } from './popover.js';

const GRAINS = /** @type {const} */ (['auto', 'day', 'week', 'month', 'quarter', 'year']);

class KpiPeriodPanel extends KpiElement {
  static properties = { query: { attribute: false }, period: { attribute: false }, choices: { attribute: false } };

  constructor() {
    super();
    /** @type {import('../state/url-state.js').Query} */ this.query = /** @type {any} */ ({});
    /** @type {import('../engine/protocol.js').Report['period']} */ this.period = /** @type {any} */ ({});
    /** @type {import('../state/app-state.js').Choices} */ this.choices = { presets: [], dimension: null, whole: true };
  }

  /** @param {Partial<import('../state/url-state.js').Query>} change */
  #ask(change) {
    ask(this, { type: 'query', change });
  }

  #custom() {
    const value = (/** @type {string} */ name) => /** @type {HTMLInputElement} */ (this.querySelector(`[name="${name}"]`)).value;
    const [from, to] = [value('from'), value('to')];
    if (from && to && from <= to) this.#ask({ preset: 'custom', from, to });
  }

  render() {
    const { query, period, choices } = this;
    return html`<fieldset class="kpi-options"><legend>${t('period.title')}</legend>
        ${choices.presets.map(({ id, from, to }) => html`<label class="kpi-option"><input type="radio" name="preset" .checked=${query.preset === id} data-testid="period-${id}"
          @change=${() => this.#ask({ preset: id })} @click=${(/** @type {MouseEvent} */ event) => event.detail && closePanel(this)}>${t(`period.${id}`)}
          <small>${formatRange(from ?? period.data_from, to ?? period.data_to)}</small></label>`)}</fieldset>
      <div class="kpi-pair">
        <label class="kpi-field">${t('period.from')}<input class="kpi-input" type="date" name="from" data-testid="period-from" .value=${period.from ?? ''} @change=${this.#custom}></label>
        <label class="kpi-field">${t('period.to')}<input class="kpi-input" type="date" name="to" data-testid="period-to" .value=${period.to ?? ''} @change=${this.#custom}></label>
      </div>
      <fieldset><legend>${t('grain.title')}</legend><div class="kpi-segments">
        ${GRAINS.map((grain) => html`<label><input type="radio" name="grain" data-testid="grain-${grain}" .checked=${query.grain === grain} @change=${() => this.#ask({ grain })}>${t(`grain.${grain}`)}</label>`)}
      </div></fieldset>`;
  }
}

customElements.define('kpi-period-panel', KpiPeriodPanel);
