// Experiments in the built page: the sample's four against an independent calculation, settings, and what a test to come needs.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { test } from 'node:test';
import { NAMES, root, visit } from './lib/app.mjs';
import { until } from './lib/driver.mjs';

/** @typedef {import('./lib/app.mjs').App} App */
/** @typedef {import('./lib/driver.mjs').Browser} Browser */
const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const id = (/** @type {string} */ name) => `[data-testid="${name}"]`;

/** Visitors and conversions of each arm, added up from the sample's file. */
function counted() {
  /** @type {Record<string, Record<string, [number, number]>>} */
  const all = {};
  for (const line of readFileSync(join(root, 'web/samples/experiments.csv'), 'utf8').trim().split(/\r?\n/).slice(1)) {
    const [, experiment = '', variant = '', visitors, conversions] = line.split(',');
    const arm = ((all[experiment] ??= {})[variant] ??= [0, 0]);
    arm[0] += Number(visitors);
    arm[1] += Number(conversions);
  }
  return all;
}

/** @param {App} app @param {Browser} browser */
async function open(app, browser) {
  await app.go('analysis');
  await browser.click(id('analysis-tab-experiments'));
  await ready(browser);
}

/** @param {Browser} browser */
const ready = (browser) => until(browser, `document.querySelector('${id('analysis')}[data-view="experiments"][data-ready="true"]') !== null`, 'the experiments');

/** @param {Browser} browser @param {string} name @param {string} value */
async function enter(browser, name, value) {
  await browser.evaluate(`(() => { const field = document.querySelector('${id(`set-${name}`)}'); field.value = ${JSON.stringify(value)}; field.dispatchEvent(new Event('change', { bubbles: true })); return true; })()`);
  await new Promise((resolve) => setTimeout(resolve, 300));
  await ready(browser);
}

/** @param {Browser} browser @returns {Promise<Record<string, Record<string, string>>>} */
const cards = (browser) => browser.evaluate(`Object.fromEntries([...document.querySelectorAll('${id('experiment')}')].map((card) => [card.dataset.name, { ...card.dataset }]))`);

for (const name of NAMES) {
  test(`${name}: the sample's experiments, settings and a plan`, { timeout: 300_000 }, () => visit(name, 'file', async (app, browser) => {
    await app.addFiles([join(root, 'web/samples/experiments.csv')]);
    await open(app, browser);
    const shown = await cards(browser);
    let compared = 0;
    for (const [experiment, arms] of Object.entries(counted())) {
      const [[n, k], [m, l]] = [arms['Control'] ?? [0, 0], arms['Variant'] ?? [0, 0]];
      const pooled = (k + l) / (n + m);
      const z = (l / m - k / n) / Math.sqrt(pooled * (1 - pooled) * (1 / n + 1 / m));
      const p = Number(shown[experiment]?.['p']);
      // two-sided p by the normal density, Simpson's rule from |z| to 12
      let area = 0;
      for (let i = 0; i <= 2000; i++) area += Math.exp(-((Math.abs(z) + (i * (12 - Math.abs(z))) / 2000) ** 2) / 2) * (i === 0 || i === 2000 ? 1 : i % 2 ? 4 : 2);
      const wanted = (2 * area * ((12 - Math.abs(z)) / 2000)) / 3 / Math.sqrt(2 * Math.PI);
      assert.ok(Math.abs(p - wanted) < 1e-8, `${experiment}: ${p}, expected ${wanted}`);
      assert.equal(shown[experiment]?.['verdict'], p <= 0.05 ? (z > 0 ? 'better' : 'worse') : 'no_difference_shown');
      const drawn = await browser.evaluate(`[...document.querySelectorAll('${id('experiment')}')].find((card) => card.dataset.name === ${JSON.stringify(experiment)}).querySelectorAll('${id('arm')}').length`);
      assert.equal(drawn, 2);
      compared++;
    }
    assert.equal(compared, 4);
    assert.equal(await browser.evaluate(`document.querySelectorAll('${id('experiments-many')}').length`), 1);
    if (name === 'chromium') {
      await browser.evaluate(`(() => { ${axe}; return true; })()`);
      assert.deepEqual(await browser.evaluate(`axe.run('${id('analysis')}').then(({ violations }) => violations.map(({ id, nodes }) => [id, nodes.slice(0, 3).map(({ html }) => html.slice(0, 200))]))`), []);
    }

    await enter(browser, 'planned_visitors', '20000');
    for (const card of Object.values(await cards(browser))) assert.equal(card['verdict'], 'not_planned_size');
    await enter(browser, 'planned_visitors', '');
    await enter(browser, 'split', '90:10');
    for (const card of Object.values(await cards(browser))) assert.equal(card['verdict'], 'srm_alarm');
    await enter(browser, 'split', 'half');
    assert.equal(await browser.evaluate(`document.querySelector('${id('set-split')}').getAttribute('aria-invalid')`), 'true');
    await enter(browser, 'split', '');
    await enter(browser, 'plan_rate', '2');
    await enter(browser, 'plan_effect', '25');
    // 2 % to 2.5 % with a power of 80 %: 13,809 per arm (Fleiss, Levin, Paik)
    assert.equal(Number(await browser.evaluate(`document.querySelector('${id('plan-a-test')}').dataset.visitors`)), 13809);
    assert.deepEqual(browser.messages().filter((message) => /error|uncaught|violat|refused/i.test(message)), []);
  }));
}
