// Rules of points and ids of leads in the page: what comes from storage or a file is checked, what a record says is read. Expected values by hand.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import './texts.js';
import { toCsv } from '../../../web/export/csv.js';
import { bandLetter, ruleName, testOf, toPointsFile } from '../../../web/export/points-file.js';
import { cellOf, rowIds } from '../../../web/state/row-ids.js';
import { checkedPoints, fromPointsFile, MOST_RULES } from '../../../web/state/lead-points.js';

const LEAD_IDS = ['lead_id', 'email'];
const rule = { field: 'channel', test: 'is', key: 'email', points: 10 };
const touches = { table: 'touchpoints', field: 'touch_kind', test: 'is', key: 'event', points: 5, half_life: 30, cap: 20 };
const rules = (/** @type {unknown[]} */ ...some) => checkedPoints({ rules: some }).rules;

test('a file of rules comes back as it went out', () => {
  const points = { rules: [rule, touches, { field: 'employees', test: 'between', from: 50, points: 2 }, { field: 'created_at', test: 'between', from: '2025-01-01', to: '2025-03-31', points: -1 }], qualified_at: 20, bands: [30, 20, 10], judged_after: 14 };
  assert.deepEqual(fromPointsFile(toPointsFile(points)), { points, left: 0 });
});

test('what is no rule is left out and counted, what is no file is none', () => {
  for (const text of ['', 'x', 'null', '[]', '{}', '{"kind":"b2b-lead-points","version":2,"rules":[]}', '{"kind":"b2b-lead-points","version":1,"rules":"x"}', '{"kind":"b2b-lead-points","version":1,"rules":[1,null]}']) assert.equal(fromPointsFile(text), null, text);
  assert.equal(fromPointsFile(JSON.stringify({ kind: 'b2b-lead-points', version: 1, rules: [rule, null, 5, {}] }))?.left, 3);
  const wrong = [{ ...rule, points: '10' }, { ...rule, points: 1e9 }, { ...rule, points: null }, { ...rule, field: 'Channel!' }, { ...rule, field: 5 }, { ...rule, field: '' }, { ...rule, key: 5 }, { ...rule, key: 'x'.repeat(201) }, { ...rule, test: 'eval' },
    { ...rule, test: 'contains', key: '' }, { ...rule, table: 'leads' }, { ...touches, half_life: 0 }, { ...touches, half_life: '30' }, { ...touches, cap: -1 }, { field: 'score', test: 'between', points: 1 }, { field: 'score', test: 'between', from: 2, to: 1, points: 1 },
    { field: 'score', test: 'between', from: 1, to: '2025-01-01', points: 1 }, { field: 'created_at', test: 'between', from: '2025-02-31', points: 1 }, { field: 'created_at', test: 'between', from: 'soon', points: 1 }];
  for (const one of wrong) assert.deepEqual(rules(one), [], JSON.stringify(one));
  assert.deepEqual(rules(JSON.parse('{"field":"channel","test":"is","key":"a","points":1,"__proto__":{"table":"x"},"more":1}')), [{ field: 'channel', test: 'is', key: 'a', points: 1 }]);
  assert.equal(rules(...Array(MOST_RULES + 5).fill(rule)).length, MOST_RULES);
});

test('limits that do not fall and days that are none are left out', () => {
  const kept = checkedPoints({ rules: [rule], bands: [1, 1], judged_after: 1.5, qualified_at: 'x' });
  assert.deepEqual([kept.bands, kept.judged_after, kept.qualified_at], [null, null, null]);
  for (const kept of [null, undefined, 5, 'x', { rules: {} }]) assert.deepEqual(checkedPoints(kept).rules, []);
});

test('a rule has a short name, a band a letter', () => {
  assert.equal(testOf({ field: 'score', test: 'between', to: 5, points: 1 }), 'at_most');
  assert.ok(ruleName(rule).includes('Email'));
  assert.ok(ruleName({ field: 'employees', test: 'between', from: 50, points: 1 }).includes('50'));
  assert.ok(ruleName({ ...rule, key: '=cmd()' }).endsWith('=cmd()'));
  assert.deepEqual([0, 3, undefined].map(bandLetter), ['A', 'D', '']);
});

test('cells of a record, quoted and not', () => {
  assert.equal(cellOf('a,b,c\nd', 1, ','), 'b');
  assert.equal(cellOf('a,"b ""x"", y",c', 1, ','), 'b "x", y');
  assert.equal(cellOf('"a\nb",c', 1, ','), 'c');
  assert.equal(cellOf('a;b\r\nc', 1, ';'), 'b');
  assert.equal(cellOf('a,b', 2, ','), null);
  assert.equal(cellOf('', 0, ','), '');
});

test('the ids of leads stand where the engine says; without an id the e-mail does', async () => {
  const text = 'x,Lead ID\n1,=2+3\n2,"a\nb"\n\u00e9,Zo\u00eb\n';
  const bytes = new TextEncoder().encode(text);
  const blob = new Blob([bytes]);
  const at = (/** @type {string} */ line) => new TextEncoder().encode(text.slice(0, text.indexOf(line))).length;
  const card = /** @type {any} */ ({ file: 1, encoding: 'utf-8', delimiter: ',', columns: [{ field: 'lead_id', column: 1, applied: true }] });
  const leads = ['1,=', '2,"', '\u00e9,'].map((line) => ({ file: 1, offset: at(line) }));
  assert.deepEqual(await rowIds(leads, LEAD_IDS, [card], () => blob), ['=2+3', 'a\nb', 'Zo\u00eb']);
  assert.deepEqual(await rowIds(Array(100).fill(leads).flat(), LEAD_IDS, [card], () => blob), Array(100).fill(['=2+3', 'a\nb', 'Zo\u00eb']).flat(), 'many at once');
  assert.deepEqual(await rowIds(leads, LEAD_IDS, [{ ...card, encoding: 'utf-16le' }], () => blob), ['', '', '']);
  assert.deepEqual(await rowIds(leads, LEAD_IDS, [{ ...card, columns: [{ field: 'email', column: 0, applied: true }] }], () => blob), ['1', '2', '\u00e9']);
  assert.deepEqual(await rowIds(leads, LEAD_IDS, [card], () => null), ['', '', '']);
  assert.ok(toCsv([['=2+3']]).includes("'=2+3"), 'no formula goes out');
});
