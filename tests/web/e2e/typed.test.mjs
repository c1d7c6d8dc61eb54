// Totals typed without any file: the first KPIs, entries that are wrong, a pasted table with months, a reload, and files beside.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { assertFigure, NAMES, visit } from './lib/app.mjs';
import { until } from './lib/driver.mjs';

/** @typedef {import('./lib/app.mjs').App} App */
/** @typedef {import('./lib/driver.mjs').Browser} Browser */

const id = (/** @type {string} */ name) => `[data-testid="${name}"]`;
const field = (/** @type {string} */ measure, period = '') => `${id('figure')}[data-measure="${measure}"][data-period="${period}"]`;

/** @param {App} app @param {Browser} browser @param {string} measure @param {string} text @param {string} [period] */
async function paste(app, browser, measure, text, period = '') {
  // browsers differ in whether a made-up paste may carry data; what the page reads of it does not
  await browser.evaluate(`(() => { const event = new Event('paste', { bubbles: true, cancelable: true }); event.clipboardData = { getData: () => ${JSON.stringify(text)} };
    document.querySelector(${JSON.stringify(field(measure, period))}).dispatchEvent(event); return true; })()`);
  await app.settled();
}

/** @param {Browser} browser @param {string} selector @param {string} name */
const attribute = (browser, selector, name) => browser.evaluate(`document.querySelector(${JSON.stringify(selector)})?.getAttribute(${JSON.stringify(name)}) ?? null`);

