import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setFormatLocale } from '../../../web/format/format.js';
import { cellKey, cellOf, kindOf, nothingTyped, ofKey } from '../../../web/state/typed.js';
import { typedCsv } from '../../../web/state/typed-csv.js';
import { figuresOf, formOf, measuresOfKpis, sectionsOf } from '../../../web/state/typed-form.js';
import { checkedTyped } from '../../../web/state/typed-session.js';
import { fakeCatalog } from './fake-catalog.js';

setFormatLocale('en-US-u-nu-latn');
const catalog = fakeCatalog();

/** @param {Record<string, number>} values by "measure period channel" @param {Partial<import('../../../web/state/typed.js').Layout>} [layout] */
function typedOf(values, layout = {}) {
  const typed = nothingTyped();
  Object.assign(typed.layout, layout);
  for (const [place, value] of Object.entries(values)) {
    const [measure, period = '', channel = ''] = place.split(' ');
    typed.cells[cellKey(channel, measure, period)] = { text: String(value), value, other: null, wrong: '' };
  }
  return typed;
}

test('each measure stands once, in the first family that needs it; parameters do not', () => {
  const sections = sectionsOf(catalog);
  const ids = sections.flatMap((one) => one.measures.map(({ id }) => id));
  assert.equal(new Set(ids).size, ids.length);
  assert.deepEqual(new Set(ids), new Set(catalog.measures.filter((one) => !one.parameter).map((one) => one.id)));
  assert.deepEqual(sections.map((one) => one.family), ['', 'reach', 'conversion', 'funnel', 'pipeline', 'return']);
  assert.deepEqual([sections[0].measures[0].id, sections[3].measures.map((one) => one.id)], ['media_spend', ['sals']]);
  assert.deepEqual(measuresOfKpis(catalog).get('pipeline_velocity'), ['opportunities', 'won_amount', 'won_deals', 'lost_deals', 'cycle_days_from_creation', 'cycle_deals_from_creation']);
});

test('units are money, shares, days or counts', () => {
  assert.deepEqual(['money', 'money/deal', '1', 'day', 'day*deal', 'deal*day', 'lead'].map(kindOf), ['money', 'money', 'percent', 'days', 'days', 'days', 'count']);
});

test('a text that was understood is written properly once the field is left; any other stays', () => {
  assert.deepEqual(cellOf('12k', 'count', ''), { cell: { text: '12,000', value: 12000, other: null, wrong: '' }, currency: '' });
  assert.equal(cellOf('12k', 'count', '', { settled: false }).cell.text, '12k');
  assert.deepEqual(cellOf('12x', 'count', '').cell, { text: '12x', value: null, other: null, wrong: 'number' });
  assert.deepEqual(cellOf('1.234', 'count', '').cell, { text: '1.234', value: 1.234, other: 1234, wrong: '' });
  assert.deepEqual(cellOf('1.234', 'count', '', { decimal: ',' }).cell, { text: '1,234', value: 1234, other: null, wrong: '' });
  assert.deepEqual([cellOf('1.000', 'money', '').cell, cellOf('1,000', 'money', '').cell.other], [{ text: '1.000', value: 1, other: 1000, wrong: '' }, null]);
  assert.deepEqual([cellOf('1,000', 'count', '', { decimal: ',' }).cell.other, cellOf('1,000', 'money', '', { decimal: ',' }).cell.other], [1000, null]);
  assert.equal(cellOf(' ', 'count', '').cell.text, '');
  assert.deepEqual([cellOf('\u20ac5', 'money', '').currency, cellOf('$5', 'money', 'EUR').cell.value, cellOf('5 USD', 'money', 'EUR').cell.wrong, cellOf('5 eur', 'money', 'EUR').cell.value], ['EUR', 5, 'currency', 5]);
});

