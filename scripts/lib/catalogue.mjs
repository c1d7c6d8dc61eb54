// The catalogue's data as one object, for what is generated from it: the reference and the list of what gives each KPI.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** @param {string} path @returns {any} */
const json = (path) => JSON.parse(readFileSync(path, 'utf8'));

/**
 * @typedef {{table: string, aggregate: string, note?: string}} Source
 * @typedef {{id: string, unit: string, parameter?: boolean, calendar?: boolean, standard?: number, of?: string, earlier?: string, sources?: Source[]}} Measure
 * @typedef {{id: string, family: string, formula: string, cohort?: string, unit: string, display: string, better: string, status: string, reason?: string,
 *   sources: {source: string, item: string}[], variants_of?: string[], synonyms: string[]}} Kpi
 * @typedef {{id: string, lookup?: boolean, of?: string[], fields: {id: string, kind: string, dimension?: boolean, derived?: boolean}[]}} Table
 * @typedef {{source: string, inputs: Record<string, unknown>, arithmetic?: string, value?: number, currency?: string, undefined?: {code: string}}} Case
 */

/** @param {string} root of the repository */
export function readCatalogue(root) {
  const data = join(root, 'core/catalog/data');
  const families = /** @type {string[]} */ (json(join(data, 'families.json')).families);
  const kpis = /** @type {Kpi[]} */ (families.flatMap((family) => json(join(data, `kpis/${family}.json`)).kpis.map((/** @type {object} */ kpi) => ({ ...kpi, family }))));
  const measures = new Map(/** @type {Measure[]} */ (json(join(data, 'measures.json')).measures).map((one) => [one.id, one]));
  // Derived fields are in no file: nothing is to be said of them.
  const tables = /** @type {Table[]} */ (json(join(data, 'tables.json')).tables).map((one) => ({ ...one, fields: one.fields.filter((field) => !field.derived) }));
  const golden = join(root, 'tests/golden/metrics');
  const cases = new Map(readdirSync(golden).map((file) => [file.replace(/\.json$/, ''), /** @type {Case[]} */ (json(join(golden, file)).cases)]));
  const byId = new Map(kpis.map((kpi) => [kpi.id, kpi]));

  /** Measures that a formula comes down to, each once. @param {{formula: string, cohort?: string}} kpi @returns {Measure[]} */
  const inputs = (kpi) => {
    /** @type {Set<Measure>} */
    const found = new Set();
    for (const [id] of `${kpi.formula} ${kpi.cohort ?? ''}`.matchAll(/[a-z][a-z0-9_]*/g)) {
      const measure = measures.get(id);
      const other = byId.get(id);
      if (measure) found.add(measure);
      const behind = measure ? (measure.of ? { formula: measure.of } : null) : other;
      if (behind) for (const one of inputs(behind)) found.add(one);
    }
    return [...found];
  };
  return { families, kpis, measures, tables, cases, inputs };
}
