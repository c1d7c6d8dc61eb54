// Empty files to fill in, one per table, each with what it opens.
import { html, nothing } from 'lit';
import { download } from '../export/csv.js';
import { templateCsv, templateName } from '../export/template.js';
import { t } from '../i18n/translate.js';
import { icon } from './icons.js';
import { fieldName, tableName } from './names.js';

const NAMED_FIELDS = 5;

/** @param {import('../engine/protocol.js').Catalog|null} catalog */
export function templates(catalog) {
  if (!catalog) return nothing;
  return html`<details class="kpi-templates" data-testid="templates"><summary>${t('templates.title')}</summary><p class="kpi-small kpi-muted">${t('templates.text')}</p>
    <ul>${catalog.tables.map((table) => html`<li><button type="button" class="kpi-button is-small" data-testid="template" data-table=${table.id}
        @click=${() => download(templateName(table), templateCsv(table))}>${icon('export')}<span>${tableName(table.id)}</span></button>
      <span class="kpi-small kpi-muted">${table.fields.slice(0, NAMED_FIELDS).map((field) => fieldName(field.id)).join(', ')}${table.fields.length > NAMED_FIELDS ? ' \u2026' : ''}</span></li>`)}</ul></details>`;
}
