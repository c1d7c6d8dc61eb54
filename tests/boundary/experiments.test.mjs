// Experiments over the boundary: native and WASM agree byte by byte, degenerate tables have reasons, hostile settings fail by code.
import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { ask, load, result, root, startCore } from './lib/core.mjs';
import { answersOfNative, answersOfWasm, loading, step } from './lib/replay.mjs';

const METHOD = 'analyse_experiments';

test('the sample: native equals WASM byte by byte', async () => {
  const script = [...loading(join(root, 'web/samples/experiments.csv'), 1), step(METHOD), step(METHOD, { least_effect: 0.1, planned_visitors: 5000, split: [1, 1], alpha: 0.1 }),
    step(METHOD, { from: '2025-01-01', to: '2025-12-31', plan_rate: 0.03, plan_effect: 0.2 })];
  const [wasm, native] = [await answersOfWasm(script), answersOfNative(script)];
  assert.deepEqual(wasm, native);
  const answers = wasm.slice(-3).map((line) => JSON.parse(line).result);
  assert.deepEqual(answers.map((answer) => answer.experiments.length), [4, 4, 2]);
  // 3 % to 3.6 %: R's power.prop.test gives 13,914 per arm
  assert.ok(Math.abs(answers[2].plan.visitors - 13914) <= 2, String(answers[2].plan.visitors));
});

test('wrong settings fail by code, for this call only', async () => {
  const core = await startCore();
  const wrong = [{ alpha: 0 }, { alpha: 1 }, { alpha: '0.05' }, { power: 0.01 }, { least_effect: -1 }, { least_effect: 2, least_effect_is: 'points' }, { least_effect_is: 'x' }, { planned_visitors: 0 }, { planned_visitors: 1e300 },
    { split: 5 }, { split: [0, 1] }, { split: ['a'] }, { split: Array(99).fill(1) }, { plan_rate: 1 }, { plan_effect: 0 }, { plan_effect_is: 7 }];
  for (const request of wrong) assert.equal(ask(core, METHOD, request).error?.code, 'request_invalid', JSON.stringify(request));
  assert.equal(result(core, METHOD).undefined.code, 'missing_input');
  assert.equal(result(core, METHOD, { plan_rate: 0.9, plan_effect: 0.5 }).plan.undefined.code, 'out_of_range');
});

test('tables that say little have reasons, never numbers that are not', async () => {
  const rows = [['A,0,0', 'B,0,0'], ['A,10,0', 'B,10,0'], ['A,10,10', 'B,10,10'], ['A,10,5'], ['A,5,6', 'B,5,-1'], ['A,1000000000000,1', 'B,1000000000000,1000000000000'], ['A,10,1', 'B,10,2', 'C,0,0'], ['A,10,0', 'B,10,0', 'C,10,0']];
  for (const lines of rows) {
    const core = await startCore();
    load(core, 'tests.csv', `variant,visitors,conversions\n${lines.join('\n')}\n`, { options: { table: 'experiments' } });
    const answer = result(core, METHOD, { least_effect: 0.1 });
    for (const one of answer.experiments) assert.equal(one.undefined === null, one.verdict !== null, lines.join(' '));
    assert.equal(answer.rows.used + answer.rows.more_conversions + answer.rows.negative, lines.length);
  }
});

const VISITORS = join(root, 'web/samples/experiment_visitors.csv');

test('rows by visitor: native equals WASM byte by byte, alone, beside rows with counts, and in another currency', async () => {
  const script = [...loading(VISITORS, 1), step(METHOD), step(METHOD, { alpha: 0.1, planned_visitors: 5000 }), ...loading(join(root, 'web/samples/experiments.csv'), 2), ...loading(join(root, 'web/samples/exchange_rates.csv'), 3),
    step(METHOD, { report_currency: 'USD' }), step(METHOD, { from: '2025-09-20', to: '2025-10-05' })];
  const [wasm, native] = [await answersOfWasm(script), answersOfNative(script)];
  assert.deepEqual(wasm, native);
  const [alone, planned, dollars, part] = wasm.map((line) => JSON.parse(line).result).filter((answer) => answer?.experiments);
  assert.deepEqual([alone.experiments.length, dollars.experiments.length, part.experiments.length], [1, 5, 2]); // a test by counts runs until 29 September
  assert.equal(planned.experiments[0].revenue.verdict, 'not_planned_size');
  assert.equal(dollars.experiments[0].revenue.currency, 'USD');
  assert.ok(part.experiments.find((/** @type {any} */ one) => one.visitors).arms[0].visitors < alone.experiments[0].arms[0].visitors);
});

/** Every number of an answer is one. @param {unknown} value */
function assertFinite(value) {
  if (typeof value === 'number') assert.ok(Number.isFinite(value));
  else if (value && typeof value === 'object') Object.values(value).forEach(assertFinite);
}

