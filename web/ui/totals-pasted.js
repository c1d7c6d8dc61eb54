// What became of a pasted table: what was filled, and everything that found no place.
import { html, nothing } from 'lit';
import { formatCount } from '../format/format.js';
import { t } from '../i18n/translate.js';
import { ask, KpiElement } from './element.js';
import { icon } from './icons.js';
import { listOf } from './names.js';

const MAX_NAMES = 12;

class KpiTotalsPasted extends KpiElement {
  static properties = { pasted: { attribute: false } };

  constructor() {
    super();
    /** @type {import('../state/typed-figures.js').Pasted|null} */ this.pasted = null;
  }

  render() {
    const { pasted } = this;
    if (!pasted) return nothing;
    const { filled, replaced, wrong, emptied, outside } = pasted;
    const lines = [
      emptied ? t('totals.cleared', { count: emptied, shown: formatCount(emptied) }) : t('totals.paste.filled', { count: filled, shown: formatCount(filled) }), replaced ? t('totals.paste.replaced', { count: replaced, shown: formatCount(replaced) }) : '',
      wrong ? t('totals.paste.wrong', { count: wrong, shown: formatCount(wrong) }) : '',
    ].filter(Boolean).join(' ');
    const lost = [
      pasted.rows.length ? t('totals.paste.rows', { names: names(pasted.rows) }) : '', pasted.heads.length ? t('totals.paste.heads', { names: names(pasted.heads) }) : '',
      outside ? t('totals.paste.outside', { count: outside, shown: formatCount(outside) }) : '',
    ].filter(Boolean);
    return html`<div class="kpi-message ${lost.length ? 'is-doubtful' : 'is-info'}" role="status" data-testid="pasted" data-filled=${filled} data-rows=${pasted.rows.length} data-heads=${pasted.heads.length} data-outside=${outside}>
      ${icon(lost.length ? 'warning' : 'info')}<div><strong>${lines}</strong>${lost.map((line) => html`<p>${line}</p>`)}
        <button type="button" class="kpi-link" data-testid="paste-undo" @click=${() => ask(this, { type: 'figures_undo' })}>${t('totals.undo')}</button></div>
      <button type="button" class="kpi-button is-quiet is-icon is-small" aria-label=${t('action.dismiss')} @click=${() => ask(this, { type: 'figures_paste_seen' })}>${icon('close')}</button></div>`;
  }
}

/** @param {string[]} all */
function names(all) {
  const shown = all.slice(0, MAX_NAMES).map((name) => `\u201c${name.slice(0, 60) || t('totals.paste.unnamed')}\u201d`);
  const rest = all.length - shown.length;
  return listOf(rest ? [...shown, t('next.more', { count: rest, shown: formatCount(rest) })] : shown);
}

customElements.define('kpi-totals-pasted', KpiTotalsPasted);
