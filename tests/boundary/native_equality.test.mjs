// The native core and the WASM module give the same bytes for the same session.
import assert from 'node:assert/strict';
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { root } from './lib/core.mjs';
import { answersOfNative, answersOfWasm, loading, step } from './lib/replay.mjs';

const samples = join(root, 'web/samples');
const shared = process.env['KPI_SHARED'] ?? join(root, '../shared');

/** Questions about whatever is loaded. */
const questions = [
  step('define_kpis', { kpis: [{ id: 'own_a', formula: 'marketing_spend / won_deals' }, { id: 'own_b', formula: 'own_a ^ 2' }, { id: 'own_c', formula: 'won_deals / (won_deals + lost_deals)', rate: true }] }),
  step('check_formula', { kpis: [{ id: 'own_a', formula: 'cost_per_lead * 3 / 7' }], id: 'own_a', report: { from: null, to: null, grain: 'month' } }),
  step('catalog'),
  step('files'),
  ...['day', 'week', 'month', 'quarter', 'year'].map((grain) => step('report', { from: null, to: null, grain, group_by: null, filters: [], compare: 'none' })),
  ...['channel', 'campaign', 'country', 'industry'].map((dimension) =>
    step('report', { from: null, to: null, grain: 'quarter', group_by: dimension, filters: [], compare: 'same_period_last_year', parameters: { gross_margin: 0.8 } })),
  step('report', { from: '2024-03-01', to: '2024-05-31', grain: 'month', group_by: null, filters: [{ dimension: 'channel', values: ['paid_search', 'email'] }], compare: 'previous_period' }),
  ...['win_rate', 'cost_per_lead', 'pipeline_velocity', 'roi'].map((kpi) => step('explain', { kpi, from: null, to: null, grain: 'month', group_by: null, filters: [], compare: 'none', member: null })),
  ...['win_rate', 'cost_per_lead', 'lead_to_mql_rate', 'pipeline_velocity', 'roi', 'revenue', 'click_through_rate'].map((kpi) =>
    step('explain_change', { kpi, split_by: 'channel', from: '2025-01-01', to: '2025-06-30', grain: 'month', filters: [], compare: 'previous_period', limit: 5 })),
  step('explain_change', { kpi: 'win_rate', split_by: 'industry', segments: { dimension: 'channel', from: 'organic_search', to: 'paid_search' }, filters: [], compare: 'none' }),
  step('plan', { goal: 1e6, day: '2026-12-31', typed: { win_rate: 0.3 } }),
  step('plan', { goal: 1e6, segment: { dimension: 'channel', key: 'email' }, change: 0.25 }),
  step('receipt', { file: 1 }),
  step('rows', { file: 1, offset: 0, count: 100 }),
  step('no_such_method'),
];

/** @param {import('./lib/replay.mjs').Step[]} script */
async function expectEqual(script) {
  const wasm = await answersOfWasm(script);
  const native = answersOfNative(script);
  assert.equal(wasm.length, script.length);
  assert.equal(native.length, script.length, 'one line per answer');
  wasm.forEach((answer, index) => assert.ok(answer === native[index],
    `step ${index} ${JSON.stringify(script[index])}\nwasm   ${answer.slice(0, 500)}\nnative ${native[index]?.slice(0, 500)}`));
  assert.ok(wasm.some((answer) => answer.startsWith('{"ok":true')));
}

test('the sample company', async () => {
  const names = readdirSync(samples).filter((name) => name.endsWith('.csv')).sort();
  assert.ok(names.length > 0);
  await expectEqual([...names.flatMap((name, index) => loading(join(samples, name), index + 1, { chunk: 10_000 })), ...questions]);
});

// The module reads the numbers of a request with the core's own reader, the native build with libc's.
test('numbers in requests', async () => {
  const seed = Date.now() % 1e9;
  let state = seed;
  const random = () => (state = (state * 48271) % 2147483647) / 2147483647;
  const values = [0, 1, 0.1 + 0.2, 1e-7, 1.5e-300, 5e-324, 0.9999999999999999, 123456789.12345679];
  for (let i = 0; i < 60; i++) values.push(random() * 10 ** Math.floor(random() * -12));
  const asked = values.map((gross_margin) => step('report', { from: null, to: null, grain: 'year', group_by: null, filters: [], compare: 'none', parameters: { gross_margin } }));
  await expectEqual([...loading(join(samples, 'crm_deals.csv'), 1), ...loading(join(samples, 'ad_spend.csv'), 2), ...asked]).catch((error) => {
    throw new Error(`seed ${seed}: ${error.message}`);
  });
});

test('real exports', { skip: process.env['CI'] === 'true' ? 'real files are not part of a checkout' : !existsSync(join(shared, 'data')) && 'no shared data here' }, async () => {
  let sessions = 0;
  for (const folder of ['crm/maven', 'crm/olist', 'crm/hubspot', 'ads', 'vendor', 'torture']) {
    const names = readdirSync(join(shared, 'data', folder)).filter((name) => /\.(csv|tsv|txt)$/.test(name)).sort();
    for (const name of names) {
      await expectEqual([...loading(join(shared, 'data', folder, name), 1), ...questions]);
      sessions++;
    }
  }
  assert.ok(sessions > 0);
});
