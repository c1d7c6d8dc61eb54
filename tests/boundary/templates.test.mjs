// The files that the page offers to fill in: every column of every table is recognised at once.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { templateCsv } from '../../web/export/template.js';
import { load, result, startCore } from './lib/core.mjs';

/** A cell that looks like its field. @param {{id: string, kind: string}} field */
function example({ id, kind }) {
  if (kind === 'date') return '2026-01-15';
  if (kind === 'number') return '1250.5';
  if (kind === 'key') return `${id}-17`;
  /** @type {Record<string, string>} */
  const texts = { currency: 'EUR', is_won: 'yes', is_closed: 'yes', deal_stage: 'Closed Won', deal_status: 'won', lead_stage: 'MQL', channel: 'Email', cost_kind: 'content', web_event: 'form_start',
    variant: 'control', device: 'mobile', landing_page: '/guides/lead-scoring', is_qualified: 'yes', sales_feedback: 'accepted', measure: 'media_spend' };
  return texts[id] ?? `Some ${id.replaceAll('_', ' ')}`;
}

test('every template is recognised whole', async () => {
  const core = await startCore();
  const { tables } = result(core, 'catalog');
  assert.ok(tables.length >= 15);
  for (const table of tables) {
    const text = `${templateCsv(table)}${table.fields.map(example).join(',')}\r\n`;
    const { card } = load(core, `template-${table.id}.csv`, text).result;
    assert.equal(card.table, table.id, table.id);
    for (const column of card.columns) assert.deepEqual([column.header, column.field, column.applied || column.reason === 'not_needed'], [column.header, column.header, true], table.id);
    result(core, 'remove', { file: card.file });
  }
});
