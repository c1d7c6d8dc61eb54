// Lead scoring over the boundary: native and WASM agree byte by byte, few leads have reasons, hostile settings fail by code.
import assert from 'node:assert/strict';
import { join } from 'node:path';
import { test } from 'node:test';
import { ask, load, result, root, startCore } from './lib/core.mjs';
import { answersOfNative, answersOfWasm, loading, step } from './lib/replay.mjs';

const METHOD = 'analyse_scoring';
const ACTIVITIES = [{ field: 'channel', test: 'is_not', key: 'email', points: 3 }, { table: 'touchpoints', field: 'touch_kind', key: 'webinar', points: 10, half_life: 30, cap: 25 }, { table: 'touchpoints', field: '', points: 1, half_life: 7 }];

test('the sample: native equals WASM byte by byte', async () => {
  const rules = [{ field: 'channel', key: 'paid_search', points: 10 }, { field: 'channel', key: 'email', points: -5 }];
  const script = [...loading(join(root, 'web/samples/crm_leads.csv'), 1), ...loading(join(root, 'web/samples/accounts.csv'), 2), step(METHOD), step(METHOD, { capacity: 100, rules, qualified_at: 5, use_score: false }), step(METHOD, { from: '2025-01-01', to: '2025-12-31' }),
    ...loading(join(root, 'web/samples/touchpoints.csv'), 3), step(METHOD, { rules: ACTIVITIES, bands: [20, 10, 5], judged_after: 14, list: { count: 2000, all: true } })];
  const [wasm, native] = [await answersOfWasm(script), answersOfNative(script)];
  assert.deepEqual(wasm, native);
  const [all, set] = wasm.filter((line) => line.includes('"fitted"')).slice(0, 2).map((line) => JSON.parse(line).result);
  assert.ok(all.fitted.traits.some((/** @type {any} */ trait) => trait.field === 'score'));
  assert.ok(!set.fitted.traits.some((/** @type {any} */ trait) => trait.field === 'score'));
  assert.ok(set.score.capacity.selected <= 100 && set.score.capacity.selected > 0);
  const people = set.score.gains.reduce((/** @type {number} */ sum, /** @type {any} */ bin) => sum + bin.people, 0);
  assert.equal(people, set.rows.scored);
  assert.equal(set.rows.scored + set.rows.unscored, set.rows.used);
  const last = JSON.parse(wasm.at(-1) ?? '').result;
  assert.equal(last.points.undefined, null);
  assert.deepEqual(last.points.uses, ['used', 'used', 'used']);
  assert.equal(last.points.list.length, last.points.listable);
  for (const trait of all.fitted.traits) assert.ok(!/_at$|stage|status|owner/.test(trait.field), trait.field);
});

test('wrong settings fail by code, for this call only', async () => {
  const core = await startCore();
  load(core, 'leads.csv', 'Lead ID,Create Date,Became a Customer Date,Lead Score\n1,2025-01-01,2025-01-05,50\n2,2025-01-01,,40\n');
  for (const request of [{ capacity: 0 }, { capacity: 'x' }, { capacity: 1e15 }, { qualified_at: 'x' }, { qualified_at: 1e300 }, { rules: 5 }, { rules: [1] }, { rules: [{ field: 'channel' }] }, { rules: [{ field: 'channel', key: 5, points: 1 }] },
    { rules: [{ field: 'channel', key: 'a', points: 1, test: 'eval' }] }, { rules: [{ field: 'channel', test: 'contains', key: '', points: 1 }] }, { rules: [{ field: 'channel', test: 'contains', key: {}, points: 1 }] },
    { rules: [{ field: 'score', test: 'between', points: 1 }] }, { rules: [{ field: 'score', test: 'between', from: 5, to: 4, points: 1 }] }, { rules: [{ field: 'score', test: 'between', from: 'x', points: 1 }] }, { rules: [{ field: 'created_at', test: 'between', from: '2025-02-31', points: 1 }] },
    { rules: [{ table: 'touchpoints', points: 1, half_life: 0 }] }, { rules: [{ table: 'touchpoints', points: 1, cap: -1 }] }, { rules: [{ table: 'touchpoints', points: 1, half_life: '7' }] }, { rules: [{ table: {}, field: 'a', key: '', points: 1 }] },
    { bands: [] }, { bands: [1, 1] }, { bands: [1, 2] }, { bands: 'a' }, { bands: Array(10).fill(0).map((_, i) => -i) }, { judged_after: -1 }, { judged_after: 1e9 }, { judged_after: 0.5 }, { list: 5 }, { list: { count: -1 } }, { list: { count: 1e9 } }, { list: { all: 1 } },
    { rules: Array(51).fill({ field: 'channel', key: '', points: 1 }) }, { use_score: 'yes' }]) {
    assert.equal(ask(core, METHOD, request).error?.code, 'request_invalid', JSON.stringify(request));
  }
  const refused = result(core, METHOD, { rules: [{ field: 'lead_stage', key: 'customer', points: 1 }, { table: 'leads', field: '', points: 1 }, { field: '__proto__', key: '', points: 1 }, { table: 'touchpoints', field: 'touch_kind', key: 'x', points: 1 }] }).points;
  assert.deepEqual(refused.uses, ['forbidden', 'forbidden', 'forbidden', 'missing']);
  assert.equal(refused.undefined.code, 'no_usable_rule');
});

