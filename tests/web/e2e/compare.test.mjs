// Comparisons: a month that still runs, members that are new or gone, several at once; and what explains that two numbers differ.
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { NAMES, visit } from './lib/app.mjs';
import { until } from './lib/driver.mjs';

const id = (/** @type {string} */ name) => `[data-testid="${name}"]`;
const folder = mkdtempSync(join(tmpdir(), 'kpi-compare-'));
after(() => rmSync(folder, { recursive: true }));

// February until the 11th: "both" rose from 7 to 8, "new" spent 9, "gone" nothing any more. What came after the 11th of January does not count.
const SPEND = `Date,Campaign,Cost (EUR),Impressions,Clicks
2024-02-05,both,4,100,10
2025-01-10,gone,5,100,10
2025-01-11,both,7,100,10
2025-01-20,both,1000,100,10
2025-02-10,both,8,100,10
2025-02-11,new,9,100,10
`;

for (const name of NAMES) {
  test(`${name}: a running month against the same stretch, with new and gone members`, { timeout: 300_000 }, () => visit(name, 'file', async (app, browser) => {
    const path = join(folder, 'spend.csv');
    writeFileSync(path, SPEND);
    await app.addFiles([path]);
    await app.period('2025-02-01', '2025-02-28');
    await app.compare('previous_period');
    await browser.click(id('compare'));
    await browser.click(id('compare-also-same_period_last_year'));
    await app.closePanel('compare');
    await app.settled();
    await browser.click('[data-kpi="marketing_spend"]');
    await until(browser, `document.querySelector('${id('compare-also')} li') !== null`, 'the second comparison');
    assert.equal(await browser.evaluate(`document.querySelector('${id('compare-also')} li').dataset.value`), '4', 'until the 11th of February 2024');
    await browser.click(id('explain-close'));
    await app.go('channels');
    await browser.choose(id('group-by'), 'campaign');
    await app.settled();
    const change = (/** @type {string} */ key) => browser.evaluate(`document.querySelector('${id('member')}[data-key="${key}"] td[data-kpi="marketing_spend"] [data-change]')?.dataset.change ?? ''`);
    assert.deepEqual([await change('both'), await change('new'), await change('gone'), await change('all')], ['1', 'new', 'gone', '5']);
  }));

  test(`${name}: two receipts tell why their numbers differ`, { timeout: 300_000 }, () => visit(name, 'file', async (app, browser) => {
    await app.trySample();
    await app.go('data');
    await browser.evaluate(`(() => { URL.createObjectURL = (blob) => { void blob.text().then((text) => { globalThis.kpiSaved = text; }); return 'blob:none'; };
      HTMLAnchorElement.prototype.click = () => {}; return true; })()`);
    await browser.click(id('answer-save'));
    await until(browser, 'globalThis.kpiSaved !== undefined', 'the receipt');
    const path = join(folder, `receipt-${name}.json`);
    writeFileSync(path, /** @type {string} */ (await browser.evaluate('globalThis.kpiSaved')));
    await browser.setFiles(id('answer-file'), [path]);
    await until(browser, `document.querySelector('${id('answer-same')}') !== null`, 'nothing differs');
    await browser.evaluate(`(() => { location.hash = '#data?b=period'; return true; })()`);
    await app.settled();
    await browser.setFiles(id('answer-file'), [path]);
    await until(browser, `document.querySelector('${id('differences')}[data-part="definitions"] [data-at="basis"]') !== null`, 'the basis as the cause');
    const parts = await browser.evaluate(`[...document.querySelectorAll('${id('differences')}')].map((table) => table.dataset.part)`);
    assert.deepEqual(parts, ['definitions', 'figures'], 'the cause before the numbers, and nothing else');
    assert.ok(await browser.evaluate(`document.querySelector('${id('differences')}[data-part="figures"] [data-at="lead_to_customer_rate/value"]') !== null`));
    writeFileSync(path, '{"kind":"something else"}');
    await browser.setFiles(id('answer-file'), [path]);
    await until(browser, `document.querySelector('${id('answer-wrong')}') !== null`, 'the refusal');
  }));
}
