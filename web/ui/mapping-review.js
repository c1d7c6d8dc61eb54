// Every column of a file: where it goes, how sure that is and why; changes are collected and applied at once.
import { html, nothing } from 'lit';
import { formatDate, formatValue } from '../format/format.js';
import { hasText, t } from '../i18n/translate.js';
import { ask, KpiElement } from './element.js';
import { fieldName } from './names.js';
import { readDay, readNumber } from './needs.js';

/** @typedef {import('../engine/protocol.js').Card} Card */
/** @typedef {import('../engine/protocol.js').CardColumn} CardColumn */
/** @typedef {Record<string, {decimal?: 'point'|'comma', date_order?: 'ymd'|'dmy'|'mdy'}>} ColumnFixes */

const MAX_SAMPLES = 3;

class KpiMappingReview extends KpiElement {
  static properties = { card: { attribute: false }, catalog: { attribute: false }, fields: { state: true }, columns: { state: true } };

  constructor() {
    super();
    /** @type {Card} */ this.card = /** @type {any} */ (null);
    /** @type {import('../engine/protocol.js').Catalog|null} */ this.catalog = null;
    /** @type {Record<string, string>} */ this.fields = {};
    /** @type {ColumnFixes} */ this.columns = {};
  }

  /** @param {Map<string, unknown>} changed */
  willUpdate(changed) {
    if (changed.has('card')) this.#reset();  // the file was read again: what was pending is in it
  }

  #reset() {
    this.fields = {};
    this.columns = {};
  }

  /** @param {CardColumn} column @param {string} field */
  #choose(column, field) {
    const { [column.column]: _, ...rest } = this.fields;
    this.fields = field === (column.applied ? column.field : '') && column.confidence !== 'check' ? rest : { ...this.fields, [column.column]: field };
  }

  /** @param {CardColumn} column @param {ColumnFixes[string]} fix */
  #fix(column, fix) {
    this.columns = { ...this.columns, [column.column]: fix };
  }

  #apply() {
    ask(this, { type: 'fix', file: this.card.file, options: { fields: this.fields, columns: this.columns } });
  }

  render() {
    const { card } = this;
    const count = Object.keys(this.fields).length + Object.keys(this.columns).length;
    return html`<div class="kpi-framed kpi-review"><div class="kpi-table-wrap" tabindex="0" role="region" aria-label=${t('review.title')}><table class="kpi-table"><caption class="kpi-hidden">${t('review.title')}</caption>
        <thead><tr>${['column', 'samples', 'field', 'sure'].map((key) => html`<th scope="col"><span>${t(`review.${key}`)}</span></th>`)}</tr></thead>
        <tbody>${card.columns.map((column) => this.#row(column))}</tbody></table></div>
      ${count ? html`<div class="kpi-apply"><span>${t('review.pending', { count, shown: count })}</span><button type="button" class="kpi-button is-small" @click=${this.#reset}>${t('review.discard')}</button>
        <button type="button" class="kpi-button is-small is-primary" data-testid="apply" @click=${this.#apply}>${t('review.apply')}</button></div>` : nothing}</div>`;
  }

  /** @param {CardColumn} column */
  #row(column) {
    const chosen = this.fields[column.column] ?? (column.applied ? column.field : '');
    const sure = column.applied || column.confidence === 'check' ? column.confidence : 'none';
    return html`<tr data-testid="column" data-column=${column.column} data-field=${column.applied ? column.field : ''} data-confidence=${column.confidence}><th scope="row"><bdi>${column.header || t('review.unnamed')}</bdi></th>
      <td><ul class="kpi-samples">${column.samples.slice(0, MAX_SAMPLES).map((sample) => html`<li dir="auto" title=${sample}>${sample}</li>`)}</ul></td>
      <td><div class="kpi-use">${this.#select(column, chosen)}${this.#format(column)}</div>${column.field && !column.applied && !chosen ? html`<p class="kpi-small"><button type="button" class="kpi-link" data-testid="accept" @click=${() => this.#choose(column, column.field)}>${t('review.accept', { field: fieldName(column.field) })}</button></p>` : nothing}</td>
      <td><span class="kpi-sure is-${sure}">${t(`confidence.${sure}`)}</span>${column.reason && hasText(`reason.${column.reason}`) ? html`<p class="kpi-small kpi-muted">${t(`reason.${column.reason}`, { vendor: column.vendor || t('reason.unknown_vendor') })}</p>` : nothing}</td></tr>`;
  }

  /** @param {CardColumn} column @param {string} chosen */
  #select(column, chosen) {
    const fields = this.catalog?.tables.find((table) => table.id === this.card.table)?.fields ?? [];
    return html`<select class="kpi-input is-small" data-testid="field" aria-label=${t('review.choose', { header: column.header })} @change=${(/** @type {Event} */ event) => this.#choose(column, /** @type {HTMLSelectElement} */ (event.target).value)}>
      <option value="" .selected=${chosen === ''}>${t('review.leave_out')}</option>
      ${fields.map((field) => html`<option value=${field.id} .selected=${field.id === chosen}>${fieldName(field.id)}</option>`)}</select>`;
  }

  /** How dates and numbers of the column are read, with both readings where both fit. @param {CardColumn} column */
  #format(column) {
    const pending = this.columns[column.column] ?? {};
    const sample = column.samples.find((text) => /\d/.test(text)) ?? '';
    if (!column.applied) return nothing;
    if (column.kind === 'date' && (column.ambiguous || column.date_order) && /^\D*\d{1,4}\D\d{1,2}\D\d{2,4}/.test(sample) && !/^\d{4}/.test(sample)) {
      return html`<select class="kpi-input is-small" aria-label=${t('review.order', { header: column.header })} data-testid="date-order" @change=${(/** @type {Event} */ event) => this.#fix(column, { date_order: /** @type {any} */ (event.target).value })}>
        ${/** @type {const} */ (['dmy', 'mdy']).map((order) => html`<option value=${order} .selected=${(pending.date_order ?? column.date_order) === order}>${t(`order.${order}`)}: ${formatDate(readDay(sample, order))}</option>`)}</select>`;
    }
    if (column.kind === 'number' && /[.,]/.test(sample)) {
      return html`<select class="kpi-input is-small" aria-label=${t('review.decimal', { header: column.header })} data-testid="decimal" @change=${(/** @type {Event} */ event) => this.#fix(column, { decimal: /** @type {any} */ (event.target).value })}>
        ${/** @type {const} */ (['point', 'comma']).map((mark) => html`<option value=${mark} .selected=${(pending.decimal ?? column.decimal) === mark}>${t(`decimal.${mark}`)}: ${formatValue(readNumber(sample, mark), 'count', '', 'exact')}</option>`)}</select>`;
    }
    return nothing;
  }
}

customElements.define('kpi-mapping-review', KpiMappingReview);
