// Customer value in the built page: the sample's cohorts counted again from its file, drawn orders, and no data at all.
import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { drawnOrders } from '../../support/drawn-orders.mjs';
import { assertFigure, NAMES, root, visit } from './lib/app.mjs';
import { until } from './lib/driver.mjs';

/** @typedef {import('./lib/app.mjs').App} App */
/** @typedef {import('./lib/driver.mjs').Browser} Browser */

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const folder = mkdtempSync(join(tmpdir(), 'kpi-customers-'));
after(() => rmSync(folder, { recursive: true }));
const id = (/** @type {string} */ name) => `[data-testid="${name}"]`;
const sum = (/** @type {number[]} */ all) => all.reduce((x, y) => x + y, 0);

/** @param {App} app @param {Browser} browser */
async function openView(app, browser) {
  await app.go('analysis');
  await until(browser, `document.querySelector('${id('analysis')}') !== null`, 'the analyses');
  await browser.click(id('analysis-tab-customers'));
  await answered(app, browser);
}

/** @param {App} app @param {Browser} browser */
async function answered(app, browser) {
  await app.settled();
  await until(browser, `document.querySelector('${id('analysis')}')?.dataset.ready === 'true' && document.querySelector('${id('customers')}') !== null`, 'the answer');
}

/** What rows of a table carry. @param {Browser} browser @param {string} name @returns {Promise<Record<string, string>[]>} */
const rows = (browser, name) => browser.evaluate(`[...document.querySelectorAll('${id(name)}')].map(({ dataset }) => ({ ...dataset }))`);

/** @param {Browser} browser */
async function assertAccessible(browser) {
  await browser.evaluate(`(() => { ${axe}; return true; })()`);
  const violations = await browser.evaluate(`axe.run(document.querySelector('${id('analysis')}'), { resultTypes: ['violations'] }).then(({ violations }) => violations.map(({ id, nodes }) => [id, nodes[0].failureSummary]))`);
  assert.deepEqual(violations, []);
}

