// A page whose module was damaged on its way says so; one that a server announces in a wrong encoding works.
import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { pathToFileURL } from 'node:url';
import { serveFolder } from '../../../scripts/lib/static-server.mjs';
import { App, NAMES, page } from './lib/app.mjs';
import { browsers, until } from './lib/driver.mjs';

const MODULE = /(<script type="application\/octet-stream" id="wasm">)([^<]+)([^]*)/;
const text = readFileSync(page, 'utf8');

const DAMAGES = /** @type {Record<string, (module: string) => string>} */ ({
  'the middle is missing': (module) => module.slice(0, 1000) + module.slice(2000),
  'unknown characters': (module) => module.replace(/^.{40}/s, (start) => '\ufffd'.repeat(start.length)),
  'nothing is left': () => ' ',
});
/** The page with its module damaged, and a page that ends in the middle. */
const damagedPages = () => [
  ...Object.entries(DAMAGES).map(([what, damage]) => /** @type {const} */ ([what, text.replace(MODULE, (_, tag, module, rest) => tag + damage(module) + rest)])),
  /** @type {const} */ (['the end is missing', text.replace(MODULE, (_, tag, module) => tag + module.slice(0, 100_000))]),
];

for (const name of NAMES) {
  test(`${name}: a damaged page says so`, { timeout: 120_000 }, async () => {
    const folder = mkdtempSync(join(tmpdir(), 'kpi-damaged-'));
    const browser = await browsers[name]();
    try {
      for (const [what, damaged] of damagedPages()) {
        const file = join(folder, 'index.html');
        assert.notEqual(damaged, text, what);
        writeFileSync(file, damaged);
        await browser.goto(pathToFileURL(file).href);
        await until(browser, `document.querySelector('[data-testid="frame"]')?.dataset.engine === 'failed'`, `${what}: the engine to fail`);
        const app = new App(browser);
        await until(browser, `document.querySelector('[data-testid="message"]') !== null`, `${what}: the message`);
        assert.deepEqual(await app.messages(), ['engine_not_started'], what);
      }
    } finally {
      await browser.close();
      rmSync(folder, { recursive: true });
    }
  });

  test(`${name}: a wrong encoding in the server's header does no harm`, { timeout: 120_000 }, async () => {
    const server = await serveFolder(join(page, '..'), { headers: { 'content-type': 'text/html; charset=iso-8859-1' } });
    const browser = await browsers[name]();
    try {
      const app = new App(browser);
      await app.open(`${server.address}/`);
      await app.trySample();
      assert.ok(((await app.values())['new_leads'] ?? 0) > 0);
    } finally {
      await browser.close();
      await server.close();
    }
  });
}
