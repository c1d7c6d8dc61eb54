// What both halves of the view of customer value share.
import { html, nothing } from 'lit';
import { readNumber } from '../format/read-number.js';
import { t } from '../i18n/translate.js';
import { ask } from './element.js';
import { fieldName, inUsualOrder, reasonMeaning, reasonTitle } from './names.js';

/** @param {Event} event @param {Record<string, unknown>} change */
export const setting = (event, change) => ask(/** @type {HTMLElement} */ (event.currentTarget), { type: 'analysis_settings', view: 'customers', change });

/** @param {{code: string, args: unknown}} reason @param {string} testid */
export const noneOf = (reason, testid) => html`<p class="kpi-note" data-testid=${testid} data-code=${reason.code}><strong>${reasonTitle(/** @type {any} */ (reason))}.</strong> ${reasonMeaning(/** @type {any} */ (reason))}</p>`;

/**
 * A table in its frame: the first cell of each row names it. `wide`: many columns, whose heads break.
 * @param {{title: string, note?: unknown, testid: string, head: string[], rows: unknown[], above?: unknown, wide?: boolean}} table
 */
export const tableOf = ({ title, note, testid, head, rows, above, wide }) => html`<section class="kpi-sheetlike"><div class="kpi-table-bar"><h3>${title}</h3></div>${above ?? nothing}
  <div class="kpi-table-wrap" tabindex="0" role="region" aria-label=${title}><table class="kpi-table ${wide ? 'kpi-many' : ''}" data-testid=${testid}><thead><tr>${head.map((name) => html`<th scope="col"><span>${name}</span></th>`)}</tr></thead><tbody>${rows}</tbody></table></div>
  ${note ? html`<p class="kpi-plan-foot">${note}</p>` : nothing}</section>`;

/**
 * A number that is typed; what cannot be is not taken.
 * @param {{name: string, label: string, help: string, value: string, to: (text: string) => number|null, set: (event: Event, value: number) => void}} field
 */
export const numberField = ({ name, label, help, value, to, set }) => html`<label class="kpi-field">${label}<input class="kpi-input" inputmode="decimal" autocomplete="off" data-testid="customers-${name}" .value=${value}
  @change=${(/** @type {Event} */ event) => {
    const input = /** @type {HTMLInputElement} */ (event.currentTarget);
    const next = to(input.value.trim());
    if (next === null) input.value = value;
    else set(event, next);
  }}><span>${help}</span></label>`;

const inPercent = (/** @type {number} */ share) => String(Math.round(share * 1e6) / 1e4);
/** A share typed in per cent. @param {string} text */
const share = (text) => {
  const { value } = readNumber(text.replace('%', ''), 'days');
  return value !== null && value >= 0 && value <= 100 ? value / 100 : null;
};

/**
 * What all parts of the view take: by what they are split, the discount, and the gross margin, which is that of the whole page.
 * @param {any} result @param {number|null} margin
 */
export const sharedAsks = (result, margin) => html`<div class="kpi-analysis-ask is-top">${result.dimensions.length ? html`<label class="kpi-field">${t('analysis.customers.by')}<select class="kpi-input" data-testid="customers-by" @change=${(/** @type {Event} */ event) => setting(event, { by: /** @type {HTMLSelectElement} */ (event.currentTarget).value })}>
    <option value="" .selected=${!result.by}>${t('analysis.customers.by_none')}</option>${inUsualOrder(result.dimensions.map((/** @type {string} */ id) => ({ id }))).map(({ id }) => html`<option value=${id} .selected=${id === result.by}>${fieldName(id)}</option>`)}</select><span>${t('analysis.customers.by_help')}</span></label>` : nothing}
  ${numberField({ name: 'margin', label: t('settings.margin'), help: t('analysis.customers.margin_help'), value: margin === null ? '' : inPercent(margin), to: share, set: (event, value) => ask(/** @type {HTMLElement} */ (event.currentTarget), { type: 'query', change: { margin: value } }) })}
  ${numberField({ name: 'discount', label: t('analysis.customers.discount'), help: t('analysis.customers.discount_help'), value: inPercent(result.discount), to: share, set: (event, discount) => setting(event, { discount }) })}</div>`;
