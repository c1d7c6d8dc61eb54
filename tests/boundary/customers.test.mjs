// Customer value over the boundary: native equals WASM, wrong requests by code, and the model's sums again in JavaScript.
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { ask, load, result, root, startCore } from './lib/core.mjs';
import { answersOfNative, answersOfWasm, loading, step } from './lib/replay.mjs';
import { drawnOrders } from '../support/drawn-orders.mjs';

const folder = mkdtempSync(join(tmpdir(), 'kpi-customers-'));
after(() => rmSync(folder, { recursive: true }));
const drawn = drawnOrders(400);
const file = join(folder, 'orders.csv');
writeFileSync(file, drawn.csv);

test('native and WASM answer with the same bytes', async () => {
  const questions = [{}, { model: 'pareto_nbd' }, { months: 36, discount: 0, by: '' }, { to: '2024-12-31', parameters: { gross_margin: 0.7 } }, { filters: [{ dimension: 'channel', values: ['email'] }] }, { cac: 2500, parameters: { gross_margin: 0.8 } }]
    .map((request) => step('analyse_customers', request));
  for (const script of [[...loading(file, 1), ...questions], [...loading(join(root, 'web/samples/orders.csv'), 1), ...loading(join(root, 'web/samples/subscriptions.csv'), 2), ...questions], questions]) {
    const wasm = await answersOfWasm(script);
    const native = answersOfNative(script);
    assert.equal(wasm.length, script.length);
    wasm.forEach((answer, index) => assert.equal(answer, native[index], JSON.stringify(script[index])));
  }
});

test('wrong requests fail by code, for this call only', async () => {
  const core = await startCore();
  for (const request of [{ model: 'magic' }, { model: 7 }, { months: 0 }, { months: 121 }, { months: 1.5 }, { months: 'x' }, { discount: -0.1 }, { discount: 2 }, { discount: 'x' }, { by: 7 }, { cac: -1 }, { cac: 'x' }, { cac: [] }]) {
    assert.equal(ask(core, 'analyse_customers', request).error?.code, 'request_invalid', JSON.stringify(request));
  }
  assert.equal(ask(core, 'analyse_customers', { by: 'no_such_thing' }).error.code, 'dimension_unknown');
  assert.equal(JSON.parse(core.call('analyse_customers', '{"discount":1e999}')).ok, false);
  const empty = result(core, 'analyse_customers', {});
  assert.deepEqual([empty.buyers.undefined.code, empty.subscriptions.undefined.code], ['missing_input', 'missing_input']);
});

test('few or strange data are refused with a reason', async () => {
  const core = await startCore();
  load(core, 'orders.csv', 'order number,order date,customer,order value,currency\n1,2024-01-01,a,10,EUR\n2,2024-01-09,b,10,EUR\n3,2024-02-09,b,10,EUR\n');
  const { buyers } = result(core, 'analyse_customers', {});
  assert.equal(buyers.undefined.code, 'too_few_rows');
  assert.deepEqual([buyers.customers, buyers.repeat_customers, buyers.basis], [2, 1, 'revenue']);
});

test('the sums are those of the published formulas', async () => {
  const core = await startCore();
  load(core, 'orders.csv', drawn.csv);
  const { buyers } = result(core, 'analyse_customers', { by: 'channel' });
  assert.equal(buyers.undefined, undefined);
  const [r, alpha, a, b] = buyers.parameters.map((/** @type {any} */ one) => one.value);
  assert.equal(buyers.customers, drawn.customers.length);
  // P(alive) of BG/NBD (Fader, Hardie and Lee 2008, note 021): 1 / (1 + a / (b + x - 1) ((alpha + T) / (alpha + tx))^(r + x)), 1 without repeats
  const alive = drawn.customers.map(({ repeats, recency, age }) => (repeats === 0 ? 1 : 1 / (1 + a / (b + repeats - 1) * ((alpha + age) / (alpha + recency)) ** (r + repeats))));
  const sum = (/** @type {number[]} */ all) => all.reduce((x, y) => x + y, 0);
  assert.ok(Math.abs(sum(alive) - buyers.alive) < 1e-5, `${sum(alive)} ${buyers.alive}`);
  drawn.customers.forEach(({ repeats }, i) => assert.ok(alive[i] <= 1 && repeats >= 0));
  const counts = Array.from({ length: buyers.frequency.actual.length }, (_, times, all = buyers.frequency.actual) => drawn.customers.filter(({ repeats }) => Math.min(repeats, all.length - 1) === times).length);
  assert.deepEqual(buyers.frequency.actual, counts);
  // whatever is split adds up to the whole
  for (const parts of [buyers.groups.members, buyers.deciles, [...buyers.bands, buyers.once]]) {
    assert.equal(sum(parts.map((/** @type {any} */ one) => one.customers)), buyers.customers);
    assert.ok(Math.abs(sum(parts.map((/** @type {any} */ one) => one.value)) / buyers.total - 1) < 1e-8);
  }
  assert.ok(Math.abs(buyers.total / buyers.customers / buyers.mean - 1) < 1e-8);
});

test('the projection of retention is the published one', async () => {
  // "Regular" customers of Fader and Hardie 2007, How to Project Customer Retention, table 1 and figure 5: 1,000 and who is left after each period
  const left = [1000, 631, 468, 382, 326, 289, 262, 241];
  const lines = ['subscription id,customer,mrr,currency,start date,end date'];
  for (let i = 0; i < 1000; i++) {
    const gone = left.findIndex((there) => i >= there);  // the age at which the customer is no longer there
    lines.push(`s${i},c${i},10,EUR,2024-01-15,${gone < 0 ? '' : `2024-${String(gone + 1).padStart(2, '0')}-10`}`);
  }
  lines.push('s1000,c0,0,EUR,2024-08-31,');  // the file tells of August to its end
  const core = await startCore();
  load(core, 'subscriptions.csv', lines.join('\n'));
  const { survival, cohorts, as_of: asOf } = result(core, 'analyse_customers', {}).subscriptions;
  assert.equal(asOf, '2024-08-31');
  assert.deepEqual(cohorts[0].cells.map((/** @type {any} */ cell) => cell.active), left);
  survival.observed.forEach((/** @type {number} */ share, /** @type {number} */ age) => assert.ok(Math.abs(share - (left[age] ?? 0) / 1000) < 1e-9));
  assert.ok(Math.abs(survival.alpha - 0.704) < 0.001 && Math.abs(survival.beta - 1.182) < 0.001, `${survival.alpha} ${survival.beta}`);
  assert.equal(survival.lifetime.undefined.code, 'mean_infinite', 'alpha below 1');
  assert.ok(survival.projected.every((/** @type {number} */ share, /** @type {number} */ age) => age === 0 || share < survival.projected[age - 1]));
});
