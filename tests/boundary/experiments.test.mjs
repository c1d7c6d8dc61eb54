// Experiments over the boundary: native and WASM agree byte by byte, degenerate tables have reasons, hostile settings fail by code.
import assert from 'node:assert/strict';
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
