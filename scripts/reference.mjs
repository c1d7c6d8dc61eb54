// The KPI reference as a folder of pages: one per KPI, one per table, and an index. Everything in it comes from the catalogue, the language
// file and the golden cases, so it cannot say anything else than what is calculated and tested.
//
// node scripts/reference.mjs [--out FOLDER]   writes build/reference
// node scripts/reference.mjs --coverage       prints KPI -> files that give it -> tests, and fails on an empty cell
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { readCatalogue } from './lib/catalogue.mjs';
import { referencePages } from './lib/reference-pages.mjs';

const root = resolve(import.meta.dirname, '..');
const { values: options } = parseArgs({ options: { out: { type: 'string', default: join(root, 'build/reference') }, coverage: { type: 'boolean', default: false } } });
const catalogue = readCatalogue(root);

/** KPI, the kinds of files that give all of it (the first of each input), and what tests it. */
function coverage() {
  const differential = readFileSync(join(root, 'tests/differential/groups/kpis.py'), 'utf8');
  return catalogue.kpis.map((kpi) => {
    const files = new Set(catalogue.inputs(kpi).flatMap((one) => (one.parameter ? ['setting'] : one.calendar ? ['calendar'] : one.of ? [] : one.sources?.length ? [...new Set(one.sources.map((s) => s.table))] : ['typed only'])));
    const cases = catalogue.cases.get(kpi.id) ?? [];
    const without = cases.filter((one) => one.undefined).length;
    const tests = cases.length >= 3 && without ? `golden ${cases.length - without}+${without}, SQL formula${differential.includes(`"${kpi.id}"`) ? ', SQL rows' : ''}` : '';
    return { kpi: kpi.id, files: [...files, 'totals'].join(', '), tests };
  });
}

if (options.coverage) {
  const rows = coverage();
  console.log('| KPI | files that give it | tests: golden values + reasons, a second calculation |\n|---|---|---|');
  for (const row of rows) console.log(`| ${row.kpi} | ${row.files} | ${row.tests} |`);
  const empty = rows.filter((row) => !row.files || !row.tests);
  console.error(`${rows.length} KPIs, ${empty.length} with an empty cell`);
  process.exitCode = empty.length ? 1 : 0;
} else {
  const texts = JSON.parse(readFileSync(join(root, 'web/i18n/en.json'), 'utf8'));
  const style = readFileSync(join(root, 'web/styles/tokens.css'), 'utf8');
  const benchmarks = JSON.parse(readFileSync(join(root, 'web/benchmarks/benchmarks.json'), 'utf8'));
  const pages = referencePages(catalogue, texts, style, benchmarks);
  rmSync(options.out, { recursive: true, force: true });
  for (const { name, text } of pages) {
    mkdirSync(dirname(join(options.out, name)), { recursive: true });
    writeFileSync(join(options.out, name), text);
  }
  console.log(`${pages.length} pages in ${options.out}`);
}
