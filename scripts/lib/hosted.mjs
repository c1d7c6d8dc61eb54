// The hosted folder: the built page with what only a folder of a web server can carry (web/hosted), and its service worker.
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { transformSync } from 'esbuild';
import { createSampleFiles, SAMPLE_NAMES } from '../../web/samples/generator/files.mjs';
import { templateCsv, templateName } from '../../web/export/template.js';
import { readCatalogue } from './catalogue.mjs';
import { drawIcon } from './icon.mjs';
import { hash, safeInScript } from './page-parts.mjs';
import { referencePages } from './reference-pages.mjs';

/** @typedef {{name: string, bytes: Buffer}} File */

const LINKS = '<link rel="manifest" href="manifest.webmanifest">\n<link rel="icon" href="icon.svg">\n<link rel="apple-touch-icon" href="icon-192.png">';
const PNG_SIZES = [192, 512];

/**
 * Replaces what is there exactly once.
 * @param {string} text
 * @param {string} from
 * @param {string} to
 */
function once(text, from, to) {
  if (text.split(from).length !== 2) throw new Error(`the page has not exactly one ${from}`);
  return text.replace(from, () => to);
}

/**
 * @param {string} page the single file
 * @param {string} script that registers the service worker
 */
function hostedPage(page, script) {
  let text = once(page, '<link rel="icon" href="data:,">', LINKS);
  text = once(text, '<html lang="en"', '<html lang="en" data-reference="reference/"');
  text = once(text, "; script-src '", `; script-src ${hash(script)} '`);
  text = once(text, '; worker-src blob:', "; worker-src blob: 'self'");
  text = once(text, '; img-src ', "; manifest-src 'self'; img-src 'self' ");
  text = once(text, '; trusted-types kpi ', '; trusted-types kpi kpi-hosted ');
  return once(text, '\n</body>\n', `\n<script>${script}</script>\n</body>\n`);
}

/** The sample file of a table, or none. @param {string} table @returns {string|undefined} */
const sampleName = (table) => /** @type {Record<string, string>} */ (SAMPLE_NAMES)[table];

/** What a table's page of the reference offers, as seen from reference/table/. @param {string} id */
export const downloads = (id) => [{ key: 'template', href: `../../templates/${templateName({ id })}` }, ...(sampleName(id) ? [{ key: 'example', href: `../../samples/${sampleName(id)}` }] : [])];

/** The KPI reference, in a folder of its own. @param {string} root @returns {File[]} */
function referenceFiles(root) {
  const texts = JSON.parse(readFileSync(join(root, 'web/i18n/en.json'), 'utf8'));
  const tokens = readFileSync(join(root, 'web/styles/tokens.css'), 'utf8');
  const benchmarks = JSON.parse(readFileSync(join(root, 'web/benchmarks/benchmarks.json'), 'utf8'));
  return referencePages(readCatalogue(root), texts, tokens, benchmarks, downloads).map(({ name, text }) => ({ name: `reference/${name}`, bytes: Buffer.from(text) }));
}

/** @param {string} root @returns {File[]} */
const templateFiles = (root) => readCatalogue(root).tables.map((table) => ({ name: `templates/${templateName(table)}`, bytes: Buffer.from(templateCsv(table)) }));

/** @returns {File[]} */
const sampleFiles = () => Array.from(createSampleFiles(), ([table, text]) => ({ name: `samples/${sampleName(table)}`, bytes: Buffer.from(text) }));

/**
 * Every file of the folder, by name. The same sources give the same bytes.
 * @param {string} root of the repository
 * @param {Buffer} page the single file
 * @returns {File[]}
 */
export function hostedFiles(root, page) {
  const source = (/** @type {string} */ name) => readFileSync(join(root, 'web/hosted', name), 'utf8');
  const script = safeInScript(transformSync(source('register.js'), { minify: true, target: 'es2022' }).code.trim());
  const icon = source('icon.svg');
  /** @type {File[]} */
  const files = [
    { name: 'index.html', bytes: Buffer.from(hostedPage(page.toString('utf8'), script)) },
    { name: 'manifest.webmanifest', bytes: Buffer.from(source('manifest.webmanifest')) },
    { name: 'icon.svg', bytes: Buffer.from(icon) },
    ...PNG_SIZES.map((size) => ({ name: `icon-${size}.png`, bytes: drawIcon(icon, size) })),
  ];
  const integrity = Object.fromEntries(files.map(({ name, bytes }) =>
    [name === 'index.html' ? './' : `./${name}`, `sha256-${createHash('sha256').update(bytes).digest('base64')}`]));
  const version = createHash('sha256').update(JSON.stringify(integrity)).digest('hex').slice(0, 16);
  const worker = transformSync(source('sw.js'), {
    minify: true, target: 'es2022', define: { KPI_FILES: JSON.stringify(integrity), KPI_VERSION: JSON.stringify(version) },
  }).code;
  return [...files, ...referenceFiles(root), ...templateFiles(root), ...sampleFiles(), { name: 'sw.js', bytes: Buffer.from(worker) }, { name: 'LICENSE', bytes: readFileSync(join(root, 'LICENSE')) }].sort((a, b) => (a.name < b.name ? -1 : 1));
}
