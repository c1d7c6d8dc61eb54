// Which dimensions can split a change, and what is asked of the core.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { formatEffect, setFormatLocale } from '../../../web/format/format.js';
import { changeRequest, splittingDimensions, wantedChange } from '../../../web/state/change-request.js';

const report = /** @type {any} */ ({
  period: { compare: { kind: 'previous_period', from: '2024-01-01', to: '2024-01-31' } },
  dimensions: [{ id: 'owner', tables: ['leads'] }, { id: 'ad_group', tables: ['ad_spend'] }, { id: 'campaign', tables: ['ad_spend', 'leads'] }, { id: 'channel', tables: ['leads', 'ad_spend', 'web_sessions'] }],
});
const measured = (/** @type {string[]} */ ...tables) => /** @type {any} */ ({ measures: [...tables.map((table) => ({ source: { table } })), { source: null }] });
const sheet = (/** @type {object} */ more = {}) => /** @type {any} */ ({ kpi: 'cost_per_lead', member: null, result: measured('ad_spend', 'leads'), failed: null, ...more });

test('only dimensions that all of the figures know, channel first', () => {
  assert.deepEqual(splittingDimensions(report, measured('ad_spend', 'leads')), ['channel', 'campaign']);
  assert.deepEqual(splittingDimensions(report, measured('leads')), ['channel', 'campaign', 'owner']);
  assert.deepEqual(splittingDimensions(report, measured('leads', 'totals')), ['channel', 'campaign', 'owner'], 'none knows all: those that know some');
  assert.deepEqual(splittingDimensions(report, measured()), []);
});

test('the dimension chosen before stays where it splits this KPI, too', () => {
  assert.equal(wantedChange(sheet(), report, {}, null)?.by, 'channel');
  assert.equal(wantedChange(sheet(), report, {}, 'campaign')?.by, 'campaign');
  assert.equal(wantedChange(sheet(), report, {}, 'ad_group')?.by, 'channel');
  assert.equal(wantedChange(sheet(), report, { by: 'campaign' }, null)?.by, 'campaign');
  assert.equal(wantedChange(sheet(), { ...report, period: { compare: null } }, {}, null), null);
});

test('periods are split by members, a member is set against another one', () => {
  const base = /** @type {any} */ ({ from: '2024-02-01', to: '2024-02-29', group_by: 'channel', filters: [], compare: 'previous_period' });
  const change = /** @type {any} */ (wantedChange(sheet(), report, {}, null));
  assert.deepEqual(changeRequest(base, sheet(), change), { ...base, group_by: null, kpi: 'cost_per_lead', split_by: 'channel', segments: null, limit: 8 });
  assert.equal(changeRequest(base, sheet(), { ...change, all: true }).limit, 1000);
  const ofMember = sheet({ member: { dimension: 'channel', key: 'email', label: 'E-mail' } });
  assert.equal(wantedChange(ofMember, report, {}, null), null, 'nothing is asked before the other one is chosen');
  const pair = /** @type {any} */ (wantedChange(ofMember, report, { against: '' }, null));
  assert.deepEqual(changeRequest(base, ofMember, pair).segments, { dimension: 'channel', from: '', to: 'email' });
  assert.equal(changeRequest(base, ofMember, pair).split_by, null);
});

test('effects carry their sign and, of rates, are points', () => {
  setFormatLocale('en-u-nu-latn');
  assert.equal(formatEffect(-0.0123, 'percent'), '\u22121.2 pp');
  assert.equal(formatEffect(1234.5, 'money', 'EUR'), '+\u20ac1,234.50');
  assert.equal(formatEffect(-3, 'count'), '\u22123');
  assert.equal(formatEffect(1e-9, 'money', 'EUR'), '\u20ac0');
  assert.equal(formatEffect(null, 'percent'), '\u2013');
});
