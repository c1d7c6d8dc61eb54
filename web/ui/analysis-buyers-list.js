// The buyers worth most, under the name that their last order has in its file.
import { html, nothing } from 'lit';
import { download, toCsv } from '../export/csv.js';
import { formatCount, formatDate, formatPercent, formatValue } from '../format/format.js';
import { t } from '../i18n/translate.js';
import { tableOf } from './analysis-customers-parts.js';

const SHOWN = 50;
const COLUMNS = /** @type {const} */ (['customer', 'file', 'row', 'orders', 'last', 'alive', 'expected', 'value']);
/** @typedef {[file: number, row: number, orders: number, last: string, alive: number, expected: number, value: number|null, offset: number]} Buyer */

/** @param {import('../state/app-state.js').AppState} state @param {any} buyers */
export function buyersList(state, buyers) {
  const list = /** @type {Buyer[]} */ (buyers.list);
  const fileName = (/** @type {number} */ id) => state.files.find((one) => one.file === id)?.name ?? '';
  const nameOf = (/** @type {number} */ index) => String(buyers.ids?.[index] ?? '');
  const head = COLUMNS.map((column) => t(`analysis.customers.list.${column}`));
  const save = () => download(t('analysis.customers.list.file_name'), toCsv([[...head, t('export.column.currency')], ...list.map(([file, row, orders, last, alive, expected, value], index) => [nameOf(index), fileName(file), row, orders, last, alive, expected, value, buyers.currency])]));
  return html`${tableOf({ title: t('analysis.customers.list.title'), testid: 'customers-list', head,
      rows: list.slice(0, SHOWN).map(([file, row, orders, last, alive, expected, value], index) => html`<tr data-testid="customers-listed" data-row=${row} data-orders=${orders} data-alive=${alive} data-value=${value ?? nothing}><th scope="row"><bdi data-testid="customers-name">${nameOf(index) || t('analysis.customers.list.nameless')}</bdi></th><td>${fileName(file)}</td><td>${formatCount(row)}</td>
        <td>${formatCount(orders)}</td><td>${formatDate(last)}</td><td>${formatPercent(alive)}</td><td>${formatCount(Math.round(expected * 100) / 100)}</td><td>${formatValue(value, 'money', buyers.currency)}</td></tr>`),
      note: html`${t('analysis.customers.list.note', { shown: formatCount(Math.min(SHOWN, list.length)), customers: formatCount(buyers.customers) })} <button type="button" class="kpi-button" data-testid="customers-save" @click=${save}>${t('analysis.customers.list.save', { count: list.length, shown: formatCount(list.length) })}</button>` })}`;
}
