// The editor of one KPI of the user: name, formula, what the engine makes of it, and how it is shown.
import { html, nothing } from 'lit';
import { inWords } from '../format/formula.js';
import { t } from '../i18n/translate.js';
import { ask, KpiElement } from './element.js';
import './formula-box.js';
import { icon } from './icons.js';
import { measureName } from './names.js';
import { ownMessage } from './own-message.js';
import { ownTools } from './own-tools.js';
import { unitName } from './units.js';

/** @typedef {import('../state/own-kpis.js').OwnKpi} OwnKpi */

const PAUSE = 150;
const DIRECTIONS = /** @type {const} */ (['higher', 'lower', 'neutral']);

class KpiOwnEditor extends KpiElement {
  static properties = { state: { attribute: false }, draft: { state: true }, tried: { state: true } };

  /** @type {ReturnType<typeof setTimeout>|undefined} */ #timer;

  constructor() {
    super();
    /** @type {import('../state/app-state.js').AppState|null} */ this.state = null;
    /** @type {OwnKpi|null} */ this.draft = null;
    /** @type {OwnKpi|null} the one that was opened */ this.opened = null;
    this.tried = false;
  }

  willUpdate() {
    const { draft } = this.state?.own ?? { draft: null };
    if (draft === this.opened) return;
    this.opened = this.draft = draft;
    this.tried = false;
  }

  updated() {
    const dialog = this.querySelector('dialog');
    if (dialog && !dialog.open) dialog.showModal();
  }

