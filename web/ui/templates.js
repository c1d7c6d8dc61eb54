// Per kind of table: an empty file to fill in, the invented company's file as an example, and a way to look at that at once.
import { html, nothing } from 'lit';
import { download } from '../export/csv.js';
import { templateCsv, templateName } from '../export/template.js';
import { formatCount } from '../format/format.js';
import { t } from '../i18n/translate.js';
import { ask } from './element.js';
import { icon } from './icons.js';
import { fieldName, tableName } from './names.js';

const NAMED_FIELDS = 5;

/** Invented figures never stand beside the user's own: only then may a sample be opened. @param {import('../state/app-state.js').AppState} state */
const mayTry = (state) => state.engine === 'ready' && !state.busy && !state.typedCard && !(state.ownFiles && state.files.length);

/** Tables whose sample can still be opened. @param {import('../state/app-state.js').AppState} state */
const untried = (state) => (mayTry(state) ? state.sampleTables.filter((table) => !state.files.some((card) => card.table === table)) : []);

/** A list that only adds columns to other tables shows nothing without them. @param {import('../engine/protocol.js').CatalogTable} table @param {string[]} open */
const withThose = (table, open) => open.filter((one) => one === table.id || (table.lookup && table.of.includes(one)));

/** Opens every sample that is not open yet. @param {import('../state/app-state.js').AppState} state */
export function wholeSample(state) {
  const tables = untried(state);
  if (!tables.length) return nothing;
  const text = t(state.files.length ? 'templates.rest' : 'templates.whole', { count: tables.length, shown: formatCount(tables.length) });
  return html`<button type="button" class="kpi-link kpi-small" data-testid="sample-whole" @click=${(/** @type {Event} */ event) => ask(/** @type {Element} */ (event.currentTarget), { type: 'sample', tables })}>${text}</button>`;
}

/** @param {import('../state/app-state.js').AppState} state */
export function templates(state) {
  if (!state.catalog) return nothing;
  const open = untried(state);
  /** @param {string} what @param {string} table @param {string} sign @param {(from: Element) => void} act */
  const button = (what, table, sign, act) => html`<button type="button" class="kpi-button is-small" data-testid=${what} data-table=${table} aria-label=${`${t(`templates.${what}`)}: ${tableName(table)}`}
    @click=${(/** @type {Event} */ event) => act(/** @type {Element} */ (event.currentTarget))}>${icon(sign)}<span>${t(`templates.${what}`)}</span></button>`;
  return html`<details class="kpi-templates" data-testid="templates"><summary>${t('templates.title')}</summary><p class="kpi-small kpi-muted">${t('templates.text')}</p>
    ${state.files.length ? wholeSample(state) : nothing}
    <ul>${state.catalog.tables.map((table) => html`<li><strong>${tableName(table.id)}</strong>
      <span class="kpi-small kpi-muted">${table.fields.slice(0, NAMED_FIELDS).map((field) => fieldName(field.id)).join(', ')}${table.fields.length > NAMED_FIELDS ? ' \u2026' : ''}</span>
      <div class="kpi-row">${button('template', table.id, 'export', () => download(templateName(table), templateCsv(table)))}
        ${state.sampleTables.includes(table.id) ? button('example', table.id, 'export', (from) => ask(from, { type: 'sample_file', table: table.id })) : nothing}
        ${open.includes(table.id) ? button('try', table.id, 'sample', (from) => ask(from, { type: 'sample', tables: withThose(table, open) })) : nothing}</div></li>`)}</ul></details>`;
}
