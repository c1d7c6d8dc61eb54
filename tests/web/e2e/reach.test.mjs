// Everyone can use it: axe in light and dark, the keyboard alone, a window of 360 pixels.
import assert from 'node:assert/strict';
import { copyFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { serveFolder } from '../../../scripts/lib/static-server.mjs';
import { App, assertFigure, expectedReport, NAMES, page, visit } from './lib/app.mjs';
import { browsers, until } from './lib/driver.mjs';

/** @typedef {import('./lib/driver.mjs').Browser} Browser */

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const id = (/** @type {string} */ name) => `[data-testid="${name}"]`;

/** Opens each state of the page in turn. @param {App} app @param {Browser} browser @param {(state: string) => Promise<void>} look */
async function eachState(app, browser, look) {
  await look('start');
  await app.trySample();
  await look('overview');
  await browser.click(`${id('kpi-card')}[data-kpi="win_rate"]`);
  await until(browser, `document.querySelector('dialog[open] ${id('inputs')}') !== null`, 'the explanation');
  await look('explanation');
  await browser.press('Escape');
  await until(browser, `document.querySelector('dialog[open]') === null`, 'the explanation to close');
  for (const panel of ['period', 'compare', 'filter', 'settings']) {
    await browser.click(id(panel));
    await look(panel);
    await app.closePanel(panel);
  }
  await app.go('channels');
  await look('channels');
  await app.go('plan');
  await until(browser, `document.querySelector('${id('levers')}') !== null`, 'the plan');
  await look('plan');
  await app.go('data');
  await app.openFile('ad_spend.csv');
  await look('data');
  await app.go('totals');
  await app.type('new_leads', '12x');
  await browser.click(id('step-month'));
  await browser.choose(id('channel-name'), 'Trade fair');
  await browser.click(id('channel-add'));
  await until(browser, `document.querySelectorAll('${id('figure')}').length > 100 && document.querySelector('${id('channel-tab')}') !== null`, 'the months');
  const month = await browser.evaluate(`document.querySelector('${id('figure')}').dataset.period`);
  await app.type('media_spend', '1.234', month);
  await app.type('new_leads', 'many', month);
  await look('typed figures');
}

for (const scheme of ['light', 'dark']) {
  test(`axe finds nothing in ${scheme}`, { timeout: 300_000, skip: !NAMES.includes('chromium') }, () => visit('chromium', 'http', async (app, browser) => {
    let states = 0;
    await browser.evaluate(`${axe}; typeof axe.run`);
    await eachState(app, browser, async (state) => {
      /** @type {{id: string, nodes: {target: string[], failureSummary: string}[]}[]} */
      const violations = await browser.evaluate(`axe.run(document, { resultTypes: ['violations'] }).then(({ violations }) => violations.map(({ id, nodes }) => ({ id, nodes: nodes.slice(0, 3).map(({ target, failureSummary }) => ({ target, failureSummary })) })))`);
      assert.deepEqual(violations, [], `${state} in ${scheme}`);
      states++;
    });
    assert.equal(states, 11);
  }, { dark: scheme === 'dark' }));
}

/** Presses Tab until the focus is on the element. @param {Browser} browser @param {string} selector */
async function tabTo(browser, selector) {
  for (let presses = 0; presses < 120; presses++) {
    if (await browser.evaluate(`document.activeElement?.matches('${selector}') ?? false`)) return;
    await browser.press('Tab');
  }
  throw new Error(`${browser.name}: Tab never reached ${selector}`);
}

// Chromium only: a headless Firefox has no focus, so its keys press no button, and WebKitGTK's driver does not move the focus by Tab.
for (const name of NAMES.filter((one) => one === 'chromium')) {
  test(`${name}: the main job with the keyboard alone`, { timeout: 180_000 }, () => visit(name, 'file', async (app, browser) => {
    await tabTo(browser, id('sample'));
    await browser.press('Enter');
    await until(browser, `document.querySelector('${id('frame')}').dataset.place === 'overview'`, 'the sample');
    await app.settled();
    const first = await browser.evaluate(`document.querySelector('${id('kpi-card')}').dataset.kpi`);
    await tabTo(browser, `${id('kpi-card')}[data-kpi="${first}"]`);
    await browser.press('Enter');
    await until(browser, `document.querySelector('dialog[open]')?.contains(document.activeElement)`, 'the focus in the explanation');
    await browser.press('Escape');
    await until(browser, `document.activeElement?.dataset.kpi === '${first}'`, 'the focus back on the card');
    await browser.evaluate('document.activeElement.blur()');
    await tabTo(browser, id('place-channels'));
    await browser.press('Enter');
    await until(browser, `document.querySelector('${id('members')}') !== null`, 'the table');
    await app.settled();
    const { all } = await app.members();
    const wanted = expectedReport('everything by month').kpis;
    assert.ok(all && Object.keys(all).length > 0);
    for (const [kpi, value] of Object.entries(all)) if (kpi in wanted) assertFigure(value, wanted[kpi], kpi);
  }));
}

/** @param {App} app @param {Browser} browser */
async function assertFits(app, browser) {
  let states = 0;
  await eachState(app, browser, async (state) => {
    const [content, window] = await browser.evaluate('[document.documentElement.scrollWidth, document.documentElement.clientWidth]');
    assert.ok(window <= 360 && content <= window, `${state}: ${content} of ${window} pixels`);
    states++;
  });
  assert.equal(states, 11);
}

for (const name of NAMES.filter((one) => one !== 'webkit')) {
  test(`${name}: nothing needs sideways scrolling at 360 pixels`, { timeout: 180_000 }, () => visit(name, 'file', async (app, browser) => {
    await browser.resize(360, 740);
    await assertFits(app, browser);
  }));
}

// MiniBrowser's window does not get that narrow, but a frame does; the page is as wide as the frame that an intranet page gives it.
test('webkit: nothing needs sideways scrolling in a frame of 360 pixels', { timeout: 180_000, skip: !NAMES.includes('webkit') }, async () => {
  const folder = mkdtempSync(join(tmpdir(), 'kpi-frame-'));
  copyFileSync(page, join(folder, 'kpi.html'));
  writeFileSync(join(folder, 'index.html'), '<!doctype html><iframe src="kpi.html" width="360" height="740" style="border: 0"></iframe>');
  const server = await serveFolder(folder);
  const browser = await browsers.webkit();
  try {
    await browser.goto(`${server.address}/`);
    await browser.intoFrame?.('iframe');
    const app = new App(browser);
    await app.ready();
    await assertFits(app, browser);
  } finally {
    await browser.close();
    await server.close();
    rmSync(folder, { recursive: true });
  }
});
