// The first page: one sentence, and four equal ways to bring data in.
import { html, nothing } from 'lit';
import { t } from '../i18n/translate.js';
import { ask, KpiElement } from './element.js';
import { brandMark, icon } from './icons.js';
import './messages.js';
import { templates, wholeSample } from './templates.js';

const ACCEPT = '.csv,.tsv,.txt,.tab,text/csv,text/tab-separated-values,text/plain';

/** Opens the browser's file choice. @param {HTMLElement} from @param {Event} event of the input */
export function chosen(from, event) {
  const input = /** @type {HTMLInputElement} */ (event.target);
  const files = [...(input.files ?? [])].map((file) => ({ name: file.name, blob: file }));
  input.value = '';
  if (files.length) ask(from, { type: 'files', files });
}

/** A button that opens the file choice. @param {HTMLElement} from @param {string} label @param {string} className */
export function chooseButton(from, label, className) {
  const open = (/** @type {Event} */ event) => /** @type {HTMLInputElement} */ (/** @type {HTMLElement} */ (event.currentTarget).nextElementSibling).click();
  return html`<button type="button" class="kpi-button ${className}" data-testid="choose" @click=${open}>${className.includes('is-small') ? icon('plus') : nothing}<span>${label}</span></button>
    <input type="file" multiple hidden accept=${ACCEPT} data-testid="file-input" @change=${(/** @type {Event} */ event) => chosen(from, event)}>`;
}

class KpiStart extends KpiElement {
  static properties = { state: { attribute: false }, pasting: { state: true } };

  constructor() {
    super();
    /** @type {import('../state/app-state.js').AppState|null} */ this.state = null;
    this.pasting = false;
  }

  #paste() {
    const area = /** @type {HTMLTextAreaElement} */ (this.querySelector('textarea'));
    if (area.value.trim()) ask(this, { type: 'paste', text: area.value });
    else area.focus();
  }

  async #openPaste() {
    this.pasting = !this.pasting;
    await this.updateComplete;
    this.querySelector('textarea')?.focus();
  }

  render() {
    const ready = this.state?.engine === 'ready';
    return html`<main class="kpi-start" id="main">
      <div class="kpi-start-top"><div class="kpi-brand">${brandMark}<span>${t('app.name')}</span></div></div>
      <h1>${t('start.title')}</h1>
      <p class="kpi-start-lead">${t('start.lead')}</p>
      <kpi-messages .state=${this.state}></kpi-messages>
      <div class="kpi-target" data-testid="target">
        <section class="kpi-way">${icon('drop')}<h2>${t('start.drop.title')}</h2><p>${t('start.drop.text')}</p>${chooseButton(this, t('start.drop.action'), 'is-primary')}</section>
        <section class="kpi-way">${icon('paste')}<h2>${t('start.paste.title')}</h2><p>${t('start.paste.text')}</p>
          <button type="button" class="kpi-button" data-testid="paste" aria-expanded=${this.pasting} @click=${this.#openPaste}>${t('start.paste.action')}</button></section>
        <section class="kpi-way">${icon('totals')}<h2>${t('totals.way.title')}</h2><p>${t('totals.way.text')}</p>
          <button type="button" class="kpi-button" data-testid="type-totals" @click=${() => ask(this, { type: 'go', place: 'totals' })}>${t('totals.way.action')}</button>
          <button type="button" class="kpi-link kpi-small" data-testid="start-plan" @click=${() => ask(this, { type: 'go', place: 'plan' })}>${t('plan.way')}</button></section>
        <section class="kpi-way">${icon('sample')}<h2>${t('start.sample.title')}</h2><p>${t('start.sample.text')}</p>
          <button type="button" class="kpi-button" data-testid="sample" ?disabled=${!ready} @click=${() => ask(this, { type: 'sample' })}>${t('start.sample.action')}</button>
          ${this.state ? wholeSample(this.state) : nothing}</section>
      </div>
      ${this.pasting ? html`<div class="kpi-paste"><label class="kpi-field">${t('start.paste.label')}
          <textarea class="kpi-input" data-testid="paste-text" spellcheck="false" placeholder=${t('start.paste.example')}></textarea></label>
          <div class="kpi-row"><button type="button" class="kpi-button is-primary" data-testid="paste-go" @click=${this.#paste}>${t('start.paste.go')}</button></div></div>` : nothing}
      ${this.state ? templates(this.state) : nothing}
      <section class="kpi-proof"><div><h2>${icon('lock')}${t('privacy.title')}</h2><p>${t('privacy.text')}</p></div>
        <ol>${['1', '2', '3'].map((step) => html`<li>${t(`privacy.step${step}`)}</li>`)}</ol></section>
    </main>`;
  }
}

customElements.define('kpi-start', KpiStart);
