// A user's KPIs across the boundary: defined, checked while typing, and answered like shipped ones. Expected values by hand.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ask, load, result, startCore } from './lib/core.mjs';

const ASK = { from: null, to: null, grain: 'month', group_by: null, filters: [], compare: 'none' };
const TOTALS = 'measure,value,currency\nmedia_spend,5000,EUR\nwon_deals,20,\nlost_deals,60,\nnew_leads,400,\n';
const COST = { id: 'own_cost', formula: 'media_spend / won_deals' };

async function withTotals() {
  const core = await startCore();
  load(core, 'totals.csv', TOTALS, { options: { table: 'totals' } });
  return core;
}
/** @param {any} report @param {string} id */
const kpiOf = (report, id) => report.kpis.find((/** @type {any} */ one) => one.id === id);

test('a defined KPI is in the catalogue, the report, the explanation and the way back', async () => {
  const core = await withTotals();
  const rate = { id: 'own_rate', formula: 'won_deals / (won_deals + lost_deals)', display: 'percent', better: 'higher', rate: true };
  assert.deepEqual(result(core, 'define_kpis', { kpis: [COST, rate] }), { accepted: ['own_cost', 'own_rate'], refused: [] });
  const entry = kpiOf(result(core, 'catalog'), 'own_cost');
  assert.deepEqual([entry.family, entry.unit, entry.display, entry.better, entry.status, entry.inputs], ['own', 'money/deal', 'money', 'neutral', 'own', ['media_spend', 'won_deals']]);
  const report = result(core, 'report', ASK);
  assert.deepEqual([kpiOf(report, 'own_cost').value, kpiOf(report, 'own_cost').currency], [250, 'EUR']);  // 5,000 / 20
  assert.equal(kpiOf(report, 'own_rate').value, 0.25);  // 20 of 80
  assert.deepEqual([kpiOf(report, 'own_rate').numerator, kpiOf(report, 'own_rate').denominator], [20, 80]);
  assert.ok(kpiOf(report, 'own_rate').interval[0] < 0.25);
  assert.equal(result(core, 'explain', { ...ASK, kpi: 'own_cost', member: null }).trace.value, 250);
  assert.deepEqual(result(core, 'solve', { ...ASK, kpi: 'own_cost', measure: 'media_spend', target: 100 }).values, [2000]);  // 100 x 20
  result(core, 'reset');
  assert.ok(kpiOf(result(core, 'catalog'), 'own_cost'), 'definitions are no data');
  result(core, 'define_kpis', { kpis: [] });
  assert.equal(kpiOf(result(core, 'catalog'), 'own_cost'), undefined);
});

test('each definition is refused by itself, with its code', async () => {
  const core = await startCore();
  const { accepted, refused } = result(core, 'define_kpis', { kpis: [COST, { id: 'own_b', formula: 'own_c' }, { id: 'own_c', formula: 'own_b' }, { id: 'cost_per_lead', formula: 'mqls' },
    { id: 'own_d', formula: 'media_spend + won_deals' }, { id: 'own_e', formula: 'won_deal' }, 7, null, { id: 'own_f', formula: {} }, { id: 'own_g', formula: 'mqls', rate: 'yes' }, { id: 'own_<b>', formula: '<b>' }] });
  assert.deepEqual(accepted, ['own_cost']);
  assert.deepEqual(refused.map((/** @type {any} */ one) => one.error.code), ['catalog_cycle', 'catalog_cycle', 'catalog_duplicate_id', 'unit_not_addable', 'catalog_unknown_reference', 'request_invalid', 'request_invalid', 'request_invalid', 'request_invalid', 'own_id_invalid']);
  assert.equal(refused[4].error.args.nearest.split(',')[0], 'won_deals');
  for (const request of [{}, { kpis: null }, { kpis: {} }, { kpis: 'x' }]) assert.equal(ask(core, 'define_kpis', request).error.code, 'request_invalid');
  assert.ok(kpiOf(result(core, 'catalog'), 'own_cost'), 'a request that fails changes nothing');
});

test('a formula that is being typed is judged and evaluated for the window asked for', async () => {
  const core = await withTotals();
  const check = (/** @type {object} */ own, /** @type {object|null} */ report = ASK) => result(core, 'check_formula', { kpis: [COST, { id: 'own_x', ...own }], id: 'own_x', report });
  const good = check({ formula: 'own_cost * 2' });
  assert.deepEqual([good.error, good.unit, good.display, good.value, good.currency, good.can_be_rate], [null, 'money/deal', 'money', 500, 'EUR', false]);
  assert.equal(check({ formula: 'own_cost * 2' }, null).value, null);
  assert.deepEqual(check({ formula: 'media_spend / mqls' }).undefined, { code: 'missing_input', args: ['mqls'] });
  assert.equal(check({ formula: 'won_deals / new_leads' }).can_be_rate, true);
  const wrong = check({ formula: 'won_deals / media_spend', display: 'money' });
  assert.deepEqual([wrong.error.code, wrong.unit, wrong.proposal, wrong.value], ['display_unfit', 'deal/money', 'media_spend / won_deals', null]);
  assert.deepEqual(check({ formula: '1 / new_leads', unit: 'money/mql' }).error, { code: 'unit_mismatch', args: { id: 'own_x', declared: 'money/mql', actual: '1/lead' } });
  assert.deepEqual(check({ formula: 'media_spend / )' }).error, { code: 'formula_unexpected', args: { at: 14, text: ')' } });
  // Other data: the value follows.
  load(core, 'more.csv', 'measure,value,currency\nmedia_spend,3000,EUR\n', { options: { table: 'totals' } });
  assert.equal(check({ formula: 'media_spend' }).value, 8000);
  assert.equal(ask(core, 'check_formula', { kpis: [COST], id: 'own_y' }).error.code, 'kpi_unknown');
  assert.equal(kpiOf(result(core, 'catalog'), 'own_x'), undefined, 'nothing was defined');
});
