// A file whose kind is only likely is asked about, with what is likely first; one click accepts it, and only then it counts.
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { NAMES, visit } from './lib/app.mjs';
import { until } from './lib/driver.mjs';

const id = (/** @type {string} */ name) => `[data-testid="${name}"]`;

for (const name of NAMES) {
  test(`${name}: the likely table comes first and is accepted with one click`, { timeout: 120_000 }, () => visit(name, 'file', async (app, browser) => {
    const folder = mkdtempSync(join(tmpdir(), 'kpi-question-'));
    try {
      const file = join(folder, 'clics.csv');
      writeFileSync(file, 'Date,Clics,Impressions,CTR,Position\n2024-03-01,12,400,3%,4.1\n2024-03-02,8,300,2.7%,4.4\n');
      await app.addFiles([file]);
      assert.equal((await app.values())['clicks'] ?? null, null, 'nothing counts before the answer');
      await app.go('data');
      const answers = await browser.evaluate(`[...document.querySelectorAll('${id('need')}[data-need="table"] ${id('answer')}')].map(({ dataset }) => [dataset.answer, dataset.likely])`);
      assert.deepEqual(answers[0], ['ad_spend', 'true']);
      assert.equal(answers.filter((/** @type {string[]} */ [, likely]) => likely === 'true').length, 1);
      assert.equal(answers.length, 21, 'every kind of file');
      await browser.click(`${id('answer')}[data-likely="true"]`);
      await until(browser, `document.querySelector('${id('file-card')}').dataset.table === 'ad_spend'`, 'the answer to be taken');
      await app.settled();
      await app.go('overview');
      const values = await app.values();
      assert.deepEqual([values['clicks'], values['impressions']], [20, 700]);
    } finally {
      rmSync(folder, { recursive: true });
    }
  }));
}
