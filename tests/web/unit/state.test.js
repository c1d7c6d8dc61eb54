import assert from 'node:assert/strict';
import { test } from 'node:test';
import { mergeOptions } from '../../../web/state/intake.js';
import { presetRange, suitableGrain, usefulPresets } from '../../../web/state/periods.js';
import { headerFingerprint, remember, remembered } from '../../../web/state/persist.js';
import { knownFrom, reportRequest } from '../../../web/state/report-request.js';
import { Reports } from '../../../web/state/reports.js';
import { Store } from '../../../web/state/store.js';
import { DEFAULT_QUERY, fromHash, toHash } from '../../../web/state/url-state.js';
import createFakeKpi from './fake-engine.js';

test('named periods count back from the last day of the data', () => {
  assert.deepEqual(presetRange('last_quarter', '2016-10-20', '2017-12-31'), { from: '2017-10-01', to: '2017-12-31' });
  assert.deepEqual(presetRange('previous_quarter', '2016-10-20', '2017-02-03'), { from: '2016-10-01', to: '2016-12-31' });
  assert.deepEqual(presetRange('last_12_months', '2016-10-20', '2017-02-03'), { from: '2016-03-01', to: '2017-02-28' });
  assert.deepEqual(presetRange('last_year', '2016-10-20', '2017-02-03', 4), { from: '2016-04-01', to: '2017-03-31' });
  assert.deepEqual(presetRange('previous_year', '2016-10-20', '2017-02-03', 4), { from: '2015-04-01', to: '2016-03-31' });
  assert.deepEqual(presetRange('last_quarter', '2016-10-20', '2017-02-03', 2), { from: '2017-02-01', to: '2017-04-30' });
  assert.deepEqual(presetRange('previous_quarter', '2016-10-20', '2017-02-03', 2), { from: '2016-11-01', to: '2017-01-31' });
  assert.deepEqual(presetRange('all', '2016-10-20', '2017-02-03'), { from: null, to: null });
  assert.deepEqual(presetRange('last_month', null, null), { from: null, to: null });
});

test('periods that lie before the data are not offered', () => {
  const offered = usefulPresets('2024-05-03', '2024-05-20');
  assert.ok(offered.includes('all'));
  assert.ok(!offered.includes('previous_year'));
  assert.ok(!offered.includes('previous_quarter'));
});

test('the step suits the length of the period', () => {
  assert.deepEqual([['2024-01-01', '2024-01-31'], ['2024-01-01', '2024-03-31'], ['2024-01-01', '2025-12-31'], ['2010-01-01', '2019-12-31'], ['1990-01-01', '2019-12-31']].map(([a, b]) => suitableGrain(a, b)),
    ['day', 'week', 'month', 'quarter', 'year']);
});

test('a view survives the trip through the address, hostile values included', () => {
  const query = { ...DEFAULT_QUERY, preset: /** @type {const} */ ('custom'), from: '2024-01-01', to: '2024-06-30', grain: /** @type {const} */ ('week'), compare: /** @type {const} */ ('previous_period'),
    group: 'campaign', filters: [{ dimension: 'channel', values: ['a~b&c', '', '=1+1', '<b>'] }], margin: 0.8, focus: 'win_rate' };
  const hash = toHash({ place: 'channels', query });
  assert.deepEqual(fromHash(hash), { place: 'channels', query });
});

test('an address that makes no sense gives the usual view', () => {
  assert.deepEqual(fromHash('#nowhere?p=2024-13..x&g=hour&c=7&by=<script>&f=UP~x&m=9&k=__proto__'), { place: 'overview', query: DEFAULT_QUERY });
  assert.deepEqual(fromHash(''), { place: 'overview', query: DEFAULT_QUERY });
});

test('the currency of the report goes by the address, and only as a code', () => {
  const query = { ...DEFAULT_QUERY, currency: 'USD' };
  assert.equal(toHash({ place: 'overview', query }), '#overview?u=USD');
  assert.equal(fromHash('#overview?u=USD').query.currency, 'USD');
  for (const wrong of ['usd', 'US', 'DOLLAR', '<b>', '']) assert.equal(fromHash(`#overview?u=${wrong}`).query.currency, null);
  assert.equal(reportRequest(query, null).report_currency, 'USD');
  assert.ok(!('report_currency' in reportRequest(DEFAULT_QUERY, null)));
});

