// How a file is read: each choice reads it again.
import { html } from 'lit';
import { t, textOr } from '../i18n/translate.js';
import { TABLES } from './tables.js';
import { ask, KpiElement } from './element.js';
import { tableName } from './names.js';

/** @typedef {import('../engine/protocol.js').ReadOptions} ReadOptions */

const ENCODINGS = ['utf-8', 'utf-16le', 'utf-16be', 'windows-1252', 'windows-1251'];
const DELIMITERS = [',', ';', '\t', '|'];

class KpiFileSettings extends KpiElement {
  static properties = { card: { attribute: false } };

  constructor() {
    super();
    /** @type {import('../engine/protocol.js').Card} */ this.card = /** @type {any} */ (null);
  }

  /** @param {ReadOptions} options */
  #fix(options) {
    ask(this, { type: 'fix', file: this.card.file, options });
  }

  render() {
    const { card } = this;
    return html`<div class="kpi-settings">
      ${this.#select('table', [...new Set(['', ...TABLES, card.table])], card.table, (id) => (id ? tableName(id) : t('file.unknown')), (table) => table && this.#fix({ table }))}
      ${this.#select('encoding', ENCODINGS, card.encoding, (id) => textOr(`encoding.${id}`, id), (encoding) => this.#fix({ encoding }))}
      ${this.#select('delimiter', DELIMITERS, card.delimiter, (id) => textOr(`delimiter.${id}`, id), (delimiter) => this.#fix({ delimiter }))}
      ${this.#input('header', String(card.header_record), 'numeric', (text) => /^[1-9]\d{0,6}$/.test(text) && this.#fix({ header_record: Number(text) }))}
      ${this.#input('currency', card.currency === 'mixed' ? '' : card.currency, 'text', (text) => /^[a-z]{3}$/i.test(text) && this.#fix({ currency: text.toUpperCase() }))}
    </div>`;
  }

  /** @param {string} key @param {string[]} values @param {string} value @param {(id: string) => string} name @param {(value: string) => unknown} choose */
  #select(key, values, value, name, choose) {
    return html`<label class="kpi-field">${t(`file.fact.${key}`)}<select class="kpi-input is-small" data-testid="set-${key}" @change=${(/** @type {Event} */ event) => choose(/** @type {HTMLSelectElement} */ (event.target).value)}>
      ${values.map((id) => html`<option value=${id} .selected=${id === value}>${name(id)}</option>`)}</select></label>`;
  }

  /** @param {string} key @param {string} value @param {string} mode @param {(text: string) => unknown} choose */
  #input(key, value, mode, choose) {
    return html`<label class="kpi-field">${t(`file.fact.${key}`)}<input class="kpi-input is-small" inputmode=${mode} data-testid="set-${key}" .value=${value} placeholder=${t(`file.example.${key}`)}
      @change=${(/** @type {Event} */ event) => choose(/** @type {HTMLInputElement} */ (event.target).value.trim())}></label>`;
  }
}

customElements.define('kpi-file-settings', KpiFileSettings);
