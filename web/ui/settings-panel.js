// Assumptions, appearance and what this browser remembers.
import { html } from 'lit';
import { t } from '../i18n/translate.js';
import { ask, KpiElement } from './element.js';
import { closePanel } from './popover.js';

const THEMES = /** @type {const} */ (['system', 'light', 'dark']);

/**
 * "80", "80 %", "0,8" and "0.8" all mean 0.8; null where it is no share.
 * @param {string} text
 */
export function readShare(text) {
  const value = Number(text.replace('%', '').replace(',', '.').trim());
  if (!text.trim() || !Number.isFinite(value) || value < 0 || value > 100) return null;
  return value > 1 || text.includes('%') ? value / 100 : value;
}

class KpiSettingsPanel extends KpiElement {
  static properties = { state: { attribute: false }, wrong: { state: true } };

  constructor() {
    super();
    /** @type {import('../state/app-state.js').AppState|null} */ this.state = null;
    this.wrong = false;
  }

  /** @param {Event} event */
  #margin(event) {
    const { value } = /** @type {HTMLInputElement} */ (event.target);
    const share = readShare(value);
    this.wrong = value.trim() !== '' && share === null;
    if (!this.wrong) ask(this, { type: 'query', change: { margin: share } });
  }

  render() {
    const margin = this.state?.query.margin ?? null;
    return html`<label class="kpi-field">${t('settings.margin')}
        <input class="kpi-input ${this.wrong ? 'is-invalid' : ''}" inputmode="decimal" data-testid="margin" aria-invalid=${this.wrong} aria-describedby="margin-help" placeholder=${t('settings.margin_example')}
          .value=${margin === null ? '' : String(Math.round(margin * 1e6) / 1e4)} @change=${this.#margin}>
        <span id="margin-help">${t(this.wrong ? 'settings.margin_wrong' : 'settings.margin_help')}</span></label>
      <fieldset><legend>${t('settings.theme')}</legend><div class="kpi-segments">
        ${THEMES.map((theme) => html`<label><input type="radio" name="theme" data-testid="theme-${theme}" .checked=${this.state?.theme === theme} @change=${() => ask(this, { type: 'theme', theme })}>${t(`theme.${theme}`)}</label>`)}
      </div></fieldset>
      <hr>
      <div class="kpi-options">
        <button type="button" class="kpi-option" data-testid="clear" @click=${() => { closePanel(this); ask(this, { type: 'clear' }); }}>${t('settings.clear')}</button>
        <button type="button" class="kpi-option" data-testid="forget" @click=${() => { closePanel(this); ask(this, { type: 'forget' }); }}>${t('settings.forget')}</button>
      </div>
      <p class="kpi-small kpi-muted">${t('settings.forget_help')}</p>`;
  }
}

customElements.define('kpi-settings-panel', KpiSettingsPanel);