/** Customers active at the end of each month by month of start, from the file alone. */
function cohortsOfSample() {
  const [head = '', ...lines] = readFileSync(join(root, 'web/samples/subscriptions.csv'), 'utf8').trim().split('\n');
  const at = (/** @type {string} */ name) => head.trim().split(',').indexOf(name);
  /** @type {Map<string, {start: string, end: string, mrr: number}[]>} */
  const customers = new Map();
  for (const line of lines) {
    const cells = (line.trim().match(/("[^"]*"|[^,]*)(,|$)/g) ?? []).map((cell) => cell.replace(/,$/, ''));
    const name = cells[at('Customer')] ?? '';
    customers.set(name, [...(customers.get(name) ?? []), { start: cells[at('Start date')] ?? '', end: cells[at('End date')] ?? '', mrr: Number(cells[at('MRR')]) }]);
  }
  /** @type {Map<string, {customers: number, active: number[], revenue: number[]}>} */
  const cohorts = new Map();
  for (const own of customers.values()) {
    const first = own.map(({ start }) => start).sort()[0] ?? '';
    const [year, month] = first.split('-').map(Number);
    const cohort = cohorts.get(first.slice(0, 7)) ?? { customers: 0, active: [], revenue: [] };
    cohorts.set(first.slice(0, 7), cohort);
    cohort.customers++;
    for (let age = 0; ; age++) {
      const end = new Date(Date.UTC(Number(year), Number(month) + age, 0)).toISOString().slice(0, 10);
      if (end > '2025-12-31') break;
      const active = own.filter((one) => one.start <= end && (!one.end || one.end > end));
      cohort.active[age] = (cohort.active[age] ?? 0) + (active.length || age === 0 ? 1 : 0);
      cohort.revenue[age] = (cohort.revenue[age] ?? 0) + sum(active.map(({ mrr }) => mrr));
    }
  }
  return cohorts;
}

for (const name of NAMES) {
  test(`${name}: cohorts of the sample, their payback, and a model that says why it has no answer`, { timeout: 300_000 }, () => visit(name, 'file', async (app, browser) => {
    await app.addFiles(['orders', 'subscriptions'].map((one) => join(root, `web/samples/${one}.csv`)));
    await openView(app, browser);
    assert.equal((await rows(browser, 'customers-none'))[0]?.['code'], 'not_identified', '19 repeat buyers of the sample do not tell who leaves');
    assert.deepEqual((await rows(browser, 'customers-counts')).map(({ customers, repeat }) => [customers, repeat]), [['47', '19']]);
    const wanted = cohortsOfSample();
    const shown = await browser.evaluate(`[...document.querySelectorAll('${id('cohort')}')].map((row) => ({ start: row.dataset.start, customers: Number(row.dataset.customers), active: [...row.querySelectorAll('[data-active]')].map((cell) => Number(cell.dataset.active)), revenue: [...row.querySelectorAll('[data-active]')].map((cell) => Number(cell.dataset.revenue)) }))`);
    assert.equal(shown.length, wanted.size);
    for (const row of shown) {
      const cohort = wanted.get(row.start.slice(0, 7));
      assert.deepEqual([row.customers, row.active], [cohort?.customers, cohort?.active], row.start);
      row.revenue.forEach((/** @type {number} */ value, /** @type {number} */ age) => assertFigure(value, cohort?.revenue[age] ?? null, `${row.start} ${age}`));
    }
    assert.equal((await rows(browser, 'payback-none')).length, 1, 'no margin yet');
    await browser.click(id('settings'));
    await browser.evaluate(`(() => { const field = document.querySelector('${id('margin')}'); field.value = '80'; field.dispatchEvent(new Event('change', { bubbles: true })); return true; })()`);
    await app.closePanel('settings');
    await answered(app, browser);
    await browser.evaluate(`(() => { const field = document.querySelector('${id('customers-cac')}'); field.value = '3000'; field.dispatchEvent(new Event('change', { bubbles: true })); return true; })()`);
    await answered(app, browser);
    await until(browser, `document.querySelectorAll('${id('payback-row')}').length > 0`, 'the payback');
    for (const row of await rows(browser, 'payback-row')) {
      const cohort = wanted.get((row['start'] ?? '').slice(0, 7));
      let earned = 0;
      const month = (cohort?.revenue ?? []).findIndex((revenue) => (earned += revenue * 0.8) >= 3000 * (cohort?.customers ?? 0) - 1e-6) + 1;
      assert.equal(Number(row['month'] ?? 0), month, row['start']);
    }
    assert.equal(await browser.evaluate(`/NaN|undefined|null/.test(document.querySelector('${id('customers')}').textContent)`), false);
    await assertAccessible(browser);
    assert.deepEqual(browser.messages().filter((message) => /error|uncaught|violat|refused/i.test(message)), []);
  }));

  test(`${name}: what drawn buyers are worth, and what their orders lack`, { timeout: 300_000 }, () => visit(name, 'file', async (app, browser) => {
    const drawn = drawnOrders(400);
    const file = join(folder, `orders-${name}.csv`);
    writeFileSync(file, drawn.csv);
    await app.addFiles([file]);
    await openView(app, browser);
    const [says] = await rows(browser, 'customers-says');
    assert.equal(Number(says?.['customers']), 400);
    const repeats = await rows(browser, 'customers-times');
    assert.deepEqual(repeats.map(({ actual }) => Number(actual)), repeats.map((_, times) => drawn.customers.filter((one) => Math.min(one.repeats, repeats.length - 1) === times).length));
    assertFigure(Math.round(sum(repeats.map(({ expected }) => Number(expected)))), 400, 'customers of the model');
    for (const table of ['customers-group', 'customers-decile']) {
      const parts = await rows(browser, table);
      assert.ok(parts.length > 2);
      assert.equal(sum(parts.map(({ customers }) => Number(customers))), 400, table);
      assertFigure(sum(parts.map(({ value }) => Number(value))) / Number(says?.['total']), 1, table);
    }
    assert.equal((await rows(browser, 'customers-revenue')).length, 1, 'no cost of goods');
    assert.equal((await rows(browser, 'customers-needs-subscriptions')).length, 1);
    const before = Number(says?.['total']);
    await browser.evaluate(`(() => { const field = document.querySelector('${id('customers-months')}'); field.value = '24'; field.dispatchEvent(new Event('change', { bubbles: true })); return true; })()`);
    await answered(app, browser);
    await until(browser, `Number(document.querySelector('${id('customers-says')}').dataset.total) !== ${before}`, 'two years');
    const after = Number((await rows(browser, 'customers-says'))[0]?.['total']);
    assert.ok(after > before && after < 2 * before, `${before} ${after}`);
    await browser.choose(id('customers-model'), 'pareto_nbd');
    await answered(app, browser);
    await until(browser, `document.querySelector('${id('customers-says')}') === null || Number(document.querySelector('${id('customers-says')}').dataset.total) !== ${after}`, 'the other model');
    assert.equal(await browser.evaluate(`/NaN|undefined|null/.test(document.querySelector('${id('customers')}').textContent)`), false);
    await assertAccessible(browser);
    assert.deepEqual(browser.messages().filter((message) => /error|uncaught|violat|refused/i.test(message)), []);
  }));
}
