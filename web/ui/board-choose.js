// Which KPIs the scorecard shows, and in which order.
import { html, nothing } from 'lit';
import { formatCount, formatValue } from '../format/format.js';
import { t } from '../i18n/translate.js';
import { ask, KpiElement } from './element.js';
import { findKpis } from './find-kpis.js';
import { icon } from './icons.js';
import { kpiName, reasonTitle } from './names.js';

const MAX_KPIS = 12;
const MAX_HITS = 30;

class KpiBoardChoose extends KpiElement {
  static properties = { state: { attribute: false }, chosen: { attribute: false }, text: { state: true }, isOpen: { state: true } };

  constructor() {
    super();
    /** @type {import('../state/app-state.js').AppState|null} */ this.state = null;
    /** @type {string[]} */ this.chosen = [];
    this.text = '';
    this.isOpen = false;
  }

  async open() {
    this.text = '';
    this.isOpen = true;
    await this.updateComplete;
    this.querySelector('dialog')?.showModal();
  }

  #close() {
    this.querySelector('dialog')?.close();
    this.isOpen = false;
  }

  /** @param {string[]|null} kpis */
  #choose(kpis) {
    ask(this, { type: 'board_kpis', kpis });
  }

  /** The button that was pressed keeps the focus wherever its row went. @param {string} id @param {number} step */
  async #move(id, step) {
    const at = this.chosen.indexOf(id);
    if (at + step < 0 || at + step >= this.chosen.length) return;
    const next = this.chosen.filter((one) => one !== id);
    next.splice(at + step, 0, id);
    this.#choose(next);
    await new Promise((done) => setTimeout(done));
    await this.updateComplete;
    /** @type {HTMLElement|null} */ (this.querySelector(`[data-testid="chosen"][data-kpi="${id}"]`))?.focus();
  }

  /** @param {KeyboardEvent} event @param {string} id */
  #key(event, id) {
    const step = { ArrowUp: -1, ArrowDown: 1 }[event.key];
    if (!step || event.target !== event.currentTarget) return;
    event.preventDefault();
    if (event.altKey) return void this.#move(id, step);
    const rows = /** @type {HTMLElement[]} */ ([...this.querySelectorAll('[data-testid="chosen"]')]);
    rows[this.chosen.indexOf(id) + step]?.focus();
  }

  render() {
    const { state, chosen } = this;
    if (!this.isOpen || !state?.report) return nothing;
    const full = chosen.length >= MAX_KPIS;
    const hits = findKpis(this.text, state.report.kpis, state.catalog, MAX_HITS).filter((kpi) => !chosen.includes(kpi.id));
    return html`<dialog class="kpi-wide is-narrow" aria-labelledby="board-choose-title" data-testid="chooser" @close=${this.#close} @click=${(/** @type {Event} */ event) => { if (event.target === event.currentTarget) this.#close(); }}>
      <div class="kpi-side-head"><h2 id="board-choose-title">${t('board.choose.title')}</h2>
        <button type="button" class="kpi-button is-quiet is-icon" data-testid="chooser-close" aria-label=${t('action.close')} @click=${this.#close}>${icon('close')}</button></div>
      <div class="kpi-wide-body"><p class="kpi-small kpi-muted">${t('board.choose.help')}</p>
        <ol class="kpi-chosen" aria-label=${t('board.choose.chosen')}>${chosen.map((id, at) => html`<li tabindex="0" data-testid="chosen" data-kpi=${id} @keydown=${(/** @type {KeyboardEvent} */ event) => this.#key(event, id)}>
          <span>${kpiName(id)}</span>
          ${this.#tool('up', id, at === 0, () => void this.#move(id, -1))}${this.#tool('down', id, at === chosen.length - 1, () => void this.#move(id, 1))}
          ${this.#tool('close', id, chosen.length === 1, () => this.#choose(chosen.filter((one) => one !== id)))}</li>`)}</ol>
        <input class="kpi-input" type="search" data-testid="chooser-find" aria-label=${t('board.choose.find')} placeholder=${t('board.choose.find')} autocomplete="off" spellcheck="false" .value=${this.text}
          @input=${(/** @type {Event} */ event) => { this.text = /** @type {HTMLInputElement} */ (event.target).value; }}>
        ${full ? html`<p class="kpi-small kpi-muted">${t('board.choose.full', { count: MAX_KPIS, shown: formatCount(MAX_KPIS) })}</p>` : nothing}
        <ul class="kpi-scroll kpi-options" tabindex="-1">${hits.map((kpi) => html`<li><button type="button" class="kpi-option" data-testid="chooser-add" data-kpi=${kpi.id} ?disabled=${full} @click=${() => this.#choose([...chosen, kpi.id])}>${icon('plus')}<span>${kpiName(kpi.id)}</span>
          <small class="kpi-cut">${kpi.value === null ? (kpi.undefined ? reasonTitle(kpi.undefined) : '') : formatValue(kpi.value, kpi.display, kpi.currency)}</small></button></li>`)}</ul>
        <div class="kpi-row">${state.board.kpis ? html`<button type="button" class="kpi-button is-small" data-testid="chooser-reset" @click=${() => this.#choose(null)}>${icon('undo')}${t('board.choose.reset')}</button>` : nothing}
          <button type="button" class="kpi-button is-primary kpi-push" data-testid="chooser-done" @click=${this.#close}>${t('board.done')}</button></div></div></dialog>`;
  }

  /** @param {'up'|'down'|'close'} what @param {string} id @param {boolean} off @param {() => void} act */
  #tool(what, id, off, act) {
    return html`<button type="button" class="kpi-button is-quiet is-icon is-small" data-testid="chosen-${what}" data-kpi=${id} ?disabled=${off} aria-label=${t(`board.choose.${what}`, { name: kpiName(id) })} @click=${act}>${icon(what)}</button>`;
  }
}

customElements.define('kpi-board-choose', KpiBoardChoose);
