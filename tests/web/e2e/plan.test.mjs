// Planning in the built page: the sample's own rates, typed rates, one channel, a reload, and no data at all.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { assertFigure, expectedReport, NAMES, visit } from './lib/app.mjs';
import { until } from './lib/driver.mjs';

/** @typedef {import('./lib/app.mjs').App} App */
/** @typedef {import('./lib/driver.mjs').Browser} Browser */

const id = (/** @type {string} */ name) => `[data-testid="${name}"]`;

/** @param {App} app @param {Browser} browser @param {string} selector @param {string} value */
async function enter(app, browser, selector, value) {
  await browser.evaluate(`(() => { const field = document.querySelector(${JSON.stringify(selector)}); field.value = ${JSON.stringify(value)};
    field.dispatchEvent(new Event('input', { bubbles: true })); field.dispatchEvent(new Event('change', { bubbles: true })); return true; })()`);
  await app.settled();
  await until(browser, `document.querySelector('${id('plan')}').dataset.ready === 'true'`, 'the plan');
}
const rate = (/** @type {string} */ name) => `[data-row] ${id('plan-rate')}[data-rate="${name}"]`;

/** @param {Browser} browser @returns {Promise<Record<string, Record<string, string>>>} */
const rows = (browser) => browser.evaluate(`Object.fromEntries([...document.querySelectorAll('${id('plan-row')}')].map((row) => [row.dataset.row, { ...row.dataset }]))`);
const needed = (/** @type {Record<string, Record<string, string>>} */ all, /** @type {string} */ name) => (all[name]?.['needed'] === undefined ? null : Number(all[name]['needed']));