test('a request holds only filters and groupings that the data has', () => {
  const known = /** @type {any} */ ({ period: { data_from: '2024-01-01', data_to: '2024-12-31' }, dimensions: [{ id: 'campaign', values: [] }] });
  const query = { ...DEFAULT_QUERY, group: 'channel', filters: [{ dimension: 'channel', values: ['x'] }, { dimension: 'campaign', values: ['y'] }], compare: /** @type {const} */ ('previous_period') };
  const request = reportRequest(query, known);
  assert.equal(request.group_by, 'campaign');
  assert.deepEqual(request.filters, [{ dimension: 'campaign', values: ['y'] }]);
  assert.equal(request.compare, 'none', 'all of the data has no period before it');
  assert.deepEqual(request.parameters, {});
});

test('another table drops the fields that were chosen for the old one', () => {
  const merged = mergeOptions({ table: 'leads', fields: { 1: 'channel' }, columns: { 2: { decimal: 'comma' } } }, { table: 'ad_spend', columns: { 2: { date_order: 'dmy' } } });
  assert.deepEqual(merged, { table: 'ad_spend', fields: {}, columns: { 2: { decimal: 'comma', date_order: 'dmy' } } });
  assert.deepEqual(mergeOptions({ fields: { 1: 'channel' } }, { fields: { 2: 'cost' } }).fields, { 1: 'channel', 2: 'cost' });
});

test('header rows are told apart without keeping them', () => {
  const name = headerFingerprint(['Cost', 'Clicks']);
  assert.notEqual(name, headerFingerprint(['Clicks', 'Cost']));
  assert.equal(name, headerFingerprint(['Cost', 'Clicks']));
  assert.doesNotMatch(name, /cost/i);
});

test('without storage nothing is remembered and nothing breaks', () => {
  assert.equal(remember({ theme: 'dark' }), false);
  assert.equal(remembered().theme, 'system');
});

test('several changes in one turn are told once', async () => {
  const store = new Store({ a: 1, b: 1 });
  const told = /** @type {{a: number, b: number}[]} */ ([]);
  store.subscribe((state) => told.push(state));
  store.set({ a: 2 });
  store.set({ b: 3 });
  await Promise.resolve();
  assert.deepEqual(told, [{ a: 2, b: 3 }]);
});

/** Two files in the fake core, and every request that reaches it. */
async function loadedEngine() {
  const core = await createFakeKpi();
  const asked = /** @type {any[]} */ ([]);
  const call = async (/** @type {string} */ method, /** @type {any} */ request = {}) => {
    if (method === 'report') asked.push(request);
    if (method === 'report' && request.group_by === 'moon') throw Object.assign(new Error(), { code: 'dimension_unknown' });
    return JSON.parse(core.call(method, JSON.stringify(request))).result;
  };
  for (const name of ['leads.csv', 'ad_spend.csv']) {
    const { file } = await call('open', { name, size: 1, options: {} });
    await call('finish', { file });
  }
  const { files } = await call('files');
  return { reports: new Reports(/** @type {any} */ ({ call })), asked, known: knownFrom(files, await call('catalog')) };
}

test('the files tell enough for one request, with groups and totals', async () => {
  const { reports, asked, known } = await loadedEngine();
  assert.ok(known.dimensions.some((one) => one.id === 'channel'));
  const report = await reports.fitting(DEFAULT_QUERY, known, () => true);
  assert.equal(asked.length, 1);
  assert.equal(report?.groups?.dimension, 'channel');
  assert.deepEqual([known.period.data_from, known.period.data_to], [report.period.data_from, report.period.data_to]);
});

test('a view that was seen is not asked for again until the files change', async () => {
  const { reports, asked, known } = await loadedEngine();
  const other = { ...DEFAULT_QUERY, grain: /** @type {const} */ ('year') };
  const first = await reports.fitting(DEFAULT_QUERY, known, () => true);
  await reports.fitting(other, known, () => true);
  assert.equal(await reports.fitting(DEFAULT_QUERY, known, () => true), first);
  assert.equal(asked.length, 2);
  reports.forget();
  await reports.fitting(DEFAULT_QUERY, known, () => true);
  assert.equal(asked.length, 3);
});

test('a report knows better than the cards, and late answers are dropped', async () => {
  const { reports, asked } = await loadedEngine();
  const wrong = { period: { data_from: null, data_to: null }, dimensions: [{ id: 'moon' }] };
  assert.equal((await reports.fitting(DEFAULT_QUERY, wrong, () => true))?.groups?.dimension, 'channel');
  assert.deepEqual(asked.map((request) => request.group_by), ['moon', null, 'channel']);
  assert.equal(await reports.fitting({ ...DEFAULT_QUERY, grain: 'day' }, wrong, () => false), null);
});
