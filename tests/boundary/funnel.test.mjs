// The funnel over the boundary: native equals WASM, wrong requests by code, and data that have little to tell.
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { ask, load, result, root, startCore } from './lib/core.mjs';
import { answersOfNative, answersOfWasm, loading, step } from './lib/replay.mjs';
import { cohorts, DATES, lostByReason, waitQuantile, waits } from './lib/sample-funnel.mjs';

const samples = join(root, 'web/samples');
const hours = { days: [1, 2, 3, 4, 5], opens: 540, closes: 1020 };
// Berlin: 1:00 UTC of the last Sundays of March and October
const berlin = [[1698541200, 3600], [1711846800, 7200], [1729990800, 3600], [1743296400, 7200], [1761440400, 3600], [1774746000, 7200], [1792890000, 3600]];

/** The sample's leads, deals and, where asked for, what was agreed. @param {string[]} names */
async function sampleCore(names = ['crm_leads.csv', 'crm_deals.csv']) {
  const core = await startCore();
  for (const name of names) load(core, name, readFileSync(join(samples, name)));
  return core;
}

test('native and WASM say the same', async () => {
  const names = readdirSync(samples).filter((name) => /^(crm_|stage_|agreed_)/.test(name)).sort();
  assert.ok(names.length > 2);
  const script = [...names.flatMap((name, index) => loading(join(samples, name), index + 1, { chunk: 10_000 })), step('analyse_funnel'), step('analyse_funnel', { by: 'campaign', stale_days: 30, hours, goal: 'sql' }),
    step('analyse_funnel', { from: '2025-01-01', to: '2025-06-30', by: 'none', stages: 'strict', filters: [{ dimension: 'channel', values: ['email'] }] }),
    step('analyse_funnel', { completion: { from: 'mql', to: 'opportunity' }, hours: { ...hours, holidays: ['2025-12-25', '1. Januar 2026', 'never', '03/04/2025'] }, zone: { offsets: berlin, times: 'local' } })];
  const [wasm, native] = [await answersOfWasm(script), answersOfNative(script)];
  assert.equal(wasm.length, native.length);
  wasm.forEach((answer, index) => assert.equal(answer, native[index]));
  assert.equal(wasm.slice(-4).filter((answer) => answer.startsWith('{"ok":true')).length, 4);
});

test('wrong requests fail by code, for this call only', async () => {
  const core = await startCore();
  load(core, 'leads.csv', 'lead_id,created_at,mql_at\na,2024-01-01,2024-01-02\n');
  for (const request of [{ stale_days: 0 }, { stale_days: 1e12 }, { stale_days: 'x' }, { limit_hours: -1 }, { limit_hours: '1' }, { goal: 'lead' }, { goal: 'x'.repeat(1000) }, { goal: 5 }, { by: 7 }, { hours: {} }, { hours: 7 },
    { hours: { ...hours, days: [] } }, { hours: { ...hours, days: [8] } }, { hours: { ...hours, days: ['1'] } }, { hours: { ...hours, days: [1, 1, 1, 1, 1, 1, 1, 1] } }, { hours: { ...hours, opens: 1020 } }, { hours: { ...hours, closes: 1441 } }, { hours: { ...hours, opens: -1 } },
    { hours: { ...hours, holidays: '2025-12-25' } }, { hours: { ...hours, holidays: [5] } }, { hours: { ...hours, holidays: Array(2001).fill('2025-12-25') } },
    { zone: {} }, { zone: 'Europe/Berlin' }, { zone: { offsets: [] } }, { zone: { offsets: [[0]] } }, { zone: { offsets: [[0, 86400]] } }, { zone: { offsets: [[5, 0], [5, 0]] } }, { zone: { offsets: [[1e300, 0]] } }, { zone: { offsets: [['0', 0]] } },
    { zone: { offsets: [[0, 0]], times: 'mine' } }, { zone: { offsets: Array.from({ length: 1001 }, (_, i) => [i, 0]) } }, { completion: { from: 'narnia' } }, { completion: { to: 'disqualified' } }, { completion: { from: 7 } }]) {
    assert.equal(ask(core, 'analyse_funnel', request).error?.code, 'request_invalid', JSON.stringify(request));
  }
  assert.equal(ask(core, 'analyse_funnel', { by: 'no_such' }).error.code, 'dimension_unknown');
  assert.equal(result(core, 'analyse_funnel').leaks.stages[0].all.advanced, 1);
});

test('nothing, and little', async () => {
  const core = await startCore();
  assert.equal(result(core, 'analyse_funnel').undefined.code, 'missing_input');
  load(core, 'deals.csv', 'opportunity_id,created_at,closed_at,deal_status\n1,2024-01-01,2024-01-11,won\n');
  const deals = result(core, 'analyse_funnel');
  assert.equal(deals.undefined, undefined);
  assert.equal(deals.leaks.undefined.code, 'missing_input');
  assert.equal(deals.cycles.all.median.value, 10);
  assert.equal(deals.cycles.difference.undefined.code, 'too_few_rows');
  assert.equal(result(core, 'analyse_funnel', { from: '2020-01-01', to: '2020-12-31' }).cycles.undefined.code, 'no_rows');
});

