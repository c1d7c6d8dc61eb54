// The loaded files, each as a card that says what was understood.
import { html, nothing } from 'lit';
import { formatCount, formatDate, formatMonth } from '../format/format.js';
import { t } from '../i18n/translate.js';
import { KpiElement } from './element.js';
import './file-card.js';
import { templates } from './templates.js';
import './needs.js';
import './receipt-compare.js';
import { conversionLedger } from './report-currency.js';
import { typedCard } from './typed-card.js';

/** The report's receipt without the typed figures, which are no file. @param {import('../state/app-state.js').AppState} state */
function ofFiles({ report, files, typedCard: typed }) {
  const all = report?.receipt;
  if (!all || !files.length) return null;
  return typed ? { ...all, files: all.files - 1, records: all.records - typed.records, used: all.used - typed.rows_used, set_aside: all.set_aside - typed.rows_set_aside } : all;
}

class KpiDataPlace extends KpiElement {
  static properties = { state: { attribute: false } };

  constructor() {
    super();
    /** @type {import('../state/app-state.js').AppState|null} */ this.state = null;
  }

  render() {
    const { state } = this;
    if (!state) return nothing;
    const receipt = ofFiles(state);
    return html`<div class="kpi-stack"><div class="kpi-head"><h1>${t('data.title')}</h1>
        ${receipt ? html`<p class="kpi-figure" data-testid="receipt-line">${t('data.receipt', { files: formatCount(receipt.files), records: formatCount(receipt.records), used: formatCount(receipt.used), count: receipt.files })}${receipt.set_aside ? ` \u00b7 ${t('file.aside', { shown: formatCount(receipt.set_aside) })}` : ''}${receipt.duplicates
          ? ` ${t('data.duplicates', { count: receipt.duplicates, shown: formatCount(receipt.duplicates) })}` : ''}</p>` : nothing}</div>
      <kpi-needs .files=${state.files}></kpi-needs>
      ${state.typedCard ? typedCard(state.typedCard) : nothing}
      ${state.files.map((card) => html`<kpi-file-card .card=${card} .catalog=${state.catalog} .receipt=${state.receipts[card.file] ?? null} .recalled=${state.recalled.includes(card.file)}></kpi-file-card>`)}
      ${templates(state)}
      ${this.#ledger()}
      <kpi-receipt-compare .state=${state}></kpi-receipt-compare></div>`;
  }

  /** Which definitions are in force. */
  #ledger() {
    const ledger = this.state?.report?.ledger;
    const notes = [...new Set(ledger?.sources.map((one) => one.note).filter(Boolean))];
    if (!ledger) return nothing;
    return html`<section class="kpi-family"><h2>${t('ledger.title')}</h2><ul class="kpi-finds"><li><span></span><p>${t(`ledger.basis.${ledger.basis}`)} ${t(`ledger.stages.${ledger.stages}`)}</p></li>
      <li><span></span><p>${t('ledger.calendar', { month: formatMonth(ledger.year_starts_in), day: t(`calendar.${ledger.week_starts}`) })} ${t('ledger.as_of', { day: formatDate(this.state?.report?.period.data_to) })}</p></li>
      ${ledger.cost_lines.length ? html`<li><span></span><p>${t('ledger.costs', { lines: ledger.cost_lines.map((id) => t(`measure.${id}.name`)).join(', ') })}</p></li>` : nothing}
      ${conversionLedger(ledger.conversion)}
      ${notes.map((note) => html`<li><span></span><p>${t(`note.${note}`)}</p></li>`)}</ul></section>`;
  }
}

customElements.define('kpi-data-place', KpiDataPlace);
