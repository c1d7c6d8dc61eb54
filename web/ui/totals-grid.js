// The grid of fields: measures down, periods across, families to fold. Moves like a spreadsheet.
import { html, nothing } from 'lit';
import { guard } from 'lit/directives/guard.js';
import { live } from 'lit/directives/live.js';
import { formatBucket, formatCount, formatTyped } from '../format/format.js';
import { t, textOr } from '../i18n/translate.js';
import { ask, KpiElement } from './element.js';
import { icon } from './icons.js';
import { measureName } from './names.js';
import { moveInGrid } from './totals-keys.js';

/** @typedef {import('../state/typed-form.js').Form} Form */
/** @typedef {import('../state/typed-form.js').FormMeasure} FormMeasure */
/** @typedef {import('../state/typed-periods.js').Column} Column */
/** @typedef {import('../state/typed.js').Cell} Cell */

const key = (/** @type {string} */ measure, /** @type {string} */ period) => `${measure} ${period}`;

class KpiTotalsGrid extends KpiElement {
  static properties = { form: { attribute: false }, layout: { attribute: false }, turned: { state: true }, find: { state: true }, fresh: { state: true } };

  constructor() {
    super();
    /** @type {Form|null} */ this.form = null;
    /** @type {import('../state/typed.js').Layout|null} */ this.layout = null;
    /** @type {Record<string, boolean>} families that the user opened or closed */ this.turned = {};
    this.find = '';
    this.fresh = '';  // the field that is being typed into: no complaint about half a number
  }

