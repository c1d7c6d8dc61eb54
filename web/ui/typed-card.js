// The typed figures among the loaded files: how many there are, and the way to them. They are no file, so nothing is reviewed.
import { html, nothing } from 'lit';
import { formatCount, formatRange } from '../format/format.js';
import { t } from '../i18n/translate.js';
import { ask } from './element.js';
import { icon } from './icons.js';

/** @param {import('../engine/protocol.js').Card} card */
export function typedCard(card) {
  const aside = card.rows_set_aside;
  const line = [t('totals.figures', { count: card.rows_used, shown: formatCount(card.rows_used) }), card.first_date ? formatRange(card.first_date, card.last_date) : '', card.currency].filter(Boolean);
  return html`<section class="kpi-file kpi-typed-card" data-testid="typed-card" data-figures=${card.rows_used}>
    <div><div class="kpi-file-name">${icon('totals')}<h2>${t('totals.name')}</h2></div><p class="kpi-file-line kpi-figure">${line.join(' \u00b7 ')}</p>
      ${aside ? html`<p class="kpi-file-line kpi-doubtful">${t('totals.card.aside', { count: aside, shown: formatCount(aside) })}</p>` : nothing}</div>
    <div class="kpi-row"><button type="button" class="kpi-button is-small" data-testid="typed-edit" @click=${(/** @type {Event} */ event) => event.target && ask(event.target, { type: 'go', place: 'totals' })}>${t('totals.card.edit')}</button>
      <button type="button" class="kpi-button is-small" data-testid="typed-remove" @click=${(/** @type {Event} */ event) => event.target && ask(event.target, { type: 'figures_clear' })}>${icon('trash')}${t('totals.clear')}</button></div></section>`;
}
