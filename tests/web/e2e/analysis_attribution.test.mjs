// Attribution in the built page: credits of the whole sample against sums made here from the files, what was left out, other settings, no data.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { test } from 'node:test';
import { assertFigure, NAMES, root, visit } from './lib/app.mjs';
import { until } from './lib/driver.mjs';

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const id = (/** @type {string} */ name) => `[data-testid="${name}"]`;

/** Rows of a sample as objects; quoted cells have no line breaks. @param {string} name @param {number} [skip] lines before the header @returns {Record<string, string>[]} */
function rows(name, skip = 0) {
  const lines = readFileSync(join(root, 'web/samples', `${name}.csv`), 'utf8').trim().split(/\r?\n/).slice(skip);
  const cells = (/** @type {string} */ line) => [...line.matchAll(/("([^"]*)"|[^,]*)(,|$)/g)].slice(0, -1).map((match) => match[2] ?? match[1] ?? '');
  const header = cells(`${lines[0]},`);
  return lines.slice(1).map((line) => { const values = cells(`${line},`); return Object.fromEntries(header.map((title, i) => [title, values[i] ?? ''])); });
}

/** Won deals with the touches of their company since the win before, by hand. In the sample a contact is of one company. */
function journeys() {
  const touches = rows('touchpoints').sort((a, b) => String(a['Touchpoint date']).localeCompare(String(b['Touchpoint date'])));
  const won = rows('crm_deals').filter((deal) => deal['Deal Stage'] === 'Closed Won');
  return won.map((deal) => {
    const company = deal['Associated Company'];
    const before = won.filter((one) => one['Associated Company'] === company && String(one['Close Date']) < String(deal['Close Date'])).map((one) => String(one['Close Date'])).sort().at(-1) ?? '';
    return { amount: Number(deal['Amount']), touches: touches.filter((one) => one['Company'] === company && String(one['Touchpoint date']).slice(0, 10) > before && String(one['Touchpoint date']).slice(0, 10) <= String(deal['Close Date'])) };
  });
}

/** @param {import('./lib/driver.mjs').Browser} browser @param {string} table @returns {Promise<Record<string, Record<string, number>>>} */
const credits = (browser, table) => browser.evaluate(`Object.fromEntries([...document.querySelectorAll('${id(table)}')].map((row) => [row.dataset.key ?? 'rest',
  Object.fromEntries([...row.querySelectorAll('td[data-model][data-value]')].map((cell) => [cell.dataset.model, Number(cell.dataset.value)]))]))`);
const ready = `document.querySelector('${id('analysis')}[data-view="attribution"][data-ready="true"] ${id('attribution')}') !== null`;

for (const name of NAMES) {
  test(`${name}: credits of the whole sample by model, their cost, and every touch accounted for`, { timeout: 300_000 }, () => visit(name, 'file', async (app, browser) => {
    await browser.click(id('sample-whole'));
    await until(browser, `document.querySelector('${id('frame')}').dataset.place !== 'start'`, 'the files');
    await app.settled();
    await browser.click(id('period'));
    await browser.click(id('period-all'));
    await app.closePanel('period');
    await app.settled();
    await app.go('analysis');
    await browser.click(id('analysis-tab-attribution'));
    await until(browser, ready, 'the attribution');
    const all = journeys();
    const touched = all.filter((one) => one.touches.length);
    assert.ok(touched.length > 50 && touched.length < all.length);
    await browser.choose(id('attribution-measure'), 'value');
    const shown = await credits(browser, 'attribution-row');
    /** @type {Record<string, string>} */
    const keys = { 'Paid Social': 'paid_social', 'Organic Search': 'organic_search', 'Paid Search': 'paid_search', 'Email Marketing': 'email', 'Direct Traffic': 'direct', 'Offline Sources': 'offline', Referrals: 'referral' };
    for (const [channel, key] of Object.entries(keys)) {
      let linear = 0, first = 0, last = 0, position = 0, shapley = 0;
      for (const { amount, touches } of touched) {
        const own = touches.map((one) => one['Channel'] === channel);
        const count = own.filter(Boolean).length, ends = Number(own[0]) + Number(own.at(-1));
        linear += (amount * count) / own.length;
        first += amount * Number(own[0]);
        last += amount * Number(own.at(-1));
        position += amount * (own.length < 3 ? ends / 2 : 0.4 * ends + (0.2 * (count - ends)) / (own.length - 2));
        shapley += count ? amount / new Set(touches.map((one) => one['Channel'])).size : 0;
      }
      for (const [model, wanted] of Object.entries({ linear, first_touch: first, last_touch: last, position_based_last_touch: position, shapley })) assertFigure((shown[key]?.[model] ?? 0) / 1e6, wanted / 1e6, `${model} of ${key}`);
    }
    const rest = all.filter((one) => !one.touches.length).reduce((sum, one) => sum + one.amount, 0);
    assertFigure((await credits(browser, 'attribution-rest'))['rest']?.['linear'] ?? null, rest, 'without a known touch');

    const spend = rows('ad_spend', 2).filter((row) => row['Date'] !== 'Total');
    assert.ok(spend.length > 100);
    const cost = await browser.evaluate(`({ ...document.querySelector('${id('attribution-cost-row')}[data-key="paid_search"]').dataset })`);
    assertFigure(Number(cost.return), (Number(cost.value) - Number(cost.spend)) / Number(cost.spend), 'return on media cost');
    const organic = await browser.evaluate(`({ ...document.querySelector('${id('attribution-cost-row')}[data-key="organic_search"]').dataset })`);
    assert.equal(organic.spend, undefined, 'no cost is not a cost of 0');
    const paid = await browser.evaluate(`[...document.querySelectorAll('${id('attribution-cost-row')}[data-spend]')].reduce((sum, row) => sum + Number(row.dataset.spend), 0)`);
    assertFigure(paid, spend.reduce((sum, row) => sum + Number(String(row['Cost (EUR)']).replaceAll(',', '')), 0), 'media cost of all channels');
    const paidRows = await browser.evaluate(`[...document.querySelectorAll('${id('attribution-cost-row')}[data-spend]')].map((row) => ({ ...row.dataset }))`);
    const total = await browser.evaluate(`document.querySelectorAll('${id('attribution-cost-all')} td')[0].textContent`);
    assert.ok(/\d/.test(total));
    // The first-touch model, recounted: value of the deals whose first touch is of a channel with a cost, against that cost.
    /** @type {Record<string, string>} */
    const paidChannels = { 'Paid Social': 'paid_social', 'Paid Search': 'paid_search' };
    assert.deepEqual(paidRows.map((/** @type {any} */ row) => row.key).sort(), Object.values(paidChannels).sort());
    const cents = (/** @type {string|undefined} */ text) => Number(String(text).replaceAll(',', ''));
    const firsts = touched.filter((one) => String(one.touches[0]?.['Channel']) in paidChannels);
    const bought = firsts.reduce((sum, one) => sum + one.amount, 0);
    await browser.choose(id('attribution-measure'), 'return');
    const inAll = (/** @type {string} */ model) => browser.evaluate(`Number(document.querySelector('${id('attribution-all')} td[data-model="${model}"]').dataset.value)`);
    assertFigure(await inAll('first_touch'), (bought - paid) / paid, 'return of all with a cost: a ratio of sums');
    const returns = await credits(browser, 'attribution-row');
    for (const [channel, key] of Object.entries(paidChannels)) {
      const own = spend.filter((row) => row['Channel'] === channel).reduce((sum, row) => sum + cents(row['Cost (EUR)']), 0);
      const deals = touched.filter((one) => one.touches[0]?.['Channel'] === channel);
      assertFigure(returns[key]?.['first_touch'] ?? null, (deals.reduce((sum, one) => sum + one.amount, 0) - own) / own, `return of ${channel}`);
    }
    assert.deepEqual(returns['organic_search'], {}, 'no cost, no return');
    await browser.choose(id('attribution-measure'), 'cost_per_win');
    assertFigure(await inAll('first_touch'), paid / firsts.length, 'media cost per deal');
    const ranges = await browser.evaluate(`[...document.querySelectorAll('${id('attribution-row')}[data-low]')].map((row) => [Number(row.dataset.low), Number(row.dataset.high), [...row.querySelectorAll('td[data-value]:not([data-model="shapley_rate"])')].map((cell) => Number(cell.dataset.value))])`);
    assert.equal(ranges.length, 2);
    for (const [low, high, all] of ranges) assert.deepEqual([low, high], [Math.min(...all), Math.max(...all)]);

    await browser.click(`${id('attribution-settings')} > summary`);
    await browser.choose(id('attribution-measure'), 'value');
    const type = (/** @type {string} */ part, /** @type {string} */ text) => browser.evaluate(`(() => { const input = document.querySelector('${id(`attribution-weight-${part}`)}'); input.value = '${text}'; input.dispatchEvent(new Event('change', { bubbles: true })); return true; })()`);
    const off = `document.querySelector('${id('attribution-weights-note')}').dataset.off ?? 'none'`;
    const hasOwn = `${ready} && document.querySelector('${id('attribution-row')} td[data-model="custom_position"]') !== null`;
    await type('first', '75%');
    assert.equal(await browser.evaluate(off), '-25');
    assert.equal(await browser.evaluate(hasOwn), false);
    await type('last', '25');
    await until(browser, hasOwn, 'the model of own weights');
    assert.equal(await browser.evaluate(off), 'none');
    // Three quarters of a deal to its first touch, a quarter to its last one.
    const ownWeights = (/** @type {string} */ channel) => touched.reduce((sum, { amount, touches }) => sum + amount * (0.75 * Number(touches[0]?.['Channel'] === channel) + 0.25 * Number(touches.at(-1)?.['Channel'] === channel)), 0);
    assertFigure(((await credits(browser, 'attribution-row'))['paid_search']?.['custom_position'] ?? 0) / 1e6, ownWeights('Paid Search') / 1e6, 'own weights');
    await type('others', '10');
    assert.equal(await browser.evaluate(off), '10');
    assert.ok(await browser.evaluate(hasOwn), 'the last weights that added up stay in force');
    await type('others', '');
    await browser.click(`${id('attribution-settings')} > summary`);

    const fates = await browser.evaluate(`[...document.querySelectorAll('${id('attribution-fate')}')].reduce((sum, one) => sum + Number(one.dataset.rows), 0)`);
    assert.equal(fates, rows('touchpoints').length);

    await browser.evaluate(`(() => { ${axe}; return true; })()`);
    const violations = await browser.evaluate(`axe.run(document.querySelector('${id('analysis')}'), { resultTypes: ['violations'] }).then(({ violations }) => violations.map(({ id, nodes }) => [id, nodes[0].failureSummary]))`);
    assert.deepEqual(violations, []);

    await browser.click(`${id('attribution-settings')} > summary`);
    await browser.choose(id('attribution-by'), 'campaign');
    await until(browser, `${ready} && document.querySelector('${id('attribution-row')}[data-key="customer day"]') !== null`, 'campaigns');
    const campaigns = await credits(browser, 'attribution-row');
    const sum = Object.values(campaigns).reduce((total, one) => total + (one['linear'] ?? 0), 0);
    assertFigure(sum / 1e6, touched.reduce((total, one) => total + one.amount, 0) / 1e6, 'all campaigns');
    assert.deepEqual(browser.messages().filter((message) => /error|uncaught|violat|refused/i.test(message)), []);
  }));

  test(`${name}: own weights outlive a reload, and emptied they are gone`, { timeout: 300_000 }, () => visit(name, 'http', async (app, browser, site) => {
    const type = (/** @type {string} */ part, /** @type {string} */ text) => browser.evaluate(`(() => { const input = document.querySelector('${id(`attribution-weight-${part}`)}'); input.value = '${text}'; input.dispatchEvent(new Event('change', { bubbles: true })); return true; })()`);
    const own = `document.querySelector('${id('attribution-row')} td[data-model="custom_position"]')`;
    const arrive = async () => {
      await app.addFiles(['crm_deals', 'touchpoints'].map((one) => join(root, 'web/samples', `${one}.csv`)));
      await app.go('analysis');
      await until(browser, ready, 'the attribution');
    };
    await arrive();
    await type('first', '60');
    await type('others', '40');
    await until(browser, `${ready} && ${own} !== null`, 'the model of own weights');
    const before = await browser.evaluate(`${own}.dataset.value`);
    await browser.goto('about:blank');
    await app.open(site.address);
    await arrive();
    await until(browser, `${own} !== null`, 'own weights after the reload');
    assert.equal(await browser.evaluate(`${own}.dataset.value`), before);
    assert.match(await browser.evaluate(`document.querySelector('${id('attribution-weight-first')}').value`), /60/);
    await type('first', '');
    await type('others', '');
    await until(browser, `${ready} && document.querySelector('${id('attribution-row')}') !== null && ${own} === null`, 'no own weights');
  }));

  test(`${name}: without touches it says which files are needed`, { timeout: 300_000 }, () => visit(name, 'file', async (app, browser) => {
    await app.addFiles([join(root, 'web/samples/crm_deals.csv')]);
    await app.go('analysis');
    await until(browser, ready, 'the attribution');
    assert.ok(await browser.evaluate(`document.querySelector('${id('analysis-none')}') !== null && document.querySelector('${id('attribution-credits')}') === null`));
  }));
}
