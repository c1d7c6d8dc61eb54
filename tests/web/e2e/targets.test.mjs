// The scorecard with targets: typed ones against independent figures, a reload, a choice of KPIs, and a plan dropped as a file.
import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { assertFigure, expectedReport, NAMES, visit } from './lib/app.mjs';
import { until } from './lib/driver.mjs';

/** @typedef {import('./lib/app.mjs').App} App */
/** @typedef {import('./lib/driver.mjs').Browser} Browser */

const id = (/** @type {string} */ name) => `[data-testid="${name}"]`;
const card = (/** @type {string} */ kpi) => `${id('board-card')}[data-kpi="${kpi}"]`;

/** @param {App} app @param {Browser} browser @param {string} selector @param {string} text */
async function enter(app, browser, selector, text) {
  await until(browser, `document.querySelector(${JSON.stringify(selector)}) !== null`, selector);
  await browser.evaluate(`(() => { const input = document.querySelector(${JSON.stringify(selector)}); input.focus(); input.value = ${JSON.stringify(text)};
    input.dispatchEvent(new Event('input', { bubbles: true })); input.dispatchEvent(new Event('change', { bubbles: true })); return true; })()`);
  await app.settled();
}

/** @param {App} app @param {Browser} browser @param {string} kpi @param {string} period @param {string} text */
const aim = (app, browser, kpi, period, text) => enter(app, browser, `${id('target')}[data-kpi="${kpi}"][data-period="${period}"]`, text);

/** @param {Browser} browser @param {string} selector @param {string} [dialog] */
async function open(browser, selector, dialog = '') {
  await browser.click(id(selector));
  await until(browser, `document.querySelector('dialog[open]${dialog}') !== null`, selector);
}

/** @param {Browser} browser @param {string} kpi @returns {Promise<{target: number, attainment: number, status: string}>} */
const judged = (browser, kpi) => browser.evaluate(`(() => { const line = document.querySelector('${card(kpi)} ${id('target-line')}');
  return line && { target: Number(line.dataset.target), attainment: Number(line.dataset.attainment), status: line.querySelector('${id('target-status')}').dataset.status }; })()`);

/** @param {Browser} browser @returns {Promise<string[]>} */
const shown = (browser) => browser.evaluate(`[...document.querySelectorAll('${id('scorecard')} ${id('kpi-card')}')].map((one) => one.dataset.kpi)`);

