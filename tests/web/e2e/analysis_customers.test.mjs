// Customer value in the built page: the sample's cohorts counted again from its file, drawn orders, and no data at all.
import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { drawnOrders } from '../../support/drawn-orders.mjs';
import { monthEnd, revenueMonths, subscriptionRows } from '../../support/recurring-revenue.mjs';
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

const LAST = '2025-12-31';
const sample = subscriptionRows(join(root, 'web/samples/subscriptions.csv'));

/** Customers active at the end of each month by month of start, from the file alone. */
function cohortsOfSample() {
  /** @type {Map<string, typeof sample>} */
  const customers = new Map();
  for (const row of sample) customers.set(row.customer, [...(customers.get(row.customer) ?? []), row]);
  /** @type {Map<string, {customers: number, active: number[], revenue: number[]}>} */
  const cohorts = new Map();
  for (const own of customers.values()) {
    const first = own.map(({ start }) => start).sort()[0] ?? '';
    const cohort = cohorts.get(first.slice(0, 7)) ?? { customers: 0, active: [], revenue: [] };
    cohorts.set(first.slice(0, 7), cohort);
    cohort.customers++;
    for (let age = 0; monthEnd(first, age) <= LAST; age++) {
      const end = monthEnd(first, age);
      const active = own.filter((one) => one.start <= end && (!one.end || one.end > end));
      cohort.active[age] = (cohort.active[age] ?? 0) + (active.length || age === 0 ? 1 : 0);
      cohort.revenue[age] = (cohort.revenue[age] ?? 0) + sum(active.map(({ mrr }) => mrr));
    }
  }
  return cohorts;
}

/** Types into a field as a user who leaves it. @param {Browser} browser @param {string} name @param {string} text */
const type = (browser, name, text) => browser.evaluate(`(() => { const field = document.querySelector('${id(name)}'); field.value = '${text}'; field.dispatchEvent(new Event('change', { bubbles: true })); return true; })()`);

/** The table of movements against the file's rows. @param {Browser} browser */
async function assertMovements(browser) {
  const wanted = revenueMonths(sample, LAST);
  /** @type {{start: string, parts: Record<string, string>, rates: Record<string, string>, yearly: Record<string, string>}[]} */
  const shown = await browser.evaluate(`[...document.querySelectorAll('${id('revenue-month')}')].map((row) => ({ start: row.dataset.start, parts: Object.fromEntries([...row.querySelectorAll('[data-part]')].map((cell) => [cell.dataset.part, cell.dataset.value])),
    rates: Object.fromEntries([...row.querySelectorAll('[data-rate]')].map((cell) => [cell.dataset.rate, cell.dataset.value])), yearly: Object.fromEntries([...row.querySelectorAll('[data-yearly]')].map((cell) => [cell.dataset.rate, cell.dataset.yearly])) }))`);
  assert.deepEqual(shown.map(({ start }) => start), wanted.map(({ start }) => start));
  shown.forEach(({ start, parts, rates, yearly }, i) => {
    const want = /** @type {any} */ (wanted[i]);
    for (const part of ['opening', 'new', 'reactivation', 'expansion', 'contraction', 'churn', 'closing']) assertFigure(Number(parts[part]), want[part], `${start} ${part}`);
    assert.equal(Number(parts['customers']), want.customers_closing);
    if (!want.opening) return assert.equal(rates['nrr'], undefined, start);
    assertFigure(Number(rates['nrr']), (want.opening + want.expansion - want.contraction - want.churn) / want.opening, `${start} nrr`);
    assertFigure(Number(rates['customer_churn']), want.customers_lost / want.customers_opening, `${start} churn`);
    assertFigure(Number(yearly['customer_churn']), 1 - (1 - want.customers_lost / want.customers_opening) ** 12, `${start} a year`);
  });
  const bars = await browser.evaluate(`document.querySelectorAll('${id('revenue-chart')} rect').length`);
  assert.equal(bars, sum(wanted.map((/** @type {any} */ one) => ['new', 'reactivation', 'expansion', 'contraction', 'churn'].filter((part) => one[part] > 0).length)));
}

/** What a customer of the sample is worth: prices at the ends of the months of 2025 over customers, times the margin, over churn. @param {Browser} browser @param {number} margin */
async function assertSegments(browser, margin) {
  const year = revenueMonths(sample, LAST).slice(-12);
  const left = sum(year.map(({ customers_lost: lost }) => lost));
  const rowsShown = await rows(browser, 'segment');
  const whole = rowsShown.at(-1);
  assert.equal(whole?.['all'], 'true');
  assert.equal(Number(whole?.['customers']), year.at(-1)?.customers_closing);
  const value = await browser.evaluate(`Number([...document.querySelectorAll('${id('segment')}')].at(-1).querySelector('[data-kpi="clv_margin"]').dataset.value)`);
  assertFigure(value, sum(year.map(({ closing }) => closing)) / Number(year.at(-1)?.customers_closing) * margin / (left / Number(year[0]?.customers_opening)), 'value of a customer');
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
    await type(browser, 'customers-margin', '80');
    await answered(app, browser);
    await type(browser, 'customers-cac', '3000');
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

  test(`${name}: recurring revenue month by month, and what a customer is worth`, { timeout: 300_000 }, () => visit(name, 'file', async (app, browser) => {
    await app.addFiles([join(root, 'web/samples/subscriptions.csv')]);
    await openView(app, browser);
    await assertMovements(browser);
    assert.equal(await browser.evaluate(`document.querySelector('${id('segment')} [data-kpi="clv_margin"]')`), null, 'no margin yet');
    await type(browser, 'customers-margin', '80');
    await until(browser, `document.querySelector('${id('segment')} [data-kpi="clv_margin"][data-value]') !== null`, 'values on margin');
    await answered(app, browser);
    await assertSegments(browser, 0.8);
    await browser.choose(id('cohorts-shown'), 'margin');
    await answered(app, browser);
    await browser.click(id('settings'));
    assert.equal(await browser.evaluate(`document.querySelector('${id('margin')}').value`), '80', 'one margin for the whole page');
    await app.closePanel('settings');
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
    const listed = await rows(browser, 'customers-listed');
    assert.equal(listed.length, 50);
    assert.deepEqual(listed.map(({ value }) => Number(value)), listed.map(({ value }) => Number(value)).sort((x, y) => y - x));
    const names = await browser.evaluate(`[...document.querySelectorAll('${id('customers-name')}')].map((one) => one.textContent)`);
    const lines = drawn.csv.split('\n');
    assert.deepEqual(names, listed.map(({ row }) => lines[Number(row) - 1]?.split(',')[2]), 'under the names of the file');
    assert.equal((await rows(browser, 'customers-revenue')).length, 1, 'no cost of goods');
    assert.equal((await rows(browser, 'customers-needs-subscriptions')).length, 1);
    const before = Number(says?.['total']);
    await type(browser, 'customers-months', '24');
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
