// Who claims what in the built page: every figure of the sample recounted here from its files, and what is said where a file is missing.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { test } from 'node:test';
import { assertFigure, NAMES, root, visit } from './lib/app.mjs';
import { until } from './lib/driver.mjs';

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const id = (/** @type {string} */ name) => `[data-testid="${name}"]`;
const sample = (/** @type {string} */ name) => join(root, 'web/samples', `${name}.csv`);
/** @type {Record<string, string>} */
const KEYS = { 'Paid Social': 'paid_social', 'Organic Search': 'organic_search', 'Paid Search': 'paid_search', 'Email Marketing': 'email', 'Email': 'email', 'Direct Traffic': 'direct', 'Direct': 'direct', 'Offline Sources': 'offline', 'Referrals': 'referral', 'Referral': 'referral', '': '' };

/** Rows of a sample as objects; quoted cells have no line breaks. @param {string} name @param {number} [skip] lines before the header @returns {Record<string, string>[]} */
function rows(name, skip = 0) {
  const lines = readFileSync(sample(name), 'utf8').trim().split(/\r?\n/).slice(skip);
  const cells = (/** @type {string} */ line) => [...line.matchAll(/("([^"]*)"|[^,]*)(,|$)/g)].slice(0, -1).map((match) => match[2] ?? match[1] ?? '');
  const header = cells(`${lines[0]},`);
  return lines.slice(1).map((line) => { const values = cells(`${line},`); return Object.fromEntries(header.map((title, i) => [title, values[i] ?? ''])); });
}

/** @param {Record<string, string>[]} list @param {string} channel column @param {(row: Record<string, string>) => number} [of] @returns {Record<string, number>} */
function byChannel(list, channel, of = () => 1) {
  /** @type {Record<string, number>} */
  const sums = {};
  for (const row of list) { const key = KEYS[row[channel] ?? '']; assert.notEqual(key, undefined, row[channel]); sums[String(key)] = (sums[String(key)] ?? 0) + of(row); }
  return sums;
}

const ready = `document.querySelector('${id('analysis')}[data-view="attribution"][data-ready="true"] ${id('reconciliation')}') !== null`;

for (const name of NAMES) {
  test(`${name}: the sources of the sample side by side`, { timeout: 300_000 }, () => visit(name, 'file', async (app, browser) => {
    await app.addFiles(['crm_leads', 'crm_deals', 'ad_spend', 'web_sessions', 'touchpoints'].map(sample));
    await browser.click(id('period'));
    await browser.click(id('period-all'));
    await app.closePanel('period');
    await app.settled();
    await app.go('analysis');
    await until(browser, ready, 'the reconciliation');
    const seen = new Set();
    const leads = rows('crm_leads').filter((row) => !seen.has(row['Record ID']) && seen.add(row['Record ID']));
    const answered = leads.filter((row) => row['How did you hear about us?']);
    /** @type {Record<string, Record<string, number>>} */
    const wanted = {
      new_leads: byChannel(leads, 'Original Source'),
      won_deals: byChannel(rows('crm_deals').filter((row) => row['Deal Stage'] === 'Closed Won'), 'Original Source'),
      platform_conversions: byChannel(rows('ad_spend', 2).filter((row) => row['Date'] !== 'Total'), 'Channel', (row) => Number(row['Conversions'])),
      conversions: byChannel(rows('web_sessions', 6), 'Session default channel group', (row) => Number(row['Key events'])),
      self_reported_in_channel: { email: answered.filter((row) => row['How did you hear about us?'] === 'Newsletter').length },
    };
    /** @type {Record<string, Record<string, string>>} */
    const shown = await browser.evaluate(`Object.fromEntries([...document.querySelectorAll('${id('reconciliation-row')}')].map((row) => [row.dataset.key, Object.fromEntries([...row.querySelectorAll('td')].flatMap((cell) =>
      cell.dataset.source ? [[cell.dataset.source, cell.dataset.value]] : cell.dataset.of ? [[cell.dataset.of, cell.dataset.factor]] : cell.dataset.gap ? [['gap', cell.dataset.gap]] : []))]))`);
    assert.equal(Object.keys(shown).length, 7);
    let checked = 0;
    for (const [source, sums] of Object.entries(wanted)) {
      for (const [key, sum] of Object.entries(sums)) {
        if (!key) continue;
        assertFigure(Number(shown[key]?.[source]), sum, `${source} of ${key}`);
        checked++;
      }
      for (const key of Object.keys(shown)) if (!(key in sums)) assert.equal(shown[key]?.[source], undefined, `${source} knows no ${key}: that is not 0`);
    }
    assert.ok(checked > 20);
    const crm = /** @type {Record<string, number>} */ (wanted['new_leads']), claims = /** @type {Record<string, number>} */ (wanted['platform_conversions']), analytics = /** @type {Record<string, number>} */ (wanted['conversions']);
    let claimed = 0, known = 0;
    for (const key of Object.keys(claims)) {
      assertFigure(Number(shown[key]?.['platform']), Number(claims[key]) / Number(crm[key]), `over-claim of ${key}`);
      assertFigure(Number(shown[key]?.['gap']), Number(claims[key]) - Number(crm[key]), `gap of ${key}`);
      claimed += Number(claims[key]);
      known += Number(crm[key]);
    }
    const all = await browser.evaluate(`document.querySelector('${id('reconciliation-all')} td[data-of="platform"]').dataset.factor`);
    assertFigure(Number(all), claimed / known, 'a ratio of sums over the channels that both know');
    const both = Object.keys(analytics).filter((key) => key && key in crm);
    const sumOf = (/** @type {Record<string, number>} */ of) => both.reduce((sum, key) => sum + Number(of[key]), 0);
    /** @type {Record<string, string>} */
    const differences = await browser.evaluate(`Object.fromEntries([...document.querySelectorAll('${id('reconciliation-share')}')].map((row) => [row.dataset.key, row.querySelector('td[data-pair="analytics"]')?.dataset.value]))`);
    for (const key of both) assert.ok(Math.abs(Number(differences[key]) - (Number(analytics[key]) / sumOf(analytics) - Number(crm[key]) / sumOf(crm))) < 1e-9, `share of ${key}`);
    const said = answered.filter((row) => row['How did you hear about us?'] === 'Newsletter');
    const text = await browser.evaluate(`document.querySelector('${id('reconciliation-says')}').textContent`);
    for (const number of [claims['paid_search'], crm['paid_search'], answered.length, said.length, said.filter((row) => row['Original Source'] === 'Email Marketing').length]) assert.ok(text.includes(String(number)), `${number} is said`);
    const used = await browser.evaluate(`Object.fromEntries([...document.querySelectorAll('${id('reconciliation-rows')}')].map((row) => [row.dataset.table, Number(row.dataset.used)]))`);
    assert.equal(used.leads, leads.length);
    assert.equal(used.opportunities, Object.values(/** @type {Record<string, number>} */ (wanted['won_deals'])).reduce((a, b) => a + b, 0));
    assert.equal(await browser.evaluate(`document.querySelector('${id('reconciliation-dark')}').dataset.share ?? 'none'`), 'none', 'the sample has no landing pages');

    await browser.evaluate(`(() => { ${axe}; return true; })()`);
    const violations = await browser.evaluate(`axe.run(document.querySelector('${id('reconciliation')}'), { resultTypes: ['violations'] }).then(({ violations }) => violations.map(({ id, nodes }) => [id, nodes[0].failureSummary]))`);
    assert.deepEqual(violations, []);
    assert.deepEqual(browser.messages().filter((message) => /error|uncaught|violat|refused/i.test(message)), []);
  }));

  test(`${name}: one source alone claims nothing, and two say what a third would tell`, { timeout: 300_000 }, () => visit(name, 'file', async (app, browser) => {
    await app.addFiles([sample('crm_leads')]);
    await app.go('analysis');
    const answered = `document.querySelector('${id('analysis')}[data-view="attribution"][data-ready="true"]') !== null`;
    await until(browser, answered, 'the attribution');
    assert.equal(await browser.evaluate(`document.querySelector('${id('attribution-credits')}')`), null);
    const says = `document.querySelectorAll('${id('reconciliation-says')} li').length`;
    assert.equal(await browser.evaluate(says), 3, 'leads with their answers are two sources');
    assert.equal(await browser.evaluate(`document.querySelector('${id('reconciliation-claims')} [data-source="platform_conversions"]')`), null);
  }));
}
