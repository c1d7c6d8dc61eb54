// What the attribution is asked for: each setting a list of a few sensible answers.
import { html } from 'lit';
import { t } from '../i18n/translate.js';
import { weightsField } from './attribution-weights.js';
import { ask } from './element.js';
import { fieldName } from './names.js';

/** Dimensions that touches can have. */
const BY = ['channel', 'campaign', 'source', 'medium', 'content_item', 'touch_kind', 'landing_page'];
/** Setting -> its answers, the usual one first. @type {[string, (string|number|boolean|null)[]][]} */
const SETTINGS = [
  ['unit', ['account', 'person']],
  ['look_back_days', [null, 30, 60, 90, 180, 365]],
  ['half_life_days', [7, 3, 14, 30, 60]],
  ['after_opportunity', [true, false]],
  ['repeats', ['since_previous', 'all_in_window']],
  ['markov_order', [1, 2, 3]],
];

/** @param {HTMLElement} element @param {import('../state/app-state.js').AppState} state */
export function attributionSettings(element, state) {
  const settings = /** @type {Record<string, unknown>} */ (state.analyses.settings.attribution ?? {});
  const change = (/** @type {string} */ name, /** @type {unknown} */ value) => ask(element, { type: 'analysis_settings', view: 'attribution', change: { [name]: value } });
  const known = new Set((state.report?.dimensions ?? []).map((one) => one.id));
  const dimensions = BY.filter((one) => one === 'channel' || known.has(one));
  return html`<details class="kpi-more" data-testid="attribution-settings"><summary>${t('analysis.attribution.settings')}</summary><div class="kpi-analysis-ask">
    <label class="kpi-field">${t('analysis.attribution.setting.by')}<select class="kpi-input" data-testid="attribution-by" @change=${(/** @type {Event} */ event) => change('by', /** @type {HTMLSelectElement} */ (event.target).value)}>
      ${dimensions.map((one) => html`<option value=${one} .selected=${one === (settings['by'] ?? 'channel')}>${fieldName(one)}</option>`)}</select></label>
    ${SETTINGS.map(([name, answers]) => html`<label class="kpi-field">${t(`analysis.attribution.setting.${name}`)}<select class="kpi-input" data-testid="attribution-${name}"
      @change=${(/** @type {Event} */ event) => change(name, answers[/** @type {HTMLSelectElement} */ (event.target).selectedIndex])}>
      ${answers.map((answer, index) => html`<option value=${String(answer)} .selected=${(settings[name] ?? answers[0]) === answer || (settings[name] === undefined && index === 0)}>${t(`analysis.attribution.answer.${name}.${typeof answer === 'number' ? 'number' : answer}`, { number: String(answer) })}</option>`)}</select></label>`)}</div>${weightsField(settings)}</details>`;
}
