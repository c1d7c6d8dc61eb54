// One file: what it was taken for, how its columns were understood, what was set aside, what can be changed.
import { html, nothing } from 'lit';
import { formatBytes, formatCount, formatRange } from '../format/format.js';
import { hasText, t, textOr } from '../i18n/translate.js';
import { ask, KpiElement } from './element.js';
import { exportReceipt } from './exports.js';
import './file-settings.js';
import { icon } from './icons.js';
import './mapping-review.js';
import { shownArgs, tableName } from './names.js';

/** @typedef {import('../engine/protocol.js').Card} Card */
/** @typedef {import('../engine/protocol.js').Diagnostic} Diagnostic */

const TONES = /** @type {Record<string, [string, string]>} */ ({ error: ['warning', 'kpi-worse'], warning: ['warning', 'kpi-doubtful'], info: ['info', 'kpi-muted'] });

const RECEIPT_ROWS = /** @type {const} */ (['records', 'preamble', 'header', 'used', 'blank', 'totals', 'footers', 'repeated_headers']);

class KpiFileCard extends KpiElement {
  static properties = { card: { attribute: false }, catalog: { attribute: false }, receipt: { attribute: false }, recalled: { attribute: false }, opened: { state: true } };

  constructor() {
    super();
    /** @type {Card} */ this.card = /** @type {any} */ (null);
    /** @type {import('../engine/protocol.js').Catalog|null} */ this.catalog = null;
    /** @type {import('../engine/protocol.js').Receipt|null} */ this.receipt = null;
    this.recalled = false;
    this.opened = false;
  }

  willUpdate() {
    // the receipt is asked for when the card is open, and again after the file was read anew
    if (this.opened && !this.receipt) ask(this, { type: 'receipt', file: this.card.file });
  }

  render() {
    const { card } = this;
    const what = card.table ? [card.vendor ? t('file.from', { vendor: card.vendor }) : '', tableName(card.table)].filter(Boolean).join(' \u00b7 ') : t('file.unknown');
    const more = [card.first_date ? formatRange(card.first_date, card.last_date) : '', card.currency === 'mixed' ? t('file.mixed') : card.currency].filter(Boolean);
    const worst = ['error', 'warning'].find((severity) => card.diagnostics.some((one) => one.severity === severity));
    return html`<details class="kpi-file" data-testid="file-card" data-file=${card.file} data-table=${card.table} data-name=${card.name} data-rows=${card.rows_used} ?open=${this.opened}
        @toggle=${(/** @type {Event} */ event) => { this.opened = /** @type {HTMLDetailsElement} */ (event.currentTarget).open; }}>
      <summary><div class="kpi-file-name">${icon('chevron')}<h2 dir="auto">${card.name}</h2>
          ${card.needs.length ? html`<span class="kpi-badge is-ask">${t('needs.badge', { count: card.needs.length, shown: card.needs.length })}</span>` : nothing}
          ${worst ? html`<span class=${TONES[worst][1]} title=${t(`severity.${worst}`)}>${icon('warning')}<span class="kpi-hidden">${t(`severity.${worst}`)}</span></span>` : nothing}</div>
        <span class="kpi-file-rows"><strong>${t(card.table ? 'file.rows' : 'file.unused', { count: card.rows_used, shown: formatCount(card.rows_used) })}</strong>${card.rows_set_aside ? html` <span class="kpi-muted">\u00b7 ${t('file.aside', { shown: formatCount(card.rows_set_aside) })}</span>` : nothing}</span>
        <p class="kpi-file-line">${[what, ...more].join(' \u00b7 ')}</p></summary>
      ${this.opened ? this.#body() : nothing}
    </details>`;
  }

