// The fields of the form of targets. Moves like a spreadsheet.
import { html, nothing } from 'lit';
import { live } from 'lit/directives/live.js';
import { formatBucket, formatTyped } from '../format/format.js';
import { t } from '../i18n/translate.js';
import { ask, KpiElement } from './element.js';
import { icon } from './icons.js';
import { kpiName } from './names.js';
import { moveInGrid } from './totals-keys.js';

/** @typedef {import('../state/board.js').Note} Note */
/** @typedef {import('../state/typed.js').Cell} Cell */
/** @typedef {{id: string, name: string}} Column */

const APART = '\u001f';
const MONTHS = /** @type {Record<string, number>} */ ({ month: 1, quarter: 3, year: 12 });

/** @param {Event} event */
const textOf = (event) => /** @type {HTMLInputElement} */ (event.target).value;

class KpiBoardGrid extends KpiElement {
  static properties = { state: { attribute: false }, chosen: { attribute: false }, fresh: { state: true } };

  constructor() {
    super();
    /** @type {import('../state/app-state.js').AppState|null} */ this.state = null;
    /** @type {string[]} */ this.chosen = [];
    this.fresh = '';  // the field that is being typed into: no complaint about half a number
  }

  /** Those of the scorecard, then others that have targets. */
  #rows() {
    const typed = Object.keys(this.state?.board.cells ?? {}).map((key) => key.split(APART)[0]);
    return [...new Set([...this.chosen, ...typed])].map((id) => this.state?.catalog?.kpis.find((one) => one.id === id)).filter((kpi) => kpi !== undefined);
  }

  /** @returns {Column[]} */
  #columns() {
    const { step, first, count } = this.state?.board.layout ?? { step: 'none', first: '', count: 1 };
    if (step === 'none') return [{ id: '', name: t('board.targets.standing') }];
    const start = Number(first.slice(0, 4)) * 12 + (step === 'quarter' ? (Number(first[6]) - 1) * 3 : step === 'month' ? Number(first.slice(5)) - 1 : 0);
    return Array.from({ length: count }, (_, i) => {
      const month = start + i * MONTHS[step];
      const year = String(Math.floor(month / 12));
      const number = String((month % 12) + 1).padStart(2, '0');
      const id = step === 'year' ? year : step === 'quarter' ? `${year}-Q${Math.floor((month % 12) / 3) + 1}` : `${year}-${number}`;
      return { id, name: formatBucket({ label: id, from: `${year}-${number}-01` }, step) };
    });
  }

  /** @param {Event} event @param {string} kpi @param {string} period @param {boolean} settled */
  #enter(event, kpi, period, settled) {
    const here = `${kpi} ${period}`;
    this.fresh = settled ? '' : here;
    ask(this, { type: 'target', kpi, period, text: textOf(event), settled });
  }

  /** @param {ClipboardEvent} event @param {string} kpi @param {string} period */
  #paste(event, kpi, period) {
    const text = event.clipboardData?.getData('text/plain') ?? '';
    if (!/[\t\n]/.test(text.trimEnd())) return;
    event.preventDefault();
    ask(this, { type: 'targets_paste', kpi, period, rows: this.#rows().map((one) => one.id), text });
  }

  render() {
    if (!this.state) return nothing;
    const columns = this.#columns();
    const rows = this.#rows();
    return html`<div class="kpi-sheetlike"><div class="kpi-table-wrap kpi-typed-wrap" tabindex="0" role="region" aria-label=${t('board.targets.title')}><table class="kpi-table kpi-typed-table" data-testid="target-grid" @keydown=${moveInGrid}>
      <thead><tr><th scope="col"><span>${t('export.column.name')}</span></th>${columns.map((one) => html`<th scope="col"><span>${one.name}</span></th>`)}
        ${['owner', 'by', 'on'].map((one) => html`<th scope="col" class="is-text"><span>${t(`board.note.${one}`)}</span></th>`)}</tr></thead>
      <tbody>${rows.map((kpi) => this.#row(kpi, columns))}</tbody></table></div></div>`;
  }

  /** @param {import('../engine/protocol.js').CatalogKpi} kpi @param {Column[]} columns */
  #row(kpi, columns) {
    const note = this.state?.board.notes[kpi.id];
    const cells = columns.map((column) => this.state?.board.cells[[kpi.id, column.id, this.state.board.layout.channel].join(APART)]);
    return html`<tr data-kpi=${kpi.id}><th scope="row"><span>${kpiName(kpi.id)}</span> <small>${kpi.display === 'percent' ? t('totals.unit.percent') : t(`display.${kpi.display}`)} \u00b7 ${t(`board.better.${kpi.better}`)}</small><small class="kpi-grid-definition">${t(`kpi.${kpi.id}.definition`)}</small></th>
        ${columns.map((column, at) => this.#cell(kpi, column, cells[at]))}
        ${this.#note(kpi.id, 'owner', note)}${this.#note(kpi.id, 'by', note)}${this.#note(kpi.id, 'on', note)}</tr>
      ${columns.map((column, at) => this.#says(kpi, column, cells[at], columns.length))}`;
  }

  /** @param {import('../engine/protocol.js').CatalogKpi} kpi @param {Column} column @param {Cell|undefined} cell */
  #cell(kpi, column, cell) {
    const said = cell && this.#isSaid(kpi.id, column.id, cell);
    const wrong = Boolean(said && cell.wrong);
    return html`<td><input class="kpi-typed-input ${wrong ? 'is-invalid' : said ? 'is-doubtful' : ''}" inputmode="decimal" autocomplete="off" spellcheck="false" dir="ltr" maxlength="100" data-testid="target" data-kpi=${kpi.id} data-period=${column.id} data-value=${cell?.value ?? nothing}
      aria-label=${t('board.targets.label', { kpi: kpiName(kpi.id), period: column.name })} aria-invalid=${wrong} .value=${live(cell?.text ?? '')} @input=${(/** @type {Event} */ event) => this.#enter(event, kpi.id, column.id, false)}
      @change=${(/** @type {Event} */ event) => this.#enter(event, kpi.id, column.id, true)} @blur=${() => { this.fresh = ''; }} @paste=${(/** @type {ClipboardEvent} */ event) => this.#paste(event, kpi.id, column.id)}></td>`;
  }

  /** @param {string} kpi @param {'owner'|'by'|'on'} what @param {Note|undefined} note */
  #note(kpi, what, note) {
    return html`<td><input class="kpi-input is-small kpi-note-input" type=${what === 'on' ? 'date' : 'text'} maxlength="80" autocomplete="off" data-testid="note-${what}" data-kpi=${kpi} aria-label=${t(`board.note.${what}_of`, { kpi: kpiName(kpi) })}
      .value=${note?.[what] ?? ''} @change=${(/** @type {Event} */ event) => ask(this, { type: 'board_note', kpi, change: { [what]: textOf(event).trim() } })}></td>`;
  }

  /** @param {string} kpi @param {string} period @param {Cell} cell */
  #isSaid(kpi, period, cell) {
    return (cell.wrong !== '' || cell.other !== null) && this.fresh !== `${kpi} ${period}`;
  }

  /** What is wrong or doubtful, in a row of its own below. @param {import('../engine/protocol.js').CatalogKpi} kpi @param {Column} column @param {Cell|undefined} cell @param {number} count */
  #says(kpi, column, cell, count) {
    if (!cell || !this.#isSaid(kpi.id, column.id, cell)) return nothing;
    const shown = (/** @type {number|null} */ value) => (value === null ? '' : formatTyped(value, kpi.display));
    const take = (/** @type {number|null} */ value) => value !== null && ask(this, { type: 'target', kpi: kpi.id, period: column.id, text: shown(value), value, settled: true });
    const text = cell.text.slice(0, 40);
    return html`<tr class="kpi-typed-note" data-testid="target-note" data-code=${cell.wrong || 'doubt'}><td colspan=${count + 4}><div>
      ${cell.wrong ? html`<span class="kpi-worse">${icon('warning')}</span><span>${t(`totals.wrong.${cell.wrong}`, { where: column.name, text, example: formatTyped(1234.5, 'count'), currency: this.state?.board.layout.currency ?? '' })}</span>`
        : html`<span class="kpi-doubtful">${icon('question')}</span><span>${t('totals.doubt', { where: column.name, text, value: shown(cell.value) })}
          <button type="button" class="kpi-link" @click=${() => take(cell.value)}>${t('totals.doubt_keep', { value: shown(cell.value) })}</button> \u00b7 <button type="button" class="kpi-link" @click=${() => take(cell.other)}>${t('totals.doubt_other', { value: shown(cell.other) })}</button></span>`}</div></td></tr>`;
  }
}

customElements.define('kpi-board-grid', KpiBoardGrid);
