// Lead scoring over the boundary: native and WASM agree byte by byte, few leads have reasons, hostile settings fail by code.
import assert from 'node:assert/strict';
import { join } from 'node:path';
import { test } from 'node:test';
import { ask, load, result, root, startCore } from './lib/core.mjs';
import { answersOfNative, answersOfWasm, loading, step } from './lib/replay.mjs';

const METHOD = 'analyse_scoring';

test('the sample: native equals WASM byte by byte', async () => {
  const rules = [{ field: 'channel', key: 'paid_search', points: 10 }, { field: 'channel', key: 'email', points: -5 }];
  const script = [...loading(join(root, 'web/samples/crm_leads.csv'), 1), ...loading(join(root, 'web/samples/accounts.csv'), 2), step(METHOD), step(METHOD, { capacity: 100, rules, qualified_at: 5, use_score: false }), step(METHOD, { from: '2025-01-01', to: '2025-12-31' })];
  const [wasm, native] = [await answersOfWasm(script), answersOfNative(script)];
  assert.deepEqual(wasm, native);
  const [all, set] = wasm.slice(-3, -1).map((line) => JSON.parse(line).result);
  assert.ok(all.fitted.traits.some((/** @type {any} */ trait) => trait.field === 'score'));
  assert.ok(!set.fitted.traits.some((/** @type {any} */ trait) => trait.field === 'score'));
  assert.ok(set.score.capacity.selected <= 100 && set.score.capacity.selected > 0);
  const people = set.score.gains.reduce((/** @type {number} */ sum, /** @type {any} */ bin) => sum + bin.people, 0);
  assert.equal(people, set.rows.used);
  for (const trait of all.fitted.traits) assert.ok(!/_at$|stage|status|owner/.test(trait.field), trait.field);
});

test('wrong settings fail by code, for this call only', async () => {
  const core = await startCore();
  load(core, 'leads.csv', 'Lead ID,Create Date,Became a Customer Date,Lead Score\n1,2025-01-01,2025-01-05,50\n2,2025-01-01,,40\n');
  for (const request of [{ capacity: 0 }, { capacity: 'x' }, { capacity: 1e15 }, { qualified_at: 'x' }, { qualified_at: 1e300 }, { rules: 5 }, { rules: [1] }, { rules: [{ field: 'channel' }] }, { rules: [{ field: 'channel', key: 5, points: 1 }] },
    { rules: Array(51).fill({ field: 'channel', key: '', points: 1 }) }, { use_score: 'yes' }]) {
    assert.equal(ask(core, METHOD, request).error?.code, 'request_invalid', JSON.stringify(request));
  }
  assert.equal(result(core, METHOD, { rules: [{ field: 'lead_stage', key: 'customer', points: 1 }] }).points?.undefined?.code ?? 'out_of_range', 'out_of_range');
});

test('few leads, or none with a score, have reasons', async () => {
  const cases = /** @type {[string, string][]} */ ([['', 'missing_input'], ['Lead ID,Create Date\n1,2025-01-01\n', 'missing_input'], ['Lead ID,Create Date,Lead Score\n1,2025-01-01,50\n', 'missing_input']]);
  for (const [text, code] of cases) {
    const core = await startCore();
    if (text) load(core, 'leads.csv', text, { options: { table: 'leads' } });
    assert.equal(result(core, METHOD).undefined?.code, code, text);
  }
  const core = await startCore();
  load(core, 'leads.csv', 'Lead ID,Create Date,Became a Customer Date,Lead Score\n1,2025-01-01,2025-01-05,50\n2,2025-01-01,,40\n3,2025-01-02,2025-03-05,50\n', { options: { table: 'leads' } });
  const answer = result(core, METHOD);
  assert.equal(answer.undefined, null);
  assert.equal(answer.fitted.undefined.code, 'too_few_rows');
});
