// Customer value over the boundary: native equals WASM, wrong requests by code, and the model's sums again in JavaScript.
import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { ask, load, result, root, startCore } from './lib/core.mjs';
import { answersOfNative, answersOfWasm, loading, step } from './lib/replay.mjs';
import { drawnOrders } from '../support/drawn-orders.mjs';
import { revenueMonths, subscriptionRows } from '../support/recurring-revenue.mjs';

const folder = mkdtempSync(join(tmpdir(), 'kpi-customers-'));
after(() => rmSync(folder, { recursive: true }));
const drawn = drawnOrders(400);
const file = join(folder, 'orders.csv');
writeFileSync(file, drawn.csv);

test('native and WASM answer with the same bytes', async () => {
  const questions = [{}, { model: 'pareto_nbd' }, { months: 36, discount: 0, by: '' }, { to: '2024-12-31', parameters: { gross_margin: 0.7 } }, { filters: [{ dimension: 'channel', values: ['email'] }] }, { cac: 2500, parameters: { gross_margin: 0.8 } },
    { by: 'country', from: '2025-01-01', to: '2025-12-31', parameters: { gross_margin: 0.8, discount_rate: 0.05 } }, { by: 'plan', to: '2025-05-10' }]
    .map((request) => step('analyse_customers', request));
  for (const script of [[...loading(file, 1), ...questions.slice(0, -1)], [...loading(join(root, 'web/samples/orders.csv'), 1), ...loading(join(root, 'web/samples/subscriptions.csv'), 2), ...questions], questions]) {
    const wasm = await answersOfWasm(script);
    const native = answersOfNative(script);
    assert.equal(wasm.length, script.length);
    wasm.forEach((answer, index) => assert.equal(answer, native[index], JSON.stringify(script[index])));
  }
});

test('wrong requests fail by code, for this call only', async () => {
  const core = await startCore();
  for (const request of [{ model: 'magic' }, { model: 7 }, { months: 0 }, { months: 121 }, { months: 1.5 }, { months: 'x' }, { discount: -0.1 }, { discount: 2 }, { discount: 'x' }, { by: 7 }, { cac: -1 }, { cac: 'x' }, { cac: [] }]) {
    assert.equal(ask(core, 'analyse_customers', request).error?.code, 'request_invalid', JSON.stringify(request));
  }
  assert.equal(ask(core, 'analyse_customers', { by: 'no_such_thing' }).error.code, 'dimension_unknown');
  assert.equal(JSON.parse(core.call('analyse_customers', '{"discount":1e999}')).ok, false);
  const empty = result(core, 'analyse_customers', {});
  assert.deepEqual([empty.buyers.undefined.code, empty.subscriptions.undefined.code], ['missing_input', 'missing_input']);
});

test('few or strange data are refused with a reason', async () => {
  const core = await startCore();
  load(core, 'orders.csv', 'order number,order date,customer,order value,currency\n1,2024-01-01,a,10,EUR\n2,2024-01-09,b,10,EUR\n3,2024-02-09,b,10,EUR\n');
  const { buyers } = result(core, 'analyse_customers', {});
  assert.equal(buyers.undefined.code, 'too_few_rows');
  assert.deepEqual([buyers.customers, buyers.repeat_customers, buyers.basis], [2, 1, 'revenue']);
});

