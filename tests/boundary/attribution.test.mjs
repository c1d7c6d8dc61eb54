// The attribution over the boundary: wrong requests by code, no number that JSON cannot hold, the same bytes as natively.
import assert from 'node:assert/strict';
import { join } from 'node:path';
import { test } from 'node:test';
import { ask, load, result, root, startCore } from './lib/core.mjs';
import { answersOfNative, answersOfWasm, loading, step } from './lib/replay.mjs';

const DEALS = 'Deal ID,Lead ID,Deal stage,Amount,Create date,Close date\n1,a,Closed Won,100,2024-01-01,2024-02-01\n2,b,Closed Won,50,2024-01-01,2024-02-02\n';
const TOUCHES = 'Touchpoint ID,Lead ID,Touchpoint date,Channel\n1,a,2024-01-05,Email\n2,a,2024-01-06,Paid Search\n3,c,2024-01-06,Email\n';

test('wrong requests fail by code, for this call only', async () => {
  const core = await startCore();
  for (const request of [{ by: 7 }, { unit: 'household' }, { repeats: 'never' }, { look_back_days: 'x' }, { look_back_days: 0 }, { look_back_days: 1e9 }, { half_life_days: -1 }, { markov_order: 4 }, { markov_order: 0 }, { after_opportunity: 'x' },
    { weights: [] }, { weights: 'half' }, { weights: {} }, { weights: { first: 0.5 } }, { weights: { first: 1.5, last: -0.5 } }, { weights: { first: '1' } }, { weights: { first: 0.5, last: 0.6 } }, { weights: { first: true } }]) {
    assert.equal(ask(core, 'analyse_attribution', request).error?.code, 'request_invalid', JSON.stringify(request));
  }
  assert.equal(JSON.parse(core.call('analyse_attribution', '{"half_life_days":1e999}')).ok, false);
  assert.equal(JSON.parse(core.call('analyse_attribution', '{"weights":{"first":1e999}}')).ok, false);
  assert.equal(result(core, 'analyse_attribution').undefined.code, 'missing_input');
});

test('weights of ones own are a model, and absent while there are none', async () => {
  const core = await startCore();
  load(core, 'deals.csv', DEALS);
  load(core, 'touchpoints.csv', TOUCHES);
  const find = (/** @type {any} */ answer) => answer.models.findIndex((/** @type {any} */ model) => model.id === 'custom_position');
  assert.equal(find(result(core, 'analyse_attribution')), -1);
  assert.equal(find(result(core, 'analyse_attribution', { weights: null })), -1);
  // one journey of e-mail, then paid search, worth 100
  const own = result(core, 'analyse_attribution', { weights: { first: 0.7, last: 0.3, weird: 9 } });
  assert.deepEqual(own.members.map((/** @type {any} */ row) => [row.key, row.credits[find(own)].value]), [['email', 70], ['paid_search', 30]]);
});

test('few deals, none, and one channel alone have credits or a reason', async () => {
  const core = await startCore();
  load(core, 'deals.csv', DEALS);
  assert.deepEqual(result(core, 'analyse_attribution').undefined, { code: 'missing_input', args: ['touchpoints'] });
  load(core, 'touchpoints.csv', TOUCHES);
  const all = result(core, 'analyse_attribution');
  const linear = all.models.findIndex((/** @type {any} */ model) => model.id === 'linear');
  // 100 in equal parts to e-mail and paid search; 50 without a touch; one touch leads to nothing
  assert.deepEqual(all.members.map((/** @type {any} */ row) => [row.key, row.credits[linear].value]), [['email', 50], ['paid_search', 50]]);
  assert.deepEqual([all.models[linear].conversions, all.models[linear].value, all.null_journeys], [1, 50, 1]);
  assert.ok(all.members.every((/** @type {any} */ row) => row.spend === null));
  assert.equal(result(core, 'analyse_attribution', { from: '2030-01-01', to: '2030-12-31' }).undefined.code, 'no_rows');
  for (const settings of [{ unit: 'person' }, { look_back_days: 1 }, { after_opportunity: false }, { repeats: 'all_in_window' }, { markov_order: 3 }]) assert.ok(result(core, 'analyse_attribution', settings).models.length > 10);
});

test('other dimensions of touches have their spend, and all of them together a ratio of sums', async () => {
  const core = await startCore();
  load(core, 'deals.csv', DEALS);
  load(core, 'touchpoints.csv', 'Touchpoint ID,Lead ID,Touchpoint date,Channel,Source,Campaign\n1,a,2024-01-05,Email,newsletter,Spring\n2,a,2024-01-06,Paid Search,google,Brand\n3,b,2024-01-06,Paid Social,linkedin,Reach\n');
  load(core, 'ads.csv', 'Date,Channel,Source,Campaign,Cost,Impressions,Clicks\n2024-01-05,Paid Search,google,Brand,20,10,1\n2024-01-05,Paid Social,LinkedIn,reach,10,10,1\n2024-01-05,Display,criteo,Old,70,10,1\n');
  for (const [by, keys] of /** @type {[string, string[]][]} */ ([['source', ['linkedin', 'google', 'newsletter', 'criteo']], ['campaign', ['reach', 'brand', 'spring', 'old']], ['channel', ['paid_social', 'paid_search', 'email', 'display']]])) {
    const answer = result(core, 'analyse_attribution', { by });
    const at = answer.models.findIndex((/** @type {any} */ model) => model.id === 'linear'), linear = answer.models[at];
    const row = (/** @type {string|undefined} */ key) => answer.members.find((/** @type {any} */ one) => one.key === key);
    assert.deepEqual(keys.map((key) => row(key)?.spend ?? null), [10, 20, null, 70], by);
    // deal 1 of 100 in halves to e-mail and search, deal 2 of 50 to social
    assert.deepEqual(keys.slice(0, 3).map((key) => row(key)?.credits[at].return ?? null), [(50 - 10) / 10, (50 - 20) / 20, null], by);
    assert.deepEqual(keys.slice(0, 3).map((key) => row(key)?.credits[at].cost_per_win ?? null), [10, 40, null], by);
    assert.equal(row(keys[2])?.credits[at].cost_per_win_undefined.code, 'no_rows');
    assert.deepEqual([answer.spend, answer.covered_spend, linear.return, linear.cost_per_win], [100, 30, Number(((100 - 30) / 30).toPrecision(10)), 20], by);
    assert.deepEqual(row(keys[3])?.credits, [], 'no touch: no model says anything');
  }
});

test('the module and the native core give the same bytes', async () => {
  const files = ['crm_deals', 'crm_leads', 'touchpoints', 'ad_spend'];
  const script = [...files.flatMap((name, index) => loading(join(root, 'web/samples', `${name}.csv`), index + 1)), step('analyse_attribution'), step('analyse_attribution', { by: 'campaign', unit: 'person', weights: { first: 0.3, lead: 0.3, last: 0.3, others: 0.1 } }),
    step('analyse_attribution', { from: '2025-01-01', to: '2025-06-30', look_back_days: 90, after_opportunity: false, half_life_days: 14, markov_order: 2, repeats: 'all_in_window' })];
  const wasm = await answersOfWasm(script), native = answersOfNative(script);
  assert.equal(wasm.length, script.length);
  wasm.forEach((answer, index) => assert.equal(answer.slice(0, 20000), native[index]?.slice(0, 20000), `step ${index}`));
  assert.ok(wasm.slice(-3).every((answer) => answer.startsWith('{"ok":true')));
});
