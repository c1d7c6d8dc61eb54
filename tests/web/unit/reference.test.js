// The generated KPI reference: a page for everything, every link leads somewhere, and texts stay texts.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { dirname, join, normalize, resolve } from 'node:path';
import { test } from 'node:test';
import { readCatalogue } from '../../../scripts/lib/catalogue.mjs';
import { referencePages } from '../../../scripts/lib/reference-pages.mjs';

const root = resolve(import.meta.dirname, '../../..');
const benchmarks = JSON.parse(readFileSync(join(root, 'web/benchmarks/benchmarks.json'), 'utf8'));
const texts = JSON.parse(readFileSync(join(root, 'web/i18n/en.json'), 'utf8'));

test('a page for every KPI and table, and no link into nothing', () => {
  const catalogue = readCatalogue(root);
  const pages = referencePages(catalogue, texts, '', benchmarks);
  const names = new Set(pages.map((page) => page.name));
  for (const kpi of catalogue.kpis) assert.ok(names.has(`kpi/${kpi.id}.html`), kpi.id);
  for (const table of catalogue.tables) assert.ok(names.has(`table/${table.id}.html`), table.id);
  let links = 0;
  for (const page of pages) {
    for (const [, target] of page.text.matchAll(/href="([^"]+)"/g)) {
      assert.ok(names.has(normalize(join(dirname(page.name), target ?? ''))), `${page.name}: ${target}`);
      links++;
    }
    assert.doesNotMatch(page.text, /undefined|\[object|NaN/, page.name);
  }
  assert.ok(links > 1000);
});

test('markup in a text stays text', () => {
  const catalogue = readCatalogue(root);
  const hostile = structuredClone(texts);
  hostile.kpi.roi.definition = '<img src=x onerror=alert(1)>';
  const page = referencePages(catalogue, hostile, '', benchmarks).find((one) => one.name === 'kpi/roi.html');
  assert.ok(page?.text.includes('&lt;img src=x'));
  assert.ok(!page?.text.includes('<img'));
});
