// The whole sample of the invented company: every file opens, and MRR, e-mail, content, test and cost figures are those of an independent
// calculation. One example alone opens its own figures; none is ever offered beside the user's own files.
import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { assertFigure, NAMES, root, visit } from './lib/app.mjs';
import { until } from './lib/driver.mjs';

const id = (/** @type {string} */ name) => `[data-testid="${name}"]`;
/** tests/oracle/whole_sample.py calculated them in plain Python. @type {{reports: any[]}} */
const expected = JSON.parse(readFileSync(join(root, 'tests/web/expected/whole_sample.json'), 'utf8'));
const wanted = (/** @type {string} */ name) => expected.reports.find((one) => one.name === name);

const folder = mkdtempSync(join(tmpdir(), 'kpi-own-'));
after(() => rmSync(folder, { recursive: true }));

/** @param {Record<string, number|null>} found @param {Record<string, number|null>} figures @param {string} where */
function assertFigures(found, figures, where) {
  assert.ok(Object.keys(figures).length > 40);
  for (const [kpi, value] of Object.entries(figures)) assertFigure(found[kpi] ?? null, value, `${where}: ${kpi}`);
}

/** @param {import('./lib/app.mjs').App} app @param {string} selector */
async function open(app, selector) {
  await app.browser.click(selector);
  await until(app.browser, `document.querySelector('${id('frame')}').dataset.place !== 'start'`, 'the files');
  await app.settled();
}
const shown = (/** @type {import('./lib/app.mjs').App} */ app, /** @type {string} */ selector) => app.browser.evaluate(`[...document.querySelectorAll('${selector}')].map((one) => one.dataset.table)`);
/** Opens the list of templates. @param {import('./lib/app.mjs').App} app */
const unfold = (app) => app.browser.evaluate(`document.querySelector('${id('templates')}').open = true`);

for (const name of NAMES) {
  test(`${name}: the whole sample opens on its last year, and every figure is right`, { timeout: 240_000 }, () => visit(name, 'file', async (app, browser) => {
    await open(app, id('sample-whole'));
    assert.match(await browser.evaluate('location.hash'), /p=last_12_months/);
    const year = wanted('the last twelve months against the twelve before');
    const found = await app.values();
    for (const kpi of ['mrr', 'net_revenue_retention', 'email_open_rate', 'email_click_rate', 'ab_uplift', 'customer_acquisition_cost']) assert.equal(typeof found[kpi], 'number', kpi);
    assertFigures(found, year.kpis, 'last twelve months');
    await browser.click(id('period'));
    await browser.click(id('period-all'));
    await app.closePanel('period');
    await app.settled();
    assertFigures(await app.values(), wanted('everything by month').kpis, 'two years');

    await app.go('data');
    const files = await app.files();
    assert.equal(new Set(files.map((file) => file.table)).size, 21);
    await unfold(app);
    assert.equal((await shown(app, id('template'))).length, (await shown(app, id('example'))).length);
    assert.deepEqual(await shown(app, id('try')), [], 'nothing is opened twice');
    assert.deepEqual(browser.messages().filter((message) => /error|uncaught|violat|refused/i.test(message)), []);
  }));
}

test('chromium: one example opens its own figures, lists come with what they add to, and the rest can follow', { timeout: 120_000, skip: !NAMES.includes('chromium') }, () => visit('chromium', 'file', async (app, browser) => {
  await browser.evaluate(`(() => { const { createObjectURL } = URL; globalThis.saved = [];
    HTMLAnchorElement.prototype.click = function () { globalThis.saved.push(this.download); }; URL.createObjectURL = (blob) => { globalThis.saved.push(blob); return createObjectURL(blob); }; })()`);
  await unfold(app);
  await browser.click(`${id('example')}[data-table="subscriptions"]`);
  await until(browser, 'globalThis.saved.length === 2', 'the download');
  assert.deepEqual(await browser.evaluate('globalThis.saved[0].text().then((text) => [globalThis.saved[1], text])'), ['subscriptions.csv', readFileSync(join(root, 'web/samples/subscriptions.csv'), 'utf8')]);

  await open(app, `${id('try')}[data-table="email_sends"]`);
  assertFigure((await app.values())['email_open_rate'] ?? null, wanted('everything by month').kpis.email_open_rate, 'e-mail alone');
  await app.go('data');
  await unfold(app);
  assert.ok(!(await shown(app, id('try'))).includes('email_sends'));
  await browser.click(`${id('try')}[data-table="owners"]`);
  await until(browser, `document.querySelectorAll('${id('file-card')}').length === 4`, 'the list and what it adds to');
  await app.settled();
  assert.deepEqual((await app.files()).map((one) => one.table).sort(), ['email_sends', 'leads', 'opportunities', 'owners']);
  await browser.click(id('sample-whole'));
  await until(browser, `document.querySelectorAll('${id('file-card')}').length === 21`, 'the rest');
  await app.settled();
  await app.go('overview');
  assertFigures(await app.values(), wanted('everything by month').kpis, 'all of them');
}));

test('chromium: an example is never offered beside the user\'s own file', { timeout: 120_000, skip: !NAMES.includes('chromium') }, () => visit('chromium', 'file', async (app) => {
  const own = join(folder, 'own.csv');
  writeFileSync(own, 'Date,Channel,Cost,Impressions,Clicks\n2025-01-06,Paid search,1240.50,9000,388\n');
  await app.addFiles([own]);
  await app.go('data');
  await unfold(app);
  assert.ok((await shown(app, id('example'))).length >= 15, 'examples can still be downloaded');
  assert.deepEqual(await shown(app, id('try')), []);
  assert.deepEqual(await shown(app, id('sample-whole')), []);
}));
