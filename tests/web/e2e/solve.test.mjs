// A KPI turned round: which spend gives a wanted cost per lead.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { NAMES, visit } from './lib/app.mjs';
import { until } from './lib/driver.mjs';

const id = (/** @type {string} */ name) => `[data-testid="${name}"]`;

for (const name of NAMES) {
  test(`${name}: the spend that gives a wanted cost per lead`, { timeout: 300_000 }, () => visit(name, 'file', async (app, browser) => {
    await browser.click(id('type-totals'));
    await until(browser, `document.querySelector('${id('totals')}') !== null`, 'the form');
    await app.type('media_spend', '50000');
    await app.type('new_leads', '1000');
    await app.go('overview');
    await browser.click('[data-kpi="cost_per_lead"]');
    await until(browser, `document.querySelector('${id('solve-go')}') !== null`, 'the explanation');
    const answer = async (/** @type {string} */ target) => {
      await browser.evaluate(`(() => { document.querySelector('${id('solve')}').open = true; document.querySelector('${id('solve-target')}').value = ${JSON.stringify(target)};
        document.querySelector('${id('solve-go')}').click(); return true; })()`);
      await app.settled();
      return browser.evaluate(`[document.querySelector('${id('solve-answer')}')?.dataset.values ?? '', document.querySelector('${id('solve-target')}').getAttribute('aria-invalid')]`);
    };
    await answer('40');
    await until(browser, `document.querySelector('${id('solve-answer')}') !== null`, 'the answer');
    // 40 x 1,000 leads
    assert.deepEqual(await answer('40'), ['40000', 'false']);
    assert.deepEqual(await answer('forty'), ['', 'true']);
  }));
}
