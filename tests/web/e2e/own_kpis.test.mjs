// A KPI of the user's own: defined on the sample, used wherever a shipped one is, kept over a reload.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { test } from 'node:test';
import { assertFigure, expectedReport, NAMES, visit } from './lib/app.mjs';
import { until } from './lib/driver.mjs';

/** @typedef {import('./lib/driver.mjs').Browser} Browser */

const id = (/** @type {string} */ name) => `[data-testid="${name}"]`;
const KPI = 'own_spend_per_won_deal_b';
const card = `${id('own')} ${id('kpi-card')}[data-kpi="${KPI}"]`;

/** From the figures that tests/oracle/sample.py calculated with SQLite. @param {Record<string, number|null>} figures */
const spendPerDeal = ({ marketing_spend: spend, won_deals: deals }) => (spend && deals ? spend / deals : null);

/** @param {Browser} browser @param {string} field @param {string} text */
const fill = (browser, field, text) => browser.evaluate(`(() => { const field = document.querySelector('${id(field)}'); field.focus(); field.value = ${JSON.stringify(text)};
  field.setSelectionRange(field.value.length, field.value.length); field.dispatchEvent(new Event('input', { bubbles: true })); return true; })()`);

/** @param {Browser} browser @param {string} code */
async function says(browser, code) {
  await until(browser, `document.querySelector('${id('own-says')}')?.dataset.code === '${code}'`, code);
  return browser.evaluate(`({ ...document.querySelector('${id('own-says')}').dataset })`);
}

for (const scheme of /** @type {const} */ (['light', 'dark'])) {
  test(`axe finds nothing in the editor in ${scheme}, and nothing is cut at 360 pixels`, { timeout: 300_000, skip: !NAMES.includes('chromium') }, () => visit('chromium', 'http', async (app, browser) => {
    await app.trySample();
    await browser.evaluate(`${readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')}; typeof axe.run`);
    const clean = async (/** @type {string} */ where) => assert.deepEqual(await browser.evaluate(`axe.run(document, { resultTypes: ['violations'] }).then(({ violations }) => violations.map(({ id, nodes }) => ({ id, nodes: nodes.slice(0, 3).map(({ target }) => target) })))`), [], where);
    await clean('without own KPIs');
    await browser.click(id('own-new'));
    await until(browser, `document.querySelector('${id('own-formula')}') !== null`, 'the editor');
    await clean('an empty editor');
    await fill(browser, 'own-name', 'Won');
    await fill(browser, 'own-formula', 'media_spend + won_deal');
    await until(browser, `document.querySelector('${id('own-hit')}') !== null`, 'the list');
    await says(browser, 'catalog_unknown_reference');
    await clean('a wrong formula with its list');
    await browser.resize(360, 780);
    assert.ok(await browser.evaluate(`[document.documentElement, document.querySelector('${id('own-editor')}')].every((one) => one.scrollWidth <= one.clientWidth)`), 'no sideways scrolling');
    await browser.resize(1280, 900);
    await fill(browser, 'own-formula', 'won_deals / (won_deals + lost_deals)');
    await says(browser, 'ok');
    await browser.click(id('own-rate'));
    await clean('a right formula');
    await browser.click(id('own-save'));
    await until(browser, `document.querySelector('${id('own')} ${id('kpi-card')}') !== null`, 'the card');
    await clean('with own KPIs');
  }, { dark: scheme === 'dark' }));
}

