// Forecasts over the boundary: native equals WASM, wrong requests by code, and series that do not serve.
import assert from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { ask, load, result, root, startCore } from './lib/core.mjs';
import { answersOfNative, answersOfWasm, loading, step } from './lib/replay.mjs';

const samples = join(root, 'web/samples');

test('native and WASM say the same', async () => {
  const names = readdirSync(samples).filter((name) => /^(crm_|ad_spend|web_sessions)/.test(name)).sort();
  assert.ok(names.length > 2);
  const kpis = ['revenue', 'new_leads', 'marketing_spend', 'lead_to_mql_rate', 'win_rate', 'won_deals', 'roi', 'cost_per_lead', 'sessions', 'lead_to_customer_rate'];
  const script = [...names.flatMap((name, index) => loading(join(samples, name), index + 1, { chunk: 10_000 })), ...kpis.map((kpi) => step('analyse_forecast', { kpi, horizon: 12 })),
    step('analyse_forecast', { kpi: 'new_leads', filters: [{ dimension: 'channel', values: ['paid_search'] }] })];
  const [wasm, native] = [await answersOfWasm(script), answersOfNative(script)];
  assert.equal(wasm.length, native.length);
  wasm.forEach((answer, index) => assert.equal(answer, native[index]));
  assert.equal(wasm.slice(-kpis.length - 1).filter((answer) => answer.startsWith('{"ok":true')).length, kpis.length + 1);
});

test('wrong requests fail by code; without data there is a reason', async () => {
  const core = await startCore();
  for (const request of [{ horizon: 0 }, { horizon: 25 }, { horizon: 'x' }, { kpi: 7 }]) assert.equal(ask(core, 'analyse_forecast', request).error?.code, 'request_invalid', JSON.stringify(request));
  assert.equal(ask(core, 'analyse_forecast', { kpi: 'no_such' }).error.code, 'kpi_unknown');
  assert.equal(result(core, 'analyse_forecast').undefined.code, 'missing_input');
});

test('months that are the same, and a month that is missing', async () => {
  const core = await startCore();
  const lines = (/** @type {number} */ count) => Array.from({ length: count }, (_, m) => `${2022 + Math.floor(m / 12)}-${String(m % 12 + 1).padStart(2, '0')}-01,100`);
  load(core, 'spend.csv', `date,spend\n${lines(15).join('\n')}\n2023-03-31,0\n`);
  const flat = result(core, 'analyse_forecast', { kpi: 'marketing_spend' });
  assert.equal(flat.months.length, 15);
  assert.equal(flat.ahead.length, 0);
  assert.equal(flat.undefined.code, 'denominator_zero', 'nothing varies: nothing to model');
});