for (const name of NAMES) {
  test(`${name}: typed targets are held against the figures and outlive a reload`, { timeout: 300_000 }, () => visit(name, 'file', async (app, browser, site) => {
    await app.trySample();
    const wanted = expectedReport('third quarter of 2025 by channel, against last year');
    const quarter = wanted.kpis;
    await app.period(wanted.request.from, wanted.request.to);
    const [leads, cost] = [quarter['new_leads'], quarter['cost_per_lead']];

    await open(browser, 'board-targets');
    await browser.click(id('step-quarter'));
    await enter(app, browser, `dialog ${id('typed-year')}`, '2025');
    await aim(app, browser, 'new_leads', '2025-Q3', String(leads * 2));
    await aim(app, browser, 'cost_per_lead', '2025-Q3', String(cost / 2));
    await enter(app, browser, `${id('note-owner')}[data-kpi="new_leads"]`, 'Ann Lee');
    await enter(app, browser, `${id('note-on')}[data-kpi="new_leads"]`, '2025-07-01');
    await aim(app, browser, 'win_rate', '2025-Q3', '120');
    assert.equal(await browser.evaluate(`document.querySelector('${id('target-note')}')?.dataset.code`), 'range', 'a share above 100 % is no target');
    await aim(app, browser, 'win_rate', '2025-Q3', '');
    await browser.choose(id('target-channel'), 'paid_search');
    await aim(app, browser, 'new_leads', '2025-Q3', String(wanted.members['paid_search']['new_leads']));
    await browser.click(id('targets-done'));

    const assertJudged = async () => {
      const [more, less] = [await judged(browser, 'new_leads'), await judged(browser, 'cost_per_lead')];
      // half of what was aimed at; twice the cost that was aimed at is half as well
      assertFigure(more.attainment, 0.5, 'attainment of leads');
      assertFigure(less.attainment, 0.5, 'attainment of the cost per lead');
      assert.deepEqual([more.status, less.status], ['missed', 'missed']);
      assertFigure(more.target, leads * 2, 'the target');
      assert.match(await browser.evaluate(`document.querySelector('${card('new_leads')} ${id('board-owner')}').textContent`), /Ann Lee/);
    };
    await assertJudged();

    await app.go('channels');
    await browser.choose(id('group-by'), 'channel');
    await app.settled();
    const cell = await browser.evaluate(`document.querySelector('${id('member')}[data-key="paid_search"] [data-kpi="new_leads"] ${id('cell-target')}')?.dataset.attainment`);
    assert.equal(cell, '1', 'the channel has what was aimed at');

    await browser.goto('about:blank');
    await app.open(site.address);
    assert.equal(await browser.evaluate(`document.querySelector('${id('frame')}').dataset.place`), 'start', 'a plan alone is no data');
    await app.trySample();
    await app.period(wanted.request.from, wanted.request.to);
    await assertJudged();

    await browser.click(id('settings'));
    await browser.click(id('forget'));
    await app.settled();
    await until(browser, `document.querySelector('${id('target-line')}') === null`, 'the targets to be forgotten');
  }));

  test(`${name}: KPIs are chosen, moved and reset; a dropped plan tells the name that it cannot match`, { timeout: 300_000 }, () => visit(name, 'file', async (app, browser) => {
    await app.trySample();
    const suggested = await shown(browser);
    assert.equal(suggested.length, 6);
    await open(browser, 'board-choose');
    await browser.click(`${id('chosen-close')}[data-kpi="${suggested[0]}"]`);
    await enter(app, browser, id('chooser-find'), 'click-through');
    await until(browser, `document.querySelector('${id('chooser-add')}[data-kpi="click_through_rate"]') !== null`, 'the hit');
    await browser.click(`${id('chooser-add')}[data-kpi="click_through_rate"]`);
    const order = [...suggested.slice(1), 'click_through_rate'];
    await until(browser, `document.querySelectorAll('${id('chosen')}').length === 6`, 'six again');
    await browser.click(`${id('chosen-up')}[data-kpi="click_through_rate"]`);
    await browser.evaluate(`(() => { const row = document.querySelector('${id('chosen')}[data-kpi="${order[1]}"]'); row.focus(); row.dispatchEvent(new KeyboardEvent('keydown', { key: 'ArrowUp', altKey: true, bubbles: true })); return true; })()`);
    await until(browser, `document.querySelector('${id('chosen')}').dataset.kpi === '${order[1]}'`, 'the row to move by keys');
    await browser.click(id('chooser-done'));
    assert.deepEqual(await shown(browser), [order[1], order[0], order[2], order[3], 'click_through_rate', order[4]]);
    await open(browser, 'board-choose');
    await browser.click(id('chooser-reset'));
    await browser.click(id('chooser-done'));
    assert.deepEqual(await shown(browser), suggested);

    const folder = mkdtempSync(join(tmpdir(), 'kpi-plan-'));
    try {
      const year = expectedReport('year 2025 with gross margin 80 %').kpis;
      const target = Math.round(year['revenue'] / 0.8);
      writeFileSync(join(folder, 'plan.csv'), `kpi,period,period_end,target,currency,owner\r\nrevenue,2025-01-01,2025-12-31,${target},,Bo\r\ncost per leed,2025-01-01,2025-12-31,50,,Bo\r\n`);
      await browser.setFiles(id('file-input'), [join(folder, 'plan.csv')]);
      await app.go('data');
      await until(browser, `document.querySelector('${id('file-card')}[data-name="plan.csv"][data-table="targets"]') !== null`, 'the plan');
      await app.settled();
      await app.openFile('plan.csv');
      const said = await browser.evaluate(`document.querySelector('${id('finding')}[data-code="target_kpi_unknown"]').textContent`);
      assert.match(said, /cost per leed/);
      assert.match(said, /cost_per_lead/);
      await app.go('overview');
      await app.period('2025-01-01', '2025-12-31');
      const { attainment, status } = await judged(browser, 'revenue');
      assertFigure(attainment, year['revenue'] / target, 'attainment of revenue');
      assert.equal(status, 'missed');
    } finally {
      rmSync(folder, { recursive: true });
    }
  }));
}

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

for (const scheme of /** @type {const} */ (['light', 'dark'])) {
  test(`axe finds nothing on the scorecard and its dialogs in ${scheme}, and they fit 360 pixels`, { timeout: 300_000, skip: !NAMES.includes('chromium') }, () => visit('chromium', 'http', async (app, browser) => {
    await app.trySample();
    await browser.evaluate(`${axe}; typeof axe.run`);
    const assertFine = async (/** @type {string} */ where) => {
      const violations = await browser.evaluate(`axe.run(document, { resultTypes: ['violations'] }).then(({ violations }) => violations.map(({ id, nodes }) => [id, nodes[0].target, nodes[0].failureSummary]))`);
      assert.deepEqual(violations, [], where);
      const [content, window] = await browser.evaluate('[document.documentElement.scrollWidth, document.documentElement.clientWidth]');
      assert.ok(content <= window, `${where}: ${content} of ${window} pixels`);
    };
    for (const width of [1280, 360]) {
      await browser.resize(width, 800);
      await open(browser, 'board-targets');
      await aim(app, browser, 'new_leads', '2025-03', '40');
      await aim(app, browser, 'win_rate', '2025-03', width > 400 ? 'x' : '20 %');
      await assertFine('targets');
      await browser.click(id('targets-done'));
      await app.period('2025-03-01', '2025-03-31');
      assert.ok(await judged(browser, 'new_leads'));
      await assertFine('scorecard');
      await open(browser, 'board-choose');
      await assertFine('chooser');
      await browser.click(id('chooser-done'));
    }
  }, { dark: scheme === 'dark' }));
}