test('the sums are those of the published formulas', async () => {
  const core = await startCore();
  load(core, 'orders.csv', drawn.csv);
  const { buyers } = result(core, 'analyse_customers', { by: 'channel' });
  assert.equal(buyers.undefined, undefined);
  const [r, alpha, a, b] = buyers.parameters.map((/** @type {any} */ one) => one.value);
  assert.equal(buyers.customers, drawn.customers.length);
  // P(alive) of BG/NBD (Fader, Hardie and Lee 2008, note 021): 1 / (1 + a / (b + x - 1) ((alpha + T) / (alpha + tx))^(r + x)), 1 without repeats
  const alive = drawn.customers.map(({ repeats, recency, age }) => (repeats === 0 ? 1 : 1 / (1 + a / (b + repeats - 1) * ((alpha + age) / (alpha + recency)) ** (r + repeats))));
  const sum = (/** @type {number[]} */ all) => all.reduce((x, y) => x + y, 0);
  assert.ok(Math.abs(sum(alive) - buyers.alive) < 1e-5, `${sum(alive)} ${buyers.alive}`);
  drawn.customers.forEach(({ repeats }, i) => assert.ok(alive[i] <= 1 && repeats >= 0));
  const counts = Array.from({ length: buyers.frequency.actual.length }, (_, times, all = buyers.frequency.actual) => drawn.customers.filter(({ repeats }) => Math.min(repeats, all.length - 1) === times).length);
  assert.deepEqual(buyers.frequency.actual, counts);
  // whatever is split adds up to the whole
  for (const parts of [buyers.groups.members, buyers.deciles, [...buyers.bands, buyers.once]]) {
    assert.equal(sum(parts.map((/** @type {any} */ one) => one.customers)), buyers.customers);
    assert.ok(Math.abs(sum(parts.map((/** @type {any} */ one) => one.value)) / buyers.total - 1) < 1e-8);
  }
  assert.ok(Math.abs(buyers.total / buyers.customers / buyers.mean - 1) < 1e-8);
});

test('the projection of retention is the published one', async () => {
  // "Regular" customers of Fader and Hardie 2007, How to Project Customer Retention, table 1 and figure 5: 1,000 and who is left after each period
  const left = [1000, 631, 468, 382, 326, 289, 262, 241];
  const lines = ['subscription id,customer,mrr,currency,start date,end date'];
  for (let i = 0; i < 1000; i++) {
    const gone = left.findIndex((there) => i >= there);  // the age at which the customer is no longer there
    lines.push(`s${i},c${i},10,EUR,2024-01-15,${gone < 0 ? '' : `2024-${String(gone + 1).padStart(2, '0')}-10`}`);
  }
  lines.push('s1000,c0,0,EUR,2024-08-31,');  // the file tells of August to its end
  const core = await startCore();
  load(core, 'subscriptions.csv', lines.join('\n'));
  const { survival, cohorts, as_of: asOf } = result(core, 'analyse_customers', {}).subscriptions;
  assert.equal(asOf, '2024-08-31');
  assert.deepEqual(cohorts[0].cells.map((/** @type {any} */ cell) => cell.active), left);
  survival.observed.forEach((/** @type {number} */ share, /** @type {number} */ age) => assert.ok(Math.abs(share - (left[age] ?? 0) / 1000) < 1e-9));
  assert.ok(Math.abs(survival.alpha - 0.704) < 0.001 && Math.abs(survival.beta - 1.182) < 0.001, `${survival.alpha} ${survival.beta}`);
  assert.equal(survival.lifetime.undefined.code, 'mean_infinite', 'alpha below 1');
  assert.ok(survival.projected.every((/** @type {number} */ share, /** @type {number} */ age) => age === 0 || share < survival.projected[age - 1]));
});

const sample = join(root, 'web/samples/subscriptions.csv');
const LAST = '2025-12-31';
/** @param {any} core @param {string} path */
const loadFile = (core, path) => load(core, path.split('/').at(-1) ?? '', readFileSync(path, 'utf8'));

