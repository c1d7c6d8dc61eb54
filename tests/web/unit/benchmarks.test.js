// Published figures: each of a KPI that exists, in its own unit, with a source and a text; never a verdict.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import test from 'node:test';
import { readCatalogue } from '../../../scripts/lib/catalogue.mjs';
import { en } from './texts.js';

const root = fileURLToPath(new URL('../../..', import.meta.url));
const benchmarks = JSON.parse(readFileSync(`${root}/web/benchmarks/benchmarks.json`, 'utf8'));
const kpis = new Map(readCatalogue(root).kpis.map((kpi) => [kpi.id, kpi]));

test('every published figure belongs to a KPI, names its source and has its words', () => {
  assert.ok(benchmarks.length > 40);
  for (const one of benchmarks) {
    const kpi = kpis.get(one.kpi);
    assert.ok(kpi, one.kpi);
    assert.ok(one.source, one.kpi);
    assert.ok(en.benchmark.note[one.note], one.note);
    assert.ok(one.low !== null || one.high !== null, one.kpi);
    assert.ok(one.low === null || one.high === null || one.low <= one.high, one.kpi);
    const share = kpi.display === 'percent' && !one.kpi.endsWith('revenue_retention');
    for (const end of [one.low, one.high]) assert.ok(end === null || (share ? end > 0 && end <= 1 : end > 0), `${one.kpi} ${end}`);
  }
});

// The reference says it of MQL to SQL: 12 to 21 %, 13 %, 13 to 27 % and 30 to 60 % are all in print.
test('contradictory figures stand side by side', () => {
  const published = benchmarks.filter((/** @type {{kpi: string}} */ one) => one.kpi === 'mql_to_sql_rate');
  assert.ok(published.some((/** @type {{high: number}} */ one) => one.high <= 0.21) && published.some((/** @type {{low: number}} */ one) => one.low >= 0.3));
});
