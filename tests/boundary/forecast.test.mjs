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
  const kpis = ['revenue', 'new_leads', 'marketing_spend', 'lead_to_mql_rate', 'win_rate', 'won_deals', 'roi', 'cost_per_lead', 'sessions', 'lead_to_customer_rate', 'customer_acquisition_cost', 'average_deal_size', 'click_through_rate'];
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
  assert.deepEqual(flat.naive, Array(6).fill(100));
});

const month = (/** @type {number} */ m, first = 2022) => `${first + Math.floor(m / 12)}-${String(m % 12 + 1).padStart(2, '0')}`;
/** A row on the first of each month, and one without cost on the last day of all. @param {number[]} costs @param {number} [first] the year */
const spend = (costs, first) => `date,spend\n${costs.map((cost, m) => `${month(m, first)}-01,${cost}`).join('\n')}\n${month(costs.length - 1, first)}-28,0\n${month(costs.length, first)}-01,0\n`;

test('a step is withheld: what the naive one says, and the test counted anew', async () => {
  const core = await startCore();
  const costs = Array.from({ length: 20 }, (_, m) => (m < 9 ? 500 : 900) + (m * 7) % 5);
  load(core, 'spend.csv', spend(costs));
  const made = result(core, 'analyse_forecast', { kpi: 'marketing_spend', horizon: 3 });
  assert.deepEqual(made.months.map((/** @type {any} */ one) => one.value), costs);
  assert.equal(made.undefined.code, 'no_better_than_naive');
  assert.deepEqual(made.ahead, []);
  assert.deepEqual(made.naive, Array(3).fill(costs[19]));
  assert.ok(['worse', 'margin', 'chance'].includes(made.test.verdict));
  // origins after 10, 11 ... 17 months, three months each
  const errors = [];
  for (let origin = 10; origin + 3 <= 20; origin++) for (let h = 0; h < 3; h++) errors.push(Math.abs(costs[origin + h] - costs[origin - 1]));
  assert.equal(made.test.origins * made.test.horizon, errors.length);
  assert.ok(Math.abs(made.test.naive_error - errors.reduce((a, b) => a + b) / errors.length) < 1e-8);
});

test('a trend goes on, follows the unit and the calendar', async () => {
  const costs = Array.from({ length: 24 }, (_, m) => 1000 + 50 * m + (m * 37) % 23);
  const answers = [];
  for (const [scale, first] of [[1, 2018], [16, 2018], [1, 2020]]) {
    const core = await startCore();
    load(core, 'spend.csv', spend(costs.map((cost) => cost * scale), first));
    answers.push(result(core, 'analyse_forecast', { kpi: 'marketing_spend', horizon: 4 }));
  }
  const [one, scaled, later] = answers;
  assert.equal(one.test.verdict, 'better');
  assert.equal(one.ahead.length, 4);
  one.ahead.forEach((/** @type {any} */ ahead, /** @type {number} */ h) => {
    assert.ok(Math.abs(ahead.mean - (1000 + 50 * (24 + h) + 11)) < 30, `${ahead.mean}`);
    assert.ok(Math.abs(scaled.ahead[h].mean / 16 / ahead.mean - 1) < 1e-3);
    assert.equal(later.ahead[h].mean, ahead.mean);
    assert.equal(later.ahead[h].from, ahead.from.replace(/^\d+/, (/** @type {string} */ year) => String(Number(year) + 2)));
  });
});

test('one month out of line is named', async () => {
  const core = await startCore();
  const costs = Array.from({ length: 24 }, (_, m) => 1000 + 20 * m + (m * 37) % 23);
  const before = (costs[14] + costs[16]) / 2;
  costs[15] = 4000;
  load(core, 'spend.csv', spend(costs));
  const { unusual } = result(core, 'analyse_forecast', { kpi: 'marketing_spend' });
  assert.deepEqual(unusual, [{ from: '2023-04-01', value: 4000, expected: before }]);
});
