// Keeps what a set of figures was made of, and tells why it differs from another one: settings, files and definitions first, then the numbers.
import { html, nothing } from 'lit';
import { answerReceipt, readReceipt, receiptDifferences } from '../export/answer-receipt.js';
import { download } from '../export/csv.js';
import { formatValue } from '../format/format.js';
import { t, textOr } from '../i18n/translate.js';
import { KpiElement } from './element.js';
import { icon } from './icons.js';
import { fieldName, kpiName, measureName, tableName } from './names.js';

/** @typedef {import('../export/answer-receipt.js').Difference} Difference */

const PARTS = /** @type {const} */ (['scope', 'definitions', 'assumptions', 'files', 'figures']);
const SHOWN = 40;

class KpiReceiptCompare extends KpiElement {
  static properties = { state: { attribute: false }, found: { state: true }, other: { state: true }, wrong: { state: true } };

  constructor() {
    super();
    /** @type {import('../state/app-state.js').AppState|null} */ this.state = null;
    /** @type {Difference[]|null} */ this.found = null;
    this.other = '';
    this.wrong = false;
  }

  #now() {
    const { state } = this;
    if (!state?.report) return null;
    const { query } = state;
    const cards = [...state.files, ...(state.typedCard ? [state.typedCard] : [])];
    const { dimensions } = state.report;
    const inForce = query.filters.filter((filter) => dimensions.some((one) => one.id === filter.dimension));
    return answerReceipt(state.report, cards, inForce, state.own.kpis, { ...query.assumed, ...(query.margin === null ? {} : { gross_margin: query.margin }) });
  }

  #save() {
    const now = this.#now();
    if (now) download(`${t('export.file.receipt')} ${now.scope.from ?? ''} ${now.scope.to ?? ''}.json`, JSON.stringify(now, null, 1));
  }

  /** @param {Event} event */
  async #compare(event) {
    const input = /** @type {HTMLInputElement} */ (event.target);
    const file = input.files?.[0];
    input.value = '';
    const now = this.#now();
    if (!file || !now) return;
    const before = readReceipt(await file.text());
    this.other = file.name;
    this.wrong = before === null;
    this.found = before && receiptDifferences(before, now);
  }

  render() {
    if (!this.state?.report) return nothing;
    const choose = (/** @type {Event} */ event) => /** @type {HTMLInputElement} */ (/** @type {HTMLElement} */ (event.currentTarget).nextElementSibling).click();
    return html`<section class="kpi-family" data-testid="answer-receipt"><div class="kpi-family-head"><h2>${t('answer.title')}</h2><p>${t('answer.text')}</p></div>
      <div class="kpi-row"><button type="button" class="kpi-button is-small" data-testid="answer-save" @click=${this.#save}>${icon('export')}${t('answer.save')}</button>
        <button type="button" class="kpi-button is-small" data-testid="answer-compare" @click=${choose}>${icon('compare')}${t('answer.compare')}</button>
        <input type="file" hidden accept=".json,application/json" data-testid="answer-file" @change=${this.#compare}></div>
      <div aria-live="polite">${this.wrong ? html`<p class="kpi-note" data-testid="answer-wrong"><bdi>${this.other}</bdi>: ${t('answer.wrong')}</p>` : nothing}
        ${this.found ? this.#differences(this.found) : nothing}</div></section>`;
  }

  /** @param {Difference[]} found */
  #differences(found) {
    if (!found.length) return html`<p class="kpi-note" data-testid="answer-same"><bdi>${this.other}</bdi>: ${t('answer.same')}</p>`;
    return html`${PARTS.filter((part) => found.some((one) => one.part === part)).map((part) => {
      const lines = found.filter((one) => one.part === part);
      return html`<h3>${t(`answer.part.${part}`)}</h3><div class="kpi-table-wrap kpi-framed" tabindex="0" role="region" aria-label=${t(`answer.part.${part}`)}><table class="kpi-table" data-testid="differences" data-part=${part}>
        <thead><tr><th scope="col"><span>${t('answer.what')}</span></th><th scope="col"><span>${t('answer.before', { file: this.other })}</span></th><th scope="col"><span>${t('answer.after')}</span></th></tr></thead>
        <tbody>${lines.slice(0, SHOWN).map((one) => html`<tr data-at=${one.at.join('/')}><th scope="row"><bdi>${nameOf(one)}</bdi></th><td><bdi>${this.#shown(one, one.before)}</bdi></td><td><bdi>${this.#shown(one, one.after)}</bdi></td></tr>`)}</tbody></table></div>
        ${lines.length > SHOWN ? html`<p class="kpi-small kpi-muted">${t('answer.more', { count: lines.length - SHOWN, shown: lines.length - SHOWN })}</p>` : nothing}`;
    })}`;
  }

  /** @param {Difference} one @param {import('../export/answer-receipt.js').Plain} value */
  #shown({ part, at }, value) {
    if (value === null || value === '') return t('answer.none');
    const kpi = this.state?.report?.kpis.find((other) => other.id === at[0]);
    if (part === 'figures' && typeof value === 'number' && kpi) return formatValue(value, kpi.display, kpi.currency, 'exact');
    if (part === 'figures' && at[1] === 'reason') return textOr(`undefined.${value}.title`, String(value));
    if (part === 'definitions' && at[0] === 'basis') return textOr(`basis.${value}`, String(value));
    if (part === 'definitions' && at[0] === 'stages') return textOr(`basis.stages.${value}`, String(value));
    if (part === 'definitions' && at[0] === 'cost_lines') return String(value).split(', ').map(measureName).join(', ');
    if (part === 'definitions') return textOr(`note.${value}`, String(value));
    if (part === 'files' && at[1] === 'table') return tableName(String(value));
    if (part === 'files' && at[1] === 'fields') return fieldName(String(value));
    return String(value);
  }
}

/** @param {Difference} one */
function nameOf({ part, at }) {
  const [first, second = '', third = ''] = at;
  if (part === 'figures') return second === 'value' ? kpiName(first) : `${kpiName(first)} \u00b7 ${textOr(`answer.of.${second}`, second)}`;
  if (part === 'assumptions') return measureName(first);
  if (part === 'files') return [first, textOr(`answer.of.${second}`, second), third].filter(Boolean).join(' \u00b7 ');
  if (part === 'scope') return textOr(`answer.of.${first}`, fieldName(first));
  const [measure, table] = first.split(' / ');
  return table ? `${measureName(measure)} \u00b7 ${tableName(table)}` : textOr(`answer.of.${first}`, first);
}

customElements.define('kpi-receipt-compare', KpiReceiptCompare);
