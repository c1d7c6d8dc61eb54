// Choice of a dimension and of the values that stay.
import { html, nothing } from 'lit';
import { formatCount } from '../format/format.js';
import { t } from '../i18n/translate.js';
import { ask, KpiElement } from './element.js';
import { fieldName, inUsualOrder, memberName } from './names.js';

/** @typedef {import('../engine/protocol.js').Dimension} Dimension */

class KpiFilterPanel extends KpiElement {
  static properties = { dimensions: { attribute: false }, filters: { attribute: false }, chosen: { state: true }, text: { state: true } };

  constructor() {
    super();
    /** @type {Dimension[]} */ this.dimensions = [];
    /** @type {{dimension: string, values: string[]}[]} */ this.filters = [];
    /** @type {string|null} */ this.chosen = null;
    this.text = '';
  }

  /** @param {Dimension} dimension @param {string} key @param {boolean} on */
  #toggle(dimension, key, on) {
    const before = this.filters.find((one) => one.dimension === dimension.id)?.values ?? [];
    const values = on ? [...before, key] : before.filter((one) => one !== key);
    const others = this.filters.filter((one) => one.dimension !== dimension.id);
    ask(this, { type: 'query', change: { filters: values.length ? [...others, { dimension: dimension.id, values }] : others } });
  }

  render() {
    const dimensions = inUsualOrder(this.dimensions);
    const dimension = dimensions.find((one) => one.id === this.chosen) ?? dimensions[0];
    if (!dimension) return nothing;
    const on = new Set(this.filters.find((one) => one.dimension === dimension.id)?.values);
    const text = this.text.toLocaleLowerCase();
    const values = dimension.values.filter((one) => memberName(one).toLocaleLowerCase().includes(text));
    return html`<label class="kpi-field">${t('filter.dimension')}
        <select class="kpi-input" data-testid="filter-dimension" @change=${(/** @type {Event} */ event) => { this.chosen = /** @type {HTMLSelectElement} */ (event.target).value; this.text = ''; }}>
          ${dimensions.map((one) => html`<option value=${one.id} .selected=${one === dimension}>${fieldName(one.id)}</option>`)}</select></label>
      ${dimension.values.length > 8 ? html`<input class="kpi-input" type="search" placeholder=${t('filter.search')} aria-label=${t('filter.search')} .value=${this.text}
        @input=${(/** @type {Event} */ event) => { this.text = /** @type {HTMLInputElement} */ (event.target).value; }}>` : nothing}
      <fieldset class="kpi-options kpi-scroll" tabindex="-1"><legend class="kpi-hidden">${fieldName(dimension.id)}</legend>
        ${values.map((one) => html`<label class="kpi-option"><input type="checkbox" data-testid="filter-value" data-key=${one.key} .checked=${on.has(one.key)}
          @change=${(/** @type {Event} */ event) => this.#toggle(dimension, one.key, /** @type {HTMLInputElement} */ (event.target).checked)}><bdi class="kpi-cut">${memberName(one)}</bdi>
          <small>${formatCount(one.rows)}</small></label>`)}
        ${values.length ? nothing : html`<p class="kpi-muted">${t('filter.none')}</p>`}</fieldset>`;
  }
}

customElements.define('kpi-filter-panel', KpiFilterPanel);
