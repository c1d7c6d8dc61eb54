// A hundred thousand leads: progress while reading, cancel, and answers afterwards without the file.
import assert from 'node:assert/strict';
import { createWriteStream, mkdtempSync, rmSync } from 'node:fs';
import { once } from 'node:events';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { NAMES, visit } from './lib/app.mjs';
import { until } from './lib/driver.mjs';

const ROWS = 100_000;
const SOURCES = ['Paid Search', 'Email', 'Webinar', 'Referral'];
const DAYS = 360; // twelve months of thirty days

/** Lead i came on day i mod 360 from source i mod 4; every fifth is an MQL. @param {string} file */
async function writeLeads(file) {
  const out = createWriteStream(file);
  out.write('Lead ID,Created At,Lead Source,MQL Date,Company Name\n');
  for (let i = 0; i < ROWS; i++) {
    const day = i % DAYS;
    const date = `2024-${String(Math.floor(day / 30) + 1).padStart(2, '0')}-${String(Math.min(day % 30 + 1, 28)).padStart(2, '0')}`;
    if (!out.write(`L${i},${date},${SOURCES[i % 4]},${i % 5 === 0 ? date : ''},"Company ${i % 997}, Ltd"\n`)) await once(out, 'drain');
  }
  out.end();
  await once(out, 'close');
}

/** How many leads of a source came in these months, 1-based, by the rule above. @param {number} source @param {number} first @param {number} last */
function leadsOf(source, first, last) {
  let count = 0;
  for (let i = 0; i < ROWS; i++) {
    const month = Math.floor((i % DAYS) / 30) + 1;
    if (i % 4 === source && month >= first && month <= last) count++;
  }
  return count;
}

for (const name of NAMES) test(`${name}: 100,000 leads load with progress and answer again without the file`, { timeout: 300_000 }, () => visit(name, 'http', async (app, browser) => {
  const folder = mkdtempSync(join(tmpdir(), 'kpi-rows-'));
  try {
    const file = join(folder, 'leads.csv');
    await writeLeads(file);
    await browser.evaluate(`(() => { globalThis.kpiProgress = 0; new MutationObserver(() => { if (document.querySelector('[data-testid="progress"]')) globalThis.kpiProgress++; }).observe(document.body, { subtree: true, childList: true }); return true; })()`);
    await app.countReads();
    await app.addFiles([file]);
    assert.equal(await app.reports(), 1, 'one report serves totals and groups');
    const values = await app.values();
    assert.equal(values['new_leads'], ROWS);
    assert.equal(values['mqls'], ROWS / 5);
    assert.ok((await browser.evaluate('globalThis.kpiProgress')) > 0, 'progress was shown');
    await app.countReads();
    await app.period('2024-02-01', '2024-04-30');
    await app.filter('channel', 'paid_search');
    assert.equal((await app.values())['new_leads'], leadsOf(0, 2, 4));
    assert.equal(await app.reads(), 0, 'files given to the engine');
    const asked = await app.reports();
    await browser.click('[data-testid="filter-chip"] button');
    await app.settled();
    assert.equal(await app.reports(), asked, 'a view that was seen is not asked for again');
  } finally {
    rmSync(folder, { recursive: true });
  }
}));

test('reading can be cancelled, and the page goes on', { timeout: 180_000 }, () => visit('chromium', 'file', async (app, browser) => {
  const folder = mkdtempSync(join(tmpdir(), 'kpi-cancel-'));
  try {
    const file = join(folder, 'leads.csv');
    await writeLeads(file);
    // a file that never reaches the engine: the reading stands still until it is cancelled
    await browser.evaluate(`(() => { globalThis.kpiPost = Worker.prototype.postMessage; Worker.prototype.postMessage = function (message, ...more) { if (message.type !== 'load') globalThis.kpiPost.call(this, message, ...more); }; return true; })()`);
    await browser.setFiles('[data-testid="file-input"]', [file]);
    await until(browser, `document.querySelector('[data-testid="cancel"]') !== null`, 'the cancel button');
    await browser.click('[data-testid="cancel"]');
    await browser.evaluate(`(() => { Worker.prototype.postMessage = globalThis.kpiPost; return true; })()`);
    await until(browser, `document.querySelector('[data-testid="progress"]') === null && document.querySelector('[data-testid="frame"]').dataset.engine === 'ready'`, 'the page after cancelling');
    await app.trySample();
    assert.ok(((await app.values())['new_leads'] ?? 0) > 0);
  } finally {
    rmSync(folder, { recursive: true });
  }
}));
