// The tables of an analysis as a file: raw figures under their names, and nothing out of a file that a spreadsheet would run.
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { NAMES, visit } from './lib/app.mjs';
import { until } from './lib/driver.mjs';

const id = (/** @type {string} */ name) => `[data-testid="${name}"]`;
const ready = `document.querySelector('${id('analysis')}[data-view="attribution"][data-ready="true"] ${id('attribution-credits')}') !== null`;

/** Cells of a line without quotes in quotes. @param {string} line */
const cells = (line) => [...`${line},`.matchAll(/(?:"([^"]*)"|([^,]*)),/g)].map((match) => match[1] ?? match[2] ?? '');

for (const name of NAMES) {
  test(`${name}: the open analysis is saved as CSV`, { timeout: 120_000 }, () => visit(name, 'file', async (app, browser) => {
    const folder = mkdtempSync(join(tmpdir(), 'kpi-'));
    try {
      const deals = join(folder, 'deals.csv'), touches = join(folder, 'touchpoints.csv');
      writeFileSync(deals, 'Deal ID,Company,Create date,Close date,Deal stage,Amount\nD-1,Alder,2024-01-02,2024-03-01,Closed Won,100\nD-2,Birch,2024-01-02,2024-03-01,Closed Won,100\nD-3,Cedar,2024-01-02,2024-03-01,Closed Won,100\n');
      writeFileSync(touches, 'Touchpoint ID,Company,Touchpoint date,Channel\nT-1,Alder,2024-02-01,=cmd()\nT-2,Alder,2024-02-02,Email\nT-3,Birch,2024-02-02,Email\n');
      await app.addFiles([deals, touches]);
      await browser.evaluate(`(() => { const { createObjectURL } = URL; globalThis.saved = [];
        HTMLAnchorElement.prototype.click = function () { globalThis.saved.push(this.download); }; URL.createObjectURL = (blob) => { globalThis.saved.push(blob); return createObjectURL(blob); }; })()`);
      await app.go('analysis');
      await until(browser, ready, 'the attribution');
      await browser.click(`${id('export')}`);
      await browser.click(id('export-analysis'));
      await until(browser, 'globalThis.saved.length === 2', 'the download');
      const [file, text] = await browser.evaluate('globalThis.saved[0].text().then((text) => [globalThis.saved[1], text])');
      assert.equal(file, 'Attribution.csv');
      const lines = text.split('\r\n').map(cells);
      const head = lines.findIndex((/** @type {string[]} */ line) => line[0] === 'Channel' && line.includes('Linear'));
      const of = (/** @type {string} */ member) => lines.slice(head).find((/** @type {string[]} */ line) => line[0] === member)?.[lines[head].indexOf('Linear')];
      assert.equal(Number(of('Email')).toFixed(9), '0.500000000', 'half of the first deal and all of the second, of three');
      assert.equal(Number(of("'=cmd()")).toFixed(9), '0.166666667');
      assert.ok(!/(^|,)=/m.test(text), 'no cell is a formula');
      assert.ok((lines[0][0] ?? '').length > 20, 'the sentences come first');
    } finally {
      rmSync(folder, { recursive: true });
    }
  }));
}
