import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setFormatLocale } from '../../../web/format/format.js';
import { monthNames } from '../../../web/format/month-names.js';
import { planPaste } from '../../../web/state/typed-paste.js';
import { columnsFor, columnsOf, readPeriod, usualColumns } from '../../../web/state/typed-periods.js';
import { pastedTable } from '../../../web/state/typed-table.js';

setFormatLocale('en-US-u-nu-latn');
const months = monthNames();

test('columns are whole months, quarters and years', () => {
  const days = (/** @type {any} */ layout) => columnsOf(layout).map(({ id, from, to }) => `${id} ${from} ${to}`);
  assert.deepEqual(days({ step: 'none', first: '', count: 1 }), ['  ']);
  assert.deepEqual(days({ step: 'month', first: '2023-12', count: 3 }), ['2023-12 2023-12-01 2023-12-31', '2024-01 2024-01-01 2024-01-31', '2024-02 2024-02-01 2024-02-29']);
  assert.deepEqual(days({ step: 'quarter', first: '2025-Q4', count: 2 }), ['2025-Q4 2025-10-01 2025-12-31', '2026-Q1 2026-01-01 2026-03-31']);
  assert.deepEqual(days({ step: 'year', first: '1999', count: 2 }), ['1999 1999-01-01 1999-12-31', '2000 2000-01-01 2000-12-31']);
  assert.deepEqual(usualColumns('month', 2026), { step: 'month', first: '2026-01', count: 12 });
});

test('periods are read as people write them', () => {
  const wanted = /** @type {[string, string|null][]} */ ([
    ['Jan 2026', '2026-01'], ['january 2026', '2026-01'], ['Sept. 2025', '2025-09'], ['Dec-25', '2025-12'], ['2026-01', '2026-01'], ['01/2026', '2026-01'], ['1.2026', '2026-01'], ['2026-02-01', '2026-02'],
    ['01.03.2026', '2026-03'], ['2026 May', '2026-05'], ['Q1 2026', '2026-Q1'], ['2026-Q3', '2026-Q3'], ['q4/25', '2025-Q4'], ['2026', '2026'],
    ['Total', null], ['2026-13', null], ['1026', null], ['', null], ['Foo 2026', null], ['constructor 2026', null],
  ]);
  for (const [text, id] of wanted) assert.equal(readPeriod(text, months), id, text);
  setFormatLocale('de-u-nu-latn');
  assert.equal(readPeriod('M\u00e4rz 2026', monthNames()), '2026-03');
  assert.equal(readPeriod('March 2026', monthNames()), '2026-03');
  setFormatLocale('en-US-u-nu-latn');
});

test('columns for scattered periods hold them all, 24 at most', () => {
  assert.deepEqual(columnsFor(['2026-03', '2026-01', '2025-Q1']), { step: 'month', first: '2026-01', count: 3 });
  assert.equal(columnsFor(['2020-01', '2026-01'])?.count, 24);
  assert.equal(columnsFor([]), null);
});

test('a pasted text is a table where it has rows or columns', () => {
  const isNumber = (/** @type {string} */ text) => /^[\d,]+$/.test(text);
  assert.equal(pastedTable('1,234', isNumber), null);
  assert.deepEqual(pastedTable('1,234\r\n5,678\r\n', isNumber), [['1,234'], ['5,678']], 'one column of numbers');
  assert.deepEqual(pastedTable('Leads,"1,000"\nSpend,5', isNumber), [['Leads', '1,000'], ['Spend', '5']]);
  assert.deepEqual(pastedTable('\ta\nb\t1\t2', isNumber), [['', 'a', ''], ['b', '1', '2']]);
  assert.deepEqual(pastedTable('a;"x ""y""\nz"', isNumber), [['a', 'x "y"\nz']]);
});

const paper = (/** @type {any} */ layout = { step: 'none', first: '', count: 1 }, filled = /** @type {string[]} */ ([])) => ({
  measures: ['clicks', 'media_spend', 'new_leads'], layout, filled, months,
  names: new Map([['clicks', 'clicks'], ['media spend', 'media_spend'], ['new leads', 'new_leads'], ['mqls', 'mqls']]),
});
const texts = (/** @type {import('../../../web/state/typed-paste.js').PastePlan} */ plan) => plan.entries.map((one) => `${one.measure} ${one.period} ${one.text}`);

test('a table with names and months finds its own places, and tells what found none', () => {
  const table = [['KPI', 'Jan 2026', '2026-02', 'Total'], ['MEDIA_spend', '1', '2', '3'], ['mqls', '4', '', '4'], ['<b>x</b>', '5', '6', '11'], ['', '', '', '']];
  const plan = planPaste(table, { measure: 'clicks', period: '' }, paper());
  assert.deepEqual(plan.columns, { step: 'month', first: '2026-01', count: 2 });
  assert.deepEqual(texts(plan), ['media_spend 2026-01 1', 'media_spend 2026-02 2', 'mqls 2026-01 4', 'mqls 2026-02 ']);
  assert.deepEqual([plan.rows, plan.heads, plan.outside], [['<b>x</b>'], ['Total'], 0]);
});

test('months down and names across are the same table turned', () => {
  const plan = planPaste([['Month', 'Clicks', 'New leads'], ['01/2026', '1', '2'], ['02/2026', '3', '4']], { measure: 'clicks', period: '' }, paper());
  assert.deepEqual(texts(plan), ['clicks 2026-01 1', 'clicks 2026-02 3', 'new_leads 2026-01 2', 'new_leads 2026-02 4']);
});

test('names without periods fill the column of the field', () => {
  const plan = planPaste([['Media spend', '50000'], ['Shoes', '3']], { measure: 'clicks', period: '2026-02' }, paper({ step: 'month', first: '2026-01', count: 3 }));
  assert.deepEqual([plan.columns, texts(plan), plan.rows], [null, ['media_spend 2026-02 50000'], ['Shoes']]);
});

test('numbers alone fill from the field on, and what lies beyond is counted', () => {
  const plan = planPaste([['1', '2'], ['3', '4'], ['5', '']], { measure: 'media_spend', period: '2026-02' }, paper({ step: 'month', first: '2026-01', count: 2 }));
  assert.deepEqual([texts(plan), plan.outside], [['media_spend 2026-02 1', 'new_leads 2026-02 3'], 3]);
  assert.deepEqual(texts(planPaste([['2024', '2025']], { measure: 'clicks', period: '2026-01' }, paper({ step: 'month', first: '2026-01', count: 2 }))), ['clicks 2026-01 2024', 'clicks 2026-02 2025'], 'years may be figures');
});

test('pasted months widen the columns that hold figures already', () => {
  const table = [['', 'Mar 2026'], ['clicks', '1']];
  assert.deepEqual(planPaste(table, { measure: 'clicks', period: '' }, paper({ step: 'month', first: '2026-01', count: 2 }, ['2026-01'])).columns, { step: 'month', first: '2026-01', count: 3 });
  assert.deepEqual(planPaste(table, { measure: 'clicks', period: '' }, paper({ step: 'month', first: '2020-01', count: 2 }, ['2020-01'])).columns, { step: 'month', first: '2026-03', count: 1 });
});

test('what stands twice is not overwritten in silence', () => {
  const plan = planPaste([['', 'Jan 2026', '2026-01'], ['clicks', '1', '2'], ['Clicks', '3', '4']], { measure: 'clicks', period: '' }, paper());
  assert.deepEqual([texts(plan), plan.rows, plan.heads], [['clicks 2026-01 1'], ['Clicks'], ['2026-01']]);
});
