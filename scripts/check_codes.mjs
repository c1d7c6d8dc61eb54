// Fails where something that the page can show has no text in a language file: diagnostic codes, reasons for a missing
// value, and every KPI, measure, field, table and family of the catalogue. Also where a code is never produced.
import { files, read } from './lib/sources.mjs';

/** @type {string[]} */
const problems = [];
const all = files();
const data = all.filter((file) => /^core\/catalog\/data\/.*\.json$/.test(file));
const languages = all.filter((file) => /^web\/i18n\/[a-z]{2}(-[A-Za-z]+)?\.json$/.test(file));

/** @typedef {Record<string, unknown>} Entry */

/**
 * Every object with an id, by the name of the array that holds it ("kpis", "measures", "tables" ...).
 * @param {unknown} node
 * @param {string} kind
 * @param {(kind: string, entry: Entry) => void} found
 */
function visit(node, kind, found) {
  if (Array.isArray(node)) for (const item of node) visit(item, kind, found);
  else if (node && typeof node === 'object') {
    const entry = /** @type {Entry} */ (node);
    if (typeof entry['id'] === 'string') found(kind, entry);
    for (const [name, value] of Object.entries(entry)) visit(value, Array.isArray(value) ? name : kind, found);
  }
}

/** @type {Map<string, string>} key of a text -> where it is needed */
const needed = new Map();
const PREFIX = /** @type {Record<string, string>} */ ({ kpis: 'kpi', measures: 'measure', tables: 'table', lookups: 'table', fields: 'field', families: 'family' });

for (const file of data) {
  visit(JSON.parse(read(file)), '', (kind, entry) => {
    const prefix = PREFIX[kind];
    if (prefix) needed.set(`${prefix}.${entry['id']}.name`, file);
    if (kind === 'kpis') {
      needed.set(`kpi.${entry['id']}.definition`, file);
      if (typeof entry['family'] === 'string') needed.set(`family.${entry['family']}.name`, file);
    }
  });
}
if (![...needed.keys()].some((key) => key.startsWith('kpi.'))) problems.push('core/catalog/data: no KPI found');

const codes = [...read('core/base/diagnostic_codes.def').matchAll(/^KPI_CODE\((\w+),/gm)].map((match) => /** @type {string} */ (match[1]));
for (const code of codes) needed.set(`code.${code}.title`, 'core/base/diagnostic_codes.def');
const core = all.filter((file) => /^core\/.*\.(cpp|h)$/.test(file) && !file.includes('/base/diagnostics.')).map(read).join('\n');
for (const code of codes) {
  if (!new RegExp(`\\b${code}\\b`).test(core)) problems.push(`core/base/diagnostic_codes.def: nothing produces ${code}`);
}

/**
 * @param {unknown} texts
 * @param {string} key
 */
function textAt(texts, key) {
  let node = texts;
  for (const step of key.split('.')) node = node && typeof node === 'object' ? /** @type {Entry} */ (node)[step] : undefined;
  return node;
}

/** A text, or the forms of a plural. */
const isText = (/** @type {unknown} */ node) => (typeof node === 'string' && node.trim() !== '') || (node !== null && typeof node === 'object' && 'other' in node);

for (const language of languages) {
  const texts = JSON.parse(read(language));
  for (const [key, file] of needed) if (!isText(textAt(texts, key))) problems.push(`${language}: no text ${key} (for ${file})`);
}
if (!languages.includes('web/i18n/en.json')) problems.push('web/i18n/en.json is missing');

console.log(problems.length ? problems.join('\n') : `${needed.size} texts in ${languages.length} language file(s)`);
process.exitCode = problems.length ? 1 : 0;
