// Assumptions, appearance and what this browser remembers.
import { html, nothing } from 'lit';
import { t } from '../i18n/translate.js';
import { basisSettings } from './basis.js';
import { calendarSettings } from './calendar.js';
import { ask, KpiElement } from './element.js';
import { formatValue } from '../format/format.js';
import { measureName } from './names.js';
import { closePanel } from './popover.js';
import { currencySettings } from './report-currency.js';

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

/** A number from 0 on, with either decimal mark; null where it is none. @param {string} text */
export function readPositive(text) {
  const value = Number(text.replace(',', '.'));
  return text.trim() && Number.isFinite(value) && value >= 0 ? value : null;
}

class KpiSettingsPanel extends KpiElement {
  static properties = { state: { attribute: false }, wrong: { state: true }, wrongs: { state: true } };

  constructor() {
    super();
    /** @type {import('../state/app-state.js').AppState|null} */ this.state = null;
    this.wrong = false;
    /** @type {Set<string>} */ this.wrongs = new Set();
  }

  /** @param {Event} event */
  #margin(event) {
    const { value } = /** @type {HTMLInputElement} */ (event.target);
    const share = readShare(value);
    this.wrong = value.trim() !== '' && share === null;
    if (!this.wrong) ask(this, { type: 'query', change: { margin: share } });
  }

  /** Parameters of the catalogue beside the margin; empty means the standard, or that there is none. @param {import('../engine/protocol.js').CatalogMeasure} measure */
  #parameter(measure) {
    const value = this.state?.query.assumed[measure.id];
    const shown = value === undefined ? '' : String(measure.display === 'percent' ? Math.round(value * 1e6) / 1e4 : value);
    const wrong = this.wrongs.has(measure.id);
    const read = (/** @type {Event} */ event) => {
      const text = /** @type {HTMLInputElement} */ (event.target).value.trim();
      const typed = readPositive(text.replace('%', ''));
      const number = typed === null || measure.display !== 'percent' ? typed : typed > 100 ? null : typed / 100;
      this.wrongs = new Set([...this.wrongs].filter((id) => id !== measure.id));
      if (text && number === null) this.wrongs = this.wrongs.add(measure.id);
      else if (this.state) {
        const { [measure.id]: _, ...rest } = this.state.query.assumed;
        ask(this, { type: 'query', change: { assumed: number === null ? rest : { ...rest, [measure.id]: number } } });
      }
    };
    return html`<label class="kpi-field">${measureName(measure.id)}${measure.display === 'percent' ? ', %' : ''}
        <input class="kpi-input ${wrong ? 'is-invalid' : ''}" inputmode="decimal" data-testid="parameter-${measure.id}" aria-invalid=${wrong} aria-describedby="help-${measure.id}"
          placeholder=${measure.standard ? formatValue(measure.standard, measure.display) : ''} .value=${shown} @change=${read}>
        <span id="help-${measure.id}">${wrong ? t(measure.display === 'percent' ? 'settings.margin_wrong' : 'settings.number_wrong') : t(`measure.${measure.id}.definition`)}</span></label>`;
  }

  render() {
    const parameters = this.state?.catalog?.measures.filter((one) => one.parameter && one.id !== 'gross_margin') ?? [];
    const margin = this.state?.query.margin ?? null;
    return html`<label class="kpi-field">${t('settings.margin')}
        <input class="kpi-input ${this.wrong ? 'is-invalid' : ''}" inputmode="decimal" data-testid="margin" aria-invalid=${this.wrong} aria-describedby="margin-help" placeholder=${t('settings.margin_example')}
          .value=${margin === null ? '' : String(Math.round(margin * 1e6) / 1e4)} @change=${this.#margin}>
        <span id="margin-help">${t(this.wrong ? 'settings.margin_wrong' : 'settings.margin_help')}</span></label>
      <details class="kpi-more" data-testid="assumptions"><summary>${t('settings.more')}</summary>${parameters.map((one) => this.#parameter(one))}</details>
      ${this.state ? html`${currencySettings(this, this.state)}${basisSettings(this, this.state.query)}${calendarSettings(this, this.state.query)}` : nothing}
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
