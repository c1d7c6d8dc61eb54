// The frame: rail, top bar, the place that is open, and what lies over it.
import { html, nothing } from 'lit';
import { t } from '../i18n/translate.js';
import { ask, KpiElement } from './element.js';
import { brandMark, icon } from './icons.js';
import './analysis.js';
import './channels.js';
import './data-place.js';
import './explain.js';
import './messages.js';
import './overview.js';
import './own-editor.js';
import './plan.js';
import './progress.js';
import './search.js';
import './start.js';
import './topbar.js';
import './totals.js';

/** @typedef {import('../state/app-state.js').AppState} AppState */

const PLACES = /** @type {const} */ (['overview', 'channels', 'analysis', 'plan', 'totals', 'data']);

export class KpiApp extends KpiElement {
  static properties = { state: { attribute: false }, dropping: { state: true } };

  constructor() {
    super();
    /** @type {AppState|null} */ this.state = null;
    this.dropping = false;
  }

  /** @param {import('../state/store.js').Store<AppState>} store */
  follow(store) {
    const show = (/** @type {AppState} */ state) => {
      this.state = state;
      if (state.theme === 'system') delete document.documentElement.dataset.theme;
      else document.documentElement.dataset.theme = state.theme;
    };
    store.subscribe(show);
    show(store.state);
  }

  connectedCallback() {
    super.connectedCallback();
    addEventListener('dragenter', this.#drag);
    addEventListener('dragover', this.#drag);
    addEventListener('dragleave', this.#leave);
    addEventListener('drop', this.#drop);
    addEventListener('keydown', this.#key);
  }

  /** @param {DragEvent} event */
  #drag = (event) => {
    if (!event.dataTransfer?.types.includes('Files')) return;
    event.preventDefault();
    this.dropping = true;
  };

  /** @param {DragEvent} event */
  #leave = (event) => {
    if (!event.relatedTarget) this.dropping = false;
  };

  /** @param {DragEvent} event */
  #drop = (event) => {
    if (!event.dataTransfer?.types.includes('Files')) return;
    event.preventDefault();
    this.dropping = false;
    const files = [...event.dataTransfer.files].map((file) => ({ name: file.name, blob: file }));
    if (files.length) ask(this, { type: 'files', files });
  };

  /** @param {KeyboardEvent} event */
  #key = (event) => {
    const typing = /** @type {Element|null} */ (event.target)?.closest?.('input, textarea, select');
    if (event.key !== '/' || typing || event.ctrlKey || event.metaKey || event.altKey) return;
    const search = /** @type {import('./search.js').KpiSearch|null} */ (this.querySelector('kpi-search'));
    if (!search) return;
    event.preventDefault();
    search.open();
  };

  render() {
    const { state } = this;
    if (!state) return nothing;
    const empty = !state.files.length && !state.typedCard && state.place !== 'totals' && state.place !== 'plan';
    return html`<div class="kpi-frame ${empty ? 'is-start' : ''}" data-testid="frame" data-engine=${state.engine} data-place=${empty ? 'start' : state.place} data-busy=${String(Boolean(state.busy) || state.computing || state.typing || state.planning || state.aiming || state.analyses.asking)}>
        ${empty ? nothing : this.#rail(state)}
        <div class="kpi-body">
          ${empty ? nothing : html`<kpi-topbar .state=${state}></kpi-topbar>`}
          ${empty ? html`<kpi-start .state=${state}></kpi-start>` : html`<main class="kpi-main ${state.computing && state.place !== 'totals' ? 'kpi-computing' : ''}" id="main" tabindex="-1">${this.#place(state)}</main>`}
        </div>
      </div>
      ${this.dropping ? html`<div class="kpi-drop-veil">${t('drop.anywhere')}</div>` : nothing}
      <kpi-progress .busy=${state.busy}></kpi-progress>
      <kpi-explain .state=${state}></kpi-explain>
      <kpi-own-editor .state=${state}></kpi-own-editor>
      ${empty ? nothing : html`<kpi-search .state=${state}></kpi-search>`}
      <div class="kpi-hidden" role="status" data-testid="live">${state.computing ? t('live.computing') : state.report ? t('live.ready') : ''}</div>`;
  }

  /** @param {AppState} state */
  #rail(state) {
    const asks = state.files.reduce((sum, card) => sum + card.needs.length, 0);
    return html`<nav class="kpi-rail" aria-label=${t('rail.label')}>
      <div class="kpi-brand">${brandMark}<span>${t('app.name')}</span></div>
      <div class="kpi-places">${PLACES.map((place) => html`<button type="button" class="kpi-place" data-testid="place-${place}" aria-current=${state.place === place ? 'page' : nothing}
        @click=${() => ask(this, { type: 'go', place })}>${icon(place)}<span>${place === 'totals' ? t('totals.name') : t(`place.${place}`)}</span>
        ${place === 'data' && asks ? html`<span class="kpi-badge is-ask" aria-label=${t('needs.badge', { count: asks, shown: asks })}>${asks}</span>` : nothing}</button>`)}</div>
      <p class="kpi-rail-foot">${icon('lock')}<span>${t('privacy.short')}</span></p>
    </nav>`;
  }

  /** @param {AppState} state */
  #place(state) {
    const messages = html`<kpi-messages .state=${state}></kpi-messages>`;
    if (state.place === 'channels') return html`${messages}<kpi-channels .state=${state}></kpi-channels>`;
    if (state.place === 'analysis') return html`${messages}<kpi-analysis .state=${state}></kpi-analysis>`;
    if (state.place === 'plan') return html`${messages}<kpi-plan .state=${state}></kpi-plan>`;
    if (state.place === 'totals') return html`${messages}<kpi-totals .state=${state}></kpi-totals>`;
    if (state.place === 'data') return html`${messages}<kpi-data-place .state=${state}></kpi-data-place>`;
    return html`${messages}<kpi-overview .state=${state}></kpi-overview>`;
  }
}

customElements.define('kpi-app', KpiApp);
