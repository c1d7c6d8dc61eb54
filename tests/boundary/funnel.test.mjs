// The funnel over the boundary: native equals WASM, wrong requests by code, and data that have little to tell.
import assert from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { ask, load, result, root, startCore } from './lib/core.mjs';
import { answersOfNative, answersOfWasm, loading, step } from './lib/replay.mjs';

const samples = join(root, 'web/samples');
const hours = { days: [1, 2, 3, 4, 5], opens: 540, closes: 1020 };

test('native and WASM say the same', async () => {
  const names = readdirSync(samples).filter((name) => /^(crm_|stage_)/.test(name)).sort();
  assert.ok(names.length > 2);
  const script = [...names.flatMap((name, index) => loading(join(samples, name), index + 1, { chunk: 10_000 })), step('analyse_funnel'), step('analyse_funnel', { by: 'campaign', stale_days: 30, hours, goal: 'sql' }),
    step('analyse_funnel', { from: '2025-01-01', to: '2025-06-30', by: 'none', stages: 'strict', filters: [{ dimension: 'channel', values: ['email'] }] })];
  const [wasm, native] = [await answersOfWasm(script), answersOfNative(script)];
  assert.equal(wasm.length, native.length);
  wasm.forEach((answer, index) => assert.equal(answer, native[index]));
  assert.equal(wasm.slice(-3).filter((answer) => answer.startsWith('{"ok":true')).length, 3);
});

test('wrong requests fail by code, for this call only', async () => {
  const core = await startCore();
  load(core, 'leads.csv', 'lead_id,created_at,mql_at\na,2024-01-01,2024-01-02\n');
  for (const request of [{ stale_days: 0 }, { stale_days: 1e12 }, { stale_days: 'x' }, { limit_hours: -1 }, { limit_hours: '1' }, { goal: 'lead' }, { goal: 'x'.repeat(1000) }, { goal: 5 }, { by: 7 }, { hours: {} }, { hours: 7 },
    { hours: { ...hours, days: [] } }, { hours: { ...hours, days: [8] } }, { hours: { ...hours, days: ['1'] } }, { hours: { ...hours, days: [1, 1, 1, 1, 1, 1, 1, 1] } }, { hours: { ...hours, opens: 1020 } }, { hours: { ...hours, closes: 1441 } }, { hours: { ...hours, opens: -1 } }]) {
    assert.equal(ask(core, 'analyse_funnel', request).error?.code, 'request_invalid', JSON.stringify(request));
  }
  assert.equal(ask(core, 'analyse_funnel', { by: 'no_such' }).error.code, 'dimension_unknown');
  assert.equal(result(core, 'analyse_funnel').leaks.stages[0].all.advanced, 1);
});

test('nothing, and little', async () => {
  const core = await startCore();
  assert.equal(result(core, 'analyse_funnel').undefined.code, 'missing_input');
  load(core, 'deals.csv', 'opportunity_id,created_at,closed_at,deal_status\n1,2024-01-01,2024-01-11,won\n');
  const deals = result(core, 'analyse_funnel');
  assert.equal(deals.undefined, undefined);
  assert.equal(deals.leaks.undefined.code, 'missing_input');
  assert.equal(deals.cycles.all.median.value, 10);
  assert.equal(deals.cycles.difference.undefined.code, 'too_few_rows');
  assert.equal(result(core, 'analyse_funnel', { from: '2020-01-01', to: '2020-12-31' }).cycles.undefined.code, 'no_rows');
});
