// The funnel in the built page: the sample's counts against an independent calculation, settings, and files that lack what it takes.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { test } from 'node:test';
import { cohorts, DATES, day, lastDay, lostByReason, sample, sampleLeads, waitQuantile, waits } from '../../boundary/lib/sample-funnel.mjs';
import { assertFigure, NAMES, root, visit } from './lib/app.mjs';
import { until } from './lib/driver.mjs';

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const id = (/** @type {string} */ name) => `[data-testid="${name}"]`;

/** Counted anew, row by row, with no code of the engine. */
function expected() {
  const leads = sampleLeads();
  const deals = sample('crm_deals.csv');
  const asOf = lastDay();
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
    await app.addFiles(['crm_leads.csv', 'crm_deals.csv', 'agreed_times.csv'].map((file) => join(root, 'web/samples', file)));
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
    assert.equal(await browser.evaluate(`document.querySelectorAll('${id('funnel-verdict')} li').length`), 5);

    // why people were lost: each reason's counts by stage, and all of them together
    const data = (/** @type {string} */ testid) => browser.evaluate(`[...document.querySelectorAll('${id(testid)}')].map(({ dataset }) => ({ ...dataset }))`);
    const lost = lostByReason();
    const reasons = await data('reason');
    for (const one of reasons.filter((/** @type {any} */ row) => row.key === 'reason' || row.key === 'none')) assert.equal(one.stages, lost.map((counts) => counts.get(one.label) ?? 0).join(' '), one.label);
    assert.equal(reasons.find((/** @type {any} */ row) => row.key === 'sum').stages, stages.map((cell) => cell.disqualified).join(' '));

    // each month's cohort, and what it will come to
    const ladder = cohorts(DATES[5]);
    const drawn = (await data('cohort')).filter((/** @type {any} */ row) => row.final !== undefined);
    assert.ok(drawn.length > 12);
    for (const row of drawn.slice(-12)) {
      const one = ladder.months.find(({ month }) => month === row.month);
      assert.deepEqual([Number(row.entered), Number(row.converted)], [one?.entered, one?.converted]);
      assertFigure(Number(row.complete), one?.complete ?? NaN, `complete ${row.month}`);
      assertFigure(Number(row.final), one?.final ?? NaN, `final ${row.month}`);
    }
    assert.ok(drawn.some((/** @type {any} */ row) => row.immature === 'true'));
    assert.equal((await data('completion-says'))[0].conversions, String(ladder.conversions));

    // waits with the never answered among them; the sample's agreed times: 4 hours for paid search, 24 for all others
    const all = waits();
    const [waited] = await data('waits');
    assertFigure(Number(waited.median), waitQuantile(all, 0.5) ?? NaN, 'half are answered');
    const paid = (await data('agreed')).find((/** @type {any} */ row) => row.channel === 'paid_search');
    const due = all.filter((one) => one.channel === 'Paid Search' && (one.isAnswered || one.open > 4));
    assert.deepEqual([paid.due, paid.kept], [String(due.length), String(due.filter((one) => one.isAnswered && one.hours <= 4).length)]);
    const groups = await data('response-group');
    assert.equal(groups.find((/** @type {any} */ row) => row.key === 'paid_search').leads, String(all.filter((one) => one.channel === 'Paid Search').length));
    assert.equal(groups.reduce((/** @type {number} */ sum, /** @type {any} */ row) => sum + Number(row.leads), 0), all.length);

    // each bar of the matrix lies inside its own cell, as long as its share
    const bars = await browser.evaluate(`[...document.querySelectorAll('${id('leak-matrix')} td[data-value]')].map((cell) => { const [outer, track, bar] = [cell, cell.querySelector('.kpi-leak'), cell.querySelector('.kpi-leak > span')].map((one) => one.getBoundingClientRect()); return [Number(cell.dataset.value), bar.width / track.width, track.left >= outer.left && track.right <= outer.right && bar.top >= outer.top && bar.bottom <= outer.bottom]; })`);
    assert.ok(bars.length > 10);
    for (const [share, part, isInside] of bars) assert.ok(isInside && Math.abs(share - part) < 0.02, `${share} ${part} ${isInside}`);
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
    // the curves of a chosen step
    await browser.choose(id('step-choose'), 'opportunity');
    await until(browser, `document.querySelector('${id('step-says')}')?.dataset.stage === 'opportunity'`, 'the curves of the step');
    const told = await browser.evaluate(`[document.querySelector('${id('time-stage')}[data-stage="opportunity"] td[data-days="30"]').dataset.value, document.querySelector('${id('step-row')}[data-days="30"]').dataset.advanced]`);
    assert.equal(told[0], told[1]);
    // another step of the completion
    await browser.choose(id('completion-to'), 'mql');
    await until(browser, `document.querySelector('${id('completion-says')}')?.dataset.conversions === '${cohorts(DATES[1]).conversions}'`, 'another step');
    // holidays and the zone: what is no day is named
    await browser.evaluate(`(() => { const field = document.querySelector('${id('funnel-holidays')}'); field.value = '2025-12-25, 2025-12-26\\n1 Jan 2026\\nsomeday'; field.dispatchEvent(new Event('change', { bubbles: true })); })()`);
    await until(browser, `document.querySelector('${id('holidays-read')}')?.dataset.read === '3'`, 'holidays');
    assert.equal(await browser.evaluate(`document.querySelector('${id('holidays-read')}').dataset.unread`), '1');
    await browser.evaluate(`(() => { const field = document.querySelector('${id('funnel-zone')}'); field.value = 'Middle/Earth'; field.dispatchEvent(new Event('change', { bubbles: true })); })()`);
    assert.equal(await browser.evaluate(`document.querySelector('${id('funnel-zone')}').getAttribute('aria-invalid')`), 'true');
    await browser.evaluate(`(() => { const field = document.querySelector('${id('funnel-zone')}'); field.value = 'Europe/Berlin'; field.dispatchEvent(new Event('change', { bubbles: true })); })()`);
    await until(browser, `document.querySelector('${id('funnel-times')}') !== null && document.querySelector('${id('analysis')}').dataset.ready === 'true'`, 'the zone');
    await browser.evaluate(`(() => { ${axe}; return true; })()`);
    const violations = await browser.evaluate(`axe.run(document.querySelector('${id('analysis')}'), { resultTypes: ['violations'] }).then(({ violations }) => violations.map(({ id, nodes }) => [id, nodes[0].html.slice(0, 200), nodes[0].failureSummary]))`);
    assert.deepEqual(violations, []);
    await browser.choose(id('funnel-by'), 'none');
    await until(browser, `document.querySelector('${id('leak-matrix')}') === null`, 'no split');
    assert.deepEqual(browser.messages().filter((message) => /error|uncaught|violat|refused/i.test(message)), []);
  }));
}