for (const name of NAMES) {
  test(`${name}: spend per won deal`, { timeout: 600_000 }, (t) => visit(name, 'http', async (app, browser, site) => {
    const wanted = /** @type {number} */ (spendPerDeal(expectedReport('everything by month').kpis));
    assert.ok(wanted > 0);
    await app.trySample();

    await t.test('a wrong formula says where, and what was probably meant', async () => {
      await browser.click(id('own-new'));
      await until(browser, `document.querySelector('${id('own-formula')}') !== null`, 'the editor');
      await fill(browser, 'own-name', 'Spend per won deal <b>');
      await fill(browser, 'own-formula', 'marketing_spend / )');
      const wrong = await says(browser, 'formula_unexpected');
      assert.deepEqual([wrong.from, wrong.to], ['18', '19']);
      await browser.click(id('own-save'));
      assert.equal(await browser.evaluate(`document.querySelector('${id('own-editor')}').open`), true, 'nothing wrong is saved');
      await fill(browser, 'own-formula', 'marketing_spend / won_deal');
      await says(browser, 'catalog_unknown_reference');
      await browser.press('Escape');  // the list lies over the message
      await browser.click(`${id('own-near')}[data-id="won_deals"]`);
      const right = await says(browser, 'ok');
      assert.equal(right.unit, 'money/deal');
      assertFigure(Number(right.value), wanted, 'while typing');
      await browser.choose(id('own-unit'), 'money/mql');
      await says(browser, 'unit_mismatch');
      assert.equal(await browser.evaluate(`document.querySelector('${id('own-proposal')}') !== null`), true);
      await browser.choose(id('own-unit'), '');
      await says(browser, 'ok');
    });

    await t.test('it stands among the cards, in the table by channel and in the search', async () => {
      await browser.click(id('own-pinned'));
      await browser.click(id('own-save'));
      await until(browser, `document.querySelector('${card}') !== null`, 'the card');
      await app.settled();
      assertFigure((await app.values())[KPI] ?? null, wanted, 'card');
      assert.ok((await browser.evaluate(`document.querySelector('${card}').textContent`)).includes('Spend per won deal <b>'), 'text stays text');
      assert.equal(await browser.evaluate(`document.querySelector('${id('scorecard')} ${id('kpi-card')}').dataset.kpi`), KPI);
      await app.go('channels');
      await browser.choose(id('group-by'), 'channel');
      await app.settled();
      const report = expectedReport('by channel');
      const members = await app.members();
      let cells = 0;
      for (const [key, figures] of Object.entries(report.members)) {
        const value = spendPerDeal(/** @type {any} */ (figures));
        if (value === null) continue;
        assertFigure(members[key]?.[KPI] ?? null, value, key);
        cells++;
      }
      assert.ok(cells > 1, 'channels were compared');
      await app.go('overview');
      await browser.press('/');
      await until(browser, `document.querySelector('${id('search-input')}') !== null`, 'the search');
      await fill(browser, 'search-input', 'per won deal');
      await until(browser, `document.querySelector('${id('search')} [aria-selected="true"]')?.dataset.kpi === '${KPI}'`, 'the hit');
      await browser.press('Enter');
      await until(browser, `document.querySelector('${id('explain')}')?.dataset.kpi === '${KPI}' && document.querySelector('${id('inputs')}') !== null`, 'the explanation');
      assertFigure(Number(await browser.evaluate(`document.querySelector('${id('explain-value')}').dataset.value`)), wanted, 'explained');
      await browser.press('Escape');
    });

    await t.test('it survives a reload; deleting can be undone', async () => {
      await browser.goto('about:blank');
      await app.open(site.address);
      await app.trySample();
      assertFigure((await app.values())[KPI] ?? null, wanted, 'after the reload');
      await browser.click(card);
      await until(browser, `document.querySelector('${id('own-remove')}') !== null`, 'the tools');
      await browser.click(id('own-remove'));
      await until(browser, `document.querySelector('${id('own-undo')}') !== null && document.querySelector('${card}') === null`, 'the deletion');
      await app.settled();
      await browser.click(id('own-undo'));
      await until(browser, `document.querySelector('${card}') !== null`, 'the card again');
      await app.settled();
      assertFigure((await app.values())[KPI] ?? null, wanted, 'after undoing');
    });

    if (name !== 'chromium') return;
    await t.test('by keyboard alone', async () => {
      const type = async (/** @type {string} */ text) => { for (const key of text) await browser.press(key); };
      const hit = (/** @type {string} */ kpi) => until(browser, `document.querySelector('${id('own-hit')}[aria-selected="true"]')?.dataset.id === '${kpi}'`, kpi);
      await browser.evaluate(`document.querySelector('${id('own-new')}').focus()`);
      await browser.press('Enter');
      await until(browser, `document.activeElement?.dataset.testid === 'own-name'`, 'the name');
      await type('Twice');
      await browser.press('Tab');
      await type('won d');
      await hit('won_deals');
      await browser.press('Escape');
      assert.equal(await browser.evaluate(`document.querySelector('${id('own-editor')}').open && document.querySelector('${id('own-formula')}').getAttribute('aria-expanded') === 'false'`), true, 'Escape closes the list alone');
      await browser.press('ArrowDown');
      await hit('won_deals');
      await browser.press('Enter');
      await type('* 2');
      const right = await says(browser, 'ok');
      assertFigure(Number(right.value), 2 * /** @type {number} */ (expectedReport('everything by month').kpis.won_deals), 'twice');
      await browser.press('Enter');
      await until(browser, `document.querySelector('${id('kpi-card')}[data-kpi="own_twice"]') !== null && document.querySelector('${id('own-editor')}') === null`, 'the card');
    });
  }));
}
