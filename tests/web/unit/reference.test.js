// The generated KPI reference: a page for everything, every link leads somewhere, and texts stay texts.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { dirname, join, normalize, resolve } from 'node:path';
import { test } from 'node:test';
import { readCatalogue } from '../../../scripts/lib/catalogue.mjs';
import { downloads, hostedFiles } from '../../../scripts/lib/hosted.mjs';
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

test('a page of a table leads to its template and its sample in the hosted folder, and alone to neither', () => {
  const catalogue = readCatalogue(root);
  const single = '<html lang="en"><link rel="icon" href="data:,">; script-src \'; worker-src blob:; img-src ; trusted-types kpi \n</body>\n';
  const files = new Map(hostedFiles(root, Buffer.from(single)).map(({ name, bytes }) => [name, bytes.toString('utf8')]));
  let samples = 0;
  for (const { id } of catalogue.tables) {
    const name = `reference/table/${id}.html`;
    const links = [...(files.get(name) ?? '').matchAll(/href="([^"]+)" download>/g)].map(([, target]) => normalize(join(dirname(name), target ?? '')));
    assert.equal(links.length, downloads(id).length, id);
    assert.equal(links[0], `templates/template-${id}.csv`);
    for (const link of links) assert.ok((files.get(link) ?? '').includes(','), `${id}: ${link}`);
    samples += links.length - 1;
  }
  assert.ok(samples >= 15);
  for (const page of referencePages(catalogue, texts, '', benchmarks)) assert.doesNotMatch(page.text, / download>/, page.name);
});

test('markup in a text stays text', () => {
  const catalogue = readCatalogue(root);
  const hostile = structuredClone(texts);
  hostile.kpi.roi.definition = '<img src=x onerror=alert(1)>';
  const page = referencePages(catalogue, hostile, '', benchmarks).find((one) => one.name === 'kpi/roi.html');
  assert.ok(page?.text.includes('&lt;img src=x'));
  assert.ok(!page?.text.includes('<img'));
});