test('figures count in shown columns and channels only; the rest is told', () => {
  const typed = typedOf({ 'media_spend 2026-01': 5, 'media_spend 2026-01 email': 2, 'mqls 2026-02 email': 3, 'mqls 2027-01': 1, 'mqls 2026-01 direct': 1, 'gone 2026-01': 1 }, { step: 'month', first: '2026-01', count: 2, currency: 'EUR', channels: ['email'] });
  typed.cells[cellKey('', 'clicks', '2026-01')] = { text: 'x', value: null, other: null, wrong: 'number' };
  const form = formOf(typed, catalog);
  assert.deepEqual(figuresOf(typed, form.sections).map((one) => [one.channel, one.measure, one.column.id, one.value, one.currency]),
    [['', 'media_spend', '2026-01', 5, 'EUR'], ['email', 'media_spend', '2026-01', 2, 'EUR'], ['email', 'mqls', '2026-02', 3, '']]);
  assert.deepEqual([form.figures, form.wrong, form.hidden, form.twice, form.gaps, [...form.byChannel]], [3, 1, 3, ['media_spend'], ['media_spend', 'mqls'], [['', 1], ['email', 2]]]);
  assert.ok(form.kpis.includes('cost_per_mql') && form.kpis.includes('cost_per_lead') && !form.kpis.includes('win_rate'));
  assert.ok(form.plain.includes('marketing_spend') && !form.plain.includes('cost_per_mql'));
});

test('figures become the text that the core reads, with only the columns that carry something', () => {
  const total = typedCsv(figuresOf(typedOf({ media_spend: 50000.5, new_leads: 0 }), sectionsOf(catalog)));
  assert.equal(total.text, 'measure,value\r\nmedia_spend,50000.5\r\nnew_leads,0\r\n');
  assert.deepEqual(total.options, { table: 'totals', encoding: 'utf-8', delimiter: ',', header_record: 1, fields: { 0: 'measure', 1: 'value' }, columns: { 1: { decimal: 'point' } } });
  const typed = typedOf({ 'media_spend 2026-Q1': 0.0000001 }, { step: 'quarter', first: '2026-Q1', count: 1, currency: 'EUR', channels: ['=a,"b"\n<img onerror=1>'] });
  typed.cells[cellKey(typed.layout.channels[0], 'mqls', '2026-Q1')] = { text: '1', value: 1, other: null, wrong: '' };
  const full = typedCsv(figuresOf(typed, sectionsOf(catalog)));
  assert.equal(full.text, 'measure,period,period_end,value,currency,channel\r\nmedia_spend,2026-01-01,2026-03-31,0.0000001,EUR,\r\nmqls,2026-01-01,2026-03-31,1,,"=a,""b""\n<img onerror=1>"\r\n');
  assert.deepEqual(full.options.columns, { 1: { date_order: 'ymd' }, 2: { date_order: 'ymd' }, 3: { decimal: 'point' } });
});

test('a key is taken apart again, whatever the channel is called', () => {
  for (const channel of ['', 'email', 'a\u001fb', '__proto__']) assert.deepEqual(ofKey(cellKey(channel, 'mqls', '2026-01')), { measure: 'mqls', period: '2026-01', channel });
});

test('what a tab kept is checked before it is used', () => {
  const typed = typedOf({ 'mqls 2026-01': 3 }, { step: 'month', first: '2026-01', count: 2, currency: 'EUR', channels: ['email'], channel: 'email' });
  assert.deepEqual(checkedTyped(JSON.parse(JSON.stringify({ version: 1, ...typed }))), typed);
  for (const kept of [null, 5, {}, { version: 2 }, { version: 1 }, { version: 1, layout: { step: 'day', first: 'x', count: 1e9, channels: [5, ''], channel: 'z', currency: 7 }, cells: { a: 5, b: { text: 7 }, c: { text: '' } } }]) {
    assert.deepEqual(checkedTyped(kept), nothingTyped(), JSON.stringify(kept));
  }
  assert.deepEqual(checkedTyped({ version: 1, cells: { a: { text: '1', value: '1', other: {}, wrong: '' } } }).cells['a'], { text: '1', value: null, other: null, wrong: '' });
});