  #body() {
    const { card } = this;
    const facts = [
      ['encoding', `${textOr(`encoding.${card.encoding}`, card.encoding)}${card.has_bom ? ` ${t('file.bom')}` : ''}`], ['delimiter', textOr(`delimiter.${card.delimiter}`, card.delimiter)],
      ['header', t('file.row', { shown: formatCount(card.header_record) })], ['dates', this.#dates()], ['currency', card.currency === 'mixed' ? t('file.mixed') : card.currency || t('file.none')],
      ['channel', card.channel ? textOr(`channel.${card.channel}`, card.channel) : ''], ['size', formatBytes(card.size)],
    ].filter(([, value]) => value);
    return html`<div class="kpi-file-body">
      ${this.recalled ? html`<p class="kpi-note">${t('file.recalled')}</p>` : nothing}
      <dl class="kpi-facts">${facts.map(([key, value]) => html`<div><dt>${t(`file.fact.${key}`)}</dt><dd>${value}</dd></div>`)}</dl>
      ${card.table ? html`<section><h3>${t('review.title')}</h3><kpi-mapping-review .card=${card} .catalog=${this.catalog}></kpi-mapping-review></section>` : nothing}
      ${card.diagnostics.length ? html`<section><h3>${t('file.findings')}</h3><ul class="kpi-finds">${this.#findings()}</ul></section>` : nothing}
      ${this.receipt ? this.#receipt(this.receipt) : nothing}
      <section><h3>${t('file.change')}</h3><kpi-file-settings .card=${card}></kpi-file-settings></section>
      <div class="kpi-row">${this.receipt ? html`<button type="button" class="kpi-button is-small" data-testid="receipt-download" @click=${() => this.receipt && exportReceipt(card.name, this.receipt)}>${icon('export')}${t('receipt.download')}</button>` : nothing}
        <button type="button" class="kpi-button is-small" data-testid="remove" @click=${() => ask(this, { type: 'remove', file: card.file })}>${icon('trash')}${t('file.remove')}</button></div>
    </div>`;
  }

  #dates() {
    const order = this.card.columns.find((one) => one.applied && one.date_order)?.date_order;
    return order ? t(`order.${order}`) : '';
  }

  /** The worst first. */
  #findings() {
    const rank = ['error', 'warning', 'info'];
    const sorted = [...this.card.diagnostics].sort((a, b) => rank.indexOf(a.severity) - rank.indexOf(b.severity));
    return sorted.filter((one) => hasText(`code.${one.code}.title`)).map((one) => {
      const item = one.items[0];
      const args = shownArgs(item?.args ?? {});
      const without = Object.values(args).includes('') && hasText(`code.${one.code}.meaning_without`);  // said without what is not known
      const [name, tone] = TONES[one.severity] ?? TONES.info;
      const rows = one.items.map((each) => each.record).filter((record) => record !== null).slice(0, 5).map((record) => formatCount(Number(record)));
      return html`<li data-testid="finding" data-code=${one.code} data-total=${one.total}><span class=${tone}>${icon(name)}</span><div>${t(`code.${one.code}.title`, args)}${one.total > 1 ? html` <span class="kpi-badge">${formatCount(one.total)}\u00d7</span>` : nothing}
        <p>${t(`code.${one.code}.${without ? 'meaning_without' : 'meaning'}`, args)} ${t(`code.${one.code}.action`, args)}${rows.length ? ` ${t('file.at_rows', { count: rows.length, rows: rows.join(', ') })}` : ''}</p></div></li>`;
    });
  }

  /** @param {import('../engine/protocol.js').Receipt} receipt */
  #receipt(receipt) {
    const counts = RECEIPT_ROWS.map((key) => /** @type {const} */ ([key, receipt.receipt[key]])).filter(([, value]) => value > 0);
    return html`<section><h3>${t('receipt.title')}</h3>
      <dl class="kpi-facts kpi-figure" data-testid="receipt">${counts.map(([key, value]) => html`<div><dt>${t(`receipt.${key}`)}</dt><dd>${formatCount(value)}</dd></div>`)}</dl>
      ${receipt.set_aside.length ? html`<div class="kpi-framed kpi-table-wrap kpi-scroll" tabindex="0" role="region" aria-label=${t('receipt.aside')}><table class="kpi-table kpi-aside"><caption class="kpi-hidden">${t('receipt.aside')}</caption>
        <thead><tr><th scope="col"><span>${t('receipt.row')}</span></th><th scope="col"><span>${t('receipt.why')}</span></th><th scope="col"><span>${t('receipt.text')}</span></th></tr></thead>
        <tbody>${receipt.set_aside.map((one) => html`<tr data-testid="aside"><th scope="row">${formatCount(one.record)}</th><td>${t(`aside.${one.reason}`)}</td><td dir="auto">${one.text}</td></tr>`)}</tbody></table></div>` : nothing}</section>`;
  }
}

customElements.define('kpi-file-card', KpiFileCard);
