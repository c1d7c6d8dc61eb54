// The reconciliation over the boundary: counts by hand, names from files that are no markup or path, the same bytes as natively.
import assert from 'node:assert/strict';
import { join } from 'node:path';
import { test } from 'node:test';
import { load, result, root, startCore } from './lib/core.mjs';
import { answersOfNative, answersOfWasm, loading, step } from './lib/replay.mjs';

/** @param {any} answer @param {string} id */
const comparison = (answer, id) => answer.reconciliation.comparisons.find((/** @type {any} */ one) => one.id === id);
/** @param {any} answer @param {string} id @returns {Record<string, number|null>} */
const figures = (answer, id) => { const at = answer.reconciliation.sources.findIndex((/** @type {any} */ one) => one.id === id); return Object.fromEntries(answer.reconciliation.channels.map((/** @type {any} */ one) => [one.key, one.figures[at]])); };

test('claims stand beside what the CRM has, and nothing stands in for what a source does not know', async () => {
  const core = await startCore();
  load(core, 'leads.csv', 'Lead ID,Create date,Original Source,How did you hear about us?\n1,2024-01-01,Paid Search,Newsletter\n2,2024-01-02,Paid Search,\n3,2024-01-03,Direct Traffic,<img src=x onerror=alert(1)>\n4,2024-01-04,../../etc/passwd,=1+1\n');
  load(core, 'ads.csv', 'Date,Channel,Campaign,Cost,Impressions,Clicks,Conversions\n2024-01-01,Paid Search,a,10,100,5,6\n2024-01-02,Display,b,10,100,5,4\n');
  const answer = result(core, 'analyse_attribution');
  assert.equal(answer.undefined.code, 'missing_input');
  assert.deepEqual(figures(answer, 'new_leads'), { paid_search: 2, '../../etc/passwd': 1, direct: 1, display: null, email: null });
  assert.deepEqual(figures(answer, 'platform_conversions'), { paid_search: 6, '../../etc/passwd': null, direct: null, display: 4, email: null });
  const platform = comparison(answer, 'platform');
  assert.deepEqual([platform.channels, platform.base_sum, platform.other_sum, platform.factor, platform.gap, platform.only_base, platform.only_other], [1, 2, 6, 3, 4, 2, 4]);
  assert.equal(comparison(answer, 'analytics').undefined.code, 'missing_input');
  const { answers } = answer.reconciliation;
  assert.deepEqual([answers.leads, answers.answered, answers.named, answers.same, answers.other, answers.untraced], [4, 3, 1, 0, 1, null]);
  assert.deepEqual(answers.unnamed.map((/** @type {any} */ one) => one.text).sort(), ['<img src=x onerror=alert(1)>', '=1+1'], 'as it stands: text');
  assert.deepEqual(answer.reconciliation.rows.map((/** @type {any} */ one) => [one.table, one.rows, one.used, one.unknown_channel]), [['leads', 4, 4, 1], ['ad_spend', 2, 2, 0]]);
});

test('with nothing loaded everything has its reason', async () => {
  const { reconciliation } = result(await startCore(), 'analyse_attribution');
  assert.deepEqual([reconciliation.channels, reconciliation.rows, reconciliation.answers], [[], [], null]);
  assert.ok(reconciliation.sources.length > 5 && reconciliation.sources.every((/** @type {any} */ one) => one.total === null && one.undefined.code === 'missing_input'));
});

test('the module and the native core give the same bytes', async () => {
  const files = ['crm_deals', 'crm_leads', 'touchpoints', 'ad_spend', 'web_sessions'];
  const script = [...files.flatMap((name, index) => loading(join(root, 'web/samples', `${name}.csv`), index + 1)), step('analyse_attribution'), step('analyse_attribution', { by: 'campaign' }), step('analyse_attribution', { from: '2025-01-01', to: '2025-06-30' })];
  const wasm = await answersOfWasm(script), native = answersOfNative(script);
  assert.equal(wasm.length, script.length);
  wasm.forEach((answer, index) => assert.equal(answer, native[index], `step ${index}`));
  assert.ok(wasm.slice(-3).every((answer) => answer.startsWith('{"ok":true') && answer.includes('"reconciliation":{')));
});
