// Fields that set an analysis: what is typed is read, and what cannot be read is marked and not asked.
import { html } from 'lit';
import { formatTyped } from '../format/format.js';
import { readNumber } from '../format/read-number.js';
import { ask } from './element.js';

/** @typedef {import('../state/analyst.js').AnalysisView} AnalysisView */

/** @param {Event} event @param {AnalysisView} view @param {Record<string, unknown>} change */
export const set = (event, view, change) => ask(/** @type {HTMLElement} */ (event.target), { type: 'analysis_settings', view, change });

/**
 * A number above 0; an empty field is no setting.
 * @param {{view: AnalysisView, name: string, label: string, help?: string, kind: 'percent'|'count', value: unknown, below?: number}} field
 */
export function numberField({ view, name, label, help, kind, value, below = 1e12 }) {
  const onChange = (/** @type {Event} */ event) => {
    const input = /** @type {HTMLInputElement} */ (event.target);
    const read = readNumber(input.value, kind);
    const isWrong = input.value.trim() !== '' && (read.value === null || read.value <= 0 || read.value >= below);
    input.classList.toggle('is-invalid', isWrong);
    input.setAttribute('aria-invalid', String(isWrong));
    if (!isWrong) set(event, view, { [name]: read.value });
  };
  return html`<label class="kpi-field">${label}<input class="kpi-input" inputmode="decimal" autocomplete="off" data-testid="set-${name}"
    .value=${typeof value === 'number' ? formatTyped(value, kind) : ''} @change=${onChange}>${help ? html`<span>${help}</span>` : ''}</label>`;
}

/**
 * @param {{view: AnalysisView, name: string, label: string, help?: string, value: unknown, options: [string|number, string][], made?: (chosen: any) => Record<string, unknown>}} field  `made`: the setting that a choice means
 */
export function choiceField({ view, name, label, help, value, options, made = (chosen) => ({ [name]: chosen }) }) {
  const onChange = (/** @type {Event} */ event) => set(event, view, made(options[/** @type {HTMLSelectElement} */ (event.target).selectedIndex]?.[0]));
  return html`<label class="kpi-field">${label}<select class="kpi-input" data-testid="set-${name}" @change=${onChange}>
    ${options.map(([id, text]) => html`<option value=${id} .selected=${id === value}>${text}</option>`)}</select>${help ? html`<span>${help}</span>` : ''}</label>`;
}
