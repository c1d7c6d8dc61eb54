// The plan's state and words: what is kept, what is asked, how needs are rounded.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setFormatLocale } from '../../../web/format/format.js';
import { checkedPlan, emptyPlan, planCurrency, planRequest } from '../../../web/state/plan.js';
import { Planner } from '../../../web/state/planner.js';
import { initialState } from '../../../web/state/app-state.js';
import { Store } from '../../../web/state/store.js';
import { fromHash, toHash } from '../../../web/state/url-state.js';
import { planTable, spanText, whole } from '../../../web/ui/plan-words.js';
import './texts.js';

setFormatLocale('en-u-nu-latn');

const report = /** @type {any} */ ({ ledger: { currency: 'EUR' }, period: { from: null, data_from: null, data_to: null }, dimensions: [{ id: 'channel', values: [{ key: 'email' }] }] });

test('what storage gives back is checked', () => {
  const kept = { goal: { text: '1.2m', value: 1.2e6 }, currency: 'EUR', change: 0.2, rates: 'cohort', day: '2026-12-31', segment: { dimension: 'channel', key: 'secret' },
    typed: { win_rate: { text: '25', value: 0.25 }, 'x<y': { text: '1', value: 1 }, bad: { text: 'a', value: 'b' }, long: { text: 'x'.repeat(41), value: 1 } } };
  assert.deepEqual(checkedPlan(kept), { goal: kept.goal, currency: 'EUR', change: 0.2, rates: 'cohort', day: '2026-12-31', segment: null, typed: { win_rate: kept.typed.win_rate } });
  for (const hostile of [null, undefined, 5, [], { goal: { value: Infinity, text: '' }, change: 7, day: 'soon', currency: 'EURO', typed: 3 }]) assert.deepEqual(checkedPlan(hostile), emptyPlan());
});

test('a request has what was typed, the currency of the data, and only a segment that is there', () => {
  const plan = { ...emptyPlan(), goal: { text: '5', value: 5 }, currency: 'USD', typed: { win_rate: { text: '25', value: 0.25 } }, segment: { dimension: 'channel', key: 'email' } };
  assert.deepEqual(planRequest(plan, report), { goal: 5, currency: 'EUR', segment: plan.segment, typed: { win_rate: 0.25 }, change: 0.1, rates: 'period', day: null });
  assert.equal(planRequest({ ...plan, segment: { dimension: 'channel', key: 'gone' } }, report).segment, null);
  assert.equal(planRequest(plan, null).segment, null);
  assert.equal(planCurrency(plan, null), 'USD');
  assert.equal(fromHash(toHash({ place: 'plan', query: fromHash('').query })).place, 'plan');
});

test('needs are rounded up, but not by what a floating point number is off', () => {
  assert.equal(whole(296.02, 'count'), 297);
  assert.equal(whole(200.00000000000003, 'count'), 200);
  assert.equal(whole(296.02, 'money'), 296.02);
  assert.equal(whole(null, 'count'), null);
  assert.equal(spanText(/** @type {any} */ ({ interval: [10.2, 20.7], display: 'count', currency: '' })), '11 \u2013 21');
});

test('the table holds raw values, and a gap only where both sides are known', () => {
  const row = { id: 'sqls', display: 'count', after: 'lead_opportunities', needed: 296.5, undefined: null, interval: [250, 350], currency: '', actual: 277, actual_currency: '', brings: null, rate: null };
  const table = planTable(/** @type {any} */ ({ rows: [row, { ...row, id: 'mqls', needed: null, interval: null, undefined: { code: 'missing_input', args: ['mql_to_sql_rate'] } }] }));
  assert.deepEqual(table[1].slice(1, 6), [296.5, 250, 350, 277, 19.5]);
  assert.deepEqual(table[2].slice(1, 6), [null, null, null, 277, null]);
  assert.equal(table[0].length, table[1].length);
});

test('the engine is asked at the place, once for each change, and late answers are dropped', async () => {
  const store = new Store(/** @type {import('../../../web/state/app-state.js').AppState} */ ({ ...initialState(), engine: 'ready', report }));
  /** @type {{request: any, answer: (plan: any) => void}[]} */ const calls = [];
  const engine = /** @type {any} */ ({ call: (/** @type {string} */ method, /** @type {any} */ request) => new Promise((answer) => { assert.equal(method, 'plan'); calls.push({ request, answer }); }) });
  const planner = new Planner(engine, store, (error) => assert.fail(String(error)));
  const turn = () => new Promise((done) => setTimeout(done, 0));
  store.set({ computing: false });
  await turn();
  assert.equal(calls.length, 0, 'another place is open');
  store.set({ place: 'plan' });
  await turn();
  planner.act({ type: 'plan', change: { goal: { text: '100', value: 100 } } });
  await turn();
  planner.act({ type: 'plan_rate', id: 'win_rate', entry: { text: '50', value: 0.5 } });
  await turn();
  assert.deepEqual(calls.map(({ request }) => [request.goal, request.typed]), [[null, {}], [100, {}], [100, { win_rate: 0.5 }]]);
  calls[2]?.answer({ rows: ['latest'] });
  await turn();
  calls[0]?.answer({ rows: ['late'] });
  await turn();
  assert.deepEqual([store.state.planned?.rows, store.state.planning], [['latest'], false]);
  planner.act({ type: 'plan_rate', id: 'win_rate', entry: null });
  assert.deepEqual(store.state.plan.typed, {});
});
