// Files in two currencies: refused, then added in the report's currency once a table of rates is there. Every value by hand.
import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { NAMES, visit } from './lib/app.mjs';
import { until } from './lib/driver.mjs';

const id = (/** @type {string} */ name) => `[data-testid="${name}"]`;
const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const folder = mkdtempSync(join(tmpdir(), 'kpi-currency-'));
after(() => rmSync(folder, { recursive: true }));

/** @param {string} name @param {string} text */
function file(name, text) {
  const path = join(folder, name);
  writeFileSync(path, text);
  return path;
}
const sweden = file('sweden.csv', 'date,campaign,cost,clicks,currency\n2026-01-10,Stockholm,1000,100,SEK\n2026-02-10,Stockholm,1000,100,SEK\n');
const america = file('america.csv', 'Date,Campaign,Cost (USD),Clicks\n2026-01-15,Boston,60,100\n');
const rates = file('rates.csv', 'date,from_currency,to_currency,rate\n2026-01-01,SEK,USD,0.1\n2026-02-01,SEK,USD,0.2\n');

for (const name of NAMES) {
  test(`${name}: two currencies and a table of rates`, { timeout: 300_000 }, () => visit(name, 'file', async (app, browser) => {
    const card = (/** @type {string} */ kpi) => browser.evaluate(`document.querySelector('${id('kpi-card')}[data-kpi="${kpi}"]')?.dataset.value ?? null`);
    await app.addFiles([sweden, america]);
    assert.equal(await card('marketing_spend'), null);

    // The refused figure says what to do, and the choice is there.
    await browser.click(`${id('kpi-card')}[data-kpi="marketing_spend"]`);
    await until(browser, `document.querySelector('dialog[open] ${id('mixed-help')} ${id('report-currency')}') !== null`, 'what to do');
    assert.equal(await browser.evaluate(`document.querySelector('${id('explain-reason')}').dataset.code`), 'currency_mixed');
    assert.equal(await browser.evaluate(`document.querySelectorAll('${id('mixed-help')} ${id('rates-template')}').length`), 1);
    const choices = await browser.evaluate(`[...document.querySelectorAll('${id('mixed-help')} ${id('report-currency')} option')].map((one) => one.value)`);
    assert.deepEqual(choices, ['', 'SEK', 'USD']);
    await browser.choose(`${id('mixed-help')} ${id('report-currency')}`, 'USD');
    await app.settled();
    assert.ok((await browser.evaluate('location.hash')).includes('u=USD'));
    if (name === 'chromium') {
      await browser.evaluate(`(() => { ${axe}; return true; })()`);
      const found = await browser.evaluate(`axe.run('${id('explain')}').then((result) => JSON.stringify(result.violations.map((one) => [one.id, one.nodes.map((node) => node.html.slice(0, 200))])))`);
      assert.equal(found, '[]');
    }
    await browser.click(id('explain-close'));
    await until(browser, `document.querySelector('${id('explain')}') === null`, 'the sheet to close');

    await browser.setFiles(id('file-input'), [rates]);
    await until(browser, `document.querySelector('${id('kpi-card')}[data-kpi="marketing_spend"]')?.dataset.value !== undefined`, 'the converted spend');
    await app.settled();
    // 1,000 x 0.1 + 1,000 x 0.2 + 60 = 360; 360 / 300 clicks
    assert.equal(await card('marketing_spend'), '360');
    assert.equal(await card('cost_per_click'), '1.2');

    await app.go('data');
    assert.deepEqual(await browser.evaluate(`(({ currency, converted }) => [currency, converted])(document.querySelector('${id('conversion-ledger')}').dataset)`), ['USD', '2']);
    assert.equal((await app.files()).find((one) => one.name === 'rates.csv')?.table, 'fx_rates');

    await app.go('overview');
    await browser.click(id('settings'));
    await browser.choose(`#settings ${id('report-currency')}`, 'SEK');
    await app.settled();
    await app.closePanel('settings');
    // 1,000 + 1,000 + 60 / 0.1
    assert.equal(await card('marketing_spend'), '2600');
    await browser.click(id('settings'));
    await browser.choose(`#settings ${id('report-currency')}`, '');
    await app.settled();
    await app.closePanel('settings');
    assert.equal(await card('marketing_spend'), null);
  }));
}
