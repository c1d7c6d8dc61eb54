// Lead scoring in the built page: the sample's own score against an independent count of pairs, a fitted one, and points of one's own.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { test } from 'node:test';
import { NAMES, root, visit } from './lib/app.mjs';
import { until } from './lib/driver.mjs';

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const id = (/** @type {string} */ name) => `[data-testid="${name}"]`;
const file = join(root, 'web/samples/crm_leads.csv');

/** Scores and outcomes of the sample's leads that are old enough, out of the file itself. */
function counted() {
  const [head = '', ...lines] = readFileSync(file, 'utf8').trim().split(/\r?\n/);
  const names = head.split(',');
  const rows = lines.map((line) => {
    const cells = line.match(/("([^"]|"")*"|[^,]*)(,|$)/g)?.map((cell) => cell.replace(/,$/, '').replace(/^"|"$/g, '')) ?? [];
    return Object.fromEntries(names.map((name, i) => [name, cells[i] ?? '']));
  });
  const day = (/** @type {string|undefined} */ text) => Date.parse((text ?? '').slice(0, 10)) / 864e5;
  const dated = names.filter((name) => /Date$| at$/.test(name));
  const last = Math.max(...rows.flatMap((row) => dated.map((name) => day(row[name])).filter(Number.isFinite)));
  const times = rows.map((row) => day(row['Became a Customer Date']) - day(row['Create Date'])).filter(Number.isFinite).sort((a, b) => a - b);
  const half = times.length / 2;
  const median = times.length % 2 ? times[Math.floor(half)] ?? 0 : ((times[half - 1] ?? 0) + (times[half] ?? 0)) / 2;
  const seen = new Set();
  const unique = rows.filter((row) => !seen.has(row['Record ID']) && seen.add(row['Record ID']));
  const old = unique.filter((row) => row['HubSpot Score'] && last - day(row['Create Date']) >= median);
  return old.map((row) => ({ score: Number(row['HubSpot Score']), won: row['Lifecycle Stage'] === 'Customer' || Boolean(row['Became a Customer Date']), channel: row['Original Source'] }));
}

/** The share of pairs that the values order rightly, ties one half. @param {{value: number, won: boolean}[]} people */
function pairs(people) {
  let [right, all] = [0, 0];
  for (const a of people) {
    if (!a.won) continue;
    for (const b of people) {
      if (b.won) continue;
      all++;
      right += a.value > b.value ? 1 : a.value === b.value ? 0.5 : 0;
    }
  }
  return right / all;
}

for (const name of NAMES) {
  test(`${name}: the sample's score, a fitted one and points`, { timeout: 300_000 }, () => visit(name, 'file', async (app, browser) => {
    const ready = async () => {
      await new Promise((resolve) => setTimeout(resolve, 300));
      await until(browser, `document.querySelector('${id('analysis')}[data-view="scoring"][data-ready="true"]') !== null`, 'the scores');
    };
    const data = (/** @type {string} */ what, /** @type {string} */ field) => browser.evaluate(`Number(document.querySelector('${id(what)}').dataset.${field})`);
    await app.addFiles([file]);
    await app.go('analysis');
    await browser.click(id('analysis-tab-scoring'));
    await ready();
    const leads = counted();
    assert.ok(leads.length > 500);
    assert.equal(await data('scoring-rows', 'used'), leads.length);
    assert.equal(await data('scoring-rows', 'converted'), leads.filter(({ won }) => won).length);
    const wanted = pairs(leads.map(({ score, won }) => ({ value: score, won })));
    assert.ok(Math.abs((await data('file-score', 'auc')) - wanted) < 1e-9, `AUC ${await data('file-score', 'auc')}, expected ${wanted}`);
    const best = [...leads].sort((a, b) => b.score - a.score).slice(0, Math.floor(leads.length / 10));
    assert.equal(await data('gains', 'people'), best.length);
    const bands = await browser.evaluate(`[...document.querySelectorAll('${id('band')}')].map(({ dataset }) => [Number(dataset.people), Number(dataset.converted)])`);
    assert.deepEqual(bands[0], [leads.filter(({ score }) => score >= 80).length, leads.filter(({ score, won }) => score >= 80 && won).length]);
    const fitted = await data('fitted-score', 'auc');
    assert.ok(fitted > 0 && fitted <= 1);
    const held = await data('fitted-score', 'held');
    assert.ok(held > 0.25 * leads.length && held <= 0.35 * leads.length, `${held} of ${leads.length} held out`);
    const fields = await browser.evaluate(`[...document.querySelectorAll('${id('trait')}')].map(({ dataset }) => dataset.field)`);
    assert.ok(fields.length > 2 && fields.every((/** @type {string} */ field) => ['channel', 'campaign', 'score', 'source', 'medium'].includes(field)), fields.join());
    if (name === 'chromium') {
      await browser.evaluate(`(() => { ${axe}; return true; })()`);
      assert.deepEqual(await browser.evaluate(`axe.run('${id('analysis')}').then(({ violations }) => violations.map(({ id, nodes }) => [id, nodes.slice(0, 3).map(({ html }) => html.slice(0, 200))]))`), []);
    }

    const enter = async (/** @type {string} */ where, /** @type {string} */ value) => {
      await browser.evaluate(`(() => { const field = document.querySelector('${where}'); field.value = ${JSON.stringify(value)}; field.dispatchEvent(new Event('change', { bubbles: true })); return true; })()`);
      await ready();
    };
    await enter(id('set-capacity'), '100');
    const selected = await data('selected-capacity', 'selected');
    // the lowest score from which no more than 100 leads are selected
    const limit = [...new Set(leads.map(({ score }) => score))].sort((a, b) => a - b).find((score) => leads.filter((one) => one.score >= score).length <= 100) ?? Infinity;
    assert.equal(selected, leads.filter(({ score }) => score >= limit).length);
    assert.equal(await data('selected-capacity', 'converted'), leads.filter(({ score, won }) => score >= limit && won).length);

    await browser.click(id('rule-add'));
    await ready();
    await browser.choose(id('rule-field'), 'channel');
    await ready();
    await browser.choose(id('rule-value'), 'paid_search');
    await ready();
    await enter(id('set-qualified_at'), '10');
    const points = leads.map(({ channel, won }) => ({ value: channel === 'Paid Search' ? 10 : 0, won }));
    assert.ok(Math.abs((await data('points', 'auc')) - pairs(points)) < 1e-9);
    assert.equal(await data('selected-points', 'selected'), points.filter(({ value }) => value).length);
    await browser.click(id('rule-remove'));
    await ready();
    assert.equal(await browser.evaluate(`document.querySelectorAll('${id('rule')}').length`), 0);
    assert.deepEqual(browser.messages().filter((message) => /error|uncaught|violat|refused/i.test(message)), []);
  }));
}
