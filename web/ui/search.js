// Finds a KPI by its name, its other names or its id, and opens its explanation.
import { html, nothing } from 'lit';
import { formatValue } from '../format/format.js';
import { t } from '../i18n/translate.js';
import { ask, KpiElement } from './element.js';
import { findKpis } from './find-kpis.js';
import { kpiName, reasonTitle } from './names.js';

const MAX_HITS = 40;

export class KpiSearch extends KpiElement {
  static properties = { state: { attribute: false }, text: { state: true }, at: { state: true }, isOpen: { state: true } };

  constructor() {
    super();
    /** @type {import('../state/app-state.js').AppState|null} */ this.state = null;
    this.text = '';
    this.at = 0;
    this.isOpen = false;
  }

  async open() {
    this.text = '';
    this.at = 0;
    this.isOpen = true;
    await this.updateComplete;
    this.querySelector('dialog')?.showModal();
  }

  #close() {
    this.querySelector('dialog')?.close();
    this.isOpen = false;
  }

  #hits() {
    return findKpis(this.text, this.state?.report?.kpis ?? [], this.state?.catalog, MAX_HITS);
  }

  /** @param {string} kpi */
  #choose(kpi) {
    this.#close();
    ask(this, { type: 'explain', kpi });
  }

  /** @param {KeyboardEvent} event @param {string[]} ids */
  #key(event, ids) {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step) {
      event.preventDefault();
      this.at = (this.at + step + ids.length) % Math.max(1, ids.length);
      this.updateComplete.then(() => this.querySelector('[aria-selected="true"]')?.scrollIntoView({ block: 'nearest' }));
    } else if (event.key === 'Enter' && ids[this.at]) {
      event.preventDefault();  // else the same key press would push the button that gets the focus next
      this.#choose(ids[this.at]);
    }
  }

  render() {
    if (!this.isOpen) return nothing;
    const hits = this.#hits();
    return html`<dialog class="kpi-search" aria-label=${t('search.open')} data-testid="search" @close=${this.#close} @click=${(/** @type {Event} */ event) => { if (event.target === event.currentTarget) this.#close(); }}>
      <input type="text" role="combobox" aria-expanded="true" aria-controls="search-hits" aria-activedescendant=${hits.length ? `hit-${this.at}` : nothing} aria-label=${t('search.label')} placeholder=${t('search.label')}
        autocomplete="off" spellcheck="false" data-testid="search-input" .value=${this.text} @input=${(/** @type {Event} */ event) => { this.text = /** @type {HTMLInputElement} */ (event.target).value; this.at = 0; }}
        @keydown=${(/** @type {KeyboardEvent} */ event) => this.#key(event, hits.map((kpi) => kpi.id))}>
      ${hits.length ? html`<ul id="search-hits" role="listbox" aria-label=${t('search.open')}>${hits.map((kpi, i) => html`<li id="hit-${i}" role="option" aria-selected=${i === this.at} data-kpi=${kpi.id} @click=${() => this.#choose(kpi.id)} @pointermove=${() => { this.at = i; }}>
          <span>${kpiName(kpi.id)}</span>${kpi.value === null ? html`<small class="kpi-cut">${kpi.undefined ? reasonTitle(kpi.undefined) : ''}</small>` : html`<b class="kpi-figure">${formatValue(kpi.value, kpi.display, kpi.currency)}</b>`}</li>`)}</ul>`
        : html`<p class="kpi-search-none">${t('search.none')}</p><ul id="search-hits" role="listbox" aria-label=${t('search.open')} hidden></ul>`}
    </dialog>`;
  }
}

customElements.define('kpi-search', KpiSearch);