test('the sample: reasons, cohorts and waits as counted anew', async () => {
  const core = await sampleCore();
  const { leaks, completion, responses, dated } = result(core, 'analyse_funnel');
  const lost = lostByReason();
  const { top, rest, none } = leaks.reasons;
  assert.ok(top.length > 2);
  for (const { label, stages } of top) assert.deepEqual(stages, lost.map((counts) => counts.get(label) ?? 0), label);
  assert.deepEqual(none.stages, lost.map((counts) => counts.get('') ?? 0));
  leaks.stages.forEach((/** @type {any} */ stage, /** @type {number} */ s) => assert.equal([...top, rest, none].reduce((sum, one) => sum + one.stages[s], 0), stage.all.disqualified));

  assert.deepEqual(dated, ['lead', 'mql', 'sal', 'sql', 'opportunity', 'customer']);
  assert.deepEqual([completion.from, completion.to], ['lead', 'customer']);
  const expected = cohorts(DATES[5]);
  assert.equal(completion.conversions, expected.conversions);
  assert.equal(completion.longest, expected.longest);
  const months = expected.months.slice(-completion.cohorts.length);
  completion.cohorts.forEach((/** @type {any} */ cohort, /** @type {number} */ i) => {
    const { month, entered, converted, complete, final } = months[i];
    assert.deepEqual([cohort.first.slice(0, 7), cohort.entered, cohort.converted], [month, entered, converted]);
    assert.ok(Math.abs(cohort.complete - complete) < 1e-9, `${month}: ${cohort.complete} ${complete}`);
    if (complete > 0) assert.ok(Math.abs(cohort.final - final) < 1e-6 * Math.max(1, final), `${month}: ${cohort.final} ${final}`);
    if (cohort.final !== null) assert.ok(cohort.final_low <= cohort.final && cohort.final <= cohort.final_high && cohort.final_high <= entered && cohort.final_low >= converted);
  });

  const all = waits();
  assert.equal(responses.leads, all.length);
  assert.ok(all.some(({ isAnswered }) => !isAnswered));
  assert.ok(Math.abs(responses.clock.median.value - (waitQuantile(all, 0.5) ?? NaN)) < 1e-6);
  const p90 = waitQuantile(all, 0.9);
  if (p90 === null) assert.equal(responses.clock.p90.undefined.code, 'not_reached');
  else assert.ok(Math.abs(responses.clock.p90.value - p90) < 1e-6);
  assert.equal(responses.by_hour.reduce((/** @type {number} */ sum, /** @type {any} */ one) => sum + one.leads, 0), all.length);
  assert.equal(responses.with_agreed, 0);
});

test('agreed times stand in for the typed limit, and the KPI says the same', async () => {
  const core = await sampleCore(['crm_leads.csv', 'crm_deals.csv', 'agreed_times.csv']);
  const { responses } = result(core, 'analyse_funnel', { limit_hours: 1 });
  // web/samples/agreed_times.csv: 4 hours for paid search, 24 for all others
  const limit = (/** @type {{channel: string}} */ one) => (one.channel === 'Paid Search' ? 4 : 24);
  const due = waits().filter((one) => one.open > limit(one));
  assert.equal(responses.with_agreed, waits().length);
  assert.equal(responses.clock.level.due, due.length);
  assert.equal(responses.clock.level.in_time, due.filter((one) => one.isAnswered && one.hours <= limit(one)).length);
  const report = result(core, 'report', {});
  const kpi = report.kpis.find((/** @type {any} */ one) => one.id === 'sla_compliance_rate');
  const sum = (/** @type {string} */ key) => responses.agreed.reduce((/** @type {number} */ all, /** @type {any} */ one) => all + one[key], 0);
  assert.equal(responses.agreed.length, 3);
  assert.ok(Math.abs(kpi.value - sum('in_time') / sum('due')) < 1e-9);
});

test('holidays and the zone of the clock', async () => {
  const core = await startCore();
  // 2024-03-31 is a Sunday on which Berlin's clock goes from 2 to 3; 2024-04-01 is Easter Monday
  load(core, 'leads.csv', 'lead_id,created_at,handoff_at,first_response_at,mql_at\na,2024-03-01,2024-03-30 20:00,2024-03-31 20:00,\nb,2024-03-01,2024-03-29 12:00,2024-04-02 12:00,\nc,2024-12-31,,,\n');
  const week = { ...hours, days: [1, 2, 3, 4, 5, 6, 7] };
  const wait = (/** @type {object} */ request) => { const { responses } = result(core, 'analyse_funnel', request); return [responses.clock.median.value, responses.working?.p90.value, responses.unread_holidays]; };
  assert.deepEqual(wait({}), [60, undefined, []], 'the middle of 24 and 96 hours');
  assert.deepEqual(wait({ zone: { offsets: berlin } })[0], 59, 'the night is an hour shorter: 23 and 95');
  assert.equal(wait({ hours: week })[1], 32, '5 + 8 + 8 + 8 + 3 hours');
  assert.deepEqual(wait({ hours: { ...week, holidays: ['2024-04-01', 'Mar 31, 2024', '', 'Easter', '01/04/2024'] } }).slice(1), [16, ['Easter', '01/04/2024']]);
});