test('activities fade, are capped and count up to the day only; the list is as of the last day', async () => {
  const core = await startCore();
  // a and b become customers after 20 days; c to h do not. The data end on 1 March.
  const leads = ['a,2025-01-01,2025-01-21,Fair', 'b,2025-01-02,2025-01-22,Mail', ...['c', 'd', 'e', 'f', 'g'].map((id, i) => `${id},2025-01-0${i + 3},,Mail`), 'h,2025-03-01,,"=Fair, ""old"""'];
  load(core, 'leads.csv', `Lead ID,Create Date,Became a Customer Date,Campaign\n${leads.join('\n')}\n`, { options: { table: 'leads' } });
  load(core, 'touchpoints.csv', 'Touchpoint ID,Lead ID,Touchpoint date,Channel,Touchpoint type\n1,a,2025-01-01,Email,Webinar\n2,a,2025-01-05,Email,Webinar\n3,a,2025-02-01,Email,Webinar\n4,c,2025-01-13,Email,Webinar\n5,zz,2025-01-13,Email,Webinar\n6,h,2025-03-01,Email,Webinar\n', { options: { table: 'touchpoints' } });
  const rule = { table: 'touchpoints', field: 'touch_kind', key: 'webinar', points: 8, half_life: 10 };
  const { points, score, fitted } = result(core, METHOD, { rules: [rule], judged_after: 10, bands: [10, 4], list: { all: true } });
  assert.equal(score.undefined.code, 'missing_input');
  assert.equal(fitted.undefined.code, 'too_few_rows');
  assert.equal(points.untied, 1);
  assert.equal(points.judged, 7);
  // Ten days in: a has 8 x 2^(-10/10) + 8 x 2^(-6/10) = 9.28; c has 8.
  assert.deepEqual(points.bands.map((/** @type {any} */ band) => [band.people, band.converted]), [[0, 0], [2, 1], [5, 1]]);
  // pairs: a before all five others, b level with four of them and behind c: (5 + 4 / 2) of 10
  assert.equal(points.auc.value, 0.7);
  const today = Date.parse('2025-03-01') / 864e5;
  const faded = (/** @type {string} */ day) => 8 * 2 ** (-(today - Date.parse(day) / 864e5) / 10);
  const wanted = { h: 8, a: faded('2025-01-01') + faded('2025-01-05') + faded('2025-02-01'), c: faded('2025-01-13') };
  assert.deepEqual(points.list.slice(0, 3).map((/** @type {any} */ lead) => lead.record), [9, 2, 4]);
  for (const [i, value] of [wanted.h, wanted.a, wanted.c].entries()) assert.ok(Math.abs(points.list[i].points - value) < 1e-6, `${points.list[i].points}, expected ${value}`);
  const open = result(core, METHOD, { rules: [{ ...rule, cap: 5 }] }).points;
  assert.equal(open.listable, 6, 'customers are not called');
  assert.equal(open.list[0].points, 5);
});

test('few leads, or none with a score, have reasons', async () => {
  assert.equal(result(await startCore(), METHOD).undefined.code, 'missing_input');
  const cases = /** @type {[string, string, string][]} */ ([['Lead ID,Create Date\n1,2025-01-01\n', 'missing_input', 'missing_input'], ['Lead ID,Create Date,Lead Score\n1,2025-01-01,50\n', 'missing_input', 'missing_input'], ['Lead ID,Create Date,Became a Customer Date\n1,2025-01-01,2025-01-05\n', 'missing_input', 'too_few_rows']]);
  for (const [text, ofScore, ofFit] of cases) {
    const core = await startCore();
    load(core, 'leads.csv', text, { options: { table: 'leads' } });
    const answer = result(core, METHOD);
    assert.deepEqual([answer.undefined, answer.score.undefined?.code, answer.fitted.undefined?.code], [null, ofScore, ofFit], text);
  }
  const core = await startCore();
  load(core, 'leads.csv', 'Lead ID,Create Date,Became a Customer Date,Lead Score\n1,2025-01-01,2025-01-05,50\n2,2025-01-01,,40\n3,2025-01-02,2025-03-05,50\n', { options: { table: 'leads' } });
  const answer = result(core, METHOD);
  assert.equal(answer.undefined, null);
  assert.equal(answer.fitted.undefined.code, 'too_few_rows');
});
