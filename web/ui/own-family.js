// The user's own KPIs below the shipped families: cards, definitions that need a second look, and ways to add more.
import { html, nothing } from 'lit';
import { download } from '../export/csv.js';
import { toOwnFile } from '../export/own-file.js';
import { formatCount } from '../format/format.js';
import { t } from '../i18n/translate.js';
import './card.js';
import { ask, KpiElement } from './element.js';
import { icon } from './icons.js';
import { compareWords } from './names.js';
import { failureText } from './own-message.js';

const MAX_FILE = 5_000_000;

class KpiOwnFamily extends KpiElement {
  static properties = { own: { attribute: false }, report: { attribute: false } };

  constructor() {
    super();
    /** @type {import('../state/own-kpis.js').OwnKpis|null} */ this.own = null;
    /** @type {import('../engine/protocol.js').Report|null} */ this.report = null;
  }

  /** @param {Event} event */
  async #import(event) {
    const input = /** @type {HTMLInputElement} */ (event.target);
    const file = input.files?.[0];
    if (!file) return;
    const text = file.size > MAX_FILE ? '' : await file.text().catch(() => '');
    input.value = '';
    ask(this, { type: 'own_import', text });
  }

  render() {
    const { own, report } = this;
    if (!own || !report) return nothing;
    const cards = report.kpis.filter((kpi) => kpi.family === 'own');
    const wrong = own.kpis.filter((one) => Object.hasOwn(own.refused, one.id));
    return html`<section class="kpi-family" data-testid="own" aria-labelledby="family-own">
      <div class="kpi-family-head"><h2 id="family-own">${t('family.own.name')}</h2><p>${t('family.own.definition')}</p>
        <div class="kpi-own-tools"><button type="button" class="kpi-button is-small" data-testid="own-new" aria-haspopup="dialog" @click=${() => ask(this, { type: 'own_edit', id: null })}>${icon('plus')}${t('own.new')}</button>
          <label class="kpi-button is-quiet is-small">${t('own.import')}<input type="file" class="kpi-hidden" accept=".json,application/json" data-testid="own-import" @change=${this.#import}></label>
          ${own.kpis.length ? html`<button type="button" class="kpi-button is-quiet is-small" data-testid="own-export" @click=${() => download(t('own.file'), toOwnFile(own.kpis), 'application/json')}>${t('own.export')}</button>` : nothing}</div></div>
      ${own.told ? this.#told(own.told) : nothing}
      ${own.kpis.length ? html`<div class="kpi-sheetlike">${cards.length ? html`<div class="kpi-cells">${cards.map((kpi) => html`<kpi-card .kpi=${kpi} .compare=${compareWords(report.period.compare)}></kpi-card>`)}</div>` : nothing}
          ${wrong.map((one) => html`<button type="button" class="kpi-own-wrong" data-testid="own-wrong" data-kpi=${one.id} data-code=${own.refused[one.id].code} @click=${() => ask(this, { type: 'own_edit', id: one.id })}>
            ${icon('warning')}<span><b><bdi>${one.name}</bdi></b> <small>${failureText(own.refused[one.id])}</small></span></button>`)}</div>`
        : html`<p class="kpi-own-none">${t('own.empty')}</p>`}
    </section>`;
  }

  /** @param {NonNullable<import('../state/own-kpis.js').OwnKpis['told']>} told */
  #told(told) {
    const count = (/** @type {number} */ n) => ({ count: n, shown: formatCount(n) });
    const text = told.what === 'removed' ? t('own.told.removed', { name: told.name })
      : [t('own.told.imported', count(told.added)), told.replaced ? t('own.told.replaced', count(told.replaced)) : '', told.left ? t('own.told.left', count(told.left)) : ''].filter(Boolean).join(' ');
    return html`<div class="kpi-message is-info" role="status" data-testid="own-told" data-what=${told.what}>${icon('info')}<div><strong>${text}</strong>
      <button type="button" class="kpi-link" data-testid="own-undo" @click=${() => ask(this, { type: 'own_undo' })}>${t('own.undo')}</button></div>
      <button type="button" class="kpi-button is-quiet is-icon is-small" aria-label=${t('action.dismiss')} @click=${() => ask(this, { type: 'own_seen' })}>${icon('close')}</button></div>`;
  }
}

customElements.define('kpi-own-family', KpiOwnFamily);
