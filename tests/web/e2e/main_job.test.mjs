// The whole main job on the sample company, in three browsers, by http and by file: every figure against an independent calculation.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { assertFigure, expected, expectedReport, NAMES, visit } from './lib/app.mjs';
import { until } from './lib/driver.mjs';

const id = (/** @type {string} */ name) => `[data-testid="${name}"]`;

/** @param {Record<string, number|null>} actual @param {Record<string, number|null>} wanted @param {string} where */
function assertFigures(actual, wanted, where) {
  const known = Object.keys(wanted);
  assert.ok(known.length > 0);
  for (const kpi of known) assertFigure(actual[kpi] ?? null, wanted[kpi] ?? null, `${where}: ${kpi}`);
}

for (const name of NAMES) {
  for (const origin of /** @type {const} */ (['http', 'file'])) {
    test(`${name} by ${origin}`, { timeout: 600_000 }, (t) => visit(name, origin, async (app, browser, site) => {
      const all = expectedReport('everything by month');

      await t.test('the sample loads and every KPI is right', async () => {
        await app.trySample();
        assertFigures(await app.values(), all.kpis, 'all');
      });

      await t.test('the file cards say what was understood', async () => {
        await app.go('data');
        const files = await app.files();
        assert.deepEqual(files.map((file) => file.name), expected.files.map((file) => file.name));
        assert.deepEqual(files.map((file) => file.table), ['leads', 'opportunities', 'ad_spend', 'web_sessions', 'accounts']);
        files.forEach((file, index) => assert.equal(file.rows, expected.files[index]?.records_used, file.name));
      });

      await t.test('the table by channel is right, cell by cell', async () => {
        await app.go('channels');
        await browser.choose(id('group-by'), 'channel');
        await app.settled();
        const report = expectedReport('by channel');
        const members = await app.members();
        let cells = 0;
        for (const [key, wanted] of Object.entries(report.members)) {
          const row = members[key];
          assert.ok(row, `no row for "${key}"`);
          for (const [kpi, value] of Object.entries(row)) {
            if (!(kpi in wanted)) continue;
            assertFigure(value, wanted[kpi], `${key}: ${kpi}`);
            cells++;
          }
        }
        assert.ok(cells > Object.keys(report.members).length, 'cells were compared');
      });

      await t.test('period, comparison and filter answer without reading a file again', async () => {
        const report = expectedReport('third quarter of 2025, paid search, against the quarter before');
        await app.go('overview');
        await app.countReads();
        await app.period(report.request.from, report.request.to);
        await app.compare('previous_period');
        await app.filter('channel', 'paid_search');
        assertFigures(await app.values(), report.kpis, 'third quarter');
        assert.equal(await app.reads(), 0, 'files given to the engine');
        await browser.click(`${id('filter-chip')} button`);
        await app.settled();
        await browser.click(id('period'));
        await browser.click(id('period-all'));
        await app.closePanel('period');
        await app.settled();
        assertFigures(await app.values(), all.kpis, 'all again');
      });

      await t.test('the explanation shows the value and its inputs', async () => {
        await browser.click(`${id('kpi-card')}[data-kpi="cost_per_lead"]`);
        await until(browser, `document.querySelector('dialog[open]${id('explain')} ${id('inputs')}') !== null`, 'the explanation');
        const shown = await browser.evaluate(`document.querySelector('${id('explain-value')}').dataset.value`);
        await browser.press('Escape');
        await until(browser, `document.querySelector('dialog[open]') === null`, 'the explanation to close');
        assertFigure(Number(shown), all.kpis.cost_per_lead, 'explained');
      });

      await t.test('a column that is left out takes its KPIs with it, and comes back', async () => {
        await app.go('data');
        const card = await app.openFile('crm_deals.csv');
        const column = Number(await browser.evaluate(`document.querySelector('${card} ${id('column')}[data-field="amount"]').dataset.column`));
        await app.remap('crm_deals.csv', column, '');
        await app.go('overview');
        const without = await app.values();
        assert.equal(without['revenue'], null, 'revenue without amounts');
        assertFigure(without['won_deals'] ?? null, all.kpis.won_deals, 'won deals do not need amounts');
        await app.go('data');
        await app.remap('crm_deals.csv', column, 'amount');
        await app.go('overview');
        assertFigures(await app.values(), all.kpis, 'after the correction');
      });

      await t.test('nothing was requested but the page, and nothing was complained about', async () => {
        const foreign = browser.requests().filter((address) => !address.startsWith('blob:') && !address.startsWith('data:') && address.split('#')[0] !== site.address);
        assert.deepEqual(foreign, []);
        assert.deepEqual([...new Set(site.log)], origin === 'http' ? ['GET /'] : []);
        assert.deepEqual(browser.messages().filter((message) => /error|uncaught|violat|refused/i.test(message)), []);
      });
    }));
  }
}