  /** @param {import('../state/typed-form.js').Section} section */
  #isOpen({ family, measures }) {
    return this.find !== '' || (this.turned[family] ?? (family === '' || measures.some((one) => this.form?.columns.some((column) => this.form?.cells[key(one.id, column.id)]))));
  }

  /** @param {Event} event @param {FormMeasure} measure @param {Column} column @param {boolean} settled */
  #enter(event, measure, column, settled) {
    const { value: text } = /** @type {HTMLInputElement} */ (event.target);
    const here = key(measure.id, column.id);
    if (settled) this.fresh = '';
    else if (!this.form?.cells[here]?.wrong) this.fresh = here;
    ask(this, { type: 'figure', measure: measure.id, period: column.id, text, settled });
  }

  /** @param {ClipboardEvent} event @param {FormMeasure} measure @param {Column} column */
  #paste(event, measure, column) {
    const text = event.clipboardData?.getData('text/plain') ?? '';
    if (!/[\t\n]/.test(text.trimEnd())) return;
    event.preventDefault();
    const rows = this.#sections().filter((one) => this.#isOpen(one)).flatMap((one) => one.measures.map(({ id }) => id));
    ask(this, { type: 'figures_paste', measure: measure.id, period: column.id, rows, text });
  }

  /** Those with measures whose names hold the searched text. */
  #sections() {
    const text = this.find.trim().toLocaleLowerCase();
    return (this.form?.sections ?? []).map(({ family, measures }) => ({ family, measures: measures.filter((one) => measureName(one.id).toLocaleLowerCase().includes(text)) })).filter((one) => one.measures.length);
  }

  render() {
    const { form, layout } = this;
    if (!form || !layout) return nothing;
    const sections = this.#sections();
    return html`<div class="kpi-sheetlike"><div class="kpi-table-wrap kpi-typed-wrap"><table class="kpi-table kpi-typed-table ${form.columns.length === 1 ? 'is-single' : ''}" data-testid="typed-grid" @keydown=${moveInGrid}>
      <caption class="kpi-hidden">${t('totals.grid')}</caption>
      <thead><tr><th scope="col"><input class="kpi-input is-small kpi-typed-find" type="search" data-testid="find-figure" aria-label=${t('totals.find')} placeholder=${t('totals.find')} .value=${this.find}
        @input=${(/** @type {Event} */ event) => { this.find = /** @type {HTMLInputElement} */ (event.target).value; }}></th>${form.columns.map((column) => html`<th scope="col"><span>${this.#head(column)}</span></th>`)}</tr></thead>
      ${sections.map((section) => this.#section(section, form))}</table>${sections.length ? nothing : html`<p class="kpi-typed-none">${t('totals.find_none')}</p>`}</div></div>`;
  }

  /** @param {Column} column */
  #head({ id, from }) {
    return id ? formatBucket({ label: id, from }, id.includes('Q') ? 'quarter' : id.includes('-') ? 'month' : 'year') : t('totals.total');
  }

  /** @param {import('../state/typed-form.js').Section} section @param {Form} form */
  #section(section, form) {
    const { family, measures } = section;
    const open = this.#isOpen(section);
    const typed = measures.reduce((sum, one) => sum + form.columns.filter((column) => form.cells[key(one.id, column.id)]?.text).length, 0);
    return html`<tbody data-testid="typed-family" data-family=${family}><tr class="kpi-typed-family"><th scope="rowgroup" colspan=${form.columns.length + 1}><button type="button" data-testid="fold" aria-expanded=${open}
        @click=${() => { this.turned = { ...this.turned, [family]: !open }; }}>${icon('chevron')}<span>${family ? t(`family.${family}.name`) : t('totals.begin')}</span>
        <small>${typed ? t('totals.family', { count: typed, shown: formatCount(typed) }) : t('totals.rows', { count: measures.length, shown: formatCount(measures.length) })}</small></button></th></tr>
      ${open ? measures.map((measure) => guard(this.#shownBy(measure, form), () => this.#row(measure, form))) : nothing}</tbody>`;
  }

  /** Everything that a row is drawn from: with thousands of fields only the row that is typed into is drawn anew. @param {FormMeasure} measure @param {Form} form */
  #shownBy({ id }, form) {
    const fresh = this.fresh.startsWith(`${id} `) ? this.fresh : '';
    return [id, form.columns.map((one) => one.id).join(), this.layout?.currency, fresh, ...form.columns.map((column) => form.cells[key(id, column.id)])];
  }

  /** @param {FormMeasure} measure @param {Form} form */
  #row(measure, form) {
    const currency = /^[A-Z]{3}$/.test(this.layout?.currency ?? '') ? this.layout?.currency ?? '' : '';
    const unit = measure.kind === 'money' && currency ? currency : textOr(`totals.unit.${measure.unit}`, t(`totals.unit.${measure.kind}`));
    return html`<tr><th scope="row"><span title=${t(`measure.${measure.id}.definition`)}>${measureName(measure.id)}</span> <small>${unit}${form.columns.length === 1 ? html`<span class="kpi-typed-about"> \u00b7 ${t(`measure.${measure.id}.definition`)}</span>` : nothing}${measure.sums && form.columns.length > 1 ? ` \u00b7 ${t(`totals.sums.${measure.sums}`)}` : ''}</small></th>
        ${form.columns.map((column) => this.#cell(measure, column, unit, form.cells[key(measure.id, column.id)]))}</tr>
      ${form.columns.map((column) => this.#note(measure, column, form.cells[key(measure.id, column.id)]))}`;
  }

  /** @param {FormMeasure} measure @param {Column} column @param {string} unit @param {Cell|undefined} cell */
  #cell(measure, column, unit, cell) {
    const here = key(measure.id, column.id);
    const said = cell && this.#says(cell, here);
    const wrong = Boolean(said && cell.wrong);
    return html`<td><input class="kpi-typed-input ${wrong ? 'is-invalid' : said ? 'is-doubtful' : ''}" inputmode="decimal" autocomplete="off" spellcheck="false" dir="ltr" maxlength="100" data-testid="figure" data-measure=${measure.id} data-period=${column.id}
      data-value=${cell?.value ?? nothing} aria-label=${t('totals.label', { measure: measureName(measure.id), period: this.#head(column), unit })} aria-invalid=${wrong} aria-describedby=${said ? `note ${here}`.replaceAll(' ', '-') : nothing}
      .value=${live(cell?.text ?? '')} @input=${(/** @type {Event} */ event) => this.#enter(event, measure, column, false)} @change=${(/** @type {Event} */ event) => this.#enter(event, measure, column, true)}
      @blur=${() => { this.fresh = ''; }} @paste=${(/** @type {ClipboardEvent} */ event) => this.#paste(event, measure, column)}></td>`;
  }

  /** Whether there is something to say about a field. @param {Cell} cell @param {string} here */
  #says(cell, here) {
    return (cell.wrong !== '' || cell.other !== null) && this.fresh !== here;
  }

  /** What is wrong or doubtful, in a row of its own below. @param {FormMeasure} measure @param {Column} column @param {Cell|undefined} cell */
  #note(measure, column, cell) {
    const here = key(measure.id, column.id);
    if (!cell || !this.#says(cell, here)) return nothing;
    const where = column.id ? this.#head(column) : measureName(measure.id);
    const shown = (/** @type {number|null} */ value) => (value === null ? '' : formatTyped(value, measure.kind));
    const take = (/** @type {number|null} */ value) => value !== null && ask(this, { type: 'figure', measure: measure.id, period: column.id, text: shown(value), value, settled: true });
    const text = cell.text.slice(0, 40);
    return html`<tr class="kpi-typed-note" data-testid="figure-note" data-measure=${measure.id} data-period=${column.id} data-code=${cell.wrong || 'doubt'}><td colspan=${(this.form?.columns.length ?? 0) + 1}><div id=${`note ${here}`.replaceAll(' ', '-')}>
      ${cell.wrong ? html`<span class="kpi-worse">${icon('warning')}</span><span>${t(`totals.wrong.${cell.wrong}`, { where, text, example: formatTyped(1234.5, 'count'), currency: this.layout?.currency ?? '' })}</span>`
        : html`<span class="kpi-doubtful">${icon('question')}</span><span>${t('totals.doubt', { where, text, value: shown(cell.value) })}
          <button type="button" class="kpi-link" data-testid="doubt-keep" @click=${() => take(cell.value)}>${t('totals.doubt_keep', { value: shown(cell.value) })}</button>
          \u00b7 <button type="button" class="kpi-link" data-testid="doubt-other" @click=${() => take(cell.other)}>${t('totals.doubt_other', { value: shown(cell.other) })}</button></span>`}</div></td></tr>`;
  }
}

customElements.define('kpi-totals-grid', KpiTotalsGrid);
