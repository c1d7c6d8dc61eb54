// A field for a formula: a combobox that completes names of measures and KPIs into their ids, and signs to click.
import { html, nothing } from 'lit';
import { t } from '../i18n/translate.js';
import { KpiElement } from './element.js';
import { formulaEntries, formulaHits, wordAt } from './formula-entries.js';

/** @typedef {import('./formula-entries.js').Entry} Entry */

const OPERATORS = /** @type {const} */ ([['+', 'add'], ['\u2212', 'subtract'], ['\u00d7', 'multiply'], ['\u00f7', 'divide'], ['(', 'open'], [')', 'close'], ['+?', 'known'], ['^', 'power']]);

export class KpiFormulaBox extends KpiElement {
  static properties = { value: { attribute: false }, catalog: { attribute: false }, except: { attribute: false }, invalid: { type: Boolean }, hits: { state: true }, at: { state: true } };

  constructor() {
    super();
    this.value = '';
    /** @type {import('../engine/protocol.js').Catalog|null} */ this.catalog = null;
    this.except = '';
    this.invalid = false;
    /** @type {Entry[]} */ this.hits = [];
    this.at = 0;
  }

  get #input() {
    return /** @type {HTMLInputElement} */ (this.querySelector('input'));
  }

  /** @param {string} value @param {number} [caret] */
  #set(value, caret) {
    this.value = value;
    this.dispatchEvent(new CustomEvent('formula', { detail: value }));
    if (caret === undefined) return;
    this.#input.value = value;
    this.#input.focus();
    this.#input.setSelectionRange(caret, caret);
  }

  /** @param {boolean} all also where no word is begun */
  #open(all) {
    const { text } = this.#word();
    const entries = this.catalog ? formulaEntries(this.catalog, this.except) : [];
    const begun = /[\p{L}_]/u.test(text) && !entries.some((one) => one.id === text);
    this.hits = begun ? formulaHits(entries, text) : all ? entries : [];
    this.at = 0;
  }

  /** The words before the caret; the last one alone where they lead nowhere together. */
  #word() {
    const { value, selectionStart } = this.#input;
    const caret = selectionStart ?? value.length;
    const word = wordAt(value, caret);
    const last = word.text.split(/\s+/).at(-1) ?? '';
    if (!this.catalog || last === word.text || formulaHits(formulaEntries(this.catalog, this.except), word.text).length) return word;
    return { ...word, from: caret - last.length, text: last };
  }

  close() {
    this.hits = [];
  }

  /** @param {string} id */
  #choose(id) {
    const { from, to } = this.#word();
    const { value } = this.#input;
    const before = value.slice(0, from);
    const gap = before && !/[\s(]$/.test(before) ? ' ' : '';
    this.#set(`${before}${gap}${id} ${value.slice(to).trimStart()}`, from + gap.length + id.length + 1);
    this.close();
  }

  /** @param {string} sign */
  #insert(sign) {
    const { value, selectionStart, selectionEnd } = this.#input;
    const from = selectionStart ?? value.length;
    const before = value.slice(0, from);
    const text = sign === '(' ? '(' : sign === ')' ? ')' : `${before === '' || /\s$/.test(before) ? '' : ' '}${sign} `;
    this.#set(before + text + value.slice(selectionEnd ?? from), from + text.length);
    this.close();
  }

  /** @param {KeyboardEvent} event */
  #key(event) {
    const { hits } = this;
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step) {
      event.preventDefault();
      if (!hits.length) this.#open(true);
      else this.at = (this.at + step + hits.length) % hits.length;
      this.updateComplete.then(() => this.querySelector('[aria-selected="true"]')?.scrollIntoView({ block: 'nearest' }));
    } else if (event.key === 'Enter' && hits.length) {
      event.preventDefault();  // else the form would be sent
      this.#choose(hits[this.at].id);
    } else if (event.key === 'Escape' && hits.length) {
      event.preventDefault();  // else the editor would close
      event.stopPropagation();
      this.close();
    }
  }

  render() {
    const { hits } = this;
    return html`<div class="kpi-formula"><input class="kpi-input ${this.invalid ? 'is-invalid' : ''}" id="own-formula" name="formula" type="text" role="combobox" aria-autocomplete="list" aria-expanded=${hits.length > 0} aria-controls="own-hits"
        aria-activedescendant=${hits.length ? `own-hit-${this.at}` : nothing} aria-invalid=${this.invalid} aria-describedby="own-says own-words" maxlength="1000" dir="ltr" autocomplete="off" autocapitalize="off" spellcheck="false" data-testid="own-formula"
        placeholder=${t('own.formula.example')} .value=${this.value} @input=${() => { this.#set(this.#input.value); this.#open(false); }} @keydown=${this.#key} @blur=${this.close}>
      <ul id="own-hits" role="listbox" aria-label=${t('own.formula.hits')} ?hidden=${!hits.length}>${hits.map((one, i) => html`<li id="own-hit-${i}" role="option" aria-selected=${i === this.at} data-testid="own-hit" data-id=${one.id}
        @pointerdown=${(/** @type {Event} */ event) => event.preventDefault()} @click=${() => this.#choose(one.id)} @pointermove=${() => { this.at = i; }}><span><bdi>${one.name}</bdi></span><code>${one.id}</code></li>`)}</ul></div>
      <div class="kpi-formula-signs" role="group" aria-label=${t('own.formula.signs')}>${OPERATORS.map(([sign, name]) => html`<button type="button" class="kpi-button is-small" data-testid="sign-${name}" aria-label=${t(`own.sign.${name}`)} title=${t(`own.sign.${name}`)}
        @pointerdown=${(/** @type {Event} */ event) => event.preventDefault()} @click=${() => this.#insert(sign)}>${sign}</button>`)}</div>`;
  }
}

customElements.define('kpi-formula-box', KpiFormulaBox);
