// Typed figures: a form that needs no file, with the KPIs that it gives beside it.
import { html, nothing } from 'lit';
import { formatCount, formatTyped } from '../format/format.js';
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

  /** From the first page straight into the first field; not on a phone, where a keyboard would cover what this is. */
  async firstUpdated() {
    const grid = /** @type {KpiElement|null} */ (this.querySelector('kpi-totals-grid'));
    await grid?.updateComplete;
    if (document.activeElement === document.body && matchMedia('(min-width: 720px)').matches) /** @type {HTMLElement|null} */ (this.querySelector('[data-testid="figure"]'))?.focus({ preventScroll: true });
  }

  render() {
    const { state } = this;
    if (!state) return nothing;
    const { typed, form } = state;
    return html`<div class="kpi-stack" data-testid="totals" data-figures=${form.figures}>
      <div class="kpi-head"><h1>${t('totals.name')}</h1><p>${t('totals.lead')}${state.files.length ? ` ${t('totals.beside')}` : ''}</p></div>
      <div class="kpi-typed ${form.columns.length > 4 ? 'is-strip' : ''}">
        <kpi-totals-results .report=${state.report} .form=${form}></kpi-totals-results>
        <div class="kpi-typed-form">
          <kpi-totals-layout .layout=${typed.layout}></kpi-totals-layout>
          <kpi-totals-channels .layout=${typed.layout} .form=${form}></kpi-totals-channels>
          <kpi-totals-pasted .pasted=${state.pasted}></kpi-totals-pasted>
          ${this.#notes(form)}
          <kpi-totals-grid .form=${form} .layout=${typed.layout}></kpi-totals-grid>
          <div class="kpi-row kpi-typed-foot"><p class="kpi-small kpi-muted">${t('totals.paste.help')} ${t('totals.kept')}</p>
            ${Object.keys(typed.cells).length ? html`<button type="button" class="kpi-button is-small kpi-push" data-testid="figures-clear" @click=${() => ask(this, { type: 'figures_clear' })}>${icon('trash')}${t('totals.clear')}</button>` : nothing}</div>
        </div>
      </div></div>`;
  }

  /** What can be meant in two ways, what does not count, and what counts twice. @param {import('../state/typed-form.js').Form} form */
  #notes({ hidden, twice, doubts, sections }) {
    const [first] = doubts;
    const kind = sections.flatMap((one) => one.measures).find((one) => one.id === first?.measure)?.kind ?? 'count';
    return html`${doubts.length > 1 ? html`<p class="kpi-note" role="status" data-testid="doubts" data-count=${doubts.length}>${t('totals.doubts', { count: doubts.length, shown: formatCount(doubts.length), text: first.cell.text.slice(0, 40), value: formatTyped(first.cell.value ?? 0, kind) })}
        <button type="button" class="kpi-link" data-testid="doubts-keep" @click=${() => ask(this, { type: 'figures_settle', other: false })}>${t('totals.doubts_keep')}</button>
        \u00b7 <button type="button" class="kpi-link" data-testid="doubts-other" @click=${() => ask(this, { type: 'figures_settle', other: true })}>${t('totals.doubts_other', { value: formatTyped(first.cell.other ?? 0, kind) })}</button></p>` : nothing}
      ${hidden ? html`<p class="kpi-note" data-testid="hidden-count" data-count=${hidden}>${t('totals.hidden', { count: hidden, shown: formatCount(hidden) })}
        <button type="button" class="kpi-link" @click=${() => ask(this, { type: 'figures_drop_hidden' })}>${t('totals.hidden_drop')}</button></p>` : nothing}
      ${twice.length ? html`<p class="kpi-note" data-testid="typed-twice">${t('totals.twice', { measures: listOf(twice.map(measureName)) })}</p>` : nothing}`;
  }
}

customElements.define('kpi-totals', KpiTotals);
