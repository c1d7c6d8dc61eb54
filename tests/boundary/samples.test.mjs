// The example files that the page offers: each is recognised whole, answers without a question, and gives a figure.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { loadSamples, SAMPLE_TABLES } from '../../web/samples/index.js';
import { load, result, startCore } from './lib/core.mjs';

/** Columns that no figure needs: rates are calculated anew, and what a table has beside its fields. */
const NOT_NEEDED = ['not_needed', 'derived_rate'];
/** The small sample is untidy on purpose (web/samples/README.md): one person twice, one company that the list of companies lacks. */
const UNTIDY = ['crm_leads.csv duplicate_rows', 'crm_leads.csv join_unmatched', 'crm_deals.csv join_unmatched'];

/** A figure that each table gives by itself. Tables that only add columns to others give none. */
const OPENS = /** @type {Record<string, string>} */ ({
  leads: 'new_leads', opportunities: 'win_rate', ad_spend: 'cost_per_click', web_sessions: 'conversion_rate', other_costs: 'marketing_spend', web_events: 'activation_rate',
  email_sends: 'email_open_rate', content: 'social_engagement_rate', orders: 'avg_purchase_value', subscriptions: 'mrr', experiments: 'ab_uplift', experiment_visitors: 'ab_uplift', totals: 'user_base_growth', stage_history: 'time_in_stage',
});

test('every sample is recognised whole, without a question or a doubt, and opens its figures', async () => {
  const core = await startCore();
  let columns = 0;
  for (const table of SAMPLE_TABLES) {
    const [sample] = await loadSamples([table]);
    assert.ok(sample);
    const { card } = load(core, sample.name, sample.text).result;
    assert.equal(card.table, table);
    assert.deepEqual(card.needs, [], table);
    for (const column of card.columns) {
      assert.ok(column.applied || NOT_NEEDED.includes(column.reason), `${sample.name}: ${column.header} is ${column.reason || 'unknown'}`);
      columns++;
    }
    assert.deepEqual(card.diagnostics.filter((/** @type {any} */ one) => one.severity !== 'info').map((/** @type {any} */ one) => `${sample.name} ${one.code}`).filter((/** @type {string} */ one) => !UNTIDY.includes(one)), []);
    if (OPENS[table]) assert.equal(typeof result(core, 'report', { grain: 'month' }).kpis.find((/** @type {any} */ kpi) => kpi.id === OPENS[table])?.value, 'number', OPENS[table]);
    result(core, 'remove', { file: card.file });
  }
  assert.ok(columns > 100);
});

test('all samples together: nothing doubtful but what is untidy on purpose, and the lists add their columns', async () => {
  const core = await startCore();
  const samples = await loadSamples(SAMPLE_TABLES);
  for (const { name, text } of samples) load(core, name, text);
  const { files } = result(core, 'files');
  assert.equal(files.length, samples.length);
  const doubts = files.flatMap((/** @type {any} */ card) => card.diagnostics.filter((/** @type {any} */ one) => one.severity !== 'info').map((/** @type {any} */ one) => `${card.name} ${one.code}`));
  assert.deepEqual([...new Set(doubts)].sort(), [...UNTIDY].sort());
  const report = result(core, 'report', { grain: 'month' });
  const dimensions = report.dimensions.map((/** @type {any} */ one) => one.id);
  for (const one of ['industry', 'owner_team', 'owner_manager']) assert.ok(dimensions.includes(one), one);
  assert.deepEqual([report.period.data_from, report.period.data_to], ['2024-01-01', '2025-12-31']);
});
