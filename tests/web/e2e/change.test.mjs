// Why a KPI changed: effects by channel against a calculation from the sample's own rows, and against another channel.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { test } from 'node:test';
import { assertFigure, NAMES, root, visit } from './lib/app.mjs';
import { until } from './lib/driver.mjs';

const id = (/** @type {string} */ name) => `[data-testid="${name}"]`;
const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const FROM = '2025-07-01';
const TO = '2025-09-30';
const CHANNELS = /** @type {Record<string, string>} */ ({ 'Organic Search': 'organic_search', 'Paid Search': 'paid_search', 'Paid Social': 'paid_social', 'Email Marketing': 'email', 'Direct Traffic': 'direct', Referrals: 'referral', 'Offline Sources': 'offline', '': '' });

/** Leads and those of them that became MQLs, whenever that was, by channel, counted from the file: a repeated id counts once. @param {string} from @param {string} to */
function counted(from, to) {
  const [head, ...lines] = readFileSync(join(root, 'web/samples/crm_leads.csv'), 'utf8').replace(/^\ufeff/, '').trim().split(/\r?\n/).map((line) =>
    [...line.matchAll(/("(?:[^"]|"")*"|[^,]*)(?:,|$)/g)].map(([, cell]) => (cell ?? '').replace(/^"|"$/g, '')));
  const at = (/** @type {string} */ name) => /** @type {string[]} */ (head).indexOf(name);
  /** @type {Record<string, {leads: number, mqls: number}>} */
  const counts = {};
  const seen = new Set();
  const within = (/** @type {string|undefined} */ day) => day !== undefined && day.slice(0, 10) >= from && day.slice(0, 10) <= to;
  for (const line of lines) {
    const key = line[at('Record ID')];
    if (seen.has(key)) continue;
    seen.add(key);
    const channel = CHANNELS[line[at('Original Source')] ?? ''];
    assert.notEqual(channel, undefined, line[at('Original Source')]);
    const count = counts[/** @type {string} */ (channel)] ??= { leads: 0, mqls: 0 };
    count.leads += within(line[at('Create Date')]) ? 1 : 0;
    count.mqls += within(line[at('Create Date')]) && line[at('Became a Marketing Qualified Lead Date')] ? 1 : 0;
  }
  return counts;
}

/** The mean of both ways to hold one part still: rates with the old and the new mix, the mix with the old and the new rates. */
function expectedEffects() {
  const before = counted('2025-04-01', '2025-06-30');
  const after = counted(FROM, TO);
  const sum = (/** @type {typeof before} */ counts, /** @type {'leads'|'mqls'} */ what) => Object.values(counts).reduce((total, one) => total + one[what], 0);
  const [oldLeads, newLeads] = [sum(before, 'leads'), sum(after, 'leads')];
  const [oldRate, newRate] = [sum(before, 'mqls') / oldLeads, sum(after, 'mqls') / newLeads];
  /** @type {Record<string, {rate: number, mix: number}>} */
  const effects = {};
  for (const channel of Object.keys(after)) {
    const [a, b] = [/** @type {any} */ (before[channel]), /** @type {any} */ (after[channel])];
    assert.ok(a.leads > 0 && b.leads > 0, 'every channel has leads in both quarters');
    const [r0, r1, w0, w1] = [a.mqls / a.leads, b.mqls / b.leads, a.leads / oldLeads, b.leads / newLeads];
    const reference = (oldRate + newRate) / 2;
    effects[channel] = { rate: (w0 * (r1 - r0) + w1 * (r1 - r0)) / 2, mix: ((w1 - w0) * (r0 - reference) + (w1 - w0) * (r1 - reference)) / 2 };
  }
  return { effects, total: newRate - oldRate };
}

for (const name of NAMES) {
  test(`${name}: a rate's change by channel, a cost's by its factors, and two channels`, { timeout: 300_000 }, () => visit(name, 'file', async (app, browser) => {
    const open = async (/** @type {string} */ kpi) => {
      await browser.click(`${id('kpi-card')}[data-kpi="${kpi}"]`);
      await until(browser, `document.querySelector('dialog[open]${id('explain')}[data-kpi="${kpi}"] ${id('change')}') !== null`, 'what changed');
    };
    const answered = () => until(browser, `document.querySelector('${id('change-total')}') !== null`, 'the effects');
    const number = (/** @type {string} */ selector) => browser.evaluate(`Number(document.querySelector('${selector}').dataset.value)`);
    await app.trySample();
    await app.period(FROM, TO);
    await app.compare('none');
    await open('lead_to_mql_rate');
    await browser.click(id('change-on'));  // the comparison is one click away
    await answered();

    const { effects, total } = expectedEffects();
    assertFigure(await number(id('change-total')), total, 'the change');
    assertFigure(await number(id('change-sum')), total, 'the sum of the effects');
    assert.equal(await browser.evaluate(`document.querySelector('${id('change-by')}').value`), 'channel');
    const lines = await browser.evaluate(`[...document.querySelectorAll('${id('change-line')}')].map((row) => ({ ...row.dataset, effect: row.querySelector('${id('change-effect')}').dataset.value }))`);
    assert.deepEqual(lines.map((/** @type {any} */ line) => line.key).sort(), Object.keys(effects).sort());
    for (const line of lines) {
      const wanted = /** @type {{rate: number, mix: number}} */ (effects[line.key]);
      assertFigure(Number(line.rate), wanted.rate, `${line.key}: rate`);
      assertFigure(Number(line.mix), wanted.mix, `${line.key}: mix`);
      assertFigure(Number(line.effect), wanted.rate + wanted.mix, `${line.key}: effect`);
    }
    const sizes = lines.map((/** @type {any} */ line) => Math.abs(Number(line.effect)));
    assert.deepEqual(sizes, [...sizes].sort((a, b) => b - a), 'the largest effect first');

    if (name === 'chromium') {
      await browser.evaluate(`${axe}; typeof axe.run`);
      const violations = await browser.evaluate(`axe.run(document.querySelector('${id('change')}'), { resultTypes: ['violations'] }).then(({ violations }) => violations.map(({ id, nodes }) => [id, nodes[0].failureSummary]))`);
      assert.deepEqual(violations, []);
    }

    // another dimension, with more members than are shown at first: the same sum
    await browser.choose(id('change-by'), 'campaign');
    await until(browser, `document.querySelector('${id('change-members')}').dataset.dimension === 'campaign'`, 'the campaigns');
    assertFigure(await number(id('change-sum')), total, 'the sum by campaign');
    await browser.click(id('explain-close'));

    await open('cost_per_lead');
    await until(browser, `document.querySelector('${id('change-factors')}') !== null`, 'the factors');
    const factors = await browser.evaluate(`Object.fromEntries([...document.querySelectorAll('${id('change-factor')}')].map((row) => [row.dataset.id, Number(row.querySelector('${id('change-effect')}').dataset.value)]))`);
    assert.deepEqual(Object.keys(factors), ['marketing_spend', 'new_leads']);
    assertFigure(factors.marketing_spend + factors.new_leads, await number(id('change-total')), 'the sum of the factors');
    await browser.click(id('explain-close'));

    // two members of a dimension
    await app.go('channels');
    await browser.choose(id('group-by'), 'channel');
    await app.settled();
    await browser.click(`${id('member')}[data-key="email"] td[data-kpi="lead_to_mql_rate"] button`);
    await until(browser, `document.querySelector('${id('change-against')}') !== null`, 'the other channels');
    await browser.choose(id('change-against'), 'paid_search');
    await answered();
    const { email, paid_search: search } = /** @type {any} */ (counted(FROM, TO));
    assertFigure(await number(id('change-total')), email.mqls / email.leads - search.mqls / search.leads, 'e-mail against paid search');
  }));
}
