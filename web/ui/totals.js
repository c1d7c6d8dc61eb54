// Typed figures: a form that needs no file, with the KPIs that it gives beside it.
import { html, nothing } from 'lit';
import { formatCount } from '../format/format.js';
import { t } from '../i18n/translate.js';
import { ask, KpiElement } from './element.js';
import { icon } from './icons.js';
import { listOf, measureName } from './names.js';
import './totals-channels.js';
import './totals-grid.js';
import './totals-layout.js';
import './totals-pasted.js';
import './totals-results.js';

class KpiTotals extends KpiElement {
  static properties = { state: { attribute: false } };

  constructor() {
    super();
    /** @type {import('../state/app-state.js').AppState|null} */ this.state = null;
  }

  render() {
    const { state } = this;
    if (!state) return nothing;
    const { typed, form } = state;
    return html`<div class="kpi-stack" data-testid="totals" data-figures=${form.figures}>
      <div class="kpi-head"><h1>${t('totals.name')}</h1><p>${t('totals.lead')}${state.files.length ? ` ${t('totals.beside')}` : ''}</p></div>
      <div class="kpi-typed">
        <kpi-totals-results .report=${state.report} .form=${form}></kpi-totals-results>
        <div class="kpi-typed-form">
          <kpi-totals-layout .layout=${typed.layout}></kpi-totals-layout>
          <kpi-totals-channels .layout=${typed.layout} .form=${form}></kpi-totals-channels>
          <kpi-totals-pasted .pasted=${state.pasted}></kpi-totals-pasted>
          ${this.#notes(form)}
          <kpi-totals-grid .form=${form} .layout=${typed.layout}></kpi-totals-grid>
          <div class="kpi-row kpi-typed-foot"><p class="kpi-small kpi-muted">${t('totals.paste.help')}</p>
            ${Object.keys(typed.cells).length ? html`<button type="button" class="kpi-button is-small kpi-push" data-testid="figures-clear" @click=${() => ask(this, { type: 'figures_clear' })}>${icon('trash')}${t('totals.clear')}</button>` : nothing}</div>
        </div>
      </div></div>`;
  }

  /** What does not count, and what counts twice. @param {import('../state/typed-form.js').Form} form */
  #notes({ hidden, twice }) {
    return html`${hidden ? html`<p class="kpi-note" data-testid="hidden-count" data-count=${hidden}>${t('totals.hidden', { count: hidden, shown: formatCount(hidden) })}
        <button type="button" class="kpi-link" @click=${() => ask(this, { type: 'figures_drop_hidden' })}>${t('totals.hidden_drop')}</button></p>` : nothing}
      ${twice.length ? html`<p class="kpi-note" data-testid="typed-twice">${t('totals.twice', { measures: listOf(twice.map(measureName)) })}</p>` : nothing}`;
  }
}

customElements.define('kpi-totals', KpiTotals);
