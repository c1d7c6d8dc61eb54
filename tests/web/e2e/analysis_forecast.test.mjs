// Forecasts in the built page: the sample's months, the naive forecast counted anew, and a forecast that is withheld.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { test } from 'node:test';
import { assertFigure, expectedReport, NAMES, visit } from './lib/app.mjs';
import { until } from './lib/driver.mjs';

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const id = (/** @type {string} */ name) => `[data-testid="${name}"]`;

for (const name of NAMES) {
  test(`${name}: the sample's next months`, { timeout: 300_000 }, () => visit(name, 'file', async (app, browser) => {
    await app.trySample();
    await app.go('analysis');
    await browser.click(id('analysis-tab-forecast'));
    const ready = (/** @type {string} */ kpi) => until(browser, `document.querySelector('${id('analysis')}[data-view="forecast"][data-ready="true"] ${id('forecast-kpi')}')?.value === '${kpi}'`, `the forecast of ${kpi}`);
    const months = (/** @type {string} */ row) => browser.evaluate(`[...document.querySelectorAll('${id(row)}')].map(({ dataset }) => ({ ...dataset }))`);
    await ready('revenue');
    const wanted = expectedReport('everything by month');
    const past = await months('forecast-past');
    assert.equal(past.length, 24);
    assertFigure(past.reduce((/** @type {number} */ sum, /** @type {any} */ one) => sum + Number(one.value), 0), wanted.kpis.revenue, 'the months add up to the revenue that SQL finds');
    // smoothing errs hardly less than repeating the last month, so that is what stands there
    assert.equal((await months('forecast-month')).length, 0);
    assert.equal(await browser.evaluate(`document.querySelector('${id('forecast-verdict')}').dataset.verdict`), 'margin');
    const naive = await months('forecast-naive');
    assert.deepEqual(naive.map((/** @type {any} */ one) => one.from), ['2026-01-01', '2026-02-01', '2026-03-01', '2026-04-01', '2026-05-01', '2026-06-01']);
    for (const one of naive) assert.equal(one.value, past[23].value);
    assert.ok((await months('forecast-unusual')).some((/** @type {any} */ one) => one.from === '2025-12-01' && Number(one.value) > Number(one.expected)), 'December 2025 is out of line');
    // marketing spend: the naive forecast is the last month; seven origins from the 12th month on, six months each
    await browser.choose(id('forecast-kpi'), 'marketing_spend');
    await ready('marketing_spend');
    const spend = (await months('forecast-past')).map((/** @type {any} */ one) => Number(one.value));
    let [sum, count] = [0, 0];
    for (let origin = 12; origin + 6 <= 24; origin++) for (let h = 0; h < 6; h++, count++) sum += Math.abs(spend[origin + h] - spend[origin - 1]);
    assert.equal(count, 42);
    const shown = await browser.evaluate(`document.querySelector('${id('forecast-accuracy')}[data-key="naive_error"] td').textContent`);
    assert.equal(shown.replace(/[^\d.]/g, ''), (sum / count).toFixed(2).replace(/\.00$/, ''));
    const ahead = await months('forecast-month');
    assert.deepEqual(ahead.map((/** @type {any} */ one) => one.from), ['2026-01-01', '2026-02-01', '2026-03-01', '2026-04-01', '2026-05-01', '2026-06-01']);
    for (const one of ahead) assert.ok(Number(one.low) <= Number(one.mean) && Number(one.mean) <= Number(one.high));
    assert.equal(await browser.evaluate(`document.querySelectorAll('${id('forecast-chart')} svg path').length`), 5, 'two bands, what was, the naive line and the forecast');
    // what is to come begins at the last actual point
    const starts = await browser.evaluate(`[...document.querySelectorAll('${id('forecast-chart')} svg path')].map((path) => [path.getAttribute('class'), path.getAttribute('d')])`);
    const line = (/** @type {string} */ mark) => starts.find((/** @type {[string, string]} */ one) => one[0] === mark)[1].match(/-?[\d.]+,-?[\d.]+/g);
    assert.equal(line('is-ahead-line')[0], line('is-line').at(-1));
    assert.equal(line('is-naive-line')[0], line('is-line').at(-1));
    // the win rate is a ratio of two sums: both ways are told, and a month without closed deals is a gap of the rate alone
    await browser.choose(id('forecast-kpi'), 'win_rate');
    await ready('win_rate');
    assert.equal(await browser.evaluate(`document.querySelector('${id('forecast-ways')}')?.dataset.used`), 'parts');
    await browser.evaluate(`(() => { ${axe}; return true; })()`);
    const violations = await browser.evaluate(`axe.run(document.querySelector('${id('analysis')}'), { resultTypes: ['violations'] }).then(({ violations }) => violations.map(({ id, nodes }) => [id, nodes[0].html.slice(0, 200), nodes[0].failureSummary]))`);
    assert.deepEqual(violations, []);
    // sessions: no better than the year before, so there is no forecast, but the test is shown
    await browser.choose(id('forecast-kpi'), 'sessions');
    await ready('sessions');
    assert.equal((await months('forecast-month')).length, 0);
    assert.ok(await browser.evaluate(`document.querySelector('${id('analysis-none')}') !== null && document.querySelector('${id('forecast-test')}') !== null`));
    assert.deepEqual(browser.messages().filter((message) => /error|uncaught|violat|refused/i.test(message)), []);
  }));
}
