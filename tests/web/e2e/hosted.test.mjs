// The hosted folder: the same page, kept by its service worker for use without a network, and nothing where a service worker is not allowed.
import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { after, test } from 'node:test';
import { hostedFiles } from '../../../scripts/lib/hosted.mjs';
import { serveFolder } from '../../../scripts/lib/static-server.mjs';
import { App, assertFigure, expectedReport, NAMES, page, root } from './lib/app.mjs';
import { openChromium } from './lib/chromium.mjs';
import { browsers, until } from './lib/driver.mjs';

const single = readFileSync(page, 'utf8');
const files = hostedFiles(root, Buffer.from(single));
const folder = mkdtempSync(join(tmpdir(), 'kpi-hosted-'));
const publish = (/** @type {string} */ text) => {
  for (const { name, bytes } of hostedFiles(root, Buffer.from(text))) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), bytes);
  }
};
after(() => rmSync(folder, { recursive: true }));

const wanted = expectedReport('everything by month').kpis;
/** @param {App} app */
async function assertSample(app) {
  await app.trySample();
  const values = await app.values();
  for (const kpi of ['new_leads', 'revenue', 'cost_per_lead', 'win_rate']) assertFigure(values[kpi] ?? null, wanted[kpi], kpi);
}
const complaints = (/** @type {string[]} */ messages) => messages.filter((message) => /Content.Security.Policy|violat|refused to|uncaught/i.test(message));

test('the hosted page differs in its policy, links and registration only', () => {
  const hosted = files.find((file) => file.name === 'index.html')?.bytes.toString('utf8') ?? '';
  const back = hosted.replace(/<link rel="manifest"[^]*?<link rel="apple-touch-icon"[^>]*>/, '<link rel="icon" href="data:,">')
    .replace(/\n<script>(?:(?!<script)[^])*<\/script>\n<\/body>/, '\n</body>')
    .replace(' data-reference="reference/"', '').replace(/script-src 'sha256-[^']+' /, 'script-src ').replace("worker-src blob: 'self'; manifest-src 'self'; img-src 'self' ", 'worker-src blob:; img-src ').replace('kpi kpi-hosted ', 'kpi ');
  assert.ok(back === single, 'the rest is the single file');
  const names = files.map((file) => file.name);
  for (const one of ['reference/index.html', 'reference/kpi/roi.html', 'reference/table/leads.html', 'templates/template-leads.csv', 'samples/crm_leads.csv', 'samples/subscriptions.csv']) assert.ok(names.includes(one), one);
  assert.deepEqual(names.filter((one) => !one.includes('/')), ['LICENSE', 'icon-192.png', 'icon-512.png', 'icon.svg', 'index.html', 'manifest.webmanifest', 'sw.js']);
});

for (const name of NAMES.filter((one) => one !== 'webkit')) { // MiniBrowser's automation gives no service workers
  test(`${name}: works without the server after the first visit`, { timeout: 180_000 }, async () => {
    /** @type {string[]} */
    const log = [];
    publish(single);
    const server = await serveFolder(folder, { log });
    const browser = await browsers[name]();
    try {
      const app = new App(browser);
      await app.open(`${server.address}/`);
      await assertSample(app);
      await browser.evaluate(`navigator.serviceWorker.ready.then(() => true)`);
      await until(browser, 'navigator.serviceWorker.controller !== null', 'the service worker to take over');
      const foreign = log.filter((line) => !/^GET \/(index\.html|manifest\.webmanifest|icon\.svg|icon-\d+\.png|sw\.js)?$/.test(line));
      assert.deepEqual(foreign, [], 'requests beside the files of the folder');

      publish(single.replace('<title>', '<title>Next '));
      const kept = await browser.evaluate('caches.keys()');
      assert.equal(kept.length, 1);
      await app.open(`${server.address}/?visit=2`);
      assert.match(await browser.evaluate('document.title'), /^Next /, 'a new release is in use at once');
      await browser.evaluate(`new Promise((done) => { const look = async () => { const names = await caches.keys(); if (names.length === 1 && names[0] !== ${JSON.stringify(kept[0])}) done(true); else setTimeout(look, 100); }; look(); })`);

      await server.close();
      const before = log.length;
      for (const path of ['/', '/index.html', '/?from=start']) {
        await browser.goto('about:blank');
        await app.open(`${server.address}${path}`);
        assert.match(await browser.evaluate('document.title'), /^Next /);
        await assertSample(app);
      }
      assert.equal(log.length, before, 'the server was gone');
      assert.deepEqual(complaints(browser.messages()), []);
      await assert.rejects(browser.goto(`${server.address}/other`), 'no other address is answered');
    } finally {
      await browser.close();
    }
  });
}

test('plain http from another machine: the page works and no service worker is tried', { timeout: 120_000, skip: !NAMES.includes('chromium') }, async () => {
  /** @type {string[]} */
  const log = [];
  publish(single);
  const server = await serveFolder(folder, { log });
  const browser = await openChromium({ flags: ['--host-resolver-rules=MAP kpi.test 127.0.0.1'] });
  try {
    const app = new App(browser);
    await app.open(`${server.address.replace('localhost', 'kpi.test')}/`);
    assert.equal(await browser.evaluate('isSecureContext'), false);
    await assertSample(app);
    assert.equal(log.includes('GET /sw.js'), false);
    assert.deepEqual(complaints(browser.messages()), []);
  } finally {
    await browser.close();
    await server.close();
  }
});