for (const name of NAMES) {
  test(`${name}: twice the sample's revenue needs twice what there was; a typed rate changes what comes after it`, { timeout: 300_000 }, () => visit(name, 'file', async (app, browser, site) => {
    await app.trySample();
    await app.go('plan');
    await until(browser, `document.querySelector('${id('plan')}').dataset.ready === 'true'`, 'the rates');
    const had = expectedReport('everything by month').kpis;
    await enter(app, browser, id('plan-goal'), String(2 * had.revenue));
    const all = await rows(browser);
    // rates of the period alone: a goal of twice the revenue needs twice each count that SQL finds in the files
    let compared = 0;
    for (const count of ['won_deals', 'sqls', 'sals', 'mqls', 'new_leads', 'sessions', 'marketing_spend', 'new_customers']) {
      assertFigure(needed(all, count), 2 * had[count], count);
      assertFigure(Number(all[count]?.['actual']), had[count], `${count} that there were`);
      compared++;
    }
    assert.equal(compared, 8);
    assertFigure(needed(all, 'decided_deals'), 2 * (had.won_deals + had.lost_deals), 'decided deals');
    assertFigure(Number(all['decided_deals']?.['rate']), had.won_deals / (had.won_deals + had.lost_deals), 'win rate');
    assertFigure(needed(all, 'cac_marketing'), had.marketing_spend / had.new_customers, 'CAC');
    assertFigure(needed(all, 'roi'), had.revenue / had.marketing_spend - 1, 'ROI');
    assertFigure(Number(all['new_leads']?.['brings']), had.revenue, 'what the leads there were bring');
    assert.ok(Number(all['new_leads']?.['low']) < 2 * had.new_leads && 2 * had.new_leads < Number(all['new_leads']?.['high']));
    // levers: +10 % of a factor brings 10 % of the velocity, a cycle 10 % shorter a ninth of it
    const levers = await browser.evaluate(`Object.fromEntries([...document.querySelectorAll('${id('lever')}')].map(({ dataset }) => [dataset.kpi, Number(dataset.gain)]))`);
    for (const factor of ['opportunities', 'average_deal_size', 'win_rate']) assertFigure(levers[factor], had.pipeline_velocity / 10, factor);
    assertFigure(levers.sales_cycle_from_creation, had.pipeline_velocity / 9, 'cycle');
    await enter(app, browser, id('plan-day'), '2026-12-31');
    assert.deepEqual(await browser.evaluate(`(({ days, day }) => [days, day])(document.querySelector('${id('lead-time')}').dataset)`), ['93', '2026-09-29']);  // 93 days before

    // half the deals won instead of 41 %: what comes before stays, what comes after shrinks in the same proportion
    await enter(app, browser, rate('win_rate'), '50');
    const better = await rows(browser);
    assertFigure(needed(better, 'won_deals'), 2 * had.won_deals, 'won deals');
    assertFigure(needed(better, 'decided_deals'), 4 * had.won_deals, 'decided deals');
    assertFigure(needed(better, 'new_leads'), 2 * had.new_leads * (had.won_deals / (had.won_deals + had.lost_deals)) / 0.5, 'leads');
    assert.equal(better['decided_deals']?.['source'], 'typed');
    await enter(app, browser, rate('win_rate'), 'half');
    assert.equal(await browser.evaluate(`document.querySelector('${rate('win_rate')}').getAttribute('aria-invalid')`), 'true');
    assertFigure(needed(await rows(browser), 'decided_deals'), 4 * had.won_deals, 'the last rate counts');
    await browser.click(`[data-row] ${id('plan-reset')}[data-rate="win_rate"]`);
    await app.settled();
    assertFigure(needed(await rows(browser), 'new_leads'), 2 * had.new_leads, 'back to the data');

    // rates that follow people: of all leads the same MQLs, and the youngest may still come
    await enter(app, browser, id('plan-basis'), 'cohort');
    const followed = await rows(browser);
    const byPeriod = had.mqls / had.new_leads;
    assert.ok(Number(followed['new_leads']?.['rate']) >= byPeriod - 1e-9 && Number(followed['new_leads']?.['rate']) < byPeriod * 1.1, 'leads to MQL');
    assertFigure(needed(followed, 'decided_deals'), 2 * (had.won_deals + had.lost_deals), 'win rate stays that of the period');
    await enter(app, browser, id('plan-basis'), 'period');
    assertFigure(needed(await rows(browser), 'new_leads'), 2 * had.new_leads, 'back to the period');

    // one channel: its own rates
    const { members } = expectedReport('by channel');
    const search = members.paid_search ?? members.find?.((/** @type {any} */ one) => one.key === 'paid_search');
    const own = search.kpis ?? search;
    await browser.choose(id('plan-dimension'), 'channel');
    await until(browser, `document.querySelector('${id('plan-member')} option[value="paid_search"]') !== null`, 'the channels');
    await browser.choose(id('plan-member'), 'paid_search');
    await app.settled();
    const channel = await rows(browser);
    assertFigure(needed(channel, 'won_deals'), 2 * had.revenue / (own.revenue / own.won_deals), 'won deals of paid search');
    assertFigure(needed(channel, 'new_leads'), 2 * had.revenue / own.revenue * own.new_leads, 'leads of paid search');

    // the goal survives a reload; the files do not, and then the rates are asked for
    await browser.goto('about:blank');
    await app.open(`${site.address}#plan`);
    await until(browser, `document.querySelector('${id('plan-row')}') !== null`, 'the plan again');
    assert.equal(Number(await browser.evaluate(`document.querySelector('${id('plan-goal')}').value`)), 2 * had.revenue);
    assert.equal((await rows(browser))['won_deals']?.['reason'], 'missing_input');
    assert.deepEqual(browser.messages().filter((message) => /error|uncaught|violat|refused/i.test(message)), []);
  }));

  test(`${name}: a plan from typed rates alone`, { timeout: 300_000 }, () => visit(name, 'file', async (app, browser) => {
    await browser.click(id('start-plan'));
    await until(browser, `document.querySelector('${id('plan-row')}') !== null`, 'the plan');
    // published example of the KPI reference: 6,000 at 2,500 a sale, 10 % of leads buy, 3 % of clicks are leads: 24 leads, 800 clicks
    for (const [selector, text] of [[id('plan-goal'), '6000'], [rate('average_deal_size'), '2500'], [rate('lead_to_customer_rate'), '10'], [rate('session_to_lead_rate'), '3']]) await enter(app, browser, /** @type {string} */ (selector), /** @type {string} */ (text));
    assertFigure(needed(await rows(browser), 'new_leads'), 24, 'leads straight from won deals');
    assertFigure(needed(await rows(browser), 'sessions'), 800, 'clicks');
    await enter(app, browser, rate('lead_to_customer_rate'), '');
    await enter(app, browser, id('plan-goal'), '\u20ac100k');
    for (const [step, text] of [['average_deal_size', '5,000'], ['win_rate', '25 %'], ['sql_to_opportunity_rate', '80'], ['mql_to_sql_rate', '50'], ['lead_to_mql_rate', '25'], ['session_to_lead_rate', '2.5'], ['cost_per_lead', '50']]) await enter(app, browser, rate(/** @type {string} */ (step)), /** @type {string} */ (text));
    const all = await rows(browser);
    // 100,000 / 5,000 = 20; / 25 % = 80; / 80 % = 100; / 50 % = 200; / 25 % = 800; / 2.5 % = 32,000; 800 x 50 = 40,000
    for (const [step, count] of /** @type {[string, number][]} */ ([['won_deals', 20], ['decided_deals', 80], ['lead_opportunities', 80], ['sqls', 100], ['mqls', 200], ['new_leads', 800], ['sessions', 32000], ['marketing_spend', 40000], ['cac_marketing', 2000], ['roi', 1.5]])) assertFigure(needed(all, step), count, step);
    assert.equal(all['new_leads']?.['low'], undefined, 'typed rates have no interval');
    await enter(app, browser, id('plan-goal'), 'a lot');
    assertFigure(needed(await rows(browser), 'new_leads'), 800, 'the last goal counts');
    // 80 x 5,000 x 25 % / 50 days = 2,000 a day
    for (const [factor, text] of [['opportunities', '80'], ['sales_cycle_from_creation', '50']]) await enter(app, browser, `${id('lever')} ${id('plan-rate')}[data-rate="${factor}"]`, /** @type {string} */ (text));
    assertFigure(Number(await browser.evaluate(`document.querySelector('${id('levers')}').dataset.velocity`)), 2000, 'velocity');
    await browser.click(id('settings'));
    await browser.click(id('forget'));
    await app.settled();
    assert.equal((await rows(browser))['won_deals']?.['reason'], 'missing_input', 'forgotten');
  }));
}
