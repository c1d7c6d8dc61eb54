// The form of targets: KPIs down, periods across, for all channels or one; who owns each KPI and who agreed to its definition.
import { html, nothing } from 'lit';
import { formatPercent } from '../format/format.js';
import { keysOf, t, textOr } from '../i18n/translate.js';
import './board-grid.js';
import { ask, KpiElement } from './element.js';
import { icon } from './icons.js';
import { memberName } from './names.js';
import { readShare } from './settings-panel.js';
import './totals-layout.js';

class KpiBoardTargets extends KpiElement {
  static properties = { state: { attribute: false }, chosen: { attribute: false }, isOpen: { state: true }, wrong: { state: true } };

  constructor() {
    super();
    /** @type {import('../state/app-state.js').AppState|null} */ this.state = null;
    /** @type {string[]} */ this.chosen = [];
    this.isOpen = false;
    this.wrong = false;
  }

  async open() {
    this.isOpen = true;
    // months are how targets are mostly set; whoever wants another step has it one click away
    const { board } = this.state ?? {};
    if (board && board.layout.step === 'none' && !Object.keys(board.cells).length) ask(this, { type: 'targets_layout', change: { step: 'month' } });
    await this.updateComplete;
    this.querySelector('dialog')?.showModal();
  }

  #close() {
    this.querySelector('dialog')?.close();
    this.isOpen = false;
  }

  /** @param {Event} event */
  #tolerance(event) {
    const share = readShare(/** @type {HTMLInputElement} */ (event.target).value);
    this.wrong = share === null;
    if (share !== null) ask(this, { type: 'board_tolerance', tolerance: share });
  }

  /** Channels of the data first, then the usual ones. */
  #channels() {
    const found = this.state?.report?.dimensions.find((one) => one.id === 'channel')?.values ?? [];
    const named = found.filter((one) => one.key !== '').map((one) => ({ id: one.canonical ? one.key : one.label || one.key, name: memberName(one) }));
    const rest = [...keysOf('channel'), ...(this.state?.board.layout.channels ?? [])].filter((id) => !named.some((one) => one.id === id)).map((id) => ({ id, name: textOr(`channel.${id}`, id) }));
    return [...named, ...rest.filter((one, at) => rest.findIndex((other) => other.id === one.id) === at)];
  }

  render() {
    const { state } = this;
    if (!this.isOpen || !state?.report) return nothing;
    const { board } = state;
    return html`<dialog class="kpi-wide" aria-labelledby="board-targets-title" data-testid="targets" @close=${this.#close} @click=${(/** @type {Event} */ event) => { if (event.target === event.currentTarget) this.#close(); }}>
      <div class="kpi-side-head"><h2 id="board-targets-title">${t('board.targets.title')}</h2>
        <button type="button" class="kpi-button is-quiet is-icon" data-testid="targets-close" aria-label=${t('action.close')} @click=${this.#close}>${icon('close')}</button></div>
      <div class="kpi-wide-body"><p class="kpi-small kpi-muted">${t('board.targets.help')}</p>
        <div class="kpi-targets-bar"><kpi-totals-layout action="targets_layout" .layout=${board.layout}></kpi-totals-layout>
          <label class="kpi-field">${t('board.targets.channel')}<select class="kpi-input" data-testid="target-channel" @change=${(/** @type {Event} */ event) => ask(this, { type: 'targets_layout', change: { channel: /** @type {HTMLSelectElement} */ (event.target).value } })}>
            <option value="" .selected=${board.layout.channel === ''}>${t('board.targets.all')}</option>${this.#channels().map(({ id, name }) => html`<option value=${id} .selected=${board.layout.channel === id}>${name}</option>`)}</select></label>
          <label class="kpi-field">${t('board.targets.tolerance')}<input class="kpi-input kpi-typed-code ${this.wrong ? 'is-invalid' : ''}" inputmode="decimal" data-testid="target-tolerance" aria-invalid=${this.wrong} .value=${formatPercent(board.tolerance)} @change=${this.#tolerance}>
            ${this.wrong ? html`<span class="kpi-worse">${t('settings.margin_wrong')}</span>` : nothing}</label></div>
        <kpi-board-grid .state=${state} .chosen=${this.chosen}></kpi-board-grid>
        <div class="kpi-row"><p class="kpi-small kpi-muted">${t('board.targets.kept')}</p>
          ${Object.keys(board.cells).length ? html`<button type="button" class="kpi-button is-small kpi-push" data-testid="targets-clear" @click=${() => ask(this, { type: 'targets_clear' })}>${icon('trash')}${t('board.targets.clear')}</button>` : nothing}
          <button type="button" class="kpi-button is-primary ${Object.keys(board.cells).length ? '' : 'kpi-push'}" data-testid="targets-done" @click=${this.#close}>${t('board.done')}</button></div></div></dialog>`;
  }
}

customElements.define('kpi-board-targets', KpiBoardTargets);
