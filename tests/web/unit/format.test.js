import assert from 'node:assert/strict';
import { test } from 'node:test';
import { formatBucket, formatBytes, formatChange, formatLocale, formatPercent, formatRange, formatValue, setFormatLocale } from '../../../web/format/format.js';

setFormatLocale('en-US-u-nu-latn');

test('a missing value is a dash, never a zero', () => {
  for (const display of ['count', 'money', 'percent', 'ratio', 'days', 'money_per_day']) assert.equal(formatValue(null, display, 'EUR'), '\u2013');
  assert.equal(formatValue(Number.NaN, 'count'), '\u2013');
  assert.equal(formatPercent(Number.NaN), '\u2013');
  assert.equal(formatValue(0, 'count'), '0');
  assert.equal(formatValue(0, 'money', 'EUR'), '\u20ac0');
});

test('money carries its currency, and none where it is unknown', () => {
  assert.equal(formatValue(2360.9094, 'money', 'EUR'), '\u20ac2,360.91');
  assert.equal(formatValue(2360.9094, 'money', ''), '2,360.91');
  assert.equal(formatValue(10005534, 'money', 'USD'), '$10.01M');
  assert.equal(formatValue(10005534, 'money', 'USD', 'exact'), '$10,005,534.00');
});

test('small percentages keep their digits', () => {
  assert.equal(formatValue(0.000238598, 'percent'), '0.0239%');
  assert.equal(formatValue(0.631501, 'percent'), '63.2%');
  assert.equal(formatValue(0.631501, 'percent', '', 'exact'), '63.1501%');
});

test('rates change by points, everything else by a share, with a true minus sign', () => {
  assert.equal(formatChange({ delta: -0.0028, ratio: -0.005 }, 'percent'), '\u22120.28 pp');
  assert.equal(formatChange({ delta: 100, ratio: 0.224 }, 'money'), '+22%');
  assert.equal(formatChange({ delta: 100, ratio: null }, 'money'), '\u2013');
});

test('digits are Latin whatever the region', () => {
  assert.equal(formatLocale('ar', ['de', 'ar-EG']), 'ar-EG-u-nu-latn');
  assert.equal(formatLocale('en', ['de']), 'en-u-nu-latn');
});

test('days, steps and sizes', () => {
  assert.equal(formatRange('2024-01-01', '2024-12-31'), 'Jan 1, 2024 \u2013 Dec 31, 2024');
  assert.equal(formatBucket({ label: '2024-05', from: '2024-05-01' }, 'month'), 'May 2024');
  assert.equal(formatBucket({ label: '2024-Q2', from: '2024-04-01' }, 'quarter'), 'Q2 2024');
  assert.equal(formatBucket({ label: '2024-W07', from: '2024-02-12' }, 'week'), 'W07 2024');
  assert.equal(formatBytes(101125), '101 kB');
});
