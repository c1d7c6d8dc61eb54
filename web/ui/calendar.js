// The user's calendar: when the financial year begins, and on which day a week does.
import { html } from 'lit';
import { formatMonth } from '../format/format.js';
import { t } from '../i18n/translate.js';
import { ask } from './element.js';

const MONTHS = Array.from({ length: 12 }, (_, index) => index + 1);
const WEEKS = /** @type {const} */ (['monday', 'sunday']);

/** @param {HTMLElement} host @param {import('../state/url-state.js').Query} query */
export function calendarSettings(host, query) {
  return html`<label class="kpi-field">${t('calendar.year')}<select class="kpi-input" data-testid="year-start" @change=${(/** @type {Event} */ event) => ask(host, { type: 'query', change: { yearStart: Number(/** @type {HTMLSelectElement} */ (event.target).value) } })}>
      ${MONTHS.map((month) => html`<option value=${month} .selected=${query.yearStart === month}>${formatMonth(month)}</option>`)}</select></label>
    <fieldset><legend>${t('calendar.week')}</legend><div class="kpi-segments">
      ${WEEKS.map((weekStart) => html`<label><input type="radio" name="week" data-testid="week-${weekStart}" .checked=${query.weekStart === weekStart} @change=${() => ask(host, { type: 'query', change: { weekStart } })}>${t(`calendar.${weekStart}`)}</label>`)}</div></fieldset>`;
}
