// The currency that the report is in, what was converted into it, and what to do about amounts that cannot be added.
import { html, nothing } from 'lit';
import { download } from '../export/csv.js';
import { templateCsv, templateName } from '../export/template.js';
import { formatCount, formatDate, formatRange } from '../format/format.js';
import { t } from '../i18n/translate.js';
import { ask } from './element.js';
import { icon } from './icons.js';

/** @typedef {import('../state/app-state.js').AppState} AppState */
/** @typedef {import('../engine/protocol.js').ReportConversion} ReportConversion */

/** The choice itself. @param {HTMLElement} host @param {AppState} state */
function choice(host, { query, report }) {
  const known = report?.currencies ?? [];
  const codes = query.currency && !known.includes(query.currency) ? [query.currency, ...known] : known;
  const choose = (/** @type {Event} */ event) => ask(host, { type: 'query', change: { currency: /** @type {HTMLSelectElement} */ (event.target).value || null } });
  return html`<label class="kpi-field">${t('currency.title')}<select class="kpi-input" data-testid="report-currency" @change=${choose}>
      <option value="" .selected=${!query.currency}>${t('currency.as_is')}</option>
      ${codes.map((code) => html`<option value=${code} .selected=${code === query.currency}>${code}</option>`)}</select></label>`;
}

/** The empty table of rates to fill in. @param {AppState} state */
function rateTemplate({ catalog }) {
  const table = catalog?.tables.find((one) => one.id === 'fx_rates');
  return table ? html`<p><button type="button" class="kpi-button is-small" data-testid="rates-template" @click=${() => download(templateName(table), templateCsv(table))}>${icon('export')}<span>${t('currency.template')}</span></button></p>` : nothing;
}

/** @param {string|null} from @param {string|null} to */
const days = (from, to) => (from === null ? t('currency.no_day') : from === to ? formatDate(from) : formatRange(from, to));

/** What was made of the chosen currency, sentence by sentence. @param {ReportConversion|null|undefined} conversion @returns {string[]} */
export function conversionWords(conversion) {
  if (!conversion) return [];
  const { currency, converted, pairs, unnamed, several } = conversion;
  if (!conversion.has_rates) return [t('currency.no_rates', { currency })];
  return [
    converted ? t('currency.converted', { currency, count: converted, shown: formatCount(converted), days: days(conversion.first_rate, conversion.last_rate) }) : t('currency.nothing', { currency }),
    ...pairs.filter((one) => one.missing).map((one) => t('currency.missing', { from: one.from, currency, count: one.missing, shown: formatCount(one.missing), days: days(one.first_missing, one.last_missing) })),
    ...(unnamed ? [t('currency.unnamed', { count: unnamed, shown: formatCount(unnamed) })] : []),
    ...(several ? [t('currency.several', { count: several, shown: formatCount(several) })] : []),
  ];
}

/** In the settings. @param {HTMLElement} host @param {AppState} state */
export function currencySettings(host, state) {
  const conversion = state.report?.ledger.conversion;
  return html`<div class="kpi-currency">${choice(host, state)}
    <p class="kpi-small kpi-muted">${t('currency.help')}</p>
    ${conversionWords(conversion).map((words) => html`<p class="kpi-small" data-testid="conversion">${words}</p>`)}
    ${conversion && !conversion.has_rates ? rateTemplate(state) : nothing}</div>`;
}

/** Among the definitions in force. @param {ReportConversion|null|undefined} conversion */
export function conversionLedger(conversion) {
  const words = conversionWords(conversion);
  if (!conversion || !words.length) return nothing;
  return html`<li data-testid="conversion-ledger" data-currency=${conversion.currency} data-converted=${conversion.converted}><span></span><p>${[...words, ...(conversion.has_rates ? [t('currency.rule')] : [])].join(' ')}</p></li>`;
}

/** Beside a figure that was refused because its currencies differ: the choice, what is still missing, and the table to fill in. @param {HTMLElement} host @param {AppState} state */
export function mixedHelp(host, state) {
  const conversion = state.report?.ledger.conversion;
  const [, ...lacking] = conversionWords(conversion);
  const words = !conversion ? [t('currency.mixed')] : conversion.has_rates ? lacking : conversionWords(conversion);
  return html`<div class="kpi-currency" data-testid="mixed-help">${words.map((one) => html`<p>${one}</p>`)}${choice(host, state)}${rateTemplate(state)}</div>`;
}
