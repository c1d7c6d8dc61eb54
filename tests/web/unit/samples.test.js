// What the page generates is what the tests of the core read, and every table has some.
import assert from 'node:assert/strict';
import { readFileSync, readdirSync } from 'node:fs';
import { resolve } from 'node:path';
import { test } from 'node:test';
import { readCatalogue } from '../../../scripts/lib/catalogue.mjs';
import { FIRST_TABLES, loadSamples, SAMPLE_TABLES } from '../../../web/samples/index.js';

const folder = new URL('../../../web/samples/', import.meta.url);

test('the page generates the committed sample files, byte for byte', async () => {
  const samples = await loadSamples(SAMPLE_TABLES);
  assert.deepEqual(samples.map(({ name }) => name).sort(), readdirSync(folder).filter((name) => name.endsWith('.csv')).sort());
  for (const { name, text } of samples) assert.equal(text, readFileSync(new URL(name, folder), 'utf8'), name);
});

test('one file alone is the same as among all, and the small sample is five files', async () => {
  const all = await loadSamples(SAMPLE_TABLES);
  for (const [index, table] of SAMPLE_TABLES.entries()) assert.deepEqual(await loadSamples([table]), [all[index]], table);
  assert.deepEqual((await loadSamples(FIRST_TABLES)).map(({ name }) => name), ['crm_leads.csv', 'crm_deals.csv', 'ad_spend.csv', 'web_sessions.csv', 'accounts.csv']);
});

test('every table has a sample, and every sample a table', () => {
  const tables = readCatalogue(resolve(import.meta.dirname, '../../..')).tables.map((table) => table.id);
  assert.ok(tables.length >= 15);
  assert.deepEqual(tables.filter((table) => !SAMPLE_TABLES.includes(table)), []);
  assert.deepEqual(SAMPLE_TABLES.filter((table) => !tables.includes(table)), []);
});

test('no random number but the seeded ones, no clock, no function that differs between machines', () => {
  const code = readdirSync(new URL('generator/', folder)).map((name) => readFileSync(new URL(`generator/${name}`, folder), 'utf8')).join('\n');
  const used = new Set([...code.matchAll(/\bMath\.(\w+)/g)].map((match) => match[1]));
  assert.deepEqual([...used].filter((name) => !['floor', 'ceil', 'round', 'min', 'max', 'imul'].includes(name ?? '')), []);
  assert.doesNotMatch(code, /\bIntl\b|toLocale|Date\.now|new Date\(\)/);
});
