import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setFormatLocale } from '../../../web/format/format.js';
import { decimalMark, provenMark, readNumber } from '../../../web/format/read-number.js';

setFormatLocale('en-US-u-nu-latn');

/** @param {string} text @param {import('../../../web/format/read-number.js').Kind} [kind] @param {'.'|','} [decimal] */
const value = (text, kind = 'money', decimal) => readNumber(text, kind, decimal).value;

test('separators that prove themselves are read alike whatever the locale', () => {
  const wanted = /** @type {[string, number][]} */ ([
    ['1.234,56', 1234.56], ['1,234.56', 1234.56], ['1.234.567', 1234567], ['1,234,567', 1234567], ['12 500', 12500], ['12\u00a0500', 12500], ['12\u202f500,5', 12500.5],
    ['1\u2019234.5', 1234.5], ["1'234'567", 1234567], ['12,34,567', 1234567], ['0.125', 0.125], ['0,125', 0.125], ['12,5', 12.5], ['12.', 12], ['.5', 0.5], ['50000', 50000], ['1234.567', 1234.567],
    ['\uff11\uff12', 12], ['\u0661\u0662\u066b\u0665', 12.5], ['\u200e12\u200e', 12], ['0', 0],
  ]);
  for (const [text, number] of wanted) for (const decimal of /** @type {const} */ (['.', ','])) assert.equal(value(text, 'money', decimal), number, `${text} with ${decimal}`);
});

test('where a separator can be meant either way the locale decides, and the other reading is told', () => {
  assert.deepEqual([value('1,234'), readNumber('1,234', 'money').other], [1234, 1.234]);
  assert.deepEqual([value('1.234'), readNumber('1.234', 'money').other], [1.234, 1234]);
  assert.deepEqual([value('1.234', 'money', ','), value('1,234', 'money', ',')], [1234, 1.234]);
  setFormatLocale('de-u-nu-latn');
  assert.deepEqual([decimalMark(), value('1.234')], [',', 1234]);
  setFormatLocale('en-US-u-nu-latn');
});

test('short forms, shares, signs and currencies', () => {
  assert.deepEqual(['12k', '1.2m', '1,2 Mio', '3 bn', '0.5K', '1.5MN'].map((text) => value(text)), [12000, 1200000, 1200000, 3e9, 500, 1.5e6]);
  assert.deepEqual(['80 %', '80', '12.5%', '0.1 %', '100'].map((text) => value(text, 'percent')), [0.8, 0.8, 0.125, 0.001, 1]);
  assert.deepEqual([value('0.8', 'percent'), readNumber('0.8', 'percent').other], [0.008, 0.8], 'typed in percent; 80 % may be meant');
  assert.equal(value('80.1', 'percent'), 0.801, 'no rounding in between');
  assert.deepEqual(['\u221250', '(1,000)', '-1.5k'].map((text) => value(text)), [-50, -1000, -1500]);
  assert.deepEqual(['\u20ac 50,000', '50.000,00 EUR', '$5', '-\u20ac3'].map((text) => [value(text), readNumber(text, 'money').currency]), [[50000, '\u20ac'], [50000, 'EUR'], [5, '$'], [-3, '\u20ac']]);
});

test('nothing is nothing and zero is zero', () => {
  for (const text of ['', '  ', '-', '--', '\u2013', '\u2014', 'n/a', 'N/A']) assert.deepEqual(readNumber(text, 'count'), { value: null, other: null, wrong: '', currency: '', mark: '' });
  assert.equal(Object.is(value('-0'), 0), true);
});

test('what is no figure says why', () => {
  const wrong = (/** @type {string} */ text, /** @type {import('../../../web/format/read-number.js').Kind} */ kind) => [readNumber(text, kind).wrong, readNumber(text, kind).value];
  for (const text of ['12x', 'abc', '1,23,4', '1.2.3', '12 5', '1,2.3,4', '=1+1', '<img onerror=1>', '1e5', 'NaN', 'Infinity', '5 %%', '(5', '1 2 3 4', '€5€', '.', ',']) assert.deepEqual(wrong(text, 'money'), ['number', null], text);
  assert.deepEqual([wrong('-5', 'count'), wrong('5%', 'count'), wrong('101', 'percent'), wrong('1e400', 'count'), wrong('9999999999999999', 'money'), wrong('5 EUR', 'count')],
    [['negative', null], ['percent', null], ['range', null], ['number', null], ['large', null], ['number', null]]);
  assert.equal(readNumber('9'.repeat(5000), 'money').wrong, 'large');
});

test('a block proves its decimal mark, or none', () => {
  assert.equal(provenMark(['1.234', '10.000,50', '']), ',');
  assert.equal(provenMark(['1.234', '12.5']), '.');
  assert.equal(provenMark(['1.234', '2.000']), '');
  assert.equal(provenMark(['1.234,5', '1,234.5']), '');
});