test('visitors who say little have a word, never a number that is none, and no row is lost', async () => {
  const rows = [['A,u1,yes,5'], ['A,u1,yes,5', 'B,u2,no,'], ['A,u1,no,0', 'A,u2,no,0', 'B,u3,no,0', 'B,u4,no,0'], ['A,u1,yes,-5', 'A,u2,no,-5', 'B,u3,no,3', 'B,u4,,'], ['A,u1,yes,1e308', 'B,u1,yes,1e308', 'B,,yes,1', ',u9,no,1'],
    ['A,u1,yes,999999999999', 'A,u2,yes,-999999999999', 'B,u3,yes,1', 'B,u4,yes,2'], ['A,u1,yes,1', 'B,u1,yes,1'], ['A,u1,perhaps,1', 'B,u2,yes,2'], ['=1+1,<b>u</b>,yes,2', '"<img src=x>",u2,no,0'], ['A,u1,yes,1', 'A,u2,yes,2', 'B,u3,yes,1', 'B,u4,yes,2', 'C,u5,yes,1', 'C,u6,yes,3']];
  const words = ['one_arm', 'too_few', 'nothing_varies', 'too_few', undefined, 'too_few', undefined, undefined, undefined, 'too_few'];
  for (const [index, lines] of rows.entries()) {
    const core = await startCore();
    load(core, 'tests.csv', `variant,user_id,converted,revenue\n${lines.join('\n')}\n`, { options: { table: 'experiment_visitors' } });
    const answer = result(core, METHOD, { least_effect: 0.1 });
    assertFinite(answer);
    const { rows: all, same, ...places } = answer.visitor_rows;
    assert.equal(same, 0);
    assert.equal(all, lines.length);
    assert.equal(Object.values(places).reduce((sum, count) => sum + count, 0), all, lines.join(' '));
    if (words[index]) assert.equal(answer.experiments[0].revenue.verdict, words[index], lines.join(' '));
  }
});

test('sums of revenue: all rows or none, squares that cannot be, overflow', async () => {
  for (const [lines, word] of /** @type {[string[], string][]} */ ([
    [['A,100,20,500,9000', 'B,100,20,700,9000'], ''], [['A,100,20,500,9000', 'B,100,20,,'], 'sums_incomplete'], [['A,100,20,500,', 'B,100,20,700,'], 'sums_only'], [['A,100,20,5000,10', 'B,100,20,700,9000'], 'sums_impossible'],
    [['A,100,20,1e20,1e40', 'B,100,20,1e20,1e40'], ''], [['A,100,20,1e300,1e300', 'B,100,20,1,1'], 'sums_incomplete'], [['A,0,0,0,0', 'B,0,0,0,0'], 'too_few'],
  ])) {
    const core = await startCore();
    load(core, 'tests.csv', `variant,visitors,conversions,value_sum,value_sumsq\n${lines.join('\n')}\n`, { options: { table: 'experiments' } });
    const [one] = result(core, METHOD).experiments;
    assertFinite(one);
    if (word) assert.equal(one.revenue.verdict, word, lines.join(' '));
    else assert.equal(one.revenue.pairs[0].tested, true, lines.join(' '));
  }
});

test('a hundred thousand visitors are answered, and say what is not drawn', async () => {
  const lines = Array.from({ length: 100_000 }, (_, index) => `${index % 2 ? 'A' : 'B'},u${index},${index % 10 ? 'no' : 'yes'},${index % 10 ? 0 : index % 97}`);
  const core = await startCore();
  load(core, 'tests.csv', `variant,user_id,converted,revenue\n${lines.join('\n')}\n`);
  const begun = performance.now();
  const [one] = result(core, METHOD).experiments;
  assert.ok(performance.now() - begun < 10_000);
  assert.equal(one.arms[0].visitors + one.arms[1].visitors, 100_000);
  assert.equal(one.revenue.pairs[0].bootstrap, null);
  assert.equal(one.revenue.pairs[0].tested, true);
});

const COOKIE_CATS = join(process.env['KPI_SHARED'] ?? join(root, '../shared'), 'data/abtest/cookie_cats.csv');

// 90,189 players of a real test; rates and p-values: shared/data/expected.json, by pandas and statsmodels.
test('a real file with a row per player, of which two columns are told apart by the user', { skip: !existsSync(COOKIE_CATS) }, async () => {
  for (const [column, n, k, lift, p] of /** @type {[string, number[], number[], number, number][]} */ ([['3', [44700, 45489], [20034, 20119], -0.013176, 0.0744097], ['4', [44700, 45489], [8502, 8279], -0.043119, 0.00155425]])) {
    const core = await startCore();
    load(core, 'cookie_cats.csv', readFileSync(COOKIE_CATS), { options: { table: 'experiment_visitors', fields: { [column]: 'converted', 2: 'revenue' } } });
    const answer = result(core, METHOD);
    const [one] = answer.experiments;
    assert.deepEqual(one.arms.map((/** @type {any} */ arm) => arm.name), ['gate_30', 'gate_40']);
    assert.equal(one.control_assumed, true);
    assert.deepEqual(one.arms.map((/** @type {any} */ arm) => arm.visitors), n);
    assert.deepEqual(one.arms.map((/** @type {any} */ arm) => arm.conversions), k);
    assert.ok(Math.abs(one.uplift.value - lift) < 5e-7);
    assert.ok(Math.abs(one.p - p) < 5e-8 * Math.max(1, p / 0.01), String(one.p));
    assert.equal(answer.visitor_rows.used, 90189);
    // one player of 49,854 rounds: his arm is far ahead with him, and not without
    const [first, second] = one.revenue.arms;
    assert.ok(first.largest_share > 0.02 && second.largest_share < 0.01);
    assert.equal(one.revenue.pairs[0].bootstrap, null);
  }
});