test('the movements of the sample are those of its rows, add up, and are the KPIs of the same months', async () => {
  const core = await startCore();
  loadFile(core, sample);
  const { movements } = result(core, 'analyse_customers', { to: LAST }).subscriptions;
  const wanted = revenueMonths(subscriptionRows(sample), LAST);
  assert.equal(movements.months.length, wanted.length);
  const report = result(core, 'report', { from: wanted[0]?.start, to: LAST, grain: 'month' });
  const series = (/** @type {string} */ id) => report.kpis.find((/** @type {any} */ kpi) => kpi.id === id).series;
  const near = (/** @type {number|null} */ got, /** @type {number|null} */ want, /** @type {string} */ what) => assert.ok(got === want || (got !== null && want !== null && Math.abs(got - want) <= 1e-8 * Math.max(1, Math.abs(want))), `${what}: ${got} ${want}`);
  movements.months.forEach((/** @type {any} */ month, /** @type {number} */ i) => {
    const want = /** @type {any} */ (wanted[i]);
    for (const part of Object.keys(want)) part === 'start' ? assert.equal(month.start, want.start) : near(month[part], want[part], `${month.start} ${part}`);
    near(month.closing, month.opening + month.new + month.reactivation + month.expansion - month.contraction - month.churn, 'adds up');
    near(month.opening, i ? movements.months[i - 1].closing : 0, 'opens where it closed');
    const lost = want.contraction + want.churn;
    near(month.grr, want.opening ? (want.opening - lost) / want.opening : null, 'grr');
    near(month.nrr, want.opening ? (want.opening + want.expansion - lost) / want.opening : null, 'nrr');
    near(month.customer_churn_yearly, want.customers_opening ? 1 - (1 - want.customers_lost / want.customers_opening) ** 12 : null, 'a year');
    near(month.nrr, series('net_revenue_retention')[i], 'KPI nrr');
    near(month.grr, series('gross_revenue_retention')[i], 'KPI grr');
    near(month.customer_churn, series('customer_churn_rate')[i], 'KPI churn');
    near(month.revenue_churn, series('revenue_churn')[i], 'KPI revenue churn');
    near(month.closing, series('mrr')[i], 'KPI mrr');
  });
  const year = wanted.slice(-12);
  const sum = (/** @type {keyof typeof year[0]} */ part) => year.reduce((all, month) => all + Number(month[part]), 0);
  near(movements.mean.customer_churn, sum('customers_lost') / sum('customers_opening'), 'mean churn');
  near(movements.mean.revenue_churn_yearly, 1 - (1 - (sum('contraction') + sum('churn')) / sum('opening')) ** 12, 'mean revenue churn');
});

test('a month that still runs has movements and no rates', async () => {
  const core = await startCore();
  loadFile(core, sample);
  const { movements, mrr } = result(core, 'analyse_customers', { to: '2025-06-10' }).subscriptions;
  const month = movements.months.at(-1);
  assert.deepEqual([month.running, month.nrr, month.grr, month.customer_churn, month.customer_churn_yearly, month.revenue_churn], [true, null, null, null, null, null]);
  assert.ok(Math.abs(month.closing - mrr) < 1e-6);
  assert.equal(movements.months.filter((/** @type {any} */ one) => one.running).length, 1);
  assert.equal(movements.mean.last, '2025-05-31');
});