  /** @param {Partial<OwnKpi>} change */
  #change(change) {
    if (!this.draft) return;
    this.draft = { ...this.draft, ...change };
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.draft?.formula.trim() && ask(this, { type: 'own_check', draft: this.draft }), 'formula' in change ? PAUSE : 0);
  }

  #close() {
    clearTimeout(this.#timer);
    ask(this, { type: 'own_close' });
  }

  /** @param {Event} event */
  #save(event) {
    event.preventDefault();
    clearTimeout(this.#timer);
    this.tried = true;
    const { draft } = this;
    if (!draft) return;
    if (!draft.name.trim() || !draft.formula.trim()) {
      /** @type {HTMLElement|null} */ (this.querySelector(draft.name.trim() ? '#own-formula' : '#own-name'))?.focus();
      return;
    }
    ask(this, { type: 'own_save', draft });
  }

  render() {
    const { state, draft } = this;
    if (!state?.own.draft || !draft) return nothing;
    const check = draft.formula.trim() ? state.own.check : null;
    const noName = this.tried && !draft.name.trim();
    const take = (/** @type {string} */ formula) => {
      this.#change({ formula });
      /** @type {HTMLElement|null} */ (this.querySelector('#own-formula'))?.focus();
    };
    return html`<dialog class="kpi-side" aria-labelledby="own-title" data-testid="own-editor" @close=${this.#close}>
      <form @submit=${this.#save} novalidate>
      <div class="kpi-side-head"><h2 id="own-title">${t(draft.id ? 'own.title.edit' : 'own.title.new')}</h2>
        <button type="button" class="kpi-button is-quiet is-icon" data-testid="own-close" aria-label=${t('action.close')} @click=${this.#close}>${icon('close')}</button></div>
      <div class="kpi-side-body kpi-own">
        <label class="kpi-field">${t('own.name.label')}<input class="kpi-input ${noName ? 'is-invalid' : ''}" id="own-name" maxlength="80" autocomplete="off" autofocus data-testid="own-name" aria-invalid=${noName} aria-describedby=${noName ? 'own-name-wrong' : nothing}
          placeholder=${t('own.name.example')} .value=${draft.name} @input=${(/** @type {Event} */ event) => this.#change({ name: value(event) })}>${noName ? html`<span class="kpi-worse" id="own-name-wrong">${t('own.name.missing')}</span>` : nothing}</label>
        <section><label class="kpi-field" for="own-formula">${t('own.formula.label')}</label>
          <kpi-formula-box .value=${draft.formula} .catalog=${state.catalog} .except=${draft.id} ?invalid=${Boolean(check?.error)} @formula=${(/** @type {CustomEvent} */ event) => this.#change({ formula: event.detail })}></kpi-formula-box>
          <p id="own-words" class="kpi-small kpi-muted" data-testid="own-words">${draft.formula.trim() ? inWords(draft.formula, measureName) : t('own.formula.help')}</p>
          <div id="own-says" role="status">${ownMessage(check ? state.own.checked : draft.formula, check, take)}</div></section>
        ${this.#units(draft, check)}
        <fieldset><legend>${t('own.better.label')}</legend><div class="kpi-segments">${DIRECTIONS.map((one) => html`<label><input type="radio" name="better" data-testid="own-better-${one}" .checked=${draft.better === one} @change=${() => this.#change({ better: one })}>${t(`own.better.${one}`)}</label>`)}</div></fieldset>
        <div class="kpi-options">
          ${check?.can_be_rate || draft.rate ? this.#flag('rate', draft.rate) : nothing}${this.#flag('pinned', draft.pinned)}</div>
        <label class="kpi-field">${t('own.definition')}<textarea class="kpi-input kpi-own-definition" maxlength="500" rows="3" data-testid="own-definition" .value=${draft.definition} @input=${(/** @type {Event} */ event) => this.#change({ definition: value(event) })}></textarea></label>
        <div class="kpi-row"><button class="kpi-button is-primary" data-testid="own-save">${t('own.save')}</button><button type="button" class="kpi-button" data-testid="own-cancel" @click=${this.#close}>${t('action.cancel')}</button></div>
        ${this.opened?.id ? html`<hr>${ownTools(this, this.opened.id)}` : nothing}
      </div></form></dialog>`;
  }

  /** Which unit is meant, and how it is shown. @param {OwnKpi} draft @param {import('../engine/protocol.js').FormulaCheck|null} check */
  #units(draft, check) {
    const units = [...new Set([...(this.state?.catalog?.kpis ?? []).map((kpi) => kpi.unit).filter((unit) => unit !== '1'), ...(draft.unit ? [draft.unit] : [])])].map((unit) => ({ unit, name: unitName(unit) })).sort((a, b) => a.name.localeCompare(b.name));
    const displays = [...new Set([...(check?.displays ?? []), ...(draft.display ? [draft.display] : [])])];
    return html`<div class="kpi-pair"><label class="kpi-field">${t('own.unit.label')}<select class="kpi-input" data-testid="own-unit" @change=${(/** @type {Event} */ event) => this.#change({ unit: value(event) })}>
        <option value="" .selected=${!draft.unit}>${t('own.unit.any')}</option>${units.map((one) => html`<option value=${one.unit} .selected=${one.unit === draft.unit}>${one.name}</option>`)}</select></label>
      <label class="kpi-field">${t('own.display.label')}<select class="kpi-input" data-testid="own-display" @change=${(/** @type {Event} */ event) => this.#change({ display: value(event) })}>
        <option value="" .selected=${!draft.display}>${t('own.display.usual')}</option>${displays.map((one) => html`<option value=${one} .selected=${one === draft.display}>${t(`own.display.${one}`)}</option>`)}</select></label></div>`;
  }

  /** @param {'rate'|'pinned'} key @param {boolean} on */
  #flag(key, on) {
    return html`<label class="kpi-option"><input type="checkbox" data-testid="own-${key}" .checked=${on} @change=${(/** @type {Event} */ event) => this.#change({ [key]: /** @type {HTMLInputElement} */ (event.target).checked })}><span>${t(`own.${key}`)}</span></label>`;
  }
}

/** @param {Event} event */
const value = (event) => /** @type {HTMLInputElement} */ (event.target).value;

customElements.define('kpi-own-editor', KpiOwnEditor);
