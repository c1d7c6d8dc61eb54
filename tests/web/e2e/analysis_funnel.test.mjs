// The funnel in the built page: the sample's counts against an independent calculation, settings, and files that lack what it takes.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { test } from 'node:test';
import { assertFigure, NAMES, root, visit } from './lib/app.mjs';
import { until } from './lib/driver.mjs';

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const id = (/** @type {string} */ name) => `[data-testid="${name}"]`;

/** Fields of a sample's rows; no cell that is used here has a comma or a quote in it or before it. @param {string} name @returns {Record<string, string>[]} */
function sample(name) {
  const [head, ...lines] = readFileSync(join(root, 'web/samples', name), 'utf8').trim().split('\n').map((line) => [...line.matchAll(/("(?:[^"]|"")*"|[^,]*)(?:,|$)/g)].map((one) => /** @type {string} */ (one[1])));
  return lines.map((cells) => Object.fromEntries(head.map((key, i) => [key, cells[i] ?? ''])));
}

const day = (/** @type {string} */ text) => Date.parse(`${text.slice(0, 10)}T00:00Z`) / 86400000;
const DATES = ['Create Date', 'Became a Marketing Qualified Lead Date', 'Sales Accepted Date', 'Became a Sales Qualified Lead Date', 'Became an Opportunity Date', 'Became a Customer Date'];

/** Counted anew, row by row, with no code of the engine. */
function expected() {
  const seen = new Set();
  const leads = sample('crm_leads.csv').filter((row) => !seen.has(row['Record ID']) && seen.add(row['Record ID']));
  const deals = sample('crm_deals.csv');
  const asOf = Math.max(...leads.flatMap((row) => [...DATES, 'Handed over at', 'First response at'].map((key) => (row[key] ? day(row[key]) : 0))), ...deals.map((row) => day(row['Create Date'])),
    ...deals.filter((row) => row['Deal Stage'].startsWith('Closed')).map((row) => day(row['Close Date'])));
  const ofLead = (/** @type {string} */ key) => deals.filter((row) => row['Associated Contact IDs'] === key);
  const stages = DATES.slice(0, -1).map((date, s) => {
    const cell = { entered: 0, advanced: 0, disqualified: 0, stale: 0, open: 0 };
    for (const row of leads) {
      if (!row[date]) continue;
      cell.entered++;
      if (DATES.slice(s + 1).some((later) => row[later])) { cell.advanced++; continue; }
      const own = ofLead(row['Record ID']);
      if (own.length && own.every((deal) => deal['Deal Stage'] === 'Closed Lost')) { cell.disqualified++; continue; }
      const changed = Math.max(...[...DATES, 'Handed over at', 'First response at'].map((key) => (row[key] ? day(row[key]) : 0)), ...own.map((deal) => day(deal['Create Date'])));
      asOf - changed > 90 ? cell.stale++ : cell.open++;
    }
    return cell;
  });
  // shares by Aalen and Johansen, day by day
  const cycles = deals.map((row) => ({ days: (row['Deal Stage'].startsWith('Closed') ? day(row['Close Date']) : asOf) - day(row['Create Date']), end: row['Deal Stage'] === 'Closed Won' ? 1 : row['Deal Stage'] === 'Closed Lost' ? 2 : 0 }));
  const wonBy = (/** @type {number} */ limit) => {
    let [open, won] = [1, 0];
    for (let d = 0; d <= limit; d++) {
      const risk = cycles.filter((one) => one.days >= d).length;
      const at = (/** @type {number} */ end) => cycles.filter((one) => one.days === d && one.end === end).length;
      if (!risk) break;
      won += open * at(1) / risk;
      open *= 1 - (at(1) + at(2)) / risk;
    }
    return won;
  };
  const answered = leads.filter((row) => row['Handed over at']?.length === 16 && row['First response at']?.length === 16).map((row) => ({ hours: (Date.parse(`${row['First response at'].replace(' ', 'T')}Z`) - Date.parse(`${row['Handed over at'].replace(' ', 'T')}Z`)) / 3600000, won: DATES.slice(4).some((key) => row[key]) }));
  return { stages, wonBy, answered };
}

for (const name of NAMES) {
  test(`${name}: the sample's leaks, times, cycles and answers`, { timeout: 300_000 }, () => visit(name, 'file', async (app, browser) => {
    await app.trySample();
    await app.go('analysis');
    await browser.click(id('analysis-tab-funnel'));
    const ready = () => until(browser, `document.querySelector('${id('analysis')}[data-view="funnel"][data-ready="true"] ${id('leak-table')}') !== null`, 'the funnel');
    await ready();
    const { stages, wonBy, answered } = expected();
    const shown = await browser.evaluate(`[...document.querySelectorAll('${id('leak-stage')}')].map((row) => Object.fromEntries([...row.querySelectorAll('td[data-key]')].map(({ dataset }) => [dataset.key, Number(dataset.value)])))`);
    assert.equal(shown.length, 5);
    stages.forEach((cell, i) => {
      const { of_decided: share, ...counts } = shown[i];
      assert.deepEqual(counts, cell);
      assertFigure(share, (cell.disqualified + cell.stale) / (cell.entered - cell.open), `share lost of stage ${i}`);
    });
    const curve = await browser.evaluate(`Object.fromEntries([...document.querySelectorAll('${id('cycle-row')}')].map(({ dataset }) => [dataset.days, Number(dataset.won)]))`);
    for (const limit of [30, 60, 90, 180, 270]) assertFigure(curve[limit], wonBy(limit), `won after ${limit} days`);
    const buckets = await browser.evaluate(`Object.fromEntries([...document.querySelectorAll('${id('response-bucket')}')].map(({ dataset }) => [dataset.bucket, [Number(dataset.leads), Number(dataset.converted)]]))`);
    const within = (/** @type {number} */ low, /** @type {number} */ high) => { const some = answered.filter((one) => one.hours >= low && one.hours < high); return [some.length, some.filter((one) => one.won).length]; };
    assert.deepEqual(buckets.under_30m, within(5 / 60, 0.5));
    assert.deepEqual(buckets.under_1h, within(0.5, 1));
    assert.deepEqual(buckets.over_24h, within(24 + 1e-9, Infinity));
    assert.equal(await browser.evaluate(`document.querySelectorAll('${id('funnel-verdict')} li').length`), 3);
    assert.equal(await browser.evaluate(`document.querySelectorAll('${id('funnel-cycles')} svg path').length`), 4);

    // who has changed nothing for 30 days is stale already; nobody who entered is lost from the row
    await browser.evaluate(`(() => { const field = document.querySelector('${id('funnel-stale_days')}'); field.value = '30'; field.dispatchEvent(new Event('change', { bubbles: true })); })()`);
    await until(browser, `Number(document.querySelector('${id('leak-stage')} td[data-key="stale"]')?.dataset.value) > ${stages[0].stale}`, 'more stale leads');
    const first = await browser.evaluate(`Object.fromEntries([...document.querySelector('${id('leak-stage')}').querySelectorAll('td[data-key]')].map(({ dataset }) => [dataset.key, Number(dataset.value)]))`);
    assert.equal(first.advanced + first.disqualified + first.stale + first.open, stages[0].entered);
    await browser.choose(id('funnel-hours'), 'own');
    await until(browser, `document.querySelector('${id('service-level')}[data-clock="working"]') !== null`, 'working hours');
    const levels = await browser.evaluate(`Object.fromEntries([...document.querySelectorAll('${id('service-level')}')].map(({ dataset }) => [dataset.clock, Number(dataset.value)]))`);
    assert.ok(levels.working > levels.clock, 'nights and weekends do not count');
    await browser.evaluate(`(() => { ${axe}; return true; })()`);
    const violations = await browser.evaluate(`axe.run(document.querySelector('${id('analysis')}'), { resultTypes: ['violations'] }).then(({ violations }) => violations.map(({ id, nodes }) => [id, nodes[0].html.slice(0, 200), nodes[0].failureSummary]))`);
    assert.deepEqual(violations, []);
    await browser.choose(id('funnel-by'), 'none');
    await until(browser, `document.querySelector('${id('leak-matrix')}') === null`, 'no split');
    assert.deepEqual(browser.messages().filter((message) => /error|uncaught|violat|refused/i.test(message)), []);
  }));
}