test('customers of a segment are worth what the KPIs say, and their totals are ratios of sums', async () => {
  const core = await startCore();
  for (const one of ['subscriptions', 'crm_deals', 'ad_spend', 'other_costs']) loadFile(core, join(root, `web/samples/${one}.csv`));
  const request = { from: '2025-01-01', to: LAST, parameters: { gross_margin: 0.8 } };
  const { segments } = result(core, 'analyse_customers', { ...request, by: 'country' }).subscriptions;
  const report = result(core, 'report', { ...request, parameters: { gross_margin: 0.8, discount_rate: 0.1 }, group_by: 'country' });
  assert.ok(Math.abs(segments.discount_rate - 0.1) < 1e-9, 'a year at the rate of a year');
  assert.equal(segments.recurring, false);
  let compared = 0;
  for (const one of segments.members) {
    const member = report.groups.members.find((/** @type {any} */ other) => other.key === one.key);
    for (const id of ['customer_churn_rate', 'net_revenue_retention', 'clv_margin', 'clv_npv', 'clv_to_cac', 'cac_payback_period']) {
      const value = member.values[report.kpis.findIndex((/** @type {any} */ kpi) => kpi.id === id)];
      assert.ok(value === one[id].value || Math.abs(value - one[id].value) <= 1e-8 * Math.abs(value), `${one.key} ${id}: ${value} ${one[id].value}`);
      assert.equal(one[id].value === null, one[id].undefined !== null);
      compared += value === null ? 0 : 1;
    }
  }
  assert.ok(compared > 10, String(compared));
  const rows = subscriptionRows(sample);
  const ends = (/** @type {string} */ day, /** @type {string} */ country) => new Set(rows.filter((row) => row.country.toLowerCase() === country && row.start <= day && (!row.end || row.end > day)).map(({ customer }) => customer)).size;
  for (const one of segments.members) {
    assert.equal(one.active_customers.value, ends(LAST, one.key), one.key);
    assert.equal(one.customers_start.value, ends('2024-12-31', one.key), one.key);
  }
  const { all } = segments;
  assert.ok(Math.abs(all.customer_churn_rate.value - all.churned_customers.value / all.customers_start.value) < 1e-9);
  const own = result(core, 'analyse_customers', { ...request, by: 'country', cac: 1000 }).subscriptions.segments;
  assert.ok(Math.abs(own.all.clv_to_cac.value - own.all.clv_margin.value / 1000) < 1e-6);
});

test('buyers are listed by what they are worth, and by their row', async () => {
  const core = await startCore();
  load(core, 'orders.csv', drawn.csv);
  const { buyers } = result(core, 'analyse_customers', {});
  assert.equal(buyers.list.length, drawn.customers.length);
  const values = buyers.list.map((/** @type {any} */ one) => one[6]);
  assert.deepEqual(values, [...values].sort((a, b) => b - a));
  assert.ok(Math.abs(values.reduce((/** @type {number} */ a, /** @type {number} */ b) => a + b, 0) / buyers.total - 1) < 1e-8);
  const lines = drawn.csv.trim().split('\n');
  const bytes = new TextEncoder().encode(drawn.csv);
  for (const [file, row, orders, last, , , , offset] of buyers.list) {
    assert.equal(new TextDecoder().decode(bytes.subarray(offset, offset + 2)), 'O-', 'where the row begins');
    const [, date, company = ''] = (lines[row - 1] ?? '').split(',');  // rows as a spreadsheet counts them, the header first
    assert.deepEqual([file, date], [1, last]);
    assert.equal(orders, (drawn.customers[Number(company.replace('Company ', ''))]?.repeats ?? -1) + 1);
  }
});

test('prices of several currencies are converted at the day on which they begin, or not added', async () => {
  const core = await startCore();
  load(core, 'subscriptions.csv', 'subscription id,customer,mrr,currency,start date,end date\n1,a,100,EUR,2024-01-15,\n2,b,110,USD,2024-02-10,\n3,a,20,EUR,2024-03-31,\n');
  assert.equal(result(core, 'analyse_customers', {}).subscriptions.undefined.code, 'currency_mixed');
  load(core, 'rates.csv', 'Date,From currency,To currency,Rate\n2024-01-01,EUR,USD,1.25\n2024-02-01,EUR,USD,1.1\n2024-03-01,EUR,USD,2\n');
  const { movements, currency, segments } = result(core, 'analyse_customers', { report_currency: 'EUR', parameters: { gross_margin: 0.5 } }).subscriptions;
  assert.equal(currency, 'EUR');
  assert.deepEqual(movements.months.map((/** @type {any} */ one) => [one.new, one.expansion, one.contraction, one.closing].map((value) => Math.round(value * 1e6) / 1e6)), [[100, 0, 0, 100], [100, 0, 0, 200], [0, 20, 0, 220]]);
  assert.deepEqual([segments.first, segments.last, segments.all.active_customers.value], ['2024-02-01', '2024-03-31', 2]);
  assert.equal(segments.all.clv_margin.undefined.code, 'denominator_zero', 'nobody has left');
});
