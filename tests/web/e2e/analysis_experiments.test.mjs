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

/** Mean, variance and count. @param {number[]} values */
function moments(values) {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  return { n: values.length, mean, variance: values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (values.length - 1) };
}

/** Two-sided p of Welch's t: Student's density by Simpson's rule, its constant by Stirling's series. @param {number[]} a @param {number[]} b */
function welch(a, b) {
  const [x, y] = [moments(a), moments(b)];
  const [u, v] = [x.variance / x.n, y.variance / y.n];
  const degrees = (u + v) ** 2 / (u ** 2 / (x.n - 1) + v ** 2 / (y.n - 1));
  const z = Math.abs(y.mean - x.mean) / Math.sqrt(u + v);
  const logGamma = (/** @type {number} */ w) => (w - 0.5) * Math.log(w) - w + Math.log(2 * Math.PI) / 2 + 1 / (12 * w) - 1 / (360 * w ** 3);
  const height = Math.exp(logGamma((degrees + 1) / 2) - logGamma(degrees / 2)) / Math.sqrt(degrees * Math.PI);
  let area = 0;
  for (let i = 0; i <= 2000; i++) area += (1 + (z * i / 2000) ** 2 / degrees) ** (-(degrees + 1) / 2) * (i === 0 || i === 2000 ? 1 : i % 2 ? 4 : 2);
  return { difference: y.mean - x.mean, p: 1 - 2 * height * area * (z / 2000) / 3 };
}

/** What the sample's visitors did, by arm; who saw both arms is left out. */
function visitors() {
  /** @type {Map<string, {arms: Set<string>, converted: boolean, revenue: number, before: number, orders: number}>} */
  const all = new Map();
  for (const line of readFileSync(join(root, 'web/samples/experiment_visitors.csv'), 'utf8').trim().split(/\r?\n/).slice(1)) {
    const [, , variant = '', id = '', converted, revenue, before, orders] = line.split(',');
    const one = all.get(id) ?? { arms: new Set(), converted: false, revenue: 0, before: Number(before), orders: 0 };
    all.set(id, one);
    one.arms.add(variant);
    one.converted ||= converted === 'yes';
    one.revenue += Number(revenue);
    one.orders += Number(orders);
  }
  const clean = [...all.values()].filter(({ arms }) => arms.size === 1);
  return { several: all.size - clean.length, control: clean.filter(({ arms }) => arms.has('Control')), variant: clean.filter(({ arms }) => arms.has('Variant')) };
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
    // One of the four is below 5% alone (p = 0.046), and above it as the least of four by Holm (4 p).
    const among = await browser.evaluate(`[...document.querySelectorAll('${id('experiment')}')].filter((card) => card.querySelector('${id('among-many')}')).map((card) => card.dataset.verdict)`);
    assert.deepEqual(among, ['better']);
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

for (const name of NAMES) {
  test(`${name}: rows by visitor, with revenue, beside rows with counts`, { timeout: 300_000 }, () => visit(name, 'file', async (app, browser) => {
    await app.addFiles([join(root, 'web/samples/experiment_visitors.csv'), join(root, 'web/samples/experiments.csv')]);
    await open(app, browser);
    const { several, control, variant } = visitors();
    assert.ok(several > 0);
    const card = `[...document.querySelectorAll('${id('experiment')}')].find((one) => one.dataset.name === 'Seats page: price per year')`;
    const data = (/** @type {string} */ selector) => browser.evaluate(`[...${card}.querySelectorAll('${selector}')].map((one) => ({ ...one.dataset }))`);
    assert.deepEqual((await data(id('arm'))).map((/** @type {any} */ arm) => [Number(arm.visitors), Number(arm.conversions)]), [control, variant].map((arm) => [arm.length, arm.filter(({ converted }) => converted).length]));
    assert.equal((await data(`${id('of-visitors')}[data-id="in_several_arms"]`))[0].visitors, String(several));

    const [a, b] = [control.map(({ revenue }) => revenue), variant.map(({ revenue }) => revenue)];
    const means = (await data(id('revenue-arm'))).map((/** @type {any} */ arm) => [Number(arm.mean), Number(arm.deviation)]);
    for (const [index, values] of [a, b].entries()) {
      assert.ok(Math.abs(means[index][0] - moments(values).mean) < 1e-6);
      assert.ok(Math.abs(means[index][1] - Math.sqrt(moments(values).variance)) < 1e-6);
    }
    // CUPED: theta is the slope of the revenue over what was before, in both arms together
    const both = [...control, ...variant];
    const [mean, before] = [moments(both.map((one) => one.revenue)).mean, moments(both.map((one) => one.before)).mean];
    const theta = both.reduce((sum, one) => sum + (one.revenue - mean) * (one.before - before), 0) / both.reduce((sum, one) => sum + (one.before - before) ** 2, 0);
    const [plain, adjusted] = [welch(a, b), welch(control.map((one) => one.revenue - theta * one.before), variant.map((one) => one.revenue - theta * one.before))];
    const [shown] = await data(id('revenue'));
    assert.ok(Math.abs(Number(shown.p) - adjusted.p) < 1e-8, `${shown.p}, expected ${adjusted.p}`);
    assert.ok(plain.p > 0.05 && adjusted.p < 0.05, 'only what was known before shows it');
    assert.equal(shown.verdict, 'higher');
    assert.equal(shown.currency, 'EUR');
    const lines = Object.fromEntries((await browser.evaluate(`[...${card}.querySelectorAll('${id('evidence')}')].map((row) => [row.dataset.id, row.children[1].textContent])`)));
    assert.match(lines['revenue'], /12[.]9/);
    assert.ok(lines['revenue_bootstrap'] && lines['revenue_cuped'] && lines['revenue_without_largest']);
    const perOrder = (/** @type {typeof control} */ arm) => arm.reduce((sum, one) => sum + one.revenue, 0) / arm.reduce((sum, one) => sum + one.orders, 0);
    assert.equal(lines['revenue_per_order'].replace(/[^\d.]/g, ''), (perOrder(variant) - perOrder(control)).toFixed(2));

    // the evidence is open for the first experiment alone, and one click away for the others
    const openOnes = () => browser.evaluate(`[...document.querySelectorAll('${id('evidence-more')}')].map((one) => one.open)`);
    assert.deepEqual(await openOnes(), [true, false, false, false, false]);
    await browser.evaluate(`document.querySelectorAll('${id('evidence-more')}')[1].querySelector('summary').click()`);
    assert.deepEqual(await openOnes(), [true, true, false, false, false]);
    if (name === 'chromium') {
      await browser.evaluate(`(() => { ${axe}; return true; })()`);
      assert.deepEqual(await browser.evaluate(`axe.run('${id('analysis')}').then(({ violations }) => violations.map(({ id, nodes }) => [id, nodes.slice(0, 3).map(({ html }) => html.slice(0, 200))]))`), []);
    }
    await enter(browser, 'split', '90:10');
    assert.equal((await data(id('revenue')))[0].verdict, 'srm_alarm');
    assert.deepEqual(browser.messages().filter((message) => /error|uncaught|violat|refused/i.test(message)), []);
  }));
}
