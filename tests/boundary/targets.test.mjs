// A plan dropped as a file beside the data: read, matched to its KPIs, and held against the figures.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ask, load, result, startCore } from './lib/core.mjs';

const LEADS = `Lead ID,Created At,Lead Source\r\n${Array.from({ length: 40 }, (_, i) => `L${i},2026-01-${String((i % 31) + 1).padStart(2, '0')},${i % 4 ? 'Email' : 'PPC'}`).join('\r\n')}\r\n`;
const WHOLE = { from: '2026-01-01', to: '2026-01-31', grain: 'month', group_by: null, filters: [], compare: 'none' };

/** @param {any} report @param {string} id */
const kpi = (report, id) => report.kpis.find((/** @type {any} */ one) => one.id === id);

test('targets of a file are held against the figures; a name that is none is told with the nearest ids', async () => {
  const core = await startCore();
  load(core, 'leads.csv', LEADS);
  const { card } = load(core, 'plan.csv', 'kpi,period,target,channel,owner\r\nNew leads,2026-01,50,,Ann\r\nnew_leads,2026-01,10,PPC,Bob\r\ncost per leed,2026-01,30,,\r\nwin_rate,2026-01,20%,,\r\n').result;
  assert.equal(card.table, 'targets');
  assert.deepEqual([card.first_date, card.last_date], [null, null], 'a plan is no data');
  const found = Object.fromEntries(card.diagnostics.map((/** @type {any} */ one) => [one.code, one.items[0].args]));
  assert.equal(found['target_kpi_unknown'].text, 'cost per leed');
  assert.match(found['target_kpi_unknown'].nearest, /^cost_per_lead\b/);
  assert.equal(found['target_months_assumed'].rows, 3);
  const report = result(core, 'report', { ...WHOLE, group_by: 'channel' });
  const leads = kpi(report, 'new_leads');
  // 40 leads of 50; 10 of them by paid search, of 10
  assert.deepEqual([leads.value, leads.target.value, leads.target.attainment, leads.target.status, leads.target.difference, leads.target.owner, leads.target.by_days], [40, 50, 0.8, 'missed', -10, 'Ann', false]);
  assert.deepEqual(leads.target_series, [50]);
  const at = report.groups.members.findIndex((/** @type {any} */ one) => one.key === 'paid_search');
  assert.deepEqual(leads.target_by_member[at], { value: 10, by_days: false, attainment: 1, status: 'met' });
  assert.equal(leads.target_by_member[1 - at], null);
  assert.equal(kpi(report, 'win_rate').target.value, 0.2);
  assert.equal(kpi(report, 'win_rate').target.status, 'no_value');
  assert.equal(kpi(report, 'cost_per_lead').target, undefined);
  // a fifth below the target is near where that much is tolerated
  assert.equal(kpi(result(core, 'report', { ...WHOLE, target_tolerance: 0.2 }), 'new_leads').target.status, 'near');
  for (const target_tolerance of [-0.1, 1.1, '10 %', NaN]) {
    const answer = ask(core, 'report', { ...WHOLE, target_tolerance });
    assert.equal(answer.ok ? 'ok' : answer.error.code, Number.isNaN(target_tolerance) ? 'ok' : 'request_invalid');  // JSON has no NaN: null, as if not given
  }
  result(core, 'remove', { file: card.file });
  assert.equal(kpi(result(core, 'report', WHOLE), 'new_leads').target, undefined);
});

test('a period that cannot be read makes no target for any period', async () => {
  const core = await startCore();
  load(core, 'leads.csv', LEADS);
  const { card } = load(core, 'plan.csv', 'kpi,period,period_end,target\r\nnew_leads,2026-01-01,2026-01-31,50\r\ncac_marketing,first quarter,,4000\r\n').result;
  assert.ok(card.diagnostics.some((/** @type {any} */ one) => one.code === 'target_period_unknown'));
  assert.equal(kpi(result(core, 'report', WHOLE), 'cac_marketing').target, undefined);
  result(core, 'remove', { file: card.file });
  for (const period of ['2026', '2026-Q1', 'first quarter']) {  // a year is no day of it, and no target for all time
    const whole = load(core, 'plan.csv', `kpi,period,target\r\ncac_marketing,${period},50\r\n`).result.card;
    assert.ok(whole.diagnostics.some((/** @type {any} */ one) => one.code === 'target_period_unknown'), period);
    assert.equal(kpi(result(core, 'report', WHOLE), 'cac_marketing').target, undefined, period);
    result(core, 'remove', { file: whole.file });
  }
});
