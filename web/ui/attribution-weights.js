// Weights of the user's own for a model by position. What does not add up to 100% is said and not asked for.
import { html, nothing } from 'lit';
import { formatPercent, formatTyped } from '../format/format.js';
import { readNumber } from '../format/read-number.js';
import { t } from '../i18n/translate.js';
import { ask, KpiElement } from './element.js';

const PARTS = /** @type {const} */ (['first', 'lead', 'opportunity', 'close', 'last', 'others']);
/** Sums of typed tenths of a percent are not exact. */
const SAME = 1e-9;

class KpiAttributionWeights extends KpiElement {
  static properties = { weights: { attribute: false }, draft: { state: true } };

  constructor() {
    super();
    /** In force. @type {Record<string, number>|null} */ this.weights = null;
    /** As typed, while it is not in force. @type {Record<string, string>|null} */ this.draft = null;
  }

  /** @param {string} part */
  #shown(part) {
    if (this.draft) return this.draft[part] ?? '';
    const share = this.weights?.[part];
    return share ? formatTyped(share, 'percent') : '';
  }

  /** @param {string} part @param {Event} event */
  #type(part, event) {
    const draft = Object.fromEntries(PARTS.map((one) => [one, one === part ? /** @type {HTMLInputElement} */ (event.target).value.trim() : this.#shown(one)]));
    this.draft = draft;
    const { sum, wrong } = read(draft);
    const isEmpty = PARTS.every((one) => !draft[one]);
    if (wrong.length || (!isEmpty && Math.abs(sum - 1) > SAME)) return;
    this.draft = null;
    const weights = isEmpty ? null : Object.fromEntries(PARTS.map((one) => [one, readNumber(draft[one] ?? '', 'percent').value ?? 0]));
    ask(this, { type: 'analysis_settings', view: 'attribution', change: { weights } });
  }

  render() {
    const { sum, wrong } = this.draft ? read(this.draft) : { sum: 1, wrong: [] };
    const off = Math.abs(sum - 1) > SAME ? sum - 1 : 0;
    return html`<fieldset class="kpi-weights" data-testid="attribution-weights"><legend>${t('analysis.attribution.weights.title')}</legend>
      <p class="kpi-muted">${t('analysis.attribution.weights.lead')}</p>
      <div class="kpi-analysis-ask">${PARTS.map((part) => html`<label class="kpi-field">${t(`analysis.attribution.weights.part.${part}`)}<input class="kpi-input ${wrong.includes(part) ? 'is-invalid' : ''}" inputmode="decimal" autocomplete="off" maxlength="20" placeholder="0%"
        data-testid="attribution-weight-${part}" aria-invalid=${String(wrong.includes(part))} .value=${this.#shown(part)} @change=${(/** @type {Event} */ event) => this.#type(part, event)}></label>`)}</div>
      <p role="status" data-testid="attribution-weights-note" data-off=${off ? Math.round(off * 1e6) / 1e4 : nothing} class=${wrong.length || off ? 'kpi-worse' : 'kpi-muted'}>${this.#note(sum, off, wrong.length > 0)}</p></fieldset>`;
  }

  /** @param {number} sum @param {number} off @param {boolean} isWrong */
  #note(sum, off, isWrong) {
    const kept = this.weights ? ` ${t('analysis.attribution.weights.kept')}` : '';
    if (isWrong) return t('analysis.attribution.weights.wrong') + kept;
    if (off) return t(`analysis.attribution.weights.${off < 0 ? 'short' : 'over'}`, { sum: formatPercent(sum, 'exact'), off: formatPercent(Math.abs(off), 'exact') }) + kept;
    return t(`analysis.attribution.weights.${this.weights ? 'used' : 'none'}`);
  }
}

/** @param {Record<string, string>} draft */
function read(draft) {
  const read = PARTS.map((part) => ({ part, ...readNumber(draft[part] ?? '', 'percent') }));
  return { sum: read.reduce((sum, { value }) => sum + (value ?? 0), 0), wrong: read.filter(({ wrong }) => wrong).map(({ part }) => /** @type {string} */ (part)) };
}

customElements.define('kpi-attribution-weights', KpiAttributionWeights);

/** @param {Record<string, unknown>} settings */
export const weightsField = (settings) => html`<kpi-attribution-weights .weights=${settings['weights'] ?? null}></kpi-attribution-weights>`;
