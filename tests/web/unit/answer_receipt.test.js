// Two receipts side by side: what differs and nothing else, whatever the file holds.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { answerReceipt, readReceipt, receiptDifferences } from '../../../web/export/answer-receipt.js';

const report = /** @type {any} */ ({
  period: { from: '2025-01-01', to: '2025-03-31', grain: 'month', data_to: '2025-12-31', compare: null },
  ledger: { basis: 'auto', stages: 'reached_or_beyond', year_starts_in: 1, week_starts: 'monday', currency: 'EUR', cost_lines: ['media_spend'], sources: [{ measure: 'mqls', table: 'leads', note: '' }] },
  kpis: [{ id: 'new_leads', value: 40, currency: '', undefined: null }, { id: 'mql_to_sql_rate', value: 0.25, currency: '', basis: 'cohort', undefined: null },
    { id: 'mrr', value: null, currency: '', undefined: { code: 'missing_input', args: {} } }],
});
const card = /** @type {any} */ ({ name: 'leads.csv', rows_used: 40, rows_set_aside: 1, table: 'leads', currency: '', first_date: '2024-01-01', last_date: '2025-12-31',
  columns: [{ header: 'Created', field: 'created_at', applied: true }, { header: 'Notes', field: '', applied: false }] });
const made = () => answerReceipt(report, [card], [{ dimension: 'channel', values: ['email'] }], [{ id: 'own_size', formula: 'revenue / won_deals' }], { gross_margin: 0.8 });

test('a receipt holds what the figures are made of, and survives its file', () => {
  const receipt = made();
  assert.deepEqual(readReceipt(JSON.stringify(receipt)), receipt);
  assert.deepEqual(receipt.files['leads.csv'].fields, { Created: 'created_at' });
  assert.deepEqual(Object.keys(receipt.figures), ['new_leads', 'mql_to_sql_rate'], 'what the files never gave is no figure');
  assert.deepEqual(receiptDifferences(receipt, made()), []);
});

test('every difference is told once, causes before numbers', () => {
  const after = structuredClone(made());
  after.scope.channel = 'email, direct';
  after.definitions.basis = 'period';
  after.definitions.own_size = 'revenue / new_customers';
  after.assumptions = {};
  after.files = { 'leads (new).csv': after.files['leads.csv'] };
  after.figures.mql_to_sql_rate.value = 0.75;
  after.figures.new_leads.value = 40 * (1 + 1e-15);
  const found = receiptDifferences(made(), after);
  assert.deepEqual(found.filter((one) => one.part !== 'files').map(({ part, at, before, after: now }) => [part, at.join('/'), before, now]), [
    ['scope', 'channel', 'email', 'email, direct'], ['definitions', 'basis', 'auto', 'period'], ['definitions', 'own_size', 'revenue / won_deals', 'revenue / new_customers'], ['assumptions', 'gross_margin', 0.8, null], ['figures', 'mql_to_sql_rate/value', 0.25, 0.75]]);
  const rows = found.filter((one) => one.at[1] === 'rows_used');
  assert.deepEqual(rows.map((one) => [one.at[0], one.before, one.after]), [['leads.csv', 40, null], ['leads (new).csv', null, 40]]);
});

test('the currency of the report, its rates and how many rows they met', () => {
  const conversion = { currency: 'USD', has_rates: true, converted: 2, first_rate: '2026-01-01', last_rate: '2026-02-01', unnamed: 0, several: 0, pairs: [] };
  const converted = answerReceipt({ ...report, ledger: { ...report.ledger, conversion } }, [card], [{ dimension: 'channel', values: ['email'] }], [{ id: 'own_size', formula: 'revenue / won_deals' }], { gross_margin: 0.8 });
  assert.deepEqual(receiptDifferences(made(), converted).map(({ part, at, before, after }) => [part, ...at, before, after]), [
    ['definitions', 'report_currency', null, 'USD'], ['definitions', 'rates', null, '2026-01-01..2026-02-01'], ['definitions', 'converted_rows', null, 2]]);
});

test('files of one name stay apart', () => {
  const receipt = answerReceipt(report, [card, card], [], [], {});
  assert.deepEqual(Object.keys(receipt.files), ['leads.csv', 'leads.csv (2)']);
});

test('what is no receipt is refused, hostile names are only names', () => {
  for (const text of ['', '{}', '[]', 'null', '{"kind":"b2b-kpi-receipt","format":2}', '{"kind":"b2b-kpi-receipt","format":1,"scope":[],"definitions":{},"assumptions":{},"files":{},"figures":{}}']) {
    assert.equal(readReceipt(text), null, text);
  }
  const text = JSON.stringify(made()).replace('"leads.csv"', '"__proto__"');
  const hostile = readReceipt(text);
  assert.ok(hostile);
  const found = receiptDifferences(hostile, made());
  assert.ok(found.some((one) => one.at[0] === '__proto__'));
  assert.equal(/** @type {any} */ ({}).rows_used, undefined);
  const deep = readReceipt(JSON.stringify(made()).replace('"grain":"month"', `"grain":${'['.repeat(5000)}${']'.repeat(5000)}`));
  assert.ok(deep);
  assert.ok(receiptDifferences(deep, made()).length > 0, 'as deep as it likes');
});
