// Bundles web/ and the WASM module into one HTML file: build/page/index.html.
//
// Usage: node scripts/build_page.mjs [--out FILE] [--wasm FOLDER]. What each step is for: web/README.md.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import * as esbuild from 'esbuild';
import { byteText } from './lib/byte-text.mjs';
import { moduleStreams } from './lib/module-streams.mjs';
import { notices } from './lib/notices.mjs';
import { brotliBytes, PAGE_BUDGET } from './lib/page-budget.mjs';
import { contentSecurityPolicy, safeInScript, safeInStyle } from './lib/page-parts.mjs';

const root = resolve(import.meta.dirname, '..');
const { values: options } = parseArgs({
  options: {
    out: { type: 'string', default: join(root, 'build/page/index.html') },
    wasm: { type: 'string', default: join(root, 'build/wasm/wasm') },
  },
});

const common = /** @type {const} */ ({
  absWorkingDir: root,
  bundle: true,
  charset: 'utf8',
  legalComments: 'none',
  metafile: true,
  minify: true,
  target: 'es2022',
  write: false,
});

/**
 * @param {string} entry path from the root
 * @param {import('esbuild').BuildOptions} [more]
 */
async function bundle(entry, more = {}) {
  const result = await esbuild.build({ ...common, entryPoints: [entry], ...more });
  return { text: /** @type {import('esbuild').OutputFile} */ (result.outputFiles?.[0]).text, inputs: Object.keys(result.metafile?.inputs ?? {}) };
}

const style = await bundle('web/styles/index.css');
const main = await bundle('web/main.js', { format: 'iife' });
const worker = await bundle('web/engine/worker.js', {
  format: 'iife',
  alias: { 'kpi-core': join(options.wasm, 'kpi_wasm.mjs') },
  define: { 'import.meta.url': '""' }, // a blob has no address; the worker passes the module itself
});

const parts = {
  STYLE: safeInStyle(style.text.trim()),
  MAIN: safeInScript(main.text.trim()),
  WORKER: safeInScript(worker.text.trim()),
  WASM: byteText(moduleStreams(readFileSync(join(options.wasm, 'kpi_wasm.wasm')))),
};
/** @type {Record<string, string>} */
const all = { ...parts, CSP: contentSecurityPolicy(parts.MAIN, parts.STYLE) };
const template = readFileSync(join(root, 'web/index.html'), 'utf8');
const used = new Set();
const licences = notices(root, [...main.inputs, ...worker.inputs]);
// A byte order mark outweighs a server that names another encoding, which would garble the module and break the hashes.
const page = `\ufeff${template.replace(/%([A-Z]+)%/g, (mark, name) => {
  if (!(name in all) || used.has(name)) throw new Error(`web/index.html: unknown or repeated placeholder ${mark}`);
  used.add(name);
  return /** @type {string} */ (all[name]);
})}${licences}`;
for (const name of Object.keys(all)) if (!used.has(name)) throw new Error(`web/index.html has no %${name}%`);

mkdirSync(dirname(options.out), { recursive: true });
writeFileSync(options.out, page);
const sizes = Object.entries({ ...parts, LICENCES: licences }).map(([name, text]) => `${name.toLowerCase()} ${brotliBytes(text)}`).join(', ');
console.log(`${options.out}: ${Buffer.byteLength(page)} bytes, ${brotliBytes(page)} in brotli of ${PAGE_BUDGET} allowed (${sizes})`);