for (const name of NAMES) {
  test(`${name}: typed totals give KPIs without a file, survive a reload, and are forgotten on demand`, { timeout: 300_000 }, () => visit(name, 'file', async (app, browser, site) => {
    await browser.click(id('type-totals'));
    await until(browser, `document.querySelector('${id('totals')}') !== null`, 'the form');
    assert.equal(await attribute(browser, id('frame'), 'data-place'), 'totals');

    await app.type('media_spend', '50000');
    await app.type('new_leads', '1k');
    await app.type('mqls', '200');
    // 50,000 / 1,000 leads and 50,000 / 200 MQLs
    const typed = await app.values();
    assert.deepEqual([typed['cost_per_lead'], typed['cost_per_mql'], typed['cost_per_sql'] ?? null], [50, 250, null]);

    await app.type('sqls', '12x');
    assert.deepEqual([await attribute(browser, field('sqls'), 'aria-invalid'), await browser.evaluate(`document.querySelector('${field('sqls')}').value`)], ['true', '12x']);
    const note = await attribute(browser, field('sqls'), 'aria-describedby');
    assert.equal(await browser.evaluate(`document.getElementById(${JSON.stringify(note)}) !== null`), true, 'the field says what is wrong with it');
    assert.equal(await attribute(browser, id('wrong-count'), 'data-count'), '1');
    assert.equal((await app.values())['cost_per_sql'] ?? null, null, 'a wrong entry does not count');
    await app.type('sqls', '0');
    assert.equal((await app.values())['sqls'], 0, 'zero is zero');
    await app.type('sqls', '');
    assert.equal((await app.values())['sqls'] ?? null, null, 'nothing is not known');

    // a reload keeps the figures; the address holds none of them
    const address = await browser.evaluate('location.href');
    assert.match(address, /#totals$/);
    await browser.goto('about:blank');
    await app.open(`${site.address}#totals`);
    await until(browser, `document.querySelector('${id('results')}[data-count="0"]') === null && document.querySelector('${id('kpi-card')}') !== null`, 'the figures to come back');
    await app.settled();
    assert.equal((await app.values())['cost_per_mql'], 250);

    await app.go('overview');
    assert.equal((await app.values())['cost_per_lead'], 50);
    await app.go('data');
    assert.deepEqual([await app.files(), await attribute(browser, id('typed-card'), 'data-figures')], [[], '3'], 'they are no file');
    await browser.click(id('typed-edit'));
    await until(browser, `document.querySelector('${id('totals')}') !== null`, 'the form again');

    await browser.click(id('settings'));
    await browser.click(id('clear'));
    await until(browser, `document.querySelector('${id('frame')}').dataset.place === 'start'`, 'the first page');
    await app.settled();
    assert.equal(await browser.evaluate(`(() => { try { return sessionStorage.length; } catch { return 0; } })()`), 0);
    assert.deepEqual(browser.messages().filter((message) => /error|uncaught|violat|refused/i.test(message)), []);
  }));

  test(`${name}: a pasted table sets the months and fills the rows, a channel may have any name`, { timeout: 300_000 }, () => visit(name, 'file', async (app, browser) => {
    await browser.click(id('type-totals'));
    await until(browser, `document.querySelector('${field('media_spend')}') !== null`, 'the form');
    await paste(app, browser, 'media_spend', 'KPI\tJan 2026\t02/2026\t2026-03\tTotal\nMEDIA SPEND\t10.000,50\t12.000\t8.000\t30.000,50\nnew_leads\t200\t240\t160\t600\n<img src=x onerror=alert(1)>\t1\t2\t3\t6\nMQLs\t40\tten\t35\t75\n');
    const periods = await browser.evaluate(`[...document.querySelectorAll('${id('figure')}[data-measure="media_spend"]')].map(({ dataset }) => [dataset.period, Number(dataset.value)])`);
    assert.deepEqual(periods, [['2026-01', 10000.5], ['2026-02', 12000], ['2026-03', 8000]]);
    const told = await browser.evaluate(`(({ filled, rows, heads, outside }) => [filled, rows, heads, outside].map(Number))(document.querySelector('${id('pasted')}').dataset)`);
    assert.deepEqual(told, [8, 1, 1, 0], 'filled; the row and the column without a place');
    assert.equal(await attribute(browser, field('mqls', '2026-02'), 'aria-invalid'), 'true');
    // 30,000.50 / 600 leads
    assertFigure((await app.values())['cost_per_lead'] ?? null, 30000.5 / 600, 'cost per lead over three months');

    await app.period('2026-02-01', '2026-02-28');
    assert.equal((await app.values())['cost_per_lead'], 50, 'a month alone: 12,000 / 240');
    await browser.click(id('period'));
    await browser.click(id('period-all'));
    await app.closePanel('period');
    await app.settled();

    const hostile = '<img src=x onerror=globalThis.hacked=1>';
    await browser.choose(id('channel-name'), hostile);
    await browser.click(id('channel-add'));
    await until(browser, `document.querySelectorAll('${id('channel-tab')}').length === 2`, 'the channel');
    await app.type('new_leads', '30', '2026-01');
    await app.go('channels');
    const members = await app.members();
    assert.deepEqual([members['all']?.['new_leads'], members['']?.['new_leads'], members[hostile.toLowerCase()]?.['new_leads']], [630, 600, 30]);
    assert.equal(await browser.evaluate('globalThis.hacked === undefined && document.querySelector("img") === null'), true);
  }));

  test(`${name}: typed figures add to those of the files`, { timeout: 300_000 }, () => visit(name, 'file', async (app, browser) => {
    await app.trySample();
    const before = await app.values();
    await app.go('totals');
    await app.type('new_leads', '1000');
    await app.go('overview');
    const after = await app.values();
    assertFigure(after['new_leads'] ?? null, (before['new_leads'] ?? 0) + 1000, 'new leads');
    assertFigure(after['marketing_spend'] ?? null, before['marketing_spend'] ?? null, 'spend stays');
    assertFigure(after['cost_per_lead'] ?? null, (before['marketing_spend'] ?? 0) / ((before['new_leads'] ?? 0) + 1000), 'cost per lead');
    await app.go('totals');
    await app.type('new_leads', '');
    await app.go('overview');
    assertFigure((await app.values())['new_leads'] ?? null, before['new_leads'] ?? null, 'as before');
  }));
}
